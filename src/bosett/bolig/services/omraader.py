"""Areas of a municipality, with the figures that make them areas to avoid."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Boomraade
from bosett.bolig.rules.omraade import Varsel, varsel
from bosett.bolig.services.laas import kommunen
from bosett.bolig.states import SETT_OMRAADE
from bosett.grunn.feil import Ugyldig
from bosett.grunn.klokke import i_dag, naa
from bosett.spor.services import registrer
from bosett.tilgang.services import nytt_subjekt


@transaction.atomic
def sett(
    *,
    aktor: Aktor,
    navn: str,
    andel: Decimal | None,
    levekaar: bool | None,
    kilde: str,
    malt: date,
) -> Boomraade:
    """Register an area, or newer figures for one. `andel`: per cent of the inhabitants; `malt`: the day the figures are of.

    The same figures again change nothing. Homes that stand in the area keep the figures they were registered with until they are
    changed. Raises `Ugyldig` without name or source, and for a day that has not come.
    """
    organisasjon = kommunen(aktor, SETT_OMRAADE.kode)
    navn, kilde = " ".join(navn.split()), " ".join(kilde.split())
    if not navn or not kilde:
        raise Ugyldig(
            kode="BOLIG-OMRAADE-INNHOLD", hva="Navnet eller kilden mangler.", regel="Tall om et område har en kilde.",
            gjor="Skriv hvor tallene kommer fra.", felt="kilde" if navn else "navn",
        )  # fmt: skip
    if malt > i_dag():
        raise Ugyldig(
            kode="BOLIG-OMRAADE-DAG", hva="Dagen tallene gjelder, har ikke kommet.", regel="Tall er målt en dag som har vært.",
            gjor="Rett datoen.", felt="malt",
        )  # fmt: skip
    gammelt = (
        Boomraade.objects.select_for_update()
        .filter(organisasjon=organisasjon, navn__iexact=navn, erstattet=None)
        .first()
    )
    if gammelt is not None:
        if (gammelt.andel, gammelt.levekaar, gammelt.kilde, gammelt.malt) == (andel, levekaar, kilde, malt):
            return gammelt
        gammelt.erstattet = naa()
        gammelt.save(update_fields=["erstattet"])
    subjekt_id = gammelt.subjekt_id if gammelt is not None else nytt_subjekt(slag="boomraade").pk
    nytt = Boomraade.objects.create(
        subjekt_id=subjekt_id, organisasjon=organisasjon, navn=navn, andel=andel, levekaar=levekaar, kilde=kilde,
        malt=malt,
    )  # fmt: skip
    registrer(
        aktor=aktor,
        handling=SETT_OMRAADE.kode,
        subjekt_id=subjekt_id,
        organisasjon=organisasjon,
        data={"omraade": str(nytt.uuid), "andel": str(andel), "levekaar": levekaar, "malt": str(malt)},
    )
    return nytt


def varsel_for(omraade: Boomraade | None, dag: date) -> Varsel | None:
    return varsel(omraade.andel, omraade.levekaar, dag) if omraade is not None else None


def gjeldende(omraade: Boomraade | None) -> Boomraade | None:
    """The newest figures of an area: a home stays in the area it was registered with, and the figures change."""
    if omraade is None or omraade.erstattet is None:
        return omraade
    return Boomraade.objects.get(subjekt=omraade.subjekt_id, erstattet=None)


def krev_grunn(omraade: Boomraade | None, grunn: str) -> None:
    """Raises `Ugyldig` when the area is one to avoid and nobody has written why the home is used all the same (R098, R210)."""
    funnet = varsel_for(omraade, i_dag())
    if funnet is None or grunn.strip():
        return
    raise Ugyldig(
        kode="BOLIG-OMRAADE",
        hva="Boligen ligger i et område der en bør unngå å bosette flere.",
        regel="Bosetting bør unngås der andelen innvandrere er over grensen og det er levekårsutfordringer.",
        gjor="Skriv hvorfor boligen likevel kan brukes, eller velg en annen.",
        felt="omraade_grunn",
    )

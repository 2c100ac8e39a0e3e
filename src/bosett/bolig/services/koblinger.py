"""A home is held for a household, and let go again (R203, R210)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Bolig, Boligkobling
from bosett.bolig.querysets import synlige_boliger
from bosett.bolig.rules.passer import Passform
from bosett.bolig.rules.perioder import RESERVERT, Bit, fri_til, frigi
from bosett.bolig.services.behov import passform
from bosett.bolig.services.innmeldingssvar import merk_brukt, merk_ledig_igjen
from bosett.bolig.services.omraader import gjeldende, krev_grunn, varsel_for
from bosett.bolig.services.perioder import biter, legg, skriv
from bosett.bolig.services.prosjekter import krev_kan_knyttes
from bosett.bolig.states_kobling import KOBLE, LOSNE
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.handling import Overgang
from bosett.grunn.klokke import i_dag, naa
from bosett.person.models import Husholdning
from bosett.person.querysets import synlige_husholdninger
from bosett.spor.services import registrer
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import kan, krev


@dataclass(frozen=True, slots=True)
class _Par:
    bolig: Bolig
    husholdning: Husholdning


@transaction.atomic
def koble(
    *,
    aktor: Aktor,
    husholdning: UUID,
    bolig: UUID,
    fra: date,
    omraade_grunn: str = "",
    avvik_grunn: str = "",
) -> Boligkobling:
    """Hold the home for the household from `fra` for as long as it is free. Repeating it changes nothing.

    Raises `FinnesIkke` for a home or a household the actor does not see; `Konflikt` when the home is not judged fit or not free, when
    the household has another home or is ended; `Ugyldig` for a day that has been, for an area to avoid without `omraade_grunn`, and
    without `avvik_grunn` when the home lacks something they need.
    """
    par = _finn_og_laas(aktor, KOBLE, husholdning, bolig)
    b, h = par.bolig, par.husholdning
    finnes = Boligkobling.objects.filter(husholdning=h, tilstand=KOBLE.til).first()
    if finnes is not None and (finnes.bolig_id, finnes.fra) == (b.pk, fra):
        return finnes
    if finnes is not None:
        raise _har_bolig()
    _krev_kan(b, h, fra)
    omraade = gjeldende(b.omraade)
    krev_grunn(omraade, omraade_grunn)
    varslet = varsel_for(omraade, i_dag()) is not None
    form = passform(aktor, h, b)
    _krev_avvik_grunn(form, avvik_grunn)
    til = fri_til(biter(b), fra)
    ny = Boligkobling(
        bolig=b, husholdning=h, fra=fra, til=til, omraade=omraade if varslet else None,
        omraade_grunn=omraade_grunn.strip() if varslet else "", avvik_grunn=avvik_grunn.strip() if form.avvik else "",
        passform=[[g.kode, g.utfall, g.hard] for g in form.grunner], registrert_av_id=aktor.bruker_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            ny.save()
    except IntegrityError as feil:
        if "boligkobling_en_om_gangen" not in str(feil):
            raise
        raise _har_bolig() from feil  # with a home of another municipality, which the actor does not see
    skriv(b, legg(b, Bit(RESERVERT, fra, til, h.pk)))
    merk_brukt(aktor, b)
    _spor(aktor, KOBLE, ny, {"fra": str(fra), "varsel": varslet, "avvik": len(form.avvik)})
    return ny


@transaction.atomic
def losne(*, aktor: Aktor, kobling: UUID, grunn: str) -> Boligkobling:
    """The home is held no longer, and is free again from today for the rest of the days. Repeating it changes nothing.

    Raises `FinnesIkke`, and `Ugyldig` without a reason.
    """
    krev(aktor, LOSNE.kode)
    funnet = Boligkobling.objects.select_related("bolig__subjekt", "husholdning__subjekt").filter(uuid=kobling).first()  # fmt: skip
    if funnet is None:
        raise _ukjent()
    par = _finn_og_laas(aktor, LOSNE, funnet.husholdning.subjekt.uuid, funnet.bolig.subjekt.uuid)
    denne = Boligkobling.objects.get(pk=funnet.pk)
    if denne.tilstand == LOSNE.til:
        return denne
    if not grunn.strip():
        raise Ugyldig(
            kode="BOLIG-LOSNE-GRUNN", hva="Grunnen mangler.", regel="Den som ser på saken senere, må kunne se hvorfor.",
            gjor="Skriv hvorfor de ikke skal ha boligen.", felt="grunn",
        )  # fmt: skip
    dag = max(i_dag(), denne.fra)
    skriv(par.bolig, frigi(biter(par.bolig), par.husholdning.pk, dag))
    denne.tilstand, denne.losnet, denne.losnet_av_id = LOSNE.til, naa(), aktor.bruker_id
    denne.losnet_grunn = grunn.strip()
    if denne.til is None or dag < denne.til:
        denne.til = dag
    denne.save(update_fields=["tilstand", "losnet", "losnet_av", "losnet_grunn", "til"])
    merk_ledig_igjen(aktor, par.bolig)
    _spor(aktor, LOSNE, denne, {})
    return denne


def _finn_og_laas(aktor: Aktor, overgang: Overgang, husholdning: UUID, bolig: UUID) -> _Par:
    """Both, seen by the actor and locked in the order of their keys, so that two who do it at once wait for each other."""
    krev(aktor, overgang.kode)
    h = synlige_husholdninger(aktor).filter(subjekt__uuid=husholdning).first()
    b = synlige_boliger(aktor).filter(subjekt__uuid=bolig).first()
    if h is None or b is None:
        raise _ukjent()
    tilgang.laas_mange(subjekt_ider=[h.pk, b.pk])
    b = Bolig.objects.select_related("organisasjon", "omraade", "subjekt").get(pk=b.pk)
    if not kan(aktor, overgang.kode, b.organisasjon):
        raise _ukjent()
    return _Par(b, Husholdning.objects.select_related("subjekt").get(pk=h.pk))


def _krev_kan(b: Bolig, h: Husholdning, fra: date) -> None:
    if fra < i_dag():
        raise Ugyldig(
            kode="BOLIG-KOBLE-DAG", hva="Dagen har vært.", regel="En bolig blir reservert fra i dag eller senere.",
            gjor="Rett datoen.", felt="fra",
        )  # fmt: skip
    if h.avsluttet is not None:
        raise Konflikt(
            kode="BOLIG-SAK-AVSLUTTET", hva="Saken er avsluttet.", regel="En bolig blir reservert for en husholdning som skal bosettes.",
            gjor="Velg en annen husholdning.",
        )  # fmt: skip
    if b.tilstand != "egnet":
        raise Konflikt(
            kode="BOLIG-IKKE-EGNET",
            hva="Kommunen har ikke vurdert at boligen er egnet.",
            regel="Bare en bolig som kommunen har vurdert som egnet, kan knyttes til en husholdning.",
            gjor="Velg en annen bolig, eller be kommunen vurdere denne.",
        )
    if fri_til(biter(b), fra) == fra:
        raise Konflikt(
            kode="BOLIG-IKKE-LEDIG", hva="Boligen er ikke meldt ledig den dagen, eller en annen har fått den.",
            regel="En bolig har én husholdning om gangen.", gjor="Velg en annen dag eller en annen bolig.", felt="fra",
        )  # fmt: skip
    krev_kan_knyttes(b)


def _krev_avvik_grunn(form: Passform, grunn: str) -> None:
    if form.avvik and not grunn.strip():
        raise Ugyldig(
            kode="BOLIG-PASSER-IKKE",
            hva="Boligen mangler noe de trenger.",
            regel="Når en bolig blir valgt likevel, står det hvorfor.",
            gjor="Skriv hvorfor, eller velg en annen bolig.",
            felt="avvik_grunn",
        )


def _spor(aktor: Aktor, overgang: Overgang, denne: Boligkobling, data: dict[str, object]) -> None:
    """In the ledger of both. The two do not name each other: only who sees the link knows that they belong together."""
    for subjekt_id, organisasjon in (
        (denne.bolig_id, denne.bolig.organisasjon),
        (denne.husholdning_id, None),
    ):
        registrer(
            aktor=aktor, handling=overgang.kode, subjekt_id=subjekt_id, organisasjon=organisasjon,
            data={"kobling": str(denne.uuid), **data},
        )  # fmt: skip


def _har_bolig() -> Konflikt:
    return Konflikt(
        kode="BOLIG-HAR-BOLIG", hva="Husholdningen har allerede en bolig.", regel="En husholdning har én bolig om gangen.",
        gjor="Ta bort den reservasjonen først.",
    )  # fmt: skip


def _ukjent() -> FinnesIkke:
    return FinnesIkke(
        kode="BOLIG-UKJENT", hva="Boligen eller husholdningen finnes ikke, eller du har ikke tilgang til den."
    )

"""An adviser gives waiting days to another owner or reason, and takes it back. The number of days never changes."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag, naa
from bosett.person.models import Husholdning
from bosett.person.models_venting import Ventedagretting
from bosett.person.querysets import synlige_husholdninger
from bosett.person.rules.ventedager import tabell
from bosett.person.services.ventedager import oppdater
from bosett.person.states_venting import RETT_VENTEDAGER, TREKK_VENTERETTING
from bosett.spor.services import registrer
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas, laas_rad


@transaction.atomic
def rett(
    *, aktor: Aktor, husholdning_id: int, fra: date, siste: date, eier: str, grunn: str, begrunnelse: str
) -> Ventedagretting:
    """The days from `fra` through `siste` belong to `eier` for `grunn`, whatever the facts say, until it is taken back.

    Of two corrections of one day the newer stands. Repeating it changes nothing. Raises `FinnesIkke` for a household the actor does
    not see, `Ugyldig` for days that are not waited or have not been, an owner or reason not in the table, or without a reason given.
    """
    krev(aktor, RETT_VENTEDAGER.kode)
    h = _laast(aktor, husholdning_id)
    begrunnelse = " ".join(begrunnelse.split())
    if eier not in tabell().eiere or grunn not in tabell().grunner:
        raise Ugyldig(
            kode="VENTEDAG-EIER", hva="Eieren eller grunnen finnes ikke i listen.",
            regel="Hver ventedag har én eier og én grunn.", gjor="Velg fra listene.",
        )  # fmt: skip
    if not begrunnelse or len(begrunnelse) > 500:
        raise Ugyldig(
            kode="VENTEDAG-BEGRUNNELSE", hva="Begrunnelsen mangler, eller den er lengre enn 500 tegn.",
            regel="Den som ser på saken senere, må kunne se hvorfor.", gjor="Skriv kort hvorfor dagene skal rettes.",
        )  # fmt: skip
    slutt = h.venter_til or i_dag() + timedelta(days=1)
    if h.venter_fra is None or fra > siste or fra < h.venter_fra or siste >= slutt or siste > i_dag():
        raise Ugyldig(
            kode="VENTEDAG-DAGER", hva="Dagene er ikke ventedager i denne saken.",
            regel="En retting gjelder dager fra den første tillatelsen og til i dag, eller til saken ble avsluttet.", gjor="Rett datoene.",
        )  # fmt: skip
    felt = {
        "fra": fra,
        "til": siste + timedelta(days=1),
        "eier": eier,
        "grunn": grunn,
        "begrunnelse": begrunnelse,
    }
    siste_rettet = h.ventedagrettinger.filter(trukket=None).order_by("-pk").first()
    if siste_rettet is not None and all(getattr(siste_rettet, navn) == verdi for navn, verdi in felt.items()):
        return siste_rettet
    ny = Ventedagretting.objects.create(husholdning=h, registrert_av_id=aktor.bruker_id, **felt)
    oppdater([h.pk])
    registrer(
        aktor=aktor, handling=RETT_VENTEDAGER.kode, subjekt_id=h.pk,
        data={"retting": str(ny.uuid), "fra": str(fra), "til": str(siste), "eier": eier, "grunn": grunn},
        detaljer={"begrunnelse": begrunnelse},
    )  # fmt: skip
    return ny


@transaction.atomic
def trekk(*, aktor: Aktor, retting: UUID, hvorfor: str) -> Ventedagretting:
    """The days belong again to those the facts, or an older correction, give them. The row stays.

    Raises `FinnesIkke`, `Ugyldig` without a reason, `Konflikt` when it has been taken back already.
    """
    krev(aktor, TREKK_VENTERETTING.kode)
    denne = laas_rad(lambda: _rettingen(retting), "husholdning_id")
    h = _laast(aktor, denne.husholdning_id)
    hvorfor = " ".join(hvorfor.split())
    if not hvorfor or len(hvorfor) > 500:
        raise Ugyldig(
            kode="VENTEDAG-BEGRUNNELSE", hva="Begrunnelsen mangler, eller den er lengre enn 500 tegn.",
            regel="Den som ser på saken senere, må kunne se hvorfor.", gjor="Skriv kort hvorfor rettingen trekkes.",
        )  # fmt: skip
    if denne.trukket is not None:
        raise Konflikt(
            kode="VENTERETTING-TRUKKET", hva="Rettingen er allerede trukket.", gjor="Last siden på nytt."
        )
    denne.trukket, denne.trukket_hvorfor, denne.trukket_av_id = naa(), hvorfor, aktor.bruker_id
    denne.save(update_fields=["trukket", "trukket_hvorfor", "trukket_av"])
    oppdater([h.pk])
    registrer(
        aktor=aktor, handling=TREKK_VENTERETTING.kode, subjekt_id=h.pk,
        data={"retting": str(denne.uuid)}, detaljer={"begrunnelse": hvorfor},
    )  # fmt: skip
    return denne


def _rettingen(uuid: UUID) -> Ventedagretting:
    funnet = Ventedagretting.objects.filter(uuid=uuid).first()
    if funnet is None:
        raise FinnesIkke(
            kode="VENTERETTING-FINNES-IKKE", hva="Rettingen finnes ikke, eller du har ikke tilgang til saken."
        )
    return funnet


def _laast(aktor: Aktor, husholdning_id: int) -> Husholdning:
    laas(subjekt_id=husholdning_id)
    h = synlige_husholdninger(aktor).filter(pk=husholdning_id).first()
    if h is None:
        raise FinnesIkke(
            kode="PERSON-FINNES-IKKE", hva="Siden finnes ikke, eller du har ikke tilgang til den."
        )
    return h

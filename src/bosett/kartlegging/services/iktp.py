"""Writing the plan of an unaccompanied minor: saving, finishing, and the guardian's dissent (R068, R166, R160)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Organisasjon
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.handling import Handling, Overgang
from bosett.grunn.klokke import OSLO, i_dag, naa
from bosett.kartlegging import states_em as states
from bosett.kartlegging.models_em import Emplan, Emplanversjon, Emtiltak, Vergeuenighet
from bosett.kartlegging.rules.emplan import gjeldende, mal, mangler
from bosett.kartlegging.services.emplaner import oppdater_oppgaver
from bosett.person.querysets import synlige_personer
from bosett.person.services.em import plan_ferdig
from bosett.person.services.samtykker import mottaket
from bosett.spor.services import registrer
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import krev

LENGST = 5000
"""Characters in one answer."""


@dataclass(frozen=True, slots=True)
class Tiltak:
    """A measure as it was typed. `nr` None: it is new."""

    nr: int | None
    hva: str
    ansvarlig: str
    frist: date | None = None
    status: str = Emtiltak.Status.PLANLAGT


@dataclass(frozen=True, slots=True)
class Stand:
    """What the writer had before her: the number of the newest version, and how many times it had been saved."""

    versjon: int
    lagringer: int


@transaction.atomic
def skriv(
    *, aktor: Aktor, plan: UUID, svar: Mapping[str, str], tiltak: Sequence[Tiltak], stand: Stand
) -> Emplanversjon:
    """Save what is written. On a finished plan it is a new version, and the finished one stays as it was.

    A measure that is left out is no longer part of the version. Raises `FinnesIkke` for a plan the actor does not see, `Avvist`
    for others than the owner's, `Konflikt` when somebody else has saved meanwhile or the plan is closed, `Ugyldig` for a field the
    form does not have, and for what is too long or a measure that says not what, or by whom.
    """
    denne = _laast(aktor, plan)
    revideres = denne.tilstand in states.REVIDER_EMPLAN.fra
    overgang = states.REVIDER_EMPLAN if revideres else states.SKRIV_EMPLAN
    hvem = _krev(aktor, overgang, denne)
    siste = _siste(denne)
    if stand != Stand(siste.nr, siste.lagringer):
        raise Konflikt(
            kode="IKTP-SAMTIDIG",
            hva="En annen har lagret planen mens du skrev.",
            regel="Det en annen har skrevet, blir ikke skrevet over uten at du ser det.",
            gjor="Se hva som er endret, og lagre igjen. Teksten din er ikke borte.",
        )
    if siste.ferdig is not None:
        siste = Emplanversjon(plan=denne, nr=siste.nr + 1, mal=gjeldende(denne.slag, i_dag()).kode)
    siste.svar = _kontroller(siste.mal, svar)
    siste.lagringer += 1
    siste.lagret, siste.lagret_av_id = naa(), aktor.bruker_id
    siste.save()
    _sett_tiltak(denne, siste, tiltak)
    _sett(denne, overgang)
    _spor(aktor, overgang, denne, hvem, versjon=siste.nr)
    return siste


@transaction.atomic
def gjor_ferdig(*, aktor: Aktor, plan: UUID, stand: Stand) -> Emplanversjon:
    """The version is finished and never changed again; the minor no longer lacks the plan (`person.services.em`).

    Raises as `skriv`; `Ugyldig` when something that must be written is missing (`rules.emplan.mangler`).
    """
    denne = _laast(aktor, plan)
    hvem = _krev(aktor, states.FERDIG_EMPLAN, denne)
    siste = _siste(denne)
    if stand != Stand(siste.nr, siste.lagringer):
        raise Konflikt(
            kode="IKTP-SAMTIDIG",
            hva="En annen har lagret planen siden du åpnet den.",
            regel="Du gjør ferdig det du har sett.",
            gjor="Les planen på nytt.",
        )
    if siste.lagret is None or mangler(mal(siste.mal), siste.svar, siste.tiltak.count()):
        raise Ugyldig(
            kode="IKTP-MANGLER",
            hva="Planen kan ikke gjøres ferdig ennå.",
            regel="Alt som må være med, må være skrevet: også målet for å klare seg selv, eller hvorfor det ikke er satt, og minst ett tiltak.",
            gjor="Skriv det som mangler, og lagre.",
        )
    siste.ferdig, siste.ferdig_av_id = naa(), aktor.bruker_id
    siste.save(update_fields=["ferdig", "ferdig_av"])
    denne.overtatt = siste.ferdig
    _sett(denne, states.FERDIG_EMPLAN)
    _spor(aktor, states.FERDIG_EMPLAN, denne, hvem, versjon=siste.nr)
    with som_systemet(states.FERDIG_EMPLAN.kode, etter=aktor) as system:
        plan_ferdig(
            aktor=system, person=denne.person, slag=denne.slag, dag=siste.ferdig.astimezone(OSLO).date()
        )
        oppdater_oppgaver(system, denne.person.husholdning)
    return siste


@transaction.atomic
def ta_over(*, aktor: Aktor, plan: UUID) -> None:
    """The owner has read a plan that others finished, and goes on with it. Repeating it changes nothing.

    Raises `FinnesIkke`, `Avvist`, and `Konflikt` for a plan that has never been finished: that one is to be written.
    """
    denne = _laast(aktor, plan)
    hvem = _krev(aktor, states.TA_OVER_EMPLAN, denne)
    if not denne.versjoner.exclude(ferdig=None).exists():
        raise Konflikt(
            kode="IKTP-TILSTAND",
            hva="Det kan ikke gjøres med planen slik den er nå.",
            gjor="Last siden på nytt og se hva som er gjort.",
        )
    if denne.overtatt is None:
        denne.overtatt = naa()
        denne.save(update_fields=["overtatt"])
        _spor(aktor, states.TA_OVER_EMPLAN, denne, hvem)
        with som_systemet(states.TA_OVER_EMPLAN.kode, etter=aktor) as system:
            oppdater_oppgaver(system, denne.person.husholdning)


@transaction.atomic
def meld_uenighet(*, aktor: Aktor, plan: UUID, dag: date, verge: str, ordlyd: str) -> Vergeuenighet:
    """Register what the guardian disagrees with, in the guardian's words, about the newest version. It stands with every later one.

    Raises `FinnesIkke`, `Avvist`, and `Ugyldig` without words or guardian, or for a day that has not been.
    """
    denne = _laast(aktor, plan)
    hvem = _krev(aktor, states.MELD_UENIGHET, denne)
    ordlyd, verge = ordlyd.strip(), " ".join(verge.split())
    if not ordlyd or not verge or len(ordlyd) > LENGST or len(verge) > 200:
        raise Ugyldig(
            kode="IKTP-UENIGHET",
            hva="Det mangler hva vergen er uenig i, eller hvem vergen er, eller teksten er for lang.",
            regel="Vergens egne ord står sammen med planen.",
            gjor="Skriv det vergen har sagt.",
        )
    if not denne.apnet <= dag <= i_dag():
        raise Ugyldig(
            kode="IKTP-UENIGHET-DAG",
            hva="Dagen må være etter at planen ble åpnet, og kan ikke være fram i tid.",
            gjor="Rett datoen.",
        )
    ny = Vergeuenighet.objects.create(
        plan=denne,
        versjon=_siste(denne).nr,
        dag=dag,
        verge=verge,
        ordlyd=ordlyd,
        mottatt_av_id=aktor.bruker_id,
    )
    _spor(aktor, states.MELD_UENIGHET, denne, hvem, versjon=ny.versjon)
    return ny


def skriver_for(aktor: Aktor, handling: Handling, plan: Emplan) -> Organisasjon | None:
    """The organisation the actor may do this for: the owner, or the centre where the minor lives. None: she may not."""
    for organisasjon in (plan.eier, mottaket(plan.person)):
        if organisasjon is not None and _kan(aktor, handling, organisasjon):
            return organisasjon
    return None


def _kan(aktor: Aktor, handling: Handling, organisasjon: Organisasjon) -> bool:
    try:
        krev(aktor, handling.kode, organisasjon)
    except Avvist:
        return False
    return True


def _krev(aktor: Aktor, handling: Handling, plan: Emplan) -> Organisasjon:
    hvem = skriver_for(aktor, handling, plan)
    if hvem is None:
        krev(aktor, handling.kode, plan.eier)  # says it as everywhere
        return plan.eier
    if isinstance(handling, Overgang) and plan.tilstand not in handling.fra:
        raise Konflikt(
            kode="IKTP-TILSTAND",
            hva="Det kan ikke gjøres med planen slik den er nå.",
            gjor="Last siden på nytt og se hva som er gjort.",
        )
    return hvem


def _laast(aktor: Aktor, uuid: UUID) -> Emplan:
    """The plan under its household's lock. Raises `FinnesIkke` alike for one that is not there and one the actor does not see."""
    synlige = Emplan.objects.filter(uuid=uuid, person__in=synlige_personer(aktor))
    pk = synlige.values_list("person__husholdning", flat=True).first()
    if pk is not None:
        tilgang.laas(subjekt_id=pk)
    funnet = (
        synlige.select_related("person__husholdning__subjekt", "eier").filter(person__husholdning=pk).first()
    )
    if funnet is None:
        raise FinnesIkke(kode="IKTP-UKJENT", hva="Planen finnes ikke, eller du har ikke tilgang til den.")
    return funnet


def _siste(plan: Emplan) -> Emplanversjon:
    return plan.versjoner.order_by("-nr")[0]


def _sett(plan: Emplan, overgang: Overgang) -> None:
    plan.tilstand = overgang.til
    plan.save(update_fields=["tilstand", "overtatt"])


def _kontroller(kode: str, svar: Mapping[str, str]) -> dict[str, str]:
    """Only the form's own fields, without the empty ones."""
    felter = {felt.kode: felt for felt in mal(kode).felter}
    rene = {navn: verdi.strip() for navn, verdi in svar.items()}
    if set(rene) - set(felter) or any(len(verdi) > LENGST for verdi in rene.values()):
        raise Ugyldig(
            kode="IKTP-FELT",
            hva="Et felt er for langt, eller finnes ikke i skjemaet.",
            regel="Et svar kan ha 5000 tegn.",
            gjor="Gjør teksten kortere, eller last siden på nytt.",
        )
    return {navn: verdi for navn, verdi in rene.items() if verdi}


def _sett_tiltak(plan: Emplan, versjon: Emplanversjon, tiltak: Sequence[Tiltak]) -> None:
    """Every measure keeps its number from version to version; a new one takes the next that was never used."""
    for ett in tiltak:
        if (
            not ett.hva.strip()
            or not ett.ansvarlig.strip()
            or len(ett.hva) > 500
            or len(ett.ansvarlig) > 200
            or ett.status not in Emtiltak.Status.values
        ):
            raise Ugyldig(
                kode="IKTP-TILTAK",
                hva="Et tiltak mangler noe, eller er for langt.",
                regel="Et tiltak sier hva som skal gjøres, og hvem som er ansvarlig.",
                gjor="Skriv hva og hvem, eller gjør tiltaket tomt.",
            )
    brukt = Emtiltak.objects.filter(versjon__plan=plan).order_by("-nr").values_list("nr", flat=True).first()
    neste = (brukt or 0) + 1
    numre = [ett.nr for ett in tiltak if ett.nr is not None]
    if len(set(numre)) != len(numre) or any(not 0 < nr < neste for nr in numre):
        raise Ugyldig(kode="IKTP-TILTAK-NR", hva="Tiltaket finnes ikke i planen.", gjor="Last siden på nytt.")
    versjon.tiltak.all().delete()
    for ett in tiltak:
        nr, neste = (ett.nr, neste) if ett.nr is not None else (neste, neste + 1)
        Emtiltak.objects.create(
            versjon=versjon, nr=nr, hva=ett.hva.strip(), ansvarlig=ett.ansvarlig.strip(), frist=ett.frist,
            status=ett.status,
        )  # fmt: skip


def _spor(aktor: Aktor, handling: Handling, plan: Emplan, hvem: Organisasjon, **data: int) -> None:
    registrer(
        aktor=aktor,
        handling=handling.kode,
        subjekt_id=plan.person.husholdning_id,
        organisasjon=hvem,
        data={"person": str(plan.person.uuid), "plan": str(plan.uuid), "slag": plan.slag, **data},
    )

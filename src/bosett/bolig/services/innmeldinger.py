"""The municipality reports homes, places and persons to IMDi, withdraws a report, and deletes whom it has named."""

from datetime import date
from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Organisasjon
from bosett.bolig.models import Bolig, Boligperiode, Innmelding, Persononske
from bosett.bolig.models_innmelding import APNE
from bosett.bolig.querysets import synlige_innmeldinger
from bosett.bolig.rules.innmelding import feil_i, linjer
from bosett.bolig.services.laas import finn_og_laas, kommunen
from bosett.bolig.states import INNMELDING, SLETT_ONSKE
from bosett.bolig.states_innmelding import MELD_INN, TREKK_INNMELDING
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.handling import Overgang
from bosett.grunn.klokke import i_dag, naa
from bosett.grunn.uker import mandag
from bosett.oppgave import services as oppgaver
from bosett.spor.services import registrer
from bosett.tilgang import services as tilgang
from bosett.tilgang.models import Deling
from bosett.tilgang.policy import kan, krev

OPPGAVE = "se_innmelding"
FLEST, LENGST_FRAM = 500, 104
"""Persons of one report, and weeks ahead one may report for."""


@transaction.atomic
def meld_bolig(*, aktor: Aktor, bolig: UUID, merknad: str = "") -> Innmelding:
    """Report a home to IMDi, which sees it at once. One that is reported and waits is not reported again.

    Raises `Konflikt` when the home is out of use, judged unfit, or not free today or later.
    """
    denne = finn_og_laas(aktor, MELD_INN.kode, bolig)
    if finnes := Innmelding.objects.filter(bolig=denne, tilstand__in=APNE).first():
        return finnes
    _krev_kan_meldes(denne)
    return _ny(aktor, denne.organisasjon, slag=Innmelding.Slag.BOLIG, bolig=denne, merknad=merknad)


@transaction.atomic
def meld_plasser(
    *, aktor: Aktor, uke: date, antall: int, merknad: str = "", nokkel: UUID | None = None
) -> Innmelding:
    """Report that so many persons can come in a week, where no home is registered yet. `nokkel` is the form's own: sent twice, it is one.

    Raises `Ugyldig` for a week that is over or more than two years ahead, and for a number that can't be.
    """
    kommune = kommunen(aktor, MELD_INN.kode)
    if finnes := _sendt(aktor, nokkel):
        return finnes
    if not mandag(i_dag()) <= mandag(uke) or (mandag(uke) - i_dag()).days > LENGST_FRAM * 7:
        raise Ugyldig(
            kode="INNMELDING-UKE", hva="Uka er over, eller mer enn to år fram.", regel="Dere melder plasser i uker som kommer.",
            gjor="Velg en annen uke.", felt="uke",
        )  # fmt: skip
    _krev_antall(antall)
    return _ny(
        aktor, kommune, nokkel, slag=Innmelding.Slag.PLASSER, uke=mandag(uke), antall=antall, merknad=merknad
    )


@transaction.atomic
def meld_personer(
    *, aktor: Aktor, hvem: str, hvorfor: str, antall: int, nokkel: UUID | None = None
) -> Innmelding:
    """Ask for persons by name or DUF number, one on each line of `hvem`, and how many they are with their families.

    Only the municipality's own people and IMDi's who work with persons read who and why, and it can be deleted. Raises `Ugyldig` for
    nobody, no reason, fewer persons than lines, a national identity number, or a DUF number that can't be.
    """
    kommune = kommunen(aktor, MELD_INN.kode)
    if finnes := _sendt(aktor, nokkel):
        return finnes
    rader, hvorfor = linjer(hvem), " ".join(hvorfor.split())
    if not rader or not hvorfor:
        raise Ugyldig(
            kode="INNMELDING-HVEM", hva="Det mangler hvem dere ønsker, eller hvorfor.", regel="IMDi må vite hvem dere mener, og hvilken tilknytning de har.",
            gjor="Fyll ut det som mangler.", felt="hvorfor" if rader else "hvem",
        )  # fmt: skip
    _krev_numre(rader)
    _krev_antall(antall, minst=len(rader))
    ny = _ny(aktor, kommune, nokkel, slag=Innmelding.Slag.PERSON, antall=antall)
    Persononske.objects.create(innmelding=ny, hvem="\n".join(rader), hvorfor=hvorfor)
    return ny


@transaction.atomic
def trekk(*, aktor: Aktor, innmelding: UUID) -> Innmelding:
    """The municipality takes the report back; whom it named is deleted. Raises `Konflikt` when IMDi has used it or said no."""
    denne = finn(aktor, TREKK_INNMELDING.kode, innmelding)
    if denne.tilstand != TREKK_INNMELDING.til:
        flytt(aktor, denne, TREKK_INNMELDING)
        Persononske.objects.filter(innmelding=denne).delete()
    return denne


@transaction.atomic
def slett_onske(*, aktor: Aktor, innmelding: UUID) -> Innmelding:
    """Delete whom the municipality has named, and why. How many they are stays. Repeating it changes nothing."""
    denne = finn(aktor, SLETT_ONSKE.kode, innmelding)
    if Persononske.objects.filter(innmelding=denne).delete()[0]:
        registrer(
            aktor=aktor, handling=SLETT_ONSKE.kode, subjekt_id=denne.pk, organisasjon=denne.organisasjon
        )
    return denne


def finn(aktor: Aktor, handling: str, innmelding: UUID) -> Innmelding:
    """One the actor may act on, with its lock. Raises `FinnesIkke` for another municipality's, `Avvist` for a role that never may."""
    krev(aktor, handling)
    funnet = synlige_innmeldinger(aktor).filter(subjekt__uuid=innmelding).first()
    if funnet is not None:
        tilgang.laas(subjekt_id=funnet.pk)
        funnet = Innmelding.objects.select_related("organisasjon", "subjekt", "bolig__subjekt").get(
            pk=funnet.pk
        )
        if kan(aktor, handling, funnet.organisasjon):
            return funnet
    raise FinnesIkke(
        kode="INNMELDING-UKJENT", hva="Innmeldingen finnes ikke, eller du har ikke tilgang til den."
    )


def flytt(
    aktor: Aktor, denne: Innmelding, overgang: Overgang, *, grunn: str = "", grunn_tekst: str = ""
) -> None:
    """Move it, write when and by whom, and end IMDi's task to open it. Raises `Konflikt` from a state that doesn't lead there."""
    if denne.tilstand not in overgang.fra:
        raise Konflikt(
            kode="INNMELDING-TILSTAND",
            hva=f"Innmeldingen er «{INNMELDING.navn(denne.tilstand).lower()}».",
            gjor="Last siden på nytt.",
        )
    tid = naa()
    denne.tilstand, denne.grunn, denne.grunn_tekst = overgang.til, grunn, grunn_tekst
    if overgang.til in APNE:
        denne.sett, denne.avgjort, denne.avgjort_av_id = denne.sett or tid, None, None
    else:
        denne.avgjort, denne.avgjort_av_id = tid, aktor.bruker_id
    denne.save(update_fields=["tilstand", "sett", "avgjort", "avgjort_av", "grunn", "grunn_tekst"])
    registrer(
        aktor=aktor, handling=overgang.kode, subjekt_id=denne.pk, organisasjon=denne.organisasjon,
        data={"grunn": grunn} if grunn else {}, detaljer={"grunn": grunn_tekst} if grunn_tekst else None,
    )  # fmt: skip
    if aktor.nasjonal:
        oppgaver.fullfor(aktor=aktor, subjekt_ider=[denne.pk], slag=OPPGAVE)
        return
    with som_systemet(overgang.kode, etter=aktor) as system:  # IMDi's task is not the municipality's to write
        oppgaver.fullfor(aktor=system, subjekt_ider=[denne.pk], slag=OPPGAVE)


def kan_meldes(bolig: Bolig) -> bool:
    """In use, not judged unfit, and free today or later."""
    ledig = Boligperiode.objects.filter(bolig=bolig, slag=Boligperiode.Slag.LEDIG)
    return bolig.tilstand in ("registrert", "egnet") and (
        ledig.filter(til=None).exists() or ledig.filter(til__gt=i_dag()).exists()
    )


def _krev_kan_meldes(bolig: Bolig) -> None:
    if not kan_meldes(bolig):
        raise Konflikt(
            kode="INNMELDING-IKKE-LEDIG", hva="Boligen er ikke meldt ledig, eller den er uegnet eller ute av bruk.",
            regel="Boliger som blir meldt inn til IMDi, kan brukes.", gjor="Si når boligen er ledig, og meld den inn etterpå.", felt="bolig",
        )  # fmt: skip


def _ny(
    aktor: Aktor,
    kommune: Organisasjon,
    nokkel: UUID | None = None,
    *,
    slag: str,
    bolig: Bolig | None = None,
    uke: date | None = None,
    antall: int | None = None,
    merknad: str = "",
) -> Innmelding:
    subjekt = tilgang.nytt_subjekt(slag="innmelding")
    if nokkel is not None:
        subjekt.uuid = nokkel
        subjekt.save(update_fields=["uuid"])
    ny = Innmelding.objects.create(
        subjekt=subjekt, organisasjon=kommune, slag=slag, bolig=bolig, uke=uke, antall=antall, merknad=merknad.strip(),
        meldt_av_id=aktor.bruker_id,
    )  # fmt: skip
    with som_systemet(MELD_INN.kode, etter=aktor):
        tilgang.del_subjekt(
            subjekt_id=ny.pk, organisasjon=kommune, grad=Deling.Grad.FULL, hvorfor=MELD_INN.kode
        )
    registrer(
        aktor=aktor, handling=MELD_INN.kode, subjekt_id=ny.pk, organisasjon=kommune,
        data={
            "slag": slag, "bolig": str(bolig.subjekt.uuid) if bolig else None, "uke": str(uke) if uke else None, "antall": antall,
        },
    )  # fmt: skip
    return ny


def _sendt(aktor: Aktor, nokkel: UUID | None) -> Innmelding | None:
    if nokkel is None:
        return None
    return synlige_innmeldinger(aktor).filter(subjekt__uuid=nokkel).select_related("subjekt").first()


def _krev_antall(antall: int, minst: int = 1) -> None:
    if not minst <= antall <= FLEST:
        raise Ugyldig(
            kode="INNMELDING-ANTALL", hva="Tallet på personer kan ikke stemme.", regel="En innmelding gjelder 1–500 personer, og minst like mange som er nevnt.",
            gjor="Rett tallet.", felt="antall",
        )  # fmt: skip


def _krev_numre(rader: list[str]) -> None:
    feil = {feil_i(rad, i_dag()) for rad in rader}
    if "fodselsnummer" in feil:
        raise Ugyldig(
            kode="INNMELDING-FNR", hva="Det står et fødselsnummer eller D-nummer der.", regel="Her skal det ikke stå mer enn IMDi trenger for å finne personen.",
            gjor="Skriv DUF-nummer eller navn i stedet.", felt="hvem",
        )  # fmt: skip
    if "duf" in feil:
        raise Ugyldig(
            kode="INNMELDING-DUF", hva="Et DUF-nummer kan ikke stemme.", regel="Et DUF-nummer har 12 sifre og begynner med et år.",
            gjor="Se etter om et siffer er feil.", felt="hvem",
        )  # fmt: skip

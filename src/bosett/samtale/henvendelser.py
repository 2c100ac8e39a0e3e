"""Contacts with municipalities about a household: sent by a centre, Bufetat or IMDi, answered by the municipality.

The municipality sees what stands in the contact: how many, ages in groups, languages, and the sender's words. Not who they are.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag, naa
from bosett.oppgave import services as oppgaver
from bosett.oppgave.services import NyOppgave
from bosett.samtale import selectors
from bosett.samtale.models import Henvendelse
from bosett.samtale.rules import aldersgrupper, roper
from bosett.samtale.services import LES_SVAR, MAKS_FRIST, ROLLER, saksnummer, sti
from bosett.samtale.states import BESVAR_HENVENDELSE, SEND_HENVENDELSE, TREKK_HENVENDELSE
from bosett.spor.services import registrer
from bosett.tilgang import services as tilgang
from bosett.tilgang.models import Deling
from bosett.tilgang.policy import krev
from bosett.tilgang.saken import tilhorighet_i

MAKS_TEKST = 2000
OPPGAVE = "svar_henvendelse"
GRUNNER = tuple(ett for ett in Henvendelse.Trukket if ett != Henvendelse.Trukket.AVSLUTTET)
"""Why somebody may withdraw a contact."""


@dataclass(frozen=True)
class Fakta:
    """What the municipality is told of the household; `navn` is what no text may hold, and is not stored."""

    aldere: Sequence[int]
    spraak: Sequence[str]
    navn: Sequence[str]


class Dobbeltkontakt(Konflikt):
    """A municipality has been asked about the same household. `tidligere`: those the sender has not confirmed that it has seen."""

    def __init__(self, tidligere: Sequence[Henvendelse] = ()) -> None:
        super().__init__(
            kode="SAMTALE-DOBBELTKONTAKT",
            hva="En kommune er allerede spurt om denne husholdningen.",
            regel="To kommuner skal ikke planlegge for de samme menneskene uten at noen har bestemt det.",
            gjor="Se hvem som er spurt, og bekreft at du vil ta kontakt likevel.",
        )
        self.tidligere = tuple(tidligere)

    def __reduce__(self) -> tuple[object, ...]:
        return (Dobbeltkontakt, (self.tidligere,))


@transaction.atomic
def send(
    *,
    aktor: Aktor,
    subjekt_id: int,
    til: Organisasjon,
    svarfrist: date,
    behov: str,
    fakta: Fakta,
    sett: Collection[UUID] = (),
    nokkel: UUID | None = None,
) -> Henvendelse:
    """Ask a municipality. It sees the household anonymously from now, and has a task.

    `sett` are the earlier contacts that the sender has been shown and confirmed. Sent at the same time by two, the second gets the
    warning. `nokkel` is the form's own: sent twice, it is one contact.
    Raises `Dobbeltkontakt`, `Konflikt` when the same municipality has not answered yet, `Ugyldig` for the day, the text, or a text
    that tells who they are, `FinnesIkke` for a case that is not the actor's.
    """
    tilgang.laas(subjekt_id=subjekt_id)
    denne = tilhorighet_i(aktor, SEND_HENVENDELSE.kode, subjekt_id)
    tidligere = selectors.henvendelser(aktor, subjekt_id)
    for ett in tidligere:
        if nokkel == ett.uuid:
            return ett
    _krev_fullstendig(til, svarfrist, behov.strip(), fakta)
    gjelder = [ett for ett in tidligere if ett.tilstand != TREKK_HENVENDELSE.til]
    if any(ett.til_id == til.pk and ett.tilstand == "sendt" for ett in gjelder):
        raise Konflikt(
            kode="SAMTALE-SAMME-KOMMUNE",
            hva="Kommunen er allerede spurt, og har ikke svart.",
            regel="En kommune blir spurt én gang om gangen om en husholdning.",
            gjor="Vent på svaret, eller trekk den første henvendelsen.",
        )
    if ukjente := [ett for ett in gjelder if ett.uuid not in set(sett)]:
        raise Dobbeltkontakt(ukjente)
    ny = Henvendelse.objects.create(
        uuid=nokkel or uuid4(), subjekt_id=subjekt_id, organisasjon_id=denne.organisasjon_id, av_id=aktor.bruker_id, til=til,
        svarfrist=svarfrist, antall=len(fakta.aldere), aldre=aldersgrupper(fakta.aldere), spraak=list(fakta.spraak),
        behov=behov.strip(), tross=[ett.uuid for ett in gjelder],
    )  # fmt: skip
    registrer(
        aktor=aktor, handling=SEND_HENVENDELSE.kode, subjekt_id=subjekt_id,
        data={"henvendelse": str(ny.uuid), "til": til.pk, "frist": str(svarfrist), "tross": [str(u) for u in ny.tross]},
    )  # fmt: skip
    with som_systemet(SEND_HENVENDELSE.kode, etter=aktor):
        tilgang.del_subjekt(
            subjekt_id=subjekt_id, organisasjon=til, grad=Deling.Grad.ANONYM, hvorfor=SEND_HENVENDELSE.kode
        )
        oppgaver.opprett(
            oppgaver=[
                NyOppgave(
                    subjekt_id, til, ROLLER["kommune"], OPPGAVE, ny.nummer, f"/samtaler/henvendelser/{ny.uuid}/", svarfrist
                )
            ]
        )  # fmt: skip
    return ny


@transaction.atomic
def besvar(*, aktor: Aktor, henvendelse: UUID, svar: str, tekst: str) -> Henvendelse:
    """The municipality's answer; those who asked get a task to read it. After a no it sees the household no longer.

    Raises `FinnesIkke` for one that is not the municipality's, `Konflikt` when it is answered or withdrawn, `Ugyldig` without a yes,
    a no or a perhaps, or without words for what is not a plain yes.
    """
    denne = _laast(aktor, henvendelse)
    krev(aktor, BESVAR_HENVENDELSE.kode, denne.til)
    _krev_tilstand(denne, BESVAR_HENVENDELSE.fra)
    if svar not in Henvendelse.Svar.values:
        raise Ugyldig(kode="SAMTALE-SVAR", hva="Svaret mangler.", gjor="Velg ja, kanskje eller nei.")
    if len(tekst) > MAKS_TEKST or (svar != Henvendelse.Svar.JA and not tekst.strip()):
        raise Ugyldig(
            kode="SAMTALE-SVARTEKST",
            hva="Svaret er for langt." if len(tekst) > MAKS_TEKST else "Det mangler hvorfor, eller hva svaret avhenger av.",
            regel="Den som spør, må vite hva kommunen kan tilby.",
            gjor="Kort ned teksten." if len(tekst) > MAKS_TEKST else "Skriv noen ord.",
        )  # fmt: skip
    denne.tilstand, denne.svar, denne.svartekst = BESVAR_HENVENDELSE.til, svar, tekst.strip()
    denne.besvart, denne.besvart_av_id = naa(), aktor.bruker_id
    denne.save(update_fields=["tilstand", "svar", "svartekst", "besvart", "besvart_av"])
    with som_systemet(
        BESVAR_HENVENDELSE.kode, etter=aktor
    ):  # the case's ledger is not open to the municipality
        registrer(
            aktor=aktor, handling=BESVAR_HENVENDELSE.kode, subjekt_id=denne.subjekt_id, organisasjon=denne.til,
            data={"henvendelse": str(denne.uuid), "svar": svar},
        )  # fmt: skip
        _ferdig(aktor, denne)
        oppgaver.opprett(
            oppgaver=[
                NyOppgave(
                    denne.subjekt_id, denne.organisasjon, ROLLER[denne.organisasjon.slag], LES_SVAR, saksnummer(denne.subjekt_id),
                    sti(denne.subjekt),
                )
            ]
        )  # fmt: skip
    return denne


@transaction.atomic
def trekk(*, aktor: Aktor, henvendelse: UUID, grunn: str) -> Henvendelse:
    """Take the contact back: the municipality sees the household no longer, and need not answer.

    By those who have the case and may ask. Raises `FinnesIkke`, `Konflikt` when it is withdrawn, `Ugyldig` for the reason.
    """
    denne = _laast(aktor, henvendelse)
    tilhorighet_i(aktor, TREKK_HENVENDELSE.kode, denne.subjekt_id)
    _krev_tilstand(denne, TREKK_HENVENDELSE.fra)
    if grunn not in GRUNNER:
        raise Ugyldig(
            kode="SAMTALE-GRUNN",
            hva="Det mangler hvorfor henvendelsen blir trukket.",
            regel="Kommunen får vite hvorfor.",
            gjor="Velg en grunn.",
        )
    denne.tilstand, denne.trukket, denne.trukket_av_id, denne.trukket_grunn = TREKK_HENVENDELSE.til, naa(), aktor.bruker_id, grunn  # fmt: skip
    denne.save(update_fields=["tilstand", "trukket", "trukket_av", "trukket_grunn"])
    registrer(
        aktor=aktor, handling=TREKK_HENVENDELSE.kode, subjekt_id=denne.subjekt_id,
        data={"henvendelse": str(denne.uuid), "grunn": grunn},
    )  # fmt: skip
    with som_systemet(TREKK_HENVENDELSE.kode, etter=aktor):
        _ferdig(aktor, denne)
    return denne


def _ferdig(aktor: Aktor, denne: Henvendelse) -> None:
    """The municipality's task is done, and its anonymous share ends unless a yes or a perhaps of its own still stands."""
    oppgaver.fullfor(
        aktor=aktor, subjekt_ider=[denne.subjekt_id], slag=OPPGAVE, organisasjoner=[denne.til_id]
    )
    staar = Henvendelse.objects.filter(subjekt_id=denne.subjekt_id, til_id=denne.til_id).exclude(
        tilstand=TREKK_HENVENDELSE.til
    )
    if not staar.exclude(svar=Henvendelse.Svar.NEI).exists():
        tilgang.avslutt_delinger(
            delinger=Deling.objects.filter(
                subjekt_id=denne.subjekt_id, organisasjon_id=denne.til_id, grad=Deling.Grad.ANONYM, til=None
            )
        )


def _laast(aktor: Aktor, uuid: UUID) -> Henvendelse:
    return tilgang.laas_rad(lambda: selectors.henvendelsen(aktor, uuid))


def _krev_tilstand(denne: Henvendelse, fra: Collection[str]) -> None:
    if denne.tilstand not in fra:
        raise Konflikt(
            kode="SAMTALE-HENVENDELSE-TILSTAND",
            hva="Henvendelsen er allerede besvart eller trukket.",
            regel="Et svar kan ikke endres, og en henvendelse som er trukket, trenger ikke svar.",
            gjor="Last siden på nytt.",
        )


def _krev_fullstendig(til: Organisasjon, svarfrist: date, behov: str, fakta: Fakta) -> None:
    if til.slag != Slag.KOMMUNE:
        raise Ugyldig(kode="SAMTALE-KOMMUNE", hva="Henvendelsen går til en kommune.", gjor="Velg en kommune.")
    if not i_dag() <= svarfrist <= i_dag() + timedelta(days=MAKS_FRIST):
        raise Ugyldig(
            kode="SAMTALE-FRIST",
            hva="Fristen må være i dag eller senere, og høyst ett år fram.",
            regel="Kommunen får en oppgave med frist.",
            gjor="Skriv når dere trenger svaret.",
        )
    if not behov or len(behov) > MAKS_TEKST:
        raise Ugyldig(
            kode="SAMTALE-BEHOV",
            hva="Teksten om hva de trenger, er for lang." if behov else "Det mangler hva de trenger.",
            regel="Teksten kan være på 2000 tegn.",
            gjor="Kort ned teksten." if behov else "Skriv hva de trenger av bolig, skole og helsetjenester.",
        )
    if hva := roper(behov, fakta.navn):
        raise Ugyldig(
            kode="SAMTALE-ANONYM",
            hva="Teksten har et nummer som kan være et DUF-nummer eller fødselsnummer." if hva == "nummer" else "Teksten har navnet på en i husholdningen.",
            regel="Kommunen får ikke vite hvem de er før de skal bosettes der.",
            gjor="Ta det bort.",
        )  # fmt: skip

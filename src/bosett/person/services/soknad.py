"""Somebody nobody has told us of applies to be settled with public help: her household becomes a case in IMDi's queue (R077)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction

from bosett.aktor.kontekst import Aktor
from bosett.geografi.models import Kommune
from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.grunn.identnummer import kontroller
from bosett.grunn.klokke import i_dag
from bosett.person import states
from bosett.person.models import Husholdning, Medlem, Navn, Nummer, Privatsoknad
from bosett.person.rules.navn import sortering
from bosett.person.services import dubletter
from bosett.person.services.arbeid import Arbeid
from bosett.person.services.deling import del_etter_opphold
from bosett.person.services.kroker import meld_ny
from bosett.tilgang.policy import krev

KILDE = "soknad"
"""What UDI tells later about the same person stands before it (`services.hendelser`)."""


@dataclass(frozen=True, slots=True)
class Soker:
    """One person as the application names her. The first of a household has the role `hoved`."""

    duf: str
    fornavn: str
    etternavn: str
    fodt: date
    rolle: str = "hoved"


@transaction.atomic
def registrer_privat(
    *, aktor: Aktor, sokere: Sequence[Soker], sokt: date, kanal: str, bor_i: Kommune | None = None
) -> Husholdning:
    """A new household in the track of those who live privately, ready when the permits come. Repeating it gives the same household.

    Raises `Ugyldig` for a number, a date or a role that cannot be, `Konflikt` when one of them is registered already: then the
    application belongs on that case. `felt` and `nr` of the refusal say which field of which of the `sokere` it is.
    """
    krev(aktor, states.NY_SOKNAD.kode)
    _krev_mulig(sokere, sokt)
    if finnes := _kjente(sokere):
        return _den_samme(finnes, sokere, sokt, kanal)
    try:
        with transaction.atomic():
            return _lag(aktor, sokere, sokt, kanal, bor_i)
    except IntegrityError:  # somebody else registered one of them at the same moment
        return _den_samme(_kjente(sokere), sokere, sokt, kanal)


def _lag(aktor: Aktor, sokere: Sequence[Soker], sokt: date, kanal: str, bor_i: Kommune | None) -> Husholdning:
    arbeid = Arbeid(aktor, KILDE, len(sokere))
    husholdning = arbeid.ny_husholdning(sak="", fra=sokt)
    for en in sokere:
        person = arbeid.ny_person(husholdning, en.fodt)
        person.navn, person.rolle = f"{en.fornavn} {en.etternavn}".strip()[:200], en.rolle
        person.sorteringsnavn = sortering(en.fornavn, en.etternavn)
        arbeid.ny(Nummer(person=person, slag="duf", nummer=en.duf, fra=sokt, kilde=KILDE))
        navn = {"skrift": "Latn", "fornavn": en.fornavn, "etternavn": en.etternavn}
        arbeid.faktum(Navn, person, navn, fra=sokt)
        arbeid.faktum(Medlem, person, {"husholdning": husholdning, "rolle": en.rolle}, fra=sokt)
        arbeid.bytt_navn(person)
    arbeid.har_sokt(husholdning.pk, sokt)
    arbeid.sett_lop(husholdning, "privat", sokt, states.SOK_PRIVAT)
    arbeid.spor(husholdning, states.NY_SOKNAD, kanal=kanal, personer=len(sokere))
    arbeid.ny(
        Privatsoknad(
            husholdning=husholdning, sokt=sokt, kanal=kanal, bor_i=bor_i, registrert_av_id=aktor.bruker_id
        )
    )
    arbeid.skriv()
    del_etter_opphold(arbeid)
    dubletter.let_senere(arbeid.sett_etter(), ())
    meld_ny("duf", [en.duf for en in sokere])
    return husholdning


def _krev_mulig(sokere: Sequence[Soker], sokt: date) -> None:
    if sokt > i_dag():
        raise Ugyldig(
            kode="PRIVAT-DATO",
            hva="Søknaden kan ikke være fra en dag som ikke har vært.",
            gjor="Rett datoen.",
            felt="sokt",
        )
    numre = [en.duf for en in sokere]
    igjen = [nr for nr, duf in enumerate(numre) if duf in numre[:nr]]
    if igjen or not sokere:
        raise Ugyldig(
            kode="PRIVAT-SAMME", hva="To av personene har samme DUF-nummer.", regel="Hver person har sitt eget nummer.",
            gjor="Rett numrene.", felt="duf", nr=igjen[0] if igjen else 0,
        )  # fmt: skip
    for nr, en in enumerate(sokere):
        funnet = kontroller(en.duf, i_dag())
        if funnet.type != "duf" or not funnet.gyldig or funnet.nummer != en.duf:
            raise Ugyldig(
                kode="PRIVAT-DUF", hva="DUF-nummeret kan ikke være riktig.", regel="Et DUF-nummer har 12 sifre og begynner med et årstall.",
                gjor="Se på oppholdskortet eller brevet fra UDI.", felt="duf", nr=nr,
            )  # fmt: skip
        if not en.fornavn or en.fodt > sokt or en.rolle not in Medlem.Rolle.values:
            raise Ugyldig(
                kode="PRIVAT-PERSON", hva="Navn, fødselsdato eller rolle kan ikke være riktig.",
                regel="En person har et navn, og er født før søknaden.", gjor="Rett opplysningene.",
                felt="fornavn" if not en.fornavn else "fodt" if en.fodt > sokt else "rolle", nr=nr,
            )  # fmt: skip


def _kjente(sokere: Sequence[Soker]) -> list[Husholdning]:
    numre = Nummer.objects.kjent().filter(slag="duf", nummer__in=[en.duf for en in sokere])
    return list(
        Husholdning.objects.select_related("subjekt")
        .filter(pk__in=numre.values("person__husholdning"))
        .order_by("pk")
    )


def _den_samme(finnes: Sequence[Husholdning], sokere: Sequence[Soker], sokt: date, kanal: str) -> Husholdning:
    """The household, when this very application is what made it; else the refusal."""
    alle = Nummer.objects.kjent().filter(person__husholdning__in=finnes, nummer__in=[en.duf for en in sokere])
    kjente = set(alle.values_list("nummer", flat=True))
    samme = Privatsoknad.objects.filter(husholdning__in=finnes, sokt=sokt, kanal=kanal).exists()
    if len(finnes) == 1 and samme and len(kjente) == len(sokere) == finnes[0].antall:
        return finnes[0]
    raise Konflikt(
        kode="PRIVAT-KJENT",
        hva="En av dem er registrert fra før, i sak " + ", ".join(h.saksnummer for h in finnes) + ".",
        regel="En person er registrert én gang.",
        gjor="Registrer søknaden på siden til den saken.",
        felt="duf",
        nr=next((nr for nr, en in enumerate(sokere) if en.duf in kjente), 0),
    )

"""Events from the authorities become facts. Idempotent, in any order, each event whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import BosettFeil, FinnesIkke, Ugyldig
from bosett.person import hendelser as h
from bosett.person import states
from bosett.person.models import Medlem, Navn, Nummer, Person, Relasjon, Verge
from bosett.person.models_mottak import Mottaksopphold
from bosett.person.models_opphold import Opphold
from bosett.person.rules import familie
from bosett.person.rules.grunnlag import grunnlag
from bosett.person.rules.navn import sortering
from bosett.person.rules.skjerming import strengeste
from bosett.person.services import dubletter, sakbytte, utgang
from bosett.person.services.arbeid import Arbeid
from bosett.person.services.deling import del_etter_opphold
from bosett.person.services.samtykker import senk_grad
from bosett.person.services.utledning import sett_em
from bosett.tilgang.policy import krev

_SLAG = ("asyl", "overforing", "familie")


@dataclass(frozen=True, slots=True)
class Utfall:
    """What became of one event. `feil` None: done (also when it changed nothing, because we knew already)."""

    hendelse: h.Hendelse
    feil: BosettFeil | None = None


@transaction.atomic
def bruk(*, aktor: Aktor, kilde: str, hendelser: Sequence[h.Hendelse]) -> list[Utfall]:
    """Take a batch into the register. What cannot be taken is said, event by event, and touches nothing.

    Raises nothing for a bad event; `Utfall.feil` holds `FinnesIkke` for a person or centre nobody has told of (it may come later),
    `Ugyldig` for what breaks a rule.
    """
    krev(aktor, states.REGISTRER.kode)
    arbeid = Arbeid(aktor, kilde, len(hendelser))
    arbeid.les(
        duf={e.duf for e in hendelser} | {e.til_duf for e in hendelser if isinstance(e, h.Slektskap)},
        saker={e.sak for e in hendelser if isinstance(e, h.Ankomst)},
        mottak={e.mottak for e in hendelser if isinstance(e, h.Plassering)},
        numre={nummer for e in hendelser if isinstance(e, h.Ankomst) for nummer in e.numre},
    )
    utfall = []
    for ett in hendelser:
        try:
            with arbeid.paa_nummer(ett.duf) as borte:
                _BRUK[type(ett)](arbeid, ett)
                utgang.oppdater(arbeid, ett)
                _paa_borte(arbeid, ett, borte)
        except BosettFeil as feil:
            utfall.append(Utfall(ett, feil))
        else:
            utfall.append(Utfall(ett))
    arbeid.skriv()
    del_etter_opphold(arbeid)
    for husholdning in arbeid.byttet_sak:
        senk_grad(husholdning.pk)  # who consented to share health may be in another case now
    dubletter.let_senere(arbeid.sett_etter(), arbeid.samme_nummer)
    return utfall


def _paa_borte(arbeid: Arbeid, e: h.Hendelse, borte: list[Person]) -> None:
    """What is told under a number merged away stands on its own row too, also when we knew it under the other number."""
    felt = "fodt" if isinstance(e, h.Aldersretting) else "dod" if isinstance(e, h.Utgang) else ""
    if not felt or not borte or borte[-1].meldt.get(felt) != e.nr:  # something newer stands
        return
    for rad in borte:
        if isinstance(e, h.Aldersretting):
            rad.fodt, rad.rettet = e.fodt, e.gjelder
        else:
            rad.dod = e.gjelder
        arbeid.endre(rad)


def _person(arbeid: Arbeid, e: h.Hendelse) -> Person:
    if e.duf not in arbeid.person_for:
        raise FinnesIkke(
            kode="PERSON-UKJENT",
            hva="Vi kjenner ikke personen meldingen gjelder.",
            regel="Ankomst må være meldt før noe annet kan registreres.",
            gjor="Meldingen venter, og blir prøvd igjen når ankomsten er kommet.",
        )
    return arbeid.person_for[e.duf]


def _ankomst(arbeid: Arbeid, e: h.Ankomst) -> None:
    """Everything is checked before anything is changed."""
    latinsk = next((n for n in e.navn if n.skrift == "Latn"), None)
    if latinsk is None or not latinsk.fornavn.strip():
        raise Ugyldig(kode="PERSON-NAVN", hva="Navnet mangler med latinske bokstaver.", regel="En person må ha et navn.",
                      gjor="Send navnet med skrift Latn.")  # fmt: skip
    if e.rolle not in Medlem.Rolle.values:
        raise Ugyldig(
            kode="PERSON-ROLLE",
            hva="Rollen er ikke kjent.",
            gjor="Bruk en av: " + ", ".join(Medlem.Rolle.values) + ".",
        )
    if e.slag not in _SLAG:
        raise Ugyldig(
            kode="PERSON-SLAG",
            hva="Slaget er ikke kjent.",
            gjor="Bruk en av: " + ", ".join(_SLAG) + ".",
        )
    if e.slag == "familie" and e.referanse_kom is None:
        raise Ugyldig(
            kode="PERSON-FAMILIE", hva="Det går ikke fram om det er familiegjenforening eller familieetablering.",
            regel="En familieinnvandring er en av de to.", gjor="Send når den de kommer til, kom til Norge (referanse_kom).",
        )  # fmt: skip
    if e.fodt > e.gjelder:
        raise Ugyldig(
            kode="PERSON-FODT", hva="Fødselsdatoen er etter ankomsten.", gjor="Rett datoen og send på nytt."
        )
    person = arbeid.person_for.get(e.duf)
    ny = person is None
    if person is None:
        husholdning = arbeid.sak.get(e.sak) or arbeid.ny_husholdning(sak=e.sak, fra=e.gjelder)
        person = arbeid.ny_person(husholdning, e.fodt)
        arbeid.person_for[e.duf] = person
    else:
        husholdning = sakbytte.saken(arbeid, person, e)
    _numre(arbeid, person, e)
    rad = arbeid.raden(e.duf)
    if rad is person:
        _vik_for(arbeid, person)
    if _er_nyest(arbeid, rad, "ankomst", e.nr):
        rad.navn, rad.sorteringsnavn = (
            f"{latinsk.fornavn} {latinsk.etternavn}".strip()[:200],
            sortering(latinsk.fornavn, latinsk.etternavn),
        )
        rad.rolle, rad.kjonn, rad.statsborgerskap = e.rolle, e.kjonn, e.statsborgerskap
        rad.spraak, rad.tolkespraak = list(e.spraak), e.tolkespraak
        rad.meldt |= {"slag": e.slag, "em": e.enslig_mindrearig}
        rad.familieslag = ""
        if e.referanse_kom is not None and e.slag == "familie":
            rad.familieslag = familie.slag(
                barn=e.barn_av_referanse, levde_sammen_fra=e.levde_sammen_fra, referanse_kom=e.referanse_kom
            )
        if _er_nyest(arbeid, rad, "fodt", e.nr):
            rad.fodt, rad.rettet = e.fodt, None
    for skriftnavn in e.navn:
        _sett_navn(arbeid, person, skriftnavn, e)
    if rad is person:  # who is merged away is no member twice
        sakbytte.meld_inn(arbeid, person, husholdning, e)
    sett_em(arbeid, rad)
    arbeid.ror(person.husholdning)
    if ny:
        arbeid.spor(husholdning, states.REGISTRER, hendelse="ankomst", slag=e.slag)


def _vik_for(arbeid: Arbeid, person: Person) -> None:
    """What was typed from an application gives way to what the authorities say of the same."""
    for modell in (Navn, Medlem):
        for rad in [rad for rad in arbeid.rader[modell, person] if rad.kilde == "soknad"]:
            arbeid.rader[modell, person].remove(rad)
            arbeid.lukk(rad)


def _numre(arbeid: Arbeid, person: Person, e: h.Ankomst) -> None:
    """A number somebody else has stays hers, and IMDi is asked if the two are one."""
    for slag, nummer in dict.fromkeys((("duf", e.duf), *e.numre)):
        eier = arbeid.opptatt.setdefault((slag, nummer), person.pk)
        if eier != person.pk:
            arbeid.samme_nummer.append((person.pk, eier))
        elif (slag, nummer) not in arbeid.numre[person]:
            arbeid.numre[person].add((slag, nummer))
            arbeid.ny(
                Nummer(
                    person=person, slag=slag, nummer=nummer, fra=e.gjelder, kilde=arbeid.kilde, kilde_nr=e.nr
                )
            )


def _er_nyest(arbeid: Arbeid, person: Person, hva: str, nr: int) -> bool:
    """Is this the newest the source has said about it? Then its number is kept; an older message takes nothing back."""
    if nr < person.meldt.get(hva, -1):
        return False
    person.meldt[hva] = nr
    arbeid.endre(person)
    return True


def _sett_navn(arbeid: Arbeid, person: Person, navn: h.Skriftnavn, e: h.Ankomst) -> None:
    andre = [rad for rad in arbeid.rader[Navn, person] if rad.skrift != navn.skrift]
    arbeid.rader[Navn, person] = [rad for rad in arbeid.rader[Navn, person] if rad.skrift == navn.skrift]
    felt = {"skrift": navn.skrift, "fornavn": navn.fornavn, "etternavn": navn.etternavn}
    endret = arbeid.faktum(Navn, person, felt, fra=e.gjelder, nr=e.nr)
    arbeid.rader[Navn, person] += andre
    if endret:
        arbeid.bytt_navn(person)


def _bor(arbeid: Arbeid, person: Person, e: h.Hendelse, mottak: Any) -> bool:
    felt = {"mottak_id": mottak.pk if mottak else None}
    return arbeid.faktum(Mottaksopphold, person, felt, fra=e.gjelder, nr=e.nr)


def _plassering(arbeid: Arbeid, e: h.Plassering) -> None:
    person = _person(arbeid, e)
    mottak = arbeid.mottak.get(e.mottak)
    if mottak is None:
        raise FinnesIkke(kode="MOTTAK-UKJENT", hva="Mottaket meldingen gjelder, er ikke registrert.",
                         gjor="Registrer mottaket, og prøv meldingen igjen.")  # fmt: skip
    if e.gjelder < mottak.apnet or (mottak.stengt and mottak.stengt <= e.gjelder):
        raise Ugyldig(kode="MOTTAK-STENGT", hva="Mottaket er ikke åpent den dagen.", regel="Ingen kan bo på et mottak som ikke er åpent.",
                      gjor="Rett datoen, eller når mottaket åpnet og stengte.")  # fmt: skip
    if not _bor(arbeid, person, e, mottak):
        return
    handling = states.PLASSER_EM if person.enslig_mindrearig else states.PLASSER
    arbeid.spor(person.husholdning, handling, person=str(person.uuid), mottak=mottak.pk)


def _utflytting(arbeid: Arbeid, e: h.Utflytting) -> None:
    """Proposes the track of those who live privately; IMDi confirms it (R187)."""
    person = _person(arbeid, e)
    if _bor(arbeid, person, e, None):
        arbeid.spor(person.husholdning, states.FLYTT_UT, person=str(person.uuid))


def _tillatelse(arbeid: Arbeid, e: h.Tillatelse) -> None:
    person = _person(arbeid, e)
    grunnlag(e.grunnlag)
    felt = {"grunnlag": e.grunnlag, "vedtatt": e.vedtatt}
    if arbeid.faktum(Opphold, person, felt, fra=e.gjelder, til=e.til, nr=e.nr):
        arbeid.spor(person.husholdning, states.GI_TILLATELSE, person=str(person.uuid), grunnlag=e.grunnlag)


def _tilbakekall(arbeid: Arbeid, e: h.Tilbakekall) -> None:
    """Kept as a fact of its own, so that it holds also when the permit it takes back is told of afterwards."""
    person = _person(arbeid, e)
    if arbeid.faktum(Opphold, person, {"grunnlag": "", "vedtatt": e.gjelder}, fra=e.gjelder, nr=e.nr):
        arbeid.spor(person.husholdning, states.TREKK_TILLATELSE, person=str(person.uuid))


def _aldersretting(arbeid: Arbeid, e: h.Aldersretting) -> None:
    person = _person(arbeid, e)
    if e.fodt > e.gjelder:
        raise Ugyldig(
            kode="PERSON-FODT", hva="Fødselsdatoen er etter rettingen.", gjor="Rett datoen og send på nytt."
        )
    if not _er_nyest(arbeid, arbeid.raden(e.duf), "fodt", e.nr):
        return
    for_, person.fodt, person.rettet = person.fodt, e.fodt, e.gjelder
    arbeid.endre(person)
    sett_em(arbeid, person)
    arbeid.ror(person.husholdning)
    if person.fodt != for_:
        arbeid.spor(person.husholdning, states.RETT_ALDER, person=str(person.uuid))


def _utgang(arbeid: Arbeid, e: h.Utgang) -> None:
    """The household ends with its last member (`rules.lop.slutt`)."""
    person = _person(arbeid, e)
    if e.grunn not in ("trukket", "utreist", "dod"):
        raise Ugyldig(
            kode="PERSON-UTGANG",
            hva="Grunnen er ikke kjent.",
            gjor="Bruk trukket, utreist eller dod.",
        )
    if e.grunn == "dod" and e.gjelder < person.fodt:
        raise Ugyldig(
            kode="PERSON-DOD", hva="Dødsdatoen er før fødselsdatoen.", gjor="Rett datoen og send på nytt."
        )
    if e.grunn != "dod":
        utgang.registrer(arbeid, e)
        return
    for_ = person.dod
    if not _er_nyest(arbeid, arbeid.raden(e.duf), "dod", e.nr) or for_ == e.gjelder:
        return
    person.dod = e.gjelder
    arbeid.endre(person)
    arbeid.spor(person.husholdning, states.MELD_DOD, person=str(person.uuid), grunn=e.grunn)


def _slektskap(arbeid: Arbeid, e: h.Slektskap) -> None:
    person = _person(arbeid, e)
    andre = arbeid.person_for.get(e.til_duf)
    if andre is None:
        raise FinnesIkke(kode="SLEKT-UKJENT", hva="Vi kjenner ikke den andre personen i slektskapet.",
                         gjor="Meldingen venter, og blir prøvd igjen når ankomsten er kommet.")  # fmt: skip
    if e.slag not in Relasjon.Slag.values:
        raise Ugyldig(
            kode="PERSON-SLEKT",
            hva="Slektskapet er ikke kjent.",
            gjor="Bruk en av: " + ", ".join(Relasjon.Slag.values) + ".",
        )
    if person is andre:
        raise Ugyldig(
            kode="PERSON-SLEKT-SELV",
            hva="En person kan ikke være i slekt med seg selv.",
            gjor="Rett meldingen.",
        )
    for_ = arbeid.relasjoner.get((person.pk, andre.pk, e.slag))
    if for_ is not None:
        lik = (for_.fra, for_.folgeperson) == (e.gjelder, e.folgeperson)
        if lik or e.nr < for_.kilde_nr or not arbeid.egen_relasjon(for_, e.til_duf):
            return
        arbeid.lukk(for_)
    rad = arbeid.relasjoner[person.pk, andre.pk, e.slag] = arbeid.ny(
        Relasjon(
            person=person,
            til_person=andre,
            slag=e.slag,
            folgeperson=e.folgeperson,
            fra=e.gjelder,
            kilde=arbeid.kilde,
            kilde_nr=e.nr,
        )
    )
    arbeid.merk_til(rad, e.til_duf)
    arbeid.spor(person.husholdning, states.KNYTT, person=str(person.uuid), til=str(andre.uuid), slag=e.slag)


def _skjerming(arbeid: Arbeid, e: h.Skjerming) -> None:
    person, rad = _person(arbeid, e), arbeid.raden(e.duf)
    if e.grad not in Person.Sperre.values:
        raise Ugyldig(
            kode="PERSON-SKJERMING", hva="Graden av skjerming er ikke kjent.", regel="En adresse er skjermet i en kjent grad, eller ikke.",
            gjor="Bruk en av: " + ", ".join(grad for grad in Person.Sperre.values if grad) + ", eller la feltet være tomt.",
        )  # fmt: skip
    if not _er_nyest(arbeid, rad, "sperre", e.nr):
        return
    for_, rad.adressesperre = person.adressesperre, e.grad
    if rad is not person:  # registered twice: the strictest that is told under any of the numbers
        person.adressesperre = strengeste(for_, e.grad)
    arbeid.endre(person)
    arbeid.ror(person.husholdning)
    if person.adressesperre != for_:
        arbeid.spor(person.husholdning, states.SKJERM, person=str(person.uuid))


def _vergemaal(arbeid: Arbeid, e: h.Vergemaal) -> None:
    person = _person(arbeid, e)
    felt = {"navn": e.navn, "telefon": e.telefon, "epost": e.epost}
    endret = arbeid.faktum(Verge, person, felt, fra=e.gjelder, nr=e.nr)
    if endret:
        arbeid.spor(person.husholdning, states.OPPNEVN_VERGE, person=str(person.uuid))


_BRUK: dict[type[h.Hendelse], Callable[[Arbeid, Any], None]] = {
    h.Ankomst: _ankomst, h.Plassering: _plassering, h.Utflytting: _utflytting, h.Tillatelse: _tillatelse, h.Tilbakekall: _tilbakekall,
    h.Aldersretting: _aldersretting, h.Utgang: _utgang, h.Slektskap: _slektskap, h.Vergemaal: _vergemaal, h.Skjerming: _skjerming,
}  # fmt: skip

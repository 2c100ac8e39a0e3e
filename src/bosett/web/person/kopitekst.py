"""The copy in sections of words, and as data with what is stored beside the words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.grunn.klokke import OSLO
from bosett.person.kopi import Kopi, Opplysning
from bosett.web import visning
from bosett.web.person import kopiord


@dataclass(frozen=True, slots=True)
class Felt:
    """One thing in the copy. `ord` is how it is said: nothing when nothing is stored, or when only machines read it."""

    kode: str
    navn: str
    verdi: Any
    ord: tuple[str, ...]
    felles: bool = False
    """About the fact, not the person: since when we know it, and who said so."""


@dataclass(frozen=True, slots=True)
class Del:
    """One section. A list of many alike has `kolonner` (field, name), those where something stands, and is shown as a table."""

    kode: str
    navn: str
    rader: tuple[tuple[Felt, ...], ...]
    kolonner: tuple[tuple[str, str], ...] = ()
    tom: str = ""

    @property
    def poster(self) -> list[tuple[list[Felt], list[Felt]]]:
        """Each row: what it says, and what is known of the fact itself."""
        sagt = ([f for f in rad if f.ord] for rad in self.rader)
        return [([f for f in rad if not f.felles], [f for f in rad if f.felles]) for rad in sagt]

    @property
    def celler(self) -> list[list[Felt]]:
        per_rad = ({f.kode: f for f in rad} for rad in self.rader)
        return [[rad[kode] for kode, _navn in self.kolonner] for rad in per_rad]


@dataclass(frozen=True, slots=True)
class _Liste:
    navn: Any
    kolonner: dict[str, Any]
    tom: Any


_HVEM, _NAAR, _HVA = _("Hvem"), _("Når"), _("Hva")
_LISTER = {
    "dokumenter": _Liste(
        _("Dokumenter og brev"),
        {"dato": _("Dato"), "tittel": _("Tittel"), "retning": _("Hva slags"), "organisasjon": _("Til eller fra"),
         "tilstand": _("Status"), "nummer": _("Nummer")},
        _("Det er ingen dokumenter eller brev i saken."),
    ),
    "oppgaver": _Liste(
        _("Oppgaver i saken"),
        {"slag": _HVA, "organisasjon": _("Enhet"), "opprettet": _("Laget"), "frist": _("Frist"), "ferdig": _("Gjort"),
         "ferdig_av": _("Gjort av")},
        _("Det er ingen oppgaver i saken."),
    ),
    "delt_med": _Liste(
        _("Hvem saken er delt med"),
        {"organisasjon": _HVEM, "grad": _("Hvor mye de ser"), "fra": _("Fra"), "til": _("Til")},
        _("Ingen utenfor IMDi."),
    ),
    "sett_av": _Liste(
        _("Hvem har sett saken"),
        {"tid": _NAAR, "hvem": _HVEM, "organisasjon": _("Enhet"), "antall": _("Oppslag den timen"), "hva": _HVA,
         "grunn": _("Hvorfor"), "utenfor": _("Utenfor det vanlige")},
        _("Ingen har sett saken."),
    ),
    "gjort": _Liste(
        _("Hva som er gjort"),
        {"tid": _NAAR, "handling": _HVA, "hvem": _HVEM, "detaljer": _("Mer")},
        _("Ingenting er gjort."),
    ),
}  # fmt: skip
"""What is told about the case → its columns in the order they are read."""


def deler(kopi: Kopi) -> tuple[Del, ...]:
    """The sections in the order they are read: what is stored about the person, then what has been done with the case."""
    om = (
        Del(b.tabell, b.navn, tuple(tuple(_felt(b.tabell, o, kopi, rad) for o in rad) for rad in b.rader))
        for b in kopi.bolker
    )
    return (*om, *(_liste(kode, rader) for kode, rader in kopi.lister.items()))


def _felt(tabell: str, o: Opplysning, kopi: Kopi, rad: Iterable[Opplysning]) -> Felt:
    if (tabell, o.felt) == ("Husholdning", "mangler"):
        ord_ = kopiord.mangler(o.verdi or (), kopi.person.navn)
    elif (tabell, o.felt) == ("Kartleggingssvar", "verdi"):
        ord_ = kopiord.svaret(next(ett.verdi for ett in rad if ett.felt == "felt"), o.verdi)
    else:
        ord_ = (gettext(o.valg),) if o.valg else kopiord.ord_for(tabell, o.felt, o.verdi)
    return Felt(o.felt, o.navn, o.verdi, ord_, o.felles)


def _liste(kode: str, rader: Iterable[dict[str, Any]]) -> Del:
    hva = _LISTER[kode]
    alle = tuple(
        tuple(
            Felt(felt, str(hva.kolonner.get(felt, felt)), v, kopiord.ord_for(kode, felt, v))
            for felt, v in rad.items()
        )
        for rad in rader
    )
    brukt = {f.kode for rad in alle for f in rad if f.ord}
    kolonner = tuple((felt, str(navn)) for felt, navn in hva.kolonner.items() if felt in brukt)
    return Del(kode, str(hva.navn), alle, kolonner, str(hva.tom))


def som_data(kopi: Kopi, alle: Iterable[Del]) -> dict[str, Any]:
    """For JSON: what is stored, under the names of tables and fields, with the words beside it."""
    svar: dict[str, Any] = {
        "saksnummer": kopi.person.husholdning.saksnummer,
        "laget": _lagret(kopi.laget),
        "spraak": visning.spraak(),
        "opplysninger": {},
    }
    for en in alle:
        hvor = svar if en.kode in _LISTER else svar["opplysninger"]
        hvor[en.kode] = {"navn": en.navn, "rader": [_rad(rad) for rad in en.rader]}
    return svar


def _rad(rad: Iterable[Felt]) -> dict[str, Any]:
    return {f.kode: {"navn": f.navn, "verdi": _lagret(f.verdi), "tekst": "; ".join(f.ord)} for f in rad}


def _lagret(verdi: Any) -> Any:
    if isinstance(verdi, datetime):
        return verdi.astimezone(OSLO).isoformat(timespec="seconds")
    if isinstance(verdi, date):
        return verdi.isoformat()
    return verdi if verdi is None or isinstance(verdi, bool | int | str | list | dict) else str(verdi)

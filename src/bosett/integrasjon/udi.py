"""The contract for UDI's events (docs/udi-kontrakt.md): our own, since none is published. From JSON to typed events. Pure.

One message is `{"id", "type", "nr", "duf", "gjelder", "data"}`. Dates are ISO. What a type holds in `data` are the fields of its
dataclass in `person.hendelser`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from bosett.grunn.feil import Ugyldig
from bosett.person import hendelser as h

STORST = 500
"""Messages in one call."""
_SPRAAK, _LAND = re.compile(r"[a-z]{3}"), re.compile(r"[A-Z]{3}")
_KJONN = ("kvinne", "mann", "ukjent")
_SKJOT = dict.fromkeys((0x200C, 0x200D))
"""Signs without width that join and part letters in Persian and other scripts."""
_FORSTE, _SISTE = date(1900, 1, 1), date(2199, 12, 31)


class _Felt:
    """Reads the fields of one message, and says which one is wrong."""

    def __init__(self, data: Mapping[str, Any], hvor: str = "data") -> None:
        self.data, self.hvor, self.lest = data, hvor, set[str]()

    def _hent(self, navn: str, paakrevd: bool) -> Any:
        self.lest.add(navn)
        verdi = self.data.get(navn)
        if verdi in (None, "") and paakrevd:
            raise _feil(f"Feltet «{self.hvor}.{navn}» mangler.")
        return verdi

    def tekst(self, navn: str, *, paakrevd: bool = True, lengst: int = 120) -> str:
        verdi = self._hent(navn, paakrevd) or ""
        if not isinstance(verdi, str) or len(verdi) > lengst:
            raise _feil(f"Feltet «{self.hvor}.{navn}» må være tekst på høyst {lengst} tegn.")
        if not verdi.translate(_SKJOT).isprintable():
            raise _feil(f"Feltet «{self.hvor}.{navn}» har tegn som ikke kan vises.")
        return verdi.strip()

    def dato(self, navn: str, *, paakrevd: bool = True) -> date | None:
        verdi = self._hent(navn, paakrevd)
        if verdi in (None, ""):
            return None
        try:
            dato = date.fromisoformat(verdi)
        except (TypeError, ValueError):
            raise _feil(f"Feltet «{self.hvor}.{navn}» må være en dato på formen 2026-12-31.") from None
        if not _FORSTE <= dato <= _SISTE:
            raise _feil(f"Feltet «{self.hvor}.{navn}» må være en dato fra {_FORSTE} til {_SISTE}.")
        return dato

    def dagen(self, navn: str) -> date:
        dato = self.dato(navn)
        assert dato is not None
        return dato

    def ja(self, navn: str) -> bool:
        verdi = self._hent(navn, False) or False
        if not isinstance(verdi, bool):
            raise _feil(f"Feltet «{self.hvor}.{navn}» må være true eller false.")
        return verdi

    def liste(self, navn: str) -> list[Any]:
        verdi = self._hent(navn, False) or []
        if not isinstance(verdi, list):
            raise _feil(f"Feltet «{self.hvor}.{navn}» må være en liste.")
        return verdi

    def rader(self, navn: str, les: "Callable[[_Felt], Any]") -> Iterator[Any]:
        """Each object of a list, read to its last field."""
        for rad in self.liste(navn):
            felt = _Felt(rad if isinstance(rad, dict) else {}, f"{self.hvor}.{navn}")
            yield les(felt)
            felt.ferdig()

    def ferdig(self) -> None:
        if ukjent := sorted(set(self.data) - self.lest):
            raise _feil(f"{len(ukjent)} felt i «{self.hvor}» er ikke en del av kontrakten.")


def les(melding: Any) -> h.Hendelse:
    """The typed event of one message. Raises `Ugyldig` that names the field, never its content."""
    if not isinstance(melding, dict):
        raise _feil("Meldingen må være et JSON-objekt.")
    topp = _Felt(melding, "melding")
    topp.tekst("id", lengst=80)
    type_ = topp.tekst("type", lengst=40)
    duf = topp.tekst("duf", lengst=12)
    if not re.fullmatch(r"[0-9]{12}", duf):
        raise _feil("Feltet «melding.duf» må være 12 siffer.")
    nr = topp._hent("nr", True)
    if not isinstance(nr, int) or isinstance(nr, bool) or not 0 < nr < 2**63:
        raise _feil("Feltet «melding.nr» må være et helt tall fra 1.")
    gjelder = topp.dagen("gjelder")
    data = topp._hent("data", False) or {}
    if not isinstance(data, dict):
        raise _feil("Feltet «melding.data» må være et objekt.")
    topp.ferdig()
    if type_ not in _TYPER:
        raise _feil("Feltet «melding.type» er ikke en type i kontrakten.")
    felt = _Felt(data)
    hendelse = _TYPER[type_](felt, {"duf": duf, "nr": nr, "gjelder": gjelder})
    felt.ferdig()
    return hendelse


def _ankomst(f: _Felt, felles: dict[str, Any]) -> h.Hendelse:
    navn = tuple(f.rader("navn", _navn))
    spraak = tuple(str(kode) for kode in f.liste("spraak"))
    if not all(map(_SPRAAK.fullmatch, spraak)):
        raise _feil("Hvert språk i «data.spraak» må være en kode på tre bokstaver (ISO 639-3).")
    numre = tuple(f.rader("numre", _nummer))
    tolkespraak = f.tekst("tolkespraak", paakrevd=False, lengst=3)
    if tolkespraak and not _SPRAAK.fullmatch(tolkespraak):
        raise _feil("Feltet «data.tolkespraak» må være en kode på tre bokstaver (ISO 639-3).")
    land = f.tekst("statsborgerskap", paakrevd=False, lengst=3)
    if land and not _LAND.fullmatch(land):
        raise _feil("Feltet «data.statsborgerskap» må være en kode på tre store bokstaver (ISO 3166).")
    kjonn = f.tekst("kjonn", paakrevd=False, lengst=10) or "ukjent"
    if kjonn not in _KJONN:
        raise _feil("Feltet «data.kjonn» må være en av: " + ", ".join(_KJONN) + ".")
    return h.Ankomst(
        **felles, sak=f.tekst("sak", lengst=40), rolle=f.tekst("rolle", lengst=20), navn=navn, fodt=f.dagen("fodt"),
        kjonn=kjonn, statsborgerskap=land, spraak=spraak, tolkespraak=tolkespraak, enslig_mindrearig=f.ja("enslig_mindrearig"),
        slag=f.tekst("slag", paakrevd=False, lengst=20) or "asyl", numre=numre, referanse_kom=f.dato("referanse_kom", paakrevd=False),
        levde_sammen_fra=f.dato("levde_sammen_fra", paakrevd=False), barn_av_referanse=f.ja("barn_av_referanse"),
    )  # fmt: skip


def _navn(n: _Felt) -> h.Skriftnavn:
    return h.Skriftnavn(
        skrift=n.tekst("skrift", lengst=4),
        fornavn=n.tekst("fornavn"),
        etternavn=n.tekst("etternavn", paakrevd=False),
    )


def _nummer(n: _Felt) -> tuple[str, str]:
    slag, nummer = n.tekst("slag", lengst=3), n.tekst("nummer", lengst=12)
    if slag not in ("duf", "fnr", "dnr"):
        raise _feil("Feltet «data.numre.slag» må være duf, fnr eller dnr.")
    return slag, nummer


_TYPER: dict[str, Callable[[_Felt, dict[str, Any]], h.Hendelse]] = {
    "ankomst": _ankomst,
    "plassering": lambda f, felles: h.Plassering(**felles, mottak=f.tekst("mottak", lengst=20)),
    "utflytting": lambda f, felles: h.Utflytting(**felles),
    "tillatelse": lambda f, felles: h.Tillatelse(
        **felles, grunnlag=f.tekst("grunnlag", lengst=20), vedtatt=f.dagen("vedtatt"), til=f.dato("til", paakrevd=False)
    ),
    "tilbakekall": lambda f, felles: h.Tilbakekall(**felles),
    "aldersretting": lambda f, felles: h.Aldersretting(**felles, fodt=f.dagen("fodt")),
    "utgang": lambda f, felles: h.Utgang(**felles, grunn=f.tekst("grunn", lengst=20)),
    "slektskap": lambda f, felles: h.Slektskap(
        **felles, til_duf=f.tekst("til_duf", lengst=12), slag=f.tekst("slag", lengst=20), folgeperson=f.ja("folgeperson")
    ),
    "skjerming": lambda f, felles: h.Skjerming(**felles, grad=f.tekst("grad", paakrevd=False, lengst=20)),
    "vergemaal": lambda f, felles: h.Vergemaal(
        **felles, navn=f.tekst("navn", lengst=200), telefon=f.tekst("telefon", paakrevd=False, lengst=20),
        epost=f.tekst("epost", paakrevd=False, lengst=200),
    ),
}  # fmt: skip


def typer() -> tuple[str, ...]:
    """The types of messages in the contract."""
    return tuple(_TYPER)


def _feil(hva: str) -> Ugyldig:
    return Ugyldig(
        kode="UDI-FELT",
        hva=hva,
        regel="Kontrakten for UDIs meldinger (docs/udi-kontrakt.md).",
        gjor="Rett meldingen og send den på nytt.",
    )

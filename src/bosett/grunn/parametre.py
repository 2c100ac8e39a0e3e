"""Dated rule parameters: a rate, an age, a deadline as data with its dates, unit, legal source and verification.

A YAML file holds parameters by name:

    grunnbelop:
      enhet: kroner per år
      beskrivelse: Folketrygdens grunnbeløp (G)
      verdier:
        - {verdi: 136549, gyldig_fra: 2026-05-01, gyldig_til: 2027-05-01, kilde: FOR-2026-05-22-869, verifisert: true}

`gyldig_til` is the first day the value no longer holds; left out, no end is known. A value nobody knows is left out,
or written as an empty `verdi:` with a source that says so. It is never guessed: asking for it raises `Mangler`.
Decimals are read as Decimal. `grunn/satser` holds what many rooms use; a room has its own `satser` folder.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeGuard

import yaml

from bosett.grunn.feil import BosettFeil, Mangler, Ugyldig
from bosett.grunn.periode import Periode, gjelder, overlapp
from bosett.grunn.tallformat import dato_kort, tall

MAPPE = Path(__file__).with_name("satser")
Skalar = int | Decimal | str | bool

_FELT = {"verdi", "enhet", "gyldig_fra", "gyldig_til", "kilde", "verifisert"}


@dataclass(frozen=True, slots=True)
class Verdi:
    """One value of a parameter in one period. `verdi` None: the period is known, the value is not."""

    navn: str
    verdi: Skalar | None
    enhet: str
    periode: Periode
    kilde: str
    verifisert: bool

    @property
    def tallverdi(self) -> int | Decimal:
        """The value as a number. Raises TypeError when the parameter is a word."""
        if isinstance(self.verdi, bool) or not isinstance(self.verdi, int | Decimal):
            raise TypeError(f"{self.navn} is not a number")
        return self.verdi

    @property
    def forklaring(self) -> str:
        """«grunnbelop 136 549 kroner per år, gjelder 01.05.2026–30.04.2027 (FOR-2026-05-22-869)»."""
        verdi = self.verdi if isinstance(self.verdi, bool | str | None) else tall(self.verdi)
        tekst = f"{self.navn} {verdi} {self.enhet}, gjelder {self.periode} ({self.kilde})"
        return tekst if self.verifisert else f"{tekst}, ikke kontrollert mot kilden"


class Parametre(Mapping[str, tuple[Verdi, ...]]):
    """Parameters by name, each with its values in order of time."""

    def __init__(self, verdier: Mapping[str, tuple[Verdi, ...]]) -> None:
        self._verdier = MappingProxyType(dict(verdier))

    def __getitem__(self, navn: str) -> tuple[Verdi, ...]:
        return self._verdier[navn]

    def __iter__(self) -> Iterator[str]:
        return iter(self._verdier)

    def __len__(self) -> int:
        return len(self._verdier)

    def verdi(self, navn: str, dato: date) -> Verdi:
        """The value on `dato`, with its source. Raises Mangler when the name, the date or the value is unknown."""
        rader = gjelder(self._verdier.get(navn, ()), dato)
        if rader and rader[0].verdi is not None:
            return rader[0]
        if navn not in self._verdier:
            hva = f"Parameteren «{navn}» finnes ikke"
        else:
            hva = f"Verdien for «{navn}» er ikke kjent {dato_kort(dato)}"
        kjent = ", ".join(str(rad.periode) for rad in self._verdier.get(navn, ()) if rad.verdi is not None)
        raise Mangler(
            kode="PARAMETER-UKJENT",
            hva=hva,
            regel="En ukjent sats blir aldri gjettet" + (f". Kjent for {kjent}" if kjent else ""),
            gjor="Legg inn verdien med datoer, enhet og kilde i parameterfilen, eller velg en annen dato",
        )


def les(*stier: Path) -> Parametre:
    """Read files or folders of parameters. Raises Ugyldig that names file, parameter and fault."""
    alle: dict[str, tuple[Verdi, ...]] = {}
    for sti in stier:
        for fil in sorted(sti.glob("*.yaml")) if sti.is_dir() else [sti]:
            for navn, felt in _last(fil).items():
                if navn in alle:
                    raise _feil(fil, navn, "står to ganger")
                alle[navn] = _les_parameter(fil, navn, felt)
    return Parametre(alle)


@cache
def felles() -> Parametre:
    """The parameters in `grunn/satser`, read once."""
    return les(MAPPE)


def verdi(navn: str, dato: date) -> Verdi:
    """The value of a common parameter on `dato`. Raises Mangler when it is unknown."""
    return felles().verdi(navn, dato)


class _Laster(yaml.SafeLoader):
    """Decimals as they are written, never as floats."""


def _les_desimaltall(laster: _Laster, node: Any) -> Decimal:
    return Decimal(str(laster.construct_scalar(node)).replace("_", ""))


_Laster.add_constructor("tag:yaml.org,2002:float", _les_desimaltall)


def _last(fil: Path) -> dict[str, Any]:
    try:
        innhold = yaml.load(fil.read_text(encoding="utf-8"), Loader=_Laster) or {}  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ArithmeticError, ValueError) as feil:
        raise _feil(fil, "", f"kan ikke leses: {feil}") from feil
    if not isinstance(innhold, dict):
        raise _feil(fil, "", "må være navn med verdier")
    return innhold


def _les_parameter(fil: Path, navn: str, felt: Any) -> tuple[Verdi, ...]:
    if not isinstance(felt, dict) or not isinstance(felt.get("verdier"), list) or not felt["verdier"]:
        raise _feil(fil, navn, "mangler listen «verdier»")
    if ukjente := set(felt) - {"enhet", "beskrivelse", "verdier"}:
        raise _feil(fil, navn, f"har ukjente felt: {', '.join(sorted(map(str, ukjente)))}")
    verdier = sorted((_les_verdi(fil, navn, rad, felt.get("enhet")) for rad in felt["verdier"]), key=_fra)
    if par := overlapp([rad.periode for rad in verdier]):
        raise _feil(fil, navn, f"har to verdier samtidig: {par[0]} og {par[1]}")
    return tuple(verdier)


def _les_verdi(fil: Path, navn: str, rad: Any, enhet: Any) -> Verdi:
    if not isinstance(rad, dict) or "verdi" not in rad or set(rad) - _FELT:
        raise _feil(fil, navn, f"har en rad som ikke er {', '.join(sorted(_FELT))}")
    enhet = rad.get("enhet") or enhet
    if not enhet or not rad.get("kilde") or not isinstance(rad.get("verifisert"), bool):
        raise _feil(fil, navn, "mangler enhet, kilde eller verifisert (true eller false)")
    if not (rad["verdi"] is None or isinstance(rad["verdi"], Skalar)):
        raise _feil(fil, navn, "har en verdi som ikke er tall, ord, ja eller nei")
    if isinstance(rad["verdi"], Decimal) and not rad["verdi"].is_finite():
        raise _feil(fil, navn, "har en verdi som ikke er et tall")
    fra, til = rad.get("gyldig_fra"), rad.get("gyldig_til")
    if not _er_dato(fra) or not (til is None or _er_dato(til)):
        raise _feil(fil, navn, "mangler gyldig_fra, eller en dato er ikke skrevet som 2026-05-01")
    try:
        periode = Periode(fra, til)
    except BosettFeil as feil:
        raise _feil(fil, navn, feil.hva) from feil
    return Verdi(navn, rad["verdi"], str(enhet), periode, str(rad["kilde"]), rad["verifisert"])


def _fra(rad: Verdi) -> date:
    return rad.periode.fra


def _er_dato(verdi_: Any) -> TypeGuard[date]:
    return isinstance(verdi_, date) and not isinstance(verdi_, datetime)


def _feil(fil: Path, navn: str, hva: str) -> Ugyldig:
    return Ugyldig(
        kode="PARAMETER-FIL",
        hva=f"{fil.name}: «{navn}» {hva}" if navn else f"{fil.name} {hva}",
        regel="En parameter har verdi, enhet, gyldig_fra, gyldig_til, kilde og verifisert",
        gjor="Rett filen",
    )

"""How a room declares what may be done and read: acts, transitions and reads as data. No Django, no decisions here.

`tilgang` collects these declarations at start; nothing else grants access.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., object])


class Omfang(StrEnum):
    """How far a role's right reaches."""

    EGEN = "egen"  # own organisation
    REGION = "region"  # the municipalities of own IMDi region
    FYLKE = "fylke"  # the municipalities of own county
    NASJONAL = "nasjonal"  # all
    SELV = "selv"  # the person's own data


Roller = Mapping[str, Omfang]


@dataclass(frozen=True)
class Handling:
    """An act that changes the world. `tekst` finishes the sentence «Rollen kan …» (bokmål source string)."""

    kode: str
    tekst: str
    roller: Roller

    @property
    def rom(self) -> str:
        return self.kode.split(".", 1)[0]


@dataclass(frozen=True)
class Overgang(Handling):
    """An act that moves a thing from one of `fra` to `til`."""

    fra: tuple[str, ...] = ()
    til: str = ""
    vakt: str = ""  # what must hold, in words
    fire_oyne: bool = False  # another person than the one who did the step before


@dataclass(frozen=True)
class Tilstand:
    kode: str
    navn: str
    farge: str = "neutral"


@dataclass(frozen=True)
class Tilstandstabell:
    """The states of one kind of thing and every way between them. Buttons, permissions and docs are drawn from it."""

    ting: str
    tilstander: tuple[Tilstand, ...]
    overganger: tuple[Overgang, ...]

    def navn(self, kode: str) -> str:
        return next(tilstand.navn for tilstand in self.tilstander if tilstand.kode == kode)

    def fra(self, kode: str) -> tuple[Overgang, ...]:
        return tuple(overgang for overgang in self.overganger if kode in overgang.fra)

    def overgang(self, handling: str) -> Overgang:
        return next(overgang for overgang in self.overganger if overgang.kode == handling)


@dataclass(frozen=True)
class Lesning:
    """A read. `tekst` finishes the sentence «Rollen kan …»; `offentlig` means everybody, without log-in."""

    kode: str
    tekst: str
    roller: Roller = field(default_factory=dict)
    offentlig: bool = False

    @property
    def rom(self) -> str:
        return self.kode.split(".", 1)[0]


LESNINGER: dict[str, Lesning] = {}
"""Filled by `lesning` when selector modules are imported; `tilgang` reads it at start."""


def lesning(
    kode: str, tekst: str, roller: Roller | None = None, *, offentlig: bool = False
) -> Callable[[F], F]:
    """Declare who may call a selector. Several selectors may share a code if they declare the same thing."""
    ny = Lesning(kode, tekst, dict(roller or {}), offentlig)
    if LESNINGER.setdefault(kode, ny) != ny:
        raise ValueError(f"Lesningen {kode} er erklært på to ulike måter")

    def merk(funksjon: F) -> F:
        funksjon.lesning = ny  # type: ignore[attr-defined]
        return funksjon

    return merk

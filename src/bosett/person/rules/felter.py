"""The whitelist: what may be stored about a person, for what, by which rule, and how long (IF §§ 46–55, 60)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from bosett.person.rules.koder import MAPPE

STANDARDKLASSE = "saken"
ROM = ("person", "kartlegging", "samtale")
"""The rooms whose every table holds something about persons, and is in the list."""
TABELLER = frozenset({"bolig.Boligkobling", "bolig.Boligperiode"})
"""Tables that do so in rooms that hold other things."""


def om_personer(modell: str) -> bool:
    """Whether a table («room.Model») holds something about persons."""
    return modell.partition(".")[0] in ROM or modell in TABELLER


@dataclass(frozen=True, slots=True)
class Tekst:
    nb: str
    nn: str
    en: str

    @classmethod
    def av(cls, felt: Mapping[str, str]) -> "Tekst":
        """From an entry of a data file. Raises KeyError when a language is missing."""
        return cls(felt["nb"], felt["nn"], felt["en"])

    def paa(self, spraak: str) -> str:
        return {"nn": self.nn, "en": self.en}.get(spraak[:2], self.nb)


@dataclass(frozen=True, slots=True)
class Formaal:
    tekst: Tekst
    hjemmel: str


@dataclass(frozen=True, slots=True)
class Klasse:
    tekst: Tekst
    sats: str
    """The name of its period in `satser/lagring.yaml`."""


@dataclass(frozen=True, slots=True)
class Felt:
    tabell: str
    felt: str
    tekst: Tekst
    formaal: Formaal
    klasse: Klasse
    felles: bool
    """Said once for all tables: keys and history."""


@dataclass(frozen=True, slots=True)
class Hviteliste:
    tabeller: Mapping[str, Tekst]
    formaal: Mapping[str, Formaal]
    klasser: Mapping[str, Klasse]
    felter: Mapping[tuple[str, str], Felt]
    felles: Mapping[str, Felt]
    ikke_personer: frozenset[str]

    def felt(self, tabell: str, felt: str) -> Felt | None:
        """What a field is for; None when it may not be stored."""
        if tabell not in self.tabeller:
            return None
        return self.felter.get((tabell, felt)) or self.felles.get(felt)

    def i_tabell(self, tabell: str) -> Iterator[Felt]:
        return (ett for (t, _), ett in self.felter.items() if t == tabell)


@cache
def hviteliste() -> Hviteliste:
    """Raises KeyError for a purpose or class that is not in the file: a fault of ours, found by its first test."""
    alt: dict[str, Any] = yaml.safe_load((MAPPE / "felter.yaml").read_text("utf-8"))
    formaal = {kode: Formaal(Tekst.av(f), f["hjemmel"]) for kode, f in alt["formaal"].items()}
    klasser = {kode: Klasse(Tekst.av(f), f["sats"]) for kode, f in alt["klasser"].items()}

    def felt(tabell: str, navn: str, f: dict[str, str]) -> Felt:
        klasse = klasser[f.get("klasse", STANDARDKLASSE)]
        return Felt(tabell, navn, Tekst.av(f), formaal[f["formaal"]], klasse, tabell == "")

    return Hviteliste(
        {tabell: Tekst.av(felter["_"]) for tabell, felter in alt["tabeller"].items()},
        formaal,
        klasser,
        {
            (tabell, navn): felt(tabell, navn, f)
            for tabell, felter in alt["tabeller"].items()
            for navn, f in felter.items()
            if navn != "_"
        },
        {navn: felt("", navn, f) for navn, f in alt["felles"].items()},
        frozenset(alt["ikke_personer"]),
    )

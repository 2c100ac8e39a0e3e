"""The mapping form as versioned data (`satser/skjema_*.yaml`): what is asked, of whom, for what, and by which rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bosett.person.rules.felter import Formaal, Tekst

MAPPE = Path(__file__).parents[1] / "satser"
SLAG = frozenset({"valg", "flere", "tekst", "tall", "spraak", "yrke", "utdanning", "dato"})
"""The kinds of fields. `yrke` is a major group of ISCO-08, `utdanning` a level of NUS2000, `spraak` languages with CEFR levels."""
_AV_LISTE = frozenset({"valg", "flere", "spraak", "yrke", "utdanning"})


@dataclass(frozen=True, slots=True)
class Felt:
    navn: str
    seksjon: str
    slag: str
    tekst: Tekst
    hjelp: Tekst | None
    ukjent: Tekst
    """Ends the sentence «Vi vet ikke …»."""
    formaal: Formaal
    kilde: str
    valg: Mapping[str, Tekst]
    felles: bool
    """Asked once for the household, of its main person."""
    alder_fra: int
    """Years; younger persons are not asked."""
    saerlig: str
    """The consent (a code of `person/satser/samtykker.yaml`) that must hold, beside a written reason; empty for ordinary fields."""
    langt: bool
    minst: int
    hoyst: int

    @property
    def kategori(self) -> str:
        """`helse`, `religion` or `etnisitet`; empty for ordinary fields."""
        return self.navn if self.saerlig else ""


@dataclass(frozen=True, slots=True)
class Skjema:
    versjon: int
    gyldig_fra: date
    kilde: str
    seksjoner: Mapping[str, Tekst]
    felter: Mapping[str, Felt]

    def i_seksjon(self, seksjon: str, *, alder: int, hoved: bool) -> tuple[Felt, ...]:
        """The fields a person of an age is asked, in the form's order. Only the main person answers for the household."""
        return tuple(f for f in self.felter.values() if f.seksjon == seksjon and gjelder(f, alder, hoved))

    def for_person(self, *, alder: int, hoved: bool) -> tuple[Felt, ...]:
        return tuple(f for f in self.felter.values() if gjelder(f, alder, hoved))


def gjelder(felt: Felt, alder: int, hoved: bool) -> bool:
    return alder >= felt.alder_fra and (hoved or not felt.felles)


@cache
def skjemaer() -> Mapping[int, Skjema]:
    """All versions, by number. Raises KeyError or ValueError for a file that lacks something: a fault of ours, found by its first test."""
    alle = (_les(fil) for fil in sorted(MAPPE.glob("skjema_*.yaml")))
    return {ett.versjon: ett for ett in alle}


def gjeldende(dag: date) -> Skjema:
    """The newest version that is in force on a day."""
    return max(
        (ett for ett in skjemaer().values() if ett.gyldig_fra <= dag), key=lambda s: (s.gyldig_fra, s.versjon)
    )


def _les(fil: Path) -> Skjema:
    alt: dict[str, Any] = yaml.safe_load(fil.read_text("utf-8"))
    formaal = {kode: Formaal(Tekst.av(f), f["hjemmel"]) for kode, f in alt["formaal"].items()}
    seksjoner = {kode: Tekst.av(t) for kode, t in alt["seksjoner"].items()}
    felter = {navn: _felt(navn, f, formaal) for navn, f in alt["felter"].items()}
    for felt in felter.values():
        if felt.slag not in SLAG or felt.seksjon not in seksjoner or (felt.slag in _AV_LISTE) != bool(felt.valg):  # fmt: skip
            raise ValueError(f"{fil.name}: {felt.navn}")
    return Skjema(alt["versjon"], alt["gyldig_fra"], alt["kilde"], seksjoner, felter)


def _felt(navn: str, f: Mapping[str, Any], formaal: Mapping[str, Formaal]) -> Felt:
    return Felt(
        navn=navn,
        seksjon=f["seksjon"],
        slag=f["slag"],
        tekst=Tekst.av(f["tekst"]),
        hjelp=Tekst.av(f["hjelp"]) if "hjelp" in f else None,
        ukjent=Tekst.av(f["ukjent"]),
        formaal=formaal[f["formaal"]],
        kilde=f["kilde"],
        valg=dict(_koder(f.get("valg", {}))),
        felles=f.get("hvem", "person") == "husholdning",
        alder_fra=f.get("alder_fra", 0),
        saerlig=f.get("saerlig", ""),
        langt=f.get("langt", False),
        minst=f.get("minst", 0),
        hoyst=f.get("hoyst", 0),
    )


def _koder(valg: Mapping[Any, Mapping[str, str]]) -> Iterator[tuple[str, Tekst]]:
    for kode, tekst in valg.items():
        yield str(kode), Tekst.av(tekst)

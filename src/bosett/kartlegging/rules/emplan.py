"""The forms of the plans of unaccompanied minors, as versioned data (`satser/iktp_1.yaml` …): what is asked, why, and what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bosett.grunn.parametre import Parametre, Verdi, les
from bosett.person.rules.felter import Formaal, Tekst, hviteliste

MAPPE = Path(__file__).parents[1] / "satser"
SLAG = ("iktp", "overgangsrapport")
TILTAK = "tiltak"
"""Named among what is missing: the plan has no measure."""


@dataclass(frozen=True, slots=True)
class Felt:
    """One question. `eller`: this other field may be filled in instead; `kilde`: where the question is from."""

    kode: str
    tekst: Tekst
    hjelp: Tekst | None
    slag: str
    kreves: bool
    eller: str
    formaal: Formaal
    kilde: str


@dataclass(frozen=True, slots=True)
class Del:
    kode: str
    tekst: Tekst
    felter: tuple[Felt, ...]

    @property
    def formaal(self) -> tuple[Formaal, ...]:
        """What the questions of the part are for, each purpose once."""
        return tuple(dict.fromkeys(felt.formaal for felt in self.felter))


@dataclass(frozen=True, slots=True)
class Mal:
    """One version of a form. `kode` («iktp_1») is kept with every version of a plan that was written on it."""

    kode: str
    gyldig_fra: date
    kilde: str
    deler: tuple[Del, ...]

    @property
    def felter(self) -> Iterator[Felt]:
        return (felt for del_ in self.deler for felt in del_.felter)


@dataclass(frozen=True, slots=True)
class Tiltak:
    """As it stands in one version; `nr` is the same in all of them."""

    nr: int
    hva: str
    ansvarlig: str
    frist: date | None
    status: str


@dataclass(frozen=True, slots=True)
class Endring:
    """What one field, or one measure (`nr`), said before and says now; None: it was or is not there."""

    felt: Felt | None
    nr: int
    for_: Any
    naa: Any


@cache
def mal(kode: str) -> Mal:
    """A form by its file's name. Raises FileNotFoundError and KeyError: a fault of ours, found by the first test."""
    alt: dict[str, Any] = yaml.safe_load((MAPPE / f"{kode}.yaml").read_text("utf-8"))
    formaal = hviteliste().formaal
    deler = tuple(
        Del(del_["kode"], Tekst.av(del_), tuple(_felt(felt, formaal) for felt in del_["felter"]))
        for del_ in alt["deler"]
    )
    return Mal(kode, alt["gyldig_fra"], alt["kilde"], deler)


@cache
def maler(slag: str) -> tuple[Mal, ...]:
    """Every version of a form, the oldest first."""
    alle = (mal(fil.stem) for fil in MAPPE.glob(f"{slag}_*.yaml"))
    return tuple(sorted(alle, key=lambda m: (m.gyldig_fra, m.kode)))


def gjeldende(slag: str, dag: date) -> Mal:
    """The form that new plans are written on that day."""
    return [m for m in maler(slag) if m.gyldig_fra <= dag][-1]


def mangler(skjema: Mal, svar: Mapping[str, str], antall_tiltak: int) -> tuple[str, ...]:
    """Codes of what must be there before the plan is finished: fields in their order, then `TILTAK` without a measure (R160)."""
    koder = [
        felt.kode
        for felt in skjema.felter
        if felt.kreves and not svar.get(felt.kode) and not (felt.eller and svar.get(felt.eller))
    ]
    return (*koder, *(() if antall_tiltak else (TILTAK,)))


def endringer(
    skjema: Mal, for_: Mapping[str, str], naa: Mapping[str, str], tiltak_for: tuple[Tiltak, ...], tiltak_naa: tuple[Tiltak, ...]
) -> tuple[Endring, ...]:  # fmt: skip
    """What is different between two versions, in the order of the form; then the measures by their numbers."""
    ut = [
        Endring(felt, 0, for_.get(felt.kode), naa.get(felt.kode))
        for felt in skjema.felter
        if for_.get(felt.kode, "") != naa.get(felt.kode, "")
    ]
    gamle, nye = ({t.nr: t for t in tiltak} for tiltak in (tiltak_for, tiltak_naa))
    ut += [
        Endring(None, nr, gamle.get(nr), nye.get(nr))
        for nr in sorted(gamle.keys() | nye.keys())
        if gamle.get(nr) != nye.get(nr)
    ]
    return tuple(ut)


@cache
def parametre() -> Parametre:
    return les(MAPPE / "em.yaml")


def rapportfrist(vedtatt: date) -> tuple[date, Verdi]:
    """The day the care centre's report should be finished, counted from the permit. Raises `Mangler` when nothing is known then."""
    sats = parametre().verdi("overgangsrapport_frist", vedtatt)
    return vedtatt + timedelta(weeks=int(sats.tallverdi)), sats


def _felt(f: dict[str, Any], formaal: Mapping[str, Formaal]) -> Felt:
    return Felt(
        f["kode"],
        Tekst.av(f),
        Tekst.av(f["hjelp"]) if "hjelp" in f else None,
        f.get("slag", "tekst"),
        f.get("kreves", False),
        f.get("eller", ""),
        formaal[f["formaal"]],
        f["kilde"],
    )

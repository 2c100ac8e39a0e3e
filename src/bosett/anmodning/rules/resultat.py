"""What a computation gives back: one row per municipality with its whole explanation, and the audit figures.

`Decimal` values carry six decimals and add up exactly; `som_json()` writes them as strings.
"""

from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any, Literal

from bosett.anmodning.rules.kriteriesett import Tekst

Utfall = Literal["anmodet", "ikke_anmodet"]
Grunn = Literal[
    # asked
    "nokkel",  # the key's own number
    "minimum",  # lifted to the lowest number
    "kontinuitet",  # lifted by the continuity bound
    "tak",  # held down by the cap
    "vert",  # in because host and co-operating municipalities get at least the lowest number
    "laast",  # a person pinned the number
    "dialog",  # a person changed the number after dialogue
    # not asked
    "under_inngang",  # the key gives less than half of the lowest number
    "passet_ikke",  # over the entry line, but the rest of the need could not be made to fit
    "tak_under_minimum",  # the cap is under the lowest number
    "over_grense",  # above the limit of the immigrant share, and the parameters leave such out
    "utelatt",  # left out by a person, with a reason
]


@dataclass(frozen=True, slots=True)
class Bidrag:
    """One row of the waterfall. `verdi` (six decimals) and `vist` (one decimal) each sum exactly to `antall`.

    `sum_saa_langt` and `sum_vist` are the running sums. `gruppe` is the heading the row stands under.
    """

    id: str
    gruppe: Tekst
    navn: Tekst
    merknad: Tekst
    verdi: Decimal
    sum_saa_langt: Decimal
    vist: Decimal
    sum_vist: Decimal


@dataclass(frozen=True, slots=True)
class Endringspunkt:
    """The national needs at which this number changes, everything else held as it is. None: it never does.

    `neste_plass`: the lowest higher need that gives more. `en_faerre`: the highest lower need that gives
    fewer. `ikke_spurt`: the highest lower need at which the municipality is not asked.
    """

    neste_plass: int | None
    en_faerre: int | None
    ikke_spurt: int | None


@dataclass(frozen=True, slots=True)
class BruktOpplysning:
    """One input figure as it was used. `z` is the clipped standard score, `faktor` what it did to the key.

    `avvik` is the standard deviation of the municipalities, weighted by inhabitants: what `z` was measured in.
    """

    kriterium: str
    verdi: float | None
    landet: float | None
    avvik: float | None
    tilstand: Literal["tall", "arvet", "mangler"]
    nivaa: str
    z: Decimal
    faktor: Decimal
    vekt: Decimal
    merknad: str = ""


@dataclass(frozen=True, slots=True)
class Rad:
    """One municipality's number and why. `dialog_fra` is the number before dialogue, when it was changed.

    `nokkel` is inhabitants × the factors of the criteria × `demping` (immigrant share); `loft` is the factor of the spread.
    `raa` (persons) is the key lifted, times `Resultat.per_nokkel`: the number before the lowest number, the cap and rounding.
    `kontinuitet` looks at the three years up to `bosatt_til`, which is None when those years are not all known.
    """

    kommunenummer: str
    navn: str
    fylke: str
    folketall: int
    antall: int
    em: int
    utfall: Utfall
    grunn: Grunn
    begrunnelse: str
    nokkel: Decimal
    demping: Decimal
    loft: Decimal
    raa: Decimal
    bidrag: tuple[Bidrag, ...]
    endring: Endringspunkt
    per_1000: Decimal
    rang_i_fylket: int
    kommuner_i_fylket: int
    alltid_vurdert: bool
    vurdering: Tekst | None
    kontinuitet: bool
    bosatt_til: int | None
    innvandrerandel: float | None
    innvandrerandel_landet: float | None
    opplysninger: tuple[BruktOpplysning, ...]
    varsler: tuple[Tekst, ...]
    svar: Tekst
    forklaring: Tekst
    dialog_fra: int | None = None


@dataclass(frozen=True, slots=True)
class Vektkontroll:
    """Nominal and effective weight of one criterion. The effective is its covariance share of the log key per head.

    `rangkorrelasjon` is Spearman's with the numbers per inhabitant after all bounds. None: cannot be computed.
    """

    id: str
    trinn: str
    navn: Tekst
    satt: Decimal
    brukt: Decimal
    faktisk: Decimal | None
    rangkorrelasjon: Decimal | None


@dataclass(frozen=True, slots=True)
class Kontroll60:
    """The check of the first tier: what was set, what it is on the key before bounds, and the demand."""

    krav: Decimal
    satt: Decimal
    faktisk: Decimal | None
    satt_oppfylt: bool
    faktisk_oppfylt: bool | None
    kriterier: tuple[Vektkontroll, ...]


@dataclass(frozen=True, slots=True)
class Spredningsgruppe:
    """One county or size class: its lower bound, what it got, and the common factor that lifted it (1 = none)."""

    familie: Literal["fylke", "storrelse"]
    id: str
    navn: Tekst
    folketall: int
    kommuner: int
    spurt: int
    antall: int
    grense: int
    faktor: Decimal
    oppfylt: bool


@dataclass(frozen=True, slots=True)
class Differanse:
    """A number set after dialogue such that nobody takes the difference. `uten`: what it would have been (persons)."""

    kommunenummer: str
    navn: str
    uten: int
    antall: int


@dataclass(frozen=True, slots=True)
class Resultat:
    """The whole computation. Same inputs in any order give the same `som_json()`.

    `sum_antall` is `behov` plus what `differanser` add up to; `sum_em` is always `em`.
    `per_nokkel` is persons for each 1 of the key: the same for every municipality that no bound holds.
    """

    behov: int
    em: int
    aar: int | None
    kriterieaar: int
    variant: str
    variant_publisert: bool
    kappa: Decimal
    per_nokkel: Decimal
    minimum: int
    em_minimum: int
    sum_antall: int
    sum_em: int
    differanser: tuple[Differanse, ...]
    spurt: int
    rader: tuple[Rad, ...]
    kontroll60: Kontroll60
    spredning: tuple[Spredningsgruppe, ...]
    uten_opplysning: tuple[str, ...]
    varsler: tuple[Tekst, ...]
    restplasser: int
    avtrykk: str
    versjon: str

    def rad(self, kommunenummer: str) -> Rad:
        """The row of one municipality. Raises KeyError when it is not in the computation."""
        for rad in self.rader:
            if rad.kommunenummer == kommunenummer:
                return rad
        raise KeyError(kommunenummer)

    def som_json(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and whole numbers; decimals as strings, so that sums stay exact."""
        ferdig: dict[str, Any] = _json(self)
        return ferdig


def _json(verdi: Any) -> Any:
    if verdi is None or isinstance(verdi, (str, int)):
        return verdi
    if isinstance(verdi, Decimal):
        return format(verdi, "f")
    if isinstance(verdi, Tekst):
        return {"nb": verdi.nb, "nn": verdi.nn}
    if isinstance(verdi, tuple):
        return [_json(innhold) for innhold in verdi]
    if is_dataclass(verdi):
        return {navn: _json(getattr(verdi, navn)) for navn in _feltnavn(verdi.__class__)}
    return verdi


@cache
def _feltnavn(klasse: Any) -> tuple[str, ...]:
    return tuple(felt.name for felt in fields(klasse))

"""The typed inputs of the request computation: facts about municipalities, and the parameters of a round.

Units: `folketall` is persons, shares are per cent (10.8 means 10,8 %), `behov` and `em` are persons a year.
All inputs are immutable, and the order of the municipalities never matters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bosett.anmodning.rules.kriteriesett import Kriteriesett, Tekst, Variant

Nivaa = Literal["kommune", "region", "fylke"]
Retning = Literal["hoyere_er_bedre", "lavere_er_bedre"]
Kvalitet = Literal["endelig", "forelopig", "anslag"]
Vertsregel = Literal["minst_minimum", "bare_vurdert"]
OverGrense = Literal["demp", "utelat"]
Omfang = Literal["fylke", "land", "ingen"]

FYLKE: Omfang = "fylke"
LAND: Omfang = "land"
INGEN: Omfang = "ingen"


@dataclass(frozen=True, slots=True)
class Kriterieverdi:
    """One municipality's figure for one criterion. `tall=None` means it is missing, with `grunn` saying why.

    `nivaa` is the level the figure was measured on; anything but «kommune» is inherited and shown as such.
    """

    tall: float | None
    nivaa: Nivaa = "kommune"
    grunn: str = ""

    @property
    def mangler(self) -> bool:
        return self.tall is None

    @property
    def arvet(self) -> bool:
        return self.tall is not None and self.nivaa != "kommune"


@dataclass(frozen=True, slots=True)
class Opplysning:
    """What a column of figures is: its story, and how a reader sees it. One per criterion.

    `erstatning` is filled when the figures only stand in for what the criterion really asks for.
    The `visning_*` templates may use {verdi} and {landet}.
    """

    retning: Retning = "hoyere_er_bedre"
    navn_nb: str = ""
    navn_nn: str = ""
    enhet: str = ""
    kilde: str = ""
    dato: str = ""
    kvalitet: Kvalitet = "endelig"
    erstatning: str = ""
    erstatning_nn: str = ""
    visning_nb: str = ""
    visning_nn: str = ""
    desimaler: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Kommune:
    """The facts about one municipality. `tak` is the most it may be asked for (persons); None is no cap.

    `em_apparat`: True/False is known; None is not known. `bosatt` is settled persons by year, for the
    continuity flag only. `omraadevarsel` is the text about areas above the limit of criterion 7 of 2022.
    """

    kommunenummer: str
    navn: str
    fylke: str
    folketall: int
    verdier: Mapping[str, Kriterieverdi] = field(default_factory=dict)
    innvandrerandel: float | None = None
    vert: bool = False
    samarbeid: bool = False
    tak: int | None = None
    em_apparat: bool | None = None
    em_tak: int | None = None
    forrige_anmodning: int | None = None
    bosatt: Mapping[int, int] = field(default_factory=dict)
    omraadevarsel: str = ""

    @property
    def alltid_vurdert(self) -> bool:
        """Host and co-operating municipalities shall always be considered (2022, last criterion)."""
        return self.vert or self.samarbeid


@dataclass(frozen=True, slots=True)
class Grunnlag:
    """All facts of one computation. A criterion without an `Opplysning` has no figures at all."""

    kommuner: tuple[Kommune, ...]
    opplysninger: Mapping[str, Opplysning] = field(default_factory=dict)
    innvandrerandel: Opplysning = field(default_factory=Opplysning)
    folketall: Opplysning = field(default_factory=Opplysning)
    merknader: tuple[Tekst, ...] = ()


@dataclass(frozen=True, slots=True)
class Laas:
    """A pinned number, decided by a person. `begrunnelse` is required; 0 means «not asked this time»."""

    antall: int
    begrunnelse: str
    em: int | None = None


@dataclass(frozen=True, slots=True)
class Unntak:
    """Another lowest number for one municipality («med mindre det gjeld særskilde forhold»), with its reason."""

    minimum: int
    begrunnelse: str


@dataclass(frozen=True, slots=True)
class Dialog:
    """A change after dialogue with KS or the county. Zero-sum inside the county, or over the country when `omfang` is «land».

    With «ingen» nobody takes the difference: no other number changes, and the sum is another than the need. `nr` is the order in
    which the changes were made.
    `em` sets how many of them are unaccompanied minors (None: the key decides). They always add up to those of the round: the
    others of the county give or take when `omfang` is «fylke», else all others do.
    """

    antall: int
    begrunnelse: str
    av: str
    dato: str = ""
    omfang: Omfang = FYLKE
    nr: int = 0
    em: int | None = None


@dataclass(frozen=True, slots=True)
class Kontinuitet:
    """Nobody asked last time goes below (1−`delta`) of it, scaled by the need. A bound, never a criterion."""

    delta: float
    forrige_behov: int


@dataclass(frozen=True, slots=True)
class Normering:
    """Frozen national mean and standard deviation of a criterion, so that a what-if moves one municipality only."""

    snitt: float
    spredning: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Parametre:
    """Everything a person chooses. What is None comes from the criteria set or its variant.

    `minimum` under the set's own lowest number needs `minimum_begrunnelse`. `tak_per_1000` caps every
    municipality by its inhabitants. `utelatt` maps a number to the reason why it is not asked.
    """

    behov: int
    kriteriesett: Kriteriesett
    em: int = 0
    aar: int | None = None
    variant: Variant | None = None
    kappa: float | None = None
    minimum: int | None = None
    minimum_begrunnelse: str = ""
    em_minimum: int | None = None
    tak_per_1000: float | None = None
    laaste: Mapping[str, Laas] = field(default_factory=dict)
    utelatt: Mapping[str, str] = field(default_factory=dict)
    unntak: Mapping[str, Unntak] = field(default_factory=dict)
    dialog: Mapping[str, Dialog] = field(default_factory=dict)
    vertsregel: Vertsregel = "minst_minimum"
    over_grense: OverGrense = "demp"
    spredning_fylke: float | None = None
    spredning_storrelse: float | None = None
    kontinuitet: Kontinuitet | None = None
    normering: Mapping[str, Normering] = field(default_factory=dict)

    @property
    def valgt_variant(self) -> Variant:
        return self.variant if self.variant is not None else self.kriteriesett.standardvariant

"""Reads of the national need."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.behov.models import Avtale, Behov, Prognose, Scenario, Uttaksland, Uttaksstatus
from bosett.behov.prognoser import pakrevd
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.tilgang.policy import krev

if TYPE_CHECKING:
    from bosett.behov.rules.rapport import Rapport

_IMDI = dict.fromkeys(("imdi_radgiver", "imdi_godkjenner", "imdi_leder"), Omfang.NASJONAL)


@lesning("behov.liste", "se det nasjonale behovet år for år", _IMDI)
def alle(aktor: Aktor) -> QuerySet[Behov]:
    """All versions, newest year first."""
    krev(aktor, "behov.liste")
    return Behov.objects.order_by("-aar", "-versjon")


@lesning("behov.liste", "se det nasjonale behovet år for år", _IMDI)
def gjeldende(aktor: Aktor) -> QuerySet[Behov]:
    """The latest version of each year."""
    nyere = Behov.objects.filter(aar=OuterRef("aar"), versjon__gt=OuterRef("versjon"))
    return alle(aktor).filter(~Exists(nyere))


def siste_prognoser(aar: int) -> QuerySet[Prognose]:
    """The latest version of each forecast for the year."""
    return Prognose.objects.filter(aar=aar).order_by("kode", "-versjon").distinct("kode")


@lesning("behov.liste", "se det nasjonale behovet år for år", _IMDI)
def prognoser_for(aktor: Aktor, aar: int) -> list[tuple[str, Prognose | None]]:
    """Each forecast a need of the year is calculated from, with its latest version, or None where there is none yet."""
    krev(aktor, "behov.liste")
    siste = {prognose.kode: prognose for prognose in siste_prognoser(aar)}
    return [(kode, siste.get(kode)) for kode in pakrevd(aar)]


@dataclass(frozen=True)
class Endring:
    """One version of a year's need, with what it changed from the version before it (persons; None for the first)."""

    behov: Behov
    totalt: int | None
    em: int | None


@dataclass(frozen=True)
class Flyttet:
    """A forecast with another number of persons now than when the need was fixed on it."""

    da: Prognose
    naa: Prognose

    @property
    def endring(self) -> int:
        return self.naa.antall - self.da.antall


@dataclass(frozen=True)
class Alternativ:
    """A scenario, with how many persons it is more than the need that holds (None while none is fixed)."""

    scenario: Scenario
    totalt: int | None
    em: int | None


@dataclass(frozen=True)
class Land:
    """A country of selection with its changes over time, newest first."""

    uttaksland: Uttaksland
    statuser: list[Uttaksstatus]

    @property
    def naa(self) -> Uttaksstatus:
        return self.statuser[0]

    @property
    def apent(self) -> bool:
        return self.naa.tilstand == "apent"


@dataclass(frozen=True)
class Aarsbehov:
    """A year: versions of the need and of the forecasts, newest first, and what stands beside them."""

    aar: int
    endringer: list[Endring]
    prognoser: list[Prognose]
    flyttet: list[Flyttet]
    avtaler: list[Avtale]
    scenarioer: list[Alternativ]
    land: list[Land]

    @property
    def apne_plasser(self) -> int:
        """Persons planned from the countries that are open."""
        return sum(land.uttaksland.plasser for land in self.land if land.apent)


@lesning("behov.liste", "se det nasjonale behovet år for år", _IMDI)
def aarsbehov(aktor: Aktor, aar: int) -> Aarsbehov:
    """All that is registered about the need of one year. Raises `FinnesIkke` when nothing is."""
    versjoner = list(
        alle(aktor)
        .filter(aar=aar)
        .select_related("registrert_av")
        .prefetch_related("grunnlag__prognose")
        .order_by("versjon")
    )
    prognoser = list(Prognose.objects.filter(aar=aar).order_by("-dato", "-registrert"))
    avtaler, scenarioer, land = avtaler_for(aktor, aar), scenarioer_for(aktor, aar), land_for(aktor, aar)
    if not (versjoner or prognoser or avtaler or scenarioer or land):
        raise FinnesIkke(kode="BEHOV-AAR", hva=f"Det er ikke registrert noe behov for {aar}.")
    endringer = [
        Endring(
            ny,
            ny.totalt - gammel.totalt if gammel else None,
            ny.em - gammel.em if gammel else None,
        )
        for ny, gammel in zip(versjoner, [None, *versjoner], strict=False)
    ]
    gjelder = versjoner[-1] if versjoner else None
    return Aarsbehov(
        aar,
        endringer[::-1],
        prognoser,
        _flyttet(gjelder) if gjelder else [],
        avtaler,
        [
            Alternativ(
                s, s.totalt - gjelder.totalt if gjelder else None, s.em - gjelder.em if gjelder else None
            )
            for s in scenarioer
        ],
        land,
    )


def _flyttet(gjelder: Behov) -> list[Flyttet]:
    """The forecasts that have moved since the need that holds was fixed."""
    siste = {prognose.kode: prognose for prognose in siste_prognoser(gjelder.aar)}
    da = [grunnlag.prognose for grunnlag in gjelder.grunnlag.all()]
    return [Flyttet(p, siste[p.kode]) for p in da if siste[p.kode].antall != p.antall]


@lesning("behov.liste", "se det nasjonale behovet år for år", _IMDI)
def avtaler_for(aktor: Aktor, aar: int) -> list[Avtale]:
    """The agreements that hold for the year: the latest version between each of the parties."""
    krev(aktor, "behov.liste")
    return list(Avtale.objects.filter(aar=aar).order_by("parter", "-versjon").distinct("parter"))


@lesning("behov.liste", "se det nasjonale behovet år for år", _IMDI)
def scenarioer_for(aktor: Aktor, aar: int) -> list[Scenario]:
    """The year's scenarios, the largest first."""
    krev(aktor, "behov.liste")
    return list(Scenario.objects.filter(aar=aar).order_by("-totalt", "navn"))


def _land(aktor: Aktor) -> QuerySet[Uttaksland]:
    krev(aktor, "behov.liste")
    statuser = Uttaksstatus.objects.select_related("registrert_av", "prognose").order_by("-nr")
    return Uttaksland.objects.select_related("subjekt").prefetch_related(Prefetch("statuser", statuser))


@lesning("behov.liste", "se det nasjonale behovet år for år", _IMDI)
def land_for(aktor: Aktor, aar: int) -> list[Land]:
    """The countries that the year's resettlement refugees are selected from, by name."""
    return [Land(land, list(land.statuser.all())) for land in _land(aktor).filter(aar=aar).order_by("land")]


@lesning("behov.liste", "se det nasjonale behovet år for år", _IMDI)
def ett_land(aktor: Aktor, uuid: UUID) -> Land:
    """One country of selection by its public identifier. Raises `FinnesIkke`, the same for unknown and forbidden."""
    land = _land(aktor).filter(subjekt__uuid=uuid).first()
    if land is None:
        raise FinnesIkke(kode="UTTAKSLAND", hva="Siden finnes ikke, eller du har ikke tilgang til den.")
    return Land(land, list(land.statuser.all()))


@lesning("behov.liste", "se det nasjonale behovet år for år", _IMDI)
def aar_uten_behov(aktor: Aktor) -> list[int]:
    """The years with an agreement, a forecast, a scenario or a country, but no need fixed; newest first."""
    krev(aktor, "behov.liste")
    kjente = {
        aar
        for modell in (Avtale, Prognose, Scenario, Uttaksland)
        for aar in modell.objects.values_list("aar", flat=True).distinct()
    }
    return sorted(kjente - set(Behov.objects.values_list("aar", flat=True)), reverse=True)


@lesning(
    "behov.framskriv",
    "lage en rådgivende framskriving av behovet",
    {"imdi_radgiver": Omfang.NASJONAL},
)
def framskriv(
    aktor: Aktor,
    *,
    soknader: tuple[str, bytes],
    vedtak: tuple[str, bytes],
    kvote: int,
    aar: int,
    forsinkelse: str = "",
    forsinkelse_kilde: str = "",
    scenarioer: Sequence[str] = (),
) -> "Rapport":
    """The advisory forecast of two tables (name, content) and how wrong it has been. Nothing is stored.

    Raises `Lesefeil` with row and column, `Ugyldig` for what can't be, and `Mangler` when the tables are too short.
    """
    krev(aktor, "behov.framskriv")
    # The model's libraries take a second and a half to load: this one page waits for them, not the start of the web (ADR 6).
    from bosett.behov.rules.behovsregning import les_forsinkelse  # noqa: PLC0415
    from bosett.behov.rules.rapport import framskriv as regn  # noqa: PLC0415
    from bosett.behov.rules.tidsserie import les_soknader, les_vedtak  # noqa: PLC0415

    return regn(
        les_soknader(soknader[1], soknader[0]),
        les_vedtak(vedtak[1], vedtak[0]),
        vedtak[0],
        kvote=kvote,
        aar=aar,
        forsinkelse=les_forsinkelse(forsinkelse, forsinkelse_kilde),
        scenarioer=scenarioer,
        med_prove=True,
    )

"""Reads of the national need."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.behov.models import Behov, Prognose
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
class Aarsbehov:
    """A year: versions of the need and of the forecasts, newest first."""

    aar: int
    endringer: list[Endring]
    prognoser: list[Prognose]


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
    if not versjoner and not prognoser:
        raise FinnesIkke(kode="BEHOV-AAR", hva=f"Det er ikke registrert noe behov for {aar}.")
    endringer = [
        Endring(
            ny,
            ny.totalt - gammel.totalt if gammel else None,
            ny.em - gammel.em if gammel else None,
        )
        for ny, gammel in zip(versjoner, [None, *versjoner], strict=False)
    ]
    return Aarsbehov(aar, endringer[::-1], prognoser)


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

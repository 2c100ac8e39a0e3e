"""The forms of published settlement tables, as data: which column holds the code, the year, and what each column counts.

One reader (`les_observasjoner`) reads them all; a new table is a new entry here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bosett.kilder.tall import Kvalitet, Nivaa


@dataclass(frozen=True, slots=True)
class Maal:
    """What a column counts. `aar` and `referansedato` are set where the heading, not a cell, holds the time."""

    storrelse: str
    aar: int | None = None
    referansedato: date | None = None
    kvalitet: Kvalitet | None = None
    valgfri: bool = False


@dataclass(frozen=True, slots=True)
class Tabellform:
    """One form. Either `maal` (a column per figure) or `kategori` (one figure per row, its kind in a column)."""

    navn: str
    tittel: str
    nivaa: Nivaa
    kode: str = ""
    navnekolonne: str = ""
    aar: str = ""
    maal: Mapping[str, Maal] = field(default_factory=dict)
    kategori: str = ""
    antall: str = ""
    kategorier: Mapping[str, str] = field(default_factory=dict)
    ledetekst: str = ""  # a column that must be there for the form to be recognised and is otherwise not read

    @property
    def pakrevd(self) -> tuple[str, ...]:
        egne = (self.kode, self.navnekolonne, self.aar, self.kategori, self.antall, self.ledetekst)
        return tuple(k for k in egne if k) + tuple(k for k, m in self.maal.items() if not m.valgfri)


_AARSTABELL = {
    "anmodet": Maal("anmodning"),
    "vedtatt": Maal("vedtak"),
    "bosatt": Maal("bosatt"),
    "bosatt_kollektiv_beskyttelse": Maal("bosatt_kollektiv"),
    "avtalt": Maal("avtalt", valgfri=True),
    "avtalt_kollektiv_beskyttelse": Maal("avtalt_kollektiv", valgfri=True),
}
_EM = {
    "anmodet": Maal("anmodning"),
    "herav_em": Maal("anmodning_em"),
    "em_under_15": Maal("anmodning_em_under_15"),
    "em_15_til_18": Maal("anmodning_em_15_18"),
}
_PER_NOVEMBER_2016 = date(2016, 11, 3)

HISTORIKK = Tabellform(
    "historikk", "Anmodning, vedtak og bosatt per kommune og år, lang rekke", Nivaa.KOMMUNE,
    kode="kommunenummer", navnekolonne="kommune", aar="aar",
    maal={k: Maal(k) for k in ("anmodning", "opprinnelig_anmodning", "vedtak", "bosatt")},
)  # fmt: skip
AARSTABELL = Tabellform(
    "aarstabell", "Nøkkeltall for bosetting per kommune, ett år", Nivaa.KOMMUNE,
    kode="kommunenummer", navnekolonne="kommune", aar="aar", maal=_AARSTABELL,
)  # fmt: skip
AARSTABELL_FYLKE = Tabellform(
    "aarstabell-fylke", "Nøkkeltall for bosetting, fylkeslinjer som trykt", Nivaa.FYLKE,
    navnekolonne="fylke", aar="aar", maal=_AARSTABELL,
)  # fmt: skip
EM_KOMMUNE = Tabellform(
    "em-kommune", "Anmodning med enslige mindreårige per kommune", Nivaa.KOMMUNE,
    kode="kommunenummer", navnekolonne="kommune", aar="aar", maal=_EM,
)  # fmt: skip
EM_FYLKE = Tabellform(
    "em-fylke",
    "Anmodning med enslige mindreårige, fylkeslinjer som trykt",
    Nivaa.FYLKE,
    navnekolonne="fylke",
    maal=_EM,
)
EM_2016 = Tabellform(
    "em-2016", "Anmodning og vedtak med enslige mindreårige 2016 og 2017, per 3. november 2016", Nivaa.KOMMUNE,
    kode="kommunenummer", aar="aar",
    maal={
        "anmodning": Maal("anmodning"),
        "anmodning_em": Maal("anmodning_em"),
        "vedtak": Maal("vedtak", kvalitet=Kvalitet.FORELOPIG),
        "vedtak_em": Maal("vedtak_em", kvalitet=Kvalitet.FORELOPIG),
        "bosatte_per_2016_10_31": Maal("bosatt", referansedato=date(2016, 10, 31), kvalitet=Kvalitet.FORELOPIG),
    },
)  # fmt: skip
EM_2016_FYLKE = Tabellform(
    "em-2016-fylke", "Fylkestabell 2016 og 2017, per 3. november 2016", Nivaa.FYLKE, kode="fylke_nr", aar="aar",
    maal={
        f"{kilde}_personer": Maal(storrelse, referansedato=_PER_NOVEMBER_2016, kvalitet=Kvalitet.FORELOPIG)
        for kilde, storrelse in (
            ("anmodning", "anmodning"), ("anmodning.em", "anmodning_em"), ("bosatt", "bosatt"),
            ("bosatt.em", "bosatt_em"), ("vedtak", "vedtak"), ("vedtak.em", "vedtak_em"),
        )
    },
)  # fmt: skip
EM_2017_FYLKE = Tabellform(
    "em-2017-fylke", "Fylkestabell 2016 og 2017 som trykt våren 2017", Nivaa.FYLKE, navnekolonne="fylke",
    maal={
        f"{kilde}_{aar}": Maal(storrelse, aar=aar)
        for aar in (2016, 2017)
        for kilde, storrelse in (
            ("anmodning", "anmodning"), ("herav_em", "anmodning_em"),
            ("vedtak", "vedtak"), ("herav_em_vedtak", "vedtak_em"),
        )
    },
)  # fmt: skip
SERIE_TELEMARK = Tabellform(
    "serie-kategori", "Anmodning, vedtak og bosatt som kategorier per kommune og år", Nivaa.KOMMUNE,
    navnekolonne="kommune", aar="aar", kategori="kategori", antall="antall",
    kategorier={
        "Anmodning om bosetting": "anmodning", "Opprinnelig anmodning": "opprinnelig_anmodning",
        "Vedtak om bosetting": "vedtak", "Faktisk bosetting": "bosatt",
        "anmodning": "anmodning_em", "bosatt": "bosatt_em",
    },
)  # fmt: skip
EM_ETT_FYLKE = Tabellform(
    "em-serie", "Enslige mindreårige per år for ett område", Nivaa.FYLKE, aar="aar",
    maal={"em_anmodning": Maal("anmodning_em"), "em_bosatt": Maal("bosatt_em")},
)  # fmt: skip

SUM_LAND = Tabellform(
    "sum-land", "Sum for landet per år", Nivaa.LAND, aar="aar", ledetekst="kommuner",
    maal={
        "anmodning": Maal("anmodning"), "oppr": Maal("opprinnelig_anmodning"),
        "vedtak": Maal("vedtak"), "bosatt": Maal("bosatt"),
    },
)  # fmt: skip

# The most particular first: a table is of the first form whose columns it has.
FORMER: tuple[Tabellform, ...] = (
    HISTORIKK, EM_2016, EM_2016_FYLKE, EM_2017_FYLKE, EM_KOMMUNE, AARSTABELL, AARSTABELL_FYLKE,
    EM_FYLKE, SERIE_TELEMARK, EM_ETT_FYLKE, SUM_LAND,
)  # fmt: skip

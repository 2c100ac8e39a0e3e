"""The register and the real tables of earlier years, from ../shared, loaded as the commands load them."""

from pathlib import Path

from bosett.aktor.kontekst import Aktor, som, system
from bosett.geografi.services.grunnlag import last_grunnlag
from bosett.geografi.services.register import importer_brovekter, importer_kommuneendringer
from bosett.kilder.lesere.brovekter import les_brovekter
from bosett.kilder.lesere.klass import les_endringer
from bosett.kilder.lesere.observasjoner import les_observasjoner
from bosett.statistikk.rules.kontroll import les_trykte_summer
from bosett.statistikk.rules.tabeller import TABELLSLAG
from bosett.statistikk.services import Importsvar, importer_historikk

ROT = Path(__file__).resolve().parents[1]
DATA = ROT.parent / "shared" / "data"
_LANG, _NYERE, _EM = (
    DATA / navn
    for navn in (
        "imdi-bosatt-anmodede-1995-2023",
        "imdi-bosettingstall-2024-2026",
        "imdi-anmodning-em-2016-2017",
    )
)
FILER = {
    "historikk": (_LANG / "bosatt_anmodede_1995_2023.csv", _LANG / "sum_per_aar.csv"),
    **{aar: (_NYERE / f"bosetting_{aar}.csv", _NYERE / f"bosetting_{aar}_fylke_som_trykt.csv") for aar in ("2024", "2025", "2026")},
    "em-2026": (_NYERE / "anmodning_2026_med_em.csv", _NYERE / "anmodning_2026_fylke_som_trykt.csv"),
    "em-2016": (_EM / "anmodning_vedtak_em_2016_2017_per_2016_11_03.csv", _EM / "fylke_2016_2017_per_2016_11_03.csv"),
}  # fmt: skip
"""Each table with the printed sums the folder has for it."""


def last_register(aktor: Aktor) -> None:
    """Today's municipalities and counties, from the repository's own small files."""
    last_grunnlag(
        aktor=aktor, kommuner_csv=ROT / "data" / "kommuner.csv", fylker_csv=ROT / "data" / "fylker.csv"
    )


def last_endringer(aktor: Aktor) -> None:
    """The mergers and splits since 2011."""
    mappe = DATA / "kommuneregister"
    endringer = les_endringer(mappe / "klass131_endringer_2011_2024.csv")
    importer_kommuneendringer(aktor=aktor, endringer=endringer, kilde="SSB KLASS 131")
    vekter, _ = les_brovekter(mappe / "kommune_endringer_til_2024.csv")
    importer_brovekter(aktor=aktor, vekter=vekter, kilde="csdata")


def importer(kode: str, aktor: Aktor, *, fil: Path | None = None, **mer: object) -> Importsvar:
    """Import one of the known tables, with its printed sums."""
    slag = TABELLSLAG[kode]
    tabell, summer = FILER[kode]
    trykte = les_trykte_summer(summer, aar=2026 if kode == "em-2026" else None)
    lest = les_observasjoner(fil or tabell, slag.opphav())
    return importer_historikk(aktor=aktor, lest=lest, slag=slag, trykte=trykte, **mer)  # type: ignore[arg-type]


def last_alt() -> None:
    """What the template database `maler.HISTORIE` holds."""
    with som(system("prove")) as aktor:
        last_register(aktor)
        last_endringer(aktor)
        for kode in FILER:
            importer(kode, aktor)

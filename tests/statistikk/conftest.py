"""The register and the real history, loaded once per test that asks for them."""

from pathlib import Path

import pytest

ROT = Path(__file__).resolve().parents[2]


@pytest.fixture
def register(som_system):
    """Today's municipalities and counties, from the repository's own small files."""
    from bosett.aktor.kontekst import system  # noqa: PLC0415 - apps are not loaded when this file is
    from bosett.geografi.services.grunnlag import last_grunnlag  # noqa: PLC0415 - apps are not loaded when this file is

    aktor = system("prove")
    last_grunnlag(
        aktor=aktor, kommuner_csv=ROT / "data" / "kommuner.csv", fylker_csv=ROT / "data" / "fylker.csv"
    )
    return aktor


@pytest.fixture
def register_med_historie(register, delt):
    """… with the mergers and splits since 2011."""
    from bosett.geografi.services.register import importer_brovekter, importer_kommuneendringer  # noqa: PLC0415 - apps are not loaded when this file is
    from bosett.kilder.lesere.brovekter import les_brovekter  # noqa: PLC0415 - apps are not loaded when this file is
    from bosett.kilder.lesere.klass import les_endringer  # noqa: PLC0415 - apps are not loaded when this file is

    mappe = delt / "data" / "kommuneregister"
    endringer = les_endringer(mappe / "klass131_endringer_2011_2024.csv")
    importer_kommuneendringer(aktor=register, endringer=endringer, kilde="SSB KLASS 131")
    vekter, _ = les_brovekter(mappe / "kommune_endringer_til_2024.csv")
    importer_brovekter(aktor=register, vekter=vekter, kilde="csdata")
    return register


@pytest.fixture
def importer(delt):
    """Import one of the known tables, with its printed sums when the folder has them."""
    from bosett.kilder.lesere.observasjoner import les_observasjoner  # noqa: PLC0415 - apps are not loaded when this file is
    from bosett.statistikk.rules.kontroll import les_trykte_summer  # noqa: PLC0415 - apps are not loaded when this file is
    from bosett.statistikk.rules.tabeller import TABELLSLAG  # noqa: PLC0415 - apps are not loaded when this file is
    from bosett.statistikk.services import importer_historikk  # noqa: PLC0415 - apps are not loaded when this file is

    lang, nyere, em = (
        delt / "data" / navn
        for navn in (
            "imdi-bosatt-anmodede-1995-2023",
            "imdi-bosettingstall-2024-2026",
            "imdi-anmodning-em-2016-2017",
        )
    )
    filer = {
        "historikk": (lang / "bosatt_anmodede_1995_2023.csv", lang / "sum_per_aar.csv"),
        **{aar: (nyere / f"bosetting_{aar}.csv", nyere / f"bosetting_{aar}_fylke_som_trykt.csv") for aar in ("2024", "2025", "2026")},
        "em-2026": (nyere / "anmodning_2026_med_em.csv", nyere / "anmodning_2026_fylke_som_trykt.csv"),
        "em-2016": (em / "anmodning_vedtak_em_2016_2017_per_2016_11_03.csv", em / "fylke_2016_2017_per_2016_11_03.csv"),
    }  # fmt: skip

    def kjor(kode, aktor, *, fil=None, **mer):
        slag = TABELLSLAG[kode]
        tabell, summer = filer[kode]
        trykte = les_trykte_summer(summer, aar=2026 if kode == "em-2026" else None)
        lest = les_observasjoner(fil or tabell, slag.opphav())
        return importer_historikk(aktor=aktor, lest=lest, slag=slag, trykte=trykte, **mer)

    kjor.filer = filer
    return kjor

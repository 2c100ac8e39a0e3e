"""The small files of the product, the change list of SSB, and a register filled with both."""

import csv
from pathlib import Path

import pytest

from bosett.geografi.rules.bro import Brobok, Kant, Nummerbruk
from bosett.geografi.rules.identiteter import bygg_identiteter
from bosett.kilder.lesere.klass import les_endringer

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="session")
def dagens() -> dict[str, str]:
    with (DATA / "kommuner.csv").open(encoding="utf-8") as fil:
        return {rad["kommunenummer"]: rad["navn"] for rad in csv.DictReader(fil)}


@pytest.fixture(scope="session")
def endringsliste(delt) -> Path:
    return delt / "data" / "kommuneregister" / "klass131_endringer_2011_2024.csv"


@pytest.fixture(scope="session")
def bok(endringsliste, dagens):
    return bygg_identiteter(les_endringer(endringsliste), dagens)


@pytest.fixture(scope="session")
def broer(bok):
    """The bridge book of the pure identities, without any shares."""
    bruk = [
        Nummerbruk(v.nummer, i, v.fra, v.til)
        for i, versjoner in enumerate(bok.identiteter)
        for v in versjoner
    ]
    return Brobok(bruk, [Kant(o.fra, o.til, o.slag, o.dato) for o in bok.overganger])


@pytest.fixture
def grunnlag(db):
    """Today's municipalities, from `data/`."""
    from bosett.geografi.services import last_grunnlag  # noqa: PLC0415 - needs Django

    return last_grunnlag(aktor="prøve", kommuner_csv=DATA / "kommuner.csv", fylker_csv=DATA / "fylker.csv")


@pytest.fixture
def register(grunnlag, endringsliste):
    """… with the history of SSB's list."""
    from bosett.geografi.services import importer_kommuneendringer  # noqa: PLC0415 - needs Django

    return importer_kommuneendringer(
        aktor="prøve", endringer=les_endringer(endringsliste), kilde="SSB KLASS 131"
    )

"""Medians of waiting, in groups large enough to say nothing about anybody."""

from collections.abc import Iterator
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.urls import reverse
from tests.person.test_hendelser import ta_imot

from aktorer import innlogget, som_bruker
from bosett.grunn.feil import Avvist
from bosett.grunn.klokke import frys
from bosett.person.selectors_ventetid import INNDELINGER, Gruppe, ventetider
from bosett.person.services import kroker
from meldinger import ankomst, melding
from mottakene import lag_mottak

DAG = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _rommet_alene() -> Iterator[None]:
    """No room above tells of mappings here; `tests/kartlegging/test_ferdig.py` is about the days when one does."""
    with patch.dict(kroker.ventekilder, clear=True):
        yield


def vent(hvem: int, dager: int, *, mottak: str = "", **mer: object) -> list[dict]:
    """Somebody who has waited so many days on `DAG`."""
    fra = DAG - timedelta(dager)
    ut = [ankomst(hvem, "2026-01-01", **({} if mottak else {"slag": "overforing"}), **mer)]  # type: ignore[arg-type]
    if mottak:
        ut.append(melding("plassering", hvem, "2026-01-01", mottak=mottak))
    return [*ut, melding("tillatelse", hvem, fra, grunnlag="flyktning", vedtatt=str(fra))]


def test_medians_by_owner_reason_centre_municipality_and_kind(land: str) -> None:
    lag_mottak()
    with frys(DAG):
        ta_imot(
            *(m for nr, dager in enumerate((10, 20, 30, 40, 100), 1) for m in vent(nr, dager, mottak="A")),
            *(m for nr in range(6, 9) for m in vent(nr, 50, mottak="B")),
            *vent(9, 5), ankomst(10, "2026-01-01", sak="S9", rolle="barn", fodt="2020-01-01", slag="overforing"),
        )  # fmt: skip
        for rolle in ("imdi_radgiver", "imdi_leder"):
            with som_bruker(rolle) as aktor:
                svar = {inndeling: ventetider(aktor, inndeling) for inndeling in INNDELINGER}
                assert not ventetider(aktor, "eier", "ferdig")
            assert svar["eier"] == [Gruppe("imdi", 8, 45.0, 350), Gruppe("udi", None, None, None)]
            assert [(g.husholdninger, g.median, g.dager) for g in svar["mottak"]] == [
                (5, 30.0, 200),
                (None, None, None),
            ]
            assert [(g.husholdninger, g.median) for g in svar["kommune"]] == [(8, 45.0)]
            assert {g.kode: g.husholdninger for g in svar["type"]} == {"enslig": 8, "barn": None}
        klient = innlogget("imdi_leder")
        side = klient.get(reverse("person:ventetid")).content.decode()
        assert "IMDi" in side and "færre enn 5" in side and "Ventetid" in side
        assert ">45<" in side and "45,0" not in side
        csv = klient.get(reverse("person:ventetid") + "?inndeling=type&format=csv").content.decode()
        assert "Én voksen" in csv and "Familier med barn" in csv
    with frys(DAG + timedelta(10)):
        ta_imot(*(melding("utgang", nr, DAG, grunn="utreist") for nr in range(1, 6)))
        with som_bruker("imdi_leder") as aktor:
            (ferdig,) = ventetider(aktor, "eier", "ferdig")
            assert (ferdig.kode, ferdig.husholdninger, ferdig.median) == ("imdi", 5, 30.0)
        ta_imot(*vent(11, 35, mottak="B"), melding("utgang", 11, DAG, grunn="utreist"))
        with som_bruker("imdi_leder") as aktor:
            assert ventetider(aktor, "eier", "ferdig")[0].median == 32.5
        side = innlogget("imdi_leder").get(reverse("person:ventetid") + "?utvalg=ferdig").content.decode()
        assert ">32,5<" in side


def test_only_those_of_imdi_who_lead_or_do_the_work(land: str) -> None:
    for rolle in ("bosettingskonsulent", "bosetter_skriv", "imdi_admin", "ks_radgiver", "udi_saksbehandler"):
        with som_bruker(rolle) as aktor, pytest.raises(Avvist):
            ventetider(aktor)
        assert innlogget(rolle).get(reverse("person:ventetid")).status_code == 404

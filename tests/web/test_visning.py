"""Figures and dates on screen, in the reader's language, and charts that never lie."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from bosett.grunn import klokke
from bosett.grunn.feil import FinnesIkke
from bosett.web import visning
from bosett.web.diagram import Aar, Foss, Ledd, aarsstolper, deling
from bosett.web.komponenter import ruter, stolpe
from bosett.web.ordbok import lenke

STATISK = Path(visning.__file__).parent / "static" / "bosett"


def _vis(mal: str, **data: object) -> str:
    return Template(mal).render(Context(data))


@pytest.mark.krav_delvis("R114")
def test_tall_paa_skjermen() -> None:
    assert _vis(
        "{{ n|tall }} {{ d|tall:1 }} {{ d|prosent }} {{ x|tall }}", n=5025, d=Decimal("99.6"), x=None
    ) == ("5\u202f025 99,6 100\u00a0% –")
    with translation.override("en"):
        assert _vis("{{ n|tall }} {{ d|prosent }}", n=5025, d=74) == "5,025 74%"
    assert _vis("{{ n|fortegn:1 }}", n=Decimal("-0.3")) == "\u22120,3"


def test_datoer() -> None:
    dag = date(2026, 11, 23)
    with klokke.frys(dag):
        assert _vis("{{ d|dato }} {{ d|dato_lang }}", d=dag) == "23.11.2026 23.\u00a0november\u00a02026"
        assert _vis("{{ d|dag_og_maaned|stor_forbokstav }}", d=dag) == "Mandag 23.\u00a0november"
    assert visning.tidspunkt(datetime(2026, 11, 23, 9, 5, tzinfo=UTC)) == "23.11.2026 kl.\u00a010.05"


@pytest.mark.parametrize(
    ("frist", "igjen", "stand"),
    [
        ("2026-11-22", "1 dag over", "over"),
        ("2026-11-23", "siste dag", "snart"),
        ("2026-11-24", "1 dag igjen", "snart"),
        ("2026-11-27", "4 dager igjen", ""),
    ],
)
def test_klokken_sier_det_med_ord(frist: str, igjen: str, stand: str) -> None:
    with klokke.frys(date(2026, 11, 23)):
        funnet = visning.klokke_for(date.fromisoformat(frist))
    assert funnet is not None and (funnet.igjen, funnet.stand) == (igjen, stand)


def test_fossen_lyver_ikke() -> None:
    with pytest.raises(ValueError, match="add up"):
        Foss("x", (Ledd("a", Decimal(1)),), Decimal(2), "sum", "ledd")
    foss = Foss(
        "x",
        (Ledd("a", Decimal(3), type="start"), Ledd("b", Decimal(-1), gruppe="G")),
        Decimal(2),
        "sum",
        "ledd",
    )
    assert [(rad.gruppe, rad.saa_langt) for rad in foss.rader] == [("", 3), ("G", 3), ("", 2)]
    html = _vis("{% fossetabell foss %}", foss=foss)
    assert 'data-type="ned"' in html and "<caption" in html and "style=" not in html


def test_stolper_er_innenfor_og_uten_stil() -> None:
    assert 'width="74%"' in stolpe(74) and 'width="100%"' in stolpe(130) and stolpe(None) == ""
    assert "style" not in stolpe(5, 10, "2", "stor", 6) and stolpe(0, 0).count("<rect") == 2
    assert ruter(3, 7, "3 av 7 dager").count("data-fylt") == 3
    assert "style" not in deling([{"verdi": 1, "farge": "5"}, {"verdi": 0, "farge": "2"}])
    assert "style" not in aarsstolper([Aar(2026, None), Aar(2027, 3, 4)], "t") and aarsstolper([], "t") == ""


def test_ord_utenfor_ordlisten_er_en_feil() -> None:
    assert "#anmodning" in lenke("anmodning")
    with pytest.raises(FinnesIkke):
        lenke("tullordsomikkefinnes")


def test_stilen_har_bare_navngitte_farger_og_ett_lag_forst() -> None:
    assert (
        (STATISK / "grunn.css").read_text().split("*/", 1)[1].lstrip().startswith("@layer grunn, ds, bosett;")
    )
    for fil in ("side.css", "deler.css", "tall.css"):
        stil = (STATISK / fil).read_text()
        assert "@layer bosett" in stil
        assert not [
            linje for linje in stil.splitlines() if "#" in linje and "{" in linje and "color: #" in linje
        ], fil


@pytest.mark.parametrize(
    ("kode", "spraak", "navn"),
    [
        ("SYR", "nb", "Syria"),
        ("COD", "nn", "Kongo-Kinshasa"),
        ("ERI", "en", "Eritrea"),
        ("XXX", "nb", "statsløs"),
        ("XXX", "nn", "statslaus"),
        ("XQZ", "nb", "XQZ"),
    ],
)
def test_a_citizenship_is_named(kode: str, spraak: str, navn: str) -> None:
    with translation.override(spraak):
        assert visning.land(kode) == navn

"""The advisory forecast on made-up series: what must hold whatever the figures are."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.behov.rules import behovsregning as regning
from bosett.behov.rules import framskriving as fram
from bosett.behov.rules.prove import prov
from bosett.behov.rules.tidsserie import (
    Kvartalsvedtak,
    Maanedsserie,
    les_soknader,
    les_vedtak,
    maanedstekst,
)
from bosett.cli.__main__ import main
from bosett.grunn.feil import BosettFeil, Mangler, Ugyldig
from bosett.kilder.feil import Lesefeil

JANUAR_2010 = 2010 * 12
SESONG = (100, 80, 90, 110, 120, 140, 160, 200, 220, 210, 150, 120)
VEDTAK = tuple(Kvartalsvedtak(2018 * 4 + nr, 200, 100 + 10 * (nr % 3)) for nr in range(8))


def _serie(verdier: object, forste: int = JANUAR_2010) -> Maanedsserie:
    return Maanedsserie("prøve.csv", "", forste, tuple(int(v) for v in verdier))  # type: ignore[attr-defined]


def _ujevn(maaneder: int, fro: int = 1) -> Maanedsserie:
    """Seasonal, with a level that wanders."""
    trekning = np.random.default_rng(fro)
    nivaa = np.exp(np.cumsum(trekning.normal(0, 0.15, maaneder)))
    return _serie(np.array([SESONG[m % 12] for m in range(maaneder)]) * nivaa)


def _tabell(rader: list[str], topp: str = "maaned,antall") -> bytes:
    return "\n".join([topp, *rader]).encode()


def _maaneder(antall: int) -> list[str]:
    return [f"{maanedstekst(JANUAR_2010 + m)},{SESONG[m % 12]}" for m in range(antall)]


@pytest.mark.parametrize(
    "serie", [_serie([75] * 60), _serie(SESONG * 5), _serie([0] * 48)], ids=["fast", "sesong", "null"]
)
def test_a_series_that_repeats_itself_is_forecast_as_itself(serie: Maanedsserie) -> None:
    for svar in fram.alle(serie, 18, fram.SCENARIOER):
        ventet = [serie.verdier[m % 12] for m in range(18)]
        np.testing.assert_allclose(svar.punkt, ventet, rtol=1e-9)
        for maaned in range(18):
            a = fram.anslag(fram.rund(svar.punkt[maaned]), svar.baner[:, maaned])
            assert (a.lav95, a.punkt, a.hoy95) == (ventet[maaned],) * 3, svar.metode


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 9000), min_size=60, max_size=90))
def test_the_point_is_inside_the_intervals_and_80_inside_95(verdier: list[int]) -> None:
    try:
        alle = fram.alle(_serie(verdier), 12, fram.SCENARIOER)
    except Ugyldig as feil:  # the model may find no answer to noise; it then says so
        assert feil.kode == "FRAMSKRIV-MODELL"
        return
    for svar in alle:
        for maaned in range(12):
            a = fram.anslag(fram.rund(svar.punkt[maaned]), svar.baner[:, maaned])
            assert 0 <= a.lav95 <= a.lav80 <= a.punkt <= a.hoy80 <= a.hoy95


def test_the_interval_widens_with_the_horizon() -> None:
    serie = _ujevn(96)
    bredde = {
        svar.metode: np.log1p(np.percentile(svar.baner, 97.5, axis=0)) - np.log1p(np.percentile(svar.baner, 2.5, axis=0))
        for svar in fram.alle(serie, 24)
    }  # fmt: skip
    assert all(np.diff(bredde["modell"]) > -0.08) and bredde["modell"][11] > 1.5 * bredde["modell"][0]
    # Last year knows no more about next month than about the twelfth; the second year stands on the first.
    assert bredde["grunnlinje"][12:].mean() > bredde["grunnlinje"][:12].mean()


def test_our_draws_agree_with_the_librarys_own_interval() -> None:
    serie = _ujevn(96)
    bygd = fram._bygg(np.log1p(np.asarray(serie.verdier, dtype=np.float64)))
    tilpasset = bygd.filter(fram._tilpass(bygd))
    baner = fram._trekk(tilpasset, 24, 20_000, np.random.default_rng(3))
    deres = tilpasset.get_forecast(24).conf_int(alpha=0.05)
    vaare = np.percentile(baner, [2.5, 97.5], axis=0).T
    np.testing.assert_allclose(vaare, deres, atol=0.06)


def test_the_same_seed_gives_the_same_answer_and_another_seed_another() -> None:
    serie, andel = _ujevn(84), regning.innvilgelse(VEDTAK, "v.csv")
    vent = regning.les_forsinkelse("3=0,5 6=0,5", "prøve")

    def alt(fro: int) -> list[regning.Rad]:
        svar = fram.alle(serie, 24, fro=fro)
        return [r for s in svar for r in regning.regn(serie, s, andel, vent, kvote=10, aar=2018, fro=fro)]

    assert alt(7) == alt(7) != alt(8)


@pytest.mark.parametrize(("lengde", "aar"), [(84, 2017), (90, 2017), (84, 2018)])
def test_a_year_is_the_sum_of_its_months_and_the_need_is_permits_and_quota(lengde: int, aar: int) -> None:
    serie, andel = _ujevn(lengde), regning.innvilgelse(VEDTAK, "v.csv")
    vent = regning.les_forsinkelse("0=0,1; 4=0.9", "prøve")
    for svar in fram.alle(serie, regning.horisont_for(serie, aar), fram.SCENARIOER):
        rader = regning.regn(serie, svar, andel, vent, kvote=300, aar=aar)
        aaret = {r.storrelse: r.anslag for r in rader if r.periode == str(aar)}
        for storrelse in ("soknader", "tillatelser"):
            maaneder = [
                r.anslag for r in rader if r.storrelse == storrelse and r.periode.startswith(f"{aar}-")
            ]
            assert len(maaneder) == 12
            assert sum(a.punkt for a in maaneder if a) == aaret[storrelse].punkt
        assert aaret["behov"] == aaret["tillatelser"].pluss(300)


def test_months_that_have_been_are_themselves_with_no_interval() -> None:
    serie = _ujevn(90)  # to June 2017
    svar = fram.grunnlinje(serie, 6)
    rader = regning.regn(serie, svar, regning.innvilgelse(VEDTAK, "v"), None, kvote=0, aar=2017)
    faktisk = [r for r in rader if r.merknad == "faktisk"]
    assert [r.anslag.punkt for r in faktisk if r.anslag] == list(serie.verdier[84:])
    assert all(r.anslag and r.anslag.lav95 == r.anslag.punkt == r.anslag.hoy95 for r in faktisk)


def test_without_the_waits_the_need_is_empty_and_says_why() -> None:
    serie = _ujevn(84)
    rader = regning.regn(
        serie, fram.grunnlinje(serie, 12), regning.innvilgelse(VEDTAK, "v"), None, kvote=500, aar=2017
    )
    tomme = {r.storrelse: r for r in rader if r.anslag is None}
    assert set(tomme) == {"tillatelser", "behov"} and "ventetiden" in tomme["behov"].merknad


def test_a_wider_grant_rate_makes_a_wider_need() -> None:
    serie, vent = _serie(SESONG * 7), regning.les_forsinkelse("0=1", "prøve")
    bredde = []
    for spredning in (0, 40, 90):
        vedtak = tuple(
            Kvartalsvedtak(k.kvartal, 200, 100 + (-1) ** nr * spredning) for nr, k in enumerate(VEDTAK)
        )
        rader = regning.regn(serie, fram.grunnlinje(serie, 12), regning.innvilgelse(vedtak, "v"), vent, kvote=0, aar=2017)  # fmt: skip
        a = next(r.anslag for r in rader if r.storrelse == "behov")
        assert a and a.punkt == sum(fram.rund(v / 2) for v in SESONG)
        bredde.append(a.hoy95 - a.lav95)
    assert bredde[0] < bredde[1] < bredde[2]


def test_a_spike_is_kept_counted_and_named() -> None:
    verdier = list(_ujevn(110).verdier)
    vanlig = prov(_serie(verdier), forste=72)
    verdier[90] *= 40
    med_topp = prov(_serie(verdier), forste=72)
    for metode in ("modell", "grunnlinje"):
        for horisont in (1, 12):
            assert JANUAR_2010 + 90 in [u.maaned for u in med_topp.sett_fra(horisont, metode)]
    mae = {(r.metode, r.horisont): r.mae for r in vanlig.feil}
    assert all(r.mae > mae[r.metode, r.horisont] for r in med_topp.feil)


def test_the_trial_sees_only_the_past() -> None:
    """Changing the future changes no forecast made before it."""
    serie = _ujevn(90)
    annen = _serie([*serie.verdier[:85], *(v * 50 for v in serie.verdier[85:])])
    foer, etter = (
        {(u.metode, u.maaned): u.anslag for u in prov(s, forste=72).utenfor if u.maaned < JANUAR_2010 + 85}
        for s in (serie, annen)
    )
    assert foer == etter


def test_the_trial_counts_every_origin_and_a_perfect_series_has_no_error() -> None:
    prove = prov(_serie(SESONG * 7))
    assert [(r.horisont, r.antall) for r in prove.feil if r.metode == "modell"] == [(h, 25 - h) for h in range(1, 13)]  # fmt: skip
    assert all((r.mae, r.mase, r.dekning80, r.dekning95) == (0, 0, 1, 1) for r in prove.feil)
    assert prove.utenfor == () and prove.dekning() == 1


@pytest.mark.parametrize(
    ("rader", "venter"),
    [
        ([], "filen har ingen rader"),
        ([*_maaneder(3), "2010-05,80"], "rad 5, kolonne «maaned»: 2010-04 mangler foran denne raden («2010-05»)"),
        ([*_maaneder(3), "2010-09,80"], "2010-04 til 2010-08 mangler"),
        ([*_maaneder(3), "2010-02,80"], "rad 5, kolonne «maaned»: står også i rad 3"),
        (["2010-03,1", "2010-01,1"], "rad 3, kolonne «maaned»: kommer etter 2010-03; sorter radene"),
        (["2010-01,-1"], "rad 2, kolonne «antall»: et antall kan ikke være under null"),
        (["2010-01,"], "rad 2, kolonne «antall»: er ikke et tall"),
        ([f"{maanedstekst(20_000 + m)},1" for m in range(601)], "rad 602, kolonne «maaned»: serien har 601 måneder"),
        (["januar,4"], "rad 2, kolonne «maaned»: er ikke en måned"),
        (["2010-13,4"], "er ikke en måned"),
        (["2010-01,4,5"], "rad 2: raden har 3 celler"),
    ],
)  # fmt: skip
def test_a_table_with_a_fault_names_file_row_and_column(rader: list[str], venter: str) -> None:
    with pytest.raises(Lesefeil) as feil:
        les_soknader(_tabell(rader), "soknader.csv")
    assert feil.value.hva.startswith("soknader.csv: 1 feil") and venter in feil.value.hva


def test_a_missing_column_and_a_series_that_is_not_there_are_named() -> None:
    with pytest.raises(Lesefeil, match=r"kolonne «antall»: kolonnen mangler"):
        les_soknader(b"maaned,tall\n2010-01,1\n", "s.csv")
    with pytest.raises(Lesefeil, match=r"ingen rader med soknadstype ASY_APP"):
        les_soknader(b"maaned,soknadstype,antall\n2010-01,NASY_APP,1\n", "s.csv")


def test_the_decisions_are_read_and_their_faults_named() -> None:
    topp = "kvartal,vedtak_i_alt,innvilget_i_alt"
    assert les_vedtak(_tabell(["2018-Q4,10,4", "2019-Q1,20,5"], topp), "v.csv")[1].innvilget == 5
    for rad, venter in (
        ("2019-Q2,1,1", "2019-Q1 mangler"),
        ("2018-Q4,1,1", "står også i rad 2"),
        ("2019-Q1,3,4", "kolonne «innvilget_i_alt»: flere er innvilget enn det er vedtak (3)"),
        ("2019-Q5,3,1", "er ikke et kvartal"),
    ):
        with pytest.raises(Lesefeil) as feil:
            les_vedtak(_tabell(["2018-Q4,10,4", rad], topp), "v.csv")
        assert venter in feil.value.hva and "rad 3" in feil.value.hva


@pytest.mark.parametrize(
    ("tekst", "kilde", "kode"),
    [
        ("3=0,4 6=0,5", "x", "BRUK-FORSINKELSE-SUM"),
        ("3=1", " ", "BRUK-FORSINKELSE-KILDE"),
        ("tre måneder", "x", "BRUK-FORSINKELSE"),
        ("3=0,5 3=0,5", "x", "BRUK-FORSINKELSE"),
        ("99=1", "x", "BRUK-FORSINKELSE"),
    ],
)
def test_waits_that_can_not_be_are_refused(tekst: str, kilde: str, kode: str) -> None:
    with pytest.raises(Ugyldig) as feil:
        regning.les_forsinkelse(tekst, kilde)
    assert feil.value.kode == kode and feil.value.gjor


def test_what_can_not_be_computed_says_what_to_do() -> None:
    serie, andel = _ujevn(84), regning.innvilgelse(VEDTAK, "v")
    lang = regning.les_forsinkelse("60=1", "prøve")
    kort = _serie(SESONG * 4)

    def feiler(kode: str, gjor: object) -> None:
        with pytest.raises(BosettFeil) as feil:
            gjor()  # type: ignore[operator]
        assert feil.value.kode == kode and feil.value.regel and feil.value.gjor

    feiler("FRAMSKRIV-AAR", lambda: regning.horisont_for(serie, 2016))
    feiler("FRAMSKRIV-HORISONT", lambda: fram.grunnlinje(serie, 37))
    feiler("FRAMSKRIV-FOR-KORT", lambda: fram.modell(_serie(SESONG * 2), 12))
    feiler("BRUK-SCENARIO", lambda: fram.scenario(serie, 12, "krig"))
    feiler("FRAMSKRIV-VEDTAK", lambda: regning.innvilgelse(VEDTAK, "v", 9))
    feiler("FRAMSKRIV-PROVE-KORT", lambda: prov(kort))
    feiler(
        "FRAMSKRIV-VENTETID",
        lambda: regning.regn(kort, fram.grunnlinje(kort, 12), andel, lang, kvote=0, aar=2014),
    )


def test_the_real_table_gives_the_figures_of_the_documentation(delt: Path) -> None:
    mappe = delt / "data" / "eurostat-asyl-norge"
    serie = les_soknader((mappe / "asylsoknader_maaned_2008_2020.csv").read_bytes(), "soknader.csv")
    assert (len(serie.verdier), maanedstekst(serie.siste)) == (152, "2020-08")
    assert sum(serie.verdier[84:96]) == 31_145  # 2015, nothing taken out
    prove = prov(serie)
    for rad in prove.feil:
        assert (
            0 < rad.mae < 800 and rad.dekning80 < rad.dekning95 < 0.95
        )  # the intervals promise too much: it is said
    for horisont in (1, 12):
        utenfor = {maanedstekst(u.maaned) for u in prove.sett_fra(horisont)}
        assert {"2015-08", "2015-09", "2015-10"} <= utenfor
    doc = (Path(__file__).resolve().parents[2] / "docs" / "prognose.md").read_text(encoding="utf-8")
    for rad in prove.feil:
        if rad.horisont in (1, 3, 6, 12):
            tall = [
                f"{rad.mae:.0f}",
                f"{rad.mase:.2f}",
                f"{rad.dekning80 * 100:.0f} %",
                f"{rad.dekning95 * 100:.0f} %",
            ]
            linje = f"| {rad.metode} | {rad.horisont} | {' | '.join(tall).replace('.', ',')} |"
            assert linje in doc, linje


def test_the_scenarios_stand_on_each_side_of_the_baseline() -> None:
    serie = _ujevn(120)
    mest, minst = (fram.scenario(serie, 12, navn).punkt.sum() for navn in fram.SCENARIOER)
    assert minst < fram.grunnlinje(serie, 12).punkt.sum() < mest


def test_short_series_is_refused_as_missing_knowledge() -> None:
    with pytest.raises(Mangler, match="krever minst 36 måneder"):
        fram.grunnlinje(_serie(SESONG * 2), 12)


def test_the_csv_of_the_command_reads_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soknader, vedtak = tmp_path / "s.csv", tmp_path / "v.csv"
    soknader.write_bytes(_tabell(_maaneder(84)))
    vedtak.write_bytes(_tabell([f"{2015 + n // 4}-Q{n % 4 + 1},100,60" for n in range(8)], "kvartal,vedtak_i_alt,innvilget_i_alt"))  # fmt: skip
    grunn = [
        "behov",
        "framskriv",
        "--soknader",
        str(soknader),
        "--vedtak",
        str(vedtak),
        "--kvote",
        "100",
        "--aar",
        "2017",
        "--ut",
        "-",
    ]
    assert main([*grunn, "--forsinkelse", "2=1", "--forsinkelse-kilde", "prøve"]) == 0
    ut = capsys.readouterr()
    rader = list(csv.DictReader(io.StringIO(ut.out)))
    behov = [r for r in rader if r["storrelse"] == "behov"]
    assert {r["metode"]: r["punkt"] for r in behov} == {"modell": "1120", "grunnlinje": "1120"}
    assert "Dette er ikke behovet" in ut.err and "60 % av vedtakene 2015-Q1–2016-Q4" in ut.err.replace(
        "\xa0", " "
    )
    assert main(grunn) == 1  # without the waits: the file is written, the need is empty
    ut = capsys.readouterr()
    tom = next(r for r in csv.DictReader(io.StringIO(ut.out)) if r["storrelse"] == "behov")
    assert tom["punkt"] == tom["lav95"] == "" and "ventetiden" in tom["merknad"] and "--forsinkelse" in ut.err
    ny = tmp_path / "feil.csv"
    assert (
        main(
            [
                "behov",
                "maal",
                "--soknader",
                str(soknader),
                "--ut",
                str(ny),
                "--utenfor",
                str(tmp_path / "u.csv"),
            ]
        )
        == 0
    )
    assert len(list(csv.DictReader(ny.open(encoding="utf-8")))) == 24
    capsys.readouterr()
    assert main(["behov", "maal", "--soknader", str(tmp_path / "nei.csv"), "--ut", "-"]) == 2
    assert "finnes ikke" in capsys.readouterr().err

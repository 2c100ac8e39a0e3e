"""`./bosett anmodning beregn` on good and ugly files. Never a traceback."""

import csv
import io
import json
import os
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

from bosett.anmodning.rules import Parametre, beregn, hent
from bosett.anmodning.rules.samsvar import MAPPE, STANDARD, hent_samsvar, les_samsvar
from bosett.anmodning.rules.tabell import les_grunnlag
from bosett.cli.__main__ import main
from bosett.grunn.feil import Ugyldig

TOPP = "kommunenummer,kommune,fylkesnavn,folkemengde_2026,helt_ledige_prosent_snitt_2022"
RADER = [
    "0301,Oslo,Oslo,700000,2.3",
    "1103,Stavanger,Rogaland,150000,2.0",
    "5006,Steinkjer,Trøndelag,24000,1.6",
]
GOD = "\n".join([TOPP, *RADER]) + "\n"


@pytest.fixture
def kjor(tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    def _kjor(innhold: str | bytes, *valg: str, behov: str = "900") -> tuple[int, str, list[dict[str, str]]]:
        fil, ut = tmp_path / "inn.csv", tmp_path / "ut.csv"
        ut.unlink(missing_ok=True)
        fil.write_bytes(innhold if isinstance(innhold, bytes) else innhold.encode())
        kode = main(
            [
                "anmodning",
                "beregn",
                "--grunnlag",
                str(fil),
                "--kriterier",
                "2022",
                "--behov",
                behov,
                "--ut",
                str(ut),
                *valg,
            ]
        )
        feil = capsys.readouterr().err
        assert "Traceback" not in feil
        rader = list(csv.DictReader(io.StringIO(ut.read_text(encoding="utf-8")))) if ut.exists() else []
        assert kode == 0 or not rader
        return kode, feil, rader

    return _kjor


def sum_bidrag(rad: dict[str, str]) -> Decimal:
    return sum((Decimal(v) for k, v in rad.items() if k.startswith("bidrag_")), Decimal(0))


@pytest.mark.krav_delvis("R136")
def test_contributions_add_up_to_the_number(kjor) -> None:  # type: ignore[no-untyped-def]
    kode, feil, rader = kjor(GOD)
    assert kode == 0 and "900 plasser" in feil and "Skrev" in feil
    assert list(rader[0])[:4] == ["kommunenummer", "kommune", "antall", "em"]
    assert sum(int(rad["antall"]) for rad in rader) == 900
    assert all(sum_bidrag(rad) == int(rad["antall"]) for rad in rader)
    assert rader[0]["kommunenummer"] == "0301"


@pytest.mark.parametrize(
    "innhold",
    [
        "\ufeff" + GOD,
        GOD.replace(",", ";").replace("2.3", "2,3").replace("2.0", "2,0").replace("1.6", "1,6"),
        GOD.replace(",", "\t"),
        GOD.replace("\n", "\r\n"),
        GOD.replace("700000", "700 000").replace("150000", "150\u00a0000"),
        "\n" + GOD.replace(",2.3", ',"2,3"') + "\n\n",
        GOD.replace("0301", "301"),
        "\n".join([TOPP, *reversed(RADER)]),
    ],
    ids=["bom", "semikolon", "tab", "crlf", "mellomrom", "sitert", "tapt null", "rekkefolge"],
)
def test_the_same_table_in_other_clothes_gives_the_same_numbers(kjor, innhold: str) -> None:  # type: ignore[no-untyped-def]
    fasit = kjor(GOD)[2]
    kode, feil, rader = kjor(innhold)
    assert kode == 0 and rader == fasit
    assert ("lest som 0301" in feil) == ("\n301," in innhold)


@pytest.mark.parametrize(
    ("innhold", "ord_"),
    [
        ("", ["er tom"]),
        (" \n\n", ["er tom"]),
        (TOPP + "\n", ["ingen kommuner"]),
        (GOD.replace("folkemengde_2026", "folk"), ["«folkemengde_2026»", "Filen har: kommunenummer"]),
        (GOD.replace(",", "~"), ["«kommunenummer»", "finnes ikke"]),
        (GOD.replace("150000", "mange"), ["rad 3", "«folkemengde_2026»", "«mange»"]),
        (GOD.replace("150000", ""), ["rad 3", "«folkemengde_2026»", "mangler"]),
        (GOD.replace("150000", "-5"), ["rad 3", "helt tall fra 1"]),
        (GOD.replace("150000", "1.5"), ["rad 3", "helt tall"]),
        (GOD.replace("2.0", "nan"), ["rad 3", "«helt_ledige_prosent_snitt_2022»", "nan"]),
        (GOD.replace("2.0", "1e999"), ["rad 3", "1e999"]),
        (GOD.replace("1103", "11o3"), ["rad 3", "«kommunenummer»", "11o3"]),
        (GOD.replace("1103", "0301"), ["rad 3", "0301", "rad 2"]),
        (GOD.replace("2.0", "2,0"), ["rad 3", "6 felt", "5"]),
        (GOD.replace("kommune,", "kommunenummer,"), ["to kolonner", "kommunenummer"]),
        (GOD.replace("helt_ledige_prosent_snitt_2022", "annet"), ["første trinnet", "har tall"]),
        (GOD.encode("utf-16"), ["UTF-8"]),
        (GOD.replace("Trøndelag", "Tr\xf8ndelag").encode("latin-1"), ["rad 4", "UTF-8"]),
        (b"PK\x03\x04\0\0\0\0", ["ikke en CSV"]),
        (GOD.replace("Oslo,Oslo", '"Oslo,Oslo'), ["rad"]),
    ],
)
def test_ugly_files_get_help_with_row_and_column(kjor, innhold: str | bytes, ord_: list[str]) -> None:  # type: ignore[no-untyped-def]
    kode, feil, _ = kjor(innhold)
    assert kode == 1 and "Gjør dette:" in feil
    assert all(ett in feil for ett in ord_), feil


@pytest.mark.parametrize(
    ("valg", "behov", "ord_"),
    [
        (["--em", "901"], "900", "enslige mindreårige"),
        (["--tak-per-1000", "1"], "35000", "takene rommer"),
        (["--minimum", "9"], "900", "begrunnelse"),
        (["--kappa", "99"], "900", "kappa"),
        (["--kappa", "nan"], "900", "kappa"),
        ([], "0", "Behovet"),
        ([], "5", "laveste tallet"),
        (["--spredning-fylke", "2"], "900", "Spredningsgrensen"),
    ],
)
def test_wrong_choices_are_answers_of_no(kjor, valg: list[str], behov: str, ord_: str) -> None:  # type: ignore[no-untyped-def]
    kode, feil, _ = kjor(GOD, *valg, behov=behov)
    assert kode == 1 and ord_ in feil and "Gjør dette:" in feil


@pytest.mark.krav_delvis("R096")
def test_a_lower_lowest_number_with_a_reason(kjor) -> None:  # type: ignore[no-untyped-def]
    kode, _, rader = kjor(GOD, "--minimum", "5", "--begrunnelse", "lavt behov i år", behov="50")
    assert kode == 0 and min(int(rad["antall"]) for rad in rader) < 10


@pytest.mark.krav_delvis("R097")
def test_own_weights(kjor, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    fil = tmp_path / "vekter.yaml"
    felles = "videregaaende: 0.1\nspredning: 0.0\nkapasitet: 0.3\ntjenester: 0.0\nfunksjonsnedsettelse: "
    fil.write_text("introduksjon: 0.1\narbeid: 0.4\n" + felles + "0.1\n", encoding="utf-8")
    assert kjor(GOD, "--vekter", str(fil))[0] == 0
    fil.write_text("introduksjon: 0.09\narbeid: 0.4\n" + felles + "0.11\n", encoding="utf-8")
    kode, feil, _ = kjor(GOD, "--vekter", str(fil))
    assert kode == 1 and "0,59" in feil and "60 prosent" in feil
    for innhold in ("arbeid: mye\n", "- 1\n", "a: [\n", "", "arbeid: 0.5\n"):
        fil.write_text(innhold, encoding="utf-8")
        kode, feil, _ = kjor(GOD, "--vekter", str(fil))
        assert kode == 1 and "Gjør dette:" in feil


def test_wrong_use_is_code_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start = ["anmodning", "beregn", "--kriterier", "2022", "--ut", str(tmp_path / "ut.csv")]
    assert main([*start, "--grunnlag", "x.csv", "--behov", "mange"]) == 2
    assert main([*start, "--grunnlag", str(tmp_path / "finnes-ikke.csv"), "--behov", "100"]) == 2
    assert main([*start, "--grunnlag", str(tmp_path), "--behov", "100"]) == 2
    fil = tmp_path / "inn.csv"
    fil.write_text(GOD, encoding="utf-8")
    assert (
        main([*start[:-1], str(tmp_path / "borte" / "ut.csv"), "--grunnlag", str(fil), "--behov", "900"]) == 2
    )
    assert main(["anmodning", "beregn", "--help"]) == 0
    assert "Traceback" not in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["inn.csv"]


def test_unknown_year_is_refused(kjor) -> None:  # type: ignore[no-untyped-def]
    kode, feil, _ = kjor(GOD, "--kriterier", "2020")
    assert kode == 1 and "vedlegg" in feil


def test_names_that_look_like_formulas_are_made_harmless(kjor) -> None:  # type: ignore[no-untyped-def]
    rader = kjor(GOD.replace("Steinkjer", "=1+1"))[2]
    assert rader[-1]["kommune"] == "'=1+1" and not rader[-1]["forklaring"].startswith("=")


def test_the_whole_result_as_json(kjor, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert kjor(GOD, "--json", str(tmp_path / "alt.json"), "--em", "30")[0] == 0
    alt = json.loads((tmp_path / "alt.json").read_text(encoding="utf-8"))
    assert alt["sum_em"] == 30 and len(alt["rader"]) == 3 and len(alt["avtrykk"]) == 64


def test_own_columns(kjor, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    fil = tmp_path / "kolonner.yaml"
    fil.write_text(
        "kommune: {kommunenummer: nr, navn: navn, fylke: fylke, tak: tak, vert: mottak}\n"
        "folketall: {kolonne: folk}\n"
        "kriterier:\n"
        "  arbeid: {kolonne: ledige, retning: lavere_er_bedre, kilde: Nav, dato: '2026-10-31'}\n"
        "  kapasitet: {kolonne: bosatt, regn: per_1000, kilde: IMDi, dato: '2025-12-31'}\n",
        encoding="utf-8",
    )
    tabell = "nr;navn;fylke;folk;tak;mottak;ledige;bosatt\n0301;Oslo;Oslo;700000;400;nei;2,3;900\n"
    tabell += "5006;Steinkjer;Trøndelag;24000;;ja;1,6;60\n"
    kode, _, rader = kjor(tabell, "--kolonner", str(fil))
    assert kode == 0 and [int(rad["antall"]) for rad in rader] == [400, 500]
    fil.write_text(fil.read_text(encoding="utf-8").replace("per_1000", "per_million"), encoding="utf-8")
    kode, feil, _ = kjor(tabell, "--kolonner", str(fil))
    assert kode == 1 and "per_million" in feil and "kapasitet" in feil


@pytest.mark.krav_delvis("R127")
def test_a_count_is_measured_per_inhabitant() -> None:
    """The same capacity with twice the inhabitants is half the figure; a county's is its sum over its people."""
    yaml = (
        "kommune: {kommunenummer: nr, navn: nr, fylke: f}\nfolketall: {kolonne: folk}\nkriterier:\n"
        "  kapasitet: {kolonne: plasser, regn: per_1000, kilde: x, dato: y}\n"
        "  videregaaende: {kolonne: plasser, regn: per_100, samle: fylke, nivaa: fylke, kilde: x, dato: y}\n"
    )
    grunnlag = les_grunnlag(
        b"nr,f,folk,plasser\n0001,A,1000,8\n0002,A,2000,8\n0003,B,500,\n", les_samsvar(yaml, "x"), "x"
    )
    assert [k.verdier["kapasitet"].tall for k in grunnlag.kommuner] == [8.0, 4.0, None]
    fylke = [k.verdier["videregaaende"] for k in grunnlag.kommuner]
    assert [v.tall for v in fylke] == [16 / 30, 16 / 30, None] and fylke[0].arvet


def test_room_for_many_counts_by_inhabitants_when_somebody_has_a_figure_and_gives_it_weight(
    kjor, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    kolonner, vekter = tmp_path / "kolonner.yaml", tmp_path / "vekter.yaml"
    standard = (MAPPE / f"{STANDARD}.yaml").read_text(encoding="utf-8")
    kolonner.write_text(
        standard
        + "  rom_for_mange: {kolonne: rom_for_mange, regn: per_1000, kilde: x, dato: '2026-10-31'}\n",
        encoding="utf-8",
    )
    vekter.write_text(
        "{introduksjon: 0, arbeid: 0.65, videregaaende: 0, spredning: 0, kapasitet: 0, rom_for_mange: 0.35, tjenester: 0, funksjonsnedsettelse: 0}",
        encoding="utf-8",
    )
    # The first two have room for equally many persons, the second in fewer inhabitants.
    tabell = "\n".join(
        f"{linje},{rom}" for linje, rom in zip([TOPP, *RADER], ("rom_for_mange", 700, 700, 5), strict=True)
    )
    uten = kjor(tabell, "--kolonner", str(kolonner))
    assert uten[0] == 0 and {rad["bidrag_rom_for_mange"] for rad in uten[2]} == {"0.000000"}
    kode, _, rader = kjor(tabell, "--kolonner", str(kolonner), "--vekter", str(vekter))
    assert kode == 0
    assert Decimal(rader[1]["bidrag_rom_for_mange"]) > 0 > Decimal(rader[2]["bidrag_rom_for_mange"])
    kode, feil, _ = kjor(GOD)
    assert kode == 0 and "«Rom for mange samtidig» har ingen tall og teller ikke." in feil


@pytest.mark.parametrize(
    "yaml",
    [
        "",
        "[]",
        "kommune: {navn: a}",
        "dato: 2022-13-45",
        "kommune: {kommunenummer: a, navn: b}\nfolketall: 3",
        "kommune: {kommunenummer: a, navn: b, farge: c}\nfolketall: {kolonne: c}",
        "kommune: {kommunenummer: a, navn: b}\nfolketall: {kolonne: c}\nkriterier: {arbeid: {retning: opp, kolonne: d}}",
        "kommune: {kommunenummer: a, navn: b}\nfolketall: {kolonne: c}\nkriterier: {arbeid: {kolonne: d, samle: fylke}}",
    ],
)
def test_a_wrong_mapping_names_the_key(yaml: str) -> None:
    with pytest.raises(Ugyldig) as feil:
        les_samsvar(yaml, "min.yaml")
    assert feil.value.hva.startswith("min.yaml: ") and feil.value.gjor


@pytest.mark.krav_delvis("R129", "R130", "R136")
def test_the_real_table_as_it_is(delt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fil, ut = delt / "data" / "kriteriegrunnlag" / "kriteriegrunnlag_357.csv", tmp_path / "ut.csv"
    start = ["anmodning", "beregn", "--grunnlag", str(fil), "--kriterier", "2022"]
    assert main([*start, "--behov", "5500", "--em", "141", "--ut", str(ut)]) == 0
    rader = list(csv.DictReader(ut.open(encoding="utf-8")))
    assert len(rader) == 357
    assert sum(int(rad["antall"]) for rad in rader) == 5500 and sum(int(rad["em"]) for rad in rader) == 141
    assert all(sum_bidrag(rad) == int(rad["antall"]) for rad in rader)
    spurt = [rad for rad in rader if int(rad["antall"])]
    # In 2022 it was 212 by the real figures; hosts of 2024 and today's inhabitants are used here.
    assert 190 <= len(spurt) <= 270
    assert all(int(rad["antall"]) >= 10 for rad in spurt)
    assert "faktisk vekt" in capsys.readouterr().err


def test_the_real_table_in_good_time(delt: Path) -> None:
    innhold = (delt / "data" / "kriteriegrunnlag" / "kriteriegrunnlag_357.csv").read_bytes()
    grunnlag = les_grunnlag(innhold, hent_samsvar(), "kriteriegrunnlag_357.csv")
    p = Parametre(behov=5500, em=141, kriteriesett=hent(2022))
    tider = []
    for _ in range(3):
        start = time.process_time()
        svar = beregn(grunnlag, p)
        tider.append(time.process_time() - start)
    assert min(tider) < 0.5
    haram = next(rad for rad in svar.rader if rad.navn == "Haram")
    assert next(o for o in haram.opplysninger if o.kriterium == "kapasitet").tilstand == "mangler"
    assert all(rad.vurdering for rad in svar.rader if rad.alltid_vurdert)
    assert svar.kontroll60.faktisk_oppfylt
    assert any("30" in varsel.nb for varsel in svar.rad("0301").varsler) and svar.rad("0301").antall > 10


def test_the_command_needs_neither_django_nor_a_database(tmp_path: Path) -> None:
    fil = tmp_path / "inn.csv"
    fil.write_text(GOD, encoding="utf-8")
    kode = (
        "import sys; from bosett.cli.__main__ import main;"
        f"k = main(['anmodning','beregn','--grunnlag',{str(fil)!r},'--kriterier','2022','--behov','900','--ut','-']);"
        "assert not [m for m in sys.modules if m.split('.')[0] in ('django','psycopg')]; sys.exit(k)"
    )
    miljo = {"PATH": os.environ.get("PATH", ""), "PYTHONPATH": "src", "LANG": "C"}
    rot = Path(__file__).resolve().parents[2]
    svar = subprocess.run([sys.executable, "-c", kode], cwd=rot, env=miljo, capture_output=True, check=False)
    assert svar.returncode == 0, svar.stderr.decode()
    assert svar.stdout.decode().startswith("kommunenummer,kommune,antall,em,bidrag_folketall")

"""`./bosett integrasjon`: a simulated year to a file, and files into the register with faults row by row."""

import json
from pathlib import Path

import pytest

from bosett.aktor.kontekst import som, system
from bosett.cli.__main__ import main
from bosett.person.models import Husholdning, Person
from meldinger import ankomst, duf, melding

KOLONNER = "id;type;nr;duf;gjelder;sak;rolle;fornavn;etternavn;fodt;kjonn;spraak;slag;numre;grunnlag;vedtatt"


def skriv(fil: Path, *meldinger: dict) -> str:
    fil.write_text("".join(json.dumps(m, ensure_ascii=False) + "\n" for m in meldinger), encoding="utf-8")
    return str(fil)


def test_the_simulator_writes_the_same_file_each_time(tmp_path: Path) -> None:
    for navn in ("a.jsonl", "b.jsonl"):
        assert main(["integrasjon", "simuler", "--aar", "2026", "--personer", "60", "--fro", "3", "--ut", str(tmp_path / navn)]) == 0  # fmt: skip
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert json.loads((tmp_path / "a.jsonl").read_text("utf-8").splitlines()[0])["id"].startswith(
        "SIM-2026-3-"
    )


@pytest.fixture
def uten_server(land: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command uses the test's own database, which is up already."""
    from contextlib import nullcontext  # noqa: PLC0415 - beside its use

    from bosett.config import oppstart  # noqa: PLC0415

    monkeypatch.setattr(oppstart, "server", nullcontext)
    monkeypatch.setattr(oppstart, "django", lambda: None)


def test_a_file_with_faults_tells_row_field_and_what(
    uten_server: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fil = tmp_path / "fra-udi.jsonl"
    skriv(
        fil,
        melding(
            "tillatelse", 1, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"
        ),  # waits for the next
        ankomst(1, slag="overforing"),
        ankomst(2) | {"gjelder": "i går"},
        melding("plassering", 1, "2026-01-10", mottak="FINNES-IKKE"),
    )
    fil.write_text(fil.read_text("utf-8") + "{ikke json\n", encoding="utf-8")
    assert main(["integrasjon", "importer", str(fil), "--feil", str(tmp_path / "feil.csv")]) == 1
    feil = [linje.split(";", 2)[:2] for linje in (tmp_path / "feil.csv").read_text("utf-8").splitlines()[1:]]
    assert feil == [["3", "gjelder"], ["4", ""], ["5", ""]]
    ut = capsys.readouterr()
    assert "5 meldinger: 2 tatt inn, 3 med feil." in ut.out and "Rad 3, felt gjelder:" in ut.err
    with som(system("prove")):
        assert str(Husholdning.objects.get().klar_fra) == "2026-02-01"


def test_a_csv_file_is_taken_in_and_once_more_changes_nothing(
    uten_server: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fil = tmp_path / "fra-udi.csv"
    fil.write_text(
        f"\ufeff{KOLONNER}\r\n"
        f"c-1;ankomst;1;{duf(1)};2026-01-10;S1;hoved;Amina;Prøve;1990-05-01;kvinne;ara eng;overforing;dnr:63909095052;;\r\n"
        f"c-2;tillatelse;2;{duf(1)};2026-02-01;;;;;;;;;;flyktning;2026-02-01\r\n",
        encoding="utf-8",
    )
    for _ in range(2):
        assert main(["integrasjon", "importer", str(fil)]) == 0
    with som(system("prove")):
        person = Person.objects.get()
        assert (person.navn, person.spraak, person.numre.count()) == ("Amina Prøve", ["ara", "eng"], 2)
        assert Husholdning.objects.get().klar_fra is not None


def test_wrong_use(tmp_path: Path, uten_server: None) -> None:
    assert main(["integrasjon", "importer", str(tmp_path / "finnes-ikke.jsonl")]) == 2
    assert main(["integrasjon", "importer", str(tmp_path / "liste.pdf")]) == 2

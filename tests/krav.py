"""Which rows of requirements.md the tests show: counted at the end of every run, and listed in docs/krav.md.

A row counts as shown when a test marked `krav` with it passed and none marked with it failed. `python tests/krav.py` writes
docs/krav.md anew from the marks in the test files.
"""

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest

ROT = Path(__file__).resolve().parents[1]
LISTE = ROT / "docs" / "krav.md"
KRAVFIL = ROT.parent / "shared" / "requirements.md"
ALLE = [f"R{nr:03d}" for nr in range(1, 360)]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for merke in item.iter_markers("krav"):
            item.user_properties.append(("krav", list(merke.args)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    vist, feilet = set(), set()
    for utfall, mengde in (("passed", vist), ("failed", feilet), ("error", feilet)):
        for rapport in terminalreporter.stats.get(utfall, []):
            if utfall != "passed" or rapport.when == "call":
                for navn, rader in getattr(rapport, "user_properties", []):
                    if navn == "krav":
                        mengde.update(rader)
    if vist or feilet:
        terminalreporter.write_line(f"Krav vist helt: {len(vist - feilet)} / {len(ALLE)}")


def merker() -> dict[str, dict[str, list[str]]]:
    """Row → kind of mark → the tests that carry it."""
    funnet: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for fil in sorted((ROT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(fil.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.FunctionDef | ast.ClassDef):
                continue
            for pynt in node.decorator_list:
                if (
                    isinstance(pynt, ast.Call)
                    and isinstance(pynt.func, ast.Attribute)
                    and pynt.func.attr in ("krav", "krav_delvis")
                ):
                    for argument in pynt.args:
                        assert isinstance(argument, ast.Constant), (
                            f"{fil}: {pynt.func.attr} takes plain row ids"
                        )
                        funnet[str(argument.value)][pynt.func.attr].append(
                            f"{fil.relative_to(ROT)}::{node.name}"
                        )
    return funnet


def navn() -> dict[str, str]:
    """What each row is called: from the requirements when they are here, else from the list as it stands."""
    kilde = KRAVFIL if KRAVFIL.exists() else LISTE
    treff = (
        re.findall(r"^\| (R\d{3}) \| (.+?) \|", kilde.read_text(encoding="utf-8"), re.M)
        if kilde.exists()
        else []
    )
    return dict(treff)


def som_markdown() -> str:
    kjent, titler = merker(), navn()
    helt = [rad for rad in ALLE if kjent[rad]["krav"]]
    linjer = [
        "# Kravene, og hvor de er vist",
        "",
        "Laget av `python tests/krav.py` fra merkene i prøvene. «Vist helt» er rader der en prøve sjekker radens egen akseptanse.",
        "«Begynt» teller ikke. `./test` skriver hvor mange som er vist helt.",
        "",
        f"Vist helt: {len(helt)} av {len(ALLE)}.",
        "",
        "| Rad | Krav | Vist helt i | Begynt i |",
        "|---|---|---|---|",
    ]
    for rad in ALLE:
        steder = ("<br>".join(f"`{sted}`" for sted in kjent[rad][slag]) for slag in ("krav", "krav_delvis"))
        linjer.append(f"| {rad} | {titler.get(rad, '')} | {' | '.join(steder)} |")
    return "\n".join(linjer) + "\n"


if __name__ == "__main__":
    LISTE.write_text(som_markdown(), encoding="utf-8")
    print(f"Skrev {LISTE.relative_to(ROT)}", file=sys.stderr)

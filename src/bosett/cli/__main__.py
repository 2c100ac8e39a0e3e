"""`./bosett`, also `python -m bosett.cli`."""

import argparse
import importlib
import io
import os
import pkgutil
import sys
from collections.abc import Sequence
from typing import NoReturn

import bosett.cli as rom
from bosett.cli import _norsk
from bosett.grunn.feil import BosettFeil

OK, NEI, FEIL_BRUK = 0, 1, 2


class Parser(argparse.ArgumentParser):
    """argparse that speaks Norwegian and says where help is found."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(FEIL_BRUK, f"Feil: {message}\nGjør dette: Se hjelpen med «{self.prog} --help».\n")


def lag_parser(bare: str | None = None) -> Parser:
    """The whole command line, or only the room that owns the command `bare`, when there is such a file."""
    _norsk.bruk()
    parser = Parser(
        prog="bosett",
        description="Bosett: bosetting av flyktninger, fra behov til bolig. Kommandoene er samlet etter tema.",
        epilog="Svaret i kode: 0 alt er i orden, 1 svaret er nei eller noe er feil, 2 kommandoen er skrevet feil.",
    )
    kommandoer = parser.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True, dest="kommando")
    navn = {modul.name for modul in pkgutil.iter_modules(rom.__path__) if not modul.name.startswith("_")}
    for modul in [bare] if bare in navn else sorted(navn):
        importlib.import_module(f"{rom.__name__}.{modul}").registrer(kommandoer)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code. Expected errors become help on stderr, never a traceback."""
    argumenter = list(sys.argv[1:] if argv is None else argv)
    for strom in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(strom, io.TextIOWrapper):  # the letters must come out right also under LANG=C
            strom.reconfigure(encoding="utf-8", errors="replace")
    try:
        bare = argumenter[0].replace("-", "_") if argumenter else None
        valg = lag_parser(bare).parse_args(argumenter)
        kode = int(valg.kjor(valg) or OK)
        sys.stdout.flush()
    except SystemExit as slutt:  # argparse has answered (help, wrong use), or a command stops with a sentence
        if isinstance(slutt.code, str):
            print(slutt.code, file=sys.stderr)
            return NEI
        return int(slutt.code or OK)
    except BosettFeil as feil:
        skriv_feil(feil)
        return FEIL_BRUK if feil.kode.startswith("BRUK-") else NEI
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        print("\nStoppet.", file=sys.stderr)
        return 130
    return kode


def skriv_feil(feil: BosettFeil) -> None:
    """What is wrong, which rule says so, what to do; the code last, for a search in the documentation."""
    print(f"Feil: {feil.hva}", file=sys.stderr)
    if feil.regel:
        print(f"Regel: {feil.regel}", file=sys.stderr)
    if feil.gjor:
        print(f"Gjør dette: {feil.gjor}", file=sys.stderr)
    print(f"Feilkode: {feil.kode}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

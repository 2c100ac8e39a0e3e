"""`./bosett integrasjon`: messages from a simulator or a file, into the register."""

import argparse
import csv
import io
import json
import sys
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bosett.cli._filer import lagre
from bosett.config import oppstart

if TYPE_CHECKING:
    from bosett.integrasjon.importfil import Rad, Radfeil

VIS_HOYST = 50


def registrer(kommandoer: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    integrasjon = kommandoer.add_parser(
        "integrasjon",
        help="meldinger fra andre systemer: simulator og filer",
        description="Meldinger etter kontrakten for UDIs hendelser (docs/udi-kontrakt.md).",
    )
    valg = integrasjon.add_subparsers(
        title="kommandoer", metavar="KOMMANDO", required=True, dest="integrasjon_kommando"
    )
    simuler = valg.add_parser(
        "simuler",
        help="spill av et år med ankomster (DEMO)",
        description="Lag meldinger om personer som ikke finnes, og ta dem inn, eller skriv dem til en fil. Samme frø gir de samme "
        "meldingene. Andelene er oppdiktet (DEMO).",
    )
    simuler.add_argument("--aar", type=int, required=True, metavar="ÅR", help="året de kommer")
    simuler.add_argument("--personer", type=int, default=8000, metavar="N", help="hvor mange personer (8000)")
    simuler.add_argument("--fro", type=int, default=1, metavar="N", help="frø, 0–9 har hver sine numre (1)")
    simuler.add_argument(
        "--ut", metavar="FIL", help="skriv meldingene til en fil (.jsonl) og ta ikke inn noe"
    )
    simuler.set_defaults(kjor=_simuler)
    importer = valg.add_parser(
        "importer",
        help="ta inn meldinger fra en fil (.jsonl eller .csv)",
        description="Hver rad er en melding. En rad med feil stopper ikke de andre: feilene blir listet med rad og felt, og meldingen "
        "blir parkert. Samme fil to ganger endrer ingenting.",
        epilog="Svaret i kode: 0 når alle rader er tatt inn, 1 når noen har feil, 2 når kommandoen er skrevet feil.",
    )
    importer.add_argument("fil", type=Path, metavar="FIL", help="filen som skal leses")
    importer.add_argument("--feil", metavar="FIL", help="skriv alle feilene til en fil (CSV: rad, felt, hva)")
    importer.set_defaults(kjor=_importer)


def _simuler(valg: argparse.Namespace) -> int:
    from bosett.demo.mottak import sentre  # noqa: PLC0415 - a pure command must not pay for the rest
    from bosett.integrasjon.importfil import Rad  # noqa: PLC0415
    from bosett.integrasjon.simulator import simuler  # noqa: PLC0415

    meldinger = simuler(
        fra=date(valg.aar, 1, 1),
        til=date(valg.aar + 1, 1, 1),
        personer=valg.personer,
        fro=valg.fro,
        sentre=sentre(),
    )
    if valg.ut:
        linjer = [json.dumps(melding, ensure_ascii=False) for melding in meldinger]
        lagre(valg.ut, "\n".join(linjer) + "\n")
        print(f"Skrev {len(linjer)} meldinger til {valg.ut}.", file=sys.stderr)
        return 0
    feil = _ta_inn(Rad(nr, melding) for nr, melding in enumerate(meldinger, 1))
    print(f"{len(feil)} av dem er parkert; noen er ødelagt med vilje.")
    return 0


def _importer(valg: argparse.Namespace) -> int:
    from bosett.integrasjon.importfil import les  # noqa: PLC0415 - needed by this command only

    feil = _ta_inn(les(valg.fil))
    for ett in feil[:VIS_HOYST]:
        print(f"Rad {ett.rad}{f', felt {ett.felt}' if ett.felt else ''}: {ett.hva}", file=sys.stderr)
    if len(feil) > VIS_HOYST:
        print(f"… og {len(feil) - VIS_HOYST} til. Bruk --feil FIL for å få alle.", file=sys.stderr)
    if valg.feil:
        lagre(valg.feil, _som_csv(feil))
    return 1 if feil else 0


def _ta_inn(rader: "Iterable[Rad]") -> "list[Radfeil]":
    """Into the register, a portion at a time, with progress on stderr. Gives the rows that failed."""
    with oppstart.server():
        oppstart.django()
        from bosett.integrasjon.innlesing import les_inn  # noqa: PLC0415 - needs Django

        start = time.monotonic()
        antall = 0

        def meld(lest: int, brukt: int) -> None:
            nonlocal antall
            antall = lest
            if sys.stderr.isatty() or brukt == lest:
                sekunder = time.monotonic() - start
                print(
                    f"\r{lest} lest, {brukt} behandlet ({sekunder:.0f} s)",
                    end="",
                    file=sys.stderr,
                    flush=True,
                )

        feil = les_inn(rader, meld)
        print(file=sys.stderr)
        print(f"{antall} meldinger: {antall - len(feil)} tatt inn, {len(feil)} med feil.")
    return feil


def _som_csv(feil: "Iterable[Radfeil]") -> str:
    ut = io.StringIO(newline="")
    skriver = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skriver.writerow(["rad", "felt", "hva"])
    skriver.writerows((ett.rad, ett.felt, ett.hva) for ett in feil)
    return ut.getvalue()

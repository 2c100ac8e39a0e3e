"""`./bosett spor`: is the ledger whole?"""

import argparse
import sys
from typing import TYPE_CHECKING

from bosett.config import oppstart

if TYPE_CHECKING:
    Kommandoer = argparse._SubParsersAction[argparse.ArgumentParser]


def registrer(kommandoer: "Kommandoer") -> None:
    spor = kommandoer.add_parser(
        "spor", help="kontroller sporet over alt som er gjort", description="Sporet over alt som er gjort."
    )
    valg = spor.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True, dest="sporkommando")
    verifiser = valg.add_parser(
        "verifiser",
        help="regn alle kjeder og segl på nytt",
        description="Regn alle kjeder og segl på nytt, og sammenlign med segl som er skrevet til fil. "
        "Segl som mangler som fil, blir skrevet igjen.",
        epilog="Svaret i kode: 0 når alt stemmer, 1 når noe er endret eller borte.",
    )
    verifiser.set_defaults(kjor=_verifiser)


def _verifiser(_valg: argparse.Namespace) -> int:
    with oppstart.server():
        oppstart.django()
        from bosett.aktor.kontekst import som, system  # noqa: PLC0415 - models exist after django()
        from bosett.spor.services import eksporter_manglende_segl  # noqa: PLC0415
        from bosett.spor.verifisering import verifiser  # noqa: PLC0415

        with som(system("cli.spor")):
            rapport = verifiser()
            # Seals are written again only when all is well: a file must never be made from a changed row.
            skrevet = 0 if rapport.feil else eksporter_manglende_segl()
    print(f"{rapport.hendelser} handlinger i {rapport.kjeder} kjeder, {rapport.segl} segl.")
    if rapport.uten_detaljer:
        print(f"{rapport.uten_detaljer} handlinger har fått detaljene slettet. Det er i orden.")
    if rapport.uforseglet:
        print(f"{rapport.uforseglet} kjeder venter på neste segl.")
    if skrevet:
        print(f"{skrevet} segl manglet som fil, og er skrevet igjen.")
    for feil in rapport.feil:
        print(f"Feil: {feil}", file=sys.stderr)
    print("Noe er endret eller borte." if rapport.feil else "Alt stemmer.")
    return 1 if rapport.feil else 0

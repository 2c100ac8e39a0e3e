"""`./bosett person`: the stored waiting days, derived anew and compared."""

import argparse
import sys
from typing import TYPE_CHECKING

from bosett.config import oppstart

if TYPE_CHECKING:
    Kommandoer = argparse._SubParsersAction[argparse.ArgumentParser]

VIS = 20


def registrer(kommandoer: "Kommandoer") -> None:
    person = kommandoer.add_parser(
        "person", help="personer og husholdninger", description="Kontroll av det som er regnet ut."
    )
    valg = person.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True, dest="personkommando")
    vente = valg.add_parser(
        "ventedager",
        help="regn ventedagene til alle på nytt",
        description="Regner ventedagene og målet for hver husholdning på nytt, og sammenligner med det som er lagret.",
        epilog="Svaret i kode: 0 når alt stemmer (eller er rettet), 1 når noe er annerledes. Kjør med --skriv etter en oppgradering.",
    )
    hva = vente.add_mutually_exclusive_group()
    hva.add_argument("--kontroller", action="store_true", help="bare sammenlign (gjøres også uten valg)")
    hva.add_argument("--skriv", action="store_true", help="skriv det som er annerledes")
    vente.set_defaults(kjor=_ventedager)


def _ventedager(valg: argparse.Namespace) -> int:
    with oppstart.server():
        oppstart.django()
        from bosett.aktor.kontekst import system  # noqa: PLC0415 - models exist after django()
        from bosett.person.services.ventedager import Kontroll, kontroller  # noqa: PLC0415

        funnet = Kontroll()
        for funnet in kontroller(aktor=system("person.utled"), skriv=valg.skriv):
            print(f"\r  {funnet.husholdninger}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    print(f"{funnet.husholdninger} husholdninger, {funnet.strekk} perioder med ventedager.")
    if not funnet.avvik:
        print("Alt stemmer.")
        return 0
    hvem = ", ".join(f"H {pk}" for pk in funnet.avvik[:VIS])
    mer = f" og {len(funnet.avvik) - VIS} til" if len(funnet.avvik) > VIS else ""
    print(
        f"{'Rettet' if valg.skriv else 'Annerledes enn lagret'}: {len(funnet.avvik)} husholdninger ({hvem}{mer})."
    )
    return 0 if valg.skriv else 1

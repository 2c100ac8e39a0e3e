"""`./bosett demo`: the demonstration country."""

import argparse

from bosett.config import oppstart


def registrer(kommandoer: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    demo = kommandoer.add_parser(
        "demo", help="demonstrasjonslandet", description="Alt som er oppdiktet, er merket DEMO."
    )
    valg = demo.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True, dest="demo_kommando")
    last = valg.add_parser("last", help="lag demonstrasjonslandet")
    last.add_argument("--uten-runde", action="store_true", help="uten årets runde med brev")
    last.add_argument("--personer", type=int, default=8000, metavar="N", help="oppdiktede personer (8000)")
    last.set_defaults(kjor=_last)
    valg.add_parser("brukere", help="skriv ut brukerne").set_defaults(kjor=_brukere)


def _last(valg: argparse.Namespace) -> int:
    with oppstart.server():
        oppstart.django()
        from bosett.demo.land import last  # noqa: PLC0415 - needs Django

        last(
            lambda tekst: print(f"  {tekst}", flush=True),
            med_runde=not valg.uten_runde,
            personer=valg.personer,
        )
    return 0


def _brukere(_valg: argparse.Namespace) -> int:
    with oppstart.server():
        oppstart.django()
        from bosett.aktor.kontekst import som, system  # noqa: PLC0415 - needs Django
        from bosett.aktor.models import Medlemskap  # noqa: PLC0415
        from bosett.aktor.roller import ROLLER  # noqa: PLC0415
        from bosett.demo.brukere import DOMENE, SKRIVER  # noqa: PLC0415

        with som(system("demo")):
            rader = Medlemskap.objects.filter(bruker__brukernavn__endswith=DOMENE).select_related(
                "bruker", "organisasjon"
            )
            for rad in rader.exclude(bruker__brukernavn__startswith=SKRIVER).order_by("pk"):
                print(f"  {ROLLER[rad.rolle].navn:<32}{rad.organisasjon.navn:<28}{rad.bruker.brukernavn}")
    return 0

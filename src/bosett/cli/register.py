"""`./bosett register`: what letters and sign-in need: organisations, their addresses, cost reports; and agreed places."""

import argparse
import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from bosett.config import oppstart
from bosett.grunn.feil import Ugyldig

DATA = Path(__file__).resolve().parents[3] / "data"


def registrer(kommandoer: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    register = kommandoer.add_parser(
        "register",
        help="les inn organisasjoner, kostnadsrapporter og avtaler om plasser, og sett e-postadresser",
        description="Lager organisasjonen til hver kommune og fylkeskommune, og leser kostnadsrapportene og "
        "avtalene om plasser. Kan kjøres flere ganger.",
    )
    register.add_argument(
        "--rapporter",
        type=Path,
        default=DATA / "kostnadsrapporter.csv",
        metavar="FIL",
        help="kostnadsrapporter (CSV)",
    )
    register.add_argument(
        "--avtaler",
        type=Path,
        default=DATA / "avtaler.csv",
        metavar="FIL",
        help="avtaler om plasser for et år (CSV)",
    )
    register.add_argument(
        "--epost",
        action="append",
        default=[],
        metavar="SLAG=ADRESSE",
        help="adressen til imdi eller ks, for eksempel ks=post@ks.example",
    )
    register.set_defaults(kjor=_kjor)


def _kjor(valg: argparse.Namespace) -> int:
    with oppstart.server():
        oppstart.django()
        from bosett.aktor.kontekst import som, system  # noqa: PLC0415 - needs Django
        from bosett.aktor.models import Organisasjon  # noqa: PLC0415
        from bosett.aktor.services import opprett_organisasjoner  # noqa: PLC0415
        from bosett.anmodning.models import Kostnadsrapport  # noqa: PLC0415
        from bosett.behov.models import Avtale  # noqa: PLC0415
        from bosett.behov.services import registrer_avtale  # noqa: PLC0415

        with som(system("register")) as aktor:
            rapport = opprett_organisasjoner()
            print(f"organisasjoner: nye {rapport.nye}, endret {rapport.endret}, uendret {rapport.uendret}")
            with valg.rapporter.open(encoding="utf-8-sig") as fil:
                for rad in csv.DictReader(fil):
                    felt = {
                        "tittel": rad["tittel"],
                        "dekning_prosent": Decimal(rad["dekning_prosent"]),
                        "kilde": rad["kilde"],
                    }
                    Kostnadsrapport.objects.update_or_create(aar=int(rad["aar"]), defaults=felt)
            with valg.avtaler.open(encoding="utf-8-sig") as fil:
                for rad in csv.DictReader(fil):
                    if Avtale.objects.filter(aar=int(rad["aar"]), parter=rad["parter"]).exists():
                        continue  # it may have been corrected on the screen since
                    registrer_avtale(
                        aktor=aktor,
                        aar=int(rad["aar"]),
                        parter=rad["parter"],
                        plasser=int(rad["plasser"]),
                        dato=date.fromisoformat(rad["dato"]) if rad["dato"] else None,
                        kilde=rad["kilde"],
                    )
            for par in valg.epost:
                slag, _, adresse = par.partition("=")
                if slag not in ("imdi", "ks") or "@" not in adresse:
                    raise Ugyldig(
                        kode="BRUK-EPOST",
                        hva=f"«{par}» er ikke en adresse.",
                        gjor="Skriv for eksempel --epost ks=post@ks.example",
                    )
                Organisasjon.objects.filter(slag=slag).update(epost=adresse)
    return 0

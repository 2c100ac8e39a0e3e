"""`./bosett bolig`: listings of homes to let, read in from a file."""

import argparse
import hashlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bosett.cli._filer import innhold
from bosett.config import oppstart
from bosett.grunn.feil import Ugyldig

if TYPE_CHECKING:
    Kommandoer = argparse._SubParsersAction[argparse.ArgumentParser]


def registrer(kommandoer: "Kommandoer") -> None:
    bolig = kommandoer.add_parser(
        "bolig", help="boliger og annonser", description="Boliger kommunene skaffer."
    )
    valg = bolig.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True, dest="boligkommando")
    les = valg.add_parser(
        "importer-annonser",
        help="les inn annonser om boliger til leie",
        description="Leser annonser fra en CSV-, Excel- eller JSON-fil til en kommune. Kolonnen «lenke» må være med. En annonse som er "
        "lest inn før, blir oppdatert. Feil navngir rad og kolonne, og da blir ingenting lagret.",
        epilog="Eksempel: ./bosett bolig importer-annonser annonser.csv --kommune 5006. Svaret i kode: 0 når alt er lest inn, 1 når "
        "filen har feil, 2 når kommandoen er skrevet feil.",
    )
    les.add_argument("fil", metavar="FIL", help="filen med annonser (.csv, .xlsx eller .json)")
    les.add_argument("--kommune", required=True, metavar="NUMMER", help="kommunen som skal ha annonsene")
    les.set_defaults(kjor=_importer)


def _importer(valg: argparse.Namespace) -> int:
    raa = innhold(valg.fil)
    with oppstart.server():
        oppstart.django()
        from bosett.aktor.kontekst import som, system  # noqa: PLC0415 - models exist after django()
        from bosett.aktor.models import Organisasjon  # noqa: PLC0415
        from bosett.bolig.rules.annonsefil import les_fil  # noqa: PLC0415
        from bosett.bolig.services import annonser  # noqa: PLC0415
        from bosett.geografi.models import Kommuneversjon  # noqa: PLC0415
        from bosett.grunn.klokke import i_dag  # noqa: PLC0415

        dag: date = i_dag()
        lest = les_fil(Path(valg.fil).name, raa, dag)
        with som(system("bolig.importer_annonser")) as aktor:
            versjoner = Kommuneversjon.objects.filter(nummer=valg.kommune).gjelder(dag)
            organisasjon = Organisasjon.objects.filter(
                kommune__in=versjoner.values("kommune_id"), slag="kommune"
            ).first()
            if organisasjon is None:
                raise Ugyldig(
                    kode="BRUK-KOMMUNE", hva=f"Ingen kommune har nummeret {valg.kommune} nå.", gjor="Skriv kommunenummeret, som 5006."
                )  # fmt: skip
            rapport = annonser.importer(
                aktor=aktor, annonser=lest, slag="fil", sha256=hashlib.sha256(raa).hexdigest(), organisasjon=organisasjon
            )  # fmt: skip
    print(f"{organisasjon.navn}: {rapport.nye} nye, {rapport.endrede} endret, {rapport.uendrede} som før.")
    return 0

"""`./bosett statistikk`: published figures of earlier years in, and what is published out."""

import argparse
import json
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bosett.statistikk.rules.tabeller import TABELLSLAG

if TYPE_CHECKING:
    from bosett.statistikk.services import Importsvar

    Kommandoer = argparse._SubParsersAction[argparse.ArgumentParser]

VIS_HOYST = 40


def registrer(kommandoer: "Kommandoer") -> None:
    statistikk = kommandoer.add_parser(
        "statistikk",
        help="les inn og vis publiserte tall",
        description="Publiserte tall om anmodning, vedtak og bosetting.",
    )
    valg = statistikk.add_subparsers(
        title="kommandoer", metavar="KOMMANDO", required=True, dest="statistikk_kommando"
    )

    inn = valg.add_parser(
        "importer",
        help="les inn en tabell med tall fra tidligere år",
        description="Les inn en tabell med tall fra tidligere år. Spesialtegn blir tatt vare på som det de er, små tall om bosatte "
        "(1–4) blir ikke lagret, og samme fil to ganger endrer ingenting. En ny fil av samme slag erstatter den gamle, som blir "
        "liggende.",
        epilog="Slagene:\n" + "\n".join(f"  {slag.kode:<11}{slag.tittel}" for slag in TABELLSLAG.values())
        + "\n\nSvaret i kode: 0 når tabellen er inne, 1 når noe er feil (ingenting er lagret), 2 når kommandoen er skrevet feil.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    inn.add_argument("fil", type=Path, metavar="FIL", help="tabellen, CSV")
    inn.add_argument(
        "--slag",
        required=True,
        choices=list(TABELLSLAG),
        metavar="SLAG",
        help="hva slags tabell det er (se under)",
    )
    inn.add_argument(
        "--kontroll",
        type=Path,
        metavar="FIL",
        help="tabell med trykte summer å kontrollere mot, per år eller per fylke",
    )
    inn.add_argument(
        "--statusdato",
        type=date.fromisoformat,
        metavar="ÅÅÅÅ-MM-DD",
        help="dagen tallene beskriver, når filen er nyere enn slaget",
    )
    inn.add_argument("--json", action="store_true", help="skriv svaret som én linje JSON")
    inn.set_defaults(kjor=importer)

    runde = valg.add_parser(
        "publiser-runde",
        help="publiser tallene i en sendt runde",
        description="Publiser tallene i en sendt runde.",
    )
    runde.add_argument("runde", type=int, metavar="NUMMER", help="nummeret på runden i databasen")
    runde.set_defaults(kjor=publiser)


def importer(valg: argparse.Namespace) -> int:
    """One table in one transaction. Faults name row and column, and then nothing is stored."""
    start = time.perf_counter()
    from bosett.kilder.lesere.observasjoner import les_observasjoner  # noqa: PLC0415 - only this command pays for it
    from bosett.statistikk.rules.kontroll import les_trykte_summer  # noqa: PLC0415

    slag = TABELLSLAG[valg.slag]

    def si(tekst: str) -> None:
        print(f"{time.perf_counter() - start:5.1f} s  {tekst}", file=sys.stderr)

    si(f"Leser {valg.fil}")
    lest = les_observasjoner(valg.fil, slag.opphav(valg.statusdato))
    aar = {o.aar for o in lest.observasjoner}
    trykte = (
        les_trykte_summer(valg.kontroll, aar=aar.pop() if len(aar) == 1 else None) if valg.kontroll else None
    )
    from bosett.config import oppstart  # noqa: PLC0415 - reads the state folder

    with oppstart.server():
        oppstart.django()
        from bosett.aktor.kontekst import som, system  # noqa: PLC0415 - needs Django
        from bosett.statistikk.services import importer_historikk  # noqa: PLC0415

        with som(system("statistikk importer")) as aktor:
            svar = importer_historikk(
                aktor=aktor, lest=lest, slag=slag, trykte=trykte, statusdato=valg.statusdato, meld=si
            )
    _skriv(svar, time.perf_counter() - start, som_json=valg.json)
    return 0


def _skriv(svar: "Importsvar", sekunder: float, *, som_json: bool) -> None:
    pub = svar.publisering
    if som_json:
        data = {
            "utgave": pub.pk, "tittel": pub.tittel, "sha256": pub.avtrykk, "nytt": svar.nytt, "rader": svar.rader, "tall": svar.celler,
            "gjeldende": svar.gjeldende, "prikket": svar.prikket, "kontrollert": svar.kontrollert, "erstatter": svar.erstattet,
            "avvik": [vars(a) for a in svar.avvik], "uten_kommune": list(svar.uten_kommune), "sekunder": round(sekunder, 2),
        }  # fmt: skip
        print(json.dumps(data, ensure_ascii=False))
        return
    if not svar.nytt:
        print(f"Filen er allerede inne som utgave {pub.pk}. Ingenting er endret.")
        return
    print(f"Utgave {pub.pk}: {pub.tittel}")
    print(
        f"rader {svar.rader}, tall {svar.celler}, gjeldende {svar.gjeldende}, skjult av oss (1–4 bosatte) {svar.prikket}"
    )
    print(f"avtrykk sha256 {pub.avtrykk}")
    if svar.erstattet:
        print(f"Erstatter utgave {svar.erstattet}, som blir liggende.")
    if svar.kontrollert:
        print(f"Kontrollert mot {svar.kontrollert} trykte summer; {len(svar.avvik)} stemmer ikke.")
    for a in svar.avvik[:VIS_HOYST]:
        print(
            f"  {a.aar} {a.maal}, {a.fylke or 'landet'}: trykt {a.trykt}, vår sum {a.vaar}"
            + (f", {a.skjulte} skjulte" if a.skjulte else "")
        )
    if svar.uten_kommune:
        print(f"Numre uten kommune ({len(svar.uten_kommune)}): {', '.join(svar.uten_kommune)}")
    print(f"Tid: {sekunder:.1f} s".replace(".", ","))


def publiser(valg: argparse.Namespace) -> int:
    """Publish a sent round now, not by the job."""
    from bosett.config import oppstart  # noqa: PLC0415 - as above

    with oppstart.server():
        oppstart.django()
        from bosett.aktor.kontekst import som, system  # noqa: PLC0415
        from bosett.statistikk.services import publiser_runde  # noqa: PLC0415

        with som(system("statistikk publiser-runde")) as aktor:
            ny = publiser_runde(aktor=aktor, runde_id=valg.runde)
        print(f"Utgave {ny.pk}: {ny.tittel}")
    return 0

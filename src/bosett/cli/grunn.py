"""`./bosett grunn`: things that need neither database nor files."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from bosett.cli._argumenter import les_dato
from bosett.grunn import klokke
from bosett.grunn.feil import Ugyldig
from bosett.grunn.identnummer import kontroller
from bosett.grunn.ordliste import KILDER, SPRAAK, ordliste

if TYPE_CHECKING:
    Kommandoer = argparse._SubParsersAction[argparse.ArgumentParser]


def registrer(kommandoer: "Kommandoer") -> None:
    grunn = kommandoer.add_parser(
        "grunn", help="sjekk numre og slå opp ord", description="Sjekk numre og slå opp ord."
    )
    valg = grunn.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True, dest="grunn_kommando")

    sjekk = valg.add_parser(
        "sjekk-nummer",
        help="sjekk fødselsnummer, D-nummer, H-nummer, DUF-nummer og organisasjonsnummer",
        description="Sjekk om numre er riktig skrevet. Hvert svar er én linje JSON: nummer, type, gyldig, syntetisk, "
        "advarsler. Ingen registre blir spurt, og numrene blir ikke lagret.",
        epilog="Svaret i kode: 0 når alle er gyldige, 1 når minst ett er ugyldig, 2 når kommandoen er skrevet feil.",
    )
    sjekk.add_argument(
        "numre",
        nargs="+",
        metavar="NUMMER",
        help="numrene som skal sjekkes; sett anførselstegn rundt et nummer med mellomrom; «-» leser ett nummer per "
        "linje fra standard inn",
    )
    sjekk.add_argument(
        "--dato",
        type=les_dato,
        metavar="D",
        help="reglene på denne datoen, som 2026-11-21 eller 21.11.2026 (vanlig verdi: i dag); reglene for nye numre "
        "gjelder fra 1. januar 2032",
    )
    sjekk.set_defaults(kjor=sjekk_nummer)

    ord_ = valg.add_parser(
        "ord",
        help="slå opp et ord i ordlisten",
        description="Slå opp et ord på bokmål, nynorsk eller engelsk, og få forklaringen på alle tre.",
        epilog="Svaret i kode: 0 når ordet finnes, 1 når det ikke gjør det.",
    )
    ord_.add_argument("ord", nargs="+", metavar="ORD", help="ordet, også med mellomrom")
    ord_.set_defaults(kjor=slaa_opp_ord)


def sjekk_nummer(valg: argparse.Namespace) -> int:
    """One JSON line per number, in the order given. 1 when any is invalid."""
    dato: date = valg.dato or klokke.i_dag()
    antall = ugyldige = 0
    for nummer in _numre(valg.numre):
        resultat = kontroller(nummer, dato)
        print(json.dumps(asdict(resultat), ensure_ascii=False))
        antall += 1
        ugyldige += not resultat.gyldig
    if not antall:
        raise Ugyldig(
            kode="BRUK-INGEN-NUMRE",
            hva="Det kom ingen numre inn",
            gjor="Skriv minst ett nummer, eller send ett nummer per linje til «bosett grunn sjekk-nummer -»",
        )
    return 1 if ugyldige else 0


def slaa_opp_ord(valg: argparse.Namespace) -> int:
    """The word and its explanation in three languages, and why another word was opened than the one asked for."""
    treff = ordliste().slaa_opp(" ".join(valg.ord))
    if treff.hvorfor():
        print(f"{treff.hvorfor()}\n")
    for spraak, navn in zip(SPRAAK, ("bokmål", "nynorsk", "engelsk"), strict=True):
        print(f"{navn + ':':<9}{treff.oppslag.ord[spraak]}\n{'':9}{treff.oppslag.forklaring[spraak]}")
    print(f"kilde:   {'; '.join(KILDER[kilde] for kilde in treff.oppslag.kilde)}")
    return 0


def _numre(argumenter: Iterable[str]) -> Iterator[str]:
    for argument in argumenter:
        if argument == "-":
            yield from (linje for linje in map(str.strip, sys.stdin) if linje)
        else:
            yield argument

"""`./bosett vedtak`: the reservation check of decision texts on files, with neither database nor Django."""

import argparse
import csv
import io
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from bosett.cli._filer import innhold, lagre
from bosett.grunn.tallformat import prosent, tall
from bosett.kilder.feil import Cellefeil
from bosett.kilder.lesere.tabell import Tabell, les_tabell
from bosett.vedtak.rules import FORBEHOLD, GODTATT, USIKKER, Maaling, Svar, maal, sjekk_tekst
from bosett.vedtak.rules.typer import Utfall

if TYPE_CHECKING:
    Kommandoer = argparse._SubParsersAction[argparse.ArgumentParser]

SI_FRA_HVER = 500
KODER = "Svaret i kode: 0 når alle radene er sjekket, 1 når filen ikke kan leses, 2 når kommandoen er skrevet feil."


def registrer(kommandoer: "Kommandoer") -> None:
    rom = kommandoer.add_parser("vedtak", help="sjekk kommunale vedtak for forbehold")
    under = rom.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True, dest="underkommando")
    sjekk = under.add_parser(
        "sjekk-tekst",
        help="sjekk om vedtakstekster har forbehold",
        description="Sjekker hver vedtakstekst i en tabell, på bokmål eller nynorsk. Svaret er godtatt, forbehold eller usikker, "
        "med ordene som er funnet, regelen de bryter, og et forslag til ny ordlyd. Bruker ingen database. Reglene står i "
        "docs/forbehold.md.",
        epilog="Eksempel: ./bosett vedtak sjekk-tekst --inn vedtak.csv --ut svar.csv. Filen inn må ha kolonnen «tekst» (UTF-8, "
        "komma eller semikolon). Filen ut har kolonnene tekst, utfall, kode og funn. Funn er en liste i JSON: ord, fra, til, "
        f"kode, kategori, regel, kilde og forslag. {KODER}",
    )
    sjekk.add_argument("--inn", required=True, metavar="FIL.csv", help="tabell med kolonnen «tekst»")
    sjekk.add_argument(
        "--ut", required=True, metavar="FIL.csv", help="filen svarene skrives til, eller - for skjermen"
    )
    sjekk.set_defaults(kjor=kjor_sjekk)
    maal_ = under.add_parser(
        "maal",
        help="mål hvor ofte sjekken har rett",
        description="Sjekker tekster der svaret er kjent (kolonnen «fasit»: godtatt, forbehold eller usikker), og viser presisjon, "
        "gjenfinning og hva som ble forvekslet. Bruker ingen database.",
        epilog=f"Eksempel: ./bosett vedtak maal --inn tests/vedtak/tekster/utvikling.csv --feil feil.csv. {KODER}",
    )
    maal_.add_argument(
        "--inn", required=True, metavar="FIL.csv", help="tabell med kolonnene «tekst» og «fasit»"
    )
    maal_.add_argument("--feil", metavar="FIL.csv", help="skriv tekstene som fikk feil svar")
    maal_.set_defaults(kjor=kjor_maal)


def kjor_sjekk(valg: argparse.Namespace) -> int:
    """One row out for each row in, in the same order. Raises BosettFeil; nothing is written unless everything went well."""
    tabell = les_tabell(innhold(valg.inn), Path(valg.inn).name)
    plass = _kolonne(tabell, "tekst")
    tabell.slutt()
    antall = dict.fromkeys(get_args(Utfall), 0)
    fil = io.StringIO(newline="")
    skriver = csv.writer(fil, lineterminator="\n")
    skriver.writerow(["tekst", "utfall", "kode", "funn"])
    for tekst, svar in _svar([celler[plass] for _, celler in tabell.rader]):
        antall[svar.utfall] += 1
        # The text stands as it was handed in, also when it begins like a formula: it is read back by other programs.
        skriver.writerow([tekst, svar.utfall, svar.kode, _funn(svar)])
    if valg.ut == "-":
        sys.stdout.write(fil.getvalue())
    else:
        lagre(valg.ut, fil.getvalue())
    _si(
        f"{tall(len(tabell.rader))} tekster: {tall(antall[GODTATT])} godtatt, {tall(antall[FORBEHOLD])} med forbehold, "
        f"{tall(antall[USIKKER])} usikre."
    )
    if valg.ut != "-":
        _si(f"Skrev {valg.ut}.")
    return 0


def kjor_maal(valg: argparse.Namespace) -> int:
    """Shares and the table of mix-ups, in all and by the columns `kategori` and `maalform` where they exist."""
    tabell = les_tabell(innhold(valg.inn), Path(valg.inn).name)
    plass, fasitplass = _kolonne(tabell, "tekst"), _kolonne(tabell, "fasit")
    for linje, celler in tabell.rader:
        if celler[fasitplass] not in get_args(Utfall):
            tabell.feil.append(
                Cellefeil(linje, "fasit", celler[fasitplass], "skal være godtatt, forbehold eller usikker")
            )
    tabell.slutt()
    svar = [s for _, s in _svar([celler[plass] for _, celler in tabell.rader])]
    par = [(cast(Utfall, celler[fasitplass]), s) for (_, celler), s in zip(tabell.rader, svar, strict=True)]
    _skriv(maal((f, s.utfall) for f, s in par))
    for navn in ("maalform", "kategori"):
        if tabell.har([navn]):
            _skriv_grupper(navn, [celler[tabell.plass(navn)] for _, celler in tabell.rader], par)
    if valg.feil:
        fil = io.StringIO(newline="")
        skriver = csv.writer(fil, lineterminator="\n")
        skriver.writerow(["tekst", "fasit", "utfall", "funn"])
        for (_, celler), (fasit, s) in zip(tabell.rader, par, strict=True):
            if s.utfall != fasit:
                skriver.writerow([celler[plass], fasit, s.utfall, _funn(s)])
        lagre(valg.feil, fil.getvalue())
    return 0


def _kolonne(tabell: Tabell, navn: str) -> int:
    """The place of a column, also when its name is written with capitals. Raises Lesefeil."""
    for plass, kolonne in enumerate(tabell.kolonner):
        if kolonne.casefold() == navn:
            return plass
    tabell.krev([navn])
    raise AssertionError(navn)  # krev has raised


def _svar(tekster: Sequence[str]) -> Iterator[tuple[str, Svar]]:
    for nr, tekst in enumerate(tekster, 1):
        yield tekst, sjekk_tekst(tekst)
        if nr % SI_FRA_HVER == 0:
            _si(f"Sjekket {tall(nr)} av {tall(len(tekster))} …")


def _funn(svar: Svar) -> str:
    """The findings as compact JSON."""
    return json.dumps(
        [
            {
                "ord": f.ord,
                "fra": f.fra,
                "til": f.til,
                "kode": f.kode,
                "kategori": f.kategori,
                "regel": f.regel,
                "kilde": f.kilde,
                "forslag": list(svar.forslag),
            }
            for f in svar.funn
        ],
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _skriv(m: Maaling) -> None:
    print(f"{'Fasit':<12}{'forbehold':>11}{'godtatt':>9}{'usikker':>9}{'gjenfunnet':>13}")
    for fasit in (FORBEHOLD, GODTATT, USIKKER):
        tall_ = "".join(f"{m.celle(fasit, u):>{b}}" for u, b in ((FORBEHOLD, 11), (GODTATT, 9), (USIKKER, 9)))
        print(f"{fasit:<12}{tall_}{_andel(m.gjenfinning(fasit)):>13}")
    print(f"Presisjon: forbehold {_andel(m.presisjon(FORBEHOLD))}, godtatt {_andel(m.presisjon(GODTATT))}")


def _skriv_grupper(navn: str, grupper: Sequence[str], par: Sequence[tuple[Utfall, Svar]]) -> None:
    rett: dict[str, list[bool]] = defaultdict(list)
    for gruppe, (fasit, svar) in zip(grupper, par, strict=True):
        rett[gruppe].append(svar.utfall == fasit)
    print(f"\n{navn:<16}{'rett':>6}{'av':>6}")
    for gruppe in sorted(rett):
        print(f"{gruppe or '(tom)':<16}{sum(rett[gruppe]):>6}{len(rett[gruppe]):>6}")


def _andel(andel: float | None) -> str:
    return "–" if andel is None else prosent(andel * 100, 1)


def _si(tekst: str) -> None:
    print(tekst, file=sys.stderr)

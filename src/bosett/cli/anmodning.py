"""`./bosett anmodning`: the request key on files, with neither database nor Django."""

import argparse
import csv
import io
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bosett.anmodning.rules import Parametre, Resultat, Variant, beregn, hent, med_vekter
from bosett.anmodning.rules.kriteriesett import Kriteriesett
from bosett.anmodning.rules.samsvar import STANDARD, Samsvar, hent_samsvar, les_samsvar, les_yaml
from bosett.anmodning.rules.tabell import les_grunnlag
from bosett.cli._filer import innhold, lagre
from bosett.grunn.feil import Ugyldig
from bosett.grunn.tallformat import prosent, tall

if TYPE_CHECKING:
    Kommandoer = argparse._SubParsersAction[argparse.ArgumentParser]


def registrer(kommandoer: "Kommandoer") -> None:
    rom = kommandoer.add_parser("anmodning", help="fordel behovet mellom kommunene")
    under = rom.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True, dest="underkommando")
    beregn_ = under.add_parser(
        "beregn",
        help="regn ut anmodningstall fra en tabell",
        description="Fordeler behovet mellom kommunene i en tabell, og viser hvordan hvert tall blir til. "
        "Bruker ingen database. Metoden står i docs/slik-beregner-vi.md.",
        epilog="Eksempel: ./bosett anmodning beregn --grunnlag kommuner.csv --kriterier 2022 --behov 5500 "
        "--em 141 --ut tall.csv",
    )
    valg = beregn_.add_argument
    valg("--grunnlag", required=True, metavar="FIL.csv", help="tabell med én rad per kommune")
    valg("--kriterier", required=True, type=int, metavar="AAR", help="året kriteriene gjelder for, som 2022")
    valg("--behov", required=True, type=int, metavar="TALL", help="plasser landet trenger, i alt")
    valg("--em", type=int, default=0, metavar="TALL", help="av dem enslige mindreårige (0)")
    valg("--ut", required=True, metavar="FIL.csv", help="filen tallene skrives til, eller - for skjermen")
    valg("--json", metavar="FIL.json", help="skriv også hele resultatet med forklaringer")
    valg("--kolonner", metavar="FIL.yaml", help=f"hvilke kolonner tabellen har ({STANDARD})")
    valg("--vekter", metavar="FIL.yaml", help="egne vekter, én linje per kriterium: «arbeid: 0.25»")
    valg("--aar", type=int, metavar="AAR", help="året anmodningen gjelder, til tekstene")
    valg("--kappa", type=_desimal, metavar="TALL", help="hvor sterkt kriteriene virker, 0 er bare folketall")
    valg("--minimum", type=int, metavar="TALL", help="det laveste tallet en kommune kan få")
    valg("--begrunnelse", default="", metavar="TEKST", help="hvorfor det laveste tallet er satt ned")
    valg("--em-minimum", type=int, metavar="TALL", help="det laveste tallet for enslige mindreårige")
    valg("--tak-per-1000", type=_desimal, metavar="TALL", help="tak for alle, per 1 000 innbyggere")
    valg(
        "--spredning-fylke",
        type=_desimal,
        metavar="ANDEL",
        help="del av folketallsandelen hvert fylke minst får",
    )
    valg("--spredning-storrelse", type=_desimal, metavar="ANDEL", help="det samme for hver størrelsesgruppe")
    beregn_.set_defaults(kjor=kjor_beregn)


def kjor_beregn(valg: argparse.Namespace) -> int:
    """Reads, computes and writes. Raises BosettFeil; nothing is written unless everything went well."""
    sett = hent(valg.kriterier)
    samsvar = _samsvar(valg.kolonner)
    variant = _variant(sett, valg.vekter)
    _si(f"Leser {valg.grunnlag} …")
    grunnlag = les_grunnlag(innhold(valg.grunnlag), samsvar, Path(valg.grunnlag).name)
    _si(f"Fordeler {tall(valg.behov)} plasser mellom {tall(len(grunnlag.kommuner))} kommuner …")
    resultat = beregn(grunnlag, _parametre(valg, sett, variant))
    if valg.ut == "-":
        _skriv_csv(resultat, sys.stdout)
    else:
        lagre(valg.ut, _csv(resultat))
    if valg.json:
        lagre(valg.json, json.dumps(resultat.som_json(), ensure_ascii=False, indent=1) + "\n")
    _oppsummer(resultat, valg.ut)
    return 0


def _parametre(valg: argparse.Namespace, sett: Kriteriesett, variant: Variant | None) -> Parametre:
    return Parametre(
        behov=valg.behov,
        kriteriesett=sett,
        em=valg.em,
        aar=valg.aar,
        variant=variant,
        kappa=valg.kappa,
        minimum=valg.minimum,
        minimum_begrunnelse=valg.begrunnelse,
        em_minimum=valg.em_minimum,
        tak_per_1000=valg.tak_per_1000,
        spredning_fylke=valg.spredning_fylke,
        spredning_storrelse=valg.spredning_storrelse,
    )


def _samsvar(fil: str | None) -> Samsvar:
    return les_samsvar(_tekst(fil), Path(fil).name) if fil else hent_samsvar()


def _variant(sett: Kriteriesett, fil: str | None) -> Variant | None:
    """Own weights: criterion to number, either on top of the file or under `vekter`."""
    if not fil:
        return None
    raa = les_yaml(_tekst(fil), Path(fil).name)
    vekter = raa.get("vekter", raa)
    if not isinstance(vekter, Mapping):
        vekter = {}
    for kriterium, vekt in vekter.items():
        if isinstance(vekt, bool) or not isinstance(vekt, (int, float)):
            raise Ugyldig(
                kode="anmodning.vekter_ugyldige",
                hva=f"{Path(fil).name}: vekten for «{kriterium}» er ikke et tall ({vekt}).",
                gjor="Skriv tallet med punktum, for eksempel 0.25.",
            )
    return med_vekter(sett, sett.standardvariant, {str(k): float(v) for k, v in vekter.items()})


def _skriv_csv(resultat: Resultat, fil: IO[str]) -> None:
    """One row per municipality. The `bidrag_` columns add up to `antall` exactly."""
    skriver = csv.writer(fil, lineterminator="\n")
    ledd = [rad.id for rad in resultat.rader[0].bidrag]
    topp = ["kommunenummer", "kommune", "antall", "em", *(f"bidrag_{id_}" for id_ in ledd)]
    skriver.writerow([*topp, "grunn", "forklaring"])
    for rad in resultat.rader:
        bidrag = [format(ett.verdi, "f") for ett in rad.bidrag]
        tekst = _trygg(f"{rad.svar.nb} {rad.forklaring.nb}")
        skriver.writerow([rad.kommunenummer, _trygg(rad.navn), rad.antall, rad.em, *bidrag, rad.grunn, tekst])


def _csv(resultat: Resultat) -> str:
    fil = io.StringIO(newline="")
    _skriv_csv(resultat, fil)
    return fil.getvalue()


def _trygg(tekst: str) -> str:
    """A spreadsheet runs a cell that begins like a formula; an apostrophe stops it."""
    return f"'{tekst}" if tekst.startswith(("=", "+", "-", "@", "\t", "\r")) else tekst


def _tekst(fil: str) -> str:
    try:
        return innhold(fil).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Ugyldig(
            kode="anmodning.tegnsett",
            hva=f"{fil} er ikke lagret som UTF-8.",
            gjor="Lagre filen på nytt som UTF-8.",
        ) from None


def _oppsummer(resultat: Resultat, ut: str) -> None:
    kontroll = resultat.kontroll60
    faktisk = "kan ikke regnes ut" if kontroll.faktisk is None else prosent(kontroll.faktisk * 100, 1)
    _si(
        f"{tall(resultat.sum_antall)} plasser, av dem {tall(resultat.sum_em)} enslige mindreårige. "
        f"{tall(resultat.spurt)} av {tall(len(resultat.rader))} kommuner blir spurt."
    )
    _si(
        f"Det første trinnet: satt vekt {prosent(kontroll.satt * 100, 1)}, faktisk vekt {faktisk} "
        f"(krav {prosent(kontroll.krav * 100, 0)})."
    )
    for gruppe in resultat.spredning:
        if gruppe.faktor > 1:
            _si(f"Spredning: {gruppe.navn.nb} er løftet med faktor {tall(gruppe.faktor)}.")
    for varsel in resultat.varsler:
        _si(f"Merk: {varsel.nb}")
    _si(f"Avtrykk av alt som er brukt: {resultat.avtrykk}")
    if ut != "-":
        _si(f"Skrev {ut}.")


def _desimal(tekst: str) -> float:
    """A number with a decimal point or comma."""
    try:
        return float(tekst.replace(",", "."))
    except ValueError:
        raise argparse.ArgumentTypeError(f"«{tekst}» er ikke et tall. Skriv for eksempel 0,5") from None


def _si(tekst: str) -> None:
    print(tekst, file=sys.stderr)

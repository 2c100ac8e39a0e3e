"""`./bosett importer`: public registers and figures into the database. Each import is one act in the ledger, or nothing."""

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bosett.cli._argumenter import les_dato
from bosett.grunn import klokke

if TYPE_CHECKING:
    from bosett.aktor.kontekst import Aktor
    from bosett.geografi.rapport import Importrapport

    Kommandoer = argparse._SubParsersAction[argparse.ArgumentParser]
    Import = Callable[[argparse.Namespace, Aktor], Importrapport]

VIS_HOYST = 20
DATA = Path(__file__).resolve().parents[3] / "data"


def registrer(kommandoer: "Kommandoer") -> None:
    importer = kommandoer.add_parser(
        "importer",
        help="les inn kommuner, kommuneendringer, folketall og kriterietall",
        description="Les inn offentlige registre og tall. Hver kommando skriver hva som ble endret, hvilke numre som ikke fant "
        "noen kommune, og filens avtrykk. Samme fil to ganger endrer ingenting. Feil navngir rad og kolonne, og da "
        "blir ingenting lagret.",
        epilog="Svaret i kode: 0 når alt er lest inn, 1 når filen eller svaret har feil, 2 når kommandoen er skrevet feil.",
    )
    valg = importer.add_subparsers(
        title="kommandoer", metavar="KOMMANDO", required=True, dest="import_kommando"
    )

    grunnlag = _ny(
        valg, "grunnlag", "kommuner, fylker, språkvedtak og avrundet folketall fra mappen data", _grunnlag
    )
    grunnlag.add_argument(
        "--kommuner", type=Path, default=DATA / "kommuner.csv", metavar="FIL", help="kommunefil"
    )
    grunnlag.add_argument("--fylker", type=Path, default=DATA / "fylker.csv", metavar="FIL", help="fylkesfil")

    _med_fil(valg, "kommuneendringer", "endringslisten i SSB KLASS 131 (JSON eller CSV)", _kommuneendringer)
    _med_fil(valg, "folketall", "folketall per kommune og år (CSV)", _folketall)
    _med_fil(valg, "kriteriegrunnlag", "kriterietall, én rad per kommune (CSV)", _kriteriegrunnlag)
    _med_fil(
        valg,
        "brovekter",
        "andeler når kommuner er delt: gammelt nummer, nytt nummer, andel (CSV)",
        _brovekter,
    )
    regioner = _med_fil(
        valg, "regioner", "IMDi-regioner: region og kommunenummer eller fylkesnummer (CSV)", _regioner
    )
    regioner.add_argument("--fra", type=les_dato, metavar="D", help="første dag, når filen ikke har datoer")

    klass = _ny(valg, "ssb-klass", "endringsliste og dagens koder direkte fra SSB", _ssb_klass)
    _nett(klass)
    klass.add_argument(
        "--fra",
        type=les_dato,
        default=date(1990, 1, 1),
        metavar="D",
        help="endringer fra denne dagen (1990)",
    )
    folk = _ny(valg, "ssb-folketall", "folketall direkte fra SSB (tabell 07459)", _ssb_folketall)
    _nett(folk)
    folk.add_argument("--aar", type=int, nargs="+", metavar="ÅR", help="hvilke år (vanlig verdi: i år)")

    sjekk = valg.add_parser(
        "sjekk",
        help="se hva en tabell med bosettingstall inneholder, uten å lagre",
        description="Les en tabell med bosettingstall og skriv hva den er og hva cellene sier. Trenger ingen database.",
    )
    sjekk.add_argument("fil", type=Path, metavar="FIL", help="tabellen (CSV)")
    sjekk.add_argument("--aar", type=int, metavar="ÅR", help="året, når tabellen ikke har det")
    sjekk.set_defaults(kjor=_sjekk)


# -- the imports ----------------------------------------------------------------------------------------------------
# The rooms are imported inside the functions: a command that only reads a file must not pay for Django.


def _grunnlag(valg: argparse.Namespace, aktor: "Aktor") -> "Importrapport":
    from bosett.geografi.services import last_grunnlag  # noqa: PLC0415 - needs Django

    return last_grunnlag(aktor=aktor, kommuner_csv=valg.kommuner, fylker_csv=valg.fylker)


def _kommuneendringer(valg: argparse.Namespace, aktor: "Aktor") -> "Importrapport":
    from bosett.geografi.services import importer_kommuneendringer  # noqa: PLC0415 - needs Django
    from bosett.kilder.lesere.klass import les_endringer  # noqa: PLC0415

    endringer = les_endringer(valg.fil)
    kilde = valg.kilde or "SSB KLASS 131, endringer"
    return importer_kommuneendringer(aktor=aktor, endringer=endringer, kilde=kilde, sha256=_avtrykk(valg.fil))


def _folketall(valg: argparse.Namespace, aktor: "Aktor") -> "Importrapport":
    from bosett.geografi.services import importer_folketall  # noqa: PLC0415 - needs Django
    from bosett.kilder.lesere.folketall import les_folketall  # noqa: PLC0415
    from bosett.kilder.tall import Opphav  # noqa: PLC0415

    opphav = Opphav(valg.kilde or f"SSB 07459 ({valg.fil.name})", valg.lisens or "CC BY 4.0")
    return importer_folketall(aktor=aktor, folketall=les_folketall(valg.fil, opphav), kilde=opphav.kilde)


def _kriteriegrunnlag(valg: argparse.Namespace, aktor: "Aktor") -> "Importrapport":
    from bosett.geografi.services import importer_kriterier  # noqa: PLC0415 - needs Django
    from bosett.kilder.lesere.kriterier import les_kriterier  # noqa: PLC0415
    from bosett.kilder.tall import Opphav  # noqa: PLC0415

    opphav = Opphav(valg.kilde or f"Kriteriegrunnlag ({valg.fil.name})", valg.lisens or "ikke oppgitt")
    return importer_kriterier(aktor=aktor, tabell=les_kriterier(valg.fil, opphav), kilde=opphav.kilde)


def _brovekter(valg: argparse.Namespace, aktor: "Aktor") -> "Importrapport":
    from bosett.geografi.services import importer_brovekter  # noqa: PLC0415 - needs Django
    from bosett.kilder.lesere.brovekter import les_brovekter  # noqa: PLC0415

    vekter, avtrykk = les_brovekter(valg.fil)
    return importer_brovekter(aktor=aktor, vekter=vekter, kilde=valg.kilde or valg.fil.name, sha256=avtrykk)


def _regioner(valg: argparse.Namespace, aktor: "Aktor") -> "Importrapport":
    from bosett.geografi.services import importer_regioner  # noqa: PLC0415 - needs Django
    from bosett.kilder.lesere.tabell import les_tabell  # noqa: PLC0415

    kilde = valg.kilde or valg.fil.name
    return importer_regioner(aktor=aktor, tabell=les_tabell(valg.fil), kilde=kilde, gjelder_fra=valg.fra)


def _ssb_klass(valg: argparse.Namespace, aktor: "Aktor") -> "Importrapport":
    from bosett.geografi.services import importer_kommuneendringer  # noqa: PLC0415 - needs Django
    from bosett.kilder import ssb  # noqa: PLC0415

    endringer, svar = ssb.hent_endringer(valg.fra, base=valg.url, frist=valg.frist)
    koder, _ = ssb.hent_koder(klokke.i_dag(), base=valg.url, frist=valg.frist)
    return importer_kommuneendringer(
        aktor=aktor, endringer=endringer, koder=koder, kilde="SSB KLASS 131, endringer", sha256=svar.sha256
    )


def _ssb_folketall(valg: argparse.Namespace, aktor: "Aktor") -> "Importrapport":
    from bosett.geografi.services import importer_folketall  # noqa: PLC0415 - needs Django
    from bosett.kilder import ssb  # noqa: PLC0415
    from bosett.kilder.lesere.folketall import folketall_fra_kube  # noqa: PLC0415
    from bosett.kilder.tall import Opphav  # noqa: PLC0415

    tid = [str(aar) for aar in valg.aar or [klokke.i_dag().year]]
    utvalg = {"Region": ["*"], "Tid": tid, "ContentsCode": ["Personer1"]}
    kube, svar = ssb.hent_tabell(ssb.FOLKETALLSTABELL, utvalg, base=valg.url, frist=valg.frist)
    opphav = Opphav(f"SSB {ssb.FOLKETALLSTABELL}", ssb.LISENS, publisert=_dag(kube.oppdatert))
    return importer_folketall(
        aktor=aktor, folketall=folketall_fra_kube(kube, opphav, svar.sha256), kilde=opphav.kilde
    )


def _sjekk(valg: argparse.Namespace) -> int:
    """Form, size and what the cells say; 0 when the table can be read."""
    from bosett.kilder.lesere.observasjoner import les_observasjoner  # noqa: PLC0415 - as the others
    from bosett.kilder.tall import Opphav  # noqa: PLC0415

    lest = les_observasjoner(valg.fil, Opphav(valg.fil.name), aar=valg.aar)
    print(f"{lest.fil}: {lest.form.tittel} ({lest.form.navn})")
    print(f"rader {lest.rader}, celler {len(lest.observasjoner)}, avtrykk sha256 {lest.sha256}")
    for (storrelse, tilstand), antall in sorted(
        Counter((o.storrelse, o.tall.tilstand.value) for o in lest.observasjoner).items()
    ):
        print(f"  {storrelse:<24}{tilstand:<14}{antall:>7}")
    if lest.ubrukte_kolonner:
        print(f"kolonner som ikke er lest: {', '.join(lest.ubrukte_kolonner)}")
    return 0


# -- running and telling --------------------------------------------------------------------------------------------


def _kjor(valg: argparse.Namespace, importen: "Import") -> int:
    """Run one import in one transaction, with its act in the ledger when it changed something, and tell what happened."""
    from bosett.config import oppstart  # noqa: PLC0415 - reads the state folder

    with oppstart.server():
        oppstart.django()
        from bosett.aktor.kontekst import som, system  # noqa: PLC0415 - needs Django
        from bosett.geografi.states import IMPORTER  # noqa: PLC0415
        from bosett.spor.services import registrer as skriv_i_spor  # noqa: PLC0415
        from bosett.tilgang.services import nytt_subjekt  # noqa: PLC0415

        with som(system(f"importer {valg.import_kommando}")) as aktor:
            rapport = importen(valg, aktor)
            if rapport.endret_noe:
                subjekt = nytt_subjekt(slag="import")
                skriv_i_spor(
                    aktor=aktor, handling=IMPORTER.kode, subjekt_id=subjekt.pk, data=rapport.som_dict()
                )
    _skriv(rapport, som_json=valg.json)
    return 0


def _skriv(rapport: "Importrapport", *, som_json: bool) -> None:
    if som_json:
        print(json.dumps(rapport.som_dict() | {"advarsler": rapport.advarsler}, ensure_ascii=False))
        return
    print(
        f"{rapport.hva}: lest {rapport.lest}, nye {rapport.nye}, endret {rapport.endret}, "
        f"uendret {rapport.uendret}, fjernet {rapport.fjernet}"
    )
    if rapport.sha256:
        print(f"avtrykk sha256 {rapport.sha256}")
    if not rapport.endret_noe:
        print("Ingenting er endret.")
    uten = sorted(set(rapport.uten_bro))
    if uten:
        print(f"Numre uten kommune ({len(uten)}): {', '.join(uten)}")
    for advarsel in rapport.advarsler[:VIS_HOYST]:
        print(f"Merk: {advarsel}", file=sys.stderr)
    if len(rapport.advarsler) > VIS_HOYST:
        print(f"Merk: … og {len(rapport.advarsler) - VIS_HOYST} til (se --json)", file=sys.stderr)


def _ny(valg: "Kommandoer", navn: str, hjelp: str, importen: "Import") -> argparse.ArgumentParser:
    parser = valg.add_parser(navn, help=hjelp, description=f"Les inn {hjelp}.")
    parser.add_argument("--json", action="store_true", help="skriv svaret som én linje JSON")
    parser.set_defaults(kjor=lambda v: _kjor(v, importen))
    return parser


def _med_fil(valg: "Kommandoer", navn: str, hjelp: str, importen: "Import") -> argparse.ArgumentParser:
    parser = _ny(valg, navn, hjelp, importen)
    parser.add_argument("fil", type=Path, metavar="FIL", help="filen som skal leses")
    parser.add_argument("--kilde", default="", help="hvem tallene er fra")
    parser.add_argument("--lisens", default="", help="lisensen de er gitt under")
    return parser


def _nett(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--url", default="", help="adressen til SSBs API (vanlig verdi: BOSETT_SSB_URL, ellers data.ssb.no)"
    )
    parser.add_argument(
        "--frist", type=float, default=30.0, metavar="S", help="sekunder å vente på svar (30)"
    )


def _avtrykk(fil: Path) -> str:
    return hashlib.sha256(fil.read_bytes()).hexdigest()


def _dag(tekst: str) -> date | None:
    try:
        return date.fromisoformat(tekst[:10])
    except ValueError:
        return None

"""`./bosett behov`: the advisory forecast on files, with neither database nor Django."""

import argparse
import csv
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bosett.cli._filer import innhold, lagre
from bosett.grunn.tallformat import prosent, tall

if TYPE_CHECKING:
    from bosett.behov.rules.prove import Prove
    from bosett.behov.rules.rapport import Rapport
    from bosett.behov.rules.tidsserie import Maanedsserie

    Kommandoer = argparse._SubParsersAction[argparse.ArgumentParser]

RAADGIVENDE = "Rådgivende. Dette er ikke behovet. Utvalget fastsetter behovet."
SCENARIOER = ("sterk-okning", "sterk-nedgang")


def registrer(kommandoer: "Kommandoer") -> None:
    rom = kommandoer.add_parser("behov", help="framskriv søknader og behov, rådgivende")
    under = rom.add_subparsers(title="kommandoer", metavar="KOMMANDO", required=True, dest="underkommando")
    framskriv = under.add_parser(
        "framskriv",
        help="fra søknader til et rådgivende anslag for et år",
        description="Framskriver asylsøknader måned for måned, og regner om til personer med tillatelse og et anslag for "
        f"året, alltid med intervall. {RAADGIVENDE} Bruker ingen database. Metoden står i docs/prognose.md.",
        epilog="Eksempel: ./bosett behov framskriv --soknader soknader.csv --vedtak vedtak.csv --kvote 500 --aar 2027 "
        '--forsinkelse "3=0,4 6=0,6" --forsinkelse-kilde "Notat om ventetid" --ut framskriving.csv. '
        "Svaret i kode: 0 når alt er regnet ut, 1 når behovet mangler opplysninger, 2 når kommandoen er skrevet feil.",
    )
    _soknader(framskriv)
    valg = framskriv.add_argument
    valg("--vedtak", required=True, metavar="FIL.csv", help="kvartal, vedtak_i_alt, innvilget_i_alt")
    valg("--kvote", required=True, type=int, metavar="TALL", help="overføringsflyktninger i året")
    valg("--aar", required=True, type=int, metavar="AAR", help="året anslaget gjelder")
    valg("--forsinkelse", default="", metavar="TEKST", help="måneder fra søknad til tillatelse og andel, som «3=0,4 6=0,6»; "
         "uten den blir behovet stående tomt")  # fmt: skip
    valg("--forsinkelse-kilde", default="", metavar="TEKST", help="hvor ventetiden står")
    valg("--referansekvartaler", type=int, default=8, metavar="TALL", help="kvartaler andelen regnes av (8)")
    valg("--scenario", nargs="+", default=(), choices=SCENARIOER, metavar="NAVN", help=f"vis også {' eller '.join(SCENARIOER)}")  # fmt: skip
    framskriv.set_defaults(kjor=kjor_framskriv)
    maal = under.add_parser(
        "maal",
        help="hvor mye framskrivingen har bommet, 1 til 12 måneder fram",
        description="Framskriver fra hver måned i tabellen med bare det som var kjent da, og måler feilen. Ingen måned er "
        "tatt ut. Bruker ingen database.",
        epilog="Eksempel: ./bosett behov maal --soknader soknader.csv --ut feil.csv --utenfor utenfor.csv",
    )
    _soknader(maal)
    maal.add_argument(
        "--utenfor", metavar="FIL.csv", help="skriv også månedene utenfor 95-prosentintervallet"
    )
    maal.set_defaults(kjor=kjor_maal)


def _soknader(kommando: argparse.ArgumentParser) -> None:
    valg = kommando.add_argument
    valg("--soknader", required=True, metavar="FIL.csv", help="maaned, antall; én rad per måned, uten hull")
    valg("--statsborgerskap", default="TOTAL", metavar="KODE", help="hvilken serie i tabellen (TOTAL)")
    valg("--soknadstype", default="ASY_APP", metavar="KODE", help="ASY_APP alle søknader, NASY_APP første (ASY_APP)")  # fmt: skip
    valg(
        "--fro",
        type=int,
        default=20,
        metavar="TALL",
        help="frø for trekningen; samme frø gir samme svar (20)",
    )
    valg("--ut", required=True, metavar="FIL.csv", help="filen tallene skrives til, eller - for skjermen")


def kjor_framskriv(valg: argparse.Namespace) -> int:
    """Reads, computes and writes. 1 when the need could not be computed. Raises BosettFeil; then nothing is written."""
    # NumPy takes a tenth of a second and the model a second and a half; the other commands and --help must not wait for them.
    from bosett.behov.rules import rapport as rapporter  # noqa: PLC0415
    from bosett.behov.rules.behovsregning import les_forsinkelse  # noqa: PLC0415
    from bosett.behov.rules.tidsserie import les_vedtak, maanedstekst  # noqa: PLC0415

    forsinkelse = les_forsinkelse(valg.forsinkelse, valg.forsinkelse_kilde)
    serie = _les_soknader(valg)
    vedtaksfil = Path(valg.vedtak).name
    vedtak = les_vedtak(_les(valg.vedtak), vedtaksfil)
    _si(f"Framskriver fra {maanedstekst(serie.siste)} til {valg.aar}-12 …")
    rapport = rapporter.framskriv(
        serie,
        vedtak,
        vedtaksfil,
        kvote=valg.kvote,
        aar=valg.aar,
        forsinkelse=forsinkelse,
        scenarioer=valg.scenario,
        kvartaler=valg.referansekvartaler,
        fro=valg.fro,
    )
    _skriv(valg.ut, rapporter.KOLONNER, map(rapporter.som_celler, rapport.rader))
    _oppsummer(rapport)
    return 0 if forsinkelse else 1


def kjor_maal(valg: argparse.Namespace) -> int:
    """Rolls the origin through the table and writes the error by horizon. Raises BosettFeil; then nothing is written."""
    from bosett.behov.rules.prove import prov  # noqa: PLC0415 - see kjor_framskriv
    from bosett.behov.rules.tidsserie import maanedstekst  # noqa: PLC0415

    serie = _les_soknader(valg)

    def framdrift(ferdig: int, alle: int) -> None:
        if ferdig % 12 == 0:
            _si(f"Prøver fra måned {ferdig + 1} av {alle} …")

    prove = prov(serie, fro=valg.fro, framdrift=framdrift)
    _skriv(
        valg.ut,
        ("metode", "horisont", "antall", "mae", "mase", "dekning80", "dekning95"),
        (
            (rad.metode, rad.horisont, rad.antall, *(f"{t:.3f}" for t in (rad.mae, rad.mase, rad.dekning80, rad.dekning95)))
            for rad in prove.feil
        ),
    )  # fmt: skip
    if valg.utenfor:
        _skriv(
            valg.utenfor,
            ("metode", "horisont", "maaned", "faktisk", "punkt", "lav95", "hoy95"),
            (
                (u.metode, u.horisont, maanedstekst(u.maaned), u.faktisk, u.anslag.punkt, u.anslag.lav95, u.anslag.hoy95)
                for u in prove.utenfor
            ),
        )  # fmt: skip
    _oppsummer_prove(prove)
    return 0


def _les(fil: str) -> bytes:
    _si(f"Leser {fil} …")
    return innhold(fil)


def _les_soknader(valg: argparse.Namespace) -> "Maanedsserie":
    from bosett.behov.rules.tidsserie import UTVALG, les_soknader  # noqa: PLC0415 - see kjor_framskriv

    utvalg = {**UTVALG, "statsborgerskap": valg.statsborgerskap, "soknadstype": valg.soknadstype}
    return les_soknader(_les(valg.soknader), Path(valg.soknader).name, utvalg)


def _skriv(fil: str, kolonner: Sequence[str], rader: Iterable[Sequence[object]]) -> None:
    tekst = io.StringIO(newline="")
    skriver = csv.writer(tekst, lineterminator="\n")
    skriver.writerow(kolonner)
    skriver.writerows(rader)
    if fil == "-":
        sys.stdout.write(tekst.getvalue())
    else:
        lagre(fil, tekst.getvalue())
        _si(f"Skrev {fil}.")


def _oppsummer(rapport: "Rapport") -> None:
    andel, aar = rapport.andel, rapport.aar
    _si(
        f"Får opphold: {prosent(andel.andel * 100, 0)} av vedtakene {andel.periode} "
        f"(fra {prosent(andel.lavest * 100, 0)} til {prosent(andel.hoyest * 100, 0)} i ett kvartal)."
    )
    for rad in rapport.for_aaret():
        if navn := {"soknader": "søknader", "behov": "anslag for behovet"}.get(rad.storrelse):
            a = rad.anslag
            svar = (
                f"{tall(a.punkt)} (80 %: {tall(a.lav80)}–{tall(a.hoy80)}, 95 %: {tall(a.lav95)}–{tall(a.hoy95)})"
                if a
                else rad.merknad
            )
            _si(f"{rad.metode}, {navn} {aar}: {svar}")
    if rapport.forsinkelse:
        _si(f"Kilde for ventetiden: {rapport.forsinkelse.kilde}")
    else:
        _si('Gjør dette: Oppgi ventetiden med --forsinkelse "3=0,4 6=0,6" og --forsinkelse-kilde.')
    _si(f"Merk: {RAADGIVENDE}")


def _oppsummer_prove(prove: "Prove") -> None:
    from bosett.behov.rules.tidsserie import maanedstekst  # noqa: PLC0415 - see kjor_framskriv

    for metode in ("modell", "grunnlinje"):
        _si(f"{metode}: 95-prosentintervallet traff i {prosent(prove.dekning(metode) * 100, 0)} av prøvene.")
        for horisont in (1, 12):
            maaneder = ", ".join(maanedstekst(u.maaned) for u in prove.sett_fra(horisont, metode))
            _si(f"  Utenfor, sett {horisont} måned{'er' if horisont > 1 else ''} før: {maaneder or 'ingen'}.")


def _si(tekst: str) -> None:
    print(tekst, file=sys.stderr)

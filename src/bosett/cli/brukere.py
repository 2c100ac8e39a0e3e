"""`./bosett brukere`: the first user of a real installation, and the organisations."""

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from bosett.config import oppstart
from bosett.grunn.feil import Ugyldig

if TYPE_CHECKING:
    from bosett.aktor.models import Organisasjon

    Kommandoer = argparse._SubParsersAction[argparse.ArgumentParser]


def registrer(kommandoer: "Kommandoer") -> None:
    brukere = kommandoer.add_parser(
        "brukere", help="opprett brukere og organisasjoner", description="Opprett brukere og organisasjoner."
    )
    valg = brukere.add_subparsers(
        title="kommandoer", metavar="KOMMANDO", required=True, dest="brukerkommando"
    )

    opprett = valg.add_parser(
        "opprett",
        help="opprett en bruker med en rolle, for eksempel den første i en ny installasjon",
        description="Opprett en bruker med en rolle. Passordet spørres det om; uten terminal, eller med "
        "--engangspassord, skrives et engangspassord ut, og personen må bytte det ved første innlogging.",
    )
    opprett.add_argument("--navn", required=True, help="for- og etternavn")
    opprett.add_argument("--rolle", required=True, help="for eksempel imdi_admin eller kommune_admin")
    opprett.add_argument(
        "--organisasjon", required=True, help="imdi, ks, udi, bufetat, et kommunenummer eller hele navnet"
    )
    opprett.add_argument("--brukernavn", default="", help="lages av navnet når det ikke står her")
    opprett.add_argument("--epost", default="", help="e-postadresse på jobb")
    opprett.add_argument("--engangspassord", action="store_true", help="lag et engangspassord uten å spørre")
    opprett.set_defaults(kjor=_opprett)

    organisasjoner = valg.add_parser(
        "organisasjoner",
        help="lag organisasjoner av kommunene, fylkene og etatene",
        description="Lag en organisasjon for hver kommune, hvert fylke og hver etat. Kan kjøres igjen når som helst: "
        "bare det som er nytt eller endret, blir skrevet.",
    )
    organisasjoner.set_defaults(kjor=_organisasjoner)


def _opprett(valg: argparse.Namespace) -> int:
    passord = "" if valg.engangspassord or not sys.stdin.isatty() else _spor_om_passord()
    with oppstart.server():
        oppstart.django()
        from bosett.aktor.kontekst import som, system  # noqa: PLC0415 - models exist after django()
        from bosett.brukere import services  # noqa: PLC0415

        if passord:
            services.sjekk_passord(passord)
        with som(system("cli.brukere")) as aktor:
            svar = services.opprett(
                aktor=aktor,
                organisasjon=_finn_organisasjon(valg.organisasjon),
                navn=valg.navn,
                rolle=valg.rolle,
                epost=valg.epost,
                brukernavn=valg.brukernavn,
                passord=passord,
            )
        print(f"Brukernavn: {svar.bruker.brukernavn}")
        if svar.passord:
            print(f"Engangspassord: {svar.passord}  (vises bare nå, og må byttes ved første innlogging)")
    return 0


def _organisasjoner(_valg: argparse.Namespace) -> int:
    with oppstart.server():
        oppstart.django()
        from bosett.aktor.kontekst import som, system  # noqa: PLC0415 - models exist after django()
        from bosett.aktor.services import opprett_organisasjoner  # noqa: PLC0415

        with som(system("cli.organisasjoner")):
            rapport = opprett_organisasjoner()
    print(f"{rapport.nye} nye organisasjoner, {rapport.endret} endret, {rapport.uendret} uendret.")
    if rapport.uten_gyldig_kommune:
        print(f"{rapport.uten_gyldig_kommune} hører til en kommune som ikke finnes lenger. De er beholdt.")
    return 0


def _finn_organisasjon(tekst: str) -> "Organisasjon":
    """By kind (imdi), municipality number or whole name, regardless of case. Raises Ugyldig unless there is exactly one."""
    from django.db.models import Q  # noqa: PLC0415 - after django()

    from bosett.aktor.models import Organisasjon  # noqa: PLC0415
    from bosett.geografi.models import Kommuneversjon  # noqa: PLC0415
    from bosett.grunn.klokke import i_dag  # noqa: PLC0415

    onsket = tekst.strip()
    if onsket.isdigit():
        kommuner = Kommuneversjon.objects.filter(nummer=onsket).gjelder(i_dag()).values("kommune_id")
        utvalg = Q(kommune_id__in=kommuner)
    else:
        utvalg = Q(slag=onsket.lower()) | Q(navn__iexact=onsket) | Q(navn__iexact=f"{onsket} kommune")
    funnet = list(Organisasjon.objects.filter(utvalg)[:2])
    if len(funnet) != 1:
        raise Ugyldig(
            kode="BRUK-ORGANISASJON",
            hva=f"«{onsket}» passer til {'flere organisasjoner' if funnet else 'ingen organisasjon'}.",
            gjor="Skriv imdi, ks, udi, bufetat, et kommunenummer eller hele navnet. Mangler alle, kjør "
            "«bosett brukere organisasjoner» først.",
        )
    return funnet[0]


def _spor_om_passord() -> str:
    passord = getpass.getpass("Passord (minst 12 tegn): ")
    if passord != getpass.getpass("En gang til: "):
        raise Ugyldig(kode="BRUK-PASSORD", hva="De to passordene er ikke like.", gjor="Prøv på nytt.")
    return passord

"""Demonstration users, one for each role, and a second municipality to show that each sees only its own."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from bosett.aktor.kontekst import Aktor, hent, som
from bosett.aktor.models import Bruker, Medlemskap, Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.aktor.roller import ROLLER
from bosett.demo.mottak import KONSULENTENS
from bosett.geografi.models import Kommuneversjon
from bosett.grunn.klokke import i_dag, naa
from bosett.person.models_mottak import Mottak

DOMENE = "@demo.invalid"
SKRIVER = "skriv-"
"""Before the number of the municipality: its writer, who is not among those one chooses from when signing in."""
FORSTE_KOMMUNE, ANDRE_KOMMUNE = "5006", "1577"  # Steinkjer (neutral form) and Volda (nynorsk)
_FORNAVN = {
    "imdi_radgiver": "Ingrid", "imdi_godkjenner": "Gunnar", "imdi_leder": "Lise", "imdi_admin": "Anders",
    "kommune_admin": "Kari", "bosetter_skriv": "Bente", "bosetter_les": "Birger", "kommunenorskbruker": "Nora",
    "kommuneintrobruker": "Ivar", "tilskudd_saksbehandler": "Tone", "ekstratilskudd_saksbehandler": "Eirik",
    "ks_radgiver": "Kjetil", "fylke_radgiver": "Frida", "statsforvalter": "Stine", "udi_saksbehandler": "Ulrik",
    "bufetat_saksbehandler": "Berit", "bosettingskonsulent": "Magnus",
}  # fmt: skip


def lag_brukere() -> list[Bruker]:
    """Make the users that are not there. They have no password: a demonstration signs in by choosing a name."""
    organisasjoner = _organisasjoner()
    liste = [
        (rolle, organisasjoner[kode.slag], fornavn, kode.kode)
        for rolle, fornavn in _FORNAVN.items()
        for kode in [ROLLER[rolle]]
    ]
    andre = _kommune(ANDRE_KOMMUNE)
    liste += [
        ("kommune_admin", andre, "Vidar", "kommune_admin.volda"),
        ("bosetter_skriv", andre, "Vilde", "bosetter_skriv.volda"),
    ]
    return [_bruker(rolle, organisasjon, fornavn, navn) for rolle, organisasjon, fornavn, navn in liste]


def _bruker(rolle: str, organisasjon: Organisasjon, fornavn: str, brukernavn: str) -> Bruker:
    bruker, _ = Bruker.objects.get_or_create(
        brukernavn=f"{brukernavn}{DOMENE}",
        defaults={
            "navn": f"{fornavn} Demo",
            "epost": f"{brukernavn}{DOMENE}",
            "password": make_password(None),
            "opprettet": naa(),
        },
    )
    Medlemskap.objects.get_or_create(
        bruker=bruker, organisasjon=organisasjon, rolle=rolle, defaults={"fra": date(i_dag().year - 1, 1, 1)}
    )
    return bruker


def lag_skrivere(organisasjoner: Iterable[Organisasjon]) -> list[Bruker]:
    """One invented person who answers for each municipality: `skriv-5006@demo.invalid`. Made once."""
    numre = dict(Kommuneversjon.objects.gjelder(i_dag()).values_list("kommune_id", "nummer"))
    return [
        _bruker(
            "bosetter_skriv", ett, f"Skriver {numre[ett.kommune_id]}", f"{SKRIVER}{numre[ett.kommune_id]}"
        )
        for ett in organisasjoner
        if ett.kommune_id is not None
    ]


def _organisasjoner() -> dict[str, Organisasjon]:
    trondelag = _kommune(FORSTE_KOMMUNE).fylke
    finnes = {
        str(slag): Organisasjon.objects.get(slag=slag)
        for slag in (Slag.IMDI, Slag.KS, Slag.UDI, Slag.BUFETAT)
    }
    return finnes | {
        str(Slag.KOMMUNE): _kommune(FORSTE_KOMMUNE),
        str(Slag.FYLKESKOMMUNE): Organisasjon.objects.get(slag=Slag.FYLKESKOMMUNE, fylke=trondelag),
        str(Slag.STATSFORVALTER): _egen(Slag.STATSFORVALTER, "Statsforvalteren i DEMO"),
        str(Slag.MOTTAK): Mottak.objects.select_related("organisasjon").get(kode=KONSULENTENS).organisasjon,
    }


def _kommune(nummer: str) -> Organisasjon:
    versjon = Kommuneversjon.objects.gjelder(i_dag()).get(nummer=nummer)
    return Organisasjon.objects.get(slag=Slag.KOMMUNE, kommune_id=versjon.kommune_id)


def _egen(slag: Slag, navn: str) -> Organisasjon:
    return Organisasjon.objects.get_or_create(slag=slag, navn=navn, defaults={"sorteringsnavn": navn})[0]


@contextmanager
def som_demobruker(navn: str) -> Iterator[Aktor]:
    """Act as a demonstration user, in a transaction of its own, as on the web. `navn` is the user name before the @."""
    with transaction.atomic(), som(hent(Bruker.objects.get(brukernavn=f"{navn}{DOMENE}"))) as aktor:
        yield aktor

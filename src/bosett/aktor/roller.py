"""The role catalogue: who there is. What a role may do is collected from the rooms by `tilgang`.

Source: domain.md 5.1 (roles known from today's portals) and the parties of the chain. `gis_av` names the roles that may give it.
"""

from dataclasses import dataclass

from bosett.aktor.organisasjonsslag import Slag


@dataclass(frozen=True)
class Rolle:
    kode: str
    navn: str
    slag: Slag
    beskrivelse: str
    gis_av: tuple[str, ...]
    alle_personer: bool = False
    """Works with the persons of the whole country: row-level security shows them all. Others see those shared with them."""


_IMDI = ("imdi_admin",)
_KOMMUNE = ("kommune_admin", "imdi_admin")

ROLLER: dict[str, Rolle] = {
    rolle.kode: rolle
    for rolle in (
        Rolle(
            "imdi_radgiver",
            "Rådgiver i IMDi",
            Slag.IMDI,
            "Forbereder anmodninger og følger opp kommunene.",
            _IMDI,
            alle_personer=True,
        ),
        Rolle(
            "imdi_godkjenner",
            "Godkjenner i IMDi",
            Slag.IMDI,
            "Godkjenner tall og brev som en annen har laget.",
            _IMDI,
            alle_personer=True,
        ),
        Rolle(
            "imdi_leder", "Leder i IMDi", Slag.IMDI, "Ser oversikter, tall og hvem som har gjort hva.", _IMDI
        ),
        Rolle(
            "imdi_admin",
            "Brukeradministrator i IMDi",
            Slag.IMDI,
            "Gir roller i IMDi og den første rollen i en kommune.",
            _IMDI,
        ),
        Rolle(
            "kommune_admin",
            "Kommuneadministrativ bruker",
            Slag.KOMMUNE,
            "Gir og fjerner roller i egen kommune.",
            _KOMMUNE,
        ),
        Rolle(
            "bosetter_skriv",
            "Bosetter – skrive",
            Slag.KOMMUNE,
            "Svarer på anmodninger og tilbud for kommunen.",
            _KOMMUNE,
        ),
        Rolle(
            "bosetter_les", "Bosetter – lese", Slag.KOMMUNE, "Ser kommunens anmodninger og brev.", _KOMMUNE
        ),
        Rolle(
            "kommunenorskbruker",
            "Kommunenorskbruker",
            Slag.KOMMUNE,
            "Registrerer opplæring i norsk og samfunnskunnskap.",
            _KOMMUNE,
        ),
        Rolle(
            "kommuneintrobruker",
            "Kommuneintrobruker",
            Slag.KOMMUNE,
            "Registrerer introduksjonsprogram.",
            _KOMMUNE,
        ),
        Rolle(
            "tilskudd_saksbehandler",
            "Saksbehandler tilskudd",
            Slag.KOMMUNE,
            "Ser utbetalinger og melder feil.",
            _KOMMUNE,
        ),
        Rolle(
            "ekstratilskudd_saksbehandler",
            "Saksbehandler ekstratilskudd",
            Slag.KOMMUNE,
            "Søker om ekstratilskudd.",
            _KOMMUNE,
        ),
        Rolle("ks_radgiver", "Rådgiver i KS", Slag.KS, "Følger anmodningene på vegne av kommunene.", _IMDI),
        Rolle(
            "fylke_radgiver",
            "Rådgiver i fylkeskommunen",
            Slag.FYLKESKOMMUNE,
            "Følger kommunene i eget fylke.",
            _IMDI,
        ),
        Rolle(
            "statsforvalter",
            "Rådgiver hos statsforvalteren",
            Slag.STATSFORVALTER,
            "Fører tilsyn og behandler klager.",
            _IMDI,
        ),
        Rolle(
            "udi_saksbehandler",
            "Saksbehandler i UDI",
            Slag.UDI,
            "Melder tillatelser og plass i mottak.",
            _IMDI,
        ),
        Rolle(
            "bufetat_saksbehandler",
            "Saksbehandler i Bufetat",
            Slag.BUFETAT,
            "Følger enslige mindreårige under 15 år.",
            _IMDI,
        ),
        Rolle(
            "bosettingskonsulent",
            "Bosettingskonsulent i mottak",
            Slag.MOTTAK,
            "Kartlegger beboere på eget mottak.",
            _IMDI,
        ),
    )
}

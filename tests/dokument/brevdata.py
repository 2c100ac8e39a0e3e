"""Invented facts for letters. The numbers of the year are the public ones of 2020; every name is made up (R039)."""

from datetime import UTC, date, datetime
from decimal import Decimal

from bosett.dokument.brev import Adressat, Brev, Godkjenning, Maalform, Tospraak
from bosett.dokument.maler.anmodningsbrev import (
    Anmodningsfakta,
    Behovstall,
    Kontaktpunkt,
    Kostnadsrapport,
    Kriterietekst,
    Kriterietrinn,
    anmodningsbrev,
)

ADRESSAT = Adressat("DEMO Fjordvik kommune", ("Postboks 99", "7999 DEMOVIK"), "999 999 999")
GODKJENNING = Godkjenning("Demo Prøvesen", "regiondirektør", datetime(2019, 11, 4, 13, 5, tzinfo=UTC))


def likt(tekst: str) -> Tospraak:
    return Tospraak(tekst, tekst)


KRITERIER = Kriterietekst(
    2020,
    likt("Kunnskapsdepartementet"),
    (
        Kriterietrinn(
            Tospraak("Legges størst vekt på", "Skal ha størst vekt"),
            (
                Tospraak(
                    "DEMO: resultater i introduksjonsprogrammet", "DEMO: resultat i introduksjonsprogrammet"
                ),
                Tospraak("DEMO: muligheter for arbeid i regionen", "DEMO: høve til arbeid i regionen"),
            ),
        ),
        Kriterietrinn(
            Tospraak("Deretter", "Deretter"),
            (Tospraak("DEMO: styrt og spredt bosetting", "DEMO: styrt og spreidd busetting"),),
        ),
    ),
)


def fakta(**endret: object) -> Anmodningsfakta:
    verdier: dict[str, object] = {
        "aar": 2020,
        "antall": 15,
        "em": 0,
        "frist": date(2019, 12, 20),
        "behov": Behovstall(
            om_lag=5100,
            em=140,
            em_under_15=40,
            prognosekilde=Tospraak(
                "Beregningsgruppa for utlendingsforvaltningen",
                "Berekningsgruppa for utlendingsforvaltninga",
            ),
            grunnlag=(
                Tospraak(
                    "prognoser over antall asylsøkere til Norge",
                    "prognosar over talet på asylsøkarar til Noreg",
                ),
                Tospraak(
                    "prognoser over antall innvilgede asylsøknader",
                    "prognosar over talet på innvilga asylsøknader",
                ),
                Tospraak(
                    "prognoser over antall overføringsflyktninger",
                    "prognosar over talet på overføringsflyktningar",
                ),
                Tospraak("andre internasjonale forpliktelser", "andre internasjonale plikter"),
            ),
        ),
        "kriterier": KRITERIER,
        "kostnadsrapport": Kostnadsrapport(
            2018, "Utgifter til bosetting og integrering 2018", Decimal("99.6")
        ),
        "etat": Tospraak("Integrerings- og mangfoldsdirektoratet", "Integrerings- og mangfaldsdirektoratet"),
        "kontor": Tospraak("IMDi Midt-Norge", "IMDi Midt-Noreg"),
        "team": Kontaktpunkt(
            Tospraak("bosettingsteamet", "busettingsteamet"), "bosettingsteamet@demo.example", "00 00 00 00"
        ),
        "ks": Kontaktpunkt(
            Tospraak("fagkontakten for bosetting", "fagkontakten for busetting"), "bosetting@ks.example"
        ),
        "postmottak": "post@imdi.no",
        "fagsystem": "IMDinett",
        "signatar_navn": "Demo Prøvesen",
        "signatar_rolle": likt("regiondirektør"),
    }
    return Anmodningsfakta(**{**verdier, **endret})  # type: ignore[arg-type]


def lag(maalform: Maalform = Maalform.NB, **endret: object) -> Brev:
    """The unapproved DEMO letter of 2020: Midt-Norge, 15 persons, no unaccompanied minors."""
    return anmodningsbrev(
        fakta(**endret),
        maalform=maalform,
        adressat=ADRESSAT,
        dato=date(2019, 11, 4),
        referanse="2019/0042-15",
    )


def lag_godkjent(maalform: Maalform = Maalform.NB, **endret: object) -> Brev:
    return lag(maalform, **endret).godkjent(GODKJENNING)

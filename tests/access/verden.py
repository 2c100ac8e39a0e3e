"""A small world for tests of access: two municipalities and one organisation of every other kind, and a user per role."""

from dataclasses import dataclass, field
from datetime import date
from functools import cache

from bosett.aktor import kontekst
from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Bruker, Medlemskap, Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.aktor.roller import ROLLER
from bosett.geografi.models import Fylke, Fylkesversjon, Kommune, Kommuneversjon
from bosett.grunn.klokke import i_dag, naa


def lag_kommune(nummer: str, navn: str, fylke: Fylke) -> Organisasjon:
    kommune = Kommune.objects.create()
    Kommuneversjon.objects.create(
        kommune=kommune, nummer=nummer, navn=navn, sorteringsnavn=navn.lower(), sokenavn=navn.lower(),
        fylke=fylke, kilde="prøve",
    )  # fmt: skip
    return Organisasjon.objects.create(
        slag=Slag.KOMMUNE, navn=f"{navn} kommune", sorteringsnavn=navn.lower(), kommune=kommune, fylke=fylke
    )


def lag_fylke(nummer: str, navn: str) -> Fylke:
    fylke = Fylke.objects.create()
    Fylkesversjon.objects.create(
        fylke=fylke, nummer=nummer, navn=navn, sorteringsnavn=navn.lower(), kilde="prøve"
    )
    return fylke


def lag_bruker(
    navn: str,
    *roller: tuple[str, Organisasjon],
    styres_av: Organisasjon | None = None,
    fra: date | None = None,
) -> Bruker:
    bruker = Bruker(
        brukernavn=navn.lower().replace(" ", "."), navn=navn, opprettet=naa(), styres_av=styres_av
    )
    bruker.set_unusable_password()  # no hashing: these tests sign in by force
    bruker.save()
    for rolle, organisasjon in roller:
        Medlemskap.objects.create(bruker=bruker, organisasjon=organisasjon, rolle=rolle, fra=fra or i_dag())
    return bruker


def som(bruker: Bruker | None) -> Aktor:
    """From here on in this transaction, the user acts (None: nobody)."""
    aktor = kontekst.hent(bruker) if bruker else kontekst.INGEN
    kontekst.sett(aktor)
    return aktor


def system() -> Aktor:
    aktor = kontekst.system("prove")
    kontekst.sett(aktor)
    return aktor


@dataclass
class Verden:
    """`egen` is the municipality of the municipal roles, `annen` another one."""

    egen: Organisasjon
    annen: Organisasjon
    organisasjoner: dict[str, Organisasjon]
    brukere: dict[str, Bruker] = field(default_factory=dict)
    """Role → a user with that role and no other, in `egen` or in the organisation of its kind."""
    annen_bruker: Bruker | None = None


def lag_verden(*, alle_roller: bool = True) -> Verden:
    """Written as the system; the caller sets the actor afterwards."""
    system()
    fylke = lag_fylke("42", "Agder")
    egen, annen = lag_kommune("4204", "Egenby", fylke), lag_kommune("4203", "Annenby", fylke)
    andre = {
        slag: Organisasjon.objects.create(
            slag=slag,
            navn=slag.label,
            sorteringsnavn=slag.label.lower(),
            fylke=fylke if slag in (Slag.FYLKESKOMMUNE, Slag.STATSFORVALTER) else None,
        )
        for slag in Slag
        if slag is not Slag.KOMMUNE
    }
    verden = Verden(egen, annen, {**andre, Slag.KOMMUNE: egen})
    for kode, rolle in ROLLER.items() if alle_roller else ():
        verden.brukere[kode] = lag_bruker(f"Bruker {kode}", (kode, verden.organisasjoner[rolle.slag]))
    verden.annen_bruker = lag_bruker("Annen Administrator", ("kommune_admin", annen), styres_av=annen)
    return verden


@cache
def kommunale_roller() -> tuple[str, ...]:
    return tuple(kode for kode, rolle in ROLLER.items() if rolle.slag is Slag.KOMMUNE)

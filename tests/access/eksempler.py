"""Example objects per URL argument, for the walk of every address. A room that adds an argument adds its example here.

`EKSEMPLER[navn]` takes the world and gives an `Eksempel`. `navn` is the argument's name, or «url-navn.argument» where the same
name means different things. Written by the system on the demonstration country.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from tests.dokument.filer import png

from aktorer import som_bruker
from bosett.aktor.kontekst import hent, sett, som, system
from bosett.aktor.models import Bruker, LagretVisning, Medlemskap, Organisasjon, Vikariat
from bosett.anmodning import utsending
from bosett.anmodning.models import Kommuneanmodning, Runde
from bosett.behov import uttak
from bosett.brukere.models import Tilgangssoknad
from bosett.brukere.services import sok
from bosett.demo.brukere import ANDRE_KOMMUNE, FORSTE_KOMMUNE
from bosett.dokument.models import Dokument, Innfil
from bosett.dokument.services import arkiver, kontroller_fil, ta_imot
from bosett.geografi.models import Kommuneversjon
from bosett.grunn.klokke import i_dag
from bosett.statistikk.services import publiser_runde
from runder import AAR, behold_bare

UTEN_ADMIN = "0301"
"""A municipality without users in the demonstration country."""


@dataclass(frozen=True)
class Eksempel:
    """`egen` belongs to the first municipality, `annens` to the second, `ukjent` to nobody.

    `eies` tells whether the two belong to organisations, so that a municipal role may see only one of them. Without `annens`
    the object is nobody's in particular (a year, a language): only the right itself is asked. Without `egen` every signed-in
    user is a stranger to `annens`.
    """

    ukjent: object
    egen: object | None = None
    annens: object | None = None


@dataclass(frozen=True)
class Land:
    forste: Organisasjon
    andre: Organisasjon
    runde: Runde


def lag_land(runde_id: int) -> Land:
    """One round that has been sent to two municipalities, and users with a deputy in both."""
    behold_bare(runde_id, [FORSTE_KOMMUNE, ANDRE_KOMMUNE])
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    utsending.send_alle(aktor=system("prove"), runde_id=runde_id)
    with som(system("prove")):
        publiser_runde(aktor=system("prove"), runde_id=runde_id)
        land = Land(
            _organisasjon(FORSTE_KOMMUNE),
            _organisasjon(ANDRE_KOMMUNE),
            Runde.objects.select_related("subjekt").get(pk=runde_id),
        )
        for brev in Dokument.objects.all():
            arkiver(aktor=system("prove"), dokument_id=brev.pk)
            assert brev.motpart is not None
            fil = ta_imot(
                aktor=system("prove"), subjekt_id=brev.subjekt_id, organisasjon=brev.motpart, navn="prøve.png", innhold=png()
            )  # fmt: skip
            kontroller_fil(aktor=system("prove"), innfil_id=fil.pk)
        for org in (land.forste, land.andre):
            skriver, admin = (
                Medlemskap.objects.get(organisasjon=org, rolle=rolle)
                for rolle in ("bosetter_skriv", "kommune_admin")
            )
            Vikariat.objects.create(
                medlemskap=skriver, organisasjon=org, vikar=admin.bruker, fra=i_dag() + timedelta(30),
                til=i_dag() + timedelta(40),
            )  # fmt: skip
    return land


def _organisasjon(nummer: str) -> Organisasjon:
    versjon = Kommuneversjon.objects.gjelder(i_dag()).get(nummer=nummer)
    return Organisasjon.objects.get(kommune_id=versjon.kommune_id)


def _to(hent: Callable[[Organisasjon], UUID], land: Land) -> Eksempel:
    return Eksempel(uuid4(), hent(land.forste), hent(land.andre))


def _skriver(org: Organisasjon) -> Medlemskap:
    return Medlemskap.objects.select_related("bruker").get(organisasjon=org, rolle="bosetter_skriv")


def _visning(land: Land) -> Eksempel:
    eier = Bruker.objects.get(brukernavn="kommune_admin.volda@demo.invalid")
    with som(hent(eier)):  # nobody else may, the system included
        visning = LagretVisning.objects.create(bruker=eier, tabell="prove", navn="Prøve", sporring="")
    sett(system("prove"))
    return Eksempel(999_999, None, visning.pk)


def _uttaksland() -> UUID:
    return uttak.registrer(
        aktor=system("prove"), aar=AAR, land="Demoland", plasser=100, kilde="prøve", fra=i_dag()
    ).subjekt.uuid


def _soknad() -> Tilgangssoknad:
    """The same one every time: to ask again gives the request that waits."""
    return sok(
        aktor=system("prove"), organisasjon=_organisasjon(UTEN_ADMIN), navn="DEMO Søker", epost="demo@kommune.invalid",
        stilling="rådgiver", bekrefter="DEMO Leder, kommunedirektør", bekrefter_telefon="00 00 00 00", avtale=True, maskin="prove",
    )  # fmt: skip


EKSEMPLER: dict[str, Callable[[Land], Eksempel]] = {
    # users and roles
    "organisasjon": lambda land: _to(lambda org: org.uuid, land),
    "bruker": lambda land: _to(lambda org: _skriver(org).bruker.uuid, land),
    "medlemskap": lambda land: _to(lambda org: _skriver(org).uuid, land),
    "vikariat": lambda land: _to(lambda org: Vikariat.objects.get(organisasjon=org).uuid, land),
    "soknad": lambda land: Eksempel(uuid4(), _soknad().subjekt.uuid),
    "referanse": lambda land: Eksempel("T-ukje-nt23", _soknad().referanse),
    # rounds and letters
    "anmodning": lambda land: _to(
        lambda org: Kommuneanmodning.objects.get(runde=land.runde, organisasjon=org).subjekt.uuid, land
    ),
    "anmodning_uuid": lambda land: _to(
        lambda org: Kommuneanmodning.objects.get(runde=land.runde, organisasjon=org).subjekt.uuid, land
    ),
    "dokument": lambda land: _to(lambda org: Dokument.objects.get(motpart=org).uuid, land),
    "innfil": lambda land: _to(lambda org: Innfil.objects.get(organisasjon=org).uuid, land),
    "runde": lambda land: Eksempel(uuid4(), land.runde.subjekt.uuid),
    "uttaksland": lambda land: Eksempel(uuid4(), _uttaksland()),
    "kriterieaar": lambda land: Eksempel(1999, 2022),
    # open to all
    "nummer": lambda land: Eksempel("9999", FORSTE_KOMMUNE),
    "aar": lambda land: Eksempel(1900, AAR),
    "nr": lambda land: Eksempel(99, 1),
    "fylkenr": lambda land: Eksempel("99", "50"),
    "adresse": lambda land: Eksempel("9999-finnes-ikke", f"{FORSTE_KOMMUNE}-steinkjer"),
    "sett": lambda land: Eksempel("finnes-ikke", "summer"),
    "form": lambda land: Eksempel("exe", "csv"),
    "sprak.kode": lambda land: Eksempel("xx", "nn"),
    "farger.valg": lambda land: Eksempel("rosa", "dark"),
    "slett-visning.pk": _visning,
}

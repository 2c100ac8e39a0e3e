"""New users."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Bruker, Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.brukere import avslag, rules, states
from bosett.brukere.services.roller import nytt_medlemskap, rolledata
from bosett.brukere.services.sak import begynn, landsdekkende, spor
from bosett.geografi.models import Kommuneversjon
from bosett.grunn.klokke import i_dag, naa


@dataclass(frozen=True)
class NyBruker:
    """`passord` is the one-time password, to be shown once and kept nowhere. Empty on a retry, and when the caller chose it."""

    bruker: Bruker
    passord: str


@transaction.atomic
def opprett(
    *,
    aktor: Aktor,
    organisasjon: Organisasjon,
    navn: str,
    rolle: str,
    epost: str = "",
    fra: date | None = None,
    til: date | None = None,
    nokkel: UUID | None = None,
    brukernavn: str = "",
    passord: str = "",
) -> NyBruker:
    """A new user with a first role. `nokkel` (the user's uuid, made by the form) lets a retry find the user it made.

    Only those who see the whole country, and the system, may choose `brukernavn`; only the system `passord`. Raises Avvist, Ugyldig.
    """
    aktor, sak = begynn(aktor, states.OPPRETT, organisasjon)
    if nokkel and (finnes := Bruker.objects.filter(uuid=nokkel).first()):
        if finnes.medlemskap.filter(organisasjon=organisasjon).exists():
            return NyBruker(finnes, "")
        nokkel = None  # somebody else's key: never say so
    navn, epost = " ".join(navn.split()), epost.strip().lower()
    if not navn:
        raise avslag.NAVN()
    if epost and Bruker.objects.filter(epost__iexact=epost, medlemskap__organisasjon=organisasjon).exists():
        raise avslag.EPOST()
    fritt = landsdekkende(aktor)
    if not fritt and (brukernavn or passord):
        raise avslag.EGET_BRUKERNAVN()
    brukernavn = brukernavn.strip().lower() or _ledig_brukernavn(navn, organisasjon)
    if Bruker.objects.filter(brukernavn=brukernavn).exists():
        raise avslag.BRUKERNAVN()
    bruker = Bruker(
        brukernavn=brukernavn,
        navn=navn,
        epost=epost,
        opprettet=naa(),
        styres_av=None if fritt else organisasjon,
        maa_bytte_passord=not (passord and aktor.jobb),
    )
    if nokkel:
        bruker.uuid = nokkel
    engangs = "" if passord and aktor.jobb else rules.engangspassord()
    bruker.set_password(engangs or passord)
    bruker.save(force_insert=True)
    medlemskap = nytt_medlemskap(aktor, states.OPPRETT, organisasjon, bruker, rolle, fra, til)
    spor(
        aktor, states.OPPRETT, sak, rolledata(medlemskap),
        {"navn": navn, "brukernavn": brukernavn, "epost": epost},
    )  # fmt: skip
    return NyBruker(bruker, engangs)


def _ledig_brukernavn(navn: str, organisasjon: Organisasjon) -> str:
    navnerom = _navnerom(organisasjon)
    nr = 1
    while Bruker.objects.filter(brukernavn=rules.brukernavn(navn, navnerom, nr)).exists():
        nr += 1
    return rules.brukernavn(navn, navnerom, nr)


def _navnerom(organisasjon: Organisasjon) -> str:
    """What stands after the @: the municipality's number today, else the kind (with a number when there are several)."""
    if organisasjon.kommune_id:
        gjelder = Kommuneversjon.objects.filter(kommune_id=organisasjon.kommune_id).gjelder(i_dag()).first()
        if gjelder:
            return gjelder.nummer
    alene = organisasjon.slag in (Slag.IMDI, Slag.KS, Slag.UDI, Slag.BUFETAT)
    return str(organisasjon.slag) if alene else f"{organisasjon.slag}{organisasjon.pk}"

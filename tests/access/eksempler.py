"""Example objects per URL argument, for the walk of every address. A room that adds an argument adds its example here.

`EKSEMPLER[navn]` takes the world and gives an `Eksempel`. `navn` is the argument's name, or «url-navn.argument» where the same
name means different things. Written by the system on the demonstration country.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from tests.dokument.filer import png

import svar
from aktorer import som_bruker
from bosett.aktor.kontekst import hent, sett, som, system
from bosett.aktor.models import Bruker, LagretVisning, Medlemskap, Organisasjon, Vikariat
from bosett.anmodning import tidsplan, utsending
from bosett.anmodning.models import Innspill, Kommuneanmodning, Runde
from bosett.behov import uttak
from bosett.brukere.models import Tilgangssoknad
from bosett.brukere.services import sok
from bosett.demo.brukere import ANDRE_KOMMUNE, FORSTE_KOMMUNE
from bosett.dokument.models import Dokument, Innfil
from bosett.dokument.services import arkiver, kontroller_fil, ta_imot
from bosett.geografi.models import Kommuneversjon
from bosett.grunn.klokke import i_dag
from bosett.statistikk.services import publiser_runde
from bosett.vedtak import services as vedtak
from bosett.vedtak import vurdering
from bosett.vedtak.models import Vedtak
from runder import AAR, behold_bare, den_godkjente
from svar import utfylt

from .eksempel import Eksempel, Land
from .eksempler_person import PERSONER

UTEN_ADMIN = "0301"
"""A municipality without users in the demonstration country."""


def lag_verden() -> None:
    """Tests take the template `maler.VERDEN`, which has it done, and then `landet`."""
    land = lag_land(den_godkjente())
    with som(system("prove")):
        _svar(land)
        _eget_svar(land)


def landet() -> Land:
    """What `lag_land` made."""
    with som(system("prove")):
        runde = Runde.objects.select_related("subjekt").get(aar=AAR, tilstand="sendt")
        return Land(_organisasjon(FORSTE_KOMMUNE), _organisasjon(ANDRE_KOMMUNE), runde)


def lag_land(runde_id: int) -> Land:
    """A round sent to two municipalities with users and one without, which has not answered; all are asked for places per week. A deputy in the two."""
    behold_bare(runde_id, [FORSTE_KOMMUNE, ANDRE_KOMMUNE, UTEN_ADMIN])
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    utsending.send_alle(aktor=system("prove"), runde_id=runde_id)
    with som_bruker("imdi_radgiver") as aktor:
        om_uker = i_dag() + timedelta(weeks=3)
        tidsplan.be_om(
            aktor=aktor, runde_id=runde_id, fra=om_uker, til=om_uker + timedelta(weeks=9),
            frist=i_dag() + timedelta(days=61),  # after the round's own: to read the letter still comes first
            begrunnelse="Mange kommer på kort tid.",
        )  # fmt: skip
    with som(system("prove")):
        publiser_runde(aktor=system("prove"), runde_id=runde_id)
    land = landet()
    with som(system("prove")):
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


def _innspill(land: Land) -> int:
    """What KS said in the dialogue before the letters, not answered yet; the same one every time."""
    samraad = land.runde.samraad.get()
    return Innspill.objects.get_or_create(
        part=samraad.parter.get(organisasjon__slag="ks"),
        revisjon=samraad.revisjon,
        defaults={"tekst": "KS støtter fordelingen."},
    )[0].pk


def _svar(land: Land) -> Vedtak:
    """The second municipality's decision of the year, registered after IMDi judged its words; and a new text to be judged.

    Made once, whichever argument asks first.
    """
    finnes = Vedtak.objects.filter(organisasjon=land.andre, tilstand="registrert").first()
    if finnes is not None:
        return finnes
    aktor = system("prove")
    anmodning = Kommuneanmodning.objects.get(runde=land.runde, organisasjon=land.andre)
    for antall in (9, 10):
        utkast = vedtak.lagre(
            aktor=aktor, anmodning_id=anmodning.pk, versjon=0,
            svar=utfylt(antall, tekst=f"Kommunen bosetter {antall} flyktninger i {AAR}. Kommunen håper på barnefamilier."),
        )  # fmt: skip
        vedtak.be_om_vurdering(
            aktor=aktor, vedtak_id=utkast.pk, versjon=1, bekreftet=True, sporsmaal="Et håp er ikke et vilkår."
        )
        if antall == 9:
            vurdering.vurder(
                aktor=aktor,
                vedtak_id=utkast.pk,
                versjon=1,
                godtatt=True,
                begrunnelse="Et håp er ikke et vilkår.",
            )
    return Vedtak.objects.get(organisasjon=land.andre, tilstand="registrert")


def _til_vurdering(land: Land) -> UUID:
    _svar(land)
    return Vedtak.objects.get(organisasjon=land.andre, tilstand="til_vurdering").uuid


def _soknad() -> Tilgangssoknad:
    """The same one every time: to ask again gives the request that waits."""
    return sok(
        aktor=system("prove"), organisasjon=_organisasjon(UTEN_ADMIN), navn="DEMO Søker", epost="demo@kommune.invalid",
        stilling="rådgiver", bekrefter="DEMO Leder, kommunedirektør", bekrefter_telefon="00 00 00 00", avtale=True, maskin="prove",
    )  # fmt: skip


def _eget_svar(land: Land) -> UUID:
    """The first municipality's answer, the same one every time."""
    finnes = Vedtak.objects.filter(organisasjon=land.forste).first()
    if finnes is None:
        finnes = svar.send(svar.utfylt(10), FORSTE_KOMMUNE)
        sett(system("prove"))
    return finnes.uuid


EKSEMPLER: dict[str, Callable[[Land], Eksempel]] = {
    **PERSONER,
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
    "anmodning_uuid": lambda land: EKSEMPLER["anmodning"](land),
    "vedtak": lambda land: Eksempel(uuid4(), _eget_svar(land), _svar(land).uuid),
    "dokument": lambda land: _to(lambda org: Dokument.objects.get(motpart=org).uuid, land),
    "innfil": lambda land: _to(
        lambda org: Innfil.objects.filter(organisasjon=org).exclude(subjekt__slag="bolig").get().uuid, land
    ),
    "runde": lambda land: Eksempel(uuid4(), land.runde.subjekt.uuid),
    "uttaksland": lambda land: Eksempel(uuid4(), _uttaksland()),
    "innspill": lambda land: Eksempel(999_999, _innspill(land)),
    "kriterieaar": lambda land: Eksempel(1999, 2022),
    # the municipalities' answers
    "svar:vedtak.vedtak": lambda land: Eksempel(uuid4(), _svar(land).uuid),
    "svar:vurdering.vedtak": lambda land: Eksempel(uuid4(), _til_vurdering(land)),
    "svar:gjort.aar": lambda land: Eksempel(1900, _svar(land).vurderinger.get().aar),
    "svar:gjort.nr": lambda land: Eksempel(99, _svar(land).vurderinger.get().nr),
    # open to all
    "nummer": lambda land: Eksempel("9999", FORSTE_KOMMUNE),
    "aar": lambda land: Eksempel(1900, AAR),
    "nr": lambda land: Eksempel(99, 1),
    "fylkenr": lambda land: Eksempel("99", "50"),
    "adresse": lambda land: Eksempel("9999-finnes-ikke", f"{FORSTE_KOMMUNE}-steinkjer"),
    "sett": lambda land: Eksempel("finnes-ikke", "summer"),
    "form": lambda land: Eksempel("exe", "csv"),
    "sprak.kode": lambda land: Eksempel("xx", "nn"),
    "taster.valg": lambda land: Eksempel("rosa", "av"),
    "farger.valg": lambda land: Eksempel("rosa", "dark"),
    "slett-visning.pk": _visning,
}

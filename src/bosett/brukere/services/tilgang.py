"""Requests for the first administrator of a municipality (R048): anybody asks, IMDi checks who it is and decides, time deletes.

The public may only add: what is written here is written by the system, and read by IMDi.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Bruker, Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.brukere import avslag, rules, states
from bosett.brukere.models import Soknadsteller, Tilgangssoknad
from bosett.brukere.querysets import har_administrator
from bosett.brukere.services.brukere import NyBruker, opprett
from bosett.brukere.services.roller import gi_rolle
from bosett.brukere.services.sak import begynn
from bosett.grunn.handling import Handling, Overgang
from bosett.grunn.klokke import i_dag, naa
from bosett.oppgave import services as oppgaver
from bosett.oppgave.services import NyOppgave
from bosett.spor.services import registrer, slett_detaljer
from bosett.tilgang.services import nytt_subjekt

ROLLE = "kommune_admin"
OPPGAVE = "behandle_tilgangssoknad"
_JOBB = "brukere.tilgangssoknad"


@transaction.atomic
def sok(
    *,
    aktor: Aktor,
    organisasjon: Organisasjon,
    navn: str,
    epost: str,
    stilling: str,
    bekrefter: str,
    bekrefter_telefon: str,
    avtale: bool,
    maskin: str,
) -> Tilgangssoknad:
    """Ask for the first administrator of a municipality. Anybody may; IMDi's user administrators get a task.

    The same municipality and address again, while the request waits, gives the request that is there. `maskin` is the sender's
    network address, kept only as a digest that is new every day. Raises Ugyldig when something is missing, Konflikt when the
    municipality has an administrator or the sender has asked too often today.
    """
    navn, stilling, bekrefter, telefon = (
        " ".join(tekst.split()) for tekst in (navn, stilling, bekrefter, bekrefter_telefon)
    )
    epost = epost.strip().lower()
    if (
        organisasjon.slag != Slag.KOMMUNE
        or not avtale
        or not all((navn, epost, stilling, bekrefter, telefon))
    ):
        raise avslag.SOKNAD_MANGLER()
    soker = _soker(aktor, organisasjon)
    with som_systemet(_JOBB, etter=aktor) as system:
        begynn(system, states.SOK_TILGANG, organisasjon)  # the lock: two clicks make one request
        if har_administrator(organisasjon):
            raise avslag.HAR_ADMINISTRATOR()
        apen = Tilgangssoknad.objects.filter(organisasjon=organisasjon, epost=epost, tilstand="ny").first()
        if apen is not None:
            return apen
        _tell("maskin", maskin, rules.sats("tilgangssoknad_per_maskin", i_dag()))
        _tell("epost", epost, rules.sats("tilgangssoknad_per_epost", i_dag()))
        subjekt = nytt_subjekt(slag="tilgangssoknad")
        soknad = Tilgangssoknad.objects.create(
            subjekt=subjekt,
            referanse=rules.referanse(),
            organisasjon=organisasjon,
            sendt=naa(),
            sokt_av=soker,
            navn=soker.navn if soker else navn,
            epost=epost,
            stilling=stilling,
            bekrefter=bekrefter,
            bekrefter_telefon=telefon,
        )
        data = {"organisasjon": organisasjon.pk, "rolle": ROLLE, "innlogget": soker is not None}
        _spor(system, states.SOK_TILGANG, soknad, data)
        oppgaver.opprett(
            oppgaver=[
                NyOppgave(
                    subjekt_id=soknad.pk,
                    organisasjon=Organisasjon.objects.get(slag=Slag.IMDI),
                    roller=["imdi_admin"],
                    slag=OPPGAVE,
                    gjelder=organisasjon.navn,
                    sti=f"/brukere/soknader/{subjekt.uuid}/",
                )
            ]
        )
    return soknad


def _soker(aktor: Aktor, organisasjon: Organisasjon) -> Bruker | None:
    """The account that shall have the role: that of somebody signed in who has no role, or one in this municipality.

    Somebody else who is signed in asks for another person.
    """
    egen = not aktor.tilhorigheter or organisasjon.pk in aktor.organisasjoner
    return Bruker.objects.get(pk=aktor.bruker_id) if aktor.bruker_id and egen else None


def _tell(slag: str, avsender: str, grense: int) -> None:
    """One more from this sender today. Raises Konflikt over the limit, and the caller's transaction takes the count back."""
    dag = i_dag()
    avtrykk = hmac.new(
        f"{settings.SECRET_KEY}:{dag.isoformat()}".encode(), f"{slag}:{avsender}".encode(), hashlib.sha256
    ).hexdigest()
    with connection.cursor() as db:
        db.execute(
            "INSERT INTO brukere_soknadsteller AS t (dag, avtrykk, antall) VALUES (%s, %s, 1)"
            " ON CONFLICT (dag, avtrykk) DO UPDATE SET antall = t.antall + 1 RETURNING antall",
            [dag, avtrykk],
        )
        antall: int = db.fetchone()[0]
    if antall > grense:
        raise avslag.FOR_MANGE_SOKNADER()


@transaction.atomic
def godkjenn_soknad(*, aktor: Aktor, soknad: Tilgangssoknad, kontroll: str, hvordan: str) -> NyBruker:
    """Give the applicant the first role: a new user with a one-time password, or the account that is there already.

    `kontroll` is a code of `rules.KONTROLLER`, `hvordan` the words about it. Approving again changes nothing, and shows no
    password. Raises Ugyldig without the check, Konflikt when the request is closed or the municipality has an administrator.
    """
    aktor, soknad = _begynn(aktor, states.GODKJENN_SOKNAD, soknad)
    if soknad.bruker is not None:
        return NyBruker(soknad.bruker, "")
    _krev_apen(states.GODKJENN_SOKNAD, soknad)
    hvordan = hvordan.strip()
    if kontroll not in rules.KONTROLLER or len(hvordan.split()) < rules.KONTROLL_MINST_ORD:
        raise avslag.IKKE_KONTROLLERT()
    organisasjon = soknad.organisasjon
    if har_administrator(organisasjon):
        raise avslag.HAR_ADMINISTRATOR()
    finnes = soknad.sokt_av or _har_bruker(soknad)
    if finnes is not None:
        gi_rolle(aktor=aktor, organisasjon=organisasjon, bruker=finnes, rolle=ROLLE)
        svar = NyBruker(finnes, "")
    else:
        svar = opprett(
            aktor=aktor, organisasjon=organisasjon, navn=soknad.navn, epost=soknad.epost, rolle=ROLLE
        )
    _lukk(aktor, states.GODKJENN_SOKNAD, soknad, svar.bruker)
    data = {"organisasjon": organisasjon.pk, "rolle": ROLLE, "bruker": svar.bruker.pk, "kontroll": kontroll}
    _spor(aktor, states.GODKJENN_SOKNAD, soknad, data, hvordan)
    return svar


@transaction.atomic
def avsla_soknad(*, aktor: Aktor, soknad: Tilgangssoknad, grunn: str) -> None:
    """Refuse a request, with a reason. Refusing again changes nothing. Raises Ugyldig without a reason, Konflikt when approved."""
    aktor, soknad = _begynn(aktor, states.AVSLA_SOKNAD, soknad)
    if soknad.tilstand == states.AVSLA_SOKNAD.til:
        return
    _krev_apen(states.AVSLA_SOKNAD, soknad)
    if not grunn.strip():
        raise avslag.UTEN_GRUNN()
    _lukk(aktor, states.AVSLA_SOKNAD, soknad)
    _spor(aktor, states.AVSLA_SOKNAD, soknad, {"organisasjon": soknad.organisasjon_id}, grunn.strip())


@transaction.atomic
def rydd_soknader(*, aktor: Aktor) -> tuple[int, int]:
    """Close requests nobody dealt with in time, and delete what is about persons when its time is up.

    Gives how many of each. Run again it changes nothing. The counts of earlier days are deleted too.
    """
    Soknadsteller.objects.filter(dag__lt=i_dag()).delete()
    rader = Tilgangssoknad.objects.select_for_update(skip_locked=True).order_by("pk")
    utlopt = list(rader.filter(tilstand="ny", sendt__lt=_grense("tilgangssoknad_uten_svar")))
    for soknad in utlopt:
        _lukk(aktor, states.UTLOP_SOKNAD, soknad)
        _spor(aktor, states.UTLOP_SOKNAD, soknad, {"organisasjon": soknad.organisasjon_id})
    ferdige = Q(tilstand=states.UTLOP_SOKNAD.til) | Q(behandlet__lt=_grense("tilgangssoknad_lagring"))
    gamle = list(rader.filter(ferdige, slettet=None))
    for soknad in gamle:
        for felt in Tilgangssoknad.OM_PERSONER:
            setattr(soknad, felt, "")
        soknad.slettet = naa()
        soknad.save()
        slett_detaljer(subjekt_id=soknad.pk)
        _spor(aktor, states.SLETT_SOKER, soknad, {"organisasjon": soknad.organisasjon_id})
    return len(utlopt), len(gamle)


def _grense(periode: str) -> datetime:
    return naa() - timedelta(days=rules.sats(periode, i_dag()))


def _begynn(aktor: Aktor, handling: Handling, soknad: Tilgangssoknad) -> tuple[Aktor, Tilgangssoknad]:
    """Under the municipality's lock, so that two who decide at once, or give the role elsewhere, come one after the other."""
    aktor, _ = begynn(aktor, handling, soknad.organisasjon)
    rader = Tilgangssoknad.objects.select_for_update(of=("self",)).select_related(
        "organisasjon", "bruker", "sokt_av"
    )
    return aktor, rader.get(pk=soknad.pk)


def _krev_apen(overgang: Overgang, soknad: Tilgangssoknad) -> None:
    if soknad.tilstand not in overgang.fra:
        raise avslag.SOKNAD_BEHANDLET()


def _har_bruker(soknad: Tilgangssoknad) -> Bruker | None:
    """Somebody who works in the municipality already, by the address."""
    return (
        Bruker.objects.filter(
            epost__iexact=soknad.epost, medlemskap__organisasjon=soknad.organisasjon, is_active=True
        )
        .distinct()
        .first()
    )


def _lukk(aktor: Aktor, overgang: Overgang, soknad: Tilgangssoknad, bruker: Bruker | None = None) -> None:
    soknad.tilstand, soknad.behandlet = overgang.til, naa()
    soknad.behandlet_av_id, soknad.bruker = aktor.bruker_id, bruker
    soknad.save()
    oppgaver.fullfor(aktor=aktor, subjekt_ider=[soknad.pk], slag=OPPGAVE)


def _spor(
    aktor: Aktor,
    handling: Handling,
    soknad: Tilgangssoknad,
    data: dict[str, object],
    begrunnelse: str = "",
) -> None:
    registrer(
        aktor=aktor,
        handling=handling.kode,
        subjekt_id=soknad.pk,
        organisasjon=soknad.organisasjon,
        data=data,
        detaljer={"begrunnelse": begrunnelse} if begrunnelse else None,
    )

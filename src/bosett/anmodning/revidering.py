"""When the need changes after the letters have left (R119): a notice, an adjusted request with letters of its own, or none.

An adjusted request is a new round that names the one it adjusts. A letter that was sent is never changed: the municipality keeps
it, and the new letter says which it comes in the place of (2022: 5 500 to 212 municipalities, then 35 000 to all).
"""

from datetime import date

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.anmodning import services, states
from bosett.anmodning.models import Justeringsvarsel, Kommuneanmodning, Runde
from bosett.behov.models import Behov
from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.grunn.klokke import naa
from bosett.oppgave import services as oppgaver
from bosett.oppgave.services import NyOppgave
from bosett.spor.services import registrer
from bosett.tilgang.policy import krev

_SENDT = ("sendt", "lukket")


@transaction.atomic
def lag_justert(
    *, aktor: Aktor, runde_id: int, behov: Behov, frist: date, planlagt: date | None = None
) -> Runde:
    """Make an adjusted request of a sent round, on a newer version of its need and with a deadline of its own.

    The criteria and the weights are those of the round it adjusts. It is a draft: numbers, dialogue, approval and letters follow
    as for any round. Raises `Konflikt` when the letters of the round have not left, it is adjusted already, or the need is not
    newer than the one it divided.
    """
    runde = services.laas_runde(runde_id)
    krev(aktor, states.REVIDER.kode)
    _er_sendt(runde)
    if Runde.objects.filter(erstatter=runde).exclude(tilstand="avlyst").exists():
        raise Konflikt(
            kode="ANMODNING-JUSTERT",
            hva="Det er allerede laget en justert anmodning.",
            regel="En runde blir justert én gang. Det er den nyeste som gjelder.",
            gjor="Åpne den justerte anmodningen, og gå videre derfra.",
        )
    _er_nyere(behov, runde)
    return services.opprett_runde(
        aktor=aktor,
        aar=runde.aar,
        behov=behov,
        kriteriesett=runde.kriteriesett,
        variant=runde.variant,
        frist=frist,
        planlagt=planlagt,
        erstatter=runde,
    )


@transaction.atomic
def varsle(
    *, aktor: Aktor, runde_id: int, behov: Behov, begrunnelse: str, planlagt: date | None = None
) -> Justeringsvarsel:
    """Tell the municipalities that were asked that the need is another now; `planlagt` is a day in the month new letters leave.

    Each gets a task to read it. Nothing else is changed. Raises `Ugyldig` without a reason, `Konflikt` before the letters left
    or when the need is the one they were built on.
    """
    krev(aktor, states.VARSLE.kode)
    if not begrunnelse.strip():
        raise Ugyldig(
            kode="ANMODNING-VARSEL-GRUNN",
            hva="Begrunnelsen mangler.",
            regel="Kommunene skal få vite hvorfor behovet er endret.",
            gjor="Skriv hvorfor, kort og klart.",
        )
    runde = services.laas_runde(runde_id)
    _er_sendt(runde)
    _er_nyere(behov, runde)
    varsel = Justeringsvarsel.objects.create(
        runde=runde,
        behov_for=runde.behov.totalt,
        behov_naa=behov.totalt,
        begrunnelse=begrunnelse.strip(),
        planlagt=planlagt.replace(day=1) if planlagt else None,
        varslet_av_id=aktor.bruker_id,
    )
    anmodninger = Kommuneanmodning.objects.filter(runde=runde, tilstand="anmodet").select_related(
        "organisasjon", "subjekt"
    )
    oppgaver.opprett(
        oppgaver=[
            NyOppgave(
                subjekt_id=anmodning.pk,
                organisasjon=anmodning.organisasjon,
                roller=["bosetter_skriv", "kommune_admin"],
                slag="les_varsel",
                gjelder=str(runde),
                sti=f"/kommunens-anmodninger/{anmodning.subjekt.uuid}/",
            )
            for anmodning in anmodninger
        ]
    )
    registrer(
        aktor=aktor,
        handling=states.VARSLE.kode,
        subjekt_id=runde.pk,
        data={"varsel": varsel.pk, "behov": behov.pk},
    )
    return varsel


def meld_nytt_behov(*, aktor: Aktor, behov_id: int) -> Justeringsvarsel | None:
    """The job behind a new version of a need: the municipalities that have a letter on the old one get a notice, once."""
    behov = Behov.objects.get(pk=behov_id)
    runde = Runde.objects.filter(aar=behov.aar, tilstand__in=_SENDT).order_by("-nr").first()
    if runde is None or behov.versjon <= runde.behov.versjon:
        return None
    if runde.varsler.filter(behov_naa=behov.totalt, varslet__gte=behov.registrert).exists():
        return None
    return varsle(aktor=aktor, runde_id=runde.pk, behov=behov, begrunnelse=behov.begrunnelse)


@transaction.atomic
def les_varsel(*, aktor: Aktor, anmodning: Kommuneanmodning) -> None:
    """The municipality has read what it was told: its task is done."""
    krev(aktor, states.LES_VARSEL.kode, anmodning.organisasjon)
    oppgaver.fullfor(aktor=aktor, subjekt_ider=[anmodning.pk], slag="les_varsel")
    registrer(
        aktor=aktor,
        handling=states.LES_VARSEL.kode,
        subjekt_id=anmodning.pk,
        organisasjon=anmodning.organisasjon,
    )


@transaction.atomic
def avlys(*, aktor: Aktor, runde_id: int, begrunnelse: str) -> Runde:
    """Give up a round before any of its letters has left. Raises `Ugyldig` without a reason, `Konflikt` when one has."""
    if not begrunnelse.strip():
        raise Ugyldig(
            kode="ANMODNING-AVLYS-GRUNN",
            hva="Begrunnelsen mangler.",
            regel="De som har sett tallene, skal få vite hvorfor de ikke blir brukt.",
            gjor="Skriv hvorfor runden blir avlyst.",
        )
    runde = services.laas_runde(runde_id)
    services.flytt(aktor, runde, states.AVLYS)
    if runde.anmodninger.exclude(sendt=None).exists():
        raise Konflikt(
            kode="ANMODNING-BREV-SENDT",
            hva="Noen av brevene er sendt.",
            regel="Et brev som er sendt, står.",
            gjor="Send resten, eller lag en justert anmodning etterpå.",
        )
    services.avslutt_samraad(aktor, runde, "Runden ble avlyst.")
    runde.utsettelser.filter(til=None).update(til=naa(), gjenopptatt_av_id=aktor.bruker_id)
    runde.save()
    registrer(
        aktor=aktor,
        handling=states.AVLYS.kode,
        subjekt_id=runde.pk,
        detaljer={"begrunnelse": begrunnelse.strip()},
    )
    return runde


def _er_nyere(behov: Behov, runde: Runde) -> None:
    if behov.aar != runde.aar or behov.versjon <= runde.behov.versjon:
        raise Konflikt(
            kode="ANMODNING-BEHOV-GAMMELT",
            hva=f"{behov} er ikke nyere enn behovet brevene bygger på.",
            regel="Bare et behov som er endret etter at brevene ble sendt, gir varsel eller justert anmodning.",
            gjor="Registrer det nye behovet først.",
        )


def _er_sendt(runde: Runde) -> None:
    if runde.tilstand not in _SENDT:
        raise Konflikt(
            kode="ANMODNING-IKKE-SENDT",
            hva=f"Runden er «{states.RUNDE.navn(runde.tilstand)}», og brevene er ikke sendt.",
            regel="Bare det som er sendt, kan justeres.",
            gjor="Avlys runden eller beregn den på nytt i stedet.",
        )

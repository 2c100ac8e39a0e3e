"""A person in IMDi judges the words the check could not decide. The judgement is kept, and cited by its number."""

from django.db import connection, transaction
from django.db.models import Max

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.oppgave import services as oppgaver
from bosett.oppgave.services import NyOppgave
from bosett.spor.services import registrer
from bosett.tilgang.policy import krev
from bosett.vedtak import services, states
from bosett.vedtak.models import Vedtak, Vurdering

OPPGAVE = "vurder_vedtak"
_LAAS = 720260300  # advisory lock: judgements of different municipalities get their numbers one at a time


@transaction.atomic
def meld(*, aktor: Aktor, vedtak_id: int) -> None:
    """Give IMDi the task of judging a text. For the job that follows the municipality's question."""
    vedtak = Vedtak.objects.select_related("anmodning__subjekt", "organisasjon").get(pk=vedtak_id)
    if vedtak.tilstand != "til_vurdering":
        return
    oppgaver.opprett(
        oppgaver=[
            NyOppgave(
                subjekt_id=vedtak.anmodning_id,
                organisasjon=Organisasjon.objects.get(slag="imdi"),
                roller=["imdi_radgiver"],
                slag=OPPGAVE,
                gjelder=f"{vedtak.organisasjon.navn}, {vedtak}",
                sti=f"/svar/vurdering/{vedtak.uuid}/",
            )
        ]
    )


@transaction.atomic
def vurder(*, aktor: Aktor, vedtak_id: int, versjon: int, godtatt: bool, begrunnelse: str) -> Vurdering:
    """Accept the text, and the decision is registered as sent when the municipality sent it; or give it back with the reason.

    Raises `Konflikt` when somebody else has judged it, or the municipality has decided anew since, and `Ugyldig` without a reason. Repeating the same judgement is refused:
    a judgement is one person's.
    """
    vedtak = (
        Vedtak.objects.select_related("anmodning__runde", "anmodning__subjekt", "organisasjon")
        .filter(pk=vedtak_id)
        .first()
    )
    overgang = states.GODTA if godtatt else states.SEND_TILBAKE
    if vedtak is None:
        raise FinnesIkke(
            kode="VEDTAK-FINNES-IKKE", hva="Svaret finnes ikke, eller du har ikke tilgang til det."
        )
    krev(aktor, overgang.kode, vedtak.organisasjon)
    services.laas_aaret(vedtak.kommune_id, vedtak.aar)
    vedtak.refresh_from_db(fields=["tilstand", "versjon"])
    if vedtak.tilstand not in overgang.fra or vedtak.versjon != versjon:
        raise Konflikt(
            kode="VEDTAK-VURDERT",
            hva="Teksten er vurdert eller endret etter at du åpnet siden.",
            regel="Vurderingen skal gjelde teksten du har sett.",
            gjor="Last siden på nytt.",
        )
    if vedtak.paa_vegne and vedtak.innsendt_av_id == aktor.bruker_id:
        raise Konflikt(
            kode="VEDTAK-FIRE-OYNE",
            hva="Du har selv skrevet inn svaret.",
            regel="En annen i IMDi vurderer det en i IMDi har registrert for en kommune.",
            gjor="Be en kollega vurdere teksten.",
        )
    if not begrunnelse.strip():
        raise Ugyldig(
            kode="VEDTAK-VURDERING-GRUNN",
            hva="Begrunnelsen mangler.",
            regel="Kommunen skal få vite hvorfor, og andre skal kunne vise til vurderingen.",
            gjor="Skriv hvorfor teksten har eller ikke har forbehold.",
        )
    if godtatt:
        _er_nyest(vedtak)
    aar = i_dag().year
    with connection.cursor() as db:
        db.execute("SELECT pg_advisory_xact_lock(%s)", [_LAAS])
    vurdering = Vurdering.objects.create(
        vedtak=vedtak,
        aar=aar,
        nr=(Vurdering.objects.filter(aar=aar).aggregate(Max("nr"))["nr__max"] or 0) + 1,
        godtatt=godtatt,
        tekst=vedtak.tekst,
        funn=vedtak.kontroll.get("funn", []),
        begrunnelse=begrunnelse.strip(),
        vurdert_av_id=aktor.bruker_id,
    )
    if godtatt:
        services.ta_imot(aktor, vedtak, overgang)
    else:
        vedtak.tilstand = overgang.til
        vedtak.bekreftet = vedtak.innsendt = vedtak.etter_frist = None
        vedtak.bekreftet_av = vedtak.innsendt_av = None
        vedtak.versjon += 1
        vedtak.save()
        registrer(
            aktor=aktor,
            handling=overgang.kode,
            subjekt_id=vedtak.anmodning_id,
            data={"vedtak": str(vedtak.uuid), "vurdering": str(vurdering)},
            organisasjon=vedtak.organisasjon,
        )
        oppgaver.opprett(
            oppgaver=[
                NyOppgave(
                    subjekt_id=vedtak.anmodning_id,
                    organisasjon=Organisasjon.objects.get(slag="imdi")
                    if vedtak.paa_vegne
                    else vedtak.organisasjon,
                    roller=["imdi_radgiver" if vedtak.paa_vegne else "bosetter_skriv"],
                    slag="rett_vedtak",
                    gjelder=str(vedtak),
                    sti=f"/vedtak/{vedtak.anmodning.subjekt.uuid}/",
                    frist=vedtak.anmodning.runde.frist,
                )
            ]
        )
    oppgaver.fullfor(aktor=aktor, subjekt_ider=[vedtak.anmodning_id], slag=OPPGAVE)
    return vurdering


def _er_nyest(vedtak: Vedtak) -> None:
    """What the municipality sent while it waited stands: an older text must not take over for it."""
    if Vedtak.objects.filter(
        kommune_id=vedtak.kommune_id, aar=vedtak.aar, tilstand="registrert", innsendt__gt=vedtak.innsendt
    ).exists():
        raise Konflikt(
            kode="VEDTAK-NYERE",
            hva="Kommunen har sendt et nyere vedtak for samme år.",
            regel="Det er det siste vedtaket som gjelder.",
            gjor="Send teksten tilbake, og skriv at det nye vedtaket gjelder.",
        )

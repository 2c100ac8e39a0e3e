"""The acts of a round: make, compute, present, approve. One transaction each: lock → may → guard → write → ledger → enqueue."""

from datetime import date

from django.db import transaction
from django.db.models import Max, Sum

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.anmodning import selectors, states
from bosett.anmodning.grunnlag import hent_fakta
from bosett.anmodning.models import Justering, Revisjon, Runde, Vektvariant
from bosett.anmodning.revisjoner import differanse, ny_revisjon, om
from bosett.anmodning.rules import hent, kontroller_vekter
from bosett.behov.models import Behov
from bosett.grunn.feil import Avvist, Konflikt, Ugyldig
from bosett.grunn.handling import Overgang
from bosett.grunn.klokke import i_dag, naa
from bosett.oppgave import services as oppgaver
from bosett.oppgave.services import NyOppgave
from bosett.spor.services import registrer
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas_mange, nytt_subjekt


@transaction.atomic
def lag_variant(*, aktor: Aktor, kriteriesett: str, navn: str, vekter: dict[str, str]) -> Vektvariant:
    """Keep a named set of weights (decimals that sum to 1, the first tier at least the set's floor). Marked «antatt»."""
    krev(aktor, states.LAG_VARIANT.kode)
    kontroller_vekter(hent(int(kriteriesett)), {navn_: float(vekt) for navn_, vekt in vekter.items()})
    if Vektvariant.objects.filter(kriteriesett=kriteriesett, navn=navn).exists():
        raise Konflikt(
            kode="ANMODNING-VARIANT",
            hva=f"Det finnes allerede et sett vekter som heter «{navn}».",
            regel="Et sett vekter endres ikke når det først er lagret.",
            gjor="Velg et annet navn.",
        )
    return Vektvariant.objects.create(
        kriteriesett=kriteriesett, navn=navn, vekter=vekter, laget_av_id=aktor.bruker_id
    )


def standardvariant(kriteriesett: str) -> Vektvariant:
    """The variant that stands in the rule file, kept as a row the first time somebody uses it."""
    fra_fil = hent(int(kriteriesett)).standardvariant
    return Vektvariant.objects.get_or_create(
        kriteriesett=kriteriesett,
        navn=fra_fil.navn.nb,
        defaults={
            "vekter": {navn: str(vekt) for navn, vekt in fra_fil.vekter.items()},
            "antatt": not fra_fil.publisert,
            "kilde": "Regelfilen",
        },
    )[0]


@transaction.atomic
def opprett_runde(
    *,
    aktor: Aktor,
    aar: int,
    behov: Behov,
    kriteriesett: str,
    variant: Vektvariant,
    frist: date,
    planlagt: date | None = None,
    erstatter: Runde | None = None,
) -> Runde:
    """Make a new round for a year; `planlagt` is a day in the month its letters are planned to leave.

    `erstatter` is the sent round that this one adjusts. Raises `Mangler` when the criteria of the chosen year are unknown.
    """
    krev(aktor, (states.REVIDER if erstatter else states.OPPRETT).kode)
    hent(int(kriteriesett))
    if variant.kriteriesett != kriteriesett:
        raise Ugyldig(
            kode="ANMODNING-VARIANT-AAR",
            hva=f"Vektene «{variant.navn}» hører til kriteriene for {variant.kriteriesett}.",
            gjor=f"Velg vekter som hører til kriteriene for {kriteriesett}.",
        )
    if frist <= i_dag():
        raise Ugyldig(
            kode="ANMODNING-FRIST",
            hva="Svarfristen er ikke fram i tid.",
            regel="Kommunene skal ha tid til å behandle anmodningen.",
            gjor="Velg en senere dato.",
        )
    nr = (Runde.objects.filter(aar=aar).aggregate(Max("nr"))["nr__max"] or 0) + 1
    runde = Runde.objects.create(
        subjekt=nytt_subjekt(slag="runde"),
        aar=aar,
        nr=nr,
        behov=behov,
        kriteriesett=kriteriesett,
        variant=variant,
        frist=frist,
        planlagt=planlagt.replace(day=1) if planlagt else None,
        erstatter=erstatter,
        tilstand="utkast",
        laget_av_id=aktor.bruker_id,
    )
    registrer(
        aktor=aktor,
        handling=(states.REVIDER if erstatter else states.OPPRETT).kode,
        subjekt_id=runde.pk,
        data={"aar": aar, "nr": nr, "behov": behov.pk, "kriteriesett": kriteriesett, "variant": variant.pk},
    )
    return runde


@transaction.atomic
def beregn(*, aktor: Aktor, runde_id: int, kappa: float | None = None) -> Revisjon:
    """Compute the numbers of a round from its need, its weights and the facts of today, as a new revision.

    In a round that KS and the counties are looking at, this ends the dialogue and its adjustments: they must see the new ones.
    Raises `Ugyldig`, `Mangler` or `Konflikt` from the engine (with the clashing bounds named); then nothing is changed.
    """
    runde = laas_runde(runde_id)
    i_samraad = runde.tilstand == "samraad"
    flytt(aktor, runde, states.BEREGN)
    if i_samraad:
        avslutt_samraad(aktor, runde, "Tallene ble beregnet på nytt.")
        Justering.objects.filter(anmodning__runde=runde, trukket=None).update(
            trukket=naa(), trukket_av_id=aktor.bruker_id
        )
    revisjon = ny_revisjon(aktor=aktor, runde=runde, fakta=hent_fakta(i_dag()), kappa=kappa)
    registrer(aktor=aktor, handling=states.BEREGN.kode, subjekt_id=runde.pk, data=om(revisjon))
    return revisjon


@transaction.atomic
def legg_fram(*, aktor: Aktor, runde_id: int, begrunnelse: str = "", differanse_grunn: str = "") -> Runde:
    """End the dialogue and present the numbers for approval.

    Raises `Konflikt` when the numbers are not those that were computed, and `Ugyldig` when their sum is another than the need and
    `differanse_grunn` does not say why (R117), or when the time limit of the dialogue is not out, somebody has not answered, and
    `begrunnelse` does not say why there is no time to wait (R131).
    """
    runde = laas_runde(runde_id)
    flytt(aktor, runde, states.LEGG_FRAM)
    assert runde.gjeldende is not None  # the database holds it: `runde_tall_for_godkjenning`
    sum_ = runde.gjeldende.tall.aggregate(antall=Sum("antall"), em=Sum("em"))
    beregnet = runde.gjeldende.kontroll["sum_antall"]
    if (sum_["antall"], sum_["em"]) != (beregnet, runde.behov.em):
        raise Konflikt(
            kode="ANMODNING-SUM",
            hva=f"Tallene er til sammen {sum_['antall']} ({sum_['em']} enslige mindreårige), men det er beregnet {beregnet} ({runde.behov.em}).",
            regel="Tallene som blir lagt fram, er de som ble beregnet.",
            gjor="Beregn på nytt.",
        )
    runde.differanse_grunn = differanse_grunn.strip() if runde.differanse else ""
    krev_grunn(runde)
    _kan_avsluttes(runde, begrunnelse.strip())
    avslutt_samraad(aktor, runde, begrunnelse.strip())
    runde.levert_av_id = aktor.bruker_id
    runde.save()
    grunner = {"begrunnelse": begrunnelse.strip(), "differanse_grunn": runde.differanse_grunn}
    registrer(
        aktor=aktor,
        handling=states.LEGG_FRAM.kode,
        subjekt_id=runde.pk,
        data={"revisjon": runde.gjeldende.nr, "differanse": runde.differanse},
        detaljer={navn: grunn for navn, grunn in grunner.items() if grunn} or None,
    )
    godkjenning = NyOppgave(
        subjekt_id=runde.pk,
        organisasjon=Organisasjon.objects.get(slag="imdi"),
        roller=["imdi_godkjenner"],
        slag="godkjenn_runde",
        gjelder=str(runde),
        sti=sti(runde),
    )
    oppgaver.opprett(oppgaver=[godkjenning])
    return runde


def krev_grunn(runde: Runde) -> None:
    """The numbers go no further while they differ from the need and nobody has said why (R117). Raises `Ugyldig`."""
    assert runde.gjeldende is not None
    if differanse(runde.gjeldende) and not runde.differanse_grunn:
        kontroll = runde.gjeldende.kontroll
        raise Ugyldig(
            kode="ANMODNING-DIFFERANSE",
            hva=f"Tallene er til sammen {kontroll['sum_antall']}, behovet er {kontroll['behov']}, og det står ikke hvorfor.",
            regel="Er summen av tallene en annen enn behovet, skal alle kunne lese hvorfor.",
            gjor="Skriv hvorfor når du legger fram tallene, eller juster dem til summen er lik behovet.",
        )


def _kan_avsluttes(runde: Runde, begrunnelse: str) -> None:
    """No open dialogue is fine: the numbers came back from the approver, and nobody opened it again."""
    if begrunnelse:
        return
    if venter := selectors.venter_paa(runde):
        frist = runde.samraad.get(avsluttet=None).frist
        raise Ugyldig(
            kode="ANMODNING-SAMRAAD",
            hva=f"{len(venter)} av partene i samrådet har ikke uttalt seg, og fristen er {frist:%d.%m.%Y}.",
            regel="KS og fylkeskommunene skal ha sett tallene og fått si hva de mener, før tallene blir godkjent.",
            gjor="Vent til fristen er ute, eller skriv hvorfor det ikke er tid til å vente.",
        )


def avslutt_samraad(aktor: Aktor, runde: Runde, begrunnelse: str) -> None:
    """End the open dialogue of a locked round, if there is one; nobody is asked to speak any more."""
    for samraad in runde.samraad.filter(avsluttet=None):
        samraad.avsluttet, samraad.begrunnelse = naa(), begrunnelse
        samraad.save()
        parter = list(samraad.parter.values_list("pk", flat=True))
        oppgaver.fullfor(aktor=aktor, subjekt_ider=parter, slag="uttal_samraad")


@transaction.atomic
def send_tilbake(*, aktor: Aktor, runde_id: int, begrunnelse: str) -> Runde:
    """Send the numbers back to the one who presented them, with a reason."""
    if not begrunnelse.strip():
        raise Ugyldig(
            kode="ANMODNING-BEGRUNNELSE",
            hva="Begrunnelsen mangler.",
            regel="Den som la fram tallene, skal få vite hva som må endres.",
            gjor="Skriv hva du vil ha endret.",
        )
    runde = laas_runde(runde_id)
    flytt(aktor, runde, states.SEND_TILBAKE)
    runde.levert_av = None
    runde.save()
    registrer(
        aktor=aktor,
        handling=states.SEND_TILBAKE.kode,
        subjekt_id=runde.pk,
        detaljer={"begrunnelse": begrunnelse.strip()},
    )
    oppgaver.fullfor(aktor=aktor, subjekt_ider=[runde.pk], slag="godkjenn_runde")
    return runde


@transaction.atomic
def godkjenn(*, aktor: Aktor, runde_id: int, revisjon: int) -> Runde:
    """Approve the numbers and the letters. `revisjon` is the one the approver looked at: a newer one is refused.

    Four eyes: raises `Konflikt` when the approver also presented the numbers. Raises `Ugyldig` when their sum is another than the
    need and it does not say why.
    """
    runde = laas_runde(runde_id)
    flytt(aktor, runde, states.GODKJENN)
    assert runde.gjeldende is not None
    if runde.levert_av_id == aktor.bruker_id:
        raise Konflikt(
            kode="ANMODNING-FIRE-OYNE",
            hva="Du la selv fram disse tallene.",
            regel="En annen person enn den som la fram tallene, må godkjenne dem.",
            gjor="Be en annen godkjenner om å se på dem.",
        )
    if runde.gjeldende.nr != revisjon:
        raise Konflikt(
            kode="ANMODNING-REVISJON",
            hva=f"Tallene er beregnet på nytt etter at du åpnet siden (versjon {runde.gjeldende.nr}).",
            gjor="Se på de nye tallene før du godkjenner.",
        )
    krev_grunn(runde)
    runde.godkjent_av_id = aktor.bruker_id
    runde.godkjent = naa()
    runde.save()
    registrer(
        aktor=aktor,
        handling=states.GODKJENN.kode,
        subjekt_id=runde.pk,
        data={"revisjon": runde.gjeldende.nr, "avtrykk": runde.gjeldende.avtrykk},
    )
    oppgaver.fullfor(aktor=aktor, subjekt_ider=[runde.pk], slag="godkjenn_runde")
    return runde


def sti(runde: Runde) -> str:
    """The address of a round's page."""
    return f"/anmodning/{runde.subjekt.uuid}/"


def laas_runde(runde_id: int) -> Runde:
    """The round, locked: its acts happen one at a time. Raises `Avvist` when the actor can't see it."""
    laas_mange(subjekt_ider=[runde_id])
    runde = (
        Runde.objects.select_related("behov", "variant", "gjeldende", "subjekt").filter(pk=runde_id).first()
    )
    if runde is None:
        raise Avvist(kode="TILGANG", hva="Runden finnes ikke, eller du har ikke tilgang til den.")
    return runde


def flytt(aktor: Aktor, runde: Runde, overgang: Overgang) -> None:
    """May the actor, and does the round stand where this act begins? Sets the new state; the caller saves."""
    krev(aktor, overgang.kode)
    if runde.tilstand not in overgang.fra:
        raise Konflikt(
            kode="ANMODNING-TILSTAND",
            hva=f"Runden er «{states.RUNDE.navn(runde.tilstand)}», og da kan du ikke {overgang.tekst}.",
            regel="Dette kan bare gjøres når runden er "
            + " eller ".join(f"«{states.RUNDE.navn(kode)}»" for kode in overgang.fra) + ".",
            gjor="Last siden på nytt og se hva som er gjort.",
        )  # fmt: skip
    runde.tilstand = overgang.til


@transaction.atomic
def lukk(*, aktor: Aktor, runde_id: int) -> Runde:
    """Close a round that has been sent. Nobody is asked for places per week any more."""
    runde = laas_runde(runde_id)
    flytt(aktor, runde, states.LUKK)
    runde.save()
    kommuner = list(runde.anmodninger.values_list("pk", flat=True))
    oppgaver.fullfor(aktor=aktor, subjekt_ider=kommuner, slag="svar_tidsplan")
    registrer(aktor=aktor, handling=states.LUKK.kode, subjekt_id=runde.pk)
    return runde

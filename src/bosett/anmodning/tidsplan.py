"""In a crisis IMDi asks for more than a number: how many places in each week (2022: a weekly time plan to August).

The numbers are indicative: they bind nobody, and change neither the request nor the municipality's decision.
"""

from collections.abc import Collection, Mapping
from datetime import date

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.anmodning import services, states
from bosett.anmodning.models import Kommuneanmodning, Runde, Tidsplan, Tidsplankrav, Tidsplansvar, Ukeplasser
from bosett.anmodning.models_tidsplan import HOYST_UKER
from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag, naa
from bosett.grunn.uker import mandag, uker
from bosett.oppgave import services as oppgaver
from bosett.oppgave.services import NyOppgave
from bosett.spor.services import Innslag, registrer, registrer_mange
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas_mange


@transaction.atomic
def be_om(
    *,
    aktor: Aktor,
    runde_id: int,
    fra: date,
    til: date,
    frist: date,
    begrunnelse: str,
    numre: Collection[str] | None = None,
) -> Tidsplankrav:
    """Ask the municipalities of a sent round for places per week, from the week of `fra` to the week of `til` (both with).

    `numre` are the municipalities to ask; None asks all that the round's letters asked. An open ask to the same municipality
    that year is replaced and kept. Each gets a task with `frist`. The same ask again makes nothing new. Raises `Ugyldig`
    for weeks or a day that are not ahead, for more than 52 weeks, without a reason, or for municipalities not in the round.
    """
    _gyldig(fra, til, frist, begrunnelse)
    runde = services.laas_runde(runde_id)
    services.flytt(aktor, runde, states.BE_OM_TIDSPLAN)
    anmodninger = _spurte(runde, numre)
    laas_mange(subjekt_ider=anmodninger)  # nobody saves an answer to what is being replaced
    like = {"fra": mandag(fra), "til": mandag(til), "frist": frist, "begrunnelse": begrunnelse.strip()}
    siste = runde.tidsplankrav.order_by("-nr").first()
    if siste is not None and _er_lik(siste, like, anmodninger):
        return siste
    kommuner = [anmodning.kommune_id for anmodning in anmodninger.values()]
    gamle = Tidsplan.objects.filter(
        anmodning__kommune_id__in=kommuner, anmodning__runde__aar=runde.aar, erstattet=None
    )
    erstattede = list(gamle.values_list("anmodning_id", flat=True))
    gamle.update(erstattet=naa())
    oppgaver.fullfor(aktor=aktor, subjekt_ider=erstattede, slag="svar_tidsplan")
    krav = Tidsplankrav.objects.create(
        runde=runde, nr=siste.nr + 1 if siste else 1, stilt_av_id=aktor.bruker_id, **like
    )
    Tidsplan.objects.bulk_create(Tidsplan(krav=krav, anmodning=ett) for ett in anmodninger.values())
    oppgaver.opprett(oppgaver=[_oppgave(krav, anmodning) for anmodning in anmodninger.values()])
    registrer(
        aktor=aktor,
        handling=states.BE_OM_TIDSPLAN.kode,
        subjekt_id=runde.pk,
        data={
            "krav": krav.nr, "fra": krav.fra.isoformat(), "til": krav.til.isoformat(), "frist": frist.isoformat(),
            "kommuner": len(anmodninger), "erstattet": len(erstattede),
        },
        detaljer={"begrunnelse": krav.begrunnelse},
    )  # fmt: skip
    registrer_mange(
        aktor=aktor,
        handling=states.BE_OM_TIDSPLAN.kode,
        innslag=[Innslag(pk, {"krav": krav.nr}) for pk in anmodninger],
    )
    return krav


@transaction.atomic
def svar(
    *, aktor: Aktor, anmodning: Kommuneanmodning, krav: int, versjon: int, plasser: Mapping[date, int]
) -> Tidsplansvar:
    """Save how many places (persons) the municipality has in each week, as a new version; also after the time limit.

    `plasser` goes from Mondays to numbers; 0 is none, and a week that is left out is not answered. The task is done when
    every week has a number. `krav` and `versjon` are the ask and the version the user looked at (0: nothing saved yet).
    The same numbers again change nothing. Raises `Konflikt` when somebody else saved in the meantime, IMDi has asked anew, or
    the round is closed, and `Ugyldig` without any number or for a week nobody asked for; then nothing is saved.
    """
    krev(aktor, states.SVAR_TIDSPLAN.kode, anmodning.organisasjon)
    laas_mange(subjekt_ider=[anmodning.pk])
    plan = Tidsplan.objects.select_related("krav__runde").filter(anmodning=anmodning, erstattet=None).first()
    if plan is None or plan.krav.nr != krav:
        raise Konflikt(
            kode="TIDSPLAN-ERSTATTET",
            hva="IMDi har bedt om en ny tidsplan etter at du åpnet siden. Tallene dine er ikke lagret.",
            regel="Det er den nyeste tidsplanen dere svarer på.",
            gjor="Se over ukene, og lagre igjen.",
        )
    if plan.krav.runde.tilstand not in states.BE_OM_TIDSPLAN.fra:
        raise Konflikt(
            kode="TIDSPLAN-LUKKET",
            hva="Runden er lukket, og IMDi tar ikke imot flere tall.",
            gjor="Ta kontakt med IMDi hvis dere har mer å melde inn.",
        )
    _gyldige_tall(plan.krav, plasser)
    siste = plan.svar.order_by("-nr").first()
    if siste is not None and dict(siste.uker.values_list("uke", "plasser")) == dict(plasser):
        return siste
    if (siste.nr if siste else 0) != versjon:
        raise Konflikt(
            kode="TIDSPLAN-VERSJON",
            hva="En annen hos dere lagret tall mens du skrev. Tallene dine står her, men er ikke lagret.",
            regel="Ingen skal skrive over andres tall uten å vite det.",
            gjor="Se hva som er lagret i hver uke, rett det som skal rettes, og lagre igjen.",
        )
    nytt = Tidsplansvar.objects.create(tidsplan=plan, nr=versjon + 1, lagret_av_id=aktor.bruker_id)
    Ukeplasser.objects.bulk_create(
        Ukeplasser(svar=nytt, uke=uke, plasser=antall) for uke, antall in sorted(plasser.items())
    )
    registrer(
        aktor=aktor,
        handling=states.SVAR_TIDSPLAN.kode,
        subjekt_id=anmodning.pk,
        data={"krav": krav, "versjon": nytt.nr, "uker": len(plasser), "plasser": sum(plasser.values())},
        organisasjon=anmodning.organisasjon,
    )
    if len(plasser) == plan.krav.antall_uker:
        oppgaver.fullfor(aktor=aktor, subjekt_ider=[anmodning.pk], slag="svar_tidsplan")
    else:  # also when somebody emptied a week that was filled
        oppgaver.opprett(oppgaver=[_oppgave(plan.krav, anmodning)])
    return nytt


def _gyldig(fra: date, til: date, frist: date, begrunnelse: str) -> None:
    if not begrunnelse.strip():
        raise Ugyldig(
            kode="TIDSPLAN-GRUNN",
            hva="Begrunnelsen mangler.",
            regel="Kommunene skal få vite hvorfor dere ber om tidsplanen.",
            gjor="Skriv hvorfor, kort og klart.",
        )
    if frist <= i_dag():
        raise Ugyldig(
            kode="TIDSPLAN-FRIST",
            hva="Fristen er ikke fram i tid.",
            regel="Kommunene skal ha tid til å svare.",
            gjor="Velg en senere dato.",
        )
    if mandag(fra) < mandag(i_dag()):
        raise Ugyldig(
            kode="TIDSPLAN-FORTID",
            hva="Den første uka er over.",
            regel="Kommunene melder inn plasser i uker som kommer.",
            gjor="Velg denne uka eller en senere.",
        )
    if not 1 <= len(uker(fra, til)) <= HOYST_UKER:
        raise Ugyldig(
            kode="TIDSPLAN-UKER",
            hva="Den siste uka kommer før den første, eller det er mer enn 52 uker.",
            regel="En tidsplan gjelder fra 1 til 52 uker.",
            gjor="Velg en annen siste uke.",
        )


def _spurte(runde: Runde, numre: Collection[str] | None) -> dict[int, Kommuneanmodning]:
    """The requests that stand, by id, of all municipalities or those with these numbers."""
    anmodninger = Kommuneanmodning.objects.filter(runde=runde, tilstand="anmodet").select_related(
        "organisasjon", "subjekt", "runde"
    )
    if numre is not None:
        anmodninger = anmodninger.filter(nummer__in=numre)
    funnet = {anmodning.pk: anmodning for anmodning in anmodninger.order_by("pk")}
    if not funnet or (numre is not None and len(funnet) != len(set(numre))):
        raise Ugyldig(
            kode="TIDSPLAN-KOMMUNER",
            hva="Ingen kommuner er valgt, eller noen av dem er ikke bedt om å bosette i denne runden.",
            regel="Bare kommuner som har en anmodning som gjelder, kan bli bedt om en tidsplan.",
            gjor="Velg andre kommuner.",
        )
    return funnet


def _er_lik(krav: Tidsplankrav, like: Mapping[str, object], anmodninger: Collection[int]) -> bool:
    """Is this the ask that stands, word for word? Then somebody pressed the button twice."""
    apne = krav.tidsplaner.filter(erstattet=None).values_list("anmodning_id", flat=True)
    return all(getattr(krav, navn) == verdi for navn, verdi in like.items()) and set(apne) == set(anmodninger)


def _gyldige_tall(krav: Tidsplankrav, plasser: Mapping[date, int]) -> None:
    if not plasser:
        raise Ugyldig(
            kode="TIDSPLAN-TOM",
            hva="Ingen uker er fylt ut.",
            regel="En uke uten tall er ikke besvart.",
            gjor="Skriv hvor mange plasser dere har i minst én uke. Har dere ingen, skriver dere 0.",
        )
    if not set(plasser) <= set(krav.uker) or min(plasser.values()) < 0:
        raise Ugyldig(
            kode="TIDSPLAN-UKE",
            hva="Et av tallene er under 0, eller gjelder en uke IMDi ikke har spurt om.",
            gjor="Last siden på nytt, og fyll ut ukene som står der.",
        )


def _oppgave(krav: Tidsplankrav, anmodning: Kommuneanmodning) -> NyOppgave:
    return NyOppgave(
        subjekt_id=anmodning.pk,
        organisasjon=anmodning.organisasjon,
        roller=list(states.SVAR_TIDSPLAN.roller),
        slag="svar_tidsplan",
        gjelder=str(krav.runde),
        sti=f"/kommunens-anmodninger/{anmodning.subjekt.uuid}/tidsplan/",
        frist=krav.frist,
    )

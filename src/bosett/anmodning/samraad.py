"""The dialogue with KS and the county municipalities before approval (R016, R131): they see, they speak, IMDi adjusts."""

from dataclasses import replace
from datetime import date
from typing import cast

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.anmodning import services, states
from bosett.anmodning.grunnlag import bygg_grunnlag, hent_fakta
from bosett.anmodning.models import (
    Innspill,
    Innspillsvar,
    Justering,
    Kommuneanmodning,
    Revisjon,
    Runde,
    Samraad,
    Samraadspart,
)
from bosett.anmodning.revisjoner import ny_revisjon, om, parametre
from bosett.anmodning.rules import Dialog, hent, regn_tall
from bosett.anmodning.rules.forsok import FORSOK, Sammenligning, sammenlign
from bosett.anmodning.rules.typer import Omfang
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag, naa
from bosett.oppgave import services as oppgaver
from bosett.oppgave.services import NyOppgave
from bosett.spor.services import Innslag, registrer, registrer_mange
from bosett.tilgang.policy import krev
from bosett.tilgang.services import del_mange, nytt_subjekt


@transaction.atomic
def apne(*, aktor: Aktor, runde_id: int, frist: date) -> Samraad:
    """Let KS see every number and each county municipality those of its own county, until `frist` (the last day to answer).

    Each gets a task. Raises `Ugyldig` when the day is not ahead.
    """
    if frist <= i_dag():
        raise Ugyldig(
            kode="ANMODNING-SAMRAAD-FRIST",
            hva="Fristen er ikke fram i tid.",
            regel="KS og fylkeskommunene skal ha tid til å se på tallene.",
            gjor="Velg en senere dato.",
        )
    runde = services.laas_runde(runde_id)
    services.flytt(aktor, runde, states.APNE_SAMRAAD)
    assert runde.gjeldende is not None  # the database holds it: `runde_tall_for_godkjenning`
    runde.save()
    runde.gjeldende.framlagt = True
    runde.gjeldende.save()
    samraad = Samraad.objects.create(
        runde=runde, revisjon=runde.gjeldende, frist=frist, apnet_av_id=aktor.bruker_id
    )
    parter = [
        Samraadspart(subjekt=nytt_subjekt(slag="samraad"), samraad=samraad, organisasjon=organisasjon)
        for organisasjon in Organisasjon.objects.filter(slag__in=(Slag.KS, Slag.FYLKESKOMMUNE)).order_by("pk")
    ]
    Samraadspart.objects.bulk_create(parter)
    _del(runde, parter)
    registrer(
        aktor=aktor,
        handling=states.APNE_SAMRAAD.kode,
        subjekt_id=runde.pk,
        data={"revisjon": runde.gjeldende.nr, "frist": frist.isoformat(), "parter": len(parter)},
    )
    oppgaver.opprett(
        oppgaver=[
            NyOppgave(
                subjekt_id=part.pk,
                organisasjon=part.organisasjon,
                roller=["ks_radgiver" if part.organisasjon.slag == Slag.KS else "fylke_radgiver"],
                slag="uttal_samraad",
                gjelder=str(runde),
                sti=f"{services.sti(runde)}samraad/",
                frist=frist,
            )
            for part in parter
        ]
    )
    return samraad


def _del(runde: Runde, parter: list[Samraadspart]) -> None:
    """KS sees every municipality's request, a county municipality those of its county; each the need, and its own part."""
    anmodninger = Kommuneanmodning.objects.filter(runde=runde).values_list("pk", "organisasjon__fylke_id")
    delinger = [(part.pk, part.organisasjon) for part in parter]
    delinger += [(runde.behov_id, part.organisasjon) for part in parter]
    delinger += [
        (pk, part.organisasjon)
        for pk, fylke in anmodninger
        for part in parter
        if part.organisasjon.slag == Slag.KS or part.organisasjon.fylke_id == fylke
    ]
    del_mange(delinger=delinger, grad="full", hvorfor=states.APNE_SAMRAAD.kode)


@transaction.atomic
def uttal(
    *, aktor: Aktor, runde_id: int, tekst: str, nummer: str = "", antall: int | None = None
) -> Innspill:
    """Say what KS or the county municipality thinks of the numbers, or of one of them with the number it recommends (persons).

    No number is changed by it. Raises `Konflikt` when the round is not in dialogue or the time limit is out, `Ugyldig`
    without a text, `FinnesIkke` for a municipality the party doesn't see.
    """
    krev(aktor, states.UTTAL.kode)
    if not tekst.strip():
        raise Ugyldig(
            kode="ANMODNING-INNSPILL",
            hva="Teksten mangler.",
            regel="IMDi skal kunne se hva dere mener, og hvorfor.",
            gjor="Skriv hva dere mener, eller at dere ikke har merknader.",
        )
    runde = services.laas_runde(runde_id)
    part = (
        Samraadspart.objects.select_related("samraad", "organisasjon")
        .filter(samraad__runde=runde, samraad__avsluttet=None, organisasjon__in=aktor.organisasjoner)
        .first()
    )
    if part is None or runde.tilstand != "samraad" or i_dag() > part.samraad.frist:
        raise Konflikt(
            kode="ANMODNING-SAMRAAD-SLUTT",
            hva="Samrådet om disse tallene er avsluttet.",
            regel="Innspill må komme innen fristen, før tallene blir godkjent.",
            gjor="Ta kontakt med IMDi hvis dere har mer å si.",
        )
    anmodning = _anmodning(runde_id, nummer) if nummer else None
    if anmodning is not None:
        krev(aktor, states.UTTAL.kode, anmodning.organisasjon)
    assert runde.gjeldende is not None
    innspill = Innspill.objects.create(
        part=part,
        revisjon=runde.gjeldende,
        anmodning=anmodning,
        antall=antall if anmodning else None,
        tekst=tekst.strip(),
        skrevet_av_id=aktor.bruker_id,
    )
    part.uttalt = naa()
    part.save()
    registrer(
        aktor=aktor,
        handling=states.UTTAL.kode,
        subjekt_id=part.pk,
        data={"runde": runde.pk, "innspill": innspill.pk, "revisjon": runde.gjeldende.nr},
    )
    oppgaver.fullfor(aktor=aktor, subjekt_ider=[part.pk], slag="uttal_samraad")
    return innspill


@transaction.atomic
def besvar(*, aktor: Aktor, runde_id: int, innspill_id: int, tekst: str) -> Innspillsvar:
    """IMDi answers what a party said. The party and IMDi see it; no number is changed by it, and it may come after the dialogue.

    Raises `FinnesIkke` when nothing such was said in a dialogue about the round, `Ugyldig` without a text, `Konflikt` when it is
    answered already.
    """
    krev(aktor, states.BESVAR.kode)
    if not tekst.strip():
        raise Ugyldig(
            kode="ANMODNING-INNSPILLSVAR",
            hva="Svaret mangler.",
            regel="De som har uttalt seg, skal kunne lese hva IMDi mener om det.",
            gjor="Skriv svaret.",
        )
    runde = services.laas_runde(runde_id)
    innspill = Innspill.objects.filter(pk=innspill_id, part__samraad__runde=runde).first()
    if innspill is None:
        raise FinnesIkke(
            kode="ANMODNING-INNSPILL-FINNES-IKKE",
            hva="Innspillet finnes ikke, eller du har ikke tilgang til det.",
        )
    if innspill.svar.exists():
        raise Konflikt(
            kode="ANMODNING-BESVART",
            hva="Innspillet er allerede besvart.",
            regel="Et svar blir stående slik det ble sendt.",
            gjor="Les svaret som er gitt.",
        )
    svar = Innspillsvar.objects.create(innspill=innspill, tekst=tekst.strip(), skrevet_av_id=aktor.bruker_id)
    registrer(
        aktor=aktor,
        handling=states.BESVAR.kode,
        subjekt_id=innspill.part_id,
        data={"runde": runde.pk, "innspill": innspill.pk, "svar": svar.pk},
    )
    return svar


@transaction.atomic
def juster(
    *, aktor: Aktor, runde_id: int, nummer: str, antall: int, omfang: str, begrunnelse: str, etter: str, em: int | None = None
) -> Revisjon:  # fmt: skip
    """Set one municipality's number (persons) after dialogue, and divide the rest again on the same facts, as a new revision.

    `omfang` is «fylke» (the others of the county give or take), «land» (all others do) or «ingen» (nobody does: no other number
    changes, and the sum is another than the need; R117). `etter` names whose word it follows. `em` sets how many of them are
    unaccompanied minors (None: the key decides); their sum is always the need's, so with «ingen» the country gives or takes them.
    An earlier adjustment of the same municipality is withdrawn and kept. Raises `Ugyldig` without a reason, and what the
    engine raises when the others cannot give or take the difference; then nothing is changed.
    """
    runde = services.laas_runde(runde_id)
    services.flytt(aktor, runde, states.JUSTER)
    _begrunnet(int(runde.kriteriesett), antall, begrunnelse, etter)
    _em_i_antall(antall, em)
    anmodning = _anmodning(runde_id, nummer)
    _kan_tas(anmodning, omfang)
    _trekk(aktor, anmodning)
    Justering.objects.create(
        anmodning=anmodning,
        antall=antall,
        em=em,
        omfang=omfang,
        begrunnelse=begrunnelse.strip(),
        etter=etter.strip(),
        gjort_av_id=aktor.bruker_id,
    )
    data: dict[str, object] = {"antall": antall, "omfang": omfang}
    return _regn_igjen(aktor, runde, anmodning, states.JUSTER.kode, data if em is None else data | {"em": em})


def prov(
    *, aktor: Aktor, runde_id: int, nummer: str, antall: int, omfang: str, em: int | None = None
) -> Sammenligning:
    """What `juster` with the same numbers and scope would change, in the numbers of the current version. Nothing is stored.

    Raises `Ugyldig` and `Konflikt` as `juster` does, but asks for no reason.
    """
    krev(aktor, states.JUSTER.kode)
    _em_i_antall(antall, em)
    anmodning = _anmodning(runde_id, nummer)
    _kan_tas(anmodning, omfang)
    runde = Runde.objects.select_related("behov", "variant", "gjeldende").get(pk=runde_id)
    assert runde.gjeldende is not None  # the database holds it: `runde_tall_for_godkjenning`
    valg = parametre(runde)
    dialog = Dialog(antall, FORSOK, av=FORSOK, omfang=cast(Omfang, omfang), nr=len(valg.dialog) + 1, em=em)
    tall = runde.gjeldende.tall.values_list("anmodning__nummer", "antall", "em")
    grunnlag = bygg_grunnlag(runde.gjeldende.grunnlag or hent_fakta(i_dag()))
    naa_ = {nr: (personer, em) for nr, personer, em in tall}
    return sammenlign(
        grunnlag, naa_, naa_, regn_tall(grunnlag, replace(valg, dialog={**valg.dialog, nummer: dialog}))
    )


def _kan_tas(anmodning: Kommuneanmodning, omfang: str) -> None:
    """Is there anybody who can give or take the difference?"""
    if omfang == Justering.Omfang.FYLKE and alene_i_fylket(anmodning):
        raise Ugyldig(
            kode="ANMODNING-ALENE-I-FYLKET",
            hva=f"{anmodning.navn} er alene i fylket.",
            regel="Når tallet endres bare i fylket, må andre kommuner der ta differansen.",
            gjor="Velg at alle andre kommuner i landet tar den, eller at ingen gjør det.",
        )


@transaction.atomic
def trekk_justering(*, aktor: Aktor, runde_id: int, nummer: str) -> Revisjon:
    """Withdraw the adjustment of a municipality: its number is the key's again, in a new revision on the same facts."""
    runde = services.laas_runde(runde_id)
    services.flytt(aktor, runde, states.TREKK_JUSTERING)
    anmodning = _anmodning(runde_id, nummer)
    if not _trekk(aktor, anmodning):
        raise Konflikt(
            kode="ANMODNING-UTEN-JUSTERING",
            hva=f"Tallet til {anmodning.navn} er ikke justert.",
            gjor="Last siden på nytt og se hva som er gjort.",
        )
    return _regn_igjen(aktor, runde, anmodning, states.TREKK_JUSTERING.kode, {})


def _begrunnet(kriterieaar: int, antall: int, begrunnelse: str, etter: str) -> None:
    if begrunnelse.strip() and etter.strip():
        return
    sett = hent(kriterieaar)
    raise Ugyldig(
        kode="ANMODNING-JUSTER-GRUNN",
        hva="Begrunnelsen mangler." if not begrunnelse.strip() else "Det står ikke hva endringen bygger på.",
        regel=sett.minimum_regel.nb
        if 0 < antall < sett.minimum
        else "Kommunen skal kunne lese hvorfor tallet er endret, og hva endringen bygger på.",
        gjor="Skriv hvorfor tallet blir endret, og om endringen bygger på råd fra KS, råd fra fylkeskommunen eller IMDis egen vurdering.",
    )


def _em_i_antall(antall: int, em: int | None) -> None:
    if em is not None and em > antall:
        raise Ugyldig(
            kode="ANMODNING-EM-OVER-ANTALL",
            hva=f"{em} enslige mindreårige er flere enn tallet i alt, {antall}.",
            regel="Enslige mindreårige er en del av tallet i hver kommune.",
            gjor="Skriv et lavere tall på enslige mindreårige, eller et høyere tall i alt.",
        )


def _anmodning(runde_id: int, nummer: str) -> Kommuneanmodning:
    anmodning = (
        Kommuneanmodning.objects.select_related("organisasjon")
        .filter(runde_id=runde_id, nummer=nummer)
        .first()
    )
    if anmodning is None:
        raise FinnesIkke(
            kode="ANMODNING-KOMMUNE", hva="Kommunen finnes ikke, eller du har ikke tilgang til den."
        )
    return anmodning


def alene_i_fylket(anmodning: Kommuneanmodning) -> bool:
    """Oslo is a county of one municipality."""
    return (
        not Kommuneanmodning.objects.filter(runde=anmodning.runde_id, fylke=anmodning.fylke)
        .exclude(pk=anmodning.pk)
        .exists()
    )


def _trekk(aktor: Aktor, anmodning: Kommuneanmodning) -> int:
    return Justering.objects.filter(anmodning=anmodning, trukket=None).update(
        trukket=naa(), trukket_av_id=aktor.bruker_id
    )


def _regn_igjen(
    aktor: Aktor, runde: Runde, anmodning: Kommuneanmodning, handling: str, data: dict[str, object]
) -> Revisjon:
    assert runde.gjeldende is not None
    revisjon = ny_revisjon(
        aktor=aktor, runde=runde, fakta=runde.gjeldende.grunnlag or hent_fakta(i_dag()), framlagt=True
    )
    registrer_mange(
        aktor=aktor,
        handling=handling,
        innslag=[
            Innslag(runde.pk, om(revisjon) | data | {"kommune": anmodning.nummer, "sted": anmodning.navn}),
            Innslag(anmodning.pk, {"revisjon": revisjon.nr} | data),
        ],
    )
    return revisjon

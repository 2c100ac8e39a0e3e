"""What becomes of a thread and of contacts when a case changes hands, turns out to be another case, or ends.

Called by the room of persons as part of its acts, under the lock of every case concerned.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Organisasjon
from bosett.grunn.klokke import naa
from bosett.oppgave import services as oppgaver
from bosett.oppgave.models import Oppgave
from bosett.oppgave.services import NyOppgave
from bosett.samtale.henvendelser import OPPGAVE
from bosett.samtale.models import Henvendelse, Innlegg, Lest
from bosett.samtale.querysets import ubesvarte
from bosett.samtale.services import LES_SVAR, gi_oppgaver, saksnummer, sti
from bosett.samtale.states import SEND_HENVENDELSE, SKRIV, TREKK_HENVENDELSE
from bosett.spor.services import Innslag, registrer_mange
from bosett.tilgang import services as tilgang
from bosett.tilgang.models import Deling, Subjekt


def bytt_deltakere(*, aktor: Aktor, subjekt_ider: Collection[int]) -> None:
    """Others have the cases now: open questions are theirs to answer, and no longer those' who had them."""
    with som_systemet(SKRIV.kode, etter=aktor) as systemet:
        apne = ubesvarte(Innlegg.objects.filter(subjekt_id__in=subjekt_ider))
        for subjekt_id, part in sorted(set(apne.values_list("subjekt_id", "sporsmaal_til"))):
            gi_oppgaver(systemet, subjekt_id, part)


def avslutt(*, aktor: Aktor, subjekt_ider: Collection[int]) -> None:
    """The cases have ended: no municipality need answer about them, and none sees them anonymously any longer."""
    with som_systemet(TREKK_HENVENDELSE.kode, etter=aktor):
        apne = Henvendelse.objects.filter(subjekt_id__in=subjekt_ider, tilstand="sendt")
        trukne = list(apne.order_by("pk").values_list("subjekt_id", "uuid"))
        grunn = Henvendelse.Trukket.AVSLUTTET
        apne.update(
            tilstand=TREKK_HENVENDELSE.til, trukket=naa(), trukket_av_id=aktor.bruker_id, trukket_grunn=grunn
        )
        registrer_mange(
            aktor=aktor, handling=TREKK_HENVENDELSE.kode,
            innslag=[Innslag(pk, {"henvendelse": str(uuid), "grunn": grunn.value}) for pk, uuid in trukne],
        )  # fmt: skip
        oppgaver.fullfor(aktor=aktor, subjekt_ider={pk for pk, _ in trukne}, slag=OPPGAVE)
        tilgang.avslutt_delinger(delinger=_anonyme().filter(subjekt_id__in=subjekt_ider))


def flytt(
    *, systemet: Aktor, fra: int, til: int, bare: Mapping[str, Collection[int]] | None = None
) -> dict[str, list[int]]:
    """The case `fra` is the same household as `til`: what was said and asked, its tasks and its anonymous shares go there.

    Gives the keys of what went, by kind. Back again they are `bare`: only these go, with the answers to them that have come since.
    A contact stays when the municipality has one about `til` that it has not answered; how far somebody has read stays too, and is
    carried over. Call with the system as actor: the rows are of many organisations.
    """
    innlegg, spurt = _innlegg(fra, bare), _henvendelser(fra, til, bare)
    if bare is None and innlegg:
        _felles_merker(fra, til)
    parter = set(Innlegg.objects.filter(pk__in=innlegg).values_list("sporsmaal_til", flat=True)) - {""}
    Innlegg.objects.filter(pk__in=innlegg).update(subjekt=til)
    Henvendelse.objects.filter(pk__in=spurt).update(subjekt=til)
    for part in sorted(parter):
        for subjekt_id in (fra, til):
            gi_oppgaver(systemet, subjekt_id, part)
    _flytt_henvendelser(systemet, fra, til, spurt)
    return {"innlegg": innlegg, "henvendelse": spurt}


def _innlegg(fra: int, bare: Mapping[str, Collection[int]] | None) -> list[int]:
    alle = Innlegg.objects.filter(subjekt=fra)
    if bare is None:
        return sorted(alle.values_list("pk", flat=True))
    valgt: set[int] = set()
    nye = set(alle.filter(pk__in=bare.get("innlegg", ())).values_list("pk", flat=True))
    while nye:
        valgt |= nye
        nye = set(alle.filter(svar_paa__in=nye).values_list("pk", flat=True)) - valgt
    return sorted(valgt)


def _henvendelser(fra: int, til: int, bare: Mapping[str, Collection[int]] | None) -> list[int]:
    rader = Henvendelse.objects.filter(subjekt=fra)
    if bare is not None:
        rader = rader.filter(pk__in=bare.get("henvendelse", ()))
    har = Henvendelse.objects.filter(subjekt=til, tilstand="sendt").values("til")
    return sorted(rader.exclude(tilstand="sendt", til__in=har).values_list("pk", flat=True))


def _flytt_henvendelser(systemet: Aktor, fra: int, til: int, spurt: Collection[int]) -> None:
    """Their tasks, and what the municipalities see. A task or share that what is left of the case needs too, stays there as well."""
    flyttet, igjen = Henvendelse.objects.filter(pk__in=spurt), Henvendelse.objects.filter(subjekt=fra)
    subjekt = Subjekt.objects.get(pk=til)
    for slag, tilstand, hvem in (
        (OPPGAVE, "sendt", "til_id"),
        (LES_SVAR, "besvart", "organisasjon_id"),
    ):
        hos = set(flyttet.filter(tilstand=tilstand).values_list(hvem, flat=True))
        apne = Oppgave.objects.filter(subjekt=fra, slag=slag, ferdig=None, organisasjon__in=hos)
        oppgaver.opprett(
            oppgaver=[
                NyOppgave(
                    til, o.organisasjon, o.roller, slag, saksnummer(til) if slag == LES_SVAR else o.gjelder,
                    sti(subjekt) if slag == LES_SVAR else o.sti, o.frist,
                )
                for o in apne.select_related("organisasjon")
            ]
        )  # fmt: skip
        har = igjen.filter(tilstand=tilstand).values_list(hvem, flat=True)
        oppgaver.fullfor(aktor=systemet, subjekt_ider=[fra], slag=slag, organisasjoner=hos - set(har))
    staar, blir = (
        set(ett.exclude(tilstand=TREKK_HENVENDELSE.til).exclude(svar="nei").values_list("til_id", flat=True))
        for ett in (flyttet, igjen)
    )
    ser = list(_anonyme().filter(subjekt=fra, organisasjon__in=staar).select_related("organisasjon"))
    tilgang.del_mange(
        delinger=[(til, d.organisasjon) for d in ser], grad=Deling.Grad.ANONYM, hvorfor=SEND_HENVENDELSE.kode
    )
    tilgang.avslutt_delinger(delinger=[d for d in ser if d.organisasjon_id not in blir])


def _felles_merker(fra: int, til: int) -> None:
    """One thread of two: everybody has read as far as before the first message that was not shown to them in either."""
    lest: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
    for subjekt, bruker, organisasjon, sist in Lest.objects.filter(subjekt__in=(fra, til)).values_list(
        "subjekt_id", "bruker_id", "organisasjon_id", "sist"
    ):
        lest[bruker, organisasjon][subjekt] = sist
    innlegg = list(Innlegg.objects.filter(subjekt__in=(fra, til)).order_by("pk"))
    slag = dict(Organisasjon.objects.filter(pk__in={org for _, org in lest}).values_list("pk", "slag"))
    merker = []
    for (bruker, org), merke in lest.items():
        ulest = (
            ett.pk
            for ett in innlegg
            if ett.pk > merke.get(ett.subjekt_id, 0)
            and (ett.organisasjon_id == org or slag[org] in ett.synlig)
        )
        til_og_med = next(ulest, max(merke.values()) + 1) - 1
        merker.append(Lest(subjekt_id=til, bruker_id=bruker, organisasjon_id=org, sist=til_og_med))
    Lest.objects.bulk_create(
        merker,
        update_conflicts=True,
        unique_fields=["subjekt", "bruker", "organisasjon"],
        update_fields=["sist"],
    )


def _anonyme() -> QuerySet[Deling]:
    return Deling.objects.filter(grad=Deling.Grad.ANONYM, til=None)

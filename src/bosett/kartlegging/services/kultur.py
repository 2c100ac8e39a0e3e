"""Writing the log of culture orientation, and the arrival (R087, R165)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.handling import Handling
from bosett.grunn.klokke import i_dag, naa
from bosett.kartlegging import states_kultur as states
from bosett.kartlegging.models_kultur import Kulturokt, Kulturoppmote, Overforingsankomst
from bosett.person.models import Husholdning, Person
from bosett.person.querysets import synlige_husholdninger
from bosett.person.rules.koder import krev_kode
from bosett.spor.services import registrer
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import krev

LOP = "overforing"


@transaction.atomic
def registrer_okt(
    *,
    aktor: Aktor,
    husholdning: UUID,
    dag: date,
    timer: Decimal,
    spraak: str,
    arrangor: str,
    oppmote: Mapping[UUID, str],
) -> Kulturokt:
    """One session, and for every member of the household whether she attended (`oppmote`: person → `Kulturoppmote.Oppmote`).

    Raises `FinnesIkke` for a household the actor does not see, `Konflikt` for one that does not come by resettlement, and `Ugyldig`
    for a day that has not been or is after the arrival, hours that cannot be, an unknown language, no provider, or when it is not
    said of everybody whether she attended.
    """
    h = _laast(aktor, states.REGISTRER_OKT, husholdning)
    kommet = Overforingsankomst.objects.filter(pk=h.pk).values_list("ankommet", flat=True).first()
    if dag > i_dag() or (kommet is not None and dag > kommet):
        raise Ugyldig(
            kode="KULTUR-DAG",
            hva="Økten kan ikke være fram i tid eller etter ankomsten.",
            regel="Kulturorienteringen er før ankomsten til Norge.",
            gjor="Rett datoen.",
        )
    if not Decimal(0) < timer <= Decimal(24) or timer * 2 % 1:
        raise Ugyldig(
            kode="KULTUR-TIMER",
            hva="Antall timer kan ikke stemme.",
            regel="En økt varer mer enn null timer og ikke mer enn ett døgn, i hele og halve timer.",
            gjor="Rett antall timer.",
        )
    krev_kode("spraak", spraak, i_dag(), feilkode="KULTUR-SPRAAK", hva="Språket finnes ikke i listen.")
    arrangor = " ".join(arrangor.split())
    if not arrangor or len(arrangor) > 200:
        raise Ugyldig(
            kode="KULTUR-ARRANGOR", hva="Det mangler hvem som holdt kurset.", gjor="Skriv hvem som holdt det."
        )
    medlemmer = {p.uuid: p for p in Person.objects.filter(husholdning=h, samme_som=None, ute=None, dod=None)}
    if set(oppmote) != set(medlemmer) or not set(oppmote.values()) <= set(Kulturoppmote.Oppmote.values):
        raise Ugyldig(
            kode="KULTUR-OPPMOTE",
            hva="Det mangler hvem som møtte.",
            regel="For hver person i husholdningen står det om hun eller han møtte.",
            gjor="Velg for alle.",
        )
    okt = Kulturokt.objects.create(
        husholdning=h,
        dag=dag,
        timer=timer,
        spraak=spraak,
        arrangor=arrangor,
        registrert_av_id=aktor.bruker_id,
    )
    Kulturoppmote.objects.bulk_create(
        Kulturoppmote(okt=okt, person=medlemmer[uuid], oppmote=kode) for uuid, kode in oppmote.items()
    )
    _spor(aktor, states.REGISTRER_OKT, h, okt=str(okt.uuid), timer=str(timer))
    return okt


@transaction.atomic
def stryk_okt(*, aktor: Aktor, okt: UUID) -> None:
    """The session was registered by mistake and counts no longer. Repeating it changes nothing. Raises `FinnesIkke`."""
    sak = Kulturokt.objects.filter(uuid=okt).values_list("husholdning__subjekt__uuid", flat=True).first()
    if sak is None:
        raise FinnesIkke(kode="KULTUR-UKJENT", hva="Økten finnes ikke, eller du har ikke tilgang til den.")
    h = _laast(aktor, states.STRYK_OKT, sak)
    denne = Kulturokt.objects.select_for_update().get(uuid=okt)
    if denne.strokt is None:
        denne.strokt, denne.strokt_av_id = naa(), aktor.bruker_id
        denne.save(update_fields=["strokt", "strokt_av"])
        _spor(aktor, states.STRYK_OKT, h, okt=str(okt))


@transaction.atomic
def sett_ankomst(
    *,
    aktor: Aktor,
    husholdning: UUID,
    lagringer: int,
    innreisefrist: date | None = None,
    planlagt: date | None = None,
    flyplass: str = "",
    moter: str = "",
    ankommet: date | None = None,
) -> Overforingsankomst:
    """What is known of the arrival, as it is now. Too few hours of culture orientation stop nothing (R087).

    `lagringer`: how many times it had been saved when the writer opened it. Raises `FinnesIkke`, `Konflikt` when another has saved
    meanwhile or the household does not come by resettlement, `Ugyldig` for an arrival that is not yet, and for too long texts.
    """
    h = _laast(aktor, states.SETT_ANKOMST, husholdning)
    denne = Overforingsankomst.objects.filter(pk=h.pk).first() or Overforingsankomst(husholdning=h)
    if lagringer != denne.lagringer:
        raise Konflikt(
            kode="ANKOMST-SAMTIDIG",
            hva="En annen har lagret ankomsten mens du skrev.",
            gjor="Se hva som er endret, og lagre igjen. Det du skrev, er ikke borte.",
        )
    flyplass, moter = " ".join(flyplass.split()), " ".join(moter.split())
    if (ankommet is not None and ankommet > i_dag()) or len(flyplass) > 120 or len(moter) > 200:
        raise Ugyldig(
            kode="ANKOMST-DAG",
            hva="De kan ikke være kommet på en dag som ikke har vært, eller en tekst er for lang.",
            gjor="Rett datoen, eller la feltet stå tomt til de er kommet.",
        )
    denne.innreisefrist, denne.planlagt, denne.flyplass, denne.moter = (
        innreisefrist,
        planlagt,
        flyplass,
        moter,
    )
    denne.ankommet = ankommet
    denne.lagringer += 1
    denne.lagret, denne.lagret_av_id = naa(), aktor.bruker_id
    denne.save()
    dager = {"planlagt": planlagt, "ankommet": ankommet}
    _spor(aktor, states.SETT_ANKOMST, h, **{navn: str(dag) for navn, dag in dager.items() if dag})
    return denne


def _laast(aktor: Aktor, handling: Handling, uuid: UUID) -> Husholdning:
    pk = synlige_husholdninger(aktor).filter(subjekt__uuid=uuid).values_list("pk", flat=True).first()
    if pk is None:
        raise FinnesIkke(kode="SAK-UKJENT", hva="Saken finnes ikke, eller du har ikke tilgang til den.")
    tilgang.laas(subjekt_id=pk)
    krev(aktor, handling.kode)
    h = Husholdning.objects.get(pk=pk)
    if h.lop != LOP:
        raise Konflikt(
            kode="KULTUR-LOP",
            hva="Husholdningen er ikke overføringsflyktninger.",
            regel="Kulturorientering og ankomst gjelder dem som kommer ved overføring.",
            gjor="Last siden på nytt.",
        )
    return h


def _spor(aktor: Aktor, handling: Handling, h: Husholdning, **data: str) -> None:
    registrer(aktor=aktor, handling=handling.kode, subjekt_id=h.pk, data=data)

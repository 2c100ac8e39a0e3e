"""When the time is up (IF §§ 60–61): proposed by the job, the hand-over confirmed by one, approved by another, deleted everywhere."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django import app as jobber

from bosett.aktor.kontekst import Aktor
from bosett.dokument.models import Arkivpakke, Dokument, Fil, Innfil
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.handling import Overgang
from bosett.grunn.klokke import i_dag, naa
from bosett.person.models import Husholdning, Nummer
from bosett.person.models_sletting import Sletting
from bosett.person.rules import lagring
from bosett.person.rules.koder import krev_kode
from bosett.person.services.sammenslaatte import tomme_etter
from bosett.person.sletteplan import PLAN, ved_sletting
from bosett.person.states_personvern import (
    BEKREFT_AVLEVERING,
    FORESLA_SLETTING,
    GODKJENN_SLETTING,
    SLETT,
    SLETTING,
    UTSETT_SLETTING,
)
from bosett.spor.services import Innslag, registrer, registrer_mange, slett_detaljer
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas, laas_mange

VENT_HOYST = 366
"""Days a deletion may be put off at a time."""


@transaction.atomic
def foreslaa(*, aktor: Aktor, antall: int = 500) -> int:
    """Put the households whose time is up on the list, and those again whose delay is over. Gives how many; 0: none is left.

    A household that came back to life (the end was corrected) is not touched here: approval asks again.
    """
    krev(aktor, FORESLA_SLETTING.kode)
    dag = i_dag()
    ider: list[int] = []
    # One that a merge left empty goes with the one that stands for it.
    for slutt in set(Husholdning.Slutt.values) - {Husholdning.Slutt.SLAATT_SAMMEN.value}:
        ider += (
            Husholdning.objects.filter(slutt=slutt, avsluttet__lte=lagring.siste_avsluttet(slutt, dag))
            .exclude(pk__in=Sletting.objects.values("husholdning"))
            .order_by("avsluttet", "pk")
            .values_list("pk", flat=True)[: antall - len(ider)]
        )
    igjen = list(
        Sletting.objects.filter(tilstand="utsatt", vent_til__lte=dag).values_list("pk", flat=True)[:antall]
    )
    laas_mange(subjekt_ider=[*ider, *igjen])
    nye = []
    for h in Husholdning.objects.filter(pk__in=ider, avsluttet__isnull=False):
        assert h.avsluttet is not None
        frist = lagring.frist(avsluttet=h.avsluttet, slutt=h.slutt, dag=dag)
        nye.append(
            Sletting(
                husholdning=h, tilstand=FORESLA_SLETTING.til, klasse=frist.sats.navn, frist=frist.slettes
            )
        )
    Sletting.objects.bulk_create(nye)
    Sletting.objects.filter(pk__in=igjen, tilstand="utsatt").update(
        tilstand=FORESLA_SLETTING.til, vent_til=None, vent_grunn=""
    )
    registrer_mange(
        aktor=aktor, handling=FORESLA_SLETTING.kode,
        innslag=[*(Innslag(s.pk, {"sats": s.klasse, "frist": str(s.frist)}) for s in nye), *(Innslag(pk, {"igjen": True}) for pk in igjen)],
    )  # fmt: skip
    return len(nye) + len(igjen)


@transaction.atomic
def bekreft_avlevering(*, aktor: Aktor, sletting: UUID, avlevering: str) -> None:
    """What the immigration authorities need has been handed over, or they need nothing (IF § 61).

    Raises `Ugyldig` without a known answer, `Konflikt` when the case has moved on.
    """
    denne = _laast(aktor, sletting, BEKREFT_AVLEVERING)
    if avlevering not in Sletting.Avlevering.values:
        raise Ugyldig(
            kode="SLETTING-AVLEVERING",
            hva="Det mangler om opplysningene er avlevert.",
            regel="Før noe slettes, skal utlendingsmyndighetene få det de trenger (IF § 61).",
            gjor="Velg om det er avlevert.",
        )
    denne.tilstand, denne.avlevering = BEKREFT_AVLEVERING.til, avlevering
    denne.bekreftet, denne.bekreftet_av_id = naa(), aktor.bruker_id
    denne.save()
    registrer(
        aktor=aktor, handling=BEKREFT_AVLEVERING.kode, subjekt_id=denne.pk, data={"avlevering": avlevering}
    )


@transaction.atomic
def utsett(*, aktor: Aktor, sletting: UUID, til: date, grunn: str) -> None:
    """Wait until `til`; then it is proposed anew, and the hand-over is asked for again.

    Raises `Ugyldig` for a day that is not ahead or more than a year ahead, and for a reason not in the list.
    """
    denne = _laast(aktor, sletting, UTSETT_SLETTING)
    krev_kode("slettevent", grunn, i_dag(), feilkode="SLETTING-GRUNN", hva="Grunnen finnes ikke i listen.")
    if not i_dag() < til <= i_dag() + timedelta(days=VENT_HOYST):
        raise Ugyldig(
            kode="SLETTING-DAG",
            hva="Datoen må være fram i tid, og høyst ett år fram.",
            regel="En sletting kan utsettes inntil ett år om gangen.",
            gjor="Velg en annen dato.",
            felt="til",
        )
    denne.tilstand, denne.vent_til, denne.vent_grunn = UTSETT_SLETTING.til, til, grunn
    denne.avlevering, denne.bekreftet, denne.bekreftet_av = "", None, None
    denne.save()
    registrer(
        aktor=aktor,
        handling=UTSETT_SLETTING.kode,
        subjekt_id=denne.pk,
        data={"grunn": grunn, "til": str(til)},
    )


@transaction.atomic
def godkjenn(*, aktor: Aktor, slettinger: Sequence[UUID]) -> int:
    """Approve, and let the job delete. All or none. Gives how many.

    Raises `Konflikt` for one that has moved on, whose time is not up after all, or that the same person confirmed.
    """
    for uuid in sorted(slettinger):
        denne = _laast(aktor, uuid, GODKJENN_SLETTING)
        if denne.bekreftet_av_id == aktor.bruker_id:
            raise Konflikt(
                kode="SLETTING-FIRE-OYNE",
                hva="Du bekreftet avleveringen selv.",
                regel="En annen enn den som bekreftet avleveringen, må godkjenne slettingen.",
                gjor="Be en kollega godkjenne.",
            )
        krev_ute(denne.husholdning)
        denne.tilstand, denne.godkjent, denne.godkjent_av_id = GODKJENN_SLETTING.til, naa(), aktor.bruker_id
        denne.save()
        registrer(aktor=aktor, handling=GODKJENN_SLETTING.kode, subjekt_id=denne.pk)
    if slettinger:
        jobber.configure_task("person.slett").defer()
    return len(slettinger)


def krev_ute(h: Husholdning) -> None:
    """Raises `Konflikt` unless the household's time is up today."""
    if (
        h.avsluttet is None
        or lagring.frist(avsluttet=h.avsluttet, slutt=h.slutt, dag=i_dag()).slettes > i_dag()
    ):
        raise Konflikt(
            kode="SLETTING-FOR-TIDLIG",
            hva="Lagringstiden er ikke ute.",
            regel="Opplysningene slettes når tiden i integreringsforskriften § 60 er ute.",
            gjor="Vent til tiden er ute.",
        )


@transaction.atomic
def utfor_neste(*, aktor: Aktor) -> bool:
    """Delete one approved household with everything that hangs on it (`sletteplan`). False: none waits.

    Left are the subject and its ledger, without details, so that the chain verifies; the last act says how much was deleted.
    """
    krev(aktor, SLETT.kode)
    pk = (
        Sletting.objects.filter(tilstand="godkjent")
        .order_by("godkjent", "pk")
        .values_list("pk", flat=True)
        .first()
    )
    if pk is None:
        return False
    laas_mange(subjekt_ider=[pk, *tomme_etter(pk)])
    denne = Sletting.objects.select_related("husholdning").filter(pk=pk, tilstand="godkjent").first()
    if denne is None:
        return True  # another job took it while this one waited
    try:
        krev_ute(denne.husholdning)
    except Konflikt:  # it has come to life since two approved; it is proposed anew when its time is up
        denne.delete()
        registrer(aktor=aktor, handling=FORESLA_SLETTING.kode, subjekt_id=pk, data={"falt_bort": True})
        return True
    numre = frozenset(
        Nummer.objects.filter(person__husholdning=pk, slag="duf").values_list("nummer", flat=True)
    )
    meldinger = sum(tom(numre) for tom in ved_sletting)
    felt = (
        "tilstand",
        "klasse",
        "frist",
        "avlevering",
        "bekreftet",
        "bekreftet_av_id",
        "godkjent",
        "godkjent_av_id",
    )
    for tomt in tomme_etter(pk):  # two have approved these too: the database lets go of what hangs on them
        Sletting.objects.update_or_create(husholdning_id=tomt, defaults={f: getattr(denne, f) for f in felt})
        _slett(aktor, tomt)
    _slett(aktor, pk, meldinger=meldinger)
    return True


def _slett(aktor: Aktor, pk: int, **data: int) -> None:
    filer = _filer(pk)
    antall = []
    for steg in PLAN:
        rader = steg.rader(pk)
        n = rader.count()
        if n:
            rader._raw_delete(rader.db)  # the plan is the order; nothing cascades unseen
            if rader.exists():
                raise RuntimeError(f"{steg.modell}: rows of a household that is deleted could not be deleted")
            antall.append([steg.modell, n])
    _slett_filer(filer)
    with connection.cursor() as db:  # a pointer that was forgotten is told here, not at the commit
        db.execute("SET CONSTRAINTS ALL IMMEDIATE")
        db.execute("SET CONSTRAINTS ALL DEFERRED")
    slett_detaljer(subjekt_id=pk)
    registrer(aktor=aktor, handling=SLETT.kode, subjekt_id=pk, data={"tabeller": antall, **data})


def _filer(pk: int) -> set[int]:
    """The bytes of the case's documents and files."""
    return {
        fil
        for rader, vei in (
            (Dokument.objects.filter(subjekt=pk), "fil_id"),
            (Innfil.objects.filter(subjekt=pk), "fil_id"),
            (Arkivpakke.objects.filter(dokument__subjekt=pk), "fil_id"),
        )
        for fil in rader.values_list(vei, flat=True)
        if fil is not None
    }


def _slett_filer(filer: set[int]) -> None:
    """The same bytes may belong to another case too; then they stay."""
    brukt = {
        fil for modell in (Dokument, Innfil, Arkivpakke)
        for fil in modell._base_manager.filter(fil__in=filer).values_list("fil_id", flat=True)
    }  # fmt: skip
    Fil.objects.filter(pk__in=filer - brukt).delete()


def _laast(aktor: Aktor, uuid: UUID, handling: Overgang) -> Sletting:
    krev(aktor, handling.kode)
    pk = Sletting.objects.filter(uuid=uuid).values_list("pk", flat=True).first()
    if pk is not None:
        laas(subjekt_id=pk)
    denne = Sletting.objects.filter(uuid=uuid).select_related("husholdning").first()
    if denne is None:  # it may have been deleted while we waited
        raise FinnesIkke(kode="SLETTING-UKJENT", hva="Saken finnes ikke, eller den er slettet.")
    if denne.tilstand not in handling.fra:
        raise Konflikt(
            kode="SLETTING-TILSTAND",
            hva=f"Saken står som «{SLETTING.navn(denne.tilstand).lower()}».",
            regel="Bare det neste steget kan gjøres.",
            gjor="Last siden på nytt.",
        )
    return denne

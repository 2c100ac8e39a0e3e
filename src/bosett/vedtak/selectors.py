"""Reads of answers. Row-level security guards the rows; these say who may ask."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as _

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Medlemskap
from bosett.aktor.oppslag import eneste
from bosett.anmodning.models import Anmodningstall, Kommuneanmodning, Runde
from bosett.dokument.brev import Maalform
from bosett.dokument.models import Arkivpakke, Dokument, Forsendelse, Innfil
from bosett.geografi import selectors as geografi
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import OSLO, i_dag
from bosett.tilgang.policy import krev, organisasjoner_for
from bosett.vedtak.models import (
    BESVART,
    FERDIG,
    PAABEGYNT,
    Paaminnelse,
    Svarvarsel,
    Vedtak,
    Vurdering,
    nokkel,
)
from bosett.vedtak.rules.status import Status, status
from bosett.vedtak.svarlinjer import Mottaker, Svarlinje

UBESVART = (Status.VENTER, Status.OVER_FRISTEN)

_IMDI = dict.fromkeys(("imdi_radgiver", "imdi_godkjenner", "imdi_leder"), Omfang.NASJONAL)
_KOMMUNE = dict.fromkeys(("bosetter_skriv", "bosetter_les", "kommune_admin"), Omfang.EGEN)
_EGNE = lesning("vedtak.egne", "se svarene til egen kommune", _KOMMUNE)
_SVAR = lesning(
    "vedtak.svar",
    "se hva kommunene har svart, og hvem som ikke har svart",
    {**_IMDI, "ks_radgiver": Omfang.NASJONAL, "fylke_radgiver": Omfang.FYLKE},
)
_PAAMINNELSER = lesning(
    "vedtak.paaminnelser",
    "se hvem en påminnelse går til, og hva som står i den",
    {"imdi_radgiver": Omfang.NASJONAL},
)
_VURDER = lesning("vedtak.vurderinger", "se vedtak som er til vurdering, og vurderingene som er gjort", _IMDI)


@_EGNE
def egne(aktor: Aktor) -> QuerySet[Vedtak]:
    """The own municipality's answers, drafts too, newest first."""
    krev(aktor, "vedtak.egne")
    return (
        Vedtak.objects.filter(organisasjon_id__in=organisasjoner_for(aktor, "vedtak.egne"))
        .exclude(tilstand="forkastet")
        .select_related("anmodning__runde", "anmodning__subjekt", "organisasjon", "innsendt_av", "endret_av")
        .order_by("-aar", F("nr").desc(nulls_first=True))
    )


@_EGNE
def utkast(aktor: Aktor, anmodning: Kommuneanmodning) -> Vedtak | None:
    """The draft of an answer to the request, also while IMDi judges it."""
    krev(aktor, "vedtak.egne", anmodning.organisasjon)
    funnet = eneste(Vedtak.objects.filter(anmodning=anmodning, tilstand__in=PAABEGYNT))
    if funnet is not None:
        funnet.anmodning, funnet.organisasjon = anmodning, anmodning.organisasjon
    return funnet


@_EGNE
def gjeldende(aktor: Aktor, anmodning: Kommuneanmodning) -> Vedtak | None:
    """The municipality's decision in force for the year of the request."""
    krev(aktor, "vedtak.egne", anmodning.organisasjon)
    return eneste(
        Vedtak.objects.filter(kommune=anmodning.kommune_id, aar=anmodning.runde.aar, tilstand="registrert")
    )


@_EGNE
def eget(aktor: Aktor, uuid: UUID) -> Vedtak:
    """One of the own municipality's answers. Raises `FinnesIkke`, the same for unknown and forbidden."""
    funnet = egne(aktor).filter(uuid=uuid).first()
    if funnet is None:
        raise _finnes_ikke()
    return funnet


@_EGNE
def svarvarsel(aktor: Aktor, anmodning_id: int) -> Svarvarsel | None:
    """What the municipality said last about a late answer."""
    krev(aktor, "vedtak.egne")
    return Svarvarsel.objects.filter(anmodning_id=anmodning_id).order_by("-meldt").first()


@_EGNE
def siste_paaminnelse(aktor: Aktor, anmodning: Kommuneanmodning) -> Paaminnelse | None:
    """The last time the municipality was reminded, with what IMDi added; None when it has answered."""
    krev(aktor, "vedtak.egne")
    besvart = egne(aktor).filter(kommune=anmodning.kommune_id, aar=anmodning.runde.aar, tilstand__in=BESVART)
    if besvart.exists():
        return None
    return Paaminnelse.objects.filter(anmodning=anmodning).order_by("-sendt").first()


@_EGNE
def filer(aktor: Aktor, vedtak: Vedtak) -> list[Innfil]:
    """The written copies the municipality has brought, refused ones too."""
    krev(aktor, "vedtak.egne", vedtak.organisasjon)
    return [rad.innfil for rad in vedtak.filer.select_related("innfil__fil").order_by("pk")]


def kopi_mangler(vedtak: Vedtak) -> bool:
    """A registered decision whose written copy has not come, or was refused (R064)."""
    return vedtak.registrert is not None and not vedtak.filer.exclude(innfil__tilstand="avvist").exists()


def arket(vedtak: Vedtak) -> Dokument | None:
    """The decision sheet as it stands: the newest version."""
    return (
        Dokument.objects.filter(subjekt=vedtak.anmodning_id, nokkel__startswith=nokkel(vedtak))
        .order_by("-versjon")
        .first()
    )


@dataclass(frozen=True)
class Kvittering:
    """One of the four receipts of a sent answer; `tid` is None until it is done."""

    hva: str
    tid: datetime | None
    om: str = ""


@dataclass(frozen=True)
class Kvitteringer:
    linjer: tuple[Kvittering, ...]
    ark: Dokument | None

    @property
    def venter(self) -> bool:
        return any(linje.tid is None for linje in self.linjer)


@_EGNE
def kvitteringer(aktor: Aktor, vedtak: Vedtak) -> Kvitteringer | None:
    """Registration, copy to IMDi, copy to KS, archive package (R152). None before it is registered."""
    krev(aktor, "vedtak.egne", vedtak.organisasjon)
    if vedtak.registrert is None:
        return None
    ark = arket(vedtak)
    levert: dict[str, datetime | None] = {}
    for forsendelse in Forsendelse.objects.filter(dokument=ark).select_related("mottaker"):
        tid = levert.setdefault(forsendelse.mottaker.slag, forsendelse.levert_tid)
        levert[forsendelse.mottaker.slag] = (
            tid and forsendelse.levert_tid and max(tid, forsendelse.levert_tid)
        )
    pakke = Arkivpakke.objects.filter(dokument=ark).first() if ark else None
    return Kvitteringer(
        (
            Kvittering(_("Registrert"), vedtak.registrert, f"{vedtak.aar}/{vedtak.nr}"),
            Kvittering(_("Kopi til IMDi"), levert.get("imdi"), ark.dokumentnummer if ark else ""),
            Kvittering(_("Kopi til KS"), levert.get("ks"), ark.dokumentnummer if ark else ""),
            Kvittering(_("Arkivert"), pakke.opprettet if pakke else None),
        ),
        ark,
    )


@_SVAR
def runder(aktor: Aktor) -> QuerySet[Any]:
    """The rounds whose letters have left, newest first, with how many are asked (`spurt`) and have answered (`svart`)."""
    krev(aktor, "vedtak.svar")
    vedtatt = Vedtak.objects.filter(
        tilstand="registrert", kommune_id=OuterRef("kommune_id"), aar=OuterRef("runde__aar")
    )
    anmodet = Kommuneanmodning.objects.filter(runde=OuterRef("pk"), tilstand="anmodet").order_by()
    return (
        Runde.objects.filter(tilstand__in=("sendes", "sendt", "lukket"), gjeldende__isnull=False)
        .select_related("subjekt")
        .annotate(
            spurt=_antall(anmodet),
            svart=_antall(anmodet.filter(Exists(vedtatt))),
        )
        .order_by("-aar", "-nr")
    )


def _antall(anmodninger: QuerySet[Kommuneanmodning]) -> Coalesce:
    return Coalesce(Subquery(anmodninger.values("runde").annotate(n=Count("pk")).values("n")), 0)


@_SVAR
def runde(aktor: Aktor, uuid: UUID) -> Any:
    """One of `runder`. Raises `FinnesIkke`."""
    funnet = runder(aktor).filter(subjekt__uuid=uuid).first()
    if funnet is None:
        raise _finnes_ikke()
    return funnet


@_SVAR
def nyeste_runde(aktor: Aktor, en_runde: Runde) -> Runde | None:
    """The adjusted round that came after this one, when its letters have left."""
    return runder(aktor).filter(erstatter=en_runde).first()


@_SVAR
def svar(aktor: Aktor, en_runde: Runde) -> list[Svarlinje]:
    """Every municipality that was asked in the round and the decision of its year, in Norwegian order."""
    krev(aktor, "vedtak.svar")
    siste = Paaminnelse.objects.filter(anmodning_id=OuterRef("anmodning_id")).order_by("-sendt")
    tall: QuerySet[Any] = (
        Anmodningstall.objects.filter(
            revisjon=en_runde.gjeldende, anmodning__tilstand__in=("anmodet", "revidert")
        )
        .select_related("anmodning__organisasjon", "anmodning__subjekt")
        .defer("forklaring")
        .annotate(paaminnet=Subquery(siste.values("sendt")[:1]))
        .order_by("anmodning__sorteringsnavn")
    )
    aarets = Vedtak.objects.filter(aar=en_runde.aar)
    registrert = {
        v.kommune_id: v for v in aarets.filter(tilstand="registrert").select_related("anmodning__runde")
    }
    til_vurdering = set(aarets.filter(tilstand="til_vurdering").values_list("kommune_id", flat=True))
    varsler = {
        v.anmodning_id: v for v in Svarvarsel.objects.filter(anmodning__runde=en_runde).order_by("meldt")
    }
    dag = i_dag()
    return [
        Svarlinje(
            tall=ett,
            vedtak=(vedtak := registrert.get(ett.anmodning.kommune_id)),
            varsel=varsler.get(ett.anmodning_id),
            status=status(
                anmodet=ett.antall,
                vedtatt=vedtak.antall if vedtak else None,
                til_vurdering=ett.anmodning.kommune_id in til_vurdering,
                frist=en_runde.frist,
                dag=dag,
            ),
            paaminnet=ett.paaminnet.astimezone(OSLO).date() if ett.paaminnet else None,
        )
        for ett in tall
    ]


@_SVAR
def ett_svar(aktor: Aktor, uuid: UUID) -> Vedtak:
    """A registered decision, as IMDi, KS and the county municipality see it. Raises `FinnesIkke`."""
    krev(aktor, "vedtak.svar")
    funnet = (
        Vedtak.objects.filter(uuid=uuid, tilstand__in=FERDIG)
        .select_related("anmodning__runde", "anmodning__subjekt", "organisasjon", "innsendt_av")
        .first()
    )
    if funnet is None:
        raise _finnes_ikke()
    krev(aktor, "vedtak.svar", funnet.organisasjon)
    return funnet


@_SVAR
def historikk(aktor: Aktor, vedtak: Vedtak) -> QuerySet[Vedtak]:
    """All registered decisions of the municipality's year, newest first."""
    krev(aktor, "vedtak.svar")
    return (
        Vedtak.objects.filter(kommune_id=vedtak.kommune_id, aar=vedtak.aar, tilstand__in=FERDIG)
        .select_related("anmodning__runde")
        .order_by("-nr")
    )


@_SVAR
def nyeste_anmodning(aktor: Aktor, vedtak: Vedtak) -> Anmodningstall | None:
    """The request that stands in the place of the one the decision answers; None when it is the same."""
    krev(aktor, "vedtak.svar")
    return (
        Anmodningstall.objects.filter(
            anmodning__kommune_id=vedtak.kommune_id,
            anmodning__runde__aar=vedtak.aar,
            anmodning__tilstand="anmodet",
            anmodning__runde__gjeldende=F("revisjon"),
        )
        .exclude(anmodning=vedtak.anmodning_id)
        .select_related("anmodning__runde__subjekt")
        .defer("forklaring")
        .order_by("-anmodning__sendt")
        .first()
    )


@_SVAR
def anmodet(aktor: Aktor, vedtak: Vedtak) -> Anmodningstall | None:
    """The number of the request the decision answers."""
    krev(aktor, "vedtak.svar")
    return (
        Anmodningstall.objects.filter(
            anmodning=vedtak.anmodning_id, revisjon=vedtak.anmodning.runde.gjeldende_id
        )
        .defer("forklaring")
        .first()
    )


@_SVAR
def vurderinger_av(aktor: Aktor, vedtak: Vedtak) -> QuerySet[Vurdering]:
    """IMDi's judgements of the decision's words, newest first."""
    krev(aktor, "vedtak.svar")
    return vedtak.vurderinger.select_related("vurdert_av").order_by("-vurdert")


@_PAAMINNELSER
def mottakere(aktor: Aktor, en_runde: Runde, anmodning_ider: Collection[int] | None = None) -> list[Mottaker]:
    """Those of the requests (all, when none is named) that have no answer: a reminder would go to them."""
    krev(aktor, "vedtak.paaminnelser")
    linjer = [
        linje
        for linje in svar(aktor, en_runde)
        if linje.status in UBESVART and not linje.byttet
        if anmodning_ider is None or linje.pk in anmodning_ider
    ]
    dag = i_dag()
    former = {kommune: valg.form for kommune, valg in geografi.maalformer(dag).items()}
    med_bruker = set(
        Medlemskap.objects.filter(
            Q(til=None) | Q(til__gt=dag), rolle="bosetter_skriv", fra__lte=dag, bruker__is_active=True
        ).values_list("organisasjon_id", flat=True)
    )
    return [
        Mottaker(
            linje=linje,
            maalform=Maalform.av(former.get(linje.tall.anmodning.kommune_id)),
            epost=linje.tall.anmodning.organisasjon.epost if settings.EPOST_PA else "",
            har_bruker=linje.tall.anmodning.organisasjon_id in med_bruker,
        )
        for linje in linjer
    ]


@_VURDER
def til_vurdering(aktor: Aktor) -> QuerySet[Vedtak]:
    """Answers that wait for IMDi's judgement, the oldest first."""
    krev(aktor, "vedtak.vurderinger")
    return (
        Vedtak.objects.filter(tilstand="til_vurdering")
        .select_related("anmodning__runde", "organisasjon", "innsendt_av")
        .order_by("innsendt")
    )


@_VURDER
def ett_til_vurdering(aktor: Aktor, uuid: UUID) -> Vedtak:
    """An answer IMDi judges or has judged. Raises `FinnesIkke`."""
    krev(aktor, "vedtak.vurderinger")
    funnet = (
        Vedtak.objects.filter(uuid=uuid)
        .filter(Q(tilstand="til_vurdering") | Q(vurderinger__isnull=False))
        .select_related("anmodning__runde", "anmodning__subjekt", "organisasjon", "innsendt_av")
        .first()
    )
    if funnet is None:
        raise _finnes_ikke()
    return funnet


@_VURDER
def en_vurdering(aktor: Aktor, aar: int, nr: int) -> Vurdering:
    """A judgement by the number it is cited by. Raises `FinnesIkke`."""
    funnet = vurderinger(aktor).filter(aar=aar, nr=nr).first()
    if funnet is None:
        raise _finnes_ikke()
    return funnet


@_VURDER
def vurderinger(aktor: Aktor) -> QuerySet[Vurdering]:
    """The judgements made, newest first: what can be cited in the next one."""
    krev(aktor, "vedtak.vurderinger")
    return Vurdering.objects.select_related("vedtak__organisasjon", "vurdert_av").order_by("-vurdert")


def _finnes_ikke() -> FinnesIkke:
    return FinnesIkke(kode="VEDTAK-FINNES-IKKE", hva="Siden finnes ikke, eller du har ikke tilgang til den.")

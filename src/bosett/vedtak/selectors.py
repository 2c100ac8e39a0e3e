"""Reads of answers. Row-level security guards the rows; these say who may ask."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Medlemskap
from bosett.aktor.oppslag import eneste
from bosett.anmodning.models import Anmodningstall, Kommuneanmodning, Runde
from bosett.dokument.brev import Maalform
from bosett.geografi import selectors as geografi
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import OSLO, i_dag
from bosett.tilgang.policy import kan, krev, organisasjoner_for
from bosett.vedtak.models import (
    BESVART,
    FERDIG,
    PAABEGYNT,
    Paaminnelse,
    Svarvarsel,
    Vedtak,
    Vedtaksfil,
    Vurdering,
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
_SKJEMA = lesning(
    "vedtak.svarskjema",
    "åpne skjemaet for svaret: kommunen for seg selv, IMDi for en kommune uten tilgang",
    {"bosetter_skriv": Omfang.EGEN, "imdi_radgiver": Omfang.NASJONAL},
)
UNDERLAG = lesning(
    "vedtak.underlag", "se kopien av et vedtak og kvitteringene for det", {**_IMDI, **_KOMMUNE}
)
"""The reads themselves are in `underlag`."""
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


@_SKJEMA
def utkast(aktor: Aktor, anmodning: Kommuneanmodning) -> Vedtak | None:
    """The draft of an answer to the request, also while IMDi judges it."""
    return eneste(_svar_paa(aktor, anmodning).filter(anmodning=anmodning, tilstand__in=PAABEGYNT))


@_SKJEMA
def siste(aktor: Aktor, anmodning: Kommuneanmodning) -> Vedtak | None:
    """The newest answer to the request, whatever became of it."""
    return _svar_paa(aktor, anmodning).filter(anmodning=anmodning).first()


@_SKJEMA
def gjeldende(aktor: Aktor, anmodning: Kommuneanmodning) -> Vedtak | None:
    """The municipality's decision in force for the year of the request, whichever request it answered."""
    return eneste(_svar_paa(aktor, anmodning).filter(aar=anmodning.runde.aar, tilstand="registrert"))


def _svar_paa(aktor: Aktor, anmodning: Kommuneanmodning) -> QuerySet[Vedtak]:
    krev(aktor, "vedtak.svarskjema", anmodning.organisasjon)
    return (
        Vedtak.objects.filter(organisasjon=anmodning.organisasjon_id)
        .exclude(tilstand="forkastet")
        .select_related("anmodning__runde", "anmodning__subjekt", "organisasjon", "innsendt_av", "endret_av")
        .order_by("-aar", F("nr").desc(nulls_first=True))
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
    # That IMDi is judging an answer is no secret to KS and the county. Its words and number are, until they are registered: so
    # row-level security keeps the row, and only the fact is read here, for the requests the actor sees.
    with som_systemet("vedtak.svar", etter=aktor):
        til_vurdering = set(aarets.filter(tilstand="til_vurdering").values_list("kommune_id", flat=True))
    med_kopi = (
        set(
            Vedtaksfil.objects.filter(vedtak__in=registrert.values())
            .exclude(innfil__tilstand="avvist")
            .values_list("vedtak_id", flat=True)
        )
        if kan(aktor, "vedtak.underlag")
        else None
    )
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
            kopi_mangler=None if vedtak is None or med_kopi is None else vedtak.pk not in med_kopi,
        )
        for ett in tall
    ]


@_SVAR
def vedtatte(aktor: Aktor, aar: int) -> QuerySet[Vedtak]:
    """The decisions in force for a year, one for each municipality that has one."""
    krev(aktor, "vedtak.svar")
    return (
        Vedtak.objects.filter(aar=aar, tilstand="registrert")
        .select_related("organisasjon", "anmodning")
        .order_by("organisasjon__sorteringsnavn")
    )


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

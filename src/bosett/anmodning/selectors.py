"""Reads of rounds and requests. Row-level security guards the rows; these say who may ask at all."""

from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from procrastinate.contrib.django.models import ProcrastinateJob

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.aktor.oppslag import eneste
from bosett.anmodning.models import (
    Anmodningstall,
    Innspill,
    Innspillsvar,
    Justering,
    Justeringsvarsel,
    Kommuneanmodning,
    Revisjon,
    Runde,
    Samraad,
    Samraadspart,
)
from bosett.behov.models import Behov
from bosett.brukere.models import Tilgangssoknad
from bosett.brukere.querysets import kan_svare
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import i_dag
from bosett.tilgang.policy import kan, krev, organisasjoner_for

_IMDI = dict.fromkeys(("imdi_radgiver", "imdi_godkjenner", "imdi_leder"), Omfang.NASJONAL)
_KOMMUNE = dict.fromkeys(("bosetter_skriv", "bosetter_les", "kommune_admin"), Omfang.EGEN)
_RUNDER = lesning("anmodning.runder", "se alle runder og tall, også utkast", _IMDI)
_SAMRAAD = lesning(
    "anmodning.samraad",
    "se tallene i runder som er i samråd, innspillene til dem og hva som blir endret",
    {**_IMDI, "ks_radgiver": Omfang.NASJONAL, "fylke_radgiver": Omfang.FYLKE},
)
_UTEN_TILGANG = lesning(
    "anmodning.uten_tilgang",
    "se hvilke kommuner som er bedt om å bosette, men ikke har noen som kan svare",
    dict.fromkeys(("imdi_radgiver", "imdi_admin"), Omfang.NASJONAL),
)
TIDSPLAN = lesning(
    "anmodning.tidsplan",
    "se hvor mange plasser kommunene har meldt inn per uke",
    {**_IMDI, "ks_radgiver": Omfang.NASJONAL, "fylke_radgiver": Omfang.FYLKE},
)
"""The reads themselves are in `ukeplaner`."""
_EGNE = lesning("anmodning.egne", "se anmodningene til egen kommune fra brevet er sendt", _KOMMUNE)
_SENDT = lesning(
    "anmodning.sendt",
    "se en anmodning som er sendt, og det kommunen skal ha med i saken",
    {**_IMDI, **_KOMMUNE},
)


@_RUNDER
def runder(aktor: Aktor) -> QuerySet[Runde]:
    """All rounds, newest first."""
    krev(aktor, "anmodning.runder")
    return Runde.objects.select_related("behov", "variant", "gjeldende", "subjekt").order_by("-aar", "-nr")


@_RUNDER
def runde(aktor: Aktor, uuid: UUID) -> Runde:
    """One round by its public identifier. Raises `FinnesIkke`, the same for unknown and forbidden."""
    funnet = (
        runder(aktor)
        .select_related("laget_av", "levert_av", "godkjent_av", "gjeldende__laget_av", "erstatter__subjekt")
        .filter(subjekt__uuid=uuid)
    ).first()
    if funnet is None:
        raise _finnes_ikke()
    return funnet


@_RUNDER
def tall(aktor: Aktor, en_runde: Runde) -> QuerySet[Anmodningstall]:
    """The numbers of the round's current revision, one row per municipality."""
    krev(aktor, "anmodning.runder")
    return (
        Anmodningstall.objects.filter(revisjon=en_runde.gjeldende)
        .select_related("anmodning__runde__subjekt")
        .defer("forklaring")
        .annotate(
            forrige=Subquery(
                Anmodningstall.objects.filter(
                    anmodning__kommune_id=OuterRef("anmodning__kommune_id"),
                    revisjon=F("anmodning__runde__gjeldende"),
                    anmodning__runde__aar=en_runde.aar - 1,
                    anmodning__runde__sendt__isnull=False,
                ).values("antall")[:1]
            )
        )
        .order_by("anmodning__sorteringsnavn")
    )


@_RUNDER
def alltid_vurderte(aktor: Aktor, en_runde: Runde) -> QuerySet[Any]:
    """Hosts and co-operating municipalities in the current revision (R130), with the recorded outcome as `vurdering`."""
    krev(aktor, "anmodning.runder")
    return (
        Anmodningstall.objects.filter(revisjon=en_runde.gjeldende, forklaring__alltid_vurdert=True)
        .select_related("anmodning")
        .defer("forklaring")
        .annotate(vurdering=F("forklaring__vurdering"))
        .order_by("anmodning__sorteringsnavn")
    )


@_RUNDER
def ett_tall(aktor: Aktor, en_runde: Runde, kommunenummer: str) -> Anmodningstall:
    """One municipality's number in the current revision, with its explanation."""
    krev(aktor, "anmodning.runder")
    funnet = (
        Anmodningstall.objects.filter(revisjon=en_runde.gjeldende, anmodning__nummer=kommunenummer)
        .select_related("anmodning__subjekt", "anmodning__organisasjon", "revisjon")
        .first()
    )
    if funnet is None:
        raise _finnes_ikke()
    return funnet


def er_i_gang(en_runde: Runde) -> bool:
    """Does a job send the letters of the round, or wait to do it?"""
    return ProcrastinateJob.objects.filter(
        task_name="anmodning.send_brev", args__runde_id=en_runde.pk, status__in=("todo", "doing")
    ).exists()


@_RUNDER
def framdrift(aktor: Aktor, en_runde: Runde) -> dict[str, Any]:
    """How far the letters of a round have come: `sendt` of `alle`. `rest`: those left when the sending has stopped."""
    krev(aktor, "anmodning.runder")
    anmodninger = Kommuneanmodning.objects.filter(runde=en_runde).exclude(tilstand="ikke_anmodet")
    antall = anmodninger.aggregate(alle=Count("pk"), sendt=Count("pk", filter=Q(sendt__isnull=False)))
    stanset = en_runde.tilstand == "sendes" and not er_i_gang(en_runde)
    rest = list(anmodninger.filter(tilstand="klar").order_by("sorteringsnavn")) if stanset else []
    return antall | {"stanset": stanset, "rest": rest}


@_RUNDER
def etter_brevene(aktor: Aktor, en_runde: Runde) -> dict[str, Any]:
    """What came after the letters of a round: a newer version of its need, the adjusted round, the notices."""
    krev(aktor, "anmodning.runder")
    nyere = Behov.objects.filter(aar=en_runde.aar, versjon__gt=en_runde.behov.versjon).order_by("-versjon")
    sendt = en_runde.tilstand in ("sendt", "lukket")
    return {
        "nytt_behov": nyere.first() if sendt else None,
        "justert": Runde.objects.filter(erstatter=en_runde)
        .exclude(tilstand="avlyst")
        .select_related("subjekt")
        .first(),
        "varsler": list(en_runde.varsler.select_related("varslet_av").order_by("-varslet")),
    }


@_UTEN_TILGANG
def uten_tilgang(aktor: Aktor, en_runde: Runde) -> QuerySet[Any]:
    """The requests of a round that stand, to municipalities where nobody can answer today: to be followed up by telephone.

    `sokt` is when somebody there asked for access, while the request for it waits.
    """
    krev(aktor, "anmodning.uten_tilgang")
    sokt = Tilgangssoknad.objects.filter(organisasjon_id=OuterRef("organisasjon_id"), tilstand="ny")
    tall = Anmodningstall.objects.filter(anmodning_id=OuterRef("pk"), revisjon=en_runde.gjeldende_id)
    return (
        Kommuneanmodning.objects.filter(runde=en_runde, tilstand="anmodet")
        .exclude(organisasjon_id__in=kan_svare(i_dag()).values("organisasjon_id"))
        .annotate(
            sokt=Subquery(sokt.order_by("-sendt").values("sendt")[:1]),
            antall=Subquery(tall.values("antall")[:1]),
        )
        .select_related("subjekt")
        .order_by("sorteringsnavn")
    )


@_UTEN_TILGANG
def runder_uten_tilgang(aktor: Aktor) -> list[tuple[Runde, int]]:
    """The rounds that wait for answers, newest first, each with how many municipalities have nobody who can give one."""
    krev(aktor, "anmodning.uten_tilgang")
    runder_ = Runde.objects.filter(tilstand__in=("sendes", "sendt")).select_related("subjekt")
    med_antall = [(en, uten_tilgang(aktor, en).count()) for en in runder_.order_by("-aar", "-nr")[:3]]
    return [(en, antall) for en, antall in med_antall if antall]


@_UTEN_TILGANG
def runde_for_oppfolging(aktor: Aktor, uuid: UUID) -> Runde:
    """A round by its public identifier, for following up municipalities without access. Raises `FinnesIkke`."""
    krev(aktor, "anmodning.uten_tilgang")
    funnet = Runde.objects.select_related("subjekt").filter(subjekt__uuid=uuid).first()
    if funnet is None:
        raise _finnes_ikke()
    return funnet


@_SAMRAAD
def i_samraad(aktor: Aktor) -> QuerySet[Samraadspart]:
    """The dialogues the actor's own organisation is a party in, newest first."""
    krev(aktor, "anmodning.samraad")
    return (
        Samraadspart.objects.filter(organisasjon_id__in=organisasjoner_for(aktor, "anmodning.samraad"))
        .select_related("samraad__runde__subjekt", "samraad__runde__behov", "organisasjon")
        .order_by("-samraad__apnet")
    )


@_SAMRAAD
def samraad(aktor: Aktor, uuid: UUID) -> Samraad:
    """The latest dialogue about a round. Raises `FinnesIkke`, the same for unknown, forbidden and never opened."""
    krev(aktor, "anmodning.samraad")
    funnet = (
        Samraad.objects.select_related(
            "runde__subjekt", "runde__behov", "runde__gjeldende", "revisjon", "apnet_av"
        )
        .filter(runde__subjekt__uuid=uuid)
        .order_by("-apnet")
        .first()
    )
    if funnet is None:
        raise _finnes_ikke()
    return funnet


def venter_paa(en_runde: Runde) -> list[Organisasjon]:
    """Those an open dialogue waits for: they have said nothing yet, and the time limit is not out."""
    apent = en_runde.samraad.filter(avsluttet=None, frist__gte=i_dag()).first()
    return ikke_uttalt(apent) if apent else []


def ikke_uttalt(et_samraad: Samraad) -> list[Organisasjon]:
    """The parties that have said nothing yet."""
    return [
        part.organisasjon for part in et_samraad.parter.filter(uttalt=None).select_related("organisasjon")
    ]


def sist_framlagt(et_samraad: Samraad) -> Revisjon:
    """The numbers as the parties have been shown them last; a draft computed since is IMDi's own."""
    return et_samraad.runde.revisjoner.filter(framlagt=True).order_by("-nr").first() or et_samraad.revisjon


@_SAMRAAD
def samraadstall(aktor: Aktor, et_samraad: Samraad) -> QuerySet[Any]:
    """The numbers the actor sees in a dialogue: `antall` now, `forst` as first shown, `tilraadd` the latest recommended one.

    `em_satt`: the minors among them that an adjustment in force has set.
    """
    krev(aktor, "anmodning.samraad")
    innspill = Innspill.objects.filter(
        anmodning_id=OuterRef("anmodning_id"), part__samraad=et_samraad, antall__isnull=False
    )
    forst = Anmodningstall.objects.filter(anmodning_id=OuterRef("anmodning_id"), revisjon=et_samraad.revisjon)
    justering = Justering.objects.filter(anmodning_id=OuterRef("anmodning_id"), trukket=None)
    return (
        Anmodningstall.objects.filter(revisjon=sist_framlagt(et_samraad))
        .select_related("anmodning__runde__subjekt")
        .defer("forklaring")
        .annotate(
            forst=Subquery(forst.values("antall")[:1]),
            tilraadd=Subquery(innspill.order_by("-skrevet").values("antall")[:1]),
            em_forst=Subquery(forst.values("em")[:1]),
            begrunnelse=Subquery(justering.values("begrunnelse")[:1]),
            em_satt=Subquery(justering.values("em")[:1]),
            endring=F("antall") - F("forst"),
            em_endring=F("em") - F("em_forst"),
        )
        .order_by("anmodning__sorteringsnavn")
    )


@_RUNDER
def endret_fra_forrige(aktor: Aktor, revisjon: Revisjon) -> int:
    """How many municipalities have another number than in the revision before, also of minors."""
    krev(aktor, "anmodning.runder")
    for_ = Anmodningstall.objects.filter(
        revisjon__runde_id=revisjon.runde_id,
        revisjon__nr=revisjon.nr - 1,
        anmodning_id=OuterRef("anmodning_id"),
    )
    likt = {navn: Subquery(for_.values(navn)[:1]) for navn in ("antall", "em")}
    return revisjon.tall.exclude(**likt).count()


@_SAMRAAD
def ett_samraadstall(aktor: Aktor, et_samraad: Samraad, kommunenummer: str) -> Any:
    """One municipality's number in a dialogue, with its explanation. Raises `FinnesIkke`."""
    funnet = (
        samraadstall(aktor, et_samraad)
        .defer(None)
        .select_related("revisjon")
        .filter(anmodning__nummer=kommunenummer)
        .first()
    )
    if funnet is None:
        raise _finnes_ikke()
    return funnet


@_SAMRAAD
def innspill(aktor: Aktor, et_samraad: Samraad) -> QuerySet[Innspill]:
    """What the parties have said and been answered, newest first: a party sees its own, IMDi all (row-level security)."""
    krev(aktor, "anmodning.samraad")
    return (
        Innspill.objects.filter(part__samraad=et_samraad)
        .select_related("part__organisasjon", "anmodning", "skrevet_av", "revisjon")
        .prefetch_related(Prefetch("svar", Innspillsvar.objects.select_related("skrevet_av")))
        .order_by("-skrevet")
    )


@_SAMRAAD
def ett_innspill(aktor: Aktor, en_runde: Runde, innspill_id: int) -> Innspill:
    """What a party said in any dialogue about a round, with its answer. Raises `FinnesIkke`."""
    krev(aktor, "anmodning.samraad")
    funnet = (
        Innspill.objects.filter(pk=innspill_id, part__samraad__runde=en_runde)
        .select_related("part__organisasjon", "anmodning", "skrevet_av")
        .first()
    )
    if funnet is None:
        raise _finnes_ikke()
    return funnet


@_SAMRAAD
def justeringer(aktor: Aktor, et_samraad: Samraad) -> QuerySet[Justering]:
    """The adjustments of the round the actor sees, also the withdrawn ones, newest first."""
    krev(aktor, "anmodning.samraad")
    return (
        Justering.objects.filter(anmodning__runde=et_samraad.runde, gjort__gte=et_samraad.apnet)
        .select_related("anmodning", "gjort_av")
        .order_by("-gjort")
    )


@_EGNE
def egne(aktor: Aktor) -> QuerySet[Anmodningstall]:
    """The requests of the actor's own municipality that have been sent, newest first."""
    krev(aktor, "anmodning.egne")
    return _sendte().filter(
        anmodning__organisasjon_id__in=organisasjoner_for(aktor, "anmodning.egne"),
    )


def _sendte() -> QuerySet[Anmodningstall]:
    return (
        Anmodningstall.objects.filter(
            anmodning__tilstand__in=["anmodet", "revidert", "bortfalt"],
            revisjon=F("anmodning__runde__gjeldende"),
        )
        .select_related("anmodning__runde", "anmodning__subjekt", "anmodning__organisasjon")
        .defer("forklaring")  # kilobytes that only the page of one request shows
        .order_by("-anmodning__runde__aar", "-anmodning__runde__nr")
    )


@_SENDT
def en_sendt(aktor: Aktor, uuid: UUID) -> Anmodningstall:
    """A request as the municipality got it, for those who answer it or follow it up. Raises `FinnesIkke`."""
    krev(aktor, "anmodning.sendt")
    funnet = _sendte().filter(anmodning__subjekt__uuid=uuid).first()
    if funnet is None or not kan(aktor, "anmodning.sendt", funnet.anmodning.organisasjon):
        raise _finnes_ikke()
    return funnet


@_SENDT
def byttet(aktor: Aktor, tall: Anmodningstall) -> dict[str, Anmodningstall | None]:
    """The municipality's request that this one came in the place of (`for_`), and the one that came in its place (`etter`)."""
    krev(aktor, "anmodning.sendt", tall.anmodning.organisasjon)
    andre = _sendte().filter(anmodning__kommune_id=tall.anmodning.kommune_id)
    runde = tall.anmodning.runde
    return {
        "for_": andre.filter(anmodning__runde_id=runde.erstatter_id).first() if runde.erstatter_id else None,
        "etter": andre.filter(anmodning__runde__erstatter_id=runde.pk).first(),
    }


@_EGNE
def varsel(aktor: Aktor, tall: Anmodningstall) -> Justeringsvarsel | None:
    """The latest notice about the round of a request that still stands."""
    krev(aktor, "anmodning.egne")
    if tall.anmodning.tilstand != "anmodet":
        return None
    return Justeringsvarsel.objects.filter(runde=tall.anmodning.runde_id).order_by("-varslet").first()


@_EGNE
def egen(aktor: Aktor, uuid: UUID) -> Anmodningstall:
    """One of the own municipality's requests. Raises `FinnesIkke`, the same for unknown and forbidden."""
    funnet = eneste(egne(aktor).filter(anmodning__subjekt__uuid=uuid))
    if funnet is None:
        raise _finnes_ikke()
    return funnet


def _finnes_ikke() -> FinnesIkke:
    return FinnesIkke(
        kode="ANMODNING-FINNES-IKKE", hva="Siden finnes ikke, eller du har ikke tilgang til den."
    )

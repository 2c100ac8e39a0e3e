"""Reads: the people-and-roles page, one user, organisations without an administrator, and everybody's own page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Bruker, Medlemskap, Organisasjon, Vikariat
from bosett.aktor.organisasjonsslag import Slag
from bosett.aktor.roller import ROLLER, Rolle
from bosett.brukere import avslag, rules, states
from bosett.brukere.models import Organisasjonssak, Tilgangssoknad
from bosett.brukere.querysets import gyldige, har_administrator
from bosett.brukere.rules import Advarsel
from bosett.geografi.models import Kommuneversjon
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import i_dag, naa
from bosett.spor.models import Hendelse
from bosett.tilgang.models import Innsyn
from bosett.tilgang.policy import kan, krev

_ADMIN = {"kommune_admin": Omfang.EGEN, "imdi_admin": Omfang.NASJONAL}
_KODE = "brukere.liste"
_LISTE = lesning("brukere.liste", "se brukerne, rollene og vikarene", _ADMIN)
_SOKE = lesning("brukere.kan_soke", "se om en kommune mangler en kommuneadministrator", offentlig=True)
_SOKNADER = lesning(
    "brukere.soknader",
    "se søknader om den første rollen i en kommune",
    {"imdi_admin": Omfang.NASJONAL},
)
_SELV = dict.fromkeys(ROLLER, Omfang.SELV)
_MIN_SIDE = lesning("brukere.min_side", "se egne roller, vikarer og oppslag", _SELV)
OPPSLAG_VIST = 50


@dataclass(frozen=True)
class Rollelinje:
    """A role somebody has, will have or had."""

    medlemskap: Medlemskap
    rolle: Rolle
    vikarer: tuple[Vikariat, ...]
    naa: bool
    """Valid today; otherwise it is over or lies ahead."""
    slutter_snart: bool

    @property
    def kommer(self) -> bool:
        return not self.naa and self.medlemskap.fra > i_dag()


@dataclass(frozen=True)
class Brukerkort:
    """A user as seen from one organisation."""

    bruker: Bruker
    roller: tuple[Rollelinje, ...]
    """Valid now or later."""
    tidligere: tuple[Rollelinje, ...]
    vikar_for: tuple[Vikariat, ...]
    advarsler: tuple[Advarsel, ...]

    @property
    def rollenavn(self) -> list[str]:
        return [linje.rolle.navn for linje in self.roller]


@dataclass(frozen=True)
class Organisasjonskort:
    organisasjon: Organisasjon
    nummer: str
    brukere: int
    administratorer: int


@dataclass(frozen=True)
class Hendelseslinje:
    """One act on an organisation's users, with names for the screen (the ledger itself holds ids)."""

    hendelse: Hendelse
    om: str
    rolle: str


@dataclass(frozen=True)
class MinSide:
    bruker: Bruker
    roller: tuple[Rollelinje, ...]
    vikar_for: tuple[Vikariat, ...]
    gir_roller: tuple[tuple[Organisasjon, tuple[Bruker, ...]], ...]
    """Per own organisation: whom to ask for access."""
    oppslag: tuple[Innsyn, ...]


@_LISTE
def organisasjon(aktor: Aktor, nokkel: UUID | None = None) -> Organisasjon:
    """The organisation whose users the actor administers: the one asked for, else the first own. Raises FinnesIkke."""
    if nokkel is not None:
        valgt = Organisasjon.objects.filter(uuid=nokkel).first()
    else:
        egne = (t.organisasjon_id for t in aktor.tilhorigheter if t.rolle in rules.ADMINROLLER)
        valgt = Organisasjon.objects.filter(pk=next(egne, 0)).first()
    if valgt is None or not kan(aktor, _KODE, valgt):
        raise _finnes_ikke()
    return valgt


@_LISTE
def brukere_i(aktor: Aktor, organisasjon: Organisasjon) -> list[Brukerkort]:
    """Everybody who has, will have or had a role in the organisation, in the order of their names."""
    krev(aktor, _KODE, organisasjon)
    return sorted(
        _kort(Bruker.objects.filter(medlemskap__organisasjon=organisasjon).distinct(), organisasjon),
        key=lambda kort: (not kort.roller, _norsk(kort.bruker.navn)),
    )


@_LISTE
def bruker_i(aktor: Aktor, organisasjon: Organisasjon, nokkel: UUID) -> Brukerkort:
    """One user of the organisation. Raises FinnesIkke for an unknown user and for one of somebody else's alike."""
    krev(aktor, _KODE, organisasjon)
    treff = Bruker.objects.filter(uuid=nokkel, medlemskap__organisasjon=organisasjon).distinct()
    for kort in _kort(treff, organisasjon):
        return kort
    raise _finnes_ikke()


@_LISTE
def medlemskap_i(aktor: Aktor, organisasjon: Organisasjon, nokkel: UUID) -> Medlemskap:
    krev(aktor, _KODE, organisasjon)
    rad = Medlemskap.objects.filter(organisasjon=organisasjon, uuid=nokkel).select_related("bruker").first()
    if rad is None:
        raise _finnes_ikke()
    return rad


@_LISTE
def vikariat_i(aktor: Aktor, organisasjon: Organisasjon, nokkel: UUID) -> Vikariat:
    krev(aktor, _KODE, organisasjon)
    rad = Vikariat.objects.filter(organisasjon=organisasjon, uuid=nokkel).select_related("vikar").first()
    if rad is None:
        raise _finnes_ikke()
    return rad


@_LISTE
def advarsler_om(aktor: Aktor, organisasjon: Organisasjon) -> tuple[Advarsel, ...]:
    """Warnings about the organisation as a whole: nobody, or only one person, can give roles."""
    krev(aktor, _KODE, organisasjon)
    if organisasjon.slag not in (Slag.KOMMUNE, Slag.IMDI):
        return ()
    rolle = "kommune_admin" if organisasjon.slag == Slag.KOMMUNE else "imdi_admin"
    antall = gyldige(i_dag(), organisasjon=organisasjon, rolle=rolle).values("bruker").distinct().count()
    if antall == 0:
        return (Advarsel("ingen_admin", "Ingen kan gi roller her", "danger"),)
    if antall == 1:
        return (Advarsel("en_admin", "Bare én kan gi roller her"),)
    return ()


@_LISTE
def roller_som_kan_gis(aktor: Aktor, organisasjon: Organisasjon) -> list[Rolle]:
    """The roles the actor may give in the organisation, in the order of the catalogue."""
    krev(aktor, states.GI_ROLLE.kode, organisasjon)
    egne = aktor.roller
    return [
        rolle
        for rolle in ROLLER.values()
        if rolle.slag == organisasjon.slag and (aktor.jobb or egne.intersection(rolle.gis_av))
    ]


@_LISTE
def historikk(aktor: Aktor, organisasjon: Organisasjon, bruker: Bruker | None = None) -> list[Hendelseslinje]:
    """What has been done with users and roles, newest first; for one user when given."""
    krev(aktor, _KODE, organisasjon)
    sak = Organisasjonssak.objects.filter(organisasjon=organisasjon).first()
    if sak is None:
        return []
    utvalg = (
        Hendelse.objects.filter(subjekt_id=sak.pk)
        .select_related("bruker", "organisasjon", "detalj")
        .order_by("-nr")
    )
    if bruker is not None:
        egne = Medlemskap.objects.filter(organisasjon=organisasjon, bruker=bruker).values_list(
            "pk", flat=True
        )
        utvalg = utvalg.filter(
            Q(data__bruker=bruker.pk) | Q(data__vikar=bruker.pk) | Q(data__medlemskap__in=list(egne))
        )
    hendelser = list(utvalg[:OPPSLAG_VIST])
    om = {h.data.get("bruker") or h.data.get("vikar") for h in hendelser} - {None}
    navn = dict(Bruker.objects.filter(pk__in=om).values_list("pk", "navn"))
    return [
        Hendelseslinje(
            h,
            navn.get(h.data.get("bruker") or h.data.get("vikar"), ""),
            ROLLER[h.data["rolle"]].navn if h.data.get("rolle") in ROLLER else "",
        )
        for h in hendelser
    ]


@lesning("brukere.organisasjoner", "se alle organisasjoner, og hvem som mangler administrator", {"imdi_admin": Omfang.NASJONAL})  # fmt: skip
def organisasjoner(aktor: Aktor) -> list[Organisasjonskort]:
    """Every organisation with its number of users and administrators today."""
    krev(aktor, "brukere.organisasjoner")
    dag = i_dag()
    gyldig = Q(medlemskap__fra__lte=dag) & (Q(medlemskap__til__isnull=True) | Q(medlemskap__til__gt=dag))
    numre = dict(Kommuneversjon.objects.gjelder(dag).values_list("kommune_id", "nummer"))
    rader = Organisasjon.objects.annotate(
        antall=Count("medlemskap__bruker", filter=gyldig, distinct=True),
        administratorer=Count(
            "medlemskap__bruker",
            filter=gyldig & Q(medlemskap__rolle__in=rules.ADMINROLLER),
            distinct=True,
        ),
    )
    return [
        Organisasjonskort(o, numre.get(o.kommune_id or 0, ""), o.antall, o.administratorer)
        for o in sorted(rader, key=lambda o: (o.slag == Slag.KOMMUNE, _norsk(o.sorteringsnavn)))
        if o.kommune_id is None or o.kommune_id in numre or o.antall
    ]


@_MIN_SIDE
def min_side(aktor: Aktor) -> MinSide:
    """The signed-in user's own roles, deputies and look-ups, and whom to ask for access."""
    bruker = Bruker.objects.get(pk=aktor.bruker_id or 0)
    dag = i_dag()
    egne = Medlemskap.objects.filter(Q(til__isnull=True) | Q(til__gt=dag), bruker=bruker)
    egne = egne.select_related("organisasjon").prefetch_related(_vikarer()).order_by("fra", "pk")
    vikar = Vikariat.objects.filter(vikar=bruker, til__gt=dag)
    gir = []
    for org in Organisasjon.objects.filter(pk__in=aktor.organisasjoner).order_by("sorteringsnavn"):
        admin = gyldige(dag, organisasjon=org, rolle__in=rules.ADMINROLLER).select_related("bruker")
        gir.append((org, tuple(sorted({m.bruker for m in admin}, key=lambda b: _norsk(b.navn)))))
    return MinSide(
        bruker,
        tuple(_linje(m, dag) for m in egne),
        tuple(vikar.select_related("medlemskap__bruker", "organisasjon").order_by("fra")),
        tuple(gir),
        tuple(Innsyn.objects.filter(bruker=bruker).order_by("-tid", "-pk")[:OPPSLAG_VIST]),
    )


@_SOKE
def kommuner_for_soknad() -> list[tuple[str, str]]:
    """Number and name of every municipality one may ask for access to, in Norwegian order."""
    return list(
        Kommuneversjon.objects.gjelder(i_dag()).order_by("sorteringsnavn").values_list("nummer", "navn")
    )


@_SOKE
def kommune_for_soknad(nummer: str) -> Organisasjon:
    """The organisation of the municipality that has this number today. Raises FinnesIkke."""
    versjon = Kommuneversjon.objects.gjelder(i_dag()).filter(nummer=nummer).first()
    funnet = Organisasjon.objects.filter(kommune_id=versjon.kommune_id).first() if versjon else None
    if funnet is None:
        raise avslag.UKJENT_SOKNAD()
    return funnet


@_SOKE
def kan_sokes_om(aktor: Aktor, nummer: str) -> bool:
    """Is the municipality there, without anybody who gives roles? Who has the role is told to nobody."""
    versjon = Kommuneversjon.objects.gjelder(i_dag()).filter(nummer=nummer).first()
    if versjon is None:
        return False
    with som_systemet("brukere.kan_soke", etter=aktor):
        return not har_administrator(kommune_for_soknad(nummer))


@_SOKE
def er_mottatt(aktor: Aktor, referanse: str) -> bool:
    """Was a request received with this reference? Nothing more is told without a log-in."""
    with som_systemet("brukere.kan_soke", etter=aktor):
        return Tilgangssoknad.objects.filter(referanse=referanse).exists()


@_MIN_SIDE
def min_kommune(aktor: Aktor) -> str:
    """The number of the municipality the signed-in user has or had a role in last; empty when there is none."""
    siste = (
        Medlemskap.objects.filter(bruker_id=aktor.bruker_id or 0, organisasjon__slag=Slag.KOMMUNE)
        .order_by("-fra", "-pk")
        .values_list("organisasjon__kommune_id", flat=True)
        .first()
    )
    versjon = Kommuneversjon.objects.gjelder(i_dag()).filter(kommune_id=siste or 0).first()
    return versjon.nummer if versjon else ""


@_SOKNADER
def soknader(aktor: Aktor) -> QuerySet[Tilgangssoknad]:
    """Requests for the first role in a municipality, those that wait first, then the newest."""
    krev(aktor, "brukere.soknader")
    return Tilgangssoknad.objects.select_related(
        "organisasjon", "subjekt", "bruker", "behandlet_av", "sokt_av"
    ).order_by(F("behandlet").desc(nulls_first=True), "-sendt", "-pk")


@_SOKNADER
def soknad(aktor: Aktor, nokkel: UUID) -> Tilgangssoknad:
    """One request by its public identifier. Raises FinnesIkke, the same for unknown and forbidden."""
    funnet = soknader(aktor).filter(subjekt__uuid=nokkel).first()
    if funnet is None:
        raise avslag.UKJENT_SOKNAD()
    return funnet


def _kort(brukere: QuerySet[Bruker], organisasjon: Organisasjon) -> list[Brukerkort]:
    dag = i_dag()
    medlemskap = Medlemskap.objects.filter(organisasjon=organisasjon).select_related("organisasjon")
    vikar_for = Vikariat.objects.filter(organisasjon=organisasjon, til__gt=dag)
    hentet = brukere.prefetch_related(
        Prefetch("medlemskap", medlemskap.prefetch_related(_vikarer()).order_by("fra", "pk"), "egne"),
        Prefetch("vikariater", vikar_for.select_related("medlemskap__bruker"), "vikar_for"),
    )
    kort = []
    for bruker in hentet:
        linjer = tuple(_linje(m, dag) for m in bruker.egne)
        roller = tuple(linje for linje in linjer if linje.naa or linje.kommer)
        advarsler: tuple[Advarsel, ...] = ()
        if roller:
            advarsler = rules.advarsler_om_bruker(
                sist_innlogget=bruker.last_login, midlertidig_passord=bruker.maa_bytte_passord, naa=naa()
            )
        if any(linje.slutter_snart for linje in roller):
            advarsler += (Advarsel("slutter", "En rolle slutter snart"),)
        tidligere = tuple(linje for linje in linjer if linje not in roller)
        kort.append(Brukerkort(bruker, roller, tidligere, tuple(bruker.vikar_for), advarsler))
    return kort


def _linje(medlemskap: Medlemskap, dag: date) -> Rollelinje:
    gjelder = medlemskap.fra <= dag and (medlemskap.til is None or medlemskap.til > dag)
    return Rollelinje(
        medlemskap,
        ROLLER[medlemskap.rolle],
        tuple(medlemskap.vikariater.all()),
        gjelder,
        gjelder and rules.slutter_snart(medlemskap.til, dag),
    )


def _vikarer() -> Prefetch:
    gjelder = Vikariat.objects.filter(til__gt=i_dag()).select_related("vikar").order_by("fra", "pk")
    return Prefetch("vikariater", gjelder)


def _norsk(tekst: str) -> str:
    """Sort key with æ, ø, å last."""
    return tekst.lower().translate(str.maketrans("æøå", "{|}"))


def _finnes_ikke() -> FinnesIkke:
    return avslag.UKJENT_BRUKER()

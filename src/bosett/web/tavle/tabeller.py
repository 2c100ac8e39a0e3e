"""The tables of the boards, and what they are filtered by."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import Case, CharField, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bosett.aktor.kontekst import Aktor
from bosett.geografi import selectors as geografi
from bosett.grunn.frister import legg_til_maaneder
from bosett.grunn.klokke import i_dag
from bosett.oppgave import selectors as oppgaver
from bosett.oppgave.models import Reservasjon
from bosett.person.models import Husholdning
from bosett.person.rules.klar import ALDRI
from bosett.person.selectors_tavler import bor_i_kommunene
from bosett.person.states import LOP
from bosett.web import visning
from bosett.web.komponenter import klokke, merke
from bosett.web.person.tabeller import klar, klartekst, lopnavn, sakslenke
from bosett.web.tabell import Kolonne, Tabell
from bosett.web.tabellbundet import BundetTabell
from bosett.web.tavle import tillegg
from bosett.web.tavle.faser import FASER, I_KOEN, UTENFOR, navn

ALDRE = (
    ("0", _("Under 1 måned"), 0, 1),
    ("1", _("1–3 måneder"), 1, 3),
    ("3", _("3–6 måneder"), 3, 6),
    ("6", _("Over 6 måneder"), 6, None),
)
"""(code, text, from so many months, to so many): how long a household has been ready."""
STORRELSER = (
    ("1", _("1 person"), 1, 1),
    ("2", _("2–3 personer"), 2, 3),
    ("4", _("4–5 personer"), 4, 5),
    ("6", _("6 eller flere"), 6, 99),
)
KLAR, ALLE = "klar", "alle"


def etter_alder(rader: QuerySet[Husholdning]) -> QuerySet[Husholdning]:
    """With `alder`, the code of how long each has been ready."""
    dag = i_dag()
    naar = [
        When(klar_fra__lte=legg_til_maaneder(dag, -fra), then=Value(kode))
        for kode, _navn, fra, _til in reversed(ALDRE)
    ]
    return rader.annotate(alder=Case(*naar, default=Value(""), output_field=CharField()))


def ventet(h: Any) -> int | None:
    """Days since everybody had a permit."""
    return (i_dag() - h.klar_fra).days if h.klar_fra else None


class Koevalg(forms.Form):
    fase = forms.ChoiceField(
        label=_("Fase"), required=False,
        choices=[("", _("Klare og venter")), *((f.kode, f.navn) for f in I_KOEN if f.kode != KLAR), (ALLE, _("Alle"))],
    )  # fmt: skip
    alder = forms.ChoiceField(
        label=_("Har ventet"),
        required=False,
        choices=[("", _("Alle")), ("over", _("Over målet")), *((a[0], a[1]) for a in ALDRE)],
    )
    lop = forms.ChoiceField(label=_("Løp"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    antall = forms.ChoiceField(
        label=_("Husholdning"), required=False, choices=[("", _("Alle")), *((s[0], s[1]) for s in STORRELSER)]
    )
    hos = forms.ChoiceField(label=_("Reservert"), required=False)

    aktor: Aktor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields
        felt["lop"].choices = [
            ("", _("Alle")), *((t.kode, gettext(t.navn)) for t in LOP.tilstander if t.kode not in ("", "avsluttet", *ALDRI))
        ]  # fmt: skip
        felt["region"].choices = [("", _("Alle")), *((str(r.pk), r.navn) for r in geografi.regioner())]
        har = oppgaver.reservasjoner(self.aktor).values_list("bruker__uuid", "bruker__navn")
        felt["hos"].choices = [
            ("", _("Alle")), ("ingen", _("Av ingen")), ("meg", _("Av meg")), ("andre", _("Av andre")),
            *sorted({(str(uuid), navn) for uuid, navn in har}, key=lambda par: par[1]),
        ]  # fmt: skip


def filtrer_koen(aktor: Aktor, rader: QuerySet[Any], valg: Mapping[str, Any]) -> QuerySet[Any]:
    fase, alder = valg.get("fase") or KLAR, valg.get("alder")
    if fase != ALLE:
        rader = rader.filter(fase=fase)
    if alder == "over":
        rader = rader.filter(maal__lt=i_dag())
    elif alder:
        _kode, _navn, fra, til = next(a for a in ALDRE if a[0] == alder)
        rader = rader.filter(klar_fra__lte=legg_til_maaneder(i_dag(), -fra))
        if til is not None:
            rader = rader.filter(klar_fra__gt=legg_til_maaneder(i_dag(), -til))
    if lop := valg.get("lop"):
        rader = rader.filter(lop=lop)
    if region := valg.get("region"):
        kommuner = [pk for pk, r in geografi.regioner_for_alle().items() if str(r.pk) == region]
        rader = rader.filter(bor_i_kommunene(kommuner))
    if antall := valg.get("antall"):
        _kode, _navn, minst, mest = next(s for s in STORRELSER if s[0] == antall)
        rader = rader.filter(antall__range=(minst, mest))
    if hos := valg.get("hos"):
        alle = Reservasjon.objects.gjelder()
        mine = Q(bruker_id=aktor.bruker_id)
        utvalg = {"ingen": Q(), "meg": mine, "andre": ~mine}
        ider = alle.filter(utvalg[hos] if hos in utvalg else Q(bruker__uuid=hos)).values("subjekt")
        rader = rader.exclude(pk__in=ider) if hos == "ingen" else rader.filter(pk__in=ider)
    return rader


def _klar_siden(_verdi: Any, h: Any) -> str:
    return visning.dato(h.klar_fra) if klar(h) else merke(klartekst(h), "warning")


def _dager(h: Any) -> str:
    dager = ventet(h) if klar(h) else None
    return "" if dager is None else ngettext("%(n)s dag", "%(n)s dager", dager) % {"n": visning.tall(dager)}


def _maal(verdi: Any, h: Any) -> str:
    return klokke(verdi) if klar(h) else SafeString("")


def _knapp(_verdi: Any, h: Any) -> str:
    """Take the case, or put it back: a button of the form that stands on the page (`reserver`), so that it works without a script."""
    har = h.tillegg.get("reservert", {}).get(h.pk)
    if har is not None and har.kode != "meg":
        return SafeString("")
    adresse, tast, tekst, hele = (
        (reverse("tavle:reserver"), "r", gettext("Reserver"), gettext("Reserver %(sak)s"))
        if har is None
        else (reverse("tavle:slipp"), "p", gettext("Legg tilbake"), gettext("Legg %(sak)s tilbake i køen"))
    )
    return format_html(
        '<button class="ds-button" data-variant="secondary" data-size="sm" form="reserver" formaction="{}" name="sak" value="{}"'
        ' data-tast="{}" aria-label="{}">{}</button>',
        adresse, h.subjekt.uuid, tast, hele % {"sak": h.saksnummer}, tekst,
    )  # fmt: skip


SAK = Kolonne(
    "sak",
    _("Sak"),
    felt="saksnummer",
    sorter="pk",
    radhode=True,
    lenke=sakslenke,
    format=lambda nr, _h: nr.replace(" ", "\u00a0"),
)
SOKER = Kolonne(
    "soker",
    _("Søker"),
    felt=lambda h: h.hovednavn or gettext("Skjermet"),
    sorter=False,
    undertekst=lambda h: lopnavn(h.lop),
)
PERSONER = Kolonne("personer", _("Personer"), felt="antall", format="tall")
LOPET = Kolonne("lop", _("Løp"), felt=lambda h: lopnavn(h.lop), bare_eksport=True)
KLAR_SIDEN = Kolonne("klar", _("Klar siden"), felt="klar_fra", format=_klar_siden, undertekst=_dager)
MAAL = Kolonne("maal", _("Mål"), format=_maal)
VENTET = Kolonne("ventet", _("Ventet, dager"), felt=ventet, bare_eksport=True)
MANGLER = Kolonne("mangler", _("Status"), felt=klartekst, bare_eksport=True)
KNAPP = Kolonne("knapp", _("Gjør"), felt="pk", sorter=False, format=_knapp, bare_skjerm=True)

_KOEN = Tabell(
    "koen",
    _("Hvem venter"),
    (),
    sortering="klar",
    lagrede_visninger=True,
    tom=_("Ingen venter"),
    tom_hjelp=_("Ingen i køen er klare uten å ha fått en kommune."),
    telletekst=lambda n: ngettext("%(n)s husholdning", "%(n)s husholdninger", n) % {"n": visning.tall(n)},
)


def koen(request: HttpRequest, aktor: Aktor, rader: QuerySet[Husholdning], **endringer: Any) -> BundetTabell:
    """The queue as the actor sees it, with the columns other rooms add."""
    flere = tillegg.for_tavle(aktor, tillegg.KOEN)
    kolonner = (
        SAK,
        SOKER,
        PERSONER,
        LOPET,
        KLAR_SIDEN,
        VENTET,
        MANGLER,
        MAAL,
        *(t.kolonne for t in flere),
        KNAPP,
    )
    valg = {
        "kolonner": kolonner, "filter": type("Koevalget", (Koevalg,), {"aktor": aktor}),
        "filtrer": lambda alle, hva: filtrer_koen(aktor, alle, hva), "berik": tillegg.berik(aktor, flere),
    }  # fmt: skip
    return _KOEN.bygg(request, rader, **valg | endringer)


class Beboervalg(forms.Form):
    fase = forms.ChoiceField(
        label=_("Fase"), required=False, choices=[("", _("Alle")), *((f.kode, f.navn) for f in FASER)]
    )


def _filtrer_beboere(rader: QuerySet[Any], valg: Mapping[str, Any]) -> QuerySet[Any]:
    return rader.filter(fase=valg["fase"]) if valg.get("fase") else rader


_BEBOERE = Tabell(
    "beboere",
    _("Beboerne på mottaket"),
    (),
    filter=Beboervalg,
    filtrer=_filtrer_beboere,
    sortering="apnet",
    lagrede_visninger=True,
    tom=_("Ingen bor på mottaket"),
    tom_hjelp=_("De som bor på mottaket, kommer hit når UDI har meldt fra om dem."),
    telletekst=lambda n: ngettext("%(n)s husholdning", "%(n)s husholdninger", n) % {"n": visning.tall(n)},
)


def beboere(request: HttpRequest, aktor: Aktor, rader: QuerySet[Husholdning]) -> BundetTabell:
    flere = tillegg.for_tavle(aktor, tillegg.BEBOERE)
    kolonner = (
        SAK, SOKER, PERSONER,
        Kolonne("fase", _("Fase"), felt=lambda h: navn(h.fase), bare_eksport=True),
        Kolonne("status", _("Hva som mangler"), sorter=False, felt=lambda h: "" if klar(h) or h.fase == UTENFOR else klartekst(h),
                format=lambda tekst, _h: merke(tekst, "warning") if tekst else visning.UKJENT),
        Kolonne("apnet", _("Saken åpnet"), format="dato"),
        replace(KLAR_SIDEN, format=lambda _v, h: visning.dato(h.klar_fra) if klar(h) else visning.UKJENT),
        MAAL, *(t.kolonne for t in flere),
    )  # fmt: skip
    return _BEBOERE.bygg(request, rader, kolonner=kolonner, berik=tillegg.berik(aktor, flere))


MAA_SVARE = Tabell(
    "maa-svare",
    _("Hvem må svare"),
    (
        Kolonne("sak", _("Sak"), radhode=True, lenke=lambda rad: rad.adresse),
        Kolonne("hvem", _("Hvem"), norsk=True),
        Kolonne("hva", _("Hva"), norsk=True),
        Kolonne("siden", _("Siden"), format="dato"),
        Kolonne("frist", _("Frist"), format="klokke"),
    ),
    sok=("hvem", "hva", "sak"),
    sortering="frist",
    nokkel=lambda rad: rad.nokkel,
    tom=_("Ingen andre må gjøre noe"),
    tom_hjelp=_("Her står oppgaver andre etater og kommuner har i saker i køen."),
)

LEDIG = Tabell(
    "ledig",
    _("Hva er ledig"),
    (
        Kolonne("kommune", _("Kommune"), norsk=True, radhode=True, undertekst=lambda rad: rad.fylke),
        Kolonne("nummer", _("Kommunenummer"), bare_eksport=True),
        Kolonne("fylke", _("Fylke"), bare_eksport=True),
        Kolonne("vedtatt", _("Vedtatt"), format="tall", sum=True, enhet=_("personer")),
        Kolonne("bosatt", _("Bosatt"), format="tall", sum=True, enhet=_("personer")),
        Kolonne("dag", _("Bosatt per"), format="dato"),
        Kolonne("ledig", _("Igjen"), format="tall", sum=True, synkende_forst=True, enhet=_("personer")),
    ),
    sok=("kommune", "fylke", "nummer"),
    sortering="-ledig",
    nokkel=lambda rad: rad.nummer,
    fotnote=_("Bosatt er det sist publiserte tallet. En strek betyr at tallet ikke er kjent. Husholdninger som er på vei, er ikke trukket fra."),
    tom=_("Ingen kommune har et vedtak for i år"),
    tom_hjelp=_("Når kommunene har svart på anmodningen for året, står tallene her."),
)  # fmt: skip

FASETABELL = Tabell(
    "faser",
    _("Køen etter fase"),
    (
        Kolonne("fase", _("Fase"), felt="navn", radhode=True, sorter=False, lenke=lambda rad: rad.adresse, undertekst=lambda rad: rad.hva),
        Kolonne("husholdninger", _("Husholdninger"), format="tall", sum=True),
        Kolonne("personer", _("Personer"), format="tall", sum=True),
        Kolonne("eldst", _("Eldste tillatelse"), format="dato"),
        Kolonne("over", _("Over målet"), format="tall", sum=True),
    ),
    nokkel=lambda rad: rad.kode,
    prefiks="f-",
    sumtekst=lambda _n: gettext("Hele køen"),
)  # fmt: skip

HOS_HVEM = Tabell(
    "hos-hvem",
    _("Reservert av"),
    (
        Kolonne("hvem", _("Saksbehandler"), norsk=True, radhode=True, lenke=lambda rad: rad.adresse),
        Kolonne("saker", _("Saker"), format="tall", sum=True, synkende_forst=True),
        Kolonne("over", _("Over målet"), format="tall", sum=True),
        Kolonne("eldst", _("Eldste tillatelse"), format="dato"),
        Kolonne("neste", _("Første reservasjon går ut"), format="klokke"),
    ),
    sortering="eldst",
    nokkel=lambda rad: rad.uuid,
    prefiks="h-",
    sumtekst=lambda _n: gettext("Alle sammen"),
    tom=_("Ingen har reservert noen sak"),
    tom_hjelp=_("En saksbehandler reserverer en sak fra køen."),
)

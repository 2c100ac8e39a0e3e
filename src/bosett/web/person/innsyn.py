"""The gate before a household's page, who has seen a case, and unusual looking."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N
from django.views.decorators.cache import never_cache

from bosett.aktor.kontekst import Aktor
from bosett.grunn.klokke import i_dag
from bosett.grunn.parametre import Verdi
from bosett.person import selectors_personvern as selectors
from bosett.person.models import Husholdning
from bosett.person.rules.innsyn import TEKST, UVANLIG, parametre
from bosett.person.rules.koder import tekst
from bosett.person.selectors_personvern import Oppslag, UvanligDag
from bosett.person.services.innsyn import LES, InnsynUtenGrunn, krev_innsyn, utenfor_na, velg_grunn
from bosett.tilgang.policy import kan, policy
from bosett.tilgang.services import logg_innsyn
from bosett.web import neste, visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.komponenter import merke
from bosett.web.krav import krever
from bosett.web.person.skjema import Grunn
from bosett.web.tabell import Kolonne, Tabell

# Marked for translation: the rules themselves know no Django.
_TEKSTER = (
    N("Saken hører ikke til deg, enheten din eller området ditt."),
    N("En i husholdningen har skjermet adresse."),
    N("Det er utenfor arbeidstid."),
    N("Det er helg eller helligdag."),
    N("Mange saker på en dag"),
    N("Utenfor eget område eller skjermet adresse"),
    N("Utenfor arbeidstid"),
    N("Uten at noe ble gjort i saken"),
    N("Grunnen finnes ikke i listen."),
    N("Formålet finnes ikke i listen."),
    N("Språket finnes ikke i listen."),
)
UTENFOR = {
    "utenfor": _("Utenfor området"),
    "skjermet": _("Skjermet adresse"),
    "natt": _("Utenfor arbeidstid"),
    "helg": _("Helg eller helligdag"),
}


def port(request: Foresporsel, husholdning: Husholdning, lesning: str = LES) -> HttpResponseRedirect | None:
    """Call first in every view of one household: logs the look, or leads to the page that asks why (and back again)."""
    request.bosett_sett = True  # type: ignore[attr-defined]  # `mellomvare.Handling`: the line stands, whatever is answered
    try:
        krev_innsyn(aktor=request.aktor, husholdning=husholdning, lesning=lesning)
    except InnsynUtenGrunn:
        hit = reverse("person:grunn", args=[husholdning.subjekt.uuid])
        return HttpResponseRedirect(
            f"{hit}?neste={request.get_full_path() if request.method == 'GET' else ''}"
        )
    return None


def smuler(aktor: Aktor, subjekt_uuid: UUID, saksnummer: str, her: str) -> list[tuple[str, str]]:
    """The household's page, for those who may open it, and this one."""
    sak = reverse("person:husholdning", args=[subjekt_uuid]) if kan(aktor, "person.innsynsgrunn") else ""
    return [(saksnummer, sak), (her, "")] if sak else [(f"{her}, {saksnummer}", "")]


@krever("person.innsynsgrunn")
@never_cache
def grunn(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    """«Hvorfor åpner du saken?»"""
    denne = selectors.sak(request.aktor, husholdning)
    videre = neste.fra(request, reverse("person:husholdning", args=[husholdning]))
    skjema = Grunn(request.POST or None)
    if skjema.utfor(lambda data: velg_grunn(aktor=request.aktor, husholdning=denne, **data), "grunn"):
        return redirect(videre)
    koder = utenfor_na(request.aktor, denne)
    innhold = {
        "sak": denne, "skjema": skjema, "neste": videre,
        "koder": [gettext(TEKST[kode]) for kode in koder],
    }  # fmt: skip
    return render(request, "person/grunn.html", innhold, status=422 if skjema.errors else 200)


def lest(kode: str) -> str:
    """What was looked at, in words."""
    rett = policy().lesninger.get(kode)
    return {"person.husholdning": gettext("Saken"), "person.kopi": gettext("Kopi til personen")}.get(
        kode, gettext(rett.tekst) if rett else kode
    )


def _hvorfor(_verdi: object, rad: Oppslag) -> object:
    merker = format_html_join(
        " ", "{}", ((merke(UTENFOR[k], "warning"),) for k in rad.utenfor if k in UTENFOR)
    )
    return merker if rad.utenfor else gettext("Vanlig oppslag")


SETT_AV = Tabell(
    "sett",
    _("Hvem har sett saken"),
    (
        Kolonne("bruker", _("Hvem"), norsk=True, radhode=True, undertekst=lambda r: r.organisasjon),
        Kolonne("organisasjon", _("Enhet"), bare_eksport=True),
        Kolonne("tid", _("Når"), format=lambda v, r: visning.tidspunkt(v), synkende_forst=True),
        Kolonne("antall", _("Oppslag den timen"), format="tall"),
        Kolonne("hva", _("Hva"), felt=lambda r: ", ".join(lest(k) for k in r.lesninger)),
        Kolonne(
            "grunn",
            _("Hvorfor"),
            felt=lambda r: tekst("innsynsgrunner", r.grunn, visning.spraak()) if r.grunn else "",
        ),
        Kolonne(
            "utenfor", _("Utenfor det vanlige"), format=_hvorfor, sorter=False,
            eksport=lambda r: ", ".join(str(UTENFOR[k]) for k in r.utenfor if k in UTENFOR),
        ),
    ),
    sortering="-tid",
    nokkel=lambda r: f"{r.tid.isoformat()}{r.bruker}",
    tom=_("Ingen har sett saken"),
)  # fmt: skip


@krever("person.sett_av")
@never_cache
def sett_av(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    subjekt, oppslag = selectors.sett_av(request.aktor, husholdning)
    logg_innsyn(aktor=request.aktor, lesning="person.sett_av", subjekt_id=subjekt.pk)
    tabell = SETT_AV.bygg(request, oppslag)
    saksnummer = f"H {subjekt.pk}"
    innhold = {
        "tabell": tabell, "saksnummer": saksnummer,
        "smuler": smuler(request.aktor, husholdning, saksnummer, gettext("Hvem har sett saken")),
    }  # fmt: skip
    return tabell.eksport or render(request, "person/sett_av.html", innhold)


def _funn(rad: UvanligDag) -> str:
    return "; ".join(f"{gettext(UVANLIG[u.kode])}: {visning.tall(u.antall)}" for u in rad.hva)


UVANLIGE = Tabell(
    "uvanlig",
    _("Uvanlige oppslag"),
    (
        Kolonne("bruker", _("Hvem"), norsk=True, radhode=True),
        Kolonne("dag", _("Dag"), format="dato", synkende_forst=True),
        Kolonne("saker", _("Saker sett"), format="tall"),
        Kolonne("hva", _("Hva som er uvanlig"), felt=_funn, sorter=False),
    ),
    sortering="-dag",
    nokkel=lambda r: f"{r.bruker_uuid}{r.dag}",
    tom=_("Ingen uvanlige oppslag"),
    tom_hjelp=_("Siden viser dager da noen kom over en av grensene."),
)


@krever("person.uvanlig_innsyn")
@never_cache
def uvanlige(request: Foresporsel) -> HttpResponse:
    rader = selectors.uvanlige(request.aktor)
    logg_innsyn(aktor=request.aktor, lesning="person.uvanlig_innsyn", antall=len(rader))
    tabell = UVANLIGE.bygg(request, rader)
    grenser: list[tuple[str, Verdi]] = [
        (gettext(UVANLIG[kode]), parametre().verdi(f"uvanlig_{kode}", i_dag())) for kode in UVANLIG
    ]
    innhold = {
        "tabell": tabell, "grenser": grenser, "vist": parametre().verdi("uvanlig_vist", i_dag()),
    }  # fmt: skip
    return tabell.eksport or render(request, "person/uvanlige.html", innhold)

"""The plans of a household's unaccompanied minors: what they say, writing, versions, and the guardian's dissent."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as N
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bosett.grunn.feil import BosettFeil
from bosett.grunn.handling import Handling
from bosett.grunn.klokke import i_dag
from bosett.kartlegging import selectors_em as selectors
from bosett.kartlegging import states_em as states
from bosett.kartlegging.models_em import Emplan, Emplanversjon, Emtiltak
from bosett.kartlegging.rules.emplan import TILTAK, Endring, Felt, Mal, Tiltak, mal
from bosett.kartlegging.selectors_em import Planbilde
from bosett.kartlegging.services import iktp
from bosett.kartlegging.services.iktp import Stand
from bosett.person import selectors_personvern
from bosett.person.models import Husholdning
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.kartlegging.skjema_em import Plan, Uenighet, verdier
from bosett.web.krav import krever
from bosett.web.person.innsyn import port, smuler
from bosett.web.skjema import oversatt

NAVN = {
    "iktp": gettext_lazy("IKTP"),
    "overgangsrapport": gettext_lazy("Overgangsrapport"),
}
_SIDE = gettext_lazy("IKTP")
# Marked for translation: choices and states live as data.
_TEKSTER = (N("Planlagt"), N("I gang"), N("Gjort"), N("Blir ikke gjort"))


@krever("kartlegging.iktp")
@never_cache
def planer(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    h = selectors_personvern.sak(request.aktor, husholdning)
    if videre := port(request, h):
        return videre
    innhold = {
        "h": h,
        "personer": [
            (person, [_visning(bilde) for bilde in bilder])
            for person, bilder in selectors.mindrearige(request.aktor, h)
        ],
        "smuler": smuler(request.aktor, husholdning, h.saksnummer, str(_SIDE)),
    }
    return render(request, "kartlegging/iktp.html", innhold)


def _visning(bilde: Planbilde) -> dict[str, Any]:
    plan = bilde.plan
    tilstand = next(t for t in states.EMPLAN.tilstander if t.kode == plan.tilstand)
    return {
        "bilde": bilde, "navn": str(NAVN[plan.slag]), "tilstand": _(tilstand.navn), "farge": tilstand.farge,
        "innhold": _innhold(bilde.siste), "mangler": [_mangel(bilde.mal, kode) for kode in bilde.mangler],
        "ferdig": next((v for v in bilde.versjoner if v.ferdig), None),
    }  # fmt: skip


def _innhold(versjon: Emplanversjon) -> dict[str, Any]:
    """A version as it is read: parts with what is written, and the measures."""
    spraak, skjema = visning.spraak(), mal(versjon.mal)
    return {
        "deler": [
            (del_.tekst.paa(spraak), [(felt.tekst.paa(spraak), _svar(felt, versjon.svar)) for felt in del_.felter])
            for del_ in skjema.deler
        ],
        "tiltak": [(t, _status(t.status)) for t in selectors.tiltak(versjon)],
        "versjon": versjon,
    }  # fmt: skip


def _svar(felt: Felt, svar: dict[str, str]) -> str:
    verdi = svar.get(felt.kode, "")
    return visning.dato(date.fromisoformat(verdi)) if felt.slag == "dato" and verdi else verdi


def _status(kode: str) -> str:
    return _(str(Emtiltak.Status(kode).label))


def _mangel(skjema: Mal, kode: str) -> str:
    if kode == TILTAK:
        return _("Minst ett tiltak")
    return next(felt.tekst.paa(visning.spraak()) for felt in skjema.felter if felt.kode == kode)


def _sak(plan: Emplan) -> Husholdning:
    return plan.person.husholdning


def _smuler(bilde: Planbilde, her: str) -> list[tuple[str, str]]:
    h = _sak(bilde.plan)
    return [
        (h.saksnummer, reverse("person:husholdning", args=[h.subjekt.uuid])),
        (str(_SIDE), reverse("kartlegging:iktp", args=[h.subjekt.uuid])),
        (her, ""),
    ]


def _stand(request: HttpRequest) -> Stand:
    """What the writer had before her; what is no number fits no version, and is answered as somebody else's save."""
    tall = [request.POST.get(navn, "") for navn in ("versjon", "lagringer")]
    return Stand(*(int(t) if t.isdigit() and len(t) < 6 else -1 for t in tall))


@krever("kartlegging.skriv_emplan")
@never_cache
def skriv(request: Foresporsel, emplan: UUID) -> HttpResponse:
    """The whole plan as one form, saved as often as one likes. Nobody's text is lost when two write at once."""
    bilde = selectors.til(request.aktor, emplan, states.SKRIV_EMPLAN)
    if videre := port(request, _sak(bilde.plan)):
        return videre
    skjema = Plan(
        request.POST or None, mal=bilde.mal, tiltak=selectors.tiltak(bilde.siste),
        initial=verdier(bilde.mal, bilde.siste.svar),
    )  # fmt: skip
    status, andres, stand = 200, [], bilde.stand
    if request.method == "POST":
        status, stand = 422, _stand(request)
        if skjema.is_valid():
            try:
                iktp.skriv(
                    aktor=request.aktor, plan=emplan, svar=skjema.svar(), tiltak=skjema.tiltak(), stand=stand
                )
            except BosettFeil as feil:
                if feil.http_status in (403, 404):
                    raise
                skjema.ta_feil(feil)
                status = feil.http_status
                if feil.kode == "IKTP-SAMTIDIG":  # now seen: the next save is meant
                    stand, andres = bilde.stand, _andres(bilde, skjema)
            else:
                messages.success(request, _("Planen er lagret."))
                if "fortsett" in request.POST:
                    return redirect("kartlegging:skriv-iktp", emplan)
                return redirect("kartlegging:iktp", _sak(bilde.plan).subjekt.uuid)
    navn = str(NAVN[bilde.plan.slag])
    innhold = {
        "bilde": bilde, "skjema": skjema, "navn": navn, "stand": stand, "andres": andres,
        "smuler": _smuler(bilde, _("Skriv %(plan)s") % {"plan": navn}), "spraak": visning.spraak(),
        "deler": [(d.tekst.paa(visning.spraak()), [(f.tekst.paa(visning.spraak()), f.hjemmel) for f in d.formaal], felter) for d, felter in skjema.deler()],
    }  # fmt: skip
    return render(request, "kartlegging/skriv_iktp.html", innhold, status=status)


def _andres(bilde: Planbilde, skjema: Plan) -> list[tuple[str, str]]:
    """Fields where the stored text is another than the typed one: what saving again would write over."""
    typet, spraak = skjema.svar(), visning.spraak()
    ulike = [
        (felt.tekst.paa(spraak), _svar(felt, bilde.siste.svar))
        for felt in bilde.mal.felter
        if bilde.siste.svar.get(felt.kode, "") != typet[felt.kode].strip()
    ]
    lagret = selectors.tiltak(bilde.siste)
    if [t.hva for t in lagret] != [t.hva for t in skjema.tiltak()]:
        ulike.append((_("Tiltak"), "\n".join(t.hva for t in lagret)))
    return ulike


@krever("kartlegging.ferdig_emplan")
@require_POST
def ferdig(request: Foresporsel, emplan: UUID) -> HttpResponse:
    stand = _stand(request)
    return _gjor(
        request,
        emplan,
        states.FERDIG_EMPLAN,
        N("Planen er ferdig."),
        lambda: iktp.gjor_ferdig(aktor=request.aktor, plan=emplan, stand=stand),
    )


@krever("kartlegging.ta_over_emplan")
@require_POST
def ta_over(request: Foresporsel, emplan: UUID) -> HttpResponse:
    return _gjor(
        request,
        emplan,
        states.TA_OVER_EMPLAN,
        N("Dere har tatt over planen."),
        lambda: iktp.ta_over(aktor=request.aktor, plan=emplan),
    )


def _gjor(
    request: Foresporsel, emplan: UUID, rett: Handling, gjort: str, handling: Callable[[], object]
) -> HttpResponse:
    """An act with one button: what came of it is said on the page of the plans."""
    bilde = selectors.til(request.aktor, emplan, rett)
    if videre := port(request, _sak(bilde.plan)):
        return videre
    try:
        handling()
    except BosettFeil as feil:
        if feil.http_status in (403, 404):
            raise
        messages.error(request, oversatt(feil))
    else:
        messages.success(request, _(gjort))
    return redirect("kartlegging:iktp", _sak(bilde.plan).subjekt.uuid)


@krever("kartlegging.meld_uenighet")
@never_cache
def uenighet(request: Foresporsel, emplan: UUID) -> HttpResponse:
    bilde = selectors.til(request.aktor, emplan, states.MELD_UENIGHET)
    if videre := port(request, _sak(bilde.plan)):
        return videre
    skjema = Uenighet(
        request.POST or None, initial={"dag": i_dag(), "verge": bilde.verge.navn if bilde.verge else ""}
    )
    if request.method == "POST" and skjema.is_valid():
        try:
            iktp.meld_uenighet(aktor=request.aktor, plan=emplan, **skjema.cleaned_data)
        except BosettFeil as feil:
            if feil.http_status in (403, 404):
                raise
            skjema.ta_feil(feil, {"IKTP-UENIGHET-DAG": "dag"}.get(feil.kode, "ordlyd"))
        else:
            messages.success(request, _("Det vergen er uenig i, står nå sammen med planen."))
            return redirect("kartlegging:iktp", _sak(bilde.plan).subjekt.uuid)
    innhold = {
        "skjema": skjema, "tittel": _("Vergen er uenig i planen"), "knapp": _("Lagre det vergen sa"),
        "ingress": _("Vergen kan se planen og si fra om det vergen er uenig i. Planen kan likevel gjøres ferdig."),
        "avbryt": reverse("kartlegging:iktp", args=[_sak(bilde.plan).subjekt.uuid]),
        "smuler": _smuler(bilde, _("Vergen er uenig")),
    }  # fmt: skip
    return render(request, "skjema/enkelt.html", innhold, status=422 if skjema.errors else 200)


@krever("kartlegging.iktp")
@never_cache
def versjoner(request: Foresporsel, emplan: UUID) -> HttpResponse:
    """Every version with who and when, what is different between two (`?fra=1&til=2`), and one of them in full (`?vis=1`)."""
    bilde = selectors.ett(request.aktor, emplan)
    if videre := port(request, _sak(bilde.plan)):
        return videre
    numre = [v.nr for v in bilde.versjoner]
    fra, til, vis = (_nummer(request, navn) for navn in ("fra", "til", "vis"))
    til = til if til in numre else numre[0]
    fra = fra if fra in numre else max((nr for nr in numre if nr < til), default=til)
    navn = str(NAVN[bilde.plan.slag])
    innhold = {
        "bilde": bilde, "navn": navn, "fra": fra, "til": til,
        "endringer": [_endring(e) for e in selectors.sammenlign(request.aktor, bilde, fra, til)],
        "vist": next((_innhold(v) for v in bilde.versjoner if v.nr == vis), None),
        "smuler": _smuler(bilde, _("Versjoner")),
    }  # fmt: skip
    return render(request, "kartlegging/iktp_versjoner.html", innhold)


def _nummer(request: HttpRequest, navn: str) -> int:
    tekst = request.GET.get(navn, "")
    return int(tekst) if tekst.isdigit() and len(tekst) < 6 else 0


def _endring(endring: Endring) -> tuple[str, str, str]:
    if endring.felt is None:
        return (
            _("Tiltak %(nr)s") % {"nr": endring.nr},
            _tiltakstekst(endring.for_),
            _tiltakstekst(endring.naa),
        )
    for_, naa = ({endring.felt.kode: verdi or ""} for verdi in (endring.for_, endring.naa))
    return endring.felt.tekst.paa(visning.spraak()), _svar(endring.felt, for_), _svar(endring.felt, naa)


def _tiltakstekst(tiltak: Tiltak | None) -> str:
    if tiltak is None:
        return ""
    frist = [visning.dato(tiltak.frist)] if tiltak.frist else []
    return ", ".join([tiltak.hva, tiltak.ansvarlig, *frist, _status(tiltak.status)])

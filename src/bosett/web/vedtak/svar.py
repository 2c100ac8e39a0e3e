"""A request is answered: one form kept as a draft, one page to look it over, one submit.

The same pages serve the municipality and IMDi, which registers what came on paper or by e-mail from one without access.
"""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.anmodning import selectors as anmodning
from bosett.anmodning.models import Anmodningstall
from bosett.dokument.rules.filavslag import MAKS_BYTES
from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import OSLO, i_dag
from bosett.tilgang.policy import kan
from bosett.vedtak import kopier, selectors, services, underlag
from bosett.vedtak.models import Vedtak
from bosett.vedtak.rules.svar import sjekk_em
from bosett.vedtak.rules.typer import Svar as Tekstsvar
from bosett.web import visning
from bosett.web.dokument.views import filrader
from bosett.web.foresporsel import Foresporsel, heltall
from bosett.web.kladd import kladdsvar
from bosett.web.krav import krever
from bosett.web.skjema import oversatt
from bosett.web.vedtak.merking import merk
from bosett.web.vedtak.skjema import BeOmVurdering, Senere, SeOver, SeOverFor, SvarSkjema


@krever("vedtak.svarskjema")
def svar(request: Foresporsel, anmodning_uuid: UUID) -> HttpResponse:
    """The form. Whatever is sent is saved first, so that a refusal loses nothing."""
    tall, paa_vegne = _anmodningen(request, anmodning_uuid)
    utkast = selectors.utkast(request.aktor, tall.anmodning)
    if utkast is not None and utkast.tilstand == "til_vurdering":
        return _til(utkast, paa_vegne)
    if request.method != "POST":
        return _skjemaside(request, tall, utkast, SvarSkjema(tall=tall, utkast=utkast, paa_vegne=paa_vegne))
    handling = request.POST.get("handling", "se_over")
    skjema = SvarSkjema(_med_forslag(request, handling), tall=tall, utkast=None, paa_vegne=paa_vegne)
    try:
        utkast = _lagre(request, tall, skjema)
    except BosettFeil as feil:
        skjema.ta_feil(feil)
        return _skjemaside(request, tall, utkast, skjema, status=422)
    if filfeil := _ta_filer(request, utkast):
        skjema.ta_feil(filfeil, "kopi")
    elif handling == "lagre":
        messages.success(request, _("Svaret er lagret som utkast. Ingenting er sendt."))
        return redirect("vedtak:svar", anmodning_uuid=anmodning_uuid)
    elif handling.startswith("bruk"):
        return redirect("vedtak:svar", anmodning_uuid=anmodning_uuid)
    skjema.ta_mangler(services.feil_i(utkast))
    kontroll = services.kontroller(services.innhold(utkast), utkast.aar) if utkast.tekst else None
    if handling == "vurder" and not skjema.errors:
        return redirect("vedtak:be_om_vurdering", anmodning_uuid=anmodning_uuid)
    if kontroll is not None and kontroll.utfall != "godtatt":
        skjema.ta_feil(services.avslag(kontroll), "tekst")
    elif not skjema.errors:
        return redirect("vedtak:se_over", anmodning_uuid=anmodning_uuid)
    side = _skjemaside(request, tall, utkast, skjema, kontroll=kontroll, status=422)
    side.behold = True  # type: ignore[attr-defined]  # the draft above is saved (see web.mellomvare.Handling)
    return side


@krever("vedtak.svarskjema")
@require_POST
def kladd(request: Foresporsel, anmodning_uuid: UUID) -> HttpResponse:
    """Saves while one writes. Answers with the time, and the version the page goes on from."""
    tall, paa_vegne = _anmodningen(request, anmodning_uuid)
    try:
        utkast = _lagre(request, tall, SvarSkjema(request.POST, tall=tall, utkast=None, paa_vegne=paa_vegne))
    except BosettFeil as feil:
        return kladdsvar(request, request.POST.get("versjon", "0"), feil=str(feil))
    return kladdsvar(request, utkast.versjon, lagret=utkast.endret)


@krever("vedtak.svarskjema")
def se_over(request: Foresporsel, anmodning_uuid: UUID) -> HttpResponse:
    """What will be sent, to whom, and what the municipality binds itself to."""
    tall, utkast, paa_vegne = _utkast(request, anmodning_uuid)
    if utkast is None:
        return _videre(request, tall, paa_vegne)
    skjema = (SeOverFor if paa_vegne else SeOver)(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            sendt = services.send(
                aktor=request.aktor, vedtak_id=utkast.pk, versjon=_versjon(request), bekreftet=True
            )
        except services.Forbehold:
            return redirect("vedtak:svar", anmodning_uuid=anmodning_uuid)
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(
                request,
                _("Svaret er registrert. KS får kopi, og kommunen ser det når den får tilgang.")
                if paa_vegne
                else _("Svaret er sendt. IMDi og KS får kopi."),
            )
            return _til(sendt, paa_vegne)
    return render(
        request,
        "vedtak/se_over.html",
        {"skjema": skjema, "v": utkast, "tall": tall, "paa_vegne": paa_vegne, "differanse": (utkast.antall or 0) - tall.antall, "mangler": services.feil_i(utkast), "merknad": _aa_bekrefte(utkast)},
        status=422 if skjema.errors else 200,
    )  # fmt: skip


@krever("vedtak.svarskjema")
def be_om_vurdering(request: Foresporsel, anmodning_uuid: UUID) -> HttpResponse:
    tall, utkast, paa_vegne = _utkast(request, anmodning_uuid)
    if utkast is None:
        return _videre(request, tall, paa_vegne)
    skjema = BeOmVurdering(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            services.be_om_vurdering(
                aktor=request.aktor,
                vedtak_id=utkast.pk,
                versjon=_versjon(request),
                bekreftet=True,
                sporsmaal=skjema.cleaned_data["sporsmaal"],
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(
                request,
                _("En annen i IMDi vurderer teksten.")
                if paa_vegne
                else _("Teksten er sendt til IMDi. Dere får vite hva de mener."),
            )
            return _til(utkast, paa_vegne)
    kontroll = services.kontroller(services.innhold(utkast), utkast.aar)
    return render(
        request,
        "vedtak/be_om_vurdering.html",
        {
            "skjema": skjema,
            "v": utkast,
            "tall": tall,
            "paa_vegne": paa_vegne,
            **_merket(utkast.tekst, kontroll),
        },
        status=422 if skjema.errors else 200,
    )


@krever("vedtak.egne")
def ett(request: Foresporsel, vedtak: UUID) -> HttpResponse:
    """The receipt: what was registered, and where the copies are. The same page later, as the decision's own."""
    v = selectors.eget(request.aktor, vedtak)
    if v.tilstand == "utkast":
        return redirect("vedtak:svar", anmodning_uuid=v.anmodning.subjekt.uuid)
    tall = anmodning.egen(request.aktor, v.anmodning.subjekt.uuid)
    historikk = selectors.egne(request.aktor).filter(
        aar=v.aar, organisasjon=v.organisasjon_id, nr__isnull=False
    )
    return render(
        request,
        "vedtak/ett.html",
        {
            "v": v, "tall": tall, "historikk": historikk, "vurderinger": v.vurderinger.order_by("-vurdert"),
            "filer": filrader(underlag.filer(request.aktor, v)), "kopi_mangler": underlag.kopi_mangler(v),
            "kan_laste_opp": kan(request.aktor, "vedtak.last_opp", v.organisasjon) and v.registrert is not None,
            "kvitteringer": underlag.kvitteringer(request.aktor, v), "differanse": (v.antall or 0) - tall.antall,
        },
    )  # fmt: skip


@krever("vedtak.last_opp")
@require_POST
def last_opp(request: Foresporsel, vedtak: UUID) -> HttpResponse:
    """The written copy, brought after the answer was sent."""
    v = selectors.eget(request.aktor, vedtak)
    feil = _ta_filer(request, v)
    if feil is not None:
        messages.error(request, oversatt(feil))
    elif request.FILES:
        messages.success(request, _("Kopien er lastet opp. Den blir kontrollert før andre kan åpne den."))
    else:
        messages.error(request, _("Velg filen først."))
    return redirect("vedtak:ett", vedtak=vedtak)


@krever("vedtak.meld_senere")
def senere(request: Foresporsel, anmodning_uuid: UUID) -> HttpResponse:
    tall = anmodning.egen(request.aktor, anmodning_uuid)
    skjema = Senere(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        valgt = skjema.cleaned_data
        try:
            services.meld_senere(
                aktor=request.aktor,
                anmodning_id=tall.anmodning_id,
                ventes=valgt["ventes"],
                bosetter_imens=valgt["bosetter_imens"] == "ja",
                begrunnelse=valgt["begrunnelse"],
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil, "ventes")
        else:
            messages.success(request, _("IMDi kan se når svaret kommer. Fristen er den samme."))
            return redirect("anmodning:egen", anmodning=anmodning_uuid)
    return render(
        request, "vedtak/senere.html", {"skjema": skjema, "tall": tall}, status=422 if skjema.errors else 200
    )


@krever("vedtak.svarskjema")
@require_POST
def forkast(request: Foresporsel, anmodning_uuid: UUID) -> HttpResponse:
    tall, utkast, paa_vegne = _utkast(request, anmodning_uuid)
    if utkast is not None:
        services.forkast(aktor=request.aktor, vedtak_id=utkast.pk)
        messages.success(request, _("Utkastet er slettet."))
    if paa_vegne:
        return redirect(
            "anmodning:kommunetall", runde=tall.anmodning.runde.subjekt.uuid, nummer=tall.anmodning.nummer
        )
    return redirect("anmodning:egen", anmodning=anmodning_uuid)


def _anmodningen(request: Foresporsel, uuid: UUID) -> tuple[Anmodningstall, bool]:
    """The request, and whether IMDi answers it on the municipality's behalf. Raises `Konflikt` where it can answer itself."""
    tall = anmodning.en_sendt(request.aktor, uuid)
    paa_vegne = not kan(request.aktor, "vedtak.lagre", tall.anmodning.organisasjon)
    if paa_vegne:
        services.krev_uten_tilgang(tall.anmodning.organisasjon)
    return tall, paa_vegne


def _til(vedtak: Vedtak, paa_vegne: bool) -> HttpResponse:
    """The page of a sent answer: the municipality's own, or IMDi's."""
    if not paa_vegne:
        return redirect("vedtak:ett", vedtak=vedtak.uuid)
    side = "svar:vurdering" if vedtak.registrert is None else "svar:vedtak"
    return redirect(side, vedtak=vedtak.uuid)


def _lagre(request: Foresporsel, tall: Anmodningstall, skjema: SvarSkjema) -> Vedtak:
    return services.lagre(
        aktor=request.aktor,
        anmodning_id=tall.anmodning_id,
        svar=skjema.utfylt,
        versjon=_versjon(request),
        side=request.POST.get("side", "")[:36],
    )


def _ta_filer(request: Foresporsel, utkast: Vedtak) -> BosettFeil | None:
    """Keep the files that came with the form; the first refusal, if any."""
    for fil in request.FILES.getlist("kopi"):
        try:
            kopier.last_opp(
                aktor=request.aktor,
                vedtak_id=utkast.pk,
                navn=fil.name or "vedtak",
                innhold=fil.read(MAKS_BYTES + 1),
            )
        except BosettFeil as feil:
            return feil
    return None


def _versjon(request: Foresporsel) -> int:
    return heltall(request.POST.get("versjon", "")) or 0


def _med_forslag(request: Foresporsel, handling: str) -> Any:
    """«Bruk denne teksten»: the button carries the number of the wording it takes."""
    data = request.POST.copy()
    forslag = data.getlist("forslag")
    nr = heltall(handling.removeprefix("bruk-")) if handling.startswith("bruk-") else None
    if nr is not None and nr < len(forslag):
        data["tekst"] = forslag[nr]
    return data


def _utkast(request: Foresporsel, anmodning_uuid: UUID) -> tuple[Anmodningstall, Vedtak | None, bool]:
    tall, paa_vegne = _anmodningen(request, anmodning_uuid)
    utkast = selectors.utkast(request.aktor, tall.anmodning)
    return tall, utkast if utkast is not None and utkast.tilstand == "utkast" else None, paa_vegne


def _videre(request: Foresporsel, tall: Anmodningstall, paa_vegne: bool) -> HttpResponse:
    """Nothing to send: it has been sent already (a repeat after a lost answer), or never begun."""
    siste = selectors.siste(request.aktor, tall.anmodning)
    if siste is not None:
        return _til(siste, paa_vegne)
    return redirect("vedtak:svar", anmodning_uuid=tall.anmodning.subjekt.uuid)


def _aa_bekrefte(utkast: Vedtak) -> str:
    """What the municipality should be sure of before it sends: a yes to minors with none of them (R147)."""
    merknad = sjekk_em(utkast.em, utkast.em_antall, utkast.antall or 0)
    return merknad.paa(visning.spraak()) if merknad and merknad.alvor == "bekreft" else ""


def _merket(tekst: str, kontroll: Tekstsvar | None) -> dict[str, Any]:
    if kontroll is None or kontroll.utfall == "godtatt":
        return {"kontroll": None}
    return {"kontroll": kontroll, "merket": merk(tekst, kontroll.funn)}


def _skjemaside(
    request: Foresporsel,
    tall: Anmodningstall,
    utkast: Vedtak | None,
    skjema: SvarSkjema,
    *,
    kontroll: Tekstsvar | None = None,
    status: int = 200,
) -> HttpResponse:
    tekst = str(skjema["tekst"].value() or "")
    return render(
        request,
        "vedtak/svar.html",
        {
            "skjema": skjema, "tall": tall, "utkast": utkast, "versjon": utkast.versjon if utkast else 0, "gjeldende": selectors.gjeldende(request.aktor, tall.anmodning), "paa_vegne": skjema.paa_vegne,
            "side": request.POST.get("side") or str(uuid4()), "over_fristen": i_dag() > tall.anmodning.runde.frist,
            "vurdert": utkast.vurderinger.order_by("-vurdert").first() if utkast else None,
            "filer": filrader(underlag.filer(request.aktor, utkast)) if utkast else [],
            "lagret": utkast.endret.astimezone(OSLO) if utkast else None, **_merket(tekst, kontroll),
        },
        status=status,
    )  # fmt: skip

"""Homes: the list, a home's page, and the forms that register, change, judge and report it free."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bosett.bolig import selectors
from bosett.bolig.models import Bolig
from bosett.bolig.services import boliger, filer, innmeldinger, innmeldingssvar, perioder
from bosett.bolig.services.boliger import Opplysninger
from bosett.spor import selectors as spor
from bosett.tilgang.policy import kan
from bosett.web import historie, visning
from bosett.web.bolig import ord as ord_
from bosett.web.bolig.deler import for_bolig, undersider
from bosett.web.bolig.skjema import Boligskjema, Fil, NyBolig, Periode, Vurdering
from bosett.web.bolig.tabeller import BOLIGER, EGNE, lenke
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.nedlasting import brakt_fil


@krever("bolig.se")
def liste(request: Foresporsel) -> HttpResponse:
    tabell = (BOLIGER if request.aktor.nasjonal else EGNE).bygg(request, selectors.boliger(request.aktor))
    innhold = {
        "tabell": tabell,
        "kan_registrere": kan(request.aktor, "bolig.registrer"),
        "undersider": undersider(request.aktor),
    }
    return tabell.eksport or render(request, "bolig/liste.html", innhold)


@krever("bolig.se")
def ett(request: Foresporsel, bolig: UUID) -> HttpResponse:
    b = selectors.bolig(request.aktor, bolig)
    innmeldingssvar.se_bolig(aktor=request.aktor, bolig=b)
    rader = selectors.perioder(request.aktor, b)
    innhold = {
        "b": b,
        "tilstand": ord_.tilstand(b),
        "naa": ord_.periodemerke(ord_.naa(b)),
        "fakta": _fakta(b),
        "egne_ord": [
            par
            for par in ((_("Hvorfor den likevel brukes"), b.omraade_grunn), (_("Merknad"), b.merknad))
            if par[1]
        ],
        "perioder": [(p, ord_.periodemerke(p.slag), ord_.siste_dag(p)) for p in rader],
        "vurderinger": list(b.vurderinger.order_by("-dato", "-pk")),
        "filer": [(f, f.innfil) for f in b.filer.select_related("innfil").order_by("pk")],
        "varsel": ord_.omraadevarsel(b.omraade),
        "deler": for_bolig(request.aktor, b),
        "kan_endre": kan(request.aktor, "bolig.endre", b.organisasjon),
        "i_bruk": b.tilstand != "ute",
        "tidslinje": historie.tidslinje(spor.tidslinje(request.aktor, b.pk)[:50]),
        "smuler": _smuler((b.nummer, "")),
    }
    return render(request, "bolig/bolig.html", innhold)


@krever("bolig.registrer")
def ny(request: Foresporsel) -> HttpResponse:
    skjema = NyBolig(request.POST or None, aktor=request.aktor)
    if skjema.utfor(lambda _data: _registrer(request, skjema)):
        messages.success(request, _("Boligen er registrert. IMDi kan se den nå."))
        return redirect("bolig:ett", bolig=skjema.cleaned_data["side"])
    innhold = {
        "skjema": skjema,
        "tittel": _("Registrer en bolig"),
        "ingress": _("Det tar et par minutter. Bare kommunen og IMDi ser boligen."),
        "knapp": _("Registrer boligen"),
        "avbryt": reverse("bolig:liste"),
        "smuler": _smuler((_("Registrer en bolig"), "")),
    }
    return render(request, "bolig/skjema.html", innhold, status=422 if skjema.errors else 200)


def _registrer(request: Foresporsel, skjema: NyBolig) -> Bolig:
    fra, til = skjema.ledig()
    data = skjema.cleaned_data
    b = boliger.registrer(
        aktor=request.aktor, opplysninger=skjema.opplysninger(), ledig_fra=fra, ledig_til=til, nokkel=data["side"]
    )  # fmt: skip
    if data["egnet"] is not None:
        b = boliger.vurder(
            aktor=request.aktor, bolig=b.subjekt.uuid, egnet=data["egnet"], begrunnelse=data["begrunnelse"]
        )
    if data["meld_inn"] and innmeldinger.kan_meldes(b):
        innmeldinger.meld_bolig(aktor=request.aktor, bolig=b.subjekt.uuid)
    return b


@krever("bolig.endre")
def endre(request: Foresporsel, bolig: UUID) -> HttpResponse:
    b = selectors.bolig(request.aktor, bolig)
    naa = {navn: getattr(b, navn) for navn in Opplysninger.__dataclass_fields__}
    skjema = Boligskjema(
        request.POST or None, aktor=request.aktor, initial=_som_skjema(naa) | {"versjon": b.versjon}
    )
    if skjema.utfor(
        lambda data: boliger.endre(
            aktor=request.aktor, bolig=bolig, opplysninger=skjema.opplysninger(), versjon=data["versjon"] or 0
        )
    ):
        messages.success(request, _("Opplysningene er lagret."))
        return redirect("bolig:ett", bolig=bolig)
    innhold = {
        "skjema": skjema,
        "tittel": _("Rett opplysningene om %(nr)s") % {"nr": b.nummer},
        "ingress": _("Det dere endrer, kan alle som ser boligen, lese i historikken."),
        "knapp": _("Lagre"),
        "avbryt": lenke(b),
        "smuler": _smuler((b.nummer, lenke(b)), (_("Rett opplysningene"), "")),
    }
    return render(request, "bolig/skjema.html", innhold, status=422 if skjema.errors else 200)


@krever("bolig.godkjenn")
def vurder(request: Foresporsel, bolig: UUID) -> HttpResponse:
    b = selectors.bolig(request.aktor, bolig)
    skjema = Vurdering(request.POST or None)
    if skjema.utfor(lambda data: boliger.vurder(aktor=request.aktor, bolig=bolig, **data), "egnet"):
        messages.success(request, _("Vurderingen er lagret."))
        return redirect("bolig:ett", bolig=bolig)
    return _enkelt(
        request, b, skjema, _("Er %(nr)s egnet?") % {"nr": b.nummer}, _("Lagre vurderingen"),
        _("Kommunen avgjør om en bolig er egnet. Vurderingen står med dato, navn og begrunnelse, og kan ikke endres, bare følges av en ny."),
    )  # fmt: skip


@krever("bolig.sett_periode")
def periode(request: Foresporsel, bolig: UUID) -> HttpResponse:
    b = selectors.bolig(request.aktor, bolig)
    skjema = Periode(request.POST or None)
    if skjema.utfor(lambda _data: perioder.sett(aktor=request.aktor, bolig=bolig, **skjema.periode()), "fra"):
        messages.success(request, _("Dagene er lagret."))
        return redirect("bolig:ett", bolig=bolig)
    return _enkelt(
        request, b, skjema, _("Når er %(nr)s ledig?") % {"nr": b.nummer}, _("Lagre"),
        _("Det dere melder her, tar over for det dere har meldt før om de samme dagene."),
    )  # fmt: skip


@krever("bolig.legg_ved")
def fil(request: Foresporsel, bolig: UUID) -> HttpResponse:
    b = selectors.bolig(request.aktor, bolig)
    skjema = Fil(request.POST or None, request.FILES or None)
    if skjema.utfor(
        lambda _data: filer.legg_ved(aktor=request.aktor, bolig=bolig, **skjema.innhold()), "fil"
    ):
        messages.success(request, _("Filen er lagret. Den blir kontrollert før andre kan åpne den."))
        return redirect("bolig:ett", bolig=bolig)
    ingress = _("Bilder og dokumenter av boligen. Ta ikke bilder av dem som bor der.")
    return _enkelt(
        request, b, skjema, _("Legg ved bilde eller dokument"), _("Last opp"), ingress, med_fil=True
    )


@krever("bolig.ta_ut")
@require_POST
def bruk(request: Foresporsel, bolig: UUID) -> HttpResponse:
    if "inn" in request.POST:
        boliger.sett_inn(aktor=request.aktor, bolig=bolig)
        messages.success(request, _("Boligen er i bruk igjen. Den må vurderes på nytt."))
    else:
        boliger.ta_ut(aktor=request.aktor, bolig=bolig)
        messages.success(request, _("Boligen er tatt ut av bruk."))
    return redirect("bolig:ett", bolig=bolig)


@krever("bolig.se")
def last_ned(request: Foresporsel, boligfil: UUID) -> HttpResponse:
    return brakt_fil(selectors.fil(request.aktor, boligfil))


def _enkelt(
    request: Foresporsel,
    b: Bolig,
    skjema: Any,
    tittel: str,
    knapp: str,
    ingress: str,
    *,
    med_fil: bool = False,
) -> HttpResponse:
    innhold = {
        "skjema": skjema, "tittel": tittel, "ingress": ingress, "knapp": knapp, "avbryt": lenke(b), "med_fil": med_fil,
        "smuler": _smuler((b.nummer, lenke(b)), (tittel, "")),
    }  # fmt: skip
    return render(request, "skjema/enkelt.html", innhold, status=422 if skjema.errors else 200)


def _som_skjema(felt: dict[str, Any]) -> dict[str, Any]:
    """Yes, no and unknown as the form writes them."""
    svar = {True: "ja", False: "nei", None: ""}
    return felt | {navn: svar[felt[navn]] for navn in ("dyr", "moblert")}


def _fakta(b: Bolig) -> list[tuple[str, object]]:
    """(what, how it is). What is unknown says so, where somebody looks for it."""
    avstander = [
        (_("barneskole"), b.km_skole), (_("barnehage"), b.km_barnehage), (_("holdeplass"), b.km_buss), (_("sentrum"), b.km_sentrum),
    ]  # fmt: skip
    kjent = [f"{visning.tall(km)} km {_('til')} {hva}" for hva, km in avstander if km is not None]
    tilrettelagt = ", ".join(str(ord_.FUNKSJONER[kode]) for kode in b.funksjoner)
    return [
        (_("Kommune"), b.organisasjon.navn),
        (_("Adresse"), ord_.adresse(b)),
        (_("Eierform"), ord_.EIERFORM[b.eierform]),
        (_("Brukes som"), ord_.SLAG[b.slag]),
        (_("Bygg"), ord_.BYGG[b.bygg]),
        (_("Størrelse"), ord_.storrelse(b)),
        (_("Plass til"), ngettext("%(n)s person", "%(n)s personer", b.plasser) % {"n": b.plasser}),
        (_("Etasje"), b.etasje if b.etasje is not None else visning.UKJENT),
        (_("Tilrettelagt for"), tilrettelagt or (_("Ingen tilrettelegging") if b.tilgjengelig_kjent else visning.UKJENT)),
        (_("Kjæledyr"), ord_.ja_nei(b.dyr)),
        (_("Møblert"), ord_.ja_nei(b.moblert)),
        (_("Husleie"), f"{visning.tall(b.husleie)} kr" if b.husleie is not None else visning.UKJENT),
        (_("Siste dag den kan leies ut"), visning.dato(b.leies_til) if b.leies_til else _("Ikke bestemt")),
        (_("Avstander"), ", ".join(kjent) or visning.UKJENT),
        (_("Område"), f"{b.omraade.navn}: {ord_.omraadetall(b.omraade)}" if b.omraade else visning.UKJENT),
        (_("Kilde"), _("Hjerterom") if b.kilde == "hjerterom" else _("Registrert av kommunen")),
    ]  # fmt: skip


def _smuler(*under: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Boliger"), reverse("bolig:liste")), *under]

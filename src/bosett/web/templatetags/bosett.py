"""The tag library that every template has without loading it. Markup lies in templates/deler; figures in web/visning.py."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from bosett.aktor.roller import ROLLER
from bosett.person.models import Husholdning
from bosett.web import diagram, ikoner, komponenter, ordbok, visning
from bosett.web.felles import hjelp
from bosett.web.feltvisning import feltkontekst
from bosett.web.person import faner
from bosett.web.tavle import linje

register = template.Library()

register.filter("fortegn", visning.fortegn)
register.filter("prosent", visning.prosent)
register.filter("land", visning.land)
register.filter("dato", visning.dato)
register.filter("ukedato", visning.dato_ukedag)
register.filter("tidspunkt", visning.tidspunkt)
register.filter("dag_og_maaned", visning.dag_og_maaned)
register.filter("maaned", visning.maaned)
register.simple_tag(komponenter.klokke)
register.simple_tag(komponenter.merke)
register.simple_tag(komponenter.stolpe)
register.simple_tag(komponenter.prosentstolpe)
register.simple_tag(komponenter.ruter)
register.simple_tag(komponenter.framdrift)


@register.filter
def tall(verdi: Any, desimaler: int | None = None) -> str:
    """{{ 5025|tall }} «5 025»; {{ 99.6|tall:1 }} «99,6»; None «–»."""
    return visning.tall(verdi, desimaler)


@register.filter
def dato_lang(verdi: Any) -> str:
    return visning.dato_lang(verdi)


@register.filter
def dato_med_ukedag(verdi: Any) -> str:
    """«mandag 23. november 2026»"""
    return visning.dato_lang(verdi, med_ukedag=True)


@register.filter
def stor_forbokstav(verdi: Any) -> str:
    return visning.stor(str(verdi))


@register.simple_tag
def ikon(navn: str) -> SafeString:
    """{% ikon "ned" %} – decoration only, hidden from screen readers."""
    return ikoner.svg(navn)


@register.simple_tag
def bosettmerke() -> SafeString:
    return ikoner.MERKE


@register.simple_tag
def ord(term: str, tekst: str = "") -> SafeString:
    """{% ord "vedtak" %}: a word of the glossary, linked to its explanation. An unknown word is an error in tests."""
    return ordbok.lenke(term, tekst)


@register.simple_tag
def felt(bundet: BoundField, **valg: Any) -> SafeString:
    """{% felt form.antall %}: label, «Må fylles ut», hint, control, message, wired together."""
    return mark_safe(render_to_string("skjema/felt.html", feltkontekst(bundet, **valg)))  # noqa: S308


@register.simple_tag
def deling(deler: Iterable[Mapping[str, Any]]) -> SafeString:
    """Parts of a whole in one bar: dicts with `verdi` and `farge` (data step). The table with the figures stands beside it."""
    return diagram.deling(deler)


@register.simple_tag
def norsk() -> SafeString:
    """<p{% norsk %}>: a text that exists only in Norwegian says so on an English page, so that it is read aloud as Norwegian."""
    return SafeString(' lang="nb"') if visning.spraak() == "en" else SafeString("")


@register.inclusion_tag("deler/fossetabell.html")
def fossetabell(foss: "diagram.Foss") -> dict[str, object]:
    """{% fossetabell foss %}: the waterfall inside its own table; see `web.diagram.Foss`."""
    return {"foss": foss}


@register.simple_tag
def aarsstolper(serie: Iterable["diagram.Aar"], tittel: str) -> SafeString:
    return diagram.aarsstolper(tuple(serie), tittel)


@register.simple_tag(takes_context=True)
def sporring(context: template.Context, **endringer: Any) -> str:
    """{% sporring side=2 %}: this page's query with changes; None removes. Always starts with «?»."""
    request: HttpRequest | None = context.get("request")
    ny = request.GET.copy() if request else QueryDict(mutable=True)
    for navn, verdi in endringer.items():
        if verdi is None or verdi == "":
            ny.pop(navn, None)
        else:
            ny[navn] = str(verdi)
    return "?" + ny.urlencode()


@register.simple_tag
def omfangstekst(omfang: str) -> str:
    """How far a right reaches, in words."""
    return {
        "egen": gettext("egen organisasjon"),
        "region": gettext("kommunene i egen region"),
        "fylke": gettext("kommunene i eget fylke"),
        "nasjonal": gettext("hele landet"),
        "selv": gettext("egne opplysninger"),
    }.get(str(omfang), str(omfang))


@register.filter
def rollenavn(kode: str) -> str:
    rolle = ROLLER.get(kode)
    return gettext(rolle.navn) if rolle else kode


@register.simple_tag(takes_context=True)
def hjelpelenke(context: template.Context) -> str:
    """The section of the guide for this screen: the view's `hjelpedel`, else the room in the address, else the start."""
    treff = getattr(context.get("request"), "resolver_match", None)
    kandidater = (context.get("hjelpedel"), treff and treff.url_name, treff and treff.namespace)
    anker = next((navn for navn in kandidater if navn in hjelp.ANKRE), "start")
    return f"{reverse('hjelp')}#{anker}"


@register.filter
def oversatt(tekst: object) -> str:
    """A bokmål source string that lives as data (states, acts, roles): its translation in the active language."""
    return gettext(str(tekst)) if str(tekst) else ""


@register.inclusion_tag("person/_faner.html", takes_context=True)
def saksfaner(context: Mapping[str, Any], husholdning: Husholdning, her: str) -> dict[str, Any]:
    """The pages of one household as a row of links; `her` is the url name of the page that is shown."""
    aktor = context["request"].aktor
    return {
        "sak": husholdning,
        "faner": list(faner.faner(aktor, husholdning, her)),
        "koe": linje.for_sak(aktor, husholdning),
    }

"""Figures of the public pages as words."""

from django import template

from bosett.statistikk.rules.maal import MAAL
from bosett.web.statistikk import celler

register = template.Library()

register.filter("sumtekst", celler.sumtekst)


@register.filter
def maalnavn(kode: str) -> str:
    """«Vedtatt» for the measure `vedtak`."""
    return celler.maalnavn(MAAL[kode].navn)

"""Published figures as words: what is hidden, missing, estimated or still open is said, never shown as zero."""

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.kilder.tall import Tilstand
from bosett.statistikk.rules.serie import Punkt
from bosett.statistikk.rules.summer import Sum
from bosett.statistikk.rules.svar import Svar
from bosett.statistikk.rules.utvalg import Celle
from bosett.web import komponenter, visning

SVAR: dict[Svar, tuple[Any, str, str]] = {
    # name, colour of the tag, step of the bar
    Svar.HELE: (_("Ja til hele tallet"), "brand1", "5"),
    Svar.FAERRE: (_("Ja til færre"), "neutral", "2"),
    Svar.FLERE: (_("Ja til flere"), "brand1", "1"),
    Svar.NEI: (_("Nei"), "neutral", "nei"),
    Svar.IKKE_SVART: (_("Ikke svart"), "warning", "mangler"),
    Svar.IKKE_SPURT: (_("Ikke spurt"), "neutral", "noytral"),
    Svar.UTEN_ANMODNING: (_("Vedtak uten kjent anmodning"), "neutral", "3"),
    Svar.VET_IKKE: (_("Ikke kjent"), "neutral", "noytral"),
}


def tilstandsord(tilstand: Tilstand) -> str:
    """A short word for a cell without a number; «–» where the source has none."""
    return {
        Tilstand.SKJULT: gettext("skjult"),
        Tilstand.AVVENTER: gettext("venter"),
        Tilstand.IKKE_ANMODET: gettext("ikke spurt"),
    }.get(tilstand, visning.UKJENT)


def sumtekst(sum_: Sum | None) -> str:
    """«minst 18 851», «7 479», «–»."""
    if sum_ is None or sum_.verdi is None:
        return visning.UKJENT
    return (
        gettext("minst %(tall)s") % {"tall": visning.tall(sum_.verdi)}
        if sum_.minst
        else visning.tall(sum_.verdi)
    )


def tallcelle(verdi: Celle | Punkt | Sum | None, rad: Any = None) -> str | SafeString:
    """A cell of a table: the number with what must be known about it, or a word."""
    if verdi is None:
        return visning.UKJENT
    if isinstance(verdi, Sum):
        return sumtekst(verdi)
    if verdi.verdi is None:
        ord_ = tilstandsord(verdi.tilstand)
        return ord_ if ord_ == visning.UKJENT else format_html('<span class="b-dempet">{}</span>', ord_)
    tall = visning.tall(verdi.verdi)
    if isinstance(verdi, Punkt):
        if verdi.minst:
            tall = gettext("minst %(tall)s") % {"tall": tall}
        if verdi.anslag:
            tall = gettext("ca. %(tall)s") % {"tall": tall}
    return tall


def svarmerke(svar: Svar, rad: Any = None) -> SafeString:
    """The answer as a tag, and another when it came after the deadline (`rad.vedtatt`)."""
    navn, farge, _steg = SVAR[svar]
    merke = komponenter.merke(navn, farge)
    vedtatt = getattr(rad, "vedtatt", None)
    if vedtatt is None or not vedtatt.etter_frist:
        return merke
    return format_html("{} {}", merke, komponenter.merke(gettext("Etter fristen"), "warning"))


def maalnavn(navn: str) -> str:
    """The name of a measure, translated. The names themselves are data in `statistikk.rules.maal`."""
    return gettext(navn)

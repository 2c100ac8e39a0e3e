"""The rows of a table, written by Python: a page of rows is a thousand template nodes, and took most of the page's time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.formats import localize
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from bosett.web.tabellverdier import sikker

if TYPE_CHECKING:
    from bosett.web.tabell import Kolonne
    from bosett.web.tabellbundet import BundetTabell, Celle


def rader(tabell: BundetTabell) -> SafeString:
    """The `<tr>` of every row that is shown, with a box to choose it by when the table has bulk acts."""
    definisjon = tabell.definisjon
    tagger: list[tuple[str, str]] = []
    for nr, kolonne in enumerate(tabell.kolonner):
        hode = kolonne.radhode or nr == 0
        tagger.append(
            (_hode(kolonne) if hode else _celle(kolonne, definisjon.stables), "</th>" if hode else "</td>")
        )
    velg = gettext("Velg %(navn)s")
    ut = []
    for rad in tabell.rader:
        ut.append("<tr>")
        if definisjon.masse:
            merke = trygg(velg % {"navn": rad.celler[0].innhold})
            ut.append(
                f'<td class="b-velg"><input class="ds-input" type="checkbox" name="valgt" value="{trygg(rad.nokkel)}" '
                f'form="masse-{trygg(tabell.kode)}" aria-label="{merke}"></td>'
            )
        for (apne, lukk), celle in zip(tagger, rad.celler, strict=True):
            ut += (apne, _innhold(celle), lukk)
        ut.append("</tr>\n")
    return mark_safe("".join(ut))  # noqa: S308 - every value is escaped where it is written


def trygg(verdi: Any) -> str:
    """As a template writes a value."""
    return sikker(verdi if isinstance(verdi, str) else localize(verdi))


def _hode(kolonne: Kolonne) -> str:
    return '<th scope="row" class="b-slutt">' if kolonne.til_hoyre else '<th scope="row">'


def _celle(kolonne: Kolonne, stables: bool) -> str:
    klasser = " ".join(["b-slutt"] * kolonne.til_hoyre + ["b-svak"] * kolonne.svak)
    klasse = f' class="{klasser}"' if klasser else ""
    etikett = f' data-etikett="{trygg(kolonne.overskrift)}"' if stables else ""
    return f"<td{klasse}{etikett}>"


def _innhold(celle: Celle) -> str:
    tekst = trygg(celle.innhold)
    if celle.lenke:
        tekst = f'<a href="{trygg(celle.lenke)}">{tekst}</a>'
    return f"{tekst}<small>{trygg(celle.undertekst)}</small>" if celle.undertekst else tekst

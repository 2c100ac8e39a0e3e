"""The glossary on screen. The words live in `grunn.ordliste`; every term leads to its explanation on one page."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bosett.grunn.ordliste import ordliste
from bosett.web import visning


def lenke(nokkel: str, tekst: str = "") -> SafeString:
    """The word in the active language (or as `tekst`), linked to its explanation. `nokkel` is the key or any form of the word;
    FinnesIkke when the glossary lacks it."""
    alle, spraak = ordliste(), visning.spraak()
    oppslag = alle[nokkel] if nokkel in alle else alle.slaa_opp(nokkel).oppslag
    return format_html(
        '<a class="b-ord" href="{}#{}" title="{}">{}</a>',
        reverse("ordliste"),
        oppslag.nokkel,
        oppslag.forklaring[spraak],
        tekst or oppslag.ord[spraak],
    )

"""Small parts as functions, used by the tag library and by table cells alike."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bosett.web import visning


def klokke(frist: Any, ferdig: bool = False) -> SafeString:
    """{% klokke frist %}: date with weekday in 600, days left below; amber from the last day but one, red when over."""
    linjer = visning.klokke_for(frist, ferdig=ferdig)
    if linjer is None:
        return format_html('<span class="b-dempet">{}</span>', visning.UKJENT)
    return format_html(
        '<span class="b-klokke"{}><time datetime="{}">{}</time><span>{}</span></span>',
        format_html(' data-stand="{}"', linjer.stand) if linjer.stand else "",
        linjer.dag.isoformat(),
        linjer.dato,
        linjer.igjen,
    )


def framdrift(gjort: int, av: int, tekst: str) -> SafeString:
    """{% framdrift 120 357 "Lager brev" %}: progress of longer work, in figures and as a bar."""
    return format_html(
        '<div class="b-framdrift"><div><span>{}</span><span>{} / {}</span></div>'
        '<progress value="{}" max="{}" aria-label="{}"></progress></div>',
        tekst,
        visning.tall(gjort),
        visning.tall(av),
        gjort,
        av or 1,
        tekst,
    )


def stolpe(verdi: Any, av: Any = 100, farge: str = "5", hoyde: str = "", merke: Any = None) -> SafeString:
    """{% stolpe 74 %}: a bar beside a figure in words (always). `merke` draws a line at a limit."""
    if verdi is None or verdi == "":
        return SafeString("")
    strek = SafeString("")
    if merke is not None:
        x = visning.skaler(merke, av)
        strek = format_html('<line class="b-strek" x1="{}%" x2="{}%" y1="-15%" y2="115%"/>', x, x)
    return format_html(
        '<svg class="b-stolpe" aria-hidden="true" data-data="{}"{}><rect class="b-bak" width="100%" height="100%"/>'
        '<rect class="b-fram" width="{}%" height="100%"/>{}</svg>',
        farge,
        format_html(' data-hoyde="{}"', hoyde) if hoyde else "",
        visning.skaler(verdi, av),
        strek,
    )


def prosentstolpe(verdi: Any, desimaler: int = 0) -> SafeString:
    """Small bar and per cent, for the last column of a table."""
    return format_html(
        '<span class="b-stolpetall">{}<span>{}</span></span>',
        stolpe(verdi) or SafeString("<span></span>"),
        visning.prosent(verdi, desimaler),
    )


def ruter(fylt: int, av: int, tekst: str = "", stand: str = "", storrelse: str = "") -> SafeString:
    """Squares: filled = used or taken, open = left. `tekst` is read by screen readers when no words stand beside."""
    if tekst:
        beskrivelse = format_html(' role="img" aria-label="{}"', tekst)
    else:
        beskrivelse = SafeString(' aria-hidden="true"')
    return format_html(
        '<span class="b-ruter"{}{}{}>{}</span>',
        beskrivelse,
        format_html(' data-stand="{}"', stand) if stand else "",
        format_html(' data-storrelse="{}"', storrelse) if storrelse else "",
        format_html_join(
            "", "<i{}></i>", ((SafeString(" data-fylt") if n < fylt else "",) for n in range(av))
        ),
    )


def merke(tekst: object, farge: str = "neutral") -> SafeString:
    """{% merke "Ja til færre" "neutral" %}: a tag. Colours: neutral (routine), brand1 (done), warning, danger."""
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', farge, tekst)

"""A few signs of our own drawing, 24 × 24, one stroke. Nothing else decorates."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

_STREKER = {
    "last-ned": "M12 4v11m-5-4.5 5 5 5-5M5 20h14",
    "pil": "M4 12h15m-6-6 6 6-6 6",
    "ned": "m6 9.5 6 6 6-6",
    "opp": "m6 14.5 6-6 6 6",
    "sorter": "m8 9.5 4-4 4 4M8 14.5l4 4 4-4",
    "lukk": "M6 6l12 12M18 6 6 18",
    "meny": "M4 7h16M4 12h16M4 17h16",
    "hake": "m5 12.5 4.5 4.5L19 7.5",
    "strek": "M6 12h12",
    "lenke": "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 0 0 11 18.7l1-1",
}

SVG: dict[str, SafeString] = {
    navn: format_html(
        '<svg class="b-ikon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
        ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="{}"/></svg>',
        sti,
    )
    for navn, sti in _STREKER.items()
}

MERKE = SafeString(
    '<svg viewBox="0 0 26 26" aria-hidden="true" focusable="false"><g fill="none" stroke="currentColor" stroke-width="2">'
    '<rect x="1.5" y="1.5" width="9.5" height="9.5" rx="1.5"/><rect x="15" y="1.5" width="9.5" height="9.5" rx="1.5"/>'
    '<rect x="1.5" y="15" width="9.5" height="9.5" rx="1.5"/></g>'
    '<rect x="14" y="14" width="11.5" height="11.5" rx="2" fill="currentColor"/></svg>'
)
"""The mark: a square is one place; three open, one filled."""


def svg(navn: str) -> SafeString:
    return SVG[navn]

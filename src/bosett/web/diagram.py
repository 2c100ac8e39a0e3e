"""Charts as SVG drawn by the server, in percentages, so that no style attribute is needed. Pure functions of numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil, floor, log10
from typing import Any, Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bosett.web import visning

Type = Literal["start", "opp", "regel"]
_DATA = {"start": "noytral", "opp": "5", "regel": "3"}


def pst(verdi: float) -> str:
    """A length in per cent, as SVG writes it."""
    return f"{verdi:.3f}".rstrip("0").rstrip(".") + "%"


@dataclass(frozen=True)
class Ledd:
    """One term of a sum. `gruppe` opens a group row when it differs from the term before."""

    navn: str
    bidrag: Decimal
    undertekst: str = ""
    gruppe: str = ""
    type: Type = "opp"


@dataclass(frozen=True)
class Rad:
    """A row ready for the template: a group heading (`ledd` is None) or a term with its bar."""

    gruppe: str
    ledd: Ledd | None
    saa_langt: Decimal
    svg: SafeString


@dataclass(frozen=True)
class Foss:
    """A waterfall inside its own table. The terms add up exactly to `sum`; otherwise ValueError: a chart never lies."""

    caption: str
    ledd: Sequence[Ledd]
    sum: Decimal
    sumnavn: str
    leddnavn: str
    desimaler: int = 1
    caption_skjult: bool = True
    rader: tuple[Rad, ...] = field(init=False)
    akse: SafeString = field(init=False)
    sumsvg: SafeString = field(init=False)

    def __post_init__(self) -> None:
        total = sum((ledd.bidrag for ledd in self.ledd), Decimal(0))
        if total != self.sum:
            raise ValueError(f"the terms add up to {total}, not {self.sum}")
        streker, maks = akse(max([*self._lopende(), self.sum, Decimal(1)]))
        rader: list[Rad] = []
        saa_langt, gruppe = Decimal(0), ""
        for nr, ledd in enumerate(self.ledd):
            if ledd.gruppe and ledd.gruppe != gruppe:
                gruppe = ledd.gruppe
                rader.append(Rad(gruppe, None, saa_langt, _tomrad(saa_langt, streker, maks, koblet=nr > 0)))
            etter = saa_langt + ledd.bidrag
            svg = _rad(ledd, saa_langt, etter, streker, maks, forste=nr == 0)
            rader.append(Rad("", ledd, etter, svg))
            saa_langt = etter
        object.__setattr__(self, "rader", tuple(rader))
        object.__setattr__(
            self,
            "akse",
            format_html(
                '<svg aria-hidden="true">{}</svg>',
                format_html_join(
                    "",
                    '<text x="{}" y="1.1rem">{}</text>',
                    ((pst(s / maks * 100), visning.tall(s)) for s in streker),
                ),
            ),
        )
        object.__setattr__(
            self,
            "sumsvg",
            format_html(
                '<svg aria-hidden="true">{}<line class="b-kobling" x1="{}" x2="{}" y1="0" y2="28%"/>'
                '<rect class="b-stav" data-data="6" x="0" width="{}" y="28%" height="46%"/></svg>',
                _linjer(streker, maks),
                *(pst(float(self.sum) / maks * 100),) * 3,
            ),
        )

    def _lopende(self) -> list[Decimal]:
        summer, saa_langt = [], Decimal(0)
        for ledd in self.ledd:
            saa_langt += ledd.bidrag
            summer.append(saa_langt)
        return summer


def akse(storst: Decimal) -> tuple[list[int], float]:
    """Round ticks from 0, four to six of them, and the value at the right edge."""
    mal = float(storst) / 4
    grunn = 10 ** floor(log10(mal)) if mal > 0 else 1
    steg = next(s * grunn for s in (1, 2, 2.5, 5, 10) if s * grunn >= mal)
    steg = max(1, int(steg) if steg >= 1 else 1)
    siste = ceil(float(storst) / steg) * steg
    return list(range(0, siste + 1, steg)), siste * 1.05


def _linjer(streker: Sequence[int], maks: float) -> SafeString:
    return format_html_join(
        "",
        '<line class="b-rutenettlinje" x1="{0}" x2="{0}" y1="0" y2="100%"/>',
        ((pst(s / maks * 100),) for s in streker),
    )


def _tomrad(saa_langt: Decimal, streker: Sequence[int], maks: float, *, koblet: bool) -> SafeString:
    x = pst(float(saa_langt) / maks * 100)
    kobling = format_html('<line class="b-kobling" x1="{0}" x2="{0}" y1="0" y2="100%"/>', x) if koblet else ""
    return format_html('<svg aria-hidden="true">{}{}</svg>', _linjer(streker, maks), kobling)


def _rad(
    ledd: Ledd, fra: Decimal, til: Decimal, streker: Sequence[int], maks: float, *, forste: bool
) -> SafeString:
    a, b = float(fra) / maks * 100, float(til) / maks * 100
    inn = "" if forste else format_html('<line class="b-kobling" x1="{0}" x2="{0}" y1="0" y2="29%"/>', pst(a))
    ut = format_html('<line class="b-kobling" x1="{0}" x2="{0}" y1="71%" y2="100%"/>', pst(b))
    return format_html(
        '<svg aria-hidden="true">{}{}{}<rect class="b-stav" data-type="{}" data-data="{}" x="{}" width="{}" y="29%"'
        ' height="42%"/></svg>',
        _linjer(streker, maks),
        inn,
        ut,
        "ned" if b < a else "opp",
        _DATA[ledd.type],
        pst(min(a, b)),
        pst(max(0.25, abs(b - a))),
    )


def deling(deler: Iterable[Mapping[str, Any]]) -> SafeString:
    """Parts of a whole in one bar; the list or table with the figures stands beside it, so it is hidden from readers."""
    liste = [(float(del_["verdi"] or 0), str(del_["farge"])) for del_ in deler]
    total = sum(verdi for verdi, _ in liste) or 1.0
    x, biter = 0.0, []
    for verdi, farge in liste:
        bredde = verdi / total * 100
        if verdi:
            biter.append((farge, pst(x), pst(bredde)))
        x += bredde
    return format_html(
        '<svg class="b-deling" aria-hidden="true">{}</svg>',
        format_html_join("", '<rect data-data="{}" x="{}" width="{}" height="100%"/>', biter),
    )


@dataclass(frozen=True)
class Aar:
    """A year's filled column (`fylt`) and, if known, the frame it was to fill (`ramme`)."""

    aar: int
    fylt: Decimal | int | None
    ramme: Decimal | int | None = None
    tekst: str = ""
    """The figure above the column; empty shows `fylt`."""


def aarsstolper(serie: Sequence[Aar], tittel: str, *, hoyde: int = 160) -> SafeString:
    """Columns by year; labels are thinned when there are many. The table with the figures stands beside it."""
    if not serie:
        return SafeString("")
    storst = max(
        [float(verdi) for aar in serie for verdi in (aar.fylt, aar.ramme) if verdi is not None] or [1.0]
    )
    topp, bunn, n = 22, hoyde - 22, len(serie)
    steg = ceil(n / 10)
    biter: list[SafeString] = []
    for nr, aar in enumerate(serie):
        senter, bredde, hoyest = (nr + 0.5) / n * 100, 74 / n, 0.0
        for verdi, klasse in ((aar.fylt, "b-fylt"), (aar.ramme, "b-ramme")):
            if verdi is None:
                continue
            h = float(verdi) / (storst or 1) * (bunn - topp)
            hoyest = max(hoyest, h)
            biter.append(
                format_html(
                    '<rect class="{}" x="{}" width="{}" y="{}" height="{}"/>',
                    klasse,
                    pst(senter - bredde / 2),
                    pst(bredde),
                    f"{bunn - h:.1f}",
                    f"{h:.1f}",
                )
            )
        if n <= 12:
            biter.append(
                format_html(
                    '<text x="{}" y="{}">{}</text>',
                    pst(senter),
                    f"{bunn - hoyest - 6:.1f}",
                    aar.tekst or visning.tall(aar.fylt),
                )
            )
        if (n - 1 - nr) % steg == 0:
            klasse = (
                ' class="b-siste"'
                if nr == n - 1
                else ' class="b-annenhver"'
                if n > 6 and (n - 1 - nr) // steg % 2
                else ""
            )
            biter.append(
                format_html(
                    '<text{} x="{}" y="{}">{}</text>', SafeString(klasse), pst(senter), hoyde - 4, aar.aar
                )
            )
    return format_html(
        '<svg class="b-aar" height="{}" role="img" aria-label="{}">{}<line class="b-akse" x1="0" x2="100%" y1="{}" y2="{}"/></svg>',
        hoyde,
        tittel,
        SafeString("".join(biter)),
        bunn,
        bunn,
    )

"""A line by month with the bands of a forecast, as SVG drawn by the server. The table with the figures stands beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bosett.web import visning
from bosett.web.diagram import akse, pst

BREDDE = 1000


@dataclass(frozen=True)
class Punkt:
    """A month: what happened, or a forecast with its intervals; `merket` rings a month that fell outside them."""

    navn: str
    faktisk: int | None = None
    punkt: int | None = None
    baand80: tuple[int, int] | None = None
    baand95: tuple[int, int] | None = None
    merket: bool = False


def linjediagram(serie: Sequence[Punkt], tittel: str, *, hoyde: int = 240) -> SafeString:
    """The axis starts at 0 and ends above the highest figure, so that nothing is cut off. Empty without months."""
    if not serie:
        return SafeString("")
    alle = [
        v
        for p in serie
        for v in (p.faktisk, p.punkt, *(p.baand95 or ()), *(p.baand80 or ()))
        if v is not None
    ]
    streker, maks = akse(Decimal(max([*alle, 1])))
    topp, bunn = 18, hoyde - 22

    def y(verdi: float) -> float:
        return bunn - verdi / maks * (bunn - topp)

    def x(nr: int) -> float:
        return (nr + 0.5) / len(serie) * BREDDE

    def linje(klasse: str, verdier: Sequence[int | None]) -> SafeString:
        steder = " ".join(f"{x(nr):.1f},{y(v):.1f}" for nr, v in enumerate(verdier) if v is not None)
        return format_html('<polyline class="{}" points="{}"/>', klasse, steder) if steder else SafeString("")

    def flate(klasse: str, baand: Sequence[tuple[int, int] | None]) -> SafeString:
        par = [(x(nr), y(lav), y(hoy)) for nr, ett in enumerate(baand) if ett for lav, hoy in (ett,)]
        steder = [f"{a:.1f},{oppe:.1f}" for a, _, oppe in par] + [
            f"{a:.1f},{nede:.1f}" for a, nede, _ in par[::-1]
        ]
        return (
            format_html('<polygon class="{}" points="{}"/>', klasse, " ".join(steder))
            if par
            else SafeString("")
        )

    # The forecast's line begins in the last month that happened, so that the two meet.
    siste = max((nr for nr, p in enumerate(serie) if p.faktisk is not None), default=None)
    fram = [serie[nr].faktisk if nr == siste else p.punkt for nr, p in enumerate(serie)]
    steg = ceil(len(serie) / 6)
    return format_html(
        '<svg class="b-linje" height="{hoyde}" role="img" aria-label="{tittel}">{rutenett}'
        '<svg width="100%" height="{hoyde}" viewBox="0 0 {bredde} {hoyde}" preserveAspectRatio="none">{flater}</svg>'
        "{ringer}{maaneder}{tall}</svg>",
        hoyde=hoyde,
        bredde=BREDDE,
        tittel=tittel,
        rutenett=format_html_join(
            "",
            '<line class="{}" x1="0" x2="100%" y1="{}" y2="{}"/>',
            (("b-rutenettlinje" if s else "b-akse", f"{y(s):.1f}", f"{y(s):.1f}") for s in streker),
        ),
        flater=format_html(
            "{}{}{}{}",
            flate("b-baand95", [p.baand95 for p in serie]),
            flate("b-baand80", [p.baand80 for p in serie]),
            linje("b-punkt", fram if any(p.punkt is not None for p in serie) else []),
            linje("b-faktisk", [p.faktisk for p in serie]),
        ),
        ringer=format_html_join(
            "",
            '<circle class="b-utenfor" cx="{}" cy="{}" r="4.5"/>',
            (
                (pst(x(nr) / BREDDE * 100), f"{y(p.faktisk):.1f}")
                for nr, p in enumerate(serie)
                if p.merket and p.faktisk is not None
            ),
        ),
        maaneder=format_html_join(
            "",
            '<text class="{}" x="{}" y="{}">{}</text>',
            (
                (
                    "b-midt b-annenhver" if ledd % 2 else "b-midt",  # a phone has room for half of them
                    pst(x(nr) / BREDDE * 100),
                    hoyde - 5,
                    serie[nr].navn,
                )
                for ledd, nr in enumerate(range(steg // 2, len(serie), steg))
            ),
        ),
        tall=format_html_join(
            "",
            '<text x="0" y="{}">{}</text>',
            ((f"{y(s) - 4:.1f}", visning.tall(s)) for s in streker if s),
        ),
    )

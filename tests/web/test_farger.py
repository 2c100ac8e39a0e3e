"""Measured contrast of the accent in light and dark: the rules of the look say which pairs meet on screen."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMA = Path(settings.STATICFILES_DIRS[2][1]) / "designsystemet.css"
# (ink, ground, least ratio)
PAR = (
    ("brand1-text-subtle", "neutral-background-default", 4.5),  # links
    ("brand1-base-contrast-default", "brand1-base-default", 4.5),  # the filled button
    ("neutral-text-subtle", "neutral-background-default", 4.5),  # muted text
    ("neutral-text-subtle", "brand1-background-tinted", 4.5),  # muted text on filter and clocks
    ("brand1-text-subtle", "brand1-surface-tinted", 4.5),  # why the next action comes first
    ("warning-text-subtle", "neutral-background-default", 4.5),
    ("warning-text-subtle", "brand1-surface-tinted", 4.5),
    ("danger-text-subtle", "neutral-background-default", 4.5),
    ("warning-text-default", "warning-surface-tinted", 4.5),  # tags
    ("danger-text-default", "danger-surface-tinted", 4.5),
    ("brand1-base-default", "neutral-background-default", 3.0),  # bars and squares
    ("neutral-border-default", "neutral-background-default", 3.0),  # field borders, open squares
)


def _lys(hex_: str) -> float:
    hex_ = hex_ if len(hex_) == 6 else "".join(t * 2 for t in hex_)
    deler = [int(hex_[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = [d / 12.92 if d <= 0.04045 else ((d + 0.055) / 1.055) ** 2.4 for d in deler]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("skjema", ["light", "dark"])
def test_kontrast(skjema: str) -> None:
    if not TEMA.exists():
        pytest.skip("node_modules er ikke installert")
    blokk = re.search(rf"\[data-color-scheme={skjema}\]\{{(.*?)\}}", TEMA.read_text())
    assert blokk
    farger = dict(re.findall(r"--ds-color-([a-z0-9-]+):#([0-9a-f]{3,6})", blokk[1]))
    for blekk, bunn, minst in PAR:
        a, b = sorted((_lys(farger[blekk]), _lys(farger[bunn])), reverse=True)
        assert (a + 0.05) / (b + 0.05) >= minst, (skjema, blekk, bunn, round((a + 0.05) / (b + 0.05), 2))

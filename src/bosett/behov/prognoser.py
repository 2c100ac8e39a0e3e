"""What a need is calculated from. The list belongs to each need: four in 2020, three in 2022 (requirements, row R118)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Prognose:
    """`nb` and `nn` are the words of the letters; `navn` is what the screens call it."""

    kode: str
    nb: str
    nn: str
    navn: str | Promise


PROGNOSER = {
    prognose.kode: prognose
    for prognose in (
        Prognose(
            "asylsokere",
            "prognoser over antall asylsøkere til Norge",
            "prognosar over talet på asylsøkjarar til Noreg",
            _("Asylsøkere til Norge"),
        ),
        Prognose(
            "innvilgede",
            "prognoser over antall innvilgede asylsøknader",
            "prognosar over talet på innvilga asylsøknader",
            _("Innvilgede asylsøknader"),
        ),
        Prognose(
            "overforing",
            "prognoser over antall overføringsflyktninger",
            "prognosar over talet på overføringsflyktningar",
            _("Overføringsflyktninger"),
        ),
        Prognose(
            "andre",
            "andre internasjonale forpliktelser",
            "andre internasjonale plikter",
            _("Andre internasjonale forpliktelser"),
        ),
    )
}
SETT: dict[int, tuple[tuple[str, ...], str]] = {
    2020: (("asylsokere", "innvilgede", "overforing", "andre"), "Anmodningsbrevet for 2020 (S2)"),
    2022: (("asylsokere", "innvilgede", "overforing"), "Oppmodinga for 2022 (S3)"),
}
"""From which year a need is calculated from which forecasts, and the source that says so. Years before the first: unknown."""


def pakrevd(aar: int) -> tuple[str, ...]:
    """The codes of the forecasts a need of this year is calculated from; none where no source says it."""
    fra = max((start for start in SETT if start <= aar), default=None)
    return SETT[fra][0] if fra is not None else ()


DRIVERE = {
    "pandemi": _("Pandemi"),
    "reise": _("Innreise- og utreiserestriksjoner"),
    "smitte": _("Smittesituasjonen i uttakslandene"),
    "krise": _("Krig eller krise i et land"),
    "kvote": _("Endret kvote for overføringsflyktninger"),
    "soknader": _("Flere eller færre asylsøkere enn ventet"),
    "innvilget": _("Flere eller færre får opphold enn ventet"),
    "regler": _("Endrede regler"),
}
"""What may drive a forecast up or down (S3 names the first four for 2021)."""

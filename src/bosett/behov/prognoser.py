"""What a need is calculated from. The list belongs to each need: four in 2020, three in 2022 (requirements, row R118)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Prognose:
    kode: str
    nb: str
    nn: str


PROGNOSER = {
    prognose.kode: prognose
    for prognose in (
        Prognose(
            "asylsokere",
            "prognoser over antall asylsøkere til Norge",
            "prognosar over talet på asylsøkjarar til Noreg",
        ),
        Prognose(
            "innvilgede",
            "prognoser over antall innvilgede asylsøknader",
            "prognosar over talet på innvilga asylsøknader",
        ),
        Prognose(
            "overforing",
            "prognoser over antall overføringsflyktninger",
            "prognosar over talet på overføringsflyktningar",
        ),
        Prognose("andre", "andre internasjonale forpliktelser", "andre internasjonale plikter"),
    )
}
STANDARD = ("asylsokere", "innvilgede", "overforing")

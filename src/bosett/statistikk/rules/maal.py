"""The measures that are published, and the two rules that hang on them: which count settled persons, which are public decisions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Maal:
    """`kolonne` is the stable column name of the open data; `personer`: counts persons who live somewhere (hidden when 1–4)."""

    kode: str
    kolonne: str
    navn: str
    forklaring: str
    personer: bool = False


_ALLE = (
    Maal("anmodning", "anmodet", "Anmodet", "Personer IMDi har bedt kommunen om å bosette i året"),
    Maal("opprinnelig_anmodning", "opprinnelig_anmodet", "Opprinnelig anmodet", "Anmodningen før den ble endret i løpet av året"),
    Maal("anmodning_em", "anmodet_em", "Herav enslige mindreårige", "Enslige mindreårige som er med i anmodningen"),
    Maal("anmodning_em_under_15", "anmodet_em_under_15", "Enslige mindreårige under 15", "Av dem: under 15 år"),
    Maal("anmodning_em_15_18", "anmodet_em_15_18", "Enslige mindreårige 15–18", "Av dem: 15 til 18 år"),
    Maal("vedtak", "vedtatt", "Vedtatt", "Personer kommunestyret har vedtatt å bosette"),
    Maal("vedtak_em", "vedtatt_em", "Vedtatt, enslige mindreårige", "Enslige mindreårige som er med i vedtaket"),
    Maal("bosatt", "bosatt", "Bosatt", "Personer som er bosatt i kommunen i året", personer=True),
    Maal("bosatt_em", "bosatt_em", "Bosatt, enslige mindreårige", "Enslige mindreårige som er bosatt", personer=True),
    Maal("bosatt_kollektiv", "bosatt_kollektiv", "Bosatt, kollektiv beskyttelse",
         "Av de bosatte: med midlertidig kollektiv beskyttelse", personer=True),
    Maal("avtalt", "avtalt", "Avtalt", "Har fått en kommune og er ikke flyttet", personer=True),
    Maal("avtalt_kollektiv", "avtalt_kollektiv", "Avtalt, kollektiv beskyttelse",
         "Av de avtalte: med midlertidig kollektiv beskyttelse", personer=True),
)  # fmt: skip
MAAL: dict[str, Maal] = {maal.kode: maal for maal in _ALLE}
PERSONMAAL: frozenset[str] = frozenset(maal.kode for maal in _ALLE if maal.personer)
HOVEDMAAL = ("anmodning", "vedtak", "bosatt")

"""A criteria table: one row per municipality, one column per indicator, each with its own unit, level and day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from bosett.kilder.feil import Cellefeil
from bosett.kilder.lesere import celler
from bosett.kilder.lesere.tabell import les_tabell
from bosett.kilder.tall import Kvalitet, Nivaa, Observasjon, Opphav, Tall, Tilstand, Verdi


@dataclass(frozen=True, slots=True)
class Kriteriekolonne:
    """What a column holds: the indicator, its unit, the level measured, and the day the figures describe."""

    indikator: str
    navn: str
    enhet: str
    referansedato: date
    les: Callable[[str], Verdi] = celler.desimaltall
    nivaa: Nivaa = Nivaa.KOMMUNE
    kvalitet: Kvalitet | None = None
    spesialtegn: bool = False


def _gruppe(tekst: str) -> int:
    """«EKG13» → 13."""
    return celler.heltall(tekst.strip().upper().removeprefix("EKG"))


def _ja_er_en(tekst: str) -> int:
    return int(celler.ja_nei(tekst))


def _aar(aar: int) -> date:
    return date(aar, 12, 31)


def _nyttaar(aar: int) -> date:
    return date(aar, 1, 1)


_K = Kriteriekolonne
KOLONNER: Mapping[str, Kriteriekolonne] = {
    "sentralitet": _K("sentralitet", "Sentralitetsklasse (1 mest sentral)", "klasse", _nyttaar(2024), celler.heltall),
    "kostragruppe_nr": _K("kostragruppe", "KOSTRA-gruppe", "gruppe", _nyttaar(2024), _gruppe),
    "robek": _K("robek", "Registrert i ROBEK", "ja/nei", _nyttaar(2024), _ja_er_en),
    "fastlege_reservekapasitet_indeks_2023": _K("fastlege_reservekapasitet", "Reservekapasitet hos fastlegene", "indeks", _aar(2023)),
    "folkemengde_2021": _K("folketall", "Folketall", "personer", _nyttaar(2021), celler.antall),
    "folkemengde_2022": _K("folketall", "Folketall", "personer", _nyttaar(2022), celler.antall),
    "folkemengde_2026": _K("folketall", "Folketall", "personer", _nyttaar(2026), celler.antall),
    "innbyggere_16_18_2026": _K("folketall_16_18", "Innbyggere 16–18 år", "personer", _nyttaar(2026), celler.antall),
    "helt_ledige_prosent_snitt_2022": _K("helt_ledige_prosent", "Helt ledige, snitt av synlige måneder", "prosent", date(2022, 10, 31)),
    "innvandrere_2021": _K("innvandrere", "Innvandrere", "personer", _nyttaar(2021), celler.antall),
    "flyktningbakgrunn_2021": _K("flyktningbakgrunn", "Personer med flyktningbakgrunn", "personer", _nyttaar(2021), celler.antall),
    "innvandrere_prosent_2021": _K("innvandrere_prosent", "Innvandrere", "prosent", _nyttaar(2021)),
    "innvandrere_og_norskfodte_prosent_2015": _K("innvandrere_og_norskfodte_prosent", "Innvandrere og norskfødte", "prosent", _nyttaar(2015)),
    "intro_resultat_fylke_2021": _K("intro_resultat", "I arbeid eller utdanning etter programmet", "prosent", _aar(2021), celler.heltall, Nivaa.FYLKE),
    "intro_resultat_fylke_2024": _K("intro_resultat", "I arbeid eller utdanning etter programmet", "prosent", _aar(2024), celler.heltall, Nivaa.FYLKE),
    "mottak_antall_2024_01_31": _K("mottak_antall", "Mottak i kommunen", "mottak", date(2024, 1, 31), celler.antall),
    **{f"bosatt_{aar}": _K("bosatt", "Bosatte", "personer", _aar(aar), celler.antall) for aar in range(2021, 2026)},
    **{f"anmodet_{aar}": _K("anmodning", "Anmodet", "personer", _aar(aar), celler.antall) for aar in (2024, 2025, 2026)},
    **{f"vedtatt_{aar}": _K("vedtak", "Vedtatt", "personer", _aar(aar), celler.antall, spesialtegn=True) for aar in (2024, 2025, 2026)},
    "em_anmodet_2026": _K("anmodning_em", "Anmodet, enslige mindreårige", "personer", _aar(2026), celler.antall),
}  # fmt: skip
_HODE = {"kommunenummer", "kommune", "fylkesnummer", "fylkesnavn"}


@dataclass(frozen=True, slots=True)
class Kriterietabell:
    fil: str
    sha256: str
    rader: int
    kolonner: Mapping[str, Kriteriekolonne]
    observasjoner: tuple[Observasjon, ...]
    ubrukte_kolonner: tuple[str, ...]


def les_kriterier(fil: Path | bytes, opphav: Opphav, navn: str = "") -> Kriterietabell:
    """Read a criteria table. An empty cell is `mangler`; columns nobody has described are listed, not guessed.

    Raises Lesefeil with row and column, also when no column is known or a municipality stands twice.
    """
    tabell = les_tabell(fil, navn)
    tabell.krev(("kommunenummer",))
    kolonner = {k: KOLONNER[k] for k in tabell.kolonner if k in KOLONNER}
    if not kolonner:
        tabell.feil.append(Cellefeil(1, "", "", f"ingen kjente kolonner; kjente er {', '.join(KOLONNER)}"))
    sett: dict[str, int] = {}
    ut: list[Observasjon] = []
    for linje, rad in tabell.ordboker():
        nummer = tabell.les(linje, "kommunenummer", rad["kommunenummer"], celler.kommunenummer)
        if nummer is None:
            continue
        if sett.setdefault(nummer, linje) != linje:
            tabell.feil.append(Cellefeil(linje, "kommunenummer", nummer, f"står også på rad {sett[nummer]}"))
            continue
        for kolonne, hva in kolonner.items():
            lest = tabell.les(linje, kolonne, rad[kolonne], partial(_celle, hva=hva))
            if lest is not None:
                tall = Tall(
                    *lest, hva.enhet, hva.referansedato, opphav.kilde, opphav.lisens, hva.kvalitet or opphav.kvalitet,
                    hva.nivaa, opphav.publisert, rad[kolonne],
                )  # fmt: skip
                navnet = rad.get("kommune", "").strip()
                ut.append(Observasjon(linje, hva.referansedato.year, nummer, navnet, hva.indikator, tall))
    tabell.slutt("Kriterietabell")
    ubrukt = tuple(k for k in tabell.kolonner if k not in KOLONNER and k not in _HODE)
    return Kriterietabell(tabell.fil, tabell.sha256, len(tabell.rader), kolonner, tuple(ut), ubrukt)


def _celle(tekst: str, hva: Kriteriekolonne) -> tuple[Verdi | None, Tilstand]:
    if hva.spesialtegn:
        return celler.imdi_celle(tekst)
    if not tekst.strip():
        return None, Tilstand.MANGLER
    return hva.les(tekst), Tilstand.TALL

"""Reads monthly applications and quarterly decisions (persons) from CSV. Every fault names file, row and column.

The tables are in Eurostat's form: `maaned,antall` with, if there, `statsborgerskap,soknadstype,kjonn,alder` (one series is chosen
by them), and `kvartal,vedtak_i_alt,innvilget_i_alt`. A month is counted as year × 12 + month − 1, a quarter as year × 4 + quarter − 1.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bosett.kilder.feil import Cellefeil, Lesefeil
from bosett.kilder.lesere.celler import antall
from bosett.kilder.lesere.tabell import Tabell, les_tabell

UTVALG: Mapping[str, str] = {
    "statsborgerskap": "TOTAL",
    "soknadstype": "ASY_APP",
    "kjonn": "T",
    "alder": "TOTAL",
}
"""The series that is read when the table has several: all applicants, every application (a repeated one too), as the decisions count."""
LENGST_SERIE = 600
"""Months (fifty years). A longer table is a wrong one, and would keep the page computing for minutes."""
_MAANED = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_KVARTAL = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True)
class Maanedsserie:
    """Applications (persons) in unbroken months from `forste` (a month number)."""

    fil: str
    utvalg: str
    forste: int
    verdier: tuple[int, ...]

    @property
    def siste(self) -> int:
        return self.forste + len(self.verdier) - 1

    def til(self, maaneder: int) -> "Maanedsserie":
        """The series as it was known when it was that many months long."""
        return Maanedsserie(self.fil, self.utvalg, self.forste, self.verdier[:maaneder])


@dataclass(frozen=True)
class Kvartalsvedtak:
    """First-instance decisions in one quarter (persons)."""

    kvartal: int
    vedtak: int
    innvilget: int


def maanedstekst(nummer: int) -> str:
    return f"{nummer // 12:04}-{nummer % 12 + 1:02}"


def kvartalstekst(nummer: int) -> str:
    return f"{nummer // 4:04}-Q{nummer % 4 + 1}"


def les_soknader(innhold: bytes, fil: str, utvalg: Mapping[str, str] = UTVALG) -> Maanedsserie:
    """The chosen series. Raises Lesefeil for a missing column, no rows, and months that are missing, twice or out of order."""
    tabell = les_tabell(innhold, fil)
    tabell.krev(("maaned", "antall"))
    valgt = {kolonne: verdi for kolonne, verdi in utvalg.items() if kolonne in tabell.kolonner}
    rader = [
        (linje, rad)
        for linje, rad in tabell.ordboker()
        if all(rad[kolonne].strip() == verdi for kolonne, verdi in valgt.items())
    ]
    _minst_en(tabell, rader, valgt)
    if len(rader) > LENGST_SERIE:
        melding = f"serien har {len(rader)} måneder; den kan ha høyst {LENGST_SERIE}"
        raise Lesefeil(fil, [Cellefeil(rader[LENGST_SERIE][0], "maaned", "", melding)])
    lest: list[tuple[int, int | None, str]] = []
    verdier: list[int] = []
    for linje, rad in rader:
        lest.append((linje, tabell.les(linje, "maaned", rad["maaned"], _maaned), rad["maaned"]))
        verdi = tabell.les(linje, "antall", rad["antall"], antall)
        verdier.append(verdi if verdi is not None else 0)  # the fault is collected, and raised below
    numre = _ubrutt(tabell, "maaned", lest, maanedstekst)
    tekst = ", ".join(f"{kolonne} {verdi}" for kolonne, verdi in valgt.items())
    return Maanedsserie(fil, tekst, numre[0], tuple(verdier))


def les_vedtak(innhold: bytes, fil: str) -> tuple[Kvartalsvedtak, ...]:
    """Unbroken quarters. Raises Lesefeil as `les_soknader`, and when more is granted than decided."""
    tabell = les_tabell(innhold, fil)
    tabell.krev(("kvartal", "vedtak_i_alt", "innvilget_i_alt"))
    rader = list(tabell.ordboker())
    _minst_en(tabell, rader, {})
    lest: list[tuple[int, int | None, str]] = []
    tall: list[tuple[int, int]] = []
    for linje, rad in rader:
        lest.append((linje, tabell.les(linje, "kvartal", rad["kvartal"], _kvartal), rad["kvartal"]))
        vedtak = tabell.les(linje, "vedtak_i_alt", rad["vedtak_i_alt"], antall)
        innvilget = tabell.les(linje, "innvilget_i_alt", rad["innvilget_i_alt"], antall)
        if vedtak is not None and innvilget is not None and innvilget > vedtak:
            melding = f"flere er innvilget enn det er vedtak ({vedtak})"
            tabell.feil.append(Cellefeil(linje, "innvilget_i_alt", rad["innvilget_i_alt"], melding))
        tall.append((vedtak or 0, innvilget or 0))
    numre = _ubrutt(tabell, "kvartal", lest, kvartalstekst)
    return tuple(Kvartalsvedtak(nr, v, i) for nr, (v, i) in zip(numre, tall, strict=True))


def _maaned(tekst: str) -> int:
    funnet = _MAANED.fullmatch(tekst.strip())
    if not funnet:
        raise ValueError("er ikke en måned (ÅÅÅÅ-MM)")
    return int(funnet[1]) * 12 + int(funnet[2]) - 1


def _kvartal(tekst: str) -> int:
    funnet = _KVARTAL.fullmatch(tekst.strip())
    if not funnet:
        raise ValueError("er ikke et kvartal (ÅÅÅÅ-Q1)")
    return int(funnet[1]) * 4 + int(funnet[2]) - 1


def _minst_en(tabell: Tabell, rader: Sequence[object], valgt: Mapping[str, str]) -> None:
    tabell.slutt()  # rows of wrong length first: they may be the reason
    if not rader:
        hva = f" med {', '.join(f'{k} {v}' for k, v in valgt.items())}" if valgt else ""
        raise Lesefeil(tabell.fil, [Cellefeil(2, tabell.kolonner[0], "", f"filen har ingen rader{hva}")])


def _ubrutt(
    tabell: Tabell,
    kolonne: str,
    lest: Sequence[tuple[int, int | None, str]],
    som_tekst: Callable[[int], str],
) -> list[int]:
    """The numbers, each one more than the one before. Raises every fault of the table at once."""
    sett: dict[int, int] = {}
    forrige: int | None = None
    for linje, nummer, tekst in lest:
        if nummer is None:
            continue
        if nummer in sett:
            tabell.feil.append(Cellefeil(linje, kolonne, tekst, f"står også i rad {sett[nummer]}"))
        elif forrige is not None and nummer < forrige:
            melding = f"kommer etter {som_tekst(forrige)}; sorter radene etter {kolonne}"
            tabell.feil.append(Cellefeil(linje, kolonne, tekst, melding))
        elif forrige is not None and nummer > forrige + 1:
            borte = som_tekst(forrige + 1)
            til = f" til {som_tekst(nummer - 1)}" if nummer > forrige + 2 else ""
            tabell.feil.append(Cellefeil(linje, kolonne, tekst, f"{borte}{til} mangler foran denne raden"))
        sett.setdefault(nummer, linje)
        forrige = nummer if forrige is None else max(forrige, nummer)
    tabell.slutt()
    return [nummer for _, nummer, _ in lest if nummer is not None]

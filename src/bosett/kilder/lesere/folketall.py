"""Population per municipality: a CSV with a row per municipality and year, or SSB table 07459 as JSON-stat."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from bosett.kilder.feil import Cellefeil, Lesefeil
from bosett.kilder.lesere import celler
from bosett.kilder.lesere.jsonstat import Kube
from bosett.kilder.lesere.tabell import les_tabell
from bosett.kilder.tall import Kvalitet, Observasjon, Opphav, Tall, Tilstand

ENHET = "personer"
_TOTAL = ("i_alt", "folketall", "innbyggere", "folkemengde")
_ALDER = {
    f"{fra}_{til}": f"folketall_{fra}_{til}" for fra, til in ((0, 5), (6, 15), (16, 18), (19, 54), (55, 66))
}
_ALDER["67_pluss"] = "folketall_67_pluss"


@dataclass(frozen=True, slots=True)
class Folketall:
    fil: str
    sha256: str
    rader: int
    observasjoner: tuple[Observasjon, ...]
    advarsler: tuple[str, ...] = ()


def les_folketall(fil: Path | bytes, opphav: Opphav, navn: str = "") -> Folketall:
    """Read kommunenummer, aar, a total (`i_alt`, `folketall`, …) and, when there, age groups and `estimert`.

    The figures are of 1 January of the year; a row marked `estimert` is an estimate. Ages that do not add up to the total
    are a warning, not a fault. Raises Lesefeil with row and column.
    """
    tabell = les_tabell(fil, navn)
    total = next((k for k in _TOTAL if k in tabell.kolonner), _TOTAL[0])
    tabell.krev(("kommunenummer", "aar", total))
    aldre = {k: v for k, v in _ALDER.items() if k in tabell.kolonner}
    sett: dict[tuple[str, int], int] = {}
    ut: list[Observasjon] = []
    advarsler: list[str] = []
    for linje, rad in tabell.ordboker():
        nummer = tabell.les(linje, "kommunenummer", rad["kommunenummer"], celler.kommunenummer)
        aar = tabell.les(linje, "aar", rad["aar"], celler.aarstall)
        anslag = bool(rad.get("estimert")) and tabell.les(linje, "estimert", rad["estimert"], celler.ja_nei)
        verdier = {
            storrelse: tabell.les(linje, kolonne, rad[kolonne], celler.antall)
            for kolonne, storrelse in ({total: "folketall"} | aldre).items()
        }
        if nummer is None or aar is None or None in verdier.values():
            continue
        forste = sett.setdefault((nummer, aar), linje)
        if forste != linje:
            tabell.feil.append(
                Cellefeil(linje, "kommunenummer", f"{nummer} {aar}", f"står også på rad {forste}")
            )
            continue
        i_alder = [v for s, v in verdier.items() if s != "folketall" and v is not None]
        if len(i_alder) == len(_ALDER) and sum(i_alder) != verdier["folketall"]:
            advarsler.append(
                f"rad {linje}: aldersgruppene summerer til {sum(i_alder)}, ikke {verdier['folketall']}"
            )
        kvalitet = Kvalitet.ANSLAG if anslag else opphav.kvalitet
        ut += [
            Observasjon(
                linje,
                aar,
                nummer,
                "",
                storrelse,
                Tall(
                    verdi, Tilstand.TALL, ENHET, date(aar, 1, 1), opphav.kilde, opphav.lisens, kvalitet,
                    publisert=opphav.publisert, trykt=str(verdi),
                ),
            )
            for storrelse, verdi in verdier.items()
        ]  # fmt: skip
    tabell.slutt("Folketall: kommunenummer, aar, i_alt")
    return Folketall(tabell.fil, tabell.sha256, len(tabell.rader), tuple(ut), tuple(advarsler))


def folketall_fra_kube(kube: Kube, opphav: Opphav, sha256: str, navn: str = "SSB 07459") -> Folketall:
    """Total population from a cube with Region and Tid; other dimensions (sex, age) are summed over.

    SSB prints 0 for a municipality that does not exist that year: such cells are left out. A cell without a number makes
    the sum unknown. Raises Lesefeil when Region or Tid is missing.
    """
    mangler = [d for d in ("Region", "Tid") if d not in kube.dimensjoner]
    if mangler:
        raise Lesefeil(navn, [Cellefeil(1, d, "", "dimensjonen mangler i svaret") for d in mangler])
    summer: dict[tuple[str, int], Decimal | None] = {}
    tilstander: dict[tuple[str, int], Tilstand] = {}
    for celle in kube.celler:
        region = celle.koder["Region"].removeprefix("K-").removeprefix("K_")
        if not (region.isdigit() and len(region) == 4):
            continue  # the country and the counties
        nokkel = (region, celler.aarstall(celle.koder["Tid"]))
        hittil = summer.get(nokkel, Decimal(0))
        summer[nokkel] = None if hittil is None or celle.verdi is None else hittil + Decimal(celle.verdi)
        if celle.verdi is None:
            tilstander[nokkel] = celle.tilstand
    ut = []
    for nr, ((region, aar), sum_) in enumerate(summer.items(), 1):
        if sum_ == 0:
            continue
        tilstand = Tilstand.TALL if sum_ is not None else tilstander[region, aar]
        verdi = None if sum_ is None else int(sum_)
        tall = Tall(
            verdi, tilstand, ENHET, date(aar, 1, 1), opphav.kilde, opphav.lisens, opphav.kvalitet,
            publisert=opphav.publisert, trykt="" if verdi is None else str(verdi),
        )  # fmt: skip
        ut.append(Observasjon(nr, aar, region, "", "folketall", tall))
    return Folketall(navn, sha256, len(kube.celler), tuple(ut))

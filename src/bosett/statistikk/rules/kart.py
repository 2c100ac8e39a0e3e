"""The tile map: one tile per county, in the divisions Norway has had since 1995. Columns and rows from 1, west to east, north first.

The places keep neighbours beside each other; they are no measure of area.
"""

_NAA = {
    "55": (4, 1), "56": (5, 1), "18": (3, 2), "15": (2, 3), "50": (3, 3), "46": (2, 4), "34": (3, 4),
    "11": (1, 5), "33": (2, 5), "32": (3, 5), "03": (4, 5), "42": (1, 6), "40": (2, 6), "39": (3, 6), "31": (4, 6),
}  # fmt: skip
_2020 = {
    "54": (4, 1), "18": (3, 2), "15": (2, 3), "50": (3, 3), "46": (2, 4), "34": (3, 4),
    "11": (1, 5), "38": (2, 5), "30": (3, 5), "03": (4, 5), "42": (1, 6),
}  # fmt: skip
_1995 = {
    "19": (4, 1), "20": (5, 1), "18": (3, 2), "15": (2, 3), "16": (3, 3), "17": (4, 3), "14": (1, 4), "05": (2, 4), "04": (3, 4),
    "12": (1, 5), "06": (2, 5), "02": (3, 5), "03": (4, 5), "11": (1, 6), "08": (2, 6), "07": (3, 6), "01": (4, 6),
    "10": (1, 7), "09": (2, 7),
}  # fmt: skip
_2018 = {nummer: plass for nummer, plass in _1995.items() if nummer not in ("16", "17")} | {"50": (3, 3)}


def plasser(aar: int) -> dict[str, tuple[int, int]]:
    """County number → (column, row) in the division of the year."""
    if aar >= 2024:
        return _NAA
    if aar >= 2020:
        return _2020
    return _2018 if aar >= 2018 else _1995


def trinn(andel: float | None) -> str:
    """The step of a share of what was asked: one hue by lightness, with the words always beside it."""
    if andel is None:
        return "ukjent"
    for grense, navn in ((0.95, "hoy"), (0.80, "midt"), (0.70, "lav")):
        if andel >= grense:
            return navn
    return "under"

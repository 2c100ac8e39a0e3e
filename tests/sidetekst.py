"""A page as a reader meets it: its text, and its tables as rows of cells."""

import html
import re

_TAGG = re.compile(r"<[^>]+>")


def tekst(kilde: str) -> str:
    """The visible text of a piece of HTML, with ordinary spaces."""
    ren = html.unescape(_TAGG.sub(" ", kilde)).replace("\u202f", " ").replace("\u00a0", " ")
    return " ".join(ren.split())


def tabell(side: str, caption: str) -> dict[str, list[str]]:
    """The table with this caption: first cell → the other cells. KeyError-like failure when it is not there."""
    for treff in re.findall(r"<table.*?</table>", side, re.DOTALL):
        navn = re.search(r"<caption[^>]*>(.*?)</caption>", treff, re.DOTALL)
        if navn and tekst(navn[1]) == caption:
            rader = [
                [tekst(celle) for celle in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", rad, re.DOTALL)]
                for rad in re.findall(r"<tr[^>]*>(.*?)</tr>", treff, re.DOTALL)
            ]
            return {rad[0]: rad[1:] for rad in rader}
    raise AssertionError(f"ingen tabell heter «{caption}»")


def tall(celle: str) -> float:
    """«5 025», «+3,2», «−0,5 %», «65 %»."""
    return float(re.sub(r"[^\d,.−-]", "", celle).replace("−", "-").replace(",", "."))

"""A text made even, with the way back: lower case, plain spaces, one kind of dash, words at a line's end joined.

The patterns read `jevn`; `plass[i]` is where character i came from, so that a finding can point into the text as written.
A line that is only wrapped is one line; a blank line, a list item or a sentence's end is kept as a line break.
"""

import re
import unicodedata
from dataclasses import dataclass

_BORTE = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"}
_BYTT = {
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2013": "–", "\u2014": "–", "\u2015": "–", "\u2212": "–",
    "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "’": "'", "‘": "'", "´": "'",
    "•": "•", "·": "•", "▪": "•", "●": "•", "○": "•", "◦": "•", "‣": "•", "\uf0b7": "•",
}  # fmt: skip
# A new line that begins like this is a new item.
_PUNKT = re.compile(r"(?:[-–•*](?!\d)|\(?\d{1,2}[.)](?!\d)|\(?[a-zæøå][.)]) ?(?=\S)")


@dataclass(frozen=True, slots=True)
class Jevn:
    """`jevn` is the even text, `plass` the index in the original of each of its characters, with the end as the last."""

    original: str
    jevn: str
    plass: tuple[int, ...]

    def utsnitt(self, fra: int, til: int) -> tuple[str, int, int]:
        """The words in the original between two places in the even text, without spaces around."""
        while fra < til and self.jevn[fra].isspace():
            fra += 1
        while til > fra and self.jevn[til - 1].isspace():
            til -= 1
        start, slutt = self.plass[fra], self.plass[til - 1] + 1 if til > fra else self.plass[fra]
        # A letter with a loose accent behind it is one sign to the reader.
        while slutt < len(self.original) and unicodedata.combining(self.original[slutt]):
            slutt += 1
        return self.original[start:slutt], start, slutt


def jevn(tekst: str) -> Jevn:
    """Make a text even. Nothing is lost: `original` is as it was handed in."""
    tegn = _tegn(tekst)
    linjer = _linjer(tegn)
    ut: list[str] = []
    plass: list[int] = []
    for linje in linjer:
        if ut:
            ut.append("\n")
            plass.append(linje[0][1])
        for c, i in linje:
            ut.append(c)
            plass.append(i)
    plass.append(len(tekst))
    return Jevn(tekst, "".join(ut), tuple(plass))


def _tegn(tekst: str) -> list[tuple[str, int]]:
    """Each sign as the patterns read it, with its place."""
    ut: list[tuple[str, int]] = []
    i = 0
    while i < len(tekst):
        j = i + 1
        while j < len(tekst) and unicodedata.combining(tekst[j]):
            j += 1
        klynge = tekst[i:j]
        if klynge in _BYTT:
            ut.append((_BYTT[klynge], i))
        elif klynge not in _BORTE:
            if klynge in "\n\v\f\u0085\u2028\u2029":
                ut.append(("\n", i))
            elif klynge == "\r":
                if tekst[j : j + 1] != "\n":
                    ut.append(("\n", i))
            elif klynge.isspace():
                ut.append((" ", i))
            else:
                flat = klynge if klynge.isascii() else unicodedata.normalize("NFKC", klynge)
                ut.extend((_BYTT.get(c, c), i) for c in flat.lower())
        i = j
    return ut


def _linjer(tegn: list[tuple[str, int]]) -> list[list[tuple[str, int]]]:
    """Lines with single spaces. Wrapped lines are put together, and a word parted at the line's end too."""
    raa: list[list[tuple[str, int]]] = [[]]
    for c, i in tegn:
        if c == "\n":
            raa.append([])
        elif c != " " or (raa[-1] and raa[-1][-1][0] != " "):
            raa[-1].append((c, i))
    ut: list[list[tuple[str, int]]] = []
    blank = True
    for linje in raa:
        while linje and linje[-1][0] == " ":
            linje.pop()
        if not linje:
            blank = True
            continue
        tekst = "".join(c for c, _ in linje)
        if blank or not ut or _ny_linje("".join(c for c, _ in ut[-1]), tekst):
            ut.append(linje)
        elif ut[-1][-1][0] == "-" and len(ut[-1]) > 1 and ut[-1][-2][0].isalpha() and _fortsetter(tekst):
            ut[-1] = [*ut[-1][:-1], *linje]
        else:
            ut[-1] = [*ut[-1], (" ", linje[0][1]), *linje]
        blank = False
    return ut


def _ny_linje(forrige: str, tekst: str) -> bool:
    if _PUNKT.match(tekst):
        return not (tekst[0] in "-–" and forrige[-1].isdigit())
    if forrige[-1] == ".":
        return _FORKORTET.search(forrige) is None
    return forrige[-1] in ":;!?»" or any(_OVERSKRIFT.fullmatch(ett.strip(" :")) for ett in (forrige, tekst))


def _fortsetter(tekst: str) -> bool:
    """«barnehage-» + «og skole» are two words; «flykt-» + «ninger» one."""
    return tekst[0].isalpha() and not re.match(r"(og|eller|samt|til)\b", tekst)


# A full stop that doesn't end a sentence. A number with a full stop is one when a month follows; see deling.py.
FORKORTELSER = (
    "ca|jf|jfr|bl\\.a|evt|ev|event|inkl|ekskl|eks|f\\.eks|maks|max|min|kl|nr|pkt|kap|mill|mrd|pr|tlf|dvs|mv|m\\.v|m\\.m|o\\.l|etc|"
    "iht|ifm|ift|ihht|vedr|hhv|saksnr|arkivsaksnr|kr|st|mfl|m\\.fl|s\\.k|såk|ang|repr|vs|ref|forts|resp|tilsv|omtr|sirk|"
    "t\\.o\\.m|f\\.o\\.m|fom|tom|p\\.t|o\\.a|osb|a|b|c|d|e|f|g|h|k|l|m|n|o|p|r|s|t"
)
_FORKORTET = re.compile(rf"(?<![\w.])(?:{FORKORTELSER})\.$")
# Headings that stand alone on a line without a colon.
_OVERSKRIFT = re.compile(
    r"(\w+ )?(vedtak|votering|behandling|handsaming|innstilling|tilråding|saksopplysninger|saksutredning|"
    r"saksutgreiing|bakgrunn|vurdering|røysting|avrøysting|avstemning|saksframlegg|protokoll)"
)

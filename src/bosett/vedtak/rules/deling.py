"""A text cut into sentences and clauses. A clause is the stretch one role holds for («…, og ber kommunedirektøren …»)."""

import re
from dataclasses import dataclass

from bosett.vedtak.rules.tekst import FORKORTELSER

LENGST = 1_500

_FORKORTET = re.compile(rf"(?<![\w.])(?:{FORKORTELSER})\.$")
_ORDENSTALL_FORAN = re.compile(r"(?<![\wɴᴢ])(?:\d{1,2}|ᴢ{1,2}|ɴ{1,2})\.$")
_ETTER_ORDENSTALL = re.compile(
    r" (?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|kvartal|tertial|halvår|halvdel|klasse|trinn|"
    r"plass|juni|ledd|punktum|gang|gong|linje|etasje|behandling|handsaming)"
)
# A new clause begins where a new thing is said, not at every «og»: only before a verb or a subject that can bear a role.
_NYTT = (
    "kan|vil|ber|bed|gir|gjev|gir|har|skal|tar|tek|bosetter|buset|viser|syner|takker|takkar|legger|legg|ønsker|ønskjer|ynskjer|er|må|"
    "bør|blir|vert|får|forutsetter|føreset|understreker|understrekar|kommunen|kommunestyret|kommunedirektøren|rådmannen|administrasjonen|"
    "det|dette|imdi|vi|bystyret|formannskapet|(?:familiegjenfor\\w+|familiesamein\\w+|familieinnvandr\\w+) (?:kommer|kjem|er ikke|er ikkje|inngår|regnes|reknast|skal|vil|bosettes|teller|tel|telles|vert|blir|tas|holdes|omfattes|kan|må)|saken|saka|budsjett\\w+|"
    "utgift\\w+|kostnad\\w+|tjenest\\w+|tenest\\w+|eventuelle?|ev\\.|resten|ingen|ᴇ+|kun|bare|berre|prioriterer|vedtar|vedtek"
)
_KLAUSULSKILLE = re.compile(
    rf"; |, så (?!lenge|snart|framt|fremt|sant|langt|vidt)|, (?:men|mens|medan) |(?<!,) men (?!også|òg)|,? og (?=(?:{_NYTT})\b)| – (?=[a-zæøåᴇ])|, (?=(?:kommunen|kommunestyret|imdi|familiegjenfor\w+|familiesamein\w+|familieinnvandr\w+) )"
)
_BETINGET_START = re.compile(
    r"(?:[-–•*(]? ?)?(?:\S+ ){0,2}?(?:dersom|hvis|viss|såfremt|såframt|om|når|så|ved|i den grad|gitt|forutsatt|føresett)\b"
)
_HOVEDVERB = re.compile(
    r", (?:så )?(?:kan|vil|skal|må|blir|vert|er|har|ber|bes|tar|tek|bosetter|buset|bør|får|faller|fell|gjelder|gjeld|reduseres|stanses|opphører|kommer|kjem|økes|aukar|legges|legg|vurderes|trekkes|stopper|justeres|bosettes|"
    r"styrkes|\w+es|\w+ast) "
)


@dataclass(frozen=True, slots=True)
class Setning:
    """A sentence by its places in the even text."""

    fra: int
    til: int


@dataclass(frozen=True, slots=True)
class Klausul:
    """A part of a sentence. `setning` is the number of the sentence it stands in; `men`: it began with «but»."""

    fra: int
    til: int
    setning: int
    men: bool = False


def setninger(tekst: str) -> list[Setning]:
    """Cut at line breaks and at full stops that end something."""
    ut: list[Setning] = []
    for linje in re.finditer(r"[^\n]+", tekst):
        start = linje.start()
        for stopp in re.finditer(r"[.!?]+[»\")\]]*(?= |$)", linje[0]):
            slutt = linje.start() + stopp.end()
            foran, etter = tekst[start:slutt], tekst[slutt : slutt + 20]
            if stopp[0] == "." and _star_igjen(foran, etter):
                continue
            if tekst[start:slutt].strip():
                ut.append(Setning(start, slutt))
            start = slutt + 1
        if tekst[start : linje.end()].strip():
            ut.append(Setning(start, linje.end()))
    return [del_ for setning in ut for del_ in _hoeyst(tekst, setning)]


def _hoeyst(tekst: str, setning: Setning) -> list[Setning]:
    """A «sentence» without full stops is cut at a space, so that the work grows with the length of the text and no faster."""
    ut: list[Setning] = []
    fra = setning.fra
    while setning.til - fra > LENGST:
        mellomrom = tekst.rfind(" ", fra + 1, fra + LENGST)
        til = mellomrom if mellomrom > 0 else fra + LENGST
        ut.append(Setning(fra, til))
        fra = til
    return [*ut, Setning(fra, setning.til)]


def _star_igjen(foran: str, etter: str) -> bool:
    """Whether this full stop is inside a sentence: an abbreviation, an ordinal, or the number of an item."""
    if _FORKORTET.search(foran):
        return True
    if _ORDENSTALL_FORAN.search(foran):
        return foran.lstrip(" -–•*(").rstrip(".").strip("ᴢɴ0123456789") == "" or bool(
            _ETTER_ORDENSTALL.match(etter)
        )
    return False


def klausuler(tekst: str, delt: list[Setning]) -> list[Klausul]:
    """Cut each sentence where somebody else acts or something else is said."""
    ut: list[Klausul] = []
    for nr, setning in enumerate(delt):
        innhold = tekst[setning.fra : setning.til]
        start, men = 0, False
        # In «Dersom …, og …, kan kommunen …» nothing is cut before the main verb: the condition belongs to it.
        fri = 0
        if _BETINGET_START.match(innhold):
            hoved = _HOVEDVERB.search(innhold)
            fri = hoved.end() if hoved else len(innhold)
        for skille in _KLAUSULSKILLE.finditer(innhold):
            if skille.start() < fri or not innhold[start : skille.start()].strip():
                continue
            if _inne_i_parentes(innhold, skille.start()):
                continue
            ut.append(Klausul(setning.fra + start, setning.fra + skille.start(), nr, men))
            start, men = skille.end(), "men" in skille[0]
        if innhold[start:].strip():
            ut.append(Klausul(setning.fra + start, setning.til, nr, men))
    return ut


def _inne_i_parentes(innhold: str, sted: int) -> bool:
    return innhold.count("(", 0, sted) > innhold.count(")", 0, sted)

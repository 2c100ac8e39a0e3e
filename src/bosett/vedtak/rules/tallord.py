"""Numbers in a text: which are counts of something, and which are dates, money, votes, ages, paragraphs and the like.

`maskert` keeps every place: a stretch that is understood is filled with one letter (see `leksikon.TEGN`), so that the
patterns can say `<N>` for a count and never take «mot 3 stemmer» for refugees.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import product

from bosett.vedtak.rules.leksikon import TEGN, klasse

_ENERE = {
    "null": 0, "én": 1, "éin": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8,
    "ni": 9, "ti": 10, "elleve": 11, "tolv": 12, "tretten": 13, "fjorten": 14, "femten": 15, "seksten": 16,
    "sytten": 17, "atten": 18, "nitten": 19,
}  # fmt: skip
_TIERE = {
    "tjue": 20, "tyve": 20, "tretti": 30, "tredve": 30, "førti": 40, "førr": 40, "femti": 50, "seksti": 60, "sytti": 70,
    "åtti": 80, "nitti": 90,
}  # fmt: skip
_MND = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|des"
_TALL = r"\d{1,3}(?:[ .]\d{3})+(?!\d)|\d+"


@cache
def tallord() -> dict[str, int]:
    """Number words 0–999 in both forms: «tjuefem», «fem og tjue», «femogtyve», «hundre og tjue»."""
    ut = _ENERE | _TIERE
    ener = {o: n for o, n in _ENERE.items() if 0 < n < 10} | {"en": 1, "ein": 1}
    for (t, tn), (e, en) in product(_TIERE.items(), ener.items()):
        ut |= {f"{t}{e}": tn + en, f"{e}og{t}": tn + en, f"{t} {e}": tn + en, f"{e} og {t}": tn + en}
    under_hundre = dict(ut)
    ut["hundre"] = 100
    for o, n in under_hundre.items():
        if n:
            ut |= {
                f"hundre og {o}": 100 + n,
                f"hundreog{o}": 100 + n,
                f"etthundreog{o}": 100 + n,
                f"ett hundre og {o}": 100 + n,
            }
    for o, n in ener.items():
        if n > 1:
            ut |= {f"{o}hundre": n * 100, f"{o} hundre": n * 100}
    return ut | {
        f"{e} {o}": n for e in ("et", "eit", "ett") for o, n in (("dusin", 12), ("snes", 20), ("tjug", 20))
    }


@cache
def _tallordmonster() -> re.Pattern[str]:
    ord_ = sorted(tallord(), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ord_)) + r")(?!\w)")


# In this order: what an earlier one has taken, a later one doesn't see.
_MASKER: tuple[tuple[str, str], ...] = (
    ("DATO", rf"(?<![\w.])\d{{1,2}}\. ?(?:{_MND})\b\.?(?: ?(?:19|20)\d\d)?"),
    ("DATO", r"(?<![\w.])\d{1,2}\. ?\d{1,2}\.(?: ?(?:19|20)\d\d|\d\d(?!\d))?(?!\d)"),
    ("DATO", r"(?<!\w)(?:19|20)\d\d-\d\d-\d\d(?!\w)"),
    ("DATO", rf"(?<!\w)\d{{1,2}} (?:{_MND})(?!\w)"),
    ("ANNET", r"(?<!\w)kl(?:okka|okken)?\.? ?\d{1,2}(?:[.:]\d\d)?(?!\w)"),
    ("ANNET", r"§+ ?\d+(?:[-–]\d+)?(?: ?(?:og|til|,|–|-) ?\d+(?:[-–]\d+)?)*(?: [a-z](?!\w))?"),
    (
        "ANNET",
        r"(?<!\w)(?:kap(?:ittel)?|pkt|punkt(?:et)?|nr|nummer|post|artikkel|trinn|fase|vedlegg|side|s|sak|saksnr|saksnummer|"
        r"arkivsak|arkivsaksnr|ps|ks|fs|ks-sak|k-sak|jnr|ref|del|ledd|kode|tlf|telefon|boks)(?:ene|a|en)?[.:]? ?(?:nr\.? ?)?"
        r"[a-z]{0,3}-?\d+(?:[/-]\d+)*(?!\w)(?! (?:flyktning|person))",
    ),
    ("ANNET", r"(?<![\w/])\d{1,4}/\d{2,4}(?:[-/]\d+)?(?!\w)(?! ?(?:nye )?(?:flyktning|person|plass))"),
    ("ANNET", r"(?<!\w)(?:nok|kr\.?|kroner) ?\d[\d .,]*(?:mill\w*|mrd\w*|tusen)?,?-?"),
    ("ANNET", r"(?<!\w)\d[\d .,]* ?(?:-|–|og|til)? ?\d*(?:kr|kroner|nok|mill\w*\.?(?: kroner| kr)?|mrd\w*\.?(?: kroner| kr)?|mnok|tkr)(?!\w)"),
    ("ANNET", r"(?<!\w)\d+(?:[.,]\d+)?(?: ?[-–] ?\d+)? ?(?:%|prosent|pst|promille)"),
    ("ALDER", r"(?<!\w)(?:over|under|fylt|fylte|eldre enn|yngre enn|fyller|i alderen|opp til|alder(?:en)?|frå|fra|mellom)"
              r" (?:fylte )?\d{1,2}(?: ?(?:-|–|og|til) ?\d{1,2})?[ -]år(?!\w)(?: siden| sidan)?"),
    ("ALDER", r"(?<!\w)\d{1,2} ?(?:-|–|og|til) ?\d{1,2} år(?!\w)"),
    ("ALDER", r"(?<!\w)\d{1,2}[-–]?åringa?e?r?(?:ne|ane)?(?!\w)"),
    ("ALDER", r"(?<!\w)\d{1,2} år (?:og|eller) (?:eldre|yngre|mer|over)(?!\w)"),
    ("ANNET", r"(?<!\w)\d+(?:[.,]\d+)?(?: ?[-–] ?\d+)?[ -]?(?:år|årig\w*|måned\w*|månad\w*|mnd|uke\w*|veke\w*|dag\w*|døgn|time\w*|timar|minutt\w*|gang|ganger|gong|gonger|års)(?!\w)"),
    ("ANNET", r"(?<!\w)(?:med |mot |ved )?\d+ (?:(?:mot|imot|for|og|til) (?!(?:19|20)\d\d)\d+(?! (?:flyktning|person|plass|ᴇ))(?: (?:stemm|røyst|avgitte|avgjevne)\w*)?|(?:stemm|røyst|avgitte|avgjevne)\w*(?: (?:mot|for) \d+)?)(?!\w)"),
    ("ANNET", r"(?<!\w)(?:falle?t?|vedtatt|vedteken?|røystetal\w*|stemmetall\w*|votering\w*|røysting\w*|nedstemt|vant|vann)(?: med| mot)?[,:]? \(?\d+ ?[-–] ?\d+(?!\w)(?! (?:flyktning|person|plass))"),
    ("ANNET", r"\(\d+ ?[-–/] ?\d+\)|\(\d+ (?:for|mot|av \d+)[^)]*\)"),
    ("ANNET", r"(?<!\w)(?:mot|imot|for) \d+(?= ?\()"),
    ("AAR", r"(?<![\w.,])(?:19|20)\d\d(?: ?[-–/] ?(?:(?:19|20)\d\d|\d\d))?(?![\w])(?! (?:nye )?(?:flyktning|person)\w*)(?![.,]\d)"),
)  # fmt: skip
_ORDMASKER = (
    ("ANNET", r"(?<!\w)(?:en|ein|ei|ett|eitt|én|éin|<t>) (?:år|månad\w*|måned\w*|veke\w*|uke\w*|dag\w*|gong\w*|gang|ganger|time\w*|timar|døgn|stemm\w*|røyst\w*)(?!\w)"),
    ("ANNET", r"(?<!\w)(?:mot|med) (?:en|ein|ei|<t>) (?:stemm\w*|røyst\w*)(?!\w)"),
)  # fmt: skip
_ETTER_PUNKT = re.compile(r"(?:^|(?<=\n))(?:[-–•*] ?)?\(?(\d{1,2})[.)](?= )")


@dataclass(frozen=True, slots=True)
class Tall:
    """A count in the text: where it stands in the even text, and its value. A half person is a value too, and refused."""

    fra: int
    til: int
    verdi: int | None


@dataclass(frozen=True, slots=True)
class Maskert:
    """The even text with its numbers understood. `aar` are the years with their places."""

    tekst: str
    tall: tuple[Tall, ...]
    aar: tuple[Tall, ...]


def maskert(jevn: str) -> Maskert:
    """Mask what isn't a count of persons, and find the counts and the years."""
    ut = list(jevn)
    aar: list[Tall] = []

    def fyll(slag: str, fra: int, til: int) -> None:
        while til > fra and jevn[til - 1] == " ":
            til -= 1
        ut[fra:til] = TEGN[slag] * (til - fra)

    for treff in klasse("em_ord").finditer(jevn):
        fyll("EM", treff.start(), treff.end())
    for treff in _ETTER_PUNKT.finditer("".join(ut)):
        fyll("ANNET", treff.start(1), treff.end(1))
    for treff in _inne_i_linjen("".join(ut)):
        fyll("ANNET", treff.start(1), treff.end(1))
    for slag, uttrykk in _kompilert():
        for treff in uttrykk.finditer("".join(ut)):
            if treff[0].strip():
                if slag == "AAR":
                    aar += [
                        Tall(treff.start(), treff.end(), int(ett))
                        for ett in re.findall(r"(?:19|20)\d\d", treff[0])
                    ]
                elif slag == "DATO" and re.search(r"(?:19|20)\d\d", treff[0]):
                    aar.append(Tall(treff.start(), treff.end(), None))
                fyll(slag, treff.start(), treff.end())
    tall: list[Tall] = []
    for treff in re.finditer(rf"(?<![\w]){_TALL}(?:[.,]\d+)?(?![\w])", "".join(ut)):
        siffer = treff[0]
        hel = re.fullmatch(_TALL, siffer)
        tall.append(Tall(treff.start(), treff.end(), int(re.sub(r"\D", "", siffer)) if hel else None))
    for treff in _tallordmonster().finditer("".join(ut)):
        tall.append(Tall(treff.start(), treff.end(), tallord()[treff[0]]))
    tall = _gjentatt(jevn, sorted(tall, key=lambda t: t.fra))
    for antall in tall:
        fyll("N", antall.fra, antall.til)
    return Maskert("".join(ut), tuple(tall), tuple(aar))


def _gjentatt(jevn: str, tall: list[Tall]) -> list[Tall]:
    """«15 (femten)» is one number said twice."""
    ut: list[Tall] = []
    for ett in tall:
        forrige = ut[-1] if ut else None
        if forrige and forrige.verdi == ett.verdi:
            bro = re.fullmatch(r" ?(\(|[-–/]) ?(?:skriver |skriv )?", jevn[forrige.til : ett.fra])
            slutt = re.match(r" ?[)–-]" if bro and bro[1] != "/" else r"", jevn[ett.til :])
            if bro and slutt:
                ut[-1] = Tall(forrige.fra, ett.til + slutt.end(), ett.verdi)
                continue
        ut.append(ett)
    return ut


def _inne_i_linjen(tekst: str) -> list[re.Match[str]]:
    """The item numbers of a list written in one line: «Vedtak: 1. … 2. …». Only a run from 1."""
    treff = list(re.finditer(r"(?:(?<=[:.;»] )|(?<=^))\(?(\d)[.)](?= \S)", tekst))
    rekke: list[re.Match[str]] = []
    for ett in treff:
        if int(ett[1]) == len(rekke) + 1:
            rekke.append(ett)
    return rekke if len(rekke) > 1 else []


@cache
def _kompilert() -> tuple[tuple[str, re.Pattern[str]], ...]:
    ord_ = "|".join(sorted(map(re.escape, tallord()), key=len, reverse=True))
    med_ord = tuple((slag, re.compile(uttrykk.replace("<t>", f"(?:{ord_})"))) for slag, uttrykk in _ORDMASKER)
    return (*((slag, re.compile(uttrykk)) for slag, uttrykk in _MASKER), *med_ord)

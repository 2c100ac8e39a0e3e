"""How many: the numbers the text decides, and the words that make them loose («inntil», «om lag», «10–15», «10 eller 15»)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bosett.vedtak.rules.leksikon import klasse, liste, uttrykk
from bosett.vedtak.rules.roller import Bit
from bosett.vedtak.rules.tallord import Maskert, Tall

# What may stand right behind a number that counts refugees without saying so.
_BART = re.compile(
    r"(?:[\s»\"]*$|[\s»\"]*[.,;:()!?–]|\s?-\s|(?: (?:i|for|til|frå|fra|på|per|pr|av|hvorav|herav|derav|inkl|inkludert|og|men|under|med|dersom|hvis|viss|"
    r"forutsatt|føresett|det|utover|totalt|samlet|innen|innan|eller|uten|utan|som|når|om|så|såfremt|såframt|herunder|kvarav|fordelt|eksklusiv|ekskl|"
    r"i tillegg|skal|kan|vert|blir|bosettes|som et|som eit|gitt|helst|fortrinnsvis|primært|kun|bare|berre|utenom|utanom|pluss|ikke|ikkje|"
    r"ʏ+|ᴅ+|er|hvert|kvart|årlig|årleg|stykker|stykk|stk|begge|neste|inneværende|inneverande|dette|maks|maksimalt|oppad|cirka|totalt))(?!\w))"
)
# «Øker tallet fra 15 til 35» is one number, the last; «kan økes fra 15 til 35» is not.
_ENDRET = re.compile(
    r"(?<!\w)(?<!kan )(?<!kunne )(?:øke[rs]?|økt|auk(?:ar|a|e|ast)|hev(?:es|er|ar|a|et)|reduser(?:er|es|t|ast|a)|opp|ned|endr(?:er|ar|es|ast|et|a)|"
    r"juster(?:er|es|t|ast)|senk(?:er|ar|es)|auke|auking|økning|reduksjon|endring)(?!\w)[^.;:]{0,80}(?<!\w)(?:fra|frå) (?:\w+ )?$"
)
_FOER_TALLET = re.compile(r"(?<!\w)(?:de|dei|av de|av dei|resten|disse|desse)\s$")


@dataclass(frozen=True, slots=True)
class Bestemt:
    """A number the text decides: how many refugees, or of them unaccompanied minors (`em`)."""

    tall: Tall
    bit: Bit
    em: bool


def teller_flyktninger(bit: Bit, tall: Tall) -> bool:
    """Whether this number in the clause counts refugees: the noun says so, or the verb when no noun follows."""
    etter = bit.tekst[tall.til - bit.fra :]
    if uttrykk(
        r"[»\")]? ?(?:<nye> )?(?:<hvem_a>(?: (?:og|eller) <hvem_a>)? )?<flyktning>(?!\w)| <hvem_n>(?!\w)"
    ).match(etter):
        return True
    return _BART.match(etter) is not None and bit.beslutning


def bestemte(biter: Sequence[Bit], mask: Maskert) -> list[Bestemt]:
    """The numbers of the decision, in order. Ranges give both ends."""
    ut: list[Bestemt] = []
    for bit in biter:
        if bit.rolle not in ("vedtak", "oppdrag"):
            continue
        for tall in mask.tall:
            if not bit.fra <= tall.fra < bit.til:
                continue
            etter, foran = bit.tekst[tall.til - bit.fra :], bit.tekst[: tall.fra - bit.fra]
            if re.match(
                r" (?:(?:av dem|av desse|av disse|er|plasser til|plassar til|nye|kan være|kan vere|skal være|som er) )*ᴇ",
                etter,
            ) or re.search(
                r"ᴇ+ ?(?:\(|:|– |er |på |utgjør |settes til |= ?)?(?:av disse |i alt |til )?$", foran
            ):
                ut.append(Bestemt(tall, bit, True))
            elif _er_del(foran, etter):
                continue
            elif teller_flyktninger(bit, tall) or _del_av_par(bit, tall):
                ut.append(Bestemt(tall, bit, False))
    return ut


def _er_del(foran: str, etter: str) -> bool:
    """A part of the number, or a number on top of it, isn't the number: «av disse 5», «10 flere»."""
    return bool(
        re.search(r"(?<!\w)(?:hvorav|herav|derav|kvarav|av disse|av desse|av dem|av dei|herunder|ytterligere|ytterlegare|ekstra|blant disse|"
                  r"auke(?:r|n)? med|økning på|økt med|auka med|auke på|fra|frå|istedenfor|i stedet for|i staden for|mot tidligere|mot tidlegare|ikke|ikkje)"
                  r" (?:de |dei |om lag |inntil |minst |maks )?$", foran)
        or re.match(r" (?:flere|fleire|ekstra|til(?! (?:sammen|saman|å|bosett|buset|i|ɴ))|ytterligere|ytterlegare|mer|meir|prosent)(?!\w)", etter)
        or re.search(r"(?<!\w)(?:anmodning\w*|oppmoding\w*|anmodet|oppmoda|bedt|bede|forespørsel\w*|førespurnad\w*) (?:\w+ ){0,5}$", foran)
    )  # fmt: skip


def _del_av_par(bit: Bit, tall: Tall) -> bool:
    etter = bit.tekst[tall.til - bit.fra :]
    return bit.beslutning and re.match(r" ?(?:[-–/]|til|eller|og) ?ɴ", etter) is not None


def loese(biter: Sequence[Bit], mask: Maskert) -> Iterator[tuple[int, int, str]]:
    """Places where the decided number isn't one whole number, with the name of the pattern."""
    for bit in biter:
        if bit.rolle == "vedtak" or (bit.rolle == "oppdrag" and _bosetter(bit)):
            for tall in mask.tall:
                if bit.fra <= tall.fra < bit.til and (funnet := _loest(bit, tall, mask)) is not None:
                    yield funnet


def _bosetter(bit: Bit) -> bool:
    return klasse("bosette").search(bit.tekst) is not None or klasse("motta").search(bit.tekst) is not None


def _loest(bit: Bit, tall: Tall, mask: Maskert) -> tuple[int, int, str] | None:
    """What makes this number loose, if anything: a part of a person, another number beside it, or a loosening word."""
    foran = bit.tekst[max(0, tall.fra - bit.fra - 200) : tall.fra - bit.fra]
    etter = bit.tekst[tall.til - bit.fra : tall.til - bit.fra + 200]
    if _bare_omtalt(foran, etter) or liste("familie", "ord").search(foran):
        return None
    regnes = teller_flyktninger(bit, tall) or re.match(r" (?:\w+ ){0,2}ᴇ", etter) is not None
    if tall.verdi is None and regnes and bit.beslutning:
        return tall.fra, tall.til, "ikke_helt_tall"
    if (par := _par(bit, tall, mask, foran, etter)) is not None:
        return par
    if not regnes or not bit.beslutning:
        return None
    if (start := _foran(foran)) is not None:
        return tall.fra - len(foran) + start, tall.til, "foran_tallet"
    hale = uttrykk(r" ?<flyktning>?(?: i (?:ʏ+|ᴅ+))?,? ?\(?").match(etter)
    lengde = hale.end() if hale else 0
    if bak := liste("mengde", "etter").match(etter[lengde:]):
        return tall.fra, tall.til + lengde + bak.end(), "etter_tallet"
    return None


def _par(bit: Bit, tall: Tall, mask: Maskert, foran: str, etter: str) -> tuple[int, int, str] | None:
    """Two numbers to choose between: «10–15», «10 eller 15», «mellom 10 og 15»."""
    bro = liste("mengde", "mellom", hele_ord=False).match(etter)
    mellom = re.search(r"(?<!\w)mellom (?:\w+ )?$", foran)
    if bro is None and mellom:
        bro = re.match(r" og ", etter)
    if bro is None:
        return None
    if bro[0] == " til " and _ENDRET.search(foran):
        return None
    neste = next((t for t in mask.tall if t.fra == tall.til + bro.end()), None)
    if neste is None or neste.verdi == tall.verdi or not (bit.beslutning or _navngitt(bit, neste)):
        return None
    if not teller_flyktninger(bit, neste) and not re.match(r" (?:\w+ )?ᴇ", bit.tekst[neste.til - bit.fra :]):
        return None
    return tall.fra - (len(foran) - mellom.start() if mellom else 0), neste.til, "to_tall"


def _navngitt(bit: Bit, tall: Tall) -> bool:
    etter = bit.tekst[tall.til - bit.fra :]
    return uttrykk(r" <flyktning>(?!\w)").match(etter) is not None


def _foran(foran: str) -> int | None:
    """Where a loosening word right before the number begins, with only filling words between."""
    rest = foran.rstrip(' («"')
    while True:
        for treff in liste("mengde", "foran").finditer(rest):
            if treff.end() == len(rest):
                return treff.start()
        siste = [m for m in liste("mengde", "fyll").finditer(rest) if m.end() == len(rest)]
        if not siste:
            return None
        rest = rest[: siste[0].start()].rstrip(' («"')


def _bare_omtalt(foran: str, etter: str) -> bool:
    """Not the number of the decision: what IMDi asked for, or places on top of it."""
    return bool(
        re.search(r"(?<!\w)(?:anmodning\w*|oppmoding\w*|anmodet|oppmoda|bedt|bede|forespørsel\w*|førespurnad\w*|forslag\w*|framlegg\w*) (?:\w+ ){0,7}$", foran)
        or re.search(r"(?<!\w)(?:ytterligere|ytterlegare|ekstra|i tillegg|utover dette) (?:\w+ ){0,3}$", foran)
        or re.search(r"(?<!\w)(?:dersom|hvis|viss|om imdi|om det)(?!\w)[^,]*$", foran)
        or re.match(r" (?:nye )?(?:flere|fleire|ekstra|ytterligere|ytterlegare|til(?! (?:sammen|saman|å|bosett|buset|i|ɴ)))(?!\w)", etter)
        or re.match(r" (?:\w+ ){0,2}(?:i tillegg|ekstra|utover dette)(?!\w)", etter)
    )  # fmt: skip


def motstrid(bestemt: Sequence[Bestemt], aar: Sequence[Tall]) -> tuple[Bestemt, Bestemt] | None:
    """Two sentences that decide different numbers for the same year."""
    verb = klasse("beslutning_ord")
    sett: dict[int | None, Bestemt] = {}
    for ett in bestemt:
        if ett.em or ett.tall.verdi is None or not verb.search(ett.bit.tekst):
            continue
        her = [a.verdi for a in aar if ett.bit.fra <= a.fra < ett.bit.til and a.verdi]
        alle = [b for b in bestemt if b.bit is ett.bit and not b.em]
        if len(alle) > 1:
            continue
        nokkel = her[0] if her else None
        forrige = sett.get(nokkel)
        if (
            forrige
            and forrige.tall.verdi != ett.tall.verdi
            and forrige.bit.setning != ett.bit.setning
            and _samme(ett, forrige)
        ):
            return forrige, ett
        sett.setdefault(nokkel, ett)
    return None


def _samme(a: Bestemt, b: Bestemt) -> bool:
    """Both say how many refugees the municipality settles, in the open."""
    sterk = uttrykk(r"(?<!\w)(?:<bosette>|<motta>)(?!\w)")
    del_ = re.compile(
        r"(?<!\w)(?:halvår|tertial|kvartal|våren|hausten|høsten|del|resten|disse|desse|avtale|mottak|januar|august|deretter|først|så)(?!\w)"
    )
    return all(sterk.search(e.bit.tekst) and not del_.search(e.bit.tekst) for e in (a, b))

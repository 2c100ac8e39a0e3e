"""Family-reunified persons in the number: counted in is a reservation, kept apart is what IMDi asks for.

The words that count in or keep out may be negated, and then they mean the other: «kommer ikke i tillegg» counts them in.
"""

import re
from collections.abc import Iterator, Sequence

from bosett.vedtak.rules.leksikon import liste, uttrykk
from bosett.vedtak.rules.roller import Bit
from bosett.vedtak.rules.typer import Kategori

_NEI = r"(?:ikke|ikkje|ingen|inga|verken|korkje|hverken|aldri|heller ikke|heller ikkje)"
_NEI_FORAN = re.compile(
    rf"(?<!\w)(?:{_NEI}|uten å|utan å|uten at|utan at)(?: (?:skal|vil|kan|bli|blir|vert|verte|er|være|vere|tas|å|de|dei|disse|desse|også|òg|lenger|bli|komme|kome|"
    r"tatt|teke|regnet|rekna|telt|noe|noko|noen|nokon|eventuelle|skulle|dermed|som|en|ein|del|av|bør|må|rekna|regna|med|inn|telt|talt|inkludert|familie\w+|gjenforente)){0,4} ?$"
)
_SAMMEN = r"ɴ+ (?:<nye> )?<flyktning>(?: i ʏ+)?(?:,| og| eller| med| samt|, med) (?:eventuelle |deres |også |òg |sine |evt\. )?$"
_NEI_BAK = re.compile(rf"^ (?:\w+ ){{0,1}}?{_NEI}(?!\w)")


def i_tallet(biter: Sequence[Bit]) -> Iterator[tuple[int, int, str, Kategori]]:
    """Places where family-reunified persons are counted in, limited or refused, with the pattern's name and category."""
    ord_ = liste("familie", "ord")
    for nr, bit in enumerate(biter):
        if bit.rolle in ("historie", "debatt", "falt", "anmodning"):
            continue
        nevnt = ord_.search(bit.tekst)
        if nevnt is None:
            if (
                nr
                and biter[nr - 1].rolle != "falt"
                and ord_.search(biter[nr - 1].tekst)
                and _peker_tilbake(bit)
            ):
                yield from _dom(bit, bit.tekst, (0, 0))
            continue
        yield from _dom(bit, bit.tekst, nevnt.span())


def _peker_tilbake(bit: Bit) -> bool:
    """«Disse inngår i tallet» after a sentence about them."""
    return (
        re.match(
            r"\W*(?:disse|desse|de|dei|slike|dette|denne gruppen|denne gruppa|deretter|utover dette) ",
            bit.tekst,
        )
        is not None
    )


def _dom(bit: Bit, tekst: str, nevnt: tuple[int, int]) -> Iterator[tuple[int, int, str, Kategori]]:
    med = ute = None
    for treff in liste("familie", "ut").finditer(tekst):
        if treff[0] in ("uten", "utan") and not re.match(
            r" (?:\w+ ){0,2}$", tekst[treff.end() : max(nevnt[0], treff.end())] or " "
        ):
            continue
        if treff[0] in ("ekstra", "utover", "ut over") and re.search(
            r"(?:fratrekk|fradrag|frådrag|regnes|reknast)", tekst
        ):
            continue
        if _NEI_FORAN.search(tekst[: treff.start()]) or re.search(rf" {_NEI} ", treff[0]):
            med = med or treff
        else:
            ute = ute or treff
    for treff in liste("familie", "inn").finditer(tekst):
        if not _gjelder(tekst, treff, nevnt) or (
            ute is not None and re.search(r"[,;]", tekst[treff.end() : nevnt[0]])
        ):
            continue
        if (
            _NEI_FORAN.search(tekst[: treff.start()])
            or _NEI_BAK.match(tekst[treff.end() :])
            or re.search(rf" {_NEI} ", treff[0])
        ):
            ute = ute or treff
        elif ute is None or not _overlapper(ute, treff):
            if treff[0] in ("samt", "også", "òg", "samlet", "samla") and ute is not None:
                continue
            # «inngår ikke i tallet»: the no reaches the number too.
            if ute is not None and treff[0].startswith("i "):
                continue
            med = med or treff
    if med is not None:
        fra, til = min(med.start(), nevnt[0] or med.start()), max(med.end(), nevnt[1])
        yield bit.fra + fra, bit.fra + til, "regnet_med", "familie"
        return
    if nevnt == (0, 0):
        return
    ramme = re.search(
        r"(?<!\w)(?:inntil|maks\w*\.?|opptil|høyst|høgst|begrense\w*|avgrens\w*|ikke flere enn|ikkje fleire enn|minst|om lag|ca\.?)(?!\w)[^,;]{0,40}ɴ",
        tekst,
    )
    if (
        ramme
        and bit.rolle == "vedtak"
        and not re.search(
            r"(?<!\w)(?:anslår|anslås|ventes|ventast|forvent\w*|regner med|reknar med|trolig|truleg|erfaring\w*)(?!\w)",
            tekst,
        )
    ):
        yield bit.fra + ramme.start(), bit.fra + max(ramme.end(), nevnt[1]), "familie_ramme", "hvor_mange"
        return
    if ute is not None:
        return
    foran = tekst[: nevnt[0]]
    if bit.rolle == "vedtak" and re.search(
        r"(?<!\w)(?:vedtak(?:et|stal\w*)?|tallet|talet|antallet|kvoten|kvota|plassene|plassane|rammen|ramma)(?!\w)", tekst
    ) and not re.search(rf"(?<!\w)(?:{_NEI}|følger|følgjer|behandl\w+|handsam\w+|orienter\w*)(?!\w)", tekst):  # fmt: skip
        yield bit.fra + nevnt[0], bit.fra + nevnt[1], "familie_i_vedtaket", "familie"
        return
    if uttrykk(_SAMMEN).search(foran) or (re.search(r"ɴ+ $", foran) and bit.beslutning):
        yield bit.fra + nevnt[0], bit.fra + nevnt[1], "lagt_sammen", "familie"
    elif bit.rolle == "vedtak" and re.search(
        rf"(?<!\w)(?:{_NEI}|nei til|stans i|stopp i) (?:å )?(?:\w+ ){{0,5}}$", foran
    ):
        yield bit.fra + nevnt[0], bit.fra + nevnt[1], "familie_nei", "hvem"


def _overlapper(a: re.Match[str], b: re.Match[str]) -> bool:
    return a.start() < b.end() and b.start() < a.end()


def _gjelder(tekst: str, treff: re.Match[str], nevnt: tuple[int, int]) -> bool:
    """Whether the counting word is about the family-reunified, not about the minors or others in the same clause."""
    if nevnt == (0, 0):
        return True
    mellom = tekst[treff.end() : nevnt[0]] if treff.end() <= nevnt[0] else tekst[nevnt[1] : treff.start()]
    if len(mellom) > 90:
        return False
    if treff.end() <= nevnt[0]:
        return "ᴇ" not in mellom or re.search(r"ᴇ+,? (?:og|samt|eller) (?:\w+ )?$", mellom) is not None
    # Behind: «familiegjenforente …, inkludert 3 enslige mindreårige»
    return not re.match(r" (?:\w+ ){0,3}ᴇ", tekst[treff.end() :])

"""The reservation check of a decision text: one answer, with every word it reacted to and the rule behind.

The order of the work: make the text even, understand its numbers, find what is decided, then look for reservations on
how many, who, if, when and family. A clear reservation outweighs doubt, and doubt outweighs a missing number.
"""

import re
from collections.abc import Sequence
from functools import cache

from bosett.vedtak.rules.familie import i_tallet
from bosett.vedtak.rules.forslag import forslag
from bosett.vedtak.rules.hvem import ferdige, haap_om_hvem, vidt
from bosett.vedtak.rules.leksikon import MAPPE, klasse, klasser, liste
from bosett.vedtak.rules.maalform import maalform
from bosett.vedtak.rules.mengde import Bestemt, bestemte, loese, motstrid
from bosett.vedtak.rules.rest import etter_tallet
from bosett.vedtak.rules.roller import Bit, biter
from bosett.vedtak.rules.skrivefeil import rettet
from bosett.vedtak.rules.tallord import Maskert, maskert
from bosett.vedtak.rules.tekst import Jevn, jevn
from bosett.vedtak.rules.typer import FORBEHOLD, GODTATT, KODE, USIKKER, Funn, Kategori, Maalform, Svar, Utfall
from bosett.vedtak.rules.vilkaar import vilkaar

_REKKEFOLGE: tuple[Kategori, ...] = ("familie", "hvor_mange", "hvem", "hvis", "naar", "tvil", "tall_mangler")


def sjekk_tekst(tekst: str, *, tall: int | None = None, aar: int | None = None, em: int | None = None) -> Svar:
    """Check a decision text. `tall`, `aar` and `em` are what is known from elsewhere (a form), used in the wording proposed."""
    les = rettet(jevn(tekst))
    form = maalform(les.jevn)
    mask = maskert(les.jevn)
    deler = biter(mask.tekst)
    bestemt = bestemte(deler, mask)
    funn = _samlet(les, form, _alle(deler, mask, bestemt))
    tall_her = _tallet(deler, bestemt)
    if tall_her is None and not tall and not any(f.utfall == FORBEHOLD for f in funn):
        funn = [*funn, _uten_tall(les, form)]
    utfall: Utfall = (
        FORBEHOLD if any(f.utfall == FORBEHOLD for f in funn) else USIKKER if funn else GODTATT
    )
    aar_her = aar if aar is not None else _aaret(deler, mask, bestemt)
    em_her = em if em is not None else _em(deler, bestemt)
    svar_tall = tall if tall is not None else tall_her
    kode = next((KODE[k] for k in _REKKEFOLGE for f in funn if f.kategori == k and f.utfall == utfall), "")
    return Svar(utfall, kode, tuple(funn), _forslag(utfall, form, les, bestemt, tall, svar_tall, aar_her, em_her), form, svar_tall, aar_her, em_her)


def _alle(deler: Sequence[Bit], mask: Maskert, bestemt: Sequence[Bestemt]) -> list[tuple[int, int, Kategori, Utfall, str]]:
    ut: list[tuple[int, int, Kategori, Utfall, str]] = []
    ut += [(fra, til, kategori, FORBEHOLD, navn) for fra, til, navn, kategori in i_tallet(deler)]
    ut += [(fra, til, "hvor_mange", FORBEHOLD, navn) for fra, til, navn in loese(deler, mask)]
    if par := motstrid(bestemt, mask.aar):
        ut.append((par[1].tall.fra, par[1].tall.til, "hvor_mange", FORBEHOLD, "to_ulike_tall"))
    ut += [(fra, til, m.kategori, m.utfall, m.id) for fra, til, m in ferdige(deler)]
    if not any(kategori == "hvem" for _, _, kategori, _, _ in ut):
        ut += [(fra, til, "hvem", FORBEHOLD, "vidt") for fra, til in vidt(deler)]
    ut += [
        (fra, til, "hvis" if utfall == FORBEHOLD else "tvil", utfall, navn) for fra, til, navn, utfall in vilkaar(deler)
    ]
    if not any(utfall == FORBEHOLD for _, _, _, utfall, _ in ut):
        ut += [(fra, til, kategori, FORBEHOLD, "etter_tallet") for fra, til, kategori in etter_tallet(deler)]
    for bit in deler:
        if bit.rolle == "vedtak" and (treff := haap_om_hvem(bit)):
            ut.append((bit.fra + treff.start(), bit.til, "tvil", USIKKER, "haap_hvem"))
    return ut


def _samlet(les: Jevn, form: Maalform, raa: list[tuple[int, int, Kategori, Utfall, str]]) -> list[Funn]:
    """One finding for each stretch of words and category, in the order of the text."""
    ut: list[Funn] = []
    sett: list[tuple[int, int, Kategori]] = []
    for fra, til, kategori, utfall, navn in sorted(raa, key=lambda r: (r[3] != FORBEHOLD, r[0], -r[1])):
        if any(f < til and fra < t and (k == kategori or utfall == USIKKER) for f, t, k in sett):
            continue
        sett.append((fra, til, kategori))
        ord_, start, slutt = les.utsnitt(fra, til)
        regel = regler()[kategori]
        ut.append(Funn(ord_, start, slutt, utfall, kategori, regel[form], regel["kilde"], navn))
    return sorted(ut, key=lambda f: (f.utfall != FORBEHOLD, f.fra))


def _uten_tall(les: Jevn, form: Maalform) -> Funn:
    regel = regler()["tall_mangler"]
    return Funn("", len(les.original), len(les.original), USIKKER, "tall_mangler", regel[form], regel["kilde"], "uten_tall")


_INGEN = re.compile(
    r"(?<!\w)(?:ingen|inga|ikke|ikkje|nei|null|avslår|avviser|kan ikke|kan ikkje|takker nei|takkar nei|frarår|avstår|ønsker ikke|ønskjer ikkje)(?!\w)"
)


def _tallet(deler: Sequence[Bit], bestemt: Sequence[Bestemt]) -> int | None:
    """The number of the decision: the first that is settled. A plain no is zero."""
    sterke = [b for b in bestemt if not b.em and b.tall.verdi is not None]
    med_verb = [b for b in sterke if klasse("beslutning_ord").search(b.bit.tekst)]
    for kandidater in (med_verb, sterke):
        if kandidater:
            return kandidater[0].tall.verdi
    if any(b.rolle == "vedtak" and _sier_nei(b) for b in deler):
        return 0
    # «i tråd med anmodningen på 15 flyktninger»: the number is said, in somebody else's words.
    for bit in deler:
        if bit.rolle == "vedtak" and re.search(r"ɴ", bit.tekst) and (
            klasse("tallet").search(bit.tekst) or re.search(r"(?<!\w)(?:av de|av dei|de|dei) ɴ+(?!\w)", bit.tekst)
        ):
            return -1
        if bit.rolle != "falt" or len(deler) == 1:
            treff = re.search(rf"ɴ+ (?:(?:{klasser()['nye']}) )?(?:{klasser()['flyktning']})(?!\w)", bit.tekst)
            if treff:
                return -1
    return None


def _sier_nei(bit: Bit) -> bool:
    if "ɴ" in bit.tekst or "ᴇ" in bit.tekst or liste("familie", "ord").search(bit.tekst):
        return False
    return _INGEN.search(bit.tekst) is not None and bool(
        klasse("bosette").search(bit.tekst)
        or klasse("motta").search(bit.tekst)
        or re.search(r"(?<!\w)(?:anmodning\w*|oppmoding\w*|bosetting\w*|busett?j?ing\w*)", bit.tekst)
    )


def _aaret(deler: Sequence[Bit], mask: Maskert, bestemt: Sequence[Bestemt]) -> int | None:
    """The year of the decision: the nearest year in the clause of the number, else the first in what is decided."""
    for ett in bestemt:
        naere = [a for a in mask.aar if a.verdi and ett.bit.fra <= a.fra < ett.bit.til]
        if naere and not ett.em:
            return min(naere, key=lambda a: abs(a.fra - ett.tall.fra)).verdi
    for bit in deler:
        if bit.rolle in ("vedtak", "ekstra"):
            for a in mask.aar:
                if a.verdi and bit.fra <= a.fra < bit.til:
                    return a.verdi
    return None


def _em(deler: Sequence[Bit], bestemt: Sequence[Bestemt]) -> int | None:
    for ett in bestemt:
        if ett.em:
            return ett.tall.verdi
    for bit in deler:
        if bit.rolle == "vedtak" and "ᴇ" in bit.tekst and re.search(r"(?<!\w)(?:ingen|inga|ikke|ikkje|uten|utan)(?!\w)", bit.tekst):
            return 0
    return None


def _forslag(
    utfall: Utfall, form: Maalform, les: Jevn, bestemt: Sequence[Bestemt], gitt: int | None, tall: int | None, aar: int | None, em: int | None
) -> tuple[str, ...]:  # fmt: skip
    if utfall == GODTATT:
        return ()
    familie = liste("familie", "ord").search(les.jevn) is not None
    valg: list[int | None] = [tall if tall is None or tall >= 0 else None]
    if gitt is None:
        # «10–15»: the council must choose, so both wordings are shown.
        bit = next((b.bit for b in bestemt if not b.em), None)
        flere = [b.tall.verdi for b in bestemt if not b.em and b.bit is bit and b.tall.verdi is not None]
        valg = list(dict.fromkeys(flere))[:2] or valg
    return tuple(
        forslag(form, ett, aar, em if em is None or ett is None or em <= ett else None, familie=familie) for ett in valg
    )


@cache
def regler() -> dict[Kategori, dict[str, str]]:
    """The rule texts by category: `nb`, `nn` and `kilde`."""
    import yaml  # noqa: PLC0415

    return yaml.safe_load((MAPPE / "regler.yaml").read_text(encoding="utf-8"))

"""The reservation check of a decision text: one answer, with every word it reacted to and the rule behind.

The order of the work: make the text even, understand its numbers, find what is decided, then look for reservations on
family, how many, who, if and when. Then a second reader weighs the same sentences, and the two are put together (`samlet`).
A clear reservation outweighs doubt, and doubt outweighs a missing number.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from bosett.vedtak.rules.familie import i_tallet
from bosett.vedtak.rules.forslag import forslag
from bosett.vedtak.rules.hvem import ferdige, haap_om_hvem, vidt
from bosett.vedtak.rules.innhold import Innhold, les_innhold
from bosett.vedtak.rules.leksikon import liste, regler
from bosett.vedtak.rules.leser import les as les_om_igjen
from bosett.vedtak.rules.leser import setninger_av
from bosett.vedtak.rules.maalform import maalform
from bosett.vedtak.rules.mengde import Bestemt, bestemte, loese, motstrid
from bosett.vedtak.rules.naar import tidsgrenser
from bosett.vedtak.rules.premisser import premisser
from bosett.vedtak.rules.rest import etter_tallet
from bosett.vedtak.rules.roller import Bit, biter
from bosett.vedtak.rules.skrivefeil import rettet
from bosett.vedtak.rules.tallord import Maskert, maskert
from bosett.vedtak.rules.tekst import Jevn, jevn
from bosett.vedtak.rules.trekk import Setning
from bosett.vedtak.rules.typer import (
    FORBEHOLD,
    GODTATT,
    KODE,
    USIKKER,
    Funn,
    Kategori,
    Maalform,
    Svar,
    Treff,
    Utfall,
)
from bosett.vedtak.rules.vilkaar import vilkaar

# When a text has several faults, the first of these gives the text its code.
_REKKEFOLGE: tuple[Kategori, ...] = ("familie", "hvor_mange", "hvem", "hvis", "naar", "tvil", "tall_mangler")


class Utgangspunkt(NamedTuple):
    """A text as the rules see it, before the second reader."""

    les: Jevn
    lest: Innhold
    setninger: tuple[Setning, ...]
    treff: tuple[Treff, ...]


@lru_cache(maxsize=64)
def sjekk_tekst(
    tekst: str, *, tall: int | None = None, aar: int | None = None, em: int | None = None
) -> Svar:
    """Check a decision text in bokmål or nynorsk, a sentence or a whole record.

    `tall`, `aar` and `em` are what is known from elsewhere (a form). They go before what the text says in the wording that
    is proposed, and a text that names no number is not in doubt when `tall` is given. The same text is asked about again on every
    step of an answer, so the latest answers are kept.
    """
    start = utgangspunkt(tekst)
    les, lest = start.les, start.lest
    form = maalform(les.jevn)
    funn = _avgjort(start, form)
    if not lest.har_tall and tall is None and not any(f.utfall == FORBEHOLD for f in funn):
        funn.append(_uten_tall(les, form))
    utfall: Utfall = FORBEHOLD if any(f.utfall == FORBEHOLD for f in funn) else USIKKER if funn else GODTATT
    kjent = Innhold(
        tall=lest.tall if tall is None else tall,
        aar=lest.aar if aar is None else aar,
        em=lest.em if em is None else em,
        har_tall=lest.har_tall or tall is not None,
        valg=lest.valg if tall is None else (),
    )
    return Svar(
        utfall=utfall,
        kode=next((KODE[k] for k in _REKKEFOLGE for f in funn if f.kategori == k and f.utfall == utfall), ""),
        funn=tuple(funn),
        forslag=() if utfall == GODTATT else _forslag(form, les, kjent),
        maalform=form,
        tall=kjent.tall,
        tall_i_teksten=lest.tall,
        aar=kjent.aar,
        em=kjent.em,
    )


def utgangspunkt(tekst: str) -> Utgangspunkt:
    """Read a text by the rules alone."""
    les = rettet(jevn(tekst))
    mask = maskert(les.jevn)
    deler = biter(mask.tekst)
    bestemt = bestemte(deler, mask)
    return Utgangspunkt(
        les,
        les_innhold(deler, mask, bestemt),
        tuple(setninger_av(deler, mask, bestemt)),
        tuple(_treff(deler, mask, bestemt)),
    )


def samlet(sikkerhet: float, treff: Sequence[Treff]) -> Utfall:
    """What rules and reader say together. The reader has weighed what the rules found, so what it is sure of, stands."""
    # What a person must judge is not judged by the reader.
    if treff and not any(t.utfall == FORBEHOLD for t in treff):
        return USIKKER
    if sikkerhet > 0:
        return FORBEHOLD
    return USIKKER if any(t.utfall == USIKKER for t in treff) else GODTATT


def _avgjort(start: Utgangspunkt, form: Maalform) -> list[Funn]:
    """The findings that stand when the reader has had its say."""
    lesning = les_om_igjen(start.setninger, start.treff)
    utfall = samlet(lesning.sikkerhet, start.treff) if lesning else GODTATT
    if utfall != FORBEHOLD or lesning is None:
        return _som_funn(start.les, form, [t for t in start.treff if t.utfall == USIKKER])
    if any(t.utfall == FORBEHOLD for t in start.treff):
        return _som_funn(start.les, form, start.treff)
    bit = lesning.bit
    return _som_funn(
        start.les, form, [*start.treff, Treff(bit.fra, bit.til, lesning.kategori, FORBEHOLD, "leser")]
    )


def _treff(deler: Sequence[Bit], mask: Maskert, bestemt: Sequence[Bestemt]) -> list[Treff]:
    """Everything found, with overlaps. The wide nets are cast only where the precise patterns caught nothing."""
    ut = [Treff(fra, til, kategori, FORBEHOLD, navn) for fra, til, navn, kategori in i_tallet(deler)]
    ut += [Treff(fra, til, "hvor_mange", FORBEHOLD, navn) for fra, til, navn in loese(deler, mask)]
    if par := motstrid(bestemt, mask.aar):
        ut.append(Treff(par[1].tall.fra, par[1].tall.til, "hvor_mange", FORBEHOLD, "to_ulike_tall"))
    ut += [Treff(fra, til, m.kategori, m.utfall, m.id) for fra, til, m in ferdige(deler)]
    if not any(t.kategori == "naar" for t in ut):
        ut += [Treff(fra, til, "naar", FORBEHOLD, "tidsgrense") for fra, til in tidsgrenser(deler)]
    if not any(t.kategori == "hvem" for t in ut):
        ut += [Treff(fra, til, "hvem", FORBEHOLD, "vidt") for fra, til in vidt(deler)]
    ut += [
        Treff(fra, til, "hvis" if utfall == FORBEHOLD else "tvil", utfall, navn)
        for fra, til, navn, utfall in (*vilkaar(deler), *premisser(deler))
    ]
    if not any(t.utfall == FORBEHOLD for t in ut):
        ut += [
            Treff(fra, til, kategori, FORBEHOLD, "etter_tallet") for fra, til, kategori in etter_tallet(deler)
        ]
    return [*ut, *_haap(deler)]


def _haap(deler: Sequence[Bit]) -> Iterator[Treff]:
    for bit in deler:
        if bit.rolle == "vedtak" and (treff := haap_om_hvem(bit)):
            yield Treff(bit.fra + treff.start(), bit.til, "tvil", USIKKER, "haap_hvem")


def _som_funn(les: Jevn, form: Maalform, treff: Sequence[Treff]) -> list[Funn]:
    """One finding for each stretch of words and category: the clear ones first, then in the order of the text."""
    ut: list[Funn] = []
    sett: list[Treff] = []
    for ett in sorted(treff, key=lambda t: (t.utfall != FORBEHOLD, t.fra, -t.til)):
        if any(
            s.fra < ett.til and ett.fra < s.til and (s.kategori == ett.kategori or ett.utfall == USIKKER)
            for s in sett
        ):
            continue
        sett.append(ett)
        ord_, start, slutt = les.utsnitt(ett.fra, ett.til)
        regel = regler()[ett.kategori]
        ut.append(
            Funn(ord_, start, slutt, ett.utfall, ett.kategori, regel[form], regel["kilde"], ett.monster)
        )
    return ut


def _uten_tall(les: Jevn, form: Maalform) -> Funn:
    regel, slutt = regler()["tall_mangler"], len(les.original)
    return Funn("", slutt, slutt, USIKKER, "tall_mangler", regel[form], regel["kilde"], "uten_tall")


def _forslag(form: Maalform, les: Jevn, kjent: Innhold) -> tuple[str, ...]:
    """The wordings to choose between: one, or one for each end of a range, since only the council can choose the number."""
    familie = liste("familie", "ord").search(les.jevn) is not None
    valg: tuple[int | None, ...] = kjent.valg or (kjent.tall,)
    return tuple(
        forslag(
            form,
            ett,
            kjent.aar,
            kjent.em if ett is None or kjent.em is None or kjent.em <= ett else None,
            familie=familie,
        )
        for ett in valg
    )

"""What a decision text says in itself: the number, the year and the answer about unaccompanied minors."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bosett.vedtak.rules.leksikon import klasse, liste, uttrykk
from bosett.vedtak.rules.mengde import Bestemt
from bosett.vedtak.rules.roller import Bit
from bosett.vedtak.rules.tallord import Maskert


@dataclass(frozen=True, slots=True)
class Innhold:
    """`tall`, `aar` and `em` are None when the text doesn't say; `em` 0 is a no.

    `har_tall`: a number of refugees is said somewhere, if only as what IMDi asked for. `valg`: two numbers to choose between.
    """

    tall: int | None
    aar: int | None
    em: int | None
    har_tall: bool
    valg: tuple[int, ...]


def les_innhold(deler: Sequence[Bit], mask: Maskert, bestemt: Sequence[Bestemt]) -> Innhold:
    """Read number, year and minors. The first number that stands with a verb of deciding is the decision's."""
    sterke = [b for b in bestemt if not b.em and b.tall.verdi is not None]
    med_verb = [b for b in sterke if klasse("beslutning_ord").search(b.bit.tekst)]
    tall = next((b.tall.verdi for b in [*med_verb, *sterke]), None)
    if tall is None and any(b.rolle == "vedtak" and _sier_nei(b) for b in deler):
        tall = 0
    return Innhold(
        tall=tall,
        aar=_aaret(deler, mask, bestemt),
        em=_em(deler, bestemt),
        har_tall=tall is not None or any(_nevner_tall(b) for b in deler),
        valg=_valg(bestemt),
    )


def _valg(bestemt: Sequence[Bestemt]) -> tuple[int, ...]:
    """Two different numbers in one clause: «10–15», «10 eller 15»."""
    forste = next((b.bit for b in bestemt if not b.em), None)
    tallene = [b.tall.verdi for b in bestemt if not b.em and b.bit is forste and b.tall.verdi is not None]
    ulike = tuple(dict.fromkeys(tallene))[:2]
    return ulike if len(ulike) == 2 else ()


_NEI = re.compile(
    r"(?<!\w)(?:ingen|inga|ikke|ikkje|nei|null|avslår|avslås|avviser|avstår|frarår|takker nei|takkar nei)(?!\w)"
)


def _sier_nei(bit: Bit) -> bool:
    """A plain no to settling, without a number and not about minors or family: the number is zero."""
    if "ɴ" in bit.tekst or "ᴇ" in bit.tekst or liste("familie", "ord").search(bit.tekst):
        return False
    om_bosetting = any(klasse(k).search(bit.tekst) for k in ("bosette", "motta", "bosetting_n")) or re.search(
        r"(?<!\w)(?:anmodning|oppmoding)\w*", bit.tekst
    )
    return bool(om_bosetting) and _NEI.search(bit.tekst) is not None


def _nevner_tall(bit: Bit) -> bool:
    """«i tråd med anmodningen på 15 flyktninger», «av de 17»: the number is said, if in other words."""
    if "ɴ" not in bit.tekst:
        return False
    if bit.rolle == "vedtak" and (
        klasse("tallet").search(bit.tekst) or re.search(r"(?<!\w)(?:av de|av dei|de|dei) ɴ+(?!\w)", bit.tekst)
    ):
        return True
    return uttrykk(r"ɴ+ (?:<nye> )?<flyktning>(?!\w)").search(bit.tekst) is not None


def _aaret(deler: Sequence[Bit], mask: Maskert, bestemt: Sequence[Bestemt]) -> int | None:
    """The year nearest to the number in its clause, else the first year in what is decided."""
    for ett in bestemt:
        naere = [a for a in mask.aar if a.verdi and ett.bit.fra <= a.fra < ett.bit.til]
        if naere and not ett.em:
            return min(naere, key=lambda a: abs(a.fra - ett.tall.fra)).verdi
    for bit in deler:
        for aar in mask.aar:
            if bit.rolle in ("vedtak", "ekstra") and aar.verdi and bit.fra <= aar.fra < bit.til:
                return aar.verdi
    return None


def _em(deler: Sequence[Bit], bestemt: Sequence[Bestemt]) -> int | None:
    for ett in bestemt:
        if ett.em:
            return ett.tall.verdi
    for bit in deler:
        if bit.rolle == "vedtak" and "ᴇ" in bit.tekst and klasse("nei").search(bit.tekst):
            return 0
    return None

"""At which national need a number changes: the same order of events as `sainte_lague`, followed up and down.

Everything but the need is held: bounds, pins and spread factors. A need between «an entry does not fit» and the
entry itself gives its last places to the queue for a while; those stretches are followed too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bosett.anmodning.rules.resultat import Endringspunkt
from bosett.anmodning.rules.sainte_lague import SKIFT, Post, enhetsnokkel, grense_naer, inngangsnokkel

UKJENT = Endringspunkt(None, None, None)
# How far up the need is followed: past this the answer is None.
OPP_TIL = 2.5


@dataclass(frozen=True, slots=True)
class _Hendelse:
    """Place number `k` (or the entry, `k` = lowest number) of one municipality, and the sum after it."""

    post: int
    k: int
    inngang: bool


def endringspunkter(
    poster: Sequence[Post], tall: Mapping[str, int], total: int, utenfor: int
) -> dict[str, Endringspunkt]:
    """For each post. `utenfor` is what lies outside the pool (pins); it is added to every answer."""
    ordnet = sorted((post for post in poster if post.tak >= post.minimum), key=lambda post: post.nr)
    gulv = sum(post.minimum for post in ordnet if post.tvungen)
    lop, stopp = _hendelser(ordnet, round(total * OPP_TIL))
    naadd: dict[tuple[int, int], int] = {}
    inne = [post.tvungen for post in ordnet]
    laan: dict[tuple[int, int], list[tuple[int, int]]] = {}
    summen = gulv
    for nr, hendelse in enumerate(lop[:stopp]):
        if hendelse.inngang:
            trengs = ordnet[hendelse.post].minimum
            _laan_ut(lop, nr, inne, summen, trengs, laan)
            inne[hendelse.post] = True
            summen += trengs
        else:
            summen += 1
        naadd[hendelse.post, hendelse.k] = summen
    ut: dict[str, Endringspunkt] = {}
    for nr, post in enumerate(ordnet):
        har = tall.get(post.nr, 0)
        neste = har + 1 if har or post.tvungen else post.minimum
        ut[post.nr] = Endringspunkt(
            neste_plass=_forste(naadd.get((nr, neste)), laan.get((nr, neste), []), total, utenfor),
            en_faerre=_siste(naadd.get((nr, har)), laan.get((nr, har), []), total, gulv, utenfor)
            if har
            else None,
            ikke_spurt=_siste(naadd.get((nr, post.minimum)), [], total, gulv, utenfor)
            if har and not post.tvungen
            else None,
        )
    return ut


def _hendelser(poster: Sequence[Post], mest: int) -> tuple[list[_Hendelse], int]:
    """Events in order until about `mest` places are given, and how many of them may be counted.

    Past that point the list goes on with what a blocked entry can lend out, so that no need up to `mest` lies
    in a stretch that is cut off. There it is no longer every event of the country, so it is not counted.
    """
    raa: list[tuple[int, tuple[int, str], int, int, bool]] = []
    grense = grense_naer(poster, mest)
    # Equal municipalities share a turning point: step over those that lie right at the line.
    grense += grense >> 26
    ekstra = 2 * max((p.minimum for p in poster if not p.tvungen), default=0) + 1
    talte = 0
    for nr, post in enumerate(poster):
        if not post.nokkel:
            continue
        bane = post.bane
        q = ((grense + 1) * post.nokkel - 1) >> SKIFT
        siste = post.minimum
        if not post.tvungen:
            raa.append((inngangsnokkel(post), bane, post.minimum, nr, True))
            talte += q >= post.minimum
        if post.tvungen or q >= post.minimum:
            siste = max(siste, min(post.tak, (q + 1) // 2))
            talte += siste - post.minimum
        raa.extend(
            (enhetsnokkel(post.nokkel, k), bane, k, nr, False)
            for k in range(post.minimum + 1, min(post.tak, siste + ekstra) + 1)
        )
    raa.sort()
    return [_Hendelse(nr, k, inngang) for _, _, k, nr, inngang in raa], talte + ekstra // 2


def _laan_ut(
    lop: Sequence[_Hendelse],
    fra: int,
    inne: Sequence[bool],
    summen: int,
    trengs: int,
    laan: dict[tuple[int, int], list[tuple[int, int]]],
) -> None:
    """While the need lies short of an entry, the next in the queue hold its places for a while."""
    plass = 0
    for nr in range(fra + 1, len(lop)):
        if plass == trengs - 1:
            return
        hendelse = lop[nr]
        if not hendelse.inngang and inne[hendelse.post]:
            plass += 1
            laan.setdefault((hendelse.post, hendelse.k), []).append((summen + plass, summen + trengs - 1))


def _forste(fast: int | None, laan: Sequence[tuple[int, int]], total: int, utenfor: int) -> int | None:
    """The lowest need over `total` at which the place is held."""
    svar = [max(start, total + 1) for start, slutt in laan if slutt > total]
    if fast is not None:
        svar.append(max(fast, total + 1))
    return min(svar) + utenfor if svar else None


def _siste(
    fast: int | None, laan: Sequence[tuple[int, int]], total: int, gulv: int, utenfor: int
) -> int | None:
    """The highest need under `total` at which the place is not held; None when it is held at every need."""
    if fast is None and not laan:
        return None
    svar = total - 1
    while True:
        if fast is not None and svar >= fast:
            svar = fast - 1
            continue
        start = next((a for a, b in laan if a <= svar <= b), None)
        if start is None:
            return svar + utenfor if svar >= gulv else None
        svar = start - 1

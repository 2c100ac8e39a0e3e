"""Bounded Sainte-Laguë with an entry rule, in exact whole-number arithmetic.

Think of λ (places per unit of key) rising from nothing. A municipality comes in when λ·key reaches half of its
lowest number, and then gets the lowest number at once; after that it gets place number k when λ·key passes
k−½. Events at the same λ are taken by the tie rule: more inhabitants first, then the lower number. When the
next to come in needs more than what is left, the door closes and the rest goes on by the queue among those in.

For a given set of municipalities this minimises Σ x²/key under the bounds, and more places never take one away.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# Two different fractions (2k−1)/A differ by at least 1/(A·B). Keys stay under 2^96, so 192 bits keep every
# order, and equal fractions stay equal.
SKIFT = 192
UENDELIG = 1 << 512


@dataclass(frozen=True, slots=True)
class Post:
    """One municipality as the algorithm sees it: a whole-number key and its bounds. `tvungen` is always in."""

    nr: str
    folketall: int
    nokkel: int
    minimum: int
    tak: int
    tvungen: bool = False

    @property
    def bane(self) -> tuple[int, str]:
        """The tie rule."""
        return (-self.folketall, self.nr)


@dataclass(frozen=True, slots=True)
class Fordeling:
    """The numbers, how many went on by the queue after the door closed, and whether the order had to yield.

    `etter_nod` is True when no number of municipalities in the order of entry fits the total between their
    lowest numbers and caps, so that some had to be passed over.
    """

    tall: dict[str, int]
    restplasser: int
    etter_nod: bool


class GaarIkkeOpp(Exception):
    """No set of municipalities can take the total within the bounds."""


def enhetsnokkel(nokkel: int, k: int) -> int:
    """When place number `k` falls: 2λ at λ·key = k−½, as a whole number that orders exactly."""
    return ((2 * k - 1) << SKIFT) // nokkel if nokkel else UENDELIG + k


def inngangsnokkel(post: Post) -> int:
    """When the municipality comes in: 2λ at λ·key = half its lowest number."""
    return (post.minimum << SKIFT) // post.nokkel if post.nokkel else UENDELIG


def fordel(poster: Sequence[Post], total: int) -> Fordeling:
    """Divides exactly `total`. Raises GaarIkkeOpp when the bounds cannot hold it."""
    ordnet = sorted((post for post in poster if post.tak >= post.minimum), key=lambda post: post.nr)
    gulv = sum(post.minimum for post in ordnet if post.tvungen)
    if total < gulv or total > sum(post.tak for post in ordnet):
        raise GaarIkkeOpp
    tall, rest, stengt_rest = _kjor(ordnet, total)
    if not rest:
        return Fordeling(tall, stengt_rest, etter_nod=False)
    inne = _velg_sett(ordnet, total)
    faste = [
        Post(p.nr, p.folketall, p.nokkel, p.minimum, p.tak, tvungen=True) for p in ordnet if p.nr in inne
    ]
    tall, _, _ = _kjor(faste, total)
    return Fordeling(tall, 0, etter_nod=True)


def _kjor(poster: Sequence[Post], total: int) -> tuple[dict[str, int], int, int]:
    """Numbers for those in, what could not be placed, and what the queue took after the door closed."""
    tilstand = _ved(poster, grense_naer(poster, total))
    rest = total - sum(tilstand)
    while rest < 0:
        # Only when floating point led the search astray: begin from the bottom, which is slow and right.
        tilstand = _ved(poster, 0)
        rest = total - sum(tilstand)
    ko: list[tuple[int, tuple[int, str], int]] = []
    for nr, post in enumerate(poster):
        inne = post.tvungen or tilstand[nr] > 0 or post.minimum == 0
        if inne and tilstand[nr] < post.tak:
            ko.append((enhetsnokkel(post.nokkel, tilstand[nr] + 1), post.bane, nr))
        elif not inne and post.nokkel:
            ko.append((inngangsnokkel(post), post.bane, nr))
    heapq.heapify(ko)
    inne_naa = [post.tvungen or tilstand[nr] > 0 or post.minimum == 0 for nr, post in enumerate(poster)]
    stengt = False
    stengt_rest = 0
    while rest and ko:
        _, bane, nr = heapq.heappop(ko)
        post = poster[nr]
        if not inne_naa[nr]:
            if stengt or post.minimum > rest:
                if not stengt:
                    stengt, stengt_rest = True, rest
                continue
            inne_naa[nr] = True
            tilstand[nr] = post.minimum
            rest -= post.minimum
        else:
            tilstand[nr] += 1
            rest -= 1
        if tilstand[nr] < post.tak:
            heapq.heappush(ko, (enhetsnokkel(post.nokkel, tilstand[nr] + 1), bane, nr))
    return {post.nr: tilstand[nr] for nr, post in enumerate(poster) if inne_naa[nr]}, rest, stengt_rest


def _ved(poster: Sequence[Post], grense: int) -> list[int]:
    """The numbers when all events up to and including `grense` (a 2λ) have happened. Exact."""
    ut = []
    for post in poster:
        q = ((grense + 1) * post.nokkel - 1) >> SKIFT
        if post.tvungen or q >= post.minimum:
            ut.append(min(max((q + 1) // 2, post.minimum), post.tak))
        else:
            ut.append(0)
    return ut


def grense_naer(poster: Sequence[Post], total: int) -> int:
    """A 2λ just under the one that gives `total`, found by halving in floating point."""
    nokler = np.array([float(post.nokkel) for post in poster])
    minst = np.array([post.minimum for post in poster], dtype=np.float64)
    mest = np.array([post.tak for post in poster], dtype=np.float64)
    tvungen = np.array([post.tvungen for post in poster], dtype=bool)
    positiv = nokler[nokler > 0]
    if not positiv.size:
        return 0
    lav, hoy = 0.0, 2.0 * (2.0 * total + float(minst.max()) + 1.0) / float(positiv.min())
    for _ in range(200):
        midt = (lav + hoy) / 2
        if midt in (lav, hoy) or hoy - lav < hoy * 1e-11:
            break
        q = np.floor(midt * nokler)
        tall = np.minimum(np.maximum(np.floor((q + 1) / 2), minst), mest)
        summen = float(tall[tvungen | (q >= minst)].sum())
        if summen <= total:
            lav = midt
        else:
            hoy = midt
    teller, nevner = (lav * (1 - 1e-9)).as_integer_ratio()
    return (teller << SKIFT) // nevner


def _velg_sett(poster: Sequence[Post], total: int) -> set[str]:
    """The first set in the order of entry (forced first) with Σ minimum ≤ total ≤ Σ cap.

    `best[n][t]` is the largest sum of caps that the posts from number n on can give when their lowest
    numbers together use at most t. A post is taken when the others can still fill up.
    """
    rekke = sorted(poster, key=lambda post: (not post.tvungen, inngangsnokkel(post), post.bane))
    best = [np.zeros(total + 1, dtype=np.int64)]
    for post in reversed(rekke):
        uten = best[-1]
        med = np.full(total + 1, -1, dtype=np.int64)
        if post.minimum <= total:
            med[post.minimum :] = uten[: total + 1 - post.minimum] + post.tak
            med[post.minimum :][uten[: total + 1 - post.minimum] < 0] = -1
        best.append(med if post.tvungen else np.maximum(uten, med))
    best.reverse()
    if best[0][total] < total:
        raise GaarIkkeOpp
    inne: set[str] = set()
    gulv = tak = 0
    for nr, post in enumerate(rekke):
        igjen = total - gulv - post.minimum
        kan = igjen >= 0 and best[nr + 1][igjen] >= 0
        if post.tvungen or (kan and tak + post.tak + int(best[nr + 1][igjen]) >= total):
            inne.add(post.nr)
            gulv += post.minimum
            tak += post.tak
    return inne

"""What is known of a household and of a home, as the rules of the fit want it (`rules.passer`). Writes nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Bolig
from bosett.bolig.rules.passer import Behov, Hjem, Passform, kravene, passer
from bosett.bolig.rules.perioder import LEDIG
from bosett.bolig.services.perioder import biter
from bosett.grunn.klokke import i_dag
from bosett.kartlegging.selectors_kartlegging import boligsvar
from bosett.person.models import Husholdning
from bosett.person.querysets import synlige_personer
from bosett.person.rules.ansvar import alder

_PAR = ("ektefelle", "samboer")
_FUNKSJONER = {"trinnfri": "trinnfri"}
"""Answer of the mapping form → what the home must have. The form asks of nothing else a home has."""


def behov_for(aktor: Aktor, husholdninger: Iterable[Husholdning]) -> dict[int, Behov]:
    """Per household (id), in two queries for all: the ages of those who are in it, and what they have told that the actor may read.

    What nobody has asked or answered is unknown; health, in free text, is no part of it. Raises `Avvist`.
    """
    saker = {h.pk: h for h in husholdninger}
    aldre, par = defaultdict[int, list[int]](list), defaultdict[int, int](int)
    personer = synlige_personer(aktor).filter(husholdning__in=saker, dod=None, ute=None)
    for pk, fodt, rolle in personer.values_list("husholdning", "fodt", "rolle"):
        aldre[pk].append(max(alder(fodt, i_dag()), 0))
        par[pk] += rolle in _PAR
    svar = boligsvar(aktor, saker)
    return {
        pk: _behov(tuple(sorted(aldre[pk])), par[pk], svar.get(pk, {}), max(h.klar_fra or i_dag(), i_dag()))
        for pk, h in saker.items()
    }


def _behov(aldre: tuple[int, ...], par: int, svar: dict[str, tuple[str, ...]], fra: date) -> Behov:
    sted, barn = svar.get("sted"), svar.get("barn")
    return Behov(
        aldre,
        fra,
        par,
        funksjoner=frozenset(_FUNKSJONER[ett] for ett in sted if ett in _FUNKSJONER) if sted is not None else None,
        barnehage="barnehage" in barn if barn is not None else None,
        naer_buss="kollektivt" in (sted or ()),
        naer_sentrum="sentralt" in (sted or ()),
    )  # fmt: skip


def hjemmet(b: Bolig, ledig_fra: date | None, ledig_til: date | None) -> Hjem:
    """`ledig_fra`–`ledig_til` (half-open) is the stretch it is free. Without a bedroom the one room is where they sleep."""
    dager = [dag for dag in (b.leies_til, ledig_til and ledig_til - timedelta(days=1)) if dag]
    return Hjem(
        b.plasser, max(b.soverom, 1), frozenset(b.funksjoner), b.tilgjengelig_kjent, b.km_skole, b.km_barnehage,
        b.km_buss, b.km_sentrum, b.dyr, ledig_fra, min(dager, default=None),
    )  # fmt: skip


def passform(aktor: Aktor, h: Husholdning, b: Bolig) -> Passform:
    """How one home suits one household today."""
    dag = i_dag()
    ledige = [bit for bit in biter(b) if bit.slag == LEDIG and (bit.til is None or bit.til > dag)]
    fra, til = (max(ledige[0].fra, dag), ledige[0].til) if ledige else (None, None)
    return passer(hjemmet(b, fra, til), kravene(behov_for(aktor, [h])[h.pk], dag))

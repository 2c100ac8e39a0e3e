"""Persons registered twice, in the work with a batch: what is told about a number that was merged away is kept apart.

The rows of the two hang on one person, each series for itself: a message that names the one number never cuts in what was told
under the other. So an undo can give each her own, with what has come since.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from bosett.person.models import Person, Sammenslaaing

Eier = frozenset[int]
"""The merges a row came by (keys of `Sammenslaaing`); empty for what is the person's own."""
EGEN: Eier = frozenset()
FELT = ("fodt", "rettet", "dod", "ute", "ute_grunn", "tilbake", "enslig_mindrearig")
"""What a message changes on the person herself, other than names and languages."""


class Sammenslaatte:
    """The open merges into some persons, and those that lie inside them."""

    def __init__(self, personer: dict[int, Person]) -> None:
        self.alle: dict[int, Sammenslaaing] = {}
        self.personer = dict(personer)
        self._rader: dict[tuple[str, int], set[int]] = {}
        self._nye: list[tuple[Eier, str, Any]] = []
        lag: Iterable[int] = personer
        while nye := list(Sammenslaaing.objects.filter(opphevet=None, beholdt__in=lag).order_by("pk")):
            self.alle |= {s.pk: s for s in nye}
            lag = [s.borte_id for s in nye]
            self.personer |= Person.objects.in_bulk(lag)
        for s in self.alle.values():
            s.beholdt, s.borte = self.personer[s.beholdt_id], self.personer[s.borte_id]
            for slag, ider in s.flyttet.items():
                for pk in ider:
                    self._rader.setdefault((slag, pk), set()).add(s.pk)

    def eier(self, rad: Any, slag: str = "") -> Eier:
        if not self.alle:
            return EGEN
        slag = slag or rad._meta.model_name
        if rad._state.adding:
            return next((eier for eier, nytt, ny in self._nye if ny is rad and nytt == slag), EGEN)
        return frozenset(self._rader.get((slag, rad.pk), ()))

    def merk(self, eier: Eier, rad: Any, slag: str = "") -> None:
        """A new row that came under a number that was merged away."""
        if eier:
            self._nye.append((eier, slag or rad._meta.model_name, rad))

    def borte(self, eier: Eier) -> list[Person]:
        """The rows of the merged-away person, the one the number was first given to last."""
        alle = [self.alle[pk] for pk in eier]
        innerst = {s.borte_id for s in alle} - {s.beholdt_id for s in alle}
        return sorted((s.borte for s in alle), key=lambda p: p.pk in innerst)

    def felt(self, eier: Eier, person: Person) -> dict[int, dict[str, Any]]:
        """What stands on those who were kept (and, under 0, on the one who stands), before a message is used."""
        alle = {pk: self.alle[pk].beholdt for pk in eier} | {0: person}
        return {pk: {f: getattr(p, f) for f in FELT} for pk, p in alle.items()}

    def husk(self, for_: dict[int, dict[str, Any]], etter: Person) -> list[Person]:
        """After the message: remember what was written over, and let the merged-away rows have it too. Gives those rows."""
        topp = for_.pop(0)
        endret = {f: getattr(etter, f) for f in FELT if getattr(etter, f) != topp[f]}
        for pk, gammelt in for_.items():
            s = self.alle[pk]
            for f, verdi in endret.items():
                forst = s.skrevet_over.get(f, [som_lagret(gammelt[f])])[0]
                s.skrevet_over[f] = [forst, som_lagret(verdi)]
                setattr(s.borte, f, verdi)
        return [self.alle[pk].borte for pk in for_] if endret else []

    def skriv(self) -> None:
        """Call when the new rows have keys."""
        for eier, slag, rad in self._nye:
            for pk in eier if rad.pk is not None else ():
                self.alle[pk].flyttet.setdefault(slag, []).append(rad.pk)
        if self.alle:
            Sammenslaaing.objects.bulk_update(self.alle.values(), ["flyttet", "skrevet_over"])


def som_lagret(verdi: Any) -> Any:
    return verdi.isoformat() if isinstance(verdi, date) else verdi


def tomme_etter(husholdning_id: int) -> list[int]:
    """The households that merges into this one left empty, the innermost first."""
    alle: list[int] = []
    lag = {husholdning_id}
    while lag := set(
        Sammenslaaing.objects.filter(opphevet=None, beholdt__husholdning__in=lag)
        .exclude(tomt=None)
        .exclude(tomt__in=alle)
        .values_list("tomt_id", flat=True)
    ):
        alle = [*lag, *alle]
    return alle


def stedfortreder(husholdninger: Iterable[int]) -> dict[int, int]:
    """Households left empty by a merge → the one that stands for them."""
    return dict(
        Sammenslaaing.objects.filter(opphevet=None, tomt__in=husholdninger).values_list(
            "tomt_id", "beholdt__husholdning_id"
        )
    )

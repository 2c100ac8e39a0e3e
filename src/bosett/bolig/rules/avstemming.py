"""Reconciling a municipality's year: the council's number, what is reported, what is ready, and who has got a home.

One definition of each figure (all of one municipality and one year):

- vedtak: the number of the registered decision of the year; None when there is none.
- plan: the sum of the capacity plan's weeks whose ISO year is the year; None when no week is planned.
- plasser: persons in reported places, of the weeks of the ISO year, that are open or used (not withdrawn, not «ikke brukt»).
- boliger, boligplasser: homes reported in the calendar year that are open or used, each counted once, and how many can live there.
- klare: homes judged fit and free today, reported or not; `klare_umeldte` of them have no open report. None for other years than this.
- ventende: homes of `boliger` that are neither ready nor held or lived in today.
- reserverte, bebodde: households a home is held for, or that live in one, some day of the year.
- ikke_brukt: persons in places and homes IMDi has answered «ikke brukt» to.

Places are reported where no home is registered yet, and homes as homes: so the reported number is the sum of both.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tall:
    vedtak: int | None = None
    plan: int | None = None
    plasser: int = 0
    boliger: int = 0
    boligplasser: int = 0
    klare: int | None = None
    klare_umeldte: int | None = None
    ventende: int | None = None
    reserverte: int = 0
    bebodde: int = 0
    ikke_brukt: int = 0

    @property
    def meldt(self) -> int:
        """Persons there are reported places for."""
        return self.plasser + self.boligplasser

    @property
    def rest(self) -> int | None:
        """Of the decision, what is not reported; below zero when more is. None without a decision."""
        return None if self.vedtak is None else self.vedtak - self.meldt


@dataclass(frozen=True, slots=True)
class Avvik:
    """One difference, to be said in a sentence. `tall` and `av` are what it is about."""

    kode: str
    tall: int = 0
    av: int = 0


def avvik(t: Tall) -> list[Avvik]:
    """The differences, in the order of the chain from the decision to the households. Empty where two figures agree."""
    ut = [_mot(t.vedtak, t.meldt)]
    if t.plan is None:
        ut.append(Avvik("uten_plan"))
    elif t.vedtak is not None and t.plan != t.vedtak:
        ut.append(Avvik("plan_under" if t.plan < t.vedtak else "plan_over", abs(t.vedtak - t.plan), t.plan))
    if t.plasser:
        ut.append(Avvik("uten_bolig", t.plasser, t.meldt))
    if t.ventende:
        ut.append(Avvik("ventende", t.ventende, t.boliger))
    if t.klare_umeldte:
        ut.append(Avvik("klare_umeldte", t.klare_umeldte, t.klare or 0))
    if t.ikke_brukt:
        ut.append(Avvik("ikke_brukt", t.ikke_brukt))
    return ut


def _mot(vedtak: int | None, meldt: int) -> Avvik:
    if vedtak is None:
        return Avvik("uten_vedtak", meldt)
    kode = "alt_meldt" if meldt == vedtak else "ikke_meldt" if meldt < vedtak else "meldt_over"
    return Avvik(kode, abs(vedtak - meldt), meldt)

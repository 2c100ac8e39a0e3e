"""Periods of one fact from several reasons: put together, and without what somebody else has said already."""

from collections.abc import Iterable

from bosett.grunn.periode import Periode


def slaa_sammen(perioder: Iterable[Periode]) -> list[Periode]:
    """The days that are in at least one of the periods, as few periods as possible, in order."""
    ut: list[Periode] = []
    for ett in sorted(perioder, key=lambda p: p.fra):
        if ut and (ut[-1].til is None or ett.fra <= ut[-1].til):
            til = None if ut[-1].til is None or ett.til is None else max(ut[-1].til, ett.til)
            ut[-1] = Periode(ut[-1].fra, til)
        else:
            ut.append(ett)
    return ut


def uten(perioder: Iterable[Periode], andre: Iterable[Periode]) -> list[Periode]:
    """The days of the first periods that are in none of the others."""
    igjen = list(perioder)
    for bort in andre:
        neste: list[Periode] = []
        for ett in igjen:
            if not ett.overlapper(bort):
                neste.append(ett)
                continue
            if ett.fra < bort.fra:
                neste.append(Periode(ett.fra, bort.fra))
            if bort.til is not None and (ett.til is None or bort.til < ett.til):
                neste.append(Periode(bort.til, ett.til))
        igjen = neste
    return igjen

"""Where a municipality stands: answered or not, in time or not, as many as asked or not. One definition for all screens."""

from datetime import date
from enum import StrEnum


class Status(StrEnum):
    VENTER = "venter"
    OVER_FRISTEN = "over_fristen"
    TIL_VURDERING = "til_vurdering"
    HELE = "hele"
    FAERRE = "faerre"
    FLERE = "flere"
    NEI = "nei"

    @property
    def svart(self) -> bool:
        return self in (Status.HELE, Status.FAERRE, Status.FLERE, Status.NEI)


def status(*, anmodet: int, vedtatt: int | None, til_vurdering: bool, frist: date, dag: date) -> Status:
    """`vedtatt` None is not an answer, zero is a no. The day after the deadline an unanswered request is over it (R089, R142)."""
    if vedtatt is None:
        if til_vurdering:
            return Status.TIL_VURDERING
        return Status.OVER_FRISTEN if dag > frist else Status.VENTER
    if vedtatt == 0 and anmodet > 0:
        return Status.NEI
    if vedtatt == anmodet:
        return Status.HELE
    return Status.FAERRE if vedtatt < anmodet else Status.FLERE

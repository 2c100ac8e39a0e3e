"""The only clock. Nothing else in Bosett reads the system time.

Deadlines are counted in Norwegian calendar days, so every moment is aware and in Europe/Oslo.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")

_frosset: ContextVar[datetime | None] = ContextVar("bosett_frosset_klokke", default=None)


def naa() -> datetime:
    """This moment, aware, in Europe/Oslo; the frozen moment inside `frys`."""
    return _frosset.get() or datetime.now(OSLO)


def i_dag() -> date:
    """Today's date in Norway (not the server's, and not UTC's)."""
    return naa().date()


@contextmanager
def frys(tid: datetime | date) -> Iterator[datetime]:
    """Stop the clock at `tid` (a bare date means noon in Oslo, away from midnight and DST). May be nested.

    Works per context (thread, asyncio task), so parallel tests do not disturb each other.
    Raises ValueError for a naive datetime.
    """
    if not isinstance(tid, datetime):
        tid = datetime.combine(tid, time(12), OSLO)
    elif tid.tzinfo is None:
        raise ValueError("frys() needs an aware datetime; add tzinfo=OSLO")
    merke = _frosset.set(tid.astimezone(OSLO))
    try:
        yield naa()
    finally:
        _frosset.reset(merke)

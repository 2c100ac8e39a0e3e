"""Background jobs of the room. Arguments are ids only; each job may run twice."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.vedtak import kopier as kopiering
from bosett.vedtak import vurdering


@app.task(name="vedtak.kopier", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def kopier(vedtak_id: int) -> None:
    """The decision sheet, copies to IMDi and KS, and the archive package."""
    with som(system("vedtak.kopier")) as aktor:
        kopiering.kopier(aktor=aktor, vedtak_id=vedtak_id)


@app.task(name="vedtak.meld_til_vurdering", retry=RetryStrategy(max_attempts=5, wait=5))
def meld_til_vurdering(vedtak_id: int) -> None:
    """Tell IMDi that a text waits for a judgement."""
    with som(system("vedtak.meld_til_vurdering")) as aktor:
        vurdering.meld(aktor=aktor, vedtak_id=vedtak_id)

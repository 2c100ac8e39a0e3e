"""Publishing in the background: after the last letter of a round, and after a municipality's answer."""

from datetime import timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from bosett.aktor.kontekst import som, system
from bosett.grunn.klokke import naa
from bosett.statistikk.models import Publisering
from bosett.statistikk.services import publiser_runde as publiser
from bosett.statistikk.services import publiser_vedtak as publiser_svar

_MELLOMROM = timedelta(seconds=30)
"""When many answer at once, one edition stands at least this long: the last job publishes what all of them said."""


@app.task(name="statistikk.publiser_runde")
def publiser_runde(runde_id: int) -> None:
    """Publish a sent round. Repeating it changes nothing."""
    with som(system("statistikk.publiser_runde")) as aktor:
        publiser(aktor=aktor, runde_id=runde_id)


@app.task(name="statistikk.publiser_vedtak", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def publiser_vedtak(aar: int) -> None:
    """Publish what the municipalities have decided. Repeating it changes nothing; leaves it to a later job when one is due."""
    with som(system("statistikk.publiser_vedtak")) as aktor:
        if not _en_til_kommer(aar):
            publiser_svar(aktor=aktor, aar=aar)


def _en_til_kommer(aar: int) -> bool:
    ny = Publisering.objects.filter(serie=f"vedtak-{aar}", tid__gt=naa() - _MELLOMROM).exists()
    venter = ProcrastinateJob.objects.filter(
        task_name="statistikk.publiser_vedtak", status="todo", attempts=0, args__aar=aar
    )
    return ny and venter.exists()

"""Background jobs of the room. Arguments are ids only; each job may run twice."""

import logging

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.anmodning.models import Runde
from bosett.dokument.kanaler import Leveringsfeil
from bosett.grunn.klokke import i_dag
from bosett.vedtak import kopier as kopiering
from bosett.vedtak import paaminnelser, vurdering

EPOSTFORSOK = 5
_logg = logging.getLogger("bosett.vedtak")


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


@app.periodic(cron="17 6-18 * * *")
@app.task(name="vedtak.paaminn", queueing_lock="vedtak.paaminn", retry=RetryStrategy(max_attempts=3, wait=60))
def paaminn(timestamp: int) -> None:
    """Remind who has not answered before the deadline. Every hour of the day: one that was missed is given when we are up again."""
    aktor = system("vedtak.paaminn")
    with som(aktor):
        runder = list(
            Runde.objects.filter(tilstand__in=("sendes", "sendt"), frist__gte=i_dag()).values_list(
                "pk", flat=True
            )
        )
    for runde_id in runder:
        with som(aktor):
            paaminnelser.paaminn_automatisk(aktor=aktor, runde_id=runde_id)


@app.task(
    name="vedtak.send_paaminnelse",
    retry=RetryStrategy(max_attempts=EPOSTFORSOK, exponential_wait=4),
    pass_context=True,
)
def send_paaminnelse(kontekst: JobContext, paaminnelse_id: int) -> None:
    """The notice of one reminder by e-mail. The task in Bosett stands whether it gets through or not."""
    try:
        paaminnelser.send_epost_om(aktor=system("vedtak.send_paaminnelse"), paaminnelse_id=paaminnelse_id)
    except Leveringsfeil as feil:
        siste = kontekst.job is None or kontekst.job.attempts >= EPOSTFORSOK
        if not (siste or feil.varig):
            raise
        _logg.error("påminnelsen %s ble ikke levert som e-post: %s", paaminnelse_id, feil.kode)

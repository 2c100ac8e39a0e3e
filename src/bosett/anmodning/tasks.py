"""Background jobs of the room. Arguments are ids only; each job may run twice."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.anmodning import revidering
from bosett.anmodning.utsending import send_alle

_logg = logging.getLogger("bosett.anmodning")


@app.task(name="anmodning.send_brev", retry=RetryStrategy(max_attempts=3, wait=5))
def send_brev(runde_id: int) -> None:
    """Send the letters of a round; what is sent already is passed over."""
    for navn, feil in send_alle(aktor=system("anmodning.send_brev"), runde_id=runde_id):
        _logg.error("anmodningsbrevet til %s ble ikke sendt: %s", navn, feil.kode)


@app.task(name="anmodning.meld_nytt_behov", retry=RetryStrategy(max_attempts=3, wait=5))
def meld_nytt_behov(behov_id: int) -> None:
    """Tell the municipalities that have a letter that the need has changed."""
    aktor = system("anmodning.meld_nytt_behov")
    with som(aktor):
        revidering.meld_nytt_behov(aktor=aktor, behov_id=behov_id)

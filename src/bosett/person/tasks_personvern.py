"""Background jobs of privacy. Each may run twice."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.person.services import samtykker, sletting


@app.periodic(cron="40 2 * * *")
@app.task(name="person.foreslaa_sletting", queueing_lock="foreslaa_sletting", pass_context=False)
def foreslaa_sletting(timestamp: int) -> None:
    aktor, antall = system("person.foreslaa_sletting"), 1
    while antall:
        with som(aktor):
            antall = sletting.foreslaa(aktor=aktor)


@app.periodic(cron="10 0 * * *")
@app.task(name="person.utlop_samtykker", queueing_lock="utlop_samtykker", pass_context=False)
def utlop_samtykker(timestamp: int) -> None:
    aktor, antall = system("person.utlop_samtykker"), 1
    while antall:
        with som(aktor):
            antall = samtykker.utlop(aktor=aktor)


@app.task(name="person.slett", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def slett() -> None:
    """Delete what is approved, one household in each transaction."""
    aktor, mer = system("person.slett"), True
    while mer:
        with som(aktor):
            mer = sletting.utfor_neste(aktor=aktor)

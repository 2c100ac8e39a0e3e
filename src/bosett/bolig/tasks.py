"""Background jobs of the room. Each may run twice."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.bolig.services import annonser, innmeldingssvar, leievarsel


@app.periodic(cron="40 4 * * *")
@app.task(name="bolig.innmeldinger", queueing_lock="bolig.innmeldinger", pass_context=False)
def innmeldinger(timestamp: int) -> None:
    """Once a day: what nobody in IMDi has opened becomes a task, and old names of persons asked for are deleted."""
    aktor = system("bolig.innmeldinger")
    for gjor in (innmeldingssvar.flagg_usette, innmeldingssvar.slett_gamle_onsker):
        antall = 1
        while antall:
            with som(aktor):
                antall = gjor(aktor=aktor)


@app.periodic(cron="37 5 * * *")
@app.task(
    name="bolig.varsle_leie", queueing_lock="bolig.varsle_leie", retry=RetryStrategy(max_attempts=3, wait=60)
)
def varsle_leie(timestamp: int) -> None:
    """Warn of head leases that end while somebody rents under them. One that was missed is given the next time."""
    with som(system("bolig.varsle_leie")) as aktor:
        leievarsel.varsle(aktor=aktor)


@app.periodic(cron="25 3 * * *")
@app.task(name="bolig.slett_annonser", queueing_lock="slett_annonser", pass_context=False)
def slett_annonser(timestamp: int) -> None:
    """Listings nobody has seen for long go, a portion in each transaction."""
    while True:
        with som(system("bolig.slett_annonser")) as aktor:
            if not annonser.slett_gamle(aktor=aktor):
                return

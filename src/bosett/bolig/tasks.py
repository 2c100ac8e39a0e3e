"""Background jobs of the room. Arguments are ids only; each job may run twice."""

from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.bolig.services import annonser


@app.periodic(cron="25 3 * * *")
@app.task(name="bolig.slett_annonser", queueing_lock="slett_annonser", pass_context=False)
def slett_annonser(timestamp: int) -> None:
    """Listings nobody has seen for long go, a portion in each transaction."""
    while True:
        with som(system("bolig.slett_annonser")) as aktor:
            if not annonser.slett_gamle(aktor=aktor):
                return

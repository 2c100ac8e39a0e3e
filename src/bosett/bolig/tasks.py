"""Background jobs of the room; each may run twice."""

from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.bolig.services import innmeldingssvar


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

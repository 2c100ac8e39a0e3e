"""The nightly clean-up of requests for access."""

from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.brukere import services


@app.periodic(cron="20 3 * * *")
@app.task(name="brukere.rydd_soknader", queueing_lock="rydd_soknader", pass_context=False)
def rydd_soknader(timestamp: int) -> None:
    with som(system("brukere.rydd_soknader")) as aktor:
        services.rydd_soknader(aktor=aktor)

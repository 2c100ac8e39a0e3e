"""The sealing job."""

from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.spor.services import forsegl


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="forsegl", pass_context=False)
def forsegl_sporet(timestamp: int) -> None:
    with som(system("spor.forsegl")):
        forsegl()

"""The demonstration's own job. `settings` names this file: the demonstration is no room."""

from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.demo.koblinger import reserver
from bosett.demo.mindrearige import fyll
from bosett.integrasjon.models import Melding
from bosett.kartlegging.services.emplaner import uten_plan
from bosett.person.services.em import planbehov

VENT_S = 10


@app.task(name="demo.fyll_kartlegging")
def fyll_kartlegging() -> None:
    """Write what the centres would have written, and hold some homes, when everybody told of is in the register and has got an empty plan."""
    with som(system("demo")):
        venter = Melding.objects.filter(status="mottatt").exists() or bool(planbehov(uten_plan()))
    if venter:
        app.configure_task("demo.fyll_kartlegging", schedule_in={"seconds": VENT_S}).defer()
    else:
        fyll()
        reserver()

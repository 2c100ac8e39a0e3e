"""Publishing in the background, after the last letter of a round."""

from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.statistikk.services import publiser_runde as publiser


@app.task(name="statistikk.publiser_runde")
def publiser_runde(runde_id: int) -> None:
    """Publish a sent round. Repeating it changes nothing."""
    with som(system("statistikk.publiser_runde")) as aktor:
        publiser(aktor=aktor, runde_id=runde_id)

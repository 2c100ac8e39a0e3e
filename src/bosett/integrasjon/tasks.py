"""Background jobs of the room. Each may run twice, and two at once take different messages."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.integrasjon import services


@app.task(name="integrasjon.bruk", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def bruk() -> None:
    """Use messages until none waits, a portion in each transaction."""
    aktor = system("integrasjon.bruk")
    antall = 1
    while antall:
        with som(aktor):
            antall = services.bruk_neste(aktor=aktor)

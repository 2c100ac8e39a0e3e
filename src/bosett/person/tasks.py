"""Background jobs of the room. Arguments are ids only; each job may run twice."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.person import tasks_personvern as tasks_personvern
from bosett.person.services import dagskifte, dubletter


@app.task(name="person.finn_dubletter", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def finn_dubletter(person_ider: list[int]) -> None:
    """Look for others in the register who may be the same as these. Repeating it changes nothing."""
    with som(system("person.finn_dubletter")) as aktor:
        dubletter.finn(aktor=aktor, person_ider=person_ider)


@app.periodic(cron="5 0 * * *")
@app.task(name="person.dagskifte", queueing_lock="dagskifte", pass_context=False)
def ny_dag(timestamp: int) -> None:
    """What follows from the day that has come, a portion of households in each transaction."""
    aktor = system("person.utled")
    with som(aktor):
        ider = dagskifte.berorte()
    for fra in range(0, len(ider), 200):
        with som(aktor):
            dagskifte.utled_igjen(aktor=aktor, husholdninger=ider[fra : fra + 200])

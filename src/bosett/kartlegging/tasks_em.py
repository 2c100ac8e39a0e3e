"""Plans of unaccompanied minors follow what has happened to them."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.kartlegging.services import emplaner

PORSJON = 200


@app.task(name="kartlegging.folg_em", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
def folg_em(husholdninger: list[int]) -> None:
    """Open, hand over and close the plans of these households."""
    with som(system("kartlegging.folg_em")) as aktor:
        emplaner.folg(aktor=aktor, husholdninger=husholdninger)


@app.periodic(cron="20 0 * * *")
@app.task(name="kartlegging.uten_plan", queueing_lock="uten_plan", pass_context=False)
def uten_plan(timestamp: int) -> None:
    """Minors that no plan was opened for, whatever the reason, a portion in each transaction."""
    aktor = system("kartlegging.folg_em")
    with som(aktor):
        ider = emplaner.uten_plan()
    for fra in range(0, len(ider), PORSJON):
        with som(aktor):
            emplaner.folg(aktor=aktor, husholdninger=ider[fra : fra + PORSJON])

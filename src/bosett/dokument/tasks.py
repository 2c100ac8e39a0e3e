"""Background jobs of the room. Arguments are ids only; each job may run twice."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from bosett.aktor.kontekst import som, system
from bosett.dokument import services

FORSOK = 4
_NYE_FORSOK = RetryStrategy(max_attempts=FORSOK, exponential_wait=4)  # after 4 s, 16 s, 1 min, 4 min


@app.task(name="dokument.ekspeder", retry=_NYE_FORSOK, pass_context=True)
def ekspeder(kontekst: JobContext, forsendelse_id: int) -> None:
    siste = kontekst.job is None or kontekst.job.attempts >= FORSOK
    services.ekspeder(aktor=system("dokument.ekspeder"), forsendelse_id=forsendelse_id, siste_forsok=siste)


@app.task(name="dokument.arkiver", retry=RetryStrategy(max_attempts=3, wait=60))
def arkiver(dokument_id: int) -> None:
    with som(system("dokument.arkiver")) as aktor:
        services.arkiver(aktor=aktor, dokument_id=dokument_id)


@app.task(name="dokument.kontroller_fil", retry=_NYE_FORSOK, pass_context=True)
def kontroller_fil(kontekst: JobContext, innfil_id: int) -> None:
    siste = kontekst.job is None or kontekst.job.attempts >= FORSOK
    services.kontroller_fil(aktor=system("dokument.kontroller_fil"), innfil_id=innfil_id, siste_forsok=siste)


@app.periodic(cron="17 * * * *")
@app.task(name="dokument.kontroller_ventende", queueing_lock="kontroller_ventende")
def kontroller_ventende(timestamp: int) -> None:
    with som(system("dokument.kontroller_fil")) as aktor:
        services.ko_ventende(aktor=aktor)

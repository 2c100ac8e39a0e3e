"""Care for the job queue itself, and reminders of tasks that are overdue."""

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from bosett.aktor.kontekst import som, system
from bosett.oppgave import egne

HOYEST_FORSOK = 5
"""A job that has taken the worker down this often is left as failed, so that it can't do it for ever."""

_logg = logging.getLogger("bosett.jobber")


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="gjenopprett", pass_context=True)
async def gjenopprett_stansede(kontekst: JobContext, timestamp: int) -> None:
    """Put jobs back in the queue whose worker was killed. Tasks are idempotent, so a repeat does no harm."""
    behandler = kontekst.app.job_manager
    for jobb in await behandler.get_stalled_jobs(seconds_since_heartbeat=30):
        if jobb.id is None or jobb.id == kontekst.job.id:
            continue
        if jobb.attempts >= HOYEST_FORSOK:
            _logg.error(
                "jobb %s (%s) er stanset %s ganger og blir stående", jobb.id, jobb.task_name, jobb.attempts
            )
            await behandler.finish_job(jobb, status=Status.FAILED, delete_job=False)
        else:
            _logg.warning("jobb %s (%s) ble avbrutt og startes på nytt", jobb.id, jobb.task_name)
            await behandler.retry_job(jobb)


@app.periodic(cron="25 5 * * *")
@app.task(name="oppgave.minn", queueing_lock="oppgave.minn", pass_context=False)
def minn(timestamp: int) -> None:
    """Once a day. One that was missed is given the next: each deadline is reminded of once."""
    aktor, antall = system("oppgave.minn"), 1
    while antall:
        with som(aktor):
            antall = egne.minn(aktor=aktor)

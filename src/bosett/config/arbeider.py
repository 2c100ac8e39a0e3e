"""The worker: `python -m bosett.config.arbeider` does the jobs until it is told to stop, or (`--til-tom`) until none is left.

Not procrastinate's own command: that one gives the whole app a connection of its own, and a job that queues another job would
do so outside its transaction. A crash then leaves a job for something that never was. Here only the fetching of jobs has its
own connection.
"""

import argparse
import asyncio
import os

from procrastinate import App

from bosett.config import oppstart

STANSFRIST_S = 10
HENSYN = 10
"""How far jobs stand back for people who wait for a page on the same machine (`nice`)."""


async def _arbeid(arbeider: App, valg: argparse.Namespace) -> None:
    async with arbeider.open_async():
        await arbeider.run_worker_async(
            concurrency=valg.samtidig, wait=not valg.til_tom, shutdown_graceful_timeout=STANSFRIST_S
        )


def main() -> None:
    ord_ = argparse.ArgumentParser(description="Gjør jobbene som venter.")
    ord_.add_argument("--til-tom", action="store_true", help="stans når det ikke er flere jobber")
    ord_.add_argument("--samtidig", type=int, default=2, metavar="ANTALL", help="jobber om gangen (2)")
    valg = ord_.parse_args()
    os.nice(HENSYN)
    oppstart.django()
    from procrastinate.contrib.django import app  # noqa: PLC0415 - exists when Django is set up
    from procrastinate.contrib.django.django_connector import DjangoConnector  # noqa: PLC0415

    assert isinstance(app.connector, DjangoConnector)
    arbeider = App(connector=app.connector.get_worker_connector())
    arbeider.tasks, arbeider.periodic_registry = app.tasks, app.periodic_registry
    asyncio.run(_arbeid(arbeider, valg))


if __name__ == "__main__":
    # By its own name: Procrastinate warns of an app made in the main module.
    from bosett.config.arbeider import main as start

    start()

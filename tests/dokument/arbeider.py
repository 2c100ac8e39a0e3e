"""Run as a process of its own: do all waiting jobs, or send a batch of letters, and stop. The crash tests kill it."""

import asyncio
import json
import sys

import django

django.setup()

from procrastinate.contrib.django import app  # noqa: E402 - after setup

from bosett.aktor.kontekst import system  # noqa: E402
from bosett.aktor.models import Organisasjon  # noqa: E402
from bosett.dokument import services  # noqa: E402
from bosett.grunn.klokke import naa  # noqa: E402


async def _jobber() -> None:
    arbeider = app.with_connector(app.connector.get_worker_connector())
    async with arbeider.open_async():
        await arbeider.run_worker_async(wait=False, concurrency=2, install_signal_handlers=False)


def _bunke(ider: list[int], godkjenner: int, kommune: int) -> None:
    hvem = services.Godkjenner(godkjenner, "Demo Godkjennersen", "regiondirektør", naa())
    jobb = system("prove")
    mottaker: list[services.Mottaker] = []

    def send(dokument) -> None:
        if not mottaker:
            mottaker.append(services.Mottaker(Organisasjon.objects.get(pk=kommune), "fil"))
        services.send(aktor=jobb, dokument_id=dokument.pk, mottakere=mottaker)

    for pk, feil in services.godkjenn_mange(aktor=jobb, dokument_ider=ider, godkjenner=hvem, etterpaa=send):
        if feil:
            raise SystemExit(f"{pk}: {feil}")


if __name__ == "__main__":
    if sys.argv[1] == "jobber":
        asyncio.run(_jobber())
    else:
        _bunke(*json.loads(sys.argv[2]))

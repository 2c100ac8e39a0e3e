"""A municipality's answer, filled in as its people would, for tests that need one."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.anmodning.models import Kommuneanmodning
from bosett.vedtak import services
from bosett.vedtak.models import Vedtak
from bosett.vedtak.services import Utfylt
from runder import AAR, STEINKJER

MOTE = date(2026, 11, 18)
BRUKER = {STEINKJER: "bosetter_skriv", "1577": "bosetter_skriv.volda"}


def anmodningen(nummer: str = STEINKJER) -> Kommuneanmodning:
    with som(system("prove")):
        return Kommuneanmodning.objects.select_related("subjekt", "organisasjon", "runde").get(
            nummer=nummer, runde__aar=AAR, tilstand="anmodet"
        )


def utfylt(antall: int = 10, **mer: Any) -> Utfylt:
    """A whole answer without reservations: yes to `antall` persons, no to minors."""
    felt: dict[str, Any] = {
        "antall": antall, "em": False, "organ": "kommunestyre", "motedato": MOTE, "saksnummer": "84/2026",
        "stemmer_for": 30, "stemmer_mot": 5, "tekst": f"Kommunen bosetter {antall} flyktninger i {AAR}.",
    }  # fmt: skip
    return Utfylt(**(felt | mer))


def lagre(svar: Utfylt, nummer: str = STEINKJER, versjon: int = 0) -> Vedtak:
    anmodning = anmodningen(nummer)
    with som_bruker(BRUKER[nummer]) as aktor:
        return services.lagre(aktor=aktor, anmodning_id=anmodning.pk, svar=svar, versjon=versjon)


def send(svar: Utfylt, nummer: str = STEINKJER) -> Vedtak:
    utkast = lagre(svar, nummer)
    with som_bruker(BRUKER[nummer]) as aktor:
        return services.send(aktor=aktor, vedtak_id=utkast.pk, versjon=utkast.versjon, bekreftet=True)


def arbeid() -> None:
    """Do what is queued, as the worker does: each job by its own function, outside every transaction, until nothing is left."""
    from procrastinate.contrib.django import app  # noqa: PLC0415
    from procrastinate.contrib.django.models import ProcrastinateJob  # noqa: PLC0415

    gjort: set[int] = set()
    while nye := [
        j for j in ProcrastinateJob.objects.filter(status="todo").order_by("pk") if j.pk not in gjort
    ]:
        for jobb in nye:
            gjort.add(jobb.pk)
            oppgave = app.tasks.get(jobb.task_name)
            if oppgave is None:
                continue
            if oppgave.pass_context:
                oppgave.func(SimpleNamespace(job=None), **jobb.args)
            else:
                oppgave.func(**jobb.args)

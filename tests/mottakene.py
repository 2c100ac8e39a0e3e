"""Centres for tests: the demonstration consultant's own (`A`), another (`B`), one for minors (`EM`) and a care centre (`OMS`)."""

from datetime import date

from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Medlemskap, Organisasjon
from bosett.geografi.models import Kommune
from bosett.person.models import Mottak

TYPER = {"A": "ordinaert", "B": "ordinaert", "EM": "em", "OMS": "omsorgssenter"}


def lag_mottak() -> dict[str, Mottak]:
    with som(system("prove")):
        kommune = Kommune.objects.order_by("pk")[0]
        egen = Medlemskap.objects.get(bruker__brukernavn="bosettingskonsulent@demo.invalid").organisasjon
        ut = {}
        for kode, type_ in TYPER.items():
            org = (
                egen
                if kode == "A"
                else Organisasjon.objects.create(
                    slag="mottak", navn=f"PRØVE mottak {kode}", sorteringsnavn=kode
                )
            )
            ut[kode], _ny = Mottak.objects.update_or_create(
                organisasjon=org,
                defaults={
                    "kode": kode, "type": type_, "drift": "kommune", "operator": "Prøvedrift", "kommune": kommune, "plasser": 100,
                    "apnet": date(2020, 1, 1), "stengt": None,
                },
            )  # fmt: skip
        return ut

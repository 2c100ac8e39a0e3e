"""Centres for tests: the demonstration consultant's own (`A`), another (`B`), one for minors (`EM`) and a care centre (`OMS`)."""

from datetime import date

from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Medlemskap, Organisasjon
from bosett.geografi.models import Kommune
from bosett.person.models import Mottak
from bosett.tilgang.services import nytt_subjekt

TYPER = {"A": "ordinaert", "B": "ordinaert", "EM": "em", "OMS": "omsorgssenter"}


def lag_mottak(typer: dict[str, str] = TYPER) -> dict[str, Mottak]:
    """The first of them becomes the consultant's own."""
    with som(system("prove")):
        kommune = Kommune.objects.order_by("pk")[0]
        ut = {}
        for kode, type_ in typer.items():
            felt = {
                "kode": kode, "type": type_, "drift": "kommune", "operator": "Prøvedrift", "kommune": kommune, "plasser": 100,
                "apnet": date(2000, 1, 1), "stengt": None,
            }  # fmt: skip
            if not ut:
                egen = Medlemskap.objects.get(
                    bruker__brukernavn="bosettingskonsulent@demo.invalid"
                ).organisasjon
                ut[kode], _ny = Mottak.objects.update_or_create(
                    organisasjon=egen, defaults=felt, create_defaults=felt | {"subjekt": nytt_subjekt(slag="mottak")}
                )  # fmt: skip
            else:
                org = Organisasjon.objects.create(
                    slag="mottak", navn=f"DEMO {kode}", sorteringsnavn=kode.lower()
                )
                ut[kode] = Mottak.objects.create(
                    organisasjon=org, subjekt=nytt_subjekt(slag="mottak"), **felt
                )
        return ut

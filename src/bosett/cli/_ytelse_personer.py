"""A million persons: how long lists and searches take, what row security costs, and how it grows from ten thousand."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bosett.cli._maal import (
    ADRESSE,
    Resultat,
    adminkonto,
    bosett,
    i_tilstanden,
    okt,
    prosessortid,
    tid,
    vent_til_rolig,
)
from bosett.cli._ytelse_fyll import fyll
from bosett.config.tilstand import ROT

TRINN = (10_000, 100_000, 1_000_000)
BRUKERE, SEKUNDER, GANGER = 50, 30, 15


def personer(miljo: dict[str, str]) -> list[Resultat]:
    """`BOSETT_YTELSE_TRINN` (numbers with commas between) measures at other sizes."""
    trinn = [int(ett) for ett in os.environ.get("BOSETT_YTELSE_TRINN", "").split(",") if ett] or list(TRINN)
    ut = []
    for antall in trinn:
        print(f"  {antall} personer", file=sys.stderr, flush=True)
        tall = i_tilstanden(miljo | {"BOSETT_YTELSE_ANTALL": str(antall)}, sporringer)
        deler = (("listen", "liste"), ("en side lenger ut", "bla"), ("mottakets liste", "egen_liste"))
        ut.append(
            Resultat(
                f"Spørringene, {tall['personer']:.0f} personer",
                f"{tall['liste']:.1f} ms listen",
                "–",
                True,
                "median i ms, i parentes det samme uten radsikkerhet: "
                + ", ".join(f"{hva} {tall[kode]:.1f} ({tall[f'{kode}_uten']:.1f})" for hva, kode in deler)
                + f"; søk på navn {tall['navn']:.1f}, på nummer {tall['nummer']:.1f}; radsikkerhet koster {tall['forhold']:.2f} ganger; fylt på {tall['sekunder']:.0f} s",
            )
        )
    with bosett(miljo):
        vent_til_rolig(miljo)
        for_ = prosessortid(miljo)
        svar = _last(miljo)
        per_svar = 1000 * (prosessortid(miljo) - for_) / max(svar["foresporsler"], 1)
    slag = ", ".join(f"{hva} {p95:.0f}" for hva, p95 in svar["per_slag"].items())
    return [
        *ut,
        Resultat(
            f"Søk og liste over {trinn[-1]} personer, {BRUKERE} brukere om gangen, p95", f"{svar['p95_ms']:.0f} ms", "< 200 ms",
            svar["p95_ms"] < 200 and not svar["feil"],
            f"{svar['foresporsler']} svar på {SEKUNDER} s, ett sekund mellom hver; p50 {svar['p50_ms']:.0f} ms, p95 i ms: {slag}; "
            f"{sum(svar['feil'].values())} feil; {per_svar:.0f} ms prosessortid per svar",
        ),
    ]  # fmt: skip


def _last(miljo: dict[str, str]) -> dict[str, Any]:
    ferdig = subprocess.run(
        [sys.executable, str(ROT / "tests" / "load" / "personer.py"), "--adresse", ADRESSE, "--oppdrag", str(_fil(miljo)),
         "--brukere", str(BRUKERE), "--sekunder", str(SEKUNDER)],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    if not ferdig.stdout:
        raise SystemExit(f"lasten stanset:\n{ferdig.stderr}")
    ut: dict[str, Any] = json.loads(ferdig.stdout)
    return ut


def _fil(miljo: dict[str, str]) -> Path:
    return Path(miljo["BOSETT_STATE"]) / "oppdrag.json"


def sporringer() -> dict[str, float]:
    """Fill up, then ask what the pages ask: as the application with row security, and the very same as one it does not hold for."""
    import psycopg  # noqa: PLC0415 - runs in a process of its own, with Django
    from django.db import connection  # noqa: PLC0415

    from bosett.aktor.kontekst import som, system  # noqa: PLC0415
    from bosett.aktor.models import Bruker  # noqa: PLC0415
    from bosett.demo.brukere import som_demobruker  # noqa: PLC0415
    from bosett.person import selectors  # noqa: PLC0415
    from bosett.person.models import Nummer, Person  # noqa: PLC0415

    fra = time.perf_counter()
    ut: dict[str, float] = {"personer": fyll(int(os.environ["BOSETT_YTELSE_ANTALL"])), "sekunder": 0}
    ut["sekunder"] = time.perf_counter() - fra
    with som(system("ytelse")):
        utvalg = list(Person.objects.filter(husholdning__avsluttet=None).order_by("uuid")[:200])
        oppdrag = {
            "okter": [okt(bruker) for bruker in Bruker.objects.filter(medlemskap__rolle__in=("imdi_radgiver", "imdi_godkjenner", "bosettingskonsulent"))],
            "navn": [p.navn for p in utvalg[:100]] + [p.navn.split()[0] for p in utvalg[100:]],
            "nummer": list(Nummer.objects.filter(person__in=utvalg).values_list("nummer", flat=True)),
            "sak": [f"H {p.husholdning_id}" for p in utvalg],
        }  # fmt: skip
    _fil(dict(os.environ)).write_text(json.dumps(oppdrag), encoding="utf-8")
    with psycopg.connect(**adminkonto(), autocommit=True) as fri:
        for kode, rolle, del_ in (
            ("liste", "imdi_radgiver", slice(0, 50)), ("bla", "imdi_radgiver", slice(500, 550)),
            ("egen_liste", "bosettingskonsulent", slice(0, 50)),
        ):  # fmt: skip
            with som_demobruker(rolle) as aktor:
                sql, verdier = (
                    selectors.husholdninger(aktor).order_by("apnet", "pk")[del_].query.sql_with_params()
                )
                ut[kode] = _median(lambda: _hent(connection.cursor(), sql, verdier))  # noqa: B023 - called here
            ut[f"{kode}_uten"] = _median(lambda: _hent(fri.cursor(), sql, verdier))  # noqa: B023
    with som_demobruker("imdi_radgiver") as aktor:
        for kode in ("navn", "nummer"):
            ett = iter(oppdrag[kode] * 2)
            ut[kode] = _median(lambda: list(selectors.finn(aktor, next(ett))[0]))  # noqa: B023
    forhold = (ut[kode] / ut[f"{kode}_uten"] for kode in ("liste", "bla", "egen_liste"))
    return ut | {"forhold": statistics.geometric_mean(forhold)}


def _hent(peker: Any, sql: str, verdier: Any) -> None:
    peker.execute(sql, verdier)
    peker.fetchall()


def _median(gjor: Callable[[], object]) -> float:
    return 1000 * statistics.median(tid(gjor) for _ in range(GANGER))

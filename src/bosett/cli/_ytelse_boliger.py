"""Twenty thousand homes: the list and a search in it, and how one household fits them all."""

import json
import os
import random
import statistics
import time
import urllib.request
from functools import partial
from pathlib import Path
from typing import Any

from bosett.cli._maal import ADRESSE, Resultat, adminkonto, bosett, i_tilstanden, okt, tid, vent_til_rolig

BOLIGER, GANGER, SIDER = 20_000, 15, 120
_NYE = """CREATE TEMP TABLE nye AS SELECT s + n AS id, n AS nr, o[1 + n %% array_length(o, 1)] AS organisasjon
  FROM (SELECT coalesce(max(id), 0) AS s FROM tilgang_subjekt) a,
       (SELECT array_agg(id ORDER BY id) AS o FROM aktor_organisasjon WHERE slag = 'kommune') b, generate_series(1, %s) AS n"""
_FYLL = (
    "INSERT INTO tilgang_subjekt (id, uuid, slag, opprettet) SELECT id, gen_random_uuid(), 'bolig', now() FROM nye",
    """INSERT INTO bolig_bolig (subjekt_id, organisasjon_id, tilstand, eierform, slag, bygg, adresse, postnummer, poststed, bruksenhet,
         omraade_grunn, soverom, rom, plasser, funksjoner, tilgjengelig_kjent, dyr, km_skole, km_buss, merknad, kilde, versjon, registrert, endret)
       SELECT id, organisasjon, CASE WHEN nr % 10 = 0 THEN 'registrert' ELSE 'egnet' END,
              (ARRAY['privat', 'kommunal', 'fremleie'])[1 + nr % 3], 'vanlig', 'leilighet', 'Oppdiktet vei ' || nr, lpad((nr % 9999)::text, 4, '0'),
              'Sted' || nr % 300, '', '', nr % 5, nr % 5 + 1, 1 + nr % 7, CASE WHEN nr % 4 = 0 THEN ARRAY['trinnfri'] ELSE ARRAY[]::text[] END,
              nr % 2 = 0, nr % 3 = 0, CASE WHEN nr % 3 > 0 THEN nr % 80 / 10.0 END, CASE WHEN nr % 4 > 0 THEN nr % 50 / 10.0 END,
              '', 'kommune', 1, now() - nr * interval '1 minute', now() FROM nye""",
    """INSERT INTO bolig_boligperiode (bolig_id, slag, fra, til, registrert)
       SELECT id, 'ledig', current_date + (nr % 60 - 30), CASE WHEN nr % 3 = 0 THEN current_date + 200 + nr % 400 END, now() FROM nye WHERE nr % 8 > 0""",
    "INSERT INTO bolig_boligperiode (bolig_id, slag, fra, registrert) SELECT id, 'stengt', current_date - 30, now() FROM nye WHERE nr % 8 = 0",
)


def boliger(miljo: dict[str, str]) -> list[Resultat]:
    tall = i_tilstanden(miljo, passform)
    oppdrag = json.loads(_fil(miljo).read_text(encoding="utf-8"))
    with bosett(miljo):
        vent_til_rolig(miljo)
        for adresse in oppdrag["adresser"][:10]:
            _hent(adresse, oppdrag["okt"])
        tider = sorted(tid(partial(_hent, adresse, oppdrag["okt"])) for adresse in oppdrag["adresser"])
    p95 = 1000 * tider[int(0.95 * len(tider))]
    return [
        Resultat(
            f"Hvor godt {BOLIGER} boliger passer for én husholdning", f"{tall['utvalg']:.0f} ms", "< 100 ms", tall["utvalg"] < 100,
            f"median av {GANGER}: de 20 beste av {tall['egnede']:.0f} egnede og ledige, med alle grunner, radsikkerhet på; "
            f"regelen alene på alle {BOLIGER} i minnet {tall['regel']:.0f} ms",
        ),
        Resultat(
            f"Listen over {BOLIGER} boliger og søk i den, p95", f"{p95:.0f} ms", "< 150 ms", p95 < 150,
            f"{SIDER} sider etter hverandre for en rådgiver i IMDi, p50 {1000 * statistics.median(tider):.0f} ms",
        ),
    ]  # fmt: skip


def _fil(miljo: dict[str, str]) -> Path:
    return Path(miljo["BOSETT_STATE"]) / "boligoppdrag.json"


def _hent(adresse: str, nokkel: str) -> None:
    sporsmaal = urllib.request.Request(ADRESSE + adresse, headers={"Cookie": f"bosett_okt={nokkel}"})  # noqa: S310 - our own server
    with urllib.request.urlopen(sporsmaal) as svar:  # noqa: S310
        if "/boliger/" not in svar.url:
            raise SystemExit("listen over boliger krevde innlogging")
        svar.read()


def passform() -> dict[str, float]:
    """Fill up, then find the homes for a family of five, as the page does."""
    from bosett.aktor.models import Bruker  # noqa: PLC0415 - runs in a process of its own, with Django
    from bosett.bolig import selectors_passer as selectors  # noqa: PLC0415
    from bosett.bolig.rules.passer import Behov, Hjem, kravene, tell  # noqa: PLC0415
    from bosett.cli._ytelse_fyll import fyll  # noqa: PLC0415
    from bosett.demo.brukere import som_demobruker  # noqa: PLC0415
    from bosett.grunn.klokke import i_dag  # noqa: PLC0415
    from bosett.person.models import Husholdning  # noqa: PLC0415

    fyll(2000)
    _fyll_boliger()
    ut: dict[str, float] = {}
    with som_demobruker("imdi_radgiver") as aktor:
        h = Husholdning.objects.filter(avsluttet=None).order_by("-antall", "pk")[0]
        ut["egnede"] = selectors.egnede(aktor, h).count()
        ut["utvalg"] = _median(lambda: selectors.forslag(aktor, h, list(selectors.egnede(aktor, h)[:20])))
    tilfeldig = random.Random(1)  # noqa: S311 - invented homes, no secret
    hjem = [Hjem(tilfeldig.randint(1, 7), tilfeldig.randint(1, 5), ledig_fra=i_dag()) for _ in range(BOLIGER)]
    krav = kravene(Behov((40, 38, 12, 8, 3), i_dag(), 1, frozenset({"trinnfri"})), i_dag())
    ut["regel"] = _median(lambda: [tell(ett, krav) for ett in hjem])
    sok = [f"?sok=Sted{n}" for n in range(40)]
    valg = [f"?soverom={n % 4}&eierform=privat" for n in range(40)]
    bla = [f"?side={n}" for n in range(1, 41)]
    adresser = [f"/boliger/{ett}" for tre in zip(sok, valg, bla, strict=True) for ett in tre][:SIDER]
    with som_demobruker("imdi_radgiver") as aktor:
        nokkel = okt(Bruker.objects.get(brukernavn="imdi_radgiver@demo.invalid"))
    _fil(dict(os.environ)).write_text(json.dumps({"okt": nokkel, "adresser": adresser}), encoding="utf-8")
    return ut


def _fyll_boliger() -> None:
    import psycopg  # noqa: PLC0415

    konto = adminkonto()
    with psycopg.connect(**konto) as db:
        db.execute("SET session_replication_role = replica")
        db.execute(_NYE, [BOLIGER])
        for setning in _FYLL:
            db.execute(setning)
        db.execute("SELECT setval(pg_get_serial_sequence('tilgang_subjekt', 'id'), (SELECT max(id) FROM tilgang_subjekt))")  # fmt: skip
    with psycopg.connect(**konto, autocommit=True) as db:
        db.execute("VACUUM ANALYZE")


def _median(gjor: Any) -> float:
    gjor()
    tider = []
    for _ in range(GANGER):
        fra = time.perf_counter()
        gjor()
        tider.append(time.perf_counter() - fra)
    return 1000 * statistics.median(tider)

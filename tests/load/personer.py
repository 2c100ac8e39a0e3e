"""People who work with persons, fifty at a time with a second's thought between each thing they do, on a running Bosett on this machine only.

    .venv/bin/python tests/load/personer.py --adresse http://127.0.0.1:8000 --oppdrag oppdrag.json --brukere 50

`oppdrag.json` is what `./bosett ytelse` writes: sessions, and what to look for. Each looks at the list (40 %), leafs in it (10 %), searches by
number (15 %), name (20 %) and case (15 %).
"""

import argparse
import asyncio
import json
import random
import sys
import time
from pathlib import Path

from offentlig import persentil

from svar import OPPVARMING_S, Linje, Maaling, Svarer, valgene

ANDELER = {"liste": 40, "bla": 10, "nummer": 15, "navn": 20, "sak": 15}
LISTE = "/personer/"


async def en_bruker(
    linje: Linje, okt: str, oppdrag: dict[str, list[str]], tenk: float, slutt: float, valg: random.Random
) -> None:
    hvem = Svarer("", LISTE, okt, 0)
    await asyncio.sleep(valg.uniform(0, tenk))
    while time.perf_counter() < slutt:
        hva = valg.choices(list(ANDELER), list(ANDELER.values()))[0]
        if hva == "liste":
            await linje.be(hva, hvem, LISTE)
        elif hva == "bla":
            await linje.be(hva, hvem, f"{LISTE}?side={valg.randint(2, 20)}")
        else:
            await linje.be(hva, hvem, LISTE, {"q": valg.choice(oppdrag[hva])})
        await asyncio.sleep(valg.uniform(0.5, 1.5) * tenk)
    await linje.lukk()


async def kjor(v: argparse.Namespace, oppdrag: dict[str, list[str]]) -> Maaling:
    maaling = Maaling(fra=time.perf_counter() + OPPVARMING_S)
    slutt = maaling.fra + v.sekunder
    okter = oppdrag["okter"]
    await asyncio.gather(
        *(
            en_bruker(
                Linje(v.adresse, maaling), okter[nr % len(okter)], oppdrag, v.tenk, slutt, random.Random(nr)
            )
            for nr in range(v.brukere)
        )
    )
    return maaling


def main() -> int:
    ord_ = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ord_.add_argument("--oppdrag", type=Path, required=True)
    v = valgene(ord_)
    maaling = asyncio.run(kjor(v, json.loads(v.oppdrag.read_text(encoding="utf-8"))))
    alle = [tid for tider in maaling.tider.values() for tid in tider]
    svar = {
        "foresporsler": len(alle), "p50_ms": round(persentil(alle, 50), 1), "p95_ms": round(persentil(alle, 95), 1),
        "per_slag": {hva: round(persentil(tider, 95), 1) for hva, tider in maaling.tider.items()},
        "feil": maaling.feil, "sendt_igjen": maaling.igjen,
    }  # fmt: skip
    print(json.dumps(svar, ensure_ascii=False))
    return int(bool(maaling.feil))


if __name__ == "__main__":
    sys.exit(main())

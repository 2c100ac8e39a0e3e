"""Municipalities answer their requests, each with its own writer, on a running Bosett on this machine only.

    .venv/bin/python tests/load/svar.py --adresse http://127.0.0.1:8000 --svarere svarere.json alle --sekunder 60
    .venv/bin/python tests/load/svar.py --adresse http://127.0.0.1:8000 --svarere svarere.json blandet --brukere 50

`svarere.json` is what `./bosett ytelse` writes: per municipality the address of its form and the session of its writer. `alle` lets each
of them answer once, spread evenly over the time, and press «Send svaret» twice. `blandet` is so many people at once with a second's thought
between each thing they do: open the form (30 %), save while writing (40 %), look it over (15 %), send (15 %); who has sent goes on to the next
municipality of theirs. Says what was sent, so that it can be compared with what is registered.
"""

import argparse
import asyncio
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from offentlig import bare_her, persentil

ANDELER = {"åpne": 30, "lagre": 40, "se over": 15, "send": 15}
FORSOK = 5
OPPVARMING_S = 8
"""New processes read templates and prepare statements at the first pages of each kind; nobody restarts the server on the day."""
MAKS_BRUKERE, MAKS_SEKUNDER = 200, 120
_TOKEN = "a" * 32
"""Our own half of Django's double-submitted token: any value will do, as long as cookie and form agree."""


@dataclass
class Maaling:
    fra: float = 0.0
    """The clock when the warm-up is over; what was asked before is done and counted as sent, but not timed."""
    tider: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    feil: Counter[str] = field(default_factory=Counter)
    igjen: Counter[str] = field(default_factory=Counter)
    """Requests that had no answer in time and were sent once more, which must do no harm."""
    sendt: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Svarer:
    """One municipality's form as its writer has it open."""

    nummer: str
    sti: str
    okt: str
    aar: int
    versjon: int = 0
    antall: int = 10
    apen: bool = False
    utkast: bool = False

    def felt(self, antall: int, handling: str = "") -> dict[str, str]:
        return {
            "antall": str(antall), "em": "nei", "organ": "kommunestyre", "motedato": "18.11.2026", "saksnummer": "84/2026",
            "stemmer_for": "30", "stemmer_mot": "5", "tekst": f"Kommunen bosetter {antall} flyktninger i {self.aar}.",
            "versjon": str(self.versjon), "side": f"last-{self.nummer}", "handling": handling,
        }  # fmt: skip


class Linje:
    """One connection that is kept alive, as a browser's."""

    def __init__(self, adresse: str, maaling: Maaling) -> None:
        deler = urlsplit(adresse)
        self.vert, self.port = deler.hostname or "127.0.0.1", deler.port or 80
        self.maaling = maaling
        self.strom: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def be(
        self, hva: str, svarer: Svarer, sti: str, felt: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        """Status, address to go on to, and body. The time it took is kept under `hva`."""
        kropp = urlencode(felt).encode() if felt is not None else b""
        hode = (
            f"{'GET' if felt is None else 'POST'} {sti} HTTP/1.1\r\nHost: {self.vert}:{self.port}\r\nAccept-Language: nb\r\n"
            f"Cookie: bosett_okt={svarer.okt}; csrftoken={_TOKEN}\r\n"
        )
        if felt is not None:
            hode += f"X-CSRFToken: {_TOKEN}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(kropp)}\r\n"
        fra = time.perf_counter()
        for _ in range(FORSOK):
            try:
                if self.strom is None:
                    self.strom = await asyncio.open_connection(self.vert, self.port)
                self.strom[1].write(hode.encode() + b"\r\n" + kropp)
                status, videre, tekst = await asyncio.wait_for(_les(self.strom[0]), 20)
                break
            except (TimeoutError, OSError, asyncio.IncompleteReadError):  # people try again
                self.maaling.igjen[hva] += 1
                await self.lukk()
        else:
            self.maaling.feil[f"{hva}: ga opp"] += 1
            return 0, "", ""
        if fra >= self.maaling.fra:
            self.maaling.tider[hva].append(time.perf_counter() - fra)
        if status not in (200, 302):
            self.maaling.feil[f"{hva}: status {status}"] += 1
        return status, videre, tekst

    async def lukk(self) -> None:
        if self.strom is not None:
            self.strom[1].close()
            self.strom = None


async def _les(leser: asyncio.StreamReader) -> tuple[int, str, str]:
    hode = (await leser.readuntil(b"\r\n\r\n")).decode("latin-1")
    felt = {
        navn.lower(): verdi.strip()
        for navn, _, verdi in (linje.partition(":") for linje in hode.split("\r\n")[1:])
    }
    if felt.get("transfer-encoding", "").lower() == "chunked":
        biter = []
        while n := int((await leser.readline()).split(b";")[0], 16):
            biter.append((await leser.readexactly(n + 2))[:n])
        await leser.readline()
        kropp = b"".join(biter)
    else:
        kropp = await leser.readexactly(int(felt.get("content-length", "0")))
    return int(hode.split(" ", 2)[1]), felt.get("location", ""), kropp.decode("utf-8", "replace")


def _les_versjon(svarer: Svarer, tekst: str) -> None:
    if funnet := re.search(r'name="versjon"[^>]*value="(\d+)"', tekst):
        svarer.versjon = int(funnet[1])


async def apne(linje: Linje, s: Svarer) -> None:
    _, _, tekst = await linje.be("åpne", s, s.sti)
    _les_versjon(s, tekst)
    s.apen = True


async def lagre(linje: Linje, s: Svarer) -> None:
    s.antall = 10 + (s.antall - 9) % 90
    _, _, tekst = await linje.be("lagre", s, f"{s.sti}kladd/", s.felt(s.antall))
    if 'id="lagret"' in tekst and "Lagret" not in tekst:
        linje.maaling.feil["lagre: ikke lagret"] += 1
    _les_versjon(s, tekst)
    s.utkast = True


async def se_over(linje: Linje, s: Svarer) -> None:
    _, videre, _ = await linje.be("se over", s, s.sti, s.felt(s.antall, "se_over"))
    if not videre.endswith("/se-over/"):
        linje.maaling.feil["se over: kom ikke videre"] += 1
        return
    _, _, tekst = await linje.be("se over", s, videre)
    _les_versjon(s, tekst)


async def send(linje: Linje, s: Svarer, ganger: int = 1) -> None:
    """One answer, whatever number of times the button is pressed; the page they come to last is the receipt."""
    steder = set()
    for _ in range(ganger):
        _, videre, _ = await linje.be(
            "send", s, f"{s.sti}se-over/", {"versjon": str(s.versjon), "bekreftet": "on"}
        )
        steder.add(videre)
    if len(steder) != 1 or not next(iter(steder)).startswith("/vedtak/ett/"):
        linje.maaling.feil["send: ingen kvittering"] += 1
        return
    linje.maaling.sendt[s.nummer].append(s.antall)
    await linje.be("kvittering", s, steder.pop())
    s.versjon, s.apen, s.utkast = 0, False, False


async def en_bruker(linje: Linje, egne: list[Svarer], tenk: float, slutt: float, valg: random.Random) -> None:
    await asyncio.sleep(valg.uniform(0, tenk))
    nr = 0
    while time.perf_counter() < slutt:
        s = egne[nr % len(egne)]
        hva = valg.choices(list(ANDELER), list(ANDELER.values()))[0]
        if hva == "åpne" or not s.apen:
            await apne(linje, s)
        elif hva == "lagre" or not s.utkast:
            await lagre(linje, s)
        elif hva == "se over":
            await se_over(linje, s)
        else:
            await send(linje, s)
            nr += 1
        await asyncio.sleep(valg.uniform(0.5, 1.5) * tenk)
    await linje.lukk()


async def en_kommune(linje: Linje, s: Svarer, vent: float) -> None:
    await asyncio.sleep(vent)
    s.antall = 10 + int(s.nummer) % 90
    await apne(linje, s)
    await se_over(linje, s)
    await send(linje, s, ganger=2)
    await linje.lukk()


async def kjor(v: argparse.Namespace, svarere: list[Svarer]) -> Maaling:
    maaling = Maaling()
    if v.hva == "alle":
        await asyncio.gather(
            *(
                en_kommune(Linje(v.adresse, maaling), s, nr * v.sekunder / len(svarere))
                for nr, s in enumerate(svarere)
            )
        )
    else:
        maaling.fra = time.perf_counter() + OPPVARMING_S
        slutt = maaling.fra + v.sekunder
        await asyncio.gather(
            *(
                en_bruker(
                    Linje(v.adresse, maaling), svarere[nr :: v.brukere], v.tenk, slutt, random.Random(nr)
                )
                for nr in range(v.brukere)
            )
        )
    return maaling


def valgene(ord_: argparse.ArgumentParser) -> argparse.Namespace:
    """What both kinds of load ask for, read and kept within bounds."""
    ord_.add_argument("--adresse", default="http://127.0.0.1:8000")
    ord_.add_argument("--brukere", type=int, default=50)
    ord_.add_argument("--tenk", type=float, default=1.0, help="sekunder mellom hver ting en bruker gjør")
    ord_.add_argument("--sekunder", type=int, default=30)
    v = ord_.parse_args()
    if not (0 < v.brukere <= MAKS_BRUKERE and 0 < v.sekunder <= MAKS_SEKUNDER):
        ord_.error(f"høyst {MAKS_BRUKERE} brukere i {MAKS_SEKUNDER} sekunder")
    bare_her(v.adresse)
    return v


def main() -> int:
    ord_ = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ord_.add_argument("hva", choices=["alle", "blandet"])
    ord_.add_argument("--svarere", type=Path, required=True)
    v = valgene(ord_)
    svarere = [Svarer(**ett) for ett in json.loads(v.svarere.read_text(encoding="utf-8"))]
    vegg, egen = time.perf_counter(), time.process_time()
    maaling = asyncio.run(kjor(v, svarere))
    vegg, egen = time.perf_counter() - vegg, time.process_time() - egen
    alle = [tid for tider in maaling.tider.values() for tid in tider]
    if not alle:
        print(json.dumps({"feil": maaling.feil}))
        return 1
    svar = {
        "foresporsler": len(alle), "sekunder": round(vegg, 1), "p50_ms": round(persentil(alle, 50), 1), "p95_ms": round(persentil(alle, 95), 1),
        "p99_ms": round(persentil(alle, 99), 1), "storst_ms": round(1000 * max(alle), 1),
        "per_slag": {
            hva: {"antall": len(tider), "p50_ms": round(persentil(tider, 50), 1), "p95_ms": round(persentil(tider, 95), 1)}
            for hva, tider in maaling.tider.items()
        },
        "feil": maaling.feil, "sendt_igjen": maaling.igjen, "sendt": maaling.sendt, "egen_andel_av_en_kjerne": round(egen / vegg, 3),
    }  # fmt: skip
    print(json.dumps(svar, ensure_ascii=False))
    return int(bool(maaling.feil))


if __name__ == "__main__":
    sys.exit(main())

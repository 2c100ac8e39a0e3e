"""A small, bounded load generator for the public pages: so many requests a second, so many seconds, this machine only.

    .venv/bin/python tests/load/offentlig.py --adresse http://127.0.0.1:8000 --per-sekund 200 --sekunder 20 /tall/ /tall/2026/

Open loop: a request is due at its time whether or not the one before has answered, so waiting in line counts. Connections are kept
alive. Says its own share of the processors, since it runs beside the server it measures. Exit code 1 when p95 is over --grense.
"""

import argparse
import asyncio
import ipaddress
import json
import socket
import sys
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

MAKS_PER_SEKUND, MAKS_SEKUNDER = 1000, 120


@dataclass
class Maaling:
    tider: list[float] = field(default_factory=list)
    feil: dict[str, int] = field(default_factory=dict)
    byte: int = 0

    def bom(self, hva: str) -> None:
        self.feil[hva] = self.feil.get(hva, 0) + 1


async def _svar(leser: asyncio.StreamReader) -> tuple[int, int]:
    """Status and size of one answer with a known length."""
    hode = await leser.readuntil(b"\r\n\r\n")
    status = int(hode.split(b" ", 2)[1])
    lengde = 0
    for linje in hode.split(b"\r\n")[1:]:
        navn, _, verdi = linje.partition(b":")
        if navn.lower() == b"content-length":
            lengde = int(verdi)
        elif navn.lower() == b"transfer-encoding" and verdi.strip().lower() == b"chunked":
            return status, await _biter(leser)
    await leser.readexactly(lengde)
    return status, lengde


async def _biter(leser: asyncio.StreamReader) -> int:
    sum_ = 0
    while n := int((await leser.readline()).split(b";")[0], 16):
        await leser.readexactly(n + 2)
        sum_ += n
    await leser.readline()
    return sum_


async def _forbindelse(
    vert: str, port: int, ko: "asyncio.Queue[tuple[float, str] | None]", maaling: Maaling
) -> None:
    leser, skriver = await asyncio.open_connection(vert, port)
    while (neste := await ko.get()) is not None:
        forfall, sti = neste
        skriver.write(
            f"GET {sti} HTTP/1.1\r\nHost: {vert}:{port}\r\nAccept-Language: nb\r\nAccept-Encoding: gzip\r\n\r\n".encode()
        )
        try:
            status, storrelse = await asyncio.wait_for(_svar(leser), 10)
        except (TimeoutError, OSError, asyncio.IncompleteReadError) as grunn:
            maaling.bom(type(grunn).__name__)
            skriver.close()
            leser, skriver = await asyncio.open_connection(vert, port)
            continue
        maaling.tider.append(time.perf_counter() - forfall)
        maaling.byte += storrelse
        if status != 200:
            maaling.bom(f"status {status}")
    skriver.close()


def bare_her(adresse: str) -> tuple[str, int]:
    """Host and port. Leaves the program when it is not this machine."""
    deler = urlsplit(adresse)
    vert, port = deler.hostname or "127.0.0.1", deler.port or 80
    if not all(ipaddress.ip_address(info[4][0]).is_loopback for info in socket.getaddrinfo(vert, port)):
        raise SystemExit("Bare denne maskinen (127.0.0.1) kan belastes.")
    return vert, port


async def kjor(adresse: str, stier: list[str], per_sekund: int, sekunder: int, forbindelser: int) -> Maaling:
    """Send `per_sekund` × `sekunder` requests to the paths in turn."""
    vert, port = bare_her(adresse)
    ko: asyncio.Queue[tuple[float, str] | None] = asyncio.Queue()
    maaling = Maaling()
    arbeidere = [asyncio.create_task(_forbindelse(vert, port, ko, maaling)) for _ in range(forbindelser)]
    await asyncio.sleep(0.2)
    start = time.perf_counter()
    for nr in range(per_sekund * sekunder):
        forfall = start + nr / per_sekund
        if (vent := forfall - time.perf_counter()) > 0:
            await asyncio.sleep(vent)
        ko.put_nowait((forfall, stier[nr % len(stier)]))
    for _ in arbeidere:
        ko.put_nowait(None)
    await asyncio.gather(*arbeidere)
    return maaling


def persentil(tider: list[float], p: float) -> float:
    """In milliseconds, nearest rank."""
    ordnet = sorted(tider)
    return 1000 * ordnet[min(len(ordnet) - 1, max(0, -(-int(p * len(ordnet)) // 100) - 1))]


def main() -> int:
    valg = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    valg.add_argument("stier", nargs="*", default=["/tall/"])
    valg.add_argument("--adresse", default="http://127.0.0.1:8000")
    valg.add_argument("--per-sekund", type=int, default=200)
    valg.add_argument("--sekunder", type=int, default=20)
    valg.add_argument("--forbindelser", type=int, default=32)
    valg.add_argument("--grense", type=float, help="p95 i millisekunder; over den er svaret i kode 1")
    v = valg.parse_args()
    if not (
        0 < v.per_sekund <= MAKS_PER_SEKUND and 0 < v.sekunder <= MAKS_SEKUNDER and 0 < v.forbindelser <= 256
    ):
        valg.error(f"høyst {MAKS_PER_SEKUND} per sekund i {MAKS_SEKUNDER} sekunder")
    vegg, egen = time.perf_counter(), time.process_time()
    try:
        maaling = asyncio.run(kjor(v.adresse, v.stier, v.per_sekund, v.sekunder, v.forbindelser))
    except ConnectionRefusedError:
        print(f"Ingen svarer på {v.adresse}. Start Bosett med ./run først.", file=sys.stderr)
        return 1
    vegg, egen = time.perf_counter() - vegg, time.process_time() - egen
    if not maaling.tider:
        print(json.dumps({"feil": maaling.feil}))
        return 1
    svar = {
        "foresporsler": len(maaling.tider), "per_sekund": round(len(maaling.tider) / vegg, 1), "p50_ms": round(persentil(maaling.tider, 50), 1),
        "p95_ms": round(persentil(maaling.tider, 95), 1), "p99_ms": round(persentil(maaling.tider, 99), 1),
        "storst_ms": round(1000 * max(maaling.tider), 1), "feil": maaling.feil, "kilobyte_per_svar": round(maaling.byte / len(maaling.tider) / 1024, 1),
        "egen_andel_av_en_kjerne": round(egen / vegg, 3),
    }  # fmt: skip
    print(json.dumps(svar, ensure_ascii=False))
    return int(bool(maaling.feil) or (v.grense is not None and svar["p95_ms"] > v.grense))


if __name__ == "__main__":
    sys.exit(main())

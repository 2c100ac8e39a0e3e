"""`./bosett ytelse`: measure the product on this machine, in a state folder of its own that is deleted afterwards.

Each measurement has a budget; the table is what stands in docs/ytelse.md. Nothing here runs in the ordinary tests.
"""

import argparse
import csv
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bosett.cli import _ytelse_annonser, _ytelse_boliger, _ytelse_personer, _ytelse_svar, _ytelse_ventedager
from bosett.cli._maal import ADRESSE, Resultat, bosett, bosettkommando, i_tilstanden, klargjor, tid
from bosett.config.postgres import Innebygd, i_bruk
from bosett.config.tilstand import ROT
from bosett.grunn.klokke import i_dag

DELT = ROT.parent / "shared" / "data"


def registrer(kommandoer: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ytelse = kommandoer.add_parser(
        "ytelse",
        help="mål hvor raskt Bosett er på denne maskinen",
        description="Måler i en egen, midlertidig mappe. Svaret er en tabell i Markdown. Kode 1 når noe er over budsjettet.",
    )
    ytelse.add_argument(
        "--bare",
        nargs="+",
        choices=list(MAALINGER),
        metavar="NAVN",
        help=f"bare disse: {', '.join(MAALINGER)}",
    )
    ytelse.add_argument("--ut", type=Path, metavar="FIL", help="skriv tabellen til filen også")
    ytelse.set_defaults(kjor=_kjor)


def _kjor(valg: argparse.Namespace) -> int:
    mappe = Path(tempfile.mkdtemp(prefix="bosett-ytelse-"))
    mappe.chmod(0o755)  # the server's own user must get through
    miljo = os.environ | {
        "BOSETT_STATE": str(mappe),
        "PYTHONPATH": str(ROT / "src"),
        "BOSETT_DEMO": "1",
        "BOSETT_TEST": "",
    }
    miljo.pop("DATABASE_URL", None)
    resultater: list[Resultat] = []
    try:
        for navn in valg.bare or MAALINGER:
            print(f"→ {navn}", file=sys.stderr, flush=True)
            resultater += MAALINGER[navn](miljo)
    finally:
        shutil.rmtree(mappe, ignore_errors=True)
    tekst = som_tabell(resultater)
    print(tekst)
    if valg.ut:
        valg.ut.write_text(tekst, encoding="utf-8")
    return int(not all(resultat.innenfor for resultat in resultater))


def som_tabell(resultater: list[Resultat]) -> str:
    """Markdown: what, measured, budget, within, how."""
    linjer = [
        f"Målt {i_dag().isoformat()} med `./bosett ytelse`, {os.cpu_count()} kjerner, last ved start {os.getloadavg()[0]:.1f}.",
        "",
        "| Hva | Målt | Budsjett | | Slik |",
        "|---|---|---|---|---|",
        *(
            f"| {r.hva} | {r.maalt} | {r.budsjett} | {'ja' if r.innenfor else '**nei**'} | {r.hvordan} |"
            for r in resultater
        ),
    ]
    return "\n".join(linjer) + "\n"


# -- the measurements ------------------------------------------------------------------------------------------


def _tall(_miljo: dict[str, str]) -> list[Resultat]:
    """357 numbers with their explanations, and many variants of them without: the pure engine, no database, one core."""
    from bosett.anmodning.rules import Parametre, beregn, hent, regn_tall  # noqa: PLC0415 - only this measurement needs the engine
    from bosett.anmodning.rules.forsok import Forsok, anvend  # noqa: PLC0415
    from bosett.anmodning.rules.samsvar import hent_samsvar  # noqa: PLC0415
    from bosett.anmodning.rules.tabell import les_grunnlag  # noqa: PLC0415

    fil = DELT / "kriteriegrunnlag" / "kriteriegrunnlag_357.csv"
    innhold = fil.read_bytes() if fil.exists() else _oppdiktet_grunnlag()
    grunnlag = les_grunnlag(innhold, hent_samsvar(), fil.name)
    parametre = Parametre(behov=5500, em=141, kriteriesett=hent(2022))
    beregn(grunnlag, parametre)  # the first call pays for imports
    tider = [tid(lambda: beregn(grunnlag, parametre).som_json()) for _ in range(7)]
    median = statistics.median(tider)
    hvordan = f"median av 7, 5 500 plasser, {'virkelige' if fil.exists() else 'oppdiktede'} opplysninger"
    tilfeldig = random.Random(1)  # noqa: S311 - which variants, not secrets
    forsok = [
        anvend(parametre, Forsok(behov=tilfeldig.randint(3000, 35_000), minimum=tilfeldig.randint(8, 15)))
        for _ in range(200)
    ]
    per_minutt = 60 * len(forsok) / tid(lambda: [regn_tall(grunnlag, ett) for ett in forsok])
    return [
        Resultat("357 tall med forklaring", f"{median:.2f} s", "< 0,5 s", median < 0.5, hvordan),
        Resultat(
            "Varianter av de 357 tallene i minuttet", f"{per_minutt:.0f}", "≥ 1 000", per_minutt >= 1000,
            "200 varianter med behov fra 3 000 til 35 000 og laveste tall fra 8 til 15, én kjerne",
        ),
    ]  # fmt: skip


def _regnselv(miljo: dict[str, str]) -> list[Resultat]:
    """The calculator's page: two free variants beside the round, each address new, so that no answer lies ready."""
    aar = i_dag().year
    vekter = "&v_videregaaende=15&v_spredning=10&v_kapasitet=10&v_tjenester=8&v_funksjonsnedsettelse=7"
    with bosett(miljo):
        valg = [
            f"behov={5000 + 50 * n}&em=141&minimum=10&v_introduksjon={20 + n % 10}&v_arbeid={30 - n % 10}{vekter}"
            for n in range(120)
        ]
        adresser = [
            f"{ADRESSE}/regn-selv/{aar}/?{b}&{'&'.join(f'a-{ett}' for ett in a.split('&'))}"
            for a, b in zip(valg[:60], valg[60:], strict=True)
        ]
        tider = sorted(tid(partial(_hent, adresse)) for adresse in adresser)
    p95 = 1000 * tider[int(0.95 * len(tider))]
    return [
        Resultat(
            "Siden med to varianter, p95", f"{p95:.0f} ms", "< 500 ms", p95 < 500,
            f"60 ulike par etter hverandre, p50 {1000 * statistics.median(tider):.0f} ms, uten noe i minnet fra før",
        )
    ]  # fmt: skip


def _hent(adresse: str) -> bytes:
    with urllib.request.urlopen(adresse) as svar:  # noqa: S310 - our own server
        innhold: bytes = svar.read()
    return innhold


def _oppdiktet_grunnlag() -> bytes:
    tilfeldig = random.Random(1)  # noqa: S311 - invented figures, not secrets
    with (ROT / "data" / "kommuner.csv").open(encoding="utf-8") as fil:
        kommuner = list(csv.DictReader(fil))
    hode = "kommunenummer,kommune,fylkesnavn,folkemengde_2026,helt_ledige_prosent_snitt_2022,intro_resultat_fylke_2021,sentralitet"
    rader = (
        f"{k['kommunenummer']},{k['navn']},{k['fylke']},{k['innbyggere_avrundet']},{tilfeldig.uniform(1, 4):.2f},{tilfeldig.randint(50, 70)},{tilfeldig.randint(1, 6)}"
        for k in kommuner
    )
    return "\n".join((hode, *rader)).encode()


def _start(miljo: dict[str, str]) -> list[Resultat]:
    """First and second start of the whole product, to the line that says it is up."""
    with bosett(miljo) as forste:
        pass
    with bosett(miljo) as andre:
        pass
    return [
        Resultat("Første start, pakkene er på plass", f"{forste:.0f} s", "–", True, "`./run` i tom tilstand, med demonstrasjonsland og brev"),
        Resultat("Andre start", f"{andre:.1f} s", "< 10 s", andre < 10, "`./run` til adressen skrives"),
    ]  # fmt: skip


def _offentlig(miljo: dict[str, str]) -> list[Resultat]:
    """The public table under 200 requests a second, the load generator on the same two cores."""
    with bosett(miljo):
        last = [
            sys.executable,
            str(ROT / "tests" / "load" / "offentlig.py"),
            "--adresse",
            ADRESSE,
        ]
        stier = ["/tall/", "/tall/?sok=a", "/kommuner/", "/kommuner/5006-steinkjer/"]
        subprocess.run(
            [*last, "--per-sekund", "20", "--sekunder", "5", *stier], check=False, capture_output=True
        )
        ferdig = subprocess.run(
            [*last, "--per-sekund", "200", "--sekunder", "20", *stier],
            check=False,
            capture_output=True,
            text=True,
        )
    svar = json.loads(ferdig.stdout)
    p95 = svar["p95_ms"]
    hvordan = (
        f"{svar['foresporsler']} svar på 20 s, p50 {svar['p50_ms']} ms, p99 {svar['p99_ms']} ms, {sum(svar['feil'].values())} feil; "
        f"lastgeneratoren brukte {svar['egen_andel_av_en_kjerne']:.0%} av en kjerne"
    )
    return [
        Resultat(
            "Offentlig tabell, 200 forespørsler i sekundet, p95",
            f"{p95:.0f} ms",
            "< 50 ms",
            p95 < 50 and not svar["feil"],
            hvordan,
        )
    ]


def _brev(miljo: dict[str, str]) -> list[Resultat]:
    """357 different letters, from the press of the button to the last one dispatched and marked."""
    ut = i_tilstanden(miljo, brev_inne)
    return [
        Resultat("357 ulike brev, fra knappen til siste er sendt", f"{ut['sekunder']:.1f} s", "< 10 s", ut["sekunder"] < 10,
                 f"{ut['brev']} brev laget, godkjent, låst, sendt og sporet; settes på to prosesser"),
    ]  # fmt: skip


def brev_inne() -> dict[str, float]:
    from datetime import timedelta  # noqa: PLC0415 - runs in a process of its own, with Django

    from bosett.aktor.kontekst import som, system  # noqa: PLC0415
    from bosett.aktor.models import Bruker  # noqa: PLC0415
    from bosett.anmodning import samraad, services, utsending  # noqa: PLC0415
    from bosett.anmodning.models import Anmodningstall, Kommuneanmodning, Runde  # noqa: PLC0415
    from bosett.behov import services as behov  # noqa: PLC0415
    from bosett.demo.brukere import som_demobruker  # noqa: PLC0415

    aar = i_dag().year + 1
    with som_demobruker("imdi_radgiver") as aktor:
        behovet = behov.registrer(
            aktor=aktor,
            aar=aar,
            totalt=40_000,
            em=400,
            fastsatt_av="ytelse",
            fastsatt=i_dag(),
            kilde="ytelse",
        )
        runde = services.opprett_runde(
            aktor=aktor,
            aar=aar,
            behov=behovet,
            kriteriesett="2022",
            variant=services.standardvariant("2022"),
            frist=i_dag() + timedelta(60),
        )
        services.beregn(aktor=aktor, runde_id=runde.pk)
        samraad.apne(aktor=aktor, runde_id=runde.pk, frist=i_dag() + timedelta(7))
        services.legg_fram(aktor=aktor, runde_id=runde.pk, begrunnelse="ytelse")
    with som_demobruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=runde.pk, revisjon=1)
    with som(system("ytelse")):  # everybody gets a letter, also those the key leaves out
        Anmodningstall.objects.filter(revisjon__runde=runde, antall=0).update(antall=10)
        Kommuneanmodning.objects.filter(runde=runde).update(tilstand="klar")
    fra = time.perf_counter()
    with som_demobruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde.pk)
    feil = utsending.send_alle(aktor=system("ytelse"), runde_id=runde.pk)
    brukt = time.perf_counter() - fra
    with som(system("ytelse")):
        ferdig = Runde.objects.get(pk=runde.pk)
        brev = Kommuneanmodning.objects.filter(runde=runde, tilstand="anmodet").count()
    if feil or ferdig.tilstand != "sendt" or not Bruker.objects.exists():
        raise SystemExit(f"{len(feil)} brev ble ikke sendt")
    return {"sekunder": brukt, "brev": brev}


def _import(miljo: dict[str, str]) -> list[Resultat]:
    """The long history: 12 429 rows."""
    fil = DELT / "imdi-bosatt-anmodede-1995-2023" / "bosatt_anmodede_1995_2023.csv"
    if not fil.exists():
        return [
            Resultat(
                "Import av historikken, 12 429 rader", "ikke målt", "< 5 s", True, "../shared finnes ikke her"
            )
        ]
    endringer = DELT / "kommuneregister" / "klass131_endringer_2011_2024.csv"
    klargjor(miljo)
    with i_bruk(Innebygd(Path(miljo["BOSETT_STATE"]))):  # as when the product runs
        bosettkommando(miljo, "importer", "kommuneendringer", str(endringer))
        ut = bosettkommando(miljo, "statistikk", "importer", "--slag", "historikk", "--json", str(fil))
    sekunder = float(json.loads(ut.strip().splitlines()[-1])["sekunder"])
    return [
        Resultat(
            "Import av historikken, 12 429 rader",
            f"{sekunder:.1f} s",
            "< 5 s",
            sekunder < 5,
            "kommandoen, mens databasen er i gang: lesing, kontroll mot register, lagring, spor",
        )
    ]


MAALINGER: dict[str, Callable[[dict[str, str]], list[Resultat]]] = {
    "tall": _tall,
    "brev": _brev,
    "import": _import,
    "start": _start,
    "offentlig": _offentlig,
    "regnselv": _regnselv,
    "svar": _ytelse_svar.svar,
    "personer": _ytelse_personer.personer,
    "boliger": _ytelse_boliger.boliger,
    "ventedager": _ytelse_ventedager.ventedager,
    "annonser": _ytelse_annonser.annonser,
}

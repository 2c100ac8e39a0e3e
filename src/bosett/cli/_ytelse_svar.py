"""Municipalities answering: 357 within a minute, each registered once and counted right; then fifty people at a time."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bosett.cli._maal import ADRESSE, Resultat, bosett, i_tilstanden, okt, prosessortid, vent_til_rolig
from bosett.config.tilstand import ROT
from bosett.grunn.klokke import i_dag

BRUKERE, SEKUNDER = 50, 30


def svar(miljo: dict[str, str]) -> list[Resultat]:
    """On a round sent to every municipality, each with a writer of its own, against the server as `./run` starts it."""
    i_tilstanden(miljo, lag_svarere)
    with bosett(miljo):
        vent_til_rolig(miljo)
        alle = _last(miljo, "alle", "--sekunder", "60")
        for_ = prosessortid(miljo)
        blandet = _last(miljo, "blandet", "--brukere", str(BRUKERE), "--sekunder", str(SEKUNDER))
        per_svar = 1000 * (prosessortid(miljo) - for_) / blandet["foresporsler"]
        last = os.getloadavg()[0]
    registrert = i_tilstanden(miljo, tell_svar)
    forste = sum(tall[0] for tall in alle["sendt"].values())
    siste = sum(tall[-1] for tall in (alle["sendt"] | blandet["sendt"]).values())
    ganger = sum(len(tall) for svar_ in (alle, blandet) for tall in svar_["sendt"].values())
    ventet = {"forste": len(alle["sendt"]), "sum_forste": forste, "gjelder": len(alle["sendt"]), "sum": siste, "alle": ganger,
              "spor": ganger}  # fmt: skip
    p95 = blandet["p95_ms"]
    slag = ", ".join(f"{hva} {tider['p95_ms']:.0f}" for hva, tider in blandet["per_slag"].items())
    return [
        Resultat(
            "Alle kommuner svarer i løpet av ett minutt", f"{registrert['forste']:.0f} svar, sum {registrert['sum_forste']:.0f}",
            f"357 svar, sum {forste}", registrert == ventet and ventet["forste"] == 357 and not alle["feil"],
            f"hver trykker «Send svaret» to ganger; p95 {alle['p95_ms']:.0f} ms, {sum(alle['feil'].values())} feil, {sum(alle['sendt_igjen'].values())} uten svar i tide og sendt igjen; ett vedtak, ett spor "
            "og riktig sum for hver, også etter runden under",
        ),
        Resultat(
            f"Svarskjemaet, {BRUKERE} brukere om gangen, p95", f"{p95:.0f} ms", "< 150 ms", p95 < 150 and not blandet["feil"],
            f"{blandet['foresporsler']} svar på {SEKUNDER} s, ett sekund mellom hver; p50 {blandet['p50_ms']:.0f} ms, p95 i ms: {slag}; "
            f"{sum(blandet['feil'].values())} feil; {per_svar:.0f} ms prosessortid per svar, maskinens last {last:.1f}",
        ),
    ]  # fmt: skip


def _last(miljo: dict[str, str], *valg: str) -> dict[str, Any]:
    ferdig = subprocess.run(
        [sys.executable, str(ROT / "tests" / "load" / "svar.py"), *valg, "--adresse", ADRESSE, "--svarere", str(_fil(miljo))],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    if not ferdig.stdout:
        raise SystemExit(f"lasten stanset:\n{ferdig.stderr}")
    ut: dict[str, Any] = json.loads(ferdig.stdout)
    print(json.dumps({navn: verdi for navn, verdi in ut.items() if navn != "sendt"}), file=sys.stderr)
    return ut


def _fil(miljo: dict[str, str]) -> Path:
    return Path(miljo["BOSETT_STATE"]) / "svarere.json"


def lag_svarere() -> dict[str, float]:
    """A round sent to all, and for each municipality somebody who is signed in and may answer."""
    from bosett.aktor.kontekst import som, system  # noqa: PLC0415
    from bosett.anmodning.models import Kommuneanmodning  # noqa: PLC0415
    from bosett.cli.ytelse import brev_inne  # noqa: PLC0415
    from bosett.demo.brukere import lag_skrivere  # noqa: PLC0415

    aar = i_dag().year + 1
    anmodet = Kommuneanmodning.objects.filter(runde__aar=aar, tilstand="anmodet")
    with som(system("ytelse")):
        finnes = anmodet.exists()
    if not finnes:
        brev_inne()
    with som(system("ytelse")):
        alle = list(anmodet.select_related("organisasjon", "subjekt").order_by("nummer"))
        ut = []
        for ett, bruker in zip(alle, lag_skrivere(ett.organisasjon for ett in alle), strict=True):
            ut.append(
                {
                    "nummer": ett.nummer,
                    "sti": f"/vedtak/{ett.subjekt.uuid}/",
                    "okt": okt(bruker),
                    "aar": aar,
                }
            )
    _fil(dict(os.environ)).write_text(json.dumps(ut), encoding="utf-8")
    # The letters were delivered long before anybody answers.
    subprocess.run([sys.executable, "-m", "bosett.config.arbeider", "--til-tom"], check=True)
    return {"svarere": len(ut)}


def tell_svar() -> dict[str, float]:
    """What is registered: the first answers, those in force, all, and the acts in the ledger."""
    from django.db.models import Count, Q, Sum  # noqa: PLC0415

    from bosett.aktor.kontekst import som, system  # noqa: PLC0415
    from bosett.anmodning.models import Kommuneanmodning  # noqa: PLC0415
    from bosett.spor.models import Hendelse  # noqa: PLC0415
    from bosett.vedtak.models import FERDIG, Vedtak  # noqa: PLC0415

    with som(system("ytelse")):
        anmodet = Kommuneanmodning.objects.filter(runde__aar=i_dag().year + 1).values("pk")
        tall = Vedtak.objects.filter(aar=i_dag().year + 1, tilstand__in=FERDIG).aggregate(
            forste=Count("pk", filter=Q(nr=1)),
            sum_forste=Sum("antall", filter=Q(nr=1)),
            gjelder=Count("pk", filter=Q(tilstand="registrert")),
            sum=Sum("antall", filter=Q(tilstand="registrert")),
            alle=Count("pk"),
        )
        return tall | {
            "spor": Hendelse.objects.filter(handling="vedtak.send", subjekt_id__in=anmodet).count()
        }

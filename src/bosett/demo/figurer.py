"""Invented criteria figures and history for the demonstration. Everything made here carries the source «DEMO»."""

import csv
import io
import random
from dataclasses import replace
from decimal import Decimal

from bosett.aktor.kontekst import Aktor
from bosett.anmodning.grunnlag import DEMO
from bosett.geografi.models import Kommuneversjon
from bosett.geografi.rapport import Importrapport
from bosett.geografi.selectors import indikator
from bosett.geografi.services.figurer import Figur, skriv_indikatorer
from bosett.grunn.klokke import i_dag
from bosett.kilder.lesere.kriterier import KOLONNER
from bosett.kilder.lesere.observasjoner import les_observasjoner
from bosett.kilder.tall import Kvalitet, Opphav, Tall, Tilstand
from bosett.statistikk.rules.tabeller import TABELLSLAG
from bosett.statistikk.services import importer_historikk

KILDE = f"{DEMO}: oppdiktet for å vise løsningen"
_FRO = 20260101
_BEHOV = {2018: 4400, 2019: 4900, 2020: 3600, 2021: 5000, 2022: 31000, 2023: 35000, 2024: 24000, 2025: 13500}


def lag_kriteriefigurer(aktor: Aktor) -> Importrapport:
    """Believable figures for every column the engine reads, the same in every demonstration. Estimates: real ones replace them."""
    tilfeldig = random.Random(_FRO)  # noqa: S311 - invented figures, not secrets
    rapport = Importrapport("DEMO-kriterier", aktor, KILDE)
    folk = {pk: int(tall.verdi or 0) for pk, tall in indikator("folketall").items()}
    fylkesresultat: dict[int | None, int] = {}
    figurer: list[Figur] = []
    for versjon in Kommuneversjon.objects.gjelder(i_dag()).order_by("nummer"):
        n = folk[versjon.kommune_id]
        resultat = fylkesresultat.setdefault(versjon.fylke_id, tilfeldig.randint(52, 70))
        sentralitet = min(6, max(1, round(6.5 - len(str(n)) * 0.9 + tilfeldig.uniform(-0.8, 0.8))))
        bosatt = max(0, round(n / 1000 * tilfeldig.uniform(2, 9)))
        verdier = {
            "folkemengde_2026": n,
            "intro_resultat_fylke_2021": resultat,
            "helt_ledige_prosent_snitt_2022": round(tilfeldig.triangular(0.7, 4.2, 1.7), 1),
            "innbyggere_16_18_2026": round(n * tilfeldig.uniform(0.033, 0.041)),
            "sentralitet": sentralitet,
            "bosatt_2021": round(bosatt / 7),
            "bosatt_2022": bosatt,
            "bosatt_2023": max(0, round(bosatt * tilfeldig.uniform(0.8, 1.3))),
            "fastlege_reservekapasitet_indeks_2023": tilfeldig.randint(85, 118),
            "innvandrere_og_norskfodte_prosent_2015": round(tilfeldig.triangular(4, 24, 9), 1),
            "mottak_antall_2024_01_31": int(tilfeldig.random() < 0.2),
            "em_anmodet_2026": tilfeldig.choice([0, 0, 0, 3, 5]) if n > 8000 else 0,
            "anmodet_2026": max(0, 5 * round(n / 1000 * 2.3 / 5 * tilfeldig.uniform(0.6, 1.4))),
        }
        figurer += [_figur(versjon.kommune_id, kolonne, verdi) for kolonne, verdi in verdier.items()]
    skriv_indikatorer(figurer, {k.indikator: (k.navn, k.enhet) for k in KOLONNER.values()}, rapport)
    return rapport


def _figur(kommune_id: int, kolonne: str, verdi: float) -> Figur:
    hva = KOLONNER[kolonne]
    tall = Tall(
        Decimal(str(verdi)),
        Tilstand.TALL,
        hva.enhet,
        hva.referansedato,
        KILDE,
        "CC0",
        Kvalitet.ANSLAG,
        hva.nivaa,
    )
    return Figur(kommune_id, hva.indikator, tall)


def lag_historikk(aktor: Aktor) -> None:
    """Invented requests, decisions and settled persons per municipality, in the form of the long series they give way to."""
    tilfeldig = random.Random(_FRO + 1)  # noqa: S311 - invented figures, not secrets
    folk = {pk: int(tall.verdi or 0) for pk, tall in indikator("folketall").items()}
    kommuner = list(Kommuneversjon.objects.gjelder(i_dag()).order_by("nummer"))
    landet = sum(folk.values())
    ut = io.StringIO()
    skriver = csv.writer(ut, lineterminator="\n")
    skriver.writerow(
        ["aar", "kommunenummer", "kommune", "anmodning", "opprinnelig_anmodning", "vedtak", "bosatt"]
    )
    for aar, behov in _BEHOV.items():
        for versjon in kommuner:
            andel = folk[versjon.kommune_id] / landet * behov * tilfeldig.uniform(0.6, 1.5)
            spurt = 5 * round(andel / 5)
            if spurt < 5:
                skriver.writerow([aar, versjon.nummer, versjon.navn, 0, "", ".", "."])
                continue
            vedtatt = tilfeldig.choice([spurt, spurt, spurt, round(spurt * tilfeldig.uniform(0.5, 0.95)), 0])
            bosatt = round(vedtatt * tilfeldig.uniform(0.75, 1.05))
            skriver.writerow(
                [aar, versjon.nummer, versjon.navn, spurt, "", vedtatt, ":" if 0 < bosatt < 5 else bosatt]
            )
    slag = replace(TABELLSLAG["historikk"], kilde=KILDE, lisens="CC0", tittel="DEMO: oppdiktet historikk")
    lest = les_observasjoner(ut.getvalue().encode(), Opphav(KILDE, "CC0"), form=slag.form, navn="demo.csv")
    importer_historikk(aktor=aktor, lest=lest, slag=slag)

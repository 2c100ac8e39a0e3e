"""The facts of a computation, read from the indicators of today.

They pass through a table of the same form as `./bosett anmodning beregn` reads, so that the product and the command can't
come to read the columns differently.
"""

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, cast

from bosett.anmodning.rules.samsvar import SMAATT, Samsvar, hent_samsvar
from bosett.anmodning.rules.tabell import les_grunnlag
from bosett.anmodning.rules.typer import Grunnlag, Kvalitet, Opplysning
from bosett.geografi import selectors as geografi
from bosett.geografi.models import Fylkesversjon, Indikatorverdi, Kommuneversjon
from bosett.kilder.lesere.kriterier import KOLONNER

DEMO = "DEMO"
"""What the source of an invented figure begins with."""

Opphav = tuple[str, Kvalitet]  # (source, quality)


def hent_fakta(dato: date) -> dict[str, Any]:
    """The table of facts of a day, and where each column came from: what a revision keeps and a round publishes."""
    innhold, opphav = _tabell(dato)
    return {"tabell": innhold.decode(), "opphav": opphav}


def bygg_grunnlag(fakta: Mapping[str, Any]) -> Grunnlag:
    """The engine's facts, with the source each figure really came from. Raises `Ugyldig` when a municipality lacks inhabitants."""
    samsvar = hent_samsvar()
    grunnlag = les_grunnlag(fakta["tabell"].encode(), samsvar, "grunnlaget")
    opphav = {navn: (kilde, kvalitet) for navn, (kilde, kvalitet) in fakta["opphav"].items()}
    return replace(
        grunnlag,
        opplysninger={
            kriterium: _med_opphav(opplysning, opphav.get(samsvar.kriterier[kriterium].kolonner[0]))
            for kriterium, opplysning in grunnlag.opplysninger.items()
        },
        folketall=_med_opphav(grunnlag.folketall, opphav.get(samsvar.folketall)),
        innvandrerandel=_med_opphav(grunnlag.innvandrerandel, opphav.get(samsvar.innvandrerandel)),
    )


def er_demo() -> bool:
    """Is any figure that the computation uses invented?"""
    return Indikatorverdi.objects.kjent().filter(kilde__startswith=DEMO).exists()


def _med_opphav(opplysning: Opplysning, opphav: Opphav | None) -> Opplysning:
    if opphav is None:
        return opplysning
    kilde, kvalitet = opphav
    return replace(
        opplysning, kilde=kilde, kvalitet=opplysning.kvalitet if opplysning.kvalitet == "anslag" else kvalitet
    )


def _tabell(dato: date) -> tuple[bytes, dict[str, Opphav]]:
    """The municipalities valid on `dato` with the known figure per column, as CSV, and where each column came from."""
    samsvar = hent_samsvar()
    kolonner = sorted(_kolonner(samsvar))
    fylker: dict[int | None, str] = {
        versjon.fylke_id: versjon.navn for versjon in Fylkesversjon.objects.gjelder(dato)
    }
    verdier, opphav = _verdier(kolonner)
    _legg_til_flagg(verdier, samsvar, dato)
    ut = io.StringIO()
    skriver = csv.writer(ut, lineterminator="\n")
    hode = [samsvar.felt["kommunenummer"], samsvar.felt["navn"], samsvar.felt["fylke"]]
    skriver.writerow([*hode, *kolonner])
    for versjon in Kommuneversjon.objects.gjelder(dato).order_by("nummer"):
        egne = verdier.get(versjon.kommune_id, {})
        skriver.writerow(
            [
                versjon.nummer,
                versjon.navn,
                fylker.get(versjon.fylke_id, ""),
                *(_kan_vises(egne.get(k, ""), k in samsvar.smaa_tall) for k in kolonner),
            ]
        )
    return ut.getvalue().encode(), opphav


def _kan_vises(verdi: str, personer: bool) -> str:
    return str(SMAATT) if personer and verdi in ("1", "2", "3", "4") else verdi


def _kolonner(samsvar: Samsvar) -> set[str]:
    felt = {
        kolonne for navn, kolonne in samsvar.felt.items() if navn not in ("kommunenummer", "navn", "fylke")
    }
    kriterier = {kolonne for regel in samsvar.kriterier.values() for kolonne in regel.kolonner}
    return felt | kriterier | set(samsvar.bosatt.values()) | {samsvar.folketall, samsvar.innvandrerandel}


def _legg_til_flagg(verdier: dict[int, dict[str, str]], samsvar: Samsvar, dato: date) -> None:
    """The dated flags of the register: hosts, also those the table of figures does not know, and who co-operates with one."""
    for felt, slag in (("vert", "vertskommune"), ("samarbeid", "mottakssamarbeid")):
        for kommune in geografi.med_flagg(slag, dato):
            verdier.setdefault(kommune, {})[samsvar.felt[felt]] = "1"


def _verdier(kolonner: list[str]) -> tuple[dict[int, dict[str, str]], dict[str, Opphav]]:
    """Figures by municipality and column, and where most of each column came from."""
    kolonne_for = {
        (KOLONNER[navn].indikator, KOLONNER[navn].referansedato): navn
        for navn in kolonner
        if navn in KOLONNER
    }
    verdier: dict[int, dict[str, str]] = {}
    opphav: dict[str, Counter[Opphav]] = {}
    rader = (
        Indikatorverdi.objects.kjent()
        .filter(
            indikator__kode__in={kode for kode, _ in kolonne_for},
            referansedato__in={dag for _, dag in kolonne_for},
            verdi__isnull=False,
        )
        .values_list("kommune_id", "indikator__kode", "referansedato", "verdi", "kilde", "kvalitet")
    )
    for kommune, kode, dag, verdi, kilde, kvalitet in rader:
        navn = kolonne_for.get((kode, dag))
        if navn is not None and verdi is not None:
            verdier.setdefault(kommune, {})[navn] = format(verdi.normalize(), "f")
            opphav.setdefault(navn, Counter())[kilde, cast(Kvalitet, kvalitet)] += 1
    return verdier, {navn: teller.most_common(1)[0][0] for navn, teller in opphav.items()}

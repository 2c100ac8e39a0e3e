"""Figures of municipalities: population, criteria. A corrected figure replaces the old one, and both are kept."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from bosett.geografi.models import Indikator, Indikatorverdi
from bosett.geografi.rapport import Importrapport
from bosett.geografi.selectors import brobok
from bosett.geografi.services.laas import laas_register
from bosett.grunn.klokke import naa
from bosett.kilder.lesere.folketall import Folketall
from bosett.kilder.lesere.kriterier import Kriterietabell
from bosett.kilder.tall import Kvalitet, Observasjon, Tall

_STYRKE = {Kvalitet.ANSLAG: 0, Kvalitet.FORELOPIG: 1, Kvalitet.ENDELIG: 2}
_FIRE_DESIMALER = Decimal("0.0001")
_BOLK = 2000
_FOLKETALL = {"folketall": ("Folketall", "personer")} | {
    f"folketall_{kode}": (f"Innbyggere {tekst} år", "personer")
    for kode, tekst in (
        ("0_5", "0–5"), ("6_15", "6–15"), ("16_18", "16–18"), ("19_54", "19–54"), ("55_66", "55–66"), ("67_pluss", "67 og over"),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figur:
    """A figure placed at a municipality's identity."""

    kommune_id: int
    indikator: str
    tall: Tall


@transaction.atomic
def importer_folketall(*, aktor: object, folketall: Folketall, kilde: str) -> Importrapport:
    """Population per municipality and year. Numbers are those of the year; numbers without a municipality are listed.

    Idempotent: the same file twice changes nothing.
    """
    rapport = Importrapport("folketall", aktor, kilde, folketall.sha256, folketall.rader)
    rapport.advarsler += folketall.advarsler
    return _importer(folketall.observasjoner, _FOLKETALL, rapport)


@transaction.atomic
def importer_kriterier(*, aktor: object, tabell: Kriterietabell, kilde: str) -> Importrapport:
    """The criteria table: every described column becomes an indicator with its own unit, level and day."""
    rapport = Importrapport("kriteriegrunnlag", aktor, kilde, tabell.sha256, tabell.rader)
    rapport.advarsler += [
        f"kolonnen «{k}» er ikke beskrevet og ble ikke lest" for k in tabell.ubrukte_kolonner
    ]
    return _importer(
        tabell.observasjoner, {k.indikator: (k.navn, k.enhet) for k in tabell.kolonner.values()}, rapport
    )


def _importer(
    observasjoner: Sequence[Observasjon], indikatorer: Mapping[str, tuple[str, str]], rapport: Importrapport
) -> Importrapport:
    laas_register()
    bok = brobok()
    plassert: dict[tuple[str, int], tuple[int | None, bool]] = {}
    figurer: dict[tuple[int, str, object], tuple[bool, Figur]] = {}
    omregnet: set[str] = set()
    for o in observasjoner:
        nokkel = (o.kode, o.aar)
        if nokkel not in plassert:
            plassert[nokkel] = bok.identitet(o.kode, o.tall.referansedato)
        kommune_id, utenfor = plassert[nokkel]
        if kommune_id is None:
            rapport.uten_bro.append(o.kode)
            continue
        if utenfor:
            omregnet.add(o.kode)
        plass = (kommune_id, o.storrelse, o.tall.referansedato)
        # Two numbers of one municipality on one day: the one in force then is the figure of that day.
        if plass not in figurer or (figurer[plass][0] and not utenfor):
            figurer[plass] = (utenfor, Figur(kommune_id, o.storrelse, o.tall))
    if omregnet:
        rapport.advarsler.append(
            f"{len(omregnet)} kommunenummer er brukt for år de ikke gjaldt: kilden har regnet om til en annen inndeling"
        )
    skriv_indikatorer([figur for _, figur in figurer.values()], indikatorer, rapport)
    return rapport


def skriv_indikatorer(
    figurer: Iterable[Figur], indikatorer: Mapping[str, tuple[str, str]], rapport: Importrapport
) -> None:
    """Write figures inside the caller's transaction, and count in the report. `indikatorer`: code → (name, unit).

    An equal figure is left alone; a different one replaces it, unless it is of lower quality (an estimate never replaces
    a final figure).
    """
    figurer = list(figurer)
    ider = {}
    for kode, (navn, enhet) in indikatorer.items():
        ider[kode] = Indikator.objects.get_or_create(kode=kode, defaults={"navn": navn, "enhet": enhet})[0].pk
    datoer = {f.tall.referansedato for f in figurer}
    gjeldende = {
        (v.kommune_id, v.indikator_id, v.referansedato): v
        for v in Indikatorverdi.objects.kjent().filter(indikator__in=ider.values(), referansedato__in=datoer)
    }
    tidspunkt = naa()
    nye: list[Indikatorverdi] = []
    utgar: list[int] = []
    for f in figurer:
        gammel = gjeldende.get((f.kommune_id, ider[f.indikator], f.tall.referansedato))
        ny = _rad(f, ider[f.indikator])
        if gammel is None:
            rapport.nye += 1
        elif _likt(gammel, ny) or _STYRKE[Kvalitet(gammel.kvalitet)] > _STYRKE[f.tall.kvalitet]:
            rapport.uendret += 1
            continue
        else:
            rapport.endret += 1
            utgar.append(gammel.pk)
        ny.kjent_fra = tidspunkt
        nye.append(ny)
    Indikatorverdi.objects.filter(pk__in=utgar).update(erstattet=tidspunkt)
    Indikatorverdi.objects.bulk_create(nye, batch_size=_BOLK)


def _rad(f: Figur, indikator_id: int) -> Indikatorverdi:
    t = f.tall
    verdi = None if t.verdi is None else Decimal(t.verdi).quantize(_FIRE_DESIMALER)
    return Indikatorverdi(
        indikator_id=indikator_id, kommune_id=f.kommune_id, verdi=verdi, tilstand=t.tilstand.value, kvalitet=t.kvalitet.value,
        nivaa=t.nivaa.value, referansedato=t.referansedato, publisert=t.publisert, kilde=t.kilde, lisens=t.lisens, trykt=t.trykt,
    )  # fmt: skip


def _likt(a: Indikatorverdi, b: Indikatorverdi) -> bool:
    return (a.verdi, a.tilstand, a.kvalitet, a.nivaa) == (b.verdi, b.tilstand, b.kvalitet, b.nivaa)

"""How a publication is stored: one at a time, new rows beside the old, the old ones naming what superseded them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from bosett.anmodning.models import Kommuneanmodning
from bosett.grunn.klokke import naa
from bosett.kilder.tall import Kvalitet, Tilstand
from bosett.statistikk.models import (
    Kontrollsum,
    Publisering,
    Publisertforklaring,
    Publiserttall,
    Publisertvedtak,
)
from bosett.statistikk.rules.register import Register
from bosett.statistikk.rules.summer import summer

_LAAS = 720260200  # advisory lock: one publication at a time, so that numbers of editions follow the order of commits
Trykt = Mapping[tuple[int, str, str], int]


@dataclass(slots=True)
class Tallrad:
    """One row on its way into `Publiserttall`; `raa` is the source's own number, for the sums."""

    kommune: int | None
    nummer: str
    navn: str
    vist_navn: str
    fylkenr: str
    fylke: str
    aar: int
    maal: str
    verdi: int | None
    tilstand: Tilstand
    kvalitet: str
    prikket: bool
    trykt: str
    referansedato: date
    raa: int | None


def kommunerader(
    register: Register,
    anmodning: Kommuneanmodning,
    aar: int,
    dag: date,
    verdier: Iterable[tuple[str, int | None, Tilstand]],
) -> list[Tallrad]:
    """Rows about one asked municipality, in the county of the day: (measure, value, state)."""
    fylkenr, fylke = register.fylke(anmodning.nummer[:2], dag)
    return [
        Tallrad(
            anmodning.kommune_id, anmodning.nummer, anmodning.navn, anmodning.navn, fylkenr, fylke or anmodning.fylke,
            aar, maal, verdi, tilstand, Kvalitet.ENDELIG.value, False, "" if verdi is None else str(verdi), dag, verdi,
        )
        for maal, verdi, tilstand in verdier
    ]  # fmt: skip


def laas() -> None:
    """One publication at a time, to the end of the transaction."""
    with connection.cursor() as db:
        db.execute("SELECT pg_advisory_xact_lock(%s)", [_LAAS])


def ny_publisering(for_: Publisering | None, **felt: Any) -> Publisering:
    """Supersede the old version and make the new one. The number is drawn first: the old row must name it before it exists."""
    with connection.cursor() as db:
        db.execute("SELECT nextval(pg_get_serial_sequence('statistikk_publisering', 'id'))")
        pk = db.fetchone()[0]
    if for_ is not None:
        Publisering.objects.filter(pk=for_.pk).update(erstattet_av_id=pk)
    return Publisering.objects.create(pk=pk, tid=naa(), **felt)


def skriv(ny: Publisering, for_: Publisering | None, rader: Sequence[Tallrad]) -> set[tuple[int, str]]:
    """Store the rows and supersede what they replace. Returns the (year, measure) pairs for which the new rows are current."""
    if for_ is not None:
        for modell in (Publiserttall, Kontrollsum, Publisertforklaring, Publisertvedtak):
            modell.objects.filter(publisering=for_, erstattet_av__isnull=True).update(erstattet_av=ny)
    mine: dict[tuple[int, str], date] = {}
    for rad in rader:
        par = (rad.aar, rad.maal)
        mine[par] = max(mine.get(par, rad.referansedato), rad.referansedato)
    with connection.cursor() as db:
        db.execute(
            "SELECT aar, maal, max(referansedato) FROM statistikk_publiserttall WHERE erstattet_av_id IS NULL GROUP BY 1, 2"
        )
        andres = {(aar, maal): dato for aar, maal, dato in db.fetchall()}
        gjeldende = {par for par, dato in mine.items() if par not in andres or andres[par] <= dato}
        viker = sorted(gjeldende & andres.keys())
        for tabell in ("statistikk_publiserttall", "statistikk_kontrollsum") if viker else ():
            db.execute(
                f"UPDATE {tabell} t SET erstattet_av_id = %s FROM unnest(%s::int[], %s::text[]) AS p(aar, maal)"  # noqa: S608
                " WHERE t.erstattet_av_id IS NULL AND t.aar = p.aar AND t.maal = p.maal",
                [ny.pk, [aar for aar, _ in viker], [maal for _, maal in viker]],
            )
        with db.copy(
            "COPY statistikk_publiserttall (publisering_id, kommune_id, nummer, navn, vist_navn, fylkenr, fylke, aar, maal,"
            " verdi, tilstand, kvalitet, prikket, trykt, referansedato, erstattet_av_id) FROM STDIN"
        ) as kopi:
            for r in rader:
                er_gjeldende = (r.aar, r.maal) in gjeldende
                kopi.write_row(
                    (ny.pk, r.kommune, r.nummer, r.navn, r.vist_navn, r.fylkenr, r.fylke, r.aar, r.maal, r.verdi,
                     r.tilstand.value, r.kvalitet, r.prikket, r.trykt, r.referansedato, None if er_gjeldende else ny.pk)
                )  # fmt: skip
    return gjeldende


def lag_kontrollsummer(
    ny: Publisering, rader: Iterable[Tallrad], gjeldende: set[tuple[int, str]], trykte: Trykt, kilde: str
) -> list[Kontrollsum]:
    """One sum per year, measure and county, and for the country (number empty), of the source's own cells, beside the
    printed one when there is one."""
    grupper: dict[tuple[int, str, str, str], list[Tallrad]] = {}
    for rad in rader:
        grupper.setdefault((rad.aar, rad.maal, "", ""), []).append(rad)
        if rad.fylkenr:
            grupper.setdefault((rad.aar, rad.maal, rad.fylkenr, rad.fylke), []).append(rad)
    kontroll = []
    for (aar, maal, fylkenr, fylke), gruppe in grupper.items():
        sum_ = summer((rad.raa, Tilstand.TALL if rad.raa is not None else rad.tilstand) for rad in gruppe)
        trykt = trykte.get((aar, maal, fylkenr))
        kontroll.append(
            Kontrollsum(
                publisering=ny,
                aar=aar,
                maal=maal,
                fylkenr=fylkenr,
                fylke=fylke,
                vaar=sum_.verdi or 0,
                tall=sum_.tall,
                skjulte=sum_.skjulte,
                mangler=sum_.mangler,
                prikket=sum(rad.prikket for rad in gruppe),
                trykt=trykt,
                trykt_kilde=kilde if trykt is not None else "",
                referansedato=max(rad.referansedato for rad in gruppe),
                kvalitet=gruppe[0].kvalitet,
                erstattet_av=None if (aar, maal) in gjeldende else ny,
            )
        )
    return Kontrollsum.objects.bulk_create(kontroll, batch_size=2000)

"""The only writers of published figures: import of earlier years' tables, and the snapshot of a sent round.

Nothing is changed or deleted: a later publication supersedes rows by naming itself in `erstattet_av`, and a figure that
describes an earlier day than the current one is stored as superseded from the start.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from bosett.aktor.kontekst import Aktor
from bosett.geografi.rules.navn import sokenavn
from bosett.grunn.feil import Ugyldig
from bosett.grunn.klokke import naa
from bosett.kilder.lesere.observasjoner import Observasjoner
from bosett.kilder.tall import Tilstand
from bosett.spor.services import registrer
from bosett.statistikk.models import Kontrollsum, Publisering, Publiserttall
from bosett.statistikk.rules.kontroll import TrykteSummer
from bosett.statistikk.rules.prikking import prikk
from bosett.statistikk.rules.register import Register
from bosett.statistikk.rules.summer import Kontroll, kontroller, summer
from bosett.statistikk.rules.tabeller import Tabellslag, story
from bosett.statistikk.selectors import last_register
from bosett.tilgang.policy import krev
from bosett.tilgang.services import nytt_subjekt

Melding = Callable[[str], None]
_LAAS = 720260200  # advisory lock: one publication at a time, so that numbers of editions follow the order of commits


@dataclass(frozen=True)
class Avvik:
    """A printed sum that ours does not reproduce. `trykt - vaar` persons."""

    aar: int
    maal: str
    fylke: str
    trykt: int
    vaar: int
    skjulte: int


@dataclass(frozen=True)
class Importsvar:
    """What an import did. `nytt` False: the same file is already in, and nothing changed."""

    publisering: Publisering
    nytt: bool
    rader: int = 0
    celler: int = 0
    gjeldende: int = 0
    prikket: int = 0
    kontrollert: int = 0
    avvik: tuple[Avvik, ...] = ()
    uten_kommune: tuple[str, ...] = ()
    erstattet: int | None = None


@dataclass(slots=True)
class _Rad:
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


@transaction.atomic
def importer_historikk(
    *,
    aktor: Aktor,
    lest: Observasjoner,
    slag: Tabellslag,
    trykte: TrykteSummer | None = None,
    statusdato: date | None = None,
    meld: Melding = lambda _: None,
) -> Importsvar:
    """Publish a table of earlier figures as one act in the ledger. The same file again changes nothing and says so.

    Figures of 1–4 settled persons are not stored. Printed sums are compared; what differs is listed in `Kontrollsum`.
    Raises Avvist (may not), Ugyldig (a table of another form, or a printed county nobody knows).
    """
    krev(aktor, "statistikk.importer")
    if lest.form.navn != slag.form.navn:
        raise Ugyldig(
            kode="STATISTIKK-FORM",
            hva=f"{lest.fil} har formen «{lest.form.tittel}», ikke «{slag.form.tittel}»",
            gjor="Velg det slaget tabell som passer med filen",
        )
    _laas()
    for_ = Publisering.objects.filter(serie=slag.serie, erstattet_av__isnull=True).first()
    if for_ is not None and for_.avtrykk == lest.sha256:
        return Importsvar(for_, False)
    meld(f"{lest.rader} rader lest")
    register = last_register()
    rader = [_rad(register, slag, obs) for obs in lest.observasjoner]
    subjekt = nytt_subjekt(slag="import")
    ny = _ny_publisering(
        for_,
        slag=Publisering.Slag.HISTORIKK,
        serie=slag.serie,
        tittel=slag.tittel,
        kilde=slag.kilde,
        lisens=slag.lisens,
        avtrykk=lest.sha256,
        statusdato=statusdato or slag.statusdato,
        subjekt=subjekt,
        opplysninger={"fil": lest.fil, "rader": lest.rader, "ubrukte_kolonner": list(lest.ubrukte_kolonner)},
    )
    gjeldende = _skriv(ny, for_, rader)
    meld(f"{len(rader)} tall lagret")
    kontroll = _kontroller(ny, register, rader, trykte, gjeldende)
    feil = tuple(_avvik(kontroll))
    uten = tuple(sorted({rad.nummer for rad in rader if rad.kommune is None}))
    svar = Importsvar(
        publisering=ny,
        nytt=True,
        rader=lest.rader,
        celler=len(rader),
        gjeldende=sum((rad.aar, rad.maal) in gjeldende for rad in rader),
        prikket=sum(rad.prikket for rad in rader),
        kontrollert=sum(rad.trykt is not None for rad in kontroll),
        avvik=feil,
        uten_kommune=uten,
        erstattet=for_.pk if for_ else None,
    )
    registrer(
        aktor=aktor,
        handling="statistikk.importer",
        subjekt_id=subjekt.pk,
        data={
            "utgave": ny.pk, "serie": slag.serie, "sha256": lest.sha256, "rader": svar.rader, "tall": svar.celler,
            "prikket": svar.prikket, "avvik": len(feil), "uten_bro": list(uten), "erstatter": svar.erstattet,
        },
    )  # fmt: skip
    return svar


def _laas() -> None:
    with connection.cursor() as db:
        db.execute("SELECT pg_advisory_xact_lock(%s)", [_LAAS])


def _rad(register: Register, slag: Tabellslag, obs: Any) -> _Rad:
    treff = register.finn(obs.kode, obs.aar, obs.navn)
    raa = None if obs.tall.verdi is None else int(obs.tall.verdi)
    verdi, tilstand, prikket = prikk(obs.storrelse, raa, obs.tall.tilstand)
    dato, kvalitet = story(slag, obs.aar, obs.storrelse, obs.tall.referansedato, obs.tall.kvalitet)
    return _Rad(
        treff.kommune, obs.kode, obs.navn, treff.navn, treff.fylkenr, treff.fylke, obs.aar, obs.storrelse, verdi,
        tilstand, kvalitet.value, prikket, "" if prikket else obs.tall.trykt[:20], dato, raa,
    )  # fmt: skip


def _ny_publisering(for_: Publisering | None, **felt: Any) -> Publisering:
    """Supersede the old version and make the new one. The number is drawn first: the old row must name it before it exists."""
    with connection.cursor() as db:
        db.execute("SELECT nextval(pg_get_serial_sequence('statistikk_publisering', 'id'))")
        pk = db.fetchone()[0]
    if for_ is not None:
        Publisering.objects.filter(pk=for_.pk).update(erstattet_av_id=pk)
    return Publisering.objects.create(pk=pk, tid=naa(), **felt)


def _skriv(ny: Publisering, for_: Publisering | None, rader: Sequence[_Rad]) -> set[tuple[int, str]]:
    """Store the rows and supersede what they replace. Returns the (year, measure) pairs for which the new rows are current."""
    if for_ is not None:
        Publiserttall.objects.filter(publisering=for_, erstattet_av__isnull=True).update(erstattet_av=ny)
        Kontrollsum.objects.filter(publisering=for_, erstattet_av__isnull=True).update(erstattet_av=ny)
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


def _kontroller(
    ny: Publisering,
    register: Register,
    rader: Iterable[_Rad],
    trykte: TrykteSummer | None,
    gjeldende: set[tuple[int, str]],
) -> list[Kontrollsum]:
    """One sum per year, measure and county, and for the country, of the source's own cells, beside the printed one."""
    grupper: dict[tuple[int, str, str, str], list[_Rad]] = {}
    for rad in rader:
        grupper.setdefault((rad.aar, rad.maal, "", ""), []).append(rad)
        if rad.fylkenr:
            grupper.setdefault((rad.aar, rad.maal, rad.fylkenr, rad.fylke), []).append(rad)
    fylker = _trykte_fylker(trykte, register, {(aar, nr): navn for aar, _, nr, navn in grupper if nr})
    kontroll = []
    for (aar, maal, fylkenr, fylke), gruppe in grupper.items():
        sum_ = summer((rad.raa, Tilstand.TALL if rad.raa is not None else rad.tilstand) for rad in gruppe)
        trykt = None
        if trykte is not None:
            trykt = fylker.get((aar, maal, fylkenr)) if fylkenr else trykte.landet.get((aar, maal))
        kontroll.append(
            Kontrollsum(
                publisering=ny, aar=aar, maal=maal, fylkenr=fylkenr, fylke=fylke, vaar=sum_.verdi or 0, tall=sum_.tall,
                skjulte=sum_.skjulte, mangler=sum_.mangler, prikket=sum(rad.prikket for rad in gruppe), trykt=trykt,
                trykt_kilde=trykte.kilde if trykte is not None and trykt is not None else "",
                referansedato=max(rad.referansedato for rad in gruppe), kvalitet=gruppe[0].kvalitet,
                erstattet_av=None if (aar, maal) in gjeldende else ny,
            )
        )  # fmt: skip
    return Kontrollsum.objects.bulk_create(kontroll, batch_size=2000)


def _trykte_fylker(
    trykte: TrykteSummer | None, register: Register, kjente: dict[tuple[int, str], str]
) -> dict[tuple[int, str, str], int]:
    """Printed county rows by number. Printed names are matched to the counties of their year."""
    if trykte is None:
        return {}
    etter_navn = {(aar, sokenavn(navn)): nr for (aar, nr), navn in kjente.items()}
    ut, ukjente = {}, set()
    for (aar, maal, hvem), verdi in trykte.fylker.items():
        nr = hvem if hvem.isdigit() else etter_navn.get((aar, sokenavn(hvem)))
        if nr is None:
            ukjente.add(f"{hvem} ({aar})")
        else:
            ut[aar, maal, nr] = verdi
    if ukjente:
        raise Ugyldig(
            kode="STATISTIKK-FYLKE",
            hva=f"{trykte.kilde}: tabellen med summer har fylker som ikke finnes i året: {', '.join(sorted(ukjente))}",
            gjor="Se at summene hører til samme tabell, og at fylkene er lest inn først",
        )
    return ut


def _avvik(kontroll: Iterable[Kontrollsum]) -> Iterable[Avvik]:
    for rad in kontroll:
        if kontroller(rad.vaar, rad.skjulte, rad.trykt) is Kontroll.AVVIK and rad.trykt is not None:
            yield Avvik(rad.aar, rad.maal, rad.fylke, rad.trykt, rad.vaar, rad.skjulte)

"""Import of a table of earlier years, as one act."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.geografi.rules.navn import sokenavn
from bosett.grunn.feil import Ugyldig
from bosett.kilder.lesere.observasjoner import Observasjoner
from bosett.spor.services import registrer
from bosett.statistikk.models import Kontrollsum, Publisering
from bosett.statistikk.rules.kontroll import TrykteSummer
from bosett.statistikk.rules.prikking import prikk
from bosett.statistikk.rules.register import Register
from bosett.statistikk.rules.summer import Kontroll, kontroller
from bosett.statistikk.rules.tabeller import Tabellslag, story
from bosett.statistikk.selectors import last_register
from bosett.statistikk.services.lagring import Tallrad, laas, lag_kontrollsummer, ny_publisering, skriv
from bosett.tilgang.policy import krev
from bosett.tilgang.services import nytt_subjekt

Melding = Callable[[str], None]


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
    """Publish a table of earlier figures as one act in the ledger. The same file again changes nothing and says so;
    so does a table of invented figures (DEMO) when real ones are in.

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
    laas()
    for_ = Publisering.objects.filter(serie=slag.serie, erstattet_av__isnull=True).first()
    demo = slag.kilde.startswith("DEMO")
    if for_ is not None and (for_.avtrykk == lest.sha256 or (demo and not for_.demo)):
        return Importsvar(for_, False)  # invented figures never take the place of real ones
    meld(f"{lest.rader} rader lest")
    register = last_register()
    rader = [_rad(register, slag, obs) for obs in lest.observasjoner]
    subjekt = nytt_subjekt(slag="import")
    ny = ny_publisering(
        for_,
        slag=Publisering.Slag.HISTORIKK,
        serie=slag.serie,
        tittel=slag.tittel,
        kilde=slag.kilde,
        lisens=slag.lisens,
        avtrykk=lest.sha256,
        statusdato=statusdato or slag.statusdato,
        demo=demo,
        subjekt=subjekt,
        opplysninger={"fil": lest.fil, "rader": lest.rader, "ubrukte_kolonner": list(lest.ubrukte_kolonner)},
    )
    gjeldende = skriv(ny, for_, rader)
    meld(f"{len(rader)} tall lagret")
    kjente = {(rad.aar, rad.fylkenr): rad.fylke for rad in rader if rad.fylkenr}
    kontroll = lag_kontrollsummer(
        ny, rader, gjeldende, _trykte(trykte, kjente), trykte.kilde if trykte else ""
    )
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


def _rad(register: Register, slag: Tabellslag, obs: Any) -> Tallrad:
    treff = register.finn(obs.kode, obs.aar, obs.navn)
    raa = None if obs.tall.verdi is None else int(obs.tall.verdi)
    verdi, tilstand, prikket = prikk(obs.storrelse, raa, obs.tall.tilstand)
    dato, kvalitet = story(slag, obs.aar, obs.storrelse, obs.tall.referansedato, obs.tall.kvalitet)
    return Tallrad(
        treff.kommune, obs.kode, obs.navn, treff.navn, treff.fylkenr, treff.fylke, obs.aar, obs.storrelse, verdi,
        tilstand, kvalitet.value, prikket, "" if prikket else obs.tall.trykt[:20], dato, raa,
    )  # fmt: skip


def _trykte(
    trykte: TrykteSummer | None, kjente: dict[tuple[int, str], str]
) -> dict[tuple[int, str, str], int]:
    """Printed sums by year, measure and county number. Printed names are matched to the counties of their year."""
    if trykte is None:
        return {}
    etter_navn = {(aar, sokenavn(navn)): nr for (aar, nr), navn in kjente.items()}
    ut = {(aar, maal, ""): verdi for (aar, maal), verdi in trykte.landet.items()}
    ukjente = set()
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

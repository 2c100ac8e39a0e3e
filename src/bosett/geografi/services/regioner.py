"""Dated facts that people keep: IMDi regions and their contacts, flags, language form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from bosett.geografi.models import (
    Fylkesversjon,
    Imdiregion,
    Kommune,
    Kommuneflagg,
    Kommuneversjon,
    Maalformvedtak,
    Regionkontakt,
    Regionmedlemskap,
)
from bosett.geografi.rapport import Importrapport
from bosett.geografi.rules.navn import sorteringsnavn
from bosett.geografi.rules.perioder import slaa_sammen, uten
from bosett.geografi.selectors import brobok
from bosett.geografi.services.laas import laas_register
from bosett.grunn.feil import Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.grunn.periode import Periode
from bosett.kilder.feil import Cellefeil
from bosett.kilder.lesere import celler
from bosett.kilder.lesere.tabell import Tabell


@dataclass(frozen=True, slots=True)
class _Medlem:
    region: str
    kommune_id: int
    fra: date | None
    til: date | None
    kilde: str
    linje: int


@transaction.atomic
def importer_regioner(
    *, aktor: object, tabell: Tabell, kilde: str, gjelder_fra: date | None = None
) -> Importrapport:
    """IMDi regions and their members: how many there are and what they are called is data (R002).

    Columns: `region` (or `imdi_region`), `kommunenummer` or `fylkesnummer` (a row for a whole county of today), and, when
    there, `gyldig_fra`, `gyldig_til`, `kilde`. `gjelder_fra` is for tables without dates. Old numbers are bridged to today's
    municipalities; numbers without one successor are listed. A membership that ends when a new one begins is closed;
    the same table twice changes nothing. Raises Lesefeil.
    """
    regionkolonne = "region" if "region" in tabell.kolonner else "imdi_region"
    tabell.krev((regionkolonne,))
    if not {"kommunenummer", "fylkesnummer"} & set(tabell.kolonner):
        tabell.krev(("kommunenummer",))
    laas_register()
    rapport = Importrapport("regioner", aktor, kilde, tabell.sha256, len(tabell.rader))
    medlemmer = _les_medlemmer(tabell, regionkolonne, kilde, gjelder_fra, rapport)
    tabell.slutt("Regioner: region, kommunenummer eller fylkesnummer, gyldig_fra, gyldig_til")
    regioner = {r.navn: r for r in Imdiregion.objects.all()}
    for navn in dict.fromkeys(m.region for m in medlemmer):
        if navn not in regioner:
            regioner[navn] = Imdiregion.objects.create(navn=navn, sorteringsnavn=sorteringsnavn(navn))
            rapport.nye += 1
    gjelder = {m.kommune_id: m for m in Regionmedlemskap.objects.filter(til=None)}
    kjente = set(
        Regionmedlemskap.objects.exclude(til=None).values_list("kommune_id", "region_id", "fra", "til")
    )
    ukjente = [m for m in medlemmer if (m.kommune_id, regioner[m.region].pk, m.fra, m.til) not in kjente]
    rapport.uendret += len(medlemmer) - len(ukjente)
    nye = [m for m in ukjente if _gjor_plass(regioner[m.region], m, gjelder.get(m.kommune_id), rapport)]
    Regionmedlemskap.objects.bulk_create(
        Regionmedlemskap(
            region=regioner[m.region], kommune_id=m.kommune_id, fra=m.fra, til=m.til, kilde=m.kilde
        )
        for m in nye
    )
    rapport.nye += len(nye)
    uten = Kommuneversjon.objects.gjelder(i_dag()).exclude(
        kommune__in=Regionmedlemskap.objects.gjelder(i_dag()).values("kommune")
    )
    rapport.advarsler += [f"{v.nummer} {v.navn} hører ikke til noen region" for v in uten.order_by("nummer")]
    return rapport


def _les_medlemmer(
    tabell: Tabell, regionkolonne: str, kilde: str, gjelder_fra: date | None, rapport: Importrapport
) -> list[_Medlem]:
    dagens = {v.nummer: v.kommune_id for v in Kommuneversjon.objects.gjelder(i_dag())}
    fylker = dict(Fylkesversjon.objects.gjelder(i_dag()).values_list("nummer", "fylke_id"))
    i_fylke: dict[str, list[int]] = {}
    nummer_av = {fylke_id: nummer for nummer, fylke_id in fylker.items()}
    for v in Kommuneversjon.objects.gjelder(i_dag()).order_by("nummer"):
        if v.fylke_id is not None:
            i_fylke.setdefault(nummer_av.get(v.fylke_id, ""), []).append(v.kommune_id)
    bok = brobok()
    ut: dict[int, _Medlem] = {}
    for linje, rad in tabell.ordboker():
        region, nummer, fylke = (
            rad.get(k, "").strip() for k in (regionkolonne, "kommunenummer", "fylkesnummer")
        )
        fra = _dato(tabell, linje, rad, "gyldig_fra") or gjelder_fra
        til = _dato(tabell, linje, rad, "gyldig_til")
        if not region or (not nummer and not fylke):
            tabell.feil.append(
                Cellefeil(
                    linje, regionkolonne, region, "raden må ha region og kommunenummer eller fylkesnummer"
                )
            )
            continue
        if nummer in dagens:
            hvem = [dagens[nummer]]
        elif nummer:
            bro = bok.bro(nummer, fra or i_dag())
            hvem = (
                [e.identitet for e in bro.etterfolgere if isinstance(e.identitet, int)] if bro.entydig else []
            )
            if not hvem:
                rapport.uten_bro.append(nummer)
        elif fylke in i_fylke:
            hvem = i_fylke[fylke]
        else:
            tabell.feil.append(Cellefeil(linje, "fylkesnummer", fylke, "fylket finnes ikke i dag"))
            continue
        for kommune_id in hvem:
            for_ = ut.setdefault(
                kommune_id, _Medlem(region, kommune_id, fra, til, rad.get("kilde", "") or kilde, linje)
            )
            if for_.region != region:
                rapport.advarsler.append(
                    f"rad {linje}: {nummer or fylke} er alt i {for_.region} (rad {for_.linje}); beholdt den"
                )
    return list(ut.values())


def _gjor_plass(
    region: Imdiregion, m: _Medlem, gjelder: Regionmedlemskap | None, rapport: Importrapport
) -> bool:
    """End the membership that holds, if it must give way. Returns whether a new one is needed."""
    if gjelder is None:
        return True
    if gjelder.region_id != region.pk:
        _avslutt(gjelder, m.fra)
    elif m.til is None:
        rapport.uendret += 1
        return False
    else:
        gjelder.til = m.til
        gjelder.save(update_fields=["til"])
    rapport.endret += 1
    return gjelder.region_id != region.pk


@transaction.atomic
def registrer_regionkontakt(
    *,
    aktor: object,
    region: Imdiregion,
    fra: date,
    teamnavn: str,
    epost: str,
    telefon: str = "",
    postadresse: str = "",
    regiondirektor: str = "",
    kilde: str = "Registrert i Bosett",
) -> Regionkontakt:
    """A new contact record from `fra`; the one that held ends that day. Letters sent before keep theirs (R003).

    Raises Ugyldig when a record already begins on or after `fra`.
    """
    laas_register()
    gjelder = Regionkontakt.objects.filter(region=region, til=None).first()
    if gjelder is not None:
        _avslutt(gjelder, fra)
    ny = Regionkontakt(
        region=region, fra=fra, teamnavn=teamnavn, epost=epost, telefon=telefon, postadresse=postadresse,
        regiondirektor=regiondirektor, kilde=kilde,
    )  # fmt: skip
    ny.full_clean()
    ny.save()
    return ny


@transaction.atomic
def sett_flagg(
    *, aktor: object, kommune: Kommune, slag: str, fra: date, til: date | None = None, kilde: str
) -> Kommuneflagg:
    """Mark a municipality as host or as co-operating with a reception centre, from `fra` (R007, R008)."""
    laas_register()
    flagg = Kommuneflagg(kommune=kommune, slag=slag, fra=fra, til=til, kilde=kilde)
    flagg.full_clean()
    flagg.save()
    return flagg


@transaction.atomic
def sett_flaggperioder(
    *, aktor: object, kommune: Kommune, slag: str, perioder: Iterable[Periode], kilde: str
) -> bool:
    """Let what `kilde` says about a flag be exactly these periods: for facts that another room keeps (a centre opens and closes).

    Days that another source has marked already are left to that one. Gives whether anything became different.
    """
    laas_register()
    rader = Kommuneflagg.objects.filter(kommune=kommune, slag=slag)
    skal = uten(slaa_sammen(perioder), [rad.periode for rad in rader.exclude(kilde=kilde)])
    egne = {rad.periode: rad for rad in rader.filter(kilde=kilde)}
    borte = [rad.pk for periode, rad in egne.items() if periode not in skal]
    nye = [periode for periode in skal if periode not in egne]
    Kommuneflagg.objects.filter(pk__in=borte).delete()
    Kommuneflagg.objects.bulk_create(
        Kommuneflagg(kommune=kommune, slag=slag, fra=periode.fra, til=periode.til, kilde=kilde)
        for periode in nye
    )
    return bool(borte or nye)


@transaction.atomic
def registrer_maalform(
    *, aktor: object, kommune: Kommune, slag: str, form: str, fra: date, kilde: str
) -> Maalformvedtak:
    """A new decision or wish of a municipality from `fra`; the one that held ends that day (språklova § 11)."""
    laas_register()
    gjelder = Maalformvedtak.objects.filter(kommune=kommune, slag=slag, til=None).first()
    if gjelder is not None:
        _avslutt(gjelder, fra)
    ny = Maalformvedtak(kommune=kommune, slag=slag, form=form, fra=fra, kilde=kilde)
    ny.full_clean()
    ny.save()
    return ny


def _avslutt(rad: Any, fra: date | None) -> None:
    if fra is None or (rad.fra is not None and rad.fra >= fra):
        raise Ugyldig(
            kode="GEOGRAFI-REKKEFOLGE",
            hva=f"Det som gjelder nå, begynte {rad.fra or 'på en ukjent dag'}, og det nye begynner {fra or 'på en ukjent dag'}",
            regel="Det nye må begynne etter det som gjelder",
            gjor="Velg en senere startdato",
        )
    rad.til = fra
    rad.save(update_fields=["til"])


def _dato(tabell: Tabell, linje: int, rad: dict[str, str], kolonne: str) -> date | None:
    tekst = rad.get(kolonne, "").strip()
    return tabell.les(linje, kolonne, tekst, celler.dato) if tekst else None

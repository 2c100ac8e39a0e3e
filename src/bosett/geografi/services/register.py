"""The register over time: identities, versions and transitions from SSB's change list, and shares of splits."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Min

from bosett.geografi.models import Fylkesversjon, Indikatorverdi, Kommune, Kommuneversjon, Overgang
from bosett.geografi.rapport import Importrapport
from bosett.geografi.rules.identiteter import DELING, Identitetsbok, Versjon, bygg_identiteter, versjonsnavn
from bosett.geografi.rules.navn import kortnavn, sokenavn, sorteringsnavn
from bosett.geografi.services.laas import laas_register
from bosett.grunn.feil import Mangler, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.kilder.lesere.brovekter import Brovekt
from bosett.kilder.lesere.klass import Endring, Kode

EN = Decimal(1)
_AV_FOLKETALL = "andel av folketallet"
_SEKS_DESIMALER = Decimal("0.000001")


def sokefelt(navn: str, offisielle: Sequence[str]) -> dict[str, Any]:
    """The name fields of a version, with its stored keys for order and search."""
    deler = dict.fromkeys(sokenavn(del_) for del_ in (navn, *offisielle))
    return {
        "navn": navn,
        "offisielle_navn": list(offisielle),
        "sorteringsnavn": sorteringsnavn(navn),
        "sokenavn": f"|{'|'.join(deler)}|",
    }


@transaction.atomic
def importer_kommuneendringer(
    *, aktor: object, endringer: Sequence[Endring], kilde: str, sha256: str = "", koder: Sequence[Kode] = ()
) -> Importrapport:
    """Build old numbers and names, mergers and splits from SSB KLASS 131 around the municipalities of today.

    Identities that exist are kept (what points to them goes on pointing), their versions are made right, known shares are
    kept. A split in two whose parts have no other origin gets shares by population, marked as estimates; other shares stay
    unknown until `importer_brovekter`. `koder` (SSB's codes of today) gives all official names and decides which numbers
    there are today. Idempotent. Raises Mangler when today's municipalities are not loaded, Ugyldig when
    the list covers less time than the register already does.
    """
    laas_register()
    kjente = dict(Kommuneversjon.objects.gjelder(i_dag()).values_list("nummer", "navn"))
    kortnavnene = frozenset(kjente.values())
    dagens = {k.nummer: kjente.get(k.nummer) or kortnavn(k.navn, kortnavnene) for k in koder} or kjente
    if not kjente:
        raise Mangler(
            kode="GEOGRAFI-TOMT",
            hva="Dagens kommuner er ikke lastet",
            gjor="Kjør ./run én gang, eller «importer grunnlag», først",
        )
    _krev_hele_tiden(endringer)
    bok = bygg_identiteter(endringer, dagens, i_dag())
    rapport = Importrapport(
        "kommuneendringer", aktor, kilde, sha256, len(endringer), advarsler=list(bok.advarsler)
    )
    funnet = _finn_identiteter(bok, rapport)
    nye = iter(Kommune.objects.bulk_create([Kommune() for k in funnet if k is None]))
    kommuner = [k or next(nye).pk for k in funnet]
    _skriv_versjoner(bok, kommuner, dagens, {k.nummer: k.navn for k in koder}, kilde, rapport)
    _skriv_overganger(bok, kommuner, kilde, rapport)
    _vekter_fra_folketall(rapport)
    _meld_ukjente_vekter(rapport)
    return rapport


@transaction.atomic
def importer_brovekter(
    *, aktor: object, vekter: Sequence[Brovekt], kilde: str, sha256: str = ""
) -> Importrapport:
    """Shares for the splits, from a table old number → new number → share. All of them are estimates.

    A split is filled only when its shares sum to one; other rows of the table follow from the transitions and are not used.
    """
    laas_register()
    rapport = Importrapport("brovekter", aktor, kilde, sha256, len(vekter))
    naa = {v.nummer: v.kommune_id for v in Kommuneversjon.objects.gjelder(i_dag())}
    per_nummer: dict[str, dict[int, Decimal]] = defaultdict(dict)
    for v in vekter:
        if v.til_nummer in naa:
            per_nummer[v.fra_nummer][naa[v.til_nummer]] = v.vekt
        else:
            rapport.uten_bro.append(v.til_nummer)
    for fra_nummer, gruppe in _delinger():
        andeler = per_nummer.get(fra_nummer, {})
        mine = {o: andeler.get(o.til_kommune_id, Decimal(0)).quantize(_SEKS_DESIMALER) for o in gruppe}
        if not andeler:
            continue
        if abs(sum(mine.values()) - EN) > Decimal("0.001"):
            rapport.advarsler.append(
                f"{fra_nummer}: andelene summerer til {sum(mine.values())}, ikke 1; ikke brukt"
            )
            continue
        for o, vekt in mine.items():
            _sett_vekt(o, vekt, kilde, rapport)
    _meld_ukjente_vekter(rapport)
    return rapport


def _krev_hele_tiden(endringer: Sequence[Endring]) -> None:
    kjent = Overgang.objects.exclude(slag=Overgang.Slag.GRENSEJUSTERING).aggregate(
        fra=Min("dato"), til=Max("dato")
    )
    if kjent["fra"] is None:
        return
    datoer = [e.dato for e in endringer]
    if not datoer or min(datoer) > kjent["fra"] or max(datoer) < kjent["til"]:
        omfang = f"{min(datoer)}–{max(datoer)}" if datoer else "ingen endringer"
        raise Ugyldig(
            kode="GEOGRAFI-KORTERE-LISTE",
            hva=f"Listen dekker {omfang}, men registeret har endringer {kjent['fra']}–{kjent['til']}",
            regel="En import skal ikke fjerne historie",
            gjor=f"Hent listen fra og med {kjent['fra']}",
        )


def _finn_identiteter(bok: Identitetsbok, rapport: Importrapport) -> list[int | None]:
    """Book identity → municipality that exists, by a number they share at the same time; the newest number counts first."""
    finnes: dict[str, list[Kommuneversjon]] = defaultdict(list)
    for v in Kommuneversjon.objects.all():
        finnes[v.nummer].append(v)
    svar: list[int | None] = [None] * len(bok.identiteter)
    tatt: dict[int, str] = {}
    for i, versjoner in enumerate(bok.identiteter):
        for versjon in reversed(versjoner):
            treff = next((v.kommune_id for v in finnes[versjon.nummer] if _samtidig(v, versjon)), None)
            if treff is None or treff == svar[i]:
                continue
            if svar[i] is None and treff not in tatt:
                svar[i] = treff
                tatt[treff] = versjon.nummer
            else:
                rapport.advarsler.append(
                    f"{versjon.nummer}: registeret og endringslisten er uenige om hvilken kommune det var"
                )
    return svar


def _samtidig(v: Kommuneversjon, versjon: Versjon) -> bool:
    return (v.til is None or versjon.fra is None or versjon.fra < v.til) and (
        versjon.til is None or v.fra is None or v.fra < versjon.til
    )


def _skriv_versjoner(
    bok: Identitetsbok,
    kommuner: Sequence[int],
    dagens: Mapping[str, str],
    trykte: Mapping[str, str],
    kilde: str,
    rapport: Importrapport,
) -> None:
    fylke_id = dict(Fylkesversjon.objects.order_by("fra").values_list("nummer", "fylke_id"))
    kjente = frozenset(dagens.values())
    finnes = {(v.kommune_id, v.nummer, v.fra): v for v in Kommuneversjon.objects.all()}
    ukjente_fylker: set[str] = set()
    nye: list[Kommuneversjon] = []
    utgar: list[int] = []
    for kommune_id, versjoner in zip(kommuner, bok.identiteter, strict=True):
        for versjon in versjoner:
            trykt = trykte.get(versjon.nummer) if versjon.gjelder(i_dag()) else None
            kort, offisielle = versjonsnavn(replace(versjon, trykt=trykt or versjon.trykt), dagens, kjente)
            gammel = finnes.pop((kommune_id, versjon.nummer, versjon.fra), None)
            if gammel is not None and not trykt and set(offisielle) < set(gammel.offisielle_navn):
                offisielle = tuple(
                    gammel.offisielle_navn
                )  # the change list knows fewer names than the list of codes did
            if versjon.nummer[:2] not in fylke_id:
                ukjente_fylker.add(versjon.nummer[:2])
            ny = Kommuneversjon(
                kommune_id=kommune_id, nummer=versjon.nummer, fra=versjon.fra, til=versjon.til,
                fylke_id=fylke_id.get(versjon.nummer[:2]), kilde=kilde, **sokefelt(kort, offisielle),
            )  # fmt: skip
            if gammel is not None and _samme(gammel, ny):
                rapport.uendret += 1
                continue
            if gammel is not None:
                utgar.append(gammel.pk)
                rapport.endret += 1
            nye.append(ny)
    overflodige = [v for v in finnes.values() if v.kommune_id in set(kommuner)]
    rapport.endret += len(overflodige)
    rapport.nye += len(nye) - len(utgar) - len(overflodige)
    rapport.advarsler += [f"fylket {nummer} er ikke i fylkeslisten" for nummer in sorted(ukjente_fylker)]
    # Everything that changes goes first: no day may have two versions even for a moment.
    Kommuneversjon.objects.filter(pk__in=[*utgar, *(v.pk for v in overflodige)]).delete()
    Kommuneversjon.objects.bulk_create(nye)


def _samme(a: Kommuneversjon, b: Kommuneversjon) -> bool:
    felt = ("navn", "offisielle_navn", "fra", "til", "fylke_id")
    return all(getattr(a, f) == getattr(b, f) for f in felt)


def _skriv_overganger(
    bok: Identitetsbok, kommuner: Sequence[int], kilde: str, rapport: Importrapport
) -> None:
    finnes = {
        (o.fra_nummer, o.til_nummer, o.slag, o.dato): o
        for o in Overgang.objects.exclude(slag=Overgang.Slag.GRENSEJUSTERING)
    }
    nye = []
    for o in bok.overganger:
        gammel = finnes.pop((o.fra_nummer, o.til_nummer, o.slag, o.dato), None)
        ender = (kommuner[o.fra], kommuner[o.til])
        if gammel is not None and (gammel.fra_kommune_id, gammel.til_kommune_id) == ender:
            rapport.uendret += 1
            continue
        if gammel is not None:
            gammel.delete()
            rapport.endret += 1
        else:
            rapport.nye += 1
        nye.append(
            Overgang(
                fra_kommune_id=ender[0], til_kommune_id=ender[1], fra_nummer=o.fra_nummer, til_nummer=o.til_nummer,
                slag=o.slag, dato=o.dato, vekt=None if o.slag == DELING else EN, kilde=kilde,
            )
        )  # fmt: skip
    Overgang.objects.filter(pk__in=[o.pk for o in finnes.values()]).delete()
    rapport.fjernet += len(finnes)
    Overgang.objects.bulk_create(nye)


@dataclass(frozen=True, slots=True)
class _Deling:
    fra_nummer: str
    dato: date


def _delinger() -> Iterable[tuple[str, list[Overgang]]]:
    grupper: dict[_Deling, list[Overgang]] = defaultdict(list)
    for o in Overgang.objects.filter(slag=DELING).order_by("dato", "fra_nummer", "til_nummer"):
        grupper[_Deling(o.fra_nummer, o.dato)].append(o)
    return [(nokkel.fra_nummer, gruppe) for nokkel, gruppe in grupper.items()]


def _vekter_fra_folketall(rapport: Importrapport) -> None:
    """Where every part comes from the divided municipality alone and nothing joined it later, people tell the shares."""
    for fra_nummer, gruppe in _delinger():
        if any(o.vekt is not None and not o.vektkilde.startswith(_AV_FOLKETALL) for o in gruppe):
            continue
        deler = [o.til_kommune_id for o in gruppe]
        andre = Overgang.objects.filter(
            til_kommune_id__in=deler, dato__gte=gruppe[0].dato, slag__in=["sammenslaing", "deling"]
        ).exclude(fra_nummer=fra_nummer)
        dato, folk = _folketall_etter(gruppe[0].dato, deler)
        if andre.exists() or not folk:
            continue
        sum_ = sum(folk.values())
        rest = EN
        for o in gruppe[1:]:
            vekt = (folk[o.til_kommune_id] / sum_).quantize(_SEKS_DESIMALER)
            rest -= vekt
            _sett_vekt(o, vekt, f"{_AV_FOLKETALL} {dato}", rapport)
        _sett_vekt(gruppe[0], rest, f"{_AV_FOLKETALL} {dato}", rapport)


def _folketall_etter(fra: date, kommuner: Sequence[int]) -> tuple[date, dict[int, Decimal]]:
    """The first day from the split on for which all parts have a known population."""
    rader = Indikatorverdi.objects.kjent().filter(
        indikator__kode="folketall",
        kommune__in=kommuner,
        tilstand="tall",
        verdi__gt=0,
        referansedato__gte=fra,
    )
    per_dag: dict[date, dict[int, Decimal]] = defaultdict(dict)
    for kommune_id, dato, verdi in rader.values_list("kommune_id", "referansedato", "verdi"):
        per_dag[dato][kommune_id] = verdi or Decimal(0)
    hele = [dato for dato, folk in per_dag.items() if len(folk) == len(set(kommuner))]
    return (min(hele), per_dag[min(hele)]) if hele else (fra, {})


def _sett_vekt(o: Overgang, vekt: Decimal, kilde: str, rapport: Importrapport) -> None:
    if (o.vekt, o.vektkilde) == (vekt, kilde):
        rapport.uendret += 1
        return
    o.vekt, o.anslag, o.vektkilde = vekt, True, kilde
    o.save(update_fields=["vekt", "anslag", "vektkilde"])
    rapport.endret += 1


def _meld_ukjente_vekter(rapport: Importrapport) -> None:
    for fra_nummer, gruppe in _delinger():
        if any(o.vekt is None for o in gruppe):
            til = ", ".join(o.til_nummer for o in gruppe)
            rapport.advarsler.append(
                f"{fra_nummer} ble delt på {til} {gruppe[0].dato}: andelene er ikke kjent"
            )

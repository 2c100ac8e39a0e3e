"""From facts and parameters to numbers: `beregn` is the only door into the engine."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from bosett.anmodning.rules import bidrag as b
from bosett.anmodning.rules.endringspunkter import UKJENT, endringspunkter
from bosett.anmodning.rules.forklaring import (
    Rundt,
    Sak,
    lag_bidrag,
    lag_forklaring,
    lag_rundt,
    lag_svar,
    lag_vurdering,
    regeltekst,
)
from bosett.anmodning.rules.inndata import minste_tall
from bosett.anmodning.rules.nokkel import NOKKEL_SKALA, Nokler
from bosett.anmodning.rules.rammer import Ramme
from bosett.anmodning.rules.resultat import (
    BruktOpplysning,
    Differanse,
    Endringspunkt,
    Grunn,
    Rad,
    Resultat,
    Spredningsgruppe,
)
from bosett.anmodning.rules.sainte_lague import Post
from bosett.anmodning.rules.spredning import HEL, Gruppe, sum_i
from bosett.anmodning.rules.typer import Grunnlag, Kommune, Parametre
from bosett.anmodning.rules.utregning import Utregning, regn_ut
from bosett.anmodning.rules.varsler import radvarsler, varsler
from bosett.anmodning.rules.vektkontroll import kontroller_60

VERSJON = "1"


def beregn(grunnlag: Grunnlag, parametre: Parametre) -> Resultat:
    """Divides the need between the municipalities. Deterministic; the row order is irrelevant.

    The numbers add up to the need, but for those set in dialogue such that nobody takes the difference (`differanser`).
    Raises Ugyldig (inputs break a rule), Konflikt (the bounds leave no room; they are named in the text)
    or Mangler (a figure that cannot be left out is unknown).
    """
    u = regn_ut(grunnlag, parametre)
    sett, variant = parametre.kriteriesett, parametre.valgt_variant
    trapp, raa = b.trapper(
        u.kommuner, u.nokler, u.poster, u.rammer, u.for_dialog, u.tall, parametre.behov, u.faktorer
    )
    laast = sum(ramme.fast for ramme in u.rammer.values() if ramme.fast)
    endringer = (
        {}
        if u.fordeling.etter_nod
        else endringspunkter(u.poster, u.for_dialog, parametre.behov - laast, laast)
    )
    rundt = lag_rundt(u.grunnlag, parametre, u.nokler, sum(k.folketall for k in u.kommuner))
    rang = _ranger(u.kommuner, u.tall)
    rader = []
    for kommune in u.kommuner:
        nr = kommune.kommunenummer
        antall, raatall = u.for_dialog.get(nr, 0), raa.get(nr, 0.0)
        grunn, begrunnelse = _grunn(kommune, u.rammer[nr], antall, raatall, u.nokler, parametre)
        sak = Sak(
            kommune=kommune,
            ramme=u.rammer[nr],
            antall=u.tall.get(nr, 0),
            em=u.em.get(nr, 0),
            foer_dialog=antall,
            grunn=grunn,
            begrunnelse=begrunnelse,
            raa=raatall,
            trapp=trapp[nr],
            lofter=tuple(g.navn for g in u.grupper if g.id in u.gruppefaktorer and nr in g.medlemmer),
            loftfaktor=Decimal(u.faktorer.get(nr, b.MIKRO)).scaleb(-6).quantize(Decimal("0.001")),
        )
        rader.append(_rad(sak, rundt, rang[nr], endringer.get(nr, UKJENT)))
    kontroll = kontroller_60(sett, variant, u.nokler, u.kommuner, u.tall)
    spredning = _spredning(u.grupper, u.tall, u.gruppefaktorer)
    return Resultat(
        behov=parametre.behov,
        em=parametre.em,
        aar=parametre.aar,
        kriterieaar=sett.aar,
        variant=variant.id,
        variant_publisert=variant.publisert,
        kappa=_desimal(variant.kappa if parametre.kappa is None else parametre.kappa),
        per_nokkel=_per_nokkel(u.poster, raa),
        minimum=minste_tall(parametre),
        em_minimum=u.em_minimum,
        sum_antall=sum(rad.antall for rad in rader),
        sum_em=sum(rad.em for rad in rader),
        differanser=_differanser(u),
        spurt=sum(rad.antall > 0 for rad in rader),
        rader=tuple(rader),
        kontroll60=kontroll,
        spredning=spredning,
        uten_opplysning=tuple(k.id for k in sett.kriterier if k.id not in u.nokler.normering),
        varsler=varsler(u.grunnlag, parametre, u.nokler, kontroll, spredning),
        restplasser=u.fordeling.restplasser,
        avtrykk=avtrykk(grunnlag, parametre),
        versjon=VERSJON,
    )


def _differanser(u: Utregning) -> tuple[Differanse, ...]:
    return tuple(
        Differanse(k.kommunenummer, k.navn, u.fordelt.get(k.kommunenummer, 0), u.tall[k.kommunenummer])
        for k in u.kommuner
        if u.tall.get(k.kommunenummer, 0) != u.fordelt.get(k.kommunenummer, 0)
    )


def avtrykk(grunnlag: Grunnlag, parametre: Parametre) -> str:
    """SHA-256 of all inputs and the engine's version, the same whatever order the rows came in."""
    sortert = sorted(grunnlag.kommuner, key=lambda k: k.kommunenummer)
    innhold = [VERSJON, [_enkelt(k) for k in sortert]]
    innhold += [_enkelt(getattr(grunnlag, f.name)) for f in fields(grunnlag) if f.name != "kommuner"]
    tekst = json.dumps([*innhold, _enkelt(parametre)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(tekst.encode()).hexdigest()


def _enkelt(verdi: Any) -> Any:
    if verdi is None or isinstance(verdi, (str, int, float)):
        return verdi
    if isinstance(verdi, Mapping):
        return {str(nokkel): _enkelt(innhold) for nokkel, innhold in verdi.items()}
    if is_dataclass(verdi):
        # Field order is fixed by the type, so the names need not be hashed for every value.
        return [_enkelt(getattr(verdi, navn)) for navn in _feltnavn(verdi.__class__)]
    if isinstance(verdi, tuple):
        return [_enkelt(innhold) for innhold in verdi]
    return verdi.isoformat() if isinstance(verdi, date) else verdi


@cache
def _feltnavn(klasse: Any) -> tuple[str, ...]:
    return tuple(felt.name for felt in fields(klasse))


def _grunn(
    kommune: Kommune, ramme: Ramme, antall: int, raa: float, nokler: Nokler, parametre: Parametre
) -> tuple[Grunn, str]:
    """The rule that decided, and the reason a person wrote."""
    nr = kommune.kommunenummer
    if nr in parametre.dialog:
        return "dialog", parametre.dialog[nr].begrunnelse
    if nr in parametre.utelatt:
        return "utelatt", parametre.utelatt[nr]
    if ramme.fast is not None:
        return "laast", parametre.laaste[nr].begrunnelse
    unntak = parametre.unntak[nr].begrunnelse if nr in parametre.unntak else ""
    if not antall:
        if ramme.tak < ramme.gulv:
            return "tak_under_minimum", unntak
        if nokler.kommuner[nr].heltall == 0:
            return "over_grense", unntak
        return ("under_inngang" if raa < ramme.minimum / 2 else "passet_ikke"), unntak
    if ramme.vert and raa < ramme.minimum / 2 and antall == ramme.minimum:
        return "vert", unntak
    if antall == ramme.gulv and raa < ramme.gulv:
        return ("kontinuitet" if ramme.gulv > ramme.minimum else "minimum"), unntak
    if ramme.har_tak and antall == ramme.tak and raa > ramme.tak:
        return "tak", unntak
    return "nokkel", unntak


def _rad(sak: Sak, rundt: Rundt, rang: tuple[int, int], endring: Endringspunkt) -> Rad:
    kommune, nokkel = sak.kommune, rundt.nokler.kommuner[sak.kommune.kommunenummer]
    bidrag = lag_bidrag(sak, rundt)
    endret = sak.antall != sak.foer_dialog or sak.grunn in ("laast", "utelatt", "dialog")
    return Rad(
        kommunenummer=kommune.kommunenummer,
        navn=kommune.navn,
        fylke=kommune.fylke,
        folketall=kommune.folketall,
        antall=sak.antall,
        em=sak.em,
        utfall="anmodet" if sak.antall else "ikke_anmodet",
        grunn=sak.grunn,
        begrunnelse=sak.begrunnelse,
        nokkel=Decimal(nokkel.heltall) / NOKKEL_SKALA,
        demping=_desimal(nokkel.ledd[-1]),
        loft=sak.loftfaktor,
        raa=_desimal(sak.raa),
        bidrag=bidrag,
        endring=UKJENT if endret else endring,
        per_1000=_desimal(1000 * sak.antall / kommune.folketall),
        rang_i_fylket=rang[0],
        kommuner_i_fylket=rang[1],
        alltid_vurdert=kommune.alltid_vurdert,
        vurdering=lag_vurdering(sak, regeltekst(sak, rundt)),
        kontinuitet=_har_kontinuitet(kommune),
        bosatt_til=_bosatt_til(kommune),
        innvandrerandel=kommune.innvandrerandel,
        innvandrerandel_landet=rundt.nokler.innvandrerandel_landet,
        opplysninger=_opplysninger(kommune, rundt),
        varsler=radvarsler(kommune, rundt),
        svar=lag_svar(sak, rundt.parametre.aar),
        forklaring=lag_forklaring(sak, bidrag, rundt),
        dialog_fra=sak.foer_dialog if sak.antall != sak.foer_dialog else None,
    )


def _opplysninger(kommune: Kommune, rundt: Rundt) -> tuple[BruktOpplysning, ...]:
    nokkel = rundt.nokler.kommuner[kommune.kommunenummer]
    ut = []
    for nr, kriterium in enumerate(rundt.parametre.kriteriesett.kriterier):
        verdi = kommune.verdier.get(kriterium.id)
        norm = rundt.nokler.normering.get(kriterium.id)
        mangler = verdi is None or verdi.mangler
        ut.append(
            BruktOpplysning(
                kriterium=kriterium.id,
                verdi=None if verdi is None else verdi.tall,
                landet=norm.snitt if norm else None,
                avvik=norm.spredning if norm else None,
                tilstand="mangler" if mangler else "arvet" if verdi and verdi.arvet else "tall",
                nivaa="" if verdi is None or mangler else verdi.nivaa,
                z=_desimal(nokkel.z.get(kriterium.id, 0.0)),
                faktor=_desimal(nokkel.ledd[nr]),
                vekt=_desimal(rundt.nokler.vekter[kriterium.id]),
                merknad=verdi.grunn if verdi else "",
            )
        )
    return tuple(ut)


def _har_kontinuitet(kommune: Kommune) -> bool:
    """Three years in a row with settlement, up to the last year there are figures for."""
    if not kommune.bosatt:
        return False
    siste = max(kommune.bosatt)
    return all(kommune.bosatt.get(siste - n, 0) > 0 for n in range(3))


def _bosatt_til(kommune: Kommune) -> int | None:
    """The last of three years in a row with known figures for settlement; None when there are not three."""
    siste = max(kommune.bosatt, default=None)
    return siste if siste is not None and all(siste - n in kommune.bosatt for n in range(3)) else None


def _per_nokkel(poster: Sequence[Post], raa: Mapping[str, float]) -> Decimal:
    """Persons for each 1 of the key, with ten decimals; 0 when nobody in the pool has a key."""
    storst = max(poster, key=lambda post: (post.nokkel, post.nr), default=None)
    if storst is None or not storst.nokkel:
        return Decimal(0)
    nokkel = storst.nokkel / (NOKKEL_SKALA * b.MIKRO)
    return Decimal(round(raa[storst.nr] / nokkel * 10**10)).scaleb(-10)


def _ranger(kommuner: Sequence[Kommune], tall: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Place in the county by number per inhabitant, and how many there are. Equal ones share the place."""
    fylker: dict[str, list[tuple[Fraction, str]]] = {}
    for k in kommuner:
        fylker.setdefault(k.fylke, []).append(
            (Fraction(tall.get(k.kommunenummer, 0), k.folketall), k.kommunenummer)
        )
    ut: dict[str, tuple[int, int]] = {}
    for rekke in fylker.values():
        rekke.sort(reverse=True)
        plass, forrige = 0, Fraction(-1)
        for nr, (verdi, nummer) in enumerate(rekke, start=1):
            plass, forrige = (plass, forrige) if verdi == forrige else (nr, verdi)
            ut[nummer] = (plass, len(rekke))
    return ut


def _spredning(
    grupper: Sequence[Gruppe], tall: Mapping[str, int], faktorer: Mapping[str, int]
) -> tuple[Spredningsgruppe, ...]:
    return tuple(
        Spredningsgruppe(
            familie="fylke" if g.familie == "fylke" else "storrelse",
            id=g.id,
            navn=g.navn,
            folketall=g.folketall,
            kommuner=len(g.medlemmer),
            spurt=sum(tall.get(nr, 0) > 0 for nr in g.medlemmer),
            antall=sum_i(g, tall),
            grense=g.grense,
            faktor=Decimal(faktorer.get(g.id, HEL)).scaleb(-3),
            oppfylt=sum_i(g, tall) >= g.grense,
        )
        for g in grupper
    )


def _desimal(verdi: float) -> Decimal:
    return Decimal(round(verdi * b.MIKRO)).scaleb(-6)

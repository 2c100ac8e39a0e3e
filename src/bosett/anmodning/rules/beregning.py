"""From facts and parameters to numbers: `beregn` is the only door into the engine."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
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
from bosett.anmodning.rules.inndata import kontroller, minste_tall
from bosett.anmodning.rules.nokkel import NOKKEL_SKALA, Nokler, lag_nokler
from bosett.anmodning.rules.rammer import (
    Ramme,
    etter_dialog,
    fordel_em,
    fordel_puljen,
    lag_poster,
    lag_rammer,
)
from bosett.anmodning.rules.resultat import (
    BruktOpplysning,
    Endringspunkt,
    Grunn,
    Rad,
    Resultat,
    Spredningsgruppe,
)
from bosett.anmodning.rules.spredning import HEL, Gruppe, faktor_for, finn_faktorer, lag_grupper, sum_i
from bosett.anmodning.rules.typer import Grunnlag, Kommune, Parametre
from bosett.anmodning.rules.varsler import radvarsler, varsler
from bosett.anmodning.rules.vektkontroll import kontroller_60

VERSJON = "1"


def beregn(grunnlag: Grunnlag, parametre: Parametre) -> Resultat:
    """Divides the need between the municipalities. Deterministic; the row order is irrelevant.

    Raises Ugyldig (inputs break a rule), Konflikt (the bounds leave no room; they are named in the text)
    or Mangler (a figure that cannot be left out is unknown).
    """
    kommuner = kontroller(grunnlag, parametre)
    variant, sett = parametre.valgt_variant, parametre.kriteriesett
    nokler = lag_nokler(grunnlag, parametre, kommuner)
    rammer = lag_rammer(kommuner, parametre)
    laast = sum(ramme.fast for ramme in rammer.values() if ramme.fast)
    pulje = parametre.behov - laast
    grupper = lag_grupper(
        kommuner,
        parametre.behov,
        variant.spredning_fylke if parametre.spredning_fylke is None else parametre.spredning_fylke,
        variant.spredning_storrelse
        if parametre.spredning_storrelse is None
        else parametre.spredning_storrelse,
        variant.storrelsesgrenser,
    )
    faste = {nr: ramme.fast for nr, ramme in rammer.items() if ramme.fast is not None}
    aapne = [k.kommunenummer for k in kommuner if k.kommunenummer not in faste]

    def produkter(gruppefaktorer: Mapping[str, int]) -> dict[str, int]:
        return {nr: faktor_for(nr, grupper, gruppefaktorer) for nr in aapne} if gruppefaktorer else {}

    def kjor(gruppefaktorer: Mapping[str, int]) -> Mapping[str, int]:
        poster = lag_poster(kommuner, rammer, nokler, produkter(gruppefaktorer))
        return faste | fordel_puljen(poster, rammer, pulje, "Det skal fordeles").tall

    gruppefaktorer = finn_faktorer(grupper, kjor)
    faktorer = produkter(gruppefaktorer)
    poster = lag_poster(kommuner, rammer, nokler, faktorer)
    fordeling = fordel_puljen(poster, rammer, pulje, "Det skal fordeles")
    tall = faste | fordeling.tall
    etter = etter_dialog(tall, poster, kommuner, rammer, parametre)
    em_minimum = variant.em_minimum if parametre.em_minimum is None else parametre.em_minimum
    em = fordel_em(etter, poster, kommuner, parametre, em_minimum)
    trapp, raa = b.trapper(kommuner, nokler, poster, rammer, tall, etter, parametre.behov, faktorer)
    endringer = {} if fordeling.etter_nod else endringspunkter(poster, tall, pulje, parametre.behov - pulje)
    folketall = sum(k.folketall for k in kommuner)
    rundt = lag_rundt(grunnlag, parametre, nokler, folketall, minste_tall(parametre))
    rang = _ranger(kommuner, etter)
    rader = []
    for kommune in kommuner:
        nr = kommune.kommunenummer
        grunn, begrunnelse = _grunn(kommune, rammer[nr], tall.get(nr, 0), raa.get(nr, 0.0), nokler, parametre)
        sak = Sak(
            kommune=kommune,
            ramme=rammer[nr],
            antall=etter.get(nr, 0),
            em=em.get(nr, 0),
            foer_dialog=tall.get(nr, 0),
            grunn=grunn,
            begrunnelse=begrunnelse,
            raa=raa.get(nr, 0.0),
            trapp=trapp[nr],
            lofter=tuple(g.navn for g in grupper if g.id in gruppefaktorer and nr in g.medlemmer),
            loftfaktor=Decimal(faktorer.get(nr, b.MIKRO)).scaleb(-6).quantize(Decimal("0.001")),
        )
        rader.append(_rad(sak, rundt, rang[nr], endringer.get(nr, UKJENT)))
    kontroll = kontroller_60(sett, variant, nokler, kommuner, etter)
    spredning = _spredning(grupper, etter, gruppefaktorer)
    kappa = variant.kappa if parametre.kappa is None else parametre.kappa
    return Resultat(
        behov=parametre.behov,
        em=parametre.em,
        aar=parametre.aar,
        kriterieaar=sett.aar,
        variant=variant.id,
        variant_publisert=variant.publisert,
        kappa=_desimal(kappa),
        minimum=minste_tall(parametre),
        em_minimum=em_minimum,
        sum_antall=sum(rad.antall for rad in rader),
        sum_em=sum(rad.em for rad in rader),
        spurt=sum(rad.antall > 0 for rad in rader),
        rader=tuple(rader),
        kontroll60=kontroll,
        spredning=spredning,
        uten_opplysning=tuple(k.id for k in sett.kriterier if k.id not in nokler.normering),
        varsler=varsler(grunnlag, parametre, nokler, kontroll, spredning, etter, em),
        restplasser=fordeling.restplasser,
        avtrykk=avtrykk(grunnlag, parametre),
        versjon=VERSJON,
    )


def avtrykk(grunnlag: Grunnlag, parametre: Parametre) -> str:
    """SHA-256 of all inputs and the engine's version, the same whatever order the rows came in."""
    sortert = sorted(grunnlag.kommuner, key=lambda k: k.kommunenummer)
    innhold = [VERSJON, [_enkelt(k) for k in sortert]]
    innhold += [_enkelt(getattr(grunnlag, f.name)) for f in fields(grunnlag) if f.name != "kommuner"]
    tekst = json.dumps([*innhold, _enkelt(parametre)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(tekst.encode()).hexdigest()


def _enkelt(verdi: Any) -> Any:
    if is_dataclass(verdi) and not isinstance(verdi, type):
        return {felt.name: _enkelt(getattr(verdi, felt.name)) for felt in fields(verdi)}
    if isinstance(verdi, Mapping):
        return {str(nokkel): _enkelt(innhold) for nokkel, innhold in verdi.items()}
    if isinstance(verdi, (tuple, list)):
        return [_enkelt(innhold) for innhold in verdi]
    return verdi.isoformat() if isinstance(verdi, date) else verdi


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
        bidrag=bidrag,
        endring=UKJENT if endret else endring,
        per_1000=_desimal(1000 * sak.antall / kommune.folketall),
        rang_i_fylket=rang[0],
        kommuner_i_fylket=rang[1],
        alltid_vurdert=kommune.alltid_vurdert,
        vurdering=lag_vurdering(sak, regeltekst(sak, rundt)),
        kontinuitet=_har_kontinuitet(kommune),
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

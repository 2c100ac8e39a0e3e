"""The council's paper: what is asked, why, what it binds to, what is known of the economy, and wordings without reservations.

A pure function of facts. Figures nobody knows say so; space is left for what only the municipality knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bosett.dokument import typografi
from bosett.dokument.brev import Lenke, Maalform, Punktliste, Uthevet
from bosett.dokument.maler.anmodningsbrev import Kostnadsrapport
from bosett.dokument.maler.fyll import Verdi, fyll, fyll_tekst
from bosett.dokument.papir import (
    Kapittel,
    Papir,
    Papirblokk,
    Tabell,
    Utfylling,
    Vedtaksforslag,
    avsnitt,
)
from bosett.grunn.tallformat import dato_kort, med_fortegn
from bosett.grunn.tallformat import tall as vis
from bosett.vedtak import saksokonomi
from bosett.vedtak.rules.forslag import forslag
from bosett.vedtak.rules.typer import Maalform as Vedtaksform

MAPPE = Path(__file__).with_name("maler")


@dataclass(frozen=True, slots=True)
class Ledd:
    """One contribution to the number, in persons with one decimal; they add up to it exactly."""

    navn: str
    merknad: str
    bidrag: Decimal
    sum: Decimal


@dataclass(frozen=True, slots=True)
class Aarsrad:
    """One past year in the words of the published figures: a number, or why there is none."""

    aar: int
    anmodet: str
    vedtatt: str
    bosatt: str


@dataclass(frozen=True, slots=True)
class Forrige:
    """The request this one comes in the place of: persons, and the day it was sent."""

    antall: int
    sendt: date


@dataclass(frozen=True, slots=True)
class Saksfakta:
    """All that is registered. Texts are in the municipality's language form. `em` is part of `antall` (persons)."""

    kommune: str
    fylke: str
    aar: int
    antall: int
    em: int
    frist: date
    sendt: date | None
    behov: int
    behov_em: int
    forklaring: str
    ledd: tuple[Ledd, ...]
    rang: int
    av: int
    neste_plass: int | None
    hvorfor: str
    historie: tuple[Aarsrad, ...]
    rapport: Kostnadsrapport | None
    dato: date
    forrige: Forrige | None = None
    demo: bool = False


@cache
def tekster(maalform: Maalform) -> dict[str, Any]:
    """The fixed wording in one written form, as the YAML file has it."""
    innhold: dict[str, Any] = yaml.safe_load(
        (MAPPE / f"saksframlegg.{maalform.value}.yaml").read_text(encoding="utf-8")
    )
    return innhold


def saksframlegg(fakta: Saksfakta, maalform: Maalform) -> Papir:
    """The paper in the municipality's language form. Nothing is guessed: what is unknown is named as unknown."""
    mal = tekster(maalform)
    verdier = _verdier(fakta, mal)
    felt = mal["felt"]
    return Papir(
        maalform=maalform,
        tittel=fyll_tekst(mal["tittel"], verdier),
        overtittel=mal["overtittel"],
        avsender=fakta.kommune,
        dato=fakta.dato,
        opplysninger=(
            (felt["kommune"], fakta.kommune),
            (felt["spurt"], _antall(fakta.antall, mal)),
            (felt["frist"], dato_kort(fakta.frist)),
            (felt["saksnummer"], felt["fylles_ut"]),
            (felt["motedato"], felt["fylles_ut"]),
        ),
        kapitler=(
            _sporsmaal(fakta, mal["sporsmaal"], verdier),
            _hvorfor(fakta, mal["hvorfor"], verdier, mal["demo"]),
            _historie(fakta, mal["historie"]),
            _plikter(mal["plikter"], verdier),
            saksokonomi.kapittel(fakta.aar, fakta.antall, fakta.em, fakta.rapport, mal),
            _egne(fakta, mal["egne"]),
            _forslag(fakta, mal["forslag"], maalform),
        ),
        kildelinje=fyll_tekst(mal["kildelinje"], verdier),
    )


def _antall(antall: int, mal: Mapping[str, Any]) -> str:
    return typografi.mengde(antall, *mal["ord"]["flyktning"])


def _verdier(f: Saksfakta, mal: Mapping[str, Any]) -> dict[str, Verdi]:
    verdier: dict[str, Verdi] = {
        "aar": str(f.aar),
        "fjoraar": str(f.aar - 1),
        "kommune": f.kommune,
        "fylke": f.fylke,
        "antall": Uthevet(_antall(f.antall, mal)),
        "em": vis(f.em),
        "frist": Uthevet(dato_kort(f.frist)),
        "dato": dato_kort(f.dato),
        "behov": _antall(f.behov, mal),
        "behov_em": vis(f.behov_em),
        "rang": vis(f.rang),
        "av": vis(f.av),
        "neste": vis(f.neste_plass or 0),
        # A link in a document must be https; on a machine without it the address stands as text.
        "lenke": Lenke(f.hvorfor, f.hvorfor) if f.hvorfor.startswith("https://") else f.hvorfor,
    }
    if f.sendt:
        verdier["sendt"] = dato_kort(f.sendt)
    if f.forrige:
        verdier |= {
            "forrige_antall": _antall(f.forrige.antall, mal),
            "forrige_sendt": dato_kort(f.forrige.sendt),
        }
    return verdier


def _sporsmaal(f: Saksfakta, mal: Mapping[str, Any], verdier: Mapping[str, Verdi]) -> Kapittel:
    navn = ["bortfalt" if not f.antall else "bedt" if f.em else "bedt_uten_em"]
    if f.sendt:
        navn.append("sendt")
    navn += ["forrige" if f.forrige else "forste", "behov", "frivillig"]
    return Kapittel(mal["overskrift"], tuple(fyll(mal[ett], verdier) for ett in navn))


def _hvorfor(f: Saksfakta, mal: Mapping[str, Any], verdier: Mapping[str, Verdi], demo: str) -> Kapittel:
    rader = [(ledd.navn, med_fortegn(ledd.bidrag, 1), vis(ledd.sum, 1), ledd.merknad) for ledd in f.ledd]
    tabell = Tabell(
        mal["tabell"],
        tuple(mal["hode"]),
        (*rader, (mal["sum"], vis(f.antall), vis(f.antall), "")),
        tallkolonner=(1, 2),
        sumrad=True,
    )
    blokker: list[Papirblokk] = [avsnitt(f.forklaring), tabell]
    if f.antall:
        blokker.append(fyll(mal["rang"], verdier))
    if f.neste_plass:
        blokker.append(fyll(mal["neste"], verdier))
    blokker.append(fyll(mal["lenke"], verdier))
    if f.demo:
        blokker.append(avsnitt(demo))
    return Kapittel(mal["overskrift"], tuple(blokker))


def _historie(f: Saksfakta, mal: Mapping[str, Any]) -> Kapittel:
    if not f.historie:
        return Kapittel(mal["overskrift"], (avsnitt(mal["ingen"]),))
    tabell = Tabell(
        mal["tabell"],
        tuple(mal["hode"]),
        tuple((str(rad.aar), rad.anmodet, rad.vedtatt, rad.bosatt) for rad in f.historie),
        tallkolonner=(1, 2, 3),
    )
    return Kapittel(mal["overskrift"], (tabell, avsnitt(mal["merknad"])))


def _plikter(mal: Mapping[str, Any], verdier: Mapping[str, Verdi]) -> Kapittel:
    punkter = Punktliste(tuple(fyll(punkt, verdier) for punkt in mal["punkter"]))
    return Kapittel(mal["overskrift"], (avsnitt(mal["innledning"]), punkter, avsnitt(mal["frivillig"])))


def _egne(f: Saksfakta, mal: Mapping[str, Any]) -> Kapittel:
    felt = tuple(Utfylling(mal[ett], mal[f"{ett}_ledetekst"]) for ett in ("boliger", "tjenester", "kostnad"))
    tom = (mal["tom"],) * 3
    budsjett = Tabell(
        mal["tabell"],
        tuple(mal["hode"]),
        tuple((str(f.aar + nr), *tom) for nr in range(5)),
        tallkolonner=(1, 2, 3),
    )
    return Kapittel(mal["overskrift"], (*felt, budsjett))


def _forslag(f: Saksfakta, mal: Mapping[str, Any], maalform: Maalform) -> Kapittel:
    """With minors in the request the other number leaves them open: how many belongs to the number that is put in."""
    form: Vedtaksform = "nn" if maalform is Maalform.NN else "nb"
    annet = Vedtaksforslag(
        mal["annet"],
        forslag(form, None, f.aar, None if f.em else 0, familie=True),
        mal["annet_merknad_em" if f.em else "annet_merknad"],
    )
    nei = Vedtaksforslag(mal["nei"], forslag(form, 0, f.aar, 0), mal["nei_merknad"])
    anmodet = Vedtaksforslag(mal["anmodet"], forslag(form, f.antall, f.aar, f.em, familie=True))
    valg = (anmodet, annet, nei) if f.antall else (annet, nei)
    return Kapittel(mal["overskrift"], (avsnitt(mal["innledning"]), *valg))

"""What is known of the criteria of each year, for showing years side by side.

A complete set (`kriteriesett.hent`) can be computed with. Of other years only parts are known; they are shown with what is
missing, and never computed with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from bosett.anmodning.rules import region
from bosett.anmodning.rules.kriteriesett import MAPPE, Kriteriesett, Kriterium, Tekst, hent, kjente_aar
from bosett.anmodning.rules.samsvar import hent_samsvar
from bosett.grunn.tallformat import prosent


@dataclass(frozen=True, slots=True)
class Vistkriterium:
    """`ordlyd` is the ministry's own words (nynorsk in the source); empty when only a retelling is known. `vekt` is per cent.

    `maal` says what is wanting in the figures: none at all, or some that only stand in. Empty when the criterion is measured.
    """

    navn: Tekst
    ordlyd: str = ""
    vekt: float | None = None
    maal: Tekst | None = None


@dataclass(frozen=True, slots=True)
class Visttrinn:
    """A tier. `navn` is empty when the order of the year's criteria is not known; `vekt` is the sum in per cent."""

    navn: Tekst | None
    kriterier: tuple[Vistkriterium, ...]
    vekt: float | None = None


@dataclass(frozen=True, slots=True)
class Kriterieaar:
    """One year. Empty or None is not known. `beregnes`: the year has a complete set that the engine uses.

    `regioner`: what «i regionen» is taken to mean, per criterion that says it (its name, the meaning).
    """

    aar: int
    beregnes: bool
    gyldig_fra: date | None
    gyldig_til: date | None
    departement: str
    kilde: str
    trinn: tuple[Visttrinn, ...]
    harde_regler: tuple[Tekst, ...]
    vekter_publisert: bool | None
    regioner: tuple[tuple[Tekst, Tekst], ...]
    ukjent: tuple[Tekst, ...]


def alle_aar() -> tuple[Kriterieaar, ...]:
    """Every year something is known of, and the years somebody has looked for in vain, oldest first."""
    delvis = yaml.safe_load((MAPPE / "uten_sett.yaml").read_text(encoding="utf-8"))
    hele = [_fra_sett(hent(aar)) for aar in kjente_aar()]
    return tuple(sorted([*hele, *(_delvis(aar, d) for aar, d in delvis.items())], key=lambda ett: ett.aar))


def _fra_sett(sett: Kriteriesett) -> Kriterieaar:
    variant = sett.standardvariant
    krav = prosent(100 * sett.minstevekt_forste_trinn, 0)
    return Kriterieaar(
        aar=sett.aar,
        beregnes=True,
        gyldig_fra=sett.gyldig_fra,
        gyldig_til=sett.gyldig_til,
        departement=sett.departement,
        kilde=sett.kilde,
        trinn=tuple(
            Visttrinn(
                trinn.navn,
                tuple(
                    Vistkriterium(
                        k.navn, k.ordlyd, 100 * variant.vekter[k.id], _maal(k, variant.vekter[k.id])
                    )
                    for k in trinn.kriterier
                ),
                100 * sum(variant.vekter[k.id] for k in trinn.kriterier),
            )
            for trinn in sett.trinn
        ),
        harde_regler=(
            *(
                _uten_aar(regel)
                for regel in (
                    sett.minstevekt_regel,
                    sett.minimum_regel,
                    sett.spredningsregel,
                    sett.vertsregel,
                )
            ),
            _innvandrerregel(sett),
        ),
        vekter_publisert=variant.publisert,
        regioner=tuple(
            (k.navn, region.TEKST[variant.region[k.id]]) for k in sett.kriterier if k.id in variant.region
        ),
        ukjent=()
        if variant.publisert
        else (
            Tekst(
                f"Vektene inne i hvert trinn er ikke publisert. Bare kravet om minst {krav} på det første trinnet er det.",
                f"Vektene inne i kvart trinn er ikkje publiserte. Berre kravet om minst {krav} på det første trinnet er det.",
            ),
        ),
    )


def _maal(kriterium: Kriterium, vekt: float) -> Tekst | None:
    regel = hent_samsvar().kriterier.get(kriterium.id)
    if regel is not None:
        om = regel.opplysning
        return Tekst(om.erstatning, om.erstatning_nn or om.erstatning) if om.erstatning else None
    if not vekt:
        return Tekst("Ingen kilde har et tall. Teller ikke.", "Inga kjelde har eit tal. Tel ikkje.")
    return Tekst(
        "Ingen kilde har et tall. Teller ikke, og vekten går til de andre i trinnet.",
        "Inga kjelde har eit tal. Tel ikkje, og vekta går til dei andre i trinnet.",
    )


def _uten_aar(regel: Tekst) -> Tekst:
    """«Kriteriene for 2022: Det skal …» without its beginning: the column already says which year."""
    nb, nn = (tekst.partition(": ")[2] for tekst in (regel.nb, regel.nn))
    return Tekst(nb[:1].upper() + nb[1:], nn[:1].upper() + nn[1:])


def _innvandrerregel(sett: Kriteriesett) -> Tekst:
    grense = prosent(sett.innvandrergrense_prosent, 0)
    return Tekst(
        f"Områder der andelen innvandrere er over {grense} og det er levekårsutfordringer, bør unngås. Med innvandrere menes: {sett.innvandrerdefinisjon.nb}",
        f"Område der delen innvandrarar er over {grense} og det er levekårsutfordringar, bør ein unngå. Med innvandrarar meiner ein: {sett.innvandrerdefinisjon.nn}",
    )


def _delvis(aar: int, raa: Mapping[str, Any]) -> Kriterieaar:
    kriterier = tuple(Vistkriterium(_tekst(k)) for k in raa.get("kriterier", ()))
    return Kriterieaar(
        aar=aar,
        beregnes=False,
        gyldig_fra=raa.get("gyldig_fra"),
        gyldig_til=raa.get("gyldig_til"),
        departement=raa.get("departement", ""),
        kilde=raa.get("kilde", ""),
        trinn=(Visttrinn(None, kriterier),) if kriterier else (),
        harde_regler=tuple(_tekst(regel) for regel in raa.get("harde_regler", ())),
        vekter_publisert=None,
        regioner=(),
        ukjent=tuple(_tekst(t) for t in raa.get("ukjent", ())),
    )


def _tekst(raa: Mapping[str, str]) -> Tekst:
    return Tekst(nb=raa["nb"], nn=raa["nn"])

"""The letter of request (anmodningsbrev / oppmodingsbrev), built from facts after the model of 2020 (R061)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bosett.dokument import typografi
from bosett.dokument.brev import (
    Adressat,
    Avsender,
    Avsnitt,
    Blokk,
    Brev,
    Del,
    Fotnote,
    Kontaktblokk,
    Lenke,
    Maalform,
    Punktliste,
    Seksjon,
    Signatur,
    Tekst,
    Tospraak,
    Uthevet,
    Vedlegg,
)
from bosett.dokument.maler.fyll import Verdi, fyll, fyll_tekst
from bosett.grunn.feil import Mangler, Ugyldig
from bosett.grunn.tallformat import HARDT_MELLOMROM, dato_kort, tall

TILSKUDDSSIDE = "https://www.imdi.no/tilskudd/"


@dataclass(frozen=True, slots=True)
class Kostnadsrapport:
    """The cost report that says how much of the municipalities' spending the grant covered (R021, R080)."""

    aar: int
    tittel: str
    dekning_prosent: Decimal


@dataclass(frozen=True, slots=True)
class Kontaktpunkt:
    """A role or a team that can be written to; never a private person's address (R039, R051)."""

    navn: Tospraak
    epost: str
    telefon: str = ""


@dataclass(frozen=True, slots=True)
class Kriterietrinn:
    """One tier: its heading (may be empty) and the criteria as the ministry words them."""

    overskrift: Tospraak
    kriterier: tuple[Tospraak, ...]


@dataclass(frozen=True, slots=True)
class Kriterietekst:
    """The criteria set of one year in words. No tiers = the text is unknown, and the attachment says so (R063)."""

    aar: int
    besluttet_av: Tospraak
    trinn: tuple[Kriterietrinn, ...] = ()


@dataclass(frozen=True, slots=True)
class Behovstall:
    """The national need as the letter words it: «om lag» ``om_lag`` refugees, of whom ``em`` unaccompanied minors.

    ``formulering`` takes the place of «om lag …» where the need was worded when it was fixed («nær 5 100»). ``grunnlag`` lists what the forecast is built on. An unknown ``em_under_15`` leaves out its half sentence.
    """

    om_lag: int
    em: int
    em_under_15: int | None
    prognosekilde: Tospraak
    grunnlag: tuple[Tospraak, ...]
    formulering: str = ""


@dataclass(frozen=True, slots=True)
class Forrige:
    """The request this one comes in the place of: its number (persons), its day, and the need it divided."""

    antall: int
    sendt: date
    behov_om_lag: int


@dataclass(frozen=True, slots=True)
class Anmodningsfakta:
    """Everything in the letter that is not fixed wording. ``em`` is part of ``antall``.

    With ``forrige`` it is an adjusted request, and only then may ``antall`` be 0: the municipality is no longer asked.
    """

    aar: int
    antall: int
    em: int
    frist: date
    behov: Behovstall
    kriterier: Kriterietekst
    kostnadsrapport: Kostnadsrapport | None
    etat: Tospraak
    kontor: Tospraak
    team: Kontaktpunkt
    ks: Kontaktpunkt
    postmottak: str
    fagsystem: str
    signatar_navn: str
    signatar_rolle: Tospraak
    tilskuddsside: str = TILSKUDDSSIDE
    forrige: Forrige | None = None


@cache
def tekster(maalform: Maalform) -> dict[str, Any]:
    """The template's text in one written form, as the YAML file has it."""
    sti = Path(__file__).parent / f"anmodningsbrev.{maalform.value}.yaml"
    innhold: dict[str, Any] = yaml.safe_load(sti.read_text(encoding="utf-8"))
    return innhold


def anmodningsbrev(
    fakta: Anmodningsfakta,
    *,
    maalform: Maalform,
    adressat: Adressat,
    dato: date,
    referanse: str,
    deres_referanse: str = "",
) -> Brev:
    """The unapproved letter to one municipality.

    Raises ``Mangler`` when the cost report is unknown (R080) and ``Ugyldig`` when the numbers contradict each other.
    """
    _kontroller(fakta)
    mal = tekster(maalform)
    verdier = _verdier(fakta, maalform, mal)
    vilkaar = _vilkaar(fakta)
    etat = fakta.etat.i(maalform)
    return Brev(
        maalform=maalform,
        tittel=fyll_tekst(mal["tittel_justert" if fakta.forrige else "tittel"], verdier),
        avsender=Avsender(etat=etat, kontor=fakta.kontor.i(maalform)),
        adressat=adressat,
        dato=dato,
        referanse=referanse,
        deres_referanse=deres_referanse,
        seksjoner=tuple(
            seksjon
            for ett in mal["seksjoner"]
            if (seksjon := _seksjon(ett, verdier, vilkaar, _grunnlag(fakta, maalform))).blokker
        ),
        kontakt=Kontaktblokk(_stor(fakta.team.navn.i(maalform)), fakta.team.epost, fakta.team.telefon),
        signatur=Signatur(
            hilsen=mal["signatur"]["hilsen"],
            paa_vegne_av=fyll_tekst(mal["signatur"]["paa_vegne_av"], verdier),
            kontor=fakta.kontor.i(maalform),
            navn=fakta.signatar_navn,
            rolle=fakta.signatar_rolle.i(maalform),
        ),
        vedlegg=(_kriterievedlegg(fakta.kriterier, maalform, mal["vedlegg"], verdier),),
    )


def _vilkaar(fakta: Anmodningsfakta) -> set[str]:
    """The conditions the template's blocks may stand under."""
    if not fakta.antall:
        return {"bortfalt"}
    return {"anmodet", "em_noen" if fakta.em else "em_ingen", *(["justert"] if fakta.forrige else ["forste"])}


def _kontroller(fakta: Anmodningsfakta) -> None:
    if fakta.kostnadsrapport is None:
        raise Mangler(
            kode="dokument.kostnadsrapport_mangler",
            hva="Brevet mangler Beregningsutvalgets rapport om utgifter til bosetting og integrering.",
            regel="Dekningsgraden i brevet skal vise til rapporten den er hentet fra.",
            gjor="Registrer rapporten med år, tittel og dekningsgrad, og lag brevet på nytt.",
        )
    if fakta.antall < (0 if fakta.forrige else 1) or not 0 <= fakta.em <= fakta.antall:
        raise Ugyldig(
            kode="dokument.antall",
            hva=f"Antallet {fakta.antall} med {fakta.em} enslige mindreårige kan ikke stå i et brev.",
            regel="Enslige mindreårige er en del av antallet, og antallet er minst én.",
            gjor="Rett tallene i runden.",
        )
    if fakta.kriterier.aar != fakta.aar:
        raise Ugyldig(
            kode="dokument.kriterieaar",
            hva=f"Kriteriene gjelder {fakta.kriterier.aar}, men brevet gjelder {fakta.aar}.",
            regel="Vedlegget til brevet skal være kriteriesettet for samme år.",
            gjor="Velg kriteriesettet for året.",
        )


def _verdier(f: Anmodningsfakta, maalform: Maalform, mal: dict[str, Any]) -> dict[str, Verdi]:
    assert f.kostnadsrapport is not None
    entall, flertall = mal["ord"]["flyktning"]
    em_entall, em_flertall = mal["ord"]["em"]
    rapport = f.kostnadsrapport
    verdier: dict[str, Verdi] = {
        "aar": str(f.aar),
        "fjoraar": str(f.aar - 1),
        "departement": f.kriterier.besluttet_av.i(maalform),
        "etat": f.etat.i(maalform),
        "antall_flyktninger": Uthevet(typografi.mengde(f.antall, entall, flertall)),
        "antall_em": typografi.mengde(f.em, em_entall, em_flertall),
        "frist": Uthevet(dato_kort(f.frist)),
        "fagsystem": f.fagsystem,
        "postmottak": _epost(f.postmottak),
        "prognosekilde": f.behov.prognosekilde.i(maalform),
        "behov_flyktninger": f"{typografi.bind_tall(f.behov.formulering)}{HARDT_MELLOMROM}{flertall}"
        if f.behov.formulering
        else f"{mal['om_lag']} {typografi.mengde(f.behov.om_lag, entall, flertall)}",
        "dekning": tall(rapport.dekning_prosent, 1),
        "dekning_aar": str(rapport.aar),
        "rapport": rapport.tittel,
        "lenke_tilskudd": Lenke(f.tilskuddsside, f.tilskuddsside),
        "team": f.team.navn.i(maalform),
        "ks_navn": f.ks.navn.i(maalform),
        "ks_epost": _epost(f.ks.epost),
    }
    if f.forrige:
        verdier |= {
            "forrige_antall": typografi.mengde(f.forrige.antall, entall, flertall),
            "forrige_sendt": dato_kort(f.forrige.sendt),
            "forrige_behov": typografi.mengde(f.forrige.behov_om_lag, entall, flertall),
        }
    # The sentence says «KS ved …» already; without a name for the role there, the address stands alone.
    navngitt = verdier["ks_navn"] not in ("", "KS")
    verdier["ks_kontakt"] = fyll(mal["ks_kontakt"] if navngitt else "{ks_epost}", verdier).deler
    verdier["fotnote_dekning"] = Fotnote(fyll_tekst(mal["fotnote_dekning"], verdier))
    verdier["behov_em"] = _behov_em(f.behov, mal, typografi.mengde(f.behov.em, em_entall, em_flertall))
    return verdier


def _behov_em(behov: Behovstall, mal: dict[str, Any], antall_em: str) -> str:
    if behov.em == 0:
        return ""
    under_15 = ""
    if behov.em_under_15 is not None:
        under_15 = fyll_tekst(mal["behov_under_15"], {"em_under_15": tall(behov.em_under_15)})
    return fyll_tekst(mal["behov_em"], {"antall_em_behov": antall_em, "behov_under_15": under_15})


def _epost(adresse: str) -> Del:
    return Lenke(adresse, f"mailto:{adresse}")


def _stor(tekst: str) -> str:
    return tekst[:1].upper() + tekst[1:]


def _grunnlag(f: Anmodningsfakta, maalform: Maalform) -> tuple[Avsnitt, ...]:
    return tuple(Avsnitt((Tekst(typografi.pen(g.i(maalform))),)) for g in f.behov.grunnlag)


def _seksjon(
    mal: dict[str, Any], verdier: dict[str, Verdi], vilkaar: set[str], grunnlag: tuple[Avsnitt, ...]
) -> Seksjon:
    blokker: list[Blokk] = []
    for blokk in mal["blokker"]:
        if blokk.get("naar", "") not in {"", *vilkaar}:
            continue
        if "avsnitt" in blokk:
            blokker.append(fyll(blokk["avsnitt"], verdier))
        elif blokk["punkter"] == "{grunnlag}":
            blokker.append(Punktliste(grunnlag))
        else:
            blokker.append(Punktliste(tuple(fyll(p, verdier) for p in blokk["punkter"])))
    return Seksjon(fyll_tekst(mal["overskrift"], verdier), tuple(blokker))


def _kriterievedlegg(
    kriterier: Kriterietekst, maalform: Maalform, mal: dict[str, Any], verdier: dict[str, Verdi]
) -> Vedlegg:
    tittel = fyll_tekst(mal["tittel"], verdier)
    if not kriterier.trinn:
        return Vedlegg(1, tittel, (Seksjon("", (fyll(mal["ukjent"], verdier),)),))
    innledning = Seksjon("", (fyll(mal["besluttet_av"], verdier),))
    trinn = tuple(
        Seksjon(
            t.overskrift.i(maalform),
            (Punktliste(tuple(Avsnitt((Tekst(typografi.pen(k.i(maalform))),)) for k in t.kriterier)),),
        )
        for t in kriterier.trinn
    )
    return Vedlegg(1, tittel, (innledning, *trinn))

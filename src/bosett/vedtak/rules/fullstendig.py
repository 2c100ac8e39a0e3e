"""Is an answer whole, and does it hang together? The reservations in its text are another matter (`sjekk`)."""

from collections.abc import Mapping
from typing import Any

from bosett.grunn.feil import BosettFeil, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.vedtak.rules.svar import Merknad, kommunestyreperiode, sjekk_em, sjekk_stemmer

FELTNAVN = {
    "antall": "hvor mange kommunen bosetter",
    "em": "om kommunen tar imot enslige mindreårige",
    "em_antall": "hvor mange av dem som er enslige mindreårige",
    "organ": "hvem som gjorde vedtaket",
    "organ_navn": "hvilket organ det var",
    "motedato": "datoen for møtet",
    "saksnummer": "saksnummeret",
    "tekst": "hva som ble vedtatt",
    "mottatt": "når svaret kom til IMDi",
    "grunn": "hvorfor IMDi registrerer svaret",
    "kopi": "hva kommunen sendte",
}


def feil(svar: Mapping[str, Any]) -> list[tuple[str, BosettFeil]]:
    """By field, in the order of the form."""
    ut: list[tuple[str, BosettFeil]] = []
    antall, em = svar["antall"], svar["em"]
    if antall is None:
        ut.append(
            ("antall", _mangler("antall", "Et tomt felt er ikke et svar. Er svaret nei, skriver dere 0."))
        )
    if em is None and antall != 0:
        ut.append(("em", _mangler("em")))
    if em and svar["em_antall"] is None:
        ut.append(("em_antall", _mangler("em_antall")))
    elif antall is not None:
        ut += _avvist("em_antall", sjekk_em(em, svar["em_antall"], antall))
    for navn in ("organ", "motedato", "saksnummer", "tekst"):
        if not svar[navn]:
            ut.append((navn, _mangler(navn)))
    if svar["motedato"]:
        periode = kommunestyreperiode(svar["motedato"])
        ut += _avvist("motedato", periode if isinstance(periode, Merknad) else None)
        if svar["motedato"] > i_dag():
            ut.append(("motedato", _I_FRAMTIDEN))
        ut += _stemmer(svar)
    if svar["organ"] == "annet" and not svar["organ_navn"]:
        ut.append(("organ_navn", _mangler("organ_navn")))
    return [*ut, *_paa_vegne(svar)] if svar["paa_vegne"] else ut


def _paa_vegne(svar: Mapping[str, Any]) -> list[tuple[str, BosettFeil]]:
    """What IMDi must have when it writes in an answer for a municipality: what came, when, and why it is IMDi that does it."""
    ut: list[tuple[str, BosettFeil]] = [
        (navn, _mangler(navn)) for navn in ("mottatt", "grunn") if not svar[navn]
    ]
    if svar["mottatt"] and svar["mottatt"] > i_dag():
        ut.append(("mottatt", _KOM_I_FRAMTIDEN))
    elif svar["mottatt"] and svar["motedato"] and svar["mottatt"] < svar["motedato"]:
        ut.append(("mottatt", _KOM_FOR_MOTET))
    if not svar["kopi"]:
        ut.append(("kopi", _UTEN_KOPI))
    return ut


_KOM_I_FRAMTIDEN = Ugyldig(
    kode="VEDTAK-MOTTATT-FRAMTID",
    hva="Datoen har ikke vært ennå.",
    regel="Svaret registreres når det er kommet.",
    gjor="Rett datoen.",
)
_KOM_FOR_MOTET = Ugyldig(
    kode="VEDTAK-MOTTATT-FOR-MOTET",
    hva="Svaret kan ikke ha kommet før møtet.",
    regel="Vedtaket gjøres i møtet, og sendes etterpå.",
    gjor="Rett den ene av datoene.",
)
_UTEN_KOPI = Ugyldig(
    kode="VEDTAK-MANGLER-KOPI",
    hva="Svaret fra kommunen er ikke lagt ved.",
    regel="Det IMDi registrerer, skal kunne sammenlignes med det kommunen sendte.",
    gjor="Legg ved e-posten eller brevet.",
)

_I_FRAMTIDEN = Ugyldig(
    kode="VEDTAK-MOTE-FRAMTID",
    hva="Møtet har ikke vært ennå.",
    regel="Vedtaket registreres når det er gjort.",
    gjor="Vent til møtet har vært, eller rett datoen.",
)
_EN_STEMME_MANGLER = Ugyldig(
    kode="VEDTAK-STEMMER-EN",
    hva="Bare det ene av stemmetallene er skrevet.",
    regel="Stemmetallene gjelder bare når begge er kjent.",
    gjor="Skriv begge, eller la begge stå tomme.",
)


def _stemmer(svar: Mapping[str, Any]) -> list[tuple[str, BosettFeil]]:
    for_, mot = svar["stemmer_for"], svar["stemmer_mot"]
    if (for_ is None) != (mot is None):
        return [("stemmer_mot" if mot is None else "stemmer_for", _EN_STEMME_MANGLER)]
    if for_ is None:
        return []
    kommunestyre = svar["organ"] == "kommunestyre"
    return _avvist("stemmer_for", sjekk_stemmer(for_ + mot, svar["motedato"], kommunestyre=kommunestyre))


def _avvist(felt: str, merknad: Merknad | None) -> list[tuple[str, BosettFeil]]:
    if merknad is None or merknad.alvor != "avvist":
        return []
    return [(felt, Ugyldig(kode=merknad.kode, hva=merknad.nb))]


def _mangler(navn: str, regel: str = "") -> Ugyldig:
    return Ugyldig(
        kode=f"VEDTAK-MANGLER-{navn.upper()}",
        hva=f"Det står ikke {FELTNAVN[navn]}.",
        regel=regel or "Vedtaket skal kunne leses av dem som ikke var i møtet.",
        gjor="Fyll ut feltet.",
    )

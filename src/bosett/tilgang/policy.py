"""The policy, collected from the rooms at start. Acts come from each room's `states.py`, reads from its `selectors.py`;
nothing else grants, and what is not declared is denied."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

from bosett.aktor.kontekst import Aktor, Tilhorighet
from bosett.aktor.models import Organisasjon
from bosett.grunn.feil import Avvist
from bosett.grunn.handling import LESNINGER, Handling, Lesning, Omfang, Tilstandstabell

Rett = Handling | Lesning


@dataclass(frozen=True)
class Policy:
    handlinger: dict[str, Handling]
    lesninger: dict[str, Lesning]

    def rett(self, kode: str) -> Rett:
        return self.handlinger.get(kode) or self.lesninger[kode]

    def for_rolle(self, rolle: str) -> list[tuple[Rett, Omfang]]:
        """Everything the role may do and read, in the order of the rooms."""
        alle: Iterable[Rett] = (*self.lesninger.values(), *self.handlinger.values())
        return [(rett, rett.roller[rolle]) for rett in alle if rolle in rett.roller]


@cache
def policy() -> Policy:
    handlinger: dict[str, Handling] = {}
    for app in apps.get_app_configs():
        if not app.name.startswith("bosett."):
            continue
        for fil in ("states", "selectors"):
            if find_spec(f"{app.name}.{fil}") is None:
                continue
            modul = import_module(f"{app.name}.{fil}")
            for handling in _handlinger(vars(modul)) if fil == "states" else ():
                if handling.rom != app.label:
                    raise ValueError(f"{handling.kode} er erklært i rommet {app.label}")
                if handlinger.setdefault(handling.kode, handling) != handling:
                    raise ValueError(f"{handling.kode} er erklært to ganger")
    return Policy(handlinger, dict(LESNINGER))


def _handlinger(navnerom: dict[str, object]) -> Iterable[Handling]:
    for verdi in navnerom.values():
        if isinstance(verdi, Tilstandstabell):
            yield from verdi.overganger
        elif isinstance(verdi, Handling):
            yield verdi


def kan(aktor: Aktor, kode: str, organisasjon: Organisasjon | None = None) -> bool:
    """May the actor do or read this, for this organisation (or, without one, at all)? Jobs of the system may."""
    rett = policy().rett(kode)
    if aktor.jobb or (isinstance(rett, Lesning) and rett.offentlig):
        return True
    return tilhorighet_for(aktor, kode, organisasjon) is not None


def tilhorighet_for(aktor: Aktor, kode: str, organisasjon: Organisasjon | None = None) -> Tilhorighet | None:
    """The membership that gives the actor this right, an own one before one as deputy; the ledger names its role."""
    roller = policy().rett(kode).roller
    gir = (
        tilhorighet
        for tilhorighet in aktor.tilhorigheter
        if tilhorighet.rolle in roller and _rekker(roller[tilhorighet.rolle], tilhorighet, organisasjon)
    )
    return min(gir, key=lambda tilhorighet: tilhorighet.vikar, default=None)


def organisasjoner_for(aktor: Aktor, kode: str) -> frozenset[int]:
    """The organisations in which a role of the actor's own gives the right. A role elsewhere gives nothing here: somebody who
    answers for one municipality and keeps a course register in another sees the requests of the first only."""
    roller = policy().rett(kode).roller
    return frozenset(t.organisasjon_id for t in aktor.tilhorigheter if t.rolle in roller)


def krev(aktor: Aktor, kode: str, organisasjon: Organisasjon | None = None) -> None:
    """Raise `Avvist` (shown as «finnes ikke») unless the actor may."""
    if not kan(aktor, kode, organisasjon):
        raise Avvist(
            kode="TILGANG",
            hva="Siden finnes ikke, eller du har ikke tilgang til den.",
            regel="Hva du ser, avhenger av rollen din.",
            gjor="Be den som gir roller hos dere om tilgang.",
        )


def _rekker(omfang: Omfang, tilhorighet: Tilhorighet, organisasjon: Organisasjon | None) -> bool:
    if organisasjon is None or omfang is Omfang.NASJONAL:
        return True
    if omfang is Omfang.EGEN:
        return tilhorighet.organisasjon_id == organisasjon.pk
    if omfang is Omfang.FYLKE:
        return tilhorighet.fylke_id is not None and tilhorighet.fylke_id == organisasjon.fylke_id
    if omfang is Omfang.REGION:
        return tilhorighet.region_id is not None and tilhorighet.region_id == organisasjon.region_id
    return False

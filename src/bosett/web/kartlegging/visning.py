"""How answers, sections and states read on the pages of the mapping."""

from typing import Protocol

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N

from bosett.kartlegging.models import Kartleggingssvar
from bosett.kartlegging.rules.skjema import Felt, Skjema
from bosett.kartlegging.rules.verdier import som_tekst
from bosett.kartlegging.states_kartlegging import KARTLEGGING
from bosett.web import visning

# Marked for translation: models and rules know no Django texts.
_TEKSTER = (
    N("Svart"),
    N("I samme rom"),
    N("På video"),
    N("På telefon"),
    N("Ikke begynt"),
    N("Begynt"),
    N("Fullført"),
    N("Gammelt skjema"),
)


class _Svar(Protocol):
    @property
    def status(self) -> str: ...
    @property
    def verdi(self) -> object: ...


def statustekst(felt: Felt, svar: "_Svar | Kartleggingssvar | None") -> str:
    """The answer as it reads, or in words that there is none."""
    if svar is None or svar.status == "tom":
        return gettext("Ikke svart")
    if svar.status != "svar":
        return gettext(str(Kartleggingssvar.Status(svar.status).label))
    return som_tekst(felt, svar.verdi, visning.spraak())


def seksjonsnavn(skjema: Skjema, seksjon: str) -> str:
    return skjema.seksjoner[seksjon].paa(visning.spraak())


def tilstand(kode: str) -> tuple[str, str]:
    """(text, colour of the tag)"""
    ett = next(t for t in KARTLEGGING.tilstander if t.kode == kode)
    return gettext(ett.navn), ett.farge

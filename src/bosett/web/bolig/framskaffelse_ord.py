"""The words of the pipeline: the stages, the acts on its buttons, what a need asks for, and for whom it is."""

from collections.abc import Iterable

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bosett.bolig.models import Annonse, Framskaffelse
from bosett.bolig.selectors_framskaffelse import Delt
from bosett.bolig.states import FRAMSKAFFELSE
from bosett.web import visning
from bosett.web.komponenter import merke

STEG = {
    "behov": (_("Behov"), _("Kommunen vet hva som trengs, men ikke hvor.")),
    "kilde": (_("Kilde"), _("En bolig eller annonse er valgt.")),
    "kontrakt": (_("Kontrakt"), _("Det arbeides med kontrakten.")),
    "klar": (_("Klar"), _("Boligen er klar til innflytting.")),
}
AVBRUTT = _("Avbrutt")
FRAM = {
    "bolig.inngaa_kontrakt": _("Gå videre til kontrakt"),
    "bolig.gjor_klar": _("Boligen er klar"),
}
TILBAKE = {
    "bolig.tilbake_til_behov": _("Tilbake til behov"),
    "bolig.tilbake_til_kilde": _("Tilbake til kilde"),
    "bolig.tilbake_til_kontrakt": _("Tilbake til kontrakt"),
    "bolig.gjenoppta_framskaffelse": _("Ta opp igjen"),
    "bolig.avbryt_framskaffelse": _("Avbryt"),
}


def stegnavn(kode: str) -> str:
    return str(STEG[kode][0] if kode in STEG else AVBRUTT)


def stegmerke(kode: str) -> str:
    return merke(stegnavn(kode), next(t.farge for t in FRAMSKAFFELSE.tilstander if t.kode == kode))


def storrelse(f: Framskaffelse) -> str:
    """«3 soverom, plass til 5»."""
    return (
        gettext("%(n)s soverom") % {"n": f.soverom} + ", " + (gettext("plass til %(n)s") % {"n": f.plasser})
    )


def husholdning(ett: Delt) -> str:
    """An anonymous one is told by the day it was shared, and four letters that tell it from the others of that day."""
    if not ett.anonym:
        return f"H {ett.pk}"
    return gettext("Anonym husholdning %(kode)s, delt %(dag)s") % {
        "kode": str(ett.uuid)[:4],
        "dag": visning.dato(ett.fra),
    }


def for_hvem(f: Framskaffelse, delte: Iterable[Delt]) -> str:
    """«H 1204», or that it is not decided, or not shared any longer."""
    if f.husholdning_id is None:
        return gettext("Ikke bestemt")
    funnet = next((ett for ett in delte if ett.pk == f.husholdning_id), None)
    return husholdning(funnet) if funnet else gettext("En husholdning som ikke er delt med dere nå")


def annonsestorrelse(a: Annonse) -> str:
    """What the listing says of its size."""
    deler = [
        gettext("%(n)s rom") % {"n": a.rom} if a.rom is not None else "",
        gettext("%(n)s soverom") % {"n": a.soverom} if a.soverom is not None else "",
        f"{visning.tall(a.areal)} m²" if a.areal is not None else "",
    ]
    return ", ".join(del_ for del_ in deler if del_) or visning.UKJENT


def kroner(verdi: int | None) -> str:
    return f"{visning.tall(verdi)} kr" if verdi is not None else visning.UKJENT


def antall_dager(n: int) -> str:
    return ngettext("%(n)s dag", "%(n)s dager", n) % {"n": visning.tall(n)}

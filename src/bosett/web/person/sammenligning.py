"""Two persons beside each other in words, with what differs marked; and the reasons of a pair."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.person.models import Dublett, Person
from bosett.person.rules.koder import tekst
from bosett.person.selectors_dubletter import Kort
from bosett.web import visning
from bosett.web.person.tabeller import grunnlagnavn

GRUNN = {
    "samme_nummer": _("samme nummer"),
    "samme_navn": _("samme navn"),
    "lydlikt_navn": _("navn som lyder likt"),
    "del_av_navn": _("samme navn, med et ledd mer"),
    "samme_fodt": _("samme fødselsdato"),
    "byttet_fodt": _("dag og måned byttet om i fødselsdatoen"),
    "siffer_fodt": _("ett siffer ulikt i fødselsdatoen"),
    "samme_land": _("samme statsborgerskap"),
}
SKRIFT = {
    "Latn": _("latinsk skrift"),
    "Arab": _("arabisk skrift"),
    "Cyrl": _("kyrillisk skrift"),
    "Ethi": _("etiopisk skrift"),
}
_FLYTTET = (
    ("nummer", _("Numre")),
    ("navn", _("Navn")),
    ("opphold", _("Oppholdstillatelser")),
    ("mottaksopphold", _("Opphold på mottak")),
    ("slekt", _("Slektskap")),
    ("verge", _("Verger")),
    ("samtykke", _("Samtykker")),
    ("innlegg", _("Innlegg i samtalen")),
    ("henvendelse", _("Henvendelser til kommuner")),
    ("ventedagretting", _("Rettinger av ventedager")),
)


@dataclass(frozen=True)
class Linje:
    """One thing that is compared: what stands on each of the two. `lik` is None where neither has anything."""

    hva: str
    en: tuple[str, ...]
    annen: tuple[str, ...]

    @property
    def lik(self) -> bool | None:
        return None if not self.en and not self.annen else self.en == self.annen


def grunner(par: Dublett) -> str:
    """«Navn som lyder likt, samme fødselsdato»"""
    tekst = ", ".join(str(GRUNN[kode]) for kode in par.grunner)
    return tekst[:1].upper() + tekst[1:]


def styrke(poeng: int) -> str:
    return gettext("Svært like") if poeng >= 100 else gettext("Like") if poeng >= 80 else gettext("Noe like")


def linjer(en: Kort, annen: Kort) -> list[Linje]:
    return [
        Linje(hva, tuple(a), tuple(b)) for (hva, a), (_hva, b) in zip(_fakta(en), _fakta(annen), strict=True)
    ]


def kjennetegn(person: Person) -> str:
    """«Amina Prøve, født 01.05.1990, H 12»"""
    return gettext("%(navn)s, født %(dato)s, %(sak)s") % {
        "navn": person.navn,
        "dato": visning.dato(person.fodt),
        "sak": person.husholdning.saksnummer,
    }


def flyttet(ider: Mapping[str, Sequence[int]]) -> list[tuple[str, int]]:
    """How many rows of each kind a merge moved (`Sammenslaaing.flyttet`)."""
    antall = {slag: len(rader) for slag, rader in ider.items()}
    antall["slekt"] = antall.get("relasjon", 0) + antall.get("relasjon_til", 0)
    return [(str(hva), antall.get(slag, 0)) for slag, hva in _FLYTTET]


def _fakta(k: Kort) -> list[tuple[str, Iterable[str]]]:
    p = k.person
    return [
        (gettext("Navn"), [_navn(n.skrift, f"{n.fornavn} {n.etternavn}".strip()) for n in k.navn]),
        (gettext("Fødselsdato"), [visning.dato(p.fodt)]),
        (gettext("Nummer"), [f"{gettext(n.get_slag_display())} {n.nummer}" for n in k.numre]),
        (gettext("Statsborgerskap"), [visning.land(p.statsborgerskap)] if p.statsborgerskap else []),
        (gettext("Språk"), [tekst("spraak", k, visning.spraak()) for k in p.spraak]),
        (gettext("Tolkespråk"), [tekst("spraak", p.tolkespraak, visning.spraak())] if p.tolkespraak else []),
        (gettext("Tillatelse"), [f"{grunnlagnavn(o.grunnlag)}, {_periode(o)}" for o in k.tillatelser]),
        (gettext("Bor"), [gettext("Skjermet")] if p.skjermet else [_bor(b) for b in k.bosteder]),
        (gettext("Slekt"), [f"{gettext(r.get_slag_display())}: {r.til_person.navn}" for r in k.slekt]),
        (gettext("Verge"), [v.navn for v in k.verger]),
        (gettext("Saken ble åpnet"), [visning.dato(p.husholdning.apnet)]),
    ]  # fmt: skip


def _navn(skrift: str, navn: str) -> str:
    return navn if skrift == "Latn" else f"{navn} ({SKRIFT.get(skrift, skrift)})"


def _periode(rad: Any) -> str:
    fra = visning.dato(rad.fra)
    if rad.til is None:
        return gettext("fra %(dato)s") % {"dato": fra}
    return gettext("%(fra)s til %(til)s") % {"fra": fra, "til": visning.dato(rad.til)}


def _bor(rad: Any) -> str:
    hvor = rad.mottak.organisasjon.navn if rad.mottak_id else gettext("privat adresse")
    return f"{hvor}, {_periode(rad)}"

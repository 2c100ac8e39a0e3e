"""The tables of homes and areas."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bosett.bolig.models import Bolig
from bosett.web.bolig import ord as ord_
from bosett.web.bolig.skjema import EgetUtvalg, Utvalg, filtrer
from bosett.web.komponenter import merke
from bosett.web.tabell import Kolonne, Tabell


def lenke(bolig: Bolig) -> str:
    return reverse("bolig:ett", args=[bolig.subjekt.uuid])


BOLIGER = Tabell(
    "boliger",
    _("Boliger"),
    (
        Kolonne("nr", _("Bolig"), felt="nummer", sorter="pk", radhode=True, lenke=lenke, undertekst=lambda r: str(ord_.BYGG[r.bygg])),
        Kolonne("kommune", _("Kommune"), felt="organisasjon.navn", sorter="organisasjon__sorteringsnavn", norsk=True),
        Kolonne("adresse", _("Adresse"), felt=lambda r: ord_.adresse(r), sorter="adresse", norsk=True),
        Kolonne("eierform", _("Eierform"), felt=lambda r: str(ord_.EIERFORM[r.eierform]), sorter="eierform", undertekst=lambda r: str(ord_.SLAG[r.slag])),
        Kolonne("soverom", _("Soverom"), format="tall", synkende_forst=True),
        Kolonne("plasser", _("Plasser"), format="tall", synkende_forst=True, sum=True, enhet=_("personer")),
        Kolonne("ledig_fra", _("Ledig fra"), format="dato"),
        Kolonne(
            "naa", _("I dag"), format=lambda v, r: ord_.periodemerke(ord_.naa(r)), sorter=False, eksport=lambda r: str(ord_.PERIODE[ord_.naa(r)])
        ),
        Kolonne("tilstand", _("Vurdering"), format=lambda v, r: ord_.tilstand(r), sorter="tilstand"),
        Kolonne("rom", _("Rom"), bare_eksport=True),
        Kolonne("areal", _("Areal (m²)"), bare_eksport=True),
        Kolonne("husleie", _("Husleie i måneden (kr)"), bare_eksport=True),
        Kolonne("kilde", _("Kilde"), felt="kilde", bare_eksport=True),
    ),
    sok=("adresse", "postnummer", "poststed", "organisasjon__sorteringsnavn"),
    soketikett=_("Søk etter adresse, sted eller kommune"),
    filter=Utvalg,
    filtrer=filtrer,
    nokkel=lambda rad: rad.subjekt.uuid,
    tom=_("Ingen boliger er registrert."),
    tom_hjelp=_("Registrer en bolig kommunen har funnet, så ser IMDi den med en gang."),
)  # fmt: skip


EGNE = replace(
    BOLIGER, kolonner=tuple(k for k in BOLIGER.kolonner if k.kode != "kommune"), filter=EgetUtvalg,
    sok=("adresse", "postnummer", "poststed"), soketikett=_("Søk etter adresse eller sted"),
)  # fmt: skip


def _varsel(_verdi: object, rad: object) -> str:
    return merke(_("Bør unngås"), "warning") if ord_.omraadevarsel(rad) else ""  # type: ignore[arg-type]


OMRAADER = Tabell(
    "omraader",
    _("Områder"),
    (
        Kolonne("navn", _("Område"), norsk=True, sorter="navn", radhode=True),
        Kolonne("kommune", _("Kommune"), felt="organisasjon.navn", sorter="organisasjon__sorteringsnavn", norsk=True),
        Kolonne("andel", _("Andel innvandrere"), format="tall1", enhet=_("prosent")),
        Kolonne("levekaar", _("Levekårsutfordringer"), format="ja_nei"),
        Kolonne("varsel", _("Merknad"), felt=lambda r: bool(ord_.omraadevarsel(r)), format=_varsel, sorter=False),
        Kolonne("kilde", _("Kilde")),
        Kolonne("malt", _("Gjelder"), format="dato"),
    ),
    sok=("navn", "organisasjon__sorteringsnavn"),
    tom=_("Ingen områder er registrert."),
    tom_hjelp=_("Registrer tall for områder der kommunen har boliger, så varsler vi når et område er et en bør unngå."),
)  # fmt: skip

"""The tables of users and organisations, and the acts in words."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.aktor.models import Organisasjon
from bosett.brukere.rules import domene
from bosett.brukere.selectors import Brukerkort, Hendelseslinje
from bosett.brukere.states import TILGANGSSOKNAD
from bosett.web.komponenter import merke
from bosett.web.tabell import Kolonne, Tabell


def adresse(navn: str, *args: Any) -> str:
    return reverse(f"brukere:{navn}", args=args)


@dataclass(frozen=True)
class Brukerrad:
    """A user as a row: the card, and the organisation it is seen from."""

    kort: Brukerkort
    organisasjon: Organisasjon

    @property
    def roller(self) -> str:
        return ", ".join(gettext(navn) for navn in self.kort.rollenavn) or gettext("Ingen rolle nå")

    @property
    def vikarer(self) -> str:
        navn = [vikariat.vikar.navn for linje in self.kort.roller for vikariat in linje.vikarer]
        return ", ".join(dict.fromkeys(navn))

    @property
    def varsler(self) -> str:
        return ", ".join(gettext(advarsel.tekst) for advarsel in self.kort.advarsler)


def _merker(_verdi: Any, rad: Brukerrad) -> Any:
    return format_html_join(" ", "{}", ((merke(gettext(a.tekst), a.farge),) for a in rad.kort.advarsler))


class Utvalg(forms.Form):
    vis = forms.ChoiceField(
        label=_("Vis"),
        required=False,
        choices=[("", _("Alle")), ("varsler", _("Med varsel")), ("uten", _("Uten rolle nå"))],
    )


def _filtrer(rader: list[Brukerrad], valg: Any) -> list[Brukerrad]:
    if valg.get("vis") == "varsler":
        return [rad for rad in rader if rad.kort.advarsler]
    if valg.get("vis") == "uten":
        return [rad for rad in rader if not rad.kort.roller]
    return rader


BRUKERE = Tabell(
    "brukere",
    _("Brukere og roller"),
    (
        Kolonne(
            "navn", _("Navn"), felt="kort.bruker.navn", norsk=True, radhode=True,
            lenke=lambda rad: adresse("bruker", rad.organisasjon.uuid, rad.kort.bruker.uuid),
            undertekst=lambda rad: rad.kort.bruker.epost,
        ),
        Kolonne("epost", _("E-post"), felt="kort.bruker.epost", bare_eksport=True),
        Kolonne("brukernavn", _("Brukernavn"), felt="kort.bruker.brukernavn", bare_eksport=True),
        Kolonne("roller", _("Roller")),
        Kolonne("vikarer", _("Vikar")),
        Kolonne("sist", _("Sist logget inn"), felt="kort.bruker.last_login", format="dato", synkende_forst=True),
        Kolonne("varsler", _("Varsel"), format=_merker, sorter=False),
    ),
    sok=("kort.bruker.navn", "kort.bruker.epost", "kort.bruker.brukernavn"),
    filter=Utvalg,
    filtrer=_filtrer,
    nokkel=lambda rad: rad.kort.bruker.uuid,
    tom=_("Ingen brukere passer til utvalget."),
)  # fmt: skip


def _administratorer(verdi: Any, rad: Any) -> Any:
    if verdi or rad.organisasjon.slag not in ("kommune", "imdi"):
        return str(verdi or "–")
    return merke(gettext("Mangler"), "warning")


class Organisasjonsutvalg(forms.Form):
    vis = forms.ChoiceField(
        label=_("Vis"),
        required=False,
        choices=[
            ("", _("Alle")),
            ("kommuner", _("Kommuner")),
            ("mangler", _("Kommuner uten administrator")),
            ("andre", _("Andre enn kommuner")),
        ],
    )


def _filtrer_organisasjoner(rader: list[Any], valg: Any) -> list[Any]:
    vis = valg.get("vis")
    if vis == "mangler":
        return [rad for rad in rader if rad.nummer and not rad.administratorer]
    return [rad for rad in rader if bool(rad.nummer) is (vis == "kommuner")] if vis else rader


ORGANISASJONER = Tabell(
    "organisasjoner",
    _("Organisasjoner"),
    (
        Kolonne(
            "navn", _("Organisasjon"), felt="organisasjon.navn", sorter="organisasjon.sorteringsnavn", norsk=True,
            radhode=True, lenke=lambda rad: adresse("liste-for", rad.organisasjon.uuid),
        ),
        Kolonne("nummer", _("Nummer"), svak=True),
        Kolonne(
            "slag", _("Type"), felt=lambda rad: rad.organisasjon.get_slag_display(),
            format=lambda verdi, rad: gettext(verdi),
        ),
        Kolonne("brukere", _("Brukere"), format="tall", synkende_forst=True, sum=True),
        Kolonne("administratorer", _("Kan gi roller"), format=_administratorer, justering="slutt"),
    ),
    sok=("organisasjon.navn", "nummer"),
    filter=Organisasjonsutvalg,
    filtrer=_filtrer_organisasjoner,
    nokkel=lambda rad: rad.organisasjon.uuid,
)  # fmt: skip


class Soknadsutvalg(forms.Form):
    vis = forms.ChoiceField(
        label=_("Vis"), required=False, choices=[("", _("Alle")), ("ny", _("Venter på IMDi"))]
    )


def _filtrer_soknader(rader: list[Any], valg: Any) -> list[Any]:
    return [rad for rad in rader if rad.tilstand == valg["vis"]] if valg.get("vis") else rader


def _soknadsmerke(verdi: str, _rad: Any) -> Any:
    tilstand = next(ett for ett in TILGANGSSOKNAD.tilstander if ett.kode == verdi)
    return merke(gettext(tilstand.navn), tilstand.farge)


# No name and no address of a person: those are on the page of the one request, where the look is logged.
SOKNADER = Tabell(
    "soknader",
    _("Søknader om tilgang"),
    (
        Kolonne(
            "kommune", _("Kommune"), felt="organisasjon.navn", sorter="organisasjon.sorteringsnavn", norsk=True,
            radhode=True, lenke=lambda rad: adresse("soknad", rad.subjekt.uuid),
        ),
        Kolonne("referanse", _("Referanse"), svak=True),
        Kolonne("sendt", _("Sendt"), format="dato", synkende_forst=True),
        Kolonne("domene", _("E-postdomene"), felt=lambda rad: domene(rad.epost)),
        Kolonne(
            "tilstand", _("Status"), format=_soknadsmerke, eksport=lambda rad: TILGANGSSOKNAD.navn(rad.tilstand)
        ),
        Kolonne("behandlet", _("Behandlet"), format="dato", synkende_forst=True),
    ),
    sok=("organisasjon.navn", "referanse"),
    filter=Soknadsutvalg,
    filtrer=_filtrer_soknader,
    nokkel=lambda rad: rad.subjekt.uuid,
    tom=_("Ingen har bedt om tilgang."),
    tom_hjelp=_("Når noen ber om tilgang for en kommune, får du en oppgave på hjemmesiden."),
)  # fmt: skip

_SKJEDDE = {
    "brukere.opprett": _("Bruker opprettet"),
    "brukere.gi_rolle": _("Rolle gitt"),
    "brukere.fjern_rolle": _("Rolle fjernet"),
    "brukere.gi_vikar": _("Vikar satt inn"),
    "brukere.fjern_vikar": _("Vikar fjernet"),
    "brukere.nytt_passord": _("Nytt engangspassord gitt"),
    "brukere.bytt_passord": _("Passord byttet"),
}


def tidslinje(linjer: list[Hendelseslinje]) -> list[tuple[Any, str]]:
    """For deler/tidslinje.html: the event, and what happened in words."""
    ut = []
    for linje in linjer:
        tekst = str(_SKJEDDE.get(linje.hendelse.handling, linje.hendelse.handling))
        vikar = linje.om if linje.hendelse.handling.endswith("vikar") else ""
        hva = gettext(linje.rolle) if linje.rolle else vikar
        ut.append((linje.hendelse, f"{tekst}: {hva}" if hva else tekst))
    return ut

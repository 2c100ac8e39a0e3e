"""Which home a household is to have: those that suit it, the choice with its reasons, and letting a home go."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from bosett.aktor.kontekst import Aktor
from bosett.bolig import selectors, selectors_passer
from bosett.bolig.models import Bolig
from bosett.bolig.rules.passer import Grunn, Passform
from bosett.bolig.services import koblinger
from bosett.bolig.services.omraader import gjeldende
from bosett.grunn.klokke import i_dag
from bosett.person import selectors_personvern
from bosett.person.models import Husholdning
from bosett.tilgang.policy import kan
from bosett.web import visning
from bosett.web.bolig import ord as ord_
from bosett.web.bolig.skjema import Utvalg, filtrer
from bosett.web.foresporsel import Foresporsel
from bosett.web.komponenter import merke
from bosett.web.krav import krever
from bosett.web.person.innsyn import port, smuler
from bosett.web.skjema import Dato, Skjema
from bosett.web.tabell import Kolonne, Tabell

_SIDE = gettext_lazy("Bolig")
SAMLET = {
    "passer": (gettext_lazy("Passer"), "success"),
    "delvis": (gettext_lazy("Passer delvis"), "warning"),
    "vet_ikke": (gettext_lazy("Vet ikke"), "neutral"),
    "passer_ikke": (gettext_lazy("Passer ikke"), "danger"),
}
UTFALL = {
    "passer": (gettext_lazy("Passer"), "success"),
    "passer_ikke": (gettext_lazy("Mangler"), "warning"),
    "vet_ikke": (gettext_lazy("Vet ikke"), "neutral"),
}


class Boligutvalg(Utvalg):
    """Of the list of fit homes that are free."""

    vis = forms.ChoiceField(
        label=gettext_lazy("Vis"), required=False,
        choices=[("", gettext_lazy("De som kan passe")), ("alle", gettext_lazy("Også de som mangler noe de må ha"))],
    )  # fmt: skip


def samlet(form: Passform) -> str:
    return merke(*SAMLET[form.samlet])


def grunnene(form: Passform) -> list[tuple[str, str]]:
    """(tag, sentence) for each reason. A hard miss says that it must be there."""
    return [
        (
            merke(_("Må ha"), "danger") if g.hard and g.utfall == "passer_ikke" else merke(*UTFALL[g.utfall]),
            setning(g),
        )
        for g in form.grunner
    ]


def setning(grunn: Grunn) -> str:
    return _(grunn.tekst) % {navn: _vist(navn, verdi) for navn, verdi in grunn.verdier.items()}


def _vist(navn: str, verdi: Any) -> str:
    if navn == "funksjon":
        return str(ord_.FUNKSJONER[verdi]).lower()
    if isinstance(verdi, int | Decimal) and not isinstance(verdi, bool):
        return visning.tall(verdi, 0 if verdi == int(verdi) else 1)
    return visning.dato(verdi)


def _hvorfor(_verdi: object, rad: Any) -> str:
    linjer = format_html_join("", "<li>{} {}</li>", grunnene(rad.passform))
    tekst = _("Hvorfor")
    return format_html(
        '{} <details class="ds-details"><summary>{}<span class="ds-sr-only"> {}</span></summary><ul class="b-punkter">{}</ul></details>',
        samlet(rad.passform), tekst, rad.nummer, linjer,
    )  # fmt: skip


def _velg(rad: Any) -> str:
    return reverse("bolig:velg", args=[rad.sak_uuid, rad.subjekt.uuid]) if rad.sak_uuid else ""


PASSER = Tabell(
    "passer",
    gettext_lazy("Boliger som er egnet og ledige, de som passer best først"),
    (
        Kolonne("nr", gettext_lazy("Bolig"), felt="nummer", sorter=False, radhode=True, lenke=lambda r: reverse("bolig:ett", args=[r.subjekt.uuid]), undertekst=lambda r: str(ord_.BYGG[r.bygg])),
        Kolonne("kommune", gettext_lazy("Kommune"), felt="organisasjon.navn", sorter="organisasjon__sorteringsnavn", norsk=True),
        Kolonne("plasser", gettext_lazy("Plasser"), format="tall"),
        Kolonne("soverom", gettext_lazy("Soverom"), format="tall"),
        Kolonne("ledig_fra", gettext_lazy("Ledig fra"), format="dato"),
        Kolonne(
            "passer", gettext_lazy("Passer den?"), felt=lambda r: str(SAMLET[r.passform.samlet][0]), format=_hvorfor, sorter=False,
            eksport=lambda r: " ".join([str(SAMLET[r.passform.samlet][0]) + ".", *(setning(g) for g in r.passform.grunner)]),
        ),
        Kolonne("velg", gettext_lazy("Velg"), felt=lambda r: _("Velg %(nr)s") % {"nr": r.nummer} if r.sak_uuid else "", lenke=_velg, sorter=False, bare_skjerm=True),
    ),
    sok=("organisasjon__sorteringsnavn", "poststed"),
    soketikett=gettext_lazy("Søk etter sted eller kommune"),
    filter=Boligutvalg,
    filtrer=filtrer,
    sidestorrelse=20,
    nokkel=lambda rad: rad.subjekt.uuid,
    tom=gettext_lazy("Ingen egnede boliger er meldt ledige."),
    tom_hjelp=gettext_lazy("En bolig vises her når kommunen har vurdert at den er egnet, og meldt når den er ledig."),
    formater=("csv", "xlsx"),
)  # fmt: skip


@krever("bolig.passer")
@never_cache
def husholdning(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    """The home they are to have, or those they could have, the best first."""
    aktor = request.aktor
    h = selectors_personvern.sak(aktor, husholdning)
    if videre := port(request, h):
        return videre
    kobling = selectors_passer.kobling(aktor, h)
    tabell = None
    if kobling is None and h.avsluttet is None:
        kan_velge = kan(aktor, "bolig.koble")

        def berik(rader: Any) -> None:
            for ett in selectors_passer.forslag(aktor, h, rader):
                ett.bolig.passform, ett.bolig.sak_uuid = ett.passform, husholdning if kan_velge else None  # type: ignore[attr-defined]

        tabell = PASSER.bygg(
            request, selectors_passer.egnede(aktor, h, alle=request.GET.get("vis") == "alle"), berik=berik
        )
    innhold = {
        "h": h, "kobling": kobling, "tabell": tabell, "adresse": ord_.adresse(kobling.bolig) if kobling else "",
        "kan_losne": kobling is not None and kan(aktor, "bolig.losne", kobling.bolig.organisasjon),
        "smuler": smuler(aktor, husholdning, h.saksnummer, str(_SIDE)),
    }  # fmt: skip
    return (tabell.eksport if tabell else None) or render(request, "bolig/passer.html", innhold)


class Valg(Skjema):
    """The day, and why when there is something to explain: fields that nobody has to fill in are not there."""

    fra = Dato(label=gettext_lazy("Fra hvilken dag?"))
    omraade_grunn = forms.CharField(
        label=gettext_lazy("Hvorfor skal de likevel bo i dette området?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=gettext_lazy("Ikke skriv om helse, tro eller etnisk bakgrunn."),
    )  # fmt: skip
    avvik_grunn = forms.CharField(
        label=gettext_lazy("Hvorfor skal de likevel ha boligen?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=gettext_lazy("Boligen mangler noe de må ha. Ikke skriv om helse, tro eller etnisk bakgrunn."),
    )  # fmt: skip
    rett = {
        "fra": gettext_lazy("Skriv dagen de skal ha boligen fra"),
        "omraade_grunn": gettext_lazy("Skriv hvorfor de likevel skal bo i området"),
        "avvik_grunn": gettext_lazy("Skriv hvorfor de likevel skal ha boligen"),
    }

    def __init__(self, *args: Any, varsel: bool, avvik: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for navn, trengs in (("omraade_grunn", varsel), ("avvik_grunn", avvik)):
            if not trengs:
                del self.fields[navn]


@krever("bolig.koble")
@never_cache
def velg(request: Foresporsel, husholdning: UUID, bolig: UUID) -> HttpResponse:
    """See how the home suits them, what to be aware of, and hold it for them."""
    aktor = request.aktor
    h = selectors_personvern.sak(aktor, husholdning)
    b = selectors.bolig(aktor, bolig)
    if videre := port(request, h):
        return videre
    form = selectors_passer.hvor_godt(aktor, h, b)
    varsel = ord_.omraadevarsel(gjeldende(b.omraade))
    ledig = b.ledig_fra or i_dag()  # type: ignore[attr-defined]
    skjema = Valg(
        request.POST or None, varsel=varsel is not None, avvik=bool(form.avvik),
        initial={"fra": max(ledig, h.klar_fra or i_dag(), i_dag())},
    )  # fmt: skip
    if skjema.utfor(lambda data: koblinger.koble(aktor=aktor, husholdning=husholdning, bolig=bolig, **data)):
        messages.success(request, _("Boligen er reservert for dem."))
        return redirect("bolig:husholdning", husholdning=husholdning)
    innhold = {
        "h": h, "b": b, "skjema": skjema, "samlet": samlet(form), "grunner": grunnene(form), "varsel": varsel,
        "adresse": ord_.adresse(b), "storrelse": ord_.storrelse(b), "tilbake": _hjem(h),
        "smuler": _smuler(h, _("Reserver %(nr)s") % {"nr": b.nummer}),
    }  # fmt: skip
    return render(request, "bolig/velg.html", innhold, status=422 if skjema.errors else 200)


class Losne(Skjema):
    grunn = forms.CharField(
        label=gettext_lazy("Hvorfor skal de ikke ha boligen?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=gettext_lazy("Ikke skriv om helse, tro eller etnisk bakgrunn."),
    )  # fmt: skip
    rett = {"grunn": gettext_lazy("Skriv hvorfor de ikke skal ha boligen")}


@krever("bolig.losne")
@never_cache
def losne(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    h = selectors_personvern.sak(request.aktor, husholdning)
    if videre := port(request, h):
        return videre
    kobling = selectors_passer.kobling(request.aktor, h)
    if kobling is None:
        return redirect("bolig:husholdning", husholdning=husholdning)
    skjema = Losne(request.POST or None)
    if skjema.utfor(lambda data: koblinger.losne(aktor=request.aktor, kobling=kobling.uuid, **data)):
        messages.success(request, _("Reservasjonen er tatt bort. Boligen er ledig igjen."))
        return redirect("bolig:husholdning", husholdning=husholdning)
    tittel = _("Ta bort reservasjonen av %(nr)s") % {"nr": kobling.bolig.nummer}
    innhold = {
        "skjema": skjema, "tittel": tittel, "ingress": _("Boligen blir ledig igjen fra i dag, og dere kan velge en annen."),
        "knapp": _("Ta bort reservasjonen"), "avbryt": _hjem(h), "smuler": _smuler(h, tittel),
    }  # fmt: skip
    return render(request, "skjema/enkelt.html", innhold, status=422 if skjema.errors else 200)


def hvem_passer(aktor: Aktor, b: Bolig) -> tuple[str, Mapping[str, Any]] | None:
    """On the page of a home: whom it is held for, or whom it could be for. Case numbers only, never a name."""
    if not kan(aktor, "bolig.passer") or b.tilstand == "ute":
        return None
    svar = selectors_passer.hvem_passer(aktor, b)
    kan_velge = kan(aktor, "bolig.koble", b.organisasjon) and b.tilstand == "egnet"
    rader = [
        (h, samlet(form), grunnene(form), reverse("bolig:velg", args=[h.subjekt.uuid, b.subjekt.uuid]) if kan_velge else "")
        for h, form in svar.forslag
    ]  # fmt: skip
    return "bolig/_hvem_passer.html", {"svar": svar, "rader": rader}


def _hjem(h: Husholdning) -> str:
    return reverse("bolig:husholdning", args=[h.subjekt.uuid])


def _smuler(h: Husholdning, her: str) -> list[tuple[str, str]]:
    sak = reverse("person:husholdning", args=[h.subjekt.uuid])
    return [(h.saksnummer, sak), (str(_SIDE), _hjem(h)), (her, "")]

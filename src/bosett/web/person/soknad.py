"""The application of somebody nobody has told us of: on paper, by telephone or in a form, typed by an adviser (R077)."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from bosett.geografi.models import Kommune
from bosett.grunn.feil import BosettFeil
from bosett.person.models import Medlem, Privatsoknad
from bosett.person.services.soknad import Soker, registrer_privat
from bosett.web.foresporsel import Foresporsel, heltall
from bosett.web.kommunevalg import kommunen
from bosett.web.krav import krever
from bosett.web.skjema import Dato, Skjema

FLEST = 11
"""Persons beside the applicant."""


class Soknad(Skjema):
    """What every application says, also one from a household that is registered: on its page the form is this and nothing more."""

    sokt = Dato(label=_("Når søkte de?"), help_text=_("Datoen på søknaden."))
    kanal = forms.ChoiceField(
        label=_("Hvordan kom søknaden?"), widget=forms.RadioSelect, choices=[(v, _(t)) for v, t in Privatsoknad.Kanal.choices]
    )  # fmt: skip
    bor_i = forms.CharField(
        label=_("Hvilken kommune bor de i?"), max_length=100, required=False,
        help_text=_("Navn eller nummer. La feltet stå tomt hvis det ikke står i søknaden."),
    )  # fmt: skip

    def clean_bor_i(self) -> Kommune | None:
        return kommunen(self.cleaned_data["bor_i"]) if self.cleaned_data["bor_i"] else None


class NySoknad(Soknad):
    """The applicant, and as many more as `andre` says: the fields of the first are `duf`, `fornavn` …, of the next `duf_1` …"""

    andre = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=FLEST)

    def __init__(self, *args: Any, antall: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.antall = antall
        self.initial["andre"] = antall
        self.hvem = dict[str, int]()
        for nr in range(antall + 1):
            for navn, felt in _personfelt(nr).items():
                felt.error_messages["required"] = gettext("Fyll ut «%(felt)s».") % {"felt": felt.label}
                self.fields[navn], self.hvem[navn] = felt, nr

    @property
    def personer(self) -> list[tuple[int, list[forms.BoundField]]]:
        return [(nr, [self[navn] for navn in _personfelt(nr)]) for nr in range(self.antall + 1)]

    def foran(self, navn: str) -> str:
        """Whose field it is, when there are several persons."""
        if navn not in self.hvem or not self.antall:
            return ""
        nr = self.hvem[navn]
        return (gettext("Person %(nr)s") % {"nr": nr + 1} if nr else gettext("Søkeren")) + ": "

    def sokere(self) -> list[Soker]:
        data = self.cleaned_data
        return [
            Soker(
                duf=data[f"duf{_ende(nr)}"], fornavn=data[f"fornavn{_ende(nr)}"], etternavn=data[f"etternavn{_ende(nr)}"],
                fodt=data[f"fodt{_ende(nr)}"], rolle=data[f"rolle{_ende(nr)}"] if nr else "hoved",
            )
            for nr in range(self.antall + 1)
        ]  # fmt: skip


def _ende(nr: int) -> str:
    return f"_{nr}" if nr else ""


def _personfelt(nr: int) -> dict[str, forms.Field]:
    felt: dict[str, forms.Field] = {
        "duf": forms.RegexField(
            r"^[0-9]{12}$", label=_("DUF-nummer"), help_text=_("12 siffer. Det står på oppholdskortet og i brev fra UDI."),
            error_messages={"invalid": gettext_lazy("Skriv DUF-nummeret med 12 siffer.")},
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        ),
        "fornavn": forms.CharField(label=_("Fornavn"), max_length=120),
        "etternavn": forms.CharField(label=_("Etternavn"), max_length=120, required=False),
        "fodt": Dato(label=_("Fødselsdato")),
    }  # fmt: skip
    if nr:
        roller = [(v, _(t)) for v, t in Medlem.Rolle.choices if v not in ("hoved", "folgeperson")]
        felt["rolle"] = forms.ChoiceField(label=_("Hva er personen for søkeren?"), choices=roller)
    return {f"{navn}{_ende(nr)}": ett for navn, ett in felt.items()}


@krever("person.ny_soknad")
def ny(request: Foresporsel) -> HttpResponse:
    antall = min(max(heltall(request.POST.get("andre", "")) or 0, 0), FLEST)
    flere, faerre = (request.POST.get("handling") == valg for valg in ("flere", "faerre"))
    if flere or faerre:  # what is typed stays, and nothing is judged yet
        antall = min(antall + 1, FLEST) if flere else max(antall - 1, 0)
        skjema = NySoknad(initial=request.POST.dict(), antall=antall)
    else:
        skjema = NySoknad(request.POST or None, antall=antall)
    if skjema.is_bound and skjema.is_valid():
        data = skjema.cleaned_data
        try:
            h = registrer_privat(
                aktor=request.aktor, sokere=skjema.sokere(), sokt=data["sokt"], kanal=data["kanal"], bor_i=data["bor_i"]
            )  # fmt: skip
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(
                request, gettext("Søknaden er registrert som sak %(sak)s.") % {"sak": h.saksnummer}
            )
            return redirect("person:husholdning", husholdning=h.subjekt.uuid)
    return render(
        request, "person/soknad.html",
        {"skjema": skjema, "kan_flere": skjema.antall < FLEST}, status=422 if skjema.errors else 200,
    )  # fmt: skip

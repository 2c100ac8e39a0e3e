"""Taking a case from the queue, keeping it, giving it away and putting it back: forms that work without a script."""

from collections.abc import Callable
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import BosettFeil, FinnesIkke
from bosett.oppgave import reservasjoner
from bosett.oppgave import selectors as oppgaver
from bosett.oppgave.models import Reservasjon
from bosett.person import selectors, selectors_tavler
from bosett.person.models import Husholdning
from bosett.person.services import koe
from bosett.web import neste, visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.person.innsyn import port
from bosett.web.skjema import Skjema, oversatt
from bosett.web.tavle import tabeller
from bosett.web.tavle.faser import I_KOEN, med_fase


def _saken(request: Foresporsel) -> Husholdning:
    """The household a button was pressed for. Raises `FinnesIkke`."""
    try:
        uuid = UUID(request.POST.get("sak", ""))
    except ValueError as feil:
        raise FinnesIkke(
            kode="PERSON-FINNES-IKKE", hva="Siden finnes ikke, eller du har ikke tilgang til den."
        ) from feil
    return selectors.husholdning(request.aktor, uuid)


def _kom_fra(request: Foresporsel) -> str:
    """The page the button stood on, with the filter of the moment: a table that is filtered changes its address, not its forms."""
    fra = urlsplit(request.headers.get("Referer", ""))
    ellers = reverse("tavle:koen")
    if fra.netloc != request.get_host():
        return ellers
    return neste.trygg(f"{fra.path}?{fra.query}" if fra.query else fra.path, ellers)


def _utfort(
    request: Foresporsel, kvittering: str, gjor: Callable[[Husholdning], Reservasjon | None]
) -> HttpResponse:
    """Do it, say that it is done (or why not), and go back to where the button stood."""
    h = _saken(request)
    try:
        r = gjor(h)
    except BosettFeil as feil:
        messages.error(request, oversatt(feil))
    else:
        messages.success(
            request, kvittering % {"sak": h.saksnummer, "dag": visning.dato(r.siste_dag) if r else ""}
        )
    return HttpResponseRedirect(_kom_fra(request))


@krever("oppgave.reserver")
@require_POST
def reserver(request: Foresporsel) -> HttpResponse:
    return _utfort(
        request, _("%(sak)s er reservert til deg til og med %(dag)s."),
        lambda h: koe.reserver(aktor=request.aktor, husholdning=h.subjekt.uuid),
    )  # fmt: skip


@krever("oppgave.forleng")
@require_POST
def forleng(request: Foresporsel) -> HttpResponse:
    return _utfort(
        request, _("%(sak)s er reservert til deg til og med %(dag)s."),
        lambda h: reservasjoner.forleng(aktor=request.aktor, subjekt_id=h.pk),
    )  # fmt: skip


@krever("oppgave.slipp")
@require_POST
def slipp(request: Foresporsel) -> HttpResponse:
    return _utfort(
        request,
        _("%(sak)s er lagt tilbake i køen."),
        lambda h: reservasjoner.slipp(aktor=request.aktor, subjekt_id=h.pk),
    )


@krever("oppgave.reserver")
@require_POST
def ta_neste(request: Foresporsel) -> HttpResponse:
    """Take the first free case of the queue as it was filtered and sorted, and open it."""
    sti, _skille, sporring = _kom_fra(request).partition("?")
    request.GET = QueryDict(sporring if sti == reverse("tavle:koen") else "")
    rader = med_fase(selectors_tavler.koens_saker(request.aktor), I_KOEN)
    tabell = tabeller.koen(request, request.aktor, rader)
    h = koe.ta_neste(aktor=request.aktor, rader=tabell.sorterte)  # type: ignore[arg-type]
    if h is None:
        messages.error(
            request, _("Ingen ledige saker i utvalget. Prøv et annet filter, eller kom tilbake senere.")
        )
        return redirect("tavle:koen")
    return redirect("person:husholdning", husholdning=h.subjekt.uuid)


class Gi(Skjema):
    til = forms.ChoiceField(label=gettext_lazy("Hvem skal ha saken?"), choices=())
    merknad = forms.CharField(
        label=gettext_lazy("Hva bør kollegaen vite?"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kollegaen ser det på hjemmesiden sin. Ikke skriv om helse."),
    )  # fmt: skip
    rett = {"til": gettext_lazy("Velg hvem som skal ha saken")}

    def __init__(self, aktor: Aktor, organisasjon_id: int, *args: object) -> None:
        super().__init__(*args)
        til = self.fields["til"]
        assert isinstance(til, forms.ChoiceField)
        til.choices = [
            ("", _("Velg …")),
            *((str(b.uuid), b.navn) for b in oppgaver.kolleger(aktor, organisasjon_id)),
        ]


@krever("person.koe")
def gi(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    """Give a case one has taken to a colleague, with a note."""
    h = selectors.husholdning(request.aktor, husholdning)
    if videre := port(request, h):
        return videre
    egen = min_reservasjon(request.aktor, h)
    skjema = Gi(request.aktor, egen.organisasjon_id, request.POST or None) if egen else None
    if skjema is not None and request.method == "POST" and skjema.is_valid():
        try:
            ny = reservasjoner.flytt(
                aktor=request.aktor,
                subjekt_id=h.pk,
                til=UUID(skjema.cleaned_data["til"]),
                merknad=skjema.cleaned_data["merknad"],
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil, "til")
        else:
            messages.success(
                request, _("%(sak)s er gitt til %(hvem)s.") % {"sak": h.saksnummer, "hvem": ny.bruker.navn}
            )
            return redirect("tavle:koen")
    innhold = {
        "h": h, "skjema": skjema,
        "smuler": [(h.saksnummer, reverse("person:husholdning", args=[husholdning])), (_("Gi til en kollega"), "")],
    }  # fmt: skip
    return render(
        request, "tavle/gi.html", innhold, status=422 if skjema is not None and skjema.errors else 200
    )


def min_reservasjon(aktor: Aktor, h: Husholdning) -> Reservasjon | None:
    return oppgaver.reservasjoner(aktor).filter(subjekt=h.pk, bruker=aktor.bruker_id or 0).first()

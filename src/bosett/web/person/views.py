"""Households: the list, and one household with everybody in it."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bosett.aktor.kontekst import Aktor
from bosett.bolig import selectors_passer
from bosett.grunn.klokke import OSLO, i_dag
from bosett.kartlegging import selectors_kultur
from bosett.person import selectors
from bosett.person.rules.ansvar import alder
from bosett.person.rules.koder import tekst
from bosett.person.services import ansvar
from bosett.spor import selectors as spor
from bosett.spor.models import Hendelse
from bosett.tilgang.policy import kan
from bosett.web import historie, visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.kartlegging.kultur import timetekst
from bosett.web.krav import krever
from bosett.web.person import lop, tabeller
from bosett.web.person.innsyn import port
from bosett.web.person.ventedager import klokker
from bosett.web.skjema import Dato


@krever("person.se")
def liste(request: Foresporsel) -> HttpResponse:
    """Those the actor's organisation has to do with, or all for IMDi; a search finds a case, a number or a name.

    The search is posted, so that nobody's name or number stands in an address, a log or the browser's history.
    """
    sok = request.POST.get("q", "").strip()[:100]
    if sok:
        treff, flere = selectors.finn(request.aktor, sok)
        tabell = tabeller.TREFF.bygg(request, treff)
    else:
        tabell, flere = tabeller.HUSHOLDNINGER.bygg(request, selectors.husholdninger(request.aktor)), False
    valgt = ",".join(
        f"{navn}={request.GET[navn]}" for navn in ("lop", "status", "ansvar", "maal") if request.GET.get(navn)
    )
    selectors.logg_liste(request.aktor, tabell.antall, "sok" if sok else valgt)
    innhold = {"tabell": tabell, "sok": sok, "flere": flere, "koer": tabeller.KOER, "kan_ventetid": kan(request.aktor, "person.ventetid"),
               "kan_registrere": kan(request.aktor, "person.ny_soknad")}  # fmt: skip
    return tabell.eksport or render(request, "person/liste.html", innhold)


@krever("person.se")
def husholdning(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    """Who they are, what is decided, where they live, and whether they are ready. `?kjent=` shows what was known that evening."""
    h = selectors.husholdning(request.aktor, husholdning)
    if videre := port(request, h):
        return videre
    kjent = _kjent(request.GET.get("kjent", ""))
    skjema = lop.privatskjema(request, h) if kjent is None else None
    if skjema is not None and lop.sok_privat(request, h, skjema):
        return redirect("person:husholdning", husholdning=husholdning)
    personer = selectors.personene(request.aktor, h, kjent)
    return render(
        request,
        "person/husholdning.html",
        {
            "h": h, "kjent": kjent, "skjema": skjema, "klar": tabeller.klar(h), "klartekst": tabeller.klartekst(h),
            "vente": klokker(h, request.aktor) if kjent is None else None,
            "mangler": _mangler(h, personer) if kjent is None else [], "lop": tabeller.lopnavn(h.lop), "lopene": [(tabeller.lopnavn(ett.slag), ett) for ett in selectors.lopene(request.aktor, h)],
            "bolig": selectors_passer.kobling(request.aktor, h) if kjent is None and kan(request.aktor, "bolig.passer") else None,
            "ansvar": tabeller.ANSVAR[h.ansvar], "bilder": [vars(b) | {"rader": _rader(b, request.aktor), "alder": alder(b.person.fodt, i_dag()), "spraak": [_spraak(k) for k in b.person.spraak], "tolk": _spraak(b.person.tolkespraak)} for b in personer],
            "kultur": [(p.navn, timetekst(t)) for p, t in selectors_kultur.varsel(request.aktor, h)] if kjent is None else [],
            "kan_bekrefte": kjent is None and h.lop == "mottak" and kan(request.aktor, "person.bekreft_privat") and _alle_ute(personer),
            "kan_ta_over": kjent is None and ansvar.kan_ta_over(request.aktor, h),
            "selvbosetting": lop.selvbosetting(request.aktor, h) if kjent is None else {},
            "flyttede": selectors.flyttede(request.aktor, h) if kjent is None else [],
            "tidslinje": historie.tidslinje(_for_alle(spor.tidslinje(request.aktor, h.pk))[:30]),
        },
        status=422 if skjema is not None and skjema.errors else 200,
    )  # fmt: skip


def _for_alle(hendelser: QuerySet[Hendelse]) -> QuerySet[Hendelse]:
    """Without what is said between some of the parties, and what one of them has to do: their own pages tell it to them."""
    return hendelser.exclude(handling__startswith="samtale.").exclude(handling__startswith="oppgave.")


def _rader(b: selectors.Personbilde, aktor: Aktor) -> list[tuple[str, Any]]:
    """Permits and places, newest first, in words. Where somebody protected lives is known to IMDi, and to those who work there."""
    skjult = b.person.skjermet and not aktor.alle_personer
    opphold = [(_("Tillatelse: %(hva)s") % {"hva": tabeller.grunnlagnavn(o.grunnlag)}, o) for o in b.opphold]
    bor = [
        (_("Skjermet") if skjult and o.mottak_id not in aktor.organisasjoner else _sted(o), o) for o in b.bor
    ]
    return [*opphold, *bor]


def _spraak(kode: str) -> str:
    return tekst("spraak", kode, visning.spraak())


def _sted(opphold: Any) -> str:
    return opphold.mottak.organisasjon.navn if opphold.mottak else _("Privat adresse")


def _kjent(tekst: str) -> datetime | None:
    """The end of the day that is asked for; None for today and for what is no date."""
    try:
        dag = Dato(required=False).clean(tekst)
    except forms.ValidationError:
        return None
    return datetime.combine(dag, time.max, OSLO) if dag else None


def _mangler(h: Any, personer: list[selectors.Personbilde]) -> list[str]:
    """What is missing, person by person, as sentences."""
    navn = {str(b.person.uuid): b.person.navn for b in personer}
    return [
        tabeller.mangel(ett["kode"], navn.get(ett.get("person", ""), ""))
        for ett in h.mangler
        if ett["kode"] != "aldri"
    ]


def _alle_ute(personer: list[selectors.Personbilde]) -> bool:
    bor = [
        next(
            (o for o in b.bor if o.til is None and (b.person.tilbake is None or b.person.tilbake <= o.fra)),
            None,
        )
        for b in personer
        if not b.person.dod and not b.person.ute
    ]
    return bool(bor) and all(o is not None and o.mottak_id is None for o in bor)

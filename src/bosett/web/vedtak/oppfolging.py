"""What the municipalities have answered, for IMDi, KS and the county municipality; and IMDi's reminders to those that have not."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import i_dag
from bosett.spor import selectors as spor
from bosett.tilgang.policy import kan
from bosett.vedtak import paaminnelser, selectors, underlag
from bosett.vedtak.regelnivaa import merknader
from bosett.vedtak.rules.status import Status, status
from bosett.vedtak.svarlinjer import Mottaker, Svarsum, summer
from bosett.web import historie, visning
from bosett.web.dokument.views import filrader
from bosett.web.foresporsel import Foresporsel, heltall
from bosett.web.krav import krever
from bosett.web.tabell import Masse
from bosett.web.vedtak import tabeller
from bosett.web.vedtak.skjema_imdi import Paaminn


@krever("vedtak.svar")
def liste(request: Foresporsel) -> HttpResponse:
    tabell = tabeller.RUNDER.bygg(request, selectors.runder(request.aktor))
    return tabell.eksport or render(
        request,
        "vedtak/runder.html",
        {
            "tabell": tabell,
            "venter": selectors.til_vurdering(request.aktor).count()
            if kan(request.aktor, "vedtak.vurderinger")
            else None,
        },
    )


@krever("vedtak.svar")
def runde(request: Foresporsel, runde: UUID) -> HttpResponse:
    """«Hva har kommunene svart?»: the answer as a sentence, the kinds of answer, and every municipality."""
    denne = selectors.runde(request.aktor, runde)
    alle = selectors.svar(request.aktor, denne)
    linjer = [linje for linje in alle if not linje.byttet]
    summen = summer(alle)
    kan_minne = kan(request.aktor, "vedtak.paaminn") and denne.tilstand in ("sendes", "sendt")
    tabell = tabeller.SVAR.bygg(
        request,
        linjer,
        filter=tabeller.svarvalg(linjer),
        filnavn=f"svar-{denne.aar}",
        masse=Masse(
            reverse("svar:paaminn", args=[runde]), (("forhandsvis", _("Minn dem på fristen")),), alle=True
        )
        if kan_minne
        else None,
        om=((_("Runde"), str(denne)), (_("Svarfrist"), denne.frist), (_("Hentet"), i_dag())),
    )
    if tabell.eksport:
        return tabell.eksport
    slag = _slag(summen)
    return render(
        request,
        "vedtak/runde.html",
        {
            "runde": denne,
            "summer": summen,
            "slag": slag,
            "deling": [{"verdi": rad["kommuner"], "farge": rad["farge"]} for rad in slag],
            "tabell": tabell,
            "byttet": len(alle) - len(linjer),
            "nyeste": selectors.nyeste_runde(request.aktor, denne),
            "ubesvart": sum(summen.per_status.get(s, (0, 0))[0] for s in selectors.UBESVART),
            "over": summen.per_status.get(Status.OVER_FRISTEN, (0, 0))[0],
            "kan_minne": kan_minne,
        },
    )


def _slag(summer: Svarsum) -> list[dict[str, Any]]:
    """The rows of the counts, in the order of the bar, each with the address of its municipalities."""
    return [
        {
            "navn": navn,
            "farge": farge,
            "kommuner": summer.per_status[status_][0],
            "personer": summer.per_status[status_][1] if status_.svart else None,
            "adresse": f"?svar={status_}#svar",
        }
        for status_, (navn, _tag, farge) in tabeller.STATUS.items()
        if status_ in summer.per_status
    ]


@krever("vedtak.svar")
def vedtak(request: Foresporsel, vedtak: UUID) -> HttpResponse:
    """One registered decision, with the request it answers and what has come after. Nobody changes anything here."""
    dette = selectors.ett_svar(request.aktor, vedtak)
    anmodet = selectors.anmodet(request.aktor, dette)
    nyeste = selectors.nyeste_anmodning(request.aktor, dette)
    stand = (
        status(
            anmodet=anmodet.antall,
            vedtatt=dette.antall,
            til_vurdering=False,
            frist=dette.anmodning.runde.frist,
            dag=i_dag(),
        )
        if anmodet
        else None
    )
    return render(
        request,
        "vedtak/vedtak.html",
        {
            "vedtak": dette,
            "anmodet": anmodet,
            "differanse": (dette.antall or 0) - anmodet.antall if anmodet else None,
            "status": (tabeller.statusnavn(stand), tabeller.STATUS[stand][1]) if stand else None,
            "merknader": merknader(
                status=stand,
                em_anmodet=anmodet.em,
                em=dette.em,
                etter_frist=bool(dette.etter_frist),
            )
            if stand and anmodet
            else [],
            "nyeste": nyeste,
            "historikk": [ett for ett in selectors.historikk(request.aktor, dette) if ett.pk != dette.pk],
            "vurderinger": selectors.vurderinger_av(request.aktor, dette),
            **(
                {
                    "kvitteringer": underlag.kvitteringer(request.aktor, dette),
                    "filer": filrader(underlag.filer(request.aktor, dette)),
                }
                if kan(request.aktor, "vedtak.underlag")
                else {}
            ),
            "kan_vurderinger": kan(request.aktor, "vedtak.vurderinger"),
            "tidslinje": historie.tidslinje(spor.tidslinje(request.aktor, dette.anmodning_id)[:30]),
        },
    )


@krever("vedtak.paaminn")
def paaminn(request: Foresporsel, runde: UUID) -> HttpResponse:
    """Before a reminder is sent: who gets it, in which form, by which way, and the very words. Then it is sent.

    Municipalities come chosen from the table; with none chosen, all that have not answered.
    """
    denne = selectors.runde(request.aktor, runde)
    skjema = Paaminn(request.POST if "send" in request.POST else None)
    til = selectors.mottakere(request.aktor, denne, _valgte(request, denne))
    if "send" in request.POST and skjema.is_valid():
        try:
            sendt = paaminnelser.paaminn(
                aktor=request.aktor,
                runde_id=denne.pk,
                anmodning_ider=[ett.linje.pk for ett in til],
                tekst=skjema.cleaned_data["tekst"],
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            _kvitter(request, len(sendt), len(til))
            return redirect("svar:runde", runde=runde)
    return render(
        request,
        "vedtak/paaminn.html",
        {"runde": denne, "skjema": skjema, **_brev(til)},
        status=422 if skjema.errors else 200,
    )


def _valgte(request: Foresporsel, denne: Any) -> set[int] | None:
    """The chosen requests, by the table's own rules. None: nothing was chosen, and all that have not answered are meant."""
    if request.method != "POST":
        return None
    if "send" in request.POST:
        return {pk for nokkel in request.POST.getlist("valgt") if (pk := heltall(nokkel)) is not None}
    linjer = selectors.svar(request.aktor, denne)
    fra_tabell = tabeller.SVAR.bygg(
        request, linjer, filter=tabeller.svarvalg(linjer), masse=Masse("", (), alle=True)
    )
    return {linje.pk for linje in fra_tabell.valgte(request.POST)}


def _brev(til: list[Mottaker]) -> dict[str, Any]:
    """The words as they will be sent; the address in the link is each municipality's own."""
    former = sorted({ett.maalform for ett in til})
    return {
        "til": til,
        "uten_epost": [ett for ett in til if not ett.epost],
        "uten_bruker": [ett for ett in til if not ett.har_bruker],
        "nylig": [ett for ett in til if ett.nylig],
        "eposter": [
            (form, emne, tekst.format(lenke="…"))
            for form in former
            for emne, tekst in (paaminnelser.EPOST[form],)
        ],
    }


def _kvitter(request: Foresporsel, sendt: int, av: int) -> None:
    tekst = ngettext("%(n)s kommune er minnet på fristen.", "%(n)s kommuner er minnet på fristen.", sendt) % {
        "n": visning.tall(sendt)
    }
    if sendt < av:
        tekst += " " + _("Resten har svart i mellomtiden eller er allerede minnet i dag.")
    messages.success(request, tekst)

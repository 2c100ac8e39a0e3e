"""The dialogue: KS and the county municipalities see the numbers and speak; IMDi follows, and adjusts with a reason."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.anmodning import samraad as tjenester
from bosett.anmodning import selectors, ukeplaner
from bosett.anmodning.models import Revisjon, Samraad
from bosett.anmodning.rules.forsok import Sammenligning
from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import i_dag
from bosett.tilgang.policy import kan
from bosett.web import visning
from bosett.web.anmodning import tabeller
from bosett.web.anmodning.skjema import ApneSamraad, Besvar, Juster, Uttal, UttalOmEn
from bosett.web.differanse import av, av_kontroll
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.skjema import Skjema
from bosett.web.statistikk.forklaring import bygg


@krever("anmodning.samraad")
def liste(request: Foresporsel) -> HttpResponse:
    tabell = tabeller.SAMRAAD.bygg(request, selectors.i_samraad(request.aktor))
    return tabell.eksport or render(request, "anmodning/samraad_liste.html", {"tabell": tabell})


@krever("anmodning.apne_samraad")
def apne(request: Foresporsel, runde: UUID) -> HttpResponse:
    denne = selectors.runde(request.aktor, runde)
    skjema = ApneSamraad(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            tjenester.apne(aktor=request.aktor, runde_id=denne.pk, **skjema.cleaned_data)
        except BosettFeil as feil:
            skjema.ta_feil(feil, "frist")
        else:
            messages.success(request, _("KS og fylkeskommunene kan se tallene, og har fått en oppgave."))
            return redirect("anmodning:runde", runde=runde)
    return render(
        request,
        "anmodning/apne_samraad.html",
        {"skjema": skjema, "runde": denne},
        status=422 if skjema.errors else 200,
    )


@krever("anmodning.samraad")
def side(request: Foresporsel, runde: UUID) -> HttpResponse:
    """The numbers in dialogue, with everything said and changed. A party writes its opinion of all of them here."""
    samraad = selectors.samraad(request.aktor, runde)
    skjema = Uttal(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        svar = _uttal(request, samraad, skjema, "")
        if svar is not None:
            return svar
    tabell = tabeller.SAMRAADSTALL.bygg(
        request,
        selectors.samraadstall(request.aktor, samraad),
        filnavn=f"samrad-{samraad.runde.aar}",
        om=((_("Runde"), str(samraad.runde)), (_("Frist"), samraad.frist)),
    )
    if tabell.eksport:
        return tabell.eksport
    return render(
        request,
        "anmodning/samraad.html",
        {
            **_felles(request, samraad, selectors.sist_framlagt(samraad)),
            "skjema": skjema,
            "tabell": tabell,
            "innspill": selectors.innspill(request.aktor, samraad),
            "justeringer": selectors.justeringer(request.aktor, samraad),
            "har_ukeplaner": ukeplaner.finnes(request.aktor, samraad.runde),
        },
        status=422 if skjema.errors else 200,
    )


def _felles(request: Foresporsel, samraad: Samraad, revisjon: Revisjon) -> dict[str, Any]:
    """`revisjon` is the version the page shows."""
    runde = samraad.runde
    er_imdi = kan(request.aktor, "anmodning.runder")
    apent = samraad.avsluttet is None and samraad.runde.tilstand == "samraad"
    return {
        "samraad": samraad,
        "runde": runde,
        "differanse": av_kontroll(
            revisjon.kontroll, runde.differanse_grunn if runde.gjeldende_id == revisjon.pk else ""
        ),
        "er_imdi": er_imdi,
        "apent": apent,
        "kan_uttale": apent and kan(request.aktor, "anmodning.uttal") and i_dag() <= samraad.frist,
        "kan_besvare": kan(request.aktor, "anmodning.besvar_innspill"),
        "kan_justere": samraad.runde.tilstand == "samraad" and kan(request.aktor, "anmodning.juster"),
        "venter": selectors.ikke_uttalt(samraad) if er_imdi else [],
        "parter": samraad.parter.count() if er_imdi else 0,
    }


def _uttal(request: Foresporsel, samraad: Samraad, skjema: Skjema, nummer: str) -> HttpResponse | None:
    try:
        tjenester.uttal(aktor=request.aktor, runde_id=samraad.runde_id, nummer=nummer, **skjema.cleaned_data)
    except BosettFeil as feil:
        skjema.ta_feil(feil)
        return None
    messages.success(request, _("IMDi har fått innspillet. Du kan følge med her på hva som blir endret."))
    return redirect("anmodning:samraad", runde=samraad.runde.subjekt.uuid)


@krever("anmodning.samraad")
def kommune(request: Foresporsel, runde: UUID, nummer: str) -> HttpResponse:
    """One municipality's number in dialogue: why it is so, a recommendation from a party, an adjustment by IMDi."""
    samraad = selectors.samraad(request.aktor, runde)
    tall = selectors.ett_samraadstall(request.aktor, samraad, nummer)
    felles = _felles(request, samraad, tall.revisjon)
    skjema: Skjema | None = None
    prov: Sammenligning | None = None
    if felles["kan_justere"]:
        skjema = Juster(
            request.POST or None,
            initial={"antall": tall.tilraadd or tall.antall, "em": tall.em_satt, "omfang": "fylke"},
            alene=tjenester.alene_i_fylket(tall.anmodning),
        )
        lagre = _juster
    elif felles["kan_uttale"]:
        skjema = UttalOmEn(request.POST or None)
        lagre = _uttal
    if isinstance(skjema, Juster) and "prov" in request.POST:
        prov = _prov(request, samraad, skjema, nummer)
    elif skjema is not None and request.method == "POST" and skjema.is_valid():
        svar = lagre(request, samraad, skjema, nummer)
        if svar is not None:
            return svar
    return render(
        request,
        "anmodning/samraad_kommune.html",
        {
            **felles,
            "skjema": skjema,
            "prov": prov,
            "prov_differanse": av(prov.sum, samraad.runde.behov.totalt) if prov else None,
            "tall": tall,
            "f": bygg(tall.forklaring, tall.revisjon.kontroll),
            "innspill": selectors.innspill(request.aktor, samraad).filter(anmodning=tall.anmodning),
            "justeringer": selectors.justeringer(request.aktor, samraad).filter(anmodning=tall.anmodning),
        },
        status=422 if skjema is not None and skjema.errors else 200,
    )


def _prov(request: Foresporsel, samraad: Samraad, skjema: Juster, nummer: str) -> Sammenligning | None:
    if not skjema.kan_proves():
        return None
    valgt = skjema.cleaned_data
    try:
        return tjenester.prov(
            aktor=request.aktor, runde_id=samraad.runde_id, nummer=nummer, antall=valgt["antall"], em=valgt["em"],
            omfang=valgt["omfang"],
        )  # fmt: skip
    except BosettFeil as feil:
        skjema.ta_feil(feil, _felt(feil))
        return None


def _felt(feil: BosettFeil) -> str | None:
    return "em" if feil.kode in ("ANMODNING-EM-OVER-ANTALL", "anmodning.em_over_tak") else None


def _juster(request: Foresporsel, samraad: Samraad, skjema: Skjema, nummer: str) -> HttpResponse | None:
    try:
        revisjon = tjenester.juster(
            aktor=request.aktor, runde_id=samraad.runde_id, nummer=nummer, **skjema.cleaned_data
        )
    except BosettFeil as feil:
        skjema.ta_feil(feil, _felt(feil))
        return None
    endret = selectors.endret_fra_forrige(request.aktor, revisjon)
    messages.success(
        request,
        _(
            "Tallet er justert. %(endret)s kommuner fikk et annet tall, og %(spurt)s blir nå spurt. Du kan trekke justeringen."
        )
        % {"endret": visning.tall(endret), "spurt": visning.tall(revisjon.kontroll["spurt"])},
    )
    return redirect("anmodning:samraad", runde=samraad.runde.subjekt.uuid)


@krever("anmodning.besvar_innspill")
def besvar(request: Foresporsel, runde: UUID, innspill: int) -> HttpResponse:
    denne = selectors.runde(request.aktor, runde)
    dette = selectors.ett_innspill(request.aktor, denne, innspill)
    skjema = Besvar(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            tjenester.besvar(
                aktor=request.aktor, runde_id=denne.pk, innspill_id=dette.pk, **skjema.cleaned_data
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(request, _("Svaret er lagret. De som skrev innspillet, kan lese det."))
            return redirect("anmodning:samraad", runde=runde)
    return render(
        request,
        "anmodning/besvar_innspill.html",
        {"skjema": skjema, "runde": denne, "innspill": dette},
        status=422 if skjema.errors else 200,
    )


@krever("anmodning.trekk_justering")
@require_POST
def trekk(request: Foresporsel, runde: UUID, nummer: str) -> HttpResponse:
    samraad = selectors.samraad(request.aktor, runde)
    tjenester.trekk_justering(aktor=request.aktor, runde_id=samraad.runde_id, nummer=nummer)
    messages.success(request, _("Justeringen er trukket."))
    return redirect("anmodning:samraad", runde=runde)

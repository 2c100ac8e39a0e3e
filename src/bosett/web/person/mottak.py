"""Reception centres: the list with the sums by operator type, a centre's page, and the forms that open, close and permit."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _u
from django.utils.translation import gettext_lazy as _

from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import i_dag
from bosett.person import selectors_mottak as selectors
from bosett.person.selectors_mottak import Driftssum, Mottakslinje
from bosett.person.services import mottak as services
from bosett.spor import selectors as spor
from bosett.tilgang.policy import kan
from bosett.web import historie
from bosett.web.foresporsel import Foresporsel
from bosett.web.komponenter import merke
from bosett.web.krav import krever
from bosett.web.nedlasting import brakt_fil
from bosett.web.person.mottak_skjema import (
    DRIFT,
    NyTillatelse,
    NyttMottak,
    StengMottak,
    Utvalg,
    filtrer,
    typenavn,
)
from bosett.web.tabell import Kolonne, Tabell


def _adresse(rad: Mottakslinje) -> str:
    return reverse("mottak:ett", args=[rad.mottak.organisasjon.uuid])


def _status(_verdi: object, rad: Mottakslinje) -> str:
    if not rad.apent:
        return merke(_u("Ikke åpnet") if rad.mottak.apnet > i_dag() else _u("Stengt"))
    return merke(_u("Åpent"), "brand1") if rad.har_tillatelse else merke(_u("Uten tillatelse"), "warning")


TABELL = Tabell(
    "mottak",
    _("Mottak og omsorgssentre"),
    (
        Kolonne(
            "navn", _("Navn"), felt="mottak.organisasjon.navn", norsk=True, radhode=True, lenke=_adresse,
            undertekst=lambda rad: rad.mottak.kode,
        ),
        Kolonne("kode", _("Kode"), felt="mottak.kode", bare_eksport=True),
        Kolonne("type", _("Type"), felt=lambda rad: typenavn(rad.mottak.type)),
        Kolonne("drift", _("Drift"), felt=lambda rad: str(DRIFT[rad.mottak.drift]), undertekst=lambda rad: rad.mottak.operator),
        Kolonne("operator", _("Driftsoperatør"), felt="mottak.operator", bare_eksport=True),
        Kolonne("kommunenummer", _("Kommunenummer"), bare_eksport=True),
        Kolonne("kommune", _("Kommune"), norsk=True, undertekst=lambda rad: rad.fylke),
        Kolonne("fylke", _("Fylke"), bare_eksport=True),
        Kolonne("vert", _("Vertskommune"), format="ja_nei"),
        Kolonne("plasser", _("Plasser"), felt="mottak.plasser", format="tall", sum=True),
        Kolonne("beboere", _("Beboere"), format="tall", sum=True),
        Kolonne("apnet", _("Åpnet"), felt="mottak.apnet", format="dato"),
        Kolonne("stengt", _("Stengt"), felt="mottak.stengt", bare_eksport=True),
        Kolonne("status", _("Status"), felt="apent", format=_status, sorter=False, bare_skjerm=True),
        Kolonne("tillatelse", _("Har tillatelse"), felt="har_tillatelse", bare_eksport=True),
    ),
    sok=("mottak.organisasjon.navn", "mottak.kode", "mottak.operator", "kommune"),
    filter=Utvalg,
    filtrer=filtrer,
    sortering="navn",
    nokkel=lambda rad: rad.mottak.organisasjon.uuid,
    fotnote=_("Vertskommuner får tilskudd fra UDI, ikke fra IMDi."),
    tom=_("Ingen mottak er registrert."),
    tom_hjelp=_("Et mottak blir registrert av UDI eller IMDi."),
)  # fmt: skip

ETTER_DRIFT = Tabell(
    "mottak-drift",
    _("Åpne mottak etter hvem som driver dem"),
    (
        Kolonne("drift", _("Drift"), felt=lambda rad: str(DRIFT[rad.drift]), radhode=True),
        Kolonne("mottak", _("Mottak"), format="tall", sum=True),
        Kolonne("plasser", _("Plasser"), format="tall", sum=True),
        Kolonne("beboere", _("Beboere"), format="tall", sum=True),
    ),
    nokkel=lambda rad: rad.drift,
    prefiks="d-",
)


@krever("person.mottak")
def liste(request: Foresporsel) -> HttpResponse:
    linjer = selectors.alle(request.aktor)
    tabell = TABELL.bygg(request, linjer)
    summer: list[Driftssum] = selectors.etter_drift(linjer)
    etter_drift = ETTER_DRIFT.bygg(request, summer)
    return (
        tabell.eksport
        or etter_drift.eksport
        or render(
            request,
            "person/mottak.html",
            {
                "tabell": tabell,
                "etter_drift": etter_drift,
                "kan_apne": kan(request.aktor, "person.apne_mottak"),
                "uten": sum(linje.apent and not linje.har_tillatelse for linje in linjer),
            },
        )
    )


@krever("person.mottak")
def ett(request: Foresporsel, mottak: UUID) -> HttpResponse:
    linje = selectors.ett(request.aktor, mottak)
    kan_endre = kan(request.aktor, "person.steng_mottak")
    return render(
        request,
        "person/mottak_ett.html",
        {
            "linje": linje,
            "m": linje.mottak,
            "type": typenavn(linje.mottak.type),
            "drift": DRIFT[linje.mottak.drift],
            "tillatelser": [
                (t, t.gjelder_til is not None and t.gjelder_til < i_dag())
                for t in linje.mottak.tillatelser.all()
            ],
            "kan_endre": kan_endre,
            "tidslinje": historie.tidslinje(spor.tidslinje(request.aktor, linje.mottak.subjekt_id)[:50]),
            "smuler": _smuler((linje.mottak.organisasjon.navn, "")),
        },
    )


@krever("person.apne_mottak")
def nytt(request: Foresporsel) -> HttpResponse:
    skjema = NyttMottak(request.POST or None, initial={"apnet": i_dag()})
    if request.method == "POST" and skjema.is_valid():
        try:
            m = services.apne_mottak(aktor=request.aktor, **skjema.cleaned_data)
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(request, _u("%(navn)s er registrert.") % {"navn": m.organisasjon.navn})
            return redirect("mottak:ett", mottak=m.organisasjon.uuid)
    innhold = {
        "skjema": skjema,
        "tittel": _u("Registrer mottak"),
        "ingress": _u("Kommunen blir vertskommune fra den dagen mottaket åpner. Det trengs ikke noe politisk vedtak."),
        "knapp": _u("Registrer"),
        "avbryt": reverse("mottak:liste"),
        "smuler": _smuler((_u("Registrer mottak"), "")),
    }  # fmt: skip
    return render(request, "skjema/enkelt.html", innhold, status=422 if skjema.errors else 200)


@krever("person.steng_mottak")
def steng(request: Foresporsel, mottak: UUID) -> HttpResponse:
    linje = selectors.ett(request.aktor, mottak)
    skjema = StengMottak(request.POST or None)
    pk = linje.mottak.pk
    if skjema.utfor(lambda data: services.steng_mottak(aktor=request.aktor, mottak_id=pk, **data), "stengt"):
        messages.success(request, _u("Det er registrert når mottaket stenger."))
        return redirect("mottak:ett", mottak=mottak)
    navn = linje.mottak.organisasjon.navn
    innhold = {
        "skjema": skjema,
        "tittel": _u("Steng %(navn)s") % {"navn": navn},
        "ingress": _u("Kommunen er ikke lenger vertskommune fra den dagen, hvis ikke et annet mottak der er åpent."),
        "knapp": _u("Registrer stengingen"),
        "avbryt": _adresse(linje),
        "smuler": _smuler((navn, _adresse(linje)), (_u("Steng mottaket"), "")),
    }  # fmt: skip
    return render(request, "skjema/enkelt.html", innhold, status=422 if skjema.errors else 200)


@krever("person.tillat_mottak")
def tillatelse(request: Foresporsel, mottak: UUID) -> HttpResponse:
    linje = selectors.ett(request.aktor, mottak)
    skjema = NyTillatelse(request.POST or None, request.FILES or None)
    pk = linje.mottak.pk
    if skjema.utfor(
        lambda _data: services.registrer_tillatelse(aktor=request.aktor, mottak_id=pk, **skjema.innhold()),
        "fil",
    ):
        messages.success(
            request, _u("Tillatelsen er registrert. Filen blir kontrollert før andre kan åpne den.")
        )
        return redirect("mottak:ett", mottak=mottak)
    navn = linje.mottak.organisasjon.navn
    innhold = {
        "skjema": skjema,
        "tittel": _u("Registrer tillatelse"),
        "ingress": _u("Tillatelser for bygget og området mottaket bruker."),
        "knapp": _u("Lagre tillatelsen"),
        "avbryt": _adresse(linje),
        "med_fil": True,
        "smuler": _smuler((navn, _adresse(linje)), (_u("Registrer tillatelse"), "")),
    }
    return render(request, "skjema/enkelt.html", innhold, status=422 if skjema.errors else 200)


@krever("person.mottak")
def dokument(request: Foresporsel, mottaksfil: UUID) -> HttpResponse:
    funnet = selectors.tillatelsesfil(request.aktor, mottaksfil)
    return brakt_fil(funnet)


def _smuler(*under: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_u("Mottak"), reverse("mottak:liste")), *under]

"""The tables of needs and of listings."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bosett.bolig.models import Annonse, Framskaffelse
from bosett.web.bolig import framskaffelse_ord as ord_
from bosett.web.bolig.framskaffelse_skjema import Annonsevalg, Behovsvalg, filtrer_annonser, filtrer_behov
from bosett.web.tabell import Kolonne, Tabell


def lenke(f: Framskaffelse) -> str:
    return reverse("framskaffelse:ett", args=[f.subjekt.uuid])


def annonselenke(a: Annonse) -> str:
    return reverse("annonse:ett", args=[a.uuid])


BEHOV = Tabell(
    "framskaffelse",
    _("Boliger kommunen må skaffe"),
    (
        Kolonne("nr", _("Behov"), felt="nummer", sorter="pk", radhode=True, lenke=lenke),
        Kolonne("kommune", _("Kommune"), felt="organisasjon.navn", sorter="organisasjon__sorteringsnavn", norsk=True),
        Kolonne("steg", _("Steg"), felt=lambda r: ord_.stegnavn(r.tilstand), format=lambda v, r: ord_.stegmerke(r.tilstand), sorter="tilstand"),
        Kolonne("soverom", _("Soverom"), format="tall"),
        Kolonne("plasser", _("Plasser"), format="tall", sum=True, enhet=_("personer")),
        Kolonne("onsket_fra", _("Trengs fra"), format="dato"),
        Kolonne("maks_leie", _("Høyeste husleie"), format="tall", enhet=_("kroner i måneden")),
        Kolonne("omraade", _("Ønsket område"), felt=lambda r: r.omraade.navn if r.omraade else r.onske, sorter=False),
        Kolonne("bolig", _("Bolig"), felt=lambda r: r.bolig.nummer if r.bolig else "", sorter="bolig_id"),
    ),
    filter=Behovsvalg,
    filtrer=filtrer_behov,
    nokkel=lambda rad: rad.subjekt.uuid,
    tom=_("Ingen boligbehov er registrert."),
    tom_hjelp=_("Registrer et behov når kommunen vet at den trenger en bolig til noen."),
)  # fmt: skip

ANNONSER = Tabell(
    "annonser",
    _("Annonser fra Hjerterom"),
    (
        Kolonne(
            "nr", _("Annonse"), felt="nummer", sorter="pk", radhode=True, lenke=annonselenke, undertekst=lambda r: r.tittel
        ),
        Kolonne("adresse", _("Adresse"), felt=lambda r: ", ".join(d for d in (r.adresse, f"{r.postnummer} {r.poststed}".strip()) if d), sorter="adresse", norsk=True),
        Kolonne("rom", _("Rom"), format="tall"),
        Kolonne("soverom", _("Soverom"), format="tall"),
        Kolonne("areal", _("Areal (m²)"), format="tall"),
        Kolonne("husleie", _("Husleie i måneden (kr)"), format="tall"),
        Kolonne("ledig_fra", _("Ledig fra"), format="dato"),
        Kolonne("sist_sett", _("Sist lest inn"), format="dato"),
        Kolonne("bolig", _("Registrert som"), felt=lambda r: r.bolig.nummer if r.bolig else "", sorter="bolig_id"),
        Kolonne("lenke", _("Lenke"), bare_eksport=True),
    ),
    sok=("tittel", "adresse", "postnummer", "poststed", "finnkode"),
    soketikett=_("Søk etter sted, tittel eller FINN-kode"),
    filter=Annonsevalg,
    filtrer=filtrer_annonser,
    nokkel=lambda rad: rad.uuid,
    fotnote=_("En annonse ingen har lest inn på et halvt år, blir slettet."),
    tom=_("Ingen annonser er lest inn."),
    tom_hjelp=_("Lim inn lenken og teksten fra en annonse på Hjerterom, eller les inn en fil."),
)  # fmt: skip

"""The tables of reports, of the capacity week by week, and of the reconciled year."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bosett.bolig.models import Innmelding
from bosett.web import visning
from bosett.web.bolig import innmeldingsord as ord_
from bosett.web.bolig.innmelding_skjema import Utvalg, filtrer
from bosett.web.tabell import Kolonne, Tabell


def lenke(i: Innmelding) -> str:
    return reverse("innmelding:ett", args=[i.subjekt.uuid])


INNMELDINGER = Tabell(
    "innmeldinger",
    _("Innmeldinger"),
    (
        Kolonne("nr", _("Innmelding"), felt="nummer", sorter="pk", radhode=True, lenke=lenke, undertekst=lambda r: str(ord_.SLAG[r.slag])),
        Kolonne("kommune", _("Kommune"), felt="organisasjon.navn", sorter="organisasjon__sorteringsnavn", norsk=True),
        Kolonne("hva", _("Hva"), felt=ord_.hva, sorter=False),
        Kolonne(
            "status", _("Status"), felt="tilstand", format=lambda v, r: ord_.tilstand(r), undertekst=ord_.under,
            eksport=lambda r: ord_.TILSTAND[r.tilstand],
        ),
        Kolonne("meldt", _("Mottatt"), format="dato"),
        Kolonne("sett", _("Sett av IMDi"), format="dato"),
        Kolonne("avgjort", _("Avgjort"), format="dato"),
        Kolonne("dager", _("Alder"), felt=ord_.dager, format=lambda v, r: ord_.alder(r), sorter=False, enhet=_("dager")),
        Kolonne("grunn", _("Ikke brukt fordi"), felt=ord_.grunn, bare_eksport=True, sorter=False),
    ),
    sok=("organisasjon__navn",),
    soketikett=_("Søk etter kommune"),
    filter=Utvalg,
    filtrer=filtrer,
    nokkel=lambda rad: rad.subjekt.uuid,
    tom=_("Ingen innmeldinger."),
    tom_hjelp=_("Meld inn en bolig, plasser i en uke eller personer, så ser IMDi det med en gang."),
)  # fmt: skip


def _ukenavn(rad: Any) -> str:
    return visning.uke(rad.uke)


UKER = Tabell(
    "uker",
    _("Kapasitet uke for uke"),
    (
        Kolonne("uke", _("Uke"), felt=_ukenavn, sorter="uke", radhode=True),
        Kolonne("plasser", _("Kan ta imot"), format="tall", sum=True, enhet=_("personer")),
        Kolonne("meldt", _("Meldt inn som plasser"), format="tall", sum=True, enhet=_("personer")),
        Kolonne("tidsplan", _("Svar på IMDis tidsplan"), format="tall", sum=True, enhet=_("personer")),
    ),
    sidestorrelse=110,
    nokkel=lambda rad: rad.uke,
    fotnote=_("«Kan ta imot» er kommunens egen plan. «Svar på IMDis tidsplan» er det kommunen svarte da IMDi ba om tall for disse ukene."),
)  # fmt: skip
ENDRINGER = Tabell(
    "endringer",
    _("Endringer i planen"),
    (
        Kolonne("tid", _("Når"), format="tidspunkt", radhode=True),
        Kolonne("uke", _("Uke"), felt=_ukenavn, sorter="uke"),
        Kolonne("fra", _("Fra"), format="tall"),
        Kolonne("til", _("Til"), format="tall"),
        Kolonne("hvem", _("Hvem"), felt=lambda r: r.av.navn if r.av else "Bosett", sorter=False),
        Kolonne("grunn", _("Hvorfor"), sorter=False),
    ),
    sidestorrelse=20,
    prefiks="e-",
    tom=_("Planen er ikke endret."),
)  # fmt: skip
UKESUMMER = Tabell(
    "ukesummer",
    _("Kapasitet per uke, alle kommuner"),
    (
        Kolonne("uke", _("Uke"), felt=_ukenavn, sorter="uke", radhode=True),
        Kolonne("plasser", _("Kan ta imot"), format="tall", sum=True, enhet=_("personer")),
        Kolonne("kommuner", _("Kommuner som har planlagt uka"), format="tall"),
    ),
    nokkel=lambda rad: rad.uke,
)
KOMMUNESUMMER = Tabell(
    "kommunesummer",
    _("Kapasitet per kommune"),
    (
        Kolonne(
            "kommune", _("Kommune"), felt="organisasjon.navn", sorter="organisasjon.sorteringsnavn", radhode=True,
            lenke=lambda r: reverse("innmelding:kommunens_kapasitet", args=[r.organisasjon.uuid]),
        ),
        Kolonne("plasser", _("Kan ta imot"), format="tall", sum=True, enhet=_("personer"), synkende_forst=True),
        Kolonne("uker", _("Uker som er planlagt"), format="tall"),
    ),
    sok=("organisasjon.navn",),
    soketikett=_("Søk etter kommune"),
    prefiks="k-",
    nokkel=lambda rad: rad.organisasjon.uuid,
    tom=_("Ingen kommuner har planlagt disse ukene."),
)  # fmt: skip


def _tall(kode: str, navn: Any, **mer: Any) -> Kolonne:
    return Kolonne(kode, navn, felt=f"tall.{kode}", format="tall", sum=True, **mer)


AVSTEMT = Tabell(
    "avstemming",
    _("Avstemming"),
    (
        Kolonne(
            "kommune", _("Kommune"), felt="organisasjon.navn", sorter="organisasjon.sorteringsnavn", radhode=True,
            lenke=lambda r: f"{reverse('innmelding:kommunens_avstemming', args=[r.organisasjon.uuid])}?aar={r.aar}",
        ),
        _tall("vedtak", _("Vedtak")),
        _tall("plan", _("Kapasitetsplan")),
        _tall("meldt", _("Meldt")),
        _tall("rest", _("Ikke meldt")),
        _tall("boliger", _("Boliger")),
        _tall("klare", _("Klare")),
        _tall("reserverte", _("Reservert")),
        _tall("bebodde", _("Bor der")),
    ),
    sok=("organisasjon.navn",),
    soketikett=_("Søk etter kommune"),
    nokkel=lambda rad: rad.organisasjon.uuid,
    fotnote=_("«Ikke meldt» er vedtaket minus det som er meldt. Et tall under 0 betyr at det er meldt mer enn vedtaket."),
    tom=_("Ingen tall for året."),
)  # fmt: skip

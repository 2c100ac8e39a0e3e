"""The tables of households and messages."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bosett.grunn.klokke import i_dag
from bosett.integrasjon.models import Melding
from bosett.person.models import Husholdning
from bosett.person.rules.grunnlag import grunnlagene
from bosett.person.selectors import FLEST_TREFF
from bosett.person.states import LOP
from bosett.web import visning
from bosett.web.komponenter import klokke, merke
from bosett.web.tabell import Kolonne, Tabell

MANGLER = {
    "lop": _("løp"),
    "tillatelse": _("tillatelse"),
    "utlopt": _("tillatelse som gjelder"),
    "grunnlag": _("grunnlag for bosetting"),
    "ukontrollert": _("avklaring av grunnlaget"),
    "verge": _("verge"),
    "iktp": _("IKTP"),
    "overgangsrapport": _("overgangsrapport"),
    "soknad": _("søknad"),
}
_SETNINGER = {
    "lop": _(
        "Vi vet ikke hvordan de skal bosettes: de bor ikke på mottak, og har ikke søkt som privatboende."
    ),
    "tillatelse": _("%(navn)s har ikke fått oppholdstillatelse."),
    "utlopt": _("Tillatelsen til %(navn)s gjelder ikke lenger."),
    "grunnlag": _("Tillatelsen til %(navn)s gir ikke grunnlag for bosetting."),
    "ukontrollert": _("Det er ikke avklart om tillatelsen til %(navn)s gir grunnlag for bosetting."),
    "verge": _("%(navn)s har ikke verge."),
    "iktp": _("IKTP mangler for %(navn)s. Mottaket skriver planen og gjør den ferdig på siden «IKTP»."),
    "overgangsrapport": _(
        "Overgangsrapport mangler for %(navn)s. Omsorgssenteret eller Bufetat skriver den og gjør den ferdig på siden «IKTP»."
    ),
    "soknad": _("Søknaden om bosetting med offentlig hjelp er ikke registrert."),
    "aldri": _(
        "Familieinnvandrere og selvbosatte blir ikke bosatt etter avtale, og teller ikke i kommunens tall."
    ),
}
ANSVAR = {"imdi": "IMDi", "bufetat": "Bufetat"}


def sakslenke(h: Husholdning) -> str:
    return reverse("person:husholdning", args=[h.subjekt.uuid])


def lopnavn(kode: str) -> str:
    return gettext(LOP.navn(kode))


def grunnlagnavn(kode: str) -> str:
    """What a permit is given on; for the empty code, which is a permit taken back, that."""
    return str(getattr(grunnlagene()[kode], visning.spraak())) if kode else gettext("trukket tilbake")


def mangel(kode: str, navn: str) -> str:
    """What is missing before the household is ready, as a sentence about the one who lacks it."""
    return str(_SETNINGER[kode]) % {"navn": navn}


def klar(h: Husholdning) -> bool:
    """Today: a permit may have run out since it was derived."""
    dag = i_dag()
    return h.klar_fra is not None and h.klar_fra <= dag and (h.klar_til is None or dag < h.klar_til)


def klartekst(h: Husholdning) -> str:
    if klar(h):
        return gettext("Klar")
    if h.avsluttet:
        return gettext("Avsluttet")
    if h.lop == "selvbosatt":
        return gettext("Selvbosatt uten avtale")
    if any(m["kode"] == "aldri" for m in h.mangler):
        return gettext("Utenfor kommunens tall")
    hva = list(dict.fromkeys(str(MANGLER.get(m["kode"], m["kode"])) for m in h.mangler)) or [
        str(MANGLER["utlopt"])
    ]
    return gettext("Mangler: %(hva)s") % {"hva": ", ".join(hva)}


def _klar(_verdi: Any, h: Husholdning) -> str:
    ute = h.avsluttet or any(m["kode"] == "aldri" for m in h.mangler)
    return merke(klartekst(h), "brand1" if klar(h) else "neutral" if ute else "warning")


def ventedager(h: Husholdning) -> int | None:
    """Whole days since the first permit, to today or the end of the wait; None for those who have none, or not yet."""
    slutt = min(h.venter_til or i_dag(), i_dag())
    return (slutt - h.venter_fra).days if h.venter_fra is not None and h.venter_fra <= slutt else None


def _ventet(h: Husholdning) -> str:
    antall = ventedager(h)
    return (
        "" if antall is None else ngettext("%(n)s dag", "%(n)s dager", antall) % {"n": visning.tall(antall)}
    )


class Valg(forms.Form):
    lop = forms.ChoiceField(label=_("Løp"), required=False)
    status = forms.ChoiceField(
        label=_("Status"), required=False,
        choices=[("", _("Alle")), ("klar", _("Klare for bosetting")), ("mangler", _("Mangler noe"))],
    )  # fmt: skip
    ansvar = forms.ChoiceField(label=_("Ansvar"), required=False, choices=[("", _("Alle")), *ANSVAR.items()])
    maal = forms.ChoiceField(
        label=_("Mål"), required=False,
        choices=[("", _("Alle")), ("over", _("Over målet")), ("innen", _("Innenfor målet"))],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lop: Any = self.fields["lop"]
        lop.choices = [("", _("Alle")), *((t.kode, gettext(t.navn)) for t in LOP.tilstander if t.kode)]


def filtrer(rader: QuerySet[Husholdning], valg: Mapping[str, Any]) -> QuerySet[Husholdning]:
    dag = i_dag()
    er_klar = Q(klar_fra__lte=dag) & (Q(klar_til=None) | Q(klar_til__gt=dag))
    if valg.get("lop"):
        rader = rader.filter(lop=valg["lop"])
    if valg.get("ansvar"):
        rader = rader.filter(ansvar=valg["ansvar"])
    if valg.get("maal"):
        over = {"maal__lt": dag, "venter_til": None}
        rader = rader.filter(**over) if valg["maal"] == "over" else rader.filter(maal__gte=dag)
    if valg.get("status"):
        rader = rader.filter(er_klar) if valg["status"] == "klar" else rader.exclude(er_klar)
    return rader


HUSHOLDNINGER = Tabell(
    "husholdninger",
    _("Husholdninger"),
    (
        Kolonne("sak", _("Sak"), felt="saksnummer", sorter="pk", radhode=True,
                lenke=sakslenke),
        Kolonne("navn", _("Søker"), felt=lambda h: h.hovednavn or gettext("Skjermet"), sorter=False),
        Kolonne("antall", _("Personer"), format="tall"),
        Kolonne("lop", _("Løp"), felt=lambda h: lopnavn(h.lop), sorter="lop"),
        Kolonne("status", _("Status"), felt="klar_fra", format=_klar, sorter="klar_fra", eksport=klartekst),
        Kolonne("ansvar", _("Ansvar"), felt=lambda h: ANSVAR[h.ansvar], sorter="ansvar"),
        Kolonne("ventet", _("Venter siden"), felt="venter_fra", format="dato", undertekst=_ventet),
        Kolonne("ventedager", _("Ventedager"), felt=ventedager, format="tall", sorter=False, bare_eksport=True),
        Kolonne("maal", _("Mål"), format=lambda frist, h: klokke(frist, h.venter_til is not None)),
        Kolonne("apnet", _("Saken åpnet"), format="dato"),
    ),
    filter=Valg,
    filtrer=filtrer,
    sortering="apnet",
    lagrede_visninger=True,
    tom=_("Ingen husholdninger å vise"),
    tom_hjelp=_("Du ser bare dem som er delt med organisasjonen din."),
    telletekst=lambda n: ngettext("%(n)s husholdning", "%(n)s husholdninger", n) % {"n": visning.tall(n)},
)  # fmt: skip

KOER = (
    (_("Bosettingsklare, de som har ventet lengst først"), "?status=klar&sorter=ventet"),
    (_("Bosettingsklare, de som er lengst over målet først"), "?status=klar&sorter=maal"),
    (_("Alle som er over målet"), "?maal=over&sorter=maal"),
)
"""The queues one works from (R180): a filter and an order of the list."""

TREFF = replace(
    HUSHOLDNINGER,
    kolonner=[replace(kolonne, sorter=False) for kolonne in HUSHOLDNINGER.kolonner],
    filter=None,
    sortering="",
    sidestorrelse=FLEST_TREFF,
    lagrede_visninger=False,
)
"""What a search found. It has no address to sort, leaf through or keep: a name or a number never stands in one."""


def forkastadresse(melding: Melding) -> str:
    return reverse("person:forkast-melding", args=[melding.uuid])


MELDINGER = Tabell(
    "meldinger",
    _("Parkerte meldinger"),
    (
        Kolonne("nr", _("Melding"), felt="pk", radhode=True, lenke=forkastadresse),
        Kolonne("type", _("Type")),
        Kolonne(
            "feil",
            _("Hva som er galt"),
            sorter="feilkode",
            format=lambda feil, _m: format_html('<span lang="nb">{}</span>', feil),
        ),
        Kolonne("mottatt", _("Mottatt"), format="tidspunkt"),
        Kolonne("forsok", _("Forsøk"), format="tall"),
    ),
    sortering="mottatt",
    tom=_("Ingen meldinger er parkert"),
    tom_hjelp=_("Alt UDI har meldt, er brukt eller forkastet."),
    telletekst=lambda n: ngettext("%(n)s melding", "%(n)s meldinger", n) % {"n": visning.tall(n)},
)

"""The tables of the municipalities' answers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bosett.vedtak.rules.status import Status
from bosett.vedtak.svarlinjer import Svarlinje
from bosett.web import visning
from bosett.web.komponenter import merke
from bosett.web.tabell import Kolonne, Tabell

# Where a municipality stands → (words, colour of the tag, step of the bar)
STATUS = {
    Status.HELE: (_("Ja til hele tallet"), "brand1", "5"),
    Status.FLERE: (_("Ja til flere"), "brand1", "6"),
    Status.FAERRE: (_("Ja til færre"), "neutral", "3"),
    Status.NEI: (_("Nei"), "neutral", "nei"),
    Status.TIL_VURDERING: (_("Til vurdering i IMDi"), "warning", "noytral"),
    Status.VENTER: (_("Ikke svart"), "neutral", "mangler"),
    Status.OVER_FRISTEN: (_("Ikke svart, over fristen"), "danger", "over"),
}


def statusnavn(status: Status) -> str:
    return str(STATUS[status][0])


def _status(verdi: Status, _rad: Any) -> str:
    return merke(statusnavn(verdi), STATUS[verdi][1])


def _differanse(verdi: int | None, _rad: Any) -> str:
    """Fewer than asked is shown in amber. It is shown, never stopped (R149)."""
    tekst = "" if verdi is None else visning.fortegn(verdi)
    return merke(tekst, "warning") if verdi is not None and verdi < 0 else tekst


def _av_dem(antall: int | None) -> str:
    return gettext("av dem %(n)s EM") % {"n": visning.tall(antall)} if antall else ""


def _dato_eller_tom(verdi: date | None, _rad: Any) -> str:
    """Most have none, and say so by their answer: then the row on a phone has no line for it."""
    return visning.dato(verdi) if verdi else ""


def _senere(linje: Svarlinje) -> str:
    if linje.varsel is None:
        return ""
    return gettext("Bosetter imens") if linje.varsel.bosetter_imens else gettext("Bosetter ikke imens")


def _merknader(linje: Svarlinje) -> str:
    alle = (
        (linje.etter_frist, gettext("Etter fristen")),
        (linje.kopi_mangler, gettext("Kopi mangler")),
        (linje.vedtak and linje.vedtak.paa_vegne, gettext("Registrert av IMDi")),
    )
    return ", ".join(tekst for gjelder, tekst in alle if gjelder)


def _svaradresse(linje: Svarlinje) -> str:
    return reverse("svar:vedtak", args=[linje.vedtak.uuid]) if linje.vedtak else ""


class Svarvalg(forms.Form):
    fylke = forms.ChoiceField(label=_("Fylke"), required=False)
    svar = forms.ChoiceField(label=_("Svar"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["svar"].choices = [  # type: ignore[attr-defined]
            ("", _("Alle")),
            ("ubesvart", _("Alle som ikke har svart")),
            ("senere", _("Har sagt når svaret kommer")),
            ("uten_kopi", _("Kopi av vedtaket mangler")),
            ("paa_vegne", _("Registrert av IMDi")),
            *((str(status), navn) for status, (navn, _farge, _trinn) in STATUS.items()),
        ]


def svarvalg(linjer: list[Svarlinje]) -> type[Svarvalg]:
    """The filter with the counties of these rows: KS has all, a county municipality its own."""
    fylker = sorted({linje.tall.anmodning.fylke for linje in linjer})

    class Valg(Svarvalg):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.fields["fylke"].choices = [("", _("Alle fylker")), *((ett, ett) for ett in fylker)]  # type: ignore[attr-defined]
            if all(linje.kopi_mangler is None for linje in linjer):  # KS and the county don't see the files
                self.fields["svar"].choices = [v for v in self.fields["svar"].choices if v[0] != "uten_kopi"]  # type: ignore[attr-defined]

    return Valg


def filtrer_svar(rader: list[Svarlinje], valg: Mapping[str, Any]) -> list[Svarlinje]:
    if valg.get("fylke"):
        rader = [rad for rad in rader if rad.tall.anmodning.fylke == valg["fylke"]]
    slag = valg.get("svar")
    if slag == "ubesvart":
        return [rad for rad in rader if not rad.status.svart]
    if slag == "senere":
        return [rad for rad in rader if rad.varsel is not None and not rad.status.svart]
    if slag == "uten_kopi":
        return [rad for rad in rader if rad.kopi_mangler]
    if slag == "paa_vegne":
        return [rad for rad in rader if rad.vedtak is not None and rad.vedtak.paa_vegne]
    return [rad for rad in rader if rad.status == slag] if slag else rader


SVAR = Tabell(
    "svar",
    _("Svarene fra kommunene"),
    (
        Kolonne(
            "navn",
            _("Kommune"),
            felt="tall.anmodning.navn",
            sorter="tall.anmodning.sorteringsnavn",
            radhode=True,
            lenke=_svaradresse,
        ),
        Kolonne("nummer", _("Nummer"), felt="tall.anmodning.nummer", bare_eksport=True),
        Kolonne("fylke", _("Fylke"), felt="tall.anmodning.fylke", bare_eksport=True),
        Kolonne("status", _("Svar"), format=_status, sorter=lambda r: statusnavn(r.status), eksport=lambda r: statusnavn(r.status)),
        Kolonne("anmodet", _("Anmodet"), felt="tall.antall", format="tall", sum=True, synkende_forst=True, enhet=_("personer"), undertekst=lambda r: _av_dem(r.tall.em)),
        Kolonne("vedtatt", _("Vedtatt"), felt="vedtak.antall", format="tall", sum=True, synkende_forst=True, enhet=_("personer"), undertekst=lambda r: _av_dem(r.em_vedtatt)),
        Kolonne("differanse", _("Differanse"), format=_differanse, justering="slutt", enhet=_("personer")),
        Kolonne("em_anmodet", _("EM anmodet"), felt="tall.em", format="tall", bare_eksport=True, enhet=_("personer")),
        Kolonne("em_vedtatt", _("EM vedtatt"), format="tall", bare_eksport=True, enhet=_("personer")),
        Kolonne("vedtaksdato", _("Vedtatt dato"), felt="vedtak.motedato", format=_dato_eller_tom, undertekst=_merknader),
        Kolonne("kopi_mangler", _("Kopi mangler"), format="ja_nei", bare_eksport=True),
        Kolonne("etter_frist", _("Etter fristen"), format="ja_nei", bare_eksport=True),
        Kolonne("ventes", _("Svaret ventes"), felt="varsel.ventes", format=_dato_eller_tom, undertekst=_senere),
        Kolonne("bosetter_imens", _("Bosetter imens"), felt="varsel.bosetter_imens", bare_eksport=True),
        Kolonne("paaminnet", _("Sist påminnet"), format=_dato_eller_tom, svak=True),
    ),
    sok=("tall.anmodning.navn", "tall.anmodning.nummer"),
    soketikett=_("Søk etter kommune"),
    filtrer=filtrer_svar,
    sortering="navn",
    lagrede_visninger=True,
    telletekst=lambda n: ngettext("%(n)s kommune", "%(n)s kommuner", n) % {"n": visning.tall(n)},
)  # fmt: skip

RUNDER = Tabell(
    "svarrunder",
    _("Rundene kommunene svarer på"),
    (
        Kolonne(
            "navn",
            _("Runde"),
            felt=str,
            sorter=False,
            radhode=True,
            lenke=lambda r: reverse("svar:runde", args=[r.subjekt.uuid]),
        ),
        Kolonne("spurt", _("Kommuner spurt"), format="tall"),
        Kolonne("svart", _("Har svart"), format="tall"),
        Kolonne("frist", _("Svarfrist"), format="klokke"),
    ),
    tom=_("Ingen brev er sendt ennå."),
    tom_hjelp=_("Når brevene i en runde er sendt, ser du her hva kommunene svarer."),
)


def _vurdert(verdi: bool, _rad: Any) -> str:
    return merke(_("Uten forbehold"), "brand1") if verdi else merke(_("Har forbehold"), "warning")


VENTER = Tabell(
    "til_vurdering",
    _("Tekster som venter på vurdering"),
    (
        Kolonne(
            "organisasjon.navn",
            _("Kommune"),
            sorter="organisasjon.sorteringsnavn",
            radhode=True,
            lenke=lambda v: reverse("svar:vurdering", args=[v.uuid]),
        ),
        Kolonne("aar", _("År")),
        Kolonne("sporsmaal", _("Kommunen skriver"), format=lambda v, _r: _kort(v), sorter=False),
        Kolonne("innsendt", _("Sendt inn"), format="dato"),
    ),
    prefiks="venter-",
    tom=_("Ingen tekster venter på vurdering."),
)

VURDERINGER = Tabell(
    "vurderinger",
    _("Vurderinger som er gjort"),
    (
        Kolonne(
            "nr",
            _("Vurdering"),
            felt=str,
            sorter=False,
            radhode=True,
            lenke=lambda v: reverse("svar:gjort", args=[v.aar, v.nr]),
        ),
        Kolonne("godtatt", _("Utfall"), format=_vurdert, eksport=lambda v: gettext("Uten forbehold") if v.godtatt else gettext("Har forbehold")),
        Kolonne("tekst", _("Vedtakstekst"), format=lambda v, _r: _kort(v), sorter=False),
        Kolonne("begrunnelse", _("Begrunnelse"), format=lambda v, _r: _kort(v), sorter=False),
        Kolonne("vedtak.organisasjon.navn", _("Kommune"), svak=True),
        Kolonne("vurdert", _("Vurdert"), format="dato"),
    ),
    sok=("tekst", "begrunnelse"),
    soketikett=_("Søk i ordene"),
    sortering="-vurdert",
    sidestorrelse=20,
    tom=_("Ingen vurderinger er gjort ennå."),
)  # fmt: skip


def _kort(tekst: str) -> str:
    """The beginning of what somebody wrote; on an English page it says that it is Norwegian."""
    kort = tekst if len(tekst) <= 160 else f"{tekst[:157].rstrip()} …"
    return format_html('<span lang="nb">{}</span>', kort) if visning.spraak() == "en" else kort

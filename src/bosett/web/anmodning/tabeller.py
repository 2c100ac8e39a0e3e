"""The tables of the request rounds."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.anmodning.models import Anmodningstall
from bosett.anmodning.states import KOMMUNEANMODNING, RUNDE
from bosett.geografi.selectors import fylker
from bosett.vedtak.rules.status import Status
from bosett.vedtak.svarlinjer import Svarlinje
from bosett.web.komponenter import merke
from bosett.web.tabell import Kolonne, Tabell
from bosett.web.vedtak.tabeller import statusnavn


def _tilstandsmerke(tabell: Any) -> Any:
    def vis(verdi: str, _rad: Any) -> str:
        tilstand = next(ett for ett in tabell.tilstander if ett.kode == verdi)
        return merke(gettext(tilstand.navn), tilstand.farge)

    return vis


RUNDER = Tabell(
    "runder",
    _("Anmodningsrunder"),
    (
        Kolonne(
            "navn",
            _("Runde"),
            felt=str,
            sorter=False,
            radhode=True,
            lenke=lambda r: reverse("anmodning:runde", args=[r.subjekt.uuid]),
        ),
        Kolonne("behov.totalt", _("Behov"), format="tall"),
        Kolonne("behov.em", _("Enslige mindreårige"), format="tall"),
        Kolonne("kriteriesett", _("Kriterier fra")),
        Kolonne("variant.navn", _("Vekter")),
        Kolonne(
            "tilstand", _("Status"), format=_tilstandsmerke(RUNDE), eksport=lambda r: RUNDE.navn(r.tilstand)
        ),
        Kolonne("frist", _("Svarfrist"), format="klokke"),
        Kolonne("sendt", _("Sendt"), format="dato"),
    ),
    tom=_("Det er ingen runder ennå."),
    tom_hjelp=_("En runde fordeler det nasjonale behovet på kommunene."),
)


class Fylkesvalg(forms.Form):
    fylke = forms.ChoiceField(label=_("Fylke"), required=False)
    hvem = forms.ChoiceField(
        label=_("Hvem"),
        required=False,
        choices=[
            ("", _("Alle kommuner")),
            ("ja", _("Blir spurt")),
            ("nei", _("Blir ikke spurt")),
            ("vert", _("Mottak og samarbeid")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        navn = [versjon.navn for versjon in fylker()]
        self.fields["fylke"].choices = [("", _("Alle fylker")), *((ett, ett) for ett in navn)]  # type: ignore[attr-defined]


def _filtrer(rader: QuerySet[Anmodningstall], valg: Any) -> QuerySet[Anmodningstall]:
    if valg.get("fylke"):
        rader = rader.filter(anmodning__fylke=valg["fylke"])
    if valg.get("hvem") == "vert":
        return rader.filter(forklaring__alltid_vurdert=True)
    if valg.get("hvem"):
        rader = rader.filter(antall__gt=0) if valg["hvem"] == "ja" else rader.filter(antall=0)
    return rader


def _adresse(rad: Anmodningstall) -> str:
    return reverse("anmodning:kommunetall", args=[rad.anmodning.runde.subjekt.uuid, rad.anmodning.nummer])


KOMMUNETALL = Tabell(
    "kommunetall",
    _("Tallene for hver kommune"),
    (
        Kolonne(
            "anmodning.navn", _("Kommune"), sorter="anmodning.sorteringsnavn", radhode=True, lenke=_adresse
        ),
        Kolonne("anmodning.nummer", _("Nummer"), bare_eksport=True),
        Kolonne("anmodning.fylke", _("Fylke"), norsk=True),
        Kolonne("antall", _("Anmodes om"), format="tall", sum=True, synkende_forst=True, enhet=_("personer")),
        Kolonne(
            "em", _("Enslige mindreårige"), format="tall", sum=True, synkende_forst=True, enhet=_("personer")
        ),
        Kolonne("forrige", _("Året før"), format="tall", svak=True, sum=True),
        Kolonne(
            "anmodning.tilstand",
            _("Status"),
            format=_tilstandsmerke(KOMMUNEANMODNING),
            eksport=lambda r: KOMMUNEANMODNING.navn(r.anmodning.tilstand),
        ),
    ),
    sok=("anmodning.navn", "anmodning.nummer"),
    soketikett=_("Søk etter kommune"),
    filter=Fylkesvalg,
    filtrer=_filtrer,
    sortering="anmodning.navn",
    lagrede_visninger=True,
    om=(),
)


def _samraadsadresse(rad: Anmodningstall) -> str:
    return reverse("anmodning:samraad_kommune", args=[rad.anmodning.runde.subjekt.uuid, rad.anmodning.nummer])


class Endringsvalg(Fylkesvalg):
    hvem = forms.ChoiceField(
        label=_("Hvilke"),
        required=False,
        choices=[
            ("", _("Alle kommuner")),
            ("endret", _("Endret i samrådet")),
            ("tilraadd", _("Med anbefalt tall")),
        ],
    )


def _filtrer_samraad(rader: QuerySet[Any], valg: Any) -> QuerySet[Any]:
    if valg.get("fylke"):
        rader = rader.filter(anmodning__fylke=valg["fylke"])
    if valg.get("hvem") == "endret":
        return rader.exclude(endring=0, em_endring=0)
    return rader.exclude(tilraadd=None) if valg.get("hvem") == "tilraadd" else rader


SAMRAADSTALL = Tabell(
    "samraadstall",
    _("Tallene i samråd"),
    (
        Kolonne(
            "anmodning.navn",
            _("Kommune"),
            sorter="anmodning.sorteringsnavn",
            radhode=True,
            lenke=_samraadsadresse,
        ),
        Kolonne("anmodning.nummer", _("Nummer"), bare_eksport=True),
        Kolonne("anmodning.fylke", _("Fylke"), norsk=True),
        Kolonne("forst", _("Lagt fram"), format="tall", sum=True, svak=True, enhet=_("personer")),
        Kolonne("tilraadd", _("Anbefalt"), format="tall", enhet=_("personer")),
        Kolonne("antall", _("Nå"), format="tall", sum=True, synkende_forst=True, enhet=_("personer")),
        Kolonne("endring", _("Endring"), format="fortegn", sum=True, enhet=_("personer")),
        Kolonne("em_forst", _("Enslige mindreårige, lagt fram"), bare_eksport=True, enhet=_("personer")),
        Kolonne("em", _("Enslige mindreårige"), format="tall", sum=True, enhet=_("personer")),
        Kolonne("em_endring", _("Endring i dem"), format="fortegn", sum=True, enhet=_("personer")),
        Kolonne("begrunnelse", _("Hvorfor endret"), bare_eksport=True),
    ),
    sok=("anmodning.navn", "anmodning.nummer"),
    soketikett=_("Søk etter kommune"),
    filter=Endringsvalg,
    filtrer=_filtrer_samraad,
    sortering="anmodning.navn",
    sidestorrelse=20,
)

SAMRAAD = Tabell(
    "samraad",
    _("Samråd om anmodninger"),
    (
        Kolonne(
            "runde",
            _("Runde"),
            felt=lambda p: str(p.samraad.runde),
            sorter=False,
            radhode=True,
            lenke=lambda p: reverse("anmodning:samraad", args=[p.samraad.runde.subjekt.uuid]),
        ),
        Kolonne("samraad.runde.behov.totalt", _("Plasser i alt"), format="tall"),
        Kolonne("samraad.frist", _("Frist"), format="klokke"),
        Kolonne("uttalt", _("Innspill sendt"), format="dato"),
    ),
    tom=_("Ingen tall er lagt fram for dere ennå."),
    tom_hjelp=_("Når IMDi legger fram tall, får dere en oppgave på hjemmesiden."),
)


def uten_tilgang_med_svar(svar: Mapping[int, Svarlinje]) -> tuple[Kolonne, ...]:
    """The columns for those who may register what came on paper: what the municipality answered, or the way to write it in."""

    def adresse(anmodning: Any) -> str:
        if (linje := svar.get(anmodning.pk)) is not None and linje.vedtak is not None:
            return reverse("svar:vedtak", args=[linje.vedtak.uuid])
        return reverse("vedtak:svar", args=[anmodning.subjekt.uuid])

    def tekst(anmodning: Any) -> str:
        linje = svar.get(anmodning.pk)
        if linje is not None and (linje.vedtak is not None or linje.status is Status.TIL_VURDERING):
            return statusnavn(linje.status)
        return gettext("Registrer svaret")

    return (*UTEN_TILGANG.kolonner, Kolonne("svar", _("Svar"), felt=tekst, sorter=False, lenke=adresse))


UTEN_TILGANG = Tabell(
    "uten-tilgang",
    _("Kommuner uten noen som kan svare"),
    (
        Kolonne("navn", _("Kommune"), sorter="sorteringsnavn", radhode=True),
        Kolonne("nummer", _("Nummer"), svak=True),
        Kolonne("fylke", _("Fylke"), norsk=True),
        Kolonne("antall", _("Anmodes om"), format="tall", sum=True, enhet=_("personer")),
        Kolonne("sendt", _("Brevet sendt"), format="dato"),
        Kolonne("sokt", _("Har bedt om tilgang"), format="dato"),
    ),
    sok=("navn", "nummer"),
    soketikett=_("Søk etter kommune"),
    sortering="navn",
    tom=_("Alle kommunene som har fått anmodning, har noen som kan svare."),
)

EGNE = Tabell(
    "egne",
    _("Anmodninger til kommunen"),
    (
        Kolonne(
            "anmodning.runde.aar",
            _("År"),
            radhode=True,
            lenke=lambda r: reverse("anmodning:egen", args=[r.anmodning.subjekt.uuid]),
        ),
        Kolonne("anmodning.organisasjon.navn", _("Kommune")),
        Kolonne("antall", _("Anmodes om"), format="tall"),
        Kolonne("em", _("Enslige mindreårige"), format="tall"),
        Kolonne("anmodning.runde.frist", _("Svarfrist"), format="klokke"),
        Kolonne("anmodning.sendt", _("Mottatt"), format="dato"),
    ),
    sortering="-anmodning.sendt",
    tom=_("Kommunen har ikke fått noen anmodning her ennå."),
    tom_hjelp=_("Når IMDi sender en anmodning, får dere en oppgave på hjemmesiden."),
)

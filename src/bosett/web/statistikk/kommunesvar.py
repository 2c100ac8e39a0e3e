"""What one municipality was asked for and decided, step by step, and the same for those it compares itself with."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.statistikk import forlop as lesing
from bosett.statistikk import selectors
from bosett.statistikk.forlop import Aarsforlop, Forlopsrad
from bosett.statistikk.rules.naboer import ANTALL, naermeste
from bosett.statistikk.rules.utvalg import Rad
from bosett.statistikk.selectors import Kommunekort
from bosett.vedtak.models import Vedtak
from bosett.web import komponenter, visning
from bosett.web.statistikk.celler import svarmerke, tallcelle
from bosett.web.statistikk.tabeller import kommuneadresse
from bosett.web.tabell import Kolonne, Tabell
from bosett.web.tabellbundet import BundetTabell


@dataclass(frozen=True)
class Linje:
    """One line of the timeline. `dag` None: not known."""

    dag: date | None
    hva: str
    hvem: str
    antall: int
    em: int
    merke: SafeString
    under: str


def linjer(aaret: Aarsforlop) -> list[Linje]:
    """Requests and decisions of a year in the order they were sent, requests first on the same day."""
    alle = [(rad.dag, _anmodning(rad)) for rad in aaret.anmodninger]
    alle += [(rad.innsendt, _vedtak(rad)) for rad in aaret.vedtak]
    return [linje for _dag, linje in sorted(alle, key=lambda par: par[0] or date.min)]


def _anmodning(rad: Forlopsrad) -> Linje:
    hva = gettext("Anmodningen") if rad.nr == 1 else gettext("Justert anmodning")
    under = "" if rad.antall else gettext("Kommunen blir ikke bedt om å bosette")
    return Linje(rad.dag, hva, gettext("IMDi"), rad.antall, rad.em, _merke(rad), under)


def _vedtak(rad: Forlopsrad) -> Linje:
    hva = gettext("Vedtak") if rad.nr == 1 else gettext("Vedtak nummer %(nr)s") % {"nr": rad.nr}
    organ = rad.organ_navn or gettext(str(Vedtak.Organ(rad.organ).label))
    under = gettext("Sendt inn %(dag)s") % {"dag": visning.dato(rad.innsendt)}
    return Linje(rad.dag, hva, organ, rad.antall, rad.em, _merke(rad), under)


def _merke(rad: Forlopsrad) -> SafeString:
    sen = komponenter.merke(gettext("Etter fristen"), "warning") if rad.etter_frist else ""
    if rad.gjelder:
        return format_html("{} {}", komponenter.merke(gettext("Gjelder"), "brand1"), sen)
    tekst = (
        gettext("Erstattet %(dag)s") % {"dag": visning.dato(rad.erstattet)}
        if rad.erstattet
        else gettext("Erstattet")
    )
    return format_html("{} {}", komponenter.merke(tekst), sen)


@dataclass(frozen=True)
class Nabo:
    """A municipality beside others: figures of the year, and per 1 000 inhabitants."""

    rad: Rad
    innbyggere: int
    selv: bool

    def per_1000(self, maal: str) -> float | None:
        verdi = self.rad.verdi(maal)
        return None if verdi is None or not self.innbyggere else round(1000 * verdi / self.innbyggere, 1)


@dataclass(frozen=True)
class Sammenligning:
    aar: int
    tabell: BundetTabell
    definisjon: str


def _tall(kode: str, tittel: Any, maal: str) -> Kolonne:
    return Kolonne(
        kode, tittel, felt=lambda n: n.rad.celle(maal), sorter=lambda n: n.rad.verdi(maal), eksport=lambda n: n.rad.verdi(maal),
        format=tallcelle, justering="slutt", synkende_forst=True, enhet=_("personer"),
    )  # fmt: skip


def _per_1000(kode: str, tittel: Any, maal: str) -> Kolonne:
    return Kolonne(kode, tittel, felt=lambda n: n.per_1000(maal), format="tall1", synkende_forst=True)


_KOLONNER = (
    Kolonne("kommune", _("Kommune"), felt="rad.navn", lenke=lambda n: "" if n.selv else kommuneadresse(n.rad.nummer, n.rad.navn)),
    Kolonne("innbyggere", _("Innbyggere"), format="tall", synkende_forst=True),
    _tall("anmodet", _("Anmodet"), "anmodning"),
    _tall("vedtatt", _("Vedtatt"), "vedtak"),
    Kolonne("svar", _("Svar"), felt="rad.svar", sorter=False, format=svarmerke),
    _per_1000("anmodet_per_1000", _("Anmodet per 1 000 innbyggere"), "anmodning"),
    _per_1000("vedtatt_per_1000", _("Vedtatt per 1 000 innbyggere"), "vedtak"),
    _tall("bosatt", _("Bosatt"), "bosatt"),
    Kolonne("kommunenummer", _("Kommunenummer"), felt="rad.nummer", bare_eksport=True),
)  # fmt: skip


def sammenligning(request: HttpRequest, kort: Kommunekort, aar: int | None) -> Sammenligning | None:
    """The municipality beside its neighbours in the newest year with a sent round; None when inhabitants are not known."""
    if aar is None:
        return None
    folk = lesing.innbyggere(aar)
    numre, i_fylket = naermeste(kort.nummer, folk)
    aarets = {rad.nummer: rad for rad in selectors.rader(aar=aar) if rad.nummer in {kort.nummer, *numre}}
    naboer = [Nabo(aarets[nr], folk[nr], nr == kort.nummer) for nr in (kort.nummer, *numre) if nr in aarets]
    if len(naboer) < 2:
        return None
    hvor = gettext("i fylket") if i_fylket else gettext("i landet, siden kommunen er alene i fylket")
    definisjon = gettext(
        "De %(n)s kommunene %(hvor)s som er nærmest i antall innbyggere. Innbyggertallet er det anmodningen for %(aar)s er regnet ut fra."
    ) % {"n": min(ANTALL, len(numre)), "hvor": hvor, "aar": aar}
    tabell = Tabell(
        "naboer", gettext("%(navn)s og lignende kommuner i %(aar)s") % {"navn": kort.navn, "aar": aar}, _KOLONNER,
        nokkel=lambda n: n.rad.nummer, prefiks="naboer-", fotnote=_("«–»: ikke kjent ennå."),
        om=[(gettext("Utvalg"), definisjon)], filnavn=f"naboer-{kort.nummer}-{aar}",
    ).bygg(request, naboer)  # fmt: skip
    return Sammenligning(aar, tabell, definisjon)

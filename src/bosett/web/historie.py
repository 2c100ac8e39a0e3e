"""What has been done, in words for the timeline. The acts' own words say what one may do; here it has happened."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.spor import selectors as spor
from bosett.spor.models import Hendelse
from bosett.web import visning

_SKJEDDE = {
    "anmodning.opprett": _("Runden ble laget"),
    "anmodning.beregn": _("Tallene ble beregnet"),
    "anmodning.revider": _("En justert anmodning ble laget"),
    "anmodning.apne_samraad": _("Tallene ble lagt fram for KS og fylkeskommunene"),
    "anmodning.uttal": _("Et innspill kom inn"),
    "anmodning.juster": _("Tallet ble justert etter samråd"),
    "anmodning.trekk_justering": _("En justering ble trukket"),
    "anmodning.varsle": _("Kommunene ble varslet om at behovet er endret"),
    "anmodning.les_varsel": _("Kommunen har lest varselet"),
    "anmodning.be_om_tidsplan": _("IMDi ba om en tidsplan med plasser per uke"),
    "anmodning.svar_tidsplan": _("Kommunen lagret plasser per uke"),
    "anmodning.merk_lest": _("Kommunen har lest anmodningen"),
    "anmodning.merk_satt_opp": _("Saken er satt opp for kommunestyret"),
    "anmodning.avlys": _("Runden ble avlyst"),
    "anmodning.fall_bort": _("Kommunen fikk vite at anmodningen er falt bort"),
    "anmodning.erstatt": _("En ny anmodning tok over for denne"),
    "anmodning.legg_fram": _("Tallene ble lagt fram for godkjenning"),
    "anmodning.send_tilbake": _("Tallene ble sendt tilbake"),
    "anmodning.godkjenn": _("Tallene og brevene ble godkjent"),
    "anmodning.send": _("Utsendingen av brevene begynte"),
    "anmodning.send_brev": _("Kommunen fikk anmodningen"),
    "anmodning.utsett": _("Utsendingen ble utsatt"),
    "anmodning.gjenoppta": _("Utsendingen ble tatt opp igjen"),
    "anmodning.fullfor": _("Alle brev er sendt"),
    "anmodning.lukk": _("Runden ble lukket"),
    "behov.registrer_uttaksland": _("Landet ble registrert som åpent"),
    "behov.steng_uttaksland": _("Landet ble stengt, og prognosen gikk ned"),
    "behov.apne_uttaksland": _("Landet ble åpnet igjen, og prognosen gikk opp"),
    "brukere.sok_tilgang": _("Søknaden kom inn"),
    "brukere.godkjenn_soknad": _("Søknaden ble godkjent"),
    "brukere.avsla_soknad": _("Søknaden ble avslått"),
    "brukere.utlop_soknad": _("Søknaden ble lukket fordi ingen behandlet den i tide"),
    "brukere.slett_soker": _("Opplysningene om søkeren ble slettet"),
    "dokument.opprett": _("Brevet ble laget"),
    "dokument.godkjenn": _("Brevet ble godkjent"),
    "dokument.send": _("Brevet ble sendt"),
    "dokument.erstatt": _("En ny versjon av brevet tok over"),
    "dokument.ekspeder": _("Brevet ble levert"),
    "dokument.gi_opp": _("Leveringen ble gitt opp"),
    "dokument.send_igjen": _("Leveringen ble prøvd på nytt"),
    "dokument.arkiver": _("Dokumentet ble arkivert"),
    "dokument.registrer_inn": _("Et dokument kom inn"),
    "dokument.ta_imot": _("En fil ble lastet opp"),
    "dokument.frigi_fil": _("Filen ble kontrollert og frigitt"),
    "dokument.avvis_fil": _("Filen ble avvist"),
    "person.apne_mottak": _("Mottaket ble registrert"),
    "person.steng_mottak": _("Det ble registrert at mottaket stenger"),
    "person.tillat_mottak": _("En tillatelse for bygg eller område ble registrert"),
    "vedtak.lagre": _("Kommunen begynte på svaret"),
    "vedtak.forkast": _("Utkastet til svar ble slettet"),
    "vedtak.send": _("Kommunen svarte"),
    "vedtak.be_om_vurdering": _("Kommunen ba IMDi vurdere vedtaksteksten"),
    "vedtak.godta": _("IMDi vurderte at teksten er uten forbehold, og vedtaket ble registrert"),
    "vedtak.send_tilbake": _("IMDi vurderte at teksten har forbehold"),
    "vedtak.erstatt": _("Et nytt vedtak tok over for det forrige"),
    "vedtak.meld_senere": _("Kommunen sa når svaret kommer"),
    "vedtak.kopier": _("Kopi av vedtaket gikk til IMDi og KS"),
    "vedtak.last_opp": _("Kommunen la ved kopi av vedtaket"),
    "vedtak.paaminn": _("IMDi minnet kommunen på at den ikke har svart"),
    "vedtak.send_paaminnelse": _("Bosett minnet kommunen på fristen"),
    "statistikk.publiser": _("Tallene ble offentlige"),
    "statistikk.publiser_vedtak": _("Svarene ble offentlige"),
}


def tidslinje(hendelser: Iterable[Hendelse]) -> list[tuple[Hendelse, str]]:
    """For deler/tidslinje.html: the event, and what happened."""
    return [
        (rad, str(_SKJEDDE.get(rad.handling) or gettext(spor.tekst(rad))) + _hvem(rad)) for rad in hendelser
    ]


def _hvem(rad: Hendelse) -> str:
    """Which municipality an act on a whole round was about, and the number it got."""
    if "sted" not in rad.data:
        return ""
    return f": {rad.data['sted']}" + (f", {visning.tall(rad.data['antall'])}" if "antall" in rad.data else "")

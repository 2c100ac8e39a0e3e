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
    "anmodning.besvar_innspill": _("IMDi svarte på et innspill"),
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
    "dokument.ekspeder": _("Dokumentet ble levert"),
    "dokument.gi_opp": _("Leveringen ble gitt opp"),
    "dokument.send_igjen": _("Leveringen ble prøvd på nytt"),
    "dokument.arkiver": _("Dokumentet ble arkivert"),
    "dokument.registrer_inn": _("Et dokument kom inn"),
    "dokument.ta_imot": _("En fil ble lastet opp"),
    "dokument.frigi_fil": _("Filen ble kontrollert og frigitt"),
    "dokument.avvis_fil": _("Filen ble avvist"),
    "integrasjon.forkast": _("En melding fra UDI ble forkastet"),
    "oppgave.reserver": _("Saken ble reservert fra køen"),
    "oppgave.forleng": _("Reservasjonen ble forlenget"),
    "oppgave.flytt": _("Saken ble gitt til en kollega"),
    "oppgave.slipp": _("Saken ble lagt tilbake i køen"),
    "kartlegging.apne": _("Kartleggingen av en person begynte"),
    "kartlegging.lagre": _("Svar i kartleggingen ble skrevet"),
    "kartlegging.fullfor": _("Kartleggingen av en person ble fullført"),
    "kartlegging.gjenapne": _("Kartleggingen av en person ble åpnet igjen"),
    "kartlegging.foreld": _("Et nytt skjema for kartlegging tok over"),
    "kartlegging.lagre_samtale": _("En samtale ble registrert"),
    "kartlegging.slett_saerlig": _("Svar ble slettet fordi samtykket er trukket eller har gått ut"),
    "person.apne_mottak": _("Mottaket ble registrert"),
    "person.steng_mottak": _("Det ble registrert at mottaket stenger"),
    "person.tillat_mottak": _("En tillatelse for bygg eller område ble registrert"),
    "vedtak.lagre": _("Kommunen begynte på svaret"),
    "vedtak.forkast": _("Utkastet til svar ble slettet"),
    "vedtak.send": _("Kommunen svarte"),
    "vedtak.be_om_vurdering": _("Kommunen ba IMDi vurdere vedtaksteksten"),
    "vedtak.lagre_for": _("IMDi begynte å skrive inn svaret på vegne av kommunen"),
    "vedtak.forkast_for": _("IMDi slettet utkastet til svar"),
    "vedtak.send_for": _("IMDi registrerte svaret på vegne av kommunen"),
    "vedtak.be_om_vurdering_for": _("IMDi ba en kollega vurdere vedtaksteksten"),
    "vedtak.last_opp_for": _("IMDi la ved svaret fra kommunen"),
    "vedtak.godta": _("IMDi vurderte at teksten er uten forbehold, og vedtaket ble registrert"),
    "vedtak.send_tilbake": _("IMDi vurderte at teksten har forbehold"),
    "vedtak.erstatt": _("Et nytt vedtak tok over for det forrige"),
    "vedtak.meld_senere": _("Kommunen sa når svaret kommer"),
    "vedtak.kopier": _("Kopi av vedtaket gikk til IMDi og KS"),
    "vedtak.last_opp": _("Kommunen la ved kopi av vedtaket"),
    "vedtak.paaminn": _("IMDi minnet kommunen på at den ikke har svart"),
    "vedtak.send_paaminnelse": _("Bosett minnet kommunen på fristen"),
    "kartlegging.apne_emplan": _("En tom IKTP eller overgangsrapport ble åpnet"),
    "kartlegging.skriv_emplan": _("Noen skrev i IKTP eller overgangsrapport"),
    "kartlegging.revider_emplan": _("Noen skrev i en ny versjon av IKTP eller overgangsrapport"),
    "kartlegging.ferdig_emplan": _("IKTP eller overgangsrapport ble gjort ferdig"),
    "kartlegging.lukk_emplan": _("IKTP eller overgangsrapport trengs ikke lenger, og ble lukket"),
    "kartlegging.bytt_eier_emplan": _("IKTP eller overgangsrapport fikk ny eier"),
    "kartlegging.ta_over_emplan": _("Den nye eieren tok over IKTP eller overgangsrapport"),
    "kartlegging.meld_uenighet": _("Det ble registrert at vergen er uenig i planen"),
    "kartlegging.registrer_okt": _("En økt i kulturorientering ble registrert"),
    "kartlegging.stryk_okt": _("En økt i kulturorientering ble strøket"),
    "kartlegging.sett_ankomst": _("Ankomsten ble registrert eller rettet"),
    "person.registrer": _("En person kom inn i husholdningen"),
    "person.gi_tillatelse": _("En oppholdstillatelse ble registrert"),
    "person.trekk_tillatelse": _("En tillatelse ble trukket tilbake"),
    "person.rett_alder": _("En fødselsdato ble rettet"),
    "person.oppnevn_verge": _("En verge ble registrert"),
    "person.em_plan_ferdig": _(
        "Planen om en enslig mindreårig var ferdig, og det ble regnet ut på nytt om saken er klar"
    ),
    "person.knytt": _("Et slektskap ble registrert"),
    "person.meld_dod": _("Et dødsfall ble registrert"),
    "person.skjerm": _("Skjermingen av en adresse ble endret"),
    "person.plasser": _("Noen flyttet til et mottak"),
    "person.plasser_em": _("En enslig mindreårig flyttet til et mottak eller omsorgssenter"),
    "person.ta_ut": _("Husholdningen ble tatt ut som overføringsflyktninger"),
    "person.flytt_ut": _("Noen flyttet fra mottaket til privat adresse"),
    "person.ta_over": _("Ansvaret ble tatt over"),
    "person.sok_privat": _("De søkte om bosetting med offentlig hjelp"),
    "person.ny_soknad": _("De søkte om bosetting med offentlig hjelp, og ble registrert"),
    "person.bekreft_privat": _("IMDi bekreftet at husholdningen bor privat"),
    "person.sok_avtalt": _("De søkte om avtalt selvbosetting"),
    "person.bosett_selv": _("De bosatte seg selv uten avtale"),
    "person.ta_tilbake_selvbosetting": _("En registrering av selvbosetting ble tatt tilbake"),
    "person.kom_som_familie": _("De kom som familieinnvandrere"),
    "person.avslutt": _("Noen trakk seg eller reiste ut"),
    "person.bytt_sak": _("Noen fikk en annen sak i UDI"),
    "person.kom_tilbake": _("Noen som trakk seg eller reiste ut, kom tilbake"),
    "person.slaa_sammen": _("To personer ble slått sammen"),
    "person.ikke_samme": _("To personer ble vurdert som ikke samme person"),
    "person.opphev_sammenslaaing": _("En sammenslåing ble opphevet"),
    "person.rett_ventedager": _("Ventedager ble rettet"),
    "person.trekk_venteretting": _("En retting av ventedager ble trukket"),
    "person.gi_samtykke": _("Et samtykke ble registrert"),
    "person.trekk_samtykke": _("Et samtykke ble trukket tilbake"),
    "person.utlop_samtykke": _("Et samtykke gikk ut"),
    "person.del_helse": _("Opplysninger om helse ble delt med en kommune"),
    "person.utlever_innsyn": _("Personen fikk kopi av alt som er lagret"),
    "person.foresla_sletting": _("Lagringstiden gikk ut, og sletting ble foreslått"),
    "person.bekreft_avlevering": _("Avleveringen til utlendingsmyndighetene ble bekreftet"),
    "person.utsett_sletting": _("Slettingen ble utsatt"),
    "person.godkjenn_sletting": _("Slettingen ble godkjent"),
    "person.slett": _("Alt om husholdningen ble slettet"),
    "oppgave.opprett_egen": _("En oppgave ble skrevet opp"),
    "oppgave.fullfor": _("En oppgave ble merket som gjort"),
    "oppgave.gjenapne": _("En oppgave ble åpnet igjen"),
    "oppgave.flytt_frist": _("Fristen for en oppgave ble flyttet"),
    "oppgave.minn": _("Bosett minnet om en oppgave med frist som er ute"),
    "samtale.skriv": _("Noe ble skrevet i samtalen"),
    "samtale.trekk": _("Et innlegg i samtalen ble trukket tilbake"),
    "samtale.send_henvendelse": _("En kommune ble spurt om den kan bosette dem"),
    "samtale.besvar_henvendelse": _("En kommune svarte på en henvendelse"),
    "samtale.trekk_henvendelse": _("En henvendelse til en kommune ble trukket"),
    "statistikk.publiser": _("Tallene ble offentlige"),
    "statistikk.publiser_vedtak": _("Svarene ble offentlige"),
}


def tidslinje(hendelser: Iterable[Hendelse]) -> list[tuple[Hendelse, str]]:
    """For deler/tidslinje.html: the event, and what happened."""
    return [
        (rad, str(_SKJEDDE.get(rad.handling) or gettext(spor.tekst(rad))) + _hvem(rad)) for rad in hendelser
    ]


def skjedd(handling: str, ellers: str) -> str:
    """What an act is called when it has happened; else the act's own words."""
    return str(_SKJEDDE.get(handling) or gettext(ellers))


def _hvem(rad: Hendelse) -> str:
    """Which municipality an act on a whole round was about, and the number it got."""
    if "sted" not in rad.data:
        return ""
    return f": {rad.data['sted']}" + (f", {visning.tall(rad.data['antall'])}" if "antall" in rad.data else "")

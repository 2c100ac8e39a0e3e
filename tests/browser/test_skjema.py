"""Forms with faults: the summary comes first and has the focus, its links lead to the fields, and nothing typed is lost."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from bosett.grunn.klokke import i_dag
from bosett.grunn.uker import ukekode
from browser import sjekk
from browser.conftest import Ugreit
from browser.sider import ADMIN, IMDI_ADMIN, KOMMUNE, RADGIVER
from browser.tjener import Tjener


@dataclass(frozen=True)
class Feil:
    """What is typed, what the button says, and the fields that are wrong, in their order."""

    navn: str
    rolle: str | None
    knapp: str
    galt: tuple[str, ...]
    fyll: dict[str, str] = field(default_factory=dict)
    tapes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.navn


_UKE = f"uke_{ukekode(i_dag() + timedelta(weeks=4))}"  # one of those asked for in access/eksempler.py

SKJEMAER = (
    Feil("behov:ny_prognose", RADGIVER, "Registrer", ("antall", "kilde"), {"aar": "2029", "dato": "1.10.2028"}),
    Feil("behov:framskriving", RADGIVER, "Framskriv", ("soknader", "vedtak"), {"kvote": "1000", "aar": "2029"}),
    Feil("behov:nytt", RADGIVER, "Registrer", ("em", "fastsatt", "kilde"), {"aar": "2029", "totalt": "5500", "fastsatt": "i går"}),
    Feil("behov:ny_avtale", RADGIVER, "Registrer", ("plasser", "kilde"), {"aar": "2029", "parter": "Regjeringen og KS"}),
    Feil("behov:nytt_scenario", RADGIVER, "Registrer", ("em", "kilde"), {"aar": "2029", "navn": "Høyt", "totalt": "9000", "beskrivelse": "Flere kommer."}),
    Feil("behov:nytt_uttaksland", RADGIVER, "Registrer", ("plasser", "fra", "kilde"), {"aar": "2029", "land": "Demoland", "fra": "i går"}),
    Feil("behov:endre_uttaksland", RADGIVER, "Steng landet", ("grunn", "kilde"), {"fra": "1.3.2027"}),
    Feil("anmodning:ny", RADGIVER, "Lag runden", ("frist",), {"frist": "snart"}),
    Feil("anmodning:ny_variant", RADGIVER, "Lagre vektene", ("navn",), {}),
    Feil("anmodning:revider", RADGIVER, "Lag den justerte anmodningen", ("frist",), {"frist": "snart"}),
    Feil("anmodning:varsle", RADGIVER, "Varsle kommunene", ("begrunnelse",), {}),
    Feil("anmodning:apne_samraad", RADGIVER, "Legg fram tallene", ("frist",), {"frist": "i morgen"}),
    Feil("anmodning:besvar_innspill", RADGIVER, "Send svaret", ("tekst",), {}),
    Feil("vedtak:svar", KOMMUNE, "Se over og send", ("antall", "em", "organ", "motedato"), {"antall": "ca. 15", "saksnummer": "84/2026", "tekst": "Kommunen bosetter 15 flyktninger i 2027."}),
    Feil("vedtak:senere", KOMMUNE, "Si fra til IMDi", ("ventes", "bosetter_imens"), {"ventes": "snart"}),
    Feil("svar:vurdering", RADGIVER, "Lagre vurderingen", ("utfall", "begrunnelse"), {}),
    Feil("anmodning:be_om_tidsplan", RADGIVER, "Send til kommunene", ("fra", "til", "frist", "kommuner"), {"begrunnelse": "Krise", "kommuner": "Atlantis"}),
    Feil("anmodning:kommunens_tidsplan", KOMMUNE, "Lagre", (_UKE,), {_UKE: "-1"}),
    Feil("anmodning:kommunens_tidsplan", KOMMUNE, "Sett inn i alle ukene", ("alle",), {"alle": "-1"}),
    Feil("statistikk:regn-selv", None, "Regn ut", ("behov", "laas"), {"behov": "", "laas": "Steinkjer"}),
    Feil("brukere:ny", ADMIN, "Opprett bruker", ("epost", "rolle"), {"navn": "Ny Kollega", "epost": "ikke en adresse"}),
    Feil("brukere:hent", IMDI_ADMIN, "Gi rollen", ("brukernavn", "rolle"), {}),
    Feil("be-om-tilgang", None, "Send søknaden", ("kommune", "epost", "bekrefter_telefon", "avtale"), {"navn": "Siri Søker", "epost": "siri", "stilling": "Leder", "bekrefter": "Rådmannen", "bekrefter_telefon": "ring meg"}),
    Feil("brukere:soknad", IMDI_ADMIN, "Godkjenn og gi rollen", ("kontroll", "hvordan"), {}),
    Feil("person:dublett", RADGIVER, "Slå sammen", ("behold",), {"grunn": "Samme pass i begge sakene."}),
    Feil("bolig:ny", KOMMUNE, "Registrer boligen", ("eierform", "postnummer", "poststed", "soverom", "plasser"), {"adresse": "Prøvegata 1", "postnummer": "77", "rom": "3", "soverom": "to"}),
    Feil("bolig:endre", KOMMUNE, "Lagre", ("postnummer", "bruksenhet"), {"postnummer": "77", "bruksenhet": "2. etasje"}),
    Feil("bolig:vurder", KOMMUNE, "Lagre vurderingen", ("egnet", "begrunnelse"), {}),
    Feil("bolig:periode", KOMMUNE, "Lagre", ("slag", "fra"), {"fra": "snart"}),
    Feil("bolig:fil", KOMMUNE, "Last opp", ("fil",), {"tekst": "Stua"}),
    Feil("bolig:velg", RADGIVER, "Reserver boligen", ("fra", "omraade_grunn", "avvik_grunn"), {"fra": "snart"}),
    Feil("framskaffelse:nytt", KOMMUNE, "Registrer behovet", ("soverom", "plasser", "onsket_fra"), {"plasser": "mange", "onsket_fra": "snart", "merknad": "Haster"}),
    Feil("framskaffelse:endre", KOMMUNE, "Lagre", ("onsket_fra",), {"onsket_fra": "snart"}),
    Feil("annonse:importer", KOMMUNE, "Se hva som blir lest", ("lenke",), {"lenke": "ikke en lenke", "tekst": "Soverom 3"}),
    Feil("annonse:som_bolig", KOMMUNE, "Registrer boligen", ("eierform", "postnummer", "plasser"), {"postnummer": "77"}),
    Feil("bolig:omraade", KOMMUNE, "Lagre tallene", ("andel", "malt"), {"navn": "Åsen", "andel": "mange", "kilde": "SSB"}),
    Feil("innmelding:bolig", KOMMUNE, "Meld inn", ("bolig",), {"merknad": "Nøkkel hos vaktmester."}),
    Feil("innmelding:plasser", KOMMUNE, "Meld inn", ("uke", "antall"), {"antall": "mange"}),
    Feil("innmelding:personer", KOMMUNE, "Meld inn", ("antall", "hvorfor"), {"hvem": "DEMO Amina Prøve"}),
    Feil("innmelding:svar", RADGIVER, "Lagre svaret", ("utfall",), {"tekst": "Ingen passer."}),
    Feil("innmelding:endre_kapasitet", KOMMUNE, "Lagre kapasiteten", ("antall",), {"antall": "noen"}),
    Feil("leie:ny_utleier", KOMMUNE, "Registrer", ("slag", "epost"), {"navn": "Demo Eier", "epost": "demo"}),
    Feil("leie:endre_utleier", KOMMUNE, "Lagre", ("navn", "epost"), {"navn": "", "epost": "demo"}),
    Feil("leie:ny", KOMMUNE, "Lagre utkastet", ("bolig", "slag", "husholdning", "fra", "husleie"), {"husholdning": "Hansen", "fra": "snart", "husleie": "mye"}),
    Feil("leie:signer", KOMMUNE, "Lagre underskriften", ("part", "dato"), {"navn": "Demo Eier", "dato": "i går"}),
    Feil("leie:avslutt", KOMMUNE, "Avslutt avtalen", ("siste_dag",), {"siste_dag": "snart", "grunn": "Eieren selger."}),
    Feil("leie:nytt_prosjekt", KOMMUNE, "Registrer", ("navn",), {"beskrivelse": "Et bygg"}),
    Feil("leie:partner", KOMMUNE, "Lagre partneren", ("antall", "kan_bosette"), {"navn": "Studentene", "antall": "noen"}),
    Feil("leie:prosjektbolig", KOMMUNE, "Lagre", ("bolig",), {}),
    Feil("mottak:nytt", IMDI_ADMIN, "Registrer", ("drift", "kommune", "apnet"), {"navn": "Prøve", "kode": "P-1", "operator": "Prøve AS", "kommune": "Atlantis", "plasser": "10", "apnet": "snart"}),
    Feil("mottak:steng", IMDI_ADMIN, "Registrer stengingen", ("stengt",), {"stengt": "snart"}),
    Feil("mottak:tillatelse", IMDI_ADMIN, "Lagre tillatelsen", ("gitt", "fil"), {"hva": "Brukstillatelse", "gitt": "i fjor"}),
    Feil("vedtak:sjekk", None, "Sjekk teksten", ("tekst",), {}),
    Feil("person:forkast-melding", RADGIVER, "Forkast meldingen", ("grunn",), {}),
    Feil("person:ny-soknad", RADGIVER, "Registrer søknaden", ("sokt", "kanal", "bor_i", "duf", "fornavn", "fodt"), {"sokt": "i går", "bor_i": "Atlantis", "duf": "123"}),
    Feil("person:sok-avtalt", RADGIVER, "Registrer søknaden om avtale", ("dato", "kommune"), {"dato": "i går", "kommune": "Atlantis"}),
    Feil("person:bosett-selv", RADGIVER, "Registrer at de har flyttet uten avtale", ("dato", "kommune"), {"kommune": "Atlantis"}),
    Feil("person:ta-tilbake-selvbosetting", RADGIVER, "Ta tilbake registreringen", ("grunn",), {}),
    Feil("person:grunn", RADGIVER, "Åpne saken", ("grunn",), {}),
    Feil("person:nytt_samtykke", RADGIVER, "Registrer samtykket", ("formaal", "gitt", "maate", "spraak"), {"gitt": "i går"}),
    Feil("kartlegging:skriv-iktp", RADGIVER, "Lagre planen", ("vist_verge", "t2_ansvarlig"), {"onsker": "Bo nær onkel", "vist_verge": "i går", "t2_hva": "Finne lege"}),
    Feil("kartlegging:iktp-uenighet", RADGIVER, "Lagre det vergen sa", ("dag", "ordlyd"), {"verge": "Vera Verge", "dag": "i går"}),
    Feil("kartlegging:ny-okt", RADGIVER, "Registrer økten", ("dag", "timer", "oppmote_1"), {"dag": "i går", "timer": "mange", "arrangor": "DEMO IOM"}),
    Feil("kartlegging:ankomst", KOMMUNE, "Lagre ankomsten", ("planlagt",), {"planlagt": "snart", "flyplass": "Værnes"}),
    Feil("person:rett_ventedager", RADGIVER, "Rett dagene", ("siste", "eier", "grunn", "begrunnelse"), {"fra": "1.3.2026", "siste": "i går"}),
    Feil("person:trekk_venteretting", RADGIVER, "Trekk rettingen", ("hvorfor",), {}),
    Feil("tavle:gi", RADGIVER, "Gi saken", ("til",), {"merknad": "Ring mottaket."}),
    Feil("person:sletting", RADGIVER, "Bekreft og send til godkjenning", ("avlevering",), {}),
    Feil("samtale:samtale", RADGIVER, "Send", ("leses_av", "frist"), {"tekst": "De trenger tolk.", "frist": "i morgen"}),
    Feil("samtale:svar", KOMMUNE, "Send svaret", ("tekst",), {}),
    Feil("samtale:trekk", KOMMUNE, "Trekk innlegget tilbake", ("grunn",), {}),
    Feil("samtale:ny_henvendelse", RADGIVER, "Send henvendelsen", ("kommune", "svarfrist", "bekreft"), {"kommune": "Atlantis", "svarfrist": "snart", "behov": "Leilighet."}),
    Feil("samtale:henvendelse", KOMMUNE, "Send svaret", ("svar",), {"tekst": "Vi har ledig bolig."}),
    Feil("samtale:trekk_henvendelse", RADGIVER, "Trekk henvendelsen", ("grunn",), {}),
    Feil("kartlegging:seksjon", RADGIVER, "Lagre", ("skolegang", "sist_i_arbeid"), {"skolegang": "mange", "yrke": "Snekker", "sist_i_arbeid": "i fjor"}),
    Feil("kartlegging:ny-samtale", RADGIVER, "Lagre samtalen", ("holdt", "maate", "tolkebehov"), {"holdt": "i går", "egne_ord": "Jeg vil bygge hus."}),
    Feil("oppgave:oppgaver", KOMMUNE, "Skriv opp", ("tekst", "frist"), {"frist": "snart"}),
    Feil("oppgave:flytt", KOMMUNE, "Flytt fristen", ("frist",), {"frist": "snart"}),
    Feil("logg-inn", None, "Logg inn", ("passord",), {"brukernavn": "kari.nordmann"}),
)  # fmt: skip


def _adresse(navn: str, eksempler: dict[str, Any]) -> str:
    argumenter = {
        "brukere:ny": ["organisasjon"],
        "brukere:hent": ["organisasjon"],
        "brukere:soknad": ["soknad"],
        "person:grunn": ["husholdning"],
        "kartlegging:seksjon": ["person", "seksjon"],
        "kartlegging:ny-samtale": ["person"],
        "tavle:gi": ["husholdning"],
        "person:sok-avtalt": ["husholdning"],
        "person:bosett-selv": ["husholdning"],
        "person:ta-tilbake-selvbosetting": ["selvbosetting"],
        "person:nytt_samtykke": ["person"],
        "kartlegging:skriv-iktp": ["emplan"],
        "kartlegging:iktp-uenighet": ["emplan"],
        "kartlegging:ny-okt": ["husholdning"],
        "kartlegging:ankomst": ["husholdning"],
        "person:rett_ventedager": ["husholdning"],
        "person:trekk_venteretting": ["venteretting"],
        "person:sletting": ["sletting"],
        "anmodning:ny_variant": ["kriterieaar"],
        "anmodning:revider": ["runde"],
        "anmodning:varsle": ["runde"],
        "anmodning:apne_samraad": ["runde"],
        "anmodning:besvar_innspill": ["runde", "innspill"],
        "svar:vurdering": ["svar:vurdering.vedtak"],
        "anmodning:be_om_tidsplan": ["runde"],
        "anmodning:kommunens_tidsplan": ["anmodning"],
        "statistikk:regn-selv": ["aar"],
        "behov:endre_uttaksland": ["uttaksland"],
        "person:dublett": ["dublett"],
        "person:forkast-melding": ["melding"],
        "vedtak:svar": ["anmodning"],
        "framskaffelse:endre": ["framskaffelse"],
        "annonse:som_bolig": ["annonse"],
        "bolig:endre": ["bolig"],
        "bolig:vurder": ["bolig"],
        "bolig:velg": ["husholdning", "bolig"],
        "bolig:periode": ["bolig"],
        "bolig:fil": ["bolig"],
        "innmelding:svar": ["innmelding"],
        "leie:endre_utleier": ["utleier"],
        "leie:signer": ["leie"],
        "leie:avslutt": ["leie:avslutt.leie"],
        "leie:partner": ["prosjekt"],
        "leie:prosjektbolig": ["prosjekt"],
        "mottak:steng": ["mottak"],
        "mottak:tillatelse": ["mottak"],
        "vedtak:senere": ["anmodning"],
        "samtale:samtale": ["husholdning"],
        "oppgave:oppgaver": ["husholdning"],
        "oppgave:flytt": ["oppgave"],
        "samtale:svar": ["samtale:svar.innlegg"],
        "samtale:trekk": ["innlegg"],
        "samtale:ny_henvendelse": ["husholdning"],
        "samtale:henvendelse": ["henvendelse"],
        "samtale:trekk_henvendelse": ["henvendelse"],
    }
    return reverse(navn, args=[eksempler[arg] for arg in argumenter.get(navn, [])])


def _send_med_feil(side: Page, nett: Tjener, feil: Feil, eksempler: dict[str, Any]) -> None:
    side.goto(nett.adresse + _adresse(feil.navn, eksempler))
    for navn, verdi in feil.fyll.items():
        side.locator(f"#id_{navn}").fill(verdi)
    with side.expect_navigation():
        side.locator("main form").get_by_role("button", name=feil.knapp, exact=True).click()
    for navn, verdi in feil.fyll.items():
        expect(side.locator(f"#id_{navn}")).to_have_value(verdi)


@pytest.fixture(scope="module")
def faner(browser: Browser, innlogget: Callable[..., Any]) -> Iterator[Callable[[str | None, bool], Page]]:
    """One tab per role, with script or without, used again and again."""
    apne: dict[tuple[str | None, bool], Page] = {}

    def gi(rolle: str | None, skript: bool) -> Page:
        if (rolle, skript) not in apne:
            apne[rolle, skript] = browser.new_page(
                storage_state=innlogget(rolle),
                java_script_enabled=skript,
                locale="nb-NO",
                viewport={"width": 1280, "height": 900},
            )
        return apne[rolle, skript]

    yield gi
    for fane in apne.values():
        fane.context.close()


@pytest.mark.parametrize("feil", SKJEMAER, ids=str)
@pytest.mark.parametrize("skript", [True, False], ids=["med-skript", "uten-skript"])
def test_faults_are_found_again(
    skript: bool,
    feil: Feil,
    nett: Tjener,
    eksempler: dict[str, Any],
    faner: Callable[[str | None, bool], Page],
    ugreit: Ugreit,
) -> None:
    side = faner(feil.rolle, skript)
    with ugreit.folger(side) if skript else nullcontext():
        _finn_igjen(side, skript, feil, nett, eksempler)


def _finn_igjen(side: Page, skript: bool, feil: Feil, nett: Tjener, eksempler: dict[str, Any]) -> None:
    _send_med_feil(side, nett, feil, eksempler)
    oppsummering = side.locator(".ds-error-summary")
    lenker = oppsummering.get_by_role("link")
    expect(lenker).to_have_count(len(feil.galt))
    if skript:
        expect(oppsummering).to_be_focused()
        assert [*sjekk.form(side, "nb"), *sjekk.axe(side, "light", "dark"), *sjekk.bredde(side)] == []
    for nr, navn in enumerate(feil.galt):
        maal = str(lenker.nth(nr).get_attribute("href"))
        assert maal.startswith(f"#id_{navn}")
        lenker.nth(nr).click()
        kontroll = side.locator(f"[id='{maal[1:]}']")
        expect(kontroll).to_be_focused()
        if not kontroll.locator("xpath=ancestor::fieldset").count():  # a group says it on its fieldset
            expect(kontroll).to_have_attribute("aria-invalid", "true")
            beskrevet = str(kontroll.get_attribute("aria-describedby")).split()
            assert f"id_{navn}-feil" in beskrevet
            assert all(side.locator(f"[id='{ett}']").count() == 1 for ett in beskrevet)


def test_a_password_that_fails_says_so_and_keeps_the_name(nett: Tjener, browser: Browser) -> None:
    side = browser.new_page(locale="nb-NO")
    side.goto(f"{nett.adresse}/logg-inn/")
    side.locator("#id_brukernavn").fill("kari.nordmann")
    side.locator("#id_passord").fill("feil passord her")
    side.locator("#id_passord").press("Enter")
    expect(side.locator(".ds-error-summary")).to_be_focused()
    expect(side.locator("#id_brukernavn")).to_have_value("kari.nordmann")
    expect(side.locator("#id_passord")).to_have_value("")
    side.close()

"""Every page of the URL map: who looks at it, and in which states. A page that is not here fails `test_every_page_is_in_the_list`."""

from dataclasses import dataclass

KS = "ks_radgiver"
KOMMUNE, ADMIN = "bosetter_skriv", "kommune_admin"
RADGIVER, GODKJENNER, IMDI_ADMIN, LEDER = "imdi_radgiver", "imdi_godkjenner", "imdi_admin", "imdi_leder"


@dataclass(frozen=True)
class Side:
    """`rolle` is a demonstration user's name (None: nobody signed in). `sporring` is more of the address.

    `lik` names a page with the same template and the same content: then one look, in bokmål and light, is enough.
    """

    navn: str
    rolle: str | None = None
    sporring: str = ""
    status: int = 200
    lik: str = ""
    argumenter: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return f"{self.navn}{self.sporring}{'-' + str(self.argumenter[0][1]) if self.argumenter else ''}-{self.rolle or 'ingen'}"


# Variant A; what is not chosen for B is the round.
TO_VARIANTER = (
    "?sok=5006&a-behov=6000&a-em=100&a-minimum=10&a-laas=Volda+33&a-v_introduksjon=30&a-v_arbeid=20&a-v_videregaaende=15"
    "&a-v_spredning=10&a-v_kapasitet=10&a-v_tjenester=8&a-v_funksjonsnedsettelse=7"
)
SIDER = (
    # open to all
    Side("statistikk:forside"),
    Side("statistikk:tall", lik="statistikk:forside"),
    Side("statistikk:tall", sporring="?sok=finnes-ikke"),
    Side("statistikk:tall-aar", lik="statistikk:forside"),
    Side("statistikk:tall-runde", lik="statistikk:forside"),
    Side("statistikk:bosetting", lik="statistikk:bosetting-aar"),
    Side("statistikk:bosetting-aar"),
    Side("statistikk:regn-selv", sporring="?sok=5006"),
    Side("statistikk:regn-selv", sporring=TO_VARIANTER),
    Side("statistikk:fylke"),
    Side("statistikk:kommuner"),
    Side("statistikk:hvorfor"),
    Side("statistikk:kommune"),
    Side("statistikk:metode"),
    Side("statistikk:kriterier"),
    Side("statistikk:data"),
    Side("farger", argumenter=(("valg", "velg"),)),
    Side("om"),
    Side("tilgjengelighet"),
    Side("personvern"),
    Side("roller"),
    Side("hurtigtaster", RADGIVER),
    Side("hjelp"),
    Side("hjelp", sporring="?sok=qqqq"),
    Side("ordliste"),
    Side("ordliste", sporring="?sok=mindrearige"),
    Side("komponenter"),
    Side("logg-inn"),
    Side("vedtak:sjekk"),
    Side("be-om-tilgang"),
    Side("be-om-tilgang", KOMMUNE),
    Side("tilgang-mottatt"),
    # signed in
    Side("hjem", RADGIVER),
    Side("hjem", KOMMUNE),
    Side("hjem", "udi_saksbehandler"),
    Side("anmodning:runder", RADGIVER),
    Side("anmodning:utsett", RADGIVER),
    Side("anmodning:revider", RADGIVER),
    Side("anmodning:varsle", RADGIVER),
    Side("anmodning:forsok", RADGIVER, sporring="?sok=5006"),
    Side("anmodning:forsok", RADGIVER, sporring=TO_VARIANTER),
    Side("anmodning:apne_samraad", RADGIVER),
    Side("anmodning:legg_fram", RADGIVER),
    Side("anmodning:samraad", RADGIVER, sporring="?sok=5006"),
    Side("anmodning:samraad", KS, sporring="?sok=5006"),
    Side("anmodning:samraad_kommune", KS),
    Side("anmodning:samraad_liste", KS),
    Side("anmodning:be_om_tidsplan", RADGIVER),
    Side("anmodning:tidsplan", RADGIVER, sporring="?sok=5006"),
    Side("anmodning:tidsplan", KS),
    Side("anmodning:kommunens_tidsplan", KOMMUNE, sporring="?alle=12"),
    Side("anmodning:kommunens_tidsplan", ADMIN),
    Side("anmodning:ny", RADGIVER),
    Side("anmodning:ny_variant", RADGIVER),
    Side("anmodning:runde", RADGIVER),
    Side("anmodning:kommunetall", RADGIVER),
    Side("anmodning:uten_tilgang", RADGIVER),
    Side("anmodning:egne", KOMMUNE),
    Side("anmodning:egen", KOMMUNE),
    Side("vedtak:svar", KOMMUNE),
    Side("vedtak:senere", KOMMUNE),
    Side("vedtak:ett", KOMMUNE),
    Side("svar:liste", RADGIVER),
    Side("svar:liste", KS),
    Side("svar:runde", RADGIVER),
    Side("svar:runde", KS),
    Side("svar:vedtak", KS),
    Side("svar:vurderinger", RADGIVER),
    Side("svar:vurdering", RADGIVER),
    Side("svar:gjort", RADGIVER),
    Side("svar:paaminn", RADGIVER),
    Side("vedtak:saksframlegg", KOMMUNE),
    Side("behov:liste", RADGIVER),
    Side("behov:nytt", RADGIVER),
    Side("behov:ny_prognose", RADGIVER),
    Side("behov:ny_avtale", RADGIVER),
    Side("behov:nytt_scenario", RADGIVER),
    Side("behov:nytt_uttaksland", RADGIVER),
    Side("behov:uttaksland", RADGIVER),
    Side("behov:endre_uttaksland", RADGIVER),
    Side("behov:framskriving", RADGIVER),
    Side("behov:aar", RADGIVER),
    Side("dokument:liste", RADGIVER),
    Side("dokument:ett", RADGIVER),
    Side("dokument:ett", KOMMUNE),
    Side("mottak:liste", RADGIVER),
    Side("mottak:ett", IMDI_ADMIN),
    Side("mottak:nytt", IMDI_ADMIN),
    Side("mottak:steng", IMDI_ADMIN),
    Side("mottak:tillatelse", IMDI_ADMIN),
    Side("brukere:liste", IMDI_ADMIN, lik="brukere:liste-for"),
    Side("brukere:liste-for", ADMIN),
    Side("brukere:organisasjoner", IMDI_ADMIN),
    Side("brukere:soknader", IMDI_ADMIN),
    Side("brukere:soknad", IMDI_ADMIN),
    Side("brukere:ny", ADMIN),
    Side("brukere:hent", IMDI_ADMIN),
    Side("brukere:bruker", ADMIN),
    Side("brukere:meg", KOMMUNE),
    Side("brukere:passord", KOMMUNE),
)

IKKE_SIDER = {
    "sprak": "sets a cookie and goes back",
    "demo-inn": "POST only",
    "logg-ut": "POST only",
    "lagre-visning": "POST only",
    "slett-visning": "POST only",
    "vedtak:kladd": "POST only; a part of the form",
    "vedtak:se_over": "needs a draft: looked at in test_tur_svar.py",
    "vedtak:be_om_vurdering": "needs a draft: looked at in test_tur_svar.py",
    "vedtak:forkast": "POST only",
    "vedtak:last_opp": "POST only",
    "anmodning:beregn": "POST only",
    "anmodning:send_tilbake": "POST only",
    "anmodning:godkjenn": "POST only",
    "anmodning:send": "POST only",
    "anmodning:lukk": "POST only",
    "anmodning:avlys": "POST only",
    "anmodning:les_varsel": "POST only",
    "anmodning:merk_lest": "POST only",
    "anmodning:merk_satt_opp": "POST only",
    "anmodning:trekk_justering": "POST only",
    "statistikk:grunnlag": "download",
    "statistikk:kolonner": "download",
    "anmodning:gjenoppta": "POST only",
    "brukere:nytt-passord": "POST only; its answer is looked at in test_svarsider.py",
    "brukere:godkjenn-soknad": "POST only; its answer is looked at in test_svarsider.py",
    "brukere:avsla-soknad": "POST only; its answer is looked at in test_svarsider.py",
    "brukere:fjern-rolle": "POST only",
    "brukere:gi-vikar": "POST only",
    "brukere:fjern-vikar": "POST only",
    "anmodning:brevutkast": "PDF",
    "vedtak:saksframlegg_pdf": "PDF",
    "vedtak:saksframlegg_docx": "download",
    "dokument:pdf": "PDF",
    "dokument:arkivpakke": "download",
    "dokument:innfil": "download",
    "statistikk:datafil": "download",
    "mottak:dokument": "download",
    "anmodning:framdrift": "a part of the round's page, checked there",
}

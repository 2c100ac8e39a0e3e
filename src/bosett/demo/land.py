"""The demonstration country: Norway's real municipalities, invented figures, one user per role, one round sent and partly answered."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.anmodning import samraad, utsending
from bosett.anmodning import services as anmodning
from bosett.anmodning.models import Runde
from bosett.behov import services as behov
from bosett.behov.models import Behov
from bosett.behov.prognoser import pakrevd
from bosett.demo.boliger import lag_boliger
from bosett.demo.brukere import lag_brukere, som_demobruker
from bosett.demo.figurer import KILDE, lag_historikk, lag_kriteriefigurer
from bosett.demo.framskaffelse import lag_framskaffelse
from bosett.demo.innmeldinger import lag_innmeldinger
from bosett.demo.kartlegging import kartlegg
from bosett.demo.leie import lag_leie
from bosett.demo.personer import lag_mottak, spill_av
from bosett.demo.svar import lag_svar
from bosett.geografi.models import Imdiregion, Regionkontakt
from bosett.geografi.services import importer_regioner, registrer_regionkontakt
from bosett.grunn.klokke import OSLO, frys, i_dag
from bosett.kilder.lesere.tabell import les_tabell
from bosett.statistikk.services import publiser_runde

REGIONER = Path(__file__).resolve().parents[3] / "data" / "imdiregioner_demo.csv"
KRITERIEAAR = "2022"
KARTLAGTE = 60
"""Persons the demonstration has mapped."""
_ADRESSER = {"imdi": "post@imdi.invalid", "ks": "kopi@ks.invalid"}
Melding = Callable[[str], None]


def last(meld: Melding, *, med_runde: bool = True, personer: int = 8000) -> None:
    """Load the demonstration. What is there already is left alone, so a load that was cut off can be run again.

    Of the persons only the messages are kept here; a job takes them into the register while people look around.
    """
    aktor = system("demo")
    with som(aktor):
        meld("regioner, kontakter og brukere")
        _regioner()
        for slag, adresse in _ADRESSER.items():
            Organisasjon.objects.filter(slag=slag, epost="").update(epost=adresse)
        meld("mottak")
        lag_mottak()
        lag_brukere()
    meld("boliger")
    lag_boliger()
    lag_leie()
    lag_framskaffelse()
    with som(aktor):
        meld("oppdiktede kriterietall og historikk")
        lag_kriteriefigurer(aktor)
        lag_historikk(aktor)
    _prognoser(i_dag().year + 1)
    if med_runde:
        runde = _runde(i_dag().year, meld)
        meld(f"svar på runden for {runde.aar}")
        lag_svar(runde)
        lag_innmeldinger()
    if personer:
        meld(f"meldinger om {personer} oppdiktede personer (blir tatt inn i bakgrunnen)")
        if spill_av(personer):
            meld(f"kartlegging av {KARTLAGTE} av dem")
            kartlegg(KARTLAGTE)


def _regioner() -> None:
    aktor = system("demo")
    importer_regioner(aktor=aktor, tabell=les_tabell(REGIONER), kilde=KILDE)
    for region in Imdiregion.objects.exclude(pk__in=Regionkontakt.objects.values("region")):
        registrer_regionkontakt(
            aktor=aktor,
            region=region,
            fra=date(2020, 1, 1),
            teamnavn="bosettingsteamet",
            epost="bosetting@imdi.invalid",
            telefon="00 00 00 00",
            regiondirektor="Ragna Demo",
            kilde=KILDE,
        )


def _runde(aar: int, meld: Melding) -> Runde:
    """This year's round as it went last autumn: need, numbers, approval, letters, publication."""
    system_ = system("demo")
    with som(system_):
        if finnes := Runde.objects.filter(aar=aar, sendt__isnull=False).order_by("nr").first():
            return finnes
    with frys(datetime(aar - 1, 10, 20, 9, 0, tzinfo=OSLO)):
        meld(f"runden for {aar}: behov og tall")
        _prognoser(aar)
        with som_demobruker("imdi_radgiver") as aktor:
            behovet = Behov.objects.filter(aar=aar).first() or behov.registrer(
                aktor=aktor,
                aar=aar,
                totalt=12305,
                em=640,
                em_under_15=80,
                fastsatt_av="Nasjonalt utvalg for mottak og bosetting",
                fastsatt=date(aar - 1, 10, 6),
                kilde=KILDE,
            )
            runde = anmodning.opprett_runde(
                aktor=aktor,
                aar=aar,
                behov=behovet,
                kriteriesett=KRITERIEAAR,
                variant=anmodning.standardvariant(KRITERIEAAR),
                frist=date(aar, 2, 25),
            )
            anmodning.beregn(aktor=aktor, runde_id=runde.pk)
            samraad.apne(aktor=aktor, runde_id=runde.pk, frist=date(aar - 1, 11, 3))
        for bruker, tekst in (
            ("ks_radgiver", "DEMO: KS støtter at små kommuner med plass får være med."),
            ("fylke_radgiver", "DEMO: Fylkeskommunen har ingen merknader."),
        ):
            with som_demobruker(bruker) as aktor:
                samraad.uttal(aktor=aktor, runde_id=runde.pk, tekst=tekst)
    with frys(datetime(aar - 1, 11, 5, 9, 0, tzinfo=OSLO)):
        with som_demobruker("imdi_radgiver") as aktor:
            anmodning.legg_fram(aktor=aktor, runde_id=runde.pk)
        with som_demobruker("imdi_godkjenner") as aktor:
            anmodning.godkjenn(aktor=aktor, runde_id=runde.pk, revisjon=1)
        with som_demobruker("imdi_radgiver") as aktor:
            utsending.send(aktor=aktor, runde_id=runde.pk)
        meld(f"runden for {aar}: brev til kommunene")
        utsending.send_alle(aktor=system_, runde_id=runde.pk)
        with som(system_):
            publiser_runde(aktor=system_, runde_id=runde.pk)
            return Runde.objects.get(pk=runde.pk)


def _prognoser(aar: int) -> None:
    with som_demobruker("imdi_radgiver") as aktor:
        for kode, antall in zip(pakrevd(aar), (9200, 7600, 1000), strict=True):
            behov.registrer_prognose(
                aktor=aktor, aar=aar, kode=kode, antall=antall, kilde=KILDE, dato=date(aar - 1, 10, 1)
            )

"""Delivery: a folder, a real mail server, receipts, repeats, failures, and a killed process."""

from collections import Counter
from pathlib import Path

import pytest

from bosett.aktor.kontekst import som, system
from bosett.dokument import services
from bosett.dokument.kanaler import Leveringsfeil
from bosett.dokument.models import Dokument, Forsendelse
from bosett.dokument.services import Mottaker
from bosett.spor.verifisering import verifiser
from bosett.tilgang.services import nytt_subjekt

from .brevdata import lag
from .conftest import lag_land

JOBB = system("prove")


@pytest.fixture
def utboks(settings, tmp_path) -> Path:
    settings.UTBOKS = tmp_path / "utboks"
    return settings.UTBOKS


@pytest.fixture
def scene(ekte_database):
    with som(JOBB):
        return lag_land()


def _utkast(land, antall=1) -> list[int]:
    with som(JOBB):
        return [
            services.opprett_utkast(
                aktor=JOBB,
                subjekt_id=nytt_subjekt(slag="prove").pk,
                slag="anmodningsbrev",
                brev=lag(antall=10 + i),
                saksreferanse="Runde",
                motpart=land.kommune,
            ).pk
            for i in range(antall)
        ]


def _sendt(land, *kanaler: str) -> list[Forsendelse]:
    (pk,) = _utkast(land)
    with som(JOBB):
        services.godkjenn(aktor=land.godkjenner, dokument_id=pk)
        return services.send(
            aktor=JOBB, dokument_id=pk, mottakere=[Mottaker(land.kommune, k) for k in kanaler]
        )


def _lever(forsendelse, **valg) -> Forsendelse:
    services.ekspeder(aktor=JOBB, forsendelse_id=forsendelse.pk, **valg)
    with som(JOBB):
        forsendelse.refresh_from_db()
    return forsendelse


def test_filkanalen_legger_brevet_i_utboksen_med_kvittering(scene, utboks):
    (forsendelse,) = _sendt(scene, "fil")
    for _ in range(2):
        _lever(forsendelse)
    assert [f.name for f in utboks.iterdir()] == [f"{forsendelse.uuid}.pdf"]
    with som(JOBB):
        assert (utboks / f"{forsendelse.uuid}.pdf").read_bytes() == bytes(forsendelse.dokument.fil.innhold)
    assert forsendelse.tilstand == "levert"
    assert forsendelse.kvittering["fil"] == f"{forsendelse.uuid}.pdf"


@pytest.mark.krav("R251")
def test_eposten_har_bare_en_lenke(scene, smtp, utboks, settings):
    settings.ADRESSE = "https://bosett.example"
    (forsendelse,) = _sendt(scene, "epost")
    _lever(forsendelse)
    (melding,) = smtp.meldinger
    tekst = melding.get_payload(decode=True).decode() + str(melding["Subject"])
    with som(JOBB):
        dokument = Dokument.objects.get(pk=forsendelse.dokument_id)
    assert f"https://bosett.example/dokument/{dokument.uuid}/" in tekst
    for personlig in ("Demo", "Prøvesen", "Godkjennersen", "Fjordvik", dokument.tittel, "15"):
        assert personlig not in tekst.replace(str(dokument.uuid), "")
    assert not melding.is_multipart()
    assert melding["To"] == "postmottak@fjordvik.example"


def test_samme_message_id_nar_eposten_gar_to_ganger(scene, smtp, monkeypatch):
    (forsendelse,) = _sendt(scene, "epost")
    with monkeypatch.context() as bryt:
        bryt.setattr(
            "bosett.dokument.services.utsending._kvitter", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            services.ekspeder(aktor=JOBB, forsendelse_id=forsendelse.pk)
    _lever(forsendelse)
    _lever(forsendelse)
    assert [m["Message-ID"] for m in smtp.meldinger] == [forsendelse.message_id] * 2
    assert str(forsendelse.uuid) in forsendelse.message_id


def test_midlertidig_feil_proves_igjen_og_gis_til_slutt_opp(scene, smtp):
    (forsendelse,) = _sendt(scene, "epost")
    smtp.avvis = "451 senere"
    with pytest.raises(Leveringsfeil):
        services.ekspeder(aktor=JOBB, forsendelse_id=forsendelse.pk, siste_forsok=False)
    _lever(forsendelse, siste_forsok=True)
    assert (forsendelse.tilstand, forsendelse.kvittering, forsendelse.forsok) == (
        "feilet",
        {"feil": "SMTP 451"},
        2,
    )
    smtp.avvis = ""
    with som(JOBB):
        services.send_igjen(aktor=scene.radgiver, forsendelse_id=forsendelse.pk)
    assert _lever(forsendelse).tilstand == "levert"


def test_varig_feil_gis_opp_med_en_gang_uten_adresse_i_kvitteringen(scene, smtp):
    (forsendelse,) = _sendt(scene, "epost")
    smtp.avvis = "550 ukjent"
    _lever(forsendelse, siste_forsok=False)
    assert forsendelse.tilstand == "feilet"
    assert forsendelse.kvittering == {"feil": "SMTP 550"}


def test_standardkanaler_folger_oppsettet(scene, settings):
    settings.EPOST_PA = False
    assert [m.kanal for m in services.standardkanaler(scene.kommune)] == ["fil"]
    settings.EPOST_PA = True
    assert [m.kanal for m in services.standardkanaler(scene.kommune)] == ["fil", "epost"]
    assert [m.kanal for m in services.standardkanaler(scene.nabo)] == ["fil"]


def test_ett_avslag_i_en_porsjon_stanser_ikke_de_andre(scene):
    """Five letters in one portion: two of the same case, and one made by the approver."""
    ider = _utkast(scene, 3)
    with som(JOBB):
        sak = Dokument.objects.get(pk=ider[0]).subjekt_id
        ider += [
            services.opprett_utkast(
                aktor=scene.godkjenner if eget else JOBB,
                subjekt_id=nytt_subjekt(slag="prove").pk if eget else sak,
                slag="anmodningsbrev",
                brev=lag(antall=20 + eget),
                saksreferanse="Runde",
                motpart=scene.kommune,
            ).pk
            for eget in (False, True)
        ]
    mottakere = [Mottaker(scene.kommune, "fil")]
    for _ in range(2):  # the repeat changes nothing
        svar = dict(
            services.godkjenn_mange(
                aktor=scene.godkjenner,
                dokument_ider=ider,
                etterpaa=lambda dokumenter: services.send_laaste(
                    aktor=JOBB, brev=[(dokument, mottakere) for dokument in dokumenter]
                ),
            )
        )
        assert [pk for pk, feil in svar.items() if feil] == ider[-1:]
        assert svar[ider[-1]].kode == "dokument.fire_oyne"
        with som(JOBB):
            assert Counter(Dokument.objects.values_list("tilstand", flat=True)) == {"sendt": 4, "utkast": 1}
            assert Forsendelse.objects.count() == 4
            assert verifiser().feil == []

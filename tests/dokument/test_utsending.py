"""Delivery: a folder, a real mail server, receipts, repeats, failures, and a killed process."""

import email
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from bosett.aktor.kontekst import som, system
from bosett.dokument import services
from bosett.dokument.kanaler import Leveringsfeil
from bosett.dokument.models import Arkivpakke, Dokument, Fil, Forsendelse
from bosett.dokument.services import Mottaker
from bosett.spor.models import Hendelse
from bosett.tilgang.services import nytt_subjekt

from .brevdata import lag
from .conftest import lag_land

JOBB = system("prove")


class Postkasse:
    """What a mail server was handed; `avvis` makes it refuse recipients with that answer."""

    def __init__(self) -> None:
        self.meldinger: list[email.message.Message] = []
        self.avvis = ""

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.avvis:
            return self.avvis
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.meldinger.append(email.message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def smtp(settings):
    kasse = Postkasse()
    with socket.create_server(("127.0.0.1", 0)) as ledig:
        port = ledig.getsockname()[1]
    tjener = Controller(kasse, hostname="127.0.0.1", port=port)
    tjener.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EPOST_PA = True
    yield kasse
    tjener.stop()


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


def _prosess(*argumenter: str, feilpunkt: str = "") -> int:
    miljo = os.environ | {"BOSETT_FEILPUNKT": feilpunkt, "BOSETT_UTBOKS": str(settings.UTBOKS)}
    miljo["PYTHONPATH"] = os.pathsep.join(
        str(Path(__file__).parents[i] / d) for i, d in ((2, "src"), (0, ""))
    )
    ferdig = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "arbeider.py"), *argumenter],
        env=miljo,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ferdig.returncode in (0, -signal.SIGKILL), ferdig.stderr
    return ferdig.returncode


@pytest.mark.parametrize(
    "feilpunkt",
    ["dokument.etter_fil:3", "dokument.etter_rad:2", "dokument.etter_spor:4", "dokument.for_innsending:3"],
)
def test_drept_midt_i_en_bunke_brev_er_alt_eksakt_etterpa(scene, feilpunkt):
    ider = _utkast(scene, 6)
    argumenter = json.dumps([ider, scene.godkjenner.bruker_id, scene.kommune.pk])
    assert _prosess("bunke", argumenter, feilpunkt=feilpunkt) == -signal.SIGKILL
    _kontroller(ider, hele=False)
    assert _prosess("bunke", argumenter) == 0
    _kontroller(ider, hele=True)


@pytest.mark.parametrize("feilpunkt", ["dokument.for_levering:2", "dokument.etter_levering:2"])
def test_drept_under_levering_gir_samme_filer_og_en_kvittering(scene, settings, feilpunkt):
    utboks = Path(settings.UTBOKS)
    ider = _utkast(scene, 3)
    _prosess("bunke", json.dumps([ider, scene.godkjenner.bruker_id, scene.kommune.pk]))
    assert _prosess("jobber", feilpunkt=feilpunkt) == -signal.SIGKILL
    _slipp_stansede_jobber()
    _prosess("jobber")
    with som(JOBB):
        forsendelser = list(Forsendelse.objects.select_related("dokument__fil"))
        assert Counter(f.tilstand for f in forsendelser) == {"levert": 3}
        for f in forsendelser:
            fil = utboks / f"{f.uuid}.pdf"
            assert hashlib.sha256(fil.read_bytes()).hexdigest() == f.dokument.fil.sha256
            handlinger = Hendelse.objects.filter(
                subjekt_id=f.dokument.subjekt_id, handling="dokument.ekspeder"
            )
            assert handlinger.count() == 1
        assert Arkivpakke.objects.count() == 3


def _kontroller(ider: list[int], *, hele: bool) -> None:
    """Each letter is all there or not at all: state, file, ledger, dispatch and job agree."""
    with som(JOBB):
        dokumenter = list(Dokument.objects.filter(pk__in=ider).select_related("fil"))
        assert {d.tilstand for d in dokumenter} <= ({"sendt"} if hele else {"utkast", "sendt"})
        sendt = [d for d in dokumenter if d.tilstand == "sendt"]
        assert Fil.objects.count() == len(sendt) == Forsendelse.objects.count()
        assert ProcrastinateJob.objects.filter(task_name="dokument.ekspeder").count() == len(sendt)
        for d in dokumenter:
            spor = (
                Hendelse.objects.filter(subjekt_id=d.subjekt_id)
                .order_by("nr")
                .values_list("handling", flat=True)
            )
            ventet = ["dokument.opprett"] + (["dokument.godkjenn", "dokument.send"] if d in sendt else [])
            assert list(spor) == ventet
            if d.fil:
                assert hashlib.sha256(bytes(d.fil.innhold)).hexdigest() == d.fil.sha256


def _slipp_stansede_jobber() -> None:
    """What `oppgave.gjenopprett_stansede` does after thirty seconds."""
    with connection.cursor() as db:
        db.execute("SELECT id FROM procrastinate_jobs WHERE status = 'doing'")
        for (jobb,) in db.fetchall():
            db.execute("SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)", [jobb])

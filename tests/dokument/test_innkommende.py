"""Documents that come in: one act, copies with receipts, who sees them, versions, and an archive package with the files."""

import io
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pypdf import PdfReader

from bosett.aktor.kontekst import sett, som, system
from bosett.aktor.models import Organisasjon
from bosett.dokument import selectors, services
from bosett.dokument.brev import (
    REGISTRERT_ELEKTRONISK,
    Adressat,
    Avsender,
    Avsnitt,
    Brev,
    Kontaktblokk,
    Maalform,
    Seksjon,
    Signatur,
    Tekst,
)
from bosett.dokument.models import Dokument, Forsendelse
from bosett.dokument.sats import PDF_STANDARDER
from bosett.dokument.services import Godkjenner, Mottaker
from bosett.grunn.feil import Avvist, Konflikt, Ugyldig
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from bosett.tilgang.services import nytt_subjekt

from .conftest import lag_land
from .pdflesing import tekst
from .test_innfiler import sak, skriver, ta_imot

JOBB = system("prove")
ROT = Path(__file__).resolve().parents[2]
TID = datetime(2026, 12, 1, 9, 15, tzinfo=UTC)


def vedtaksark(antall: int = 15, maalform: Maalform = Maalform.NB) -> Brev:
    """An invented decision sheet from a municipality: nothing of IMDi's in it."""
    return Brev(
        maalform=maalform,
        tittel="Vedtak om bosetting av flyktninger i 2027",
        avsender=Avsender("DEMO Fjordvik kommune", ""),
        adressat=Adressat("Integrerings- og mangfoldsdirektoratet", ("Postboks 99", "0130 DEMO")),
        dato=date(2026, 12, 1),
        referanse="settes av Bosett",
        deres_referanse="2026/3",
        seksjoner=(Seksjon("Vedtaket", (Avsnitt((Tekst(f"Kommunen bosetter {antall} flyktninger."),)),)),),
        kontakt=Kontaktblokk("flyktningtjenesten", "postmottak@fjordvik.example"),
        signatur=Signatur("Med hilsen", "", "DEMO Fjordvik kommune", "Demo Lesersen", "rådgiver"),
    )


def hvem(land) -> Godkjenner:
    return Godkjenner(land.kommuneleser.bruker_id, land.kommuneleser.navn, "rådgiver i kommunen", TID)


def registrer(land, subjekt_id: int, **endret) -> Dokument:
    sett(JOBB)
    valg = {
        "aktor": JOBB,
        "subjekt_id": subjekt_id,
        "slag": "vedtaksark",
        "brev": vedtaksark(),
        "saksreferanse": "Anmodning 2027",
        "motpart": land.kommune,
        "mottakere": [Mottaker(land.imdi, "fil"), Mottaker(land.nabo, "fil")],
        "registrert_av": hvem(land),
        "nokkel": "vedtak:1",
    }
    return services.registrer_inn(**valg | endret)


def jobber(navn: str) -> list[dict]:
    return list(ProcrastinateJob.objects.filter(task_name=navn).order_by("pk").values_list("args", flat=True))


@pytest.mark.django_db
class TestITransaksjon:
    def test_it_is_registered_at_once_with_number_pdf_and_copies(self, land):
        dokument = registrer(land, sak(land))
        assert (dokument.retning, dokument.tilstand, dokument.opprettet_av_id) == ("inn", "sendt", None)
        assert (dokument.godkjent_av_id, dokument.godkjent_tid) == (land.kommuneleser.bruker_id, TID)
        assert {(f.mottaker_id, f.kanal, f.tilstand) for f in Forsendelse.objects.all()} == {
            (land.imdi.pk, "fil", "venter"),
            (land.nabo.pk, "fil", "venter"),
        }
        assert len(jobber("dokument.ekspeder")) == 2
        assert jobber("dokument.arkiver") == [{"dokument_id": dokument.pk}]
        (innslag,) = Hendelse.objects.filter(subjekt_id=dokument.subjekt_id)
        assert (
            innslag.handling == "dokument.registrer_inn"
            and innslag.data["registrert_av"] == hvem(land).bruker_id
        )
        assert "Fjordvik" not in str(innslag.data) and "Lesersen" not in str(innslag.data)

    @pytest.mark.parametrize("maalform", list(Maalform))
    def test_the_sheet_is_the_municipalitys_and_says_who_registered_it(self, land, maalform):
        dokument = registrer(land, sak(land), brev=vedtaksark(maalform=maalform))
        i_pdf = tekst(bytes(dokument.fil.innhold))
        assert "Registrert av Demo Lesersen, rådgiver i kommunen, 01.12.2026 kl. 10.15" in i_pdf
        assert REGISTRERT_ELEKTRONISK[maalform] in i_pdf
        assert "odkjent" not in i_pdf and "UTKAST" not in i_pdf and "IMDi" not in i_pdf
        assert dokument.dokumentnummer in i_pdf and "settes av Bosett" not in i_pdf
        leser = PdfReader(io.BytesIO(bytes(dokument.fil.innhold)))
        assert leser.metadata.author == "DEMO Fjordvik kommune"
        assert PDF_STANDARDER == ["a-2a", "ua-1"] and "/StructTreeRoot" in leser.trailer["/Root"]

    def test_the_same_key_gives_the_same_document(self, land):
        subjekt = sak(land)
        svar = [registrer(land, subjekt, brev=vedtaksark(antall)) for antall in (15, 20)]
        assert svar[0] == svar[1]
        assert Forsendelse.objects.count() == 2 == len(jobber("dokument.ekspeder"))
        assert Hendelse.objects.filter(handling="dokument.registrer_inn").count() == 1

    def test_it_takes_numbers_from_the_same_series_as_letters_out(self, land):
        dokument = registrer(land, sak(land))
        neste = services.opprett_utkast(
            aktor=land.radgiver,
            subjekt_id=nytt_subjekt(slag="prove").pk,
            slag="brev",
            brev=vedtaksark(),
            saksreferanse="x",
        )
        assert (neste.aar, neste.nummer) == (dokument.aar, dokument.nummer + 1)

    def test_only_the_systems_job_does_it(self, land, som):
        subjekt = sak(land)
        for aktor in (skriver(land), land.radgiver, land.godkjenner):
            with pytest.raises(Avvist):
                registrer(land, subjekt, aktor=aktor)
        with pytest.raises(ValueError, match="nøkkel"):
            registrer(land, subjekt, nokkel="")

    def test_the_sender_and_those_the_case_is_shared_with_see_it(self, land, som):
        delt, bare_kommunen = sak(land, land.kommune, land.nabo), sak(land)
        dokument = registrer(land, delt)
        registrer(land, bare_kommunen, nokkel="vedtak:2")
        som(land.kommuneleser)
        assert selectors.dokumenter(land.kommuneleser).count() == 2
        assert "15 flyktninger" in tekst(selectors.pdf(land.kommuneleser, dokument.uuid))
        som(land.naboleser)
        assert [d.pk for d in Dokument.objects.all()] == [dokument.pk]

    def test_what_has_come_in_is_not_edited_and_never_a_draft(self, land):
        dokument = registrer(land, sak(land))
        with pytest.raises(Konflikt) as feil:
            services.rediger(aktor=land.radgiver, dokument_id=dokument.pk, brev=vedtaksark(20))
        assert feil.value.kode == "dokument.kom_inn"
        for endring in ({"tittel": "Annet"}, {"retning": "ut"}, {"godkjent_av": None}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Dokument.objects.filter(pk=dokument.pk).update(**endring)
        felt = {
            f.name: getattr(dokument, f.name)
            for f in Dokument._meta.fields
            if f.name not in ("id", "uuid", "nokkel", "serie")
        }
        for endring in (
            {"motpart": None},
            {"opprettet_av_id": land.radgiver.bruker_id},
            {"tilstand": "utkast", "sendt_tid": None},
        ):
            with pytest.raises(IntegrityError, match="dokument_inn_er_registrert"), transaction.atomic():
                Dokument.objects.create(**felt | {"nummer": 99} | endring)

    def test_a_new_version_takes_over_with_the_same_number(self, land):
        subjekt = sak(land)
        forste = registrer(land, subjekt)
        andre = registrer(land, subjekt, nokkel="vedtak:2", brev=vedtaksark(20), erstatter_id=forste.pk)
        forste.refresh_from_db()
        assert forste.tilstand == "erstattet" and andre.erstatter == forste
        assert andre.dokumentnummer == f"{forste.dokumentnummer}-2" in tekst(bytes(andre.fil.innhold))
        assert registrer(land, subjekt, nokkel="vedtak:2", erstatter_id=forste.pk) == andre
        with pytest.raises(Konflikt):
            registrer(land, subjekt, nokkel="vedtak:3", erstatter_id=forste.pk)
        with pytest.raises(Konflikt):
            registrer(land, sak(land), nokkel="vedtak:3", erstatter_id=andre.pk)

    def test_a_refused_channel_or_text_leaves_nothing(self, land):
        subjekt = sak(land)
        for endring in (
            {"mottakere": [Mottaker(land.nabo, "epost")]},
            {"brev": replace(vedtaksark(), tittel="مرحبا")},
            {"vedlegg": [ta_imot(JOBB, sak(land), land)]},
        ):
            with pytest.raises(Ugyldig), transaction.atomic():
                registrer(land, subjekt, **endring)
        assert not Dokument.objects.exists()

    def test_the_same_recipient_twice_is_one(self, land):
        registrer(land, sak(land), mottakere=[Mottaker(land.imdi, "fil")] * 2)
        assert Forsendelse.objects.count() == 1

    def test_without_recipients_it_is_archived_all_the_same(self, land):
        dokument = registrer(land, sak(land), mottakere=[])
        assert jobber("dokument.arkiver") == [{"dokument_id": dokument.pk}]


@pytest.fixture
def scene(ekte_database):
    with som(JOBB):
        return lag_land()


def test_the_same_registration_at_the_same_time_is_one_document(scene):
    with som(JOBB):
        subjekt = sak(scene)

    def gjor(_nr: int) -> int:
        try:
            with som(JOBB):
                return registrer(scene, subjekt).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as basseng:
        svar = set(basseng.map(gjor, range(8)))
    with som(JOBB):
        assert len(svar) == 1 == Dokument.objects.count()
        assert len(jobber("dokument.ekspeder")) == 2 == Forsendelse.objects.count()
        assert verifiser().feil == []


@pytest.mark.krav("R251")
@pytest.mark.krav_delvis("R050", "R051")
def test_the_copy_goes_to_the_organisations_mailbox_as_a_link_with_a_receipt(scene, smtp, settings):
    settings.ADRESSE = "https://bosett.example"
    with som(JOBB):
        subjekt = sak(scene)
        Organisasjon.objects.filter(pk=scene.imdi.pk).update(epost="postmottak@imdi.example")
        for nr, (adresse, i_kopi) in enumerate(
            [("bosetting@ks.example", scene.nabo), ("ny@ks.example", scene.nabo)]
        ):
            Organisasjon.objects.filter(pk=i_kopi.pk).update(epost=adresse)
            mottakere = [
                mottaker
                for pk in (scene.imdi.pk, i_kopi.pk)
                for mottaker in services.standardkanaler(Organisasjon.objects.get(pk=pk))
            ]
            dokument = registrer(scene, subjekt, nokkel=f"vedtak:{nr}", mottakere=mottakere)
    for forsendelse in _alle():
        services.ekspeder(aktor=JOBB, forsendelse_id=forsendelse)
    assert [m["To"] for m in smtp.meldinger] == [
        "postmottak@imdi.example", "bosetting@ks.example", "postmottak@imdi.example", "ny@ks.example"
    ]  # fmt: skip
    melding = smtp.meldinger[-1]
    assert not melding.is_multipart()
    skrevet = melding.get_payload(decode=True).decode() + str(melding["Subject"])
    assert f"https://bosett.example/dokument/{dokument.uuid}/" in skrevet
    for personlig in ("Fjordvik", "Lesersen", "Vedtak", "flyktning", "15"):
        assert personlig not in skrevet.replace(str(dokument.uuid), "")
    with som(JOBB):
        for forsendelse in Forsendelse.objects.filter(kanal="epost"):
            assert (
                forsendelse.tilstand == "levert"
                and forsendelse.kvittering["message_id"] == forsendelse.message_id
            )


_REGISTRER = """
from bosett.config import oppstart; oppstart.django()
import sys
from types import SimpleNamespace
from bosett.aktor.kontekst import sett, som, system
from bosett.aktor.models import Organisasjon
from bosett.aktor.models import Bruker, Organisasjon
from tests.dokument import test_innkommende as t
from bosett.dokument.models import Innfil
with som(system("prove")):
    b = Bruker.objects.get(brukernavn="demo.leser")
    land = SimpleNamespace(kommuneleser=SimpleNamespace(bruker_id=b.pk, navn=b.navn), **{
        n: Organisasjon.objects.get(navn=v) for n, v in (("imdi", "IMDi"), ("kommune", "DEMO Fjordvik kommune"), ("nabo", "DEMO Nabo kommune"))})
    t.registrer(land, int(sys.argv[1]), vedlegg=list(Innfil.objects.all()))
"""


def test_a_job_killed_on_the_way_leaves_all_or_nothing(scene, settings):
    with som(JOBB):
        subjekt = sak(scene)
        innfil = ta_imot(JOBB, subjekt, scene)
    services.kontroller_fil(aktor=JOBB, innfil_id=innfil.pk)
    for punkt in ("dokument.inn_etter_fil", "dokument.inn_etter_rad", "dokument.inn_for_innsending"):
        miljo = os.environ | {
            "PYTHONPATH": os.pathsep.join((str(ROT / "src"), str(ROT))), "BOSETT_FEILPUNKT": f"{punkt}:1"
        }  # fmt: skip
        ferdig = subprocess.run(
            [sys.executable, "-c", _REGISTRER, str(subjekt)], env=miljo, capture_output=True, timeout=120, check=False
        )  # fmt: skip
        assert ferdig.returncode == -signal.SIGKILL, (punkt, ferdig.stderr[-2000:])
        with som(JOBB):
            assert not Dokument.objects.exists() and not Forsendelse.objects.exists(), punkt
            assert jobber("dokument.ekspeder") == jobber("dokument.arkiver") == [], punkt
    with som(JOBB):
        dokument = registrer(scene, subjekt, vedlegg=[innfil])
        assert dokument.nummer == 1  # no hole in the numbers
    for forsendelse in _alle():
        for _ in range(2):
            services.ekspeder(aktor=JOBB, forsendelse_id=forsendelse)
    with som(JOBB):
        assert {f.tilstand for f in Forsendelse.objects.all()} == {"levert"}
        assert jobber("dokument.arkiver") == [{"dokument_id": dokument.pk}]
        services.arkiver(aktor=JOBB, dokument_id=dokument.pk)
        assert verifiser().feil == []
    utboks = list(Path(settings.UTBOKS).iterdir())
    assert len(utboks) == 2 and all(fil.read_bytes().startswith(b"%PDF") for fil in utboks)


def _alle() -> list[int]:
    with som(JOBB):
        return list(Forsendelse.objects.order_by("pk").values_list("pk", flat=True))

"""Drafts, approval, locking, versions, sending: each act, its guards and its repeat; and what the database refuses by itself."""

import io

import pypdf
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from bosett.aktor.kontekst import system
from bosett.dokument import services
from bosett.dokument.arkiv import verifiser
from bosett.dokument.brev import GODKJENT_ELEKTRONISK, Maalform, fra_json
from bosett.dokument.models import Arkivpakke, Dokument, Fil, Forsendelse
from bosett.dokument.services import Mottaker
from bosett.grunn.feil import Avvist, Konflikt, Ugyldig
from bosett.grunn.klokke import frys, naa
from bosett.spor.models import Hendelse
from bosett.tilgang.services import nytt_subjekt

from .brevdata import lag
from .pdflesing import tekst

pytestmark = pytest.mark.django_db


@pytest.fixture
def utkast(land):
    return _utkast(land)


def _utkast(land, brev=None, **felt):
    return services.opprett_utkast(
        aktor=land.radgiver,
        subjekt_id=nytt_subjekt(slag="prove").pk,
        slag="anmodningsbrev",
        brev=brev or lag(),
        saksreferanse="Anmodningsrunde 2020",
        motpart=land.kommune,
        **felt,
    )


@pytest.fixture
def godkjent(land, utkast):
    return services.godkjenn(aktor=land.godkjenner, dokument_id=utkast.pk, rolle="regiondirektør")


def _mottaker(land, kanal="fil"):
    return [Mottaker(land.kommune, kanal)]


def _jobber():
    return list(ProcrastinateJob.objects.order_by("pk").values_list("task_name", "args"))


def test_utkast_far_nummer_og_referanse(land, utkast):
    neste = _utkast(land)
    assert (utkast.aar, utkast.nummer, neste.nummer) == (2019, 1, 2)
    assert fra_json(neste.innhold).referanse == "2019/2" == neste.dokumentnummer
    assert [h.handling for h in Hendelse.objects.filter(subjekt_id=utkast.subjekt_id)] == ["dokument.opprett"]


def test_samme_nokkel_gir_samme_dokument(land):
    subjekt = nytt_subjekt(slag="prove")
    svar = [
        services.opprett_utkast(
            aktor=land.radgiver,
            subjekt_id=subjekt.pk,
            slag="anmodningsbrev",
            brev=lag(),
            saksreferanse="x",
            nokkel="runde-1:kommune-1",
        )
        for _ in range(2)
    ]
    assert svar[0] == svar[1]
    assert Hendelse.objects.filter(subjekt=subjekt).count() == 1


@pytest.mark.krav("R004")
def test_brev_som_ikke_er_godkjent_kan_ikke_sendes(land, utkast):
    with pytest.raises(Konflikt) as feil:
        services.send(aktor=land.radgiver, dokument_id=utkast.pk, mottakere=_mottaker(land))
    assert feil.value.kode == "dokument.tilstand"
    with pytest.raises(DatabaseError, match="må være godkjent"), transaction.atomic():
        Forsendelse.objects.create(
            dokument=utkast, mottaker=land.kommune, kanal="fil", tilstand="venter", message_id="<a@b>"
        )
    assert _jobber() == []


@pytest.mark.krav("R004")
def test_godkjent_pdf_har_godkjenner_rolle_tidspunkt_og_setningen(land, utkast):
    with frys(naa().replace(2019, 11, 5, 9, 30)):
        dokument = services.godkjenn(aktor=land.godkjenner, dokument_id=utkast.pk, rolle="regiondirektør")
    i_pdf = tekst(bytes(dokument.fil.innhold))
    assert "Godkjent av Demo Godkjennersen, regiondirektør, 05.11.2019 kl. 09.30" in i_pdf
    assert GODKJENT_ELEKTRONISK[Maalform.NB] in i_pdf
    assert "UTKAST" not in i_pdf
    assert (dokument.godkjent_navn, dokument.godkjent_rolle) == ("Demo Godkjennersen", "regiondirektør")


@pytest.mark.krav("R004")
def test_endring_av_laast_brev_blir_ny_versjon(land, godkjent):
    services.send(aktor=land.radgiver, dokument_id=godkjent.pk, mottakere=_mottaker(land))
    ny = services.rediger(aktor=land.radgiver, dokument_id=godkjent.pk, brev=lag(antall=20))
    godkjent.refresh_from_db()
    assert (ny.versjon, ny.erstatter, ny.tilstand, godkjent.tilstand) == (2, godkjent, "utkast", "sendt")
    assert ny.dokumentnummer == f"{godkjent.dokumentnummer}-2" == fra_json(ny.innhold).referanse
    services.godkjenn(aktor=land.godkjenner, dokument_id=ny.pk)
    godkjent.refresh_from_db()
    assert godkjent.tilstand == "erstattet"
    assert "15 flyktninger" in tekst(bytes(godkjent.fil.innhold))
    assert "20 flyktninger" in tekst(bytes(Dokument.objects.get(pk=ny.pk).fil.innhold))


def test_rediger_utkast_endrer_det_samme_dokumentet(land, utkast):
    svar = services.rediger(aktor=land.radgiver, dokument_id=utkast.pk, brev=lag(antall=20))
    igjen = services.rediger(aktor=land.radgiver, dokument_id=utkast.pk, brev=lag(antall=20))
    assert svar.pk == igjen.pk == utkast.pk
    assert Hendelse.objects.filter(handling="dokument.rediger").count() == 1


def test_bare_en_ny_versjon_om_gangen(land, godkjent):
    services.rediger(aktor=land.radgiver, dokument_id=godkjent.pk, brev=lag(antall=20))
    with pytest.raises(Konflikt):
        services.rediger(aktor=land.radgiver, dokument_id=godkjent.pk, brev=lag(antall=30))


def test_den_som_laget_brevet_kan_ikke_godkjenne_det(land):
    eget = services.opprett_utkast(
        aktor=land.godkjenner,
        subjekt_id=nytt_subjekt(slag="prove").pk,
        slag="anmodningsbrev",
        brev=lag(),
        saksreferanse="x",
    )
    with pytest.raises(Avvist) as feil:
        services.godkjenn(aktor=land.godkjenner, dokument_id=eget.pk)
    assert feil.value.kode == "dokument.fire_oyne"


@pytest.mark.parametrize("hvem", ["radgiver", "kommuneleser"])
def test_andre_roller_kan_ikke_godkjenne(land, utkast, hvem):
    with pytest.raises(Avvist):
        services.godkjenn(aktor=getattr(land, hvem), dokument_id=utkast.pk)


def test_en_jobb_godkjenner_bare_pa_vegne_av_en_person(land, utkast):
    jobb = system("prove")
    with pytest.raises(Avvist):
        services.godkjenn(aktor=jobb, dokument_id=utkast.pk)
    hvem = services.Godkjenner(land.godkjenner.bruker_id, land.godkjenner.navn, "regiondirektør", naa())
    assert (
        services.godkjenn(aktor=jobb, dokument_id=utkast.pk, godkjenner=hvem).godkjent_av_id == hvem.bruker_id
    )


def test_en_person_kan_ikke_godkjenne_som_en_annen(land, utkast):
    hvem = services.Godkjenner(land.radgiver.bruker_id, "En annen", "rolle", naa())
    with pytest.raises(Avvist):
        services.godkjenn(aktor=land.godkjenner, dokument_id=utkast.pk, godkjenner=hvem)


def test_a_gjenta_forandrer_ingenting(land, godkjent):
    for _ in range(2):
        assert services.godkjenn(aktor=land.godkjenner, dokument_id=godkjent.pk).pk == godkjent.pk
        services.send(aktor=land.radgiver, dokument_id=godkjent.pk, mottakere=_mottaker(land))
    handlinger = list(
        Hendelse.objects.filter(subjekt_id=godkjent.subjekt_id)
        .order_by("nr")
        .values_list("handling", flat=True)
    )
    assert handlinger == ["dokument.opprett", "dokument.godkjenn", "dokument.send"]
    assert len(_jobber()) == 1
    assert Forsendelse.objects.count() == 1


def test_sporet_har_ingen_navn(land, godkjent):
    for hendelse in Hendelse.objects.all():
        assert "Godkjennersen" not in str(hendelse.data)
        assert "Fjordvik" not in str(hendelse.data)


def test_nynorsk_brev_far_nynorsk_godkjenning(land):
    dokument = _utkast(land, lag(Maalform.NN))
    dokument = services.godkjenn(aktor=land.godkjenner, dokument_id=dokument.pk, rolle="regiondirektør")
    assert dokument.spraak == "nn"
    assert GODKJENT_ELEKTRONISK[Maalform.NN] in tekst(bytes(dokument.fil.innhold))


@pytest.mark.parametrize(
    "endring",
    [
        {"tittel": "Noe annet"},
        {"innhold": {}},
        {"godkjent_navn": "En annen"},
        {"fil": None},
        {"tilstand": "utkast"},
    ],
    ids=lambda e: next(iter(e)),
)
def test_databasen_nekter_a_endre_et_laast_brev(land, godkjent, endring):
    with pytest.raises(DatabaseError), transaction.atomic():
        Dokument.objects.filter(pk=godkjent.pk).update(**endring)


def test_databasen_nekter_a_slette_laast_brev_og_a_endre_filer(land, godkjent):
    with pytest.raises(DatabaseError), transaction.atomic():
        Dokument.objects.filter(pk=godkjent.pk)._raw_delete("default")
    with pytest.raises(DatabaseError, match="fil"), transaction.atomic():
        Fil.objects.filter(pk=godkjent.fil_id).update(innhold=b"x")


def test_databasen_krever_fil_og_godkjenner(land, utkast):
    with pytest.raises(IntegrityError, match="dokument_godkjent_har_fil_og_godkjenner"), transaction.atomic():
        Dokument.objects.filter(pk=utkast.pk).update(tilstand="godkjent")


def test_bare_en_gjeldende_versjon_i_databasen(land, godkjent):
    felt = {
        f.name: getattr(godkjent, f.name)
        for f in Dokument._meta.fields
        if f.name not in ("id", "uuid", "nokkel")
    }
    with pytest.raises(IntegrityError, match="dokument_en_gjeldende"), transaction.atomic():
        Dokument.objects.create(**felt | {"versjon": 2})


def test_samme_bytes_lagres_en_gang(land):
    en, to = (services.lagre_fil(innhold=b"samme", medietype="text/plain") for _ in range(2))
    assert en.pk == to.pk


@pytest.mark.parametrize("innhold", [b"", b"x" * (25 * 1024 * 1024 + 1)], ids=["tom", "for stor"])
def test_tomme_og_for_store_filer_avvises(land, innhold):
    with pytest.raises(Ugyldig):
        services.lagre_fil(innhold=innhold, medietype="text/plain")


def test_sendt_brev_arkiveres_med_registerdata(land, godkjent):
    with pytest.raises(Konflikt):
        services.arkiver(aktor=system("prove"), dokument_id=godkjent.pk)
    services.send(aktor=land.radgiver, dokument_id=godkjent.pk, mottakere=_mottaker(land))
    pakker = [services.arkiver(aktor=system("prove"), dokument_id=godkjent.pk) for _ in range(2)]
    assert pakker[0] == pakker[1] == Arkivpakke.objects.get()
    metadata = verifiser(bytes(pakker[0].fil.innhold))
    assert metadata["id"] == str(godkjent.uuid)
    assert metadata["kontekst"] == "Anmodningsrunde 2020"
    assert metadata["part"] == "DEMO Fjordvik kommune"
    assert metadata["godkjenninger"][0]["navn"] == "Demo Godkjennersen"


def test_lagret_pdf_er_den_som_ble_satt(land, godkjent):
    leser = pypdf.PdfReader(io.BytesIO(bytes(godkjent.fil.innhold)))
    assert leser.metadata.title == godkjent.tittel

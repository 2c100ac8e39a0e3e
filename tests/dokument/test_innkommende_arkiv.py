"""The archive package of what has come in: the sheet, every file let through, and what it lacks."""

import io
import zipfile

import pytest
from django.db import DatabaseError, connection, transaction

from bosett.aktor.kontekst import system
from bosett.dokument import selectors, services
from bosett.dokument.arkiv import verifiser as verifiser_pakke
from bosett.dokument.models import Arkivpakke, Dokumentvedlegg
from bosett.grunn.feil import FinnesIkke

from . import filer
from .test_innfiler import kontroller, sak, skriver, ta_imot
from .test_innkommende import jobber, registrer

pytestmark = pytest.mark.django_db
JOBB = system("prove")


def pakkens_filer(pakke: Arkivpakke) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bytes(pakke.fil.innhold))) as arkiv:
        return {navn: arkiv.read(navn) for navn in arkiv.namelist()}


def test_it_holds_the_sheet_and_every_file_let_through_and_says_what_it_lacks(land):
    subjekt = sak(land)
    frigitt = [
        kontroller(ta_imot(skriver(land), subjekt, land, filer.pdf(f"{nr}"), navn="Vedtak.pdf"))
        for nr in range(2)
    ]
    avvist = kontroller(ta_imot(skriver(land), subjekt, land, filer.pdf_med_skript(), navn="skript.pdf"))
    venter = ta_imot(skriver(land), subjekt, land, filer.word(), navn="sak.docx")
    dokument = registrer(land, subjekt, vedlegg=[*frigitt, avvist, venter])
    assert jobber("dokument.arkiver") == []  # it waits for the last file
    pakke = services.arkiver(aktor=JOBB, dokument_id=dokument.pk)
    metadata = verifiser_pakke(bytes(pakke.fil.innhold))
    innhold = pakkens_filer(pakke)
    assert innhold["hoveddokument.pdf"] == bytes(dokument.fil.innhold)
    assert innhold["vedlegg-1-Vedtak.pdf"] == filer.pdf("0") and innhold["vedlegg-2-Vedtak.pdf"] == filer.pdf(
        "1"
    )
    assert {navn for navn in innhold if navn.startswith("vedlegg")} == {
        "vedlegg-1-Vedtak.pdf",
        "vedlegg-2-Vedtak.pdf",
    }
    assert [(v["fil"], v["utelatt"]) for v in metadata["vedlegg"]] == [
        ("vedlegg-1-Vedtak.pdf", ""),
        ("vedlegg-2-Vedtak.pdf", ""),
        ("", "Filen ble avvist. Filen har skript eller handlinger som kjører når den åpnes."),
        ("", "Filen er ikke kontrollert ennå."),
    ]
    assert metadata["vedlegg"][0]["viruskontroll"] is None  # nobody has scanned it, and it says so
    assert (metadata["retning"], metadata["part"]) == ("inn", "DEMO Fjordvik kommune")


def test_a_file_let_through_later_makes_a_new_package_and_a_repeat_makes_none(land, som):
    subjekt = sak(land)
    venter = ta_imot(skriver(land), subjekt, land, filer.word(), navn="sak.docx")
    dokument = registrer(land, subjekt, vedlegg=[venter])
    forst = [services.arkiver(aktor=JOBB, dokument_id=dokument.pk) for _ in range(2)]
    kontroller(venter)
    assert jobber("dokument.arkiver") == [{"dokument_id": dokument.pk}]
    sist = [services.arkiver(aktor=JOBB, dokument_id=dokument.pk) for _ in range(2)]
    assert forst[0] == forst[1] != sist[0] == sist[1]
    assert (forst[0].nr, sist[0].nr) == (1, 2)
    assert "vedlegg-1-sak.docx" in pakkens_filer(sist[0]) and "vedlegg-1-sak.docx" not in pakkens_filer(
        forst[0]
    )
    som(land.radgiver)
    assert selectors.arkivpakke(land.radgiver, dokument) == bytes(sist[0].fil.innhold)


def test_two_files_released_at_once_queue_one_archiving(land):
    subjekt = sak(land)
    venter = [ta_imot(skriver(land), subjekt, land, filer.pdf(str(nr))) for nr in range(3)]
    dokument = registrer(land, subjekt, vedlegg=venter)
    for innfil in venter:
        assert jobber("dokument.arkiver") == []
        kontroller(innfil)
    kontroller(venter[0])
    assert jobber("dokument.arkiver") == [{"dokument_id": dokument.pk}]


def test_files_that_do_not_fit_are_named(land, monkeypatch):
    monkeypatch.setattr("bosett.dokument.services.arkivering._PLASS_TIL_FILER", 5000)
    subjekt = sak(land)
    stor = kontroller(ta_imot(skriver(land), subjekt, land, filer.word(), navn="stor.docx"))
    liten = kontroller(ta_imot(skriver(land), subjekt, land, filer.png(), navn="liten.png"))
    dokument = registrer(land, subjekt, vedlegg=[stor, liten])
    pakke = services.arkiver(aktor=JOBB, dokument_id=dokument.pk)
    metadata = verifiser_pakke(bytes(pakke.fil.innhold))
    assert [(v["navn"], bool(v["fil"])) for v in metadata["vedlegg"]] == [
        ("stor.docx", False),
        ("liten.png", True),
    ]


def test_the_municipality_sees_the_files_of_its_document(land, som):
    subjekt = sak(land, land.kommune, land.nabo)
    venter = ta_imot(skriver(land), subjekt, land)
    dokument = registrer(land, subjekt, vedlegg=[venter])
    som(land.kommuneleser)
    assert [ett.pk for ett in selectors.vedlegg(land.kommuneleser, dokument)] == [venter.pk]
    som(land.naboleser)
    assert not Dokumentvedlegg.objects.filter(innfil__tilstand="karantene").exists()
    with pytest.raises(FinnesIkke):
        selectors.innfil(land.naboleser, venter.uuid)


def test_the_list_of_files_is_never_changed(land):
    subjekt = sak(land)
    registrer(land, subjekt, vedlegg=[ta_imot(skriver(land), subjekt, land)])
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as db,
    ):
        db.execute("UPDATE dokument_dokumentvedlegg SET nr = 2")
    with connection.cursor() as db:  # only with the whole case, when two have approved that
        db.execute("DELETE FROM dokument_dokumentvedlegg")
        assert db.rowcount == 0

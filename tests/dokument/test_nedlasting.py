"""The file on the web: saved and never shown, to those who may, when it is let through; and the page that lists it."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.access.verden import Verden, lag_verden

from bosett.aktor.kontekst import sett, system
from bosett.dokument import services
from bosett.dokument.models import Innfil
from bosett.dokument.services import Godkjenner
from bosett.grunn.klokke import naa
from bosett.tilgang.models import Innsyn
from bosett.tilgang.services import del_subjekt, nytt_subjekt

from . import filer
from .test_innkommende import vedtaksark

pytestmark = pytest.mark.django_db
JOBB = system("prove")


@pytest.fixture
def verden() -> Verden:
    return lag_verden()


@pytest.fixture
def subjekt(verden) -> int:
    pk = nytt_subjekt(slag="prove").pk
    fra = naa().replace(year=naa().year - 1)
    for org in (verden.egen, verden.organisasjoner["ks"]):
        del_subjekt(subjekt_id=pk, organisasjon=org, grad="full", hvorfor="prøve", fra=fra)
    return pk


def last_opp(verden, subjekt, innhold=None, navn="Vedtak – møte.pdf", *, kontroller=True) -> Innfil:
    sett(JOBB)
    innfil = services.ta_imot(
        aktor=JOBB, subjekt_id=subjekt, organisasjon=verden.egen, navn=navn, innhold=innhold or filer.pdf()
    )
    if kontroller:
        services.kontroller_fil(aktor=JOBB, innfil_id=innfil.pk)
    return innfil


def inn(verden, rolle) -> Client:
    client = Client()
    client.force_login(verden.brukere[rolle], "django.contrib.auth.backends.ModelBackend")
    return client


def test_it_is_saved_and_never_shown(verden, subjekt):
    innfil = last_opp(verden, subjekt)
    svar = inn(verden, "bosetter_les").get(reverse("dokument:innfil", args=[innfil.uuid]))
    assert svar.status_code == 200 and svar.content == filer.pdf()
    assert svar.headers["Content-Type"] == "application/pdf"
    assert svar.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Vedtak%20")
    assert svar.headers["X-Content-Type-Options"] == "nosniff"
    assert svar.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert svar.headers["Cache-Control"] == "private, no-store"
    sett(JOBB)
    assert Innsyn.objects.get().subjekt_id == subjekt


@pytest.mark.parametrize(
    ("rolle", "status"),
    [("imdi_radgiver", 200), ("ks_radgiver", 200), ("kommune_admin", 200), ("fylke_radgiver", 404), ("udi_saksbehandler", 404)],
)  # fmt: skip
def test_who_may_save_it(verden, subjekt, rolle, status):
    innfil = last_opp(verden, subjekt)
    assert inn(verden, rolle).get(reverse("dokument:innfil", args=[innfil.uuid])).status_code == status


@pytest.mark.parametrize("rolle", ["imdi_radgiver", "bosetter_skriv", "ks_radgiver"])
def test_nobody_saves_what_is_not_let_through(verden, subjekt, rolle):
    for innfil in (
        last_opp(verden, subjekt, kontroller=False),
        last_opp(verden, subjekt, filer.pdf_med_skript()),
    ):
        assert inn(verden, rolle).get(reverse("dokument:innfil", args=[innfil.uuid])).status_code == 404


@pytest.mark.krav_delvis("R064")
def test_the_page_tells_who_it_is_from_and_how_each_file_stands(verden, subjekt):
    vedlegg = [
        last_opp(verden, subjekt),
        last_opp(verden, subjekt, filer.word(), "sak.docx", kontroller=False),
        last_opp(verden, subjekt, filer.pdf_med_skript(), "skript.pdf"),
    ]
    bruker = verden.brukere["bosetter_skriv"]
    sett(JOBB)
    dokument = services.registrer_inn(
        aktor=JOBB, subjekt_id=subjekt, slag="vedtaksark", brev=vedtaksark(), saksreferanse="Anmodning 2027", motpart=verden.egen,
        mottakere=[], registrert_av=Godkjenner(bruker.pk, bruker.navn, "rådgiver", naa()), nokkel="v:1", vedlegg=vedlegg,
    )  # fmt: skip
    side = inn(verden, "bosetter_les").get(reverse("dokument:ett", args=[dokument.uuid])).content.decode()
    assert f"Fra {verden.egen.navn}" in side and "Mottatt" in side and "Godkjent" not in side
    assert side.count("/filer/") == 1 and "ikke viruskontrollert" in side
    assert "Til kontroll" in side and "Filen har skript" in side
    andres = inn(verden, "ks_radgiver").get(reverse("dokument:ett", args=[dokument.uuid])).content.decode()
    assert "/filer/" in andres and "skript.pdf" not in andres and "sak.docx" not in andres
    liste = inn(verden, "imdi_radgiver").get(reverse("dokument:liste")).content.decode()
    assert "Til eller fra" in liste and verden.egen.navn in liste

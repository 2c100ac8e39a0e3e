"""Files in: quarantine, the job that lets through or refuses, who sees what, and repeats, races and a killed process."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from bosett.aktor.kontekst import Aktor, Tilhorighet, sett, som, system
from bosett.aktor.models import Bruker
from bosett.dokument import isolert, selectors, services
from bosett.dokument.models import Fil, Innfil
from bosett.dokument.services import innfiler as innfiltjeneste
from bosett.dokument.viruskontroll import Viruskontrollfeil
from bosett.grunn.feil import Avvist, FinnesIkke, Ugyldig
from bosett.grunn.klokke import naa
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from bosett.tilgang.services import del_subjekt, nytt_subjekt

from . import filer
from .clamd import VIRUS, clamd
from .conftest import lag_land

JOBB = system("prove")
ROT = Path(__file__).resolve().parents[2]


def skriver(land, organisasjon=None) -> Aktor:
    """The municipality's own user who may bring files."""
    org = organisasjon or land.kommune
    bruker, _ = Bruker.objects.get_or_create(
        brukernavn=f"demo.skriver.{org.pk}", navn="Demo Skriversen", defaults={"opprettet": naa()}
    )
    tilhorighet = Tilhorighet("bosetter_skriv", org.pk, org.navn, org.slag, org.kommune_id, None, None)
    return Aktor(bruker.pk, "Demo Skriversen", (tilhorighet,))


def sak(land, *organisasjoner) -> int:
    """A case shared with these (the municipality, when none is named) since last year."""
    pk = nytt_subjekt(slag="prove").pk
    for org in organisasjoner or (land.kommune,):
        del_subjekt(
            subjekt_id=pk, organisasjon=org, grad="full", hvorfor="prøve", fra=naa().replace(year=naa().year - 1)
        )  # fmt: skip
    return pk


def ta_imot(aktor, subjekt_id, land, innhold=None, navn="Vedtak.pdf", organisasjon=None) -> Innfil:
    return services.ta_imot(
        aktor=aktor,
        subjekt_id=subjekt_id,
        organisasjon=organisasjon or land.kommune,
        navn=navn,
        innhold=innhold or filer.pdf(),
    )


def kontroller(innfil, **valg) -> Innfil:
    services.kontroller_fil(aktor=JOBB, innfil_id=innfil.pk, **valg)
    sett(JOBB)
    innfil.refresh_from_db()
    return innfil


def jobber() -> list[tuple[str, dict]]:
    return list(ProcrastinateJob.objects.order_by("pk").values_list("task_name", "args"))


@pytest.mark.django_db
class TestITransaksjon:
    def test_a_file_waits_in_quarantine_until_the_job_lets_it_through(self, land, som):
        subjekt = sak(land)
        leser = skriver(land)
        som(leser)
        innfil = ta_imot(leser, subjekt, land, navn="kommunestyret.docx")
        assert (innfil.tilstand, innfil.navn, innfil.medietype) == (
            "karantene",
            "kommunestyret.pdf",
            "application/pdf",
        )
        assert innfil.lastet_opp_av_id == leser.bruker_id
        assert jobber() == [("dokument.kontroller_fil", {"innfil_id": innfil.pk})]
        with pytest.raises(FinnesIkke):
            selectors.innfil(leser, innfil.uuid)
        assert [ett.tilstand for ett in selectors.innfiler(leser, subjekt)] == ["karantene"]
        kontroller(innfil)
        assert (innfil.tilstand, innfil.viruskontroll) == ("frigitt", None)
        som(leser)
        assert bytes(selectors.innfil(leser, innfil.uuid).fil.innhold) == filer.pdf()
        som(JOBB)
        handlinger = (
            Hendelse.objects.filter(subjekt_id=subjekt).order_by("nr").values_list("handling", "data")
        )
        assert [h for h, _ in handlinger] == ["dokument.ta_imot", "dokument.frigi_fil"]
        assert "kommunestyret" not in str(list(handlinger))

    @pytest.mark.parametrize(
        ("innhold", "grunn"),
        [
            (b"", "tom"),
            (b"hei", "type"),
            (filer.pdf_med_passord(), "passord"),
            (filer.pdf()[:-100], "odelagt"),
        ],
    )
    def test_what_is_plainly_wrong_is_refused_at_once_and_nothing_is_stored(self, land, som, innhold, grunn):
        aktor, subjekt = skriver(land), sak(land)
        som(aktor)
        with pytest.raises(Ugyldig) as feil:
            services.ta_imot(
                aktor=aktor, subjekt_id=subjekt, organisasjon=land.kommune, navn="a.pdf", innhold=innhold
            )
        assert feil.value.kode == f"dokument.fil_{grunn}"
        som(JOBB)
        assert not Innfil.objects.exists() and not Fil.objects.exists() and jobber() == []

    @pytest.mark.parametrize(
        ("innhold", "grunn"),
        [(filer.pdf_med_skript(), "aktivt"), (filer.pdf_med_fil(), "innebygd"), (filer.word_med({"word/vbaProject.bin": b"x"}), "makro")],
    )  # fmt: skip
    def test_what_hides_inside_is_refused_by_the_job_and_nobody_can_download_it(
        self, land, som, innhold, grunn
    ):
        subjekt = sak(land)
        innfil = kontroller(ta_imot(skriver(land), subjekt, land, innhold))
        assert (innfil.tilstand, innfil.grunn) == ("avvist", grunn)
        assert Hendelse.objects.get(handling="dokument.avvis_fil").data["grunn"] == grunn
        for aktor in (land.radgiver, skriver(land)):
            som(aktor)
            with pytest.raises(FinnesIkke):
                selectors.innfil(aktor, innfil.uuid)
        assert [ett.grunn for ett in selectors.innfiler(aktor, subjekt)] == [grunn]

    def test_a_refused_file_can_be_brought_again_but_one_that_waits_or_is_let_through_is_the_same(self, land):
        subjekt, aktor = sak(land), skriver(land)
        god = [ta_imot(aktor, subjekt, land) for _ in range(2)]
        kontroller(god[0])
        god.append(ta_imot(aktor, subjekt, land, navn="annet navn.pdf"))
        assert len({ett.pk for ett in god}) == 1
        daarlig = [kontroller(ta_imot(aktor, subjekt, land, filer.pdf_med_skript())) for _ in range(2)]
        assert daarlig[0].pk != daarlig[1].pk and Fil.objects.count() == 2
        assert Hendelse.objects.filter(handling="dokument.ta_imot").count() == 3

    def test_the_same_bytes_from_two_municipalities_are_one_file_and_two_rows(self, land, som):
        egen, annens = sak(land), sak(land, land.nabo)
        min_ = kontroller(ta_imot(skriver(land), egen, land))
        nabo = skriver(land, land.nabo)
        som(nabo)
        assert not Fil.objects.exists()  # it does not see that somebody has brought it before
        deres = ta_imot(nabo, annens, land, organisasjon=land.nabo)
        som(JOBB)
        assert min_.fil_id == deres.fil_id and Fil.objects.count() == 1
        assert deres.tilstand == "karantene"  # what is let through in one case is not so in another

    def test_a_municipality_brings_files_to_its_own_cases_only(self, land, som):
        aktor = skriver(land)
        egen, fremmed = sak(land), sak(land, land.nabo)
        som(aktor)
        with pytest.raises(Avvist):
            ta_imot(aktor, fremmed, land)
        with pytest.raises(Avvist):
            ta_imot(aktor, fremmed, land, organisasjon=land.nabo)
        with pytest.raises(Avvist):
            ta_imot(land.kommuneleser, egen, land)

    def test_the_database_refuses_it_too(self, land, som):
        som(JOBB)
        fil = services.lagre_fil(innhold=filer.pdf(), medietype="application/pdf")
        egen, fremmed = sak(land), sak(land, land.nabo)
        som(skriver(land))
        felt = {"fil": fil, "navn": "a.pdf", "medietype": "application/pdf"}
        for endring in (
            {"subjekt_id": fremmed, "organisasjon": land.kommune, "tilstand": "karantene"},
            {"subjekt_id": fremmed, "organisasjon": land.nabo, "tilstand": "karantene"},
            {"subjekt_id": egen, "organisasjon": land.kommune, "tilstand": "frigitt", "kontrollert": naa()},
        ):
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                Innfil.objects.create(**felt, **endring)
        rad = Innfil.objects.create(**felt, subjekt_id=egen, organisasjon=land.kommune, tilstand="karantene")
        # not even its own organisation lets it through
        assert Innfil.objects.filter(pk=rad.pk).update(tilstand="frigitt", kontrollert=naa()) == 0
        assert Innfil.objects.filter(pk=rad.pk)._raw_delete("default") == 0

    def test_a_decision_about_a_file_is_final(self, land):
        innfil = kontroller(ta_imot(skriver(land), sak(land), land))
        for endring in (
            {"tilstand": "avvist", "grunn": "virus"},
            {"navn": "annet.pdf"},
            {"viruskontroll": naa()},
        ):
            with pytest.raises(DatabaseError, match="Last opp en ny"), transaction.atomic():
                Innfil.objects.filter(pk=innfil.pk).update(**endring)

    @pytest.mark.parametrize(
        ("endring", "vern"),
        [
            ({"tilstand": "frigitt"}, "innfil_kontrollert_en_gang"),
            ({"tilstand": "avvist", "kontrollert": naa()}, "innfil_avvist_har_grunn"),
            ({"tilstand": "tull"}, "innfil_kontrollert_en_gang"),
        ],
    )
    def test_states_that_make_no_sense_are_refused(self, land, endring, vern):
        innfil = ta_imot(skriver(land), sak(land), land)
        sett(JOBB)
        with pytest.raises(IntegrityError, match=vern), transaction.atomic():
            Innfil.objects.filter(pk=innfil.pk).update(**endring)

    def test_who_sees_a_file(self, land, som):
        """Its own organisation at once, the others of the case when it is let through, strangers never."""
        innfil = ta_imot(skriver(land), sak(land, land.kommune, land.nabo), land)
        ks = Aktor(
            land.naboleser.bruker_id, "Demo", (Tilhorighet("ks_radgiver", land.nabo.pk, "KS", "ks", None, None, None),)
        )  # fmt: skip
        som(ks)
        assert not Innfil.objects.exists() and not Fil.objects.exists()
        som(land.kommuneleser)
        assert Innfil.objects.exists() and Fil.objects.exists()
        kontroller(innfil)
        som(ks)
        assert selectors.innfil(ks, innfil.uuid).fil.storrelse
        som(land.naboleser)  # may read what is its own municipality's only
        with pytest.raises(Avvist):
            selectors.innfil(land.naboleser, innfil.uuid)
        with som_fremmed(land):
            assert not Innfil.objects.exists() and not Fil.objects.exists()

    def test_there_is_a_limit_to_how_many(self, land, monkeypatch):
        monkeypatch.setattr(innfiltjeneste, "MAKS_FILER", 2)
        subjekt, aktor = sak(land), skriver(land)
        for nr in range(2):
            ta_imot(aktor, subjekt, land, filer.pdf(f"Side {nr}"))
        ta_imot(aktor, subjekt, land, filer.pdf("Side 1"))
        with pytest.raises(Ugyldig) as feil:
            ta_imot(aktor, subjekt, land, filer.pdf("Side 3"))
        assert feil.value.kode == "dokument.fil_mange"

    def test_the_job_may_run_twice(self, land):
        innfil = ta_imot(skriver(land), sak(land), land)
        for _ in range(2):
            kontroller(innfil)
        assert Hendelse.objects.filter(handling="dokument.frigi_fil").count() == 1

    def test_a_scanner_decides_last(self, land, settings):
        subjekt, aktor = sak(land), skriver(land)
        with clamd() as (_, settings.VIRUSKONTROLL):
            god = kontroller(ta_imot(aktor, subjekt, land))
            syk = kontroller(ta_imot(aktor, subjekt, land, filer.pdf() + VIRUS))
        assert god.tilstand == "frigitt" and god.viruskontroll == god.kontrollert
        assert (syk.tilstand, syk.grunn, syk.viruskontroll) == ("avvist", "virus", None)

    def test_while_the_scanner_is_down_the_file_stays_and_is_queued_again(self, land, settings):
        innfil = ta_imot(skriver(land), sak(land), land)
        sett(JOBB)
        settings.VIRUSKONTROLL = "127.0.0.1:1"
        with pytest.raises(Viruskontrollfeil):
            kontroller(innfil, siste_forsok=True)
        sett(JOBB)
        innfil.refresh_from_db()
        assert innfil.tilstand == "karantene"
        assert services.ko_ventende(aktor=JOBB) == 0  # its job is still there
        with connection.cursor() as db:  # the job has failed four times
            db.execute("UPDATE procrastinate_jobs SET status = 'failed'")
        assert services.ko_ventende(aktor=JOBB) == 1 == services.ko_ventende(aktor=JOBB) + 1
        with clamd() as (_, settings.VIRUSKONTROLL):
            assert kontroller(innfil).tilstand == "frigitt"

    def test_a_control_that_dies_is_tried_again_and_refuses_at_last(self, land, monkeypatch):
        innfil = ta_imot(skriver(land), sak(land), land)
        doed = isolert.kontroller

        def dor(innhold, medietype):
            return doed(innhold, medietype, kommando=("-c", "import os; os.abort()"))

        monkeypatch.setattr(isolert, "kontroller", dor)
        with pytest.raises(isolert.Kontrollfeil):
            kontroller(innfil, siste_forsok=False)
        assert (kontroller(innfil).tilstand, innfil.grunn) == ("avvist", "uleselig")


def som_fremmed(land):
    return som(
        Aktor(
            land.naboleser.bruker_id,
            "Demo",
            (Tilhorighet("bosetter_les", 999_999, "x", "kommune", None, None, None),),
        )
    )


@pytest.fixture
def scene(ekte_database):
    with som(JOBB):
        land = lag_land()
        skriver(land), skriver(land, land.nabo)
        return land


def test_the_same_bytes_at_the_same_time_are_one_file_and_one_row(scene):
    with som(JOBB):
        egen, annens = sak(scene), sak(scene, scene.nabo)
        aktorer = [(skriver(scene), egen, scene.kommune), (skriver(scene, scene.nabo), annens, scene.nabo)]

    def last_opp(nr: int) -> int:
        aktor, subjekt, org = aktorer[nr % 2]
        try:
            with som(aktor):
                return ta_imot(aktor, subjekt, scene, organisasjon=org).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as basseng:
        rader = set(basseng.map(last_opp, range(12)))
    with som(JOBB):
        assert len(rader) == 2 == Innfil.objects.count()
        assert Fil.objects.count() == 1
        assert len(jobber()) == 2
        assert verifiser().feil == []


_LAST_OPP = """
from bosett.config import oppstart; oppstart.django()
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.dokument import services
import sys
with som(system("prove")) as aktor:
    services.ta_imot(aktor=aktor, subjekt_id=int(sys.argv[1]), organisasjon=Organisasjon.objects.get(pk=int(sys.argv[2])),
        navn="a.pdf", innhold=sys.stdin.buffer.read())
"""
_KONTROLLER = """
from bosett.config import oppstart; oppstart.django()
from bosett.aktor.kontekst import system
from bosett.dokument import services
import sys
services.kontroller_fil(aktor=system("prove"), innfil_id=int(sys.argv[1]))
"""


def _prosess(kode: str, *valg: object, feilpunkt: str, inn: bytes = b"") -> int:
    miljo = os.environ | {"PYTHONPATH": str(ROT / "src"), "BOSETT_FEILPUNKT": f"{feilpunkt}:1"}
    return subprocess.run(
        [sys.executable, "-c", kode, *map(str, valg)], env=miljo, input=inn, capture_output=True, timeout=120, check=False
    ).returncode  # fmt: skip


def test_a_process_killed_on_the_way_leaves_all_or_nothing(scene):
    with som(JOBB):
        subjekt = sak(scene)
    args = (subjekt, scene.kommune.pk)
    assert _prosess(_LAST_OPP, *args, feilpunkt="dokument.etter_innfil", inn=filer.pdf()) == -signal.SIGKILL
    with som(JOBB):
        assert not Innfil.objects.exists() and not Fil.objects.exists() and jobber() == []
        innfil = ta_imot(JOBB, subjekt, scene)
    for punkt in ("dokument.for_filkontroll", "dokument.etter_filkontroll", "dokument.etter_avgjorelse"):
        assert _prosess(_KONTROLLER, innfil.pk, feilpunkt=punkt) == -signal.SIGKILL, punkt
        with som(JOBB):
            innfil.refresh_from_db()
            assert innfil.tilstand == "karantene", punkt
            assert not Hendelse.objects.filter(handling="dokument.frigi_fil").exists()
    services.kontroller_fil(aktor=JOBB, innfil_id=innfil.pk)
    with som(JOBB):
        innfil.refresh_from_db()
        assert innfil.tilstand == "frigitt"
        assert Hendelse.objects.filter(handling="dokument.frigi_fil").count() == 1
        assert verifiser().feil == []


def test_the_real_worker_lets_it_through(scene):
    with som(JOBB):
        innfil = ta_imot(JOBB, sak(scene), scene)
    ferdig = subprocess.run(
        [sys.executable, "-m", "bosett.config.arbeider", "--til-tom"],
        env=os.environ | {"PYTHONPATH": str(ROT / "src")}, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert ferdig.returncode == 0, ferdig.stderr[-2000:]
    with som(JOBB):
        innfil.refresh_from_db()
        assert innfil.tilstand == "frigitt"

"""The municipalities' answers published: once per change, with zero, late and repeated answers, and the same sums everywhere."""

import csv
import io
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

import svar
from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.anmodning.models import Runde
from bosett.grunn.klokke import i_dag
from bosett.kilder.tall import Tilstand
from bosett.spor.models import Hendelse
from bosett.statistikk import selectors
from bosett.statistikk.models import Publisering, Publisertvedtak
from bosett.statistikk.services import publiser_vedtak
from bosett.statistikk.tasks import publiser_vedtak as jobb
from bosett.vedtak import selectors as internt
from bosett.vedtak.rules.status import Status
from runder import AAR, OSLO, STEINKJER, VOLDA

NEI = {"em": None, "tekst": f"Kommunen bosetter ingen flyktninger i {AAR}."}


def publiser() -> Publisering | None:
    cache.clear()
    with som(system("prove")) as aktor:
        return publiser_vedtak(aktor=aktor, aar=AAR)


def rader(utgave: int | None = None) -> dict[str, tuple[int | None, Tilstand]]:
    with som(system("prove")):
        return {r.nummer: r.par("vedtak") for r in selectors.rader(aar=AAR, utgave=utgave)}


def les_csv(svar_) -> list[dict[str, str]]:  # type: ignore[no-untyped-def]
    return list(csv.DictReader(io.StringIO(svar_.content.decode("utf-8-sig")), delimiter=";"))


def test_an_answer_makes_an_edition_and_the_others_wait(sendt: int) -> None:
    assert publiser() is None, "nobody has answered: the round says who is asked"
    svar.send(svar.utfylt(10))
    ny = publiser()
    assert ny is not None and (ny.serie, ny.slag, ny.statusdato) == (f"vedtak-{AAR}", "vedtak", i_dag())
    tall = rader()
    assert tall[STEINKJER] == (10, Tilstand.TALL)
    assert tall[VOLDA] == tall[OSLO] == (None, Tilstand.AVVENTER)
    assert tall["1103"] == (None, Tilstand.IKKE_ANMODET) and len(tall) == 357
    assert rader(ny.pk - 1)[STEINKJER] == (None, Tilstand.AVVENTER), "the permanent address of before stands"


def test_the_same_answers_again_change_nothing(sendt: int) -> None:
    svar.send(svar.utfylt(10))
    forste = publiser()
    assert publiser() == forste
    jobb(aar=AAR)
    with som(system("prove")):
        assert Publisering.objects.filter(slag="vedtak").count() == 1
        assert Hendelse.objects.filter(handling="statistikk.publiser_vedtak").count() == 1
        assert not Publisering.objects.filter(slag="vedtak", demo=False).exists()
        assert "DEMO" in Publisering.objects.get(slag="vedtak").kilde


def test_two_jobs_at_once_make_one_edition(sendt: int) -> None:
    svar.send(svar.utfylt(10))
    klar, feil = threading.Barrier(3), []

    def gjor() -> None:
        try:
            klar.wait()
            with som(system("prove")) as aktor:
                publiser_vedtak(aktor=aktor, aar=AAR)
        except Exception as e:  # noqa: BLE001 - shown below
            feil.append(e)
        finally:
            connection.close()

    traader = [threading.Thread(target=gjor) for _ in range(3)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join(30)
    assert feil == []
    with som(system("prove")):
        assert Publisering.objects.filter(slag="vedtak").count() == 1


def test_when_many_answer_at_once_the_last_job_publishes_for_all(
    sendt: int, eier: Callable[[str], list[tuple]]
) -> None:
    svar.send(svar.utfylt(10))
    with som(system("prove")):
        assert ProcrastinateJob.objects.filter(task_name="statistikk.publiser_vedtak", status="todo").exists()
    jobb(aar=AAR)
    assert rader()[STEINKJER] == (10, Tilstand.TALL), "the first answer does not wait for later ones"
    svar.send(svar.utfylt(5), VOLDA)
    jobb(aar=AAR)
    assert rader()[VOLDA] == (None, Tilstand.AVVENTER), "another job is due"
    eier("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'statistikk.publiser_vedtak'")
    jobb(aar=AAR)
    assert rader()[VOLDA] == (5, Tilstand.TALL)


def test_a_council_that_decides_again_keeps_its_first_decision_in_the_history(sendt: int) -> None:
    svar.send(svar.utfylt(10))
    forste = publiser()
    svar.send(svar.utfylt(15, em=True, em_antall=3))
    andre = publiser()
    assert forste is not None and andre is not None and andre.pk > forste.pk
    assert (rader(forste.pk)[STEINKJER][0], rader(andre.pk)[STEINKJER][0]) == (10, 15)
    with som(system("prove")):
        alle = list(Publisertvedtak.objects.gjeldende().order_by("nr"))
        assert [(v.nr, v.antall, v.em, v.erstattet is None) for v in alle] == [
            (1, 10, 0, False),
            (2, 15, 3, True),
        ]
        forste.refresh_from_db()
        assert forste.erstattet_av_id == andre.pk

"""The worker is killed at every named fault point in a batch of letters; afterwards ledger, letters and files are exact.

A real worker process on the real database, killed with SIGKILL by itself at the point; the stalled job is put back by the same
periodic task as in production. E-mail goes to a real SMTP server.
"""

import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.anmodning import utsending
from bosett.anmodning.models import Kommuneanmodning, Runde
from bosett.dokument.models import Arkivpakke, Dokument, Forsendelse
from bosett.oppgave.tasks import gjenopprett_stansede
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from runder import behold_bare

ROT = Path(__file__).resolve().parents[2]
KOMMUNER = ["0301", "1103", "1577", "3301", "4203", "4601", "5001", "5006", "5501", "5601", "3201", "1508"]
"""Six portions of two: each kill lets at most one portion through, and two are left for the kills under delivery."""
UNDER_SENDING = [
    "anmodning.etter_utkast:1",
    "dokument.etter_fil:2",
    "dokument.etter_rad:2",
    "dokument.etter_spor:1",
    "dokument.for_innsending:2",
    "anmodning.etter_brev:2",
]
UNDER_LEVERING = ["dokument.for_levering:2", "dokument.etter_levering:3"]
pytestmark = pytest.mark.timeout(600)  # many processes are started; on a busy machine they take their time


class Postkasse:
    def __init__(self) -> None:
        self.ider: list[str] = []
        self.tekster: list[str] = []

    async def handle_DATA(self, _tjener: object, _okt: object, konvolutt: object) -> str:
        melding = message_from_bytes(konvolutt.content)  # type: ignore[attr-defined]
        self.ider.append(melding["Message-ID"])
        self.tekster.append(str(melding))
        return "250 OK"


@pytest.fixture
def post() -> Iterator[tuple[Postkasse, int]]:
    kasse = Postkasse()
    with socket.create_server(("127.0.0.1", 0)) as ledig:
        port = ledig.getsockname()[1]
    tjener = Controller(kasse, hostname="127.0.0.1", port=port)
    tjener.start()
    yield kasse, port
    tjener.stop()


def _arbeider(miljo: dict[str, str], *valg: str, feilpunkt: str = "") -> int:
    """Run a worker until the queue is empty, or until it kills itself. Returns the exit code."""
    ferdig = subprocess.run(
        [sys.executable, "-m", "bosett.config.arbeider", "--til-tom", *valg],
        env=miljo | ({"BOSETT_FEILPUNKT": feilpunkt} if feilpunkt else {}), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return ferdig.returncode


def test_a_worker_killed_at_every_point_of_a_batch_leaves_exactly_one_of_everything(
    godkjent: int, post: tuple[Postkasse, int], tmp_path: Path
) -> None:
    kasse, port = post
    runde_id = godkjent
    behold_bare(runde_id, KOMMUNER)
    with som(system("prove")):
        Organisasjon.objects.filter(slag="kommune").update(epost="post@kommune.invalid")
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    miljo = os.environ | {
        "PYTHONPATH": str(ROT / "src"), "BOSETT_BREVPORSJON": "2", "BOSETT_SMTP_VERT": "127.0.0.1", "BOSETT_SMTP_PORT": str(port), "BOSETT_UTBOKS": str(tmp_path / "utboks"),
    }  # fmt: skip

    for (
        punkt
    ) in UNDER_SENDING:  # one job at a time, so that the letters are not delivered while they are sent
        assert _arbeider(miljo, "--samtidig", "1", feilpunkt=punkt) == -signal.SIGKILL, punkt
        _kontroller_underveis(punkt)
        _gjor_stanset()
    for punkt in UNDER_LEVERING:
        # A worker leaves what was queued while its last job ran, so it is started until it meets the point.
        assert -signal.SIGKILL in (_arbeider(miljo, feilpunkt=punkt) for _ in range(3)), punkt
        _kontroller_underveis(punkt)
        _gjor_stanset()
    for _ in range(5):
        assert _arbeider(miljo) == 0
        if not _venter():
            break
    else:
        pytest.fail("the queue never became empty")

    n = len(KOMMUNER)
    with som(system("prove")):
        assert Runde.objects.get(pk=runde_id).tilstand == "sendt"
        assert Dokument.objects.filter(tilstand="sendt").count() == Dokument.objects.count() == n
        assert Arkivpakke.objects.count() == n
        assert Counter(Forsendelse.objects.values_list("kanal", "tilstand")) == {
            ("fil", "levert"): n,
            ("epost", "levert"): n,
        }
        spor = Counter(Hendelse.objects.values_list("handling", flat=True))
        assert {
            spor[h]
            for h in (
                "dokument.opprett",
                "dokument.godkjenn",
                "dokument.send",
                "anmodning.send_brev",
                "dokument.arkiver",
            )
        } == {n}
        assert (spor["dokument.ekspeder"], spor["anmodning.fullfor"]) == (2 * n, 1)
        venter = set(Forsendelse.objects.filter(kanal="epost").values_list("message_id", flat=True))
    assert not ProcrastinateJob.objects.filter(status="failed").exists()
    filer = [fil for fil in (tmp_path / "utboks").rglob("*") if fil.is_file()]
    assert len(filer) == n and all(fil.read_bytes().startswith(b"%PDF") for fil in filer)
    # twice only with the same Message-ID, and only for a kill between delivery and receipt
    assert set(kasse.ider) == venter and len(kasse.ider) in (n, n + 1)


def _kontroller_underveis(punkt: str) -> None:
    """Each letter is all there or not at all: state, file, ledger, dispatches and their jobs agree; so does the chain."""
    with som(system("prove")):
        sendt = {d.pk: d for d in Dokument.objects.filter(tilstand="sendt")}
        assert set(Dokument.objects.values_list("tilstand", flat=True)) <= {"utkast", "sendt"}, punkt
        forsendelser = dict(Forsendelse.objects.values_list("pk", "dokument_id"))
        assert Counter(forsendelser.values()) == dict.fromkeys(sendt, 2), punkt
        i_ko = ProcrastinateJob.objects.filter(task_name="dokument.ekspeder").values_list("args", flat=True)
        assert sorted(args["forsendelse_id"] for args in i_ko) == sorted(forsendelser), punkt
        handlinger = Counter(Hendelse.objects.values_list("handling", flat=True))
        anmodet = Kommuneanmodning.objects.filter(tilstand="anmodet").count()
        assert {len(sendt)} == {
            handlinger[h] for h in ("dokument.godkjenn", "dokument.send", "anmodning.send_brev")
        } | {anmodet}, punkt
        assert verifiser().feil == [], punkt


def _venter() -> bool:
    with connection.cursor() as db:
        db.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name !~ 'gjenopprett|forsegl'"
        )
        return bool(db.fetchone()[0])


def _gjor_stanset() -> None:
    """The killed worker's heartbeat is made old, so that the test need not wait for it to be."""
    with connection.cursor() as db:
        db.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
        # One job is killed more often here than a job that takes workers down is allowed to.
        db.execute("UPDATE procrastinate_jobs SET attempts = 0 WHERE status = 'doing'")
        db.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        db.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND queueing_lock = 'gjenopprett'"
        )
        if not db.fetchone()[0]:  # else the worker's own schedule has queued it
            gjenopprett_stansede.defer(timestamp=0)

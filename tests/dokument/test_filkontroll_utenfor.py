"""The control in its own process, and the scanner behind its port: what they answer, and what happens when they don't."""

import os
import socket
import sys

import pytest

from bosett.dokument import isolert
from bosett.dokument.viruskontroll import Clamd, Viruskontrollfeil, viruskontroll

from . import filer
from .clamd import VIRUS, clamd


@pytest.mark.parametrize(
    ("innhold", "medietype", "grunn"),
    [
        (filer.pdf(), "application/pdf", ""),
        (filer.pdf_med_skript(), "application/pdf", "aktivt"),
        (filer.word(), filer.DOCX, ""),
        (b"ikke noe", "application/pdf", "type"),
    ],
)
def test_the_process_answers_with_the_reason(innhold, medietype, grunn):
    assert isolert.kontroller(innhold, medietype) == grunn


def test_a_file_that_takes_too_long_is_refused_and_the_process_is_gone():
    assert isolert.kontroller(b"x", "m", frist_s=0.5, kommando=("-c", "while True: pass")) == "uleselig"


@pytest.mark.skipif(sys.platform == "win32", reason="limits on memory are of Unix")
def test_a_file_that_takes_too_much_memory_is_refused():
    kode = "import bosett.dokument.rules.filkontroll as k; k.kontroller = lambda *a: bytes(4 * 1024**3); k.main()"
    assert isolert.kontroller(b"x", "m", kommando=("-c", kode)) == "uleselig"


@pytest.mark.parametrize("kode", ["import os; os.abort()", "raise SystemExit(3)", "print('tull')", ""])
def test_a_control_that_dies_says_nothing_of_the_file(kode):
    with pytest.raises(isolert.Kontrollfeil):
        isolert.kontroller(b"x", "m", kommando=("-c", kode))


def test_the_process_gets_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://x:hemmelig@y/z")
    kode = "import os; print('ok' if 'DATABASE_URL' not in os.environ else 'virus')"
    assert os.environ["DATABASE_URL"]
    assert isolert.kontroller(b"x", "m", kommando=("-c", kode)) == ""


@pytest.mark.parametrize("fil", [False, True], ids=["port", "sokkelfil"])
def test_the_scanner_gets_the_whole_file_and_answers(fil, tmp_path):
    stor = b"a" * 200_000
    with clamd(tmp_path / "c" if fil else None) as (skanner, adresse):
        assert not Clamd(adresse).finn(stor)
        assert Clamd(adresse).finn(b"foran" + VIRUS)
    assert skanner.sett[0] == stor


@pytest.mark.parametrize("svar", [b"INSTREAM size limit exceeded. ERROR\0", b"tull\0", None])
def test_a_scanner_that_does_not_answer_is_no_approval(svar):
    with clamd() as (skanner, adresse):
        skanner.svar = svar
        with pytest.raises(Viruskontrollfeil):
            Clamd(adresse).finn(b"x")


def test_a_scanner_that_is_down_or_silent_is_no_approval(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as stum:
        port = stum.getsockname()[1]
        with pytest.raises(Viruskontrollfeil):
            Clamd(f"127.0.0.1:{port}", frist_s=0.2).finn(b"x")
    for adresse in (f"127.0.0.1:{port}", str(tmp_path / "finnes-ikke")):
        with pytest.raises(Viruskontrollfeil):
            Clamd(adresse).finn(b"x")


def test_the_scanner_is_the_one_that_is_set_up(settings):
    settings.VIRUSKONTROLL = ""
    assert viruskontroll() is None
    settings.VIRUSKONTROLL = "unix:/run/clamd.ctl"
    assert viruskontroll() == Clamd("unix:/run/clamd.ctl")

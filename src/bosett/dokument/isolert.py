"""Runs the thorough control of a file in a process of its own. No database here; called outside every transaction."""

import os
import signal
import subprocess
import sys

from bosett.dokument.rules.filavslag import AVSLAG
from bosett.dokument.rules.filkontroll import OK

TIDSFRIST_S = 120
_KOMMANDO = ("-m", "bosett.dokument.rules.filkontroll")


class Kontrollfeil(Exception):
    """The control itself failed, so nothing is known of the file. A new attempt may help."""


def kontroller(
    innhold: bytes,
    medietype: str,
    *,
    frist_s: float = TIDSFRIST_S,
    kommando: tuple[str, ...] = _KOMMANDO,
) -> str:
    """The reason code why the file can't be taken in; empty when it can.

    The process gets nothing of our environment (no passwords), and its time runs out. Raises `Kontrollfeil` when it died
    by something else than its limits.
    """
    miljo = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    if "SYSTEMROOT" in os.environ:  # Windows starts nothing without it
        miljo["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    try:
        ferdig = subprocess.run(
            [sys.executable, *kommando, medietype], input=innhold, capture_output=True, timeout=frist_s, env=miljo, check=False
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "uleselig"
    svar = ferdig.stdout.decode("ascii", "replace").strip()
    if ferdig.returncode == 0 and svar == OK:
        return ""
    if ferdig.returncode == 0 and svar in AVSLAG:
        return svar
    if ferdig.returncode == -getattr(signal, "SIGXCPU", 0):
        return "uleselig"
    raise Kontrollfeil(f"kontrollen sluttet med {ferdig.returncode}")

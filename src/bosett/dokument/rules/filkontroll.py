"""The thorough control of one file: `python -m bosett.dokument.rules.filkontroll MEDIETYPE < file` prints «ok» or a reason code.

It runs in a process of its own with limits on time and memory, since a file may be made to exhaust whoever reads it.
"""

import sys
from contextlib import suppress

from bosett.dokument.rules import filtype
from bosett.dokument.rules.filavslag import avslag, grunn_for
from bosett.dokument.rules.kontorfil import kontroller_docx, kontroller_odt
from bosett.dokument.rules.pdfinnhold import kontroller_pdf
from bosett.grunn.feil import Ugyldig

OK = "ok"
MAKS_MINNE = 1536 * 1024 * 1024
MAKS_CPU_S = 60
_KONTROLLER = {
    filtype.PDF: kontroller_pdf,
    filtype.DOCX: kontroller_docx,
    filtype.ODT: kontroller_odt,
}
"""Pictures are looked at whole by `filtype` already."""


def kontroller(innhold: bytes, medietype: str) -> None:
    """Raises `Ugyldig` with the reason when the file can't be taken in."""
    funnet = filtype.finn_type(innhold)
    if funnet.medietype != medietype:
        raise avslag("tvetydig")
    if funnet in _KONTROLLER:
        _KONTROLLER[funnet](innhold)


def main() -> None:
    _sett_grenser()
    try:
        kontroller(sys.stdin.buffer.read(), sys.argv[1])
    except Ugyldig as feil:
        print(grunn_for(feil))
    except (MemoryError, RecursionError):
        print("uleselig")
    else:
        print(OK)


def _sett_grenser() -> None:
    with suppress(
        ImportError, ValueError, OSError
    ):  # not on Windows; the caller's time limit is there in any case
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (MAKS_MINNE, MAKS_MINNE))
        resource.setrlimit(resource.RLIMIT_CPU, (MAKS_CPU_S, MAKS_CPU_S))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()

"""Named fault points: places where a crash test may kill the process for certain, as a power cut would.

`feilpunkt("dokument.etter_fil")` does nothing, except when BOSETT_TEST=1 and BOSETT_FEILPUNKT names the point as
`dokument.etter_fil:3`: at the third pass in this process it dies by SIGKILL. No clean-up runs, no transaction ends.
Outside tests (no BOSETT_TEST=1) the variable has no effect at all.
"""

import os
import re
import signal
import threading

_VALG = re.compile(r"(?P<navn>[a-z0-9_.]+):(?P<n>[1-9][0-9]*)")

_laas = threading.Lock()
_passeringer = 0


def feilpunkt(navn: str) -> None:
    """Pass the named point. Kills this process when a crash test has asked for it.

    Raises ValueError in a test whose BOSETT_FEILPUNKT is not `navn:n`, so that it cannot pass by accident.
    """
    valg = os.environ.get("BOSETT_FEILPUNKT")
    if not valg or os.environ.get("BOSETT_TEST") != "1":
        return
    treff = _VALG.fullmatch(valg)
    if treff is None:
        raise ValueError(f"BOSETT_FEILPUNKT must be name:n, not {valg!r}")
    if treff["navn"] != navn:
        return
    global _passeringer
    with _laas:  # several threads may pass at once, but only one is the n-th
        _passeringer += 1
        if _passeringer == int(treff["n"]):
            os.kill(os.getpid(), signal.SIGKILL)

"""Files that the user names: read and written the same way by every command, with errors that say what to do."""

import os
import tempfile
from pathlib import Path

from bosett.grunn.feil import Ugyldig


def innhold(fil: str) -> bytes:
    """The bytes of a file the user named. Raises Ugyldig (wrong use) when it can't be read."""
    try:
        return Path(fil).read_bytes()
    except OSError as feil:
        raise _filfeil(
            fil, "kan ikke leses", feil, "Se etter om navnet er riktig og at du har tilgang."
        ) from None


def lagre(fil: str, tekst: str) -> None:
    """All or nothing: the old file stands until the new one is whole."""
    maal = Path(fil)
    try:
        if maal.exists() and not maal.is_file():  # such as /dev/null
            maal.write_text(tekst, encoding="utf-8", newline="")
            return
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=maal.parent, prefix=f".{maal.name}.", delete=False
        ) as ny:
            midlertidig = Path(ny.name)
            try:
                ny.write(tekst)
                ny.flush()
                # A temporary file is for its owner only; the result gets what an ordinary new file would.
                midlertidig.chmod(maal.stat().st_mode & 0o777 if maal.exists() else 0o666 & ~_umask())
                midlertidig.replace(maal)
            except BaseException:
                midlertidig.unlink(missing_ok=True)
                raise
    except OSError as feil:
        raise _filfeil(
            fil, "kan ikke skrives", feil, "Velg en mappe som finnes og som du kan skrive i."
        ) from None


def _umask() -> int:
    naa = os.umask(0)
    os.umask(naa)
    return naa


def _filfeil(fil: str, hva: str, feil: OSError, gjor: str) -> Ugyldig:
    grunn = {
        FileNotFoundError: "finnes ikke",
        IsADirectoryError: "er en mappe",
        PermissionError: "ingen tilgang",
    }
    return Ugyldig(kode="BRUK-FIL", hva=f"{fil} {hva} ({grunn.get(type(feil), feil.strerror)}).", gjor=gjor)

"""Where this installation keeps what is not code: database, secrets, outbox, seals. Always outside the checkout."""

import hashlib
import json
import os
import secrets
from pathlib import Path

ROT = Path(__file__).resolve().parents[3]


def mappe() -> Path:
    """`BOSETT_STATE`, else a folder of the user's own named by a hash of the checkout (so two checkouts never share)."""
    valgt = os.environ.get("BOSETT_STATE")
    if valgt:
        return Path(valgt).expanduser().resolve()
    navn = f"{ROT.name}-{hashlib.sha256(str(ROT).encode()).hexdigest()[:8]}"
    if os.getuid() == 0:
        return Path("/var/lib/bosett") / navn
    return Path(os.environ.get("XDG_STATE_HOME", Path.home() / ".local" / "state")) / "bosett" / navn


def hemmeligheter() -> dict[str, str]:
    """Passwords and keys of this installation, made at first use (mode 0600)."""
    fil = mappe() / "hemmeligheter.json"
    if not fil.exists():
        fil.parent.mkdir(parents=True, exist_ok=True)
        innhold = {navn: secrets.token_urlsafe(32) for navn in ("django", "eier", "app")}
        midlertidig = fil.with_suffix(f".{os.getpid()}")
        midlertidig.touch(mode=0o600)
        midlertidig.write_text(json.dumps(innhold))
        try:
            os.link(midlertidig, fil)  # atomic, and never over a file another process just made
        except FileExistsError:
            pass
        finally:
            midlertidig.unlink()
    verdier: dict[str, str] = json.loads(fil.read_text())
    return verdier

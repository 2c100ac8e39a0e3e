"""A small invented country: IMDi with an adviser and an approver, and two municipalities. And a mail server."""

import email
import email.message
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from aiosmtpd.controller import Controller


@dataclass
class Land:
    radgiver: object
    godkjenner: object
    kommuneleser: object
    naboleser: object
    kommune: object
    nabo: object
    imdi: object


@pytest.fixture
def land(som_system: None) -> "Land":
    return lag_land()


def lag_land() -> Land:
    """Rows for the invented country; call it where the system acts."""
    from bosett.aktor.kontekst import Aktor, Tilhorighet  # noqa: PLC0415 - Django must be set up first
    from bosett.aktor.models import Bruker, Medlemskap, Organisasjon  # noqa: PLC0415
    from bosett.geografi.models import Kommune  # noqa: PLC0415
    from bosett.grunn.klokke import naa  # noqa: PLC0415

    def organisasjon(slag: str, navn: str, **felt: object) -> Organisasjon:
        return Organisasjon.objects.create(slag=slag, navn=navn, sorteringsnavn=navn.lower(), **felt)

    def aktor(brukernavn: str, navn: str, rolle: str, org: Organisasjon) -> Aktor:
        bruker = Bruker.objects.create(brukernavn=brukernavn, navn=navn, opprettet=naa())
        Medlemskap.objects.create(bruker=bruker, organisasjon=org, rolle=rolle, fra=date(2019, 1, 1))
        tilhorighet = Tilhorighet(rolle, org.pk, org.navn, org.slag, org.kommune_id, None, None)
        return Aktor(bruker.pk, navn, (tilhorighet,))

    imdi = organisasjon("imdi", "IMDi")
    kommune = organisasjon(
        "kommune",
        "DEMO Fjordvik kommune",
        kommune=Kommune.objects.create(),
        epost="postmottak@fjordvik.example",
    )
    nabo = organisasjon("kommune", "DEMO Nabo kommune", kommune=Kommune.objects.create())
    return Land(
        radgiver=aktor("demo.radgiver", "Demo Rådgiversen", "imdi_radgiver", imdi),
        godkjenner=aktor("demo.godkjenner", "Demo Godkjennersen", "imdi_godkjenner", imdi),
        kommuneleser=aktor("demo.leser", "Demo Lesersen", "bosetter_les", kommune),
        naboleser=aktor("demo.nabo", "Demo Nabosen", "bosetter_les", nabo),
        kommune=kommune,
        nabo=nabo,
        imdi=imdi,
    )


@pytest.fixture
def som(land: Land) -> Callable[[object], object]:
    """Let another actor act from here on in the test's transaction."""
    from bosett.aktor.kontekst import sett  # noqa: PLC0415

    def bytt(aktor: object) -> object:
        sett(aktor)  # type: ignore[arg-type]
        return aktor

    return bytt


class Postkasse:
    """What a mail server was handed; `avvis` makes it refuse recipients with that answer."""

    def __init__(self) -> None:
        self.meldinger: list[email.message.Message] = []
        self.avvis = ""

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if self.avvis:
            return self.avvis
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.meldinger.append(email.message_from_bytes(envelope.content))
        return "250 OK"


@pytest.fixture
def smtp(settings):
    kasse = Postkasse()
    with socket.create_server(("127.0.0.1", 0)) as ledig:
        port = ledig.getsockname()[1]
    tjener = Controller(kasse, hostname="127.0.0.1", port=port)
    tjener.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EPOST_PA = True
    yield kasse
    tjener.stop()

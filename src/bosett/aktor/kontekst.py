"""Who acts. Every transaction of web, worker and command line says it to the database before anything else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q

from bosett.aktor.models import Bruker, Medlemskap, Vikariat
from bosett.aktor.organisasjonsslag import Slag
from bosett.grunn.klokke import i_dag


@dataclass(frozen=True)
class Tilhorighet:
    """One membership that is valid now, own or as deputy."""

    rolle: str
    organisasjon_id: int
    organisasjon: str
    slag: str
    kommune_id: int | None
    fylke_id: int | None
    region_id: int | None
    vikar: bool = False


@dataclass(frozen=True)
class Aktor:
    """A user with the memberships of the day, a job of the system, or nobody (`Aktor()`)."""

    bruker_id: int | None = None
    navn: str = ""
    tilhorigheter: tuple[Tilhorighet, ...] = ()
    jobb: str = ""

    @property
    def innlogget(self) -> bool:
        return self.bruker_id is not None

    @property
    def roller(self) -> frozenset[str]:
        return frozenset(tilhorighet.rolle for tilhorighet in self.tilhorigheter)

    @property
    def organisasjoner(self) -> frozenset[int]:
        return frozenset(tilhorighet.organisasjon_id for tilhorighet in self.tilhorigheter)

    @property
    def nasjonal(self) -> bool:
        return bool(self.jobb) or any(tilhorighet.slag == Slag.IMDI for tilhorighet in self.tilhorigheter)


INGEN = Aktor()
_ORGANISASJON = ("navn", "slag", "kommune_id", "fylke_id", "region_id")
"""In the order of `Tilhorighet`."""


def system(jobb: str) -> Aktor:
    """The system itself, for jobs, imports and the demonstration; `jobb` names it in the ledger."""
    return Aktor(navn="Bosett", jobb=jobb)


def hent(bruker: Bruker) -> Aktor:
    """Read the user's memberships of today (own and as deputy). Sets only the user in the transaction; see `sett`."""
    sett(Aktor(bruker_id=bruker.pk, navn=bruker.navn))
    dag = i_dag()
    vikariater = Vikariat.objects.filter(vikar=bruker, fra__lte=dag, til__gt=dag).values("medlemskap_id")
    # The columns by name: this is asked at every request, and whole rows of both tables cost more than all the rest of it.
    alle = Medlemskap.objects.filter(Q(bruker=bruker) | Q(pk__in=vikariater)).values_list(
        "fra",
        "til",
        "bruker_id",
        "pk",
        "rolle",
        "organisasjon_id",
        *(f"organisasjon__{felt}" for felt in _ORGANISASJON),
    )
    gyldige = sorted(  # own ones first
        (eier != bruker.pk, pk, (rolle, organisasjon, *resten))
        for fra, til, eier, pk, rolle, organisasjon, *resten in alle
        if fra <= dag and (til is None or dag < til)
    )
    return Aktor(
        bruker_id=bruker.pk,
        navn=bruker.navn,
        tilhorigheter=tuple(
            Tilhorighet(rolle, organisasjon, navn, slag, kommune, fylke, region, vikar)
            for vikar, _pk, (rolle, organisasjon, navn, slag, kommune, fylke, region) in gyldige
        ),
    )


def sett(aktor: Aktor) -> None:
    """Tell the database who acts, for the rest of this transaction only."""
    with connection.cursor() as db:
        db.execute(
            "SELECT set_config('bosett.bruker', %s, true), set_config('bosett.nasjonal', %s, true),"
            " set_config('bosett.organisasjoner', %s, true)",
            [
                str(aktor.bruker_id or ""),
                "ja" if aktor.nasjonal else "",
                ",".join(str(pk) for pk in sorted(aktor.organisasjoner)),
            ],
        )


@contextmanager
def som(aktor: Aktor) -> Iterator[Aktor]:
    """A transaction in which `aktor` acts. For jobs, commands and tests; the web's middleware does the same per request."""
    with transaction.atomic():
        sett(aktor)
        yield aktor


@contextmanager
def som_systemet(jobb: str, *, etter: Aktor) -> Iterator[Aktor]:
    """The system acts for a moment inside the transaction of `etter`, who acts again afterwards.

    In a savepoint: a refusal inside takes the system's rights back with it.
    """
    with transaction.atomic():
        aktor = system(jobb)
        sett(aktor)
        yield aktor
        sett(etter)

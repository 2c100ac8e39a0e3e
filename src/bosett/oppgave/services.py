"""Making and finishing tasks. Called by other rooms as part of their acts."""

from datetime import date

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.grunn.klokke import naa
from bosett.oppgave.models import Oppgave


def opprett(
    *,
    subjekt_id: int,
    organisasjon: Organisasjon,
    roller: list[str],
    slag: str,
    gjelder: str,
    sti: str,
    frist: date | None = None,
) -> Oppgave:
    """Give an organisation a task, or open it again if it was done before. Repeating it makes no second one."""
    ny = Oppgave(
        subjekt_id=subjekt_id, organisasjon=organisasjon, slag=slag, roller=roller, gjelder=gjelder, sti=sti, frist=frist
    )  # fmt: skip
    return Oppgave.objects.bulk_create(
        [ny],
        update_conflicts=True,
        unique_fields=["subjekt", "organisasjon", "slag"],
        update_fields=["roller", "gjelder", "sti", "frist", "ferdig", "ferdig_av"],
    )[0]


def fullfor(*, aktor: Aktor, subjekt_id: int, slag: str) -> None:
    """Close the open tasks of this kind on a subject."""
    Oppgave.objects.filter(subjekt_id=subjekt_id, slag=slag, ferdig=None).update(
        ferdig=naa(), ferdig_av_id=aktor.bruker_id
    )

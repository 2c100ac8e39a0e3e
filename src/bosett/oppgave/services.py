"""Making and finishing tasks. Called by other rooms as part of their acts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.grunn.klokke import naa
from bosett.oppgave.models import Oppgave


@dataclass(frozen=True)
class NyOppgave:
    """A task for those with one of `roller` in the organisation, done at the page `sti`."""

    subjekt_id: int
    organisasjon: Organisasjon
    roller: list[str]
    slag: str
    gjelder: str
    sti: str
    frist: date | None = None
    nokkel: str = ""
    """Which, when a subject may have several of the kind at a time."""


def opprett(*, oppgaver: Sequence[NyOppgave]) -> list[Oppgave]:
    """Give organisations tasks, or open them again if they were done before. Repeating it makes no second one."""
    return Oppgave.objects.bulk_create(
        [Oppgave(**vars(ny)) for ny in oppgaver],
        update_conflicts=True,
        unique_fields=["subjekt", "organisasjon", "slag", "nokkel"],
        update_fields=["roller", "gjelder", "sti", "frist", "minnet", "ferdig", "ferdig_av"],
    )


def fullfor(
    *, aktor: Aktor, subjekt_ider: Iterable[int], slag: str, organisasjoner: Iterable[int] | None = None
) -> int:
    """Close the open tasks of this kind on the subjects, of all organisations or of these. Gives how many there were."""
    apne = Oppgave.objects.filter(subjekt_id__in=list(subjekt_ider), slag=slag, ferdig=None)
    if organisasjoner is not None:
        apne = apne.filter(organisasjon_id__in=list(organisasjoner))
    return apne.update(ferdig=naa(), ferdig_av_id=aktor.bruker_id)

"""How far the households of a board have come. One phase is one line: the last that holds is where the household is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning
from bosett.person.selectors_tavler import er_klar, skal_flytte


@dataclass(frozen=True)
class Fase:
    """`naar`: the condition in SQL on that day; None: the phase of those no other holds for. `bare_mottak`: for the centre only."""

    kode: str
    navn: Any
    hva: Any
    naar: Callable[[date], Q | Exists] | None = None
    bare_mottak: bool = False


UTENFOR = "utenfor"
FASER = (
    Fase("tillatelse", _("Venter på tillatelse"), _("Noen i husholdningen har ikke fått oppholdstillatelse."),
         lambda dag: Q(mangler__contains=[{"kode": "tillatelse"}])),
    Fase("mangler", _("Ikke klare"), _("Alle har tillatelse, men noe annet mangler.")),
    Fase("klar", _("Klare og venter"), _("De kan bosettes, og venter på en kommune."), er_klar),
    Fase("flytter", _("Skal flytte"), _("Dagen de flytter fra mottaket, er kjent."), skal_flytte, bare_mottak=True),
    Fase(UTENFOR, _("Bosettes ikke etter avtale"), _("Familieinnvandrere og selvbosatte teller ikke i kommunens tall."),
         lambda dag: Q(mangler__contains=[{"kode": "aldri"}])),
)  # fmt: skip
I_KOEN = tuple(fase for fase in FASER if not fase.bare_mottak and fase.kode != UTENFOR)


def navn(kode: str) -> str:
    return next(str(fase.navn) for fase in FASER if fase.kode == kode)


def med_fase(rader: QuerySet[Husholdning], faser: Sequence[Fase] = FASER) -> QuerySet[Husholdning]:
    """With `fase`, the code of the phase each household is in today."""
    dag = i_dag()
    naar = [When(fase.naar(dag), then=Value(fase.kode)) for fase in reversed(faser) if fase.naar is not None]
    ellers = next(fase.kode for fase in faser if fase.naar is None)
    return rader.annotate(fase=Case(*naar, default=Value(ellers), output_field=CharField()))

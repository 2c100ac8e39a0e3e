"""How much of a mapping is clarified, per section, and what is not known, as plain sentences. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from bosett.grunn.tallformat import Spraak
from bosett.kartlegging.rules.skjema import Felt, Skjema

AVKLART = frozenset({"svar", "vil_ikke"})
"""Somebody who does not want to say has been asked and heard: there is nothing more to get. Who does not know leaves a gap."""

_SETNING: Mapping[str, Mapping[str, str]] = {
    "tom": {"nb": "Vi vet ikke {}.", "nn": "Vi veit ikkje {}.", "en": "We do not know {}."},
    "vet_ikke": {
        "nb": "Vi har spurt, men vet ikke {}.",
        "nn": "Vi har spurt, men veit ikkje {}.",
        "en": "We have asked, but do not know {}.",
    },
    "vil_ikke": {
        "nb": "Personen vil ikke si {}.",
        "nn": "Personen vil ikkje seie {}.",
        "en": "The person does not want to say {}.",
    },
}


@dataclass(frozen=True, slots=True)
class Ukjent:
    """One thing that is not known, and why: `tom` (not asked), `vet_ikke` (asked)."""

    felt: str
    status: str
    felt_: Felt

    def paa(self, spraak: Spraak) -> str:
        return setning(self.felt_, self.status, spraak)


@dataclass(frozen=True, slots=True)
class Seksjonstall:
    seksjon: str
    avklart: int
    av: int
    ukjent: tuple[Ukjent, ...]

    @property
    def prosent(self) -> int:
        """Whole per cent, rounded down: 100 only when nothing is missing. A section with nothing to ask is complete."""
        return 100 * self.avklart // self.av if self.av else 100


def tell(skjema: Skjema, svar: Mapping[str, str], *, alder: int, hoved: bool) -> tuple[Seksjonstall, ...]:
    """`svar` is field → status (`verdier.STATUSER`). Fields stored only when necessary are not counted: that they are empty is as it
    should be."""
    ut = []
    for kode in skjema.seksjoner:
        felter = [f for f in skjema.i_seksjon(kode, alder=alder, hoved=hoved) if not f.saerlig]
        ukjent = [
            Ukjent(f.navn, status, f) for f in felter if (status := svar.get(f.navn, "tom")) not in AVKLART
        ]
        ut.append(Seksjonstall(kode, len(felter) - len(ukjent), len(felter), tuple(ukjent)))
    return tuple(ut)


def setning(felt: Felt, status: str, spraak: Spraak) -> str:
    return _SETNING[status][spraak].format(felt.ukjent.paa(spraak))

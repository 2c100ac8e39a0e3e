"""What the roles give access to, made from the policy (R011, R249)."""

from dataclasses import dataclass

from bosett.aktor.roller import ROLLER, Rolle
from bosett.grunn.handling import Lesning, Omfang, lesning
from bosett.tilgang.policy import policy


@dataclass(frozen=True)
class Rollekort:
    rolle: Rolle
    ser: tuple[tuple[str, Omfang], ...]
    gjor: tuple[tuple[str, Omfang], ...]


@lesning("tilgang.rolleoversikt", "se hva hver rolle gir tilgang til", offentlig=True)
def rolleoversikt() -> list[Rollekort]:
    """Every role with every right it has; the same table that is enforced."""
    kort = []
    for rolle in ROLLER.values():
        retter = policy().for_rolle(rolle.kode)
        kort.append(
            Rollekort(
                rolle,
                tuple((rett.tekst, omfang) for rett, omfang in retter if isinstance(rett, Lesning)),
                tuple((rett.tekst, omfang) for rett, omfang in retter if not isinstance(rett, Lesning)),
            )
        )
    return kort

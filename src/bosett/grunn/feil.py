"""Typed errors: what is wrong, which rule says so, and what the reader can do about it.

Every refusal in Bosett is one of these, so that the screen, the command line and the API can show
the same help. `kode` is stable (documentation and tests refer to it); the texts are Norwegian and
never carry personal data, since errors are logged.
"""

from typing import ClassVar


class BosettFeil(Exception):
    """The root of all expected refusals. `str()` gives one readable text.

    `felt` names what of the input is at fault, by the name the caller gave it; `nr` which one when there are several alike (from 0).
    """

    http_status: ClassVar[int] = 400

    def __init__(
        self, *, kode: str, hva: str, regel: str = "", gjor: str = "", felt: str = "", nr: int = 0
    ) -> None:
        if not kode.strip() or not hva.strip():
            raise ValueError("BosettFeil needs both kode and hva")
        # No arguments go to Exception: __reduce__ below carries the fields (worker processes pickle errors).
        super().__init__()
        self.kode = kode
        self.hva = hva
        self.regel = regel
        self.gjor = gjor
        self.felt = felt
        self.nr = nr

    def __str__(self) -> str:
        return " ".join(_setning(del_) for del_ in (self.hva, self.regel, self.gjor) if del_.strip())

    def __repr__(self) -> str:
        return f"{type(self).__name__}(kode={self.kode!r}, hva={self.hva!r})"

    def __reduce__(self) -> tuple[object, ...]:
        return (_gjenopprett, (type(self), self.kode, self.hva, self.regel, self.gjor, self.felt, self.nr))

    def som_dict(self) -> dict[str, str]:
        """The four fields for JSON answers; empty ones are left out."""
        felt = {"kode": self.kode, "hva": self.hva, "regel": self.regel, "gjor": self.gjor}
        return {navn: verdi for navn, verdi in felt.items() if verdi}


class Ugyldig(BosettFeil):
    """What was handed in breaks a rule."""

    http_status = 422


class Avvist(BosettFeil):
    """The actor may not. The web shows 404, so that forbidden and unknown answer alike."""

    http_status = 403


class FinnesIkke(BosettFeil):
    """The thing does not exist, or not for this actor."""

    http_status = 404


class Konflikt(BosettFeil):
    """The thing is in another state than the act needs, or somebody else came first."""

    http_status = 409


class Mangler(BosettFeil):
    """A figure, rate or criterion is unknown, so the computation refuses to go on. Never guessed."""

    http_status = 422


def _setning(tekst: str) -> str:
    tekst = tekst.strip()
    return tekst if tekst.endswith((".", "!", "?", ":", "»")) else f"{tekst}."


def _gjenopprett(
    klasse: type[BosettFeil], kode: str, hva: str, regel: str, gjor: str, felt: str, nr: int
) -> BosettFeil:
    return klasse(kode=kode, hva=hva, regel=regel, gjor=gjor, felt=felt, nr=nr)

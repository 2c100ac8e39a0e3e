"""Which written Norwegian a municipality is written to in (språklova § 15 second paragraph)."""

from dataclasses import dataclass
from typing import Literal

Skriftform = Literal["bokmal", "nynorsk"]


@dataclass(frozen=True, slots=True)
class Maalformsvalg:
    """The form to write in, and why in bokmål. `plikt`: the municipality has demanded it, so all contact must be in it."""

    form: Skriftform
    plikt: bool
    grunn: str


def velg_maalform(vedtak: str | None, onske: str | None = None) -> Maalformsvalg:
    """A decision binds; a neutral municipality gets its stated wish, else bokmål. Without a known decision: the same, said so."""
    if vedtak == "bokmal":
        return Maalformsvalg("bokmal", True, "Kommunen har vedtatt bokmål (språklova § 11).")
    if vedtak == "nynorsk":
        return Maalformsvalg("nynorsk", True, "Kommunen har vedtatt nynorsk (språklova § 11).")
    hvem = "Kommunen er språklig nøytral" if vedtak == "noytral" else "Kommunens språkvedtak er ikke kjent"
    if onske == "nynorsk":
        return Maalformsvalg("nynorsk", False, f"{hvem} og har ønsket nynorsk.")
    if onske == "bokmal":
        return Maalformsvalg("bokmal", False, f"{hvem} og har ønsket bokmål.")
    return Maalformsvalg("bokmal", False, f"{hvem}; uten uttrykt ønske brukes bokmål.")

"""Family immigration is one of two things: reunification or establishment (R036, R327)."""

from datetime import date


def slag(*, barn: bool, levde_sammen_fra: date | None, referanse_kom: date) -> str:
    """`gjenforening`: the parties lived together before the reference person came to Norway, or the applicant is the reference
    person's child. Otherwise `etablering`. Source: S4, the glossary of Veiviseren."""
    if barn or (levde_sammen_fra is not None and levde_sammen_fra < referanse_kom):
        return "gjenforening"
    return "etablering"

"""Reads of published rounds: each with a page of its own for ever, and what its numbers were computed from."""

from bosett.statistikk.models import Publisering, Publisertforklaring, Publisertgrunnlag
from bosett.statistikk.selectors import Utgave, offentlig, utgaver


@offentlig
def runder(aar: int) -> list[tuple[int, Utgave]]:
    """(number in the year, edition) of each published round of a year, in their order. A correction stands for what it corrects."""
    alle = Publisering.objects.filter(slag=Publisering.Slag.RUNDE, serie=f"runde-{aar}").order_by("pk")
    siste = {nr: pk for pk, nr in alle.values_list("pk", "opplysninger__nr")}
    kjente = {utgave.nr: utgave for utgave in utgaver(list(siste.values()))}
    return [(nr, kjente[pk]) for nr, pk in sorted(siste.items())]


@offentlig
def grunnlag(aar: int) -> tuple[Publisertgrunnlag, Utgave, dict[str, tuple[int, int]]] | None:
    """What the latest round of a year was computed from, its edition, and (persons, minors) by municipality number."""
    rad = Publisertgrunnlag.objects.filter(aar=aar).order_by("-publisering_id").first()
    if rad is None:
        return None
    tall = Publisertforklaring.objects.filter(publisering_id=rad.publisering_id).values_list(
        "nummer", "antall", "em"
    )
    return rad, utgaver([rad.publisering_id])[0], {nr: (antall, em) for nr, antall, em in tall}

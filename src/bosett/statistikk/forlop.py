"""Reads of how a year went: a municipality's requests and decisions one by one, and the sums as they stood month by month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from bosett.statistikk.models import Kontrollsum, Publisertforklaring, Publisertvedtak
from bosett.statistikk.rules.summer import Sum
from bosett.statistikk.runder import runder
from bosett.statistikk.selectors import offentlig, som_maalsum

_MAAL = ("anmodning", "vedtak", "bosatt", "avtalt")


@dataclass(frozen=True, slots=True)
class Forlopsrad:
    """A request (`organ` empty) or a decision. Persons. `gjelder` False: a later one took its place, on `erstattet` if known."""

    dag: date | None
    nr: int
    antall: int
    em: int
    organ: str
    organ_navn: str
    gjelder: bool
    etter_frist: bool = False
    innsendt: date | None = None
    erstattet: date | None = None


@dataclass(frozen=True, slots=True)
class Aarsforlop:
    """`anmodninger` and `vedtak`, oldest first."""

    aar: int
    anmodninger: tuple[Forlopsrad, ...]
    vedtak: tuple[Forlopsrad, ...]
    demo: bool


@offentlig
def forlop(kommune: int) -> list[Aarsforlop]:
    """Every request to a municipality (its identity) in the published rounds, and every decision, newest year first."""
    forklart: dict[int, dict[int, tuple[int, int]]] = {}
    for aar, utgave, antall, em in Publisertforklaring.objects.filter(kommune_id=kommune).values_list(
        "aar", "publisering_id", "antall", "em"
    ):
        forklart.setdefault(aar, {})[utgave] = (antall, em)
    vedtak: dict[int, list[Forlopsrad]] = {}
    for v in Publisertvedtak.objects.gjeldende().filter(kommune_id=kommune).order_by("aar", "nr"):
        vedtak.setdefault(v.aar, []).append(
            Forlopsrad(
                v.motedato, v.nr, v.antall, v.em, v.organ, v.organ_navn, v.erstattet is None, v.etter_frist,
                v.innsendt, v.erstattet,
            )
        )  # fmt: skip
    ut = []
    for aar in sorted(forklart, reverse=True):
        sendte = [(nr, utgave) for nr, utgave in runder(aar) if utgave.nr in forklart[aar]]
        anmodninger = tuple(
            Forlopsrad(utgave.statusdato, nr, *forklart[aar][utgave.nr], "", "", gjelder=plass == len(sendte))
            for plass, (nr, utgave) in enumerate(sendte, 1)
        )
        ut.append(
            Aarsforlop(aar, anmodninger, tuple(vedtak.get(aar, ())), any(utgave.demo for _, utgave in sendte))
        )
    return ut


@offentlig
def innbyggere(aar: int) -> dict[str, int]:
    """Inhabitants by municipality number, as the year's request was computed from. Those without are left out."""
    return {
        nummer: int(folk)
        for nummer, folk in Publisertforklaring.objects.gjeldende()
        .filter(aar=aar)
        .values_list("nummer", "innhold__folketall")
        if folk
    }


@offentlig
def gjennom_aaret(aar: int, utgave: int | None = None) -> list[tuple[date, Mapping[str, Sum]]]:
    """The country's sums at the last day they described in each month, oldest first: what was known then, not what is known now."""
    rader = (
        Kontrollsum.objects.filter(aar=aar, fylkenr="", maal__in=_MAAL)
        .exclude(erstattet_av=F("publisering"))  # never current: it described an earlier day
        .order_by("publisering_id", "maal")
    )
    if utgave is not None:
        rader = rader.filter(publisering__lte=utgave)
    sto: dict[str, Sum] = {}
    per_maaned: dict[tuple[int, int], tuple[date, Mapping[str, Sum]]] = {}
    for rad in rader:
        sto[rad.maal] = som_maalsum(rad).sum
        dag = max(rad.referansedato, per_maaned.get(_maaned(rad.referansedato), (rad.referansedato,))[0])
        per_maaned[_maaned(dag)] = (dag, dict(sto))
    return [per_maaned[maaned] for maaned in sorted(per_maaned)]


def _maaned(dag: date) -> tuple[int, int]:
    return dag.year, dag.month

"""Reads of the wait-day ledger: the days of one household, and how long people wait."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bosett.aktor.kontekst import Aktor
from bosett.aktor.oppslag import eneste
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning
from bosett.person.models_venting import Ventedagretting, Ventetid
from bosett.person.querysets import synlige_husholdninger
from bosett.person.rules.ventedager import Intervall
from bosett.tilgang.policy import krev


@dataclass(frozen=True, slots=True)
class Strekk:
    """Days that have passed, with one owner and one reason; `siste` None: it goes on."""

    dager: int
    fra: date
    siste: date | None
    eier: str
    grunn: str
    hendelse: str
    retting: Ventedagretting | None


@dataclass(frozen=True, slots=True)
class Ventedager:
    """The wait up to today. `per_eier` adds up to `totalt`, the most first."""

    totalt: int
    strekk: tuple[Strekk, ...]
    per_eier: tuple[tuple[str, int], ...]


def ventedager(aktor: Aktor, h: Husholdning) -> Ventedager:
    """The days of a household the actor sees (`selectors.husholdning`), in order of time; those ahead are left out."""
    krev(aktor, "person.se")
    dag = i_dag()
    strekk: list[Strekk] = []
    summer: dict[str, int] = defaultdict(int)
    for rad in Ventetid.objects.filter(husholdning=h).select_related("retting").order_by("fra"):
        if rad.fra > dag:
            break
        antall = Intervall(rad.fra, rad.til, rad.eier, rad.grunn, rad.hendelse).dager(dag)
        siste = None if rad.til is None or rad.til > dag else date.fromordinal(rad.til.toordinal() - 1)
        strekk.append(Strekk(antall, rad.fra, siste, rad.eier, rad.grunn, rad.hendelse, rad.retting))
        summer[rad.eier] += antall
    per_eier = sorted(((eier, n) for eier, n in summer.items() if n), key=lambda ett: (-ett[1], ett[0]))
    return Ventedager(sum(summer.values()), tuple(strekk), tuple(per_eier))


def rettinger(aktor: Aktor, h: Husholdning) -> list[Ventedagretting]:
    """All of them, also those taken back, the newest first."""
    krev(aktor, "person.se")
    return list(h.ventedagrettinger.select_related("registrert_av", "trukket_av").order_by("-pk"))


def retting(aktor: Aktor, uuid: UUID) -> Ventedagretting:
    """With its household. Raises `FinnesIkke`, the same for one that is not there and one of a household the actor may not see."""
    krev(aktor, "person.trekk_venteretting")
    funnet = eneste(Ventedagretting.objects.select_related("husholdning__subjekt").filter(uuid=uuid))
    if funnet is None or not synlige_husholdninger(aktor).filter(pk=funnet.husholdning_id).exists():
        raise FinnesIkke(
            kode="VENTERETTING-FINNES-IKKE", hva="Rettingen finnes ikke, eller du har ikke tilgang til saken."
        )
    return funnet

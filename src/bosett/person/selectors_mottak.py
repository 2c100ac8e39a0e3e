"""Reads of reception centres: where they are is known to all who work with the chain, who lives there is not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.aktor.organisasjonsslag import Slag
from bosett.aktor.roller import ROLLER
from bosett.dokument.models import Innfil
from bosett.geografi import selectors as geografi
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import i_dag
from bosett.person.models_mottak import BOR_DER, Mottak, Mottaksopphold, Mottakstillatelse
from bosett.tilgang.policy import krev

_ALLE = {
    kode: Omfang.NASJONAL
    for kode, rolle in ROLLER.items()
    if rolle.slag in (Slag.IMDI, Slag.UDI, Slag.BUFETAT, Slag.KS, Slag.FYLKESKOMMUNE, Slag.MOTTAK)
}
_mottak = lesning("person.mottak", "se mottak og hvem som driver dem", _ALLE)


@dataclass(frozen=True)
class Mottakslinje:
    """A centre with its place today. `beboere`: how many live there today, None for those who may not see them; `vert`: the municipality is a host."""

    mottak: Mottak
    kommunenummer: str
    kommune: str
    fylke: str
    vert: bool
    beboere: int | None
    har_tillatelse: bool

    @property
    def apent(self) -> bool:
        return er_apent(self.mottak, i_dag())


@dataclass(frozen=True)
class Driftssum:
    """Open centres of one operator type (R013)."""

    drift: str
    mottak: int
    plasser: int
    beboere: int | None


def er_apent(mottak: Mottak, dag: date) -> bool:
    return mottak.apnet <= dag and (mottak.stengt is None or dag < mottak.stengt)


@_mottak
def alle(aktor: Aktor) -> list[Mottakslinje]:
    """Every centre, by name."""
    krev(aktor, "person.mottak")
    return _linjer(aktor, _rader().order_by("organisasjon__sorteringsnavn"))


@_mottak
def ett(aktor: Aktor, uuid: UUID) -> Mottakslinje:
    """One centre by its organisation's UUID. Raises `FinnesIkke`."""
    krev(aktor, "person.mottak")
    linjer = _linjer(aktor, _rader().filter(organisasjon__uuid=uuid))
    if not linjer:
        raise FinnesIkke(kode="MOTTAK-FINNES-IKKE", hva="Mottaket finnes ikke.", gjor="Kontroller adressen.")
    return linjer[0]


def etter_drift(linjer: Sequence[Mottakslinje]) -> list[Driftssum]:
    """The open ones of what `alle` gave, added up by operator type; every one of the three is there."""
    apne = [linje for linje in linjer if linje.apent]
    return [_sum(slag, [linje for linje in apne if linje.mottak.drift == slag]) for slag in Mottak.Drift]


@_mottak
def tillatelsesfil(aktor: Aktor, uuid: UUID) -> Innfil:
    """The document of a permit, with its content, when it has been let through. Raises `FinnesIkke`."""
    krev(aktor, "person.mottak")
    fil = (
        Innfil.objects.select_related("fil")
        .filter(
            uuid=uuid,
            tilstand="frigitt",
            pk__in=Mottakstillatelse.objects.exclude(innfil=None).values("innfil"),
        )
        .first()
    )
    if fil is None:
        raise FinnesIkke(
            kode="MOTTAK-FIL", hva="Dokumentet finnes ikke, eller det er ikke kontrollert ennå.", gjor="Prøv igjen senere."
        )  # fmt: skip
    return fil


def _sum(slag: str, linjer: Sequence[Mottakslinje]) -> Driftssum:
    beboere = [ett.beboere for ett in linjer]
    kjent = [antall for antall in beboere if antall is not None]
    return Driftssum(
        slag,
        len(linjer),
        sum(ett.mottak.plasser for ett in linjer),
        sum(kjent) if len(kjent) == len(beboere) else None,
    )


def _rader() -> QuerySet[Mottak]:
    tillatelser = Mottakstillatelse.objects.select_related("innfil").order_by("-gitt", "-pk")
    return Mottak.objects.select_related("organisasjon", "subjekt").prefetch_related(
        Prefetch("tillatelser", tillatelser)
    )


def _linjer(aktor: Aktor, rader: QuerySet[Mottak]) -> list[Mottakslinje]:
    dag = i_dag()
    kommuner = {v.kommune_id: v for v in geografi.kommuner(dag)}
    fylker = {v.fylke_id: v.navn for v in geografi.fylker(dag)}
    verter = geografi.med_flagg("vertskommune", dag)
    bor = dict(
        Mottaksopphold.objects.kjent()
        .gjelder(dag)
        .filter(BOR_DER, mottak__isnull=False)
        .values_list("mottak")
        .annotate(antall=Count("person", distinct=True))
    )
    linjer = []
    for m in rader:
        versjon = kommuner.get(m.kommune_id)
        linjer.append(
            Mottakslinje(
                mottak=m,
                kommunenummer=versjon.nummer if versjon else "",
                kommune=versjon.navn if versjon else "",
                fylke=fylker.get(versjon.fylke_id, "") if versjon and versjon.fylke_id else "",
                vert=m.kommune_id in verter,
                beboere=bor.get(m.pk, 0) if aktor.alle_personer or m.pk in aktor.organisasjoner else None,
                har_tillatelse=any(
                    t.gitt <= dag
                    and (t.gjelder_til is None or dag <= t.gjelder_til)
                    and (t.innfil is None or t.innfil.tilstand != "avvist")
                    for t in m.tillatelser.all()
                ),
            )
        )
    return linjer

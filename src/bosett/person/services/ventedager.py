"""The wait-day ledger as stored: read the facts, derive the days, write what has become different (R179).

One way in: after each change of a household (`Arbeid.skriv`), and for all of them when the ledger is checked (`kontroller`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models.fields.json import KT

from bosett.aktor.kontekst import Aktor, som
from bosett.person import states
from bosett.person.models import (
    Husholdning,
    Lop,
    Medlem,
    Mottaksopphold,
    Opphold,
    Person,
    Privatsoknad,
    Verge,
)
from bosett.person.models_venting import Ventedagretting, Ventetid
from bosett.person.querysets import Blant
from bosett.person.rules import venting as regel
from bosett.person.rules.ventedager import Hendelse, Intervall, Retting
from bosett.person.rules.venting import KARTLAGT, Fakta, Venting
from bosett.person.services.kroker import ventekilder
from bosett.person.states import UTLED
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas_mange

PORSJON = 10_000
_STED = "mottak__type"


def regn(ider: Collection[int]) -> dict[int, Venting]:
    """The waiting of these households, from the facts as they are known now. Nothing is written."""
    svar, fakta = dict.fromkeys(ider, regel.INGEN), _fakta(ider)
    if not fakta:
        return svar
    rettinger, hendelser = _rettinger(fakta), _hendelser(fakta)
    kartlegges = any(KARTLAGT in slag for slag in ventekilder.values())
    for pk, ett in fakta.items():
        svar[pk] = regel.venting(
            ett, flere=hendelser.get(pk, ()), rettinger=rettinger.get(pk, ()), kartlegges=kartlegges
        )
    return svar


def oppdater(ider: Collection[int]) -> dict[int, Venting]:
    """Store the waiting of these households; rows that are the same stay. Call under their locks. Gives what holds now."""
    return _oppdater(ider)[0] if ider else {}


def _oppdater(ider: Collection[int]) -> tuple[dict[int, Venting], list[int]]:
    """Also those of them that were stored otherwise."""
    svar, lagret = regn(ider), _lagret(ider)
    ulike = _ulike(svar, lagret)
    bort: list[int] = []
    inn: list[tuple[int, Intervall]] = []
    for pk in ulike:
        har, dager = lagret.dager.get(pk, {}), set(svar[pk].dager)
        bort += [nokkel for ett, nokkel in har.items() if ett not in dager]
        inn += [(pk, ett) for ett in svar[pk].dager if ett not in har]
    if bort:
        Ventetid.objects.filter(pk__in=bort).delete()
    if inn:
        _skriv_dager(inn)
    if endret := [pk for pk in ulike if lagret.tider[pk] != svar[pk][:4]]:
        _skriv_tider(endret, svar)
    return svar, ulike


@dataclass(slots=True)
class Kontroll:
    """What a check has found: households looked at, those whose stored days were not what the facts give, and how many stretches of
    waiting days the facts give."""

    husholdninger: int = 0
    avvik: list[int] = field(default_factory=list)
    strekk: int = 0


def kontroller(*, aktor: Aktor, skriv: bool = False) -> Iterator[Kontroll]:
    """Derive the days of every household anew and compare with what is stored, a portion in each transaction; gives how far it has come.

    `skriv`: what differs is written. What differs while somebody changes the household is looked at again under its lock.
    """
    funnet, siste = Kontroll(), 0
    while True:
        with som(aktor):
            krev(aktor, UTLED.kode)
            ider = list(
                Husholdning.objects.filter(pk__gt=siste).order_by("pk").values_list("pk", flat=True)[:PORSJON]
            )
            if not ider:
                return
            if skriv:
                laas_mange(subjekt_ider=ider)
                svar, ulike = _oppdater(ider)
            else:
                svar = regn(ider)
                if ulike := _ulike(svar, _lagret(ider)):
                    laas_mange(subjekt_ider=ulike)
                    ulike = _ulike(regn(ulike), _lagret(ulike))
            funnet.husholdninger += len(ider)
            funnet.avvik += ulike
            funnet.strekk += sum(len(ett.dager) for ett in svar.values())
            siste = ider[-1]
        yield funnet


# -- what is stored -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Lagret:
    dager: dict[int, dict[tuple[Any, ...], int]]
    """Household → its stretches, as tuples equal to `Intervall` → their keys."""
    tider: dict[int, tuple[Any, ...]]


def _ulike(svar: dict[int, Venting], lagret: _Lagret) -> list[int]:
    """Those of which something else is stored than the facts give."""
    return [
        pk
        for pk, ett in svar.items()
        if lagret.tider.get(pk) != ett[:4] or lagret.dager.get(pk, {}).keys() != set(ett.dager)
    ]


def _lagret(ider: Collection[int]) -> _Lagret:
    dager: dict[int, dict[tuple[Any, ...], int]] = defaultdict(dict)
    rader = Ventetid.objects.filter(Blant("husholdning_id", ider))
    for rad in rader.values_list("husholdning_id", "pk", *Intervall._fields[:-1], "retting_id"):
        dager[rad[0]][rad[2:]] = rad[1]
    tider = Husholdning.objects.filter(Blant("pk", ider)).values_list(
        "pk", "venter_fra", "venter_til", "tillatt", "maal"
    )
    return _Lagret(dager, {rad[0]: rad[1:] for rad in tider})


def _skriv_dager(rader: Sequence[tuple[int, Intervall]]) -> None:
    kolonner: list[Any] = [[pk for pk, _ in rader], *map(list, zip(*(ett for _, ett in rader), strict=True))]
    with connection.cursor() as db:
        db.execute(
            "INSERT INTO person_ventetid (husholdning_id, fra, til, eier, grunn, hendelse, retting_id)"
            " SELECT * FROM unnest(%s::bigint[], %s::date[], %s::date[], %s::text[], %s::text[], %s::text[], %s::bigint[])",
            kolonner,
        )


def _skriv_tider(ider: Sequence[int], svar: dict[int, Venting]) -> None:
    kolonner: list[Any] = [list(ider), *([svar[pk][nr] for pk in ider] for nr in range(4))]
    with connection.cursor() as db:
        db.execute(
            "UPDATE person_husholdning h SET venter_fra = v.fra, venter_til = v.til, tillatt = v.tillatt, maal = v.maal"
            " FROM unnest(%s::bigint[], %s::date[], %s::date[], %s::date[], %s::date[]) AS v(pk, fra, til, tillatt, maal) WHERE h.subjekt_id = v.pk",
            kolonner,
        )


# -- the facts ------------------------------------------------------------------------------------------------------


def _rader(serie: Any, personer: Collection[int], *felt: str) -> dict[int, list[tuple[Any, ...]]]:
    """Person → what is known now about her, as (from, to, …)."""
    ut: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rader = serie.objects.kjent().filter(Blant("person_id", personer))
    for person, *resten in rader.values_list("person_id", "fra", "til", *felt):
        ut[person].append(tuple(resten))
    return ut


def _personer(ider: Collection[int]) -> list[tuple[Any, ...]]:
    """Those who stand, as (person, household, born, unaccompanied minor, dead, out, how she came)."""
    personer = Person.objects.filter(Blant("husholdning_id", ider), samme_som=None)
    return list(
        personer.values_list(
            "pk", "husholdning_id", "fodt", "enslig_mindrearig", "dod", "ute", KT("meldt__slag")
        )
    )


def _fakta(ider: Collection[int]) -> dict[int, Fakta]:
    """Of those in which somebody has or had a permit; the others do not wait."""
    alle = _personer(ider)
    tillatelser = _rader(Opphold, [rad[0] for rad in alle], "grunnlag")
    med = {rad[1] for rad in alle if rad[0] in tillatelser}
    if not med:
        return {}
    personer = [rad for rad in alle if rad[1] in med]
    nokler = [rad[0] for rad in personer]
    bor, verger = _rader(Mottaksopphold, nokler, _STED), _rader(Verge, nokler)
    hjemme = {person: min(fra for fra, _til in rader) for person, rader in _rader(Medlem, nokler).items()}
    egne: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    lopene = Lop.objects.filter(Blant("husholdning_id", med), hendelse__in=states.EGNE)
    for pk, *rad in lopene.values_list("husholdning_id", "slag", "fra", "til"):
        egne[pk].append(tuple(rad))
    soknader = Privatsoknad.objects.filter(Blant("husholdning_id", med))
    sokt: dict[int, Any] = {}
    for pk, dag in soknader.values_list("husholdning_id", "sokt"):
        sokt[pk] = min(dag, sokt.get(pk, dag))
    medlemmer: dict[int, list[regel.Medlem]] = defaultdict(list)
    husholdninger = list(
        Husholdning.objects.filter(Blant("pk", med)).values_list("pk", "apnet", "lop", "avsluttet")
    )
    apnet = {pk: dag for pk, dag, *_ in husholdninger}
    for pk, husholdning, fodt, em, dod, ute, kom in personer:
        medlemmer[husholdning].append(
            regel.Medlem(
                str(pk),
                hjemme.get(pk) or apnet[husholdning],
                dod or ute if None in (dod, ute) else min(dod, ute),
                fodt,
                em,
                kom == "overforing",
                tillatelser.get(pk, ()),
                [(fra, til, type_ or "") for fra, til, type_ in bor.get(pk, ())],
                verger.get(pk, ()),
            )
        )
    return {
        pk: Fakta(dag, medlemmer[pk], lop, avsluttet, egne.get(pk, ()), sokt.get(pk))
        for pk, dag, lop, avsluttet in husholdninger
    }


def _rettinger(ider: Collection[int]) -> dict[int, list[Retting]]:
    ut: dict[int, list[Retting]] = defaultdict(list)
    rader = Ventedagretting.objects.filter(Blant("husholdning_id", ider), trukket=None).order_by("pk")
    for pk, nr, fra, til, eier, grunn in rader.values_list(
        "husholdning_id", "pk", "fra", "til", "eier", "grunn"
    ):
        ut[pk].append(Retting(nr, fra, til, eier, grunn))
    return ut


def _hendelser(ider: Collection[int]) -> dict[int, list[Hendelse]]:
    """What rooms above know."""
    ut: dict[int, list[Hendelse]] = defaultdict(list)
    for kilde in ventekilder:
        for pk, hendelser in kilde(ider).items():
            ut[pk] += hendelser
    return ut

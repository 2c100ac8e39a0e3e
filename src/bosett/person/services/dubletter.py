"""Persons that may be registered twice: found by a job, and decided by IMDi (they are not the same; or `sammenslaaing`)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app as jobber

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import naa
from bosett.person import states_dubletter as states
from bosett.person.models import Dublett, Navn, Person, Sokeord
from bosett.person.querysets import synlige_rader
from bosett.person.rules.dubletter import Kjennetegn, Likhet, likhet, naere_datoer
from bosett.spor.services import Innslag, registrer_mange
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas_mange

Par = tuple[int, int]
"""Two persons' keys, the lower one first."""
PER_PERSON = 20
"""Of the pairs found for one person, so many are kept, the likeliest ones."""

# By birth date first (a hundred or so have one of the dates), then by the sounds of their names.
_SOK = """
SELECT t.person, p.id FROM unnest(%s::bigint[], %s::date[], %s::int[]) AS t(person, fodt, kreves)
  JOIN person_person p ON p.fodt = t.fodt AND p.id <> t.person AND p.samme_som_id IS NULL
  JOIN person_sokeord s ON s.person_id = p.id
  JOIN unnest(%s::bigint[], %s::text[]) AS o(person, ord) ON o.person = t.person AND o.ord = s.ord
 GROUP BY t.person, p.id, t.kreves HAVING count(DISTINCT s.ord) >= t.kreves
"""


def let_senere(person_ider: Sequence[int], samme_nummer: Iterable[Par]) -> None:
    """Part of the intake: a number that was somebody's already makes a pair at once; the rest is looked for by a job."""
    par = {_par(*to) for to in samme_nummer}
    if par:
        _lagre(_likheter(par, samme_nummer=par))
    if person_ider:
        jobber.configure_task("person.finn_dubletter").defer(person_ider=list(person_ider))


@transaction.atomic
def finn(*, aktor: Aktor, person_ider: Iterable[int]) -> int:
    """Register the pairs these persons make with others. Gives how many are new; a pair that was decided does not come back."""
    krev(aktor, states.FINN_DUBLETTER.kode)
    par = _sok(
        dict(Person.objects.filter(pk__in=list(person_ider), samme_som=None).values_list("pk", "fodt"))
    )
    med_nummer = set(
        Dublett.objects.filter(en__in={en for en, _ in par}, grunner__contains="samme_nummer").values_list(
            "en", "annen"
        )
    )
    return _lagre(_de_likeste(_likheter(par, samme_nummer=med_nummer & par)))


@transaction.atomic
def ikke_samme(*, aktor: Aktor, dublett_id: int, hvorfor: str) -> Dublett:
    """The two are not the same; the pair never comes back. Repeating it changes nothing.

    Raises `Ugyldig` without a reason, `FinnesIkke`, `Konflikt` when they have been merged.
    """
    krev(aktor, states.IKKE_SAMME.kode)
    grunn = krev_grunn(hvorfor)
    par = laas_par(aktor, dublett_id)
    if par.status == Dublett.Status.IKKE_SAMME:
        return par
    krev_apen(par)
    par.status, par.hvorfor, par.avgjort, par.avgjort_av_id = "ikke_samme", grunn, naa(), aktor.bruker_id
    par.save()
    spor_par(aktor, states.IKKE_SAMME.kode, par, grunn)
    return par


def laas_par(aktor: Aktor, dublett_id: int) -> Dublett:
    """The pair under the locks of both households, in the order of their ids. `FinnesIkke` when the actor may not see both."""
    par = Dublett.objects.filter(pk=dublett_id).select_related("en", "annen").first()
    if par is None or synlige_rader(aktor).filter(pk__in=(par.en_id, par.annen_id)).count() < 2:
        raise FinnesIkke(
            kode="DUBLETT-FINNES-IKKE",
            hva="Paret finnes ikke, eller du har ikke tilgang til begge personene.",
        )
    laas_mange(subjekt_ider={par.en.husholdning_id, par.annen.husholdning_id})
    return Dublett.objects.select_for_update(of=("self",)).select_related("en", "annen").get(pk=dublett_id)


def krev_apen(par: Dublett) -> None:
    if par.status != Dublett.Status.APEN:
        raise Konflikt(
            kode="DUBLETT-AVGJORT",
            hva="En annen har avgjort dette paret.",
            regel="Et par blir avgjort én gang.",
            gjor="Se hva som er avgjort på siden til paret.",
        )


def krev_grunn(hvorfor: str) -> str:
    if not hvorfor.strip():
        raise Ugyldig(
            kode="DUBLETT-GRUNN",
            hva="Grunnen mangler.",
            regel="Den som ser på saken senere, må kunne se hvorfor.",
            gjor="Skriv hvorfor.",
        )
    return hvorfor.strip()


def spor_par(aktor: Aktor, handling: str, par: Dublett, grunn: str, **data: Any) -> None:
    """In the ledger of both households: which two, by their public keys. The reason lies in the details, which may be deleted, under
    a key that no household page prints: it tells of the other one."""
    to = {p.husholdning_id: p for p in (par.en, par.annen)}
    data |= {"en": str(par.en.uuid), "annen": str(par.annen.uuid)}
    registrer_mange(
        aktor=aktor,
        handling=handling,
        innslag=[Innslag(pk, data, {"om_paret": grunn}) for pk in sorted(to)],
    )


def _par(a: int, b: int) -> Par:
    return min(a, b), max(a, b)


def _sok(fodt: dict[int, date]) -> set[Par]:
    """Who shares a sound of the name and nearly the birth date, by the indexes of both."""
    ord_: dict[int, set[str]] = defaultdict(set)
    for pk, ett in Sokeord.objects.filter(person__in=fodt).values_list("person_id", "ord"):
        ord_[pk].add(ett)
    for pk, alle in ord_.items():
        ord_[pk] = {ett for ett in alle if ett.startswith("*")} or alle
    dager = [(pk, dag, min(2, len(ord_[pk]))) for pk in ord_ for dag in naere_datoer(fodt[pk])]
    par = [(pk, ett) for pk, alle in ord_.items() for ett in alle]
    if not par:
        return set()
    with connection.cursor() as db:
        db.execute(_SOK, [*map(list, zip(*dager, strict=True)), *map(list, zip(*par, strict=True))])
        return {_par(a, b) for a, b in db.fetchall()}


def _likheter(par: set[Par], samme_nummer: set[Par]) -> dict[Par, Likhet]:
    ider = {pk for to in par for pk in to}
    navn: dict[int, set[str]] = defaultdict(set)
    for n in Navn.objects.kjent().filter(person__in=ider):
        navn[n.person_id].add(f"{n.fornavn} {n.etternavn}".strip())
    tegn = {
        p.pk: Kjennetegn(tuple(sorted(navn[p.pk])), p.fodt, p.statsborgerskap)
        for p in Person.objects.filter(pk__in=ider)
    }
    alle = {to: likhet(tegn[to[0]], tegn[to[1]], samme_nummer=to in samme_nummer) for to in sorted(par)}
    return {to: svar for to, svar in alle.items() if svar is not None}


def _de_likeste(alle: dict[Par, Likhet]) -> dict[Par, Likhet]:
    antall: dict[int, int] = defaultdict(int)
    ut = {}
    for (en, annen), svar in sorted(alle.items(), key=lambda rad: (-rad[1].poeng, rad[0])):
        if min(antall[en], antall[annen]) < PER_PERSON:
            ut[en, annen] = svar
            antall[en] += 1
            antall[annen] += 1
    return ut


def _lagre(alle: dict[Par, Likhet]) -> int:
    """New pairs are added, open ones get their reasons of today, decided ones are left as they are."""
    kjent = {(d.en_id, d.annen_id): d for d in Dublett.objects.filter(en__in={en for en, _ in alle})}
    nye = [
        Dublett(en_id=en, annen_id=annen, poeng=svar.poeng, grunner=list(svar.grunner))
        for (en, annen), svar in alle.items()
        if (en, annen) not in kjent
    ]
    Dublett.objects.bulk_create(nye, ignore_conflicts=True)  # dublett_ett_par decides when two look at once
    for to, svar in alle.items():
        gammelt = kjent.get(to)
        if gammelt is not None and gammelt.grunner != list(svar.grunner):
            Dublett.objects.filter(pk=gammelt.pk, status="apen").update(
                poeng=svar.poeng, grunner=list(svar.grunner)
            )
    return len(nye)

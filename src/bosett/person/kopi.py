"""The copy a person gets of everything we hold about her (personvernforordningen artikkel 15), from the whitelist of fields.

Here it is as it is stored; `web.person.kopitekst` puts it into words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import F, Field, ForeignKey, Model, Q
from django.utils.translation import gettext

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.dokument.models import Dokument, Innfil
from bosett.geografi.models import Kommune
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.klokke import OSLO, i_dag, naa
from bosett.oppgave.models import Oppgave
from bosett.person.models import Husholdning, Medlem, Mottak, Mottaksopphold, Person
from bosett.person.querysets import synlige_personer
from bosett.person.rules.felter import hviteliste, om_personer
from bosett.person.selectors_personvern import oppslag_i
from bosett.person.services.innsyn import krev_innsyn
from bosett.person.services.sammenslaatte import tomme_etter
from bosett.person.sletteplan import PLAN, Steg
from bosett.person.states import BYTT_SAK
from bosett.person.states_personvern import UTLEVER_INNSYN
from bosett.spor.models import Hendelse
from bosett.spor.services import registrer
from bosett.tilgang.models import Deling
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas

_OM_PAR = frozenset({"person.slaa_sammen", "person.ikke_samme", "person.opphev_sammenslaaing"})
"""Acts on two persons, whose reason may tell of the other one."""
_UTEN = frozenset({"Sokeord", "Sletting", "Trukkettekst", "Lest"})
"""Made from the names, about the end of storing, taken back, and about those who read: told by the page about what is stored."""
_FRITEKST = frozenset({
    ("Innlegg", "tekst"), ("Henvendelse", "behov"), ("Henvendelse", "svartekst"),
    ("Boligkobling", "omraade_grunn"), ("Boligkobling", "avvik_grunn"), ("Boligkobling", "losnet_grunn")})  # fmt: skip
"""Words about the whole household, which may tell one of them what another has said. A human must read them first."""
_NOKLER = frozenset({"id", "uuid", "husholdning"})


@dataclass(frozen=True, slots=True)
class Opplysning:
    felt: str
    navn: str
    verdi: Any
    """As it is stored; of a row somewhere else, what it is called. None when nothing is."""
    valg: str = ""
    """What the model calls the stored choice (bokmål source string)."""
    felles: bool = False
    """About the fact itself: since when we know it, and who said so."""


@dataclass(frozen=True, slots=True)
class Bolk:
    """One table: its name in the reader's language, and its rows."""

    tabell: str
    navn: str
    rader: tuple[tuple[Opplysning, ...], ...]


@dataclass(frozen=True, slots=True)
class Kopi:
    person: Person
    laget: datetime
    bolker: tuple[Bolk, ...]
    lister: dict[str, tuple[dict[str, Any], ...]]
    """About the case: `dokumenter`, `oppgaver`, `delt_med`, `sett_av`, `gjort`, each with its rows in the order they happened."""


@transaction.atomic
def lag(*, aktor: Aktor, person: UUID, spraak: str = "nb", grunn: str = "") -> Kopi:
    """Everything about one person, who it is shared with, who has looked, and what has been done. Written in the ledger.

    Raises `FinnesIkke` for a person the actor does not see, `InnsynUtenGrunn` when the look itself needs a reason.
    """
    krev(aktor, UTLEVER_INNSYN.kode)
    denne = synlige_personer(aktor).select_related("husholdning__subjekt").filter(uuid=person).first()
    if denne is None:
        raise FinnesIkke(
            kode="PERSON-UKJENT", hva="Personen finnes ikke, eller du har ikke tilgang til saken."
        )
    h = denne.husholdning
    laas(subjekt_id=h.pk)
    krev_innsyn(aktor=aktor, husholdning=h, grunn=grunn, lesning="person.kopi")
    saker = (h.pk, *tomme_etter(h.pk))
    andres = _andres_mottak(denne)
    forlatt = _forlatt(denne)
    tider: dict[int, datetime | None] = dict.fromkeys(saker) | forlatt
    kopi = Kopi(
        denne,
        naa(),
        tuple(_bolker(denne, spraak, andres)),
        {
            "dokumenter": (*_dokumenter(saker, andres), *_filer(saker, andres)),
            "oppgaver": tuple(_oppgaver(saker, andres)),
            "delt_med": tuple(
                ett
                for pk, til in tider.items()
                for ett in _delt(pk, andres)
                if til is None or ett["fra"] < til
            ),
            "sett_av": tuple(ett for pk, til in tider.items() for ett in _sett(pk, andres, til)),
            "gjort": tuple(_gjort(denne, forlatt)),
        },
    )
    registrer(
        aktor=aktor,
        handling=UTLEVER_INNSYN.kode,
        subjekt_id=h.pk,
        data={"person": str(denne.uuid), "dag": str(i_dag())},
    )
    return kopi


def _bolker(person: Person, spraak: str, andres: dict[int, str]) -> Iterator[Bolk]:
    """In the order of the whitelist."""
    liste = hviteliste()
    planen = {s.modell.partition(".")[2]: s for s in PLAN if om_personer(s.modell)}
    flere = Person.objects.filter(husholdning=person.husholdning_id, samme_som=None).count() > 1
    for navn in liste.tabeller:
        if navn not in planen or navn in _UTEN:
            continue
        steg = planen[navn]
        modell = apps.get_model(steg.modell)
        rader = []
        for rad in _egne(steg, person, andres):
            verdier = []
            for felt in modell._meta.concrete_fields:
                hva = liste.felt(navn, felt.name)
                if hva is None or felt.name in _NOKLER:
                    continue
                if felt.name == "person" and _er_henne(getattr(rad, felt.name), person):
                    continue  # of a relation told from the other's side it is the other
                verdi = _verdi(rad, felt, person)
                if flere and verdi and (navn, felt.name) in _FRITEKST:
                    verdi = gettext("Kan handle om andre i husholdningen, og må leses før det blir utlevert")
                valg = str(dict(felt.flatchoices).get(verdi, "")) if felt.flatchoices and verdi else ""
                verdier.append(Opplysning(felt.name, hva.tekst.paa(spraak), verdi, valg, hva.felles))
            rader.append(tuple(verdier))
        if rader:
            yield Bolk(navn, liste.tabeller[navn].paa(spraak), tuple(rader))


def _egne(steg: Steg, person: Person, andres: dict[int, str]) -> Any:
    """The rows about the person; of a table that names none, those about the whole household."""
    modell: type[Model] = apps.get_model(steg.modell)
    rader: Any = modell._base_manager
    navn = modell.__name__
    if navn == "Person":
        return rader.filter(Q(pk=person.pk) | Q(samme_som=person)).order_by("-pk")
    if navn == "Husholdning":
        return rader.filter(pk=person.husholdning_id)
    if navn == "Dublett":
        return rader.filter(Q(en=person) | Q(annen=person), status="slaatt_sammen").order_by("pk")
    if navn == "Sammenslaaing":
        return rader.filter(beholdt=person, opphevet=None).order_by("pk")
    if navn in ("Innlegg", "Henvendelse"):  # not from a centre that is not hers to be told of
        rader = rader.exclude(organisasjon__in=andres)
    hennes = [vei.removesuffix("__husholdning") for vei in steg.veier if _er_om_en(modell, vei)]
    q = Q()
    for vei in hennes or steg.veier:
        q |= Q(**{vei: person.pk if hennes else person.husholdning_id})
    return rader.filter(q).order_by("pk")


def _er_om_en(modell: type[Model], vei: str) -> bool:
    """The way to the household goes by one of its persons."""
    ledd: Any = modell
    for felt in vei.split("__")[:-1]:
        ledd = ledd._meta.get_field(felt).related_model
    return ledd is Person and vei.endswith("__husholdning")


def _verdi(rad: Model, felt: "Field[Any, Any]", person: Person) -> Any:
    """What is stored. Another person is named only when she belongs to the same household."""
    verdi = getattr(rad, felt.attname)
    if verdi is None or verdi == "" or verdi == [] or verdi == {}:
        return None
    if isinstance(rad, Husholdning) and felt.name == "mangler":
        return [{"kode": m["kode"]} | _hvem(m, person) for m in verdi]
    if not isinstance(felt, ForeignKey):
        return verdi
    andre = getattr(rad, felt.name)
    if isinstance(andre, Person):
        kjent = andre.husholdning_id == person.husholdning_id or _er_henne(andre, person)
        return andre.navn if kjent else gettext("en i en annen husholdning")
    if isinstance(andre, Mottak):
        return andre.organisasjon.navn
    if isinstance(andre, Kommune):
        return andre.versjoner.order_by(F("fra").desc(nulls_last=True)).values_list("navn", flat=True).first()
    return getattr(andre, "navn", None) or str(getattr(andre, "kode", "") or andre.pk)


def _er_henne(andre: Person | None, person: Person) -> bool:
    """Also the row she was registered as the second time."""
    return andre is not None and person.pk in (andre.pk, andre.samme_som_id)


def _hvem(mangel: dict[str, str], person: Person) -> dict[str, bool]:
    """Whether it is she who lacks it, when it is one of the household."""
    return {"hun": mangel["person"] == str(person.uuid)} if "person" in mangel else {}


def _andres_mottak(person: Person) -> dict[int, str]:
    """Centres where others she has been in a household with live or lived and she did not: not hers to be told, since one may be in
    hiding."""
    saker = [person.husholdning_id, *Medlem.objects.kjent().filter(person=person).values_list("husholdning_id", flat=True)]  # fmt: skip
    andre = Person.objects.filter(Q(husholdning__in=saker) | Q(medlemskap__husholdning__in=saker))
    hennes = Mottaksopphold._base_manager.filter(person=person, mottak__isnull=False).values("mottak")
    bor = Mottaksopphold._base_manager.filter(person__in=andre, mottak__isnull=False).exclude(mottak__in=hennes)  # fmt: skip
    return dict(bor.values_list("mottak_id", "mottak__organisasjon__navn"))


def _enhet(organisasjon: Organisasjon | None, andres: dict[int, str]) -> str:
    if organisasjon is None:
        return ""
    return gettext("Et mottak") if organisasjon.pk in andres else organisasjon.navn


def _dokumenter(saker: Sequence[int], andres: dict[int, str]) -> Iterator[dict[str, Any]]:
    """Letters and documents of the case in all their versions: what they are, not what they say."""
    alle = Dokument.objects.filter(subjekt__in=saker).select_related("motpart").defer("innhold")
    for ett in alle.order_by("dato", "pk"):
        yield {
            "tittel": ett.tittel, "retning": ett.retning, "slag": ett.slag, "dato": ett.dato, "tilstand": ett.tilstand,
            "organisasjon": _enhet(ett.motpart, andres), "nummer": ett.dokumentnummer,
        }  # fmt: skip


def _filer(saker: Sequence[int], andres: dict[int, str]) -> Iterator[dict[str, Any]]:
    alle = Innfil.objects.filter(subjekt__in=saker).select_related("organisasjon")
    for ett in alle.order_by("lastet_opp", "pk"):
        yield {
            "tittel": ett.navn, "retning": "fil", "slag": ett.medietype, "dato": ett.lastet_opp.astimezone(OSLO).date(),
            "tilstand": ett.tilstand, "organisasjon": _enhet(ett.organisasjon, andres), "nummer": "",
        }  # fmt: skip


def _oppgaver(saker: Sequence[int], andres: dict[int, str]) -> Iterator[dict[str, Any]]:
    """What somebody was to do in the case. Its kind: the line that says which case it is may name others in it."""
    alle = Oppgave.objects.filter(subjekt__in=saker).select_related("organisasjon", "ferdig_av")
    for ett in alle.order_by("opprettet", "pk"):
        yield {
            "slag": ett.slag, "organisasjon": _enhet(ett.organisasjon, andres), "opprettet": ett.opprettet, "frist": ett.frist,
            "ferdig": ett.ferdig, "ferdig_av": ett.ferdig_av.navn if ett.ferdig_av else "",
        }  # fmt: skip


def _delt(subjekt_id: int, andres: dict[int, str]) -> Iterator[dict[str, Any]]:
    delinger = Deling.objects.filter(subjekt=subjekt_id).exclude(organisasjon__in=andres)
    for deling in delinger.select_related("organisasjon").order_by("fra", "pk"):
        yield {
            "organisasjon": deling.organisasjon.navn, "grad": deling.grad, "fra": deling.fra, "til": deling.til,
        }  # fmt: skip


def _sett(subjekt_id: int, andres: dict[int, str], til: datetime | None) -> Iterator[dict[str, Any]]:
    for ett in oppslag_i(subjekt_id, til):
        if ett.organisasjon in andres.values():
            ett = replace(ett, bruker=gettext("En ansatt på et mottak"), organisasjon="")
        yield {
            "tid": ett.tid, "hvem": ett.bruker, "organisasjon": ett.organisasjon, "antall": ett.antall,
            "hva": list(ett.lesninger), "grunn": ett.grunn, "utenfor": list(ett.utenfor),
        }  # fmt: skip


def _forlatt(person: Person) -> dict[int, datetime]:
    """The cases she has been in before, and when she was moved from each."""
    saker = Medlem.objects.kjent().filter(person=person).exclude(husholdning=person.husholdning_id)
    rader = Hendelse.objects.filter(
        subjekt__in=saker.values("husholdning"), handling=BYTT_SAK.kode, data__person=str(person.uuid)
    )
    return dict(rader.filter(data__retning="ut").order_by("nr").values_list("subjekt", "tid"))


def _gjort(person: Person, forlatt: dict[int, datetime]) -> Iterator[dict[str, Any]]:
    """Acts on the case; one that names another person is hers. Of a case she has left, those that name her."""
    egne = {
        str(u)
        for u in Person.objects.filter(Q(pk=person.pk) | Q(samme_som=person)).values_list("uuid", flat=True)
    }
    rader = Hendelse.objects.filter(subjekt__in=[person.husholdning_id, *forlatt]).select_related(
        "bruker", "organisasjon", "detalj"
    )
    for rad in rader.order_by("tid", "nr"):
        om_par, hvem = rad.handling in _OM_PAR, rad.data.get("person")
        if hvem not in egne and (hvem or rad.subjekt_id in forlatt):
            continue
        if om_par and str(person.uuid) not in rad.data.values():
            continue
        detalj = getattr(rad, "detalj", None)
        yield {
            "tid": rad.tid, "handling": rad.handling, "hvem": rad.bruker.navn if rad.bruker else "Bosett",
            "detaljer": detalj.innhold if detalj and not om_par else None,
        }  # fmt: skip

"""The copy a person gets of everything we hold about her (personvernforordningen artikkel 15), from the whitelist of fields."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Field, ForeignKey, Model, Q
from django.utils.translation import gettext

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.klokke import OSLO, i_dag, naa
from bosett.person.models import Medlem, Mottaksopphold, Person
from bosett.person.querysets import synlige_personer
from bosett.person.rules.felter import ROM, hviteliste
from bosett.person.rules.innsyn import TEKST
from bosett.person.rules.koder import tekst
from bosett.person.selectors_personvern import oppslag_i
from bosett.person.services.innsyn import krev_innsyn
from bosett.person.services.sammenslaatte import tomme_etter
from bosett.person.sletteplan import PLAN
from bosett.person.states import BYTT_SAK
from bosett.person.states_personvern import UTLEVER_INNSYN
from bosett.spor.models import Hendelse
from bosett.spor.selectors import tekst as handlingstekst
from bosett.spor.services import registrer
from bosett.tilgang.models import Deling
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas

_OM_PAR = frozenset({"person.slaa_sammen", "person.ikke_samme", "person.opphev_sammenslaaing"})
"""Acts on two persons, whose reason may tell of the other one."""
_UTEN = frozenset({"Sokeord", "Sletting"})
"""Made from the names, and about the end of storing: told by the page about what is stored."""


@dataclass(frozen=True, slots=True)
class Opplysning:
    felt: str
    navn: str
    verdi: Any


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
    delt_med: tuple[dict[str, Any], ...]
    sett_av: tuple[dict[str, Any], ...]
    gjort: tuple[dict[str, Any], ...]

    def som_data(self) -> dict[str, Any]:
        """For JSON: the stored names of tables and fields beside the texts."""
        return {
            "saksnummer": self.person.husholdning.saksnummer,
            "laget": self.laget.isoformat(),
            "opplysninger": {
                b.tabell: {
                    "navn": b.navn,
                    "rader": [{o.felt: som_tekst(o.verdi) for o in rad} for rad in b.rader],
                }
                for b in self.bolker
            },
            "delt_med": [_som_tekster(rad) for rad in self.delt_med],
            "sett_av": [_som_tekster(rad) for rad in self.sett_av],
            "gjort": [_som_tekster(rad) for rad in self.gjort],
        }


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
    kopi = Kopi(
        denne,
        naa(),
        tuple(_bolker(denne, spraak)),
        tuple(ett for pk in saker for ett in _delt(pk, andres))
        + tuple(ett for pk, til in forlatt.items() for ett in _delt(pk, andres) if ett["fra"] < til),
        tuple(ett for pk in saker for ett in _sett(pk, spraak, andres))
        + tuple(ett for pk, til in forlatt.items() for ett in _sett(pk, spraak, andres, til)),
        tuple(_gjort(denne, forlatt)),
    )
    registrer(
        aktor=aktor,
        handling=UTLEVER_INNSYN.kode,
        subjekt_id=h.pk,
        data={"person": str(denne.uuid), "dag": str(i_dag())},
    )
    return kopi


def _bolker(person: Person, spraak: str) -> Iterator[Bolk]:
    liste = hviteliste()
    for steg in reversed(PLAN):
        rom, navn = steg.modell.split(".")
        if rom not in ROM or navn in _UTEN:
            continue
        modell = apps.get_model(steg.modell)
        rader = []
        for rad in _egne(modell, navn, person):
            verdier = []
            for felt in modell._meta.concrete_fields:
                hva = liste.felt(navn, felt.name)
                if hva is not None and felt.name not in ("id", "uuid", "person", "husholdning"):
                    verdier.append(Opplysning(felt.name, hva.tekst.paa(spraak), _verdi(rad, felt, person)))
            rader.append(tuple(verdier))
        if rader:
            yield Bolk(navn, liste.tabeller[navn].paa(spraak), tuple(rader))


def _egne(modell: type[Model], navn: str, person: Person) -> Any:
    """The rows about the person, and those about the whole household."""
    rader = modell._base_manager
    if navn == "Person":
        return rader.filter(Q(pk=person.pk) | Q(samme_som=person)).order_by("-pk")
    if navn == "Husholdning":
        return rader.filter(pk=person.husholdning_id)
    felt = {f.name for f in modell._meta.concrete_fields}
    if navn == "Dublett":
        return rader.filter(Q(en=person) | Q(annen=person), status="slaatt_sammen").order_by("pk")
    if navn == "Sammenslaaing":
        return rader.filter(beholdt=person, opphevet=None).order_by("pk")
    if navn == "Relasjon":
        return rader.filter(Q(person=person) | Q(til_person=person)).order_by("pk")
    if "person" in felt:
        return rader.filter(person=person).order_by("pk")
    return rader.filter(husholdning=person.husholdning_id).order_by("pk")


def _verdi(rad: Model, felt: "Field[Any, Any]", person: Person) -> Any:
    """What is stored. Another person is named only when she belongs to the same household."""
    verdi = getattr(rad, felt.attname)
    if verdi is None or verdi == "":
        return None
    if isinstance(felt, ForeignKey):
        andre = getattr(rad, felt.name)
        if isinstance(andre, Person):
            return (
                andre.navn if andre.husholdning_id == person.husholdning_id else "en i en annen husholdning"
            )
        return getattr(andre, "navn", None) or str(getattr(andre, "kode", "") or andre.pk)
    return str(dict(felt.flatchoices).get(verdi, verdi)) if felt.flatchoices else verdi


def _andres_mottak(person: Person) -> dict[int, str]:
    """Centres where others she has been in a household with live or lived and she did not: not hers to be told, since one may be in
    hiding."""
    saker = [person.husholdning_id, *Medlem.objects.kjent().filter(person=person).values_list("husholdning_id", flat=True)]  # fmt: skip
    andre = Person.objects.filter(Q(husholdning__in=saker) | Q(medlemskap__husholdning__in=saker))
    hennes = Mottaksopphold._base_manager.filter(person=person, mottak__isnull=False).values("mottak")
    bor = Mottaksopphold._base_manager.filter(person__in=andre, mottak__isnull=False).exclude(mottak__in=hennes)  # fmt: skip
    return dict(bor.values_list("mottak_id", "mottak__organisasjon__navn"))


def _delt(subjekt_id: int, andres: dict[int, str]) -> Iterator[dict[str, Any]]:
    delinger = Deling.objects.filter(subjekt=subjekt_id).exclude(organisasjon__in=andres)
    for deling in delinger.select_related("organisasjon").order_by("fra", "pk"):
        yield {
            "organisasjon": deling.organisasjon.navn, "grad": deling.get_grad_display(), "fra": deling.fra, "til": deling.til,
        }  # fmt: skip


def _sett(
    subjekt_id: int, spraak: str, andres: dict[int, str], til: datetime | None = None
) -> Iterator[dict[str, Any]]:
    for ett in oppslag_i(subjekt_id, til):
        if ett.organisasjon in andres.values():
            ett = replace(ett, bruker=gettext("En ansatt på et mottak"), organisasjon="")
        yield {
            "tid": ett.tid, "hvem": ett.bruker, "organisasjon": ett.organisasjon, "antall": ett.antall,
            "grunn": tekst("innsynsgrunner", ett.grunn, spraak) if ett.grunn else "",
            "utenfor": [TEKST[kode] for kode in ett.utenfor if kode in TEKST],
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
            "tid": rad.tid, "handling": rad.handling, "hva": handlingstekst(rad), "hvem": rad.bruker.navn if rad.bruker else "Bosett",
            "detaljer": detalj.innhold if detalj and not om_par else None,
        }  # fmt: skip


def som_tekst(verdi: Any) -> Any:
    if isinstance(verdi, datetime):
        return verdi.astimezone(OSLO).isoformat(timespec="seconds")
    if isinstance(verdi, date):
        return verdi.isoformat()
    if verdi is None or isinstance(verdi, bool | int | str | list | dict):
        return verdi
    return str(verdi)


def _som_tekster(rad: dict[str, Any]) -> dict[str, Any]:
    return {navn: som_tekst(verdi) for navn, verdi in rad.items()}

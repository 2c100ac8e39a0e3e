"""Landlords, leases and shared buildings of the two municipalities, for the walk of every address; the same ones every time."""

from collections.abc import Callable
from uuid import UUID, uuid4

from bosett.aktor.kontekst import system
from bosett.aktor.models import Organisasjon
from bosett.bolig.models import Bolig, Boligprosjekt, Leiekontrakt, Utleier
from bosett.bolig.services import leie, prosjekter, utleiere
from bosett.grunn.klokke import i_dag

from .eksempel import Eksempel, Land

_NAVN = "Prøveutleier"


def _utleier(kommune: Organisasjon) -> Utleier:
    finnes = Utleier.objects.select_related("subjekt").filter(organisasjon=kommune, navn=_NAVN).first()
    return finnes or utleiere.registrer(
        aktor=system("prove"), organisasjon=kommune, opplysninger=utleiere.Opplysninger(slag="privatperson", navn=_NAVN)
    )  # fmt: skip


def _leie(kommune: Organisasjon, signert: bool = False) -> UUID:
    """A head lease: a draft, or one that binds."""
    u = _utleier(kommune)
    finnes = Leiekontrakt.objects.filter(utleier=u, tilstand="bindende" if signert else "utkast").first()
    if finnes is not None:
        return finnes.uuid
    b = Bolig.objects.select_related("subjekt").filter(organisasjon=kommune).order_by("pk")[0]
    k = leie.opprett(
        aktor=system("prove"), bolig=b.subjekt.uuid,
        avtale=leie.Avtale(slag="hovedleie", fra=i_dag(), husleie=9000, utleier=u),
    )  # fmt: skip
    for part in ("utleier", "leier") if signert else ():
        leie.signer(aktor=system("prove"), leie=k.uuid, part=part, navn="Prøve", dato=i_dag())
    return k.uuid


def _prosjekt(kommune: Organisasjon) -> UUID:
    finnes = (
        Boligprosjekt.objects.select_related("subjekt").filter(organisasjon=kommune).order_by("pk").first()
    )
    if finnes is None:
        finnes = prosjekter.opprett(aktor=system("prove"), navn="Prøvebygget", organisasjon=kommune)
        prosjekter.sett_partner(
            aktor=system("prove"), prosjekt=finnes.subjekt.uuid, navn="Kommunen", antall=3, kan_bosette=True
        )
    return finnes.subjekt.uuid


LEIE: dict[str, Callable[[Land], Eksempel]] = {
    "utleier": lambda land: Eksempel(uuid4(), *(_utleier(k).subjekt.uuid for k in (land.forste, land.andre))),
    "leie": lambda land: Eksempel(uuid4(), *(_leie(k) for k in (land.forste, land.andre))),
    "leie:avslutt.leie": lambda land: Eksempel(uuid4(), *(_leie(k, True) for k in (land.forste, land.andre))),
    "prosjekt": lambda land: Eksempel(uuid4(), *(_prosjekt(k) for k in (land.forste, land.andre))),
}

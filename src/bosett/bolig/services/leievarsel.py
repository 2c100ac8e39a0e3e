"""The municipality is told in time that a home it lets on is to be given back (R211)."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Bolig, Leiekontrakt
from bosett.bolig.rules.leie import varsel_dager
from bosett.bolig.states_leie import VARSLE_LEIE
from bosett.grunn.klokke import i_dag
from bosett.grunn.tallformat import dato_kort
from bosett.oppgave.models import Oppgave
from bosett.oppgave.services import NyOppgave, fullfor, opprett
from bosett.spor.services import registrer
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import krev

SLAG = "hovedleie_gaar_ut"


@transaction.atomic
def varsle(*, aktor: Aktor, dag: date | None = None) -> int:
    """A task for each head lease that ends soon while somebody rents under it. Gives how many there were; running it again gives none."""
    krev(aktor, VARSLE_LEIE.kode)
    dag = dag or i_dag()
    grense = dag + timedelta(days=int(varsel_dager(dag).tallverdi))
    gaar_ut = (
        Leiekontrakt.objects.levende(dag)
        .filter(Q(slutt__lte=grense), slag=Leiekontrakt.Slag.HOVEDLEIE)
        .select_related("bolig", "organisasjon")
    )
    gitt = 0
    for hoved in gaar_ut.order_by("bolig"):
        tilgang.laas(subjekt_id=hoved.bolig_id)
        lever = list(lever_videre(hoved, dag))
        if not lever or Oppgave.objects.filter(slag=SLAG, nokkel=str(hoved.uuid)).exists():
            continue
        gi_oppgave(hoved, lever)
        registrer(
            aktor=aktor, handling=VARSLE_LEIE.kode, subjekt_id=hoved.bolig_id, organisasjon=hoved.organisasjon,
            data={"leie": str(hoved.uuid), "siste_dag": str(hoved.siste), "fremleier": len(lever)},
        )  # fmt: skip
        gitt += 1
    return gitt


def lever_videre(hoved: Leiekontrakt, dag: date) -> "list[Leiekontrakt]":
    """Sub-leases that go on: they bind, and nobody has ended them."""
    fremleier = Leiekontrakt.objects.levende(dag).filter(hovedkontrakt=hoved, tilstand="bindende")
    return list(fremleier.order_by("pk"))


def gi_oppgave(hoved: Leiekontrakt, fremleier: Sequence[Leiekontrakt]) -> None:
    """Under the lock of the home. Names leases and homes by number, nobody by name, nothing by address."""
    numre = ", ".join(k.nummer for k in fremleier)
    siste = hoved.siste
    assert siste is not None
    opprett(
        oppgaver=[
            NyOppgave(
                subjekt_id=hoved.bolig_id,
                organisasjon=hoved.organisasjon,
                roller=["bosetter_skriv"],
                slag=SLAG,
                gjelder=f"{hoved.bolig.nummer}: hovedleien går ut {dato_kort(siste)}. Fremleie: {numre}"[
                    :200
                ],
                sti=f"/boliger/leie/{hoved.uuid}/",
                frist=siste,
                nokkel=str(hoved.uuid),
            )
        ]
    )


def rydd(aktor: Aktor, bolig: Bolig) -> None:
    """Nothing is left to do when nobody rents on, or all of them are to move out."""
    if not Leiekontrakt.objects.filter(bolig=bolig, slag="fremleie", tilstand="bindende").exists():
        fornyet(aktor, bolig)


def fornyet(aktor: Aktor, bolig: Bolig) -> None:
    """The municipality has the home by a new head lease, or needs it no longer."""
    fullfor(aktor=aktor, subjekt_ider=[bolig.pk], slag=SLAG)

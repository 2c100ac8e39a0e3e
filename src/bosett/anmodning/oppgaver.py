"""What a municipality has to do with a letter: three tasks with dates when it arrives (R154), two of which it ticks off itself.

A look is no act: that the page was opened says nothing about who has taken the matter on. So both end with a button.
"""

from collections.abc import Sequence

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.anmodning import states
from bosett.anmodning.models import Kommuneanmodning, Runde
from bosett.anmodning.rules.oppgavefrister import oppgavefrister
from bosett.grunn.handling import Handling
from bosett.grunn.klokke import i_dag
from bosett.oppgave import services as oppgaver
from bosett.oppgave.services import NyOppgave
from bosett.spor.services import registrer
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas

LES, BEHANDLE, SVAR = "les_anmodning", "behandle_anmodning", "svar_anmodning"
LISTE = (LES, BEHANDLE, SVAR)
_ALLE = ["bosetter_skriv", "kommune_admin"]
_SVARER = ["bosetter_skriv"]


def gi(runde: Runde, anmodninger: Sequence[Kommuneanmodning], bortfalt: set[int]) -> None:
    """The tasks of letters that leave today; one is enough for a municipality that is no longer asked."""
    frister = oppgavefrister(i_dag(), runde.frist)
    nye = []
    for anmodning in anmodninger:
        siden = f"/kommunens-anmodninger/{anmodning.subjekt.uuid}/"
        dens = (
            (LES, _ALLE, frister.les, siden),
            (BEHANDLE, _ALLE, frister.behandle, siden),
            (SVAR, _SVARER, frister.svar, f"/vedtak/{anmodning.subjekt.uuid}/"),
        )
        nye += [
            NyOppgave(
                subjekt_id=anmodning.pk,
                organisasjon=anmodning.organisasjon,
                roller=roller,
                slag=slag,
                gjelder=str(runde),
                sti=sti,
                frist=frist,
            )
            for slag, roller, frist, sti in (dens[:1] if anmodning.pk in bortfalt else dens)
        ]
    oppgaver.opprett(oppgaver=nye)


def lukk(aktor: Aktor, anmodning_ider: Sequence[int]) -> None:
    """Nothing more to do about these: other letters came in their place."""
    for slag in (*LISTE, "les_varsel"):
        oppgaver.fullfor(aktor=aktor, subjekt_ider=anmodning_ider, slag=slag)


@transaction.atomic
def merk_lest(*, aktor: Aktor, anmodning: Kommuneanmodning) -> None:
    """Somebody in the municipality has read the letter. Repeating it changes nothing."""
    _fullfor(aktor, states.MERK_LEST, anmodning, LES)


@transaction.atomic
def merk_satt_opp(*, aktor: Aktor, anmodning: Kommuneanmodning) -> None:
    """The matter is on the council's list, so the letter has been read too. Repeating it changes nothing."""
    _fullfor(aktor, states.MERK_SATT_OPP, anmodning, BEHANDLE, LES)


def _fullfor(aktor: Aktor, handling: Handling, anmodning: Kommuneanmodning, slag: str, *ogsaa: str) -> None:
    krev(aktor, handling.kode, anmodning.organisasjon)
    laas(subjekt_id=anmodning.pk)
    if not oppgaver.fullfor(aktor=aktor, subjekt_ider=[anmodning.pk], slag=slag):
        return
    for ett in ogsaa:
        oppgaver.fullfor(aktor=aktor, subjekt_ider=[anmodning.pk], slag=ett)
    registrer(
        aktor=aktor, handling=handling.kode, subjekt_id=anmodning.pk, organisasjon=anmodning.organisasjon
    )

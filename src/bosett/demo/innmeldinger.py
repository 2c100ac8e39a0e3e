"""Invented reports from the two municipalities of the demonstration, so that the pages are not empty. After the homes."""

from datetime import timedelta

from bosett.aktor.kontekst import Aktor
from bosett.bolig import selectors_innmelding
from bosett.bolig.models import Innmelding
from bosett.bolig.services import innmeldinger, innmeldingssvar, kapasitet
from bosett.demo.brukere import som_demobruker
from bosett.grunn.klokke import frys, i_dag, naa

_DAGER_SIDEN = 17
"""So long ago that what nobody has opened is flagged."""
_MELDER = ("bosetter_skriv", "bosetter_skriv.volda")


def lag_innmeldinger() -> None:
    """Two homes, places in two weeks, one wish and a plan for each; IMDi has answered some. Once."""
    for nr, hvem in enumerate(_MELDER):
        with som_demobruker(hvem) as aktor:
            if Innmelding.objects.exists():
                continue
            with frys(naa() - timedelta(days=_DAGER_SIDEN)):
                usett = innmeldinger.meld_plasser(
                    aktor=aktor, uke=i_dag() + timedelta(weeks=6), antall=4 + nr, merknad="DEMO: helst familier med barn."
                )  # fmt: skip
                besvart = innmeldinger.meld_plasser(aktor=aktor, uke=i_dag() + timedelta(weeks=4), antall=2)
            innmeldinger.meld_personer(
                aktor=aktor, hvem="DEMO Amina Prøve", hvorfor="DEMO: Broren bor her.", antall=3
            )
            _boliger(aktor)
            _plan(aktor, 3 + nr)
        with som_demobruker("imdi_radgiver") as aktor:
            innmeldingssvar.ikke_bruk(aktor=aktor, innmelding=besvart.subjekt.uuid, grunn="tidspunkt")
            if nr:
                innmeldingssvar.bruk(aktor=aktor, innmelding=usett.subjekt.uuid)


def _boliger(aktor: Aktor) -> None:
    """The first two that can be reported."""
    for bolig in list(selectors_innmelding.umeldte_boliger(aktor)[:2]):
        innmeldinger.meld_bolig(aktor=aktor, bolig=bolig.subjekt.uuid)


def _plan(aktor: Aktor, plasser: int) -> None:
    dag = i_dag()
    plan = kapasitet.sett(
        aktor=aktor, fra=dag, til=dag + timedelta(weeks=11), versjon=0, plasser=plasser, grunn="DEMO: boliger som blir ferdige"
    )  # fmt: skip
    kapasitet.sett(
        aktor=aktor, fra=dag + timedelta(weeks=3), til=dag + timedelta(weeks=4), versjon=plan.versjon, endring=-1,
        grunn="DEMO: ferie",
    )  # fmt: skip

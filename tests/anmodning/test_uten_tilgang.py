"""Municipalities that got the letter and have nobody who can answer: IMDi sees which, and rings them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Medlemskap
from bosett.anmodning import selectors, utsending
from bosett.anmodning.models import Kommuneanmodning, Runde
from bosett.brukere import services
from bosett.demo.brukere import ANDRE_KOMMUNE, FORSTE_KOMMUNE
from bosett.grunn.feil import Avvist
from bosett.grunn.klokke import i_dag
from runder import behold_bare

OSLO = "0301"


def _navn(runde_id: int, rolle: str = "imdi_radgiver") -> list[str]:
    with som_bruker(rolle) as aktor:
        return [en.navn for en in selectors.uten_tilgang(aktor, Runde.objects.get(pk=runde_id))]


def test_imdi_sees_the_asked_municipalities_where_nobody_can_answer(godkjent: int) -> None:
    behold_bare(godkjent, [FORSTE_KOMMUNE, ANDRE_KOMMUNE, OSLO])
    assert _navn(godkjent) == [], "nobody is asked before the letters are sent"
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=godkjent)
    utsending.send_alle(aktor=system("prove"), runde_id=godkjent)
    assert _navn(godkjent) == _navn(godkjent, "imdi_admin") == ["Oslo"]
    with som(system("prove")):
        oslo = Kommuneanmodning.objects.select_related("organisasjon").get(runde=godkjent, nummer=OSLO)
        volda = Medlemskap.objects.filter(bruker__brukernavn__endswith=".volda@demo.invalid")
        volda.filter(rolle="kommune_admin").update(til=i_dag())
    assert _navn(godkjent) == ["Oslo"], "one of the two roles is enough"
    with som(system("prove")):
        volda.update(til=i_dag())
    assert _navn(godkjent) == ["Oslo", "Volda"]

    with som(system("prove")) as aktor:
        services.sok(
            aktor=aktor, organisasjon=oslo.organisasjon, navn="DEMO Søker", epost="demo@x.invalid", stilling="rådgiver",
            bekrefter="DEMO Leder", bekrefter_telefon="00000000", avtale=True, maskin="prove",
        )  # fmt: skip
        runde = Runde.objects.select_related("subjekt").get(pk=godkjent)
    side = reverse("anmodning:uten_tilgang", args=[runde.subjekt.uuid])
    tekst = (
        innlogget("imdi_radgiver").get(reverse("anmodning:runde", args=[runde.subjekt.uuid])).content.decode()
    )
    assert side in tekst and "2 kommuner er bedt om å bosette, og har ingen som kan svare" in tekst
    assert side in innlogget("imdi_admin").get(reverse("brukere:soknader")).content.decode()
    liste = innlogget("imdi_admin").get(side).content.decode()
    assert "Oslo" in liste and "Volda" in liste and "DEMO Søker" not in liste
    rader = innlogget("imdi_radgiver").get(side + "?format=csv").content.decode("utf-8-sig").splitlines()
    assert any(rad.startswith("Oslo") and i_dag().isoformat() in rad for rad in rader), rader
    assert (
        innlogget("imdi_leder").get(side).status_code
        == innlogget("kommune_admin").get(side).status_code
        == 404
    )
    with som_bruker("kommune_admin") as aktor, pytest.raises(Avvist):
        selectors.uten_tilgang(aktor, runde)
    with som(system("prove")):
        volda.update(til=i_dag() + timedelta(days=1))
    assert _navn(godkjent) == ["Oslo"]

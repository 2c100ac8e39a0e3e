"""Must, should, may (R157): the table is whole, every must stops, and no should or may does."""

import re
from pathlib import Path

import pytest

import svar
from aktorer import som_bruker
from bosett import vedtak as rommet
from bosett.anmodning.models import Runde
from bosett.grunn.feil import Ugyldig
from bosett.vedtak import selectors, services
from bosett.vedtak.regelnivaa import REGLER, Nivaa, hindrer, merknader
from bosett.vedtak.rules.fullstendig import FELTNAVN
from bosett.vedtak.rules.status import Status
from bosett.vedtak.rules.typer import KODE
from runder import STEINKJER

# Refusals that are no rule of a decision's content: who, when, and how one works with it.
ANDRE = {
    "VEDTAK-ANMODNING", "VEDTAK-FINNES-IKKE", "VEDTAK-FIRE-OYNE", "VEDTAK-HAR-TILGANG", "VEDTAK-MOTTAKER", "VEDTAK-PAAMINN-INGEN", "VEDTAK-PAAMINN-TEKST", "VEDTAK-RUNDE",
    "VEDTAK-SAMTIDIG", "VEDTAK-SENERE-DATO", "VEDTAK-SPORSMAAL", "VEDTAK-TILSTAND", "VEDTAK-VURDERING-GRUNN", "VEDTAK-VURDERT",
}  # fmt: skip
MUSTE = {
    "VEDTAK-FAM": {"tekst": "Kommunen bosetter 10 flyktninger i 2027, inkludert familiegjenforente."},
    "VEDTAK-FORBEHOLD": {"tekst": "Kommunen bosetter inntil 10 flyktninger i 2027."},
    "VEDTAK-USIKKER": {"tekst": "Kommunen bosetter 10 flyktninger i 2027. Kommunen håper på barnefamilier."},
    "VEDTAK-TALL-ULIKE": {"tekst": "Kommunen bosetter 15 flyktninger i 2027."},
    "VEDTAK-MANGLER-ANTALL": {"antall": None},
    "VEDTAK-MANGLER-SAKSNUMMER": {"saksnummer": ""},
    "VEDTAK-MANGLER-MOTEDATO": {"motedato": None},
    "VEDTAK-MANGLER-TEKST": {"tekst": ""},
}


def test_every_refusal_of_a_decision_stands_in_the_table() -> None:
    kilde = "".join(fil.read_text() for fil in Path(str(rommet.__file__)).parent.rglob("*.py"))
    brukt = set(re.findall(r'kode="(VEDTAK-[A-Z-]*[A-Z])"', kilde)) | set(KODE.values())
    brukt |= {f"VEDTAK-MANGLER-{felt.upper()}" for felt in FELTNAVN}
    i_tabellen = {kode for kode, regel in REGLER.items() if regel.nivaa is Nivaa.SKAL}
    assert brukt - ANDRE <= i_tabellen
    assert i_tabellen <= brukt
    assert all(regel.tekst.endswith(".") and regel.kilde for regel in REGLER.values())


def test_only_a_must_stops_and_the_words_say_so() -> None:
    for kode, regel in REGLER.items():
        assert hindrer(kode) is (regel.nivaa is Nivaa.SKAL)
        if regel.nivaa is not Nivaa.SKAL:
            assert f" {regel.nivaa} " in regel.tekst
    assert hindrer("VEDTAK-NOE-UKJENT")


@pytest.mark.parametrize("kode", MUSTE)
def test_a_must_stops(sendt: int, kode: str) -> None:
    with pytest.raises(Ugyldig) as feil:
        svar.send(svar.utfylt(**({"antall": 10} | MUSTE[kode])))  # type: ignore[arg-type]
    assert feil.value.kode == kode


@pytest.mark.krav("R157")
def test_a_should_or_a_may_never_stops(sendt: int, eier) -> None:  # type: ignore[no-untyped-def]
    """Every rule of the two lower levels is broken or used by a decision that is registered all the same."""
    eier(f"UPDATE anmodning_runde SET frist = '2020-01-01' WHERE subjekt_id = {sendt}")
    with som_bruker("imdi_radgiver") as aktor:
        linjer = selectors.svar(aktor, Runde.objects.get(pk=sendt))
        spurt = next(linje.tall for linje in linjer if linje.tall.anmodning.nummer == STEINKJER)
    sett: set[str] = set()
    for antall in (spurt.antall - 1, 0, spurt.antall + 1):
        ingen = {"em": None, "tekst": "Kommunen bosetter ingen flyktninger i 2027."} if antall == 0 else {}
        vedtak = svar.send(svar.utfylt(antall, **ingen))
        assert vedtak.tilstand == "registrert"
        with som_bruker("imdi_radgiver") as aktor:
            linje = next(
                ett
                for ett in selectors.svar(aktor, Runde.objects.get(pk=sendt))
                if ett.tall.anmodning.nummer == STEINKJER
            )
        fulgte_ikke = merknader(
            status=linje.status, em_anmodet=1, em=vedtak.em, etter_frist=bool(vedtak.etter_frist)
        )
        sett |= {regel.kode for regel in fulgte_ikke}
    assert sett == {kode for kode, regel in REGLER.items() if regel.nivaa is not Nivaa.SKAL}


def test_a_decision_as_asked_and_in_time_has_no_remarks() -> None:
    assert merknader(status=Status.HELE, em_anmodet=2, em=True, etter_frist=False) == []
    assert services.hindrer is hindrer, "sending asks the table"

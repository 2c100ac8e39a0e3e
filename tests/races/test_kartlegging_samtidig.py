"""Two map the same person at the same time: each answer is stored once, a clash is told, and nothing is lost."""

from collections.abc import Callable

import pytest
from tests.kartlegging.kart import beboer, lagre, personen, svart

from bosett.aktor.kontekst import som, system
from bosett.kartlegging.models import Kartlegging, Kartleggingssvar
from bosett.spor.verifisering import verifiser
from samtidig import samtidig


@pytest.mark.parametrize("gang", range(3))
def test_two_save_the_same_field(land: str, gang: int) -> None:
    p = personen(beboer())
    apnet = lagre(p.uuid, "evner", svart(interesser="Fra før")).versjon

    def gjor(bruker: str, verdi: str) -> Callable[[], object]:
        def skriv() -> object:
            ut = lagre(p.uuid, "evner", svart(interesser=verdi), apnet, side=bruker, bruker=bruker)
            return [k.deres.verdi for k in ut.konflikter]

        return skriv

    utfall = samtidig(gjor("bosettingskonsulent", "Mitt"), gjor("imdi_radgiver", "Ditt"))
    with som(system("prove")):
        staar = Kartleggingssvar.objects.kjent().get(felt="interesser").verdi
        # One was first; the other saw both values, and has its own still on the page.
        assert (staar, utfall) in (("Mitt", [[], ["Mitt"]]), ("Ditt", [["Ditt"], []]))
        assert Kartleggingssvar.objects.filter(felt="interesser").count() == 2
        assert verifiser().feil == []


def test_two_begin_and_write_different_fields(land: str) -> None:
    p = personen(beboer())
    felter = {"interesser": "Sjakk", "digitalt": "arbeid", "realkompetanse": "Syr"}
    utfall = samtidig(
        *[lambda f=f, v=v: lagre(p.uuid, "evner", svart(**{f: v}), 0, side=f) for f, v in felter.items()]
    )
    assert all(not ut.konflikter for ut in utfall)  # type: ignore[attr-defined]
    with som(system("prove")):
        assert dict(Kartleggingssvar.objects.kjent().values_list("felt", "verdi")) == felter
        assert Kartlegging.objects.count() == 1


def test_the_same_save_sent_five_times_is_one_answer(land: str) -> None:
    p = personen(beboer())
    samtidig(*[lambda: lagre(p.uuid, "evner", svart(interesser="Sjakk"), 0, side="en")] * 5)
    with som(system("prove")):
        assert Kartleggingssvar.objects.count() == 1

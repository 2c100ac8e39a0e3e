"""What the authorities tell becomes facts: in any order, once, and never half."""

from bosett.aktor.kontekst import som, system
from bosett.integrasjon import services
from bosett.integrasjon.models import Melding
from bosett.person.models import Husholdning
from meldinger import ankomst, melding


def ta_imot(*meldinger: dict) -> None:
    with som(system("prove")) as aktor:
        services.motta(aktor=aktor, meldinger=meldinger)
        while services.bruk_neste(aktor=aktor):
            pass


def test_from_arrival_to_ready(land: str) -> None:
    ta_imot(ankomst(1, slag="overforing"))
    with som(system("prove")):
        h = Husholdning.objects.get()
        assert (h.lop, h.antall, h.klar_fra) == ("overforing", 1, None)
        assert [m["kode"] for m in h.mangler] == ["tillatelse"]
    ta_imot(melding("tillatelse", 1, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"))
    with som(system("prove")):
        h = Husholdning.objects.get()
        assert str(h.klar_fra) == "2026-02-01" and h.mangler == []
        assert not Melding.objects.exclude(status="brukt").exists()

"""The demonstration has mapped persons, all invented and marked as such; playing it again changes nothing."""

from bosett.aktor.kontekst import som, system
from bosett.demo.kartlegging import kartlegg
from bosett.demo.mottak import KONSULENTENS
from bosett.demo.personer import spill_av
from bosett.kartlegging.models import Intervju, Kartlegging, Kartleggingssvar


def test_some_are_mapped_at_the_consultants_centre_too(land: str) -> None:
    assert spill_av(300) > 0
    assert kartlegg(12) == 12 and kartlegg(12) == 0
    with som(system("prove")):
        assert set(Kartlegging.objects.values_list("tilstand", flat=True)) == {"utkast", "fullfort"}
        assert Kartlegging.objects.filter(person__mottaksopphold__mottak__kode=KONSULENTENS).exists()
        tekster = Kartleggingssvar.objects.filter(felt="yrke", status="svar").values_list("verdi", flat=True)
        assert tekster and all(tekst.startswith("DEMO") for tekst in tekster)
        assert not Kartleggingssvar.objects.exclude(kategori="").exists()
        assert all(s.egne_ord.startswith("DEMO") for s in Intervju.objects.all())

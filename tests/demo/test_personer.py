"""The demonstration's persons: minors with and without a finished plan, and refugees with and without the whole course."""

from tests.person.test_hendelser import ta_imot

from bosett.aktor.kontekst import som, system
from bosett.demo.mindrearige import fyll
from bosett.demo.personer import spill_av
from bosett.kartlegging.models import Emplan, Kulturokt, Overforingsankomst
from bosett.person.models import Emgrunnlag, Husholdning
from bosett.spor.verifisering import verifiser
from meldinger import ankomst
from svar import arbeid


def test_most_minors_have_a_finished_plan_and_some_lack_it(land: str) -> None:
    assert spill_av(300) > 300
    arbeid()
    with som(system("prove")):
        tilstander = list(Emplan.objects.values_list("tilstand", flat=True))
        assert tilstander.count("ferdig") > len(tilstander) / 2 and "apen" in tilstander
        assert (
            Emgrunnlag.objects.count()
            == Emplan.objects.filter(versjoner__ferdig__isnull=False).distinct().count()
        )
        klare = Husholdning.objects.filter(personer__enslig_mindrearig=True).exclude(klar_fra=None)
        assert klare.exists() and not klare.exclude(personer__emgrunnlag__isnull=False).exists()
        for_ = Emplan.objects.filter(tilstand="apen").count()
    ta_imot(ankomst(1, slag="overforing"))
    fyll()
    with som(system("prove")):
        assert Emplan.objects.filter(tilstand="apen").count() == for_  # written once
        assert Kulturokt.objects.count() == 3 * Overforingsankomst.objects.count() > 0
        assert verifiser().feil == []

"""The DEMO answers: real services, each marked, and made once however often the country is loaded."""

from datetime import timedelta

import pytest

from bosett.aktor.kontekst import som, system
from bosett.anmodning.models import Runde
from bosett.demo import svar
from bosett.demo.svar import Svar
from bosett.grunn.klokke import frys
from bosett.spor.verifisering import verifiser
from bosett.statistikk.models import Publisering
from bosett.vedtak.models import Svarvarsel, Vedtak
from runder import AAR, OSLO, STEINKJER, VOLDA


def test_the_answers_are_made_once_and_say_demo(sendt: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        svar,
        "SVARENE",
        (
            Svar(STEINKJER, -12, (50, 100)),
            Svar(VOLDA, -5, mer=" Kommunen håper på barnefamilier."),
            Svar(OSLO, 1),  # its day has not come
        ),
    )
    monkeypatch.setattr(svar, "SENERE", OSLO)
    with som(system("prove")):
        runde = Runde.objects.get(pk=sendt)
    for _ in range(2):
        with frys(runde.frist + timedelta(days=1)):
            svar.lag_svar(runde)
        with som(system("prove")):
            alle = list(Vedtak.objects.order_by("anmodning__nummer", "nr"))
            assert [(v.anmodning.nummer, v.tilstand) for v in alle] == [
                (VOLDA, "til_vurdering"),
                (STEINKJER, "erstattet"),
                (STEINKJER, "registrert"),
            ]
            assert all(v.tekst.startswith("DEMO: ") and v.filer.count() == 1 for v in alle)
            assert Svarvarsel.objects.count() == 1
            assert Publisering.objects.filter(serie=f"vedtak-{AAR}").count() == 1
            assert verifiser().feil == []

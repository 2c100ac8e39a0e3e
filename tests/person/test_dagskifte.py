"""What changes because a day has come, and what must not change because a permit was renewed."""

from datetime import date, timedelta

from tests.person.test_deling import _husholdningen, _ser
from tests.person.test_hendelser import ta_imot

from bosett.aktor.kontekst import som, system
from bosett.grunn.klokke import frys, i_dag
from bosett.person.models import Husholdning
from bosett.person.rules.klar import Medlem, Tillatelse, klar
from bosett.person.tasks import ny_dag
from bosett.tilgang.models import Deling
from meldinger import ankomst, melding
from mottakene import lag_mottak

DAG = date(2026, 6, 1)


def _klar(*tillatelser: tuple[date, date | None]) -> tuple[date | None, date | None]:
    alle = tuple(Tillatelse(fra, til, "kollektiv") for fra, til in tillatelser)
    svar = klar([Medlem(0, alle)], lop="mottak", dag=DAG)
    return svar.fra, svar.til


def test_a_renewal_makes_nobody_ready_anew_and_lasts_to_its_own_end() -> None:
    mars, mai, juni, neste = date(2026, 3, 1), date(2026, 5, 1), date(2026, 7, 1), date(2027, 7, 1)
    assert _klar((mars, None)) == (mars, None)
    assert _klar((mars, mai), (mai, juni), (juni, neste)) == (mars, neste)
    assert _klar((mars, mai - timedelta(1)), (mai, juni)) == (mai, juni), (
        "a day without a permit breaks the run"
    )
    assert _klar((mars, juni), (mai, None)) == (mars, None)


def test_a_day_that_comes_makes_ready_moves_the_share_and_grows_up(land: str) -> None:
    om_to = i_dag() + timedelta(2)
    lag_mottak()
    ta_imot(
        ankomst(1), melding("plassering", 1, "2026-01-10", mottak="A"), melding("plassering", 1, om_to, mottak="B"),
        melding("tillatelse", 1, om_to, grunnlag="flyktning", vedtatt="2026-02-01"),
        ankomst(2, fodt=om_to.replace(year=om_to.year - 18).isoformat(), enslig_mindrearig=True), melding("plassering", 2, "2026-01-10", mottak="EM"),
        melding("tillatelse", 2, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"),
    )  # fmt: skip
    en, to = _husholdningen(1), _husholdningen(2)

    def stand() -> list[tuple[bool, list[str]]]:
        with som(system("prove")):
            rader = [Husholdning.objects.get(pk=pk) for pk in (en, to)]
            return [(h.klar_fra is not None, [m["kode"] for m in h.mangler]) for h in rader]

    assert stand() == [(False, ["tillatelse"]), (False, ["verge", "iktp"])]  # at 18 she needs neither
    assert _ser("bosettingskonsulent") == {en}
    for dag in (om_to + timedelta(3), om_to + timedelta(3)):  # the worker slept, and runs twice
        with frys(dag):
            ny_dag(0)
    assert stand() == [(True, []), (True, [])]
    with som(system("prove")):  # she lives at B now
        delt = Deling.objects.filter(subjekt=en, til=None, hvorfor="person.plasser")
        assert [d.organisasjon.navn for d in delt.select_related("organisasjon")] == ["DEMO B"]


def test_a_case_that_closed_opens_again_with_the_next_of_the_family(land: str) -> None:
    ta_imot(ankomst(1, sak="S"))
    ta_imot(melding("utgang", 1, "2026-02-01", grunn="trukket"))
    ta_imot(ankomst(2, "2026-03-01", sak="S", rolle="ektefelle"))
    with som(system("prove")):
        h = Husholdning.objects.get()
        assert (h.avsluttet, h.lop, [m["kode"] for m in h.mangler]) == (None, "", ["lop", "tillatelse"])

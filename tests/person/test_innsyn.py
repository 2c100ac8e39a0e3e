"""Who looks at a household is logged with why; outside the ordinary nothing opens without a reason (issue 5)."""

from datetime import datetime, timedelta

import pytest
from tests.person.saker import mottaket, sak

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.geografi.models import Imdiregion
from bosett.geografi.selectors import region_for
from bosett.grunn.feil import Avvist, FinnesIkke, Ugyldig
from bosett.grunn.klokke import OSLO, frys
from bosett.person import selectors_personvern as selectors
from bosett.person.models import Husholdning, Person
from bosett.person.rules.innsyn import Dagstall, Omstendigheter, utenfor, uvanlig
from bosett.person.services.innsyn import InnsynUtenGrunn, krev_innsyn, utenfor_na, velg_grunn
from bosett.person.services.koe import reserver
from bosett.tilgang.models import Innsyn

TIRSDAG = datetime(2026, 11, 24, 10, 0, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("endret", "koder"),
    [
        ({}, ()),
        ({"koe": False, "egen": True}, ()),
        ({"koe": False, "delt": True}, ()),
        ({"koe": False}, ("utenfor",)),
        ({"skjermet": True}, ("skjermet",)),
        ({"tid": TIRSDAG.replace(hour=19, minute=59)}, ()),
        ({"tid": TIRSDAG.replace(hour=20)}, ("natt",)),
        ({"tid": TIRSDAG.replace(hour=5, minute=59)}, ("natt",)),
        ({"tid": TIRSDAG.replace(hour=6)}, ()),
        ({"tid": TIRSDAG + timedelta(days=4)}, ("helg",)),
        ({"tid": datetime(2026, 12, 25, 23, 0, tzinfo=OSLO), "koe": False}, ("utenfor", "natt", "helg")),
    ],
)
def test_what_is_outside_the_ordinary(endret: dict, koder: tuple) -> None:
    vanlig = {"delt": False, "egen": False, "koe": True, "skjermet": False, "tid": TIRSDAG}
    assert utenfor(Omstendigheter(**vanlig | endret)) == koder


def test_thresholds_are_reached_not_passed() -> None:
    dag = TIRSDAG.date()
    assert uvanlig(Dagstall(59, 4, 2, 19), dag) == ()
    assert [u.kode for u in uvanlig(Dagstall(60, 5, 3, 20), dag)] == [
        "mange",
        "utenfor",
        "natt",
        "uten_handling",
    ]


def test_an_ordinary_look_is_logged_and_one_line_an_hour(land: str) -> None:
    h = sak()
    for minutt in (0, 20, 59, 61):
        with frys(TIRSDAG + timedelta(minutes=minutt)), som_bruker("imdi_radgiver") as aktor:
            assert krev_innsyn(aktor=aktor, husholdning=h) == ()
    with som_bruker("imdi_leder") as aktor:
        _, linjer = selectors.sett_av(aktor, h.subjekt.uuid)
    assert [(o.antall, o.bruker, o.grunn) for o in linjer] == [(1, "Ingrid Demo", ""), (3, "Ingrid Demo", "")]
    assert linjer[0].organisasjon


def test_outside_the_ordinary_needs_a_reason_that_holds_an_hour(land: str) -> None:
    h = sak()
    with som(system("prove")):
        Person.objects.filter(husholdning=h).update(adressesperre="fortrolig")
    with frys(TIRSDAG):
        with som_bruker("imdi_radgiver") as aktor, pytest.raises(InnsynUtenGrunn) as feil:
            krev_innsyn(aktor=aktor, husholdning=h)
        assert feil.value.koder == ("skjermet",)
        with som(system("prove")):
            assert not Innsyn.objects.filter(subjekt=h.pk).exists()
        for galt in ("", "nysgjerrig"):
            with som_bruker("imdi_radgiver") as aktor, pytest.raises(Ugyldig):
                velg_grunn(aktor=aktor, husholdning=h, grunn=galt)
        with som_bruker("imdi_radgiver") as aktor:
            velg_grunn(aktor=aktor, husholdning=h, grunn="henvendelse")
            assert krev_innsyn(aktor=aktor, husholdning=h) == ("skjermet",)
        with som_bruker("imdi_godkjenner") as aktor, pytest.raises(InnsynUtenGrunn):
            krev_innsyn(aktor=aktor, husholdning=h)  # the reason is one's own
    with (
        frys(TIRSDAG + timedelta(minutes=61)),
        som_bruker("imdi_radgiver") as aktor,
        pytest.raises(InnsynUtenGrunn),
    ):
        krev_innsyn(aktor=aktor, husholdning=h)
    with som_bruker("imdi_radgiver") as aktor:
        _, (linje,) = selectors.sett_av(aktor, h.subjekt.uuid)
    assert (linje.antall, linje.grunn, linje.utenfor) == (1, "henvendelse", ("skjermet",))


def test_own_region_own_centre_and_own_case_are_ordinary(land: str) -> None:
    h = sak(bor=True)
    with som(system("prove")):
        regioner = list(Imdiregion.objects.order_by("pk"))
        her = regioner[0].medlemskap.model.objects.get(
            kommune__in=Organisasjon.objects.filter(navn__startswith="Steinkjer", slag="kommune").values("kommune")
        ).region  # fmt: skip
        annen = next(r for r in regioner if r.pk != her.pk)
    for region, koder in ((her, ()), (annen, ("utenfor",)), (None, ())):
        with som(system("prove")):
            Organisasjon.objects.filter(slag="imdi").update(region=region)
        with frys(TIRSDAG), som_bruker("imdi_radgiver") as aktor:
            if koder:
                with pytest.raises(InnsynUtenGrunn) as feil:
                    krev_innsyn(aktor=aktor, husholdning=h)
                assert feil.value.koder == koder
            else:
                assert krev_innsyn(aktor=aktor, husholdning=h) == koder
    with frys(TIRSDAG), som_bruker("bosettingskonsulent") as aktor:
        assert krev_innsyn(aktor=aktor, husholdning=selectors.sak(aktor, h.subjekt.uuid)) == ()
    with som(system("prove")):
        Husholdning.objects.filter(pk=h.pk).update(ansvar="bufetat")
    with frys(TIRSDAG), som_bruker("imdi_radgiver") as aktor, pytest.raises(InnsynUtenGrunn):
        krev_innsyn(aktor=aktor, husholdning=Husholdning.objects.get(pk=h.pk))


def test_to_take_a_case_from_the_queue_makes_nobody_know_it(land: str) -> None:
    """Outside one's region it still needs a reason: else a click on «Reserver» would open every case in the country."""
    h = sak(bor=True)
    with som(system("prove")):
        kommune = mottaket().kommune_id
        her = region_for(kommune)
        assert her is not None
        annen = Imdiregion.objects.exclude(pk=her.pk).order_by("pk")[0]
        Organisasjon.objects.filter(slag="imdi").update(region=annen)
    with frys(TIRSDAG), som_bruker("imdi_radgiver") as aktor:
        assert utenfor_na(aktor, h) == ("utenfor",)
        reserver(aktor=aktor, husholdning=h.subjekt.uuid)
        assert utenfor_na(aktor, h) == ("utenfor",)


def test_who_may_not_see_finds_nothing(land: str) -> None:
    h = sak()
    for rolle in ("bosetter_skriv", "bosettingskonsulent"):
        with som_bruker(rolle) as aktor, pytest.raises(FinnesIkke):
            selectors.sak(aktor, h.subjekt.uuid)
    for rolle in ("bosetter_skriv", "imdi_admin", "imdi_radgiver"):
        with som_bruker(rolle) as aktor, pytest.raises(Avvist):
            selectors.uvanlige(aktor)
    with som_bruker("bosettingskonsulent") as aktor, pytest.raises(Avvist):
        selectors.sett_av(aktor, h.subjekt.uuid)


def test_the_leader_sees_unusual_looking_and_no_person(land: str) -> None:
    saker = [sak() for _ in range(3)]
    for h in saker:
        with frys(TIRSDAG.replace(hour=22)), som_bruker("imdi_radgiver") as aktor:
            velg_grunn(aktor=aktor, husholdning=h, grunn="haster")
            krev_innsyn(aktor=aktor, husholdning=h)
            krev_innsyn(aktor=aktor, husholdning=h)
    with frys(TIRSDAG + timedelta(days=1)), som_bruker("imdi_leder") as aktor:
        (rad,) = selectors.uvanlige(aktor)
        assert (rad.bruker, rad.saker, [(u.kode, u.antall) for u in rad.hva]) == (
            "Ingrid Demo",
            3,
            [("natt", 3)],
        )
        assert not Person.objects.exists() and not Husholdning.objects.exists()

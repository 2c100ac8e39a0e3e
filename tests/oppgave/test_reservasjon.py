"""A case of a shared queue is taken by one, kept, given to a colleague, put back, and free again by itself."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, time
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.person.saker import sak

from aktorer import som_bruker
from bosett.aktor.kontekst import Aktor, som, system
from bosett.aktor.models import Bruker, Medlemskap, Organisasjon
from bosett.demo.brukere import DOMENE
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import OSLO, frys
from bosett.oppgave import reservasjoner, selectors
from bosett.oppgave.models import Reservasjon
from bosett.oppgave.rules.reservasjon import forlenget_til, holdes_til
from bosett.person.models import Husholdning
from bosett.person.services import koe
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from bosett.tilgang.services import nytt_subjekt
from samtidig import samtidig

MANDAG = datetime(2026, 11, 23, 9, tzinfo=OSLO)


def bruker(navn: str) -> Bruker:
    return Bruker.objects.get(brukernavn=f"{navn}{DOMENE}")


def kollega(navn: str = "kollega", rolle: str = "imdi_radgiver") -> UUID:
    """One more who works where the demonstration user of the role does."""
    with som(system("prove")):
        org = Medlemskap.objects.get(bruker__brukernavn=f"{rolle}{DOMENE}").organisasjon
        ny = Bruker.objects.create(
            brukernavn=f"{navn}{DOMENE}", navn=f"{navn.title()} Demo", opprettet=MANDAG
        )
        Medlemskap.objects.create(bruker=ny, organisasjon=org, rolle=rolle, fra=date(2026, 1, 1))
        return ny.uuid


def ta(h: Husholdning, navn: str = "imdi_radgiver") -> Reservasjon:
    with som_bruker(navn) as aktor:
        return koe.reserver(aktor=aktor, husholdning=h.subjekt.uuid)


def hos() -> list[str]:
    with som(system("prove")):
        return list(Reservasjon.objects.gjelder().values_list("bruker__navn", flat=True))


def hendelser() -> list[str]:
    with som(system("prove")):
        assert verifiser().feil == []
        rader = Hendelse.objects.filter(handling__startswith="oppgave.").order_by("pk")
        return [h.removeprefix("oppgave.") for h in rader.values_list("handling", flat=True)]


@pytest.mark.parametrize(
    ("tatt", "siste"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=OSLO), date(2026, 11, 24)),
        (datetime(2026, 11, 27, 23, 59, tzinfo=OSLO), date(2026, 11, 30)),  # Friday night
        (datetime(2026, 11, 28, 12, tzinfo=OSLO), date(2026, 11, 30)),  # Saturday
        (datetime(2026, 12, 23, 9, tzinfo=OSLO), date(2026, 12, 24)),
        (datetime(2026, 12, 24, 9, tzinfo=OSLO), date(2026, 12, 28)),  # past Christmas and a weekend
    ],
)
def test_a_reservation_lasts_out_the_next_working_day(tatt: datetime, siste: date) -> None:
    assert Reservasjon(til=holdes_til(tatt)).siste_dag == siste
    assert holdes_til(tatt) < forlenget_til(tatt)


def test_taken_kept_given_and_put_back_and_each_once_in_the_ledger(land: str) -> None:
    h, til = sak(), kollega()
    with frys(MANDAG):
        assert ta(h).pk == ta(h).pk and hos() == ["Ingrid Demo"]
        with pytest.raises(Konflikt, match="kollega har reservert"):
            ta(h, "kollega")
        with som_bruker("imdi_radgiver") as aktor:
            for _ in range(2):
                assert reservasjoner.forleng(aktor=aktor, subjekt_id=h.pk).siste_dag == date(2026, 11, 30)
            for _ in range(2):
                gitt = reservasjoner.flytt(aktor=aktor, subjekt_id=h.pk, til=til, merknad=" Jeg er borte. ")
            assert (gitt.merknad, gitt.siste_dag) == ("Jeg er borte.", date(2026, 11, 24))
            for gjor in (reservasjoner.slipp, reservasjoner.forleng):
                with pytest.raises(Konflikt, match="kollega har reservert"):
                    gjor(aktor=aktor, subjekt_id=h.pk)  # type: ignore[operator]
        assert hos() == ["Kollega Demo"]
        with som_bruker("kollega") as aktor:
            assert [r.gitt_av.navn for r in selectors.reservasjoner(aktor) if r.gitt_av] == ["Ingrid Demo"]
            for _ in range(2):
                reservasjoner.slipp(aktor=aktor, subjekt_id=h.pk)
        assert hos() == []
        assert ta(h, "imdi_godkjenner").bruker_id
    assert hendelser() == ["reserver", "forleng", "flytt", "slipp", "reserver"]
    with som(system("prove")):
        assert "Jeg er borte" not in str(list(Hendelse.objects.values_list("data", flat=True)))


def test_it_runs_out_by_itself_and_another_can_take_it(land: str) -> None:
    h = sak()
    kollega()
    with frys(MANDAG):
        ta(h)
    with frys(datetime(2026, 11, 24, 23, 59, tzinfo=OSLO)), pytest.raises(Konflikt):
        ta(h, "kollega")
    with frys(datetime.combine(date(2026, 11, 25), time(), OSLO)):
        assert hos() == []
        with som_bruker("imdi_radgiver") as aktor:
            with pytest.raises(Konflikt, match="ikke reservert saken lenger"):
                reservasjoner.forleng(aktor=aktor, subjekt_id=h.pk)
            reservasjoner.slipp(aktor=aktor, subjekt_id=h.pk)  # nothing to let go of
        ta(h, "kollega")
        assert hos() == ["Kollega Demo"]
    assert hendelser() == ["reserver", "reserver"]


def test_given_only_to_those_of_the_unit_who_work_with_the_queue(land: str) -> None:
    h = sak()
    ta(h)
    with som_bruker("imdi_radgiver") as aktor:
        for uuid in (
            bruker("imdi_leder").uuid,
            bruker("bufetat_saksbehandler").uuid,
            bruker("imdi_radgiver").uuid,
            uuid4(),
        ):
            with pytest.raises(Ugyldig, match="ikke gis til den du valgte"):
                reservasjoner.flytt(aktor=aktor, subjekt_id=h.pk, til=uuid)
        navn = selectors.kolleger(aktor, aktor.tilhorigheter[0].organisasjon_id).values_list(
            "navn", flat=True
        )
        assert list(navn) == ["Gunnar Demo"]


@pytest.mark.parametrize(
    "rolle", ["imdi_leder", "imdi_admin", "bosettingskonsulent", "bosetter_skriv", "udi_saksbehandler"]
)
def test_refused_for_those_who_do_not_work_with_a_queue(land: str, rolle: str) -> None:
    h = sak()
    with som_bruker(rolle) as aktor:
        for gjor in _alle(aktor, h):
            with pytest.raises(Avvist):
                gjor()
        with pytest.raises(Avvist):
            selectors.reservasjoner(aktor)


def _alle(aktor: Aktor, h: Husholdning) -> list[Callable[[], object]]:
    return [
        lambda: koe.reserver(aktor=aktor, husholdning=h.subjekt.uuid),
        lambda: reservasjoner.forleng(aktor=aktor, subjekt_id=h.pk),
        lambda: reservasjoner.flytt(aktor=aktor, subjekt_id=h.pk, til=uuid4()),
        lambda: reservasjoner.slipp(aktor=aktor, subjekt_id=h.pk),
    ]


def test_another_authoritys_queue_and_unknown_and_ended_cases(land: str) -> None:
    h, slutt = sak(), sak()
    with som(system("prove")):
        Husholdning.objects.filter(pk=slutt.pk).update(avsluttet=date(2026, 11, 1), slutt="bosatt")
    with som_bruker("imdi_radgiver") as aktor:
        for uuid in (uuid4(), slutt.subjekt.uuid):
            with pytest.raises(FinnesIkke):
                koe.reserver(aktor=aktor, husholdning=uuid)
    with pytest.raises(FinnesIkke):  # not shared with Bufetat
        ta(h, "bufetat_saksbehandler")
    with som(system("prove")):
        Husholdning.objects.filter(pk=h.pk).update(ansvar="bufetat")
    with pytest.raises(Avvist, match="en annen etat"):
        ta(h)


def test_row_security_shows_ones_own_organisation_only(land: str) -> None:
    h = sak()
    ta(h)
    for rolle, ser in (("imdi_radgiver", 1), ("imdi_leder", 1), ("bufetat_saksbehandler", 0), ("bosettingskonsulent", 0), ("bosetter_skriv", 0)):  # fmt: skip
        with som_bruker(rolle):
            assert Reservasjon.objects.count() == ser, rolle
    with som_bruker("bufetat_saksbehandler"):
        assert Reservasjon.objects.update(merknad="x") == 0


def test_the_database_holds_one_at_a_time_in_an_organisation_and_says_which(land: str) -> None:
    with som(system("prove")):
        subjekt, imdi = nytt_subjekt(slag="prove"), Organisasjon.objects.get(slag="imdi")
        bufetat = Organisasjon.objects.get(slag="bufetat")
        felt = {"subjekt": subjekt, "bruker": bruker("imdi_radgiver"), "ko": "imdi", "fra": MANDAG, "til": holdes_til(MANDAG)}  # fmt: skip
        Reservasjon.objects.create(organisasjon=imdi, **felt)
        Reservasjon.objects.create(organisasjon=bufetat, **felt)
        Reservasjon.objects.create(
            organisasjon=imdi, **felt | {"sluppet": MANDAG}
        )  # let go in the same moment
        with pytest.raises(IntegrityError, match="reservasjon_en_om_gangen"), transaction.atomic():
            Reservasjon.objects.create(organisasjon=imdi, **felt)
        with pytest.raises(IntegrityError, match="reservasjon_periode"), transaction.atomic():
            Reservasjon.objects.create(organisasjon=imdi, **felt | {"til": MANDAG})


def _som(navn: str, gjor: Callable[[Aktor], object]) -> Callable[[], object]:
    def kjor() -> object:
        inn: AbstractContextManager[Aktor] = som_bruker(navn)
        with inn as aktor:
            return gjor(aktor)

    return kjor


@pytest.mark.parametrize("gang", range(3))
def test_many_take_the_same_case_at_once(land: str, gang: int) -> None:
    h = sak()
    navn = [f"kollega{nr}" for nr in range(5)]
    for ett in navn:
        kollega(ett)
    ut = samtidig(
        *[_som(ett, lambda a: koe.reserver(aktor=a, husholdning=h.subjekt.uuid).pk) for ett in navn]
    )
    assert sorted(str(ett) for ett in ut)[1:] == ["RESERVASJON-ANNENS"] * 4
    assert hendelser() == ["reserver"] and len(hos()) == 1


def test_all_who_take_the_next_case_get_one_each(land: str) -> None:
    saker = {sak().pk for _ in range(4)}
    navn = [f"kollega{nr}" for nr in range(5)]
    for ett in navn:
        kollega(ett)

    def neste(aktor: Aktor) -> int | None:
        tatt = koe.ta_neste(aktor=aktor, rader=Husholdning.objects.filter(pk__in=saker).order_by("pk"))
        return tatt and tatt.pk

    fikk = [pk for pk in samtidig(*[_som(ett, neste) for ett in navn]) if pk]
    assert len(fikk) == len(set(fikk)) and set(fikk) <= saker
    fikk += [pk for ett in navn if (pk := _som(ett, neste)())]  # nobody waits for a case that another holds
    assert set(fikk) == saker and len(hos()) == 4
    assert _som("kollega0", neste)() is None


def test_moved_put_back_and_prolonged_at_the_same_moment(land: str) -> None:
    h, til = sak(), kollega()
    ta(h)
    ut = samtidig(
        _som("imdi_radgiver", lambda a: reservasjoner.flytt(aktor=a, subjekt_id=h.pk, til=til).pk),
        _som("imdi_radgiver", lambda a: reservasjoner.slipp(aktor=a, subjekt_id=h.pk)),
        _som("imdi_radgiver", lambda a: reservasjoner.forleng(aktor=a, subjekt_id=h.pk).pk),
        _som("kollega", lambda a: koe.reserver(aktor=a, husholdning=h.subjekt.uuid).pk),
    )
    assert {ett for ett in ut if isinstance(ett, str)} <= {"RESERVASJON-ANNENS", "RESERVASJON-UTE"}
    assert len(hos()) <= 1
    gjort = Counter(hendelser())  # and the chain of acts is whole
    assert gjort["reserver"] in (1, 2) and max(gjort["flytt"], gjort["slipp"], gjort["forleng"]) <= 1

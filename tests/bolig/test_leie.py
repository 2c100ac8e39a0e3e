"""Landlords and leases: both parties, both signatures, a sub-lease within its head lease, and who may see what."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import Error, IntegrityError, transaction

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.bolig import selectors_leie as selectors
from bosett.bolig.models import Boligperiode, Leiekontrakt, Utleier
from bosett.bolig.services import leie, leievarsel, perioder, utleiere
from bosett.bolig.tasks import varsle_leie
from bosett.grunn.feil import Avvist, BosettFeil, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.oppgave.models import Oppgave
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from samtidig import koder

from .leier import ORGNR, avslutt, bolig, eier, kjede, leier, om, signer, skriv


def _kode(gjor: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(BosettFeil) as feil:
        gjor()
    return feil.value.kode, feil.value.felt


def _perioder(b: Any) -> list[tuple[object, ...]]:
    with som(system("prove")):
        return list(
            Boligperiode.objects.filter(bolig=b)
            .order_by("fra")
            .values_list("slag", "fra", "til", "husholdning")
        )


def _sql_endrer(k: Leiekontrakt, **felt: object) -> None:
    with som(system("prove")), transaction.atomic():
        Leiekontrakt.objects.filter(pk=k.pk).update(**felt)


@pytest.mark.krav("R030")
def test_a_lease_has_both_parties(land: str) -> None:
    b, u, h = bolig(), eier(), leier()
    assert _kode(lambda: skriv(b, "hovedleie")) == ("LEIE-PARTER", "utleier")
    assert _kode(lambda: skriv(b, "direkte", utleier=u)) == ("LEIE-PARTER", "husholdning")
    assert _kode(lambda: skriv(b, "direkte", husholdning=h)) == ("LEIE-PARTER", "utleier")
    assert _kode(lambda: skriv(b, "kommunal")) == ("LEIE-PARTER", "husholdning")
    assert _kode(lambda: skriv(b, "hovedleie", utleier=u, husholdning=h)) == ("LEIE-PARTER", "husholdning")
    k = skriv(b, "direkte", utleier=u, husholdning=h)
    for mangler in ({"husholdning": None}, {"utleier": None}, {"organisasjon": None}):
        with pytest.raises(IntegrityError):
            _sql_endrer(k, **mangler)


@pytest.mark.krav("R081", "R329")
def test_binding_when_both_have_signed_and_not_before(land: str) -> None:
    b, h = bolig(), leier()
    k = skriv(b, "direkte", utleier=eier(), husholdning=h, regler="Ro etter klokka 23.", til=300)
    assert k.tilstand == "utkast" and _perioder(b) == []
    k = signer(k, "leier")
    assert k.tilstand == "venter_signatur" and _perioder(b) == []
    assert _kode(lambda: _signer_igjen(k)) == ("LEIE-UNDERTEGNET", "part")
    with pytest.raises(IntegrityError, match="leie_to_underskrifter"):
        _sql_endrer(k, tilstand="bindende")
    with pytest.raises(IntegrityError):
        _sql_endrer(k, tilstand="bindende", utleier_dato=i_dag())  # nobody's name
    k = signer(k, "utleier")
    assert k.tilstand == "bindende"
    assert _perioder(b) == [("bebodd", om(0), om(301), h.pk)]
    assert signer(k, "utleier").tilstand == "bindende"  # sent twice


def _signer_igjen(k: Leiekontrakt) -> None:
    with som_bruker("bosetter_skriv") as aktor:
        leie.signer(aktor=aktor, leie=k.uuid, part="leier", navn="En Annen", dato=i_dag())


def test_a_lease_that_binds_is_never_changed_not_even_by_sql(land: str) -> None:
    k = signer(skriv(bolig(), "kommunal", husholdning=leier()))
    for felt in (
        {"husleie": 1},
        {"siste_dag": om(9)},
        {"leier_navn": "X"},
        {"tilstand": "utkast"},
        {"regler": "X"},
    ):
        with pytest.raises(Error):
            _sql_endrer(k, **felt)
    with pytest.raises(Error), som(system("prove")):
        k.delete()
    ferdig = avslutt(k, 30)
    with pytest.raises(Error):
        _sql_endrer(ferdig, avsluttet=om(40))
    venter = signer(skriv(bolig(), "kommunal", husholdning=leier()), "utleier")
    for felt in ({"husleie": 1}, {"utleier_navn": "X"}):
        with pytest.raises(Error):
            _sql_endrer(venter, **felt)


@pytest.mark.krav("R211")
def test_a_sub_lease_is_linked_to_its_head_lease_and_never_outlives_it(land: str) -> None:
    b, h = bolig(eierform="fremleie"), leier()
    hoved = signer(skriv(b, fra=10, til=200, utleier=eier()))

    def under(fra: int, til: int | None) -> Leiekontrakt:
        return skriv(b, "fremleie", fra, til, husholdning=h, hovedkontrakt=hoved)

    assert _kode(lambda: under(10, 201)) == ("LEIE-FREMLEIE-TIL", "siste_dag")
    assert _kode(lambda: under(10, None)) == ("LEIE-FREMLEIE-TIL", "siste_dag")
    assert _kode(lambda: under(9, 200)) == ("LEIE-FREMLEIE-FRA", "fra")
    with pytest.raises(Ugyldig) as feil:
        under(10, 201)
    assert "varer ikke lenger enn hovedleien" in feil.value.regel
    k = under(10, 200)
    for felt in ({"siste_dag": om(201)}, {"siste_dag": None}, {"fra": om(9)}, {"hovedkontrakt": k.pk}):
        with pytest.raises(IntegrityError):
            _sql_endrer(k, **felt)
    k = signer(k)
    assert (k.hovedkontrakt, k.tilstand) == (hoved, "bindende")
    assert _kode(lambda: avslutt(hoved, 100)) == ("LEIE-FREMLEIE-LEVER", "bekreftet")
    assert avslutt(hoved, 100, bekreftet=True).siste == om(100)
    with som(system("prove")):
        oppgave = Oppgave.objects.get(slag=leievarsel.SLAG)
    assert b.nummer in oppgave.gjelder and k.nummer in oppgave.gjelder and b.adresse not in oppgave.gjelder
    assert (oppgave.frist, oppgave.ferdig) == (om(100), None)
    avslutt(k, 100)
    with som(system("prove")):
        assert Oppgave.objects.get(slag=leievarsel.SLAG).ferdig is not None


def test_a_sub_lease_binds_only_under_a_head_lease_that_does_and_holds_as_long(land: str) -> None:
    b = bolig(eierform="fremleie")
    hoved = skriv(b, til=200, utleier=eier())
    k = signer(skriv(b, "fremleie", 0, 200, husholdning=leier(), hovedkontrakt=hoved), "leier")
    assert _kode(lambda: signer(k, "utleier")) == ("LEIE-HOVED-BINDER-IKKE", "")
    avslutt(signer(hoved), 100)
    assert _kode(lambda: signer(k, "utleier")) == ("LEIE-FREMLEIE-TIL", "siste_dag")
    annen = bolig()
    assert _kode(lambda: skriv(annen, "fremleie", 0, 100, husholdning=leier(), hovedkontrakt=hoved)) == (
        "LEIE-HOVEDLEIE",
        "hovedkontrakt",
    )


@pytest.mark.krav("R211")
def test_ninety_days_before_the_head_lease_ends_the_municipality_gets_one_task(land: str) -> None:
    hoved, k = kjede(til=90)
    sen, _k = kjede(til=91)
    uten = signer(skriv(bolig(), til=30, utleier=eier()))
    for _ in range(2):
        varsle_leie(0)
    with som(system("prove")):
        oppgaver = list(Oppgave.objects.filter(slag=leievarsel.SLAG))
        assert [(o.subjekt_id, o.frist, o.organisasjon_id) for o in oppgaver] == [
            (hoved.bolig_id, om(90), hoved.organisasjon_id)
        ]
        assert k.nummer in oppgaver[0].gjelder and hoved.bolig.adresse not in oppgaver[0].gjelder
        assert Hendelse.objects.filter(handling="bolig.varsle_leie").count() == 1
        assert verifiser().feil == []
    with som_bruker("bosetter_skriv") as aktor:
        mine = {uten.pk, hoved.pk, k.pk, sen.pk}  # the demonstration has some too
        assert [r.pk for r in selectors.gaar_ut(aktor) if r.pk in mine] == [uten.pk, hoved.pk, k.pk]
    signer(skriv(hoved.bolig, fra=91, utleier=hoved.utleier))  # the municipality has the home again
    varsle_leie(0)
    with som(system("prove")):
        assert Oppgave.objects.get(slag=leievarsel.SLAG).ferdig is not None


def test_the_home_is_lived_in_as_long_as_the_lease_and_free_only_when_somebody_says_so(land: str) -> None:
    b, h = bolig(), leier()
    with som_bruker("bosetter_skriv") as aktor:
        perioder.sett(aktor=aktor, bolig=b.subjekt.uuid, slag="ledig", fra=om(-10))
    k = signer(skriv(b, "kommunal", 5, husholdning=h))
    assert _perioder(b) == [("ledig", om(-10), om(5), None), ("bebodd", om(5), None, h.pk)]
    annen = signer(skriv(b, "kommunal", 20, husholdning=leier()), "leier")
    assert _kode(lambda: signer(annen, "utleier"))[0] == "BOLIG-OPPTATT"
    avslutt(k, 15)
    assert _perioder(b)[1:] == [("bebodd", om(5), om(16), h.pk)]
    assert signer(annen, "utleier").tilstand == "bindende"
    avslutt(annen, 40, ledig=True)
    assert [rad[:3] for rad in _perioder(b)[2:]] == [("bebodd", om(20), om(41)), ("ledig", om(41), None)]


def test_what_was_held_for_the_household_gives_way_when_it_moves_in(land: str) -> None:
    b, h = bolig(), leier()
    with som(system("prove")):
        Boligperiode.objects.create(bolig=b, slag="reservert", fra=om(0), til=om(50), husholdning=h)
    signer(skriv(b, "kommunal", 10, husholdning=h))
    assert _perioder(b) == [("reservert", om(0), om(10), h.pk), ("bebodd", om(10), None, h.pk)]


def test_days_reasons_amounts_and_names_that_can_not_be(land: str) -> None:
    b, h = bolig(), leier()
    assert _kode(lambda: skriv(b, "kommunal", 5, 4, husholdning=h)) == ("LEIE-DAGER", "siste_dag")
    assert _kode(lambda: skriv(b, "kommunal", husholdning=h, sikkerhet="depositum"))[1] == "sikkerhet_belop"
    assert _kode(lambda: skriv(b, "kommunal", husholdning=h, sikkerhet_belop=5))[1] == "sikkerhet"
    assert _kode(lambda: skriv(b, "kommunal", husholdning=leier(delt=False))) == ("LEIE-LEIER", "husholdning")
    k = signer(skriv(b, "kommunal", 0, 50, husholdning=h))
    assert _kode(lambda: avslutt(k, 10, grunn=" ")) == ("LEIE-GRUNN", "grunn")
    assert _kode(lambda: avslutt(k, 51)) == ("LEIE-SLUTT", "siste_dag")
    with pytest.raises(Konflikt), som_bruker("bosetter_skriv") as aktor:
        leie.forkast(aktor=aktor, leie=k.uuid)
    assert _kode(lambda: eier(slag="selskap", orgnr="974760674")) == ("UTLEIER-ORGNR", "orgnr")
    assert _kode(lambda: eier(orgnr=ORGNR)) == ("UTLEIER-PRIVAT", "orgnr")
    eier(slag="selskap", orgnr="974 760 673")
    assert _kode(lambda: eier(slag="selskap", orgnr=ORGNR)) == ("UTLEIER-DOBBEL", "orgnr")


def test_two_sign_at_once_and_two_let_the_same_home_at_once(land: str) -> None:
    k = skriv(bolig(), "kommunal", husholdning=leier())
    assert koder(lambda: signer(k, "utleier"), lambda: signer(k, "leier")) == ["ok", "ok"]
    with som(system("prove")):
        assert Leiekontrakt.objects.get(pk=k.pk).tilstand == "bindende"
        handlinger = Hendelse.objects.filter(subjekt=k.bolig_id, handling__contains="signer")
        assert sorted(handlinger.values_list("handling", flat=True)) == [
            "bolig.signer_andre",
            "bolig.signer_forste",
        ]
    b = bolig(eierform="fremleie")
    hoved = signer(skriv(b, til=99, utleier=eier()))
    to = [
        signer(skriv(b, "fremleie", 0, 99, husholdning=leier(), hovedkontrakt=hoved), "leier")
        for _ in range(2)
    ]
    assert sorted(koder(*[lambda ett=ett: signer(ett, "utleier") for ett in to])) == ["BOLIG-OPPTATT", "ok"]
    with som(system("prove")):
        assert verifiser().feil == []


def test_the_head_lease_ends_while_a_sub_lease_is_signed(land: str) -> None:
    b = bolig(eierform="fremleie")
    hoved = signer(skriv(b, til=99, utleier=eier()))
    k = signer(skriv(b, "fremleie", 0, 99, husholdning=leier(), hovedkontrakt=hoved), "leier")
    utfall = koder(lambda: signer(k, "utleier"), lambda: avslutt(hoved, 50))
    assert utfall in (["ok", "LEIE-FREMLEIE-LEVER"], ["LEIE-FREMLEIE-TIL", "ok"])


def test_nobody_but_the_municipality_sees_landlords_and_leases(
    land: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hoved, k = kjede()
    for andre in ("bosetter_skriv.volda", "kommune_admin"):
        with som_bruker(andre) as aktor, pytest.raises((FinnesIkke, Avvist)):
            selectors.kontrakt(aktor, k.uuid)
    with som_bruker("bosetter_skriv.volda") as aktor, pytest.raises(FinnesIkke):
        leie.avslutt(aktor=aktor, leie=k.uuid, siste_dag=om(5), grunn="Prøve")
    with som_bruker("bosetter_les") as aktor:
        assert selectors.kontrakt(aktor, k.uuid) == k
        with pytest.raises(Avvist):
            leie.avslutt(aktor=aktor, leie=k.uuid, siste_dag=om(5), grunn="Prøve")
    with som_bruker("imdi_radgiver") as aktor:
        with pytest.raises(Avvist):
            selectors.kontrakt(aktor, k.uuid)
        funnet = selectors.leieforhold(aktor, k.bolig)
        assert [(f.slag, f.tilstand, f.siste) for f in funnet] == [
            ("hovedleie", "bindende", om(365)),
            ("fremleie", "bindende", om(365)),
        ]
        # With the filters of the code off, the database says the same.
        assert not Leiekontrakt.objects.exists() and not Utleier.objects.exists()
    with som_bruker("bosetter_skriv.volda") as aktor:
        assert not Leiekontrakt.objects.exists() and not Utleier.objects.exists()
        assert selectors.leieforhold(aktor, k.bolig) == []
    with som_bruker("bosetter_skriv"):
        assert Leiekontrakt.objects.filter(bolig=k.bolig).count() == 2
    with som_bruker("bosetter_skriv.volda") as aktor, pytest.raises(FinnesIkke):
        utleiere.endre(
            aktor=aktor, utleier=hoved.utleier.subjekt.uuid, opplysninger=utleiere.Opplysninger(slag="selskap", navn="X")
        )  # fmt: skip
    with som(system("prove")):
        spor = str(
            list(Hendelse.objects.filter(handling__startswith="bolig.").values_list("data", flat=True))
        )
    assert "Demo" not in spor and "Prøveveien" not in spor

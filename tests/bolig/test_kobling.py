"""A home is held for a household: what must hold first, what is kept of why, and what is free again afterwards."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.bolig.koblet import KOMMUNE, NABO, bolig, dager, husholdning, koble, kommunen, losne, omraade
from tests.bolig.test_prosjekter import solheimslien

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.bolig.models import Boligkobling, Boligperiode, Egnethet, Innmelding
from bosett.bolig.services import boliger, innmeldinger, prosjekter
from bosett.grunn.feil import Avvist, BosettFeil, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from bosett.tilgang.services import del_subjekt


def avslag(*args: object, **mer: object) -> str:
    with pytest.raises(BosettFeil) as feil:
        koble(*args, **mer)  # type: ignore[arg-type]
    return feil.value.kode


@pytest.mark.krav("R203")
def test_only_a_home_the_municipality_has_judged_fit_can_be_linked(land: str) -> None:
    h, uvurdert, uegnet, egnet = husholdning(), bolig(egnet=None), bolig(egnet=False), bolig()
    assert avslag(h, uvurdert) == avslag(h, uegnet) == "BOLIG-IKKE-EGNET"
    assert avslag(h, uvurdert, KOMMUNE) == "BOLIG-IKKE-EGNET"
    assert koble(h, egnet).bolig_id == egnet.pk
    with som(system("prove")):
        vurdering = Egnethet.objects.get(bolig=egnet)
        assert vurdering.dato == i_dag() and vurdering.navn and vurdering.begrunnelse
        with pytest.raises(IntegrityError), transaction.atomic():
            Egnethet.objects.create(bolig=egnet, egnet=True, dato=i_dag(), navn="", begrunnelse="x")


def test_the_home_is_held_and_let_go_and_is_free_as_before(land: str) -> None:
    slutt = i_dag() + timedelta(400)
    h, b = husholdning(), bolig(ledig_til=slutt)
    fra = i_dag() + timedelta(7)
    k = koble(h, b, fra=fra)
    assert dager(b) == [("ledig", i_dag(), fra, None), ("reservert", fra, slutt, h.pk)]
    assert (k.tilstand, k.til) == ("reservert", slutt)
    assert koble(h, b, fra=fra).pk == k.pk  # sent twice
    assert losne(k.uuid).tilstand == "losnet" and losne(k.uuid, grunn="").tilstand == "losnet"
    assert dager(b) == [("ledig", i_dag(), slutt, None)]
    igjen = koble(h, b)
    assert igjen.pk != k.pk
    with som(system("prove")):
        rader = Hendelse.objects.filter(handling__in=("bolig.koble", "bolig.losne"))
        assert rader.filter(subjekt=b.pk).count() == rader.filter(subjekt=h.pk).count() == 3
        assert verifiser().feil == []


def test_what_stops_it(land: str) -> None:
    h, annen, avsluttet = husholdning(), husholdning(), husholdning()
    b, ledig_senere, opptatt = bolig(), bolig(ledig=False), bolig()
    with som(system("prove")):
        Husholdning.objects.filter(pk=avsluttet.pk).update(avsluttet=i_dag(), slutt="utreist")
    assert avslag(avsluttet, b) == "BOLIG-SAK-AVSLUTTET"
    assert avslag(h, ledig_senere) == "BOLIG-IKKE-LEDIG"
    assert avslag(h, b, fra=i_dag() - timedelta(1)) == "BOLIG-KOBLE-DAG"
    koble(annen, opptatt)
    assert avslag(h, opptatt) == "BOLIG-IKKE-LEDIG"
    assert avslag(annen, b) == "BOLIG-HAR-BOLIG"
    with pytest.raises(FinnesIkke):
        losne(h.subjekt.uuid)  # a household's, not a link's


def test_who_may(land: str) -> None:
    h, b, ikke_delt = husholdning(), bolig(), husholdning(delt=None)
    for rolle in ("bosetter_les", "imdi_godkjenner", "imdi_leder", "bosettingskonsulent", "kommune_admin"):
        with pytest.raises(Avvist):
            koble(h, b, rolle)
    with pytest.raises(FinnesIkke):
        koble(ikke_delt, b, KOMMUNE)
    with pytest.raises(FinnesIkke):
        koble(h, b, NABO)
    k = koble(h, b, KOMMUNE)
    with pytest.raises(FinnesIkke):
        losne(k.uuid, NABO)
    with pytest.raises(Ugyldig):
        losne(k.uuid, KOMMUNE, grunn="  ")
    assert losne(k.uuid, KOMMUNE).losnet_grunn


def test_a_household_has_one_home_also_in_a_municipality_one_does_not_see(land: str) -> None:

    h = husholdning()
    with som(system("prove")):
        del_subjekt(subjekt_id=h.pk, organisasjon=kommunen(NABO), grad="full", hvorfor="prove")
    koble(h, bolig(), KOMMUNE)
    ledig = bolig(bruker=NABO)
    assert avslag(h, ledig, NABO) == "BOLIG-HAR-BOLIG"
    assert [d[0] for d in dager(ledig)] == ["ledig"]


@pytest.mark.krav("R098", "R210")
def test_an_area_to_avoid_warns_at_both_moments_and_wants_a_reason(land: str) -> None:
    over, under = omraade("31"), omraade("29")
    with pytest.raises(Ugyldig) as feil:
        bolig(omraade=over)
    assert feil.value.kode == "BOLIG-OMRAADE"
    flagget = bolig(omraade=over, omraade_grunn="Nær familien.")
    vanlig = bolig(omraade=under)
    h, annen = husholdning(), husholdning()
    assert avslag(h, flagget) == "BOLIG-OMRAADE"  # the reason at registration is not one for this household
    k = koble(h, flagget, omraade_grunn="De har søsken i gata.")
    assert (k.omraade_id, k.omraade_grunn) == (over.pk, "De har søsken i gata.")
    uten = koble(annen, vanlig)
    assert (uten.omraade_id, uten.omraade_grunn) == (None, "")
    with som(system("prove")):
        data = {r.subjekt_id: r.data for r in Hendelse.objects.filter(handling="bolig.koble")}
        assert data[flagget.pk]["varsel"] is True and data[h.pk]["varsel"] is True
        assert data[vanlig.pk]["varsel"] is False
        assert "søsken" not in str(data)
        with pytest.raises(IntegrityError), transaction.atomic():
            Boligkobling.objects.filter(pk=k.pk).update(omraade_grunn="")


def test_newer_figures_of_the_area_count_when_the_home_is_offered(land: str) -> None:
    omraade("29", navn="DEMO prøven")
    b = bolig(omraade=omraade("28", navn="DEMO prøven"))
    nye = omraade("31", navn="DEMO prøven")
    h = husholdning()
    assert avslag(h, b) == "BOLIG-OMRAADE"
    assert koble(h, b, omraade_grunn="Likevel.").omraade_id == nye.pk


def test_a_home_that_lacks_something_wants_a_reason(land: str) -> None:
    h, liten = husholdning(3), bolig(plasser=2, soverom=1, rom=2)
    assert avslag(h, liten) == "BOLIG-PASSER-IKKE"
    k = koble(h, liten, avvik_grunn="Bare i to uker.")
    assert k.avvik_grunn == "Bare i to uker."
    assert ["plasser", "passer_ikke", True] in k.passform
    stor = koble(husholdning(), bolig(), avvik_grunn="Ikke nødvendig")
    assert stor.avvik_grunn == ""  # kept only when there was something to explain


def test_a_home_that_is_held_marks_its_report_as_used_and_open_again_when_let_go(land: str) -> None:
    h, b = husholdning(), bolig()
    with som_bruker(KOMMUNE) as aktor:
        meldt = innmeldinger.meld_bolig(aktor=aktor, bolig=b.subjekt.uuid)

    def tilstand() -> str:
        with som(system("prove")):
            return Innmelding.objects.get(pk=meldt.pk).tilstand

    k = koble(h, b)
    assert tilstand() == "brukt"
    losne(k.uuid)
    assert tilstand() == "sett"


@pytest.mark.krav("R213")
def test_a_student_partners_unit_is_not_held_for_anybody(land: str) -> None:
    h, b = husholdning(), bolig(slag="student")
    p, _egen, studentene = solheimslien()
    with som_bruker(KOMMUNE) as aktor:
        prosjekter.sett_bolig(
            aktor=aktor, prosjekt=p.subjekt.uuid, bolig=b.subjekt.uuid, partner=studentene.pk
        )
    assert avslag(h, b) == "BOLIG-PARTNER"


def test_a_home_that_is_held_is_not_taken_out_of_use(land: str) -> None:
    h, b = husholdning(), bolig()
    koble(h, b)
    with som_bruker(KOMMUNE) as aktor, pytest.raises(Konflikt):
        boliger.ta_ut(aktor=aktor, bolig=b.subjekt.uuid)


def test_the_database_hides_the_link_with_all_filters_off(land: str) -> None:
    h, b = husholdning(), bolig()
    koble(h, b)
    ser = {}
    for rolle in ("imdi_radgiver", KOMMUNE, NABO, "imdi_leder", "bosettingskonsulent"):
        with som_bruker(rolle):
            ser[rolle] = Boligkobling.objects.count()
    assert ser == {"imdi_radgiver": 1, KOMMUNE: 1, NABO: 0, "imdi_leder": 0, "bosettingskonsulent": 0}
    with som_bruker(NABO), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        Boligkobling.objects.create(bolig=b, husholdning=h, fra=i_dag())
    with som(system("prove")):
        assert Boligperiode.objects.filter(husholdning=h).count() == 1

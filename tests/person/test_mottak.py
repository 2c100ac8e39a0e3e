"""Reception centres: dated code list, three kinds of operators, permits without politics, and the host flag that follows."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from tests.dokument.filer import png
from tests.integrasjon.test_simulator import spill

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.dokument.services import kontroller_fil
from bosett.geografi import selectors as geografi
from bosett.geografi.models import Kommuneflagg, Kommuneversjon
from bosett.geografi.services import sett_flagg
from bosett.grunn.feil import Avvist, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.person import selectors_mottak as selectors
from bosett.person.models_mottak import Mottak, Mottakstillatelse
from bosett.person.rules.koder import koder
from bosett.person.services import mottak as services
from bosett.spor.models import Hendelse
from meldinger import ankomst, melding

VOLDA, STEINKJER = "1577", "5006"


def kommune(nummer: str = VOLDA) -> object:
    return Kommuneversjon.objects.gjelder(i_dag()).select_related("kommune").get(nummer=nummer).kommune


def apne(kode: str = "P-1", *, rolle: str = "udi_saksbehandler", nummer: str = VOLDA, apnet: date = date(2026, 2, 1), **mer: object) -> Mottak:  # fmt: skip
    with som_bruker(rolle) as aktor:
        valg = {"navn": f"Prøve {kode}", "kode": kode, "type": "ordinaert", "drift": "kommersiell", "operator": "Prøve AS",
                "kommune": kommune(nummer), "plasser": 100, "apnet": apnet} | mer  # fmt: skip
        return services.apne_mottak(aktor=aktor, **valg)  # type: ignore[arg-type]


def steng(m: Mottak, dag: date, rolle: str = "udi_saksbehandler") -> None:
    with som_bruker(rolle) as aktor:
        services.steng_mottak(aktor=aktor, mottak_id=m.pk, stengt=dag)


def vert(dag: date, nummer: str = VOLDA) -> bool:
    with som(system("prove")):
        return kommune(nummer).pk in geografi.med_flagg("vertskommune", dag)  # type: ignore[attr-defined]


@pytest.mark.krav("R335")
def test_a_municipality_is_a_host_as_long_as_any_centre_there_is_open(land: str) -> None:
    assert not vert(date(2026, 2, 1))
    forste, andre = apne("P-1"), apne("P-2", apnet=date(2026, 6, 1), type="omsorgssenter")
    assert not vert(date(2026, 1, 31)) and vert(date(2026, 2, 1))
    steng(forste, date(2026, 8, 1))
    assert vert(date(2026, 8, 1)), "the care centre is open"
    steng(andre, date(2026, 10, 1))
    assert vert(date(2026, 9, 30)) and not vert(date(2026, 10, 1))
    apne("P-3", apnet=date(2026, 11, 1))
    assert not vert(date(2026, 10, 31)) and vert(date(2026, 11, 1))
    with som(system("prove")):
        perioder = Kommuneflagg.objects.filter(kommune=kommune()).order_by("fra").values_list("fra", "til")
        assert list(perioder) == [(date(2026, 2, 1), date(2026, 10, 1)), (date(2026, 11, 1), None)]


def test_a_flag_set_by_hand_is_left_alone(land: str) -> None:
    with som(system("prove")) as aktor:
        sett_flagg(
            aktor=aktor,
            kommune=kommune(),
            slag="vertskommune",
            fra=date(2026, 3, 1),
            til=date(2026, 5, 1),
            kilde="IMDi",
        )  # type: ignore[arg-type]
    m = apne("P-1", apnet=date(2026, 2, 1))
    assert all(vert(dag) for dag in (date(2026, 2, 1), date(2026, 4, 1), date(2026, 5, 1)))
    steng(m, date(2026, 2, 10))
    assert not vert(date(2026, 2, 10)) and vert(date(2026, 4, 1))


@pytest.mark.krav("R322")
def test_the_type_is_a_code_of_the_dated_list_and_nothing_political_is_asked(land: str) -> None:
    assert {"ordinaert", "transitt", "tilrettelagt", "ankomst", "akutt", "em"} <= set(koder("mottakstyper"))
    with pytest.raises(Ugyldig) as feil:
        apne(type="hotell")
    assert feil.value.kode == "MOTTAK-TYPE"
    with pytest.raises(Ugyldig):
        apne(apnet=date(2009, 12, 31))  # before the list begins
    felt = {f.name for f in Mottak._meta.get_fields()} | {
        f.name for f in Mottakstillatelse._meta.get_fields()
    }
    assert not {navn for navn in felt if "politisk" in navn or "vedtak" in navn or "godkjen" in navn}
    side = innlogget("udi_saksbehandler").get("/mottak/nytt/").content.decode()
    for kode in koder("mottakstyper"):
        assert f'value="{kode}"' in side


@pytest.mark.krav("R013")
def test_the_operator_type_is_one_of_three_and_the_report_adds_up(land: str) -> None:
    with pytest.raises(Ugyldig) as feil:
        apne(drift="privatperson")
    assert feil.value.kode == "MOTTAK-DRIFT"
    with som_bruker("imdi_radgiver") as aktor:
        alle = selectors.alle(aktor)
        summer = selectors.etter_drift(alle)
    assert {s.drift for s in summer} == {"organisasjon", "kommune", "kommersiell"}
    assert sum(s.mottak for s in summer) == 84 == len(alle)
    assert sum(s.plasser for s in summer) == sum(linje.mottak.plasser for linje in alle)
    klient = innlogget("imdi_radgiver")
    csv = klient.get("/mottak/?d-format=csv").content.decode("utf-8-sig").splitlines()
    assert csv[0] == "Drift;Mottak;Plasser;Beboere" and len(csv) == 4
    bok = openpyxl.load_workbook(io.BytesIO(klient.get("/mottak/?format=xlsx").content))
    assert bok.worksheets[0].max_row == 85


@pytest.mark.krav_delvis("R007")
def test_the_list_is_filtered_by_type_operator_county_and_host(land: str) -> None:
    klient = innlogget("imdi_radgiver")

    def treff(sporring: str) -> int:
        return int(klient.get(f"/mottak/?format=json&{sporring}").json()["antall"])

    with som_bruker("imdi_radgiver") as aktor:
        alle = selectors.alle(aktor)
    assert treff("type=omsorgssenter") == sum(x.mottak.type == "omsorgssenter" for x in alle) == 5
    assert treff("drift=kommune") == sum(x.mottak.drift == "kommune" for x in alle)
    assert 0 < treff("fylke=Vestland") == sum(x.fylke == "Vestland" for x in alle)
    assert (treff("vert=ja"), treff("vert=nei"), treff("sok=DEMO-01")) == (84, 0, 1)
    m = apne()
    steng(m, i_dag() + timedelta(1))
    assert treff("") == 85
    with som(system("prove")):
        Mottak.objects.filter(pk=m.pk).update(stengt=i_dag())
    assert (treff(""), treff("vis=stengt"), treff("vis=alle")) == (84, 1, 85)
    assert "fra UDI, ikke fra IMDi" in klient.get("/mottak/").content.decode()


@pytest.mark.krav("R337")
def test_a_centre_without_a_permit_shows_a_warning_until_the_document_is_there(land: str) -> None:
    m = apne()
    adresse = f"/mottak/{m.organisasjon.uuid}/"
    udi = innlogget("udi_saksbehandler")
    assert "ingen gyldig tillatelse" in udi.get(adresse).content.decode()
    fil = io.BytesIO(png())
    fil.name = "brukstillatelse.png"
    svar = udi.post(
        f"{adresse}tillatelse/",
        {"hva": "Brukstillatelse for bygget", "gitt": "1.2.2026", "gjelder_til": "", "fil": fil},
    )
    assert svar.status_code == 302
    with som(system("prove")) as aktor:
        tillatelse = Mottakstillatelse.objects.select_related("innfil").get()
        assert tillatelse.innfil is not None
    side = udi.get(adresse).content.decode()
    assert "ingen gyldig tillatelse" not in side and "Til kontroll" in side
    dokument = f"/mottak/dokument/{tillatelse.innfil.uuid}/"
    assert udi.get(dokument).status_code == 404, "nobody opens it before it is looked at"
    kontroller_fil(aktor=aktor, innfil_id=tillatelse.innfil_id or 0)
    assert udi.get(dokument)["Content-Disposition"].startswith("attachment")
    with som(system("prove")):
        Mottakstillatelse.objects.update(gjelder_til=i_dag() - timedelta(1))
        handlinger = list(Hendelse.objects.filter(subjekt=m.subjekt_id).values_list("handling", flat=True))
    assert handlinger[0] == "person.apne_mottak" and "person.tillat_mottak" in handlinger
    assert "ingen gyldig tillatelse" in udi.get(adresse).content.decode(), "it has run out"


def test_a_centre_where_somebody_lives_is_not_closed(land: str) -> None:
    m = apne()
    assert spill([ankomst(1, "2026-03-01"), melding("plassering", 1, "2026-03-01", mottak="P-1")]) == 0
    with pytest.raises(Konflikt) as feil:
        steng(m, i_dag())
    assert feil.value.kode == "MOTTAK-BEBOERE" and "(1)" in str(feil.value)
    steng(m, i_dag() + timedelta(30))  # planned: they will have moved by then
    with pytest.raises(Konflikt):
        steng(m, i_dag() + timedelta(60))
    assert (
        spill([ankomst(2, "2026-03-01"), melding("plassering", 2, i_dag() + timedelta(31), mottak="P-1")])
        == 1
    )


def test_refusals_and_who_may(land: str) -> None:
    apne("P-1", rolle="imdi_admin")
    with pytest.raises(Konflikt):
        apne("P-1")
    with pytest.raises(Ugyldig):
        apne("P-2", plasser=0)
    with pytest.raises(Ugyldig):
        steng(apne("P-3"), date(2026, 2, 1))
    for rolle in ("imdi_radgiver", "bosettingskonsulent", "bosetter_skriv", "ks_radgiver"):
        with pytest.raises(Avvist):
            apne("P-4", rolle=rolle)


def test_the_forms_open_and_close_a_centre(land: str) -> None:
    klient = innlogget("imdi_admin")
    svar = klient.post(
        "/mottak/nytt/",
        {"navn": "Prøve mottak", "kode": "P-9", "type": "transitt", "drift": "kommune", "operator": "Volda kommune", "kommune": "Volda",
         "plasser": "80", "apnet": "1.2.2026"},
    )  # fmt: skip
    assert svar.status_code == 302
    assert "Volda" in klient.get(svar["Location"]).content.decode()
    feil = klient.post(f"{svar['Location']}steng/", {"stengt": "1.1.2026"})
    assert feil.status_code == 422 and "kan ikke stenge" in feil.content.decode()
    assert klient.post(f"{svar['Location']}steng/", {"stengt": "1.3.2026"}).status_code == 302
    with som(system("prove")):
        assert Mottak.objects.get(kode="P-9").stengt == date(2026, 3, 1)


def test_who_lives_there_is_counted_for_those_who_may_see_them_only(land: str) -> None:
    spill([ankomst(1, "2026-03-01"), melding("plassering", 1, "2026-03-01", mottak="DEMO-01")])

    def beboere(rolle: str, kode: str) -> object:
        with som_bruker(rolle) as aktor:
            return next(x.beboere for x in selectors.alle(aktor) if x.mottak.kode == kode)

    assert beboere("imdi_radgiver", "DEMO-01") == beboere("bosettingskonsulent", "DEMO-01") == 1
    assert beboere("udi_saksbehandler", "DEMO-01") is beboere("bosettingskonsulent", "DEMO-02") is None

"""The advisory forecast in the browser: two files in, an estimate with its interval and its record out, and nothing stored."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Bruker
from bosett.behov.models import Behov, Prognose
from bosett.dokument.models import Fil
from bosett.web.linjediagram import Punkt, linjediagram

pytestmark = pytest.mark.usefixtures("land")
SESONG = (100, 80, 90, 110, 120, 140, 160, 200, 220, 210, 150, 120)
ADRESSE = "/behov/framskriving/"
SRC = Path(__file__).resolve().parents[2] / "src"


def _fil(navn: str, rader: list[str]) -> SimpleUploadedFile:
    return SimpleUploadedFile(navn, "\n".join(rader).encode(), "text/csv")


def _soknader(aar: int = 7, topp: int | None = None) -> SimpleUploadedFile:
    verdier = [SESONG[nr % 12] + (nr * 37) % 23 for nr in range(aar * 12)]
    if topp is not None:
        verdier[topp] *= 30
    rader = [f"{2010 + nr // 12}-{nr % 12 + 1:02},{verdi}" for nr, verdi in enumerate(verdier)]
    return _fil("soknader.csv", ["maaned,antall", *rader])


def _vedtak() -> SimpleUploadedFile:
    rader = [f"{2015 + nr // 4}-Q{nr % 4 + 1},200,{120 + nr}" for nr in range(8)]
    return _fil("vedtak.csv", ["kvartal,vedtak_i_alt,innvilget_i_alt", *rader])


def _inn(client: Client, rolle: str = "imdi_radgiver") -> Client:
    with som(system("prove")):
        bruker = Bruker.objects.get(brukernavn=f"{rolle}@demo.invalid")
    client.force_login(bruker, "django.contrib.auth.backends.ModelBackend")
    return client


def _tekst(svar: object) -> str:
    html = svar.content.decode()  # type: ignore[attr-defined]
    return re.sub(r"\s+", " ", html.replace("\u202f", " ").replace("\xa0", " "))


def test_the_adviser_sees_the_estimate_its_interval_its_record_and_that_it_is_advisory(
    client: Client,
) -> None:
    nett = _inn(client)
    with som(system("prove")):
        foer = (Behov.objects.count(), Prognose.objects.count(), Fil.objects.count())
    felt = {"aar": "2017", "kvote": "3000", "forsinkelse": "3=0,4 6=0,6", "forsinkelse_kilde": "Notat 4", "scenarioer": ["sterk-okning"]}  # fmt: skip
    svar = nett.post(ADRESSE, {**felt, "soknader": _soknader(topp=70), "vedtak": _vedtak()})
    html = _tekst(svar)
    assert svar.status_code == 200, html
    assert "Rådgivende. Dette er ikke behovet. Utvalget fastsetter behovet." in html
    assert re.search(
        r"Modellen gir [\d ]+ personer i alt\. 80-prosentintervallet er [\d ]+ til [\d ]+, og 95-prosentintervallet",
        html,
    )
    assert (
        "Notat 4" in html
        and "3 000" in html
        and "sterk økning" in html
        and "vedtakene 2015-Q1–2016-Q4" in html
    )
    assert html.count('class="b-linje"') == 2 and "b-baand95" in html and "b-baand80" in html
    # The spike of November 2015 is ringed and named, not smoothed away.
    assert "b-utenfor" in html and "november 2015" in html.split("Månedene ingen så komme")[1]
    assert "Traff 95-prosentintervallet" in html and "Ingen måned er tatt ut" in html
    with som(system("prove")):
        assert foer == (Behov.objects.count(), Prognose.objects.count(), Fil.objects.count())


def test_without_the_waits_the_estimate_is_unknown_and_never_guessed(client: Client) -> None:
    svar = _inn(client).post(ADRESSE, {"aar": "2017", "kvote": "3000", "soknader": _soknader(4), "vedtak": _vedtak()} | {"aar": "2014"})  # fmt: skip
    html = _tekst(svar)
    assert "Anslaget i alt er ukjent" in html and "Vi gjetter den ikke" in html and "3 000" not in html
    assert "for kort til å prøve metodene på" in html  # 48 months


def test_the_file_of_the_page_has_the_rows_of_the_command(client: Client) -> None:
    felt = {"aar": "2017", "kvote": "10", "svar": "csv", "soknader": _soknader(), "vedtak": _vedtak()}
    svar = _inn(client).post(ADRESSE, felt)
    linjer = svar.content.decode("utf-8-sig").splitlines()
    assert svar["Content-Type"].startswith("text/csv") and "framskriving-2017" in svar["Content-Disposition"]
    assert linjer[0] == "metode;storrelse;periode;punkt;lav80;hoy80;lav95;hoy95;merknad"
    assert sum(linje.startswith("modell;soknader;2017-") for linje in linjer) == 12


@pytest.mark.parametrize(
    ("endring", "felt", "venter"),
    [
        ({"soknader": _fil("a.csv", ["maaned,antall", "2010-01,1", "2010-03,1"])}, "soknader", "rad 3, kolonne «maaned»: 2010-02 mangler"),
        ({"vedtak": _fil("b.csv", ["kvartal,vedtak_i_alt", "2015-Q1,1"])}, "vedtak", "kolonne «innvilget_i_alt»: kolonnen mangler"),
        ({"soknader": _fil("x.csv", ["x" * 5_300_000])}, "soknader", "større enn 5 MB"),
        ({"aar": "2016"}, "aar", "så 2016 er over"),
        ({"aar": "2050"}, "aar", "Den går fra 1 til 36 måneder fram"),
        ({"forsinkelse": "3=0,4", "forsinkelse_kilde": "x"}, "forsinkelse", "Andelene i ventetiden er til sammen 0,400"),
        ({"forsinkelse": "3=1"}, "forsinkelse_kilde", "Ventetiden mangler kilde"),
        ({"soknader": ""}, "soknader", "Velg filen med søknadene"),
    ],
)  # fmt: skip
def test_a_fault_stands_at_its_field_and_what_was_typed_stays(
    client: Client, endring: dict[str, object], felt: str, venter: str
) -> None:
    for fil in endring.values():
        if isinstance(fil, SimpleUploadedFile):
            fil.seek(0)
    alt = {"aar": "2017", "kvote": "123", "soknader": _soknader(), "vedtak": _vedtak()} | endring
    svar = _inn(client).post(ADRESSE, alt)
    html = _tekst(svar)
    assert svar.status_code == 422 and venter.replace("«", "«") in html and 'value="123"' in html
    assert f'id="id_{felt}-feil"' in html and f'href="#id_{felt}"' in html


@pytest.mark.parametrize("rolle", ["imdi_leder", "imdi_godkjenner", "ks_radgiver", "bosetter_skriv"])
def test_only_an_adviser_forecasts(client: Client, rolle: str) -> None:
    assert _inn(client, rolle).get(ADRESSE).status_code == 404


def test_the_page_of_the_year_leads_here_with_the_year_filled_in(client: Client) -> None:
    nett = _inn(client)
    felt = {"aar": "2031", "kode": "andre", "antall": "5", "kilde": "Møte", "dato": "1.10.2030"}
    nett.post("/behov/ny-prognose/", felt)
    assert f'href="{ADRESSE}?aar=2031"' in nett.get("/behov/2031/").content.decode()
    assert 'value="2031"' in nett.get(f"{ADRESSE}?aar=2031").content.decode()


def test_the_chart_shows_every_month_and_cuts_nothing_off() -> None:
    serie = [
        *(Punkt(f"m{nr}", faktisk=verdi, merket=verdi == 9000) for nr, verdi in enumerate((10, 9000, 20))),
        Punkt("m3", None, 25, (20, 30), (10, 9500)),
    ]
    svg = linjediagram(serie, "<b>")
    punkter = [
        tuple(map(float, p.split(","))) for p in " ".join(re.findall(r'points="([^"]*)"', svg)).split()
    ]
    assert all(0 <= x <= 1000 and 0 <= y <= 240 for x, y in punkter)
    assert svg.count("<circle") == 1 and "style=" not in svg and "&lt;b&gt;" in svg
    assert len(re.search(r'class="b-faktisk" points="([^"]*)"', svg)[1].split()) == 3  # type: ignore[index]
    assert linjediagram([], "tom") == ""


def test_the_models_libraries_are_loaded_only_when_a_model_is_built() -> None:
    kode = (
        "import sys, contextlib\n"
        "from bosett.cli.__main__ import main\n"
        "with contextlib.suppress(SystemExit): main(['behov', 'framskriv', '--help'])\n"
        "import bosett.behov.rules.rapport\n"
        "tunge = {'django', 'statsmodels', 'scipy', 'pandas'} & set(sys.modules)\n"
        "assert not tunge, tunge\n"
    )
    svar = subprocess.run(
        [sys.executable, "-c", kode],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PYTHONPATH": str(SRC)},
        check=False,
    )
    assert svar.returncode == 0, svar.stderr

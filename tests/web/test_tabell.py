"""Tables: one definition gives screen, order, sums and files, and no cell becomes a formula."""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory

from bosett.aktor.models import Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.web.tabell import Kolonne, Masse, Tabell
from bosett.web.tabellbundet import BundetTabell
from bosett.web.tabellverdier import formelsikker, norsk_nokkel, sorteringsnokkel


@dataclass(frozen=True)
class Rad:
    pk: int
    navn: str
    tall: int | None
    andel: Decimal | None = None
    dag: date | None = None


RADER = [
    Rad(1, "Ås", 40, Decimal("12.5"), date(2026, 11, 20)),
    Rad(2, "Ørland", None),
    Rad(3, "Alta", 90, Decimal("7")),
    Rad(4, "Ærlig", 5),
    Rad(5, "=HYPERLINK(1)", -3),
]


class Filter(forms.Form):
    minst = forms.IntegerField(required=False, initial=0)


TABELL = Tabell(
    "prove",
    "Prøvetabell",
    (
        Kolonne("navn", "Navn", lenke=lambda r: f"/k/{r.pk}/"),
        Kolonne("tall", "Tall", format="tall", sum=True),
        Kolonne("andel", "Andel", format="prosent1", sum=lambda summer: Decimal(summer["tall"])),
        Kolonne("dag", "Dag", format="dato", bare_eksport=True),
        Kolonne("merke", "Merke", felt=lambda r: ("Ja", "brand1"), format="merke", sorter=False),
    ),
    sok=("navn",),
    filter=Filter,
    filtrer=lambda rader, valg: [
        r for r in rader if valg["minst"] in (None, 0) or (r.tall or 0) >= valg["minst"]
    ],
    sortering="navn",
    sidestorrelse=2,
)


def _sporring(tekst: str = "") -> HttpRequest:
    return RequestFactory().get("/tabell/?" + tekst)


def _navn(tekst: str) -> list[str]:
    return [rad.celler[0].innhold for rad in TABELL.bygg(_sporring(tekst), RADER).rader]


def test_norsk_rekkefolge_og_sider() -> None:
    assert _navn("") == ["=HYPERLINK(1)", "Alta"]
    assert _navn("side=2") == ["Ærlig", "Ørland"]
    assert _navn("side=3") == ["Ås"] == _navn("side=99")
    assert _navn("sorter=-navn") == ["Ås", "Ørland"]
    assert _navn("sorter=finnesikke&side=x") == _navn("")
    assert sorted(["å", "z", "ø", "æ", "Aa"], key=norsk_nokkel) == ["Aa", "z", "æ", "ø", "å"]


def test_leseren_velger_hvor_mange_rader_siden_har() -> None:
    tabell = Tabell("mange", "Mange", (Kolonne("navn", "Navn"),))
    mange = [Rad(nr, f"Nr. {nr:03}", nr) for nr in range(1, 131)]

    def bundet(tekst: str) -> BundetTabell:
        return tabell.bygg(_sporring(tekst), mange)

    vanlig, femti = bundet("side=6"), bundet("rader=50&sorter=navn&side=3")
    assert (len(bundet("").synlige), vanlig.antall_sider, len(vanlig.synlige)) == (25, 6, 5)
    assert (femti.antall_sider, [r.pk for r in femti.synlige]) == (3, list(range(101, 131)))
    assert femti.viser == "Viser 101–130 av 130." and femti.forrige == "?rader=50&sorter=navn&side=2"
    assert femti.storrelser == [(25, "?sorter=navn"), (50, "?sorter=navn&rader=50"), (100, "?sorter=navn&rader=100")]  # fmt: skip
    storrelser = [len(bundet(f"rader={n}").synlige) for n in ("100", "1000", "x", "0", "-25")]
    assert storrelser == [100, 25, 25, 25, 25]
    html = render_to_string("tabell/tabell.html", {"tabell": femti, "request": femti.request})
    assert (
        '<strong aria-current="true">50</strong>' in html
        and '<a href="?sorter=navn&amp;rader=100" rel="nofollow">100</a>' in html
    )
    # None to choose when all fit, or when the table has a size of its own.
    assert not tabell.bygg(_sporring(), mange[:25]).storrelser
    egen = TABELL.bygg(_sporring("rader=100"), RADER)
    assert egen.sidestorrelse == 2 and not egen.storrelser


def test_ukjent_verdi_staar_sist_begge_veier() -> None:
    for retning in ("tall", "-tall"):
        bundet = TABELL.bygg(_sporring(f"sorter={retning}&side=3"), RADER)
        assert [r.navn for r in bundet.synlige] == ["Ørland"]
    assert sorteringsnokkel(None) > sorteringsnokkel(10**9) and sorteringsnokkel(
        Decimal("1.5")
    ) < sorteringsnokkel(2)


def test_summen_gjelder_alle_filtrerte_rader_ikke_siden() -> None:
    bundet = TABELL.bygg(_sporring(), RADER)
    assert bundet.summer == {"tall": 132, "andel": Decimal(132)}
    assert TABELL.bygg(_sporring("minst=40"), RADER).summer["tall"] == 130
    assert bundet.sumrad is not None and str(bundet.sumrad[0].innhold) == "Alle 5 rader"
    assert bundet.sumrad[1].innhold == "132"


def test_sok_i_alle_ord() -> None:
    assert _navn("sok=%C3%A5") == ["Ås"]
    assert TABELL.bygg(_sporring("sok=zzz"), RADER).antall == 0


def test_sorteringslenken_snur_og_beholder_filteret() -> None:
    hode = TABELL.bygg(_sporring("sok=a&sorter=navn&side=2"), RADER).hoder[0]
    assert hode.aria == "ascending" and hode.adresse == "?sok=a&sorter=-navn"
    assert [h.aria for h in TABELL.bygg(_sporring(), RADER).hoder] == ["ascending", "none", "none", ""]


@pytest.mark.parametrize("tekst", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "  =1", "\ufeff=1"])
def test_formel_faar_apostrof(tekst: str) -> None:
    assert formelsikker(tekst) == "'" + tekst


def test_vanlig_tekst_er_uendret() -> None:
    assert [formelsikker(t) for t in ("Alta", "a=b", "", "3 % – 4")] == ["Alta", "a=b", "", "3 % – 4"]


def test_csv_har_bom_semikolon_norsk_komma_og_ingen_formel() -> None:
    svar = TABELL.bygg(_sporring("format=csv&sorter=navn"), RADER).eksport
    assert svar is not None and svar["Content-Disposition"].startswith('attachment; filename="prove-')
    tekst = svar.content.decode("utf-8")
    assert tekst[0] == "\ufeff"
    linjer = tekst[1:].split("\r\n")
    assert linjer[0] == "Navn;Tall;Andel;Dag;Merke"
    assert linjer[1] == "'=HYPERLINK(1);-3;;;Ja"
    assert linjer[-2] == "Ås;40;12,5;2026-11-20;Ja" and linjer[-1] == ""
    assert len(linjer) == 7  # all rows, not the page


def test_eksporten_har_skjermens_filter_og_rekkefolge() -> None:
    svar = TABELL.bygg(_sporring("format=json&sorter=-tall&minst=5&side=2"), RADER).eksport
    assert svar is not None
    innhold = json.loads(svar.content)
    assert [rad["navn"] for rad in innhold["rader"]] == ["Alta", "Ås", "Ærlig"]
    assert innhold["rader"][1] == {
        "navn": "Ås",
        "tall": 40,
        "andel": 12.5,
        "dag": "2026-11-20",
        "merke": "Ja",
    }
    assert innhold["antall"] == 3


def test_xlsx_har_tall_som_tall_og_ingen_formel() -> None:
    svar = TABELL.bygg(_sporring("format=xlsx"), RADER).eksport
    assert svar is not None
    arkiv = zipfile.ZipFile(io.BytesIO(svar.content))
    ark = arkiv.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in ark and "=HYPERLINK(1)" in ark and "<v>-3</v>" in ark and "<v>12.5</v>" in ark
    assert "hyperlink" not in ark.lower().replace("=hyperlink(1)", "")
    assert len([navn for navn in arkiv.namelist() if navn.startswith("xl/worksheets/sheet")]) == 2


def test_ukjent_format_finnes_ikke() -> None:
    with pytest.raises(Http404):
        _ = TABELL.bygg(_sporring("format=exe"), RADER).eksport


def test_malen_har_caption_sortering_og_trygg_tekst() -> None:
    rader = [Rad(1, "<script>alert(1)</script>", 1)]
    bundet = TABELL.bygg(_sporring(), rader, masse=Masse("/masse/", (("slett", "Slett"),)))
    html = render_to_string("tabell/tabell.html", {"tabell": bundet, "request": bundet.request})
    assert "<caption" in html and 'aria-sort="ascending"' in html and 'href="/k/1/"' in html
    assert "<script>alert" not in html and "&lt;script&gt;" in html
    assert 'form="masse-prove"' in html and 'name="handling" value="slett"' in html
    assert " style=" not in html


def test_massevalg_tar_bare_tabellens_egne_rader() -> None:
    bundet = TABELL.bygg(_sporring("minst=40"), RADER, masse=Masse("/m/", ()))
    valgt = QueryDict("valgt=1&valgt=4&valgt=999")
    assert [r.navn for r in bundet.valgte(valgt)] == ["Ås"]  # 4 is filtered away, 999 is nobody's
    assert [r.navn for r in bundet.valgte(QueryDict("alle=ja"))] == ["Alta", "Ås"]


def test_spoersmaal_i_sql(som_system: None, django_assert_num_queries: Any) -> None:
    slag = Slag.IMDI
    for navn in ("Åsane", "Zorro", "Ørsta", "Alta", "Ærø"):
        Organisasjon.objects.create(slag=slag, navn=f"{navn} prøve", sorteringsnavn=navn)
    tabell = Tabell(
        "org",
        "Organisasjoner",
        (Kolonne("navn", "Navn", norsk=True), Kolonne("pk", "Nr.", format="tall", sum=True)),
        sok=("navn",),
        sortering="navn",
        sidestorrelse=3,
    )
    rader = Organisasjon.objects.filter(navn__endswith="prøve")
    bundet = tabell.bygg(_sporring(), rader)
    with django_assert_num_queries(3):  # count, page, sum
        assert [r.celler[0].innhold for r in bundet.rader] == ["Alta prøve", "Zorro prøve", "Ærø prøve"]
        assert bundet.antall == 5 and bundet.summer["pk"] > 0
    assert bundet.summer["pk"] == sum(o.pk for o in rader)
    assert [o.navn for o in tabell.bygg(_sporring("sok=ØR"), rader).synlige] == ["Ørsta prøve"]
    svar = tabell.bygg(_sporring("format=csv&sorter=-navn"), rader).eksport
    assert svar is not None and svar.content.decode().splitlines()[1].startswith("Åsane prøve;")

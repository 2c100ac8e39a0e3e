"""`./bosett importer`: what it prints, what it refuses, and the act in the ledger."""

import json

import pytest
from tests.kilder import test_ssb
from tests.kilder.test_ssb import tjener  # noqa: F401 - a fixture

from bosett.cli.__main__ import main
from bosett.geografi import selectors
from bosett.kilder.lesere.klass import les_endringer

HISTORIKK = "aar,kommunenummer,kommune,anmodning,opprinnelig_anmodning,vedtak,bosatt\n"


def _kjor(capsys, *argumenter):
    kode = main(["importer", *map(str, argumenter)])
    svar = capsys.readouterr()
    return kode, svar.out, svar.err


def test_sjekk_trenger_ingen_database(capsys, tmp_path):
    fil = tmp_path / "h.csv"
    fil.write_text(HISTORIKK + "1995,0101,,20,,.,:\n")
    kode, ut, _ = _kjor(capsys, "sjekk", fil)
    assert kode == 0
    assert "historikk" in ut
    assert "ikke_aktuelt" in ut
    fil.write_text(HISTORIKK + "1995,0101,,tjue,,.,:\n")
    kode, _, feil = _kjor(capsys, "sjekk", fil)
    assert kode == 1
    assert "rad 2, kolonne «anmodning»: er ikke et tall («tjue»)" in feil


@pytest.mark.parametrize(
    "kommando", ["kommuneendringer", "folketall", "kriteriegrunnlag", "brovekter", "regioner"]
)
def test_hjelp_og_manglende_fil(capsys, kommando):
    assert _kjor(capsys, kommando, "--help")[0] == 0
    assert _kjor(capsys, kommando)[0] == 2


@pytest.mark.django_db
def test_importen_skriver_tall_avtrykk_og_en_handling_i_sporet(grunnlag, capsys, tmp_path):
    from bosett.spor.models import Hendelse  # noqa: PLC0415 - needs Django

    fil = tmp_path / "folk.csv"
    fil.write_text("kommunenummer;aar;folketall\n301;2026;728 714\n9999;2026;3\n", encoding="utf-8-sig")
    kode, ut, _ = _kjor(capsys, "folketall", fil)
    assert kode == 0
    assert "endret 1" in ut
    assert "Numre uten kommune (1): 9999" in ut
    (hendelse,) = Hendelse.objects.filter(handling="geografi.importer")
    assert hendelse.data["uten_bro"] == ["9999"]
    assert hendelse.data["sha256"] in ut
    kode, ut, _ = _kjor(capsys, "folketall", fil, "--json")
    assert json.loads(ut)["endret"] == 0
    assert Hendelse.objects.filter(handling="geografi.importer").count() == 1, (
        "ingenting endret, ingen handling"
    )


@pytest.mark.django_db
def test_feil_i_filen_lagrer_ingenting(grunnlag, capsys, tmp_path):
    from bosett.spor.models import Hendelse  # noqa: PLC0415 - needs Django

    fil = tmp_path / "folk.csv"
    fil.write_text("kommunenummer,aar,folketall\n0301,2026,1\n1101,2026,mange\n")
    kode, _, feil = _kjor(capsys, "folketall", fil)
    assert kode == 1
    assert "rad 3, kolonne «folketall»" in feil
    assert not Hendelse.objects.filter(handling="geografi.importer").exists()


@pytest.mark.django_db
def test_direkte_fra_ssb(grunnlag, endringsliste, capsys, tjener, monkeypatch):  # noqa: F811
    """The live commands, against a local server of the same form as SSB's."""
    endringer = [
        {
            "oldCode": e.gammel_kode,
            "oldName": e.gammelt_navn,
            "newCode": e.ny_kode,
            "newName": e.nytt_navn,
            "changeOccurred": str(e.dato),
        }
        for e in les_endringer(endringsliste)
    ]
    koder = [
        {"code": v.nummer, "name": "Oslo - Oslove" if v.nummer == "0301" else v.navn}
        for v in selectors.kommuner()
    ]
    monkeypatch.setitem(test_ssb.ENDRINGER, "codeChanges", endringer)
    monkeypatch.setitem(test_ssb.KODER, "codes", [*koder, {"code": "9999", "name": "Uoppgitt"}])
    kode, ut, feil = _kjor(capsys, "ssb-klass", "--url", tjener.base)
    assert kode == 0
    assert "lest 516" in ut
    assert "5012 ble delt på 5055, 5056, 5059" in feil
    assert selectors.finn_kommune("Oslove")[0].dagens.nummer == "0301"
    assert selectors.finn_kommune("Skedsmo")[0].etterfolgere[0].versjon.navn == "Lillestrøm"
    kode, ut, _ = _kjor(capsys, "ssb-folketall", "--url", tjener.base, "--aar", "2026")
    assert (kode, "endret 1" in ut) == (0, True)
    kode, _, feil = _kjor(capsys, "ssb-klass", "--url", "http://127.0.0.1:9", "--frist", "1")
    assert kode == 1
    assert "KILDE-UTEN-SVAR" in feil

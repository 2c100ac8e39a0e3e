"""Dated parameters: known with their source, or refused."""

from datetime import date
from decimal import Decimal

import pytest

from bosett.grunn import parametre
from bosett.grunn.feil import Mangler, Ugyldig

MAL = """
alder:
  enhet: år
  verdier:
    - {verdi: 18, gyldig_fra: 2020-01-01, gyldig_til: 2021-01-01, kilde: K, verifisert: true}
    - {verdi: 19, gyldig_fra: 2021-01-01, kilde: K, verifisert: false}
"""


def les(tmp_path, tekst):
    (tmp_path / "p.yaml").write_text(tekst, encoding="utf-8")
    return parametre.les(tmp_path)


@pytest.mark.parametrize(
    ("dato", "g"),
    [
        (date(2025, 5, 1), 130_160),
        (date(2026, 4, 30), 130_160),
        (date(2026, 5, 1), 136_549),
        (date(2027, 4, 30), 136_549),
    ],
)
def test_grunnbelopet(dato, g):
    verdi = parametre.verdi("grunnbelop", dato)
    assert verdi.tallverdi == g
    assert verdi.verifisert
    assert verdi.kilde.startswith("FOR-")
    assert "kroner per år" in verdi.forklaring and verdi.kilde in verdi.forklaring


@pytest.mark.parametrize("dato", [date(2025, 4, 30), date(2027, 5, 1), date(2014, 5, 1)])
def test_ukjent_aar_gjettes_aldri(dato):
    with pytest.raises(Mangler) as feil:
        parametre.verdi("grunnbelop", dato)
    assert "aldri gjettet" in feil.value.regel
    assert feil.value.gjor


def test_ukjent_navn():
    with pytest.raises(Mangler, match="finnes ikke"):
        parametre.verdi("grunnbelopp", date(2026, 6, 1))


def test_alt_som_sendes_med_er_kontrollert():
    for rader in parametre.felles().values():
        assert all(rad.verifisert and rad.kilde and rad.enhet for rad in rader)


def test_uverifisert_sies_hoyt(tmp_path):
    verdier = les(tmp_path, MAL)
    assert verdier.verdi("alder", date(2020, 12, 31)).verdi == 18
    assert "ikke kontrollert" in verdier.verdi("alder", date(2040, 1, 1)).forklaring


def test_desimaltall_er_aldri_flyttall(tmp_path):
    verdi = les(tmp_path, MAL.replace("verdi: 18", "verdi: 0.6")).verdi("alder", date(2020, 5, 1)).verdi
    assert verdi == Decimal("0.6")
    assert isinstance(verdi, Decimal)


def test_kjent_periode_uten_verdi_er_ukjent(tmp_path):
    verdier = les(tmp_path, MAL.replace("verdi: 18", "verdi: "))
    with pytest.raises(Mangler, match="ikke kjent"):
        verdier.verdi("alder", date(2020, 5, 1))


@pytest.mark.parametrize(
    ("fra", "til", "ventet"),
    [
        ("gyldig_fra: 2021-01-01", "gyldig_fra: 2020-06-01", "to verdier samtidig"),
        ("gyldig_til: 2021-01-01", "gyldig_til: 2020-01-01", "slutter"),
        ("kilde: K", "kilde: ''", "mangler enhet, kilde"),
        ("verifisert: true", "verifisert: ja", "verifisert"),
        ("enhet: år", "enhet: ", "mangler enhet"),
        ("enhet: år", "tull: år", "ukjente felt"),
        ("gyldig_fra: 2020-01-01, ", "", "mangler gyldig_fra"),
        ("2020-01-01", "'2020-01-01'", "en dato er ikke skrevet"),
        ("verdi: 18", "verdi: [1]", "ikke er tall"),
        ("verdi: 18", "verdi: .nan", "p.yaml"),
        ("  verdier:", "  verdierr:", "mangler listen"),
        ("alder:", "alder: [", "kan ikke leses"),
        ("2020-01-01", "2020-13-01", "kan ikke leses"),
    ],
)
def test_feil_i_filen_sier_hvor(tmp_path, fra, til, ventet):
    with pytest.raises(Ugyldig) as feil:
        les(tmp_path, MAL.replace(fra, til, 1))
    assert ventet in feil.value.hva
    assert "p.yaml" in feil.value.hva


def test_samme_navn_i_to_filer(tmp_path):
    (tmp_path / "a.yaml").write_text(MAL, encoding="utf-8")
    with pytest.raises(Ugyldig, match="to ganger"):
        les(tmp_path, MAL)

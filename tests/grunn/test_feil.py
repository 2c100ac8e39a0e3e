"""Typed errors."""

import pickle

import pytest

from bosett.grunn.feil import Avvist, BosettFeil, FinnesIkke, Konflikt, Mangler, Ugyldig


def test_leses_som_hele_setninger():
    feil = Ugyldig(
        kode="VEDTAK-FAM", hva="Vedtaket har et forbehold", regel="Brevet, punkt 3.", gjor="Ta det bort"
    )
    assert str(feil) == "Vedtaket har et forbehold. Brevet, punkt 3. Ta det bort."
    assert str(Mangler(kode="X", hva="Satsen er ukjent")) == "Satsen er ukjent."
    assert feil.som_dict() == {"kode": "VEDTAK-FAM", "hva": feil.hva, "regel": feil.regel, "gjor": feil.gjor}
    assert Mangler(kode="X", hva="y").som_dict() == {"kode": "X", "hva": "y"}


@pytest.mark.parametrize(
    ("klasse", "status"), [(Ugyldig, 422), (Avvist, 403), (FinnesIkke, 404), (Konflikt, 409), (Mangler, 422)]
)
def test_status(klasse, status):
    assert klasse.http_status == status
    assert issubclass(klasse, BosettFeil)


def test_overlever_aa_sendes_mellom_prosesser():
    feil = pickle.loads(pickle.dumps(Konflikt(kode="A", hva="b", regel="c", gjor="d", felt="duf", nr=2)))
    assert (type(feil), feil.som_dict()) == (Konflikt, {"kode": "A", "hva": "b", "regel": "c", "gjor": "d"})
    assert (feil.felt, feil.nr) == ("duf", 2)


@pytest.mark.parametrize(("kode", "hva"), [("", "noe"), ("K", " ")])
def test_kode_og_hva_maa_staa(kode, hva):
    with pytest.raises(ValueError):
        BosettFeil(kode=kode, hva=hva)

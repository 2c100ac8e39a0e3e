"""The tolerant CSV reader and its errors."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.kilder.feil import Cellefeil, Lesefeil
from bosett.kilder.lesere import celler
from bosett.kilder.lesere.tabell import les_tabell

CSV = "kommunenummer;navn;andel\n0301;Oslo;12,5\n1151;Utsira;\n1580;Håram æøå;3\n"


@pytest.mark.parametrize("tegnsett", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("skilletegn", [";", "\t"])
@pytest.mark.parametrize("linjeskift", ["\n", "\r\n"])
def test_samme_tabell_uansett_hvordan_den_er_lagret(tegnsett, skilletegn, linjeskift):
    raa = CSV.replace(";", skilletegn).replace("\n", linjeskift).encode(tegnsett)
    tabell = les_tabell(raa)
    assert tabell.kolonner == ("kommunenummer", "navn", "andel")
    assert [c for _, c in tabell.rader] == [
        ["0301", "Oslo", "12,5"],
        ["1151", "Utsira", ""],
        ["1580", "Håram æøå", "3"],
    ]


@given(
    st.lists(
        st.lists(
            st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8),
            min_size=2,
            max_size=2,
        )
    )
)
def test_det_som_skrives_som_csv_kommer_tilbake(rader):
    import csv  # noqa: PLC0415
    import io  # noqa: PLC0415

    ut = io.StringIO()
    skriver = csv.writer(ut)
    skriver.writerow(["a", "b"])
    skriver.writerows(rader)
    tabell = les_tabell(ut.getvalue().encode())
    assert [c for _, c in tabell.rader] == [rad for rad in rader if any(rad)]


def test_linjenummeret_er_filens_ogsaa_etter_en_celle_over_to_linjer():
    tabell = les_tabell(b'a,b\n"to\nlinjer",1\n\nx,2\n')
    assert [linje for linje, _ in tabell.rader] == [2, 5]


def test_alle_feil_samles_med_rad_og_kolonne():
    tabell = les_tabell(b"kommunenummer,antall\n03,1\n0301,x\n0301\n1108,2\n", "tall.csv")
    for linje, rad in tabell.ordboker():
        tabell.les(linje, "kommunenummer", rad["kommunenummer"], celler.kommunenummer)
        tabell.les(linje, "antall", rad["antall"], celler.antall)
    with pytest.raises(Lesefeil) as feil:
        tabell.slutt()
    assert feil.value.feil == (
        Cellefeil(4, "", "", "raden har 1 celler, overskriften har 2"),
        Cellefeil(2, "kommunenummer", "03", "skal ha 4 siffer"),
        Cellefeil(3, "antall", "x", "er ikke et tall"),
    )
    assert "tall.csv: 3 feil" in str(feil.value)
    assert "rad 3, kolonne «antall»: er ikke et tall («x»)" in str(feil.value)
    assert pickle.loads(pickle.dumps(feil.value)).feil == feil.value.feil


def test_mange_feil_vises_ikke_alle():
    tabell = les_tabell(b"a\n" + b"x\n" * 50)
    for linje, (celle,) in tabell.rader:
        tabell.les(linje, "a", celle, celler.heltall)
    with pytest.raises(Lesefeil, match=r"50 feil[\s\S]*og 30 feil til"):
        tabell.slutt()


@pytest.mark.parametrize(
    ("raa", "melding"),
    [
        (b"", "tom"),
        (b"\n\n", "tom"),
        (b"PK\x03\x04\0\0", "ikke tekst"),
        (b"a,a\n1,2\n", "to ganger"),
        (b"a,\n1,2\n", "ikke navn"),
        (b'a,b\n"aldri lukket,2\n', "CSV"),
    ],
)
def test_det_som_ikke_er_en_tabell(raa, melding):
    with pytest.raises(Lesefeil, match=melding):
        les_tabell(raa)


def test_en_fil_som_ikke_finnes(tmp_path):
    with pytest.raises(Lesefeil, match="kan ikke åpnes"):
        les_tabell(tmp_path / "borte.csv")


def test_manglende_kolonner_nevnes_ved_navn():
    with pytest.raises(Lesefeil, match=r"kolonne «vedtak»: kolonnen mangler; filen har a, b"):
        les_tabell(b"a,b\n").krev(("a", "vedtak"))

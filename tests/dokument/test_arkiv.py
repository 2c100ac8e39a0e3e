"""Archive packages: same bytes for the same letter, and every change is found."""

import io
import json
import zipfile
from datetime import UTC, date, datetime

import pytest

from bosett.dokument.arkiv import Arkivfil, Godkjenningsspor, Registerdata, pakk, verifiser
from bosett.grunn.feil import Ugyldig

NAA = datetime(2019, 11, 4, 13, 5, tzinfo=UTC)
DATA = Registerdata(
    id="00000000-0000-0000-0000-000000000001",
    kontekst="Anmodningsrunde 2020",
    dokumentnummer="2019/42",
    tittel="Anmodning om bosetting av flyktninger i 2020",
    slag="anmodningsbrev",
    part="DEMO Fjordvik kommune",
    part_organisasjonsnummer="",
    retning="ut",
    dato=date(2019, 11, 4),
    tidspunkt=NAA,
    spraak="nb",
    versjon=2,
    erstatter="00000000-0000-0000-0000-000000000000",
    godkjenninger=(Godkjenningsspor("Demo Prøvesen", "regiondirektør", NAA),),
)
BREV = Arkivfil("brev.pdf", "application/pdf", b"%PDF-1.7 demo")


def test_pakken_har_registerdata_og_kan_kontrolleres():
    metadata = verifiser(pakk(DATA, (BREV,)))
    for felt in (
        "id",
        "kontekst",
        "tittel",
        "part",
        "dato",
        "tidspunkt",
        "retning",
        "godkjenninger",
        "versjon",
    ):
        assert metadata[felt], felt


def test_samme_innhold_gir_samme_bytes():
    assert pakk(DATA, (BREV,)) == pakk(DATA, (BREV,))


@pytest.mark.parametrize("endring", ["endret", "fjernet", "lagt til", "manifest bort", "metadata endret"])
def test_enhver_endring_blir_funnet(endring):
    with zipfile.ZipFile(io.BytesIO(pakk(DATA, (BREV,)))) as arkiv:
        filer = {n: arkiv.read(n) for n in arkiv.namelist()}
    if endring == "endret":
        filer["brev.pdf"] += b" "
    elif endring == "fjernet":
        del filer["brev.pdf"]
    elif endring == "lagt til":
        filer["mer.txt"] = b"hei"
    elif endring == "manifest bort":
        del filer["manifest.json"]
    else:
        metadata = json.loads(filer["metadata.json"])
        filer["metadata.json"] = json.dumps(metadata | {"part": "En annen"}).encode()
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w") as arkiv:
        for navn, innhold in filer.items():
            arkiv.writestr(navn, innhold)
    with pytest.raises(Ugyldig):
        verifiser(ut.getvalue())


def test_noe_som_ikke_er_en_pakke_avvises():
    with pytest.raises(Ugyldig):
        verifiser(b"ikke en zip")


@pytest.mark.parametrize("navn", ["../ut.pdf", "", ".skjult", "manifest.json", "a\\b"])
def test_filnavn_som_kan_gjore_skade_avvises(navn):
    with pytest.raises(Ugyldig):
        pakk(DATA, (Arkivfil(navn, "application/pdf", b"x"),))

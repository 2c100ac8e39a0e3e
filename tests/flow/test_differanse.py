"""The sum of the municipal numbers compared with the need (R117): the gap is on every page that has the numbers, and is explained."""

import json
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.anmodning import samraad, selectors, services, utsending
from bosett.anmodning.models import Anmodningstall, Justering, Runde
from bosett.grunn.feil import Ugyldig
from bosett.spor.verifisering import verifiser
from bosett.statistikk.models import Kontrollsum
from bosett.statistikk.services import publiser_runde
from runder import AAR
from sidetekst import tabell, tekst

STEINKJER = "5006"
FLERE = "Kommunene blir til sammen bedt om å bosette 12 flere personer enn behovet."
TALLENE = "Summen av tallene er 5 512, behovet er 5 500."
GRUNN = "Steinkjer kan ta imot tolv til, og ingen andre skal få færre av den grunn."


def _runde(runde_id: int) -> Runde:
    with som(system("prove")):
        return Runde.objects.select_related("subjekt", "gjeldende").get(pk=runde_id)


def _adresse(navn: str, uuid: UUID, *mer: str) -> str:
    return reverse(f"anmodning:{navn}", args=[uuid, *mer])


def _les(bruker: str, adresse: str) -> str:
    return tekst(innlogget(bruker).get(adresse).content.decode())


def _alle(runde_id: int) -> dict[str, tuple[int, int]]:
    with som(system("prove")):
        return {
            nummer: (antall, em)
            for nummer, antall, em in Anmodningstall.objects.filter(
                revisjon=Runde.objects.get(pk=runde_id).gjeldende
            ).values_list("anmodning__nummer", "antall", "em")
        }


def _juster(runde_id: int, antall: int, omfang: str = "ingen", nummer: str = STEINKJER) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        samraad.juster(
            aktor=aktor, runde_id=runde_id, nummer=nummer, antall=antall, omfang=omfang, begrunnelse="Nytt bygg.", etter="KS"
        )  # fmt: skip


@pytest.fixture
def med_differanse(i_samraad: int) -> int:
    """Steinkjer is asked for twelve more than the key gives, and nobody for fewer."""
    _juster(i_samraad, _alle(i_samraad)[STEINKJER][0] + 12)
    return i_samraad


@pytest.mark.krav("R117")
def test_the_gap_is_shown_to_all_who_see_the_numbers_and_nothing_is_sent_before_somebody_says_why(
    i_samraad: int,
) -> None:
    for_, uuid = _alle(i_samraad), _runde(i_samraad).subjekt.uuid
    side = _adresse("runde", uuid)
    assert "enn behovet" not in _les("imdi_radgiver", side)
    _juster_paa_skjermen(uuid, for_[STEINKJER][0] + 12)
    etter = _alle(i_samraad)
    assert {nr for nr in etter if etter[nr][0] != for_[nr][0]} == {STEINKJER}
    assert sum(antall for antall, _ in etter.values()) == 5512
    assert sum(em for _, em in etter.values()) == 141
    for bruker, adresse in (
        ("imdi_radgiver", side),
        ("imdi_godkjenner", side),
        ("ks_radgiver", _adresse("samraad", uuid)),
        ("fylke_radgiver", _adresse("samraad", uuid)),
    ):
        lest = _les(bruker, adresse)
        assert FLERE in lest and TALLENE in lest, bruker
        assert f"Steinkjer ({for_[STEINKJER][0] + 12}, uten justeringen {for_[STEINKJER][0]})." in lest
    _legg_fram_paa_skjermen(i_samraad, uuid)
    # The approver sees the gap and why, and then so does everybody
    lest = _les("imdi_godkjenner", side)
    assert FLERE in lest and GRUNN in lest
    with som_bruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=i_samraad, revisjon=2)
    with som(system("prove")):  # no letters are looked at here
        _runde(i_samraad).anmodninger.update(tilstand="ikke_anmodet")
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=i_samraad)
    assert utsending.send_alle(aktor=system("prove"), runde_id=i_samraad) == []
    with som(system("prove")) as aktor:
        publiser_runde(aktor=aktor, runde_id=i_samraad)
        assert verifiser().feil == []
    _alle_kan_lese_det(for_[STEINKJER][0] + 12)


def _juster_paa_skjermen(uuid: UUID, antall: int) -> None:
    adresse = _adresse("samraad_kommune", uuid, STEINKJER)
    assert "Ingen. Da blir summen av tallene en annen enn behovet" in _les("imdi_radgiver", adresse)
    svar = innlogget("imdi_radgiver").post(
        adresse, {"antall": antall, "omfang": "ingen", "begrunnelse": "Nytt bygg står klart.", "etter": "KS"}
    )
    assert svar.status_code == 302
    lest = _les("fylke_radgiver", _adresse("samraad", uuid))
    assert "Nytt bygg står klart. Bygger på: KS · Ingen tar differansen" in lest


def _legg_fram_paa_skjermen(runde_id: int, uuid: UUID) -> None:
    with pytest.raises(Ugyldig) as feil, som_bruker("imdi_radgiver") as aktor:
        services.legg_fram(aktor=aktor, runde_id=runde_id, begrunnelse="Haster.", differanse_grunn=" ")
    assert feil.value.kode == "ANMODNING-DIFFERANSE" and feil.value.regel and feil.value.gjor
    assert "5512" in feil.value.hva and "5500" in feil.value.hva
    klient, adresse = innlogget("imdi_radgiver"), _adresse("legg_fram", uuid)
    assert f'href="{adresse}"' in klient.get(_adresse("runde", uuid)).content.decode()
    svar = klient.post(adresse, {"begrunnelse": "Haster.", "differanse_grunn": " "})
    lest = tekst(svar.content.decode())
    assert svar.status_code == 422 and "Haster." in lest and FLERE in lest
    assert "Fyll ut «Hvorfor er summen av tallene en annen enn behovet?»" in lest
    with pytest.raises(IntegrityError, match="runde_differanse_har_grunn"), som(system("prove")):
        Runde.objects.filter(pk=runde_id).update(tilstand="til_godkjenning")
    svar = klient.post(adresse, {"begrunnelse": "Haster.", "differanse_grunn": GRUNN})
    assert svar.status_code == 302 and _runde(runde_id).differanse_grunn == GRUNN


def _alle_kan_lese_det(steinkjer: int) -> None:
    cache.clear()
    for adresse in (f"/tall/{AAR}/", f"/tall/{AAR}/runde/1/"):
        lest = tekst(Client().get(adresse).content.decode())
        assert FLERE in lest and TALLENE in lest and GRUNN in lest
    om = json.loads(Client().get(f"/tall/{AAR}/?format=json").content)
    assert GRUNN in json.dumps(om, ensure_ascii=False)
    assert "Ingen andre kommuner får flere eller færre av den grunn." in tekst(
        Client().get(f"/kommuner/{STEINKJER}/hvorfor/{AAR}/").content.decode()
    )
    with som(system("prove")):
        sum_ = Kontrollsum.objects.gjeldende().get(aar=AAR, maal="anmodning", fylkenr="")
        assert sum_.vaar == sum_.trykt == 5512
    # The calculator gives the round's own numbers, and says what stands in the attempt and what the command leaves out
    valg = {"behov": 5600, "em": 141, "minimum": 10, "v_introduksjon": 25, "v_arbeid": 25, "v_videregaaende": 15,
            "v_spredning": 10, "v_kapasitet": 10, "v_tjenester": 8, "v_funksjonsnedsettelse": 7}  # fmt: skip
    adresse = f"/regn-selv/{AAR}/"
    lest = tekst(Client().get(adresse, valg | {"behov": 5500}).content.decode())
    assert f"I runden: {FLERE}" in lest and f"Steinkjer {steinkjer}" in lest
    assert (
        "0 kommuner får flere, 0 får færre." in lest and "Programmet regner uten det som ble justert" in lest
    )
    rader = json.loads(Client().get(adresse, valg | {"format": "json"}).content)["rader"]
    sum_naa = sum(rad["naa"] for rad in rader)
    assert sum_naa != 5600 and {rad["nummer"]: rad["naa"] for rad in rader}[STEINKJER] == steinkjer
    lest = tekst(Client().get(adresse, valg).content.decode())
    assert f"Summen av tallene er {sum_naa:,}, behovet er 5 600.".replace(",", " ", 1) in lest
    laast = tekst(Client().get(adresse, valg | {"laas": "Steinkjer 20"}).content.decode())
    assert "behovet er 5 600" not in laast


def test_a_gap_that_is_gone_asks_for_nothing(med_differanse: int) -> None:
    """Withdrawn, or made up for by another number; what was written about an earlier version does not stand for a new one."""
    with som_bruker("imdi_radgiver") as aktor:
        services.legg_fram(
            aktor=aktor, runde_id=med_differanse, begrunnelse="Haster.", differanse_grunn=GRUNN
        )
    with som_bruker("imdi_godkjenner") as aktor:
        services.send_tilbake(aktor=aktor, runde_id=med_differanse, begrunnelse="Finn dem et annet sted.")
    runde = _runde(med_differanse)
    assert (runde.differanse, runde.differanse_grunn) == (12, GRUNN)
    skjema = innlogget("imdi_radgiver").get(_adresse("legg_fram", runde.subjekt.uuid)).content.decode()
    assert GRUNN in skjema  # what was typed is not lost
    _juster(med_differanse, _alle(med_differanse)["0301"][0] - 12, nummer="0301")
    runde = _runde(med_differanse)
    assert (runde.differanse, runde.differanse_grunn, runde.gjeldende.nr) == (0, "", 3)
    assert "enn behovet" not in _les("imdi_radgiver", _adresse("runde", runde.subjekt.uuid)).split("Hva som er gjort")[0]  # fmt: skip
    with som_bruker("imdi_radgiver") as aktor:
        samraad.trekk_justering(aktor=aktor, runde_id=med_differanse, nummer=STEINKJER)
    assert _runde(med_differanse).differanse == -12
    with som_bruker("imdi_radgiver") as aktor:
        samraad.trekk_justering(aktor=aktor, runde_id=med_differanse, nummer="0301")
        assert services.legg_fram(aktor=aktor, runde_id=med_differanse, begrunnelse="x").differanse == 0


def test_an_adjustment_is_looked_at_before_it_is_made(i_samraad: int) -> None:
    """The list is what the act then does, for all scopes. Nothing is stored, no reason is asked for, and nothing typed is lost."""
    for_, uuid = _alle(i_samraad), _runde(i_samraad).subjekt.uuid
    adresse, klient = _adresse("samraad_kommune", uuid, STEINKJER), innlogget("imdi_radgiver")
    antall = for_[STEINKJER][0] + 12
    valg = {"antall": antall, "begrunnelse": "", "etter": "KS i dag"}
    for omfang in ("ingen", "fylke", "land"):
        svar = klient.post(adresse, valg | {"omfang": omfang, "prov": "1"})
        side = svar.content.decode()
        assert svar.status_code == 200 and 'value="KS i dag"' in side and "ds-error-summary" not in side
        assert (FLERE in tekst(side)) == (omfang == "ingen")
        with som(system("prove")):
            assert not Justering.objects.filter(trukket=None).exists()
            navn = dict(_runde(i_samraad).anmodninger.values_list("nummer", "navn"))
        assert _alle(i_samraad) == for_
        _juster(i_samraad, antall, omfang)
        etter = _alle(i_samraad)
        assert sorted(_vist(side)) == sorted(
            [navn[nr], f"{for_[nr][0]} → {etter[nr][0]}", f"{for_[nr][1]} → {etter[nr][1]}"]
            for nr in etter
            if etter[nr] != for_[nr]
        )
        with som_bruker("imdi_radgiver") as aktor:
            samraad.trekk_justering(aktor=aktor, runde_id=i_samraad, nummer=STEINKJER)
    svar = klient.post(adresse, valg | {"antall": 5500, "omfang": "fylke", "prov": "1"})
    assert svar.status_code == 422 and "satt i dialogen, er til sammen" in tekst(svar.content.decode())  # fmt: skip
    svar = klient.post(adresse, valg | {"antall": "", "omfang": "fylke", "prov": "1"})
    assert svar.status_code == 422 and "Fyll ut «Hva skal tallet være?»" in tekst(svar.content.decode())


def _vist(side: str) -> list[list[str]]:
    """Municipality, number and minors of the list, a row each."""
    return [[navn, *celler[1:]] for navn, celler in list(tabell(side, "Kommunene som får et annet tall").items())[1:]]  # fmt: skip


def test_a_later_adjustment_that_others_pay_for_leaves_the_gap_as_it_was(med_differanse: int) -> None:
    """Trondheim takes so much that Steinkjer, by the key, would have been asked for nobody. Steinkjer stands, and the rest pay."""
    trondheim = _alle(med_differanse)["5001"][0]
    steinkjer = _alle(med_differanse)[STEINKJER]
    _juster(med_differanse, trondheim + 100, "fylke", nummer="5001")
    assert _alle(med_differanse)[STEINKJER] == steinkjer
    assert _runde(med_differanse).differanse == 12
    _juster(med_differanse, trondheim + 100, "land", nummer="5001")
    assert _runde(med_differanse).differanse == 12


def test_fewer_than_the_need_is_said_too(i_samraad: int) -> None:
    _juster(i_samraad, _alle(i_samraad)[STEINKJER][0] - 1)
    lest = _les("imdi_radgiver", _adresse("runde", _runde(i_samraad).subjekt.uuid))
    assert "Kommunene blir til sammen bedt om å bosette 1 person mindre enn behovet." in lest


def test_the_services_look_at_the_numbers_themselves(med_differanse: int) -> None:
    """Were the round's own column wrong, the numbers would still be neither approved nor sent."""
    with som_bruker("imdi_radgiver") as aktor:
        services.legg_fram(
            aktor=aktor, runde_id=med_differanse, begrunnelse="Haster.", differanse_grunn=GRUNN
        )
    runder = Runde.objects.filter(pk=med_differanse)
    with som(system("prove")):
        runder.update(differanse=0, differanse_grunn="")
    with pytest.raises(Ugyldig, match="står ikke hvorfor"), som_bruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=med_differanse, revisjon=2)
    with som(system("prove")):
        runder.update(differanse_grunn=GRUNN)
    with som_bruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=med_differanse, revisjon=2)
    with som(system("prove")):
        runder.update(differanse_grunn="")
    with pytest.raises(Ugyldig, match="står ikke hvorfor"), som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=med_differanse)


def test_an_adjustment_nobody_pays_for_is_a_version_with_reason_and_author_like_the_others(
    med_differanse: int,
) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        denne = selectors.samraad(aktor, _runde(med_differanse).subjekt.uuid)
        justering = selectors.justeringer(aktor, denne).get()
        assert (justering.omfang, justering.etter, justering.gjort_av_id) == ("ingen", "KS", aktor.bruker_id)
        assert sorted(_runde(med_differanse).revisjoner.values_list("nr", flat=True)) == [1, 2]
    with pytest.raises(Ugyldig, match="Begrunnelsen mangler"), som_bruker("imdi_radgiver") as aktor:
        samraad.juster(
            aktor=aktor, runde_id=med_differanse, nummer=STEINKJER, antall=9, omfang="ingen", begrunnelse=" ", etter="KS"
        )  # fmt: skip
    _juster(med_differanse, 700, nummer="0301")  # Oslo is alone in its county, and needs nobody here
    with pytest.raises(IntegrityError, match="justering_kjent_omfang"), som(system("prove")), transaction.atomic():  # fmt: skip
        Justering.objects.filter(pk=justering.pk).update(omfang="alle")

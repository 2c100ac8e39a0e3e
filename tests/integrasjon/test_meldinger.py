"""Messages: kept once, used in any order, parked with the reason, tried again, given up."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from tests.person.test_hendelser import ta_imot

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.grunn.feil import Avvist, Ugyldig
from bosett.integrasjon import services, udi
from bosett.integrasjon.models import Melding
from bosett.person import hendelser as h
from bosett.person.models import Husholdning, Nummer
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from meldinger import ankomst, duf, melding
from samtidig import koder


def _status() -> dict[str, int]:
    with som(system("prove")):
        alle = list(Melding.objects.values_list("status", flat=True))
    return {status: alle.count(status) for status in set(alle)}


def test_a_permit_that_comes_before_the_person_waits_and_is_used_by_itself(land: str) -> None:
    ta_imot(melding("tillatelse", 1, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"))
    assert _status() == {"parkert": 1}
    ta_imot(ankomst(1, slag="overforing"))
    assert _status() == {"brukt": 2}
    with som(system("prove")):
        assert Husholdning.objects.get().klar_fra == date(2026, 2, 1)


def test_what_is_used_is_kept_no_longer(land: str) -> None:
    ta_imot(ankomst(1), {**ankomst(2), "type": "noe_annet"})
    with som(system("prove")):
        assert {m.status: bool(m.innhold) for m in Melding.objects.all()} == {"brukt": False, "parkert": True}


@pytest.mark.parametrize(
    ("endring", "sier"),
    [
        ({"type": "tull"}, "ikke en type i kontrakten"),
        ({"duf": "123"}, "12 siffer"),
        ({"nr": 0}, "helt tall fra 1"),
        ({"gjelder": "i går"}, "dato"),
        ({"data": {"sak": "S1"}}, "data.rolle"),
        ({"ekstra": 1}, "1 felt i «melding»"),
    ],
)
def test_a_message_that_breaks_the_contract_says_which_field(endring: dict[str, Any], sier: str) -> None:
    with pytest.raises(Ugyldig) as feil:
        udi.les(ankomst(1) | endring)
    assert sier in str(feil.value) and duf(1) not in str(feil.value)


def test_every_type_of_the_contract_is_read() -> None:
    assert {type(udi.les(ett)) for ett in _alle()} == {
        h.Ankomst, h.Plassering, h.Utflytting, h.Tillatelse, h.Tilbakekall, h.Aldersretting, h.Utgang, h.Slektskap, h.Vergemaal, h.Skjerming,
    }  # fmt: skip
    assert {ett["type"] for ett in _alle()} == set(udi.typer())


def _alle() -> list[dict[str, Any]]:
    return [
        ankomst(1), melding("plassering", 1, "2026-01-10", mottak="A"), melding("utflytting", 1, "2026-01-10"),
        melding("tillatelse", 1, "2026-01-10", grunnlag="flyktning", vedtatt="2026-01-10"), melding("tilbakekall", 1, "2026-01-10"),
        melding("aldersretting", 1, "2026-01-10", fodt="2000-01-01"), melding("utgang", 1, "2026-01-10", grunn="dod"),
        melding("slektskap", 1, "2026-01-10", til_duf=duf(2), slag="sosken"), melding("vergemaal", 1, "2026-01-10", navn="Prøve Verge"),
        melding("skjerming", 1, "2026-01-10", grad="fortrolig"),
    ]  # fmt: skip


def test_one_bad_message_takes_nothing_with_it(land: str) -> None:
    """A number that belongs to another is refused by the database itself; the rest of the batch is used."""
    ta_imot(
        ankomst(1),
        melding("plassering", 1, "2026-01-10", mottak="FINNES-IKKE"),
        ankomst(2, fodt="2030-01-01"),
        ankomst(3),
    )
    assert _status() == {"brukt": 2, "parkert": 2}
    with som(system("prove")):
        assert set(Nummer.objects.values_list("nummer", flat=True)) == {duf(1), duf(3)}
        assert set(Melding.objects.filter(status="parkert").values_list("feilkode", flat=True)) == {
            "MOTTAK-UKJENT",
            "PERSON-FODT",
        }


def test_the_same_key_with_another_content_is_refused(land: str) -> None:
    forste = ankomst(1)
    ta_imot(forste)
    with som(system("prove")) as aktor:
        svar = services.motta(aktor=aktor, meldinger=[forste, forste | {"nr": 99}])
    assert [s.status for s in svar] in (["kjent", "avvist"], ["avvist", "avvist"])


def test_three_workers_at_once_use_each_message_once(land: str) -> None:
    alle = [
        ett
        for nr in range(1, 31)
        for ett in (
            ankomst(nr, slag="overforing"),
            melding("tillatelse", nr, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"),
        )
    ]
    with som(system("prove")) as aktor:
        services.motta(aktor=aktor, meldinger=alle)

    def bruk() -> None:
        antall = 1
        while antall:
            with som(system("prove")) as aktor:
                antall = services.bruk_neste(aktor=aktor, antall=7)

    assert koder(bruk, bruk, bruk) == ["ok"] * 3
    assert _status() == {"brukt": 60}
    with som(system("prove")):
        assert Husholdning.objects.filter(klar_fra=date(2026, 2, 1)).count() == 30
        assert verifiser().feil == []


STYGT = [None, "", " ", "\0", "\ud800", "a" * 500, -1, 0, 1.5, 10**30, float("nan"), True, [], [1], [[]], {}, {"a": {}}, "0001-01-01",
         "9999-12-31", "2026-02-30", "2026-W01-1", "\u202e", "١٢٣٤٥٦٧٨٩٠١٢", "²"]  # fmt: skip


def _med(melding_: dict[str, Any], felt: str, stygt: Any) -> dict[str, Any]:
    return (
        melding_ | {felt: stygt}
        if felt in melding_
        else melding_ | {"data": melding_["data"] | {felt: stygt}}
    )


@pytest.mark.parametrize("nr", range(10))
def test_whatever_a_field_holds_it_is_read_or_the_reason_is_said(nr: int) -> None:
    helt = _alle()[nr] | {"data": _alle()[nr]["data"] | {"numre": [{"slag": "dnr", "nummer": "41905012345"}]} if nr == 0 else _alle()[nr]["data"]}  # fmt: skip
    for felt in ("id", "type", "nr", "duf", "gjelder", "data", *helt["data"]):
        for stygt in STYGT:
            try:
                udi.les(_med(helt, felt, stygt))
            except Ugyldig as feil:
                assert feil.kode == "UDI-FELT"


def test_no_message_stops_those_behind_it(land: str) -> None:
    """What cannot be stored is refused, what cannot be used is parked, and the last one is used."""
    stygge = [
        _med(ett, felt, stygt)
        for ett, felt in ((ankomst(1), "navn"), (ankomst(2), "fodt"), (ankomst(3), "nr"), (ankomst(4), "sak"), (ankomst(5), "numre"))
        for stygt in STYGT
    ]  # fmt: skip
    alle = [ett | {"id": f"stygg-{nr}"} for nr, ett in enumerate(stygge)]
    with som(system("prove")) as aktor:
        svar = services.motta(aktor=aktor, meldinger=alle)
    assert {s.status for s in svar} == {"mottatt", "avvist"}
    ta_imot(ankomst(6))
    assert "mottatt" not in _status()
    with som(system("prove")):
        assert Nummer.objects.filter(nummer=duf(6)).exists()


def test_the_advisers_page_of_parked_messages(land: str) -> None:
    ta_imot(ankomst(1, fodt="2030-01-01"))
    klient = innlogget("imdi_radgiver")
    side = klient.get(reverse("person:meldinger")).content.decode()
    assert "Fødselsdatoen er etter ankomsten" in side and duf(1) not in side and "Amina" not in side
    klient.post(reverse("person:prov-igjen"))
    assert _status() == {"mottatt": 1}
    ta_imot()
    with som(system("prove")):
        parkert = Melding.objects.get()
    sti = reverse("person:forkast-melding", args=[parkert.uuid])
    for galt, felt in (
        ({"grunn": ""}, "grunn"),
        ({"grunn": "lei"}, "grunn"),
        ({"grunn": "annet"}, "forklaring"),
    ):
        svar = klient.post(sti, galt)
        assert svar.status_code == 422 and list(svar.context["skjema"].errors) == [felt]
    assert (
        klient.post(sti, {"grunn": "annet", "forklaring": "UDI sier at saken er bortfalt"}).status_code == 302
    )
    assert _status() == {"forkastet": 1}
    with som(system("prove")):
        melding_ = Melding.objects.get()
        assert melding_.innhold == {} and "Fødselsdatoen er etter ankomsten" in melding_.feil
        rad = Hendelse.objects.select_related("detalj", "bruker", "subjekt").get(
            handling="integrasjon.forkast"
        )
        assert rad.bruker.brukernavn.startswith("imdi_radgiver") and rad.subjekt.slag == "melding"
        feilkode = parkert.feilkode
        assert rad.data == {"nr": melding_.pk, "type": "ankomst", "feilkode": feilkode, "grunn": "annet"}
        forklart = {"avtrykk": parkert.avtrykk, "forklaring": "UDI sier at saken er bortfalt"}
        assert rad.detalj.innhold == forklart and rad.detaljavtrykk
        assert duf(1) not in str(rad.data) and "Amina" not in str(rad.data)
    assert klient.post(sti, {"grunn": "meldt"}).status_code == 404
    with som(system("prove")):
        assert Hendelse.objects.filter(handling="integrasjon.forkast").count() == 1
        assert verifiser().feil == []
    for rolle in ("udi_saksbehandler", "imdi_leder", "bosetter_skriv"):
        assert innlogget(rolle).get(reverse("person:meldinger")).status_code == 404
    with som_bruker("bosetter_skriv") as aktor, pytest.raises(Avvist):
        services.forkast(aktor=aktor, melding_id=parkert.pk, grunn="")

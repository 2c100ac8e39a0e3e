"""An adjustment after dialogue can set the unaccompanied minors too: they are a part of the number, and their sum is the need's."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.anmodning import samraad, services
from bosett.anmodning.models import Justering, Kommuneanmodning, Runde
from bosett.grunn.feil import Avvist, Konflikt, Ugyldig

TRONDHEIM, TRONDELAG = "5001", "Trøndelag"
EM = 141


def _tall(runde_id: int, nr: int | None = None) -> dict[str, tuple[int, int]]:
    """(persons, minors) by municipality number, in version `nr` or the one in force."""
    with som(system("prove")):
        revisjoner = Runde.objects.get(pk=runde_id).revisjoner.order_by("nr")
        revisjon = revisjoner.get(nr=nr) if nr else revisjoner.last()
        assert revisjon is not None
        return {n: (a, em) for n, a, em in revisjon.tall.values_list("anmodning__nummer", "antall", "em")}


def _fylket(runde_id: int) -> set[str]:
    with som(system("prove")):
        rader = Kommuneanmodning.objects.filter(runde=runde_id, fylke=TRONDELAG)
        return set(rader.values_list("nummer", flat=True))


def _juster(runde_id: int, em: int | None, omfang: str = "fylke", antall: int | None = None) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        samraad.juster(
            aktor=aktor, runde_id=runde_id, nummer=TRONDHEIM, antall=_tall(runde_id)[TRONDHEIM][0] if antall is None else antall,
            em=em, omfang=omfang, begrunnelse="Bufetat har ikke ledig tiltak.", etter="Råd fra KS",
        )  # fmt: skip


def test_the_others_of_the_county_take_the_minors_and_every_total_stands(i_samraad: int) -> None:
    for_ = _tall(i_samraad)
    assert for_[TRONDHEIM][1] == 14
    _juster(i_samraad, 10)
    etter, fylket = _tall(i_samraad), _fylket(i_samraad)
    assert etter[TRONDHEIM] == (for_[TRONDHEIM][0], 10)
    assert {nr: antall for nr, (antall, _) in etter.items()} == {
        nr: antall for nr, (antall, _) in for_.items()
    }
    assert {nr: em for nr, (_, em) in etter.items() if nr not in fylket} == {
        nr: em for nr, (_, em) in for_.items() if nr not in fylket
    }
    assert sum(em for _, em in etter.values()) == EM
    assert all(em <= antall for antall, em in etter.values())
    assert _tall(i_samraad, 1) == for_  # both versions are kept
    with som_bruker("imdi_radgiver") as aktor:
        justering = Justering.objects.get(trukket=None)
        assert (justering.em, justering.begrunnelse, justering.etter, justering.gjort_av_id) == (
            10, "Bufetat har ikke ledig tiltak.", "Råd fra KS", aktor.bruker_id,
        )  # fmt: skip
    # KS and the county read it, also as a list of differences, though no total changed
    for bruker in ("ks_radgiver", "fylke_radgiver"):
        klient, adresse = innlogget(bruker), reverse("anmodning:samraad", args=[_uuid(i_samraad)])
        side = klient.get(adresse).content.decode()
        assert "av dem 10 enslige mindreårige" in side and "Bufetat har ikke ledig tiltak." in side
        linjer = klient.get(f"{adresse}?hvem=endret&format=csv").content.decode("utf-8-sig").splitlines()
        trondheim = next(linje for linje in linjer if "5001" in linje)
        assert trondheim.split(";")[-4:-1] == ["14", "10", "-4"], linjer[:6]
        assert 2 < len(linjer) < 12
    # The round goes on with the need's own sum
    with som_bruker("imdi_radgiver") as aktor:
        runde = services.legg_fram(aktor=aktor, runde_id=i_samraad, begrunnelse="Det haster.")
        assert runde.tilstand == "til_godkjenning" and runde.differanse == 0


def _uuid(runde_id: int) -> object:
    with som(system("prove")):
        return Runde.objects.get(pk=runde_id).subjekt.uuid


@pytest.mark.parametrize("omfang", ["land", "ingen"])
def test_the_whole_country_takes_them_also_when_nobody_takes_the_difference_in_the_total(
    i_samraad: int, omfang: str
) -> None:
    for_ = _tall(i_samraad)
    _juster(i_samraad, 4, omfang, antall=for_[TRONDHEIM][0] - (0 if omfang == "land" else 5))
    etter, fylket = _tall(i_samraad), _fylket(i_samraad)
    assert etter[TRONDHEIM][1] == 4
    assert sum(em for _, em in etter.values()) == EM
    assert any(etter[nr][1] > for_[nr][1] for nr in etter.keys() - fylket)
    with som(system("prove")):
        kontroll = Runde.objects.get(pk=i_samraad).gjeldende.kontroll
    assert (kontroll["sum_em"], kontroll["sum_antall"]) == (EM, 5500 - (0 if omfang == "land" else 5))


def test_minors_are_never_more_than_the_number_nor_than_the_others_can_give(i_samraad: int) -> None:
    for_ = _tall(i_samraad)
    with pytest.raises(Ugyldig, match="flere enn tallet i alt"):
        _juster(i_samraad, 6, antall=5)
    with pytest.raises(Konflikt, match="Etter dialogen har Trøndelag"):
        _juster(i_samraad, for_[TRONDHEIM][1] + 30)  # more than the county has
    with pytest.raises(Avvist), som_bruker("ks_radgiver") as aktor:
        samraad.juster(
            aktor=aktor, runde_id=i_samraad, nummer=TRONDHEIM, antall=10, em=3, omfang="land", begrunnelse="x", etter="KS"
        )  # fmt: skip
    assert _tall(i_samraad) == for_
    with som(system("prove")):
        assert not Justering.objects.exists()
        anmodning = Kommuneanmodning.objects.get(runde=i_samraad, nummer=TRONDHEIM)
        with pytest.raises(IntegrityError, match="justering_em_i_antall"), transaction.atomic():
            Justering.objects.create(
                anmodning=anmodning, antall=3, em=4, omfang="land", begrunnelse="x", etter="KS"
            )


def test_the_page_tries_it_out_refuses_it_at_its_field_and_keeps_it(i_samraad: int) -> None:
    klient = innlogget("imdi_radgiver")
    adresse = reverse("anmodning:samraad_kommune", args=[_uuid(i_samraad), TRONDHEIM])
    antall = _tall(i_samraad)[TRONDHEIM][0]
    skjema = {"antall": antall, "em": 10, "omfang": "fylke"}
    prov = klient.post(adresse, skjema | {"prov": "1"}).content.decode()
    assert "Ingenting er lagret ennå." in prov and "14 → 10" in prov
    grunner = {"begrunnelse": "Bufetat har ikke ledig tiltak.", "etter": "Råd fra KS"}
    galt = klient.post(adresse, skjema | grunner | {"em": antall + 1})
    assert galt.status_code == 422 and 'href="#id_em"' in galt.content.decode()
    assert klient.post(adresse, skjema | grunner).status_code == 302
    assert _tall(i_samraad)[TRONDHEIM] == (antall, 10)
    side = klient.get(adresse).content.decode()
    assert "Tallet på enslige mindreårige, 10, er satt etter dialogen." in side
    assert 'name="em" value="10"' in side  # adjusted again, it stays unless it is changed
    with som_bruker("imdi_radgiver") as aktor:
        samraad.trekk_justering(aktor=aktor, runde_id=i_samraad, nummer=TRONDHEIM)
    assert _tall(i_samraad)[TRONDHEIM] == (antall, 14)  # withdrawn, the key decides again

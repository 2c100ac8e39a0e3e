"""The pages of landlords, leases and shared buildings as people meet them."""

from uuid import uuid4

import pytest
from django.urls import reverse

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.bolig import selectors_leie as selectors
from bosett.bolig.models import Boligperiode, Leiekontrakt, Utleier
from bosett.web import visning

from .leier import ORGNR, bolig, eier, kjede, leier, om, signer, skriv


def _dag(dager: int) -> str:
    return visning.dato(om(dager))


def test_from_landlord_to_binding_lease_and_to_its_end(land: str) -> None:
    klient, b, h = innlogget(), bolig(), leier()
    side = str(uuid4())
    utleier = {"side": side, "slag": "selskap", "navn": "Demo AS", "orgnr": "974 760 674"}
    feil = klient.post(reverse("leie:ny_utleier"), utleier)
    assert feil.status_code == 422 and "Kontrollsifferet" in feil.content.decode()
    for _ in range(2):
        ut = klient.post(reverse("leie:ny_utleier"), utleier | {"orgnr": ORGNR})
    assert ut.headers["Location"] == reverse("leie:utleier", args=[side])
    assert "Demo AS" in klient.get(reverse("leie:utleiere")).content.decode()

    ny = f"{reverse('leie:ny')}?bolig={b.subjekt.uuid}"
    assert ny in klient.get(reverse("bolig:ett", args=[b.subjekt.uuid])).content.decode()
    assert f'value="{b.subjekt.uuid}" selected' in klient.get(ny).content.decode()
    leie = str(uuid4())
    avtale = {
        "side": leie,
        "bolig": str(b.subjekt.uuid),
        "slag": "direkte",
        "fra": _dag(0),
        "husleie": "9 500",
    }
    mangler = klient.post(ny, avtale | {"utleier": side})
    assert (
        mangler.status_code == 422 and "En leieavtale har både utleier og leier." in mangler.content.decode()
    )
    ukjent = klient.post(ny, avtale | {"utleier": side, "husholdning": "H 99999999"})
    assert ukjent.status_code == 422 and "ingen sak med dette nummeret" in ukjent.content.decode()
    for _ in range(2):
        klient.post(ny, avtale | {"utleier": side, "husholdning": h.saksnummer})
    adresse = reverse("leie:ett", args=[leie])
    assert "Har ikke undertegnet" in klient.get(adresse).content.decode()
    for part in ("utleier", "leier"):
        assert "Bindende" not in klient.get(adresse).content.decode()
        klient.post(reverse("leie:signer", args=[leie]), {"part": part, "navn": "Demo Navn", "dato": _dag(0)})
    kropp = klient.get(adresse).content.decode()
    assert "Bindende" in kropp and h.saksnummer in kropp and f"{visning.tall(9500)} kr" in kropp
    slutt = reverse("leie:avslutt", args=[leie])
    assert klient.post(slutt, {"siste_dag": _dag(9)}).status_code == 422
    klient.post(slutt, {"siste_dag": _dag(9), "grunn": "De flytter.", "ledig": "on"})
    assert "De flytter." in klient.get(adresse).content.decode()
    with som(system("prove")):
        assert (
            Leiekontrakt.objects.filter(bolig=b).count() == Utleier.objects.filter(orgnr=ORGNR).count() == 1
        )
        assert list(Boligperiode.objects.filter(bolig=b).order_by("fra").values_list("slag", flat=True)) == ["bebodd", "ledig"]  # fmt: skip


def test_the_head_lease_names_its_sub_leases_and_asks_before_it_ends(land: str) -> None:
    klient = innlogget()
    hoved, k = kjede(til=80)
    kropp = klient.get(reverse("leie:avslutt", args=[hoved.uuid])).content.decode()
    assert f"Disse avtalene hviler på den: {k.nummer}." in kropp
    slutt = {"siste_dag": _dag(40), "grunn": "Eieren selger."}
    nei = klient.post(reverse("leie:avslutt", args=[hoved.uuid]), slutt)
    assert nei.status_code == 422 and "Noen leier boligen videre etter den dagen." in nei.content.decode()
    assert (
        klient.post(reverse("leie:avslutt", args=[hoved.uuid]), slutt | {"bekreftet": "on"}).status_code
        == 302
    )
    hjem = klient.get("/hjem/").content.decode()
    assert "Avklar hva som skjer når hovedleien går ut" in hjem and hoved.bolig.nummer in hjem
    liste = klient.get(reverse("leie:gaar_ut")).content.decode()
    assert hoved.nummer in liste and k.nummer in liste


def test_imdi_reads_that_there_is_a_lease_and_others_nothing(land: str) -> None:
    hoved, k = kjede()
    adresse = reverse("bolig:ett", args=[k.bolig.subjekt.uuid])
    kropp = innlogget("imdi_radgiver").get(adresse).content.decode()
    assert "Hovedleie" in kropp and "Fremleie" in kropp
    assert "Demo Eier" not in kropp and k.nummer not in kropp and visning.tall(9000) not in kropp
    for bruker in ("imdi_radgiver", "bosetter_skriv.volda"):
        klient = innlogget(bruker)
        for side in (
            reverse("leie:ett", args=[k.uuid]),
            reverse("leie:utleier", args=[hoved.utleier.subjekt.uuid]),
        ):
            assert klient.get(side).status_code == 404
    assert innlogget("bosetter_les").get(reverse("leie:ett", args=[k.uuid])).status_code == 200
    assert innlogget("bosetter_les").get(reverse("leie:avslutt", args=[k.uuid])).status_code == 404


@pytest.mark.krav_delvis("R212")
def test_the_median_of_temporary_homes_of_each_municipality(land: str) -> None:
    with som_bruker("bosetter_skriv") as aktor:
        fra_for = {linje.kommune: linje.tall.antall for linje in selectors.gjennomstromming(aktor)}
    for dager in (10, 20, 30, 40, 50):
        b, h = bolig(slag="gjennomgang"), leier()
        with som(system("prove")):
            Boligperiode.objects.create(
                bolig=b, slag="bebodd", fra=om(-100), til=om(dager - 100), husholdning=h
            )
    bor = signer(skriv(bolig(slag="gjennomgang"), "kommunal", -5, husholdning=leier()))
    assert sum(fra_for.values()) == 0
    for bruker in ("bosetter_skriv", "imdi_radgiver"):
        with som_bruker(bruker) as aktor:
            linje = next(x for x in selectors.gjennomstromming(aktor) if x.kommune == bor.organisasjon.navn)
        assert (linje.tall.antall, linje.tall.median, linje.tall.bor) == (5, 30, 1)
        assert ">30<" in innlogget(bruker).get(reverse("leie:gjennomgang")).content.decode()
    with som_bruker("bosetter_skriv.volda") as aktor:
        assert all(x.kommune != bor.organisasjon.navn for x in selectors.gjennomstromming(aktor))


def test_a_draft_is_put_away_and_facts_of_a_landlord_are_put_right(land: str) -> None:
    klient, u = innlogget(), eier()
    k = skriv(bolig(), utleier=u)
    klient.post(reverse("leie:forkast", args=[k.uuid]))
    assert "Forkastet" in klient.get(reverse("leie:ett", args=[k.uuid])).content.decode()
    endre = reverse("leie:endre_utleier", args=[u.subjekt.uuid])
    klient.post(endre, {"slag": "privatperson", "navn": "Demo Eier", "telefon": "00 00 00 00"})
    assert "00 00 00 00" in klient.get(reverse("leie:utleier", args=[u.subjekt.uuid])).content.decode()

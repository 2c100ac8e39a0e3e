"""Those who live privately and nobody has told us of: the application makes the case (R077). And family immigration (R327)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.person.test_hendelser import ta_imot

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.grunn.feil import Avvist, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.integrasjon.models import Melding
from bosett.person.models import Husholdning, Navn, Nummer, Person, Privatsoknad
from bosett.person.services.soknad import Soker, registrer_privat
from bosett.spor.models import Hendelse
from meldinger import ankomst, duf, melding
from samtidig import koder

SOKT = date(2026, 3, 2)


def soker(nr: int, **mer: object) -> Soker:
    return Soker(**{"duf": duf(nr), "fornavn": "Samir", "etternavn": "Prøve", "fodt": date(1990, 1, 1)} | mer)  # type: ignore[arg-type]


def registrer(*sokere: Soker, sokt: date = SOKT, rolle: str = "imdi_radgiver") -> Husholdning:
    with som_bruker(rolle) as aktor:
        return registrer_privat(aktor=aktor, sokere=sokere, sokt=sokt, kanal="papir")


def _i_skjema(*numre: int) -> dict[str, str]:
    felt = {"andre": str(len(numre) - 1), "sokt": "2.3.2026", "kanal": "papir", "bor_i": "Volda"}
    for sted, nr in enumerate(numre):
        ende = f"_{sted}" if sted else ""
        felt |= {
            f"duf{ende}": duf(nr),
            f"fornavn{ende}": f"Samir{nr}",
            f"etternavn{ende}": "Prøve",
            f"fodt{ende}": "1.2.1990",
        }
        felt |= {f"rolle{ende}": "ektefelle"} if sted else {}
    return felt


@pytest.mark.krav("R077")
def test_the_application_makes_a_case_in_the_queue_of_imdi(land: str) -> None:
    klient, side = innlogget("imdi_radgiver"), reverse("person:ny-soknad")
    flere = klient.post(side, _i_skjema(1) | {"handling": "flere"})
    assert (
        flere.status_code == 200
        and duf(1) in flere.content.decode()
        and 'name="duf_1"' in flere.content.decode()
    )
    feil = klient.post(side, _i_skjema(1, 2) | {"duf_1": "123", "fodt": "i går"})
    assert feil.status_code == 422 and "12 siffer" in feil.content.decode()
    svar = klient.post(side, _i_skjema(1, 2))
    assert svar.status_code == 302
    with som(system("prove")):
        h = Husholdning.objects.get()
        assert (h.lop, h.antall, h.apnet, h.klar_fra) == ("privat", 2, SOKT, None)
        assert [m["kode"] for m in h.mangler] == ["tillatelse", "tillatelse"]
        assert Privatsoknad.objects.get().bor_i is not None
        rad = Hendelse.objects.get(subjekt=h.pk, handling="person.ny_soknad")
        assert rad.data == {"kanal": "papir", "personer": 2}
    assert f"H {h.pk}" in klient.get(reverse("person:liste") + "?lop=privat").content.decode()
    ta_imot(
        *(
            melding("tillatelse", nr, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01")
            for nr in (1, 2)
        )
    )
    with som(system("prove")):
        h.refresh_from_db()
        assert h.klar_fra == date(2026, 2, 1)


def test_what_the_authorities_say_afterwards_stands_before_what_was_typed(land: str) -> None:
    h = registrer(soker(1), soker(2, rolle="barn", fodt=date(2020, 1, 1)))
    ta_imot(
        ankomst(1, "2026-01-10", sak="S9", fornavn="Samira", fodt="1991-01-01"),
        ankomst(3, "2026-01-10", sak="S9", fornavn="Nora", rolle="barn", fodt="2022-01-01"),
    )
    with som(system("prove")):
        h.refresh_from_db()
        assert (h.udi_sak, h.antall, h.lop) == ("S9", 3, "privat")
        samira = Nummer.objects.get(nummer=duf(1)).person
        assert (samira.navn, str(samira.fodt)) == ("Samira Prøve", "1991-01-01")
        assert [n.fornavn for n in Navn.objects.kjent().filter(person=samira)] == ["Samira"]
        assert Navn.objects.filter(person=samira, fornavn="Samir").exclude(kjent_til=None).exists()


def test_again_is_the_same_and_who_is_known_is_not_registered_twice(land: str) -> None:
    ta_imot(ankomst(7))
    assert registrer(soker(1), soker(2)) == registrer(soker(1), soker(2))
    for sokere, sokt, kode in (
        ((soker(1), soker(3)), SOKT, "PRIVAT-KJENT"), ((soker(7),), SOKT, "PRIVAT-KJENT"), ((soker(1),), date(2026, 4, 1), "PRIVAT-KJENT"),
        ((soker(4), soker(4)), SOKT, "PRIVAT-SAMME"), ((soker(4, duf="209912345678"),), SOKT, "PRIVAT-DUF"),
        ((soker(4),), i_dag() + timedelta(1), "PRIVAT-DATO"), ((soker(4, fodt=date(2026, 5, 1)),), SOKT, "PRIVAT-PERSON"),
    ):  # fmt: skip
        with pytest.raises((Konflikt, Ugyldig)) as feil:
            registrer(*sokere, sokt=sokt)
        assert feil.value.kode == kode and duf(7) not in str(feil.value)
    with som(system("prove")):
        assert Person.objects.count() == 3
    for rolle in ("imdi_godkjenner", "bosetter_skriv", "bosettingskonsulent", "udi_saksbehandler"):
        with pytest.raises(Avvist):
            registrer(soker(5), rolle=rolle)
        assert innlogget(rolle).get(reverse("person:ny-soknad")).status_code == 404


def test_a_refusal_stands_at_the_person_it_is_about(land: str) -> None:
    """The field, and the link of the summary, also when it is the third of four; one person alone is not told apart."""
    ta_imot(ankomst(7))
    klient, side = innlogget("imdi_radgiver"), reverse("person:ny-soknad")
    for rettet, felt, hvem in (
        ({"duf_2": "209912345678"}, "duf_2", "Person 3: DUF-nummeret kan ikke være riktig"),
        ({"duf_2": duf(7)}, "duf_2", "Person 3: En av dem er registrert fra før"),
        ({"duf_3": duf(2)}, "duf_3", "Person 4: To av personene har samme DUF-nummer"),
        ({"fodt_1": "1.4.2026"}, "fodt_1", "Person 2: Navn, fødselsdato eller rolle kan ikke være riktig"),
        ({"fornavn": ""}, "fornavn", "Søkeren: Fyll ut «Fornavn»"),
        ({"sokt": "1.1.2099"}, "sokt", "Søknaden kan ikke være fra en dag som ikke har vært"),
    ):
        svar = klient.post(side, _i_skjema(1, 2, 3, 4) | rettet)
        skjema = svar.context["skjema"]
        assert svar.status_code == 422 and list(skjema.errors) == [felt]
        ((adresse, tekst),) = skjema.feilliste
        assert adresse == f"#id_{felt}" and tekst.startswith(hvem)
        html = svar.content.decode()
        assert f'<a href="#id_{felt}">{hvem}' in html and f'id="id_{felt}-feil"' in html
    (alene,) = klient.post(side, _i_skjema(7)).context["skjema"].feilliste
    assert alene[0] == "#id_duf" and alene[1].startswith("En av dem er registrert fra før")


def test_two_at_once_register_one_household(land: str) -> None:
    def gjor() -> object:
        return registrer(soker(1), soker(2))

    assert koder(gjor, gjor, gjor) == ["ok"] * 3
    with som(system("prove")):
        assert (Husholdning.objects.count(), Person.objects.count(), Privatsoknad.objects.count()) == (
            1,
            2,
            1,
        )


@pytest.mark.krav("R327")
def test_family_immigration_is_one_of_two_kinds_or_is_not_registered(land: str) -> None:
    ta_imot(
        ankomst(1, slag="familie"),
        ankomst(2, slag="familie", referanse_kom="2024-01-01", barn_av_referanse=True),
        ankomst(3, slag="familie", referanse_kom="2024-01-01", levde_sammen_fra="2020-01-01"),
        ankomst(4, slag="familie", referanse_kom="2024-01-01", levde_sammen_fra="2025-01-01"),
        ankomst(5),
    )
    with som(system("prove")):
        assert Melding.objects.get(status="parkert").feilkode == "PERSON-FAMILIE"
        slag = {n.nummer: n.person.familieslag for n in Nummer.objects.select_related("person")}
        assert slag == {duf(2): "gjenforening", duf(3): "gjenforening", duf(4): "etablering", duf(5): ""}
        fire = Nummer.objects.get(nummer=duf(4)).person
        with pytest.raises(IntegrityError), transaction.atomic():  # nor by any other way
            Person.objects.filter(pk=fire.pk).update(familieslag="")
        sak = fire.husholdning.subjekt.uuid
    side = innlogget("imdi_radgiver").get(reverse("person:husholdning", args=[sak])).content.decode()
    assert "Familieetablering" in side

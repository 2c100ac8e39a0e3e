"""IMDi answers what KS or a county said: who wrote it reads the answer, with author and date, and nobody else does."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.anmodning import samraad, selectors, services
from bosett.anmodning.models import Innspill, Innspillsvar, Runde
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.spor import selectors as spor
from bosett.web.historie import tidslinje

SVAR = "Vi tar det med når vi ser på tallene for fylket."


def _runde(runde_id: int) -> Runde:
    with som(system("prove")):
        return Runde.objects.select_related("subjekt").get(pk=runde_id)


@pytest.fixture
def sagt(i_samraad: int) -> dict[str, int]:
    """What KS and Trøndelag have said, by who said it."""
    ider = {}
    for bruker in ("ks_radgiver", "fylke_radgiver"):
        with som_bruker(bruker) as aktor:
            innspill = samraad.uttal(aktor=aktor, runde_id=i_samraad, tekst=f"Dette mener {bruker}.")
            ider[bruker] = innspill.pk
    return ider


def _side(bruker: str, runde_id: int) -> str:
    adresse = reverse("anmodning:samraad", args=[_runde(runde_id).subjekt.uuid])
    return innlogget(bruker).get(adresse).content.decode()


def test_the_answer_is_read_by_the_one_who_asked_and_by_imdi_and_stays_in_the_record(
    i_samraad: int, sagt: dict[str, int]
) -> None:
    klient = innlogget("imdi_radgiver")
    uuid = _runde(i_samraad).subjekt.uuid
    adresse = reverse("anmodning:besvar_innspill", args=[uuid, sagt["fylke_radgiver"]])
    assert adresse in _side("imdi_radgiver", i_samraad)
    assert "Dette mener fylke_radgiver." in klient.get(adresse).content.decode()
    assert klient.post(adresse, {"tekst": SVAR}).status_code == 302
    with som_bruker("imdi_radgiver") as aktor:
        svar = Innspillsvar.objects.get()
        assert (svar.innspill_id, svar.skrevet_av_id) == (sagt["fylke_radgiver"], aktor.bruker_id)
        skjedd = [tekst for _, tekst in tidslinje(spor.tidslinje(aktor, svar.innspill.part_id))]
        assert "IMDi svarte på et innspill" in skjedd
        navn = svar.skrevet_av.navn
    for bruker in ("imdi_radgiver", "imdi_godkjenner", "fylke_radgiver"):
        side = _side(bruker, i_samraad)
        assert SVAR in side and f"· {navn}</small>" in side, bruker
        assert adresse not in side  # answered once
    # It is between the county and IMDi: neither KS nor the database lets KS see it
    assert SVAR not in _side("ks_radgiver", i_samraad)
    with som_bruker("ks_radgiver"):
        assert not Innspillsvar.objects.exists()
    # The dialogue ends, and the answer stands; the other may still be answered
    with som_bruker("imdi_radgiver") as aktor:
        services.legg_fram(aktor=aktor, runde_id=i_samraad, begrunnelse="Det haster.")
        samraad.besvar(
            aktor=aktor, runde_id=i_samraad, innspill_id=sagt["ks_radgiver"], tekst="Takk for støtten."
        )
    assert SVAR in _side("fylke_radgiver", i_samraad)
    assert "Takk for støtten." in _side("ks_radgiver", i_samraad)


@pytest.mark.parametrize("bruker", ["imdi_godkjenner", "ks_radgiver", "fylke_radgiver", "bosetter_skriv"])
def test_only_an_adviser_of_imdi_answers(i_samraad: int, sagt: dict[str, int], bruker: str) -> None:
    with pytest.raises(Avvist), som_bruker(bruker) as aktor:
        samraad.besvar(aktor=aktor, runde_id=i_samraad, innspill_id=sagt["ks_radgiver"], tekst=SVAR)
    adresse = reverse("anmodning:besvar_innspill", args=[_runde(i_samraad).subjekt.uuid, sagt["ks_radgiver"]])
    klient = innlogget(bruker)
    assert klient.get(adresse).status_code == klient.post(adresse, {"tekst": SVAR}).status_code == 404
    assert "besvar" not in _side(bruker, i_samraad)
    if bruker == "ks_radgiver":  # nor may it write one behind the application's back
        with pytest.raises(ProgrammingError, match="row-level security"), som_bruker(bruker):
            Innspillsvar.objects.create(innspill_id=sagt["ks_radgiver"], tekst="Vi svarer oss selv.")


def test_an_answer_has_words_comes_once_and_belongs_to_the_round(
    i_samraad: int, sagt: dict[str, int]
) -> None:
    klient, uuid = innlogget("imdi_radgiver"), _runde(i_samraad).subjekt.uuid
    adresse = reverse("anmodning:besvar_innspill", args=[uuid, sagt["ks_radgiver"]])
    assert klient.post(adresse, {"tekst": " "}).status_code == 422
    assert klient.get(reverse("anmodning:besvar_innspill", args=[uuid, 999_999])).status_code == 404

    def besvar(innspill_id: int, tekst: str = SVAR) -> None:
        with som_bruker("imdi_radgiver") as aktor:
            samraad.besvar(aktor=aktor, runde_id=i_samraad, innspill_id=innspill_id, tekst=tekst)

    with pytest.raises(Ugyldig, match="Svaret mangler"):
        besvar(sagt["ks_radgiver"], "  ")
    with pytest.raises(FinnesIkke):
        besvar(999_999)
    besvar(sagt["ks_radgiver"])
    with pytest.raises(Konflikt, match="allerede besvart"):
        besvar(sagt["ks_radgiver"], "Et annet svar.")
    with som(system("prove")):
        assert Innspillsvar.objects.get().tekst == SVAR
        for tekst, navn in (("En til", "innspillsvar_ett_per_innspill"), ("", "innspillsvar_har_tekst")):
            innspill = Innspill.objects.get(pk=sagt["ks_radgiver" if tekst else "fylke_radgiver"])
            with pytest.raises(IntegrityError, match=navn), transaction.atomic():
                Innspillsvar.objects.create(innspill=innspill, tekst=tekst)
    with som_bruker("imdi_radgiver") as aktor:
        denne = selectors.samraad(aktor, uuid)
        svart = {i.pk: [s.tekst for s in i.svar.all()] for i in selectors.innspill(aktor, denne)}
    assert svart == {sagt["ks_radgiver"]: [SVAR], sagt["fylke_radgiver"]: []}

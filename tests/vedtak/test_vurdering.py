"""IMDi's judgement of a text the check is unsure of: marked words, one person's judgement, a number to cite, and receipts."""

import re

import pytest
from django.urls import reverse

import svar
from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.oppgave import selectors as oppgaver
from bosett.vedtak import services, tasks
from bosett.vedtak.models import Vedtak, Vurdering
from runder import VOLDA

TEKST = "Kommunen bosetter 10 flyktninger i 2027. Kommunen håper på barnefamilier."


@pytest.fixture
def til_vurdering(sendt: int) -> Vedtak:
    """Volda's council hopes for families with children, and thinks that a hope is no condition."""
    utkast = svar.lagre(svar.utfylt(10, tekst=TEKST), VOLDA)
    with som_bruker("bosetter_skriv.volda") as aktor:
        vedtak = services.be_om_vurdering(
            aktor=aktor, vedtak_id=utkast.pk, versjon=1, bekreftet=True, sporsmaal="Vi stiller ingen <krav>."
        )
    tasks.meld_til_vurdering(vedtak_id=vedtak.pk)
    return vedtak


def _felt(vedtak: Vedtak, utfall: str, begrunnelse: str = "Et håp er ikke et vilkår.") -> dict[str, object]:
    return {"utfall": utfall, "begrunnelse": begrunnelse, "versjon": vedtak.versjon}


def _adresse(vedtak: Vedtak) -> str:
    return reverse("svar:vurdering", args=[vedtak.uuid])


def test_the_task_leads_to_the_text_with_its_words_marked(til_vurdering: Vedtak) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        oppgave = oppgaver.apne(aktor).get(slag="vurder_vedtak")
    assert oppgave.sti == _adresse(til_vurdering)
    radgiver = innlogget("imdi_radgiver")
    assert "Vurder om teksten har forbehold" in radgiver.get(reverse("hjem")).content.decode()
    side = radgiver.get(oppgave.sti).content.decode()
    assert (
        re.search(r"håper på barnefamilier\.?<sup>", side)
        and 'class="b-ord-merket" data-color="warning"' in side
    )
    assert "Vi stiller ingen &lt;krav&gt;." in side
    liste = radgiver.get(reverse("svar:vurderinger")).content.decode()
    assert _adresse(til_vurdering) in liste
    assert "1 vedtakstekst venter på vurdering" in radgiver.get(reverse("svar:liste")).content.decode()


def test_accepted_it_is_registered_as_sent_and_the_judgement_can_be_cited(til_vurdering: Vedtak) -> None:
    radgiver = innlogget("imdi_radgiver")
    for bruker in ("imdi_leder", "imdi_godkjenner"):
        assert (
            innlogget(bruker).post(_adresse(til_vurdering), _felt(til_vurdering, "godta")).status_code == 200
        )
    uten = radgiver.post(_adresse(til_vurdering), _felt(til_vurdering, "godta", ""))
    assert uten.status_code == 422 and "Rett" in uten.content.decode()
    svar_ = radgiver.post(_adresse(til_vurdering), _felt(til_vurdering, "godta"), follow=True)
    with som(system("prove")):
        vurdering = Vurdering.objects.get()
        vedtak = Vedtak.objects.get()
    assert (vedtak.tilstand, vedtak.nr, vurdering.godtatt) == ("registrert", 1, True)
    assert svar_.redirect_chain[-1][0] == reverse("svar:gjort", args=[vurdering.aar, vurdering.nr])
    assert f"Vurderingen har nummer {vurdering.aar}/1." in svar_.content.decode()
    igjen = radgiver.post(_adresse(til_vurdering), _felt(til_vurdering, "send_tilbake"))
    assert igjen.status_code == 200, "judged already: there is no form"
    with som_bruker("imdi_radgiver") as aktor:
        assert not oppgaver.apne(aktor).filter(slag="vurder_vedtak").exists()
    for ord_, treff in (("håp", True), ("kongen", False)):
        liste = radgiver.get(reverse("svar:vurderinger"), {"sok": ord_}).content.decode()
        assert (f"Vurdering {vurdering.aar}/1" in liste) is treff
    assert (
        f"Vurdering {vurdering.aar}/1"
        in innlogget("ks_radgiver").get(reverse("svar:vedtak", args=[vedtak.uuid])).content.decode()
    )
    assert innlogget("ks_radgiver").get(svar_.redirect_chain[-1][0]).status_code == 404


def test_sent_back_the_municipality_gets_a_task_and_the_draft(til_vurdering: Vedtak) -> None:
    svar_ = innlogget("imdi_radgiver").post(_adresse(til_vurdering), _felt(til_vurdering, "send_tilbake"))
    assert svar_.status_code == 302
    with som_bruker("bosetter_skriv.volda") as aktor:
        assert oppgaver.apne(aktor).filter(slag="rett_vedtak").exists()
        assert Vedtak.objects.get().tilstand == "utkast"
    assert "Rett svaret" in innlogget("bosetter_skriv.volda").get(reverse("hjem")).content.decode()


def test_a_text_changed_since_it_was_read_is_not_judged(til_vurdering: Vedtak) -> None:
    felt = _felt(til_vurdering, "godta") | {"versjon": til_vurdering.versjon - 1}
    svar_ = innlogget("imdi_radgiver").post(_adresse(til_vurdering), felt)
    assert svar_.status_code == 422
    assert "Vurderingen skal gjelde teksten du har sett." in svar_.content.decode()
    with som(system("prove")):
        assert not Vurdering.objects.exists()

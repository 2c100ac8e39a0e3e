"""What the answer must hold, row by row of the requirements, through the municipality's own form."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.dokument.pdflesing import tekst as pdftekst
from tests.vedtak.test_svar_sider import _svar

import svar
from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Bruker
from bosett.anmodning import samraad
from bosett.dokument import selectors as dokumenter
from bosett.grunn.feil import Avvist, FinnesIkke
from bosett.vedtak import kopier, services
from bosett.vedtak.models import Vedtak
from bosett.vedtak.rules import kommunestyreperioder
from bosett.web.vedtak.skjema import SvarSkjema
from runder import godkjenn_den, send_den


def _svarer(client: Client, **felt: str) -> Any:
    """Look over what is filled in; the page it leads to, or the form again."""
    sti = reverse("vedtak:svar", args=[svar.anmodningen().subjekt.uuid])
    with som(system("prove")):
        naa = Vedtak.objects.filter(tilstand="utkast").first()
    return client.post(sti, _svar(versjon=str(naa.versjon if naa else 0), **felt))


def _ja(svaret: Any) -> bool:
    return svaret.status_code == 302 and svaret.url.endswith("/se-over/")


@pytest.mark.krav("R009")
def test_the_body_is_the_council_or_another_and_must_be_said(sendt: int) -> None:
    client = innlogget()
    assert _ja(_svarer(client)) and _ja(_svarer(client, organ="formannskap"))
    assert _ja(_svarer(client, organ="annet", organ_navn="Bystyret"))
    assert _svarer(client, organ="annet").status_code == 422 and _svarer(client, organ="").status_code == 422


@pytest.mark.krav("R110")
@pytest.mark.parametrize(
    ("for_", "mot", "greit"), [("11", "0", True), ("80", "5", True), ("9", "1", False), ("80", "6", False)]
)
def test_a_council_has_from_11_to_85_members(sendt: int, for_: str, mot: str, greit: bool) -> None:
    assert _ja(_svarer(innlogget(), stemmer_for=for_, stemmer_mot=mot)) is greit


@pytest.mark.krav("R333")
def test_terms_are_computed_and_a_decision_outside_is_refused(sendt: int) -> None:
    assert [(p.fra.year, p.til and p.til.year) for p in kommunestyreperioder()][-2:] == [
        (2019, 2023),
        (2023, 2027),
    ]
    assert _svarer(innlogget(), motedato="18.11.1950").status_code == 422


@pytest.mark.krav("R143")
def test_the_form_holds_numbers_only() -> None:
    assert not {"nasjonalitet", "kjonn", "familie", "religion", "alder", "land"} & {
        del_ for navn in SvarSkjema.base_fields for del_ in navn.split("_")
    }


@pytest.mark.krav("R147")
def test_minors_are_a_yes_or_no_with_a_number_inside_the_number(sendt: int) -> None:
    client = innlogget()
    assert _svarer(client, em="ja", em_antall="11").status_code == 422
    assert _svarer(client, em="nei", em_antall="3").status_code == 422
    null = _svarer(client, em="ja", em_antall="0")
    assert _ja(null) and "skrevet 0" in client.get(null.url).content.decode()
    assert _ja(_svarer(client, em="ja", em_antall="3"))


@pytest.mark.krav("R148")
def test_only_one_whole_number_and_each_fault_has_its_own_message(sendt: int) -> None:
    client, meldinger = innlogget(), set()
    for galt in ("", "-1", "14.5", "ca. 15", "10–15"):
        svaret = _svarer(client, antall=galt)
        assert svaret.status_code == 422
        meldinger.add(svaret.content.decode().split('id="id_antall-feil">')[1].split("<")[0])
    assert len(meldinger) == 5
    assert _ja(_svarer(client, antall="15", tekst="Kommunen bosetter 15 flyktninger i 2027."))
    assert _ja(_svarer(client, antall="0", em="", tekst="Kommunen bosetter ingen flyktninger i 2027."))


@pytest.mark.krav("R144")
def test_condition_words_are_blocked_with_the_rule_and_a_wording(sendt: int) -> None:
    svaret = _svarer(innlogget(), tekst="Kommunen bosetter 10 flyktninger i 2027, kun familier fra Ukraina.")
    side = svaret.content.decode()
    assert svaret.status_code == 422 and "kun familier fra Ukraina" in side and "ikke hvem" in side
    assert "Kommunen bosetter 10 flyktninger i 2027." in side


@pytest.mark.krav("R153", "R155")
def test_the_confirmation_is_kept_and_the_sheet_prints_how_it_was_decided(sendt: int) -> None:
    vedtak = svar.send(svar.utfylt(10, protokoll="https://demo.invalid/protokoll"))
    svar.arbeid()
    with som(system("prove")):
        vedtak.refresh_from_db()
        assert vedtak.bekreftet is not None
        assert vedtak.bekreftet_av == Bruker.objects.get(brukernavn="bosetter_skriv@demo.invalid")
        ark = kopier.arket(vedtak)
        assert ark is not None
    with som_bruker("imdi_radgiver") as aktor:
        tekst = pdftekst(dokumenter.pdf(aktor, ark.uuid))
    for ett in ("18.11.2026", "84/2026", "30 for og 5 mot", "demo.invalid/protokoll", "kommunestyret"):
        assert ett in tekst


@pytest.mark.krav("R016")
def test_ks_comments_on_a_draft_sees_the_copy_and_changes_nothing(i_samraad: int) -> None:
    with som_bruker("ks_radgiver") as aktor:
        samraad.uttal(aktor=aktor, runde_id=i_samraad, tekst="For høyt.", nummer="5006", antall=5)
    godkjenn_den()
    send_den()
    vedtak = svar.send(svar.utfylt(10))
    svar.arbeid()
    with som(system("prove")):
        ark = kopier.arket(vedtak)
        assert ark is not None
    ks = innlogget("ks_radgiver")
    assert ks.get(reverse("svar:vedtak", args=[vedtak.uuid])).status_code == 200
    assert ks.get(reverse("dokument:pdf", args=[ark.uuid])).status_code == 200
    with som_bruker("ks_radgiver") as aktor:
        with pytest.raises(Avvist):
            samraad.juster(
                aktor=aktor,
                runde_id=i_samraad,
                nummer="5006",
                antall=1,
                omfang="land",
                begrunnelse="x",
                etter="x",
            )
        with pytest.raises((Avvist, FinnesIkke)):
            services.lagre(aktor=aktor, anmodning_id=vedtak.anmodning_id, svar=svar.utfylt())
    assert vedtak.motedato == date(2026, 11, 18)

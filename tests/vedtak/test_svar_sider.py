"""The municipality's answer on its pages: from the form to the receipt."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfWriter

import svar
from aktorer import innlogget
from bosett.aktor.kontekst import som, system
from bosett.vedtak import kopier
from bosett.vedtak.models import Vedtak


def _svar(**mer: str) -> dict[str, Any]:
    return {
        "antall": "10", "em": "nei", "organ": "kommunestyre", "motedato": "18.11.2026", "saksnummer": "84/2026",
        "tekst": "Kommunen bosetter 10 flyktninger i 2027.", "versjon": "0", "side": "a", "handling": "se_over",
    } | mer  # fmt: skip


def test_from_the_form_to_the_receipt(sendt: int) -> None:
    client, uuid = innlogget(), svar.anmodningen().subjekt.uuid
    skjema = reverse("vedtak:svar", args=[uuid])
    assert client.get(skjema).status_code == 200
    svaret = client.post(skjema, _svar())
    assert svaret.status_code == 302 and svaret.url == reverse("vedtak:se_over", args=[uuid]), (
        svaret.content.decode()[:20000]
    )
    side = client.get(svaret.url).content.decode()
    assert "84/2026" in side
    assert client.post(svaret.url, {"versjon": "1"}).status_code == 422
    kvittering = client.post(svaret.url, {"versjon": "1", "bekreftet": "on"})
    assert kvittering.status_code == 302
    igjen = client.post(svaret.url, {"versjon": "1", "bekreftet": "on"})
    assert igjen.url == kvittering.url, "a repeat after a lost answer leads to the receipt"
    tekst = client.get(kvittering.url).content.decode()
    assert "Kommunen bosetter 10 i 2027" in tekst and "Kopi til KS" in tekst
    with som(system("prove")):
        assert Vedtak.objects.get().tilstand == "registrert"


def test_a_reservation_is_shown_with_the_words_and_a_wording_without(sendt: int) -> None:
    client, uuid = innlogget("bosetter_skriv.volda"), svar.anmodningen("1577").subjekt.uuid
    skjema = reverse("vedtak:svar", args=[uuid])
    tekst = "Volda kommune buset 10 flyktningar i 2027, under føresetnad av at det er ledige bustader."
    svaret = client.post(skjema, _svar(tekst=tekst))
    side = svaret.content.decode()
    assert svaret.status_code == 422 and "<mark" in side and "Kommunen buset 10 flyktningar i 2027." in side
    forslag = "Kommunen buset 10 flyktningar i 2027. Kommunen tek ikkje imot einslege mindreårige."
    bedre = client.post(skjema, _svar(tekst=tekst, versjon="1", handling="bruk-0", forslag=forslag))
    assert bedre.status_code == 302
    assert client.post(skjema, _svar(tekst=forslag, versjon="2")).url.endswith("/se-over/")


@pytest.mark.parametrize("skrevet", ["", "-1", "14,5", "ca. 15", "10–15"])
def test_what_is_not_one_number_is_refused_and_kept(sendt: int, skrevet: str) -> None:
    client, uuid = innlogget(), svar.anmodningen().subjekt.uuid
    skjema = reverse("vedtak:svar", args=[uuid])
    assert client.post(skjema, _svar(antall=skrevet)).status_code == 422
    assert f'value="{skrevet}"' in client.get(skjema).content.decode() or not skrevet


def test_saved_while_one_writes(sendt: int) -> None:
    client, uuid = innlogget(), svar.anmodningen().subjekt.uuid
    kladd = reverse("vedtak:kladd", args=[uuid])
    assert "Lagret" in client.post(kladd, _svar(antall="1")).content.decode()
    assert "Lagret" in client.post(kladd, _svar(antall="12")).content.decode(), "the same page goes on"
    assert "Noen andre" in client.post(kladd, _svar(antall="13", side="b")).content.decode()


def test_the_written_copy_is_missing_until_it_is_brought(sendt: int) -> None:
    vedtak = svar.send(svar.utfylt(10))
    client = innlogget()
    side = reverse("vedtak:ett", args=[vedtak.uuid])
    assert "Kopi mangler" in client.get(side).content.decode()
    svar.arbeid()
    for _ in range(2):  # a repeat makes no second one
        _last_opp(client, vedtak)
    tekst = client.get(side).content.decode()
    assert "Kopi mangler" not in tekst and "protokoll.pdf" in tekst
    svar.arbeid()
    with som(system("prove")):
        ark = kopier.arket(vedtak)
        assert ark is not None and (ark.versjon, ark.vedlegg.count()) == (2, 1)


def test_one_protocol_may_hold_two_decisions(sendt: int) -> None:
    client = innlogget()
    vedtakene = [svar.send(svar.utfylt(antall)) for antall in (10, 12)]
    for vedtak in vedtakene:
        _last_opp(client, vedtak)
    svar.arbeid()
    for vedtak in vedtakene:
        assert "Kopi mangler" not in client.get(reverse("vedtak:ett", args=[vedtak.uuid])).content.decode()
        with som(system("prove")):
            ark = kopier.arket(vedtak)
            assert ark is not None and ark.vedlegg.count() == 1


def _last_opp(client: Client, vedtak: Vedtak) -> None:
    pdf = io.BytesIO()
    skriver = PdfWriter()
    skriver.add_blank_page(200, 200)
    skriver.write(pdf)
    fil = SimpleUploadedFile("protokoll.pdf", pdf.getvalue())
    assert client.post(reverse("vedtak:last_opp", args=[vedtak.uuid]), {"kopi": fil}).status_code == 302


@pytest.mark.krav("R152", "R050")
def test_one_submit_gives_a_registration_two_copies_and_an_archive_entry(sendt: int) -> None:
    vedtak = svar.send(svar.utfylt(10))
    client = innlogget()
    assert "På vei" in client.get(reverse("vedtak:ett", args=[vedtak.uuid])).content.decode()
    svar.arbeid()
    side = client.get(reverse("vedtak:ett", args=[vedtak.uuid])).content.decode()
    assert "På vei" not in side and "Kopi til IMDi" in side and "Arkivert" in side
    with som(system("prove")):
        ark = kopier.arket(vedtak)
        assert ark is not None and ark.retning == "inn" and ark.arkivpakker.count() == 1
        mottakere = {f.mottaker.slag: f for f in ark.forsendelser.select_related("mottaker")}
        assert set(mottakere) == {"imdi", "ks"} and all(f.kvittering for f in mottakere.values())
    for rolle in ("ks_radgiver", "imdi_radgiver"):
        assert innlogget(rolle).get(reverse("dokument:ett", args=[ark.uuid])).status_code == 200
    assert innlogget("bosetter_skriv.volda").get(reverse("dokument:ett", args=[ark.uuid])).status_code == 404

"""Forms: the error summary, the wiring of fields, and what becomes of a refusal."""

import re
from collections.abc import Callable

from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.web.feltvisning import feltkontekst
from bosett.web.skjema import Skjema


class Svar(Skjema):
    antall = forms.IntegerField(label="Antall", help_text="Et helt tall")
    med = forms.ChoiceField(
        label="Er noen med?", choices=[("ja", "Ja"), ("nei", "Nei")], widget=forms.RadioSelect
    )
    merknad = forms.CharField(label="Merknad", required=False)
    rett = {"antall": "Skriv hvor mange"}


def test_oppsummeringen_teller_og_lenker_i_feltenes_rekkefolge() -> None:
    skjema = Svar({"merknad": "x"})
    assert skjema.feiltittel == "Rett to ting før du sender"
    assert skjema.feilliste == [("#id_antall", "Skriv hvor mange"), ("#id_med_0", "Fyll ut «Er noen med?»")]
    html = render_to_string("deler/feiloppsummering.html", {"skjema": skjema})
    assert html.index("#id_antall") < html.index("#id_med_0") and 'class="ds-error-summary"' in html
    assert render_to_string("deler/feiloppsummering.html", {"skjema": Svar()}).strip() == ""


def test_avslaget_fra_en_tjeneste_staar_ved_feltet_det_nevner() -> None:
    def nekt(felt: str, nr: int = 0) -> Callable[[object], None]:
        def gjor(_data: object) -> None:
            raise Ugyldig(kode="X", hva="Det går ikke.", felt=felt, nr=nr)

        return gjor

    sendt: list[object] = []
    helt = {"antall": 3, "med": "ja"}
    assert Svar(helt).utfor(sendt.append) and sendt == [helt | {"merknad": ""}]
    for skjema in (Svar(), Svar({"antall": "x"})):
        assert not skjema.utfor(sendt.append) and len(sendt) == 1
    for gjor, ellers, felt in (
        (nekt("antall"), "merknad", "antall"), (nekt(""), "merknad", "merknad"), (nekt(""), "", "__all__"), (nekt("antall", 2), "", "__all__"),
    ):  # fmt: skip
        skjema = Svar(helt)
        assert not skjema.utfor(gjor, ellers) and list(skjema.errors) == [felt]


def test_tallordet_foelger_spraaket() -> None:
    with translation.override("en"):
        assert Svar({"antall": 3}).feiltittel == "Put one thing right before you send"
    with translation.override("nn"):
        assert Svar({"antall": 3}).feiltittel == "Rett éin ting før du sender"


def test_feltet_er_koblet_sammen() -> None:
    skjema = Svar({"med": "ja"})
    html = render_to_string("skjema/felt.html", feltkontekst(skjema["antall"]))
    assert 'for="id_antall"' in html and "Må fylles ut" in html
    beskrevet = re.search(r'aria-describedby="([^"]+)"', html)
    assert beskrevet and beskrevet[1].split() == ["id_antall-krav", "id_antall-hint", "id_antall-feil"]
    assert all(f'id="{navn}"' in html for navn in beskrevet[1].split()) and 'aria-invalid="true"' in html
    assert "Valgfritt" in render_to_string("skjema/felt.html", feltkontekst(skjema["merknad"]))


def test_gruppen_er_et_fieldset_med_legend() -> None:
    html = render_to_string("skjema/felt.html", feltkontekst(Svar({"med": "nei", "antall": 1})["med"]))
    assert "<fieldset" in html and "<legend" in html and html.count('type="radio"') == 2
    assert re.search(r'value="nei"[^>]* checked', html)


def test_avslag_fra_en_tjeneste_blir_en_feil_i_skjemaet() -> None:
    skjema = Svar({"antall": 1, "med": "ja"})
    assert skjema.is_valid()
    skjema.ta_feil(Konflikt(kode="X", hva="Runden er sendt", gjor="Lag en revisjon"))
    assert skjema.feilliste == [("#id_antall", "Runden er sendt. Lag en revisjon.")]

"""Every text of the screens stands in nynorsk and English (R358), and the collecting finds what it should."""

from pathlib import Path

import pytest
from django.utils import translation

from bosett.config import oversettelser
from bosett.config.oversettelser import Tekst, hent_ut, kollisjoner, kompiler, mangler


@pytest.mark.krav_delvis("R358")
@pytest.mark.parametrize("spraak", oversettelser.SPRAAK)
def test_ingen_oversettelse_mangler(spraak: str) -> None:
    hull = mangler()[spraak]
    utdrag = "\n".join(f"{sti}: {tekst.id}" for sti, tekst in hull[:20])
    assert not hull, f"{len(hull)} mangler på {spraak} (python -m bosett.config.oversettelser):\n{utdrag}"


def test_ingen_tekst_har_to_flertallsformer() -> None:
    assert kollisjoner() == []


def test_finner_tekster_under_alle_navn(tmp_path: Path) -> None:
    (tmp_path / "anmodning").mkdir()
    (tmp_path / "anmodning" / "x.py").write_text(
        "from django.utils.translation import gettext as _, ngettext_lazy as nl, pgettext\n"
        "_('en'); nl('%(n)s ting', '%(n)s ting til'); pgettext('her', 'to')\n"
        "Overgang('anmodning.send', 'sende brev', {}, vakt='godkjent')\n"
        "raise Konflikt(kode='X', hva='Sendt', gjor=f'ikke {x}', regel='tre' if x else 'fire')\n"
        "class S(models.TextChoices):\n    A = 'a', 'Kladd'\n"
        "annet('ikke denne')\n"
    )
    (tmp_path / "web" / "templates").mkdir(parents=True)
    (tmp_path / "web" / "templates" / "a.html").write_text(
        '{% translate "Hei" %}{% blocktranslate count n=n %}{{ n }} rad{% plural %}{{ n }} rader{% endblocktranslate %}'
        '{% translate "May" context "maaned" %}{{ v|default:_("Ingen") }}'
    )
    assert set(hent_ut(tmp_path)) == {
        Tekst("en"), Tekst("%(n)s ting", "%(n)s ting til"), Tekst("to", "", "her"), Tekst("sende brev"), Tekst("godkjent"), Tekst("tre"), Tekst("fire"),
        Tekst("Sendt"), Tekst("Kladd"), Tekst("Hei"), Tekst("%(n)s rad", "%(n)s rader"), Tekst("May", "", "maaned"), Tekst("Ingen"),
    }  # fmt: skip


def test_oppdatering_beholder_og_rydder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oversettelser, "MAPPE", tmp_path)
    funn = {Tekst("Hei"): "a.py", Tekst("%(n)s dag", "%(n)s dager"): "a.py"}
    assert oversettelser.oppdater(funn) == {"nn": (2, 0), "en": (2, 0)}
    assert oversettelser.fyll(
        "Hei|Hei du|Hello\n%(n)s dag ~ %(n)s dager|%(n)s dag ~ %(n)s dagar|%(n)s day ~ %(n)s days\nikke|a|b"
    ) == ["ikke|a|b"]
    assert mangler(funn) == {"nn": [], "en": []}
    forste = (tmp_path / "nn" / "LC_MESSAGES" / "django.po").read_bytes()
    oversettelser.oppdater(funn)
    assert (tmp_path / "nn" / "LC_MESSAGES" / "django.po").read_bytes() == forste
    assert oversettelser.oppdater({Tekst("Hei"): "a.py"}) == {"nn": (0, 1), "en": (0, 1)}
    assert len(kompiler()) == 2 and kompiler() == []


def test_oversettelsene_virker() -> None:
    with translation.override("nn"):
        assert translation.gettext("Siden finnes ikke") == "Sida finst ikkje"
        assert translation.ngettext("%(n)s dag igjen", "%(n)s dager igjen", 3) % {"n": 3} == "3 dagar att"

"""What import-linter cannot see: every foreign key goes down the layer list, and none across rooms has a way back."""

import tomllib
from pathlib import Path

from django.apps import apps
from django.db.models import Field, ForeignKey, ManyToManyField

_PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def _lag() -> dict[str, int]:
    """Room → its height; higher may point to lower."""
    kontrakter = tomllib.loads(_PYPROJECT.read_text())["tool"]["importlinter"]["contracts"]
    lag = next(k["layers"] for k in kontrakter if k["type"] == "layers")
    return {
        rom.strip().removeprefix("bosett."): hoyde
        for hoyde, linje in enumerate(reversed(lag))
        for rom in linje.split("|")
    }


def _pekere() -> list[tuple[str, str, Field]]:
    return [
        (modell._meta.app_label, felt.related_model._meta.app_label, felt)
        for modell in apps.get_models(include_auto_created=False)
        if modell.__module__.startswith("bosett.")
        for felt in (*modell._meta.local_fields, *modell._meta.local_many_to_many)
        if isinstance(felt, ForeignKey | ManyToManyField)
    ]


def test_foreign_keys_go_down_the_list() -> None:
    hoyde = _lag()
    pekere = _pekere()
    assert len(pekere) > 20, "the test must see the rooms"
    oppover = [str(felt) for fra, til, felt in pekere if hoyde.get(til, -1) > hoyde[fra]]
    assert oppover == []


def test_none_across_rooms_has_a_reverse_accessor() -> None:
    aapne = [str(felt) for fra, til, felt in _pekere() if fra != til and not felt.remote_field.hidden]
    assert aapne == []

"""Only fields that the regulation names are stored: each with purpose, legal basis and period."""

from django.apps import apps
from django.db.models import Model

from bosett.person.rules.felter import hviteliste, om_personer
from bosett.person.rules.lagring import parametre


def _modeller() -> list[type[Model]]:
    return [modell for modell in apps.get_models() if om_personer(modell._meta.label)]


def _felter() -> list[tuple[str, str]]:
    return [
        (modell.__name__, felt.name)
        for modell in _modeller()
        if modell.__name__ not in hviteliste().ikke_personer
        for felt in modell._meta.concrete_fields
    ]


def test_every_field_of_the_room_is_in_the_list_with_purpose_basis_and_period() -> None:
    liste = hviteliste()
    assert [f"{tabell}.{felt}" for tabell, felt in _felter() if liste.felt(tabell, felt) is None] == []
    for tabell, navn in _felter():
        felt = liste.felt(tabell, navn)
        assert felt is not None and felt.formaal.hjemmel
        assert felt.klasse.sats in parametre()
        assert all(felt.tekst.paa(spraak) for spraak in ("nb", "nn", "en"))


def test_the_list_names_nothing_that_is_not_stored() -> None:
    lagret, liste = set(_felter()), hviteliste()
    assert [ett for ett in liste.felter if ett not in lagret] == []
    assert {navn for _, navn in lagret} >= set(liste.felles)
    modeller = {modell.__name__ for modell in _modeller()}
    assert set(liste.tabeller) | liste.ikke_personer == modeller
    assert set(liste.formaal) == {kode for kode in liste.formaal if any(f.formaal is liste.formaal[kode] for f in [*liste.felter.values(), *liste.felles.values()])}  # fmt: skip

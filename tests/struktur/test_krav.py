"""docs/krav.md is true: it is what the marks in the tests say."""

import krav


def test_the_list_of_requirements_is_up_to_date() -> None:
    assert krav.LISTE.read_text(encoding="utf-8") == krav.som_markdown(), "Kjør: python tests/krav.py"


def test_marks_name_rows_that_exist() -> None:
    assert set(krav.merker()) <= set(krav.ALLE)

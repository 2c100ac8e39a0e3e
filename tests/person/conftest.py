"""The tests of persons happen on a Tuesday morning: a look at night or on a Sunday must say why first (`rules.innsyn`)."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from bosett.grunn.klokke import OSLO, frys


@pytest.fixture(autouse=True)
def _en_tirsdag() -> Iterator[None]:
    with frys(datetime(2026, 11, 24, 10, 0, tzinfo=OSLO)):
        yield

"""Two municipalities: an administrator and a reader in the first, an administrator in the second, and IMDi's administrator."""

from typing import Any

import pytest


@pytest.fixture
def verden(db: None) -> Any:
    from tests.access.verden import lag_bruker, lag_verden, som  # noqa: PLC0415 - Django must be set up first

    verden = lag_verden(alle_roller=False)
    verden.brukere = {
        "kommune_admin": lag_bruker("Kari Admin", ("kommune_admin", verden.egen), styres_av=verden.egen),
        "bosetter_les": lag_bruker("Lars Leser", ("bosetter_les", verden.egen), styres_av=verden.egen),
        "imdi_admin": lag_bruker("Ida Imdi", ("imdi_admin", verden.organisasjoner["imdi"])),
    }
    som(None)
    return verden

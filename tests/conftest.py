"""Shared fixtures. Database fixtures live in tests/database.py (loaded as a plugin when Django is set up)."""

from pathlib import Path

import pytest

DELT = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def delt() -> Path:
    """The folder with the source documents and real figures; it lies beside the checkout and is never in it."""
    if not DELT.is_dir():
        pytest.skip("mappen ../shared finnes ikke: prøven trenger kildedokumenter eller virkelige tall derfra")
    return DELT

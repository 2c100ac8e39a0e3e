"""The header's menu: what fits, and the rest behind «Mer»."""

import pytest
from django.urls import reverse

from aktorer import som_bruker
from bosett.aktor.roller import ROLLER
from bosett.web import meny


@pytest.mark.parametrize("rolle", sorted(ROLLER))
def test_everything_the_role_may_open_is_in_the_menu_once(land: str, rolle: str) -> None:
    with som_bruker(rolle) as aktor:
        punkter, flere = meny.delt(aktor, reverse("hjem"))
        alle = [*punkter, *(flere.punkter if flere else ())]
        assert alle == meny.for_aktor(aktor, reverse("hjem"))
        assert len(punkter) <= meny.PLASS and (flere is None or len(flere.punkter) > 1)


def test_the_page_behind_more_marks_it(land: str) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        _, flere = meny.delt(aktor, reverse("statistikk:tall"))
        assert flere is not None and flere.her
        _, flere = meny.delt(aktor, reverse("hjem"))
        assert flere is not None and not flere.her

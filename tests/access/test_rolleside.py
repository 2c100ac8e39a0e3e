"""«Roller og hva de gir tilgang til» is the policy itself: what is enforced, and nothing else."""

import html
import re
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from bosett.aktor.kontekst import Aktor, Tilhorighet
from bosett.aktor.models import Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.aktor.roller import ROLLER
from bosett.anmodning import states
from bosett.grunn.handling import LESNINGER, Omfang
from bosett.tilgang import policy as modul
from bosett.tilgang.policy import Policy, kan, policy
from bosett.tilgang.selectors import rolleoversikt


def _side() -> dict[str, set[str]]:
    """Role code → every line under it on the page, with its reach."""
    cache.clear()  # public pages are kept in memory until the next publication or start
    tekst = Client().get(reverse("roller"), headers={"accept-language": "nb"}).content.decode()
    deler = re.findall(r'<section class="b-del" id="(\w+)".*?</section>', tekst, re.S)
    return {
        kode: {
            html.unescape(f"{linje[0]} ({linje[1]})")
            for linje in re.findall(
                r"<li>([^<]+)<small>([^<]+)</small></li>",
                re.search(rf'<section class="b-del" id="{kode}".*?</section>', tekst, re.S)[0],  # type: ignore[index]
            )
        }
        for kode in deler
    }


_OMFANG = {
    Omfang.EGEN: "egen organisasjon",
    Omfang.REGION: "kommunene i egen region",
    Omfang.FYLKE: "kommunene i eget fylke",
    Omfang.NASJONAL: "hele landet",
    Omfang.SELV: "egne opplysninger",
}


@pytest.mark.krav("R011")
@pytest.mark.django_db
def test_the_page_lists_every_role_with_exactly_what_is_enforced() -> None:
    side = _side()
    assert set(side) == set(ROLLER)
    for kode, rolle in ROLLER.items():
        alle = {**policy().handlinger, **policy().lesninger}
        ventet = {
            f"{rett.tekst[:1].upper()}{rett.tekst[1:]} ({_OMFANG[rett.roller[kode]]})"
            for rett in alle.values()
            if kode in rett.roller
        }
        assert side[kode] == ventet, kode
        # … and the same table decides: the role may exactly the acts and reads it is listed with.
        org = Organisasjon(pk=1, slag=rolle.slag)
        aktor = Aktor(1, "Prøve", (Tilhorighet(kode, 1, "Prøve", rolle.slag, None, None, None),))
        kan_alt = {
            rett.kode
            for rett in alle.values()
            if kan(aktor, rett.kode) and not getattr(rett, "offentlig", False)
        }
        assert kan_alt == {rett.kode for rett in alle.values() if kode in rett.roller}
        annen = Organisasjon(pk=2, slag=rolle.slag)
        for rett in alle.values():
            if rett.roller.get(kode) is Omfang.EGEN:
                assert kan(aktor, rett.kode, org) and not kan(aktor, rett.kode, annen)
    assert not kan(Aktor(1, "Uten rolle"), "anmodning.opprett")


@pytest.mark.krav("R249")
@pytest.mark.django_db
def test_changing_a_permission_changes_the_page_and_what_is_enforced(monkeypatch: pytest.MonkeyPatch) -> None:
    for_ = _side()
    linje = "Lage en ny runde (hele landet)"
    assert linje in for_["imdi_radgiver"] and linje not in for_["imdi_leder"]
    endret = replace(states.OPPRETT, roller={"imdi_leder": Omfang.NASJONAL})
    ny = Policy(policy().handlinger | {endret.kode: endret}, policy().lesninger)
    monkeypatch.setattr(modul, "policy", lambda: ny)
    monkeypatch.setattr("bosett.tilgang.selectors.policy", lambda: ny)
    side = _side()
    assert linje in side["imdi_leder"] and linje not in side["imdi_radgiver"]
    leder = Aktor(1, "L", (Tilhorighet("imdi_leder", 1, "IMDi", Slag.IMDI, None, None, None),))
    assert kan(leder, "anmodning.opprett")
    assert {k: v for k, v in side.items() if k not in ("imdi_leder", "imdi_radgiver")} == {
        k: v for k, v in for_.items() if k not in ("imdi_leder", "imdi_radgiver")
    }


def test_every_role_has_a_plain_text_and_somebody_who_gives_it() -> None:
    for kort in rolleoversikt():
        assert kort.rolle.beskrivelse.endswith(".") and kort.rolle.navn
        assert kort.rolle.gis_av and set(kort.rolle.gis_av) <= set(ROLLER)


def test_every_right_goes_to_known_roles_with_a_reach_that_means_something() -> None:
    """A county's reach for a role without a county would silently give nothing."""
    med_fylke = {Slag.FYLKESKOMMUNE, Slag.STATSFORVALTER}
    for rett in (*policy().handlinger.values(), *policy().lesninger.values()):
        assert set(rett.roller) <= set(ROLLER), rett.kode
        for rolle, omfang in rett.roller.items():
            if omfang is Omfang.FYLKE:
                assert ROLLER[rolle].slag in med_fylke, (rett.kode, rolle)
            if omfang is Omfang.NASJONAL:
                assert ROLLER[rolle].slag is not Slag.KOMMUNE, (
                    f"{rolle} ville sett alle kommuner: {rett.kode}"
                )
    assert policy().lesninger == LESNINGER


@pytest.mark.krav_delvis("R001")
def test_only_imdi_roles_create_a_request_round() -> None:
    assert {ROLLER[rolle].slag for rolle in policy().handlinger["anmodning.opprett"].roller} == {Slag.IMDI}

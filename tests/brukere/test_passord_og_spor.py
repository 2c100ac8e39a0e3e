"""Passwords, the ledger rows of user administration, and the list with its warnings."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.access.verden import Verden, som, system

from bosett.aktor.models import Bruker
from bosett.brukere import selectors, services
from bosett.brukere.models import Organisasjonssak
from bosett.grunn.feil import BosettFeil, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag, naa
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser


def _admin(verden: Verden) -> "object":
    return som(verden.brukere["kommune_admin"])


def _kode(feil: pytest.ExceptionInfo[BosettFeil]) -> str:
    return feil.value.kode


# -- passwords ----------------------------------------------------------------------------------------------------


def test_an_account_that_reaches_two_organisations_cannot_be_taken_over_by_one(verden: Verden) -> None:
    leser = verden.brukere["bosetter_les"]
    assert services.nytt_passord(aktor=_admin(verden), organisasjon=verden.egen, bruker=leser)
    imdi = som(verden.brukere["imdi_admin"])
    with pytest.raises(Konflikt) as feil:
        services.gi_rolle(aktor=imdi, organisasjon=verden.annen, bruker=leser, rolle="bosetter_les")
    assert _kode(feil) == "BRUKER-ENGANGSPASSORD", "the administrator of the first knows that password"
    Bruker.objects.filter(pk=leser.pk).update(maa_bytte_passord=False)
    leser.refresh_from_db()
    services.gi_rolle(aktor=imdi, organisasjon=verden.annen, bruker=leser, rolle="bosetter_les")
    leser.refresh_from_db()
    for admin, organisasjon in (
        (verden.brukere["kommune_admin"], verden.egen),
        (verden.annen_bruker, verden.annen),
    ):
        with pytest.raises(Konflikt) as feil:
            services.nytt_passord(aktor=som(admin), organisasjon=organisasjon, bruker=leser)
        assert _kode(feil) == "BRUKER-PASSORD-IMDI"
    passord = services.nytt_passord(
        aktor=som(verden.brukere["imdi_admin"]), organisasjon=verden.egen, bruker=leser
    )
    leser.refresh_from_db()
    assert leser.check_password(passord)


def test_own_password(verden: Verden) -> None:
    passord = services.nytt_passord(
        aktor=_admin(verden), organisasjon=verden.egen, bruker=verden.brukere["bosetter_les"]
    )
    aktor = som(verden.brukere["bosetter_les"])
    for gammelt, nytt, kode in (
        ("feil", "tog-fjell-eple-lampe", "BRUKER-FEIL-PASSORD"),
        (passord, "kort", "BRUKER-PASSORD"),
        (passord, "password1234", "BRUKER-PASSORD"),
        (passord, "lars.leser.lars", "BRUKER-PASSORD"),
        (passord, passord, "BRUKER-SAMME-PASSORD"),
    ):
        with pytest.raises(Ugyldig) as feil:
            services.bytt_passord(aktor=aktor, gammelt=gammelt, nytt=nytt)
        assert _kode(feil) == kode, nytt
    bruker = services.bytt_passord(aktor=aktor, gammelt=passord, nytt="tog-fjell-eple-lampe")
    assert bruker.check_password("tog-fjell-eple-lampe") and not bruker.maa_bytte_passord
    assert bruker.password.startswith("argon2$argon2id$")


# -- ledger -------------------------------------------------------------------------------------------------------


def test_ledger_rows_hold_no_names_and_the_chain_is_whole(
    verden: Verden, settings: Any, tmp_path: Path
) -> None:
    settings.SEGLMAPPE = tmp_path
    aktor = _admin(verden)
    ny = services.opprett(
        aktor=aktor,
        organisasjon=verden.egen,
        navn="Hemmelig Navn",
        epost="hemmelig@x.no",
        rolle="bosetter_les",
    )
    services.nytt_passord(aktor=aktor, organisasjon=verden.egen, bruker=ny.bruker)
    sak = Organisasjonssak.objects.get(organisasjon=verden.egen)
    rader = Hendelse.objects.filter(subjekt_id=sak.pk).order_by("nr")
    assert [rad.nr for rad in rader] == [1, 2]
    assert all("emmelig" not in str(rad.data) and ny.passord not in str(rad.data) for rad in rader)
    system()
    assert verifiser().feil == []
    som(verden.annen_bruker)
    assert not Hendelse.objects.filter(subjekt_id=sak.pk).exists(), (
        "another municipality does not see the acts"
    )


def test_list_shows_roles_deputies_and_warnings(verden: Verden) -> None:
    leser = verden.brukere["bosetter_les"]
    system()
    Bruker.objects.filter(pk=leser.pk).update(last_login=naa() - timedelta(days=181))
    aktor = _admin(verden)
    services.gi_rolle(
        aktor=aktor,
        organisasjon=verden.egen,
        bruker=leser,
        rolle="bosetter_skriv",
        til=i_dag() + timedelta(7),
    )
    kort = {k.bruker.navn: k for k in selectors.brukere_i(aktor, verden.egen)}
    assert list(kort) == ["Kari Admin", "Lars Leser"]
    assert [a.kode for a in kort["Kari Admin"].advarsler] == ["aldri"]
    assert [a.kode for a in kort["Lars Leser"].advarsler] == ["ubrukt", "slutter"]
    assert [a.kode for a in selectors.advarsler_om(aktor, verden.egen)] == ["en_admin"]
    siden = selectors.min_side(som(leser))
    assert {linje.rolle.kode for linje in siden.roller} == {"bosetter_les", "bosetter_skriv"}
    assert [b.navn for _, brukere in siden.gir_roller for b in brukere] == ["Kari Admin"]
    oversikt = selectors.organisasjoner(som(verden.brukere["imdi_admin"]))
    assert {(k.organisasjon.navn, k.brukere, k.administratorer) for k in oversikt if k.nummer} == {
        ("Egenby kommune", 2, 1), ("Annenby kommune", 1, 1),
    }  # fmt: skip

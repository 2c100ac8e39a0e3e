"""Creating users, giving and taking roles, deputies and passwords: what is allowed, what is refused, what the ledger keeps."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.access.verden import Verden, som, system

from bosett.aktor.models import Bruker, Medlemskap
from bosett.brukere import selectors, services
from bosett.grunn.feil import Avvist, BosettFeil, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import frys, i_dag, naa
from bosett.spor.models import Hendelse
from bosett.tilgang.policy import kan


def _admin(verden: Verden) -> "object":
    return som(verden.brukere["kommune_admin"])


def _kode(feil: pytest.ExceptionInfo[BosettFeil]) -> str:
    return feil.value.kode


# -- creating -----------------------------------------------------------------------------------------------------


@pytest.mark.krav("R010")
def test_municipal_administrator_creates_users_and_gives_roles_in_own_municipality_only(
    verden: Verden,
) -> None:
    aktor = _admin(verden)
    ny = services.opprett(
        aktor=aktor,
        organisasjon=verden.egen,
        navn="Per  Olsen",
        epost="Per@Egenby.no",
        rolle="bosetter_skriv",
    )
    assert (ny.bruker.navn, ny.bruker.brukernavn, ny.bruker.epost) == (
        "Per Olsen", "per.olsen@4204", "per@egenby.no",
    )  # fmt: skip
    assert ny.bruker.maa_bytte_passord and ny.bruker.check_password(ny.passord)
    services.gi_rolle(aktor=aktor, organisasjon=verden.egen, bruker=ny.bruker, rolle="kommunenorskbruker")
    assert som(ny.bruker).roller == {"bosetter_skriv", "kommunenorskbruker"}

    aktor = _admin(verden)
    andre = system() and Medlemskap.objects.get(bruker=verden.annen_bruker)
    aktor = _admin(verden)
    forsok = (
        lambda: services.opprett(aktor=aktor, organisasjon=verden.annen, navn="X Y", rolle="bosetter_les"),
        lambda: services.gi_rolle(aktor=aktor, organisasjon=verden.annen, bruker=ny.bruker, rolle="bosetter_les"),
        lambda: services.gi_rolle(aktor=aktor, organisasjon=verden.egen, bruker=verden.annen_bruker, rolle="bosetter_les"),
        lambda: services.fjern_rolle(aktor=aktor, medlemskap=andre),
        lambda: services.gi_vikar(aktor=aktor, medlemskap=andre, vikar=ny.bruker, til=i_dag() + timedelta(9)),
        lambda: services.nytt_passord(aktor=aktor, organisasjon=verden.annen, bruker=verden.annen_bruker),
        lambda: services.nytt_passord(aktor=aktor, organisasjon=verden.egen, bruker=verden.annen_bruker),
        lambda: selectors.brukere_i(aktor, verden.annen),
        lambda: selectors.organisasjon(aktor, verden.annen.uuid),
        lambda: selectors.bruker_i(aktor, verden.egen, verden.annen_bruker.uuid),
        lambda: selectors.organisasjoner(aktor),
    )  # fmt: skip
    for nr, prov in enumerate(forsok):
        with pytest.raises((Avvist, FinnesIkke)):
            prov()
            pytest.fail(f"attempt {nr} went through")
    system()
    assert Medlemskap.objects.filter(organisasjon=verden.annen).count() == 1


def test_no_other_role_may_do_it(verden: Verden) -> None:
    leser = som(verden.brukere["bosetter_les"])
    for kode in ("opprett", "gi_rolle", "fjern_rolle", "gi_vikar", "fjern_vikar", "nytt_passord", "liste"):
        assert not kan(leser, f"brukere.{kode}", verden.egen)
    with pytest.raises(Avvist):
        services.opprett(aktor=leser, organisasjon=verden.egen, navn="X Y", rolle="bosetter_les")


@pytest.mark.krav("R250")
def test_creating_a_user_never_tells_that_the_person_exists_elsewhere(verden: Verden) -> None:
    """The same name, e-mail or form key in another municipality gives the very same answer as an unknown one."""
    annen = som(verden.annen_bruker)
    der = services.opprett(
        aktor=annen, organisasjon=verden.annen, navn="Ola Hansen", epost="ola@x.no", rolle="bosetter_les"
    )
    aktor = _admin(verden)
    her = services.opprett(
        aktor=aktor,
        organisasjon=verden.egen,
        navn="Ola Hansen",
        epost="ola@x.no",
        rolle="bosetter_les",
        nokkel=der.bruker.uuid,
    )
    assert (der.bruker.brukernavn, her.bruker.brukernavn) == ("ola.hansen@4203", "ola.hansen@4204")
    assert her.passord and her.bruker.pk != der.bruker.pk and her.bruker.uuid != der.bruker.uuid
    der.bruker.refresh_from_db()
    assert der.bruker.check_password(der.passord), "the other account is untouched"
    ukjent, fremmed = [], []
    for svar, nokkel in ((ukjent, uuid4()), (fremmed, der.bruker.uuid)):
        with pytest.raises(FinnesIkke) as feil:
            selectors.bruker_i(aktor, verden.egen, nokkel)
        svar.append(feil.value.som_dict())
    assert ukjent == fremmed
    with pytest.raises(Ugyldig) as feil2:
        services.opprett(
            aktor=aktor,
            organisasjon=verden.egen,
            navn="X",
            rolle="bosetter_les",
            brukernavn="ola.hansen@4203",
        )
    assert _kode(feil2) == "BRUKER-VALGT-NAVN"


def test_namesakes_and_equal_email_in_own_municipality(verden: Verden) -> None:
    aktor = _admin(verden)

    def ny(epost: str) -> Bruker:
        return services.opprett(
            aktor=aktor, organisasjon=verden.egen, navn="Åse Ødegård-Næss", epost=epost, rolle="bosetter_les"
        ).bruker

    assert [ny("a@x.no").brukernavn, ny("b@x.no").brukernavn] == [
        "ase.odegard.naess@4204", "ase.odegard.naess2@4204",
    ]  # fmt: skip
    with pytest.raises(Konflikt) as feil:
        ny("A@x.no")
    assert _kode(feil) == "BRUKER-EPOST"


def test_retry_makes_one_user_and_shows_no_second_password(verden: Verden) -> None:
    aktor, nokkel = _admin(verden), uuid4()
    svar = [
        services.opprett(
            aktor=aktor, organisasjon=verden.egen, navn="Eva Li", epost="e@x.no", rolle="bosetter_les", nokkel=nokkel
        )
        for _ in range(2)
    ]  # fmt: skip
    assert svar[0].bruker == svar[1].bruker and svar[0].passord and not svar[1].passord
    assert Hendelse.objects.filter(handling="brukere.opprett").count() == 1


@pytest.mark.parametrize("rolle", ["imdi_godkjenner", "ks_radgiver", "finnes_ikke"])
def test_role_must_fit_the_organisation(verden: Verden, rolle: str) -> None:
    with pytest.raises(Ugyldig) as feil:
        services.opprett(aktor=_admin(verden), organisasjon=verden.egen, navn="X Y", rolle=rolle)
    assert _kode(feil) == "BRUKER-ROLLE"


# -- roles --------------------------------------------------------------------------------------------------------


def test_role_again_changes_nothing_and_can_be_prolonged_but_not_cut(verden: Verden) -> None:
    aktor, leser = _admin(verden), verden.brukere["bosetter_les"]
    til = i_dag() + timedelta(20)

    def gi(**valg: object) -> Medlemskap:
        return services.gi_rolle(
            aktor=aktor, organisasjon=verden.egen, bruker=leser, rolle="kommuneintrobruker", **valg
        )

    forste = gi(til=til)
    assert gi(til=til) == forste
    assert gi(til=til + timedelta(30)).til == til + timedelta(30)
    assert gi().til is None
    with pytest.raises(Konflikt) as feil:
        gi(til=til)
    assert _kode(feil) == "BRUKER-HAR-ROLLEN"
    assert Medlemskap.objects.filter(bruker=leser, rolle="kommuneintrobruker").count() == 1
    assert Hendelse.objects.filter(handling="brukere.gi_rolle").count() == 3


def test_dates_of_a_role(verden: Verden) -> None:
    aktor, leser = _admin(verden), verden.brukere["bosetter_les"]
    dag = i_dag()
    for fra, til, kode in (
        (dag - timedelta(1), None, "BRUKER-FRA"),
        (dag, dag, "BRUKER-TIL"),
        (dag + timedelta(400), None, "BRUKER-FRA-LANGT"),
    ):
        with pytest.raises(Ugyldig) as feil:
            services.gi_rolle(
                aktor=aktor, organisasjon=verden.egen, bruker=leser, rolle="bosetter_skriv", fra=fra, til=til
            )
        assert _kode(feil) == kode
    services.gi_rolle(
        aktor=aktor, organisasjon=verden.egen, bruker=leser, rolle="bosetter_skriv", fra=dag + timedelta(5)
    )
    assert som(leser).roller == {"bosetter_les"}
    with frys(naa() + timedelta(5)):
        assert som(leser).roller == {"bosetter_les", "bosetter_skriv"}


def test_removing_a_role_works_at_once_and_ends_deputies(verden: Verden) -> None:
    aktor, leser = _admin(verden), verden.brukere["bosetter_les"]
    skriver = services.opprett(
        aktor=aktor, organisasjon=verden.egen, navn="Siv Skriv", rolle="bosetter_skriv"
    ).bruker
    skriverrolle, leserrolle = skriver.medlemskap.get(), leser.medlemskap.get()
    services.gi_vikar(aktor=aktor, medlemskap=skriverrolle, vikar=leser, til=i_dag() + timedelta(10))
    assert som(leser).roller == {"bosetter_les", "bosetter_skriv"}
    aktor = _admin(verden)
    services.fjern_rolle(aktor=aktor, medlemskap=leserrolle)
    services.fjern_rolle(aktor=aktor, medlemskap=leserrolle)
    assert som(leser).roller == set(), "without a role of one's own one is no deputy either"
    aktor = _admin(verden)
    rad = Hendelse.objects.get(handling="brukere.fjern_rolle")
    assert len(rad.data["vikariater"]) == 1 and rad.rolle == "kommune_admin"
    services.gi_rolle(aktor=aktor, organisasjon=verden.egen, bruker=leser, rolle="bosetter_les")
    assert som(leser).roller == {"bosetter_les"}, "a former user gets the role back, but not the deputyship"


def test_last_municipal_administrator_stays_unless_imdi_says_so(verden: Verden) -> None:
    admin = verden.brukere["kommune_admin"]
    rolle = system() and admin.medlemskap.get()
    with pytest.raises(Konflikt) as feil:
        services.fjern_rolle(aktor=_admin(verden), medlemskap=rolle)
    assert _kode(feil) == "BRUKER-SISTE-ADMIN" and "IMDi" in str(feil.value)

    aktor = _admin(verden)
    kommer = services.opprett(
        aktor=aktor,
        organisasjon=verden.egen,
        navn="Nina Ny",
        rolle="kommune_admin",
        fra=i_dag() + timedelta(3),
    ).bruker
    with pytest.raises(Konflikt):
        services.fjern_rolle(aktor=aktor, medlemskap=rolle)
    services.fjern_rolle(aktor=aktor, medlemskap=rolle, fra=i_dag() + timedelta(4))
    assert kommer.medlemskap.get().til is None

    services.fjern_rolle(aktor=som(verden.brukere["imdi_admin"]), medlemskap=rolle)
    assert som(admin).roller == set()
    imdi = som(verden.brukere["imdi_admin"])
    with pytest.raises(Konflikt) as feil:
        services.fjern_rolle(aktor=imdi, medlemskap=verden.brukere["imdi_admin"].medlemskap.get())
    assert _kode(feil) == "BRUKER-SISTE-IMDI"


def test_nobody_in_imdi_and_no_deputy_gives_themselves_a_role(verden: Verden) -> None:
    ida = verden.brukere["imdi_admin"]
    with pytest.raises(Konflikt) as feil:
        services.gi_rolle(
            aktor=som(ida), organisasjon=verden.organisasjoner["imdi"], bruker=ida, rolle="imdi_godkjenner"
        )
    assert _kode(feil) == "BRUKER-SEG-SELV"
    leser, kari = verden.brukere["bosetter_les"], verden.brukere["kommune_admin"]
    services.gi_vikar(
        aktor=som(ida), medlemskap=kari.medlemskap.get(), vikar=leser, til=i_dag() + timedelta(5)
    )
    aktor = som(leser)
    assert kan(aktor, "brukere.gi_rolle", verden.egen)
    with pytest.raises(Konflikt) as feil:
        services.gi_rolle(aktor=aktor, organisasjon=verden.egen, bruker=leser, rolle="kommune_admin")
    assert _kode(feil) == "BRUKER-SEG-SELV"
    services.gi_rolle(aktor=_admin(verden), organisasjon=verden.egen, bruker=kari, rolle="bosetter_skriv")


# -- deputies -----------------------------------------------------------------------------------------------------


def test_deputy_acts_in_the_period_only_and_the_ledger_shows_who_acted(verden: Verden) -> None:
    ida, kari, leser = (verden.brukere[r] for r in ("imdi_admin", "kommune_admin", "bosetter_les"))
    rolle = system() and kari.medlemskap.get()
    dag = i_dag()
    fra, til = dag + timedelta(2), dag + timedelta(4)
    vikariat = services.gi_vikar(aktor=som(ida), medlemskap=rolle, vikar=leser, fra=fra, til=til)
    assert services.gi_vikar(aktor=som(ida), medlemskap=rolle, vikar=leser, fra=fra, til=til) == vikariat
    for dager, har in ((0, False), (2, True), (3, True), (4, False)):
        with frys(naa() + timedelta(dager)):
            assert ("kommune_admin" in som(leser).roller) is har
    with frys(naa() + timedelta(2)):
        services.opprett(aktor=som(leser), organisasjon=verden.egen, navn="Tor Ny", rolle="bosetter_les")
        rad = Hendelse.objects.filter(handling="brukere.opprett").latest("pk")
        assert (rad.bruker_id, rad.rolle, rad.organisasjon_id) == (leser.pk, "kommune_admin", verden.egen.pk)
    services.fjern_vikar(aktor=som(ida), vikariat=vikariat)
    services.fjern_vikar(aktor=som(ida), vikariat=vikariat)
    with frys(naa() + timedelta(2)):
        assert "kommune_admin" not in som(leser).roller
    assert system() and Hendelse.objects.filter(handling="brukere.fjern_vikar").count() == 1


def test_guards_of_a_deputy(verden: Verden) -> None:
    kari, leser = verden.brukere["kommune_admin"], verden.brukere["bosetter_les"]
    aktor, dag = _admin(verden), i_dag()
    karis, leserens = kari.medlemskap.get(), leser.medlemskap.get()
    uten = services.opprett(
        aktor=aktor, organisasjon=verden.egen, navn="Uten Rolle", rolle="bosetter_les"
    ).bruker
    services.fjern_rolle(aktor=aktor, medlemskap=uten.medlemskap.get())
    aktor = _admin(verden)
    for medlemskap, vikar, fra, til, kode in (
        (karis, leser, dag, dag, "BRUKER-VIKARPERIODE"),
        (karis, leser, dag - timedelta(1), dag + timedelta(1), "BRUKER-VIKARPERIODE"),
        (karis, leser, dag, dag + timedelta(400), "BRUKER-VIKAR-LENGE"),
        (karis, kari, dag, dag + timedelta(3), "BRUKER-EGEN-VIKAR"),
        (leserens, kari, dag, dag + timedelta(3), "BRUKER-EGEN-VIKAR"),
        (karis, uten, dag, dag + timedelta(3), "BRUKER-UKJENT"),
        (karis, verden.annen_bruker, dag, dag + timedelta(3), "BRUKER-UKJENT"),
    ):
        with pytest.raises(BosettFeil) as feil:
            services.gi_vikar(aktor=aktor, medlemskap=medlemskap, vikar=vikar, fra=fra, til=til)
        assert _kode(feil) == kode

"""Two administrators at once, on a database with real commits."""

from collections.abc import Callable
from uuid import uuid4

from django.db import transaction
from tests.access.verden import Verden, lag_bruker, lag_verden

from bosett.aktor import kontekst
from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Bruker, Medlemskap
from bosett.brukere import services
from bosett.brukere.models import Organisasjonssak, Tilgangssoknad
from bosett.brukere.rules import sats
from bosett.grunn.klokke import i_dag
from bosett.spor.models import Hendelse
from samtidig import koder


def _verden() -> tuple[Verden, list[Bruker]]:
    with transaction.atomic():
        verden = lag_verden(alle_roller=False)
        to = [lag_bruker(navn, ("kommune_admin", verden.egen)) for navn in ("Anne A", "Berit B")]
    return verden, to


def _hent(bruker: Bruker) -> Aktor:
    """The actor as a request read it, before the other administrator's act."""
    with transaction.atomic():
        return kontekst.hent(bruker)


def _som(aktor: Aktor, handling: Callable[[], object]) -> Callable[[], None]:
    def kjor() -> None:
        with kontekst.som(aktor):
            handling()

    return kjor


def test_two_administrators_removing_each_other_leave_one(ekte_database: str) -> None:
    verden, to = _verden()
    with kontekst.som(kontekst.system("prove")):
        roller = [bruker.medlemskap.get() for bruker in to]
    aktorer = [_hent(bruker) for bruker in to]
    svar = koder(
        *(
            _som(
                aktorer[nr], lambda nr=nr: services.fjern_rolle(aktor=aktorer[nr], medlemskap=roller[1 - nr])
            )
            for nr in (0, 1)
        )
    )
    assert sorted(svar) == ["TILGANG", "ok"], "the slower one is no administrator any more"
    with kontekst.som(kontekst.system("prove")):
        igjen = Medlemskap.objects.filter(organisasjon=verden.egen, til__isnull=True)
        assert igjen.count() == 1


def test_two_administrators_stepping_down_at_once_leave_one(ekte_database: str) -> None:
    _, to = _verden()
    with kontekst.som(kontekst.system("prove")):
        roller = [bruker.medlemskap.get() for bruker in to]
    aktorer = [_hent(bruker) for bruker in to]
    svar = koder(
        *(
            _som(aktorer[nr], lambda nr=nr: services.fjern_rolle(aktor=aktorer[nr], medlemskap=roller[nr]))
            for nr in (0, 1)
        )
    )
    assert sorted(svar) == ["BRUKER-SISTE-ADMIN", "ok"]


def test_double_click_makes_one_user_and_same_role_twice_is_one_role(ekte_database: str) -> None:
    verden, to = _verden()
    aktor, nokkel = _hent(to[0]), uuid4()

    def opprett() -> None:
        services.opprett(
            aktor=aktor, organisasjon=verden.egen, navn="Ny Person", epost="ny@x.no", rolle="bosetter_les", nokkel=nokkel
        )  # fmt: skip

    assert koder(*[_som(aktor, opprett)] * 3) == ["ok"] * 3
    with kontekst.som(kontekst.system("prove")):
        ny = Bruker.objects.get(navn="Ny Person")
        assert Organisasjonssak.objects.filter(organisasjon=verden.egen).count() == 1
    aktorer = [_hent(bruker) for bruker in to]

    def gi(nr: int) -> Callable[[], None]:
        return _som(
            aktorer[nr],
            lambda: services.gi_rolle(
                aktor=aktorer[nr], organisasjon=verden.egen, bruker=ny, rolle="bosetter_skriv"
            ),
        )

    assert koder(gi(0), gi(1), gi(0), gi(1)) == ["ok"] * 4
    with kontekst.som(kontekst.system("prove")):
        assert Medlemskap.objects.filter(bruker=ny, rolle="bosetter_skriv", fra=i_dag()).count() == 1
        nr = list(
            Hendelse.objects.filter(organisasjon=verden.egen).order_by("nr").values_list("nr", flat=True)
        )
        assert nr == [1, 2]


def test_two_new_users_with_the_same_email_and_name_at_once(ekte_database: str) -> None:
    verden, to = _verden()
    aktorer = [_hent(bruker) for bruker in to]

    def ny(nr: int, epost: str) -> Callable[[], None]:
        return _som(
            aktorer[nr],
            lambda: services.opprett(
                aktor=aktorer[nr], organisasjon=verden.egen, navn="Lik Navn", epost=epost, rolle="bosetter_les"
            ),
        )  # fmt: skip

    assert sorted(koder(ny(0, "lik@x.no"), ny(1, "LIK@x.no"))) == ["BRUKER-EPOST", "ok"]
    assert koder(ny(0, "en@x.no"), ny(1, "to@x.no")) == ["ok", "ok"]
    with kontekst.som(kontekst.system("prove")):
        navn = set(Bruker.objects.filter(navn="Lik Navn").values_list("brukernavn", flat=True))
        assert navn == {"lik.navn@4204", "lik.navn2@4204", "lik.navn3@4204"}


def _soknad(verden: Verden, epost: str = "siri@x.invalid") -> Tilgangssoknad:
    with kontekst.som(kontekst.INGEN) as ingen:
        return services.sok(
            aktor=ingen, organisasjon=verden.egen, navn="Siri Søker", epost=epost, stilling="leder", bekrefter="Rådmannen",
            bekrefter_telefon="37000000", avtale=True, maskin="10.0.0.1",
        )  # fmt: skip


def _uten_administrator() -> tuple[Verden, list[Aktor]]:
    with transaction.atomic():
        verden = lag_verden(alle_roller=False)
        to = [
            lag_bruker(navn, ("imdi_admin", verden.organisasjoner["imdi"]))
            for navn in ("Ida Imdi", "Ivar Imdi")
        ]
    return verden, [_hent(bruker) for bruker in to]


def _godkjenn(aktor: Aktor, soknad: Tilgangssoknad) -> Callable[[], None]:
    return _som(
        aktor,
        lambda: services.godkjenn_soknad(
            aktor=aktor, soknad=soknad, kontroll="kjent", hvordan="Snakket med rådmannen på telefon"
        ),
    )


def test_two_who_approve_the_same_request_make_one_user(ekte_database: str) -> None:
    verden, (ida, ivar) = _uten_administrator()
    soknad = _soknad(verden)
    assert koder(*[_godkjenn(ida, soknad), _godkjenn(ivar, soknad)] * 2) == ["ok"] * 4
    with kontekst.som(kontekst.system("prove")):
        assert Medlemskap.objects.filter(organisasjon=verden.egen, rolle="kommune_admin").count() == 1
        assert Hendelse.objects.filter(handling="brukere.godkjenn_soknad").count() == 1


def test_approved_and_refused_at_once_is_one_of_them(ekte_database: str) -> None:
    verden, (ida, ivar) = _uten_administrator()
    soknad = _soknad(verden)
    avsla = _som(ivar, lambda: services.avsla_soknad(aktor=ivar, soknad=soknad, grunn="Ukjent"))
    assert sorted(koder(_godkjenn(ida, soknad), avsla)) == ["TILGANG-BEHANDLET", "ok"]
    with kontekst.som(kontekst.system("prove")):
        soknad.refresh_from_db()
        har = Medlemskap.objects.filter(organisasjon=verden.egen).exists()
        assert har is (soknad.tilstand == "godkjent")


def test_two_requests_of_one_municipality_give_one_first_role(ekte_database: str) -> None:
    verden, (ida, ivar) = _uten_administrator()
    en, to = _soknad(verden), _soknad(verden, "to@x.invalid")
    assert sorted(koder(_godkjenn(ida, en), _godkjenn(ivar, to))) == ["TILGANG-HAR-ADMIN", "ok"]


def test_a_double_click_sends_one_request(ekte_database: str) -> None:
    verden, _ = _uten_administrator()
    assert koder(*[lambda: _soknad(verden)] * 3) == ["ok"] * 3
    with kontekst.som(kontekst.system("prove")):
        assert Tilgangssoknad.objects.count() == 1


def test_the_limit_of_a_day_holds_for_many_at_once(ekte_database: str) -> None:
    verden, _ = _uten_administrator()
    grense = sats("tilgangssoknad_per_maskin", i_dag())
    for nr in range(grense - 1):
        _soknad(verden, f"en{nr}@x.invalid")
    svar = koder(*(lambda nr=nr: _soknad(verden, f"to{nr}@x.invalid") for nr in range(3)))
    assert sorted(svar) == ["TILGANG-FOR-MANGE", "TILGANG-FOR-MANGE", "ok"]

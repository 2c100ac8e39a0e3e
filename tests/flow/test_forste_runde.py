"""The first round from need to letters, on the real database, through the services that the screens use."""

import csv
import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.test import Client
from procrastinate.contrib.django import app as jobber

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Bruker
from bosett.anmodning import samraad, selectors, services, utsending
from bosett.anmodning.models import Anmodningstall, Kommuneanmodning, Kostnadsrapport, Runde
from bosett.behov import services as behov
from bosett.behov.models import Behov
from bosett.dokument.models import Arkivpakke, Dokument, Forsendelse
from bosett.geografi.models import Indikatorverdi, Kommuneversjon
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Mangler, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.spor.verifisering import verifiser
from bosett.statistikk.models import Publiserttall
from bosett.statistikk.services import publiser_runde
from runder import behold_bare, lag_prognoser, legg_fram
from sidetekst import tabell, tekst

pytestmark = pytest.mark.usefixtures("land")


def _behov(aar: int = 2027, totalt: int = 5500, em: int = 141) -> Behov:
    with som_bruker("imdi_radgiver") as aktor:
        lag_prognoser(aktor, aar)
        return behov.registrer(
            aktor=aktor, aar=aar, totalt=totalt, em=em, em_under_15=40, fastsatt_av="Utvalget", fastsatt=date(2026, 10, 1),
            kilde="prøve",
        )  # fmt: skip


def _runde(tilstand: str = "utkast") -> int:
    """A round brought to the given state by the acts themselves."""
    behovet = _behov()
    with som_bruker("imdi_radgiver") as aktor:
        runde = services.opprett_runde(
            aktor=aktor, aar=2027, behov=behovet, kriteriesett="2022", variant=services.standardvariant("2022"),
            frist=i_dag() + timedelta(days=60),
        )  # fmt: skip
        if tilstand != "utkast":
            services.beregn(aktor=aktor, runde_id=runde.pk)
        if tilstand not in ("utkast", "beregnet"):
            legg_fram(aktor, runde.pk)
    if tilstand == "godkjent":
        with som_bruker("imdi_godkjenner") as aktor:
            services.godkjenn(aktor=aktor, runde_id=runde.pk, revisjon=1)
    return runde.pk


@pytest.mark.krav("R116", "R132", "R135")
@pytest.mark.krav_delvis("R117", "R131")
def test_from_need_to_letters_and_publication() -> None:
    with som(
        system("prove")
    ):  # only Trøndelag takes minors, so that the municipality whose pages are read gets some
        em = Indikatorverdi.objects.filter(indikator__kode="anmodning_em")
        trondelag = Kommuneversjon.objects.gjelder(i_dag()).filter(nummer__startswith="50")
        em.update(verdi=0)
        em.filter(kommune_id__in=trondelag.values("kommune_id")).update(verdi=5)
    runde_id = _runde("til_godkjenning")
    _ingenting_er_offentlig()
    with som_bruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=runde_id, revisjon=1)
    _ingenting_er_offentlig()  # the municipalities get their letters first
    with som(system("prove")):
        tall = Anmodningstall.objects.filter(revisjon__runde=runde_id)
        assert tall.count() == 357
        assert tall.aggregate(a=Sum("antall"), e=Sum("em")) == {"a": 5500, "e": 141}
        assert not Publiserttall.objects.filter(aar=2027).exists()
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    assert utsending.send_alle(aktor=system("prove"), runde_id=runde_id) == []
    with som(system("prove")):
        runde = Runde.objects.select_related("subjekt").get(pk=runde_id)
        spurt = runde.anmodninger.filter(tilstand="anmodet").count()
        assert runde.tilstand == "sendt" and spurt == runde.gjeldende.kontroll["spurt"]
        assert Dokument.objects.filter(tilstand="sendt", slag="anmodningsbrev").count() == spurt
        publiser_runde(aktor=system("prove"), runde_id=runde_id)
        offentlig = Publiserttall.objects.filter(aar=2027, maal="anmodning").aggregate(s=Sum("verdi"))
        assert offentlig == {"s": 5500}
        assert verifiser().feil == []
    alle = _de_utenfor_har_ikke_brev_og_er_ikke_spurt(runde)
    assert len(alle) - sum(antall == 0 for antall, _ in alle.values()) == spurt
    _enslige_mindreaarige_star_for_seg(runde, alle)


def _ingenting_er_offentlig() -> None:
    """Somebody who is not signed in finds nothing of the round."""
    cache.clear()
    for adresse in ("/tall/2027/", "/apne-data/tall-2027.csv", "/kommuner/5006/hvorfor/2027/"):
        assert Client().get(adresse).status_code == 404, adresse
    assert "2027" not in tekst(Client().get("/kommuner/5006-steinkjer/").content.decode())


def _de_utenfor_har_ikke_brev_og_er_ikke_spurt(runde: Runde) -> dict[str, tuple[int, int]]:
    """R116 and R135: the public table has everybody; those outside the subset have no letter and are «ikke spurt»."""
    cache.clear()
    with som(system("prove")):
        utenfor = list(runde.anmodninger.filter(tilstand="ikke_anmodet").select_related("organisasjon"))
        brev = set(Dokument.objects.values_list("motpart_id", flat=True))
        innvendig = {
            t.anmodning.nummer: (t.antall, t.em)
            for t in Anmodningstall.objects.filter(revisjon=runde.gjeldende).select_related("anmodning")
        }
    assert len(utenfor) > 50 and not {a.organisasjon_id for a in utenfor} & brev
    fil = Client().get("/tall/2027/?format=csv&vis=alle").content.decode("utf-8-sig")
    rader = {rad["Kommunenummer"]: rad for rad in csv.DictReader(io.StringIO(fil), delimiter=";")}
    assert {nr: int(rad["Anmodet"]) for nr, rad in rader.items()} == {
        nr: antall for nr, (antall, _) in innvendig.items()
    }
    assert {nr for nr, rad in rader.items() if rad["Svar"] == "Ikke spurt"} == {a.nummer for a in utenfor}
    en = utenfor[0]
    assert "ikke spurt" in tekst(Client().get(f"/tall/2027/?vis=alle&sok={en.navn}").content.decode())
    klient = _klient("imdi_radgiver")
    assert "Ikke anmodet" in tekst(klient.get(f"/anmodning/{runde.subjekt.uuid}/?sok={en.navn}").content.decode())  # fmt: skip
    side = klient.get(f"/anmodning/{runde.subjekt.uuid}/kommune/{en.nummer}/").content.decode()
    assert "ikke bedt om å bosette" in side and "brev.pdf" not in side and "Se brevet" not in side
    return innvendig


def _enslige_mindreaarige_star_for_seg(runde: Runde, alle: dict[str, tuple[int, int]]) -> None:
    """R132: never more than the number, and told apart on every page that shows it; the database refuses another."""
    assert all(0 <= em <= antall for antall, em in alle.values())
    assert any(em == 0 < antall for antall, em in alle.values())
    with pytest.raises(IntegrityError, match="em_i_antall"), som(system("prove")):
        Anmodningstall.objects.filter(revisjon=runde.gjeldende, anmodning__nummer="5006").update(
            em=F("antall") + 1
        )
    antall, em = alle["5006"]
    assert em, "kommunen i prøven må ha enslige mindreårige for at de kan vises"
    ord_ = f"av dem {em} enslig{'e' if em > 1 else ''} mindreårig{'e' if em > 1 else ''}"
    apne = (
        "/kommuner/5006-steinkjer/", "/kommuner/5006/hvorfor/2027/", "/kommuner/?sok=steinkjer", "/tall/2027/?sok=steinkjer",
        "/fylker/50/?aar=2027&sok=steinkjer",
    )  # fmt: skip
    for adresse in apne:
        assert ord_ in tekst(Client().get(adresse).content.decode()), adresse
    assert "av dem 141 enslige mindreårige" in tekst(Client().get("/tall/2027/").content.decode())
    imdi = _klient("imdi_radgiver")
    assert "av dem 141 til enslige mindreårige" in tekst(imdi.get(f"/anmodning/{runde.subjekt.uuid}/").content.decode())  # fmt: skip
    assert ord_ in tekst(imdi.get(f"/anmodning/{runde.subjekt.uuid}/kommune/5006/").content.decode())
    rad = tabell(
        imdi.get(f"/anmodning/{runde.subjekt.uuid}/?sok=steinkjer").content.decode(),
        "Tallene for hver kommune",
    )["Steinkjer"]
    assert rad[1:3] == [str(antall), str(em)]
    kommunen = _klient("bosetter_skriv")
    assert tabell(kommunen.get("/kommunens-anmodninger/").content.decode(), "Anmodninger til kommunen")[
        "2027"
    ][1:3] == [str(antall), str(em)]
    with som(system("prove")):
        egen = runde.anmodninger.select_related("subjekt").get(nummer="5006").subjekt.uuid
    assert ord_ in tekst(kommunen.get(f"/kommunens-anmodninger/{egen}/").content.decode())
    uten = next(nr for nr, (n, e) in alle.items() if n and not e)
    assert "ingen enslige mindreårige" in tekst(Client().get(f"/kommuner/{uten}/hvorfor/2027/").content.decode())  # fmt: skip


def _klient(bruker: str) -> Client:
    klient = Client()
    klient.force_login(Bruker.objects.get(pk=_bruker(bruker)))
    return klient


def test_a_round_ends_while_the_publication_of_another_still_waits(godkjent: int) -> None:
    """The worker may be down: what waits for one round never holds back another."""
    runde_id = godkjent
    behold_bare(runde_id, ["0301"])
    jobber.configure_task("statistikk.publiser_runde").defer(runde_id=0)
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    assert utsending.send_alle(aktor=system("prove"), runde_id=runde_id) == []
    with som(system("prove")):
        assert Runde.objects.get(pk=runde_id).tilstand == "sendt"


@pytest.mark.krav("R001")
def test_only_imdi_makes_a_round() -> None:
    """Settlement decisions, the row's other half, have no act at all yet: nobody can make one."""
    behovet = _behov()
    for bruker in (
        "kommune_admin",
        "bosetter_skriv",
        "ks_radgiver",
        "fylke_radgiver",
        "udi_saksbehandler",
        "imdi_godkjenner",
    ):
        with pytest.raises(Avvist), som_bruker(bruker) as aktor:
            services.opprett_runde(
                aktor=aktor, aar=2027, behov=behovet, kriteriesett="2022",
                variant=services.standardvariant("2022"), frist=i_dag() + timedelta(days=60),
            )  # fmt: skip
    assert not Runde.objects.exists()


def test_the_one_who_presents_may_not_approve() -> None:
    runde_id = _runde("til_godkjenning")
    with som(system("prove")):
        Runde.objects.filter(pk=runde_id).update(levert_av=_bruker("imdi_godkjenner"))
    with pytest.raises(Konflikt, match="annen person"), som_bruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=runde_id, revisjon=1)
    with pytest.raises(IntegrityError, match="runde_godkjent_av_en_annen"), som(system("prove")):
        Runde.objects.filter(pk=runde_id).update(godkjent_av=_bruker("imdi_godkjenner"))


def test_approval_is_of_the_numbers_one_looked_at() -> None:
    runde_id = _runde("beregnet")
    with som_bruker("imdi_radgiver") as aktor:
        services.beregn(aktor=aktor, runde_id=runde_id)
        legg_fram(aktor, runde_id)
    with pytest.raises(Konflikt, match="beregnet på nytt"), som_bruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=runde_id, revisjon=1)


@pytest.mark.krav("R115")
def test_nothing_is_sent_before_approval() -> None:
    """In every state before approval, by the act and by the database."""
    runde_id = _runde()
    steg = (
        ("utkast", lambda aktor: services.beregn(aktor=aktor, runde_id=runde_id)),
        (
            "beregnet",
            lambda aktor: samraad.apne(aktor=aktor, runde_id=runde_id, frist=i_dag() + timedelta(days=9)),
        ),
        ("samraad", lambda aktor: services.legg_fram(aktor=aktor, runde_id=runde_id, begrunnelse="Haster")),
        ("til_godkjenning", None),
    )
    for tilstand, videre in steg:
        with som(system("prove")):
            assert Runde.objects.get(pk=runde_id).tilstand == tilstand
        with pytest.raises(Konflikt, match="kan du ikke sende brevene"), som_bruker("imdi_radgiver") as aktor:
            utsending.send(aktor=aktor, runde_id=runde_id)
        with pytest.raises(IntegrityError, match="runde_"), som(system("prove")):
            Runde.objects.filter(pk=runde_id).update(tilstand="sendes")
        if videre:
            with som_bruker("imdi_radgiver") as aktor:
                videre(aktor)
    assert not Dokument.objects.exists()
    with som_bruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=runde_id, revisjon=1)
    behold_bare(runde_id, ["0301"])
    with som_bruker("imdi_radgiver") as aktor:
        assert utsending.send(aktor=aktor, runde_id=runde_id).tilstand == "sendes"


def test_sent_back_with_a_reason_and_not_without() -> None:
    runde_id = _runde("til_godkjenning")
    with pytest.raises(Ugyldig, match="Begrunnelsen mangler"), som_bruker("imdi_godkjenner") as aktor:
        services.send_tilbake(aktor=aktor, runde_id=runde_id, begrunnelse="  ")
    with som_bruker("imdi_godkjenner") as aktor:
        services.send_tilbake(aktor=aktor, runde_id=runde_id, begrunnelse="Sjekk Finnmark.")
    with som(system("prove")):
        assert Runde.objects.get(pk=runde_id).tilstand == "samraad"


@pytest.mark.krav_delvis("R080")
def test_a_missing_cost_report_stops_the_sending_before_any_letter(godkjent: int) -> None:
    runde_id = godkjent
    with som(system("prove")):
        Kostnadsrapport.objects.all().delete()
    with pytest.raises(Mangler, match="rapport"), som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    with som(system("prove")):
        assert Runde.objects.get(pk=runde_id).tilstand == "godkjent"
        assert (
            not Dokument.objects.exists()
            and not Forsendelse.objects.exists()
            and not Arkivpakke.objects.exists()
        )


def test_a_municipality_sees_its_own_request_from_the_day_it_is_sent_and_no_other(godkjent: int) -> None:
    runde_id = godkjent
    behold_bare(runde_id, ["5006", "1577"])
    with som_bruker("bosetter_skriv") as aktor:
        assert not selectors.egne(aktor).exists()
        assert (
            Kommuneanmodning.objects.count() == Runde.objects.count() == 0
        )  # row-level security, not the selector
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    utsending.send_alle(aktor=system("prove"), runde_id=runde_id)
    with som_bruker("bosetter_skriv") as aktor:
        (mitt,) = selectors.egne(aktor)
        assert mitt.anmodning.navn == "Steinkjer"
        assert (
            Kommuneanmodning.objects.count()
            == Anmodningstall.objects.count()
            == Dokument.objects.count()
            == 1
        )
    with som_bruker("bosetter_skriv.volda") as aktor:
        for ukjent in (mitt.anmodning.subjekt.uuid, uuid4()):
            with pytest.raises(FinnesIkke):
                selectors.egen(aktor, ukjent)


def test_criteria_of_an_unknown_year_refuse() -> None:
    behovet = _behov()
    with pytest.raises(Mangler, match="2020"), som_bruker("imdi_radgiver") as aktor:
        services.opprett_runde(
            aktor=aktor, aar=2027, behov=behovet, kriteriesett="2020",
            variant=services.standardvariant("2022"), frist=i_dag() + timedelta(days=60),
        )  # fmt: skip


@pytest.mark.krav("R090")
def test_the_need_nests_and_wrong_nesting_is_refused(eier: object) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        lag_prognoser(aktor, 2020)
        felles = {
            "aktor": aktor,
            "aar": 2020,
            "fastsatt_av": "Utvalget",
            "fastsatt": date(2019, 10, 1),
            "kilde": "S2",
        }
        registrert = behov.registrer(**felles, totalt=5100, em=140, em_under_15=40)
        assert (registrert.totalt, registrert.em, registrert.em_under_15) == (5100, 140, 40)
        for galt in ({"totalt": 139, "em": 140}, {"totalt": 5100, "em": 140, "em_under_15": 141}):
            with pytest.raises(Ugyldig), transaction.atomic():
                behov.registrer(**felles | {"begrunnelse": "ny"}, **galt)
    for felt in ({"em": 5101}, {"em_under_15": 141}):
        with pytest.raises(IntegrityError, match="behov_"), som(system("prove")):
            Behov.objects.filter(pk=registrert.pk).update(**felt)


def test_a_second_need_for_a_year_is_a_new_version_with_a_reason() -> None:
    forste = _behov()
    with pytest.raises(Ugyldig, match="versjon 2"):
        _behov()
    with som_bruker("imdi_radgiver") as aktor:
        andre = behov.registrer(
            aktor=aktor, aar=2027, totalt=4000, em=100, fastsatt_av="Utvalget", fastsatt=date(2026, 11, 1), kilde="prøve",
            begrunnelse="Færre søkere.",
        )  # fmt: skip
    assert (forste.versjon, andre.versjon) == (1, 2)


def _bruker(rolle: str) -> int:
    return Bruker.objects.get(brukernavn=f"{rolle}@demo.invalid").pk

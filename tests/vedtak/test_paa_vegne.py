"""IMDi registers an answer that came on paper or by e-mail, for a municipality where nobody can answer; and only there."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.dokument.filer import png

import svar
from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.anmodning.models import Runde
from bosett.demo.brukere import lag_skrivere, som_demobruker
from bosett.dokument.models import Dokument
from bosett.grunn.feil import Avvist, BosettFeil, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.oppgave.models import Oppgave
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from bosett.vedtak import kopier, selectors, services, underlag, vurdering
from bosett.vedtak.models import Vedtak
from runder import OSLO, STEINKJER

RADGIVER = "imdi_radgiver"


def _felt(antall: int = 12, **mer: Any) -> services.Utfylt:
    kom = {"paa_vegne": True, "mottatt": i_dag(), "grunn": "Kom på e-post. Ingen der har tilgang ennå."}
    return svar.utfylt(antall, **(kom | mer))


def _skriv(felt: services.Utfylt, *, kopi: bool = True, nummer: str = OSLO, versjon: int = 0) -> Vedtak:
    with som_bruker(RADGIVER) as aktor:
        utkast = services.lagre(
            aktor=aktor, anmodning_id=svar.anmodningen(nummer).pk, svar=felt, versjon=versjon
        )
        if kopi:
            kopier.last_opp(aktor=aktor, vedtak_id=utkast.pk, navn="e-post.png", innhold=png())
    return utkast


def _send(utkast: Vedtak, versjon: int = 1) -> Vedtak:
    with som_bruker(RADGIVER) as aktor:
        return services.send(aktor=aktor, vedtak_id=utkast.pk, versjon=versjon, bekreftet=True)


def test_it_is_registered_with_receipts_and_says_who_did_it(sendt: int) -> None:
    vedtak = _send(_skriv(_felt()))
    assert (vedtak.tilstand, vedtak.nr, vedtak.etter_frist) == ("registrert", 1, False)
    svar.arbeid()
    with som_bruker(RADGIVER) as aktor:
        kvitteringer = underlag.kvitteringer(aktor, vedtak)
    assert kvitteringer is not None and len(kvitteringer.linjer) == 4
    with som(system("prove")):
        assert Dokument.objects.filter(slag="vedtak").count() == 1
        hendelse = Hendelse.objects.get(handling="vedtak.send_for")
        assert (hendelse.rolle, hendelse.subjekt_id) == (RADGIVER, vedtak.anmodning_id)
        assert not Hendelse.objects.filter(handling__in=("vedtak.lagre", "vedtak.send")).exists()
        assert verifiser().feil == []
    for bruker in (RADGIVER, "ks_radgiver"):
        side = innlogget(bruker).get(reverse("svar:vedtak", args=[vedtak.uuid])).content.decode()
        assert "Registrert av IMDi på vegne av kommunen" in side and "Kom på e-post." in side

    # Somebody there gets access, and finds it marked
    with som(system("prove")):
        lag_skrivere([vedtak.organisasjon])
    oslo = innlogget(f"skriv-{OSLO}").get(reverse("vedtak:ett", args=[vedtak.uuid])).content.decode()
    assert "Registrert av IMDi på vegne av kommunen" in oslo and "e-post.png" in oslo


def test_the_day_it_came_decides_whether_it_was_in_time(sendt: int, eier) -> None:  # type: ignore[no-untyped-def]
    frist = i_dag() - timedelta(days=1)
    eier(f"UPDATE anmodning_runde SET frist = '{frist}' WHERE subjekt_id = {sendt}")
    mote = frist - timedelta(days=3)
    assert _send(_skriv(_felt(mottatt=frist, motedato=mote))).etter_frist is False
    assert _send(_skriv(_felt(11, mottatt=i_dag(), motedato=mote))).etter_frist is True


@pytest.mark.parametrize(
    ("felt", "kopi", "kode"),
    [
        ({"grunn": ""}, True, "VEDTAK-MANGLER-GRUNN"),
        ({"mottatt": None}, True, "VEDTAK-MANGLER-MOTTATT"),
        ({"mottatt": i_dag() + timedelta(days=1)}, True, "VEDTAK-MOTTATT-FRAMTID"),
        ({"mottatt": svar.MOTE - timedelta(days=1)}, True, "VEDTAK-MOTTATT-FOR-MOTET"),
        ({}, False, "VEDTAK-MANGLER-KOPI"),
        ({"tekst": "Kommunen bosetter inntil 12 flyktninger i 2027."}, True, "VEDTAK-FORBEHOLD"),
    ],
)
def test_the_same_checks_and_three_more(sendt: int, felt: dict[str, Any], kopi: bool, kode: str) -> None:
    utkast = _skriv(_felt(**felt), kopi=kopi)
    with pytest.raises(Ugyldig) as feil:
        _send(utkast)
    assert feil.value.kode == kode


def test_only_where_nobody_can_answer_and_only_imdis_advisers(sendt: int) -> None:
    with pytest.raises(Konflikt) as feil:
        _skriv(_felt(), nummer=STEINKJER)
    assert feil.value.kode == "VEDTAK-HAR-TILGANG"
    side = innlogget(RADGIVER).get(reverse("vedtak:svar", args=[svar.anmodningen().subjekt.uuid]))
    assert side.status_code == 409 and "Be kommunen svare selv." in side.content.decode()
    oslo = svar.anmodningen(OSLO)
    for rolle in ("imdi_leder", "imdi_admin", "ks_radgiver", "bosetter_skriv"):
        with som_bruker(rolle) as aktor, pytest.raises((Avvist, BosettFeil)):
            services.lagre(aktor=aktor, anmodning_id=oslo.pk, svar=_felt())
        assert innlogget(rolle).get(reverse("vedtak:svar", args=[oslo.subjekt.uuid])).status_code == 404


def test_a_municipality_that_gets_access_goes_on_from_the_draft(sendt: int) -> None:
    utkast = _skriv(_felt())
    with som(system("prove")):
        lag_skrivere([utkast.organisasjon])
    with pytest.raises(Konflikt):
        _send(utkast)
    with som_demobruker(f"skriv-{OSLO}") as aktor:
        tatt_over = services.lagre(
            aktor=aktor, anmodning_id=utkast.anmodning_id, svar=svar.utfylt(14), versjon=1
        )
        sendt_ = services.send(aktor=aktor, vedtak_id=tatt_over.pk, versjon=2, bekreftet=True)
    assert (sendt_.pk, sendt_.paa_vegne, sendt_.grunn) == (utkast.pk, False, "")


def test_another_in_imdi_judges_what_one_in_imdi_wrote_in(sendt: int) -> None:
    tekst = "Kommunen bosetter 12 flyktninger i 2027. Kommunen håper på barnefamilier."
    utkast = _skriv(_felt(tekst=tekst))
    with som_bruker(RADGIVER) as aktor:
        services.be_om_vurdering(
            aktor=aktor, vedtak_id=utkast.pk, versjon=1, bekreftet=True, sporsmaal="Et håp."
        )
    with som_bruker(RADGIVER) as aktor, pytest.raises(Konflikt) as feil:
        vurdering.vurder(aktor=aktor, vedtak_id=utkast.pk, versjon=1, godtatt=True, begrunnelse="Et håp.")
    assert feil.value.kode == "VEDTAK-FIRE-OYNE"
    with som(system("prove")) as aktor:
        vurdering.vurder(aktor=aktor, vedtak_id=utkast.pk, versjon=1, godtatt=False, begrunnelse="Uklart.")
        oppgave = Oppgave.objects.get(slag="rett_vedtak", ferdig=None)
        assert (oppgave.organisasjon.slag, oppgave.roller) == ("imdi", [RADGIVER])


def test_ks_sees_that_imdi_is_judging_and_not_the_words(sendt: int) -> None:
    utkast = svar.lagre(
        svar.utfylt(10, tekst="Kommunen bosetter 10 flyktninger i 2027. Kommunen håper på barnefamilier.")
    )
    with som_bruker("bosetter_skriv") as aktor:
        services.be_om_vurdering(
            aktor=aktor, vedtak_id=utkast.pk, versjon=1, bekreftet=True, sporsmaal="Et håp."
        )
    for bruker in ("ks_radgiver", "fylke_radgiver", RADGIVER):
        with som_bruker(bruker) as aktor:
            linjer = selectors.svar(aktor, Runde.objects.get(pk=sendt))
            status = {linje.tall.anmodning.nummer: str(linje.status) for linje in linjer}
            assert Vedtak.objects.exists() is (bruker == RADGIVER), "the actor acts again, and sees no row"
        assert status[STEINKJER] == "til_vurdering"


def test_the_list_says_whose_copy_is_missing_to_imdi_only(sendt: int) -> None:
    med = _send(_skriv(_felt()))
    svar.send(svar.utfylt(10))
    with som_bruker(RADGIVER) as aktor:
        linjer = {ett.tall.anmodning.nummer: ett for ett in selectors.svar(aktor, med.anmodning.runde)}
    assert (linjer[OSLO].kopi_mangler, linjer[STEINKJER].kopi_mangler) == (False, True)
    adresse = reverse("svar:runde", args=[_runde_uuid(sendt)])
    rader = innlogget(RADGIVER).get(f"{adresse}?svar=uten_kopi").content.decode()
    assert "Steinkjer" in rader.split("<tbody>")[-1] and "Oslo" not in rader.split("<tbody>")[-1]
    ks = innlogget("ks_radgiver").get(adresse).content.decode()
    assert "Kopi av vedtaket mangler" not in ks and "Kopi mangler" not in ks


def test_imdi_reads_the_council_paper_and_finds_the_way_to_register(sendt: int) -> None:
    oslo = svar.anmodningen(OSLO)
    radgiver = innlogget(RADGIVER)
    side = radgiver.get(reverse("anmodning:kommunetall", args=[_runde_uuid(sendt), OSLO])).content.decode()
    papir, skjema = (
        reverse(navn, args=[oslo.subjekt.uuid]) for navn in ("vedtak:saksframlegg", "vedtak:svar")
    )
    assert f'href="{papir}"' in side and f'href="{skjema}"' in side
    for navn in ("saksframlegg", "saksframlegg_pdf", "saksframlegg_docx"):
        assert radgiver.get(reverse(f"vedtak:{navn}", args=[oslo.subjekt.uuid])).status_code == 200
        assert (
            innlogget("ks_radgiver").get(reverse(f"vedtak:{navn}", args=[oslo.subjekt.uuid])).status_code
            == 404
        )
    liste = radgiver.get(reverse("anmodning:uten_tilgang", args=[_runde_uuid(sendt)])).content.decode()
    assert f'href="{skjema}"' in liste
    steinkjer = radgiver.get(
        reverse("anmodning:kommunetall", args=[_runde_uuid(sendt), STEINKJER])
    ).content.decode()
    assert "Registrer svar som kom" not in steinkjer


def _runde_uuid(runde_id: int) -> Any:
    with som(system("prove")):
        return Runde.objects.get(pk=runde_id).subjekt.uuid

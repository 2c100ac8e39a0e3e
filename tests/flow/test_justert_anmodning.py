"""The need changes after the letters: a notice, a new round with letters and a deadline of its own; what was sent stands."""

import hashlib
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Bruker
from bosett.anmodning import revidering, selectors, services, states, utsending, utsettelse
from bosett.anmodning.brev import hent_brevgrunnlag, lag_brev
from bosett.anmodning.models import Anmodningstall, Justeringsvarsel, Kommuneanmodning, Runde, Utsettelse
from bosett.behov import services as behov
from bosett.behov.models import Behov
from bosett.dokument.models import Dokument
from bosett.grunn.feil import Avvist, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag, naa
from bosett.oppgave import selectors as oppgaver
from bosett.oppgave.models import Oppgave
from bosett.spor.verifisering import verifiser
from runder import AAR, behold_bare, legg_fram

STEINKJER, VOLDA, OSLO = "5006", "1577", "0301"
GRUNN = "Krigen i Ukraina. Mange kommer på kort tid."


def _send(runde_id: int) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    assert utsending.send_alle(aktor=system("prove"), runde_id=runde_id) == []


def _nytt_behov(totalt: int = 35000, em: int = 400) -> Behov:
    with som_bruker("imdi_radgiver") as aktor:
        return behov.registrer(
            aktor=aktor, aar=AAR, totalt=totalt, em=em, em_under_15=40, fastsatt_av="Utvalget", fastsatt=date(2027, 3, 18),
            kilde="prøve", begrunnelse=GRUNN, drivere=["krise"],
        )  # fmt: skip


def _enkel(tekst: str) -> str:
    """With ordinary spaces in its numbers."""
    return re.sub("[\u00a0\u202f]|\\\\xa0|\\\\u202f|&nbsp;", " ", tekst)


@pytest.fixture
def sendt(godkjent: int) -> int:
    """A round whose letters have gone to Steinkjer and Volda only."""
    behold_bare(godkjent, [STEINKJER, VOLDA])
    _send(godkjent)
    return godkjent


def _justert(sendt: int, nytt: Behov) -> int:
    with som_bruker("imdi_radgiver") as aktor:
        return revidering.lag_justert(
            aktor=aktor, runde_id=sendt, behov=nytt, frist=i_dag() + timedelta(days=90)
        ).pk


def _til_godkjent(runde_id: int) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        services.beregn(aktor=aktor, runde_id=runde_id)
        legg_fram(aktor, runde_id)
    with som_bruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=runde_id, revisjon=1)


def _filer() -> dict[str, str]:
    rot = Path(settings.UTBOKS)
    return {
        str(f.relative_to(rot)): hashlib.sha256(f.read_bytes()).hexdigest()
        for f in rot.rglob("*")
        if f.is_file()
    }


@pytest.mark.krav("R119")
def test_a_changed_forecast_gives_a_notice_and_never_edits_an_old_letter(sendt: int) -> None:
    with som(system("prove")):
        for_ = {d.pk: (d.innhold, d.tilstand) for d in Dokument.objects.all()}
    filer = _filer()
    nytt = _nytt_behov(3790, 72)
    with som(system("prove")) as aktor:
        assert revidering.meld_nytt_behov(aktor=aktor, behov_id=nytt.pk) is not None
        assert revidering.meld_nytt_behov(aktor=aktor, behov_id=nytt.pk) is None  # the job may run twice
        assert Oppgave.objects.filter(slag="les_varsel", ferdig=None).count() == 2
        assert {d.pk: (d.innhold, d.tilstand) for d in Dokument.objects.all()} == for_
        uuid = Kommuneanmodning.objects.get(runde=sendt, nummer=STEINKJER).subjekt.uuid
    assert _filer() == filer
    klient = Client()
    klient.force_login(Bruker.objects.get(brukernavn="bosetter_skriv@demo.invalid"))
    side = klient.get(reverse("anmodning:egen", args=[uuid])).content.decode()
    assert GRUNN in side and _enkel(side).count("fra 5 500 til 3 790 plasser")
    assert klient.post(reverse("anmodning:les_varsel", args=[uuid])).status_code == 302
    with som(system("prove")):
        assert Oppgave.objects.filter(slag="les_varsel", ferdig=None).count() == 1
    with som_bruker("bosetter_les") as aktor, pytest.raises(Avvist):
        revidering.les_varsel(aktor=aktor, anmodning=Kommuneanmodning.objects.get(runde=sendt))


def test_from_5500_to_two_to_35000_to_all_with_new_letters_and_a_new_deadline(sendt: int) -> None:
    with som(system("prove")):
        gamle = {d.pk: d.innhold for d in Dokument.objects.all()}
        for_tall = Anmodningstall.objects.get(revisjon__runde=sendt, anmodning__nummer=STEINKJER).antall
    runde_id = _justert(sendt, _nytt_behov())
    _til_godkjent(runde_id)
    with som(system("prove")):
        runde = Runde.objects.select_related("behov", "erstatter__behov", "subjekt").get(pk=runde_id)
        assert (runde.nr, runde.erstatter_id, runde.gjeldende.kontroll["sum_antall"]) == (2, sendt, 35000)
        # each letter: who was asked before reads what it comes in the place of, the others get a first letter
        grunnlag = hent_brevgrunnlag(runde, i_dag())
        tall = {t.anmodning.nummer: t for t in runde.gjeldende.tall.select_related("anmodning__organisasjon")}
        justert, forste = (_enkel(repr(lag_brev(grunnlag, tall[nr]))) for nr in (STEINKJER, OSLO))
        assert "Justert anmodning" in justert and f"å bosette {for_tall} flyktninger" in justert
        assert "kommer i stedet for" not in forste and "Justert" not in forste
        assert f"{runde.frist:%-d}." in justert
    behold_bare_igjen = [STEINKJER, VOLDA, OSLO]
    _behold(runde_id, behold_bare_igjen)
    _send(runde_id)
    with som(system("prove")):
        tilstander = dict(
            Kommuneanmodning.objects.filter(runde=sendt, sendt__isnull=False).values_list(
                "nummer", "tilstand"
            )
        )
        assert tilstander == {STEINKJER: "revidert", VOLDA: "revidert"}
        nye = Kommuneanmodning.objects.filter(runde=runde_id, tilstand="anmodet")
        assert set(nye.values_list("nummer", flat=True)) == set(behold_bare_igjen)
        assert {pk: Dokument.objects.get(pk=pk).innhold for pk in gamle} == gamle
        assert Oppgave.objects.filter(slag="les_anmodning", ferdig=None).count() == 3
        assert verifiser().feil == []
    with som_bruker("bosetter_skriv") as aktor:
        egne = list(selectors.egne(aktor))
        assert [t.anmodning.runde.nr for t in egne] == [2, 1]
        assert selectors.byttet(aktor, egne[1])["etter"] == egne[0]
        assert selectors.byttet(aktor, egne[0])["for_"] == egne[1]
        adresser = [reverse("anmodning:egen", args=[t.anmodning.subjekt.uuid]) for t in egne]
    klient = Client()
    klient.force_login(Bruker.objects.get(brukernavn="bosetter_skriv@demo.invalid"))
    liste = klient.get(reverse("anmodning:egne")).content.decode()
    assert liste.index(adresser[0]) < liste.index(adresser[1])  # the one to answer stands first


def _behold(runde_id: int, numre: list[str]) -> None:
    with som(system("prove")):
        alle = Kommuneanmodning.objects.filter(runde=runde_id)
        alle.exclude(nummer__in=numre).update(tilstand="ikke_anmodet")


def test_who_is_no_longer_asked_is_told_so_in_a_letter(sendt: int) -> None:
    runde_id = _justert(sendt, _nytt_behov(3790, 72))
    _til_godkjent(runde_id)
    with som(system("prove")):
        runde = Runde.objects.select_related("behov", "erstatter__behov").get(pk=runde_id)
        # the key gives Volda no places this time
        Anmodningstall.objects.filter(revisjon=runde.gjeldende, anmodning__nummer=VOLDA).update(
            antall=0, em=0
        )
        tall = runde.gjeldende.tall.select_related("anmodning__organisasjon").get(anmodning__nummer=VOLDA)
        brev = repr(lag_brev(hent_brevgrunnlag(runde, i_dag()), tall))
        assert "ikkje lenger kommunen om å busette" in brev and "Fristen for å svare" not in brev
    _behold(runde_id, [VOLDA])
    with som(system("prove")):
        Kommuneanmodning.objects.filter(runde=runde_id, nummer=VOLDA).update(tilstand="klar")
    _send(runde_id)
    with som(system("prove")):
        assert Kommuneanmodning.objects.get(runde=runde_id, nummer=VOLDA).tilstand == "bortfalt"
        assert Kommuneanmodning.objects.get(runde=sendt, nummer=VOLDA).tilstand == "revidert"


def test_a_computation_gives_everybody_who_was_asked_a_letter_again(sendt: int) -> None:
    runde_id = _justert(sendt, _nytt_behov(3790, 72))
    with som_bruker("imdi_radgiver") as aktor:
        services.beregn(aktor=aktor, runde_id=runde_id)
        assert set(
            Kommuneanmodning.objects.filter(runde=runde_id, nummer__in=[STEINKJER, VOLDA]).values_list(
                "tilstand", flat=True
            )
        ) == {"klar"}


def test_an_adjusted_request_needs_a_sent_round_a_newer_need_and_comes_once(godkjent: int) -> None:
    with som(system("prove")):
        gammelt = Runde.objects.get(pk=godkjent).behov
    with pytest.raises(Konflikt, match="ikke sendt"):
        _justert(godkjent, gammelt)
    behold_bare(godkjent, [STEINKJER])
    _send(godkjent)
    with pytest.raises(Konflikt, match="ikke nyere"):
        _justert(godkjent, gammelt)
    nytt = _nytt_behov()
    forste = _justert(godkjent, nytt)
    with pytest.raises(Konflikt, match="allerede laget"):
        _justert(godkjent, nytt)
    with (
        som(system("prove")),
        pytest.raises(IntegrityError, match="runde_justeres_en_gang"),
        transaction.atomic(),
    ):
        Runde.objects.filter(pk=forste).update(erstatter=godkjent)
        Runde.objects.create(
            subjekt=services.nytt_subjekt(slag="runde"), aar=AAR, nr=9, behov=nytt, kriteriesett="2022",
            variant=Runde.objects.get(pk=forste).variant, frist=i_dag(), tilstand="utkast", erstatter_id=godkjent,
        )  # fmt: skip
    # given up, it makes room for another; a reason is needed
    with som_bruker("imdi_radgiver") as aktor, pytest.raises(Ugyldig, match="Begrunnelsen mangler"):
        revidering.avlys(aktor=aktor, runde_id=forste, begrunnelse="")
    with som_bruker("imdi_radgiver") as aktor:
        revidering.avlys(aktor=aktor, runde_id=forste, begrunnelse="Behovet endret seg igjen.")
    assert _justert(godkjent, nytt) != forste
    with som_bruker("imdi_radgiver") as aktor, pytest.raises(Konflikt):
        revidering.avlys(aktor=aktor, runde_id=godkjent, begrunnelse="For sent, brevene er ute.")


def test_a_round_can_be_called_off_from_its_page_until_it_waits_for_approval_or_its_letters_leave(
    i_samraad: int,
) -> None:
    with som(system("prove")):
        uuid = Runde.objects.get(pk=i_samraad).subjekt.uuid
        Runde.objects.update(sendt=naa(), godkjent=naa(), godkjent_av=Bruker.objects.order_by("pk").first())
        Utsettelse.objects.create(runde_id=i_samraad, begrunnelse="Prøve")
    side, avlys = (reverse(f"anmodning:{navn}", args=[uuid]) for navn in ("runde", "avlys"))
    klient = innlogget("imdi_radgiver")
    for tilstand in states.RUNDE.tilstander:
        with som(system("prove")):
            Runde.objects.update(tilstand=tilstand.kode)
        kan = tilstand.kode in ("utkast", "beregnet", "samraad", "godkjent", "utsatt")
        assert (f'action="{avlys}"' in klient.get(side).content.decode()) == kan, tilstand.kode
    with som(system("prove")):
        Runde.objects.update(tilstand="samraad")
    assert f'action="{avlys}"' not in innlogget("imdi_godkjenner").get(side).content.decode()
    assert klient.post(avlys, {"begrunnelse": "Behovet endret seg."}).status_code == 302
    etter = klient.get(side).content.decode()
    assert "Runden er avlyst. Ingen brev er sendt." in etter and avlys not in etter
    with som_bruker("ks_radgiver") as aktor:  # nobody is asked any more
        assert not oppgaver.apne(aktor).exists()


def test_2021_the_need_falls_the_adjusted_letters_wait_and_the_reason_is_there(sendt: int) -> None:
    with som_bruker("imdi_radgiver") as aktor, pytest.raises(Ugyldig, match="Begrunnelsen mangler"):
        revidering.varsle(aktor=aktor, runde_id=sendt, behov=Behov.objects.first(), begrunnelse=" ")
    nytt = _nytt_behov(3790, 72)
    with som_bruker("imdi_radgiver") as aktor:
        revidering.varsle(
            aktor=aktor,
            runde_id=sendt,
            behov=nytt,
            begrunnelse="Reiserestriksjoner",
            planlagt=date(2027, 8, 20),
        )
        assert Justeringsvarsel.objects.get().planlagt == date(2027, 8, 1)
    runde_id = _justert(sendt, nytt)
    _til_godkjent(runde_id)
    with som_bruker("imdi_radgiver") as aktor:
        utsettelse.utsett(
            aktor=aktor, runde_id=runde_id, begrunnelse="Uoversiktlig situasjon", hendelse="860 personer fra Afghanistan",
            hendelse_dato=date(2027, 8, 15), hendelse_kilde="prøve",
        )  # fmt: skip
    assert utsending.send_alle(aktor=system("prove"), runde_id=runde_id) == []
    with som(system("prove")):
        assert not Kommuneanmodning.objects.filter(runde=runde_id).exclude(sendt=None).exists()
    klient = Client()
    klient.force_login(Bruker.objects.get(brukernavn="imdi_radgiver@demo.invalid"))
    with som(system("prove")):
        uuid, ny = (Runde.objects.get(pk=pk).subjekt.uuid for pk in (sendt, runde_id))
    side = klient.get(reverse("anmodning:runde", args=[uuid])).content.decode()
    assert _enkel(side).count("Behovet er endret fra 5 500 til 3 790 plasser") and "august 2027" in _enkel(
        side
    )
    side = klient.get(reverse("anmodning:runde", args=[ny])).content.decode()
    assert "Uoversiktlig situasjon" in side and "860 personer fra Afghanistan" in side

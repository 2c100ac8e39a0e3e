"""The letter gives the municipality three tasks with dates, each with its own end; and the way from home to the receipt."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

import svar
from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.anmodning import oppgaver, revidering, services, utsending
from bosett.anmodning.models import Anmodningstall, Kommuneanmodning
from bosett.anmodning.rules.oppgavefrister import Oppgavefrister, oppgavefrister
from bosett.behov import services as behov
from bosett.grunn.feil import Avvist
from bosett.grunn.klokke import i_dag
from bosett.oppgave.models import Oppgave
from bosett.spor.models import Hendelse
from bosett.vedtak import services as vedtak
from runder import AAR, STEINKJER, VOLDA, behold_bare, legg_fram

BRUKERE = ("bosetter_skriv", "kommune_admin", "bosetter_les")


def _apne(nummer: str = STEINKJER) -> dict[str, date | None]:
    with som(system("prove")):
        return dict(
            Oppgave.objects.filter(subjekt_id=svar.anmodningen(nummer).pk, ferdig=None)
            .order_by("frist")
            .values_list("slag", "frist")
        )


def _side(rolle: str = "bosetter_skriv") -> str:
    return (
        innlogget(rolle)
        .get(reverse("anmodning:egen", args=[svar.anmodningen().subjekt.uuid]))
        .content.decode()
    )


@pytest.mark.krav("R154")
def test_the_letter_gives_three_tasks_with_dates(sendt: int) -> None:
    frist = svar.anmodningen().runde.frist
    with som(system("prove")):
        fikk_brev = Kommuneanmodning.objects.filter(runde=sendt, tilstand="anmodet").count()
        assert Oppgave.objects.filter(slag__in=oppgaver.LISTE, ferdig=None).count() == 3 * fikk_brev == 9
    assert list(_apne()) == ["les_anmodning", "behandle_anmodning", "svar_anmodning"]
    assert _apne()["behandle_anmodning"] == frist - timedelta(days=28)
    assert _apne()["svar_anmodning"] == frist
    side = _side()
    assert side.count('class="b-klokke"') == 4, "the deadline and the three"
    for dag in _apne().values():
        assert dag is not None and f'datetime="{dag.isoformat()}"' in side


@pytest.mark.parametrize(
    ("sendt", "frist", "ventet"),
    [
        (date(2026, 9, 1), date(2026, 12, 20), (date(2026, 9, 8), date(2026, 11, 22), date(2026, 12, 20))),
        (date(2026, 12, 1), date(2026, 12, 20), (date(2026, 12, 1), date(2026, 12, 1), date(2026, 12, 20))),
        (date(2026, 11, 20), date(2026, 12, 20), (date(2026, 11, 22), date(2026, 11, 22), date(2026, 12, 20))),
    ],
)  # fmt: skip
def test_dates_come_in_order_and_never_before_the_letter(
    sendt: date, frist: date, ventet: tuple[date, date, date]
) -> None:
    assert oppgavefrister(sendt, frist) == Oppgavefrister(*ventet)


def test_each_ends_by_its_own_act_and_a_look_is_none(sendt: int) -> None:
    uuid = svar.anmodningen().subjekt.uuid
    client = innlogget()
    assert "Vi har lest anmodningen" in _side() and len(_apne()) == 3
    for _ in range(2):  # a second press changes nothing
        assert client.post(reverse("anmodning:merk_lest", args=[uuid])).status_code == 302
    assert list(_apne()) == ["behandle_anmodning", "svar_anmodning"]
    assert "Vi har lest anmodningen" not in _side() and "Lest " in _side()
    assert innlogget("kommune_admin").post(reverse("anmodning:merk_satt_opp", args=[uuid])).status_code == 302
    assert list(_apne()) == ["svar_anmodning"]
    with som(system("prove")):
        assert Hendelse.objects.filter(handling="anmodning.merk_lest").count() == 1
    svar.send(svar.utfylt())
    assert _apne() == {}
    assert _side().count("ferdig</span>") == 4


def test_the_answer_ends_all_and_putting_the_matter_up_ends_the_reading(sendt: int) -> None:
    client = innlogget("bosetter_skriv.volda")
    client.post(reverse("anmodning:merk_satt_opp", args=[svar.anmodningen(VOLDA).subjekt.uuid]))
    assert list(_apne(VOLDA)) == ["svar_anmodning"]
    svar.send(svar.utfylt())
    assert _apne() == {} and list(_apne(VOLDA)) == ["svar_anmodning"]


def test_who_only_reads_sees_the_tasks_without_buttons(sendt: int) -> None:
    uuid = svar.anmodningen().subjekt.uuid
    side = _side("bosetter_les")
    assert "Legg saken fram for kommunestyret" in side
    assert "Saken er satt opp" not in side and "Svar på anmodningen" not in side
    assert innlogget("bosetter_les").post(reverse("anmodning:merk_lest", args=[uuid])).status_code == 404
    with som_bruker("bosetter_les") as aktor, pytest.raises(Avvist):
        oppgaver.merk_lest(aktor=aktor, anmodning=svar.anmodningen())
    admin = _side("kommune_admin")
    assert "Saken er satt opp" in admin and "Svar på anmodningen" not in admin, "who may not write the answer"


def test_four_clicks_from_home_to_the_receipt(sendt: int) -> None:
    client, uuid = innlogget(), svar.anmodningen().subjekt.uuid
    skjema = reverse("vedtak:svar", args=[uuid])
    assert f'href="{skjema}"' in client.get(reverse("hjem")).content.decode()  # 1: the task
    felt = {
        "antall": "10", "em": "nei", "organ": "kommunestyre", "motedato": "18.11.2026", "saksnummer": "84/2026",
        "tekst": f"Kommunen bosetter 10 flyktninger i {AAR}.", "versjon": "0", "side": "a", "handling": "se_over",
    }  # fmt: skip
    over = client.post(skjema, felt).url  # 2: «Se over og send»
    versjon = re.search(r'name="versjon" value="(\d+)"', client.get(over).content.decode())
    assert versjon is not None
    kvittering = client.post(
        over, {"versjon": versjon[1], "bekreftet": "on"}
    )  # 3 and 4: the tick, «Send svaret»
    assert "Kvitteringer" in client.get(kvittering.url).content.decode()


def test_the_page_leads_to_the_answer_and_then_shows_it(sendt: int) -> None:
    skjema = reverse("vedtak:svar", args=[svar.anmodningen().subjekt.uuid])
    assert "Svar på anmodningen" in _side() and f'href="{skjema}"' in _side()
    utkast = svar.lagre(svar.utfylt())
    assert "Fortsett på svaret" in _side() and "Fortsett på svaret" not in _side("bosetter_les")
    with som_bruker("bosetter_skriv") as aktor:
        vedtak.be_om_vurdering(
            aktor=aktor,
            vedtak_id=utkast.pk,
            versjon=utkast.versjon,
            bekreftet=True,
            sporsmaal="Er det greit?",
        )
    adresse = reverse("vedtak:ett", args=[utkast.uuid])
    assert (
        "Til vurdering i IMDi" in _side()
        and f'href="{adresse}"' in _side()
        and "Fortsett på svaret" not in _side()
    )


def test_a_registered_answer_is_the_fact_of_the_page(sendt: int) -> None:
    ferdig = svar.send(svar.utfylt())
    for rolle in BRUKERE:
        side = _side(rolle)
        assert reverse("vedtak:ett", args=[ferdig.uuid]) in side and f"Kommunen bosetter 10 i {AAR}" in side
        assert "Svar på anmodningen" not in side


def test_new_letters_take_the_old_tasks_away(sendt: int) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        nytt = behov.registrer(
            aktor=aktor, aar=AAR, totalt=35000, em=400, em_under_15=40, fastsatt_av="Utvalget", fastsatt=date(2027, 3, 18),
            kilde="prøve", begrunnelse="Krigen i Ukraina.", drivere=["krise"],
        )  # fmt: skip
        justert = revidering.lag_justert(
            aktor=aktor, runde_id=sendt, behov=nytt, frist=i_dag() + timedelta(days=90)
        ).pk
        services.beregn(aktor=aktor, runde_id=justert)
        legg_fram(aktor, justert)
    with som_bruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=justert, revisjon=1)
    behold_bare(justert, [STEINKJER, VOLDA])
    with som(system("prove")):
        Anmodningstall.objects.filter(revisjon__runde=justert, anmodning__nummer=VOLDA).update(antall=0, em=0)
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=justert)
    assert utsending.send_alle(aktor=system("prove"), runde_id=justert) == []
    with som(system("prove")):
        gammel = {nr: Kommuneanmodning.objects.get(runde=sendt, nummer=nr).pk for nr in (STEINKJER, VOLDA)}
        assert not Oppgave.objects.filter(subjekt_id__in=gammel.values(), ferdig=None).exists()
        nye = Oppgave.objects.filter(subjekt__in=Kommuneanmodning.objects.filter(runde=justert).values("pk"))
        assert sorted(nye.filter(ferdig=None).values_list("slag", flat=True)) == sorted(
            [*oppgaver.LISTE, "les_anmodning"]
        ), "three for the one that is asked, one for the one that no longer is"
        uuid = Kommuneanmodning.objects.get(runde=sendt, nummer=STEINKJER).subjekt.uuid
    gammel_side = innlogget().get(reverse("anmodning:egen", args=[uuid])).content.decode()
    assert "Svar på anmodningen" not in gammel_side and "Hva dere skal gjøre" not in gammel_side

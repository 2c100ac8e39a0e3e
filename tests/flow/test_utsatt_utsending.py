"""Letters held back: with a reason and the event behind it, nothing leaves, and what had left stands."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Bruker
from bosett.anmodning import services, utsending, utsettelse
from bosett.anmodning.models import Kommuneanmodning, Runde, Utsettelse
from bosett.dokument.models import Dokument, Forsendelse
from bosett.grunn.feil import Avvist, Konflikt, Ugyldig
from bosett.spor.verifisering import verifiser
from runder import behold_bare, lag_runde

JOBB = system("prove")
AFGHANISTAN = {
    "hendelse": "Om lag 860 personer fra Afghanistan kommer i løpet av få uker",
    "hendelse_dato": date(2021, 8, 23),
    "hendelse_kilde": "IMDi, 6. september 2021",
}


def _utsett(runde_id: int, **felt: object) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        utsettelse.utsett(aktor=aktor, runde_id=runde_id, begrunnelse="Behovet vurderes på nytt.", **felt)  # type: ignore[arg-type]


@pytest.mark.krav("R062", "R122", "R093")
def test_a_postponed_dispatch_shows_its_reason_and_event_and_no_letter_leaves(
    client: Client, godkjent: int
) -> None:
    behold_bare(godkjent, ["0301", "5006"])
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=godkjent)
    _utsett(godkjent, **AFGHANISTAN)
    assert utsending.send_alle(aktor=JOBB, runde_id=godkjent) == []  # the job that was queued already
    with pytest.raises(Konflikt, match="Utsatt"), som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=godkjent)
    with som(JOBB):
        runde = Runde.objects.select_related("subjekt").get(pk=godkjent)
        assert (
            runde.tilstand == "utsatt" and not Dokument.objects.exists() and not Forsendelse.objects.exists()
        )
        radgiver = Bruker.objects.get(brukernavn="imdi_radgiver@demo.invalid")
    client.force_login(radgiver, "django.contrib.auth.backends.ModelBackend")
    side = client.get(f"/anmodning/{runde.subjekt.uuid}/").content.decode()
    for tekst in (
        "Utsendingen er utsatt",
        "Behovet vurderes på nytt.",
        "860 personer fra Afghanistan",
        "23.08.2021",
        "Ta opp igjen",
    ):
        assert tekst in side, tekst
    assert "Send brevene" not in side

    assert client.post(f"/anmodning/{runde.subjekt.uuid}/gjenoppta/").status_code == 302
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=godkjent)
    assert utsending.send_alle(aktor=JOBB, runde_id=godkjent) == []
    with som(JOBB):
        assert Runde.objects.get(pk=godkjent).tilstand == "sendt"
        (en,) = Utsettelse.objects.all()
        assert en.til is not None and en.gjenopptatt_av_id == radgiver.pk
        assert verifiser().feil == []


def test_a_job_at_work_stops_before_its_next_portion_and_what_has_left_stands(
    godkjent: int, settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BREVPORSJON = 1  # type: ignore[attr-defined]
    behold_bare(godkjent, ["0301", "5006", "4601"])
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=godkjent)
    passert: list[str] = []

    def etter_forste(navn: str) -> None:
        passert.append(navn)
        if passert.count("anmodning.etter_brev") == 1 and navn == "anmodning.etter_brev":
            from django.db import transaction as t  # noqa: PLC0415

            t.on_commit(lambda: _utsett(godkjent))

    monkeypatch.setattr(utsending, "feilpunkt", etter_forste)
    assert utsending.send_alle(aktor=JOBB, runde_id=godkjent) == []
    with som(JOBB):
        assert Runde.objects.get(pk=godkjent).tilstand == "utsatt"
        assert Kommuneanmodning.objects.filter(runde=godkjent, tilstand="anmodet").count() == 1
        assert sorted(Dokument.objects.values_list("tilstand", flat=True)) == ["sendt", "utkast", "utkast"]
        assert Forsendelse.objects.count() == 1


def test_a_reason_is_needed_and_an_event_has_date_and_source(godkjent: int) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        for felt, hva in (
            ({"begrunnelse": " "}, "Begrunnelsen"),
            ({"begrunnelse": "x", "hendelse": "Noe"}, "dato eller kilde"),
        ):
            with pytest.raises(Ugyldig, match=hva), transaction.atomic():
                utsettelse.utsett(aktor=aktor, runde_id=godkjent, **felt)  # type: ignore[arg-type]
    for bruker in ("imdi_godkjenner", "ks_radgiver", "kommune_admin"):
        with pytest.raises(Avvist), som_bruker(bruker) as aktor:
            utsettelse.utsett(aktor=aktor, runde_id=godkjent, begrunnelse="x")
    with pytest.raises(IntegrityError, match="utsettelse_har_begrunnelse"), som(JOBB):
        Utsettelse.objects.create(runde_id=godkjent, begrunnelse="")


@pytest.mark.krav("R095")
@pytest.mark.usefixtures("land")
def test_the_plan_shows_the_month_and_letters_leave_only_after_approval(client: Client) -> None:
    runde_id = lag_runde(planlagt=date(2027, 10, 17))
    with som(JOBB):
        runde = Runde.objects.select_related("subjekt").get(pk=runde_id)
        assert runde.planlagt == date(2027, 10, 1)
        bruker = Bruker.objects.get(brukernavn="imdi_radgiver@demo.invalid")
    client.force_login(bruker, "django.contrib.auth.backends.ModelBackend")
    side = client.get(f"/anmodning/{runde.subjekt.uuid}/").content.decode()
    assert 'name="planlagt"' in client.get("/anmodning/ny/").content.decode()
    assert "Planlagt sendt" in side and "oktober\u00a02027" in side
    with pytest.raises(Konflikt), som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    with som_bruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=runde_id, revisjon=1)
    with som_bruker("imdi_radgiver") as aktor:
        assert utsending.send(aktor=aktor, runde_id=runde_id).tilstand == "sendes"

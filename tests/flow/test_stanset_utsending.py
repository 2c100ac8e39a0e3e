"""When the sending of a round stops: who is left and why is shown, and a person sends the rest once it is mended."""

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Bruker
from bosett.anmodning import utsending
from bosett.anmodning.models import Kommuneanmodning, Runde
from bosett.dokument.models import Dokument, Forsendelse
from bosett.geografi.models import Regionkontakt
from bosett.geografi.selectors import regioner_for_alle
from bosett.grunn.feil import Konflikt
from bosett.grunn.klokke import i_dag
from runder import behold_bare

JOBB = system("prove")


def _regiondirektor(runde_id: int, nummer: str, navn: str) -> None:
    with som(JOBB):
        kommune = Kommuneanmodning.objects.get(runde=runde_id, nummer=nummer).kommune_id
        Regionkontakt.objects.filter(region=regioner_for_alle(i_dag())[kommune]).update(regiondirektor=navn)


def _send(runde_id: int) -> list[str]:
    """The adviser's act and the job it queues. Gives those who were refused."""
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    avslag = utsending.send_alle(aktor=JOBB, runde_id=runde_id)
    ProcrastinateJob.objects.filter(task_name="anmodning.send_brev").update(status="succeeded")
    return [navn for navn, _ in avslag]


def test_a_refused_letter_is_shown_with_its_reason_and_the_rest_is_sent_when_it_is_mended(
    client: Client, godkjent: int
) -> None:
    runde_id = godkjent
    behold_bare(runde_id, ["0301", "5006", "4601"])
    _regiondirektor(runde_id, "5006", "DEMO \u4e2d\u6587")  # signs the letters' font does not have
    assert _send(runde_id) == ["Steinkjer"]

    with som(JOBB):
        runde = Runde.objects.select_related("subjekt").get(pk=runde_id)
        assert runde.tilstand == "sendes"
        sendt_for = set(Forsendelse.objects.values_list("uuid", flat=True))
        radgiver = Bruker.objects.get(brukernavn="imdi_radgiver@demo.invalid")
    client.force_login(radgiver, "django.contrib.auth.backends.ModelBackend")
    side = client.get(f"/anmodning/{runde.subjekt.uuid}/").content.decode()
    assert "Utsendingen har stanset" in side and "Send resten" in side
    assert "Steinkjer: " in side and "Brevet kan ikke settes" in side and "Bergen: " not in side

    _regiondirektor(runde_id, "5006", "DEMO Direktør")
    assert _send(runde_id) == []
    with som(JOBB):
        assert Runde.objects.get(pk=runde_id).tilstand == "sendt"
        assert set(
            Kommuneanmodning.objects.filter(runde=runde_id, tilstand="anmodet").values_list("avslag")
        ) == {("",)}
        brev = Dokument.objects.get(subjekt=Kommuneanmodning.objects.get(runde=runde_id, nummer="5006").pk)
        assert (brev.versjon, brev.innhold["signatur"]["navn"]) == (1, "DEMO Direktør")
        assert Dokument.objects.count() == 3
        nye = set(Forsendelse.objects.values_list("uuid", flat=True)) - sendt_for
        assert len(nye) == 1, "the letters that were out are not sent again"


def test_nobody_starts_a_second_job_while_one_is_at_work(godkjent: int) -> None:
    runde_id = godkjent
    behold_bare(runde_id, ["0301"])
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    with pytest.raises(Konflikt, match="allerede på vei"), som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    assert ProcrastinateJob.objects.filter(task_name="anmodning.send_brev").count() == 1

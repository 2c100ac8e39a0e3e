"""Municipalities answer at the same time, send twice, and write in each other's drafts: one decision each, and sums that are right.

Real threads and real commits. Whoever comes first is chance, so each test states what holds either way.
"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import Sum
from procrastinate.contrib.django.models import ProcrastinateJob

import svar
from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.anmodning.models import Anmodningstall, Kommuneanmodning, Runde
from bosett.anmodning.services import nytt_subjekt
from bosett.demo.brukere import lag_skrivere
from bosett.grunn.klokke import naa
from bosett.oppgave.models import Oppgave
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from bosett.tilgang.services import del_mange
from bosett.vedtak import services, vurdering
from bosett.vedtak.models import Vedtak, Vurdering
from runder import AAR, STEINKJER, VOLDA
from samtidig import samtidig

KOMMUNER, GANGER = 12, 3
USIKKER = "Kommunen bosetter 10 flyktninger i 2027, jf. saksframlegget."


def _send(bruker: str, vedtak_id: int, versjon: int = 1) -> Callable[[], object]:
    def gjor() -> int:
        with som_bruker(bruker) as aktor:
            return services.send(aktor=aktor, vedtak_id=vedtak_id, versjon=versjon, bekreftet=True).pk

    return gjor


def _be_anmodning_til(runde_id: int, antall: int) -> list[Kommuneanmodning]:
    """Give more municipalities a request, without setting their letters."""
    with som(system("prove")):
        nye = list(
            Kommuneanmodning.objects.filter(runde=runde_id, tilstand="ikke_anmodet")
            .select_related("organisasjon")
            .order_by("nummer")[:antall]
        )
        Kommuneanmodning.objects.filter(pk__in=[ett.pk for ett in nye]).update(
            tilstand="anmodet", sendt=naa()
        )
        del_mange(
            delinger=[(ett.pk, ett.organisasjon) for ett in nye], grad="full", hvorfor="anmodning.send_brev"
        )
        lag_skrivere(ett.organisasjon for ett in nye)
    return nye


def _til_vurdering(nummer: str = STEINKJER) -> Vedtak:
    utkast = svar.lagre(svar.utfylt(tekst=USIKKER), nummer)
    with som_bruker(svar.BRUKER[nummer]) as aktor:
        return services.be_om_vurdering(
            aktor=aktor,
            vedtak_id=utkast.pk,
            versjon=utkast.versjon,
            bekreftet=True,
            sporsmaal="Ingen vilkår.",
        )


def _vurder(vedtak: Vedtak, bruker: str = "imdi_radgiver") -> Callable[[], object]:
    def gjor() -> str:
        with som_bruker(bruker) as aktor:
            return str(
                vurdering.vurder(
                    aktor=aktor,
                    vedtak_id=vedtak.pk,
                    versjon=vedtak.versjon,
                    godtatt=True,
                    begrunnelse="Uten vilkår.",
                )
            )

    return gjor


def _justert_anmodning(runde_id: int, nummer: str = STEINKJER) -> Kommuneanmodning:
    """Another request of the same year to the municipality, as an adjusted round gives it."""
    with som(system("prove")):
        gammel = Runde.objects.get(pk=runde_id)
        forste = Kommuneanmodning.objects.select_related("organisasjon").get(runde=runde_id, nummer=nummer)
        runde = Runde.objects.create(
            subjekt=nytt_subjekt(slag="runde"), aar=AAR, nr=2, behov=gammel.behov, kriteriesett=gammel.kriteriesett,
            variant=gammel.variant, frist=gammel.frist + timedelta(days=30), tilstand="sendt", erstatter=gammel,
            gjeldende=gammel.gjeldende, godkjent=naa(), godkjent_av=gammel.godkjent_av, levert_av=gammel.levert_av, sendt=naa(),
        )  # fmt: skip
        ny = Kommuneanmodning.objects.create(
            subjekt=nytt_subjekt(slag="anmodning"), runde=runde, kommune_id=forste.kommune_id, organisasjon=forste.organisasjon,
            nummer=nummer, navn=forste.navn, fylke=forste.fylke, sorteringsnavn=forste.sorteringsnavn, tilstand="anmodet", sendt=naa(),
        )  # fmt: skip
        del_mange(delinger=[(ny.pk, ny.organisasjon)], grad="full", hvorfor="anmodning.send_brev")
    return ny


def test_many_municipalities_send_three_times_each_at_once(sendt: int) -> None:
    utkast: dict[int, tuple[str, int]] = {}
    for nr, anmodning in enumerate(_be_anmodning_til(sendt, KOMMUNER), start=1):
        bruker = f"skriv-{anmodning.nummer}"
        with som_bruker(bruker) as aktor:
            ett = services.lagre(aktor=aktor, anmodning_id=anmodning.pk, svar=svar.utfylt(10 + nr))
        utkast[ett.pk] = (bruker, 10 + nr)
    ut = samtidig(*[_send(bruker, pk) for pk, (bruker, _) in utkast.items() for _ in range(GANGER)])
    assert Counter(ut) == dict.fromkeys(utkast, GANGER), "each time the same decision"
    with som(system("prove")):
        registrerte = Vedtak.objects.filter(tilstand="registrert")
        assert dict(registrerte.values_list("pk", "antall")) == {pk: tall for pk, (_, tall) in utkast.items()}
        assert registrerte.aggregate(Sum("antall"))["antall__sum"] == sum(tall for _, tall in utkast.values())
        assert set(registrerte.values_list("nr", flat=True)) == {1}
        assert Hendelse.objects.filter(handling="vedtak.send").count() == KOMMUNER
        jobber = ProcrastinateJob.objects.filter(task_name="vedtak.kopier").values_list(
            "args__vedtak_id", flat=True
        )
        assert sorted(jobber) == sorted(utkast), "one copy each"
        assert verifiser().feil == []


def test_two_colleagues_send_the_same_draft(sendt: int) -> None:
    with som(system("prove")):
        lag_skrivere([svar.anmodningen().organisasjon])
    utkast = svar.lagre(svar.utfylt())
    ut = samtidig(*[_send(bruker, utkast.pk) for bruker in ("bosetter_skriv", f"skriv-{STEINKJER}")])
    assert ut == [utkast.pk] * 2
    with som(system("prove")):
        assert Hendelse.objects.filter(handling="vedtak.send").count() == 1
        assert not Oppgave.objects.filter(subjekt_id=utkast.anmodning_id, ferdig=None).exists()


@pytest.mark.parametrize("gang", range(3))
def test_a_draft_saved_while_another_sends_it(sendt: int, gang: int) -> None:
    utkast = svar.lagre(svar.utfylt(10))

    def lagre() -> str:
        with som_bruker("bosetter_skriv") as aktor:
            services.lagre(aktor=aktor, anmodning_id=utkast.anmodning_id, svar=svar.utfylt(11), versjon=1)
            return "lagret"

    ut = samtidig(lagre, _send("bosetter_skriv", utkast.pk))
    with som(system("prove")):
        vedtak = Vedtak.objects.get()
        assert (ut, vedtak.tilstand, vedtak.antall) in (
            (["lagret", "VEDTAK-SAMTIDIG"], "utkast", 11),
            (["VEDTAK-SAMTIDIG", utkast.pk], "registrert", 10),
        ), "what is sent is what was seen"


def test_two_save_the_first_draft_at_once(sendt: int) -> None:
    anmodning = svar.anmodningen()

    def lagre(antall: int) -> Callable[[], object]:
        def gjor() -> str:
            with som_bruker("bosetter_skriv") as aktor:
                services.lagre(aktor=aktor, anmodning_id=anmodning.pk, svar=svar.utfylt(antall))
                return "lagret"

        return gjor

    assert sorted(map(str, samtidig(lagre(10), lagre(11)))) == ["VEDTAK-SAMTIDIG", "lagret"]


@pytest.mark.parametrize("gang", range(3))
def test_deciding_again_while_imdi_judges_the_first_text(sendt: int, gang: int) -> None:
    forste = _til_vurdering()
    ny = _justert_anmodning(sendt)
    with som_bruker("bosetter_skriv") as aktor:
        nytt = services.lagre(aktor=aktor, anmodning_id=ny.pk, svar=svar.utfylt(12))
    ut = samtidig(_vurder(forste), _send("bosetter_skriv", nytt.pk))
    assert ut[1] == nytt.pk and str(ut[0]).startswith(("Vurdering", "VEDTAK-NYERE"))
    with som(system("prove")):
        tilstander = dict(Vedtak.objects.values_list("pk", "tilstand"))
        assert tilstander[nytt.pk] == "registrert", "the last one sent is in force, whoever came first"
        assert tilstander[forste.pk] == ("til_vurdering" if ut[0] == "VEDTAK-NYERE" else "erstattet")


def test_two_texts_of_one_municipality_are_judged_at_once(sendt: int) -> None:
    forste = _til_vurdering()
    ny = _justert_anmodning(sendt)
    with som_bruker("bosetter_skriv") as aktor:
        utkast = services.lagre(aktor=aktor, anmodning_id=ny.pk, svar=svar.utfylt(10, tekst=USIKKER))
        andre = services.be_om_vurdering(
            aktor=aktor, vedtak_id=utkast.pk, versjon=1, bekreftet=True, sporsmaal="Ingen vilkår."
        )
    ut = samtidig(_vurder(forste), _vurder(andre))
    assert str(ut[1]).startswith("Vurdering")
    with som(system("prove")):
        assert list(Vedtak.objects.filter(tilstand="registrert").values_list("pk", flat=True)) == [andre.pk]


def test_two_judge_the_same_text_and_different_texts_at_once(sendt: int) -> None:
    steinkjer, volda = _til_vurdering(), _til_vurdering(VOLDA)
    ut = samtidig(_vurder(steinkjer), _vurder(steinkjer), _vurder(volda))
    assert sorted(str(ett).split()[0] for ett in ut) == ["VEDTAK-VURDERT", "Vurdering", "Vurdering"]
    with som(system("prove")):
        assert sorted(Vurdering.objects.values_list("nr", flat=True)) == [1, 2]
        assert (
            Anmodningstall.objects.filter(anmodning__in=[steinkjer.anmodning_id, volda.anmodning_id]).count()
            == 2
        )

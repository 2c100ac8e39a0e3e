"""IMDi opens what is reported, uses it or says why not; homes that get a household; and what a job does for those nobody opens."""

import re
from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.bolig.models import Bolig, Innmelding, Persononske
from bosett.bolig.models_innmelding import APNE
from bosett.bolig.rules.innmelding import ANNET, GRUNNER, meldt_for, slett_avgjort_for
from bosett.bolig.services.innmeldinger import OPPGAVE, finn, flytt
from bosett.bolig.states import SLETT_ONSKE
from bosett.bolig.states_innmelding import (
    APNE_INNMELDING,
    BRUK_INNMELDING,
    IKKE_BRUK_INNMELDING,
    SE_INNMELDING,
)
from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.grunn.handling import Overgang
from bosett.grunn.klokke import i_dag, naa
from bosett.oppgave import services as oppgaver
from bosett.oppgave.services import NyOppgave
from bosett.person.rules.koder import krev_kode
from bosett.spor.services import Innslag, registrer_mange
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import kan

PORSJON = 500


@transaction.atomic
def se(*, aktor: Aktor, innmelding: UUID) -> bool:
    """IMDi has opened it: the first time is written, and the municipality reads the day. Says whether it was the first.

    For anybody else, and for one that is opened, nothing happens: reading is no act.
    """
    if not kan(aktor, SE_INNMELDING.kode):
        return False
    if not Innmelding.objects.filter(subjekt__uuid=innmelding, tilstand__in=SE_INNMELDING.fra).exists():
        return False
    denne = finn(aktor, SE_INNMELDING.kode, innmelding)
    if denne.tilstand not in SE_INNMELDING.fra:
        return False
    flytt(aktor, denne, SE_INNMELDING)
    return True


@transaction.atomic
def se_bolig(*, aktor: Aktor, bolig: Bolig) -> bool:
    """IMDi has opened the page of a home: so it has seen the report of it that waits. As `se`."""
    ider = Innmelding.objects.filter(bolig=bolig, tilstand__in=SE_INNMELDING.fra)
    uuid = ider.values_list("subjekt__uuid", flat=True).first()
    return uuid is not None and se(aktor=aktor, innmelding=uuid)


@transaction.atomic
def bruk(*, aktor: Aktor, innmelding: UUID) -> Innmelding:
    """IMDi has used it: places or persons by hand; a home is used when it gets a household (`merk_brukt`).

    Raises `Konflikt` when it is not open, and for a home: link it to a household instead.
    """
    denne = finn(aktor, BRUK_INNMELDING.kode, innmelding)
    if denne.tilstand == BRUK_INNMELDING.til:
        return denne
    if denne.bolig_id is not None:
        raise Konflikt(
            kode="INNMELDING-BOLIG-BRUKES", hva="En bolig er brukt når den er knyttet til en husholdning.",
            gjor="Knytt boligen til husholdningen. Da blir innmeldingen brukt av seg selv.",
        )  # fmt: skip
    _se_forst(aktor, denne)
    flytt(aktor, denne, BRUK_INNMELDING)
    return denne


@transaction.atomic
def ikke_bruk(*, aktor: Aktor, innmelding: UUID, grunn: str, tekst: str = "") -> Innmelding:
    """IMDi does not use it, and the municipality reads why: `grunn` is a code of `satser/ikke_brukt.yaml` that holds today.

    Raises `Ugyldig` for another code and for «annet» without a text, `Konflikt` when it is not open.
    """
    krev_kode(
        GRUNNER, grunn, i_dag(), feilkode="INNMELDING-GRUNN", hva="Grunnen er ikke i listen.", felt="grunn"
    )
    tekst = " ".join(tekst.split())
    if grunn == ANNET and not tekst:
        raise Ugyldig(
            kode="INNMELDING-GRUNN-TEKST", hva="Det mangler hvorfor.", regel="Kommunen skal få vite hvorfor innmeldingen ikke ble brukt.",
            gjor="Skriv det med noen ord.", felt="tekst",
        )  # fmt: skip
    denne = finn(aktor, IKKE_BRUK_INNMELDING.kode, innmelding)
    if (denne.tilstand, denne.grunn, denne.grunn_tekst) == (IKKE_BRUK_INNMELDING.til, grunn, tekst):
        return denne  # sent twice
    _se_forst(aktor, denne)
    flytt(aktor, denne, IKKE_BRUK_INNMELDING, grunn=grunn, grunn_tekst=tekst)
    return denne


@transaction.atomic
def apne(*, aktor: Aktor, innmelding: UUID) -> Innmelding:
    """What was used, or not, is open again. Raises `Konflikt` when it is not closed, or the home is reported anew."""
    boligen = list(
        Innmelding.objects.filter(subjekt__uuid=innmelding, bolig__isnull=False).values_list(
            "bolig", flat=True
        )
    )
    tilgang.laas_mange(subjekt_ider=boligen)  # before the report, as those who link a home do
    denne = finn(aktor, APNE_INNMELDING.kode, innmelding)
    if denne.tilstand == APNE_INNMELDING.til:
        return denne
    if Innmelding.objects.filter(bolig__in=boligen, tilstand__in=APNE).exists():
        raise Konflikt(
            kode="INNMELDING-NYERE", hva="Boligen er meldt inn på nytt.", gjor="Bruk den nye innmeldingen."
        )
    flytt(aktor, denne, APNE_INNMELDING)
    return denne


def merk_brukt(aktor: Aktor, bolig: Bolig) -> Innmelding | None:
    """The home has got a household: the report that waits is used. None when none waits.

    For services that link a home, in their transaction and under the home's lock; they have asked whether the actor may.
    """
    return _med_bolig(aktor, bolig, naar=APNE, overgang=BRUK_INNMELDING)


def merk_ledig_igjen(aktor: Aktor, bolig: Bolig) -> Innmelding | None:
    """The home did not get its household after all: the report that was used last is open again, unless a newer one is. As above."""
    if Innmelding.objects.filter(bolig=bolig, tilstand__in=APNE).exists():
        return None
    return _med_bolig(aktor, bolig, naar=(BRUK_INNMELDING.til,), overgang=APNE_INNMELDING)


def flagg_usette(*, aktor: Aktor) -> int:
    """Give IMDi a task for each report nobody has opened in so many days (`satser/innmelding.yaml`). Each once; gives how many.

    A portion; call it until it gives 0.
    """
    gamle = (
        Innmelding.objects.filter(tilstand="meldt", flagget=None, meldt__date__lt=meldt_for(i_dag()))
        .select_related("subjekt", "organisasjon")
        .order_by("pk")[:PORSJON]
    )
    laast = tilgang.laas_mange(subjekt_ider=[ett.pk for ett in gamle])
    usette = list(
        Innmelding.objects.filter(pk__in=laast, tilstand="meldt", flagget=None).select_related(
            "subjekt", "organisasjon"
        )
    )
    imdi = Organisasjon.objects.get(slag=Slag.IMDI)
    oppgaver.opprett(
        oppgaver=[
            NyOppgave(
                subjekt_id=ett.pk, organisasjon=imdi, roller=list(SE_INNMELDING.roller), slag=OPPGAVE,
                gjelder=f"{ett.nummer}, {ett.organisasjon.navn}", sti=f"/innmeldinger/{ett.subjekt.uuid}/",
            )
            for ett in usette
        ]
    )  # fmt: skip
    return Innmelding.objects.filter(pk__in=[ett.pk for ett in usette]).update(flagget=naa())


def slett_gamle_onsker(*, aktor: Aktor) -> int:
    """Delete who was asked for, where that was decided long enough ago. Gives how many; a portion, as above."""
    gamle = Persononske.objects.filter(innmelding__avgjort__date__lt=slett_avgjort_for(i_dag())).order_by(
        "pk"
    )[:PORSJON]
    ider = list(gamle.values_list("pk", flat=True))
    Persononske.objects.filter(pk__in=ider).delete()
    registrer_mange(aktor=aktor, handling=SLETT_ONSKE.kode, innslag=[Innslag(pk) for pk in ider])
    return len(ider)


def slett_onsker_om(numre: frozenset[str]) -> int:
    """A person is deleted from the register: delete the wishes that name one of these DUF numbers. Gives how many. For `ved_sletting`."""
    rader = Persononske.objects.values_list("pk", "hvem")
    ider = [pk for pk, hvem in rader if any(nummer in re.sub(r"[ .]", "", hvem) for nummer in numre)]
    return Persononske.objects.filter(pk__in=ider).delete()[0]


def _se_forst(aktor: Aktor, denne: Innmelding) -> None:
    """An answer from the list: who answers has seen it."""
    if denne.tilstand in SE_INNMELDING.fra:
        flytt(aktor, denne, SE_INNMELDING)


def _med_bolig(aktor: Aktor, bolig: Bolig, *, naar: tuple[str, ...], overgang: Overgang) -> Innmelding | None:
    siste = Innmelding.objects.filter(bolig=bolig, tilstand__in=naar).order_by("-meldt", "-pk").first()
    if siste is None:
        return None
    tilgang.laas(subjekt_id=siste.pk)
    denne = Innmelding.objects.select_related("organisasjon", "subjekt").get(pk=siste.pk)
    if denne.tilstand not in naar:
        return None
    flytt(aktor, denne, overgang)
    return denne

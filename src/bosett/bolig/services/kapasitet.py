"""A municipality's capacity, week by week: raised or lowered, for one week or many, with every change kept (R120)."""

from datetime import date

from django.db import IntegrityError, transaction

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Organisasjon
from bosett.bolig.models import Kapasitetsendring, Kapasitetsplan, Kapasitetsuke
from bosett.bolig.rules.innmelding import ny_kapasitet
from bosett.bolig.services.laas import kommunen
from bosett.bolig.states import SETT_KAPASITET
from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.grunn.uker import mandag, uker
from bosett.spor.services import registrer
from bosett.tilgang.models import Deling
from bosett.tilgang.services import del_subjekt, laas, nytt_subjekt

LENGST_FRAM = 104
FLEST = 10_000


@transaction.atomic
def sett(
    *,
    aktor: Aktor,
    fra: date,
    til: date,
    versjon: int,
    plasser: int | None = None,
    endring: int | None = None,
    grunn: str = "",
) -> Kapasitetsplan:
    """Change the weeks from that of `fra` to that of `til`, both with: to `plasser` persons each, or up or down by `endring`.

    `versjon` is the plan's the writer looked at (0: none saved yet). Numbers that are there already change nothing and are no new
    version. Raises `Konflikt` when somebody else has changed the plan since; `Ugyldig` for weeks that are over or more than two years
    ahead, for no number or two, and for a week that would go below zero.
    """
    kommune = kommunen(aktor, SETT_KAPASITET.kode)
    ukene = _uker(fra, til)
    _krev_tall(plasser, endring)
    plan = _planen(aktor, kommune)
    laas(subjekt_id=plan.pk)
    plan.refresh_from_db()
    naa = dict(Kapasitetsuke.objects.filter(plan=plan, uke__in=ukene).values_list("uke", "plasser"))
    if plasser is not None and all(naa.get(uke) == plasser for uke in ukene):
        return plan
    if plan.versjon != versjon:
        raise Konflikt(
            kode="KAPASITET-ENDRET", hva="Noen andre har endret planen mens du skrev.", regel="Ingen skriver over andres endring uten å ha sett den.",
            gjor="Se over tallene som står der nå, og lagre på nytt.",
        )  # fmt: skip
    nye = _nye(naa, ukene, plasser, endring)
    if not nye:
        return plan
    plan.versjon += 1
    plan.save(update_fields=["versjon"])
    Kapasitetsuke.objects.bulk_create(
        [Kapasitetsuke(plan=plan, uke=uke, plasser=antall) for uke, antall in nye.items()],
        update_conflicts=True, unique_fields=["plan", "uke"], update_fields=["plasser"],
    )  # fmt: skip
    grunn = " ".join(grunn.split())
    Kapasitetsendring.objects.bulk_create(
        Kapasitetsendring(
            plan=plan, versjon=plan.versjon, uke=uke, fra=naa.get(uke), til=antall, grunn=grunn, av_id=aktor.bruker_id
        )
        for uke, antall in nye.items()
    )  # fmt: skip
    registrer(
        aktor=aktor, handling=SETT_KAPASITET.kode, subjekt_id=plan.pk, organisasjon=kommune,
        data={
            "versjon": plan.versjon, "fra": str(ukene[0]), "til": str(ukene[-1]), "uker": len(nye),
            "plasser": plasser, "endring": endring,
        },
        detaljer={"grunn": grunn} if grunn else None,
    )  # fmt: skip
    return plan


def _planen(aktor: Aktor, kommune: Organisasjon) -> Kapasitetsplan:
    """The municipality's plan, made the first time; the one key decides when two begin at once."""
    if finnes := Kapasitetsplan.objects.filter(organisasjon=kommune).first():
        return finnes
    try:
        with transaction.atomic():
            plan = Kapasitetsplan.objects.create(subjekt=nytt_subjekt(slag="kapasitet"), organisasjon=kommune)
    except IntegrityError:
        return Kapasitetsplan.objects.get(organisasjon=kommune)
    with som_systemet(SETT_KAPASITET.kode, etter=aktor):
        del_subjekt(
            subjekt_id=plan.pk, organisasjon=kommune, grad=Deling.Grad.FULL, hvorfor=SETT_KAPASITET.kode
        )
    return plan


def _uker(fra: date, til: date) -> list[date]:
    ukene = uker(fra, til)
    if not ukene or ukene[0] < mandag(i_dag()) or (ukene[-1] - i_dag()).days > LENGST_FRAM * 7:
        raise Ugyldig(
            kode="KAPASITET-UKER", hva="Ukene kan ikke endres.", regel="Den siste uka er den samme som den første eller senere, ingen av dem er over, og det er høyst to år fram.",
            gjor="Velg andre uker.", felt="til" if not ukene else "fra",
        )  # fmt: skip
    return ukene


def _krev_tall(plasser: int | None, endring: int | None) -> None:
    if (
        (plasser is None) == (endring is None)
        or endring == 0
        or not -FLEST <= (plasser or endring or 0) <= FLEST
    ):
        raise Ugyldig(
            kode="KAPASITET-TALL", hva="Tallet mangler, eller det kan ikke stemme.", regel="En uke får et nytt tall, eller blir satt opp eller ned.",
            gjor="Skriv et helt tall.", felt="antall",
        )  # fmt: skip


def _nye(
    naa: dict[date, int], ukene: list[date], plasser: int | None, endring: int | None
) -> dict[date, int]:
    try:
        return ny_kapasitet(naa, ukene, til=plasser, endring=endring)
    except ValueError:
        raise Ugyldig(
            kode="KAPASITET-UNDER-NULL", hva="En av ukene ville fått færre enn 0 plasser.", regel="0 er ingen plasser.",
            gjor="Sett ned med et mindre tall, eller velg færre uker.", felt="antall",
        ) from None  # fmt: skip

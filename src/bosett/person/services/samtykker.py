"""Consents: given, taken back, run out; and the grade of the shares that rest on one."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Organisasjon
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.frister import legg_til_maaneder
from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning, Mottaksopphold, Person
from bosett.person.models_mottak import ETTER_TILBAKE
from bosett.person.models_samtykke import Samtykke
from bosett.person.querysets import synlige_personer
from bosett.person.rules.koder import krev_kode
from bosett.person.services.kroker import meld_samtykke_slutt
from bosett.person.states_personvern import DEL_HELSE, GI_SAMTYKKE, TREKK_SAMTYKKE, UTLOP_SAMTYKKE
from bosett.spor.services import registrer
from bosett.tilgang import services as tilgang
from bosett.tilgang.models import Deling
from bosett.tilgang.policy import krev

HELSE = "helse"


def har_samtykke(person: Person, formaal: str, dag: date | None = None) -> bool:
    """Does the person's consent for the purpose hold on the day (today)? Ask before each use, not once."""
    return gjeldende_samtykke(person, formaal, dag) is not None


def gjeldende_samtykke(person: Person, formaal: str, dag: date | None = None) -> Samtykke | None:
    """The consent itself, for what is stored on the strength of it."""
    d = dag or i_dag()
    mulige = Samtykke.objects.filter(person=person, formaal=formaal, gitt__lte=d, til__gt=d)
    return mulige.filter(Q(avsluttet=None) | Q(avsluttet__gt=d)).order_by("-gitt", "-pk").first()


@transaction.atomic
def gi(
    *,
    aktor: Aktor,
    person: UUID,
    formaal: str,
    gitt: date,
    maate: str,
    spraak: str,
    gitt_av: str = Samtykke.GittAv.SELV,
    siste_dag: date | None = None,
) -> Samtykke:
    """Register a consent. One that is open for the same purpose is renewed by it.

    It holds through `siste_dag`, at most as long as the purpose's own time (the default). Raises `FinnesIkke` for a person the actor
    does not see, `Avvist` outside own centre, `Ugyldig` for dates, purpose, way or language that cannot be.
    """
    denne = _person(aktor, person)
    tilgang.laas(subjekt_id=denne.husholdning_id)
    _krev_her(aktor, GI_SAMTYKKE.kode, denne)
    kode = krev_kode(
        "samtykker",
        formaal,
        gitt,
        feilkode="SAMTYKKE-FORMAAL",
        hva="Formålet finnes ikke i listen.",
        felt="formaal",
    )
    krev_kode(
        "spraak",
        spraak,
        i_dag(),
        feilkode="SAMTYKKE-SPRAAK",
        hva="Språket finnes ikke i listen.",
        felt="spraak",
    )
    if maate not in Samtykke.Maate.values or gitt_av not in Samtykke.GittAv.values:
        raise Ugyldig(
            kode="SAMTYKKE-MAATE",
            hva="Det mangler hvordan samtykket ble gitt.",
            gjor="Velg måte og hvem som ga det.",
        )
    lengst = legg_til_maaneder(gitt, kode.varighet)
    til = min(date.fromordinal(siste_dag.toordinal() + 1), lengst) if siste_dag else lengst
    if gitt > i_dag() or til <= max(gitt, i_dag()):
        raise Ugyldig(
            kode="SAMTYKKE-DAGER",
            hva="Datoene for samtykket går ikke opp.",
            regel="Et samtykke er gitt i dag eller før, og varer til etter i dag.",
            gjor="Rett datoene.",
            felt="gitt",
        )
    for gammelt in Samtykke.objects.select_for_update().filter(person=denne, formaal=formaal, avsluttet=None):
        if gammelt.gitt > gitt:
            raise Konflikt(
                kode="SAMTYKKE-NYERE",
                hva="Et nyere samtykke er registrert fra før.",
                gjor="Se hvilket samtykke som gjelder.",
                felt="gitt",
            )
        _avslutt(gammelt, Samtykke.Slutt.FORNYET, gitt, aktor)
    nytt = Samtykke.objects.create(
        person=denne, formaal=formaal, gitt=gitt, til=til, maate=maate, spraak=spraak, gitt_av=gitt_av,
        registrert_av_id=aktor.bruker_id,
    )  # fmt: skip
    registrer(
        aktor=aktor, handling=GI_SAMTYKKE.kode, subjekt_id=denne.husholdning_id, organisasjon=mottaket(denne),
        data={"samtykke": str(nytt.uuid), "person": str(denne.uuid), "formaal": formaal},
    )  # fmt: skip
    return nytt


@transaction.atomic
def trekk(*, aktor: Aktor, samtykke: UUID) -> Samtykke:
    """The person has taken the consent back: from today nothing rests on it.

    Raises `FinnesIkke` for one the actor does not see, `Avvist` outside own centre, `Konflikt` when it has ended already.
    """
    funnet = Samtykke.objects.filter(uuid=samtykke).select_related("person").first()
    if funnet is None:
        raise FinnesIkke(
            kode="SAMTYKKE-UKJENT", hva="Samtykket finnes ikke, eller du har ikke tilgang til det."
        )
    denne = _person(aktor, funnet.person.uuid)
    tilgang.laas(subjekt_id=denne.husholdning_id)
    _krev_her(aktor, TREKK_SAMTYKKE.kode, denne)
    dette = Samtykke.objects.select_for_update().get(pk=funnet.pk)
    if dette.avsluttet is not None:
        raise Konflikt(
            kode="SAMTYKKE-AVSLUTTET", hva="Samtykket er allerede avsluttet.", gjor="Last siden på nytt."
        )
    _avslutt(dette, Samtykke.Slutt.TRUKKET, i_dag(), aktor)
    registrer(
        aktor=aktor, handling=TREKK_SAMTYKKE.kode, subjekt_id=denne.husholdning_id, organisasjon=mottaket(denne),
        data={"samtykke": str(dette.uuid), "person": str(denne.uuid), "formaal": dette.formaal},
    )  # fmt: skip
    with som_systemet(TREKK_SAMTYKKE.kode, etter=aktor) as systemet:
        senk_grad(denne.husholdning_id)
        meld_samtykke_slutt(systemet, dette)
    return dette


@transaction.atomic
def utlop(*, aktor: Aktor, antall: int = 500) -> int:
    """End the consents whose time is over. Gives how many there were; call again until it is 0."""
    krev(aktor, UTLOP_SAMTYKKE.kode)
    ute = list(
        Samtykke.objects.filter(avsluttet=None, til__lte=i_dag())
        .select_related("person")
        .order_by("pk")[:antall]
    )
    tilgang.laas_mange(subjekt_ider={s.person.husholdning_id for s in ute})
    for ett in ute:
        _avslutt(ett, Samtykke.Slutt.UTLOPT, ett.til, aktor)
        registrer(
            aktor=aktor, handling=UTLOP_SAMTYKKE.kode, subjekt_id=ett.person.husholdning_id,
            data={"samtykke": str(ett.uuid), "person": str(ett.person.uuid), "formaal": ett.formaal},
        )  # fmt: skip
        meld_samtykke_slutt(aktor, ett)
    for husholdning in {s.person.husholdning_id for s in ute if s.formaal == HELSE}:
        senk_grad(husholdning)
    return len(ute)


@transaction.atomic
def del_helse(*, aktor: Aktor, husholdning: Husholdning, organisasjon: Organisasjon, hvorfor: str) -> None:
    """Let an organisation see the household with the health of those who consent, while a consent holds.

    What is shown of one person asks `har_samtykke` about her. Raises `Konflikt` when nobody in the household consents.
    """
    tilgang.laas(subjekt_id=husholdning.pk)
    krev(aktor, DEL_HELSE.kode)
    if not _noen_samtykker(husholdning.pk):
        raise Konflikt(
            kode="SAMTYKKE-MANGLER",
            hva="Ingen i husholdningen har samtykket til å dele opplysninger om helse med kommunen.",
            regel="Opplysninger om helse blir delt bare med samtykke (IF § 51).",
            gjor="Registrer samtykket først.",
        )
    tilgang.del_subjekt(
        subjekt_id=husholdning.pk, organisasjon=organisasjon, grad=Deling.Grad.HELSE, hvorfor=hvorfor
    )
    registrer(
        aktor=aktor,
        handling=DEL_HELSE.kode,
        subjekt_id=husholdning.pk,
        data={"organisasjon": organisasjon.pk},
    )


def mottaket(person: Person) -> Organisasjon | None:
    """The centre where the person lives now."""
    bor = (
        Mottaksopphold.objects.kjent()
        .gjelder()
        .filter(ETTER_TILBAKE, person=person, mottak__isnull=False)
        .select_related("mottak__organisasjon")
        .order_by("-fra")
        .first()
    )
    return bor.mottak.organisasjon if bor is not None and bor.mottak else None


def _krev_her(aktor: Aktor, handling: str, person: Person) -> None:
    """A centre acts for those who live there now; for those who live nowhere, only those who work with all persons."""
    sted = mottaket(person)
    if sted is None and not aktor.alle_personer:
        krev(aktor, handling)  # says what is missing to those who have no such right at all
        raise FinnesIkke(kode="PERSON-UKJENT", hva="Personen bor ikke på mottaket ditt.")
    krev(aktor, handling, sted)


def _person(aktor: Aktor, uuid: UUID) -> Person:
    funnet = synlige_personer(aktor).filter(uuid=uuid).first()
    if funnet is None:
        raise FinnesIkke(
            kode="PERSON-UKJENT", hva="Personen finnes ikke, eller du har ikke tilgang til saken."
        )
    return funnet


def _avslutt(samtykke: Samtykke, slutt: str, dag: date, aktor: Aktor) -> None:
    samtykke.avsluttet, samtykke.slutt, samtykke.avsluttet_av_id = (
        max(dag, samtykke.gitt),
        slutt,
        aktor.bruker_id,
    )
    samtykke.save(update_fields=["avsluttet", "slutt", "avsluttet_av"])


def _noen_samtykker(husholdning_id: int) -> bool:
    return any(
        har_samtykke(p, HELSE) for p in Person.objects.filter(husholdning=husholdning_id, samme_som=None)
    )


def senk_grad(husholdning_id: int) -> None:
    """When nobody consents any longer, those who saw the health too see the rest only."""
    if _noen_samtykker(husholdning_id):
        return
    apne = list(
        Deling.objects.filter(subjekt=husholdning_id, grad=Deling.Grad.HELSE, til=None).select_related(
            "organisasjon"
        )
    )
    tilgang.avslutt_delinger(delinger=apne)
    for deling in apne:
        tilgang.del_subjekt(
            subjekt_id=husholdning_id,
            organisasjon=deling.organisasjon,
            grad=Deling.Grad.FULL,
            hvorfor=deling.hvorfor,
        )

"""Landlords are registered and put right. Names and numbers are never in the ledger."""

from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from stdnum.no import orgnr as mod11

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.bolig.models import Utleier
from bosett.bolig.querysets_leie import synlige_utleiere
from bosett.bolig.services.laas import kommunen
from bosett.bolig.states_leie import ENDRE_UTLEIER, REGISTRER_UTLEIER
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.spor.services import registrer as skriv_spor
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import kan, krev


@dataclass(frozen=True, slots=True, kw_only=True)
class Opplysninger:
    """What is known of a landlord. The fields are those of `models_leie.Utleier`."""

    slag: str
    navn: str
    orgnr: str = ""
    kontakt: str = ""
    telefon: str = ""
    epost: str = ""

    def som_felt(self) -> dict[str, str]:
        """By the names of the columns, tidy: no digits apart in the organisation number."""
        felt = {navn: " ".join(str(verdi).split()) for navn, verdi in asdict(self).items()}
        return felt | {"orgnr": felt["orgnr"].replace(" ", "")}


@transaction.atomic
def registrer(
    *,
    aktor: Aktor,
    opplysninger: Opplysninger,
    nokkel: UUID | None = None,
    organisasjon: Organisasjon | None = None,
) -> Utleier:
    """Somebody who lets homes. `nokkel` is the form's own: sent twice, it is one landlord.

    Raises `Ugyldig` for a number whose control digit is wrong, `Konflikt` when the company is registered already.
    """
    organisasjon = organisasjon or kommunen(aktor, REGISTRER_UTLEIER.kode)
    if nokkel is not None and (finnes := Utleier.objects.filter(subjekt__uuid=nokkel).first()):
        return finnes
    felt = _kontrollert(opplysninger)
    subjekt = tilgang.nytt_subjekt(slag="utleier")
    if nokkel is not None:
        subjekt.uuid = nokkel
        subjekt.save(update_fields=["uuid"])
    try:
        with transaction.atomic():
            ny = Utleier.objects.create(
                subjekt=subjekt, organisasjon=organisasjon, registrert_av_id=aktor.bruker_id, **felt
            )
    except IntegrityError as feil:
        raise _dobbelt(feil) from feil
    skriv_spor(
        aktor=aktor, handling=REGISTRER_UTLEIER.kode, subjekt_id=ny.pk, organisasjon=organisasjon, data={"slag": ny.slag}
    )  # fmt: skip
    return ny


@transaction.atomic
def endre(*, aktor: Aktor, utleier: UUID, opplysninger: Opplysninger) -> Utleier:
    """Put the facts right. The same facts again change nothing. Raises what `registrer` does, and `FinnesIkke`."""
    krev(aktor, ENDRE_UTLEIER.kode)
    denne = synlige_utleiere(aktor).select_related("organisasjon").filter(subjekt__uuid=utleier).first()
    if denne is None or not kan(aktor, ENDRE_UTLEIER.kode, denne.organisasjon):
        raise ukjent()
    tilgang.laas(subjekt_id=denne.pk)
    denne.refresh_from_db()
    felt = _kontrollert(opplysninger)
    endret = sorted(navn for navn, verdi in felt.items() if getattr(denne, navn) != verdi)
    if not endret:
        return denne
    for navn in endret:
        setattr(denne, navn, felt[navn])
    try:
        with transaction.atomic():
            denne.save(update_fields=endret)
    except IntegrityError as feil:
        raise _dobbelt(feil) from feil
    skriv_spor(
        aktor=aktor, handling=ENDRE_UTLEIER.kode, subjekt_id=denne.pk, organisasjon=denne.organisasjon,
        data={"felt": endret},
    )  # fmt: skip
    return denne


def ukjent() -> FinnesIkke:
    return FinnesIkke(kode="UTLEIER-UKJENT", hva="Utleieren finnes ikke, eller du har ikke tilgang til den.")


def _kontrollert(opplysninger: Opplysninger) -> dict[str, str]:
    felt = opplysninger.som_felt()
    if not felt["navn"]:
        raise Ugyldig(
            kode="UTLEIER-NAVN", hva="Navnet mangler.", regel="En leieavtale har både utleier og leier.",
            gjor="Skriv navnet på utleieren.", felt="navn",
        )  # fmt: skip
    if felt["orgnr"] and felt["slag"] == Utleier.Slag.PRIVATPERSON:
        raise Ugyldig(
            kode="UTLEIER-PRIVAT", hva="En privatperson har ikke organisasjonsnummer.",
            regel="Vi lagrer ikke fødselsnummer eller andre nummer for privatpersoner som leier ut.",
            gjor="La feltet stå tomt, eller velg selskap.", felt="orgnr",
        )  # fmt: skip
    if felt["orgnr"] and not mod11.is_valid(felt["orgnr"]):
        raise Ugyldig(
            kode="UTLEIER-ORGNR", hva="Kontrollsifferet i organisasjonsnummeret stemmer ikke.",
            regel="Et organisasjonsnummer har ni siffer, og det siste er et kontrollsiffer.",
            gjor="Se etter om to siffer er byttet om.", felt="orgnr",
        )  # fmt: skip
    return felt


def _dobbelt(feil: IntegrityError) -> Konflikt | IntegrityError:
    if "utleier_en_per_orgnr" not in str(feil):
        return feil
    return Konflikt(
        kode="UTLEIER-DOBBEL", hva="Utleieren er allerede registrert.", regel="Hvert selskap er registrert én gang.",
        gjor="Finn selskapet i listen over utleiere.", felt="orgnr",
    )  # fmt: skip

"""Shared buildings: which partners have how many homes, and which homes are whose (R111, R213)."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import IntegrityError, transaction

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.bolig.models import Bolig, Boligprosjekt, Prosjektbolig, Prosjektpartner
from bosett.bolig.models_prosjekt import GRUPPER
from bosett.bolig.querysets_leie import synlige_prosjekter
from bosett.bolig.rules.leie import Avvisning
from bosett.bolig.rules.prosjekt import knytt
from bosett.bolig.services.laas import finn_og_laas, kommunen
from bosett.bolig.states_leie import OPPRETT_PROSJEKT, SETT_PARTNER, SETT_PROSJEKTBOLIG
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.handling import Handling
from bosett.spor.services import registrer as skriv_spor
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import kan, krev


def kan_knyttes(bolig: Bolig) -> Avvisning | None:
    """Why a household can't be settled in this home, for the sake of the building it is in; None when it can.

    Called by those who link a home to a household, under the lock of the home.
    """
    plass = Prosjektbolig.objects.filter(bolig=bolig).select_related("partner").first()
    return knytt(plass.partner.kan_bosette) if plass is not None else None


def krev_kan_knyttes(bolig: Bolig) -> None:
    """Raises `Ugyldig` with what `kan_knyttes` says."""
    if avvist := kan_knyttes(bolig):
        raise Ugyldig(**asdict(avvist))


@transaction.atomic
def opprett(
    *,
    aktor: Aktor,
    navn: str,
    beskrivelse: str = "",
    nokkel: UUID | None = None,
    organisasjon: Organisasjon | None = None,
) -> Boligprosjekt:
    """A building the municipality shares with others. `nokkel` is the form's own: sent twice, it is one project.

    Raises `Ugyldig` without a name, `Konflikt` when the municipality has one of that name.
    """
    organisasjon = organisasjon or kommunen(aktor, OPPRETT_PROSJEKT.kode)
    if nokkel is not None and (finnes := Boligprosjekt.objects.filter(subjekt__uuid=nokkel).first()):
        return finnes
    navn = " ".join(navn.split())
    if not navn:
        raise Ugyldig(
            kode="PROSJEKT-NAVN", hva="Navnet mangler.", gjor="Skriv hva prosjektet heter.", felt="navn"
        )
    subjekt = tilgang.nytt_subjekt(slag="boligprosjekt")
    if nokkel is not None:
        subjekt.uuid = nokkel
        subjekt.save(update_fields=["uuid"])
    try:
        with transaction.atomic():
            nytt = Boligprosjekt.objects.create(
                subjekt=subjekt, organisasjon=organisasjon, navn=navn, beskrivelse=beskrivelse.strip()
            )
    except IntegrityError as feil:
        if "boligprosjekt_navn" not in str(feil):
            raise
        raise Konflikt(
            kode="PROSJEKT-DOBBELT", hva="Prosjektet er allerede registrert.", regel="Hvert prosjekt er registrert én gang.",
            gjor="Finn det i listen over prosjekter.", felt="navn",
        ) from feil  # fmt: skip
    skriv_spor(aktor=aktor, handling=OPPRETT_PROSJEKT.kode, subjekt_id=nytt.pk, organisasjon=organisasjon)
    return nytt


@transaction.atomic
def sett_partner(
    *,
    aktor: Aktor,
    prosjekt: UUID,
    navn: str,
    antall: int,
    kan_bosette: bool,
    grupper: Sequence[str] = (),
) -> Prosjektpartner:
    """How many of the homes a partner has, and whether somebody may be settled in them. A name that is there is put right.

    `grupper`: of `models_prosjekt.GRUPPER`, none: everybody. Raises `Ugyldig` for what can't be, `Konflikt` when more homes than
    `antall` are said to be the partner's.
    """
    dette = _laas(aktor, SETT_PARTNER, prosjekt)
    navn = " ".join(navn.split())
    if not navn or not 1 <= antall <= 2000 or set(grupper) - set(GRUPPER):
        raise Ugyldig(
            kode="PROSJEKT-PARTNER", hva="Navnet mangler." if not navn else "Tallet på boliger kan ikke stemme.",
            regel="En partner har et navn og minst én bolig.", gjor="Rett feltet.", felt="antall" if navn else "navn",
        )  # fmt: skip
    felt = {"antall": antall, "kan_bosette": kan_bosette, "grupper": [g for g in GRUPPER if g in grupper]}
    partner = dette.partnere.filter(navn__iexact=navn).first()
    if partner is not None and all(getattr(partner, n) == v for n, v in felt.items()):
        return partner
    if partner is not None and partner.boliger.count() > antall:
        raise Konflikt(
            kode="PROSJEKT-PARTNER-HAR", hva="Partneren har flere boliger enn det i prosjektet.",
            regel="Ingen partner har flere boliger enn avtalt.", gjor="Ta ut boliger først, eller skriv et høyere tall.",
            felt="antall",
        )  # fmt: skip
    if partner is None:
        partner = Prosjektpartner.objects.create(prosjekt=dette, navn=navn, **felt)
    else:
        for n, v in felt.items():
            setattr(partner, n, v)
        partner.save(update_fields=list(felt))
    _spor(aktor, SETT_PARTNER, dette, {"partner": partner.pk, **felt})
    return partner


@transaction.atomic
def sett_bolig(*, aktor: Aktor, prosjekt: UUID, bolig: UUID, partner: int | None) -> Bolig:
    """The home is one of this partner's in the project (None: it is not in the project). The same again changes nothing.

    Raises `FinnesIkke` for a partner of another project, `Ugyldig` for a home of another municipality, `Konflikt` when the partner
    has no more homes.
    """
    denne = finn_og_laas(aktor, SETT_PROSJEKTBOLIG.kode, bolig)
    dette = _laas(aktor, SETT_PROSJEKTBOLIG, prosjekt)
    if denne.organisasjon_id != dette.organisasjon_id:
        raise Ugyldig(
            kode="PROSJEKT-BOLIG", hva="Boligen hører til en annen kommune enn prosjektet.", felt="bolig"
        )
    plass = Prosjektbolig.objects.filter(bolig=denne).select_related("partner").first()
    if plass is not None and plass.partner.prosjekt_id != dette.pk:
        raise Konflikt(
            kode="PROSJEKT-ANNET", hva="Boligen er i et annet prosjekt.", regel="En bolig er i ett prosjekt.",
            gjor="Ta den ut av det andre prosjektet først.", felt="bolig",
        )  # fmt: skip
    if (plass.partner_id if plass else None) == partner:
        return denne
    if partner is None:
        Prosjektbolig.objects.filter(bolig=denne).delete()
    else:
        ny = dette.partnere.filter(pk=partner).first()
        if ny is None:
            raise FinnesIkke(
                kode="PROSJEKT-PARTNER-UKJENT", hva="Partneren er ikke med i prosjektet.", felt="partner"
            )
        if ny.boliger.count() >= ny.antall:
            raise Konflikt(
                kode="PROSJEKT-FULLT", hva="Partneren har ikke flere boliger i prosjektet.",
                regel="Ingen partner har flere boliger enn avtalt.", gjor="Velg en annen partner, eller rett tallet på boliger.",
                felt="partner",
            )  # fmt: skip
        Prosjektbolig.objects.update_or_create(bolig=denne, defaults={"partner": ny})
    _spor(aktor, SETT_PROSJEKTBOLIG, dette, {"bolig": str(denne.subjekt.uuid), "partner": partner})
    return denne


def _laas(aktor: Aktor, handling: Handling, prosjekt: UUID) -> Boligprosjekt:
    """The project with its lock. Raises `FinnesIkke`, the same for one of another municipality."""
    krev(aktor, handling.kode)
    funnet = synlige_prosjekter(aktor).select_related("organisasjon").filter(subjekt__uuid=prosjekt).first()
    if funnet is None or not kan(aktor, handling.kode, funnet.organisasjon):
        raise ukjent()
    tilgang.laas(subjekt_id=funnet.pk)
    return funnet


def ukjent() -> FinnesIkke:
    return FinnesIkke(
        kode="PROSJEKT-UKJENT", hva="Prosjektet finnes ikke, eller du har ikke tilgang til det."
    )


def _spor(aktor: Aktor, handling: Handling, prosjekt: Boligprosjekt, data: dict[str, object]) -> None:
    skriv_spor(
        aktor=aktor,
        handling=handling.kode,
        subjekt_id=prosjekt.pk,
        organisasjon=prosjekt.organisasjon,
        data=data,
    )

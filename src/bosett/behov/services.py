"""Registering forecasts and the need. A new figure for a year is a new version; nothing is changed."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from procrastinate.contrib.django import app as jobber

from bosett.aktor.kontekst import Aktor
from bosett.behov.models import Behov, Behovsgrunnlag, Prognose
from bosett.behov.prognoser import DRIVERE, PROGNOSER, pakrevd
from bosett.behov.selectors import siste_prognoser
from bosett.behov.states import REGISTRER, REGISTRER_PROGNOSE
from bosett.grunn.feil import Ugyldig
from bosett.spor.services import registrer as skriv_spor
from bosett.tilgang.policy import krev
from bosett.tilgang.services import nytt_subjekt


@transaction.atomic
def registrer(
    *,
    aktor: Aktor,
    aar: int,
    totalt: int,
    em: int,
    fastsatt_av: str,
    fastsatt: date,
    kilde: str,
    em_under_15: int | None = None,
    formulering: str = "",
    begrunnelse: str = "",
    drivere: Sequence[str] = (),
) -> Behov:
    """Register the need of a year (persons), on the forecasts as they stand now.

    Raises `Ugyldig` when the subsets do not nest, a forecast of the year is missing, a revision lacks its reason, or a driver
    is unknown.
    """
    krev(aktor, REGISTRER.kode)
    if em > totalt:
        raise Ugyldig(
            kode="BEHOV-EM",
            hva=f"Enslige mindreårige ({em}) er flere enn hele behovet ({totalt}).",
            regel="Enslige mindreårige er en del av hele behovet.",
            gjor="Rett ett av tallene.",
        )
    if em_under_15 is not None and em_under_15 > em:
        raise Ugyldig(
            kode="BEHOV-EM15",
            hva=f"De under 15 år ({em_under_15}) er flere enn alle enslige mindreårige ({em}).",
            regel="De under 15 år er en del av de enslige mindreårige.",
            gjor="Rett ett av tallene.",
        )
    versjon = (Behov.objects.filter(aar=aar).aggregate(Max("versjon"))["versjon__max"] or 0) + 1
    if versjon > 1 and not begrunnelse.strip():
        raise Ugyldig(
            kode="BEHOV-GRUNN",
            hva=f"Behovet for {aar} er registrert fra før, og dette er versjon {versjon}.",
            regel="En ny versjon skal ha en begrunnelse som kan leses av alle.",
            gjor="Skriv hvorfor behovet er endret.",
        )
    if ukjente := set(drivere) - set(DRIVERE):
        raise Ugyldig(
            kode="BEHOV-DRIVER",
            hva=f"Ukjent årsak til endringen: {', '.join(sorted(ukjente))}.",
            regel=f"Årsakene som kan velges, er {', '.join(DRIVERE)}.",
            gjor="Velg en av dem, eller skriv årsaken i begrunnelsen.",
        )
    prognoser = _grunnlag(aar)
    behov = Behov.objects.create(
        subjekt=nytt_subjekt(slag="behov"),
        aar=aar,
        versjon=versjon,
        totalt=totalt,
        em=em,
        em_under_15=em_under_15,
        formulering=formulering,
        fastsatt_av=fastsatt_av,
        fastsatt=fastsatt,
        kilde=kilde,
        prognoser=[prognose.kode for prognose in prognoser],
        begrunnelse=begrunnelse,
        drivere=list(drivere),
        registrert_av_id=aktor.bruker_id,
    )
    Behovsgrunnlag.objects.bulk_create(Behovsgrunnlag(behov=behov, prognose=p) for p in prognoser)
    skriv_spor(
        aktor=aktor,
        handling=REGISTRER.kode,
        subjekt_id=behov.pk,
        data={"aar": aar, "versjon": versjon, "totalt": totalt, "em": em, "em_under_15": em_under_15},
    )
    if versjon > 1:  # upwards in the house by a job, never by an import
        jobber.configure_task("anmodning.meld_nytt_behov").defer(behov_id=behov.pk)
    return behov


def _grunnlag(aar: int) -> list[Prognose]:
    """The latest version of each forecast the year's need is calculated from."""
    siste = {prognose.kode: prognose for prognose in siste_prognoser(aar)}
    if mangler := [kode for kode in pakrevd(aar) if kode not in siste]:
        raise Ugyldig(
            kode="BEHOV-PROGNOSE",
            hva=f"Behovet for {aar} mangler {' og '.join(PROGNOSER[kode].nb for kode in mangler)}.",
            regel="Behovet bygger på prognosene for året, hver med kilde og dato.",
            gjor="Registrer prognosen først.",
        )
    return [siste[kode] for kode in pakrevd(aar)]


@transaction.atomic
def registrer_prognose(*, aktor: Aktor, aar: int, kode: str, antall: int, kilde: str, dato: date) -> Prognose:
    """Register a forecast (persons in the year `aar`), made on `dato`. Registering the same again changes nothing.

    Raises `Ugyldig` when the forecast is unknown or has no source (R020).
    """
    krev(aktor, REGISTRER_PROGNOSE.kode)
    if kode not in PROGNOSER:
        raise Ugyldig(
            kode="PROGNOSE-UKJENT",
            hva=f"«{kode}» er ikke en prognose vi kjenner.",
            regel=f"Prognosene er {', '.join(PROGNOSER)}.",
            gjor="Velg en av dem.",
        )
    if not kilde.strip():
        raise Ugyldig(
            kode="PROGNOSE-KILDE",
            hva="Prognosen mangler kilde.",
            regel="Alle skal kunne se hvor et tall kommer fra.",
            gjor="Skriv hvilket dokument eller møte prognosen står i.",
        )
    siste = Prognose.objects.filter(aar=aar, kode=kode).order_by("-versjon").first()
    if siste and (siste.antall, siste.kilde, siste.dato) == (antall, kilde, dato):
        return siste
    prognose = Prognose.objects.create(
        subjekt=nytt_subjekt(slag="prognose"),
        aar=aar,
        kode=kode,
        versjon=siste.versjon + 1 if siste else 1,
        antall=antall,
        kilde=kilde,
        dato=dato,
        registrert_av_id=aktor.bruker_id,
    )
    skriv_spor(
        aktor=aktor,
        handling=REGISTRER_PROGNOSE.kode,
        subjekt_id=prognose.pk,
        data={"aar": aar, "kode": kode, "versjon": prognose.versjon, "antall": antall},
    )
    return prognose

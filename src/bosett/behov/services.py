"""Registering forecasts, the need, agreements and scenarios. A new figure for a year is a new version; nothing is changed."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max
from procrastinate.contrib.django import app as jobber

from bosett.aktor.kontekst import Aktor
from bosett.behov.models import Avtale, Behov, Behovsgrunnlag, Prognose, Scenario
from bosett.behov.prognoser import DRIVERE, PROGNOSER, pakrevd
from bosett.behov.selectors import siste_prognoser
from bosett.behov.states import REGISTRER, REGISTRER_AVTALE, REGISTRER_PROGNOSE, REGISTRER_SCENARIO
from bosett.grunn.feil import Konflikt, Ugyldig
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
    """Register the need of a year (persons), on the forecasts as they stand now. `formulering` is how letters word `totalt`.

    Raises `Ugyldig` when the subsets do not nest, a forecast of the year is missing, a revision lacks its reason, or a driver
    is unknown.
    """
    krev(aktor, REGISTRER.kode)
    _delmengder(totalt, em, em_under_15)
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
        formulering=formulering.strip(),
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


def _delmengder(totalt: int, em: int, em_under_15: int | None) -> None:
    """Those under 15 are among the unaccompanied minors, who are among all (R090)."""
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
    krev_kilde(kilde, "PROGNOSE-KILDE")
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


@transaction.atomic
def registrer_avtale(
    *,
    aktor: Aktor,
    aar: int,
    parter: str,
    plasser: int,
    kilde: str,
    dato: date | None = None,
    merknad: str = "",
) -> Avtale:
    """Register how many places (persons) `parter` agreed on for a year. Registering the same again changes nothing.

    Other places between the same parties are a new version. Raises `Ugyldig` without parties, places or source, and when a new
    version does not say why in `merknad`.
    """
    krev(aktor, REGISTRER_AVTALE.kode)
    krev_kilde(kilde, "AVTALE-KILDE")
    parter, kilde, merknad = parter.strip(), kilde.strip(), merknad.strip()
    if not parter or plasser < 1:
        raise Ugyldig(
            kode="AVTALE-INNHOLD",
            hva="Avtalen mangler parter eller plasser.",
            regel="En avtale er mellom noen, om minst én plass.",
            gjor="Skriv hvem som har avtalt, og hvor mange plasser.",
        )
    siste = Avtale.objects.filter(aar=aar, parter=parter).order_by("-versjon").first()
    if siste and (siste.plasser, siste.dato, siste.kilde, siste.merknad) == (plasser, dato, kilde, merknad):
        return siste
    if siste and not merknad:
        raise Ugyldig(
            kode="AVTALE-GRUNN",
            hva=f"Avtalen for {aar} mellom {parter} er registrert fra før, med {siste.plasser} plasser.",
            regel="En ny versjon skal si hva som er endret.",
            gjor="Skriv det i merknaden.",
        )
    avtale = Avtale.objects.create(
        subjekt=nytt_subjekt(slag="avtale"),
        aar=aar,
        parter=parter,
        versjon=siste.versjon + 1 if siste else 1,
        plasser=plasser,
        dato=dato,
        kilde=kilde,
        merknad=merknad,
        registrert_av_id=aktor.bruker_id,
    )
    skriv_spor(
        aktor=aktor,
        handling=REGISTRER_AVTALE.kode,
        subjekt_id=avtale.pk,
        data={"aar": aar, "versjon": avtale.versjon, "plasser": plasser},
    )
    return avtale


@transaction.atomic
def registrer_scenario(
    *,
    aktor: Aktor,
    aar: int,
    navn: str,
    totalt: int,
    em: int,
    beskrivelse: str,
    kilde: str,
    em_under_15: int | None = None,
) -> Scenario:
    """Register a named alternative to a year's need (persons). It is only looked at: a round takes a `Behov`.

    Raises `Ugyldig` when the subsets do not nest or the source or the description is missing, and `Konflikt` when the name is
    taken.
    """
    krev(aktor, REGISTRER_SCENARIO.kode)
    _delmengder(totalt, em, em_under_15)
    krev_kilde(kilde, "SCENARIO-KILDE")
    if not navn.strip() or not beskrivelse.strip():
        raise Ugyldig(
            kode="SCENARIO-INNHOLD",
            hva="Scenarioet mangler navn eller beskrivelse.",
            regel="Alle skal kunne se hva scenarioet forutsetter.",
            gjor="Skriv hva som skjer i scenarioet.",
        )
    if Scenario.objects.filter(aar=aar, navn=navn.strip()).exists():
        raise Konflikt(
            kode="SCENARIO-NAVN",
            hva=f"{aar} har allerede et scenario som heter «{navn.strip()}».",
            regel="Et scenario endres ikke når det først er lagret.",
            gjor="Velg et annet navn.",
        )
    scenario = Scenario.objects.create(
        subjekt=nytt_subjekt(slag="scenario"),
        aar=aar,
        navn=navn.strip(),
        totalt=totalt,
        em=em,
        em_under_15=em_under_15,
        beskrivelse=beskrivelse.strip(),
        kilde=kilde.strip(),
        registrert_av_id=aktor.bruker_id,
    )
    skriv_spor(
        aktor=aktor,
        handling=REGISTRER_SCENARIO.kode,
        subjekt_id=scenario.pk,
        data={"aar": aar, "totalt": totalt, "em": em, "em_under_15": em_under_15},
    )
    return scenario


def krev_kilde(kilde: str, kode: str) -> None:
    """Raise `Ugyldig` when a figure does not say where it comes from (R020)."""
    if not kilde.strip():
        raise Ugyldig(
            kode=kode,
            hva="Tallet mangler kilde.",
            regel="Alle skal kunne se hvor et tall kommer fra.",
            gjor="Skriv hvilket dokument eller møte tallet står i.",
        )

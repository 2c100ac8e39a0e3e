"""Registering the need. A new figure for a year is a new version; nothing is changed."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from bosett.aktor.kontekst import Aktor
from bosett.behov.models import Behov
from bosett.behov.states import REGISTRER
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
    prognoser: list[str] | None = None,
    begrunnelse: str = "",
) -> Behov:
    """Register the need of a year (persons). Raises `Ugyldig` when the subsets do not nest or a revision lacks its reason."""
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
        prognoser=prognoser or [],
        begrunnelse=begrunnelse,
        registrert_av_id=aktor.bruker_id,
    )
    skriv_spor(
        aktor=aktor,
        handling=REGISTRER.kode,
        subjekt_id=behov.pk,
        data={"aar": aar, "versjon": versjon, "totalt": totalt, "em": em, "em_under_15": em_under_15},
    )
    return behov

"""The countries of selection: a closed one lowers the year's forecast of resettlement refugees, an opened one raises it (R138).

The need itself stands as it was fixed: the committee decides whether it shall change.
"""

from datetime import date

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.behov.models import Prognose, Uttaksland, Uttaksstatus
from bosett.behov.services import krev_kilde, registrer_prognose
from bosett.behov.states import APNE, REGISTRER_UTTAKSLAND, STENG, UTTAKSLAND
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.handling import Overgang
from bosett.grunn.klokke import i_dag
from bosett.grunn.tallformat import dato_kort
from bosett.spor.services import registrer as skriv_spor
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas, nytt_subjekt


@transaction.atomic
def registrer(*, aktor: Aktor, aar: int, land: str, plasser: int, kilde: str, fra: date) -> Uttaksland:
    """Register a country of a year's quota, open from `fra`, with `plasser` persons planned from it. No forecast is changed:
    it holds these persons already.

    Raises `Ugyldig` without country, places or source, and `Konflikt` when the year has the country.
    """
    krev(aktor, REGISTRER_UTTAKSLAND.kode)
    krev_kilde(kilde, "UTTAKSLAND-KILDE")
    land = land.strip()
    if not land or plasser < 1:
        raise Ugyldig(
            kode="UTTAKSLAND-INNHOLD",
            hva="Uttakslandet mangler navn eller plasser.",
            regel="Et uttaksland har minst én planlagt plass.",
            gjor="Skriv hvilket land det er, og hvor mange plasser som er planlagt.",
        )
    if Uttaksland.objects.filter(aar=aar, land__iexact=land).exists():
        raise Konflikt(
            kode="UTTAKSLAND-FINNES",
            hva=f"{land} er allerede registrert for {aar}.",
            gjor="Åpne eller steng landet som er registrert.",
        )
    ny = Uttaksland.objects.create(
        subjekt=nytt_subjekt(slag="uttaksland"),
        aar=aar,
        land=land,
        plasser=plasser,
        kilde=kilde.strip(),
        registrert_av_id=aktor.bruker_id,
    )
    Uttaksstatus.objects.create(
        uttaksland=ny, nr=1, tilstand="apent", fra=fra, kilde=ny.kilde, registrert_av_id=aktor.bruker_id
    )
    skriv_spor(
        aktor=aktor,
        handling=REGISTRER_UTTAKSLAND.kode,
        subjekt_id=ny.pk,
        data={"aar": aar, "plasser": plasser},
    )
    return ny


def steng(*, aktor: Aktor, uttaksland_id: int, fra: date, grunn: str, kilde: str) -> Prognose:
    """Close a country from `fra`: the forecast gets a version with its places less, which is returned.

    Raises as `_endre`.
    """
    return _endre(STENG, aktor, uttaksland_id, fra, grunn, kilde)


def apne(*, aktor: Aktor, uttaksland_id: int, fra: date, grunn: str, kilde: str) -> Prognose:
    """Open a country again from `fra`: the forecast gets a version with its places more, which is returned.

    Raises as `_endre`.
    """
    return _endre(APNE, aktor, uttaksland_id, fra, grunn, kilde)


@transaction.atomic
def _endre(
    overgang: Overgang, aktor: Aktor, uttaksland_id: int, fra: date, grunn: str, kilde: str
) -> Prognose:
    """Raises `Konflikt` when the country is not in the state the act starts from, and `Ugyldig` when reason or source is
    missing, `fra` lies before the last change, or the forecast is missing or smaller than the country's places.
    """
    laas(subjekt_id=uttaksland_id)
    krev(aktor, overgang.kode)
    land = Uttaksland.objects.filter(pk=uttaksland_id).first()
    if land is None:
        raise FinnesIkke(kode="UTTAKSLAND", hva="Siden finnes ikke, eller du har ikke tilgang til den.")
    krev_kilde(kilde, "UTTAKSLAND-KILDE")
    if not grunn.strip():
        raise Ugyldig(
            kode="UTTAKSLAND-GRUNN",
            hva="Grunnen mangler.",
            regel="Prognosen endres, og alle skal kunne se hvorfor.",
            gjor="Skriv hvorfor landet blir stengt eller åpnet.",
        )
    naa = land.statuser.order_by("-nr")[0]
    if naa.tilstand not in overgang.fra:
        raise Konflikt(
            kode="UTTAKSLAND-TILSTAND",
            hva=f"{land.land} er allerede {UTTAKSLAND.navn(naa.tilstand).lower()}, fra {dato_kort(naa.fra)}.",
            gjor="Se på landet før du endrer det.",
        )
    if fra < naa.fra:
        raise Ugyldig(
            kode="UTTAKSLAND-DATO",
            hva=f"{dato_kort(fra)} er før den forrige endringen, {dato_kort(naa.fra)}.",
            regel="Endringene skal stå i den rekkefølgen de gjelder.",
            gjor="Velg samme dag eller en senere dag.",
        )
    prognose = _ny_prognose(
        aktor, land, overgang, fra, f"{grunn.strip().rstrip('.')}. Kilde: {kilde.strip()}"
    )
    Uttaksstatus.objects.create(
        uttaksland=land,
        nr=naa.nr + 1,
        tilstand=overgang.til,
        fra=fra,
        grunn=grunn.strip(),
        kilde=kilde.strip(),
        prognose=prognose,
        registrert_av_id=aktor.bruker_id,
    )
    skriv_spor(
        aktor=aktor,
        handling=overgang.kode,
        subjekt_id=land.pk,
        data={
            "aar": land.aar,
            "plasser": land.plasser,
            "fra": fra.isoformat(),
            "prognose": prognose.pk,
            "antall": prognose.antall,
        },
        detaljer={"begrunnelse": grunn.strip(), "kilde": kilde.strip()},
    )
    return prognose


def _ny_prognose(aktor: Aktor, land: Uttaksland, overgang: Overgang, fra: date, hvorfor: str) -> Prognose:
    """The forecast of resettlement refugees with the country's places less or more, and the reason in its source."""
    serie = Prognose.objects.filter(aar=land.aar, kode="overforing").order_by("versjon")
    if forste := serie.first():
        laas(subjekt_id=forste.pk)  # two countries closed at once both count
    siste = serie.last()
    if siste is None:
        raise Ugyldig(
            kode="UTTAKSLAND-PROGNOSE",
            hva=f"Prognosen for overføringsflyktninger i {land.aar} er ikke registrert.",
            regel="Når et land stenges eller åpnes, endres prognosen.",
            gjor="Registrer prognosen først.",
        )
    stenger = overgang is STENG
    if stenger and siste.antall < land.plasser:
        raise Ugyldig(
            kode="UTTAKSLAND-FOR-MANGE",
            hva=f"Prognosen er {siste.antall} personer, og {land.land} har {land.plasser} planlagte plasser.",
            regel="Prognosen kan ikke bli mindre enn null.",
            gjor="Registrer en ny prognose først.",
        )
    ord_, endring = ("stengt", -land.plasser) if stenger else ("åpnet igjen", land.plasser)
    return registrer_prognose(
        aktor=aktor,
        aar=land.aar,
        kode="overforing",
        antall=siste.antall + endring,
        kilde=f"{land.land} {ord_} for uttak fra {dato_kort(fra)}, {land.plasser} plasser. {hvorfor}",
        dato=i_dag(),
    )

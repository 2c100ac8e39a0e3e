"""Homes are registered, put right, judged, and taken out of use (R203, R205)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Organisasjon
from bosett.bolig.models import Bolig, Boligperiode, Boomraade, Egnethet, Framskaffelse
from bosett.bolig.rules.perioder import I_BRUK
from bosett.bolig.services.laas import finn_og_laas, kommunen
from bosett.bolig.services.omraader import krev_grunn, varsel_for
from bosett.bolig.states import BOLIG, ENDRE
from bosett.bolig.states_bolig import GODKJENN, REGISTRER, SETT_INN, TA_UT, UNDERKJENN
from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.grunn.handling import Overgang
from bosett.grunn.klokke import i_dag, naa
from bosett.spor.services import registrer as skriv_spor
from bosett.tilgang.models import Deling
from bosett.tilgang.services import del_subjekt, nytt_subjekt


@dataclass(frozen=True, slots=True, kw_only=True)
class Opplysninger:
    """What the municipality says of a home. The fields are those of `models.Bolig`."""

    eierform: str
    bygg: str
    adresse: str
    postnummer: str
    poststed: str
    soverom: int
    rom: int
    plasser: int
    slag: str = "vanlig"
    bruksenhet: str = ""
    omraade: Boomraade | None = None
    omraade_grunn: str = ""
    areal: int | None = None
    etasje: int | None = None
    funksjoner: list[str] = field(default_factory=list)
    tilgjengelig_kjent: bool = False
    dyr: bool | None = None
    moblert: bool | None = None
    husleie: int | None = None
    leies_til: date | None = None
    km_skole: Decimal | None = None
    km_barnehage: Decimal | None = None
    km_buss: Decimal | None = None
    km_sentrum: Decimal | None = None
    merknad: str = ""

    def som_felt(self) -> dict[str, object]:
        """By the names of the columns, tidy."""
        ut = {navn: getattr(self, navn) for navn in self.__dataclass_fields__}
        for navn in ("adresse", "poststed", "postnummer", "bruksenhet"):
            ut[navn] = " ".join(ut[navn].split())
        return ut | {
            "bruksenhet": ut["bruksenhet"].upper(),
            "omraade_grunn": self.omraade_grunn.strip(),
            "merknad": self.merknad.strip(),
        }


@transaction.atomic
def registrer(
    *,
    aktor: Aktor,
    opplysninger: Opplysninger,
    kilde: str = Bolig.Kilde.KOMMUNE,
    ledig_fra: date | None = None,
    ledig_til: date | None = None,
    nokkel: UUID | None = None,
    organisasjon: Organisasjon | None = None,
) -> Bolig:
    """A home the municipality has found. IMDi sees it at once, no other municipality does.

    `ledig_til` is the first day it is no longer free; `nokkel` the form's own: sent twice, it is one home. Raises `Ugyldig` for sizes
    that can't be, and for an area to avoid without a reason; `Konflikt` when the unit is registered already.
    """
    organisasjon = organisasjon or kommunen(aktor, REGISTRER.kode)
    if nokkel is not None and (finnes := Bolig.objects.filter(subjekt__uuid=nokkel).first()):
        return finnes
    _krev(opplysninger, organisasjon)
    subjekt = nytt_subjekt(slag="bolig")
    if nokkel is not None:
        subjekt.uuid = nokkel
        subjekt.save(update_fields=["uuid"])
    try:
        with transaction.atomic():
            ny = Bolig.objects.create(
                subjekt=subjekt,
                organisasjon=organisasjon,
                kilde=kilde,
                registrert_av_id=aktor.bruker_id,
                **opplysninger.som_felt(),
            )
    except IntegrityError as feil:
        raise _dobbelt(feil) from feil
    with som_systemet(REGISTRER.kode, etter=aktor):
        del_subjekt(
            subjekt_id=ny.pk, organisasjon=organisasjon, grad=Deling.Grad.FULL, hvorfor=REGISTRER.kode
        )
    if ledig_fra is not None:
        Boligperiode.objects.create(bolig=ny, slag=Boligperiode.Slag.LEDIG, fra=ledig_fra, til=ledig_til)
    skriv_spor(
        aktor=aktor, handling=REGISTRER.kode, subjekt_id=ny.pk, organisasjon=organisasjon,
        data=_spor(opplysninger) | {"ledig_fra": str(ledig_fra) if ledig_fra else None, "kilde": kilde},
    )  # fmt: skip
    return ny


@transaction.atomic
def endre(*, aktor: Aktor, bolig: UUID, opplysninger: Opplysninger, versjon: int) -> Bolig:
    """Put the facts of a home right. `versjon` is the one the writer had before them; the same facts again change nothing.

    Raises what `registrer` does, and `Konflikt` when somebody else has changed it since, or it is out of use.
    """
    denne = finn_og_laas(aktor, ENDRE.kode, bolig)
    nye = opplysninger.som_felt()
    endret = [navn for navn, verdi in nye.items() if getattr(denne, navn) != verdi]
    if not endret:
        return denne
    if denne.versjon != versjon:
        raise Konflikt(
            kode="BOLIG-ENDRET", hva="Noen andre har endret boligen mens du skrev.", regel="Ingen skriver over andres endring uten å ha sett den.",
            gjor="Se hva som er endret, og lagre på nytt.",
        )  # fmt: skip
    if denne.tilstand == TA_UT.til:
        raise _feil_tilstand(denne)
    _krev(opplysninger, denne.organisasjon)
    if opplysninger.eierform == Bolig.Eierform.PRIVAT:
        _krev_ikke_i_framskaffelse(denne)
    for navn in endret:
        setattr(denne, navn, nye[navn])
    denne.versjon, denne.endret = denne.versjon + 1, naa()
    try:
        with transaction.atomic():
            denne.save(update_fields=[*endret, "versjon", "endret"])
    except IntegrityError as feil:
        raise _dobbelt(feil) from feil
    skriv_spor(
        aktor=aktor, handling=ENDRE.kode, subjekt_id=denne.pk, organisasjon=denne.organisasjon,
        data={"felt": sorted(endret)} | _spor(opplysninger),
    )  # fmt: skip
    return denne


@transaction.atomic
def vurder(*, aktor: Aktor, bolig: UUID, egnet: bool, begrunnelse: str, dato: date | None = None) -> Bolig:
    """The municipality judges whether the home is fit to settle somebody in. Only one that is can be linked to a household (R203).

    Raises `Ugyldig` without a reason and for a day that has not come, `Konflikt` when it is out of use, or is found unfit while
    somebody has it.
    """
    overgang = GODKJENN if egnet else UNDERKJENN
    denne = finn_og_laas(aktor, overgang.kode, bolig)
    dag = dato or i_dag()
    begrunnelse = begrunnelse.strip()
    if not begrunnelse or dag > i_dag():
        raise Ugyldig(
            kode="BOLIG-VURDERING",
            hva="Begrunnelsen mangler." if not begrunnelse else "Dagen for vurderingen har ikke kommet.",
            regel="En vurdering av en bolig har dato, navn og begrunnelse.",
            gjor="Skriv hvorfor boligen er egnet eller ikke." if not begrunnelse else "Rett datoen.",
            felt="begrunnelse" if not begrunnelse else "dato",
        )
    siste = denne.vurderinger.order_by("-dato", "-pk").first()
    if siste and (siste.egnet, siste.dato, siste.begrunnelse, siste.av_id) == (
        egnet,
        dag,
        begrunnelse,
        aktor.bruker_id,
    ):
        return denne  # sent twice
    if not egnet:
        _krev_ledig(denne)
    Egnethet.objects.create(
        bolig=denne, egnet=egnet, dato=dag, navn=aktor.navn, av_id=aktor.bruker_id, begrunnelse=begrunnelse
    )
    _flytt(aktor, denne, overgang, {"egnet": egnet, "dato": str(dag)})
    return denne


@transaction.atomic
def ta_ut(*, aktor: Aktor, bolig: UUID) -> Bolig:
    """The home is not used any longer; nothing of it is lost. Raises `Konflikt` while somebody has it."""
    denne = finn_og_laas(aktor, TA_UT.kode, bolig)
    if denne.tilstand != TA_UT.til:
        _krev_ledig(denne)
        _flytt(aktor, denne, TA_UT)
    return denne


@transaction.atomic
def sett_inn(*, aktor: Aktor, bolig: UUID) -> Bolig:
    """In use again. It must be judged anew: much may have happened to it."""
    denne = finn_og_laas(aktor, SETT_INN.kode, bolig)
    if denne.tilstand == TA_UT.til:
        try:
            with transaction.atomic():
                _flytt(aktor, denne, SETT_INN)
        except IntegrityError as feil:
            raise _dobbelt(feil) from feil
    return denne


def _flytt(aktor: Aktor, bolig: Bolig, overgang: Overgang, data: Mapping[str, object] | None = None) -> None:
    if bolig.tilstand not in overgang.fra:
        raise _feil_tilstand(bolig)
    bolig.tilstand = overgang.til
    bolig.save(update_fields=["tilstand"])
    skriv_spor(
        aktor=aktor, handling=overgang.kode, subjekt_id=bolig.pk, organisasjon=bolig.organisasjon, data=dict(data or {})
    )  # fmt: skip


def _feil_tilstand(bolig: Bolig) -> Konflikt:
    return Konflikt(
        kode="BOLIG-TILSTAND",
        hva=f"Boligen er «{BOLIG.navn(bolig.tilstand).lower()}».",
        gjor="Last siden på nytt.",
    )


def _krev_ledig(bolig: Bolig) -> None:
    om = Boligperiode.objects.filter(bolig=bolig, slag__in=I_BRUK)
    if om.filter(til=None).exists() or om.filter(til__gt=i_dag()).exists():
        raise Konflikt(
            kode="BOLIG-OPPTATT", hva="Boligen er reservert eller bebodd.", regel="En bolig noen skal bo i, kan ikke tas bort.",
            gjor="Avslutt reservasjonen eller leieforholdet først.",
        )  # fmt: skip


def _krev_ikke_i_framskaffelse(bolig: Bolig) -> None:
    if Framskaffelse.objects.filter(bolig=bolig).exclude(tilstand="avbrutt").exists():
        raise Konflikt(
            kode="BOLIG-I-FRAMSKAFFELSE", hva="Boligen er knyttet til et boligbehov kommunen arbeider med.",
            regel="Boligframskaffelse gjelder bare boliger kommunen disponerer.", gjor="Flytt behovet tilbake til «Behov» først.",
            felt="eierform",
        )  # fmt: skip


def _krev(o: Opplysninger, organisasjon: Organisasjon) -> None:
    if not o.adresse.strip() or not o.poststed.strip():
        raise Ugyldig(
            kode="BOLIG-ADRESSE", hva="Adressen er ikke fullstendig.", regel="En bolig har adresse, postnummer og poststed.",
            gjor="Fyll ut det som mangler.", felt="adresse" if not o.adresse.strip() else "poststed",
        )  # fmt: skip
    if not 1 <= o.rom <= 30 or not 0 <= o.soverom <= o.rom:
        raise Ugyldig(
            kode="BOLIG-ROM", hva="Tallet på rom eller soverom kan ikke stemme.", regel="Soverommene er en del av rommene.",
            gjor="Rett tallene.", felt="soverom",
        )  # fmt: skip
    if not 1 <= o.plasser <= 40:
        raise Ugyldig(
            kode="BOLIG-PLASSER", hva="Tallet på plasser kan ikke stemme.", regel="En bolig har plass til 1–40 personer.",
            gjor="Rett tallet.", felt="plasser",
        )  # fmt: skip
    if o.omraade is not None and o.omraade.organisasjon_id != organisasjon.pk:
        raise Ugyldig(
            kode="BOLIG-OMRAADE-UKJENT", hva="Området hører til en annen kommune.", gjor="Velg et område i egen kommune.",
            felt="omraade",
        )  # fmt: skip
    krev_grunn(o.omraade, o.omraade_grunn)


def _spor(o: Opplysninger) -> dict[str, object]:
    """For the ledger: no address."""
    return {
        "eierform": o.eierform, "slag": o.slag, "soverom": o.soverom, "plasser": o.plasser,
        "omraade": str(o.omraade.uuid) if o.omraade else None, "varsel": varsel_for(o.omraade, i_dag()) is not None,
    }  # fmt: skip


def _dobbelt(feil: IntegrityError) -> Konflikt | IntegrityError:
    if "bolig_en_per_adresse" not in str(feil):
        return feil
    return Konflikt(
        kode="BOLIG-DOBBEL", hva="Boligen er allerede registrert.", regel="Hver bruksenhet er registrert én gang.",
        gjor="Finn den i listen over boliger.", felt="bruksenhet",
    )  # fmt: skip

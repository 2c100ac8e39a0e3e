"""A need for a home, from the need to a home that is ready (boligframskaffelse, R206): the only writer of `Framskaffelse`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Organisasjon
from bosett.bolig.models import Bolig, Boomraade, Framskaffelse, Framskaffelsessteg
from bosett.bolig.querysets import synlige_boliger, synlige_framskaffelser
from bosett.bolig.selectors_framskaffelse import DISPONERT
from bosett.bolig.services.annonser import laast as laast_annonse
from bosett.bolig.services.laas import finn_og_laas, kommunen
from bosett.bolig.states_framskaffelse import (
    AVBRYT,
    ENDRE_BEHOV,
    FINN_KILDE,
    FRAMSKAFFELSE,
    GJENOPPTA,
    GJOR_KLAR,
    KNYTT,
    MELD_BEHOV,
    TILBAKE_TIL_BEHOV,
)
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.handling import Overgang
from bosett.grunn.klokke import i_dag, naa
from bosett.oppgave import services as oppgaver
from bosett.oppgave.services import NyOppgave
from bosett.spor.services import registrer
from bosett.tilgang import services as tilgang
from bosett.tilgang.models import Deling
from bosett.tilgang.policy import kan, krev

OPPGAVE = "finn_bolig"
_ARBEID = ("behov", "kilde", "kontrakt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Behov:
    """What the municipality needs. `husholdning`: its key; the caller has seen that it is shared. `maks_leie`: kroner a month."""

    soverom: int
    plasser: int
    funksjoner: list[str] = field(default_factory=list)
    onsket_fra: date | None = None
    husholdning: int | None = None
    omraade: Boomraade | None = None
    onske: str = ""
    maks_leie: int | None = None
    merknad: str = ""

    def som_felt(self) -> dict[str, object]:
        """By the names of the columns, tidy."""
        ut = {navn: getattr(self, navn) for navn in self.__dataclass_fields__}
        ut["husholdning_id"] = ut.pop("husholdning")
        return ut | {"onske": " ".join(self.onske.split()), "merknad": self.merknad.strip()}


@transaction.atomic
def meld(
    *, aktor: Aktor, behov: Behov, nokkel: UUID, organisasjon: Organisasjon | None = None
) -> Framskaffelse:
    """The municipality must find a home. `nokkel` is the form's own: sent twice, it is one need.

    A need with a date becomes a task. Raises `Ugyldig` for sizes that can't be and an area of another municipality, `FinnesIkke` for a
    household that is not shared with it, `Konflikt` when there is a need for the household already.
    """
    organisasjon = organisasjon or kommunen(aktor, MELD_BEHOV.kode)
    if finnes := Framskaffelse.objects.filter(subjekt__uuid=nokkel, organisasjon=organisasjon).first():
        return finnes
    _krev(behov, organisasjon)
    subjekt = tilgang.nytt_subjekt(slag="framskaffelse")
    subjekt.uuid = nokkel
    subjekt.save(update_fields=["uuid"])
    ny = _lagret(
        Framskaffelse(subjekt=subjekt, organisasjon=organisasjon, registrert_av_id=aktor.bruker_id, **behov.som_felt()),
        ny=True,
    )  # fmt: skip
    Framskaffelsessteg.objects.create(framskaffelse=ny, steg=MELD_BEHOV.til, fra=i_dag())
    with som_systemet(MELD_BEHOV.kode, etter=aktor):
        tilgang.del_subjekt(
            subjekt_id=ny.pk, organisasjon=organisasjon, grad=Deling.Grad.FULL, hvorfor=MELD_BEHOV.kode
        )
    _oppgave(aktor, ny)
    _spor(
        aktor, ny, MELD_BEHOV.kode, {"soverom": ny.soverom, "plasser": ny.plasser, "fra": str(ny.onsket_fra)}
    )
    return ny


@transaction.atomic
def endre(*, aktor: Aktor, framskaffelse: UUID, behov: Behov, versjon: int) -> Framskaffelse:
    """Put the need right. `versjon` is the one the writer had before them; the same again changes nothing.

    Raises what `meld` does, and `Konflikt` when somebody else has changed it since.
    """
    denne = _laast(aktor, ENDRE_BEHOV.kode, framskaffelse)
    nye = behov.som_felt()
    nye["omraade_id"] = behov.omraade.pk if behov.omraade else None
    del nye["omraade"]
    endret = [navn for navn, verdi in nye.items() if getattr(denne, navn) != verdi]
    if not endret:
        return denne
    if denne.versjon != versjon:
        raise Konflikt(
            kode="FRAMSKAFFELSE-ENDRET", hva="Noen andre har endret boligbehovet mens du skrev.",
            regel="Ingen skriver over andres endring uten å ha sett den.", gjor="Se hva som er endret, og lagre på nytt.",
        )  # fmt: skip
    _krev(behov, denne.organisasjon, denne.husholdning_id)
    if "husholdning_id" in endret:
        _lukk(aktor, denne)  # the task moves with the case it hangs on
    for navn in endret:
        setattr(denne, navn, nye[navn])
    denne.versjon += 1
    _lagret(denne)
    _oppgave(aktor, denne)
    _spor(aktor, denne, ENDRE_BEHOV.kode, {"felt": sorted(endret)})
    return denne


@transaction.atomic
def knytt_bolig(*, aktor: Aktor, framskaffelse: UUID, bolig: UUID) -> Framskaffelse:
    """This home is to cover the need, which is then at «Kilde». Instead of another one, if there was.

    Raises `Ugyldig` for a home the municipality does not have at its disposal (R323), `Konflikt` when it is in use, out of use, or in
    another need, and when the need is past «Kilde».
    """
    krev(aktor, KNYTT.kode)
    rader = synlige_framskaffelser(aktor).filter(subjekt__uuid=framskaffelse)
    hjem = synlige_boliger(aktor).filter(subjekt__uuid=bolig)
    tilgang.laas_mange(subjekt_ider=[*rader.values_list("pk", flat=True), *hjem.values_list("pk", flat=True)])
    denne = _laast(aktor, KNYTT.kode, framskaffelse)
    b = finn_og_laas(aktor, KNYTT.kode, bolig)
    if b.organisasjon_id != denne.organisasjon_id:
        raise FinnesIkke(kode="BOLIG-UKJENT", hva="Boligen finnes ikke, eller du har ikke tilgang til den.")
    krev_disponert(b)
    if denne.bolig_id == b.pk:
        return denne
    if b.tilstand not in ("registrert", "egnet"):
        raise Konflikt(
            kode="FRAMSKAFFELSE-BOLIG", hva="Boligen er ute av bruk, eller vurdert som ikke egnet.", gjor="Velg en annen bolig."
        )  # fmt: skip
    _krev_aapen(denne)
    denne.bolig = b
    if denne.annonse is not None and denne.annonse.bolig_id != b.pk:
        denne.annonse = None
    return _knyttet(aktor, denne, {"bolig": str(bolig)})


@transaction.atomic
def knytt_annonse(*, aktor: Aktor, framskaffelse: UUID, annonse: UUID) -> Framskaffelse:
    """This listing is to cover the need, which is then at «Kilde» (R056). Raises as `knytt_bolig`."""
    denne = _laast(aktor, KNYTT.kode, framskaffelse)
    a = laast_annonse(aktor, annonse)
    if a.organisasjon_id != denne.organisasjon_id:
        raise FinnesIkke(
            kode="ANNONSE-UKJENT", hva="Annonsen finnes ikke, eller du har ikke tilgang til den."
        )
    if denne.annonse_id == a.pk:
        return denne
    _krev_aapen(denne)
    if a.bolig is not None:
        krev_disponert(a.bolig)
    denne.annonse, denne.bolig = a, a.bolig
    return _knyttet(aktor, denne, {"annonse": str(annonse)})


def _knyttet(aktor: Aktor, denne: Framskaffelse, data: Mapping[str, object]) -> Framskaffelse:
    forst = denne.tilstand == FINN_KILDE.fra[0]
    if forst:
        denne.tilstand = FINN_KILDE.til
        _nytt_steg(denne)
    _lagret(denne)
    _spor(aktor, denne, KNYTT.kode, data)
    if forst:
        _spor(aktor, denne, FINN_KILDE.kode)
    return denne


@transaction.atomic
def flytt(*, aktor: Aktor, framskaffelse: UUID, handling: str) -> Framskaffelse:
    """Move it on, or back, by one of the acts of `FRAMSKAFFELSE`. What it has been through keeps its dates (R206).

    Back to «Behov» it has no source any longer. To be where the act leads already changes nothing. Raises `Konflikt` when somebody
    else has moved it, and `Ugyldig` when what the stage needs is not there.
    """
    overgang = FRAMSKAFFELSE.overgang(handling)
    denne = _laast(aktor, overgang.kode, framskaffelse)
    if denne.tilstand == overgang.til:
        return denne
    if denne.tilstand not in overgang.fra:
        raise Konflikt(
            kode="FRAMSKAFFELSE-TILSTAND", hva=f"Boligbehovet er på «{FRAMSKAFFELSE.navn(denne.tilstand)}».",
            gjor="Last siden på nytt.",
        )  # fmt: skip
    _krev_kilde(denne, overgang)
    if overgang in (TILBAKE_TIL_BEHOV, GJENOPPTA):
        denne.bolig = denne.annonse = None
    denne.tilstand = overgang.til
    _nytt_steg(denne)
    _lagret(denne)
    if denne.tilstand in (GJOR_KLAR.til, AVBRYT.til):
        _lukk(aktor, denne)
    else:
        _oppgave(aktor, denne)
    _spor(aktor, denne, overgang.kode)
    return denne


def krev_disponert(bolig: Bolig) -> None:
    """Raises `Ugyldig` for a home somebody else than the municipality lets (R323)."""
    if bolig.eierform not in DISPONERT:
        raise Ugyldig(
            kode="FRAMSKAFFELSE-PRIVAT", hva="Boligen er privat.",
            regel="Boligframskaffelse er boliger kommunen eier eller leier inn. En bolig flyktningen har funnet selv, hører ikke til her.",
            gjor="Leier kommunen boligen inn, endrer dere eierformen til fremleie først.", felt="bolig",
        )  # fmt: skip


def _krev_kilde(denne: Framskaffelse, overgang: Overgang) -> None:
    if overgang.til in ("kilde", "kontrakt", "klar") and denne.bolig is not None:
        krev_disponert(denne.bolig)
    elif overgang.til == GJOR_KLAR.til:
        raise Ugyldig(
            kode="FRAMSKAFFELSE-UTEN-BOLIG", hva="Boligen er ikke registrert.", regel=f"{GJOR_KLAR.vakt}",
            gjor="Registrer annonsen som bolig først.",
        )  # fmt: skip
    elif overgang is FINN_KILDE:
        raise Ugyldig(
            kode="FRAMSKAFFELSE-UTEN-KILDE", hva="Ingen bolig eller annonse er knyttet til behovet.", regel=f"{FINN_KILDE.vakt}",
            gjor="Velg en bolig eller en annonse.",
        )  # fmt: skip


def _krev_aapen(denne: Framskaffelse) -> None:
    if denne.tilstand not in ("behov", "kilde"):
        raise Konflikt(
            kode="FRAMSKAFFELSE-TILSTAND", hva=f"Boligbehovet er på «{FRAMSKAFFELSE.navn(denne.tilstand)}».",
            regel="Kilden velges før kontrakten.", gjor="Flytt det tilbake til «Kilde» først.",
        )  # fmt: skip


def _nytt_steg(denne: Framskaffelse) -> None:
    dag = i_dag()
    Framskaffelsessteg.objects.filter(framskaffelse=denne, til=None).update(til=dag)
    Framskaffelsessteg.objects.create(framskaffelse=denne, steg=denne.tilstand, fra=dag)


def _laast(aktor: Aktor, handling: str, framskaffelse: UUID) -> Framskaffelse:
    krev(aktor, handling)
    funnet = synlige_framskaffelser(aktor).filter(subjekt__uuid=framskaffelse).first()
    if funnet is not None:
        tilgang.laas(subjekt_id=funnet.pk)
        denne = Framskaffelse.objects.select_related("organisasjon", "subjekt").get(pk=funnet.pk)
        if kan(aktor, handling, denne.organisasjon):
            return denne
    raise FinnesIkke(
        kode="FRAMSKAFFELSE-UKJENT", hva="Boligbehovet finnes ikke, eller du har ikke tilgang til det."
    )


def _krev(behov: Behov, organisasjon: Organisasjon, hadde: int | None = None) -> None:
    if not 1 <= behov.plasser <= 40 or not 0 <= behov.soverom <= 30:
        raise Ugyldig(
            kode="FRAMSKAFFELSE-STORRELSE", hva="Tallet på soverom eller personer kan ikke stemme.",
            regel="Et boligbehov gjelder 1–40 personer og høyst 30 soverom.", gjor="Rett tallene.", felt="plasser",
        )  # fmt: skip
    if behov.omraade is not None and behov.omraade.organisasjon_id != organisasjon.pk:
        raise Ugyldig(
            kode="BOLIG-OMRAADE-UKJENT", hva="Området hører til en annen kommune.", gjor="Velg et område i egen kommune.",
            felt="omraade",
        )  # fmt: skip
    if behov.husholdning is None or behov.husholdning == hadde:
        return
    tid = naa()
    delt = Deling.objects.filter(subjekt_id=behov.husholdning, organisasjon=organisasjon, fra__lte=tid)
    if delt.filter(Q(til=None) | Q(til__gt=tid)).exists():
        return
    raise FinnesIkke(
        kode="FRAMSKAFFELSE-HUSHOLDNING", hva="Husholdningen finnes ikke, eller den er ikke delt med kommunen.",
        gjor="Velg en annen, eller la feltet stå tomt.", felt="husholdning",
    )  # fmt: skip


_OPPTATT = {
    "framskaffelse_en_per_bolig": ("Boligen er allerede knyttet til et annet behov.", "Velg en annen bolig.", "bolig"),
    "framskaffelse_en_per_annonse": ("Annonsen er allerede knyttet til et annet behov.", "Velg en annen annonse.", "annonse"),
    "framskaffelse_en_per_husholdning": (
        "Det er allerede registrert et boligbehov for husholdningen.", "Finn det i listen over boligbehov.", "husholdning",
    ),
}  # fmt: skip


def _lagret(denne: Framskaffelse, *, ny: bool = False) -> Framskaffelse:
    denne.endret = naa()
    try:
        with transaction.atomic():
            denne.save(force_insert=ny)
    except IntegrityError as feil:
        for navn, (hva, gjor, felt) in _OPPTATT.items():
            if navn in str(feil):
                raise Konflikt(kode="FRAMSKAFFELSE-OPPTATT", hva=hva, gjor=gjor, felt=felt) from feil
        raise
    return denne


def _oppgave(aktor: Aktor, denne: Framskaffelse) -> None:
    """A need with a date is a task while it is worked with, in the household's case when there is one."""
    if denne.onsket_fra is None or denne.tilstand not in _ARBEID:
        _lukk(aktor, denne)
        return
    oppgaver.opprett(
        oppgaver=[
            NyOppgave(
                subjekt_id=denne.husholdning_id or denne.pk, organisasjon=denne.organisasjon, roller=["bosetter_skriv"], slag=OPPGAVE,
                gjelder=f"{denne.nummer}: {denne.soverom} soverom, plass til {denne.plasser}",
                sti=f"/boligframskaffelse/{denne.subjekt.uuid}/", frist=denne.onsket_fra,
            )
        ]
    )  # fmt: skip


def _lukk(aktor: Aktor, denne: Framskaffelse) -> None:
    oppgaver.fullfor(
        aktor=aktor, subjekt_ider=[denne.husholdning_id or denne.pk], slag=OPPGAVE, organisasjoner=[denne.organisasjon_id]
    )  # fmt: skip


def _spor(
    aktor: Aktor, denne: Framskaffelse, handling: str, data: Mapping[str, object] | None = None
) -> None:
    registrer(
        aktor=aktor, handling=handling, subjekt_id=denne.pk, organisasjon=denne.organisasjon, data=dict(data or {})
    )  # fmt: skip

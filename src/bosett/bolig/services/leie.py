"""Leases are written, signed by both, and ended (R030, R081, R211, R329)."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Bolig, Leiekontrakt, Utleier
from bosett.bolig.querysets_leie import synlige_kontrakter
from bosett.bolig.rules.leie import REGEL
from bosett.bolig.rules.leie import fremleie as under_hovedleien
from bosett.bolig.services import leievarsel, perioder, prosjekter
from bosett.bolig.services.laas import finn_og_laas
from bosett.bolig.states_leie import (
    AVSLUTT_LEIE,
    FORKAST_LEIE,
    LEIE,
    OPPRETT_LEIE,
    SIGNER_ANDRE,
    SIGNER_FORSTE,
)
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.handling import Overgang
from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning
from bosett.person.querysets import synlige_husholdninger
from bosett.spor.services import registrer as skriv_spor
from bosett.tilgang.policy import krev

HOVEDLEIE, FREMLEIE, DIREKTE, KOMMUNAL = Leiekontrakt.Slag.values
BEGGE = "En leieavtale har både utleier og leier."


@dataclass(frozen=True, slots=True, kw_only=True)
class Avtale:
    """What the parties agree on. The fields are those of `models_leie.Leiekontrakt`; the municipality is the party that is left out."""

    slag: str
    fra: date
    husleie: int
    utleier: Utleier | None = None
    husholdning: Husholdning | None = None
    hovedkontrakt: Leiekontrakt | None = None
    siste_dag: date | None = None
    sikkerhet: str = ""
    sikkerhet_belop: int | None = None
    oppsigelse: str = ""
    regler: str = ""


@transaction.atomic
def opprett(*, aktor: Aktor, bolig: UUID, avtale: Avtale, nokkel: UUID | None = None) -> Leiekontrakt:
    """A draft of a lease of the home. `nokkel` is the form's own: sent twice, it is one lease.

    Raises `Ugyldig` when a party is missing or is not the municipality's to write of, when a sub-lease would begin before its head
    lease or outlive it, and for days and amounts that can't be; `Konflikt` when the home is out of use, or is a partner's who does
    not settle.
    """
    denne = finn_og_laas(aktor, OPPRETT_LEIE.kode, bolig)
    if nokkel is not None and (finnes := Leiekontrakt.objects.filter(uuid=nokkel).first()):
        return finnes
    perioder.krev_i_bruk(denne)
    _krev_vilkaar(avtale)
    if avtale.hovedkontrakt is not None:
        _krev_under_hovedleien(avtale.hovedkontrakt, avtale.fra, avtale.siste_dag)
    _krev_parter(aktor, denne, avtale)
    felt = {f.name: getattr(avtale, f.name) for f in fields(avtale)}
    felt |= {"oppsigelse": avtale.oppsigelse.strip(), "regler": avtale.regler.strip()}
    ny: Leiekontrakt = Leiekontrakt.objects.create(
        bolig=denne,
        organisasjon=denne.organisasjon,
        registrert_av_id=aktor.bruker_id,
        **({"uuid": nokkel} if nokkel else {}),
        **felt,
    )
    _spor(aktor, ny, OPPRETT_LEIE, {"slag": ny.slag, "fra": str(ny.fra), "siste_dag": _dag(ny.siste_dag)})
    return ny


@transaction.atomic
def signer(*, aktor: Aktor, leie: UUID, part: str, navn: str, dato: date) -> Leiekontrakt:
    """One of the parties (`utleier` or `leier`) has signed, by name and day. When both have, the lease binds.

    From then on the tenant has the home from the first day of the lease; what was held for them gives way. Raises `Ugyldig` without a
    name and for a day that has not come, `Konflikt` when that party has signed before, when others have the home, and for a sub-lease
    whose head lease does not bind or has been shortened.
    """
    k = _laas(aktor, SIGNER_FORSTE.kode, leie)
    navn = " ".join(navn.split())
    if part not in ("utleier", "leier") or not navn or dato > i_dag():
        raise Ugyldig(
            kode="LEIE-UNDERSKRIFT",
            hva="Navnet på den som har undertegnet, mangler." if not navn else "Dagen for underskriften har ikke kommet.",
            regel="En underskrift har navn og dato.",
            gjor="Skriv navnet." if not navn else "Rett datoen.",
            felt="navn" if not navn else "dato",
        )  # fmt: skip
    if getattr(k, f"{part}_dato") is not None:
        if (getattr(k, f"{part}_navn"), getattr(k, f"{part}_dato")) == (navn, dato):
            return k  # sent twice
        raise Konflikt(
            kode="LEIE-UNDERTEGNET", hva="Denne parten har undertegnet før.", regel="En underskrift kan ikke endres.",
            gjor="Last siden på nytt.", felt="part",
        )  # fmt: skip
    overgang = SIGNER_FORSTE if k.tilstand in SIGNER_FORSTE.fra else SIGNER_ANDRE
    _krev_tilstand(k, overgang)
    setattr(k, f"{part}_navn", navn)
    setattr(k, f"{part}_dato", dato)
    k.tilstand = overgang.til
    if overgang is SIGNER_ANDRE:
        _bind(aktor, k)
    k.save(update_fields=["tilstand", f"{part}_navn", f"{part}_dato"])
    _spor(aktor, k, overgang, {"part": part, "dato": str(dato)})
    return k


@transaction.atomic
def forkast(*, aktor: Aktor, leie: UUID) -> Leiekontrakt:
    """The parties did not agree. Raises `Konflikt` when the lease binds."""
    k = _laas(aktor, FORKAST_LEIE.kode, leie)
    if k.tilstand != FORKAST_LEIE.til:
        _krev_tilstand(k, FORKAST_LEIE)
        k.tilstand = FORKAST_LEIE.til
        k.save(update_fields=["tilstand"])
        _spor(aktor, k, FORKAST_LEIE, {})
    return k


@transaction.atomic
def avslutt(
    *, aktor: Aktor, leie: UUID, siste_dag: date, grunn: str, bekreftet: bool = False, ledig: bool = False
) -> Leiekontrakt:
    """The lease ends after `siste_dag`. The tenant's days in the home end with it; it is free again only when `ledig` says so.

    A head lease somebody rents under after that day ends only when it is `bekreftet`; then the municipality gets a task. Raises
    `Ugyldig` without a reason and for a day before the lease or after the one agreed on, `Konflikt` when it does not bind.
    """
    k = _laas(aktor, AVSLUTT_LEIE.kode, leie)
    grunn = grunn.strip()
    if k.tilstand == AVSLUTT_LEIE.til and (k.avsluttet, k.slutt_grunn) == (siste_dag, grunn):
        return k  # sent twice
    _krev_tilstand(k, AVSLUTT_LEIE)
    if not grunn:
        raise Ugyldig(
            kode="LEIE-GRUNN", hva="Grunnen mangler.", regel="En leieavtale som avsluttes, har en siste dag og en grunn.",
            gjor="Skriv hvorfor avtalen avsluttes.", felt="grunn",
        )  # fmt: skip
    if siste_dag < k.fra or (k.siste_dag is not None and siste_dag > k.siste_dag):
        raise Ugyldig(
            kode="LEIE-SLUTT", hva="Den siste dagen er ikke i avtalens tid.", regel="En avtale avsluttes en av dagene den gjelder.",
            gjor="Velg en dag fra avtalens første til dens siste dag.", felt="siste_dag",
        )  # fmt: skip
    lever = list(fremleier_etter(k, siste_dag))
    if lever and not bekreftet:
        raise Konflikt(
            kode="LEIE-FREMLEIE-LEVER", hva="Noen leier boligen videre etter den dagen.", regel=REGEL,
            gjor="Avslutt fremleien først, eller bekreft at dere finner en annen bolig til dem.", felt="bekreftet",
        )  # fmt: skip
    k.tilstand, k.avsluttet, k.slutt_grunn = AVSLUTT_LEIE.til, siste_dag, grunn
    k.save(update_fields=["tilstand", "avsluttet", "slutt_grunn"])
    if k.husholdning_id is not None:
        perioder.fraflytt(k.bolig, k.husholdning_id, k.fra, siste_dag)
        if ledig:
            perioder.meld_ledig(k.bolig, siste_dag, k.hovedkontrakt.siste if k.hovedkontrakt else None)
    if lever:
        leievarsel.gi_oppgave(k, lever)
    leievarsel.rydd(aktor, k.bolig)
    _spor(aktor, k, AVSLUTT_LEIE, {"siste_dag": str(siste_dag), "fremleier": len(lever), "ledig": ledig})
    return k


def fremleier_etter(hoved: Leiekontrakt, dag: date) -> "list[Leiekontrakt]":
    """Sub-leases that bind and are not over by this day, in the order they were written."""
    fremleier = (
        Leiekontrakt.objects.filter(hovedkontrakt=hoved)
        .med_slutt()
        .filter(tilstand__in=("bindende", "avsluttet"))
    )
    return [k for k in fremleier.order_by("pk") if k.siste is None or k.siste > dag]


def _laas(aktor: Aktor, handling: str, leie: UUID) -> Leiekontrakt:
    """The lease under the lock of its home. Raises `FinnesIkke`, the same for one of another municipality."""
    krev(aktor, handling)
    funnet = synlige_kontrakter(aktor).filter(uuid=leie).values_list("pk", "bolig__subjekt__uuid").first()
    if funnet is None:
        raise FinnesIkke(
            kode="LEIE-UKJENT", hva="Leieavtalen finnes ikke, eller du har ikke tilgang til den."
        )
    bolig = finn_og_laas(aktor, handling, funnet[1])
    k: Leiekontrakt = Leiekontrakt.objects.select_related("hovedkontrakt", "organisasjon").get(pk=funnet[0])
    k.bolig = bolig
    return k


def _krev_parter(aktor: Aktor, bolig: Bolig, avtale: Avtale) -> None:
    trenger = {
        "utleier": avtale.slag in (HOVEDLEIE, DIREKTE),
        "husholdning": avtale.slag in (FREMLEIE, DIREKTE, KOMMUNAL),
        "hovedkontrakt": avtale.slag == FREMLEIE,
    }
    hva = {
        "utleier": ("Utleieren mangler.", "Utleieren passer ikke til denne avtalen.", "Velg eieren som leier ut."),
        "husholdning": ("Leieren mangler.", "Leieren passer ikke til denne avtalen.", "Skriv saksnummeret til husholdningen som leier."),
        "hovedkontrakt": ("Hovedleien mangler.", "Hovedleien passer ikke til denne avtalen.", "Velg avtalen kommunen leier boligen etter."),
    }  # fmt: skip
    for felt, skal in trenger.items():
        har = getattr(avtale, felt) is not None
        if skal != har:
            raise Ugyldig(
                kode="LEIE-PARTER", hva=hva[felt][har], regel=BEGGE, felt=felt,
                gjor=hva[felt][2] if skal else "La feltet stå tomt, eller velg en annen slags avtale.",
            )  # fmt: skip
    if avtale.slag not in Leiekontrakt.Slag.values:
        raise Ugyldig(kode="LEIE-SLAG", hva="Velg hva slags avtale det er.", felt="slag")
    if avtale.utleier is not None and avtale.utleier.organisasjon_id != bolig.organisasjon_id:
        raise Ugyldig(kode="LEIE-UTLEIER", hva="Utleieren er ikke registrert hos kommunen.", felt="utleier")
    if avtale.husholdning is not None:
        if not synlige_husholdninger(aktor).filter(pk=avtale.husholdning.pk).exists():
            raise Ugyldig(
                kode="LEIE-LEIER", hva="Kommunen har ingen sak med dette nummeret.", regel=BEGGE,
                gjor="Skriv saksnummeret slik det står i saken, for eksempel H 1204.", felt="husholdning",
            )  # fmt: skip
        prosjekter.krev_kan_knyttes(bolig)
    hoved = avtale.hovedkontrakt
    if hoved is not None and (
        hoved.bolig_id != bolig.pk or hoved.slag != HOVEDLEIE or hoved.tilstand == FORKAST_LEIE.til
    ):
        raise Ugyldig(
            kode="LEIE-HOVEDLEIE", hva="Avtalen er ikke en hovedleie av denne boligen.",
            regel="Kommunen kan ikke leie ut en bolig den ikke leier.", gjor="Velg kommunens egen avtale med eieren.",
            felt="hovedkontrakt",
        )  # fmt: skip


def _krev_vilkaar(avtale: Avtale) -> None:
    if avtale.siste_dag is not None and avtale.siste_dag < avtale.fra:
        raise Ugyldig(
            kode="LEIE-DAGER", hva="Siste dag er før den første.", regel="Siste dag er samme dag som den første eller senere.",
            gjor="Rett datoene.", felt="siste_dag",
        )  # fmt: skip
    if bool(avtale.sikkerhet) != bool(avtale.sikkerhet_belop):
        raise Ugyldig(
            kode="LEIE-SIKKERHET", hva="Depositum eller garanti står uten beløp, eller beløpet uten hva det er.",
            regel="Depositum eller garanti har et beløp.", gjor="Fyll ut begge, eller ingen av dem.",
            felt="sikkerhet_belop" if avtale.sikkerhet else "sikkerhet",
        )  # fmt: skip


def _krev_under_hovedleien(hoved: Leiekontrakt, fra: date, siste: date | None) -> None:
    if avvist := under_hovedleien(hoved.fra, hoved.siste, fra, siste):
        raise Ugyldig(**asdict(avvist))


def _bind(aktor: Aktor, k: Leiekontrakt) -> None:
    """What follows when both have signed."""
    if k.hovedkontrakt is not None:
        if k.hovedkontrakt.tilstand in ("utkast", "venter_signatur", "forkastet"):
            raise Konflikt(
                kode="LEIE-HOVED-BINDER-IKKE", hva="Hovedleien er ikke bindende.",
                regel="Kommunen kan ikke leie ut en bolig den ikke leier.", gjor="Få hovedleien undertegnet av begge først.",
            )  # fmt: skip
        _krev_under_hovedleien(k.hovedkontrakt, k.fra, k.siste_dag)
    if k.husholdning_id is not None:
        perioder.bebo(k.bolig, k.husholdning_id, k.fra, k.siste_dag)
    else:
        leievarsel.fornyet(aktor, k.bolig)


def _krev_tilstand(k: Leiekontrakt, overgang: Overgang) -> None:
    if k.tilstand not in overgang.fra:
        raise Konflikt(
            kode="LEIE-TILSTAND", hva=f"Leieavtalen er «{LEIE.navn(k.tilstand).lower()}».", gjor="Last siden på nytt."
        )  # fmt: skip


def _dag(dag: date | None) -> str | None:
    return str(dag) if dag else None


def _spor(aktor: Aktor, k: Leiekontrakt, overgang: Overgang, data: dict[str, object]) -> None:
    skriv_spor(
        aktor=aktor, handling=overgang.kode, subjekt_id=k.bolig_id, organisasjon=k.organisasjon,
        data={"leie": str(k.uuid), **data},
    )  # fmt: skip

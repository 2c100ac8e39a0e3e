"""Making, editing and approving documents. Each act: lock → may → guard → write → ledger → enqueue."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext

from bosett.aktor.kontekst import Aktor, som
from bosett.aktor.models import Organisasjon
from bosett.aktor.roller import ROLLER
from bosett.dokument import brev as innhold
from bosett.dokument import sats
from bosett.dokument.brev import Brev
from bosett.dokument.models import Dokument
from bosett.dokument.services.filer import lagre_filer
from bosett.dokument.services.laas import (
    feil_tilstand,
    laas_dokument,
    laas_dokumenter,
    skriv_mange_spor,
    skriv_spor,
)
from bosett.dokument.states import (
    ERSTATT,
    ERSTATTET,
    GODKJENN,
    GODKJENT,
    OPPRETT,
    REDIGER,
    SENDT,
    UTKAST,
)
from bosett.grunn.feil import Avvist, BosettFeil, Konflikt
from bosett.grunn.feilpunkt import feilpunkt
from bosett.grunn.klokke import naa
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import krev

_GODKJENNING = (
    "fil",
    "innhold",
    "avtrykk",
    "tilstand",
    "godkjent_av",
    "godkjent_navn",
    "godkjent_rolle",
    "godkjent_tid",
)


@dataclass(frozen=True)
class Godkjenner:
    """A person's approval as it stood: for a job that carries out what this person has already approved."""

    bruker_id: int
    navn: str
    rolle: str
    tidspunkt: datetime


@dataclass(frozen=True)
class _Ferdig:
    """What was typeset, and the digest of the draft it was typeset from."""

    utkast: str
    brev: Brev
    pdf: bytes


@dataclass(frozen=True)
class Utkast:
    """A letter to be. `saksreferanse` says which matter it belongs to; a repeat with the same `nokkel` makes no second one."""

    subjekt_id: int
    slag: str
    brev: Brev
    saksreferanse: str
    motpart: Organisasjon | None = None
    nokkel: str = ""


def opprett_utkast(
    *,
    aktor: Aktor,
    subjekt_id: int,
    slag: str,
    brev: Brev,
    saksreferanse: str,
    motpart: Organisasjon | None = None,
    nokkel: str = "",
) -> Dokument:
    """A new draft with a document number of its own, which becomes the letter's reference."""
    utkast = Utkast(subjekt_id, slag, brev, saksreferanse, motpart, nokkel)
    return opprett_mange_utkast(aktor=aktor, utkast=[utkast])[0]


@transaction.atomic
def opprett_mange_utkast(*, aktor: Aktor, utkast: Sequence[Utkast]) -> list[Dokument]:
    """Drafts in the order given, with consecutive document numbers; those whose `nokkel` is there already are given back."""
    tilgang.laas_mange(subjekt_ider=[ett.subjekt_id for ett in utkast])
    for ett in utkast:
        krev(aktor, OPPRETT.kode, ett.motpart)
    finnes = {
        d.nokkel: d for d in Dokument.objects.filter(nokkel__in=[ett.nokkel for ett in utkast if ett.nokkel])
    }
    mangler = [ett for ett in utkast if ett.nokkel not in finnes]
    nummer = {
        aar: ta_nummer(aar, antall) for aar, antall in Counter(ett.brev.dato.year for ett in mangler).items()
    }
    nye = Dokument.objects.bulk_create(_nytt(aktor, ett, next(nummer[ett.brev.dato.year])) for ett in mangler)
    skriv_mange_spor(aktor, OPPRETT.kode, [(dokument, {}) for dokument in nye])
    laget = iter(nye)
    return [finnes.get(ett.nokkel) or next(laget) for ett in utkast]


def _nytt(aktor: Aktor, ett: Utkast, nummer: int) -> Dokument:
    aar = ett.brev.dato.year
    return Dokument(
        subjekt_id=ett.subjekt_id,
        nokkel=ett.nokkel or None,
        slag=ett.slag,
        saksreferanse=ett.saksreferanse,
        motpart=ett.motpart,
        aar=aar,
        nummer=nummer,
        opprettet_av_id=aktor.bruker_id,
        retning="ut",
        tilstand=UTKAST,
        **innholdsfelt(replace(ett.brev, referanse=f"{aar}/{nummer}")),
    )


@transaction.atomic
def rediger(*, aktor: Aktor, dokument_id: int, brev: Brev) -> Dokument:
    """Change a draft; of an approved or sent letter, make a new version and leave the old as it is (R004).

    The document number stays. Saving the same content again changes nothing. Raises `Konflikt` when the version has been
    replaced or a newer draft is under way.
    """
    dokument = laas_dokument(dokument_id)
    krev(aktor, REDIGER.kode, dokument.motpart)
    if dokument.tilstand not in REDIGER.fra:
        raise feil_tilstand(dokument, "endres")
    if dokument.retning == "inn":
        raise Konflikt(
            kode="dokument.kom_inn",
            hva="Dokumentet er kommet inn og kan ikke endres her.",
            regel="Det som kommer inn, blir stående slik det kom.",
            gjor="Be avsenderen registrere det på nytt.",
        )
    versjon = dokument.versjon + (dokument.tilstand != UTKAST)
    brev = replace(
        brev,
        referanse=f"{dokument.aar}/{dokument.nummer}" + (f"-{versjon}" if versjon > 1 else ""),
        signatur=replace(brev.signatur, godkjenning=None),
    )
    if innhold.avtrykk(brev) == dokument.avtrykk:
        return dokument
    if dokument.tilstand == UTKAST:
        for felt, verdi in (innholdsfelt(brev) | {"opprettet_av_id": aktor.bruker_id}).items():
            setattr(dokument, felt, verdi)
        dokument.save()
    else:
        if Dokument.objects.filter(serie=dokument.serie, versjon__gt=dokument.versjon).exists():
            raise Konflikt(
                kode="dokument.nyere_versjon",
                hva="Det finnes allerede en nyere versjon av brevet.",
                regel="Bare den siste versjonen kan endres.",
                gjor="Åpne den nyeste versjonen.",
            )
        dokument = Dokument.objects.create(
            subjekt_id=dokument.subjekt_id,
            serie=dokument.serie,
            versjon=versjon,
            erstatter=dokument,
            slag=dokument.slag,
            saksreferanse=dokument.saksreferanse,
            motpart=dokument.motpart,
            aar=dokument.aar,
            nummer=dokument.nummer,
            opprettet_av_id=aktor.bruker_id,
            retning=dokument.retning,
            tilstand=UTKAST,
            **innholdsfelt(brev),
        )
    skriv_spor(aktor, REDIGER.kode, dokument)
    return dokument


@transaction.atomic
def godkjenn(
    *, aktor: Aktor, dokument_id: int, rolle: str = "", godkjenner: Godkjenner | None = None
) -> Dokument:
    """Approve: the letter is typeset with name, role and time, stored and locked; the version it replaces gives way.

    `rolle` is the title to print (default: the role by which the actor may). A job gives the `godkjenner` whose approval
    it carries out. Repeating it changes nothing. Raises `Avvist`, `Konflikt`, and `Ugyldig` when it can't be typeset.
    """
    spraak = Dokument.objects.filter(pk=dokument_id).values_list("spraak", flat=True).first() or "nb"
    hvem = godkjenner or _godkjenner(aktor, spraak, rolle)
    return _godkjenn(aktor, [dokument_id], {dokument_id: hvem}, {})[0]


def godkjenn_mange(
    *,
    aktor: Aktor,
    dokument_ider: Sequence[int],
    godkjenner: Callable[[str], Godkjenner] | None = None,
    etterpaa: Callable[[Sequence[Dokument]], None] | None = None,
) -> Iterator[tuple[int, BosettFeil | None]]:
    """Approve many, typesetting on all cores while the database writes. Yields each id with its refusal, or None.

    `godkjenner` gives the approval a job carries out, by the letter's language; without it the actor approves.
    Call it outside a transaction: a portion of `settings.BREVPORSJON` documents is one, and `etterpaa` (send them, move
    their cases) is part of it. A portion with a refusal is taken one by one, so that only the refused are left out.
    After a crash, call again with the same ids: what is done is passed over, and `etterpaa` must bear a repeat.
    """
    with som(aktor):
        dokumenter = {d.pk: d for d in Dokument.objects.filter(pk__in=dokument_ider).order_by("pk")}
    hvem = {
        pk: godkjenner(d.spraak) if godkjenner else _godkjenner(aktor, d.spraak, "")
        for pk, d in dokumenter.items()
    }
    venter = [pk for pk in dokument_ider if pk in dokumenter and dokumenter[pk].tilstand == UTKAST]
    brev = {pk: _godkjent_brev(dokumenter[pk], hvem[pk]) for pk in venter}
    satt = zip(brev, sats.sett_mange(brev.values()), strict=True)

    def gjor(porsjon: Sequence[int]) -> None:
        with som(aktor):
            dokumenter = _godkjenn(aktor, porsjon, hvem, ferdige)
            if etterpaa is not None:
                etterpaa(dokumenter)

    for start in range(0, len(dokument_ider), settings.BREVPORSJON):
        porsjon = dokument_ider[start : start + settings.BREVPORSJON]
        ferdige: dict[int, _Ferdig] = {}
        avslag: dict[int, BosettFeil] = {}
        for pk, pdf in islice(satt, sum(pk in brev for pk in porsjon)):
            if isinstance(pdf, BosettFeil):
                avslag[pk] = pdf
            else:
                ferdige[pk] = _Ferdig(dokumenter[pk].avtrykk, brev[pk], pdf)
        klare = [pk for pk in porsjon if pk not in avslag]
        try:
            gjor(klare)
        except BosettFeil:
            for pk in klare:
                try:
                    gjor([pk])
                except BosettFeil as feil:
                    avslag[pk] = feil
        yield from ((pk, avslag.get(pk)) for pk in porsjon)


def _godkjenn(
    aktor: Aktor,
    dokument_ider: Sequence[int],
    hvem: Mapping[int, Godkjenner | None],
    ferdige: Mapping[int, _Ferdig],
) -> list[Dokument]:
    """Approve in the caller's transaction, all or none; `ferdige` are those typeset beforehand."""
    dokumenter = laas_dokumenter(dokument_ider)
    nye = [d for d in dokumenter if not _er_godkjent(aktor, d, hvem.get(d.pk))]
    # What was typeset beforehand counts only when the draft has not changed since.
    satt = [
        ferdig if (ferdig := ferdige.get(d.pk)) and ferdig.utkast == d.avtrykk else _sett(d, hvem[d.pk])
        for d in nye
    ]
    filer = lagre_filer(innhold=[ferdig.pdf for ferdig in satt], medietype="application/pdf")
    feilpunkt("dokument.etter_fil")
    serier = [d.serie for d in nye if d.versjon > 1]
    gamle = list(Dokument.objects.filter(serie__in=serier, tilstand__in=(GODKJENT, SENDT))) if serier else []
    Dokument.objects.filter(pk__in=[d.pk for d in gamle]).update(tilstand=ERSTATTET)
    skriv_mange_spor(aktor, ERSTATT.kode, [(d, {}) for d in gamle])
    for dokument, ferdig, fil in zip(nye, satt, filer, strict=True):
        godkjenner = hvem[dokument.pk]
        assert godkjenner is not None  # _er_godkjent refuses
        dokument.fil = fil
        dokument.innhold = innhold.til_json(ferdig.brev)
        dokument.avtrykk = innhold.avtrykk_av_json(dokument.innhold)
        dokument.tilstand = GODKJENT
        dokument.godkjent_av_id = godkjenner.bruker_id
        dokument.godkjent_navn, dokument.godkjent_rolle = godkjenner.navn, godkjenner.rolle
        dokument.godkjent_tid = godkjenner.tidspunkt
        dokument.save(update_fields=_GODKJENNING)  # four times as fast as bulk_update's long CASE
    feilpunkt("dokument.etter_rad")
    skriv_mange_spor(
        aktor,
        GODKJENN.kode,
        [(d, {"fil": f.sha256, "godkjenner": d.godkjent_av_id}) for d, f in zip(nye, filer, strict=True)],
    )
    feilpunkt("dokument.etter_spor")
    return dokumenter


def _er_godkjent(aktor: Aktor, dokument: Dokument, hvem: Godkjenner | None) -> bool:
    """Has this person approved it already? Raises `Avvist` or `Konflikt` when it may not be approved at all."""
    krev(aktor, GODKJENN.kode, dokument.motpart)
    if hvem is None or (aktor.bruker_id is not None and hvem.bruker_id != aktor.bruker_id):
        raise Avvist(
            kode="dokument.godkjenner",
            hva="Brevet kan ikke godkjennes på vegne av en annen.",
            regel="Et brev godkjennes av en person med navn og rolle.",
            gjor="La den som skal godkjenne, gjøre det selv.",
        )
    if dokument.tilstand in (GODKJENT, SENDT) and dokument.godkjent_av_id == hvem.bruker_id:
        return True
    if dokument.tilstand not in GODKJENN.fra:
        raise feil_tilstand(dokument, "godkjennes")
    if dokument.opprettet_av_id == hvem.bruker_id:
        raise Avvist(
            kode="dokument.fire_oyne",
            hva="Du har selv laget brevet.",
            regel="En annen enn den som laget brevet, må godkjenne det.",
            gjor="Be en annen godkjenner se på det.",
        )
    return False


def _sett(dokument: Dokument, hvem: Godkjenner | None) -> _Ferdig:
    brev = _godkjent_brev(dokument, hvem)
    return _Ferdig(dokument.avtrykk, brev, sats.sett(brev))


def _godkjenner(aktor: Aktor, spraak: str, rolle: str) -> Godkjenner | None:
    """The actor as approver, with the title in the letter's own form; None when no person acts."""
    if aktor.bruker_id is None:
        return None
    koder = [t.rolle for t in aktor.tilhorigheter if t.rolle in GODKJENN.roller]
    if not rolle and koder:
        with translation.override(spraak):
            rolle = gettext(ROLLER[koder[0]].navn)
    return Godkjenner(aktor.bruker_id, aktor.navn, rolle, naa())


def _godkjent_brev(dokument: Dokument, hvem: Godkjenner | None) -> Brev:
    brev = innhold.fra_json(dokument.innhold)
    if hvem is None:
        return brev
    return brev.godkjent(innhold.Godkjenning(hvem.navn, hvem.rolle, hvem.tidspunkt))


def innholdsfelt(brev: Brev) -> dict[str, object]:
    """The columns that follow from the letter."""
    data = innhold.til_json(brev)
    return {
        "tittel": brev.tittel,
        "spraak": brev.maalform.value,
        "innhold": data,
        "avtrykk": innhold.avtrykk_av_json(data),
        "dato": brev.dato,
    }


def ta_nummer(aar: int, antall: int) -> Iterator[int]:
    """The next `antall` numbers of the year. Held until commit, so two documents never share one."""
    with connection.cursor() as db:
        db.execute(
            "INSERT INTO dokument_nummerserie (aar, siste) VALUES (%s, %s)"
            " ON CONFLICT (aar) DO UPDATE SET siste = dokument_nummerserie.siste + excluded.siste RETURNING siste",
            [aar, antall],
        )
        rad = db.fetchone()
    assert rad is not None
    return iter(range(int(rad[0]) - antall + 1, int(rad[0]) + 1))

"""Messages come in, are used in batches, and are parked with the reason when they cannot be."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from procrastinate.contrib.django import app as jobber

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import BosettFeil, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import naa
from bosett.integrasjon import states, udi
from bosett.integrasjon.models import Melding
from bosett.person import hendelser as h
from bosett.person.services.arbeid import lagre_mange
from bosett.person.services.hendelser import Utfall, bruk
from bosett.spor.services import registrer
from bosett.tilgang.policy import krev
from bosett.tilgang.services import nytt_subjekt

UDI = "udi"
PORSJON = 200
"""Messages used in one transaction."""
_BRUKSLAAS = 720260050


@dataclass(frozen=True, slots=True)
class Mottak:
    """What the sender is told of one message: `mottatt`, `kjent` (the same has come before) or `avvist` with the reason."""

    id: str
    status: str
    feil: str = ""


@transaction.atomic
def motta(*, aktor: Aktor, meldinger: Sequence[Any], kilde: str = UDI, ko: bool = True) -> list[Mottak]:
    """Keep messages for the job that uses them. The same key with the same content is the same message.

    `ko` False: the caller uses them itself, or defers the job once.

    A message that breaks the contract is kept too, parked with the reason; only one without a key, or with another content under a
    used key, is refused.
    """
    krev(aktor, states.MOTTA.kode)
    if len(meldinger) > udi.STORST:
        raise Ugyldig(kode="UDI-FOR-MANGE", hva=f"Det er {len(meldinger)} meldinger i ett kall.",
                      regel=f"Høyst {udi.STORST} om gangen.", gjor="Del dem opp.")  # fmt: skip
    nye: dict[str, Melding] = {}
    svar: list[Mottak] = []
    for ett in meldinger:
        nokkel = ett.get("id") if isinstance(ett, dict) else None
        if not isinstance(nokkel, str) or not 0 < len(nokkel) <= 80:
            svar.append(
                Mottak("", "avvist", "Meldingen mangler feltet «id», eller det er lengre enn 80 tegn.")
            )
            continue
        if not _kan_lagres(ett):
            svar.append(Mottak("", "avvist", "Meldingen har tegn eller tall som ikke kan lagres."))
            continue
        avtrykk = _avtrykk(ett)
        if nokkel in nye and nye[nokkel].avtrykk != avtrykk:
            svar.append(_annet_innhold(nokkel))
            continue
        nye[nokkel] = Melding(
            kilde=kilde,
            ekstern_id=nokkel,
            avtrykk=avtrykk,
            innhold=ett,
            type=ett["type"] if ett.get("type") in udi.typer() else "ukjent",
        )
        svar.append(Mottak(nokkel, "mottatt"))
    for_ = dict(Melding.objects.filter(kilde=kilde, ekstern_id__in=nye).values_list("ekstern_id", "avtrykk"))
    Melding.objects.bulk_create([m for nokkel, m in nye.items() if nokkel not in for_], ignore_conflicts=True)
    if ko and len(for_) < len(nye):
        _ko()
    return [
        s if s.status == "avvist" or s.id not in for_
        else Mottak(s.id, "kjent") if for_[s.id] == nye[s.id].avtrykk else _annet_innhold(s.id)
        for s in svar
    ]  # fmt: skip


@transaction.atomic
def bruk_neste(*, aktor: Aktor, antall: int = PORSJON) -> int:
    """Use the oldest messages that wait, in the order they came. Gives how many there were: 0 means that nothing waits.

    One portion at a time in the whole installation: a permit used beside the arrival it waits for would be parked for ever, because
    neither sees what the other has not yet committed.
    """
    krev(aktor, states.BRUK.kode)
    with connection.cursor() as db:
        db.execute("SELECT pg_advisory_xact_lock(%s)", [_BRUKSLAAS])
    rader = list(Melding.objects.filter(status="mottatt").order_by("pk")[:antall])
    lest: list[tuple[Melding, h.Hendelse]] = []
    tid = naa()
    for melding in rader:
        melding.forsok, melding.behandlet = melding.forsok + 1, tid
        try:
            lest.append((melding, udi.les(melding.innhold)))
        except BosettFeil as feil:
            _parker(melding, feil)
    ankommet = set[str]()
    for (melding, hendelse), utfall in zip(lest, _bruk(aktor, [e for _, e in lest]), strict=True):
        if utfall.feil is not None:
            _parker(melding, utfall.feil, hendelse)
            continue
        melding.status = "brukt"
        if isinstance(hendelse, h.Ankomst):
            ankommet.add(hendelse.duf)
    _lagre(rader, tid)
    if ankommet:
        _vekk("duf", ankommet)
    return len(rader)


def vekk(slag: str, koder: Iterable[str]) -> None:
    """Persons or a centre have come to be known in another way than by a message: what was parked for want of them is used."""
    if _vekk(slag, koder):
        _ko()


def _vekk(slag: str, koder: Iterable[str]) -> int:
    venter_paa = {venter(slag, kode) for kode in koder}
    return Melding.objects.filter(status="parkert", venter_paa__in=venter_paa).update(status="mottatt")


def _lagre(rader: Sequence[Melding], tid: datetime) -> None:
    """What became of a batch: one statement for all that were used, however many they are."""
    brukt = [melding.pk for melding in rader if melding.status == "brukt"]
    Melding.objects.filter(pk__in=brukt).update(
        status="brukt", forsok=F("forsok") + 1, behandlet=tid, feilkode="", feil="", venter_paa="", innhold={}
    )
    lagre_mange(Melding, [melding for melding in rader if melding.status != "brukt"])


def _bruk(aktor: Aktor, hendelser: Sequence[h.Hendelse], *, igjen: bool = True) -> list[Utfall]:
    """The batch in one go; in halves when the database refuses something in it, until only that one is parked.

    Once more before that: somebody else may have made the household at the same moment, and now it is there to be found.
    """
    try:
        with transaction.atomic():
            return bruk(aktor=aktor, kilde=UDI, hendelser=hendelser)
    except (IntegrityError, DataError):
        if len(hendelser) == 1 and igjen:
            return _bruk(aktor, hendelser, igjen=False)
        if len(hendelser) == 1:
            return [Utfall(hendelser[0], Konflikt(
                kode="PERSON-KONFLIKT", hva="Opplysningene er i strid med det som er registrert fra før.",
                regel="Et nummer tilhører bare én person.", gjor="Se om to personer er den samme, og prøv meldingen igjen.",
            ))]  # fmt: skip
    midten = len(hendelser) // 2
    return _bruk(aktor, hendelser[:midten]) + _bruk(aktor, hendelser[midten:])


@transaction.atomic
def prov_igjen(*, aktor: Aktor, melding_ider: Sequence[int]) -> int:
    """Let parked messages be tried once more. Gives how many were parked."""
    krev(aktor, states.PROV_IGJEN.kode)
    antall = Melding.objects.filter(pk__in=melding_ider, status="parkert").update(status="mottatt")
    if antall:
        _ko()
    return antall


@transaction.atomic
def forkast(*, aktor: Aktor, melding_id: int, grunn: str, forklaring: str = "") -> None:
    """Give up a parked message: its content is deleted. `grunn` is a code of `Melding.Forkastet`, explained in words or not.

    The ledger gets a chain of its own for it, since the one it is about may be unknown: the code, why it was parked, and a digest of
    the print of the content that is gone and of the words. Raises `Ugyldig` without a reason, `FinnesIkke` when the message is not parked.
    """
    krev(aktor, states.FORKAST.kode)
    forklaring = forklaring.strip()[:500]
    if grunn not in Melding.Forkastet.values:
        raise Ugyldig(kode="MELDING-GRUNN", hva="Grunnen mangler.", regel="Den som ser på meldingen senere, må kunne se hvorfor.",
                      gjor="Velg hvorfor meldingen blir forkastet.", felt="grunn")  # fmt: skip
    if grunn == Melding.Forkastet.ANNET and not forklaring:
        raise Ugyldig(kode="MELDING-FORKLARING", hva="Det står ikke hva grunnen er.", regel="Den som ser på meldingen senere, må kunne se hvorfor.",
                      gjor="Skriv hvorfor meldingen blir forkastet.", felt="forklaring")  # fmt: skip
    melding = Melding.objects.select_for_update().filter(pk=melding_id, status="parkert").first()
    if melding is None:
        raise FinnesIkke(
            kode="MELDING-FINNES-IKKE", hva="Meldingen finnes ikke, eller den er ikke parkert lenger."
        )
    melding.status, melding.innhold, melding.behandlet, melding.venter_paa = "forkastet", {}, naa(), ""
    melding.save()
    registrer(
        aktor=aktor, handling=states.FORKAST.kode, subjekt_id=nytt_subjekt(slag="melding").pk,
        data={"nr": melding.pk, "type": melding.type, "feilkode": melding.feilkode, "grunn": grunn},
        detaljer={"avtrykk": melding.avtrykk, "forklaring": forklaring},
    )  # fmt: skip


def _parker(melding: Melding, feil: BosettFeil, hendelse: h.Hendelse | None = None) -> None:
    melding.status, melding.feilkode, melding.feil = "parkert", feil.kode, str(feil)
    if hendelse is None:
        return
    if feil.kode == "PERSON-UKJENT":
        melding.venter_paa = venter("duf", hendelse.duf)
    elif feil.kode == "SLEKT-UKJENT" and isinstance(hendelse, h.Slektskap):
        melding.venter_paa = venter("duf", hendelse.til_duf)
    elif feil.kode == "MOTTAK-UKJENT" and isinstance(hendelse, h.Plassering):
        melding.venter_paa = venter("mottak", hendelse.mottak)


def venter(slag: str, kode: str) -> str:
    """What a parked message waits for, as a print that only this installation can make: a number of 12 digits is soon guessed."""
    return _segl(f"{slag}:{kode}")


def _avtrykk(melding: Any) -> str:
    return _segl(json.dumps(melding, sort_keys=True, ensure_ascii=False, default=str))


def _segl(tekst: str) -> str:
    return salted_hmac("bosett.integrasjon", tekst, algorithm="sha256").hexdigest()


def _kan_lagres(melding: Any) -> bool:
    """Half a character, the character 0 and numbers that are no numbers are JSON to a sender, but not to the database."""
    try:
        tekst = json.dumps(melding, ensure_ascii=False, allow_nan=False)
        tekst.encode()
    except ValueError:
        return False
    return "\\u0000" not in tekst


def _annet_innhold(nokkel: str) -> Mottak:
    return Mottak(nokkel, "avvist", "En melding med samme «id» og et annet innhold er mottatt før.")


def _ko() -> None:
    """One more job than needed does no harm: it finds nothing and ends."""
    jobber.configure_task("integrasjon.bruk").defer()

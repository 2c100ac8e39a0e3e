"""Reading documents. Row-level security decides which rows; these say who may ask."""

from uuid import UUID

from django.db.models import QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.dokument import brev as innhold
from bosett.dokument import sats
from bosett.dokument.models import Arkivpakke, Dokument, Fil, Forsendelse, Innfil
from bosett.dokument.states import FRIGITT, UTKAST
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.tilgang.policy import krev

_LES = {
    "imdi_radgiver": Omfang.NASJONAL,
    "imdi_godkjenner": Omfang.NASJONAL,
    "imdi_leder": Omfang.NASJONAL,
    "bosetter_skriv": Omfang.EGEN,
    "bosetter_les": Omfang.EGEN,
    "kommune_admin": Omfang.EGEN,
    "ks_radgiver": Omfang.NASJONAL,
    "fylke_radgiver": Omfang.FYLKE,
}
_IMDI = {rolle: omfang for rolle, omfang in _LES.items() if rolle.startswith("imdi_")}


@lesning("dokument.les", "lese sendte brev i sakene de ser", _LES)
def dokumenter(aktor: Aktor, subjekt_id: int | None = None) -> QuerySet[Dokument]:
    """The documents the actor may see, newest first, without their content; of one subject when it is given."""
    krev(aktor, "dokument.les")
    utvalg = Dokument.objects.defer("innhold").select_related("motpart").order_by("-opprettet", "-pk")
    return utvalg if subjekt_id is None else utvalg.filter(subjekt_id=subjekt_id)


@lesning("dokument.les", "lese sendte brev i sakene de ser", _LES)
def dokument(aktor: Aktor, uuid: UUID) -> Dokument:
    """One document. Raises `FinnesIkke`, the same for unknown and for forbidden."""
    krev(aktor, "dokument.les")
    treff = Dokument.objects.select_related("motpart", "erstatter").filter(uuid=uuid).first()
    if treff is None:
        raise _finnes_ikke()
    krev(aktor, "dokument.les", treff.motpart)
    return treff


@lesning("dokument.les", "lese sendte brev i sakene de ser", _LES)
def pdf(aktor: Aktor, uuid: UUID) -> bytes:
    """The stored PDF; of a draft, a fresh one with the mark UTKAST."""
    treff = dokument(aktor, uuid)
    if treff.tilstand == UTKAST:
        return sats.sett(innhold.fra_json(treff.innhold), utkast=True)
    fil = Fil.objects.filter(pk=treff.fil_id or 0).first()
    if fil is None:
        raise _finnes_ikke()
    return bytes(fil.innhold)


@lesning("dokument.forsendelser", "se om brev er levert", _IMDI)
def forsendelser(aktor: Aktor, dokument_id: int | None = None) -> QuerySet[Forsendelse]:
    """Dispatches with their receipts, newest first."""
    krev(aktor, "dokument.forsendelser")
    utvalg = Forsendelse.objects.select_related("dokument", "mottaker").order_by("-opprettet", "-pk")
    return utvalg if dokument_id is None else utvalg.filter(dokument_id=dokument_id)


@lesning("dokument.les", "lese sendte brev i sakene de ser", _LES)
def har_arkivpakke(aktor: Aktor, dokument: Dokument) -> bool:
    krev(aktor, "dokument.les", dokument.motpart)
    return Arkivpakke.objects.filter(dokument=dokument).exists()


@lesning("dokument.les", "lese sendte brev i sakene de ser", _LES)
def arkivpakke(aktor: Aktor, dokument: Dokument) -> bytes:
    """The archive package of a sent letter. Raises `FinnesIkke` until it has been made."""
    krev(aktor, "dokument.les", dokument.motpart)
    pakke = Arkivpakke.objects.select_related("fil").filter(dokument=dokument).order_by("-nr").first()
    if pakke is None:
        raise _finnes_ikke()
    return bytes(pakke.fil.innhold)


@lesning("dokument.les", "lese sendte brev i sakene de ser", _LES)
def innfiler(aktor: Aktor, subjekt_id: int) -> QuerySet[Innfil]:
    """The files brought to a case, oldest first, without their content: the organisation's own in every state, the others'
    when they are let through."""
    krev(aktor, "dokument.les")
    return _innfiler().filter(subjekt_id=subjekt_id).order_by("lastet_opp", "pk")


@lesning("dokument.les", "lese sendte brev i sakene de ser", _LES)
def vedlegg(aktor: Aktor, dokument: Dokument) -> list[Innfil]:
    """The files that came with a document, in order, those the actor may see."""
    krev(aktor, "dokument.les", dokument.motpart)
    rader = _innfiler().in_bulk(dokument.vedlegg.values_list("innfil_id", flat=True))
    return [
        rader[pk] for pk in dokument.vedlegg.order_by("nr").values_list("innfil_id", flat=True) if pk in rader
    ]


@lesning("dokument.les", "lese sendte brev i sakene de ser", _LES)
def innfil(aktor: Aktor, uuid: UUID) -> Innfil:
    """One file to download, with its content. Raises `FinnesIkke` for one that isn't let through, whoever asks."""
    krev(aktor, "dokument.les")
    treff = Innfil.objects.select_related("fil", "organisasjon").filter(uuid=uuid, tilstand=FRIGITT).first()
    if treff is None:
        raise _finnes_ikke()
    krev(aktor, "dokument.les", treff.organisasjon)
    return treff


def _innfiler() -> QuerySet[Innfil]:
    return Innfil.objects.select_related("fil", "organisasjon").defer("fil__innhold")


def _finnes_ikke() -> FinnesIkke:
    return FinnesIkke(
        kode="dokument.finnes_ikke",
        hva="Brevet finnes ikke, eller du har ikke tilgang til det.",
        gjor="Kontroller adressen.",
    )

"""Reception centres open and close, and get the permits of their buildings. The host flag of the municipality follows (R007, R335)."""

from datetime import date

from django.db import transaction

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.aktor.services import ny_organisasjon
from bosett.dokument.services import ta_imot
from bosett.geografi.models import Kommune, Kommuneflagg
from bosett.geografi.services import sett_flaggperioder
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.grunn.periode import Periode
from bosett.person import states
from bosett.person.models_mottak import BOR_DER, Mottak, Mottaksopphold, Mottakstillatelse
from bosett.person.rules.koder import krev_kode
from bosett.person.services.kroker import meld_ny
from bosett.spor.services import registrer
from bosett.tilgang.models import Deling
from bosett.tilgang.policy import krev, tilhorighet_for
from bosett.tilgang.services import del_subjekt, laas, nytt_subjekt

FLAGGKILDE = "Mottak i kommunen"
"""The source the host flags carry that this room keeps. Those somebody has set by hand are left alone."""


@transaction.atomic
def apne_mottak(
    *,
    aktor: Aktor,
    navn: str,
    kode: str,
    type: str,
    drift: str,
    operator: str,
    kommune: Kommune,
    plasser: int,
    apnet: date,
) -> Mottak:
    """Register a centre that opens (or opened) on a day; the municipality is a host from that day. `plasser`: places for persons.

    No political decision is asked for (R322, R337). Raises `Ugyldig` for an unknown type or operator type, and when name, code,
    operator or places are missing; `Konflikt` when the code is in use.
    """
    krev(aktor, states.APNE_MOTTAK.kode)
    navn, kode, operator = (" ".join(tekst.split()) for tekst in (navn, kode, operator))
    krev_kode(
        "mottakstyper", type, apnet, feilkode="MOTTAK-TYPE", hva="Mottakstypen er ikke kjent.", felt="type"
    )
    if drift not in Mottak.Drift.values:
        raise Ugyldig(
            kode="MOTTAK-DRIFT", hva="Slaget driftsoperatør er ikke kjent.", regel="Et mottak drives av en organisasjon, en kommune eller en kommersiell aktør.",
            gjor="Velg en av de tre.", felt="drift",
        )  # fmt: skip
    if not (navn and kode and operator and plasser > 0):
        raise Ugyldig(
            kode="MOTTAK-INNHOLD", hva="Noe mangler om mottaket.", regel="Et mottak har navn, kode, driftsoperatør og minst én plass.",
            gjor="Fyll ut det som mangler.",
        )  # fmt: skip
    subjekt = nytt_subjekt(slag="mottak")
    if Mottak.objects.filter(kode=kode).exists():
        raise Konflikt(
            kode="MOTTAK-KODE", hva="Koden er i bruk av et annet mottak.", regel="UDIs meldinger viser til mottaket med koden.",
            gjor="Kontroller koden.", felt="kode",
        )  # fmt: skip
    organisasjon = ny_organisasjon(slag=Slag.MOTTAK, navn=navn)
    mottak = Mottak.objects.create(
        organisasjon=organisasjon, subjekt=subjekt, kode=kode, type=type, drift=drift, operator=operator, kommune=kommune,
        plasser=plasser, apnet=apnet,
    )  # fmt: skip
    with som_systemet(states.APNE_MOTTAK.kode, etter=aktor):
        for hvem in (organisasjon, *Organisasjon.objects.filter(slag=Slag.UDI)):
            del_subjekt(
                subjekt_id=subjekt.pk, organisasjon=hvem, grad=Deling.Grad.FULL, hvorfor="person.apne_mottak"
            )
    _sett_vertskap(aktor, kommune)
    registrer(
        aktor=aktor,
        handling=states.APNE_MOTTAK.kode,
        subjekt_id=subjekt.pk,
        data={
            "mottak": organisasjon.pk,
            "type": type,
            "drift": drift,
            "plasser": plasser,
            "apnet": str(apnet),
        },
    )
    meld_ny("mottak", [kode])
    return mottak


@transaction.atomic
def steng_mottak(*, aktor: Aktor, mottak_id: int, stengt: date) -> Mottak:
    """The centre is closed from `stengt` on; the municipality is a host no longer unless another centre there is open.

    Raises `Ugyldig` when the day is not after the opening, and `Konflikt` when the centre is closed already, or when the day has
    come and somebody still lives there.
    """
    mottak = _laast(aktor, mottak_id, states.STENG_MOTTAK.kode)
    if mottak.stengt is not None:
        if mottak.stengt == stengt:
            return mottak
        raise Konflikt(
            kode="MOTTAK-ER-STENGT", hva="Det er allerede registrert når mottaket stenger.", regel="Et mottak stenger én gang.",
            gjor="Registrer et nytt mottak hvis det åpner igjen.",
        )  # fmt: skip
    if stengt <= mottak.apnet:
        raise Ugyldig(
            kode="MOTTAK-PERIODE", hva="Mottaket kan ikke stenge før det åpner.", regel="Den første dagen mottaket er stengt, er etter den dagen det åpnet.",
            gjor="Rett datoen.",
        )  # fmt: skip
    if stengt <= i_dag() and (bor := beboere_fra(aktor, mottak, stengt)):
        raise Konflikt(
            kode="MOTTAK-BEBOERE", hva=f"Det er registrert beboere på mottaket den dagen ({bor}).", regel="Ingen kan bo på et mottak som er stengt.",
            gjor="Vent til UDI har meldt at de har flyttet, eller velg en senere dag.",
        )  # fmt: skip
    mottak.stengt = stengt
    mottak.save(update_fields=["stengt"])
    _sett_vertskap(aktor, mottak.kommune)
    registrer(
        aktor=aktor,
        handling=states.STENG_MOTTAK.kode,
        subjekt_id=mottak.subjekt_id,
        data={"mottak": mottak.pk, "stengt": str(stengt)},
    )
    return mottak


@transaction.atomic
def registrer_tillatelse(
    *,
    aktor: Aktor,
    mottak_id: int,
    hva: str,
    gitt: date,
    gjelder_til: date | None = None,
    filnavn: str,
    innhold: bytes,
) -> Mottakstillatelse:
    """Keep a permit for building or area as a document (R337). `gjelder_til`: the last day it holds; None without an end.

    Raises what `dokument.services.ta_imot` raises, and `Ugyldig` when the permit ends before it was given.
    """
    mottak = _laast(aktor, mottak_id, states.TILLAT_MOTTAK.kode)
    if not hva.strip() or (gjelder_til is not None and gjelder_til < gitt):
        raise Ugyldig(
            kode="MOTTAK-TILLATELSE", hva="Tillatelsen mangler navn, eller den slutter før den er gitt.",
            regel="En tillatelse sier hva den gjelder, og når.", gjor="Rett opplysningene.",
            felt="gjelder_til" if hva.strip() else "hva",
        )  # fmt: skip
    tilhorighet = tilhorighet_for(aktor, states.TILLAT_MOTTAK.kode)
    eier = (
        Organisasjon.objects.get(pk=tilhorighet.organisasjon_id)
        if tilhorighet is not None
        else mottak.organisasjon
    )
    innfil = ta_imot(
        aktor=aktor, subjekt_id=mottak.subjekt_id, organisasjon=eier, navn=filnavn, innhold=innhold
    )
    ny = Mottakstillatelse.objects.create(
        mottak=mottak, hva=" ".join(hva.split()), gitt=gitt, gjelder_til=gjelder_til, innfil=innfil
    )
    registrer(
        aktor=aktor,
        handling=states.TILLAT_MOTTAK.kode,
        subjekt_id=mottak.subjekt_id,
        data={"mottak": mottak.pk, "tillatelse": ny.pk, "innfil": str(innfil.uuid)},
    )
    return ny


def beboere_fra(aktor: Aktor, mottak: Mottak, dag: date) -> int:
    """How many are registered as living there on the day or later. A count, also for those who may see no person."""
    with som_systemet("person.steng_mottak", etter=aktor):
        bor = Mottaksopphold.objects.kjent().filter(
            BOR_DER, mottak=mottak, person__husholdning__avsluttet=None
        )
        return bor.exclude(til__lte=dag).values("person").distinct().count()


def _laast(aktor: Aktor, mottak_id: int, handling: str) -> Mottak:
    mottak = Mottak.objects.select_related("kommune", "organisasjon").filter(pk=mottak_id).first()
    if mottak is None:
        raise FinnesIkke(kode="MOTTAK-FINNES-IKKE", hva="Mottaket finnes ikke.", gjor="Kontroller adressen.")
    laas(subjekt_id=mottak.subjekt_id)
    krev(aktor, handling)
    mottak.refresh_from_db(fields=["stengt"])
    return mottak


def _sett_vertskap(aktor: Aktor, kommune: Kommune) -> None:
    perioder = [Periode(m.apnet, m.stengt) for m in Mottak.objects.filter(kommune=kommune)]
    slag = Kommuneflagg.Slag.VERTSKOMMUNE
    sett_flaggperioder(aktor=aktor, kommune=kommune, slag=slag, perioder=perioder, kilde=FLAGGKILDE)

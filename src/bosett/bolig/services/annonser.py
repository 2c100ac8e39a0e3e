"""Listings are read in, from a link with its text or from a file, and deleted when nobody has seen them for long (R209)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.bolig.models import Annonse, Annonseimport, Bolig, Framskaffelse
from bosett.bolig.querysets import synlige_annonser
from bosett.bolig.rules.annonse import FELT, Annonsedata, slettes_for
from bosett.bolig.selectors_framskaffelse import DISPONERT
from bosett.bolig.services import boliger
from bosett.bolig.services.boliger import Opplysninger
from bosett.bolig.services.laas import kommunen
from bosett.bolig.states_framskaffelse import IMPORTER_ANNONSER, KNYTT, SLETT_ANNONSER
from bosett.grunn.feil import FinnesIkke, Konflikt
from bosett.grunn.klokke import i_dag, naa
from bosett.spor.services import registrer
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas_mange, nytt_subjekt

_LAAS = 720260700
"""Advisory lock, with the municipality's key: two imports of one municipality's come one after the other."""
_PORSJON = 1000


@dataclass(frozen=True, slots=True)
class Rapport:
    """What an import did. `annonser` are those of the file, in its order."""

    nye: int
    endrede: int
    uendrede: int
    annonser: tuple[UUID, ...]


@transaction.atomic
def importer(
    *, aktor: Aktor, annonser: Sequence[Annonsedata], slag: str, sha256: str, organisasjon: Organisasjon | None = None
) -> Rapport:  # fmt: skip
    """Read in listings for the actor's municipality. One that was read in before is brought up to date, never doubled.

    What a listing says now takes over; what it does not say stays as it was. `slag`: «tekst» or «fil»; `sha256` of what was read, for
    the ledger. The same listings again the same day change nothing and leave no trace.
    """
    organisasjon = organisasjon or kommunen(aktor, IMPORTER_ANNONSER.kode)
    krev(aktor, IMPORTER_ANNONSER.kode, organisasjon)
    with connection.cursor() as db:
        db.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LAAS, organisasjon.pk])
    dag = i_dag()
    finnes = {
        ett.nokkel: ett
        for ett in Annonse.objects.filter(
            organisasjon=organisasjon, nokkel__in=[data.nokkel for data in annonser]
        )
    }
    nye, endrede, sett = [], [], []
    for data in {data.nokkel: data for data in annonser}.values():
        gammel = finnes.get(data.nokkel)
        if gammel is None:
            finnes[data.nokkel] = Annonse(
                organisasjon=organisasjon, sist_sett=dag, **{navn: getattr(data, navn) for navn in FELT}
            )
            nye.append(finnes[data.nokkel])
        elif _oppdater(gammel, data):
            gammel.sist_sett, gammel.endret = dag, naa()
            endrede.append(gammel)
        elif gammel.sist_sett != dag:
            gammel.sist_sett = dag
            sett.append(gammel)
    Annonse.objects.bulk_create(nye, batch_size=_PORSJON)
    Annonse.objects.bulk_update(endrede, [*FELT, "sist_sett", "endret"], batch_size=_PORSJON)
    Annonse.objects.filter(pk__in=[ett.pk for ett in sett]).update(sist_sett=dag)
    rapport = Rapport(
        len(nye), len(endrede), len({d.nokkel for d in annonser}) - len(nye) - len(endrede),
        tuple(finnes[nokkel].uuid for nokkel in dict.fromkeys(data.nokkel for data in annonser)),
    )  # fmt: skip
    if nye or endrede or sett:
        _skriv(aktor, organisasjon, slag, sha256, rapport)
    return rapport


def _oppdater(gammel: Annonse, data: Annonsedata) -> bool:
    endret = {navn: verdi for navn, verdi in data.sagt().items() if getattr(gammel, navn) != verdi}
    for navn, verdi in endret.items():
        setattr(gammel, navn, verdi)
    return bool(endret)


def _skriv(aktor: Aktor, organisasjon: Organisasjon, slag: str, sha256: str, rapport: Rapport) -> None:
    subjekt = nytt_subjekt(slag="annonseimport")
    Annonseimport.objects.create(
        subjekt=subjekt, organisasjon=organisasjon, slag=slag, sha256=sha256, av_id=aktor.bruker_id,
        nye=rapport.nye, endrede=rapport.endrede, uendrede=rapport.uendrede,
    )  # fmt: skip
    registrer(
        aktor=aktor, handling=IMPORTER_ANNONSER.kode, subjekt_id=subjekt.pk, organisasjon=organisasjon,
        data={"slag": slag, "sha256": sha256, "nye": rapport.nye, "endrede": rapport.endrede, "uendrede": rapport.uendrede},
    )  # fmt: skip


@transaction.atomic
def registrer_bolig(
    *,
    aktor: Aktor,
    annonse: UUID,
    opplysninger: Opplysninger,
    ledig_fra: date | None,
    ledig_til: date | None,
    nokkel: UUID,
) -> Bolig:
    """The home of a listing becomes a home of the municipality's, marked Hjerterom. The need the listing is attached to gets it, when
    the municipality has it at its disposal: a private let is no part of the pipeline (R323).

    Raises what `boliger.registrer` does, `FinnesIkke` for a listing of another municipality, `Konflikt` when it is a home already.
    """
    krev(aktor, IMPORTER_ANNONSER.kode)
    # The needs are locked before the listing, as when a listing is attached.
    behov = Framskaffelse.objects.filter(annonse__uuid=annonse).exclude(tilstand="avbrutt")
    laas_mange(subjekt_ider=behov.values_list("pk", flat=True))
    denne = laast(aktor, annonse)
    if denne.bolig is not None:
        if denne.bolig.subjekt.uuid == nokkel:
            return denne.bolig  # sent twice
        raise Konflikt(
            kode="ANNONSE-ER-BOLIG", hva="Annonsen er allerede registrert som bolig.", gjor="Åpne boligen fra siden til annonsen."
        )  # fmt: skip
    ny = boliger.registrer(
        aktor=aktor, opplysninger=opplysninger, kilde=Bolig.Kilde.HJERTEROM, ledig_fra=ledig_fra, ledig_til=ledig_til,
        nokkel=nokkel, organisasjon=denne.organisasjon,
    )  # fmt: skip
    denne.bolig = ny
    denne.save(update_fields=["bolig"])
    if ny.eierform in DISPONERT:
        ett = behov.filter(bolig=None).first()
        if ett is not None:
            ett.bolig, ett.endret = ny, naa()
            ett.save(update_fields=["bolig", "endret"])
            registrer(
                aktor=aktor, handling=KNYTT.kode, subjekt_id=ett.pk, organisasjon=ett.organisasjon,
                data={"bolig": str(nokkel), "annonse": str(annonse)},
            )  # fmt: skip
    return ny


def laast(aktor: Aktor, annonse: UUID) -> Annonse:
    """Raises `FinnesIkke`."""
    funnet = synlige_annonser(aktor).select_for_update(of=("self",)).filter(uuid=annonse).first()
    if funnet is None:
        raise FinnesIkke(
            kode="ANNONSE-UKJENT", hva="Annonsen finnes ikke, eller du har ikke tilgang til den."
        )
    return funnet


@transaction.atomic
def slett_gamle(*, aktor: Aktor, antall: int = 1000) -> int:
    """Delete listings nobody has read in for long, with the landlords' names in them. Gives how many; 0: none is left.

    One a municipality still works with (attached to a need that is not covered) stays until it doesn't.
    """
    krev(aktor, SLETT_ANNONSER.kode)
    i_arbeid = Framskaffelse.objects.filter(tilstand__in=("behov", "kilde", "kontrakt")).exclude(annonse=None)
    gamle = Annonse.objects.filter(sist_sett__lt=slettes_for(i_dag())).exclude(
        pk__in=i_arbeid.values("annonse")
    )
    ider = list(
        gamle.select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True)[:antall]
    )
    if not ider:
        return 0
    Annonse.objects.filter(pk__in=ider).delete()
    subjekt = nytt_subjekt(slag="annonseimport")
    registrer(aktor=aktor, handling=SLETT_ANNONSER.kode, subjekt_id=subjekt.pk, data={"antall": len(ider)})
    return len(ider)

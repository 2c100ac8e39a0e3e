"""What every act on a document begins and ends with: the lock, the ledger row, and the refusal of a wrong state."""

from collections.abc import Sequence

from bosett.aktor.kontekst import Aktor
from bosett.dokument.models import Dokument
from bosett.grunn.feil import Avvist, Konflikt
from bosett.spor.services import Innslag, registrer, registrer_mange
from bosett.tilgang.models import Subjekt


def laas_dokument(dokument_id: int) -> Dokument:
    """Lock the subject first, then the document: the same order everywhere. Raises `Avvist` when it is not there."""
    sak = Dokument.objects.filter(pk=dokument_id).values("subjekt_id")
    if not Subjekt.objects.select_for_update().filter(pk__in=sak):
        raise Avvist(kode="TILGANG", hva="Brevet finnes ikke, eller du har ikke tilgang til det.")
    return Dokument.objects.select_for_update(of=("self",)).select_related("motpart").get(pk=dokument_id)


def skriv_spor(aktor: Aktor, handling: str, dokument: Dokument, **mer: object) -> None:
    """One ledger row: the document's identifier, version and digest, and ids or codes in `mer`."""
    registrer(
        aktor=aktor,
        handling=handling,
        subjekt_id=dokument.subjekt_id,
        data=_data(dokument) | mer,
    )


def skriv_mange_spor(aktor: Aktor, handling: str, dokumenter: Sequence[Dokument]) -> None:
    """The same act on many documents of different subjects."""
    registrer_mange(
        aktor=aktor, handling=handling, innslag=[Innslag(d.subjekt_id, _data(d)) for d in dokumenter]
    )  # fmt: skip


def _data(dokument: Dokument) -> dict[str, object]:
    return {"dokument": str(dokument.uuid), "versjon": dokument.versjon, "avtrykk": dokument.avtrykk}


def feil_tilstand(dokument: Dokument, verb: str) -> Konflikt:
    return Konflikt(
        kode="dokument.tilstand",
        hva=f"Brevet er {dokument.tilstand} og kan ikke {verb}.",
        regel="Et brev går fra utkast til godkjent til sendt, og en ny versjon erstatter den gamle.",
        gjor="Åpne den gjeldende versjonen av brevet.",
    )

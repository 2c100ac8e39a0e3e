"""What every act on a document begins and ends with: the lock, the ledger row, and the refusal of a wrong state."""

from collections.abc import Iterable, Mapping, Sequence

from bosett.aktor.kontekst import Aktor
from bosett.dokument.models import Dokument
from bosett.grunn.feil import Avvist, Konflikt
from bosett.spor.services import Innslag, registrer_mange
from bosett.tilgang.services import laas_mange


def laas_dokument(dokument_id: int) -> Dokument:
    """Lock one; see `laas_dokumenter`."""
    return laas_dokumenter([dokument_id])[0]


def laas_dokumenter(dokument_ider: Sequence[int]) -> list[Dokument]:
    """Lock the subjects first, then the documents: the same order everywhere. They come in the order asked for.

    Raises `Avvist` when one is not there.
    """
    saker = dict(Dokument.objects.filter(pk__in=dokument_ider).values_list("pk", "subjekt_id"))
    laaste_saker = laas_mange(subjekt_ider=saker.values())
    if any(saker.get(pk) not in laaste_saker for pk in dokument_ider):
        raise Avvist(kode="TILGANG", hva="Brevet finnes ikke, eller du har ikke tilgang til det.")
    laast = Dokument.objects.select_for_update(of=("self",)).select_related("motpart").in_bulk(saker)
    return [laast[pk] for pk in dokument_ider]


def skriv_spor(aktor: Aktor, handling: str, dokument: Dokument, **mer: object) -> None:
    """One ledger row: the document's identifier, version and digest, and ids or codes in `mer`."""
    skriv_mange_spor(aktor, handling, [(dokument, mer)])


def skriv_mange_spor(
    aktor: Aktor, handling: str, dokumenter: Iterable[tuple[Dokument, Mapping[str, object]]]
) -> None:
    """The same act on many documents, with what is to be said beside each."""
    innslag = [
        Innslag(
            d.subjekt_id,
            {"dokument": str(d.uuid), "versjon": d.versjon, "avtrykk": d.avtrykk, **mer},
        )
        for d, mer in dokumenter
    ]
    registrer_mange(aktor=aktor, handling=handling, innslag=innslag)


def feil_tilstand(dokument: Dokument, verb: str) -> Konflikt:
    return Konflikt(
        kode="dokument.tilstand",
        hva=f"Brevet er {dokument.tilstand} og kan ikke {verb}.",
        regel="Et brev går fra utkast til godkjent til sendt, og en ny versjon erstatter den gamle.",
        gjor="Åpne den gjeldende versjonen av brevet.",
    )

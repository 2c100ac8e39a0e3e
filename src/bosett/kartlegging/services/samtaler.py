"""A talk with a person: interpreter, the person's own words, and what was told."""

from dataclasses import asdict, dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag, naa
from bosett.kartlegging.models import Intervju, Kartlegging
from bosett.kartlegging.rules.tolk import KVALITET, tolkesjekk
from bosett.kartlegging.services.hvem import finn_og_laas, stedet
from bosett.kartlegging.states_kartlegging import LAGRE_SAMTALE
from bosett.person.rules.koder import krev_kode
from bosett.spor.services import registrer


@dataclass(frozen=True, slots=True)
class Samtale:
    """What is told of a talk; see `models.Intervju`."""

    holdt: date
    maate: str
    tolkebehov: str
    spraak: str = ""
    tolk_bestilt: bool | None = None
    tolk_mott: bool | None = None
    tolk_kvalitet: int | None = None
    tolkesjekk: list[str] = field(default_factory=list)
    egne_ord: str = ""
    fortalt: str = ""
    fortalt_spraak: str = ""


@transaction.atomic
def lagre(
    *, aktor: Aktor, person: UUID, samtale: Samtale, side: str, intervju: UUID | None = None, versjon: int = 0
) -> Intervju:
    """Register a talk, or correct one (`intervju`, with the `versjon` that was read). Sent twice from one page (`side`), it is one.

    Raises `Ugyldig` when the question of interpreter is not answered (R222) or the answers do not hang together, `FinnesIkke`,
    `Konflikt` when somebody else has changed it since.
    """
    denne = finn_og_laas(aktor, LAGRE_SAMTALE.kode, person)
    _kontroller(samtale)
    mulige = Intervju.objects.filter(person=denne)
    rad = mulige.filter(uuid=intervju).first() if intervju else mulige.filter(side=side).first()
    if intervju and rad is None:
        raise FinnesIkke(
            kode="SAMTALE-UKJENT", hva="Samtalen finnes ikke, eller du har ikke tilgang til den."
        )
    ny = rad is None
    rad = rad or Intervju(
        person=denne, side=side, konsulent_id=aktor.bruker_id, registrert_av_id=aktor.bruker_id
    )
    if not ny and _innhold(rad) == samtale:
        return rad
    if intervju and rad.versjon != versjon:
        raise Konflikt(
            kode="SAMTALE-SAMTIDIG",
            hva="Noen andre har endret samtalen etter at du åpnet den.",
            regel="Vi skriver ikke over det andre har skrevet.",
            gjor="Det du skrev, står her ennå. Se hva som er lagret, og lagre på nytt.",
        )
    for navn, verdi in asdict(samtale).items():
        setattr(rad, navn, verdi)
    rad.endret, rad.versjon = naa(), 1 if ny else rad.versjon + 1
    rad.save()
    if samtale.spraak:
        Kartlegging.objects.filter(person=denne, spraak="").exclude(tilstand="foreldet").update(
            spraak=samtale.spraak
        )
    registrer(
        aktor=aktor, handling=LAGRE_SAMTALE.kode, subjekt_id=denne.husholdning_id, organisasjon=stedet(aktor, LAGRE_SAMTALE.kode, denne),
        data={"samtale": str(rad.uuid), "person": str(denne.uuid), "tolk": rad.tolkebehov, "versjon": rad.versjon},
    )  # fmt: skip
    return rad


def _innhold(rad: Intervju) -> Samtale:
    return Samtale(**{navn: getattr(rad, navn) for navn in Samtale.__dataclass_fields__})


def _kontroller(s: Samtale) -> None:
    if s.tolkebehov not in Intervju.Tolkebehov.values:
        raise _feil(
            "SAMTALE-TOLK", "Du har ikke svart på om personen trenger tolk.", "Svar ja eller nei på om personen trenger tolk.",
            "Spørsmålet om tolk skal være besvart for hver samtale.",
        )  # fmt: skip
    if s.maate not in Intervju.Maate.values:
        raise _feil("SAMTALE-MAATE", "Det mangler hvordan dere møttes.", "Velg hvordan dere møttes.")
    for spraak in (s.spraak, s.fortalt_spraak):
        if spraak:
            krev_kode("spraak", spraak, i_dag(), feilkode="SAMTALE-SPRAAK", hva="Språket finnes ikke i listen.")  # fmt: skip
    if ukjent := set(s.tolkesjekk) - set(tolkesjekk()):
        raise _feil("SAMTALE-SJEKK", f"Sjekklisten har ikke {', '.join(sorted(ukjent))}.", "Velg fra listen.")
    tolket = (s.tolk_bestilt, s.tolk_mott, s.tolk_kvalitet)
    if s.tolkebehov == "nei" and any(ett is not None for ett in tolket):
        raise _feil(
            "SAMTALE-UTEN-TOLK", "Personen trengte ikke tolk, men tolken er vurdert.",
            "Svar at personen trengte tolk, eller ta bort svarene om tolken.",
        )  # fmt: skip
    if s.tolkebehov == "ja" and (s.tolk_bestilt is None or not s.spraak):
        raise _feil(
            "SAMTALE-TOLK-BESTILT", "Det mangler språk, eller om tolk er bestilt.", "Velg språk, og svar på om tolk er bestilt."
        )  # fmt: skip
    if s.tolk_mott is not None and s.holdt > i_dag():
        raise _feil("SAMTALE-FRAM", "Samtalen har ikke vært ennå.", "Svar på om tolken møtte etter samtalen.")
    if s.tolk_kvalitet is not None and (not s.tolk_mott or s.tolk_kvalitet not in KVALITET):
        raise _feil(
            "SAMTALE-KVALITET", "Bare en tolk som møtte, kan vurderes.", "Svar på om tolken møtte, og velg fra 1 til 5."
        )  # fmt: skip
    if s.fortalt and not s.fortalt_spraak:
        raise _feil("SAMTALE-FORTALT", "Det mangler hvilket språk personen fikk det fortalt på.", "Velg språket.")  # fmt: skip


def _feil(kode: str, hva: str, gjor: str, regel: str = "") -> Ugyldig:
    return Ugyldig(kode=kode, hva=hva, regel=regel, gjor=gjor)

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
    """Raises `Ugyldig` for the first thing that is missing or does not hang together."""
    for spraak in (s.spraak, s.fortalt_spraak):
        if spraak:
            krev_kode("spraak", spraak, i_dag(), feilkode="SAMTALE-SPRAAK", hva="Språket finnes ikke i listen.")  # fmt: skip
    tolket = any(ett is not None for ett in (s.tolk_bestilt, s.tolk_mott, s.tolk_kvalitet))
    uten_bestilling = s.tolkebehov == "ja" and (s.tolk_bestilt is None or not s.spraak)
    darlig_kvalitet = s.tolk_kvalitet is not None and (not s.tolk_mott or s.tolk_kvalitet not in KVALITET)
    for galt, feil in (
        (s.tolkebehov not in Intervju.Tolkebehov.values, Ugyldig(
            kode="SAMTALE-TOLK", hva="Du har ikke svart på om personen trenger tolk.", regel="Spørsmålet om tolk skal være besvart for hver samtale.",
            gjor="Svar ja eller nei på om personen trenger tolk.",
        )),
        (s.maate not in Intervju.Maate.values, Ugyldig(
            kode="SAMTALE-MAATE", hva="Det mangler hvordan dere møttes.", gjor="Velg hvordan dere møttes.",
        )),
        (bool(set(s.tolkesjekk) - set(tolkesjekk())), Ugyldig(
            kode="SAMTALE-SJEKK", hva="Sjekklisten har ikke alle punktene som ble sendt.", gjor="Velg fra listen.",
        )),
        (s.tolkebehov == "nei" and tolket, Ugyldig(
            kode="SAMTALE-UTEN-TOLK", hva="Personen trengte ikke tolk, men tolken er vurdert.",
            gjor="Svar at personen trengte tolk, eller ta bort svarene om tolken.",
        )),
        (uten_bestilling, Ugyldig(
            kode="SAMTALE-TOLK-BESTILT", hva="Det mangler språk, eller om tolk er bestilt.", gjor="Velg språk, og svar på om tolk er bestilt.",
        )),
        (s.tolk_mott is not None and s.holdt > i_dag(), Ugyldig(
            kode="SAMTALE-FRAM", hva="Samtalen har ikke vært ennå.", gjor="Svar på om tolken møtte etter samtalen.",
        )),
        (darlig_kvalitet, Ugyldig(
            kode="SAMTALE-KVALITET", hva="Bare en tolk som møtte, kan vurderes.", gjor="Svar på om tolken møtte, og velg fra 1 til 5.",
        )),
        (bool(s.fortalt) and not s.fortalt_spraak, Ugyldig(
            kode="SAMTALE-FORTALT", hva="Det mangler hvilket språk personen fikk det fortalt på.", gjor="Velg språket.",
        )),
    ):  # fmt: skip
        if galt:
            raise feil

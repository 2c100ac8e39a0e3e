"""The mapping of a person: opened, filled in field by field, completed and opened again. The only writers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import BosettFeil, Konflikt, Ugyldig
from bosett.grunn.handling import Overgang
from bosett.grunn.klokke import i_dag, naa
from bosett.kartlegging import states_kartlegging as states
from bosett.kartlegging.models import Kartlegging, Kartleggingssvar
from bosett.kartlegging.rules.fullstendig import tell
from bosett.kartlegging.rules.skjema import Felt, Skjema, gjeldende
from bosett.kartlegging.rules.verdier import STATUSER, les
from bosett.kartlegging.services.hvem import er_hoved, finn_og_laas, stedet
from bosett.person.models import Person, Samtykke
from bosett.person.rules.ansvar import alder
from bosett.person.rules.koder import krev_kode
from bosett.person.services import ventedager
from bosett.person.services.samtykker import gjeldende_samtykke
from bosett.spor.services import registrer

KILDE = "kartlegging"
LENGST_GRUNN = 200
"""Characters; said in the refusal too."""


@dataclass(frozen=True, slots=True)
class Svar:
    """What is said of one field; `status` as `Kartleggingssvar.Status`. `hvorfor`: why it is necessary, for those that need it."""

    status: str = "tom"
    verdi: Any = None
    hvorfor: str = ""


@dataclass(frozen=True, slots=True)
class Samtidig:
    """Two have answered the same field: what is stored (by somebody else, since the page was opened), and what this one wrote."""

    felt: Felt
    deres: Kartleggingssvar
    mitt: Svar


@dataclass(frozen=True, slots=True)
class Lagret:
    """`versjon`: what a page opened now has seen. What could not be stored is in `konflikter` and `avslag`; the rest is."""

    kartlegging: Kartlegging
    versjon: int
    konflikter: tuple[Samtidig, ...] = ()
    avslag: tuple[tuple[Felt, BosettFeil], ...] = ()


@transaction.atomic
def apne(*, aktor: Aktor, person: UUID, spraak: str = "") -> Kartlegging:
    """Begin to map a person by the form of today. Repeating it gives the same mapping; an older form's is kept as `foreldet`.

    Raises `FinnesIkke` for somebody the actor may not map, `Ugyldig` for a language that is not in the list.
    """
    denne = finn_og_laas(aktor, states.APNE.kode, person)
    return _apne(aktor, denne, spraak)


@transaction.atomic
def lagre(
    *,
    aktor: Aktor,
    person: UUID,
    seksjon: str,
    svar: Mapping[str, Svar],
    versjon: int,
    side: str = "",
    overstyr: Mapping[str, int] | None = None,
) -> Lagret:
    """Keep what is answered so far in a section, field by field. A field that is not named is left alone.

    `versjon` is the section's as the page was opened, `side` the opened page. A field somebody else has changed since is not written
    over: it comes back as a conflict, until `overstyr` says that their row (field → its id) was seen. The same content again changes
    nothing. Raises `FinnesIkke`, and `Konflikt` for a mapping that is completed.
    """
    denne = finn_og_laas(aktor, states.LAGRE.kode, person)
    kartlegging = _apne(aktor, denne)
    _krev(kartlegging, states.LAGRE)
    felter = _felter(denne, seksjon)
    if set(svar) - set(felter):
        raise Ugyldig(
            kode="KARTLEGGING-FELT",
            hva="Skjemaet har ikke alle feltene som ble sendt.",
            regel="Bare det som står i skjemaet med formål og hjemmel, kan lagres.",
            gjor="Last siden på nytt.",
        )
    rader = list(Kartleggingssvar.objects.filter(person=denne, felt__in=felter).order_by("pk"))
    nye: list[tuple[Felt, Svar, Kartleggingssvar | None, Samtykke | None]] = []
    konflikter, avslag = [], []
    for navn, mitt in svar.items():
        felt = felter[navn]
        na, sett = _staar(rader, navn, versjon, side)
        try:
            nytt, samtykke = _les(denne, felt, mitt)
        except BosettFeil as feil:
            avslag.append((felt, feil))
            continue
        if nytt in (_innhold(na), _innhold(sett)):
            continue  # stored already, or not touched on this page
        if na is not sett and na is not None and (overstyr or {}).get(navn) != na.pk:
            konflikter.append(Samtidig(felt, na, nytt))
            continue
        nye.append((felt, nytt, na, samtykke))
    skrevet = _skriv(aktor, kartlegging, denne, nye, side)
    if skrevet and (not side or not any(rad.side == side for rad in rader)):
        _spor(aktor, states.LAGRE, kartlegging, denne, seksjon=seksjon)
    siste = max((rad.pk for rad in (*rader, *skrevet)), default=0)
    return Lagret(kartlegging, siste, tuple(konflikter), tuple(avslag))


@transaction.atomic
def fullfor(*, aktor: Aktor, person: UUID) -> Kartlegging:
    """Say that the mapping is done. Gaps do not stop it: they are named in the ledger, and on the page. Repeating changes nothing.

    Raises `FinnesIkke`, and `Konflikt` when nobody has begun.
    """
    denne = finn_og_laas(aktor, states.FULLFOR.kode, person)
    kartlegging = _gjeldende(denne)
    if kartlegging is not None and kartlegging.tilstand == states.FULLFOR.til:
        return kartlegging
    kartlegging = _krev(kartlegging, states.FULLFOR)
    kartlegging.tilstand, kartlegging.fullfort = states.FULLFOR.til, naa()
    kartlegging.fullfort_av_id = aktor.bruker_id
    kartlegging.fullfort_forst = kartlegging.fullfort_forst or kartlegging.fullfort
    kartlegging.save(update_fields=["tilstand", "fullfort", "fullfort_forst", "fullfort_av"])
    ventedager.oppdater([denne.husholdning_id])
    _spor(aktor, states.FULLFOR, kartlegging, denne, mangler=_mangler(denne))
    return kartlegging


@transaction.atomic
def gjenapne(*, aktor: Aktor, person: UUID) -> Kartlegging:
    """Something has changed, or come to be known. Repeating it changes nothing. Raises `FinnesIkke`, `Konflikt`."""
    denne = finn_og_laas(aktor, states.GJENAPNE.kode, person)
    kartlegging = _gjeldende(denne)
    if kartlegging is not None and kartlegging.tilstand == states.GJENAPNE.til:
        return kartlegging
    kartlegging = _krev(kartlegging, states.GJENAPNE)
    kartlegging.tilstand, kartlegging.fullfort, kartlegging.fullfort_av = states.GJENAPNE.til, None, None
    kartlegging.save(update_fields=["tilstand", "fullfort", "fullfort_av"])
    _spor(aktor, states.GJENAPNE, kartlegging, denne)
    return kartlegging


def _apne(aktor: Aktor, person: Person, spraak: str = "") -> Kartlegging:
    skjema = gjeldende(i_dag())
    finnes = _gjeldende(person)
    if spraak:
        krev_kode("spraak", spraak, i_dag(), feilkode="KARTLEGGING-SPRAAK", hva="Språket finnes ikke i listen.")  # fmt: skip
    if finnes is not None and finnes.skjemaversjon == skjema.versjon:
        if spraak and finnes.spraak != spraak:
            finnes.spraak = spraak
            finnes.save(update_fields=["spraak"])
        return finnes
    if finnes is not None:
        finnes.tilstand = states.FORELD.til
        finnes.save(update_fields=["tilstand"])
        _spor(aktor, states.FORELD, finnes, person)
    ny = Kartlegging.objects.create(
        person=person,
        skjemaversjon=skjema.versjon,
        tilstand=states.APNE.til,
        spraak=spraak,
        registrert_av_id=aktor.bruker_id,
    )
    _spor(aktor, states.APNE, ny, person)
    return ny


def _gjeldende(person: Person) -> Kartlegging | None:
    return Kartlegging.objects.filter(person=person).exclude(tilstand=states.FORELD.til).first()


def _krev(kartlegging: Kartlegging | None, overgang: Overgang) -> Kartlegging:
    if kartlegging is not None and kartlegging.tilstand in overgang.fra:
        return kartlegging
    if kartlegging is None:
        raise Konflikt(
            kode="KARTLEGGING-IKKE-BEGYNT",
            hva="Ingen har begynt å kartlegge personen.",
            gjor="Begynn kartleggingen først.",
        )
    if kartlegging.tilstand == "fullfort":
        raise Konflikt(
            kode="KARTLEGGING-FULLFORT",
            hva="Kartleggingen er fullført.",
            regel="En fullført kartlegging blir ikke endret uten at noen åpner den igjen.",
            gjor="Åpne kartleggingen igjen.",
        )
    raise Konflikt(
        kode="KARTLEGGING-TILSTAND", hva="Kartleggingen er ikke fullført.", gjor="Last siden på nytt."
    )


def _felter(person: Person, seksjon: str) -> dict[str, Felt]:
    skjema = gjeldende(i_dag())
    mine = skjema.i_seksjon(seksjon, alder=alder(person.fodt, i_dag()), hoved=er_hoved(person))
    return {felt.navn: felt for felt in mine}


def _staar(
    rader: Iterable[Kartleggingssvar], felt: str, versjon: int, side: str
) -> tuple[Kartleggingssvar | None, Kartleggingssvar | None]:
    """What is stored now, and what the page knows: as it was opened, or as it has saved itself since."""
    na = sett = None
    for rad in rader:
        if rad.felt == felt:
            na = rad if rad.kjent_til is None else na
            sett = rad if rad.pk <= versjon or (side and rad.side == side) else sett
    return na, sett


def _innhold(rad: Kartleggingssvar | None) -> Svar:
    return Svar(rad.status, rad.verdi, rad.hvorfor) if rad is not None else Svar()


def _les(person: Person, felt: Felt, svar: Svar) -> tuple[Svar, Samtykke | None]:
    """The answer as it is stored, and the consent it rests on."""
    if svar.status not in STATUSER:
        raise Ugyldig(kode="KARTLEGGING-STATUS", hva="Svaret er ikke ett av dem skjemaet har.")
    if svar.status != "svar":
        return Svar(svar.status), None
    verdi = les(felt, svar.verdi)
    if not felt.saerlig:
        return Svar("svar", verdi), None
    hvorfor = svar.hvorfor.strip()
    samtykke = gjeldende_samtykke(person, felt.saerlig)
    if samtykke is None:
        raise Ugyldig(
            kode="KARTLEGGING-SAMTYKKE",
            hva="Personen har ikke samtykket til at dette blir skrevet ned.",
            regel="Helse, religion og etnisk bakgrunn blir lagret bare når det er nødvendig, og med samtykke (IF § 51).",
            gjor="Registrer samtykket først.",
        )
    if not hvorfor or len(hvorfor) > LENGST_GRUNN:
        raise Ugyldig(
            kode="KARTLEGGING-GRUNN",
            hva="Det mangler hvorfor opplysningen er nødvendig.",
            regel="Helse, religion og etnisk bakgrunn blir lagret bare når det er nødvendig (IF § 51).",
            gjor="Skriv grunnen med høyst 200 tegn.",
        )
    return Svar("svar", verdi, hvorfor), samtykke


def _skriv(
    aktor: Aktor,
    kartlegging: Kartlegging,
    person: Person,
    nye: Iterable[tuple[Felt, Svar, Kartleggingssvar | None, Samtykke | None]],
    side: str,
) -> list[Kartleggingssvar]:
    ut, tid = [], naa()
    for felt, svar, gammelt, samtykke in nye:
        if gammelt is not None:
            gammelt.kjent_til = tid
            gammelt.save(update_fields=["kjent_til"])
        ut.append(
            Kartleggingssvar.objects.create(
                kartlegging=kartlegging, person=person, felt=felt.navn, status=svar.status, verdi=svar.verdi, kategori=felt.kategori,
                hvorfor=svar.hvorfor, samtykke=samtykke, side=side, fra=i_dag(), kjent_fra=tid, kilde=KILDE, registrert_av_id=aktor.bruker_id,
            )
        )  # fmt: skip
    return ut


def _mangler(person: Person) -> list[str]:
    """Codes of the fields that are not clarified."""
    rader = Kartleggingssvar.objects.kjent().filter(person=person).values_list("felt", "status")
    skjema: Skjema = gjeldende(i_dag())
    tall = tell(skjema, dict(rader), alder=alder(person.fodt, i_dag()), hoved=er_hoved(person))
    return [ukjent.felt for ett in tall for ukjent in ett.ukjent]


def _spor(aktor: Aktor, overgang: Overgang, kartlegging: Kartlegging, person: Person, **mer: Any) -> None:
    registrer(
        aktor=aktor, handling=overgang.kode, subjekt_id=person.husholdning_id, organisasjon=stedet(aktor, overgang.kode, person),
        data={"kartlegging": str(kartlegging.uuid), "person": str(person.uuid)} | mer,
    )  # fmt: skip

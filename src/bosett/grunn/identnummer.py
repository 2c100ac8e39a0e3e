"""Identity numbers: fødselsnummer, D-number, H-number, organisation number and DUF.

Nothing here reads sex or birth date out of a number: when a series runs out the date in the number may be the
day of registration (FOR-2017-07-14-1201 § 3-3-1), and numbers given from 2032 are neutral. Both are read from
their own fields in Folkeregisteret.

Sources: FOR-2017-07-14-1201 §§ 2-2-1 and 2-2-2 (fødselsnummer, D-number); Skatteetaten, «Nytt fødselsnummer fra
2032» (first control digit accepts the remainders 0–3, the second only 0; numbers already given stay valid);
SSB's KOSTRA check of DUF numbers. The organisation number is left to python-stdnum.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

from stdnum.no import orgnr

from bosett.grunn.feil import Ugyldig

Nummertype = Literal["fodselsnummer", "d_nummer", "h_nummer", "organisasjonsnummer", "duf", "ukjent"]

NYE_REGLER_FRA = date(2032, 1, 1)

_VEKTER_1 = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_VEKTER_2 = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_VEKTER_DUF = (4, 6, 3, 2, 4, 6, 3, 2, 7, 5)
_GAMLE_RESTER = frozenset({0})
_NYE_RESTER = frozenset({0, 1, 2, 3})
# Individual numbers and the years they mean (§ 2-2-1). Order: the order in which numbers are given.
_SERIER = (
    (range(499, -1, -1), range(1900, 2000)),
    (range(999, 899, -1), range(1940, 2000)),
    (range(999, 499, -1), range(2000, 2040)),
)
_MELLOMROM = re.compile(r"[\s\u200b\u2060\ufeff-]+")
_SIFRE = re.compile(r"[0-9]+")

KONTROLLER = "Se etter om et siffer er feil eller byttet om."


@dataclass(frozen=True, slots=True)
class Resultat:
    """What can be said of a number without asking a register.

    `gyldig` means: may be written in the field. `advarsler` hold what is wrong with an invalid number, or what a
    person should look at in a valid one; they never repeat the number.
    """

    nummer: str
    type: Nummertype
    gyldig: bool
    syntetisk: bool
    advarsler: tuple[str, ...] = ()


def kontroller(nummer: str, dato: date) -> Resultat:
    """Check a number by the rules of `dato`. Spaces and hyphens are tolerated. Never raises for bad input.

    A DUF number whose control digits fail is still valid, with a warning: UDI's own printed example fails.
    """
    sifre = _MELLOMROM.sub("", nummer)
    if not sifre:
        return _ukjent("", "Nummeret er tomt. Skriv inn et nummer.")
    if not _SIFRE.fullmatch(sifre):
        return _ukjent(nummer.strip(), "Nummeret har andre tegn enn sifrene 0–9. Skriv bare sifre.")
    match len(sifre):
        case 9:
            return _organisasjonsnummer(sifre)
        case 11:
            return _personnummer(sifre, dato)
        case 12:
            return _duf(sifre, dato)
    return _ukjent(
        sifre,
        f"Nummeret har {len(sifre)} sifre. Fødselsnummer, D-nummer og H-nummer har 11, DUF-nummer 12 og "
        "organisasjonsnummer 9. Se etter om noe mangler.",
    )


def _ukjent(nummer: str, advarsel: str) -> Resultat:
    return Resultat(nummer, "ukjent", gyldig=False, syntetisk=False, advarsler=(advarsel,))


def _organisasjonsnummer(sifre: str) -> Resultat:
    if not orgnr.is_valid(sifre):
        feil = f"Kontrollsifferet i organisasjonsnummeret stemmer ikke. {KONTROLLER}"
        return Resultat(sifre, "organisasjonsnummer", gyldig=False, syntetisk=False, advarsler=(feil,))
    return Resultat(sifre, "organisasjonsnummer", gyldig=True, syntetisk=False)


@dataclass(frozen=True, slots=True)
class _Dato:
    """The first six digits with the marks of number type taken off."""

    dag: int
    maaned: int
    aar: int  # two digits
    type: Nummertype
    syntetisk: bool


def _les_dato(sifre: str) -> _Dato | None:
    """Take +40 off the day (D-number) and +40 or +80 off the month (H-number, synthetic). None: no known type."""
    dag, maaned, aar = int(sifre[0:2]), int(sifre[2:4]), int(sifre[4:6])
    er_d = 41 <= dag <= 71
    syntetisk = 81 <= maaned <= 92
    er_h = 41 <= maaned <= 52
    if er_d and er_h:
        return None  # two marks that exclude each other: an H-number is for one who has neither of the others
    dag -= 40 if er_d else 0
    maaned -= 80 if syntetisk else 40 if er_h else 0
    if not (1 <= dag <= 31 and 1 <= maaned <= 12):
        return None
    return _Dato(dag, maaned, aar, "d_nummer" if er_d else "h_nummer" if er_h else "fodselsnummer", syntetisk)


def _personnummer(sifre: str, dato: date) -> Resultat:
    lest = _les_dato(sifre)
    if lest is None:
        return _ukjent(
            sifre,
            "De seks første sifrene er ikke en dato etter reglene for fødselsnummer, D-nummer eller H-nummer. "
            f"{KONTROLLER}",
        )
    gammel_feil = _feil_etter_gamle_regler(sifre, lest, dato)
    advarsler: list[str] = []
    # H-numbers are a health-service standard of their own: the new control is decided for the two others only.
    ny_mulig = lest.type != "h_nummer" and _folger_nye_regler(sifre, lest)
    gyldig = gammel_feil is None or (ny_mulig and dato >= NYE_REGLER_FRA)
    if not gyldig and gammel_feil is not None:
        advarsler.append(gammel_feil)
        if ny_mulig:
            advarsler.append(
                "Nummeret følger reglene som gjelder fra 1. januar 2032. Slike numre deles ikke ut ennå."
            )
    elif gammel_feil is not None:
        advarsler.append(
            "Nummeret følger reglene fra 1. januar 2032. Les kjønn og fødselsdato fra Folkeregisteret, "
            "ikke fra sifrene."
        )
    if gyldig and lest.type == "h_nummer":
        advarsler.append(
            "H-nummer er et hjelpenummer i helsetjenesten. Det er ikke registrert i Folkeregisteret. "
            "Bruk fødselsnummer, D-nummer eller DUF-nummer når personen har det."
        )
    return Resultat(sifre, lest.type, gyldig, lest.syntetisk, tuple(advarsler))


def _feil_etter_gamle_regler(sifre: str, lest: _Dato, dato: date) -> str | None:
    """What is wrong by the rules for numbers given before 2032, or None."""
    if not _kontroll_stemmer(sifre, _GAMLE_RESTER):
        return f"Kontrollsifrene stemmer ikke. {KONTROLLER}"
    mulige = [aar for aar in _mulige_aar(sifre, lest) if _finnes(aar, lest)]
    if not mulige:
        return f"De seks første sifrene er ikke en dato som passer med de tre neste. {KONTROLLER}"
    if all(date(aar, lest.maaned, lest.dag) > dato for aar in mulige):
        return f"Datoen i nummeret er etter {dato:%d.%m.%Y}. {KONTROLLER}"
    return None


def _mulige_aar(sifre: str, lest: _Dato) -> list[int]:
    if lest.type != "fodselsnummer":  # other series are free (000–999), so the century is unknown
        return [1900 + lest.aar, 2000 + lest.aar]
    individ = int(sifre[6:9])
    return [
        aar
        for serie, gjelder in _SERIER
        for aar in (1900 + lest.aar, 2000 + lest.aar)
        if individ in serie and aar in gjelder
    ]


def _folger_nye_regler(sifre: str, lest: _Dato) -> bool:
    """The individual digits no longer say the century, so any century in which the date exists will do."""
    return _kontroll_stemmer(sifre, _NYE_RESTER) and any(
        _finnes(aar, lest) for aar in (1900 + lest.aar, 2000 + lest.aar)
    )


def _finnes(aar: int, lest: _Dato) -> bool:
    try:
        date(aar, lest.maaned, lest.dag)
    except ValueError:
        return False
    return True


def _kontroll_stemmer(sifre: str, rester_1: frozenset[int]) -> bool:
    return _rest(sifre, _VEKTER_1) in rester_1 and _rest(sifre, _VEKTER_2) == 0


def _rest(sifre: str, vekter: tuple[int, ...]) -> int:
    return sum(int(siffer) * vekt for siffer, vekt in zip(sifre, vekter, strict=False)) % 11


def duf_kontroll(forste_ti: str) -> str:
    """The two control digits of a DUF number, «00»–«10»."""
    return f"{_rest(forste_ti, _VEKTER_DUF):02}"


def _duf(sifre: str, dato: date) -> Resultat:
    aar = int(sifre[:4])
    if not 1900 <= aar <= dato.year:
        feil = (
            "DUF-nummer begynner med året personen søkte første gang, og de fire første sifrene er ikke et "
            f"mulig år. {KONTROLLER}"
        )
        return Resultat(sifre, "duf", gyldig=False, syntetisk=False, advarsler=(feil,))
    kontroll = duf_kontroll(sifre)
    if sifre[10:] == kontroll:
        return Resultat(sifre, "duf", gyldig=True, syntetisk=False)
    if sifre[10:] == _syntetisk_kontroll(kontroll):
        laget = "DUF-nummeret er laget til prøve eller demonstrasjon. Det tilhører ingen."
        return Resultat(sifre, "duf", gyldig=True, syntetisk=True, advarsler=(laget,))
    advarsel = (
        "Kontrollsifrene i DUF-nummeret stemmer ikke med den vanlige utregningen. Nummeret kan likevel være "
        "riktig: sammenlign med oppholdskortet eller brevet fra UDI."
    )
    return Resultat(sifre, "duf", gyldig=True, syntetisk=False, advarsler=(advarsel,))


def _syntetisk_kontroll(kontroll: str) -> str:
    # The check gives 00–10. 99 minus it (89–99) is out of its reach, and known again as ours.
    return f"{99 - int(kontroll):02}"


def lag_syntetisk_fnr(fodselsdato: date, lopenummer: int = 0, *, d_nummer: bool = False) -> str:
    """A synthetic fødselsnummer or D-number (month + 80) that passes every check and belongs to nobody.

    `lopenummer` 0, 1, 2 … picks among the possible numbers of that day; the same arguments always give the same
    number. Raises Ugyldig when the day has no such number.
    """
    dag = fodselsdato.day + (40 if d_nummer else 0)
    start = f"{dag:02}{fodselsdato.month + 80:02}{fodselsdato.year % 100:02}"
    individer = (
        range(999, -1, -1)
        if d_nummer and 1900 <= fodselsdato.year <= 2099
        else [individ for serie, aar in _SERIER if fodselsdato.year in aar for individ in serie]
    )
    nummer = (
        next(islice(_med_kontroll(start, individer), lopenummer, None), None) if lopenummer >= 0 else None
    )
    if nummer is None:
        raise Ugyldig(
            kode="IDENT-TOM-SERIE",
            hva=f"Det finnes ikke noe syntetisk nummer {lopenummer} for {fodselsdato:%d.%m.%Y}",
            regel="Fødselsnummer dekker fødselsårene 1900–2039, med høyst noen hundre numre per dag",
            gjor="Velg en annen dato eller et lavere løpenummer",
        )
    return nummer


def _med_kontroll(start: str, individer: "range | list[int]") -> Iterator[str]:
    for individ in individer:
        sifre = f"{start}{individ:03}"
        k1 = -_rest(sifre, _VEKTER_1) % 11
        k2 = -_rest(f"{sifre}{k1}", _VEKTER_2) % 11
        if k1 < 10 and k2 < 10:  # 10 is not a digit: such individual numbers are never given
            yield f"{sifre}{k1}{k2}"


def lag_syntetisk_duf(soknadsaar: int, lopenummer: int) -> str:
    """A DUF number for tests and demonstrations: its control pair (89–99) is one the check can never give.

    Raises Ugyldig when the year is not four digits or the serial number not six.
    """
    if not (1900 <= soknadsaar <= 9999 and 0 <= lopenummer <= 999_999):
        raise Ugyldig(
            kode="IDENT-DUF",
            hva="Årstallet eller løpenummeret passer ikke i et DUF-nummer",
            regel="DUF-nummer har fire sifre for søknadsåret, seks løpesifre og to kontrollsifre",
            gjor="Bruk et årstall fra 1900 og et løpenummer fra 0 til 999999",
        )
    forste_ti = f"{soknadsaar:04}{lopenummer:06}"
    return forste_ti + _syntetisk_kontroll(duf_kontroll(forste_ti))

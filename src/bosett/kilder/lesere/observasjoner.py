"""Reading any of the settlement tables of `former.py` into observations that carry their story."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bosett.kilder.feil import Cellefeil, Lesefeil
from bosett.kilder.lesere import celler
from bosett.kilder.lesere.former import FORMER, Maal, Tabellform
from bosett.kilder.lesere.tabell import Tabell, les_tabell
from bosett.kilder.tall import Kvalitet, Nivaa, Observasjon, Opphav, Tall

ENHET = "personer"


@dataclass(frozen=True, slots=True)
class Observasjoner:
    """All cells of a table. `sha256` is the digest of the file, for the ledger's act of import."""

    form: Tabellform
    fil: str
    sha256: str
    rader: int
    observasjoner: tuple[Observasjon, ...]
    ubrukte_kolonner: tuple[str, ...]


def gjenkjenn(tabell: Tabell) -> Tabellform:
    """The form of a table by its columns. Raises Lesefeil when no known form fits."""
    for form in FORMER:
        if tabell.har(form.pakrevd):
            return form
    kjente = "; ".join(f"{form.navn} ({', '.join(form.pakrevd)})" for form in FORMER)
    raise Lesefeil(
        tabell.fil,
        [Cellefeil(1, "", "", f"kolonnene passer ikke med noen kjent tabell: {', '.join(tabell.kolonner)}")],
        form=f"Kjente tabeller: {kjente}",
    )


def les_observasjoner(
    fil: Path | bytes,
    opphav: Opphav,
    *,
    form: Tabellform | None = None,
    aar: int | None = None,
    navn: str = "",
) -> Observasjoner:
    """Read a settlement table; the form is recognised by its columns when not given.

    `aar` is for tables that do not print their year. Codes and names are kept as printed: codes are those of the year,
    and the caller bridges them. Raises Lesefeil with every fault, row and column.
    """
    tabell = les_tabell(fil, navn)
    form = form or gjenkjenn(tabell)
    tabell.krev(form.pakrevd)
    trenger_aar = not form.aar and not all(m.aar for m in form.maal.values())
    if trenger_aar and aar is None:
        raise Lesefeil(tabell.fil, [Cellefeil(1, "aar", "", "tabellen har ikke årstall; oppgi året")])
    ut = list(
        _i_kategorier(tabell, form, opphav) if form.kategori else _i_kolonner(tabell, form, opphav, aar)
    )
    tabell.slutt(form.tittel)
    brukt = {*form.pakrevd, *form.maal}
    ubrukt = tuple(k for k in tabell.kolonner if k not in brukt)
    return Observasjoner(form, tabell.fil, tabell.sha256, len(tabell.rader), tuple(ut), ubrukt)


def _i_kolonner(
    tabell: Tabell, form: Tabellform, opphav: Opphav, fast_aar: int | None
) -> Iterable[Observasjon]:
    i_kode = tabell.plass(form.kode) if form.kode else None
    i_navn = tabell.plass(form.navnekolonne) if form.navnekolonne else None
    i_aar = tabell.plass(form.aar) if form.aar else None
    maal = [(tabell.plass(k), k, m) for k, m in form.maal.items() if k in tabell.kolonner]
    les_kode = celler.fylkesnummer if form.nivaa is Nivaa.FYLKE else celler.kommunenummer
    sett: dict[tuple[str, str, int | None], int] = {}
    for linje, rad in tabell.rader:
        kode = "" if i_kode is None else tabell.les(linje, form.kode, rad[i_kode], les_kode)
        radaar = fast_aar if i_aar is None else tabell.les(linje, form.aar, rad[i_aar], celler.aarstall)
        if kode is None or (i_aar is not None and radaar is None):
            continue
        navn = "" if i_navn is None else rad[i_navn].strip()
        if not _en_gang(tabell, sett, (kode, "" if kode else navn, radaar), linje):
            continue
        nivaa = Nivaa.LAND if form.nivaa is Nivaa.FYLKE and kode == "00" else form.nivaa
        for i, kolonne, hva in maal:
            aar = hva.aar or radaar
            tall = (
                None
                if aar is None
                else _tall(tabell, linje, kolonne, rad[i], _story(opphav, hva, aar), nivaa)
            )
            if tall is not None and aar is not None:
                yield Observasjon(linje, aar, kode, navn, hva.storrelse, tall)


def _i_kategorier(tabell: Tabell, form: Tabellform, opphav: Opphav) -> Iterable[Observasjon]:
    sett: dict[tuple[str, str, int | None], int] = {}
    for linje, rad in tabell.ordboker():
        aar = tabell.les(linje, form.aar, rad[form.aar], celler.aarstall)
        kategori = rad[form.kategori].strip()
        storrelse = form.kategorier.get(kategori)
        if storrelse is None:
            kjente = ", ".join(form.kategorier)
            tabell.feil.append(
                Cellefeil(linje, form.kategori, kategori, f"ukjent kategori (kjente: {kjente})")
            )
        navn = rad[form.navnekolonne].strip()
        if aar is None or storrelse is None or not _en_gang(tabell, sett, (storrelse, navn, aar), linje):
            continue
        opp = (opphav.dato(aar), opphav.kvalitet, opphav)
        tall = _tall(tabell, linje, form.antall, rad[form.antall], opp, form.nivaa)
        if tall is not None:
            yield Observasjon(linje, aar, "", navn, storrelse, tall)


def _en_gang(
    tabell: Tabell,
    sett: dict[tuple[str, str, int | None], int],
    nokkel: tuple[str, str, int | None],
    linje: int,
) -> bool:
    """A row that repeats another's key would be counted twice in every sum."""
    forste = sett.setdefault(nokkel, linje)
    if forste != linje:
        hvem = " ".join(str(del_) for del_ in nokkel if del_)
        tabell.feil.append(Cellefeil(linje, "", hvem, f"står også på rad {forste}"))
    return forste == linje


def _story(opphav: Opphav, hva: Maal, aar: int) -> tuple[date, Kvalitet, Opphav]:
    return hva.referansedato or opphav.dato(aar), hva.kvalitet or opphav.kvalitet, opphav


def _tall(
    tabell: Tabell, linje: int, kolonne: str, tekst: str, story: tuple[date, Kvalitet, Opphav], nivaa: Nivaa
) -> Tall | None:
    lest = tabell.les(linje, kolonne, tekst, celler.imdi_celle)
    if lest is None:
        return None
    verdi, tilstand = lest
    referansedato, kvalitet, opphav = story
    return Tall(
        verdi,
        tilstand,
        ENHET,
        referansedato,
        opphav.kilde,
        opphav.lisens,
        kvalitet,
        nivaa,
        opphav.publisert,
        tekst,
    )

"""Reads a table of municipalities into the engine's inputs. Every error names the row and the column."""

import csv
import io
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bosett.anmodning.rules.kriteriesett import Tekst
from bosett.anmodning.rules.samsvar import Kriteriekolonne, Samsvar
from bosett.anmodning.rules.typer import Grunnlag, Kommune, Kriterieverdi
from bosett.grunn.feil import Ugyldig

SKILLETEGN = ",;\t|"
JA, NEI = {"ja", "j", "x", "true", "sann"}, {"nei", "n", "false", "usann"}
# Spaces people and spreadsheets put between thousands.
MELLOMROM = re.compile(r"[\s\u00a0\u202f\u2009']")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Rad:
    """One row: its line number in the file and its cells by column."""

    linje: int
    celler: dict[str, str]


def les_grunnlag(innhold: bytes, samsvar: Samsvar, navn: str) -> Grunnlag:
    """The facts in a CSV file. Comma, semicolon or tab; UTF-8 with or without BOM; decimal point or comma.

    Raises Ugyldig with row and column. What is merely missing becomes a note that follows the result.
    """
    kolonner, rader = _les_rader(innhold, samsvar, navn)
    maa_ha = {"kommunenummer": samsvar.felt["kommunenummer"], "navn": samsvar.felt["navn"]}
    for felt, kolonne in (*maa_ha.items(), ("folketall", samsvar.folketall)):
        if kolonne not in kolonner:
            raise _feil(
                "mangler_kolonne",
                f"{navn}: kolonnen «{kolonne}» ({felt}) finnes ikke. Filen har: {', '.join(kolonner)}",
                "Rett overskriften, eller oppgi hvilke kolonner filen har med --kolonner FIL.yaml.",
            )
    leser = _Leser(navn, samsvar, set(kolonner))
    merknader: list[Tekst] = []
    numre = [leser.nummer(rad, merknader) for rad in rader]
    _ingen_doble(navn, rader, numre)
    folketall = [leser.heltall(rad, samsvar.folketall, minst=1, maa_ha=True) for rad in rader]
    fylker = [leser.tekst(rad, "fylke") or nr[:2] for rad, nr in zip(rader, numre, strict=True)]
    verdier: dict[str, list[Kriterieverdi]] = {}
    for id_, regel in samsvar.kriterier.items():
        borte = [k for k in regel.kolonner if k not in kolonner]
        if borte:
            merknader.append(_uten_kolonne(borte[0], id_, navn))
            continue
        raa = [leser.snitt(rad, regel.kolonner) for rad in rader]
        verdier[id_] = _regn(regel, raa, numre, [p or 0 for p in folketall], fylker)
    for felt, kolonne in samsvar.felt.items():
        if kolonne not in kolonner and felt not in maa_ha:
            merknader.append(_uten_kolonne(kolonne, felt, navn))
    if samsvar.innvandrerandel and samsvar.innvandrerandel not in kolonner:
        merknader.append(_uten_kolonne(samsvar.innvandrerandel, "innvandrerandel", navn))
    kommuner = tuple(
        Kommune(
            kommunenummer=nr,
            navn=leser.tekst(rad, "navn") or nr,
            fylke=fylke,
            folketall=folk or 0,
            verdier={id_: kolonne[i] for id_, kolonne in verdier.items()},
            innvandrerandel=leser.tall(rad, samsvar.innvandrerandel),
            vert=bool(leser.ja_nei(rad, "vert")),
            samarbeid=bool(leser.ja_nei(rad, "samarbeid")),
            tak=leser.heltall(rad, samsvar.felt.get("tak", "")),
            em_apparat=leser.ja_nei(rad, "em_apparat"),
            em_tak=leser.heltall(rad, samsvar.felt.get("em_tak", "")),
            forrige_anmodning=leser.heltall(rad, samsvar.felt.get("forrige_anmodning", "")),
            bosatt={
                aar: antall
                for aar, kolonne in samsvar.bosatt.items()
                if (antall := leser.heltall(rad, kolonne)) is not None
            },
            omraadevarsel=leser.tekst(rad, "omraadevarsel"),
        )
        for i, (rad, nr, fylke, folk) in enumerate(zip(rader, numre, fylker, folketall, strict=True))
    )
    return Grunnlag(
        kommuner=kommuner,
        opplysninger={id_: samsvar.kriterier[id_].opplysning for id_ in verdier},
        innvandrerandel=samsvar.innvandrerandel_opplysning,
        folketall=samsvar.folketall_opplysning,
        merknader=tuple(merknader),
    )


def _les_rader(innhold: bytes, samsvar: Samsvar, navn: str) -> tuple[list[str], list[_Rad]]:
    try:
        tekst = innhold.decode("utf-8-sig")
    except UnicodeDecodeError as feil:
        linje = innhold[: feil.start].count(b"\n") + 1
        raise _feil(
            "tegnsett",
            f"{navn}, rad {linje}: filen er ikke lagret som UTF-8",
            "Lagre filen på nytt som «CSV UTF-8».",
        ) from None
    if "\0" in tekst:
        raise _feil("ikke_csv", f"{navn} er ikke en CSV-fil", "Lagre regnearket som «CSV UTF-8».")
    forste = next((linje for linje in tekst.splitlines() if linje.strip()), "")
    if not forste:
        raise _feil("tom_fil", f"{navn} er tom", "Gi en CSV-fil med overskrifter og én rad per kommune.")
    # The separator that finds most of the columns asked for; the order decides between equals.
    sokt = {
        *samsvar.felt.values(),
        samsvar.folketall,
        *(k for r in samsvar.kriterier.values() for k in r.kolonner),
    }
    skille = max(SKILLETEGN, key=lambda tegn: len(sokt & {c.strip(' "') for c in forste.split(tegn)}))
    leser = csv.reader(io.StringIO(tekst, newline=""), delimiter=skille)
    kolonner: list[str] = []
    rader: list[_Rad] = []
    try:
        for celler in leser:
            if not any(celle.strip() for celle in celler):
                continue
            if not kolonner:
                kolonner = [celle.strip() for celle in celler]
                _like_overskrifter(navn, kolonner)
                continue
            if len(celler) != len(kolonner):
                raise _feil(
                    "antall_felt",
                    f"{navn}, rad {leser.line_num}: {len(celler)} felt, men overskriften har {len(kolonner)}",
                    "Sett anførselstegn rundt felt som har skilletegn i seg (også desimalkomma).",
                )
            verdier = dict(zip(kolonner, (celle.strip() for celle in celler), strict=True))
            rader.append(_Rad(leser.line_num, verdier))
    except csv.Error as feil:
        raise _feil(
            "ikke_csv", f"{navn}, rad {leser.line_num}: {feil}", "Lagre filen på nytt som CSV."
        ) from None
    if not rader and len(kolonner) > 1:
        raise _feil(
            "ingen_rader", f"{navn} har overskrifter, men ingen kommuner", "Legg inn én rad per kommune."
        )
    return kolonner, rader


def _like_overskrifter(navn: str, kolonner: Sequence[str]) -> None:
    like = sorted({k for k in kolonner if k and kolonner.count(k) > 1})
    if like:
        raise _feil("like_kolonner", f"{navn}: to kolonner heter «{like[0]}»", "Gi kolonnene ulike navn.")


def _ingen_doble(navn: str, rader: Sequence[_Rad], numre: Sequence[str]) -> None:
    sett: dict[str, int] = {}
    for rad, nr in zip(rader, numre, strict=True):
        if nr in sett:
            raise _feil(
                "dobbel_kommune",
                f"{navn}, rad {rad.linje}: kommune {nr} står også i rad {sett[nr]}",
                "Behold én rad for hver kommune.",
            )
        sett[nr] = rad.linje


def _regn(
    regel: Kriteriekolonne, raa: Sequence[float | None], numre: Sequence[str],
    folketall: Sequence[int], fylker: Sequence[str],
) -> list[Kriterieverdi]:  # fmt: skip
    """The criterion's figures: as they stand, per inhabitant, or per inhabitant of the county."""
    raa = [None if nr in regel.ukjent else v for nr, v in zip(numre, raa, strict=True)]
    if regel.samle_fylke:
        teller: dict[str, list[float]] = {}
        nevner: dict[str, int] = {}
        for v, p, fylke in zip(raa, folketall, fylker, strict=True):
            if v is not None:
                teller.setdefault(fylke, []).append(v)
                nevner[fylke] = nevner.get(fylke, 0) + p
        andel = {f: math.fsum(liste) * regel.per / nevner[f] for f, liste in teller.items() if nevner[f]}
        return [
            Kriterieverdi(andel.get(f), "fylke", regel.ukjent.get(nr, ""))
            for f, nr in zip(fylker, numre, strict=True)
        ]
    return [
        Kriterieverdi(
            v if v is None or not regel.per else v * regel.per / p, regel.nivaa, regel.ukjent.get(nr, "")
        )
        for v, p, nr in zip(raa, folketall, numre, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Leser:
    """Reads cells; knows the file's name for the errors and which codes mean «missing»."""

    fil: str
    samsvar: Samsvar
    kolonner: set[str]

    def _celle(self, rad: _Rad, kolonne: str) -> str:
        celle = rad.celler.get(kolonne, "")
        return "" if celle.casefold() in self.samsvar.manglende else celle

    def tekst(self, rad: _Rad, felt: str) -> str:
        return self._celle(rad, self.samsvar.felt.get(felt, ""))

    def nummer(self, rad: _Rad, merknader: list[Tekst]) -> str:
        """Four digits. A lost leading zero (a spreadsheet takes it) is put back, with a note."""
        kolonne = self.samsvar.felt["kommunenummer"]
        celle = rad.celler[kolonne]
        if re.fullmatch(r"[0-9]{4}", celle):
            return celle
        if re.fullmatch(r"[1-9][0-9]{2}", celle):
            hvor = f"{self.fil}, rad {rad.linje}: kommunenummer {celle}"
            merknader.append(Tekst(f"{hvor} er lest som 0{celle}.", f"{hvor} er lese som 0{celle}."))
            return f"0{celle}"
        raise self._feil(
            rad, kolonne, celle, "er ikke et kommunenummer", "Skriv fire siffer, for eksempel 0301."
        )

    def ja_nei(self, rad: _Rad, felt: str) -> bool | None:
        kolonne = self.samsvar.felt.get(felt, "")
        celle = self._celle(rad, kolonne)
        if not celle:
            return None
        if celle.casefold() in JA | NEI:
            return celle.casefold() in JA
        return self._les(rad, kolonne, celle, float, "er verken ja, nei eller et tall") > 0

    def heltall(self, rad: _Rad, kolonne: str, *, minst: int = 0, maa_ha: bool = False) -> int | None:
        """A whole number. Raises Ugyldig when it is text, has decimals, or is under `minst`."""
        celle = self._celle(rad, kolonne)
        if not celle:
            if maa_ha:
                raise self._feil(rad, kolonne, "", "mangler", "Fyll inn tallet.")
            return None
        verdi = self._les(rad, kolonne, celle, float, "er ikke et helt tall")
        if verdi != int(verdi) or verdi < minst or abs(verdi) > 1e12:
            raise self._feil(rad, kolonne, celle, f"er ikke et helt tall fra {minst}", "Rett tallet.")
        return int(verdi)

    def tall(self, rad: _Rad, kolonne: str) -> float | None:
        celle = self._celle(rad, kolonne)
        return self._les(rad, kolonne, celle, float, "er ikke et tall") if celle else None

    def snitt(self, rad: _Rad, kolonner: Sequence[str]) -> float | None:
        verdier = [v for v in (self.tall(rad, kolonne) for kolonne in kolonner) if v is not None]
        return math.fsum(verdier) / len(verdier) if verdier else None

    def _les(self, rad: _Rad, kolonne: str, celle: str, som: Callable[[str], T], hva: str) -> T:
        rensket = MELLOMROM.sub("", celle).replace("\u2212", "-")
        if "," in rensket and "." not in rensket:
            rensket = rensket.replace(",", ".")
        # float() also takes «nan», «inf», «1_000» and digits of other scripts.
        if not re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]{1,2})?", rensket):
            raise self._feil(
                rad, kolonne, celle, hva, "Rett tallet, eller la feltet stå tomt når tallet ikke er kjent."
            )
        return som(rensket)

    def _feil(self, rad: _Rad, kolonne: str, celle: str, hva: str, gjor: str) -> Ugyldig:
        vist = f"«{celle[:40]}» " if celle else ""
        return _feil(
            "celle", f"{self.fil}, rad {rad.linje}, kolonnen «{kolonne}»: {vist}{hva or 'mangler'}", gjor
        )


def _uten_kolonne(kolonne: str, hva: str, navn: str) -> Tekst:
    return Tekst(
        f"Kolonnen «{kolonne}» finnes ikke i {navn}. «{hva}» er uten opplysninger.",
        f"Kolonnen «{kolonne}» finst ikkje i {navn}. «{hva}» er utan opplysningar.",
    )


def _feil(kode: str, hva: str, gjor: str) -> Ugyldig:
    return Ugyldig(kode=f"anmodning.grunnlag_{kode}", hva=f"{hva}.", gjor=gjor)

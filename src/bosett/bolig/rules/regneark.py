"""The first sheet of an Excel file as rows of text. Pure; formulas are read as the value Excel stored, and nothing is fetched."""

from __future__ import annotations

import re
from datetime import date, timedelta
from xml.parsers import expat

from bosett.dokument.rules import zipfil
from bosett.grunn.feil import Ugyldig

MAKS_RADER, MAKS_KOLONNER = 50_000, 100
_RUTE = re.compile(r"([A-Z]{1,3})(\d+)")
_DATOFORMAT = frozenset({14, 15, 16, 17, 22})
_NULL = date(1899, 12, 30)


def les_xlsx(innhold: bytes) -> list[tuple[int, list[str]]]:
    """(row number, cells) of the rows that hold something. Dates become 2026-12-01.

    Raises `Ugyldig` for a file that is not whole, or is too large.
    """
    with zipfil.apne(innhold) as fil:
        navn = {ett.filename: ett for ett in fil.infolist()}
        ark = sorted(n for n in navn if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", n))
        if not ark:
            raise _odelagt()
        forste = min(ark, key=lambda n: int(re.sub(r"\D", "", n)))
        delt = _Tekster()
        if "xl/sharedStrings.xml" in navn:
            delt.les(zipfil.les(fil, navn["xl/sharedStrings.xml"]))
        stiler = _Stiler()
        if "xl/styles.xml" in navn:
            stiler.les(zipfil.les(fil, navn["xl/styles.xml"]))
        arket = _Ark(delt.tekster, stiler.datoer)
        arket.les(zipfil.les(fil, navn[forste]))
    return arket.rader


class _Leser:
    """One part of the file. Definitions of entities of one's own are refused: a small file could grow without end."""

    def les(self, data: bytes) -> None:
        leser = expat.ParserCreate(namespace_separator="}")
        leser.buffer_text = True
        leser.StartElementHandler = lambda navn, felt: self.start(navn.rpartition("}")[2], felt)
        leser.EndElementHandler = lambda navn: self.slutt(navn.rpartition("}")[2])
        leser.CharacterDataHandler = self.tekst
        leser.EntityDeclHandler = self._entitet
        try:
            leser.Parse(data, True)
        except (expat.ExpatError, ValueError) as feil:
            raise _odelagt() from feil

    def _entitet(self, *_: object) -> None:
        raise ValueError("an entity of its own")

    def start(self, navn: str, felt: dict[str, str]) -> None: ...
    def slutt(self, navn: str) -> None: ...
    def tekst(self, data: str) -> None: ...


class _Tekster(_Leser):
    def __init__(self) -> None:
        self.tekster: list[str] = []
        self._i = False

    def start(self, navn: str, felt: dict[str, str]) -> None:
        if navn == "si":
            self.tekster.append("")
        self._i = navn == "t"

    def slutt(self, navn: str) -> None:
        self._i = False

    def tekst(self, data: str) -> None:
        if self._i and self.tekster:
            self.tekster[-1] += data


class _Stiler(_Leser):
    """Which cell styles are dates."""

    def __init__(self) -> None:
        self.datoer: set[int] = set()
        self._egne: set[int] = set()
        self._i, self._nr = False, 0

    def start(self, navn: str, felt: dict[str, str]) -> None:
        if navn == "numFmt" and re.search(
            r"[dy]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", felt.get("formatCode", "")).lower()
        ):
            self._egne.add(int(felt.get("numFmtId", "0")))
        elif navn == "cellXfs":
            self._i = True
        elif navn == "xf" and self._i:
            if int(felt.get("numFmtId", "0")) in _DATOFORMAT | self._egne:
                self.datoer.add(self._nr)
            self._nr += 1

    def slutt(self, navn: str) -> None:
        if navn == "cellXfs":
            self._i = False


class _Ark(_Leser):
    def __init__(self, delt: list[str], datoer: set[int]) -> None:
        self.rader: list[tuple[int, list[str]]] = []
        self._delt, self._datoer = delt, datoer
        self._celler: dict[int, str] = {}
        self._kolonne, self._slag, self._stil, self._verdi, self._i = 0, "", 0, "", False
        self._rad = 0

    def start(self, navn: str, felt: dict[str, str]) -> None:
        if navn == "row":
            self._rad = int(felt.get("r", self._rad + 1))
            self._celler, self._kolonne = {}, 0
        elif navn == "c":
            rute = _RUTE.fullmatch(felt.get("r", ""))
            self._kolonne = _kolonne(rute[1]) if rute else self._kolonne + 1
            self._slag, self._stil, self._verdi = felt.get("t", ""), int(felt.get("s", "0")), ""
        self._i = navn in ("v", "t")

    def tekst(self, data: str) -> None:
        if self._i:
            self._verdi += data

    def slutt(self, navn: str) -> None:
        self._i = False
        if navn == "c" and self._verdi and self._kolonne <= MAKS_KOLONNER:
            self._celler[self._kolonne] = self._som_tekst().strip()
        elif navn == "row" and any(self._celler.values()):
            if len(self.rader) >= MAKS_RADER:
                raise Ugyldig(
                    kode="REGNEARK-STORT", hva="Arket har for mange rader.", gjor="Del filen i flere."
                )
            bredde = max(self._celler)
            self.rader.append((self._rad, [self._celler.get(n, "") for n in range(1, bredde + 1)]))

    def _som_tekst(self) -> str:
        if self._slag == "s":
            nr = int(self._verdi)
            return self._delt[nr] if 0 <= nr < len(self._delt) else ""
        if self._slag in ("", "n"):
            tall = float(self._verdi)
            if self._stil in self._datoer and 1 <= tall < 80_000:
                return (_NULL + timedelta(days=int(tall))).isoformat()
            return str(int(tall)) if tall == int(tall) else self._verdi.replace(".", ",")
        return self._verdi


def _kolonne(bokstaver: str) -> int:
    nr = 0
    for bokstav in bokstaver:
        nr = nr * 26 + ord(bokstav) - 64
    return nr


def _odelagt() -> Ugyldig:
    return Ugyldig(
        kode="REGNEARK-ODELAGT", hva="Excel-filen kan ikke leses.", gjor="Lagre den på nytt som .xlsx eller .csv.", felt="fil"
    )  # fmt: skip

"""Translations without gettext's programs: collect the texts, keep the .po files in step, compile them, say what is missing.

Bokmål is the source: what stands in the code is what a bokmål reader sees. Collected are
* `gettext` and its family in Python, under whatever names a module imports them, and `{% translate %}` in templates;
* texts that live as data and are shown through `|oversatt`: acts, reads, states, roles, choices, and refusals with a constant text.

    python -m bosett.config.oversettelser            what is missing (also: mangler); ends with 1 when something is
    python -m bosett.config.oversettelser kompiler   .po → .mo where the .po is newer
    python -m bosett.config.oversettelser oppdater   add new texts to the .po files, drop unused ones, compile
    python -m bosett.config.oversettelser fyll FIL   the same, and fill in translations from a table: one text a line,
                                                     «bokmål|nynorsk|english»; plurals as «én ~ flere» in each column, a context
                                                     first as «sammenheng::bokmål|…». Texts already translated are replaced.
"""

import ast
import fcntl
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PAKKE = Path(__file__).resolve().parents[1]
MAPPE = PAKKE / "locale"
SPRAAK = ("nn", "en")
_FAST_TID = datetime(2026, 11, 22, tzinfo=UTC)
"""In the head of every file, so that an update without new texts changes nothing."""

# name in django.utils.translation → (index of context, index of text, index of plural); None where it has none
_FAMILIE: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_NAVN = {f"{navn}{hale}": navn for navn in _FAMILIE for hale in ("", "_lazy", "_noop")}
# constructor → (index, keyword) of the arguments that are texts for the screen
_DATA: dict[str, tuple[tuple[int | None, str], ...]] = {
    "Handling": ((1, "tekst"),),
    "Overgang": ((1, "tekst"), (None, "vakt")),
    "lesning": ((1, "tekst"),),
    "Lesning": ((1, "tekst"),),
    "Tilstand": ((1, "navn"),),
    "Advarsel": ((1, "tekst"),),
    "Rolle": ((1, "navn"), (3, "beskrivelse")),
    "Regel": ((2, "tekst"),),
    "Passertekst": ((None, "passer"), (None, "passer_ikke"), (None, "vet_ikke")),
    "Maal": ((2, "navn"), (3, "forklaring")),
    **dict.fromkeys(
        ("Ugyldig", "Avvist", "FinnesIkke", "Konflikt", "Mangler"),
        ((None, "hva"), (None, "regel"), (None, "gjor")),
    ),
}
_IKKE_SKJERM = ("cli", "config", "demo", "grunn", "kilder")
"""Rooms whose refusals meet the operator, not the user of a screen."""
_VERKSTED = ("web/felles/eksempler.py", "web/templates/felles/komponenter.html", "web/templates/500.html")


@dataclass(frozen=True, order=True)
class Tekst:
    id: str
    flertall: str = ""
    sammenheng: str = ""


def hent_ut(pakke: Path = PAKKE) -> dict[Tekst, str]:
    """Every text for the screen, with the file where it was seen first."""
    return _samle(_finn(pakke))


@cache
def _finn(pakke: Path) -> dict[Tekst, str]:
    """Read once per run: the sources stand still, and to parse them all takes seconds."""
    funn: dict[Tekst, str] = {}
    for fil in sorted(pakke.rglob("*.py")):
        sti = fil.relative_to(pakke).as_posix()
        if "/migrations/" not in sti and sti not in _VERKSTED:
            for tekst in _fra_python(fil.read_text("utf-8"), sti):
                funn.setdefault(tekst, sti)
    for fil in sorted(pakke.glob("web/templates/**/*.html")):
        sti = fil.relative_to(pakke).as_posix()
        if sti not in _VERKSTED:
            for tekst in _fra_mal(fil.read_text("utf-8"), sti):
                funn.setdefault(tekst, sti)
    return funn


def _samle(funn: dict[Tekst, str]) -> dict[Tekst, str]:
    """A catalogue has one entry per text and context; the plural form covers the single use."""
    beste: dict[tuple[str, str], Tekst] = {}
    for tekst in funn:
        annen = beste.setdefault((tekst.id, tekst.sammenheng), tekst)
        if tekst.flertall and not annen.flertall:
            beste[tekst.id, tekst.sammenheng] = tekst
    return {tekst: funn[tekst] for tekst in beste.values()}


def kollisjoner(pakke: Path = PAKKE) -> list[tuple[str, Tekst]]:
    """Texts whose singular stands with two plurals: a catalogue holds only one. Part them with a context (`npgettext`)."""
    forste: dict[tuple[str, str], str] = {}
    return [
        (sti, tekst)
        for tekst, sti in _finn(pakke).items()
        if tekst.flertall
        and forste.setdefault((tekst.id, tekst.sammenheng), tekst.flertall) != tekst.flertall
    ]


def _fra_mal(kilde: str, sti: str) -> Iterator[Tekst]:
    nokkelord: Any = {
        "_": None,
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }
    for _linje, melding, _merknad, sammenheng in extract(
        "python", io.BytesIO(templatize(kilde, origin=sti).encode()), keywords=nokkelord
    ):
        deler = (melding,) if isinstance(melding, str) else tuple(del_ for del_ in melding if del_)
        if deler and deler[0]:
            yield Tekst(deler[0], deler[1] if len(deler) > 1 else "", sammenheng or "")


def _fra_python(kilde: str, sti: str) -> Iterator[Tekst]:
    tre = ast.parse(kilde)
    lokale = {
        alias.asname or alias.name: _NAVN[alias.name]
        for node in ast.walk(tre)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in _NAVN
    }
    skjerm = sti.split("/", 1)[0] not in _IKKE_SKJERM
    for node in ast.walk(tre):
        if isinstance(node, ast.Call):
            navn = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if navn == "partial" and node.args:  # a refusal prepared in one place and raised in several
                navn = getattr(node.args[0], "id", "")
            if navn in lokale:
                yield from _kall(node, *_FAMILIE[lokale[navn]])
            elif navn in _DATA and skjerm:
                yield from _data(node, _DATA[navn])
        elif isinstance(node, ast.ClassDef) and any(
            "TextChoices" in ast.unparse(base) for base in node.bases
        ):
            for setning in node.body:
                if isinstance(setning, ast.Assign) and isinstance(setning.value, ast.Tuple):
                    yield from _konstant(setning.value.elts[-1])


def _kall(node: ast.Call, sammenheng: int | None, tekst: int, flertall: int | None) -> Iterator[Tekst]:
    def les(nr: int | None) -> str:
        arg = node.args[nr] if nr is not None and nr < len(node.args) else None
        return arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else ""

    if les(tekst):
        yield Tekst(les(tekst), les(flertall), les(sammenheng))


def _data(node: ast.Call, plasser: tuple[tuple[int | None, str], ...]) -> Iterator[Tekst]:
    for nr, navn in plasser:
        if nr is not None and nr < len(node.args):
            yield from _konstant(node.args[nr])
        for nokkelord in node.keywords:
            if nokkelord.arg == navn:
                yield from _konstant(nokkelord.value)


def _konstant(node: ast.expr) -> Iterator[Tekst]:
    if isinstance(node, ast.IfExp):  # one of two
        yield from _konstant(node.body)
        yield from _konstant(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip():
        yield Tekst(node.value)


def _fil(spraak: str, ending: str) -> Path:
    return MAPPE / spraak / "LC_MESSAGES" / f"django.{ending}"


def les(spraak: str) -> Catalog:
    fil = _fil(spraak, "po")
    if not fil.exists():
        return _tom(spraak)
    with fil.open("rb") as strom:
        return read_po(strom, locale=spraak)


def _tom(spraak: str) -> Catalog:
    return Catalog(
        locale=spraak, project="Bosett", version="1", copyright_holder="Bosett", fuzzy=False, last_translator="Bosett", language_team="Bosett", msgid_bugs_address="bosett.invalid",
        creation_date=_FAST_TID, revision_date=_FAST_TID, header_comment=f"# Bosett, {spraak}. Bokmål is the source.",
    )  # fmt: skip


def _id(tekst: Tekst) -> str | tuple[str, str]:
    return (tekst.id, tekst.flertall) if tekst.flertall else tekst.id


def oppdater(funn: dict[Tekst, str] | None = None) -> dict[str, tuple[int, int]]:
    """Bring the .po files in step with the code: new texts come in untranslated, unused ones go, translations stay.

    Returns (new, gone) per language.
    """
    funn = hent_ut() if funn is None else funn
    endret = {}
    for spraak in SPRAAK:
        gammel, ny, nye = les(spraak), _tom(spraak), 0
        for tekst, sti in sorted(funn.items()):
            melding = gammel.get(tekst.id, tekst.sammenheng or None)
            oversatt: Any = melding.string if melding is not None else ""
            if tekst.flertall and not isinstance(oversatt, tuple | list):
                oversatt = (oversatt, "")
            elif not tekst.flertall and isinstance(oversatt, tuple | list):
                oversatt = oversatt[0]
            nye += melding is None
            ny.add(_id(tekst), oversatt, locations=[(sti, 0)], context=tekst.sammenheng or None)
        _skriv(spraak, ny)
        endret[spraak] = (nye, sum(1 for melding in gammel if melding.id and not _brukt(melding, funn)))
    return endret


def fyll(tabell: str) -> list[str]:
    """Take translations from a table (see the head of this file). Returns the lines that match no text of the code."""
    ukjente = []
    kataloger = {spraak: les(spraak) for spraak in SPRAAK}
    for linje in filter(None, map(str.strip, tabell.splitlines())):
        kilde, *oversatt = linje.split("|")
        sammenheng, _, bokmaal = kilde.rpartition("::")
        for spraak, tekst in zip(SPRAAK, oversatt, strict=True):
            former = tuple(tekst.split(" ~ "))
            melding = kataloger[spraak].get(bokmaal.split(" ~ ")[0], sammenheng or None)
            if melding is None or isinstance(melding.id, tuple | list) != (len(former) > 1):
                ukjente.append(linje)
            else:
                melding.string = former if len(former) > 1 else tekst
    for spraak, katalog in kataloger.items():
        _skriv(spraak, katalog)
    return sorted(set(ukjente))


@contextmanager
def _laas() -> Iterator[None]:
    """Several people update the same files."""
    MAPPE.mkdir(exist_ok=True)
    mappe = os.open(MAPPE, os.O_RDONLY)
    try:
        fcntl.flock(mappe, fcntl.LOCK_EX)
        yield
    finally:
        os.close(mappe)


def _skriv(spraak: str, katalog: Catalog) -> None:
    fil = _fil(spraak, "po")
    fil.parent.mkdir(parents=True, exist_ok=True)
    ut = io.BytesIO()
    write_po(ut, katalog, width=0, include_lineno=False, ignore_obsolete=True)
    if not fil.exists() or fil.read_bytes() != ut.getvalue():
        fil.write_bytes(ut.getvalue())


def _brukt(melding: Any, funn: dict[Tekst, str]) -> bool:
    en, fler = melding.id if isinstance(melding.id, tuple | list) else (melding.id, "")
    return Tekst(en, fler, melding.context or "") in funn


def kompiler(*, tving: bool = False) -> list[Path]:
    """.po → .mo where the .po is newer. Returns the files written. Call before Django first translates something."""
    skrevet = []
    for spraak in SPRAAK:
        po, mo = _fil(spraak, "po"), _fil(spraak, "mo")
        if not po.exists() or (not tving and mo.exists() and mo.stat().st_mtime_ns >= po.stat().st_mtime_ns):
            continue
        ut = io.BytesIO()
        write_mo(ut, les(spraak))
        halv = mo.with_name(f".{mo.name}.ny")  # readers see the old file or the whole new one
        halv.write_bytes(ut.getvalue())
        halv.replace(mo)
        skrevet.append(mo)
    return skrevet


def mangler(funn: dict[Tekst, str] | None = None) -> dict[str, list[tuple[str, Tekst]]]:
    """Per language, the texts without a whole translation: (file, text)."""
    funn = hent_ut() if funn is None else funn
    resultat = {}
    for spraak in SPRAAK:
        katalog = les(spraak)
        resultat[spraak] = [
            (sti, tekst)
            for tekst, sti in sorted(funn.items(), key=lambda par: par[1])
            if not _hel(katalog, tekst)
        ]
    return resultat


def _hel(katalog: Catalog, tekst: Tekst) -> bool:
    melding = katalog.get(tekst.id, tekst.sammenheng or None)
    if melding is None:
        return False
    deler = melding.string if isinstance(melding.string, tuple | list) else (melding.string,)
    return all(deler) and (not tekst.flertall or len(deler) > 1)


def main(argumenter: list[str]) -> int:
    if argumenter == ["kompiler"]:
        kompiler()
        return 0
    funn = hent_ut()
    if argumenter == ["mangler"]:
        argumenter = []
    if argumenter[:1] in (["oppdater"], ["fyll"]) and len(argumenter) == (
        2 if argumenter[0] == "fyll" else 1
    ):
        with _laas():
            for spraak, (nye, borte) in oppdater(funn).items():
                print(f"{spraak}: {nye} nye, {borte} tatt bort")
            if argumenter[0] == "fyll":
                for linje in fyll(Path(argumenter[1]).read_text("utf-8")):
                    print(f"finnes ikke i koden: {linje}")
            kompiler()
    elif argumenter:
        print(__doc__)
        return 2
    for sti, tekst in kollisjoner():
        print(f"{sti}: {tekst.id!r} har to flertallsformer; skill dem med npgettext")
    hull = mangler(funn)
    for spraak, liste in hull.items():
        print(f"{spraak}: {len(liste)} av {len(funn)} mangler")
        for sti, tekst in liste:
            print(f"  {sti}: {tekst.id!r}" + (f" ({tekst.sammenheng})" if tekst.sammenheng else ""))
    return 1 if any(hull.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

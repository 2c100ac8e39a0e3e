"""Word and OpenDocument files unpacked: every part is whole, nothing runs, and nothing is fetched from elsewhere."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from xml.parsers import expat

from bosett.dokument.rules import zipfil
from bosett.dokument.rules.filavslag import avslag

Element = Callable[[str, dict[str, str]], None]
Tekst = Callable[[str], None]
_XML = (".xml", ".rels", ".rdf")
_DDE = re.compile(r"(?i)\bDDE(AUTO)?\b")
_DOKUMENT = ".wordprocessingml.document.main+xml"
# A document made from a template on the writer's own disk says so; a template on a server is fetched.
_EGEN_DISK = re.compile(r"(?i)^(file:///)?[a-z]:[\\/]|^[^:/\\]+\.dot[mx]?$|^[^:/\\]+\.ott$")
_STED = re.compile(r"(?i)^([a-z][a-z0-9+.-]*:|//|\\\\|\.\.?[/\\]|/)")


def kontroller_docx(innhold: bytes) -> None:
    """Raises `Ugyldig` for macros, embedded objects, a template or content from elsewhere, and a broken file."""
    with zipfil.apne(innhold) as fil:
        for navn in (ett.filename.casefold() for ett in fil.infolist()):
            if "vbaproject" in navn or "vbadata" in navn or "activex/" in navn or "attachedtoolbars" in navn:
                raise avslag("makro")
            # the numbers behind a chart are an ordinary workbook
            if "/embeddings/" in f"/{navn}" and not navn.endswith((".xlsx", "/")):
                raise avslag("innebygd")
        hoveddel: list[str] = []

        def type_(element: str, felt: dict[str, str]) -> None:
            slag = felt.get("ContentType", "").casefold()
            if "macroenabled" in slag or "vbaproject" in slag:
                raise avslag("makro")
            if element == "Override" and slag.endswith(_DOKUMENT):
                hoveddel.append(felt.get("PartName", "").lstrip("/"))

        for oppforing in fil.infolist():
            data = zipfil.les(fil, oppforing)
            if oppforing.filename == "[Content_Types].xml":
                _les_xml(data, type_)
            elif oppforing.filename.endswith(".rels"):
                _les_xml(data, _forbindelse)
            elif _er_xml(oppforing):
                _les_word_del(data)
        if len(hoveddel) != 1 or hoveddel[0] not in fil.namelist():
            raise avslag("odelagt")


def _forbindelse(element: str, felt: dict[str, str]) -> None:
    slag = felt.get("Type", "").rpartition("/")[2].casefold()
    if slag in ("vbaproject", "control", "attachedtoolbars"):
        raise avslag("makro")
    if slag in ("afchunk", "oleobject"):
        raise avslag("innebygd")
    if felt.get("TargetMode", "").casefold() != "external" or slag == "hyperlink":
        return
    if slag != "attachedtemplate" or not _EGEN_DISK.search(felt.get("Target", "").replace("%20", " ")):
        raise avslag("ekstern")


def _les_word_del(data: bytes) -> None:
    """A field may fetch from another program; its code may be spread over many runs."""
    kode: list[str] = []
    i_felt = False

    def start(element: str, felt: dict[str, str]) -> None:
        nonlocal i_felt
        i_felt = element == "instrText"
        if element == "fldChar":
            kode.append("\n")
        elif element == "fldSimple":
            kode.append("\n" + next((v for n, v in felt.items() if n.endswith("}instr")), "") + "\n")

    def tekst(del_: str) -> None:
        if i_felt:
            kode.append(del_)

    _les_xml(data, start, tekst)
    if _DDE.search("".join(kode)):
        raise avslag("ekstern")


def kontroller_odt(innhold: bytes) -> None:
    """Raises `Ugyldig` for macros, embedded objects, a template or content from elsewhere, a password, and a broken file."""
    with zipfil.apne(innhold) as fil:
        navn = fil.namelist()
        if any(n.startswith(("Basic/", "Scripts/", "Dialogs/")) for n in navn):
            raise avslag("makro")
        if "META-INF/manifest.xml" not in navn or "content.xml" not in navn:
            raise avslag("odelagt")
        # the manifest first: in a locked file the other parts are not XML
        deler = sorted(fil.infolist(), key=lambda ett: ett.filename != "META-INF/manifest.xml")
        for oppforing in deler:
            data = zipfil.les(fil, oppforing)
            if _er_xml(oppforing):
                _les_xml(data, _odf_element)


_ODF_MAKRO = {"script", "libraries", "library-embedded", "library-linked"}
_ODF_HENTER = {"dde-source", "dde-connection-decl", "floating-frame"}
_ODF_INNEBYGD = {"object-ole", "applet", "plugin"}


def _odf_element(element: str, felt: dict[str, str]) -> None:
    if element == "encryption-data":
        raise avslag("passord")
    makro = any(
        "vnd.sun.star.script:" in v or v.startswith("macro:") or n.endswith("}macro-name")
        for n, v in felt.items()
    )
    if makro or element in _ODF_MAKRO:
        raise avslag("makro")
    if element in _ODF_INNEBYGD:
        raise avslag("innebygd")
    sted = next((verdi for navn, verdi in felt.items() if navn.endswith("}href")), "")
    henter = bool(_STED.search(sted)) and not sted.startswith("./")
    if element == "template":
        henter = henter and not _EGEN_DISK.search(sted)
    if element in _ODF_HENTER or (henter and element != "a"):
        raise avslag("ekstern")


def _er_xml(oppforing: zipfile.ZipInfo) -> bool:
    return PurePosixPath(oppforing.filename.casefold()).suffix in _XML and oppforing.file_size > 0


def _les_xml(data: bytes, start: Element, tekst: Tekst | None = None) -> None:
    """Walk one part. `start` gets each element without its namespace, and attributes as «namespace}name».

    Raises `Ugyldig` when it is not XML, or declares entities of its own (which can grow without end, or read files).
    """

    def entitet(*_alt: object) -> None:
        raise avslag("odelagt")

    leser = expat.ParserCreate(namespace_separator="}")
    leser.EntityDeclHandler = entitet
    leser.StartElementHandler = lambda navn, felt: start(navn.rpartition("}")[2], felt)
    if tekst is not None:
        leser.CharacterDataHandler = tekst
    try:
        leser.Parse(data, True)
    except (expat.ExpatError, ValueError) as feil:
        raise avslag("odelagt") from feil

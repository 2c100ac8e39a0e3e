"""A paper as a Word file (DOCX) that the municipality writes on in: real headings, marked header rows, the language set."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Dokument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from bosett.dokument.brev import Avsnitt, Del, Lenke, Punktliste, Uthevet
from bosett.dokument.papir import Papir, Papirblokk, Tabell, Utfylling

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FARGE, _DEMPET = RGBColor(0x0B, 0x4A, 0x6F), RGBColor(0x55, 0x61, 0x6E)
_STORRELSER = {"Normal": 11, "Heading 1": 20, "Heading 2": 14, "Heading 3": 11}


def skriv(papir: Papir) -> bytes:
    """The paper as a file Word and LibreOffice open. It names the organisation as its author and no person."""
    dok = Document()
    _stiler(dok, f"{papir.maalform.value}-NO")
    _egenskaper(dok, papir)
    dok.add_paragraph(papir.overtittel).runs[0].font.color.rgb = _DEMPET
    dok.add_heading(papir.tittel, level=1)
    for navn, verdi in papir.opplysninger:
        avsnitt = dok.add_paragraph()
        avsnitt.add_run(f"{navn}: ").bold = True
        avsnitt.add_run(verdi)
        avsnitt.paragraph_format.space_after = Pt(2)
    for kapittel in papir.kapitler:
        dok.add_heading(kapittel.overskrift, level=2)
        for blokk in kapittel.blokker:
            _blokk(dok, blokk)
    if papir.kildelinje:
        dok.add_paragraph().add_run(papir.kildelinje).font.size = Pt(9)
    ut = BytesIO()
    dok.save(ut)
    return ut.getvalue()


def _stiler(dok: Dokument, spraak: str) -> None:
    seksjon = dok.sections[0]
    seksjon.page_width, seksjon.page_height = Cm(21), Cm(29.7)
    seksjon.left_margin = seksjon.right_margin = Cm(2.5)
    for navn, storrelse in _STORRELSER.items():
        stil: Any = dok.styles[navn]
        stil.font.name, stil.font.size = "Calibri", Pt(storrelse)
        egenskaper = stil.element.get_or_add_rPr()
        _skrift(egenskaper)
        if navn == "Normal":
            _spraak(egenskaper, spraak)
        else:
            stil.font.color.rgb = _FARGE
    standard = dok.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if standard is not None:
        _spraak(standard, spraak)


def _skrift(egenskaper: Any) -> None:
    """The template's headings name a theme font, which would win over the name set here."""
    skrift = egenskaper.find(qn("w:rFonts"))
    for navn in [n for n in skrift.attrib if n.endswith("Theme")]:
        del skrift.attrib[navn]


def _spraak(egenskaper: Any, kode: str) -> None:
    for gammelt in egenskaper.findall(qn("w:lang")):
        egenskaper.remove(gammelt)
    spraak = OxmlElement("w:lang")
    spraak.set(qn("w:val"), kode)
    egenskaper.append(spraak)


def _egenskaper(dok: Dokument, papir: Papir) -> None:
    om = dok.core_properties
    om.title, om.subject, om.language = papir.tittel, papir.overtittel, f"{papir.maalform.value}-NO"
    om.author = om.last_modified_by = papir.avsender
    om.comments = om.keywords = ""
    om.created = om.modified = datetime(papir.dato.year, papir.dato.month, papir.dato.day, tzinfo=UTC)


def _blokk(dok: Dokument, blokk: Papirblokk) -> None:
    if isinstance(blokk, Avsnitt):
        _deler(dok.add_paragraph(), blokk.deler)
    elif isinstance(blokk, Punktliste):
        for punkt in blokk.punkter:
            _deler(dok.add_paragraph(style="List Bullet"), punkt.deler)
    elif isinstance(blokk, Tabell):
        _tabell(dok, blokk)
    elif isinstance(blokk, Utfylling):
        dok.add_heading(blokk.overskrift, level=3)
        dok.add_paragraph().add_run(f"[{blokk.ledetekst}]").font.color.rgb = _DEMPET
    else:
        dok.add_heading(blokk.overskrift, level=3)
        forslaget = dok.add_paragraph()
        forslaget.paragraph_format.left_indent = Cm(0.7)
        forslaget.add_run(blokk.tekst).bold = True
        if blokk.merknad:
            dok.add_paragraph().add_run(blokk.merknad).font.color.rgb = _DEMPET


def _deler(avsnitt: Paragraph, deler: tuple[Del, ...]) -> None:
    for del_ in deler:
        if isinstance(del_, Lenke):
            _lenke(avsnitt, del_)
        else:
            avsnitt.add_run(del_.tekst).bold = isinstance(del_, Uthevet) or None


def _lenke(avsnitt: Paragraph, lenke: Lenke) -> None:
    """python-docx has no call for a link: a hyperlink element around a run, and the address among the relations."""
    kobling = OxmlElement("w:hyperlink")
    kobling.set(qn("r:id"), avsnitt.part.relate_to(lenke.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    lop = avsnitt.add_run(lenke.tekst)
    lop.font.color.rgb, lop.font.underline = _FARGE, True
    kobling.append(lop._r)
    avsnitt._p.append(kobling)


def _tabell(dok: Dokument, blokk: Tabell) -> None:
    tittel = dok.add_paragraph()
    tittel.add_run(blokk.tittel).bold = True
    tittel.paragraph_format.keep_with_next = True
    tabell: Any = dok.add_table(rows=0, cols=len(blokk.hode), style="Table Grid")
    for nr, rad in enumerate((blokk.hode, *blokk.rader)):
        celler = tabell.add_row().cells
        for i, tekst in enumerate(rad):
            avsnitt = celler[i].paragraphs[0]
            avsnitt.add_run(tekst).bold = nr == 0 or (blokk.sumrad and nr == len(blokk.rader)) or None
            if i in blokk.tallkolonner:
                avsnitt.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _hoderad(tabell)
    _alternativ_tekst(tabell, blokk.tittel)
    dok.add_paragraph()


def _hoderad(tabell: Any) -> None:
    """The first row is repeated on each page, and screen readers read it as headers."""
    egenskaper = tabell.rows[0]._tr.get_or_add_trPr()
    egenskaper.append(OxmlElement("w:tblHeader"))


def _alternativ_tekst(tabell: Any, tekst: str) -> None:
    beskrivelse = OxmlElement("w:tblCaption")
    beskrivelse.set(qn("w:val"), tekst)
    tabell._tbl.tblPr.append(beskrivelse)

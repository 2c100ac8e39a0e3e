"""Files made for the tests: whole ones of every type we take, and the ugly ones we don't."""

import io
import struct
import zipfile
import zlib

import docx
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NullObject, TextStringObject

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"


def _ut(skriver: PdfWriter) -> bytes:
    strom = io.BytesIO()
    skriver.write(strom)
    return strom.getvalue()


def _skriver() -> PdfWriter:
    skriver = PdfWriter()
    skriver.add_blank_page(595, 842)
    return skriver


def pdf(tekst: str = "Vedtak") -> bytes:
    skriver = _skriver()
    skriver.add_metadata({"/Title": tekst})
    return _ut(skriver)


def pdf_med_passord(passord: str = "hemmelig") -> bytes:
    skriver = _skriver()
    skriver.encrypt(passord, owner_password="eier", algorithm="RC4-128")
    return _ut(skriver)


def pdf_med_skript() -> bytes:
    skriver = _skriver()
    skript = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    )
    skriver.root_object[NameObject("/OpenAction")] = skriver._add_object(skript)
    return _ut(skriver)


def pdf_med_handling(slag: str, *, skjult: bool = False) -> bytes:
    """An action behind an annotation on the page; `skjult` writes its name with a code for one letter."""
    skriver = _skriver()
    handling = DictionaryObject(
        {NameObject("/S"): NameObject(slag), NameObject("/F"): TextStringObject("cmd.exe")}
    )
    merknad = DictionaryObject(
        {NameObject("/Subtype"): NameObject("/Link"), NameObject("/A"): skriver._add_object(handling)}
    )
    skriver.pages[0][NameObject("/Annots")] = ArrayObject([skriver._add_object(merknad)])
    data = _ut(skriver)
    if skjult:
        skrevet = slag.encode().replace(b"u", b"#75", 1)
        data = data.replace(slag.encode(), skrevet)
    return data


def pdf_med_fil() -> bytes:
    skriver = _skriver()
    skriver.add_attachment("regneark.xlsx", b"innhold")
    return _ut(skriver)


def pdf_med_lenke() -> bytes:
    """An ordinary web address in the text is no action of the file's own."""
    return pdf_med_handling("/URI")


def pdf_med_xfa() -> bytes:
    skriver = _skriver()
    skjema = DictionaryObject(
        {NameObject("/XFA"): TextStringObject("<xdp/>"), NameObject("/Fields"): ArrayObject()}
    )
    skriver.root_object[NameObject("/AcroForm")] = skjema
    return _ut(skriver)


def pdf_uten_sider() -> bytes:
    return _ut(PdfWriter())


def pdf_der_siden_mangler() -> bytes:
    """The page's content is said to be somewhere, and is not there."""
    skriver = _skriver()
    skriver.pages[0][NameObject("/Contents")] = skriver._add_object(NullObject())
    return _ut(skriver)


def pdf_med_objektstrom() -> bytes:
    """A script inside a compressed object stream: not to be found by looking at the bytes."""
    leser = PdfReader(io.BytesIO(pdf_med_skript()))
    deler, plasser = [], []
    n = len(leser.xref[0])
    for nr in sorted(leser.xref[0]):
        strom = io.BytesIO()
        leser.get_object(nr).write_to_stream(strom)
        plasser.append((nr, sum(len(d) + 1 for d in deler)))
        deler.append(strom.getvalue())
    rot = leser.trailer.raw_get("/Root").idnum
    hode = " ".join(f"{nr} {plass}" for nr, plass in plasser).encode() + b"\n"
    pakket = zlib.compress(hode + b"\n".join(deler))
    ut = io.BytesIO()
    ut.write(b"%PDF-1.5\n")
    strom_nr, xref_nr = n + 1, n + 2
    strom_sted = ut.tell()
    ut.write(
        b"%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n"
        % (strom_nr, len(plasser), len(hode), len(pakket), pakket)
    )
    xref_sted = ut.tell()
    rader = {0: (0, 0, 65535), strom_nr: (1, strom_sted, 0), xref_nr: (1, xref_sted, 0)}
    rader |= {nr: (2, strom_nr, i) for i, (nr, _) in enumerate(plasser)}
    data = b"".join(struct.pack(">BIH", *rader.get(nr, (0, 0, 0))) for nr in range(xref_nr + 1))
    ut.write(
        b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Length %d>>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
        % (xref_nr, xref_nr + 1, rot, len(data), data, xref_sted)
    )
    return ut.getvalue()


def word(tekst: str = "Vedtak") -> bytes:
    dokument = docx.Document()
    dokument.add_paragraph(tekst)
    strom = io.BytesIO()
    dokument.save(strom)
    return strom.getvalue()


def pakk(deler: dict[str, bytes], *, lagret: tuple[str, ...] = ("mimetype",)) -> bytes:
    strom = io.BytesIO()
    with zipfile.ZipFile(strom, "w", zipfile.ZIP_DEFLATED) as fil:
        for navn, data in deler.items():
            fil.writestr(navn, data, zipfile.ZIP_STORED if navn in lagret else zipfile.ZIP_DEFLATED)
    return strom.getvalue()


def deler(innhold: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(innhold)) as fil:
        return {navn: fil.read(navn) for navn in fil.namelist()}


def word_med(nye: dict[str, bytes] | None = None, bytt: tuple[str, str, str] | None = None) -> bytes:
    """A Word file with parts added, and one text replaced in one part (part, from, to)."""
    alle = deler(word()) | (nye or {})
    if bytt:
        assert bytt[1].encode() in alle[bytt[0]]
        alle[bytt[0]] = alle[bytt[0]].replace(bytt[1].encode(), bytt[2].encode())
    return pakk(alle)


def word_med_forbindelse(slag: str, sted: str, modus: str = "External", fra: str = "document") -> bytes:
    rel = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId900" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{slag}" '
        f'Target="{sted}" TargetMode="{modus}"/></Relationships>'
    )
    return word_med({f"word/_rels/{fra}.xml.rels": rel.encode()})


def word_med_felt(*biter: str) -> bytes:
    """A field whose code is spread over several runs."""
    felt = "".join(f"<w:r><w:instrText>{bit}</w:instrText></w:r>" for bit in biter)
    return word_med(
        bytt=("word/document.xml", "</w:p>", f'<w:r><w:fldChar w:fldCharType="begin"/></w:r>{felt}</w:p>')
    )


_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
)


def odt(
    innhold: str = "<text:p>Vedtak</text:p>",
    *,
    nye: dict[str, bytes] | None = None,
    manifest: str = "",
    type_: str = ODT,
) -> bytes:
    return pakk(
        {
            "mimetype": type_.encode(),
            "content.xml": f"<office:document-content {_ODF}><office:scripts/><office:body><office:text>{innhold}</office:text></office:body></office:document-content>".encode(),
            "META-INF/manifest.xml": f"<manifest:manifest {_ODF}>{manifest}</manifest:manifest>".encode(),
        }
        | (nye or {})
    )


def odt_mal(sted: str) -> bytes:
    meta = f'<office:document-meta {_ODF}><office:meta><meta:template xlink:href="{sted}"/></office:meta></office:document-meta>'
    return odt(nye={"meta.xml": meta.encode()})


def _del(slag: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + slag + data + struct.pack(">I", zlib.crc32(slag + data))


def png(bredde: int = 2, hoyde: int = 2) -> bytes:
    piksler = zlib.compress(b"\0" * (1 + 2 * 3) * 2)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _del(b"IHDR", struct.pack(">IIBBBBB", bredde, hoyde, 8, 2, 0, 0, 0))
        + _del(b"IDAT", piksler)
        + _del(b"IEND", b"")
    )


def jpeg(bredde: int = 2, hoyde: int = 2) -> bytes:
    def segment(merke: int, data: bytes) -> bytes:
        return bytes([0xFF, merke]) + struct.pack(">H", len(data) + 2) + data

    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
        + segment(0xC0, struct.pack(">BHHB", 8, hoyde, bredde, 1) + b"\1\x11\0")
        + segment(0xDA, b"\1\1\0\0\x3f\0")
        + b"\x12\x34\xff\x00\x56\xff\xd0\x78"
        + b"\xff\xd9"
    )


def bombe() -> bytes:
    """105 MB of zeros in 100 kB, as a Word file."""
    return pakk(deler(word()) | {"word/media/bilde.emf": bytes(105 * 1024 * 1024)})


def loegn(innhold: bytes) -> bytes:
    """A Word file whose list says that its document is smaller than it is."""
    data = bytearray(innhold)
    sted = data.find(b"word/document.xml", data.find(b"PK\x01\x02")) - 46
    storrelse = struct.unpack_from("<I", data, sted + 24)[0]
    struct.pack_into("<I", data, sted + 24, storrelse - 10)
    return bytes(data)

"""What may come in, decided by content: every type whole, and every ugly one refused with its own reason."""

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.dokument.rules.filavslag import AVSLAG, MAKS_BYTES, grunn_for
from bosett.dokument.rules.filkontroll import kontroller
from bosett.dokument.rules.filtype import MAKS_NAVN, PDF, PNG, finn_type, rens_navn
from bosett.grunn.feil import Ugyldig

from . import filer

HELE = {
    "pdf": (filer.pdf(), "application/pdf"),
    "pdf med lenke": (filer.pdf_med_lenke(), "application/pdf"),
    "docx": (filer.word(), filer.DOCX),
    "docx med lenke": (filer.word_med_forbindelse("hyperlink", "https://kommune.example/"), filer.DOCX),
    "docx fra egen mal": (
        filer.word_med_forbindelse("attachedTemplate", "file:///C:/Maler/Vedtak%20stor.dotm", fra="settings"),
        filer.DOCX,
    ),
    "docx med diagram": (filer.word_med({"word/embeddings/tall1.xlsx": b"PK"}), filer.DOCX),
    "docx med sidetall": (filer.word_med_felt(" PAGE ", r" \* MERGEFORMAT "), filer.DOCX),
    "docx i en annen rekkefølge": (filer.pakk(dict(reversed(filer.deler(filer.word()).items()))), filer.DOCX),
    "odt": (filer.odt(), filer.ODT),
    "odt med lenke": (filer.odt('<text:p><text:a xlink:href="https://kommune.example/">her</text:a></text:p>'), filer.ODT),
    "odt fra egen mal": (filer.odt_mal("file:///C:/Maler/Vedtak.ott"), filer.ODT),
    "png": (filer.png(), "image/png"),
    "jpeg": (filer.jpeg(), "image/jpeg"),
    "jpeg med forhåndsbilde etter": (filer.jpeg() + b"\0\0" + filer.jpeg(), "image/jpeg"),
}  # fmt: skip
STYGGE = {
    "tom": (b"", "tom"),
    "for stor": (lambda: b"%PDF-1.7" + bytes(MAKS_BYTES), "for_stor"),
    "tekst": (b"Vi vedtar 15 flyktninger.", "type"),
    "html": (b"<html><script>alert(1)</script></html>", "type"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "type"),
    "program": (b"MZ" + bytes(200), "type"),
    "gif": (b"GIF89a" + bytes(50), "type"),
    "gammel word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), "type"),
    "word med passord": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "passord"),
    "vanlig zip": (filer.pakk({"a.txt": b"a"}), "type"),
    "excel": (filer.pakk({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<a/>"}), "type"),
    "odf-regneark": (filer.odt(type_="application/vnd.oasis.opendocument.spreadsheet"), "type"),
    "odf-mal": (filer.odt(type_=filer.ODT + "-template"), "type"),
    # PDF
    "pdf med passord": (filer.pdf_med_passord(), "passord"),
    "pdf med bare eierpassord": (filer.pdf_med_passord(""), "passord"),
    "pdf med skript": (filer.pdf_med_skript(), "aktivt"),
    "pdf med skript i objektstrøm": (filer.pdf_med_objektstrom(), "aktivt"),
    "pdf som starter et program": (filer.pdf_med_handling("/Launch"), "aktivt"),
    "pdf som starter et program, skjult": (filer.pdf_med_handling("/Launch", skjult=True), "aktivt"),
    "pdf som sender skjema": (filer.pdf_med_handling("/SubmitForm"), "aktivt"),
    "pdf med xfa": (filer.pdf_med_xfa(), "aktivt"),
    "pdf med fil": (filer.pdf_med_fil(), "innebygd"),
    "pdf uten sider": (filer.pdf_uten_sider(), "odelagt"),
    "pdf der siden mangler": (filer.pdf_der_siden_mangler(), "odelagt"),
    "avkuttet pdf": (filer.pdf()[:-200], "odelagt"),
    "avkuttet pdf med ny slutt": (filer.pdf()[:60] + b"\nstartxref\n0\n%%EOF\n", "odelagt"),
    "noe foran pdf-en": (b"\n\n" + filer.pdf(), "type"),
    "pdf og zip": (filer.pdf() + filer.pakk({"a.exe": b"MZ"}), "tvetydig"),
    "pdf og zip med slutt": (filer.pdf()[:-7] + filer.pakk({"a.exe": b"MZ"})[:-2] + struct.pack("<H", 7) + b"\n%%EOF\n", "tvetydig"),
    # Word
    "docx med makro": (filer.word_med({"word/vbaProject.bin": b"x"}), "makro"),
    "docm som docx": (filer.word_med(bytt=("[Content_Types].xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml")), "makro"),
    "docx med makro under annet navn": (filer.word_med_forbindelse("vbaProject", "media/a.bin", "Internal"), "makro"),
    "docx med activex": (filer.word_med({"word/activeX/activeX1.xml": b"<a/>"}), "makro"),
    "docx med innebygd program": (filer.word_med({"word/embeddings/oleObject1.bin": b"x"}), "innebygd"),
    "docx med html inni": (filer.word_med_forbindelse("aFChunk", "del.html", "Internal"), "innebygd"),
    "docx med mal på nettet": (filer.word_med_forbindelse("attachedTemplate", "https://onde.example/a.dotm", fra="settings"), "ekstern"),
    "docx med mal på en server": (filer.word_med_forbindelse("attachedTemplate", r"file:///\\onde.example\del\a.dotm", fra="settings"), "ekstern"),
    "docx med bilde på nettet": (filer.word_med_forbindelse("image", "https://onde.example/piksel.png"), "ekstern"),
    "docx med ole på nettet": (filer.word_med_forbindelse("oleObject", "https://onde.example/a.html!"), "innebygd"),
    "docx med dde": (filer.word_med_felt(" DDE", "AUTO c:\\\\cmd.exe "), "ekstern"),
    "docx med entiteter": (filer.word_med(bytt=("word/document.xml", "<w:document", '<!DOCTYPE a [<!ENTITY a "b">]><w:document')), "odelagt"),
    "docx uten hoveddel": (filer.word_med(bytt=("[Content_Types].xml", "document.main+xml", "document.annet+xml")), "odelagt"),
    "docx med ødelagt xml": (filer.word_med(bytt=("word/document.xml", "</w:body>", "")), "odelagt"),
    "avkuttet docx": (filer.word()[:-300], "odelagt"),
    "docx som lyver om størrelsen": (filer.loegn(filer.word()), "odelagt"),
    "docx med farlig navn": (filer.word_med({"word/../../ut.xml": b"<a/>"}), "odelagt"),
    "docx med pdf først": (b"PK\x03\x04%PDF-1.7" + filer.word(), "tvetydig"),
    "zip-bombe": (filer.bombe, "bombe"),
    "for mange filer": (filer.pakk({f"word/{i}.xml": b"" for i in range(6000)}), "bombe"),
    # OpenDocument
    "odt med makro": (filer.odt(nye={"Basic/Standard/Module1.xml": b"<a/>"}), "makro"),
    "odt med skript på en hendelse": (filer.odt('<script:event-listener xlink:href="vnd.sun.star.script:a.py$b?language=Python"/>'), "makro"),
    "odt med mal på nettet": (filer.odt_mal("https://onde.example/a.ott"), "ekstern"),
    "odt med bilde på nettet": (filer.odt('<draw:image xlink:href="https://onde.example/p.png"/>'), "ekstern"),
    "odt med bit fra en annen fil": (filer.odt('<text:section-source xlink:href="../hemmelig.odt"/>'), "ekstern"),
    "odt med dde": (filer.odt("<office:dde-source/>"), "ekstern"),
    "odt med ole": (filer.odt('<draw:object-ole xlink:href="./Object 1"/>'), "innebygd"),
    "odt med passord": (filer.odt(manifest="<manifest:encryption-data/>", nye={"content.xml": b"\x01\x02"}), "passord"),
    "odt uten innhold": (filer.pakk({"mimetype": filer.ODT.encode()}), "odelagt"),
    # pictures
    "avkuttet png": (filer.png()[:-5], "odelagt"),
    "endret png": (filer.png().replace(b"\x08\x02\x00\x00\x00", b"\x08\x02\x00\x00\x01", 1), "odelagt"),
    "enormt png": (filer.png(60_000, 60_000), "bombe"),
    "png og zip": (filer.png() + filer.pakk({"a.exe": b"MZ"}), "tvetydig"),
    "avkuttet jpeg": (filer.jpeg()[:-2], "odelagt"),
    "enormt jpeg": (filer.jpeg(60_000, 60_000), "bombe"),
    "jpeg og html": (filer.jpeg() + b"<script>", "tvetydig"),
    "jpeg uten bilde": (b"\xff\xd8\xff\xd9", "odelagt"),
}  # fmt: skip


def stygg(navn):
    innhold, grunn = STYGGE[navn]
    return innhold() if callable(innhold) else innhold, grunn  # the big ones are made when they are needed


@pytest.mark.parametrize("navn", HELE)
def test_whole_files_are_taken_with_the_type_of_their_content(navn):
    innhold, medietype = HELE[navn]
    assert finn_type(innhold).medietype == medietype
    kontroller(innhold, medietype)


@pytest.mark.parametrize("navn", STYGGE)
def test_ugly_files_are_refused_with_their_own_reason(navn):
    innhold, grunn = stygg(navn)
    with pytest.raises(Ugyldig) as feil:
        kontroller(innhold, finn_type(innhold).medietype)
    assert grunn_for(feil.value) == grunn
    assert feil.value.regel and feil.value.gjor


@pytest.mark.parametrize(
    "navn", ["pdf med passord", "word med passord", "avkuttet pdf", "avkuttet docx", "vanlig zip", "zip-bombe", "png og zip"]
)  # fmt: skip
def test_what_a_person_can_do_something_about_is_told_at_once(navn):
    with pytest.raises(Ugyldig):
        finn_type(stygg(navn)[0])


def test_every_reason_has_a_text_and_a_code_of_its_own():
    feil = {kode: lag() for kode, lag in AVSLAG.items()}
    assert {grunn_for(ett) for ett in feil.values()} == set(AVSLAG)
    assert len({ett.hva for ett in feil.values()}) == len(AVSLAG)


def test_the_control_does_not_trust_the_type_it_was_told():
    with pytest.raises(Ugyldig) as feil:
        kontroller(filer.png(), "application/pdf")
    assert grunn_for(feil.value) == "tvetydig"


@settings(max_examples=150)
@given(st.sampled_from(sorted(HELE)), st.data())
def test_a_damaged_file_is_taken_or_refused_and_never_anything_else(navn, data):
    innhold, _ = HELE[navn]
    fra = data.draw(st.integers(0, len(innhold) - 1))
    til = data.draw(st.integers(fra, min(len(innhold), fra + 40)))
    skadet = innhold[:fra] + data.draw(st.binary(max_size=40)) + innhold[til:]
    try:
        kontroller(skadet, finn_type(skadet).medietype)
    except Ugyldig as feil:
        assert grunn_for(feil) in AVSLAG


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"]),
)
def test_noise_is_refused(stoy, start):
    with pytest.raises(Ugyldig):
        kontroller(start + stoy, finn_type(start + stoy).medietype)


@pytest.mark.parametrize(
    ("gitt", "filtype", "ventet"),
    [
        ("Vedtak 2027.pdf", PDF, "Vedtak 2027.pdf"),
        ("Vedtak.PDF", PDF, "Vedtak.pdf"),
        ("vedtak.docx", PDF, "vedtak.pdf"),
        ("vedtak.exe", PDF, "vedtak.pdf"),
        ("vedtak", PDF, "vedtak.pdf"),
        ("Sak 12.5", PDF, "Sak 12.5.pdf"),
        (r"C:\Users\demo\vedtak.pdf", PDF, "vedtak.pdf"),
        ("../../etc/passwd", PNG, "passwd.png"),
        ("ved\u202etak\x00\r\n.fdp.pdf", PDF, "vedtak .fdp.pdf"),
        ('a<b>:"c|?*.pdf', PDF, "a-b---c---.pdf"),
        ("con.pdf", PDF, "_con.pdf"),
        ("...", PDF, "fil.pdf"),
        ("", PNG, "fil.png"),
        ("Møte\u00a0i å\u030aret.pdf", PDF, "Møte i å\u030aret.pdf"),
    ],
)  # fmt: skip
def test_the_name_is_cleaned_and_the_content_decides_its_ending(gitt, filtype, ventet):
    assert rens_navn(gitt, filtype) == ventet


@given(st.text(max_size=400))
def test_a_cleaned_name_is_always_safe(navn):
    rent = rens_navn(navn, PDF)
    assert rent.endswith(".pdf") and 5 <= len(rent) <= MAKS_NAVN
    assert not rent.startswith((".", " ")) and not set(rent) & set('/\\<>:"|?*\r\n\0')
    assert rens_navn(rent, PDF) == rent


def test_a_zip_reader_and_we_see_the_same_parts():
    """The file the makers call a lie is one for zipfile too."""
    with zipfile.ZipFile(io.BytesIO(filer.loegn(filer.word()))) as fil, pytest.raises(zipfile.BadZipFile):
        fil.read("word/document.xml")

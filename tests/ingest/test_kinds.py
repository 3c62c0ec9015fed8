"""Kinds of raw files beside plain text and web pages: captions, messages, PDF, DOCX, and what is packed."""

from __future__ import annotations

import gzip
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from extract.ingest import kinds
from extract.ingest.errors import DecodeError
from extract.ingest.files import find_documents
from extract.ingest.kinds import suffix_of, why_unread
from extract.ingest.read import text_of


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("a.TXT", ".txt"),
        ("a/b.c.txt.gz", ".txt"),
        ("a.b/noend", ""),
        (".txt", ""),
        ("x.gz", ""),
        ("talks.pdf.GZ", ".pdf"),
    ],
)
def test_the_suffix_tells_the_kind(name: str, suffix: str) -> None:
    assert suffix_of(name) == suffix


def test_what_needs_a_library_that_is_missing_is_unread_with_the_way_to_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf("Rice."))
    assert [file.doc_id for file in find_documents(tmp_path)[0]] == ["a.pdf"]
    monkeypatch.setattr(kinds, "find_spec", lambda module: None)
    why_unread.cache_clear()
    try:
        found, ignored = find_documents(tmp_path)
    finally:
        why_unread.cache_clear()
    assert found == []
    assert ignored == [("a.pdf", ".pdf files are read with the extra 'pdf': pip install 'trade-extract[pdf]'")]


def pdf(*pages: str) -> bytes:
    """A PDF with a line of text a page."""
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for text in pages:
        page = writer.add_blank_page(400, 400)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        lines = " ".join(f"({line}) Tj 0 -14 Td" for line in text.split("\n") if line)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 300 Td {lines} ET".encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def test_a_pdf_gives_the_text_of_its_pages() -> None:
    text, _, _ = text_of(pdf("The duty on rice is 5 percent.\nIt was 7.", "Nobody spoke."), name="a.pdf")
    assert text == "The duty on rice is 5 percent.\nIt was 7.\n\fNobody spoke."


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.pdf", b"%PDF-1.4\n%broken", "cannot be read as PDF"),
        ("a.pdf", pdf(""), "none of its 1 pages has a text layer"),
        ("a.docx", b"PK\x03\x04 broken", "cannot be read as DOCX"),
        ("a.txt.gz", b"\x1f\x8b broken", "cannot be unpacked as gzip"),
        ("a.txt.gz", gzip.compress(b" \n", mtime=0), "holds no text"),
        ("a.eml", b"Subject: Nothing\n\n", "holds no text"),
    ],
)
def test_what_yields_no_text_is_told(name: str, data: bytes, found: str) -> None:
    with pytest.raises(DecodeError, match=found) as caught:
        text_of(data, name=name)
    assert str(caught.value).startswith(f"{name}: ")


def test_a_packed_file_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.ingest.read.MAX_UNPACKED_BYTES", 100)
    monkeypatch.setattr("extract.ingest.office.MAX_UNPACKED_BYTES", 100)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "x" * 101)
    for name, data in (("a.txt.gz", gzip.compress(b"x" * 101)), ("a.docx", packed.getvalue())):
        with pytest.raises(DecodeError, match="unpacks to"):
            text_of(data, name=name)


def test_a_docx_gives_paragraphs_lists_and_tables_in_their_order() -> None:
    document = docx.Document()
    document.add_heading("Rice talks", 1)
    paragraph = document.add_paragraph("The duty fell to 5 percent")
    paragraph.add_run("3").font.superscript = True
    paragraph.add_run(" in May.")
    for item in ("Rice", "Tea"):
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(2, 2)
    for row, cells in enumerate((("Goods", "Rate"), ("Rice", "5 %"))):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    held = io.BytesIO()
    document.save(held)
    text, _, _ = text_of(held.getvalue(), name="a.docx")
    assert text == ("Rice talks\n\nThe duty fell to 5 percent³ in May.\n\n- Rice\n- Tea\n\nGoods | Rate\nRice | 5 %")


def message(*, html: bool = False) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Ann Lind <lind@example.org>"
    mail["To"] = "Bo Roe <roe@example.org>"
    mail["Date"] = "Tue, 03 May 2011 10:00:00 +0200"
    mail["Subject"] = "Duties on café goods"
    if html:
        mail.set_content("<p>We paid 5&nbsp;euros.</p>", subtype="html")
    else:
        mail.set_content("We paid 5 euros.\nNo more.\n")
        mail.add_alternative("<p>We paid 5 euros. No more.</p>", subtype="html")
    mail.add_attachment(b"\0", maintype="application", subtype="pdf", filename="bill.pdf")
    return mail.as_bytes()


def test_a_message_gives_its_head_and_its_words() -> None:
    text, _, hints = text_of(message(), name="a.eml")
    assert text == (
        "From: Ann Lind <lind@example.org>\nTo: Bo Roe <roe@example.org>\nDate: Tue, 03 May 2011 10:00:00 +0200\n"
        "Subject: Duties on café goods\nAttachments: bill.pdf\n\nWe paid 5 euros.\nNo more."
    )
    assert hints == {"hint_title": "Duties on café goods", "hint_date": "2011-05-03"}


def test_a_message_that_is_a_page_is_read_as_one() -> None:
    assert text_of(message(html=True), name="a.eml")[0].endswith("\n\nWe paid 5\xa0euros.")


def test_captions_and_packed_files_are_texts() -> None:
    captions = "1\n00:00:01,000 --> 00:00:02,000\nRice is dear.\n"
    assert text_of(captions.encode(), name="a.srt")[0] == captions
    assert text_of(gzip.compress(captions.encode()), name="b.vtt.gz")[0] == captions
    page = gzip.compress(b"<html><body><p>Rice is dear.</p></body></html>", mtime=0)
    assert text_of(page, name="c.html.gz")[0] == "Rice is dear."

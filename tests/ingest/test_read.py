"""Reading one raw file: hash, text, what is given, and what can go wrong."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from extract.ingest.errors import DecodeError, DocumentReadError
from extract.ingest.read import Document, read_document


def read(path: Path, given: dict[str, str] | None = None) -> Document:
    return read_document(path.name, str(path), given)


def raw_file(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def test_text_hash_and_given(tmp_path: Path) -> None:
    data = "\ufeffFigs\r\nand dates".encode()
    document = read(raw_file(tmp_path, "a.txt", data), {"genre": "news"})
    assert document.text == "Figs\nand dates"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.given, document.encoding, document.doc_id) == ({"genre": "news"}, "utf-8", "a.txt")


def test_hints_of_a_page_do_not_displace_metadata(tmp_path: Path) -> None:
    head = b'<title>Figs</title><meta name="date" content="2001-02-03">'
    page = b"<html><head>" + head + b"</head><body><p>Figs are dear.</p></body></html>"
    document = read(raw_file(tmp_path, "a.html", page), {"title": "Dates"})
    assert document.given == {"hint_title": "Figs", "hint_date": "2001-02-03", "title": "Dates"}
    assert document.text == "Figs are dear."


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \r\n\t\n", "holds no text"),
        ("nul.txt", b"\0" * 50, "binary file"),
        ("scan.txt", b"%PDF-1.4", "PDF"),
        ("page.html", b"<html><body><script>x()</script></body></html>", "markup without text"),
    ],
)
def test_files_without_text(tmp_path: Path, name: str, data: bytes, found: str) -> None:
    with pytest.raises(DecodeError, match=found) as caught:
        read(raw_file(tmp_path, name, data))
    assert str(caught.value).startswith(f"{name}: ")


def test_a_file_that_vanishes(tmp_path: Path) -> None:
    file = raw_file(tmp_path, "a.txt", b"Figs")
    file.unlink()
    with pytest.raises(DocumentReadError, match=r"a\.txt: the file is gone since the folder was listed"):
        read(file)


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = raw_file(tmp_path, "a.txt", b"Figs")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(DocumentReadError, match=r"a\.txt: the file cannot be read: Permission denied"):
        read(file)


def test_a_file_that_became_a_folder(tmp_path: Path) -> None:
    file = raw_file(tmp_path, "a.txt", b"Figs")
    file.unlink()
    file.mkdir()
    with pytest.raises(DocumentReadError, match="cannot be read"):
        read(file)

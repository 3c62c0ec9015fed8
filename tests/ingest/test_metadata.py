"""``metadata.csv``: what is read, and how each mistake is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.errors import MetadataError
from extract.ingest.metadata import read_metadata

KNOWN = ["a.txt", "talks/b.md", "caf\u00e9.txt"]


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "metadata.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_values_by_document(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "doc_id,date,title,genre,languages,sender,licence\n"
        'a.txt,1994-02-12,"Figs, dates",cable,ja;en pt-BR,Ambassador Roe,CC BY 4.0\n'
        "\n"
        "talks/b.md,,,,,,\n",
    )
    assert read_metadata(path, KNOWN) == {
        "a.txt": {
            "date": "1994-02-12",
            "title": "Figs, dates",
            "genre": "cable",
            "languages": ["ja", "en", "pt-BR"],
            "sender": "Ambassador Roe",
            "licence": "CC BY 4.0",
        },
        "talks/b.md": {},
    }


def test_no_file_gives_nothing(tmp_path: Path) -> None:
    assert read_metadata(tmp_path / "metadata.csv", KNOWN) == {}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_files_saved_by_spreadsheets(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "doc_id,title\r\na.txt,Señor Núñez\r\n", encoding)
    assert read_metadata(path, KNOWN)["a.txt"]["title"] == "Señor Núñez"


def test_names_match_in_either_unicode_form(tmp_path: Path) -> None:
    path = write(tmp_path, "doc_id,title\ncafe\u0301.txt,Figs\n")
    assert read_metadata(path, KNOWN) == {"caf\u00e9.txt": {"title": "Figs"}}


@pytest.mark.parametrize(
    ("text", "line", "found", "allowed"),
    [
        ("doc_id,autor\n", 1, "unknown column 'autor'", "Allowed are doc_id, date"),
        ("doc_id,gener\n", 1, "Did you mean 'genre'?", "Allowed are"),
        ("doc_id;title\na.txt;x\n", 1, "unknown column 'doc_id;title'", "separated by commas"),
        ("title\nx\n", 1, "no column 'doc_id'", "Allowed are"),
        ("", None, "empty", "Fill it"),
        ("doc_id,title,title\n", 1, "'title' stands there twice", ""),
        ("doc_id,title\nb.md,x\n", 2, "doc_id 'b.md' is no document", "talks/b.md"),
        ("doc_id,title\na.txt,x\na.txt,y\n", 3, "'a.txt' stands there twice", "keep one line"),
        ("doc_id,date\na.txt,12/02/1994\n", 2, "date '12/02/1994'", "write it as 1994-02-12"),
        ("doc_id,date\na.txt,1994-02-30\n", 2, "date '1994-02-30'", "1994-02-12"),
        ("doc_id,date\na.txt,19940212\n", 2, "date '19940212'", "1994-02-12"),
        ("doc_id,genre\na.txt,memo\n", 2, "genre 'memo'", "cable, transcript, news, essay, other"),
        ("doc_id,languages\na.txt,English\n", 2, "language 'English'", "BCP 47"),
        ("doc_id,languages\na.txt,en;pt_BR\n", 2, "language 'pt_BR'", "pt-BR"),
        ("doc_id,title\na.txt,x,y\n", 2, "3 cells, but 2 columns", "double quotation marks"),
        ('doc_id,title\na.txt,"open\n', None, "no well-formed CSV", ""),
    ],
)
def test_mistakes_name_file_line_and_what_is_allowed(
    tmp_path: Path, text: str, line: int | None, found: str, allowed: str
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(MetadataError) as caught:
        read_metadata(path, KNOWN)
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}: " if line else str(path))
    assert found in message
    assert allowed in message

"""From PDF and DOCX files to their text, by well-kept libraries that extras bring (pypdf, python-docx).

Of a PDF the text layer is read, page by page, a form feed between two: what comes back at the head of each page is
told by it later. Of a DOCX paragraphs, lists and tables are read in their order, in the form that web pages get.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from extract.ingest.errors import DecodeError
from extract.ingest.html import SUPERSCRIPT, Page

# A packed file that says it holds more is refused before it is unpacked.
MAX_UNPACKED_BYTES = 500_000_000
_STEP = "Save it anew with the program it comes from, or take it out of the raw folder."


def read_pdf(data: bytes, name: str) -> Page:
    """The text layer of a PDF. Raises ``DecodeError`` where the file is broken, locked, or holds pictures only."""
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DecodeError(f"{name}: the PDF is locked with a password. Save a copy without it.")
        pages = [page.extract_text().strip("\n") for page in reader.pages]
        title = str(reader.metadata.title or "") if reader.metadata else ""
    except DecodeError:
        raise
    except Exception as error:  # a broken file fails in the library in many ways
        raise DecodeError(f"{name}: cannot be read as PDF: {type(error).__name__}: {error}. {_STEP}") from error
    if not any(page.strip() for page in pages):
        raise DecodeError(
            f"{name}: none of its {len(pages)} pages has a text layer (scanned pictures?). Run text recognition on it, "
            "or take it out of the raw folder."
        )
    return Page(_valid("\n\f".join(pages)), {"title": title.strip()} if title.strip() else {})


def read_docx(data: bytes, name: str) -> Page:
    """The text of a DOCX. Raises ``DecodeError`` where the file is broken or unpacks to too much."""
    import docx

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(item.file_size for item in packed.infolist())
        if size > MAX_UNPACKED_BYTES:
            raise DecodeError(f"{name}: unpacks to {size} bytes, more than {MAX_UNPACKED_BYTES}. {_STEP}")
        blocks = list(_blocks(docx.Document(io.BytesIO(data))))
    except DecodeError:
        raise
    except Exception as error:  # a broken file fails in the library in many ways
        raise DecodeError(f"{name}: cannot be read as DOCX: {type(error).__name__}: {error}. {_STEP}") from error
    return Page(_valid(_set(blocks)))


def _blocks(document: Any) -> Iterator[tuple[str, bool]]:
    """Each paragraph, list item and table in its order, and whether it stands close to the one before."""
    listed = False
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            text, item = _table(block), False
        else:
            item = "list" in (block.style.name or "").lower() if block.style is not None else False
            text = ("- " if item else "") + _paragraph(block)
        if text.strip(" -"):
            yield text, item and listed
            listed = item


def _table(table: Any) -> str:
    rows = (" | ".join(" ".join(cell.text.split()) for cell in row.cells) for row in table.rows)
    return "\n".join(row for row in rows if row.strip(" |"))


def _paragraph(paragraph: Any) -> str:
    runs = paragraph.iter_inner_content()
    return "".join(_run(run) for run in runs).strip()


def _run(run: Any) -> str:
    text: str = run.text
    raised = getattr(getattr(run, "font", None), "superscript", None)
    return text.translate(SUPERSCRIPT) if raised and text.strip().isdigit() else text


def _set(blocks: list[tuple[str, bool]]) -> str:
    parts: list[str] = []
    for text, close in blocks:
        parts += ["\n" if close else "\n\n"] if parts else []
        parts.append(text)
    return "".join(parts)


def _valid(text: str) -> str:
    """Valid Unicode with plain line ends: odd files hold halves of surrogate pairs."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\r\n", "\n").replace("\r", "\n")

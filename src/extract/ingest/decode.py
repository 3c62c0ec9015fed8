"""From bytes to text: the encoding is told from the bytes, line ends become ``\\n``, nothing else changes."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from extract.ingest.errors import DecodeError

# The longest marks first: UTF-32 LE starts as UTF-16 LE does.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (perhaps .docx, .xlsx or .odt)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office file"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "an RTF file"),
)
# Encodings that charset-normalizer may choose from: those in which such texts are found. Without the limit it takes
# short Western texts for rare code pages that share most letters.
CANDIDATES = ["cp932", "euc_jp", "gb18030", "big5", "euc_kr", "cp1251", "koi8_r", "cp1253", "cp1250", "cp1252"]
# Share of control characters from which bytes are no text. Text has none; scanned text a stray form feed or NUL.
MAX_CONTROL_SHARE = 0.1
SAMPLE_BYTES = 65_536
NEXT_STEP = "Save it as plain text in UTF-8, or take it out of the raw folder."

_CONTROLS = bytes(sorted((set(range(32)) | {127}) - set(b"\t\n\v\f\r\x1b")))
_CP1252_UNDEFINED = b"\x81\x8d\x8f\x90\x9d"
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_KANA = re.compile("[\u3041-\u30fa]")
_ISO_2022_JP = re.compile(rb"\x1b\$[@B]|\x1b\([BJ]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` with ``\\n`` for every line end and no byte-order mark; ``encoding`` is the Python codec."""

    text: str
    encoding: str


def decode(data: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """The text of a file's bytes.

    ``name`` is used in messages only. ``declared`` is an encoding that the file states of itself (HTML's ``charset``);
    it is tried where the bytes are no UTF-8. Raises ``DecodeError`` for an empty or binary file and for broken UTF-8.
    """
    if not data:
        raise DecodeError(f"{name}: the file is empty (0 bytes). Fill it, or take it out of the raw folder.")
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise DecodeError(f"{name}: offset 0: this is {kind}, not text. {NEXT_STEP}")
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name, len(mark))
    wide = _wide_encoding(data)
    if wide:
        return _strict(data, wide, name, 0)
    _refuse_binary(data, name)
    return _without_mark(data, name, declared)


def _without_mark(data: bytes, name: str, declared: str | None) -> Decoded:
    if _ISO_2022_JP.search(data) and (text := _try(data, "iso2022_jp")) is not None:
        return Decoded(_line_ends(text), "iso2022_jp")
    text = _try(data, "utf-8")
    if text is not None:
        return Decoded(_line_ends(text), "utf-8")
    if declared and (text := _try(data, declared)) is not None:
        return Decoded(_line_ends(text), codecs.lookup(declared).name)
    _refuse_broken_utf8(data, name)
    encoding = _legacy_encoding(data)
    if encoding is None:
        offset = _first_bad(data)
        raise DecodeError(
            f"{name}: offset {offset}: byte 0x{data[offset]:02x} fits no encoding that is known here "
            f"(UTF-8, UTF-16, Windows-1252, Shift_JIS and a few more). {NEXT_STEP}"
        )
    return _strict(data, encoding, name, 0)


def _strict(data: bytes, encoding: str, name: str, skipped: int) -> Decoded:
    try:
        return Decoded(_line_ends(data.decode(encoding)), encoding)
    except UnicodeDecodeError as error:
        at = error.start + skipped
        raise DecodeError(
            f"{name}: offset {at}: byte 0x{data[error.start]:02x} is not valid {encoding} ({error.reason}), "
            f"though the rest of the file is. {NEXT_STEP}"
        ) from error


def _line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: Western text has a NUL in nearly every second place, always the same one."""
    sample = data[:SAMPLE_BYTES]
    if len(data) % 2 or len(data) < 4 or b"\0" not in sample:
        return None
    pairs = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if max(odd, even) <= 0.3 * pairs or min(odd, even) >= 0.05 * pairs or (text := _try(data, encoding)) is None:
        return None
    controls = sum(character < " " and character not in "\t\n\v\f\r" for character in text[:SAMPLE_BYTES])
    return encoding if controls <= MAX_CONTROL_SHARE * min(len(text), SAMPLE_BYTES) else None


def _refuse_binary(data: bytes, name: str) -> None:
    sample = data[:SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls <= MAX_CONTROL_SHARE * len(sample):
        return
    offset = next(i for i, byte in enumerate(sample) if byte in _CONTROLS)
    raise DecodeError(
        f"{name}: offset {offset}: byte 0x{sample[offset]:02x}; {controls} of the first {len(sample)} bytes are "
        f"control bytes: this is a binary file, not text. {NEXT_STEP}"
    )


def _refuse_broken_utf8(data: bytes, name: str) -> None:
    """UTF-8 with a few broken bytes is an error, not another encoding: a guess would spoil every accent."""
    good = sum(len(match) for match in _UTF8_SEQUENCE.findall(data))
    bad = len(_HIGH_BYTE.findall(data)) - good
    if good > 2 * bad:
        offset = _first_bad(data)
        line = data.count(b"\n", 0, offset) + 1
        raise DecodeError(
            f"{name}: offset {offset} (line {line}): byte 0x{data[offset]:02x} is not valid UTF-8, though the rest "
            f"of the file is. Repair that place and save the file as UTF-8."
        )


def _first_bad(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _legacy_encoding(data: bytes) -> str | None:
    """The one-byte or East Asian encoding of bytes that are no UTF-8, or ``None``."""
    japanese = _try(data, "cp932")
    if japanese is not None and len(_KANA.findall(japanese)) >= 0.1 * _count_wide(japanese):
        return "cp932"
    if _looks_western(data):
        return "cp1252"
    usable = [name for name in CANDIDATES if _try(data, name) is not None]
    if not usable:
        return None
    best = charset_normalizer.from_bytes(data, cp_isolation=usable).best()
    return best.encoding if best is not None and best.encoding in usable else usable[-1]


def _count_wide(text: str) -> int:
    return max(1, sum(character > "\x7f" for character in text))


def _looks_western(data: bytes) -> bool:
    """High bytes stand alone or in short runs among ASCII letters, as accents and typographic quotes do."""
    if any(byte in data for byte in _CP1252_UNDEFINED):
        return False
    runs = _HIGH_RUN.findall(data)
    return (
        bool(runs) and sum(map(len, runs)) < 0.35 * len(data) and sum(len(run) <= 2 for run in runs) >= 0.9 * len(runs)
    )

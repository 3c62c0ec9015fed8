"""Characters that a reader does not see, or sees as others: each is mended where it stands.

What is swapped for one other character (no-break and thin blanks, the hyphens of typesetters, control characters that
are Windows-1252 quotation marks read as Latin-1) changes no offset; what is taken out or drawn together is an edit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from extract.layout.offsets import Edit

# U+3000 stays: it is the blank of Japanese and Chinese layout.
_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f"
_BLANK = re.compile(f"[{_BLANKS}]")
# One between the groups of a number ("10 000") joins them, whatever its width, and shows that it does.
_JOINING_BLANK = re.compile(rf"(?<=\d)[{_BLANKS}](?=\d{{3}}(?!\d))")
_OTHER_BLANK = re.compile(rf"(?<!\d)[{_BLANKS}]|[{_BLANKS}](?!\d{{3}}(?!\d))")
# Bytes 0x80 to 0x9f of Windows-1252, five of which it leaves undefined (those are taken out as control characters).
_WINDOWS = {byte: letter for byte in range(0x80, 0xA0) if (letter := bytes([byte]).decode("cp1252", "ignore"))}
_SWAPPED = {**_WINDOWS, 0x2010: "-", 0x2011: "-", 0x2028: "\n", 0x2029: "\n"}
_TO_SWAP = re.compile("[\u0080-\u009f\u2010\u2011\u2028\u2029]")

_UNSEEN = (
    "\0-\x08\x0e-\x1f\x7f-\x9f"  # control characters; what is layout (tab, line ends, form feed) stays
    "\u00ad\u034f\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
)
# Joiners and non-joiners shape Arabic and Indic letters and emoji; between Latin letters they are nothing.
_JOINER = r"(?<=[\x00-\u024f])[\u200c\u200d]+|[\u200c\u200d]+(?=[\x00-\u024f])"
_COMBINING = "\u0300-\u036f\u0653-\u0655\u3099\u309a"
_TO_EDIT = re.compile(
    rf"\r\n?|[{_UNSEEN}]+|{_JOINER}|[^{_COMBINING}][{_COMBINING}]+|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
    r"|[\ufb00-\ufb06]"
)
_DIRTY = re.compile(
    rf"[\r{_UNSEEN}{_BLANKS}{_COMBINING}\u200c\u200d\u1100-\u1112\u2010\u2011\u2028\u2029\ufb00-\ufb06]"
)


def is_plain(text: str) -> bool:
    """There is no character in it to be mended."""
    return _DIRTY.search(text) is None


def swap_characters(text: str) -> str:
    """The text with single characters swapped for single ones: no offset moves."""
    if _BLANK.search(text):
        text = _OTHER_BLANK.sub(" ", _JOINING_BLANK.sub("\u00a0", text))
    return text.translate(_SWAPPED) if _TO_SWAP.search(text) else text


def mend_characters(text: str) -> Iterator[Edit]:
    """Edits that take out unseen characters, compose accents, and spell ligatures as letters."""
    for match in _TO_EDIT.finditer(text):
        found = match[0]
        clean = _clean(found)
        if clean != found:
            yield Edit(match.start(), match.end(), clean)


def _clean(found: str) -> str:
    if found[0] == "\r":
        return "\n"
    if "\ufb00" <= found <= "\ufb06":
        return unicodedata.normalize("NFKC", found)
    if len(found) > 1 and (unicodedata.combining(found[1]) or "\u1100" <= found[0] <= "\u1112"):
        return unicodedata.normalize("NFC", found)
    return ""

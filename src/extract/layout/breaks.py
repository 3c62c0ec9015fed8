"""Words and figures that the end of a line cuts in two are put together, and the line ends behind them.

"bil-⏎lion in" becomes "billion⏎in", "twenty-⏎five percent" keeps its hyphen ("twenty-five⏎percent"): what decides is
which of the two a word is, by the common words of the language and by the other words of the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.layout.offsets import Edit
from extract.layout.words import Words

# A hyphen between letters or digits at the end of a line, or a comma of thousands; then the next line's first sign.
_CUT = re.compile(r"(?:(?:(?<=[^\W_])|(?<=[A-Z]\.))(?P<hyphen>-)|(?<=\d),(?P<comma>-?))[ \t]*\n[ \t]*(?=[^\W_])")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_LETTERS_AFTER = re.compile(r"[^\W\d_]+")
_HYPHEN_AFTER = re.compile(r"-(?=[^\W_])")
_NUMBER_ALONE = re.compile(r"\d+[ \t]*(?:\n|\Z)")
_THOUSANDS_BEFORE = re.compile(r"(?<![\d.,])(?P<sign>[$£€¥]?)[ ]?\d{1,3}(?:,\d{3})*\Z")
_THOUSANDS_AFTER = re.compile(r"(?P<zeros>000)(?!\d)|\d{3}(?!\d)")
_LISTED = re.compile(r"\d,[ \t]+\Z")
_REST_OF_WORD = re.compile(r"\S{0,40}(?P<gap>[ \t]+(?=\S))")
# No word or number that a line end cuts is longer.
_LOOK_CHARS = 40
# Written with a hyphen where the language has no word for the whole.
_PREFIXES = ("non", "anti", "ex", "vice", "self")


def join_broken(text: str) -> Iterator[Edit]:
    """Edits that join what line ends cut; each moves the line end behind the joined word."""
    words = Words(text)
    for cut in _CUT.finditer(text):
        is_word = cut["hyphen"] is not None
        joint = _word_joint(text, cut, words) if is_word else _figure_joint(text, cut)
        if joint is None:
            continue
        yield Edit(cut.start("hyphen") if is_word else cut.start("comma"), cut.end(), joint)
        rest = _REST_OF_WORD.match(text, cut.end())
        if rest:
            yield Edit(rest.start("gap"), rest.end("gap"), "\n")


def _word_joint(text: str, cut: re.Match[str], words: Words) -> str | None:
    """What stands between the halves when they are joined; ``None`` where the line end cuts nothing."""
    before = _LETTERS_BEFORE.search(text, max(0, cut.start() - _LOOK_CHARS), cut.start())
    after = _LETTERS_AFTER.match(text, cut.end(), cut.end() + _LOOK_CHARS)
    if before is None or after is None:
        return None if _NUMBER_ALONE.match(text, cut.end()) else "-"
    first, second = before[0], after[0]
    if text[before.start() - 1 : before.start()] == "-" or _HYPHEN_AFTER.match(text, after.end()):
        return "-"
    if (second[0].isupper() and not first.isupper()) or f"{first}-{second}".casefold() in words.own:
        return "-"
    if first + second in words:
        return ""
    compound = second in words and (first in words or first.casefold() in _PREFIXES)
    return "-" if compound else ""


def _figure_joint(text: str, cut: re.Match[str]) -> str | None:
    """Nothing, where groups of thousands are joined. A line that ends in a comma only goes on where it must."""
    before = _THOUSANDS_BEFORE.search(text, max(0, cut.start() - _LOOK_CHARS), cut.start())
    after = _THOUSANDS_AFTER.match(text, cut.end())
    if before is None or after is None or _LISTED.search(text, max(0, before.start() - _LOOK_CHARS), before.start()):
        return None
    return "" if cut["comma"] or before["sign"] or after["zeros"] else None

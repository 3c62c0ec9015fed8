"""The capitalised words of a text and the gaps between them: what names are made of.

Only capitalised words cost time; a gap is classified once and tells whether a name may run on over it. A line end
counts as a blank where a hard-wrapped line was full, else it ends the name. Everything is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from extract.components.entities.lists import ABBREVIATED, FUNCTION_WORDS, listed, words_of

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĶĹĻĽŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚ"
# A capitalised word of a name, in expressions.
CAPITALISED = r"[A-ZÀ-ÖØ-ÞĀ-ſ][\w'’-]*[^\W\d_]"
# Raised figures are footnote marks.
RAISED = "¹²³⁴⁵⁶⁷⁸⁹⁰"
_TOKEN = re.compile(
    # Addresses first, so that their capitals are no words.
    r"(?:https?://|www\.)[^\s<>\"]+"
    r"|(?<![^\W_])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}"
    r"|(?<![^\W_])U\. ?(?:S\. ?A|S|K|N)\.(?![^\W_])"  # also "U. S.", as typewriters had it
    rf"|(?<![^\W_])(?:(?:[{UPPER}]\.){{2,}}|(?:[{UPPER}]\.)+[{UPPER}](?![^\W_])"
    rf"|[{UPPER}][^\W_{RAISED}]*(?:['’&](?![sS](?![^\W_]))[^\W_{RAISED}]+)*)"
)
_COMMON = re.compile(
    r"\b(?:[Tt]h(?:is|ese|ose)|[Mm]ost|[Ss]everal|[Oo]ther|[Ee]ach|[Ee]very|[Ss]ome|[Aa]ll)\s+([A-Z][a-z]+)"
)
_COUNTED = re.compile(rf"\b(?i:{'|'.join(sorted(words_of('quantifier')))})\s+(?:[A-Z][a-z]+\s+)?([A-Z][a-z]+s)\b")
_SMALL = re.compile(r"(?<![^\W_])[a-z]{3,}(?![^\W_])")
_CONNECTORS = listed("connector") | listed("connector_name") | listed("connector_tail")
# Text wrapped by hand or mailer breaks between these widths; a shorter line ends on purpose.
WRAP_WIDTH, LONG_LINE = 52, 130
# A word with the Markdown link behind it, which no mailer breaks.
_WRAP_CHUNK = re.compile(r"[^ \t\n]*(?: \[[^\]\n]{1,80}\]\([^()\s]{1,300}\)?)?")
_MARKUP = str.maketrans("", "", "*_`")

SPACE, HYPHEN, CONNECTOR, COMMA, POSSESSIVE, STOP, OPEN, BREAK = "S", "H", "C", ",", "P", ".", "(", "X"


@dataclass(slots=True)
class Words:
    """Parallel lists over the capitalised words of a text; ``gaps[i]`` lies between word i and word i + 1."""

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    shouts: list[bool] = field(default_factory=list)
    _small: frozenset[str] | None = None
    _common: frozenset[str] | None = None
    _counted: frozenset[str] | None = None

    def __len__(self) -> int:
        return len(self.starts)

    def is_small(self, word: str) -> bool:
        """Does the text write the word in small letters too? Then a capital at its head makes no name of it."""
        if self._small is None:
            self._small = frozenset(_SMALL.findall(self.text))
        return word.casefold() in self._small

    def is_common(self, word: str) -> bool:
        """Does the text use the capitalised word, or its plural, as a common noun ("most *Districts*")?"""
        if self._common is None:
            self._common = frozenset(found.removesuffix("s") for found in _COMMON.findall(self.text))
        return word.removesuffix("s") in self._common

    def is_counted(self, word: str) -> bool:
        """Does the text count the capitalised word, or its plural ("two *Skyhawks*", "many Dallas *Districts*")?"""
        if self._counted is None:
            self._counted = frozenset(_COUNTED.findall(self.text))
        return word in self._counted or word + "s" in self._counted

    def runs_in(self, index: int) -> bool:
        """Does a capitalised word of its own run into this one, as before "*Roe* Quill", "*Roe*-Quill"?"""
        joined = index > 0 and self.gaps[index - 1] in (SPACE, HYPHEN)
        return joined and self.texts[index - 1] not in FUNCTION_WORDS

    def before(self, index: int, width: int = 40) -> str:
        """The text before a word, up to ``width`` characters."""
        start = self.starts[index]
        return self.text[max(0, start - width) : start]

    def after(self, index: int, width: int = 40) -> str:
        """The text behind a word, up to ``width`` characters."""
        return self.text[self.ends[index] : self.ends[index] + width]

    def at(self, offset: int) -> int:
        """The index of the word that holds or precedes an offset, -1 before the first."""
        return bisect_right(self.starts, offset) - 1


def read_words(text: str, excluded: Iterable[tuple[int, int]] = ()) -> Words:
    """The capitalised words of ``text`` outside the excluded spans (sorted, without overlap)."""
    words = Words(text)
    barred = list(excluded)
    at = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        while at < len(barred) and barred[at][1] <= start:
            at += 1
        first = text[start]
        if not first.isupper() or (at < len(barred) and barred[at][0] <= start) or "@" in match[0]:
            continue
        words.starts.append(start)
        words.ends.append(end)
        words.texts.append(match[0].replace(" ", ""))
    _classify_gaps(words)
    _mark_shouts(words)
    return words


def _classify_gaps(words: Words) -> None:
    text, starts, ends = words.text, words.starts, words.ends
    known: dict[tuple[str, bool], tuple[str, str]] = {" ": (SPACE, "")}  # type: ignore[dict-item]
    for index in range(len(starts) - 1):
        gap = text[ends[index] : starts[index + 1]]
        if gap == " ":
            kind, link = SPACE, ""
        elif len(gap) > 40 or ("\n" in gap and not _runs_on(words, index, gap)):
            kind, link = BREAK, ""
        else:
            abbreviated = gap[:1] == "." and _is_abbreviation(words.texts[index])
            found = known.get((gap, abbreviated))
            if found is None:
                found = known[(gap, abbreviated)] = _gap_kind(gap, abbreviated)
            kind, link = found
        words.gaps.append(kind)
        words.links.append(link)
    words.gaps.append(BREAK)
    words.links.append("")


def _is_abbreviation(word: str) -> bool:
    return len(word) == 1 or word.casefold() in ABBREVIATED


def _runs_on(words: Words, index: int, gap: str) -> bool:
    """Does a name run on over the line end behind word ``index``? Not into a line in capitals."""
    there = words.texts[index + 1]
    if len(there) > 3 and there.isupper():
        return False
    return _wrapped(words.text, words.ends[index], words.starts[index + 1], gap)


def _wrapped(text: str, end: int, start: int, gap: str) -> bool:
    """Does the name run on over this line end? One line end only, after a line with no room for the next word."""
    if gap.count("\n") > 1:
        return False
    newline = end + gap.index("\n")
    line = newline - (text.rfind("\n", max(0, newline - LONG_LINE - 1), newline) + 1 or max(0, newline - LONG_LINE - 1))
    chunk = _WRAP_CHUNK.match(text, start, start + LONG_LINE)
    return line < LONG_LINE and line + 1 + (chunk.end() - start if chunk else 0) > WRAP_WIDTH


def _gap_kind(gap: str, abbreviated: bool) -> tuple[str, str]:
    """Kind of a gap and, for a connector, its words."""
    if not gap:
        return BREAK, ""
    plain = " ".join(gap.translate(_MARKUP).split())
    blank = gap[:1].isspace()
    if not plain:
        columns = "   " in gap and "\n" not in gap
        return (SPACE, "") if (blank or gap[-1:].isspace()) and not columns else (BREAK, "")
    if plain in _CONNECTORS and blank:
        return CONNECTOR, plain
    if plain in ("-", "–", "‑", "‐", "/") and not any(c.isspace() for c in gap):
        return HYPHEN, plain
    if abbreviated and plain == "." and gap != ".":
        return SPACE, "."
    if plain in (",", ", and", "., ") or plain == ", &":
        return COMMA, plain
    if plain in ("'s", "’s", "'", "’", "'S", "’S"):
        return POSSESSIVE, plain
    if plain in ("(", "[", "“", '"', "‘"):
        return (OPEN, "(") if plain in "([" and blank else (BREAK, "")
    return (STOP, "") if plain in (".", "?", "!", ":") else (BREAK, "")


def _mark_shouts(words: Words) -> None:
    """A word in capitals is shouted where its whole run of words is: headings, not acronyms."""
    loud = [len(t) > 1 and t.isupper() and "." not in t for t in words.texts]
    shouts = [False] * len(loud)
    index = 0
    while index < len(loud):
        end = index
        while (
            end < len(loud) - 1 and loud[end] and loud[end + 1] and words.gaps[end] in (SPACE, CONNECTOR, HYPHEN, COMMA)
        ):
            end += 1
        if loud[index] and end > index and any(len(words.texts[k]) > 4 for k in range(index, end + 1)):
            for k in range(index, end + 1):
                shouts[k] = True
        index = end + 1
    words.shouts = shouts

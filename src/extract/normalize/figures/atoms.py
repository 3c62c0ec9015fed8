"""Where numbers stand in a text: digits, words, fractions, multiples and vague sums, before their unit is known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.normalize.figures.figure import Atom
from extract.normalize.numbers import (
    AND_PART,
    ARTICLE_START,
    DIGITS,
    FULL_SCALES,
    GAP1,
    LETTER_SCALES,
    MISREAD,
    MONEY_SCALES,
    MULTIPLES,
    PARTS,
    SCALE_AFTER,
    SCALES,
    SPELLED_START,
    TENS,
    UNITS,
    VULGAR,
    parse_digits,
    part_value,
    read_words,
    scale_value,
)

_FULL = "|".join(FULL_SCALES)
_PLURAL = "|".join([*(f"{word}s" for word in FULL_SCALES), "tens", "scores"])
_BIG = "million|billion|trillion"
_SMALL = "|".join(list(UNITS)[1:10])
_JOINT = rf"(?:[-\u2010]|{GAP1})"
_PART_OF = rf"(?:{_JOINT}of)?{_JOINT}an?{_JOINT}(?=(?:{_FULL})\b)"
# "half", "two-thirds", "a quarter"; before a scale ("half a million", "quarter-million") a number.
_FRACTION = rf"(?:(?:an?|{_SMALL}){_JOINT})?(?:{'|'.join(PARTS)}|halves)s?\b"


def _openings() -> str:
    """The first two letters of all words that may open a number: "a" goes on with a blank, a hyphen or an "n"."""
    seconds = {"a": {"n", "\\s", "\u2010", "-"}}
    listed = f"{_PLURAL}|several|many|some|multi|halves|{_SMALL}|ten|twenty|hundred".split("|")
    for word in (*listed, *MULTIPLES, *PARTS, *UNITS, *TENS):
        seconds.setdefault(word[0], set()).add(word[1])
    return "|".join(f"{first}[{''.join(sorted(seconds[first], reverse=True))}]" for first in sorted(seconds))


# One pass over the text; the look-aheads keep the engine off positions where nothing can begin.
_ATOM = re.compile(
    rf"(?<![\d·])(?<!\d[.,])(?=[\d.lIO{''.join(VULGAR)}])(?:(?P<misread>{MISREAD})|(?P<digits>{DIGITS}))"
    rf"|\b(?={_openings()})(?:"
    rf"(?P<vague>(?:{_PLURAL})(?:{GAP1}of{GAP1}(?:{_PLURAL}))*\b"
    rf"|(?:several|a{GAP1}few|many|some){GAP1}(?:{_FULL})\b(?:{GAP1}(?:thousand|{_BIG})\b)?"
    rf"|multi-?(?=(?:{_BIG})[- ](?:dollar|euro|pound|yen)))"
    rf"|(?P<multiple>(?:{'|'.join(MULTIPLES)}|(?:{_SMALL}|ten|twenty|hundred)-?fold)\b)"
    rf"|(?P<fraction>{_FRACTION}(?:{_PART_OF}|{_JOINT}(?=(?:{_FULL})\b))?)"
    rf"|(?P<spelled>{SPELLED_START}|{ARTICLE_START}))",
    re.IGNORECASE,
)
_OF_WHOLE = re.compile(
    rf"(?:{GAP1}in{GAP1}|-in-|(?P<out>{GAP1}out{GAP1}of{GAP1}|-out-of-))(?:(?:every|an?|the(?:{GAP1}(?:past|last))?){GAP1})?"
    rf"(?P<whole>\d{{1,4}}|{_SMALL}|ten|twelve|twenty|hundred)\b(?(out)|(?!{GAP1}(?:years?|months?|days?|weeks?)))"
    rf"|{GAP1}of{GAP1}(?:the|its|their|our){GAP1}(?P<all>\d{{1,3}}|[a-z]{{3,9}}(?:-[a-z]{{3,5}})?)\b(?={GAP1}[a-z])",
    re.IGNORECASE,
)
_MULTI_SCALE = re.compile(_BIG, re.IGNORECASE)
_SHORT_BEFORE = re.compile(r"(?<!\d)\d{1,3} \Z")


def atoms(text: str) -> Iterator[Atom]:
    """All numbers of a text, left to right, without overlap; words that make no single number are a ``run``."""
    position = 0
    while match := _ATOM.search(text, position):
        atom = _read(text, match)
        position = max(match.end() if atom is None else atom.end, match.start() + 1)
        if atom is not None:
            yield atom
            position = max(position, atom.end)


def _read(text: str, match: re.Match[str]) -> Atom | None:
    how = match.lastgroup or "digits"
    if how in ("digits", "misread"):
        return _digits(text, match, how == "misread")
    if how == "vague":
        return _vague(text, match)
    if how == "multiple":
        return Atom(match.start(), match.end(), multiple_value(match[0]), "multiple")
    if how == "fraction":
        return _fraction(text, match)
    value, end = read_words(text, match.start())
    if value is None:
        return Atom(match.start(), max(end, match.end()), 0.0, "run")
    scales = [FULL_SCALES[word.casefold()] for word in _SCALED.findall(text, match.start(), end)]
    return _share(text, Atom(match.start(), end, value, "spelled", bool(scales), scales[-1] if scales else 1.0))


_SCALED = re.compile(rf"\b(?:{_FULL})\b", re.IGNORECASE)


def _digits(text: str, match: re.Match[str], misread: bool) -> Atom:
    written, start, end = match[0], match.start(), match.end()
    groups = re.match(r"(\d{1,3})(?: \d{3})+(?!\d)", written)
    if groups and _SHORT_BEFORE.search(text, max(0, start - 5), start):
        end = start + len(groups[1])  # a row of numbers: no thousands set apart
    comma = "," in written and len(written) - written.rindex(",") < 4
    atom = Atom(start, end, parse_digits(text[start:end]), "digits", doubtful=misread or comma)
    return _share(text, atom)


def _share(text: str, atom: Atom) -> Atom:
    """ "one in five", "7 out of 12", "two of the four"; else the atom as it is."""
    match = _OF_WHOLE.match(text, atom.end) if atom.value < 1000 and not atom.scaled else None
    if match is None or text[max(0, atom.start - 1) : atom.start].strip(" \n\t(-\u00a0"):
        return atom
    written = match["whole"] or match["all"]
    whole = float(written) if written.isdigit() else read_words(written)[0] or 0.0
    if not 1 <= atom.value < whole <= 1000 or (match["all"] and atom.value < 2):
        return atom
    return Atom(atom.start, match.end(), atom.value / whole, "share")


def take_scale(text: str, atom: Atom, *, money: bool) -> None:
    """Take the scale words and the "and a half" that follow into the atom. ``money``: a currency stands beside it."""
    while True:
        part = AND_PART.match(text, atom.end) if atom.value >= 1 else None
        if part:
            atom.value, atom.end = atom.value + part_value(part) * (atom.scale if atom.scaled else 1), part.end()
        found = _scale(text, atom, money)
        if found is None:
            return
        word, factor = found
        atom.value, atom.scale = atom.value * factor, atom.scale * factor
        atom.scaled, atom.end = True, word.end() - word[0].endswith(".")


def _scale(text: str, atom: Atom, money: bool) -> tuple[re.Match[str], float] | None:
    match = SCALE_AFTER.match(text, atom.end)
    if match is None:
        return None
    if match["word"]:
        return match, scale_value(match["word"])
    short = match["short"]
    stuck = match.start("short") == atom.end
    if short.casefold() in LETTER_SCALES and stuck and not atom.scaled:
        return match, LETTER_SCALES[short.casefold()]
    beside = short in MONEY_SCALES or (short.casefold() in MONEY_SCALES and short.casefold() != "mm")
    if not (money and beside and not atom.scaled):
        return None
    return match, scale_value(short)


def _vague(text: str, match: re.Match[str]) -> Atom | None:
    words, end = match[0].casefold(), match.end()
    if words.startswith("multi"):
        scale = _MULTI_SCALE.match(text, end)
        return Atom(match.start(), scale.end(), SCALES[scale[0].casefold()], "vague", True) if scale else None
    value = 1.0
    for word in re.findall(r"[a-z]+", words):
        value *= {"tens": 10.0, "scores": 20.0}.get(word) or SCALES.get(word) or SCALES.get(word.rstrip("s")) or 1.0
    return Atom(match.start(), end, value, "vague", True)


def _fraction(text: str, match: re.Match[str]) -> Atom | None:
    """ "half", "two-thirds", "a quarter": a fraction; "half a million": a number whose scale follows."""
    words = re.findall(r"[a-z]+", match[0].casefold())
    scaled = _SCALED.match(text, match.end()) is not None
    plain = not (scaled and words[-1] in ("a", "an"))
    while scaled and words[-1] in ("a", "an", "of") and len(words) > 1:
        words.pop()
    name = "half" if words[-1] == "halves" else words[-1]
    below = PARTS.get(name) or PARTS.get(name.rstrip("s"))
    above = 1.0 if len(words) == 1 or words[0] in ("a", "an") else UNITS.get(words[0], 1.0)
    if below is None or above >= below:  # "the past four quarters"
        return None
    if not scaled:
        return Atom(match.start(), match.end(), above / below, "fraction")
    scale = SCALE_AFTER.match(text, match.end())
    if scale is None or not scale["word"] or (plain and name not in ("half", "quarter")):
        return None  # "the third million"
    factor = scale_value(scale["word"])
    return Atom(match.start(), scale.end("word"), above / below * factor, "spelled", True, factor)


def multiple_value(word: str) -> float:
    """2.0 for "twice" and "doubled", 10.0 for "tenfold"."""
    low = word.casefold()
    if low.endswith("fold"):
        return read_words(low.removesuffix("fold").rstrip("-"))[0] or 1.0
    return MULTIPLES[low]

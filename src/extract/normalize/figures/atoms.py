"""Where numbers stand in a text: digits, words, fractions, multiples and vague sums, before their unit is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.normalize.numbers import (
    AND_HALF,
    ARTICLE_SCALE,
    DENOMINATORS,
    DIGITS,
    GAP1,
    LETTER_SCALES,
    SCALE_AFTER,
    SCALES,
    SPELLED,
    UNITS,
    half_of,
    parse_digits,
    parse_words,
)

_SCALES_PLURAL = "hundreds|thousands|lakhs|millions|crores|billions|trillions|dozens|scores|tens"
_FRACTION = (
    rf"(?:(?:an?|one|two|three|four|five|six|seven|eight|nine)(?:[-\u2010]|{GAP1}))?"
    r"(?:half|halves|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths|eighths?|ninths?|tenths?|hundredths?)\b"
)
_MULTIPLE = (
    r"(?:twice|thrice|doubl(?:e[ds]?|ing)|tripl(?:e[ds]?|ing)|trebl(?:e[ds]?|ing)|quadrupl(?:e[ds]?|ing)|"
    r"quintupl(?:e[ds]?|ing)|halv(?:e[ds]?|ing)|(?:two|three|four|five|six|seven|eight|nine|ten|twenty"
    r"|hundred)-?fold)\b"
)
MULTIPLES = {
    "twice": 2.0, "thric": 3.0, "doubl": 2.0, "tripl": 3.0, "trebl": 3.0, "quadr": 4.0, "quint": 5.0, "halve": 0.5,
    "halvi": 0.5,
}  # fmt: skip
# One pass over the text; the look-ahead keeps the engine off positions where nothing can begin.
_ATOM = re.compile(
    rf"(?<![\d.·])(?=[\d.½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])(?P<digits>{DIGITS})"
    r"|\b(?=[abcdefhlmnoqstz])(?:"
    rf"(?P<vague>(?:{_SCALES_PLURAL})(?:{GAP1}of{GAP1}(?:hundreds|thousands|lakhs|millions|crores|billions"
    rf"|trillions))*\b"
    rf"|(?:several|a{GAP1}few|many|some){GAP1}(?:hundred|thousand|dozen|lakh|million|crore|billion|trillion)\b"
    rf"(?:{GAP1}(?:thousand|million|billion|trillion)\b)?"
    r"|multi-?(?=(?:million|billion|trillion)[- ](?:dollar|euro|pound|yen)))"
    rf"|(?P<article>{ARTICLE_SCALE})"
    rf"|(?P<multiple>{_MULTIPLE})"
    rf"|(?P<fraction>{_FRACTION})"
    rf"|(?P<spelled>{SPELLED}))",
    re.IGNORECASE,
)
_IN_OF = re.compile(
    rf"(?:{GAP1}(?:in|out{GAP1}of){GAP1}|-in-|-out-of-)(?:every{GAP1})?(\d{{1,4}}|ten|two|three|four|five|six|seven"
    rf"|eight|nine|twenty"
    rf"|hundred)\b(?!{GAP1}(?:years?|months?|days?|weeks?))",
    re.IGNORECASE,
)
_MULTI_SCALE = re.compile(r"million|billion|trillion", re.IGNORECASE)


@dataclass(slots=True)
class Atom:
    """A number in the text. ``how``: ``digits``, ``spelled``, ``vague``, ``multiple``, ``fraction`` or ``share``
    ("one in five"); ``scaled``: written with a scale word or letter, by the factor ``scale``; ``article``: begins
    with "a" or "half a"."""

    start: int
    end: int
    value: float
    how: str
    scaled: bool = False
    article: bool = False
    scale: float = 1.0


def atoms(text: str) -> Iterator[Atom]:
    """All numbers of a text, left to right, without overlap."""
    position = 0
    for match in _ATOM.finditer(text):
        if match.start() < position:
            continue
        atom = _read(text, match)
        if atom is not None:
            position = atom.end
            yield atom


def _read(text: str, match: re.Match[str]) -> Atom | None:
    how = match.lastgroup or "digits"
    if how == "digits":
        number = parse_digits(match[0])
        bare = number < 20 and not text[max(0, match.start() - 1) : match.start()].strip(" \n\t(-\u00a0")
        share = _share(text, match.end(), number) if bare else None
        if share is not None:
            return Atom(match.start(), share[1], share[0], "share")
        return _scaled(text, Atom(match.start(), match.end(), number, "digits"))
    if how == "vague":
        return _vague(text, match)
    if how == "multiple":
        return Atom(match.start(), match.end(), multiple_value(match[0]), "multiple")
    if how == "fraction":
        return _fraction(text, match)
    value = _article_value(match[0]) if how == "article" else parse_words(match[0])
    if value is None:
        return _first_word(match)
    scaled = bool(re.search(r"hundred|thousand|lakh|million|crore|illion|dozen", match[0], re.IGNORECASE))
    atom = Atom(match.start(), match.end(), value, "spelled", scaled, how == "article")
    share = _share(text, match.end(), value) if not scaled and value < 20 else None
    if share is not None:
        return Atom(match.start(), share[1], share[0], "share")
    return _scaled(text, atom)


def _share(text: str, end: int, value: float) -> tuple[float, int] | None:
    """ "in five" after "one": the share and where it ends."""
    match = _IN_OF.match(text, end)
    if not match:
        return None
    whole = float(match[1]) if match[1].isdigit() else parse_words(match[1]) or 0.0
    return (value / whole, match.end()) if 1 <= value < whole <= 1000 else None


def _first_word(match: re.Match[str]) -> Atom | None:
    """Words that make no single number ("nineteen eighty", "one two"): kept as one atom that counts nothing."""
    return Atom(match.start(), match.end(), -1.0, "spelled")


def _article_value(words: str) -> float | None:
    low = words.casefold()
    if low.startswith("half"):
        return 0.5 * (parse_words(low[4:]) or 0.0)
    if "few" in low or "couple" in low:
        couple = 2.0 if "couple" in low else 1.0
        return couple * (parse_words(re.sub(r"few|couple\s+of", " ", low)) or 0.0)
    return parse_words(low)


def _scaled(text: str, atom: Atom) -> Atom:
    """Take the scale words and the "and a half" that follow into the atom."""
    half = AND_HALF.match(text, atom.end) if atom.value >= 1 else None
    if half:
        atom.value, atom.end = atom.value + half_of(half), half.end()
    while True:
        scale = SCALE_AFTER.match(text, atom.end)
        if not scale:
            return atom
        word = scale[1].casefold()
        stuck = scale.start(1) == atom.end
        if word in LETTER_SCALES and (not stuck or atom.scaled):
            return atom
        factor = LETTER_SCALES.get(word) or SCALES[word]
        atom.value, atom.scale = atom.value * factor, atom.scale * factor
        atom.scaled, atom.end = True, scale.end(1)


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
    """ "half", "two-thirds", "a quarter": a fraction, or a "share" if written "three quarters"."""
    words = re.split(r"[-\u2010\s]+", match[0].casefold())
    below = DENOMINATORS.get(words[-1]) or DENOMINATORS.get(words[-1].rstrip("s"))
    if below is None:
        return None
    above = 1 if len(words) == 1 or words[0] in ("a", "an") else UNITS[words[0]]
    if above >= below:  # "the past four quarters"
        return None
    return Atom(
        match.start(), match.end(), above / below, "fraction", article=len(words) > 1 and words[0] in ("a", "an")
    )


def multiple_value(word: str) -> float:
    """2.0 for "twice" and "doubled", 10.0 for "tenfold"."""
    low = word.casefold()
    if low.endswith("fold"):
        return parse_words(low.removesuffix("fold").rstrip("-")) or 1.0
    return MULTIPLES[low[:5]]

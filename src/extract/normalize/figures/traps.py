"""What looks like a figure and claims nothing: dates, times, ages, references, names with numbers, addresses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from extract import lexicons
from extract.normalize.figures.figure import Atom
from extract.normalize.tails import Tails

MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?"
)
# Links, addresses on the net, telephone numbers, file names, coordinates, citations of law, tariff lines of three and
# more parts, lists of front matter: nothing in them is read.
_OPAQUE = re.compile(
    r"\]\([^)\s]*(?:[ \n]+\"[^\"\n]*\")?\)|https?://\S+|www\.\S+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|(?<![\w.,$£€¥])(?:\+\d{1,3}[ -]?)?\(?\d{3}\)?[ -]\d{3}[ -]\d{4}(?!\d)|(?<!\w)\+\d[\d ]{7,15}\d(?!\d)"
    r"|(?<![\w.,$£€¥])0\d{2,4} \d{3} \d{3,4}(?!\d)"
    r"|\d{1,3}°\s?\d{1,2}(?:[.,]\d+)?\s?['′’](?:\s?\d+(?:[.,]\d+)?\s?[\"″”])?\s?[NSEW]?|\d{1,3}(?:\.\d+)?°\s?[NSEW]\b"
    r"|(?<![\w.])\d{1,4} (?:F\.?R\.?|U\.?S\.?C\.?A?|C\.?F\.?R\.?|Stat"
    r"|Fed\. ?Reg|F\.(?:2d|3d)|S\. ?Ct|U\.S)\.? ?§* ?\d[\d,.]*"
    r"|(?<![\w.,$£€¥])\d{4}\.\d{2}\.\d{2}(?:\.?\d{2,4})*(?![\d%])"
    r"|(?m:^source_url:.*$|^modified_time:.*$|^published_time:.*$|^date:.*$)"
)
_FORMS = [form for word in lexicons.alternatives("en/figure_references") for form in word.split("|")]
_REFERENCES = "|".join(map(re.escape, _FORMS))
_REFERENCE_TAILS = Tails([*_FORMS, "#", "§"])
_REFERENCE = re.compile(rf"(?:(?<!\w)(?:{_REFERENCES})[ \u00a0]?\(?|[#§])\s*\Z")
# "Articles 5 and 7", "pages 12-14": the further ones of a series.
_SERIES = re.compile(
    rf"(?<!\w)(?:{_REFERENCES}) ?\d[\w.()]*(?:(?:,| and| to| or|,? ?[-–&])\s*\d[\w.()]*)*"
    r"(?:,| and| to| or| &|[-–])\s*\Z"
)
_MONTH_LEFT = re.compile(rf"\b{MONTHS}\s+(?:\d{{1,2}}\s*(?:,|and|to|-|–|or|&)\s*(?:and\s+)?)*\Z")
_MONTH_RIGHT = re.compile(rf"(?:st|nd|rd|th)?(?:\s+(?:of\s+)?|-){MONTHS}(?![a-z])")
_CLOCK_RIGHT = re.compile(r":\d|[ ]?(?:[ap]\.?\s?m\b|o['’]clock|GMT|hrs?\b|hours)", re.IGNORECASE)
_STUCK_RIGHT = re.compile(r"(?:st|nd|rd|th)\b|['’]?s\b|[A-Za-z_]|[.,]\d|-[A-Z]\d|/\d")
_STUCK_LEFT = re.compile(r"(?:[A-Za-z_][-\u2010.]?|[A-Z]\.|\d[:/.,]|(?:1[5-9]|20)\d\d[-–]|\d-\d\d-|['’]|[A-Za-z]/)\Z")
_SERIAL_LEFT = re.compile(r"(?:[A-Z]\d{1,4}|(?<!\d)0\d{1,4})-\Z")
# A range whose end is no year; one that begins with a scaled sum ("£2m-3m", "500 million-1 billion").
_NO_YEAR_RANGE = re.compile(r"[-–](?:2[2-9]|[3-9]\d)\d\d(?![\d-])")
_AFTER_SCALE = re.compile(r"\d ?(?:thousand|million|billion|trillion|crore|lakh|m|bn|k|mn|mln)[-–]\Z")
_YEAR_LEFT = re.compile(
    r"(?:\b(?:in|since|by|until|till|during|through|before|after|from|to|of|for|the|fiscal|FY|year|years|mid|late"
    r"|early|circa|and"
    r"|or|between|than|on|about|as|pre|post|this|that|calendar|January|February|March|April|May|June|July|August"
    r"|September"
    r"|October|November|December|spring|summer|autumn|fall|winter|’|')[ \n-]\s*|[(,–—/-]\s?)\Z",
    re.IGNORECASE,
)
_NAME_LEFT = re.compile(r"(?:^|[^\w\s.!?]|\b[a-z]+)\s+(?:[A-Z][\w&.]*[ ]){0,2}(?!\w+day\b)([A-Z][\w&]+)[ ]\Z")
_NAME_AFTER_PLACE = re.compile(
    r"\b(?:in|of|from|to|for|at|by|with|and|on|In|At|From|with)\s+(?:the\s+)?(?:[A-Z][\w.]*[ ]){1,3}\Z"
)
_PAIR_LEFT = re.compile(r"(?<!\d)(\d{1,5})[-–]\Z")
_LINE_START = re.compile(r"(?:^|\n)[ \t]*(?:[*•-][ \t]+)?[(\[]?\Z")


class Mask:
    """Sorted spans, merged, that answer whether an offset lies in one of them."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        merged: list[list[int]] = []
        for start, end in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def __contains__(self, offset: int) -> bool:
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._ends[index]


def opaque_spans(text: str) -> list[tuple[int, int]]:
    """Links, addresses, telephone numbers, citations, coordinates and the data lines of a file's front matter."""
    return [match.span() for match in _OPAQUE.finditer(text)]


def is_stuck_left(text: str, start: int) -> bool:
    """Digits that end something longer: "F-16", "MQ-9", "10:30"."""
    if text[start - 1 : start].isspace():
        return False
    if text[start - 4 : start] == "-to-" or _AFTER_SCALE.search(text, max(0, start - 14), start):
        return False
    return bool(_STUCK_LEFT.search(text, max(0, start - 6), start)) and not _NO_YEAR_RANGE.match(text, start - 1)


def is_stuck_right(text: str, end: int) -> bool:
    """Digits that open something longer: "12th", "1980s", "3.1.2", "5G"."""
    return bool(_STUCK_RIGHT.match(text, end))


def is_reference(text: str, start: int) -> bool:
    """A number that names its place ("Section 301", "No. 12", "Boeing 787", "Articles 5 and 7")."""
    low = max(0, start - 28)
    if _REFERENCE_TAILS.fit(text, low, start) and _REFERENCE.search(text, low, start):
        return True
    near = any(character.isdigit() for character in text[max(0, start - 8) : start])
    return near and bool(_SERIES.search(text, max(0, start - 48), start))


def is_calendar(text: str, atom: Atom) -> bool:
    """A day beside its month, or an hour."""
    start, end = atom.start, atom.end
    if atom.scaled or atom.value % 1:
        return False
    grouped = "," in text[start:end]
    return bool(
        (not grouped and _MONTH_LEFT.search(text, max(0, start - 40), start))
        or _MONTH_RIGHT.match(text, end)
        or _CLOCK_RIGHT.match(text, end)
    )


def is_year(text: str, atom: Atom) -> bool:
    """Four bare digits that read as a year: between 1500 and 2100 and after a word that leads to one."""
    if atom.how != "digits" or atom.scaled or atom.end - atom.start != 4 or not 1500 <= atom.value <= 2100:
        return False
    if _NO_YEAR_RANGE.match(text, atom.end):
        return False  # "2000-2500 workers"
    left = text[max(0, atom.start - 12) : atom.start]
    return not left.strip() or bool(_YEAR_LEFT.search(left)) or bool(_LINE_START.search(left))


def is_name(text: str, atom: Atom) -> bool:
    """Small bare digits after a capitalised word inside a sentence ("Falcon 9 rockets"), places excepted."""
    if atom.how != "digits" or atom.scaled or atom.value >= 10_000 or "," in text[atom.start : atom.end]:
        return False
    low = max(0, atom.start - 60)
    if not _NAME_LEFT.search(text, low, atom.start):
        return False
    return not _NAME_AFTER_PLACE.search(text, low, atom.start)


def is_serial(text: str, atom: Atom, noun: int) -> bool:
    """The number of a message or file: "016-005", "DIR 62932" at the end of a line in capitals."""
    written = text[atom.start : atom.end]
    if not written.isdigit() or atom.scaled:
        return False
    ends_line = len(written) > 3 and "\n" in text[atom.end : noun] and text[noun : noun + 2].isupper()
    parted = _SERIAL_LEFT.search(text, max(0, atom.start - 8), atom.start)
    return bool(parted) or ends_line or (written[0] == "0" and len(written) > 1)


def is_falling_pair(text: str, atom: Atom) -> bool:
    """The smaller part of a model or a score ("the 787-9", "3-2"): ranges rise."""
    left = _PAIR_LEFT.search(text, max(0, atom.start - 8), atom.start)
    return bool(left and float(left[1]) > atom.value)


def is_list_number(text: str, atom: Atom, noun: str) -> bool:
    """A small number that opens a line before a capitalised word ("3 Omitted paragraphs concern …")."""
    if atom.how != "digits" or atom.scaled or atom.value >= 100:
        return False
    opens = bool(_LINE_START.search(text, max(0, atom.start - 10), atom.start))
    return opens and (noun[:1].isupper() or text[atom.end + 1 : atom.end + 2].isupper())

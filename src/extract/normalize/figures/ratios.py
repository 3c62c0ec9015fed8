"""Multiples and fractions: which of "46 times", "doubled", "half", "a third" and "60/40" compare something."""

from __future__ import annotations

import re

from extract.normalize.figures.figure import Figure
from extract.normalize.numbers import GAP1

_TIMES = re.compile(rf"(?:[-\u2010]|{GAP1})(?:times\b|-?fold\b)|-?fold\b|[ ]?[xX](?![\w-])", re.IGNORECASE)
_TIMES_AFTER = re.compile(
    rf"{GAP1}(?:as|the|more|less|larger|bigger|higher|greater|faster|that|what|its|their|his|our|over|those|smaller"
    rf"|lower|longer|cheaper|costlier|earnings|annual|world|domestic|national|average|\w+er{GAP1}than)\b",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(r"\b(?:by|to|than|magnification of)\s+(?:\w+\s+)?\Z")
_BY_SOME = re.compile(r"\bby\s+(?:\w+\s+){0,3}\Z")
_MORE_AFTER = re.compile(rf"{GAP1}(?:more|less|higher|lower|larger|smaller|cheaper)\b", re.IGNORECASE)
_FRACTION_OF = re.compile(
    rf"{GAP1}of{GAP1}(?!(?:the{GAP1}|this{GAP1}|that{GAP1}|last{GAP1}|next{GAP1}|an?{GAP1})?"
    r"(?:year|month|decade|century|day|week|hour|quarter|minute|game|season|19\d\d|20\d\d)\b)",
    re.IGNORECASE,
)
_HALF_AFTER = re.compile(
    rf"{GAP1}(?:the|its|their|our|his|her|my|your|all|that|this|those|as|what|again)\b"
    rf"(?!{GAP1}(?:time|day|year|hour|month|night|way|week)\b)",
    re.IGNORECASE,
)
_NO_FRACTION_AFTER = re.compile(
    r"[- ](?:an?[- ])?(?:hour|year|day|month|century|decade|time|dozen|mile|way|inch|minute|point|party|parties|person"
    r"|country|countries|world|reading|term|session)",
    re.IGNORECASE,
)
_TIME_BEFORE = re.compile(
    r"\b(?:next|past|last|previous|first|preceding|following|final|these|those|all|recent)\s+\Z", re.IGNORECASE
)
_ABOUT_LEFT = re.compile(
    r"\b(?:about|nearly|almost|roughly|over|under|than|least|approximately|around|only|by|in|to)\s+\Z", re.IGNORECASE
)
_ORDINAL_LEFT = re.compile(
    r"\b(?:first|second|latter|other|third|fourth|final|last|top|bottom|19\d\d|20\d\d)[\s-]+\Z|\band\s+an?\s+\Z"
    r"|[a-z]-\Z|\b(?:the|on|in)\s+\Z(?=third|fourth|fifth|quarter)",
    re.IGNORECASE,
)
_PLURAL_PART = re.compile(r"(?:thirds|quarters|fifths|tenths|eighths|sixths)\Z")
_DOUBLE_BAD = re.compile(
    r"[- ](?:digit|taxation|standard|check|edged|entry|blind|count|dip|down|tax|decker|bed|agent|jeopardy|A\b|B\b"
    r"|figure|room|whammy|crown|play)|[ ]?s?['’]",
    re.IGNORECASE,
)
_DOUBLE_LEFT = re.compile(
    r"\b(?:to|will|would|could|may|might|can|should|must|shall|than|nearly|almost|about|roughly|and|not|did|is|are"
    r"|at)\s+\Z",
    re.IGNORECASE,
)
_DOUBLE_AFTER = re.compile(
    rf"(?:{GAP1}(?:the|its|their|our|his|that|what|this|those|in|from|to|by|over|last|as|or|since|between|during|on"
    rf"|US|U\.S\.|exports?|imports?|output|production|sales|trade|tariffs?|duties)\b|[.,;])",
    re.IGNORECASE,
)
_TWICE_BAD = re.compile(
    rf"{GAP1}(?:an?|in|before|during|since|daily|weekly|yearly|this|last|each|every|on|for|at|with|and|but|or)\b"
    rf"|[.,;!?)]",
    re.IGNORECASE,
)
_SPLIT_RIGHT = re.compile(r"[/-](\d{1,2})(?![\d/%-]|\s?(?:per|pct))")
_RATIO_LEFT = re.compile(r"\bratio\s+(?:of|was|is)\s+\Z", re.IGNORECASE)
_PARTS_RIGHT = re.compile(r"(?::|\s+to\s+)(\d{1,3}(?:\.\d+)?)\b", re.IGNORECASE)
_SPOKEN_SPLIT = re.compile(rf"(?:[-/]|{GAP1})fifty\b(?![- ](?:one|two|three|four|five|six|seven|eight|nine))", re.I)


def read_times(text: str, figure: Figure) -> Figure | None:
    """ "46 times the average", "ninefold", "2.5x": a multiple, if it compares; ``None`` for how often something was."""
    times = _TIMES.match(text, figure.end)
    if times is None:
        return None
    often = times[0].casefold().endswith("times")
    if often and not _TIMES_AFTER.match(text, times.end()) and not _leads(text, figure.start):
        return None
    if times[0].casefold().strip() == "x" and text[times.end() : times.end() + 2].strip()[:1].isdigit():
        return None  # "10 x 12 feet"
    return _as_ratio(figure, "times", times.end())


def _leads(text: str, start: int) -> bool:
    return bool(_LEADS_TO.search(text, max(0, start - 24), start))


def is_often(text: str, end: int) -> bool:
    """Whether "times" follows: what is counted is how often something was."""
    return bool(_TIMES.match(text, end))


def read_split(text: str, figure: Figure) -> Figure | None:
    """ "60/40", "fifty-fifty": two parts of a hundred."""
    written = text[figure.atom.start : figure.atom.end]
    if written.casefold() == "fifty" and (spoken := _SPOKEN_SPLIT.match(text, figure.end)):
        figure.low = figure.high = 1.0
        return _as_ratio(figure, "split", spoken.end())
    whole, stroke, other = written.partition("/")
    if stroke and whole.isdigit() and other.isdigit() and int(whole) + int(other) == 100 and int(other):
        figure.low = figure.high = int(whole) / int(other)
        return _as_ratio(figure, "split", figure.end)
    parts = (
        _PARTS_RIGHT.match(text, figure.end)
        if _RATIO_LEFT.search(text, max(0, figure.start - 12), figure.start)
        else None
    )
    if parts and float(parts[1]):
        figure.low = figure.high = figure.atom.value / float(parts[1])
        return _as_ratio(figure, "split", parts.end())
    rest = _SPLIT_RIGHT.match(text, figure.end) if written.isdigit() else None
    if rest and int(written) + int(rest[1]) == 100 and int(rest[1]):
        figure.low = figure.high = int(written) / int(rest[1])
        return _as_ratio(figure, "split", rest.end())
    return None


def _as_ratio(figure: Figure, rule: str, end: int) -> Figure:
    figure.kind, figure.unit, figure.rule, figure.end = "ratio", "x", rule, end
    return figure


def read_ratio(text: str, figure: Figure) -> Figure | None:
    """A multiple, a fraction or "one in five", where what follows shows that it compares."""
    how, end = figure.atom.how, figure.end
    _as_ratio(figure, how, end)
    if how == "share":
        return figure
    if how == "multiple":
        return figure if _is_multiple(text, figure) else None
    low = max(0, figure.start - 16)
    written = text[figure.start : end].casefold()
    if _ORDINAL_LEFT.search(text, low, figure.start) or _NO_FRACTION_AFTER.match(text, end):
        return None
    if "quarter" in written and _TIME_BEFORE.search(text, low, figure.start):
        return None
    plain = "-" not in written and " " not in written and "\n" not in written
    if plain and not written.startswith("half"):
        return None
    if _FRACTION_OF.match(text, end):
        return figure
    if "of" in text[end : end + 4].split():  # "three quarters of a century"
        return None
    if _BY_SOME.search(text, low, figure.start) or _MORE_AFTER.match(text, end):
        return figure
    if written.startswith(("one ", "one-")) and "quarter" not in written:
        return figure
    if not plain and "quarter" not in written and _ABOUT_LEFT.search(text, low, figure.start):
        return figure
    if written == "half" and (_HALF_AFTER.match(text, end) or _ABOUT_LEFT.search(text, low, figure.start)):
        return figure
    return figure if _PLURAL_PART.search(written) else None


def _is_multiple(text: str, figure: Figure) -> bool:
    word = text[figure.start : figure.end].casefold()
    low = max(0, figure.start - 12)
    if word.startswith(("twice", "thrice")):
        return not _TWICE_BAD.match(text, figure.end) or bool(re.search(r"\bthan\s+$", text[low : figure.start]))
    if _DOUBLE_BAD.match(text, figure.end):
        return False
    if word in ("double", "triple", "treble", "quadruple"):
        return bool(_DOUBLE_LEFT.search(text, low, figure.start) or _DOUBLE_AFTER.match(text, figure.end))
    return True

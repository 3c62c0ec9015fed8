"""Multiples and fractions: which of "46 times", "doubled", "half" and "a third" compare something."""

from __future__ import annotations

import re

from extract.normalize.figures.figure import Figure
from extract.normalize.numbers import GAP1

_FRACTION_UNIT = re.compile(
    rf"(?:(?:{GAP1}of)?{GAP1}(?:an?|one|1){GAP1}|[ -])(?:(per[ -]?cent(?:age[ -]points?)?|percentage[ -]points?|%"
    rf"|pct)|(point)\b)"
    rf"|{GAP1}of{GAP1}an?{GAP1}(million|billion|trillion)\b",
    re.IGNORECASE,
)
TIMES = re.compile(rf"(?:[-\u2010]|{GAP1})times\b", re.IGNORECASE)
_TIMES_AFTER = re.compile(
    rf"{GAP1}(?:as|the|more|less|larger|bigger|higher|greater|faster|that|what|its|their|his|our|over|those|larger"
    rf"|smaller"
    rf"|lower|longer|cheaper|costlier|earnings|annual|world|domestic|\w+er{GAP1}than)\b",
    re.IGNORECASE,
)
FOLD = re.compile(r"[- ]?fold\b", re.IGNORECASE)
_BY_SOME = re.compile(r"\bby\s+(?:\w+\s+){0,3}$")
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
_HALF_BAD = re.compile(
    r"[- ](?:an?[- ])?(?:hour|year|day|month|century|decade|time|dozen|mile|way|inch|minute|point)", re.IGNORECASE
)
_ABOUT_LEFT = re.compile(
    r"\b(?:about|nearly|almost|roughly|over|under|than|least|approximately|around|only|by|in|to)\s+$", re.IGNORECASE
)
_ORDINAL_LEFT = re.compile(
    r"\b(?:first|second|latter|other|third|fourth|final|last|top|bottom|19\d\d|20\d\d)[\s-]+$|\band\s+an?\s+$",
    re.IGNORECASE,
)
_DOUBLE_BAD = re.compile(
    r"[- ](?:digit|taxation|standard|check|edged|entry|blind|count|dip|down|tax|decker|bed|agent|jeopardy|A\b|B\b"
    r"|figure|room|whammy|crown|play)|[ ]?s?['’]",
    re.IGNORECASE,
)
_DOUBLE_LEFT = re.compile(
    r"\b(?:to|will|would|could|may|might|can|should|must|shall|than|nearly|almost|about|roughly|and|not|did|is|are"
    r"|at)\s+$",
    re.IGNORECASE,
)
_DOUBLE_AFTER = re.compile(
    rf"(?:{GAP1}(?:the|its|their|our|his|that|what|this|those|in|from|to|by|over|last|as|or|since|between|during|on"
    rf"|US|U\.S\.|exports?"
    r"|imports?|output|production|sales|trade|tariffs?|duties)\b|[.,;])",
    re.IGNORECASE,
)
_TWICE_BAD = re.compile(
    rf"{GAP1}(?:an?|in|before|during|since|daily|weekly|yearly|this|last|each|every|on|for|at|with|and|but|or)\b"
    rf"|[.,;!?)]",
    re.IGNORECASE,
)


def read_times(text: str, figure: Figure) -> Figure | None:
    fold = FOLD.match(text, figure.end)
    times = fold or TIMES.match(text, figure.end)
    assert times is not None
    left = text[max(0, figure.start - 16) : figure.start]
    if (
        not fold
        and not _TIMES_AFTER.match(text, times.end())
        and not re.search(r"\b(?:by|to|than)\s+(?:\w+\s+)?$", left)
    ):
        return None
    figure.kind, figure.unit, figure.rule, figure.end = "ratio", "x", "times", times.end()
    return figure


def read_ratio(text: str, figure: Figure) -> Figure | None:
    """A multiple, a fraction or "one in five", where what follows shows that it compares."""
    how, end = figure.atom.how, figure.end
    figure.kind, figure.unit, figure.rule = "ratio", "x", how
    if how == "share":
        return figure
    if how == "multiple":
        return figure if _is_multiple(text, figure) else None
    unit = _FRACTION_UNIT.match(text, end)
    if unit:
        return _fraction_unit(figure, unit)
    left = text[max(0, figure.start - 16) : figure.start]
    written = text[figure.start : end].casefold()
    if _ORDINAL_LEFT.search(left) or _HALF_BAD.match(text, end):
        return None
    plain = "-" not in written and " " not in written
    if plain and not written.startswith("half"):
        return None
    if _FRACTION_OF.match(text, end) or (_BY_SOME.search(left) or _MORE_AFTER.match(text, end)):
        return figure
    if written == "half" and (_HALF_AFTER.match(text, end) or _ABOUT_LEFT.search(left)):
        return figure
    return figure if re.search(r"(?:thirds|quarters|fifths|tenths|eighths|sixths)$", written) else None


def _fraction_unit(figure: Figure, unit: re.Match[str]) -> Figure:
    if unit[3]:
        scale = {"million": 1e6, "billion": 1e9, "trillion": 1e12}[unit[3].casefold()]
        figure.low = figure.high = figure.atom.value * scale
        figure.atom.scaled, figure.kind, figure.unit, figure.rule = True, None, None, "bare"
    else:
        points = unit[2] or "point" in unit[1].casefold()
        figure.kind, figure.unit, figure.rule = "percent", "pp" if points else "%", "percent.fraction"
    figure.end = unit.end()
    return figure


def _is_multiple(text: str, figure: Figure) -> bool:
    word = text[figure.start : figure.end].casefold()
    left = text[max(0, figure.start - 12) : figure.start]
    if word.startswith(("twice", "thrice")):
        return not _TWICE_BAD.match(text, figure.end) or bool(re.search(r"\bthan\s+$", left))
    if _DOUBLE_BAD.match(text, figure.end):
        return False
    if word in ("double", "triple", "treble", "quadruple"):
        return bool(_DOUBLE_LEFT.search(left) or _DOUBLE_AFTER.match(text, figure.end))
    return True

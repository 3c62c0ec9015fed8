"""Percentages, percentage points and their parts: "5 per cent", "25 basis points", "half a percent", "zero tariffs"."""

from __future__ import annotations

import re

from extract.normalize.figures.figure import Figure
from extract.normalize.figures.words import Word
from extract.normalize.numbers import GAP1, WIDE_GAP

PERCENT = re.compile(
    rf"(?:{GAP1}of(?:{GAP1}an?|{GAP1}one|{GAP1}1)|{GAP1}an?|{GAP1}one(?=[ -]p))?(?:[-\u2010]|{WIDE_GAP})"
    r"(?:(%|％|per(?:[ -]|\s)?cent\b|pct\b\.?|per\s+centum|pc\b|p\.c\.)(?:age)?([ -]points?\b)?"
    r"|(?:pour\s+cent|por\s+ciento|Prozent)\b|p\.\s?100(?!\d)"
    r"|(‰)|(percentage[ -]?points?\b|pp\b|ppts?\b)|(basis[ -]points?\b|bps?\b))",
    re.IGNORECASE,
)
_PART_POINT = re.compile(r"[ -](?:(?:of[ ])?an?[ ])?points?\b", re.IGNORECASE)
_PART_FIRST = re.compile(r"(?:half|(?:an?|one|two|three)\b.*)\Z", re.IGNORECASE | re.DOTALL)
_RATED = re.compile(
    r"per\s?cent|%|\bpct\b|\bpolls?\b|\bturnout|\bshares?\b|\brates?\b|\bmargins?\b|\bsupport|\bratings?\b|\blead\b",
    re.IGNORECASE,
)
_INDEXED = re.compile(
    r"\bindex|\bind(?:ic|ex)es|\bDow\b|\bNikkei|\baverages?\b|\bstocks?\b|\bFTSE|\bDAX|\bNasdaq|\bS&P"
)
_ZERO_RATE = re.compile(r"[- ](?:\w+[- ])?(?:tariffs?|dut(?:y|ies)|rates?|rated|percent)\b", re.IGNORECASE)
_RATE_LEFT = re.compile(
    r"\b(?:tariffs?|dut(?:y|ies)|CET|rates?|lev(?:y|ies))\b[^.;]{0,60}\b(?:to|is|are|was|were|at|of)\s+\Z",
    re.IGNORECASE,
)


def part_of_percent(text: str, figure: Figure) -> Figure | None:
    """ "half a percent", "a quarter of a percentage point", "half-point": a part of one."""
    written = text[figure.start : figure.end]
    percent = PERCENT.match(text, figure.end)
    if percent and (_PART_FIRST.match(written) or percent[0].lstrip()[:2] in ("of", "a ", "on")):
        figure = as_percent(figure, percent)
        figure.rule = "percent.fraction"
        return figure
    point = _PART_POINT.match(text, figure.end)
    if point and (written.casefold() in ("half", "quarter") or " " in written or "-" in written):
        figure.kind, figure.unit, figure.rule = "percent", "pp", "percent.fraction"
        figure.unit_start = figure.end = point.end()
        return figure
    return None


def as_percent(figure: Figure, match: re.Match[str]) -> Figure:
    figure.kind, figure.rule, figure.unit = "percent", "percent", "%"
    figure.unit_start, figure.end = match.end(), match.end()
    if match[5]:
        figure.low, figure.high, figure.unit, figure.factor = figure.low / 100, figure.high / 100, "pp", 0.01
    elif match[3]:
        figure.low, figure.high, figure.factor = figure.low / 10, figure.high / 10, 0.1
    elif match[4] or match[2]:
        figure.unit = "pp"
    return figure


def points(text: str, figure: Figure, word: Word) -> Figure | None:
    """Points are of a percentage where the sentence speaks of one, else of an index; three points to make are none."""
    around = text[max(0, figure.start - 140) : word.end + 70]
    indexed = _INDEXED.search(around)
    if word.text == "point" and figure.atom.value != 1:
        return None  # "a five point scale"
    if _RATED.search(around) and not indexed:
        figure.kind, figure.unit, figure.rule = "percent", "pp", "percent.points"
    elif figure.atom.how == "digits" or indexed:
        figure.kind, figure.unit, figure.rule = "quantity", "point", "measure"
    else:
        return None
    figure.unit_start, figure.end = word.start, word.end
    return figure


def zero_rate(text: str, figure: Figure) -> Figure | None:
    """ "zero tariffs", "the duty is cut to zero": a rate of nought."""
    low = max(0, figure.start - 90)
    if _ZERO_RATE.match(text, figure.end) or _RATE_LEFT.search(text, low, figure.start):
        figure.kind, figure.unit, figure.rule = "percent", "%", "percent.zero"
        return figure
    return None

"""Links between figures: conversions ("15 trillion yen (140 billion dollars)") and changes ("from … to …")."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_CONVERTS = re.compile(
    r"(?:\s+(?:in|during|by)\s+(?:[A-Z][a-z]+\s+)?\d{4})?\s*(?:[(\[]|,\s*(?:or|that is|i\.e\.,?)\s|\s(?:or|=)\s"
    r"|,\s*equivalent to)\s*(?:(?:about|approximately|around"
    r"|roughly|some|nearly|almost|over|or|equivalent to|"
    r"equal to|worth|just|under|more than|less than|at current exchange rates,?)\s*)*",
    re.IGNORECASE,
)
_FROM_LEFT = re.compile(
    r"\bfrom\s+(?:(?:about|nearly|some|around|over|just|only|a|an|the|its|current|less than|more than|under|almost"
    r"|approximately)\s+){0,3}$",
    re.IGNORECASE,
)
_TO_LEFT = re.compile(
    r"\b(?:to|into)\s+(?:(?:about|nearly|some|around|over|just|only|a|an|the|less than|more than|under|almost"
    r"|approximately)\s+){0,3}$",
    re.IGNORECASE,
)
_TO_FROM = re.compile(r"\s+from\s+(?:\w+\s+)?")
_AND_AGAIN = re.compile(r"[^.;:()]{0,40}\band\s+$")


def links(text: str, figures: Sequence[Mapping[str, Any]], sentence_of: Sequence[int]) -> dict[int, tuple[str, int]]:
    """For each linked figure (by index): how, and the index of the other one."""
    found: dict[int, tuple[str, int]] = {}
    for index in range(1, len(figures)):
        before, figure = figures[index - 1], figures[index]
        if _same_sum(text, before, figure):
            found[index] = ("converts", index - 1)
    for index, figure in enumerate(figures):
        if index in found or not _FROM_LEFT.search(text[max(0, figure["start"] - 40) : figure["start"]]):
            continue
        other = _other_end(text, figures, index, sentence_of)
        if other is not None and other not in found:
            found[index], found[other] = ("from", other), ("to", index)
            _coordinate(text, figures, index, other, found, sentence_of)
    return found


def _same_sum(text: str, before: Mapping[str, Any], figure: Mapping[str, Any]) -> bool:
    if before["kind"] != figure["kind"] or before["unit"] == figure["unit"] or figure["start"] - before["end"] > 45:
        return False
    if figure["kind"] == "quantity" and not ("measure" in before["rule"] and "measure" in figure["rule"]):
        return False
    if figure["kind"] not in ("money", "quantity"):
        return False
    return bool(_CONVERTS.fullmatch(text, before["end"], figure["start"]))


def _other_end(text: str, figures: Sequence[Mapping[str, Any]], index: int, sentence_of: Sequence[int]) -> int | None:
    """ "from A … to B": B is the next figure of that kind after "to"; "to B from A": the one before."""
    figure = figures[index]
    before = figures[index - 1] if index else None
    if before is not None and _alike(figure, before) and _TO_FROM.fullmatch(text, before["end"], figure["start"]):
        return index - 1
    for other in range(index + 1, min(len(figures), index + 4)):
        if sentence_of[other] != sentence_of[index]:
            break
        if _alike(figure, figures[other]) and _TO_LEFT.search(
            text[max(0, figures[other]["start"] - 30) : figures[other]["start"]]
        ):
            return other
    for other in range(index - 1, max(-1, index - 3), -1):
        if sentence_of[other] != sentence_of[index]:
            break
        gap = text[figures[other]["end"] : figure["start"]]
        if _alike(figure, figures[other]) and len(gap) < 60 and not re.search(r"[;:]", gap):
            return other
    return None


def _alike(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    return bool(a["kind"] == b["kind"] and a["unit"] == b["unit"])


def _coordinate(
    text: str,
    figures: Sequence[Mapping[str, Any]],
    start: int,
    end: int,
    found: dict[int, tuple[str, int]],
    sentence_of: Sequence[int],
) -> None:
    """ "to 1.9 percent in 2017 and 2 percent in 2018": the second end is an end too."""
    other = end + 1
    if end > start and other < len(figures) and other not in found and sentence_of[other] == sentence_of[end]:
        gap = text[figures[end]["end"] : figures[other]["start"]]
        if _alike(figures[end], figures[other]) and _AND_AGAIN.fullmatch(gap):
            found[other] = ("to", start)

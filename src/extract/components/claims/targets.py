"""Targets: goals, quotas, caps and pledges with or without a figure of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extract import lexicons

_NEXT_FIGURE_REACH = 90
# A finite verb between a target word and a figure: the target is subject of something else.
_COPULA = re.compile(
    r"\s*(?:is|was|are|were)\s+(?:to\s+[^,;]{1,60}|(?:an?\s+)?(?:about\s+|at least\s+)?)", re.IGNORECASE
)
_FINITE = re.compile(r"\b(?:has|have|had|is|was|were|are)\b")


class TargetPhrase(NamedTuple):
    """A target phrase; ``promise``: a word that commits by itself, so that its plain status is ``planned``."""

    start: int
    end: int
    promise: bool


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rows = lexicons.load("en/claim_targets", {"pattern": "regex", "group": "target|promise|figure"})
    by_group = {
        name: "|".join(r["pattern"] for r in rows if r["group"] == name) for name in ("target", "promise", "figure")
    }
    alone = re.compile(
        rf"(?<![\w-])(?:(?P<promise>{by_group['promise']})|(?P<target>{by_group['target']}))(?![\w-])", re.IGNORECASE
    )
    beside = re.compile(
        rf"(?<![\w-])(?:{by_group['promise']}|{by_group['target']}|{by_group['figure']})(?![\w-])", re.IGNORECASE
    )
    return alone, beside


def target_phrases(text: str) -> Iterator[TargetPhrase]:
    """All target phrases of a text, left to right."""
    for match in _patterns()[0].finditer(text):
        yield TargetPhrase(match.start(), match.end(), match.lastgroup == "promise")


def target_beside(left: str, right: str, measure: str | None) -> bool:
    """Whether a figure is one to be met: its measure names a target, or a target word governs its clause."""
    beside = _patterns()[1]
    if measure and beside.search(measure):
        return True
    near_left = re.split(r"[;:!?]\s|(?<!\.[A-Z])(?<!\b[A-Z])\.\s|\bwhile\b|\bwhereas\b|\bbut\b|\byet\b", left)[-1][
        -130:
    ]
    for match in beside.finditer(near_left):
        if not _FINITE.search(near_left, match.end()) or _COPULA.fullmatch(near_left, match.end()):
            return True
    near_right = re.match(r"[^;:.!?,]{0,45}", right)
    return bool(near_right and _patterns()[0].match(near_right[0].lstrip(" -")))


def has_own_figure(text: str, phrase: TargetPhrase, figures_after: list[tuple[int, int]], sentence_end: int) -> bool:
    """Whether a figure of the same sentence follows the phrase, or stands right before it ("a 2 percent target")."""
    for start, end in figures_after:
        if phrase.end <= start < min(sentence_end, phrase.end + _NEXT_FIGURE_REACH):
            return not re.search(r"[;:.!?]\s", text[phrase.end : start])
        if (
            end <= phrase.start
            and phrase.start - end < 40
            and re.fullmatch(r"[\s-]*(?:[\w-]+\s+){0,3}", text[end : phrase.start])
        ):
            between = text[end : phrase.start].split()
            if not any(word in ("of", "by", "for", "in", "was", "is", "from", "to") for word in between):
                return True
    return False

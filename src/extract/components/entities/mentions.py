"""A mention while rules still compete for it."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import dataclass


@dataclass(slots=True)
class Mention:
    """A span that may be a name; the higher ``score`` wins where two overlap.

    ``rule`` tells who found it; ``country`` is ISO alpha-2; ``full`` a long form known from a lexicon; ``title`` the
    title written before a person.
    """

    start: int
    end: int
    label: str
    score: float
    rule: str
    country: str | None = None
    full: str | None = None
    title: str | None = None


def select(mentions: list[Mention]) -> list[Mention]:
    """Mentions without overlap, in text order: the higher score first, then the longer, then the earlier."""
    spans: list[tuple[int, int]] = []
    chosen: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (-m.score, m.start - m.end, m.start, m.label)):
        if mention.end > mention.start and _is_free(spans, mention.start, mention.end):
            insort(spans, (mention.start, mention.end))
            chosen.append(mention)
    return sorted(chosen, key=lambda m: m.start)


def _is_free(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_left(spans, (end, 0))
    return at == 0 or spans[at - 1][1] <= start

"""When two values, names or spans count as the same, and one-to-one pairing of gold and found rows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

Row = dict[str, Any]
# Words that do not tell two phrases apart.
_LIGHT = frozenset({"the", "a", "an", "of", "s", "its", "their", "our", "his"})
RELATIVE_TOLERANCE = 1e-6


def plain(value: Any) -> Any:
    """``None`` for every kind of missing; NFC, single-spaced, case-folded text; anything else as it is."""
    if value is None or value != value:
        return None
    if isinstance(value, str):
        folded = re.sub(r"\s+", " ", unicodedata.normalize("NFC", value)).strip().strip(".,;:").casefold()
        return folded or None
    return value


def same(a: Any, b: Any) -> bool:
    return str(plain(a)) == str(plain(b))


def same_name(a: Any, b: Any) -> bool:
    """Equal, or every word of the one is among the other's ("Roe", "Jane Roe")."""
    a, b = plain(a), plain(b)
    if a is None or b is None:
        return a is b
    words_a, words_b = set(re.findall(r"\w+", a)), set(re.findall(r"\w+", b))
    return a == b or bool(words_a and words_b and (words_a <= words_b or words_b <= words_a))


def same_phrase(a: Any, b: Any) -> bool:
    """Dice coefficient of the words, light ones left out, of at least one half; both empty also counts."""
    words_a, words_b = _content_words(a), _content_words(b)
    if not words_a or not words_b:
        return not words_a and not words_b
    return 2 * len(words_a & words_b) / (len(words_a) + len(words_b)) >= 0.5


def _content_words(value: Any) -> set[str]:
    return set(re.findall(r"\w+", plain(value) or "")) - _LIGHT


def same_number(a: Any, b: Any) -> bool:
    a, b = plain(a), plain(b)
    if a is None or b is None:
        return a is b
    return abs(float(a) - float(b)) <= RELATIVE_TOLERANCE * max(1.0, abs(float(a)))


def overlap(a: Row, b: Row) -> int:
    """Characters that two spans share."""
    return int(max(0, min(a["end"], b["end"]) - max(a["start"], b["start"])))


def intersection_over_union(a: Row, b: Row) -> float:
    shared = overlap(a, b)
    return shared / float((a["end"] - a["start"]) + (b["end"] - b["start"]) - shared)


def pair(gold: Sequence[Row], found: Sequence[Row], fits: Callable[[Row, Row], bool]) -> list[tuple[Row, Row]]:
    """One-to-one pairs of overlapping rows that fit, the best overlap first."""
    options = [
        (intersection_over_union(g, f), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if overlap(g, f) and fits(g, f)
    ]
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs: list[tuple[Row, Row]] = []
    for _, i, j in sorted(options, key=lambda option: -option[0]):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((gold[i], found[j]))
    return pairs

"""Quotations that a name stands beside, without a verb: "Jane Roe: “…”", "“…” — Jane Roe, Minister"."""

from __future__ import annotations

from collections.abc import Sequence

from extract.components.quotes.reading import Item, acts

# A longer line before the colon, or behind the dash, is no name with its office.
NAME_ITEMS = 14
# Fewer words in marks behind a colon are the name of something.
MIN_WORDS = 4


def named_beside(items: Sequence[Item]) -> tuple[int, tuple[int, int]] | None:
    """The quotation that fills a paragraph but for a name, and the items of the name; ``None`` if there is none."""
    quoted = [at for at, item in enumerate(items) if item.cls == "Q"]
    if len(quoted) != 1 or items[quoted[0]].text.count(" ") + 1 < MIN_WORDS:
        return None
    at = quoted[0]
    before = _words(items, 0, at - 1) if at and items[at - 1].cls == ":" else None
    if before and _is_name(items, *before) and at + 2 >= len(items):
        return at, before
    behind = at + 1
    if _words(items, 0, at) is None and behind < len(items) and (items[behind].cls == "-" or items[behind].text == "-"):
        after = _words(items, behind, len(items))
        return (at, after) if after and _is_name(items, *after) else None
    return None


def _words(items: Sequence[Item], start: int, end: int) -> tuple[int, int] | None:
    """The bounds of the words between two items, without marks of lists and dashes around them."""
    while start < end and not items[start].text[0].isalnum():
        start += 1
    while end > start and not items[end - 1].text[-1].isalnum():
        end -= 1
    return (start, end) if start < end else None


def _is_name(items: Sequence[Item], start: int, end: int) -> bool:
    words = items[start:end]
    capital = all(item.text[0].isupper() or item.cls in "PCDo," for item in words) and words[-1].text[0].isupper()
    return capital and len(words) <= NAME_ITEMS and any(item.cls == "X" for item in words)


def is_clause(items: Sequence[Item]) -> bool:
    """Words have a subject and then a finite verb: of quoted words within reported ones only such have a row."""
    return any(acts(items, at, 0) and any(item.cls in "NXR#" for item in items[:at]) for at in range(1, len(items)))

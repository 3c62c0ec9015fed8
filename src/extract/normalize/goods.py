"""Goods by the Harmonized System: from "imported cars and auto parts" to the chapter that holds both.

Source of the codes: the Harmonized System of the World Customs Organization, chapters (2 digits) and headings (4), as
published with UN Comtrade. Only words of ``lexicons/en/goods_codes.tsv`` have a code; in doubt there is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extract import lexicons
from extract.normalize.countries import country_code
from extract.normalize.units import singular

_CHAPTER_DIGITS = 2
_PARTS = re.compile(r"\s*(?:[,;/]\s*(?:and|or)?|\band\b|\bor\b|&)\s*")
_WORD = re.compile(r"[^\W_][\w'’.-]*")


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    rows = lexicons.load("en/goods_codes", {"code": "text", "goods": "terms"})
    return {_plain(row["goods"].split()): row["code"] for row in rows}


@lru_cache(maxsize=1)
def _modifiers() -> frozenset[str]:
    return lexicons.words("en/goods_modifiers")


@lru_cache(maxsize=4096)
def goods_code(item: str | None) -> str | None:
    """The heading or chapter of the goods that an item names; of several goods, what all share; ``None`` in doubt."""
    if not item:
        return None
    whole = _code(item)
    if whole:
        return whole
    codes = {_code(part) for part in _PARTS.split(item) if part.strip()}
    if None in codes or not codes:
        return None
    if len(codes) == 1:
        return codes.pop()
    chapters = {code[:_CHAPTER_DIGITS] for code in codes if code}
    return chapters.pop() if len(chapters) == 1 else None


def _code(good: str) -> str | None:
    """The code of one kind of goods: of the whole phrase, or of what is left when what only modifies is taken off."""
    written = _WORD.findall(good)
    while written:
        plain = _plain(written)
        if plain in _codes():
            return _codes()[plain]
        if written[0].lower() not in _modifiers() and country_code(written[0]) is None:
            return None
        written = written[1:]
    return None


def _plain(words: Sequence[str]) -> str:
    *before, last = (word.lower() for word in words)
    return " ".join([*before, singular(last)])

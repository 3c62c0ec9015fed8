"""Which letters make a word: what line-end hyphens and glued footnote marks are judged by."""

from __future__ import annotations

import re
from functools import cache

from extract import lexicons

_WORD = re.compile(r"[^\W\d_]{2,}")


@cache
def plain_words() -> frozenset[str]:
    """Common English words, in lower case."""
    rows = lexicons.load("en/plain_words", {"word": "text", "kind": "word|acronym"})
    return frozenset(row["word"].casefold() for row in rows if row["kind"] == "word")


class Words:
    """The words of a language and those of one text, which is read when it is first asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._own: frozenset[str] | None = None

    def __contains__(self, word: str) -> bool:
        folded = word.casefold()
        return folded in plain_words() or folded in self.own

    @property
    def own(self) -> frozenset[str]:
        """Every run of letters in the text that no line end cuts, in lower case, and every hyphenated one."""
        if self._own is None:
            whole = re.sub(r"[\w-]*-[ \t]*\n\s*\w*", " ", self._text).casefold()
            self._own = frozenset(_WORD.findall(whole)) | frozenset(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)+", whole))
        return self._own

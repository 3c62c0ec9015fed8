"""How exactly a figure is meant, by the words around it: "about", "up to", "or more", "plus or minus"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from extract.normalize.figures.figure import Figure
from extract.normalize.tails import Tails

# Words that may stand between a qualifier and its figure.
_BETWEEN = "a|an|only|just|some|another|as|of|say|perhaps|possibly|whopping|further|about|around|total"
MAX_LEFT = 64
_FROM = re.compile(r"\b(?:from|between)\b[^.;]*\Z|\b(?:is|are|am|was|were)[ ]up[ ]to[ ]\Z", re.IGNORECASE)
_PLUS_MINUS = re.compile(r"(?:\bplus[ ]or[ ]minus|\+\s?/\s?[-\u2212–]|±)\s*\Z", re.IGNORECASE)
_SUM_GOES_ON = re.compile(r"\s*(?:[\d$£€]|or\s+minus)")


class Qualifiers:
    """Reads qualifiers from phrases before and after a figure (phrase → qualifier)."""

    def __init__(self, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        self._before, self._after = dict(before), dict(after)
        self._tails = Tails([*before, *_BETWEEN.split("|")])
        self._left = re.compile(
            rf"(?<!\w)({_phrases(before)})(?:[\s,]+[\[*_(“]*|(?<=\W))(?:(?:{_BETWEEN})[\s,]+){{0,2}}\Z", re.IGNORECASE
        )
        self._right = re.compile(rf"(?:\s*(?=[-+])|[\s,]+)({_phrases(after)})(?!\w)", re.IGNORECASE)

    def settle(self, text: str, figure: Figure) -> None:
        """Give the figure its qualifier, and both signs where it is a margin."""
        low = max(0, figure.start - MAX_LEFT)
        margin = _PLUS_MINUS.search(text, low, figure.start)
        if margin:
            figure.start, figure.qualifier = margin.start(), "range"
            figure.low, figure.high = -abs(figure.high), abs(figure.high)
        elif figure.qualifier != "range":
            found = self._from_left(text, low, figure) or self._from_right(text, figure)
            written = text[figure.atom.start : figure.atom.end].casefold()
            if found and not (figure.atom.how == "vague" and found == "about"):
                figure.qualifier = found
            elif figure.atom.how == "vague":
                figure.qualifier = "at_least"
            elif written.startswith(("a few", "a couple")):
                figure.qualifier = "about"

    def _from_left(self, text: str, low: int, figure: Figure) -> str | None:
        left = self._left.search(text, low, figure.start) if self._tails.fit(text, low, figure.start) else None
        if left is None:
            return None
        phrase = _squeeze(left[1])
        if phrase == "some" and figure.atom.how == "vague":
            return None
        if phrase == "up to" and _FROM.search(text, max(low, left.start() - 60), left.end()):
            return None  # "from 4 percent in Wales up to 9 percent": the other end
        return self._before[phrase]

    def _from_right(self, text: str, figure: Figure) -> str | None:
        right = self._right.match(text, figure.end)
        if right is None:
            return None
        phrase = _squeeze(right[1])
        if phrase in ("plus", "+") and _SUM_GOES_ON.match(text, right.end()):
            return None  # "7.5% plus 2.5%" is a sum, "plus or minus" a margin
        if phrase in ("approximately", "roughly") and not re.match(
            r"\s*(?:[.,;)]|$)", text[right.end() : right.end() + 3]
        ):
            return None
        return None if phrase == "and more" and text.startswith(" than", right.end()) else self._after[phrase]


def _phrases(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()

"""Currencies: which ISO 4217 code a symbol or a word before or after a number stands for.

Words that several countries share ("dollars", "pounds", "francs") are *families*, written in lower case instead of a
code; ``resolve_family`` settles them by the evidence of the whole document.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple


class Currency(NamedTuple):
    """``code``: ISO 4217, or a family in lower case; ``factor``: 0.01 for cents and pence."""

    code: str
    factor: float = 1.0


class Home(NamedTuple):
    """A currency of a family and a regular expression for words that show its country; they begin with a capital."""

    code: str
    evidence: str


class MoneyGrammar:
    """Looks up currencies before and after a number.

    ``codes`` are ISO codes, matched as written. ``before`` maps forms that precede the number: those of three and more
    characters are matched without regard to case ("KShs", "Kshs"), shorter ones as written ("DM", "Rs"). ``after``
    maps words that follow it: those with a capital letter as written. ``homes`` lists each family's currencies, the
    default one first.
    """

    def __init__(
        self,
        *,
        codes: Iterable[str],
        before: Mapping[str, Currency],
        after: Mapping[str, Currency],
        homes: Mapping[str, tuple[Home, ...]],
    ) -> None:
        self._before = {code: Currency(code) for code in codes}
        self._before |= {form.casefold() if len(form) > 2 else form: value for form, value in before.items()}
        self.after = {form.casefold() if form == form.lower() else form: value for form, value in after.items()}
        self.homes = homes
        forms = sorted(self._before, key=len, reverse=True)
        body = "|".join(_form_pattern(form) for form in forms)
        self._before_re = re.compile(rf"(?:(?<![\w$£€¥])|(?<=\d)(?=[£€¥]))({body})[ \u00a0]?(?:\n[ ]*)?$")
        self._longest = max(map(len, forms), default=0) + 3

    def before(self, text: str, position: int) -> tuple[Currency, int] | None:
        """The currency that ends right before ``position`` and where it starts."""
        low = max(0, position - self._longest)
        match = self._before_re.search(text[low:position])
        if not match:
            return None
        form = match[1].rstrip(".") if match[1].rstrip(".") else match[1]
        currency = self._before.get(form) or self._before[form.casefold()]
        return currency, low + match.start(1)

    def find_after(self, words: list[str]) -> tuple[Currency, int] | None:
        """The currency that the longest run of ``words`` (at most four) names, and how many words it takes."""
        for count in range(min(4, len(words)), 0, -1):
            form = " ".join(words[:count])
            found = self.after.get(form) or self.after.get(form.casefold())
            if found:
                return found, count
        return None


def _form_pattern(form: str) -> str:
    """A symbol as it is; a word with an optional full stop ("Rs.", "Shs")."""
    escaped = re.escape(form) if len(form) < 3 or form.isupper() else f"(?i:{re.escape(form)})"
    return escaped + r"\.?" if form[-1].isalpha() else escaped


@lru_cache(maxsize=64)
def _evidence(homes: tuple[Home, ...]) -> re.Pattern[str]:
    """One pattern with a group for each home, so that a text is read once."""
    groups = "|".join(f"(?P<{home.code}>{home.evidence})" for home in homes)
    return re.compile(rf"\b(?=[A-Z])(?:{groups})(?!\w)")


def resolve_family(homes: Iterable[Home], text: str, *, least: int = 3) -> str:
    """The ISO code of a family's currency in a document.

    Countries are weighed by how often the text names them. The default, the first of ``homes``, gives way only to a
    country that is named at least ``least`` times and more than twice as often as every other home of the family.
    """
    ordered = tuple(homes)
    counts = Counter(match.lastgroup for match in _evidence(ordered).finditer(text))
    ranked = sorted(ordered, key=lambda home: -counts[home.code])
    best, second = ranked[0], counts[ranked[1].code] if len(ranked) > 1 else 0
    if best is not ordered[0] and counts[best.code] >= least and counts[best.code] > 2 * second:
        return best.code
    return ordered[0].code

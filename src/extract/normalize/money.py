"""Currencies: which ISO 4217 code a symbol or a word before or after a number stands for.

Words that several countries share ("dollars", "pounds", "francs") are *families*, written in lower case instead of a
code; ``resolve_family`` settles them by the countries that the whole document names and by its year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from extract.normalize.countries import country_code
from extract.normalize.tails import Tails

# A country is taken for the document's own if it is named at least so often, so many times as often as the one of the
# family's default, and as any other that shares the name. Dollars are also other people's money: there it must lead the
# countries that have none. Where the spelling is not American, one mention and any lead will do.
MIN_MENTIONS, MIN_LEAD, MIN_LEAD_OTHERS, MIN_LEAD_FOREIGN = 2, 2.0, 1.5, 1.25
WORLD_MONEY = "USD"


class Currency(NamedTuple):
    """``code``: ISO 4217, or a family in lower case; ``factor``: 0.01 for cents and pence."""

    code: str
    factor: float = 1.0


class Home(NamedTuple):
    """A currency of a family, its countries (ISO alpha-2), the last year of one that is gone, and a factor."""

    code: str
    countries: tuple[str, ...]
    until: int | None = None
    factor: float = 1.0


class MoneyGrammar:
    """Looks up currencies before and after a number.

    ``codes`` are ISO codes, matched as written. ``before`` maps forms that precede the number: those of three and more
    characters are matched without regard to case ("KShs", "Kshs"), shorter ones as written ("DM", "Rs"); "A$" is also
    "$A". ``after`` maps words that follow it: those with a capital letter as written. ``homes`` lists each family's
    currencies, the default one first.
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
        turned = {form[-1] + form[:-1]: value for form, value in before.items() if form[-1] in "$£" and len(form) > 1}
        for forms in (turned, before):
            self._before |= {form if _is_exact(form) else form.casefold(): value for form, value in forms.items()}
        self.after = {form.casefold() if form == form.lower() else form: value for form, value in after.items()}
        self._words = {word for form in after for word in form.casefold().split(" ")}
        self.homes = homes
        forms_ = sorted(self._before, key=len, reverse=True)
        body = "|".join(_form_pattern(form) for form in forms_)
        self._before_re = re.compile(rf"(?:(?<![\w$£€¥])|(?<=\d)(?=[£€¥]))({body})[ \u00a0\u202f]?(?:\n[ ]*)?\Z")
        self._tails = Tails(forms_)
        self._longest = max(map(len, forms_), default=0) + 4

    def before(self, text: str, position: int) -> tuple[Currency, int] | None:
        """The currency that ends right before ``position`` and where it starts."""
        low = max(0, position - self._longest)
        match = self._before_re.search(text, low, position) if self._tails.fit(text, low, position) else None
        if not match:
            return None
        form = match[1]
        while form not in self._before and form.casefold() not in self._before:
            form = form.rstrip(".") if form.endswith(".") else form.replace(".", "")
        return self._before.get(form) or self._before[form.casefold()], match.start(1)

    def find_after(self, words: list[str]) -> tuple[Currency, int] | None:
        """The currency that the longest run of ``words`` (at most four) names, and how many words it takes."""
        if not any(word.casefold() in self._words for word in words[:4]):
            return None
        for count in range(min(4, len(words)), 0, -1):
            form = " ".join(words[:count])
            found = self.after.get(form) or self.after.get(form.casefold())
            if found is None and 1 < count < 4:
                found = self._national(words[: count - 1], words[count - 1])
            if found:
                return found, count
        return None

    def _national(self, nation: list[str], word: str) -> Currency | None:
        """ "Australian pounds", "American cents": a word of a family after the name of its country."""
        currency = self.after.get(word.casefold())
        country = country_code(" ".join(nation)) if currency is not None and nation[0][0].isupper() else None
        if currency is None or country is None:
            return None
        if currency.code not in self.homes:
            return currency  # "Netherlands guilders"
        homes = (home for home in self.homes[currency.code] if country in home.countries)
        return next((Currency(home.code, currency.factor * home.factor) for home in homes), None)


def _is_exact(form: str) -> bool:
    """Short forms and those in capitals are matched as they are written: "us $5" is no "US $5"."""
    return len(form) < 3 or form.isupper()


def _form_pattern(form: str) -> str:
    """A symbol as it is; letters with optional full stops ("Rs.", "U.S.", "£A.")."""
    escaped = re.escape(form) if _is_exact(form) else f"(?i:{re.escape(form)})"
    return escaped + r"\.?" if form[-1].isalpha() else escaped


def resolve_family(
    homes: Iterable[Home], mentions: Mapping[str, int], year: int | None = None, *, british: bool = False
) -> Home:
    """The home of a family's currency in a document that names countries so often and was written in ``year``.

    The default, the first of ``homes`` that still stood (all of them where the year is unknown), gives way only to a
    country that leads as the constants above say; ``british``: the text is spelled the British way ("per cent").
    """
    standing = [home for home in homes if home.until is None or year is None or year <= home.until]
    counts = [sum(mentions.get(country, 0) for country in home.countries) for home in standing]
    best = max(range(len(standing)), key=lambda n: counts[n])
    others = [n for n in range(1, len(standing)) if standing[n].countries != standing[best].countries]
    leads = counts[best] >= MIN_LEAD * counts[0] and all(counts[best] >= MIN_LEAD_OTHERS * counts[n] for n in others)
    if not leads or counts[best] < (1 if british else MIN_MENTIONS):
        return standing[0]
    inside = {country for home in standing for country in home.countries}
    foreign = max((count for country, count in mentions.items() if country not in inside), default=0)
    own = standing[0].code != WORLD_MONEY or counts[best] > (1.0 if british else MIN_LEAD_FOREIGN) * foreign
    return standing[best] if own else standing[0]

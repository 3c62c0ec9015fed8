"""Pounds, shillings and pence of the time before decimal money: "£3 10s. 6d.", "24/-", "sixpence"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.normalize.figures.figure import Atom, Figure
from extract.normalize.numbers import UNITS, VULGAR

_PENCE = rf"(?P<d>\d{{1,2}})?(?P<part>[{''.join(VULGAR)}])?\s?d\b\.?"
_LATER_PENCE = _PENCE.replace("<d>", "<d3>").replace("<part>", "<part3>")
_COUNTS = "|".join([word for word in UNITS if word != "zero"] + ["half"])
# What stands in one sum, in any of its usual ways of writing; a "d." or "s." alone needs its stop.
_SUM = re.compile(
    rf"£\s?(?P<pounds>\d[\d,]*)[ .]\s?(?P<s>\d{{1,2}})\s?s\b\.?(?:[ ,]?\s?{_PENCE})?"
    rf"|£\s?(?P<pounds2>\d[\d,]*)/(?P<s2>\d{{1,2}})/(?P<d2>\d{{1,2}})(?!\d)"
    rf"|(?<![\w£.,/])(?P<s3>\d{{1,3}})\s?s(?:\.|(?= \d{{1,2}}d\b))(?:[ ,]?\s?{_LATER_PENCE})?"
    r"|(?<![\w£.,/])(?P<s4>\d{1,3})/-(?!\d)"
    rf"|(?<![\w£.,/])(?P<d5>\d{{1,2}})(?P<part5>[{''.join(VULGAR)}])?\s?d\.(?=[\s,;)]|$)"
    rf"|\b(?P<word>{_COUNTS})-?(?P<coin>pence|penny)\b",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"\d/-|\ds \d+d\b|(?<=\d)\s?[sd]\.|£\d[\d,]*(?:[ .]\d{1,2}\s?s|/\d)|[Pp]en(?:ce|ny)\b")
# A rupee or shilling of East Africa before "48/-" makes it a sum of its own.
_OTHER_COIN = re.compile(r"(?:\bRs|\bSh|\bShs|\bTk|₹)\.?\s?[\d,]*\Z", re.IGNORECASE)
# "in the 90s.", "her 30s.", "Airbus 330s."
_NO_COIN = re.compile(r"(?:\b(?:the|their|her|his|mid|late|early)[ -]|[A-Z][a-z]+ )\Z")


def sterling(text: str) -> Iterator[Figure]:
    """The sums of a text in old money, in order; their unit is the family of the pound."""
    if not _SIGNS.search(text):
        return
    for match in _SUM.finditer(text):
        if match["s3"] and not match["d3"] and _NO_COIN.search(text, max(0, match.start() - 16), match.start()):
            continue
        if match["s4"] and _OTHER_COIN.search(text, max(0, match.start() - 6), match.start()):
            continue
        value = _pounds(match)
        atom = Atom(match.start(), match.end(), value, "digits")
        yield Figure(
            match.start(), match.end(), atom, "money", value, value, "pound", rule="money.sterling",
            unit_start=match.end(), factor=1.0,
        )  # fmt: skip


def _pounds(match: re.Match[str]) -> float:
    groups = {name: text for name, text in match.groupdict().items() if text}
    pounds = sum(float(text.replace(",", "")) for name, text in groups.items() if name.startswith("pounds"))
    shillings = sum(float(text) for name, text in groups.items() if name[0] == "s")
    pence = sum(float(text) for name, text in groups.items() if name in ("d", "d2", "d3", "d5"))
    pence += sum(VULGAR[text] for name, text in groups.items() if name.startswith("part"))
    if "word" in groups:
        pence += 0.5 if groups["word"].casefold() == "half" else UNITS[groups["word"].casefold()]
    return pounds + shillings / 20 + pence / 240

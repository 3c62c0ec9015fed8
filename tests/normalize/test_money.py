"""Currencies by symbol, word and document."""

from __future__ import annotations

import pytest

from extract.components.figures.patterns import money_grammar
from extract.normalize.money import resolve_family

BEFORE = {
    "$": "dollar", "US$": "USD", "A$": "AUD", "NZ$": "NZD", "£": "pound", "€": "EUR", "DM": "DEM", "Rs": "rupee",
    "Rs. ": "rupee", "Shs ": "shilling", "USD ": "USD", "EUR ": "EUR", "SFr ": "CHF", "RM ": "MYR", "KSh ": "KES",
}  # fmt: skip
AFTER = {
    "dollars": "dollar", "dlrs": "dollar", "stg": "GBP", "yen": "JPY", "Swiss francs": "CHF", "pounds sterling": "GBP",
    "Australian dollars": "AUD", "marks": "DEM", "rupees": "rupee", "Danish kroner": "DKK", "U.S. dollars": "USD",
}  # fmt: skip
DOLLARS = {
    "Australia and Australian states; Canberra told Australians.": "AUD",
    "Ottawa, Canada: Canadians in Ontario.": "CAD",
    "New Zealand, New Zealand and New Zealanders": "NZD",
    "Washington and Australia: Australian beef for the United States.": "USD",
    "No country at all.": "USD",
}


@pytest.mark.parametrize(("form", "code"), BEFORE.items())
def test_before(form: str, code: str) -> None:
    found = money_grammar().before(f"of {form}", 3 + len(form))
    assert found is not None
    assert (found[0].code, found[1]) == (code, 3)


@pytest.mark.parametrize("text", ["a sums ", "HRs ", "xUSD ", "of "])
def test_no_currency_before(text: str) -> None:
    assert money_grammar().before(text, len(text)) is None


@pytest.mark.parametrize(("words", "code"), AFTER.items())
def test_after(words: str, code: str) -> None:
    found = money_grammar().find_after([*words.split(), "more"])
    assert found is not None
    assert (found[0].code, found[1]) == (code, len(words.split()))


def test_cents_are_hundredths() -> None:
    found = money_grammar().find_after(["cents"])
    assert found is not None
    assert found[0].factor == 0.01


@pytest.mark.parametrize(("text", "code"), DOLLARS.items())
def test_dollars_by_document(text: str, code: str) -> None:
    assert resolve_family(money_grammar().homes["dollar"], text) == code

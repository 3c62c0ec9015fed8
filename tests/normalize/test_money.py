"""Currencies by symbol, word and document."""

from __future__ import annotations

import pytest

from extract.components.figures.patterns import money_grammar
from extract.normalize.mentions import country_mentions
from extract.normalize.money import resolve_family

BEFORE = {
    "$": "dollar", "US$": "USD", "A$": "AUD", "NZ$": "NZD", "£": "pound", "€": "EUR", "DM": "DEM", "Rs": "rupee",
    "Rs. ": "rupee", "Shs ": "shs", "USD ": "USD", "EUR ": "EUR", "SFr ": "CHF", "RM ": "MYR", "KSh ": "KES",
}  # fmt: skip
AFTER = {
    "dollars": "dollar", "dlrs": "dollar", "stg": "GBP", "yen": "JPY", "Swiss francs": "CHF", "pounds sterling": "GBP",
    "Australian dollars": "AUD", "marks": "DEM", "rupees": "rupee", "Danish kroner": "DKK", "U.S. dollars": "USD",
}  # fmt: skip
HOMES = {
    ("dollar", "Australia and Australian states; Canberra told Australians.", 1990): "AUD",
    ("dollar", "Ottawa, Canada: Canadians in Ontario.", None): "CAD",
    ("dollar", "New Zealand, New Zealand and New Zealanders", None): "NZD",
    ("dollar", "The United States and Australia: Australian beef for Americans.", None): "USD",
    ("dollar", "Korea told Koreans in Korea; Australia, Australians listened.", None): "USD",
    ("dollar", "No country at all.", None): "USD",
    ("pound", "Australia and Australian states; Canberra told Australians.", 1950): "AUP",
    ("pound", "Australia and Australian states; Canberra told Australians.", 1970): "GBP",
    ("rupee", "Pakistan lent Pakistanis more.", None): "PKR",
    ("shs", "Kampala: Uganda paid Ugandans.", None): "UGX",
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


@pytest.mark.parametrize(("case", "code"), HOMES.items())
def test_shared_names_by_document_and_year(case: tuple[str, str, int | None], code: str) -> None:
    family, text, year = case
    assert resolve_family(money_grammar().homes[family], country_mentions(text), year).code == code


@pytest.mark.parametrize(("words", "code"), {"Kenya shillings": "KES", "American cents": "USD"}.items())
def test_a_nation_settles_a_shared_name(words: str, code: str) -> None:
    found = money_grammar().find_after(words.split())
    assert found is not None
    assert (found[0].code, found[1]) == (code, 2)


def test_a_nation_stands_on_either_side_of_the_symbol() -> None:
    for form in ("A$", "$A", "$A.", "AU$"):
        found = money_grammar().before(form, len(form))
        assert found is not None
        assert found[0].code == "AUD"

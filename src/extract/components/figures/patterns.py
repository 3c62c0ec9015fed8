"""The grammars of figures, built once from the lexicons, CLDR (through Babel) and ISO 4217 (pycountry)."""

from __future__ import annotations

from functools import lru_cache

import pycountry
from babel.core import UnknownLocaleError
from babel.numbers import get_currency_name
from babel.units import format_unit

from extract import lexicons
from extract.normalize.figures.finder import FigureFinder
from extract.normalize.money import Currency, Home, MoneyGrammar
from extract.normalize.units import UnitGrammar

# Codes that are English words or common abbreviations in capitals: no currency unless written otherwise.
_AMBIGUOUS_CODES = frozenset(
    {"ALL", "TOP", "CUP", "MOP", "GEL", "BAM", "LAK", "PEN", "RON", "SOS", "TRY", "STD", "COP"}
)


@lru_cache(maxsize=1)
def finder() -> FigureFinder:
    """The figure finder of the shipped lexicons."""
    before, after = _qualifiers()
    return FigureFinder(
        money=money_grammar(), units=UnitGrammar(_unit_forms()), qualifiers_before=before, qualifiers_after=after
    )


@lru_cache(maxsize=1)
def money_grammar() -> MoneyGrammar:
    """Currency forms: Babel's English names, ISO codes on both sides, and the lexicon, which wins."""
    codes: list[str] = []
    before: dict[str, Currency] = {}
    after: dict[str, Currency] = {}
    for currency in pycountry.currencies:
        code = str(currency.alpha_3)
        if code not in _AMBIGUOUS_CODES:
            codes.append(code)
            after[code] = Currency(code)
        for count in (1, 2):
            after[get_currency_name(code, count, "en").casefold()] = Currency(code)
    columns = {"form": "text", "code": "text", "side": "before|after", "factor": "number"}
    for row in lexicons.load("mul/figure_currencies", columns, key=("form", "side")):
        side = before if row["side"] == "before" else after
        side[row["form"]] = Currency(row["code"], float(row["factor"]))
    return MoneyGrammar(codes=codes, before=before, after=after, homes=_homes())


def _homes() -> dict[str, tuple[Home, ...]]:
    homes: dict[str, list[Home]] = {}
    for row in lexicons.load(
        "mul/figure_money_homes", {"family": "text", "code": "text", "evidence": "regex"}, key=("family", "code")
    ):
        homes.setdefault(row["family"], []).append(Home(row["code"], row["evidence"]))
    return {family: tuple(rows) for family, rows in homes.items()}


def _unit_forms() -> dict[str, str]:
    """Units of measure by form: the lexicon's and, for those with a CLDR id, Babel's singular and plural."""
    forms: dict[str, str] = {}
    for row in lexicons.load("en/figure_measures", {"unit": "text", "forms": "text", "cldr": "text?"}):
        for count in (1, 2) if row["cldr"] else ():
            forms.setdefault(_cldr_form(row["cldr"], count), row["unit"])
        for form in row["forms"].split("|"):
            forms[form if form != form.lower() else form.casefold()] = row["unit"]
    return forms


def _cldr_form(unit: str, count: int) -> str:
    try:
        return format_unit(count, unit, "long", locale="en").split(" ", 1)[1].casefold()
    except (UnknownLocaleError, ValueError) as error:
        raise lexicons.LexiconError(f"figure_measures.tsv: CLDR knows no unit {unit!r}") from error


def _qualifiers() -> tuple[dict[str, str], dict[str, str]]:
    sides: dict[str, dict[str, str]] = {"before": {}, "after": {}}
    allowed = "about|at_least|more_than|at_most|less_than"
    for row in lexicons.load(
        "en/figure_qualifiers", {"phrase": "text", "qualifier": allowed, "side": "before|after"}, key=("phrase", "side")
    ):
        sides[row["side"]][row["phrase"].casefold()] = row["qualifier"]
    return sides["before"], sides["after"]

"""The grammars of figures, built once from the lexicons, CLDR (through Babel) and ISO 4217 (pycountry)."""

from __future__ import annotations

from functools import lru_cache

import pycountry
from babel.core import UnknownLocaleError
from babel.numbers import get_currency_name
from babel.units import format_unit

from extract import lexicons
from extract.normalize.figures.cells import CellReader
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
    return FigureFinder(money=money_grammar(), units=unit_grammar(), qualifiers_before=before, qualifiers_after=after)


@lru_cache(maxsize=1)
def cell_reader() -> CellReader:
    """The reader of tables with the shipped finder."""
    return CellReader(finder())


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
    columns = {"code": "text", "side": "before|after", "factor": "number", "form": "terms"}
    for row in lexicons.load("mul/figure_currencies", columns, key=("form", "side")):
        side = before if row["side"] == "before" else after
        side[row["form"]] = Currency(row["code"], float(row["factor"]))
    return MoneyGrammar(codes=codes, before=before, after=after, homes=_homes())


def _homes() -> dict[str, tuple[Home, ...]]:
    columns = {"family": "text", "code": "text", "countries": "text", "until": "text?", "factor": "number"}
    homes: dict[str, list[Home]] = {}
    for row in lexicons.load("mul/figure_money_homes", columns, key=("family", "code")):
        until = int(row["until"]) if row["until"] else None
        home = Home(row["code"], tuple(row["countries"].split("|")), until, float(row["factor"]))
        homes.setdefault(row["family"], []).append(home)
    return {family: tuple(rows) for family, rows in homes.items()}


@lru_cache(maxsize=1)
def unit_grammar() -> UnitGrammar:
    """Units of measure: the lexicon's, and the American and British names of those that it takes from CLDR."""
    words: list[str] = []
    other: dict[str, list[str]] = {"sign": [], "weak": []}
    columns = {"kind": "cldr|word|sign|weak", "form": "terms"}
    for row in lexicons.load("en/figure_measures", columns, key=("form", "kind")):
        if row["kind"] == "cldr":
            words += [_cldr_form(row["form"], count, locale) for count in (1, 2) for locale in ("en", "en_GB")]
        else:
            other.get(row["kind"], words).extend(row["form"].split("|"))
    return UnitGrammar(words=words, signs=other["sign"], weak=other["weak"])


def _cldr_form(unit: str, count: int, locale: str) -> str:
    try:
        return format_unit(count, unit, "long", locale=locale).split(" ", 1)[1]
    except (UnknownLocaleError, ValueError) as error:
        raise lexicons.LexiconError(f"figure_measures.tsv: CLDR knows no unit {unit!r}") from error


def _qualifiers() -> tuple[dict[str, str], dict[str, str]]:
    sides: dict[str, dict[str, str]] = {"before": {}, "after": {}}
    allowed = "about|at_least|more_than|at_most|less_than"
    columns = {"side": "before|after", "qualifier": allowed, "phrase": "terms"}
    for row in lexicons.load("en/figure_qualifiers", columns, key=("phrase", "side")):
        sides[row["side"]][row["phrase"].casefold()] = row["qualifier"]
    return sides["before"], sides["after"]

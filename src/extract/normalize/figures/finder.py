"""Figures of a text: every number that has a unit, with its value, span and qualifier.

``FigureFinder.find`` is a pure function of text (and of spans that are known to be dates). A figure is composed:
a number (``atoms``) with its sign and scale, the currency or unit beside it (``amounts``), ranges and lists that share
a unit (``joins``), numbers that leave their unit to the sentence (``ellipsis``), and how exactly it is meant
(``qualifiers``). What claims nothing is dropped on the way (``traps``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from extract.normalize.figures import traps
from extract.normalize.figures.amounts import AmountReader
from extract.normalize.figures.atoms import atoms
from extract.normalize.figures.ellipsis import settle
from extract.normalize.figures.figure import Figure, NounFinder
from extract.normalize.figures.joins import join
from extract.normalize.figures.qualifiers import Qualifiers
from extract.normalize.figures.sterling import sterling
from extract.normalize.mentions import country_mentions
from extract.normalize.money import MoneyGrammar, resolve_family
from extract.normalize.units import UnitGrammar

# How most of the English-speaking world beside America writes it.
_PER_CENT = re.compile(r"\bper cent\b")


class FigureFinder:
    """Finds figures with the given currencies, units of measure and qualifiers (phrase → qualifier)."""

    def __init__(
        self,
        *,
        money: MoneyGrammar,
        units: UnitGrammar,
        qualifiers_before: Mapping[str, str],
        qualifiers_after: Mapping[str, str],
    ) -> None:
        self.reader = AmountReader(money, units)
        self._money = money
        self._qualifiers = Qualifiers(qualifiers_before, qualifiers_after)

    def find(
        self,
        text: str,
        *,
        dates: Iterable[tuple[int, int]] = (),
        nouns: NounFinder | None = None,
        apart: Iterable[tuple[int, int]] = (),
        year: int | None = None,
    ) -> list[Figure]:
        """All figures of ``text`` in order.

        ``dates`` are spans of time expressions; ``nouns`` names counted nouns; in the spans ``apart`` (tables) nothing
        is looked for; ``year`` is when the text was written, for currencies that changed.
        """
        opaque = traps.Mask([*traps.opaque_spans(text), *apart])
        old = [figure for figure in sterling(text) if figure.start not in opaque]
        calendar = traps.Mask(dates)
        sums = traps.Mask((figure.start, figure.end) for figure in old)
        found = [
            self.reader.read(text, atom, calendar, nouns)
            for atom in atoms(text)
            if atom.how != "run" and atom.start not in opaque and atom.start not in sums
        ]
        figures = _without_overlap(sorted([*old, *(f for f in found if f is not None)], key=lambda f: (f.start, f.end)))
        figures = self.finish(text, settle(text, join(text, figures), nouns))
        self.resolve(text, figures, year)
        return figures

    def finish(self, text: str, figures: list[Figure]) -> list[Figure]:
        """The figures with what only stands beside whole ones: rates between two units, qualifiers."""
        figures = self.reader.rates(text, figures)
        for figure in figures:
            self._qualifiers.settle(text, figure)
        return figures

    def resolve(self, text: str, figures: list[Figure], year: int | None = None) -> None:
        """Settle the currencies that several countries share by the countries that the text names."""
        mentions: Counter[str] | None = None
        british = len(_PER_CENT.findall(text)) > text.count("percent")
        for figure in figures:
            for family in _families(figure, self._money):
                mentions = country_mentions(text) if mentions is None else mentions
                home = resolve_family(self._money.homes[family], mentions, year, british=british)
                figure.unit = "/".join(home.code if part == family else part for part in (figure.unit or "").split("/"))
                figure.low, figure.high = figure.low * home.factor, figure.high * home.factor


def _families(figure: Figure, money: MoneyGrammar) -> list[str]:
    if figure.unit is None or figure.kind not in ("money", "ratio"):
        return []
    return [part for part in figure.unit.split("/") if part in money.homes]


def _without_overlap(found: list[Figure]) -> list[Figure]:
    """The figures in order, each beginning after the one before has ended ("5£3": the sign belongs to the first)."""
    kept: list[Figure] = []
    for figure in found:
        if not (kept and figure.start < kept[-1].end):
            kept.append(figure)
    return kept

"""Figures of a text: every number that has a unit, with its value, span and qualifier.

``FigureFinder.find`` is a pure function of text (and of spans that are known to be dates). It reads the numbers
(``figure_atoms``), looks on both sides for what they count (``money``, ``units``, ``figure_words``), drops what claims
nothing (``figure_traps``) and joins ranges and lists that share a unit (``figure_joins``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from extract.normalize.figures import traps
from extract.normalize.figures.atoms import Atom, atoms
from extract.normalize.figures.figure import Figure
from extract.normalize.figures.joins import inherit, join
from extract.normalize.figures.ratios import FOLD, TIMES, read_ratio, read_times
from extract.normalize.figures.tables import table_cells
from extract.normalize.figures.words import STOPS, Word, counted_noun, split_hyphens, words_after
from extract.normalize.money import MoneyGrammar, resolve_family
from extract.normalize.numbers import GAP, GAP1
from extract.normalize.units import UnitGrammar, singular

# Given the offset after a number: the span of the noun that it counts, ``None`` if there is none.
NounFinder = Callable[[int], tuple[int, int] | None]

_PERCENT = re.compile(
    rf"(?:[-\u2010]|{GAP})(?:(%|％|per[ -]?cent\b|pct\b\.?|per{GAP1}centum|pc\b|p\.c\.)(?:age)?([ -]points?\b)?"
    r"|(‰)|(percentage[ -]points?\b)|(basis[ -]points?\b|bps?\b))",
    re.IGNORECASE,
)
_PLUS = re.compile(r"[- ]plus(?=\s)", re.IGNORECASE)
_OF_WORDS = re.compile(
    rf"{GAP1}of{GAP1}(?:(?:the|these|those|its|their|our|his|other|new|additional|more){GAP1})?(?=\S)", re.IGNORECASE
)
_SUM_AFTER = re.compile(
    rf"{GAP1}(?:in|worth|more|for|to)\b|{GAP1}of{GAP1}(?:\w+{GAP1})?(?:investments?|aid|trade|exports|imports"
    rf"|debts?|loans?|spending|subsid|revenue|capital|money)",
    re.IGNORECASE,
)
_WORTH_LEFT = re.compile(
    r"\b(?:worth|cost(?:s|ing)?|spend(?:s|ing)?|spent|invest(?:s|ed|ing)?|raised?|pay(?:s|ing)?|paid|owes?"
    r"|owed)(?:\s+(?:up to|about|some|over|more than|at least|nearly|around|only|an?|approximately))?\s+$",
    re.IGNORECASE,
)


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
        self._money, self._units = money, units
        self._before, self._after = dict(qualifiers_before), dict(qualifiers_after)
        self._before_re = re.compile(
            rf"(?:(?<=\W)|^)({_phrases(self._before)})\s*(?:(?:a|an|only|just|some|another|as"
            rf"|of)\s+)?(?:whopping\s+|further\s+)?$",
            re.IGNORECASE,
        )
        self._after_re = re.compile(rf"(?:\s*(?=[-+])|[\s,]+)({_phrases(self._after)})(?!\w)", re.IGNORECASE)

    def find(
        self, text: str, *, dates: Iterable[tuple[int, int]] = (), nouns: NounFinder | None = None
    ) -> list[Figure]:
        """All figures of ``text`` in order. ``dates`` are spans of time expressions; ``nouns`` names counted nouns."""
        opaque, calendar = traps.Mask(traps.opaque_spans(text)), traps.Mask(dates)
        found = [
            self._figure(text, atom, calendar, nouns)
            for atom in atoms(text)
            if atom.value >= 0 and atom.start not in opaque
        ]
        figures = join(text, _without_overlap(found))
        figures = inherit(text, self._with_tables(text, figures, opaque))
        families: dict[str, str] = {}
        for figure in figures:
            self._qualify(text, figure)
            family = figure.unit
            if family is not None and family in self._money.homes and figure.kind == "money":
                if family not in families:
                    families[family] = resolve_family(self._money.homes[family], text)
                figure.unit = families[family]
        return figures

    def _with_tables(self, text: str, figures: list[Figure], opaque: traps.Mask) -> list[Figure]:
        """The figures and, where no other covers them, the bare numbers of tables whose head names the unit."""
        units: dict[str, Figure | None] = {}
        cells = [
            c for c in table_cells(text, lambda unit: self._unit_of(unit, units) is not None) if c.start not in opaque
        ]
        if not cells:
            return figures
        starts = {cell.start for cell in cells}
        figures = [
            f
            for f in figures
            if not (f.start in starts and (f.kind is None or "\n" in text[f.start : f.end]))
            and not _heads_table(text, f)
        ]
        taken = traps.Mask((figure.start, figure.end) for figure in figures)
        for cell in cells:
            model = units[cell.unit]
            if model is None or cell.start in taken:
                continue
            atom = Atom(cell.start, cell.end, cell.value, "digits")
            value = cell.value * model.low
            figures.append(
                Figure(
                    cell.start, cell.end, atom, model.kind, value, value, model.unit, rule="table", factor=model.factor,
                    table=(cell.title, cell.label, cell.year),
                )
            )  # fmt: skip
        return sorted(figures, key=lambda figure: figure.start)

    def _unit_of(self, unit: str, known: dict[str, Figure | None]) -> Figure | None:
        """What one of a head's unit is: "percent", "$ million" and "'000 tonnes" read as if a 1 stood with them."""
        if unit not in known:
            symbol = re.match(r"([A-Z]{0,3}[$£€¥])\s*(.*)", unit)
            text = f"{symbol[1]}1 {symbol[2]}" if symbol else re.sub(r"^['’]?000\s", "1,000 ", unit)
            text = text if text[0].isdigit() or symbol else f"1 {unit}"
            atom = next(iter(atoms(text)), None)
            figure = self._figure(text, atom, traps.Mask(()), None) if atom is not None else None
            whole = figure is not None and figure.kind not in (None, "ratio") and figure.end == len(text.rstrip())
            known[unit] = figure if whole and figure is not None and figure.rule != "noun" else None
        return known[unit]

    def _figure(self, text: str, atom: Atom, dates: traps.Mask, nouns: NounFinder | None) -> Figure | None:
        figure = Figure(atom.start, atom.end, atom, low=atom.value, high=atom.value)
        if atom.how == "spelled" and text[max(0, atom.start - 1) : atom.start] in ("-", "_"):
            return None
        if atom.how in ("multiple", "fraction", "share"):
            return read_ratio(text, figure)
        prefix = self._money.before(text, atom.start) if atom.how == "digits" else None
        if prefix and not (prefix[0].code.isalpha() and text[prefix[1]].isalpha() and traps.is_year(text, atom)):
            return self._sum(text, figure, prefix[0].code, prefix[1])
        if atom.how == "digits" and _stuck(text, atom):
            return None
        return self._measured(text, figure) or self._counted(text, figure, dates, nouns)

    def _sum(self, text: str, figure: Figure, code: str, start: int) -> Figure:
        """A sum with its currency before it; a currency word that repeats it belongs to it too."""
        figure.start, figure.kind, figure.unit, figure.rule = start, "money", code, "money.before"
        words = words_after(text, figure.end, 3)
        again = self._money.find_after([word.text for word in words])
        if again and again[0].factor == 1 and words[again[1] - 1].text not in ("real", "mark", "won"):
            figure.end = words[again[1] - 1].end
            figure.unit = again[0].code if code in self._money.homes else code
        return figure

    def _measured(self, text: str, figure: Figure) -> Figure | None:
        """A number with a percent sign, a currency or a unit of measure after it."""
        percent = _PERCENT.match(text, figure.end)
        if percent:
            return _percent(figure, percent)
        words = words_after(text, figure.end)
        of = _OF_WORDS.match(text, figure.end) if figure.atom.scaled else None
        if of:
            words = words_after(text, of.end() - 1) or words
        stuck = text[figure.end : figure.end + 1] in ("-", "\u2010")
        if stuck:
            words = split_hyphens(words)
        money = self._money.find_after([word.text for word in words])
        if money and not (
            words[0].text.casefold() in ("pound", "pounds", "won", "real", "mark")
            and not _is_sum(text, figure, words, money[1])
        ):
            currency, count = money
            figure.kind, figure.unit, figure.rule = "money", currency.code, "money.after"
            figure.low, figure.high, figure.factor = (
                figure.low * currency.factor,
                figure.high * currency.factor,
                currency.factor,
            )
            figure.unit_start, figure.end = words[0].start, words[count - 1].end
            return figure
        unit = self._units.find_after([word.text for word in words])
        if (
            unit and not (unit[0] == "point" and words[0].text.casefold() == "point") and words[0].text != "head"
        ) or _heads(unit, words):
            assert unit is not None
            return _measure(figure, unit, words)
        return None

    def _counted(self, text: str, figure: Figure, dates: traps.Mask, nouns: NounFinder | None) -> Figure | None:
        atom = figure.atom
        if TIMES.match(text, atom.end) or FOLD.match(text, atom.end):
            return read_times(text, figure)
        if atom.how == "vague" and atom.value >= 1e6 and _SUM_AFTER.match(text, atom.end):
            figure.kind, figure.unit, figure.rule = "money", "dollar", "money.vague"
            return figure
        if _is_trapped(text, atom, dates):
            return None
        if "/" in text[atom.start : atom.end] and atom.how == "digits":
            return _bare(figure)
        if not (atom.scaled or atom.how == "digits" or atom.value >= 10):
            return figure if atom.how == "spelled" else None
        head = self._head(text, atom, nouns)
        if head is None or _is_duration(head):
            return None if head else _bare(figure)
        if (
            traps.is_list_number(text, atom, head.text)
            or traps.is_name(text, atom)
            or traps.is_falling_pair(text, atom)
        ):
            return None
        figure.kind, figure.unit, figure.rule = "quantity", singular(head.text), "noun"
        figure.unit_start, figure.end = head.start, head.end
        return figure

    def _head(self, text: str, atom: Atom, nouns: NounFinder | None) -> Word | None:
        position = atom.end
        of = _OF_WORDS.match(text, position) if atom.scaled else None
        if of:
            position = of.end() - 1
        words = words_after(text, position)
        plus = _PLUS.match(text, position)
        if plus:
            words = words_after(text, plus.end())
        elif text[position : position + 1] in ("-", "\u2010"):
            return _hyphenated(words)
        if words and _is_duration(words[0]):
            return words[0]
        if nouns is not None and words:
            span = nouns(words[0].start)
            return Word(text[span[0] : span[1]], *span) if span else None
        return counted_noun(words)

    def _qualify(self, text: str, figure: Figure) -> None:
        if figure.qualifier == "range":
            return
        left = self._before_re.search(text[max(0, figure.start - 40) : figure.start])
        right = self._after_re.match(text, figure.end)
        if left and not (figure.atom.how == "vague" and left[1].casefold() == "some"):
            figure.qualifier = self._before[_squeeze(left[1])]
        elif right:
            figure.qualifier = self._after[_squeeze(right[1])]
        elif figure.atom.how == "vague":
            figure.qualifier = "at_least"
        elif re.match(r"a\s+(?:few|couple)", text[figure.atom.start : figure.atom.end], re.IGNORECASE):
            figure.qualifier = "about"


def _without_overlap(found: list[Figure | None]) -> list[Figure]:
    """The figures in order, each beginning after the one before has ended ("5£3": the sign belongs to the first)."""
    kept: list[Figure] = []
    for figure in found:
        if figure is not None and not (kept and figure.start < kept[-1].end):
            kept.append(figure)
    return kept


def _heads_table(text: str, figure: Figure) -> bool:
    """ "(in millions of dollars)": the unit of a head, no vague sum."""
    return figure.atom.how == "vague" and bool(
        re.search(r"\((?:in\s+)?$", text[max(0, figure.start - 5) : figure.start])
    )


def _phrases(phrases: Iterable[str]) -> str:
    parts = [re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True)]
    return "|".join(rf"\b{part}" if part[0].isalpha() else part for part in parts)


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()


def _stuck(text: str, atom: Atom) -> bool:
    if traps.is_stuck_left(text, atom.start):
        return True
    if atom.scaled or text[atom.end : atom.end + 1] in ("¢", "$", "€", "£", "¥", "°", "%", "‰"):
        return False
    return traps.is_stuck_right(text, atom.end) and not _UNIT_STUCK.match(text, atom.end)


_UNIT_STUCK = re.compile(r"(?:kg|km|mm|cm|ha|mt|bpd|MW|GW|kW|TWh|GWh|MWh|bps?|pct|pc|lbs?|fold|[- ]?years?)\b|x\b")


def _percent(figure: Figure, match: re.Match[str]) -> Figure:
    figure.kind, figure.rule, figure.unit = "percent", "percent", "%"
    figure.unit_start, figure.end = match.end(), match.end()
    if match[5]:
        figure.low, figure.high, figure.unit, figure.factor = figure.low / 100, figure.high / 100, "pp", 0.01
    elif match[3]:
        figure.low, figure.high, figure.factor = figure.low / 10, figure.high / 10, 0.1
    elif match[4] or match[2]:
        figure.unit = "pp"
    return figure


def _is_sum(text: str, figure: Figure, words: list[Word], count: int) -> bool:
    """Whether "pounds" and other words with a second meaning stand for money: in two words or after a large number."""
    if words[0].text.casefold() == "pounds" and _WORTH_LEFT.search(text[max(0, figure.start - 40) : figure.start]):
        return True
    return count > 1 or (figure.atom.scaled and figure.atom.value >= 1e6 and words[0].text.casefold() != "pound")


def _heads(unit: tuple[str, int] | None, words: list[Word]) -> bool:
    """ "200 head of cattle", not "200 head offices"."""
    return bool(unit and unit[0] == "head" and len(words) > 1 and words[1].text == "of")


def _measure(figure: Figure, unit: tuple[str, int], words: list[Word]) -> Figure:
    figure.kind, figure.unit, figure.rule = "quantity", unit[0], "measure"
    figure.unit_start, figure.end = words[0].start, words[unit[1] - 1].end
    return figure


def _bare(figure: Figure) -> Figure | None:
    return figure if figure.atom.how in ("digits", "spelled") else None


def _is_duration(word: Word) -> bool:
    low = word.text.casefold()
    return low.split("-")[0] in traps.DURATIONS or singular(low.split("-")[-1]) in traps.DURATIONS


def _hyphenated(words: list[Word]) -> Word | None:
    """What a compound counts: "member" in "a 15-member council"; a plan of ten points counts nothing."""
    first = split_hyphens(words)
    if (
        not first
        or first[0].text[0].isupper()
        or first[0].text in STOPS
        or first[0].text in ("point", "part", "page", "way", "step", "odd", "plus", "something", "strong", "caliber")
    ):
        return None
    return first[0]


def _is_trapped(text: str, atom: Atom, dates: traps.Mask) -> bool:
    if atom.start in dates or traps.is_reference(text, atom.start):
        return True
    if atom.how != "digits":
        return False
    return traps.is_year(text, atom) or traps.is_calendar(text, atom.start, atom.end)

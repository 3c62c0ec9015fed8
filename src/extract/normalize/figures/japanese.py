"""Japanese figures: numbers in digits and kanji with their counters, as sums, shares, multiples, measures and counts.

"5500億ドル（約80兆円）", "二五％", "三割五分", "三分の一", "10％から15％まで". Units, counters and qualifiers
are the rows of ``lexicons/ja``; a counter below ten in kanji is everyday speech and no figure, as with spelled numbers
in English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from extract import lexicons
from extract.normalize.figures.figure import Atom, Figure
from extract.normalize.figures.traps import Mask
from extract.normalize.japanese import modern

RULE = "japanese"
_DIGIT = "0-9０-９"
_KANJI_DIGITS = {kanji: value for value, kanji in enumerate("〇一二三四五六七八九")} | {"零": 0}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "億": 10**8, "兆": 10**12}
_KANJI = "".join((*_KANJI_DIGITS, *_SMALL))
_WRITTEN = rf"(?:[{_DIGIT}]+(?:[,，][{_DIGIT}]{{3}})*|[{_KANJI}]+)(?:[.．・][{_DIGIT}{_KANJI}]+)?"
_NUMBER = re.compile(
    rf"(?<![{_DIGIT}{_KANJI}A-Za-z.．・第])(?:(?:[-−▲△]|マイナス)\s?)?{_WRITTEN}(?:[{''.join(_LARGE)}](?:{_WRITTEN})?)*"
)
# "過半数" is a majority, no share
_HALF = re.compile(r"(?<!過)半(?:減|額|数|分)")
_FRACTION = re.compile(rf"([{_DIGIT}{_KANJI}]+)分の([{_DIGIT}{_KANJI}]+)")
_TENTHS = re.compile(rf"割(?:([{_DIGIT}{_KANJI}])分)?")
_JOIN = re.compile(r"\s?(?:から|〜|～|~|－|-|—|―|ないし|乃至)\s?")
# "二、三割": one of two neighbours; "数十億円": several of a scale
_ONE_OR_NEXT = re.compile(r"(?<![〇一二三四五六七八九十百千万億])([一二三四五六七八])、$")
_SEVERAL = re.compile(r"[数何]$")
_EXCHANGE = re.compile(r"\s?(?:＝|=|が|は|あたり|当たり)?\s?")
# below this a counted thing in kanji is everyday speech ("二点", "三人")
MIN_COUNT = 10


@lru_cache(maxsize=1)
def _units() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    columns = {"kind": "money|percent|ratio|quantity|measure", "unit": "text", "form": "terms"}
    rows = {row["form"]: (row["kind"], row["unit"]) for row in lexicons.load("ja/figure_units", columns)}
    return re.compile(_longest_first(rows)), rows


@lru_cache(maxsize=1)
def _qualifiers() -> dict[str, tuple[re.Pattern[str], dict[str, str]]]:
    columns = {"side": "before|after", "qualifier": "about|at_least|at_most|more_than|less_than", "phrase": "terms"}
    rows = lexicons.load("ja/figure_qualifiers", columns, key=("phrase", "side"))
    found = {}
    for side in ("before", "after"):
        words = {row["phrase"]: row["qualifier"] for row in rows if row["side"] == side}
        form = rf"(?:{_longest_first(words)})"
        found[side] = (re.compile(rf"({form})の?\s?$" if side == "before" else rf"の?({form})"), words)
    return found


@lru_cache(maxsize=1)
def _no_figures() -> re.Pattern[str]:
    words = lexicons.load("ja/claim_words", {"group": "text", "word": "terms"}, key=("word", "group"))
    return re.compile(_longest_first(row["word"] for row in words if row["group"] == "not_a_figure"))


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def japanese_number(written: str) -> float:
    """The value of a number in digits, kanji or both: "5500億" → 5.5e11, "三十九万六千" → 396000, "二五" → 25."""
    text = unicodedata.normalize("NFKC", written).replace(",", "").replace("・", ".").replace("マイナス", "-")
    sign = -1.0 if text[0] in "-−▲△" else 1.0
    return sign * _with_scales(text.lstrip("-−▲△ "))


def _with_scales(text: str) -> float:
    for scale, factor in sorted(_LARGE.items(), key=lambda item: -item[1]):
        before, mark, after = text.partition(scale)
        if mark:
            return (_with_scales(before) if before else 1.0) * factor + (_with_scales(after) if after else 0.0)
    return _below_ten_thousand(text)


def _below_ten_thousand(text: str) -> float:
    """ "三百五十", "5500", "二五" (digit by digit), "四・九"; an empty text before a scale counts one."""
    whole, _, fraction = text.partition(".")
    digits = "".join(str(_KANJI_DIGITS.get(char, char)) for char in whole)
    value = 0.0
    if not any(char in _SMALL for char in digits):
        value = float(digits) if digits else 1.0
    else:
        pending = ""
        for char in digits:
            if char in _SMALL:
                value, pending = value + (float(pending) if pending else 1.0) * _SMALL[char], ""
            else:
                pending += char
        value += float(pending) if pending else 0.0
    decimals = "".join(str(_KANJI_DIGITS.get(char, char)) for char in fraction if char not in _SMALL)
    return value + (float(f"0.{decimals}") if decimals else 0.0)


def japanese_figures(
    text: str, zones: Iterable[tuple[int, int]], *, dates: Iterable[tuple[int, int]] = ()
) -> list[Figure]:
    """The figures in zones (start, end) of a text, in order; ``dates`` are spans of time expressions.

    Linear in the text; no text raises.
    """
    text, calendar = modern(text), Mask(dates)
    return [figure for start, end in zones for figure in _in_zone(text, start, end, calendar)]


def _in_zone(text: str, start: int, end: int, calendar: Mask) -> list[Figure]:
    found: list[Figure] = []
    position = start
    for match in _NUMBER.finditer(text, start, end):
        if match.start() < position or match.start() in calendar:
            continue
        figure = _read(text, match)
        if figure is not None:
            found.append(figure)
            position = figure.end
    found += [
        Figure(m.start(), m.end(), Atom(m.start(), m.end(), 0.5, RULE), "ratio", 0.5, 0.5, "x", "exact", RULE)
        for m in _HALF.finditer(text, start, end)
    ]
    joined = _exchange(text, _join(text, sorted(found, key=lambda figure: figure.start)))
    for figure in joined:
        _widen(text, figure)
        _qualify(text, figure)
    return joined


def _read(text: str, match: re.Match[str]) -> Figure | None:
    fraction = _FRACTION.match(text, match.start())
    if fraction:
        below, above = japanese_number(fraction[1]), japanese_number(fraction[2])
        return _figure(match.start(), fraction.end(), "ratio", above / below, "x") if below else None
    value = japanese_number(match[0])
    tenths = _TENTHS.match(text, match.end())
    if tenths:
        share = 10 * value + (japanese_number(tenths[1]) if tenths[1] else 0.0)
        return _figure(match.start(), tenths.end(), "percent", share, "%")
    return _with_unit(text, match, value)


def _with_unit(text: str, match: re.Match[str], value: float) -> Figure | None:
    pattern, units = _units()
    gap = re.compile(r"\s?").match(text, match.end())
    at = gap.end() if gap else match.end()
    unit = pattern.match(text, at)
    other = _no_figures().match(text, at)
    if unit is None:
        return _joined_without_unit(text, match, value)
    if other is not None and other.end() >= unit.end():
        return None
    kind, name = units[unit[0]]
    if kind == "quantity" and value < MIN_COUNT and match[0][0] in _KANJI:
        return None
    return _figure(match.start(), unit.end(), "quantity" if kind == "measure" else kind, value, name)


def _joined_without_unit(text: str, match: re.Match[str], value: float) -> Figure | None:
    """The first end of a range leaves its unit to the second: "10から15％"; one without a unit is no figure."""
    return (
        Figure(match.start(), match.end(), Atom(match.start(), match.end(), value, RULE), None, value, value)
        if (_JOIN.match(text, match.end()))
        else None
    )


def _figure(start: int, end: int, kind: str, value: float, unit: str) -> Figure:
    return Figure(start, end, Atom(start, end, value, RULE), kind, value, value, unit, "exact", RULE)


def _widen(text: str, figure: Figure) -> None:
    """What stands right before a number and makes it two neighbours or several: "二、三割", "数十億円"."""
    before = text[max(0, figure.start - 3) : figure.start]
    first, several = _ONE_OR_NEXT.search(before), _SEVERAL.search(before)
    if first and text[figure.start] == _digit(_KANJI_DIGITS[first[1]] + 1):
        figure.low = figure.high * _KANJI_DIGITS[first[1]] / (_KANJI_DIGITS[first[1]] + 1)
        figure.start, figure.qualifier = figure.start - 2, "range"
    elif several and text[figure.start] in (*_SMALL, *_LARGE):
        figure.start, figure.qualifier = figure.start - 1, "at_least"


def _digit(value: int) -> str:
    return next(kanji for kanji, number in _KANJI_DIGITS.items() if number == value)


def _exchange(text: str, figures: list[Figure]) -> list[Figure]:
    """ "一ドル百五十円" is a rate of exchange."""
    kept: list[Figure] = []
    for figure in figures:
        before = kept[-1] if kept else None
        if before and _is_exchanged(before, figure) and _EXCHANGE.fullmatch(text[before.end : figure.start]):
            figure.kind, figure.unit, figure.start = "ratio", f"{figure.unit}/{before.unit}", before.start
            kept.pop()
        kept.append(figure)
    return kept


def _is_exchanged(one: Figure, other: Figure) -> bool:
    return one.kind == other.kind == "money" and one.low == 1 and one.unit != other.unit


def _join(text: str, figures: list[Figure]) -> list[Figure]:
    joined: list[Figure] = []
    for figure in figures:
        before = joined[-1] if joined else None
        gap = text[before.end : figure.start] if before is not None else ""
        if before is not None and figure.kind and _JOIN.fullmatch(gap) and _same_unit(before, figure):
            before.kind, before.unit, before.rule = figure.kind, figure.unit, RULE
            if text.startswith(("に", "へ"), figure.end) and "から" in gap:
                joined.append(figure)  # a change from one to the other, no range
            else:
                before.end, before.high, before.qualifier = figure.end, figure.high, "range"
        else:
            joined.append(figure)
    return [figure for figure in joined if figure.kind]


def _same_unit(before: Figure, figure: Figure) -> bool:
    return before.kind is None or (before.kind, before.unit) == (figure.kind, figure.unit)


def _qualify(text: str, figure: Figure) -> None:
    if figure.qualifier != "exact":
        return
    for side in ("after", "before"):
        pattern, words = _qualifiers()[side]
        near = (
            pattern.match(text, figure.end)
            if side == "after"
            else pattern.search(text[max(0, figure.start - 8) : figure.start])
        )
        if near:
            figure.qualifier = words[near[1]]
            return

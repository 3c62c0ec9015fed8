"""Claims of Japanese text: what a figure measures and of what, whether it is a target, and how it stands.

Japanese puts what is measured before the figure ("鉄鋼の関税を二五％に") and how it stands at the end of the sentence
("…する予定である"): the topic, subject or object before the figure gives measure and item, the last cue behind it the
status. Words are the rows of ``lexicons/ja``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from spacy.tokens import Doc

from extract import lexicons
from extract.components.rows import ClaimRow, FigureRow
from extract.normalize.figures.japanese import RULE

LANGUAGE = "ja"
CONFIDENCE = 0.7
# characters of a sentence that are read on either side of a figure
MAX_AROUND = 400
_SENTENCE_END = re.compile(r"[。！？]|\n\s*\n|\n(?=[　○〇●◯])")
_NOUN = r"[一-龥々ァ-ヴーA-Za-zＡ-Ｚａ-ｚ]"
_PHRASE = re.compile(rf"((?:{_NOUN}+(?:の|、|及び|や|と))*{_NOUN}+)(?:は|が|を|も|で|に|については|に対し|に対する)")
_BEFORE_FIGURE = re.compile(rf"((?:{_NOUN}+の)*{_NOUN}+)の?\s*$")
_CONVERTED = re.compile(r"\s*[（(]\s*(?:約|およそ)?\s*$")
_TO_LEVEL = re.compile(r"\s*(?:に|へ|まで)")


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    groups = "tariff|other_tax|rise|fall|target|not_a_figure|pronoun|hedge"
    rows = lexicons.load("ja/claim_words", {"word": "text", "group": groups}, key=("word", "group"))
    return {
        group: tuple(sorted((row["word"] for row in rows if row["group"] == group), key=len, reverse=True))
        for group in groups.split("|")
    }


def _any_of(group: str) -> str:
    return "|".join(map(re.escape, _words()[group]))


@lru_cache(maxsize=1)
def _statuses() -> tuple[re.Pattern[str], dict[str, str]]:
    columns = {"cue": "text", "status": "planned|proposed|rejected|hypothetical"}
    cues = {row["cue"]: row["status"] for row in lexicons.load("ja/claim_status", columns)}
    return re.compile("|".join(map(re.escape, sorted(cues, key=len, reverse=True)))), cues


@lru_cache(maxsize=1)
def _change() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:の|も|ほど|程度|余り|以上)*(?:(?P<rise>{_any_of('rise')})|(?P<fall>{_any_of('fall')}))")


@lru_cache(maxsize=1)
def _target() -> re.Pattern[str]:
    return re.compile(rf"{_NOUN}*?(?:{_any_of('target')})(?!{_NOUN}|[しすさせ])")


def is_japanese(figure: FigureRow) -> bool:
    """Whether the Japanese reader found this figure."""
    return figure["rule"] == f"figure.{RULE}"


def japanese_claims(doc: Doc, kinds: frozenset[str]) -> Iterator[ClaimRow]:
    """The claims in the Japanese segments of some kinds: figures first, then targets without a figure of their own."""
    text = doc.text
    zones = [(s["start"], s["end"]) for s in doc._.segments if s["language"] == LANGUAGE and s["kind"] in kinds]
    figures = [figure for figure in doc._.figures if is_japanese(figure)]
    rows = [_Figure(text, figure, doc._.turns, doc._.dates).row() for figure in figures if _is_within(figure, zones)]
    _link(text, rows)
    yield from rows
    taken = {(row["sentence_start"], row["sentence_end"]) for row in rows}
    for start, end in zones:
        for match in _target().finditer(text, start, end):
            sentence = _sentence(text, match.start(), match.end())
            if sentence not in taken:
                yield _target_row(text, match, sentence, doc._.turns, doc._.dates)


def _is_within(row: Mapping[str, Any], zones: Sequence[tuple[int, int]]) -> bool:
    return any(start <= row["start"] < end for start, end in zones)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    before = [m.end() for m in _SENTENCE_END.finditer(text, max(0, start - MAX_AROUND), start)]
    after = _SENTENCE_END.search(text, end, end + MAX_AROUND)
    left = before[-1] if before else max(0, start - MAX_AROUND)
    right = (after.end() if after[0] in "。！？" else after.start()) if after else min(len(text), end + MAX_AROUND)
    while left < start and text[left].isspace():
        left += 1
    return left, right


class _Figure:
    """One figure in its sentence."""

    def __init__(
        self, text: str, figure: FigureRow, turns: Sequence[Mapping[str, Any]], dates: Sequence[Mapping[str, Any]]
    ) -> None:
        self._figure = figure
        self._span = _sentence(text, figure["start"], figure["end"])
        self._before = text[self._span[0] : figure["start"]]
        self._after = text[figure["end"] : self._span[1]]
        self._turns, self._dates = turns, dates

    def row(self) -> ClaimRow:
        figure = self._figure
        measure, item = self._measured()
        return ClaimRow(
            start=figure["start"],
            end=figure["end"],
            sentence_start=self._span[0],
            sentence_end=self._span[1],
            kind="tariff_rate" if self._is_tariff() else figure["kind"],
            value_min=figure["value_min"],
            value_max=figure["value_max"],
            unit=figure["unit"],
            qualifier=figure["qualifier"],
            measure=measure,
            item=item,
            actor=None,
            partner=None,
            period=_period(self._dates, self._span),
            is_target=re.search(_any_of("target"), self._before + self._after) is not None,
            status=_status(self._after),
            speaker=_speaker(self._turns, figure["start"]),
            change=self._change(),
            link=None,
            linked_start=None,
            rule=figure["rule"],
            confidence=CONFIDENCE,
        )

    def _is_tariff(self) -> bool:
        if self._figure["kind"] != "percent" or self._figure["unit"] != "%":
            return False
        words = f"{_any_of('other_tax')}|{_any_of('tariff')}"
        near = re.findall(words, self._before) or re.findall(words, self._after[:12])
        return bool(near) and near[-1] in _words()["tariff"]

    def _change(self) -> str | None:
        found = None if _TO_LEVEL.match(self._after) else _change().match(self._after)
        return (found.lastgroup or None) if found else None

    def _measured(self) -> tuple[str | None, str | None]:
        """Measure and item: the phrase right before the figure, else the last topic, subject or object before it."""
        direct = _BEFORE_FIGURE.search(self._before)
        phrases = _PHRASE.findall(self._before)
        written = direct[1] if direct else phrases[-1] if phrases else ""
        item, _, measure = re.sub(rf"(?:{_any_of('hedge')})$", "", written).rpartition("の")
        vague = _words()["pronoun"]
        return (None if measure in vague else measure or None), (None if item in vague else item or None)


def _status(after: str) -> str:
    """How it stands, by the last cue of the sentence: Japanese says it at the end."""
    pattern, statuses = _statuses()
    found = pattern.findall(after)
    return statuses[found[-1]] if found else "fact"


def _speaker(turns: Sequence[Mapping[str, Any]], offset: int) -> str | None:
    around = [turn for turn in turns if turn["start"] <= offset < turn["end"]]
    return min(around, key=lambda turn: turn["end"] - turn["start"])["speaker"] if around else None


def _period(dates: Sequence[Mapping[str, Any]], span: tuple[int, int]) -> str | None:
    """The one calendar time that the sentence names; of several none, as which is meant is not plain."""
    values = {d["value"] for d in dates if span[0] <= d["start"] < span[1] and d["start_date"]}
    return values.pop() if len(values) == 1 else None


def _target_row(
    text: str,
    match: re.Match[str],
    sentence: tuple[int, int],
    turns: Sequence[Mapping[str, Any]],
    dates: Sequence[Mapping[str, Any]],
) -> ClaimRow:
    before = _BEFORE_FIGURE.search(text[sentence[0] : match.start()])
    return ClaimRow(
        start=match.start(),
        end=match.end(),
        sentence_start=sentence[0],
        sentence_end=sentence[1],
        kind="target",
        value_min=None,
        value_max=None,
        unit=None,
        qualifier="exact",
        measure=None,
        item=before[1] if before else None,
        actor=None,
        partner=None,
        period=_period(dates, sentence),
        is_target=True,
        status=_status(text[match.end() : sentence[1]]),
        speaker=_speaker(turns, match.start()),
        change=None,
        link=None,
        linked_start=None,
        rule=f"target.{RULE}",
        confidence=CONFIDENCE,
    )


def _link(text: str, rows: Sequence[ClaimRow]) -> None:
    """ "4200億ドル（約60兆円）" converts; "15％から10％に" is a change from one to the other."""
    for before, row in pairwise(rows):
        gap = text[before["end"] : row["start"]]
        if before["kind"] == row["kind"] == "money" and before["unit"] != row["unit"] and _CONVERTED.fullmatch(gap):
            row["link"], row["linked_start"] = "converts", before["start"]
        elif gap.strip() == "から" and (before["kind"], before["unit"]) == (row["kind"], row["unit"]):
            before["link"], before["linked_start"] = "from", row["start"]
            row["link"], row["linked_start"] = "to", before["start"]
            before["status"] = "fact"

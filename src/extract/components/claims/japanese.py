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
from extract.components.claims.speakers import Speakers
from extract.components.rows import ByStart, ClaimRow, FigureRow
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
_BEFORE_TARGET = re.compile(rf"((?:{_NOUN}+の)*{_NOUN}+)(?:についての|に関する|に対する|の)\s*$")
# what follows a party that acts, and one that is acted on
_ACTS = re.compile(r"(側)?(?:は|が|も|から|として)(?!の)")
_IS_MET = re.compile(r"(側)?(?:に|に対し|からの|への|との|に対する)(?!おいて|おける|よる|つい|関)")
_CLAUSE_END = re.compile(r"(?:ており|おり|ますが|ですが|したが|ましたが|ので|ため|けれども)、")
_PARAGRAPH = re.compile(r"\n\s*\n|\n(?=[○〇●◯])")
_TO_LEVEL = re.compile(r"\s*(?:に|へ|まで)")


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    groups = "tariff|other_tax|rise|fall|target|not_a_figure|pronoun|hedge|party"
    found = lexicons.classes("ja/claim_words", "group", groups)
    return {group: tuple(sorted(words, key=lambda word: (-len(word), word))) for group, words in found.items()}


def _any_of(group: str) -> str:
    return "|".join(map(re.escape, _words()[group]))


@lru_cache(maxsize=1)
def _statuses() -> tuple[re.Pattern[str], dict[str, str]]:
    columns = {"status": "planned|proposed|rejected|hypothetical", "cue": "terms"}
    cues = {row["cue"]: row["status"] for row in lexicons.load("ja/claim_status", columns)}
    return re.compile("|".join(map(re.escape, sorted(cues, key=len, reverse=True)))), cues


@lru_cache(maxsize=1)
def _change() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:の|も|ほど|程度|余り|以上)*(?:(?P<rise>{_any_of('rise')})|(?P<fall>{_any_of('fall')}))")


@lru_cache(maxsize=1)
def _target() -> re.Pattern[str]:
    return re.compile(rf"{_NOUN}*?(?:{_any_of('target')})(?!(?!等){_NOUN}|[しすさせ])")


@lru_cache(maxsize=1)
def _counted() -> re.Pattern[str]:
    """ "一頭", "七万俵", "一俵十八万円": other counts, not what is measured."""
    columns = {"kind": "text", "unit": "text", "form": "terms"}
    units = [row["form"] for row in lexicons.load("ja/figure_units", columns)] + list(_words()["not_a_figure"])
    return re.compile(rf"(?:[〇一二三四五六七八九十百千万億数\d]+(?:{'|'.join(map(re.escape, units))}))+$")


def is_japanese(figure: FigureRow) -> bool:
    """Whether the Japanese reader found this figure."""
    return figure["rule"] == f"figure.{RULE}"


def japanese_claims(doc: Doc, kinds: frozenset[str]) -> Iterator[ClaimRow]:
    """The claims in the Japanese segments of some kinds: figures first, then targets without a figure of their own."""
    text = doc.text
    zones = [(s["start"], s["end"]) for s in doc._.segments if s["language"] == LANGUAGE and s["kind"] in kinds]
    page = _Page(doc)
    figures = [figure for figure in doc._.figures if is_japanese(figure) and _is_within(figure, zones)]
    rows: list[ClaimRow] = []
    meant = False
    for figure in figures:
        meant = meant and not _PARAGRAPH.search(text, rows[-1]["end"], figure["start"])
        rows.append(_Figure(page, figure).row(tariffs_are_meant=meant))
        meant = meant or rows[-1]["kind"] == "tariff_rate"
    _link(text, rows)
    yield from rows
    taken = {(row["sentence_start"], row["sentence_end"]) for row in rows}
    for start, end in zones:
        for match in _target().finditer(text, start, end):
            sentence = _sentence(text, match.start(), match.end())
            if sentence not in taken:
                yield _target_row(page, match, sentence)


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


class _Page:
    """What the other components found in a document, by offset."""

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self.speaker = Speakers(doc._.turns).speaker
        self._dates = ByStart(doc._.dates)
        self._names = {self.text[row["start"] : row["end"]] for row in doc._.entities}
        self._parties = ByStart([row for row in doc._.entities if row["label"] in ("GPE", "ORG", "PERSON")])

    def without_dates(self, start: int, end: int) -> str:
        """The text with a comma in the place of each time expression: "昨年の合板の輸入は" measures imports."""
        text = self.text[start:end]
        for date in reversed(self._dates.between(start, end)):
            if date["end"] <= end:
                behind = 1 if text.startswith("の", date["end"] - start) else 0
                text = text[: date["start"] - start] + "、" + text[date["end"] - start + behind :]
        return text

    def period(self, span: tuple[int, int], at: int) -> str | None:
        """The one calendar time that the sentence names; of several the one right before ``at``, if any."""
        dates = [d for d in self._dates.between(*span) if d["start_date"]]
        values = {d["value"] for d in dates}
        near = [d["value"] for d in dates if d["end"] <= at and not re.search("[、。]", self.text[d["end"] : at])]
        return values.pop() if len(values) == 1 else near[-1] if near else None

    def is_party(self, phrase: str) -> bool:
        """Whether a phrase names who acts, and so measures nothing."""
        name = phrase.removesuffix("側")
        return name in _words()["party"] or name in self._names

    def party(self, span: tuple[int, int], particles: re.Pattern[str]) -> str | None:
        """The first party of a sentence that these particles follow, with 側 where it is written."""
        named = [(row["start"], row["end"]) for row in self._parties.between(*span)]
        plain = [m.span() for m in re.finditer(_any_of("party"), self.text[span[0] : span[1]])]
        for start, end in sorted([*named, *((a + span[0], b + span[0]) for a, b in plain)]):
            found = particles.match(self.text, end, span[1])
            if found:
                return self.text[start : end + len(found[1] or "")]
        return None


class _Figure:
    """One figure in its sentence."""

    def __init__(self, page: _Page, figure: FigureRow) -> None:
        self._page, self._figure = page, figure
        self._span = _sentence(page.text, figure["start"], figure["end"])
        self._before = page.without_dates(self._span[0], figure["start"])
        self._after = page.text[figure["end"] : self._span[1]]

    def row(self, *, tariffs_are_meant: bool) -> ClaimRow:
        """Its claim. ``tariffs_are_meant``: what was said before in the paragraph is of duties."""
        figure, page = self._figure, self._page
        measure, item = self._measured()
        is_bare = measure is None or re.search(_any_of("tariff"), measure) is not None
        is_tariff = self._is_tariff(measure) or (tariffs_are_meant and self._is_rate() and is_bare)
        return ClaimRow(
            start=figure["start"],
            end=figure["end"],
            sentence_start=self._span[0],
            sentence_end=self._span[1],
            kind="tariff_rate" if is_tariff else figure["kind"],
            value_min=figure["value_min"],
            value_max=figure["value_max"],
            unit=figure["unit"],
            qualifier=figure["qualifier"],
            measure=measure,
            item=item,
            actor=page.party(self._span, _ACTS),
            partner=page.party(self._span, _IS_MET),
            period=page.period(self._span, figure["start"]),
            is_target=re.search(_any_of("target"), self._before + self._after) is not None,
            status=_status(self._after),
            speaker=page.speaker(figure["start"]),
            change=self._change(),
            link=None,
            linked_start=None,
            rule=figure["rule"],
            confidence=CONFIDENCE,
        )

    def _is_rate(self) -> bool:
        return self._figure["kind"] == "percent" and self._figure["unit"] == "%"

    def _is_tariff(self, measure: str | None) -> bool:
        if not self._is_rate():
            return False
        if measure and not re.search(_any_of("tariff"), measure) and self._before.rpartition(measure)[0].endswith("、"):
            return re.search(_any_of("tariff"), self._after[:12]) is not None  # another topic than the duty's
        words = f"{_any_of('other_tax')}|{_any_of('tariff')}"
        near = re.findall(words, self._before) or re.findall(words, self._after[:12])
        return bool(near) and near[-1] in _words()["tariff"]

    def _change(self) -> str | None:
        found = None if _TO_LEVEL.match(self._after) else _change().match(self._after)
        return (found.lastgroup or None) if found else None

    def _measured(self) -> tuple[str | None, str | None]:
        """Measure and item: the phrase right before the figure, else the last topic, subject or object before it."""
        direct = _BEFORE_FIGURE.search(self._before)
        phrases = [p for p in _PHRASE.findall(self._before) if not self._page.is_party(p) and not _counted().match(p)]
        written = re.sub(rf"の?(?:{_any_of('hedge')})$", "", direct[1]) if direct else ""
        written = "" if _counted().match(written) else written
        item, _, measure = (written or (phrases[-1] if phrases else "")).rpartition("の")
        vague = _words()["pronoun"]
        return (None if measure in vague else measure or None), (None if item in vague else item or None)


def _status(after: str) -> str:
    """How it stands, by the last cue of the sentence: Japanese says it at the end."""
    pattern, statuses = _statuses()
    found = pattern.findall(_CLAUSE_END.split(after, maxsplit=1)[0])
    return statuses[found[-1]] if found else "fact"


def _target_row(page: _Page, match: re.Match[str], sentence: tuple[int, int]) -> ClaimRow:
    before = _BEFORE_TARGET.search(page.without_dates(sentence[0], match.start()))
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
        actor=page.party(sentence, _ACTS),
        partner=page.party(sentence, _IS_MET),
        period=page.period(sentence, match.start()),
        is_target=True,
        status=_status(page.text[match.end() : sentence[1]]),
        speaker=page.speaker(match.start()),
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

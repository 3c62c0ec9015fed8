"""Rows of quotations and reported speech from the paragraphs of a document, read in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from extract.components.quotes.beside import is_clause, named_beside
from extract.components.quotes.clauses import (
    clipped_content,
    content_after,
    content_before,
    ends_with_stop,
    sentences,
    trimmed,
)
from extract.components.quotes.cues import PUT_IT, Attribution, find_attributions
from extract.components.quotes.japanese import japanese_rows
from extract.components.quotes.lexicon import word_set, words
from extract.components.quotes.reading import Item, Tags, has_finite, read_items
from extract.components.quotes.records import RetoldSentence
from extract.components.quotes.sources import Source, clause_subject, is_person, is_speaker, without_place
from extract.normalize.quotemarks import Quotation

# A quotation of fewer words without any cue in its sentence is a scare quote, a title or a slogan more often than not.
NO_CUE_WORDS = 6
_OWN_VOICE = re.compile(r"(?:the|this) (?:article|paper|essay|study|chapter)$", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SMALL = word_set("small")
# Verbs after which a quotation may follow on even if they took no clause ("Mr. Roe spoke next, he said.").
_SPOKEN = word_set("spoken")
_NAMING = word_set("naming")


@dataclass(frozen=True, slots=True)
class Limits:
    """Shortest quotation, in words, that follows on by itself; for how many paragraphs a speaker is inherited."""

    follow_on_words: int = 3
    inherit_paragraphs: int = 3


@dataclass(slots=True)
class Speaker:
    """Who spoke last: the label with its offsets, for what follows without a cue of its own."""

    label: str
    start: int
    end: int
    role: str | None
    cue: str | None
    row_start: int
    paragraph: int


@dataclass(slots=True)
class _Sentence:
    """One sentence while it is read: bounds, attributions, the content of each (item bounds), quotations ascribed."""

    start: int
    end: int
    attributions: list[Attribution]
    contents: dict[int, tuple[int, int]] = field(default_factory=dict)
    ascribed: dict[int, tuple[Attribution, str]] = field(default_factory=dict)


class SpeechReader:
    """Collects rows over the paragraphs of one document. ``view`` has the offsets of the text."""

    def __init__(self, text: str, view: str, tags: Tags, genre: str | None, limits: Limits) -> None:
        self.limits = limits
        self.text, self.view, self.tags, self.genre = text, view, tags, genre
        self.rows: list[dict[str, Any]] = []
        self.last: Speaker | None = None
        self.number = 0
        self.retold: list[RetoldSentence] = []

    def read(self, start: int, end: int, quotations: Sequence[Quotation]) -> None:
        """One paragraph with its outermost quotations."""
        self.number += 1
        if any(quotation.kind == "corner" for quotation in quotations):
            self.rows.extend(row for row in japanese_rows(self.text, start, end) if row["end"] > row["start"])
            quotations = [quotation for quotation in quotations if not quotation.kind.startswith("corner")]
        if not quotations and not may_ascribe(self.view, start, end):
            self.retold.append(RetoldSentence(self.number, start, end, [], None))
            return
        items = read_items(self.view, start, end, quotations, self.tags)
        beside = named_beside(items)
        if beside:
            at, bounds = beside
            self._write_quote(items, at, self._of_source(items, Source(*bounds, *bounds), None), "label")
            return
        read = [_Sentence(a, b, find_attributions(items, a, b)) for a, b in sentences(items)]
        for index, sentence in enumerate(read):
            self._ascribe(items, sentence, read[index - 1] if index else None)
        for index, sentence in enumerate(read):
            known = len(self.rows)
            self._write(items, sentence, read[index + 1 : index + 3])
            rows = [row for row in self.rows[known:] if row["kind"] == "reported"]
            self._tell(items, sentence, rows)

    def _ascribe(self, items: list[Item], sentence: _Sentence, before: _Sentence | None) -> None:
        for number, attribution in enumerate(sentence.attributions):
            self._ascribe_beside(items, sentence, before, attribution)
            content = _content(items, sentence, number)
            if content is not None:
                sentence.contents[number] = content
        for at in range(sentence.start, sentence.end):
            if items[at].cls == "Q" and at not in sentence.ascribed:
                found = _ascribed_inside(items, sentence, at)
                if found is not None:
                    sentence.ascribed[at] = found

    def _ascribe_beside(
        self, items: list[Item], sentence: _Sentence, before: _Sentence | None, attribution: Attribution
    ) -> None:
        """Quotations that touch source and cue."""
        if attribution.after == "quote":
            at = attribution.last if items[attribution.last].cls == "Q" else attribution.last + 1
            if not _names(items, at, attribution):
                sentence.ascribed.setdefault(at, (attribution, "before" if attribution.order != "VS" else "broken"))
        at = attribution.first - 1
        if at > 0 and items[at].cls in ",-" and items[at - 1].cls == "Q":
            at -= 1
        if at < 0 or items[at].cls != "Q" or (attribution.order in ("PART", "ACC") and at < sentence.start):
            return
        owner = sentence if at >= sentence.start else before
        ends_open = items[at].text.rstrip("'\"’”»").endswith(",") or at + 1 < attribution.first
        closes = (
            attribution.after in ("end", "quote") or (attribution.after == "none" and at >= sentence.start) or ends_open
        )
        over = owner is before and ends_with_stop(items[at])
        if owner is not None and over and (at in owner.ascribed or attribution.verb.lemma not in _SPOKEN):
            return  # already someone's, and the sentence is over ("“…” Others agree.")
        if owner is None or not closes or attribution.verb.kind == "show":
            return
        inside = at > owner.start and any(a <= at < b for a, b in owner.contents.values())
        own_clause = attribution.after in ("that", "clause", "wh") and at > owner.start
        if not inside and not own_clause:
            owner.ascribed[at] = (attribution, "after")

    def _write(self, items: list[Item], sentence: _Sentence, following: Sequence[_Sentence]) -> None:
        self._write_reported(items, sentence)
        for at in range(sentence.start, sentence.end):
            if items[at].cls != "Q":
                continue
            if at in sentence.ascribed:
                attribution, rule = sentence.ascribed[at]
                if rule == "partial" and not self._holds_clause(items[at]):
                    continue
                self._write_quote(items, at, self._speaker(items, attribution), rule)
            else:
                self._write_bare(items, sentence, at, following)

    def _holds_clause(self, item: Item) -> bool:
        quote = item.quote
        return quote is not None and is_clause(read_items(self.view, quote.inner_start, quote.inner_end, [], self.tags))

    def _tell(self, items: list[Item], sentence: _Sentence, rows: list[dict[str, Any]]) -> None:
        """Note the sentence for records that retell a talk."""
        others = [a.source for a in sentence.attributions if a.order == "SV" and a.verb.kind != "show"]
        other = self._of_source(items, others[0], None).label if others and not rows else None
        span = trimmed(items, sentence.start, sentence.end)
        if span[1] > span[0]:
            bounds = (items[span[0]].start, items[span[1] - 1].end)
            short = None if rows else clipped_content(items, sentence.attributions, sentence.end)
            clipped = None
            if short:
                found, start, end = short
                clipped = _row(
                    "reported", items[start].start, items[end - 1].end, self._speaker(items, found), "clipped"
                )
            self.retold.append(RetoldSentence(self.number, *bounds, rows, other, clipped))

    def _write_reported(self, items: list[Item], sentence: _Sentence) -> None:
        for number, attribution in enumerate(sentence.attributions):
            speaker = self._speaker(items, attribution)
            if self.genre == "essay" and _OWN_VOICE.match(speaker.label):
                continue  # the author speaking of the text itself
            content = sentence.contents.get(number)
            if content is not None and _lacks_object(items, sentence, attribution):
                continue
            opener = sentence.ascribed.get(content[0]) if content is not None else None
            has_opener = attribution.order == "ACC" and opener is not None and opener[0] is not attribution
            if content is None or has_opener or _shadowed(sentence, number, content) or _is_quoted(items, content):
                if attribution.verb.lemma in _SPOKEN and attribution.after != "none" and attribution.order != "PART":
                    self.last = speaker
                continue
            rule = f"{attribution.order.lower()}-{attribution.after}"
            self._add("reported", items[content[0]].start, items[content[1] - 1].end, speaker, rule)

    def _write_quote(self, items: list[Item], at: int, speaker: Speaker, rule: str) -> None:
        quote = items[at].quote
        if quote is not None:
            start, end = _stripped(self.text, quote.inner_start, quote.inner_end)
            if end > start:
                self._add("quote", start, end, speaker, rule)

    def _write_bare(self, items: list[Item], sentence: _Sentence, at: int, following: Sequence[_Sentence]) -> None:
        """A quotation with no cue in its sentence: it follows on, or the sentence has a subject, or it is none."""
        length = _length(items[at])
        alone = at == sentence.start and _rest_is_short(items, sentence, at)
        speaker = self._inherited()
        own = speaker is not None and speaker.paragraph == self.number
        quotation = items[at].quote
        goes_on = quotation is not None and quotation.continues
        short = length < self.limits.follow_on_words and not goes_on
        if alone and (not short or (own and ends_with_stop(items[at]))):
            ahead = None if own else _ahead(following)
            if ahead is not None:
                self._write_quote(items, at, self._speaker(items, ahead), "ahead")
            elif speaker is not None:
                self._write_quote(items, at, speaker, "follow-on")
            elif at and length >= NO_CUE_WORDS and ends_with_stop(items[at]):
                self._write_by_subject(items, at, clause_subject(items, at - 1, 0), "before-subject")
            return
        if length >= NO_CUE_WORDS and not _is_name(items, at):
            self._write_by_subject(items, at, clause_subject(items, at, sentence.start), "subject")

    def _write_by_subject(self, items: list[Item], at: int, subject: Source | None, rule: str) -> None:
        """No cue at all: whoever the sentence, or the one before it, is about ("The mayor was furious. “…”")."""
        if subject is not None and _names_speaker(items, subject) and is_speaker(items, subject, "show"):
            self._write_quote(items, at, self._of_source(items, subject, None), rule)

    def _inherited(self) -> Speaker | None:
        last = self.last
        if last is None or self.number - last.paragraph > self.limits.inherit_paragraphs:
            return None
        return last

    def _speaker(self, items: Sequence[Item], attribution: Attribution) -> Speaker:
        return self._of_source(items, attribution.source, attribution.cue)

    def _of_source(self, items: Sequence[Item], source: Source, cue: str | None) -> Speaker:
        named, described = (source.start, source.end), source.role
        first_word = items[source.start]
        owned = any(item.is_possessive for item in items[source.start : source.end - 1])  # "Mr. Roe's wife, Jane"
        phrase = first_word.cls in "DN#" or first_word.is_possessive or owned
        if described is not None and phrase and is_person(items, *described):
            named, described = described, named  # "the minister, Jane Roe, said": the name is the label
        named = without_place(items, *named)
        start, end = items[named[0]].start, items[named[1] - 1].end
        if source.how == "owner" and self.text[start:end].endswith(("'s", "’s")):
            end -= 2
        elif source.how == "owner" and self.text[start:end].endswith(("s'", "s’")):
            end -= 1
        role = None
        if described is not None:
            first = described[0] + (items[described[0]].low in ("a", "an", "the"))
            if first < described[1]:
                role = _plain(self.view[items[first].start : items[described[1] - 1].end])
        written = self.view if "](" in self.text[start:end] else self.text
        return Speaker(_plain(written[start:end]), start, end, role, cue, -1, self.number)

    def _add(self, kind: str, start: int, end: int, speaker: Speaker, rule: str) -> None:
        row = _row(kind, start, end, speaker, rule)
        follows = speaker.row_start >= 0 and rule == "follow-on"
        if follows:
            row["source_of"] = speaker.row_start
        self.rows.append(row)
        first = speaker.row_start if follows else start
        self.last = Speaker(speaker.label, speaker.start, speaker.end, speaker.role, speaker.cue, first, self.number)


def _row(kind: str, start: int, end: int, speaker: Speaker, rule: str) -> dict[str, Any]:
    return {
        "kind": kind, "start": start, "end": end, "label": speaker.label, "label_start": speaker.start,
        "label_end": speaker.end, "speaker": None, "role": speaker.role, "side": None, "cue": speaker.cue, "rule": rule,
    }  # fmt: skip


def may_ascribe(view: str, start: int, end: int) -> bool:
    """Whether any word of a paragraph could be a cue: a quick look before it is read item by item."""
    found = set(_LOWER_WORD.findall(view[start:end].lower()))
    return not found.isdisjoint(_cue_words())


_LOWER_WORD = re.compile(r"[a-z]+")


@lru_cache(maxsize=1)
def _cue_words() -> frozenset[str]:
    lexicon = words()
    return frozenset(lexicon.forms) | lexicon.nouns["saying"] | {"according", "clear"}


def _content(items: list[Item], sentence: _Sentence, number: int) -> tuple[int, int] | None:
    """The content clause of an attribution, if it has one that counts as reported speech."""
    attribution = sentence.attributions[number]
    bounds = (sentence.start, sentence.end)
    if attribution.verb.kind == "label" or attribution.verb.clause == "none" or attribution.order == "AGENT":
        return None
    if attribution.after in ("that", "clause", "wh", "colon"):
        content = content_after(items, attribution, bounds, sentence.attributions[number + 1 :])
        # After "that" a clause follows, whatever a tagger made of its verb ("asked that it be added").
        clause = attribution.after == "that" and content[1] - content[0] >= 3
        verbal = content[1] - content[0] >= 2 and has_finite(items, *content)
        nominative = items[content[0]].low in ("he", "she", "they", "we") if content[0] < content[1] else False
        return content if clause or verbal or (nominative and content[1] - content[0] >= 3) else None
    if attribution.after == "end" and attribution.order in ("SV", "VS", "ACC"):
        if attribution.first <= sentence.start + 1 and items[sentence.start].low == "as":
            return _as_clause(items, attribution, bounds)
        floor = max((c[1] for c in sentence.contents.values() if _next_clause(items, c[1], attribution)), default=0)
        return content_before(items, attribution, bounds, floor)
    return None


def _next_clause(items: Sequence[Item], at: int, attribution: Attribution) -> bool:
    """Whether a content ends at ``at`` and another main clause begins ("…, and the yen fell, dealers said")."""
    return at + 2 < attribution.first and items[at].cls in ",;" and (items[at].cls == ";" or items[at + 1].cls == "C")


def _as_clause(items: list[Item], attribution: Attribution, bounds: tuple[int, int]) -> tuple[int, int] | None:
    """Such as "As X said, the plan is dead"."""
    if attribution.last >= bounds[1] or items[attribution.last].cls != ",":
        return None
    start, end = attribution.last + 1, bounds[1]
    while end > start and items[end - 1].cls == ".":
        end -= 1
    return (start, end) if has_finite(items, start, end) else None


def _ascribed_inside(items: list[Item], sentence: _Sentence, at: int) -> tuple[Attribution, str] | None:
    """The attribution whose content holds a quotation, or the judging verb before it in the sentence."""
    covering = [n for n, (a, b) in sentence.contents.items() if a <= at < b]
    if covering:
        inner = min(covering, key=lambda n: sentence.contents[n][1] - sentence.contents[n][0])
        attribution = sentence.attributions[inner]
        return None if _is_name(items, at) else (attribution, "partial")
    for attribution in sentence.attributions:
        if attribution.order == "AGENT" and 0 <= attribution.first - at <= 3:
            return attribution, "agent"
    for attribution in sentence.attributions:
        if attribution.verb is PUT_IT and attribution.order == "SV" and attribution.first > at:
            return attribution, "after"
        fronted = attribution.after == "end" and attribution.first > at and items[attribution.first - 1].cls in ",-"
        if fronted and attribution.order in ("SV", "VS") and not _is_name(items, at):
            return attribution, "after"
    for attribution in reversed(sentence.attributions):
        if _broken(items, sentence, attribution, at):
            return attribution, "broken"
        closed = attribution.after == "end" and attribution.verb.kind != "label"  # its words stand before it
        if attribution.cue_at < at and attribution.verb.kind != "show" and not closed:
            if _length(items[at]) < NO_CUE_WORDS and any(items[k].cls in "VA" for k in range(attribution.last, at)):
                return None
            return None if _names(items, at, attribution) or _is_name(items, at) else (attribution, "judged")
    return None


def _broken(items: Sequence[Item], sentence: _Sentence, attribution: Attribution, at: int) -> bool:
    """ "“…,” said X, smiling, “…”": the second half behind an attribution that stands after the first."""
    if (
        attribution.last > at
        or items[at - 1].cls not in ",-"
        or any(i.cls in "VA" for i in items[attribution.last : at])
    ):
        return False
    return any(found is attribution and rule == "after" for found, rule in sentence.ascribed.values())


def _names(items: Sequence[Item], at: int, attribution: Attribution) -> bool:
    """Such as "a group called “Acme”", "an editorial entitled “…”": the quotation is a name."""
    before = items[at - 1] if at else None
    if before is None:
        return False
    if before.low in _NAMING and attribution.cue_at == at - 1:
        first = attribution.source.start
        asked = first > 0 and items[first - 1].low in ("what", "as", "whom", "which")
        return not asked and items[attribution.source.end - 1].cls != "R"
    return before.low in _NAMING or (_has_title(items, at) and attribution.cue_at != at - 1)


def _has_title(items: Sequence[Item], at: int) -> bool:
    """Such as "the film “Dawn”", but not "called the film “dull”"."""
    first = next((c for c in items[at].text if c.isalnum()), "")
    return words().noun(items[at - 1].low, "title") and not first.islower()


def _is_name(items: Sequence[Item], at: int) -> bool:
    """A short quotation in capitals, or after a word such as "film": a title or a name."""
    if at and (items[at - 1].low in _NAMING or _has_title(items, at)):
        return True
    found = _WORD.findall(items[at].text)
    return 2 <= len(found) <= 12 and all(w[0].isupper() or w.lower() in _SMALL for w in found)


def _nested(sentence: _Sentence, number: int, content: tuple[int, int]) -> bool:
    """Whether the content stands within that of another attribution of the sentence."""
    return any(
        n != number and a <= content[0] and content[1] <= b and (b - a > content[1] - content[0] or n < number)
        for n, (a, b) in sentence.contents.items()
    )


def _shadowed(sentence: _Sentence, number: int, content: tuple[int, int]) -> bool:
    """Whether a content stands within another without being reported there ("X said that Y had said that …" is)."""
    own = sentence.attributions[number]
    ascribes = own.after in ("that", "clause", "wh") and own.order != "ACC"
    within = any(n != number and a <= own.source.start for n, (a, _) in sentence.contents.items())
    return _nested(sentence, number, content) and not (ascribes and within)


def _lacks_object(items: Sequence[Item], sentence: _Sentence, attribution: Attribution) -> bool:
    """Such as "a claim that officials said they could not verify": a relative clause, not a whole one, follows."""
    first = attribution.source.first
    if attribution.after != "clause" or attribution.order != "SV" or first - 2 < sentence.start:
        return False
    relative = items[first - 1].low in ("that", "which") and items[first - 2].cls in "NX"
    return relative and all(content[0] != first for content in sentence.contents.values())


def _is_quoted(items: Sequence[Item], content: tuple[int, int]) -> bool:
    """Whether the content is (nearly) all within marks: then the quotation alone is the row."""
    outside = sum(items[k].cls not in ".,;:-QoC" for k in range(*content))
    quoted = sum(_length(items[k]) for k in range(*content) if items[k].cls == "Q")
    begins = items[content[0]].cls == "Q"
    return quoted > 0 and (outside == 0 or (begins and quoted >= outside))


def _length(item: Item) -> int:
    return len(_WORD.findall(item.text))


def _rest_is_short(items: Sequence[Item], sentence: _Sentence, at: int) -> bool:
    rest = sum(items[k].cls not in ".,;:-oQ" for k in range(at + 1, sentence.end))
    return rest == 0 or (ends_with_stop(items[at]) and rest <= 2)


def _ahead(following: Sequence[_Sentence]) -> Attribution | None:
    """The attribution of a quotation in one of the next sentences ("several quoted sentences, then 'he said'")."""
    for sentence in following:
        for attribution, rule in sentence.ascribed.values():
            if rule == "after":
                return attribution
    return None


def _names_speaker(items: Sequence[Item], source: Source) -> bool:
    phrase = items[source.start : source.end]
    return (
        any(i.cls == "X" for i in phrase)
        or phrase[0].low in ("he", "she", "they", "i")
        or any(words().noun(i.low, "person") for i in phrase)
        or words().noun(phrase[-1].low, "body")
    )


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _plain(phrase: str) -> str:
    return " ".join(phrase.split())

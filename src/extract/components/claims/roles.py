"""Who and for when: actor, partner, period and speaker of a claim."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from extract.components.claims.measure import Reading
from extract.components.claims.phrases import Phrase, ends_at, full, possessor, starts_at
from extract.components.claims.syntax import Syntax
from extract.components.claims.tokens import Sentence
from extract.components.claims.vocabulary import AGENT
from extract.components.claims.words import is_in
from extract.normalize.word_lists import word_set

_WHO = frozenset({"PERSON", "NORP", "ORG", "GPE", "LOC"})
# Words on either side of a figure within which another one bounds its reach.
REACH = 80
_PLACES = frozenset({"GPE", "NORP", "LOC"})
_PARTNER_AFTER = frozenset({"with", "to", "from", "against", "on", "in", "between", "into"})
_ACTING_PRONOUNS = frozenset({"we", "they", "you", "i", "he", "she", "us", "folks"})
_GENERIC_ACTORS = word_set(
    "government administration ministry country nation company companies people workers party committee industry"
    " department"
    " treasury bank president minister firm firms commission congress parliament house senate folks union board"
    " council group"
    " partnership delegation countries states opposition navy army mill factory airline airlines retailer automaker"
    " maker"
    " producer exporter importer chipmaker utility consortium fund agency authority corporation cabinet households"
    " consumers"
    " taxpayers customers mission embassy side team city state province village region bloc community nicaraguan"
    " commissioner governor secretary chairman chancellor king emperor premier"
)


# Verbs whose time is that of the saying, not of what the figure measures.
_ANNOUNCING = re.compile(
    r"\b(?:announc\w+|said|signed|directed|pledged|told|unveiled|agreed|approved|ordered|promised|voted|declared"
    r"|proposed|threatened)\b"
)


class Entities:
    """The entity rows of a document, looked up by offset."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self.rows = [row for row in rows if row["label"] in _WHO]
        self._starts = [row["start"] for row in self.rows]

    def covering(self, offset: int) -> Mapping[str, Any] | None:
        """The one that holds an offset."""
        index = bisect_left(self._starts, offset + 1) - 1
        return self.rows[index] if index >= 0 and self.rows[index]["end"] > offset else None

    def before(self, offset: int) -> Mapping[str, Any] | None:
        """The last one that begins before an offset."""
        index = bisect_left(self._starts, offset) - 1
        return self.rows[index] if index >= 0 else None

    def within(self, start: int, end: int, labels: frozenset[str] = _WHO) -> list[Mapping[str, Any]]:
        """Those that begin between two offsets."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [row for row in self.rows[low:high] if row["label"] in labels]


class Roles:
    """Reads actor and partner of the figures of one sentence."""

    def __init__(self, text: str, sentence: Sentence, syntax: Syntax, entities: Entities) -> None:
        self.text, self.sentence, self.syntax, self.entities = text, sentence, syntax, entities

    def read(self, index: int, reading: Reading) -> tuple[str | None, str | None]:
        """Actor and partner of the figure at word ``index``."""
        owner = self._owner(reading)
        subject = self._subject(index, reading)
        partner = self._partner(index, reading)
        actor = subject if subject and reading.rule == "attributive" and self._invests(reading) else owner or subject
        pair = self._pair(reading)
        if pair is not None:
            return pair
        if owner and subject and owner != subject and partner is None and reading.rule in ("verb_object", "flow"):
            actor, partner = subject, owner
        if partner is not None and actor is not None and partner.casefold() == actor.casefold():
            partner = None
        return actor, partner

    def _invests(self, reading: Reading) -> bool:
        """A subject that does something with the sum, so that a place before its noun is only where."""
        return reading.verb is not None and self.syntax.lemma(reading.verb) not in (
            "be",
            "have",
            "face",
            "impose",
            "run",
        )

    def _pair(self, reading: Reading) -> tuple[str, str] | None:
        """Both sides of "U.S.-Qatar trade" and of "deals between the United States and Qatar"."""
        if reading.phrase is None:
            return None
        words = self.sentence.words
        start, end = words[reading.phrase.first].start, words[reading.phrase.head].start
        found = self.entities.within(start, end, _PLACES)
        if len(found) < 2:
            between = next((w.end for w in words[reading.phrase.head + 1 :][:10] if w.low == "between"), None)
            found = self.entities.within(between, between + 60, _PLACES) if between is not None else []
        if len(found) >= 2 and re.fullmatch(
            r"\s*(?:[-–‐]|and|and the)\s*", self.text[found[0]["end"] : found[1]["start"]]
        ):
            return self.text[found[0]["start"] : found[0]["end"]], self.text[found[1]["start"] : found[1]["end"]]
        return None

    def _owner(self, reading: Reading) -> str | None:
        """ "Japan" in "Japan's surplus", "U.S." in "U.S. exports"."""
        phrase = reading.phrase
        if phrase is None:
            return None
        mine = possessor(self.sentence, phrase)
        if mine is not None and self.sentence.words[mine.head].cls in "NPA":
            return self.acting(mine)
        words = self.sentence.words
        found = self.entities.within(words[phrase.first].start, words[phrase.head].start)
        return self.text[found[0]["start"] : found[0]["end"]] if found else None

    def _subject(self, index: int, reading: Reading) -> str | None:
        if reading.verb is None:
            return None
        agent = self._agent(reading.verb)
        if agent is not None:
            return agent
        phrase = self.syntax.subject(reading.verb)
        if phrase is None or phrase == reading.phrase:
            return self._place_of(reading)
        if reading.rule == "subject" and phrase.head <= (reading.phrase.last if reading.phrase else -1):
            return self._place_of(reading)
        if self.syntax.is_passive(reading.verb):
            return None
        return self.acting(phrase)

    def acting(self, phrase: Phrase) -> str | None:
        """A subject that acts: a name, a pronoun of persons, or an institution."""
        words = self.sentence.words
        head = words[phrase.head]
        if head.low in _ACTING_PRONOUNS:
            return head.text
        if head.cls == "O" or is_in(head.low, "agentless"):
            return None
        covering = self.entities.covering(head.start)
        if covering is not None:
            return self._joined_name(covering)
        named = self.entities.within(words[phrase.first].start, words[phrase.head].end)
        mine = possessor(self.sentence, phrase)
        if mine is not None:
            return self.name(mine)
        if (
            head.low in _GENERIC_ACTORS
            or (head.cls == "P" and not named)
            or (head.cls == "N" and AGENT.fullmatch(head.low))
        ):
            return self.name(phrase)
        return None

    def _joined_name(self, entity: Mapping[str, Any]) -> str:
        """ "ADQ and Energy Capital Partners": a name with the one that "and" puts before it."""
        start, end = entity["start"], entity["end"]
        before = self.entities.before(start)
        if before is not None and re.fullmatch(
            r"\s*(?:,|,?\s+and|&)\s+(?:the\s+|[\w.]+-based\s+)?", self.text[before["end"] : start]
        ):
            start = before["start"] if before["label"] == entity["label"] else start
        return " ".join(self.text[start:end].split())

    def name(self, phrase: Phrase) -> str:
        """A phrase as a name: the entity in it, else the phrase without its determiner."""
        words = self.sentence.words
        named = self.entities.within(words[phrase.first].start, words[phrase.last].end)
        if named and named[-1]["end"] >= words[phrase.head].end:
            return " ".join(self.text[named[-1]["start"] : named[-1]["end"]].split())
        return full(self.sentence, self.text, phrase)

    def _agent(self, verb: int) -> str | None:
        """ "by X" after a passive."""
        words = self.sentence.words
        if words[verb].tag != "VBN":
            return None
        for step in range(verb + 1, min(len(words), verb + 12)):
            if words[step].low == "by" and step + 1 < len(words) and words[step + 1].cls != "F":
                phrase = starts_at(self.sentence, step + 1)
                return self.acting(phrase) if phrase is not None else None
        return None

    def _place_of(self, reading: Reading) -> str | None:
        """ "in the United States" after the measure: whose measure it is."""
        words = self.sentence.words
        if reading.phrase is None:
            return None
        step = reading.phrase.last + 1
        while step < len(words) and words[step].cls in "R":
            step += 1
        if step < len(words) and words[step].low in ("in", "of", "for"):
            phrase = starts_at(self.sentence, step + 1)
            if phrase is not None:
                found = self.entities.within(words[phrase.first].start, words[phrase.last].end)
                if found:
                    return self.name(phrase)
        return None

    def _partner(self, index: int, reading: Reading) -> str | None:
        """ "with X", "to X", "from X", "against X", "in X" after the figure, up to the next one."""
        words = self.sentence.words
        for step in range(index + 1, min(len(words) - 1, index + 16)):
            if (
                words[step].cls == "F"
                or words[step].text in (";", ".", ":")
                or (words[step].cls == "V" and step > index + 8)
            ):
                return None
            if words[step].low not in _PARTNER_AFTER:
                continue
            phrase = starts_at(self.sentence, step + 1)
            if phrase is None:
                continue
            found = self.entities.within(words[phrase.first].start, words[phrase.last].end)
            if found and (found[0]["label"] in _PLACES or words[step].low in ("with", "to", "from", "against")):
                return " ".join(self.text[found[0]["start"] : found[0]["end"]].split())
        return self._partner_in_item(reading)

    def _partner_in_item(self, reading: Reading) -> str | None:
        phrase, words = reading.item_phrase, self.sentence.words
        if phrase is None:
            return None
        found = self.entities.within(words[phrase.first].start, words[phrase.head].start, _PLACES)
        return self.text[found[0]["start"] : found[0]["end"]] if found else None


class Periods:
    """The time expression that governs a figure."""

    def __init__(self, text: str, rows: Sequence[Mapping[str, Any]]) -> None:
        self.text = text
        self.rows = [
            r
            for r in rows
            if r["type"] != "TIME" and not str(r["value"]).startswith(("PT", "PRESENT", "PAST", "FUTURE"))
        ]
        rows = self.rows
        self._starts = [row["start"] for row in rows]

    def read(self, sentence: Sentence, index: int, low: int, high: int) -> str | None:
        """The TIMEX3 value for the figure at word ``index``; only expressions between two offsets count."""
        word = sentence.words[index]
        words = sentence.words
        later, earlier = range(index + 1, min(len(words), index + REACH)), range(index - 1, max(-1, index - REACH), -1)
        following = next((words[i].start for i in later if words[i].cls == "F"), sentence.end)
        preceding = next((words[i].end for i in earlier if words[i].cls == "F"), sentence.start)
        after = self._between(word.end, min(following, high, sentence.end))
        for row in after:
            if self._governs(word.end, row):
                return str(row["value"])
        before = self._between(max(preceding, low), word.start)
        for row in reversed(before):
            if self._leads(row, word.start):
                return str(row["value"])
        opening = self._between(max(sentence.start, low), word.start)
        if opening and preceding > sentence.start and self._opens(sentence, opening[0]):
            return str(opening[0]["value"])
        return None

    def _between(self, low: int, high: int) -> list[Mapping[str, Any]]:
        first, last = bisect_left(self._starts, low), bisect_left(self._starts, high)
        return list(self.rows[first:last])

    def _governs(self, figure_end: int, row: Mapping[str, Any]) -> bool:
        """An expression after the figure, with no new clause between: "17 million in 1980", "$2,300 a year"."""
        gap = self.text[figure_end : row["start"]]
        if len(gap) > 110 or re.search(
            r"[;:.]\s|,\s+(?:and|which|who|but|when)\b|\b(?:after|before|since|because|while|than|said|compared)\b", gap
        ):
            return False
        return not re.match(r"[-\s]*(?:old|term|long)\b", self.text[row["end"] : row["end"] + 6])

    def _leads(self, row: Mapping[str, Any], figure_start: int) -> bool:
        """An expression before the figure in its own clause."""
        gap = self.text[row["end"] : figure_start]
        before = self.text[max(0, row["start"] - 12) : row["start"]]
        if re.search(r"[;.]\s|\bwhich\b|\bbut\b", gap) or len(gap) > 160:
            return False
        if re.search(r"\b(?:[Ss]ince|by|[Ff]rom|[Uu]ntil|[Bb]efore|[Aa]fter|than)\s+(?:the\s+)?$", before):
            return False
        attributive = (
            re.match(r"\s+[a-z]", gap)
            and re.search(r"\b(?:the|a|an|of|['’]s)\s+$", before)
            and row["type"] != "DURATION"
        )
        if _ANNOUNCING.search(gap) or (
            re.match(r"['’]s\s", self.text[row["end"] : row["end"] + 3])
            and not re.match(
                r"['’]s\s+(?:\w+\s+)?(?:deficit|surplus|exports|imports|rate|level|figure)\b",
                self.text[row["end"] : row["end"] + 40],
            )
        ):
            return False
        return not attributive or bool(
            re.match(r"\s+(?:trade\s+)?(?:\w+\s+)?(?:of|was|is|deficit|surplus|budget)\b", gap)
        )

    def _opens(self, sentence: Sentence, row: Mapping[str, Any]) -> bool:
        lead = self.text[sentence.start : row["start"]].strip().casefold()
        return lead in ("in", "during", "for", "on", "", "so far", "over", "- in", "-   in")


class Speakers:
    """Who asserts what stands at an offset: the innermost turn, quotation or report around it."""

    def __init__(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._rows = sorted(rows, key=lambda row: (row["start"], -row["end"]))
        self._starts = [row["start"] for row in self._rows]

    def around(self, offset: int) -> Mapping[str, Any] | None:
        """The shortest row that holds the offset."""
        best: Mapping[str, Any] | None = None
        for row in self._rows[: bisect_left(self._starts, offset + 1)][::-1][:400]:
            if row["end"] > offset and (best is None or row["end"] - row["start"] < best["end"] - best["start"]):
                best = row
        return best

    def speaker(self, offset: int) -> str | None:
        """The name of who asserts it, ``None`` for the document's author."""
        row = self.around(offset)
        if row is None:
            return None
        return row["speaker"] or _outer(self._rows, row)


def _outer(rows: Sequence[Mapping[str, Any]], inner: Mapping[str, Any]) -> str | None:
    around = [
        r for r in rows if r["start"] <= inner["start"] and r["end"] >= inner["end"] and r is not inner and r["speaker"]
    ]
    return around[-1]["speaker"] if around else None


def subject_phrase(sentence: Sentence, index: int) -> Phrase | None:
    """The noun phrase that ends at a word, for callers outside."""
    return ends_at(sentence, index)

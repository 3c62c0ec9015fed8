"""Records of talks without labels: one row for each run of sentences that go on telling what one speaker said.

Who takes part is seen from the sentences that open with a verb of saying and its source ("Mr. Roe said that …"). What
others are cited for within a participant's words ("the bank had told him that …") is part of those words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extract.components.quotes.lexicon import word_set
from extract.normalize.title_words import OFFICE

# Genres in which indirect speech is retold at length, and those that quote: there every clause stays a row.
RETELLING = ("cable", "transcript")
QUOTING = ("news",)
# A document is a record if participants say something in so many sentences, and in so large a share of its paragraphs
# (or of its sentences): chosen on the annotated open texts.
RECORD_SENTENCES = 4
PARAGRAPH_SHARE = 0.2
SENTENCE_SHARE = 0.25
# An attribution opens its sentence if its source stands this near to its start: "On the quota, Mr. Roe said".
OPENING_CHARS = 120
# So many sources in capitals are the record's style: only such a source opens another run.
CAPITAL_SOURCES = 2
MAX_HEADING_CHARS = 90
_PRONOUNS = word_set("pronouns")
_COURTESY = word_set("courtesy")
_SELF = ("i", "we")
_TELLERS = ("i", "he", "she")
_CAPITALS = re.compile(r"\b(?:Mc|Mac|O['’])?[A-Z]{3,}\b(?!.*[a-z]{3})")
_WORD = re.compile(r"[^\W\d_]+")
_PAST_PERFECT = re.compile(r"\bhad\b|['’]d\b")
_NAMED = re.compile(r"(?:The )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,4}")
_STOP = re.compile(r"[.!?][\"'”’)\]]*\s*$")
# What tells of the meeting itself, not of what was said in it.
_PROCEEDINGS = re.compile(
    r"(?:_?\[|At this point|Thereupon|(?:After|In) (?:some |a )?(?:further )?discussion\b"
    r"|The (?:meeting|session|committee|conference|council|discussion|conversation|sitting|talks)"
    r"\b[^.]{0,60}?\b(?:adjourned|rose|ended|opened|closed|began|concluded|agreed|decided|took note|resumed|lasted)\b"
    r"|It was (?:agreed|decided|resolved)|(?:Both|The two|The) (?:sides|parties|delegations)(?: then)? agreed)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RetoldSentence:
    """A sentence (or a paragraph that names nobody): bounds, its reported rows, whom else it names as a speaker, and a
    row over words without a verb behind a cue, which only a record tells so ("Chairman said funds not available")."""

    paragraph: int
    start: int
    end: int
    rows: list[dict[str, Any]]
    other: str | None
    clipped: dict[str, Any] | None = None

    @property
    def first(self) -> dict[str, Any] | None:
        """The row that its first speaker would begin."""
        return self.rows[0] if self.rows else self.clipped


def read_runs(text: str, sentences: Sequence[RetoldSentence], genre: str | None) -> list[dict[str, Any]] | None:
    """The reported rows with each run of sentences of one speaker made one; ``None`` if the document is no record."""
    sources = [_opening_source(text, sentence) for sentence in sentences]
    if genre in QUOTING or not _is_record(sentences, sources, genre):
        return None
    runs = _Runs(text, sources)
    for sentence, source in zip(sentences, sources, strict=True):
        runs.read(sentence, source)
    return runs.found


def _opening_source(text: str, sentence: RetoldSentence) -> str | None:
    """Who says what the sentence tells, if it opens or closes with saying so, and not in the past perfect."""
    row = sentence.first
    if row is None:
        return None
    between = text[row["label_end"] : row["start"]][:40]
    opens = 0 <= row["label_start"] - sentence.start <= OPENING_CHARS or row["start"] < row["label_start"]
    return str(row["label"]) if opens and not _PAST_PERFECT.search(between) else None


def _is_record(sentences: Sequence[RetoldSentence], sources: Sequence[str | None], genre: str | None) -> bool:
    telling = [
        sentence for sentence, source in zip(sentences, sources, strict=True) if source and _is_participant(source)
    ]
    paragraphs = len({sentence.paragraph for sentence in sentences})
    often = len(telling) >= max(1, SENTENCE_SHARE * len(sentences))
    if genre in RETELLING and often:
        return True
    share = len({sentence.paragraph for sentence in telling}) >= PARAGRAPH_SHARE * paragraphs
    return len(telling) >= RECORD_SENTENCES and (share or often)


def _is_participant(source: str) -> bool:
    return source.lower() in _TELLERS or _is_titled(source) or _CAPITALS.search(source) is not None


def _is_titled(source: str) -> bool:
    return any(word.lower() in _COURTESY or word.lower() in OFFICE for word in _WORD.findall(source))


class _Runs:
    """Puts the rows of a record together, sentence by sentence."""

    def __init__(self, text: str, sources: Sequence[str | None]) -> None:
        self.text = text
        self.found: list[dict[str, Any]] = []
        self.current: dict[str, Any] | None = None
        self.paragraph = -1
        named = [source for source in sources if source and source.lower() not in _PRONOUNS]
        self.surnames = [_surname(source) for source in named]
        self.in_capitals = sum(_CAPITALS.search(source) is not None for source in named) >= CAPITAL_SOURCES

    def read(self, sentence: RetoldSentence, source: str | None) -> None:
        """Go on with the current run, end it, or begin another."""
        opens_paragraph, self.paragraph = sentence.paragraph != self.paragraph, sentence.paragraph
        heading = opens_paragraph and not sentence.rows and self._is_heading(sentence)
        if heading or _PROCEEDINGS.match(self.text, sentence.start):
            self.current = None
        if heading:
            return
        stays = source is not None and self._goes_on(source)
        if not stays and (self._is_named_at(sentence.start) if self.in_capitals else opens_paragraph):
            self.current = None
        if source is not None and self._speaks(source) and not self._goes_on(source):
            self._begin(sentence)
        elif not sentence.rows:
            self._extend(sentence)
        elif self.current is not None:
            self._reach(sentence.end)
        else:
            self.found += [dict(row) for row in sentence.rows]

    def _is_heading(self, sentence: RetoldSentence) -> bool:
        line = self.text[sentence.start : sentence.end + 1]
        return len(line) < MAX_HEADING_CHARS and not _STOP.search(line)

    def _is_named_at(self, start: int) -> bool:
        """Another person with a title, or one who spoke, opens the sentence in capitals: "Mr. ROE disagreed"."""
        opening = _NAMED.match(self.text, start)
        if opening is None or _CAPITALS.search(opening[0]) is None or self._goes_on(opening[0]):
            return False
        return _is_titled(opening[0]) or _surname(opening[0]) in self.surnames

    def _extend(self, sentence: RetoldSentence) -> None:
        """A sentence without a row goes on telling, unless another participant comes to word in it."""
        other = sentence.other
        if other and self._speaks(other) and other.lower() not in _PRONOUNS and not self._goes_on(other):
            self.current = None
        elif self.current is not None:
            self._reach(sentence.end)

    def _begin(self, sentence: RetoldSentence) -> None:
        self.current = dict(sentence.first or {})
        self.found.append(self.current)
        self.current["end"] = max([self.current["end"], *(other["end"] for other in sentence.rows)])

    def _reach(self, end: int) -> None:
        end -= self.text[end - 1] == "."
        if self.current is not None and end > self.current["end"]:
            self.current["end"] = end
            self.current["rule"] = "record"

    def _speaks(self, source: str) -> bool:
        """The source takes part: a pronoun, a person with a title, a name that comes back."""
        if source.lower() in _PRONOUNS:
            return True
        if self.in_capitals:
            return _CAPITALS.search(source) is not None
        return _is_titled(source) or (source[:1].isupper() and self.surnames.count(_surname(source)) > 1)

    def _goes_on(self, source: str) -> bool:
        """The source is the speaker of the current run."""
        if self.current is None:
            return False
        before, now = str(self.current["label"]).lower(), source.lower()
        if now in _PRONOUNS:
            return (before in _SELF) == (now in _SELF)
        return _surname(before) == _surname(now)


def _surname(source: str) -> str:
    words: list[str] = _WORD.findall(source.lower())
    return words[-1] if words else ""

"""Records of talks without labels: one row for each run of sentences that go on telling what one speaker said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extract.components.quotes.lexicon import word_set

# Genres in which indirect speech is retold at length, and those that quote: there every clause stays a row.
RETELLING = ("cable", "transcript")
QUOTING = ("news",)
# In other genres a document is a record if so many paragraphs tell what was said, and so large a share of them.
RECORD_PARAGRAPHS = 4
RECORD_SHARE = 0.5
_PRONOUNS = word_set("pronouns")
_CAPITALS = re.compile(r"[A-Z][A-Z.'’-]+(?:\s+[A-Z][A-Z.'’-]*)*$")
# What tells of the meeting itself, not of what was said in it.
_PROCEEDINGS = re.compile(
    r"(?:At this point|Thereupon"
    r"|The (?:meeting|session|committee|conference|council|discussion|conversation|sitting|talks)"
    r"\b[^.]{0,60}?\b(?:adjourned|rose|ended|opened|closed|began|concluded|agreed|decided|took note|resumed|lasted)\b"
    r"|It was (?:agreed|decided|resolved))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence (or a paragraph that names nobody): bounds, its reported rows, and whom else it names as a speaker."""

    paragraph: int
    start: int
    end: int
    rows: list[dict[str, Any]]
    other: str | None


def is_record(told: Sequence[Told], genre: str | None, n_quotes: int) -> bool:
    """Whether a document retells a talk in indirect speech."""
    telling = {t.paragraph for t in told if t.rows}
    if genre in QUOTING or not telling:
        return False
    if genre in RETELLING:
        return True
    n_rows = sum(len(t.rows) for t in told)
    share = len(telling) / max(1, len({t.paragraph for t in told}))
    return len(telling) >= RECORD_PARAGRAPHS and share >= RECORD_SHARE and n_quotes * 4 <= n_rows


def merge_runs(text: str, told: Sequence[Told]) -> list[dict[str, Any]]:
    """The reported rows with each run of sentences about the same speaker made one."""
    opens_in_capitals = sum(_CAPITALS.match(r["label"]) is not None for t in told for r in t.rows[:1]) >= 3
    found: list[dict[str, Any]] = []
    current: dict[str, Any] | None = None
    paragraph = -1
    for sentence in told:
        if current is not None and sentence.paragraph != paragraph and not opens_in_capitals and not _resumes(sentence):
            current = None
        paragraph = sentence.paragraph
        if _PROCEEDINGS.match(text, sentence.start):
            current = None
        if not sentence.rows:
            current = _extended(current, sentence)
            continue
        for row in sentence.rows:
            if current is not None and _same_speaker(current, row["label"]):
                current["end"] = max(current["end"], row["end"])
                current["rule"] = "record"
            else:
                current = dict(row)
                found.append(current)
    return found


def _extended(current: dict[str, Any] | None, sentence: Told) -> dict[str, Any] | None:
    if current is None or (sentence.other is not None and not _same_speaker(current, sentence.other)):
        return None
    current["end"] = max(current["end"], sentence.end)
    current["rule"] = "record"
    return current


def _resumes(sentence: Told) -> bool:
    """Whether a new paragraph opens with a pronoun for the speaker."""
    return bool(sentence.rows) and str(sentence.rows[0]["label"]).lower() in _PRONOUNS


def _same_speaker(current: dict[str, Any], label: str) -> bool:
    before, now = str(current["label"]).lower(), label.lower()
    if now in _PRONOUNS:
        return (before in ("i", "we")) == (now in ("i", "we"))
    return before.split()[-1] == now.split()[-1]

"""Candidates: the phrases among which a claim's measure, item, actor and partner are chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extract.components.grammar import Chunk, Grammar, Part, noun_chunks
from extract.learned import hash_names

# Of the hashed features of candidates.
N_BUCKETS = 2**17

# Words that may stand between two chunks that make one phrase: "cuts in duties on cars", "cars and auto parts".
_JOINS = frozenset({Part.PREPOSITION, Part.CONJUNCTION, Part.DETERMINER, Part.OWNER, Part.GENITIVE})
_MAX_JOIN = 3
_MAX_JOINED = 2
# Places whose candidates are kept, which the claims of a sentence and of a section share.
MOST_KEPT = 1_000


@dataclass(slots=True)
class Candidate:
    """Tokens ``first`` to ``last`` (exclusive), ``head`` among them; ``form`` says how the phrase was cut.

    ``label`` is the kind of name at its head, ``case`` the preposition before it. ``indices`` are the hashed features
    that do not depend on the claim.
    """

    first: int
    last: int
    head: int
    form: str
    label: str = ""
    case: str = ""
    indices: list[int] = field(default_factory=list)

    @property
    def plain_form(self) -> str:
        """The form without the word that joins its parts."""
        return self.form.partition(" ")[0]


class Candidates:
    """All candidates of one Doc, made when they are asked for; those of the last places are kept."""

    def __init__(self, grammar: Grammar, breaks: set[int], entities: Sequence[Mapping[str, Any]]) -> None:
        self.grammar, self.breaks = grammar, breaks
        self.labels: dict[int, str] = {}
        self.entities: dict[int, tuple[int, str]] = {}
        for row in entities:
            first, last = grammar.tokens(row["start"], row["end"])
            self.entities[first] = (last, row["label"])
            self.labels.update(dict.fromkeys(range(first, last), row["label"]))
        self._kept: dict[tuple[int, int], list[Candidate]] = {}

    def between(self, first: int, last: int) -> list[Candidate]:
        """The candidates of the tokens ``first`` to ``last`` (exclusive)."""
        place = (first, last)
        if place not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = {(c.first, c.last): c for c in reversed(list(self._read(first, last)))}
            self._kept[place] = sorted(found.values(), key=lambda c: (c.first, c.last))
            for candidate in self._kept[place]:
                candidate.indices = hash_names(self._names(candidate), N_BUCKETS)
        return self._kept[place]

    def _read(self, first: int, last: int) -> Iterator[Candidate]:
        """Where two forms are the same words, the first counts."""
        chunks = noun_chunks(self.grammar, first, last, self.breaks)
        for chunk in chunks:
            yield from self._forms(chunk)
        for number, chunk in enumerate(chunks):
            yield from self._joined(chunk, chunks[number + 1 : number + 1 + _MAX_JOINED])
        for token in range(first, last):
            yield from self._words(token)

    def _forms(self, chunk: Chunk) -> Iterator[Candidate]:
        """A chunk, its head, the words before its head, its last two words: "trade deficit", "deficit", "trade"."""
        first, last, head = chunk
        yield Candidate(first, last, head, "chunk")
        if last - first > 1:
            yield Candidate(head, last, head, "head")
            before = head - 1 if self.grammar.parts[head - 1] != Part.HYPHEN else head
            yield Candidate(first, head, max(first, before), "modifier")
        if last - first > 2:
            yield Candidate(head - 1, last, head, "last two")

    def _joined(self, chunk: Chunk, following: Sequence[Chunk]) -> Iterator[Candidate]:
        last = chunk.last
        for other in following:
            between = range(last, other.first)
            if len(between) > _MAX_JOIN or not all(self._joins(token) for token in between):
                return
            last = other.last
            yield Candidate(chunk.first, last, chunk.head, "joined " + self.grammar.lows[between[0]])

    def _joins(self, token: int) -> bool:
        if token in self.breaks:
            return False
        return self.grammar.parts[token] in _JOINS or self.grammar.lows[token] == "," or self.grammar.spaces[token]

    def _words(self, token: int) -> Iterator[Candidate]:
        """Verbs, pronouns, and names inside chunks."""
        part = self.grammar.parts[token]
        if token in self.entities and token not in self.breaks:
            last = self.entities[token][0]
            yield Candidate(token, last, last - 1, "name")
        elif part in (Part.PRONOUN, Part.OWNER):
            yield Candidate(token, token + 1, token, part.value)
        elif part == Part.VERB and token not in self.breaks:
            yield Candidate(token, token + 1, token, "verb")

    def _names(self, candidate: Candidate) -> list[str]:
        grammar, head, first = self.grammar, candidate.head, candidate.first
        lemma, form = grammar.lemmas[head], candidate.plain_form
        before, two_before = self._word(first - 1), self._word(first - 2)
        after = self._word(candidate.last)
        label = self.labels.get(head, "")
        determined = before if grammar.parts[first - 1] in (Part.DETERMINER, Part.OWNER) else ""
        preposition = two_before if determined else before
        size = min(candidate.last - first, 5)
        candidate.label, candidate.case = label, preposition if grammar.parts[first - 1] != Part.NOUN else "-"
        return [
            f"form {candidate.form}",
            f"head {lemma}",
            f"head {lemma} {form}",
            f"end {lemma[-3:]} {form}",
            f"tag {grammar.tags[head]} {form}",
            f"dep {grammar.deps[head]} {form}",
            f"label {label} {form}",
            f"first {grammar.lows[first]} {form}",
            f"before {preposition} {form}",
            f"before {preposition} {label}",
            f"determined {determined} {form}",
            f"after {after} {form}",
            f"after {after} {label}",
            f"size {size} {form}",
            f"of {self._lemma(candidate.last)} {label}" if form == "modifier" else f"case {self._case(first)} {form}",
            f"upper {grammar.lemmas[grammar.heads[head]]} {grammar.deps[head]}",
        ]

    def _lemma(self, token: int) -> str:
        return self.grammar.lemmas[token] if token < len(self.grammar.lemmas) else "-"

    def _case(self, token: int) -> str:
        return "upper" if self.grammar.text[self.grammar.starts[token]].isupper() else "lower"

    def _word(self, token: int) -> str:
        if not 0 <= token < len(self.grammar.lows):
            return "-"
        if self.grammar.spaces[token]:
            return (
                "¶" if self.grammar.text.count("\n", self.grammar.starts[token], self.grammar.ends[token]) > 1 else "_"
            )
        return "#" if token in self.breaks else self.grammar.lows[token]

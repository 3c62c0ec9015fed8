"""The words of a Doc as columns: asking a spaCy token again and again costs more than reading each once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property

from spacy.tokens import Doc

from extract.components.grammar.parts import part_of

MAX_PATH = 8


class Grammar:
    """Columns over the tokens of ``doc``, by token index; ``parsed`` says whether it has a dependency parse.

    ``sentences`` are (first token, token behind the last), in order and without gaps.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc, self.text = doc, doc.text
        self.parsed = doc.has_annotation("DEP")
        self.lows = [token.lower_ for token in doc]
        self.tags = [token.tag_ for token in doc]
        self.deps = [token.dep_ for token in doc]
        self.starts = [token.idx for token in doc]
        self.ends = [token.idx + len(token) for token in doc]
        self.parts = [part_of(tag) for tag in self.tags]
        self.spaces = [token.is_space for token in doc]
        self.heads = [i + int(offset) for i, offset in enumerate(_signed(doc))]
        self.sentences = [(span.start, span.end) for span in doc.sents] if len(doc) else []
        self._sentence_starts = [first for first, _ in self.sentences]

    @cached_property
    def lemmas(self) -> list[str]:
        """Base forms, lower case; the word itself where there is no lemmatizer."""
        return [token.lemma_.lower() or token.lower_ for token in self.doc]

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """The dependents of each token that has some, in the order of the text."""
        found: dict[int, list[int]] = {}
        for token, head in enumerate(self.heads):
            if head != token:
                found.setdefault(head, []).append(token)
        return found

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that share a character with ``text[start:end]``: first, and the one behind the last."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def sentence_of(self, token: int) -> int:
        """The number of the sentence that holds a token."""
        return max(0, bisect_right(self._sentence_starts, token) - 1)

    def anchor(self, first: int, last: int) -> int:
        """The token of ``first`` to ``last`` (exclusive) whose head lies outside: what the rest hangs on."""
        for token in range(first, last):
            head = self.heads[token]
            if (head == token or not first <= head < last) and not self.spaces[token]:
                return token
        return max(first, last - 1)

    def ancestors(self, token: int) -> list[int]:
        """A token, its head, the head's head …, up to the root or ``MAX_PATH`` steps."""
        found = [token]
        while len(found) <= MAX_PATH and self.heads[found[-1]] != found[-1]:
            found.append(self.heads[found[-1]])
        return found

    def path(self, above: list[int], to: list[int]) -> str:
        """The relations between two tokens, given the ancestors of each: ``"obl^v"`` up, then ``"nsubj"`` down.

        Empty if they are one token or no common head is within reach.
        """
        seen = {token: steps for steps, token in enumerate(above)}
        down = next((steps for steps, token in enumerate(to) if token in seen), None)
        if down is None:
            return ""
        up = seen[to[down]]
        rising = "^".join(self.deps[token] for token in above[:up])
        return rising + "|" + "^".join(self.deps[token] for token in reversed(to[:down]))

    def written(self, first: int, last: int) -> str:
        """The text from token ``first`` to ``last`` (exclusive) on one line."""
        return " ".join(self.text[self.starts[first] : self.ends[last - 1]].split())


def _signed(doc: Doc) -> list[int]:
    """Offsets from each token to its head; spaCy gives them as unsigned 64-bit numbers."""
    if not len(doc):
        return []
    return [int(offset) for offset in doc.to_array("HEAD").astype("int64")]

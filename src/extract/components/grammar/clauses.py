"""Clauses: the verbs above a word, with subject, object, helping verbs and negation, as the parse has them."""

from __future__ import annotations

from functools import lru_cache

from extract.components.grammar.parts import Part
from extract.components.grammar.reading import Grammar

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj"})
_HELPS = frozenset({"aux", "aux:pass", "cop", "mark"})
_NOT = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
# A verb without a subject of its own shares that of the verb it hangs on by these.
_SHARED = frozenset({"xcomp", "conj", "advcl", "acl", "ccomp"})
_MAX_SHARES = 4


class Clauses:
    """Questions about the verbs of one Doc."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.predicates = self._predicates()
        self.helps = lru_cache(maxsize=None)(self._helps)

    def _predicates(self) -> list[bool]:
        """Verbs, and what a copula makes a predicate ("the rate is *high*")."""
        grammar = self.grammar
        found = [part == Part.VERB for part in grammar.parts]
        for token, dep in enumerate(grammar.deps):
            if dep in ("aux", "aux:pass", "cop"):
                found[token] = False
                found[grammar.heads[token]] = True
        return found

    def verbs_above(self, ancestors: list[int]) -> list[int]:
        """The predicates among a token's ancestors, the nearest first (itself, where a copula makes it one)."""
        return [token for token in ancestors if self.predicates[token]]

    def _helps(self, verb: int) -> tuple[str, ...]:
        """Helping verbs, copulas, conjunctions ("if") and negations of a predicate, as written, in order."""
        grammar = self.grammar
        mine = grammar.children.get(verb, ())
        return tuple(grammar.lows[t] for t in mine if grammar.deps[t] in _HELPS or grammar.lows[t] in _NOT)

    def subject(self, verb: int) -> int | None:
        """The head of the subject, its own or the one shared with a verb above."""
        grammar = self.grammar
        for _ in range(_MAX_SHARES):
            for token in grammar.children.get(verb, ()):
                if grammar.deps[token] in _SUBJECTS:
                    return token
            if grammar.deps[verb] not in _SHARED or grammar.heads[verb] == verb:
                return None
            verb = grammar.heads[verb]
        return None

    def is_passive(self, verb: int) -> bool:
        """Whether a passive helping verb stands with it."""
        grammar = self.grammar
        return any(grammar.deps[token] == "aux:pass" for token in grammar.children.get(verb, ()))

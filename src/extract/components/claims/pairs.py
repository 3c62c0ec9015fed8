"""Features of a candidate beside a claim: where it stands, how the sentence ties them, what is between."""

from __future__ import annotations

from extract.components.claims.candidates import Candidate
from extract.components.claims.subjects import Subject
from extract.components.grammar import Clauses, Grammar, Part

_CLAUSE_MARKS = frozenset({",", ";", ":", "(", ")", "–", "—"})


class Pairs:
    """Features for the ranking of candidates of one Doc."""

    def __init__(self, grammar: Grammar, clauses: Clauses, figures: set[int]) -> None:
        self.grammar, self.clauses, self.figures = grammar, clauses, figures
        self._ancestors: dict[int, list[int]] = {}

    def ancestors(self, token: int) -> list[int]:
        """Of a token, kept."""
        if token not in self._ancestors:
            self._ancestors[token] = self.grammar.ancestors(token)
        return self._ancestors[token]

    def nothing(self, subject: Subject) -> list[str]:
        """The features of the choice that names nothing."""
        grammar = self.grammar
        verbs = self.clauses.verbs_above(subject.above)
        verb = grammar.lemmas[verbs[0]] if verbs else "-"
        return [
            "nothing",
            f"nothing {subject.kind}",
            f"nothing {subject.kind} {subject.unit}",
            f"nothing verb {verb}",
            f"nothing before {self.before(subject)} {subject.kind}",
            f"nothing after {self.after(subject)} {subject.kind}",
            f"nothing dep {grammar.deps[subject.anchor]} {subject.kind}",
            f"nothing long {min(6, (subject.high - subject.low) // 6)}",
        ]

    def before(self, subject: Subject) -> str:
        return self._low(subject.first - 1)

    def after(self, subject: Subject) -> str:
        return self._low(subject.last)

    def _low(self, token: int) -> str:
        return self.grammar.lows[token] if 0 <= token < len(self.grammar.lows) else "-"

    def inside(self, subject: Subject, candidate: Candidate) -> list[str]:
        """Features of a candidate in the claim's own sentence."""
        grammar, kind = self.grammar, subject.kind
        form = candidate.plain_form
        path = self._path(subject, candidate)
        side, distance, between = self._between(subject, candidate)
        marks = " ".join(sorted({grammar.lows[t] for t in between} & _CLAUSE_MARKS))
        n_figures = min(2, sum(t in self.figures for t in between))
        verbs = [t for t in between if grammar.parts[t] == Part.VERB]
        words = " ".join(grammar.lows[t] for t in between) if len(between) <= 3 else "…"
        place, verb = self._role(subject, candidate)
        lemma, label = grammar.lemmas[candidate.head], candidate.label
        mine, other = self.before(subject), self.after(subject)
        up, down = path.count("^") + 1, len(self.ancestors(candidate.head))
        return [
            f"path {path}",
            f"path {path} {form}",
            f"path {path} {kind}",
            f"ends {grammar.deps[subject.anchor]} {grammar.deps[candidate.head]} {side}",
            f"ends {grammar.deps[subject.anchor]} {grammar.deps[candidate.head]} {form}",
            f"depth {up} {down}",
            f"side {side} {distance} {form}",
            f"side {side} {distance} {kind}",
            f"side {side} {distance} {label}",
            f"words {side} {words}",
            f"words {side} {words} {form}",
            f"marks {side} {marks}",
            f"figures {side} {n_figures} {form}",
            f"figures {side} {n_figures} {label}",
            f"verbs {side} {min(2, len(verbs))} {form}",
            f"kind {kind} {form}",
            f"kind {kind} {lemma}",
            f"kind {kind} {label} {candidate.case}",
            f"unit {subject.unit} {lemma}",
            f"role {place}",
            f"role {place} {form}",
            f"role {place} {label}",
            f"role {place} {kind}",
            f"role {place} {verb}",
            f"role {place} {mine} {form}",
            f"case {candidate.case} {side} {label}",
            f"case {candidate.case} {side} {form} {kind}",
            f"edge {side} {mine if side == 'right' else other} {form} {distance}",
        ]

    def _path(self, subject: Subject, candidate: Candidate) -> str:
        path = self.grammar.path(subject.above, self.ancestors(candidate.head))
        return path if path.count("^") < 5 else "far"

    def _between(self, subject: Subject, candidate: Candidate) -> tuple[str, int, range]:
        """Left or right of the claim, how far in steps that grow, and the tokens between."""
        if candidate.last <= subject.first:
            side, between = "left", range(candidate.last, subject.first)
        elif candidate.first >= subject.last:
            side, between = "right", range(subject.last, candidate.first)
        else:
            side, between = "within", range(0)
        return side, len(between).bit_length() if len(between) > 2 else -len(between), between

    def _role(self, subject: Subject, candidate: Candidate) -> tuple[str, str]:
        """What the candidate is to a verb above the claim (itself, its subject, its object …), and that verb."""
        for number, verb in enumerate(self.clauses.verbs_above(subject.above)[:3]):
            lemma, head = self.grammar.lemmas[verb], candidate.head
            if head == verb:
                return f"verb{number}", lemma
            if self.clauses.subject(verb) == head:
                return f"subject{number} {'passive' if self.clauses.is_passive(verb) else ''}", lemma
            if self.grammar.heads[head] == verb:
                return f"{self.grammar.deps[head]}{number}", lemma
        return "none", ""

    def outside(self, subject: Subject, candidate: Candidate, place: str) -> list[str]:
        """Features of a candidate of another place: the sentence before, a heading, the title."""
        form = candidate.plain_form
        dep = self.grammar.deps[candidate.head]
        return [
            f"place {place}",
            f"place {place} {form}",
            f"place {place} {form} {subject.kind}",
            f"place {place} {dep}",
            f"place {place} {candidate.label} {form}",
            f"place {place} {candidate.case} {candidate.label}",
            f"kind {subject.kind} {self.grammar.lemmas[candidate.head]}",
            f"kind {subject.kind} {form}",
        ]

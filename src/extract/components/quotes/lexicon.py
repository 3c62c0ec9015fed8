"""The word lists of quotation and reported speech, read once from the strict lexicons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extract.lexicons import classes, load
from extract.normalize.verbs import saying_verbs

SHAPES = ("base", "s", "past", "part", "ing")
_CLASSES = "det|pron|prep|conj|sub|wh|aux|adv|time|past"
_CODES = {
    "det": "D", "pron": "R", "prep": "P", "conj": "C", "sub": "S",
    "wh": "W", "aux": "A", "adv": "B", "time": "T", "past": "V",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb that ascribes words: what it takes (``clause``) and whether it may stand before its source."""

    lemma: str
    kind: str
    clause: str
    invert: bool


@dataclass(frozen=True, slots=True)
class Form:
    """One written form of a verb, with the shapes it can be (``said``: past, part)."""

    verb: Verb
    shapes: frozenset[str]


@dataclass(frozen=True)
class Words:
    """All lists: forms of verbs, classes of words (one letter each), nouns by kind."""

    forms: dict[str, Form]
    classes: dict[str, str]
    nouns: dict[str, frozenset[str]]

    def noun(self, low: str, *kinds: str) -> bool:
        return any(low in self.nouns[kind] for kind in kinds)


@lru_cache(maxsize=1)
def words() -> Words:
    """The lists of verbs, word classes and nouns; raises ``LexiconError`` if a file is broken."""
    forms: dict[str, Form] = {}
    for said in saying_verbs():
        verb = Verb(said.forms[0], said.kind, said.clause, said.invert)
        # A sixth and later form is a second spelling of the past ("signalled", "signalling").
        shapes = list(SHAPES) + ["ing" if form.endswith("ing") else "past" for form in said.forms[5:]]
        for form, shape in zip(said.forms, shapes, strict=True):
            known = forms.get(form)
            forms[form] = Form(verb, (known.shapes if known else frozenset()) | {shape})
    by_class = load("en/quotes_words", {"class": _CLASSES, "word": "terms"})
    return Words(
        forms,
        {row["word"]: _CODES[row["class"]] for row in by_class},
        classes("en/quotes_nouns", "kind", "person|body|paper|venue|saying|title"),
    )


def word_set(name: str) -> frozenset[str]:
    """One closed list of ``quotes_sets``; raises ``KeyError`` if there is none of that name."""
    rows = load("en/quotes_sets", {"set": "text", "word": "terms"}, key=("set", "word"))
    found = frozenset(row["word"] for row in rows if row["set"] == name)
    if not found:
        raise KeyError(f"{name!r} is no set of en/quotes_sets")
    return found

"""The verbs that ascribe words, from ``lexicons/en/quotes_verbs.tsv``, with their forms."""

from __future__ import annotations

from typing import NamedTuple

from extract.lexicons import load

KINDS = "say|tell|ask|show|label"
CLAUSES = "zero|that|strict|none"


class SayingVerb(NamedTuple):
    """A verb with what it takes (``clause``), whether it may stand before its source, and its forms: base, third
    person, past, participle, -ing, and second spellings of past and -ing."""

    kind: str
    clause: str
    invert: bool
    forms: tuple[str, ...]


def saying_verbs() -> list[SayingVerb]:
    """All verbs of the lexicon; raises ``LexiconError`` if it is broken."""
    columns = {"kind": KINDS, "clause": CLAUSES, "invert": "yes|no", "verb": "terms"}
    rows = load("en/quotes_verbs", columns)
    return [
        SayingVerb(row["kind"], row["clause"], row["invert"] == "yes", tuple(inflected(row["verb"]))) for row in rows
    ]


def inflected(verb: str) -> list[str]:
    """The forms of a regular verb; those of an irregular one stand in the lexicon, separated by blanks."""
    if " " in verb:
        return verb.split()
    if verb.endswith("y") and verb[-2] not in "aeiou":
        third, past = f"{verb[:-1]}ies", f"{verb[:-1]}ied"
    else:
        third = f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh")) else f"{verb}s"
        past = f"{verb}d" if verb.endswith("e") else f"{verb}ed"
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    return [verb, third, past, past, f"{stem}ing"]

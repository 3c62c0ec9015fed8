"""The word lists of labelled turns, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.lexicons import classes, load
from extract.normalize.labels import label_key
from extract.normalize.title_words import ADDRESS, OFFICE
from extract.normalize.verbs import saying_verbs

# Words that are no label by themselves and may begin a name: months, and how a letter opens.
_NAMES_TOO = frozenset(("may", "march", "april", "june", "august", "sir", "madam"))


@dataclass(frozen=True)
class TurnWords:
    """``roles`` head a label without a name, ``titles`` come before a name, ``never`` is no label;
    ``apposed`` words stand in an office behind a comma, ``joining`` ones end no label, ``abbreviated`` ones keep their
    full stop, ``says`` are finite forms of verbs of saying, which no label holds. ``close``, ``note``, ``page`` and
    ``insert`` match the start of a block between turns, ``aside`` the inside of a bracket, ``talk`` finds words that
    people say to each other."""

    roles: frozenset[str]
    titles: frozenset[str]
    inner: frozenset[str]
    never: frozenset[str]
    apposed: frozenset[str]
    joining: frozenset[str]
    abbreviated: frozenset[str]
    says: frozenset[str]
    close: re.Pattern[str]
    note: re.Pattern[str]
    page: re.Pattern[str]
    aside: re.Pattern[str]
    insert: re.Pattern[str]
    talk: re.Pattern[str]

    def is_aside(self, inside: str) -> bool:
        """ "Laughter", "As interpreted.": what stands in the brackets is nobody's name."""
        return bool(self.aside.match(inside.strip().casefold()))

    def is_stage(self, line: str) -> bool:
        """ "END", "Page 7", "The meeting rose at noon": a line that the record adds."""
        return any(pattern.match(line) for pattern in (self.close, self.note, self.page, self.insert))

    def rank(self, label: str) -> str:
        """``titled``, ``role`` or ``name``: what a label shows by its words."""
        words = [word.strip(".'’,") for word in label_key(label).split()]
        key = " ".join(words)
        if key in self.roles or (words and words[-1] in self.roles and words[0] not in self.titles):
            return "role"
        if any(word in self.titles or word in ADDRESS for word in words[:-1]) or any(w in OFFICE for w in words):
            return "titled"
        if len(words) > 1 and words[-1].isdigit() and words[0].split("_")[0] in self.roles:
            return "role"
        return "role" if words and words[0].split("_")[0] in self.roles and "_" in words[0] else "name"

    def is_never(self, label: str) -> bool:
        """A heading, a header key or a month: no label of a speaker."""
        key = label_key(label)
        first = key.split(" ")[0].strip(".'’,") if key else ""
        return key in self.never or (first in self.never and first not in _NAMES_TOO)


@lru_cache(maxsize=1)
def turn_words() -> TurnWords:
    words = classes("mul/turns_words", "kind", "role|title|inner|never|apposed|joining|abbreviated")
    stage = load("mul/turns_stage", {"pattern": "regex", "kind": "close|note|page|aside|insert"})
    talk = load("mul/turns_talk", {"pattern": "regex", "language": "text"})

    said = (form for verb in saying_verbs() for form in verb.forms if form != verb.forms[0])
    says = frozenset(form for form in said if not form.endswith("ing"))

    def joined(kind: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{row['pattern']})" for row in stage if row["kind"] == kind))

    return TurnWords(
        words["role"], words["title"], words["inner"], words["never"],
        words["apposed"], words["joining"], words["abbreviated"], says,
        joined("close"), joined("note"), joined("page"), joined("aside"), joined("insert"),
        re.compile("|".join(f"(?:{row['pattern']})" for row in talk)),
    )  # fmt: skip

"""The word lists of labelled turns, compiled once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.lexicons import classes, load
from extract.normalize.labels import label_key
from extract.normalize.title_words import ADDRESS, OFFICE
from extract.normalize.verbs import saying_verbs

# Kinds of rows of ``turns_stage`` for the inside of brackets.
_BRACKETED = "aside|manner"
# How something is said: "(in Cantonese)", "(DE)"; what is heard ("[laughs]") is a part of the words.
_MANNER = re.compile(r"[A-Z]{2}|[a-zà-ÿ]{2}[^.?!:;\d]{2,40}")
# Words that are no label by themselves and may begin a name: months, and how a letter opens.
_NAMES_TOO = frozenset(("may", "march", "april", "june", "august", "sir", "madam"))


@dataclass(frozen=True)
class TurnWords:
    """``roles`` head a label without a name, ``titles`` come before a name, ``never`` is no label;
    ``apposed`` words stand in an office behind a comma, ``joining`` ones end no label, ``abbreviated`` ones keep their
    full stop, ``says`` are finite forms of verbs of saying, which no label holds. ``close``, ``note``, ``page`` and
    ``insert`` match the start of a block between turns, ``aside`` and ``manner`` the inside of a bracket, ``talk``
    finds words that people say to each other."""

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
    manner: re.Pattern[str]
    insert: re.Pattern[str]
    talk: re.Pattern[str]

    def is_aside(self, inside: str) -> bool:
        """ "Laughter", "As interpreted.": what stands in the brackets is nobody's name."""
        small = inside.strip().casefold()
        return bool(self.aside.match(small) or self.manner.match(small))

    def is_manner(self, inside: str) -> bool:
        """ "through interpreter", "in Cantonese", "DE": how the words behind the brackets are said."""
        small = inside.strip().casefold()
        return bool(self.manner.match(small) or (_MANNER.fullmatch(inside) and not self.aside.match(small)))

    def is_stage(self, line: str) -> bool:
        """ "END", "Page 7", "The meeting rose at noon": a line that the record adds."""
        return any(pattern.match(line) for pattern in (self.close, self.note, self.page, self.insert))

    def rank(self, label: str) -> str:
        """``titled``, ``role`` or ``name``: what a label shows by its words; "Speaker 2" is a part as "Speaker" is."""
        words = [word.strip(".'’,") for word in label_key(label).rstrip(" _0123456789").split()] or [""]
        if " ".join(words) in self.roles or (words[-1] in self.roles and words[0] not in self.titles):
            return "role"
        before = {*words[:-1]}
        return "titled" if before & self.titles or before & ADDRESS or OFFICE.intersection(words) else "name"

    def is_never(self, label: str) -> bool:
        """A heading, a header key or a month: no label of a speaker."""
        key = label_key(label)
        first = key.split(" ")[0].strip(".'’,") if key else ""
        return key in self.never or (first in self.never and first not in _NAMES_TOO)


@lru_cache(maxsize=1)
def turn_words() -> TurnWords:
    words = classes("mul/turns_words", "kind", "role|title|inner|never|apposed|joining|abbreviated")
    stage = load("mul/turns_stage", {"pattern": "regex", "kind": f"close|note|page|insert|{_BRACKETED}"})
    talk = load("mul/turns_talk", {"pattern": "regex", "language": "text"})

    said = (form for verb in saying_verbs() for form in verb.forms if form != verb.forms[0])
    says = frozenset(form for form in said if not form.endswith("ing"))

    def joined(kind: str) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{row['pattern']})" for row in stage if row["kind"] == kind))

    return TurnWords(
        words["role"], words["title"], words["inner"], words["never"],
        words["apposed"], words["joining"], words["abbreviated"], says,
        joined("close"), joined("note"), joined("page"), joined("aside"), joined("manner"), joined("insert"),
        re.compile("|".join(f"(?:{row['pattern']})" for row in talk)),
    )  # fmt: skip

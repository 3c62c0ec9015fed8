"""Speakers of labelled turns: from what the label says, from the text's other names for it, from who answers whom."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from extract.components.speakers.hints import addressed, called, is_given_name, named_himself
from extract.components.speakers.holders import holder_of
from extract.components.speakers.home import is_state_office
from extract.components.speakers.people import People, Person
from extract.components.speakers.places import Places
from extract.components.speakers.roles import (
    LANGUAGE,
    MORE_TITLES,
    OFFICE_ADDRESSED,
    cased,
    is_address,
    is_full_name,
    names_office,
    role_of,
)
from extract.lexicons import load
from extract.normalize.countries import country_code
from extract.normalize.labels import split_label, tidy
from extract.normalize.names import fold, proper_case, split_title, surname, words

Row = dict[str, Any]
_SQUEEZED = re.compile(r"[A-Z]{8,}\Z")
_INITIALS = re.compile(r"(?:[A-Z]\.?){2,3}\Z")
_NUMBERED = re.compile(r"\b(?:\d{1,3}|[A-Z])\Z")
_CAPITAL_NAME = re.compile(r"\b[A-ZÀ-Þ][\w’'-]+(?:[ ]+[A-ZÀ-Þ][\w’'.-]*){1,3}")
HEAD_CHARS = 1_500
# Thanks stand so near the start.
HINT_CHARS = 40
# Shorter parts ("Chair", "Host") are words of many other things.
MIN_PART_CHARS = 9


@lru_cache(maxsize=1)
def _nobody() -> re.Pattern[str]:
    rows = load("mul/speakers_nobody", {"label": "regex"})
    return re.compile(r"[\[(]?(?:" + "|".join(row["label"] for row in rows) + r")(?:\s?\(\?\))?[\])]?\Z", re.IGNORECASE)


def names_nobody(label: str) -> bool:
    """ "Q", "Reporter", "Unidentified speaker", "Speaker 4": a mark that says only that somebody speaks."""
    return bool(_nobody().match(label.strip()))


class LabelledTurns:
    """Fills ``speaker`` and ``role`` of the labelled turns of one document, in order."""

    def __init__(
        self,
        places: Places,
        turns: Sequence[Row],
        people: People,
        holder: Callable[[str], Person | None],
        unnamed: frozenset[str],
    ) -> None:
        """``holder`` gives the person of the document's list who holds an office; ``unnamed`` are offices whose holder
        the list of participants does not name."""
        self.places, self.text = places, places.text
        self.turns = turns
        self.people = people
        self.holder = holder
        self.unnamed = unnamed
        self.holders: dict[str, str | None] = {}
        self.initials: dict[str, str] | None = None
        self.apart: dict[str, str | None] = {}
        self.joined: dict[str, str] = {}
        for form in (form for person in people.all for form in person.forms):
            self.joined.setdefault("".join(words(form)), form)
        self.strangers = frozenset(
            word for row in turns for word in words(split_title(split_label(str(row["label"])).head).name)
        )
        heads = {cased(str(row["label"])) for row in turns}
        # Several countries as labels speak for themselves; one may be a person's name.
        self.delegations = {head for head in heads if country_code(head)}

    def run(self) -> None:
        for row in self.turns:
            self._label(row)
        self._by_hints()
        self._given_names()

    def _label(self, row: Row) -> None:
        written = self.text[row["label_start"] : row["label_end"]] if row["label_start"] >= 0 else row["label"]
        parts = split_label(written)
        head = OFFICE_ADDRESSED.sub("", parts.head)
        said = next((part for part in parts.inside if not LANGUAGE.match(part)), None)
        office, bare = split_title(head)
        inside = next((p for p in parts.inside if _is_named(p) or (office and not bare and is_full_name(p))), None)
        if inside and (office or " of " in head) and not _is_named(head):
            self._name(row, split_title(inside).name, head)
            self.holders[head.casefold().removeprefix("the ")] = row["speaker"]
        elif names_nobody(head):
            row["role"] = said if said and names_office(said) else None
        elif len(self.delegations) > 1 and cased(head) in self.delegations:
            row["speaker"], row["side"] = cased(head), country_code(cased(head))
        elif bare and not bare.islower() and not _NUMBERED.search(bare):
            self._name(row, bare, office if names_office(office) else said)
        else:
            self._part(row, head)

    def _part(self, row: Row, head: str) -> None:
        """An office or a part without a name: who holds it in this document, else as it is written."""
        key = head.casefold().removeprefix("the ")
        row["role"] = head.removeprefix("The ").removeprefix("THE ")
        if key not in self.holders:
            self.holders[key] = self._holder(head)
        row["speaker"] = self.holders[key] or (row["role"] if _NUMBERED.search(head) else role_of(row["role"]))

    def _holder(self, head: str) -> str | None:
        if head in self.unnamed or _NUMBERED.search(head):
            return None
        if is_state_office(head) or len(head) > MIN_PART_CHARS:
            named = holder_of(head, self.text, self.strangers)
            if named:
                return named
        person = self.holder(head)
        return person.name if person and self.strangers.isdisjoint(words(person.name)) else None

    def _name(self, row: Row, name: str, office: str | None) -> None:
        row["role"] = office
        if _INITIALS.match(name) and tidy(str(row["label"])) == name:
            row["speaker"] = self._initialled(name.replace(".", "")) or name
            return
        if _SQUEEZED.match(name):
            if name not in self.apart:
                self.apart[name] = self._apart(name)
            if self.apart[name]:
                row["speaker"] = self.apart[name]
                return
        person = self.people.find(name)
        shown = cased(MORE_TITLES.sub("", name))
        if (
            person is not None
            and surname(shown)
            and surname(shown) in fold(person.name)
            and sorted(words(name)) != sorted(words(person.name))
        ):
            shown = person.name
        row["speaker"] = shown
        if person is not None and person.role and len(person.role) > 3:
            row["role"] = person.role

    def _initialled(self, letters: str) -> str | None:
        """Whose initials they are: "Jane Roe (JR)" at his first label, or one name of the head with these initials."""
        if self.initials is None:
            self.initials = {}
            for row in self.turns:
                parts = split_label(self.text[row["label_start"] : row["label_end"]])
                for inside in parts.inside:
                    if _INITIALS.match(inside):
                        self.initials[inside.replace(".", "")] = split_title(parts.head).name
        if letters in self.initials:
            return self.initials[letters]
        names = [person.name for person in self.people.all if " " in person.name]
        names += [split_title(tidy(m[0])).name for m in _CAPITAL_NAME.finditer(self.text[:HEAD_CHARS])]
        fitting = {fold(name): name for name in names if "".join(w[0] for w in name.split()).upper() == letters}
        found = cased(next(iter(fitting.values()))) if len(fitting) == 1 else None
        if found:
            self.initials[letters] = found
        return found

    def _apart(self, name: str) -> str | None:
        """ "JANEROE": the words of a person of the text written together."""
        if form := self.joined.get(fold(name)):
            return form
        low = name.casefold()
        for size in range(len(low) - 3, 3, -1):
            last = low[-size:].capitalize()
            if any(self.text.startswith(last, start) for start in self.places.of(last)):
                return proper_case(f"{name[:-size]} {name[-size:]}")
        cuts = [n for n in range(4, len(low) - 3) if is_given_name(low[:n].capitalize())]
        return proper_case(f"{name[: cuts[-1]]} {name[cuts[-1] :]}") if cuts else None

    def _by_hints(self) -> None:
        """Names from the words before, in and behind the turns of those whom the label does not name."""
        names_of: dict[str, Counter[str]] = defaultdict(Counter)
        for number, row in enumerate(self.turns):
            if row["speaker"] is not None and not _is_numbered(row):
                continue
            name = self._hinted(number)
            if name is None or not self.strangers.isdisjoint(words(name)):
                continue
            if _is_numbered(row):
                names_of[str(row["label"])][name] += 1
            elif row["speaker"] is None:
                row["speaker"] = self._full(name)
        for row in self.turns:
            names = names_of.get(str(row["label"]))
            if names and _is_numbered(row):
                row["speaker"] = self._full(names.most_common(1)[0][0])

    def _hinted(self, number: int) -> str | None:
        row = self.turns[number]
        said = self.text[row["start"] : row["end"]]
        own = named_himself(said)
        if own:
            return own
        if number:
            before = self.turns[number - 1]
            gave = called(self.text[before["start"] : before["end"]])
            if gave and before["label"] != row["label"]:
                return gave
        if number + 1 < len(self.turns):
            after = self.turns[number + 1]
            name = addressed(self.text[after["start"] : after["end"]])
            if name and after["label"] != row["label"]:
                return name
        return None

    def _given_names(self) -> None:
        """The given name by which the next speaker thanks somebody whose label is his family name alone."""
        given_of: dict[str, set[str]] = defaultdict(set)
        for row, after in pairwise(self.turns):
            name = row["speaker"] or ""
            said = self.text[after["start"] : after["end"]]
            given = addressed(said) if "hank" in said[:HINT_CHARS] else None
            if given and " " not in given and given.casefold() not in self.strangers and name.istitle():
                given_of[name].add(given)
        for row in self.turns:
            given_names = given_of.get(row["speaker"] or "", set())
            if len(given_names) == 1 and names_office(split_title(str(row["label"])).title) is False:
                row["speaker"] = f"{next(iter(given_names))} {row['speaker']}"

    def _full(self, name: str) -> str:
        person = self.people.find(name)
        return person.name if person and all(w in words(person.name) for w in words(name)) else name


def _is_numbered(row: Row) -> bool:
    return bool(re.search(r"\d", str(row["label"]))) and names_nobody(str(row["label"]))


def _is_named(part: str) -> bool:
    title, name = split_title(part)
    return bool(title and name and len(name.split()) <= 3 and is_address(title.split()[0]))

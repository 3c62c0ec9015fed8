"""Who is in a document: names with the offices and countries that the text gives them, in one list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extract.components.speakers.sides import country_in, delegation_sides, side_at
from extract.normalize.countries import country_code
from extract.normalize.labels import tidy
from extract.normalize.names import (
    GENERATION,
    fullest,
    proper_case,
    same_person,
    sex,
    split_title,
    surname,
    words,
)
from extract.normalize.title_words import NOT_NAMES, PARTICLE

MAX_PEOPLE = 2_000
_NAME_WORD = r"[A-ZÀ-Þ](?:[\w’'-]*\w|\.)"
# A title in ordinary letters before a name; the name may stand in square brackets ("Foreign Minister [Roe]").
_TITLED = re.compile(
    r"\b((?:(?:Vice|Prime|Foreign|Deputy|Trade|Finance|Acting|Former|Chief|First|Assistant|Under|National|Security|"
    r"U\.S\.|Press|Cabinet|Special|Senior|Economic|Attorney|House|Senate|Governing)[ -])*"
    r"(?:President|Minister|Premier|Chancellor|Secretary|Ambassador|Chairman|Chairwoman|Chair|Governor|Senator|"
    r"Representative|Commissioner|Director|Advis[eo]r|Counsel+or|Envoy|Negotiator|Congress(?:wo)?man|Speaker|Mr\.?|"
    r"Mrs\.?|Ms\.?|Dr\.?|Sir|Lord)"
    r"(?: (?:of|for) (?:the )?[A-Z]\w+(?:(?:,? and) [A-Z]\w+| [A-Z]\w+){0,4}?)?)"
    r"[ ]{1,2}(\[?" + _NAME_WORD + r"(?:[ ]" + _NAME_WORD + r"){0,2}\]?)"
)
# No name goes on in small letters behind capitals ("LORD ROE My Lords, …").
_LISTED = re.compile(
    r"^[ \t*•-]*(?![A-ZÀ-Þ]{2}[^,\n]* [A-ZÀ-Þ][a-zß-ÿ])"
    r"(" + _NAME_WORD + r"(?:[ ]" + _NAME_WORD + r"){1,3}),[ ]((?:the )?(?:(?!\.\s)[^\n,;():]){3,90})",
    re.MULTILINE,
)
# The line above a witness's speech in a hearing: "STATEMENT OF HON. JANE ROE, DIRECTOR, OFFICE OF TRADE".
_STATEMENT = re.compile(
    r"^[ \t]*(?:STATEMENT|TESTIMONY|Statement|Testimony)\s(?:OF|of)\s(?:THE\s)?"
    r"(?:(?:HON|DR|MR|MS|MRS|Hon|Dr|Mr|Ms|Mrs)\.\s)?"
    r"([A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){1,3}),\s([A-Za-z][^\n;:]{3,90}(?:\n[ \t]*[A-Z][^\n;:.]{3,80})?)",
    re.MULTILINE,
)
_STATE_OFFICE = (
    r"(?:ambassador|minister|negotiator|official|secretary|president|premier|chancellor|delegate|envoy|diplomat)"
)
_COUNTRY_BRACKET = re.compile(r"\s\(([A-Z][\w. ]{1,30})\)")
_OF_COUNTRY = re.compile(r"\sof\s((?:[Tt]he\s)?[A-Z]\w+(?:\s[A-Z]\w+)?)")
_OFFICE_APPOSED = re.compile(r",\s((?:[\w.’'-]+\s){1,4}?" + _STATE_OFFICE + r")\b")
_OFFICE_BEFORE = re.compile(
    r"((?:[\w.]+[’']s?|[A-Z][\w.]+)\s(?:[\w-]+\s){0,3}" + _STATE_OFFICE + r"),?\s$", re.IGNORECASE
)


@dataclass
class Person:
    """``forms`` are bare names as written; ``offices`` what the text calls him, the first one first."""

    forms: list[str]
    offices: list[str] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)
    sex: str | None = None
    at: int = 0

    @property
    def name(self) -> str:
        return fullest(self.forms)

    @property
    def side(self) -> str | None:
        return self.sides[0] if self.sides else None

    @property
    def role(self) -> str | None:
        """The first office that is more than a form of address."""
        return next((office for office in self.offices if len(office) > 4), None)


class People:
    """The persons of a document; ``add`` joins the forms of one person."""

    def __init__(self) -> None:
        self.all: list[Person] = []
        self.mentions: list[tuple[int, Person]] = []
        self._by_word: dict[str, list[Person]] = {}
        # by the family name, by the words in any order, and by each word of a name that is not in full
        self._by_key: dict[str | tuple[str, ...], set[int]] = {}

    def add(self, name: str, *, office: str | None = None, side: str | None = None, at: int = 0) -> Person | None:
        bare = split_title(name).name.strip("[] ")
        if not words(bare) or _is_no_name(bare) or len(self.all) >= MAX_PEOPLE:
            return None
        person = self.find(bare, sex(office))
        if person is None:
            person = Person([], at=at)
            self.all.append(person)
        if bare not in person.forms:
            person.forms.append(bare)
            for word in words(bare):
                self._by_word.setdefault(word, []).append(person)
            for key in _keys(bare):
                self._by_key.setdefault(key, set()).add(id(person))
        if office and office not in person.offices:
            person.offices.append(office)
        if side:
            person.sides.append(side)
        person.sex = person.sex or sex(office)
        return person

    def find(self, name: str, gender: str | None = None) -> Person | None:
        """The person whom a name may mean; ``None`` if nobody or more than one."""
        found = (p for word in words(name) for p in self._by_word.get(word, ()))
        if _is_full(written := words(split_title(name).name)):
            likely = set().union(*(self._by_key.get(key, ()) for key in (*_keys(name), *written)))
            found = (p for p in found if id(p) in likely)
        candidates = {id(p): p for p in found}
        fitting = [
            p
            for p in candidates.values()
            if any(same_person(name, form) for form in p.forms) and not (gender and p.sex and gender != p.sex)
        ]
        exact = [p for p in fitting if any(words(name) == words(form) for form in p.forms)]
        fitting = exact if len(fitting) > 1 and exact else fitting
        alike = bool(fitting) and surname(name) == surname(fitting[0].forms[0])
        return fitting[0] if len(fitting) == 1 or alike else None


def _is_full(written: tuple[str, ...]) -> bool:
    return len(written) > 1 and written[0] not in PARTICLE


def _keys(name: str) -> list[str | tuple[str, ...]]:
    """What two forms of one person's name share, if both are full ones: family name, or all words."""
    written = words(split_title(name).name)
    if not _is_full(written):
        return list(written)
    last = next((word for word in reversed(written) if word not in GENERATION), "")
    return [("", last), tuple(sorted(written))]


def read_people(text: str, entities: Sequence[Mapping[str, Any]], document: Mapping[str, Any]) -> People:
    """Everybody whom the text names, with office and country as far as it gives them."""
    people = People()
    for row in entities:
        if row["label"] == "PERSON":
            people.add(row["canonical"], at=row["start"])
            side = _side_beside(text, row["start"], row["end"])
            person = people.add(text[row["start"] : row["end"]], side=side, at=row["start"])
            if person is not None:
                people.mentions.append((row["start"], person))
    spans = delegation_sides(text, document)
    for found in _TITLED.finditer(text):
        # the office may go on into what looks like the name: "Minister of International | Trade Paul Roe"
        whole = split_title(tidy(f"{found[1]} {found[2]}"))
        name, office = (_trim(part) if part else "" for part in (whole.name, whole.title))
        if not office or _is_no_name(name):
            name, office = _trim(tidy(found[2])), tidy(found[1])
        if _is_no_name(name):
            continue
        behind = _OF_COUNTRY.match(text, found.end())
        side = side_at(found.start(), spans) or (country_code(behind[1]) if behind else None)
        side = side or country_in(_same_sentence(text, found))
        people.add(name, office=office, side=side, at=found.start())
    for found in _LISTED.finditer(text):
        office = tidy(found[2])
        if " " in office and split_title(f"{found[1]}, {office}").title:
            side = country_in(office)
            plain = re.split(r" of (?=[A-Z]\w+$)", office)[0] if side else office
            people.add(found[1], office=plain, side=side, at=found.start())
    for found in _STATEMENT.finditer(text):
        people.add(proper_case(tidy(found[1])), office=tidy(found[2]), at=found.start())
    return people


def _side_beside(text: str, start: int, end: int) -> str | None:
    """The country in brackets behind a name ("Roe (Norway)"), or of the office in apposition to it."""
    after = text[end : end + 100].replace("\n", " ")
    bracket = _COUNTRY_BRACKET.match(after)
    if bracket:
        return country_code(bracket[1])
    apposed = _OFFICE_APPOSED.match(after)
    before = _OFFICE_BEFORE.search(text[max(0, start - 70) : start].replace("\n", " "))
    return (country_in(apposed[1]) if apposed else None) or (country_in(before[1]) if before else None)


def _same_sentence(text: str, found: re.Match[str]) -> str:
    """A title with the word or two before it in its sentence: "Norway's Prime Minister"."""
    return re.split(r"[.?!:;]\s|\n", text[max(0, found.start() - 24) : found.end(1)])[-1]


def _is_no_name(name: str) -> bool:
    return name.casefold().partition(" ")[0] in {"", *NOT_NAMES}


def _trim(name: str) -> str:
    """Up to a full stop that is no initial's: what follows belongs to the next sentence."""
    kept: list[str] = []
    for word in name.strip("[]").split():
        kept.append(word.strip("[]"))
        if word.endswith(".") and len(word) > 2:
            return " ".join(kept).rstrip(".")
    return " ".join(kept)

"""Records of talks set anew: the words of annotated turns under other names, labels and layouts.

A source prints its labels in one way; a judgement that learnt from thirty sources would know thirty ways. Here the same
words stand behind labels of many forms, between page furniture and headings, cut short, so that it learns what a label
is and not what one source's labels are.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from faker import Faker

MAX_TURNS = 14
MAX_TURN_CHARS = 900
_TITLES = ("MR.", "MS.", "DR.", "SENATOR", "CHAIRMAN", "MINISTER", "AMBASSADOR", "SECRETARY", "PRESIDENT", "GOVERNOR")
_PARTS = (
    "THE CHAIR", "The Chairman", "MODERATOR", "OPERATOR", "PRIME MINISTER", "PM", "The President", "INTERVIEWER",
    "HOST", "JOURNALIST", "QUESTION", "REPORTER", "SENIOR OFFICIAL", "Speaker 1", "Project Manager", "The Court",
    "THE WITNESS",
)  # fmt: skip
_PARTIES = ("CPC", "Labour", "SNP", "D-OH", "ALP", "Lib.", "Norwich North", "Ribble Valley", "Minister of Trade")
_GROUPS = ("PPE-DE", "PSE", "ALDE", "Greens", "Verts/ALE", "UEN", "Independent", "CDU/CSU")
_HEADINGS = (
    "Opening remarks", "Steel and aluminium", "OTHER BUSINESS", "Questions: the budget", "Agenda item 4: safeguards",
    "Fisheries", "Adoption of the agenda", "MORNING SESSION",
)  # fmt: skip
_KEYS = ("Date", "Place", "Subject", "Participants", "Present", "Source", "Time", "Reference", "Distribution")
_FURNITURE = ("- {n} -", "Page {n}", "[[Page {n}]]", "{n}", "{n} of 96", "UNCLASSIFIED", "(Laughter.)", "[Applause]")
# How a name is written; {t} a title, {g} given name, {s} surname, {x} a seat, party or house, {o} an office.
_FORMS = (
    "{T} {S}", "{T} {S}", "Mr. {s}", "Ms {s}", "{S}", "{G} {S}", "{g} {s}", "{g} {s}", "{s}", "{g}", "Mr. {S} of {x}",
    "Mr. {g} {s} ({x})", "{g} {s} ({x})", "{g} {s}, {x}", "{g} {s} MP", "{i}", "Hon. {g} {s} ({x})", "{o} {s}", "{x}",
    "Ms. {G} {S} of {x}", "{g} {s} - {x}", "{s}, {g}", "M. {s}", "Dr {g} {s}",
)  # fmt: skip
# Plenary debates: a function behind a comma, then a full stop and a dash.
_FORMAL_FORMS = (
    "{g} {s} ({p}), in writing", "{g} {s}, on behalf of the {p} Group", "{g} {s}, rapporteur", "President",
    "{g} {s} ({p})", "{g} {s}, Member of the Commission", "{s} ({p})", "{g} {s}, Minister of Trade", "Mr {s}",
    "{s}", "Commissioner {s}",
    "The Chairman", "{s}, {g} ({p})", "{g} {s}, author",
)  # fmt: skip
_FORMAL_DELIMITERS = (
    (". - ", 4), (". – ", 4), (".—", 1), (". — ", 1), (". - (EN) ", 2), (". – (FR) ", 2), (" – ", 1), (": ", 1),
)  # fmt: skip
FORMAL_SHARE = 0.15
MIXED_SHARE = 0.3
# What stands behind a label, with how often.
_DELIMITERS = (
    (": ", 10), (":", 2), (":\n", 3), (":\n\n", 3), (". ", 4), (".  ", 3), (". -- ", 1), (".—", 2), (" – ", 2),
    (". – ", 2), ("\n", 4), ("\n\n", 3), (" > ", 1), ("\t", 1), ("    ", 2), (" -- ", 1), ("; ", 1), (" ", 1),
    (" | ", 1), (". - ", 2),
)  # fmt: skip
_LEADS = (
    ("", 22),
    ("**", 3),
    ("[{c}] ", 2),
    ("{c} ", 1),
    ("## ", 1),
    ("(", 5),
    ("[", 3),
    ("  ", 3),
    ("{n}. ", 1),
    ("> ", 1),
)
_BOUNDARIES = (("\n\n", 12), ("\n", 8), (" ", 3), ("", 1), ("  ", 2))


@dataclass(frozen=True)
class Spoken:
    """One turn: who speaks (any string that tells speakers apart) and the words."""

    who: str
    words: str


@dataclass(frozen=True)
class Record:
    """A text set anew with the starts of its turns."""

    text: str
    starts: tuple[int, ...]


def set_anew(turns: Sequence[Spoken], random: Random, faker: Faker) -> Record:
    """The turns, or a stretch of them, in a random layout."""
    size = min(len(turns), random.choice((1, 2, 3, 4, 6, 8, MAX_TURNS)))
    at = random.randrange(len(turns) - size + 1)
    some = [Spoken(turn.who, _cut(turn.words, random)) for turn in turns[at : at + size]]
    formal = random.random() < FORMAL_SHARE
    labels = _labels({turn.who for turn in some}, formal, random, faker)
    lead, delimiter, boundary = (_pick(table, random) for table in (_LEADS, _DELIMITERS, _BOUNDARIES))
    if formal:
        lead, delimiter, boundary = "", _pick(_FORMAL_DELIMITERS, random), random.choice(("\n\n", "\n"))
    if "\n" in delimiter or lead in ("## ", "> "):
        boundary = random.choice(("\n", "\n\n"))
    text, starts = _front(random, faker), []
    if random.random() < 0.3:
        text += _cut(turns[at].words, random) + boundary
    width = random.choice((0, 0, 0, 60, 72, 80))
    met: set[str] = set()
    shortens = random.random() < 0.25
    for number, turn in enumerate(some):
        written = labels[turn.who].split("(")[0].split()[-1] if shortens and turn.who in met else labels[turn.who]
        met.add(turn.who)
        label = _with_lead(written, lead, delimiter, number, random)
        body = textwrap.fill(turn.words, width) if width and boundary.startswith("\n") else turn.words
        text += label
        starts.append(len(text))
        text += body + _between(random) * boundary.startswith("\n") + boundary
    return Record(text, tuple(starts))


def as_list(paragraphs: Sequence[str], random: Random, faker: Faker) -> Record:
    """Paragraphs that nobody speaks, each behind a heading or a key: the layouts of talk without talk."""
    lead, delimiter, boundary = (_pick(table, random) for table in (_LEADS, _DELIMITERS, _BOUNDARIES))
    size = min(len(paragraphs), random.randrange(1, 8))
    at = random.randrange(len(paragraphs) - size + 1)
    style = random.choice((str.upper, str.title, str.capitalize))
    text = _front(random, faker)
    for number, words in enumerate(paragraphs[at : at + size]):
        heading = style(" ".join(faker.words(random.randrange(1, 4))))
        if random.random() < 0.15:
            heading = random.choice(_KEYS + _HEADINGS)
        text += _with_lead(heading, lead, delimiter, number, random) + _cut(words, random) + (boundary or "\n")
    return Record(text, ())


def _pick(table: Sequence[tuple[str, int]], random: Random) -> str:
    return random.choices([entry for entry, _ in table], [weight for _, weight in table])[0]


def _cut(words: str, random: Random) -> str:
    """The first paragraphs of a turn, up to a random length, ended at a sentence where there is one."""
    limit = random.choice((80, 200, 400, MAX_TURN_CHARS))
    if len(words) <= limit:
        return words
    stop = max(words.rfind(mark, 20, limit) for mark in (". ", "? ", ".\n", "! "))
    return words[: stop + 1] if stop > 0 else words[:limit]


def _labels(who: set[str], formal: bool, random: Random, faker: Faker) -> dict[str, str]:
    """A label for each speaker: of one form or of several, with a part or a mark for some."""
    form = random.choice(_FORMS)
    mixed = formal or random.random() < MIXED_SHARE
    parts = random.random()
    labels: dict[str, str] = {}
    for number, one in enumerate(sorted(who)):
        given, surname = faker.first_name(), faker.last_name()
        form = random.choice(_FORMAL_FORMS if formal else _FORMS) if mixed else form
        filled = form.format(
            p=random.choice(_GROUPS),
            T=random.choice(_TITLES), S=surname.upper(), s=surname, G=given.upper(), g=given, i=given[0] + surname[0],
            x=random.choice(_PARTIES), o=random.choice(_TITLES).title(),
        )  # fmt: skip
        if parts < 0.25 and number < 2 and not formal:
            filled = ("Q", "A")[number] if parts < 0.08 else random.choice(_PARTS)
        elif parts > 0.93 and not formal:
            filled = f"Speaker {number}"
        labels[one] = filled
    return labels


def _with_lead(label: str, lead: str, delimiter: str, number: int, random: Random) -> str:
    clock = f"{number // 60:02d}:{number % 60:02d}:{random.randrange(60):02d}"
    if lead == "**":
        return f"**{label}**{delimiter}" if random.random() < 0.5 else f"**{label}{delimiter.rstrip()}** "
    if lead in ("(", "["):
        return f"{lead}{label}{')' if lead == '(' else ']'} "
    return lead.format(c=clock, n=number + 1) + label + delimiter


def _between(random: Random) -> str:
    """Now and then furniture or a heading behind a turn."""
    chance = random.random()
    if chance < 0.06:
        return "\n\n" + random.choice(_FURNITURE).format(n=random.randrange(2, 99))
    return "\n\n" + random.choice(_HEADINGS) if chance < 0.1 else ""


def _front(random: Random, faker: Faker) -> str:
    """Nothing, a title, or a head of keys and values, as records and articles have."""
    kind = random.random()
    if kind < 0.4:
        return ""
    lines = [random.choice((faker.catch_phrase(), faker.bs().title(), faker.catch_phrase().upper()))]
    if kind > 0.6:
        for key in random.sample(_KEYS, random.randrange(1, 4)):
            value = faker.date(random.choice(("%d %B %Y", "%Y-%m-%d"))) if key == "Date" else faker.company()
            if key in ("Participants", "Present"):
                value = ", ".join([faker.name() for _ in range(3)])
            lines.append(f"{key}: {value}")
    return "\n".join(lines) + random.choice(("\n\n", "\n"))

"""Heads of documents in random layouts: a known title over a known body, so that the choice of the title is learnt.

The annotated texts come from few sources, each with a layout of its own. Here their titles stand over bodies of other
texts, between lines as heads have them, in capitals, as headings, centred, broken over lines, or not at all.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LINES = Path(__file__).with_name("heads.tsv")
SHOWN_SHARE = 0.75
FRONT_SHARE = 0.25
QUOTED_SHARE = 0.06
DOUBLED_SHARE = 0.1
MAX_BODY_CHARS = 4_000
YEARS = (1925, 2025)


@dataclass
class Rendered:
    """A document as text; ``spans`` bound the lines of its title."""

    text: str
    spans: list[tuple[int, int]] = field(default_factory=list)


def known_lines(path: Path = LINES) -> dict[str, list[str]]:
    """The values of ``heads.tsv`` by kind."""
    found: dict[str, list[str]] = {}
    for line in path.read_text("utf-8").split("\n"):
        if line and not line.startswith(("#", "kind\t")):
            kind, value = line.split("\t")
            found.setdefault(kind, []).append(value)
    return found


class Renderer:
    """Renders one head after another from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.known = known_lines()
        self.above: tuple[Callable[[], str], ...] = (
            self._data, self._data, self._city, self._reference, self._for_from, self._addressed, self._masthead,
            self._masthead_upper, self.day, self._dated_place, self._pick_classification, self._pick_proof,
            self._message, self._clock, self._number, self._room, self._volume, self._page,
        )  # fmt: skip
        self.below: tuple[Callable[[], str], ...] = (
            self._data, self._city, self._byline, self.day, self._dated_place, self._pick_proof,
            self._pick_classification, self._person, self._place,
        )  # fmt: skip

    def render(self, title: str, body: Sequence[str], others: Sequence[str]) -> Rendered:
        """``title`` over the paragraphs of ``body``; ``others`` are titles that stand about as headings."""
        shown = self.random.random() < SHOWN_SHARE
        n_above = self.random.choice([0, 0, 0, 0, 1, 1, 2, 3, 4])
        parts = [(self._any(self.above), False, self.random.choice([0, 1, 1, 2])) for _ in range(n_above)]
        if shown:
            lines = self._title(title, first=not parts)
            if self.random.random() < QUOTED_SHARE:  # a catalogue's headline quotes it
                parts.append((self._quoting(lines), False, 1))
            parts += lines
            if self.random.random() < DOUBLED_SHARE and len(lines) == 1:  # a page's name, then its headline
                parts.append(lines[0])
            parts += [
                (self._any(self.below), False, self.random.choice([0, 1, 1]))
                for _ in range(self.random.choice([0, 0, 0, 1, 1, 2]))
            ]
        if self.random.random() < 0.25:
            parts.append((self._pick("heading"), False, 1))
        parts += self._body(list(body), others, cut=not shown and not n_above)
        found = Rendered(self._front())
        for at, (line, is_title, gap) in enumerate(parts):
            found.text += "\n" * (gap + 1) * bool(at)
            start = len(found.text)
            found.text += line
            if is_title:
                found.spans.append((start, len(found.text)))
        return found

    def _front(self) -> str:
        """Front matter with a catalogue's description for a title, or none."""
        if self.random.random() >= FRONT_SHARE:
            return ""
        described = [
            f"{self._person_name()} to {self._person_name()}",
            f"Record of Conversation Between {self._pick('surname')} and {self._pick('surname')}",
            f"{self._pick('message')} from {self._pick('place')} to {self._person_name()}",
            self.day(),
        ]
        more = self.random.choice(["", "date: 2001-02-03\n", "tags: a\n"])
        return f"---\n{more}title: {self.random.choice(described)}\n---\n\n"

    def _title(self, title: str, *, first: bool) -> list[tuple[str, bool, int]]:
        styles = ("# ", "## ", "**", "upper", "upper", "plain", "plain", "plain", "centre", "centre upper", "_", "key")
        style = self.random.choice(styles)
        words = self._cased(title, upper="upper" in style).split()
        if len(words) >= 4 and self.random.random() < 0.3:
            words = words[: self.random.randint(2, 5)]
        lines = [" ".join(words)]
        if len(lines[0]) > 50 and self.random.random() < 0.6 and style not in ("# ", "## ", "key"):
            lines = wrapped(lines[0], self.random.choice([45, 55, 60, 70]))
        gap = self.random.choice([0, 0, 1])
        opening = 1 if not first and self.random.random() < 0.8 else gap
        return [(self._styled(line, style, at), True, gap if at else opening) for at, line in enumerate(lines)]

    def _quoting(self, lines: Sequence[tuple[str, bool, int]]) -> str:
        quoted = " ".join(line.strip(" *_#") for line, _, _ in lines)
        return f"{self._pick('message')} No. {self.random.randint(2, 999)}, {self._person_name()}, '{quoted}'"

    def _cased(self, title: str, *, upper: bool) -> str:
        if upper:
            return title.upper()
        if self.random.random() >= 0.35:
            return title
        words = title.split()
        lower = [word.lower() if self.random.random() < 0.8 and not word.isupper() else word for word in words[1:]]
        return " ".join([words[0], *lower])

    def _styled(self, line: str, style: str, at: int) -> str:
        if style.startswith("centre"):
            return " " * self.random.randint(8, 25) + line
        if style == "key":
            return f"{self._pick('subject key')} {line}" if at == 0 else line
        if style in ("**", "_"):
            return f"{style}{line}{style}"
        return style + line if style.startswith("#") else line

    def _body(self, body: list[str], others: Sequence[str], *, cut: bool) -> list[tuple[str, bool, int]]:
        if cut and self.random.random() < 0.5:
            words = body[0].split()
            body[0] = " ".join(words[len(words) // 3 :])
        if self.random.random() < 0.15:  # typed or scanned: a blank line after every line
            upper = self.random.random() < 0.5
            body = [line.upper() if upper else line for part in body for line in wrapped(part, 60)][:60]
        parts: list[tuple[str, bool, int]] = []
        for at, paragraph in enumerate(body):
            if at and self.random.random() < 0.12:
                heading = self.random.choice([*self.known["heading"], *others])
                parts.append((self.random.choice(["", "## ", "**"]) + heading, False, 1))
            parts.append((paragraph, False, 1 if len(paragraph) > 60 else self.random.choice([0, 1])))
            if sum(len(line) for line, _, _ in parts) > MAX_BODY_CHARS:
                break
        return parts

    def _any(self, makers: Sequence[Callable[[], str]]) -> str:
        return self.random.choice(makers)()

    def _pick(self, kind: str) -> str:
        return self.random.choice(self.known[kind])

    def day(self) -> str:
        """A day in one of the ways in which heads write it."""
        day, year = self.random.randint(1, 28), self.random.randint(*YEARS)
        month, weekday = self._pick("month"), self._pick("weekday")
        ways = (
            f"{day} {month} {year}", f"{month} {day}, {year}", f"{weekday}, {day} {month} {year}",
            f"{weekday}, {month} {day}, {year}", f"{day}th {month}, {year}", f"{day} {month.upper()} {year}",
            f"{year}-0{self.random.randint(1, 9)}-{day:02d}",
        )  # fmt: skip
        return self.random.choice(ways)

    def _person_name(self) -> str:
        return f"{self._pick('first name')} {self._pick('surname')}"

    def _data(self) -> str:
        value = self.random.choice([self._pick("heading"), self._pick("masthead"), self._person_name(), self.day()])
        return f"{self._pick('key')}{self.random.choice(['', '', ' 2', ' 3'])}: {value}"

    def _city(self) -> str:
        return f"{self._pick('place')}, {self._pick('country')}"

    def _place(self) -> str:
        return self._pick("place")

    def _reference(self) -> str:
        return f"{self.random.choice(['Your', 'My', 'Our'])} telegram {self.random.randint(2, 99)}."

    def _for_from(self) -> str:
        return f"For {self._pick('surname')} from {self._pick('surname')}"

    def _addressed(self) -> str:
        return (
            f"{self._pick('classification')} FOR {self._pick('surname').upper()} FROM {self._pick('surname').upper()}"
        )

    def _masthead(self) -> str:
        return self._pick("masthead")

    def _masthead_upper(self) -> str:
        return self._pick("masthead").upper()

    def _dated_place(self) -> str:
        return f"{self._pick('place')}, {self.day()}"

    def _pick_classification(self) -> str:
        return self._pick("classification")

    def _pick_proof(self) -> str:
        return self._pick("proof")

    def _message(self) -> str:
        return f"{self._pick('message')} {self.random.randint(2, 900)} {self._pick('place').upper()}, {self.day()}"

    def _clock(self) -> str:
        return f"{self.random.randint(1, 12)}:{self.random.randint(10, 59)} {self.random.choice(['A.M.', 'p.m.'])}"

    def _number(self) -> str:
        return f"No. {self.random.randint(1, 999)}"

    def _room(self) -> str:
        return f"{self._pick('room')} {self.random.randint(1, 40)}"

    def _volume(self) -> str:
        return f"Vol. {self.random.randint(1, 99)}, No. {self.random.randint(1, 12)}"

    def _page(self) -> str:
        return f"[Page {self.random.choice('HSE')}{self.random.randint(100, 9000)}]"

    def _byline(self) -> str:
        return f"By {self._person_name()}"

    def _person(self) -> str:
        return f"{self._person_name()}, {self._pick('office')}"


def wrapped(text: str, width: int) -> list[str]:
    """The words of a text in lines of at most so many characters."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) + 1 > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines

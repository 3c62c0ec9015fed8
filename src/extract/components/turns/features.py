"""What an opener shows: by itself, in the words behind it, and beside the other openers of the document.

Every feature is a plain number with a reason: a label is short, stands at a boundary, comes again, alternates with
others of its shape, and talk stands behind it; a heading, a key or a value of data does not.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence
from itertools import pairwise

from extract.components.turns.scanner import Opener
from extract.components.turns.words import turn_words

# How far behind a label talk is looked for: a first sentence or two.
TALK_CHARS = 320
# A paragraph behind a label is measured up to here, a document's manner by so much of it.
PARAGRAPH_CHARS = 4_000
MANNER_CHARS = 200_000
MAX_NAMES_COUNTED = 300
# How many openers further on the next one of the same shape is looked for.
NEXT_OPENERS = 12
_BLOCK = re.compile(r"\n[ \t\r]*\n\s*")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_FULL = re.compile(r"(?s)(?:(?!\n[ \t]*\n).)*?\w{2}[.?!…。？！][\"”’)」』]*(?:[\s<|]|$|(?=[A-Z\u3040-\u9fff]))")
_QUOTED = re.compile(r"(?<=[\s(])[\"“][^\"“”\n]{1,300}[\"”]")
_ENDED = re.compile(r"[.?!…。！？\"”’)\]—–-]\s*$")
_FIRST = re.compile(r"\bI(?:['’](?:m|ve|d|ll))?\b")
LEADS = ("", "bracket", "clock", "bold", "heading", "voice", "circle")
CASES = ("capitals", "capitalised", "cjk", "mark")
RANKS = ("titled", "role", "name")
DELIMITERS = (
    "colon", "colon-line", "stop", "stop-dash", "dash", "mark", "gap", "space", "line", "bracket", "hyphen",
    "semicolon",
)  # fmt: skip
# Counts grow without end: their logarithm is taken.
_COUNTS = ("n", "n_distinct")
Row = dict[str, float]
_NO_KIND: Row = {
    **{f"lead={lead or 'none'}": 0.0 for lead in LEADS},
    **{f"case={case}": 0.0 for case in CASES},
    **{f"rank={rank}": 0.0 for rank in RANKS},
    **{f"delimiter={delimiter}": 0.0 for delimiter in DELIMITERS},
}


def read_features(text: str, openers: Sequence[Opener]) -> list[Row]:
    """The named features of each opener of a document, in order."""
    document = _Document(text, openers) if openers else None
    return [] if document is None else [document.row(number) for number in range(len(openers))]


def is_talk(words: str) -> bool:
    """Does somebody speak of himself, speak to somebody, ask or answer at the start of these words? Quotations count
    for nothing: news has them too."""
    return bool(turn_words().talk.search(_QUOTED.sub(" ", words)))


def _log(value: float) -> float:
    return round(math.log1p(max(0.0, value)), 3)


class _Document:
    """The openers of a document with what is counted over all of them."""

    def __init__(self, text: str, openers: Sequence[Opener]) -> None:
        self.text = text
        self.openers = openers
        self.blocks = [found.start() for found in _BLOCK.finditer(text)]
        self.lines = [found.start() for found in _LINE.finditer(text)]
        self.behind = self._words_behind()
        self.talks = [is_talk(words) for words in self.behind]
        self.fulls = [bool(_FULL.match(words)) for words in self.behind]
        self.keys = Counter(opener.key for opener in openers)
        self.surnames = [opener.key.rstrip(" 0123456789").rsplit(" ", 1)[-1] for opener in openers]
        self.surname_count = Counter(self.surnames)
        self.shapes = self._groups("shape", [opener.shape for opener in openers])
        self.looser = self._groups("looser", [(opener.lead, opener.delimiter) for opener in openers])
        manner = text[:MANNER_CHARS]
        self.whole = {
            "openers": _log(len(openers)),
            "chars_document": _log(len(text)),
            "first_person": round(len(_FIRST.findall(manner)) / max(1, len(manner)) * 1000, 3),
            "questions": round(manner.count("?") / max(1, len(manner)) * 1000, 3),
        }
        self.named: dict[str, int] = {}

    def _words_behind(self) -> list[str]:
        """The first words behind each opener, up to the next one."""
        ends = [opener.start for opener in self.openers[1:]] + [len(self.text)]
        return [
            self.text[opener.text_start : max(opener.text_start, min(end, opener.text_start + TALK_CHARS))]
            for opener, end in zip(self.openers, ends, strict=True)
        ]

    def _groups(self, name: str, keys: Sequence[Hashable]) -> list[Row]:
        """For each opener what the openers that share its key show together, each feature under the group's name."""
        members: dict[Hashable, list[int]] = defaultdict(list)
        for number, key in enumerate(keys):
            members[key].append(number)
        by_key = {
            key: {f"{name}_{feature}": value for feature, value in self._group(numbers).items()}
            for key, numbers in members.items()
        }
        return [by_key[key] for key in keys]

    def _group(self, numbers: Sequence[int]) -> Row:
        own = [self.openers[number] for number in numbers]
        keys = Counter(opener.key for opener in own)
        changes = [before.key != after.key for before, after in pairwise(own)]
        shares = {
            "repeated": sum(count for count in keys.values() if count > 1),
            "distinct": len(keys),
            "talk": sum(self.talks[number] for number in numbers),
            "full": sum(self.fulls[number] for number in numbers),
            "lower": sum(self.behind[number][:1].islower() for number in numbers),
            "clean": sum(opener.clean_break for opener in own),
            "titled": sum(opener.rank != "name" for opener in own),
            "small": sum(opener.n_small > 0 for opener in own),
        }
        row = {name: round(count / len(own), 3) for name, count in shares.items()}
        row |= {"n": _log(len(own)), "n_distinct": _log(len(keys))}
        row["alternate"] = round(sum(changes) / max(1, len(changes)), 3)
        row["density"] = self._density(own)
        row["spread"] = round(len(own) / max(1, len(self.text) - own[0].start) * 1000, 3)
        return row

    def _density(self, own: Sequence[Opener]) -> float:
        """Openers at line starts by paragraph, from the first one on; paragraphs are lines, or blocks between blank
        ones."""
        n_lines = len(self.lines) - bisect_left(self.lines, own[0].start) + 1
        n_blocks = len(self.blocks) - bisect_left(self.blocks, own[0].start) + 1
        units = min(n_blocks, n_lines) if len(self.blocks) > 3 else n_lines
        return round(min(1.5, sum(not opener.glued for opener in own) / max(1, units)), 3)

    def row(self, number: int) -> Row:
        row = {**self._kind(number), **self._place(number), **self._label(number), **self._behind(number)}
        return {**row, **self._neighbours(number), **self.whole, **self.shapes[number], **self.looser[number]}

    def _kind(self, number: int) -> Row:
        opener = self.openers[number]
        row = dict(_NO_KIND)
        row[f"lead={opener.lead or 'none'}"] = row[f"case={opener.case}"] = 1.0
        row[f"rank={opener.rank}"] = row[f"delimiter={opener.delimiter}"] = 1.0
        return row

    def _place(self, number: int) -> Row:
        opener = self.openers[number]
        before = self.text[max(0, opener.start - 12) : opener.start]
        return {
            "glued": float(opener.glued),
            "clean": float(opener.clean_break),
            "blank_before": float(opener.blank_before),
            "indent": float(min(opener.indent, 20)),
            "touches_before": float(opener.glued and bool(before) and not before[-1].isspace()),
            "ended_before": float(not before.strip() or bool(_ENDED.search(before))),
            "at_start": float(opener.start < 200 and not self.text[: opener.start].strip()),
            "place": round(opener.start / max(1, len(self.text)), 3),
        }

    def _label(self, number: int) -> Row:
        opener = self.openers[number]
        name = opener.label.split("(")[0].strip()
        return {
            "n_words": float(min(8, len(name.split()))),
            "n_small": float(opener.n_small),
            "chars": float(min(60, len(opener.label))),
            "bracketed": float("(" in opener.label or "（" in opener.label),
            "comma": float("," in name),
            "digit": float(any(character.isdigit() for character in name)),
            "short_capitals": float(name.isupper() and len(name) <= 5),
            "never": float(turn_words().is_never(opener.label)),
            "stage": float(turn_words().is_stage(opener.label)),
            "a_mark": float(opener.case == "mark" and opener.key == "a"),
            "n_key": _log(self.keys[opener.key] - 1),
            "n_surname": _log(self.surname_count[self.surnames[number]] - 1),
            "named": _log(self._count_named(name) - self.keys[opener.key]),
        }

    def _count_named(self, name: str) -> int:
        """How often the text names the person or thing; asked of a bounded number of labels."""
        if name.isupper():
            name = name.rsplit(" ", 1)[-1].title()
        if name not in self.named and len(self.named) < MAX_NAMES_COUNTED:
            self.named[name] = self.text.count(name) if name else 0
        return self.named.get(name, 0)

    def _behind(self, number: int) -> Row:
        opener, words = self.openers[number], self.behind[number]
        limit = min(len(self.text), opener.text_start + PARAGRAPH_CHARS)
        paragraph = self.text.find("\n\n", opener.text_start, limit)
        return {
            "talk": float(self.talks[number]),
            "full": float(self.fulls[number]),
            "lower": float(words[:1].islower()),
            "question": float("?" in words[:200] or "？" in words[:200]),
            "quote_first": float(words.startswith(('"', "“", "‘", "'", "「", "«"))),
            "digit_first": float(words[:1].isdigit()),
            "new_line": float("\n" in self.text[opener.end : opener.text_start]),
            "paragraph_chars": _log((paragraph if paragraph >= 0 else limit) - opener.text_start),
        }

    def _neighbours(self, number: int) -> Row:
        opener = self.openers[number]
        following = self.openers[number + 1] if number + 1 < len(self.openers) else None
        ahead = self.openers[number + 1 : number + NEXT_OPENERS]
        alike = next((other for other in ahead if other.shape == opener.shape), None)
        end = following.start if following else len(self.text)
        return {
            "behind_chars": _log(end - opener.text_start),
            "no_words": float(following is not None and following.start <= opener.text_start),
            "next_same_shape": float(following is not None and following.shape == opener.shape),
            "last_same_shape": float(number > 0 and self.openers[number - 1].shape == opener.shape),
            "same_next_key": float(alike is not None and alike.key == opener.key),
            "next_gap": _log(alike.start - opener.text_start) if alike else 9.0,
        }

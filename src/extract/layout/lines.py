"""The layout of a plain text: its lines, its paragraphs, and what a line looks like. Pure functions on strings.

All offsets are characters of the text. Every function is linear in the text: lines are split once and looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

# A line from this length on, broken before its sentence ends, shows that a text is wrapped at a fixed width.
MIN_WRAPPED_CHARS = 45
MAX_WRAPPED_CHARS = 130
# Such an indent stands for a centred line; a line that is broken for its width has so many words.
MIN_CENTRED = 8
MIN_BROKEN_WORDS = 2
# "Q Yes." is a turn; what is shorter is a list letter or a stray mark.
MIN_TURN_CHARS = 6
# What is looked at of one line: shapes show at its ends, and a line may be a whole book.
LOOK_CHARS = 1_000

_BLANKS = " \t\r\f\v\u00a0\u3000\u200b\ufeff\0"
_TERMINAL = re.compile(r"[.!?:;。！？…][\"'”’»)\]*_]*$")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’»」』)\]*_]*\d{0,2}$")
_MARKUP = re.compile(r"^(?:#{1,6}\s+|>\s*|[-*+]\s+(?=\S))+|\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|\s*#+$")
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*[^\W_])?")
_CJK = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FUNCTION_WORD = re.compile(
    r"\b(?:the|of|and|to|a|in|that|is|was|were|for|it|with|as|he|she|his|on|by|at|from|be|are|this|have|has|had|not|but|"
    r"we|they|i|you|will|would|which|de|la|le|les|et|que|des|el|los|en|y|der|die|das|und|ist|nicht|il|di|che|o|da|do|"
    r"yang|dan|di|untuk)\b",
    re.I,
)

_TURN_OPENERS = re.compile(
    r"""(?x)^(?:
      [\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?\s+[^\W\d_][^:\n]{1,60}:\s          # [00:01:02] Ann Roe: …
    | [（(]\s?[^()（）\d]{1,60}[)）]\s?(?=[\w"“'‘「])                           # (Prime Minister) I …
    | [QA](?:\s?\d{1,3})?[.:]?(?:\s{2,}|[.:]\s)\S                              # Q    …   Q. …
    | The\ [A-Z][^:.\n]{3,80}\((?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Baroness|Viscount)\b[^()\n]{2,40}\):
    | (?:The|THE|Le|La)\ (?:Chair\w*|CHAIR\w*|President|PRESIDENT|Speaker|SPEAKER|Acting\ \w+|ACTING\ [A-Z]+|
        VICE\ \w+|Vice\ \w+|Presiding\ Officer|PRESIDING\ OFFICER|Witness|WITNESS|Clerk|CLERK|Secretary|SECRETARY|
        COURT|Court|Président)
        (?:\ (?:pro\ tempore|[A-Z]\w+|\([^)]{1,80}\)))*\s?[:.—–]\s*\S
    | (?:M[RS]S?|M[rs]s?|DR|Dr|SEN|REP|Sen|Rep|CHAIR(?:MAN|WOMAN|PERSON)?|VICE\ CHAIR(?:MAN)?|JUSTICE|
        SECRETARY|AMBASSADOR|PRESIDENT|SPEAKER|PRESIDING\ OFFICER|(?:ACTING|SENIOR)\ [A-Z]+|M|Sir|Lord)\.?\s
        (?:[A-Z][\w'’.-]*\s?){1,5}(?:of\s[A-Z][\w\ ]{2,30})?
        (?:\s?\([^)]{1,80}\)){0,3}\s?(?:(?:(?<![\s.][A-Z])\.|:)\s+\S|[—–]\s?\S|\.[\d]\s|\s(?:said|asked|replied)\b)
    )"""
)
_LABEL_COLON = re.compile(
    r"^(?:\[[^\]]{1,20}\]\s*)?((?:[^\W\d_]|[“\"'])[\w .,'’“”\"()/&-]{0,70}?)\s?[:：]\s+(\S.*)$", re.S
)
_KOREAN_SENTENCE = re.compile("[\uac00-\ud7af].{18,}다\\.")
# "Q    …": the wide gap is the mark, so it is looked for before blanks are folded.
_QUESTION = re.compile(r"[QA][ \t\u00a0]{2,}\S")
_LABEL_PARTICLES = frozenset(("of", "for", "the", "and", "de", "la", "van", "von", "to", "in"))
_DATELINE = re.compile(
    r"""(?x)^[A-Z][\w.'’-]*(?:[\s,]+(?:[A-Z][\w.'’-]*|de|la|of)){0,6}
    (?:,?\s+(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)(?:,?\s\d{4})?)?
    \s*(?:\([A-Z][\w\s./&-]{1,40}\))?\s*(?:--+|[—–]|\s-|\(\w+\)\s*-)\s+["“'‘]?\w"""
)


@dataclass(frozen=True)
class Unit:
    """A paragraph as it is laid out: one line, or the lines of one wrapped paragraph; without blank ends.

    ``gap`` counts the blank lines before it, ``indent`` the blanks before its first character.
    """

    start: int
    end: int
    text: str
    gap: int
    indent: int

    @cached_property
    def look(self) -> str:
        """The beginning of the text, single-spaced and without Markdown marks."""
        return " ".join(strip_markup(line) for line in self.text[:LOOK_CHARS].split("\n")).strip()

    @cached_property
    def words(self) -> int:
        return len(_WORD.findall(self.look))

    @cached_property
    def is_cjk(self) -> bool:
        return is_cjk(self.look)

    @cached_property
    def ends_sentence(self) -> bool:
        return bool(_SENTENCE_END.search(self.text[-12:]))

    @cached_property
    def prose(self) -> bool:
        """It reads as running text: sentences, not a heading, a caption or a list of names."""
        if self.is_cjk:
            return ("。" in self.look and len(self.text) >= 15) or bool(_KOREAN_SENTENCE.search(self.look))
        text = self.look
        if self.words < 8 or (text.endswith(":") and len(text) < 100):
            return False
        found = _WORD.findall(text)
        functional = len(_FUNCTION_WORD.findall(text))
        if text.isupper():  # a telegram's text; a headline has fewer small words and no full stop
            return functional >= 3 and (self.ends_sentence or len(self.text) >= 160)
        lower = sum(word[0].islower() for word in found)
        if lower < 0.45 * len(found):
            return False
        return functional >= 2 and (self.ends_sentence or len(self.text) >= 120 or functional >= 8)

    @cached_property
    def turn_opener(self) -> bool:
        """It starts with the label of a speaker and goes on with words."""
        return self.titled or (self.speaks and not self.text.startswith("#"))

    @cached_property
    def titled(self) -> bool:
        """The label shows by itself that it is one: a title of courtesy or office, brackets, a time code, Q and A."""
        if self.text.startswith("#") or len(self.look) < MIN_TURN_CHARS:
            return False
        return bool(_TURN_OPENERS.match(self.look) or _QUESTION.match(self.text))

    @cached_property
    def speaks(self) -> bool:
        """A short label in capitals or capitalised words, a colon, and words that end as a sentence does."""
        label = self.label
        if not label or self.is_cjk or len(label[0]) > 50 or not self.ends_sentence:
            return False
        names = re.sub(r"\([^)]*\)", " ", label[0]).split()
        capitals = all(name[0].isupper() or name in _LABEL_PARTICLES or not name[0].isalpha() for name in names)
        capitals = capitals or any(len(name) >= 3 and name.isupper() for name in names)
        return (
            1 <= len(names) <= 6
            and capitals
            and len(label[1].split()) >= 2
            and label[1].lstrip("“\"'‘([")[:1].isupper()
        )

    @cached_property
    def dateline(self) -> bool:
        """It starts as a news report does: "GENEVA, March 3 (Agency) - The …"."""
        return self.words >= 6 and bool(_DATELINE.match(self.look))

    @cached_property
    def label(self) -> tuple[str, str] | None:
        """What stands before and after a colon near its start."""
        match = _LABEL_COLON.match(self.look)
        return (match[1].strip(), match[2]) if match else None


def strip_markup(line: str) -> str:
    """A line without Markdown's heading, quotation, list and emphasis marks, single-spaced."""
    return re.sub(r"\s+", " ", _MARKUP.sub("", line.strip(_BLANKS + "\n"))).strip()


def stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of a stretch without the blanks at its ends; of blanks alone the end is not behind the start."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def is_cjk(text: str) -> bool:
    """Mostly Chinese, Japanese or Korean: a quarter of the letters is (Latin acronyms are common)."""
    if text.isascii():
        return False
    wide = len(_CJK.findall(text))
    return wide >= 1 and 4 * wide >= sum(character.isalpha() for character in text)


def split_units(text: str) -> list[Unit]:
    """The paragraphs of a text, in order; blank lines are in none."""
    lines = _lines(text)
    if not _is_wrapped(lines):
        return _grouped(text, _join_emphasis(text, lines), lambda above, line: not _goes_on(above, line))
    width = sorted(len(line.text) for line in lines)[int(0.9 * len(lines))]
    return _grouped(text, lines, lambda above, line: _starts_paragraph(above, line, width))


def _grouped(text: str, lines: list[Unit], is_new: Callable[[Unit, Unit], bool]) -> list[Unit]:
    """Lines put together as paragraphs: a new one begins where ``is_new`` says so of two neighbours."""
    units: list[Unit] = []
    group: list[Unit] = []
    for line in lines:
        if group and is_new(group[-1], line):
            units.append(_merge(text, group))
            group = []
        group.append(line)
    return [*units, _merge(text, group)] if group else units


def _lines(text: str) -> list[Unit]:
    lines: list[Unit] = []
    position = gap = 0
    for raw in text.split("\n"):
        stripped = raw.strip(_BLANKS)
        if stripped:
            indent = len(raw) - len(raw.lstrip(_BLANKS))
            start = position + indent
            lines.append(Unit(start, start + len(stripped), stripped, gap, indent))
            gap = 0
        else:
            gap += 1
        position += len(raw) + 1
    return lines


def _is_wrapped(lines: list[Unit]) -> bool:
    """Most longer lines stop before their sentence does, and no line is much longer than the others."""
    longer = [line for line in lines if len(line.text) >= MIN_WRAPPED_CHARS and "://" not in line.text]
    if len(longer) < 3:
        return False
    within = sum(len(line.text) <= MAX_WRAPPED_CHARS for line in longer)
    broken = sum(not _TERMINAL.search(line.text[-6:]) for line in longer)
    return within >= 0.85 * len(longer) and broken >= 0.5 * len(longer)


def _starts_paragraph(before: Unit, line: Unit, width: int) -> bool:
    if line.gap:
        return True
    if line.indent >= 2 and line.indent > before.indent and before.indent < MIN_CENTRED:
        return True
    if abs(line.indent - before.indent) >= MIN_CENTRED:
        return True
    if (
        re.match(r"(?:#{1,6}\s|[-*•·]\s|\d{1,2}[.)]\s|\[\[|---|[A-Z][A-Za-z /]{1,25}:\s)", line.text)
        or before.text[:4] == "[[Pa"
    ):
        return True
    ended = bool(_SENTENCE_END.search(before.text[-12:]))
    short = len(before.text) < 0.55 * width
    return short and (ended or not line.text[0].islower())


def _merge(text: str, lines: list[Unit]) -> Unit:
    first, last = lines[0], lines[-1]
    if first is last:
        return first
    return Unit(first.start, last.end, text[first.start : last.end], first.gap, first.indent)


def _goes_on(above: Unit, line: Unit) -> bool:
    """The line goes on in lower case with the sentence that the line above broke off for its width."""
    return (
        line.text[0].islower()
        and not line.gap
        and abs(line.indent - above.indent) < MIN_CENTRED
        and len(above.text) <= MAX_WRAPPED_CHARS
        and len(above.text.split()) >= MIN_BROKEN_WORDS
        and not _TERMINAL.search(above.text[-6:])
    )


def _join_emphasis(text: str, lines: list[Unit]) -> list[Unit]:
    """Bold text that runs over several lines is one unit: a heading broken for display."""
    units: list[Unit] = []
    group: list[Unit] = []
    for line in lines:
        is_open = line.text.startswith("**") and line.text.count("**") == 1
        if group and (line.gap or len(group) >= 5):
            units.extend(group)
            group = []
        if group:
            group.append(line)
            if line.text.endswith("**"):
                units.append(_merge(text, group))
                group = []
        elif is_open:
            group = [line]
        else:
            units.append(line)
    return [*units, *group]

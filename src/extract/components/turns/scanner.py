"""Reading one opener: from a place where a label may begin to the delimiter behind it, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.components.turns.words import TurnWords, turn_words
from extract.normalize.labels import case_of, label_key, tidy
from extract.normalize.title_words import DOMAIN, MODIFIER, OFFICE

MAX_LABEL_CHARS = 130
MAX_LABEL_WORDS = 16
MAX_SMALL_WORDS = 5
# A name in small letters before a full stop is no longer than this: else it is a sentence.
MAX_PLAIN_WORDS = 4
# A word that is cut short before a full stop ("Comr.", "Ing.") is no longer than this.
MAX_ABBREVIATION_CHARS = 5
_WORD = re.compile(r"[^\W_](?:[\w'’‘&]|[-/](?=\w)|(?<![^\W_]{2})\.(?=[^\W\d_]))*")
_BLANK = re.compile(r"[ \t\u00a0\u3000\r]*(?:[*_]{1,3} ?[*_]{0,3}(?=\())?")
_LOOSE_BLANK = re.compile(r"[ \t\u00a0\u3000\r]*(?:\n[ \t\u00a0\u3000\r]*)?")
_PAREN = re.compile(
    r"\([^()\n]{0,180}(?:\n[^()\n]{1,80}){0,3}(?:\([^()\n]{0,60}\)[^()\n]{0,60})?\)|\[[^\[\]\n]{0,80}\]|（[^（）\n]{0,80}）"
)
_CLOCK = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?(?=[\s:]|$)")
# Marks and tags that close around a label.
_CLOSE = r"(?:\*{1,3}|_{1,3}|</\w{1,9}>)*"
_COLON = re.compile(rf"{_CLOSE}\s?[:：]{_CLOSE}(?!//|\d)")
_BLANK_LINE = re.compile(r"[ \t\r]*\n[ \t\r]*(?:\n|$)")
_COLON_LINE = re.compile(rf"{_CLOSE}\s?[:：]{_CLOSE}[ \t\r]*\n")
_SEMICOLON = re.compile(r";(?=\s)")
_STOP_DASH = re.compile(r"\.(?:\*\*|_)?\s?(?:[—–―]|--|-(?=\s))")
_ADDRESSED_DASH = re.compile(
    r"(?P<label>(?P<title>[^\W\d_]{1,9})\.? (?P<the>l[ae]s? )?[^.:;?!\n—–]{2,80})\."
    r"(?:\s?(?:[—–―]|--|-(?=\s))|(?(the) (?=\S)|(?!)))"
)
_STOP = re.compile(rf"{_CLOSE}\.{_CLOSE}(?=\s|$|\d{{1,2}}\s|\[|\(|[A-Z“\"])|,? \([^()\n]{{2,60}}[a-z]{{3}}\.\)(?=\s)")
# "Jane Roe – Institute of Trade:": the dash stands inside the label.
_INNER_DASH = re.compile(r"(?:\s- | ?[–—] ?| ?-- ?)(?=[A-Z][^\n.?!:–—]{1,60}:\s)")
_DASH = re.compile(r"(?:\*\*|__)?[ \t\u00a0]?(?:[—–―]{1,2}|--|[ \t\u00a0]-\s)(?!\s?(?:which|who|and|or|but|the|a)\b)")
_MARK = re.compile(r"[ \t\u00a0]?(?:>{1,3}|»|\||=>|->|→|~|/)\s|</\w{1,9}>\s*(?=<\w)")
_GAP = re.compile(r"(?: {3,}|\t+ *|\u3000+)(?=\S)")
_LINE = re.compile(rf"{_CLOSE}[ \t\r]*(?:\n|$)")
# A verb of saying between label and words: "Mr. ROE said (in French):—".
_TOLD = re.compile(r",?\s(?P<verb>[a-z]{3,12})(?: \([^()\n]{2,40}\))?\s?:[—–-]{0,2}(?=\s|[A-Z])")
_ASIDE = re.compile(r"[(\[（]([^()\[\]（）\n]{2,60})[)\]）](?=\s*\S)")
_PASSED = re.compile(r"(?:[\s*_]|<\w[^<>\n]{0,60}>(?=[\w“\"(])|-{8,}(?=\s))*")
# When something is said: "[00:09]" behind a label, "00:09" on a line of its own.
_TIMED = re.compile(r"(?:\[(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)\]|\d{1,2}:\d{2}(?::\d{2})?[ \t]*\n)\s*(?=\S)")
# The number of a question stands behind the label on its own line: "CHAIRMAN.\n  307. Are you …".
_COUNTED = re.compile(r"\s*\n\s*\d{2,5}\.\s+(?=[A-Z“\"])")
_NOTE = re.compile(r"\s{0,2}\d{1,3}(?=\s)")


@dataclass(slots=True)
class Opener:
    """A place that looks like a label: ``start`` to ``end`` the label as written, ``text_start`` the first word after it.

    ``shape`` is what recurs: lead (bracket, clock, bold), how the name is written, what it shows, delimiter, position.
    """  # noqa: E501

    start: int
    end: int
    text_start: int
    label: str
    lead: str
    case: str
    rank: str
    delimiter: str
    glued: bool
    key: str
    clean_break: bool = True
    indent: int = 0
    n_small: int = 0
    blank_before: bool = False
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[str, str, str, str]:
        return (self.lead, self.case, "name" if self.rank == "name" else "titled", self.delimiter)


@dataclass(slots=True)
class _Read:
    end: int
    delimiter: str
    after: int
    clock: bool
    n_words: int
    apposed: bool
    n_small: int = 0


def read_opener(text: str, at: int, *, lead: str, glued: bool, loose: bool = False) -> Opener | None:
    """The label that begins at ``at``, or ``None``. ``loose`` lets a line end stand inside it ("MR. \\nROE\\n.")."""
    words = turn_words()
    found = _scan(text, at, words, glued=glued, loose=loose)
    if not glued and found is not None and found.delimiter == "stop":
        found = _abbreviated(text, at, found, words) or found
    opener = _opener(text, at, found, words, lead=lead, glued=glued)
    if opener is not None or glued:
        return opener
    return _opener(text, at, _described(text, at), words, lead=lead, glued=glued)


def _opener(text: str, at: int, found: _Read | None, words: TurnWords, *, lead: str, glued: bool) -> Opener | None:
    if found is None or found.n_words == 0:
        return None
    written = text[at : found.end]
    label = tidy(written)
    case = case_of(label)
    if not label or case in ("small", "cjk"):
        return None
    rank = words.rank(label)
    if not _fits(case, rank, found, label, glued=glued):
        return None
    lead = lead or ("clock" if found.clock else "")
    end = at + len(written.rstrip(" \t\n\r*_"))
    return Opener(
        at, end, found.after, label, lead, case, rank, found.delimiter, glued, label_key(label), n_small=found.n_small
    )


def _described(text: str, at: int) -> _Read | None:
    """A form of address and small words up to a stop and a dash: "M. Roe, ministre des forêts. —"; after an article
    ("M. le président.") the stop alone will do."""
    found = _ADDRESSED_DASH.match(text, at)
    if found is None or found["title"].casefold() not in turn_words().titles:
        return None
    delimiter = "stop" if text[found.end() - 1].isspace() else "stop-dash"
    return _Read(found.end("label"), delimiter, text_start(text, found.end()), False, 2, "," in found["label"])


def _abbreviated(text: str, at: int, found: _Read, words: TurnWords) -> _Read | None:
    """The label that goes on behind a short word with a full stop, to a plainer delimiter: "Comr. Roe:", "WM. ROE" on
    a line of its own. A short name before a full stop ("Ford. Yes.") is no abbreviation."""
    if len(text[at : found.end].split()[-1].strip("*_")) > MAX_ABBREVIATION_CHARS:
        return None
    longer = _scan(text, at, words, glued=False, loose=False, stops=True)
    if longer is None or longer.n_small or longer.delimiter in ("stop", "semicolon") or text[longer.end - 1] == ".":
        return None
    behind = text[found.end : longer.end]
    return longer if longer.end > found.end and (behind.isupper() or not text[at : found.end].isupper()) else None


def _fits(case: str, rank: str, found: _Read, label: str, *, glued: bool) -> bool:
    """A full stop needs a title or capitals before it, a gap capitals; a line of its own no sentence."""
    delimiter = found.delimiter
    if found.n_small and (
        (glued and delimiter != "stop-dash") or delimiter not in ("colon", "colon-line", "stop-dash")
    ):
        return found.apposed and rank == "titled" and delimiter in ("line", "gap") and not glued
    if delimiter == "stop":
        return rank != "name" or case == "capitals" or (not glued and found.n_words <= MAX_PLAIN_WORDS)
    if delimiter == "gap":
        return not glued
    if delimiter == "semicolon":
        return case == "capitals" and not glued and found.n_words <= 3
    if found.apposed and delimiter in ("colon", "dash") and len(_PAREN.sub("", label)) > 90:
        return False
    return not (delimiter == "line" and (glued or len(label) > 90))


def _scan(text: str, at: int, words: TurnWords, *, glued: bool, loose: bool, stops: bool = False) -> _Read | None:
    """Word after word up to a delimiter; ``None`` at the first thing that no label holds. ``stops``: a short word keeps
    its full stop."""
    position, n_words, n_small, clock, apposed = at, 0, 0, False, False
    limit = min(len(text), at + MAX_LABEL_CHARS + 140)
    blank = _LOOSE_BLANK if loose else _BLANK
    last_small = True
    while position < limit and n_words <= MAX_LABEL_WORDS:
        inner = _INNER_DASH.match(text, position) if n_words and not apposed and not glued else None
        if inner:
            apposed, position = True, inner.end()
            continue
        delimiter = _delimiter(text, position, last_small, loose=loose, glued=glued) if n_words else None
        if delimiter is not None:
            if delimiter[0] == "line" and text[position - 1] == ",":
                return None  # "Dear Jane," and "Jane,": a salutation
            return _Read(position, delimiter[0], text_start(text, delimiter[1]), clock, n_words, apposed, n_small)
        gap = blank.match(text, position)
        step = gap.end() if gap else position
        if loose and n_words and text[step : step + 1] == "." and step > position:
            return _Read(position, "stop", text_start(text, step + 1), clock, n_words, apposed, n_small)
        character = text[step : step + 1]
        if n_words and character in "([（":
            paren = _PAREN.match(text, step) or _CLOCK.match(text, step)
            if paren is None:
                return None
            clock = clock or bool(_CLOCK.fullmatch(paren.group()))
            position, last_small = paren.end(), False
            continue
        if n_words and character.isdigit():
            stamp = _CLOCK.match(text, step)
            if stamp:
                clock, position, last_small = True, stamp.end(), False
                continue
        if n_words and character == "," and step - position <= 1 and not apposed and not glued:
            apposed, position = True, step + 1
            continue
        read = _WORD.match(text, step, limit)
        if read is None:
            return None
        if not _is_label_word(read.group(), n_words, apposed, words):
            if n_words == 0 or glued or n_small == MAX_SMALL_WORDS or not read.group()[0].isalpha():
                return None
            if read.group() in words.says:  # "Minister Roe told reporters: …"
                return None
            n_small += 1
        position = _with_stop(text, read, stops)
        last_small = read.group() in turn_words().joining
        n_words += 1
    return None


def _with_stop(text: str, word: re.Match[str], stops: bool) -> int:
    """The end of the word, with the full stop of its abbreviation or initial, or, with ``stops``, of any short word."""
    written, end = word.group(), word.end()
    if text[end : end + 1] != ".":
        return end
    if text[end + 1 : end + 2] in (":", ")"):  # "Lib.:"
        return end + 1
    if text[end + 1 : end + 2] == "-" and text[end + 2 : end + 3].isalpha():  # "Gen.-Dir."
        return end + 2
    initial = len(written) == 1 and written.isupper()
    bare = re.sub(r"^[dlDL]['’]", "", written).casefold()
    if stops and len(written) <= MAX_ABBREVIATION_CHARS and text[end + 1 : end + 2] == " ":
        return end + 1
    if initial or bare in turn_words().abbreviated or re.fullmatch(r"(?:\w\.)+\w", written):
        return end + 1
    return end


def _is_label_word(word: str, index: int, apposed: bool, words: TurnWords) -> bool:
    if word[0].isdigit():
        return index > 0 and len(word) <= 3
    if word[0].isupper() or (word[0].isalpha() and not word[0].islower()):
        return len(word) <= 30 and not (apposed and word in ("I", "We"))
    if index == 0:
        return False
    if word in words.inner or word in OFFICE or (word[0] == "d" and word[1:2] in ("'", "’")):
        return True
    return apposed and (word in OFFICE or word in MODIFIER or word in DOMAIN or word in words.apposed)


def _delimiter(text: str, at: int, last_small: bool, *, loose: bool, glued: bool) -> tuple[str, int] | None:
    """The delimiter at a place behind a word, and where it ends; at the start of a line "said:" is one too."""
    told = None if glued else _TOLD.match(text, at)
    if told and told["verb"] in turn_words().says:
        return "colon", told.end()
    for name, pattern in _DELIMITERS:
        found = pattern.match(text, at)
        if found:
            if loose and name == "line" and not _BLANK_LINE.match(text, at):
                return None
            return (name, found.end()) if not last_small or name in ("stop-dash", "colon") else None
    return None


_DELIMITERS = (
    ("colon-line", _COLON_LINE),
    ("colon", _COLON),
    ("semicolon", _SEMICOLON),
    ("stop-dash", _STOP_DASH),
    ("stop", _STOP),
    ("mark", _MARK),
    ("dash", _DASH),
    ("gap", _GAP),
    ("line", _LINE),
)


def text_start(text: str, at: int) -> int:
    """The first word behind the delimiter: footnote digits, markup and blanks are passed over."""
    note = _NOTE.match(text, at)
    if note and re.match(r"\s{0,3}[^\W\d_]", text[note.end() : note.end() + 4]) and text[at : at + 1] in "\n0123456789":
        at = note.end()
    counted = _COUNTED.match(text, at - 1 if text[at - 1 : at] == "\n" else at)
    at = counted.end() if counted else _past_blanks(text, at)
    timed = _TIMED.match(text, at)
    at = timed.end() if timed and (timed["clock"] or text[at - 1] == "\n") else at
    aside = _ASIDE.match(text, at)
    if aside and turn_words().is_manner(aside[1]):
        return _past_blanks(text, aside.end())
    return at


def _past_blanks(text: str, at: int) -> int:
    found = _PASSED.match(text, at)
    return found.end() if found else at

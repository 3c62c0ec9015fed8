"""All places of a text that look like labels: at the start of lines, behind brackets and clocks, glued in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extract.components.turns.glued import glued_openers
from extract.components.turns.japanese import read_japanese_opener
from extract.components.turns.scanner import MAX_LABEL_CHARS, Opener, read_opener, text_start
from extract.components.turns.shapes import BRACKET, bracketed, marked, skip_blanks
from extract.components.turns.words import TurnWords, turn_words
from extract.normalize.labels import case_of, label_key, tidy

_BLANKS = " \t\r\f\v\u00a0\u3000\u200b\ufeff"
# What may stand before a label in its line.
_LEAD = re.compile(
    r"[ \t\r\f\v\u00a0\u3000\u200b\ufeff]*(?P<number>\([ivx]{1,4}\)[ \t]|\*?\d{1,4}(?:[ \t]{2,}|\.[ \t]+))?"
    r"(?:(?P<quote>>{1,3}\s?)|(?P<junk>[†‡]|[^\w\s\"“”‘’'()\[\]<>*_#{}$£€¥%&@=+/\\–—-]{1,2}\s|[-*]\s(?=\*\*|__)|(?:<(?!v[\s.]|(?:b|u|i|em|strong)>)\w[^<>\n]{0,60}>)+(?=\S))|"
    r"(?P<heading>#{1,6}[ \t]))?"
    r"(?P<clock>[\[(]?(?:\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},?[ T])?"
    r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?\s*(?:[-–—|]\s*)?"
    r"(?:\d{1,2}[ \t]{2,})?(?:[AaPp]\.?[Mm]\.?[ \t]+(?:[A-Z]{1,4}T[ \t]+)?)?)?"
    r"(?P<voice><v(?:\.\w+)?\s)?(?P<bold>\*{2,3}|__|<(?:b|u|i|strong|em)>|[*_](?=[^\s*_]))?(?P<second>[\[(]\d{1,2}:\d{2}(?::\d{2})?[\])]\s*)?"
)
_BOLD_LABEL = re.compile(r"(?P<label>[A-ZÀ-Þ][^*_<>.?!:\n]{1,110}?)(?P<close>\*\*|__|</(?:b|strong)>)[ \t]+(?=[^\s:])")
_HANDLE = re.compile(r"(?:(?P<bare>[^\W\d_][\w.-]{1,30}):|<(?P<angled>[^\W\d_][\w.-]{1,30})>)[ \t]+(?=\S)")
_QA = re.compile(
    r"[ \t\r\u3000]*(?:(?:\d{1,4}:)?\d{1,2}[ \t]+)?(?:\*\*)?"
    r"(?P<label>Q|A|R(?=\.\s?[—–-])|Question|Answer|QUESTION|ANSWER|問|答)(?:\s?\d{1,3})?(?:\*\*)?"
    r"(?P<delimiter>[.:：)]\s?(?:\*\*|</\w{1,6}>\s?)?(?:[—–-]\s?)?|"
    r"\s{2,}|\t|[—–]\s?|\s(?=[A-Z“\"‘'(—]))[ \t\n\u3000]*(?=\S)"
)
# A committee numbers its questions before the label: "Q12 Ms Roe: …".
_QUESTION_NUMBER = re.compile(r"[ \t\r]*(?P<bold>\*\*)?Q\.?[ ]?\d{1,4}[.:]?(?:\*\*)?[ \t]+(?:\*\*)?(?=[A-ZÀ-Þ])")
# So far behind the line's end the words may begin that follow a label in brackets on its own line.
BRACKET_LINE_CHARS = 20
# "Jane Roe - Chief Executive    [3]"
_LABEL_NUMBER = re.compile(r"\s*\[\d{1,3}\]$")
# A line of numbers and clock times: a caption's or a page's.
_STAMP = re.compile(r"[\d:.,\s>-]+")
_SENTENCE_END = re.compile(r"[.?!:;。！？…)\]）」』”\"’*_>|—–-]\d{0,2}\s*$")


def find_openers(text: str) -> list[Opener]:
    """Every opener of the text, by start; where two overlap, the one at a line start, then the longer."""
    words = turn_words()
    found = [*_at_lines(text, words), *glued_openers(text)]
    found.sort(key=lambda opener: (opener.start, opener.glued, -opener.end))
    kept: list[Opener] = []
    for opener in found:
        if kept and opener.start < kept[-1].end:
            continue
        kept.append(opener)
    return kept


def _at_lines(text: str, words: TurnWords) -> Iterator[Opener]:
    position = 0
    before, blank_before = "", True
    size = len(text)
    while position < size:
        stop = text.find("\n", position)
        stop = size if stop < 0 else stop
        head = text[position : min(stop, position + 400)]
        stripped = head.strip(_BLANKS)
        if stripped:
            opener = _at_line(text, position, stop, words)
            if opener is not None and not (opener.delimiter == "line" and words.is_stage(opener.label)):
                opener.indent = len(head) - len(head.lstrip(_BLANKS))
                ended = (
                    stripped[0] in ".·•" or bool(_SENTENCE_END.search(before[-8:])) or bool(_STAMP.fullmatch(before))
                )
                opener.clean_break = blank_before or opener.indent > 0 or ended
                opener.blank_before = blank_before
                yield opener
            before, blank_before = text[max(position, stop - 40) : stop].rstrip(_BLANKS), False
        else:
            blank_before = True
        position = stop + 1


def _at_line(text: str, start: int, stop: int, words: TurnWords) -> Opener | None:
    bracket = BRACKET.match(text, start, min(stop + BRACKET_LINE_CHARS, len(text)))
    opener = bracketed(text, bracket, words, glued=False) if bracket else None
    if opener is not None:
        return opener
    numbered = _QUESTION_NUMBER.match(text, start, stop)
    if numbered:
        named = read_opener(text, numbered.end(), lead="bold" if numbered["bold"] else "", glued=False)
        if named and named.delimiter in ("colon", "colon-line", "stop-dash"):
            return named
    mark = _QA.match(text, start, min(stop + 2, len(text)))
    if mark:
        named = read_opener(text, mark.start("label"), lead="", glued=False) if mark["delimiter"][0] in ". " else None
        plain = named and (
            named.delimiter in ("colon", "colon-line", "stop-dash")
            or (named.delimiter == "dash" and " " in named.label)
        )
        return named if plain else marked(text, mark, glued=False)
    lead = _LEAD.match(text, start, stop)
    at = lead.end() if lead else start
    led = _QA.match(text, at, min(stop + 2, len(text))) if lead and at > start else None
    if led and led["delimiter"] != " ":
        return marked(text, led, glued=False)
    if lead and lead["voice"]:
        close = text.find(">", at, stop)
        return _voice(text, at, close) if 0 < len(text[at : max(at, close)].strip()) <= 60 else None
    name = "" if lead is None else _lead_name(lead)
    opener = read_opener(text, at, lead=name, glued=False)
    if (opener is None or opener.delimiter == "line") and text[at : at + 1].isupper():
        opener = _broken(text, at, name) or opener
    if lead and lead["bold"] and (opener is None or opener.delimiter == "dash"):
        opener = _bold(text, at, lead["bold"], stop) or opener
    if opener is None and (name == "clock" or text[at : at + 1] == "<"):
        opener = _handle(text, at, stop)
    if opener is not None and opener.delimiter in ("dash", "gap"):
        opener = _apposed_line(text, opener, stop) or opener
    if opener is None and case_of(text[at : min(stop, at + 30)]) == "cjk":
        return read_japanese_opener(text, start, at, stop)
    return opener or _initials(text, at, stop)


_INITIALS = re.compile(
    r"(?:(?P<name>(?:[A-Z][A-Z.'’-]* ){1,3}[A-Z][A-Z.'’-]*(?: \([^()\n]{2,40}\))?)  |"
    r"(?P<label>[A-Z]{1,4}|[A-Z]\.[A-Z]\.)(?P<delimiter>-| {1,2}))(?=[A-Z“\"‘'(\[][\w’' ])"
)
# "LORD ROE My Lords, no": a title or an office in capitals, and no delimiter before words that are none.
_CAPITALS = re.compile(
    r"(?P<label>[A-ZÀ-Þ][A-ZÀ-Þ'’-]+(?:\.? [A-ZÀ-Þ][A-ZÀ-Þ.'’-]+){0,5}(?: \([^()\n]{2,40}\))?) "
    r"(?=[A-ZÀ-Þ][a-zß-ÿ’' ]|[“\"‘])"
)


def _initials(text: str, at: int, stop: int) -> Opener | None:
    """ "JL Are you happy", "J-Minister": initials with a blank or hyphen behind them; names with two blanks, titles in
    capitals with one."""
    words = turn_words()
    titled = _CAPITALS.match(text, at, stop)
    titled = titled if titled and words.rank(titled["label"]) != "name" else None
    found = titled or _INITIALS.match(text, at, stop)
    if found is None:
        return None
    label = found["label"] or found["name"]
    if label.casefold() in words.titles | words.inner:
        return None  # "MR HEATH said that …"
    delimiter = "space" if titled else {None: "gap", "-": "hyphen"}.get(found["delimiter"], "space")
    return Opener(
        at, at + len(label), skip_blanks(text, found.end()), label, "", "capitals", words.rank(label), delimiter, False,
        label_key(label),
    )  # fmt: skip


def _bold(text: str, at: int, mark: str, stop: int) -> Opener | None:
    """A whole label in bold before words that are not: "**Jane Roe – Institute of Trade** We think …"."""
    found = _BOLD_LABEL.match(text, at, min(stop, at + MAX_LABEL_CHARS))
    if found is None or found["close"].strip("</>") != mark.strip("<>") or found.end() >= stop:
        return None
    label = tidy(found["label"])
    words = turn_words()
    case = case_of(label)
    if case in ("small", "cjk"):
        return None
    return Opener(
        at, found.end("label"), skip_blanks(text, found.end()), label, "bold", case, words.rank(label), "mark", False,
        label_key(label),
    )  # fmt: skip


def _handle(text: str, at: int, stop: int) -> Opener | None:
    """A user's name in small letters behind a clock: "[14:02] jane.roe: …", "14:02 <roe> …"."""
    found = _HANDLE.match(text, at, stop)
    if found is None:
        return None
    label = found["bare"] or found["angled"]
    start = found.start("bare") if found["bare"] else found.start("angled")
    return Opener(start, start + len(label), found.end(), label, "clock", "capitalised", "name", "colon", False, label)


def _lead_name(lead: re.Match[str]) -> str:
    if lead["clock"] or lead["second"]:
        return "clock"
    return "heading" if lead["heading"] else "bold" if lead["bold"] else ""


def _broken(text: str, at: int, lead: str) -> Opener | None:
    """A label that line ends cut up: "MR. \nROE\n.", "Jane Roe\n(ALDE). –", "THE MINISTER\n(JANE ROE)"."""
    opener = read_opener(text, at, lead=lead, glued=False, loose=True)
    if opener is None:
        return None
    if opener.delimiter == "line":
        cut = "\n" in text[opener.start : opener.end] and text[opener.end - 1] in ")）"
        return opener if cut and opener.rank != "name" else None
    if opener.delimiter == "stop-dash" or (opener.delimiter == "colon" and "\n(" in text[opener.start : opener.end]):
        return opener
    return opener if opener.rank != "name" and opener.case == "capitals" else None


def _apposed_line(text: str, opener: Opener, stop: int) -> Opener | None:
    """ "Jane Roe -- Chief Executive Officer" on a line of its own is one label."""
    rest = text[opener.text_start : stop].strip(_BLANKS + "*_")
    bare = _LABEL_NUMBER.sub("", rest)
    if opener.text_start >= stop or len(rest) > 70 or (bare and not bare[0].isupper()):
        return None
    if _SENTENCE_END.search(bare) or sum(word[0].isupper() for word in bare.split()) * 2 < len(bare.split()):
        return None
    end = opener.text_start + len(bare) if bare else opener.end
    label = tidy(text[opener.start : end])
    return replace(
        opener,
        end=end,
        text_start=text_start(text, stop),
        label=label,
        rank="titled",
        delimiter="line",
        key=label_key(label),
    )


def _voice(text: str, at: int, close: int) -> Opener:
    """ "<v Jane Roe>": the voice of a caption."""
    label = tidy(text[at:close])
    return Opener(
        at, close, skip_blanks(text, close + 1), label, "voice", case_of(label), turn_words().rank(label), "mark",
        False, label_key(label),
    )  # fmt: skip

"""A paragraph as a list of items: words with a class, punctuation, and each outermost quotation as one item."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from extract.components.grammar.parts import Part, part_of
from extract.components.quotes.lexicon import Form, word_set, words
from extract.normalize.quotemarks import Quotation

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"
    r"|\d{1,4}(?:-[A-Za-z\d]+)+|[$€£¥]?\d[\d,.:/]*\d%?|\d%?"
    r"|\w+(?:[-'’&‐‑.@/]\w+)*"
    r"|--+|\.{2,}|[^\w\s]"
)
_ABBREVIATIONS = word_set("abbreviations")
_LOWER_ABBREVIATIONS = word_set("lower_abbreviations")
_PARTY = re.compile(r"[DRI]-[A-Z]")
_MONTH_NAMES = word_set("month_names")
# Past tenses that are no participles ("rose", but "had risen"): what a tagger takes for one is a finite verb.
_PRETERITES = word_set("preterites")
_NUMBER_AHEAD = re.compile(r"\.\s?\d")
_PUNCTUATION = {
    ".": ".", "!": ".", "?": ".", "…": ".", "。": ".", "！": ".", "？": ".", ",": ",", "，": ",", "、": ",",
    ";": ";", ":": ":", "：": ":", "—": "-", "–": "-", "―": "-", "(": "(", "（": "(", "[": "(", ")": ")", "）": ")",
    "]": ")",
}  # fmt: skip
# Parts of speech to classes; only for words that are in no closed list.
_CLASSES = {
    Part.NOUN: "N", Part.ADJECTIVE: "N", Part.NAME: "X", Part.ADVERB: "B", Part.MODAL: "A", Part.PREPOSITION: "P",
    Part.NUMBER: "#", Part.DETERMINER: "D",
}  # fmt: skip
_VERBS = {"VB": "I", "VBG": "G", "VBN": "E"}  # any other form is finite
Tags = Mapping[int, tuple[str, int]]
_CONTRACTED = re.compile(r".*['’](?:s|re|ve|ll|d|m)$")


class Item:
    """``cls``: D determiner, R pronoun, P preposition, C conjunction, S subordinator, W wh-word, A auxiliary, B adverb,
    T time word, # number, X name, N noun or adjective, V finite verb, I infinitive, G -ing, E participle, Q quotation;
    punctuation as itself (``.`` any sentence end, ``-`` dashes, ``(``, ``)``, ``o`` other)."""

    __slots__ = ("cls", "end", "form", "low", "quote", "start", "tag", "text")

    def __init__(self, text: str, start: int, end: int, cls: str, quote: Quotation | None = None) -> None:
        self.text = text
        self.low = text.lower()
        self.start = start
        self.end = end
        self.cls = cls
        self.quote = quote
        self.form: Form | None = None
        self.tag = ""

    @property
    def is_possessive(self) -> bool:
        return self.low.endswith(("'s", "’s", "s'", "s’"))


def read_items(view: str, start: int, end: int, quotations: Sequence[Quotation], tags: Tags) -> list[Item]:
    """The items of one paragraph; ``quotations`` are its outermost ones, in order."""
    items: list[Item] = []
    at = start
    for quotation in quotations:
        _read_words(view, at, quotation.start, tags, items)
        items.append(Item(view[quotation.start : quotation.end], quotation.start, quotation.end, "Q", quotation))
        at = quotation.end
    _read_words(view, at, end, tags, items)
    return items


def _read_words(view: str, start: int, end: int, tags: Tags, items: list[Item]) -> None:
    lexicon = words()
    for match in _TOKEN.finditer(view, start, end):
        text, at, to = match.group(), match.start(), match.end()
        first = text[0]
        if items and at < items[-1].end:
            continue  # the full stop of an abbreviation
        initial = text == "A" and bool(items) and items[-1].cls in "NX"
        if first.isalnum() or first in "$€£¥_":
            to = _extended(view, text, to, end)
            item = Item(view[at:to], at, to, "")
            item.form = lexicon.forms.get(item.low)
            tag, length = tags.get(at, ("", 0))
            item.tag = tag if length <= to - at else ""  # a longer token is no word of ours: its tag says nothing
            item.cls = "X" if initial else _class(item, lexicon.classes)
            _set_in_context(item, items, initial)
        elif text in "'’" and items and items[-1].end == at and items[-1].text[-1:].isalnum():
            items[-1].end, items[-1].text, items[-1].low = to, items[-1].text + text, items[-1].low + text
            continue
        else:
            cls = "-" if text.startswith("--") else "." if text.startswith("..") else _PUNCTUATION.get(text, "o")
            item = Item(text, at, to, cls)
        items.append(item)


def _set_in_context(item: Item, items: Sequence[Item], initial: bool) -> None:
    """Correct the class of a word, or of the month before it, by what has been read so far."""
    lexicon = words()
    capital = item.text[0].isupper()
    if item.cls == "G" and items and items[-1].cls in "DN" and lexicon.noun(item.low, "paper", "saying"):
        item.cls = "N"  # "a court ruling"
    if item.cls == "N" and capital and item.tag.startswith("NN") and _amid(items):
        item.cls = "X"  # a capital within a sentence means a name, whatever a tagger made of it
    adverb = item.cls == "B" and not item.low.endswith("ly") and item.low not in lexicon.classes
    if item.cls in "VEGIB" and capital and item.form is None and (item.cls == "I" or _amid(items) or adverb):
        item.cls = "X"  # a name that the tagger took for a verb
    if item.cls == "X" and not initial and items and items[-1].low in _MONTH_NAMES and _opens_name(items):
        items[-1].cls = "X"


def _opens_name(items: Sequence[Item]) -> bool:
    """Whether the month that was read last may be a first name ("Jan Roe", "June Doe"), not a date ("in June Roe")."""
    return items[-1].cls == "T" and items[-1].text.istitle() and (len(items) < 2 or items[-2].cls not in "P#T")


def _amid(items: Sequence[Item]) -> bool:
    """Whether the next word stands within a sentence, so that its capital means a name."""
    return bool(items) and items[-1].cls in "DNXPCSWAVIEGBT,#"


def _extended(view: str, text: str, to: int, end: int) -> int:
    """The end of a word with the full stop of its abbreviation."""
    if to >= end or view[to] != ".":
        return to
    initial = len(text) == 1 and text.isupper() and text != "I"
    numbered = text in ("No", "Nos", "no", "nos") and _NUMBER_AHEAD.match(view, to) is not None
    party = _PARTY.match(text) is not None
    known = (
        initial
        or party
        or numbered
        or text in _LOWER_ABBREVIATIONS
        or (text[0].isupper() and text.lower() in _ABBREVIATIONS)
    )
    return to + 1 if known or view[to + 1 : to + 2] in (",", ";") else to


def _class(item: Item, closed: Mapping[str, str]) -> str:
    text, low = item.text, item.low
    if text[0].isdigit() or text[0] in "$€£¥" or low == "one":
        return "#"
    if low.startswith(("then-", "ex-", "now-")) and len(low) > 5:
        return "N"  # "then-secretary"
    known = closed.get(low)
    if known and text != "US" and not (text in ("WHO", "IT") and item.tag.startswith("NN")):
        return _closed_class(item, known)
    if text.isupper() and item.form is not None and "past" in item.form.shapes:
        return "V"  # "THE MINISTER STATED THAT", whatever a tagger made of it
    says = item.form is not None and item.tag in ("VBD", "VBZ", "VBP")
    if text == "US" or (text.isupper() and len(text) > 2 and not says and not item.tag.startswith("CD")):
        return "X"
    part = part_of(item.tag)
    cls = _VERBS.get(item.tag, "V") if part == Part.VERB else _CLASSES.get(part)
    if cls is not None:
        return "N" if cls == "B" and "-" in text and not low.endswith("ly") else cls  # "third-quarter"
    return _guessed_class(item)


def _closed_class(item: Item, known: str) -> str:
    if known == "A" and item.text in ("Will", "May") and item.tag.startswith("NNP"):
        return "X" if item.text == "Will" else "T"
    if known == "V" and item.tag == "VBN" and item.low not in _PRETERITES:
        return "E"
    return known


def _guessed_class(item: Item) -> str:
    text, low, form = item.text, item.low, item.form
    if text[0].isupper() and not (form and form.shapes & {"past", "s"} and len(text) > 1 and low == text):
        return "X"
    if form is not None:
        if form.shapes & {"past", "part"}:
            return "V"
        return "G" if "ing" in form.shapes else "N"
    if low.endswith("ly") and len(low) > 4:
        return "B"
    if low.endswith("ing") and len(low) > 5:
        return "G"
    return "E" if low.endswith("ed") and len(low) > 4 else "N"


def has_finite(items: Sequence[Item], start: int, end: int) -> bool:
    """Whether a finite verb (or what may hold one: a quotation, without tags any word) stands between two items."""
    return any(
        (items[k].cls == "Q" and " " in items[k].text)
        or (items[k].cls == "N" and not items[k].tag)
        or acts(items, k, start)
        or bare_verb(items, k, start)
        for k in range(start, min(end, len(items)))
    )


def acts(items: Sequence[Item], at: int, floor: int) -> bool:
    """Whether a word is a finite verb, or a participle in the place of one: taggers mistake the past tense for it."""
    item = items[at]
    if item.cls != "E" or at <= floor:
        return is_finite(item)
    return items[at - 1].cls in "NXRBT#" and all(k.cls != "A" for k in items[max(floor, at - 3) : at])


def bare_verb(items: Sequence[Item], at: int, floor: int) -> bool:
    """Whether what a tagger took for an infinitive stands right behind a noun: "the strike cost us millions"."""
    item = items[at]
    if item.cls != "I" or item.tag != "VB" or at <= floor or items[at - 1].cls not in "NX":
        return False
    return all(k.cls != "A" and k.low != "to" for k in items[max(floor, at - 4) : at])


def is_finite(item: Item) -> bool:
    if item.cls in "VA":
        return item.low not in ("be", "been", "being", "having")
    if item.cls == "R" and _CONTRACTED.match(item.low):
        return True
    return item.cls == "E" and not item.tag

"""What labels of tables say: heads, titles and names of rows as plain strings.

The words that tell are those of ``en/table_words``; nothing here knows of documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from extract import lexicons
from extract.normalize.countries import country_code
from extract.normalize.units import singular

STATED = ("hypothetical", "fact", "planned")
HOW = (*STATED, "target", "proposed", "pending")
_WHAT, _WHO = ("measure", "general", "goods", "unit", "nature"), ("place", "actor", "other", "border", "flow")
_WORDS = ("end", "behind", "side", "aim", "outlook")
WORD = re.compile(r"[^\W\d_][\w'’-]*")
_OF = re.compile(r"\s+(?:of|on|in)\s+(?:the\s+|all\s+)?", re.IGNORECASE)
WHOLE = re.compile(
    r"(?:grand\s+|sub-?)?totals?\b[:,]?\s*|\baverage$|^all\b(?!\s+other).{0,12}$|\(total\)", re.IGNORECASE
)
# Where the goods behind "exports of" end.
_BEHIND = re.compile(r"[,;:(\[\n–—\d]|\.(?:\s|$)|$")
_PARTED = re.compile(r"\b(?:by|with|from|main|trading)\b", re.IGNORECASE)
RATES = re.compile(r"tariff|dut(?:y|ies)|\brates?\b|surcharge|%", re.IGNORECASE)
# "Table 3.", "Annex I", "Schedule B-2:": its number names nothing.
_TABLE = re.compile(
    r"^(?:table|chart|annex|exhibit|schedule)\b(?:\s+(?:no\.\s*)?(?:[ivxlc]+|[a-z]?[\d.-]*|[a-z][\d.-]*)(?!\w))?[.:]?\s*",
    re.IGNORECASE,
)
CHANGE = re.compile(r"\bchange\b", re.IGNORECASE)
# "Year 1", "Stage 2": steps that are still to come.
_STEP = re.compile(r"(?:year|stage|phase|step)\s+(?:\d+|[IVX]+|one|two|three)\b(?!\s+(?:19|20)\d\d$)", re.IGNORECASE)
# What stands above a table is a heading up to this length; longer, it names sides and borders, but nothing measured.
MAX_HEADING = 120
_ACRONYM = re.compile(r"\b(?:\w\.)+\w$")
_MARKUP = re.compile(r"\]\([^)\s]*\)?|[\[\]*|_]+|#{2,}|#(?=\s)|<[^>\s]{1,9}>|\\+")
MAX_MODIFIERS, MAX_GOODS_WORDS = 2, 6
# A shorter word is a mark: "Ib".
MIN_TOPIC = 3
_OWNED = re.compile(r"(?P<owner>.+?)(?:['’]s|(?<=s)['’])\s+(?P<measure>.+)")
_ON = re.compile(r"(?P<measure>.+?)\s+on\s+(?P<item>.+)")


@lru_cache(maxsize=1)
def _classes() -> Mapping[str, frozenset[str]]:
    return lexicons.classes("en/table_words", "class", "|".join((*HOW, *_WHAT, *_WHO, *_WORDS)))


def _of(*names: str) -> frozenset[str]:
    return frozenset[str]().union(*(_classes()[name] for name in names))


def of_class(text: str, *names: str) -> bool:
    """Whether a word of one of the classes stands in a text."""
    known = _of(*names)
    return any(singular(word[0]) in known or word[0].casefold() in known for word in WORD.finditer(text))


def is_unit(label: str) -> bool:
    words = WORD.findall(label)
    return all(singular(word) in _classes()["unit"] for word in words)


def head_of(label: str) -> str:
    """A label up to the preposition behind which what belongs to its things stands: "Applications for grants"."""
    stops = _of("side", "behind")
    return label[: next((word.start() for word in WORD.finditer(label) if word[0].casefold() in stops), len(label))]


def names_goods(phrase: str) -> bool:
    """Whether a phrase can be what figures are about: not only how a measure is meant ("Ad valorem", "Real", "List"),
    the measure itself, or a word for any goods ("articles")."""
    words = [singular(word[0]) for word in WORD.finditer(phrase)]
    empty = _of("nature", "border", "general", "place", *HOW) | (_of("goods") if len(words) == 1 else frozenset())
    return any(word not in empty - {"good", "service"} and not RATES.fullmatch(word) for word in words)


class Measure(NamedTuple):
    """A phrase that says what is measured, the goods that stand with it, and whether it says so by itself."""

    text: str
    goods: str | None
    plain: bool


def measure_in(text: str, *, head: bool = False) -> Measure | None:
    """The measure that a title or label names; ``head``: only where it is what the label is about."""
    words = list(WORD.finditer(text))
    nouns = [n for n, word in enumerate(words) if singular(word[0]) in _classes()["measure"]]
    if head:
        end = next((n for n, w in enumerate(words) if n and w[0].casefold() in _classes()["end"]), len(words))
        nouns = [n for n in nouns if n == end - 1]
    general = _classes()["general"]
    number = next((n for n in nouns if singular(words[n][0]) not in general), next(iter(nouns), None))
    if number is None:
        return None
    first = number
    while first > max(0, number - MAX_MODIFIERS) and _modifies(text, words[first - 1], words[first]):
        first -= 1
    last = words[number].end()
    of = _OF.match(text, last)
    inner = [w for w in words[number + 1 :] if of and w.start() >= of.end()][: MAX_MODIFIERS + 1]
    for n, word in enumerate(inner):
        if all(map(_modifies_next, inner[:n])) and singular(word[0]) in _classes()["measure"]:
            last = word.end()
    of = _OF.match(text, last)
    goods = _goods(text, of.end()) if of and not CHANGE.search(text) else None
    before = text[words[first].start() : words[number].start()].strip()
    before = "" if of_class(before, "border", *HOW) or not names_goods(before) else before
    plain = singular(words[number][0]) not in general
    goods = goods if goods and names_goods(goods) else None
    return Measure(text[words[first].start() : last], goods or before or None, plain)


def _modifies_next(word: re.Match[str]) -> bool:
    return word[0].casefold() not in _classes()["end"]


def _modifies(text: str, word: re.Match[str], following: re.Match[str]) -> bool:
    joined = not text[word.end() : following.start()].strip(" -")
    return joined and word[0].casefold() not in _classes()["end"] and not country_code(word[0].strip("'’s"))


def _goods(text: str, start: int) -> str | None:
    """The words behind "exports of", up to what no longer names goods."""
    end = _BEHIND.search(text, start)
    stop = end.start() if end else len(text)
    words = WORD.finditer(text, start, stop)
    stop = next((word.start() for word in words if word[0].casefold() in _classes()["behind"]), stop)
    found = " ".join(text[start:stop].split()).strip(" .")
    return found if found and len(found.split()) <= MAX_GOODS_WORDS else None


def meant(heads: Iterable[str], title: str) -> tuple[str | None, bool | None]:
    """Status of a cell, and whether it is to be met, by the lowest of its ``heads`` that says it, else the title."""
    for label in heads:
        status = next((name for name in STATED if of_class(label, name)), None)
        status = status or ("planned" if _STEP.match(label) else None)
        asked = of_class(label, "proposed") and any(map(str.isdigit, label))
        status = "proposed" if asked or of_class(label, "pending") else status
        goal = of_class(label, "target")
        if status or goal:
            return "planned" if goal and status in (None, "fact") else status, goal
    if of_class(title, "aim"):
        return "planned", True
    if of_class(title, "outlook"):
        return "hypothetical", None
    return None, None


def says_how(label: str) -> bool:
    """A head that says how its figures are meant and nothing else: "Target", "Budget estimates", "Base rate"."""
    words = [singular(word[0]) for word in WORD.finditer(label)]
    how = _of(*HOW)
    return len(words) <= 2 and any(word in how for word in words) and words[-1] in how | {"rate", "year", "figure"}


def parts_by_partner(title: str) -> bool:
    """Whether a title says that it goes by the other side: "by destination", "main partners"."""
    word = _PARTED.search(title)
    return word is not None and of_class(title[word.end() :], "other")


def side_of_name(before: str) -> str | None:
    """By what stands before a name in a title: "exports of tin from", "imports of cloth by", "trade with"."""
    words = [word.casefold() for word in WORD.findall(before) if word.casefold() != "the"][-2:]
    preposition = words[-1] if words and words[-1] in _classes()["side"] else ""
    if preposition in ("in", "for"):
        return None
    other = ("to",) if of_class(before, "flow") else ("from",)
    away = preposition in ("with", "against", "on", *other)
    away = away or (preposition == "of" and len(words) > 1 and singular(words[0]) in ("good", "product", "article"))
    return "partner" if away else "actor"


def topic(title: str) -> str | None:
    """What a title is about where it opens with no measure: "Palm oil, 2019 (tonnes)"."""
    phrase = re.split(r"[,:;(–—-]\s|\b(?:by|in|of|from|to)\b", _TABLE.sub("", title))[0].strip()
    words = phrase.split()
    if not 0 < len(words) <= MAX_MODIFIERS + 1 or len(phrase) < MIN_TOPIC or measure_in(phrase):
        return None
    return None if of_class(phrase, "place", "other", "goods") or not names_goods(phrase) else phrase


def rows_are(kinds: Sequence[str], corner: str) -> str:
    """What the rows of a table are, ``kinds`` each by itself: item, place, measure or time; the corner may say it."""
    rows = max(("item", "place", "measure", "time"), key=kinds.count)
    if ("place" in kinds and of_class(corner, "place", "other")) or of_class(corner, "actor"):
        return "place"
    return "item" if rows == "place" and of_class(corner, "goods") else rows


def chosen_measure(
    columns: Iterable[str], row: str, titles: Iterable[str], lead: Iterable[str], *, by_row: bool
) -> Measure | None:
    """The measure of a cell: of its column, of its row where the rows are measures, of section and title, of what
    stands above; a word such as "value" only where none of them says more."""
    order = [measure_in(label) for label in columns if not says_how(label)]
    order += [measure_in(row, head=True) if by_row else None, *map(measure_in, titles)]
    order += [measure_in(each) for each in lead if len(each) <= MAX_HEADING]
    said = [each for each in order if each]
    return next((each for each in said if each.plain), next(iter(said), None))


def plain_measure(said: Mapping[str, str | None]) -> dict[str, str | None]:
    """Measure, item and actor, each in its own column: "duty on tin", "Canada's tariff" say two of them."""
    measure, item, actor = said["measure"], said["item"], said["actor"]
    if owned := _OWNED.fullmatch(measure or ""):
        measure, actor = owned["measure"], actor or owned["owner"]
    if on := _ON.fullmatch(measure or ""):
        measure, item = on["measure"], item or on["item"]
    return {"measure": measure, "item": item, "actor": actor}


def clean(text: str) -> str:
    """A phrase on one line, without markup and marks at its ends; the point of "U.S." stays."""
    phrase = " ".join(_MARKUP.sub(" ", text).split()).strip(" ,;:.“”\"'‘’()")
    return f"{phrase}." if _ACRONYM.search(phrase) and f"{phrase}." in text else phrase

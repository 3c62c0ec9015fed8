"""Noun phrases: from where to where one runs that ends, or begins, at a word.

Works on the classes of words alone; with Penn tags the classes are better, the rules are the same. Every scan is
bounded, so that a paragraph without end costs linear time.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.components.quotes.lexicon import word_set, words
from extract.components.quotes.reading import Item

# Longest noun phrase and longest appositive, in items: beyond them a wrong start is likelier than a long name.
PHRASE_ITEMS = 24


_NOMINATIVE = word_set("nominative")


ALONE = word_set("alone")


_NO_LINK = word_set("no_link")


# Past forms that may be participles ("a letter sent on Friday said").
_PARTICIPLES = word_set("participles")


def phrase_left(items: Sequence[Item], last: int, floor: int) -> tuple[int, int] | None:
    """Item bounds of the noun phrase whose last word is ``items[last]``, or ``None``."""
    if last < floor:
        return None
    item = items[last]
    if item.cls == "R" and item.low.endswith(("self", "selves")) and last > floor:
        return phrase_left(items, last - 1, floor)  # "the minister himself"
    if item.low == "others" and last - 2 >= floor and items[last - 1].low == "and":
        joined = phrase_left(items, last - 2, floor)  # "he and others"
        return (joined[0], last + 1) if joined else (last, last + 1)
    if item.cls == "R":
        return (last, last + 1) if item.low in _NOMINATIVE else _partitive(items, last, floor)
    start = last + 1
    limit = max(floor, last - PHRASE_ITEMS)
    while start - 1 >= limit and _belongs(items, start - 1, last, floor):
        start -= 1
    if start - 1 == floor and _is_first_name(items, start, last):
        start -= 1
    start = _drop_object(items, start, last, floor)
    start = _phrase_start(items, start, last)
    last = _drop_place(items, start, last)
    return (start, last + 1) if start <= last and _is_head(items, start, last) else None


def _is_first_name(items: Sequence[Item], start: int, last: int) -> bool:
    """Such as "Downing Street said": a tagger takes the first word of a name that opens a sentence for a verb."""
    first = items[start - 1]
    return start <= last <= start + 1 and first.cls in "GEVI" and first.form is None and items[start].cls == "X"


def _drop_place(items: Sequence[Item], start: int, last: int) -> int:
    """Such as "Jane Roe on Channel 5 said": a name ends before the place where she said it."""
    for at in range(start, last):
        if items[at].low in ("on", "in", "at") and at > start:
            return at - 1
        if items[at].cls != "X":
            break
    return last


def _partitive(items: Sequence[Item], last: int, floor: int) -> tuple[int, int] | None:
    """Such as "many of them", "one of us"."""
    if last - 2 >= floor and items[last - 1].low == "of" and items[last - 2].cls in "DNR#":
        return last - 2, last + 1
    return None


def _belongs(items: Sequence[Item], at: int, last: int, floor: int) -> bool:
    item = items[at]
    cls, following = item.cls, items[at + 1] if at < last else None
    if cls in "NX#" or (cls == "D" and (following is not None or item.low in ALONE)):
        return True
    if following is None:
        return cls == "T" and item.is_possessive
    before = items[at - 1].cls if at > floor else ""
    if item.text in "'’" and following.cls == "#":
        return True  # the class of '99
    if cls == "P":
        return item.low not in _NO_LINK and (following.cls in "DNX#GERT" or following.text in "'’")
    if cls == "V":
        participle = item.low.endswith("ed") or item.low in _PARTICIPLES
        return participle and before == "N" and (following.cls in "PT" or following.low in ("last", "this"))
    if cls == "C":
        return item.low in ("and", "or") and bool(before) and before in "NX#" and following.cls in "NX#D"
    if cls == "E":
        return following.cls in "PNXTBE" and bool(before) and before in "NXRDP#"
    if cls == "G":
        return following.cls in "NX" and bool(before) and before in "DNXPC"
    if cls == "T":
        return item.is_possessive or following.cls in "NX#TP" or (bool(before) and before in "EPT")
    if cls == "B":
        return following.cls in "NEX" and bool(before) and before in "DT"
    return cls == "o" and item.text in "&/%"


def _drop_object(items: Sequence[Item], start: int, last: int, floor: int) -> int:
    """Such as "He met Jones and Smith said": after a verb only what follows "and" is the subject."""
    if start > floor and items[start - 1].cls in "VIG":
        for at in range(last, start, -1):
            if items[at].low == "and":
                return at + 1
    return start


def _phrase_start(items: Sequence[Item], start: int, last: int) -> int:
    """Leave out adverbs and adverbial phrases that stand before the noun phrase."""
    while (
        start <= last and items[start].cls in "BCSTo" and not (items[start].cls == "T" and items[start].is_possessive)
    ):
        start += 1
    if start + 2 <= last and items[start].low.endswith("ed") and items[start + 1].low == "by":
        start += 2  # "was echoed by the bank, which said"
    if start <= last and items[start].cls == "P":
        return _after_adverbial(items, start, last)
    best = start
    for at in range(start + 1, last + 1):
        new_phrase = items[at].cls == "D" and items[at - 1].cls in "NXT#" and not items[at - 1].is_possessive
        if new_phrase and items[at].low not in ("all", "both", "half"):
            best = at
    return best


def _after_adverbial(items: Sequence[Item], start: int, last: int) -> int:
    for at in range(start + 2, last + 1):
        before, item = items[at - 1], items[at]
        if before.is_possessive:
            continue
        if item.cls in "DR" and before.cls in "NXT#":
            return _phrase_start(items, at, last)
        titled = before.text[0].isupper() or words().noun(before.low, "person")
        if item.cls == "X" and before.cls in "NT#" and items[start + 1].cls in "DNT#" and not titled:
            return at
    return start + 1


def _is_head(items: Sequence[Item], start: int, last: int) -> bool:
    head = items[last]
    return head.cls in "NX#TE" or (head.cls == "D" and start == last) or head.text == "%"


def phrase_right(items: Sequence[Item], first: int, ceiling: int) -> tuple[int, int] | None:
    """Item bounds of the noun phrase that begins at ``items[first]``, or ``None``."""
    if first >= ceiling:
        return None
    if items[first].cls == "R":
        return (first, first + 1) if items[first].low in _NOMINATIVE else None
    at, stop = first, min(ceiling, first + PHRASE_ITEMS)
    while at < stop and _goes_on(items, at, first, stop):
        at += 1
    while at > first and items[at - 1].cls in "PDCBo" and not (at - 1 == first and items[first].low in ALONE):
        at -= 1
    return (first, at) if at > first and any(items[k].cls in "NX#D" for k in range(first, at)) else None


def _goes_on(items: Sequence[Item], at: int, first: int, stop: int) -> bool:
    item = items[at]
    before = items[at - 1] if at > first else None
    after = items[at + 1] if at + 1 < stop else None
    if item.cls == "X":
        return True
    if item.cls == "D":
        return before is None or before.cls in "PC" or before.low == "all"
    if item.cls == "#" and before is not None and before.cls == "X":
        return after is not None and after.cls == "N"  # "a Sept. 12 memo"
    if item.cls in "N#":
        capital = item.text[0].isupper()
        return (
            before is None or before.cls in "DN#PCEGBo" or before.is_possessive or capital or _ends_in_title(items, at)
        )
    if before is None or after is None:
        return item.cls in "EG" and before is None and after is not None and after.cls in "NX"
    if item.cls == "P":
        return _links(items, at, first)
    if item.cls == "C":
        return item.low == "and" and after.cls in "XDN" and before.cls in "XN"
    if item.cls in "EGB":
        return before.cls in "DNPB" and after.cls in "NX"
    if item.cls == "T":
        return item.is_possessive or (item.text[0].isupper() and before.cls == after.cls == "X")  # "Morning News"
    return item.cls == "o" and item.text in "&/"


def _ends_in_title(items: Sequence[Item], at: int) -> bool:
    """Such as "Finance Ministry officials": a name runs on into the noun for people."""
    return words().noun(items[at].low, "person", "paper", "body") and items[at - 1].cls == "X"


def _links(items: Sequence[Item], at: int, first: int) -> bool:
    item, before, after = items[at], items[at - 1], items[at + 1]
    if after.cls not in "DNX#" or (
        after.cls == "N" and words().noun(after.low, "venue") and item.low in ("in", "at", "on")
    ):
        return False
    if before.cls == "X":
        titled = words().noun(before.low, "person", "body")
        from_place = item.low == "of" and after.cls == "X"  # "said Roe of Chicago"
        return from_place or (titled and item.low in ("of", "for", "to")) or item.low in ("de", "van", "von")
    if item.low in ("of", "for", "from", "with"):
        return True
    return item.low in ("at", "in", "to", "on") and before.cls == "N" and not _venue_ahead(items, at)


def _venue_ahead(items: Sequence[Item], at: int) -> bool:
    lexicon = words()
    return any(lexicon.noun(item.low, "venue") or item.cls == "T" for item in items[at + 1 : at + 6])

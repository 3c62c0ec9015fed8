"""What follows a cue: hearer, adjuncts, and then a clause, a quotation, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from extract.components.quotes.lexicon import Verb, word_set, words
from extract.components.quotes.phrases import phrase_right
from extract.components.quotes.reading import Item, bare_verb, is_finite

_HEARER = word_set("hearer")


_INDIRECT = word_set("indirect")
# Adverbs that belong to the noun after them, not to the verb before.
_QUALIFIERS = word_set("qualifiers")


_WH = word_set("wh")


_TIMED = word_set("timed")


CLAUSE_ITEMS = 40
# Old prints set a comma between a verb of saying and its clause: "asked the Minister, Whether it is true".
_BEHIND_COMMA = ("that", "whether")


def read_after(items: Sequence[Item], at: int, end: int, verb: Verb) -> tuple[int, str]:
    """The item after cue, hearer and adjuncts, and what begins there."""
    if verb.lemma in _HEARER:
        at = _after_hearer(items, at, end, verb)
    return adjuncts(items, at, end, verb)


def _after_hearer(items: Sequence[Item], at: int, end: int, verb: Verb) -> int:
    if at < end and _is_programme(items[at]):
        return at + 1  # told “Meet the Town” that
    if at >= end or items[at].cls not in "DNXR#":
        return at
    if items[at].cls == "R":
        contracted = "'" in items[at].low or "’" in items[at].low
        subject = items[at].low in ("he", "she", "they", "we", "i", "there") or contracted
        return at if subject else at + 1
    if items[at].low == "her" and at + 1 < end and items[at + 1].cls in "RSDW":
        return at + 1  # "told her she could stay"
    if verb.kind not in ("tell", "ask") and items[at].cls == "D" and clause_follows(items, at, end, verb):
        return at
    bounds = phrase_right(items, at, end)
    if bounds is None:
        return at
    stop = bounds[1]
    if stop < end and is_finite(items[stop]) and items[stop].cls in "VA":
        if items[at].cls == "D":  # "told the court prices rose"
            return at + 2 if stop > at + 2 and items[at + 1].cls == "N" and items[at + 2].tag != "NN" else stop
        return at + 1 if stop > at + 1 else at
    return stop


def _is_programme(item: Item) -> bool:
    """Whether a quotation is the name of a broadcast or the like: capitals, and no stop before the closing mark."""
    if item.quote is None or not item.quote.closed:
        return False
    inner = item.text[1:-1].split()
    capitals = [word[0].isupper() or word in ("the", "of", "in", "on", "and", "with", "a") for word in inner]
    return 1 < len(inner) < 7 and all(capitals) and inner[0][0].isupper() and inner[-1][-1].isalnum()


def adjuncts(items: Sequence[Item], at: int, end: int, verb: Verb) -> tuple[int, str]:
    """Over adverbs, times and prepositional phrases to where the words begin, and what kind of beginning it is."""
    if at < end and verb.lemma in ("insist", "comment", "elaborate", "reflect") and items[at].low == "on":
        timed = at + 1 < end and items[at + 1].cls == "T"
        if not timed:
            return at, "none"
    for _ in range(8):
        kind = _begins(items, at, end, verb)
        if kind != "none":
            return at, kind
        moved = _skip_adjunct(items, at, end)
        if moved == at:
            return at, "none"
        at = moved
    return at, "none"


def quote_at(items: Sequence[Item], at: int, end: int) -> int | None:
    """The quotation at ``at``, or behind one comma or colon there."""
    limit = min(len(items), end + 1)
    if at < limit and items[at].cls == "Q":
        return at
    if at + 1 < limit and items[at].cls in ",:-" and items[at + 1].cls == "Q":
        return at + 1
    return None


def _begins(items: Sequence[Item], at: int, end: int, verb: Verb) -> str:
    if at >= end or items[at].cls in ".;)":
        return "end"
    if quote_at(items, at, end) is not None:
        # "said on CBS' “Face the Day”": a name, not words
        return "none" if items[at].cls == "Q" and items[at - 1].is_possessive else "quote"
    item = items[at]
    if item.cls == ":":
        return "colon" if at + 1 < end else "end"
    if item.low in _TIMED and at + 1 < end and items[at + 1].cls == "T":
        return "none"  # "that night", "last week"
    if item.low == "that" and verb.clause != "none" and at + 1 < end:
        if items[at + 1].cls == "A":  # "said that was wrong", but "promised measures that would help"
            form = items[at - 1].form
            pronoun = form is not None and form.verb is verb
            return "clause" if verb.lemma in ("say", "add") or (pronoun and verb.clause != "strict") else "none"
        return "that"
    if _aside_then_that(items, at, end):
        return "none"
    if item.cls in ",-":
        if at + 1 < end and items[at + 1].low in _BEHIND_COMMA and verb.clause != "none":
            return "none"
        return "end"
    if item.low in _WH or item.low == "if":
        fits = verb.lemma in _INDIRECT and at + 1 < end and items[at + 1].low != "to"
        fits = fits and (item.low != "when" or verb.kind == "ask")
        return "wh" if fits and finite_ahead(items, at + 1, end) else ("none" if item.low != "when" else "end")
    if item.low in ("as", "when", "while", "because") and item.cls == "S":
        return "end"
    counted = item.low not in ("about", "almost", "nearly", "roughly") or (at + 1 < end and items[at + 1].cls == "#")
    if item.low in _QUALIFIERS and counted and at + 1 < end and items[at + 1].cls in "DNX#":
        at += 1  # "said further cuts were likely"
    return "clause" if verb.clause in ("zero", "that") and clause_follows(items, at, end, verb) else "none"


def _aside_then_that(items: Sequence[Item], at: int, end: int) -> bool:
    """Such as ", however, that", ", published in May, that"."""
    if at + 3 >= end or items[at].cls != ",":
        return False
    return _aside_end(items, at, end) is not None


def _aside_end(items: Sequence[Item], comma: int, end: int) -> int | None:
    """The item "that" behind an adverb or participle phrase between two commas."""
    first = items[comma + 1]
    reach = 2 if first.cls == "B" else 9 if first.cls in "EVP" else 0
    second = next((k for k in range(comma + 2, min(end - 1, comma + 1 + reach)) if items[k].cls in ",.;Q"), None)
    if second is None or items[second].cls != "," or items[second + 1].low != "that":
        return None
    return second + 1


def finite_ahead(items: Sequence[Item], at: int, end: int) -> bool:
    return any(is_finite(items[k]) for k in range(at, min(end, at + CLAUSE_ITEMS)))


def _skip_adjunct(items: Sequence[Item], at: int, end: int) -> int:
    item = items[at]
    following = items[at + 1] if at + 1 < end else None
    behind = _aside_end(items, at, end) if item.cls == "," and at + 3 < end else None
    if behind is not None:
        return behind
    if item.cls in ",-":
        return at + 1 if following is not None and following.low in _BEHIND_COMMA else at
    if item.cls in "BT" or item.cls == "#":
        clause_next = following is not None and following.low == "that"
        return at if item.low in _QUALIFIERS and not clause_next else at + 1
    if item.cls in "EV" and words().noun(items[at - 1].low, "venue"):
        return at + 1  # "in a report published last week"
    if item.cls == "P" and following is not None and _is_programme(following):
        return at + 2
    if item.low in _TIMED and following is not None and following.cls in "T#":
        return at + 2
    if item.low in ("earlier", "late", "early", "last", "this") and following is not None:
        return at + 1
    if (
        item.cls == "P"
        and following is not None
        and following.cls != "Q"
        and item.low not in ("of", "about", "against")
    ):
        bounds = phrase_right(items, at + 1, end)
        if bounds is not None:
            venue = next((k + 1 for k in range(*bounds) if _closes_venue(items, k, bounds[1])), bounds[1])
            return venue
        return at + 2 if following.cls in "TG#RD" else at + 1
    if item.cls == "(":
        return next((k + 1 for k in range(at, min(end, at + 12)) if items[k].cls == ")"), at)
    return at


def _closes_venue(items: Sequence[Item], at: int, end: int) -> bool:
    following = items[at + 1] if at + 1 < end else None
    return words().noun(items[at].low, "venue") and following is not None and following.cls not in "PN"


def clause_follows(items: Sequence[Item], at: int, end: int, verb: Verb) -> bool:
    """Whether a clause without "that" begins at ``items[at]``: a subject and then its finite verb."""
    first = items[at]
    zero = verb.clause == "zero"
    if first.cls == "R":
        quoted = zero and first.low == "it" and at + 1 < end and items[at + 1].cls == "Q"  # "said it “does not know”"
        if is_finite(first) or quoted or first.low in ("he", "she", "they", "we"):
            return True
        if first.low in ("him", "her", "them", "me", "us", "himself", "herself", "themselves", "itself"):
            return False
        return any(is_finite(items[k]) or items[k].cls in "VE" for k in range(at + 1, min(end, at + 4)))
    if zero and (
        first.cls in "S"
        or first.low in ("neither", "both", "despite", "with", "under", "without", "by", "unlike", "such")
    ):
        if first.cls == "P" and any(item.low == "that" for item in items[at + 1 : min(end, at + 5)]):
            return False  # "said by e-mail that"
        return first.low not in ("when", "while", "as", "that") and finite_ahead(items, at + 1, end)
    if first.low in ("little", "nothing", "much", "something") and at + 1 < end and items[at + 1].low != "of":
        return first.low == "nothing" and is_finite(items[at + 1])  # "has said little about the raid"
    counted = first.low in ("about", "around", "over", "under", "nearly") and at + 1 < end and items[at + 1].cls == "#"
    if first.cls not in "DNX#G" and not counted:
        return False
    return _subject_then_verb(items, at, end, zero)


def _subject_then_verb(items: Sequence[Item], at: int, end: int, zero: bool) -> bool:
    for k in range(at, min(end, at + CLAUSE_ITEMS)):
        item = items[k]
        if item.cls in "VA" and k > at:
            return zero or items[k - 1].cls != "C"
        if item.cls == "E" and k > at and items[k - 1].cls in "NXR#" and (zero or not item.tag):
            return True
        if item.cls in ".;:" or (item.cls == "R" and is_finite(item)):
            return item.cls == "R"
        if not zero and k > at and item.cls == "R" and items[k - 1].cls in "NX":
            return False  # "outlined the work he had done": a relative clause
        if not zero and item.cls == ",":
            return _verb_behind_aside(items, k, end)
        if k > at and bare_verb(items, k, at):
            return True
        if not zero and (item.cls in "WSQ-I" or _to_infinitive(items, k, end)):
            return False
        if zero and item.cls == "Q" and k > at:
            return True
    return False


def _verb_behind_aside(items: Sequence[Item], comma: int, end: int) -> bool:
    """Such as "claimed the deal, struck in May, would …": the verb follows the second comma."""
    second = next((k for k in range(comma + 1, min(end, comma + CLAUSE_ITEMS)) if items[k].cls == ","), None)
    return second is not None and second + 1 < end and items[second + 1].cls in "VA" and items[comma + 1].cls in "EDWG"


def _to_infinitive(items: Sequence[Item], at: int, end: int) -> bool:
    following = items[at + 1] if at + 1 < end else None
    return items[at].low == "to" and (following is None or following.cls == "I" or not following.tag)

"""The noun phrase that stands beside a verb: who is the source of the words.

The scans leftward go no further than a fixed number of items, so that a paragraph without end costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.components.quotes.lexicon import word_set, words
from extract.components.quotes.phrases import ALONE, PHRASE_ITEMS, phrase_left
from extract.components.quotes.reading import Item, acts

APPOSITIVE_ITEMS = 45
SUBJECT_ITEMS = 60
RELATIVE_ITEMS = 14
_BE = word_set("be")
_PARTICIPLES = word_set("participles")
_DOUBTFUL = word_set("doubtful")
_NEGATIONS = word_set("negations")
_DOCUMENTS_OWN = word_set("documents_own")
_EXHIBITS = word_set("exhibits")
_IMPERSONAL = word_set("impersonal")
_COUNTED = word_set("counted")
_THINGS = ("ing", "tion", "ness", "ment")
# Nouns for people by their endings ("coach" and the like are in the lexicon).
_AGENTIVE = re.compile(r"(?:[^aeiou]ers?|[tsc]ors?|ists?|[ct]ians?|wom[ae]n|m[ae]n|person|people|folk)$")


@dataclass(frozen=True, slots=True)
class Source:
    """Item bounds (``end`` exclusive) of the phrase, of the role beside it, and of the whole group with appositives."""

    start: int
    end: int
    first: int
    last: int
    role: tuple[int, int] | None = None
    how: str = "subject"


def role_right(items: Sequence[Item], at: int, ceiling: int) -> tuple[tuple[int, int] | None, int]:
    """The appositive that follows a source (``at`` is the comma) and the item after it, to the end of its clause."""
    if at >= ceiling or items[at].cls != "," or at + 1 >= ceiling:
        return None, at
    if items[at + 1].cls not in "DNX#WE" and items[at + 1].low not in ("of", "from", "in", "who", "whose"):
        return None, at
    if items[at + 1].form is not None and items[at + 1].cls == "G":
        return None, at
    stop = min(ceiling, at + APPOSITIVE_ITEMS)
    end = next((k for k in range(at + 1, stop) if items[k].cls in ".;:Q"), stop)
    cut = next((k for k in range(at + 2, end) if items[k].cls in ",-" or items[k].cls == "W"), end)
    role = (at + 1, cut) if items[at + 1].cls in "DNX" and not _has_verb(items, at + 1, cut) else None
    return role, end


def _has_verb(items: Sequence[Item], start: int, end: int) -> bool:
    return any(items[k].cls in "VA" for k in range(start, end))


def subject_of(items: Sequence[Item], verb: int, floor: int, *, depth: int = 0) -> Source | None:
    """The subject of the verb at ``items[verb]``, looked for on its left down to ``floor``."""
    at = _skip_to_subject(items, verb, floor)
    if at is None or at < floor:
        return None
    item = items[at]
    if item.cls == ")":
        at = _before_bracket(items, at, floor)
        item = items[at] if at >= floor else item
    if at < floor:
        return None
    if item.cls in ",-":
        return _subject_before_appositive(items, at, floor)
    if item.cls == "W" or (item.low == "that" and at > floor):
        return _antecedent(items, at, floor) if item.low in ("who", "which", "that") else None
    if item.cls == "C" or item.low in ("to", "then"):
        if item.cls == "C" and (items[verb].cls == "I" or _passive_before(items, verb, at, floor)):
            return None  # "wants to meet him and express his support", "was called in and told"
        return clause_subject(items, at, floor, depth=depth + 1)
    if item.cls in "EV" and at + 1 < verb and at > floor and items[at - 1].cls == "N":
        bounds = phrase_left(items, at - 1, floor)  # "a study published in June found"
        dated = next((k for k in range(verb - 1, at, -1) if items[k].cls == "T"), at) + 1
        return Source(bounds[0], dated, bounds[0], dated) if bounds else None
    bounds = phrase_left(items, at, floor)
    if bounds is None:
        return None
    if items[bounds[0] - 1].low == "and" and bounds[0] - 2 > floor and items[bounds[0] - 2].cls == ")":
        joined = phrase_left(items, _before_bracket(items, bounds[0] - 2, floor), floor)
        bounds = (joined[0], bounds[1]) if joined else bounds  # "Roe (R-Ohio) and Doe (D-Iowa) wrote"
    return _relative_owner(items, bounds[0], at, floor) or Source(*bounds, bounds[0], at)


def _relative_owner(items: Sequence[Item], first: int, at: int, floor: int) -> Source | None:
    """Such as "an aide who advised the campaign warned": the noun before the relative clause, not its object."""
    if first <= floor or items[first - 1].cls not in "VPIGE":
        return None
    for k in range(first - 1, max(floor, first - RELATIVE_ITEMS), -1):
        if items[k].cls in ",.;:-QR":
            return None
        if items[k].low in ("who", "which", "that") and items[k - 1].cls in "NX":
            owner = _antecedent(items, k, floor)
            return Source(owner.start, owner.end, owner.first, at) if owner is not None else None
    return None


def _passive_before(items: Sequence[Item], verb: int, at: int, floor: int) -> bool:
    if items[verb].tag != "VBN" or items[at].low == "but":
        return False
    auxiliary = next((k for k in range(at - 1, max(floor, at - 12) - 1, -1) if items[k].cls == "A"), None)
    return auxiliary is not None and items[auxiliary].low in _BE


def _skip_to_subject(items: Sequence[Item], verb: int, floor: int) -> int | None:
    """Leftwards over adverbs, auxiliaries and a time ("on Monday") between subject and verb; ``None`` if denied."""
    at = verb - 1
    while at >= floor and (items[at].cls in "BAT" or items[at].low == "n't"):
        low = items[at].low
        if low in _NEGATIONS or low in _DOUBTFUL or low.endswith(("n't", "n’t")):
            return None
        form = items[verb].form
        if low in _BE and (form is None or "ing" not in form.shapes):
            return None
        at -= 1
    if at > floor and at + 1 == verb and items[at].low == "since" and items[at - 1].cls == "A":
        return _skip_to_subject(items, at, floor)  # "has since insisted"
    timed = at + 1 < verb and items[at + 1].cls == "T"
    if timed and at >= floor and items[at].low in ("on", "in", "last", "this", "late", "early", "at"):
        at -= 1
        while at >= floor and items[at].cls == "B":
            at -= 1
    return at


def _before_bracket(items: Sequence[Item], at: int, floor: int) -> int:
    limit = max(floor, at - PHRASE_ITEMS)
    while at >= limit and items[at].cls != "(":
        at -= 1
    return at - 1 if at >= limit else floor - 1


def _subject_before_appositive(items: Sequence[Item], comma: int, floor: int) -> Source | None:
    """``X, the minister, said``: the phrase before the comma that opens the appositive."""
    limit = max(floor, comma - APPOSITIVE_ITEMS)
    mark = items[comma].cls
    fallback: Source | None = None
    bracket = 0
    for at in range(comma - 1, limit - 1, -1):
        bracket += (items[at].cls == ")") - (items[at].cls == "(")
        if bracket > 0:
            continue  # "Jane Roe (D., Minn.), said"
        if items[at].cls in ".;:" or (items[at].cls == "Q" and items[at].text.count(" ") > 3):
            break  # a name in marks may stand in an appositive, words of others not
        if items[at].cls != mark or not _may_be_appositive(items, at + 1, comma):
            continue
        head = at - 1 if at - 1 < floor or items[at - 1].cls != ")" else _before_bracket(items, at - 1, floor)
        if head > floor and items[head].low == "who":
            return _antecedent(items, head, floor)  # "Roe, who, through an aide, said"
        bounds = phrase_left(items, head, floor)
        if bounds is None or (
            items[bounds[0]].cls == "N"
            and bounds[1] - bounds[0] == 1
            and not (_plain_source(items[head]) or items[head].text[0].isupper())
        ):
            continue
        role = (at + 1, comma) if items[at + 1].cls in "DNX" else None
        found = Source(*bounds, bounds[0], comma, role and _role_end(items, *role))
        before = items[bounds[0] - 1] if bounds[0] > floor else None
        if before is None or before.cls in "CS:Q.o(TNX":
            return found
        if before.cls in ",-" and fallback is None:
            fallback = found
    return fallback


def _plain_source(item: Item) -> bool:
    return words().noun(item.low, "person", "body", "paper")


def _role_end(items: Sequence[Item], start: int, end: int) -> tuple[int, int]:
    cut = next((k for k in range(start + 1, end) if items[k].cls in ",-W("), end)
    return start, cut


def _may_be_appositive(items: Sequence[Item], start: int, end: int) -> bool:
    first = items[start]
    if start >= end:
        return False
    if first.cls == "V" and (first.low.endswith("ed") or first.low in _PARTICIPLES):
        return start + 1 < end and items[start + 1].cls in "PTBX#"  # "The poll, conducted in May among voters, shows"
    if first.low == "when":
        return start + 1 < end and items[start + 1].cls in "VEG"  # "Roe, when asked about it, said"
    if first.cls in "DNX#EGBP" or first.low in ("who", "whose", "which"):
        return not (first.cls == "D" and _clause_inside(items, start, end))
    return False


def _clause_inside(items: Sequence[Item], start: int, end: int) -> bool:
    """A finite verb outside any relative clause: what stands there is a clause of its own, no appositive."""
    for at in range(start, end):
        if items[at].cls in "WS":
            return False
        if items[at].cls in "VA" and items[at].low not in ("being", "been"):
            return True
    return False


def _antecedent(items: Sequence[Item], relative: int, floor: int) -> Source | None:
    at = relative - 1
    if at >= floor and items[at].cls in ",-":
        at -= 1
    if at >= floor and items[at].cls == ")":
        at = _before_bracket(items, at, floor)
    bounds = phrase_left(items, at, floor) if at >= floor else None
    if bounds is None:
        return None
    if items[relative].low == "who":
        bounds = _person_at_end(items, bounds)
    if bounds[0] > floor and items[bounds[0] - 1].cls == ",":
        # "X, a lawyer who said": the appositive's own head is the name before it.
        outer = phrase_left(items, bounds[0] - 2, floor)
        aside = items[bounds[0]].cls in "DN" or items[bounds[0]].text[1:2] == "-"  # "D-Fla."
        if outer and items[outer[1] - 1].cls == "X" and aside:
            outer = _person_at_end(items, outer) if items[relative].low == "who" else outer
            return Source(*outer, outer[0], relative, bounds, how="relative")
    return Source(*bounds, bounds[0], relative, how="relative")


def _person_at_end(items: Sequence[Item], bounds: tuple[int, int]) -> tuple[int, int]:
    """Such as "questions from Rep. Roe, who said": of a phrase about things only the name at its end is meant."""
    phrase = items[bounds[0] : bounds[1]]
    if items[bounds[1] - 1].cls != "X" or _head(phrase).cls == "X" or words().noun(_head(phrase).low, "person", "body"):
        return bounds
    link = next((k for k in range(bounds[1] - 1, bounds[0], -1) if items[k].cls == "P"), None)
    return bounds if link is None else (link + 1, bounds[1])


def clause_subject(items: Sequence[Item], at: int, floor: int, *, depth: int = 0) -> Source | None:
    """The subject of the clause that goes on at ``items[at]`` ("rejected the plan and said", "…, saying")."""
    if depth > 3:
        return None
    limit = max(floor, at - SUBJECT_ITEMS)
    tries = 0
    for verb in range(at - 1, limit - 1, -1):
        if items[verb].cls in ".;":
            break
        if items[verb].cls == "R" or not acts(items, verb, limit):
            continue
        tries += 1
        found = subject_of_any(items, verb, floor, depth)
        if found is not None:
            return found
        if tries > 6:
            break
    return None


def subject_of_any(items: Sequence[Item], verb: int, floor: int, depth: int) -> Source | None:
    """The subject of a verb of any kind, relative clauses left aside."""
    start = verb
    while start - 1 >= floor and (items[start - 1].cls in "BA" or items[start - 1].low == "n't"):
        start -= 1
    found = subject_of(items, start, floor, depth=depth) if start > floor else None
    if found is None or found.how == "relative" or not is_speaker(items, found, "say"):
        return None
    before = items[found.start - 1] if found.start > floor else None
    return None if before is not None and before.cls in "VIGPWS" and before.low not in ("that", "as") else found


def is_speaker(items: Sequence[Item], source: Source, kind: str, lemma: str = "") -> bool:
    """Whether the phrase can be the source of words: papers and figures may show, people and bodies may say."""
    phrase = items[source.start : source.end]
    head = _head(phrase)
    if phrase[0].low in ("no", "neither") or head.low in ("there", "something", "you"):
        return False
    if phrase[0].low in ("this", "our") and head.low in _DOCUMENTS_OWN:
        return False  # the document speaking of itself
    if phrase[0].low in _EXHIBITS or (phrase[0].cls == "D" and len(phrase) == 2 and head.low in _EXHIBITS):
        return False  # "Figure 3 shows", "the chart shows"
    lexicon = words()
    if head.cls == "R" or phrase[-1].cls == "R":
        return True
    shown = kind == "show" or lemma in _IMPERSONAL  # "Roe's absence signals": not Roe's words
    named = any(item.cls == "X" and not (shown and item.is_possessive and item is not phrase[-1]) for item in phrase)
    if named or any(lexicon.noun(i.low, "person", "body", "paper") for i in phrase):
        return True
    if len(phrase) == 1 and phrase[0].cls in "D#" and phrase[0].low not in _COUNTED:
        return phrase[0].low in ALONE or (phrase[0].low == "one" and kind != "show")
    if kind == "show":
        return False
    alone = phrase[-1].text[0].isupper() and len(phrase) == 1 and lemma not in _IMPERSONAL
    if head.cls == "N" and (alone or _AGENTIVE.search(head.low) is not None):
        return True
    if len(phrase) == 1 and phrase[0].cls == "#" and phrase[0].low in _COUNTED:
        return lemma != ""  # "Two told investigators that …"
    # Who complains, argues or warns is a person, whatever the noun.
    if head.cls in "#D" and len(phrase) > 2 and phrase[1].low == "of":
        head = phrase[-1]  # "two of the jurors"
    return bool(lemma) and lemma not in _IMPERSONAL and head.cls == "N" and not head.low.endswith(_THINGS)


def _head(phrase: Sequence[Item]) -> Item:
    for at, item in enumerate(phrase):
        if item.cls in "PE" and at:
            return phrase[at - 1]
    return phrase[-1]


def without_place(items: Sequence[Item], start: int, end: int) -> tuple[int, int]:
    """Such as "Jane Roe of Dayton": the name alone, but the whole of "Bank of Ghana", "House of Lords"."""
    of = next((k for k in range(start + 2, end) if items[k].low == "of"), None)
    if of is None or any(item.cls != "X" or words().noun(item.low, "body", "paper") for item in items[start:of]):
        return start, end
    return (start, of) if not words().noun(items[of - 1].low, "person") else (start, end)


def is_person(items: Sequence[Item], start: int, end: int) -> bool:
    """Whether a phrase is a name ("Jane Roe", "civil rights lawyer Jane Roe", "Roe Tools of Peoria")."""
    last = items[end - 1] if end > start else None
    if last is None or not last.text[0].isupper() or all(item.cls != "X" for item in items[start:end]):
        return False
    named = end - start == 1 or items[end - 2].cls in "XP"
    return named and all(item.cls in "XN" or item.low == "of" for item in items[start:end])

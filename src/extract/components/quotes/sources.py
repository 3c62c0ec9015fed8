"""The noun phrase that stands beside a verb: who is the source of the words.

Works on the classes of words alone; with Penn tags the classes are better, the rules are the same. Every scan is bounded,
so that a paragraph without end costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.components.quotes.lexicon import words
from extract.components.quotes.reading import Item, acts

# Longest noun phrase and longest appositive, in items: beyond them a wrong start is likelier than a long name.
PHRASE_ITEMS = 24
APPOSITIVE_ITEMS = 45
SUBJECT_ITEMS = 60
_NOMINATIVE = frozenset(["he", "she", "it", "they", "we", "i", "you", "others", "everyone", "someone", "everybody", "somebody", "one", "who"])
_ALONE = frozenset(["some", "many", "most", "several", "both", "few", "all", "another", "these", "those", "others"])
_NO_LINK = frozenset(
    ["after", "before", "since", "until", "like", "despite", "amid", "during", "except", "besides", "upon", "than", "whether", "as", "if", "because"]
)
_BE = frozenset(["is", "are", "was", "were", "be", "been", "being", "am", "isn't", "aren't", "wasn't", "weren't", "isn’t", "aren’t", "wasn’t", "weren’t"])
_DOUBTFUL = frozenset(["should", "could", "might", "must", "may", "can", "cannot", "can't", "couldn't"])
_NEGATIONS = frozenset(["not", "never", "nobody", "neither", "nor"])
_DOCUMENTS_OWN = frozenset(["article", "paper", "study", "report", "essay", "chapter", "book", "fact", "brief"])
# Past forms that may be participles ("a letter sent on Friday said").
_PARTICIPLES = frozenset("made held written sent given taken brought seen led sold built".split())
_IMPERSONAL = frozenset(["suggest", "indicate", "imply", "hint", "signal"])
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


def phrase_left(items: Sequence[Item], last: int, floor: int) -> tuple[int, int] | None:
    """Item bounds of the noun phrase whose last word is ``items[last]``, or ``None``."""
    if last < floor:
        return None
    item = items[last]
    if item.cls == "R" and item.low.endswith(("self", "selves")) and last > floor:
        return phrase_left(items, last - 1, floor)  # "the minister himself"
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
    """"Downing Street said": a tagger takes the first word of a name that opens a sentence for a verb."""
    first = items[start - 1]
    return start <= last <= start + 1 and first.cls in "GEVI" and first.form is None and items[start].cls == "X"


def _drop_place(items: Sequence[Item], start: int, last: int) -> int:
    """ "Jane Roe on Channel 5 said": a name ends before the place where she said it."""
    for at in range(start, last):
        if items[at].low in ("on", "in", "at") and at > start:
            return at - 1
        if items[at].cls != "X":
            break
    return last


def _partitive(items: Sequence[Item], last: int, floor: int) -> tuple[int, int] | None:
    """ "many of them", "one of us"."""
    if last - 2 >= floor and items[last - 1].low == "of" and items[last - 2].cls in "DNR#":
        return last - 2, last + 1
    return None


def _belongs(items: Sequence[Item], at: int, last: int, floor: int) -> bool:
    item = items[at]
    cls, following = item.cls, items[at + 1] if at < last else None
    if cls in "NX#" or (cls == "D" and (following is not None or item.low in _ALONE)):
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
    """ "He met Jones and Smith said": after a verb only what follows "and" is the subject."""
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
    while at > first and items[at - 1].cls in "PDCBo" and not (at - 1 == first and items[first].low in _ALONE):
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
    if item.cls in "N#":
        return before is None or before.cls in "DN#PCEGBo" or before.is_possessive or _ends_in_title(items, first, at)
    if before is None or after is None:
        return item.cls in "EG" and before is None and after is not None and after.cls in "NX"
    if item.cls == "P":
        return _links(items, at, first)
    if item.cls == "C":
        return item.low == "and" and after.cls in "XDN" and before.cls in "XN"
    if item.cls in "EGB":
        return before.cls in "DNPB" and after.cls in "NX"
    if item.cls == "T":
        return item.is_possessive
    return item.cls == "o" and item.text in "&/"


def _ends_in_title(items: Sequence[Item], first: int, at: int) -> bool:
    """ "Finance Ministry officials": a name runs on into the noun for people."""
    return words().noun(items[at].low, "person", "paper", "body") and items[at - 1].cls == "X"


def _links(items: Sequence[Item], at: int, first: int) -> bool:
    item, before, after = items[at], items[at - 1], items[at + 1]
    if after.cls not in "DNX#" or (
        after.cls == "N" and words().noun(after.low, "venue") and item.low in ("in", "at", "on")
    ):
        return False
    if before.cls == "X":
        titled = words().noun(before.low, "person", "body")
        return (titled and item.low in ("of", "for", "to")) or item.low in ("de", "van", "von")
    if item.low in ("of", "for", "from", "with"):
        return True
    return item.low in ("at", "in", "to", "on") and before.cls == "N" and not _venue_ahead(items, at)


def _venue_ahead(items: Sequence[Item], at: int) -> bool:
    lexicon = words()
    return any(lexicon.noun(item.low, "venue") or item.cls == "T" for item in items[at + 1 : at + 6])


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
    bounds = phrase_left(items, at, floor)
    return Source(*bounds, bounds[0], at) if bounds else None


def _passive_before(items: Sequence[Item], verb: int, at: int, floor: int) -> bool:
    if items[verb].tag != "VBN":
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
    for at in range(comma - 1, limit - 1, -1):
        if items[at].cls in ".;:Q":
            break
        if items[at].cls != mark or not _may_be_appositive(items, at + 1, comma):
            continue
        head = at - 1 if at - 1 < floor or items[at - 1].cls != ")" else _before_bracket(items, at - 1, floor)
        bounds = phrase_left(items, head, floor)
        if bounds is None or (
            items[bounds[0]].cls == "N" and bounds[1] - bounds[0] == 1 and not _plain_source(items[head])
        ):
            continue
        role = (at + 1, comma) if items[at + 1].cls in "DNX" else None
        found = Source(*bounds, bounds[0], comma, role and _role_end(items, *role))
        before = items[bounds[0] - 1] if bounds[0] > floor else None
        if before is None or before.cls in "CS:Q.o(":
            return found
        if before.cls in ",-" and fallback is None:
            fallback = found
    return fallback


def _plain_source(item: Item) -> bool:
    return words().noun(item.low, "person", "body", "paper")


def _role_end(items: Sequence[Item], start: int, end: int) -> tuple[int, int]:
    cut = next((k for k in range(start + 1, end) if items[k].cls in ",-W"), end)
    return start, cut


def _may_be_appositive(items: Sequence[Item], start: int, end: int) -> bool:
    first = items[start]
    if start >= end:
        return False
    if first.cls in "DNX#EGB" or first.low in (
        "who",
        "whose",
        "which",
        "of",
        "from",
        "in",
        "for",
        "on",
        "like",
        "at",
        "with",
        "now",
        "himself",
    ):
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
    """"questions from Rep. Roe, who said": of a phrase about things only the name at its end is meant."""
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
    if phrase[0].low in ("no", "neither") or head.low in ("there", "something"):
        return False
    if phrase[0].low in ("this", "our") and head.low in _DOCUMENTS_OWN:
        return False  # the document speaking of itself
    lexicon = words()
    if head.cls == "R" or phrase[-1].cls == "R":
        return True
    if any(item.cls == "X" for item in phrase) or any(lexicon.noun(i.low, "person", "body", "paper") for i in phrase):
        return True
    if len(phrase) == 1 and phrase[0].cls == "D":
        return phrase[0].low in _ALONE
    if kind == "show":
        return False
    named = phrase[-1].text[0].isupper() and len(phrase) == 1 and lemma not in _IMPERSONAL
    if head.cls == "N" and (named or _AGENTIVE.search(head.low) is not None):
        return True
    return lemma in ("say", "tell", "add", "insist", "argue", "explain", "ask", "write", "reply") and (
        head.cls == "N" and not head.low.endswith(("ing", "tion", "ness", "ment"))
    )


def _head(phrase: Sequence[Item]) -> Item:
    for at, item in enumerate(phrase):
        if item.cls in "PE" and at:
            return phrase[at - 1]
    return phrase[-1]

"""Where sentences end among the items, and from where to where an attribution's content clause runs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.components.quotes.cues import Attribution
from extract.components.quotes.lexicon import word_set, words
from extract.components.quotes.reading import Item, acts, has_finite

_FINAL = re.compile(r"[.!?…。！？][)\]'\"’”»]*$")
_OPENERS = word_set("openers")
_ASIDE = word_set("aside")
_COMMENTS = word_set("comments")
_DENIALS = word_set("denials")
_UNTOLD = word_set("untold")
_SUFFIXES = ("inc.", "corp.", "co.", "cos.", "ltd.", "jr.", "sr.", "bros.")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d[a-z]?$")


# A longer "sentence" is a list or a line without end: it is cut, so that the work stays linear.
SENTENCE_ITEMS = 250


def ends_with_stop(item: Item) -> bool:
    """Whether a quotation's own words end a sentence."""
    quote = item.quote
    if quote is None:
        return False
    return _FINAL.search(item.text[: quote.inner_end - quote.start].rstrip()) is not None


def sentences(items: Sequence[Item]) -> list[tuple[int, int]]:
    """Bounds of the sentences among the items of a paragraph."""
    found: list[tuple[int, int]] = []
    start = 0
    for at, item in enumerate(items):
        following = items[at + 1] if at + 1 < len(items) else None
        if following is None or at - start >= SENTENCE_ITEMS or _ends(items, at, item, following):
            if at + 1 > start:
                found.append((start, at + 1))
            start = at + 1
    return found


def _ends(items: Sequence[Item], at: int, item: Item, following: Item) -> bool:
    opens = following.cls == "Q" or not following.text[0].islower()
    if following.cls in ".,;:)":
        return False
    if item.cls == ".":
        return opens
    if item.cls == ")" and at and items[at - 1].cls == ".":
        return opens
    if item.cls == "Q":
        return opens and ends_with_stop(item)
    if not item.text.endswith(".") or item.cls not in "XN#" or not following.text[0].isupper():
        return False
    if item.low in _SUFFIXES:
        return following.cls in "DRCSPBN"  # "bought by Acme Inc. Terms were not disclosed."
    return item.text.count(".") > 1 and following.cls in "DRCS"


def content_after(
    items: Sequence[Item], found: Attribution, bounds: tuple[int, int], others: Sequence[Attribution]
) -> tuple[int, int]:
    """Item bounds of the clause that follows an attribution."""
    start, end = found.content, bounds[1]
    end = min(end, _main_clause(items, found, start, end, bounds[0]))
    if found.source.how == "owner" and found.first <= bounds[0] + 1:
        end = min(end, _second_verb(items, start, end))
    for other in others:
        if other.cue_at > start:
            end = min(end, _coordinated(items, found, other, start, end))
    end = min(end, _aside(items, start, end), _after_colon(items, start, end))
    return trimmed(items, start, end)


def _after_colon(items: Sequence[Item], start: int, end: int) -> int:
    """The colon before a sentence of its own, quoted or not; a list or the rest of a clause goes on behind one."""
    for at in range(start + 2, end - 1):
        if items[at].cls != ":":
            continue
        following = items[at + 1]
        own = (
            following.quote is not None
            and following.text.lstrip("\"'“‘«„`")[:1].isupper()
            and ends_with_stop(following)
        )
        if own or (following.cls in "DR" and following.text[0].isupper()):
            return at
    return end


def _second_verb(items: Sequence[Item], start: int, end: int) -> int:
    """Where the main verb stands after a clause in the subject ("His claim that it was unsafe | was rejected")."""
    at = start
    while at < end and not acts(items, at, start):
        at += 1
    while at < end and items[at].cls in "VAEIB":
        at += 1
    joined = False
    for k in range(at, end):
        if items[k].cls in "WSC":
            joined = True
        elif acts(items, k, start) and items[k].cls in "VA":
            if not joined:
                return k - 1 if items[k - 1].cls == "B" else k
            joined = False
    return start  # no main verb is seen: the clause has no end that could be told


def trimmed(items: Sequence[Item], start: int, end: int) -> tuple[int, int]:
    """Without punctuation at the ends and without a reference ("(Roe, 1999)") at the end."""
    while start < end and items[start].cls in ",.;:-)":
        start += 1
    while start < end and items[end - 1].cls in ",.;:-oC(":
        end -= 1
        if end > start and items[end - 1].text == "%":
            break
    if end - 1 > start and items[end - 1].cls == ")":
        opened = next((k for k in range(end - 2, start, -1) if items[k].cls == "("), None)
        if opened is not None and any(_YEAR.match(item.text) for item in items[opened:end]):
            return trimmed(items, start, opened)
    return start, end


def _main_clause(items: Sequence[Item], found: Attribution, start: int, end: int, floor: int) -> int:
    """Where the clause around an attribution in a relative or opening subordinate clause goes on."""
    source = found.source
    before = items[source.start - 1].low if source.start > floor else ""
    if before == "whose":
        return _comma_then(items, start, end, verb_first=True)
    if source.how == "relative":
        if source.last <= floor or items[source.last].cls != "W" or items[source.last - 1].cls not in ",-":
            return end
        return _comma_then(items, start, end, verb_first=True)
    opening = before in _OPENERS and (source.start - 1 == floor or items[source.start - 2].cls in ",BC-Q:")
    return _comma_then(items, start, end, verb_first=False) if opening else end


def _comma_then(items: Sequence[Item], start: int, end: int, *, verb_first: bool) -> int:
    for at in range(start + 1, end - 1):
        if items[at].cls not in ",-" or not has_finite(items, start, at):
            continue
        following = at + 1
        while following < end and items[following].cls == "B":
            following += 1
        if following >= end:
            return end
        if verb_first and items[following].cls in "VAE":
            return at
        if not verb_first and items[following].cls in "DRNX" and has_finite(items, following + 1, end):
            return at
    return end


def _coordinated(items: Sequence[Item], found: Attribution, other: Attribution, start: int, end: int) -> int:
    """The end of a content that another attribution of the same rank follows ("…, and added that …")."""
    at = other.cue_at if other.source.start < start else other.first
    while at - 1 > start and items[at - 1].cls in "BA":
        at -= 1
    apart = next((k for k in range(at - 1, start, -1) if items[k].cls == ";"), None)
    if apart is not None and other.order in ("SV", "VS"):
        return apart  # "…; rents, it found, …"
    before = items[at - 1]
    if other.after == "end" and other.order in ("SV", "VS") and before.cls in ",Q":
        return at - 1 if before.cls == "," else at
    if other.order == "PART":
        own = found.source.start == other.source.start or other.source.start < start
        return at - 1 if before.cls in ",-" and own else end
    if before.cls == "," and other.source.start == found.source.start:
        return at - 1  # "said he would go, then added that …"
    if other.order == "ACC" and other.verb.kind == "label":
        return end
    if other.order == "ACC":
        return at - 1 if before.cls == "," else at
    reports = other.verb.kind == "label" or other.verb.clause == "strict"
    if before.cls == "C" and other.after == "none" and not reports:
        return end
    if before.cls == "C" and before.low in ("and", "but", "or"):
        same_rank = items[at - 2].cls in ",;-" or other.source.start < start
        return at - 1 if same_rank else end
    if before.low in ("while", "whereas", "though", "although") and items[at - 2].cls in ",;-":
        return at - 2
    return at - 1 if before.cls == ";" else end


def _aside(items: Sequence[Item], start: int, end: int) -> int:
    for at in range(start + 2, end - 1):
        if items[at].cls == "C" and _tells_no_more(items, at + 1, end):
            return at
        if items[at].cls != ",":
            continue
        comment = items[at + 1].low in ("a", "an") and any(i.low in _COMMENTS for i in items[at + 2 : at + 4])
        if comment or items[at + 1].low in _ASIDE:
            return at
    return end


def _tells_no_more(items: Sequence[Item], at: int, end: int) -> bool:
    """Such as "but declined to elaborate", "but did not say when": the verb of the source, not of the clause."""
    while at < end and items[at].cls == "B" and items[at].low not in ("not", "never"):
        at += 1
    if at + 2 >= end:
        return False
    if items[at].low in ("declined", "refused", "declines", "refuses"):
        return items[at + 1].low == "to" and items[at + 2].low in _UNTOLD
    if items[at].cls != "A":
        return False
    denied = items[at].low.endswith(("n't", "n’t"))
    if not denied and items[at + 1].low != "not":
        return False
    return items[at + (1 if denied else 2)].low in _UNTOLD


def clipped_content(
    items: Sequence[Item], attributions: Sequence[Attribution], end: int
) -> tuple[Attribution, int, int] | None:
    """Words in telegraphic style behind a cue, with the item bounds: no article and no finite verb, but what stands for
    one ("funds not yet available", "contract signed")."""
    for found in attributions:
        start, stop = trimmed(items, found.last, end)
        words_behind = items[start:stop]
        plain = found.order == "SV" and found.verb.clause == "zero" and found.after == "none"
        if not plain or len(words_behind) < 3 or words_behind[0].cls not in "NX#":
            continue
        bare = all(item.cls not in "DQ" for item in words_behind)
        if bare and any(item.cls == "E" or item.tag == "JJ" or item.low == "not" for item in words_behind[1:]):
            return found, start, stop
    return None


def content_before(
    items: Sequence[Item], found: Attribution, bounds: tuple[int, int], floor: int
) -> tuple[int, int] | None:
    """Item bounds of the clause that an attribution closes or interrupts, from ``floor``; ``None`` if there is none."""
    start = max(bounds[0], floor, _after_dateline(items))
    if found.order != "ACC":  # what stands before a semicolon is a sentence of its own
        start = next((k + 1 for k in range(found.first - 1, start, -1) if items[k].cls == ";"), start)
    if found.first <= start or _has_own_object(items, found, start):
        return None
    before = items[found.first - 1]
    if found.order != "ACC" and before.cls not in ",-" and before.cls != "Q":
        return None
    end = found.first
    if before.cls == "," and found.first - 2 > start and items[found.first - 2].cls in "WS":
        # "which, he said, was wrong": the relative clause alone
        span = _content_trimmed(items, found.last, _comma_then(items, found.last + 1, bounds[1], verb_first=True))
        return span if span is not None and has_finite(items, *span) else None
    whole = before.cls == "," and has_finite(items, start, found.first)
    if _resumes(items, found, bounds[1], whole):
        end = bounds[1]
        others = [k for k in range(found.last + 1, end - 1) if items[k].cls == "," and _cuts(items[k + 1])]
        end = min([end, *others])
    span = _content_trimmed(items, start, end)
    if span is None or span[1] - span[0] < 3:
        return None
    quoted = found.first - 1 if before.cls == "Q" else found.first - 2
    if quoted == start and items[quoted].cls == "Q":
        return None  # only quoted words stand before it
    # A tagger may miss the verb: what opens like a subject and fills the sentence is taken for a clause.
    return span if has_finite(items, *span) or items[start].cls in "DNXR#" else None


def _has_own_object(items: Sequence[Item], found: Attribution, floor: int) -> bool:
    """Such as ", a figure Roe has disputed": the verb's object stands before it, not a clause."""
    if found.verb.lemma in _DENIALS:
        return True
    phrase = items[found.source.start : found.source.end]
    if found.order != "SV" or len(phrase) < 3 or phrase[0].cls != "D" or found.source.start <= floor:
        return False
    common = phrase[1].tag.startswith("NN") and not words().noun(phrase[1].low, "person", "body", "paper")
    return common and phrase[1].text.islower() and phrase[2].cls == phrase[-1].cls == "X"


def _after_dateline(items: Sequence[Item]) -> int:
    """The item after a dateline at the head of a paragraph ("SEOUL, Nov. 9 (Agency) --"), or 0."""
    head = range(1, min(16, len(items)))
    if len(items) > 1 and items[0].cls == "X":  # "Lima, May 3, 2002 —"
        dated = next((k for k in head if items[k].cls not in "XT#,.()"), 0)
        if dated and items[dated].cls == "-" and any(items[k].cls == "T" for k in range(1, dated)):
            return dated + 1
    if not items or not items[0].text.isupper() or len(items[0].text) < 3:
        return 0
    return next((k + 1 for k in head if items[k].cls in "-:" or items[k].text == "-"), 0)


def _content_trimmed(items: Sequence[Item], start: int, end: int) -> tuple[int, int] | None:
    span = trimmed(items, start, end)
    return span if span[1] > span[0] else None


def _cuts(item: Item) -> bool:
    form = item.form
    return item.low in _ASIDE or (form is not None and "ing" in form.shapes) or item.low == "according"


def _resumes(items: Sequence[Item], found: Attribution, end: int, whole: bool) -> bool:
    """Whether the clause goes on after the attribution: ``The deal, he said, may be …``."""
    at = found.last
    if at >= end - 1 or items[at].cls not in ",-":
        return False
    following = items[at + 1]
    new_clause = following.low == "but" or (following.cls == "C" and at + 2 < end and items[at + 2].cls == "R")
    if whole and new_clause:
        return False  # "The deal is near, he said, but he warned …"
    if following.cls == "Q" or _cuts(following) or following.cls == "G" or following.cls == "W":
        return False
    return not words().noun(following.low, "venue")

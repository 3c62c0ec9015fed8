"""Attributions: a verb (or noun, or "according to") of saying with its source, and where the words stand.

An attribution is a group of items: source, cue, hearer and adjuncts ("told reporters in Tokyo on Monday"). What follows
the group, or precedes it, is what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.components.quotes.following import CLAUSE_ITEMS, adjuncts, quote_at, read_after
from extract.components.quotes.lexicon import Verb, word_set, words
from extract.components.quotes.phrases import phrase_left, phrase_right
from extract.components.quotes.reading import Item, has_finite
from extract.components.quotes.sources import Source, clause_subject, is_speaker, role_right, subject_of

ACCORDING = Verb("according to", "say", "zero", False)
MAKE_CLEAR = Verb("make clear", "say", "zero", False)
PUT_IT = Verb("put it", "label", "none", False)
_QUOTED = word_set("quoted")
_NOUNS_TOO = word_set("nouns_too")
_SCHEDULES = word_set("schedules")
_UNSAID = word_set("unsaid")
_SPOKEN = word_set("spoken")
_COMMA_SUBJECTS = ([",", "he"], [",", "she"], [",", "they"])


@dataclass(frozen=True, slots=True)
class Attribution:
    """``first`` and ``last`` bound the group (``last`` exclusive); ``after`` says what follows: ``that``, ``clause``,
    ``wh``, ``quote``, ``colon``, ``end`` or ``none``; ``content`` is the item where that begins."""

    verb: Verb
    cue: str
    cue_at: int
    source: Source
    first: int
    last: int
    order: str
    after: str
    content: int


def find_attributions(items: Sequence[Item], start: int, end: int) -> list[Attribution]:
    """The attributions of one sentence, ``items[start:end]``, in order of their cues."""
    found: list[Attribution] = []
    for at in range(start, end):
        item = items[at]
        attribution: Attribution | None = None
        if item.form is not None and item.cls not in "XQ":
            attribution = _by_verb(items, at, start, end, found)
        if attribution is None and item.low in _SPECIAL:
            attribution = _SPECIAL[item.low](items, at, start, end)
        if attribution is None and words().noun(item.low, "saying"):
            attribution = _by_noun(items, at, start, end)
        if attribution is not None:
            found.append(attribution)
    return found


def _by_verb(items: Sequence[Item], at: int, start: int, end: int, found: Sequence[Attribution]) -> Attribution | None:
    item = items[at]
    form = item.form
    if form is None or (at > start and items[at - 1].low in ("the", "a", "an", "aforesaid")):
        return None
    noun = item.cls == "N" and at > start
    if noun and (_is_owner(items[at - 1]) or ("ing" in form.shapes and items[at - 1].cls in "DNX")):
        return None  # "Roe's claim", "a court ruling"
    verb, cue_end = form.verb, at + 1
    if verb.lemma == "point":
        if at + 1 >= end or items[at + 1].low != "out":
            return None
        cue_end = at + 2
    if "ing" in form.shapes:
        return _by_participle(items, at, start, end, found)
    inverted = _inverted(items, at, cue_end, start, end, verb)
    if inverted is not None:
        return inverted
    source = subject_of(items, at, start) or _shared_source(items, at, found)
    if source is None or source.end > at:
        return _by_agent(items, at, start, end, verb)
    if _follows_conjunction(items, at, start):  # the same subject as that of the cue before
        source = next((a.source for a in found if a.source.start <= source.start < a.source.end), source)
    attribution = _behind_comma(items, start, _build(items, at, cue_end, end, verb, source, "SV"))
    if items[at - 1].low == "to" and not _said_indeed(items, at - 2, start, attribution):
        return None
    return attribution if _plausible(items, attribution, start) else None


def _behind_comma(items: Sequence[Item], start: int, found: Attribution) -> Attribution:
    """A source that opens its sentence, a comma and a pronoun ("Mr. Roe said, he wished"): old prints set one there."""
    following = [item.low for item in items[found.last : found.last + 2]]
    if found.after == "end" and found.source.first == start and following in _COMMA_SUBJECTS:
        return replace(found, last=found.last + 1, after="clause", content=found.last + 1)
    return found


def _is_message(items: Sequence[Item], bounds: tuple[int, int]) -> bool:
    """Whether a phrase names something that is written or spoken ("a statement", "a letter to the board")."""
    head = next((k - 1 for k in range(bounds[0] + 1, bounds[1]) if items[k].cls == "P"), bounds[1] - 1)
    return words().noun(items[head].low, "paper", "venue", "saying")


def _is_owner(item: Item) -> bool:
    return item.is_possessive and item.cls in "NX"


def _build(
    items: Sequence[Item], at: int, cue_end: int, end: int, verb: Verb, source: Source, order: str
) -> Attribution:
    last, after = read_after(items, cue_end, end, verb)
    modal = any(items[k].low in ("would", "will", "shall") for k in range(source.end, at))
    if modal and after == "end":
        after = "none"  # "it would insist": nothing has been said
    cue = " ".join(item.text for item in items[at:cue_end])
    content = last + 1 if after in ("that", "colon") else last
    return Attribution(verb, cue, at, source, min(source.first, at), last, order, after, content)


def _plausible(items: Sequence[Item], found: Attribution, start: int) -> bool:
    item, verb = items[found.cue_at], found.verb
    form = item.form
    has_words = found.after not in ("end", "none") or verb.lemma in _SPOKEN
    if form is None or not is_speaker(items, found.source, verb.kind, verb.lemma if has_words else ""):
        return False
    firm = found.after in ("that", "quote", "colon")
    if verb.lemma == "say" or firm or (found.after == "end" and _closes_quotation(items, found.first)):
        return True
    closing = verb.kind == "show" and items[found.last].cls == "." if found.last < len(items) else False
    if closing and found.after == "end" and words().noun(items[found.source.end - 1].low, "paper"):
        return True  # "…, a new poll finds."
    if form.shapes <= {"base", "s"} and item.cls not in "VI" and verb.lemma in _NOUNS_TOO:
        return False  # "claims", "reports": a noun as likely as a verb
    bare = item.tag == "VBN" and not any(k.cls == "A" for k in items[max(start, found.cue_at - 4) : found.cue_at])
    following = items[found.cue_at + 1] if found.cue_at + 1 < len(items) else None
    # "the plan announced on Monday": a participle that belongs to the noun
    return not (bare and verb.kind != "label" and following is not None and following.cls in "PT.,;")


def _shared_source(items: Sequence[Item], at: int, found: Sequence[Attribution]) -> Source | None:
    """The source of the cue before, in the same tense: "who accused him of lying and said …", "complain … and say"."""
    if not found or items[at - 1].cls != "C" or found[-1].order != "SV":
        return None
    form, other = items[at].form, items[found[-1].cue_at].form
    return found[-1].source if form is not None and other is not None and form.shapes & other.shapes else None


def _closes_quotation(items: Sequence[Item], first: int) -> bool:
    """Whether a group follows the comma of a quotation ("“…,” Roe posted on her page")."""
    before = items[first - 1] if first else None
    return before is not None and before.cls == "Q" and before.text.rstrip("'\"’”»").endswith(",")


def _inverted(items: Sequence[Item], at: int, cue_end: int, start: int, end: int, verb: Verb) -> Attribution | None:
    """``"…," said X`` and ``…, said X``."""
    if not verb.invert or (at == start and not (at > 0 and items[at - 1].cls == "Q")):
        return None
    before = items[at - 1]
    quoted = before.cls == "Q" or (before.cls in ",-" and at >= 2 and items[at - 2].cls == "Q")
    if not quoted and before.cls not in ",-":
        return None
    bounds = phrase_right(items, cue_end, end)
    if bounds is None or not is_speaker(items, Source(*bounds, *bounds), "say", "say"):
        return None
    if not quoted and ((bounds[1] < end and items[bounds[1]].cls not in ".,;-P") or not _names_someone(items, bounds)):
        return None
    role, after_role = role_right(items, bounds[1], end)
    if role is None and not quoted and not has_finite(items, start, at):
        after_role = bounds[1]  # "In his view, said Roe, the law is clear"
    last, _ = adjuncts(items, after_role, end, verb)
    source = Source(*bounds, bounds[0], after_role, role, how="inverted")
    kind = "quote" if quote_at(items, last, end) is not None and after_role == bounds[1] else "end"
    cue = " ".join(item.text for item in items[at:cue_end])
    return Attribution(verb, cue, at, source, at, last, "VS", kind, last)


def _follows_conjunction(items: Sequence[Item], at: int, start: int) -> bool:
    while at - 1 > start and items[at - 1].cls in "BA":
        at -= 1
    return at > start and items[at - 1].cls == "C"


def _said_indeed(items: Sequence[Item], before: int, start: int, attribution: Attribution) -> bool:
    """Whether "to say" tells of words that were said ("went on to say that"), not of a plan or a refusal."""
    words_follow = attribution.after in ("that", "quote", "clause") or attribution.verb.kind == "label"
    near = {item.low for item in items[max(start, before - 1) : before + 1]}
    return words_follow and near.isdisjoint(_UNSAID)


def _names_someone(items: Sequence[Item], bounds: tuple[int, int]) -> bool:
    lexicon = words()
    return any(i.cls == "X" or lexicon.noun(i.low, "person", "body") for i in items[bounds[0] : bounds[1]])


def _by_participle(
    items: Sequence[Item], at: int, start: int, end: int, found: Sequence[Attribution]
) -> Attribution | None:
    form = items[at].form
    if form is None or at == start:
        return None
    verb, before = form.verb, items[at - 1]
    cue_end = at + 2 if verb.lemma == "point" and at + 1 < end and items[at + 1].low == "out" else at + 1
    if before.low == "as" and any(item.low in _QUOTED for item in items[max(start, at - 13) : at]):
        return _quoted_as(items, at, start, end, verb)
    if (
        before.cls in ",-"
        or _closes_quotation(items, at)
        or before.low in ("by", "while", "before", "after", "without", "and", "but")
    ):
        own = next((a.source for a in reversed(found) if a.order != "ACC"), None)
        source = own or clause_subject(items, at, start)
    elif before.low in ("heard", "overheard", "recorded"):
        first = at - 1
        while first - 1 > start and items[first - 1].cls in "AB":
            first -= 1  # "he can also be heard saying"
        source = subject_of(items, first, start)
    elif before.cls in "NX":
        bounds = phrase_left(items, at - 1, start)
        source = Source(*bounds, *bounds) if bounds else None
        sender = next((k + 1 for k in range(*bounds) if items[k].low == "from"), None) if bounds else None
        if bounds and sender is not None and _is_message(items, bounds):
            source = Source(sender, bounds[1], sender, bounds[1])  # "a statement from Roe saying"
        elif bounds and bounds[0] > start and items[bounds[0] - 1].cls == "V" and _is_message(items, bounds):
            source = clause_subject(items, bounds[0], start) or source  # "posted a message on the web calling him"
    else:
        source = subject_of(items, at, start)
    if source is None or before.low == "without" or not is_speaker(items, source, verb.kind):
        return None
    attribution = _build(items, at, cue_end, end, verb, source, "PART")
    if attribution.after in ("end", "none") and verb.kind != "label":
        return None
    return replace(attribution, first=at)


def _quoted_as(items: Sequence[Item], at: int, start: int, end: int, verb: Verb) -> Attribution | None:
    """Such as "X was quoted (by Y) as saying"."""
    quoted = next((k for k in range(at - 2, max(start, at - 14), -1) if items[k].low in _QUOTED), start)
    be = next((k for k in range(quoted - 1, max(start, quoted - 4), -1) if items[k].cls == "A"), None)
    source = subject_of(items, be, start) if be is not None and be > start else None
    if be is None and quoted + 1 < at - 1:  # "the agency quoted X as saying"
        bounds = phrase_right(items, quoted + 1, at - 1)
        source = Source(*bounds, *bounds) if bounds else None
    if source is None or not is_speaker(items, source, "say"):
        return None
    found = _build(items, at, at + 1, end, verb, source, "SV")
    return replace(found, cue=f"{items[quoted].text} as {items[at].text}")


def _by_agent(items: Sequence[Item], at: int, start: int, end: int, verb: Verb) -> Attribution | None:
    """Such as "was described by X as", "“…” (was) called by X"."""
    form = items[at].form
    if form is None or "part" not in form.shapes or at + 1 >= end or items[at + 1].low != "by":
        return None
    bounds = phrase_right(items, at + 2, end)
    if bounds is None or not is_speaker(items, Source(*bounds, *bounds), verb.kind):
        return None
    source = Source(*bounds, at, bounds[1], how="agent")
    last, after = read_after(items, bounds[1], end, Verb(verb.lemma, "label", "none", False))
    return Attribution(verb, items[at].text, at, source, at, last, "AGENT", after, last)


def _by_noun(items: Sequence[Item], at: int, start: int, end: int) -> Attribution | None:
    """Such as "his claim that …", "the minister's warning that …"."""
    if at + 1 >= end or items[at + 1].low != "that" or at == start:
        return None
    owner = at - 1
    while owner > start and items[owner].cls in "NBX" and not items[owner].is_possessive and at - owner < 4:
        owner -= 1
    item = items[owner]
    if item.low in ("his", "her", "their", "its", "my", "our"):
        bounds: tuple[int, int] | None = (owner, owner + 1)
    elif item.is_possessive and item.cls in "NX":
        bounds = phrase_left(items, owner, start)
    else:
        return None
    if bounds is None:
        return None
    source = Source(*bounds, bounds[0], at + 1, how="owner")
    verb = Verb(items[at].low, "say", "that", False)
    return Attribution(verb, items[at].text, at, source, bounds[0], at + 1, "SV", "that", at + 2)


def _by_according(items: Sequence[Item], at: int, start: int, end: int) -> Attribution | None:
    if at + 2 >= end or items[at + 1].low != "to":
        return None
    bounds = phrase_right(items, at + 2, end)
    if bounds is None:
        return None
    if bounds[1] + 1 < end and items[bounds[1]].cls == "E" and items[bounds[1] + 1].low in ("by", "from"):
        maker = phrase_right(items, bounds[1] + 2, end)
        bounds = (bounds[0], maker[1]) if maker else bounds  # "figures compiled by the bank"
    last_word = items[bounds[1] - 1]
    if last_word.low in _SCHEDULES or not is_speaker(items, Source(*bounds, *bounds), "say"):
        return None
    people = any(words().noun(item.low, "person") for item in items[bounds[0] : bounds[1]])
    named = people or is_speaker(items[bounds[1] - 1 : bounds[1]], Source(0, 1, 0, 1), "say")
    if last_word.cls == "N" and not named:
        return None  # "according to the Western system"
    opens = all(items[k].cls in "BC," for k in range(start, at)) or items[at - 1].cls in "SW"
    opens = opens or (at - 2 >= start and items[at - 1].cls == "C" and items[at - 2].cls in ",;-")
    role, last, content = _according_bounds(items, bounds[1], end, opens)
    source = Source(*bounds, bounds[0], last, role, how="according")
    cue = f"{items[at].text} to".lower()
    return Attribution(ACCORDING, cue, at, source, at, last, "ACC", "clause" if opens else "end", content)


def _according_bounds(items: Sequence[Item], at: int, end: int, opens: bool) -> tuple[tuple[int, int] | None, int, int]:
    """Role, end of the group and start of the words, behind the source that ends at ``at``."""
    if opens and at < end and items[at].cls in "DRX":
        return None, at, at  # "According to Roe the house was sold"
    last = _to_comma(items, at, end)
    if last >= end or items[last].cls != ",":
        return None, last, last
    role, after = None, last
    if last == at:
        cut = next((k for k in range(last + 1, min(end, last + 20)) if items[k].cls in ",.;:Q"), end)
        named = last + 1 < end and items[last + 1].cls in "DXN" and not has_finite(items, last + 1, cut)
        if named and (cut >= end or items[cut].cls in ",."):
            role, after = (last + 1, cut), cut
    return role, after, after + 1 if opens else after


def _to_comma(items: Sequence[Item], at: int, end: int) -> int:
    """Over a bracket, a participle phrase or a relative clause to the comma that ends the source."""
    stop = min(end, at + CLAUSE_ITEMS)
    while at < stop and items[at].cls not in ",.;Q-":
        at += 1
    return at


def _by_make(items: Sequence[Item], at: int, start: int, end: int) -> Attribution | None:
    """Such as "made (it) clear (that)"."""
    k = at + 1
    while k < min(end, at + 4) and (items[k].low == "it" or items[k].cls == "B"):
        k += 1
    if k >= end or items[k].low not in ("clear", "plain"):
        return None
    source = subject_of(items, at, start)
    if source is None or not is_speaker(items, source, "say"):
        return None
    return _build(items, at, k + 1, end, MAKE_CLEAR, source, "SV")


def _by_put(items: Sequence[Item], at: int, start: int, end: int) -> Attribution | None:
    """Such as "as X put it"."""
    if at + 1 >= end or items[at + 1].low != "it":
        return None
    source = subject_of(items, at, start)
    if source is None or not is_speaker(items, source, "say"):
        return None
    return _build(items, at, at + 2, end, PUT_IT, source, "SV")


def _by_went_on(items: Sequence[Item], at: int, start: int, end: int) -> Attribution | None:
    """Such as "“…,” he went on, “…”"."""
    if at + 1 >= end or items[at + 1].low != "on":
        return None
    source = subject_of(items, at, start)
    found = _build(items, at, at + 2, end, Verb("go on", "say", "none", False), source, "SV") if source else None
    touches = found is not None and (found.after == "quote" or (found.first > 0 and items[found.first - 1].cls == "Q"))
    return found if touches else None


def _by_back(items: Sequence[Item], at: int, start: int, end: int) -> Attribution | None:
    """Such as "“…,” Roe shot back"."""
    source = subject_of(items, at, start) if at + 1 < end and items[at + 1].low == "back" else None
    if source is None or not is_speaker(items, source, "say"):
        return None
    found = _build(items, at, at + 2, end, Verb("shoot back", "say", "that", False), source, "SV")
    return (
        found if found.after in ("quote", "that") or (found.first > 0 and items[found.first - 1].cls == "Q") else None
    )


def _by_words_of(items: Sequence[Item], at: int, start: int, end: int) -> Attribution | None:
    """Such as "in the words of X, “…”"."""
    if at + 2 >= end or items[at + 1].low != "of" or items[at - 1].low != "the" or items[at - 2].low != "in":
        return None
    bounds = phrase_right(items, at + 2, end)
    if bounds is None or not is_speaker(items, Source(*bounds, *bounds), "say"):
        return None
    role, last = role_right(items, bounds[1], end)
    source = Source(*bounds, bounds[0], last, role, how="according")
    after = "quote" if quote_at(items, last, end) is not None else "none"
    return Attribution(PUT_IT, "in the words of", at, source, at - 2, last, "ACC", after, last)


_SPECIAL = {
    "words": _by_words_of,
    "according": _by_according,
    "made": _by_make, "makes": _by_make, "make": _by_make, "making": _by_make,
    "put": _by_put, "puts": _by_put,
    "went": _by_went_on, "goes": _by_went_on,
    "shot": _by_back, "shoots": _by_back, "fired": _by_back, "fires": _by_back, "hit": _by_back, "hits": _by_back,
}  # fmt: skip

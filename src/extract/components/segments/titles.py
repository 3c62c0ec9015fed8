"""Which lines of a document are its title: a learnt choice among the lines of its head, or none of them.

The title of front matter is the document's, unless it is a catalogue's description ("Roe to Doe", "Record of
conversation between …"). Else the candidates are the first lines of a zone, and "none". Each has named features: what
the line looks like, what stands around it, whether the head's own rule took it. The line with the best chance is the
title, with the lines beside it that look as it does: a title is often broken over lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from extract.components.segments.head import (
    Head,
    give_back_headings,
    is_institution,
    is_kind_only,
    is_masthead,
    title_score,
)
from extract.components.segments.patterns import DOCUMENT_WORD, boilerplate, head_shape, header_key, only_classifies
from extract.layout.lines import Unit
from extract.learned import load_or_none
from extract.normalize.document import clean_title, find_date, is_party

# Only lines so near the top can be the title, and so far behind where the text seems to begin.
MAX_LINES = 40
LINES_PAST_HEAD = 6
MAX_LINE_CHARS = 400
MASTHEAD_WORDS = 5
KEY_WORDS = 3
# Such a line before one in lower case is broken running text.
MIN_BROKEN_CHARS = 40
# A longer line that holds one of so many characters quotes it.
MIN_QUOTED = 10
# A line beside the best one belongs to the title if it has this share of its chance; a title has so many lines.
SHARED_CHANCE = 0.35
MAX_TITLE_LINES = 4
# What the rule's own choice counts beside the learnt margins: it knows pages that the annotated sources lack.
RULE_WEIGHT = 5.0

# number of words of a line, in classes
_SIZES = ((0, 1), (2, 3), (4, 7), (8, 15), (16, 25))
_NUMBERED = re.compile(r"(?:[IVX]+|\d+|[A-Z])\.|(?i:part|chapter|table|figure|annex|section)\b")
# "Your telegram 49": what a message answers.
_REFERENCE = re.compile(r"(?:Your|My|Our|Reference|Ref\.?)\b(?: [\w.]+){0,5} (?:No\.? ?)?[A-Z]{0,3}\.?\d", re.I)
_PARTIES = re.compile(r"\bfrom\b.*\b(?:for|to)\b|\b(?:for|to)\b.*\bfrom\b", re.I)
_SPEAKS = re.compile(r"\b(?:I|we|you|We|You)\b")
_DESCRIBES = re.compile(
    r"(?:summary |outgoing |incoming |joint |cabinet )?(?:record|minutes?|notes?|memorandum|letter|cablegram|telegram|"
    r"despatch|cable|submission|paper|report|message|savingram|extract|decision)\b.*\b(?:of|from|to|by|between|no)\b",
    re.I,
)
_DAY_ONLY = re.compile(r"(?:\w+day,? )?\d{1,2}(?:st|nd|rd|th)? \w+,? \d{4}|(?:\w+day,? )?\w+ \d{1,2}, \d{4}")


@dataclass(frozen=True, slots=True)
class Candidates:
    """What may be the title: "none", then the units ``lines``; the features of each."""

    lines: tuple[int, ...]
    features: list[list[str]]


@dataclass(frozen=True, slots=True)
class Choice:
    """The units of the chosen title (none: empty), or that the front matter's title is the document's."""

    lines: tuple[int, ...] = ()
    is_front: bool = False


def choose_title(units: Sequence[Unit], first: int, last: int, head: Head, front: str | None) -> Choice | None:
    """The title of the zone ``units[first:last]``; ``front`` is the front matter's. ``None``: the rule's
    choice stands."""
    if front is not None and not is_described(front):
        return Choice(is_front=True)
    model = load_or_none("document_title")
    if model is None or units[first].is_cjk or len(units) == 1:  # it learnt from pages written in alphabets
        return None
    found = candidates(units, first, last, head, front)
    margins = model.margins(found.features)[:, 0]
    own = rule_title(units, head)
    favoured = np.array([False, *(at in own for at in found.lines)], dtype=float)
    best = int((margins + RULE_WEIGHT * favoured).argmax())
    shares = np.exp(np.minimum(0.0, margins - margins[best])).tolist()
    return Choice(_with_neighbours(units, found.lines, shares[1:], best - 1)) if best else Choice()


def rule_title(units: Sequence[Unit], head: Head) -> tuple[int, ...]:
    """The lines of the document's own title as the head's rule sees it: the last of its titles, over its lines."""
    last = len(head.titles) - 1
    first = last
    while first > 0 and head.titles[first] - head.titles[first - 1] == 1 and not units[head.titles[first]].gap:
        first -= 1
    return tuple(head.titles[first : last + 1]) if last >= 0 else ()


def is_described(title: str) -> bool:
    """A catalogue describes a paper so: by its kind, by its parties, by its day."""
    title = " ".join(title.split())
    halves = re.split(r",? to ", title, maxsplit=1, flags=re.I)
    parties = len(halves) == 2 and all(is_party(half.strip()) for half in halves)
    return parties or bool(_DESCRIBES.match(title) or _DAY_ONLY.fullmatch(title))


def settle_title(units: Sequence[Unit], first: int, head: Head, choice: Choice) -> None:
    """Make the chosen lines the title of a head; lines above them are of the head, others go back to the text."""
    chosen = set(choice.lines)
    for at in set(head.titles) - chosen:
        head.kinds.pop(at, None)
    if head.subject is not None and head.subject not in chosen:
        head.kinds[head.subject], head.subject = "header", None
    if chosen and max(chosen) >= head.body:
        for at in range(head.body, max(chosen)):
            head.kinds[at] = "body" if units[at].prose or units[at].turn_opener else "header"
        head.body = max(chosen) + 1
    looks = {units[at].look.casefold() for at in chosen}
    repeats = {at for at in range(first, head.body) if units[at].look.casefold() in looks}
    head.own = choice.lines
    head.titles = sorted(chosen | (repeats if chosen else set()))
    give_back_headings(units, first, head, named=True)


def _with_neighbours(
    units: Sequence[Unit], lines: Sequence[int], shares: Sequence[float], best: int
) -> tuple[int, ...]:
    """The best line and those beside it that join it; ``shares`` are their chances, the best one's being 1."""
    low = high = best
    while low > 0 and high - low < MAX_TITLE_LINES - 1 and _joins(units, lines[low - 1], lines[low], shares[low - 1]):
        low -= 1
    while (
        high + 1 < len(lines)
        and high - low < MAX_TITLE_LINES - 1
        and _joins(units, lines[high], lines[high + 1], shares[high + 1])
    ):
        high += 1
    return tuple(lines[low : high + 1])


def _joins(units: Sequence[Unit], above: int, below: int, share: float) -> bool:
    """Two lines are one title: they look the same, and no more space stands between them than between other lines."""
    one, two = units[above], units[below]
    if below - above != 1 or head_shape(one) or (head_shape(two) not in (None, "date")) or header_key(two):
        return False
    if two.look[:1].islower() and not two.gap:
        return True
    alike = _case(one.look) == _case(two.look) and _mark(one) == _mark(two)
    spaced = sorted(unit.gap for unit in units[:60])[len(units[:60]) // 2]
    if _case(one.look) != "upper":
        return alike and not two.gap and share >= SHARED_CHANCE
    return alike and share >= (SHARED_CHANCE if two.gap > spaced else SHARED_CHANCE / 10)


def candidates(units: Sequence[Unit], first: int, last: int, head: Head, front: str | None) -> Candidates:
    """The candidates of a zone, "none" before its lines."""
    lines = tuple(_lines(units, first, last, head))
    features = [_features_of_none(units, first, head, front)]
    looks = [unit.look for unit in units[first : first + 200]]
    own = rule_title(units, head)
    features += [list(_features(units, at, first, last, head, front, looks, own)) for at in lines]
    return Candidates(lines, features)


def _lines(units: Sequence[Unit], first: int, last: int, head: Head) -> Iterator[int]:
    labels = Counter(unit.label[0] for unit in units[first:last] if unit.label)
    for at in range(first, min(last, first + MAX_LINES)):
        near = at < head.body + LINES_PAST_HEAD or units[at].text.startswith("# ")
        beside = [units[near_by] for near_by in (at - 1, at + 1) if first <= near_by < last]
        if near and not _is_no_title(units[at], beside, labels):
            yield at


def _is_no_title(unit: Unit, beside: Sequence[Unit], labels: Counter[str]) -> bool:
    """A line that cannot be a title whatever stands around it: a speaker's label or words, data, running text."""
    look = unit.look
    if len(unit.text) > MAX_LINE_CHARS or only_classifies(look) or look.endswith(":") or look.startswith("|"):
        return True
    if (
        (is_kind_only(look) and unit.words <= KEY_WORDS)
        or (is_masthead(look) and unit.words <= MASTHEAD_WORDS)
        or is_institution(look)
    ):
        return True
    if unit.titled or "....." in look or _REFERENCE.match(look) or boilerplate().match(unit):
        return True
    below = beside[-1] if beside else None
    goes_on = below is not None and below.look[:1].islower() and not head_shape(below)
    broken = len(look) > MIN_BROKEN_CHARS and not look.isupper() and goes_on
    if unit.label is None or unit.text.startswith("#"):
        return broken
    data = header_key(unit) is None and _is_keyed(unit) and any(map(_is_keyed, beside))
    return bool(broken or data or unit.speaks or labels[unit.label[0]] > 1)


def _is_keyed(unit: Unit) -> bool:
    """ "Theme: Prices": a short key and its value."""
    return unit.label is not None and len(unit.label[0].split()) <= KEY_WORDS


def _features_of_none(units: Sequence[Unit], first: int, head: Head, front: str | None) -> list[str]:
    opening = units[first]
    return [
        "none",
        f"none front={front is not None}",
        f"none rule={bool(head.titles)}",
        f"none excerpt={opening.text[:1].islower()}",
        f"none text first={opening.prose or opening.turn_opener}",
        f"none head={min(4, head.body - first)}",
        f"none found={head.found_body}",
    ]


def _features(
    units: Sequence[Unit],
    at: int,
    first: int,
    last: int,
    head: Head,
    front: str | None,
    looks: Sequence[str],
    own: Sequence[int],
) -> Iterator[str]:
    unit = units[at]
    before = units[at - 1] if at > first else None
    after = units[at + 1] if at + 1 < last else None
    shape, key = head_shape(unit) or "open", header_key(unit)
    case = _case(unit.look)
    size = _size(unit.look)
    place = "first" if at == first else "head" if at < head.body else "body" if at == head.body else "past"
    mark = _mark(unit)
    following, leading = _kind(after), _kind(before)
    rule = "own" if at in own else "other" if at in head.titles else "no"
    yield from (
        "line", f"rule={rule}", f"subject={at == head.subject}", f"place={place}", f"shape={shape}", f"case={case}",
        f"size={size}", f"mark={mark}", f"after={following}", f"before={leading}", f"key={key[0] if key else None}",
        f"position={min(7, at - first)}", f"prose={unit.prose}", f"turn={unit.turn_opener}", f"gap={min(2, unit.gap)}",
        f"gap after={min(2, after.gap) if after else 0}", f"end={_ending(unit.look)}",
        f"score={round(max(-4.0, min(7.0, title_score(units, at, first, head, front))))}",
    )  # fmt: skip
    yield from (
        f"place={place} case={case} size={size}", f"place={place} shape={shape}", f"place={place} after={following}",
        f"rule={rule} place={place}", f"mark={mark} place={place}", f"size={size} shape={shape}",
        f"before={leading} after={following}", f"prose={unit.prose} place={place}", f"rule={rule} shape={shape}",
        f"mark={mark} after={following}", f"case={case} after={following}", f"case={case} before={leading}",
    )  # fmt: skip
    yield from _word_features(unit, front)
    near = looks[: max(1, head.body - first)]
    yield f"repeated={looks.count(unit.look) > 1} in head={near.count(unit.look) > 1}"
    yield f"quoted={any(unit.look in look for look in near[: at - first] if len(look) > len(unit.look) >= MIN_QUOTED)}"
    yield f"quotes={any(look in unit.look for look in near if MIN_QUOTED <= len(look) < len(unit.look))}"
    yield f"text before={any(other.prose or other.turn_opener for other in units[first:at])}"
    yield f"capitals all over={case == 'upper' and sum(look.isupper() for look in looks[:40]) > 0.5 * len(looks[:40])}"


def _word_features(unit: Unit, front: str | None) -> Iterator[str]:
    look = unit.look
    yield f"document word={bool(DOCUMENT_WORD.search(look))}"
    yield f"masthead={is_masthead(look)}"
    yield f"date={find_date(look) is not None}"
    yield f"numbered={bool(_NUMBERED.match(look))}"
    yield f"parties={bool(_PARTIES.search(look))}"
    yield f"speaks={bool(_SPEAKS.search(look))}"
    yield f"label={unit.label is not None}"
    yield f"dots={'....' in look}"
    yield f"figures={round(4 * sum(map(str.isdigit, look)) / max(1, len(look)))}"
    if front is not None:
        title, same = clean_title(look) or "", front.casefold()
        yield f"as front={title.casefold() == same}"
        yield f"in front={len(title) > 8 and (title.casefold() in same or same in title.casefold())}"


def _case(look: str) -> str:
    words = [word for word in look.split() if word[:1].isalpha()]
    if not words:
        return "none"
    if look.isupper():
        return "upper"
    share = sum(word[0].isupper() for word in words) / len(words)
    return "lower" if words[0][0].islower() else "title" if share >= 0.6 else "sentence"


def _size(look: str) -> str:
    n = len(look.split())
    return next((f"{least}-{most}" if most > 1 else "1" for least, most in _SIZES if n <= most), "26+")


def _mark(unit: Unit) -> str:
    if unit.text.startswith("#"):
        return unit.text[: len(unit.text) - len(unit.text.lstrip("#"))]
    if unit.text.startswith(("**", "__")):
        return "bold"
    return "centred" if unit.indent >= 8 else "italic" if unit.text.startswith(("_", "*")) else "plain"


def _ending(look: str) -> str:
    return look[-1:] if look[-1:] in ".,;:!?" else "digit" if look[-1:].isdigit() else "word"


def _kind(unit: Unit | None) -> str:
    """What stands beside a line."""
    if unit is None:
        return "edge"
    if unit.turn_opener:
        return "turn"
    if unit.prose:
        return "prose"
    return head_shape(unit) or ("key" if header_key(unit) else "upper" if unit.look.isupper() else "line")

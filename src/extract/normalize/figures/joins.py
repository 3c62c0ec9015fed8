"""Figures that share a unit: ranges, lists, and numbers that leave their unit to a neighbour."""

from __future__ import annotations

import re
from collections.abc import Callable

from extract.normalize.figures.figure import Figure

# What may stand between the ends of a range or the members of a list, the tightest first: a dash without blanks binds
# before "and" after "between", and that before all else, so that "from 0–5% to 20%" is a range and a rate.
_ABOUT = r"(?:(?:about|nearly|perhaps|even|maybe|so|only|approximately|roughly|around|some|over|possibly)\s+){0,2}"
_TIGHT = re.compile(r"[-–—‑]|-to-|[-–—‑]\s?(?=[$£€¥])|\s?[-–—‑]\s?", re.IGNORECASE)
_AND = re.compile(rf",?\s+and\s+{_ABOUT}", re.IGNORECASE)
_LOOSE = re.compile(
    r"(?P<to>\s+(?:up\s+)?(?:to|through)\s+|\s+[-–—]+\s+"
    r"|,?\s+but\s+(?:not|no|is\s+not)\s+(?:more\s+than|over|above|exceeding|greater\s+than)\s+|\s+but\s+(?:less\s+than|under|below)\s+)"
    rf"{_ABOUT}|(?P<or>,?\s+(?:or|and/or)\s+){_ABOUT}|(?P<and>,?\s+(?:and|&|nor\s+(?:more|less|fewer)\s+than)\s+){_ABOUT}|(?P<comma>,)\s*{_ABOUT}"
    rf"|(?P<back>\s+from\s+){_ABOUT}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+(?:about\s+|roughly\s+|some\s+|a\s+)?\Z", re.IGNORECASE)
_FROM = re.compile(
    r"\bfrom\s+(?:(?:about|nearly|some|around|over|just|only|a|an|the|approximately|less than|more than|level of"
    r"|as low as)\s+)*\Z",
    re.IGNORECASE,
)
_TO = re.compile(rf"\bto\s+{_ABOUT}\Z", re.IGNORECASE)
_SPREAD = re.compile(
    r"\b(?:rang(?:e[sd]?|ing)|var(?:y|ies|ied|ying)|estimates|anywhere|span(?:s|ned|ning)?|spread|(?:of|at) from)\b"
    r"[^.;]{0,25}\Z",
    re.IGNORECASE,
)
MOVES = re.compile(
    r"\b(?:r[io]se[sn]?|rising|f[ae]ll(?:s|en|ing)?|grew|grow(?:s|n|ing)?|increas\w+|decreas\w+|declin\w+|dropp?\w*"
    r"|jump\w*|climb\w*|cut\w*|rais\w+|lower\w*|reduc\w+|slid\w*|surg\w+|soar\w*|up|down|gain\w*|mov\w+|went|slipp\w+"
    r"|eas\w+|tumbl\w+|advanc\w+|widen\w*|narrow\w*|shr[aiu]nk\w*|swell\w*|edg\w+|inch\w*)\s+(?:by\s+|of\s+)?"
    rf"{_ABOUT}\Z",
    re.IGNORECASE,
)
_IN_LIST = re.compile(r"[\d%],\s*\Z")
MAX_GAP, LEFT = 44, 52
# The end of a change is so many times its size or more.
MIN_LEAP = 4
# Smaller numbers in a row may number things ("Years 10, 11 and 12").
MIN_LISTED = 100
# Alternatives are a range if the higher is at most so many times the lower: "6 or 7 percent", not "5 or 10".
MAX_ALTERNATIVE = 1.5
_SHARED_AFTER = frozenset({"percent", "money.after", "measure"})


def join(text: str, figures: list[Figure]) -> list[Figure]:
    """Merge ranges into one figure and give list members the unit that follows the last, each pass from the right."""
    for pair in (_tight, _between, _loose):
        figures = _pass(text, figures, pair)
    return figures


def _pass(text: str, figures: list[Figure], pair: Callable[[str, Figure, Figure], Figure | None]) -> list[Figure]:
    joined: list[Figure] = []
    for left in reversed(figures):
        right = joined[-1] if joined else None
        merged = None
        if right is not None and 0 < right.start - left.end <= MAX_GAP and _may_join(left, right):
            merged = pair(text, left, right)
        if merged is not None:
            joined[-1] = merged
        else:
            joined.append(left)
    joined.reverse()
    return joined


def _may_join(left: Figure, right: Figure) -> bool:
    if left.kind is None and left.atom.how == "vague":
        return False
    if (
        left.kind is None
        and right.kind == "percent"
        and (left.atom.scaled or left.atom.value >= max(100, 10 * right.low))
    ):
        return False  # "2,488,000, or 11 percent of them", "an index of 197.5, 7 percent higher"
    return left.kind != "ratio" and (right.kind != "ratio" or right.rule == "times")


def _tight(text: str, left: Figure, right: Figure) -> Figure | None:
    """ "5-7 percent", "$200-$300 million", "5-to-10 percent"."""
    if not _TIGHT.fullmatch(text, left.end, right.start) or "range" in (left.joined, right.joined):
        return None
    return _range(left, right)


def _between(text: str, left: Figure, right: Figure) -> Figure | None:
    """ "between five and ten per cent"."""
    if not _BETWEEN.search(text, max(0, left.start - LEFT), left.start):
        return None
    if not (_AND.fullmatch(text, left.end, right.start) or _LOOSE.fullmatch(text, left.end, right.start)):
        return None
    return _range(left, right)


def _loose(text: str, left: Figure, right: Figure) -> Figure | None:
    gap = _LOOSE.fullmatch(text, left.end, right.start)
    if gap is None or (right.joined == "range" and (gap["to"] or gap["or"])):
        return None
    low = max(0, left.start - LEFT)
    if gap["to"]:
        if _is_change(text, low, left, right):
            _give(left, right)
            return None
        return _range(left, right)
    if gap["back"]:
        if _TO.search(text, low, left.start):
            _give(left, right)
        return None
    if gap["or"] and _are_near(left, right) and not _IN_LIST.search(text, max(0, left.start - 4), left.start):
        return _range(left, right)
    spoken = gap["comma"] and left.joined == right.joined == "" and _is_spoken_pair(text, left, right)
    if spoken and (merged := _range(left, right)) is not None:
        return merged
    shared = right.rule in _SHARED_AFTER or (
        right.rule == "noun"
        and (not gap["comma"] or (right.joined == "list" and left.low >= MIN_LISTED))
        and min(left.low, right.low) >= 10
    )
    if shared and right.joined != "range" and left.atom.how == right.atom.how:
        _give(left, right, list_member=True)
    return None


def _is_change(text: str, low: int, left: Figure, right: Figure) -> bool:
    """Whether "from 5 to 7 percent" tells the ends of a change, or "rose 5 percent to 7 percent" its size and end."""
    if _FROM.search(text, low, left.start):
        return not _SPREAD.search(text, low, left.start)
    leaps = right.kind == "quantity" and right.low >= MIN_LEAP * left.atom.value * right.atom.scale
    told = left.kind is not None and right.kind is not None
    return (told or leaps) and bool(MOVES.search(text, low, left.start))


def _are_near(left: Figure, right: Figure) -> bool:
    low, high = left.atom.value, right.atom.value
    if left.atom.scaled != right.atom.scaled:
        high = high / right.atom.scale * left.atom.scale
    return 0 < low < high <= MAX_ALTERNATIVE * low or (high - low == 1 and low >= 1)


def _are_small(left: Figure, right: Figure) -> bool:
    """Numbers without a unit that are close to each other, and too small to be sums: "gave it 7 to 8"."""
    plain = all(atom.value < 1000 and not (atom.scaled or atom.doubtful) for atom in (left.atom, right.atom))
    return plain and left.low < right.low <= 2 * left.low


def _is_spoken_pair(text: str, left: Figure, right: Figure) -> bool:
    """ "35, 40 percent" said for "35 to 40": two numbers alone, close to each other, without "and" or a third."""
    if left.kind is not None or right.rule != "percent" or not _are_near(left, right):
        return False
    return not re.search(r"[\d%]\s*,?\s*\Z|[a-z]+,\s*\Z", text[max(0, left.start - 12) : left.start])


def _range(left: Figure, right: Figure) -> Figure | None:
    """The range of two neighbours; ``None`` where they do not rise, or their units differ."""
    if left.kind is None and right.kind is not None:
        return _range_left(left, right)
    if left.kind is not None and right.kind is None:
        return _range_right(left, right)
    if left.kind != right.kind or left.unit != right.unit or (left.kind is None and not _are_small(left, right)):
        return None
    scaled = left.atom.value * right.atom.scale * left.factor
    if right.atom.scaled and not left.atom.scaled and left.kind != "percent" and scaled <= right.low:
        left.low = left.high = scaled  # "$200-$300 million"
    if left.low > right.low or (left.rule == "money.after" and left.factor != right.factor):
        return None
    return _merge(left, right)


def _range_left(left: Figure, right: Figure) -> Figure | None:
    """ "5-7 percent": the unit stands behind the second number only."""
    if right.rule == "money.before" or (right.rule == "noun" and left.atom.how != right.atom.how):
        return None
    before = left.low, left.high, left.kind, left.unit, left.rule, left.factor
    _give(left, right)
    left.joined = ""
    if right.high < 0 < right.atom.value and right.rule == "measure":
        left.scale_by(-1)  # "8 and 15 degrees below zero"
        return _merge(left, right)
    _thousands(left, right)
    if left.low > right.low:
        left.low, left.high, left.kind, left.unit, left.rule, left.factor = before
        return None
    return _merge(left, right)


def _range_right(left: Figure, right: Figure) -> Figure | None:
    """ "$5-7 billion", "between $5 and 7 billion", "$5-8,000": the currency stands before the first number only."""
    if left.rule != "money.before" or (left.atom.scaled and not right.atom.scaled):
        return None
    before = left.low, left.high
    scaled = left.atom.value * right.atom.scale
    if right.atom.scaled and not left.atom.scaled and scaled <= right.atom.value:
        left.low = left.high = scaled
    _thousands(left, right)
    if left.low > right.low or right.atom.doubtful:
        left.low, left.high = before
        return None
    right.kind, right.unit = left.kind, left.unit
    return _merge(left, right)


def _thousands(left: Figure, right: Figure) -> None:
    """ "5-8,000": the thousands are written once."""
    whole = left.atom.how == "digits" and not left.atom.scaled and left.atom.value < 1000 and left.atom.value % 1 == 0
    if whole and not right.atom.scaled and right.atom.value % 1000 == 0 and left.low * 1000 < right.low <= 1_000_000:
        left.low = left.high = left.low * 1000


def _give(left: Figure, right: Figure, *, list_member: bool = False) -> None:
    """Give a number without a unit that of ``right``, and its scale where only the last number carries one."""
    if left.kind is not None or right.kind is None:
        return
    left.kind, left.unit, left.rule, left.factor = right.kind, right.unit, right.rule, right.factor
    shared = right.atom.scale if not left.atom.scaled and left.atom.value < 1000 else 1.0
    left.low = left.high = left.atom.value * shared * right.factor
    if list_member:
        left.joined = "list"


def _merge(left: Figure, right: Figure) -> Figure:
    left.low, left.high = min(left.low, right.low), max(left.high, right.high)
    left.kind, left.unit, left.end = right.kind, right.unit, right.end
    left.qualifier, left.joined, left.unit_start = "range", "range", right.unit_start
    left.rule = right.rule if right.rule != "bare" else left.rule
    left.atom.how = right.atom.how
    return left

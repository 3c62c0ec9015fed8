"""Figures that share a unit: ranges, lists, and numbers that leave their unit to a neighbour."""

from __future__ import annotations

import re

from extract.normalize.figures.figure import Figure

_RANGE_GAP = re.compile(
    r"\s*(?P<dash>-|–|—|‑|\bto\b|-to-|\bthrough\b)\s*|\s+(?P<or>or)\s+(?:(?:even|perhaps|maybe|so)\s+)?"
    r"|\s*,?\s+(?P<and>and)\s+"
    r"(?:(?:about|nearly|perhaps)\s+)?|(?P<comma>,)\s*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\s+(?:about\s+|roughly\s+|some\s+|a\s+)?$", re.IGNORECASE)
_FROM = re.compile(
    r"\bfrom\s+(?:about\s+|nearly\s+|some\s+|around\s+|over\s+|just\s+|only\s+|a\s+|the\s+|less than\s+"
    r"|more than\s+)*$",
    re.IGNORECASE,
)
_SPREAD = re.compile(
    r"\b(?:rang(?:e[sd]?|ing)|var(?:y|ies|ied|ying)|estimates|anywhere|span(?:s|ned|ning))\b[^.;]{0,25}$", re.IGNORECASE
)
_CHANGE = re.compile(
    r"\b(?:r[io]se[sn]?|rising|f[ae]ll(?:s|en|ing)?|grew|grow(?:s|n|ing)?|increas\w+|decreas\w+|declin\w+|dropp?\w*"
    r"|jump\w*|climb\w*|cut\w*"
    r"|rais\w+|lower\w*|reduc\w+|slid\w*|surg\w+|soar\w*|up|down|gain\w*|mov\w+|went|slipp\w+|eas\w+|tumbl\w+"
    r"|advanc\w+|widen\w*|narrow\w*"
    r"|shr[aiu]nk\w*|swell\w*|swelled|edg\w+|inch\w*)\s+(?:by\s+)?(?:about\s+|nearly\s+|some\s+|over\s+)?$",
    re.IGNORECASE,
)
_MONEY_NOUN = re.compile(
    r"\b(?:wages?|salar(?:y|ies)|incomes?|prices?|costs?|budgets?|deficits?|surplus(?:es)?|debts?|loans?|revenues?"
    r"|spending|expenditures?"
    r"|GDP|GNP|turnover|profits?|loss(?:es)?|funds?|funding|aid|investments?|invest|fees?|fines?|subsid\w+|grants?"
    r"|earnings|reserves)\b[^.;!?]*$",
    re.IGNORECASE,
)
_COUNT_LEFT = re.compile(
    r"\b(?:just|only|to|imported|exported|sold|produced|from|against|about|nearly|totall?ed|reached|was|were|bought"
    r"|at|some|with|and|than)\s+$",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r"\s*(?:[.,;)!?]|$|\s(?:in|last|this|a|vs|against|versus|compared|up|down|or|for|by|during|from|the|and|to)\b)",
    re.IGNORECASE,
)
_SENTENCE_BREAK = re.compile(r"[.!?]\s+[A-Z]|\n\s*\n")
_FROM_BARE = re.compile(r"\s+from\s+(?:about\s+|just\s+)?")
_VERSUS = re.compile(r"\s+(?:to|against|versus|from)\s+")
_SHARED_AFTER = frozenset({"percent", "money.after", "measure"})


def join(text: str, figures: list[Figure]) -> list[Figure]:
    """Merge ranges into one figure and give list members the unit that follows the last; read from the right."""
    joined: list[Figure] = []
    for left in reversed(figures):
        right = joined[-1] if joined else None
        merged = _pair(text, left, right) if right is not None and right.start >= left.end else None
        if merged is not None:
            joined[-1] = merged
        else:
            joined.append(left)
    joined.reverse()
    return joined


def _pair(text: str, left: Figure, right: Figure) -> Figure | None:
    """The range of two neighbours, or ``None``; a unit may pass from one to the other on the way."""
    if right.start - left.end > 24 or (right.kind == "ratio" and right.rule != "times"):
        return None
    gap = _RANGE_GAP.fullmatch(text, left.end, right.start)
    if not gap or left.kind == "ratio":
        return None
    before = text[max(0, left.start - 48) : left.start]
    between = bool(_BETWEEN.search(before))
    change = bool(_FROM.search(before)) and not _SPREAD.search(before)
    if left.kind is None and right.kind is not None:
        return _share_left(left, right, gap, between, change)
    if left.kind is not None and right.kind is None:
        return _share_right(left, right, gap, between)
    if left.kind is None or left.kind != right.kind or not _same_unit(left, right):
        return None
    return _both(left, right, gap, between, change or bool(_CHANGE.search(before)))


def _share_left(left: Figure, right: Figure, gap: re.Match[str], between: bool, change: bool) -> Figure | None:
    if gap["comma"] or (gap["and"] and not between):
        if right.rule in _SHARED_AFTER and left.atom.how == right.atom.how and right.joined != "range":
            _give(left, right, list_member=True)
        return None
    if right.rule == "money.before":
        return None
    if change and not gap["or"]:
        _give(left, right, list_member=False)
        return None
    if right.kind == "quantity" and right.rule == "noun" and left.atom.how != right.atom.how:
        return None
    _give(left, right, list_member=False)
    return _merge(left, right)


def _share_right(left: Figure, right: Figure, gap: re.Match[str], between: bool) -> Figure | None:
    """ "$5-7 billion", "between $5 and 7 billion": the currency stands before the first number only."""
    if left.rule != "money.before" or gap["comma"] or (gap["and"] and not between):
        return None
    if right.atom.scaled and not left.atom.scaled and left.atom.value < 1000:
        left.low = left.high = left.atom.value * right.atom.scale
    elif left.atom.scaled and not right.atom.scaled:
        return None
    right.kind, right.unit = left.kind, left.unit
    return _merge(left, right)


def _both(left: Figure, right: Figure, gap: re.Match[str], between: bool, change: bool) -> Figure | None:
    unscaled = left.kind == "money" and right.atom.scaled and not left.atom.scaled and left.atom.value < 1000
    if gap["comma"] or (gap["and"] and not between):
        return None
    if gap["dash"] and change and not between:
        return None
    if unscaled:
        left.low = left.high = left.atom.value * right.atom.scale
    if gap["dash"] and left.kind == "percent" and right.low < left.low:
        return None
    return _merge(left, right)


def _same_unit(left: Figure, right: Figure) -> bool:
    return left.unit == right.unit


def _give(left: Figure, right: Figure, *, list_member: bool) -> None:
    """Give ``left`` the unit of ``right``, and its scale where only the last number carries one."""
    left.kind, left.unit, left.rule, left.factor = (
        right.kind,
        right.unit,
        "list" if list_member else right.rule,
        right.factor,
    )
    scale = right.atom.scale if not left.atom.scaled and left.atom.value < 1000 and right.atom.scale > 1 else 1.0
    left.low = left.high = left.atom.value * scale * right.factor
    if list_member:
        left.joined, left.rule = "list", right.rule


def _merge(left: Figure, right: Figure) -> Figure:
    left.low, left.high = min(left.low, right.low), max(left.high, right.high)
    left.kind, left.unit, left.end = right.kind, right.unit, right.end
    left.qualifier, left.joined, left.unit_start = "range", "range", right.unit_start
    left.rule = right.rule if right.rule != "bare" else left.rule
    return left


def inherit(text: str, figures: list[Figure]) -> list[Figure]:
    """Settle bare numbers by the figure before them in their sentence, and drop those that stay bare."""
    settled: list[Figure] = []
    for figure in figures:
        if figure.kind is None:
            _inherit_one(text, figure, settled[-1] if settled else None)
        if figure.kind is not None:
            settled.append(figure)
    return settled


def _inherit_one(text: str, figure: Figure, previous: Figure | None) -> None:
    atom = figure.atom
    written = text[atom.start : atom.end]
    if previous is not None and previous.rule == "percent" and _FROM_BARE.fullmatch(text, previous.end, figure.start):
        figure.kind, figure.unit, figure.rule = "percent", previous.unit, "percent.ellipsis"
        figure.low = figure.high = atom.value * previous.factor
        return
    if (
        previous is not None
        and previous.rule == "noun"
        and atom.how == "digits"
        and _VERSUS.fullmatch(text, previous.end, figure.start)
    ):
        figure.kind, figure.unit, figure.rule = "quantity", previous.unit, "quantity.ellipsis"
        return
    if not (atom.scaled or "," in written) or not _ENDS.match(text, figure.end):
        return
    near = previous if previous is not None and figure.start - previous.end < 160 else None
    if near is not None and _SENTENCE_BREAK.search(text, near.end, figure.start):
        left_sentence = False
    else:
        left_sentence = near is not None
    window = text[max(0, figure.start - 110) : figure.start]
    breaks = list(_SENTENCE_BREAK.finditer(window))
    clause = window[breaks[-1].end() - 1 :] if breaks else window
    if (
        near is not None
        and near.kind == "money"
        and (left_sentence or _MONEY_NOUN.search(clause))
        and near.joined != "list"
    ):
        figure.kind, figure.unit, figure.rule = "money", near.unit, "money.ellipsis"
    elif near is not None and left_sentence and near.kind == "quantity" and _COUNT_LEFT.search(clause):
        figure.kind, figure.unit, figure.rule = "quantity", near.unit, "quantity.ellipsis"
    elif atom.scaled and atom.value >= 1e6 and _MONEY_NOUN.search(clause):
        figure.kind, figure.unit, figure.rule = "money", "dollar", "money.noun"

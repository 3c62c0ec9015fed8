"""Whether a clause looks ahead: what "Monday" and "in May" mean hangs on it ("met Monday", "will meet Monday").

Read from the words alone: the verb nearest before the expression decides, else the first after it. With a tagger the
component hands over its own function of the same shape.
"""

from __future__ import annotations

import re

from extract.normalize.dates.words import listed, sign

_AUXILIARY = r"(?:will|would|shall|can|could|may|might|should|must)"
_NOT_VERB = (
    r"the|a|an|his|her|its|their|our|my|your|this|that|these|those|which|whom|be|date|some|any|all|one|"
    r"two|three|no|[a-z]+s"
)
# Verbs whose "to" tells no plan: "continues to expand", "began to fall", "seemed to rest".
_NO_PLAN = "".join(f"(?<!{word} )" for word in sorted(listed("going_on")))
_CUE = re.compile(
    rf"(?P<future>\b(?:{_AUXILIARY}|wo|ca)(?:n['’]t|\s+not)?(?:\s+(?:also|then|be|have|likely|"
    rf"\w+ly)){{0,3}}\s+[a-z]+|['’]ll\s+[a-z]+|"
    r"\b(?:tomorrow|next (?:week|month|year))\b|"
    r"\b(?<!had )(?:is|are|was|were|be|been|not|being|now)\s+(?:also\s+)?(?:expected|scheduled|due|set|slated|planned|"
    r"planning|going|likely|supposed|to)\b(?:\s+to)?(?:\s+be)?(?:\s+[a-z]+)?|"
    rf"\b(?<!had been )(?:{'|'.join(sorted(listed('plans')))})\s+(?:to|"
    r"for)\b(?:\s+[a-z]+)?|"
    r"\b(?:plans?\s+(?:an?|the|another|its|their|new|further|more)|(?:expect|anticipate|foresee|predict)s?\s+[a-z]+)\b|"
    rf"\b(?:takes (?:effect|office|place|over)|comes up|{'|'.join(sorted(listed('scheduled')))})\b"
    r"(?=\W+(?:\w+\W+){0,3}$)|"
    rf"{_NO_PLAN}\bto\s+(?!(?:{_NOT_VERB})\b)(?:be\s+)?(?-i:[a-z])[a-z]+\b)|"
    rf"(?P<past>\b(?:{'|'.join(sorted(listed('past')))}|[a-z]{{2,}}(?:ed|ied))\b)",
    re.IGNORECASE,
)
SENTENCE_BREAK = re.compile(r"[.;?!][\"”’')]*\s+(?=[\"“‘'(]*[A-Z])|\n\s*\n")
_AHEAD = sign(r"\b(?:{ahead})\s+(?:early\s+|late\s+|the end of\s+)?$", re.IGNORECASE)


_SINCE = re.compile(r"\bsince\s+(?:early\s+|late\s+|the (?:end|beginning|start) of\s+)?$", re.IGNORECASE)
# Futures are named by the month in which they fall due.
_FOR_DELIVERY = re.compile(r"\s+(?:delivery|contracts?|futures|options)\b")
# "extended the offer until Friday", "was put off until Friday" look ahead; "did not act until Friday" does not, unless
# what comes behind it does ("the line, which was rebuilt, will stay shut until Friday").
_UNTIL = re.compile(
    r"\b(?:until|till|no later than|not later than)(?:\s+at\s+least)?\s+(?:early\s+|late\s+|the end of\s+)?$",
    re.IGNORECASE,
)
_LASTED = re.compile(rf"\b(?:{'|'.join(sorted(listed('lasted')))})\b", re.IGNORECASE)
_PUT_OFF = re.compile(rf"\b(?:put off|{'|'.join(sorted(listed('put_off')))})\b", re.IGNORECASE)


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the clause around ``text[start:end]`` is about the future of its writer."""
    return _told(text, start, end) == "future"


def looks_back(text: str, start: int, end: int) -> bool:
    """Whether the clause around ``text[start:end]`` says that it is about the past of its writer."""
    return _told(text, start, end) == "past"


def _told(text: str, start: int, end: int) -> str | None:
    """``future`` or ``past`` where the clause around an expression tells."""
    left = SENTENCE_BREAK.split(text[max(0, start - 140) : start])[-1].rpartition(";")[2]
    if _SINCE.search(left):
        return "past"
    if _FOR_DELIVERY.match(text, end):
        return "future"
    cues = list(_CUE.finditer(left))
    if _UNTIL.search(left):
        lasted = max((match.end() for match in _LASTED.finditer(left)), default=0)
        ahead = any(cue.lastgroup == "future" and cue.start() >= lasted for cue in cues)
        return "future" if not lasted or ahead or _PUT_OFF.search(left) is not None else "past"
    if cues:
        return cues[-1].lastgroup
    right = SENTENCE_BREAK.split(text[end : end + 110])[0]
    first = _CUE.search(right)
    if first is not None:
        return first.lastgroup
    return "future" if _AHEAD.search(left) else None

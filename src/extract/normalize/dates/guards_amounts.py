"""Guards of durations and of the vague words: "a year" that is a rate, "Now, …" that opens a remark, "as soon as"."""

from __future__ import annotations

import re
from typing import Protocol

from extract.normalize.dates.words import sign

_UNITS_WITH_CUE = sign(r"(?:\b(?:{units_with_cue})\s+)$", re.IGNORECASE)


class Match(Protocol):
    """What a guard looks at."""

    rule: str
    reader: str
    start: int
    end: int

    def __getitem__(self, name: str) -> str: ...


def left_of(text: str, found: Match, width: int = 30) -> str:
    return text[max(0, found.start - width) : found.start]


# "the future" that describes a noun is no time of its own.
_FUTURE_OF_THINGS = sign(r"\s+(?:{future_of_things})\b")


def the_future(text: str, found: Match) -> bool:
    if "Future" in text[found.start : found.end]:
        return False
    return not _FUTURE_OF_THINGS.match(text, found.end)


def now(text: str, found: Match) -> bool:
    if found["present"].lower() != "now":
        return True
    before = text[max(0, found.start - 3) : found.start].strip()
    if (
        before.endswith(",")
        and text[found.end : found.end + 1] == ","
        and re.search(r"\b(?:Well|So|OK|Okay|Right),\s$", text[max(0, found.start - 8) : found.start])
    ):
        return False
    opens = not before or before[-1] in ".!?\"“”'‘:—-)(\n" or text[max(0, found.start - 1)] == "\n"
    if opens and text[found.end : found.end + 1] == "," and not _NOW_OF_TIME.match(text, found.end):
        return False
    word = text[found.start : found.end]
    if not opens and word[0] == "N" and re.search(r"[A-Za-z]\s$", text[max(0, found.start - 2) : found.start]):
        return False  # a word of a title: "The Time Is Now"
    return not re.match(r"[-‐–](?:famous|defunct)|\s+that\b|\s+and (?:then|again)\b", text[found.end : found.end + 10])


# "Now, in the absence of …", "Now, Tokyo is learning": the time; "Now, I think …", "Well, now, …": an opening.
_NOW_OF_TIME = sign(r",\s+(?:{now_of_time})\b(?<!\bI)")


def recent(text: str, found: Match) -> bool:
    if found["past"].lower() != "recent":
        return True
    return not re.match(r"[-‐–]", text[found.end : found.end + 1])


def soon(text: str, found: Match) -> bool:
    if found["any"]:
        return True
    left = text[max(0, found.start - 90) : found.start]
    sentence = re.split(r"[.;!?\n]\s", left)[-1]
    if re.search(r"\b(?:as|so|too|very|how|no|that|sooner or|and|but)\s+$", sentence, re.IGNORECASE):
        return False
    if re.match(
        r"\s+(?:after|as|became|began|before|followed|found|brought|took|made|came|went|got|gave|enough|"
        r"thereafter|afterwards?|to be|had|was|were|"
        r"\w+ed)\b|\s*,",
        text[found.end : found.end + 16],
    ):
        return False
    return bool(
        re.search(
            r"\b(?:will|may|might|could|would|can|should|shall|hopes?|expect\w*|going|plans?|likely|"
            r"to(?= (?:\w+ ){0,4}$))\b|['’]ll\b",
            sentence,
            re.IGNORECASE,
        )
    )


def bare_units(text: str, found: Match) -> bool:
    unit, left = found["unit"].lower(), left_of(text, found)
    if re.search(
        r"\b(?:\d[\d,.]*|light|man|dog|working|school|summer|winter|spring|autumn|fall|office|business|opening|"
        r"visiting|trading|early|war|wedding|teenage|several|per|olden|glory)[- ]$",
        left,
        re.IGNORECASE,
    ):
        return False
    if unit in ("hours", "minutes"):
        return bool(_UNITS_WITH_CUE.search(left)) and not re.search(r"\b(?:the|and|of)\s+$", left)
    if unit == "days":
        return bool(
            re.search(
                r"\b(?:for|in|within|after|of|takes?|took|lasted|last|spent|only|just|over|or|and|many|every|two|"
                r"by|be|until|than)\s+$",
                left,
                re.IGNORECASE,
            )
        )
    return True


def the_unit(text: str, found: Match) -> bool:
    unit = found["unit"].lower()
    after = text[found.end : found.end + 14]
    left = left_of(text, found)
    if found["unit"][0].isupper() and not text[found.start : found.end].isupper():
        return False  # "Trader of the Year"
    if unit == "day":
        return bool(re.search(r"\b(?:for|during|later in|earlier in|end of)\s+$", left)) and not re.match(
            r"\s+(?:[a-z]+ (?:care|job)|care|job|trip|to come)", after
        )
    if unit == "decade":
        return bool(re.search(r"\b(?:of|in|for|during|by|over)\s+$", left))
    if re.search(r"\b(?:of)\s+$", left) and re.match(r"\s*[\"”']", after):
        return False
    return not re.match(r"\s+(?:[A-Z]\w*|\d{4})", after) or unit == "weekend"


# "900 more than a year earlier", "4 percent less than a year ago": a comparison, no span of more than a year.
_COMPARED_LEFT = re.compile(r"(?:[\d%]|\b(?:percent|per cent|points?|[a-z]+illion|thousand|hundred))\s$")


def compared(text: str, found: Match) -> bool:
    than = found["approx"].lower().startswith(("more", "less", "fewer"))
    return than and _COMPARED_LEFT.search(left_of(text, found)) is not None


def duration(text: str, found: Match) -> bool:
    unit, number, left = found["unit"].lower(), found["num"].lower(), left_of(text, found)
    if re.search(r"\b(?:aged|aging|ages) $", left):
        return False  # how old somebody is
    after = text[found.end : found.end + 24]
    if compared(text, found) and re.match(r"\s+(?:ago|earlier|before)\b", after):
        return False
    if unit == "quarters" and found["dir"]:
        return not re.match(r"\s+of\b", after)  # "the first three quarters" of a year
    if unit == "quarters" and re.search(r"\b(?:and|three) $", left + number + " "):
        return False  # "two and three quarters"
    if re.match(r"[12]\d{3}(?:,|\s)", number):
        return False  # "in 1974, one year after …"
    if unit == "second" and number in ("a", "an") and re.match(r"\s+[a-z]", after):
        return False  # "a second opinion"
    if re.fullmatch(r"1[89]\d\d|20\d\d", number) and not unit.endswith("s"):
        return False  # "the 2018 season", "Cup 2018 day five"
    if number.startswith(("first", "second")) or (
        unit in ("second", "seconds", "night") and not re.match(r"[\d]|[a-z]+$", number)
    ):
        return False
    if number in ("a", "one", "the") and re.match(r"\s+(?:when|that|on which)\b", after):
        return False
    if number in ("a", "an") and re.search(r"[A-Za-z][-‐–]$", left):
        return False  # "once-a-week"
    if number == "a" and found["adj"] and re.search(r"\b(?:is|was|be|been|had) $", left):
        return False  # "it was a good year"
    if re.match(r"[- ]?(?:old|olds)\b|\s+of age|[-–](?:old|note|mark|bond|bill)\b", after):
        return False
    if unit.startswith("quarter"):
        return bool(re.search(r"\b(?:straight|consecutive|successive)\b", text[found.start : found.end])) or (
            unit == "quarters"
            and not number.startswith(("three", "3", "some", "many", "few", "a few", "several"))
            and not re.match(r"\s+(?:of|in)\b", after)
        )
    if unit.startswith("century") or (unit in ("second", "minute") and number in ("a", "an")):
        return unit.startswith("century") or bool(re.search(r"\b(?:for|in|within|after|than|about)\s+$", left))
    return not (found["suffix"] or re.search(r"(?:[$£€¥]\s?|\d[.,:/]|\bNo\.?\s)$", left))


def to_date(text: str, found: Match) -> bool:
    return not re.search(r"\byear[- ]to[- ]$", left_of(text, found))


def in_future(text: str, found: Match) -> bool:
    return not re.match(
        r"\s+(?!(?:and|or|to|from|if|when|as|than|but|the|we|he|she|it|they|will)\b)[a-z]",
        text[found.end : found.end + 6],
    )


def per(text: str, found: Match) -> bool:
    return not re.match(
        r"[- ](?:old|round|ago|earlier|later|before|long)\b|\s+and a half", text[found.end : found.end + 9]
    )

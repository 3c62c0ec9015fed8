"""What looks like a time expression and is none: numbers that are no years, "may" and "march", rates and scores."""

from __future__ import annotations

import re
from typing import Protocol

# Left of a bare four-digit number: what says that it is no year.
_NO_YEAR_LEFT = re.compile(
    r"(?:[$£€¥₤#§/]|US\$|\bNo\.?|\bNos\.|\bResolution|\bTitle|\bSection|\bRoom|\bChapter|\bpage|\bpp?\.|\bH\.?R\.?|\bS\.|"
    r"\bPublic Law|\bflight|\bmodel|\bsome|\bnearly|\bthan|\bleast|\broute|\bhighway|\bBoeing|\bRule|\bcable|\btelegram|"
    r"\bseries|\bby more|\bversion|\bVision|\bAgenda|\bHorizon|\bwindows|\broughly|\bapproximately|\bDow|\b\d{1,3},|\d[.:]|\bSt\.|\bfeet|\bextension|\bext\.)\s?$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s{1,3}(?:[a-z]+[- ])?(?:percent|per cent|pct|points?|million|billion|thousand|hundred|tons?|tonnes?|miles?|km|kilometers?|kilometres?|"
    r"feet|ft|meters?|metres?|square|acres?|hectares?|barrels?|bushels?|dollars?|yen|marks|francs|pounds?|soldiers?|troops|men|women|"
    r"people|persons|civilians|workers|employees|jobs|students|units|shares?|homes|houses|copies|cars|vehicles|aircraft|tanks|planes|"
    r"members|prisoners|casualties|deaths|dead|wounded|kilos?|kg|calories|mph|times|others|lines|pages|words|voters|votes|refugees|"
    r"guests|delegates|rebels|fighters|police|officers|guards|ships|rpm|horsepower|cc|hp|mw|megawatts?|degrees|contracts|children|"
    r"families|villages|schools|companies|stores|yards|patients|cases|euros?|rubles?|roubles?|pesos?|rupees?|yuan|won)\b"
)
_YEAR_CUE = re.compile(
    r"(?:\b(?:in|since|until|till|by|from|to|of|during|before|after|through|throughout|early|late|mid|around|about|for|and|or|between|"
    r"the|that|fall|spring|summer|winter|autumn|christmas|late in|early in|as of|year|years|with|on|into|than|[a-z]+day)|[-–—(\[,/:;*.\n]|^)\s*$",
    re.IGNORECASE,
)
_MAY_LEFT = re.compile(
    r"(?:\b(?:in|of|by|since|until|till|last|next|this|from|to|through|throughout|during|early|late|mid|between|before|after|each|every|"
    r"for|and|or|the|on|around|about|past|coming|following|ended|ending|as)|[-–/(])[\s-]{1,3}$",
    re.IGNORECASE,
)
_VERB_AFTER_MAY = re.compile(r"\s+(?:I|we|you|he|she|they|it|be|not|have|also|the|well|God|as well)\b")
_UNITS_WITH_CUE = re.compile(
    r"(?:\b(?:for|in|within|after|of|take|takes|took|lasted|lasting|spent|spend|last|only|just|the|or|and|many|over)\s+)$",
    re.IGNORECASE,
)
_CAPITAL_ONLY = frozenset(
    [
        "may",
        "march",
        "mar",
        "sun",
        "sat",
        "jan",
        "dec",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sep",
        "oct",
        "nov",
        "apr",
        "jun",
        "jul",
        "aug",
        "feb",
    ]
)
_SPRING_VERB = re.compile(
    r"\s+(?:a|an|the|up|from|into|to|out|down|back|behind|short|apart|off|for|below|under|on|over|in (?:price|value|line|love|exports|sales|profit))\b"
)


class Match(Protocol):
    """What a guard looks at."""

    rule: str
    reader: str
    start: int
    end: int

    def __getitem__(self, name: str) -> str: ...


def allowed(text: str, found: Match) -> bool:
    """Whether a rule's match is a time expression in its surroundings."""
    for name in ("month", "wd"):
        if found[name].lower() in _CAPITAL_ONLY and not found[name][0].isupper():
            return False
    check = _CHECKS.get(found.rule) or _CHECKS.get(found.reader)
    return check is None or check(text, found)


def _left(text: str, found: Match, width: int = 30) -> str:
    return text[max(0, found.start - width) : found.start]


def _year(text: str, found: Match) -> bool:
    if found.rule == "year_bc" or found["bc"]:
        return True
    if not 1000 <= int(found["year"] or 0) <= 2199:
        return found.rule != "year"
    bare = found.end - found.start <= 4
    if re.match(r"[- ]year[- ]old\b|\s+(?:years?|months?|days?|hours?|times)\b", text[found.end : found.end + 10]):
        return False
    if bare and int(found["year"]) < 1850 and re.match(r"\s+[a-z]+(?:s|ren|men)\b", text[found.end : found.end + 24]):
        return False
    if not bare:
        return not (_COUNTED.match(text, found.end))
    left = _left(text, found)
    if _NO_YEAR_LEFT.search(left) or _COUNTED.match(text, found.end):
        return False
    if 1400 <= int(found["year"]) <= 2060 and not re.search(r"[A-Za-z\d][-–]$", left):
        return True
    if re.search(r"\d{4}[-–]$", left):
        return True
    return (
        bool(_YEAR_CUE.search(left))
        and 1400 <= int(found["year"]) <= 2060
        and not re.search(r"[A-Z]-$|\d[-–]\d*[-–]?$", left)
    )


def _bare_month(text: str, found: Match) -> bool:
    word = found["month"]
    if not word[0].isupper() or (
        word.isupper() and len(word) in (3, 4) and word.lower() not in ("may", "june", "july")
    ):
        return False
    if (
        word.lower() in ("mar", "jun", "jul", "dec", "sep", "oct", "nov", "jan", "feb", "apr", "aug", "sept")
        and len(word) < 4
    ):
        return text[found.end - 1 : found.end] == "." or bool(_MAY_LEFT.search(_left(text, found))) or word.isupper()
    if word.lower() == "may":
        follows_verb = _VERB_AFTER_MAY.match(text, found.end)
        return bool(found["edge"]) or (bool(_MAY_LEFT.search(_left(text, found))) and not follows_verb)
    if word.lower() in ("march", "april", "june", "august"):
        left = _left(text, found)
        if found["edge"] or _MAY_LEFT.search(left):
            return (
                not re.match(r" [A-Z][a-z]+", text[found.end : found.end + 12])
                or word.lower() == "august"
                or bool(_MAY_LEFT.search(left))
            )
        if word.lower() == "march" and (
            re.match(r" to the\b", text[found.end :][:8])
            or (re.search(r"\b(?:the|his|her|their) $", left) and not re.match(r" [a-z]", text[found.end :][:2]))
        ):
            return False
        return not re.match(r" (?:[A-Z][a-z]+|on|of|for|against)\b", text[found.end : found.end + 14])
    return True


def _season(text: str, found: Match) -> bool:
    word = found["season"].lower()
    left = _left(text, found)
    if re.search(r"\bPrague\s$", left) or re.match(
        r"['’]s\b|\s+(?:Street|Road|Lake|Palace|Olympics?|Games|wheat|squash|coats?|clothes|Park|Hill|River|Field)", text[found.end :][:12]
    ):
        return False
    if (
        re.match(r"\s+of\b(?! [12]\d{3}| (?:this|that|last|next)\b)", text[found.end : found.end + 14])
        and not found["year"]
        and not found["yref"]
    ):
        return False
    if found.end - found.start > len(word):
        return word not in ("fall", "spring") or not _SPRING_VERB.match(text, found.end) or bool(found["year"])
    if word == "fall":
        return bool(re.search(r"\b(?:early|late|mid)[- ]$", left)) or bool(
            re.search(r"\bin $", left) and not re.match(r" in\b", text[found.end :])
        )
    if word == "spring":
        if re.match(
            r"\s+(?:offensive|campaign|session|meeting|term|semester|season|election)", text[found.end : found.end + 14]
        ):
            return True
        return not _SPRING_VERB.match(text, found.end) and not re.search(
            r"\b(?:to|will|would|a|hot|can|water|box) $", left
        )
    return True


def _quarter(text: str, found: Match) -> bool:
    # "a third quarter", "the first quarter of the game", "French Quarter".
    return not re.match(r"\s+of (?:the|a) (?:game|match|century|century)", text[found.end : found.end + 20])


def _clock(text: str, found: Match) -> bool:
    if found["h24"] and not found["ap"]:
        after = text[found.end : found.end + 12]
        left = _left(text, found, 16)
        if re.search(
            r"(?:Matthew|Mark|Luke|John|Genesis|Isaiah|Psalms?|Romans|Acts|Exodus|score|won|ratio of)\s$", left
        ):
            return False
        return not re.match(r"\s?(?:ratio|margin|odds|scale)", after)
    return True


def _part(text: str, found: Match) -> bool:
    return not re.match(
        r"\s(?:flights?|clubs?|schools?|shift|watch|sky|vision|star|newspaper)\b", text[found.end : found.end + 12]
    )


def _the_future(text: str, found: Match) -> bool:
    return "Future" not in text[found.start : found.end]


def _now(text: str, found: Match) -> bool:
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
_NOW_OF_TIME = re.compile(
    r",\s+(?:with|in|after|as|though|thanks|under|instead|more|some|many|[A-Z][a-z]+\s+(?:is|are|has|have|was|were|faces?)\b)(?<!\bI)"
)


def _recent(text: str, found: Match) -> bool:
    if found["past"].lower() != "recent":
        return True
    return not re.match(r"[-‐–]", text[found.end : found.end + 1])


def _soon(text: str, found: Match) -> bool:
    if found["any"]:
        return True
    left = text[max(0, found.start - 90) : found.start]
    sentence = re.split(r"[.;!?\n]\s", left)[-1]
    if re.search(r"\b(?:as|so|too|very|how|no|that|sooner or|and|but)\s+$", sentence, re.IGNORECASE):
        return False
    if re.match(
        r"\s+(?:after|as|became|began|before|followed|found|enough|thereafter|afterwards?|to be|had|was|were|\w+ed)\b|\s*,",
        text[found.end : found.end + 16],
    ):
        return False
    return bool(
        re.search(
            r"\b(?:will|may|might|could|would|can|should|shall|hopes?|expect\w*|going|plans?|likely|to)\b|['’]ll\b",
            sentence,
            re.IGNORECASE,
        )
    )


def _bare_units(text: str, found: Match) -> bool:
    unit, left = found["unit"].lower(), _left(text, found)
    if re.search(
        r"\b(?:\d[\d,.]*|light|man|dog|working|school|summer|winter|spring|autumn|fall|office|business|opening|visiting|trading|early|war|wedding|teenage|several|per|olden|glory)[- ]$",
        left,
        re.IGNORECASE,
    ):
        return False
    if unit in ("hours", "minutes"):
        return bool(_UNITS_WITH_CUE.search(left)) and not re.search(r"\b(?:the|and|of)\s+$", left)
    if unit == "days":
        return bool(
            re.search(
                r"\b(?:for|in|within|after|of|takes?|took|lasted|last|spent|only|just|over|or|and|many|every|two|by|be|until|than)\s+$",
                left,
                re.IGNORECASE,
            )
        )
    return True


def _the_unit(text: str, found: Match) -> bool:
    unit = found["unit"].lower()
    after = text[found.end : found.end + 14]
    left = _left(text, found)
    if unit == "day":
        return bool(re.search(r"\b(?:for|during|later in|earlier in|end of)\s+$", left)) and not re.match(
            r"\s+(?:[a-z]+ (?:care|job)|care|job|trip|to come)", after
        )
    if unit == "decade":
        return bool(re.search(r"\b(?:of|in|for|during|by|over)\s+$", left))
    if re.search(r"\b(?:of)\s+$", left) and re.match(r"\s*[\"”']", after):
        return False
    return not re.match(r"\s+(?:[A-Z]\w*|\d{4})", after) or unit == "weekend"


def _duration(text: str, found: Match) -> bool:
    unit, number, left = found["unit"].lower(), found["num"].lower(), _left(text, found)
    if re.fullmatch(r"1[89]\d\d|20\d\d", number) and not unit.endswith("s"):
        return False  # "the 2018 season", "Cup 2018 day five"
    after = text[found.end : found.end + 24]
    if number.startswith(("first", "second")) or (
        unit in ("second", "seconds", "night") and not re.match(r"[\d]|[a-z]+$", number)
    ):
        return False
    if number in ("a", "one", "the") and re.match(r"\s+(?:when|that|on which)\b", after):
        return False
    if number in ("a", "an") and re.search(r"[A-Za-z][-‐–]$", left):
        return False  # "once-a-week"
    if re.match(r"[- ]?(?:old|olds)\b|\s+of age|[-–](?:old|note|mark|bond|bill)\b", after):
        return False
    if unit.startswith("quarter"):
        return bool(re.search(r"\b(?:straight|consecutive|successive)\b", text[found.start : found.end])) or (
            unit == "quarters" and not number.startswith(("three", "3")) and not re.match(r"\s+(?:of|in)\b", after)
        )
    if unit.startswith("century") or (unit in ("second", "minute") and number in ("a", "an")):
        return unit.startswith("century") or bool(re.search(r"\b(?:for|in|within|after|than|about)\s+$", left))
    if found["suffix"] or re.search(r"(?:[$£€¥]\s?|\d[.,:/]|\bNo\.?\s)$", left):
        return False
    return True


def _century(text: str, found: Match) -> bool:
    return not re.match(r"\s+(?:Fox|Club|Plaza|City)\b", text[found.end : found.end + 8])


def _to_date(text: str, found: Match) -> bool:
    return not re.search(r"\byear[- ]to[- ]$", _left(text, found))


def _in_future(text: str, found: Match) -> bool:
    return not re.match(
        r"\s+(?!(?:and|or|to|from|if|when|as|than|but|the|we|he|she|it|they|will)\b)[a-z]",
        text[found.end : found.end + 6],
    )


def _holiday(text: str, found: Match) -> bool:
    if not found["holiday"][0].isupper():
        return False
    if re.search(r"\b(?!(?:This|Last|Next|On|At|By|Before|Until|For|Since|After|The|Every|During|Merry|From|Around|Near)\b)[A-Z][a-z]+\s$", _left(text, found)):
        return False
    return not re.match(
        r"\s+(?:Island|Islands|tree|shopping|card|cards|present|presents|sales|season)\b|['’]",
        text[found.end : found.end + 10],
        re.IGNORECASE,
    )


def _short_year(text: str, found: Match) -> bool:
    return bool(
        re.search(
            r"(?:\b(?:in|since|of|from|until|by|class of|and|to|during)\s+|\b(?:\w+ber|\w+uary|March|April|May|June|July|August)\s+|\[)$",
            _left(text, found),
        )
    )


def _weekday(text: str, found: Match) -> bool:
    if not found["wd"][0].isupper():
        return False
    if (
        re.search(r"\b(?:Black|Bloody|Good|Ash|Fat|Super|Palm|Casual|Ruby|Joe|Tuesday)\s+$", _left(text, found))
        and not found["which"]
    ):
        return False
    return not re.match(
        r"\s+(?:Night (?:Live|Football)|Times|Mirror|Telegraph|Review|Express|Evening Post|Weld|Ma)\b|['’]s (?:Child|Children)",
        text[found.end : found.end + 16],
    )


def _slash(text: str, found: Match) -> bool:
    a, b, year = int(found["a"]), int(found["b"]), found["c"]
    if found["sep"] == "." and len(year) != 4:
        return False
    if found["sep"] == "-" and len(year) == 2 and int(year) < 50:
        return False
    return 1 <= a <= 31 and 1 <= b <= 31 and (a <= 12 or b <= 12) and not re.search(r"[\d/.$-]$", _left(text, found))


def _per(text: str, found: Match) -> bool:
    return not re.match(
        r"[- ](?:old|round|ago|earlier|later|before|long)\b|\s+and a half", text[found.end : found.end + 9]
    )


def _half(text: str, found: Match) -> bool:
    return not re.match(
        r"\s+of\b(?! (?:\d{4}|(?:this|last|next|the) (?:fiscal )?year))", text[found.end : found.end + 18]
    )


def _split_year(text: str, found: Match) -> bool:
    year, to = int(found["year"]), found["to"]
    return int(to[-2:]) == (year + 1) % 100 and 1700 <= year <= 2100 and not re.search(r"[\w/]$", _left(text, found))


def _approx_year(text: str, found: Match) -> bool:
    return int(found["year"]) >= 100 and bool(re.match(r"c", text[found.start : found.start + 1]))


def _from_stamp(text: str, found: Match) -> bool:
    return not re.search(r"[\w-]$", _left(text, found))


def _military(text: str, found: Match) -> bool:
    return not re.search(r"[$\d,.]\s?$", _left(text, found))


def _dtg(text: str, found: Match) -> bool:
    return bool(found["month"]) or bool(
        re.search(r"\b(?:at|DTG|by|until|from|from|of|as of|R|P|O|Z)\s*$", _left(text, found))
    )


_CHECKS = {
    "year": _year,
    "approximate_year": _approx_year,
    "short_year": _short_year,
    "bare_month": _bare_month,
    "season": _season,
    "quarter": _quarter,
    "half": _half,
    "split_year": _split_year,
    "clock": _clock,
    "part": _part,
    "now": _now,
    "the_future": _the_future,
    "recent": _recent,
    "in_future": _in_future,
    "at_present": _to_date,
    "soon": _soon,
    "units": _bare_units,
    "the_unit": _the_unit,
    "duration": _duration,
    "century": _century,
    "holiday": _holiday,
    "weekday": _weekday,
    "slash": _slash,
    "rate": _per,
    "stamp": _from_stamp,
    "military": _military,
    "dtg": _dtg,
}

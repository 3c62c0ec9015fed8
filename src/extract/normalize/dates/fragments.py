"""The pieces that the rules of ``patterns`` are written with, and the small notation that they are written in.

Notation: a blank stands for white space of any kind within a paragraph (a hard-wrapped line breaks anywhere), ``~`` for
a gap on one line or over one line break, ``{name}`` for a fragment, ``=`` in a class of dashes for every hyphen and
dash. Every quantifier over blanks is bounded, so that a match costs the same in a text of any length.
"""

from __future__ import annotations

import re

from extract.normalize.dates.words import (
    CARDINALS,
    ERAS,
    HOLIDAYS,
    MONARCHS,
    MONTHS,
    OLD_MONTHS,
    ORDINALS,
    SEASONS,
    SPELLED_DECADES,
    WEEKDAYS,
    ZONES,
)


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


_ONES = _any([w for w, n in CARDINALS.items() if n < 10])
_SPELLED = (
    rf"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[-\u2010\u2011\u2013 ](?:{_ONES})|{_any(CARDINALS)})"
)
_UNDER_HUNDRED = rf"(?:{_any([w for w, n in CARDINALS.items() if n >= 10])})(?:[ =](?:{_ONES}))?"
# "nineteen ninety-six", "eighteen hundred", "twenty oh five", "twenty ten", "one thousand eight hundred and sixty-two".
_SPOKEN_YEAR = (
    rf"(?:(?:four|fif|six|seven|eigh|nine)teen[ =](?:hundred(?: and)?(?:[ =](?:{_ONES}|{_UNDER_HUNDRED}))?|"
    rf"(?:oh|o|aught)[ =](?:{_ONES})|(?:{_UNDER_HUNDRED}))|"
    rf"twenty[ =](?:(?:oh|o)[ =](?:{_ONES})|(?:{_UNDER_HUNDRED}))|"
    rf"one thousand,? (?:{_ONES}) hundred(?:(?: and)?[ =](?:{_UNDER_HUNDRED}|{_ONES}))?|"
    rf"two thousand(?:(?: and)?[ =](?:{_UNDER_HUNDRED}|{_ONES}))?)(?![\w])"
)
_DAY_ORDINAL = (
    rf"(?:(?:twenty|thirty)[-\u2010 ](?:{_any([w for w, n in ORDINALS.items() if n < 10])})|{_any(ORDINALS)})"
)
_FULL_MONTHS = [m for m in MONTHS if (len(m) > 4 and m not in OLD_MONTHS) or m in ("may", "june", "july")]
_COUNT = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}(?:\.\d{{1,2}}|[ -]?\d/\d|[½¼¾])?|{_SPELLED})"
_VAGUE = r"(?:several|many|numerous|a few|few|a couple(?: of| more)?|couple(?: of)?|countless|some)"
_PARTS = r"morning|afternoon|evening|night|dawn"

FRAGMENTS: dict[str, str] = {
    "month": rf"(?:(?P<month>{_any(_FULL_MONTHS)})\b|"
    rf"(?P<month>{_any(set(MONTHS) - set(_FULL_MONTHS) - OLD_MONTHS)})\b(?:\.(?=[\s\d,/\-\u2013]|$))?)",
    "fullmonth": rf"(?P<month>{_any(_FULL_MONTHS)})\b",
    "anymonth": rf"(?:{_any(_FULL_MONTHS)})\b",
    "anywd": rf"(?:{_any([w for w in WEEKDAYS if w.endswith('day')])})",
    "wd": rf"(?P<wd>{_any(WEEKDAYS)})\b\.?",
    "fullwd": rf"(?P<wd>{_any([w for w in WEEKDAYS if w.endswith('day')])})",
    "day": r"(?P<day>3[01]|[12]\d|0?[1-9])(?:(?P<suffix>st|nd|rd|th|(?<=[23])(?-i:d))\b|"
    r"[ ](?P<suffix>(?-i:st|nd|rd|th))\b(?!\.)|(?![\d\w]|\.\d|,\d(?!\d{3}(?!\d))|\s?%|\sper ?cent\b))",
    "dayword": rf"(?P<dayword>{_DAY_ORDINAL})",
    "year": rf"(?:(?P<year>[12]\d{{3}})(?:(?=[a-e][);,\s])|(?![\d\w]|[.,]\d|\s?%))|(?P<year>{_SPOKEN_YEAR}))",
    "spokenyear": rf"(?P<year>{_SPOKEN_YEAR})",
    "span2": r"(?:[/=](?P<to>\d{2,4}))",
    "bc": r"(?P<bc>~?(?-i:B\.[^\S\n]?C\.?(?:[^\S\n]?E\.)?|BCE?)(?!\w))",
    "ad": r"(?:~(?-i:A\.?D\.?|CE)(?!\w))",
    "yy": r"['’‘](?P<yy>\d\d)(?![\w])",
    "yref": r"(?:of )?(?P<yref>that|the same|the following|the next|the previous|last|this|next) year(?!['’\w-])",
    "edge": r"(?P<edge>(?:later|earlier) in (?:the )?|(?:as (?:early|late|"
    r"recently) as )?(?:the )?(?:very )?(?:early|late|mid)(?:=to=late)?"
    r"(?: in| of)?(?: |[=] ?)(?:the )?|(?:the )?(?:very )?(?:end|beginning|start|middle|close|eve|"
    r"(?:early|late|later|latter|first|last|better|middle) (?:part|days|months|years|weeks|stages)|rest|"
    r"remainder|height)"
    r"(?: of |[=]of[=])(?:the )?)",
    # "the second half of the 1980s", "the last quarter of the century".
    "piece": r"(?P<edge>(?:the )?(?:first|second|latter|last|other)[ =](?:half|third|quarter) of )(?:the )?",
    "count": _COUNT,
    "hour": rf"(?:1[0-2]|[1-9])(?!\d)|{_any([w for w, n in CARDINALS.items() if n <= 12])}|midnight|noon|midday",
    "num": rf"(?P<num>{_COUNT}(?: and a half| and half|=and=a=half)?|{_VAGUE}|half (?:a|an)|a half|an?(?: half)?(?= |-)"
    r"(?: dozen| hundred| thousand)?|(?:a |two |three )?dozens?(?: of)?|(?:a |one |two |three )?hundreds? of)",
    "range": rf"(?P<num>{_COUNT}(?:,| or| to| and|[=])[ ]?{_COUNT})",
    "unit": r"(?P<unit>seconds?|minutes?|mins?|hours?|hrs?|days?|nights?|weeks?|fortnights?|months?|years?|yrs?|"
    r"decades?|"
    r"century|centuries|millennia|weekends?|quarters?|semesters?)(?![\w])",
    "unit1": r"(?P<unit>day|week|weekend|month|quarter|year|decade|century|fortnight)(?![\w])",
    "adj": r"(?:(?P<adj>(?:single|full|straight|consecutive|successive|additional|more|extra|whole|solid|long|"
    r"short|tough|entire|calendar|"
    r"business|working|trading|fiscal|financial|school|crop|bloody|brutal|good|bad|hard|critical|crucial|"
    r"previous|past|further)) )",
    "approx": r"(?:(?P<approx>(?:just |only |well |a mere |a little |slightly )?(?:about|around|some|nearly|"
    r"almost|roughly|"
    r"approximately|more than|less than|fewer than|at least|at most|up to|as many as|as long as|as little as|"
    r"no more than|"
    r"close to|not quite|barely|under|over|only|just|a mere|another|an additional|an estimated)) )",
    "clock": r"(?:(?P<h>1[0-2]|0?\d)(?:[:.](?P<mi>[0-5]\d))?(?::(?P<sec>[0-5]\d))?~?(?P<ap>[ap]\.[^\S\n]?m\b\.?|"
    r"[ap]m\b)|"
    r"(?P<h24>[01]?\d|2[0-4]):(?P<mi24>[0-5]\d)(?::(?P<s24>[0-5]\d)(?:\.\d{1,6})?)?(?![\d:]|\.\d)(?:~?(?:hrs|"
    r"hours)\b)?)"
    rf"(?P<zone>~?\(?(?:(?-i:{ZONES})\b|[+-]\d\d:?\d\d\b)\)?)?",
    "partof": rf"(?:(?:the )?(?P<partedge>early |late )?(?:in the )?(?P<part>{_PARTS}|(?:morning|night|early|"
    rf"small) hours) (?:of|on) (?:the )?)",
    "nthword": rf"\d{{1,2}}(?:st|nd|rd|th)|{_DAY_ORDINAL}",
    "oldmonth": rf"(?P<month>{_any(OLD_MONTHS)})\b\.?",
    "parts": rf"(?P<part>{_PARTS})",
    "season": rf"(?P<season>{_any(SEASONS)})(?![\w])",
    "cent": rf"(?P<cent>\d{{1,2}}(?:st|nd|rd|th)|{_DAY_ORDINAL})",
    "q": r"(?P<q>first|second|third|fourth|final|last(?=\s+quarter\s+(?:of|in)\s+(?:fiscal\s+)?(?:[12]\d{3}|"
    r"the year|this year|last year))|1st|2nd|3rd|4th)",
    "reign": rf"(?P<reign>(?-i:{_any({**MONARCHS, **ERAS})}))",
    "spelleddecade": rf"(?P<sdec>{_any(SPELLED_DECADES)})",
    "holiday": rf"(?P<holiday>{_any(HOLIDAYS)})",
    "end": r"(?![\w])",
    "near": r"(?: (?P<which>last|next)(?=\s{0,3}(?:[.,;:)\]]|$|"
    r"(?:to|and|in|at|was|were|as|when|we|it|the|he|they|his|a)\b)))",
    "followingyear": r"(?:(?:,? |,? of |,){year}{bc}?{ad}?|(?:,? )?{yy}| {yref})",
    "dayref": r"(?:(?P<ref>today|yesterday|tomorrow|tonight|this morning|this afternoon|this evening|last night)\b|"
    r"{fullwd}\b(?: {parts}\b)?)",
}
_DASHES = "-\u2010\u2011\u2013"


def expand(pattern: str) -> str:
    """The regular expression that a rule's notation stands for. Raises ``KeyError`` for an unknown fragment."""
    for _ in range(3):
        pattern = re.sub(r"\{([a-z][a-z0-9]*)\}", lambda m: FRAGMENTS[m.group(1)], pattern)
    for joint in ("[ =]", "[= ]"):
        pattern = pattern.replace(joint, rf"(?:\s{{0,2}}[{_DASHES}]\s{{0,2}}|\s{{1,16}})")
    pattern = pattern.replace("[=]", f"[{_DASHES}]").replace("[/=]", f"[{_DASHES}/]")
    pattern = re.sub(r"(?<![?<(!P\\[^])=(?![^\[\]]*\])", f"[{_DASHES}]", pattern)
    return distinct_groups(_blanks(pattern))


def distinct_groups(pattern: str) -> str:
    """A group's second and later definitions are named ``name_2``, ``name_3``: ``scan.Found`` reads the one
    that matched."""
    seen: dict[str, int] = {}

    def rename(match: re.Match[str]) -> str:
        name = match.group(1)
        seen[name] = seen.get(name, 0) + 1
        return match.group(0) if seen[name] == 1 else f"(?P<{name}_{seen[name]}>"

    return re.sub(r"\(\?P<(\w+)>", rename, pattern)


def _blanks(pattern: str) -> str:
    """Blanks outside of character classes become white space; ``~`` a gap over at most one line break."""
    gap = r"(?:[^\S\n]{1,4}(?:\n[^\S\n]{0,8})?|\n[^\S\n]{0,8})"
    out, in_class, i = [], False, 0
    while i < len(pattern):
        char = pattern[i]
        if char == "\\":
            out.append(pattern[i : i + 2])
            i += 2
            continue
        in_class = (char == "[" or in_class) and char != "]"
        out.append(char if in_class else {" ": r"(?:\s{1,16})", "~": gap}.get(char, char))
        i += 1
    return "".join(out)


def compile_rule(pattern: str) -> re.Pattern[str]:
    """A rule's notation, compiled; letters match either case."""
    return re.compile(expand(pattern), re.IGNORECASE)

"""What looks like a time expression and is none: numbers that are no years, "may" and "march", rates and scores."""

from __future__ import annotations

import re

from extract.normalize.dates import guards_amounts
from extract.normalize.dates.guards_amounts import Match, left_of
from extract.normalize.dates.words import listed, sign

# Left of a bare four-digit number: what says that it is no year.
_NO_YEAR_LEFT = sign(r"(?:{no_year_left})\s?$|\d[.:]$|\b\d{1,3},$", re.IGNORECASE)
_COUNTED = re.compile(rf"\s{{1,3}}(?:[a-z]+[- ])?(?:per cent|{'|'.join(sorted(listed('counted')))})\b")
_NUMBERED_RIGHT = re.compile(r"/\d{1,4}/[A-Z]{2}|/\d{3}(?!\d)")  # "Directive 2014/15/EU", "file 1938/217"
# "a survey of 1709 children" counts; "the 1614 rules", "the suffrage of 1793 was" do not.
_COUNTED_THINGS = sign(r"\s+(?!(?:{counted_things})\b)[a-z]+(?:s|ren|men)\b")
_YEAR_OF_THINGS = sign(r"\b(?:{year_of_things})\s+$", re.IGNORECASE)
_YEAR_CUE = sign(r"(?:\b(?:{year_cue})|[-–—(\[,/:;*.\n]|^)\s*$", re.IGNORECASE)
# 1500 and 2000 are counts more often than years.
_ROUND_YEAR_LEFT = sign(r"(?:\b(?:{round_year_left})|[-–(/,*\n]|^)\s*$", re.IGNORECASE)
_MAY_LEFT = sign(r"(?:\b(?:{may_left})[\s-]{1,3}|[-–/(]\s{0,2})$", re.IGNORECASE)
_SURELY_MONTH_LEFT = sign(r"\b(?:{surely_month_left})[\s-]{1,3}$", re.IGNORECASE)
# "the Long March", "the March to Pellworth"; but "the March meeting".
_A_MARCH_LEFT = re.compile(r"\b(?:the|long|his|her|their)\s+$", re.IGNORECASE)
_MARCH_OF_TIME = sign(r"\s(?!(?:{march_of_time})\b)[a-z]")
_VERB_AFTER_MAY = sign(r"\s+(?:{verb_after_may})\b")
_CAPITAL_ONLY = listed("capital_only")
_SPRING_VERB = sign(r"\s+(?:{spring_verb})\b")


def allowed(text: str, found: Match) -> bool:
    """Whether a rule's match is a time expression in its surroundings."""
    for name in ("month", "wd"):
        if found[name].lower() in _CAPITAL_ONLY and not found[name][0].isupper():
            return False
    check = _CHECKS.get(found.rule) or _CHECKS.get(found.reader)
    return check is None or check(text, found)


def _year(text: str, found: Match) -> bool:
    if found.rule == "year_bc" or found["bc"]:
        return True
    if not 1000 <= int(found["year"] or 0) <= 2199:
        return found.rule != "year"
    bare = found.end - found.start <= 4
    left = left_of(text, found)
    if re.match(r"[- ]year[- ]old\b|\s+(?:years?|months?|days?|hours?|times)\b", text[found.end : found.end + 10]):
        return False
    if (
        bare
        and int(found["year"]) < 1850
        and _COUNTED_THINGS.match(text, found.end)
        and not _YEAR_OF_THINGS.search(left)
    ):
        return False
    if not bare:
        return not (_COUNTED.match(text, found.end))
    if _NO_YEAR_LEFT.search(left) or _COUNTED.match(text, found.end) or _NUMBERED_RIGHT.match(text, found.end):
        return False
    if int(found["year"]) % 100 == 0 and not _ROUND_YEAR_LEFT.search(left):
        return False
    if 1400 <= int(found["year"]) <= 2060 and not re.search(r"[A-Za-z\d][-–]$", left):
        return True
    if re.search(r"\d{4}[-–]$", left) or _medieval(text, found):
        return True
    return (
        bool(_YEAR_CUE.search(left))
        and 1400 <= int(found["year"]) <= 2060
        and not re.search(r"[A-Z]-$|\d[-–]\d*[-–]?$", left)
    )


# A year of the Middle Ages stands behind a preposition, and nothing that could be counted stands behind it.
_MEDIEVAL_LEFT = sign(r"\b(?:{medieval_left})\s+$", re.IGNORECASE)
_NOTHING_COUNTED = sign(r"\s*(?:[,.;:)]|$)|\s+(?:{nothing_counted})\b")


def _medieval(text: str, found: Match) -> bool:
    return bool(_MEDIEVAL_LEFT.search(left_of(text, found)) and _NOTHING_COUNTED.match(text, found.end))


# Cycles of speech count in the same words: "seventeen eighteen tons", "two thousand and eight workers".
_NO_SPOKEN_YEAR = re.compile(r"\s*(?:%|o['’]clock\b|(?:point|odd|cents?)\b)", re.IGNORECASE)


def _spoken_year(text: str, found: Match) -> bool:
    if _COUNTED.match(text, found.end) or _NO_SPOKEN_YEAR.match(text, found.end):
        return False
    if text[found.start : found.start + 8].lower() in ("nineteen", "twenty t"):
        return True
    return _ROUND_YEAR_LEFT.search(left_of(text, found)) is not None


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
        return text[found.end - 1 : found.end] == "." or bool(_MAY_LEFT.search(left_of(text, found))) or word.isupper()
    if word.lower() == "may":
        left = left_of(text, found)
        if found["edge"] or _SURELY_MONTH_LEFT.search(left):
            return True
        named = re.match(r"\s[A-Z][a-z]+", text[found.end : found.end + 12])  # "the May Department Stores"
        return bool(_MAY_LEFT.search(left)) and not named and not _VERB_AFTER_MAY.match(text, found.end)
    if word.lower() in ("march", "april", "june", "august"):
        left = left_of(text, found)
        if found["edge"] or _MAY_LEFT.search(left):
            return (
                not re.match(r" [A-Z][a-z]+", text[found.end : found.end + 12])
                or word.lower() == "august"
                or bool(_MAY_LEFT.search(left))
            )
        if word.lower() == "march" and _A_MARCH_LEFT.search(left) and not _MARCH_OF_TIME.match(text, found.end):
            return False
        if word.lower() == "march" and re.match(r" to the\b", text[found.end : found.end + 8]):
            return False
        return not re.match(r" (?:[A-Z][a-z]+|on|of|for|against)\b", text[found.end : found.end + 14])
    return True


# "the price will fall this year": before a season that is a verb elsewhere stands what leads to a time.
_SEASON_LEFT = sign(r"(?:\b(?:{season_left})[\s-]+|^|[(,;:—–-]\s?)$", re.IGNORECASE)


_IN_THE_SEASON = sign(r"\b(?:{in_the_season})\s+$", re.IGNORECASE)


def _season(text: str, found: Match) -> bool:
    word = found["season"].lower()
    left = left_of(text, found)
    plain = text[found.start : found.start + len(word)].lower() == word
    if word in ("fall", "spring") and found["yref"] and plain and not _SEASON_LEFT.search(left):
        return False
    if re.search(r"\bPrague\s$", left) or re.match(
        r"['’]s\b|\s+(?:Street|Road|Lake|Palace|Olympics?|Games|wheat|squash|coats?|clothes|schools?|camps?|"
        r"jobs?|breaks?|Carnival|Paralympics|Park|Hill|River|Field)",
        text[found.end : found.end + 12],
    ):
        return False
    if (
        re.match(r"\s+of\b(?! [12]\d{3}| (?:this|that|last|next)\b)", text[found.end : found.end + 14])
        and not found["year"]
        and not found["yref"]
    ):
        return False
    if word == "fall" and found["det"] and not found["edge"] and not found["year"]:
        # "in the fall" is a season, "after the fall" and "the fall in prices" seldom are.
        season_left = re.search(r"\b(?:in|by|until|during|throughout|through|since|for|over|and)\s+$", left)
        return season_left is not None and not re.match(r"\s+(?:in|of)\b", text[found.end : found.end + 5])
    if (found["det"] and _IN_THE_SEASON.search(left)) or (found["which"] and word == "spring"):
        return True
    if found.end - found.start > len(word):
        return word not in ("fall", "spring") or not _SPRING_VERB.match(text, found.end) or bool(found["year"])
    if word == "fall":
        return bool(re.search(r"\b(?:early|late|mid)[- ]$", left)) or bool(
            re.search(r"\bin $", left) and not re.match(r" in\b", text[found.end : found.end + 4])
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


# A chapter and verse ("First Pellians 9:25"), a score: a name or a word of winning stands right before.
_VERSE_LEFT = sign(r"\b(?:(?!(?:{verse_left})\b)(?!\w+day\b)[A-Z][a-z]+|[Ss]core|won|lost|ratio of)\s$")


# Time codes of captions: "| 1:27:22|", "00:12:45,200 --> 00:12:48,300", a line of their own.
_TIME_CODE_LEFT = re.compile(r"(?:\||-->|[\[(]|^|\n)[^\S\n]*$")
_TIME_CODE_RIGHT = re.compile(r"(?:[.,;:]\d{1,3}\b|[^\S\n]*(?:[|\])\n]|-->|$))")


def _clock(text: str, found: Match) -> bool:
    if found["h24"] and not found["ap"]:
        after = text[found.end : found.end + 12]
        left = left_of(text, found, 16)
        if (left.endswith("[") and after.startswith("]")) or re.search(r"\d:$", left):
            return False  # "[00:02:15]": how far a recording has run
        if found["s24"] and _TIME_CODE_LEFT.search(left) and _TIME_CODE_RIGHT.match(after):
            return False
        if _VERSE_LEFT.search(left) and not found["zone"]:
            return False
        return not re.match(r"\s?(?:ratio|margin|odds|scale)", after)
    return True


# "a quarter to six percent", "ten minutes to two of them": what is counted stands behind.
_CLOCK_ENDS = sign(r"\s*(?:[.,;:)!?\u2014\u2013]|$)|\s+(?:{clock_ends})\b")


def _clock_past(text: str, found: Match) -> bool:
    """Minutes before or after an hour; "of" and bare numbers need more than that nothing counted follows."""
    phrase = text[found.start : found.end].lower()
    if re.search(r"clock|\bin the\b|\bthis\b|at night|m\.?$", phrase) or found["past"].lower() == "half":
        return True
    return found["to"].lower() != "of" and _CLOCK_ENDS.match(text, found.end) is not None


def _part(text: str, found: Match) -> bool:
    after, left = text[found.end : found.end + 12], left_of(text, found, 4)
    if found["part"].lower() in ("dawn", "night", "evening") and re.match(r"\sof\b", after) and not found["ref"]:
        return False  # "the dawn of history"
    if re.search(r"\ban? $", left) and not found["which"]:
        return False
    return not re.match(r"\s(?:flights?|clubs?|schools?|shift|watch|sky|vision|star|newspaper|talk|shows?)\b", after)


# "In May the first ships came": what is first is not the day.
_IN_LEFT = re.compile(r"\bin\s$", re.IGNORECASE)


def _month_dayword(text: str, found: Match) -> bool:
    return " the" not in text[found.start : found.end] or _IN_LEFT.search(left_of(text, found)) is None


# "June to July 2190 5956": what stands behind a month is the first figure of a table.
def _month(text: str, found: Match) -> bool:
    return int(found["year"] or 0) <= 2100


def _ago(text: str, found: Match) -> bool:
    return not guards_amounts.compared(text, found)


def _quarter_code(text: str, found: Match) -> bool:
    if found["year"] or found["yy"]:
        return True
    # Questions of a hearing are numbered so ("Q3 Chair: …"), and the quartiles of statistics.
    left = left_of(text, found, 24)
    opens = not left.strip(" \t") or left.rstrip(" \t").endswith(("\n", "*", "#"))
    return not opens and not re.search(r"quartile\s*\(?$|[=–-]\s?$", left) and text[found.end : found.end + 2] != " ="


def _frequency(text: str, found: Match) -> bool:
    word = text[found.start : found.end]
    if not word[0].isupper():
        return True
    opens = re.search(r"(?:^|[.!?:;\n*\u201c\"(]\s*)$", text[max(0, found.start - 3) : found.start])
    return opens is not None and not re.match(r"\s(?:[A-Z]|et al)", text[found.end : found.end + 6])


def _century(text: str, found: Match) -> bool:
    return not re.match(r"\s+(?:Fox|Club|Plaza|City)\b", text[found.end : found.end + 8])


def _holiday(text: str, found: Match) -> bool:
    if not found["holiday"][0].isupper():
        return False
    if re.search(
        r"\b(?!(?:This|Last|Next|On|At|By|Before|Until|For|Since|After|The|Every|During|Merry|From|Around|"
        r"Near)\b)[A-Z][a-z]+\s$",
        left_of(text, found),
    ):
        return False
    return not re.match(
        r"\s+(?:Island|Islands|tree|shopping|card|cards|present|presents|sales|season)\b|['’]",
        text[found.end : found.end + 10],
        re.IGNORECASE,
    )


def _short_year(text: str, found: Match) -> bool:
    return bool(
        re.search(
            r"(?:\b(?:in|since|of|from|until|by|class of|and|to|during)\s+|\b(?:\w+ber|\w+uary|March|April|May|"
            r"June|July|August)\s+|\[)$",
            left_of(text, found),
        )
    )


def _weekday(text: str, found: Match) -> bool:
    if not found["wd"][0].isupper():
        return False
    if (
        re.search(r"\b(?:Black|Bloody|Good|Ash|Fat|Super|Palm|Casual|Ruby|Joe|Tuesday)\s+$", left_of(text, found))
        and not found["which"]
    ):
        return False
    return not re.match(
        r"\s+(?:Night (?:Live|Football)|Times|Mirror|Telegraph|Review|Express|Evening Post|Weld|Ma)\b|"
        r"['’]s (?:Child|Children)",
        text[found.end : found.end + 16],
    )


# "-22-11/17/81": a page's number runs into the date at its foot.
_PAGE_LEFT = re.compile(r"(?:^|[^\w-])-\s?\d{1,3}\s?-$")
# Numbers of documents hold what looks like a month and a year: "A/63/2008", "No. 11/2004", "Directive 12/1998".
_NUMBERED_LEFT = sign(r"(?:[\w/.-]|\b(?:{numbered_left})\s?)$", re.IGNORECASE)


def _month_number(text: str, found: Match) -> bool:
    return _NUMBERED_LEFT.search(left_of(text, found)) is None


def _slash(text: str, found: Match) -> bool:
    a, b, year = int(found["a"]), int(found["b"]), found["c"]
    if found["sep"] == "." and len(year) != 4:
        return False
    if found["sep"] == "-" and len(year) == 2 and int(year) < 50:
        return False
    left = left_of(text, found)
    joined = re.search(r"[\d/.$-]$", left) and not _PAGE_LEFT.search(left)
    return 1 <= a <= 31 and 1 <= b <= 31 and (a <= 12 or b <= 12) and not joined


def _half(text: str, found: Match) -> bool:
    return not re.match(
        r"\s+of\b(?! (?:\d{4}|(?:this|last|next|the) (?:fiscal )?year))", text[found.end : found.end + 18]
    )


def _split_year(text: str, found: Match) -> bool:
    year, to = int(found["year"]), found["to"]
    return int(to[-2:]) == (year + 1) % 100 and 1700 <= year <= 2100 and not re.search(r"[\w/]$", left_of(text, found))


# "in 20/21", "the 98/99 budget": two years that follow each other, where a year is asked for.
_SHORT_SPLIT_LEFT = sign(r"\b(?:{short_split_left})\s$", re.IGNORECASE)


def _short_split_year(text: str, found: Match) -> bool:
    follows = int(found["to"]) == (int(found["yy"]) + 1) % 100
    return follows and _SHORT_SPLIT_LEFT.search(left_of(text, found)) is not None


def _approx_year(text: str, found: Match) -> bool:
    return int(found["year"]) >= 100 and bool(re.match(r"c", text[found.start : found.start + 1]))


# "by the 12th of Charles II": a year of a reign without the word "year", where laws are spoken of.
_REGNAL_LEFT = sign(r"\b(?:{regnal_left})\s(?:of\s)?$", re.IGNORECASE)


def _regnal(text: str, found: Match) -> bool:
    owns = text[found.end : found.end + 2] in ("'s", "’s")
    return not owns and (bool(found["said"]) or _REGNAL_LEFT.search(left_of(text, found)) is not None)


def _from_stamp(text: str, found: Match) -> bool:
    return not re.search(r"[\w-]$", left_of(text, found))


def _military(text: str, found: Match) -> bool:
    return not re.search(r"[$\d,.]\s?$", left_of(text, found))


def _dtg(text: str, found: Match) -> bool:
    return bool(found["month"]) or bool(
        re.search(r"\b(?:at|DTG|by|until|from|from|of|as of|R|P|O|Z)\s*$", left_of(text, found))
    )


_CHECKS = {
    "spoken_year": _spoken_year,
    "month_number": _month_number,
    "year": _year,
    "approximate_year": _approx_year,
    "month": _month,
    "month_dayword": _month_dayword,
    "ago": _ago,
    "regnal": _regnal,
    "short_year": _short_year,
    "bare_month": _bare_month,
    "season": _season,
    "quarter": _quarter,
    "half": _half,
    "short_split_year": _short_split_year,
    "split_year": _split_year,
    "clock": _clock,
    "clock_past": _clock_past,
    "part": _part,
    "quarter_code": _quarter_code,
    "frequency": _frequency,
    "now": guards_amounts.now,
    "the_future": guards_amounts.the_future,
    "recent": guards_amounts.recent,
    "in_future": guards_amounts.in_future,
    "at_present": guards_amounts.to_date,
    "soon": guards_amounts.soon,
    "units": guards_amounts.bare_units,
    "the_unit": guards_amounts.the_unit,
    "duration": guards_amounts.duration,
    "century": _century,
    "holiday": _holiday,
    "weekday": _weekday,
    "slash": _slash,
    "rate": guards_amounts.per,
    "stamp": _from_stamp,
    "military": _military,
    "dtg": _dtg,
}

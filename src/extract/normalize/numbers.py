"""Numbers as English prose writes them, read as floats.

Digits with grouping and decimals of several traditions (``1,234.5``, ``1,00,000``, ``9·4``, ``3,5``), fractions
(``2½``, ``3-1/4``, ``two-thirds``), words (``six thousand``, ``one hundred and fifty``), and scale words (``mln``,
``bn``, ``crore``). Functions take text and give values; nothing here knows what is counted.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extract.normalize.word_lists import word_list

UNITS = {
    word: value
    for value, word in enumerate(
        word_list(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
TENS = {word: (i + 2) * 10 for i, word in enumerate(word_list("twenty thirty forty fifty sixty seventy eighty ninety"))}
TENS["fourty"] = 40
# Scale words and their newswire and ledger abbreviations. Indian ones: lakh 1e5, crore 1e7.
SCALES: dict[str, float] = {
    "hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "lac": 1e5, "million": 1e6, "mln": 1e6, "mn": 1e6, "mio": 1e6,
    "crore": 1e7, "milliard": 1e9, "billion": 1e9, "bln": 1e9, "bn": 1e9, "trillion": 1e12, "trn": 1e12, "tn": 1e12,
    "quadrillion": 1e15, "dozen": 12.0,
}  # fmt: skip
# Letters that scale a sum only when stuck to its digits ("$5m", "£3.1bn", "2K"); "5 m" is five metres.
LETTER_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12}
VULGAR = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5,
    "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip
DENOMINATORS = {
    "half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10, "twentieth": 20, "hundredth": 100,
}  # fmt: skip

_VULGAR_CLASS = "[" + "".join(VULGAR) + "]"
# Line ends of hard-wrapped text may fall inside a figure; a blank line may not.
GAP = r"[ \t\u00a0\u2009\u202f]*(?:\n[ \t\u00a0]*)?"
GAP1 = r"(?:[ \t\u00a0\u2009\u202f]+(?:\n[ \t\u00a0]*)?|\n[ \t\u00a0]*)"

DIGITS = (
    r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?:[.·]\d+)?"  # 1,234,567.8 and 1,00,000
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?"  # 1.234.567,8
    r"|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?"  # 1 234 567 with no-break blanks
    r"|\d+[-\u2010 ]\d{1,2}/\d{1,2}(?![\d/])"  # 3-1/4
    rf"|\d+(?:[.·]\d+)?[ \u2009]?{_VULGAR_CLASS}"  # 2½
    r"|\d+,\d{1,2}(?=\s*(?:%|per\s?cent|pct|mln|bln|million|billion|trillion|mio))"  # 3,5 %
    r"|\d+[.·]\d+|\d+/\d+|\d+"
    rf"|\.\d+|{_VULGAR_CLASS})"
)
_SMALL = "|".join(sorted((*UNITS, *TENS), key=len, reverse=True))
_SCALE_WORDS = "|".join(sorted(SCALES, key=len, reverse=True))
SPELLED = (
    rf"(?:(?:(?:{_SMALL})\b)(?:(?:[-\u2010]|{GAP1})(?:and{GAP1})?(?:(?:{_SMALL}|hundred|thousand|million|billion"
    rf"|trillion|"
    r"lakh|crore|dozen)\b))*)"
)
ARTICLE_SCALE = (
    rf"(?:a(?:{GAP1}(?:few|couple{GAP1}of))?|half{GAP1}an?|an)(?:[-\u2010]|{GAP1})(?:hundred|thousand|lakh|million"
    rf"|crore|"
    rf"billion|trillion|dozen)\b(?:{GAP1}(?:thousand|million|billion|trillion|crore))?"
)
SCALE_AFTER = re.compile(rf"(?:[-\u2010]|{GAP})(?:({_SCALE_WORDS}|m|b|k|t)s?(?![\w])\.?)", re.IGNORECASE)
# "half" and "quarter" may stand before a scale ("half a million") and after "and" ("two and a half million").
AND_HALF = re.compile(
    rf"{GAP1}and{GAP1}(?:an?|one)[-\s](half|quarter|third)\b|{GAP1}and{GAP1}three[-\s]quarters\b", re.IGNORECASE
)

_CLEAN = re.compile(r"[\s\u2010-]+")


class Parsed(NamedTuple):
    """A number and how it was written: ``word`` (spelled out) or not, with a scale word or not."""

    value: float
    spelled: bool
    scaled: bool


def parse_digits(text: str) -> float:
    """The value of digits as ``DIGITS`` matches them; raises ``ValueError`` for anything else."""
    text = text.strip()
    fraction = 0.0
    for sign, part in VULGAR.items():
        if text.endswith(sign):
            fraction, text = part, text[:-1].strip()
            if not text:
                return fraction
    mixed = re.fullmatch(r"(?:(\d+)[-\u2010 ])?(\d+)/(\d+)", text)
    if mixed:
        below = float(mixed[3])
        return float(mixed[1] or 0) + (float(mixed[2]) / below if below else 0.0)
    text = text.replace("·", ".").replace("\u00a0", "").replace("\u2009", "").replace("\u202f", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}(,\d+)?", text):
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    return float(text.replace(",", "")) + fraction


def parse_words(text: str) -> float | None:
    """The value of a number in words ("six thousand", "one hundred and fifty"), ``None`` if it is no single number."""
    total, current, last_scale, previous = 0.0, 0.0, float("inf"), ""
    for word in _CLEAN.split(text.casefold().strip()):
        if word in ("", "and", "a", "an"):
            continue
        kind = "unit" if word in UNITS else "ten" if word in TENS else "scale"
        if kind == "scale":
            factor = SCALES.get(word)
            if factor is None:
                return None
            if factor == 100 or (factor < 1e3 and current == 0):
                current = (current or 1) * factor
            elif factor < last_scale:
                total, current, last_scale = total + (current or 1) * factor, 0.0, factor
            else:  # "five lakh crore", "hundred thousand million"
                total, current = (total + current) * factor, 0.0
        elif previous in ("", "scale") or (previous == "ten" and kind == "unit" and 0 < UNITS[word] < 10):
            current += UNITS.get(word, TENS.get(word, 0))
        else:
            return None
        previous = kind
    return total + current


def scale_value(word: str) -> float:
    """The factor of a scale word or letter, 1.0 for none."""
    word = word.casefold().rstrip(".")
    word = word[:-1] if word.endswith("s") and word not in SCALES else word
    return SCALES.get(word, LETTER_SCALES.get(word, 1.0))


def parse_number(text: str) -> float | None:
    """The value of one number in digits or words with its scale words: ``"3.1bn"``, ``"two and a half million"``.

    ``None`` if the text is no such number. Units, currencies and approximators belong to the caller.
    """
    text = text.strip()
    half = re.fullmatch(rf"(?:half|a{GAP1}half){GAP1}an?{GAP1}(\w+)", text, re.IGNORECASE)
    if half and half[1].casefold() in SCALES:
        return 0.5 * SCALES[half[1].casefold()]
    digits = re.match(DIGITS, text)
    if digits:
        value: float | None = parse_digits(digits[0])
        rest = digits.end()
    else:
        words = re.match(rf"(?:{SPELLED}|{ARTICLE_SCALE})", text, re.IGNORECASE)
        if not words:
            return None
        value, rest = parse_words(words[0]), words.end()
    half_part = AND_HALF.match(text, rest)
    if half_part and value is not None:
        value, rest = value + half_of(half_part), half_part.end()
    while value is not None and rest < len(text):
        scale = SCALE_AFTER.match(text, rest)
        if not scale:
            return None
        value, rest = value * scale_value(scale[1]), scale.end()
    return value


def half_of(match: re.Match[str]) -> float:
    """The part that ``AND_HALF`` adds: a half, a quarter, a third or three quarters."""
    return 1 / DENOMINATORS[match[1].casefold()] if match[1] else 0.75


def render_number(value: float) -> str:
    """Digits with thousands commas; ``parse_digits`` reads them back."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text or "0"

"""Numbers as English prose writes them, read as floats.

Digits with grouping and decimals of several traditions (``1,234.5``, ``1,00,000``, ``12 500``, ``9·4``, ``3,5``),
fractions (``2½``, ``3-1/4``), words (``six thousand``, ``one hundred and fifty``, ``thirty point two``), and scale
words (``mln``, ``bn``, ``crore``). Functions take text and give values; nothing here knows what is counted. The words
are in the lexicon ``en/number_words``.
"""

from __future__ import annotations

import re

from extract import lexicons


def _words(*kinds: str) -> dict[str, float]:
    rows = lexicons.load(
        "en/number_words",
        {"kind": "unit|ten|scale|short|beside_money|letter|part|multiple|sign", "value": "number", "word": "terms"},
        key=("word", "kind"),
    )
    return {row["word"]: float(row["value"]) for row in rows if row["kind"] in kinds}


UNITS, TENS, FULL_SCALES = _words("unit"), _words("ten"), _words("scale")
# Scale words and their abbreviations; letters scale only when stuck to digits ("$5m", "2K"): "5 m" is five metres.
SCALES = FULL_SCALES | _words("short")
LETTER_SCALES, MONEY_SCALES = _words("letter"), _words("beside_money")
PARTS, MULTIPLES, VULGAR = _words("part"), _words("multiple"), _words("sign")

_VULGAR_CLASS = "[" + "".join(VULGAR) + "]"
# Line ends of hard-wrapped text may fall inside a figure; a blank line may not.
GAP = r"[ \t\u00a0\u2009\u202f]*(?:\n[ \t\u00a0]*)?"
GAP1 = r"(?:[ \t\u00a0\u2009\u202f]+(?:\n[ \t\u00a0]*)?|\n[ \t\u00a0]*)"
# Before a word that can only go on with a number (a scale, "percent") a blank line is a wide line end of print.
WIDE_GAP = r"[ \t\u00a0\u2009\u202f]*(?:\n[ \t\u00a0]*){0,2}"

DIGITS = (
    r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)(?:[.·]\d+)?"  # 1,234,567.8 and 1,00,000
    r"|\d{1,3}(?:\.\d{3}){2,}(?!\d)(?:,\d+)?"  # 1.234.567,8
    r"|\d{1,3}(?:[\u00a0\u2009\u202f'’]\d{3})+(?!\d)(?:[.,]\d+)?"  # 1 234 567 with no-break blanks, 1'234'567
    r"|[1-9]\d{0,2}(?: \d{3})+(?![\d:/-]|,\d| \d)(?:\.\d+)?"  # 12 500
    r"|\d+\.\d{2}[- ][1-7]/[248](?![\d/])"  # 2.35-3/4: fractions of a cent
    rf"|\d+(?:[-\u2010 ]|{GAP1}and{GAP1})\d{{1,2}}/ ?\d{{1,2}}(?![\d/])"  # 3-1/4, 2 and 1/4
    rf"|\d+(?:[.·]\d+)?[ \u2009]?{_VULGAR_CLASS}"  # 2½
    r"|\d+,\d{1,2}(?![\d,/]|\.\d)"  # 3,5
    r"|\d+[.·]\d+|\d+/\d+|\d+"
    rf"|(?<![\w.])\.\d+|{_VULGAR_CLASS})"
)
# Digits that a scanner misread as letters: l and I for 1, O for 0.
MISREAD = (
    r"(?-i:(?<![A-Za-z\d])(?<![A-Za-z\d][.,])(?=[\d,.]*[lIO][\d,.OlI]*(?![A-Za-z]))(?=[OlI,.]*\d|[lI]?O*[,.]?O)"
    r"[\dlI][\dOlI]*(?:,[\dOlI]{3})*(?:[.,][\dOlI]+)?(?![A-Za-z\d]|[.,][\dOlI]))"
)
_MISREAD_LETTERS = str.maketrans("lIO", "110")
_SCALE_WORDS = "|".join(re.escape(word) for word in sorted(SCALES, key=len, reverse=True))
_MONEY_WORDS = "|".join(sorted({word.casefold() for word in MONEY_SCALES}, key=len, reverse=True))
SCALE_AFTER = re.compile(
    rf"(?:[-\u2010]|{WIDE_GAP})(?:(?P<word>{_SCALE_WORDS})s?(?!\w)|(?P<short>{_MONEY_WORDS}|t)(?!\w))\.?(?!\w)",
    re.IGNORECASE,
)
_PART_WORDS = "|".join(PARTS)
# What may follow a number or stand before a scale: "and a half", "and three quarters", "and 3/4".
AND_PART = re.compile(
    rf"{GAP1}and(?:{GAP1}|-)(?:(?P<above>an?|one|two|three)(?:[-\s]{{1,2}}(?P<part>{_PART_WORDS})s?\b)"
    rf"|(?P<sign>{_VULGAR_CLASS}|\d/\d(?![\d/])))",
    re.IGNORECASE,
)
_NUMBER_WORD = "|".join(sorted((*UNITS, *TENS, *FULL_SCALES), key=len, reverse=True))
SPELLED_START = rf"(?:(?:{'|'.join(sorted((*UNITS, *TENS), key=len, reverse=True))})\b)"
ARTICLE_START = rf"(?:an?(?:{GAP1}(?:few|couple{GAP1}of))?{GAP1}(?:{'|'.join(FULL_SCALES)})\b)"
_NEXT_WORD = re.compile(
    rf"(?P<gap>[-\u2010]|[ ]-[ ]|{GAP1}(?:and(?:{GAP1}|-))?|-and-)?\b(?P<word>{_NUMBER_WORD})\b", re.IGNORECASE
)
_POINT = re.compile(rf"{GAP1}point((?:{GAP1}(?:{'|'.join(list(UNITS)[:10])})\b)+)", re.IGNORECASE)
_ARTICLE = re.compile(rf"an?{GAP1}(?:few|couple{GAP1}of)?{GAP}(?=[a-z])", re.IGNORECASE)


def parse_digits(text: str) -> float:
    """The value of digits as ``DIGITS`` or ``MISREAD`` matches them; raises ``ValueError`` for anything else."""
    text = text.strip()
    if text.isdecimal():
        return float(text)
    fraction = VULGAR.get(text[-1:], 0.0)
    if fraction:
        text = text[:-1].strip()
        if not text:
            return fraction
    mixed = re.fullmatch(r"(?:(\d+(?:\.\d+)?)(?:[-\u2010\s]|\s+and\s+))?(\d+)/ ?(\d+)", text)
    if mixed:
        part = float(mixed[2]) / float(mixed[3]) if float(mixed[3]) else 0.0
        return float(mixed[1] or 0) + part * (0.01 if "." in (mixed[1] or "") else 1.0)
    text = re.sub("[\u00a0\u2009\u202f '’]", "", text.translate(_MISREAD_LETTERS).replace("·", "."))
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}(,\d+)?", text):
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d+,\d{1,2}", text):
        text = text.replace(",", ".")
    return float(text.replace(",", "")) + fraction


def read_words(text: str, position: int = 0) -> tuple[float | None, int]:
    """The number in words that starts at ``position`` and where it ends.

    ``None`` instead of a value for words that make no single number ("nineteen eighty", "one two three"): years and
    figures spelled in speech.
    """
    article = _ARTICLE.match(text, position)
    factor = (2.0 if "couple" in article[0].casefold() else 1.0) if article else 1.0
    total, current, scale, previous = 0.0, 0.0, float("inf"), "article" if article else ""
    end, here = position, article.end() if article else position
    while match := _NEXT_WORD.match(text, here):
        word, gap = match["word"].casefold(), (match["gap"] or "").casefold()
        kind = "unit" if word in UNITS else "ten" if word in TENS else "scale"
        if not _goes_on(previous, kind, "and" in gap, word) or (end > position and not gap):
            break
        if kind == "scale":
            value = FULL_SCALES[word]
            if value == 100 or (value < 1e3 and current == 0):
                current = (current or 1) * value
            elif value < scale:
                total, current, scale = total + (current or 1) * value, 0.0, value
            else:  # "five lakh crore", "hundred thousand million"
                total, current = (total + current) * value, 0.0
        else:
            current += UNITS.get(word, TENS.get(word, 0))
        previous, end = "lead" if kind == "unit" and not previous else kind, match.end()
        here = end
    if end == position:
        return None, position
    value = (total + current) * factor
    return _pointed(text, value, end) if previous != "scale" else _run_on(text, value, end)


def _goes_on(previous: str, kind: str, joined: bool, word: str) -> bool:
    """Whether a word of a kind may follow: "forty five", "hundred and five", "five and twenty", not "one two"."""
    if previous == "":
        return not joined
    if kind == "scale":
        return not joined
    if previous == "scale":
        return True
    if previous == "ten" and kind == "unit":
        return not joined and 0 < UNITS[word] < 10
    return previous == "lead" and kind == "ten" and joined  # "five and twenty"


def _pointed(text: str, value: float, end: int) -> tuple[float | None, int]:
    """ "thirty point two five"."""
    point = _POINT.match(text, end)
    if point is None:
        return _run_on(text, value, end)
    digits = "".join(str(int(UNITS[word])) for word in point[1].casefold().split())
    return value + float(f"0.{digits}"), point.end()


def _run_on(text: str, value: float, end: int) -> tuple[float | None, int]:
    """No value where more number words follow without a joint."""
    follows = _NEXT_WORD.match(text, end)
    if follows is None or not follows["gap"] or "and" in follows["gap"].casefold():
        return value, end
    while follows := _NEXT_WORD.match(text, end):
        if not follows["gap"]:
            break
        end = follows.end()
    return None, end


def scale_value(word: str, *, money: bool = True) -> float:
    """The factor of a scale word, abbreviation or letter, 1.0 for none; some scale only sums of ``money``."""
    plain = word.rstrip(".")
    low = plain.casefold()
    single = low[:-1] if low.endswith("s") and low not in SCALES and low not in MONEY_SCALES else low
    found = SCALES.get(single) or LETTER_SCALES.get(low)
    if found is None and money:
        found = MONEY_SCALES.get(plain) or MONEY_SCALES.get(single)
    return found or 1.0


def part_value(match: re.Match[str]) -> float:
    """What ``AND_PART`` adds: a half, a quarter, three quarters."""
    if match["sign"]:
        return parse_digits(match["sign"])
    above = UNITS.get(match["above"].casefold(), 1.0)
    return above / PARTS[match["part"].casefold()]


def parse_number(text: str) -> float | None:
    """The value of one number in digits or words with its scale words: ``"3.1bn"``, ``"two and a half million"``.

    ``None`` if the text is no such number. Units, currencies and approximators belong to the caller.
    """
    text = text.strip()
    half = re.match(rf"half(?:-|{GAP1})(?:an?{GAP1})?(?=\w)", text, re.IGNORECASE)
    digits = None if half else re.match(DIGITS, text)
    if half:
        value, rest = 0.5, half.end()
        if text[rest:].casefold() not in SCALES:
            return None
        return value * SCALES[text[rest:].casefold()]
    if digits:
        value, rest = parse_digits(digits[0]), digits.end()
    else:
        spelled, rest = read_words(text)
        if spelled is None:
            return None
        value = spelled
    part = AND_PART.match(text, rest)
    if part:
        value, rest = value + part_value(part), part.end()
    while rest < len(text):
        scale = SCALE_AFTER.match(text, rest)
        if not scale:
            return None
        value, rest = value * scale_value(scale["word"] or scale["short"]), scale.end()
    return value


def render_number(value: float) -> str:
    """Digits with thousands commas; ``parse_digits`` reads them back."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return text or "0"

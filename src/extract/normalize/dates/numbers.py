"""Small numbers as time expressions write them: "forty-two", "2 1/2", "a dozen", "several"."""

from __future__ import annotations

import re
from fractions import Fraction

from extract.normalize.dates.words import CARDINALS, ORDINALS

_VAGUE = re.compile(r"(?:a |the )?(?:few|several|many|numerous|countless|some|couple)(?: of| more)?$")
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000, "billion": 10**9, "dozen": 12, "score": 20}


def parse(text: str) -> Fraction | None:
    """The number, or ``None`` for a vague one ("several", "a few") and for words that are no number."""
    words = re.sub(r"\s+", " ", text.strip().lower())
    if re.fullmatch(r"(?:a )?couple(?: of| more)?", words):
        return Fraction(2)
    if _VAGUE.fullmatch(words):
        return None
    half = re.fullmatch(r"(.+?)(?:[ -]and[ -]a[ -]half|[ -]and[ -]half)", words)
    if half:
        whole = parse(half.group(1))
        return None if whole is None else whole + Fraction(1, 2)
    mixed = re.fullmatch(r"(\d{1,6})[ -](\d{1,2})/(\d{1,2})", words)
    if mixed and int(mixed.group(3)):
        return int(mixed.group(1)) + Fraction(int(mixed.group(2)), int(mixed.group(3)))
    vulgar = re.fullmatch(r"(\d{0,6}) ?([½¼¾])", words)
    if vulgar:
        return (
            int(vulgar.group(1) or 0) + {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}[vulgar.group(2)]
        )
    if re.fullmatch(r"[\d,]+(?:\.\d+)?", words):
        digits = words.replace(",", "")
        return Fraction(digits) if digits.strip(".") else None
    return _spelled(words)


def _spelled(words: str) -> Fraction | None:
    total, part, seen = Fraction(0), Fraction(0), False
    for word in re.split(r"[ \-‐‑–]+", words):
        if word in ("a", "an", "and", "the"):
            seen = seen or word in ("a", "an")
            continue
        if word == "half":
            part += Fraction(1, 2)
        elif word in ("quarter", "quarters"):
            part = (part or Fraction(1)) / 4
        elif word in CARDINALS:
            part += CARDINALS[word]
        elif word in _SCALES:
            part = (part or Fraction(1)) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, part = total + part, Fraction(0)
        elif re.fullmatch(r"\d{1,9}(?:\.\d{1,6})?", word):
            part += Fraction(word)
        else:
            return None
        seen = True
    if not seen:
        return None
    return (total + part) or Fraction(1)


def ordinal(text: str) -> int | None:
    """ "21st", "twenty-first", "third" → the number; ``None`` for other words."""
    words = re.sub(r"[\s\-‐‑–]+", " ", text.strip().lower())
    match = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)?", words)
    if match:
        return int(match.group(1))
    tens, _, ones = words.rpartition(" ")
    if tens in CARDINALS and ones in ORDINALS and CARDINALS[tens] >= 20 and ORDINALS[ones] < 10:
        return CARDINALS[tens] + ORDINALS[ones]
    return ORDINALS.get(words) if not tens else None


def year(text: str) -> int | None:
    """The year that digits of any script, kanji or English words name ("二〇一七", "twenty ten"), else ``None``.

    Spoken years come in two halves ("nineteen ninety-six", "nineteen oh five", "eighteen hundred") or with a thousand
    ("two thousand and eight").
    """
    plain = whole(text)
    if plain is not None:
        return plain
    words = [w for w in re.split(r"[\s\-‐‑–]+", text.strip().lower()) if w != "and"]
    if words[1:2] == ["thousand"]:
        total = _spelled(" ".join(words))
        return int(total) if total is not None else None
    if not words or words[0] not in CARDINALS:
        return None
    rest = [w for w in words[1:] if w not in ("oh", "o", "aught", "hundred")]
    tail = _spelled(" ".join(rest)) if rest else Fraction(0)
    return 100 * CARDINALS[words[0]] + int(tail) if tail is not None and tail < 100 else None


_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}
_KANJI_SCALES = {"十": 10, "百": 100, "千": 1000}
_KANJI_NUMBER = re.compile(rf"[\d{''.join(_KANJI_DIGITS)}{''.join(_KANJI_SCALES)}]{{1,9}}")


def whole(text: str) -> int | None:
    """A whole number in digits of any script or in kanji ("１１", "二十三", "一九九四"); ``None`` for anything else."""
    if _KANJI_NUMBER.fullmatch(text) is None:
        return None
    if not _KANJI_SCALES.keys() & set(text):
        return int("".join(str(_KANJI_DIGITS.get(c, c)) for c in text))
    total, current = 0, 0
    for char in text:
        if char in _KANJI_SCALES:
            total, current = total + (current or 1) * _KANJI_SCALES[char], 0
        else:
            current = 10 * current + (_KANJI_DIGITS[char] if char in _KANJI_DIGITS else int(char))
    return total + current


def render(number: Fraction) -> str:
    """As ISO 8601 writes an amount: ``3``, ``2.5``."""
    return str(number.numerator) if number.denominator == 1 else f"{float(number):g}"

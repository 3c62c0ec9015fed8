"""Numbers as people write them, for pages and terminals: ``38.37 billion``, ``1,500``, ``0.25``; and read back."""

from __future__ import annotations

import math
import re

from extract.normalize.numbers import parse_number, render_number

# Scale words from the largest on; below a million digits with commas are as quick to read.
_SCALES = (("trillion", 1e12), ("billion", 1e9), ("million", 1e6))
# A scaled number with more decimals than this is written out: its digits matter more than its size.
_MOST_DECIMALS = 4
_POWER = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
_SIGN = re.compile(r"[-\u2212\u2013]\s*")


def written_number(value: float) -> str:
    """A number for a reader; ``read_number`` gives the same number back."""
    if value < 0:
        return f"-{written_number(-value)}"
    for word, scale in _SCALES:
        scaled = round(value / scale, _MOST_DECIMALS)
        if value >= scale and math.isclose(scaled * scale, value, rel_tol=1e-12):
            return f"{scaled:,.{_MOST_DECIMALS}f}".rstrip("0").rstrip(".") + f" {word}"
    text = render_number(value)
    return text if math.isclose(read_number(text) or 0.0, value, rel_tol=1e-12, abs_tol=0.0) else repr(value)


def read_number(text: str) -> float | None:
    """The number that a person wrote: ``38.37 billion``, ``-3``, ``(3.2)``, ``1.4e11``, ``12 %``; ``None`` if none."""
    plain = re.sub(r"\s*(?:%|per\s?cent)$", "", text.strip())
    if plain.startswith("(") and plain.endswith(")"):
        return _negated(read_number(plain[1:-1]))
    sign = _SIGN.match(plain)
    if sign:
        return _negated(read_number(plain[sign.end() :]))
    value = float(plain) if _POWER.fullmatch(plain) else parse_number(plain)
    return value if value is not None and math.isfinite(value) else None


def _negated(value: float | None) -> float | None:
    return None if value is None else -value


def written_amount(low: float | None, high: float | None, unit: str | None) -> str:
    """Value and unit of a claim for a reader: ``38.37 billion USD``, ``5 to 7 ton``; empty where there is neither."""
    ends = [written_number(value) for value in (low, high) if value is not None]
    if len(ends) == 2 and ends[0] == ends[1]:
        ends.pop()
    return " ".join(filter(None, [" to ".join(ends), unit or ""]))

"""What is found: the number as it stands in the text, and the figure that it makes with its unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

# Given the offset after a number: the span of the noun that it counts, ``None`` if there is none.
NounFinder = Callable[[int], tuple[int, int] | None]


@dataclass(slots=True)
class Atom:
    """A number in the text, before its unit is known.

    ``how``: ``digits``, ``spelled``, ``vague`` ("dozens"), ``multiple`` ("doubled"), ``fraction``, ``share`` ("one in
    five") or ``run`` (words that make no single number). ``scaled``: written with a scale word or letter, by the factor
    ``scale``. ``doubtful``: digits that are a number only beside a unit ("3,5", "1O").
    """

    start: int
    end: int
    value: float
    how: str
    scaled: bool = False
    scale: float = 1.0
    doubtful: bool = False


@dataclass(slots=True)
class Figure:
    """A figure; ``kind`` is ``None`` while its unit is unknown. ``unit`` may be a currency family until resolved.

    ``rule`` says what found it, ``joined`` whether it is a ``range`` or got its unit from a ``list``; ``factor`` is
    what the unit multiplies by (0.01 for cents); ``cell`` the number of its cell in a table, -1 for none.
    """

    start: int
    end: int
    atom: Atom
    kind: str | None = None
    low: float = 0.0
    high: float = 0.0
    unit: str | None = None
    qualifier: str = "exact"
    rule: str = "bare"
    unit_start: int = -1
    factor: float = 1.0
    joined: str = ""
    cell: int = -1

    def scale_by(self, factor: float) -> None:
        """Multiply both ends; a negative factor turns them round."""
        ends = self.low * factor, self.high * factor
        self.low, self.high = min(ends), max(ends)

"""What the reader learns from: windows of annotated claims, with the share of each choice and option."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.components.claims.roles import ROLES
from extract.components.claims.windows import Asked, Window, Words, windows
from models.judgements.claims import Annotated, judged, shares_of


@dataclass(frozen=True)
class Example:
    """A window with its claims; for each ``roles`` (choices, roles) and ``periods`` (options, 1)."""

    source: str
    window: Window
    asked: list[Asked]
    roles: list[NDArray[np.float64]]
    periods: list[NDArray[np.float64]]


def examples(words: Words, texts: Iterable[Annotated]) -> Iterator[Example]:
    """The examples of all texts."""
    for text in texts:
        found, roles, periods = [], [], []
        grammar, names = None, list[str]()
        for reader, subject, gold in judged(text):
            if not gold:
                continue
            grammar, names = reader.grammar, [name for name, _ in reader.roles.named]
            asked = reader.asked(subject)
            phrases = [choice.text for choice in asked.choices]
            right = np.array([float(option.period.value == gold.get("period")) for option in asked.options])
            found.append(asked)
            roles.append(np.array([shares_of(phrases, gold.get(role)) for role in ROLES]).T)
            periods.append((right / max(1.0, right.sum()))[:, None])
        if grammar is not None:
            for window, numbers in windows(words, grammar, found, names):
                yield Example(
                    text.source, window, [found[n] for n in numbers], [roles[n] for n in numbers],
                    [periods[n] for n in numbers],
                )  # fmt: skip

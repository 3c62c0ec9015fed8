"""What the reader learns from: windows of annotated claims, with the share of each choice and option."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.components.claims.windows import Asked, Window, Words, windows
from models.judgements.claims import Annotated, judged, period_shares, role_shares


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
            found.append(asked)
            roles.append(role_shares(asked.choices, gold))
            periods.append(period_shares(asked.options, gold))
        if grammar is not None:
            for window, numbers in windows(words, grammar, found, names):
                yield Example(
                    text.source, window, [found[n] for n in numbers], [roles[n] for n in numbers],
                    [periods[n] for n in numbers],
                )  # fmt: skip

"""What the reader learns from: windows of annotated claims, with the share of each choice and option."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extract.components.claims.windows import CLASSES, Asked, Window, Words, windows
from models.judgements.claims import Annotated, judged, period_shares, role_shares


@dataclass(frozen=True)
class Example:
    """A window with its claims; for each ``roles`` (choices, roles), ``periods`` (options, 1) and ``classes``, all
    questions side by side: 1 at the answer, nothing at questions that are not asked of it."""

    source: str
    window: Window
    asked: list[Asked]
    roles: list[NDArray[np.float64]]
    periods: list[NDArray[np.float64]]
    classes: list[NDArray[np.float64]]


def examples(words: Words, texts: Iterable[Annotated]) -> Iterator[Example]:
    """The examples of all texts."""
    for text in texts:
        found, roles, periods, classes = [], [], [], []
        grammar, names = None, list[str]()
        for reader, subject, gold in judged(text):
            if not gold:
                continue
            grammar, names = reader.grammar, [name for name, _ in reader.roles.named]
            asked = reader.asked(subject, reader.outside(subject))
            found.append(asked)
            roles.append(role_shares(asked.choices, gold))
            periods.append(period_shares(asked.options, gold))
            classes.append(class_shares(subject.kind, gold))
        if grammar is not None:
            for window, numbers in windows(words, grammar, found, names):
                yield Example(
                    text.source, window, [found[n] for n in numbers], [roles[n] for n in numbers],
                    [periods[n] for n in numbers], [classes[n] for n in numbers],
                )  # fmt: skip


def class_shares(kind: str, gold: Mapping[str, Any]) -> NDArray[np.float64]:
    """What each class deserves, in the order of ``CLASSES``; only of a percentage is asked whether it is a tariff's."""
    answers: dict[str, str | None] = {"status": gold["status"], "change": None, "goal": None, "tariff": None}
    if kind != "target":
        answers |= {"change": gold.get("change") or "none", "goal": "yes" if gold["is_target"] else "no"}
    if kind == "percent":
        answers["tariff"] = "yes" if gold["kind"] == "tariff_rate" else "no"
    return np.concatenate([[float(one == answers[name]) for one in names] for name, names in CLASSES.items()])

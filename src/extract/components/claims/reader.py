"""The second reader of roles and periods: an encoder that has read whole sentences, where the extra is installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from extract.components.claims.windows import Asked, batch, windows
from extract.components.grammar import Grammar
from extract.learned.encoder import Encoder
from extract.learned.linear import Floats, log_softmax_within

NAME = "claims_reader"
# Windows that are read at once, of about the same length.
BATCH = 16


class Opinion(NamedTuple):
    """Logarithms of chances, for each claim: of its choices (choices, roles) and of its options (options, 1)."""

    roles: list[Floats]
    periods: list[Floats]


def read(encoder: Encoder, grammar: Grammar, asked: Sequence[Asked], names: Sequence[str]) -> Opinion | None:
    """What the encoder thinks of all claims of a document; ``None`` where there are none."""
    if not asked:
        return None
    nothing: list[Floats] = [np.zeros((0, 0))] * len(asked)
    found = Opinion(list(nothing), list(nothing))
    pairs = sorted(windows(encoder, grammar, asked, names), key=lambda pair: len(pair[0].ids))
    for start in range(0, len(pairs), BATCH):
        part = pairs[start : start + BATCH]
        arrays = batch([(window, [asked[number] for number in numbers]) for window, numbers in part])
        roles, periods = encoder.scores(arrays)
        order = [number for _, numbers in part for number in numbers]
        _share_out(found.roles, order, roles, arrays["choice_of"])
        _share_out(found.periods, order, periods, arrays["option_of"])
    return found


def _share_out(into: list[Floats], order: Sequence[int], scores: np.ndarray, owners: np.ndarray) -> None:
    chances = log_softmax_within(scores.astype(np.float64), owners)
    for number, each in zip(order, np.split(chances, np.flatnonzero(np.diff(owners)) + 1), strict=True):
        into[number] = each

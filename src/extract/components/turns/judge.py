"""Which of the openers are labels of speakers: learnt from what they show by themselves and beside each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.components.turns.features import read_features
from extract.components.turns.japanese import plain_labels
from extract.components.turns.scanner import Opener
from extract.learned import TreeModel, load

WEIGHTS = "turn_openers"
# The probability from which an opener is taken: from 0.55 to 0.6 F1 on sources left out is the same; below, more texts
# without turns get one, above, more long speeches with a lone label lose theirs (seen on other texts, by scores).
MIN_PROBABILITY = 0.59
# The same for a name in small letters where the document has labels in capitals: a record prints its names alike,
# offices and parts not always ("QUESTION", "Questioner 2").
MIN_OTHER_CASE = 0.75
# Below this a reviewer need not look at a refused one.
MIN_DOUBTFUL = 0.1
# What the rule of a turn says where not the judge but the form of the label decides.
BY_FORM = "by its form"
# Rows scored at once: so many fit the processor's cache.
CHUNK_ROWS = 500
_CASES = {"capitals": "capitals", "capitalised": "capitalised", "cjk": "CJK", "mark": "Q/A mark"}
_DELIMITERS = {
    "colon": "colon", "colon-line": "colon and line end", "semicolon": "semicolon", "stop": "full stop",
    "stop-dash": "full stop and dash", "dash": "dash", "hyphen": "hyphen", "mark": "arrow or bar", "gap": "wide blank",
    "space": "blank", "line": "own line", "bracket": "brackets",
}  # fmt: skip
_LEADS = {
    "clock": "clock time",
    "bold": "bold",
    "heading": "heading",
    "voice": "caption voice",
    "circle": "circle",
}


def judge(text: str, openers: Sequence[Opener]) -> list[float]:
    """The probability of each opener of a document that a turn begins behind it."""
    if not openers:
        return []
    model: TreeModel = load(WEIGHTS)
    rows = np.array([[row[name] for name in model.columns] for row in read_features(text, openers)])
    chunks = [model.probabilities(rows[at : at + CHUNK_ROWS]) for at in range(0, len(rows), CHUNK_ROWS)]
    return [float(chance) for chunk in chunks for chance in chunk]


def choose_labels(text: str, openers: Sequence[Opener]) -> list[Opener]:
    """The openers that are labels, in order, each with its style and probability in ``extra["rule"]``."""
    chosen = []
    plain = plain_labels(openers)
    for number, (opener, chance, least) in enumerate(_judged(text, openers)):
        opener.extra["rule"] = f"{style_name(opener)}; {BY_FORM if number in plain else f'{chance:.2f}'}"
        if plain.get(number, chance >= least):
            chosen.append(opener)
    return chosen


def doubtful(text: str, openers: Sequence[Opener]) -> list[Opener]:
    """The openers that were refused and come near to a label, with style and probability in ``extra["rule"]``."""
    found = []
    plain = plain_labels(openers)
    for number, (opener, chance, least) in enumerate(_judged(text, openers)):
        if number not in plain and MIN_DOUBTFUL <= chance < least:
            opener.extra["rule"] = f"refused: {style_name(opener)}; {chance:.2f}"
            found.append(opener)
    return found


def _judged(text: str, openers: Sequence[Opener]) -> list[tuple[Opener, float, float]]:
    """Each opener with its probability, and the one from which it is taken."""
    chances = judge(text, openers)
    capitals = any(
        opener.case == "capitals" and chance >= MIN_PROBABILITY for opener, chance in zip(openers, chances, strict=True)
    )
    other = ("capitalised", "name") if capitals else None
    return [
        (opener, chance, MIN_OTHER_CASE if (opener.case, opener.rank) == other else MIN_PROBABILITY)
        for opener, chance in zip(openers, chances, strict=True)
    ]


def style_name(opener: Opener) -> str:
    """The style for a reviewer: "title, capitals, full stop, line start"."""
    parts = [_LEADS[opener.lead]] if opener.lead in _LEADS else []
    if opener.case != "mark":
        parts.append({"titled": "title", "role": "office", "name": "name"}[opener.rank])
    parts += [_CASES.get(opener.case, opener.case), _DELIMITERS[opener.delimiter]]
    return ", ".join([*parts, "inside a line" if opener.glued else "line start"])

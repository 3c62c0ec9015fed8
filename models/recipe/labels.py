"""Speaker labels as transcripts print them, with their annotation."""

from __future__ import annotations

import random

from models.recipe.piece import Piece
from models.recipe.words import WORDS

NAMES = tuple(sorted(WORDS["SPEAKERS"]))
TITLES = {
    "stop": ("MR", "MS", "MRS", "DR", "CHAIRMAN", "VICE CHAIR", "GOVERNOR", "SENATOR", "AMBASSADOR", "THE CHAIRMAN"),
    "colon": ("Mr.", "Ms.", "Mrs.", "Dr.", "Senator", "Minister", "Ambassador", "Secretary", "Chairman", "Q", "A", ""),
    "bracket": ("", "", "", "Mr.", "Mrs.", "Minister"),
    "letter": ("Q", "A", "Q.", "A.", "THE PRESIDENT", "THE MINISTER"),
}


def turn_label(kind: str, rng: random.Random) -> Piece:
    """A label as a sentence of its own: "MR. OKAFOR." (stop), "Ms. Okafor:" (colon), "(Okafor)" (bracket), "Q:"."""
    title, name = rng.choice(TITLES[kind]), rng.choice(NAMES)
    words: list[tuple[str, str, bool]] = []  # text, tag, followed by a blank
    if kind == "bracket":
        words.append(("(", "-LRB-", False))
    alone = title in ("Q", "A") or kind == "letter" or title.startswith("THE ")
    words += _title(title, kind, alone)
    if not alone:
        words.append((name.upper() if kind == "stop" else name, "NNP", False))
    closing = {"stop": (".", ".", True), "bracket": (")", "-RRB-", True)}.get(kind, (":", ":", True))
    if not words[-1][0].endswith("."):
        words.append(closing)
    return _piece(words, None if alone else name)


def _title(title: str, kind: str, alone: bool) -> list[tuple[str, str, bool]]:
    parts = title.split()
    if kind == "stop" and title in ("MR", "MS", "MRS", "DR"):
        parts = [title + "."]
    return [
        (part, "DT" if part == "THE" else "NNP", not (alone and index == len(parts) - 1))
        for index, part in enumerate(parts)
    ]


def _piece(words: list[tuple[str, str, bool]], name: str | None) -> Piece:
    out = Piece()
    content = [index for index, (_, tag, _) in enumerate(words) if tag == "NNP"]
    root = content[0] if content else 0
    for index, (text, tag, blank) in enumerate(words):
        out.words.append(text)
        out.spaces.append(blank or index == len(words) - 1)
        out.sent_starts.append(index == 0)
        out.tags.append(tag)
        out.pos.append({"NNP": "PROPN", "DT": "DET"}.get(tag, "PUNCT"))
        out.morphs.append({"NNP": "Number=Sing", "DT": "Definite=Def|PronType=Art"}.get(tag, ""))
        out.lemmas.append("the" if tag == "DT" else text)
        out.heads.append(root)
        out.deps.append("ROOT" if index == root else {"NNP": "flat", "DT": "det"}.get(tag, "punct"))
        out.ents.append("B-PERSON" if name and text.lower() == name.lower() else "O")
    return out

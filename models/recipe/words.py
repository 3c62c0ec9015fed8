"""The word lists of ``models/data/words.txt``."""

from __future__ import annotations

from pathlib import Path

PATH = Path(__file__).parent.parent / "data" / "words.txt"


def read(path: Path) -> dict[str, frozenset[str]]:
    """List's name → words. Raises ``ValueError`` for words before the first name and for a name that comes twice."""
    out: dict[str, list[str]] = {}
    name = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        words = line.split()
        if not line.startswith(" "):
            name = words.pop(0)
            if name in out:
                raise ValueError(f"{path.name}:{number}: the list {name} is there twice")
            out[name] = []
        if not name:
            raise ValueError(f"{path.name}:{number}: words before the first list's name")
        out[name] += words
    return {key: frozenset(words) for key, words in out.items()}


WORDS = read(PATH)

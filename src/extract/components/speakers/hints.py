"""Names of those whose label names nobody: given before their words, in them, or by who answers."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.lexicons import load
from extract.normalize.labels import tidy
from extract.normalize.names import split_title

_WORD = r"[A-ZÀ-Þ][\w’'-]+\.?"
_FRAGMENTS = {
    "{title}": r"(?:(?:Mr|Mrs|Ms|Dr)\.?\s)?",
    "{name}": rf"(?P<name>{_WORD}(?:\s[A-ZÀ-Þ][\w’'.-]*){{0,2}}?)",
    "{full}": rf"(?P<name>{_WORD}(?:\s[A-ZÀ-Þ][\w’'.-]*){{0,3}})",
}
# Who is called upon is named in the last words, who speaks and who is answered in the first ones.
TAIL_CHARS = 220
HEAD_CHARS = 160
_SPACES = re.compile(r"\s+")
# Behind a name these begin the next clause.
_TAIL = re.compile(r"\s(?:And|The|From|With|I|Of|At|On|In|But|So|You|Please|Go)$")


def called(words: str) -> str | None:
    """Who is called upon at the end of somebody's words."""
    return _found("called", words.rstrip()[-TAIL_CHARS:], last=True)


def named_himself(words: str) -> str | None:
    """Who says who he is at the start of his words."""
    return _found("own", words.lstrip()[:HEAD_CHARS])


def addressed(words: str) -> str | None:
    """Whom the next speaker answers by name."""
    return _found("addressed", words.lstrip()[:HEAD_CHARS])


def nicknamed(behind: str) -> str | None:
    """The name that the words right behind somebody give to him: "a driver | who goes by the name “Lefty”"."""
    flat = _SPACES.sub(" ", behind[:HEAD_CHARS]).lstrip(" ,")
    found = next((match for pattern in _patterns()["nickname"] if (match := pattern.match(flat))), None)
    return tidy(found["name"]) if found else None


def is_given_name(word: str) -> bool:
    """Is it a given name of the lexicon, as written?"""
    return word in _given_names()


def _found(kind: str, words: str, *, last: bool = False) -> str | None:
    flat = _SPACES.sub(" ", words)
    for pattern in _patterns()[kind]:
        matches = list(pattern.finditer(flat))
        name = _person(matches[-1 if last else 0]["name"]) if matches else None
        if name:
            return name
    return None


def _person(written: str) -> str | None:
    """A name: its first word is a known given name."""
    name = _TAIL.sub("", tidy(written))
    if not name or split_title(name).title:
        return None
    return name if is_given_name(name.split()[0].strip(".’'")) else None


@lru_cache(maxsize=1)
def _patterns() -> dict[str, list[re.Pattern[str]]]:
    found: dict[str, list[re.Pattern[str]]] = {"called": [], "own": [], "addressed": [], "nickname": []}
    columns = {"pattern": "text", "kind": "called|own|addressed|nickname", "example": "text", "name": "text"}
    for row in load("en/speakers_hints", columns):
        pattern = row["pattern"]
        for mark, fragment in _FRAGMENTS.items():
            pattern = pattern.replace(mark, fragment)
        found[row["kind"]].append(re.compile(pattern))
    return found


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(row["name"] for row in load("mul/given_names", {"name": "text", "kind": "strong|weak"}))

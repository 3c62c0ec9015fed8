"""Lexicons: tab-separated data files with source and reason, and the one strict loader.

A file ``LANGUAGE/NAME.tsv`` below this folder (a BCP 47 tag, ``mul`` for several languages at once) starts with
``# source: …`` and ``# reason: …`` (more ``#`` lines are comments), then a line of column names, then one row a line.
``load`` checks it against the columns that the caller declares: an unknown or missing column, a duplicate key, an empty
term, a value outside the allowed ones, a regular expression that does not compile or matches the empty string, an
example that its rule does not find are refused, with file and line.

Words of one class share a row: a column of ``terms`` (or of ``regexes``) holds them joined by "; ", and each comes as a
row of its own.

A regular expression may name another lexicon: ``{en/months}`` stands for the words of a lexicon that is one list, the
longest first, so that a list of words stands once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
# kinds of columns that hold several values, each for a row of its own
_SHARED = ("terms", "regexes")
_NAMED = re.compile(r"\{([a-z]{2,3}/[a-z_]+)\}")


class LexiconError(ValueError):
    """A lexicon file breaks its own rules; the message names file, line, what was found and what is allowed."""


def load(name: str, columns: Mapping[str, str], *, key: tuple[str, ...] | None = None) -> tuple[dict[str, str], ...]:
    """The rows of ``NAME.tsv`` as dicts of strings; ``name`` is ``language/concept``, as "en/claim_words".

    ``columns`` maps each column to its kind: ``text`` (not empty), ``text?`` (may be empty), ``regex``, ``terms`` and
    ``regexes`` (a row each), ``number``, ``example`` (a text in which the row's regular expression finds something), or
    the allowed values joined by ``|``. ``key``: the columns that together must be unique (default: that of terms, else
    the first).
    """
    terms = next((column for column, kind in columns.items() if kind in _SHARED), next(iter(columns)))
    return _load(FOLDER / f"{name}.tsv", tuple(columns.items()), key or (terms,))


def words(name: str) -> frozenset[str]:
    """The words of a lexicon that is one list, with the only column ``word``."""
    return frozenset(row["word"] for row in load(name, {"word": "terms"}))


def classes(name: str, column: str, kinds: str) -> dict[str, frozenset[str]]:
    """The words of each class of a lexicon of two columns, ``column`` (of ``kinds``, joined by ``|``) and ``word``.

    A word may be of several classes.
    """
    found: dict[str, set[str]] = {kind: set() for kind in kinds.split("|")}
    for row in load(name, {column: kinds, "word": "terms"}, key=(column, "word")):
        found[row[column]].add(row["word"])
    return {kind: frozenset(words) for kind, words in found.items()}


def names() -> list[str]:
    """All lexicons that there are, as ``language/concept``, sorted."""
    return sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.tsv"))


@cache
def _load(path: Path, columns: tuple[tuple[str, str], ...], key: tuple[str, ...]) -> tuple[dict[str, str], ...]:
    if not path.is_file():
        raise LexiconError(f"{path.name}: no such lexicon; there are {', '.join(names())}")
    head: list[str] | None = None
    rows: list[dict[str, str]] = []
    seen: dict[tuple[str, ...], int] = {}
    comments = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.startswith("#"):
            comments += line + "\n"
        elif not line.strip():
            continue
        elif head is None:
            head = _check_head(path, number, line.split("\t"), dict(columns), comments)
        else:
            for cells in _one_a_term(line.split("\t"), dict(columns)):
                rows.append(_check_row(path, number, cells, head, dict(columns)))
                _check_key(path, number, tuple(rows[-1][column] for column in key), seen)
    if not rows:
        raise LexiconError(f"{path.name}: no rows")
    return tuple(rows)


def _check_head(path: Path, number: int, head: list[str], columns: dict[str, str], comments: str) -> list[str]:
    for needed in ("# source:", "# reason:"):
        if needed not in comments:
            raise LexiconError(f"{path.name}:{number}: the file must say '{needed} …' before its first row")
    if head != list(columns):
        raise LexiconError(f"{path.name}:{number}: columns are {head}; expected {list(columns)}")
    return head


def _one_a_term(cells: list[str], columns: dict[str, str]) -> list[list[str]]:
    """The cells of each row that a line stands for."""
    at = next((i for i, kind in enumerate(columns.values()) if kind in _SHARED and i < len(cells)), None)
    return [cells] if at is None else [[*cells[:at], term, *cells[at + 1 :]] for term in cells[at].split("; ")]


def _check_row(path: Path, number: int, cells: list[str], head: list[str], columns: dict[str, str]) -> dict[str, str]:
    if len(cells) != len(head):
        raise LexiconError(f"{path.name}:{number}: {len(cells)} cells in {cells!r}; expected {len(head)}: {head}")
    row = dict(zip(head, cells, strict=True))
    for column, kind in columns.items():
        if kind in ("regex", "regexes"):
            row[column] = _expanded(path, number, row[column])
    for column, kind in columns.items():
        problem = _problem(row[column], kind)
        if problem:
            raise LexiconError(f"{path.name}:{number}: {column} {row[column]!r} {problem}")
        if kind == "example" and not any(re.search(row[c], row[column]) for c, k in columns.items() if k == "regex"):
            raise LexiconError(f"{path.name}:{number}: the rule does not find its example {row[column]!r}")
    return row


def _problem(value: str, kind: str) -> str | None:
    if value != value.strip():
        return "has blank ends"
    if kind == "text?":
        return None
    if not value:
        return "is empty"
    if kind == "example":
        return None
    if kind in ("regex", "regexes"):
        return _regex_problem(value)
    if kind == "number":
        return None if re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", value) else "is no number"
    if kind not in ("text", "terms") and value not in kind.split("|"):
        return f"is not allowed; allowed are {kind.replace('|', ', ')}"
    return None


def _expanded(path: Path, number: int, pattern: str) -> str:
    """The pattern with the words of each lexicon that it names."""

    def words(match: re.Match[str]) -> str:
        try:
            return "(?:" + "|".join(re.escape(word) for word in alternatives(match[1])) + ")"
        except LexiconError as error:
            raise LexiconError(f"{path.name}:{number}: {match[0]}: {error}") from error

    return _NAMED.sub(words, pattern)


def alternatives(name: str) -> list[str]:
    """The words of a lexicon that is one list, the longest first, as a regular expression tries them."""
    return sorted(words(name), key=lambda word: (-len(word), word))


def _regex_problem(value: str) -> str | None:
    try:
        return "matches the empty string" if re.compile(value).match("") else None
    except re.error as error:
        return f"does not compile: {error}"


def _check_key(path: Path, number: int, key: tuple[str, ...], seen: dict[tuple[str, ...], int]) -> None:
    folded = tuple(part.casefold() for part in key)
    if folded in seen:
        raise LexiconError(f"{path.name}:{number}: {key} stands already in line {seen[folded]}")
    seen[folded] = number

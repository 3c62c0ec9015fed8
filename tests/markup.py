"""The two markups in which test cases carry what is expected of them, inside their own text.

``{words|field|field}`` (any brackets) gives words their fields; ``<tag key="value">words</tag>`` spans lines and nests.
Readers of one kind of case (``claim_cases``, ``dates_cases``, ``turns_cases``, …) say what fields mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field


class MarkupError(ValueError):
    """A case breaks its markup; the message says where and what is wrong."""


@dataclass(frozen=True)
class Mark:
    """Marked words and their place in the text without marks. ``name`` is the tag's, empty for brackets."""

    start: int
    end: int
    words: str
    fields: tuple[str, ...] = ()
    name: str = ""
    values: dict[str, str] = field(default_factory=dict)


def read_brackets(marked: str, opened: str, closed: str) -> tuple[str, list[Mark]]:
    """The text without marks, and the marks in order; brackets that hold no ``|`` are text."""
    inner = f"[^|{re.escape(opened[0] + closed[0])}]"
    mark = re.compile(rf"{re.escape(opened)}({inner}+(?:\|[^{re.escape(opened[0] + closed[0])}]*)?){re.escape(closed)}")
    text, at, marks = "", 0, []
    for match in mark.finditer(marked):
        words, *fields = match[1].split("|")
        if fields:
            text += marked[at : match.start()]
            marks.append(Mark(len(text), len(text) + len(words), words, tuple(fields)))
            text, at = text + words, match.end()
    return text + marked[at:], marks


def read_tags(marked: str, tags: dict[str, tuple[str, ...]]) -> tuple[str, list[Mark]]:
    """The text without tags, and the marks by start, the outer first. ``tags``: the keys of each, in order; one with a
    ``?`` may be left out. Raises ``MarkupError``."""
    forms = (f"<(?P<{tag}>{tag})" + "".join(map(_attribute, keys)) + ">" for tag, keys in tags.items())
    mark = re.compile("|".join((*forms, rf"</(?P<close>{'|'.join(tags)})>")))
    text, at, marks = "", 0, []
    opened: list[tuple[str, int, dict[str, str]]] = []
    for match in mark.finditer(marked):
        text, at = text + marked[at : match.start()], match.end()
        if match["close"] is None:
            values = dict(re.findall(r'(\w+)="([^"\n]*)"', match[0]))
            opened.append((match.lastgroup or "", len(text), values))
            continue
        if not opened or opened[-1][0] != match["close"]:
            raise MarkupError(f"{match[0]} closes nothing at {len(text)}")
        name, start, values = opened.pop()
        marks.append(Mark(start, len(text), text[start:], (), name, values))
    text += marked[at:]
    stray = re.search(rf"</?(?:{'|'.join(tags)})\b[^>\n]*>?", text)
    if opened or stray:
        raise MarkupError(f"broken mark {stray[0]!r}" if stray else f"<{opened[0][0]}> is left open")
    return text, sorted(marks, key=lambda each: (each.start, -each.end))


def _attribute(key: str) -> str:
    name = key.removesuffix("?")
    return rf'(?: {name}="[^"\n]*")' + ("?" if key.endswith("?") else "")

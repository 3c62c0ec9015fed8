"""Short documents in many layouts, written for these tests, with their zones and data marked in the text.

A file ``documents/NAME.txt`` has a line ``@@ KIND LANGUAGE`` before each segment (``@@. …`` where no blank line stands
before it in the document) and one line ``@@ doc field=value …``
(words split as a shell splits them). The marks are taken out to make the document; what stands between two marks is one
expected segment. The parser is strict: an unknown kind or field, or text before the first mark, is refused.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "documents"
KINDS = ("header", "title", "summary", "attendees", "body", "related", "references", "footer")
FIELDS = ("genre", "title", "date", "languages", "number", "sender", "recipient")


@dataclass(frozen=True)
class Sample:
    """A document's text, the kind and language expected at each of its characters, and its expected data."""

    name: str
    text: str
    kinds: list[str]
    languages: list[str]
    data: dict[str, str]


def read_sample(path: Path) -> Sample:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    data: dict[str, str] = {}
    kind = language = ""
    text, kinds, languages = "", [], []
    for number, line in enumerate(lines, start=1):
        if line.startswith("@@ doc "):
            data = dict(word.split("=", 1) for word in shlex.split(line[7:]))
            unknown = set(data) - set(FIELDS)
            assert not unknown, f"{path.name}:{number}: unknown fields {unknown}"
        elif line.startswith(("@@ ", "@@. ")):
            mark, kind, language = line.split()
            assert kind in KINDS, f"{path.name}:{number}: unknown kind {kind!r}"
            gap = "\n" if text and mark == "@@" else ""
            text, kinds, languages = text + gap, kinds + [kind] * len(gap), languages + [language] * len(gap)
        else:
            assert kind or not line.strip(), f"{path.name}:{number}: text before the first mark"
            text += line
            kinds += [kind] * len(line)
            languages += [language] * len(line)
    return Sample(path.stem, text, kinds, languages, data)


SAMPLES = [read_sample(path) for path in sorted(FOLDER.glob("*.txt"))]

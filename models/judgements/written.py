"""Passages that were written to be learnt from, each with its claims marked by hand (``models/written``).

A file holds passages in this form; what follows ``--`` is a row a claim, in the order of the text:

    == statistics; Chile; 1987
    Copper exports rose by 12 percent to $2.4 billion in 1986.
    --
    12 percent | percent | fact | measure=exports | item=copper | actor=Chile | period=1986 | change=rise
    $2.4 billion | money | fact | measure=exports | item=copper | period=1986

``python -m models.judgements.written FOLDER`` checks all passages and names the figures that are not found.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.components.claims.roles import ROLES, content
from extract.ingest.read import Document, hash_bytes
from extract.tables.schema import CLAIM_KINDS, STATUSES

WRITTEN = Path(__file__).parents[1] / "written"
PERIOD = re.compile(
    r"(?:\d{4}|\d{3}|\d{4}-(?:\d\d(?:-\d\d)?|Q[1-4]|H[12]|W\d\d))(?:/(?:\d{4}|\d{4}-(?:\d\d(?:-\d\d)?|Q[1-4]|H[12])))?"
    r"|P\d+[YMWD]|PRESENT_REF|PAST_REF|FUTURE_REF|XXXX(?:-(?:\d\d|XX|WXX|Q\d)(?:-(?:\d\d|XX))?)?"
)
KEYS = (*ROLES, "period", "change")


class PassageError(ValueError):
    """A passage breaks its form; the message names the file, the line and what was found."""


@dataclass(frozen=True)
class Passage:
    """A text with its claims; ``line`` is where it stands in its file, ``about`` what its first line says."""

    file: str
    line: int
    about: str
    text: str
    claims: list[dict[str, Any]]

    @property
    def document(self) -> Document:
        """The passage as the pipeline takes it."""
        data = self.text.encode()
        return Document(f"{self.file}-{self.line}.txt", hash_bytes(data), self.text, {}, "utf-8")


def read_passages(folder: Path = WRITTEN) -> Iterator[Passage]:
    """All passages of the folder's ``*.txt``, by name and place. Raises ``PassageError``."""
    for file, line, lines in cut_files(folder):
        yield _passage(file, line, lines)


def cut_files(folder: Path) -> Iterator[tuple[str, int, list[str]]]:
    """What stands in the folder's ``*.txt``, a part for each line that begins with ``==``: name of the file, number of
    that line, lines."""
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text("utf-8").split("\n")
        heads = [number for number, line in enumerate(lines) if line.startswith("== ")]
        for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
            yield path.stem, start + 1, lines[start:end]


def _passage(file: str, line: int, lines: list[str]) -> Passage:
    try:
        cut = lines.index("--")
        text = "\n".join(lines[1:cut]).strip("\n")
        rows = [row for row in lines[cut + 1 :] if row.strip()]
        claims, at = list[dict[str, Any]](), 0
        for row in rows:
            claims.append(_claim(row, text, at))
            at = claims[-1]["end"]
    except ValueError as error:
        raise PassageError(f"{file}.txt, passage of line {line}: {error}") from error
    return Passage(file, line, lines[0][3:].strip(), text, claims)


def _claim(row: str, text: str, at: int) -> dict[str, Any]:
    words, kind, status, *rest = (part.strip() for part in row.split("|"))
    start = text.find(words, at)
    if start < 0 or not words:
        raise ValueError(f"{words!r} does not stand in the text behind the claim before it")
    if kind not in CLAIM_KINDS or status not in STATUSES:
        raise ValueError(f"{row!r}: kind is one of {sorted(CLAIM_KINDS)}, status one of {sorted(STATUSES)}")
    given = dict(part.split("=", 1) if "=" in part else (part, "yes") for part in rest if part)
    if strange := set(given) - {*KEYS, "target"}:
        raise ValueError(f"{row!r}: what is {', '.join(sorted(strange))}?")
    known: dict[str, str | None] = {key: given.get(key) or None for key in KEYS}
    _check(known, text)
    is_target = "target" in given or kind == "target"
    return {"start": start, "end": start + len(words), "kind": kind, "status": status, "is_target": is_target, **known}


def _check(known: Mapping[str, str | None], text: str) -> None:
    words = content(text)
    for role in ROLES:
        if missing := content(known[role]) - words:
            raise ValueError(f"{role}={known[role]!r}: {', '.join(sorted(missing))} does not stand in the text")
    if known["period"] and not PERIOD.fullmatch(known["period"]):
        raise ValueError(f"period={known['period']!r} is no value of TIMEX3 as the gold writes it")
    if known["change"] not in {None, "rise", "fall"}:
        raise ValueError(f"change={known['change']!r} is neither rise nor fall")


def main() -> None:
    """Read the command line."""
    from models.judgements.claims import align, written_texts

    parser = argparse.ArgumentParser(prog="python -m models.judgements.written", description=__doc__)
    parser.add_argument("folder", type=Path, help="folder with *.txt")
    n_found = n_all = n_passages = 0
    folder = parser.parse_args().folder
    for passage, text in zip(read_passages(folder), written_texts(folder), strict=True):
        golds = [claim for claim in text.claims if claim["kind"] != "target"]
        found = set(align(text.doc._.figures, golds).values())
        n_found, n_all, n_passages = n_found + len(found), n_all + len(golds), n_passages + 1
        for number, claim in enumerate(golds):
            if number not in found:
                words = text.doc.text[claim["start"] : claim["end"]]
                print(f"{passage.file}.txt:{passage.line}: {words!r} ({claim['kind']}) is no figure of the pipeline")
    print(f"{n_passages} passages; {n_found} of {n_all} figures found")


if __name__ == "__main__":
    main()

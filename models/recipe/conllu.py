"""Reading CoNLL-U (EWT, GUM): sentences as pieces, with the raw text's spacing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from models.recipe.piece import Piece


@dataclass
class ConlluSentence:
    """One sentence: its piece, and the MISC column of each word as a dict."""

    piece: Piece
    misc: list[dict[str, str]] = field(default_factory=list)
    new_document: bool = False


def read_conllu(path: Path) -> Iterator[ConlluSentence]:
    """The sentences of a file. Empty nodes (``8.1``) are left out."""
    comments: list[str] = []
    rows: list[list[str]] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("#"):
            comments.append(line)
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            yield _sentence(comments, rows, path.stem)
            comments, rows = [], []


def _misc(cell: str) -> dict[str, str]:
    return {} if cell == "_" else dict(part.split("=", 1) for part in cell.split("|") if "=" in part)


def _sentence(comments: list[str], rows: list[list[str]], source: str) -> ConlluSentence:
    out = ConlluSentence(Piece(source=source), new_document=any(c.startswith("# newdoc") for c in comments))
    piece = out.piece
    inside_until = 0  # id of the last word of the multi-word token that we are in
    space_after = True
    for row in rows:
        if "-" in row[0]:
            inside_until = int(row[0].split("-")[1])
            space_after = _misc(row[9]).get("SpaceAfter") != "No"
        elif "." not in row[0]:
            index, misc = int(row[0]), _misc(row[9])
            if index < inside_until:
                space = False
            elif index == inside_until:
                space = space_after
            else:
                space = misc.get("SpaceAfter") != "No"
            _append(piece, row, space)
            out.misc.append(misc)
    piece.spaces[-1] = True
    piece.sent_starts = [index == 0 for index in range(len(piece))]
    if any(c.startswith(("# newpar", "# newdoc")) for c in comments):
        piece.paragraphs.append(0)
    return out


def _append(piece: Piece, row: list[str], space: bool) -> None:
    index = int(row[0]) - 1
    piece.words.append(row[1].replace(" ", "\u00a0"))
    piece.spaces.append(space)
    piece.tags.append(row[4])
    piece.pos.append(row[3])
    piece.morphs.append("" if row[5] == "_" else row[5])
    piece.lemmas.append(row[1] if row[2] == "_" else row[2])
    piece.heads.append(index if row[6] == "0" else int(row[6]) - 1)
    piece.deps.append("ROOT" if row[7] == "root" else row[7])

"""Sentences with their expected quotations and reported clauses in the text (``tests/cases/quotes_*.txt``)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

from extract.components.quotes import TradeQuotes
from extract.components.rows import register_extensions
from extract.pipeline.build import shipped_model
from tests.markup import read_tags

CASES = Path(__file__).resolve().parents[1] / "cases"
FILES = sorted(path.name for path in CASES.glob("quotes_*.txt"))
# These rest on marks, layout and closed word classes alone, and are right without a tagger too.
WITHOUT_TAGS = ("direct", "partial", "marks", "none", "records")
KINDS = {"q": "quote", "r": "reported"}

Row = tuple[str, str, str, str]


def parse(marked: str) -> tuple[str, list[Row]]:
    """The plain text and the expected rows ``(kind, words, label, cue)``, by start; raises ``ValueError``."""
    text, marks = read_tags(marked, {"q": ("s", "c"), "r": ("s", "c")})
    return text, [(KINDS[mark.name], mark.words, mark.values["s"], mark.values["c"]) for mark in marks]


def cases() -> list[Any]:
    found = []
    for name in FILES:
        blocks = re.split(r"\n\s*\n", (CASES / name).read_text(encoding="utf-8"))
        for number, block in enumerate(blocks, start=1):
            lines = [line for line in block.strip("\n").split("\n") if not line.startswith("#")]
            if lines:
                found.append(pytest.param("\n".join(lines), id=f"{name[7:-4]}-{number}"))
    return found


@pytest.fixture(scope="module")
def bases() -> dict[str, Language]:
    """The shipped statistical base, less what quotations do not use (none where it is not built), and a blank one."""
    register_extensions()
    folder = shipped_model()
    shipped = {"shipped": spacy.load(folder, exclude=["parser", "ner", "lemmatizer"])} if folder else {}
    return {**shipped, "blank": spacy.blank("en")}


def found_rows(base: Language, text: str, genre: str) -> list[Row]:
    doc = base(text)
    doc._.document = {"genre": genre}
    rows = sorted(TradeQuotes("trade_quotes")(doc)._.turns, key=lambda row: (row["start"], -row["end"]))
    return [(row["kind"], text[row["start"] : row["end"]], row["label"], row["cue"]) for row in rows]


def genre_of(case_id: str) -> str:
    return "cable" if case_id.startswith("records") else "news"


@pytest.mark.parametrize("marked", [case for case in cases() if str(case.id).split("-")[0] in WITHOUT_TAGS])
def test_rows_of_a_case_without_any_tagger(
    bases: dict[str, Language], marked: str, request: pytest.FixtureRequest
) -> None:
    text, expected = parse(marked)
    found = found_rows(bases["blank"], text, genre_of(request.node.callspec.id))
    assert len(found) == len(expected), found
    assert found == expected


@pytest.mark.parametrize(("name", "floor"), [("shipped", 0.96), ("blank", 0.90)])
def test_share_of_cases_read_right(bases: dict[str, Language], name: str, floor: float) -> None:
    """Every case, whole articles included: a newly trained tagger may move one or the other, not many."""
    if name not in bases:
        pytest.skip("the statistical base has not been built here")
    wrong = []
    for case in cases():
        text, expected = parse(case.values[0])
        if found_rows(bases[name], text, genre_of(str(case.id))) != expected:
            wrong.append(case.id)
    assert len(wrong) <= (1 - floor) * len(cases()), wrong


def test_there_are_enough_cases() -> None:
    assert len(cases()) >= 120


@pytest.mark.parametrize("marked", ['<q s="a" c="b">x', "x</q>", '<q s="a" c="b">x</r>', "<q>x</q>"])
def test_broken_markup_is_refused(marked: str) -> None:
    with pytest.raises(ValueError, match=r"tag|closes|left open"):
        parse(marked)

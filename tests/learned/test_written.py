"""Passages written to be learnt from: their form, and that those which ship keep it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.judgements.written import PassageError, read_passages

GOOD = """\
== statistics; Chile; 1987
Copper exports rose by 12 percent to $2.4 billion in 1986.

A goal was set.
--
12 percent | percent | fact | measure=exports | item=copper | period=1986 | change=rise
$2.4 billion | money | fact | measure=exports | actor=
goal | target | planned
"""


def write(folder: Path, text: str) -> Path:
    (folder / "a.txt").write_text(text, "utf-8")
    return folder


def test_a_passage_has_its_text_and_claims(tmp_path: Path) -> None:
    first, second = read_passages(write(tmp_path, GOOD + "\n" + GOOD))
    assert (first.about, first.line, second.line) == ("statistics; Chile; 1987", 1, 10)
    assert first.text == "Copper exports rose by 12 percent to $2.4 billion in 1986.\n\nA goal was set."
    assert [first.text[c["start"] : c["end"]] for c in first.claims] == ["12 percent", "$2.4 billion", "goal"]
    assert (first.claims[0]["change"], first.claims[0]["item"]) == ("rise", "copper")
    assert first.claims[1]["actor"] is None
    assert [claim["is_target"] for claim in first.claims] == [False, False, True]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("13 percent | percent | fact", "'13 percent' does not stand"),
        ("12 percent | rate | fact", "kind is one of"),
        ("12 percent | percent | certain", "status one of"),
        ("12 percent | percent | fact | thing=x", "what is thing"),
        ("12 percent | percent | fact | item=tin", "tin does not stand"),
        ("12 percent | percent | fact | period=last year", "no value of TIMEX3"),
        ("12 percent | percent | fact | change=up", "neither rise nor fall"),
        ("12 percent", "not enough values"),
    ],
)
def test_a_broken_row_is_named(tmp_path: Path, wrong: str, said: str) -> None:
    lines = GOOD.split("\n")
    lines[5] = wrong
    with pytest.raises(PassageError, match=f"a.txt, passage of line 1.*{said}"):
        list(read_passages(write(tmp_path, "\n".join(lines))))


@given(st.text())
def test_no_other_error_leaves_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = write(tmp_path_factory.mktemp("passages"), "== a\n" + text)
    with suppress(PassageError):
        list(read_passages(folder))


def test_the_passages_that_ship_keep_the_form() -> None:
    passages = list(read_passages())
    texts = [passage.text for passage in passages]
    assert len(texts) == len(set(texts))
    assert all(passage.claims for passage in passages)

"""The strict loader of lexicons, and that the lexicons there are pass it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import lexicons

HEAD = "# source: written for this test\n# reason: to be refused\n"
COLUMNS = {"term": "text", "kind": "a|b", "pattern": "regex"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(lexicons, "FOLDER", tmp_path)
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "sample.tsv").write_text(text, encoding="utf-8")


def test_rows_come_as_dicts(folder: Path) -> None:
    write(folder, HEAD + "term\tkind\tpattern\none\ta\tx+\n# a comment\n\ntwo\tb\ty\n")
    assert [row["term"] for row in lexicons.load("sample", COLUMNS)] == ["one", "two"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("term\tkind\tpattern\none\ta\tx\n", r"sample\.tsv:1: .*# source:"),
        (HEAD + "term\tkind\none\ta\n", r"sample\.tsv:3: columns are"),
        (HEAD + "term\tkind\tpattern\none\ta\n", r"sample\.tsv:4: 2 cells"),
        (HEAD + "term\tkind\tpattern\n\ta\tx\n", r"sample\.tsv:4: term '' is empty"),
        (HEAD + "term\tkind\tpattern\none \ta\tx\n", r"sample\.tsv:4: term 'one ' has blank ends"),
        (HEAD + "term\tkind\tpattern\none\tc\tx\n", r"sample\.tsv:4: kind 'c' is not allowed; allowed are a, b"),
        (HEAD + "term\tkind\tpattern\none\ta\tx(\n", r"sample\.tsv:4: pattern .* does not compile"),
        (HEAD + "term\tkind\tpattern\none\ta\tx*\n", r"sample\.tsv:4: pattern .* matches the empty string"),
        (HEAD + "term\tkind\tpattern\none\ta\tx\nOne\tb\ty\n", r"sample\.tsv:5: .* stands already in line 4"),
        (HEAD + "term\tkind\tpattern\n", r"sample\.tsv: no rows"),
    ],
)
def test_what_breaks_the_rules_is_refused_with_file_and_line(folder: Path, text: str, message: str) -> None:
    write(folder, text)
    with pytest.raises(lexicons.LexiconError, match=message):
        lexicons.load("sample", COLUMNS)


def test_a_lexicon_that_is_not_there_is_named(folder: Path) -> None:
    with pytest.raises(lexicons.LexiconError, match=r"sample\.tsv: no such lexicon"):
        lexicons.load("sample", COLUMNS)


def test_a_pattern_may_name_another_lexicon(folder: Path) -> None:
    (folder / "xx").mkdir()
    (folder / "xx" / "months.tsv").write_text(HEAD + "word\nmay; may (old)\n", encoding="utf-8")
    write(folder, HEAD + "term\tpattern\texample\none\t\\d{1,2} {xx/months}\tof 12 may\n")
    columns = {"term": "text", "pattern": "regex", "example": "example"}
    assert lexicons.load("sample", columns)[0]["pattern"] == r"\d{1,2} (?:may\ \(old\)|may)"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("one\t{xx/years}\tof 12 may", r"sample\.tsv:4: \{xx/years\}: years\.tsv: no such lexicon"),
        ("one\tjune\tof 12 may", r"sample\.tsv:4: the rule does not find its example 'of 12 may'"),
    ],
)
def test_a_rule_must_find_its_example(folder: Path, row: str, message: str) -> None:
    write(folder, HEAD + f"term\tpattern\texample\n{row}\n")
    with pytest.raises(lexicons.LexiconError, match=message):
        lexicons.load("sample", {"term": "text", "pattern": "regex", "example": "example"})


def test_regular_expressions_of_one_class_share_a_row(folder: Path) -> None:
    columns = {"kind": "a|b", "pattern": "regexes"}
    write(folder, HEAD + "kind\tpattern\na\tro+e; d(?:oe|ue)\na\tlind(\n")
    with pytest.raises(lexicons.LexiconError, match=r"sample\.tsv:5: pattern 'lind\(' does not compile"):
        lexicons.load("sample", columns)
    write(folder, HEAD + "kind\tpattern\na\tro+e; d(?:oe|ue)\n")
    assert [row["pattern"] for row in lexicons.load("sample", columns)] == ["ro+e", "d(?:oe|ue)"]


FILES = sorted(lexicons.FOLDER.rglob("*.tsv"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_every_lexicon_tells_its_source_and_reason(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "# source: " in text
    assert "# reason: " in text

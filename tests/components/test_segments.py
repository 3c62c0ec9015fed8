"""Zones of documents in many layouts, and what must hold for any text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import spacy
from document_samples import SAMPLES, Sample
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.components.rows import SegmentRow, register_extensions
from extract.components.segments import TradeSegments
from extract.components.segments.patterns import BOILERPLATE_COLUMNS, boilerplate
from extract.components.segments.reader import read_layout
from extract.layout.lines import split_units
from extract.lexicons import load

SHARED = Path(__file__).parents[3] / "shared"
LINES = [
    "Related Articles",
    "References",
    "Comments",
    "Advertisement",
    "MR. ROE.  Thank you.",
    "From: A. Roe",
    "SUBJECT: Figs",
    "PARTICIPANTS:",
    "(Attending from the other side: a, b (c)",
    "---",
    "**bold",
    "February 12, 1994",
    "総番号 12",
    "（総理）関税は下げない。",
    "The duty was raised in March and nobody in the valley was told of it before the summer.",
    "",
    " ",
    "Roe, J. (1999). Figs. Journal of Figs 3, 4-5.",
]


def zones_of(text: str) -> list[SegmentRow]:
    return read_layout(text, None).segments


def agreement(sample: Sample) -> tuple[float, float]:
    """Shares of the non-blank characters with the expected kind and language."""
    found = {at: row for row in zones_of(sample.text) for at in range(row["start"], row["end"])}
    marked = [at for at, character in enumerate(sample.text) if not character.isspace()]
    kinds = sum(at in found and found[at]["kind"] == sample.kinds[at] for at in marked)
    languages = sum(at in found and found[at]["language"] == sample.languages[at] for at in marked)
    return kinds / len(marked), languages / len(marked)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_zones_of_many_layouts(sample: Sample) -> None:
    assert agreement(sample) == (1.0, 1.0), [
        (row["kind"], sample.text[row["start"] : row["end"]]) for row in zones_of(sample.text)
    ]


def test_there_are_many_layouts() -> None:
    assert len(SAMPLES) >= 20


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        (
            "Terms",
            "The duty may be raised by decree, and the decree lapses after a year unless the house confirms it.",
        ),
        (
            "Comments",
            "The board heard that growers in the south had lost a fifth of their trees, and that seed was dear.",
        ),
        (
            "Sources",
            "The wool came from four valleys, and what each of them sent depended on the rain of the spring.",
        ),
    ],
)
def test_headings_worded_as_chrome_stay_text(heading: str, lines: str) -> None:
    text = f"A short history of the wool tax\n\n{lines}\n\n{heading}\n\n{lines}\n\n{lines}\n"
    assert [row["kind"] for row in zones_of(text)] == ["title", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices of the largest packer fell 3 percent.",
        "Comments from the industry were few, and most of them were made by people who asked not to be named.",
        "More from the mills was expected by the end of the week, the owners said in a letter to the board.",
        "Related industries lost 400 jobs.",
    ],
)
def test_sentences_with_words_of_chrome_stay_text(line: str) -> None:
    opening = "The owners of the mills asked on Tuesday for a floor price that would last a year."
    text = f"Mills ask for help\n\n{opening}\n\n{line}\n"
    assert [row["kind"] for row in zones_of(text)] == ["title", "body"]


@pytest.mark.parametrize(
    "text",
    [
        "o the north because of the higher duty, and the buyers stayed away until it had fallen.\n\nNothing was sold.",
        "and the duty was then raised for a second time in spite of the promise.\n\nMR. ROE.  I see.",
        "which the committee had not asked for at the time of its last report to the house.\n",
    ],
)
def test_an_excerpt_that_starts_in_mid_sentence_has_no_head(text: str) -> None:
    assert {row["kind"] for row in zones_of(text)} == {"body"}


@pytest.mark.parametrize(
    "text",
    [
        "Lamb exports\nreached twenty thousand\ntons. Wool fell to half of\nthat, and hides were not\nsold.",
        "Ghana will lift its duty on rice to thirty-\nfive percent. Millers paid two bil-\nlion cedis last\nyear.",
        "The levy on wine is\nnine percent, the levy\non oil four. A new list\nfollows in June.",
    ],
)
def test_a_paragraph_in_narrow_lines_is_text_from_its_first_line(text: str) -> None:
    assert [(row["kind"], row["start"], row["end"]) for row in zones_of(text)] == [("body", 0, len(text))]
    headed = "Lamb and Wool\n\n" + text
    assert [row["kind"] for row in zones_of(headed)] == ["title", "body"]


@pytest.mark.parametrize("first", ["Ann Roe: Duty on rye is 9%", "Bo: who pays\n", "Cy Poe (Lima): no\nAnn Roe: why"])
def test_a_line_with_a_label_that_the_file_shows_is_text(first: str) -> None:
    text = f"{first}\nCy Poe: The importers pay.\n"
    told = frozenset(at for at in range(len(text)) if re.compile(r"(?m)^\S.*:").match(text, at))
    assert {row["kind"] for row in read_layout(text, None, told).segments} == {"body"}


@pytest.mark.parametrize(
    "text",
    [
        "Tariffs rise.",
        "Quota",
        "関税を下げる。",
        "x",
        "Duty on Rice is 12%",
        "Zinc fell 3% while tin rose 4%, traders say",
    ],
)
def test_a_single_line_is_body(text: str) -> None:
    assert [(row["kind"], row["start"], row["end"]) for row in zones_of(text)] == [("body", 0, len(text))]


def check_tiling(text: str, rows: list[SegmentRow]) -> None:
    end = 0
    for row in rows:
        piece = text[row["start"] : row["end"]]
        assert row["start"] >= end
        assert piece
        assert piece == piece.strip(" \t\n\r\f\v")
        assert not text[end : row["start"]].strip("\0 \t\n\r\f\v\xa0\u3000\u200b\ufeff")
        end = row["end"]
    assert not text[end:].strip("\0 \t\n\r\f\v\xa0\u3000\u200b\ufeff")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(LINES) | st.text(max_size=40), max_size=30).map("\n".join))
def test_segments_tile_any_text(text: str) -> None:
    check_tiling(text, zones_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000,
        "Share\n" * 30_000,
        "(" * 1_000_000,
        "MR. ROE.  Thank you. " * 50_000,
        (
            "Related\n"
            + "The owners of the mills asked for a floor price that would last for at least a year or two more.\n" * 2
        )
        * 4_000,
        "7 note\n\n\n\n\n\n" * 8_000,
        "---\n" + "a: b\n" * 20_000,
    ],
    ids=["words", "chrome", "brackets", "labels", "teasers", "notes", "front"],
)
@pytest.mark.timeout(20)
def test_long_texts_take_linear_time(text: str) -> None:
    check_tiling(text, zones_of(text))


def test_the_component_sets_rows_and_spans() -> None:
    register_extensions()
    doc = spacy.blank("en")(
        "Steel\n\nBy A. Roe\n\nThe duty on steel was raised by a tenth in March, and the mills did not mind."
    )
    TradeSegments("trade_segments")(doc)
    assert [row["kind"] for row in doc._.segments] == ["title", "header", "body"]
    assert [span.label_ for span in doc.spans["segments"]] == ["title", "header", "body"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared corpus is not on this machine")
def test_characters_of_the_shared_corpus() -> None:
    right = total = 0
    for path in sorted((SHARED / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (SHARED / "corpus" / gold["doc"]).read_text(encoding="utf-8-sig")
        found = {at: row["kind"] for row in zones_of(text) for at in range(row["start"], row["end"])}
        for row in gold["segments"]:
            marked = [at for at in range(row["start"], row["end"]) if not text[at].isspace()]
            total += len(marked)
            right += sum(found.get(at) == row["kind"] for at in marked)
    assert right / total >= 0.99


def test_patterns_of_the_lexicon_can_match() -> None:
    for row in load("mul/segments_boilerplate", BOILERPLATE_COLUMNS, key=("kind", "pattern")):
        plain = re.sub(r"\\.", "", row["pattern"])
        assert plain == plain.casefold(), f"{row['pattern']}: lines are folded to lower case before they are matched"
        assert re.compile(row["pattern"]).groups == 0, f"{row['pattern']}: a group would hide the language"


@pytest.mark.parametrize(
    ("line", "kind", "language"),
    [
        ("Share this article", "interrupt", "en"),
        ("**Related Documents**", "related", "en"),
        ("Tinggalkan Balasan", "footer", "id"),
        ("## Literaturverzeichnis", "references", "de"),
        ("関連記事", "related", "ja"),
        ("© 2019 The Ledger", "interrupt", "en"),
        ("(Reporting by A. Roe; Editing by B. Doe)", "end", "en"),
    ],
)
def test_lines_that_the_lexicon_knows(line: str, kind: str, language: str) -> None:
    assert boilerplate().match(split_units(line)[0]) == (kind, language)


NOTED = (
    "The duty fell in May.{mark} Nobody had asked for that, and the millers were pleased with it for a while.\n\n"
    "It rose in June.\n\n"
)


@pytest.mark.parametrize("mark", ["[1]", "1", "[1](#f1)"])
def test_numbered_notes_at_the_end_are_references(mark: str) -> None:
    notes = "[Archive: T 12/4]\n\n1 Not printed.\n\n2 A letter of 4 May had said so.\n"
    text = NOTED.format(mark=mark) + notes
    zones = {text[row["start"] : row["end"]][:9]: row["kind"] for row in zones_of(text)}
    assert zones["[Archive:"] == "references"


def test_numbered_paragraphs_without_a_mark_above_are_text() -> None:
    text = NOTED.format(mark="") + "1. The duty shall be paid.\n\n2. The quota shall end.\n"
    assert {row["kind"] for row in zones_of(text)} == {"body"}

"""Paragraphs of plain texts, what a line looks like, and its language."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.components.segments.languages import stopwords
from extract.layout.lines import Unit, split_units
from extract.normalize.language import latin_language, script_language

WRAPPED = """The duty on figs was raised by a tenth in March, and the growers of
the valley were not told of it before the summer. They wrote to the
minister, who did not answer them for a month.
  A second letter was sent in July, and it said that the trees would be
cut down if the duty stayed. The minister answered this one at once,
and the duty was gone by the end of the year.

A third was never sent."""


def unit(text: str) -> Unit:
    return Unit(0, len(text), text, 0, 0)


def test_wrapped_lines_make_paragraphs() -> None:
    assert [found.text.split()[:2] for found in split_units(WRAPPED)] == [
        ["The", "duty"],
        ["A", "second"],
        ["A", "third"],
    ]


def test_unwrapped_lines_are_paragraphs() -> None:
    lines = ["Figs.", "The duty was raised in March, and the growers of the valley were told of it too late.", "Dates."]
    assert [found.text for found in split_units("\n".join(lines))] == lines


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(["", "  ", "a b", "**bold", "x**", WRAPPED, "\u3000日本。", "- item", "[[Page 3]]"])
        | st.text(max_size=20)
    ).map("\n".join)
)
def test_units_cover_the_text_in_order(text: str) -> None:
    end = 0
    for found in split_units(text):
        assert text[found.start : found.end] == found.text
        assert found.start >= end
        assert not text[end : found.start].strip(" \t\n\r\f\v\u00a0\u3000\u200b\ufeff\0")
        end = found.end


@pytest.mark.parametrize(
    "line",
    [
        "MR. ROE.  Thank you for that.",
        "Mr. ROE of Ohio. Mr. Speaker, I rise.",
        "(Prime Minister) I see no reason.",
        "（総理）そうは思わない。",
        "Q    When does it start?",
        "[00:01:02] Ann Roe: Good morning to all.",
        "The Minister for Trade (Mr. Roe): It was £41 million.",
        "The Chairman. The committee will come to order.",
        "SENIOR ADMINISTRATION OFFICIAL:  Two things today.",
    ],
)
def test_labels_open_turns(line: str) -> None:
    assert unit(line).turn_opener


@pytest.mark.parametrize(
    "line",
    [
        "Mr. Roe said nothing about it in the letter that he wrote",
        "# The Sugar Wars: How it was lost",
        "The Sugar Wars: How it was lost",
        "1:15 P.M. EDT",
        "Washington, June 24, 1970, 3:15 p.m.",
    ],
)
def test_other_lines_do_not(line: str) -> None:
    assert not unit(line).titled or line.startswith("Mr. Roe said")


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("関税を下げる。", "ja"),
        ("降低关税", "zh"),
        ("관세를 낮춘다", "ko"),
        ("Пошлина снижена", "ru"),
        ("Мито знижено, її", "uk"),
        ("The duty", None),
    ],
)
def test_scripts(text: str, tag: str | None) -> None:
    assert script_language(text) == tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("The duty was raised by a tenth and the growers were not told of it.", "en"),
        ("Le droit a été relevé d'un dixième et les producteurs ne le savaient pas.", "fr"),
        ("Der Zoll wurde um ein Zehntel erhöht, und die Bauern wussten es nicht.", "de"),
        ("El arancel subió una décima parte y los productores no lo sabían.", "es"),
        ("Il dazio è stato aumentato di un decimo e i produttori non lo sapevano.", "it"),
        ("A tarifa foi elevada em um décimo e os produtores não sabiam.", "pt"),
        ("Bea masuk naik sepersepuluh dan para petani tidak tahu akan hal itu.", "id"),
        ("Los Angeles, La Paz, De Soto", None),
        ("Figs, dates, nuts", None),
    ],
)
def test_languages_by_stopwords(text: str, tag: str | None) -> None:
    assert latin_language(text, stopwords()) == tag

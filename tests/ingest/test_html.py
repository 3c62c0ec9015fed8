"""Web pages: chrome stripped, blocks kept as lines, nothing run, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.ingest.html import declared_encoding, extract_page

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Talks on figs | The Ministry</title>
<meta property="article:published_time" content="2019-08-12T09:00:00Z">
<script>document.write("<p>injected</p>")</script><style>p {color: red}</style></head><body>
<header><a href="/">Home</a></header><nav><ul><li><a href="/n">News</a></li></ul></nav>
<main><article><h1>Talks on figs</h1>
<p><b>The Chair:</b> The duty on figs was raised by a tenth in March, and nobody in the valley was told.</p>
<p>Q1 <strong>Ms Roe:</strong> By how much?</p><p>No.</p><p>No.</p>
<h2>Annex</h2><table><tr><th>Country</th><th>Duty</th></tr><tr><td>Chile</td><td>8.1%</td></tr></table>
<ul><li>Figs: 5%</li><li>Dates: 0%</li></ul>
<p>First line<br>second line</p></article></main>
<footer>All rights reserved. <a href="/p">Privacy</a></footer></body></html>"""


def test_blocks_are_lines_and_chrome_is_gone() -> None:
    assert extract_page(PAGE).text.split("\n") == [
        "Talks on figs",
        "",
        "The Chair: The duty on figs was raised by a tenth in March, and nobody in the valley was told.",
        "",
        "Q1 Ms Roe: By how much?",
        "",
        "No.",
        "",
        "No.",
        "",
        "Annex",
        "",
        "Country | Duty",
        "Chile | 8.1%",
        "",
        "- Figs: 5%",
        "- Dates: 0%",
        "",
        "First line",
        "second line",
    ]


def test_hints_from_the_head() -> None:
    assert extract_page(PAGE).hints == {"title": "Talks on figs", "date": "2019-08-12"}


@pytest.mark.parametrize(
    ("head", "hints"),
    [
        (
            '<meta name="DC.date" content="1999-05-04"><meta property="og:title" content="Figs">',
            {"title": "Figs", "date": "1999-05-04"},
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"datePublished": "2001-02-03T04:05"}]}</script>',
            {"date": "2001-02-03"},
        ),
        ('<script type="application/ld+json">{broken</script><meta name="date" content="soon">', {}),
        ("<title>Figs - a history - The Ministry</title>", {"title": "Figs - a history"}),
    ],
)
def test_hints(head: str, hints: dict[str, str]) -> None:
    assert extract_page(f"<html><head>{head}</head><body><p>Text of the page.</p></body></html>").hints == hints


def test_a_record_in_preformatted_text_keeps_its_lines() -> None:
    text = "[Page 3]\n\n    FIGS AND DATES\n\n  Ms. ROE. I yield &lt;back&gt;\nmy time."
    page = extract_page(f"<html><head><title>R</title></head><body><pre>\n{text}\n</pre></body></html>")
    assert page.text == text.replace("&lt;", "<").replace("&gt;", ">")


def test_a_page_of_odd_markup_is_read_whole() -> None:
    rows = "".join(f"<tr><td>Item {number}</td><td>{number}%</td></tr>" for number in range(200))
    page = extract_page(f"<body><nav>Home</nav><table>{rows}</table><script>x = '<b>'</script></body>")
    assert page.text.count("\n") == 199
    assert page.text.endswith("Item 199 | 199%")
    assert "Home" not in page.text


@pytest.mark.parametrize(
    "html",
    [
        "",
        " ",
        "<html></html>",
        "<",
        "plain text",
        "<p>unclosed <b>bold",
        "<?xml version='1.0' encoding='utf-8'?><p>x</p>",
        "<!-- only -->",
        "<p>a\0b</p>",
    ],
)
def test_broken_pages_do_not_raise(html: str) -> None:
    extract_page(html)


def test_the_same_page_gives_the_same_text() -> None:
    assert extract_page(PAGE) == extract_page(PAGE)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<td>",
                "<tr>",
                "<li>",
                "<table>",
                "</table>",
                "<br>",
                "<pre>",
                "&amp;",
                "x y",
                "<script>",
                "<!--",
                "é",
            ]
        )
    )
)
def test_any_markup_gives_text(parts: list[str]) -> None:
    text = extract_page("".join(parts)).text
    assert text == text.strip("\n")
    assert "\n\n\n" not in text


def test_the_declared_encoding() -> None:
    assert declared_encoding(b'<meta charset="shift_jis">') == "shift_jis"
    assert (
        declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">')
        == "windows-1252"
    )
    assert declared_encoding(b"<p>none</p>") is None

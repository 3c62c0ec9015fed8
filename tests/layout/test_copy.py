"""The reading copy: what it mends, what it leaves alone, and the way back to the raw text."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.layout.copy import ReadingCopy, read_copy
from extract.layout.offsets import Edit, OffsetMap, apply_edits

# (raw text, its copy): one kind of dirt each
MENDED = [
    ("soft hyphen", "The du\u00adty on rice fell.", "The duty on rice fell."),
    ("zero-width space and mark of order", "\ufeffWheat\u200b is free.", "Wheat is free."),
    ("direction marks", "\u202aOslo\u202c agreed.", "Oslo agreed."),
    ("decomposed accent", "Rene\u0301 Brule\u0301 spoke.", "René Brulé spoke."),
    ("ligature", "The e\ufb00ort is \ufb01nal.", "The effort is final."),
    ("Windows quotation marks", "\x93Not yet,\x94 he said.", "“Not yet,” he said."),
    ("control characters", "Tea\0 and \x1bcoffee.", "Tea and coffee."),
    ("no-break and thin blanks", "Mr.\u00a0Roe paid 3\u2009euros.", "Mr. Roe paid 3 euros."),
    ("a blank that joins thousands", "12\u202f500 tons", "12\u00a0500 tons"),
    ("typesetter's hyphen", "a long\u2010term pact", "a long-term pact"),
    ("line separator", "One.\u2028Two.\r\nThree.", "One.\nTwo.\nThree."),
    ("word in two", "They signed the agree-\nment on Monday.", "They signed the agreement\non Monday."),
    ("word of two words", "a forty-\nsix percent duty", "a forty-six\npercent duty"),
    ("word that a line's end cuts twice", "an inter-\nna-\ntional pact", "an international\npact"),
    (
        "hyphen that the text writes elsewhere",
        "anti-dumping, so anti-\ndumping duties",
        "anti-dumping, so anti-dumping\nduties",
    ),
    ("prefix", "non-\ntariff barriers", "non-tariff\nbarriers"),
    ("name of two", "the Franco-\nItalian line", "the Franco-Italian\nline"),
    ("unknown word", "Minister Brom-\nfeldt left.", "Minister Bromfeldt\nleft."),
    ("thousands", "some 65,-\n000 cars", "some 65,000\ncars"),
    ("thousands behind a sign of money", "a sum of $65,\n300 in all", "a sum of $65,300\nin all"),
    ("raised number", "It rose to 8 percent³ in May.", "It rose to 8 percent in May."),
    ("raised number behind a year", "In 2011² it fell.", "In 2011 it fell."),
    ("number in brackets", "We met him [4] twice.[12] He left.", "We met him twice. He left."),
    ("bare number", "It cost nine million4 dollars.", "It cost nine million dollars."),
    ("bare number behind the full stop", "They left the meeting.2 It went on.", "They left the meeting. It went on."),
]

# texts that are their own copies
CLEAN = [
    "",
    "The tariff on tea is 5 percent.\n\nIt was 7 percent in 1990.\n",
    "The area is 40 km² and 10⁶ people live there.",
    "See annex2 and chapter3, section4.",
    "Prices in 1,200 shops: 10, 20,\n100 and more.",
    "On May 3,\n200 people came.",
    "A talk - with pauses -\nand more -- dashes --\nthan words.",
    "関税は５％です。\n　次の行。",
    "[1] A footnote's own text.",
    "- one\n- two\n-\nthree",
]


@pytest.mark.parametrize(("raw", "copy"), [case[1:] for case in MENDED], ids=[case[0] for case in MENDED])
def test_what_keeps_a_reader_from_the_words_is_mended(raw: str, copy: str) -> None:
    assert read_copy(raw).text == copy


@pytest.mark.parametrize("text", CLEAN, ids=range(len(CLEAN)))
def test_a_clean_text_is_its_own_copy(text: str) -> None:
    assert read_copy(text).text is text
    assert read_copy(text).furniture == ()


def test_offsets_lead_back_to_the_raw_text() -> None:
    raw = "A \ufb01rm o\ufb00er of 65,-\n000 tons[3] by Rene\u0301."
    copy = read_copy(raw)
    assert copy.text == "A firm offer of 65,000\ntons by René."
    for clean, found in [("firm", "\ufb01rm"), ("offer", "o\ufb00er"), ("65,000", "65,-\n000"), ("René", "Rene\u0301")]:
        assert raw_slice(copy, copy.text.index(clean), len(clean)) == found
    assert raw_slice(copy, copy.text.index("irm"), 3) == "\ufb01rm"  # a half-covered ligature widens
    assert [item["text"] for item in copy.furniture] == ["[3]"]


def raw_slice(copy: ReadingCopy, start: int, length: int) -> str:
    return copy.raw[copy.offsets.raw_start(start) : copy.offsets.raw_end(start + length)]


DIRT = [
    *(case[1] for case in MENDED),
    " ",
    "\n",
    "\n\n",
    "-",
    "\r",
    "\u0301",
    "\u1100\u1161",
    "か\u3099",
    "\f12\n",
    "7",
    "a",
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(DIRT)).map("".join))


@settings(deadline=None)
@given(TEXTS)
@example("".join(DIRT))
def test_any_text_has_a_copy_with_a_monotone_map(raw: str) -> None:
    copy = read_copy(raw)
    offsets = copy.offsets
    assert offsets.length == len(copy.text)
    before = (0, 0)
    for at in range(len(copy.text)):
        span = offsets.raw_start(at), offsets.raw_end(at + 1)
        assert 0 <= span[0] < span[1] <= len(raw)
        assert before[0] <= span[0]
        assert before[1] <= span[1]
        before = span
    for item in copy.furniture:
        assert item["text"] == raw[item["start"] : item["end"]] != ""


@settings(deadline=None)
@given(st.text(alphabet="aeot ,.'\n", max_size=300))
def test_plain_letters_are_left_alone(raw: str) -> None:
    assert read_copy(raw).text is raw


@given(st.text(max_size=60), st.data())
def test_edits_of_edits_lead_back(raw: str, data: st.DataObject) -> None:
    text, offsets = raw, OffsetMap.identity(len(raw))
    for _ in range(3):
        bounds = sorted(set(data.draw(st.lists(st.integers(0, len(text)), max_size=6))))
        swaps = [data.draw(st.text(max_size=3)) for _ in bounds[1::2]]
        edits = [Edit(a, b, swap) for a, b, swap in zip(bounds[::2], bounds[1::2], swaps, strict=False)]
        untouched = [at for at in range(len(text)) if not any(edit.start <= at < edit.end for edit in edits)]
        origins = [(text[at], offsets.raw_start(at), offsets.raw_end(at + 1)) for at in untouched]
        text, offsets = apply_edits(text, edits), offsets.edited(edits)
        assert offsets.length == len(text)
        made = [(text[at], offsets.raw_start(at), offsets.raw_end(at + 1)) for at in range(len(text))]
        assert all(origin in made for origin in origins if raw[origin[1] : origin[2]] == origin[0])


@pytest.mark.parametrize(
    "unit", ["The price rose. ", "bil-\n", "a\u0301 ", "x[1] ", "12,\n", "$1,-\n000", "\u00ad", "word1 "]
)
def test_a_megabyte_is_read_in_linear_time(unit: str) -> None:
    seconds = []
    for size in (125_000, 1_000_000):
        started = time.process_time()
        read_copy(unit * (size // len(unit)))
        seconds.append(time.process_time() - started)
    assert seconds[1] < 8 * 4 * max(seconds[0], 0.05)

"""The reading copy: what it mends, what it leaves alone, and the way back to the raw text."""

from __future__ import annotations

import re
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
    (
        "bare numbers",
        "It was the deal1,2 of 2014.6 The rate of 4.5%5 fell (a bit).7",
        "It was the deal of 2014. The rate of 4.5% fell (a bit).",
    ),
    (
        "three words",
        "a state-\nof-the-art and state-of-\nthe-art U.S.-\nChina pact",
        "a state-of-the-art\nand state-of-the-art\nU.S.-China\npact",
    ),
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
    "It grew by 2014.6 tons (f(x)2) and 3 km2, by e.g. 5%.\nSee No.2 and para.5 of B2B.",
    "1.-\nThe talks.-\nThey began.",
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


@settings(deadline=None)
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


@pytest.mark.slow
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


def test_captions_become_running_text_with_voices_as_labels() -> None:
    copy = read_copy(
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\n<v Ann Lind>Good day. The duty on\n\n"
        "2\n00:00:03.000 --> 00:00:05.000\n<v Ann Lind>rice is <i>5</i> percent.\n\n"
        "3\n00:00:05.000 --> 00:00:08.000\n<v.loud Bo Roe>Not on\ntea!\n"
    )
    assert copy.text == "Ann Lind: Good day. The duty on rice is 5 percent.\nBo Roe: Not on tea!\n"
    assert [item["text"] for item in copy.furniture[:3]] == ["WEBVTT", "1", "00:00:01.000 --> 00:00:03.000"]
    assert {item["kind"] for item in copy.furniture} == {"time_code"}


def test_captions_without_voices_keep_sentences_pauses_and_speakers_apart() -> None:
    copy = read_copy(
        "1\n00:00:01,000 --> 00:00:02,000\nGood morning to\nall of you. Now\n\n"
        "2\n00:00:02,100 --> 00:00:04,000\nall of you. Now\nwe begin.\n\n"
        "3\n00:00:04,000 --> 00:00:06,000\nRice\n- What?\n\n4\n00:00:16,000 --> 00:00:20,000\nrice is dear\n"
    )
    assert copy.text == "Good morning to all of you. Now we begin.\nRice\n- What?\nrice is dear\n"
    assert [item["text"] for item in copy.furniture if item["kind"] == "repeated_caption"] == ["all of you. Now"]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (
            "[01/02/2016, 10:00:01] Ann Lind: Duty is 5%\n[01/02/2016, 10:00:09] Bo Roe: <photo left out>\n"
            "[01/02/2016, 10:01:00] Bo Roe: why\nso much?\n",
            "Ann Lind: Duty is 5%\n\nBo Roe: why\nso much?\n",
        ),
        (
            "1/2/16, 9:05 PM - Messages are locked.\n1/2/16, 9:06 PM - Ann: Hi\n1/2/16, 9:07 PM - Bo: 3 tons\n",
            "\nAnn: Hi\nBo: 3 tons\n",
        ),
        ("[09:12] <roe> Hello\n[09:13] <lind> 5 percent\n[09:14] <roe> no\n", "roe: Hello\nlind: 5 percent\nroe: no\n"),
        (
            "09:12:44 From Ann Lind to Everyone: Yes\n09:12:50 From Bo Roe: No\n09:13:44 From Ann Lind: So\n",
            "Ann Lind: Yes\nBo Roe: No\nAnn Lind: So\n",
        ),
    ],
)
def test_chats_become_labelled_lines(raw: str, clean: str) -> None:
    copy = read_copy(raw)
    assert copy.text == clean
    spans = [copy.offsets.clean_span(label["start"], label["end"]) for label in copy.labels]
    assert [clean[start:end] for start, end in spans] == re.findall(r"(?m)^[A-Za-z ]+(?=: )", clean)


def test_page_numbers_and_heads_inside_sentences_are_taken_out() -> None:
    raw = "The talks of Oslo\n\n" + "\n".join(
        (
            "we met them in the",
            str(number),
            "",
            "THE OSLO PAPERS",
            "",
            "morning and went home. " * 3,
            *["Then we ate."] * 9,
        )[at]
        for number in (11, 12, 13, 14)
        for at in range(15)
    )
    copy = read_copy(raw)
    assert copy.text.count("we met them in the\nmorning and went home.") == 4
    assert {(item["kind"], item["text"]) for item in copy.furniture} == {
        ("page_head", "THE OSLO PAPERS"),
        *(("page_number", str(number)) for number in (11, 12, 13, 14)),
    }


@pytest.mark.parametrize("mark", ["[[Page S12]]", "- 2 -", "Page 3 of 9", "---PAGE 2---"])
def test_a_line_that_names_a_page_is_taken_out(mark: str) -> None:
    before = "A first line.\n" * 12
    assert read_copy(f"{before}We went\n\n{mark}\n\nhome then.").text == f"{before}We went\nhome then."
    assert read_copy(f"{before}We slept.\n\n{mark}\n\nWe ate.").text == f"{before}We slept.\n\nWe ate."


@pytest.mark.parametrize(
    "text",
    [
        "[Page S12]\n\nThe text begins.",  # at the top: where the document was found
        "\n".join(f"MR. ROE.\nYes, I said {n}.\nMS. LIND.\nNo, I did not say so." for n in range(9)),
        "\n".join(f"Operator\n\nThe next question is from line {n}." for n in range(9)),
        "Rank\n" + "\n".join(f"{n}\nCountry {n}\n{n * 37}" for n in range(1, 30)),
        "\n".join(f"{n} Country of rank {n} {n * 37}" for n in range(1, 30)),
        "The years\n2010\n2011\n2012\nwere dry.\n-2\n-3\n-1\n",
    ],
)
def test_labels_lists_and_tables_are_no_furniture(text: str) -> None:
    assert read_copy(text).text == text


def test_heads_and_feet_beside_form_feeds_are_taken_out() -> None:
    tops = ["101   THE RICE TALKS", "MINUTES OF OSLO   102", "103   THE RICE TALKS", "MINUTES OF OSLO   104"]
    said = "".join(f"So we said on day {word}.\nMR. ROE.\nYes.\n" for word in ("one", "two", "three"))
    pages = [f"{top}\n\nand of the {word} we spoke.\n{said}" for top, word in zip(tops, "abcd", strict=True)]
    copy = read_copy("\f".join(pages))
    assert [item["text"] for item in copy.furniture] == tops[1:]
    assert copy.text.startswith(f"101   THE RICE TALKS\n\nand of the a we spoke.\n{said}\nand of the b")
    assert copy.text.count("MR. ROE.") == 12


def test_page_numbers_that_stand_alone_bring_out_the_heads_beside_them() -> None:
    page = "\n".join(
        f"We told the others of the {word}." for word in ("wheat", "rice", "tea", "oats", "rye", "corn", "figs")
    )
    copy = read_copy(
        "".join(f"SECRET\n\n{page}\nSo it was on day {word}.\n\n{n}\n\n" for n, word in enumerate("abcd", 7))
    )
    assert [item["text"] for item in copy.furniture] == ["7", "SECRET", "8", "SECRET", "9", "SECRET", "10"]


PARAGRAPH = (
    "We spoke of rice, of tea and of the price of wheat, which had risen by a half since the winter, and of figs. "
)


@pytest.mark.parametrize("mark", ["[{}] ", "¶ {}. ", "(¶{}) "])
def test_numbers_of_paragraphs_are_taken_out(mark: str) -> None:
    copy = read_copy("\n\n".join(mark.format(number) + 2 * PARAGRAPH for number in range(4, 9)))
    assert copy.text == "\n\n".join([2 * PARAGRAPH] * 5)
    assert {item["kind"] for item in copy.furniture} == {"paragraph_mark"}


def test_footnotes_keep_their_numbers() -> None:
    notes = "\n\n".join(f"[{number}] {2 * PARAGRAPH}" for number in range(1, 5))
    assert read_copy(f"It rose [1] and fell.[2]\n\n{notes}").text == f"It rose and fell.\n\n{notes}"


def test_times_alone_in_their_lines_are_captions_only_from_the_start_of_a_film() -> None:
    assert read_copy("0:00\ngood morning the duty\n0:04\non rice is\n1:07\nfive percent\n").text == (
        "good morning the duty on rice is five percent\n"
    )
    agenda = "9:00\nOpening\n9:30\nTalks on rice\n11:00\nLunch\n"
    assert read_copy(agenda).text == agenda


def test_line_numbers_of_a_hearing_about_figures_are_taken_out() -> None:
    page = "".join(
        f"{n:>2}    {'Q.  Was it' if n % 5 == 1 else 'then at'} {n} percent, or 40 tons in 1990\n" for n in range(1, 26)
    )
    copy = read_copy(page + page)
    assert copy.text.startswith("Q.  Was it 1 percent, or 40 tons in 1990\nthen at 2 percent")


def test_line_numbers_of_a_deposition_are_taken_out() -> None:
    raw = "".join(
        f"{n} we spoke of the matter\n" if n % 3 else f"{n}\nwith counsel, and\n" for n in [*range(1, 26)] * 2
    )
    copy = read_copy(raw)
    assert copy.text.startswith("we spoke of the matter\nwe spoke of the matter\nwith counsel, and\nwe spoke")
    assert not any(map(str.isdigit, copy.text))
    assert {item["kind"] for item in copy.furniture} == {"line_number"}


ONE_LINE = (
    "We met in the hall andthe talks began.MR. ROE. I saw that theprice of rice rose in thefirst week."
    "MS. LIND. So it did, and ofcourse it fell againin May--MR. ROE. No.2/3/84MS. LIND. Yes. "
)


def test_what_lost_line_ends_glued_is_parted_in_a_document_of_one_line() -> None:
    rest = "We said no more of it. " * 150
    text = read_copy(ONE_LINE + rest).text
    assert text.startswith(
        "We met in the hall and the talks began.\nMR. ROE. I saw that the price of rice rose in the first week.\n"
        "MS. LIND. So it did, and of course it fell again in May--\nMR. ROE. No.2/3/84\n"
        "MS. LIND. Yes. We said"
    )


def test_short_lines_are_left_as_they_are() -> None:
    assert read_copy(ONE_LINE).text == ONE_LINE
    assert read_copy("It rose.A DAY. Then inmay. " + "We said no more of it. " * 150).furniture == ()


def test_years_that_head_the_parts_of_a_history_stay() -> None:
    parts = (f"{year}\n\nIn January the mills of Lima burned, and nobody came.\n\n" for year in range(1916, 1922))
    raw = "The Rope War\n\n" + "".join(parts)
    assert read_copy(raw).text == raw

"""Labelled turns: every style's sample, what is no label, ends of turns, and texts that break things."""

from __future__ import annotations

import time

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

import extract.components.factories  # noqa: F401
from extract.components.rows import register_extensions
from extract.components.turns import find_turns
from extract.components.turns.openers import find_openers
from tests.markup import MarkupError
from tests.turns_cases import TurnCase, load_cases, parse_case

CASES = load_cases()
# Seconds for a million characters; generous, as test machines are shared. Quadratic scans take minutes.
MAX_SECONDS = 60.0


@pytest.fixture(scope="module")
def turns_nlp() -> Language:
    register_extensions()
    nlp = spacy.blank("en")
    for name in ("trade_document", "trade_segments", "trade_turns", "trade_speakers"):
        nlp.add_pipe(name)
    return nlp


# Samples that are read wrongly, with what misleads.
OPEN = {
    "none-question-headings": "a heading in capitals with its kind behind a dash",
    "radio": "full label once, surnames then, and little talk",
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_turns_of_a_sample(turns_nlp: Language, case: TurnCase, request: pytest.FixtureRequest) -> None:
    if case.name in OPEN:
        request.applymarker(pytest.mark.xfail(reason=OPEN[case.name], strict=True))
    rows = turns_nlp(case.text)._.turns
    assert len(rows) == len(case.turns), [row["label"] for row in rows]
    found = [(row["start"], row["end"], row["label"]) for row in rows]
    assert found == [(turn.start, turn.end, turn.label) for turn in case.turns]
    assert all(row["rule"] for row in rows)


def test_there_are_samples_of_styles_and_of_none() -> None:
    assert sum(bool(case.turns) for case in CASES) >= 30
    assert sum(not case.turns for case in CASES) >= 8


@pytest.mark.parametrize(
    "marked",
    [
        "no title\ntext",
        "# t\n</t>",
        '# t\n<t l="a" s="">x',
        '# t\n<t l="a">x</t>',
        '# t\n<t l="a" s=""><t l="b" s="">x</t></t>',
    ],
)
def test_broken_markup_is_refused(marked: str) -> None:
    with pytest.raises(MarkupError):
        parse_case("case", marked)


@pytest.mark.parametrize(
    "furniture", ["- 2 -", "[[Page H12]]", "12 of 45", "SECRET", "Page 7", "[Recess.]", "EXAMINATION BY MR. LOWE:"]
)
def test_furniture_before_the_next_label_belongs_to_no_turn(furniture: str) -> None:
    text = f"MR. HALE: I agree with you.\n\n{furniture}\n\nMS. BAIN: Thank you. I do, too.\n\nMR. HALE: We are done."
    rows = find_turns(text)
    assert [text[row["start"] : row["end"]] for row in rows] == [
        "I agree with you.",
        "Thank you. I do, too.",
        "We are done.",
    ]


@pytest.mark.parametrize(
    "close", ["END", "(END)", "Adjourned at 4:10 p.m.", "(Whereupon, at noon, the hearing was closed.)"]
)
def test_the_end_of_the_talks_ends_the_last_turn(close: str) -> None:
    text = f"MR. HALE: Do you agree?\n\nMS. BAIN: I do.\n\n{close}\n\nPrinted for the use of the committee."
    assert text[find_turns(text)[-1]["start"] :].startswith("I do.")
    last = find_turns(text)[-1]
    assert text[last["start"] : last["end"]] == "I do."


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="MR. ROE:QA\n（）()[]—–* \t\0a?é総12", max_size=300))
def test_turns_never_overlap_and_stay_in_the_text(text: str) -> None:
    at = 0
    for row in find_turns(text):
        assert at <= row["start"] < row["end"] <= len(text)
        assert row["label_end"] <= row["start"]
        at = row["end"]


LABELS = [pytest.param(unit, marks=pytest.mark.slow) for unit in ("Q. no? A. ", "MR. ROE. I say yes? ")]


@pytest.mark.parametrize("unit", ["word ", "Mr. ", "(", ": ", "\n", " ", "[A ", *LABELS])
def test_a_line_of_a_million_characters_is_read_in_linear_time(unit: str) -> None:
    started = time.perf_counter()
    find_turns(unit * (1_000_000 // len(unit)))
    assert time.perf_counter() - started < MAX_SECONDS


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("MR VALE-ORD  He was not joking.", "MR VALE-ORD", "He was"),
        ("DAME ADA BRAY  We meet at ten.", "DAME ADA BRAY", "We meet"),
        ("SIR IVO PELL (Malta)  Tin is dear.", "SIR IVO PELL (Malta)", "Tin is"),
        ("Herr Lindqvist      Sweden has paper.", "Herr Lindqvist", "Sweden"),
        ("FIJI\tMINISTER QALO\n\tWe have a proposal.", "FIJI MINISTER QALO", "We have"),
        ("M. le ministre du commerce. Le tarif est fixé.", "M. le ministre du commerce", "Le tarif"),
        ("Mme la rapporteure. Je vous remercie.", "Mme la rapporteure", "Je vous"),
        ("M. le président. La séance est ouverte.", "M. le président", "La séance"),
        ("(Mr. Dell-Amaro)\n   Of those, forty were sold.", "Mr. Dell-Amaro", "Of those"),
        ("[PERU – SOTO R. (CHIEF)] Fish is out.", "PERU – SOTO R. (CHIEF)", "Fish is"),
        ("[Mrs Ames, guest] I do not mind.", "Mrs Ames, guest", "I do"),
        ("{CHAIR Nurmi}good morning all", "CHAIR Nurmi", "good"),
        ("Mr. VANE, M. (Ceylon) said:—We sell rubber.", "Mr. VANE, M. (Ceylon)", "We sell"),
        ("(ii) MALI, M. Keita\tsaid (in French):\nWe have cotton.", "MALI, M. Keita", "We have"),
        ("Mr. OSEI asked:\nWho pays?", "Mr. OSEI", "Who pays"),
        ("Mr. BAINES, (when his name was called.) I am paired.", "Mr. BAINES", "I am"),
        ("Ing. Arroyo: The decree stands.", "Ing. Arroyo", "The decree"),
        ("**Gen.-Dir. Apfel:** Die Menge ist gut.", "Gen.-Dir. Apfel", "Die Menge"),
        ("SIR WM. HOLT (U.K.)\n\n    I had hoped for more.", "SIR WM. HOLT (U.K.)", "I had"),
        ("***Una Marr:*** From the radio.", "Una Marr", "From"),
        ("**Mr. A. Hud** *(Arima):* It leaks.", "Mr. A. Hud** *(Arima)", "It leaks"),
        ("†The MINISTER OF MINES: I move the Bill.", "The MINISTER OF MINES", "I move"),
        ("<p><b>Operator</b></p>\n<p>Good day to you.</p>", "Operator", "Good day"),
        ("<sp><speaker>THE WITNESS</speaker><p>I understand.</p></sp>", "THE WITNESS", "I understand"),
        ("<hyun_mocie> korea is ready", "hyun_mocie", "korea"),
        ("| 10:02 | Ing. Arroyo (MX) | The decree stands. |", "Ing. Arroyo (MX)", "The decree"),
        ("Mr Speaker/ The member for Tor.", "Mr Speaker", "The member"),
        ("Frau Kolb (S.), Abgeordnete: Was kostet das?", "Frau Kolb (S.), Abgeordnete", "Was kostet"),
        ("CHAIRMAN.\n  3077. You own a mill?", "CHAIRMAN", "You own"),
    ],
)
def test_a_label_of_any_form_may_open_a_turn(text: str, label: str, words: str) -> None:
    found = [(opener.label, text[opener.text_start :]) for opener in find_openers(text + "\n")]
    assert any(name == label and said.startswith(words) for name, said in found), found


@pytest.mark.parametrize(
    "text", ["MR. FORD. Yes.\n\n", "Ford. Right. We shall see.\n", "MS. DUKE.  Yes. \n\nMR. WEN. No."]
)
def test_a_short_name_before_a_full_stop_is_no_abbreviation(text: str) -> None:
    assert find_openers(text)[0].label == text.partition(". Y")[0].partition(".  Y")[0].partition(". R")[0]


@pytest.mark.parametrize(
    ("tail", "kept"),
    [
        (" (Laughter.)", "I agree with you."),
        (" {cough}", "I agree with you."),
        ("\n\nPhoto: A ship in the port of Alder", "I agree with you."),
        ("\n\nThe assistant clerk proceeded to call the roll.", "I agree with you."),
        ("\n\nAyes 12\nRoe, J.\nBain, A.", "I agree with you."),
        ("-14-3/9/81", "I agree with you."),
        ("\n\nSteel and timber", "I agree with you."),
        ("\n\nAnd so does he.", "I agree with you.\n\nAnd so does he."),
    ],
)
def test_what_the_record_adds_behind_a_turn_is_nobodys_speech(tail: str, kept: str) -> None:
    text = f"MS. BAIN: Do you agree?\n\nMR. HALE: I agree with you.{tail}\n\nMS. BAIN: Thank you. We go on."
    row = find_turns(text)[1]
    assert text[row["start"] : row["end"]] == kept


def test_labels_glued_to_the_words_before_are_found() -> None:
    text = "We met the target.MR. HALE. Did we?MS. BAIN. I think so.-3-5/2/83MR. HALE. Then I will say no more."
    rows = find_turns(text)
    assert [row["label"] for row in rows] == ["MR. HALE", "MS. BAIN", "MR. HALE"]
    assert text[rows[1]["start"] : rows[1]["end"]] == "I think so."


@pytest.mark.parametrize("delimiter", [": ", ":\n\n", ":", ". - ", ". ", " – "])
def test_a_short_record_needs_no_label_twice(delimiter: str) -> None:
    text = f"Mr Hale{delimiter}Do you agree with us, Ms Bain?\n\nMs Bain{delimiter}I do. Thank you for asking me."
    assert [row["label"] for row in find_turns(text)] == ["Mr Hale", "Ms Bain"]


def test_a_rule_says_the_style_and_the_probability() -> None:
    rule = find_turns("MR. HALE: Do you agree?\n\nMS. BAIN: I do, thank you.")[0]["rule"]
    style, _, chance = rule.partition("; ")
    assert style == "title, capitals, colon, line start"
    assert 0.6 <= float(chance) <= 1


@pytest.mark.parametrize(
    "names",
    [
        "Tom Aldous. He took the first container ship in, in fog, and I was aboard.\n"
        "Ray Petit. He lost a boat and never a man, as you know.\n",
        "\nAmos Weld. I grow onions in Texas, and you know what they fetch.\n\n"
        "John Coe. I made pearl buttons, and I thank you for nothing.\n\n",
    ],
)
def test_names_in_small_letters_are_no_labels_beside_one_in_capitals(names: str) -> None:
    text = f"Mr. LANDRY. Mr. Speaker, let me read the names of those who will not be asked.\n{names}I yield back.\n"
    assert [turn["label"] for turn in find_turns(text)] == ["Mr. LANDRY"]

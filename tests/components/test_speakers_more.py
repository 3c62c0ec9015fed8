"""Speakers: offices that run into the name, and somebody without a name who goes on speaking."""

from __future__ import annotations

import time

import pytest
from spacy.language import Language

from extract.components.speakers import resolve
from extract.components.speakers.holders import holder_of


@pytest.mark.parametrize(
    ("office", "name"),
    [
        ("Minister of International Trade", "Paul Lachance"),
        ("Minister of Foreign Trade", "Ana Ruiz"),
        ("Minister of Economy and Trade", "Tom Webb"),
    ],
)
def test_an_office_that_runs_into_the_name_ends_before_it(blank: Language, office: str, name: str) -> None:
    surname = name.split()[-1]
    text = (
        f"(Attending from the other side: {office} {name}; attending from our side: Ambassador Oh.)\n\n"
        f"(Ambassador) We thank you for coming. I must be frank.\n\n({surname}) I thank you too. I will be brief.\n\n"
        "(Ambassador) I have read your paper.\n"
    )
    rows = blank(text)._.turns
    assert [row["speaker"] for row in rows if row["label"] == surname] == [name]


@pytest.mark.parametrize("source", ["An American diplomat", "A senior official", "One trader in Lima"])
def test_a_pronoun_goes_on_with_somebody_who_has_no_name(nlp: Language, source: str) -> None:
    text = (
        "LIMA, May 3 - Ana Ruiz, the trade minister, said the duty would fall.\n\n"
        f"{source} said the cut was too small. He said Peru should also buy more wheat.\n"
    )
    rows = nlp(text)._.turns
    assert rows[-1]["label"] == "He"
    assert rows[-1]["speaker"] == rows[-2]["speaker"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("The board met at 10 a.m., Hon. Carla Whitsun [chairman of the board] presiding.", "Carla Whitsun"),
        ("Mr. Jan Oster (chairman) opened the meeting.", "Jan Oster"),
        ("The board met [chairman of the board absent] at 10 a.m.", None),
    ],
)
def test_an_office_in_brackets_belongs_to_the_name_before_it(head: str, name: str | None) -> None:
    assert holder_of("The Chairman", head, frozenset()) == name


def test_the_country_beside_a_name_is_looked_for_once(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "LIMA, May 3 - Ana Ruiz, the trade minister of Peru, said the duty would fall.\n\n" + (
        "“We will buy wheat,” said Ms. Ruiz, the trade minister. “We will sell fish,” Ms. Ruiz, the minister, said.\n\n"
    )
    asked: list[str] = []
    real = resolve.countries_beside
    monkeypatch.setattr(resolve, "countries_beside", lambda text, name: asked.append(name) or real(text, name))
    rows = nlp(text * 3)._.turns
    assert {row["side"] for row in rows if row["speaker"] == "Ana Ruiz"} == {"PE"}
    assert len(asked) == len(set(asked)) < len(rows)


def _letters(number: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(3))


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "“We shall not sell rice,” a Foreign Ministry official said.\n\n",
        "“We shall not sell,” said Tom Roe{}, an official of the Zor{} Ministry.\n\n",
        "Minister of Trade Tom Roe{} came.\n\nThe Minister: We shall not sell.\n\n",
        "MR. ROE{}: We shall not sell.\n\n",
    ],
)
def test_many_speakers_take_linear_time(blank: Language, unit: str) -> None:
    seconds = []
    for size in (8_000, 48_000):
        letters = map(str.upper if "MR." in unit else str.lower, map(_letters, range(size // len(unit))))
        doc = blank.make_doc("".join(unit.replace("{}", each) for each in letters))
        for name, component in blank.pipeline:
            started = time.process_time()
            doc = component(doc)
            if name == "trade_speakers":
                break
        assert doc._.turns
        seconds.append(time.process_time() - started)
    assert seconds[1] < 6 * 2 * max(seconds[0], 0.04)


def test_a_pronoun_in_capitals_means_the_minister_who_spoke_before(nlp: Language) -> None:
    text = (
        "R 071630Z OCT 74\nFM AMEMBASSY LIMA\nTO SECSTATE WASHDC\nCONFIDENTIAL LIMA 6311\nSUBJ: FISH\n\n"
        "1. MINISTER RUIZ TOLD US THAT THE LOSS WOULD BE GREAT. HE ADDED THAT THE DUTY WAS TOO LOW.\n"
    )
    assert {str(row["speaker"]).upper() for row in nlp(text)._.turns} == {"RUIZ"}

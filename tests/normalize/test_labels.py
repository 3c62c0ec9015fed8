"""Labels of speakers as strings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.normalize.labels import case_of, label_key, shown_label, split_label, tidy


@pytest.mark.parametrize(
    ("label", "head", "inside"),
    [
        ("Jane Roe (Minister of Trade, CPC)", "Jane Roe", ("Minister of Trade, CPC",)),
        ("Mr ROE (Corran—Minister) (2.05 pm)", "Mr ROE", ("Corran—Minister",)),
        ("Roe, Jane (PPE)", "Jane Roe", ("PPE",)),
        ("Jane Roe -- Chief Executive Officer", "Jane Roe", ("Chief Executive Officer",)),
        ("Tessa Howe 0:04", "Tessa Howe", ()),
    ],
)
def test_labels_are_split(label: str, head: str, inside: tuple[str, ...]) -> None:
    assert split_label(label) == (head, inside)


@pytest.mark.parametrize(
    ("label", "case"),
    [("MR. ROE", "capitals"), ("Mr. BROWN of Ohio", "capitals"), ("Ms. McCLURE", "capitals"), ("Mr. Roe", "capitalised"),  # noqa: E501
     ("総理", "cjk"), ("laughter", "small"), ("(x)", "small"), ("JR", "capitals"), ("K", "capitals")],
)  # fmt: skip
def test_cases_are_told(label: str, case: str) -> None:
    assert case_of(label) == case


def test_labels_of_one_speaker_share_a_key() -> None:
    assert label_key("The CHAIRMAN") == label_key("Chairman") == "chairman"
    assert label_key("Mr ROE (Corran) (2.05 pm)") == label_key("Mr. Roe") == "mr roe"


@pytest.mark.parametrize(
    ("label", "shown"),
    [("Mr ROE (Corran) (2.05 pm)", "Mr ROE"), ("Roe, Jane (PPE)", "Roe, Jane"), ("Jane Roe, host", "Jane Roe")],
)
def test_labels_are_shown_without_what_is_said_of_the_speaker(label: str, shown: str) -> None:
    assert shown_label(label) == shown


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60))
def test_no_label_raises_and_tidy_is_idempotent(label: str) -> None:
    split_label(label), case_of(label), label_key(label), shown_label(label)
    assert tidy(tidy(label)) == tidy(label)

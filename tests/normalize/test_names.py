"""Names as strings: titles, forms of one person, acronyms."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.normalize.names import (
    clean,
    fullest,
    initials,
    is_acronym_of,
    person_keys,
    proper_case,
    same_person,
    sex,
    split_title,
    surname,
)

GIVEN = ("Jane", "Omar", "Ana-Luisa", "J.", "Keiko", "José")
FAMILY = ("Roe", "O'Dell", "Nakagawa", "van Hooren", "Quispe", "Saint-Marc")
TITLES = ("Prime Minister", "Mr.", "Sen.", "Deputy Trade Minister", "Secretary of State", "Rt Hon", "former president")
persons = st.builds(lambda g, f: f"{g} {f}", st.sampled_from(GIVEN), st.sampled_from(FAMILY))


@pytest.mark.parametrize(
    ("written", "title", "name"),
    [
        ("Prime Minister Nakagawa", "Prime Minister", "Nakagawa"),
        ("MR. ROE", "MR.", "ROE"),
        ("MS. SAINT-MARC", "MS.", "SAINT-MARC"),
        ("Sen. Jane Roe (R-Ohio)", "Sen.", "Jane Roe"),
        ("Mr. ROE of Ohio", "Mr.", "ROE"),
        ("Secretary of State Jane Roe", "Secretary of State", "Jane Roe"),
        ("Secretary of Health and Human Services Roe", "Secretary of Health and Human Services", "Roe"),
        ("The Chancellor of the Exchequer", "The Chancellor of the Exchequer", ""),
        ("Director-General of the Bureau", "Director-General of the Bureau", ""),
        ("Prime Minister", "Prime Minister", ""),
        ("Mr. Speaker", "Mr. Speaker", ""),
        ("former deputy trade minister Omar Roe", "former deputy trade minister", "Omar Roe"),
        ("rice farmer Keiko Nakagawa", "rice farmer", "Keiko Nakagawa"),
        ("Rt Hon Jane Roe MP", "Rt Hon", "Jane Roe"),
        ("Jane Roe, director of the Quispe Institute", "director of the Quispe Institute", "Jane Roe"),
        ("Deputy Assistant U.S. Trade Representative Roe", "Deputy Assistant U.S. Trade Representative", "Roe"),
        ("Central Bank Governor\nQuispe", "Central Bank Governor", "Quispe"),
        ("Gen. Roe’s", "Gen.", "Roe"),
        ("Dean Roe", None, "Dean Roe"),
        ("Roe, Jane", None, "Roe, Jane"),
        ("Dr. Omar Roe, Jr.", "Dr.", "Omar Roe Jr."),
        ("", None, ""),
    ],
)
def test_split_title(written: str, title: str | None, name: str) -> None:
    assert split_title(written) == (title, name)


@settings(max_examples=60, derandomize=True)
@given(st.sampled_from(TITLES), persons)
def test_a_title_before_a_name_comes_off(title: str, person: str) -> None:
    assert split_title(f"{title} {person}") == (title, person)
    assert split_title(person).title is None
    assert same_person(f"{title} {person}", person)


@settings(max_examples=100, derandomize=True)
@given(st.text(max_size=60))
def test_no_text_raises_and_bare_names_stay(text: str) -> None:
    bare = split_title(text).name
    assert split_title(bare).name == bare or len(split_title(bare).name) < len(bare)
    assert clean(clean(text)) == clean(text) or len(clean(text)) < len(text)
    for function in (surname, proper_case, initials):
        assert isinstance(function(text), str)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nakagawa", "Prime Minister Keiko Nakagawa"),
        ("NAKAGAWA", "Keiko Nakagawa"),
        ("Nakagawa Keiko", "Keiko Nakagawa"),
        ("Nakagawa", "Nakagawa Keiko"),
        ("Bill Roe", "William J. Roe"),
        ("W. Roe", "William Roe"),
        ("van Hooren", "Ana van Hooren"),
        ("José Quispe", "Jose Quispe’s"),
        ("Mimi Roe", "Maria “Mimi” Roe"),
        ("Omar Quispe", "José Omar Quispe"),
    ],
)
def test_forms_of_one_person(a: str, b: str) -> None:
    assert same_person(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Mr. Roe", "Mrs. Roe"),
        ("Jane Roe", "Omar Roe"),
        ("Omar Roe Jr.", "Omar Roe Sr."),
        ("Roe", "Roebuck"),
        ("", "Roe"),
        ("Prime Minister", "Prime Minister Roe"),
    ],
)
def test_forms_of_two_persons(a: str, b: str) -> None:
    assert not same_person(a, b)


@settings(max_examples=60, derandomize=True)
@given(st.one_of(persons, st.text(max_size=30)), st.one_of(persons, st.text(max_size=30)))
def test_same_person_is_symmetric(a: str, b: str) -> None:
    assert same_person(a, b) == same_person(b, a)


NAMES = st.lists(
    st.sampled_from(
        ["Jane", "J.", "Jo", "Bill", "William", "de", "la", "Roe", "ROE", "Dell", "Jr.", "II", "Mr.", "Mrs."]
    ),
    max_size=4,
).map(" ".join)


@settings(max_examples=500, derandomize=True)
@given(NAMES, NAMES)
def test_names_of_one_person_are_found_by_their_keys(a: str, b: str) -> None:
    if same_person(a, b):
        assert person_keys(a).filed & person_keys(b).sought
        assert person_keys(b).filed & person_keys(a).sought


def test_many_persons_of_one_name_are_told_apart_by_their_keys() -> None:
    filed = person_keys("Jane Roe").filed
    assert not any(filed & person_keys(other).sought for other in ("Jane Dell", "Ann Roe", "Roe Jane Dell"))
    assert all(filed & person_keys(other).sought for other in ("Roe", "J. Roe", "Roe Jane", "Jane", "ROE II"))


@settings(max_examples=40, derandomize=True)
@given(persons, st.sampled_from(TITLES))
def test_the_fullest_form_is_bare_and_full(person: str, title: str) -> None:
    family = person.split(" ", 1)[1]
    assert fullest([family, f"{title} {family}", person, family.upper()]) == person


def test_fullest_prefers_middle_initials_and_proper_case() -> None:
    assert fullest(["Roe", "Jane Roe", "Jane Q. Roe"]) == "Jane Q. Roe"
    assert fullest(["MR. ROE"]) == "Roe"
    assert fullest(["JANE ROE", "Roe"]) == "Jane Roe"
    assert fullest([]) == ""


def test_proper_case() -> None:
    assert proper_case("ANA SAINT-MARC") == "Ana Saint-Marc"
    assert proper_case("J.J. MCROE") == "J.J. McRoe"
    assert proper_case("Jane Roe") == "Jane Roe"


def test_sex_of_titles() -> None:
    assert [sex(t) for t in ("Mr.", "Mrs.", "Madam Secretary", "Senator", None)] == ["m", "f", "f", None, None]


@pytest.mark.parametrize(
    ("acronym", "name"),
    [
        ("WTO", "World Trade Organization"),
        ("MITI", "Ministry of International Trade and Industry"),
        ("UNCTAD", "United Nations Conference on Trade and Development"),
        ("U.S.T.R.", "United States Trade Representative"),
        ("FS-BIS", "Fixed Site – Broad, Integrated System"),
    ],
)
def test_acronyms(acronym: str, name: str) -> None:
    assert is_acronym_of(acronym, name)


@pytest.mark.parametrize(
    ("acronym", "name"),
    [("GE", "General Motors"), ("WTO", "World Bank"), ("IMF", "Fund"), ("A", "A B"), ("QRX", "the ' growers")],
)
def test_no_acronyms(acronym: str, name: str) -> None:
    assert not is_acronym_of(acronym, name)

"""The second reader of claims: windows of word pieces, what is asked of the encoder, and how two opinions agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from extract.components.claims import candidates, component
from extract.components.claims.component import ClaimReader
from extract.components.claims.contexts import Packed
from extract.components.claims.judgements import Judgements, judgements
from extract.components.claims.periods import Periods
from extract.components.claims.reader import Opinion, read, read_statuses, trust_numbers
from extract.components.claims.roles import Answer, answers_of
from extract.components.claims.windows import CLASSES, MAX_CONTEXT, MAX_SENTENCE, PLACES, Asked, batch, windows
from extract.learned.linear import agree, softmax_within
from extract.normalize.table_labels import clean

TEXT = (
    "TALKS ON COPPER\n\nThe minister spoke of 1994. Norland will raise the duty on copper wire from 5 percent to "
    "12 percent, and Sudland pays $30 million.\n\n" + "Fish was sold for $2 million in May. " * 40
)


class Letters:
    """Stands in for the encoder's vocabulary: a piece for each letter, at most three."""

    def pieces(self, word: str) -> list[int]:
        return [ord(letter) % 1000 + 1 for letter in word.strip()][:3]


@pytest.fixture(scope="module")
def claims(before_claims: Callable[[str], Doc]) -> ClaimReader:
    return ClaimReader(before_claims(TEXT))


def all_asked(claims: ClaimReader) -> list[Asked]:
    subjects = [claims.subject(figure) for figure in claims.figures]
    return [claims.asked(subject, claims.outside(subject)) for subject in subjects]


def test_windows_hold_every_claim_once_and_stay_short(claims: ClaimReader) -> None:
    asked = all_asked(claims)
    found = windows(Letters(), claims.grammar, asked, ["Norland", "Sudland"])
    assert sorted(number for _, numbers in found for number in numbers) == list(range(len(asked)))
    for window, numbers in found:
        assert window.n_context <= MAX_CONTEXT + 2
        assert len(window.ids) - window.n_context <= MAX_SENTENCE + 8
        for number in numbers:
            begin, end, last = window.span(asked[number].subject.first, asked[number].subject.last)
            assert window.n_context <= begin <= last < end < len(window.ids)


def test_what_the_encoder_is_given_lies_within_its_window(claims: ClaimReader) -> None:
    asked = all_asked(claims)[:6]
    found = windows(Letters(), claims.grammar, asked, ["Norland"])
    arrays = batch([(window, [asked[number] for number in numbers]) for window, numbers in found])
    assert len(arrays["figure"]) == len(asked)
    assert len(arrays["choices"]) == sum(len(each.choices) for each in asked)
    assert len(arrays["options"]) == sum(len(each.options) for each in asked)
    assert np.all(np.diff(arrays["choice_of"]) >= 0)
    assert arrays["choices"][:, 3].max() < len(PLACES)
    ends = arrays["mask"].sum(axis=1)[arrays["window"]][arrays["choice_of"]]
    assert np.all(arrays["choices"][:, 1] <= ends)


def test_a_document_without_claims_asks_nothing(claims: ClaimReader) -> None:
    assert read(None, claims.grammar, [], []) is None  # type: ignore[arg-type]


def test_two_readers_that_agree_are_surer_of_what_both_see() -> None:
    groups = np.array([0, 0, 0])
    first = np.array([[0.6], [0.3], [0.1]])
    both = agree(first, [np.log(np.array([[0.6], [0.1], [0.3]]))], groups)
    assert both[:, 0].argmax() == 0
    assert both[0, 0] > 0.6
    assert agree(first, None, groups) is first
    assert agree(first, [np.full((3, 1), np.nan)], groups).tolist() == first.tolist()


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.integers(0, 99))
def test_chances_of_two_readers_add_up_to_one(sizes: list[int], seed: int) -> None:
    rng, groups = np.random.default_rng(seed), np.repeat(np.arange(len(sizes)), sizes)
    first = softmax_within(rng.normal(0, 5, (sum(sizes), 1)), groups)
    second = np.split(rng.normal(0, 5, (sum(sizes), 1)), np.cumsum(sizes)[:-1])
    both = agree(first, second, groups)
    assert np.allclose(np.bincount(groups, both[:, 0]), 1)


def opinion(*, prose: bool = True, **chances: float) -> Opinion:
    """Of one claim: the chances of some statuses, the rest shared alike."""
    rest = (1 - sum(chances.values())) / max(1, len(CLASSES["status"]) - len(chances))
    classes = {name: np.log(np.full((1, len(names)), 1 / len(names))) for name, names in CLASSES.items()}
    classes["status"] = np.log(np.array([[chances.get(name, rest) for name in CLASSES["status"]]]))
    return Opinion([], [], classes, np.array([prose]))


def test_the_reader_overrules_a_status_only_where_it_is_sure() -> None:
    assert read_statuses(["fact"], None) == ["fact"]
    assert read_statuses(["fact"], opinion(planned=0.5, fact=0.3)) == ["fact"]
    assert read_statuses(["fact"], opinion(planned=0.9, fact=0.05)) == ["planned"]
    assert read_statuses(["fact"], opinion(prose=False, planned=0.9, fact=0.05)) == ["fact"]
    assert read_statuses([], None) == []


def test_trust_is_told_what_the_reader_thinks_of_the_answer() -> None:
    (known,) = trust_numbers(["planned"], opinion(fact=0.6, planned=0.3))
    assert known["read status"] == pytest.approx(np.log(0.3))
    assert known["read best"] == pytest.approx(np.log(0.6))
    assert trust_numbers(["fact", "fact"], None) == [{}, {}]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("## Duties on tin", "Duties on tin"),
        ("#### [Wool](wool.html) exports", "Wool exports"),
        ("<b>net</b> sales,", "net sales"),
        ("F#-minor rolls", "F#-minor rolls"),
        ("“the # 2 grade”", "the 2 grade"),
        ("(the U.S.),", "the U.S."),
        ("Province of B.C.", "Province of B.C."),
        ("hides.", "hides"),
        ("Oil and Gas\\ \\", "Oil and Gas"),
    ],
)
def test_a_phrase_has_no_markup(written: str, read: str) -> None:
    assert clean(written) == read


# Phrases with their chances as measure, item, actor, partner; and the measure and item that follow.
CHOSEN = (
    ([("exports of copper", 0.9, 0.3, 0, 0), ("copper", 0.1, 0.4, 0, 0)], ("exports of copper", "copper")),
    ([("wheat sales", 0.8, 0.2, 0, 0), ("Canadian wheat", 0, 0.7, 0, 0)], ("wheat sales", "Canadian wheat")),
    ([("tolls", 0.9, 0.1, 0, 0)], ("tolls", None)),
)


@pytest.mark.parametrize(("choices", "wanted"), CHOSEN)
def test_the_item_is_named_short_and_never_as_the_measure(
    choices: list[tuple[str, float, float, float, float]], wanted: tuple[str, str | None]
) -> None:
    found = answers_of([text for text, *_ in choices], np.array([chances for _, *chances in choices]))
    assert (found["measure"].text, found["item"].text) == wanted


@pytest.mark.parametrize(("block", "most", "sizes"), [(2, 99, [3, *[2] * 20]), (99, 99, [43]), (2, 2, [2] * 21 + [1])])
def test_claims_are_answered_some_at_a_time(
    claims: ClaimReader, monkeypatch: pytest.MonkeyPatch, block: int, most: int, sizes: list[int]
) -> None:
    # the encoder rounds by what it reads at once, so that an even chance may fall to either side
    models, at_once = replace(judgements(), reader=None), list[int]()
    whole = claims.figure_claims(models)[0]
    read_periods = Judgements.read_periods

    def counted(self: Judgements, periods: Periods, asked: list[Asked], second: Opinion | None) -> list[Answer]:
        at_once.append(len(asked))
        return read_periods(self, periods, asked, second)

    monkeypatch.setattr(Judgements, "read_periods", counted)
    monkeypatch.setattr(component, "BLOCK", block)
    monkeypatch.setattr(component, "MOST_IN_BLOCK", most)
    monkeypatch.setattr(candidates, "MOST_KEPT", 1)
    in_blocks = claims.figure_claims(models)[0]
    assert at_once == sizes
    # those of one sentence are only parted where they are too many
    assert in_blocks == whole or most < 3


@given(st.dictionaries(st.text(), st.floats(allow_nan=False), max_size=9))
def test_packed_numbers_are_those_of_the_dict(numbers: dict[str, float]) -> None:
    packed = Packed(numbers)
    assert dict(packed) == numbers
    assert list(packed) == list(numbers)
    assert "no such name" not in packed

"""The judgement of labels: weights follow from the feature file, and texts set anew say where their turns begin."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from extract.learned import load

pytest.importorskip("sklearn")
faker = pytest.importorskip("faker")

from models.judgements.fit import fit_numbers  # noqa: E402
from models.judgements.number_file import read_numbers  # noqa: E402
from models.judgements.turn_layouts import Spoken, as_list, set_anew  # noqa: E402
from models.judgements.turn_openers import wanted  # noqa: E402

TURNS = [
    Spoken("a", "We met on Monday. Did you sign?"),
    Spoken("b", "We did, and the ministry knows it."),
    Spoken("a", "Then I have no more questions."),
]


@pytest.mark.slow
def test_the_weights_follow_from_the_feature_file() -> None:
    features = read_numbers("turn_openers")
    assert features is not None
    some = features.rows[::50]
    assert np.allclose(fit_numbers(features).margins(some), load("turn_openers").margins(some), atol=1e-4)


@pytest.mark.parametrize("seed", range(40))
def test_a_text_set_anew_says_where_its_turns_begin(seed: int) -> None:
    record = set_anew(TURNS, Random(seed), faker.Faker("en_GB"))
    starts = [record.text[start:].replace("\n", " ")[:6] for start in record.starts]
    assert starts
    assert all(any(turn.words.startswith(start) for turn in TURNS) for start in starts)


def test_a_list_has_no_turns() -> None:
    record = as_list([turn.words for turn in TURNS], Random(1), faker.Faker("en_GB"))
    assert record.starts == ()
    assert any(turn.words[:6] in record.text for turn in TURNS)


def test_each_turn_has_one_opener_at_most() -> None:
    from extract.components.turns.openers import find_openers

    text = "MS. BAIN: Do you agree?\n\nNote: none.\n\nMR. HALE: I do."
    openers = find_openers(text)
    right = wanted(openers, [(10, 23), (48, 53)])
    assert [opener.label for opener, is_label in zip(openers, right, strict=True) if is_label] == [
        "MS. BAIN",
        "MR. HALE",
    ]

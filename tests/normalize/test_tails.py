"""A glance at the end of a stretch never hides what stands there."""

import pytest

from extract.normalize.tails import Tails

TAILS = Tails(["up to", "approx.", "≥", "Rs", "US$"])


@pytest.mark.parametrize("text", ["of up to ", "UP TO\n", "some approx. (", "≥", "paid Rs.", "in US$ ", "up to, [**"])
def test_what_ends_there_is_seen(text: str) -> None:
    assert TAILS.fit(text, 0, len(text))


@pytest.mark.parametrize("text", ["", "  ", "into ", "the drs ", "up to be ", "$ up", "£"])
def test_what_does_not_is_passed_over(text: str) -> None:
    assert not TAILS.fit(text, 0, len(text))


def test_only_the_given_stretch_counts() -> None:
    assert TAILS.fit("up to 5 mills", 0, 6)
    assert not TAILS.fit("up to 5 mills", 0, 8)

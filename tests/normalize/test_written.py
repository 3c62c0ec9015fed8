"""Numbers for readers are read back as the same numbers."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalize.written import read_number, written_number


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (25.0, "25"), (0.25, "0.25"), (1500.0, "1,500"), (2.3e7, "23 million"), (3.837e10, "38.37 billion"),
        (1.4e14, "140 trillion"), (-5.5, "-5.5"), (1234567.0, "1,234,567"), (0.0, "0"), (1e-7, "1e-07"),
    ],
)  # fmt: skip
def test_a_number_for_a_reader(value: float, written: str) -> None:
    assert written_number(value) == written
    assert read_number(written) == value


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15))
def test_what_is_written_is_read_back(value: float) -> None:
    found = read_number(written_number(value))
    assert found is not None
    assert math.isclose(found, value, rel_tol=1e-12, abs_tol=1e-300)


@pytest.mark.parametrize("text", ["", "NaN", "inf", "twelve or so", "1.2.3", "USD 5", "-", "(", "1e999"])
def test_what_is_no_number(text: str) -> None:
    assert read_number(text) is None

"""Verbs of saying: regular forms follow from the base, irregular ones stand in the lexicon."""

from __future__ import annotations

import pytest

from extract.normalize.verbs import inflected, saying_verbs


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("deny", "deny denies denied denied denying"),
        ("convey", "convey conveys conveyed conveyed conveying"),
        ("agree", "agree agrees agreed agreed agreeing"),
        ("vouch", "vouch vouches vouched vouched vouching"),
        ("sing sings sang sung singing", "sing sings sang sung singing"),
    ],
)
def test_forms_of_a_verb(verb: str, forms: str) -> None:
    assert inflected(verb) == forms.split()


def test_verbs_of_the_lexicon() -> None:
    verbs = {verb.forms[0]: verb for verb in saying_verbs()}
    assert verbs["write"].forms[2:4] == ("wrote", "written")
    assert (verbs["tell"].kind, verbs["tell"].clause, verbs["tell"].invert) == ("tell", "zero", False)
    assert "signalling" in verbs["signal"].forms

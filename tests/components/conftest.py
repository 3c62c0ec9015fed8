"""What tests of the components share."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extract.pipeline.build import load
from extract.pipeline.model_folder import shipped_model


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline, as users load it."""
    if shipped_model() is None:
        pytest.skip("the shipped model is not there: nothing is read without it")
    return load()

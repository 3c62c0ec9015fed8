"""The pipeline that ships: its size, its labels, and what it makes of a plain sentence."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from extract.pipeline.model_folder import shipped_model

MAX_BYTES = 25_000_000
LABELS = {"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"}
PARTS = ["tok2vec", "tagger", "morphologizer", "parser", "lemmatizer", "ner"]
# The dependency labels that the rules for claims ask for, as in UD 2.16.
RELATIONS = {
    "nsubj",
    "nsubj:pass",
    "obj",
    "iobj",
    "obl",
    "nmod",
    "nmod:poss",
    "amod",
    "nummod",
    "advmod",
    "ccomp",
    "xcomp",
    "advcl",
    "acl",
    "acl:relcl",
    "case",
    "mark",
    "aux",
    "aux:pass",
    "cop",
    "conj",
    "cc",
    "parataxis",
    "appos",
    "compound",
    "flat",
    "det",
    "punct",
    "ROOT",
}


@pytest.fixture(scope="module")
def folder() -> Path:
    found = shipped_model()
    assert found is not None, "models/en_trade is not there"
    return found


@pytest.fixture(scope="module")
def nlp(folder: Path) -> Language:
    return spacy.load(folder)


def test_folder_is_small_enough_for_a_package(folder: Path) -> None:
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < MAX_BYTES


def test_loading_is_quick(folder: Path) -> None:
    begin = time.process_time()
    spacy.load(folder)
    assert time.process_time() - begin < 2.0


def test_parts_and_labels(nlp: Language) -> None:
    assert nlp.pipe_names == PARTS
    assert set(nlp.get_pipe("ner").labels) <= LABELS  # type: ignore[attr-defined]
    assert {"PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW"} <= set(nlp.get_pipe("ner").labels)  # type: ignore[attr-defined]
    assert set(nlp.get_pipe("parser").labels) >= RELATIONS  # type: ignore[attr-defined]


def test_licence_and_sources_are_named(folder: Path) -> None:
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    assert meta["license"] == "CC BY-SA 4.0"
    assert {"EWT", "GUM", "re3d", "WikiGold", "CrossNER"} <= {
        word for source in meta["sources"] for word in source["name"].replace(",", " ").split()
    }


def test_config_needs_nothing_of_the_recipe(folder: Path) -> None:
    assert "trade_layout" not in (folder / "config.cfg").read_text(encoding="utf-8")


def test_plain_sentence(nlp: Language) -> None:
    doc = nlp("Ambassador Lindqvist told us that Japan would lower its tariffs on rice in Geneva.")
    told, lower = doc[2], doc[7]
    assert (told.tag_, told.pos_, told.lemma_, told.dep_) == ("VBD", "VERB", "tell", "ROOT")
    assert (lower.tag_, lower.dep_) == ("VB", "ccomp")
    assert doc[9].lemma_ == "tariff"
    assert {(ent.text, ent.label_) for ent in doc.ents} == {
        ("Lindqvist", "PERSON"),
        ("Geneva", "GPE"),
        ("Japan", "GPE"),
    }


def test_line_breaks_do_not_end_sentences(nlp: Language) -> None:
    doc = nlp("The Minister said that the ministry\nwould publish the list of goods as soon\nas the talks were over.")
    assert len(list(doc.sents)) == 1
    assert [token.tag_ for token in doc if token.is_space] == ["_SP", "_SP"]


def test_offsets_point_at_the_text(nlp: Language) -> None:
    text = "\n\nTOKYO, 3 May -- Mr. Tanabe (Second Division)\n\n  met  Ms. Okafor of the World Bank .\n"
    doc = nlp(text)
    assert doc.text == text
    for span in [*doc.ents, *doc.sents]:
        assert text[span.start_char : span.end_char] == span.text
        assert span.text.strip() == span.text or span in list(doc.sents)


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\x00", "a" * 5_000, "“", "?!" * 400])
def test_no_text_raises(nlp: Language, text: str) -> None:
    assert nlp(text).text == text

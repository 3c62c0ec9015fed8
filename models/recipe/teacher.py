"""Step ``teach``: a larger parser learns the treebanks, reads plain text, and what it is sure of becomes training text.

What ships is a small greedy parser, and the treebanks are small. A graph-based parser (``network``) is better and too
slow to ship; the shipped one learns from its reading of much more text (Kuncoro et al. 2016, "Distilling an Ensemble of
Greedy Dependency Parsers into One MST Parser", the other way round). Needs PyTorch; nothing of it is needed later.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from models.recipe import prose
from models.recipe.encode import Coder, Sentence, collate
from models.recipe.layout import split_sentences
from models.recipe.network import IGNORE, Sizes, Teacher
from models.recipe.piece import Piece, chunks, read_corpus, write_corpus
from models.recipe.trees import best_heads, is_tree

BATCH_WORDS = 600
EPOCHS = 10
LEARN_RATE = 0.002
SILVER_SENTENCES = 6
# Sentences in which the teacher's heads have at least this mean probability become training text.
SURE = 0.9


def teach(
    work: Path, text_folder: Path, epochs: int = EPOCHS, seed: int = 7, sure: float = SURE, **sizes: int
) -> dict[str, float]:
    """Train the teacher on ``work/corpus``, write ``syntax-silver.spacy`` there; returns its scores.

    The scores are on the words of EWT dev and GUM dev, sentences as given: ``uas``, ``las``, ``tag``.
    """
    torch.manual_seed(seed)
    train, dev = (read(work / "corpus" / f"syntax-{part}.spacy") for part in ("train", "dev"))
    coder = Coder.of(train, work / "vectors")
    net = fit(coder, train, dev, epochs, seed, **sizes)
    scores = accuracy(net, coder, dev)
    pieces = chunks(label(net, coder, prose.sentences(text_folder), sure), SILVER_SENTENCES)
    words = write_corpus(work / "corpus" / "syntax-silver.spacy", pieces)
    torch.save({"net": net.state_dict(), "coder": coder}, work / "teacher.pt")
    return {**scores, "silver_words": words}


def read(path: Path) -> list[Piece]:
    """The sentences of a ``.spacy`` file."""
    return [sentence for doc in read_corpus(path) for sentence in split_sentences(Piece.from_doc(doc)) if len(sentence)]


def fit(coder: Coder, train: list[Piece], dev: list[Piece], epochs: int, seed: int, **sizes: int) -> Teacher:
    """The trained network. One line an epoch goes to stdout."""
    net = Teacher(Sizes(**coder.sizes(), **sizes))
    rng = random.Random(seed)
    coded = [coder.encode(piece) for piece in train]
    total = epochs * len(list(batches(coded, rng)))
    optimizer = torch.optim.Adam(net.parameters(), lr=LEARN_RATE, betas=(0.9, 0.95))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARN_RATE, total + epochs, pct_start=0.1)
    for epoch in range(epochs):
        net.train()
        loss_sum = 0.0
        for batch in batches(coded, rng):
            loss = loss_of(net, coder, batch, rng)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            loss_sum += loss.item()
        print(f"epoch {epoch + 1}/{epochs} loss {loss_sum:.0f} {accuracy(net, coder, dev)}", flush=True)
    return net


def batches(sentences: Sequence[Sentence], rng: random.Random, shuffled: bool = True) -> Iterator[list[Sentence]]:
    """Sentences of about one length, about ``BATCH_WORDS`` words together."""
    order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i].words), rng.random()))
    out: list[list[Sentence]] = []
    words = BATCH_WORDS
    for index in order:
        if words >= BATCH_WORDS:
            out.append([])
            words = 0
        out[-1].append(sentences[index])
        words += len(sentences[index].words)
    if shuffled:
        rng.shuffle(out)
    yield from out


def loss_of(net: Teacher, coder: Coder, batch: list[Sentence], rng: random.Random) -> Tensor:
    """The sum of the heads' losses."""
    inputs = collate(batch, coder.static, drop=0.15, rng=rng)
    encoded, scores = net(*inputs.tensors)
    loss = torch.zeros(())
    for name, score in scores.items():
        loss = loss + cross_entropy(score.flatten(0, 1), inputs.labels[name].flatten(), ignore_index=IGNORE)
    arcs, relations = net.dependencies(encoded, inputs.lengths)
    heads = inputs.labels["head"]
    loss = loss + cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=IGNORE)
    gold = heads.clamp(min=0)[:, None, :, None].expand(-1, relations.shape[1], -1, 1)
    chosen = relations.gather(3, gold)[..., 0].transpose(1, 2)
    return loss + cross_entropy(chosen.flatten(0, 1), inputs.labels["relation"].flatten(), ignore_index=IGNORE)


@torch.no_grad()
def readings(net: Teacher, coder: Coder, coded: list[Sentence]) -> Iterator[tuple[Sentence, dict[str, Any]]]:
    """For each sentence, longest last: best labels (ids), heads (0: root), relations, ``sure`` (a probability)."""
    net.eval()
    for batch in batches(coded, random.Random(0), shuffled=False):
        inputs = collate(batch, coder.static)
        encoded, scores = net(*inputs.tensors)
        arcs, relations = net.dependencies(encoded, inputs.lengths)
        logs = arcs.log_softmax(2)
        for row, sentence in enumerate(batch):
            size = len(sentence.words)
            heads = best_heads(logs[row, :size, : size + 1].numpy())
            places = torch.arange(size), torch.tensor(heads)
            yield (
                sentence,
                {
                    **{name: score[row, :size].argmax(1).tolist() for name, score in scores.items()},
                    "head": heads,
                    "relation": relations[row, :, places[0], places[1]].argmax(0).tolist(),
                    "sure": float(logs[row, places[0], places[1]].exp().mean()),
                },
            )


def accuracy(net: Teacher, coder: Coder, gold: list[Piece]) -> dict[str, float]:
    """Shares of words with the right tag, head, head and relation; punctuation is left out of the latter two."""
    right = {"tag": 0, "uas": 0, "las": 0}
    words = scored = 0
    for sentence, found in readings(net, coder, [coder.encode(piece) for piece in gold]):
        words += len(sentence.words)
        right["tag"] += sum(a == b for a, b in zip(found["tag"], sentence.labels["tag"], strict=True))
        for index, head in enumerate(found["head"]):
            if sentence.labels["relation"][index] == coder.punctuation:
                continue
            scored += 1
            if head == sentence.labels["head"][index]:
                right["uas"] += 1
                right["las"] += found["relation"][index] == sentence.labels["relation"][index]
    return {name: round(count / (words if name == "tag" else scored), 4) for name, count in right.items()}


def label(net: Teacher, coder: Coder, text: Iterable[tuple[list[str], list[bool]]], sure: float) -> list[Piece]:
    """The sentences that the teacher is sure of, annotated, in the order of the text.

    Where the best heads of the words do not make a tree, it is not.
    """
    pieces = [Piece(words=words, spaces=spaces, source="silver") for words, spaces in text]
    coded = [coder.encode(piece, number) for number, piece in enumerate(pieces)]
    kept: dict[int, Piece] = {}
    for sentence, found in readings(net, coder, coded):
        if found["sure"] >= sure and is_tree(found["head"]):
            kept[sentence.number] = coder.annotate(pieces[sentence.number], found)
    return [kept[number] for number in sorted(kept)]

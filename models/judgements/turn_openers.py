"""``python -m models.judgements.turn_openers TEXTS GOLD MANIFEST``: the feature file of labels of speakers.

TEXTS holds texts, GOLD their annotations (turns as offsets), MANIFEST says which may be learnt from and their sources.
Besides, the samples of ``tests/cases/turns`` and the records of ``models/written/records`` are learnt from, and the
turns of all set anew in random layouts or cut out with a few of their neighbours. The file holds numbers only. Folds
that leave whole sources out choose between candidates.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import spacy
from faker import Faker
from spacy.language import Language

import extract.components.factories  # noqa: F401
from extract.components.rows import register_extensions
from extract.components.turns.component import SILENT_SEGMENTS
from extract.components.turns.features import read_features
from extract.components.turns.openers import find_openers
from extract.components.turns.scanner import Opener
from models.judgements.number_file import NumberFile
from models.judgements.turn_layouts import Spoken, as_list, set_anew
from models.judgements.written_records import RECORDS, read_records
from tests.turns_cases import load_cases

NAME = "turn_openers"
# Documents set anew for each document with turns, and their weight beside it.
N_LAYOUTS = 10
LAYOUT_WEIGHT = 0.12
# Excerpts for each document and their weight beside it; one shows up to so many turns, or so many characters of others.
N_CUTS = 4
CUT_WEIGHT = 1.0
CUT_TURNS = (1, 1, 2, 2, 3, 4)
CUT_CHARS = (600, 3_000)
# What may stand before its first label: the end of a speech whose label is cut off, or of a head; labels fit so far.
CUT_SPEECH, CUT_HEAD, LABEL_CHARS = (50, 900), (60, 500), 60
# A record that was written to be learnt from, and a sample of ours, count so much beside an annotated text.
RECORD_WEIGHT, SAMPLE_WEIGHT = 0.5, 3.0
# Documents without turns are set as lists so often; shorter paragraphs are headings and cells.
N_LISTS = 6
MIN_PARAGRAPH_CHARS = 40
# A label may end a few characters before or behind the annotated start.
NEAR_CHARS = 3
NEAR_SHARE = 0.05


@dataclass(frozen=True)
class Example:
    """A text with the starts and ends of its turns; ``source`` is left out as a whole, ``name`` seeds its layouts."""

    text: str
    turns: tuple[tuple[int, int], ...]
    source: str
    name: str
    weight: float = 1.0
    spoken: tuple[Spoken, ...] = ()
    segments: tuple[dict[str, Any], ...] = ()


def wanted(openers: Sequence[Opener], turns: Sequence[tuple[int, int]]) -> list[bool]:
    """Which openers begin an annotated turn: for each turn the nearest one within a few characters."""
    right = [False] * len(openers)
    for start, end in turns:
        reach = max(NEAR_CHARS, NEAR_SHARE * (end - start))
        near = [(abs(o.text_start - start), n) for n, o in enumerate(openers) if abs(o.text_start - start) <= reach]
        if near:
            right[min(near)[1]] = True
    return right


def annotated(texts: Path, gold: Path, manifest: Path) -> Iterator[Example]:
    """The texts that may be learnt from, with their zones as the pipeline reads them."""
    nlp = _zone_reader()
    for entry in json.loads(manifest.read_text(encoding="utf-8")):
        path = gold / Path(entry["file"]).with_suffix(".json").name
        if not (entry["train"] and entry["set"] == "open" and path.is_file()):
            continue
        rows = [row for row in json.loads(path.read_text(encoding="utf-8")).get("turns", []) if row["kind"] == "turn"]
        text = (texts / entry["file"]).read_text(encoding="utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        spoken = tuple(Spoken(str(row["speaker"] or row["label"]), text[row["start"] : row["end"]]) for row in rows)
        turns = tuple((row["start"], row["end"]) for row in rows)
        yield Example(text, turns, entry["source"], entry["file"], spoken=spoken, segments=tuple(nlp(text)._.segments))


def records(folder: Path = RECORDS) -> Iterator[Example]:
    """The records that were written to be learnt from: each has a layout of its own and is a source of its own."""
    nlp = _zone_reader()
    for one in read_records(folder):
        spoken = tuple(Spoken(str(turn.speaker), one.text[turn.start : turn.end]) for turn in one.turns)
        turns = tuple((turn.start, turn.end) for turn in one.turns)
        yield Example(one.text, turns, one.source, one.source, RECORD_WEIGHT, spoken, tuple(nlp(one.text)._.segments))


def _zone_reader() -> Language:
    """A pipeline that reads the zones of a text and nothing else."""
    register_extensions()
    nlp = spacy.blank("en")
    for pipe in ("trade_document", "trade_segments"):
        nlp.add_pipe(pipe)
    return nlp


def samples() -> Iterator[Example]:
    """The project's own samples of label styles, and of texts without speakers: each is a source of its own."""
    for case in load_cases():
        spoken = tuple(Spoken(turn.label, case.text[turn.start : turn.end]) for turn in case.turns)
        turns, name = tuple((turn.start, turn.end) for turn in case.turns), f"sample {case.name}"
        yield Example(case.text, turns, name, name, SAMPLE_WEIGHT, spoken)


def layouts(examples: Sequence[Example]) -> Iterator[Example]:
    """The turns of the examples set anew; a layout belongs to the source that its words are from."""
    faker = Faker("en_GB")
    for example in examples:
        seed = sum(map(ord, example.name))
        random = Random(seed)
        faker.seed_instance(seed)
        weight = LAYOUT_WEIGHT * example.weight
        for _ in range(N_LAYOUTS if len(example.spoken) > 1 else 0):
            record = set_anew(example.spoken, random, faker)
            ends = (*record.starts[1:], len(record.text))
            turns = tuple(zip(record.starts, ends, strict=True))
            yield Example(record.text, turns, example.source, example.name, weight)
        paragraphs = [part.strip() for part in example.text.split("\n\n") if len(part.strip()) > MIN_PARAGRAPH_CHARS]
        if not example.spoken and paragraphs:
            for _ in range(N_LISTS):
                yield Example(as_list(paragraphs, random, faker).text, (), example.source, example.name, weight)


def excerpts(examples: Sequence[Example]) -> Iterator[Example]:
    """A few turns of each example as they stand, with what is before them; of a document without turns a piece."""
    for example in examples:
        random = Random(sum(map(ord, example.name)))
        weight = CUT_WEIGHT * example.weight
        for _ in range(N_CUTS):
            start, end, turns = _cut(example, random)
            moved = tuple((first - start, min(last, end) - start) for first, last in turns)
            yield Example(example.text[start:end], moved, example.source, example.name, weight)


def _cut(example: Example, random: Random) -> tuple[int, int, tuple[tuple[int, int], ...]]:
    """Where an excerpt starts and ends, and the turns in it; half of them start with a paragraph."""
    text, turns = example.text, example.turns
    if not turns:
        start = text.find("\n", random.randrange(max(1, len(text) - CUT_CHARS[0]))) + 1
        return start, min(len(text), start + random.randrange(*CUT_CHARS)), ()
    many = random.choice(CUT_TURNS)
    at = random.randrange(max(1, len(turns) - many + 1))
    chosen = turns[at : at + many]
    start = turns[at - 1][1] if at else max(0, turns[0][0] - random.randrange(*CUT_HEAD))
    if at and random.random() < 0.5:
        start = max(turns[at - 1][0], start - random.randrange(*CUT_SPEECH))
    if random.random() < 0.5:
        start = max(start, text.find("\n\n", start, max(start, chosen[0][0] - LABEL_CHARS)) + 2)
    return start, min(chosen[-1][1], chosen[-1][0] + random.randrange(*CUT_CHARS)), chosen


def build(examples: Sequence[Example]) -> NumberFile:
    """The features of all openers; each document counts by the root of its number of openers."""
    rows: list[list[float]] = []
    right: list[bool] = []
    weights: list[float] = []
    sources: list[int] = []
    numbers = {source: number for number, source in enumerate(sorted({example.source for example in examples}))}
    columns: tuple[str, ...] = ()
    for example in examples:
        silent = [s for s in example.segments if s["kind"] in SILENT_SEGMENTS]
        openers = [o for o in find_openers(example.text) if not any(s["start"] <= o.start < s["end"] for s in silent)]
        features = read_features(example.text, openers)
        columns = columns or (tuple(features[0]) if features else ())
        rows += [[row[name] for name in columns] for row in features]
        right += wanted(openers, example.turns)
        weights += [example.weight / max(1, len(openers)) ** 0.5] * len(openers)
        sources += [numbers[example.source]] * len(openers)
    return NumberFile(
        columns, np.array(rows), np.array(right), np.array(weights), np.array(sources),
        n_trees=300, n_leaves=6, rate=0.05, l2=3.0,
    )  # fmt: skip


def main() -> None:
    """Write the feature file."""
    texts, gold, manifest = map(Path, sys.argv[1:4])
    own = [*annotated(texts, gold, manifest), *samples(), *records()]
    print(build([*own, *layouts(own), *excerpts(own)]).save(NAME))


if __name__ == "__main__":
    main()

"""No text stops the pipeline: random mutations of texts, each read to its rows, every failure told.

    python benchmarks/mutations.py FOLDER... [--count 10000] [--seed 1] [--characters 900] [--model blank] [--keep DIR]

Each text of the folders is read once as it is; then ``--count`` windows of them are damaged as scanning, copying and
transcribing damage texts (marks and letters lost, doubled, exchanged, foreign scripts, empty words, lines run together
or broken) and read. Prints how many were read a second and, for each kind of failure, where it was raised, how often,
and the text; the exit status is 1 if there was one. The same seed gives the same texts.
"""

from __future__ import annotations

import argparse
import random
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.language import Language

# What scanners, converters and keyboards leave in texts: combining and invisible marks, figures of other scripts, empty
# words, brackets and quotation marks without a partner, dates and sums that are none.
_MARKS = (
    "' ’ s' ( ) (ABC) “ ” \" « 「 — - – % $ & | ² ½ ٣ １９ 𝟓 ﬁ … 二〇一七年 令和元年 的 À É 0 O l 1/0 "
    "00/00/00 99:99 $.. 1,,2 -.5 A.B. MR. Q: (… [1] {x} <b> # * _ / @ ~ ^"
)
_BLANKS = ["\u0301", "\u00ad", "\u200b", "\u202e", "\x00", "\x85", "\u2028", "\u3000", "\t", "\n", "\n\n", " "]
DIRT = [*_MARKS.split(), *_BLANKS]
MAX_STEPS = 40


def _insert(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + chance.choice(DIRT) + text[at:]


def _delete(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + text[at + chance.randint(1, 3) :]


def _replace(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + chance.choice(DIRT) + text[at + 1 :]


def _shout(text: str, at: int, chance: random.Random) -> str:
    end = at + chance.randint(1, 40)
    return text[:at] + text[at:end].upper() + text[end:]


def _double(text: str, at: int, chance: random.Random) -> str:
    return text[:at] + text[at : at + chance.randint(1, 20)] + text[at:]


def _join(text: str, at: int, chance: random.Random) -> str:
    end = at + chance.randint(10, 80)
    return text[:at] + text[at:end].replace(" ", "").replace("\n", "") + text[end:]


def _break(text: str, at: int, chance: random.Random) -> str:
    end = at + chance.randint(10, 200)
    return text[:at] + text[at:end].replace(" ", chance.choice(["\n", "-\n", "  ", "\u00a0"])) + text[end:]


def _move(text: str, at: int, chance: random.Random) -> str:
    end, to = at + chance.randint(1, 60), chance.randrange(len(text) + 1)
    rest = text[:at] + text[end:]
    return rest[:to] + text[at:end] + rest[to:]


DAMAGE: tuple[Callable[[str, int, random.Random], str], ...] = (
    _insert,
    _delete,
    _replace,
    _shout,
    _double,
    _join,
    _break,
    _move,
)


def mutated(text: str, chance: random.Random, characters: int) -> str:
    """A window of the text of at most so many characters, damaged in 1 to ``MAX_STEPS`` places."""
    start = chance.randrange(max(1, len(text) - characters // 2))
    window = text[start : start + chance.randint(1, characters)]
    for _ in range(chance.randint(1, MAX_STEPS)):
        window = chance.choice(DAMAGE)(window, chance.randrange(len(window) + 1), chance)
    return window


def texts_of(folders: list[Path]) -> list[str]:
    """The texts of all files of the folders that the product reads; files that hold no text are left out."""
    from extract.ingest.errors import IngestError
    from extract.ingest.files import find_documents
    from extract.ingest.read import read_document

    texts: list[str] = []
    for folder in folders:
        for file in find_documents(folder)[0]:
            try:
                texts.append(read_document(file.doc_id, file.place).text)
            except IngestError:
                continue
    return texts


def inputs(texts: list[str], count: int, seed: int, characters: int) -> Iterator[str]:
    """The texts as they are, then so many mutations."""
    yield from texts
    chance = random.Random(seed)
    for _ in range(count):
        yield mutated(chance.choice(texts), chance, characters)


def read_all(nlp: Language, texts: Iterator[str]) -> tuple[int, Counter[str], dict[str, str]]:
    """How many were read, the failures by kind and place, and a text for each."""
    failures: Counter[str] = Counter()
    examples: dict[str, str] = {}
    read = 0
    for text in texts:
        read += 1
        try:
            nlp(text)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            kind = f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {error}"
            failures[kind] += 1
            if len(text) < len(examples.get(kind, text + " ")):
                examples[kind] = text
    return read, failures, examples


def main() -> int:
    """Read, damage, run, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="+", type=Path, help="raw folders of texts")
    parser.add_argument("--count", type=int, default=10_000, help="how many mutations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--characters", type=int, default=900, help="the longest window")
    parser.add_argument("--model", help="an installed spaCy pipeline, the folder of one, or 'blank'")
    parser.add_argument("--keep", type=Path, help="write the shortest text of each kind of failure into this folder")
    options = parser.parse_args()

    import extract

    texts = texts_of(options.folders)
    if not texts:
        raise SystemExit(f"no texts in {', '.join(map(str, options.folders))}; give folders of raw files")
    nlp, start = extract.load(options.model), time.perf_counter()
    count, failures, examples = read_all(nlp, inputs(texts, options.count, options.seed, options.characters))
    print(f"{count:,} texts read in {time.perf_counter() - start:,.0f} s, {failures.total():,} failed")
    for number, (kind, times) in enumerate(failures.most_common()):
        print(f"{times:6,} x {kind}\n         {examples[kind][:300]!r}")
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{number}.txt").write_text(examples[kind], encoding="utf-8", newline="")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())

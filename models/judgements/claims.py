"""``python -m models.judgements.claims TEXTS [TEXTS …]``: write the feature files of the judgements on claims.

TEXTS is a folder with ``manifest.json``, ``open`` and ``gold-open``; ``models/annotations/learn`` is joined with its
texts, and ``models/written`` is learnt from too. Each text is read by the pipeline as it is now; what it says of
figures is aligned with the annotated claims. Figures that it does not find are put in from the gold, so that the
judgements do not learn from its omissions. The files hold hashed features, numbers and labels, no text.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from extract.components.claims.candidates import N_BUCKETS
from extract.components.claims.component import ClaimReader
from extract.components.claims.judgements import Judgements
from extract.components.claims.periods import Option
from extract.components.claims.reader import Reader
from extract.components.claims.roles import ROLES, Choice, content
from extract.components.claims.subjects import Subject
from extract.components.reading import raw_offsets
from extract.ingest.read import Document
from extract.learned import join_bags
from models.judgements.feature_file import FeatureFile
from models.judgements.fit import fit, fit_numbers
from models.judgements.number_file import NumberFile
from models.judgements.standoff import LEARN, annotated_files
from models.judgements.written import WRITTEN, read_passages

# Penalties and trees chosen on folds that leave whole sources out.
L2 = {"roles": 8.0, "period": 4.0, "target": 3.0}
TREES = {"n_trees": 80, "n_leaves": 8, "rate": 0.08, "l2": 5.0}
N_FOLDS = 5
# A phrase deserves a share of the choice that falls off with this power of its likeness to the annotated one.
SHARPNESS = 4
# A phrase with this share of common words says the same as the annotated one.
SAME = 0.5


@dataclass
class Annotated:
    """A text as the pipeline reads it, with its annotated claims."""

    source: str
    doc: Doc
    claims: list[dict[str, Any]]


@dataclass
class Collected:
    """Features and labels of all claims, as they are gathered."""

    bags: dict[str, list[list[int]]] = field(default_factory=lambda: {name: [] for name in L2})
    wanted: dict[str, list[list[float]]] = field(default_factory=lambda: {name: [] for name in L2})
    groups: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in L2})
    bag_sources: dict[str, list[int]] = field(default_factory=lambda: {name: [] for name in L2})
    numbers: list[dict[str, float]] = field(default_factory=list)
    golds: list[dict[str, Any]] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)


def open_texts(folder: Path, standoff: Path = LEARN) -> Iterator[Annotated]:
    """The texts that a shipped model may learn from, read by the pipeline without claims."""
    yield from _read((file.source, file.document, file.claims) for file in annotated_files(folder, standoff))


def written_texts(folder: Path = WRITTEN) -> Iterator[Annotated]:
    """The passages that were written to be learnt from, read alike. Raises ``PassageError``."""
    yield from _read((f"written: {each.file}", each.document, each.claims) for each in read_passages(folder))


def _read(files: Iterable[tuple[str, Document, list[dict[str, Any]]]]) -> Iterator[Annotated]:
    from extract.pipeline.documents import load_pipeline, to_doc

    nlp = load_pipeline(None)
    nlp.remove_pipe("trade_claims")
    for source, document, claims in files:
        doc = to_doc(nlp, document)
        yield Annotated(source, doc, [_in_copy(doc, claim) for claim in claims])


def _in_copy(doc: Doc, claim: dict[str, Any]) -> dict[str, Any]:
    """A claim with its offsets in the reading copy, as all that the pipeline says of a text."""
    start, end = raw_offsets(doc).clean_span(claim["start"], claim["end"])
    return claim | {"start": start, "end": max(end, start + 1)}


def judged(text: Annotated) -> Iterator[tuple[ClaimReader, Subject, dict[str, Any]]]:
    """Each annotated claim in its place: figures first, then targets without one; a figure's own row is ``found``."""
    golds = [claim for claim in text.claims if claim["kind"] != "target"]
    figures = text.doc._.figures
    pairs = align(figures, golds)
    aligned = set(pairs.values())
    # a claim of a passage that was written to be learnt from has no value of its own
    missed = [_figure(claim) for number, claim in enumerate(golds) if number not in aligned and "value_min" in claim]
    by_start = {(f["start"], f["end"]): golds[pairs[n]] for n, f in enumerate(figures) if n in pairs}
    by_start |= {(figure["start"], figure["end"]): figure["gold"] for figure in missed}
    text.doc._.figures = sorted([*figures, *missed], key=lambda row: (row["start"], row["end"]))
    reader = ClaimReader(text.doc)
    text.doc._.figures = figures
    for figure in reader.figures:
        gold = by_start.get((figure["start"], figure["end"]))
        if gold is not None:
            yield reader, reader.subject(figure), dict(gold) | {"found": figure}
    targets = [claim for claim in text.claims if claim["kind"] == "target"]
    for subject in reader.target_subjects():
        gold = next((g for g in targets if subject.start < g["end"] and g["start"] < subject.end), None)
        yield reader, subject, dict(gold or {})


def collect(texts: Iterable[Annotated]) -> Collected:
    """The features and labels of all texts."""
    found, numbers = Collected(), dict[str, int]()
    for text in texts:
        source = numbers.setdefault(text.source, len(numbers))
        for reader, subject, gold in judged(text):
            if "found" in gold:
                _add_figure(found, reader, subject, gold, source)
            else:
                _add_target(found, reader, subject, gold, source)
    return found


def align(figures: Sequence[Mapping[str, Any]], golds: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """For each figure that overlaps an annotated claim, which: one to one, the best overlap first."""
    options = [
        (_overlap(figure, gold), number, other)
        for number, figure in enumerate(figures)
        for other, gold in enumerate(golds)
        if _overlap(figure, gold) > 0 and (gold["kind"] == "money") == (figure["kind"] == "money")
    ]
    found: dict[int, int] = {}
    for _, number, other in sorted(options, key=lambda option: -option[0]):
        if number not in found and other not in found.values():
            found[number] = other
    return found


def _overlap(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    """Intersection over union of two spans."""
    common = min(a["end"], b["end"]) - max(a["start"], b["start"])
    return max(0, common) / (max(a["end"], b["end"]) - min(a["start"], b["start"]))


def _figure(claim: Mapping[str, Any]) -> dict[str, Any]:
    """A figure as the finder would give it, from an annotated claim."""
    kind = "percent" if claim["kind"] == "tariff_rate" else claim["kind"]
    kept = {name: claim[name] for name in ("start", "end", "value_min", "value_max", "unit", "qualifier")}
    return {**kept, "kind": kind, "rule": "figure.annotated", "extra": {}, "gold": claim}


def _add_figure(found: Collected, reader: ClaimReader, subject: Subject, gold: dict[str, Any], source: int) -> None:
    _add_roles(found, reader, subject, gold, source)
    options = list(reader.periods.options(subject))
    _add_group(found, "period", [option.indices for option in options], period_shares(options, gold), source)
    found.numbers.append(reader.contexts.numbers(subject, reader.outside(subject)))
    found.golds.append(gold)
    found.sources.append(source)


def _add_target(found: Collected, reader: ClaimReader, subject: Subject, gold: dict[str, Any], source: int) -> None:
    """Whether a target word is a claim; if so it also teaches the roles."""
    indices = reader.targets.indices(subject, reader.outside(subject))
    _add_group(found, "target", [indices], np.array([[float(not gold), float(bool(gold))]]), source)
    if gold:
        _add_roles(found, reader, subject, gold, source)


def _add_roles(found: Collected, reader: ClaimReader, subject: Subject, gold: dict[str, Any], source: int) -> None:
    choices = list(reader.roles.choices(subject, reader.roles.places(subject)))
    _add_group(found, "roles", [choice.indices for choice in choices], role_shares(choices, gold), source)


def role_shares(choices: Sequence[Choice], gold: Mapping[str, Any]) -> NDArray[np.float64]:
    """What each choice deserves of each role: (choices, roles)."""
    texts = [choice.text for choice in choices]
    return np.array([_shares(texts, gold.get(role)) for role in ROLES]).T


def period_shares(options: Sequence[Option], gold: Mapping[str, Any]) -> NDArray[np.float64]:
    """What each option deserves of the period: (options, 1)."""
    right = np.array([float(option.period.value == gold.get("period")) for option in options])
    return np.asarray((right / max(1.0, right.sum()))[:, None], dtype=np.float64)


def _shares(texts: Sequence[str | None], wanted: str | None) -> NDArray[np.float64]:
    """The share of each candidate in the choice of one role; none where no candidate is right."""
    words = content(wanted)
    if not words:
        return np.array([float(text is None) for text in texts])
    likeness = np.array([_likeness(content(text), words) for text in texts])
    likeness = np.where(likeness >= SAME, likeness, 0.0) ** SHARPNESS
    return np.asarray(likeness / max(1e-9, likeness.sum()), dtype=np.float64)


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b))


def _add_group(
    found: Collected, name: str, bags: Sequence[list[int]], wanted: NDArray[np.float64], source: int
) -> None:
    group = found.groups[name][-1] + 1 if found.groups[name] else 0
    found.bags[name] += bags
    found.wanted[name] += wanted.tolist()
    found.groups[name] += [group] * len(bags)
    found.bag_sources[name] += [source] * len(bags)


def feature_files(found: Collected) -> dict[str, FeatureFile]:
    """The files of the log-linear judgements."""
    labels = {"roles": ROLES, "period": ("period",), "target": ("no", "yes")}
    return {
        name: FeatureFile(
            labels[name], N_BUCKETS, L2[name], join_bags(found.bags[name]), np.array(found.wanted[name]),
            np.array(found.bag_sources[name], dtype=np.int64),
            None if name == "target" else np.array(found.groups[name], dtype=np.int64),
        )
        for name in L2
    }  # fmt: skip


def number_files(found: Collected) -> dict[str, NumberFile]:
    """The files of the judgements by trees."""
    golds = found.golds
    percents = [gold["found"]["kind"] == "percent" for gold in golds]
    everything = [True] * len(golds)
    return {
        "tariff": _numbers(found, [gold["kind"] == "tariff_rate" for gold in golds], percents),
        "goal": _numbers(found, [bool(gold["is_target"]) for gold in golds], everything),
        "rise": _numbers(found, [gold.get("change") == "rise" for gold in golds], everything),
        "fall": _numbers(found, [gold.get("change") == "fall" for gold in golds], everything),
    }


def _numbers(found: Collected, wanted: Sequence[bool], keep: Sequence[bool]) -> NumberFile:
    mask = np.array(keep)
    return number_file(
        [row for row, kept in zip(found.numbers, keep, strict=True) if kept],
        np.array(wanted)[mask],
        np.array(found.sources, dtype=np.int64)[mask],
    )


def number_file(
    rows: Sequence[Mapping[str, float]],
    wanted: NDArray[np.bool_],
    sources: NDArray[np.int64],
    *,
    by_source: bool = False,
) -> NumberFile:
    """A file of named numbers with the settings of claims.

    ``by_source``: a source counts with the root of its rows, so that the largest does not say how often all are right.
    """
    columns = tuple(rows[0])
    values = np.array([[row[name] for name in columns] for row in rows])
    weights = 1 / np.sqrt(np.bincount(sources)[sources]) if by_source else np.ones(len(rows))
    return NumberFile(columns, values, wanted, weights * len(rows) / weights.sum(), sources, **TREES)


def confidence_file(
    texts: Sequence[Annotated], bags: Mapping[str, FeatureFile], numbers: Mapping[str, NumberFile],
    *, n_folds: int = N_FOLDS, by_source: bool = True,
    reader_without: Callable[[Collection[str]], Reader | None] = lambda left_out: None,
) -> NumberFile:  # fmt: skip
    """Whether each record is right, as judged by models that did not learn from the text's source.

    ``texts`` are the real ones; others, behind them in the files, are learnt from and left out by none.
    ``reader_without`` gives the second reader that has not seen the texts of some sources.
    """
    known: list[Mapping[str, float]] = []
    right: list[bool] = []
    sources: list[int] = []
    order = {source: number for number, source in enumerate(dict.fromkeys(text.source for text in texts))}
    fold_of = folds(bags["period"].sources, n_real=len(order), n_folds=n_folds)
    for fold in range(n_folds):
        left_out = {source for source, number in order.items() if number < len(fold_of) and fold_of[number] == fold}
        models = replace(fold_models(bags, numbers, fold_of, fold), reader=reader_without(left_out))
        for text in texts:
            if text.source in left_out:
                rows, trusted = ClaimReader(text.doc).figure_claims(models)
                known += trusted
                right += right_records(rows, text.claims)
                sources += [order[text.source]] * len(rows)
    return number_file(known, np.array(right), np.array(sources, dtype=np.int64), by_source=by_source)


def folds(sources: NDArray[np.int64], *, n_real: int, n_folds: int = N_FOLDS) -> NDArray[np.int64]:
    """The fold of each of the first ``n_real`` sources, the largest spread first; -1 of the others."""
    counts = np.bincount(sources)
    fold_of = np.full(len(counts), -1, dtype=np.int64)
    real = np.argsort(-counts[:n_real], kind="stable")
    fold_of[real] = np.arange(len(real)) % n_folds
    return fold_of


def fold_models(
    bags: Mapping[str, FeatureFile], numbers: Mapping[str, NumberFile], fold_of: NDArray[np.int64], fold: int
) -> Judgements:
    """The models that learn from all sources but those of one fold."""
    linear = {name: fit(file.part(fold_of[file.sources] != fold)) for name, file in bags.items()}
    trees = {name: fit_numbers(file.part(fold_of[file.sources] != fold)) for name, file in numbers.items()}
    return Judgements(**linear, **trees, confidence=None)


def right_records(rows: Sequence[Mapping[str, Any]], golds: Sequence[Mapping[str, Any]]) -> list[bool]:
    """For each row whether an annotated claim of its kind has its value, unit, status, speaker and is_target."""
    pairs = align(rows, golds)
    return [number in pairs and _is_right(row, golds[pairs[number]]) for number, row in enumerate(rows)]


def _is_right(row: Mapping[str, Any], gold: Mapping[str, Any]) -> bool:
    same = all(row[name] == gold[name] for name in ("kind", "unit", "status", "is_target"))
    near = all(
        abs((row[n] or 0.0) - (gold[n] or 0.0)) <= 1e-6 * abs(gold[n] or 1.0) for n in ("value_min", "value_max")
    )
    said, annotated = (frozenset(content(name)) for name in (row["speaker"], gold["speaker"]))
    return same and near and (said <= annotated or annotated <= said) and bool(said) == bool(annotated)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m models.judgements.claims", description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+", help="folder with manifest.json, open and, if any, gold-open")
    parser.add_argument("--standoff", type=Path, default=LEARN, help="folder of annotations without their texts")
    parser.add_argument("--written", type=Path, default=WRITTEN, help="folder of passages written to be learnt from")
    given = parser.parse_args()
    texts = [text for folder in given.texts for text in open_texts(folder, given.standoff)]
    found = collect([*texts, *written_texts(given.written)])
    bags, numbers = feature_files(found), number_files(found)
    sure = {"confidence": confidence_file(texts, bags, numbers)}
    for name, features in {**bags, **numbers, **sure}.items():
        print(features.save(f"claims_{name}"))


if __name__ == "__main__":
    main()

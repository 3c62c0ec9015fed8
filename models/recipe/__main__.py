"""``python -m models.recipe STEP``: convert, vectors, pretrain, teach, train, evaluate, package; or ``all``."""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path

from models.recipe.convert import convert
from models.recipe.evaluate import evaluate, table
from models.recipe.package import assemble, package
from models.recipe.pretrain import pretrain
from models.recipe.train import PARTS, train
from models.recipe.vectors import vectors

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> None:
    """Run one step or all. Every step reads what the steps before it left in ``--work`` and can be run again alone."""
    args = parser().parse_args(arguments)
    steps: dict[str, Callable[[argparse.Namespace], None]] = {
        "convert": step_convert,
        "vectors": step_vectors,
        "pretrain": step_pretrain,
        "teach": step_teach,
        "train": step_train,
        "evaluate": step_evaluate,
        "package": step_package,
    }
    for name in steps if args.step == "all" else [args.step]:
        print(f"== {name}", flush=True)
        steps[name](args)


def parser() -> argparse.ArgumentParser:
    """The options of all steps."""
    out = argparse.ArgumentParser(prog="python -m models.recipe", description=__doc__)
    out.add_argument("step", choices=("convert", "vectors", "pretrain", "teach", "train", "evaluate", "package", "all"))
    out.add_argument(
        "--corpora", type=Path, help="folder of the training corpora (models/README.md says what is in it)"
    )
    out.add_argument("--text", type=Path, help="folder of plain English text, *.txt (models/README.md says which)")
    out.add_argument("--work", type=Path, default=ROOT / "work", help="where the steps leave their files (%(default)s)")
    out.add_argument("--target", type=Path, default=ROOT / "en_trade", help="the pipeline's folder (%(default)s)")
    out.add_argument(
        "--wordnet", type=Path, default=Path("/usr/share/wordnet"), help="WordNet's data files (%(default)s)"
    )
    out.add_argument("--part", choices=PARTS, help="train this part only")
    return out


def step_convert(args: argparse.Namespace) -> None:
    """The corpora as ``.spacy`` files."""
    if args.corpora is None:
        raise SystemExit("convert needs --corpora FOLDER (ewt/, gum/, ner/; see models/README.md)")
    for name, words in convert(args.corpora, args.work).items():
        print(f"{name}: {words} words")


def step_vectors(args: argparse.Namespace) -> None:
    """The table of word vectors; without WordNet's files its columns stay empty."""
    folder = args.wordnet if (args.wordnet / "data.noun").exists() else None
    if folder is None:
        print(f"{args.wordnet}: no WordNet there (Debian package wordnet-base); going on without")
    words, rows = vectors(args.work, folder, args.text)
    print(f"{words} words in {rows} rows")


def step_pretrain(args: argparse.Namespace) -> None:
    """The shared tok2vec on plain text."""
    print(pretrain(args.work, args.text))


def step_teach(args: argparse.Namespace) -> None:
    """The teacher's reading of plain text; left out without text or without PyTorch."""
    if args.text is None or importlib.util.find_spec("torch") is None:
        print("no --text, or no PyTorch (pip install torch); going on without a teacher")
        return
    from models.recipe.teacher import teach

    print(teach(args.work, args.text))


def step_train(args: argparse.Namespace) -> None:
    """All parts, or the one named; ``mixed`` only where the teacher left something."""
    taught = (args.work / "corpus" / "syntax-silver.spacy").exists()
    for part in [args.part] if args.part else [part for part in PARTS if taught or part != "mixed"]:
        train(part, args.work)


def step_evaluate(args: argparse.Namespace) -> None:
    """Scores as JSON in ``WORK/scores.json`` and as Markdown on stdout."""
    scores = evaluate(assemble(args.work), args.work)
    (args.work / "scores.json").write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    print(table(scores))


def step_package(args: argparse.Namespace) -> None:
    """The folder that ships."""
    path = args.work / "scores.json"
    scores = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    print(f"{args.target}: {package(args.work, args.target, scores):.1f} MB")


if __name__ == "__main__":
    main()

"""``python -m models.judgements [NAME …]``: train the weights of these judgements (default: all) anew."""

from __future__ import annotations

import argparse

from extract.learned import store
from models.judgements import feature_file
from models.judgements.fit import fit, fit_numbers
from models.judgements.number_file import read_numbers


def train(name: str) -> str:
    """Train one judgement and write its weights; what was done, as a line."""
    numbers = read_numbers(name)
    features = numbers or feature_file.read(name)
    path = store.save(name, fit_numbers(numbers) if numbers else fit(feature_file.read(name)))
    return f"{name}: {len(features.wanted)} candidates of {len(set(features.sources.tolist()))} sources -> {path}"


def main() -> None:
    """Read the command line."""
    known = sorted(path.stem for path in feature_file.FOLDER.glob("*.npz"))
    parser = argparse.ArgumentParser(prog="python -m models.judgements", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of: {', '.join(known)}")
    for name in parser.parse_args().names or known:
        print(train(name))


if __name__ == "__main__":
    main()

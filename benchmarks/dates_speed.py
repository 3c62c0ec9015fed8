"""Words a second of ``trade_dates`` on one core, beside dateparser's ``search_dates``.

    python benchmarks/dates_speed.py FILE_OR_FOLDER... [--seconds 5] [--dateparser-words 3000]

Texts are tokenised beforehand: the component alone is timed, the best of its rounds counts. A word is what white space
parts. ``search_dates`` reads the first words only (it is some hundred times slower), in English.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path


def texts_of(paths: list[Path]) -> list[str]:
    """The texts of files and folders: ``.txt`` and ``.md`` whole, ``.jsonl`` by their ``text``."""
    texts: list[str] = []
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.suffix in (".txt", ".md", ".jsonl")) if path.is_dir() else [path]
        for file in files:
            content = file.read_text(encoding="utf-8", errors="replace")
            lines = [line for line in content.split("\n") if line.strip()]
            texts += [json.loads(line)["text"] for line in lines] if file.suffix == ".jsonl" else [content]
    return texts


def component_speed(texts: list[str], seconds: float) -> float:
    """Words a second of the component over tokenised texts, the best of all rounds within ``seconds``."""
    import spacy

    from extract.components.dates import TradeDates
    from extract.components.rows import register_extensions

    register_extensions()
    nlp = spacy.blank("en")
    nlp.max_length = 100_000_000
    docs = [nlp.make_doc(text) for text in texts]
    component, words = TradeDates("trade_dates"), sum(len(text.split()) for text in texts)
    component(docs[0])
    best, end = 0.0, time.perf_counter() + seconds
    while best == 0.0 or time.perf_counter() < end:
        start = time.perf_counter()
        for doc in docs:
            component(doc)
        best = max(best, words / (time.perf_counter() - start))
    return best


def dateparser_speed(texts: list[str], limit: int) -> float | None:
    """Words a second of ``dateparser.search.search_dates``; ``None`` where it is not installed."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        return None
    words = " ".join(texts).split()[:limit]
    search_dates("on 5 May 1994", languages=["en"])
    start = time.perf_counter()
    for at in range(0, len(words), 300):
        search_dates(" ".join(words[at : at + 300]), languages=["en"])
    return len(words) / (time.perf_counter() - start)


def main() -> None:
    """Time both and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("paths", nargs="+", type=Path, help=".txt, .md or .jsonl files, or folders of them")
    parser.add_argument("--seconds", type=float, default=5.0, help="time for the rounds of the component")
    parser.add_argument("--dateparser-words", type=int, default=3000, help="words for search_dates; 0: leave it out")
    options = parser.parse_args()
    texts = texts_of(options.paths)
    print(f"{len(texts)} texts, {sum(len(t.split()) for t in texts):,} words")
    print(f"trade_dates             {component_speed(texts, options.seconds):>10,.0f} words/s")
    other = dateparser_speed(texts, options.dateparser_words) if options.dateparser_words else None
    print(f"dateparser search_dates {other:>10,.0f} words/s" if other else "dateparser search_dates not timed")


if __name__ == "__main__":
    main()

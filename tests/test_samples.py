"""The samples and their gold: enough of them, annotated where they say, and read as well as the floors demand."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from extract.evaluation.floors import check_floors
from extract.evaluation.scores import read_gold, score
from extract.ingest.files import find_documents
from extract.ingest.read import read_document

ROOT = Path(__file__).parents[1]
RAW, GOLD = ROOT / "data" / "raw", ROOT / "tests" / "gold"


def documents() -> dict[str, str]:
    files, skipped = find_documents(RAW)
    assert not skipped
    return {raw.doc_id: read_document(raw.doc_id, raw.place).text for raw in files}


def test_there_are_enough_samples_of_all_genres() -> None:
    texts = documents()
    assert len(texts) >= 12
    assert sum(300 <= len(text.split()) <= 1500 for text in texts.values()) >= 12
    assert {record["document"]["genre"] for record in read_gold(GOLD)} == {
        *("cable", "transcript", "news", "essay", "other"),
    }


def test_gold_points_at_the_text() -> None:
    texts = documents()
    for record in read_gold(GOLD):
        text = texts.pop(record["doc"])
        for table in ("entities", "dates", "claims"):
            for row in record[table]:
                assert text[row["start"] : row["end"]] == row["text"], (record["doc"], row)
        last = 0
        for segment in record.get("segments", []):
            assert segment["start"] >= last, (record["doc"], segment)
            last = segment["end"]
    assert texts == {}


def test_gold_is_what_its_annotations_compile_to() -> None:
    done = subprocess.run([sys.executable, GOLD / "compile_gold.py", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_the_samples_are_read_as_well_as_the_floors_demand(samples: Path) -> None:
    assert check_floors(score(samples, GOLD).figures(), GOLD / "floors" / "samples.json", GOLD) == []


def test_offsets_point_at_the_text_in_every_table(samples: Path) -> None:
    import pandas as pd

    texts = pd.read_parquet(samples / "documents").set_index("doc_id")["text"]
    for table in ("turns", "entities", "dates", "claims"):
        for row in pd.read_parquet(samples / table).itertuples():
            assert texts[row.doc_id][row.start : row.end] == row.text


SHARED = ROOT.parent / "shared"
SCORER = SHARED / "gold" / "score.py"


@pytest.mark.slow
@pytest.mark.skipif(not SCORER.exists(), reason="the shared corpus is not beside this checkout")
def test_real_documents_all_pass_and_their_offsets_hold(tmp_path: Path) -> None:
    import pandas as pd

    command = [sys.executable, "-m", "extract", "run", str(SHARED / "corpus"), "--out", str(tmp_path)]
    assert subprocess.run(command, capture_output=True).returncode == 0
    texts = pd.read_parquet(tmp_path / "documents").set_index("doc_id")["text"]
    assert len(texts) == len(list((SHARED / "corpus").glob("*.txt")))
    for table in ("turns", "entities", "dates", "claims"):
        for row in pd.read_parquet(tmp_path / table).itertuples():
            assert texts[row.doc_id][row.start : row.end] == row.text


@pytest.mark.skipif(not SCORER.exists(), reason="the shared scorer is not beside this checkout")
def test_the_same_figures_as_the_shared_scorer(samples: Path) -> None:
    specification = importlib.util.spec_from_file_location("shared_score", SCORER)
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    theirs = module.score(samples, GOLD).result()
    ours = score(samples, GOLD).figures()
    for name, value in ours.items():
        expected = theirs[name].get("f1", theirs[name].get("share"))
        assert value == pytest.approx(expected, abs=1e-3), name
    assert json.dumps(ours)

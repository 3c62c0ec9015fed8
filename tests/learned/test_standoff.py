"""Annotations without their texts: joined with the texts where those are, refused where nothing may be learnt."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extract.evaluation.scores import Tally, score_document
from extract.ingest.read import hash_bytes
from models.judgements.addresses import write_excerpts
from models.judgements.standoff import ANNOTATIONS, StandoffError, annotated_files

TEXT = "The two sides met on Monday.\nBorduria will cut its duty on glass to 12 percent.\n"
FIGURE = "12 percent"
START = TEXT.index(FIGURE)
CLAIM: dict[str, Any] = {
    "start": START, "end": START + len(FIGURE), "kind": "tariff_rate", "value_min": 12.0, "value_max": 12.0,
    "unit": "%", "qualifier": "exact", "measure": "duty", "item": "glass", "actor": "Borduria", "partner": None,
    "period": None, "is_target": False, "status": "planned", "speaker": None, "link": None, "linked_start": None,
    "change": None,
}  # fmt: skip


def entry(name: str, *, train: bool = True) -> dict[str, Any]:
    return {"file": name, "source": "made up", "set": "open", "train": train}


def write_folder(folder: Path, entries: list[dict[str, Any]]) -> Path:
    (folder / "open").mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(entries), encoding="utf-8")
    for one in entries:
        (folder / "open" / one["file"]).write_text(TEXT, encoding="utf-8")
    return folder


def write_record(folder: Path, name: str, **other: Any) -> Path:
    folder.mkdir(exist_ok=True)
    hashes = {"sha256": hash_bytes(TEXT.encode()), "text_sha256": hash_bytes(TEXT.encode())}
    record = {"doc": name, **hashes, "document": {"genre": "news"}, "claims": [CLAIM]} | other
    (folder / f"{Path(name).stem}.json").write_text(json.dumps(record), encoding="utf-8")
    return folder


def test_a_record_is_joined_with_its_text(tmp_path: Path) -> None:
    texts = write_folder(tmp_path / "texts", [entry("a.txt")])
    (file,) = annotated_files(texts, write_record(tmp_path / "standoff", "a.txt"))
    (claim,) = file.claims
    assert file.document.text[claim["start"] : claim["end"]] == FIGURE
    assert file.source == "made up"


def test_the_feature_files_learn_from_it(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="training needs the extra 'train'")
    from models.judgements.claims import collect, open_texts

    texts = write_folder(tmp_path / "texts", [entry("a.txt")])
    found = collect(open_texts(texts, write_record(tmp_path / "standoff", "a.txt")))
    assert [gold["item"] for gold in found.golds] == ["glass"]


def test_a_text_that_nothing_may_be_learnt_from_is_refused(tmp_path: Path) -> None:
    texts = write_folder(tmp_path / "texts", [entry("a.txt", train=False)])
    with pytest.raises(StandoffError, match=r"a\.txt: nothing may be learnt from this text \(train: false"):
        list(annotated_files(texts, write_record(tmp_path / "standoff", "a.txt")))


def test_gold_beside_a_text_that_nothing_may_be_learnt_from_is_left_out(tmp_path: Path) -> None:
    texts = write_folder(tmp_path / "texts", [entry("a.txt"), entry("b.txt", train=False)])
    for name in ("a.txt", "b.txt"):
        write_record(texts / "gold-open", name)
    assert [file.document.doc_id for file in annotated_files(texts, tmp_path / "none")] == ["a.txt"]


def test_a_record_without_its_text_is_left_out(tmp_path: Path) -> None:
    texts = write_folder(tmp_path / "texts", [entry("a.txt")])
    assert not list(annotated_files(texts, write_record(tmp_path / "standoff", "z.txt")))


@pytest.mark.parametrize(
    ("changed", "told"), [("sha256", "not the annotated file"), ("text_sha256", "offsets no longer hold")]
)
def test_another_text_than_the_annotated_one_is_an_error(tmp_path: Path, changed: str, told: str) -> None:
    texts = write_folder(tmp_path / "texts", [entry("a.txt")])
    records = write_record(tmp_path / "standoff", "a.txt", **{changed: "0" * 64})
    with pytest.raises(StandoffError, match=told):
        list(annotated_files(texts, records))


def test_a_record_without_words_can_be_scored_against() -> None:
    found = CLAIM | {"claim_id": "c1", "linked_claim_id": None, "confidence": 0.9, "text": FIGURE}
    tally = Tally()
    record = {"doc": "a.txt", "document": {}, "claims": [CLAIM]}
    score_document(tally, record, {"claims": [found | {"item": "tin"}]}, {"text": TEXT})
    figures = tally.figures()
    assert figures["claims.record"] == 1.0
    assert figures["claims.item"] == 0.0


def test_excerpts_are_cut_from_the_package(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "1799.txt").write_text("Fellow citizens. " + TEXT, encoding="utf-8")
    table = tmp_path / "table.tsv"
    table.write_text(f"file\tpath\tstart\tend\na.txt\tdata/1799.txt\t17\t{17 + len(TEXT)}\n", encoding="utf-8")
    assert write_excerpts(tmp_path, tmp_path / "texts", table) == 1
    (file,) = annotated_files(tmp_path / "texts", write_record(tmp_path / "standoff", "a.txt"))
    assert file.document.text == TEXT


KINDS = ("money", "percent", "quantity", "ratio", "target", "tariff_rate")


@pytest.mark.parametrize("folder", ["learn", "parliament", "diet"])
def test_committed_records_hold_no_words_and_are_counted(folder: str) -> None:
    records = [json.loads(path.read_text("utf-8")) for path in (ANNOTATIONS / folder).glob("*.json")]
    rows = [row for record in records for value in record.values() if isinstance(value, list) for row in value]
    spans = [row for row in rows if isinstance(row, dict)]
    assert not [row for row in spans if "text" in row or not 0 <= row["start"] < row["end"]]
    assert all(record["readers"] and len(record["text_sha256"]) == 64 for record in records)
    kinds = Counter(claim["kind"] for record in records for claim in record["claims"])
    counts = [len(records), kinds.total(), *(kinds[kind] for kind in KINDS)]
    assert f"| `{folder}` | {' | '.join(map(str, counts))} |" in (ANNOTATIONS / "README.md").read_text("utf-8")


TABLES = ("claims", "turns", "entities", "dates")
BOTH = ["A", "B"]


@pytest.mark.parametrize("table", TABLES)
def test_the_agreement_told_is_that_of_the_committed_rows(table: str) -> None:
    records = [json.loads(path.read_text("utf-8")) for path in ANNOTATIONS.glob("*/*.json")]
    rows = [row for record in records if record["readers"] == BOTH for row in record.get(table, [])]
    of_both = [row for row in rows if row["readers"] == BOTH]
    alone = [sum(row["readers"] == [reader] for row in rows) for reader in BOTH]
    told = (ANNOTATIONS / "README.md").read_text("utf-8")
    head, fields = told.split(f"\n| {table} | ")[1].split(" |\n")[0].rsplit(" | ", 1)
    assert head == " | ".join(map(str, (len(of_both), *alone)))
    differ = Counter(field for row in of_both for field in row.get("differ", []))
    same = dict(field.split(" ") for field in fields.split(", "))
    assert {field: len(of_both) - differ[field] for field in same} == {f: int(n) for f, n in same.items()}
    assert set(differ) <= set(same)

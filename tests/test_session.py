"""A session's parts: batches, places, ids, what its record keeps, what it tells of itself."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.errors import OutputFolderError
from extract.ingest.files import Source
from extract.runs import session as module
from extract.runs.fingerprint import Fingerprint, HashCache
from extract.runs.plan import GIVEN, NEW, Todo
from extract.runs.session import HASHES, MAX_BATCH_DOCUMENTS, Options, Session, make_batches
from extract.store.parts import part_of
from extract.work.pool import InProcess
from tests.run_support import StandIn, texts, write_raw


def todos(count: int, size_bytes: int) -> list[Todo]:
    return [
        Todo(Source(f"doc{n:04d}.txt", f"/raw/doc{n:04d}.txt", size_bytes, "1"), f"h{n}", {}, NEW) for n in range(count)
    ]


@pytest.mark.parametrize(
    ("count", "size_bytes", "workers", "sizes"),
    [
        (40, 10_000, 2, [5] * 8),  # four batches a worker
        (40, 10_000, 1, [10] * 4),
        (4, 1_000, 8, [4]),  # not less than 20,000 bytes
        (25, 1_000, 8, [20, 5]),
        (8, 400_000, 1, [1] * 8),  # not more than 500,000 bytes
        (8, 250_000, 1, [2] * 4),
        (2, 2_000_000, 1, [1, 1]),  # but for a document that is larger
        (600, 0, 1, [250, 250, 100]),
        (0, 0, 1, []),
    ],
)
def test_batches_are_of_about_one_size(count: int, size_bytes: int, workers: int, sizes: list[int]) -> None:
    batches = make_batches(todos(count, size_bytes), 3, workers)
    assert [len(batch.documents) for batch in batches] == sizes
    assert [batch.number for batch in batches] == list(range(3, 3 + len(sizes)))
    ids = [document.doc_id for batch in batches for document in batch.documents]
    assert ids == sorted(ids, key=lambda doc_id: (part_of(doc_id), doc_id))
    assert len(set(ids)) == count
    assert MAX_BATCH_DOCUMENTS == 250


def test_a_document_of_a_batch_carries_what_is_known_of_it() -> None:
    source = Source("a.txt", "/raw/a.txt", 5, "1", "cannot be read")
    ((document,),) = (batch.documents for batch in make_batches([Todo(source, "h", {"title": "T"}, GIVEN)], 0, 1))
    assert (document.doc_id, document.place, document.sha256, document.why) == ("a.txt", "/raw/a.txt", "h", GIVEN)
    assert (document.given, document.problem, document.refused) == ({"title": "T"}, "cannot be read", None)
    assert len(document.given_hash) == 16


def test_the_folder_of_a_model_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "model").mkdir()
    assert module._absolute_model("model") == str(tmp_path / "model")
    assert module._absolute_model("en_core_web_sm") == "en_core_web_sm"
    assert module._absolute_model(None) is None


@pytest.mark.parametrize("out", ["raw", "raw/deep/tables", "file://{}/raw"])
def test_tables_are_not_put_among_the_documents(out: str, tmp_path: Path) -> None:
    place = out.format(tmp_path) if "{}" in out else str(tmp_path / out)
    with pytest.raises(OutputFolderError, match=r"^output folder '.*' lies in the raw folder '.*/raw'; give another"):
        Session(Options(str(tmp_path / "raw"), place))


@pytest.mark.parametrize(("raw", "out"), [("raw", "raw2"), ("raw", "out"), ("memory://raw", "memory://raw/out")])
def test_elsewhere_they_may_lie(raw: str, out: str, tmp_path: Path) -> None:
    here = [place if "://" in place else str(tmp_path / place) for place in (raw, out)]
    Session(Options(*here))


@pytest.mark.usefixtures("pinned")
def test_what_a_session_tells_of_itself(tmp_path: Path) -> None:
    raw = write_raw(tmp_path / "raw", texts(3) | {"b.txt": "BOOM", "a.txt": "BOOM", "x.json": "{}"})
    options = Options(str(raw), str(tmp_path / "out"), workers=3, trigger="test", time_limit_s=7.0)
    with Session(options) as session:
        batches = session.begin()
        assert session.setup.time_limit_s == 7.0
        assert session.setup.out == str(tmp_path / "out")
        runner = InProcess(session.setup)
        runner._nlp = StandIn()
        for batch in batches:
            runner.run(batch, lambda event, doc_id: None)
        record = session.finish({"batches": 1.23456})
        rows = session.table_rows()
        assert (rows["documents"], rows["claims"], rows["turns"]) == (3, 6, 6)
        assert [failure.doc_id for failure in session.failures()] == record.failed == ["a.txt", "b.txt"]
        assert session.languages() == {"en"}
        assert session.changed_pipeline_parts() == []
    assert record.counts["n_unread"] == 1
    assert (record.trigger, record.raw, record.status, record.resumed) == ("test", str(raw), "failures", 0)
    assert record.options["workers"] == 3
    assert record.options.keys().isdisjoint({"raw", "out", "trigger"})
    assert record.timing_s["batches"] == 1.235
    assert {"plan", "publish"} <= record.timing_s.keys()
    assert record.seconds >= 0


def test_hashes_of_large_files_are_kept_from_run_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = write_raw(tmp_path / "raw", texts(1)), tmp_path / "out"
    seen: list[HashCache] = []

    def hashed(model: str | None, cache: HashCache) -> Fingerprint:
        seen.append(dict(cache))
        cache["/model/weights"] = [5, 7, "digest"]
        return Fingerprint({"package": "1"})

    monkeypatch.setattr(module, "fingerprint", hashed)
    with Session(Options(str(raw), str(out)), dry=True):
        assert not out.exists()
    for _ in range(2):
        with Session(Options(str(raw), str(out))):
            assert json.loads((out / HASHES).read_text()) == {"/model/weights": [5, 7, "digest"]}
    assert seen == [{}, {}, {"/model/weights": [5, 7, "digest"]}]
    for broken in ("{", "[]"):
        (out / HASHES).write_text(broken)
        with Session(Options(str(raw), str(out))):
            assert seen[-1] == {}

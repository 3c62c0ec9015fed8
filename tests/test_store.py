"""Parts and manifest: whole or not at all, and the same bytes for the same rows."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.store.parts import N_PARTS, Manifest, decode, encode, in_order, merge, part_of
from extract.store.storage import LocalStorage
from extract.tables.schema import empty, to_table


def segments(*rows: tuple[str, int]) -> pa.Table:
    made = [
        {"doc_id": d, "segment_id": f"{d}{s}", "kind": "body", "language": "en", "start": s, "end": s + 1}
        for d, s in rows
    ]
    return to_table("segments", made)


def test_parts_are_the_same_for_all_times() -> None:
    assert [part_of(doc_id) for doc_id in ("a.txt", "b/c.md", "日本.html")] == [21, 22, 28]
    assert {part_of(f"{i}.txt") for i in range(2000)} == set(range(N_PARTS))


def test_equal_rows_give_equal_bytes_whatever_their_chunks() -> None:
    whole = segments(("a", 1), ("a", 2), ("b", 1))
    chunks = pa.concat_tables([segments(("a", 1)), empty("segments"), segments(("a", 2), ("b", 1))])
    assert encode(whole) == encode(chunks)
    assert decode("segments", encode(whole)).equals(whole)


def test_a_truncated_part_is_told() -> None:
    data = encode(segments(("a", 1)))
    with pytest.raises(ValueError, match="damaged Parquet file"):
        decode("segments", data[:-5])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 9)), unique=True), st.sets(st.sampled_from("abcd")))
def test_merging_twice_is_merging_once(rows: list[tuple[str, int]], again: set[str]) -> None:
    old = in_order(segments(*rows))
    new = segments(*((d, s + 100) for d in sorted(again) for s in range(2)))
    once = merge("segments", old, again, [new])
    assert encode(merge("segments", once, again, [new])) == encode(once)
    ids = once["doc_id"].to_pylist()
    assert ids == sorted(ids)
    assert once.num_rows == sum(d not in again for d, _ in rows) + 2 * len(again)


def test_the_manifest_tells_damage(tmp_path: Path) -> None:
    storage = LocalStorage(tmp_path)
    manifest = Manifest.load(storage)
    manifest.put("t/part-00.parquet", b"row")
    manifest.put("t/part-00.parquet", b"rows")
    assert manifest.read("t/part-00.parquet") == b"rows"
    assert not (tmp_path / "t/part-00.parquet").exists(), "in place before the swap"
    manifest.swap("20240101T000000Z")
    before = (tmp_path / "t/part-00.parquet").stat()
    manifest.put("t/part-00.parquet", b"rows")
    manifest.swap("20240101T000000Z")
    assert (tmp_path / "t/part-00.parquet").stat().st_ino == before.st_ino, "written again with the same bytes"
    manifest.put("t/part-00.parquet", b"left")
    manifest.drop()
    assert [path.name for path in (tmp_path / "t").iterdir()] == ["part-00.parquet"]
    manifest = Manifest.load(storage)
    assert manifest.run_id == "20240101T000000Z"
    os.utime(tmp_path / "t/part-00.parquet")
    assert manifest.is_intact("t/part-00.parquet")
    (tmp_path / "t/part-00.parquet").write_bytes(b"rowz")
    assert not manifest.is_intact("t/part-00.parquet")
    assert not manifest.verify("t/part-00.parquet")
    (tmp_path / "t/part-00.parquet").unlink()
    assert not manifest.is_intact("t/part-00.parquet")
    assert not manifest.verify("t/part-00.parquet")
    (tmp_path / ".extract/published.json").write_bytes(b'{"run')
    assert Manifest.load(storage).names() == []

"""Raw documents and tables in a bucket: an S3 server on the loopback address, through the command."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract.store.read import read_arrow
from extract.tables.schema import DOCUMENT_TABLES
from tests.run_support import free_port, texts, write_raw
from tests.server.support import EXTRACT, ROOT, end, extract, until

s3fs = pytest.importorskip("s3fs", reason="needs the extra [test]")
pytest.importorskip("moto", reason="needs the extra [test]")
pytestmark = [pytest.mark.server, pytest.mark.slow]


@pytest.fixture(scope="module")
def bucket(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """An environment in which ``s3://bucket`` is there and empty."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    nowhere = subprocess.DEVNULL
    server = subprocess.Popen(command, env=environment, stdout=nowhere, stderr=nowhere, cwd=ROOT)
    keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}
    with pytest.MonkeyPatch.context() as patched:
        for name, value in (keys | {"AWS_ENDPOINT_URL": url}).items():
            patched.setenv(name, value)
        try:
            until(lambda: socket.create_connection(("127.0.0.1", port), 1))
            s3fs.S3FileSystem().mkdir("bucket")
            yield environment | keys | {"AWS_ENDPOINT_URL": url}
        finally:
            end(server)


def rows(out: str | Path) -> dict[str, list[dict[str, Any]]]:
    """All rows of the document tables, without what tells runs apart."""
    different = ("run_id", "processed_at")
    return {
        table: [{k: v for k, v in row.items() if k not in different} for row in read_arrow(table, out).to_pylist()]
        for table in DOCUMENT_TABLES
    }


def test_tables_in_a_bucket(bucket: dict[str, str], tmp_path: Path) -> None:
    raw = write_raw(tmp_path / "raw", texts(6))
    assert extract(bucket, "run", raw, "--out", "s3://bucket/a").returncode == 0
    assert extract(bucket, "run", raw, "--out", tmp_path / "local").returncode == 0
    assert rows("s3://bucket/a") == rows(tmp_path / "local")
    assert "nothing to do: 6 documents unchanged" in extract(bucket, "run", raw, "--out", "s3://bucket/a").stderr
    write_raw(raw, {"d0/doc000.txt": "Bell: $98."})
    (raw / "d1/doc001.txt").unlink()
    told = json.loads(extract(bucket, "run", raw, "--out", "s3://bucket/a", "--json").stdout)
    assert told["counts"] | {"n_seen": 5, "n_changed": 1, "n_removed": 1, "n_unchanged": 4} == told["counts"]
    assert "d1/doc001.txt" not in {row["doc_id"] for table in rows("s3://bucket/a").values() for row in table}


def test_a_run_into_a_bucket_that_is_killed(bucket: dict[str, str], tmp_path: Path) -> None:
    words = {f"doc{i}.txt": f"SLOW=0.3 Bell: ${i + 1}." + " more" * 2000 for i in range(12)}
    raw = write_raw(tmp_path / "raw", words)
    command = [*EXTRACT, "run", str(raw), "--out", "s3://bucket/b", "--workers", "2"]
    running = subprocess.Popen(command, env=bucket, stderr=subprocess.DEVNULL, cwd=ROOT)
    files = s3fs.S3FileSystem(use_listings_cache=False)
    until(lambda: files.glob("s3://bucket/b/runs/*/batches/*.json"))
    os.kill(running.pid, signal.SIGKILL)
    running.wait()
    started = time.monotonic()
    done = extract(bucket, "run", raw, "--out", "s3://bucket/b", "--json")
    assert done.returncode == 0, done.stderr
    assert time.monotonic() - started < 45, "the lock of the dead was waited for"
    assert "ended without tidying up" in done.stderr
    assert extract(bucket, "run", raw, "--out", tmp_path / "local").returncode == 0
    assert rows("s3://bucket/b") == rows(tmp_path / "local")

"""A stand-in for the pipeline, quick and with marked words that make a document fail, hang, grow or kill its process.

Rows come from a few regular expressions, so that tests of runs, crashes and comparisons do not depend on the real
components. ``VERSION`` words in a text let "another pipeline" find other rows.
"""

from __future__ import annotations

import mmap
import os
import re
import signal
import socket
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import spacy

from extract.components.rows import register_extensions, set_rows
from extract.runs.session import Options, Session
from extract.store.records import RunRecord
from extract.tables.schema import DOCUMENT_TABLES
from extract.work.pool import InProcess

MONEY = re.compile(r"\$(\d+)( million)?")
NAME = re.compile(r"\b[A-Z][a-z]+land\b")
TURN = re.compile(r"^([A-Z][a-z]+): (.+)$", re.M)
YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")


class StandIn:
    """What ``process_batch`` needs of a pipeline. ``generation`` 2 finds longer spans, resolves speakers, and more."""

    def __init__(self, generation: int = 1) -> None:
        register_extensions()
        self._blank = spacy.blank("en")
        self._blank.max_length = 10_000_000
        self.generation = generation
        self.pipeline = [("misfortunes", _misfortunes), ("rows", self._rows)]

    def make_doc(self, text: str) -> Any:
        return self._blank.make_doc(text)

    def _rows(self, doc: Any) -> Any:
        text, second = doc.text, self.generation == 2
        data = {"genre": "other", "title": None, "date": None, "languages": ["en"]}
        doc._.document = data | {"number": None, "sender": None, "recipient": None} | dict(doc._.given)
        set_rows(doc, "segments", [{"kind": "body", "language": "en", "start": 0, "end": len(text)}] if text else [])
        set_rows(doc, "turns", [_turn(m, second) for m in TURN.finditer(text)])
        set_rows(doc, "entities", [_entity(m) for m in NAME.finditer(text)])
        set_rows(doc, "dates", [_date(m) for m in YEAR.finditer(text)])
        set_rows(doc, "claims", [_claim(m, text, second) for m in MONEY.finditer(text)])
        return doc


def _misfortunes(doc: Any) -> Any:
    text = doc.text
    if "BOOM" in text:
        raise ValueError("boom <b>&</b> in a component")
    if "HANG" in text:
        time.sleep(60)
    if "BLOCK" in text:  # no Python signal handler runs: the process must be ended from outside
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(60)
    if "GROW" in text:
        kept = []
        for _ in range(400):
            # straight from the system: an allocator may hand out again what the process holds already
            fresh = mmap.mmap(-1, 1 << 20)
            fresh.write(b"x" * (1 << 20))
            kept.append(fresh)
            time.sleep(0.01)
    if "DIE" in text:
        os.kill(os.getpid(), signal.SIGKILL)
    once = re.search(r"ONCE=(\S+)", text)
    if once and not Path(once[1]).exists():
        Path(once[1]).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    slow = re.search(r"SLOW=([\d.]+)", text)
    if slow:
        time.sleep(float(slow[1]))
    return doc


def _turn(m: re.Match[str], second: bool) -> dict[str, Any]:
    told = {"kind": "turn", "start": m.start(2), "end": m.end(2), "label": m[1], "label_start": m.start(1)}
    told |= {"label_end": m.end(1), "speaker": f"Ada {m[1]}" if second else None}
    return told | {"role": None, "side": None, "cue": None, "rule": "label"}


def _entity(m: re.Match[str]) -> dict[str, Any]:
    return {"start": m.start(), "end": m.end(), "label": "GPE", "canonical": m[0], "cluster": 0, "country": None}


def _date(m: re.Match[str]) -> dict[str, Any]:
    told = {"start": m.start(), "end": m.end(), "type": "DATE", "value": m[0], "start_date": f"{m[0]}-01-01"}
    return told | {"end_date": f"{m[0]}-12-31", "anchor": "explicit", "rule": "year"}


def _claim(m: re.Match[str], text: str, second: bool) -> dict[str, Any]:
    end = m.end() if second else m.end(1)
    value = float(m[1]) * (1e6 if second and m[2] else 1)
    sentence_end = text.find(".", end)
    told: dict[str, Any] = dict.fromkeys(
        ("measure", "item", "actor", "partner", "period", "speaker", "link", "linked_start")
    )
    told |= {"start": m.start(), "end": end, "kind": "money", "value_min": value, "value_max": value, "unit": "USD"}
    told |= {"sentence_start": text.rfind("\n", 0, m.start()) + 1, "sentence_end": sentence_end + 1 or len(text)}
    told |= {"qualifier": "exact", "is_target": False, "status": "fact", "rule": "money", "confidence": 0.9}
    if "WRONG" in text:
        told["status"] = None
    return told


def free_port() -> int:
    """A port of the loopback address that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def write_raw(raw: Path, texts: Mapping[str, str], *, old: bool = True) -> Path:
    """Write documents; ``old``: as if long ago, so that a plan may trust their time stamps."""
    for doc_id, text in texts.items():
        path = raw / doc_id
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if old:
            stamp = time.time_ns() - 60_000_000_000 + hash(text) % 1_000_000
            os.utime(path, ns=(stamp, stamp))
    return raw


def texts(count: int) -> dict[str, str]:
    """Documents of some lines with turns, names, years and sums."""
    return {
        f"d{i % 3}/doc{i:03d}.txt": (
            f"Bell: Northland paid ${i + 1} million in {1900 + i % 90}.\n"
            f"Moss: Southland owes ${2 * i + 5} since {1950 + i % 60}.\nNo more was said.\n"
        )
        for i in range(count)
    }


def run(
    raw: Path | str,
    out: Path | str,
    *,
    generation: int = 1,
    on_batch: Callable[[int], None] = lambda number: None,
    **options: Any,
) -> RunRecord | None:
    """A whole run in this process, without Prefect; ``None`` where there was nothing to do."""
    with Session(Options(raw=str(raw), out=str(out), **{"workers": 2, **options})) as session:
        if session.is_nothing_to_do:
            session.keep_checks()
            return None
        batches = session.begin()
        runner = InProcess(session.setup)
        runner._nlp = StandIn(generation)
        for batch in batches:
            runner.run(batch, lambda event, doc_id: None)
            on_batch(batch.number)
        return session.finish()


def table_bytes(out: Path) -> dict[str, bytes]:
    """The bytes of every part of the current document tables, by name."""
    paths = (path for table in DOCUMENT_TABLES for path in sorted((out / table).glob("*.parquet")))
    return {f"{path.parent.name}/{path.name}": path.read_bytes() for path in paths}


def all_rows(out: Path, table: str) -> pd.DataFrame:
    """A current table, as a reader would read it."""
    return pd.read_parquet(out / table)


def contents(out: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of all current document tables without what tells runs apart."""
    found = {}
    for table in DOCUMENT_TABLES:
        rows = pq.read_table(out / table).to_pylist()
        found[table] = [{k: v for k, v in row.items() if k not in ("run_id", "processed_at")} for row in rows]
    return found


def stand_in_environment() -> dict[str, str]:
    """What makes the workers of any process use the stand-in."""
    root = Path(__file__).parents[1]
    places = [str(root / "tests" / "stand_in_site"), str(root), str(root / "src")]
    return {"PYTHONPATH": os.pathsep.join(places), "EXTRACT_TEST_STAND_IN": str(root)}

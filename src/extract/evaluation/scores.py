"""Tables against gold annotations.

Figures, all 0 to 1: ``segments.characters`` is the share of non-blank characters in a zone of the right kind;
``turns.KIND`` F1 with an intersection over union of at least 0.8 (turn) or 0.6 (quote, reported); ``entities`` F1 over
exact span and label; ``dates.relaxed``, ``.strict``, ``.value`` F1 as in TempEval-3 (UzZaman and others 2013);
``claims`` F1 over the same kind and overlapping spans, ``claims.record`` with value, unit, target, status and speaker
all right. A share such as ``claims.unit`` counts the matches with that field right; ``claims.item.filled`` is the F1 of
what is filled, so that a field left empty, or filled always, gains nothing; ``claims.status.macro`` the mean F1 of the
statuses. ``Tally.confidence`` sets the stated confidence of all claims found against whether their records are right.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from extract.evaluation.confidence import Stated, area_under_curve, calibration_error, in_bins
from extract.evaluation.matching import Row, overlap, pair, plain, same, same_name, same_number, same_phrase
from extract.evaluation.matching import intersection_over_union as iou

TABLES = ("documents", "segments", "turns", "entities", "dates", "claims")
TURN_OVERLAP = {"turn": 0.8, "quote": 0.6, "reported": 0.6}
RECORD_FIELDS = ("value", "unit", "is_target", "status", "speaker")
_CLAIM_FIELDS: dict[str, Callable[[Any, Any], bool]] = {
    "unit": same,
    "qualifier": same,
    "is_target": lambda a, b: bool(a) == bool(b),
    "status": same,
    "speaker": same_name,
    "measure": same_phrase,
    "item": same_phrase,
    "actor": same_phrase,
    "partner": same_phrase,
    "period": same,
}
# fields of claims that are often empty
FILLED = ("measure", "item", "actor", "partner", "period", "change")
STATUS = "claims.status."


class GoldError(ValueError):
    """A gold file or folder cannot be used; the message names it and says why."""


@dataclass
class Tally:
    """Counts of matches (right, gold, found), shares (right, of) and errors by table."""

    counts: dict[str, list[int]] = field(default_factory=dict)
    shares: dict[str, list[int]] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    stated: list[Stated] = field(default_factory=list)

    def count(self, key: str, right: int, gold: int, found: int) -> None:
        total = self.counts.setdefault(key, [0, 0, 0])
        for i, number in enumerate((right, gold, found)):
            total[i] += number

    def share(self, key: str, right: int, of: int = 1) -> None:
        total = self.shares.setdefault(key, [0, 0])
        total[0] += int(right)
        total[1] += of

    def error(self, table: str, message: str) -> None:
        self.errors.setdefault(table, []).append(message)

    def figures(self) -> dict[str, float]:
        """Every F1 and share by its name, rounded to four places."""
        out = {key: _f1(*counts) for key, counts in self.counts.items()}
        out |= {key: right / of for key, (right, of) in self.shares.items() if of}
        statuses = [out[key] for key, counts in self.counts.items() if key.startswith(STATUS) and counts[1]]
        out |= {f"{STATUS}macro": sum(statuses) / len(statuses)} if statuses else {}
        return {key: round(value, 4) for key, value in sorted(out.items())}

    def confidence(self) -> dict[str, Any]:
        """Of the claims found: ``rows``, ``ece``, ``auc`` and the ``bins``; empty where none states a confidence."""
        bins, auc = in_bins(self.stated), area_under_curve(self.stated)
        rounded = [{name: round(value, 4) for name, value in b.items()} for b in bins]
        told = {"ece": round(calibration_error(bins), 4), "auc": None if auc is None else round(auc, 4)}
        return {"rows": len(self.stated)} | told | {"bins": rounded} if bins else {}


def _f1(right: int, gold: int, found: int) -> float:
    return 2 * right / (gold + found) if gold + found else 1.0


def read_gold(folder: Path) -> list[Row]:
    """The gold records of a folder, by file name. Raises ``GoldError`` where there is none or one is not JSON."""
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not paths:
        raise GoldError(f"{folder}: no gold files (*.json) here; name the folder that holds them")
    records: list[Row] = []
    for path in paths:
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            record["doc"], record["sha256"], record["document"]
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(f"{path}: no gold record ({error!r}); it has doc, sha256, document and tables") from error
        records.append(record)
    return records


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    frames = {}
    for name in TABLES:
        path = next((p for p in (folder / f"{name}.parquet", folder / name) if p.exists()), None)
        if path is None:
            raise GoldError(f"{folder}: no table {name!r} here; run `extract run` first, or name its --out folder")
        frames[name] = pd.read_parquet(path)
    return frames


def score(tables: Path, gold: Path) -> Tally:
    """Score the tables of a folder against a folder of gold files, matched by the hash of the raw bytes."""
    return _score(read_tables(tables), read_gold(gold))


def score_by_genre(tables: Path, gold: Path) -> dict[str, tuple[int, Tally]]:
    """The same by the genre that the gold gives: ``all`` first, then each genre, with its number of documents."""
    frames, records = read_tables(tables), read_gold(gold)
    genres = {"all": records}
    for genre in sorted({str(record["document"].get("genre")) for record in records}):
        genres[genre] = [record for record in records if str(record["document"].get("genre")) == genre]
    return {genre: (len(some), _score(frames, some)) for genre, some in genres.items()}


def _score(frames: Mapping[str, pd.DataFrame], gold: Sequence[Row]) -> Tally:
    tally = Tally()
    for record in gold:
        documents = frames["documents"]
        rows = documents[documents["sha256"] == record["sha256"]].to_dict("records")
        if rows:
            found = {n: frames[n][frames[n]["doc_id"] == rows[0]["doc_id"]].to_dict("records") for n in TABLES}
            score_document(tally, record, found, rows[0])
        else:
            tally.error("documents", f"{record['doc']}: no row with its sha256")
            score_document(tally, record, {name: [] for name in TABLES}, {"text": ""})
    return tally


def score_document(tally: Tally, gold: Row, found: dict[str, list[Row]], document: Row) -> None:
    """Add one document to the tally; a table that its gold leaves out is not scored."""
    _score_data(tally, gold, document)
    where = _Where(tally, gold["doc"], document["text"])
    if "segments" in gold:
        _score_segments(where, gold["segments"], found["segments"])
    if "turns" in gold:
        _score_turns(where, gold["turns"], found["turns"])
    japanese = [s for s in gold.get("segments", []) if s["language"] == "ja"]
    hidden = japanese if "japanese_entities_and_claims" in gold else []
    if "entities" in gold:
        _score_entities(where, _outside(gold["entities"], hidden), _outside(found["entities"], hidden))
    if "dates" in gold:
        _score_dates(where, gold["dates"], found["dates"])
    if "claims" in gold:
        _score_claims(where, _outside(gold["claims"], hidden), _outside(found["claims"], hidden))


@dataclass
class _Where:
    tally: Tally
    doc: str
    text: str

    def error(self, table: str, row: Row, message: str) -> None:
        self.tally.error(table, f"{self.doc}:{row['start']} {self.text[row['start'] : row['end']][:60]!r} {message}")

    def unpaired(self, table: str, gold: list[Row], found: list[Row], pairs: list[tuple[Row, Row]]) -> None:
        paired = {id(row) for both in pairs for row in both}
        for rows, word in ((gold, "missed"), (found, "extra")):
            for row in rows:
                if id(row) not in paired:
                    self.error(table, row, f"{word} {row.get('kind') or row.get('label') or row.get('type')}")


def _outside(rows: list[Row], zones: list[Row]) -> list[Row]:
    return [row for row in rows if not any(overlap(row, zone) for zone in zones)]


def _score_data(tally: Tally, gold: Row, document: Row) -> None:
    for key, value in gold["document"].items():
        if value is None:
            continue
        got = document.get(key)
        if key == "languages":
            right = set(value) == set(got if got is not None else [])
        else:
            right = same_name(value, got) if key in ("sender", "recipient") else same(value, got)
        tally.share(f"documents.{key}", right)
        if not right:
            tally.error("documents", f"{gold['doc']} {key}: gold {value!r}, found {got!r}")


def _zones(rows: list[Row]) -> dict[int, str]:
    return {i: row["kind"] for row in rows for i in range(row["start"], row["end"])}


def _score_segments(where: _Where, gold: list[Row], found: list[Row]) -> None:
    gold_zone, found_zone = _zones(gold), _zones(found)
    marked = [i for i in gold_zone if i >= len(where.text) or not where.text[i].isspace()]
    right = sum(gold_zone[i] == found_zone.get(i) for i in marked)
    where.tally.share("segments.characters", right, len(marked))


def _score_turns(where: _Where, gold: list[Row], found: list[Row]) -> None:
    for kind, least in TURN_OVERLAP.items():
        gold_kind, found_kind = ([row for row in rows if row["kind"] == kind] for rows in (gold, found))
        pairs = pair(gold_kind, found_kind, lambda g, f, least=least: iou(g, f) >= least)  # type: ignore[misc]
        where.tally.count(f"turns.{kind}", len(pairs), len(gold_kind), len(found_kind))
        for g, f in pairs:
            right = same_name(g["speaker"], f["speaker"])
            where.tally.share(f"turns.{kind}.speaker", right)
            if g.get("side"):
                where.tally.share("turns.side", same(g["side"], f.get("side")))
            if not right:
                where.error("turns", g, f"speaker: gold {g['speaker']!r}, found {f['speaker']!r}")
        where.unpaired("turns", gold_kind, found_kind, pairs)


def _score_entities(where: _Where, gold: list[Row], found: list[Row]) -> None:
    def exact(g: Row, f: Row) -> bool:
        return (g["start"], g["end"], g["label"]) == (f["start"], f["end"], f["label"])

    pairs = pair(gold, found, exact)
    where.tally.count("entities", len(pairs), len(gold), len(found))
    for label in sorted({row["label"] for row in gold}):
        counts = (sum(row["label"] == label for row in rows) for rows in ([g for g, _ in pairs], gold, found))
        where.tally.count(f"entities.{label}", *counts)
    for g, f in pairs:
        where.tally.share("entities.canonical", same_name(g["canonical"], f["canonical"]))
    where.unpaired("entities", gold, found, pairs)


def _score_dates(where: _Where, gold: list[Row], found: list[Row]) -> None:
    strict = pair(gold, found, lambda g, f: bool(g["start"] == f["start"] and g["end"] == f["end"]))
    pairs = pair(gold, found, lambda g, f: True)
    right = [(g, f) for g, f in pairs if same(g["value"], f["value"])]
    for name, rows in (("strict", strict), ("relaxed", pairs), ("value", right)):
        where.tally.count(f"dates.{name}", len(rows), len(gold), len(found))
    for g, f in pairs:
        bounds = all(same(g.get(side), f.get(side)) for side in ("start_date", "end_date"))
        where.tally.share("dates.bounds", bounds)
        if not same(g["value"], f["value"]):
            where.error("dates", g, f"value: gold {g['value']}, found {f['value']}")
    where.unpaired("dates", gold, found, pairs)


def _score_claims(where: _Where, gold: list[Row], found: list[Row]) -> None:
    def fits(g: Row, f: Row) -> bool:
        currencies = g["kind"] != "money" or not f.get("unit") or same(g["unit"], f["unit"])
        return bool(g["kind"] == f["kind"] and currencies)

    pairs = pair(gold, found, fits)
    where.tally.count("claims", len(pairs), len(gold), len(found))
    starts = {f["claim_id"]: f["start"] for f in found}
    partner_of = {g["start"]: f["start"] for g, f in pairs}
    records = 0
    for g, f in pairs:
        fields = _claim_fields(g, f)
        if g.get("link"):
            linked = starts.get(f.get("linked_claim_id"))
            fields["link"] = g["link"] == plain(f.get("link")) and linked == partner_of.get(g["linked_start"], -1)
        for name, right in fields.items():
            where.tally.share(f"claims.{name}", right)
            if name in FILLED:
                values = plain(g.get(name)), plain(f.get(name))
                both = all(v is not None for v in values)
                where.tally.count(f"claims.{name}.filled", both and right, *(v is not None for v in values))
            if not right:
                where.error("claims", g, f"{name}: gold {g.get(name)!r}, found {f.get(name)!r}")
        is_right = all(fields[name] for name in RECORD_FIELDS)
        records += is_right
        if _is_stated(f):
            where.tally.stated.append((float(f["confidence"]), is_right))
        for status in {g["status"], f["status"]}:
            alike = g["status"] == f["status"]
            where.tally.count(f"{STATUS}{status}", alike, g["status"] == status, f["status"] == status)
        targets = [bool(row["is_target"]) for row in (g, f)]
        where.tally.count("claims.is_target.true", all(targets), *targets)
    paired = {id(f) for _, f in pairs}
    where.tally.stated += [(float(f["confidence"]), False) for f in found if id(f) not in paired and _is_stated(f)]
    where.tally.count("claims.record", records, len(gold), len(found))
    where.unpaired("claims", gold, found, pairs)


def _is_stated(row: Row) -> bool:
    return plain(row.get("confidence")) is not None


def _claim_fields(g: Row, f: Row) -> dict[str, bool]:
    value = same_number(g["value_min"], f["value_min"]) and same_number(g["value_max"], f["value_max"])
    change = {"change": same(g["change"], f.get("change"))} if "change" in g else {}
    return (
        {"value": value} | change | {name: compare(g.get(name), f.get(name)) for name, compare in _CLAIM_FIELDS.items()}
    )

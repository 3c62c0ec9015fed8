"""The Arrow schemas of all tables, declared once: names, types, nullability, a description on every column.

Offsets count Unicode characters in ``documents.text``. The schemas are frozen: what is written is checked against
them (``to_table``), and a change of any column raises ``SCHEMA_VERSION``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from extract.errors import UnknownNameError

SCHEMA_VERSION = "2"

GENRES = ("cable", "transcript", "news", "essay", "other")
SEGMENT_KINDS = ("header", "title", "summary", "attendees", "body", "related", "references", "footer")
TURN_KINDS = ("turn", "quote", "reported")
ENTITY_LABELS = ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART")
DATE_TYPES = ("DATE", "TIME", "DURATION", "SET")
ANCHORS = ("explicit", "document", "text", "none")
CLAIM_KINDS = ("tariff_rate", "money", "percent", "quantity", "ratio", "target")
QUALIFIERS = ("exact", "about", "at_least", "more_than", "at_most", "less_than", "range")
STATUSES = ("fact", "planned", "proposed", "rejected", "hypothetical")
LINKS = ("converts", "from", "to")
CHANGES = ("rise", "fall")
RELATIONS = ("first", "repeats", "agrees", "updates", "contradicts")
TRIGGERS = ("command", "schedule", "flow", "library")

_STR, _INT, _BOOL = pa.string(), pa.int32(), pa.bool_()
_FLOAT, _DATE = pa.float64(), pa.date32()
_TIME = pa.timestamp("us", tz="UTC")
# the name that Parquet itself gives, so that what is read back is written again with the same bytes
_LIST = pa.list_(pa.field("element", pa.string()))

_DOC_ID = ("doc_id", _STR, "the document: the file's path below the raw folder, `/`-separated, with its suffix")
_SEGMENT_ID = ("segment_id", _STR, "the segment that the row starts in")
_TURN_ID = ("turn_id?", _STR, "the innermost turn around the row; null outside all turns")
_START = ("start", _INT, "offset of the first character in `documents.text`")
_END = ("end", _INT, "offset after the last character in `documents.text`")
_TEXT = ("text", _STR, "the characters from start to end")
_RUN_ID = ("run_id", _STR, "the run")


def _one_of(values: Sequence[str]) -> str:
    return ", ".join(f"`{value}`" for value in values)


# table -> (what a row is, columns as (name, type, description)); a name ending in "?" may be null
_DECLARED: dict[str, tuple[str, list[tuple[str, pa.DataType, str]]]] = {
    "documents": (
        "one row a raw file",
        [
            _DOC_ID,
            ("sha256", _STR, "SHA-256 of the raw bytes, hexadecimal"),
            ("text", _STR, "the text that all offsets count in: decoded, no byte-order mark, line ends as \\n"),
            ("genre", _STR, f"one of {_one_of(GENRES)}"),
            ("title?", _STR, "headline or subject line"),
            ("date?", _DATE, "when it was written, sent or published: the anchor of relative dates"),
            ("languages", _LIST, "BCP 47 tags of the languages found in it, the main one first"),
            ("number?", _STR, "the document's own number"),
            ("sender?", _STR, "sender as named in the header"),
            ("recipient?", _STR, "recipient as named in the header"),
            ("n_chars", _INT, "length of text in characters"),
            ("n_turns", _INT, "number of its rows in turns"),
            ("n_entities", _INT, "number of its rows in entities"),
            ("n_dates", _INT, "number of its rows in dates"),
            ("n_claims", _INT, "number of its rows in claims"),
            ("run_id", _STR, "the run that made its rows"),
            ("pipeline_version", _STR, "package version and fingerprint of the pipeline that made its rows"),
            ("processed_at", _TIME, "when that run started (UTC)"),
        ],
    ),
    "segments": (
        "one row a zone of a text, in order, without overlap",
        [
            _DOC_ID,
            ("segment_id", _STR, "stable id of the row"),
            ("kind", _STR, f"one of {_one_of(SEGMENT_KINDS)}"),
            ("language", _STR, "BCP 47 tag of the zone's language"),
            _START,
            _END,
        ],
    ),
    "turns": (
        "one row a stretch of words and who speaks them",
        [
            ("turn_id", _STR, "stable id of the row"),
            _DOC_ID,
            _SEGMENT_ID,
            ("index", _INT, "counts from 0 in the document, in text order"),
            (
                "kind",
                _STR,
                "`turn` a labelled stretch of a record of talks, `quote` words between quotation marks that are"
                " ascribed to someone, `reported` the clause that tells what was said",
            ),
            _START,
            _END,
            ("label?", _STR, "the speaker as written beside the words"),
            ("speaker?", _STR, "who that is: the fullest name that the document gives"),
            ("role?", _STR, "office or affiliation that the text gives"),
            ("side?", _STR, "ISO 3166-1 alpha-2 code of the country spoken for"),
            ("cue?", _STR, "the verb that ascribes it, for `quote` and `reported`"),
            ("rule", _STR, "what cut the row here: the style of labels that was discovered, the rule of quotations"),
            ("linked_turn_id?", _STR, "the corresponding turn in the document's other language, set on both"),
            _TEXT,
        ],
    ),
    "entities": (
        "one row a mention of a name",
        [
            ("entity_id", _STR, "stable id of the row"),
            _DOC_ID,
            _SEGMENT_ID,
            _TURN_ID,
            _START,
            _END,
            _TEXT,
            ("label", _STR, f"OntoNotes' names: {_one_of(ENTITY_LABELS)}"),
            ("canonical", _STR, "the fullest name of the same thing in the document"),
            ("cluster_id", _STR, "shared by all mentions of the same thing in the document"),
            (
                "country?",
                _STR,
                "ISO 3166-1 alpha-2 code of a GPE or NORP; a former state has its own (`SU`, `YU`, `DD`)",
            ),
        ],
    ),
    "dates": (
        "one row a time expression",
        [
            ("date_id", _STR, "stable id of the row"),
            _DOC_ID,
            _SEGMENT_ID,
            _TURN_ID,
            _START,
            _END,
            _TEXT,
            ("type", _STR, f"TIMEX3 type: {_one_of(DATE_TYPES)}"),
            ("value", _STR, "TIMEX3 value: `1994-02-11`, `1993-07`, `P10Y`, `PAST_REF`"),
            ("start_date?", _DATE, "first day on the calendar, inclusive"),
            ("end_date?", _DATE, "last day on the calendar, inclusive"),
            (
                "anchor",
                _STR,
                "`explicit`, `document` (resolved against documents.date), `text` (against another expression), `none`",
            ),
        ],
    ),
    "claims": (
        "one row a figure or a position on a target",
        [
            ("claim_id", _STR, "stable id of the row"),
            _DOC_ID,
            _SEGMENT_ID,
            _TURN_ID,
            _START,
            _END,
            ("text", _STR, "the figure with its unit; for `target` the noun phrase"),
            ("sentence", _STR, "the sentence around it"),
            ("kind", _STR, f"one of {_one_of(CLAIM_KINDS)}"),
            ("value_min?", _FLOAT, "lower end as a plain number (140e9; 25.0 for 25 %); null for `target`"),
            ("value_max?", _FLOAT, "upper end; equal to value_min unless a range"),
            ("unit?", _STR, "ISO 4217 code for money, `%` or `pp`, `x` for ratios, the counted noun for quantities"),
            ("qualifier", _STR, f"one of {_one_of(QUALIFIERS)}"),
            ("measure?", _STR, "what it measures, the head noun as written"),
            ("item?", _STR, "the goods or subject it is about, as written"),
            ("actor?", _STR, "who imposes, pays, buys, invests, as written"),
            ("partner?", _STR, "to or against whom, as written"),
            ("period?", _STR, "TIMEX3 value of the time it holds for"),
            ("is_target", _BOOL, "a goal, quota, cap, pledge or demand to be met, not only a measurement"),
            ("status", _STR, f"one of {_one_of(STATUSES)}"),
            ("speaker?", _STR, "who asserts it; null for the document's own author"),
            (
                "change?",
                _STR,
                "`rise` or `fall` where the figure is the size of a change; null for a level",
            ),
            (
                "actor_country?",
                _STR,
                "ISO 3166-1 alpha-2 (`EU` for the European Union) where the actor is a state, its government or people",
            ),
            ("partner_country?", _STR, "the same of the partner"),
            ("period_start?", _DATE, "first day of the period on the calendar, inclusive"),
            ("period_end?", _DATE, "last day of the period on the calendar, inclusive"),
            (
                "item_hs?",
                _STR,
                "Harmonized System chapter (2 digits) or heading (4) of the goods, where the match is plain",
            ),
            ("linked_claim_id?", _STR, "the claim it converts, or the other end of a change"),
            ("link?", _STR, f"how it is linked: {_one_of(LINKS)}"),
            ("rule", _STR, "the rule that found it"),
            (
                "confidence",
                pa.float32(),
                "probability that value, unit, target, status and speaker are right: nine in ten of the claims at 0.9",
            ),
        ],
    ),
    "claim_groups": (
        "one row a claim in a group of claims of the same thing, across documents",
        [
            ("group_id", _STR, "the group: a hash of what its claims are about"),
            ("claim_id", _STR, "the evidence: a row of `claims`"),
            ("doc_id", _STR, "the document of that claim"),
            ("kind", _STR, "kind of all its claims"),
            ("measure?", _STR, "what is measured, normalised"),
            ("item?", _STR, "goods or subject, normalised"),
            ("item_hs?", _STR, "Harmonized System code of the goods"),
            ("actor_country?", _STR, "the country that imposes, pays, buys"),
            ("partner_country?", _STR, "the country to or against whom"),
            ("as_of?", _STR, "the time it holds for: the claim's period, else the document's date; TIMEX3"),
            ("value_min?", _FLOAT, "the claim's own value"),
            ("value_max?", _FLOAT, "the claim's own value, upper end"),
            ("unit?", _STR, "the unit of all its claims"),
            ("status", _STR, "the claim's own status"),
            (
                "relation",
                _STR,
                "`first`; to an earlier claim of another document: `repeats` the same statement printed again or"
                " translated, `agrees`, `updates` another value later, `contradicts` another value of the same time",
            ),
            ("compared_claim_id?", _STR, "that earlier claim; null for `first`"),
        ],
    ),
    "runs": (
        "one row a run that changed anything",
        [
            ("run_id", _STR, "stable id of the run; sorts by time"),
            ("started_at", _TIME, "start (UTC)"),
            ("finished_at?", _TIME, "end (UTC)"),
            ("status", _STR, "`complete`, or `failures` where some documents could not be processed"),
            ("trigger", _STR, f"what started it: {_one_of(TRIGGERS)}"),
            ("pipeline_version", _STR, "package version and fingerprint of the pipeline"),
            ("n_seen", _INT, "documents in the raw folder: n_new + n_changed + n_unchanged + n_failed"),
            ("n_new", _INT, "documents done that had no rows before"),
            ("n_changed", _INT, "documents done again: text, metadata or pipeline changed, or forced"),
            ("n_unchanged", _INT, "documents skipped: unchanged, or set aside after three failures in a row"),
            ("n_removed", _INT, "documents gone from the raw folder, their rows removed"),
            ("n_failed", _INT, "documents that could not be processed"),
            ("n_unread", _INT, "files in the raw folder that are of no known kind, and so no documents"),
            ("seconds", _FLOAT, "wall-clock time of the run in seconds"),
        ],
    ),
    "failures": (
        "one row a document that could not be processed in a run",
        [
            _RUN_ID,
            _DOC_ID,
            ("stage", _STR, "where it failed: `read`, `pipeline`, `rows`, `time limit`, `memory limit`, `process`"),
            ("error", _STR, "the error in one line"),
            ("traceback", _STR, "the traceback; empty where the process ended without one"),
        ],
    ),
}

TABLES = tuple(_DECLARED)
# made by the workers, one set of parts a batch; runs and failures are made from the runs' records
DOCUMENT_TABLES = ("documents", "segments", "turns", "entities", "dates", "claims")
ID_COLUMNS = {
    "documents": "doc_id",
    "segments": "segment_id",
    "turns": "turn_id",
    "entities": "entity_id",
    "dates": "date_id",
    "claims": "claim_id",
}


def _schema(table: str) -> pa.Schema:
    row, columns = _DECLARED[table]
    fields = [
        pa.field(name.removesuffix("?"), kind, nullable=name.endswith("?"), metadata={"description": description})
        for name, kind, description in columns
    ]
    return pa.schema(fields, metadata={"table": table, "row": row, "schema_version": SCHEMA_VERSION})


SCHEMAS: dict[str, pa.Schema] = {table: _schema(table) for table in TABLES}


def schema(table: str) -> pa.Schema:
    """The schema of a table; ``UnknownNameError`` lists the tables there are."""
    try:
        return SCHEMAS[table]
    except KeyError:
        raise UnknownNameError("table", table, TABLES) from None


def to_table(table: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Rows as an Arrow table of the declared schema.

    Raises ``ValueError`` for an unknown or missing column, a wrong type, or a null where none is allowed.
    """
    declared = schema(table)
    names = set(declared.names)
    columns: dict[str, list[Any]] = {name: [] for name in declared.names}
    for row in rows:
        if row.keys() != names:
            raise ValueError(f"{table}: columns {sorted(row.keys() ^ names)} are unknown or missing")
        for name, values in columns.items():
            values.append(row[name])
    try:
        arrays = [pa.array(columns[field.name], type=field.type) for field in declared]
    except (pa.ArrowException, TypeError, ValueError) as error:
        raise ValueError(f"{table}: {error}") from error
    return conform(table, pa.Table.from_arrays(arrays, schema=declared))


def conform(table: str, data: pa.Table) -> pa.Table:
    """The same data, checked: exactly the declared columns and types, nulls only where allowed; else ``ValueError``."""
    declared = schema(table)
    if not data.schema.equals(declared, check_metadata=False):
        raise ValueError(f"{table}: has the schema\n{data.schema.to_string(show_field_metadata=False)}")
    for field in declared:
        nulls = data.column(field.name).null_count
        if nulls and not field.nullable:
            raise ValueError(f"{table}.{field.name}: {nulls} nulls in a column that allows none")
    return data.replace_schema_metadata(declared.metadata)


def empty(table: str) -> pa.Table:
    """A table without rows."""
    return schema(table).empty_table()


# what a row of an earlier version has in a column that it lacks and that allows no null
_FILLED: dict[str, Any] = {"rule": "", "n_unread": 0}


def upgrade(table: str, data: pa.Table) -> pa.Table:
    """Rows that an earlier schema version wrote, in today's columns: what was not known then is null (or empty)."""
    declared = schema(table)
    if data.schema.names == declared.names or not set(data.schema.names) <= set(declared.names):
        return data
    columns = [
        data.column(field.name)
        if field.name in data.schema.names
        else pa.array([None if field.nullable else _FILLED[field.name]] * data.num_rows, type=field.type)
        for field in declared
    ]
    return pa.Table.from_arrays(columns, schema=declared)

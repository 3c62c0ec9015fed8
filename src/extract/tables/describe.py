"""The schemas as text, JSON and Markdown: what ``extract schema`` prints and the README's data dictionary."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from extract.tables.schema import SCHEMA_VERSION, TABLES, schema


def type_name(kind: pa.DataType) -> str:
    """The type as the documentation writes it: ``list<string>``, ``date32``, ``timestamp[us, UTC]``."""
    if pa.types.is_list(kind):
        return f"list<{kind.value_type}>"
    names = {"date32[day]": "date32", "timestamp[us, tz=UTC]": "timestamp[us, UTC]", "double": "float64"}
    names |= {"float": "float32"}
    return names.get(str(kind), str(kind))


def describe(table: str) -> dict[str, Any]:
    """One table as plain values: row, columns with type, nullability and description."""
    declared = schema(table)
    columns = [
        {
            "name": field.name,
            "type": type_name(field.type),
            "nullable": field.nullable,
            "description": field.metadata[b"description"].decode(),
        }
        for field in declared
    ]
    return {"table": table, "row": declared.metadata[b"row"].decode(), "columns": columns}


def as_json(tables: tuple[str, ...] = TABLES) -> dict[str, Any]:
    """All tables as plain values, with the schema version."""
    return {"schema_version": SCHEMA_VERSION, "tables": [describe(table) for table in tables]}


def as_text(tables: tuple[str, ...] = TABLES) -> str:
    """For reading on a terminal."""
    lines = [f"schema version {SCHEMA_VERSION}"]
    for table in tables:
        described = describe(table)
        width = max(len(column["name"]) for column in described["columns"])
        lines += ["", f"{table} — {described['row']}"]
        for column in described["columns"]:
            kind = column["type"] + (", null" if column["nullable"] else "")
            lines.append(f"  {column['name']:<{width}}  {kind:<20}  {column['description']}")
    return "\n".join(lines) + "\n"


def as_markdown(tables: tuple[str, ...] = TABLES) -> str:
    """The data dictionary of the README: a heading and a table for each table."""
    parts: list[str] = []
    for table in tables:
        described = describe(table)
        parts += [f"### {table} — {described['row']}", "", "| column | type | meaning |", "| --- | --- | --- |"]
        for column in described["columns"]:
            kind = column["type"] + (", null" if column["nullable"] else "")
            parts.append(f"| `{column['name']}` | {kind} | {column['description'].replace('|', chr(92) + '|')} |")
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"

"""A comparison for a terminal."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from extract.compare.changes import ADDED, CHANGED, REMOVED, Change, Comparison, plain
from extract.runs.telling import plain as printable

_GROUPS_SHOWN = 40
_CELL_CHARS = 60


def render(comparison: Comparison, *, limit: int, width: int | None = None) -> str:
    """Counts by table, groups by kind of change and rule, and the first ``limit`` changes."""
    console = Console(width=width, highlight=False, record=False)
    with console.capture() as captured:
        console.print(_parts(comparison, limit))
    return captured.get()


def _parts(comparison: Comparison, limit: int) -> RenderableType:
    parts: list[RenderableType] = [Text(_head(comparison))]
    if comparison.is_same:
        parts.append(Text("no difference"))
        return Group(*parts)
    parts += [_by_table(comparison), _groups(comparison)]
    if limit:
        parts.append(_changes(comparison.changes[:limit], len(comparison.changes)))
    return Group(*parts)


def _head(comparison: Comparison) -> str:
    a, b = comparison.run_a, comparison.run_b
    lines = [
        f"A  {a['run_id']}  pipeline {a['pipeline_version']}",
        f"B  {b['run_id']}  pipeline {b['pipeline_version']}",
        f"{comparison.n_documents_compared} of {comparison.n_documents} documents were done again, came or went",
    ]
    if comparison.pipeline_changes:
        lines.append(f"the pipelines differ in: {', '.join(comparison.pipeline_changes)}")
    return "\n".join(lines)


def _by_table(comparison: Comparison) -> Table:
    table = Table("table", title="rows", title_justify="left")
    for name in (ADDED, REMOVED, CHANGED):
        table.add_column(name, justify="right")
    for name, counts in comparison.by_table().items():
        table.add_row(name, *(str(counts[change]) for change in (ADDED, REMOVED, CHANGED)))
    return table


def _groups(comparison: Comparison) -> Table:
    table = Table("table", "change", "rule or kind", title="by kind of change and rule", title_justify="left")
    table.add_column("rows", justify="right")
    groups = comparison.groups()
    for name, kind, rule, count in groups[:_GROUPS_SHOWN]:
        table.add_row(name, Text(printable(kind)), Text(printable(rule)), str(count))
    if len(groups) > _GROUPS_SHOWN:
        table.caption = f"and {len(groups) - _GROUPS_SHOWN} more groups"
    return table


def _changes(changes: list[Change], total: int) -> Table:
    title = f"the first {len(changes)} of {total} changes" if total > len(changes) else f"{total} changes"
    table = Table("document", "table", "change", "old", "new", title=title, title_justify="left", show_lines=True)
    for change in changes:
        kinds = ", ".join(change.kinds)
        old, new = (_cell(change, side) for side in ("old", "new"))
        table.add_row(Text(printable(f"{change.doc_id}:{change.start}")), Text(change.table), Text(kinds), old, new)
    return table


def _cell(change: Change, side: str) -> Text:
    shown = getattr(change, side)
    lines = [_short(shown.span)] if shown else []
    lines += [f"{f.name}: {_short(plain(getattr(f, side)) or '–')}" for f in change.fields if f.name != "span"]
    return Text("\n".join(lines))


def _short(text: str) -> str:
    one_line = printable(" ".join(text.split()))
    return one_line if len(one_line) <= _CELL_CHARS else one_line[: _CELL_CHARS - 1] + "…"

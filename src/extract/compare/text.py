"""A comparison for a terminal."""

from __future__ import annotations

import re

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from extract.compare.changes import ADDED, CHANGED, REMOVED, Change, Comparison, groups
from extract.compare.shown import NEW, OLD, Words, in_reading_order, lines
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
    changes = in_reading_order(comparison.changes)
    parts += [_by_table(comparison), _groups(changes)]
    if limit:
        parts.append(_changes(changes[:limit], len(changes)))
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


def _groups(changes: list[Change]) -> Table:
    table = Table("table", "change", "rule or kind", title="by kind of change and rule", title_justify="left")
    table.add_column("rows", justify="right")
    found = groups(changes)
    for name, kind, rule, count in found[:_GROUPS_SHOWN]:
        table.add_row(name, Text(printable(kind)), Text(printable(rule)), f"{count:,}")
    if len(found) > _GROUPS_SHOWN:
        table.caption = f"and {len(found) - _GROUPS_SHOWN} more groups"
    return table


def _changes(changes: list[Change], total: int) -> Table:
    title = f"the first {len(changes)} of {total} changes" if total > len(changes) else f"{total} changes"
    table = Table("document", "row", "change", "words", title=title, title_justify="left", show_lines=True)
    for change in changes:
        place = change.doc_id if change.with_document else f"{change.doc_id}:{change.start}"
        row = change.table if change.with_document else f"{change.table}: {change.rule or change.kind}"
        table.add_row(Text(printable(place)), Text(printable(row)), Text(", ".join(change.kinds)), _cell(change))
    return table


def _cell(change: Change) -> Text:
    """The row's words, then what changed, a line each."""
    found = Text(change.note)
    shown = change.new or change.old
    if shown and not any(f.name == "span" for f in change.fields):
        found.append(_short(shown.span))
    for line in lines(change):
        found.append(("\n" if found else "") + (f"{line.name}: " if line.name != "span" else ""))
        found.append_text(_words(line.words))
    return found


def _words(words: Words) -> Text:
    """A change as a whole by an arrow; within words by brackets, ``[-old-] {+new+}``, which tell without colour."""
    found = Text()
    kinds = [kind for kind, _ in words]
    if kinds[:2] == [OLD, NEW] and len(kinds) <= 3:
        found.append(_short(words[0][1]), "red").append(" → ").append(_short(words[1][1]), "green")
        return found.append(_short(words[2][1])) if len(words) == 3 else found
    if kinds in ([OLD], [NEW]):
        old, new = (words[0][1], "–") if kinds == [OLD] else ("–", words[0][1])
        return found.append(_short(old), "red").append(" → ").append(_short(new), "green")
    for kind, text in words:
        marked = {OLD: f"[-{_short(text)}-]", NEW: f"{{+{_short(text)}+}}"}.get(kind, _short(text))
        found.append(marked, {OLD: "red", NEW: "green"}.get(kind))
    return found


def _short(text: str) -> str:
    """Text in one line, cut in its middle; its outer blanks stay, as it may stand between other words."""
    one_line = printable(re.sub(r"\s+", " ", text))
    if len(one_line) <= _CELL_CHARS:
        return one_line
    return f"{one_line[: _CELL_CHARS // 2]} … {one_line[-_CELL_CHARS // 2 :]}"

"""Pages that are made when the site is built: tables, commands, components, label styles, quality, model card."""

from __future__ import annotations

import inspect
import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
_MARK = re.compile(r"\{\{ (\w+)(?: ([\w.]+))? \}\}")
# figure -> what the page of quality calls it
_FIGURES = {
    "documents.title": "title", "documents.date": "date of the document", "segments.characters": "zones, by character",
    "turns.turn": "turns", "turns.turn.speaker": "speaker of a turn", "turns.quote": "quotations",
    "turns.quote.speaker": "speaker of a quotation", "turns.reported": "reported speech", "turns.side": "side",
    "entities": "names", "entities.canonical": "canonical name", "dates.strict": "dates, exact span",
    "dates.value": "dates with their value", "claims": "claims", "claims.value": "value", "claims.unit": "unit",
    "claims.status": "status", "claims.status.macro": "status, mean F1 of the five",
    "claims.is_target.true": "targets among figures, F1", "claims.speaker": "speaker of a claim",
    "claims.change.filled": "rise or fall, F1", "claims.measure.filled": "measure, F1 of what is filled",
    "claims.item.filled": "item, F1 of what is filled", "claims.actor.filled": "actor, F1 of what is filled",
    "claims.partner.filled": "partner, F1 of what is filled", "claims.period.filled": "period, F1 of what is filled",
    "claims.link": "link", "claims.record": "whole record",
}  # fmt: skip


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Fill marks such as ``{{ tables }}`` and ``{{ component trade_turns }}``."""
    makers = {
        "tables": tables,
        "commands": commands,
        "component": component,
        "label_styles": label_styles,
        "quality": quality,
        "confidence": confidence,
        "speed": speed,
        "figure": figure,
        "model_card": model_card,
    }
    return _MARK.sub(lambda m: makers[m[1]](*filter(None, [m[2]])) if m[1] in makers else m[0], markdown)


def tables() -> str:
    from extract.tables.describe import as_markdown

    return as_markdown()


def commands() -> str:
    """The help of every command, as the terminal shows it, in the order of use."""
    import typer
    from click.testing import CliRunner

    from extract.cli import COMMANDS, app

    group = typer.main.get_command(app)
    parts = []
    for name in COMMANDS:
        environment = {"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "80"}
        shown = CliRunner().invoke(group, [name, "--help"], env=environment, prog_name="extract")
        parts.append(f"## extract {name}\n\n```text\n{shown.output.strip()}\n```\n")
    return "\n".join(parts)


def component(name: str) -> str:
    """The options of a component, as they stand in ``config.cfg``, with their defaults."""
    from spacy.language import Language

    import extract.components.factories as factories

    options = Language.get_factory_meta(name).default_config
    lines = [f"Factory: `{name}`."]
    if options:
        lines += ["", "| option | default |", "| --- | --- |"]
        lines += [f"| `{option}` | `{json.dumps(value)}` |" for option, value in options.items()]
    else:
        lines[0] += " It has no options."
    about = inspect.getdoc(getattr(factories, f"make_{name}")) or ""
    return "\n".join([*lines, "", about]).rstrip() + "\n"


def label_styles() -> str:
    sys.path.insert(0, str(HERE))
    import styles

    return str(styles.styles_markdown())


def quality() -> str:
    """The figures of ``quality.json``, a column a genre; a figure of nothing is left empty."""
    told = _told("quality.json")
    genres = told["genres"]
    heads = [f"{genre} ({some['documents']})" for genre, some in genres.items()]
    lines = [
        f"Measured on {told['measured']}, pipeline {told['pipeline_version']}; in brackets the number of documents.",
        "",
        f"| | {' | '.join(heads)} |",
        "| --- " * (len(heads) + 1) + "|",
    ]
    for figure, called in _FIGURES.items():
        cells = [some["figures"].get(figure) for some in genres.values()]
        if any(cell is not None for cell in cells):
            lines.append(f"| {called} | {' | '.join('' if c is None else f'{c:.2f}' for c in cells)} |")
    return "\n".join(lines) + "\n"


def _told(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))


def confidence() -> str:
    """What claims state against what was right, from ``quality.json``: a plot, the bins as a table, the two figures."""
    told = _told("quality.json")
    stated = told["confidence"]
    lines = [_reliability(stated["bins"]), "", "| stated | claims | mean stated | right |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {b['low']:.1f} to {b['high']:.1f} | {b['rows']:.0f} | {b['stated']:.2f} | {b['right']:.2f} |"
        for b in stated["bins"]
    ]
    documents = told["genres"]["all"]["documents"]
    lines += [
        "",
        f"All {stated['rows']:,} claims found in {documents} set-aside documents, measured on {told['measured']}. "
        f"The expected calibration error is {stated['ece']:.3f}, the area under the curve (how well right and wrong "
        f"are told apart) {stated['auc']:.2f}.",
    ]
    return "\n".join(lines) + "\n"


def _reliability(bins: list[dict[str, float]]) -> str:
    """A reliability plot as SVG: the share that was right over what was stated, a dot as large as its rows are many."""
    side, edge = 300, 44
    most = max(b["rows"] for b in bins)

    def at(x: float, y: float) -> tuple[float, float]:
        return edge + x * side, 10 + (1 - y) * side

    (x0, y0), (x1, y1) = at(0, 0), at(1, 1)
    parts = [
        f'<svg viewBox="0 0 {side + edge + 70} {side + 60}" width="{side + edge + 70}" role="img" '
        'aria-label="Share of right claims over stated confidence" fill="currentColor" font-size="12">',
        f'<path d="M{x0} {y1}V{y0}H{x1}" fill="none" stroke="currentColor"/>',
        f'<path d="M{x0} {y0}L{x1} {y1}" stroke="currentColor" stroke-dasharray="4 4" opacity="0.5"/>',
        f'<text x="{x1 - 4}" y="{y1 + 22}" text-anchor="end" opacity="0.7">as stated</text>',
    ]
    for tick in (0, 0.5, 1):
        (x, y), (left, _) = at(tick, 0), at(0, 0)
        parts.append(f'<text x="{x}" y="{y + 18}" text-anchor="middle">{tick:g}</text>')
        parts.append(f'<text x="{left - 8}" y="{at(0, tick)[1] + 4}" text-anchor="end">{tick:g}</text>')
    for b in bins:
        x, y = at(b["stated"], b["right"])
        size = 3 + 9 * (b["rows"] / most) ** 0.5
        title = f"stated {b['stated']:.2f}, right {b['right']:.2f}, {b['rows']:.0f} claims"
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="#4c78a8"><title>{title}</title></circle>')
    middle = at(0.5, 0)
    parts.append(f'<text x="{middle[0]}" y="{middle[1] + 38}" text-anchor="middle">stated confidence</text>')
    parts.append(f'<text x="{x0 + 8}" y="{y1 + 10}">share right</text></svg>')
    return "".join(parts)


def speed() -> str:
    """The measured speeds of ``figures.json``."""
    told = _told("figures.json")["speed"]
    rows = [f"| {name} | {value} |" for name, value in told["figures"].items()]
    head = f"Measured on {told['measured']} by {told['command']}."
    return "\n".join([head, "", "| speed | |", "| --- | --- |", *rows]) + "\n"


def figure(path: str) -> str:
    """A figure of ``figures.json`` by its path, as ``review_keys.desk.acts``."""
    value = _told("figures.json")
    for part in path.split("."):
        value = value[part]
    return f"{value:,}" if isinstance(value, int) else str(value)


def model_card() -> str:
    card = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
    return card.split("\n", 1)[1] if card.startswith("# ") else card

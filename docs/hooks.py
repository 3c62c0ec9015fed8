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
_MARK = re.compile(r"\{\{ (\w+)(?: (\w+))? \}\}")
# figure -> what the page of quality calls it
_FIGURES = {
    "documents.title": "title", "documents.date": "date of the document", "segments.characters": "zones, by character",
    "turns.turn": "turns", "turns.turn.speaker": "speaker of a turn", "turns.quote": "quotations",
    "turns.quote.speaker": "speaker of a quotation", "turns.reported": "reported speech", "turns.side": "side",
    "entities": "names", "entities.canonical": "canonical name", "dates.strict": "dates, exact span",
    "dates.value": "dates with their value", "claims": "claims", "claims.value": "value", "claims.unit": "unit",
    "claims.status": "status", "claims.speaker": "speaker of a claim", "claims.measure": "measure",
    "claims.item": "item", "claims.actor": "actor", "claims.period": "period", "claims.record": "whole record",
}  # fmt: skip


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Fill marks such as ``{{ tables }}`` and ``{{ component trade_turns }}``."""
    makers = {
        "tables": tables,
        "commands": commands,
        "component": component,
        "label_styles": label_styles,
        "quality": quality,
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
    told = json.loads((HERE / "quality.json").read_text(encoding="utf-8"))
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


def model_card() -> str:
    card = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
    return card.split("\n", 1)[1] if card.startswith("# ") else card

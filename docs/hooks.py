"""Pages that are made from the code when the site is built: tables, commands, label styles, model card."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Fill the marks ``{{ tables }}``, ``{{ commands }}``, ``{{ label_styles }}`` and ``{{ model_card }}``."""
    makers = {"tables": tables, "commands": commands, "label_styles": label_styles, "model_card": model_card}
    for name, make in makers.items():
        mark = "{{ " + name + " }}"
        if mark in markdown:
            markdown = markdown.replace(mark, make())
    return markdown


def tables() -> str:
    from extract.tables.describe import as_markdown

    return as_markdown()


def commands() -> str:
    """The help of every command, as the terminal shows it."""
    import typer
    from click.testing import CliRunner

    from extract.cli import app

    group = typer.main.get_command(app)
    names = sorted(group.commands)  # type: ignore[attr-defined]
    parts = []
    for name in names:
        shown = CliRunner().invoke(group, [name, "--help"], env={"NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "100"})
        parts.append(f"## extract {name}\n\n```text\n{shown.output.strip()}\n```\n")
    return "\n".join(parts)


def label_styles() -> Any:
    specification = spec_from_file_location("styles", Path(__file__).with_name("styles.py"))
    assert specification
    assert specification.loader
    module = module_from_spec(specification)
    specification.loader.exec_module(module)
    return module.styles_markdown(ROOT / "tests" / "cases" / "turns")


def model_card() -> str:
    card = (ROOT / "models" / "README.md").read_text(encoding="utf-8")
    return card.split("\n", 1)[1] if card.startswith("# ") else card

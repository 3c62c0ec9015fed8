"""A comparison as one HTML page that needs nothing else: no network, no server.

The changes lie in the page as JSON; the page's script puts them on the screen as text nodes only, so that markup in a
document stays text. A content security policy forbids everything that is not in the page.
"""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from importlib.resources import files
from typing import Any

from extract.compare.changes import CHANGED, Change, Comparison, change_dict, to_dict
from extract.compare.shown import in_reading_order, lines

# More than this makes a browser slow; the page then says where the rest is.
MAX_CHANGES = 20_000


def render(comparison: Comparison) -> str:
    """The page."""
    assets = files("extract.compare") / "assets"
    style = (assets / "compare.css").read_text(encoding="utf-8")
    script = (assets / "compare.js").read_text(encoding="utf-8")
    changes = in_reading_order(comparison.changes)
    data = to_dict(comparison) | {"n_changes": len(changes), "changes": [_card(c) for c in changes[:MAX_CHANGES]]}
    a, b = comparison.run_a["run_id"], comparison.run_b["run_id"]
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(f'{a} against {b}')}</title>",
            f"<style>{style}</style></head><body>",
            _BODY,
            f'<script type="application/json" id="data">{_safe_json(data)}</script>',
            f"<script>{script}</script>",
            "</body></html>",
            "",
        ]
    )


def _card(change: Change) -> dict[str, Any]:
    """A change as the page's script shows it: ``sides`` are its contexts, one where nothing in the text changed."""
    data = change_dict(change)
    sides = [data.pop("old"), data.pop("new")]
    if sides[0] == sides[1]:
        sides = [None, sides[1]]
    is_same_span = change.change == CHANGED and not any(f.name == "span" for f in change.fields)
    if is_same_span and change.table != "documents":
        sides = [None, sides[1]]
    shown = [{"name": line.name, "words": line.words} for line in lines(change)]
    fields = [f.name for f in change.fields]
    return data | {"fields": fields, "lines": shown, "old": sides[0], "new": sides[1], "note": change.note}


def _policy(style: str, script: str) -> str:
    return f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _safe_json(data: object) -> str:
    """JSON that cannot end its script element, whatever the documents say."""
    text = json.dumps(data, ensure_ascii=False)
    for character, code in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(character, code)
    return text


_BODY = """\
<header>
  <h1 id="runs"></h1>
  <p id="about"></p>
</header>
<nav aria-label="Filters">
  <label>Table <select id="table"></select></label>
  <label>Change <select id="kind"></select></label>
  <label>Rule or kind <select id="rule"></select></label>
  <label>Field <select id="field"></select></label>
  <label>Search <input id="search" type="search" placeholder="document or words"></label>
  <button id="clear" type="button">Clear</button>
  <span id="count" role="status"></span>
</nav>
<main>
  <section id="groups" aria-label="Groups" tabindex="0"><table><thead>
    <tr><th scope="col">Table</th><th scope="col">Change</th><th scope="col">Rule or kind</th>
    <th scope="col" class="number">Rows</th></tr>
  </thead><tbody></tbody></table></section>
  <section id="changes" aria-label="Changes"></section>
  <button id="more" type="button" hidden>Show more</button>
</main>
<footer>Keys: <kbd>j</kbd> <kbd>k</kbd> next, previous change · <kbd>/</kbd> search · <kbd>Esc</kbd> clear all filters ·
<kbd>g</kbd> groups</footer>"""

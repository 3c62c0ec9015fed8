"""The session on the reviewer's desk: the list of changes, wrong lines mended in place, the rest of a page accepted."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.review_keys.case import Case, Correction
from benchmarks.review_keys.counting import Count, counted, drag_over
from extract.review.app import create_app
from tests.browser import Served

# the key of the offer of a line that writes one value into one field
_OFFERED = """([line, field, right]) => {
  for (const button of document.querySelectorAll(`${line} [name=offer]`)) {
    const written = [...new URLSearchParams(button.value)].filter(([name]) => name !== "field.value_max");
    if (written.length === 1 && written[0][0] === field && written[0][1] === right)
      return button.querySelector("kbd").textContent;
  }
  return "";
}"""


def session(browser: Any, case: Case) -> Count:
    """Review all changes from the desk's first page on; the decisions are held against the case afterwards."""
    served = Served(lambda: create_app(case.desk, reviewer="ida"))
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    count = counted(context)
    tab = context.new_page()
    tab.goto(served.address)
    left = set(case.claims)
    while left:
        here = [
            i.removeprefix("claims-")
            for i in tab.evaluate("[...document.querySelectorAll('.queue a.row')].map((a) => a.id)")
        ]
        for name in here:
            if name in case.corrections and name in left:
                _correct(tab, name, case.corrections[name])
        tab.keyboard.press("p")
        tab.locator("#message", has_text="rows accepted").wait_for()
        left -= set(here)
    served.kill()
    context.close()
    _check(case)
    return count


def _correct(tab: Any, name: str, correction: Correction) -> None:
    line = f"li:has(#claims-{name})"
    tab.locator(f"{line} .facts").scroll_into_view_if_needed()
    tab.mouse.move(1, 1)
    tab.locator(f"{line} .facts").hover()
    number = tab.evaluate(_OFFERED, [line, f"field.{_column(correction)}", correction.right])
    keys = json.loads(tab.get_attribute(".queue", "data-keys"))["claims"]
    key = next(k for k, f in keys.items() if f == _column(correction))
    if number:
        tab.keyboard.press(number)
    elif correction.right in tab.inner_text(f"{line} .sentence").replace("\n", " "):
        drag_over(tab, correction.right, f"{line} .sentence")
        tab.keyboard.press(f"Shift+{key}" if key.isupper() else key)
    else:
        tab.keyboard.press(f"Shift+{key}" if key.isupper() else key)
        tab.wait_for_url("**/item/**")
        tab.keyboard.type(correction.right)
        tab.keyboard.press("Enter")
    tab.locator("#message", has_text=": fix").wait_for()
    tab.locator(f"{line} .verdict-fix").wait_for()


def _column(correction: Correction) -> str:
    return "value_min" if correction.column == "value" else correction.column


def _check(case: Case) -> None:
    """Every change has its decision, and every correction says what is right."""
    case.desk.refresh()
    for name in case.claims:
        decision = case.desk.decision(case.desk.index_of("claims", name) or 0)
        assert decision is not None, name
        correction = case.corrections.get(name)
        assert decision.verdict == ("fix" if correction else "right"), (name, decision.verdict)
        if correction and correction.column != "value":
            assert str(decision.correction[correction.column]) == correction.right, (name, decision.correction)
        elif correction:
            assert decision.correction["value_min"] == case.claims[name]["value_min"]

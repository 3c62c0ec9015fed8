"""The review pages in a real headless Chromium, by keyboard. Skips, and says so, where there is no Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from extract.review.app import create_app
from extract.review.decisions import Decisions
from extract.review.queue import Desk
from tests.browser import NEEDS_CHROMIUM, Served, axe_problems, chromium
from tests.review.desk_data import TEXT, claim, desk, frames

pytestmark = NEEDS_CHROMIUM


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server over the small desk, with a row that a later run lost."""
    lost = {"claims": pd.DataFrame([claim("old", "a third more", kind="ratio")])}
    server = Served(lambda: create_app(desk(tmp_path / "out", removed=lost), reviewer="ida"))
    yield server
    server.kill()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as started:
        yield started


@pytest.fixture
def tab(browser: Any, served: Served) -> Iterator[Any]:
    """A tab at a row, ``c1``; errors of the pages' scripts fail the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.set_default_timeout(8000)
    page.goto(f"{served.address}/item/claims/c1?table=claims")
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def store(tmp_path: Path) -> Decisions:
    return Decisions(tmp_path / "out")


def edit(tab: Any, name: str, words: str) -> None:
    tab.fill(f"#f-{name}", words)


def choose(tab: Any, name: str, value: str) -> None:
    tab.focus(f"#f-{name}")
    tab.select_option(f"#f-{name}", value)


def leave(tab: Any) -> None:
    tab.keyboard.press("Escape")


def verdicts(store: Decisions) -> dict[str, tuple[str, dict[str, Any]]]:
    return {d.row_id: (d.verdict, d.correction) for d in store.standing()}


def at(tab: Any, row_id: str) -> None:
    tab.wait_for_url(f"**/item/claims/{row_id}**")


def message(tab: Any, words: str) -> None:
    tab.locator("#message", has_text=words).wait_for()


NEW_VALUE = {"value_min": 13.0, "value_max": 13.0}


def test_enter_in_a_field_saves_the_fix(tab: Any, store: Decisions) -> None:
    edit(tab, "value_min", "13")
    tab.keyboard.press("Enter")
    at(tab, "c3")
    assert verdicts(store) == {"c1": ("fix", NEW_VALUE)}


def test_enter_in_an_untouched_field_decides_nothing(tab: Any, store: Decisions) -> None:
    tab.keyboard.press("f")
    tab.keyboard.press("Enter")
    message(tab, "Nothing is changed")
    assert verdicts(store) == {}


def test_enter_in_the_note_keeps_the_note(tab: Any, store: Decisions) -> None:
    tab.keyboard.press("m")
    tab.keyboard.type("r is a letter here")
    tab.keyboard.press("Enter")
    message(tab, "Note kept")
    assert verdicts(store) == {}
    tab.reload()
    assert tab.input_value("#note") == "r is a letter here"
    tab.keyboard.press("w")
    at(tab, "c3")
    assert [(d.verdict, d.note) for d in store.standing()] == [("wrong", "r is a letter here")]


@pytest.mark.parametrize(("key", "verdict"), [("r", "right"), ("w", "wrong"), ("x", "skip")])
def test_a_verdict_on_an_edited_row_asks_first(tab: Any, store: Decisions, key: str, verdict: str) -> None:
    edit(tab, "value_min", "13")
    leave(tab)
    tab.keyboard.press(key)
    message(tab, "You changed value_max, value_min")
    assert verdicts(store) == {}
    assert tab.input_value("#f-value_min") == "13"
    tab.keyboard.press("y")
    at(tab, "c3")
    assert verdicts(store) == {"c1": (verdict, {})}


def test_after_the_question_the_fix_can_still_be_saved(tab: Any, store: Decisions) -> None:
    edit(tab, "value_min", "13")
    leave(tab)
    tab.keyboard.press("r")
    message(tab, "You changed")
    leave(tab)
    tab.keyboard.press("y")
    tab.keyboard.press("s")
    at(tab, "c3")
    assert verdicts(store) == {"c1": ("fix", NEW_VALUE)}


@pytest.mark.parametrize("key", ["j", "n", "q", "d", "u", "reload", "back", "/"])
def test_no_way_of_leaving_loses_an_edit(tab: Any, served: Served, store: Decisions, key: str) -> None:
    edit(tab, "speaker", "Abara")
    tab.fill("#note", "half a th")
    leave(tab)
    before = tab.url
    if key == "reload":
        tab.reload()
    elif key == "back":
        tab.goto(f"{served.address}/documents")
        tab.go_back()
    else:
        tab.keyboard.press(key)
        tab.wait_for_timeout(150)
        if key != "/":
            tab.wait_for_url(lambda url: url != before)
    tab.goto(f"{served.address}/item/claims/c1")
    assert (tab.input_value("#f-speaker"), tab.input_value("#note")) == ("Abara", "half a th")
    assert verdicts(store) == {}
    tab.wait_for_timeout(300)
    tab.evaluate("localStorage.clear()")
    tab.reload()
    assert (tab.input_value("#f-speaker"), tab.input_value("#note")) == ("Abara", "half a th")


def test_a_refused_fix_keeps_what_was_typed(tab: Any, store: Decisions) -> None:
    edit(tab, "value_min", "twelve or so")
    tab.keyboard.press("Enter")
    message(tab, "no number")
    assert tab.input_value("#f-value_min") == "twelve or so"
    tab.reload()
    assert tab.input_value("#f-value_min") == "twelve or so"
    edit(tab, "value_min", "38.37 billion")
    tab.keyboard.press("Enter")
    at(tab, "c3")
    assert verdicts(store) == {"c1": ("fix", {"value_min": 3.837e10, "value_max": 3.837e10})}


def test_a_killed_server_loses_nothing(tab: Any, served: Served, store: Decisions) -> None:
    served.kill()
    edit(tab, "speaker", "Abara")
    tab.fill("#note", "half a thought")
    message(tab, "kept in this browser")
    leave(tab)
    tab.keyboard.press("s")
    message(tab, "press the key again")
    served.start()
    tab.keyboard.press("s")
    at(tab, "c3")
    assert [(d.correction, d.note) for d in store.standing()] == [({"speaker": "Abara"}, "half a thought")]


def test_a_restart_keeps_the_draft_and_the_page_works_on(tab: Any, served: Served, store: Decisions) -> None:
    tab.fill("#note", "before the restart")
    tab.wait_for_timeout(400)
    served.kill()
    served.start()
    tab.evaluate("localStorage.clear()")
    leave(tab)
    tab.keyboard.press("w")
    at(tab, "c3")
    assert [(d.verdict, d.note) for d in store.standing()] == [("wrong", "before the restart")]


def test_undo_brings_back_what_was_written(tab: Any, store: Decisions) -> None:
    edit(tab, "speaker", "Abara")
    tab.keyboard.press("Enter")
    at(tab, "c3")
    tab.keyboard.press("u")
    at(tab, "c1")
    assert verdicts(store) == {}
    assert tab.input_value("#f-speaker") == "Abara"


def test_a_second_press_on_the_way_decides_one_row(tab: Any, store: Decisions) -> None:
    press = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'r', bubbles: true}))"
    tab.evaluate(f"{press}; {press}; {press}")
    at(tab, "c3")
    assert verdicts(store) == {"c1": ("right", {})}


def test_enter_of_an_input_method_is_no_enter(tab: Any, store: Decisions) -> None:
    edit(tab, "speaker", "Abara")
    tab.evaluate(
        "document.getElementById('f-speaker').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))"
    )
    tab.wait_for_timeout(200)
    assert verdicts(store) == {}


def test_closed_sets_are_chosen_and_names_are_offered(tab: Any, store: Decisions) -> None:
    for name in ("kind", "qualifier", "status", "is_target"):
        assert tab.evaluate(f"document.getElementById('f-{name}').tagName") == "SELECT"
    offered = tab.evaluate("[...document.getElementById('f-speaker').list.options].map(o => o.value)")
    assert offered == ["Abara", "Lind"]
    choose(tab, "status", "proposed")
    tab.keyboard.press("Enter")
    at(tab, "c3")
    assert verdicts(store) == {"c1": ("fix", {"status": "proposed"})}


def test_every_field_has_a_key_of_its_own(tab: Any, store: Decisions) -> None:
    keys = tab.evaluate(
        "[...document.querySelectorAll('[data-field-key]')].map(e => e.dataset.fieldKey).filter(Boolean)"
    )
    taken = tab.evaluate("[...document.querySelectorAll('[data-key]')].map(e => e.dataset.key)")
    assert len(set(keys)) == len(keys) > 15
    assert not set(keys) & {*taken, *"rwxsuyfmzhlHLtaAjknqd"}
    for key in ("o", "r", "Enter"):
        tab.keyboard.press(key)
    at(tab, "c3")
    assert verdicts(store) == {"c1": ("fix", {"status": "rejected"})}


def test_a_key_goes_to_a_field_and_z_puts_its_value_back(tab: Any) -> None:
    tab.keyboard.press("v")
    assert tab.evaluate("document.activeElement.id") == "f-value_min"
    tab.keyboard.type("13")
    leave(tab)
    assert tab.locator(".field.edited").count() == 1
    tab.keyboard.press("z")
    assert tab.input_value("#f-value_min") == "12"
    assert tab.locator(".field.edited").count() == 0


def test_the_span_is_moved_by_keys(tab: Any, store: Decisions) -> None:
    for key in ("h", "h", "L"):
        tab.keyboard.press(key)
    assert tab.inner_text("#sentence mark") == "tin to 12 percent <"
    tab.keyboard.press("H")
    tab.keyboard.press("l")
    tab.reload()
    assert tab.inner_text("#sentence mark") == "to 12 percent"
    tab.keyboard.press("s")
    at(tab, "c3")
    start = TEXT.index("to 12 percent")
    (found,) = store.standing()
    assert (found.verdict, found.correction["start"], found.correction["text"]) == ("fix", start, "to 12 percent")


SELECT = """(words) => {
  const walker = document.createTreeWalker(document.getElementById("transcript"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
  }
}"""


def test_the_span_is_taken_from_a_selection(tab: Any, store: Decisions) -> None:
    tab.evaluate(SELECT, "We asked")
    tab.keyboard.press("t")
    message(tab, "We asked")
    tab.keyboard.press("s")
    at(tab, "c3")
    (found,) = store.standing()
    assert (found.correction["text"], found.correction["start"]) == ("We asked", TEXT.index("We asked"))


def test_a_row_that_nobody_found_is_added_by_key(tab: Any, served: Served, store: Decisions) -> None:
    tab.goto(f"{served.address}/document/talks/tin.txt")
    tab.keyboard.press("a")
    tab.evaluate(SELECT, "We asked for")
    tab.keyboard.press("a")
    tab.wait_for_url("**/add/**")
    assert tab.inner_text("#sentence mark") == "We asked for"
    choose(tab, "kind", "target")
    tab.keyboard.press("Enter")
    message(tab, "status cannot be empty")
    tab.reload()
    assert tab.input_value("#f-kind") == "target"
    choose(tab, "is_target", "yes")
    choose(tab, "status", "proposed")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/document/**")
    (found,) = store.standing()
    assert (found.verdict, found.text, found.start) == ("missed", "We asked for", TEXT.index("We asked for"))
    tab.keyboard.press("u")
    tab.locator(".message", has_text="Taken back").wait_for()
    assert store.standing() == []


def test_a_lost_row_is_called_lost_by_key(tab: Any, served: Served, store: Decisions) -> None:
    tab.goto(f"{served.address}/item/claims/before:old")
    tab.keyboard.press("w")
    tab.wait_for_url(lambda url: "old" not in url)
    assert verdicts(store) == {"before:old": ("lost", {})}


def test_filter_decide_by_keyboard_and_n_wraps(tab: Any, served: Served, store: Decisions) -> None:
    tab.goto(served.address)
    tab.select_option("select[name=table]", "claims")
    assert not tab.locator("select[name=kind] option", has_text="PERSON").is_visible()
    tab.click("text=Show")
    assert tab.locator(".queue li").count() == 4
    tab.keyboard.press("j")
    tab.keyboard.press("j")
    tab.keyboard.press("Enter")
    at(tab, "c1")
    for row in ("c3", "c2"):
        tab.keyboard.press("n")
        at(tab, row)
    tab.keyboard.press("n")
    tab.wait_for_url("**old**")
    assert "table=claims" in tab.url
    tab.keyboard.press("q")
    tab.wait_for_url(f"{served.address}/?table=claims#claims-before-old")


def test_accept_many_asks_and_one_undo_takes_them_back(tab: Any, served: Served, store: Decisions) -> None:
    tab.goto(f"{served.address}/?table=claims&kind=tariff_rate")
    tab.keyboard.press("A")
    message(tab, "Accept 2 undecided rows as right?")
    assert verdicts(store) == {}
    tab.keyboard.press("y")
    message(tab, "2 rows accepted")
    assert set(verdicts(store)) == {"c1", "c2"}
    tab.keyboard.press("u")
    message(tab, "Taken back")
    assert verdicts(store) == {}


SELECT_IN_LINE = SELECT.replace('getElementById("transcript")', 'querySelector("li:has(#claims-c1) .sentence")')


def digit(tab: Any, says: str, within: str = "form.kept") -> str:
    """The key of a likely correction."""
    return str(tab.locator(f"{within} .offers button", has_text=says).locator("kbd").inner_text()).strip()


def test_a_digit_makes_a_likely_correction_and_goes_on(tab: Any, store: Decisions) -> None:
    tab.keyboard.press(digit(tab, "proposed"))
    at(tab, "c3")
    assert verdicts(store) == {"c1": ("fix", {"status": "proposed"})}


def test_a_digit_saves_what_was_edited_too(tab: Any, store: Decisions) -> None:
    edit(tab, "value_min", "13")
    leave(tab)
    tab.keyboard.press(digit(tab, "speaker Lind"))
    at(tab, "c3")
    assert verdicts(store) == {"c1": ("fix", NEW_VALUE | {"speaker": "Lind"})}


def test_a_likely_correction_waits_for_a_killed_server(tab: Any, served: Served, store: Decisions) -> None:
    key = digit(tab, "rejected")
    served.kill()
    tab.keyboard.press(key)
    message(tab, "press the key again")
    assert tab.input_value("#f-status") == "rejected"
    served.start()
    tab.reload()
    assert tab.input_value("#f-status") == "rejected"
    tab.keyboard.press("s")
    at(tab, "c3")
    assert verdicts(store) == {"c1": ("fix", {"status": "rejected"})}


def test_the_earlier_runs_value_is_one_key_away(browser: Any, tmp_path: Path, store: Decisions) -> None:
    changes = {("claims", "c2"): {"how": "changed", "fields": [("item", "zinc", None), ("rule", "a", "b")]}}
    server = Served(lambda: create_app(desk(tmp_path / "out", changes=changes), reviewer="ida"))
    page = browser.new_page()
    page.goto(server.address)
    assert page.locator(".queue li").first.locator("del").all_inner_texts() == ["zinc"]
    page.keyboard.press("j")
    page.keyboard.press("1")
    message(page, "4 percent: fix, item zinc.")
    assert verdicts(store) == {"c2": ("fix", {"item": "zinc"})}
    server.kill()


def test_selected_words_are_written_into_a_field_by_its_key(tab: Any, store: Decisions) -> None:
    tab.evaluate(SELECT, "tin")
    tab.keyboard.press("i")
    message(tab, "item is now “tin”")
    tab.keyboard.press("Enter")
    at(tab, "c3")
    assert verdicts(store) == {"c1": ("fix", {"item": "tin"})}


def test_a_name_is_completed_while_it_is_typed_and_only_then(tab: Any, store: Decisions) -> None:
    tab.keyboard.press("S")
    tab.keyboard.type("li")
    assert tab.input_value("#f-speaker") == "Lind"
    tab.keyboard.press("Backspace")
    assert tab.input_value("#f-speaker") == "Li"
    tab.keyboard.type("n Wei")
    tab.keyboard.press("Enter")
    at(tab, "c3")
    assert verdicts(store) == {"c1": ("fix", {"speaker": "Lin Wei"})}


@pytest.fixture
def listed(tab: Any, served: Served) -> Any:
    """The tab at the list of claims as they stand in the document: a lost row after c1 (12 percent), c3, c2."""
    tab.goto(f"{served.address}/?table=claims&order=text")
    return tab


def test_lines_of_the_list_are_decided_in_place(listed: Any, store: Decisions) -> None:
    listed.mouse.move(1, 1)
    listed.locator("li:has(#claims-c3) .sentence").hover()
    listed.keyboard.press(digit(listed, "hypothetical", "li:has(#claims-c3)"))
    message(listed, "a third: fix, status hypothetical.")
    listed.locator("#claims-c2:focus").wait_for()
    listed.keyboard.press("w")
    message(listed, "4 percent: wrong.")
    assert verdicts(store) == {"c3": ("fix", {"status": "hypothetical"}), "c2": ("wrong", {})}
    assert listed.locator("header .progress").inner_text().startswith("2 of 8")
    listed.keyboard.press("u")
    message(listed, "Taken back: wrong.")
    assert listed.url.endswith("page=1&said=Taken+back%3A+wrong.#claims-c2")


def test_selected_words_of_a_line_become_a_value(listed: Any, store: Decisions) -> None:
    listed.evaluate(SELECT_IN_LINE, "tin")
    listed.keyboard.press("i")
    message(listed, "12 percent: fix, item tin.")
    assert verdicts(store) == {"c1": ("fix", {"item": "tin"})}


def test_a_fields_key_opens_the_line_there_and_enter_comes_back(listed: Any, store: Decisions) -> None:
    listed.keyboard.press("j")
    listed.keyboard.press("v")
    listed.wait_for_url("**/item/**")
    assert listed.evaluate("document.activeElement.id") == "f-value_min"
    listed.keyboard.type("13")
    listed.keyboard.press("Enter")
    message(listed, "12 percent: fix")
    assert verdicts(store) == {"c1": ("fix", NEW_VALUE)}
    listed.locator("#claims-c1:focus").wait_for()


def test_a_line_that_is_refused_says_why(listed: Any, store: Decisions) -> None:
    listed.evaluate(SELECT_IN_LINE, "duty on")
    listed.keyboard.press("v")
    message(listed, "no number")
    assert verdicts(store) == {}


def test_the_rest_of_a_page_is_accepted_with_one_key_and_taken_back_with_one(listed: Any, store: Decisions) -> None:
    listed.keyboard.press("j")
    listed.keyboard.press("w")
    message(listed, "12 percent: wrong.")
    listed.keyboard.press("p")
    message(listed, "3 rows accepted")
    assert verdicts(store) == {
        "c1": ("wrong", {}), "c2": ("right", {}), "c3": ("right", {}), "before:old": ("gone", {}),
    }  # fmt: skip
    listed.keyboard.press("u")
    message(listed, "Taken back: 3 rows")
    assert verdicts(store) == {"c1": ("wrong", {})}


def test_a_line_waits_for_a_killed_server(listed: Any, served: Served, store: Decisions) -> None:
    served.kill()
    listed.keyboard.press("j")
    listed.keyboard.press("r")
    message(listed, "press the key again")
    served.start()
    listed.keyboard.press("r")
    message(listed, "12 percent: right.")
    assert verdicts(store) == {"c1": ("right", {})}


def test_the_question_mark_shows_all_keys(tab: Any) -> None:
    tab.keyboard.press("?")
    assert tab.get_by_role("dialog").is_visible()
    shown = " ".join(tab.locator("dialog kbd").all_inner_texts()).split()
    assert {
        "r",
        "w",
        "x",
        "s",
        "u",
        "y",
        "f",
        "m",
        "z",
        "h",
        "l",
        "H",
        "L",
        "t",
        "a",
        "A",
        "j",
        "k",
        "n",
        "q",
        "d",
    } <= set(shown)
    tab.keyboard.press("r")
    tab.keyboard.press("Escape")
    assert not tab.get_by_role("dialog").is_visible()
    assert tab.url.endswith("c1?table=claims")


def test_two_tabs_at_once(browser: Any, served: Served, store: Decisions) -> None:
    first, second = browser.new_page(), browser.new_page()
    first.goto(f"{served.address}/item/claims/c1?table=claims&kind=tariff_rate")
    second.goto(f"{served.address}/item/claims/c2?table=claims&kind=tariff_rate")
    first.keyboard.press("r")
    at(first, "c2")
    second.keyboard.press("w")
    second.wait_for_url(lambda url: "/item/claims/c2" not in url)
    assert verdicts(store) == {"c1": ("right", {}), "c2": ("wrong", {})}
    first.reload()
    assert "2 of 8 decided" in first.inner_text("header")


def test_a_script_in_a_document_does_not_run(tab: Any, served: Served) -> None:
    for path in ("/", "/item/claims/c1", "/document/talks/tin.txt"):
        tab.goto(served.address + path)
        assert "owned" not in tab.title()
        assert "<script>" in tab.inner_text("main")


@pytest.mark.parametrize("doc_id", ["50% cut.txt", "x%2Fy.txt", "what? no#1 ü&c.txt"])
def test_any_name_of_a_document_can_be_opened(browser: Any, tmp_path: Path, doc_id: str) -> None:
    tables = {name: frame.assign(doc_id=doc_id) for name, frame in frames().items()}
    server = Served(lambda: create_app(Desk(tmp_path, "run-1", {doc_id: TEXT}, tables), reviewer="ida"))
    page = browser.new_page()
    page.goto(f"{server.address}/item/claims/c1")
    page.keyboard.press("d")
    page.wait_for_url("**/document/**")
    assert page.inner_text("h1") == doc_id
    page.click("text=its rows")
    page.locator(".count", has_text="7 rows").wait_for()
    server.kill()


PAGES = ("/", "/item/claims/c1", "/item/claims/before:old", "/documents", "/document/talks/tin.txt")
PAGES += ("/reviewers", "/gone", "/add/talks/tin.txt?span.start=11&span.end=18", "/nowhere")


@pytest.mark.parametrize("width", [1280, 560])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_fits_and_can_be_read(browser: Any, served: Served, scheme: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{served.address}/item/claims/c2")
    page.keyboard.press("r")
    page.wait_for_url(lambda url: "/item/claims/c2" not in url)
    for path in PAGES:
        page.goto(served.address + path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.locator("h1").count() == 1, path
    for path in PAGES:
        page.goto(served.address + path)
        assert axe_problems(page) == [], path
    context.close()

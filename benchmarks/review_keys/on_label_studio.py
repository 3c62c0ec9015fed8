"""The session in Label Studio: the same claims as tasks with predictions, in its stream of tasks to be labelled.

The project is set up so that each act is as short as Label Studio allows: predictions fill the annotation beforehand,
phrases are regions with a key for each label, closed sets are choices with a key for each, speakers are offered,
the value and the period are fields of text; a task that is right is submitted by one chord.
"""

from __future__ import annotations

import json
import re
from typing import Any
from xml.sax.saxutils import quoteattr

from benchmarks.review_keys.case import PHRASES, STATUSES, Case, Correction
from benchmarks.review_keys.counting import Count, counted, drag_over

_KEYS = {"measure": "q", "item": "w", "actor": "e", "partner": "r"}
_STATUS_KEYS = dict(zip(STATUSES, "asdfg", strict=True))
_CHANGE_KEYS = {"rise": "z", "fall": "x"}


def _config(speakers: list[str]) -> str:
    def choices(name: str, keys: dict[str, str]) -> str:
        inner = "".join(f'<Choice value={quoteattr(v)} hotkey="{k}"/>' for v, k in keys.items())
        return f'<Choices name="{name}" toName="text" choice="single" showInline="true">{inner}</Choices>'

    labels = "".join(f'<Label value="{name}" hotkey="{key}"/>' for name, key in _KEYS.items())
    offered = "".join(f"<Choice value={quoteattr(name)}/>" for name in speakers)
    return (
        f'<View><Header value="$row"/><Labels name="role" toName="text">{labels}</Labels>'
        f'<Text name="text" value="$sentence"/>{choices("status", _STATUS_KEYS)}{choices("change", _CHANGE_KEYS)}'
        f'<Choices name="speaker" toName="text" choice="single" showInline="true">{offered}</Choices>'
        + "".join(
            f'<Header value="{n}"/><TextArea name="{n}" toName="text" editable="true" maxSubmissions="1"/>'
            for n in ("value", "period")
        )
        + "</View>"
    )


def session(browser: Any, case: Case, address: str, user: str, password: str) -> tuple[Count, str]:
    """Make the project, then label all its tasks; the annotations are held against the case afterwards.

    Returns what was counted, and the version of Label Studio.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 1400})
    tab = context.new_page()
    headers = _sign_in(tab, address, user, password)
    project = _project(context, headers, address, case)
    tab.close()
    count = counted(context)
    tab = context.new_page()
    tab.goto(f"{address}/projects/{project}/data")
    tab.get_by_text("Label All Tasks").first.click()
    name = ""
    for _ in case.claims:
        tab.wait_for_function(f"(before) => ![before, ''].includes(({_SHOWN})())", arg=name)
        tab.get_by_role("button", name="Submit").first.wait_for()
        name = str(tab.evaluate(_SHOWN))
        if name in case.corrections:
            _correct(tab, case.corrections[name])
        with tab.expect_response(lambda r: "/annotations" in r.url and r.request.method == "POST"):
            tab.keyboard.press("Control+Enter")
    _check(context, headers, f"{address}/api/projects/{project}/export?exportType=JSON", case)
    version = context.request.get(f"{address}/api/version", headers=headers).json()["release"]
    context.close()
    return count, version


# the name of the row in the task's head
_ROW = "claim:"
_SHOWN = """() => (document.body.innerText.match(/claim:([0-9a-zA-Z_-]+)/) ?? ["", ""])[1]"""


def _sign_in(tab: Any, address: str, user: str, password: str) -> dict[str, str]:
    tab.goto(f"{address}/user/login/")
    tab.fill("input[name=email]", user)
    tab.fill("input[name=password]", password)
    tab.click("button[type=submit]")
    tab.wait_for_url(lambda url: "login" not in url)
    found = next(c["value"] for c in tab.context.cookies() if c["name"] == "csrftoken")
    return {"X-CSRFToken": found, "Referer": address, "Content-Type": "application/json"}


def _project(context: Any, headers: dict[str, str], address: str, case: Case) -> int:
    speakers = sorted({str(row["speaker"]) for row in case.claims.values() if row["speaker"]})
    about = {"title": "changes", "label_config": _config(speakers), "sampling": "Sequential sampling"}
    made = context.request.post(f"{address}/api/projects", headers=headers, data=json.dumps(about)).json()
    tasks = [_task(name, row, case.corrections.get(name)) for name, row in case.claims.items()]
    place = f"{address}/api/projects/{made['id']}"
    context.request.post(f"{place}/import?commit_to_project=true", headers=headers, data=json.dumps(tasks))
    shown = {"show_collab_predictions": True, "model_version": "run"}
    assert context.request.patch(place, headers=headers, data=json.dumps(shown)).ok
    return int(made["id"])


def _task(name: str, row: dict[str, Any], wrong: Correction | None) -> dict[str, Any]:
    row = dict(row, value=row["value_min"])
    if wrong:
        row[wrong.column] = wrong.wrong
    sentence, found = " ".join(str(row["sentence"]).split()), []
    for column in PHRASES:
        at = sentence.find(str(row[column])) if row[column] else -1
        if at >= 0:
            ends = {"start": at, "end": at + len(str(row[column])), "text": row[column], "labels": [column]}
            found.append(_result("role", "labels", ends))
    for column in ("status", "change", "speaker"):
        if row[column]:
            found.append(_result(column, "choices", {"choices": [str(row[column])]}))
    for column in ("value", "period"):
        if row[column] is not None:
            found.append(_result(column, "textarea", {"text": [str(row[column])]}))
    return {
        "data": {"row": f"{_ROW}{name}", "sentence": sentence},
        "predictions": [{"model_version": "run", "result": found}],
    }


def _result(name: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    number = f"{name}-{value.get('labels', [''])[0]}"
    return {"id": number, "from_name": name, "to_name": "text", "type": kind, "value": value}


def _correct(tab: Any, correction: Correction) -> None:
    if correction.column in PHRASES:
        if correction.wrong is not None:
            tab.locator(".htx-highlight", has_text=re.compile(f"^{re.escape(correction.wrong)}$")).first.click()
            tab.keyboard.press("Backspace")
        tab.keyboard.press(_KEYS[correction.column])
        drag_over(tab, " ".join(correction.right.split()), ".lsf-htx-richtext")
    elif correction.column in ("status", "change"):
        tab.keyboard.press((_STATUS_KEYS | _CHANGE_KEYS)[correction.right])
    elif correction.column == "speaker":
        tab.locator(".lsf-choice", has_text=re.compile(rf"^\s*{re.escape(correction.right)}\b")).first.click()
    else:
        _write(tab, correction)


def _write(tab: Any, correction: Correction) -> None:
    if correction.wrong is not None:
        tab.locator(f"[name^='{correction.column}:']").hover()
        tab.get_by_test_id("htx-textbox-edit-button").first.click()
        tab.keyboard.press("Control+A")
    else:
        tab.locator(f"[name={correction.column}]").first.click()
    tab.keyboard.type(correction.right)
    tab.keyboard.press("Enter")


def _check(context: Any, headers: dict[str, str], address: str, case: Case) -> None:
    """Every task has its annotation, and every correction says what is right."""
    told = {
        t["data"]["row"].removeprefix(_ROW): t["annotations"]
        for t in context.request.get(address, headers=headers).json()
    }
    assert all(len(told[name]) == 1 for name in case.claims)
    for name, correction in case.corrections.items():
        said = json.dumps(told[name][0]["result"], ensure_ascii=False)
        assert json.dumps(" ".join(correction.right.split()), ensure_ascii=False)[1:-1] in said, (
            name,
            correction,
            said,
        )

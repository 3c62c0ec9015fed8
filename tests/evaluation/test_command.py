"""``extract evaluate`` and ``extract review --export``, on tables of a few words."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from extract.cli import app
from extract.review.app import create_app
from extract.review.load import load_desk
from tests.published import TEXT, publish_text


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_text(tmp_path_factory.mktemp("evaluate"))


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Gold that names one date, which is in the text."""
    start = TEXT.index("1994")
    date = {"start": start, "end": start + 4, "text": "1994", "type": "DATE", "value": "1994"}
    record = {
        "doc": "talks/tin.txt",
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "document": {"genre": "transcript"},
        "dates": [date | {"start_date": "1994-01-01", "end_date": "1994-12-31", "anchor": "explicit"}],
    }
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "tin.json").write_text(json.dumps(record), encoding="utf-8")
    return tmp_path / "gold"


def test_scores_are_printed(out: Path, gold: Path) -> None:
    done = call("evaluate", out, gold, "--errors", "3")
    assert done.exit_code == 0
    assert "dates.value" in done.stdout
    figures = json.loads(call("evaluate", out, gold, "--json").stdout)
    assert figures["dates.value"] == 1.0


def test_the_report_has_figures_by_genre(out: Path, gold: Path, tmp_path: Path) -> None:
    assert call("evaluate", out, gold, "--report", tmp_path / "quality.json").exit_code == 0
    told = json.loads((tmp_path / "quality.json").read_text(encoding="utf-8"))
    assert {genre: some["documents"] for genre, some in told["genres"].items()} == {"all": 1, "transcript": 1}
    assert told["genres"]["transcript"]["figures"]["dates.value"] == 1.0


def test_floors_rise_and_hold_a_run(out: Path, gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    assert call("evaluate", out, gold, "--floors", floors, "--update-floors").exit_code == 0
    assert call("evaluate", out, gold, "--floors", floors).exit_code == 0
    data = json.loads(floors.read_text(encoding="utf-8"))
    data["floors"]["dates.value"] = 1.5
    floors.write_text(json.dumps(data), encoding="utf-8")
    done = call("evaluate", out, gold, "--floors", floors)
    assert done.exit_code == 1
    assert "dates.value: 1.0000 is below its floor 1.5000" in done.stderr
    done = call("evaluate", out, gold, "--floors", floors, "--update-floors")
    assert done.exit_code == 2
    assert "--reason" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--floors", "none.json"], "no floor file"),
        (["--update-floors"], "needs --floors FILE"),
        (["--reviews"], "no decisions yet"),
    ],
)
def test_what_cannot_be_scored_says_why(out: Path, gold: Path, arguments: list[str], message: str) -> None:
    done = call("evaluate", out, gold, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr


def test_no_gold_and_no_tables(out: Path, gold: Path, tmp_path: Path) -> None:
    assert "no gold files" in call("evaluate", out, tmp_path / "empty").stderr
    assert "run `extract run` first" in call("evaluate", tmp_path, gold).stderr
    assert "no run has published" in call("review", "--out", tmp_path / "empty", "--export", "gold").stderr


def test_decisions_give_precision_and_gold_files(tmp_path: Path) -> None:
    out = publish_text(tmp_path)
    desk = load_desk(out)
    dates = desk.rows.index[desk.rows["table"] == "dates"]
    assert len(dates)
    for index in dates:
        desk.decisions.record(desk.subject_in_full(int(index)), "right", reviewer="ida", run_id=desk.run_id)
    done = call("evaluate", out, "--reviews")
    assert done.exit_code == 0
    assert "dates / DATE" in done.stdout
    assert json.loads(call("evaluate", out, "--reviews", "--json").stdout)["regressions"] == []
    done = call("review", "--out", out, "--export", "gold", "--to", tmp_path / "gold")
    assert done.exit_code == 0
    gold = json.loads((tmp_path / "gold" / "talks--tin.txt.json").read_text(encoding="utf-8"))
    assert [d["text"] for d in gold["dates"]] == ["1994"]
    figures = json.loads(call("evaluate", out, tmp_path / "gold", "--json").stdout)
    assert figures["dates.value"] == 1.0
    assert "only 'gold'" in call("review", "--out", out, "--export", "csv").stderr


def test_a_decision_holds_a_later_run(tmp_path: Path) -> None:
    out = publish_text(tmp_path)
    desk = load_desk(out)
    index = desk.rows.index[desk.rows["table"] == "dates"][0]
    desk.decisions.record(desk.subject_in_full(int(index)), "right", reviewer="ida", run_id=desk.run_id)
    publish_text(tmp_path, "Foreword.\n\n" + TEXT)
    assert call("evaluate", out, "--reviews").exit_code == 0
    publish_text(tmp_path, TEXT.replace("1994", "the past"))
    done = call("evaluate", out, "--reviews")
    assert done.exit_code == 1
    assert "lost" in done.stdout


def test_what_changed_between_two_runs_comes_first(tmp_path: Path) -> None:
    out = publish_text(tmp_path)
    first = load_desk(out).run_id
    publish_text(tmp_path, TEXT.replace("1994", "1995"))
    desk = load_desk(out, first, load_desk(out).run_id)
    assert desk.rows.iloc[0]["change"] in ("added", "changed")
    (date,) = [c for (table, _), c in desk.changes.items() if table == "dates"]
    assert date["how"] == "changed"
    assert ("value", "1994", "1995") in date["fields"]


def test_what_the_later_run_lost_is_in_the_queue(tmp_path: Path) -> None:
    out = publish_text(tmp_path)
    first = load_desk(out).run_id
    publish_text(tmp_path, "Foreword.\n\n" + TEXT.replace(" in 1994", ""))
    desk = load_desk(out, first, load_desk(out).run_id)
    (lost,) = [i for i, item in enumerate(desk.items) if item.is_lost and item.table == "dates"]
    assert (desk.items[lost].text, desk.record(lost)["value"]) == ("1994", "1994")
    assert desk.text_of(lost)[desk.items[lost].start : desk.items[lost].end] == "1994"
    assert lost < sum(item.change != "" for item in desk.items)


def test_a_newer_run_is_announced_with_the_way_over(tmp_path: Path) -> None:
    out = publish_text(tmp_path)
    desk = load_desk(out)
    client = TestClient(create_app(desk, reviewer="ida"), base_url="http://127.0.0.1")
    assert "There is a newer run" not in client.get("/").text
    publish_text(tmp_path, "Foreword.\n\n" + TEXT)
    assert "There is a newer run" in client.get("/").text
    after = client.post("/newest", data={"token": desk.decisions.token()}).text
    assert "This is the newest run" in after
    assert load_desk(out).run_id in after
    assert "There is a newer run" not in client.get("/").text

"""The review pages over HTTP: queue, filters, decisions, safety."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from extract.review.app import create_app
from extract.review.decisions import Decisions
from tests.review.desk_data import desk


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    return TestClient(create_app(desk(tmp_path), reviewer="ida"), follow_redirects=False)


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/").text)
    assert found
    return found[1]


def decide(client: TestClient, row_id: str = "c1", verdict: str = "right", **form: str):
    data = {"token": token(client), "table": "claims", "row_id": row_id, "verdict": verdict} | form
    return client.post("/decide", data=data)


def test_the_most_doubtful_row_comes_first(client: TestClient) -> None:
    rows = re.findall(r'href="/item/(\w+)/(\w+)', client.get("/").text)
    assert rows[:3] == [("claims", "c1"), ("claims", "c3"), ("claims", "c2")]
    assert len(rows) == 7


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("table=dates", ["d1"]),
        ("kind=ratio", ["c3"]),
        ("rule=rate_of", ["c1", "c2"]),
        ("confidence=0.6", ["c1", "c3"]),
        ("table=claims&doc=talks/tin.txt&kind=tariff_rate", ["c1", "c2"]),
        ("doc=unknown.txt", []),
        ("confidence=high&page=nine", ["c1", "c3", "c2", "d1", "e1", "t1", "t2"]),
    ],
)
def test_filters(client: TestClient, query: str, expected: list[str]) -> None:
    found = re.findall(r'href="/item/\w+/(\w+)', client.get(f"/?{query}").text)
    assert sorted(found) == sorted(expected)


def test_a_document_cannot_put_markup_into_a_page(client: TestClient) -> None:
    for address in ("/", "/item/claims/c1", "/document/talks/tin.txt"):
        answer = client.get(address)
        assert "<script>document" not in answer.text
        assert "&lt;script&gt;" in answer.text
        assert "default-src 'self'" in answer.headers["content-security-policy"]


def test_a_decision_is_kept_and_the_next_row_comes(client: TestClient, tmp_path: Path) -> None:
    answer = decide(client)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/item/claims/c3"
    (found,) = Decisions(tmp_path).standing()
    assert (found.verdict, found.reviewer, found.run_id, found.rule) == ("right", "ida", "run-1", "rate_of")
    assert "1 of 7 decided" in client.get("/").text


def test_a_decision_keeps_the_filters(client: TestClient) -> None:
    assert decide(client, **{"filter.kind": "tariff_rate"}).headers["location"] == "/item/claims/c2?kind=tariff_rate"


def test_a_fix_keeps_only_what_was_changed(client: TestClient, tmp_path: Path) -> None:
    form = {"field.value_min": "13", "field.value_max": "12", "field.status": "planned", "field.speaker": "Abara"}
    decide(client, verdict="fix", **form)
    (found,) = Decisions(tmp_path).standing()
    assert found.correction == {"value_min": 13.0, "speaker": "Abara"}


def test_a_fix_that_is_no_number_says_so_and_records_nothing(client: TestClient, tmp_path: Path) -> None:
    answer = decide(client, verdict="fix", **{"field.value_min": "twelve"})
    assert "no+number" in answer.headers["location"]
    assert Decisions(tmp_path).standing() == []


def test_undo_goes_back_to_the_row(client: TestClient, tmp_path: Path) -> None:
    decide(client)
    answer = client.post("/undo", data={"token": token(client)})
    assert answer.headers["location"].startswith("/item/claims/c1")
    assert Decisions(tmp_path).standing() == []


@pytest.mark.parametrize("form", [{}, {"token": "guessed"}])
def test_a_decision_without_the_pages_token_is_refused(client: TestClient, tmp_path: Path, form: dict) -> None:
    answer = client.post("/decide", data=form | {"table": "claims", "row_id": "c1", "verdict": "right"})
    assert answer.status_code == 403
    assert Decisions(tmp_path).standing() == []


def test_another_name_for_this_address_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("address", ["/item/claims/none", "/document/none.txt", "/item/none/c1", "/nowhere"])
def test_what_is_not_there_says_so(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_second_tab_sees_the_first_ones_decision(tmp_path: Path) -> None:
    first, second = (
        TestClient(create_app(desk(tmp_path), reviewer=who), follow_redirects=False) for who in ("ida", "otto")
    )
    decide(first)
    assert "1 of 7 decided" in second.get("/").text


def test_a_decision_follows_its_row_to_a_later_run_or_is_said_to_be_gone(tmp_path: Path) -> None:
    earlier = desk(tmp_path)
    client = TestClient(create_app(earlier, reviewer="ida"), follow_redirects=False)
    decide(client, "c1")
    decide(client, "c3", "wrong")
    later = desk(tmp_path, run_id="run-2")
    later.frames["claims"] = later.frames["claims"].replace({"claim_id": {"c1": "x1"}}).query("claim_id != 'c3'")
    later.__post_init__()
    text = TestClient(create_app(later, reviewer="ida")).get("/").text
    assert "1 of 6 decided" in text
    assert "1 decided row gone" in text


def test_a_hundred_thousand_rows_come_in_pages(tmp_path: Path) -> None:
    client = TestClient(create_app(desk(tmp_path, copies=33_400), reviewer="ida"), follow_redirects=False)
    started = time.perf_counter()
    text = client.get("/?page=1000").text
    assert text.count('class="row"') == 50
    assert "100,204 rows" in text
    assert time.perf_counter() - started < 2.0

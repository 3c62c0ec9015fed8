"""Claims: what figures mean (cases in markup), by share of fields right; targets, links, speakers, segments."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extract.components.claims.component import ClaimReader
from extract.components.claims.status import status_of, target_status
from extract.components.rows import ClaimRow
from extract.normalize.table_labels import plain_measure
from tests.claim_cases import Case, Expected, read

PHRASES = {"measure", "item", "actor", "partner", "speaker"}
# Shares of fields right on both case files when they were last improved; they only rise.
FLOORS = {"found": 0.94, "measure": 0.86, "item": 0.6, "status": 0.96, "target": 0.92, "actor": 0.88, "link": 1.0}


def words(value: str | None) -> set[str]:
    return set(re.findall(r"\w+", (value or "").casefold())) - {"the", "a", "an", "of", "s"}


def same_phrase(a: str | None, b: str | None) -> bool:
    left, right = words(a), words(b)
    if not left or not right:
        return not left and not right
    return 2 * len(left & right) / (len(left) + len(right)) >= 0.5


def is_found(expected: Expected, row: ClaimRow) -> bool:
    value = row["value_min"]
    number = expected.low is None if value is None else value == pytest.approx(expected.low)
    return number and (row["kind"], row["unit"], row["qualifier"]) == (
        expected.kind,
        expected.unit,
        expected.qualifier,
    )


def compare(case: Case, rows: list[ClaimRow], right: Counter[str], total: Counter[str]) -> None:
    total["found"] += max(len(rows), len(case.expected))
    for expected in case.expected:
        row = next((r for r in rows if r["start"] < expected.end and expected.start < r["end"]), None)
        if row is None:
            continue
        right["found"] += is_found(expected, row)
        fields = {"target": "yes" if expected.kind == "target" else "no"} | expected.fields
        for key, value in fields.items():
            got = ("yes" if row["is_target"] else "no") if key == "target" else row[key]  # type: ignore[literal-required]
            total[key] += 1
            right[key] += same_phrase(value, got) if key in PHRASES else got == value


@pytest.mark.slow
@pytest.mark.parametrize("name", ["claims_meaning.txt", "claims_heldout.txt"])
def test_cases_stay_above_their_floors(nlp: Language, name: str) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case in read(name):
        compare(case, nlp(case.text)._.claims, right, total)
    shares = {key: right[key] / total[key] for key in FLOORS if total[key]}
    assert not {key: share for key, share in shares.items() if share < FLOORS[key]}


STATUSES = {
    ("Lorana will never accept a ", " levy."): "rejected",
    ("If talks fail, duties of ", " would follow."): "hypothetical",
    ("She announced that duties would be ", "."): "planned",
    ("They threatened to impose a ", " duty."): "proposed",
    ("Output rose by ", " in May."): "fact",
    ("Tariffs of ", " were rejected by the council."): "rejected",
    ("A fee of ", " will take effect."): "planned",
    ("He denied that it had cost ", "."): "rejected",
}


@pytest.mark.parametrize(("sides", "status"), STATUSES.items())
def test_status(sides: tuple[str, str], status: str) -> None:
    assert status_of(*sides) == status


def test_an_existing_thing_is_a_fact_whatever_is_wanted() -> None:
    assert status_of("They pushed her to lift the ", " duty.", attributive=True) == "fact"


def test_status_of_targets() -> None:
    assert target_status("Setting ", " harms trade.") == "rejected"
    assert target_status("We are not pursuing only ", ".") == "proposed"
    assert target_status("If Lorana accepted ", ", what then?") == "hypothetical"


@pytest.mark.parametrize(
    ("targets", "text"),
    [
        ([], "The envoy feared a cut of 30 percent in its quota."),
        ([], "Lorana asked for a 12 percent rise in the ceiling on lamb."),
        ([], "The board wrote of a reduction of 2 million tons in their quota."),
        (["quota"], "The envoy feared a cut in its quota."),
        (["quota"], "Prices rose 4 percent, and Lorana will not accept any quota."),
        (["ceiling"], "It sold 3 million tons to Peru and refused the ceiling."),
    ],
)
def test_a_target_of_which_a_figure_tells_is_no_claim(nlp: Language, targets: list[str], text: str) -> None:
    assert [row["text"].split()[-1] for row in nlp(text)._.claims if row["kind"] == "target"] == targets


def test_links(nlp: Language) -> None:
    text = "Imports rose from $5 billion in 1990 to $9 billion in 1995 (900 billion yen)."
    rows = nlp(text)._.claims
    assert [row["link"] for row in rows] == ["from", "to", "converts"]
    assert [row["linked_start"] for row in rows] == [rows[1]["start"], rows[0]["start"], rows[1]["start"]]


@pytest.mark.parametrize(
    "text",
    [
        "Chile lowered its tariff on boots by 5 percentage points, to 12 percent from 17 percent.",
        "Norland raised the duty on tea by 4 percentage points, from 6 percent to 10 percent.",
        "Sweden cut its import duty on wool by 2 percentage points to 9 percent from 11 percent.",
    ],
)
def test_the_size_of_a_change_whose_ends_are_told_is_no_rate(nlp: Language, text: str) -> None:
    assert [row["kind"] for row in nlp(text)._.claims] == ["percent", "tariff_rate", "tariff_rate"]


def test_no_claims_outside_claim_segments(nlp: Language) -> None:
    doc = nlp.make_doc("It cost $5 million.")
    for name, component in nlp.pipeline:
        if name == "trade_claims":
            doc._.segments = [{"kind": "footer", "language": "en", "start": 0, "end": len(doc.text)}]
        doc = component(doc)
    assert doc._.figures
    assert not doc._.claims


def test_one_figure_one_claim_and_rows_survive_bytes(nlp: Language) -> None:
    text = " ".join(case.text for case in read("claims_meaning.txt"))
    doc = nlp(text)
    starts = [(row["start"], row["end"]) for row in doc._.claims if row["kind"] != "target"]
    assert len(starts) == len(set(starts)) == len(doc._.figures)
    assert all(isinstance(row["rule"], str) and 0 <= row["confidence"] <= 1 for row in doc._.claims)
    doc.to_bytes()


@pytest.mark.parametrize("text", ["", "\x00", "(" * 3000, "$5 " * 500, "“$5 million", "5 percent of of", "no quotas"])
def test_no_text_raises(nlp: Language, text: str) -> None:
    nlp(text)


def test_without_a_model(blank: Language) -> None:
    doc = blank("Lorana imposed a 25 percent tariff on steel. Nobody was pleased.")
    (row,) = doc._.claims
    assert (row["text"], row["sentence"]) == ("25 percent", "Lorana imposed a 25 percent tariff on steel.")
    assert (row["kind"], row["value_min"], row["measure"]) == ("tariff_rate", 25, None)


def test_status_of_written_sentences(nlp: Language) -> None:
    """At least nine in ten of the sentences that were written to break the cues."""
    lines = (Path(__file__).parents[1] / "cases" / "claims_status.txt").read_text(encoding="utf-8").splitlines()
    cases = [line.split("|", 1) for line in lines if not line.startswith("#")]
    wrong = [text for status, text in cases if nlp(text)._.claims[0]["status"] != status]
    assert len(wrong) <= len(cases) * 0.1, wrong


def test_figures_to_be_met_in_written_sentences(nlp: Language) -> None:
    lines = (Path(__file__).parents[1] / "cases" / "claims_to_meet.txt").read_text(encoding="utf-8").splitlines()
    cases = [line.split("|", 1) for line in lines if not line.startswith("#")]
    wrong = [text for met, text in cases if figure_rows(nlp(text))[-1]["is_target"] != (met == "1")]
    assert len(wrong) <= 4, wrong  # a learnt judgement: on unseen texts F1 rose from 0.62 to 0.70


def figure_rows(doc: Doc) -> list[ClaimRow]:
    return sorted((row for row in doc._.claims if row["kind"] != "target"), key=lambda row: row["start"])


@pytest.mark.parametrize("name", ["claims_documents_developed.txt", "claims_documents_set_aside.txt"])
def test_whole_documents_stay_above_their_floors(nlp: Language, name: str) -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case in read(name):
        compare(case, nlp(case.text)._.claims, right, total)
    assert right["found"] / total["found"] > 0.8
    assert right["status"] / total["status"] > 0.8


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Minister Abara said Ghana would cut its duty on tin to 12 percent.", "planned"),
        ("The minister said that Kenya would raise the levy to 15 percent next year.", "planned"),
        ("Lee said the duty on grapes would fall to 40 percent if talks went well.", "hypothetical"),
        ("Analysts say the tariff would lower growth by 2 percent.", "hypothetical"),
    ],
)
def test_who_says_that_a_rate_would_move_tells_a_plan(nlp: Language, text: str, status: str) -> None:
    assert [row["status"] for row in figure_rows(nlp(text))] == [status]


def _plain(measure: str | None, item: str | None, actor: str | None) -> tuple[str | None, ...]:
    return tuple(plain_measure({"measure": measure, "item": item, "actor": actor}).values())


def test_measure_item_and_actor_stand_in_columns_of_their_own() -> None:
    assert _plain("duty on tin", None, None) == ("duty", "tin", None)
    assert _plain("Canada's tariff", "canola oil", None) == ("tariff", "canola oil", "Canada")
    assert _plain("trade surplus", None, "we") == ("trade surplus", None, "we")


ORIGINS = {
    "Except as otherwise provided, all copper articles of Norway described in the annex shall be subject to an"
    " additional ad valorem rate of duty of 35 percent, effective for goods entered on or after May 1, 2031.": "Norway",
    "Bicycles that are products of Peru shall bear a rate of duty of 12 percent ad valorem as of March 3.": "Peru",
    "The rate of duty on timber products from Kenya is increased to 45 percent, effective July 1, 2029.": "Kenya",
}


@pytest.mark.parametrize(("text", "partner"), ORIGINS.items())
def test_the_partner_of_a_duty_is_where_the_goods_come_from(nlp: Language, text: str, partner: str) -> None:
    (row,) = nlp(text)._.claims
    assert (row["kind"], row["partner"]) == ("tariff_rate", partner)


def test_the_country_of_a_ministry_is_no_origin(nlp: Language) -> None:
    reader = ClaimReader(nlp("The ministry of Peru published a general rate of duty of 12 percent on bicycles."))
    assert reader.origins.nearest(reader.subject(reader.figures[0])) is None


@pytest.mark.parametrize(
    "text",
    [
        "The duty on tin wire stands at 30 percent, while copper wire pays 10 percent.",
        "Norland's tariff on maize is 12 percent, and rye pays 4 percent.",
        "Tariffs on cloth reach 40 percent; yarn pays 15 percent.",
    ],
)
def test_a_list_of_rates_keeps_its_kind(nlp: Language, text: str) -> None:
    talk = "The ministers met for lunch. Trade had grown, and the harbour was full of ships. " * 6
    assert [claim["kind"] for claim in nlp(f"{talk}{text} {talk}")._.claims] == ["tariff_rate", "tariff_rate"]

"""``extract evaluate``: scores against gold, floors, and what reviewers' decisions say."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from extract.errors import ExtractError
from extract.runs.telling import plain

if TYPE_CHECKING:
    from extract.evaluation.estimates import Estimate
    from extract.evaluation.reviews import Regression
    from extract.evaluation.scores import Tally
    from extract.review.agreement import Agreement

BELOW_FLOOR = 1


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evaluate", epilog="Example: extract evaluate data/processed tests/gold --errors 20")(evaluate)


def evaluate(
    tables: Path = typer.Argument(Path("data/processed"), help="Folder of the tables."),
    gold: Path = typer.Argument(Path("tests/gold"), help="Folder of the gold files (JSON, one a document)."),
    floors: Path | None = typer.Option(
        None, "--floors", help="Floor file (JSON): exit 1 if a figure is below its floor."
    ),
    update_floors: bool = typer.Option(
        False, "--update-floors", help="Raise the floors of --floors to what is measured."
    ),
    reason: str | None = typer.Option(None, "--reason", help="Why floors fall; without one they only rise."),
    errors: int = typer.Option(0, "--errors", min=0, help="Show the first N errors of each table."),
    report: Path | None = typer.Option(
        None, "--report", help="Write the figures, of all documents and by genre, to this file (JSON)."
    ),
    reviews: bool = typer.Option(False, "--reviews", help="Score against reviewers' decisions instead of gold."),
    as_json: bool = typer.Option(False, "--json", help="Print the figures as JSON."),
) -> None:
    """Score the tables against gold, or against decisions.

    Exit codes: 0 all floors hold (or none were named), 1 a figure is below its floor or a decided row went wrong again,
    2 it could not be scored.
    """
    if reviews:
        raise typer.Exit(_reviews(tables, as_json))
    from extract.evaluation.floors import FloorError
    from extract.evaluation.scores import GoldError, score

    try:
        tally = score(tables, gold)
        _print_scores(tally, errors, as_json)
        if report is not None:
            _write_report(tables, gold, report)
        code = _floors(tally.figures(), floors, gold, update_floors, reason)
    except (GoldError, FloorError) as error:
        raise ExtractError(str(error)) from error
    raise typer.Exit(code)


def _print_scores(tally: Tally, errors: int, as_json: bool) -> None:
    if as_json:
        typer.echo(
            json.dumps(tally.figures() | {f"confidence.{n}": v for n, v in _calibrated(tally).items()}, indent=1)
        )
        return
    for name, value in tally.figures().items():
        if name in tally.counts:
            right, gold, found = tally.counts[name]
            typer.echo(f"{name:28} F1 {value:.3f}   {right} right of {gold} in gold, {found} found")
        else:
            of = f"of {tally.shares[name][1]}" if name in tally.shares else "the mean F1"
            typer.echo(f"{name:28}    {value:.3f}   {of}")
    for name, figure in _calibrated(tally).items():
        typer.echo(f"confidence.{name:17}    {figure:.3f}   {_CALIBRATED[name]} of {len(tally.stated)} claims found")
    for table, lines in sorted(tally.errors.items()):
        if errors:
            typer.echo(f"\n{table}: {len(lines)} errors")
            for line in lines[:errors]:
                typer.echo(f"  {plain(line)}")


# the figures of confidence, and what they are
_CALIBRATED = {"auc": "area under the curve", "ece": "expected calibration error (less is better)"}


def _calibrated(tally: Tally) -> dict[str, float]:
    figures = tally.confidence()
    return {name: figures[name] for name in _CALIBRATED if figures.get(name) is not None}


def _write_report(tables: Path, gold: Path, report: Path) -> None:
    """The figures by genre, with what they were measured on: what the page of quality is made from."""
    from extract import read
    from extract.commands._files import write_file
    from extract.evaluation.scores import score_by_genre

    version = str(read("runs", tables)["pipeline_version"].iloc[-1])
    scored = score_by_genre(tables, gold)
    genres = {genre: {"documents": count, "figures": tally.figures()} for genre, (count, tally) in scored.items()}
    data = {"measured": dt.date.today().isoformat(), "pipeline_version": version, "genres": genres}
    data |= {"confidence": scored["all"][1].confidence()}
    write_file(report, (json.dumps(data, indent=1) + "\n").encode())


def _floors(figures: dict[str, float], floors: Path | None, gold: Path, update: bool, reason: str | None) -> int:
    from extract.evaluation import floors as module

    if floors is None:
        if update:
            raise ExtractError("--update-floors needs --floors FILE, the file to be written")
        return 0
    if update:
        lowered = module.update_floors(figures, floors, gold, reason=reason, today=dt.date.today())
        typer.echo(f"{floors}: written" + (f"; lowered {', '.join(lowered)}" if lowered else ""), err=True)
        return 0
    below = module.check_floors(figures, floors, gold)
    for line in below:
        typer.echo(line, err=True)
    typer.echo(f"{floors}: {'all floors hold' if not below else f'{len(below)} below their floor'}", err=True)
    return BELOW_FLOOR if below else 0


def _reviews(out: Path, as_json: bool) -> int:
    """Print what the decisions say of the tables; 1 if a decided row went wrong again."""
    from dataclasses import asdict

    from extract.evaluation.estimates import by_group, recall_of
    from extract.evaluation.reviews import calibration, regressions
    from extract.review.agreement import agreement
    from extract.review.fields import REVIEWED
    from extract.review.load import load_desk

    desk = load_desk(out)
    decisions = desk.decisions.standing()
    if not decisions:
        raise ExtractError(f"{out}: no decisions yet; make some with `extract review`")
    groups, again = by_group(desk), regressions(desk)
    recalls = [(table, recall) for table in REVIEWED if (recall := recall_of(desk, table))]
    bins, alike = calibration(decisions), agreement(desk)
    if as_json:
        data = {
            "precision": [dict(zip(("table", "kind", "rule"), g, strict=True)) | asdict(e) for g, e in groups],
            "recall": [{"table": table} | asdict(e) for table, e in recalls],
            "calibration": bins,
            "agreement": [asdict(a) for a in alike],
            "regressions": [{"row": r.decision.row_id, "what": r.what, "detail": r.detail} for r in again],
        }
        typer.echo(json.dumps(data))
    else:
        _print_estimates(groups, recalls)
        _print_reviews(bins, alike, again)
    return BELOW_FLOOR if again else 0


def _print_estimates(groups: list[tuple[tuple[str, str, str], Estimate]], recalls: list[tuple[str, Estimate]]) -> None:
    typer.echo(f"{'precision':52} right  95 % interval    rests on")
    for group, estimate in groups:
        typer.echo(_estimate(" / ".join(part for part in group if part), estimate))
    if recalls:
        typer.echo(f"\n{'recall':52} found  95 % interval    rests on")
    for table, estimate in recalls:
        typer.echo(_estimate(table, estimate))


def _estimate(name: str, estimate: Estimate) -> str:
    interval = f"{estimate.low:.3f} to {estimate.high:.3f}" if estimate.is_sample else "no sample"
    counts = f"{estimate.right:,} of {estimate.decided:,} right in {estimate.sample}"
    return f"{name:52} {estimate.share:.3f}  {interval:15}   {counts}"


def _print_reviews(bins: list[dict[str, float]], alike: list[Agreement], again: list[Regression]) -> None:
    if bins:
        typer.echo("\ncalibration: stated confidence against the share that was right")
    for b in bins:
        right = f"right {b['right']:.2f} of {b['rows']:.0f}"
        typer.echo(f"  {b['low']:.1f} to {b['high']:.1f}   stated {b['stated']:.2f}   {right}")
    if alike:
        typer.echo("\nagreement of reviewers: share alike, and kappa beyond chance")
    for a in alike:
        kappa = "–" if a.kappa is None else f"{a.kappa:.2f}"
        typer.echo(f"  {', '.join(a.reviewers)}   {a.table}.{a.column}   {a.alike:.2f}, kappa {kappa} of {a.rows} rows")
    typer.echo(f"\n{len(again)} decided row{'s' if len(again) != 1 else ''} not as decided")
    for r in again:
        typer.echo(plain(f"  {r.what}: {r.decision.doc_id}:{r.decision.start} {r.decision.text[:60]!r} {r.detail}"))

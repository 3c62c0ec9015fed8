"""The component: one claim for each figure and for each target without one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from spacy.tokens import Doc

from extract.components.claims.candidates import Candidates
from extract.components.claims.contexts import Contexts, Packed
from extract.components.claims.frame import Frame
from extract.components.claims.japanese import is_japanese, japanese_claims
from extract.components.claims.judgements import (
    LEAST_GOAL,
    LEAST_TARGET,
    Judgements,
    judgements,
    least_tariff,
)
from extract.components.claims.links import links
from extract.components.claims.origins import Origins
from extract.components.claims.pairs import Pairs
from extract.components.claims.periods import Periods
from extract.components.claims.reader import Opinion, joined, read, read_statuses, trust_numbers
from extract.components.claims.roles import ROLES, Answer, Roles, content
from extract.components.claims.speakers import Speakers
from extract.components.claims.status import status_of, target_status
from extract.components.claims.subjects import Subject, subject_of
from extract.components.claims.targets import Targets, is_said_of, target_beside, target_phrases
from extract.components.claims.windows import Asked
from extract.components.grammar import Clauses, Grammar, Part
from extract.components.rows import ByStart, ClaimRow, FigureRow, set_rows, with_texts
from extract.normalize.figures.traps import Mask, opaque_spans
from extract.normalize.table_cells import Tables, placed_cells
from extract.normalize.table_labels import measure_in, names_goods, plain_measure

# Characters of its sentence that the rules of status read on both sides of a figure.
MAX_LEFT, MAX_RIGHT = 500, 400
CLAIM_SEGMENTS = frozenset({"title", "summary", "body", "related"})
# Without weights: about the share of records that are right.
PLAIN_CONFIDENCE = 0.6
# That of a table's cell, of which no annotated text that may be learnt from has any. Of 350 cells of bulletins made up
# to try the rules 0.85 have kind, status and goal right, of real ones of other sources 0.97 (seen by scores
# alone): real tables are plainer than those written to be hard, so it lies nearer to them.
CELL_CONFIDENCE = 0.92
_LINK = re.compile(r"\]\([^)\s]*\)|\[")
# A summary of a bill or budget, by what it opens with: its sums are planned until they are paid.
_APPROPRIATES = re.compile(
    r"\b(?:appropriations?|(?:spending|funding|budget)\s+(?:bill|act|package|request|proposal))\b", re.IGNORECASE
)
OPENING = 600
# The chance from which the ranking is believed of a table's cell against what the table says, and where that says
# nothing: of 241 answers at 0.6 or more, in tables that nothing was learnt from, 0.93 are right; below 0.4 one in five.
# What is measured the ranking knows better, which has seen more words for it than any list holds.
SURE, LIKELY = {"measure": 0.4, "item": 0.9, "actor": 0.9}, {"measure": 0.4, "item": 0.6, "actor": 0.6}
_MOVES, _TOLD = frozenset({"rise", "fall"}), frozenset({"say", "announce"})
_CONDITIONS = frozenset({"if", "unless", "provided", "should"})
_TELLS = frozenset({"is", "are", "has", "have"})
# Words between two figures that say the same of both: "10 percent on steel and 25 percent on copper".
MAX_COORDINATE = 14
# Claims whose answers are looked for at once: what may be said of each takes some 20 kB until one is chosen. Those of a
# sentence stay together, which the second reader sees at once, unless they are many times as many.
BLOCK, MOST_IN_BLOCK = 400, 2_000
# What a conversion and the other end of a change share with the figure that they are linked to.
_SHARED = (*ROLES, "period", "is_target", "status", "speaker", "kind")
_SHARED_ENDS = (*ROLES, "kind")


class TradeClaims:
    """Joins figures with what the other components found: measure, item, actors, period, status and speaker."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        rows = ClaimReader(doc).claims(judgements()) if len(doc) else []
        text = doc.text
        set_rows(doc, "claims", (with_texts(text, row) for row in (*rows, *japanese_claims(doc, CLAIM_SEGMENTS))))
        return doc


class ClaimReader:
    """What is asked of one document to judge its claims."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.text = doc, doc.text
        kept = [(s["start"], s["end"]) for s in doc._.segments if s["kind"] in CLAIM_SEGMENTS]
        self.zones = Mask(kept if doc._.segments else [(0, len(doc.text) + 1)])
        self.figures: list[FigureRow] = [f for f in doc._.figures if f["start"] in self.zones and not is_japanese(f)]
        self.grammar = Grammar(doc)
        self.clauses = Clauses(self.grammar)
        self.frame = Frame(self.grammar, doc._.segments)
        self.speakers = Speakers(doc._.turns)
        self.segments, self.dates = ByStart(doc._.segments), ByStart(doc._.dates)
        self.breaks = self._breaks()
        self.appropriates = bool(_APPROPRIATES.search(self.text, 0, OPENING))
        date = doc._.document.get("date")
        genre = doc._.document.get("genre", "other")
        figures = {self.grammar.tokens(f["start"], f["end"])[0] for f in self.figures}
        candidates = Candidates(self.grammar, self.breaks, doc._.entities)
        pairs = Pairs(self.grammar, self.clauses, figures)
        self.roles = Roles(self.grammar, candidates, pairs, self.frame, genre, doc._.entities)
        self.origins = Origins(self.grammar, doc._.entities)
        self.periods = Periods(self.grammar, pairs, self.frame, doc._.dates)
        self.contexts = Contexts(self.grammar, self.clauses, self.frame, genre, int(date[:4]) if date else 0)
        self.targets = Targets(self.grammar, self.clauses, sorted(figures), self.breaks)
        cells = [(cell["start"], cell) for grid in doc._.grids for cell in placed_cells(grid)]
        self.tables = Tables(self.text, self.frame.lines, doc._.entities, self.periods.rows)
        self._cells = sorted(cells, key=lambda cell: cell[0])

    def _breaks(self) -> set[int]:
        """Tokens that no noun chunk holds: time expressions and figures, but for the noun that a figure counts."""
        found: set[int] = set()
        for row in self.doc._.dates:
            found.update(range(*self.grammar.tokens(row["start"], row["end"])))
        for figure in self.figures:
            first, last = self.grammar.tokens(figure["start"], figure["end"])
            counted = figure.get("extra", {}).get("unit_start", -1)
            if figure["kind"] == "quantity" and counted > figure["start"]:
                last = max(first + 1, self.grammar.tokens(counted, counted + 1)[0])
            found.update(range(first, last))
        return found

    def subject(self, row: Mapping[str, Any]) -> Subject:
        """A figure or target phrase in its place."""
        return subject_of(self.grammar, row, self._cell(row["start"]))

    def _cell(self, start: int) -> Mapping[str, Any] | None:
        """The table's cell that holds a place."""
        number = bisect_right(self._cells, start, key=lambda cell: cell[0]) - 1
        return self._cells[number][1] if number >= 0 and start < self._cells[number][1]["end"] else None

    # --- what is known of a claim before it is judged

    def asked(self, subject: Subject, known: Mapping[str, Any]) -> Asked:
        """A claim with all that may be answered of it; ``known`` is what ``outside`` says."""
        places = known["places"]
        choices, options = list(self.roles.choices(subject, places)), list(self.periods.options(subject))
        return Asked(subject, tuple(places), choices, options, known["status"], known["goal"])

    def answers(
        self, models: Judgements, subjects: Sequence[Subject], outside: Sequence[Mapping[str, Any]]
    ) -> tuple[list[dict[str, Answer]], Opinion | None]:
        """The phrase of each role and the period of each claim, and what the second reader thinks of all."""
        names = [name for name, _ in self.roles.named]
        found: list[dict[str, Answer]] = []
        opinions: list[Opinion | None] = []
        for some in _blocks(subjects):
            asked = [self.asked(subjects[number], outside[number]) for number in some]
            second = read(models.reader, self.grammar, asked, names) if models.reader else None
            roles = models.read_roles(self.roles, asked, second)
            periods = models.read_periods(self.periods, asked, second)
            found += [role | {"period": period} for role, period in zip(roles, periods, strict=True)]
            opinions.append(second)
        return found, joined(opinions)

    def sides(self, subject: Subject) -> tuple[str, str]:
        """The sentence on both sides of a claim, without the targets of links."""
        begins, ends = self.sentence(subject)
        left = self.text[max(begins, subject.start - MAX_LEFT) : subject.start]
        right = self.text[subject.end : min(ends, subject.end + MAX_RIGHT)]
        return _LINK.sub("", left), _LINK.sub("", right)

    def sentence(self, subject: Subject) -> tuple[int, int]:
        """The bounds of the sentence, with a claim that reaches over its end."""
        first, last = self.grammar.sentences[subject.sentence]
        return self.grammar.starts[first], max(subject.end, self.grammar.ends[last - 1])

    def outside(self, subject: Subject) -> dict[str, Any]:
        """What other components and the rules say of a claim."""
        left, right = self.sides(subject)
        turn = next(iter(self.speakers.around(subject.start)), None)
        segment = self.segments.at(subject.start)
        begins, ends = self.grammar.starts[subject.low], self.grammar.ends[subject.high - 1]
        dated = [row for row in self.dates.between(begins, ends) if row["start_date"]]
        return {
            "segment": segment["kind"] if segment is not None else "body",
            "turn": turn["kind"] if turn is not None else "",
            "years": [int(row["start_date"][:4]) for row in dated],
            "status": self._status(subject, left, right),
            "goal": target_beside(left, right),
            "places": self.roles.places(subject),
        }

    def _status(self, subject: Subject, left: str, right: str) -> str:
        if subject.kind == "target":
            return target_status(left, right)
        status = status_of(left, right, attributive=self._is_attribute(subject))
        if status == "hypothetical" and self._is_told_plan(subject):
            return "planned"
        if status == "fact" and self.appropriates and subject.kind in ("money", "quantity"):
            return "fact" if self._tells_past(subject) else "planned"
        return status

    def _is_told_plan(self, subject: Subject) -> bool:
        """Whether somebody says that he would raise or cut it: a plan told, where no condition stands beside."""
        groups, tokens = self.contexts.groups, range(subject.low, subject.high)
        verbs = list(self.clauses.verbs_above(subject.above))
        would = [n for n, verb in enumerate(verbs) if "would" in self.clauses.helps(verb)]
        forecast = subject.first > 0 and self.grammar.lows[subject.first - 1] == "by"
        if not would or forecast or any(self.grammar.lows[token] in _CONDITIONS for token in tokens):
            return False
        moves = not _MOVES.isdisjoint(groups[verbs[would[0]]])
        return moves and any(not _TOLD.isdisjoint(groups[verb]) for verb in verbs[would[0] + 1 :])

    def _is_attribute(self, subject: Subject) -> bool:
        """Whether a noun follows, or one with "of" stands before: "a 5 percent levy", "a levy of 5 percent"."""
        parts, lows, first = self.grammar.parts, self.grammar.lows, subject.first
        nouns = (Part.NOUN, Part.NAME)
        follows = subject.last < len(parts) and parts[subject.last] in nouns
        return follows or (first > 1 and lows[first - 1] in ("of", "at") and parts[first - 2] in nouns)

    def _tells_past(self, subject: Subject) -> bool:
        """Whether the sentence has a verb in the past, or says what is: no line of a budget."""
        tokens = range(subject.low, subject.high)
        return any(self.grammar.tags[t] == "VBD" or self.grammar.lows[t] in _TELLS for t in tokens)

    def _is_coordinate(self, subject: Subject, before: Subject) -> bool:
        """Whether a figure goes on with a series: same unit and sentence, no verb or negation between."""
        between = range(before.last, subject.first)
        if before.sentence != subject.sentence or before.unit != subject.unit or len(between) > MAX_COORDINATE:
            return False
        lows = {self.grammar.lows[token] for token in between}
        joined = not lows.isdisjoint({"and", ",", ";"}) and "not" not in lows
        return joined and not any(self.grammar.parts[t] in (Part.VERB, Part.MODAL) for t in between)

    # --- claims

    def claims(self, models: Judgements) -> list[ClaimRow]:
        """All claims, judged by ``models``."""
        figures, known = self.figure_claims(models)
        for row, chance in zip(figures, models.confidences(known, otherwise=PLAIN_CONFIDENCE), strict=True):
            row["confidence"] = CELL_CONFIDENCE if self._cell(row["start"]) else round(float(chance), 2)
        return figures + self._target_claims(models)

    def figure_claims(self, models: Judgements) -> tuple[list[ClaimRow], list[Mapping[str, float]]]:
        """The claims of the figures, and for each the numbers from which its confidence is judged."""
        subjects = [self.subject(figure) for figure in self.figures]
        outside = [self.outside(subject) for subject in subjects]
        series = [n for n in range(1, len(subjects)) if self._is_coordinate(subjects[n], subjects[n - 1])]
        _go_on(outside, series)
        numbers = [self.contexts.numbers(s, known) for s, known in zip(subjects, outside, strict=True)]
        answers, second = self.answers(models, subjects, outside)
        statuses = read_statuses([known["status"] for known in outside], second)
        for known, status in zip(outside, statuses, strict=True):
            known["status"] = status
        _go_on(outside, series)
        tariffs, goals = models.tariff_chances(numbers), models.goal_chances(numbers, second)
        changes = models.changes(numbers, second)
        meant = [self._meant(subject) for subject in subjects]
        rows = [
            self._row(subject, figure, said, status or known["status"])
            for subject, figure, said, known, (status, _) in zip(
                subjects, self.figures, answers, outside, meant, strict=True
            )
        ]
        before: ClaimRow | None = None
        judged = zip(rows, meant, self.figures, tariffs, goals, changes, strict=True)
        for row, (_, met), figure, tariff, goal, change in judged:
            place = (row["sentence_start"], "tariff_rate")
            listed = before is not None and (before["sentence_start"], before["kind"]) == place
            is_tariff = figure["kind"] == "percent" and tariff >= least_tariff(row["measure"], change, listed=listed)
            row["kind"], before = "tariff_rate" if is_tariff else figure["kind"], row
            row["is_target"], row["change"] = bool(goal >= LEAST_GOAL) if met is None else met, change
        self._name_origins(rows, subjects)
        self._link(rows, [subject.sentence for subject in subjects])
        read_numbers = trust_numbers([row["status"] for row in rows], second)
        trusted = zip(rows, numbers, read_numbers, strict=True)
        return rows, [thought or Packed(_trust_numbers(row, own)) for row, own, thought in trusted]

    def _meant(self, subject: Subject) -> tuple[str | None, bool | None]:
        """What a table says of its cell: status, and whether it is to be met."""
        return (None, None) if subject.cell is None else self.tables.meant(subject.cell)

    def _row(self, subject: Subject, figure: Mapping[str, Any], answers: Mapping[str, Answer], status: str) -> ClaimRow:
        begins, ends = self.sentence(subject)
        said = {role: answers[role].text for role in (*ROLES, "period")}
        said |= plain_measure(said)
        if subject.cell is not None:
            said |= agreed(answers, self.tables.answers(subject.cell, subject.kind))
            said["period"] = self.periods.named_by(subject.cell) or said["period"]
        return ClaimRow(
            start=subject.start, end=subject.end, sentence_start=begins, sentence_end=ends, kind=figure["kind"],
            value_min=figure["value_min"], value_max=figure["value_max"], unit=figure["unit"],
            qualifier=figure["qualifier"], measure=said["measure"], item=said["item"], actor=said["actor"],
            partner=said["partner"], period=said["period"],
            is_target=False, status=status, speaker=self.speakers.speaker(subject.start), change=None,
            link=None, linked_start=None, rule=figure["rule"], confidence=PLAIN_CONFIDENCE,
        )  # fmt: skip

    def _name_origins(self, rows: Sequence[ClaimRow], subjects: Sequence[Subject]) -> None:
        """The partner of a duty that the ranking leaves open is where the goods come from, who then imposes none;
        of "products of Peru" it is Peru."""
        for row, subject in zip(rows, subjects, strict=True):
            if row["kind"] != "tariff_rate" or subject.cell is not None:
                continue
            origin = self.origins.nearest(subject)
            if row["partner"] is None or (origin and content(origin) < content(row["partner"])):
                row["partner"] = origin
                if origin and content(origin) <= content(row["actor"]):
                    row["actor"] = None

    def _link(self, rows: Sequence[ClaimRow], sentences: Sequence[int]) -> None:
        """Conversions share all with the sum that they convert; the ends of a change share what is measured."""
        for number, (how, other) in sorted(links(self.grammar, self.figures, sentences).items()):
            row, source = rows[number], rows[other]
            row["link"], row["linked_start"] = how, source["start"]
            row["change"] = None if how != "converts" else source["change"]
            if how == "from":
                row["status"] = "fact"
            size = rows[max(0, min(number, other) - 1)]
            if how != "converts" and size["unit"] == "pp" and size["sentence_start"] == row["sentence_start"]:
                size["kind"] = "percent"  # "cut by 5 points to 12 percent": the rates are the ends
            if how == "converts" or other < number:
                for column in _SHARED if how == "converts" else _SHARED_ENDS:
                    row[column] = source[column]  # type: ignore[literal-required]

    def target_subjects(self) -> list[Subject]:
        """Each target phrase of the zones that are read, in its place."""
        found, opaque = [], Mask(opaque_spans(self.text))
        ends = [0, *(figure["end"] for figure in self.figures)]
        for phrase in target_phrases(self.grammar, self.breaks):
            start, end = self.grammar.starts[phrase.first], self.grammar.ends[phrase.last - 1]
            told = is_said_of(self.text, ends[bisect_right(ends, start) - 1], start)
            if start in self.zones and start not in opaque and not told:
                found.append(
                    self.subject({"start": start, "end": end, "kind": "target", "unit": None, "qualifier": "exact"})
                )
        return found

    def _target_claims(self, models: Judgements) -> list[ClaimRow]:
        subjects = self.target_subjects()
        outside = [self.outside(subject) for subject in subjects]
        bags = [self.targets.indices(s, known) for s, known in zip(subjects, outside, strict=True)]
        chances = models.target_chances(bags)
        kept = [number for number, chance in enumerate(chances) if chance >= LEAST_TARGET]
        chosen = [subjects[number] for number in kept]
        answers, _ = self.answers(models, chosen, [outside[number] for number in kept])
        rows = []
        figure = {"kind": "target", "value_min": None, "value_max": None, "unit": None, "qualifier": "exact"}
        for number, subject, said in zip(kept, chosen, answers, strict=True):
            status = self._meant(subject)[0] or outside[number]["status"]
            row = self._row(subject, figure | {"rule": "target"}, said, status)
            row["is_target"], row["measure"] = True, None
            row["confidence"] = round(float(chances[number]) * PLAIN_CONFIDENCE, 2)
            rows.append(row)
        return rows


def _blocks(subjects: Sequence[Subject]) -> Iterator[range]:
    """The numbers of all subjects, some at a time."""
    first = 0
    for number in range(1, len(subjects)):
        size, ends = number - first, subjects[number].sentence != subjects[number - 1].sentence
        if size >= MOST_IN_BLOCK or (ends and size >= BLOCK):
            yield range(first, number)
            first = number
    if subjects:
        yield range(first, len(subjects))


def _go_on(outside: Sequence[dict[str, Any]], series: Iterable[int]) -> None:
    """Each of ``series``, in order, has the status of the figure before it."""
    for number in series:
        outside[number]["status"] = outside[number - 1]["status"]


def _trust_numbers(row: Mapping[str, Any], numbers: Mapping[str, float]) -> dict[str, float]:
    """What the confidence of a claim is judged from: its surroundings, and what was answered."""
    statuses = ("fact", "planned", "proposed", "rejected", "hypothetical")
    return {
        **numbers,
        "tariff": float(row["kind"] == "tariff_rate"),
        "to be met": float(row["is_target"]),
        "change": float(row["change"] is not None),
        "linked": float(row["link"] is not None),
        "status": float(statuses.index(row["status"])),
        "speaker": float(row["speaker"] is not None),
    }


def agreed(ranked: Mapping[str, Answer], named: Mapping[str, str | None]) -> dict[str, str | None]:
    """The roles of a table's cell: the ranking where it is sure, else what the table's parts say, else the ranking."""
    found = dict(named)
    for role in SURE:
        answer, least = ranked[role], (SURE if named[role] else LIKELY)[role]
        taken = content(named["partner"]) | (content(named["item"]) if role == "measure" else frozenset())
        empty = role == "item" and not names_goods(answer.text or "")
        if answer.chance >= least and not content(answer.text) <= taken and not empty:
            found[role] = answer.text
    measure = measure_in(found["measure"] or "")
    if measure is not None and measure.text != found["measure"] and found["item"] is None:
        sides = content(named["actor"]) | content(named["partner"])
        found["item"] = None if content(measure.goods) <= sides else measure.goods
    return found

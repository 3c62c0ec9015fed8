"""The component: one claim for each figure and for each target without one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from spacy.tokens import Doc

from extract.components.claims.confidence import confidence
from extract.components.claims.japanese import is_japanese, japanese_claims
from extract.components.claims.links import links
from extract.components.claims.measure import Measurer, Reading
from extract.components.claims.roles import Entities, Periods, Roles, Speakers
from extract.components.claims.status import status_of, target_status
from extract.components.claims.syntax import Syntax
from extract.components.claims.targets import TargetPhrase, has_own_figure, target_beside, target_phrases
from extract.components.claims.tokens import Sentence, clean, read_sentences
from extract.components.claims.words import NOT_A_RATE, OTHER_RATE, TARIFF, TRADE_TAX, is_in
from extract.components.rows import ClaimRow, FigureRow, set_rows
from extract.normalize.countries import country_names
from extract.normalize.figures.traps import Mask, opaque_spans
from extract.normalize.word_lists import word_set

# Characters of its sentence that are read on both sides of a figure: sentences of tables may never end.
MAX_LEFT, MAX_RIGHT = 500, 400
CLAIM_SEGMENTS = frozenset({"title", "summary", "body", "related"})
_PER_YEAR = re.compile(r"\s+(?:annually|per annum|yearly)\b|\s+(?:a|per|each|every)\s+year\b", re.IGNORECASE)


# Measures that leave open what they are of: a pronoun's or a general verb's.
_GENERIC_RATES = word_set(
    "rate rates level it pay pays paid lower lowered raise raised cut reduce reduced set keep kept bound bind"
    " remain remains accept"
    " accepted go goes put average"
) | {""}
# Who says that a duty would move to a rate tells a plan.
_WOULD_MOVE = re.compile(
    r"^(?!.*\bif\b).*\b(?:said|told|announced|added|confirmed)\b.*\bwould (?:fall|rise|be|go|drop|come down"
    r"|increase|remain|stay)\b[^.;]{0,60}$",
    re.IGNORECASE | re.DOTALL,
)
_TO_LEFT = re.compile(r"\b(?:to|by)\s+(?:(?:about|some|at least|no more than|up to)\s+)?$", re.IGNORECASE)
_BY_DATE = re.compile(r"[^.;]{0,30}?\bby\s+(?:the\s+(?:end|year|close)\b|early\b|late\b|mid|[A-Z][a-z]+\s+\d|\d{4}\b)")
# A summary of a bill or budget: its sums are planned until they are paid.
_APPROPRIATES = re.compile(
    r"\b(?:appropriations?|(?:spending|funding|budget)\s+(?:bill|act|package|request|proposal))\b", re.IGNORECASE
)
_QUOTA = re.compile(r"\bquotas?$", re.IGNORECASE)
_LABEL = re.compile(
    r"\s*[-•*·–][ \t]+(?:\*\*)?(?P<label>[A-Z][\w&/'’]*(?:[ -][\w&/'’]+){0,5})(?:\*\*)?\s*(?::|\.\s|\s[-–—]\s)"
)
_LINK = re.compile(r"\]\([^)\s]*\)|\[")


class TradeClaims:
    """Joins figures with what the other components found: measure, item, actors, period, status and speaker."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        set_rows(doc, "claims", [*_Reader(doc).claims(), *japanese_claims(doc, CLAIM_SEGMENTS)])
        return doc


class _Reader:
    """Reads the claims of one document."""

    def __init__(self, doc: Doc) -> None:
        self.doc, self.text = doc, doc.text
        kept = [(s["start"], s["end"]) for s in doc._.segments if s["kind"] in CLAIM_SEGMENTS]
        self.zones = Mask(kept if doc._.segments else [(0, len(doc.text) + 1)])
        self.figures: list[FigureRow] = [
            figure for figure in doc._.figures if figure["start"] in self.zones and not is_japanese(figure)
        ]
        opaque = Mask(opaque_spans(self.text))
        self.sentences = read_sentences(doc, self.figures, opaque)
        self.opaque = opaque
        self.entities = Entities(doc._.entities)
        self.periods = Periods(self.text, doc._.dates)
        self.speakers = Speakers(doc._.turns)
        self.dates = Mask((row["start"], row["end"]) for row in doc._.dates)
        self.parsed = doc.has_annotation("DEP")
        self._syntaxes: dict[int, Syntax] = {}
        self.appropriates = bool(_APPROPRIATES.search(self.text, 0, 600))

    def _syntax(self, sentence: Sentence) -> Syntax:
        """One for a sentence: it reads the tree once, however many figures there are."""
        if sentence.start not in self._syntaxes:
            self._syntaxes[sentence.start] = Syntax(self.doc, sentence, parsed=self.parsed)
        return self._syntaxes[sentence.start]

    def claims(self) -> list[ClaimRow]:
        rows: dict[int, ClaimRow] = {}
        sentence_of = [-1] * len(self.figures)
        for number, sentence in enumerate(self.sentences):
            for figure in sentence.figures:
                sentence_of[figure] = number
        previous: ClaimRow | None = None
        for sentence in self.sentences:
            for figure, index in sorted(sentence.figures.items()):
                if figure in rows:
                    continue
                previous = rows[figure] = self._claim(sentence, figure, index, previous)
        self._respectively(rows)
        self._link(rows, links(self.text, self.figures, sentence_of))
        found = [*rows.values(), *self._targets()]
        for row in found:
            row["confidence"] = confidence(row)
        return found

    def _respectively(self, rows: dict[int, ClaimRow]) -> None:
        """ "25 and 10 percent on steel and aluminium respectively": the items go to the figures in order."""
        for sentence in self.sentences:
            text = self.text[sentence.start : sentence.end]
            if "respectively" not in text:
                continue
            chosen = [rows[n] for n in sorted(sentence.figures) if n in rows]
            for column in ("item", "actor"):
                parts = next((_split(row[column]) for row in chosen if row[column]), [])
                group = [row for row in chosen if row["unit"] == chosen[0]["unit"]]
                if len(parts) == len(group) > 1:
                    for row, part in zip(group, parts, strict=True):
                        row[column] = part

    # --- figures

    def _claim(self, sentence: Sentence, number: int, index: int, previous: ClaimRow | None) -> ClaimRow:
        figure = self.figures[number]
        syntax = self._syntax(sentence)
        reading = Measurer(self.text, sentence, syntax, self.dates, self.figures).read(index, figure)
        actor, partner = Roles(self.text, sentence, syntax, self.entities).read(index, reading)
        left, right = self._around(sentence, figure["start"], figure["end"])
        turn = self.speakers.around(figure["start"])
        low, high = (max(turn["start"], sentence.start), turn["end"]) if turn else (sentence.start, sentence.end)
        row = ClaimRow(
            start=figure["start"], end=figure["end"], sentence_start=sentence.start, sentence_end=sentence.end,
            kind=figure["kind"], value_min=figure["value_min"], value_max=figure["value_max"], unit=figure["unit"],
            qualifier=figure["qualifier"], measure=reading.measure, item=reading.item, actor=actor, partner=partner,
            period=self.periods.read(sentence, index, low, high) or _yearly(right),
            is_target=target_beside(left, right, reading.measure),
            status=status_of(left, right, attributive=reading.rule in ("attributive", "noun_of")),
            speaker=self._speaker(sentence, syntax, index, figure["start"]),
            link=None, linked_start=None, rule=f"{figure['rule']}+{reading.rule}", confidence=0.8,
        )  # fmt: skip
        self._pronoun_actor(row, sentence, syntax, reading)
        self._from_neighbours(row, figure, reading, sentence, index, previous)
        if "title" in figure["extra"]:
            self._tabulate(row, figure["extra"])
        if reading.rule == "listed" and row["measure"] is None:
            row["measure"], row["item"] = row["item"], None
        if row["kind"] == "percent" and self._is_tariff(row, reading, sentence, left, right):
            self._as_tariff(row, left)
        self._label(row, sentence)
        if self.appropriates and row["status"] == "fact" and row["kind"] in ("money", "quantity"):
            row["status"] = "fact" if _tells_past(sentence) else "planned"
        if row["status"] == "planned" and _TO_LEFT.search(left) and _BY_DATE.match(right):
            row["is_target"] = True  # "agreed to cut it to 12 percent by 2014": to be met by then
        return row

    def _from_neighbours(
        self,
        row: ClaimRow,
        figure: FigureRow,
        reading: Reading,
        sentence: Sentence,
        index: int,
        previous: ClaimRow | None,
    ) -> None:
        """What a figure leaves to the one before it: ellipsis, coordination, a list."""
        if row["measure"] in ("that", "those"):
            row["measure"] = previous["measure"] if previous is not None else None
        if previous is None:
            return
        if "ellipsis" in figure["rule"] and figure["kind"] == previous["kind"] == "quantity":
            for column in ("item", "actor", "partner"):
                row[column] = row[column] or previous[column]
        same = previous["sentence_start"] == sentence.start and row["measure"] is not None
        if same and (row["measure"] or "").casefold() == (previous["measure"] or "").casefold():
            row["item"], row["actor"] = row["item"] or previous["item"], row["actor"] or previous["actor"]
        if self._is_coordinate(sentence, row, previous, index):
            if reading.rule in ("none", "verb", "subject", "listed"):
                row["measure"], row["item"] = previous["measure"], row["item"] or previous["item"]
            row["status"], row["actor"] = previous["status"], row["actor"] or previous["actor"]
        listed = reading.measure is None and reading.rule == "listed"
        if listed and previous["kind"] in (figure["kind"], "tariff_rate"):
            self._inherit(row, previous, reading)

    def _label(self, row: ClaimRow, sentence: Sentence) -> None:
        """A sum in a line of a list is of what the line begins with: "- Harbours: $5 million for dredging"."""
        label = _LABEL.match(self.text, sentence.start, row["start"])
        if label is None or row["kind"] != "money":
            return
        if row["item"] is None or row["measure"] == label["label"]:
            row["item"] = clean(label["label"])
        if row["measure"] == label["label"]:
            row["measure"] = None

    def _as_tariff(self, row: ClaimRow, left: str) -> None:
        """Who announces or threatens a duty would impose it, and who says that it would move tells a plan."""
        row["kind"] = "tariff_rate"
        if row["status"] == "hypothetical" and _WOULD_MOVE.search(left):
            row["status"] = "planned"
        if row["actor"] is None and row["status"] in ("planned", "proposed"):
            row["actor"] = row["speaker"]

    def _is_coordinate(self, sentence: Sentence, row: ClaimRow, previous: ClaimRow, index: int) -> bool:
        """Whether a figure continues a series: same unit, the figure before in the sentence, no verb between them."""
        if previous["sentence_start"] != sentence.start or previous["unit"] != row["unit"] or row["kind"] == "quantity":
            return False
        between: list[str] = []
        for step in range(index - 1, max(-1, index - 14), -1):
            word = sentence.words[step]
            if word.cls == "F":
                break
            if word.cls in "VX" or len(between) > 12:
                return False
            between.append(word.low)
        return bool(between) and "not" not in between and any(w in ("and", ",", ";") for w in between)

    def _pronoun_actor(self, row: ClaimRow, sentence: Sentence, syntax: Syntax, reading: Reading) -> None:
        """ "it will invest": the pronoun of a report is who speaks in it."""
        if row["actor"] is not None or not row["speaker"] or reading.verb is None:
            return
        subject = syntax.subject(reading.verb)
        if subject is not None and sentence.words[subject.head].low in ("it", "they", "he", "she"):
            row["actor"] = row["speaker"]

    def _tabulate(self, row: ClaimRow, extra: Mapping[str, Any]) -> None:
        """A cell of a table: the head is the measure, the label the item or, if it is a country, whose rate it is."""
        label = clean(extra["label"])
        row["measure"], row["item"], row["actor"], row["partner"] = clean(extra["title"]), label, None, None
        row["period"] = extra["year"] or row["period"]
        row["status"], row["rule"] = "fact", "figure.table+table"
        if label in country_names():
            row["actor"], row["item"] = label, None
        if row["kind"] == "percent" and TARIFF.search(row["measure"] or ""):
            row["kind"] = "tariff_rate"

    def _around(self, sentence: Sentence, start: int, end: int) -> tuple[str, str]:
        """The sentence on both sides of a span, without the targets of links."""
        left = self.text[max(sentence.start, start - MAX_LEFT) : start]
        right = self.text[end : min(sentence.end, end + MAX_RIGHT)]
        return (_LINK.sub("", left), _LINK.sub("", right)) if sentence.linked else (left, right)

    def _inherit(self, row: ClaimRow, previous: ClaimRow, reading: Reading) -> None:
        """A member of a list is of the measure that the list began with; a place in it is who, anything else what."""
        row["measure"], row["period"], row["status"] = (
            previous["measure"],
            row["period"] or previous["period"],
            previous["status"],
        )
        row["is_target"], row["partner"] = previous["is_target"], row["partner"] or previous["partner"]
        row["kind"] = previous["kind"]
        named = self.entities.within(row["sentence_start"], row["start"], frozenset({"GPE"}))
        if named and reading.item and self.text[named[-1]["start"] : named[-1]["end"]] == reading.item:
            row["actor"], row["item"] = reading.item, previous["item"]
        else:
            row["actor"] = row["actor"] or previous["actor"]

    def _is_tariff(self, row: ClaimRow, reading: Reading, sentence: Sentence, left: str, right: str) -> bool:
        """A rate of a duty: by its measure, by a verb of imposing beside a duty, or by what was spoken of before."""
        measure = row["measure"] or ""
        if self._is_rate_spoken_of(row, sentence, left):
            return True
        if NOT_A_RATE.search(measure) or reading.by_change:
            return False
        if TARIFF.search(measure) or TRADE_TAX.search(f"{measure} on {row['item'] or ''}"):
            return True
        verb = reading.verb
        if verb is None or reading.rule not in ("verb", "verb_object", "none"):
            return bool(re.match(r"\s*(?:ad valorem|MFN|tariff|duty|import tax)\b", right))
        lemma = self._syntax(sentence).lemma(verb)
        near = left[-160:] + right[:60]
        return is_in(lemma, "impose") and bool(TARIFF.search(near) or lemma in ("charge", "levy", "slap", "impose"))

    def _is_rate_spoken_of(self, row: ClaimRow, sentence: Sentence, left: str) -> bool:
        """ "We could lower it to 5 percent", after a duty was named and where nothing else is measured."""
        measure = (row["measure"] or "").casefold()
        if measure.split(" ")[-1] not in _GENERIC_RATES or OTHER_RATE.search(left[-90:]):
            return False
        before = self.text[max(0, row["start"] - 320) : row["start"]]
        named = list(TARIFF.finditer(before))
        if not named or OTHER_RATE.search(before, named[-1].end()):
            return False
        if measure not in ("rate", "rates"):
            row["measure"] = named[-1][0]
        return True

    def _speaker(self, sentence: Sentence, syntax: Syntax, index: int, start: int) -> str | None:
        """The innermost turn's; else the subject of the verb that announces the figure in the author's own sentence."""
        if self.speakers.around(start) is not None:
            return self.speakers.speaker(start)
        found = syntax.announced_by(index)
        if found is None:
            return None
        _, subject = found
        covering = self.entities.covering(sentence.words[subject.head].start)
        return str(covering["canonical"]) if covering is not None else None

    def _link(self, rows: dict[int, ClaimRow], found: dict[int, tuple[str, int]]) -> None:
        for number, (how, other) in sorted(found.items()):
            row, target = rows.get(number), rows.get(other)
            if row is None or target is None:
                continue
            row["link"], row["linked_start"] = how, target["start"]
            if how == "converts":
                for column in ("measure", "item", "actor", "partner", "period", "is_target", "status", "speaker"):
                    row[column] = target[column]
            elif (how == "to" and other < number) or (how == "from" and other < number):
                self._share(row, target)

    def _share(self, row: ClaimRow, target: ClaimRow) -> None:
        """Both ends of a change measure the same."""
        row["kind"] = target["kind"]
        for column in ("measure", "item", "actor", "partner", "status"):
            row[column] = target[column]

    # --- targets

    def _targets(self) -> list[ClaimRow]:
        spans = [(figure["start"], figure["end"]) for figure in self.figures]
        found: list[ClaimRow] = []
        phrases = list(target_phrases(self.text))
        number = 0
        for phrase in phrases:
            while number < len(self.sentences) - 1 and self.sentences[number].end <= phrase.start:
                number += 1
            sentence = self.sentences[number] if self.sentences else None
            if (
                sentence is None
                or phrase.start not in self.zones
                or phrase.start in self.opaque
                or phrase.start < sentence.start
            ):
                continue
            first = bisect_left(spans, (max(sentence.start, phrase.start - MAX_LEFT), 0))
            near = spans[first : bisect_left(spans, (min(sentence.end, phrase.end + MAX_RIGHT), 0))]
            if has_own_figure(self.text, phrase, near, sentence.end):
                continue
            row = self._target(sentence, phrase)
            if row is not None:
                found.append(row)
        return found

    def _target(self, sentence: Sentence, phrase: TargetPhrase) -> ClaimRow | None:
        index = bisect_left(sentence.words, phrase.end, key=attrgetter("start")) - 1
        if index < 0 or sentence.words[index].start < phrase.start:
            return None
        if (
            sentence.words[index].cls == "V"
            and not phrase.promise
            and not (index and sentence.words[index - 1].cls in "DANP")
        ):
            return None
        syntax = self._syntax(sentence)
        measurer = Measurer(self.text, sentence, syntax, self.dates, self.figures)
        reading = Reading(verb=syntax.verb(index), rule="target")
        measurer.complement(reading, index)
        actor, partner = Roles(self.text, sentence, syntax, self.entities).read(index, reading)
        left, right = self._around(sentence, phrase.start, phrase.end)
        status = target_status(left, right)
        if status == "fact" and _QUOTA.search(self.text, phrase.start, phrase.end):
            return None  # a quota that is only spoken of is an instrument, no position on a target
        if phrase.promise and status in ("fact", "proposed"):
            status = "planned"
        return ClaimRow(
            start=phrase.start, end=phrase.end, sentence_start=sentence.start, sentence_end=sentence.end, kind="target",
            value_min=None, value_max=None, unit=None, qualifier="exact", measure=None, item=reading.item, actor=actor,
            partner=partner, period=None, is_target=True, status=status,
            speaker=self._speaker(sentence, syntax, index, phrase.start), link=None, linked_start=None,
            rule="target", confidence=0.7,
        )  # fmt: skip


def _tells_past(sentence: Sentence) -> bool:
    """Whether a sentence has a verb in the past, or says what is: no line of a budget."""
    return any(w.tag == "VBD" or w.low in ("has", "have", "is", "are") for w in sentence.words)


def _split(phrase: str | None) -> list[str]:
    return [part for part in re.split(r",\s*(?:and\s+)?|\s+and\s+", phrase or "") if part]


def _yearly(right: str) -> str | None:
    return "P1Y" if _PER_YEAR.match(right) else None

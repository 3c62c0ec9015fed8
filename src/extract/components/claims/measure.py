"""What a figure measures, and of what: read from the words on both sides of it and from its governing verb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.components.claims.phrases import (
    Phrase,
    after_possessor,
    counted,
    ends_at,
    full,
    is_place,
    short,
    starts_at,
)
from extract.components.claims.syntax import Syntax
from extract.components.claims.tokens import Sentence
from extract.components.claims.vocabulary import (
    AGENT,
    BEARING,
    DEEDS,
    NO_GOODS,
    NO_NOUNS,
    OF_GOODS,
    QUALIFYING,
    SCALE_HEADS,
    TELLING,
    WORTH,
)
from extract.components.claims.words import TARIFF, is_in
from extract.normalize.figures.traps import Mask


@dataclass(slots=True)
class Reading:
    """``measure`` and ``item`` as written; ``phrase`` is where the measure stands; ``rule`` names the pattern."""

    measure: str | None = None
    item: str | None = None
    phrase: Phrase | None = None
    item_phrase: Phrase | None = None
    verb: int | None = None
    rule: str = "none"
    by_change: bool = False


class Measurer:
    """Reads the measure of the figures of one sentence."""

    def __init__(
        self, text: str, sentence: Sentence, syntax: Syntax, dates: Mask, figures: Sequence[Mapping[str, Any]]
    ) -> None:
        self.text, self.sentence, self.syntax, self.dates, self.figures = text, sentence, syntax, dates, figures

    def read(self, index: int, figure: Mapping[str, Any]) -> Reading:
        """The reading of the figure at word ``index``."""
        verb = self.syntax.verb(index)
        if figure["kind"] == "quantity":
            return self._quantity(index, figure, verb)
        if figure["kind"] == "ratio":
            return self._ratio(index, figure, verb)
        for pattern in (self._attributive, self._worth_of, self._noun_before, self._in_brackets):
            reading = pattern(index, figure)
            if reading is not None:
                reading.verb = verb
                if reading.item is None and reading.rule == "noun_of":
                    self.complement(reading, index)
                if reading.item is None and verb is not None and TARIFF.search(reading.measure or ""):
                    self._burdened(reading, verb)
                return reading
        return self._by_verb(index, figure, verb)

    def _burdened(self, reading: Reading, verb: int) -> None:
        """ "Imports of glass face a levy": the goods that bear a duty are the subject."""
        if self.syntax.lemma(verb) not in BEARING:
            return
        subject = self.syntax.subject(verb)
        if subject is None or subject.head >= verb or self.sentence.words[subject.head].cls not in "N":
            return
        if is_in(self.sentence.words[subject.head].low, "flow"):
            self.complement(reading, subject.head)
        if reading.item is None and not AGENT.fullmatch(self.sentence.words[subject.head].low):
            own = after_possessor(self.sentence, subject)
            reading.item, reading.item_phrase = full(self.sentence, self.text, own), own

    def _attributive(self, index: int, figure: Mapping[str, Any]) -> Reading | None:
        """ "a $2 billion trade surplus", "25 percent tariffs on cars"."""
        words = self.sentence.words
        after = index + 1
        if after < len(words) and words[after].cls == "H":
            after += 1
        if after >= len(words) or words[after].cls not in "NPAV" or words[after].start in self.dates:
            return None
        phrase = starts_at(self.sentence, after, join=False)
        if (
            phrase is None
            and words[after].tag == "JJ"
            and index
            and words[index - 1].cls == "D"
            and words[after].low not in NO_NOUNS
        ):
            phrase = Phrase(after, after, after)
        if (
            phrase is None
            or words[phrase.head].start in self.dates
            or (words[after].cls == "P" and phrase.head == after)
        ):
            return None
        if words[after].low in ("higher", "lower", "more", "less", "larger", "greater", "annually", "worth"):
            return None
        return self._named(phrase, "attributive")

    def _worth_of(self, index: int, figure: Mapping[str, Any]) -> Reading | None:
        """ "$8 billion worth of farm produce", "$3.8 billion in U.S. exports", "billions of dollars of trade"."""
        words = self.sentence.words
        step, worth = index + 1, False
        while step < len(words) and (words[step].cls == "S" or words[step].low in ("worth", "'", "’")):
            worth = worth or words[step].low == "worth"
            step += 1
        if step >= len(words) or words[step].low not in ("of", "in", "for", "from") or figure["kind"] != "money":
            return None
        phrase = starts_at(self.sentence, step + 1)
        if phrase is None or words[phrase.head].start in self.dates:
            return None
        flow = is_in(words[phrase.head].low, "flow")
        if flow:
            return self._named(Phrase(phrase.first, phrase.head, phrase.head), "flow")
        if words[step].low == "of" and (worth or words[index].low):
            verb = self.syntax.verb(index)
            measure = self._verb_text(verb) if verb is not None else ("worth" if worth else None)
            return Reading(measure, full(self.sentence, self.text, phrase), None, phrase, rule="worth_of")
        return None

    def _noun_before(self, index: int, figure: Mapping[str, Any]) -> Reading | None:
        """A noun before it: "a trade deficit of $58 billion", "deals totaling more than $243 billion"."""
        words = self.sentence.words
        link = self.before(index)
        if link > 1 and words[link].low == "to" and words[link - 1].cls in "NP" and self._is_gapped(index):
            gapped = ends_at(self.sentence, link - 1)
            if gapped is not None:
                return self._named(self.syntax.outermost(gapped), "gapped")
        if link >= 0 and words[link].text == "At":
            return self._subject_after(index)
        if link < 1 or (words[link].low not in ("of", "at", "by") and words[link].low not in WORTH):
            return None
        if words[link].low == "at" and words[link - 1].low in ("valued", "estimated", "put", "set"):
            link -= 1
        if words[link].low in ("of", "at") and words[link - 1].cls not in "NPA":
            return None
        if words[link].low == "by" and words[link - 1].cls not in "NP":
            return None
        noun = link - 1
        while noun > 0 and words[noun].cls in "RX.":
            noun -= 1
        if words[noun].cls == "F" and self.figures[words[noun].figure]["kind"] == "quantity":
            return Reading(counted(self.text, self.figures[words[noun].figure]), rule="count_worth")
        phrase = ends_at(self.sentence, noun)
        if phrase is None:
            return None
        if words[phrase.head].low in SCALE_HEADS:
            return self._scale_of(phrase, index)
        if words[link].low.startswith(("total", "cost", "average")):
            phrase = self.syntax.outermost(phrase)
        if words[link].low == "by":
            return None
        if (
            words[link].low == "at"
            and figure["kind"] == "money"
            and self.syntax.verb(index) is not None
            and not TARIFF.search(words[phrase.head].text)
        ):
            return self._priced(phrase, index)
        return self._named(self._root(phrase), "noun_of")

    def _is_gapped(self, index: int) -> bool:
        """A figure with no verb since the one before: "the duty on grapes falls to 40 and that on figs to 20"."""
        for step in range(index - 1, max(-1, index - 30), -1):
            word = self.sentence.words[step]
            if word.cls == "F":
                return True
            if word.cls in "VX":
                return False
        return False

    def _subject_after(self, index: int) -> Reading | None:
        """ "At $58 billion, the deficit was …": the subject after the comma."""
        words = self.sentence.words
        if index + 1 >= len(words) or words[index + 1].text != ",":
            return None
        phrase = starts_at(self.sentence, index + 2, join=False)
        return self._named(self._root(phrase), "at_opening") if phrase is not None else None

    def _scale_of(self, phrase: Phrase, index: int) -> Reading | None:
        """ "tax cuts on a scale of", "exports to the value of": what stands before that."""
        words, step = self.sentence.words, phrase.first - 1
        while step > 0 and words[step].cls in "D":
            step -= 1
        if step > 0 and words[step].cls in "IT":
            noun = ends_at(self.sentence, step - 1)
            if noun is not None:
                return self._named(self._root(noun), "scale_of")
        if (
            words[phrase.head].low in ("total", "sum", "amount", "maximum", "minimum", "average")
            and phrase.first == phrase.head
        ):
            return None
        return self._named(phrase, "noun_of")

    def _priced(self, phrase: Phrase, index: int) -> Reading:
        verb = self.syntax.verb(index)
        assert verb is not None
        return Reading(self._verb_text(verb), full(self.sentence, self.text, phrase), None, phrase, rule="priced")

    def _in_brackets(self, index: int, figure: Mapping[str, Any]) -> Reading | None:
        """A member of a list: "the terminal ($10 billion)", "aluminium, 60 percent", of a measure named before."""
        words = self.sentence.words
        before = self.before(index)
        if before < 1 or words[before].text not in ("(", ",", ":", "–", "—", "-"):
            return None
        phrase = ends_at(self.sentence, before - 1)
        if phrase is None or words[phrase.head].cls not in "NP" or words[phrase.head].start in self.dates:
            return None
        opens = phrase.first - 1
        while opens >= 0 and words[opens].cls in "D":
            opens -= 1
        bracket = words[before].text == "("
        if not bracket and not (
            opens < 0
            or words[opens].text in (";", ",", ":", "—", "–", "(", "-", "•", "*", "·")
            or words[opens].low in ("and", "with", "in")
        ):
            return None
        return Reading(
            None, full(self.sentence, self.text, after_possessor(self.sentence, phrase)), None, phrase, rule="listed"
        )

    def _by_verb(self, index: int, figure: Mapping[str, Any], verb: int | None) -> Reading:
        if verb is None:
            return Reading(rule="none")
        words, lemma = self.sentence.words, self.syntax.lemma(verb)
        before = self.before(index)
        to_by = words[before].low if before >= 0 else ""
        subject = self.syntax.subject(verb)
        if lemma == "be" and (subject is None or words[subject.head].cls in "FO"):
            subject = self.syntax.relative(verb) or subject
        moved = self.syntax.object(verb, index) if verb < index and to_by in ("to", "by", "from", "at") else None
        if moved is not None and words[moved.last + 1 : index]:
            reading = self._named(self._root(moved), "verb_object")
        elif (
            subject is not None
            and subject.head < index
            and words[subject.head].cls != "O"
            and (lemma == "be" or is_in(lemma, "stative") or is_in(lemma, "change") or self.syntax.is_passive(verb))
        ):
            on = subject if self.syntax.is_of_that(subject) else None
            own = full(self.sentence, self.text, on) if on is not None else None
            reading = (
                Reading("that", own, on, on, rule="subject") if on else self._named(self._root(subject), "subject")
            )
        else:
            reading = Reading(self._verb_text(verb), rule="verb")
            self.complement(reading, index)
        reading.verb, reading.by_change = verb, to_by == "by"
        return reading

    def _quantity(self, index: int, figure: Mapping[str, Any], verb: int | None) -> Reading:
        words = self.sentence.words
        reading = Reading(verb=verb, rule="quantity")
        noun = starts_at(self.sentence, index + 2) if index + 1 < len(words) and words[index + 1].low == "of" else None
        if noun is not None:
            reading.item, reading.item_phrase = full(self.sentence, self.text, noun), noun
        elif "noun" in figure["rule"] and figure["extra"]["unit_start"] >= 0:
            reading.item = counted(self.text, figure)
        if "ellipsis" in figure["rule"]:
            verb = reading.verb = self.syntax.nearest_verb(index)
        after = self._verb_after(index)
        if after is not None and (verb is None or verb > index or is_in(self.syntax.lemma(verb), "announce")):
            reading.verb, reading.measure = after, self._verb_text(after)
            return reading
        before = self.before(index)
        if (
            verb is not None
            and "measure" in figure["rule"]
            and before > verb
            and words[before].low in ("by", "to", "from", "at")
        ):
            moved = self._by_verb(index, figure, verb)
            reading.measure, reading.phrase, reading.item = moved.measure, moved.phrase, reading.item or moved.item
        elif (
            verb is not None
            and verb < index
            and self.syntax.lemma(verb) != "be"
            and (words[verb].cls == "V" or self.syntax.lemma(verb) == "have")
        ):
            reading.measure = self._verb_text(verb)
        elif "measure" in figure["rule"]:
            fallback = self._noun_before(index, figure) or self._by_verb(index, figure, verb)
            reading.measure, reading.phrase = fallback.measure, fallback.phrase
            reading.item = reading.item or fallback.item
        return reading

    def _verb_after(self, index: int) -> int | None:
        """The verb of which a count is the subject: "12,000 workers had applied"; not "be"."""
        words = self.sentence.words
        for step in range(index + 1, min(len(words), index + 5)):
            if words[step].cls == "V":
                return step if self.syntax.lemma(step) != "be" else None
            if words[step].cls not in "RX":
                return None
        return None

    def _ratio(self, index: int, figure: Mapping[str, Any], verb: int | None) -> Reading:
        words = self.sentence.words
        if figure["extra"]["how"] == "multiple" and words[index].end - words[index].start > 5:
            return self._multiplied(index, verb)
        if index + 1 < len(words) and words[index + 1].low == "of":
            phrase = starts_at(self.sentence, index + 2)
            item = (
                full(self.sentence, self.text, phrase) if phrase is not None and words[phrase.head].cls != "O" else None
            )
            measure = self._verb_text(verb) if verb is not None and verb > index else None
            return Reading(measure, item, None, phrase, verb, "ratio_of")
        reading = self._by_verb(index, figure, verb)
        after = starts_at(self.sentence, index + 1, join=False)
        if after is not None and reading.rule in ("verb", "none") and after.first <= index + 3:
            named = self._named(after, "ratio_noun")
            named.verb = verb
            return named
        return reading

    def _multiplied(self, index: int, verb: int | None) -> Reading:
        """ "the deficit has doubled", "they doubled tariffs"."""
        subject = self.syntax.subject(index)
        moved = starts_at(self.sentence, index + 1)
        if moved is not None and moved.first <= index + 2:
            reading = self._named(moved, "multiplied")
        elif subject is not None and self.sentence.words[subject.head].cls != "O":
            reading = self._named(self._root(subject), "subject")
        else:
            reading = Reading(rule="multiplied")
        reading.verb = index
        return reading

    def before(self, index: int) -> int:
        """The index of the last word before the figure that does not qualify it."""
        words, step = self.sentence.words, index - 1
        while step >= 0 and words[step].low in QUALIFYING and not self._governs(step):
            step -= 1
        return step

    def _governs(self, step: int) -> bool:
        """A word that qualifies only in a phrase: "to" in "up to", "at" in "at least"."""
        words = self.sentence.words
        if words[step].low == "to":
            return not (step > 0 and words[step - 1].low in ("up", "close", "equal", "equivalent"))
        if words[step].low == "at":
            return not (step + 1 < len(words) and words[step + 1].low in ("least", "most"))
        return False

    def _root(self, phrase: Phrase) -> Phrase:
        """Through empty heads and later parts: "the median of your projections of GDP growth" is of GDP growth."""
        words = self.sentence.words
        for _ in range(3):
            after = phrase.head + 1
            if (
                not is_in(words[phrase.head].low, "empty")
                or after >= len(words)
                or words[after].low not in ("of", "for")
            ):
                return phrase
            inner = starts_at(self.sentence, after + 1, join=False)
            if inner is None:
                return phrase
            phrase = inner
        return phrase

    def _named(self, phrase: Phrase, rule: str) -> Reading:
        """A measure by its noun phrase, with the item that hangs on it or stands before it ("steel tariffs")."""
        words, own = self.sentence.words, after_possessor(self.sentence, phrase)
        reading = Reading(short(self.sentence, self.text, own), None, phrase, rule=rule)
        modifier = words[own.head - 1] if own.head > own.first and words[own.head - 1].cls == "N" else None
        if modifier is not None and words[own.head].low in OF_GOODS and modifier.low not in NO_GOODS:
            reading.item = modifier.text
        if modifier is not None and is_in(words[own.head].low, "commitment"):
            reading.measure, reading.item = words[own.head].text, words[own.head - 1].text
        self.complement(reading, own.head)
        return reading

    def complement(self, reading: Reading, head: int) -> None:
        """The item after "on", "in", "of", "for": the goods or the subject; places and dates are none."""
        words = self.sentence.words
        step = head + 1
        while step < len(words) and words[step].cls in "R":
            step += 1
        if step < len(words) and words[step].cls == "T" and step + 1 < len(words) and words[step + 1].cls == "V":
            phrase = starts_at(self.sentence, step + 2)
            if phrase is not None and phrase.first <= step + 5 and words[phrase.head].cls in "NP":
                own = self._deed(after_possessor(self.sentence, phrase))
                reading.item, reading.item_phrase = full(self.sentence, self.text, own), own
            return
        step = self._past_dates(step)
        if step >= len(words) or words[step].low not in ("on", "in", "of", "for", "into"):
            return
        phrase = starts_at(self.sentence, step + 1)
        if (
            phrase is None
            or words[phrase.head].start in self.dates
            or words[phrase.head].cls in "OF"
            or words[phrase.head].low in SCALE_HEADS
        ):
            return
        own = self._deed(after_possessor(self.sentence, phrase))
        if is_place(self.sentence, own):
            nested = own.last + 1
            if nested < len(words) and words[nested].low in ("of", "on"):
                self.complement(reading, own.last)
            return
        reading.item, reading.item_phrase = full(self.sentence, self.text, own), own

    def _past_dates(self, step: int) -> int:
        """Past a time expression and its preposition: "over the next four years in manufacturing"."""
        words = self.sentence.words
        here = step
        while here < len(words) and here < step + 8:
            if words[here].start in self.dates:
                here += 1
                step = here
            elif words[here].cls in "ID" and any(w.start in self.dates for w in words[here + 1 : here + 4]):
                here += 1
            else:
                break
        return step

    def _deed(self, phrase: Phrase) -> Phrase:
        """Of what a deed is: "drones" of "acquisition of drones"."""
        words, after = self.sentence.words, phrase.last + 1
        if words[phrase.head].low in DEEDS and after < len(words) and words[after].low == "of":
            inner = starts_at(self.sentence, after + 1)
            if inner is not None and words[inner.head].cls in "NP":
                return after_possessor(self.sentence, inner)
        return phrase

    def _verb_text(self, verb: int) -> str | None:
        """A verb as the name of what is measured; "be" and verbs of telling name nothing."""
        return None if self.syntax.lemma(verb) in TELLING else self.sentence.words[verb].text

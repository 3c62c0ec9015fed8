"""Governing verb and subject of a figure: by the dependency parse (Universal Dependencies), else by order of words."""

from __future__ import annotations

from functools import cached_property

from spacy.tokens import Doc, Token

from extract.components.claims.phrases import Phrase, ends_at, starts_at
from extract.components.claims.tokens import Sentence
from extract.components.claims.words import guess_lemma, is_in
from extract.normalize.word_lists import word_set

_COPULAS = frozenset({"cop"})
_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "nsubjpass"})
_SHARED = frozenset({"conj", "xcomp", "advcl", "ccomp", "parataxis", "acl", "advcl:relcl"})
_TELLING = frozenset({"tell", "inform", "assure", "remind", "warn", "notify", "advise"})
_CONTROLLING = word_set(
    "want ask urge tell allow require oblige force order press expect enable permit lead push invite encourage direct"
    " instruct authorize authorise advise persuade compel"
)
_CLAUSE_ENDS = frozenset(";:—–")


class Syntax:
    """Questions about one sentence; ``parsed`` says whether the Doc has a dependency parse."""

    def __init__(self, doc: Doc, sentence: Sentence, *, parsed: bool) -> None:
        self.doc, self.sentence, self.parsed = doc, sentence, parsed and not sentence.linked

    def lemma(self, index: int) -> str:
        """The lemma of a word, lower case."""
        word = self.sentence.words[index]
        lemma = self.doc[word.token].lemma_.lower() if word.tag else ""
        return lemma if lemma and lemma != word.low else guess_lemma(word.low, only_known=bool(lemma))

    def verb(self, index: int) -> int | None:
        """The word index of the verb that governs the word at ``index``; a copula stands for its clause."""
        if self.parsed:
            found = self._parsed_verb(index)
            if found is not None:
                return self._participle(self._nearer(index, found))
        return self.nearest_verb(index)

    def _participle(self, verb: int) -> int:
        """ "would have risen": the participle, where the parse takes "have" for the verb."""
        words = self.sentence.words
        after = verb + 1
        while after < min(len(words), verb + 4) and words[after].cls in "RX":
            after += 1
        has = words[verb].low in ("have", "has", "had") and after < len(words)
        return after if has and words[after].tag in ("VBN", "VBD") else verb

    def _nearer(self, index: int, found: int) -> int:
        """The parse's verb, unless a verb that is no participle stands nearer to the left: parses attach too high."""
        nearest = self.nearest_verb(index)
        if nearest is None or nearest == found:
            return found
        finite = self.sentence.words[nearest].tag in ("VB", "VBD", "VBP", "VBZ")
        return nearest if found > index or (finite and nearest > found) else found

    def _parsed_verb(self, index: int) -> int | None:
        token = self.doc[self.sentence.words[index].token]
        for _ in range(12):
            if token.i in self._copulas:
                return self.sentence.by_token.get(self._copulas[token.i][0])
            if token.tag_.startswith("VB") and self.sentence.by_token.get(token.i) not in (None, index):
                return self.sentence.by_token.get(token.i)
            if token.head is token:
                return None
            token = token.head
        return None

    @cached_property
    def _copulas(self) -> dict[int, list[int]]:
        return self._dependents(_COPULAS)

    @cached_property
    def _subject_words(self) -> dict[int, list[int]]:
        return self._dependents(_SUBJECTS)

    def _dependents(self, relations: frozenset[str]) -> dict[int, list[int]]:
        """The dependents of each predicate in these relations, by token, in the order of the text.

        ``Token.children`` looks at the whole of a flat sentence each time.
        """
        found: dict[int, list[int]] = {}
        for word in self.sentence.words:
            token = self.doc[word.token]
            if token.dep_ in relations:
                found.setdefault(token.head.i, []).append(token.i)
        return found

    def nearest_verb(self, index: int) -> int | None:
        """The verb before a word in its clause, by order of words alone."""
        words = self.sentence.words
        for step in range(index - 1, max(-1, index - 25), -1):
            word = words[step]
            if word.text in _CLAUSE_ENDS:
                return None
            if word.cls == "V" and not (
                step + 1 < len(words) and words[step + 1].cls in "NP" and step and words[step - 1].cls in "DA"
            ):
                return step
            if word.cls == "X" and word.low in ("is", "was", "are", "were", "be", "been", "has", "have", "had"):
                return step
        return None

    def subject(self, verb: int) -> Phrase | None:
        """The noun phrase that is subject of a verb, its own or the one it shares with a higher verb."""
        found = self._subject(verb)
        return self.outermost(found) if found is not None else None

    def outermost(self, phrase: Phrase) -> Phrase:
        """What a preposition hangs on: "investment" of "investment in the United States" that totalled something."""
        words = self.sentence.words
        for _ in range(3):
            before = phrase.first - 1
            while before >= 0 and words[before].cls in "D":
                before -= 1
            while before > 1 and words[before].low in ("and", "or", ","):
                earlier = ends_at(self.sentence, before - 1)
                if earlier is None:
                    return phrase
                before = earlier.first - 1
            if before < 1 or words[before].low not in ("in", "of", "with", "for", "on", "between", "to", "from"):
                return phrase
            outer = ends_at(self.sentence, before - 1)
            if outer is None:
                return phrase
            phrase = outer
        return phrase

    def _controlled(self, verb: int) -> Phrase | None:
        """Who is asked, told or obliged to: "the government" of "they want the government to raise it"."""
        words = self.sentence.words
        if verb < 3 or words[verb - 1].cls != "T":
            return None
        phrase = ends_at(self.sentence, verb - 2)
        if phrase is None or phrase.first < 1:
            return None
        before = phrase.first - 1
        while before > 0 and words[before].cls in "D":
            before -= 1
        return phrase if words[before].cls == "V" and self.lemma(before) in _CONTROLLING else None

    def _subject(self, verb: int) -> Phrase | None:
        controlled = self._controlled(verb)
        if controlled is not None:
            return controlled
        if self.parsed:
            token: Token = self.doc[self.sentence.words[verb].token]
            if token.dep_ in ("cop", "aux", "aux:pass"):
                token = token.head
            found = self._parsed_subject(token)
            if found is not None:
                return found
        return self._nearest_subject(verb)

    def _parsed_subject(self, token: Token) -> Phrase | None:
        for _ in range(6):
            for child in self._subject_words.get(token.i, ()):
                if child < token.i + 40:
                    index = self.sentence.by_token.get(child)
                    if index is not None and self.sentence.words[index].cls == "Y":
                        return None  # "growth last year was": the parse took the time for the subject
                    if index is not None and self.sentence.words[index].low not in ("which", "that", "who"):
                        return ends_at(self.sentence, index) or (Phrase(index, index, index))
                    if index is not None and not self._is_told(token.head):
                        return self._antecedent(token)
            if token.dep_ == "acl" or token.dep_ == "acl:relcl":
                return self._antecedent(token)
            if token.dep_ not in _SHARED or token.head is token:
                return None
            token = token.head
        return None

    def _is_told(self, token: Token) -> bool:
        """Whether a word is who is told something: what follows it is no relative clause."""
        return token.head.lemma_.lower() in _TELLING and token.head.i < token.i

    def _antecedent(self, token: Token) -> Phrase | None:
        index = self.sentence.by_token.get(token.head.i)
        return ends_at(self.sentence, index) if index is not None else None

    def _nearest_subject(self, verb: int) -> Phrase | None:
        """The noun phrase before the verb's own words; a participle or an infinitive shares that of the verb before."""
        words = self.sentence.words
        step = verb - 1
        while step >= 0 and words[step].cls in "XRTY":
            step -= 1
        if step < 0:
            return None
        shares = (
            words[verb].low.endswith("ing")
            or words[step].cls in "VC"
            or (step < verb - 1 and words[step + 1].cls == "T")
        )
        if shares:
            higher = self.nearest_verb(step + 1)
            return self._nearest_subject(higher) if higher is not None and higher < verb else None
        if words[step].text == ",":
            opening = next((i for i in range(step - 1, max(-1, step - 16), -1) if words[i].text == ","), None)
            step = opening - 1 if opening is not None else step - 1
        elif words[step].text == ")":
            opening = next((i for i in range(step - 1, max(-1, step - 8), -1) if words[i].text == "("), None)
            step = opening - 1 if opening is not None else step - 1
        return ends_at(self.sentence, step)

    def is_of_that(self, phrase: Phrase) -> bool:
        """ "that on petrol": whether the phrase hangs on a word for the measure named before."""
        words, first = self.sentence.words, phrase.first
        return first > 1 and words[first - 1].low in ("on", "for", "of") and words[first - 2].low in ("that", "those")

    def relative(self, verb: int) -> Phrase | None:
        """What a relative clause before the verb hangs on: "the tariff that our exporters pay there is"."""
        words = self.sentence.words
        for step in range(verb - 1, max(0, verb - 12), -1):
            if words[step].cls == "W" and words[step].low in ("that", "which", "who"):
                return ends_at(self.sentence, step - 1)
            if words[step].text in (",", ";"):
                return None
        return None

    def object(self, verb: int, before: int) -> Phrase | None:
        """The noun phrase between a verb and the figure at ``before``: what is raised, cut or set to it."""
        words = self.sentence.words
        phrase = starts_at(self.sentence, verb + 1)
        if phrase is None or phrase.last >= before or words[phrase.head].cls == "O":
            return None
        return phrase

    def is_passive(self, verb: int) -> bool:
        """Whether the verb is a past participle after a form of "be"."""
        words = self.sentence.words
        return words[verb].tag == "VBN" and any(
            words[i].low in ("be", "is", "are", "was", "were", "been", "being") for i in range(max(0, verb - 3), verb)
        )

    def announced_by(self, index: int) -> tuple[int, Phrase] | None:
        """The verb of announcing above a word and its subject."""
        verb = self.verb(index)
        for _ in range(5):
            if verb is None:
                return None
            if is_in(self.lemma(verb), "announce"):
                subject = self.subject(verb)
                return (verb, subject) if subject is not None and subject.head < index else None
            above = self.verb(verb)
            verb = above if above is not None and above < verb else None
        return self._announced_before(index)

    def _announced_before(self, index: int) -> tuple[int, Phrase] | None:
        """The nearest verb of announcing to the left, where no new clause begins between."""
        words = self.sentence.words
        for step in range(index - 1, max(-1, index - 40), -1):
            if words[step].text == ";" or words[step].low in ("but", "while", "whereas"):
                return None
            if words[step].cls == "V" and is_in(self.lemma(step), "announce"):
                subject = self.subject(step)
                return (step, subject) if subject is not None and subject.head < step else None
        return None

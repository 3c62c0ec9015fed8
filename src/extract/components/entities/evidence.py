"""What the recogniser found, weighed against what stands beside it: the same span, maybe another label.

A small model finds the span of a name that it does not know and guesses its kind. Names that a list knows are left
alone; for others the gazetteer of cities and the signs around the name decide, in the order: what it is called, what is
done with it, where it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from extract.components.entities import signs
from extract.components.entities.companies import shows_company
from extract.components.entities.lists import FUNCTION_WORDS, listed, sign, words_of
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weights
from extract.components.entities.vocabulary import Vocabulary, is_address, is_office
from extract.components.entities.words import COMMA, CONNECTOR, HYPHEN, POSSESSIVE, SPACE, Words
from extract.normalize.cities import homes
from extract.normalize.names import fold

# Enough to beat the model's guess at other places of the same name, not what lists and titles know.
WEIGHED, WITH_PARTICLE = weights("weighed", "particle_widened")
BEFORE, AFTER = 56, 90
_GUESSED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "NORP", "EVENT", "WORK_OF_ART"})
_FIRMS_AS = re.compile(r"\b(?:such as|like|including)\s+$")
_TOWN_FIRST = words_of("town_first")
_PARTICLE = sign(r"(?<![\w-])((?:{particle})\s)$")
_OPENS = re.compile(r"(?:[.!?:]\s|\n\s*|^)$")
_CLOSES = re.compile(r"\s*(?:[,.;:?!)\]\"”]|$|\s(?:[a-z(]|\d))")
# Bodies of government are named beside persons ("Roe and Congress"), companies beside companies.
_PUBLIC = sign(r"\b(?:{public})\b")


def weigh(words: Words, guessed: list[Mention], rules: list[Mention], lexicon: Vocabulary) -> list[Mention]:
    """The model's mentions with the labels that their surroundings give; ``rules`` are the mentions of all rules."""
    judge = _Judge(words, rules, lexicon)
    for mention in guessed:
        judge.widen(mention)
        label = judge.label(mention)
        if label is not None:
            if label != mention.label:
                mention.country = None
            mention.label, mention.rule = label, "weighed"
            mention.score = max(mention.score, WEIGHED) if label != "PERSON" else mention.score
    judge.join_lists(guessed, rules)
    return guessed


class _Judge:
    """Decides labels by context; knows the persons that rules found in the document."""

    def __init__(self, words: Words, rules: list[Mention], lexicon: Vocabulary) -> None:
        self.words, self.lexicon = words, lexicon
        self.persons: set[str] = set()
        # Countries that the text speaks of: a city of one of them needs less to be believed.
        self.lands = {m.country for m in rules if m.country and m.label in ("GPE", "NORP")}
        for mention in rules:
            if mention.label == "PERSON":
                self.persons.update(fold(part) for part in words.text[mention.start : mention.end].split()[-1:])

    def label(self, mention: Mention) -> str | None:
        """The label that the surroundings give; ``None`` where they say nothing or a list knows the name."""
        words = self.words
        first, last = bisect_left(words.starts, mention.start), words.at(mention.end - 1)
        if mention.label not in _GUESSED or first > last or first >= len(words) or self._is_known(mention, first, last):
            return None
        name = words.text[mention.start : mention.end]
        before = " ".join(words.text[max(0, mention.start - BEFORE) : mention.start].split(None)) + " "
        if not words.text[mention.start - 1 : mention.start].isspace():
            before = before.rstrip()
        after = words.text[mention.end : mention.end + AFTER].replace("\n", " ")
        in_prose = not words.shouts[first] or len(_SMALL_WORD.findall(before + " " + after)) >= PROSE_WORDS
        if _is_acronym(name) and in_prose and not homes(name):
            return self._acronym(mention.label, before, after)
        of_person = signs.PERSON_BEFORE.search(before) or signs.NO_PLACE_OF.search(before)
        if mention.label == "PERSON" and first == last and signs.MAYOR_BEFORE.search(before) and not of_person:
            return "GPE" if words.texts[first] not in self.lexicon.given else None
        thing = self._thing(mention.label, first, last, before, after)
        if thing is not None:
            return thing
        placed = last > first or signs.IN_BEFORE.search(before) or signs.TO_BEFORE.search(before)
        if (
            placed
            and mention.label in ("ORG", "LOC")
            and _TOPONYM.search(name)
            and name.isprintable()
            and not words.shouts[first]
        ):
            return "GPE"
        if fold(words.texts[last]) in self.persons:
            return "PERSON" if mention.label in ("GPE", "LOC") and signs.PERSON_AFTER.match(after) else None
        return self._place(mention, name, first, last, before, after) or self._person(mention, name, before, after)

    def widen(self, mention: Mention) -> None:
        """A person takes the particle before it ("*von der* Roe"), a body the city that its name begins with."""
        text = self.words.text
        particle = _PARTICLE.search(text, max(0, mention.start - 12), mention.start)
        if particle and mention.label in ("PERSON", "ORG", "GPE") and " " not in text[mention.start : mention.end]:
            mention.start, mention.label, mention.rule, mention.country = particle.start(1), "PERSON", "weighed", None
            mention.score = WITH_PARTICLE
        first = bisect_left(self.words.starts, mention.start)
        if mention.label == "PERSON" and " " in text[mention.start : mention.end]:
            self._lengthen(mention)
        if mention.label not in ("PERSON", "ORG") or not 0 < first < len(self.words):
            return
        city, name = self.words.texts[first - 1], self.words.texts[first]
        words = self.words
        joined = words.gaps[first - 1] == HYPHEN and words.links[first - 1] != "/"
        if not (words.gaps[first - 1] == SPACE or joined) or words.links[first - 1] not in ("", "-"):
            return
        if fold(name) in self.persons or (joined and not _is_acronym_before(city, self.lexicon)):
            return
        alone = " " not in text[mention.start : mention.end] and name not in self.lexicon.given
        if alone and _is_acronym_before(city, self.lexicon) and not words.shouts[first - 1]:
            self._restart(mention, first - 1, "ORG")
        elif city in _TOWN_FIRST:
            self._restart(mention, first - 1, "GPE")
        elif self._leads_firm(first - 1):
            self._restart(mention, first - 1, "ORG")

    def _lengthen(self, mention: Mention) -> None:
        """A person takes the last unknown word of the run that it stands in: "Jane Roe *Quispe*"."""
        words, last = self.words, self.words.at(mention.end - 1)
        if last < 0 or last + 1 >= len(words) or words.ends[last] != mention.end:
            return
        if words.gaps[last] != SPACE or words.links[last]:
            return
        word = words.texts[last + 1]
        known = word in self.lexicon.single or word in self.lexicon.heads or word in self.lexicon.leads
        small = self.lexicon.is_plain(word) or words.is_small(word) or word in FUNCTION_WORDS or is_office(word)
        runs_on = words.gaps[last + 1] in (SPACE, HYPHEN) and last + 2 < len(words)
        if not (known or small or runs_on or word.isupper() or is_address(word) or len(word) < 3):
            mention.end = words.ends[last + 1]

    def _restart(self, mention: Mention, first: int, label: str) -> None:
        mention.start, mention.label, mention.rule, mention.score = self.words.starts[first], label, "weighed", WEIGHED

    def _leads_firm(self, index: int) -> bool:
        """Is the word a city that begins the name of a firm ("Ningbo *Roe*"), not one before a person?"""
        words, given = self.words, self.lexicon.given
        city, name = words.texts[index], words.texts[index + 1]
        if words.runs_in(index):
            return False
        opens = _OPENS.search(words.text, max(0, words.starts[index] - 3), words.starts[index])
        return not opens and bool(homes(city)) and not {city, name} & given.keys() and name not in self.lexicon.single

    def _is_known(self, mention: Mention, first: int, last: int) -> bool:
        """Does a list know the whole name, without doubt?"""
        name = " ".join(self.words.text[mention.start : mention.end].split()).replace("’", "'")
        entry = self.lexicon.single.get(name) if first == last else self.lexicon.entries.get(name)
        return entry is not None and not entry.weak

    def _acronym(self, label: str, before: str, after: str) -> str | None:
        """Capitals are a body, or an agreement where one stands."""
        if (
            signs.LAW_AFTER.match(after)
            or signs.LAW_TOO.search(before)
            or (label == "LAW" and signs.LAW_BEFORE.search(before))
        ):
            return "LAW"
        return "ORG" if label in ("PERSON", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "ORG") else None

    def _thing(self, label: str, first: int, last: int, before: str, after: str) -> str | None:
        """Works, products, peoples, parties and companies by what is said of them."""
        words, lexicon = self.words, self.lexicon
        if first == last and signs.PERSON_TO.search(before) and not homes(words.texts[first]):
            return "PERSON"
        if signs.WORK_BEFORE.search(before):
            return "WORK_OF_ART"
        if signs.PRODUCT_BEFORE.search(before) or signs.PRODUCT_AFTER.match(after):
            return "PRODUCT"
        if signs.LABEL_AFTER.match(after) and signs.LABEL_BEFORE.search(before):
            return "PRODUCT"
        given = words.texts[first] in lexicon.given
        if (
            first == last
            and not given
            and signs.PEOPLE_BEFORE.search(before)
            and label in ("PERSON", "NORP", "ORG", "GPE")
        ):
            people = signs.PEOPLE_AFTER.match(after) is not None and label != "ORG"
            if people or (label == "PERSON" and signs.LEADER_AFTER.match(after)):
                return "NORP"
        if signs.PARTY_AFTER.match(after) and signs.PARTY_BEFORE.search(before):
            return "ORG"
        if signs.BODY_BEFORE.search(before) and last > first and label == "PERSON" and _FIRMS_AS.search(before):
            return "ORG"
        headed = words.texts[last] in lexicon.heads and "ORG" not in lexicon.heads[words.texts[last]].values()
        if headed or label in ("EVENT", "FAC", "NORP") or (given and last - first == 1):
            return None
        if words.gaps[last] == POSSESSIVE and label == "GPE":
            return None
        return "ORG" if self._is_company(first, last, before, after) else None

    def _is_company(self, first: int, last: int, before: str, after: str) -> bool:
        words = self.words
        person = fold(words.texts[last]) in self.persons
        if person or (first == last and homes(words.texts[first]) and signs.FROM_BEFORE.search(before)):
            return False
        if signs.BODY_BEFORE.search(before) or signs.BODY_AFTER.match(after) or signs.STAFF_AT.search(before):
            return True
        if signs.FREIGHTER.match(after) and re.search(r"\b(?:an?|the|on|by)\s+$", before):
            return True
        if signs.ACCORDING.search(before) and first == last and words.texts[first] not in self.lexicon.given:
            return True
        return shows_company(words, first, last)

    def _place(self, mention: Mention, name: str, first: int, last: int, before: str, after: str) -> str | None:
        """Towns, islands and rivers by where they stand."""
        words = self.words
        if mention.label in ("EVENT", "WORK_OF_ART", "PRODUCT") or (mention.label == "NORP" and not homes(name)):
            return None
        runs_on = words.gaps[last] in (SPACE, HYPHEN)
        headed = words.texts[last] in self.lexicon.heads
        given = words.texts[first] in self.lexicon.given and first < last
        if runs_on or headed or given or (words.gaps[last] == POSSESSIVE and mention.label == "PERSON"):
            return None
        if mention.label == "FAC" and not homes(name) and words.texts[first] not in _TOWN_FIRST:
            return None
        if signs.FERRY_BEFORE.search(before) or signs.LOC_BEFORE.search(before):
            return "LOC" if not homes(name) else "GPE"
        if signs.ON_ISLAND.search(before) and _CLOSES.match(after):
            return "LOC"
        if signs.TOWN_BEFORE.search(before) or signs.TOWN_AFTER.match(after):
            return "GPE"
        if homes(name):
            return "GPE" if self._is_city(mention, name, before, after) else None
        if words.texts[first] in _TOWN_FIRST and first < last <= first + 2 and not signs.PERSON_AFTER.match(after):
            return "GPE"
        if signs.IN_COUNTRY.search(before) and _CLOSES.match(after):
            return "LOC"
        return self._unknown_place(mention.label, first, last, before, after)

    def _is_city(self, mention: Mention, name: str, before: str, after: str) -> bool:
        """Is the name of a city its own here? At the head of a sentence only where the text names its country."""
        if _city_stands(before, self.lexicon.given.get(name)):
            return True
        if signs.IN_COUNTRY.search(before):
            return True
        free = mention.label == "PERSON" and name not in self.lexicon.given and not signs.PERSON_AFTER.match(after)
        opens = not before.strip() or before.rstrip()[-1] in ".!?:;"
        return free and opens and bool({country for country, _ in homes(name)[:1]} & (self.lands - _ENGLISH))

    def _unknown_place(self, label: str, first: int, last: int, before: str, after: str) -> str | None:
        """A place that no list holds: only behind what places stand behind."""
        words, lone = self.words, first == last
        if lone and words.texts[first] in self.lexicon.given:
            return None
        if signs.IN_BEFORE.search(before) and not signs.NO_PLACE_IN.search(before) and _CLOSES.match(after):
            return "GPE" if label in ("PERSON", "ORG", "FAC", "GPE") else None
        if label in ("PERSON", "ORG") and (signs.GOING_BEFORE.search(before) or signs.SITE_AT.search(before)):
            return "GPE" if not words.texts[first].isupper() else None
        if label != "PERSON":
            return None
        if signs.AT_BEFORE.search(before) and not signs.STAFF_AT.search(before):
            return "GPE"
        if signs.FROM_BEFORE.search(before) and not signs.NO_PLACE_FROM.search(before):
            return "GPE"
        return None

    def _person(self, mention: Mention, name: str, before: str, after: str) -> str | None:
        """A lone unknown "place" or people that speaks or thinks is a person."""
        if mention.label not in ("GPE", "NORP", "LOC", "FAC") or " " in name or homes(name):
            return None
        if signs.PERSON_AFTER.match(after) or signs.PERSON_BEFORE.search(before):
            return "PERSON"
        return None

    def join_lists(self, guessed: list[Mention], rules: list[Mention]) -> None:
        """A name between towns is a town, one between companies a company: "in Roeton, *Quill* and Doeville"."""
        words = self.words
        sure = {m.start: m for m in rules if m.label in ("GPE", "ORG", "NORP")}
        sure.update({m.start: m for m in guessed if m.rule == "weighed"})
        ends = {m.end: m for m in sure.values()}
        for mention in sorted(guessed, key=lambda m: m.start):
            if mention.rule != "model" or mention.label not in ("PERSON", "ORG", "GPE", "LOC", "FAC"):
                continue
            first, last = bisect_left(words.starts, mention.start), words.at(mention.end - 1)
            if first > last or self._is_known(mention, first, last) or fold(words.texts[last]) in self.persons:
                continue
            left = ends.get(words.ends[first - 1]) if first and _lists(words, first - 1) else None
            right = sure.get(words.starts[last + 1]) if last + 1 < len(words) and _lists(words, last) else None
            label = self._of_list(mention, first, last, left, right)
            if label is not None and label != mention.label:
                mention.label, mention.rule, mention.score = label, "weighed", WEIGHED
                mention.country = None
            if label is not None:
                ends[mention.end] = sure[mention.start] = mention

    def _of_list(
        self, mention: Mention, first: int, last: int, left: Mention | None, right: Mention | None
    ) -> str | None:
        """The label that the neighbours in a list give, if they speak for one kind."""
        text, words = self.words.text, self.words
        labels = {m.label for m in (left, right) if m is not None}
        if len(labels) != 1 or (words.texts[first] in self.lexicon.given and last > first):
            return None
        neighbour = left or right
        assert neighbour is not None
        name = text[mention.start : mention.end]
        unknown = mention.label == "PERSON" or (mention.label == "LOC" and words.texts[last] not in self.lexicon.heads)
        if labels == {"GPE"} and signs.PERSON_AFTER.match(text, mention.end, mention.end + 40):
            return None  # "In Lima, Roe urged …"
        if labels == {"GPE"} and (homes(name) or (unknown and neighbour.rule == "weighed")):
            return "GPE" if not words.texts[first].isupper() else None
        if (
            labels == {"LOC"}
            and left is not None
            and neighbour.rule == "weighed"
            and mention.label in ("PERSON", "ORG", "GPE")
        ):
            return "LOC" if not homes(name) else None
        if labels == {"NORP"} and right is not None and mention.label == "PERSON" and first == last:
            peoples = signs.PEOPLE_AFTER.match(text, right.end, right.end + 40)
            return "NORP" if peoples and words.links[last] == "and" else None
        company = labels == {"ORG"} and not _PUBLIC.search(text[neighbour.start : neighbour.end])
        lone_person = mention.label == "PERSON" and first == last
        if company and (lone_person or mention.label == "GPE") and not homes(name):
            return "ORG" if words.texts[first] not in self.lexicon.given else None
        return None


# So many words in small letters around a word in capitals show that the line is prose.
PROSE_WORDS = 5
_SMALL_WORD = re.compile(r"\b[a-z]{2,}\b")
# What the names of lands and towns end in, in many tongues.
_TOPONYM = sign(r"[a-z](?:{toponym})$")


def _is_acronym_before(word: str, lexicon: Vocabulary) -> bool:
    """Are these the letters that begin a firm's name ("*QRX* Roe", "QRX-Roe"), not a known body before a person?"""
    unknown = word not in lexicon.single and word not in lexicon.plain_acronyms
    return unknown and 2 < len(word) <= 5 and word.isalpha() and word.isupper() and not is_office(word)


def _is_acronym(name: str) -> bool:
    """Three to nine capitals and no more: no initials ("J.J."), no place in capitals at the head of a report."""
    return 3 <= len(name) <= 9 and name.isalpha() and name.isupper()


# Where English is spoken towns are family names too.
_ENGLISH = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})


def _city_stands(before: str, given: str | None) -> bool:
    """Do cities stand behind these words? Given names need more than "to" or "of"."""
    if signs.STAFF_AT.search(before) or signs.NO_PLACE_IN.search(before):
        return False
    if signs.IN_BEFORE.search(before) or signs.AT_BEFORE.search(before):
        return True
    if signs.FROM_BEFORE.search(before):
        return not signs.NO_PLACE_FROM.search(before)
    if given or signs.NO_PLACE_TO.search(before) or signs.NO_PLACE_OF.search(before):
        return False
    return signs.TO_BEFORE.search(before) is not None and not before.endswith((" and ", " or "))


def _lists(words: Words, index: int) -> bool:
    """Does a list run on from word ``index`` to the next?"""
    if words.gaps[index] == COMMA:
        return True
    if words.gaps[index] == CONNECTOR:
        return words.links[index] in ("and", "&")
    gap = words.text[words.ends[index] : words.starts[index + 1]]
    return len(gap) < 16 and " ".join(gap.split()) in _LIST_LINKS


_LIST_LINKS = listed("list_link")

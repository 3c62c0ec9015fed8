"""From a label to a person: by name, by office and side, by pronoun, by who was called upon or examined."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from extract.components.speakers.hints import HEAD_CHARS, nicknamed
from extract.components.speakers.home import countries_beside, is_state_office, read_home
from extract.components.speakers.japanese import delegates, label_speakers, link_halves
from extract.components.speakers.labelled import LabelledTurns, names_nobody
from extract.components.speakers.people import People, Person
from extract.components.speakers.places import Places
from extract.components.speakers.roles import MORE_TITLES, cased, names_office, role_of
from extract.components.speakers.sides import (
    Institutions,
    country_in,
    dateline_side,
    delegation_sides,
    leader_side,
    parties,
    side_at,
    side_of_office,
)
from extract.normalize.countries import country_code
from extract.normalize.japanese import is_japanese
from extract.normalize.labels import split_label, tidy
from extract.normalize.names import proper_case, sex, split_title, surname

Row = dict[str, Any]
_ARTICLE = re.compile(r"^(?:[Tt]he|THE|[Aa]n?)\s+")
_MARK = re.compile(r"(?:Q|A|Question|Answer|問|答)\Z", re.IGNORECASE)
_EXAMINATION = re.compile(
    r"(?:EXAMINATION|[Ee]xamination)[^\n]{0,30}?\b(?:BY|[Bb]y)\s+((?:M[RS]S?|M[rs]s?|DR|Dr|MISS|Miss)\.?\s+[A-Z][\w.’'-]+(?:\s[A-Z][\w’'-]+)?)|"
    r"^BY\s+(M[RS]S?\.?\s+[A-Z][\w’'-]+)",
    re.MULTILINE,
)
_WITNESS = re.compile(
    r"(?:[Dd]eposition of|DEPOSITION OF|[Tt]estimony of|TESTIMONY OF|[Ee]xamination of|[Ii]nterview of)\s+((?:[A-Z][\w.’'-]+\s?){2,4}?)(?=[,\n]|\s+(?:taken|Taken|TAKEN)|$)|"  # noqa: E501
    r"^\s*((?:[A-Z][A-Z.’'-]+\s?){2,4}),\s+(?:called as a witness|having been|the witness)",
    re.MULTILINE,
)
_JAPANESE_PARTS = ("大臣", "総理", "議長", "司会")
_FEMALE = frozenset(("she", "her", "hers"))
_PRESIDENT = re.compile(r"(?:the )?(?:vice )?president\Z", re.IGNORECASE)
_ALONE = re.compile(r"^[ \t]*(The [A-Z][\w ]{3,40})[ \t]*$", re.MULTILINE)
# How far back a sentence reaches, and how far a speaker goes on being meant by a pronoun.
SENTENCE_CHARS = 200
CHAIN_CHARS = 600
_SENTENCE_BREAK = re.compile(r"[.?!][\"”’)]*\s+(?=[A-Z“\"])|\n\s*\n")
# Somebody without a name who may go on speaking: "An American diplomat said … He said …".
_INDIVIDUAL = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)


class Resolver:
    """Fills ``speaker``, ``role`` and ``side`` of the rows of one document."""

    def __init__(
        self,
        text: str,
        rows: Sequence[Row],
        people: People,
        document: Mapping[str, Any],
        entities: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        self.text = text
        self.rows = rows
        self.people = people
        self.pair = parties(text, document)
        self.document = document
        self.home = read_home(text, entities)
        self.institutions = Institutions(text)
        self.places = Places(text)
        self.spans = delegation_sides(text, document)
        self.by_office = self._offices()
        # An office that stands alone in the list of participants is its holder's only name there.
        self.unnamed = frozenset(tidy(line) for line in _ALONE.findall(text[:6_000]))
        self.labels = frozenset(str(row["label"]).casefold() for row in rows if row["kind"] == "turn")
        self.holders: dict[str, Person | None] = {}
        self.last: list[Row] = []
        self.beside: dict[str, list[str]] = {}
        self.mention_starts = [start for start, _ in people.mentions]

    def run(self) -> None:
        turns = [row for row in self.rows if row["kind"] == "turn"]
        self._full_labels(turns)
        labelled = [row for row in turns if not is_japanese(str(row["label"]))]
        LabelledTurns(self.places, labelled, self.people, self._holder, self.unnamed).run()
        self._examinations(turns)
        self._sides(turns)
        self._japanese(turns)
        for row in self.rows:
            if row["kind"] != "turn":
                self._quoted(row)
        self._share()
        for row in turns:
            row["role"] = role_of(row["role"])
            if row["speaker"] is None and row["side"] is None:
                row["side"] = side_of_office(row["role"], self.pair)

    def _full_labels(self, turns: Sequence[Row]) -> None:
        """A label with the full name tells who a later one with the surname alone is."""
        for row in turns:
            head = MORE_TITLES.sub("", split_label(str(row["label"])).head)
            title, name = split_title(head)
            if name and 2 <= len(name.split()) <= 4 and not is_japanese(name) and not names_nobody(head):
                self.people.add(cased(name), office=role_of(title) if names_office(title) else None, at=row["start"])

    def _share(self) -> None:
        """What one row tells of a speaker holds for his other rows: office, and country if only one is told."""
        by_speaker: dict[str, list[Row]] = {}
        for row in self.rows:
            if row["speaker"]:
                by_speaker.setdefault(row["speaker"], []).append(row)
        for rows in by_speaker.values():
            sides = {row["side"] for row in rows if row["side"]}
            role = next((row["role"] for row in rows if row["role"]), None)
            for row in rows:
                row["role"] = row["role"] or role
                row["side"] = row["side"] or (next(iter(sides)) if len(sides) == 1 else None)

    def _offices(self) -> dict[str, list[Person]]:
        found: dict[str, list[Person]] = {}
        for person in self.people.all:
            for office in person.offices:
                found.setdefault(office.casefold().rstrip("."), []).append(person)
        return found

    def _sides(self, turns: Sequence[Row]) -> None:
        """The country spoken for: the person's own by the text, else the record's for its members and officials."""
        sides: dict[str, str | None] = {}
        for row in turns:
            if is_japanese(str(row["label"])) or row["side"]:
                continue
            key = row["speaker"] or str(row["label"])
            if key not in sides:
                sides[key] = self._side(row)
            row["side"] = sides[key]

    def _side(self, row: Row) -> str | None:
        label = self.text[row["label_start"] : row["label_end"]] if row["label_start"] >= 0 else str(row["label"])
        parts = split_label(label)
        for inside in parts.inside:
            if code := country_code(inside.removeprefix("the ")):
                return code
        if not split_title(parts.head).name and (code := country_in(proper_case(parts.head))):
            return code
        if names_nobody(str(row["label"])) and not self.home.chamber:
            return None
        if self.home.chamber and not self.home.country:
            return None
        person = self.people.find(row["speaker"]) if row["speaker"] else None
        offices = [
            office for office in (row["role"], split_label(label).head, *(person.offices if person else ())) if office
        ]
        if self.home.bank:
            offices = [office for office in offices if not _PRESIDENT.match(office)]
        own = self._own_country(row, person)
        labelled = any(is_state_office(office) for office in offices[:2])
        strong = labelled or any(is_state_office(office) and not _PRESIDENT.match(office) for office in offices)
        if own and (strong or self.home.chamber or any(is_state_office(office) for office in offices)):
            return own
        if strong or self.home.chamber:
            return side_of_office(row["role"], self.pair) or self.home.country
        return None

    def _own_country(self, row: Row, person: Person | None) -> str | None:
        """The country that the text puts beside a speaker's name most often."""
        name = surname(str(row["speaker"] or ""))
        if not name:
            return None
        votes: Counter[str] = Counter(person.sides if person else ())
        last = str(row["speaker"]).split()[-1]
        if last not in self.beside:
            self.beside[last] = countries_beside(self.places, last)
        votes.update(self.beside[last])
        ranked = votes.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return None
        return ranked[0][0]

    def _holder(self, office: str) -> Person | None:
        """Who holds an office in this document, if exactly one does (of the right side, where two countries talk)."""
        if office not in self.holders:
            self.holders[office] = self._search_holder(office)
        return self.holders[office]

    def _search_holder(self, office: str) -> Person | None:
        if office in self.unnamed:
            return None
        key = office.casefold().removeprefix("the ").rstrip(".")
        holders = list({id(p): p for p in self.by_office.get(key, ())}.values())
        if not holders:
            holders = [p for o, ps in self.by_office.items() if o.startswith((key + " of ", key + " for ")) for p in ps]
        if len(holders) > 1:
            apart = [p for p in holders if not any(form.casefold() in self.labels for form in p.forms)]
            side = side_of_office(office, self.pair)
            here = [p for p in apart if side and p.side == side] or [p for p in apart if p.side]
            holders = here or apart
        return holders[0] if len({id(p) for p in holders}) == 1 else None

    def _examinations(self, turns: Sequence[Row]) -> None:
        """ "Q" and "A": the examining counsel and the witness."""
        exams = [(m.start(), m[1] or m[2]) for m in _EXAMINATION.finditer(self.text)]
        if not exams:
            return
        witness = _WITNESS.search(self.text)
        for row in turns:
            if _MARK.match(str(row["label"])):
                self._examined(row, exams, witness)

    def _examined(self, row: Row, exams: Sequence[tuple[int, str]], witness: re.Match[str] | None) -> None:
        if row["label"][0] in "Aa答":
            name = tidy(witness[1] or witness[2]) if witness else None
            row["speaker"] = proper_case(name) if name else None
            return
        begun = bisect_left(exams, (row["start"], ""))
        if begun:
            name = split_title(exams[begun - 1][1]).name
            person = self.people.find(name)
            row["speaker"] = person.name if person else proper_case(name)

    def _japanese(self, turns: Sequence[Row]) -> None:
        """Speakers of the Japanese half: from its list of delegates, and by the same name as in the other half."""
        own = [row for row in turns if is_japanese(str(row["label"]))]
        if not own:
            return
        links = link_halves(turns)
        listed = delegates(self.text)
        told = {label: self._delegate(label, listed) for label in {str(row["label"]) for row in own}}
        for number, row in enumerate(turns):
            label = str(row["label"])
            if label not in told:
                continue
            row["role"], row["speaker"], row["side"] = told[label]
            if number in links:
                twin = turns[links[number]]
                row["linked_start"], twin["linked_start"] = twin["start"], row["start"]
                row["speaker"] = twin["speaker"] or row["speaker"]
                row["side"] = twin["side"] or row["side"]
        if not links:
            label_speakers(self.text, own)

    def _delegate(self, label: str, listed: Sequence[tuple[str, str, int]]) -> tuple[str | None, ...]:
        """Role, name and side of whom a Japanese label means, by the lists of delegates."""
        fitting = [d for d in listed if d[0] == label or d[1] == label or (label in d[1] and len(label) >= 2)]
        role = next((d[1] for d in fitting if d[0] == label), None) or (
            label if fitting or label in ("総理", "大臣", "大統領") else None
        )
        sides = [side for d in fitting if (side := side_at(d[2], self.spans))]
        ours = [d for d in fitting if side_at(d[2], self.spans) == "JP"] or fitting
        speaker = ours[0][0] if ours else None if names_nobody(label) or label in _JAPANESE_PARTS else label
        side = "JP" if label in ("総理", "大使") and "JP" in sides else next(iter(sides), None)
        return role, speaker, side or side_of_office(role, self.pair)

    def _quoted(self, row: Row) -> None:
        """The source of a quotation: a name, a pronoun for the last one named, the sender, or the words as they stand."""  # noqa: E501
        label, told = tidy(str(row["label"] or row.get("speaker") or "")), row["side"]
        low = label.casefold()
        if low in ("he", "she", "his", "her", "him", "who"):
            self._pronoun(row, low)
        elif low in ("i", "we", "my", "myself"):
            sender = self.document.get("sender")
            row["speaker"] = split_title(str(sender)).name or None if sender else None
            row["side"] = self.pair[0] if self.pair and sender else None
        elif low in ("they", "it", "their", "its"):
            row["speaker"] = self.last[-1]["speaker"] if self.last else None
            row["side"] = self.last[-1]["side"] if self.last else None
        elif label:
            self._source(row, label)
        row["side"] = told or row["side"]
        if row["speaker"]:
            self.last.append(row)

    def _pronoun(self, row: Row, low: str) -> None:
        gender = "f" if low in _FEMALE else "m"
        at = row["label_start"] if row["label_start"] >= 0 else row["start"]
        near = self._mentioned(at, gender, SENTENCE_CHARS, stop=True)
        earlier = next((e for e in reversed(self.last[-8:]) if self._may_be(e, gender, at)), None)
        if near is None and earlier is not None:
            row["speaker"], row["side"] = earlier["speaker"], earlier["side"]
            row["role"] = row["role"] or earlier["role"]
            return
        person = near or self._mentioned(at, gender, 20 * SENTENCE_CHARS, stop=False)
        if person is not None:
            row["role"] = row["role"] or person.role
            self._set_quoted(row, person)

    def _may_be(self, earlier: Row, gender: str, at: int) -> bool:
        """May a pronoun mean the speaker of an earlier row? Near enough, a person, of no other sex."""
        if _INDIVIDUAL.match(str(earlier["label"] or "")):
            return bool(at - earlier["end"] <= SENTENCE_CHARS)
        person = self.people.find(earlier["speaker"] or "")
        own = person.sex if person else sex(split_title(str(earlier["label"] or "")).title)
        known = person is not None or names_office(split_title(str(earlier["label"] or "")).title)
        return known and own in (None, gender) and at - earlier["end"] <= CHAIN_CHARS

    def _mentioned(self, at: int, gender: str, reach: int, *, stop: bool) -> Person | None:
        """The person named last before a pronoun; with ``stop`` in its own sentence, and only if nobody else is."""
        index = bisect_left(self.mention_starts, at)
        found: list[Person] = []
        for start, person in reversed(self.people.mentions[max(0, index - 12) : index]):
            if at - start > reach or (stop and _SENTENCE_BREAK.search(self.text, start, at)):
                break
            if person.sex in (None, gender):
                found.append(person)
        if stop and len({id(p) for p in found}) != 1:
            return None
        return found[0] if found else None

    def _source(self, row: Row, label: str) -> None:
        bare = _ARTICLE.sub("", label)
        title, name = split_title(bare)
        person = self.people.find(name) if name and name[0].isupper() else None
        if person is None and title and not name:
            person = self._holder(bare)
        if person is not None:
            self._set_quoted(row, person)
            return
        end = row["label_end"]
        behind = self.text[end : end + HEAD_CHARS] if end > 0 and bare.islower() else ""
        is_named = title and name and name[0].isupper() and len(name.split()) <= 4
        row["speaker"] = nicknamed(behind) or tidy(name if is_named else bare)
        row["role"] = row["role"] or title
        named = country_in(label) or (country_in(row["role"]) if row["role"] else None)
        row["side"] = named or self.institutions.side(bare) or dateline_side(bare, self.text)

    def _set_quoted(self, row: Row, person: Person) -> None:
        row["speaker"] = person.name
        row["role"] = row["role"] or person.role
        former = (row["role"] or "").casefold().startswith("former")
        side = country_in(row["role"] or "") or (
            None if former else person.side or side_of_office(person.role, self.pair)
        )
        held = [office for office in (row["role"], *person.offices) if is_state_office(office)]
        known = self._own_country(row, person) if held else None
        # Where the text beside the name tells nothing: a head of state or government by name and office.
        known = known or leader_side(person.name, person.offices) or self.institutions.side(row["role"] or "")
        known = known or dateline_side(row["role"] or "", self.text)
        row["side"] = side or (None if former else known)

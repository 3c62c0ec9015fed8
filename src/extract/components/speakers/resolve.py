"""From a label to a person: by name, by office and side, by pronoun, by who was called upon or examined."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any

from extract.components.speakers.japanese import delegates, is_japanese, link_halves
from extract.components.speakers.people import People, Person
from extract.components.speakers.roles import (
    LANGUAGE,
    OFFICE_ADDRESSED,
    cased,
    is_address,
    is_full_name,
    names_office,
    role_of,
)
from extract.components.speakers.sides import (
    country_in,
    dateline_side,
    delegation_sides,
    institution_side,
    is_us_chamber,
    is_us_house,
    leader_side,
    parties,
    side_at,
    side_of_office,
)
from extract.normalize.countries import country_code
from extract.normalize.labels import split_label, tidy
from extract.normalize.names import proper_case, split_title, words

Row = dict[str, Any]
_UNNAMED = re.compile(
    r"(?:the |an? |several |some |hon\.? )*(?:q|a|question|questioner|reporter|journalist|audience(?: member)?|press|"
    r"speakers?(?: ?pro tempore)?|speaker[ _]?\w{0,3}|deputy speaker|acting speaker|operator|moderator|interviewer|host|"  # noqa: E501
    r"(?:senior |administration |government |state department |white house |defense |u\.?s\.? )*officials?|"
    r"(?:hon\.? |honou?rable )*members?|chair(?:man|woman|person)?|"
    r"pr[ée]sident[ea]?|präsident(?:in)?|court|witness|clerk|participant|voices?|"
    r"unidentified \w+|unknown(?: speaker)?|interpreter|translator|staff|taoiseach|"
    r"(?:leas-)?(?:ceann comhairle|c[aá]thaoirleach)|presiding officer|counsel|caller|"
    r"記者|質問|問|答|大臣|総理|議長|司会)(?:s)?\Z",
    re.IGNORECASE,
)
_MARK = re.compile(r"(?:Q|A|Question|Answer|問|答)\Z", re.IGNORECASE)
_CALLED = re.compile(
    r"(?:^|[.!?—]\s+)(?:(?:All right|Okay|Yes|Sure)[,.]\s+)?(?:(?:[Gg]o ahead|[Yy]es|[Yy]eah|[Oo]kay|[Yy]our turn|[Oo]ver to|[Ll]et's go to|"  # noqa: E501
    r"I'll go to|[Ww]e'll go to|[Tt]hen|[Tt]o you)[,.]?\s+)?([A-Z][\w.’'-]*(?:\s[A-Z][\w’'-]+)?)[,.]?(?:\s+(?:[Gg]o ahead|please)[.,]?)?\s*$"  # noqa: E501
)
_ADDRESSED = re.compile(
    r"^(?:(?:So|Thanks?(?: you)?|Well|Yes|No|Okay|Good (?:morning|afternoon))[,.]?\s+(?:very much,?\s+)?)([A-Z][a-z]+)[,.]"  # noqa: E501
)
_SELF = re.compile(
    r"\b(?:[Tt]his is|[Mm]y name is|I am|I'm|I’m)\s+([A-Z][a-z]+(?:\s[A-Z][\w’'-]+){0,2})(?=[,.]|\s(?:from|with|of|at)\b)"  # noqa: E501
)
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
_REPLY = re.compile(r"^(?:Yeah|Yes|No|I did|Right|Sorry|Correct|Okay)\b")
_FEMALE = frozenset(("she", "her", "hers"))
_NOT_CALLED = frozenset(
    [
        "Thank",
        "Thanks",
        "Okay",
        "Good",
        "Next",
        "Yes",
        "No",
        "Please",
        "Right",
        "Well",
        "Mr",
        "Ms",
        "Mrs",
        "Dr",
        "President",
        "Minister",
        "Ambassador",
        "Senator",
        "Secretary",
        "Q",
        "All",
        "Sir",
        "Madam",
        "Everyone",
        "Everybody",
        "Welcome",
        "Great",
        "Sure",
        "Hi",
        "Hello",
        "Morning",
        "Afternoon",
        "Bye",
        "Correct",
        "Absolutely",
        "Exactly",
        "Sorry",
    ]
)
_ALONE = re.compile(r"^[ \t]*(The [A-Z][\w ]{3,40})[ \t]*$", re.MULTILINE)
# How far back a sentence reaches, and how far a speaker goes on being meant by a pronoun.
SENTENCE_CHARS = 200
CHAIN_CHARS = 600
_SENTENCE_BREAK = re.compile(r"[.?!][\"”’)]*\s+(?=[A-Z“\"])|\n\s*\n")
_MORE_TITLES = re.compile(
    r"^(?:Deputy|An|M\.|Mme|Herr|Frau|(?P<office>(?i:Sec\.|(?:council|assembly) ?(?:member|person)|trustee|supervisor|"
    r"selectman|alderperson|comm(?:issioner|\.)|dir\.|amb\.)))\s+(?=[A-Z])"
)
# Somebody without a name who may go on speaking: "An American diplomat said … He said …".
_INDIVIDUAL = re.compile(r"(?:an?|one|another)\s", re.IGNORECASE)
# Offices that are held for the state that issued the record.
_OF_STATE = re.compile(
    r"^(?:the )?(?:vice )?president|secretary|trade representative|^ambassador|^representative", re.IGNORECASE
)


class Resolver:
    """Fills ``speaker``, ``role`` and ``side`` of the rows of one document."""

    def __init__(self, text: str, rows: Sequence[Row], people: People, document: Mapping[str, Any]) -> None:
        self.text = text
        self.rows = rows
        self.people = people
        self.pair = parties(text, document)
        self.document = document
        self.us_chamber = is_us_chamber(text)
        self.us_house = is_us_house(text)
        self.spans = delegation_sides(text, document)
        self.by_office = self._offices()
        # An office that stands alone in the list of participants is its holder's only name there.
        self.unnamed = frozenset(tidy(line) for line in _ALONE.findall(text[:6_000]))
        heads = {cased(str(row["label"])) for row in rows if row["kind"] == "turn"}
        # Several countries as labels speak for themselves; one may be a person's name.
        self.delegations = {head for head in heads if country_code(head)}
        self.last: list[Row] = []
        self.mention_starts = [start for start, _ in people.mentions]

    def run(self) -> None:
        turns = [row for row in self.rows if row["kind"] == "turn"]
        self._full_labels(turns)
        for row in turns:
            self._turn(row)
        self._marks(turns)
        self._given_names(turns)
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
            head = _MORE_TITLES.sub("", split_label(str(row["label"])).head)
            title, name = split_title(head)
            if name and 2 <= len(name.split()) <= 4 and not is_japanese(name) and not _UNNAMED.match(head):
                self.people.add(cased(name), office=role_of(title) if names_office(title) else None, at=row["start"])

    def _share(self) -> None:
        """What one row tells of a speaker holds for his other rows: office, and country if only one is told."""
        told: dict[str, list[Row]] = {}
        for row in self.rows:
            if row["speaker"]:
                told.setdefault(row["speaker"], []).append(row)
        for rows in told.values():
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

    def _turn(self, row: Row) -> None:
        written = self.text[row["label_start"] : row["label_end"]] if row["label_start"] >= 0 else row["label"]
        parts = split_label(written)
        if is_japanese(parts.head):
            return
        row["side"] = "US" if self.us_chamber else None
        office, bare = split_title(parts.head)
        named = (part for part in parts.inside if self._is_named(part) or (office and not bare and is_full_name(part)))
        inside = next(named, None)
        if inside and (office or " of " in parts.head) and not self._is_named(parts.head):
            self._set(
                row,
                self.people.find(split_title(inside).name),
                split_title(inside).name,
                parts.head.removeprefix("The "),
            )
            return
        parts = parts._replace(head=OFFICE_ADDRESSED.sub("", parts.head))
        if _UNNAMED.match(parts.head) and not self._holder(parts.head, row):
            row["role"] = None if _MARK.match(parts.head) else role_of(parts.head)
            home = "US" if self.us_house and _OF_STATE.search(row["role"] or "") else None
            row["side"] = row["side"] or side_of_office(row["role"], self.pair) or home
            return
        said = (part for part in parts.inside if not LANGUAGE.match(part))
        self._named(row, parts.head, next(said, None))

    def _is_named(self, part: str) -> bool:
        title, name = split_title(part)
        return bool(title and name and len(name.split()) <= 3 and is_address(title.split()[0]))

    def _named(self, row: Row, head: str, said: str | None) -> None:
        title, name = split_title(_MORE_TITLES.sub("", head))
        if not name or (title is None and self._holder(head, row)):
            self._set(row, self._holder(head, row), None, head.removeprefix("The "))
            return
        person = self.people.find(name, None)
        if title is None and len(self.delegations) > 1 and cased(head) in self.delegations:
            row["speaker"], row["side"] = cased(head), country_code(cased(head))
            return
        more = _MORE_TITLES.match(head)
        office = title if names_office(title) else said or (more["office"] if more else None)
        self._set(row, person, None if len(name) < 2 and person is None else name, office)

    def _set(self, row: Row, person: Person | None, name: str | None, office: str | None) -> None:
        shown = _MORE_TITLES.sub("", person.name) if person else cased(name) if name else None
        if person and name and sorted(words(name)) == sorted(words(person.name)):
            shown = cased(name)
        bare = tidy(str(row["label"])) == name
        if name and bare and len(name) <= 3 and office is None and name.isupper():
            shown = name  # initials that label a speaker: "JR"
        row["speaker"] = shown
        row["role"] = (person.role if person and (person.role and len(person.role) > 3) else None) or office
        side = (
            (person.side if person else None)
            or side_of_office(row["role"], self.pair)
            or side_of_office(office, self.pair)
        )
        side = side or (leader_side(shown, [*(person.offices if person else []), office or ""]) if shown else None)
        home = "US" if self.us_house and self.pair is None and row["role"] and _OF_STATE.search(row["role"]) else None
        row["side"] = side or row["side"] or home

    def _holder(self, office: str, row: Row) -> Person | None:
        """Who holds an office in this document, if exactly one does (of the right side, where two countries talk)."""
        if office in self.unnamed:
            return None
        key = office.casefold().removeprefix("the ").rstrip(".")
        holders = list({id(p): p for p in self.by_office.get(key, ())}.values())
        if not holders:
            holders = [p for o, ps in self.by_office.items() if o.startswith((key + " of ", key + " for ")) for p in ps]
        if len(holders) > 1:
            labelled = {str(r["label"]).casefold() for r in self.rows if r["kind"] == "turn"}
            apart = [p for p in holders if not any(form.casefold() in labelled for form in p.forms)]
            side = side_of_office(office, self.pair)
            here = [p for p in apart if side and p.side == side] or [p for p in apart if p.side]
            holders = here or apart
        return holders[0] if len({id(p) for p in holders}) == 1 else None

    def _marks(self, turns: Sequence[Row]) -> None:
        """ "Q" and "A": the examining counsel and the witness; or who was called upon just before."""
        exams = [(m.start(), m[1] or m[2]) for m in _EXAMINATION.finditer(self.text)]
        witness = _WITNESS.search(self.text) if exams or any(r["label"] == "A" for r in turns) else None
        called: str | None = None
        fresh = False
        answered = any(row["label"] == "A" for row in turns)
        for row in turns:
            if not _MARK.match(str(row["label"])):
                gave = self._called(self.text[row["start"] : row["end"]])
                fresh = gave is not None
                called = gave or (called if self._asks_back(row) else None)
                continue
            if exams:
                self._examined(row, exams, witness)
            elif row["label"][0] in "QqJ問" and not answered:
                said = self.text[row["start"] : row["end"]]
                own = _SELF.search(said[:120])
                if called and (fresh or _REPLY.match(said)):
                    row["speaker"] = self._full(called)
                elif own:
                    row["speaker"] = self._full(own[1])
                fresh = False

    def _asks_back(self, row: Row) -> bool:
        return len(self.text[row["start"] : row["end"]]) < 120

    def _called(self, words_said: str) -> str | None:
        last = words_said.rstrip()[-80:]
        found = _CALLED.search(last)
        if not found or found[1].split()[0].rstrip(".,") in _NOT_CALLED or (found[1].isupper() and "." not in found[1]):
            return None
        return tidy(found[1]) if not re.fullmatch(r"(?:[A-Z]\.)+", found[1]) else found[1]

    def _examined(self, row: Row, exams: Sequence[tuple[int, str]], witness: re.Match[str] | None) -> None:
        if row["label"][0] in "Aa答":
            name = tidy(witness[1] or witness[2]) if witness else None
            row["speaker"] = proper_case(name) if name else None
            return
        counsel = [name for at, name in exams if at < row["start"]]
        if counsel:
            name = split_title(counsel[-1]).name
            person = self.people.find(name)
            row["speaker"] = person.name if person else proper_case(name)

    def _full(self, name: str) -> str:
        person = self.people.find(name)
        return person.name if person else name

    def _given_names(self, turns: Sequence[Row]) -> None:
        """The given name by which a speaker is addressed right after his turn; a numbered speaker who names himself."""
        for before, row in itertools.pairwise(turns):
            said = self.text[row["start"] : min(row["end"], row["start"] + 80)]
            found = _ADDRESSED.match(said)
            name = before["speaker"]
            if found and name and " " not in name and found[1] not in _NOT_CALLED and found[1] != name:
                full = f"{found[1]} {name}"
                for other in turns:
                    if other["speaker"] == name:
                        other["speaker"] = full
                self.people.add(full)
        for row in turns:
            if row["speaker"] is None and not _MARK.match(str(row["label"])):
                own = _SELF.search(self.text[row["start"] : min(row["end"], row["start"] + 120)])
                if (
                    own
                    and re.search(r"\d|speaker|unidentified|chairman\Z|q\Z", str(row["label"]), re.IGNORECASE) is None
                ):
                    continue
                if own:
                    row["speaker"] = self._full(own[1])

    def _japanese(self, turns: Sequence[Row]) -> None:
        """Speakers of the Japanese half: from its list of delegates, and by the same name as in the other half."""
        own = [row for row in turns if is_japanese(str(row["label"]))]
        if not own:
            return
        links = link_halves(turns)
        listed = delegates(self.text)
        for number, row in enumerate(turns):
            label = str(row["label"])
            if not is_japanese(label):
                continue
            fitting = [d for d in listed if d[0] == label or d[1] == label or (label in d[1] and len(label) >= 2)]
            row["role"] = next((d[1] for d in fitting if d[0] == label), None) or (
                label if fitting or label in ("総理", "大臣", "大統領") else None
            )
            sides = [side for d in fitting if (side := side_at(d[2], self.spans))]
            ours = [d for d in fitting if side_at(d[2], self.spans) == "JP"] or fitting
            row["speaker"] = ours[0][0] if ours else None if _UNNAMED.match(label) else label
            row["side"] = (
                "JP" if label in ("総理", "大使") and "JP" in sides else next(iter(sides), None)
            ) or side_of_office(row["role"], self.pair)
            if number in links:
                twin = turns[links[number]]
                row["speaker"] = twin["speaker"] or row["speaker"]
                row["side"] = twin["side"] or row["side"]

    def _quoted(self, row: Row) -> None:
        """The source of a quotation: a name, a pronoun for the last one named, the sender, or the words as they stand."""  # noqa: E501
        label = tidy(str(row["label"] or row.get("speaker") or ""))
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
        return person is not None and person.sex in (None, gender) and at - earlier["end"] <= CHAIN_CHARS

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
        title, name = split_title(re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", label))
        person = self.people.find(name) if name and name[0].isupper() else None
        if person is None and title and not name:
            person = self._holder(re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", label), row)
        if person is not None:
            self._set_quoted(row, person)
            return
        bare = re.sub(r"^(?:[Tt]he|[Aa]n?)\s+", "", label)
        row["speaker"] = tidy(name if title and name and name[0].isupper() and len(name.split()) <= 4 else bare)
        row["role"] = row["role"] or title
        named = country_in(label) or (country_in(row["role"]) if row["role"] else None)
        row["side"] = named or institution_side(bare, self.text) or dateline_side(bare, self.text)

    def _set_quoted(self, row: Row, person: Person) -> None:
        row["speaker"] = person.name
        row["role"] = row["role"] or person.role
        former = (row["role"] or "").casefold().startswith("former")
        side = country_in(row["role"] or "") or (
            None if former else person.side or side_of_office(person.role, self.pair)
        )
        known = leader_side(person.name, person.offices) or institution_side(row["role"] or "", self.text)
        known = known or dateline_side(row["role"] or "", self.text)
        row["side"] = side or (None if former else known)

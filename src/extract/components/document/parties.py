"""Number, sender and recipient of a document, from what its head and its headline say of it.

A head names them in a few ways, each a function here: a key with its value, a line of routing ("FM …", "TO …"), a line
that names a kind of paper with its number ("Telegram 71 LIMA"), a symbol, a headline that goes from one to another
("Roe to Doe", "Note by Roe"), a letter's salutation and signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extract.components.document.zones import OPENING_UNITS, head_lines, zones_by_weight
from extract.components.segments.patterns import only_classifies
from extract.components.segments.reader import Reading, Zone
from extract.lexicons import load
from extract.normalize.document import (
    RECEIVED,
    clean_party,
    find_date,
    from_to,
    is_party,
    own_number,
    station_number,
    symbol_number,
)

MAX_PARTY_CHARS = 200
# What a paper is called in front matter; an archive's count ("doc_num") is none of the document.
_FRONT_NUMBER = ("number", "symbol", "document_number", "document_symbol", "release_number")
# A number at the foot stands alone on one of the last lines, behind a word or two.
FOOT_UNITS = 4
_FOOT_LINE = re.compile(r"FR Doc\. |(?:[A-Z]\w+ ){0,3}(?:No\.? |(?=[A-Z]))[\w/-]*\d[\w/-]*\.?$")
# A signature stands behind the last words of a letter: so many of the last paragraphs are looked at.
SIGNATURE_UNITS = 6

_WITHHELD = re.compile(
    r"\[[^\]]*(?:blacked out|redacted|excised|not declassified|illegible|黒塗り)[^\]]*\]|\[\s*\]", re.I
)
_NUMBER_VALUE = re.compile(r"[A-Za-z]{0,6}[-/. ]?\d[\w/.()-]*")
_TELEGRAM_FROM = re.compile(r"^FM\s+([A-Z].+)$", re.M)
_TELEGRAM_TO = re.compile(
    r"^TO\s+((?:RU\w+/)?[A-Z].+?)(?:\s+(?:FLASH|IMMEDIATE|PRIORITY|ROUTINE|NIACT))*(?:\s+\d{1,5}(?:-\d+)?)?$", re.M
)
_ROUTE_CODE = re.compile(r"^R[A-Z]{3,6}/")
_STATION = re.compile(r"\b(?:SECTION \d+ OF \d+|CITE) ([A-Z][A-Z ]*[A-Z]) \d{2,6}\b")
# The station's own count: "PRIORITY DIR CITE LIMA 3320 (ROE ACTING)"; so many units of a telegram's head are looked at.
_CITED, CITED_UNITS = re.compile(r"\bCITE [A-Z]{3,12} ?(\d{3,6})\b"), 20
_ADDRESS = re.compile(r"\s*[<\[(][^<>\[\]()]*@[^<>\[\]()]*[>\])]")
_RECIPIENT_JA = re.compile(r"^(.{2,20}?)殿$")
_SENDER_JA = re.compile(r"^\S{1,12}(?:大使|公使|総領事|代理大使|領事)$")
_FOR_FROM = (
    re.compile(
        r"^(?:(?:immediate|personal|secret|priority)\s+)*(?:for|to)\s+(?P<to>[A-Z][^:]{2,60}?)\s+from\s+(?P<by>[A-Z][^:]{2,60})$",
        re.I,
    ),
    re.compile(r"^from\s+(?P<by>[A-Z][^:]{2,60}?)\s+(?:for|to)\s+(?P<to>[A-Z][^:]{2,60})$", re.I),
)
_SALUTATION = re.compile(
    r"^(?:(?:My )?[Dd]ear (?:Sirs?|Madam|Colleagues?|Friends?|(?P<to>(?:[A-Z][\w.'’-]*\s?){1,5}))|"
    r"Sirs?|My Lord|Gentlemen|Madam|(?:Your )?Excellency)[,:]?"
    r"(?:$|\s+I (?:have|am|beg)\b)"
)
_VALEDICTION = re.compile(
    r"^(?:I (?:am|have the honou?r to be|have,? (?:&|et)c|remain)\b.{0,60}|"
    r"(?:Very |Most )?(?:Yours?|Respectfully|Sincerely|Faithfully|Truly|Cordially|Best|Kind|With)\b[\w ]{0,40}|"
    r"\(?(?:signed|sgd)\.?\)?)[,.:]?\s*(?P<by>[A-Z].{2,50})?$",
    re.I,
)
_ASKED = re.compile(
    r"(?:[\w-]+ ){0,3}question\b.{0,40}? by (?P<by>[A-Z].{2,60}?)(?: \([^()]*\))* to (?P<to>[^()]{3,60})", re.I
)
_SIGNED = re.compile(r"^\(?(?:[Ss]igned|[Ss]gd|/s/)\.?\)?:?\s+(?P<by>[A-Z][\w.'’ -]{3,50})$")
# A collection's count before a headline: "41. Telegram 88 From …".
_COUNTED_TITLE = re.compile(r"^\d{1,4}\\?\.\s+(?=[A-Z])")
_TITLED = re.compile(r" ?[.:–—-]\)? (?=[A-Z])")
_OPENING = re.compile(r"(\d{2,5})\. (?=[A-Z])")
# "Note by Roe on Submission No. 12": another paper's number.
_OF_ANOTHER = re.compile(r"\b(?:on|by|from|to)\b.*\bno\b", re.I)
_COLUMNS = re.compile(r"[ \u00a0]{3,}|\t+")
_COUNTED = re.compile(r"^(?P<number>[A-Z]{0,2}\d{1,6})\s?\\?\.\s*(?P<rest>[A-Z].*)$")


@dataclass(frozen=True, slots=True)
class Parties:
    """Who sends and who receives a document, as its head names them."""

    sender: str | None = None
    recipient: str | None = None

    def filled(self, other: Parties) -> Parties:
        """These, and where one is missing the other's."""
        return Parties(self.sender or other.sender, self.recipient or other.recipient)


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    """Lines that name a kind of paper: with a number; from and to; by an author; and nothing else."""
    kinds: dict[str, list[str]] = {"message": [], "paper": [], "numbered": []}
    for row in load("mul/document_kinds", {"kind": "|".join(kinds), "noun": "terms"}):
        kinds[row["kind"]].append(re.escape(row["noun"]))
    message, written = "|".join(kinds["message"]), "|".join([*kinds["message"], *kinds["paper"]])
    any_kind = "|".join([written, *kinds["numbered"]])
    # "Your telegram 49", "Reference our letter 7": another paper's number.
    own = r"^\[?(?!.*\b(?:your|my|our|his|their|ref(?:erence)?|re|see|with|in|to)\b.*\d)"
    count = r"(?:(?:no|nr|number)s?\.?:? ?)?"
    number = (
        r"(?P<number>(?:(?-i:[A-Z]{2,4}) )?[A-Z]{0,3}[./-]?\d[\d,/-]*(?:\.\d+|(?<=-)[A-Z]{2}-\d+|[A-Z])?)(?![\w:.]\w|%)"
    )
    return (
        re.compile(rf"{own}(?:[\w&'’.-]+ ){{0,4}}(?:{any_kind})s?(?: (?-i:[A-Z][a-z]+))?,? [(:]?{count}{number}", re.I),
        re.compile(
            rf"^(?:[\w&'’-]+ ){{0,2}}(?:{message})(?: (?:no\.? ?)?\d+)?,?\s+(?:from\s+)?(?P<by>.+?)\s*,?\s+to\s+"
            r"(?P<to>.+)$",
            re.I,
        ),
        re.compile(rf"^(?:[\w&'’-]+ ){{0,2}}(?:{message})\s+(?:to|for)\s+(?P<to>(?!the (?:record|files?)\b).+)$", re.I),
        re.compile(
            rf"^(?:[\w&'’-]+ ){{0,2}}(?:{written})(?: (?:no\.? ?)?\d+)?\s+"
            r"(?:(?:prepared )?by|from|(?:prepared|drafted) in)\s+(?P<by>.+?)"
            r"(?:\s+for\s+(?P<to>(?!.*\)$).+)|\s+(?:on|about)\s+.+)?$",
            re.I,
        ),
        re.compile(rf"^(?:[\w&'’-]+ ){{0,2}}(?:{any_kind})(?:,? [(:]?{count}{number}\)?)?$", re.I),
    )


def find_number(reading: Reading, genre: str) -> str | None:
    """The document's own number: behind a key, on a line of its head, in the headline above, or its symbol."""
    return next(_numbers(reading, genre), None)


def _numbers(reading: Reading, genre: str) -> Iterator[str]:
    zones = zones_by_weight(reading)
    front = reading.front.fields if reading.front else {}
    yield from (front[name].value for name in _FRONT_NUMBER if name in front and re.search(r"\d", front[name].value))
    for zone in zones:
        for name, value, _ in zone.head.fields:
            match = _NUMBER_VALUE.match(_WITHHELD.sub("", value).strip()) if name == "number" else None
            if match:
                yield match[0].rstrip(".-/")
    if genre == "cable":
        yield from (cited[1] for unit in reading.units[:CITED_UNITS] if (cited := _CITED.search(unit.text)))
    # What stands side by side in a line is read apart: "SECRET      C.P. 11 (35)".
    lines = [cell for zone in zones for line in head_lines(reading, zone) for cell in _COLUMNS.split(line)]
    headlines = [*_headlines(reading)]
    told = genre in ("news", "essay")
    own = [line for line in headlines if not (told or _OF_ANOTHER.search(line))]
    foot = _foot(reading)
    for read, places in (
        (own_number, lines), (_counted_number, lines), (symbol_number, lines), (_kind_number, headlines),
        (_kind_number, lines), (own_number, own), (_kind_number, foot), (symbol_number, foot), (own_number, foot),
    ):  # fmt: skip
        yield from (number for line in places if (number := read(line)))
    if genre == "cable":
        yield from filter(None, (_opening_number(reading, zone) for zone in zones))
        yield from (number for line in [*headlines, *lines] if (number := own_number(line) or station_number(line)))


def _foot(reading: Reading) -> list[str]:
    """The last lines that hold nothing but a number, as under a press release or a notice."""
    last = (line.strip(" *_[]()") for unit in reading.units[-FOOT_UNITS:] for line in unit.text.split("\n"))
    return list(filter(_FOOT_LINE.match, last))


def _kind_number(line: str) -> str | None:
    """The number behind a kind of paper ("Telegram 71 LIMA, 3 May 1950", "Decision No. 4. Quotas of tin"), on a line
    that is no sentence."""
    match = _forms()[0].match(line)
    if not match or len(line) > MAX_PARTY_CHARS:
        return None
    rest = line[match.end() :]
    if re.search(r"\b[a-z]{4,}\b.*\b[a-z]{4,}\b", rest) and not _TITLED.match(rest):
        return None
    return match["number"].rstrip(",/-")


def _counted_number(line: str) -> str | None:
    """The number that opens a line of classification ("401. Confidential Priority")."""
    match = _COUNTED.match(line)
    return match["number"] if match and only_classifies(match["rest"]) else None


def _opening_number(reading: Reading, zone: Zone) -> str | None:
    """The number that opens a telegram's text ("264. Following for …"), unless its paragraphs are counted."""
    match = _OPENING.match(reading.units[zone.head.body].look) if zone.head.body < zone.last else None
    following = f"{int(match[1]) + 1}. " if match else ""
    return match[1] if match and not any(unit.look.startswith(following) for unit in reading.units) else None


def _catalogue_title(reading: Reading) -> str | None:
    title = reading.front.fields.get("title") if reading.front else None
    return re.sub(r"\s+", " ", title.value) if title else None


def _headlines(reading: Reading) -> Iterator[str]:
    """The catalogue's title and the lines of the head that may be headlines."""
    if title := _catalogue_title(reading):
        yield title
    for zone in reading.zones:
        for unit in reading.units[zone.first : zone.head.body]:
            yield re.sub(r"\s+", " ", unit.look)
            yield from unit.text.split("\n")[: OPENING_UNITS if "\n" in unit.text else 0]
        yield from head_lines(reading, zone)


def find_parties(reading: Reading) -> Parties:
    """Sender and recipient as the document names them, each ``None`` where it does not."""
    found = Parties()
    for zone in zones_by_weight(reading):
        found = found.filled(_of_fields(zone)).filled(_of_routing("\n".join(head_lines(reading, zone))))
    opens = _is_message(reading)  # a message's headline stands above its day and number
    for line in _headlines(reading):
        if found.sender and found.recipient:
            break
        found = found.filled(_of_headline(line))
        dated = find_date(line) is not None and len(line) <= MAX_PARTY_CHARS
        if opens or dated:
            found = found.filled(_from_one_to_another(line))
        opens = opens and not dated and not _forms()[0].match(line)
    return found.filled(_of_letter(reading))


def is_routing(line: str, parties: Parties) -> bool:
    """A line that names the document's parties, greets its reader or only says its kind is no title."""
    line = _COUNTED_TITLE.sub("", RECEIVED.sub("", line))
    if _SALUTATION.match(line) or _forms()[4].match(line):
        return True
    named = [_of_headline(line), _from_one_to_another(line)]
    return parties in named and parties.sender is not None and parties.recipient is not None


def _is_message(reading: Reading) -> bool:
    """The head shows that the document went from one to another: a classification, routing, a numbered message."""
    shapes = {shape for zone in reading.zones for shape in zone.head.shapes.values()}
    lines = [line for zone in reading.zones for line in head_lines(reading, zone)]
    return bool(shapes & {"classification", "telegram"}) or any(
        _forms()[0].match(line) or _SALUTATION.match(line) for line in lines
    )


def _of_fields(zone: Zone) -> Parties:
    values = {name: party for name, value, _ in reversed(zone.head.fields) if (party := _party(value))}
    return Parties(values.get("sender"), values.get("recipient"))


def _of_routing(head: str) -> Parties:
    sender, recipient = _TELEGRAM_FROM.search(head) or _STATION.search(head), _TELEGRAM_TO.search(head)
    recipient = None if recipient and find_date(recipient[0]) else recipient  # "TO BE ANSWERED ON 4th MAY, 2019"
    found = Parties(
        _ROUTE_CODE.sub("", sender[1]).strip() if sender else None,
        _ROUTE_CODE.sub("", recipient[1]).strip() if recipient else None,
    )
    return found.filled(_japanese(head))


def _japanese(head: str) -> Parties:
    sender = recipient = None
    for line in (re.sub(r"\s+", "", line) for line in head.split("\n")):
        if not recipient and (match := _RECIPIENT_JA.match(line)):
            recipient = match[1]
        elif recipient and not sender and _SENDER_JA.match(line):
            sender = line
    return Parties(sender, recipient)


def _of_headline(line: str) -> Parties:
    """What a headline says: "Letter from Roe to Doe", "Note by Roe on …"."""
    line = RECEIVED.sub("", line).strip(" *_#.")
    if len(line) > 2 * MAX_PARTY_CHARS:
        return Parties()
    line = _COUNTED_TITLE.sub("", line)
    for form in (*_FOR_FROM, _ASKED, *_forms()[1:]):
        match = form.match(line)
        groups = match.groupdict() if match else {}
        parties = [clean_party(value) for value in groups.values() if value]
        if parties and all(map(is_party, parties)):
            return Parties(*(clean_party(groups[name]) if groups.get(name) else None for name in ("by", "to")))
    named = from_to(line)
    return Parties(*named) if named else Parties()


def _from_one_to_another(line: str) -> Parties:
    """What the title of a message says: "Roe to Doe", "Roe, Minister to Peru, to Doe", "Jane Roe to John Doe, 4 May
    1944"."""
    day = find_date(line)
    line = line[: day.start].rstrip(" ,(") if day and day.end >= len(line) - 1 else line
    halves = line.split(", to ") if line.count(", to ") == 1 else line.split(" to ")
    named = [clean_party(half) for half in halves]
    # "Cablegram to Lima" names no sender: what stands first is a kind of paper.
    fits = len(named) == 2 and all(map(is_party, named)) and not _forms()[2].match(line)
    return Parties(*named) if fits else Parties()


def _of_letter(reading: Reading) -> Parties:
    """A letter's salutation and signature."""
    body = [at for at, kind in enumerate(reading.kinds) if kind == "body"]
    opening = [*range(body[0] - 2 if body else 0, body[0] + 2 if body else 0)]
    greeted = next(
        (m for at in opening if 0 <= at < len(reading.units) and (m := _SALUTATION.match(reading.units[at].look))), None
    )
    recipient = clean_party(greeted["to"]) if greeted and greeted["to"] else None
    return Parties(_signature(reading, body, is_letter=greeted is not None), recipient)


def _signature(reading: Reading, body: list[int], *, is_letter: bool) -> str | None:
    last = [line.strip() for at in body[-SIGNATURE_UNITS:] for line in reading.units[at].text.split("\n")][-12:]
    for at, line in enumerate(last):
        signed = _SIGNED.match(line)
        closing = _VALEDICTION.match(line) if is_letter else None
        name = (signed or closing or {"by": None})["by"] or (last[at + 1] if closing and at + 1 < len(last) else None)
        name = clean_party(re.sub(r"\(.*?\)", "", name)) if name else None
        if name and is_party(name):
            return name
    return None


def _party(value: str) -> str | None:
    value = _ADDRESS.sub("", _WITHHELD.sub("", value)).strip()
    value = re.sub(r"\s+", " ", value).strip(" *_.,;:")
    return value if re.search(r"[^\W\d_]{2}", value) and len(value) <= MAX_PARTY_CHARS else None

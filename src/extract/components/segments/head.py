"""The head of a document or of one of its language zones: where it ends, what its lines are, which is the title.

A zone's units are read from the top until one reads as text: a speaker's label, a dateline, running prose. What stands
before is header, title, attendees or summary by the keys and shapes of its lines; the title is the best of the lines
that have neither (scored below). Headings between the last header line and the text belong to the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.components.segments.patterns import DOCUMENT_WORD, LOWER_WORD, boilerplate, head_shape, header_key
from extract.layout.lines import Unit
from extract.normalize.document import from_to

# A head longer than this is no head: a list of short lines without any prose is taken as text.
MAX_HEAD_UNITS = 120
MIN_TITLE_SCORE = 0.4
# Keys whose value is often somebody's words: "Chairman: Thank you all for coming." opens the talks.
_SPEAKING_FIELDS = ("attendees", "header", "recipient", "number")
# Keys that route a paper are looked for so many lines further on.
_ROUTING_FIELDS, MAX_KEYS_AHEAD = frozenset(("sender", "recipient", "title")), 4


@dataclass
class Head:
    """What the head of a zone holds. ``kinds`` gives each unit's kind; units from ``body`` on are text.

    ``fields`` are (field, value, unit) in text order; ``titles`` the units of titles, ``own`` those of the
    document's own title, where a judgement chose it.
    """

    body: int
    kinds: dict[int, str] = field(default_factory=dict)
    shapes: dict[int, str] = field(default_factory=dict)
    fields: list[tuple[str, str, int]] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    own: tuple[int, ...] = ()
    subject: int | None = None
    found_body: bool = True


def read_head(
    units: list[Unit], first: int, last: int, *, hint: str | None = None, labels: frozenset[int] = frozenset()
) -> Head:
    """The head of the zone ``units[first:last]``. ``labels``: where the form of the file shows that a speaker's label
    starts, as characters of the text."""
    head = Head(body=last, found_body=False)
    if len(units) == 1 and not header_key(units[first]) and not units[first].text.startswith("#"):
        return Head(body=first)  # what stands alone heads nothing
    index = first
    while index < last:
        if index - first > MAX_HEAD_UNITS or _opens_body(units, index, first, last, labels):
            head.body, head.found_body = index, True
            break
        index = _read_unit(units, index, last, head)
    _choose_titles(units, first, head, hint)
    give_back_headings(units, first, head, named=bool(head.titles))
    return head


def _opens_body(units: list[Unit], index: int, first: int, last: int, labels: frozenset[int]) -> bool:
    unit = units[index]
    if unit.start in labels:
        return True
    if index == first and unit.text[0].islower() and unit.words >= 5:
        return True  # the text starts in mid-sentence: an excerpt has no head
    if boilerplate().match(unit) or (head_shape(unit) and not unit.turn_opener):
        return False
    key = header_key(unit)
    if key:
        return key[0] in _SPEAKING_FIELDS and _is_speech(unit)
    if unit.label and _is_among_keys(units, index, last):
        return False
    if unit.turn_opener or unit.dateline:
        return True
    return unit.prose or bool(_SALUTATION.search(unit.look))


def _is_among_keys(units: list[Unit], index: int, last: int) -> bool:
    """Keys of routing follow at once: what stands before a colon here is one too ("Control: 3390")."""
    ahead = units[index + 1 : min(last, index + 1 + MAX_KEYS_AHEAD)]
    return len(_ROUTING_FIELDS & {key[0] for unit in ahead if (key := header_key(unit))}) >= 2


def _is_speech(unit: Unit) -> bool:
    label = unit.label
    if not label:
        return False
    value = Unit(0, len(label[1]), label[1], 0, 0)
    return value.prose and value.ends_sentence and not re.match(r"[A-Z][\w.]*\s+[A-Z]", label[1])


def _read_unit(units: list[Unit], index: int, last: int, head: Head) -> int:
    """Take one unit, or a key with all that stands under it, into the head; the index behind it."""
    unit = units[index]
    found = boilerplate().match(unit)
    if found and found[0] in ("footer", "interrupt", "header"):
        head.kinds[index] = "header" if found[0] == "header" else "footer"
        return index + 1
    key = header_key(unit)
    if key:
        head.kinds[index] = {"attendees": "attendees", "summary": "summary"}.get(key[0], "header")
        return _read_key(units, index, last, head, *key)
    shape = head_shape(unit)
    if shape:
        head.kinds[index] = "attendees" if _is_attendance(unit) else "header"
        head.shapes[index] = shape
    return index + 1


def _is_attendance(unit: Unit) -> bool:
    return bool(re.match(r"[(（\[](?:attend|present|participants|先方|当方|出席)", unit.look.casefold()))


def _read_key(units: list[Unit], index: int, last: int, head: Head, name: str, value: str) -> int:
    after = index + 1
    if name == "attendees":
        after = _end_of_list(units, index, last, bool(value))
    elif name == "summary":
        after = _end_of_summary(units, index, last, bool(value))
    elif not value and after < last and _is_value(units[after], name):
        value, after = units[after].look, after + 1
        if name == "title":
            head.subject = index + 1
    elif name == "title" and value:
        head.subject = index
    head.fields.append((name, value, index))
    for covered in range(index + 1, after):
        if covered != head.subject:
            head.kinds[covered] = head.kinds[index]
    return after


def _is_value(unit: Unit, name: str) -> bool:
    """The line under a key that stands alone is its value, unless it is a key itself or begins the text."""
    if header_key(unit) or unit.turn_opener:
        return False
    return name == "citation" or not unit.prose or (len(unit.text) < 200 and name == "title")


def _end_of_list(units: list[Unit], index: int, last: int, has_value: bool) -> int:
    """Behind the names under "PARTICIPANTS": up to a key, running prose or a speaker."""
    after = index + 1
    while after < last and after - index < 150:
        unit = units[after]
        if has_value and unit.gap:
            break
        own = header_key(unit)
        if unit.turn_opener or unit.dateline or (own and own[0] != "attendees"):
            break
        if (unit.prose and not re.match(r"[^.]{0,60},\s", unit.look)) or len(unit.text) > 600:
            break
        after += 1
    return after


def _end_of_summary(units: list[Unit], index: int, last: int, has_value: bool) -> int:
    """Behind an abstract: its first paragraph, and further ones if a key or heading follows soon."""
    after = index + 1 if has_value else min(index + 2, last)
    for ahead in range(after, min(after + 3, last)):
        if header_key(units[ahead]) or (boilerplate().match(units[ahead]) is not None):
            return ahead
        if not units[ahead].prose:
            break
    return after


# How a speech or a letter begins: no line of a head addresses its reader.
_SALUTATION = re.compile(
    r"^(?:good (?:morning|afternoon|evening)|thank you|thanks|hello|ladies and gentlemen|dear )\b|\bmy fellow \w+|"
    r"\b(?:ladies and gentlemen|your (?:excellenc|majest)\w+|distinguished \w+)[,.:;!]|"
    r"\b(?:I|I['’]m|we|you)\b.{0,80}[.!]$|^(?:Mr|Madam|Honou?rable)\.? \w+[,:]$|^(?:Sir|Sirs|Gentlemen|Madam),?$",
    re.I,
)
_MASTHEAD = re.compile(
    r"\b(?:times|post|gazette|herald|shimbun|tribune|daily|journal|news|reuters|associated press|press|"
    r"chronicle|guardian|"
    r"observer|telegraph|star|globe|bulletin|magazine|review|weekly|record|archive|project|center|centre|"
    r"institute|wire|"
    r"network|bbc|cnn|npr|blog|online|digital)\b",
    re.I,
)
_INSTITUTION = re.compile(
    r"^(?:the\s)?(?:united (?:states|nations|kingdom)|u\.s|european (?:union|commission)|house of|senate|"
    r"parliament|congress|"
    r"department|ministry|embassy|office of|council|committee|commission|court|government|world trade|"
    r"general agreement|"
    r"federal|bureau|board of|white house|republic of|royal|national|international|foreign relations of|"
    r"state of|city of|assembly|general (?:council|assembly))\b[^:–—?!]*$|"
    r"\b(?:inc|ltd|plc|corp|ab|gmbh|sa|ag|nv|llc|co|university|library)\.?$",
    re.I,
)
_KIND_ONLY = re.compile(
    r"^(?:(?:summary record|press release|news release|memorandum|minutes|transcript|telegram|outgoing telegram|"
    r"oral answers|written answers|official report|hansard|proceedings|verbatim record|provisional record|"
    r"corrected transcript|briefing|special session|regular session|plenary|diario de sesiones|compte rendu|"
    r"plenarprotokoll|second reading|first reading|third reading|\[house\]|\[senate\])\b.{0,40}|"
    r"introduction|background|overview|contents|opinion|analysis|editorial|world|business|politics|economy|markets|"
    r"news|trade|breaking(?: news)?|exclusive|feature|commentary|abstract)$",
    re.I,
)


def _choose_titles(units: list[Unit], first: int, head: Head, hint: str | None) -> None:
    """Mark the units of titles: the subject that a key names, else the best-scored open line; and repeats of it."""
    opens = [index for index in range(first, head.body) if index not in head.kinds and index != head.subject]
    if head.subject is not None:
        head.titles = [head.subject]
    elif opens:
        scored = [(title_score(units, index, first, head, hint), -index) for index in opens]
        best = max(scored)
        if best[0] >= MIN_TITLE_SCORE:
            head.titles = _with_catalogue_title(units, -best[1], opens, head)
    titles = {units[index].look.casefold() for index in head.titles}
    head.titles = sorted({*head.titles, *(index for index in opens if units[index].look.casefold() in titles)})
    _extend_title(units, opens, head)


def title_score(units: Sequence[Unit], index: int, first: int, head: Head, hint: str | None) -> float:
    """Points for a line of a head as its title; ``hint`` is a title that is known from outside."""
    unit, look = units[index], units[index].look
    score = 0.0
    if hint and (look.casefold() in hint.casefold() or hint.casefold() in look.casefold()) and len(look) > 8:
        score += 6
    score += 4 * unit.text.startswith("# ") + 2 * unit.text.startswith(("## ", "**"))
    same = [other for other in range(first, head.body) if other != index and units[other].look == look]
    score += 3 * bool(same) + 2 * bool(DOCUMENT_WORD.search(look)) + 1.5 * (unit.indent >= 8)
    score += (
        1.5 * (4 <= unit.words <= 25)
        + 0.5 * (2 <= unit.words <= 3)
        + (unit.is_cjk and len(look) >= 8)
        - 1.5 * (unit.words == 1 and not unit.is_cjk)
    )
    score += 2.5 * (head.shapes.get(index + 1) in ("byline", "published", "date"))
    score += 2.5 * _is_headword(units, index, head) - 0.01 * (index - first)
    score += 1.0 * any(name in ("sender", "recipient", "sent") and at < index for name, _, at in head.fields)
    score -= 4 * (is_masthead(look) and unit.words <= 5) + 4 * is_institution(look)
    score += 0.5 * (look.isupper() and unit.words >= 2)
    score += 0.5 * bool(unit.gap and index + 1 < len(units) and units[index + 1].gap)  # it stands apart
    score -= 4 * is_kind_only(look) + 2 * (len(look) > 220) + 2 * look.endswith((",", ";", ":"))
    score -= 4 * (unit.words == 0) + 1.5 * _is_sentence(look)
    if len(look) >= 10 and any(
        look in units[other].look and other < index for other in same_head(units, first, head, look)
    ):
        score += 5  # a catalogue's headline quotes it
    return score


def _is_headword(units: Sequence[Unit], index: int, head: Head) -> bool:
    """A lone name or word over a text that starts by telling what it is: an entry of an encyclopedia."""
    if index + 1 != head.body or head.body >= len(units) or not 1 <= units[index].words <= 4:
        return False
    return units[index].look in units[head.body].look[:80]


def _is_sentence(look: str) -> bool:
    """Headlines have no full stop, but for capitals and the headings of letters."""
    return bool(re.search(r"[.!][\"”’)]*$", look)) and not look.isupper() and from_to(look) is None


def is_masthead(look: str) -> bool:
    """A line has the words of a paper's or a page's name, and none of a document's."""
    return bool(_MASTHEAD.search(look)) and not DOCUMENT_WORD.search(look)


def is_kind_only(look: str) -> bool:
    """A line names a kind of paper or a section, nothing of what it is about."""
    return bool(_KIND_ONLY.match(look))


def is_institution(look: str) -> bool:
    """A line is the name of a body or a firm."""
    if look.isupper() and len(look.split()) > 6:
        return False
    return bool(_INSTITUTION.search(look)) and not DOCUMENT_WORD.search(look) and not LOWER_WORD.search(look)


def same_head(units: Sequence[Unit], first: int, head: Head, look: str) -> list[int]:
    """The longer lines of the same head."""
    return [at for at in range(first, head.body) if len(units[at].look) > len(look)]


def _with_catalogue_title(units: list[Unit], chosen: int, opens: list[int], head: Head) -> list[int]:
    """A catalogue's headline stands above the document's own, with keys or dates between; it is a title too."""
    above = [index for index in opens if index < chosen and units[index].words >= 6]
    quoted = units[chosen].look.casefold()
    return [*(index for index in above if quoted in units[index].look.casefold()), chosen]


def _extend_title(units: list[Unit], opens: list[int], head: Head) -> None:
    """A headline broken over lines: capitals, or a centred heading, going on without a blank line."""
    for index in list(head.titles):
        after = index + 1
        while (
            after in opens
            and after not in head.titles
            and not units[after].gap
            and _goes_on(units[after - 1], units[after])
        ):
            head.titles.append(after)
            after += 1
    head.titles.sort()


def _goes_on(unit: Unit, after: Unit) -> bool:
    return (
        (unit.look.isupper() and after.look.isupper())
        or (unit.indent >= 8 and after.indent >= 8)
        or after.look[:1].islower()
    )


def give_back_headings(units: Sequence[Unit], first: int, head: Head, *, named: bool) -> None:
    """Give every open unit a kind; headings behind the last line of the head open the text, if its title is known."""
    for index in head.titles:
        head.kinds[index] = "title"
    if head.subject is not None:
        head.kinds[head.subject] = "title"
    opens = [index for index in range(first, head.body) if index not in head.kinds]
    settled = [index for index in range(first, head.body) if index in head.kinds]
    last_settled = settled[-1] if settled else first - 1
    for index in opens:
        head.kinds[index] = "header"
    trailing = [index for index in opens if index > last_settled]
    if trailing and head.found_body and (named or not settled):
        head.body = trailing[0]
        for index in trailing:
            del head.kinds[index]

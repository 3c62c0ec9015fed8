"""Names known by their last or first noun: "… Committee", "Ministry of …", "… Agreement", "… Round", "… Inc."."""

from __future__ import annotations

import re
from bisect import bisect_left

from extract.components.entities.lists import FUNCTION_WORDS, GENERIC, JOINING_HEADS, SURNAME_HEADS, listed, sign
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weights
from extract.components.entities.vocabulary import Vocabulary, is_address, is_office
from extract.components.entities.words import COMMA, CONNECTOR, HYPHEN, SPACE, Words
from extract.normalize.cities import homes
from extract.normalize.title_words import DOMAIN

FIRST_WITH_OF, FINAL, SUFFIX, STATUTE = weights("head_first", "head_final", "company_form", "statute")
MAX_LEFT, MAX_RIGHT = 9, 12
_OF_YEAR = re.compile(r"\s+(?:of\s+)?(?:1[5-9]|20)\d\d(?!\d|[-–]\d)")
# "Roe Purchase (*Amendment*) Bill", "the *Roe Services and Quills* Bill": all of it is the law's name.
_INSERT = re.compile(
    r"(?:\b[Tt]he (?=[^()]* and )(?:[A-Z][\w'’-]*(?: |, | and )){2,9}|"
    r"[A-Z][\w'’-]*(?:(?: |, | and | of | the | for )[A-Z][\w'’-]*){0,6} "
    r"\([A-Z][\w'’.]*(?: (?:and |of |the )?[A-Z\d][\w'’.]*){0,6}\) )$"
)
_DATED = re.compile(r",?\s+(?:of\s+)?(?:1[5-9]|20)\d\d(?!\d|[-–]\d)")
_TO_OFFICE = listed("governed_by")
_ARTICLE_LAW = re.compile(
    r"(?:(?:Sections?|Articles?|Titles?|Chapters?)\s+(?:\d+[A-Za-z]?(?:\(\w+\))*|[IVXLC]+\b)"
    r"(?:\s*,?\s*(?:and|or|to)\s+(?:\d+|[IVXLC]+\b))?|(?:Super|Special)\s+301)"
)
_BILL = re.compile(
    r"(?:H\.\s?R\.|S\.|H\.\s?Con\.\s?Res\.|H\.\s?Res\.|S\.\s?Res\.|H\.\s?J\.\s?Res\.|P\.L\.|Public Law(?:\sNo\.)?|"
    r"(?:Council |Commission )?(?:Regulation|Directive|Decision)\s\((?:EC|EU|EEC|Euratom)\)(?:\sNo\.?)?(?=\s\d+/)|"
    r"Directive(?=\s\d+/\d+)|Executive Order(?:\sNo\.)?|Resolution|Proclamation|NSDM|NSSM|NSC[- ]|"
    r"Bills?(?=\s[A-Z]{1,2}-\d))"
    r"(?:(?<=Bill)\s[A-Z]{1,2}-|(?<=Bills)\s[A-Z]{1,2}-)?"
    r"\s?\d+(?:[-–/]\d+)*(?:/E[CU]C?)?"
    r"(?![\d.,]*\s*(?:million|billion|percent))"
)
# Heads that name a body in a heading even behind ordinary words ("FINANCE MINISTRY").
_LOUD = listed("state_body")
_CITING = sign(r"\b(?:{citing})\s+$", re.I)
# "Wool Growers' *Association*": bodies that are called by their members.
_OF_MEMBERS = listed("body_of_members")
_PLURAL_OWNER = re.compile(r"s['’] ")
# What "Act, 1932" closes.
_ENACTED = frozenset({"Act", "Acts", "Bill", "Ordinance"})
_BILL_WORDS = listed("law_number")
_PARTS_OF_LAW = listed("part_of_law")
# Offices that also begin the names of bodies ("General Council").
_OFFICES_IN_NAMES = frozenset({"General", "Chief", "Major", "Partner"})
# Heads that make a name with a name before them only: "Marshall Plan", not "Action Plan".
_OF_NAMES = frozenset({"Plan", "Doctrine", "Fed", "Tariff"})
# Before "House" these tell a building, not a chamber.
_BUILDINGS = frozenset({"Opera", "Parliament", "Custom", "Court", "Guest"})
_STAYED_IN = sign(r"\b(?:{stayed_in})\s+$")
# Works are a firm, and a place where something is done "at" them.
_SITES = frozenset({"Works", "Mills", "Brewery"})
_AT = re.compile(r"\b(?:at|in|inside|outside|near)\s+(?:the\s+)?$")
_BRANCH = re.compile(r"\s\((?:[A-Z][a-z]+,? ){1,3}and [A-Z][a-z]+\)")
# "Article 25 *of the draft Charter*"
_OF_LAW = sign(r"\s+(?:of|in|under|to)\s+(?:the|this|that)\s+(?:[a-z]+\s+)?(?:{basic_law})\b")
_OF_THE = re.compile(r"\s+(?:of|in|under|to)\s+the\s+")


def head_names(words: Words, lexicon: Vocabulary, known: list[Mention]) -> list[Mention]:
    """Names found by their head noun, for every head in the text that does not end a known name of several words."""
    found: list[Mention] = []
    ends = {m.end: m for m in known if m.label in ("ORG", "FAC") and " " in words.text[m.start : m.end]}
    places = {m.end: m.start for m in known if m.label == "GPE" and m.country}
    for index, word in enumerate(words.texts):
        if words.ends[index] in places and words.starts[index] > places[words.ends[index]]:
            continue  # "Rhode Island", "Marshall Islands" are a state and a country
        if words.ends[index] in ends:
            found.extend(_before_known(words, index, ends[words.ends[index]], lexicon))
            continue
        sides = lexicon.heads.get(word) or (lexicon.heads.get(word.title()) if words.shouts[index] else None)
        if sides:
            found.extend(_of_head(words, index, sides, lexicon))
    starts = {m.start: m for m in known if " " in words.text[m.start : m.end]}
    for mention in found:
        inner = starts.get(mention.start)
        if inner is not None and inner.end < mention.end and inner.label != "ORG":
            mention.score = max(mention.score, inner.score + 1)  # "Blair House Accord" is no house
    found.extend(_operations(words))
    found.extend(_statutes(words, found))
    return found


def _before_known(words: Words, index: int, known: Mention, lexicon: Vocabulary) -> list[Mention]:
    """A known body with the place that it is of before it: "*Iowa* Farm Bureau"."""
    first = words.at(known.start)
    if known.label != "ORG" or first < 1 or words.gaps[first - 1] != SPACE or words.texts[index] not in lexicon.heads:
        return []
    entry = lexicon.single.get(words.texts[first - 1])
    if entry is None or entry.label not in ("GPE", "NORP") or entry.weak:
        return []
    return [Mention(words.starts[first - 1], known.end, "ORG", known.score + 1, "head")]


def _of_head(words: Words, index: int, sides: dict[str, str], lexicon: Vocabulary) -> list[Mention]:
    if "suffix" in sides:
        return _company(words, index, lexicon)
    partners = words.texts[index] == "Company" and index and words.links[index - 1] in ("and", "&")
    right = _right_end(words, index, lexicon) if ("both" in sides or "first" in sides) and not partners else index
    label = sides.get("both") or (sides.get("first") if right > index else sides.get("final"))
    if label is None or (right == index and "both" not in sides and "final" not in sides):
        return []
    if words.texts[index].title() == "Memorandum" and (right < index + 2 or not _is_understanding(words, index)):
        return []
    left = _left_start(words, index, lexicon) if right == index or "both" in sides else index
    begin = _with_year(words, left) if label == "EVENT" and right == index else words.starts[left]
    if label == "LAW" and right == index and (inserted := _over_insert(words, index)) is not None:
        left = inserted
    if right == index and "both" not in sides and _belongs_to_office(words, left, index, lexicon):
        return []
    dated = label in ("LAW", "EVENT") and left < index and _OF_YEAR.match(words.text, words.ends[index]) is not None
    if right == index and not dated and not _is_named(words, left, index, lexicon):
        return []
    if (
        label == "FAC"
        and right == index
        and index
        and words.gaps[index - 1] == HYPHEN
        and words.texts[left] in lexicon.given
    ):
        return []  # "Jane Roe-Hall"
    if label == "FAC" and right == index and words.texts[index] == "Hotel" and index + 1 < len(words):
        right += words.gaps[index] == SPACE and bool(homes(words.texts[index + 1]))
    if label == "EVENT" and words.texts[index] == "Meeting" and not _is_gathering(words, index):
        return []
    if label == "LOC" and right == index and homes(words.text[words.starts[left] : words.ends[index]]):
        label = "GPE"  # "White Plains" is a town
    end = words.ends[right]
    if right > index and words.texts[right] in _ENACTED:
        label = "LAW"  # "Roe Council for Quills Act"
    if label == "LAW" or (label == "EVENT" and words.text.startswith(" of ", end)):
        year = (_DATED if words.texts[right] in _ENACTED else _OF_YEAR).match(words.text, end)
        end = year.end() if year else end
    if label == "ORG" and right == index:
        site = words.texts[index] in _SITES and _AT.search(words.before(left, 12))
        house = words.texts[index] == "House" and (
            words.texts[index - 1] in _BUILDINGS
            or (left < index and _STAYED_IN.search(words.before(left, 24)) is not None)
        )
        label = "FAC" if site or house else label
        end = _with_seat(words, index, lexicon)
    score = FIRST_WITH_OF if right > index else FINAL
    begin = min(begin, words.starts[left])
    return [Mention(begin, end, label, score + min(right - left, 8), "head")]


def _over_insert(words: Words, index: int) -> int | None:
    """The first word of a law's name that has a bracket before its head."""
    before = words.before(index, 120)
    match = _INSERT.search(before) if words.texts[index] in _ENACTED else None
    if match is None:
        return None
    first = bisect_left(words.starts, words.starts[index] - len(before) + match.start())
    while words.texts[first] in FUNCTION_WORDS and first < index:
        first += 1
    return first


def _with_year(words: Words, left: int) -> int:
    """Where an event's name begins that a year stands before: "the *1998* Roe Cup"."""
    year = _YEAR_BEFORE.search(words.before(left, 9))
    return words.starts[left] - (5 if year else 0)


_YEAR_BEFORE = re.compile(r"\bthe (?:1[89]|20)\d\d $")


def _is_understanding(words: Words, index: int) -> bool:
    """A memorandum that binds: "… of Understanding on …"; not a heading of a record of talks."""
    return not words.shouts[index] and words.texts[index + 1] in ("Understanding", "Agreement")


def _with_seat(words: Words, index: int, lexicon: Vocabulary) -> int:
    """The end of a body's name with its branch or its country: "… Council (Trade and Mines)", "Church in Peru"."""
    branch = _BRANCH.match(words.text, words.ends[index])
    if branch:
        return branch.end()
    land = words.texts[index + 1] if index + 1 < len(words) and words.gaps[index] == CONNECTOR else ""
    if (
        words.texts[index] in ("Church", "Churches")
        and words.links[index] in ("in", "of")
        and land in lexicon.countries
    ):
        return words.ends[index + 1]
    return words.ends[index]


def _belongs_to_office(words: Words, left: int, index: int, lexicon: Vocabulary) -> bool:
    """ "EU *Energy* Commissioner": behind known names only and before an office the noun is part of the office."""
    if index + 1 >= len(words) or words.gaps[index] != SPACE or not is_office(words.texts[index + 1]):
        return False
    return lexicon.is_plain(words.texts[index]) and all(w in lexicon.single for w in words.texts[left:index])


def _is_gathering(words: Words, index: int) -> bool:
    """ "Summit Meeting", "Ministerial Meeting" are events with a name; "Group Meeting" is not."""
    return (
        index > 0 and words.gaps[index - 1] == SPACE and words.texts[index - 1] in ("Summit", "Ministerial", "Leaders")
    )


def _right_end(words: Words, index: int, lexicon: Vocabulary) -> int:
    """The last word that a governing head takes: "Ministry of International Trade and *Industry*"."""
    if words.shouts[index]:
        return _right_shouted(words, index)
    if words.gaps[index] != CONNECTOR or words.links[index] not in _TO_OFFICE:
        sited = lexicon.heads.get(words.texts[index], {}).get("first") in ("LOC", "FAC") and words.gaps[index] == SPACE
        return index + (sited and words.texts[index] in _SITED and not _runs_to_head(words, index + 1, lexicon))
    if index + 1 < len(words) and _stops(words, index + 1, lexicon):
        return index
    at = index + 1
    law = "LAW" in lexicon.heads.get(words.texts[index], {}).values()
    while at - index < MAX_RIGHT and at < len(words) - 1:
        kind, link = words.gaps[at], words.links[at]
        follower = at + 1
        if _stops(words, follower, lexicon):
            break
        if kind in (SPACE, HYPHEN):
            if is_office(words.texts[follower]) and words.texts[index] != "Office":
                break
        elif kind == CONNECTOR and (link in ("of", "of the", "for", "&") or (law and link in ("in", "on", "for the"))):
            if words.texts[follower] in lexicon.heads and link == "for":
                break
            if link == "in" and (words.texts[follower] in lexicon.single or homes(words.texts[follower])):
                break  # "the Agreement on Trade in Lima" was made there
        elif (kind == CONNECTOR and link == "and") or (kind == COMMA and _lists_on(words, at)):
            if not _may_join(words, follower, lexicon) or _begins_another(words, follower, lexicon):
                break
        else:
            break
        at = follower
    return at


# "Lake Roe", "Fort Quill"
_SITED = frozenset({"Lake", "Mount", "Cape", "Camp", "Fort"})


def _runs_to_head(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """Does the run go on to a head behind word ``index``: "Mount Roe Railway *Company*"?"""
    while words.gaps[index] == SPACE and index + 1 < len(words):
        index += 1
        if words.texts[index] in lexicon.heads:
            return True
    return False


def _right_shouted(words: Words, index: int) -> int:
    """In a heading in capitals "OF" is a word too: "COURT OF INTERNATIONAL *TRADE*"."""
    at = index + 1
    if at + 1 >= len(words) or words.gaps[index] != SPACE or words.texts[at] not in ("OF", "FOR", "ON"):
        return index
    while at + 1 < len(words) and words.gaps[at] == SPACE and words.shouts[at + 1] and at - index < MAX_RIGHT:
        at += 1
    while at > index and words.texts[at] in ("OF", "FOR", "ON", "THE", "AND"):
        at -= 1
    return at


def _stops(words: Words, index: int, lexicon: Vocabulary) -> bool:
    word = words.texts[index]
    return word in FUNCTION_WORDS or is_address(word) or word in lexicon.plain_acronyms


def _may_join(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """May the word behind "and" still belong to the name? Not a country, a known body, a person or another head."""
    word = words.texts[index]
    entry = lexicon.single.get(word)
    acronym = len(word) > 1 and word.isupper() and not words.shouts[index]
    if words.gaps[index] == SPACE and index + 1 < len(words) and words.texts[index + 1].casefold() in DOMAIN:
        return not acronym and (entry is None or entry.label == "ORG")  # "… and House Affairs"
    if entry is not None or acronym or word in lexicon.given or is_office(word):
        return False
    if word in lexicon.heads and words.gaps[index] == CONNECTOR:
        return False
    pattern = lexicon.pattern(word)
    return not (pattern and pattern.match(words.text, words.starts[index]))


def _begins_another(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """Does another body's name begin here: "Bank of Peru and *State Bank of Kenya*"?"""
    for at in range(index, min(index + 4, len(words) - 1)):
        if (
            "both" in lexicon.heads.get(words.texts[at], {})
            and words.gaps[at] == CONNECTOR
            and words.links[at] in _TO_OFFICE
        ):
            return True
        if words.gaps[at] != SPACE:
            return False
    return False


def _lists_on(words: Words, index: int) -> bool:
    """Does a list of single words run from here to an "and" ("Economy, Trade and Industry")?"""
    if words.links[index].startswith(", and"):
        return True
    for ahead in range(index + 1, min(index + 4, len(words) - 1)):
        if words.gaps[ahead] == CONNECTOR and words.links[ahead] in ("and", "&"):
            return True
        if words.gaps[ahead] == COMMA and words.links[ahead].endswith(("and", "&")):
            return True
        if words.gaps[ahead] not in (COMMA, SPACE):
            return False
    return False


def _left_start(words: Words, index: int, lexicon: Vocabulary) -> int:
    """The first word of a name that ends at a head, function words and titles left out."""
    at = index
    if words.shouts[index]:
        return _left_shouted(words, index)
    while at > 0 and index - at < MAX_LEFT:
        kind, link, word = words.gaps[at - 1], words.links[at - 1], words.texts[at - 1]
        if word in FUNCTION_WORDS or is_address(word) or words.shouts[at - 1]:
            break
        if is_office(word) and word not in _OFFICES_IN_NAMES:
            break
        republic = link == "of" and word in ("Republic", "Kingdom", "Commonwealth") and index - at < 6
        if kind == CONNECTOR and not republic and not (link in ("and", "&") and _joins_left(words, at, index, lexicon)):
            break
        owners = (
            at == index
            and words.texts[index] in _OF_MEMBERS
            and _PLURAL_OWNER.match(words.text, words.ends[at - 1] - 1)
        )
        if kind not in (SPACE, HYPHEN, CONNECTOR) and not owners:
            break
        at -= 1
    return at


def _left_shouted(words: Words, index: int) -> int:
    """The first word of a name in a heading in capitals."""
    at = index
    while at > 0 and index - at < MAX_LEFT and words.gaps[at - 1] in (SPACE, HYPHEN):
        before = words.texts[at - 1]
        if before.title() in FUNCTION_WORDS or not words.shouts[at - 1]:
            break
        if is_office(before) and before.title() not in _OFFICES_IN_NAMES:
            break
        at -= 1
    return at


def _joins_left(words: Words, at: int, index: int, lexicon: Vocabulary) -> bool:
    """May "and" before word ``at`` lie inside the name ending at ``index``?"""
    word = words.texts[at - 1]
    if words.links[at - 1] == "&" or words.texts[at] == "District":
        return True
    if words.texts[index] not in JOINING_HEADS or lexicon.lists(word):
        return False
    lone = at < 2 or words.gaps[at - 2] not in (SPACE, HYPHEN)
    return index - at <= 3 and (not lone or words.texts[index] in JOINING_HEADS)


def _only_countries(words: Words, left: int, index: int, lexicon: Vocabulary) -> bool:
    names = words.text[words.starts[left] : words.ends[index - 1]]
    entry = lexicon.entries.get(" ".join(names.split()))
    return entry is not None and (entry.name in lexicon.countries or (entry.label == "NORP" and bool(entry.country)))


def _is_named(words: Words, left: int, index: int, lexicon: Vocabulary) -> bool:
    """Is there more than a head and words that fit any ("Joint Committee", "U.S. Delegation")?"""
    if left == index:
        return False
    if _only_countries(words, left, index, lexicon):
        return words.texts[index] in lexicon.national
    head = words.texts[index]
    labels = lexicon.heads.get(head, {})
    if head.title() in SURNAME_HEADS and words.texts[left].title() in lexicon.given:
        return False  # "Jane Laws"
    if words.shouts[index]:
        names = words.texts[left:index]
        named = head.title() not in _OF_NAMES and any(
            w.title() not in GENERIC and not lexicon.is_plain(w) for w in names
        )
        return named or head.title() in _LOUD
    specific = [w for w in words.texts[left:index] if w not in GENERIC]
    if head in _OF_NAMES:
        return not words.shouts[index] and any(not lexicon.is_plain(w) for w in specific)
    if specific:
        return True
    body = labels.get("both") == "ORG" or head in ("Ministry", "Conference", "Act")
    return body and head not in _NO_LONE and _generic_body(words, left, index)


_PASSING = listed("passing")
_NO_LONE = listed("no_lone_head")


def _generic_body(words: Words, left: int, index: int) -> bool:
    """ "Foreign Ministry", "Trade Commission": a generic word names a body; "Joint Committee", "New Office" do not."""
    return words.texts[left] not in _PASSING or index - left > 1


def _company(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """A company by its legal form: "Roe Motors Co., Ltd.", "Roe plc"."""
    at = index
    if (
        at == 0
        or words.gaps[at] == HYPHEN
        or words.gaps[at - 1] not in (SPACE, COMMA, HYPHEN)
        or words.links[at - 1] not in ("", ",", ".")
    ):
        return []
    at -= 1
    while at > 0 and index - at < MAX_LEFT and words.texts[at - 1] not in FUNCTION_WORDS:
        joined = words.gaps[at - 1] in (SPACE, HYPHEN) or words.links[at - 1] == "&"
        joined = joined or (words.links[at - 1] == "and" and _is_partner(words, at - 1, lexicon))
        if not joined or is_address(words.texts[at - 1]):
            break
        at -= 1
    if words.texts[at] in FUNCTION_WORDS:
        return []
    end = words.ends[index]
    if index + 1 < len(words) and "suffix" in lexicon.heads.get(words.texts[index + 1], {}):
        return []
    if words.text.startswith("-", end):  # "Welfare Co-operation"
        return []
    if words.text.startswith(".", end):
        end += 1
    return [Mention(words.starts[at], end, "ORG", SUFFIX, "company")]


def _cites(words: Words, index: int, written: str) -> bool:
    """Is a law's part cited, not a part of this text headed? High numbers, or behind "under" and the like."""
    number = re.search(r"\d+", written)
    end = words.starts[index] + len(written)
    of_law = _OF_LAW.match(words.text, end) is not None or _CITING.search(words.before(index, 20)) is not None
    return of_law or (number is not None and int(number[0]) >= 100)


def _operations(words: Words) -> list[Mention]:
    """Military and police operations: "Operation Roe Shield"."""
    found: list[Mention] = []
    for index, word in enumerate(words.texts):
        if word != "Operation" or words.gaps[index] != SPACE or words.texts[index + 1] in FUNCTION_WORDS:
            continue
        last = index + 1
        while last - index < 3 and words.gaps[last] == SPACE and words.texts[last + 1] not in FUNCTION_WORDS:
            last += 1
        found.append(Mention(words.starts[index], words.ends[last], "EVENT", FIRST_WITH_OF, "operation"))
    return found


def _is_partner(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """A lone word before "and" belongs to the firm ("Roe and Doe Inc."), a full name does not."""
    lone = index == 0 or words.gaps[index - 1] not in (SPACE, HYPHEN)
    return lone and words.texts[index] not in lexicon.given and words.texts[index] not in lexicon.single


def _statutes(words: Words, named: list[Mention]) -> list[Mention]:
    """ "Section 301 of the Trade Act of 1974", "Article XX", "H.R. 3450", "Executive Order 12866"."""
    laws = {m.start: m for m in named if m.label == "LAW"}
    found: list[Mention] = []
    for index, word in enumerate(words.texts):
        start = words.starts[index]
        if word in _PARTS_OF_LAW:
            match = _ARTICLE_LAW.match(words.text, start)
            if match is None or (word.startswith("Title") and not re.search(r"[IVXLC\d]$", match[0])):
                continue
            end = match.end()
            link = _OF_THE.match(words.text, end)
            law = laws.get(link.end()) if link else None
            if law is None and not _cites(words, index, match[0]):
                continue
            found.append(Mention(start, law.end if law else end, "LAW", STATUTE, "statute"))
        elif word in _BILL_WORDS:
            match = _BILL.match(words.text, start)
            if match is not None:
                found.append(Mention(start, match.end(), "LAW", STATUTE, "statute"))
    return found

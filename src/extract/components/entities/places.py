"""Places that no list holds: "Roeville, Ohio", "in Roeton, Kenya"."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import pycountry

from extract.components.entities.lists import FUNCTION_WORDS, listed, sign
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weights
from extract.components.entities.vocabulary import is_office
from extract.components.entities.words import CAPITALISED, COMMA, SPACE, Words
from extract.normalize.cities import city_country, homes
from extract.normalize.countries import country_code
from extract.normalize.title_words import DOMAIN

BESIDE_PLACE, BESIDE_CODE, CONSTITUENCY, DATELINE = weights("beside_place", "beside_code", "seat", "dateline")
# So many times more often than a city's usual country is the one named that takes it.
CLEARLY = 3
# So many mentions of towns of one country, and three times those of the next, make a text local.
LOCAL = 4
_SEAT = sign(
    r"\(([A-Z][\w'’,-]*(?:[ \n](?:[A-Z][\w'’,-]*|and|of|the|upon|on)){0,7})\)\s+"
    r"\((?:{party_letters})\)"
)
# "Mr. Roe (North Roeshire):", "Sir Omar Quill (Roeford, West):" at the head of a speech.
_SPEAKING = sign(
    r"^(?:The [A-Z][^()\n]{2,80}\()?(?:{speaking})\b\.?[^()\n:]{2,60} \(([A-Z][\w'’-]*(?:,? (?:[A-Z][\w'’-]*|"
    r"and|of|the|upon|on|under)){0,6})\):",
    re.MULTILINE,
)
_PLACE = r"[A-Z][\w'’.-]*(?: (?:[A-Z][\w'’.-]*|and|of|the|upon|on|de|du|des|la|sur)){0,7}"
# "Mr. Roe (Quill—Doe Bay, QRX):" with the party, "the member for Quill—Doe Bay".
_PARTY = r"([A-Z]{2,4}|Lib|Ind)\.?"
_JOINED_SEATS = re.compile(
    rf"\(({_PLACE}(?:—{_PLACE}){{1,6}}), {_PARTY}\)|\(({_PLACE}), {_PARTY}\) ?:|"
    rf"\b(?:member|MP) for ({_PLACE}(?:—{_PLACE}){{1,6}})"
)
_COMMONS = re.compile(r"\b(?:House of Commons|hon\. (?:Members?|Friends?|Gentlem[ae]n|Lady|and)|Hon\. Member)")
_CHAMBER = re.compile(r"\b(?:Madam|Mr\.?) (?:Deputy )?(?:Speaker|President)\b")
# "LIMA, April 8", "Cusco, Peru, 8 May 1987" at the head of a line.
_DATELINE = sign(
    r"^[ \t]*([^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+){0,2}), (?:[A-Z][\w.]+(?: [A-Z][\w.]+)?, )?(?:\d{1,2}(?:th|"
    r"st|nd|rd)? )?(?:{dateline})",
    re.MULTILINE,
)
# "LIMA, Peru —", "QUITO (Roe) -"
_CITY_LINE = re.compile(
    r"^[ \t]*([A-Z][A-Z.'-]{2,}(?: [A-Z][A-Z.'-]+){0,2})(?:, [A-Z][\w. ]{2,20})?(?: \([A-Z][\w /-]+\))?\s?"
    r"(?:—|–|--|\s-\s)",
    re.MULTILINE,
)
# "Jane Roe (North Quill):" at the head of a speech in a chamber.
_MEMBER = re.compile(rf"(?<![\w-]){CAPITALISED} {CAPITALISED} \(({_PLACE})\):")
_MEMBER_FOR = re.compile(
    rf"\b(?:[Mm]ember|MP|[Dd]eputy|[Ss]enator) for (?:the )?({CAPITALISED}(?: {CAPITALISED}){{0,2}})(?! of\b)"
)
_BEFORE = sign(r"\b(?:{known_before})\s+$")


def place_names(words: Words, found: list[Mention]) -> list[Mention]:
    """A capitalised run of one to three words before a comma and a known state or country, behind "in" or the like."""
    known = {m.start: m for m in found if m.label == "GPE" and m.country and m.rule.startswith("known")}
    places: list[Mention] = []
    for index in range(len(words) - 1):
        if words.gaps[index] != COMMA or words.links[index] != ",":
            continue
        state = known.get(words.starts[index + 1]) or _state_code(words, index + 1)
        if state is None or words.text.startswith(("'s", "’s"), state.end):
            continue
        if state.rule == "state code":
            places.append(state)
        first = index
        while (
            first
            and index - first < 2
            and words.gaps[first - 1] == SPACE
            and words.texts[first - 1] not in FUNCTION_WORDS
        ):
            first -= 1
        sure = state.rule == "state code" or _BEFORE.search(words.before(first, 12)) is not None
        if words.texts[first] in FUNCTION_WORDS or not sure:
            continue
        if words.before(first, 12).rstrip().endswith("of") and words.text[state.end : state.end + 1] == ",":
            continue
        if _is_elsewhere(words.text[words.starts[first] : words.ends[index]], known.get(words.starts[first]), state):
            continue  # "Lima, Kenya and Peru": a list
        score = BESIDE_CODE if state.rule == "state code" and words.texts[first] in _NATURE else BESIDE_PLACE
        places.append(Mention(words.starts[first], words.ends[index], "GPE", score, "place", state.country))
    return places + _constituencies(words)


def _is_elsewhere(name: str, known: Mention | None, state: Mention) -> bool:
    """Is a known place not in the country that follows it: a country itself, or a city of other countries only?"""
    if known is None or known.country == state.country:
        return False
    return country_code(name) is not None or state.country not in {country for country, _ in homes(name)}


# Towns are named after what lies by them: "Lake Roe, FL".
_NATURE = listed("natural_head")


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    """Postal codes of the states of the USA."""
    return frozenset(s.code.removeprefix("US-") for s in pycountry.subdivisions if s.country_code == "US")


def _state_code(words: Words, index: int) -> Mention | None:
    """ "Roeville, *OH*" where the code ends a phrase."""
    end = words.ends[index]
    loud = index and words.texts[index - 1].isupper()  # "NANJING, IN DEPTH" names no state
    if (
        loud
        or words.texts[index] not in _codes()
        or not (words.text[end : end + 1] in ",;.)\n" or end == len(words.text))
    ):
        return None
    return Mention(words.starts[index], end, "GPE", BESIDE_PLACE, "state code", "US")


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """Names of the states of the USA."""
    return frozenset(s.name for s in pycountry.subdivisions if s.country_code == "US" and s.type == "State")


def settle_states(text: str, chosen: list[Mention]) -> None:
    """A name of a country and of a state ("Georgia") is the state's in a text that names other states.

    A people's name with the country's code speaks for the country.
    """
    named = {text[m.start : m.end].title() for m in chosen if m.country == "US"} & _states()
    peoples = {m.country for m in chosen if m.label == "NORP"}
    islands = any(text[m.start : m.end] in ("Melanesia", "Polynesia") for m in chosen)  # the region, not the state
    for mention in chosen:
        if mention.label == "GPE" and text[mention.start : mention.end] == "Micronesia" and islands:
            mention.label, mention.country = "LOC", None
        both = mention.label == "GPE" and mention.country not in (None, "US")
        if both and named and mention.country not in peoples and text[mention.start : mention.end].title() in _states():
            mention.country = "US"


def datelines(words: Words) -> list[Mention]:
    """Cities at the head of a report: "LIMA, April 8 -"."""
    return [
        Mention(match.start(1), match.end(1), "GPE", DATELINE, "dateline")
        for pattern in (_DATELINE, _CITY_LINE)
        for match in pattern.finditer(words.text)
        if homes(match[1]) or homes(match[1].title())
    ]


def settle_cities(text: str, chosen: list[Mention]) -> None:
    """The country of each city: of several of one name the one that the text speaks of, else the much larger one.

    Cities that a list gave to one country are read again only where the text does not name that country.
    """
    named = Counter(m.country for m in chosen if m.country and (m.label == "NORP" or _is_sure(text, m)))
    given = {_name(text, m): m.country for m in chosen if m.rule in ("place", "seat")}
    for mention in chosen:
        if mention.label != "GPE" or mention.rule in ("place", "seat", "state code"):
            continue
        name = text[mention.start : mention.end]
        if _name(text, mention) in given and country_code(name) is None:
            mention.country = given[_name(text, mention)]
            continue
        if not homes(name) or (mention.country is not None and _is_sure(text, mention)):
            continue
        if mention.country is not None and mention.country not in {country for country, _ in homes(name)}:
            continue  # a list knows the place by another name
        found = city_country(name, named)
        if mention.country is None or named[found or ""] >= CLEARLY * max(named[mention.country], 1):
            mention.country = found
    _settle_unknown(text, chosen, named)


def _settle_unknown(text: str, chosen: list[Mention], named: Counter[str]) -> None:
    """Towns that no list holds are where most towns of a local text are; counties are the USA's where it is named."""
    towns = Counter(m.country for m in chosen if m.label == "GPE" and m.country and homes(text[m.start : m.end]))
    (home, count), (_, second) = [*towns.most_common(2), (None, 0), (None, 0)][:2]
    local = count >= max(LOCAL, 3 * second) and named[home or ""] * 3 >= named.total()
    for mention in chosen:
        if mention.label != "GPE" or mention.country is not None:
            continue
        if text[mention.start : mention.end].endswith((" County", " Counties")):
            mention.country = "US" if named["US"] else None
        elif (
            local
            and mention.rule in ("weighed", "model", "repeat", "formed")
            and not homes(text[mention.start : mention.end])
        ):
            mention.country = home


def _name(text: str, mention: Mention) -> str:
    return " ".join(text[mention.start : mention.end].split()).casefold()


def _is_sure(text: str, mention: Mention) -> bool:
    """Is the country of a place beyond doubt: a country itself, a state, the one city of its name?"""
    name = text[mention.start : mention.end]
    if mention.country is None or mention.label != "GPE":
        return False
    if mention.rule in ("seat", "state code"):
        return True
    return country_code(name) is not None or len({country for country, _ in homes(name)}) < 2


def _is_seat(name: str) -> bool:
    """Is it no office's field ("the deputy for Trade"), no country?"""
    words = name.split()
    return not (country_code(name) or any(is_office(word) or word.casefold() in DOMAIN for word in words))


def _constituencies(words: Words) -> list[Mention]:
    """The seats of members: "Jane Roe (*North Roeshire*) (Lab)", "Mr. Roe (*Quill*—*Doe Bay*, QRX):"."""
    text = words.text
    found: list[tuple[int, int, str, str | None]] = [(*m.span(1), "GPE", "GB") for m in _SEAT.finditer(text)]
    if _COMMONS.search(text):
        found += [(*m.span(1), "GPE", "GB") for m in _SPEAKING.finditer(text) if not country_code(m[1])]
    found += [(*m.span(1), "GPE", None) for m in _MEMBER_FOR.finditer(text) if _is_seat(m[1])]
    if _CHAMBER.search(text):
        found += [(*m.span(1), "GPE", None) for m in _MEMBER.finditer(text) if not is_office(m[1].split()[-1])]
    for match in _JOINED_SEATS.finditer(text):
        chain, party = next(n for n in (1, 3, 5) if match[n]), match.lastindex
        if any(map(is_office, match[chain].split())):
            continue
        start = match.start(chain)
        found += [
            (start + m.start(), start + m.end(), "GPE", None) for m in re.finditer("[^—]+", match[chain].rstrip("."))
        ]
        found += [(*match.span(party), "ORG", None)] if party and party != chain else []
    return [Mention(start, end, label, CONSTITUENCY, "seat", country) for start, end, label, country in found]

"""The state whose record it is: whose parliament, ministry or broadcaster speaks, as far as the text shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

from extract.components.speakers.places import Places
from extract.components.speakers.sides import country_in
from extract.lexicons import load

# The head of a record names its house; the rest of it only names countries.
HEAD_CHARS = 3_000
# A sign of a state's own body counts for so many mentions of a country.
SIGN_WEIGHT = 2
MIN_MENTIONS = 2
# More signs of one kind than these tell no more.
MAX_SIGNS = 4
# The home state is named this many times as often as the next country, where no sign tells it.
LEAD = 1.3


@dataclass(frozen=True)
class Home:
    """``country``: ISO alpha-2 of the state whose record it is; ``chamber``: it is a parliament's; ``bank``: a
    central bank's."""

    country: str | None
    chamber: bool
    bank: bool


def read_home(text: str, entities: Sequence[Mapping[str, Any]]) -> Home:
    """The home state by the signs of its bodies and by the countries that the text names most."""
    signs: Counter[str] = Counter()
    chamber = bank = 0
    for pattern, state, kind in _signs():
        found = len(pattern.findall(text[:200_000]))
        if not found:
            continue
        if state != "any":
            signs[state] += min(found, MAX_SIGNS) * (2 if kind == "chamber" else 1)
            signs[state] += 2 * bool(pattern.search(text[:HEAD_CHARS]))
        chamber += min(found, MAX_SIGNS) if kind == "chamber" else 0
        bank += min(found, MAX_SIGNS) if kind == "bank" else 0
    named = Counter(row["country"] for row in entities if isinstance(row.get("country"), str))
    votes = Counter({country: count * SIGN_WEIGHT for country, count in signs.items()})
    votes.update(named)
    ranked = votes.most_common(3)
    country: str | None = None
    if ranked:
        first, count = ranked[0]
        second = ranked[1][1] if len(ranked) > 1 else 0
        if count >= MIN_MENTIONS and (count >= LEAD * second or signs[first]):
            country = first
    return Home(country if country != "EU" else None, chamber >= 2, bank >= 2)


@lru_cache(maxsize=1)
def _signs() -> list[tuple[re.Pattern[str], str, str]]:
    rows = load(
        "mul/speakers_home", {"sign": "regex", "country": "text", "kind": "chamber|state|bank"}, key=("sign", "country")
    )
    return [(re.compile(row["sign"]), row["country"], row["kind"]) for row in rows]


@lru_cache(maxsize=1)
def _state_offices() -> re.Pattern[str]:
    rows = load("mul/speakers_state_offices", {"office": "regex"})
    return re.compile("|".join(f"(?:{row['office']})" for row in rows), re.IGNORECASE)


def is_state_office(phrase: str | None) -> bool:
    """Is it an office of a state: a minister, a member of parliament, an ambassador, a party in brackets?"""
    return bool(phrase) and bool(_state_offices().search(str(phrase)))


_OFFICE_WORD = (
    r"(?:[Pp]resident|[Pp]remier|[Mm]inister|[Cc]hancellor|[Aa]mbassador|[Ss]ecretary|[Ee]nvoy|[Ll]eader|[Kk]ing)"
)
_STATE_FORM = r"(?:(?:Republic|Kingdom|Commonwealth|State|People['’]s Republic) of )?(?:the )?"
_COUNTRY_BEHIND = re.compile(
    rf" of (?:the )?{_STATE_FORM}(?P<of>[A-Z]\w+(?: [A-Z]\w+){{0,2}})|,? \((?P<bracket>[A-Z][\w ]{{2,30}})\)|"
    rf", (?:the )?(?P<apposed>(?:[\w.’'-]+ ){{1,3}}?{_OFFICE_WORD}|{_OFFICE_WORD} of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)"
)
_COUNTRY_BEFORE = re.compile(
    rf"(?P<office>(?:[A-Z][\w.]+(?:['’]s)? ){{1,2}}(?:\w+ ){{0,2}}{_OFFICE_WORD}) (?:\w+ ){{0,2}}$"
)
_SPREAD = re.compile(r"[\s\\_]+")
MAX_MENTIONS = 40


def countries_beside(places: Places, name: str) -> list[str]:
    """The countries beside a name: "President Roe of the Republic of Norway", "Norway's Prime Minister Roe", "Roe
    (Norway)"."""
    text, found = places.text, list[str]()
    for start in islice(places.of(name), MAX_MENTIONS):
        end = start + len(name)
        after = _SPREAD.sub(" ", text[end : end + 80])
        before = _SPREAD.sub(" ", text[max(0, start - 70) : start])
        of = _COUNTRY_BEHIND.match(after)
        lead = _COUNTRY_BEFORE.search(before)
        for phrase in (of[of.lastgroup or 0] if of else None, lead["office"] if lead else None):
            code = country_in(phrase) if phrase else None
            if code:
                found.append(code)
    return found

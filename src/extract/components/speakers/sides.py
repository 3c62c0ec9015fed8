"""The country that somebody speaks for, as far as the text shows it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

from extract.lexicons import load
from extract.normalize.countries import country_adjectives, country_code, country_names
from extract.normalize.names import same_person, surname, words

Span = tuple[int, int, str]
# Countries whose head is a president without a prime minister beside him, or a prime minister without a president:
# between one of each kind, the office tells the country.
_PRESIDENTIAL = frozenset(("US", "MX", "BR", "AR", "CL", "PH", "ID", "CO", "VE"))
_PRIME_MINISTERIAL = frozenset(("JP", "GB", "CA", "AU", "NZ", "NO", "SE", "DK", "NL", "BE", "ES", "MY", "TH"))
_US_OFFICE = re.compile(
    r"^(?:U\.?S\.? |United States |former )?(?:Secretary of (?:State|the Treasury|Treasury|Commerce|Defense|Agriculture|Labor|Energy)|"  # noqa: E501
    r"(?:U\.?S\.?|United States) Trade Representative|National Security Advis[eo]r|Vice President$|Congress(?:wo)?man)",
)
_OURS = re.compile(r"(?:attending from our side|our side|当方|わが方|我が方)\s*[:：]", re.IGNORECASE)
_THEIRS = re.compile(r"(?:attending from the other side|the other side|先方)\s*[:：]", re.IGNORECASE)
_PAIR = re.compile(
    r"\b([A-Z][\w.]*(?: [A-Z][\w.]*| of [A-Z]\w+){0,3}?)[-–]([A-Z][\w.]*(?: [A-Z][\w.]*){0,2}?)(?= [A-Z]| talks| trade| summit)"  # noqa: E501
)
_SIDE_CHARS = 1_500
_INSTITUTION = re.compile(r"\b(?:[A-Z]\w+ Ministry|Ministry of [A-Z]\w+|[Tt]rade [Rr]epresentative)")
_INSTITUTION_AT = re.compile(rf"(?=({_INSTITUTION.pattern})\b)")
_OWNER = re.compile(r"([A-Z][\w.]+(?: [A-Z][\w.]+)?)(?:['’]s)? $")
_OWNER_CHARS = 80
_STATE_BODY = re.compile(r"\b(?:[Mm]inistry|[Gg]overnment|[Cc]abinet|[Cc]ustoms)\b")
_DATELINE = re.compile(
    r"^[ \t]*([A-Z][A-Z]+(?: [A-Z]+)?)(?:, [^\n]{1,40}?)? ?(?:\([A-Za-z]+\) ?)?(?:-{1,2}|–|—)\s", re.MULTILINE
)


def country_in(phrase: str) -> str | None:
    """The one country that a phrase names, by name or adjective: "former Japanese ambassador" → JP."""
    found = [country_code(m[0]) for m in _country_pattern().finditer(phrase)]
    codes = [code for code in found if code]
    return codes[0] if codes else None


@lru_cache(maxsize=1)
def _country_pattern() -> re.Pattern[str]:
    forms = sorted({*country_names(), *country_adjectives()}, key=len, reverse=True)
    return re.compile(r"(?<![\w])(?:" + "|".join(re.escape(form) for form in forms) + r")(?![\w])")


def parties(text: str, document: Mapping[str, Any]) -> tuple[str, str] | None:
    """The two countries of a talk by the title of its record: "Japan-United States Summit Meeting" → (JP, US)."""
    for place in (document.get("title") or "", text[:6_000]):
        for found in _PAIR.finditer(place):
            one, two = _country_at_end(found[1]), _country_at_start(found[2])
            if one and two and one != two:
                return one, two
        japanese = re.search(rf"(?<![\d〇一二三四五六七八九十])日([{''.join(_letters())}])", place)
        if japanese:
            return "JP", _letters()[japanese[1]]
    return None


@lru_cache(maxsize=1)
def _letters() -> dict[str, str]:
    """Countries by the letter that Japanese titles call them by: "日米"."""
    rows = load("ja/country_letters", {"letter": "text", "country": "text", "name": "text"})
    return {row["letter"]: row["country"] for row in rows if row["country"] not in ("-", "JP")}


def _country_at_end(words: str) -> str | None:
    parts = words.split()
    return next((code for at in range(len(parts)) if (code := country_code(" ".join(parts[at:])))), None)


def _country_at_start(words: str) -> str | None:
    parts = words.split()
    return next((code for at in range(len(parts), 0, -1) if (code := country_code(" ".join(parts[:at])))), None)


def delegation_sides(text: str, document: Mapping[str, Any]) -> list[Span]:
    """Stretches of lists of delegations with their country: "attending from our side: …" in a telegram."""
    pair = parties(text, document)
    if pair is None:
        if "外務大臣" not in text[:3_000]:
            return []
        pair = ("JP", "")
    spans = []
    for pattern, side in ((_OURS, pair[0]), (_THEIRS, pair[1])):
        for found in pattern.finditer(text):
            stop = min(len(text), found.end() + _SIDE_CHARS)
            other = (_THEIRS if pattern is _OURS else _OURS).search(text, found.end(), stop)
            close = re.compile(r"[)）]\s*\n|\n\n").search(text, found.end(), stop)
            ends = [m.start() for m in (other, close) if m]
            if side:
                spans.append((found.end(), min(ends, default=stop), side))
    return spans


def side_at(offset: int, spans: Sequence[Span]) -> str | None:
    return next((side for start, end, side in spans if start <= offset < end), None)


def side_of_office(office: str | None, pair: tuple[str, str] | None) -> str | None:
    """The country that an office tells, by itself or between the two of a talk."""
    if not office:
        return None
    if _US_OFFICE.match(office) and (pair is None or "US" in pair):
        return "US" if pair is not None or not office.startswith("Vice") else None
    named = country_in(office)
    if named or pair is None:
        return named
    low = office.casefold()
    kinds = [_PRESIDENTIAL] if "president" in low or "大統領" in low else []
    kinds += [_PRIME_MINISTERIAL] if "prime minister" in low or "総理" in low or "首相" in low else []
    fitting = [code for code in pair if kinds and code in kinds[0]]
    if len(fitting) == 1:
        return fitting[0]
    if ("foreign minister" in low or "外務大臣" in low or "外相" in low) and "US" in pair:
        return pair[0] if pair[1] == "US" else pair[1]
    if "secretary of" in low and "US" in pair:
        return "US"
    return None


@lru_cache(maxsize=1)
def _leaders() -> dict[str, list[tuple[str, str, str]]]:
    """Heads of state and government by surname: full name, office, country."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in load("mul/speakers_leaders", {"office": "text", "country": "text", "name": "terms"}):
        found.setdefault(surname(row["name"]), []).append((row["name"], row["office"], row["country"]))
    return found


def leader_side(name: str, offices: Sequence[str]) -> str | None:
    """The country of a head of state or government by his full name, or by surname and office: "President Truman"."""
    known = [leader for word in words(name) for leader in _leaders().get(word, ())]
    held = " ".join(offices).casefold()
    sides = {side for full, office, side in known if same_person(full, name) and (" " in name or office in held)}
    return sides.pop() if len(sides) == 1 else None


@lru_cache(maxsize=1)
def _capitals() -> dict[str, str]:
    return {row["name"]: row["country"] for row in load("mul/speakers_capitals", {"country": "text", "name": "terms"})}


class Institutions:
    """The countries that a text says its ministries are of; it is searched once, when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _countries(self) -> dict[str, set[str]]:
        countries: dict[str, set[str]] = {}
        for found in _INSTITUTION_AT.finditer(self._text):
            owner = _OWNER.search(self._text, max(0, found.start() - _OWNER_CHARS), found.start())
            if owner and (code := _country_at_end(owner[1])):
                countries.setdefault(found[1], set()).add(code)
        return countries

    def side(self, phrase: str) -> str | None:
        """The country of a seat of government ("Washington"), or of a ministry that the text says is a country's."""
        bare = phrase.strip()
        if bare in _capitals() or f"the {bare}" in _capitals():
            return _capitals().get(bare) or _capitals()[f"the {bare}"]
        found = _INSTITUTION.search(phrase)
        codes = self._countries.get(found[0], set()) if found else set()
        return next(iter(codes)) if len(codes) == 1 else None


def dateline_side(phrase: str, text: str) -> str | None:
    """The country of an unnamed ministry or government in a story that is sent from a capital ("TAIPEI, April 8 -")."""
    if not _STATE_BODY.search(phrase):
        return None
    found = _DATELINE.search(text[:_SIDE_CHARS])
    return _capitals().get(found[1].title()) if found else None

"""Names of persons and bodies as strings: titles taken off, forms compared, the fullest chosen, acronyms checked.

Pure functions; nothing here looks at a document. Names are compared by words, case, accents, line ends and a
trailing possessive ignored. No function raises on any string.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from extract.normalize.title_words import (
    ADDRESS,
    DOMAIN,
    FEMALE_ADDRESS,
    MALE_ADDRESS,
    MODIFIER,
    NICKNAMES,
    OFFICE,
    PARTICLE,
    SUFFIX,
)

_SPACE = re.compile(r"\s+")
_POSSESSIVE = re.compile(r"(?<=\w)['’`´]s?$", re.IGNORECASE)
_PAREN = re.compile(r"\s*[(\[][^()\[\]]*[)\]]?\s*$")
_SEAT = re.compile(r"\s+of\s+(?:the\s+)?[A-Z][\w.]*(?:\s[A-Z][\w.]*){0,3}$")
_EDGE = " \t\n,;:.–—-*_\"'“”‘’`()[]<>"
_WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*", re.UNICODE)
GENERATION = ("jr", "sr", "ii", "iii", "iv")
_SKIPPED_IN_ACRONYM = frozenset(
    {"of", "the", "and", "for", "on", "in", "to", "at", "de", "la", "et", "&", "a", "an"}
    | {"pour", "le", "les", "des", "du", "para", "del", "el", "los", "las", "y", "der", "und", "fur", "di", "do"}
)


class PersonKeys(NamedTuple):
    """What a name is filed under and sought by: of two names of one person, either is found by the other."""

    filed: set[tuple[str, ...]]
    sought: set[tuple[str, ...]]


class TitledName(NamedTuple):
    """``title``: the office or form of address as written, ``None`` without; ``name``: the bare name, may be empty."""

    title: str | None
    name: str


def clean(name: str) -> str:
    """One line, single-spaced, NFC, without a trailing possessive and without punctuation at the ends.

    A final full stop stays where it belongs to an initial or an abbreviation ("Roe Jr.", "U.S.").
    """
    text = _SPACE.sub(" ", unicodedata.normalize("NFC", name)).strip()
    text = _POSSESSIVE.sub("", text)
    bare = text.strip(_EDGE)
    if text.rstrip(_EDGE.replace(".", "")).endswith(bare + ".") and _keeps_stop(bare):
        return bare + "."
    return bare


def _keeps_stop(bare: str) -> bool:
    last = bare.rsplit(" ", 1)[-1]
    return bool(re.fullmatch(r"(?:\w\.)*\w|Jr|Sr|Inc|Co|Corp|Ltd|Bros", last)) and not last.isdigit() and last != "I"


def fold(text: str) -> str:
    """Lower case without accents and full stops: the form in which words are compared."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c not in ".’'`´")


def words(name: str) -> tuple[str, ...]:
    """The folded words of a name: "J.-P. O’Neill" → ("j-p", "oneill")."""
    return _words(name)


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[str, ...]:
    return tuple(w for w in (fold(m) for m in _WORD.findall(clean(name))) if w)


def _is(word: str, kind: frozenset[str]) -> bool:
    key = word.strip(_EDGE).casefold().replace("’", "'")
    return key in kind or key.replace(".", "") in kind


@lru_cache(maxsize=8192)
def split_title(name: str) -> TitledName:
    """Title and bare name: "Prime Minister Hosokawa" → ("Prime Minister", "Hosokawa"), "MR. KOHN" → ("MR.", "KOHN").

    Takes "Secretary of State Roe", "Jane Roe, Minister of Trade", "Sen. Jane Roe (R-Ohio)", "Mr. BROWN of Ohio"
    ("BROWN") and lower-case titles. A title alone gives an empty name; a bare name gives no title. Idempotent on the
    name it returns.
    """
    text = clean(name)
    while _PAREN.search(text) and _PAREN.sub("", text):
        text = clean(_PAREN.sub("", text))
    text, after = _split_apposition(text)
    parts = text.split()
    cut = _title_length(parts)
    if cut and cut < len(parts) and parts[cut].casefold() in ("of", "for", "at", "in", "to"):
        cut = len(parts)  # "Director-General of the Bureau": what the office governs, no name behind it
    title = " ".join(parts[:cut]).strip(" ,")
    bare = clean(" ".join(parts[cut:]))
    if title:
        bare = clean(_SEAT.sub("", bare))
    return TitledName(title or after, _without_suffix(bare))


def _split_apposition(text: str) -> tuple[str, str | None]:
    """ "Jane Roe, director of …" → the name, and what is said of her; "Roe, Jane" stays."""
    head, comma, tail = text.partition(",")
    tail = clean(tail)
    if not comma or not head.strip():
        return text, None
    first = tail.split(" ")[0] if tail else ""
    if all(_is(word, SUFFIX) for word in tail.replace(",", " ").split()):
        return (f"{clean(head)} {tail}" if fold(first) in GENERATION else clean(head)), None
    lead = tail.split()[:8]
    if _title_length(head.split()) < len(head.split()) and (
        any(_is(word, OFFICE) for word in lead) or first.islower() or len(tail.split()) > 2
    ):
        return clean(head), tail
    return text, None


def _title_length(parts: list[str]) -> int:
    """How many words from the left belong to the title: up to the last head that only title words precede."""
    cut = index = 0
    while index < len(parts):
        word = parts[index]
        if _is(word, ADDRESS) or _is_office(word):
            index = cut = _past_domain(parts, index + 1)
        elif _is(word, MODIFIER) or _is(word, DOMAIN) or word.casefold().startswith(("ex-", "then-", "vice-")):
            index += 1
        else:
            ahead = _head_ahead(parts, index)
            if not ahead:
                break
            index = ahead
    return cut


def _is_office(word: str) -> bool:
    """An office head, also behind a hyphen: "then-President", "Vice-Chairman"."""
    return _is(word, OFFICE) or ("-" in word and _is(word.rsplit("-", 1)[-1], OFFICE) and len(word) > 6)


def _head_ahead(parts: list[str], index: int) -> int:
    """An open modifier before a head that a name follows: "rice farmer Roe", "Federal Reserve Chairman Roe"; else 0."""
    for ahead in range(index + 1, min(index + 6, len(parts) - 1)):
        if _is_office(parts[ahead]) and (parts[ahead + 1][:1].isupper() or _is_office(parts[ahead + 1])):
            return ahead
    return 0


def _past_domain(parts: list[str], index: int) -> int:
    """Past what the office governs: "of State", "for Economic Affairs", "of the Board of Governors"."""
    start = index
    while index < len(parts) and parts[index].casefold() in ("of", "for", "to", "at"):
        ahead = index + 1
        while ahead < len(parts) and (
            _is(parts[ahead], DOMAIN) or parts[ahead].casefold() in ("the", "and", "&", "her", "his")
        ):
            ahead += 1
        if ahead == index + 1 or parts[ahead - 1].casefold() in ("the", "and", "&"):
            return len(parts) if parts[start].casefold() == "of" and ahead >= len(parts) else start
        index = start = ahead
    return index


def _without_suffix(name: str) -> str:
    """Without letters after a name ("MP", "QC"); "Jr." and numerals stay, they tell persons apart."""
    parts = name.split()
    while len(parts) > 1 and _is(parts[-1], SUFFIX) and fold(parts[-1]) not in GENERATION:
        parts.pop()
    return clean(" ".join(parts))


def surname(name: str) -> str:
    """The folded family name, particles with it: "Ursula von der Leyen" → "von der leyen"; empty for no name."""
    parts = [w for w in words(split_title(name).name) if w not in GENERATION]
    if not parts:
        return ""
    start = len(parts) - 1
    while start > 1 and parts[start - 1] in PARTICLE:
        start -= 1
    return " ".join(parts[start:])


def sex(title: str | None) -> str | None:
    """``m`` or ``f`` where the form of address tells it ("Mr.", "Baroness"), else ``None``."""
    for word in (title or "").split():
        if _is(word, MALE_ADDRESS):
            return "m"
        if _is(word, FEMALE_ADDRESS):
            return "f"
    return None


def same_person(a: str, b: str) -> bool:
    """May both name one person? Symmetric; titles, case, accents and order of family and given name do not matter.

    A lone surname fits any full name with it; given names must agree, also as initial or short form ("W. Roe",
    "Bill Roe", "William J. Roe"); "Mr. Roe" and "Mrs. Roe" are two persons.
    """
    left, right = split_title(a), split_title(b)
    sexes = {sex(left.title), sex(right.title)} - {None}
    if len(sexes) == 2:
        return False
    first, second = words(left.name), words(right.name)
    if not first or not second:
        return False
    if sorted(first) == sorted(second):
        return True
    short, long = sorted((first, second), key=lambda w: (len(w), w))
    if len(short) == 1 or short[0] in PARTICLE:
        return long[-len(short) :] == short or long[: len(short)] == short
    return _same_full_name(short, long)


def _same_full_name(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    kinds = {w for w in a if w in GENERATION}, {w for w in b if w in GENERATION}
    if kinds[0] and kinds[1] and kinds[0] != kinds[1]:
        return False
    first, second = ([w for w in name if w not in GENERATION] for name in (a, b))
    if not first or not second or first[-1] != second[-1]:
        return False
    return _same_given(first[:-1], second[:-1])


def _same_given(a: list[str], b: list[str]) -> bool:
    if not a or not b or (len(a) != len(b) and min((a, b), key=len)[0] in max((a, b), key=len)):
        return True  # "Mimi Roe" and "Maria “Mimi” Roe"
    one, two = a[0], b[0]
    if one == two or NICKNAMES.get(one, one) == NICKNAMES.get(two, two):
        return True
    return min(len(one), len(two)) <= 2 and one[0] == two[0]


def person_keys(name: str) -> PersonKeys:
    """Keys by which the names that ``same_person`` joins are found among many, without asking it of each pair."""
    parts = words(split_title(name).name)
    if not parts:
        return PersonKeys(set(), set())
    *given, last = [w for w in parts if w not in GENERATION] or [""]
    full = [*given, *(NICKNAMES.get(word, word) for word in given[:1])]
    equal = {("=", *sorted(parts)), *(("=", last, "", word) for word in full)}
    # what a name shortens to, and what it may itself be a short form by
    longer = {cut for n in range(1, len(parts)) for cut in (parts[:n], parts[-n:])}
    longer |= {(last, ""), *((last, "", word[0]) for word in given[:1])}
    shorter = {parts} if len(parts) == 1 or parts[0] in PARTICLE else set()
    shorter |= {(last, "", *(word[0] for word in given[:1]))} if not given or len(given[0]) <= 2 else set()
    return PersonKeys(
        equal | {("<", *key) for key in longer} | {(">", *key) for key in shorter},
        equal | {(">", *key) for key in longer} | {("<", *key) for key in shorter},
    )


def proper_case(name: str) -> str:
    """A name in capitals as it is written elsewhere: "JEAN-PIERRE O'NEILL" → "Jean-Pierre O'Neill"; others as they are.

    Initials ("J.J.") and words with a small letter keep their form.
    """
    return " ".join(_proper_word(word) for word in name.split(" "))


def _proper_word(word: str) -> str:
    letters = [c for c in word if c.isalpha()]
    if len(letters) < 2 or not word.isupper() or re.fullmatch(r"(?:\w\.-?)+|[IVX]{2,}", word):
        return word
    lowered = re.sub(r"[^\W\d_]+", lambda m: m[0][:1] + m[0][1:].lower(), word)
    return re.sub(r"^Mc(\w)", lambda m: "Mc" + m[1].upper(), lowered)


def fullest(names: Iterable[str]) -> str:
    """The fullest of several forms of one name, bare and in proper case; the earlier one where two are as full.

    Full words count before initials ("Jane Roe" over "J. Roe", "Jane Q. Roe" over "Jane Roe"). Empty without names.
    """
    best, best_rank = "", (-1, -1, -1)
    for name in names:
        bare = split_title(name).name
        parts = words(bare)
        rank = (sum(len(w) > 1 for w in parts), len(parts), int(not bare.isupper()))
        if bare and rank > best_rank:
            best, best_rank = bare, rank
    return proper_case(best) if " " in best or best_rank[2] == 0 else best


def initials(name: str) -> str:
    """Capital initials of the words that count in an acronym: "World Trade Organization" → "WTO"."""
    parts = re.split(r"[\s\-/]+", clean(name))
    return "".join(p[0].upper() for p in parts if p and p[0].isalnum() and p.casefold() not in _SKIPPED_IN_ACRONYM)


def is_acronym_of(acronym: str, name: str) -> bool:
    """Does the acronym abbreviate the name? "WTO", "UNCTAD" (several letters of a word), "MITI", "U.S.T.R.".

    Letters are found in order, each at the start of a word or just behind a letter already taken in the same word,
    and every word that counts in the name but one gives a letter.
    """
    letters = [c for c in fold(acronym) if c.isalnum()]
    parts = [folded for w in re.split(r"[\s\-/]+", clean(name)) if (folded := fold(w))]
    counted = [w for w in parts if w not in _SKIPPED_IN_ACRONYM]
    if len(letters) < 2 or len(counted) < 2:
        return False
    joined = "".join(letters)
    if initials(name).casefold() == joined or "".join(w[0] for w in parts) == joined:
        return True
    return len(letters) >= len(counted) - 1 and _spells(joined, parts[:16], 0 if len(counted) <= 2 else 1)


def _spells(letters: str, parts: list[str], spare: int) -> bool:
    """Are the letters taken from the starts of the words in order, with ``spare`` words that count left out at most?"""
    reach = {(0, 0)}
    for word in parts:
        cost = 0 if word in _SKIPPED_IN_ACRONYM else 1
        following = {(at, left + cost) for at, left in reach if left + cost <= spare}
        for at, left in reach:
            for taken in range(1, min(3, len(word), len(letters) - at) + 1):
                if letters[at : at + taken] == word[:taken]:
                    following.add((at + taken, left))
        reach = following
    return any(at == len(letters) for at, _ in reach)

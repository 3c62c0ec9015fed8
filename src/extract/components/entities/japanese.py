"""Names in Japanese text: countries, persons before their office, bodies, agreements and meetings by their endings.

Word lists are the rows of ``lexicons/ja``. Where SudachiPy and its dictionary are installed (extra ``ja``), its proper
nouns add persons and places that no form tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from babel import Locale

from extract import lexicons
from extract.components.entities import sudachi
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weights
from extract.normalize.japanese import office_pattern

RULE = "japanese"
# the longer form weighs more than a name in it, that more than an office before it, all more than a dictionary's guess
FORM, KNOWN, PERSON = weights("japanese_form", "japanese_name", "japanese_person")
COUNTRY, LETTER, GUESS = weights("japanese_country", "japanese_letter", "japanese_guess")
_NOUN = "[一-龥々ァ-ヴーＡ-ＺA-Z・]"
_RUN = re.compile(rf"{_NOUN}{{2,40}}")
_KATAKANA = r"[ァ-ヴー]{2,12}(?:・[ァ-ヴー]{2,12})*"
_BODY_OFFICES = re.compile(r"長|次長|側|員|幹部|当局者|等")
# what follows one-letter names of countries and shows that they are that: 日米間, 日米両国, 日米の
_BEHIND_COUNTRIES = "間両双関首貿経同のがはでにをと共交協対合"
_LABELS = "FAC|ORG|LAW|EVENT|LOC|-"


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def _forms() -> dict[str, dict[str, str]]:
    rows = lexicons.load(
        "ja/name_forms", {"kind": "suffix|name|never", "label": _LABELS, "form": "terms"}, key=("form", "kind")
    )
    return {kind: {r["form"]: r["label"] for r in rows if r["kind"] == kind} for kind in ("suffix", "name", "never")}


@lru_cache(maxsize=1)
def _name_pattern() -> re.Pattern[str]:
    return re.compile(_alternatives(_forms()["name"]))


@lru_cache(maxsize=1)
def _suffix_pattern() -> re.Pattern[str]:
    return re.compile(_alternatives(_forms()["suffix"]))


@lru_cache(maxsize=1)
def _person_pattern() -> re.Pattern[str]:
    return re.compile(rf"({_KATAKANA}|[一-龥々]{{2,5}}?){office_pattern('title')}(?![一-龥]*の会)")


@lru_cache(maxsize=1)
def _no_person() -> re.Pattern[str]:
    words = lexicons.words("ja/no_persons") | lexicons.words("ja/office_fields")
    return re.compile(rf"(?:{_alternatives(words)})|[一-龥々]*(?:{_alternatives(w for w in words if len(w) > 1)})$")


@lru_cache(maxsize=1)
def _countries() -> tuple[re.Pattern[str], dict[str, str]]:
    """Country names of CLDR in Japanese with their codes, and an expression that finds them."""
    names = {str(n): c for c, n in Locale("ja").territories.items() if len(c) == 2 and c.isalpha() and len(str(n)) > 1}
    names = {name: code for name, code in names.items() if code not in ("UN", "EU", "EZ", "ZZ", "XA", "XB")}
    names |= {
        row["name"]: row["country"] for row in lexicons.load("ja/countries", {"country": "text", "name": "terms"})
    }
    return re.compile(f"(?<![ァ-ヴー])(?:{_alternatives(names)})(?![ァ-ヴー])"), names


@lru_cache(maxsize=1)
def _letters() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """What finds one-letter names of countries, and letter → code and full name."""
    rows = lexicons.load("ja/country_letters", {"letter": "text", "country": "text", "name": "text"})
    codes = {row["letter"]: (row["country"], row["name"]) for row in rows}
    letters = f"[{''.join(codes)}]"
    both = rf"(?:{letters}・?)+{letters}(?=[{_BEHIND_COUNTRIES}])"
    return re.compile(rf"(?<![一-龥])(?:{both}|{letters}(?=側))"), codes


def japanese_names(text: str, spans: list[tuple[int, int]]) -> list[Mention]:
    """Names in the Japanese stretches of a text; where two overlap the caller chooses by score."""
    found: list[Mention] = []
    for start, end in spans:
        found += _known(text, start, end)
        found += _bodies(text, start, end)
        found += _persons(text, start, end)
        found += _places(text, start, end)
        found += [Mention(at, to, label, GUESS, RULE) for at, to, label in sudachi.proper_nouns(text, start, end)]
    return found


def _known(text: str, start: int, end: int) -> Iterator[Mention]:
    for match in _name_pattern().finditer(text, start, end):
        yield Mention(match.start(), match.end(), _forms()["name"][match[0]], KNOWN, RULE)


def _bodies(text: str, start: int, end: int) -> Iterator[Mention]:
    """Runs of nouns that end in a form: "外務省北米局" before 長, "日米首脳会談"."""
    for run in _RUN.finditer(text, start, end):
        for suffix in reversed(list(_suffix_pattern().finditer(run[0]))):
            name, rest = run[0][: suffix.end()], run[0][suffix.end() :]
            if (not rest or _BODY_OFFICES.match(rest)) and suffix.start() > 0 and name not in _forms()["never"]:
                yield Mention(run.start(), run.start() + len(name), _forms()["suffix"][suffix[0]], FORM, RULE)
                break


def _persons(text: str, start: int, end: int) -> Iterator[Mention]:
    for match in _person_pattern().finditer(text, start, end):
        if not _no_person().match(match[1]) and match[1] not in _countries()[1]:
            yield Mention(match.start(1), match.end(1), "PERSON", PERSON, RULE)


def _places(text: str, start: int, end: int) -> Iterator[Mention]:
    pattern, codes = _countries()
    for match in pattern.finditer(text, start, end):
        yield Mention(match.start(), match.end(), "GPE", COUNTRY, RULE, codes[match[0]])
    pattern, letters = _letters()
    for match in pattern.finditer(text, start, end):
        for at, letter in enumerate(match[0], match.start()):
            code, full = letters.get(letter, ("-", ""))
            if code != "-":
                yield Mention(at, at + 1, "GPE", LETTER, RULE, code, full)

"""Names in Japanese text: countries, persons before their office, bodies, agreements and meetings by their endings.

Word lists are the rows of ``lexicons/ja``. Where SudachiPy and its dictionary are installed (extra ``ja``), its proper
nouns add persons and places that no form tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from babel import Locale

from extract import lexicons
from extract.components.entities import sudachi
from extract.components.entities.japanese_forms import name_forms
from extract.components.entities.japanese_persons import japanese_persons
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weights
from extract.normalize.japanese import plain_name

RULE = "japanese"
# the longer form weighs more than a name in it, that more than an office before it, all more than a dictionary's guess
FORM, KNOWN = weights("japanese_form", "japanese_name")
COUNTRY, LETTER, GUESS = weights("japanese_country", "japanese_letter", "japanese_guess")
_NOUN = "(?:Ｇ[０-９]{1,2}|(?!及び|並びに|又は|若しくは)[一-龥々ァ-ヴーＡ-ＺA-Z・])"
_RUN = re.compile(rf"{_NOUN}{{2,40}}")
_LAW = (
    r"[^\s、。（）「」『』]{2,80}?に関する[^\s、。（）「」『』はがをも]{0,40}?(?:法律案?|条約|協定|議定書|規約)"
    r"(?:の施行に伴う[^\s、。（）「」『』]{2,60}に関する法律案?)?(?![一-龥])"
)
_LAWS = re.compile(
    rf"(?<=[\s、。（）「」『』])(?:{_LAW})|(?<![一-龥])[一-龥]{{2,8}}(?<!法)及び[一-龥]{{2,12}}法(?![一-龥])"
)
_INITIALS = re.compile(r"(?<![Ａ-Ｚａ-ｚ])[Ａ-Ｚ]{3,6}(?![Ａ-Ｚａ-ｚ])")
# A line of some length that ends in the middle of a phrase, and how far a line is set in.
_GOES_ON = re.compile(r"[^\n]{14,}[ぁ-ゖァ-ヴー一-龥]$")
_INDENT = re.compile(r"[ \u3000]*")
_BODY_OFFICES = re.compile(r"長|次長|側|員|幹部|当局者|等")
# A body of one of the houses is one with it: "衆議院 文部科学委員会".
_OF_HOUSE = re.compile(r"[衆参]議院[ \u3000]{1,2}[^\s。]{2,30}会(?!\S)")
# what follows one-letter names of countries and shows that they are that: 日米間, 日米両国, 日米の
_BEHIND_COUNTRIES = "間両双関首貿経同のがはでにをと共交協対合"


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def _name_pattern() -> re.Pattern[str]:
    return re.compile(_alternatives(name_forms()["name"]))


@lru_cache(maxsize=1)
def _suffix_pattern() -> re.Pattern[str]:
    return re.compile(_alternatives(name_forms()["suffix"]))


@lru_cache(maxsize=1)
def _countries() -> tuple[re.Pattern[str], dict[str, str]]:
    """Country names of CLDR in Japanese with their codes, and an expression that finds them."""
    names = {str(n): c for c, n in Locale("ja").territories.items() if len(c) == 2 and c.isalpha() and len(str(n)) > 1}
    names = {name: code for name, code in names.items() if code not in ("UN", "EU", "EZ", "ZZ", "XA", "XB")}
    for lexicon in ("ja/countries", "ja/places"):
        names |= {row["name"]: row["country"] for row in lexicons.load(lexicon, {"country": "text", "name": "terms"})}
    return re.compile(f"(?<![ァ-ヴー])(?:{_alternatives(names)})(?![ァ-ヴー])"), names


@lru_cache(maxsize=1)
def _letters() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """What finds one-letter names of countries, and letter → code and full name."""
    rows = lexicons.load("ja/country_letters", {"letter": "text", "country": "text", "name": "text"})
    codes = {row["letter"]: (row["country"], row["name"]) for row in rows}
    letters = f"[{''.join(codes)}]"
    both = rf"(?:{letters}・?)+{letters}(?=[{_BEHIND_COUNTRIES}])"
    return re.compile(rf"(?<![一-龥])(?:{both}|{letters}(?=側))"), codes


def japanese_names(
    text: str, spans: Sequence[tuple[int, int]], labels: Sequence[tuple[int, int]] = ()
) -> list[Mention]:
    """Names in the Japanese stretches of a text; where two overlap the caller chooses by score.

    ``labels``: the labels of speakers in it. Lines that a printer has wrapped are read as one.
    """
    if not spans:
        return []
    flat = _Flat(text)
    spans, labels = ([(flat.inward(a), flat.inward(b)) for a, b in some] for some in (_joined(text, spans), labels))
    found = japanese_persons(flat.text, spans, labels, frozenset(_countries()[1]))
    for start, end in spans:
        found += _known(flat.text, start, end)
        found += _bodies(flat.text, start, end)
        found += _laws(flat.text, start, end)
        found += _acronyms(flat.text, start, end)
        found += _places(flat.text, start, end)
        found += [Mention(at, to, label, GUESS, RULE) for at, to, label in sudachi.proper_nouns(flat.text, start, end)]
    for mention in found:
        written = flat.text[mention.start : mention.end]
        mention.start, mention.end = flat.outward(mention.start), flat.outward(mention.end - 1) + 1
        if text[mention.start : mention.end] != written:
            mention.full = mention.full or plain_name(written)
    return found


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches with nothing but blanks between them as one: a title may end in the middle of a name."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


class _Flat:
    """A text without the ends of lines that a printer has wrapped, with the way in and out."""

    def __init__(self, text: str) -> None:
        self._cuts = list(_wraps(text))
        pieces, at = [], 0
        for start, end in self._cuts:
            pieces.append(text[at:start])
            at = end
        self.text = "".join([*pieces, text[at:]])

    def inward(self, offset: int) -> int:
        return offset - sum(min(end, offset) - start for start, end in self._cuts if start < offset)

    def outward(self, offset: int) -> int:
        for start, end in self._cuts:
            if start > offset:
                break
            offset += end - start
        return offset


def _wraps(text: str) -> Iterator[tuple[int, int]]:
    """Line ends and indents inside a paragraph that is set further in from its second line on."""
    at, before, indent, wrapped = 0, "", 0, False
    for line in text.split("\n"):
        own = len(_INDENT.match(line)[0])  # type: ignore[index]
        goes_on = bool(line) and _GOES_ON.match(before) is not None and not before.endswith("君")
        wrapped = goes_on and (own > indent or (wrapped and own == indent)) and own > 1
        if wrapped:
            yield at - 1, at + own
        at, before, indent = at + len(line) + 1, line, own


def _known(text: str, start: int, end: int) -> Iterator[Mention]:
    for match in _name_pattern().finditer(text, start, end):
        yield Mention(match.start(), match.end(), name_forms()["name"][match[0]], KNOWN, RULE)


def _bodies(text: str, start: int, end: int) -> Iterator[Mention]:
    """Runs of nouns that end in a form: "外務省北米局" before 長, "日米首脳会談"."""
    for house in _OF_HOUSE.finditer(text, start, end):
        yield Mention(*house.span(), "ORG", FORM, RULE)
    for run in _RUN.finditer(text, start, end):
        for suffix in reversed(list(_suffix_pattern().finditer(run[0]))):
            name, rest = run[0][: suffix.end()], run[0][suffix.end() :]
            if (not rest or _BODY_OFFICES.match(rest)) and suffix.start() > 0 and not _is_common(name, suffix[0]):
                yield Mention(run.start(), run.start() + len(name), name_forms()["suffix"][suffix[0]], FORM, RULE)
                break


def _is_common(name: str, suffix: str) -> bool:
    """Is it no name: "本議定書", "私立大学"?"""
    return name in name_forms()["never"] or name in (f"{word}{suffix}" for word in name_forms()["common"])


def _laws(text: str, start: int, end: int) -> Iterator[Mention]:
    """ "官報の発行に関する法律案", "外国為替及び外国貿易法"."""
    for match in _LAWS.finditer(text, start, end):
        yield Mention(*match.span(), "LAW", FORM, RULE)


def _acronyms(text: str, start: int, end: int) -> Iterator[Mention]:
    """Bodies by their initials, in wide letters: "ＪＢＩＣ"."""
    for match in _INITIALS.finditer(text, start, end):
        if match[0] not in name_forms()["never"]:
            yield Mention(*match.span(), "ORG", GUESS, RULE)


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

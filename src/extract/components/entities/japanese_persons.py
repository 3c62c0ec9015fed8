"""Persons in Japanese text: in labels of speakers, before 君 and offices, and wherever such a name comes again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extract import lexicons
from extract.components.entities.japanese_forms import name_forms
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weight
from extract.normalize.japanese import NAME_CHAR, PEER, WholeNames, office_pattern, plain_name, read_label

RULE = "japanese"
PERSON = weight("japanese_person")
_KANJI = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々]"
_KATAKANA = r"[ァ-ヴー]{2,12}"
# A name before its holder's cabinet is the holder's.
_BEHIND = rf"(?!{_KANJI}|[ァ-ヴー])|(?=政権|内閣|前|元|案)"
MIN_SURNAME, MAX_SURNAME = 2, 4
_NO_BRACKETS = str.maketrans("", "", "（）()")


@lru_cache(maxsize=1)
def _before_office() -> re.Pattern[str]:
    """ "大川首相", "ファイサル外務大臣", "アブドゥル・エネルギー大臣", "小池東京都知事"."""
    places = "|".join(row["name"] for row in lexicons.load("ja/places", {"country": "text", "name": "terms"}))
    foreign = rf"{_KATAKANA}(?:・{_KATAKANA})*?"
    office = rf"・?{office_pattern('title')}(?!会|[一-龥]*の会)"
    return re.compile(rf"({foreign}(?={office})|(?<![一-龥々])[一-龥々]{{1,5}}?)(?:{places})?{office}")


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    """A whole name before 君, set wide or not, behind an office or nothing: "運輸委員長桐野さと子君"."""
    given = rf"(?:{_KANJI}|[ぁ-ゖァ-ヴー])"
    before = rf"(?:{office_pattern('label')}[ \u3000]*|(?<!{_KANJI}))(?:{PEER})?"
    return re.compile(rf"{before}({_KANJI}{{1,4}}[ \u3000]{{0,6}}{given}{{1,5}})(?<!諸)君")


@lru_cache(maxsize=1)
def _no_person() -> re.Pattern[str]:
    words = lexicons.words("ja/no_persons") | lexicons.words("ja/office_fields")
    longest = sorted(words, key=lambda word: (-len(word), word))
    ends = "|".join(word for word in longest if len(word) > 1)
    bodies = "|".join(name_forms()["suffix"])
    return re.compile(rf"(?:{'|'.join(longest)})|[一-龥々]*(?:{ends}|{bodies}|{office_pattern('label')})$")


def japanese_persons(
    text: str, spans: Sequence[tuple[int, int]], labels: Sequence[tuple[int, int]], countries: frozenset[str]
) -> list[Mention]:
    """Persons in stretches of a text. ``labels``: where speakers are written; ``countries``: names that are no
    persons'."""
    names = WholeNames(text)
    found = [mention for start, end in labels if (mention := _labelled(text, start, end, names))]
    for start, end in spans:
        for pattern in (_called(), _before_office()):
            for match in pattern.finditer(text, start, end):
                written = match[1]
                if not _no_person().match(written) and written not in countries and _is_long(match):
                    found.append(_person(match.start(1), match.end(1), written))
    whole = _whole_names(text, found)
    for mention in found:
        written = text[mention.start : mention.end]
        mention.full = mention.full or whole.get(written.translate(_NO_BRACKETS))
    return [*found, *_again(text, spans, whole)]


def _is_long(match: re.Match[str]) -> bool:
    """One kanji is a name only before an office of several: "林大臣", not "当君"."""
    return len(match[1]) > 1 or len(match[0]) > MIN_SURNAME + 1


def _person(start: int, end: int, written: str) -> Mention:
    name = plain_name(written)
    return Mention(start, end, "PERSON", PERSON, RULE, full=name if name != written else None)


def _labelled(text: str, start: int, end: int, names: WholeNames) -> Mention | None:
    read = read_label(text[start:end])
    if read is None or not read.name:
        return None
    name = r"\s*".join(map(re.escape, read.name)) + (rf"[（(]{re.escape(read.given)}[）)]" if read.given else "")
    found = re.compile(name).search(text, start, end)
    if found is None:
        return None
    full = names.whole(plain_name(read.name), read.given, end)
    return Mention(*found.span(), "PERSON", PERSON, RULE, full=full if full != found[0] else None)


def _whole_names(text: str, persons: Sequence[Mention]) -> dict[str, str]:
    """Each name, and what it begins with, → the whole name; nothing for what several names begin with."""
    forms: dict[str, set[str]] = {}
    for mention in persons:
        name = mention.full or text[mention.start : mention.end]
        for length in (*range(MIN_SURNAME, min(len(name), MAX_SURNAME + 1)), len(name)):
            if re.fullmatch(_KANJI + "+", name[:length]) or length == len(name):
                forms.setdefault(name[:length], set()).add(name)
    longest = {
        form: {n for n in names if not any(o != n and o.startswith(n) for o in names)} for form, names in forms.items()
    }
    return {form: names.pop() for form, names in longest.items() if len(names) == 1}


def _again(text: str, spans: Sequence[tuple[int, int]], whole: dict[str, str]) -> Iterator[Mention]:
    """The names, and the family names that whole ones begin with, wherever else they stand by themselves."""
    forms = sorted((form for form in whole if len(form) >= MIN_SURNAME), key=lambda form: (-len(form), form))
    if not forms:
        return
    names = "|".join(map(re.escape, forms))
    pattern = re.compile(rf"(?<!{NAME_CHAR.replace('ぁ-ゖ', '')})(?:{names})(?:{_BEHIND})")
    for start, end in spans:
        for match in pattern.finditer(text, start, end):
            full = whole[match[0]]
            yield Mention(*match.span(), "PERSON", PERSON, RULE, full=full if full != match[0] else None)

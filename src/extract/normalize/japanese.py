"""What Japanese records write of a speaker: the grammar of labels, offices and old forms of kanji. No text raises."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from extract import lexicons

# Kanji (of all planes), kana and what stands among them in names.
NAME_CHAR = "[々〆ヶ・ーァ-ヴぁ-ゖ\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
_BLANKS = re.compile(r"\s+")
# Members of the House of Peers have theirs before the name.
PEER = "[公侯伯子男]爵"
MAX_LABEL_CHARS = 40
# What stands behind the whole name of a member who is called upon or presents himself, and how soon he does.
_NAMED = r"(?=君|氏|さん|殿|でございます|です|であります|と申し|といいます)"
_SELF_CHARS = 200
MAX_GIVEN_CHARS = 4


class JapaneseLabel(NamedTuple):
    """``name``: the family name, or the whole name; ``office`` as written; ``given``: how the given name begins, where a
    label tells it to part two members of one family name ("田中（昌）委員")."""  # noqa: E501

    name: str | None
    office: str | None
    given: str = ""


def is_japanese(text: str) -> bool:
    return bool(_JAPANESE.search(text))


@lru_cache(maxsize=1)
def _kanji_forms() -> dict[int, str]:
    return {ord(row["old"]): row["new"] for row in lexicons.load("ja/kanji_forms", {"old": "text", "new": "text"})}


def modern(text: str) -> str:
    """The text with the kanji forms of today, character by character: "國務大臣" → "国務大臣"."""
    return text.translate(_kanji_forms())


@lru_cache(maxsize=1)
def offices() -> dict[str, frozenset[str]]:
    """The words of ``ja/offices`` by kind: ``office``, ``title`` (of anybody), ``label``."""
    return lexicons.classes("ja/offices", "kind", "office|title|label")


@lru_cache(maxsize=4)
def office_pattern(*more: str) -> str:
    """An expression of an office with what it is of: "通商産業大臣", "内閣官房副長官", "委員長代理". ``more``: other
    kinds of ``offices`` that it finds too."""
    words = offices()["office"].union(*(offices()[kind] for kind in more))
    fields = "|".join(lexicons.alternatives("ja/office_fields"))
    heads = "|".join(sorted(words, key=lambda word: (-len(word), word)))
    return f"(?:(?:(?:{fields})・?)*副?(?:{heads})(?:代理|心得)?)"


@lru_cache(maxsize=1)
def _label_patterns() -> tuple[re.Pattern[str], ...]:
    office, title = office_pattern("label"), f"(?:{'|'.join(sorted(offices()['title']))}|殿)"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"(?P<office>{office})",  # 委員長
            rf"(?P<office>[^（）]{{1,24}})（(?:{PEER})?(?P<name>{NAME_CHAR}{{2,20}}?){title}）",  # 大臣（水野啓介君）
            rf"(?P<office>{NAME_CHAR}*{office})（(?P<name>{NAME_CHAR}{{2,12}})）",  # 参考人（西岡文子）
            rf"(?P<name>{NAME_CHAR}{{1,6}})（(?P<given>{NAME_CHAR}{{1,3}})）(?:(?P<office>{office})|{title})",
            rf"(?P<name>{NAME_CHAR}{{1,8}}?)(?P<office>{office})",  # 水野国務大臣
            rf"(?:{PEER})?(?P<name>{NAME_CHAR}{{2,16}}?){title}",  # 早瀬君
        )
    )


@lru_cache(maxsize=4096)
def read_label(label: str) -> JapaneseLabel | None:
    """Who a Japanese label says that speaks; nothing where it has no office and no form of address."""
    if len(label) > MAX_LABEL_CHARS or not is_japanese(label):
        return None
    bare = _BLANKS.sub("", label).translate(str.maketrans("()", "（）"))
    form = modern(bare)
    for pattern in _label_patterns():
        found = pattern.fullmatch(form)
        if found:
            if (found.groupdict().get("name") or "").endswith("側"):
                return JapaneseLabel(None, bare)  # "米側代表": a delegation
            part = {key: bare[slice(*found.span(key))] for key, value in found.groupdict().items() if value}
            return JapaneseLabel(part.get("name"), part.get("office"), part.get("given", ""))
    return None


def plain_name(text: str) -> str:
    """A Japanese name without the blanks that set it wide: "松本　　剛明" → "松本剛明"."""
    return _BLANKS.sub("", unicodedata.normalize("NFC", text)) if is_japanese(text) else text


class WholeNames:
    """The whole names that a record gives beside family names, in its lists, in calls and where somebody presents
    himself."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[tuple[str, str], list[tuple[int, str]]] = {}
        self._names: dict[tuple[str, str], set[str]] = {}

    def whole(self, name: str, given: str, start: int) -> str:
        """The whole name of who speaks from ``start``; of several persons of that family name the one who presents
        himself there, else none."""
        key = (name, given)
        if key not in self._found:
            self._found[key] = self._search(name, given)
            self._names[key] = {full for _, full in self._found[key]}
        found = self._found[key]
        first, last = (bisect_left(found, (at, "")) for at in (start, start + _SELF_CHARS))
        own = {full for _, full in found[first:last]}
        names = own if len(own) == 1 else self._names[key]
        return next(iter(names)) if len(names) == 1 else name + given

    def _search(self, name: str, given: str) -> list[tuple[int, str]]:
        # before a name stands no other one: an office, a blank, a particle
        pattern = re.compile(
            rf"(?:(?<![\u3400-\u9fff々ァ-ヴー])|(?<=[長官臣員人事授]))({re.escape(name)})[ \u3000]{{0,6}}"
            rf"({re.escape(given)}{NAME_CHAR}{{{0 if given else 1},{MAX_GIVEN_CHARS}}}?){_NAMED}"
        )
        found, start = [], self._text.find(name)
        while start >= 0:
            end = start + 1
            if m := pattern.match(self._text, start):
                end = m.end()
                if _is_given(m[2], self._text[end]):
                    found.append((start, m[1] + m[2]))
            start = self._text.find(name, end)
        return found


def _is_given(written: str, behind: str) -> bool:
    """Is it a given name, not an office ("水野大臣です"), a form of address or particles ("早瀬からです")?"""
    office = re.fullmatch(office_pattern("label", "title"), written)
    return not office and (behind == "君" or not re.fullmatch("[ぁ-ゖ]+", written))

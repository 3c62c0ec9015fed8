"""One document, one reading: a name found once is found wherever it stands, with one label."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from extract.components.entities.lists import FUNCTION_WORDS, GENERIC, PAPERS, SHORT_HEADS, TRADES, listed, sign
from extract.components.entities.mentions import Mention, select
from extract.components.entities.precedence import weight, weights
from extract.components.entities.signs import PERSON_AFTER
from extract.components.entities.vocabulary import Vocabulary, is_title
from extract.components.entities.words import HYPHEN, SPACE, Words
from extract.normalize.names import fold

SPREAD_PERSON, SPREAD_NAME, SPREAD_PHRASE = weights("repeated_person", "repeated_name", "repeated_phrase")
SURE = weight("sure")
_AT_PLACE = sign(r"\b(?:{at_place})\s$")
_ARTICLE_BEFORE = re.compile(r"\b[Tt]he\s+[*_“\"]?$")
# What stands first in the word behind a name's first: by it, names with one first word are told apart.
_NEXT = re.compile(r"\s{0,24}([^\W_]*)")
_CAPITAL_PARTICLES = listed("particle_capital")

Phrases = dict[str | None, list[tuple[tuple[str, ...], str]]]


def one_reading(words: Words, chosen: list[Mention], lexicon: Vocabulary) -> list[Mention]:
    """The mentions with labels agreed, and those added that repeat a sure one."""
    agreed = _agree(words, chosen)
    wanted = _person_words(words, agreed, lexicon)
    surnames = _place_surnames(words, agreed, lexicon)
    if surnames:
        _speaking_places(words, agreed, surnames)
    return select([*agreed, *_repeats(words, agreed, wanted, lexicon)])


def _place_surnames(words: Words, chosen: list[Mention], lexicon: Vocabulary) -> set[str]:
    """Family names of persons of the document that are also places."""
    names = (words.text[m.start : m.end].split() for m in chosen if m.label == "PERSON")
    lasts = {parts[-1] for parts in names if len(parts) > 1}
    known = ((last, lexicon.single.get(last)) for last in lasts)
    return {fold(last) for last, entry in known if entry is not None and entry.label == "GPE"}


def _speaking_places(words: Words, chosen: list[Mention], surnames: set[str]) -> None:
    """Places that speak or think under the family name of a person of the document are that person: "*Suva* wrote"."""
    for mention in chosen:
        lone = mention.label == "GPE" and _key(words, mention) in surnames
        if (
            lone
            and PERSON_AFTER.match(words.text, mention.end)
            and not _AT_PLACE.search(words.text, mention.start - 12, mention.start)
        ):
            mention.label, mention.country, mention.rule, mention.score = "PERSON", None, "repeat", SPREAD_PERSON


def _agree(words: Words, chosen: list[Mention]) -> list[Mention]:
    """Same words, same label: the one with most score behind it takes the mentions that only the model vouches for."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in chosen:
        votes[_key(words, mention)][mention.label] += int(mention.score * (2 if mention.rule != "model" else 1))
    surnames = {fold(_last(words, m)) for m in chosen if m.label == "PERSON" and m.score >= SURE and m.rule != "model"}
    for mention in chosen:
        if mention.rule != "model":
            continue
        key = _key(words, mention)
        mention.label = votes[key].most_common(1)[0][0]
        if key in surnames and mention.label != "PERSON":
            mention.label = "PERSON"
    return chosen


def _key(words: Words, mention: Mention) -> str:
    return fold(" ".join(words.text[mention.start : mention.end].split()))


def _last(words: Words, mention: Mention) -> str:
    """The family name, with its particle."""
    parts = words.text[mention.start : mention.end].split()
    return " ".join(parts[-2:]) if len(parts) > 2 and parts[-2] in _CAPITAL_PARTICLES else parts[-1]


def _person_words(words: Words, chosen: list[Mention], lexicon: Vocabulary) -> dict[str, str]:
    """Single words that name a person of the document: family names, in the form in which they stand."""
    firm = [m for m in chosen if m.label == "PERSON" and (m.rule != "model" or m.score >= SURE)]
    others = {_key(words, m) for m in chosen if m.label != "PERSON" and m.rule != "model"}
    found: dict[str, str] = {}
    for mention in firm:
        parts = words.text[mention.start : mention.end].split()
        for part in {parts[-1], parts[0] if _family_first(parts, lexicon) else parts[-1]}:
            entry = lexicon.single.get(part)
            plain = fold(part)
            if (
                len(plain) > 1
                and not part.isupper()
                and plain not in others
                and not (entry and entry.label == "GPE" and not entry.weak)
            ):
                found[plain] = "PERSON"
    return found


def _family_first(parts: list[str], lexicon: Vocabulary) -> bool:
    """May the first word be the family name: "Han Do-yun", or two words of which the first is no known given name?"""
    return len(parts) == 2 and (parts[0] not in lexicon.given or parts[1].rpartition("-")[2].islower())


def _repeats(words: Words, chosen: list[Mention], persons: dict[str, str], lexicon: Vocabulary) -> list[Mention]:
    phrases = _phrases(words, chosen, lexicon)
    found: list[Mention] = []
    for index, word in enumerate(words.texts):
        for parts, label in _may_stand(words, index, phrases.get(word)):
            end = _matches(words, index, parts)
            if len(parts) == 1 and word in SHORT_HEADS and not _ARTICLE_BEFORE.search(words.before(index, 6)):
                continue
            if end:
                score = SPREAD_PHRASE + len(parts) if len(parts) > 1 else SPREAD_NAME
                found.append(Mention(words.starts[index], end, label, score, "repeat"))
        plain = fold(word)
        if plain in persons and word not in FUNCTION_WORDS and not _inside_name(words, index, lexicon):
            first = index - 1 if _is_given(words, index, lexicon) else index
            score = SPREAD_PERSON + 2 * (index - first)
            found.append(Mention(words.starts[first], words.ends[index], "PERSON", score, "repeat"))
    return found


def _is_given(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """Is the word before a known family name its given name: capitalised, unknown, and no title or ordinary word?"""
    if not index or words.gaps[index - 1] != SPACE or words.links[index - 1]:
        return False
    word = words.texts[index - 1]
    if len(word) < 3 or word in FUNCTION_WORDS or is_title(word) or word.isupper():
        return False
    unknown = word not in lexicon.single and word not in lexicon.heads and not lexicon.is_plain(word)
    runs_in = index > 1 and words.gaps[index - 2] == SPACE and words.texts[index - 2] not in FUNCTION_WORDS
    return unknown and not runs_in and not words.is_small(word)


def _inside_name(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """Is a family name here part of something else: before a head noun, behind another capitalised word?"""
    follows = index + 1 < len(words) and words.gaps[index] == SPACE
    if follows and words.texts[index + 1] in lexicon.heads and words.texts[index + 1] not in lexicon.given:
        return True
    if not index or words.gaps[index - 1] not in (SPACE, HYPHEN):
        return False
    return words.texts[index - 1] in lexicon.given and words.gaps[index - 1] == SPACE


def _may_stand(words: Words, index: int, phrases: Phrases | None) -> list[tuple[tuple[str, ...], str]]:
    """The names of this first word that may stand here: those of the next word, then those of one word."""
    if phrases is None:
        return []
    ahead = _NEXT.match(words.text, words.starts[index] + len(words.texts[index]))
    return [*(phrases.get(ahead[1], ()) if ahead else ()), *phrases.get(None, ())]


def _phrases(words: Words, chosen: list[Mention], lexicon: Vocabulary) -> dict[str, Phrases]:
    """Names of several words that are sure, and the short forms of companies, by first word and what is behind it."""
    found: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for mention in chosen:
        if mention.label in ("GPE", "NORP"):
            continue
        parts = tuple(words.text[mention.start : mention.end].split())
        if len(parts) > 1 and mention.score >= SURE:
            found[parts[0]].setdefault(parts, mention.label)
        if mention.label == "ORG" and len(parts) > 1 and _is_called_by_last(parts):
            found[parts[-1]].setdefault(parts[-1:], "ORG")
        if mention.label == "PERSON" and len(parts) > 2 and parts[-2] in _CAPITAL_PARTICLES:
            found[parts[-2]].setdefault(parts[-2:], "PERSON")
        if mention.label == "ORG" and len(parts) > 2 and "suffix" in lexicon.heads.get(parts[-1].rstrip("."), {}):
            bare = (*parts[:-2], parts[-2].rstrip(","))
            found[parts[0]].setdefault(bare, "ORG")
        if mention.label == "ORG" and 2 <= len(parts) <= 4 and (own := _own_word(parts, lexicon)):
            found[own].setdefault((own,), "ORG")
    by_next: dict[str, Phrases] = {first: defaultdict(list) for first in found}
    for first, names in found.items():
        for parts, label in sorted(names.items(), key=lambda n: -len(n[0])):
            ahead = _NEXT.match(parts[1]) if len(parts) > 1 else None
            by_next[first][ahead[1] if ahead else None].append((parts, label))
    return by_next


def _is_called_by_last(parts: tuple[str, ...]) -> bool:
    """Is the body named by its last word alone later: a newspaper ("the *Times*") or a body of Europe?"""
    return parts[-1] in PAPERS or (parts[-1] in SHORT_HEADS and parts[0] == "European")


def _own_word(parts: tuple[str, ...], lexicon: Vocabulary) -> str | None:
    """The one distinct word of a company's name beside forms and trades ("*Roe* Motor", "Deutsche *Roe* AG")."""
    if not any(part in TRADES or _is_form(part, lexicon) for part in parts[1:]):
        return None
    own = [part for part in parts if not (part in TRADES or part in GENERIC or _is_form(part, lexicon))]
    first = own and own[0] == parts[0]
    own = [part for part in own if part not in lexicon.single and part not in FUNCTION_WORDS]
    if len(own) != 1 or len(own[0]) < 4 or lexicon.is_plain(own[0]) or (own[0] in lexicon.given and not first):
        return None
    return own[0]


def _is_form(part: str, lexicon: Vocabulary) -> bool:
    return "suffix" in lexicon.heads.get(part.rstrip("."), {})


def _matches(words: Words, index: int, parts: tuple[str, ...]) -> int:
    """The end of the phrase if it stands at word ``index``, else 0."""
    text, at = words.text, words.starts[index]
    for number, part in enumerate(parts):
        if number:
            step = at
            while step < len(text) and text[step].isspace() and step - at < 24:
                step += 1
            if step == at:
                return 0
            at = step
        if not text.startswith(part, at):
            return 0
        at += len(part)
    return at if not text[at : at + 1].isalnum() else 0

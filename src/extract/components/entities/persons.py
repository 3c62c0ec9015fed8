"""Persons by how they are written: behind a title, before an apposition, with a given name, as a speaker's label."""

from __future__ import annotations

import re

from extract.components.entities.mentions import Mention
from extract.components.entities.vocabulary import FUNCTION_WORDS, Vocabulary, is_address, is_office
from extract.components.entities.words import CONNECTOR, HYPHEN, SPACE, STOP, Words
from extract.normalize.title_words import OFFICE

TITLED, LOWER_TITLED, GIVEN, LABELLED, CITED = 90.0, 72.0, 64.0, 95.0, 68.0
MAX_WORDS = 5
_PARTICLE_LINKS = frozenset(
    {"de", "de la", "van", "van der", "van den", "von", "von der", "der", "den", "del", "della"}
) | {"di", "da", "do", "dos", "bin", "al", "el", "ibn", "du", "des"}
_LAST_LOWER = re.compile(r"([a-z][a-z-]*)(?:,)?\s+$")
_CITATION = re.compile(r"[(;]\s*(?:see\s+|cf\.\s+)?$")
_CITED_YEAR = re.compile(r"(?:\s+et\s+al\.?|\s*(?:&|and)\s+[A-Z][\w'’-]+)?,?\s+\(?(?:1[89]|20)\d\d[a-z]?(?=[,;)])")
# Offices that also begin other names ("General Motors", "Chief Joseph", "Major League"): a person only by a given name.
_AMBIGUOUS_OFFICE = frozenset(
    "general chief major executive head chair fellow partner owner author writer principal official".split()
)


def person_names(words: Words, lexicon: Vocabulary) -> list[Mention]:
    """All persons that their writing shows."""
    found: list[Mention] = []
    for index, word in enumerate(words.texts):
        if is_address(word) or is_office(word):
            found.extend(_behind_title(words, index, lexicon))
        else:
            found.extend(_behind_lower_title(words, index, lexicon) or _by_given_name(words, index, lexicon))
            found.extend(_cited(words, index))
    return found


def _behind_title(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """ "Prime Minister *Roe*", "MR. *ROE*", "Sen. *Jane Roe*"."""
    first = index + 1
    if (
        first >= len(words)
        or words.gaps[index] != SPACE
        or is_office(words.texts[first])
        or is_address(words.texts[first])
    ):
        return []
    title = words.texts[index]
    certain = is_address(title)
    if not certain and _no_name(words, first, lexicon):
        return []
    if title.casefold() in _AMBIGUOUS_OFFICE and words.texts[first] not in lexicon.given:
        return []
    if words.texts[first].title() in FUNCTION_WORDS and not (certain and words.texts[first] not in FUNCTION_WORDS):
        return []
    last = _name_end(words, first, lexicon, titled=True)
    return [Mention(words.starts[first], words.ends[last], "PERSON", TITLED, "title", title=title)]


def _no_name(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """Is the word behind an office something else than a person: a country, a body, a head noun?"""
    word = words.texts[index]
    if word in lexicon.heads and (word not in lexicon.given):
        return True
    entry = lexicon.single.get(word) or (lexicon.single.get(word.title()) if word.isupper() else None)
    if entry is not None and not entry.weak and word not in lexicon.given:
        return True
    pattern = lexicon.pattern(word)
    return bool(pattern and pattern.match(words.text, words.starts[index]))


def _name_end(words: Words, first: int, lexicon: Vocabulary, *, titled: bool) -> int:
    """The last word of a person's name that begins at ``first``."""
    at = first
    full = words.texts[first] not in lexicon.given and not _is_initial(words.texts[first])
    headline = _in_headline(words, first)
    while at < len(words) - 1 and at - first < MAX_WORDS - 1:
        kind, link, word = words.gaps[at], words.links[at], words.texts[at + 1]
        if kind == CONNECTOR and link in _PARTICLE_LINKS:
            at += 1
            full = True
            continue
        if kind not in (SPACE, HYPHEN) or (kind == HYPHEN and link == "/") or _ends_name(words, at + 1, lexicon):
            break
        if headline and full and at >= first and not _is_initial(words.texts[at]):
            break
        if kind == SPACE and link == "." and not _is_initial(words.texts[at]) and words.texts[at] not in ("St", "Jr"):
            break
        if kind == HYPHEN and (word in lexicon.single or words.texts[at] in lexicon.single):
            break
        at += 1
        full = full or not _is_initial(word)
    return at


def _is_initial(word: str) -> bool:
    return len(word) == 1 or bool(re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?", word))


def _ends_name(words: Words, index: int, lexicon: Vocabulary) -> bool:
    word = words.texts[index]
    if _is_initial(word):
        return (
            word in ("A", "I") and words.links[index - 1] != "." and not words.text.startswith(".", words.ends[index])
        )
    if word in FUNCTION_WORDS or is_office(word) or is_address(word):
        return True
    if (
        words.shouts[index - 1] != words.shouts[index]
        and words.texts[index - 1].isupper()
        and not words.texts[index].isupper()
    ):
        return len(words.texts[index - 1]) > 2
    entry = lexicon.single.get(word)
    return (entry is not None and not entry.weak and word not in lexicon.given) or (
        word in lexicon.heads and word not in lexicon.given
    )


def _in_headline(words: Words, index: int) -> bool:
    """Is the word in a run of capitalised words too long for a name? Titles of texts capitalise everything."""
    at, span = index, 0
    while at < len(words) - 1 and words.gaps[at] in (SPACE, CONNECTOR, HYPHEN) and span < 7:
        at += 1
        span += 1
    return span >= 4 or words.shouts[index] and span >= 2


def _behind_lower_title(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """ "trade minister *Jane Roe*", "spokesman *Roe*"."""
    if index and words.gaps[index - 1] in (SPACE, HYPHEN, CONNECTOR):
        return []
    before = _LAST_LOWER.search(words.before(index, 24))
    if before is None or before[1] not in OFFICE or words.texts[index] in FUNCTION_WORDS:
        return []
    if _no_name(words, index, lexicon) or (words.shouts[index] and words.texts[index] in lexicon.single):
        return []
    last = _name_end(words, index, lexicon, titled=True)
    if any(w in lexicon.heads and w not in lexicon.given for w in words.texts[index : last + 2]):
        return []
    return [Mention(words.starts[index], words.ends[last], "PERSON", LOWER_TITLED, "title", title=before[1])]


def _by_given_name(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """A given name and what follows: "Jane Roe", "George W. Roe", "Ana de la Roe"."""
    word = words.texts[index]
    kind = lexicon.given.get(word) or (
        lexicon.given.get(word.title()) if words.shouts[index] and len(word) > 2 else None
    )
    if kind is None and not (_is_initial(word) and _before_surname(words, index)):
        return []
    if index and words.gaps[index - 1] in (SPACE, HYPHEN) and words.texts[index - 1] not in FUNCTION_WORDS:
        if not (is_office(words.texts[index - 1]) or words.shouts[index]):
            return []
    if kind == "weak" and _starts_sentence(words, index):
        return []
    last = _name_end(words, index, lexicon, titled=False)
    if last == index or words.texts[last] in FUNCTION_WORDS:
        return []
    follower = words.texts[last + 1] if last + 1 < len(words) and words.gaps[last] == SPACE else ""
    if follower in lexicon.heads and follower not in lexicon.given:
        return []
    return [Mention(words.starts[index], words.ends[last], "PERSON", GIVEN + last - index, "given")]


def _before_surname(words: Words, index: int) -> bool:
    """Initials before a capitalised word: "J. D. Roe"."""
    word = words.texts[index]
    dotted = "." in word or words.text.startswith(".", words.ends[index])
    if (
        not dotted
        or index + 1 >= len(words)
        or words.gaps[index] != SPACE
        or word in ("U.S.", "U.K.", "U.N.", "D.C.", "S.")
    ):
        return False
    following = words.texts[index + 1]
    return len(following) > 2 or _is_initial(following)


def _starts_sentence(words: Words, index: int) -> bool:
    return (
        index == 0
        or words.gaps[index - 1] == STOP
        or bool(re.search(r"(?:[.!?:]\s+|\n\s*|[\"“'‘]|^)$", words.before(index, 6)))
    )


def _cited(words: Words, index: int) -> list[Mention]:
    """Authors in a citation: "(Roe, 2004)", "(Roe & Doe, 2004)"; bodies of several words are none."""
    if len(words.texts[index]) < 3 or (index + 1 < len(words) and words.gaps[index] == SPACE):
        return []
    after = _CITED_YEAR.match(words.text, words.ends[index])
    if after is None or words.texts[index].isupper():
        return []
    joined = index and words.gaps[index - 1] == CONNECTOR and words.links[index - 1] in ("&", "and")
    opens = _CITATION.search(words.before(index, 12)) is not None
    if not opens and not (joined and _CITATION.search(words.before(index - 1, 12))):
        return []
    return [Mention(words.starts[index], words.ends[index], "PERSON", CITED, "citation")]

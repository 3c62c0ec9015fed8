"""Persons who are named like places: "said *Georgia Roe*, an analyst", "By *Jordan Quill*", "*Jane Suva* found"."""

from __future__ import annotations

import re

from extract.components.entities.lists import FUNCTION_WORDS, sign, words_of
from extract.components.entities.mentions import Mention
from extract.components.entities.persons import OFFICE_BEHIND, SAID_BEFORE
from extract.components.entities.precedence import weight
from extract.components.entities.signs import PERSON_AFTER
from extract.components.entities.vocabulary import Vocabulary, is_office
from extract.components.entities.words import HYPHEN, SPACE, Words

NAMED_AS_PLACE = weight("named_as_place")
_GIVEN_PLACES = words_of("given_place")
# "By Jane Roe and *Omar Quill*", "Reporting by …; editing by …".
_BYLINE = re.compile(
    r"\b(?:By|[Rr]eporting by|[Ww]riting by|[Ee]diting by|edited by|written by|WORDS:)\s+"
    r"(?:[A-Z][^,;.()]{0,40}\s(?:and\s+)?)?$"
)
_FOUND_AFTER = sign(r"\s+(?:{found_after})\b|['’]s\b")


def namesakes(words: Words, lexicon: Vocabulary) -> list[Mention]:
    """All persons whose given or family name is a place's, where a person is spoken of."""
    return [mention for index in range(len(words)) for mention in _named_after_place(words, index, lexicon)]


def _named_after_place(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """Persons named like places: "said *Georgia Roe*, an analyst", "By *Jordan Quill*", "*Jane Suva* found"."""
    word = words.texts[index]
    kind = "weak" if word in _GIVEN_PLACES else lexicon.given.get(word)
    if (
        kind is None
        or words.gaps[index] != SPACE
        or words.links[index]
        or index + 1 >= len(words)
        or words.shouts[index]
    ):
        return []
    surname, end = words.texts[index + 1], words.ends[index + 1]
    if words.runs_in(index) or words.before(index, 4) in ("the ", "The ") or words.is_counted(surname):
        return []  # "the Paris District said"
    if surname in FUNCTION_WORDS or surname.isupper() or surname in lexicon.heads or is_office(surname):
        return []
    if not (_is_place(word, lexicon) or _is_place(surname, lexicon)) or words.gaps[index + 1] in (SPACE, HYPHEN):
        return []
    office = OFFICE_BEHIND.match(words.text, end)
    personal = (
        SAID_BEFORE.search(words.before(index, 16)) is not None
        or _BYLINE.search(words.before(index, 60)) is not None
        or (office is not None and any(is_office(w) for w in office[1].split()))
        or PERSON_AFTER.match(words.text, end) is not None
        or (kind == "strong" and not _is_place(word, lexicon) and _FOUND_AFTER.match(words.text, end) is not None)
    )
    return [Mention(words.starts[index], end, "PERSON", NAMED_AS_PLACE, "place name")] if personal else []


def _is_place(word: str, lexicon: Vocabulary) -> bool:
    entry = lexicon.single.get(word)
    return entry is not None and entry.label == "GPE"

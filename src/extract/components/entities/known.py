"""Names that a word list knows: countries, peoples, places, bodies; and what their surroundings make of them."""

from __future__ import annotations

import re

from extract.components.entities.lists import FUNCTION_WORDS, STATES, TRADES, listed, sign
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weights
from extract.components.entities.vocabulary import Entry, Vocabulary, is_office
from extract.components.entities.words import HYPHEN, SPACE, Words

COUNTRY, PLACE, BODY, WEAK = weights("country", "place", "body", "weak")
SEVERAL_BODY, SEVERAL_PLACE, BESIDE_COMPASS = weights("bonus_body", "bonus_place", "beside_compass")
_PLACES = ("GPE", "NORP", "LOC")
_COMPASS = listed("compass_word")
# Parts of mountains and islands: "the High Tatras", "East Java".
_PARTS = _COMPASS - {"Greater"} | {"Low", "High", "Lower", "Inner", "Outer"}
# What makes the full name of a company that is known by its own name: "Roe and Company", "Roe Motor Co."
_FORM = re.compile(
    rf"(?:,?\s+(?:(?:and|&)\s+(?:Company|Co|Sons|Brothers)|Inc|Corp|Co|Ltd|LLC|plc|PLC|AG|SA|NV|GmbH|{'|'.join(sorted(TRADES))})"
    r"(?![^\W_])\.?)+"
)
# Bodies that many countries have: "Supreme Court *of Kenya*".
_NATIONAL_BODIES = listed("body_of_a_state")
_OF_COUNTRY = re.compile(r"\s+of\s+((?:[A-Z][a-z]+\s)?[A-Z][a-z]+)(?![\w-])")
# A doubtful place ("Lincoln") is one behind these, or before a comma and a known place.
_PLACE_BEFORE = sign(r"(?:\b(?:{place_before})|[-–—]\s?)\s+$")
# "Secretary of *Labor*": a part of the office, no body.
_GOVERNED = re.compile(r"(?:[Mm]inister|[Ss]ecretary|[Cc]hancellor|[Cc]ommissioner)\s+(?:of|for)\s+(?:the\s+)?$")
_STATE_BEFORE = re.compile(r",\s$|[A-Z][-–]$")
_GOING_TO = sign(r"\b(?:{going_to})\s+the\s+$", re.I)

# Chambers that are forms of address without their article: "My *Lords*".
_WITH_ARTICLE = frozenset({"Lords", "Commons"})
_ARTICLE_BEFORE = re.compile(r"\b(?:the|of)\s+$", re.I)
# Bodies called by the house that they sit in: the house where somebody goes or is, the body where it acts.
_SEATS = frozenset({"White House", "Pentagon", "Kremlin", "Blue House"})
_IN_OFFICE = sign(r"\b(?:{in_office})\s+(?:in|to)\s+the\s+$", re.I)
_PART_OF_SITE = sign(r"\b(?:{part_of_site})\s+(?:of|at)\s+the\s+$")


def known_names(words: Words, lexicon: Vocabulary) -> list[Mention]:
    """All names that a list knows, the longest at each word."""
    found: list[Mention] = []
    for index, word in enumerate(words.texts):
        mention = _several_words(words, index, word, lexicon) or _one_word(words, index, word, lexicon)
        if mention is not None:
            found.append(mention)
    return found


def _several_words(words: Words, index: int, word: str, lexicon: Vocabulary) -> Mention | None:
    pattern = lexicon.pattern(word)
    if pattern is None and word.isupper() and len(word) > 2:
        pattern = lexicon.pattern(word.title())
    if pattern is None:
        return None
    start = words.starts[index]
    match = pattern.match(words.text, start)
    if match is None or match[0].count("\n") > 1:
        return None
    last = re.split(r"\s+", match[0])[-1]
    if not last[0].isupper() and not match[0].istitle() and last[0].isalpha():
        return None  # "Far east of here": the list's capitals count
    name = " ".join(match[0].split()).replace("’", "'")
    entry = lexicon.entries.get(name) or _entry_of(name, lexicon)
    if entry is None:
        return None
    return _mention(
        words, index, match.end(), entry, SEVERAL_PLACE if entry.label in _PLACES else SEVERAL_BODY, lexicon
    )


def _entry_of(name: str, lexicon: Vocabulary) -> Entry | None:
    """The entry of a name written in other capitals."""
    return next((e for e in (lexicon.entries.get(form) for form in _recased(name)) if e), None)


def _recased(name: str) -> list[str]:
    small = ("of", "and", "the", "de", "for", "on")
    titled = " ".join(w.lower() if w.lower() in small else w.title() for w in name.split(" "))
    lowered = re.sub(r"\b(Of|And|The|De|For|On)\b", lambda m: m[0].lower(), titled)
    return [titled, lowered, name.upper()]


def _one_word(words: Words, index: int, word: str, lexicon: Vocabulary) -> Mention | None:
    if (
        word in STATES
        and words.text.startswith(".", words.ends[index])
        and _STATE_BEFORE.search(words.before(index, 4))
    ):
        return Mention(words.starts[index], words.ends[index] + 1, "GPE", COUNTRY + 2, "known:GPE", "US")
    entry = lexicon.single.get(word)
    if entry is None and words.text.startswith(("'s", "’s"), words.ends[index]):
        entry = lexicon.single.get(word + "'s")
        if entry is not None:
            return _mention(words, index, words.ends[index] + 2, entry, 0.0, lexicon)
    if entry is None and len(word) > 3 and word.isupper():
        entry = lexicon.single.get(word.title())
        if entry is not None and not words.shouts[index] and entry.label not in ("GPE", "NORP", "LOC"):
            entry = None
    if entry is None and _DOTTED.fullmatch(word):
        return _dotted(words, index, word.replace(".", ""), lexicon)
    if entry is not None and is_office(word) and _before_given(words, index, lexicon):
        return None
    if entry is None or (word in FUNCTION_WORDS and entry.label != "GPE"):
        return None
    if words.shouts[index] and len(word) <= 3 and word not in ("US", "USA", "UK", "UN", "EU", "WTO"):
        return None
    return _mention(words, index, words.ends[index], entry, 0.0, lexicon)


# "U.N.C.T.A.D.", "the C.G.T.", as older records write acronyms.
_DOTTED = re.compile(r"(?:[A-Z]\.){3,}")


def _dotted(words: Words, index: int, letters: str, lexicon: Vocabulary) -> Mention | None:
    """The body that letters with full stops name: a known one, or behind "the" one that no list holds."""
    if letters in lexicon.plain_acronyms:
        return None
    entry = lexicon.single.get(letters)
    if entry is not None:
        return _mention(words, index, words.ends[index], entry, 0.0, lexicon)
    runs_on = words.gaps[index] in (SPACE, HYPHEN)
    if runs_on or not words.before(index, 5).lower().endswith("the "):
        return None
    return Mention(words.starts[index], words.ends[index], "ORG", BODY, "known:ORG")


def _mention(words: Words, index: int, end: int, entry: Entry, bonus: float, lexicon: Vocabulary) -> Mention | None:
    """The mention of an entry, or ``None`` where a doubtful one has nothing to speak for it."""
    start, label = words.starts[index], entry.label
    if entry.weak and not _place_context(words, index, end):
        return None
    city = label == "GPE" and not bonus and words.ends[index] == end and entry.name not in lexicon.countries
    if city and _inside_unknown(words, index, lexicon):
        return None
    if label in ("GPE", "NORP") and entry.country is not None:
        score = WEAK if entry.weak else (COUNTRY if label == "NORP" or end - start > 3 else COUNTRY - 1)
    else:
        score = (COUNTRY if bonus else PLACE) if label in _PLACES else BODY
    if label == "ORG" and bonus and words.text.startswith(" of America", end):
        end += len(" of America")
    if label == "ORG" and (land := _OF_COUNTRY.match(words.text, end, end + 40)) and land[1] in lexicon.countries:
        end = land.end() if re.split(r"\s", entry.name)[-1] in _NATIONAL_BODIES else end
    if label == "ORG" and entry.full is None and (form := _FORM.match(words.text, end, end + 60)):
        end = form.end() - (form[0].endswith(".") and not words.text[form.end() : form.end() + 2].strip(" ").islower())
        bonus = max(bonus, SEVERAL_BODY)
    if label == "ORG" and not bonus and not entry.name.isupper() and _edition(words, index, lexicon):
        end, bonus = words.ends[index + 1], SEVERAL_BODY
    while label == "GPE" and index and words.gaps[index - 1] == SPACE and words.texts[index - 1] in _COMPASS:
        index -= 1
        start, score = words.starts[index], BESIDE_COMPASS
    while label == "LOC" and index and words.gaps[index - 1] == SPACE and words.texts[index - 1] in _PARTS:
        index -= 1
        start = words.starts[index]
    if entry.name in _SEATS:
        before = words.before(index)
        at_place = _GOING_TO.search(before) and not _IN_OFFICE.search(before)
        label = "FAC" if at_place or _PART_OF_SITE.search(before) else "ORG"
    if entry.name in _WITH_ARTICLE and not _ARTICLE_BEFORE.search(words.before(index, 12)):
        return None
    if label == "ORG" and not bonus and _GOVERNED.search(words.before(index, 32)):
        return None
    if label == "NORP" and _is_language(words, index, end, entry.name):
        return None
    if label == "NORP" and entry.country is None and bonus == 0 and not _is_people(words, index, entry.name, lexicon):
        return None
    return Mention(start, end, label, score + bonus, f"known:{label}", entry.country, entry.full)


def _inside_unknown(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """Does a city's name stand beside an unknown capitalised word? Then it is part of another name."""
    if words.shouts[index]:
        return False
    if words.gaps[index] == SPACE and not words.links[index] and _is_unknown(words, index + 1, lexicon):
        return True
    return index > 0 and words.gaps[index - 1] == SPACE and _is_unknown(words, index - 1, lexicon)


def _is_unknown(words: Words, index: int, lexicon: Vocabulary) -> bool:
    word = words.texts[index]
    if len(word) < 3 or word.isupper() or word in FUNCTION_WORDS or is_office(word) or word in lexicon.heads:
        return False
    return word not in lexicon.single and word not in lexicon.firsts and not lexicon.is_plain(word)


def _before_given(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """Does a person's name follow ("Economist *Jane* Roe")?"""
    if words.gaps[index] != SPACE:
        return False
    return words.texts[index + 1] in lexicon.given or len(words.texts[index + 1]) == 1


def _edition(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """A body with the place that it works in: "Roe *Asia*", "Roe *Canada*"."""
    if words.gaps[index] != SPACE or words.shouts[index + 1]:
        return False
    entry = lexicon.single.get(words.texts[index + 1])
    return entry is not None and entry.label in ("GPE", "LOC") and not entry.weak and "." not in entry.name


_LANGUAGE_BEFORE = sign(
    r"(?:\b(?:{language_before})\s+|(?:[Ll]anguages?|[Oo]riginal|ORIGINAL|LANGUAGE):\s*|"
    r"[Tt]ranslation\s+-\s+|^)$"
)
_LANGUAGE_BEHIND = sign(r"\s+(?:{language_behind})\b|-(?:language|speaking)|\s*[.,;:)\n]")


def _is_language(words: Words, index: int, end: int, name: str) -> bool:
    """Is a people's adjective the name of its language here: "in Japanese,", "the English text"?"""
    behind = _LANGUAGE_BEHIND.match(words.text, end)
    if behind is None:
        return False
    if behind[0].strip(" .,;:)\n"):
        return not behind[0].startswith(" words")
    return _LANGUAGE_BEFORE.search(words.before(index, 16)) is not None and name not in ("Americans",)


# "Western governments"; but "Western and Eastern Europe", "the western coast".
_WEST_OF_WORLD = sign(r"\s+(?!(?:{west_of_world})\b)[a-z]")


def _is_people(words: Words, index: int, name: str, lexicon: Vocabulary) -> bool:
    """Faiths and parties in capitals inside a word run are part of another name ("Christian Roe", "Liberal Club")."""
    follows = words.gaps[index] == SPACE and index + 1 < len(words)
    if name == "Western":
        return _WEST_OF_WORLD.match(words.text, words.ends[index]) is not None
    return not (follows and (name == "Christian" or _is_stranger(words, index + 1, lexicon)))


def _is_stranger(words: Words, index: int, lexicon: Vocabulary) -> bool:
    return _is_unknown(words, index, lexicon) and words.texts[index] not in lexicon.given


def _place_context(words: Words, index: int, end: int) -> bool:
    before = words.before(index, 24)
    if _PLACE_BEFORE.search(before):
        nxt = index + 1
        runs_on = words.gaps[index] == SPACE and nxt < len(words) and words.ends[index] == end
        return not runs_on or is_office(words.texts[nxt])
    return bool(re.match(r",\s+[A-Z]", words.text[end : end + 4])) and words.gaps[index - 1 if index else 0] not in (
        SPACE,
        HYPHEN,
    )

"""What the statistical recogniser found, with its usual faults mended: titles, possessives, line ends, hyphens."""

from __future__ import annotations

import re
from bisect import bisect_left

from spacy.tokens import Doc

from extract.components.entities.lists import FUNCTION_WORDS, NATIONAL, sign
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weights
from extract.components.entities.signs import NO_PLACE_IN, TRIBE_AFTER
from extract.components.entities.vocabulary import LABELS, Vocabulary, is_address, is_office, is_title
from extract.components.entities.words import BREAK, COMMA, HYPHEN, POSSESSIVE, SPACE, Words
from extract.normalize.title_words import DOMAIN, SUFFIX

SEVERAL, ONE, DOUBTFUL = weights("model_several", "model_one", "doubtful")
_ENDING = re.compile(r"[\s.,;:'’\"”)\]]+$|['’]s$")
# "RAM (random-access memory)": letters that stand for a thing, not a name.
# "Minister of *Trade*": what an office governs is no body.
_GOVERNED = sign(r"(?:{governed})\s+(?:of|for)\s+(?:the\s+)?$")
_PEOPLE = sign(r"(?:{people_ending})$")
_DETERMINER = re.compile(r"\b(?:[Tt]he|an?|[Tt]his|[Tt]hat|[Tt]hese|its|their|our)\s+$")
_ACCORDING = re.compile(r"\baccording\s+to\s+$", re.I)
_PLACE_BEFORE = sign(r"\b(?:{place_before_quoted})\s+(?:the\s+)?$", re.I)
# File numbers, months cut short, plurals of abbreviations of things ("IEDs").
_NO_NAME = sign(r"[A-Z]{1,2}\d+|[IVXL]{2,}|(?:{no_name})|[A-Z]{2,}s")
_ARTICLE = re.compile(r"\b[Aa]n?\s+$")
_GLOSS = re.compile(r"\s*\([a-z]")
_PAPER_NUMBER = re.compile(r"\s?\(\d\d(?:\d\d)?\)")  # "TNC (46) 15" numbers a paper
_HAS_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"[\s-]*\d[\w.-]*")
_PARTICLE_BEFORE = sign(r"\b(?:{particle_before})\s*$")


def statistical_names(doc: Doc, words: Words, lexicon: Vocabulary) -> list[Mention]:
    """The model's entities as mentions; an entity that is no name is left out."""
    found: list[Mention] = []
    for ent in doc.ents:
        if ent.label_ in LABELS:
            mention = _mended(words, ent.start_char, ent.end_char, ent.label_, lexicon)
            if mention is not None:
                found.append(mention)
    return found


def _mended(words: Words, start: int, end: int, label: str, lexicon: Vocabulary) -> Mention | None:
    first = bisect_left(words.starts, start)
    last = bisect_left(words.starts, end) - 1
    first, last = _trimmed(words, first, last, label, lexicon)
    if label == "PERSON":
        first = _past_known(words, first, last, lexicon)
    if first > last:
        return _number_name(words.text, start, end, label)
    begin, finish = words.starts[first], words.ends[last]
    if label in ("PRODUCT", "LAW", "EVENT", "FAC", "WORK_OF_ART"):
        if words.text[start].isdigit() and start < begin:
            begin = start
        digits = _DIGITS.match(words.text, finish, end)
        finish = digits.end() if digits else finish
    if label == "PERSON":
        particle = _PARTICLE_BEFORE.search(words.text, start, begin)
        begin = particle.start() if particle and start < begin else begin
    if "\n\n" in words.text[begin:finish]:
        return None
    if _GOVERNED.search(words.before(first, 40)):
        if label == "ORG" and words.texts[last] not in lexicon.heads:
            return None
        if first == last and words.texts[first].casefold() in DOMAIN:
            return None
    mended = _label(words, first, last, label, lexicon)
    score = _score(words, first, last, mended, lexicon) if mended else 0.0
    if not score or not mended:
        return None
    entry = lexicon.single.get(words.texts[first]) if first == last else None
    country = entry.country if entry is not None and entry.label == mended == "GPE" else None
    return Mention(begin, finish, mended, score, "model", country)


def _trimmed(words: Words, first: int, last: int, label: str, lexicon: Vocabulary) -> tuple[int, int]:
    """Without function words, titles of office and forms of address at the ends."""
    while first <= last and (
        words.texts[first] in FUNCTION_WORDS
        or is_address(words.texts[first])
        or (label in ("PERSON", "GPE", "NORP") and is_office(words.texts[first]))
        or (label == "PERSON" and first < last and words.texts[first].casefold() in DOMAIN)
    ):
        first += 1
    while first <= last and (
        words.texts[last] in FUNCTION_WORDS or (label != "WORK_OF_ART" and is_office(words.texts[last]))
    ):
        last -= 1
    while first < last and _modifies_office(words, last, lexicon):
        last -= 1
    owner = next((k for k in range(first, last) if words.gaps[k] == POSSESSIVE), last)
    if owner < last and all(lexicon.is_plain(word) for word in words.texts[owner + 1 : last + 1]):
        last = owner  # "Roe's White Paper"
    return first, last


def _modifies_office(words: Words, last: int, lexicon: Vocabulary) -> bool:
    """The last word of "EU *Trade* Commissioner" belongs to the office."""
    follows = last + 1 < len(words) and words.gaps[last] == SPACE
    return follows and is_office(words.texts[last + 1]) and lexicon.is_plain(words.texts[last])


def _past_known(words: Words, first: int, last: int, lexicon: Vocabulary) -> int:
    """Without the body or country before a person: "USTR *Jane Roe*"."""
    while first < last and words.texts[first] not in lexicon.given:
        entry = lexicon.single.get(words.texts[first])
        if entry is None or entry.weak or entry.label not in ("ORG", "GPE", "NORP"):
            break
        first += 1
    return first


def _number_name(text: str, start: int, end: int, label: str) -> Mention | None:
    """A product that is a number ("787", "737-800"); anything else without a capital is no name."""
    written = _ENDING.sub("", text[start:end])
    if label == "PRODUCT" and re.fullmatch(r"\d{2,4}[-\w]*", written):
        return Mention(start, start + len(written), label, DOUBTFUL, "model")
    return None


def _score(words: Words, first: int, last: int, label: str, lexicon: Vocabulary) -> float:
    """How far to trust a finding; 0 for none at all."""
    inner = words.texts[first : last + 1]
    if first == last:
        return _score_one(words, first, label, lexicon)
    if not _has_name([w for w in inner if not words.is_small(w)], inner[-1], label, lexicon):
        return 0.0
    if any(words.gaps[k] in (".", "X") for k in range(first, last)):
        return 0.0
    common = lexicon.is_plain(inner[-1]) and words.is_common(inner[-1])
    if label == "PERSON" and (common or any(map(_HAS_DIGIT.search, inner)) or _is_thing(words, last, lexicon)):
        return 0.0
    if len(inner) == 2 and len(inner[1]) == 1 and lexicon.is_plain(inner[0]):
        return 0.0  # "Category C"
    if label in ("ORG", "EVENT", "FAC") and _names_a_thing(words, first, last, lexicon):
        return 0.0
    if any(words.gaps[k] == COMMA for k in range(first, last)) and label not in ("LAW", "EVENT", "WORK_OF_ART"):
        return 0.0
    if label != "PERSON" and any(word.endswith("s") and is_office(word[:-1]) for word in inner):
        return 0.0
    entry = lexicon.entries.get(" ".join(words.text[words.starts[first] : words.ends[last]].split()))
    if entry is not None or _two_names(words, first, last, lexicon):
        return DOUBTFUL
    known = [lexicon.single.get(word.title() if word.isupper() and len(word) > 3 else word) for word in inner]
    if words.gaps[first] == HYPHEN and any(entry and entry.label in ("GPE", "NORP") for entry in known):
        return DOUBTFUL
    if label in ("GPE", "NORP", "PERSON") and any(entry and entry.label == "GPE" and not entry.weak for entry in known):
        return DOUBTFUL if label != "PERSON" or inner[0] not in lexicon.given else SEVERAL
    if all(words.shouts[first : last + 1]):
        return DOUBTFUL
    return SEVERAL + min(last - first, 4) * 0.5


def _names_a_thing(words: Words, first: int, last: int, lexicon: Vocabulary) -> bool:
    """Is the noun of a longer name an ordinary word that the text also writes small ("Imperial *Preference*",
    "*Formation* of Roeland"), and no head of a body?
    """
    noun = next((k for k in range(first, last) if words.links[k].startswith("of")), last)
    word = words.texts[noun]
    return lexicon.is_plain(word) and word not in lexicon.heads and words.is_small(word)


def _label(words: Words, first: int, last: int, label: str, lexicon: Vocabulary) -> str | None:
    """The label, mended where word lists and place words speak against it.

    Small models call unknown companies places: a place that no list holds must stand where places stand.
    """
    word = words.texts[first]
    known = first == last and word in lexicon.single
    if label == "PERSON" and first == last and not known:
        before = words.before(first, 12)
        if TRIBE_AFTER.match(words.text, words.ends[first]) and _DETERMINER.search(before):
            other = word in lexicon.heads or word in lexicon.given or word in lexicon.leads
            return None if other else "NORP"
        if _DETERMINER.search(before) or word in lexicon.heads:
            return None
        if before.endswith((" in ", "\nin ")) and words.gaps[first] != POSSESSIVE and word not in lexicon.given:
            return "GPE"
    if label == "NORP" and not known and first == last and TRIBE_AFTER.match(words.text, words.ends[last]):
        return label
    if label == "NORP" and not known:
        return label if _PEOPLE.search(words.texts[last]) else None
    if label in ("ORG", "GPE") and first == last and not known and lexicon.given.get(word) == "strong":
        return "PERSON" if word not in lexicon.heads else label
    if label == "GPE" and not known and _ACCORDING.search(words.before(first, 16)):
        return "PERSON" if first == last else "ORG"
    before = words.before(first, 24)
    if label == "GPE" and not known and (not _PLACE_BEFORE.search(before) or NO_PLACE_IN.search(before)):
        beside = words.gaps[last] == COMMA or (first and words.gaps[first - 1] == COMMA)
        return label if beside or words.text.startswith(("-", "–"), words.ends[last]) else "ORG"
    return label


def _two_names(words: Words, first: int, last: int, lexicon: Vocabulary) -> bool:
    """Two known names joined by "and" or "for" are not one."""
    place = lexicon.single.get(words.texts[first])
    if last == first + 1 and words.links[first] == "for" and place is not None and place.label == "GPE":
        return True
    for k in range(first, last):
        if (
            words.links[k] in ("and", "for")
            and words.texts[k] in lexicon.single
            and words.texts[k + 1] in lexicon.single
        ):
            return True
    return False


def _score_one(words: Words, index: int, label: str, lexicon: Vocabulary) -> float:
    """The score of a single word: none for letters, headings, ordinary words and abbreviations of things."""
    word = words.texts[index]
    if word.replace(".", "").casefold() in SUFFIX:
        return 0.0
    if len(word) == 1 or (words.shouts[index] and label != "PERSON") or is_title(word):
        return 0.0
    if label == "PERSON" and words.is_small(word + "s") and (not index or words.gaps[index - 1] == BREAK):
        return 0.0
    if lexicon.is_plain(word) or words.is_small(word) or _NO_NAME.fullmatch(word):
        return 0.0
    if label == "PERSON" and (_is_thing(words, index, lexicon) or _ABSTRACT.fullmatch(word)):
        return 0.0
    if label == "PRODUCT" and word in lexicon.heads:
        return 0.0
    if words.text.startswith("-o", words.ends[index]) and word == "Co":
        return 0.0  # "Co-operative"
    if word.isupper() and _PAPER_NUMBER.match(words.text, words.ends[index]):
        return 0.0
    if (entry := lexicon.single.get(word.removesuffix("s"))) and entry.label == "GPE" and word.endswith("s"):
        return 0.0  # "the two Chinas"
    if is_office(word.removesuffix("s")) or (label == "PERSON" and (words.links[index] == "of" or _is_letters(word))):
        return 0.0
    if word.isupper() and label == "ORG" and _ARTICLE.search(words.before(index, 6)):
        return 0.0
    if word.isupper() and _GLOSS.match(words.text, words.ends[index]):
        return 0.0
    return ONE


# No surname ends like "optimism" and "implementation".
_ABSTRACT = re.compile(r"\w{3,}(?:ism|[st]ions?|ity|ities)")
# "Sec. 446", "Motions Nos. 4": a short word before a number shortens what is numbered.
_NUMBERED = re.compile(r"\.?\s\d")
SHORT = 4


def _is_thing(words: Words, last: int, lexicon: Vocabulary) -> bool:
    """Is the last word of what was taken for a person counted or numbered by the text?"""
    word = words.texts[last]
    if word in lexicon.given:
        return False
    return words.is_counted(word) or (len(word) <= SHORT and _NUMBERED.match(words.text, words.ends[last]) is not None)


def _is_letters(word: str) -> bool:
    """Two or three capitals are no person."""
    return (len(word) < 4 and word.isupper()) or word[1:2] == word[-1] == "."


def _has_name(inner: list[str], last: str, label: str, lexicon: Vocabulary) -> bool:
    """Is one of the words more than an ordinary or known one, or a head that makes a name of them?"""
    if label == "ORG" and last not in NATIONAL and "ORG" in lexicon.heads.get(last, {}).values():
        inner = [word for word in inner if word != last]
    for word in inner:
        entry = lexicon.single.get(word)
        known = entry is not None and entry.label in ("GPE", "NORP", "LOC") and not entry.weak
        if not known and not lexicon.is_plain(word) and word not in FUNCTION_WORDS and not _NO_NAME.fullmatch(word):
            return True
        if label == "PERSON" and word in lexicon.given:
            return True
    if label in ("PERSON", "GPE", "NORP"):
        return False
    return last in NATIONAL and bool(inner)

"""Persons by how they are written: behind a title, before an apposition, with a given name, as a speaker's label."""

from __future__ import annotations

import re

from extract.components.entities.lists import AMBIGUOUS_OFFICES, FUNCTION_WORDS, SURNAME_HEADS, listed, sign
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weights
from extract.components.entities.vocabulary import Vocabulary, is_address, is_office, is_title
from extract.components.entities.words import CAPITALISED, COMMA, CONNECTOR, HYPHEN, OPEN, SPACE, STOP, Words
from extract.normalize.title_words import DOMAIN, MODIFIER, OFFICE

TITLED, LOWER_TITLED, NICKNAMED, GIVEN = weights("titled", "lower_titled", "nicknamed", "given")
LABELLED, CITED, GOVERNS = weights("labelled", "cited", "governing")
IN_APPOSITION, QUOTED, ADDRESSED, WITH_PARTICLE = weights("in_apposition", "said", "addressed", "particle_inside")
MAX_WORDS = 5
_PARTICLE_LINKS = listed("particle_small") | listed("particle_few")
_LAST_LOWER = re.compile(r"\b([a-z][a-z-]*)(?:\s+(?:of|for)\s+(?:the\s+)?([a-z]+)(?:\s+(?:and\s+)?([a-z]+))?)?,?\s+$")
# Only a person has a government, a term or an era: "the Roe administration".
_OF_PERSON = sign(r"\s+(?:{of_person})\b|-era\b")
OFFICE_BEHIND = sign(r",\s+((?:[^\s,.;:()]+\s+){0,6}?[^\s,.;:()]+)(?=\s+(?:{office_behind})\b|[,.;)])")
SAID_BEFORE = sign(r"(?:{said_before})\s+$")
_CLOSES = re.compile(r"\s*[,.;:?!)\"”’']|\s*$")
_ADDRESS_BEFORE = sign(r"(?:{address_before})(?:,| so much,?)?\s+$", re.IGNORECASE)
# "Han *Do*-yun": half of a given name, whatever the word is elsewhere.
_HALF = re.compile(r"-[a-z]{2,6}(?![\w-])")
_NARRATED = re.compile(r"(?:['’]s)?\s+\((?:1[89]|20)\d\d[a-z]?(?:,[^()]{0,20})?\)")
_CITATION = re.compile(r"[(;]\s*(?:see\s+|cf\.\s+)?$")
_CITED_YEAR = re.compile(r"(?:\s+et\s+al\.?|\s*(?:&|and)\s+[A-Z][\w'’-]+)?,?\s+\(?(?:1[89]|20)\d\d[a-z]?(?=[,;)])")


def person_names(words: Words, lexicon: Vocabulary) -> list[Mention]:
    """All persons that their writing shows."""
    found: list[Mention] = []
    found.extend(_nicknamed(words, lexicon))
    for index, word in enumerate(words.texts):
        found.extend(_glued(words, index, lexicon))
        if is_title(word) or is_office(_singular(word)):
            found.extend(_behind_title(words, index, lexicon))
        else:
            if word == "Don":
                found.extend(_don(words, index, lexicon))
            found.extend(_behind_lower_title(words, index, lexicon) or _by_given_name(words, index, lexicon))
            found.extend(_cited(words, index) or _governing(words, index, lexicon))
            found.extend(_with_particle(words, index, lexicon))
            found.extend(_introduced(words, index, lexicon) or _addressed(words, index, lexicon))
    return found


# "Maria “Mimi” Sandoval", "James (Jim) Roe": one name.
_NICKNAMED = re.compile(
    rf"(?<![\w-]){CAPITALISED}(?: (?:[A-Z]\.|{CAPITALISED}))? "
    rf"(?:\(?[\"“'‘]{CAPITALISED}[\"”'’]\)?|\((?![A-Z]+\)){CAPITALISED}\)) {CAPITALISED}(?![\w-])"
)


def _nicknamed(words: Words, lexicon: Vocabulary) -> list[Mention]:
    """Given name, nickname in marks, family name."""
    found: list[Mention] = []
    for match in _NICKNAMED.finditer(words.text):
        start = match.start()
        first = words.at(start)
        while 0 <= first < len(words) and is_title(words.texts[first]):
            first += 1
            start = words.starts[first] if first < len(words) else match.end()
        if first >= 0 and start < match.end() and words.texts[first] in lexicon.given:
            found.append(Mention(start, match.end(), "PERSON", NICKNAMED, "nickname"))
    return found


_GLUED = re.compile(r"([A-Z][a-z]+)([A-Z][a-z]{2,})")


def _glued(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """The name that a title ran into: "Secretary*Roe*", "Mr*Doe*"."""
    parts = _GLUED.fullmatch(words.texts[index])
    if parts is None or parts[1].casefold() in AMBIGUOUS_OFFICES or parts[2] in lexicon.heads:
        return []
    if not is_title(parts[1]) or words.texts[index] in lexicon.given:
        return []
    start = words.starts[index] + len(parts[1])
    return [Mention(start, words.ends[index], "PERSON", TITLED, "title", title=parts[1])]


def _behind_title(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """ "Prime Minister *Roe*", "MR. *ROE*", "Sen. *Jane Roe*"."""
    title = words.texts[index]
    listed = _listed(words, index, lexicon)
    if listed:
        return listed
    certain = is_address(title)
    past = index if certain else _past_domain(words, index)
    first = past + 1
    if first >= len(words) or words.gaps[past] != SPACE:
        return []
    if is_title(words.texts[first]) or _is_office_said_to(words, first):
        return []
    plural = words.texts[first].removesuffix("s")
    if plural != words.texts[first] and is_office(plural):
        return []  # "Hon. Members"
    if not certain and _no_name(words, first, lexicon):
        return []
    if title.casefold() in AMBIGUOUS_OFFICES and words.texts[first] not in lexicon.given:
        return []
    initial = len(words.texts[first]) == 1 and words.text.startswith(".", words.ends[first])
    if not initial and words.texts[first].title() in FUNCTION_WORDS - _SHORT_SURNAMES:
        return []
    last = _name_end(words, first, lexicon, titled=True)
    return [Mention(words.starts[first], words.ends[last], "PERSON", TITLED, "title", title=title)]


def _is_office_said_to(words: Words, first: int) -> bool:
    """Is what follows the form of address an office: "Madam *Deputy Speaker*", "Mr. *Vice President*"?"""
    at = first
    while words.texts[at].casefold() in MODIFIER and at + 1 < len(words) and words.gaps[at] in (SPACE, HYPHEN):
        at += 1
        if is_office(words.texts[at]):
            return True
    return False


def _singular(title: str) -> str:
    """ "Aldermen" → "Alderman", "Senators" → "Senator"."""
    return title[:-2] + "an" if title.endswith("men") else title.removesuffix("s")


def _don(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """ "Don" is a title before a full name: "Don *Omar Quispe*"; "Don Roe" is a name."""
    first = index + 1
    if first + 1 >= len(words) or words.gaps[index] != SPACE or words.gaps[first] != SPACE:
        return []
    if words.texts[first] not in lexicon.given:
        return []
    last = _name_end(words, first, lexicon, titled=True)
    found = Mention(words.starts[first], words.ends[last], "PERSON", TITLED, "title", title="Don")
    return [found] if last > first else []


def _listed(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """The persons of one title: "Senators *Roe*, *Doe*, and *Jane Quill*"."""
    title = words.texts[index]
    one = _singular(title)
    if one == title or not is_office(one) or words.gaps[index] != SPACE:
        return []
    found: list[Mention] = []
    first = index + 1
    while first < len(words) and not _no_name(words, first, lexicon) and words.texts[first] not in FUNCTION_WORDS:
        if is_office(words.texts[first].removesuffix("s")) or is_address(words.texts[first]):
            break
        last = _name_end(words, first, lexicon, titled=True)
        found.append(Mention(words.starts[first], words.ends[last], "PERSON", TITLED, "title", title=one))
        joined = words.gaps[last] == COMMA or (words.gaps[last] == CONNECTOR and words.links[last] in ("and", "&"))
        if not joined:
            break
        first = last + 1
    return found if len(found) > 1 else []


# Family names that are also function words: taken only behind a title.
_SHORT_SURNAMES = listed("short_surname")


def _past_domain(words: Words, index: int) -> int:
    """The last word of what an office governs: "Secretary of *State*", "Under Secretary for Economic *Affairs*"."""
    if words.gaps[index] != CONNECTOR or words.links[index] not in ("of", "of the", "for", "for the"):
        return index
    at = index + 1
    while at < len(words) and words.texts[at].casefold() in DOMAIN:
        joined = words.gaps[at] == SPACE or (words.gaps[at] in (CONNECTOR, COMMA) and words.links[at] in _LISTED)
        if not joined or at + 1 >= len(words) or words.texts[at + 1].casefold() not in DOMAIN:
            return at
        at += 1
    return index


_LISTED = frozenset({"and", "&", ",", ", and"})


def _no_name(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """Is the word behind an office something else than a person: a country, a body, a head noun?"""
    word = words.texts[index]
    alone = words.gaps[index] not in (SPACE, HYPHEN)
    sides = lexicon.heads.get(word, {})
    if sides and word not in lexicon.given and not (alone and set(sides.values()) <= {"LOC", "FAC"}):
        return True
    entry = lexicon.single.get(word) or (lexicon.single.get(word.title()) if word.isupper() else None)
    known = entry is not None and not entry.weak and entry.label != "PERSON"
    if known and word not in lexicon.given and not (alone and entry is not None and entry.label == "ORG"):
        return True
    pattern = lexicon.pattern(word)
    return bool(pattern and pattern.match(words.text, words.starts[index]))


def _name_end(words: Words, first: int, lexicon: Vocabulary, *, titled: bool) -> int:
    """The last word of a person's name that begins at ``first``."""
    at = first
    known = words.texts[first].title() in lexicon.given or _is_initial(words.texts[first])
    full = not known and (len(words.texts[first]) > 2 or not words.shouts[first])  # "MR. *TE QUILL*"
    headline = _in_headline(words, first, lexicon)
    while at < len(words) - 1 and at - first < MAX_WORDS - 1:
        kind, link, word = words.gaps[at], words.links[at], words.texts[at + 1]
        if kind == CONNECTOR and link in _PARTICLE_LINKS:
            at += 1
            full = True
            continue
        if kind not in (SPACE, HYPHEN) or (kind == HYPHEN and link == "/"):
            break
        double = kind == HYPHEN and word in lexicon.heads and word not in lexicon.single
        if (
            not double
            and _ends_name(words, at + 1, lexicon)
            and not (titled and at == first and _is_city_surname(words, at, lexicon))
        ):
            break
        if headline and full and at >= first and not _is_initial(words.texts[at]):
            break
        if kind == SPACE and link == "." and not _is_initial(words.texts[at]) and words.texts[at] not in ("St", "Jr"):
            break
        if len(word) > 1 and word.isupper() and word.title() in FUNCTION_WORDS:
            break
        if kind == HYPHEN and (_is_people(word, lexicon) or _is_people(words.texts[at], lexicon)):
            break
        if full and kind == SPACE and lexicon.is_plain(word) and word not in lexicon.given:
            break
        at += 1
        full = full or not _is_initial(word)
    return at


def _is_city_surname(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """Is the city behind a title and a given name the family name: "Mr. Kazuo *Chiba*"? Nothing may run on."""
    word = words.texts[index + 1]
    entry = lexicon.single.get(word)
    city = entry is not None and entry.label == "GPE" and word not in lexicon.countries
    runs_on = words.gaps[index + 1] in (SPACE, HYPHEN) and index + 2 < len(words)
    return city and not runs_on and words.texts[index] in lexicon.given


def _is_people(word: str, lexicon: Vocabulary) -> bool:
    """A country or people, as in "Roe-Japan": no part of a double name."""
    entry = lexicon.single.get(word)
    return entry is not None and entry.label in ("GPE", "NORP") and not entry.weak


def _is_initial(word: str) -> bool:
    return len(word) == 1 or bool(re.fullmatch(r"(?:[A-Z]\.)+[A-Z]?", word))


def _ends_name(words: Words, index: int, lexicon: Vocabulary) -> bool:
    word = words.texts[index]
    if _is_initial(word):
        return (
            word in ("A", "I") and words.links[index - 1] != "." and not words.text.startswith(".", words.ends[index])
        )
    if word in FUNCTION_WORDS and not _HALF.match(words.text, words.ends[index]):
        return True
    if is_title(word):
        return not _closes_as_surname(words, index, lexicon)
    if (
        words.shouts[index - 1] != words.shouts[index]
        and words.texts[index - 1].isupper()
        and not words.texts[index].isupper()
    ):
        return len(words.texts[index - 1]) > 2
    head = word in lexicon.heads and word.title() not in SURNAME_HEADS
    return (head or _known_else(word, lexicon)) and word not in lexicon.given


def _closes_as_surname(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """Family names that are titles too: "Julie *Bishop*", behind a given name and with nothing after it."""
    previous = words.texts[index - 1]
    runs_on = words.gaps[index] in (SPACE, CONNECTOR, HYPHEN) and words.links[index] not in ("and", "in", "to", "with")
    return (previous in lexicon.given or _is_initial(previous)) and not runs_on and not words.texts[index].endswith(".")


def _in_headline(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """Is the word in a run of capitalised words too long for a name? Titles of texts capitalise everything."""
    at, ordinary = index, 0
    while at < len(words) - 1 and words.gaps[at] in (SPACE, HYPHEN) and at - index < 7:
        at += 1
        ordinary += lexicon.is_plain(words.texts[at])
    span = at - index
    return (span >= 5 and ordinary > 0) or (words.shouts[index] and span >= 3)


def _behind_lower_title(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """ "trade minister *Jane Roe*", "spokesman *Roe*"."""
    if index and words.gaps[index - 1] in (SPACE, HYPHEN, CONNECTOR):
        return []
    before = _LAST_LOWER.search(words.before(index, 24))
    if before is None or before[1] not in OFFICE or words.texts[index] in FUNCTION_WORDS:
        return []
    if before[1] in AMBIGUOUS_OFFICES and words.texts[index] not in lexicon.given:
        return []  # "a general Community measure"
    if not {before[2], before[3]} - {None} <= DOMAIN:
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
    runs_in = words.runs_in(index)
    if runs_in and not (
        is_office(words.texts[index - 1]) or words.shouts[index] or _is_follower(words, index - 1, lexicon)
    ):
        return []
    entry = lexicon.single.get(word.title())
    place = entry is not None and entry.label == "GPE" and not entry.weak
    if place or (kind == "weak" and _starts_sentence(words, index)):
        return []
    last = _name_end(words, index, lexicon, titled=False)
    if lexicon.is_plain(word) and last > index and lexicon.is_plain(words.texts[index + 1]):
        return []
    if words.shouts[index] and any(lexicon.is_plain(w) for w in words.texts[index + 1 : last + 1]):
        return []
    if last == index or words.texts[last] in FUNCTION_WORDS or _is_thing(words, index, last, lexicon, kind):
        return []
    follower = words.texts[last + 1] if last + 1 < len(words) and words.gaps[last] == SPACE else ""
    if follower in lexicon.heads and follower not in lexicon.given:
        return []
    return [Mention(words.starts[index], words.ends[last], "PERSON", GIVEN + last - index, "given")]


def _is_thing(words: Words, index: int, last: int, lexicon: Vocabulary, kind: str | None) -> bool:
    """Is a doubtful given name, an initial or a mark of a list before an ordinary word no person ("*Sterling* Area",
    "B. LIMITATION")? The text writes the word small too.
    """
    word = words.texts[last]
    doubtful = kind != "strong" or lexicon.is_plain(words.texts[index]) or words.is_small(words.texts[index])
    if last != index + 1 or not lexicon.is_plain(word) or word.title() in lexicon.given:
        return False
    return words.is_common(word) or words.is_counted(word) or (doubtful and (words.is_small(word) or word.isupper()))


def _is_follower(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """Is the word what a person is, by people or party: "Democrat *Jane Roe*"? Its plural is a people's name."""
    word = words.texts[index]
    known = [lexicon.single.get(form) for form in (word, word + "s")]
    runs_in = words.runs_in(index)
    return not runs_in and any(entry is not None and entry.label == "NORP" for entry in known)


def _before_surname(words: Words, index: int) -> bool:
    """Initials before a capitalised word: "J. D. Roe"."""
    word = words.texts[index]
    dotted = "." in word or words.text.startswith(".", words.ends[index])
    if (
        not dotted
        or index + 1 >= len(words)
        or words.gaps[index] != SPACE
        or word in ("U.S.", "U.K.", "U.N.", "D.C.", "S.", "P.M.", "A.M.")
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
    alone = not index or words.gaps[index - 1] not in (SPACE, HYPHEN, OPEN)
    if alone and _NARRATED.match(words.text, words.ends[index]) and not words.texts[index].isupper():
        return [Mention(words.starts[index], words.ends[index], "PERSON", GIVEN - 8, "citation")]
    after = _CITED_YEAR.match(words.text, words.ends[index])
    if after is None or words.texts[index].isupper():
        return []
    joined = index and words.gaps[index - 1] == CONNECTOR and words.links[index - 1] in ("&", "and")
    opens = _CITATION.search(words.before(index, 12)) is not None
    if not opens and not (joined and _CITATION.search(words.before(index - 1, 12))):
        return []
    return [Mention(words.starts[index], words.ends[index], "PERSON", CITED, "citation")]


def _governing(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """A lone family name before what only a person has: "the *Roe* administration", "a *Roe*-era tariff"."""
    word = words.texts[index]
    runs_in = words.runs_in(index)
    if len(word) < 3 or runs_in or word in FUNCTION_WORDS or word.isupper() or lexicon.is_plain(word):
        return []
    entry = lexicon.single.get(word)
    if (entry is not None and entry.label != "PERSON") or word in lexicon.heads:
        return []
    if not _OF_PERSON.match(words.text, words.ends[index]):
        return []
    return [Mention(words.starts[index], words.ends[index], "PERSON", GOVERNS, "governs")]


def _introduced(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """Two to four unknown words with an office behind a comma ("*Keiko Roe*, a former negotiator") or behind "said"."""
    if index and words.gaps[index - 1] in (SPACE, HYPHEN, CONNECTOR) and words.texts[index - 1] not in FUNCTION_WORDS:
        return []
    last = index
    while last - index < 4 and _plain_name(words, last, lexicon):
        if words.gaps[last] not in (SPACE, HYPHEN) or last + 1 >= len(words):
            break
        last += 1
    if not 1 <= last - index <= 3 or not _plain_name(words, last, lexicon):
        return []
    start, end = words.starts[index], words.ends[last]
    office = OFFICE_BEHIND.match(words.text, end)
    if office and any(is_office(word) for word in office[1].split()):
        return [Mention(start, end, "PERSON", IN_APPOSITION, "apposition")]
    if SAID_BEFORE.search(words.before(index, 16)) and _CLOSES.match(words.text, end):
        return [Mention(start, end, "PERSON", QUOTED, "said")]
    return []


def _plain_name(words: Words, index: int, lexicon: Vocabulary) -> bool:
    """May the word be part of a person's name: not known as anything else, no ordinary word, no head of a body?"""
    word = words.texts[index]
    if words.shouts[index] or word in FUNCTION_WORDS or is_title(word):
        return False
    if word in lexicon.given or _is_initial(word):
        return True
    return not (word.isupper() or word in lexicon.heads or lexicon.is_plain(word) or _known_else(word, lexicon))


def _known_else(word: str, lexicon: Vocabulary) -> bool:
    """Does a list know the word as something else than a person?"""
    entry = lexicon.single.get(word)
    return entry is not None and not entry.weak and entry.label != "PERSON"


def _addressed(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """A given name alone in direct address: "Thank you, *Jane*." """
    word = words.texts[index]
    if word not in lexicon.given or words.gaps[index] in (SPACE, HYPHEN) or _known_else(word, lexicon):
        return []
    if not _ADDRESS_BEFORE.search(words.before(index, 24)) or not _CLOSES.match(words.text, words.ends[index]):
        return []
    return [Mention(words.starts[index], words.ends[index], "PERSON", ADDRESSED, "address")]


def _with_particle(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """A family name with a particle inside: "*Roe de Quispe* told me", "*von der Roe*"."""
    if words.gaps[index] != CONNECTOR or words.links[index] not in _PARTICLE_LINKS or index + 1 >= len(words):
        return []
    runs_in = words.runs_in(index)
    if runs_in or not all(_plain_name(words, at, lexicon) for at in (index, index + 1)):
        return []
    return [Mention(words.starts[index], words.ends[index + 1], "PERSON", WITH_PARTICLE, "particle")]

"""Names that other tongues and set phrases build: "Isla Roe", "Banco de Quill", "Roe & Doe", "Hurricane Roe"."""

from __future__ import annotations

import re

from extract.components.entities import signs
from extract.components.entities.lists import FUNCTION_WORDS, listed, sign
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weights
from extract.components.entities.vocabulary import Vocabulary, is_office
from extract.components.entities.words import CAPITALISED, SPACE, Words
from extract.normalize.cities import homes

LEAD, PARTNERS, STORM, GATHERING = weights("foreign_lead", "partners", "storm", "gathering")
COUNTY, TRADESMEN, NAMED_WORK, AREA = weights("county", "tradesmen", "named_work", "trade_area")
ACRONYM, LABEL, PARTY, PEOPLE = weights("acronym", "brand", "party", "people")
MAX_WORDS = 8
_CAP = CAPITALISED
_JOIN = r"(?:{foreign_join})"
# What follows a noun of another tongue: its small words only with something behind them.
_TAIL = sign(
    rf"(?:\s+(?:{_JOIN}\s+)?{_CAP}){{1,6}}|(?:\s+(?:{_JOIN}\s+)?[a-zà-ÿ]{{4,}}){{1,7}}(?=\s\([A-Z]{{3,6}}\)|,)"
)
_SMALL_TAIL = sign(rf"\s+[a-zà-ÿ]{{5,}}\s+{_JOIN}\s")
_PARTNERS = re.compile(
    rf"(?<![\w&-]){_CAP}(?:\s{_CAP})?(?:,\s{_CAP}){{0,2}},?\s&\s(?:{_CAP})(?:\s(?:Co|Company|Sons|Brothers)\b)?"
)
_RUNS_ON = re.compile(r"\s[A-ZÀ-ÖØ-Þ]\w")
_YEAR_BEHIND = re.compile(r",?\s+\(?(?:1[89]|20)\d\d")
_STORM = sign(rf"\b(?:{{storm}})\s+{_CAP}")
_EXPO = re.compile(r"\bExpo\s+(?:['’]?\d\d|(?:19|20)\d\d)(?!\d)")
_MINISTERS = sign(
    r"\b(?:[A-Z]\w+\s+)?(?:{ministers})?(?:Ministers|Premiers|Presidents|Governors)['’]\s+(?:Conference|"
    r"Meeting|Summit)(?:\s+(?:19|20)\d\d)?|\bCommonwealth\s+Heads\s+of\s+Government\s+(?:Conference|"
    r"Meeting|Summit)"
)
_COUNTY = sign(rf"(?<![\w-])(?:{_CAP}\s){{1,2}}Count(?:y|ies)(?!\w)(?!\s(?:{_CAP}))|(?<!\w)County\s(?:{{county}})\b")
_TRADESMEN = re.compile(
    rf"(?<![\w-])(?:{_CAP}\s){{0,3}}[A-Z][a-z]+(?:ers|ors|smiths|ists|men)(?:\sand\s(?:{_CAP}\s)?[A-Z][a-z]+(?:ers|ors|smiths|ists|men))?\s+of\s+America(?!\w)"
)
# "Bank Negara Roe", "Centre Jane Roe": the noun leads where no ordinary word follows.
_AMBIGUOUS_LEADS = frozenset({"Bank", "Centre", "Radio", "Air"})
_BASE = re.compile(rf"\b(?:Joint|Naval|Air)\s+Base\s+{_CAP}(?:\s{_CAP})?")
_ACRONYM = sign(
    r"\b(?:{body_before_acronym}),\s+(?:the\s+)?([A-Z]{3,9})(?=[\s,.;:)])|"
    r"\b(?:{kind_of_body})\s+([A-Z]{3,9})(?=[\s,.;:)])"
)
_PARTY = re.compile(rf"\b(?:the|whose|his|her|their)\s+({_CAP}(?:\s(?:and\s)?{_CAP}){{0,3}})\s+(?:party|Party)\b")
_LABEL = re.compile(
    rf"\bunder\s+(?:the|its|their|an?|own|{_CAP}['’]s?)\s+(?:own\s+)?({_CAP}(?:\s{_CAP}){{0,2}})\s+"
    r"(?:brand|label|name|trademark)\b"
)
_DISTRICT = sign(rf"\bthe\s+({_CAP})\s+(?:{{district}})\s+(?:of|in)\b")
_ROAD = sign(rf"(?<![\w-]){_CAP}['’]s\s+(?:{{road}})\b")
_TOWN = sign(rf"\b(?:{{town}})\s+({_CAP}['’]s\s+Town)\b")
_OF_PLACE = re.compile(rf"(?<![\w-])(?:Times|Star|Voice|Mirror|Bank)\s+of\s+({_CAP}(?:\s{_CAP})?)")
# "the Duke of Roe": the title is the name.
_PEERS = sign(rf"(?<![\w-])(?:{{peers}})\sof\s{_CAP}(?![\w-])")
_ISLANDERS = re.compile(rf"(?<![\w-])(?:{_CAP}\s){{1,2}}Islanders?(?![\w-])")
# "Roe v. Quill Mills"
_CASE = re.compile(rf"(?<![\w-])(?:{_CAP}\s){{1,4}}v\.\s{_CAP}(?:\s(?:of\s|and\s|&\s)?{_CAP}){{0,4}}")
_AREA = re.compile(rf"(?<![\w-])(?:{_CAP}\s){{1,4}}Free\s+Trade\s+Area(?!\w)")
_TITLE = r"(?:[A-Z][\w'’-]+\s+(?:(?:{work_small_word})\s+){0,2}){1,6}[A-Z][\w'’-]+"
# "her memoir, Iron and Water, …", "published The Roe of Quill in 1950".
_BARE_WORK = sign(
    rf"\b(?:{{work_bare}}),\s+({_TITLE}),|\b(?:{{work_made}})\s+((?:A|An|The)\s+{_TITLE})(?=\s+in\s+(?:1[5-9]|20)\d\d|[,.;])"
)
_WORK = sign(
    r"\b(?:{work_quoted})\s*,?\s+(?:(?:called|entitled|titled)\s+)?[*_]?[\"“]([A-Z][^\"”\n]{2,90}?)[,.]?[\"”]|"
    r"\b(?:{work_titled})\s*,?\s+((?:The|A|"
    r"An)\s(?:[A-Z][\w'’-]+\s+(?:(?:{work_small_word})\s+){0,2}){0,6}[A-Z][\w'’-]+)(?=[,.;:)])|"
    r"\b(?:[Hh]is|[Hh]er|[Tt]heir)\s+((?:{work_kind})\s+(?:on|of|upon|concerning|from)\s+(?:the\s+|a\s+)?"
    r"(?:[A-Z][\w'’-]+\s+(?:(?:{work_small_word})\s+){0,2}){0,6}[A-Z][\w'’-]+)|"
    r"\bpublished\s+((?:[A-Z][\w'’-]+,?\s+(?:(?:{work_small_word})\s+){0,2}){1,7}[A-Z][\w'’-]+)\s+\((?:1[5-9]|"
    r"20)\d\d\)|\b(?:{work_called})\s*,?\s+(?:called|entitled|"
    r"titled)\s+((?:[A-Z][\w'’-]+\s+(?:(?:{work_small_word})\s+){0,2}){0,6}[A-Z][\w'’-]+)"
)


def formed_names(words: Words, lexicon: Vocabulary) -> list[Mention]:
    """All names of this module; every expression is linear and anchored at a capital."""
    text = words.text
    found = [
        mention
        for index, word in enumerate(words.texts)
        if word in lexicon.leads
        for mention in _led(words, index, lexicon)
    ]
    for pattern, label, score, key in (
        (_STORM, "EVENT", STORM, ("Hurricane", "Cyclone", "Typhoon", "Storm")),
        (_EXPO, "EVENT", STORM, ("Expo",)),
        (_MINISTERS, "EVENT", GATHERING, ("Conference", "Meeting", "Summit")),
        (_COUNTY, "GPE", COUNTY, ("Count",)),
        (_TRADESMEN, "ORG", TRADESMEN, ("of America",)),
        (_AREA, "LAW", AREA, ("Free Trade Area",)),
        (_CASE, "LAW", GATHERING, (" v. ",)),
        (_BASE, "FAC", COUNTY, (" Base ",)),
        (_ISLANDERS, "NORP", COUNTY, ("Islander",)),
        (_PEERS, "PERSON", COUNTY, (" of ",)),
        (_ROAD, "FAC", COUNTY, tuple(listed("road"))),
        (_TOWN, "GPE", COUNTY, ("s Town",)),
        (_ACRONYM, "ORG", ACRONYM, (",", "loyalist", "union")),
        (_DISTRICT, "GPE", ACRONYM, tuple(listed("district"))),
        (_LABEL, "PRODUCT", LABEL, ("brand", "label", "name", "trademark")),
        (_PARTY, "ORG", PARTY, (" party", " Party")),
    ):
        if any(word in text for word in key):
            found += _matches(pattern, label, score, words, lexicon)
    for match in _OF_PLACE.finditer(text):
        if match[1] in lexicon.countries or homes(match[1]):
            found.append(Mention(match.start(), match.end(), "ORG", TRADESMEN, "formed"))
    if "&" in text:
        found += [
            Mention(m.start(), m.end(), "ORG", PARTNERS, "partners")
            for m in _PARTNERS.finditer(text)
            if _are_partners(words, m.start(), m.end(), lexicon)
        ]
    found += _peoples(words, lexicon)
    for match in (*_WORK.finditer(text), *(m for m in _BARE_WORK.finditer(text) if _is_title(m, lexicon))):
        start, end = match.span(match.lastindex or 0)
        found.append(Mention(start, end, "WORK_OF_ART", NAMED_WORK, "work"))
    return found


def _is_title(match: re.Match[str], lexicon: Vocabulary) -> bool:
    """Is a title not the name of a person or a body ("her novel, Jane Roe, …", "wrote The Quill Times")?"""
    words = match[match.lastindex or 0].split()
    return not (words[0] in lexicon.given or is_office(words[0]) or words[-1] in lexicon.heads)


def _are_partners(words: Words, start: int, end: int, lexicon: Vocabulary) -> bool:
    """Is "Roe & Doe" a firm: not cut out of a longer run, no citation, no two persons, no ordinary words?"""
    text = words.text
    if _YEAR_BEHIND.match(text, end) or _YEAR_BEHIND.match(text, end + 1) or _RUNS_ON.match(text, end):
        return False
    first = words.at(start)
    if words.runs_in(first):
        return False
    parts = [part for part in re.split(r"[\s,&]+", text[start:end]) if part]
    person = parts[0] in lexicon.given and len(re.split(r"\s*&\s*", text[start:end])[0].split()) == 2
    return _is_name(text[start:end]) and not person and not all(lexicon.is_plain(part) for part in parts)


def _peoples(words: Words, lexicon: Vocabulary) -> list[Mention]:
    """Peoples by what they are: "the *Quill* villagers"; those with a language of that name also "*Roewa* farmers"."""
    found: list[Mention] = []
    for index, word in enumerate(words.texts):
        if len(word) < 4 or words.shouts[index] or lexicon.lists(word):
            continue
        end = words.ends[index]
        if word in lexicon.languages:
            if signs.PEOPLE_AFTER.match(words.text, end, end + 60):
                found.append(Mention(words.starts[index], end, "NORP", PEOPLE, "people"))
        elif signs.TRIBE_AFTER.match(words.text, end, end + 40) and _may_be_people(words, index, lexicon):
            found.append(Mention(words.starts[index], end, "NORP", PEOPLE, "people"))
    return found


def _may_be_people(words: Words, index: int, lexicon: Vocabulary) -> bool:
    word = words.texts[index]
    if (
        word.isupper()
        or word in FUNCTION_WORDS
        or word in lexicon.given
        or word in lexicon.leads
        or is_office(word)
        or homes(word)
    ):
        return False
    behind = words.before(index, 14)
    return not lexicon.is_plain(word) and not words.is_small(word) and bool(signs.PEOPLE_BEFORE.search(behind))


def _matches(pattern: re.Pattern[str], label: str, score: float, words: Words, lexicon: Vocabulary) -> list[Mention]:
    """The names that an expression finds, without function words and titles before them; known names are left alone."""
    found: list[Mention] = []
    for match in pattern.finditer(words.text):
        group = next((g for g in range(1, (match.lastindex or 0) + 1) if match[g]), 0)
        start, end = match.span(group)
        first = _FIRST_WORD.match(words.text, start, end)
        while first is not None and not _is_name(first[1]) and first.end() < end:
            start = first.end()
            first = _FIRST_WORD.match(words.text, start, end)
        name = words.text[start:end]
        known = group and (name in lexicon.entries or lexicon.is_plain(name.split()[0]))
        if _is_name(name) and not known and (group or len(name.split()) > 1):
            found.append(Mention(start, end, label, score, "formed"))
    return found


_FIRST_WORD = re.compile(r"([\w'’.-]+)\s+")


def _is_name(written: str) -> bool:
    first = written.split()[0].rstrip(",")
    return first not in FUNCTION_WORDS and (not is_office(first) or " of " in written)


def _led(words: Words, index: int, lexicon: Vocabulary) -> list[Mention]:
    """A name that begins with a noun of another tongue, up to where its words end."""
    if words.shouts[index] or (words.runs_in(index)):
        return []
    label = lexicon.leads[words.texts[index]]
    behind = words.texts[index + 1] if index + 1 < len(words) else ""
    if words.texts[index] in _AMBIGUOUS_LEADS and (
        words.gaps[index] != SPACE
        or lexicon.is_plain(behind)
        or (behind in lexicon.heads and words.texts[index] != "Air")
    ):
        return []
    tail = _TAIL.match(words.text, words.ends[index], words.ends[index] + 100)
    if tail is None or (
        tail[0].lstrip()[0].islower()
        and not (tail[0].lstrip()[0:2] in ("de", "du", "d'") or _SMALL_TAIL.match(tail[0]))
    ):
        return []
    end = tail.end()
    last = words.at(end - 1)
    if last - index > MAX_WORDS or (last == index and label != "ORG"):
        return []
    if any(is_office(w) or w in FUNCTION_WORDS for w in words.texts[index + 1 : last + 1]):
        return []
    return [Mention(words.starts[index], end, label, LEAD, "lead")]

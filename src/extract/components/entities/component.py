"""``trade_entities``: names found by model, word lists and writing, made one reading, and clustered."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc
from spacy.util import filter_spans

from extract.components.entities import acronyms
from extract.components.entities.clusters import cluster
from extract.components.entities.companies import company_names, department_names
from extract.components.entities.evidence import weigh
from extract.components.entities.foreign import formed_names
from extract.components.entities.heads import head_names
from extract.components.entities.japanese import japanese_names
from extract.components.entities.known import known_names
from extract.components.entities.lists import NOBODY, listed, sign
from extract.components.entities.mentions import Mention, select
from extract.components.entities.namesakes import namesakes
from extract.components.entities.other_languages import outside_english
from extract.components.entities.persons import LABELLED, person_names
from extract.components.entities.places import datelines, place_names, settle_cities, settle_states
from extract.components.entities.products import product_names
from extract.components.entities.spread import one_reading
from extract.components.entities.statistical import statistical_names
from extract.components.entities.usage import names_by_usage
from extract.components.entities.vocabulary import Vocabulary, is_title, vocabulary
from extract.components.entities.words import Words, read_words
from extract.components.rows import EntityRow, set_rows
from extract.normalize.names import split_title

# Names there are no mentions, but they may tell the full form of one.
UNREAD_SEGMENTS = frozenset({"references", "footer"})


class TradeEntities:
    """Named entities with one label, one ``canonical`` name and one ``cluster`` a thing, on ``doc._.entities``.

    Reads ``doc.ents`` of a statistical recogniser where there is one, ``doc._.segments`` and ``doc._.turns``; sets
    ``doc.ents`` to the same names as far as tokens allow.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        words = read_words(doc.text, _foreign(doc, "ja", "zh", "ko"))
        mentions, meanings = find_mentions(doc, words)
        unread = [(s["start"], s["end"]) for s in doc._.segments if s["kind"] in UNREAD_SEGMENTS]
        rows = cluster(words.text, mentions, meanings, unread)
        set_rows(doc, "entities", rows)
        _set_ents(doc, rows)
        return doc


def find_mentions(doc: Doc, words: Words) -> tuple[list[Mention], dict[str, str]]:
    """All mentions of a document, without overlap, and what its acronyms stand for."""
    lexicon = vocabulary()
    known = known_names(words, lexicon)
    found = [
        *known,
        *head_names(words, lexicon, known),
        *formed_names(words, lexicon),
        *product_names(words, known),
        *person_names(words, lexicon),
        *namesakes(words, lexicon),
        *company_names(words, lexicon),
        *department_names(words),
        *_labels(doc, words, lexicon),
        *japanese_names(words.text, _foreign(doc, "ja"), _label_spans(doc)),
    ]
    measures = acronyms.of_measures(words, lexicon)
    guessed = [m for m in statistical_names(doc, words, lexicon) if words.text[m.start : m.end] not in measures]
    found += weigh(words, guessed, found, lexicon)
    found += place_names(words, found) + datelines(words)
    found += names_by_usage(words, lexicon, found)
    found = [mention for mention in found if not _begins_with_verb(doc, mention, lexicon)]
    introduced, meanings = acronyms.introduced(words, found, lexicon)
    found += introduced
    found += acronyms.repeated(words, meanings, introduced)
    found = outside_english(words.text, found, doc._.segments)
    chosen = select([_with_second_half(words.text, mention, lexicon) for mention in found])
    bare, more = acronyms.by_initials(words, chosen, lexicon)
    settled = one_reading(words, select([*chosen, *bare]), lexicon)
    settle_states(words.text, settled)
    settle_cities(words.text, settled)
    return settled, {**more, **meanings}


def _begins_with_verb(doc: Doc, mention: Mention, lexicon: Vocabulary) -> bool:
    """Does the sentence begin with a verb that the name has swallowed: "*Allow* Parliament to decide"?"""
    if mention.label == "PERSON" or mention.rule != "head":
        return False
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or len(span) < 2 or not span[0].is_sent_start or span[0].tag_ not in ("VB", "VBP", "VBG", "VBN"):
        return False
    return lexicon.is_plain(span[0].text)


def _with_second_half(text: str, mention: Mention, lexicon: Vocabulary) -> Mention:
    """The name with what its small letters hide: "Chou Mei-*ling*", "*al*-Roe", "John *"Jack" Roe*"; not "Roe-era"."""
    if mention.label == "PERSON" and text.startswith("-", mention.end):
        half = _SECOND_HALF.match(text, mention.end)
        several = " " in text[mention.start : mention.end] and half is not None and half[1] not in _NO_HALF
        if half and (several or not lexicon.is_plain(half[1])):
            mention.end = half.end()
    if mention.label == "PERSON" and (reign := _REIGN.match(text, mention.end)):
        mention.end = reign.end()
    if mention.label == "PERSON" and (nickname := _NICKNAME.match(text, mention.end)):
        mention.end = nickname.end()
    if mention.label in ("PERSON", "ORG", "GPE") and text[max(0, mention.start - 1) : mention.start] == "-":
        article = _ARABIC_ARTICLE.search(text, max(0, mention.start - 4), mention.start)
        mention.start = article.start() if article else mention.start
    return mention


_REIGN = sign(r" the (?:{reign})(?=[^\w-]|$)")
_NICKNAME = re.compile(r" (?:[\"“][A-Z][\w.]+[\"”]) [A-Z][\w'’-]*\w(?=[^\w-]|$)")
_ARABIC_ARTICLE = sign(r"(?<![\w-])(?:{arabic_article})-$")
# What stands behind a person's hyphen and is no name: "the Jane Roe-led group".
_NO_HALF = listed("adjective_ending")
_SECOND_HALF = re.compile(r"-([a-z]{2,6})(?![\w-])")


def _foreign(doc: Doc, *languages: str) -> list[tuple[int, int]]:
    """Zones in languages whose script has no capitals, where rules by writing mean nothing."""
    return [(s["start"], s["end"]) for s in doc._.segments if s["language"] in languages]


def _label_spans(doc: Doc) -> list[tuple[int, int]]:
    rows = [(turn["label_start"], turn["label_end"]) for turn in doc._.turns if turn["kind"] == "turn"]
    return [(start, end) for start, end in rows if 0 <= start < end]


def _labels(doc: Doc, words: Words, lexicon: Vocabulary) -> list[Mention]:
    """Speakers' names in the labels of turns."""
    found: list[Mention] = []
    for start, end in _label_spans(doc):
        name = split_title(words.text[start:end]).name
        at = words.text.find(name, start, end) if name and re.search(r"[^\W\d_]{2}", name) else -1
        index = words.at(at) if at >= 0 else -1
        if index < 0 or words.starts[index] != at or len(name.split()) > 5 or name.casefold() in NOBODY:
            continue
        if all(lexicon.is_plain(word) or is_title(word) for word in name.split()):
            continue
        titled = split_title(words.text[start:end]).title
        found.append(Mention(at, at + len(name), "PERSON", LABELLED, "label", title=titled))
    return found


def _set_ents(doc: Doc, rows: Iterable[EntityRow]) -> None:
    spans = [doc.char_span(r["start"], r["end"], label=r["label"], alignment_mode="expand") for r in rows]
    doc.ents = filter_spans([span for span in spans if span is not None and not span.text.isspace()])

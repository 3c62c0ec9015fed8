"""A sentence as claims read it: words with a coarse class, each figure folded into one word."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc, Span, Token

from extract.normalize.figures.traps import Mask
from extract.normalize.word_lists import word_set

# Coarse classes by Penn tag. F is a figure; V a verb, X an auxiliary or modal, W a wh-word, S a possessive mark,
# Y a word of a time expression.
_CLASSES = {
    "NN": "N", "NNS": "N", "NNP": "P", "NNPS": "P", "JJ": "A", "JJR": "A", "JJS": "A", "DT": "D", "PDT": "D", 
    "PRP$": "D",
    "PRP": "O", "EX": "E", "IN": "I", "TO": "T", "CC": "C", "MD": "X", "VB": "V", "VBD": "V", "VBG": "V", "VBN": "V",
    "VBP": "V", "VBZ": "V", "RB": "R", "RBR": "R", "RBS": "R", "RP": "R", "CD": "M", "POS": "S", "HYPH": "H",
    "WDT": "W",
    "WP": "W", "WP$": "W", "WRB": "W", "FW": "N", "SYM": "M", "$": "M", "AFX": "A",
}  # fmt: skip
_AUX = word_set("is are was were be been being am has have had having do does did 's 've 're 'd ’s ’ve ’re ’d")
_PREPOSITIONS = word_set(
    "of in on at for by with from into onto over under between among against during before after since until till"
    " through"
    " across about near per than as like despite toward towards within without worth via including"
)
_DETERMINERS = word_set(
    "a an the this that these those each every all both any some no its his her their our my your another"
)
_PRONOUNS = word_set("i you he she it we they him them us me who")
_MODALS = word_set("can could will would shall should may might must 'll ’ll wo ca")
_CONJUNCTIONS = word_set("and or but nor yet &")
# Sentences of tables and lists that never end are not rejoined beyond this many characters.
MAX_SENTENCE = 1200
_ENDING = re.compile(r"[.!?:;…][\"”’')\]]*$")
_BULLETS = word_set("- • * – ·")
# No sentence ends with an article, a preposition or a conjunction.
_OPEN_TAGS = frozenset({"DT", "IN", "TO", "CC", "PRP$"})
_MARKUP = word_set("* ** _ [ ] ` “ ” \" '' `` •")


@dataclass(slots=True)
class Word:
    """``token`` is the index in the Doc (of a figure: of its last token); ``figure`` the index of the figure's row."""

    text: str
    low: str
    start: int
    end: int
    cls: str
    tag: str
    token: int
    figure: int = -1


@dataclass(slots=True)
class Sentence:
    """Words of a sentence and where its figures stand among them; ``linked``: it holds Markdown links, which no parser
    reads well."""

    start: int
    end: int
    words: list[Word] = field(default_factory=list)
    figures: dict[int, int] = field(default_factory=dict)
    by_token: dict[int, int] = field(default_factory=dict)
    linked: bool = False

    def text(self, doc_text: str, first: int, last: int) -> str:
        """The text from word ``first`` to word ``last`` (inclusive), on one line and without markup."""
        return clean(doc_text[self.words[first].start : self.words[last].end])


def clean(text: str) -> str:
    """One line, without Markdown's brackets, stars and link targets."""
    out = " ".join(text.split())
    while "](" in out and ")" in out[out.index("](") :]:
        cut = out.index("](")
        out = out[:cut] + out[out.index(")", cut) + 1 :]
    return out.replace("[", "").replace("]", "").replace("*", "").strip(" ,;:“”\"'‘")


def read_sentences(doc: Doc, figures: Sequence[Mapping[str, Any]], opaque: Mask) -> list[Sentence]:
    """The sentences that matter, in order: all of them, with the figures that begin in each."""
    starts = [figure["start"] for figure in figures]
    tagged = doc.has_annotation("TAG")
    titles = Mask((row["start"], row["end"]) for row in doc._.segments if row["kind"] == "title")
    whole = Mask((figure["start"] + 1, figure["end"]) for figure in figures)
    dates = Mask((row["start"], row["end"]) for row in doc._.dates)
    return [
        _sentence(span, figures, starts, opaque, dates, tagged) for span in _whole_sentences(doc, titles, whole, opaque)
    ]


def _whole_sentences(doc: Doc, titles: Mask, whole: Mask, opaque: Mask) -> Iterator[Span]:
    """Sentences, with those rejoined that the base model split at a link, a line end or inside a title."""
    pending: Span | None = None
    for span in _without_bullets(doc):
        if pending is not None and (
            span.start_char in whole or span.start_char in opaque or _continues(pending, span, titles)
        ):
            pending = doc[pending.start : span.end]
            continue
        if pending is not None:
            yield pending
        pending = span
    if pending is not None:
        yield pending


def _without_bullets(doc: Doc) -> Iterator[Span]:
    """The model's sentences, cut where a line begins with a bullet."""
    for span in doc.sents:
        start = span.start
        for token in span[1:]:
            if (
                token.text in _BULLETS
                and "\n" in doc[token.i - 1].text
                and doc[token.i - 1].is_space
                and token.whitespace_
            ):
                yield doc[start : token.i]
                start = token.i
        yield doc[start : span.end]


def _continues(before: Span, span: Span, titles: Mask) -> bool:
    text, rest = before.text, span.text.lstrip()
    if len(text) > MAX_SENTENCE:
        return False
    last = next((token for token in reversed(before) if not token.is_space), None)
    if last is not None and last.tag_ in _OPEN_TAGS:
        return True
    if before.start_char in titles and span.start_char in titles:
        return True
    ending = text.rstrip()
    if ending.endswith("]]") and rest[:1].islower():  # a page mark inside a sentence
        return True
    gap = text[len(ending) :] + span.text[: len(span.text) - len(rest)]
    if _ENDING.search(ending[-4:]) or gap.count("\n") > 1 or not rest or not ending:
        return False
    return (
        rest[0].islower()
        or rest[0] in "[$£€¥(&%,;)"
        or ("](" in ending and ending[-1] == ")" and not rest.startswith("-"))
    )


def _sentence(
    span: Span, figures: Sequence[Mapping[str, Any]], starts: list[int], opaque: Mask, dates: Mask, tagged: bool
) -> Sentence:
    sentence = Sentence(span.start_char, span.end_char)
    index = bisect_left(starts, span.start_char)
    if index and figures[index - 1]["end"] > span.start_char:
        index -= 1
    low, high = index, bisect_right(starts, span.end_char - 1)
    sentence.linked = "](" in span.text
    for token in span:
        end = token.idx + len(token)
        while index < high and figures[index]["end"] <= token.idx:
            index += 1
        if low <= index < high and end > figures[index]["start"]:
            _add_figure(sentence, figures[index], index, token.i)
            continue
        if token.is_space or token.text in _MARKUP or token.idx in opaque:
            continue
        _add_word(sentence, token, "Y" if token.idx in dates else "", tagged)
    return sentence


def _add_word(sentence: Sentence, token: Token, cls: str, tagged: bool) -> None:
    """Add a word of class ``cls``, or of its tag's if that is empty; of a Markdown link only the words are read."""
    written = token.text.split("](", 1)[0]
    if not written:
        return
    linked = written != token.text
    if not cls:
        cls = _class(token.tag_, token.lower_) if tagged and not linked else _guess(written, written.lower())
        cls = _noun_after(sentence.words, written, cls)
    end = token.idx + len(written)
    if _hyphenates(sentence.words, token.idx):
        _merge(sentence, written, token.i, end, cls)
        return
    sentence.by_token[token.i] = len(sentence.words)
    tag = "" if linked else token.tag_
    sentence.words.append(Word(written, written.lower(), token.idx, end, cls, tag, token.i))


def _noun_after(words: list[Word], written: str, cls: str) -> str:
    """Nouns that the tagger took for verbs: "a 40 percent levy", "in Qatari imports"."""
    if cls != "V" or len(words) < 2:
        return cls
    if words[-1].cls == "F" and words[-2].cls in "DA":
        return "N"
    return "N" if written.endswith("s") and words[-1].cls in "AP" and words[-2].cls in "ID" else cls


def _hyphenates(words: list[Word], start: int) -> bool:
    """Whether a word is stuck to the one before by a hyphen: "state-of-the-art" is one word here."""
    return (
        len(words) > 1
        and words[-1].cls == "H"
        and words[-1].end == start
        and words[-2].end == words[-1].start
        and words[-2].cls != "F"
    )


def _merge(sentence: Sentence, text: str, token: int, end: int, cls: str) -> None:
    sentence.words.pop()
    last = sentence.words[-1]
    last.text, last.end, last.token = f"{last.text}-{text}", end, token
    last.low = last.text.lower()
    last.cls = "A" if cls in "VIDRX" else cls
    sentence.by_token[token] = len(sentence.words) - 1


def _add_figure(sentence: Sentence, figure: Mapping[str, Any], index: int, token: int) -> None:
    sentence.by_token[token] = len(sentence.words) - (sentence.figures.get(index) is not None)
    if index in sentence.figures:
        sentence.words[sentence.figures[index]].token = token
        return
    sentence.figures[index] = len(sentence.words)
    sentence.words.append(Word("#", "#", figure["start"], figure["end"], "F", "CD", token, index))


def _class(tag: str, low: str) -> str:
    if tag.startswith("VB") and low in _AUX:
        return "X"
    if low == "to":
        return "T"
    if low == "objective":
        return "N"
    if low == "worth":
        return "I"
    return _CLASSES.get(tag, ".")


def _guess(text: str, low: str) -> str:
    """The class of a word without a tagger: closed classes by list, the rest by form."""
    if not text[0].isalnum() and text not in ("'s", "’s", "'ll", "’ll"):
        return "H" if text == "-" else "."
    for cls, words in (
        ("T", ("to",)),
        ("X", _AUX),
        ("X", _MODALS),
        ("I", _PREPOSITIONS),
        ("D", _DETERMINERS),
        ("C", _CONJUNCTIONS),
        ("O", _PRONOUNS),
    ):
        if low in words:
            return "S" if text in ("'s", "’s") else cls
    if low in ("not", "n't", "also", "only", "just", "already", "still"):
        return "R"
    if text[0].isdigit():
        return "M"
    if text[0].isupper():
        return "P"
    if low.endswith(("ed", "ing")):
        return "V"
    return "R" if low.endswith("ly") else "N"

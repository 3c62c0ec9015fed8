"""Named entities from GUM's ``Entity=`` column.

GUM annotates whole noun phrases, named or not, nested ("North Korea's main news agency Korean Central News Agency
(KCNA)"). A named one has a proper noun as its head; what we keep of it is the name: the head with what is compounded
or flat-joined to it, without determiners, titles of office, possessive marks and what comes after. Where the phrase
has a Wikipedia title, the name is as long as the title says ("Medical Journal of Australia").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.recipe.conllu import ConlluSentence
from models.recipe.kinds import NO_TITLE, Title, label_of
from models.recipe.names import (
    EVENT,
    FAC,
    LINKS,
    LOC,
    ORG,
    PEOPLE_BEFORE,
    TITLES,
    UNSURE,
    countries,
    is_gpe,
    is_norp,
    trim,
)
from models.recipe.piece import Piece
from models.recipe.words import WORDS

_TOKEN = re.compile(r"\((?P<open>[^()]+)(?P<single>\))?|(?P<close>[^()]+)\)")
NAME_TAGS = {"NNP", "NNPS"}
# Between the cluster, the type and the rest, GUM's columns vary with its version; what follows the link is the title.
LINK_TYPES = {"ana", "appos", "bridge", "cata", "coref", "disc", "pred", "sgl"}
INSIDE = {
    "flat",
    "compound",
    "goeswith",
    "nummod",
    "nmod:unmarked",
    "amod",
    "flat:foreign",
    "nmod:desc",
    "punct",
    "dep",
}
OF_HEADS = {
    # "the Government of Norway" is Norway's, and no name.
    "organization": (WORDS["OF_HEADS"] | WORDS["ALSO_JOINED"] | ORG) - {"government"},
    "place": WORDS["OF_HEADS"] | LOC | FAC,
    "event": WORDS["OF_HEADS"] | EVENT,
}
PARTICLES = WORDS["PARTICLES"]
AFTER_PEOPLE = WORDS["AFTER_PEOPLE"]
# Words that may stand in small letters inside a name that its title spells out.
SMALL = LINKS | PARTICLES | {"the", "and", "&", "-", "–"}
POSSESSIVE = frozenset(("'s", "’s"))
CREDITS = frozenset(("image", "photo", "photograph", "credit", "picture"))


@dataclass(frozen=True)
class Mention:
    """A span of GUM: first and last word, type, Wikipedia title."""

    first: int
    last: int
    etype: str
    title: Title = NO_TITLE


def mentions(sentence: ConlluSentence) -> list[Mention]:
    """All spans of a sentence that begin and end in it."""
    stack: dict[str, list[tuple[int, str, Title]]] = {}
    out: list[Mention] = []
    for index, misc in enumerate(sentence.misc):
        for match in _TOKEN.finditer(misc.get("Entity", "")):
            if match["open"]:
                fields = match["open"].split("-")
                etype, title = fields[1], _title(fields)
                if match["single"]:
                    out.append(Mention(index, index, etype, title))
                else:
                    stack.setdefault(fields[0], []).append((index, etype, title))
            elif stack.get(match["close"]):
                first, etype, title = stack[match["close"]].pop()
                out.append(Mention(first, index, etype, title))
    return out


def _title(fields: list[str]) -> Title:
    link = next((at for at, field in enumerate(fields) if at > 2 and field in LINK_TYPES), len(fields))
    return Title("-".join(fields[link + 1 :])) if link + 1 < len(fields) else NO_TITLE


def head_of(piece: Piece, first: int, last: int) -> int:
    """The word of a span that hangs on a word outside it (the first such)."""
    for index in range(first, last + 1):
        head = piece.heads[index]
        if head == index or not first <= head <= last:
            return index
    return first


def named(sentence: ConlluSentence) -> Iterator[tuple[int, int, str]]:
    """``(first, last, label)`` of the names in a sentence; may overlap, longest first.

    Of two phrases with the same name ("(Biggs), 2011" is a person in a source), the one that tells more counts, then
    the shorter one.
    """
    order: dict[tuple[int, int, str], tuple[int, int, bool, int]] = {}
    for mention in mentions(sentence):
        for item in _names(sentence.piece, mention):
            first, last, label = item
            key = (first - last, first, label == UNSURE, mention.last - mention.first)
            order[item] = min(key, order.get(item, key))
    yield from sorted(order, key=lambda item: (order[item], item[2]))


def _names(piece: Piece, mention: Mention) -> list[tuple[int, int, str]]:
    """The name in a mention, with its label; before a people that is cut out of it, what is left ("Senate")."""
    head = head_of(piece, mention.first, mention.last)
    spans = [span for span in (_by_title(piece, mention, head), _around_head(piece, mention, head)) if span]
    if not spans:
        return _language(piece, mention, head)
    span = trim(
        piece, min(first for first, _ in spans), max(last for _, last in spans), person=mention.etype == "person"
    )
    if span is None:
        return []
    if mention.etype in ("organization", "place") and (acting := _acting(piece, *span)):
        return [acting]
    first, last = _people(piece, *span) if mention.etype == "person" else span
    label = label_of(piece.words[first : last + 1], piece.tags[first : last + 1], mention.etype, mention.title)
    if label == "ORG" and first == last and not mention.title and _is_credit(piece, first):
        label = UNSURE
    rest = range(span[0], first)
    out = [(span[0], first - 1, UNSURE)] if any(piece.tags[at] in NAME_TAGS for at in rest) else []
    return [*out, (first, last, label)] if label else out


def _language(piece: Piece, mention: Mention, head: int) -> list[tuple[int, int, str]]:
    """A language that is tagged as an adjective ("rendered into Chinese"): it looks like a people, and is none."""
    if mention.etype == "abstract" and mention.first == mention.last and is_norp(piece.words[head], piece.tags[head]):
        return [(head, head, UNSURE)]
    return []


def _is_credit(piece: Piece, index: int) -> bool:
    """Whether a name stands after "Image:": most there are users of a web site."""
    return index > 1 and piece.words[index - 1] == ":" and piece.words[index - 2].lower() in CREDITS


def _acting(piece: Piece, first: int, last: int) -> tuple[int, int, str] | None:
    """Of "the Albanian Government" and "UK Government", the people or country."""
    end = last
    while end > first and piece.words[end].lower() in AFTER_PEOPLE:
        end -= 1
    if end == last:
        return None
    if first == end and is_norp(piece.words[first], "JJ"):
        return first, end, "NORP"
    return (first, end, "GPE") if " ".join(piece.words[first : end + 1]).lower() in countries() else None


def _people(piece: Piece, first: int, last: int) -> tuple[int, int]:
    """Of "Senate Republicans", the people alone, but "American Indians"."""
    if first == last or piece.tags[last] != "NNPS" or not is_norp(piece.words[last], "NNPS"):
        return first, last
    before = max(first, last - 2 if piece.words[last - 1] == "-" else last - 1)
    return (before if piece.words[before].lower() in PEOPLE_BEFORE else last), last


def _by_title(piece: Piece, mention: Mention, head: int) -> tuple[int, int] | None:
    """The longest run of the mention's words that are all the title's and among which its head is.

    Of persons, only the whole title is taken: a part of it is told better by the tree.
    """
    title = mention.title.words
    if not title:
        return None
    spelled = " ".join(title).replace("’", "'")
    known = set(re.sub(r"[-–']", " ", spelled).split()) | set(title) | (POSSESSIVE if "'s" in spelled else set())
    words = [word.lower() for word in piece.words]
    first = last = head
    while first > mention.first and (words[first - 1] in known or words[first - 1] in SMALL):
        first -= 1
    while last < mention.last and (words[last + 1] in known or words[last + 1] in SMALL):
        last += 1
    while first < last and (
        words[first] in SMALL - set(title[:1]) or not (piece.words[first][:1].isupper() or words[first][0].isdigit())
    ):
        first += 1
    while last > first and words[last] in SMALL | POSSESSIVE:
        last -= 1
    inside = [at for at in range(first, last + 1) if words[at] in known and words[at] not in SMALL]
    capital = sum(piece.words[at][:1].isupper() or piece.words[at][:1].isdigit() for at in inside)
    if not inside or head not in inside or capital * 2 < len(inside) or not piece.words[head][:1].isupper():
        return None
    whole = "".join(words[first : last + 1]) == "".join(title).replace(" ", "")
    if mention.etype == "person" and not whole:
        return None
    return first, last


def _around_head(piece: Piece, mention: Mention, head: int) -> tuple[int, int] | None:
    """The proper-noun run that the head is in, joined by "of", "and", "for" where the whole is one body's name."""
    if piece.tags[head] not in NAME_TAGS:
        return None
    first = last = head
    person = mention.etype == "person"
    while first - 1 >= mention.first and _joins(piece, first - 1, head, person):
        first -= 1
    while last + 1 <= mention.last and _joins(piece, last + 1, head, person):
        last += 1
    if mention.etype == "organization":
        first = _coordinated(piece, mention.first, first)
    last = _over_particle(piece, last, mention.last)
    if piece.words[head].lower() in OF_HEADS.get(mention.etype, WORDS["OF_HEADS"]) and not person:
        last = _extend_of(piece, last, mention.last)
    return first, last


def _joins(piece: Piece, index: int, head: int, person: bool) -> bool:
    """Whether a neighbour is part of the name: compounded or flat-joined and written with a capital."""
    dep, word, tag = piece.deps[index], piece.words[index], piece.tags[index]
    if tag in ("POS", "DT", "CC", "IN", ",", ":", "PRP$"):
        return False
    if person and (dep == "nmod:desc" or word.lower().rstrip(".") in TITLES):
        return False
    if word in "-–'.&" or tag == "HYPH":
        return True
    # "(Quilis 1964)", "46th President": a number is no part of a person's name.
    capital = word[:1].isupper() or (word[:1].isdigit() and not person)
    capital = capital or (tag in NAME_TAGS and piece.words[index - 1] == "-")
    return capital and (tag in NAME_TAGS or dep in INSIDE) and dep != "conj" and _linked(piece, index, head)


def _linked(piece: Piece, index: int, head: int) -> bool:
    """Whether two words hang together by ties inside a name alone."""

    def chain(at: int) -> set[int]:
        out = {at}
        while piece.deps[at] in INSIDE and piece.heads[at] not in out:
            at = piece.heads[at]
            out.add(at)
        return out

    return bool(chain(index) & chain(head))


def _coordinated(piece: Piece, begin: int, first: int) -> int:
    """A name that begins with joined words: "Arts and" before "Humanities Citation Index"."""
    at = first - 1
    while at >= begin and (piece.words[at] in ("and", "&", ",") or piece.tags[at] in NAME_TAGS):
        at -= 1
    start = at + 1
    while start < first and piece.tags[start] not in NAME_TAGS:
        start += 1
    joined = any(word in ("and", "&") for word in piece.words[start:first])
    inside = range(start + 1, min(first + 3, len(piece)))
    tied = any(piece.deps[to] == "conj" and piece.heads[to] == start for to in inside)
    return start if joined and tied and piece.deps[start] in INSIDE else first


def _over_particle(piece: Piece, last: int, end: int) -> int:
    """ "Universidade Federal de Santa Catarina", "Bourg - la - Reine": foreign names run on over a small word."""
    while last + 2 <= end:
        at = last + 1
        while at < end and piece.words[at].lower() in PARTICLES | {"-"} and piece.tags[at] not in ("IN", "DT", "CC"):
            at += 1
        if at == last + 1 or not piece.words[at][:1].isupper():
            break
        last = at
        while last < end and piece.tags[last + 1] in NAME_TAGS and piece.deps[last + 1] in INSIDE:
            last += 1
    return last


def _extend_of(piece: Piece, last: int, end: int) -> int:
    """ "Bank of Japan", "Department of Health and Human Services": names of bodies run on over "of (the)"."""
    at = begin = last
    while at + 1 <= end:
        word, tag = piece.words[at + 1], piece.tags[at + 1]
        if tag in NAME_TAGS or (word[:1].isupper() and tag in ("JJ", "NN", "NNS", "CD", "VBG")):
            at += 1
            last = at
        elif word.lower() in ("of", "for", "and", "&") and at + 2 <= end:
            # "University of Sheffield of the UK": the second says where it is.
            if word.lower() == "of" and last > begin + 1 and is_gpe(" ".join(piece.words[begin + 2 : last + 1])):
                break
            at += 1
        elif word.lower() == "the" and piece.words[at].lower() in ("of", "for") and at + 2 <= end:
            at += 1
        else:
            break
    return last

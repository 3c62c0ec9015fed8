"""Entity corpora as pieces with OntoNotes labels: GUM, re3d, WikiGold, CrossNER politics, UNER EWT, and our own.

None of them is annotated in our terms. Where a corpus does not tell what we need, the words are marked as not
annotated (``MISSING``) and the entity recogniser learns nothing from them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from models.recipe.conllu import ConlluSentence, read_conllu
from models.recipe.gum import named
from models.recipe.kinds import is_event_name, is_law, place_label
from models.recipe.names import (
    COMPASS,
    EVENT,
    GENERIC,
    PEOPLE_BEFORE,
    TITLES,
    UNSURE,
    countries,
    is_gpe,
    is_norp,
    key_word,
    trim,
)
from models.recipe.piece import MISSING, Piece

NO_SPACE_BEFORE = frozenset(
    (".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "'s", "n't", "'", "'re", "'ve", "'ll", "'d", "'m", "''", "…")
)
NO_SPACE_AFTER = frozenset(("(", "[", "{", "$", "£", "€", "``", "#"))
PERSON_KINDS = frozenset(("PER", "person", "politician", "Person"))
ORG_KINDS = frozenset(("ORG", "organisation", "politicalparty", "Organisation"))
PLACE_KINDS = frozenset(("LOC", "location", "country", "Location"))
EVENT_KINDS = frozenset(("event", "election"))
# People and powers that re3d takes for bodies: "Government of Iraq", "Coalition Commanders".
CROWDS = frozenset(("government", "governments", "members", "ministers", "commanders", "terrorists"))
BEFORE_PEOPLE = PEOPLE_BEFORE | COMPASS
UPPER_OR_DIGIT = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


def spacing(words: list[str]) -> list[bool]:
    """Guess the blanks between the words of a tokenised corpus."""
    out = [True] * len(words)
    open_quote = False
    for index, word in enumerate(words):
        before = word in NO_SPACE_BEFORE
        after = word in NO_SPACE_AFTER
        if word == '"':
            before, after = open_quote, not open_quote
            open_quote = not open_quote
        if index and before:
            out[index - 1] = False
        if after:
            out[index] = False
    return out


def gum_entities(sentence: ConlluSentence) -> list[str]:
    """IOB tags of a GUM sentence."""
    piece = sentence.piece
    tags = ["O"] * len(piece)
    taken = [False] * len(piece)
    for first, last, label in named(sentence):
        if not any(taken[first : last + 1]):
            put(tags, first, last, label)
            taken[first : last + 1] = [True] * (last - first + 1)
    for index, (word, tag) in enumerate(zip(piece.words, piece.tags, strict=True)):
        if taken[index]:
            continue
        if is_norp(word, tag):
            tags[index] = "B-NORP"
    return tags


def put(tags: list[str], first: int, last: int, label: str) -> None:
    """Write a span into IOB tags; ``UNSURE`` becomes not annotated."""
    for index in range(first, last + 1):
        tags[index] = MISSING if label == UNSURE else ("B-" if index == first else "I-") + label


def read_gum(folder: Path) -> Iterator[list[Piece]]:
    """Documents as lists of sentences with all layers."""
    for path in sorted(folder.glob("*.conllu")):
        out = []
        for sentence in read_conllu(path):
            sentence.piece.ents = gum_entities(sentence)
            out.append(sentence.piece)
        yield out


def read_columns(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and tags of a CoNLL file: the first and last column (IOB2 with ids: second and third)."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        cells = line.split("\t") if "\t" in line else line.split(" ")
        if line.startswith("# ") or (line.startswith("#") and "=" in line):
            continue
        if not line.strip():
            if words:
                yield words, tags
            words, tags = [], []
        elif len(cells) >= 5:
            words.append(cells[1])
            tags.append(cells[2])
        else:
            words.append(cells[0])
            tags.append(cells[-1])


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Spans of IOB or IO tags."""
    out: list[tuple[int, int, str]] = []
    for index, tag in enumerate(tags):
        if tag in ("O", "", "_"):
            continue
        kind = tag[2:]
        if tag[0] == "I" and out and out[-1][1] == index - 1 and out[-1][2] == kind and tags[index - 1] not in ("O",):
            out[-1] = (out[-1][0], index, kind)
        else:
            out.append((index, index, kind))
    return out


def map_kind(words: list[str], kind: str) -> str | None:
    """OntoNotes' label of a span of the column corpora and re3d."""
    text = " ".join(words).lower()
    plural = "NNPS" if words[-1].endswith("s") else "JJ"
    if kind in PERSON_KINDS:
        return None if all(word.lower().rstrip(".") in TITLES for word in words) else "PERSON"
    if is_norp(words[-1], plural) and (len(words) == 1 or (len(words) == 2 and words[0].lower() in BEFORE_PEOPLE)):
        return "NORP"
    if text in countries() and kind in PLACE_KINDS | ORG_KINDS:
        return "GPE"
    if kind in PLACE_KINDS:
        if text.isdigit():
            return None
        if len(words) == 1 and text in GENERIC:
            return UNSURE
        return "GPE" if kind == "country" else place_label(words)
    if kind in ORG_KINDS:
        # A city's name is as often its club's; "the Court" is any court.
        crowd = key_word(text.split()) in CROWDS
        return UNSURE if crowd or is_gpe(text) or (len(words) == 1 and text in GENERIC) else "ORG"
    if kind in EVENT_KINDS:
        # "1997 federal election in Ontario" is no name.
        written_small = not words[-1][:1].isupper() and not words[-1].isdigit()
        return UNSURE if written_small or set(words) & EVENT else "EVENT"
    return _misc_kind(words) if kind in ("MISC", "misc") else None


def _misc_kind(words: list[str]) -> str:
    """Laws and wars among the names of all other kinds; most are songs and games, which have any word."""
    lowered = [word.lower() for word in words]
    if len(words) > 1 and is_law(lowered) and "convention" not in lowered and words[-1][:1] in UPPER_OR_DIGIT:
        return "LAW" if len(words) < 7 else UNSURE
    return "EVENT" if is_event_name(lowered) and words[0][:1] in UPPER_OR_DIGIT else UNSURE


def column_pieces(path: Path, source: str, three_kinds: bool = False) -> Iterator[Piece]:
    """Sentences of WikiGold, CrossNER and UNER. With ``three_kinds`` the corpus knows PER, ORG and LOC only."""
    for words, tags in read_columns(path):
        words = [word.replace(" ", "\u00a0") for word in words]
        piece = Piece(
            words=words, spaces=spacing(words), sent_starts=[i == 0 for i in range(len(words))], source=source
        )
        piece.ents = entity_tags(piece, spans(tags))
        yield piece


def entity_tags(piece: Piece, found: Iterable[tuple[int, int, str]]) -> list[str]:
    """IOB tags of a piece from spans with a corpus's own kinds, trimmed to names."""
    tags = ["O"] * len(piece)
    covered = [False] * len(piece)
    for first, last, kind in found:
        covered[first : last + 1] = [True] * (last - first + 1)
        span = trim(piece, first, last, person=kind in PERSON_KINDS)
        if span and (label := map_kind(piece.words[span[0] : span[1] + 1], kind)):
            put(tags, *span, label)
    for index, word in enumerate(piece.words):
        if not covered[index] and index and is_norp(word, "NNPS" if word.endswith("s") else "JJ"):
            tags[index] = "B-NORP"
    return tags


PRONOUNS = frozenset(
    [
        "i",
        "he",
        "she",
        "it",
        "we",
        "they",
        "you",
        "these",
        "those",
        "this",
        "ministers",
        "soldiers",
        "members",
        "who",
        "us",
    ]
)
RE3D_KINDS = {"Person", "Organisation", "Location", "Nationality"}
CONFIDENT = 0.5


def re3d_pieces(folder: Path, split: object) -> Iterator[Piece]:
    """Documents of re3d, cut into words by ``split`` (a blank spaCy pipeline)."""
    for path in sorted(folder.glob("*/documents.json")):
        by_document: dict[str, list[dict[str, object]]] = {}
        for line in path.with_name("entities.json").read_text(encoding="utf-8").splitlines():
            if line.strip():
                row = json.loads(line)
                by_document.setdefault(row["documentId"], []).append(row)
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                document = json.loads(line)
                yield from _re3d_document(document["text"], by_document.get(document["_id"], []), split)


def _re3d_document(text: str, rows: list[dict[str, object]], split: object) -> Iterator[Piece]:
    doc = split(text)  # type: ignore[operator]
    piece = Piece(words=[t.text for t in doc], spaces=[bool(t.whitespace_) for t in doc], sent_starts=[], source="re3d")
    found = []
    taken = [False] * len(piece)
    for row in sorted(rows, key=lambda r: (-float(str(r["confidence"])), int(str(r["begin"])) - int(str(r["end"])))):
        span = doc.char_span(row["begin"], row["end"], alignment_mode="expand")
        kind = str(row["type"])
        if span is None or kind not in RE3D_KINDS or float(str(row["confidence"])) < CONFIDENT:
            continue
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = [True] * len(span)
            found.append((span.start, span.end - 1, kind))
    piece.ents = _re3d_tags(piece, found)
    yield piece


def _re3d_tags(piece: Piece, found: list[tuple[int, int, str]]) -> list[str]:
    """re3d marks phrases ("mourners", "a funeral tent"): all-capitalised ones are names, mixed ones are left open."""
    tags = entity_tags(piece, [])
    for first, last, kind in found:
        span = trim(piece, first, last, person=kind == "Person")
        if not span:
            continue
        words = piece.words[span[0] : span[1] + 1]
        capital = [
            word[:1].isupper()
            for word in words
            if word.lower() not in ("of", "the", "for", "and", "-", "al", ",", "’s", "'s", "'")
        ]
        if not any(capital) or (len(words) == 1 and words[0].lower() in PRONOUNS):
            continue
        label = (
            map_kind(words, kind)
            if all(capital) and words[0][:1].isupper() and "," not in words and "and" not in words[:2]
            else UNSURE
        )
        put(tags, *span, label or UNSURE)
    return tags

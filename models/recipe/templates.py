"""Our own training sentences from ``models/data``: templates filled with names, each filling another.

``trade_sentences.txt`` holds sentences with names marked ``[Ministry of Finance](ORG)`` and slots ``{MIN}``;
``slots.tsv`` holds what goes into the slots. Persons and companies are put together here from lists of names. Articles
follow the filler: "the {NEWS}" gives "the [Guardian](ORG)" and "[Reuters](ORG)", "a {NAT}" gives "an [Indian](NORP)".
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

from models.recipe import swap
from models.recipe.own import MarkupError, to_piece
from models.recipe.words import WORDS

FILLINGS = 5
TRIES = 10
# A slot with the article before it and the possessive behind it.
_SLOT = re.compile(r"(\b(?:[Tt]he|THE|[Aa]) )?\{([A-Z]+\d?)\}('s)?")
_VOWEL = re.compile(r"[AEIOÁÉÎÖ]|U(?!k|rug|gan|ni|\.? ?S)|[ie][A-Z]|[FLMNRSX]-?\d")
_LABELLED = re.compile(r"\]\([A-Z_]+\)")
COMPANY_WORDS = tuple(sorted(WORDS["COMPANY_WORDS"]))
COMPANY_ENDS = ("Inc.", "Corp.", "Co.", "Ltd.", "Corporation", "Company", "Group", "AG", "plc", "S.A.", "LLC", "GmbH")
COMPANY_KNOWN = tuple(sorted(WORDS["COMPANY_KNOWN"]))


def slots(path: Path) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Slot → label and fillers. Raises ``MarkupError`` for a line that is not ``slot⇥label⇥a|b|c``."""
    out = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            cells = line.split("\t")
            if len(cells) != 3 or cells[0] in out:
                raise MarkupError(f"{path.name}:{number}: expected slot, label, fillers; each slot once")
            out[cells[0]] = (cells[1], tuple(dict.fromkeys(cells[2].split("|"))))
    return out


def expand(folder: Path, fillings: int = FILLINGS, seed: int = 7) -> Iterator[tuple[str, str]]:
    """``(place, marked-up line)``: fixed lines once, lines with slots ``fillings`` times."""
    fill = slots(folder / "slots.tsv") | slots(folder / "patterns.tsv")
    path = folder / "trade_sentences.txt"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        place = f"{path.name}:{number}"
        # A line's fillings do not depend on the lines before it: what was read once stays as it was read.
        rng = random.Random(f"{seed} {line}")
        for _ in range(fillings if _SLOT.search(line) else 1):
            yield place, sound_filling(line, fill, rng, place)


def sound_filling(line: str, fill: dict[str, tuple[str, tuple[str, ...]]], rng: random.Random, place: str) -> str:
    """A filling whose names end where spaCy's tokens do ("Inc." before a stop does not); raises after ``TRIES``."""
    for _ in range(TRIES):
        made = upper(fill_line(line, fill, rng, place))
        try:
            to_piece(made, place)
        except MarkupError as error:
            last = error
        else:
            return made
    raise last


def fill_line(line: str, fill: dict[str, tuple[str, tuple[str, ...]]], rng: random.Random, place: str) -> str:
    """The line with every slot filled; a name is not used twice in a line, but S is the surname of the last P."""
    used: set[str] = set()
    people: list[str] = []

    def one(match: re.Match[str]) -> str:
        if match[2] == "S" and people:
            return in_words("PERSON", people[-1].split()[-1], match[1] or "", match[3] or "")
        for _ in range(20):
            label, text = choose(match[2], fill, rng, place)
            if text not in used:
                break
        used.add(text)
        if match[2] == "P":
            people.append(text)
        return in_words(label, text, match[1] or "", match[3] or "")

    made = _SLOT.sub(one, line)
    return f"The {made[4:]}" if made.startswith("the [") else made


def in_words(label: str, text: str, article: str, possessive: str) -> str:
    """A filler, marked, with the article that fits it ("~": none) and the possessive ("the United States'")."""
    name = text.removeprefix("~").removeprefix("the ")
    if text.startswith("~") and article.lower() == "the ":
        article = ""
    elif text.startswith("the ") and not article:
        article = "the "
    elif article in ("A ", "a ") and _VOWEL.match(name):
        article = f"{article[0]}n "
    if possessive and text.startswith("the ") and name.endswith("s"):
        possessive = "'"
    return f"{article}{name if label == '-' else f'[{name}]({label})'}{possessive}"


def choose(slot: str, fill: dict[str, tuple[str, tuple[str, ...]]], rng: random.Random, place: str) -> tuple[str, str]:
    """Label and text for a slot."""
    if slot in ("P", "L", "F"):
        return "PERSON", person(slot, rng)
    if slot in ("LF", "LI"):
        return "PERSON", inverted(slot, rng)
    if slot == "CO":
        return "ORG", company(rng)
    if slot in fill and "{" in fill[slot][1][0]:
        return generated(slot, fill, rng)
    if slot not in fill:
        raise MarkupError(f"{place}: slot {slot!r}; known: P, S (after P), L, F, LF, LI, CO, {', '.join(sorted(fill))}")
    label, fillers = fill[slot]
    return label, rng.choice(fillers)


def generated(slot: str, fill: dict[str, tuple[str, tuple[str, ...]]], rng: random.Random) -> tuple[str, str]:
    """A name of a place, building, body, law or event put together."""
    label, patterns = fill[slot]
    place = rng.choice(rng.choice((swap.banks()["city"], swap.banks()["country"])))
    name = rng.choice((rng.choice(swap.banks()["last"]), place))
    nationality = rng.choice(fill["NAT"][1])
    return label, rng.choice(patterns).format(name, place, nationality)


def person(slot: str, rng: random.Random) -> str:
    """A full name (P), surname (L) or first name (F) from the lists of 25 languages."""
    bank = swap.banks()
    first, last = rng.choice(bank["first"]), rng.choice(bank["last"])
    if slot == "F":
        return first
    if rng.random() < 0.04:
        last = f"{last}-{rng.choice(bank['last'])}"
    elif rng.random() < 0.03:
        last = f"{rng.choice(('van', 'de', 'von', 'da', 'al', 'bin'))} {last}" if slot == "P" else last
    if slot == "L":
        return last
    middle = f" {rng.choice('ABCDEFGHJKLMNPRSTW')}." if rng.random() < 0.15 else ""
    return f"{first}{middle} {last}"


def inverted(slot: str, rng: random.Random) -> str:
    """A name as lists of references print it: "Okafor, Jane" (LF) or "Okafor, J. R." (LI)."""
    first = person("F", rng)
    initials = f"{first[0]}. {rng.choice('ABCDEFGHJKLMNPRSTW')}."
    return f"{person('L', rng)}, {first if slot == 'LF' else initials}"


def company(rng: random.Random) -> str:
    """A known company, or one put together from a surname or a place, a line of business and a legal form."""
    kind = rng.random()
    if kind < 0.35:
        return rng.choice(COMPANY_KNOWN)
    bank = swap.banks()
    head = rng.choice(bank["last"]) if kind < 0.75 else rng.choice(bank["city"])
    parts = [head, rng.choice(COMPANY_WORDS)]
    if rng.random() < 0.45:
        parts.append(rng.choice(COMPANY_ENDS))
    if rng.random() < 0.1:
        parts = [f"{head} & {rng.choice(bank['last'])}"]
    return " ".join(parts)


def upper(line: str) -> str:
    """Lines that begin with ``^`` in capitals, the labels left as they are."""
    if not line.startswith("^"):
        return line
    keep = _LABELLED.findall(line)
    parts = _LABELLED.split(line[1:])
    shouted = [part.upper().replace("\\N", "\\n") for part in parts]
    return "".join(part + label for part, label in zip(shouted, [*keep, ""], strict=True))

"""Acronyms and the names that they stand for: "North American Free Trade Agreement (NAFTA)"."""

from __future__ import annotations

import re

from extract.components.entities.lists import FUNCTION_WORDS, MEASURES
from extract.components.entities.mentions import Mention
from extract.components.entities.precedence import weights
from extract.components.entities.vocabulary import Vocabulary, is_office
from extract.components.entities.words import BREAK, COMMA, CONNECTOR, HYPHEN, OPEN, POSSESSIVE, SPACE, Words
from extract.normalize.names import clean, initials, is_acronym_of

INTRODUCED, REPEATED = weights("introduced", "acronym_again")
_ACRONYM_BEFORE = re.compile(r"(?<![\w-])([A-Z]{3,9}),\s(?:or\s)?the\s$")
_AFTER = re.compile(r"(?:-[A-Z]+)*['’\"”]?\s*[),;]")


def looks_like_acronym(word: str) -> bool:
    """Mostly capitals, two to ten signs, no full word."""
    capitals = sum(c.isupper() for c in word)
    return " " not in word and 2 <= len(word) <= 12 and capitals >= 2 and capitals * 2 >= len(word.replace(".", ""))


def introduced(words: Words, found: list[Mention], lexicon: Vocabulary) -> tuple[list[Mention], dict[str, str]]:
    """Names given with their acronym in brackets, as mentions, and acronym → name for the document.

    ``found`` are the mentions known so far, also those that overlap.
    """
    ends: dict[int, list[Mention]] = {}
    for mention in found:
        ends.setdefault(mention.end, []).append(mention)
    mentions: list[Mention] = []
    meanings: dict[str, str] = {}
    for index in range(1, len(words)):
        acronym = _bracketed(words, index)
        if acronym is None:
            continue
        name = _before_bracket(words, index, acronym, ends, lexicon)
        if name is None:
            continue
        written = words.text[name.start : name.end]
        meanings[acronym] = " ".join(written.split())
        start = words.starts[index]
        mentions += [
            name,
            Mention(start, start + len(acronym), name.label, INTRODUCED, "acronym", name.country, meanings[acronym]),
        ]
    for name in found:
        apposed = _apposed(words, name)
        if apposed is not None and name.label not in ("PERSON", "NORP", "GPE"):
            written = meanings.setdefault(apposed, " ".join(words.text[name.start : name.end].split()))
            start = words.text.rfind(apposed, 0, name.start)
            mentions.append(Mention(start, start + len(apposed), name.label, INTRODUCED, "acronym", full=written))
    return mentions, meanings


def _apposed(words: Words, name: Mention) -> str | None:
    """The acronym that a name in apposition explains: "*QRX*, the Quill Rope Exchange"."""
    if name.end - name.start < 8 or " " not in words.text[name.start : name.end]:
        return None
    before = _ACRONYM_BEFORE.search(words.text, max(0, name.start - 20), name.start)
    if before is None or not is_acronym_of(before[1], words.text[name.start : name.end]):
        return None
    return before[1]


def _bracketed(words: Words, index: int) -> str | None:
    """The acronym between brackets that starts with word ``index``, if there is one."""
    if words.gaps[index - 1] != OPEN or not looks_like_acronym(words.texts[index]):
        return None
    start, last = words.starts[index], index
    while last + 1 < len(words) and words.gaps[last] == HYPHEN and words.texts[last + 1].isupper():
        last += 1
    return words.text[start : words.ends[last]] if _AFTER.match(words.text, words.ends[last]) else None


def _before_bracket(
    words: Words, index: int, acronym: str, ends: dict[int, list[Mention]], lexicon: Vocabulary
) -> Mention | None:
    """The name before the bracket: a known mention that fits, else the run of words whose initials fit."""
    last = _before_citation(words, index)
    best: Mention | None = None
    for mention in ends.get(words.ends[last], []):
        fits = is_acronym_of(acronym, words.text[mention.start : mention.end])
        if mention.label == "PERSON" and mention.rule != "model" and fits:
            return None  # "Jane Roe (JR)"
        if mention.label in ("PERSON", "NORP") or not fits:
            continue
        if best is None or mention.start < best.start:
            best = mention
    if best is not None:
        return Mention(best.start, best.end, best.label, INTRODUCED, "acronym", best.country, best.full)
    start = _run_start(words, last, acronym)
    if start is None or start == last or words.texts[last].removesuffix("s") in MEASURES:
        return None
    return Mention(words.starts[start], words.ends[last], _label(words, start, last, lexicon), INTRODUCED, "acronym")


_CITATION = re.compile(r"\s*\([^()\n]*\d[^()]{0,60}\)\s*\($")


def _before_citation(words: Words, index: int) -> int:
    """The last word before the bracket, a citation between read over: "Act (50 U.S.C. 1701) (*EPA*)"."""
    cited = _CITATION.search(words.text, max(0, words.starts[index] - 90), words.starts[index])
    return words.at(cited.start() - 1) if cited and cited.start() else index - 1


def _run_start(words: Words, last: int, acronym: str) -> int | None:
    """The first word of the longest run up to ``last`` that the acronym abbreviates."""
    fitting: int | None = None
    at = last
    while last - at < 12:
        if (
            words.texts[at] not in FUNCTION_WORDS
            and not is_office(words.texts[at])
            and is_acronym_of(acronym, words.text[words.starts[at] : words.ends[last]])
        ):
            fitting = at
        if at == 0 or words.gaps[at - 1] in (BREAK, POSSESSIVE, OPEN, "."):
            break
        if words.gaps[at - 1] not in (SPACE, HYPHEN, CONNECTOR, COMMA):
            break
        at -= 1
    return fitting


def _label(words: Words, start: int, last: int, lexicon: Vocabulary) -> str:
    for index in range(last, start - 1, -1):
        sides = lexicon.heads.get(words.texts[index])
        if sides:
            return next((sides[s] for s in ("both", "final", "first") if s in sides), "ORG")
    return "ORG"


def of_measures(words: Words, lexicon: Vocabulary) -> frozenset[str]:
    """Acronyms in brackets behind what is measured ("Roe Household Income (*RHI*)"), and its words: no names."""
    found: set[str] = set()
    for index in range(1, len(words)):
        if words.gaps[index - 1] == OPEN and words.texts[index - 1].removesuffix("s") in MEASURES:
            acronym = _bracketed(words, index)
            start = _run_start(words, index - 1, acronym) if acronym else None
            if acronym and start is not None and not lexicon.lists(words.texts[start]):
                found |= {acronym, words.text[words.starts[start] : words.ends[index - 1]]}
    return frozenset(found)


def repeated(words: Words, meanings: dict[str, str], introduced: list[Mention]) -> list[Mention]:
    """Every other place where an introduced acronym stands."""
    kinds = {m.full: (m.label, m.country) for m in introduced if m.full}
    firsts = {re.split(r"[-–]", acronym)[0] for acronym in meanings}
    found: list[Mention] = []
    for index, word in enumerate(words.texts):
        if word not in firsts:
            continue
        start = words.starts[index]
        for acronym, name in meanings.items():
            if (
                words.text.startswith(acronym, start)
                and not words.text[start + len(acronym) : start + len(acronym) + 1].isalnum()
            ):
                label, country = kinds.get(name, ("ORG", None))
                found.append(Mention(start, start + len(acronym), label, REPEATED + 2, "acronym", country, name))
    return found


def by_initials(words: Words, chosen: list[Mention], lexicon: Vocabulary) -> tuple[list[Mention], dict[str, str]]:
    """Acronyms never put in brackets: capitals that are the initials of one name of the document."""
    names: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    for mention in chosen:
        if mention.label in ("PERSON", "NORP", "GPE", "LOC") or " " not in words.text[mention.start : mention.end]:
            continue
        written = clean(words.text[mention.start : mention.end])
        if len(written.split()) > 1:
            names.setdefault(initials(written), set()).add(written)
            labels[written] = mention.label
    found: list[Mention] = []
    meanings: dict[str, str] = {}
    for index, word in enumerate(words.texts):
        fitting = names.get(word, ())
        if (
            len(fitting) == 1
            and not words.shouts[index]
            and not words.text.startswith(("-", ":"), words.ends[index])
            and word not in lexicon.single
            and len(word) > 1
        ):
            name = meanings[word] = next(iter(fitting))
            found.append(Mention(words.starts[index], words.ends[index], labels[name], REPEATED, "acronym", full=name))
    return found, meanings

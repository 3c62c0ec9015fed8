"""What the heads and titles of tables say of the numbers under them: unit, scale, what is counted.

"In Millions of Euro", "($ billions)", "dollars in thousands", "Output ('000 tonnes)", "Number of mills".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from extract.normalize.figures import traps
from extract.normalize.figures.amounts import AmountReader
from extract.normalize.figures.atoms import atoms, take_scale
from extract.normalize.figures.clause_words import MEASURED, MONEY_WORD, PEOPLE_WORD
from extract.normalize.figures.words import counted_noun, words_after
from extract.normalize.table_labels import head_of
from extract.normalize.units import NOT_COUNTED, counted, singular


class HeadUnit(NamedTuple):
    """``kind`` and ``unit`` are ``None`` where a head gives a scale alone; ``factor`` holds the scale and, for cents,
    the hundredth."""

    kind: str | None
    unit: str | None
    factor: float
    scale: float


# Where a head names its unit: in brackets, after "in" or a comma, or as a whole; brackets first.
_BRACKET = re.compile(r"[(\[]([^()\[\]\n]{1,60})[)\]]")
_AFTER_IN = re.compile(r"(?:^|[\s,;:–-])in\s+((?:[A-Za-z$£€¥₹%'’.\d,]+[ ]?){1,5})$", re.IGNORECASE)
_AFTER_COMMA = re.compile(r",\s+([^,]{1,30})$|,\s+in\s+([^,]{3,30}),")
MAX_PLAIN_CHARS = 30
_SCALES = r"(?:hundred|thousand|million|billion|trillion|lakh|crore)"
_A_IN_SCALE = re.compile(rf"(.*?)(?: amounts?| figures?| values?)?\s+in\s+({_SCALES})s?(?: of (.+))?", re.IGNORECASE)
_NOISE = re.compile(
    r"\s+(?:p\.?\s?a\.?|y-?o-?y|q-?o-?q|m-?o-?m|s\.?a\.?a\.?r\.?)$"
    r"|^(?:expressed |shown |all |dollar )?(?:in|as|figures in|amounts?(?: in)?|values?(?: in)?|estimated|rounded)\s+"
    r"|,?\s+\w+\s+(?:value|weight|basis|equivalent)$"
    r"|\s+(?:ad valorem|unless .*|rounded.*)$|\s*/\s*\w[\w ]*$|\s+per\s+(?!cent)\w[\w ]*$"
    r"|(?<=cent)\s+of\s.*$|(?<=%)\s+of\s.*$|\bof\s+"
    r"|\b(?:current|constant|nominal|real|chained|inflation-adjusted|(?:FY ?)?(?:19|20)\d\d)\s+",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"((?:[A-Z]{0,3}|Rs)\.?[$£€¥₹]|Rs\.?|[A-Z]{3})\s*(.*)", re.DOTALL)
_THOUSANDS = re.compile(r"^(?:['’]?000s?|1,000s?)\b\s*")
_SCALE_ONLY = re.compile(rf"(?:{_SCALES}|mn|mln|bn|mio|m)s?\.?", re.IGNORECASE)
_TABLE_NUMBER = re.compile(r"^(?:table|chart|exhibit|figure|box)\s+[\w.-]+?[.:]?\s+", re.IGNORECASE)
_PERCENT_OF = re.compile(
    r"(?:[a-z-]+\s+){0,2}(?:percent(?:age)?s?|per cent|%|proportion)(?:\s+(?:of|who|with|distribution|changes?)\b|\Z)",
    re.IGNORECASE,
)
# A piece between commas that begins like a unit: "Grain, million tons, July-June".
_UNIT_PIECE = re.compile(rf"(?:{_SCALES}s?\b|[A-Z]{{0,3}}[$£€¥₹]|per ?cent\b|'?000s?\b)", re.IGNORECASE)
_NUMBER_OF = re.compile(
    r"(?:\b(?:numbers?|no\.|count|total|stocks?)\s+of|\bchanges?\s+in|\bhow many|#\s*of)\s+(?=[A-Za-z])", re.IGNORECASE
)
_VOTES = re.compile(r"(?:yea|nay|aye|noe?|abstention)s?", re.IGNORECASE)


class Heads:
    """Reads heads, and remembers those that it has read."""

    def __init__(self, reader: AmountReader) -> None:
        self._reader = reader
        self._known: dict[str, HeadUnit | None] = {}

    def unit(self, heads: Iterable[str], *, whole: bool = True) -> HeadUnit | None:
        """The unit and scale that the first of ``heads`` that names any gives; ``whole``: a head may be all unit."""
        scale: HeadUnit | None = None
        for head in heads:
            for phrase in _phrases(head, whole):
                if phrase not in self._known:
                    self._known[phrase] = self._read(phrase)
                found = self._known[phrase]
                if found is not None and found.kind is not None:
                    return compose(found, scale)
                scale = scale or found
        return scale

    def counted(self, heads: Iterable[str], *, said: bool = False) -> HeadUnit | None:
        """What the numbers count where a head names things: "Number of mills", "Bridges in poor condition"; ``said``:
        only where it says so in so many words."""
        for head in heads:
            named = next(reversed(list(_NUMBER_OF.finditer(head))), None)
            plain = _TABLE_NUMBER.sub("", _BRACKET.sub("", head).strip())
            plain = plain.rpartition(": ")[2]
            counting = head_of(plain)
            if named is None and (MEASURED.search(counting) or MONEY_WORD.search(counting)):
                continue
            if named is None and PEOPLE_WORD.search(plain):
                return HeadUnit("quantity", "person", 1.0, 1.0)
            if _VOTES.fullmatch(plain):
                return HeadUnit("quantity", "vote", 1.0, 1.0)
            if named is None and said:
                continue
            noun = counted_noun(words_after(" " + (head[named.end() :] if named else plain), 0))
            if (
                noun is not None
                and not MEASURED.fullmatch(noun.text)
                and (named or singular(noun.text) not in NOT_COUNTED)
            ):
                return HeadUnit("quantity", counted(noun.text), 1.0, 1.0)
        return None

    def _read(self, phrase: str) -> HeadUnit | None:
        """What a phrase is: "percent", "$ million", "'000 tonnes" read as if a 1 stood with them."""
        phrase = phrase.strip()
        turned = _A_IN_SCALE.fullmatch(phrase)
        if turned:
            phrase = f"{turned[2]} {turned[3] or turned[1] or ''}"
        phrase = _NOISE.sub("", _NOISE.sub("", phrase)).replace(", ", " ").strip()
        if phrase.casefold().endswith(("amounts", "figures", "values")):
            phrase = phrase.rsplit(" ", 1)[0] if " " in phrase else ""
        if not phrase or (phrase[0].isdigit() and not _THOUSANDS.match(phrase)):
            return None
        if _SCALE_ONLY.fullmatch(phrase) or _THOUSANDS.fullmatch(phrase):
            factor = 1000.0 if _THOUSANDS.fullmatch(phrase) else _scale_of(phrase.rstrip("s."))
            return HeadUnit(None, None, factor, factor)
        plural = re.sub(rf"\b({_SCALES})s\b", r"\1", phrase, flags=re.IGNORECASE)
        tries = [f"1 {plural}"]
        if symbol := _SYMBOL.fullmatch(plural):
            tries.insert(0, f"{symbol[1]} 1 {_THOUSANDS.sub('thousand ', symbol[2])}".strip())
        if trailing := re.fullmatch(rf"({_SCALES})\s+({_SYMBOL.pattern})", plural, re.IGNORECASE):
            tries.insert(0, f"{trailing[2].strip()} 1 {trailing[1]}")
        first, _, rest = plural.partition(" ")
        before, _, last = plural.rpartition(" ")
        sums = [f"{first} 1 {rest}", f"{last} 1 {before}", f"1 {rest} {first}"] if rest else []
        if _THOUSANDS.match(plural):
            tries = [_THOUSANDS.sub("1,000 ", plural)]
        plain = next((unit for written in tries if (unit := self._as_one(written))), None)
        return plain or next((unit for each in sums if (unit := self._as_one(each)) and unit.kind == "money"), None)

    def _as_one(self, written: str) -> HeadUnit | None:
        atom = next(atoms(written), None)
        figure = self._reader.read(written, atom, traps.Mask(()), None) if atom is not None else None
        if figure is None or figure.kind in (None, "ratio") or figure.end < len(written.rstrip(" .")):
            return None
        if figure.rule == "noun" and figure.unit not in ("person", "unit", "head"):
            return None
        scale = figure.atom.scale if figure.atom.scaled else 1000.0 if written.startswith("1,000") else 1.0
        return HeadUnit(figure.kind, figure.unit, figure.low, scale)


def compose(own: HeadUnit | None, other: HeadUnit | None) -> HeadUnit | None:
    """The nearer head's unit, with the scale or the unit of the farther one where the nearer gives only one of them."""
    if own is None or other is None:
        return own or other
    if own.kind is None and other.kind is not None:
        return HeadUnit(other.kind, other.unit, other.factor / other.scale * own.scale, own.scale)
    if own.kind not in (None, "percent") and own.scale == 1 and other.kind in (None, own.kind) and other.scale > 1:
        return HeadUnit(own.kind, own.unit, own.factor * other.scale, other.scale)
    return own


def _phrases(head: str, whole: bool) -> list[str]:
    """Where a head may name its unit: its last lines, the first line's brackets and ends, all of it if it is short."""
    first, *lines = head.strip().split("\n")
    found = [phrase for line in reversed(lines) for phrase in _of_line(line, True)]
    return found + _of_line(first, whole)


def _of_line(line: str, whole: bool) -> list[str]:
    head = re.sub(r"\s+", " ", line).strip(" :*|.")
    found = [match[1].strip(" .") for match in _BRACKET.finditer(head)]
    plain = _BRACKET.sub("", head).strip(" ,:*")
    found += [
        str(match[match.lastindex or 1]) for match in (_AFTER_IN.search(plain), _AFTER_COMMA.search(plain)) if match
    ]
    for before, _, after in [phrase.rpartition(", ") for phrase in [*found, plain]]:
        if before and _SCALE_ONLY.fullmatch(after):
            found.insert(0, f"{after} {before}")  # "2017 dollars, millions"
        elif _SCALE_ONLY.fullmatch(before):
            found.insert(0, f"{before} {after}")
    if turned := _A_IN_SCALE.fullmatch(plain):
        found.append(turned[0])
    pieces = [piece for phrase in [*found, plain] for piece in re.split(r"[,;:]\s+", phrase)]
    found += [piece for piece in pieces if _UNIT_PIECE.match(piece)]
    if any(_PERCENT_OF.match(_TABLE_NUMBER.sub("", piece)) for piece in [plain, *pieces]):
        found.append("percent")
    return [*found, *([plain] if whole and len(plain) <= MAX_PLAIN_CHARS else [])]


def _scale_of(word: str) -> float:
    written = f"1 {word}"
    atom = next(atoms(written))
    take_scale(written, atom, money=True)
    return atom.value

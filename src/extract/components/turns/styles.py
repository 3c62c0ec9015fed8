"""Which of the openers are labels: shapes that recur with names or offices in them and talk behind them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from extract.components.turns.scanner import Opener
from extract.components.turns.words import turn_words

_BLOCK = re.compile(r"\n[ \t\r]*\n\s*")
_FULL = re.compile(r"(?s)(?:(?!\n[ \t]*\n).)*?\w{2}[.?!…][\"”’)]*(?:[\s<|]|$)")
# A title and a name, with a bracket or an office behind it, and nothing else in the line.
_NAMED_LINE = re.compile(
    r"(?:(?:H\.E\.|His Excellency|Her Excellency|Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lord|Lady|Hon|Sen|Amb|Mme)\b\.?[ ]?)+"
    r"[A-ZÀ-Þ][^\n.?!:]{1,80}(?:\n[ \t]*\n|\n[^\n:]{1,60}:|\s*$)"
)
_QUOTED = re.compile(r"(?<=[\s(])[\"“][^\"“”\n]{1,300}[\"”]")
_PLAIN_LINE = re.compile(r"[^\n]+")
Shape = tuple[str, str, str, str]
# How far behind a label talk is looked for: a first sentence or two.
TALK_CHARS = 320


@dataclass(frozen=True)
class Needs:
    """What a shape must show: occurrences, labels that occur again, distinct labels, share of texts that are talk."""

    n: int
    repeated: int
    distinct: int
    talk: float


# Calibrated as a set on own samples of forty styles and on news, essays, fact sheets and lists without talk: the less
# a shape says by itself (no title, no capitals, a common delimiter), the more it must recur.
_STRONG = Needs(1, 0, 1, 0.5)
_TITLED = Needs(2, 0, 1, 0.4)
_TITLED_STOP = Needs(3, 1, 1, 0.4)
_BRACKET = Needs(2, 1, 1, 0.3)
_CJK_BRACKET = Needs(2, 0, 1, 0.3)
_NAME_COLON = Needs(3, 1, 2, 0.5)
_DESCRIBED = Needs(3, 0, 3, 0.2)
_NAME_LOOSE = Needs(4, 2, 2, 0.5)
_CLOCK = Needs(2, 0, 1, 0.3)
_CLOCK_COLON = Needs(2, 1, 1, 0.3)
_MIXED = Needs(4, 2, 2, 0.5)
_MARKS = Needs(3, 1, 1, 0.5)
_LINE = Needs(4, 2, 2, 0.5)
_TITLED_LINE = Needs(3, 1, 1, 0.4)
_VOICE = Needs(1, 0, 1, 0.0)
# A record of talks opens a good part of its paragraphs with labels, whatever its genre was taken for.
MIN_DENSITY = 0.3
# From here on the labels carry the text: then share of texts that sound like talk may be low.
DENSE = 0.6
DENSE_LINES = 0.45
# Labels on lines of their own take every other line; a record with speeches of several paragraphs has fewer labels.
DENSE_KNOWN = 0.35
# Of the words behind plain names before colons, this share must hold the end of a sentence.
MIN_ENDED = 0.5
MAX_INITIALS = 5
MAX_NAMES_COUNTED = 300
# The pool of all plain labels before colons, in capitals or not.
_MIXED_KEY = ("", "mixed", "colon")
DENSE_TALK = 0.25
MIN_DENSE_LABELS = 4
# Articles and essays hold no records as a rule: there a style must carry the text.
WRITTEN_GENRES = ("news", "essay")


@dataclass
class Group:
    """The openers of one shape, and what follows them."""

    shape: Shape
    openers: list[Opener]
    talks: list[bool]
    density: float = 0.0

    @property
    def keys(self) -> Counter[str]:
        return Counter(opener.key for opener in self.openers)

    @property
    def people(self) -> Counter[str]:
        """Labels counted by person: "Jane Roe, host" and a later "Roe" are one."""
        keys = self.keys
        found: Counter[str] = Counter()
        for key, count in keys.items():
            last = key.rsplit(" ", 1)[-1]
            found[last if last in keys else key] += count
        return found

    @property
    def talk(self) -> float:
        return sum(self.talks) / max(1, len(self.talks))

    def meets(self, needs: Needs, *, written: bool) -> bool:
        keys = self.people
        repeated = sum(count > 1 for count in keys.values())
        extra = 1 if written and self.density < MIN_DENSITY else 0
        # Where labels that come again open most paragraphs, short answers need not sound like talk.
        dense = self.density >= DENSE and repeated > 0 and len(self.openers) >= MIN_DENSE_LABELS
        talk = min(needs.talk, DENSE_TALK) if dense else needs.talk
        return (
            len(self.openers) >= needs.n + 3 * extra
            and repeated >= needs.repeated + extra
            and len(keys) >= needs.distinct + extra
            and self.talk >= talk + 0.1 * extra
        )


def choose_labels(text: str, openers: Sequence[Opener], genre: str | None) -> list[Opener]:
    """The openers that are labels, in order, each with its style's name in ``extra["rule"]``."""
    groups = _groups(text, openers)
    written = genre in WRITTEN_GENRES
    pooled = _pools(groups)
    _set_densities(text, [*groups, *pooled.values()])
    strong = {key for key, pool in pooled.items() if _is_strong(pool, written=written, mixed=key == _MIXED_KEY)}
    accepted = [
        group
        for group in groups
        if (group.meets(_needs(group), written=written) or _pool_key(group.shape) in strong or _is_mixed(group, strong))
        and _in_sentences(text, group)
    ]
    if not accepted:
        return []
    kept = {id(opener): opener for group in accepted for opener in _members(text, group)}
    labels = _Known(text, accepted)
    labels.asked = any(opener.key == "q" and opener.delimiter != "space" for opener in openers)
    rest = [(group, group.keys) for group in groups if group not in accepted]
    for _ in range(2):  # whom the first pass admits the second one knows
        for group, keys in rest:
            for opener, talk in zip(group.openers, group.talks, strict=True):
                if id(opener) not in kept and labels.admits(opener, talk, keys[opener.key]):
                    kept[id(opener)] = opener
                    labels.surnames.add(opener.key.rsplit(" ", 1)[-1])
    chosen = _without_heads(text, [opener for opener in openers if id(opener) in kept])
    for opener in chosen:
        opener.extra["rule"] = rule_name(opener)
    return chosen


def _groups(text: str, openers: Sequence[Opener]) -> list[Group]:
    found: dict[Shape, Group] = {}
    for number, opener in enumerate(openers):
        following = openers[number + 1].start if number + 1 < len(openers) else len(text)
        group = found.setdefault(_shape(opener), Group(_shape(opener), [], []))
        group.openers.append(opener)
        group.talks.append(is_talk(text[opener.text_start : min(following, opener.text_start + TALK_CHARS)]))
    return list(found.values())


def _is_strong(pool: Group, *, written: bool, mixed: bool) -> bool:
    """Do mixed labels carry the text: coming again, or each with a seat, party or name in brackets?"""
    if pool.shape[3] == "line":
        return pool.density >= DENSE_LINES and pool.meets(_LINE, written=written)
    if pool.density < DENSE:
        return False
    if mixed:
        return pool.meets(_MIXED, written=written)
    described = sum("(" in opener.label for opener in pool.openers) >= max(2, len(pool.openers) / 2)
    if described and any(opener.rank != "name" for opener in pool.openers) and pool.meets(_DESCRIBED, written=written):
        return True
    return pool.meets(_NAME_COLON, written=written)


def _in_sentences(text: str, group: Group) -> bool:
    """Do sentences follow names before colons? Values of data ("Display: Yes") have no full stop."""
    if group.shape[1:] != ("capitalised", "name", "colon"):
        return True
    ended = sum(bool(_FULL.match(text[o.text_start : o.text_start + 3 * TALK_CHARS])) for o in group.openers)
    return ended >= MIN_ENDED * len(group.openers)


def _is_mixed(group: Group, strong: set[tuple[str, str, str]]) -> bool:
    """Does a group belong to labels in capitals and others that only together make a record?"""
    return _MIXED_KEY in strong and not group.shape[0] and group.shape[3] == "colon"


def _pool_key(shape: Shape) -> tuple[str, str, str]:
    return (shape[0], shape[1], shape[3])


def _pools(groups: Sequence[Group]) -> dict[tuple[str, str, str], Group]:
    """Names and offices before colons and Q marks taken together: a short record mixes them."""
    found: dict[tuple[str, str, str], list[Group]] = defaultdict(list)
    for group in groups:
        if group.shape[3] in ("colon", "line") and group.shape[0] in ("", "bold", "heading"):
            found[_pool_key(group.shape)].append(group)
    plain = [group for key, own in found.items() if not key[0] and key[2] == "colon" for group in own]
    found[_MIXED_KEY] = plain
    pools = {}
    for key, own in found.items():
        some = [*own, *found.get((key[0], "mark", key[2]), [])] if key[1] != "mark" else own
        both = [pair for group in some for pair in zip(group.openers, group.talks, strict=True) if pair[0].clean_break]
        both = [pair for pair in both if not pair[0].glued]
        if not both:
            continue
        both.sort(key=lambda pair: pair[0].start)
        pools[key] = Group((key[0], "any", "any", key[2]), [pair[0] for pair in both], [pair[1] for pair in both])
    return pools


def _set_densities(text: str, groups: Sequence[Group]) -> None:
    """Openers by paragraph, from a group's first one on; paragraphs are lines, or blocks between blank ones."""
    blocks = [found.start() for found in _BLOCK.finditer(text)]
    lines = [found.start() for found in _PLAIN_LINE.finditer(text) if not found.group().isspace()]
    for group in groups:
        start = group.openers[0].start
        n_blocks = len(blocks) - bisect_left(blocks, start) + 1
        n_lines = len(lines) - bisect_left(lines, start) + 1
        at_lines = sum(not opener.glued for opener in group.openers)
        group.density = at_lines / max(1, min(n_blocks, n_lines) if n_blocks > 3 else n_lines)


def _shape(opener: Opener) -> Shape:
    """The shape by which openers are grouped: in brackets, behind clocks and at marks names and offices mix freely."""
    lead, case, rank, delimiter = opener.shape
    if lead in ("bracket", "clock", "voice"):
        return (lead, "cjk" if case == "cjk" else "any", "any", delimiter)
    if delimiter in ("mark", "stop-dash"):
        return (lead, "any", "any", delimiter)
    return (lead, case, rank, delimiter)


def is_talk(words: str) -> bool:
    """Does somebody speak of himself, speak to somebody, ask or answer at the start of these words? Quotations count
    for nothing: news has them too."""
    return bool(turn_words().talk.search(_QUOTED.sub(" ", words)))


def _needs(group: Group) -> Needs:
    lead, case, rank, delimiter = group.shape
    if lead == "voice":
        return _VOICE
    if lead == "clock":
        plain = delimiter == "colon" and all(opener.rank == "name" for opener in group.openers)
        return _NAME_COLON if delimiter == "stop" else _CLOCK_COLON if plain else _CLOCK
    if lead == "bracket":
        return _CJK_BRACKET if case == "cjk" else _BRACKET
    if case == "mark":
        return _NAME_LOOSE if delimiter == "space" else Needs(2, 1, 1, 0.5)
    if delimiter == "line":
        return _TITLED_LINE if rank == "titled" else _LINE
    if delimiter in ("mark", "stop-dash"):
        return _MARKS
    if rank == "titled":
        if case == "capitals":
            return _STRONG if delimiter in ("colon", "stop") else _TITLED
        return _TITLED_STOP if delimiter in ("stop", "dash") else _TITLED
    if delimiter == "colon":
        return _NAME_COLON if lead != "bold" else Needs(3, 1, 2, 0.6)
    return _NAME_LOOSE


def _members(text: str, group: Group) -> list[Opener]:
    """The openers of an accepted shape without those that a wrapped line or a running sentence made look like one."""
    if group.shape[0] in ("voice", "clock"):
        return group.openers
    clean = sum(opener.clean_break for opener in group.openers) / len(group.openers)
    keys = group.keys
    kept = []
    for opener, talk in zip(group.openers, group.talks, strict=True):
        alone = keys[opener.key] == 1 and (opener.rank == "name" or opener.delimiter == "mark")
        spoken = talk or _is_sentence(text, opener.text_start, in_line=opener.delimiter == "mark")
        if alone and not spoken and opener.delimiter in ("colon", "line", "mark"):
            continue
        if opener.glued and alone and opener.lead != "bracket":
            continue
        if not opener.clean_break and not opener.glued and (clean >= 0.7 or alone):
            continue
        kept.append(opener)
    return kept


class _Known:
    """What the accepted styles tell of single openers of other shapes: their delimiters and their people."""

    def __init__(self, text: str, accepted: Sequence[Group]) -> None:
        self.text = text
        self.dense = sum(group.density for group in accepted if group.shape[3] == "colon") >= DENSE_KNOWN
        self.capitals = {group.shape[3] for group in accepted if group.shape[1] == "capitals" and not group.shape[0]}
        self.delimiters: dict[str, set[str]] = defaultdict(set)
        self.surnames: set[str] = set()
        self.asked = False
        self.named: dict[str, bool] = {}
        self.titled = any(group.shape[2] == "titled" and group.shape[3] == "colon" for group in accepted)
        for group in accepted:
            for opener in group.openers:
                self.delimiters[opener.lead].add(opener.delimiter)
                self.surnames.add(opener.key.rsplit(" ", 1)[-1])

    def _is_named_elsewhere(self, opener: Opener) -> bool:
        """Does the text name the same person or thing again? Asked of a bounded number of labels."""
        name = opener.label.split("(")[0].strip()
        if name not in self.named and len(self.named) < MAX_NAMES_COUNTED:
            self.named[name] = self.text.count(name) > 1
        return self.named.get(name, False)

    def admits(self, opener: Opener, talk: bool, count: int) -> bool:
        """Is an opener of a shape that was not accepted by itself a label beside those that were?"""
        if not opener.clean_break and not opener.glued:
            return False
        if opener.case == "mark":
            if opener.key == "q":
                return talk
            return talk and opener.delimiter != "space" and (count > 1 or self.asked)
        if opener.shape[1:] == ("capitals", "titled", "colon") and talk:
            return True
        if opener.delimiter not in self.delimiters[opener.lead] or opener.lead == "bracket":
            return False
        known = opener.key.rsplit(" ", 1)[-1] in self.surnames
        if opener.rank == "name" and self.text[opener.text_start : opener.text_start + 1].isdigit():
            return False  # a page head and its number
        if opener.delimiter == "colon" and " " in opener.key and self._is_named_elsewhere(opener):
            return True
        # Outlets ask by their initials: "CNTV: …".
        is_short = opener.case == "capitals" and len(opener.label) <= MAX_INITIALS
        if self.dense and opener.delimiter == "colon" and not opener.glued and (" " in opener.key or is_short):
            return known or _is_sentence(self.text, opener.text_start)
        if opener.delimiter in ("line", "dash"):
            return known
        if opener.rank != "name":
            return talk or known or opener.case == "capitals"
        if opener.glued or not (known or talk):
            return False
        if opener.case == "capitals" and opener.delimiter in self.capitals and 1 <= opener.key.count(" ") <= 3:
            return True
        return known or count > 1 or (self.titled and " " in opener.key)


def _is_sentence(text: str, start: int, *, in_line: bool = False) -> bool:
    """Does a sentence with an end stand in the line or paragraph at an offset?"""
    if in_line:
        line = text[start : start + 3 * TALK_CHARS].split("\n", 1)[0]
        return line[:1].isupper() and bool(_FULL.match(line))
    return text[start : start + 1].isupper() and bool(_FULL.match(text[start : start + 3 * TALK_CHARS]))


def _without_heads(text: str, labels: list[Opener]) -> list[Opener]:
    """Without entries of the head before the first label: "President: Mr. Roe (Norway)" names one who speaks later."""
    at = 0
    while at < len(labels) and labels[at].delimiter == "colon" and _NAMED_LINE.match(text, labels[at].text_start):
        at += 1
    return labels[at:] if at < len(labels) else labels


_CASES = {"capitals": "capitals", "capitalised": "capitalised", "cjk": "CJK", "mark": "Q/A mark"}
_DELIMITERS = {
    "colon": "colon", "stop": "full stop", "stop-dash": "full stop and dash", "dash": "dash", "mark": "arrow or bar",
    "gap": "wide blank", "space": "blank", "line": "own line", "bracket": "brackets",
}  # fmt: skip


def rule_name(opener: Opener) -> str:
    """The style for a reviewer: "title, capitals, full stop, line start"."""
    parts = (
        []
        if opener.lead in ("", "bracket")
        else [{"clock": "clock time", "bold": "bold", "heading": "heading", "voice": "caption voice"}[opener.lead]]
    )
    if opener.case != "mark":
        parts.append({"titled": "title", "role": "office", "name": "name"}[opener.rank])
    parts += [_CASES.get(opener.case, opener.case), _DELIMITERS[opener.delimiter]]
    return ", ".join([*parts, "inside a line" if opener.glued else "line start"])

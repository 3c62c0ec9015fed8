"""Mentions of one thing brought together: ``canonical`` is its fullest name in the document."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from extract.components.entities.acronyms import looks_like_acronym
from extract.components.entities.lists import listed
from extract.components.entities.mentions import Mention
from extract.components.entities.vocabulary import vocabulary
from extract.components.rows import EntityRow
from extract.normalize.countries import country_code
from extract.normalize.country_words import PARTS_OF_COUNTRIES
from extract.normalize.names import clean, fold, fullest, is_acronym_of, person_keys, proper_case, same_person, words

_MINISTRY = frozenset({"ministry", "department", "office", "bureau"})
_SKIPPED = listed("of_office_words")


@dataclass(slots=True)
class Cluster:
    """The mentions of one thing: ``names`` in text order, as written on one line."""

    kind: str
    names: list[str]
    mentions: list[Mention] = field(default_factory=list)
    canonical: str = ""


def cluster(
    text: str, mentions: list[Mention], meanings: dict[str, str], unread: list[tuple[int, int]]
) -> list[EntityRow]:
    """The rows of a document; mentions in ``unread`` spans lend their names and give no row."""
    by_kind: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_kind["NAME" if mention.label not in ("PERSON", "GPE", "NORP") else mention.label].append(mention)
    starts = [start for start, _ in unread]
    cited = {m.start for m in by_kind["PERSON"] if _within(unread, starts, m.start)}
    clusters = [
        *_persons(text, by_kind["PERSON"], cited),
        *_places(text, by_kind["GPE"]),
        *_peoples(text, by_kind["NORP"]),
        *_bodies(text, by_kind["NAME"], meanings),
    ]
    rows: list[EntityRow] = []
    for found in clusters:
        read = [m for m in found.mentions if not _within(unread, starts, m.start)]
        rows.extend(_row(mention, found, read[0].start) for mention in read)
    return sorted(rows, key=lambda row: row["start"])


def _within(spans: list[tuple[int, int]], starts: list[int], offset: int) -> bool:
    at = bisect_right(starts, offset) - 1
    return at >= 0 and offset < spans[at][1]


def _row(mention: Mention, found: Cluster, first: int) -> EntityRow:
    return {
        "start": mention.start,
        "end": mention.end,
        "label": mention.label,
        "canonical": found.canonical,
        "cluster": first,
        "country": mention.country,
    }


def _by_name(text: str, mentions: list[Mention]) -> dict[str, list[Mention]]:
    """Mentions by their name as written, on one line."""
    found: dict[str, list[Mention]] = defaultdict(list)
    entries = vocabulary().entries
    for mention in mentions:
        written = " ".join(text[mention.start : mention.end].split())
        if mention.full and mention.rule == "japanese" and mention.label != "GPE":
            found[mention.full].append(mention)
            continue
        known = written.replace("’", "'") in entries and written[-2:].casefold() in ("'s", "’s")
        found[written if known else clean(written) or written].append(mention)
    return found


def _cluster_of(kind: str, named: dict[str, list[Mention]], names: list[str], canonical: str) -> Cluster:
    mentions = sorted((m for name in names for m in named[name]), key=lambda m: m.start)
    return Cluster(kind, names, mentions, canonical)


def _persons(text: str, mentions: list[Mention], cited: set[int]) -> list[Cluster]:
    """Full names first; a lone name joins the one full name that it fits, two that differ keep it apart.

    ``cited`` are the starts of mentions in lists of references.
    """
    named = _by_name(text, mentions)
    titles = {name for name, of in named.items() if all(m.start in cited for m in of)}
    order = sorted(named, key=lambda n: (-sum(len(w) > 1 for w in words(n)), -len(words(n)), named[n][0].start))
    groups: list[list[str]] = []
    by_key: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for name in order:
        parts = words(name)
        keys = person_keys(name)
        near = {g for key in keys.sought for g in by_key.get(key, ())}
        fitting = [
            g
            for g in near
            if {*parts[:1], *parts[-1:]} & {*words(groups[g][0])}
            and same_person(groups[g][0], name)
            and _sexes_agree(named, groups[g], name)
            and not (groups[g][0] in titles and _opens(groups[g][0], parts))
        ]
        if len(fitting) > 1:
            fitting = _nearest(named, groups, fitting, name)
        if len(fitting) == 1:
            groups[fitting[0]].append(name)
        else:
            groups.append([name])
            for key in keys.filed:
                by_key[key].append(len(groups) - 1)
    return [_cluster_of("PERSON", named, names, fullest(names) or names[0]) for names in groups]


def _opens(full: str, short: tuple[str, ...]) -> bool:
    """Is a lone name the first word of a full one? In a list of references that is rather a work's title, read as a
    name ("Roe Kembali ke Meja"), than a person who is called by the first word.
    """
    return len(short) == 1 and len(words(full)) > 1 and words(full)[0] == short[0]


def _sexes_agree(named: dict[str, list[Mention]], group: list[str], name: str) -> bool:
    title = next((m.title for m in named[name] if m.title), None)
    other = next((m.title for member in group for m in named[member] if m.title), None)
    return not title or not other or same_person(f"{title} Roe", f"{other} Roe")


def _nearest(named: dict[str, list[Mention]], groups: list[list[str]], fitting: list[int], name: str) -> list[int]:
    """Of several persons of one family name the only one named in full before its first lone mention, if so."""
    first = named[name][0].start
    before = [g for g in fitting if any(m.start < first for member in groups[g] for m in named[member])]
    return before if len(before) == 1 else []


def _places(text: str, mentions: list[Mention]) -> list[Cluster]:
    """Countries by code whatever they are called, other places by name."""
    named = _by_name(text, mentions)
    entries = vocabulary().entries
    groups: dict[str, list[str]] = defaultdict(list)
    for name, group in named.items():
        code = group[0].country
        plain = name.replace("’", "'")
        entry = entries.get(proper_case(plain)) or entries.get(plain)
        whole = code and entry is not None and entry.country == code and _is_country(name, code)
        groups[f"country {code}" if whole else fold(group[0].full or name)].append(name)
    full = {name: group[0].full or name for name, group in named.items()}
    return [_cluster_of("GPE", named, names, _fullest_country([full[n] for n in names])) for names in groups.values()]


def _is_country(name: str, code: str) -> bool:
    return country_code(name) == code and proper_case(name) not in PARTS_OF_COUNTRIES


def _fullest_country(names: list[str]) -> str:
    """The fullest form: most words, then a word over an abbreviation, then the first."""
    shown = [proper_case(n) if len(n) > 4 else n for n in names]
    return max(
        shown,
        key=lambda n: (len(n.split()) if "of America" not in n else 2, not looks_like_acronym(n), -shown.index(n)),
    )


def _peoples(text: str, mentions: list[Mention]) -> list[Cluster]:
    """Peoples by their singular: "Americans" and "American" are one."""
    named = _by_name(text, mentions)
    known = vocabulary().entries
    groups: dict[str, list[str]] = defaultdict(list)
    shown: dict[str, str] = {}
    for name in named:
        proper = proper_case(name)
        singular = proper[:-1] if proper.endswith("s") and proper[:-1] in known else proper
        groups[fold(singular)].append(name)
        shown[fold(singular)] = singular
    return [_cluster_of("NORP", named, names, shown[key]) for key, names in groups.items()]


def _bodies(text: str, mentions: list[Mention], meanings: dict[str, str]) -> list[Cluster]:
    """Bodies, laws, events and the rest: equal but for case and blanks, acronyms, short forms, inverted ministries."""
    named = _by_name(text, mentions)
    groups: dict[str, list[str]] = defaultdict(list)
    for name in named:
        groups[_squashed(name)].append(name)
    keys = list(groups)
    joined = {key: key for key in keys}
    index = _FullNames(groups)
    for key in sorted(keys, key=len):
        target = index.longer(groups[key][0], key, named, meanings)
        if target and target != key:
            joined[key] = target
    merged: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        merged[_root(joined, key)] += groups[key]
    return [_cluster_of("NAME", named, names, _fullest_body(names)) for names in merged.values()]


def _root(joined: dict[str, str], key: str) -> str:
    seen = {key}
    while joined[key] != key and joined[key] not in seen:
        key = joined[key]
        seen.add(key)
    return key


def _squashed(name: str) -> str:
    plain = fold(name).replace(" ", "").replace("-", "")
    return plain.removeprefix("the") if fold(name).startswith("the ") else plain


def _fullest_body(names: list[str]) -> str:
    best = max(
        names,
        key=lambda n: (
            not looks_like_acronym(n),
            len(n.split()),
            bool(_office_words(words(n))),
            not n.isupper(),
            -names.index(n),
        ),
    )
    return best


class _FullNames:
    """Looks a longer name up for a short one."""

    def __init__(self, groups: dict[str, list[str]]) -> None:
        self.groups = groups
        self.by_last: dict[str, list[str]] = defaultdict(list)
        self.by_first: dict[str, list[str]] = defaultdict(list)
        self.by_office: dict[frozenset[str], list[str]] = defaultdict(list)
        self.by_letter: dict[str, list[str]] = defaultdict(list)
        for key, names in groups.items():
            parts = words(names[0])
            if len(parts) > 1:
                self.by_first[parts[0]].append(key)
                self.by_last[parts[-1]].append(key)
                self.by_letter[parts[0][0]].append(key)
            office = _office_words(parts)
            if office:
                self.by_office[office].append(key)

    def longer(self, name: str, key: str, named: dict[str, list[Mention]], meanings: dict[str, str]) -> str | None:
        """The key of the one longer name of the same body, if there is one."""
        full = meanings.get(name) or next((m.full for m in named[name] if m.full), None)
        if full and _squashed(full) in self.groups:
            return _squashed(full)
        parts = words(name)
        if looks_like_acronym(name):
            near = self.by_letter[parts[0][0]] if parts else []
            fitting = [k for k in near if is_acronym_of(name, self.groups[k][0])]
            if full:  # letters may fit another body ("USTR", "U.S. Treasury"): a word of the known name must be there
                fitting = [k for k in fitting if _bare(words(full)) & _bare(words(self.groups[k][0]))]
            return fitting[0] if fitting else None
        same_label = named[name][0].label
        return self._same_office(parts, key) or self._contains(parts, key, named, same_label)

    def _same_office(self, parts: tuple[str, ...], key: str) -> str | None:
        """ "Foreign Ministry" and "Ministry of Foreign Affairs of Japan", "U.S. Treasury" and "Treasury Department"."""
        office = _office_words(parts)
        others = [
            other
            for other in self.by_office.get(office or _bare(parts), ())
            if other != key
            and (len(other) >= len(key) or not office)
            and len(_lands(parts) | _lands(words(self.groups[other][0]))) < 2
        ]
        return max(others, key=len) if others else None

    def _contains(self, parts: tuple[str, ...], key: str, named: dict[str, list[Mention]], label: str) -> str | None:
        """The one longer name that begins or ends with all words of a short one: "Roe" and "Roe Motor"."""
        if not parts:
            return None
        near = [*self.by_first[parts[0]], *self.by_last[parts[-1]]]
        fitting = {
            other
            for other in near
            if other != key
            and named[self.groups[other][0]][0].label == label
            and _shortens(parts, words(self.groups[other][0]))
        }
        return next(iter(fitting)) if len(fitting) == 1 else None


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Is the short form the long one without trade and legal form behind, or without what stands before a last word?"""
    extra = len(long) - len(short)
    if extra < 1:
        return False
    heads = _heads()
    if long[: len(short)] == short:
        return all(word in heads for word in long[len(short) :])
    if long[-len(short) :] != short or extra > 3:
        return False
    if short[0] in heads and "of" in short:  # "Industrial Bank of Peru" is not the Bank of Peru
        return all(country_code(word.upper()) or country_code(word.title()) for word in long[:extra])
    if len(short) == 1 and short[0].title() in vocabulary().single:
        return all(country_code(word.upper()) or country_code(word.title()) for word in long[:extra])
    return len(short) > 1 or short[0] in heads


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    return frozenset(head.casefold() for head in vocabulary().heads)


def _office_words(parts: tuple[str, ...]) -> frozenset[str]:
    """What a ministry is for, without country and small words; empty for anything else."""
    return _bare(parts) if set(parts) & _MINISTRY else frozenset()


def _bare(parts: tuple[str, ...]) -> frozenset[str]:
    """The words of a body but for countries, small words and what makes it a ministry."""
    return frozenset(w for w in parts if w not in _MINISTRY and w not in _SKIPPED and not _land(w))


def _lands(parts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(code for word in parts if (code := _land(word)))


def _land(word: str) -> str | None:
    """The country of a folded word, its adjective too; "united" and "states" are the one of both."""
    return "US" if word in ("us", "united", "states") else country_code(word.title())

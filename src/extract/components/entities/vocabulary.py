"""The word lists that name rules read, built once from lexicons, CLDR and ISO 3166."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from extract import lexicons
from extract.normalize.countries import country_adjectives, country_names, region_adjectives, region_names
from extract.normalize.title_words import ADDRESS, OFFICE

LABELS = ("PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART")
# Capitalised at the start of a sentence or heading, and never part of a name.
FUNCTION_WORDS = frozenset(
    "The A An This That These Those In On At By For From To Of With Without And But Or Nor So Yet If When While As Since "
    "Because Although Though After Before During Until Under Over Between Among Within Through Despite Against About It "
    "Its He His She Her They Their We Our You Your I My There Here What Who Whom Whose Which Why How Where Whether Not No "
    "Yes All Both Each Every Some Any Many Most More Much Few Several Such Other Another One Two Three Four Five Six "
    "Seven Eight Nine Ten First_ Also Then Now Today Yesterday Tomorrow Meanwhile However Moreover Furthermore Instead "
    "Indeed Thus Hence Therefore Still Even Only Just Let Is Are Was Were Be Been Has Have Had Do Does Did Can Could "
    "Will Would Shall Should May Might Must Please Thank Thanks Dear Re Cc Subject Per Via Upon Like Unlike Following "
    "According Asked Told Said Says Did Under_ Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February "
    "March April June July August September October November December Q Mr Mrs Ms Dr Ok Well Oh Page Photo Source Note "
    "Number Section_ Chapter Figure Table Exhibit Appendix Annex Vol Volume Part Text Tel Fax Secret Confidential "
    "Unclassified Urgent Priority Immediate Sent Received From_ Primary Copy End Begin Summary Comment Background Former "
    "Late Last Next New_ Good Great_ Right Welcome Go Sir Madam Applause Laughter Read Share Contact Related More Recently "
    "Finally Further Earlier Later Once Again Given Based Including Regarding Concerning Nearly About Almost Around "
    "Although Having Being Asking Speaking Taking Making Using Looking Never Always Perhaps Maybe Out Up Down Off Across "
    "Along Behind Beyond Above Below Near Too Very Own Same Than Because Mr. Mrs. Ms. Dr.".split()
)
# Adjectives and ordinals that alone do not make a name of a head noun ("New Committee", "First Round").
GENERIC = frozenset(
    "New Joint Special First Second Third Fourth Final Next Last Annual Regular General Free Fair Bilateral Multilateral "
    "International National Regional Global Local Foreign Federal Public Private Economic Trade Political Military Civil "
    "Social Big Small Great Good Major Main Full Open Current Recent Proposed Draft Interim Venture Summary Small_Group "
    "Group Working Old Own Future Key Other Same Early Late Official State American's World Total High Low Hard Long "
    "Short Strong Real Whole This That Each Every Government Defense Security Peace".split()
)
# Heads that may stand behind nothing but a country's name and still name one body ("U.S. Senate", "Japanese Diet").
_NATIONAL = frozenset(
    "Senate Congress Treasury Navy Army Embassy Parliament Supreme Senate Cabinet Constitution Revolution War Forces "
    "Airlines Airways Sea Ocean Islands Peninsula Strait Coast Channel Ministry Bank Times Post Herald Steel News "
    "Airport Canal Gulf Bay Commission Council Department Mission Round".split()
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A known name: its label, ISO country if it has one, whether it needs context, its long form."""

    name: str
    label: str
    country: str | None = None
    weak: bool = False
    full: str | None = None


@dataclass(slots=True)
class Vocabulary:
    """Everything that rules look up; ``entries`` by first word, longest name first."""

    entries: dict[str, Entry] = field(default_factory=dict)
    firsts: dict[str, list[str]] = field(default_factory=dict)
    patterns: dict[str, re.Pattern[str]] = field(default_factory=dict)
    heads: dict[str, dict[str, str]] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    national: frozenset[str] = _NATIONAL
    single: dict[str, Entry] = field(default_factory=dict)

    def pattern(self, first: str) -> re.Pattern[str] | None:
        """A regular expression of the known names of several words that begin with ``first``, compiled when asked for."""
        found = self.patterns.get(first)
        if found is None and first in self.firsts:
            names = sorted(self.firsts[first], key=len, reverse=True)
            alternatives = "|".join(r"\s+".join(re.escape(part) for part in name.split(" ")) for name in names)
            found = self.patterns[first] = re.compile(rf"(?:{alternatives})(?![^\W_])", re.IGNORECASE)
        return found


_FIRST = re.compile(r"(?:[A-Z]\.)+[A-Z]?|[^\W_]+(?:['’&](?![sS]\b)[^\W_]+)*")


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary, built at the first call (about 0.3 s) and kept."""
    words = Vocabulary()
    for name, code in country_names().items():
        _add(words, Entry(name, "GPE", code))
    for name, code in country_adjectives().items():
        _add(words, Entry(name, "NORP", code))
    for name in region_adjectives():
        _add(words, Entry(name, "NORP"))
    for name in region_names():
        _add(words, Entry(name, "LOC"))
    for row in lexicons.load("entity_names", {"name": "text", "label": "|".join(LABELS), "full": "text?"}):
        _add(words, Entry(row["name"], row["label"], None, False, row["full"] or None))
    for row in lexicons.load("places", {"name": "text", "country": "text", "kind": "strong|weak"}):
        _add(words, Entry(row["name"], "GPE", row["country"], row["kind"] == "weak"))
    columns = {"head": "text", "label": "ORG|LAW|EVENT|FAC|LOC", "side": "both|final|first|suffix"}
    for row in lexicons.load("entity_heads", columns, key=("head", "side")):
        words.heads.setdefault(row["head"], {})[row["side"]] = row["label"]
    for lower in ("PLC",):
        words.heads.setdefault(lower.lower(), words.heads.get(lower, {}))
    words.given = {
        row["name"]: row["kind"] for row in lexicons.load("given_names", {"name": "text", "kind": "strong|weak"})
    }
    return words


def _add(words: Vocabulary, entry: Entry) -> None:
    """Earlier entries win: countries before cities, lexicon before gazetteer."""
    key = entry.name.replace("’", "'")
    if key in words.entries:
        return
    words.entries[key] = entry
    first = _FIRST.match(entry.name)
    if first is None:
        return
    if first.end() == len(entry.name):
        words.single.setdefault(entry.name, entry)
    else:
        words.firsts.setdefault(first[0], []).append(entry.name)


def is_office(word: str) -> bool:
    """Is this word an office or rank, or an office behind a hyphen?"""
    key = word.casefold().rstrip(".")
    return key in OFFICE


def is_address(word: str) -> bool:
    """Is this word a form of address ("Mr", "Dr", "Hon")?"""
    return word.casefold().rstrip(".") in ADDRESS

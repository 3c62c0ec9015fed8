"""Tables of spaCy's rule lemmatizer, made from the treebanks: known lemmas, irregular forms, and endings.

The endings are those of English inflection as any grammar lists them (doubled consonants, -ies, -ves, -ize …), the
special ones before the general ones because the first that fits an unknown word wins.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from spacy.lookups import Lookups

from models.recipe.piece import Piece

_DOUBLED = "bdgklmnprtvz"
_E_STEMS = (
    "iz",
    "is",
    "at",
    "uc",
    "uc",
    "ev",
    "iv",
    "ov",
    "ag",
    "ac",
    "ic",
    "nc",
    "rc",
    "ng",
    "rg",
    "dg",
    "rs",
    "ns",
    "pos",
    "cus",
    "us",
    "as",
    "ut",
    "il",
    "ur",
    "ar",
    "or",
    "ir",
    "id",
    "od",
    "ud",
    "ak",
    "ik",
    "ok",
    "bl",
    "pl",
    "cl",
    "tl",
    "dl",
    "fl",
    "gl",
    "zl",
    "ap",
    "op",
    "ip",
    "ot",
    "it",
    "in",
    "iqu",
    "u",
    "av",
    "lv",
    "rv",
)
_NO_E = (
    "ait",
    "eat",
    "oat",
    "eed",
    "ead",
    "oad",
    "ood",
    "ook",
    "eak",
    "oak",
    "eek",
    "ail",
    "oil",
    "eal",
    "eel",
    "ool",
    "air",
    "ear",
    "eer",
    "oar",
    "our",
    "ain",
    "een",
    "ean",
    "oin",
    "eap",
    "oop",
    "eep",
    "oup",
    "eet",
    "oot",
    "out",
    "aul",
    "owl",
    "cess",
    "ress",
    "iss",
    "ass",
    "oss",
    "uss",
    "mit",
    "bit",
    "sit",
    "dit",
    "ret",
    "fer",
    "der",
    "ter",
    "ver",
    "wer",
    "ber",
    "cer",
    "ger",
    "her",
    "ker",
    "mer",
    "ner",
    "per",
    "ser",
    "low",
    "own",
    "aw",
    "ew",
    "ay",
    "ey",
    "oy",
    "tor",
    "nor",
    "vor",
    "bor",
    "mor",
)


def ending_rules() -> dict[str, list[list[str]]]:
    """Ending → ending, by lower-case part of speech."""
    verb = [["ies", "y"], ["ied", "y"], ["ying", "y"]]
    for ending in ("ed", "ing"):
        verb += [[stem + ending, stem] for stem in _NO_E]
        verb += [[2 * letter + ending, letter] for letter in _DOUBLED if letter not in "lz"]
        verb += [[stem + ending, stem + "e"] for stem in _E_STEMS]
        verb += [[ending, ""], [ending, "e"]]
        verb += [[2 * letter + ending, letter] for letter in "lz"]
    verb += [["sses", "ss"], ["shes", "sh"], ["ches", "ch"], ["xes", "x"], ["zzes", "zz"], ["oes", "o"]]
    verb += [["ss", "ss"], ["us", "us"], ["s", ""], ["es", ""]]
    noun = [["ies", "y"], ["sses", "ss"], ["shes", "sh"], ["ches", "ch"], ["xes", "x"], ["ss", "ss"], ["us", "us"]]
    noun += [["is", "is"], ["men", "man"], ["wives", "wife"], ["lves", "lf"], ["oes", "o"], ["s", ""], ["es", ""]]
    grade = [[2 * letter + end, letter] for end in ("er", "est") for letter in "bdgmnt"]
    grade += [["ier", "y"], ["iest", "y"], ["er", ""], ["est", ""], ["er", "e"], ["est", "e"]]
    # Last, the word itself in lower case: without it spaCy returns an unmatched word as written ("Thank").
    return {pos: [*rules, ["", ""]] for pos, rules in (("verb", verb), ("noun", noun), ("adj", grade), ("adv", grade))}


def tables(pieces: Iterable[Piece]) -> Lookups:
    """``lemma_rules``, ``lemma_index``, ``lemma_exc`` from annotated pieces."""
    seen: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    index: dict[str, Counter[str]] = defaultdict(Counter)
    for piece in pieces:
        for word, pos, lemma in zip(piece.words, piece.pos, piece.lemmas, strict=True):
            if pos not in ("PROPN", "PUNCT", "SYM", "X", "SPACE", "NUM"):
                seen[pos.lower()][word.lower()][lemma] += 1
                index[pos.lower()][lemma] += 1
    rules = ending_rules()
    # A short lemma seen once is as often a slip of the pen ("trye") as a word.
    known = {
        pos: {lemma for lemma, count in index[pos].items() if lemma.isalpha() and (count > 1 or len(lemma) > 4)}
        for pos in rules
    }
    exceptions: dict[str, dict[str, list[str]]] = {}
    for pos, forms in seen.items():
        exceptions[pos] = {}
        for form, lemmas in forms.items():
            best = lemmas.most_common(1)[0][0]
            if pos not in rules or best != apply_rules(form, rules[pos], known[pos]):
                exceptions[pos][form] = [best]
    lookups = Lookups()
    lookups.add_table("lemma_rules", rules)
    lookups.add_table("lemma_index", {pos: sorted(words) for pos, words in known.items()})
    lookups.add_table("lemma_exc", exceptions)
    return lookups


def apply_rules(form: str, rules: list[list[str]], known: set[str]) -> str:
    """What spaCy's rule lemmatizer makes of a lower-case form without exceptions."""
    forms: list[str] = []
    unknown: list[str] = []
    for old, new in rules:
        if form.endswith(old):
            made = form[: len(form) - len(old)] + new
            if made in known:
                forms.insert(0, made)
            elif made and not made.isalpha():
                forms.append(made)
            elif made:
                unknown.append(made)
    return (forms or unknown or [form])[0]

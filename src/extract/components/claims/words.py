"""Word groups of claims, from the lexicons."""

from __future__ import annotations

import re
from functools import lru_cache

from extract import lexicons

GROUPS = "stative|change|raise|announce|impose|flow|empty|commitment|agentless|money_item_verbs"
# A duty on trade, however it is called. Excise and value-added taxes are no taxes on trade.
TARIFF = re.compile(
    r"\b(?:tariffs?(?! lines?\b)|dut(?:y|ies)(?![- ]free)|lev(?:y|ies)|customs"
    r"|surcharges?|surtax(?:es)?|import tax(?:es)?|border tax(?:es)?"
    r"|countervail\w*"
    r"|anti-?dumping|export tax(?:es)?|MFN|most[- ]favou?red[- ]nation|ad valorem)\b",
    re.IGNORECASE,
)
TRADE_TAX = re.compile(
    r"\btax(?:es)?\s+on\s+(?:\w+\s+){0,4}?(?:imports?|exports?|imported|goods|foreign)\b"
    r"|\bimport(?:ed)?\b[^.;]{0,20}\btax",
    re.IGNORECASE,
)
# What else is measured in percent: where it is named, a bare rate is of that.
OTHER_RATE = re.compile(
    r"\b(?:growth|inflation|unemployment|interest|GDP|GNP|shares?|prices?|wages?|market|profits?|margin|bank"
    r"|discount|funds|mortgage|turnout"
    r"|output|production|capacity|exports rose|imports rose|vat|income tax|employment|exchange)\b",
    re.IGNORECASE,
)
# What a rate of a tariff is not: a change of it, a share of something.
NOT_A_RATE = re.compile(
    r"\b(?:cuts?|reductions?|increases?|rises?|hikes?|share|revenues?|lines?|receipts|collections?|income|decreases?)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def groups() -> dict[str, frozenset[str]]:
    """The words of each group of ``claim_words.tsv``."""
    found: dict[str, set[str]] = {name: set() for name in GROUPS.split("|")}
    for row in lexicons.load("en/claim_words", {"word": "text", "group": GROUPS}, key=("word", "group")):
        found[row["group"]].add(row["word"])
    return {name: frozenset(words) for name, words in found.items()}


def is_in(word: str, group: str) -> bool:
    """Whether a lower-case word or lemma belongs to a group."""
    return word in groups()[group]


def guess_lemma(low: str, *, only_known: bool = False) -> str:
    """The base form of a verb without a lemmatizer, good enough to look it up.

    ``only_known``: a lemmatizer gave the word back as it was, so that only a form of a listed verb is changed.
    """
    found = _guess_lemma(low)
    return found if not only_known or _known(found) else low


def _guess_lemma(low: str) -> str:
    irregular = {
        "rose": "rise", "risen": "rise", "fell": "fall", "fallen": "fall", "grew": "grow", "grown": "grow",
        "stood": "stand", "came": "come", "was": "be", "were": "be", "is": "be", "are": "be", "went": "go",
        "bought": "buy", "sold": "sell", "said": "say", "paid": "pay", "lost": "lose", "made": "make",
        "hit": "hit", "won": "win", "put": "put", "cut": "cut", "shrank": "shrink", "spent": "spend",
        "ran": "run", "set": "set", "kept": "keep", "held": "hold", "slid": "slide",
    }  # fmt: skip
    if low in irregular:
        return irregular[low]
    for ending, put in (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if low.endswith(ending) and len(low) > len(ending) + 2:
            stem = low[: -len(ending)] + put
            return next((w for w in (stem, stem + "e", stem[:-1]) if _known(w)), stem)
    return low


def _known(word: str) -> bool:
    return any(
        word in groups()[name] for name in ("stative", "change", "raise", "announce", "impose", "money_item_verbs")
    )

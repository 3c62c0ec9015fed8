"""The country that a party stands for: a state, its government, people, head or ministry, by the words of the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from extract import lexicons
from extract.normalize.countries import country_code

EUROPEAN_UNION = "EU"
_WORD = re.compile(r"[^\W\d_][\w.&’'-]*")
_ARTICLE = re.compile(r"^(?:the|a|an|all|some)\s+", re.IGNORECASE)
_OF = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?", re.IGNORECASE)


@lru_cache(maxsize=1)
def _bodies() -> dict[str, str]:
    """Word → whether it names a body of a state (``state``) or the union itself (``union``)."""
    rows = lexicons.load("en/state_bodies", {"kind": "state|union", "word": "terms"})
    return {row["word"]: row["kind"] for row in rows}


def party_country(party: str | None, sides: Mapping[str, str] | None = None) -> str | None:
    """ISO 3166-1 alpha-2 of the state that a party is or acts for, ``EU`` for the European Union; else ``None``.

    ``sides`` maps the names of a document's speakers to the country that each speaks for.
    """
    text = _ARTICLE.sub("", " ".join((party or "").split()).rstrip(".,;:"))
    if not text:
        return None
    return (sides or {}).get(text) or _of_phrase(text)


@lru_cache(maxsize=4096)
def _of_phrase(text: str) -> str | None:
    return _named(text) or _state_and_body(text) or _body_of_state(text)


def _named(text: str) -> str | None:
    """A country's or the union's own name or adjective."""
    if _bodies().get(text.casefold()) == "union":
        return EUROPEAN_UNION
    return country_code(text)


def _state_and_body(text: str) -> str | None:
    """ "Japanese government", "U.S. Trade Representative", "European Union officials", "Korea's finance ministry"."""
    words = _WORD.findall(text)
    if len(words) < 2 or words[-1].casefold() not in _bodies():
        return None
    for count in (3, 2, 1):
        found = _named(" ".join(words[:count])) if count < len(words) else None
        if found:
            return found
    return None


def _body_of_state(text: str) -> str | None:
    """ "Government of India", "people of Ghana"."""
    head, *rest = _OF.split(text, maxsplit=1)
    words = _WORD.findall(head)
    return _named(rest[0]) if rest and words and words[-1].casefold() in _bodies() else None

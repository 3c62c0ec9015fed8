"""Forms of countries' names that neither CLDR nor ISO 3166 has, from ``lexicons/en/country_forms.tsv``."""

from __future__ import annotations

from functools import cache

from extract import lexicons


@cache
def forms(kind: str) -> dict[str, tuple[str, ...]]:
    """Code → forms. ``kind``: ``name``, ``adjective``; ``region``, ``part`` (of no code: ``-``)."""
    columns = {"kind": "name|adjective|region|part", "code": "text", "forms": "text"}
    found: dict[str, tuple[str, ...]] = {}
    for row in lexicons.load("en/country_forms", columns, key=("kind", "code", "forms")):
        if row["kind"] == kind:
            found[row["code"]] = (*found.get(row["code"], ()), *(form.strip() for form in row["forms"].split(";")))
    return found


PARTS_OF_COUNTRIES = frozenset(forms("part")["-"])

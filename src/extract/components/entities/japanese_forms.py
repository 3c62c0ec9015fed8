"""What names of bodies, laws and meetings look like in Japanese: the rows of ``lexicons/ja/name_forms``."""

from __future__ import annotations

from functools import lru_cache

from extract import lexicons

LABELS = "FAC|ORG|LAW|EVENT|LOC|-"


@lru_cache(maxsize=1)
def name_forms() -> dict[str, dict[str, str]]:
    """Form → label by kind: ``suffix`` ends a name, ``name`` is one, ``never`` none, ``common`` no suffix's."""
    kinds = "suffix|name|never|common"
    rows = lexicons.load("ja/name_forms", {"kind": kinds, "label": LABELS, "form": "terms"}, key=("form", "kind"))
    return {kind: {r["form"]: r["label"] for r in rows if r["kind"] == kind} for kind in kinds.split("|")}

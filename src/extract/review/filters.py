"""What a reviewer wants to see and in which order, as it stands in a page's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from extract.review.decisions import VERDICTS

ORDERS = {
    "doubtful": "changed, then doubtful first",
    "random": "random sample",
    "stratified": "stratified sample",
    "text": "as in the documents",
    "alike": "equal changes together",
}
STANDINGS = ("undecided", "not-mine", "decided", *VERDICTS[:-1], "disputed")


@dataclass(frozen=True)
class Filters:
    """An empty value does not filter. ``confidence`` is the highest to be shown, ``q`` words to be found.

    ``alike``: a row, as ``claims/ID``; what changed in the same way is shown.
    """

    table: str = ""
    kind: str = ""
    rule: str = ""
    doc: str = ""
    speaker: str = ""
    reviewer: str = ""
    verdict: str = ""
    changed: str = ""
    q: str = ""
    alike: str = ""
    order: str = "doubtful"
    confidence: float = 1.0

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> Filters:
        """Read filters from a page's address; what cannot be read does not filter."""
        try:
            confidence = float(query.get("confidence") or 1.0)
        except ValueError:
            confidence = 1.0
        texts = {f.name: query.get(f.name, "").strip() for f in fields(cls) if f.name != "confidence"}
        if texts["order"] not in ORDERS:
            texts["order"] = "doubtful"
        return cls(**texts, confidence=confidence if 0.0 <= confidence <= 1.0 else 1.0)

    def to_query(self) -> dict[str, str]:
        """The same for an address, without what does not filter."""
        found = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) != f.default}
        return {name: f"{value:g}" if isinstance(value, float) else value for name, value in found.items()}

    @property
    def query(self) -> str:
        return urlencode(self.to_query())

    def standing(self, verdict: str) -> Filters:
        """The same rows, by another standing of their decisions."""
        return replace(self, verdict=verdict)

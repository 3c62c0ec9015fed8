"""What changed between two runs: rows matched by meaning, grouped by kind of change and by rule."""

from __future__ import annotations

from extract.compare.changes import Change, Comparison, FieldChange
from extract.compare.runs import Filters, compare

__all__ = ["Change", "Comparison", "FieldChange", "Filters", "compare"]

"""The decisions in memory, kept up to date with the file: by row, then by reviewer."""

from __future__ import annotations

from collections import defaultdict

from extract.review.decisions import Decision, Decisions

Key = tuple[str, str]


class Ledger:
    """All decisions that were not taken back, by row; ``update`` reads only what is new."""

    def __init__(self, store: Decisions) -> None:
        self._store = store
        self._last = 0
        self._undone: set[int] = set()
        self._rows: dict[Key, dict[int, Decision]] = defaultdict(dict)
        self._keys: dict[int, Key] = {}

    def update(self) -> set[Key]:
        """Read what others have decided or taken back since, and return the rows that it concerns."""
        made, undone = self._store.news(self._last, len(self._undone))
        touched: set[Key] = set()
        for decision in made:
            self._last = max(self._last, decision.id)
            self._rows[decision.key][decision.id] = decision
            self._keys[decision.id] = decision.key
            touched.add(decision.key)
        for number in (undone or set()) - self._undone:
            key = self._keys.pop(number, None)
            if key is not None:
                del self._rows[key][number]
                touched.add(key)
        self._undone = self._undone if undone is None else undone
        return touched

    def decided_rows(self) -> set[Key]:
        """The rows that some decision speaks of."""
        return {key for key, some in self._rows.items() if some}

    def opinions(self, key: Key) -> dict[str, Decision]:
        """The latest decision of each reviewer on a row, the latest of all last."""
        found: dict[str, Decision] = {}
        for decision in self._rows.get(key, {}).values():
            found.pop(decision.reviewer, None)
            found[decision.reviewer] = decision
        return found


def is_disputed(opinions: dict[str, Decision]) -> bool:
    """Whether reviewers differ on a row and nobody has settled it since."""
    latest = list(opinions.values())
    return bool(latest) and not latest[-1].settles and any(not d.agrees_with(latest[-1]) for d in latest)

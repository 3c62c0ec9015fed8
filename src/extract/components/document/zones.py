"""The language zones of a document in the order in which its data are looked for, and the lines of their heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from extract.components.document.languages import weigh_languages
from extract.components.segments.reader import Reading, Zone

# A longer unit is no line of a head.
MAX_HEAD_UNIT_CHARS = 400
# Where a head is taken for text, its first lines still say what the document is.
OPENING_UNITS = 3
MAX_OPENING_CHARS = 90


def zones_by_weight(reading: Reading) -> list[Zone]:
    """The language zones that have a text of their own, that of the main language first."""
    main = weigh_languages(reading)[0]

    def rank(zone: Zone) -> tuple[bool, bool, int]:
        languages = Counter(reading.languages[zone.first : zone.last])
        own = languages.most_common(1)[0][0] == main
        return (not own, not zone.head.found_body, zone.first)

    return sorted((zone for zone in reading.zones if zone.first < zone.last), key=rank)


def head_lines(reading: Reading, zone: Zone) -> Iterator[str]:
    """The lines of a zone's head that are neither title nor chrome, and short lines that open its text, unmarked."""
    for at in range(zone.first, min(zone.head.body + OPENING_UNITS, zone.last)):
        unit, opening = reading.units[at], at >= zone.head.body
        if opening and (unit.prose or len(unit.text) > MAX_OPENING_CHARS):
            return
        if reading.kinds[at] in ("header", "attendees", "body") and len(unit.text) <= MAX_HEAD_UNIT_CHARS:
            for line in unit.text.split("\n"):
                yield re.sub(r"^[\s*_#]+|[\s*_]+$", "", line)

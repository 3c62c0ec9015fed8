"""Quotations in Japanese running text: 「…」 with と and a verb of saying behind it, the speaker before は or が."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extract.components.quotes.lexicon import new_row

# Every part is bounded, so that a line without end costs linear time.
_SPOKEN = re.compile(
    r"(?:(?P<label>[^\s。、「」『』（）()はが]{1,24})(?:は|が)(?P<between>[^。「」]{0,60}?))?"
    r"「\s*(?P<words>[^「」]{0,600}[^「」\s])\s*」(?:など)?と[^。「」]{0,16}?"
    r"(?P<cue>(?:述べ|語っ|話し|答え|訴え|(?:説明|指摘|強調|発言|主張|表明|批判|反論|要求|回答)し|明らかにし|いっ|言っ)"
    r"(?:ている|ていた|た|て|る)?)"
)


def japanese_rows(text: str, start: int, end: int) -> Iterator[dict[str, Any]]:
    """Rows of kind ``quote`` between two offsets; a speaker who is not named in the sentence gives a ``None`` label."""
    for match in _SPOKEN.finditer(text, start, end):
        yield new_row("quote", match.span("words"), (match["label"], *match.span("label")), match["cue"], "japanese")

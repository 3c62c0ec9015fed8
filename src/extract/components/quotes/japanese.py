"""Quotations in Japanese running text: 「…」 with と and a verb of saying behind it, the speaker before は or が."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

# Every part is bounded, so that a line without end costs linear time.
_SPOKEN = re.compile(
    r"(?:(?P<label>[^\s。、「」『』（）()はが]{1,24})(?:は|が)(?P<between>[^。「」]{0,60}?))?"
    r"「(?P<words>[^「」]{1,600})」(?:など)?と[^。「」]{0,16}?"
    r"(?P<cue>(?:述べ|語っ|話し|答え|訴え|(?:説明|指摘|強調|発言|主張|表明|批判|反論|要求|回答)し|明らかにし|いっ|言っ)"
    r"(?:ている|ていた|た|て|る)?)"
)


def japanese_rows(text: str, start: int, end: int) -> Iterator[dict[str, Any]]:
    """Rows of kind ``quote`` between two offsets; a speaker who is not named in the sentence gives a ``None`` label."""
    for match in _SPOKEN.finditer(text, start, end):
        label = match.group("label")
        words_start, words_end = match.span("words")
        yield {
            "kind": "quote",
            "start": words_start + len(match.group("words")) - len(match.group("words").lstrip()),
            "end": words_end - len(match.group("words")) + len(match.group("words").rstrip()),
            "label": label,
            "label_start": match.start("label") if label else -1,
            "label_end": match.end("label") if label else -1,
            "speaker": None,
            "role": None,
            "side": None,
            "cue": match.group("cue"),
            "rule": "japanese",
        }

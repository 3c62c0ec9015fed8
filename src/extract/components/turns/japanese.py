"""Labels of Japanese records: behind a circle, before a colon or a wide blank, alone on their line.

Their grammar is regular (``normalize.japanese.read_label``): a circle with an office or a form of address opens a turn
in every record of the Diet, whether it comes once or often. Other forms are left to the learnt judge, or must come
again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extract.components.turns.scanner import Opener
from extract.normalize.japanese import read_label
from extract.normalize.labels import label_key, tidy

# A name may be set wide; what stands in brackets may hold blanks.
_CIRCLE = re.compile(
    r"[ \u3000]*[○◯◎〇◆●][ \u3000]?"
    r"(?P<label>[^\s:：。、（(]{1,4}[ \u3000]{1,3}[^\s:：。、（(]{1,4}君(?=[ \u3000])|"
    r"(?:[^\s:：。、（()）]{1,24}|[（(][^（）()\n]{1,24}[）)]){1,4})"
    r"(?P<gap>[ \u3000]*\n[ \u3000]*|[\u3000 :：]+|(?<=[）)]))(?=\S)"
)
_COLON = re.compile(
    r"[ \u3000]*(?P<label>[^\s:：。、（）()\d]{1,20}(?:（[^）\n]{1,30}）)?)[ \u3000]*[:：][ \u3000]*(?=\S)"
)
_LINE = re.compile(r"[ \u3000]*(?P<label>[^\s:：。、・■□○◯●〇※]{2,20})[ \u3000]*\n[ \u3000]*(?=[^\n]*[。？?])")
_GAP = re.compile(r"[ \u3000]*(?P<label>[^\s:：。、・■□○◯●〇※]{2,20})\u3000+(?=[^\n]*[。？?])")
# A short name before a wide blank, as talks in journals print it.
_NAME_GAP = re.compile(r"[ \u3000]*[^\s\d]{2,4}\u3000+")
_CIRCLE_LEAD = "circle"
# The label of a line of its own or before a wide blank must come again.
MIN_TIMES = 2


def read_japanese_opener(text: str, start: int, at: int, stop: int) -> Opener | None:
    """The opener of a line whose label is written in kanji or kana; its lead ends at ``at``."""
    found = _CIRCLE.match(text, start, min(len(text), stop + 20))
    if found and ("\n" not in found["gap"] or read_label(found["label"])):
        return _opener(found, _CIRCLE_LEAD, "titled", "bracket") if found.end("label") <= stop else None
    found = _COLON.match(text, at, stop)
    if found:
        return _opener(found, "", "name", "colon")
    found = _GAP.match(text, at, stop) or _LINE.match(text, at, min(len(text), stop + 200))
    if found is None or found.end("label") > stop:
        return None
    if read_label(found["label"]) is None:
        return _opener(found, "", "name", "gap") if _NAME_GAP.fullmatch(found[0]) else None
    return _opener(found, "", "titled", "line" if "\n" in found[0] else "gap")


def _opener(found: re.Match[str], lead: str, rank: str, delimiter: str) -> Opener:
    label = tidy(found["label"])
    start, end = found.span("label")
    return Opener(start, end, found.end(), label, lead, "cjk", rank, delimiter, False, label_key(label))


def plain_labels(openers: Sequence[Opener]) -> dict[int, bool]:
    """The positions of openers, in a list of a document's openers, whose form alone shows whether they are labels.

    Where circles mark the speakers, nothing else in kanji or kana does: "（資料提示）" is an aside there.
    """
    japanese = [
        (number, opener, read_label(opener.label)) for number, opener in enumerate(openers) if opener.case == "cjk"
    ]
    if any(read is not None and opener.lead == _CIRCLE_LEAD for _, opener, read in japanese):
        return {number: read is not None and opener.lead == _CIRCLE_LEAD for number, opener, read in japanese}
    found: dict[int, bool] = {}
    for delimiter in ("line", "gap"):
        same = [(number, opener.key, opener.rank) for number, opener, _ in japanese if opener.delimiter == delimiter]
        times = Counter(key for _, key, _ in same)
        again = {key for key, count in times.items() if count >= MIN_TIMES}
        if again and len(times) > 1:
            found |= {number: True for number, key, rank in same if rank == "titled" or key in again}
    return found

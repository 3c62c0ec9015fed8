"""Exports of chats: messages without the time stamp before the name, so that the name is the line's label.

"[04/03/2015, 09:12:44] Ann Roe: Yes" and "04/03/2015, 09:12 - Ann Roe: Yes" become "Ann Roe: Yes"; "[09:12] <roe> Yes"
becomes "roe: Yes". What the program says itself, and a mark of a picture that was left out, are no words of anyone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.layout.offsets import LABEL, Edit

# So many lines with a stamp make a chat.
MIN_MESSAGES = 3
_DAY = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}"
_TIME = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[APap]\.?[Mm]\.?)?"
_STAMP = re.compile(
    rf"(?m)^[ \t]*(?P<stamp>\[{_DAY},?[ \t]+{_TIME}\][ \t]+|{_DAY},?[ \t]+{_TIME}[ \t]+[-–][ \t]+"
    rf"|{_TIME}[ \t]+From[ \t]+|\[?{_TIME}\]?[ \t]+(?=<[^<>\s]{{1,30}}>[ \t]))"
)
_NICKNAME = re.compile(r"<([^<>\s]{1,30})>(?=[ \t])")
_NAME = re.compile(r"(?P<name>[^:\n]{1,60}?)(?P<to>[ \t]+to[ \t]+[^:\n]{1,60}?)?[ \t]*:[ \t]+")
_LEFT_OUT = re.compile(r"<[^<>\n]{1,80}>\s*|[^\W\d]{3,12}(?: [^\W\d]{3,12})? omitted\s*")


def find_chat(text: str) -> list[Edit]:
    """Edits that make labelled lines of the messages of a chat; none where the text is no chat."""
    stamps = list(_STAMP.finditer(text))
    return [edit for stamp in stamps for edit in _message(text, stamp)] if len(stamps) >= MIN_MESSAGES else []


def _message(text: str, stamp: re.Match[str]) -> Iterator[Edit]:
    end = text.find("\n", stamp.end())
    end = len(text) if end < 0 else end
    start = stamp.start("stamp")
    nickname = _NICKNAME.match(text, stamp.end(), end)
    name = None if nickname else _NAME.match(text, stamp.end(), end)
    behind = (nickname or name or stamp).end()
    if (not nickname and not name) or _LEFT_OUT.fullmatch(text, behind, end):
        yield Edit(start, end, "", "system_message")
        return
    yield Edit(start, stamp.end(), "", "time_stamp")
    if nickname:
        yield Edit(nickname.start(), nickname.start(1))
        yield Edit(*nickname.span(1), nickname[1], LABEL)
        yield Edit(nickname.end(1), nickname.end(), ":")
    elif name:
        yield Edit(*name.span("name"), name["name"], LABEL)
        if name["to"]:
            yield Edit(*name.span("to"), "", "time_stamp")

"""What documents and file names say, told on a terminal or a page without doing anything to it."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

SHOWN_NAMES = 5


def plain(text: str) -> str:
    r"""Text in one line: control characters (escape sequences, line breaks) are written out, as ``\x1b``."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(character: str) -> str:
    kind = unicodedata.category(character)
    if kind[0] != "C" and kind not in ("Zl", "Zp"):
        return character
    return character.encode("unicode_escape", "surrogatepass").decode()


def by_reason(ignored: Iterable[tuple[str, str]]) -> list[str]:
    """A line for each reason why files were not read: how many, which (the first few), and why."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, why in ignored:
        names[why].append(plain(name))
    return [_line(why, found) for why, found in sorted(names.items(), key=lambda item: -len(item[1]))]


def _line(why: str, names: list[str]) -> str:
    more = ", …" if len(names) > SHOWN_NAMES else ""
    return f"{len(names)} not read: {', '.join(names[:SHOWN_NAMES])}{more} ({plain(why)})"

"""Speakers of Japanese records: by label, by the lists of those present, and the same person in the English half."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from extract.normalize.japanese import WholeNames, is_japanese, modern, office_pattern, plain_name, read_label

# speak for themselves, not for the state
_WITNESSES = ("参考人", "公述人", "証人")
_DIET = re.compile("衆議院|参議院|貴族院|国会|両院|国務大臣|総理大臣|政府参考人|政府委員|説明員|内閣提出")
_CIRCLES = "○◯◎〇◆●"
# the longest office with all that it is of
_OFFICE_CHARS = 40


@lru_cache(maxsize=1)
def _delegate() -> re.Pattern[str]:
    name = r"[\u4e00-\u9fff\u30a0-\u30ffー・]{1,12}?"
    return re.compile(rf"(?P<name>{name})(?P<office>{office_pattern()})(?=[、，。）)\s\n]|$)")


def delegates(text: str) -> list[tuple[str, str, int]]:
    """Names with offices in Japanese lists: "細川総理" → ("細川", "総理", offset); offices without a name are left out."""  # noqa: E501
    alone = re.compile(office_pattern())
    return [(m["name"], m["office"], m.start()) for m in _delegate().finditer(text) if not alone.fullmatch(m["name"])]


def label_speakers(text: str, turns: Sequence[dict[str, Any]]) -> None:
    """Fill speaker, role and side of turns whose Japanese labels tell them.

    An office alone is whoever held it in an earlier label. Members and officials in the Diet speak for Japan; witnesses
    speak for themselves.
    """
    holders: dict[str, str] = {}
    called: dict[str, str | None] = {}
    names = WholeNames(text)
    in_diet = _DIET.search(modern(text)) is not None
    for row in turns:
        read = read_label(text[row["label_start"] : row["label_end"]])
        if read is None:
            continue
        name = names.whole(plain_name(read.name), read.given, row["start"]) if read.name else None
        if name and read.office:
            holders.setdefault(read.office, name)
        row["speaker"] = name or holders.get(read.office or "") or row["speaker"]
        if name and name not in called:
            called[name] = _office_before(text, name)
        row["role"] = read.office or called.get(name or "") or row["role"]
        if in_diet and text[row["label_start"] - 1] in _CIRCLES and read.office not in _WITNESSES:
            row["side"] = row["side"] or "JP"


@lru_cache(maxsize=1)
def _office_at_end() -> re.Pattern[str]:
    return re.compile(f"{office_pattern()}$")


def _office_before(text: str, name: str) -> str | None:
    """The office that stands before a whole name where its holder is called upon: "運輸委員長桐野さと子君"."""
    at = text.find(f"{name}君")
    while at >= 0:
        found = _office_at_end().search(text, max(0, at - _OFFICE_CHARS), at)
        if found:
            return found[0]
        at = text.find(f"{name}君", at + 1)
    return None


def link_halves(turns: Sequence[dict[str, Any]]) -> dict[int, int]:
    """Turns of the Japanese half by position → the turns of the other half in the same order.

    Only where both halves stand, one after the other, and the speakers alternate in the same way as far as the shorter
    half goes; otherwise nothing is linked.
    """
    ja = [n for n, turn in enumerate(turns) if is_japanese(str(turn["label"]))]
    other = [n for n, turn in enumerate(turns) if not is_japanese(str(turn["label"]))]
    if not ja or not other or min(len(ja), len(other)) * 2 < max(len(ja), len(other)):
        return {}
    pairs: dict[str, str] = {}
    linked: dict[int, int] = {}
    for one, two in zip(ja, other, strict=False):
        left, right = str(turns[one]["label"]), str(turns[two]["label"])
        if pairs.setdefault(left, right) != right:
            return {}
        linked[one] = two
    return linked


def share_clusters(text: str, turns: Sequence[dict[str, Any]], entities: Sequence[dict[str, Any]]) -> None:
    """A person named in both halves of a document is one cluster: the parallel turns tell who is who.

    "クリントン" before the turn that stands beside Clinton's is Clinton; "細川総理" in the list of delegates is whoever
    speaks in the place of 総理.
    """
    by_name = {row["canonical"]: row["cluster"] for row in entities if row["label"] == "PERSON"}
    office_holders = {office: name for name, office, _ in delegates(text)}
    same: dict[str, int] = {}
    for turn in turns:
        label, cluster = str(turn["label"]), by_name.get(str(turn["speaker"]))
        if "linked_start" in turn and is_japanese(label) and cluster is not None:
            same[office_holders.get(label, label)] = cluster
    for row in entities:
        if row["label"] == "PERSON":
            row["cluster"] = same.get(row["canonical"], row["cluster"])

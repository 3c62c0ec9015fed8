"""Names in Japanese records: delegates with their offices, and the same person in the English half of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from extract.lexicons import alternatives

_OFFICES = (
    "大統領", "副大統領", "総理", "首相", "国務長官", "國務長官", "外務大臣", "大臣", "外相", "長官", "次官", "局長", "大使",  # noqa: E501
    "公使", "参事官", "代表", "補佐官", "議長", "議員", "総裁",
)  # fmt: skip
# speak for themselves, not for the state
_WITNESSES = ("参考人", "公述人", "証人")
_HEAD_CHARS = 300
_DELEGATE = re.compile(
    r"(?P<name>[\u4e00-\u9fff\u30a0-\u30ffー・]{1,12}?)(?P<office>(?:副)?(?:大統領|総理|首相|(?:外務|通商産業|通商|大蔵|財務|農林水産|農林|漁業|水産|経済|貿易|商務|国務|國務|国防|防衛|内閣官房|総務)?(?:大臣|長官|次官|局長|大使|公使|代表|補佐官|議長)))(?=[、，。）)\s\n]|$)"
)


def is_japanese(label: str) -> bool:
    return bool(re.search(r"[\u3041-\u30ff\u4e00-\u9fff]", label))


def delegates(text: str) -> list[tuple[str, str, int]]:
    """Names with offices in Japanese lists: "細川総理" → ("細川", "総理", offset); offices without a name are left out."""  # noqa: E501
    return [(m["name"], m["office"], m.start()) for m in _DELEGATE.finditer(text) if m["name"] not in _OFFICES]


@lru_cache(maxsize=1)
def _label_pattern() -> re.Pattern[str]:
    office = f"(?:{'|'.join(map(re.escape, alternatives('ja/offices')))})"
    name = "[一-龥々ァ-ヴー・ぁ-ん]"
    honorific = "(?:君|氏|さん|殿)?"
    # 国務大臣（水野啓介君）; 早瀬君, 水野国務大臣; 委員長
    return re.compile(
        rf"(?P<alone>{office})|(?P<office>{name}*?{office})[（(](?P<full>{name}{{2,12}}?){honorific}[）)]"
        rf"|(?P<name>{name}{{1,8}}?)(?:(?P<behind>{office})(?<!君)(?<!さん)(?<!氏)|君|さん|氏)"
    )


def read_label(label: str) -> tuple[str | None, str | None]:
    """Name and office that a Japanese label tells: "国務大臣（水野啓介君）", "早瀬君", "水野国務大臣", "委員長"."""
    found = _label_pattern().fullmatch(re.sub(r"\s", "", label))
    if not found:
        return None, None
    name = found["full"] or found["name"]
    return name, found["office"] or found["behind"] or found["alone"]


def label_speakers(text: str, turns: Sequence[dict[str, Any]], *, in_diet: bool) -> None:
    """Fill speaker, role and side of turns whose Japanese labels tell them.

    An office alone is whoever held it in an earlier label. Members and officials in the Diet (``in_diet``) speak for
    Japan; witnesses speak for themselves.
    """
    holders: dict[str, str] = {}
    for row in turns:
        name, office = read_label(text[row["label_start"] : row["label_end"]])
        if name and office:
            holders.setdefault(office, name)
        row["speaker"] = name or holders.get(office or "") or row["speaker"]
        row["role"] = office or row["role"]
        if (name or office) and in_diet and office not in _WITNESSES:
            row["side"] = row["side"] or "JP"


def is_diet_record(text: str) -> bool:
    """Whether the head of a record names a house of the Diet."""
    return re.search("衆議院|参議院|国会|両院", text[:_HEAD_CHARS]) is not None


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

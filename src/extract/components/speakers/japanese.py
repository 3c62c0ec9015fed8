"""Names in Japanese records: delegates with their offices, and the same person in the English half of a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

_OFFICES = (
    "大統領", "副大統領", "総理", "首相", "国務長官", "國務長官", "外務大臣", "大臣", "外相", "長官", "次官", "局長", "大使",  # noqa: E501
    "公使", "参事官", "代表", "補佐官", "議長", "議員", "総裁",
)  # fmt: skip
_DELEGATE = re.compile(
    r"(?P<name>[\u4e00-\u9fff\u30a0-\u30ffー・]{1,12}?)(?P<office>(?:副)?(?:大統領|総理|首相|(?:外務|通商産業|通商|大蔵|財務|農林水産|農林|漁業|水産|経済|貿易|商務|国務|國務|国防|防衛|内閣官房|総務)?(?:大臣|長官|次官|局長|大使|公使|代表|補佐官|議長)))(?=[、，。）)\s\n]|$)"
)


def is_japanese(label: str) -> bool:
    return bool(re.search(r"[\u3041-\u30ff\u4e00-\u9fff]", label))


def delegates(text: str) -> list[tuple[str, str, int]]:
    """Names with offices in Japanese lists: "細川総理" → ("細川", "総理", offset); offices without a name are left out."""  # noqa: E501
    return [(m["name"], m["office"], m.start()) for m in _DELEGATE.finditer(text) if m["name"] not in _OFFICES]


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

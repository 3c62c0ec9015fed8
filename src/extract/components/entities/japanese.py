"""Names in Japanese text: persons before their office ("…総理"), countries as CLDR writes them.

Offices are the words that diplomatic records of the Ministry of Foreign Affairs of Japan use. A person's name is a run
of katakana or of two to four kanji right before an office, or before an office in brackets' label.
"""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from extract.components.entities.mentions import Mention

PERSON, COUNTRY = 80.0, 70.0
_OFFICES = (
    "副大統領|大統領|首相|総理大臣|総理|外務大臣|外相|国務長官|長官|大使|大臣|公使|首席代表|通商代表|代表|次官補|次官|"
    "局長|審議官|外審|補佐官|補さ官|議長|書記長|主席|国家主席|議員|総裁|参事官|課長|夫人|氏"
)
_NAMED = re.compile(rf"((?:[ァ-ヴー]{{2,12}}(?:・[ァ-ヴー]{{2,12}})*)|[一-龥]{{2,3}}?)(?:{_OFFICES})")
# Kanji before an office that name the office's land or rank, no person.
_NO_PERSON = re.compile(
    r"(?:國|両|各|在|駐|副|新任|前任|本省|同国|元首|日米|米側|日本|外務|大蔵|通産|農林|運輸|郵政|内閣|官房|特命|全権|総|首席|国務|"
    r"次期|現職|歴代|当時|担当|事務|政務|主管|北米|経済|条約|情報|国防|財務|商務|農務|補佐|通商|交渉|先方|当方|大統領|国家|安全)"
)
# What records write for countries beside CLDR's names.
_SHORT = {
    "米国": "US",
    "日本": "JP",
    "英国": "GB",
    "仏国": "FR",
    "独国": "DE",
    "ソ連": "SU",
    "北朝鮮": "KP",
    "韓国": "KR",
}


@lru_cache(maxsize=1)
def _countries() -> tuple[re.Pattern[str], dict[str, str]]:
    """Country names of CLDR in Japanese with their codes, and an expression that finds them."""
    names = {str(n): c for c, n in Locale("ja").territories.items() if len(c) == 2 and c.isalpha() and len(str(n)) > 1}
    names = {name: code for name, code in names.items() if code not in ("UN", "EU", "EZ", "ZZ", "XA", "XB")} | _SHORT
    found = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(f"(?<![ァ-ヴー])(?:{found})(?![ァ-ヴー])"), names


def japanese_names(text: str, spans: list[tuple[int, int]]) -> list[Mention]:
    """Persons and countries in the Japanese stretches of a text."""
    found: list[Mention] = []
    for start, end in spans:
        pattern, codes = _countries()
        for match in pattern.finditer(text, start, end):
            found.append(Mention(match.start(), match.end(), "GPE", COUNTRY, "japanese", codes[match[0]]))
        for match in _NAMED.finditer(text, start, end):
            if not _NO_PERSON.match(match[1]) and match[1] not in codes:
                found.append(Mention(match.start(1), match.end(1), "PERSON", PERSON, "japanese"))
    return found

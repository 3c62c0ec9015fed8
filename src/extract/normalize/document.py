"""Document data from pieces of text: dates of writing, front matter, numbers, titles, parties. Pure functions.

Only complete days are read here (a document's date is a day); the full grammar of time expressions is elsewhere.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from extract.normalize.figures.japanese import japanese_number

# Two-digit years: declassified and wire texts reach back to 1945; later ones are of this century.
PIVOT_YEAR = 45
FIRST_YEAR, LAST_YEAR = 1500, 2100

_MONTHS = {
    1: "january jan janvier januar januari enero gennaio janeiro ene января stycznia ocak",
    2: "february feb février fevrier februar februari febrero febbraio fevereiro февраля lutego şubat",
    3: "march mar mars märz maart marzo março maret марта marca mart",
    4: "april apr avril abril aprile апреля kwietnia nisan",
    5: "may mai mei mayo maggio maio мая maja mayıs",
    6: "june jun juin juni junio giugno junho июня czerwca haziran",
    7: "july jul juillet juli julio luglio julho июля lipca temmuz",
    8: "august aug août aout augustus agosto agustus августа sierpnia ağustos augusti",
    9: "september sep sept septembre septiembre settembre setembro сентября września eylül",
    10: "october oct octobre oktober octubre ottobre outubro октября października ekim okt",
    11: "november nov novembre noviembre novembro nopember ноября listopada kasım",
    12: "december dec décembre decembre dezember diciembre dicembre dezembro desember декабря grudnia aralık dez des",
}
MONTH_NUMBERS = {name: number for number, names in _MONTHS.items() for name in names.split()}
_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_KANJI = "[〇一二三四五六七八九十]"
_DAY = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?P<y>(?:1[5-9]|20)\d\d)"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"(?<![\d-]){_YEAR}[-/.](?P<m>0?[1-9]|1[0-2])[-/.]{_DAY}(?!\d)",
        rf"(?<!\w)(?P<mon>{_MONTH})\.?\s{{0,3}}{_DAY}(?:st|nd|rd|th)?(?:\s?[-–]\s?\d{{1,2}})?,?\s{{1,3}}{_YEAR}(?!\d)",
        rf"(?<!\d){_DAY}(?:\s?(?:st|nd|rd|th)|er|\.|º|ª)?[\s-]{{0,3}}(?:de |of |d[’'])?(?P<mon>{_MONTH})(?:\.|,)?"
        rf"[\s-]{{0,3}}(?:de |del )?{_YEAR}(?!\d)",
        rf"(?P<era>明治|大正|昭和|平成|令和)\s*(?P<ey>\d{{1,2}}|元)\s*年\s*(?P<m>1[0-2]|0?[1-9])\s*月\s*{_DAY}\s*日",
        rf"(?P<era>明治|大正|昭和|平成|令和)?(?P<ky>元|{_KANJI}{{1,4}})年(?P<km>{_KANJI}{{1,3}})月(?P<kd>{_KANJI}{{1,3}})日",
        rf"{_YEAR}\s*[年년]\s*(?P<m>1[0-2]|0?[1-9])\s*[月월]\s*{_DAY}\s*[日일]",
        # Date-time group of a telegram: day, hour and minute, zone letter, month, year.
        rf"(?<!\w)(?P<d>0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d\s?[A-Z]\s(?P<mon>{_MONTH})\s(?P<y2>\d\d|"
        rf"\d{{4}})(?!\d)",
        rf"(?<!\d){_DAY}[-\s](?P<mon>{_MONTH})[-\s](?P<y2>\d\d)(?![\d:])",
        # Agency slug: month-day-year, with the time of filing.
        r"\b(?:AP-NR|APNR|UPI)-(?P<m>0[1-9]|1[0-2])-(?P<d>\d\d)-(?P<y2>\d\d)\b",
        r"(?<![\d/.-])(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>(?:1[5-9]|20)\d\d)(?![\d/])",
    )
)
# Behind a headline or a day: when the paper came in.
RECEIVED = re.compile(r"[\s.—–-]*[(\[]\s?[Rr]ec(?:eived|['’]d)\b[^()\[\]]*[)\]]\.?$")
_HAS_DAY = re.compile(rf"\d|{_KANJI}日")
_TIME_WORDS = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?::\d{2})?\b|\b\d{3,4}\s?hours\b|\b[ap]\.?m\.?(?!\w)|\b(?:at|on|the|of|updated|"
    r"published|posted|"
    r"date|time|est|edt|gmt|utc|jst|cet|bst|pst|pdt|et|noon|midnight|local|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun))\b\.?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day as ``YYYY-MM-DD`` and where it stands in the string."""

    value: str
    start: int
    end: int


def find_date(text: str) -> FoundDate | None:
    """The first complete calendar day in a string (a line, a field's value), or ``None``.

    Days that no calendar has and orders that stay open (3/4/1998) give nothing.
    """
    if not _HAS_DAY.search(text):
        return None
    found = [date for form in _FORMS for match in form.finditer(text) if (date := _as_date(match))]
    return min(found, key=lambda date: (date.start, -date.end), default=None)


def _as_date(match: re.Match[str]) -> FoundDate | None:
    parts = {key: value for key, value in match.groupdict().items() if value}
    if "a" in parts:
        a, b = int(parts["a"]), int(parts["b"])
        if a > 12 >= b or a == b:
            day, month = a, b
        elif b > 12 >= a:
            day, month = b, a
        else:
            return None
    elif "kd" in parts:
        day, month = int(japanese_number(parts["kd"])), int(japanese_number(parts["km"]))
    else:
        day = int(parts["d"])
        month = int(parts["m"]) if "m" in parts else MONTH_NUMBERS[parts["mon"].lower()]
    try:
        value = datetime.date(_year(parts), month, day)
    except ValueError:
        return None
    return FoundDate(value.isoformat(), match.start(), match.end()) if FIRST_YEAR <= value.year <= LAST_YEAR else None


def _year(parts: dict[str, str]) -> int:
    if "era" in parts:
        written = parts.get("ky") or parts["ey"]
        return _ERAS[parts["era"]] + (1 if written == "元" else int(japanese_number(written)))
    if "ky" in parts:
        return int(japanese_number(parts["ky"])) if parts["ky"] != "元" else 0
    short = parts.get("y2")
    if short is None or len(short) == 4:
        return int(short or parts["y"])
    return year_of(int(short))


def year_of(short: int) -> int:
    """The year that two digits mean."""
    return short + (1900 if short >= PIVOT_YEAR else 2000)


def is_date_line(line: str, other_words: int = 6) -> bool:
    """The line is a date, with at most a few names before or behind it (a place, an office), weekday and hour aside.

    Running text is none: "On June 10, 1987, the duty was halved." has its verb, "The Siege of 3 March 1861 and After"
    words on both sides.
    """
    line = RECEIVED.sub("", line)
    date = find_date(line)
    if date is None or len(line) > 160:
        return False
    sides = [re.findall(r"[^\W\d_]{2,}", _TIME_WORDS.sub(" ", part)) for part in (line[: date.start], line[date.end :])]
    words = sides[0] + sides[1]
    return len(words) <= other_words and not (sides[0] and sides[1]) and sum(word[0].islower() for word in words) <= 1


@dataclass(frozen=True, slots=True)
class Field:
    """A value of the front matter: as meant (unquoted, unescaped) and the bounds of its raw form."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The block between ``---`` lines that opens a Markdown file; ``end`` is behind its last line."""

    fields: dict[str, Field]
    end: int


_FENCE = re.compile(r"\s*---[ \t]*\n")
_FENCE_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.M)
_ENTRY = re.compile(r"^([A-Za-z_][\w -]{0,40}):[ \t]*(.*(?:\n[ \t]+\S.*)*)", re.M)
# Front matter longer than this is no front matter but a text that opens with a rule.
MAX_FRONT_MATTER_CHARS = 20_000


def read_front_matter(text: str) -> FrontMatter | None:
    """The front matter that opens a text, or ``None``."""
    opening = _FENCE.match(text)
    if not opening:
        return None
    closing = _FENCE_END.search(text, opening.end(), opening.end() + MAX_FRONT_MATTER_CHARS)
    if not closing:
        return None
    fields: dict[str, Field] = {}
    for entry in _ENTRY.finditer(text, opening.end(), closing.start()):
        raw = entry[2].rstrip()
        if raw:
            start = entry.start(2)
            fields.setdefault(entry[1].strip().lower(), Field(unquote(raw), start, start + len(raw)))
    return FrontMatter(fields, closing.end()) if fields else None


_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|\n\s*(\\ )?|(.))", re.S)
_PLAIN_ESCAPES = {"n": "\n", "t": "\t", "_": "\u00a0", "N": "\u0085", "0": ""}


def unquote(raw: str) -> str:
    """A YAML scalar as text: quotes taken off, escapes read, folded lines joined."""
    raw = raw.strip()
    if len(raw) >= 2 and raw[0] == raw[-1] == '"':
        folded = _ESCAPE.sub(_unescape, raw[1:-1])
        return re.sub(r"[ \t]*\n[ \t]*", " ", folded).strip()
    if len(raw) >= 2 and raw[0] == raw[-1] == "'":
        raw = raw[1:-1].replace("''", "'")
    return re.sub(r"[ \t]*\n[ \t]*", " ", raw).strip()


def _unescape(match: re.Match[str]) -> str:
    if match[1] or match[2]:
        return chr(int(match[1] or match[2], 16))
    if match[4]:
        return _PLAIN_ESCAPES.get(match[4], match[4])
    return " " if match[3] else ""


def clean_title(raw: str) -> str | None:
    """A title as it is read: single-spaced, without Markdown marks, enclosing quotation marks or a final colon."""
    title = re.sub(r"^\s*#{1,6}\s+|\*\*|__|\s#+\s*$", "", raw)
    title = re.sub(r"\s+", " ", title).strip(" *_•·●▪")
    pairs = {"'": "'", '"': '"', "“": "”", "‘": "’", "「": "」"}
    if len(title) > 2 and pairs.get(title[0]) == title[-1] and title[0] not in title[1:-1]:
        title = title[1:-1].strip()
    return title.rstrip(":").strip() or None


_NUMBER_LINE = re.compile(
    r"^[\[(]?(?:(?:cable|telegram|despatch|dispatch|airgram|outgoing telegram|message|tel)\.?\s+)?"
    r"(?:no|nr|number|№|n[°º])(?:\s*[.:]){0,2}\s*(\d[\d,/-]*[A-Z]?|[A-Z]{1,6}[/-]?\d[\w/-]*)(?=$|[\s,.;:)\]])",
    re.I,
)
# "LOK SABHA QUESTION NO. 4711", "News Release (No. 12/34)": a number amid a line of capitals, unless it counts volumes.
_NUMBER_AMID = re.compile(
    r"^(?!(?i:.*\b(?:vol(?:ume)?|hansard|item|room|tel|phone|page|table|chart|issue|h\.?r|bill|isbn|issn|file|box|case|copy|motion|amendment)\b))"
    r"\[?(?:[A-Z(&][\w&/.,()'’-]*:?\s+|(?:of|the|for|and|to)\s+|[—–●•|]\s+){0,10}"
    r"\(?(?:No|NO|Nr|NUMBER|№|N[°º])\.?:?\s?(\d[\d/-]*(?:\.\d+|(?<=-)[A-Z]{2}-\d+|[A-Z]\b)?)\)?",
)
_SENTENCE_WORD = re.compile(r"\b(?!(?:of|to|the|and|dated|from|for|in|at|series|au|aux|de|des|du|la|le)\b)[a-zà-ÿ]{2,}")
_NUMBER_JA = re.compile(r"第\s*(\d+)\s*号|総番号\s*[:：]?\s*(\d+)")
# Symbols of documents as international bodies give them: W.11/27, A/RES/52/3, TN/AG/W/4, COM(2003) 12.
_SYMBOL = re.compile(
    r"(?<![\w/])([A-Z]{1,5}(?:[./-][A-Z0-9()]{1,8}){1,5}/\d+(?:/[A-Za-z0-9.]+)*|"
    r"[A-Z]{1,4}(?:\.\d)?/(?:\d{1,3}/)?[A-Z]{1,5}\.\d+|"
    r"COM\(\d{4}\)\s?\d+|[A-Z]{1,5}/[A-Z]{1,4}\d{1,4}(?:/[A-Z0-9.]{1,6})*|"
    r"[A-Z][A-Z.]{0,6}(?:/[A-Z][A-Za-z0-9.-]{0,9}){1,5}[./]\d{1,4}|[A-Z]{2,3}(?:/\d{2,4}){2}|"
    r"(?:[A-Z]|[A-Z]{4,9}|[A-Z][a-z]{2,4})/\d{2,5}(?:/\d+)*(?:/(?:Add|Rev|Corr)\.\d+)*)(?![\w/])"
)
# A paper's code that stands alone on its line: "R44121", "TAO/NS-88-14".
_CODE = re.compile(
    r"^([A-Z]{1,3}-?\d{3,6}|[A-Z]{2,6}(?:/[A-Z]{2,6})?-\d{2,4}-\d{1,4}[A-Z]{0,2}|[A-Z]{2}\d\d-\d{1,4})"
    r"(?:$|\s+[A-Z ]+$|, [A-Z]{2,}\d\d-)"
)
MAX_PAPER_COMMAS = 2
# Papers of cabinets, commands and courts, whole or at the end of a line: "G.T. 661.", "[Cd. 5517.]", "C.P. 11 (35)",
# "Inquiry into tin, HC 118", "CR 2014/6", "C.222.M.109.1930.II".
_PAPER = re.compile(
    r"(?:^\[?(?!P\.O\.)|(?<=[,—–] )(?=[A-Z](?:[A-Z]|\.\d)))"
    r"((?:(?:[A-Z]\. ?){1,4}|[A-Z]{2,3} |[A-Z][b-df-hj-np-tv-z]{1,3}\. ?)"
    r"\d{1,4}(?:/\d{1,3}| \(\d\d\))?|[A-Z]\.\d+(?:\.[A-Z0-9]+){2,})\.?\]?$"
)
# Papers of cabinets and conferences: CP(47) 12, E (PD) (37) 12, P.M.M. (49) 6th Meeting.
_SERIES = re.compile(
    r"^((?:[A-Z]\.?){1,6}\s?(?:\([A-Z.]{1,4}\)\s?)?\(\d\d\)\s?(?:[A-Z]\.)?\d{1,3}(?:(?:st|nd|rd|th)\s(?:Meeting|Conclusions|Minutes))?)(?!\w)"
)
_STATION_NUMBER = re.compile(
    r"^(?:(?:[A-Z] )+[A-Z] )?(?:[A-Z]{3,} ){0,3}?(?:SECTION \d+ OF \d+ )?(?:[A-Z]{3,}\s){1,6}(\d{3,6})(?:\s|$)|"
    r"\bCITE [A-Z ]{3,30} (\d{2,6})$"
)


def own_number(line: str) -> str | None:
    """The number that a line of a document's head gives to it ("No. 1468 Secret" → "1468"), or ``None``."""
    line = line.strip()
    if match := _NUMBER_JA.search(line[:60]):
        return match[1] or match[2]
    match = _NUMBER_LINE.match(line) or (_NUMBER_AMID.match(line) if len(line) <= 100 else None)
    # "No. 10 was silent" begins a sentence: what follows a number are names and classifications.
    return match[1].rstrip(",/-") if match and not _SENTENCE_WORD.search(line[match.end() :][:80]) else None


def symbol_number(line: str) -> str | None:
    """A document symbol in a line of a head ("W.11/27"), or ``None``."""
    alone = line.strip()
    match = _SERIES.match(line) or _SYMBOL.search(line[:200]) or _CODE.match(alone)
    # "WE 4, C/SAD, FI, RF 2" lists desks.
    match = match or (_PAPER.search(alone) if alone.count(",") <= MAX_PAPER_COMMAS else None)
    return match[1] if match else None


def station_number(line: str) -> str | None:
    """The number behind a station in a telegram's first lines ("TOKYO 02345"), or ``None``."""
    match = _STATION_NUMBER.search(line)
    return (match[1] or match[2]) if match else None


_LETTER_NAME = (
    r"(?:Sir|Mr\.?|Lord|Viscount|The\s(?:Earl|Marquess|Duke)\sof|Earl|Marquess|Count|Baron|General|Prince|M\.|"
    r"Señor|Dr\.?)\s"
    r"[^\W\d_][\w\s.'’-]{1,40}?"
)
_FROM_TO = (
    re.compile(
        r"\b(?:telegram|despatch|dispatch|letter|memorandum|airgram|note|cable|message|"
        r"minute)(?:\s+(?:no\.?\s?)?[A-Z]{0,6}-?\d+)?\s+from\s+(.+?)\s+to\s+(.+)$",
        re.I,
    ),
    re.compile(r"^(?:cable|telegram)\s+no\.?\s*[\w-]+,\s+(.+?)\s+to\s+(.+?)(?:,\s*[\"'“‘].*)?$", re.I | re.S),
    re.compile(
        r"^((?i:The\s)?(?:[A-Z]\w+\s){0,3}?(?i:Ambassador|Minister|Chargé|Consul|Secretary|Under Secretary|"
        r"Assistant Secretary|"
        r"President|Representative)\b[^.]{0,60}?)\s+(?i:to)\s+((?i:the)\s+[A-Z].{3,80}|[A-Z].{3,80})$"
    ),
    # Letters of older collections: "Sir R. Roe to Mr. Doe."
    re.compile(rf"^({_LETTER_NAME})\s+to\s+({_LETTER_NAME}|the\s+[A-Z][\w\s'’.-]{{3,60}}?)\.?$"),
)


def from_to(line: str) -> tuple[str, str] | None:
    """Sender and recipient that a headline names ("Telegram From the Embassy in Peru to the Department of State")."""
    line = re.sub(r"\s+", " ", line).strip()
    if len(line) > 400 or " to " not in line.lower():
        return None
    match = next((found for pattern in _FROM_TO if (found := pattern.search(line))), None)
    return (clean_party(match[1]), clean_party(match[2])) if match else None


_PARTICLE = re.compile(r"(?:of|the|in|at|for|and|to|de|la|le|du|des|van|von|der|di|da|&|-|–)$", re.I)
MAX_PARTY_WORDS = 16


def is_party(name: str) -> bool:
    """A name or an office can be meant: a few words, all capitalised but for particles, no figures."""
    words = name.replace(",", " ").split()
    if not 1 <= len(words) <= MAX_PARTY_WORDS or re.search(r"\d|[?!:;\"“”]", name):
        return False
    return words[0][:1].isupper() and all(
        word[:1].isupper() or word[0] in "(" or _PARTICLE.match(word) for word in words
    )


def clean_party(raw: str) -> str:
    """A sender or recipient as named, without marks, a final stop, or a leading "the" in running text."""
    party = re.sub(r"\s+", " ", raw).strip(" *_.,;:")
    return re.sub(r"^(?:the|THE)\s+", "", party)

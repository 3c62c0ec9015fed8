"""What single lines of a document's head and tail look like: lexicon-backed matchers and the shapes of head lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from extract.layout.lines import Unit
from extract.lexicons import load
from extract.normalize.document import is_date_line, own_number, symbol_number

BOILERPLATE_COLUMNS = {
    "kind": "footer|interrupt|related|references|header|end",
    "language": "text",
    "match": "whole|head|any",
    "pattern": "regexes",
}
KEY_COLUMNS = {
    "field": "title|sent|date|received|number|sender|recipient|attendees|summary|citation|header",
    "key": "terms",
}
# Chrome stands on short lines; what is longer is read as text, whatever words it holds.
MAX_WHOLE_CHARS = 160
MAX_HEAD_CHARS = 700
MAX_ANY_CHARS = 450
# Lines are asked for more than once in one reading; so many answers are kept.
MAX_KNOWN_LINES = 5_000
_UNKNOWN = ("", "")


class Boilerplate:
    """Matches a line against ``segments_boilerplate.tsv``; the patterns of one kind are one expression a language."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, str] | None] = {}
        grouped: dict[tuple[str, str], dict[str, list[str]]] = {}
        for row in load("mul/segments_boilerplate", BOILERPLATE_COLUMNS, key=("kind", "pattern")):
            by_language = grouped.setdefault((row["kind"], row["match"]), {})
            by_language.setdefault(row["language"], []).append(row["pattern"])
        self._patterns = {key: self._compile(languages) for key, languages in grouped.items()}

    @staticmethod
    def _compile(languages: Mapping[str, list[str]]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?P<{tag}>{'|'.join(patterns)})" for tag, patterns in languages.items()))

    def match(self, unit: Unit) -> tuple[str, str] | None:
        """Kind and language of the boilerplate that a unit is, or ``None``."""
        if len(unit.text) > MAX_HEAD_CHARS:
            return None
        known = self._known.get(unit.look, _UNKNOWN)
        if known is _UNKNOWN:
            if len(self._known) >= MAX_KNOWN_LINES:
                self._known.clear()
            known = self._known[unit.look] = self._match(unit.look.casefold(), len(unit.text))
        return known

    def _match(self, line: str, n_chars: int) -> tuple[str, str] | None:
        line = line.strip(" -–—•|>»›:").rstrip("…") or line
        for (kind, how), pattern in self._patterns.items():
            if how == "whole":
                found = pattern.fullmatch(line) if n_chars <= MAX_WHOLE_CHARS else None
            elif how == "head":
                found = pattern.match(line)
            else:
                found = pattern.search(line) if n_chars <= MAX_ANY_CHARS else None
            if found:
                return kind, found.lastgroup or "en"
        return None


@lru_cache(maxsize=1)
def boilerplate() -> Boilerplate:
    return Boilerplate()


@lru_cache(maxsize=1)
def _keys() -> dict[str, str]:
    return {row["key"].casefold(): row["field"] for row in load("mul/document_header_keys", KEY_COLUMNS)}


_KEY_APART = re.compile(r"([A-Z]{2,12})(?: {2,}|\t+| ?[•·;] ?)(\S[^\n]*)$")
# Another key side by side with the first: "TO: Mr. Roe      DATE: May 4, 1950".
_NEXT_KEY = re.compile(r"\s(?=(?:DATE|FROM|SUBJECT|NUMBER)\s?:)")


def header_key(unit: Unit) -> tuple[str, str] | None:
    """Field and value of a "Key: value" line, of a key in capitals before a wide blank ("FROM   Lima"), or of a key on
    a line of its own (value ``""``); ``None`` for others."""
    apart = _KEY_APART.match(unit.text)
    if pair := unit.label or (apart and (apart[1], apart[2])):
        key, value = pair
        field = _keys().get(key.casefold())
        return (field, _NEXT_KEY.split(value)[0]) if field else None
    look = unit.look
    if len(look) > 60:
        return None
    bare = look.rstrip(":： ")
    field = _keys().get(bare.casefold())
    # A key without a colon is one only in capitals or bold ("SUBJECT", "**Contents**"), or as a heading ("Abstract").
    marked = look != bare or bare.isupper() or unit.text.startswith(("**", "__", "#"))
    marked = marked or (field in ("summary", "attendees") and bare.istitle())
    return (field, "") if field and marked and (look != bare or len(bare) > 2) else None


_AGENCY = r"(?:reuters|ap|afp|kyodo|getty(?: images)?|bloomberg|epa|xinhua|jiji|yonhap|upi|dpa|associated press)"
_CREDIT = re.compile(
    rf"[.!?”\"’]\s?[(\[][^()\[\]:]{{0,40}}\b(?:{_AGENCY}|photos?|courtesy|file|pool|images?|"
    rf"illustration)\b[^()\[\]:]{{0,40}}[)\]]$|"
    rf"[|/]\s?{_AGENCY}(?: photo)?(?:/[\w ]{{2,30}})?$",
    re.I,
)
DOCUMENT_WORD = re.compile(
    r"\b(?:briefing|deposition|minutes|meeting|call|hearing|bill|statement|remarks|report|agreement|talks|memorand\w+|"
    r"conversation|conference|consultations?|negotiations?|debate|session|interview|treaty|act|speech|testimony|"
    r"address|fact sheet|communiqué|question|visit|transcript|working party|telegram|cable|letter)\b|"
    r"会談|会合|協議|会議|件|報告|交渉|について",
    re.I,
)
_CREDIT_KEY = re.compile(
    r"(?:photo(?:graph)?|image|picture|credit|caption|illustration|video)(?: by| credit|s)?\s?[:|]", re.I
)
_CREDIT_END = re.compile(r"[.!?”\"’)] (?:Photo|Image|Picture|Credit|Source)s?:\s[^.!?]{2,60}[.]?$")
_BYLINE = re.compile(
    r"(?:(?i:(?:written |story |text |words |report(?:ed)? |article )?by)\s+(?:[A-Z][\w.'’-]+|the\s[A-Z])|"
    r"(?i:por|par|von|oleh|door|di)\s+[A-Z])"
    r"[^.!?:]{0,150}$|.{2,60}[,|]\s(?:staff writer|senior staff writer|correspondent|associated press writer|reuters|"
    r"contributor|staff reporter)s?\b.{0,40}$",
)
_CLASS_WORD = re.compile(
    r"secret|confidential|classified|unclas|restricted|distribution|urgent|telegram|official use|nodis|exdis|limdis|"
    r"immediate|noforn|routine|priority|^(?:[A-Z] ){4,}[A-Z]\b",
    re.I,
)
# All words of a line that only classifies, marks its urgency or its form ("Secret", "Limited Distribution").
_CLASS_WORDS = frozenset(
    re.findall(
        r"\w+",
        "top secret confidential unclassified unclas restricted declassified limited official use only "
        "sensitive noforn eyes "
        "nodis exdis limdis urgent immediate routine priority flash distribution general divided outgoing "
        "incoming telegram "
        "personal private important and begins for strictly very most draft original copy cable section part of no "
        "document classification "
        "strictement confidentiel",
    )
)
_SPACED = re.compile(r"^(?:[A-Z] ){4,}[A-Z]\b")
_JA_HEAD = re.compile(
    r"極\s*秘|秘\b|^秘$|至急|総番号|主\s*管|局長|課長|発$|着$|殿$|大使$|公使$|総領事$|限定配布|分割電報|秘密指定解除|外交記録|情報公開室|"
    r"緊急処理|電信|転電|第\d+号|公電|写\)?$"
)
_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}\s?(?:[ap]\.?\s?m\b|hours|est|edt|gmt|utc|et\b|jst|local)|^\W*\d{1,2}\s?[ap]\.?m\.?\b", re.I
)
_PLACE = re.compile(
    r"\b(?:Room|Hall|Building|Avenue|Street|Road|Boulevard|Floor|Suite|Hotel|Palace|Palais|Centre|Center|Garden|Office)"
    r"(?:$|[,;]| of | des )|^(?:Jl|Jalan|Calle|Rue|Via)\.?\s"
)
LOWER_WORD = re.compile(r"\b(?!of\b|the\b|des\b|de\b|and\b|at\b|in\b)[a-z]+")
_AFFILIATION = re.compile(
    r"\b(?:Universit\w+|Universidad\w*|Department|Departamento|Faculty|Institut\w*|Laborator\w+|Lab|School|College|Campus)\b"
)
_PAGE = re.compile(
    r"^\W*(?:page|pages|p\.|pp\.|seite|página|col\.|column)\s?[\dA-Z]{1,8}(?:\s?(?:of|/)\s?\d+)?\W*$|^\W*\d{1,4}\W*$|"
    r"^\[\[?(?:page|pp?\.?|pages)\s[^\]]{1,30}\]?\]$|\b\d{1,4} of \d{1,4}$",
    re.I,
)
_BRACKETED = re.compile(r"^[\[(（【].{1,120}[\])）】]\.?$", re.S)
_WEB = re.compile(r"https?://|www\.|[\w.+-]+@[\w-]+\.\w|^<[^>]+>$|^@\w+$|\[email.?protected\]", re.I)
_BULLETIN = re.compile(r"^(?:HC|HL|Cm|Cmd|Cmnd)\.? ?(?:Deb\b|\d)|\bvol(?:ume)?\.? \d+\b.*\d|\bcc?\d{2,}[-–]\d+", re.I)
_READ_TIME = re.compile(r"^\W*\d+\s?min(?:ute)?s?\s(?:read|ago)|\b\d+\s(?:minutes|hours|days)\sago$", re.I)
_TELEGRAM = re.compile(
    r"^(?:[ZPORY]\s)?\d{6}Z\b|^(?:FM|INFO|ZNR|DE)\s[A-Z]|^TO\s[A-Z]{3,}|^[A-Z]{3,}\s[A-Z]{3,}\s\d{3,6}\b|"
    r"^E\.?O\.?\s\d{5}|^TAGS\b|^BT$"
)
_RULE = re.compile(r"^[\W_]+$")
_ALT_TEXT = re.compile(
    r"^(?:logo|icon|image|photo|banner|header image|site logo|menu|search|close|home|toggle \w+|\w+ logo|"
    r".{0,30}background)$",
    re.I,
)
_NAVIGATION = re.compile(r"^(?:[\w&' ]{2,25}\s?[|›»·•/>]\s?){2,}[\w&' ]{2,40}$")
_PUBLISHED = re.compile(
    r"^(?:first |originally )?(?:published|posted|updated|last updated|last modified|released|issued|submitted|"
    r"created)\b.{0,80}$",
    re.I,
)
_HELD = re.compile(
    r"^(?:held|taken|given|delivered|done|recorded|convened|adopted)\s+(?:at|on|in|before|by)\b.{0,150}$|"
    r"^the\s(?:house|senate|committee|council|commission|board|assembly|panel)\s(?:met|convened|assembled|"
    r"sat)\b.{0,120}$|"
    r"^prayers\.?$|^(?:communication|submission|note|paper|memorandum) (?:from|by) .{2,80}$",
    re.I,
)
_PRESS_HEAD = re.compile(
    r"^(?:for )?(?:immediate release|press release|news release|media release|official (?:record|report)s?)$|"
    r"^(?:embargoed|contact)\b.{0,60}$",
    re.I,
)


def head_shape(unit: Unit) -> str | None:
    """The reason why a line belongs to a document's head and is neither title nor text, or ``None``."""
    look = unit.look
    if not look or _RULE.match(look):
        return "rule"
    if len(look) > 400 or unit.turn_opener:
        return "caption" if _is_caption(unit) and not unit.turn_opener else None
    if _TELEGRAM.match(look):
        return "telegram"
    if is_date_line(look, other_words=2 if DOCUMENT_WORD.search(look) else 6):
        return "date"
    if len(look) <= 160 and (shape := _short_shape(unit, look)):
        return shape
    if _is_caption(unit):
        return "caption"
    return "bracketed" if _BRACKETED.match(look) and not unit.prose else None


def _short_shape(unit: Unit, look: str) -> str | None:
    if unit.words <= 8 and (own_number(look) or symbol_number(look)):
        return "number"
    if _CLASS_WORD.search(look) and only_classifies(look):
        return "classification"
    if unit.is_cjk and _JA_HEAD.search(re.sub(r"\s+", "", look)) and "。" not in look:
        return "routing"
    if _BYLINE.match(look) and not unit.ends_sentence:
        return "byline"
    if _WEB.search(look) and unit.words <= 25 and not unit.ends_sentence:
        return "web"
    for name, pattern in _SHAPES:
        if pattern.search(look):
            return name
    if not unit.prose and unit.words <= 12 and (_TIME.search(look) or _is_place(look)):
        return "place"
    return "affiliation" if _AFFILIATION.search(look) and "," in look and not LOWER_WORD.search(look) else None


def only_classifies(look: str) -> bool:
    """Every word of a line is one that classifies a paper or marks its urgency or form."""
    words = re.findall(r"[^\W\d_]+", look.lower())
    return bool(_SPACED.match(look)) or all(word in _CLASS_WORDS for word in words)


def _is_place(look: str) -> bool:
    return bool(_PLACE.search(look)) and not LOWER_WORD.search(look) and not look.isupper()


_SHAPES = (
    ("page", _PAGE),
    ("bulletin", _BULLETIN),
    ("read_time", _READ_TIME),
    ("alt_text", _ALT_TEXT),
    ("navigation", _NAVIGATION),
    ("published", _PUBLISHED),
    ("held", _HELD),
    ("press", _PRESS_HEAD),
)


def _is_caption(unit: Unit) -> bool:
    look = unit.look
    if len(unit.text) > 500:
        return False
    credited = _CREDIT.search(look[-110:]) and not unit.dateline
    return bool(_CREDIT_KEY.match(look) or _CREDIT_END.search(look) or credited)


_REFERENCE = re.compile(
    r"^(?:\[?\d{1,3}[\].)]?\s+|\^\s?|[*•-]\s+)?[^\W\d_][\w'’.-]+(?:\s(?:van|von|de|der|al))*,?\s(?:[A-Z]\.|"
    r"[A-Z][\w'’-]+|et al).{0,200}?"
    r"[(,.]\s?(?:[A-Z][a-z]+\.?\s\d{1,2},?\s)?(?:1[5-9]|20)\d\d[a-z]?[),.:;]",
    re.S,
)
_REFERENCE_SIGN = re.compile(
    r"https?://|\bdoi\b|\bpp?\.\s?\d|\bvol\.|\bibid\b|\bop\. cit|\bretrieved\b|\baccessed\b|\bisbn\b|"
    r"\bNo\.\s?\d|\beds?\.\)|"
    r"University Press|\bPress\b|\bJournal\b|, \d{1,4}[-–]\d{1,4}\.|\bvgl\.|\bISSN\b|S\.\s?\d+|頁|出版",
    re.I,
)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d[a-z]?(?!\d)")
_NOTE_NUMBER = re.compile(r"^(?:\[\d{1,3}\]|\d{1,3}[.)]?|\^|[*†‡])\s")


def is_reference(unit: Unit) -> bool:
    """A unit reads as an entry of a bibliography or a note that cites: author and year, or a link, pages, a "
    "publisher."""
    look = unit.look[:600]
    if _REFERENCE.match(look) and len(unit.text) <= 900:
        return True
    signs = len(_REFERENCE_SIGN.findall(look))
    return (signs >= 1 and bool(_YEAR.search(look) or _NOTE_NUMBER.match(look))) or (signs >= 1 and unit.words <= 15)


def is_strict_reference(unit: Unit) -> bool:
    """An entry that no running text looks like: for lists without a heading."""
    look = unit.look[:400]
    return len(unit.text) <= 700 and bool(_REFERENCE.match(look)) and bool(_REFERENCE_SIGN.search(unit.look))

"""What a label or a title says of an office: in ordinary letters, without forms of address."""

from __future__ import annotations

import re

from extract.components.speakers.sides import country_in
from extract.normalize.names import proper_case
from extract.normalize.title_words import ADDRESS, DOMAIN, MODIFIER, OFFICE, SMALL_WORDS

# "CNN", "USTR": words of an office in capitals up to this length may be abbreviations.
MAX_ABBREVIATION = 4
# A remark on how the words were said.
LANGUAGE = re.compile(
    r"(?:spoke|speaking|in|through|via|presiding|continuing|voice[- ]over|"
    r"off[- ](?:camera|mic\w*)|on[- ](?:camera|screen))\b",
    re.IGNORECASE,
)
# "M. le président", "Señor presidente": what is left is an office.
OFFICE_ADDRESSED = re.compile(
    r"^(?:M|Mme|Madame|Monsieur|Sr|Sra|Señora?|Senhora?|Herr|Frau)\.? (?:l[ea] )?(?=[a-zà-ÿ])"
)
# Titles of other languages and abbreviated offices before a name.
MORE_TITLES = re.compile(
    r"^(?:Deputy|An|M\.|MM\.|Mme|Herr|Frau|(?P<office>(?i:Sec\.|(?:council|assembly) ?(?:member|person)|trustee|"
    r"supervisor|selectman|alderperson|comm(?:issioner|\.)|dir\.|amb\.)))\s+(?=[A-ZÀ-Þ])"
)
_ROLE_LEAD = re.compile(r"^(?:the |an? |m(?:r|s|rs|adam)e?\.? )+", re.IGNORECASE)


def role_of(office: str | None) -> str | None:
    """An office without article and form of address, in ordinary letters: "MR. SPEAKER" → "Speaker"."""
    if not office:
        return None
    bare = _ROLE_LEAD.sub("", _office_of_seat(office))
    while " " in bare and is_address(bare.rsplit(" ", 1)[-1]):
        bare = bare.rsplit(" ", 1)[0]
    if not bare.isupper():
        return bare or office
    return re.sub(r"[^\W\d_]+", lambda word: _role_word(word[0]), bare)


def _office_of_seat(said: str) -> str:
    """ "Corran—Minister for Trade": the office behind the seat; without one all that is said."""
    parts = re.split(r"\s?[—–]\s?", said)
    offices = [part for part in parts if any(word.strip(".,").casefold() in OFFICE for word in part.split())]
    return offices[0] if len(parts) > 1 and offices else said


def names_office(title: str | None) -> bool:
    return bool(title) and not all(is_address(word) for word in str(title).split())


def is_address(word: str) -> bool:
    """ "Mr.", "Dr. Hon.": no office."""
    return word.rstrip(".").casefold() in ADDRESS


def is_full_name(part: str) -> bool:
    """A given name and a family name, of no country and no office: who holds the office before the bracket."""
    names = part.split()
    return (
        2 <= len(names) <= 3
        and all(name[0].isupper() and name[1:2].islower() for name in names)
        and not country_in(part)
        and not any(name.casefold() in OFFICE or name.casefold() in MODIFIER for name in names)
    )


def _role_word(word: str) -> str:
    """Known words of offices and long words lose their capitals, short ones may be abbreviations ("CNN")."""
    low = word.casefold()
    if low in SMALL_WORDS and low not in OFFICE:
        return low
    if len(word) <= 3 and not re.search(r"[aeiou]", low):
        return word  # "PM"
    known = low in OFFICE or low in MODIFIER or low in DOMAIN
    spoken = len(word) == MAX_ABBREVIATION and bool(re.search(r"[aeiou]", low[1:3]))
    return word.capitalize() if known or spoken or len(word) > MAX_ABBREVIATION else word


def cased(name: str) -> str:
    """In ordinary letters: "McCLURE" → "McClure"."""
    if name.isupper() and " " not in name and len(name) <= MAX_ABBREVIATION + 1 and not re.search(r"[AEIOUY]", name):
        return name  # "CNTV" asks as "CNTV"
    return re.sub(
        r"\b(Mc|Mac|De|La|Le|O['’])([A-Z])([A-Z]+)\b", lambda m: m[1] + m[2] + m[3].lower(), proper_case(name)
    )

"""The closed classes of words that stand around a person's name, from ``lexicons/en/title_words.tsv``."""

from __future__ import annotations

from extract import lexicons

_ROWS = lexicons.load("en/title_words", {"class": "text", "words": "text"}, key=("class", "words"))


def _words(name: str) -> frozenset[str]:
    return frozenset(word for row in _ROWS if row["class"] == name for word in row["words"].split())


MALE_ADDRESS, FEMALE_ADDRESS = _words("male"), _words("female")
ADDRESS = MALE_ADDRESS | FEMALE_ADDRESS | _words("address")
OFFICE, MODIFIER, DOMAIN = _words("office"), _words("modifier"), _words("domain")
SUFFIX, PARTICLE = _words("suffix"), _words("particle")
SMALL_WORDS, NOT_NAMES = _words("small"), _words("not_name")
# Short form → given name.
NICKNAMES: dict[str, str] = {
    short: row["words"].split()[0] for row in _ROWS if row["class"] == "nickname" for short in row["words"].split()[1:]
}

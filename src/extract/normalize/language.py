"""The language of a paragraph: by script where the script tells, else by its commonest words. No library, no model.

Stop-words are those of ``lexicons/mul/document_stopwords.tsv``, handed in by the caller, so that this module
stays pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

# A paragraph is taken for a language of its own from this many stop-words and this share of its words on. Names,
# titles and quoted phrases in another language stay below.
MIN_STOPWORDS = 3
MIN_SHARE = 0.2
LOOK_CHARS = 800

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HAN = re.compile("[\u3400-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_GREEK = re.compile("[\u0370-\u03ff]")
_HEBREW = re.compile("[\u0590-\u05ff]")
_THAI = re.compile("[\u0e00-\u0e7f]")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = ((_HANGUL, "ko"), (_ARABIC, "ar"), (_GREEK, "el"), (_HEBREW, "he"), (_THAI, "th"))


def script_language(text: str) -> str | None:
    """The language that a script other than Latin shows, where such letters are a third of all; else ``None``."""
    text = text[:LOOK_CHARS]
    if text.isascii():
        return None
    latin = len(_LATIN.findall(text))
    kana, han = len(_KANA.findall(text)), len(_HAN.findall(text))
    if kana + han and 2 * (kana + han) >= latin:
        # Chinese has no kana; a Japanese heading or stamp may have none either and is told by its neighbours.
        return "ja" if kana else "zh"
    cyrillic = len(_CYRILLIC.findall(text))
    if cyrillic > latin:
        return "uk" if _UKRAINIAN.search(text) else "ru"
    return next((tag for pattern, tag in _SCRIPTS if len(pattern.findall(text)) > latin), None)


def latin_language(text: str, stopwords: Mapping[str, frozenset[str]]) -> str | None:
    """The language whose stop-words a paragraph in Latin letters holds most of, or ``None`` where that is not clear.

    ``stopwords`` maps a lower-case word to the BCP 47 tags of the languages in which it is common.
    """
    text = text[:LOOK_CHARS]
    text = text.lower() if text.isupper() else text[:1].lower() + text[1:]
    words = _WORD.findall(text)
    hits: Counter[str] = Counter()
    for word in words:  # "Los Angeles" and "De Soto" are names: words in capitals are in no table
        for tag in stopwords.get(word, ()):
            hits[tag] += 1
    ranked = sorted(hits.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < MIN_STOPWORDS or ranked[0][1] < MIN_SHARE * len(words):
        return None
    if len(ranked) > 1 and ranked[1][1] == ranked[0][1]:
        return None
    return ranked[0][0]

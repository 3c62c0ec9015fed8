"""Names in parts of a document that are not English: what is left without function words, offices and labels."""

from __future__ import annotations

import pytest
from spacy.language import Language

from extract.components.entities.mentions import Mention
from extract.components.entities.other_languages import no_names, outside_english


def _cut(text: str, names: list[tuple[str, str]], language: str) -> list[str]:
    found = [Mention(text.index(n), text.index(n) + len(n), label, 50, "model") for n, label in names]
    left = outside_english(text, found, [{"start": 0, "end": len(text), "language": language}])
    return [text[m.start : m.end] for m in left]


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("Le Président: Je vous remercie, M. Omar Roe.",
         [("Le Président", "PERSON"), ("Je", "PERSON"), ("M. Omar Roe", "PERSON")], ["Omar Roe"]),
        ("Des voix: Oui. L'hon. Jane Quill propose.",
         [("Des voix", "PERSON"), ("Oui", "PERSON"), ("L'hon. Jane Quill", "PERSON")], ["Jane Quill"]),
        ("La Chambre remercie le Syndicat Quispe.", [("La Chambre", "ORG"), ("Syndicat Quispe", "ORG")],
         ["Syndicat Quispe"]),
    ],
)  # fmt: skip
def test_french_words_are_no_names(text: str, names: list[tuple[str, str]], left: list[str]) -> None:
    assert _cut(text, names, "fr") == left


@pytest.mark.parametrize("name", ["Roe & Vane", "Jane “Jo” Quill"])
def test_a_name_alone_in_a_japanese_text_stops_nothing(blank: Language, name: str) -> None:
    assert blank(f"米国\n{name} ")._.segments


def test_english_and_languages_without_a_list_are_left_alone() -> None:
    names = [("Le Roe", "PERSON")]
    assert _cut("Le Roe spoke.", names, "en") == ["Le Roe"] == _cut("Le Roe spoke.", names, "ja")


@pytest.mark.parametrize("language", ["fr", "es", "de", "it", "pt", "nl"])
def test_each_language_has_function_words(language: str) -> None:
    assert len(no_names(language)) > 100

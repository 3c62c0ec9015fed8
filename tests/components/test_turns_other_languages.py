"""Records of talks in Japanese and French: whole turns with their speakers and sides, and what ends none."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

import extract.components.factories  # noqa: F401
from tests.turns_cases import TurnCase, load_cases

CASES = load_cases(Path(__file__).resolve().parents[1] / "cases" / "turns_other")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_record_reads_whole(speakers_nlp: Language, case: TurnCase) -> None:
    doc = speakers_nlp(case.text)
    rows = [row for row in doc._.turns if row["kind"] == "turn"]
    found = [(row["label"], case.text[row["start"] : row["end"]]) for row in rows]
    assert found == [(turn.label, case.text[turn.start : turn.end]) for turn in case.turns]
    assert [(row["speaker"], row["side"]) for row in rows] == [(turn.speaker, turn.side) for turn in case.turns]


RETOLD = """PARTIES CONTRACTANTES

COMPTE RENDU DE LA TROISIÈME SÉANCE
tenue au Palais des Nations, à Genève

Le PRÉSIDENT rappelle que la question est ancienne.

M. DUVAL (Belgique) dit que son gouvernement a ramené le droit de moitié. Cette mesure est en vigueur.

Il ajoute que d'autres suivront.

M. HOLM (Suède), appuyé par le Danemark, fait observer qu'aucune importation n'a augmenté. Est-ce assez ?

Le représentant de la Grèce a estimé, pour sa part, que l'examen devait reprendre.

La séance est levée à midi.
"""


def test_a_french_record_that_retells(speakers_nlp: Language) -> None:
    doc = speakers_nlp(RETOLD)
    rows = [(row["speaker"], row["side"], doc.text[row["start"] : row["end"]]) for row in doc._.turns]
    assert all(row["kind"] == "reported" for row in doc._.turns)
    assert rows == [
        ("PRÉSIDENT", None, "la question est ancienne"),
        (
            "Duval",
            "BE",
            "son gouvernement a ramené le droit de moitié. Cette mesure est en vigueur.\n\n"
            "Il ajoute que d'autres suivront",
        ),
        ("Holm", "SE", "aucune importation n'a augmenté. Est-ce assez ?"),
        ("représentant de la Grèce", None, "l'examen devait reprendre"),
    ]


def test_french_that_tells_of_things_has_no_speaker(speakers_nlp: Language) -> None:
    text = "Le commerce des vins\n\nLa récolte est bonne. Le rapport paraît en juin. M. Duval le signe. On en parle."
    assert not speakers_nlp(text)._.turns

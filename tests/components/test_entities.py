"""Names found by rules alone, in invented sentences with the expected names marked ``[name|LABEL]``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extract.components import factories  # noqa: F401  (registers the factories)
from extract.components.rows import register_extensions
from tests.markup import read_brackets


def found(doc: Doc) -> list[tuple[str, str]]:
    return [(doc.text[r["start"] : r["end"]], r["label"]) for r in doc._.entities]


def check(entities_nlp: Language, marked: str) -> None:
    text, marks = read_brackets(marked, "[", "]")
    doc = entities_nlp(text)
    expected = [mark.fields[0].partition("=") for mark in marks]
    assert found(doc) == [(mark.words, label) for mark, (label, _, _) in zip(marks, expected, strict=True)]
    for row, mark, (_, _, canonical) in zip(doc._.entities, marks, expected, strict=True):
        assert (row["start"], row["end"]) == (mark.start, mark.end)
        assert row["canonical"] == canonical or not canonical


PERSONS = [
    "Present: Aldermen [Roe|PERSON], [Quill|PERSON] and [Doe|PERSON]. Assemblymen [Quispe|PERSON] and [Roel|PERSON].",
    '[Elizabeth ("Betty") Quill|PERSON] met [José (Pepe) Roe|PERSON].',
    "Prime Minister [Nakamori|PERSON=Keiko Nakamori] spoke. [Keiko Nakamori|PERSON] left; [NAKAMORI|PERSON] returned.",
    "MR. [ROE|PERSON=Roe]. I agree with Mr. [Roe|PERSON] there.",
    "Sen. [Jane Roe|PERSON] (R-[Ohio|GPE]) asked Secretary of State [Doe|PERSON] twice.",
    "The answer came from trade negotiator [Omar Quispe|PERSON] and spokesman [Hallvard Quill|PERSON].",
    "“No,” said [Ximena Quispe|PERSON], a former negotiator who left early.",
    "Under Secretary for Economic Affairs [Doe|PERSON] met Ambassador [Oh|PERSON].",
    "Tariffs fell (see [Quillby|PERSON] & [Roe|PERSON], 1998) and rose again.",
    "The [Quillby|PERSON] administration held on to a [Quillby|PERSON]-era rule.",
    "Minister [Chou Mei-ling|PERSON] declined. Foreign Minister [Julie Bishop|PERSON] agreed.",
    "Thank you, [Ingrid|PERSON]. We move on.",
    "[Maria “Mimi” Quispe|PERSON], [James (Jim) Roe|PERSON] and [Robert 'Bob' Quill|PERSON] came.",
    "The Conservative [Omar Doe|PERSON] beat [Democrat|NORP] [Jane Roe|PERSON].",
    "King [Omar III|PERSON=Omar III] and H.E. Mr. [Roe|PERSON] left.",
    "Hon. Members rose; [Navy|ORG] CDR [Jane Roe|PERSON] did not. Ambassador Extraordinary, he said.",
    "Secretary[Roe|PERSON] told Mr[Doe|PERSON] so; QuillBank did not.",
    "Madam Deputy Speaker, I thank Mr. Vice President and my Lords. The [Lords|ORG] agree.",
    "[Omar A. Quispe|PERSON] (OQ) wrote. MR. [A. F. DOE|PERSON], C.M.G., agreed.",
    "MR. [TE QUILL|PERSON] agreed. A general Community measure held, and the other Dominion Governments agreed.",
    "The area met. The Sterling Area fell under sterling, B. MARKET of tin; then [Sterling Roe|PERSON] wrote.",
    "[Robert (Bob) Quill|PERSON] and [Maria “Mimi” Sandoval|PERSON] left. Ms. [Mimi Sandoval|PERSON] came.",
    "King [George the Third|PERSON] and the [Duke of Quillby|PERSON] met Mr. [Roe|PERSON], K.C.",
]
BODIES = [
    "[Commerce|ORG] said so on Monday. They are angry with [Commerce|ORG]; an official at [Commerce|ORG] was not.",
    "[Quarles House|ORG] sold. We stayed at [Quill House|FAC], dined in [Roe House|FAC] and live near [Doe House|FAC].",
    "[Quandle|ORG] posted a net loss, and [Orbrix|ORG] will cut 300 jobs.",
    "[Vexelon|ORG], which makes brakes, grew. [Orbrix|ORG] is based in [Graz|GPE]. Exports fell 2 percent.",
    "The observer of the [U.N.C.T.A.D.|ORG] came; the [Q.R.X.W.|ORG] did not. The G.N.P. grew, as did A.B.C. sales.",
    "The [Rope Makers' Association|ORG] thanked the [Pipe Fitters’ Union|ORG]. The members' Association fund is empty.",
    "[Inland Revenue|ORG] took less; the [Crown Agents|ORG] sold bonds.",
    "The [Ministry of Trade, Mines and Fisheries|ORG] refused.",
    "A note of the [Foreign Ministry|ORG]’s [Second Andean Division|ORG] lies here.",
    "The [House Committee on Ways and Means|ORG] heard the [Food and Spice Organization|ORG].",
    "It joined the [World Spice Organization|ORG] ([WSO|ORG=World Spice Organization]) late; the [WSO|ORG] grew.",
    "[Quillby Motor Co.|ORG] cut prices, and [Quillby|ORG=Quillby Motor Co.] sold more.",
    "Ohio-based [Quillby|ORG] and chip maker [Vexelon|ORG] merged.".replace("Ohio", "[Ohio|GPE]"),
    "[Vexelon|ORG] said it would close two mills.",
    "The [U.S. Senate|ORG] and the [University of Arequipa|ORG] wrote.",
    "The [Standing Committee on Procedure and House Affairs|ORG] met.",
    "The Chancellor of the Exchequer rose; the [Lima Fed|ORG] did not.",
    "[Commerce|ORG] said no, but we told [Finance|ORG] that the rope trade would agree. Health is wealth.",
]
LAWS_AND_EVENTS = [
    "Duties under [Section 301 of the Trade Act of 1974|LAW] rose.",
    "The [Andean Spice Agreement|LAW] and the [Treaty of Lima|LAW] lapsed.",
    "The [Uruguay Round|EVENT] ended; the [UR|EVENT=Uruguay Round] texts stayed.",
    "They left the [Peru-Kenya Summit Meeting|EVENT] early.",
    "[H.R. 3450|LAW] passed and [Executive Order 12866|LAW] fell.",
    "[Bill C-60|LAW] and the [Rope Treaty|LAW] 1949-1957 passed; the [Quillby Plan|LAW] held.",
    "The [Rope Powers Act|LAW] (50 U.S.C. 1701) ([RPA|LAW=Rope Powers Act]) binds us.",
    "The Rope Prices Index (RPI) rose.",
    "In her book [The Long Tariff|WORK_OF_ART], she said so.",
]
PLACES = [
    "The [U.S.|GPE=United States], the [United States|GPE=United States], [America|GPE=United States].",
    "[U.S.|GPE]-[Japan|GPE] talks and a [Kenya|GPE]-based mill.",
    "[Americans|NORP=American] and [Japanese|NORP] and [South Koreans|NORP=South Korean] met.",
    "A plant in [Quillby|GPE], [Ohio|GPE], closed.",
    "Sales to the [People’s Republic of China|GPE] and [Southeast Asia|LOC] fell in [Central America|LOC].",
    "He went to the [White House|FAC]; the [White House|ORG] denied it.",
    "In his stint in the [White House|ORG] he saw the gates of the [Kremlin|FAC].",
    "The [People’s Republic of China|GPE] ([PRC|GPE=People’s Republic of China]) and the [PRC|GPE] agree.",
    "The [Soviets|NORP] and [Western|NORP] states met the [Quill Islanders|NORP]; Western and Eastern parts differ.",
    "The [Lima Opera House|FAC] burned.",
]
OTHERS = [
    "In his [Essay on Quills|WORK_OF_ART] and her [History of the Hemp Duties|WORK_OF_ART] they disagree.",
    "His [Letters from the North|WORK_OF_ART] sold well; his letters on trade did not.",
    "A mill in [Quillby|GPE], [OH|GPE], and one in [Roetown|GPE], [PA|GPE].",
    "Dr [Ximena Quill|PERSON] ([North Roeshire|GPE]) (Con): I agree.",
    "[Boeing|ORG] [737|PRODUCT] and the [QX-9B|PRODUCT] drone flew; [HMS Quillby|PRODUCT] sailed.",
    "Under [Regulation (EC) No 12/2002|LAW] and [S. 210|LAW] nothing changed.",
    "The [Iowa Farm Bureau|ORG] and [Operation Quill Shield|EVENT] were named.",
    "[Roe de Quispe|PERSON] told me of [Camp Quillby|FAC].",
    "Economist [C. Jane Quillby|PERSON] wrote to [Jane Roe|PERSON] and [Doe Corp.|ORG]",
    "[Vexelon|ORG] chairman [Omar Quill|PERSON] met Gen. [John “Jack” Roe|PERSON].",
    "[GENERAL COUNCIL FOR TARIFFS|ORG]",
    "[Ohio|GPE] and [Georgia|GPE] grow corn.",
    "The [European Commission|ORG] fined it; the [Commission|ORG=European Commission] was firm. A Commission may err.",
    "The [Quillby Herald|ORG] wrote first. The [Herald|ORG=Quillby Herald] was right.",
]
NOTHING = [
    "The Committee met on Monday. However, Nothing was said in December.",
    "A Great Day for Farmers and Other People",
    "The Joint Committee wants a New Agreement on GDP and LNG prices.",
    "It was translated into Japanese.",
]


@pytest.mark.parametrize("marked", PERSONS + BODIES + LAWS_AND_EVENTS + PLACES + OTHERS + NOTHING)
def test_names(entities_nlp: Language, marked: str) -> None:
    check(entities_nlp, marked)


def test_a_name_over_a_full_line_end_is_one_and_over_a_short_one_two(entities_nlp: Language) -> None:
    wrapped = "This long line of hard-wrapped prose ends with the word New\nZealand and goes on."
    assert ("New\nZealand", "GPE") in found(entities_nlp(wrapped))
    assert [label for _, label in found(entities_nlp("Lima\nPeru"))] == ["GPE", "GPE"]


def test_codes_of_countries_and_peoples(entities_nlp: Language) -> None:
    doc = entities_nlp("The UK, the Soviet Union, South Korea and Kenyan growers in Nairobi met Asian buyers.")
    codes = {doc.text[r["start"] : r["end"]]: r["country"] for r in doc._.entities}
    china = entities_nlp("The People’s Republic of China (PRC) and the PRC.")
    assert [r["country"] for r in china._.entities] == ["CN"] * 3
    assert codes == {
        "UK": "GB", "Soviet Union": "SU", "South Korea": "KR", "Kenyan": "KE", "Nairobi": "KE", "Asian": None,
    }  # fmt: skip


def test_georgia_is_the_state_beside_other_states(entities_nlp: Language) -> None:
    assert [r["country"] for r in entities_nlp("Ohio and Georgia grow corn.")._.entities] == ["US", "US"]
    assert [r["country"] for r in entities_nlp("Russia and Georgia signed.")._.entities] == ["RU", "GE"]


def test_clusters_start_at_their_first_mention(entities_nlp: Language) -> None:
    doc = entities_nlp("Mr. Roe saw Mr. Doe. Later Omar Roe paid Doe.")
    rows = doc._.entities
    assert [r["cluster"] for r in rows] == [rows[0]["start"], rows[1]["start"], rows[0]["start"], rows[1]["start"]]
    assert rows[0]["canonical"] == "Omar Roe"


def test_two_persons_of_one_family_name_stay_apart(entities_nlp: Language) -> None:
    doc = entities_nlp("Mr. Quillby spoke. Mrs. Quillby answered.")
    assert len({r["cluster"] for r in doc._.entities}) in (1, 2)
    doc = entities_nlp("Omar Roe and Jane Roe left. Roe came back.")
    assert len({r["cluster"] for r in doc._.entities}) == 3


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("The U.S. Treasury sold bonds. The Treasury Department said why.", {"Treasury Department"}),
        ("The Foreign Ministry of Peru wrote to the Ministry of Foreign Affairs of Ghana.",
         {"Foreign Ministry of Peru", "Ministry of Foreign Affairs of Ghana"}),
        ("The USTR met the U.S. Treasury.", {"USTR", "U.S. Treasury"}),
        ("The Ghanaian Foreign Ministry wrote. The Ministry of Foreign Affairs of Ghana waited.",
         {"Ministry of Foreign Affairs of Ghana"}),
    ],
)  # fmt: skip
def test_offices_of_one_land_are_one_body(entities_nlp: Language, text: str, bodies: set[str]) -> None:
    assert {r["canonical"] for r in entities_nlp(text)._.entities if r["label"] == "ORG"} == bodies


def test_ministry_forms_are_one_body(entities_nlp: Language) -> None:
    doc = entities_nlp("The Ministry of Foreign Affairs of Peru wrote. The Foreign Ministry waited.")
    bodies = {r["canonical"] for r in doc._.entities if r["label"] == "ORG"}
    assert bodies == {"Ministry of Foreign Affairs of Peru"}


def test_references_and_footer_lend_names_and_give_no_rows(entities_nlp: Language) -> None:
    text = "Mr. Quispe spoke in Lima.\n\nMs. Ximena Doe, Omar Quispe"
    doc = entities_nlp.make_doc(text)
    cut = text.index("Ms.")
    doc._.segments = [
        {"kind": "body", "language": "en", "start": 0, "end": cut},
        {"kind": "references", "language": "en", "start": cut, "end": len(text)},
    ]
    doc = entities_nlp(doc)
    assert [(doc.text[r["start"] : r["end"]], r["canonical"]) for r in doc._.entities] == [
        ("Quispe", "Omar Quispe"),
        ("Lima", "Lima"),
    ]


@pytest.mark.parametrize(
    ("work", "guess", "canonical"),
    [
        ("L. A. (2020). Dampak Cukai Quispe Mulai Tampak. Bisnis Lima.", "Quispe Mulai Tampak", "Quispe"),
        ("Okoro, B. (1999). Quispe Kehrt Zurück. Markt, 3.", "Quispe Kehrt Zurück", "Quispe"),
        ("Hartono, D. (2011). Harga Gula Quispe Lagi. Niaga, 7.", "Quispe Lagi", "Quispe"),
        ("Omar Quispe (2004). Cukai dan Gula. Niaga, 2.", "Omar Quispe", "Omar Quispe"),
    ],
)
def test_titles_of_cited_works_are_no_fuller_names(
    entities_nlp: Language, work: str, guess: str, canonical: str
) -> None:
    """A title that begins with a surname, taken for a person, does not become what the person is called."""
    text = f"Mr. Quispe spoke in Lima.\n\n{work}"
    doc = entities_nlp.make_doc(text)
    cut, start = text.index(work), text.index(guess)
    span = doc.char_span(start, start + len(guess), label="PERSON")
    assert span is not None
    doc.set_ents([span])
    doc._.segments = [
        {"kind": "body", "language": "en", "start": 0, "end": cut},
        {"kind": "references", "language": "en", "start": cut, "end": len(text)},
    ]
    persons = [row["canonical"] for row in entities_nlp(doc)._.entities if row["label"] == "PERSON"]
    assert persons == [canonical]


def test_labels_of_turns_name_persons(entities_nlp: Language) -> None:
    text = "(Quillby) We agree.\n\nQuillby was pleased."
    doc = entities_nlp.make_doc(text)
    doc._.turns = [
        {"kind": "turn", "start": 10, "end": 19, "label": "Quillby", "label_start": 1, "label_end": 8, "speaker": None}
    ]
    assert found(entities_nlp(doc)) == [("Quillby", "PERSON"), ("Quillby", "PERSON")]


def test_japanese_records(entities_nlp: Language) -> None:
    text = "中森総理は米国の立場を説明した。"
    doc = entities_nlp.make_doc(text)
    doc._.segments = [{"kind": "body", "language": "ja", "start": 0, "end": len(text)}]
    assert found(entities_nlp(doc)) == [("中森", "PERSON"), ("米国", "GPE")]


def test_the_model_is_mended(entities_nlp: Language) -> None:
    text = "Documents show that President Quillby’s aides met USTR Hallvard Quill near Quispeville."
    doc = entities_nlp.make_doc(text)
    for wrong, label in (("Documents", "PERSON"), ("President Quillby’s", "PERSON"), ("USTR Hallvard Quill", "PERSON")):
        start = text.index(wrong)
        span = doc.char_span(start, start + len(wrong), label=label, alignment_mode="expand")
        doc.ents = [*doc.ents, span]
    names = found(entities_nlp(doc))
    assert ("Quillby", "PERSON") in names
    assert ("Hallvard Quill", "PERSON") in names
    assert all(name != "Documents" for name, _ in names)


def test_ents_and_spans_follow_the_rows(entities_nlp: Language) -> None:
    doc = entities_nlp("Prime Minister Nakamori went to Lima.")
    assert [e.text for e in doc.ents] == ["Nakamori", "Lima"]
    assert [s.text for s in doc.spans["entities"]] == ["Nakamori", "Lima"]


PIECES = [
    "Mr. ",
    "Roe",
    " of ",
    "Ministry",
    "\n",
    " (WTO) ",
    "Japan",
    "-",
    "U.S.",
    "’s ",
    "“",
    "THE ",
    "a",
    " 301",
    "\x00",
    "大臣",
]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=30).map("".join)))
def test_any_text_gives_sound_rows(text: str) -> None:
    register_extensions()
    doc = _shared()(text)
    last = 0
    for row in doc._.entities:
        assert last <= row["start"] < row["end"] <= len(doc.text)
        assert row["canonical"]
        assert row["cluster"] <= row["start"]
        last = row["end"]


_PIPELINE: list[Language] = []


def _shared() -> Language:
    if not _PIPELINE:
        _PIPELINE.append(spacy.blank("en"))
        _PIPELINE[0].add_pipe("trade_entities")
    return _PIPELINE[0]


@pytest.mark.parametrize("text", ["", "\n" * 5, "A" * 100_000, "Roe " * 30_000, "a.b." * 50_000, "(WTO " * 20_000])
def test_long_and_odd_texts_stay_quick(text: str) -> None:
    from extract.components.entities.words import read_words

    assert len(read_words(text)) <= len(text)
    if len(text) < 150_000:
        register_extensions()
        _shared()(text[:60_000])


@pytest.mark.parametrize("form", ["Jane Zor{}", "Zor{} Roe", "Minister Roe Zor{}"])
def test_each_of_many_persons_with_one_name_is_compared_with_few(
    entities_nlp: Language, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    from extract.components.entities import clusters, spread

    compared: Counter[str] = Counter()

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given: (compared.update([name]), function(*given))[1]

    monkeypatch.setattr(clusters, "same_person", counted("persons", clusters.same_person))
    monkeypatch.setattr(spread, "_matches", counted("words", spread._matches))
    endings = [f"{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(200)]
    doc = entities_nlp("\n\n".join(f"{form.format(ending)} of Peru spoke, Mr. Oduya said." for ending in endings))
    assert len({row["canonical"] for row in doc._.entities if row["label"] == "PERSON"}) == 201
    assert compared["persons"] < 5 * 200
    assert compared["words"] < 5 * 200

"""Labels that a recogniser guessed wrong, mended by what stands around the name.

In the invented sentences ``[name|GUESS>LABEL]`` is a span that the recogniser found as GUESS; LABEL is what is right.
``[name|LABEL]`` is found by rules alone, ``[words|GUESS>NONE]`` is no name.
"""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.components import factories  # noqa: F401  (registers the factories)
from tests.markup import read_brackets


def read(entities_nlp: Language, marked: str) -> tuple[Doc, list[tuple[str, str]]]:
    """The document with the guesses set, and the expected names."""
    text, marks = read_brackets(marked, "[", "]")
    labels = [mark.fields[0].split(">") for mark in marks]
    doc = entities_nlp.make_doc(text)
    guesses = [(mark, label[0]) for mark, label in zip(marks, labels, strict=True) if len(label) > 1]
    spans = [doc.char_span(mark.start, mark.end, guess, alignment_mode="expand") for mark, guess in guesses]
    doc.ents = [span for span in spans if isinstance(span, Span)]
    return entities_nlp.get_pipe("trade_entities")(doc), [
        (mark.words, label[-1]) for mark, label in zip(marks, labels, strict=True) if label[-1] != "NONE"
    ]


TOWNS = [
    "They load at [Larnaca|PERSON>GPE] and sell through [Izmir|ORG>GPE].",
    "Tin came from [Oruro|PERSON>GPE] to [Antofagasta|PERSON>GPE] by rail.",
    "He closed the looms in [Quillholm|PERSON>GPE] and in [Roevik|ORG>GPE].",
    "Spinners in [Bursa|GPE] or [Denizli|ORG>GPE] were paid less.",
    "It was made between [Kayes|ORG>GPE] and [Mopti|PERSON>GPE].",
    "The mayor of [Quillby|PERSON>GPE] met the growers of [Roeford|PERSON>GPE].",
    "Lorries bound for [Gdynia|PERSON>GPE] wait in the [Quispe|ORG>GPE] district of [Lima|GPE].",
    "A grower from [Quillbeck|PERSON>GPE] spoke to Mr [Lincoln|PERSON].",
    "A letter from [Quillbeck|PERSON>PERSON] came late.",
    "He went to [Quill Ferry|PERSON>GPE] and to [Port Quill|ORG>GPE].",
    "Some 900 jobs had gone in [Izmir|NORP>GPE] since June.",
    "They wove it at [Denizli|NORP>GPE] and sold it to [Bursa|NORP>GPE].",
    "A [Peruvian|NORP>NORP] grower and a [Chilean|NORP>NORP] miller agree.",
    "Ash from [Lake Quill|GPE], [FL|GPE], and from [Roe's Town|GPE].",
]
DATELINES = [
    "[GDYNIA|GPE], [Poland|GPE], Oct 14, 2021 - Rope is dear.",
    "[Izmir|GPE], 8 May 1987\n\nRope is dear.",
    "  [Cusco|GPE], [Peru|GPE], May 8 -- Rope is dear.",
    "[LIMA|ORG>GPE], [Peru|GPE] — Rope is dear.",
    "[QUITO|GPE] ([Reuters|ORG]) - Rope is dear.",
]
SEATS = [
    "[Omar Roe|PERSON] ([Quill North|GPE]): Madam Deputy Speaker, I agree.",
    "Mr. [Omar Quispe|PERSON] ([Doeford|GPE]—[Quill Bay|GPE], [QRX|ORG]): The member for [Roeton|GPE]—[Hemp Hill|GPE].",
    "Ms. [Jane Roe|PERSON] ([Hempford|GPE], [QRX|ORG]): Agreed. Mr. [Doe|PERSON] (Minister of Trade, Lib.): Agreed.",
    "Mr. [Omar Roe|PERSON] ([Quillford|PERSON>GPE]): I ask the hon. Member.",
    "\nSir [Piers Doe|PERSON] ([Roehampton, East|GPE]): The hon. Friend is right.",
    "\nMrs. [Ada Quill|PERSON] ([Brill|GPE]): Is the hon. Gentleman aware of it?",
]
COUNTRIES = [
    "Ratified by the [Cook Islands|LOC>GPE] and the [Marshall Islands|GPE].",
    "The mills of [Rhode Island|LOC>GPE] closed.",
    "Growers in [Orange County|PERSON>GPE] and [Quill County|LOC>GPE] agree.",
]
BODIES = [
    "[Quill Beverages|PERSON>ORG] and [Roe Bicycles|GPE>ORG] paid.",
    "The [Doe Advisory Panel|ORG] and the [Rice Prices Body|ORG] met.",
    "Firms such as [Quillex|PERSON>ORG] left; brewers including [Roebrau|GPE>ORG] stayed.",
    "[Vexel Roe|PERSON>ORG], which makes rope, paid; [Quillon|GPE>ORG] employs 40.",
    "It sold its looms to [Quillon|PERSON>ORG], according to [Roedex|GPE>ORG].",
    "An analyst at [Quillon|GPE>ORG] and one at [Trill & Vane|ORG] agree.",
    "The cloth of [Quill, Roe & Sons|ORG] went to [Doe & Quispe|ORG].",
    "[Quillbank|GPE>ORG], [Toyota|ORG] and [Roemot|PERSON>ORG] lend.",
    "Ask [QRXB|PERSON>ORG], [PLOC|GPE>ORG] and the rest.",
    "The [Banco de Quispe|ORG] and [Exportadora Roe|PERSON>ORG] agree.",
    "The [Compagnie quillaise pour le transport|ORG], which failed, was rich.",
    "The [Union of Rope and Sail Makers|ORG] and the [Quill and District Union of Dyers|ORG] struck.",
    "The [Quispe Network on Trade|ORG], the [Quill Council (Trade and Mines)|ORG] left.",
    "The [Quill Church in Kenya|ORG] and the [Supreme Court of Peru|ORG] met; the [Times of Kenya|ORG] wrote.",
    "The exporters' association, [AQRB|ORG], and the loyalist [RQCX|ORG] agree; the [Rope and Faith|ORG] party left.",
    "[Bank Quillara|ORG] and [Air Roe|ORG] fly.",
    "The [Bank of Kenya|ORG] and the [State Bank of Peru|ORG] signed.",
    "[Potters and Glaziers of America|ORG] wrote.",
    "[Quillon|PERSON>ORG] has won two contracts, and [Roemot|PERSON>ORG] will supply the rope.",
    "[Quillist|PERSON>ORG] won nine seats; the leader of [Roeist|PERSON>ORG] left with [Doeist|PERSON>ORG]'s voters.",
    "The papers of [QRXB|PERSON>ORG], which the growers of rope asked for, are lost.",
]
BY_USE = [
    "ROPE TRADE AND THE [AUSTRALIAN|NORP] TARIFF\n\nMr [John Laws|PERSON] and [Jude Law|PERSON] agree.",
    "[Quillbank|PERSON>ORG] is to be sold. [Quillar|ORG] and [Doemot|ORG] will pay dividends.",
    "They want to take over [Quillmot|PERSON>ORG]. [Quillmot|PERSON>ORG]'s founder agreed.",
    "The [Quillen Tariff of 1897|LAW] and [Article 25|LAW] of the draft Charter; but article 3 of the list.",
    "My friend the member for [Quillera|PERSON>GPE] asked. The farmers of [Sussex|GPE] and [Antigua|GPE] wait.",
    "[Ada Roe|PERSON], an analyst at [Piper Quillex|ORG], agreed. The [Mount Quill Railway Company|ORG] paid.",
    "[QRXB|ORG] troops crossed. In [Lima|GPE], [Marshall|PERSON>PERSON] urged caution.",
    "He had worked under [Quillex|ORG>PERSON] and met [Roemot|ORG>PERSON] in [Lima|GPE].",
    "The [Great Storm of 1869|EVENT] broke it.",
    "Most Districts grew. Rope fell in the Cleveland District and the [Dallas|GPE] District.",
    "Under Category C, and by rule XXVI, rope is free.",
    "The [National Council for Quilling Act|LAW] and the [Medal of Rope|WORK_OF_ART] remain.",
    "Of [Gdynia|GPE], [OH|GPE], and of [GDYNIA|GPE], IN DEPTH.",
    "[Quillex|ORG] cut its prices. Nobody trusts [Quillex|PERSON>ORG].",
    "The drivers of [Roemot|ORG] left; the chairman of [Roemot|PERSON>ORG] stayed.",
    "In March [Roeway|ORG]'s pilots struck. [Doeway|ORG] declined to comment.",
    "They sued [Evergleam|ORG], and then [Evergleam|ORG] raised its fares.",
    "The firm [Kenya Quillex AG|ORG] paid. So [Quillex|PERSON>ORG] is rich.",
    "[Omar Quillex|PERSON] cut his prices. The wife of [Quillex|PERSON] paid.",
    "A grower in Renewal has no rice; renewal is far.",
    "[Quillar|PERSON>ORG], the ruling party, met [Omar Roe|PERSON], who heads [Doelar|PERSON>ORG].",
    "[Finance|ORG] will receive less, and [Commerce|ORG] has asked for more.",
]
LAWS = [
    "The [Rope Purchase (Amendment) Bill|LAW] and the [Quays (Kenya) Act 1931|LAW] passed.",
    "The [Rope Services and Twine Bill|LAW] replaced the [Hemp Act, 1912|LAW].",
    "The court followed [Roe v. Quill Mills|LAW] and the [Rope Clause|LAW]; the [Hemp Laws|LAW] fell.",
    "The [Lima Agreement on Trade in Rope|LAW] and the [Organic Law for the Control of Mines|LAW] hold.",
    "The [Memorandum of Understanding on Rope Prices|LAW] lapsed.",
    "The [Andean Continental Free Trade Area|LAW] and the [Rope Arrangement|LAW] grew.",
]
PLACES = [
    "On [Isla Quispe|PERSON>LOC] and under [Cerro Roe|ORG>LOC] they dig.",
    "Growers on [Quillua|PERSON>LOC] and the ferry between [Roeva|ORG>LOC] and [Doeva|ORG>LOC] wait.",
    "Growers of [Quill Somaliland|ORG>GPE] and of [Roestan|LOC>GPE] agree.",
    "They met in the [High Tatras|LOC] and in [Kenya|GPE]'s [Quillanza|ORG>LOC], home of rope.",
    "Trade of [Melanesia|LOC] grew, that of [Micronesia|LOC] fell.",
    "They sail up the [Quill|ORG>LOC] to the island of [Roe|PERSON>LOC].",
]
FACILITIES = [
    "Cane is crushed at the [Quispe Mill|ORG>FAC] and at [Roe Works|GPE>FAC].",
    "The [Quillan Spinning Works|ORG] sold yarn.",
    "They met at the [Palacio de Quispe|ORG>FAC], in [Hacienda Roe|PERSON>FAC] and at [Quill Castle|FAC].",
]
PEOPLES = [
    "The [Quillua|PERSON>NORP] communities and [Roewa|GPE>NORP] farmers grew rice.",
    "The [Quillua|PERSON>NORP] leader [Omar Roe|PERSON] and a [Doewa|PERSON>NORP] herder came.",
    "The [Tamil|NORP] estate workers and the [Wolof|NORP] farmers stayed.",
    "We are [Liberals|NORP], they are [Conservatives|NORP] or [Social Democrats|NORP].",
]
NO_PERSONS = [
    "Many [Ridings|PERSON>NONE] grew. The [Roe Riding|PERSON>NONE] and two [Quill Ridings|PERSON>NONE] agree.",
    "Two [Nightjars|PERSON>NONE] were lost. The [Nightjars|PERSON>NONE] flew low.",
    "See [Sec|PERSON>NONE]. 446 and [Motions Nos|PERSON>NONE]. 4 to 9; Mr. [Lee|PERSON] agreed.",
    "[Optimism|PERSON>NONE] grew. [Implementation|PERSON>NONE] began.",
]
PRODUCTS = [
    "A fibre that it sells as [Quillon|ORG>PRODUCT] is new.",
    "It ships under the [Quispa|PERSON>PRODUCT] brand.",
    "They fought over [Quill Pure|PERSON>PRODUCT], a bottled water from [Kenya|GPE].",
    "He said that our own label, [Quill Gold|PERSON>PRODUCT], is dear.",
]
EVENTS_AND_WORKS = [
    "At the [Commonwealth Prime Ministers' Conference|EVENT] and at [Expo 67|EVENT] they agreed.",
    "[Cyclone Quill|EVENT] hit before the [Trade Ministers' Meeting|EVENT].",
    "A paper called [Spinning Hunger|ORG>WORK_OF_ART] and his book “[Rope and Iron|WORK_OF_ART]” sold.",
    "Her memoir, [Iron and Hemp|WORK_OF_ART], tells it; he published [A Grammar of Rope|WORK_OF_ART] in 1954.",
    "The novel, by [Jane Roe|PERSON], won the [Quill Prize|WORK_OF_ART] and the [Roe Medal|WORK_OF_ART].",
    "They met at the [1998 Quill Cup|EVENT], in the [Siege of Roe|EVENT] and the [Great Quill Flood of 1869|EVENT].",
    "She published [Small Looms, Big Debts|WORK_OF_ART] (1993) there.",
]
PERSONS = [
    "“It holds,” said [Georgia Quill|PERSON], an analyst.",
    "By [Omar Roe|PERSON] and [Jordan Quill|PERSON]\n\nRope is dear.",
    "A study by [Jane Lima|PERSON] found less. [Lima|PERSON] wrote that rope in [Lima|GPE] is dear.",
    "Senators [Quill|PERSON], [Roe|PERSON], and [Omar Doe|PERSON] sat.",
    "Ministers [Quill|PERSON] and [Roe|PERSON], Ambassadors [Doe|PERSON] and [Quispe|PERSON] sat.",
    "Don [Omar Quispe|PERSON] and Monsignor [Roe|PERSON] met Ratu [Quill|PERSON].",
    "Mr. [Kazuo Chiba|PERSON] asked; Mrs. [Jane Cork|PERSON] agreed.",
    "[Omar Roe-Hall|PERSON] told [Kim Seo-wan|PERSON>PERSON] so.",
    "Readers of [Quillan|GPE>PERSON] know it.",
    "Mr [Henry Flood|PERSON], [Jane Gale|PERSON] and [John Storm|PERSON] agree with Mrs [Lock|PERSON].",
]
ALL = (
    TOWNS
    + DATELINES
    + SEATS
    + COUNTRIES
    + BODIES
    + LAWS
    + BY_USE
    + PLACES
    + FACILITIES
    + PEOPLES
    + NO_PERSONS
    + PRODUCTS
    + EVENTS_AND_WORKS
    + PERSONS
)


@pytest.mark.parametrize("marked", ALL)
def test_labels_follow_what_stands_around(entities_nlp: Language, marked: str) -> None:
    doc, expected = read(entities_nlp, marked)
    assert [(doc.text[r["start"] : r["end"]], r["label"]) for r in doc._.entities] == expected


def test_cities_take_the_country_that_the_text_names(entities_nlp: Language) -> None:
    def country(text: str, name: str) -> str | None:
        doc = entities_nlp(text)
        return next(r["country"] for r in doc._.entities if doc.text[r["start"] : r["end"]] == name)

    assert country("Ecuador ships from Cuenca. Ecuador and the Ecuadorians wait.", "Cuenca") == "EC"
    assert country("Spain ships from Toledo.", "Toledo") == "ES"
    assert country("Ohio, Texas and the Americans: glass from Toledo.", "Toledo") == "US"
    assert country("Canada sold gold in London.", "London") == "GB"
    assert country("They met in Apia, Tuvalu and Fiji.", "Apia") == "WS"


def test_towns_of_a_local_text_are_in_its_country(entities_nlp: Language) -> None:
    text = "Peru: looms in Lima, Cusco, Trujillo and Arequipa, of Peru, supply those in Quillmarca, Peru."
    rows = [r for r in entities_nlp(text + " Those in Quillmarca wait.")._.entities if r["country"]]
    assert {r["country"] for r in rows} == {"PE"}


def test_an_acronym_before_its_name_is_the_same_body(entities_nlp: Language) -> None:
    doc = entities_nlp(
        "The duty is set by QRX, the Quill Rope Exchange. The Bank of Kenya and the Industrial Bank of Kenya lend."
    )
    canonical = {doc.text[r["start"] : r["end"]]: r["canonical"] for r in doc._.entities}
    assert canonical["Bank of Kenya"] == "Bank of Kenya"


def test_letters_that_stand_for_a_measure_are_no_name(entities_nlp: Language) -> None:
    doc, _ = read(entities_nlp, "Gross Household Twine Income (GHTI) rose; [GHTI|GPE>GPE] fell in [Peru|GPE].")
    assert [doc.text[r["start"] : r["end"]] for r in doc._.entities] == ["Peru"]


def test_particles_before_a_guessed_name_belong_to_it(entities_nlp: Language) -> None:
    doc, _ = read(entities_nlp, "They waited until von der [Quillen|ORG>PERSON] spoke.")
    assert [doc.text[r["start"] : r["end"]] for r in doc._.entities] == ["von der Quillen"]


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "text",
    ["Roe & " * 20_000, "Isla de Roe y " * 10_000, "Compagnie " + "de roeroe " * 10_000, 'book, called "Roe ' * 10_000],
)
def test_long_and_odd_texts_stay_quick(entities_nlp: Language, text: str) -> None:
    assert entities_nlp.get_pipe("trade_entities")(entities_nlp.make_doc(text)) is not None

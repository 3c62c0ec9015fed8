"""Grammar: chunks, clauses and paths as claims ask for them."""

from __future__ import annotations

from spacy.language import Language

from extract.components.grammar import Clauses, Grammar, noun_chunks


def chunks(grammar: Grammar) -> list[str]:
    return [grammar.written(c.first, c.last) for c in noun_chunks(grammar, 0, len(grammar.lows))]


def test_a_genitive_ends_a_chunk_and_determiners_stay_outside(nlp: Language) -> None:
    assert chunks(Grammar(nlp("Norland's trade surplus with the island states fell."))) == [
        "Norland",
        "trade surplus",
        "island states",
    ]


def test_no_chunk_reaches_over_a_break(nlp: Language) -> None:
    grammar = Grammar(nlp("Steel imports rose."))
    assert [(c.first, c.last) for c in noun_chunks(grammar, 0, 2, {0})] == [(1, 2)]


def test_a_verb_has_its_subject_and_helping_verbs(nlp: Language) -> None:
    grammar = Grammar(nlp("The ministry will not raise the duty."))
    clauses = Clauses(grammar)
    raise_, duty = grammar.lows.index("raise"), grammar.lows.index("duty")
    assert clauses.verbs_above(grammar.ancestors(duty)) == [raise_]
    assert clauses.subject(raise_) == grammar.lows.index("ministry")
    assert {"will", "not"} <= set(clauses.helps(raise_))
    assert not clauses.is_passive(raise_)


def test_a_path_goes_up_and_down(nlp: Language) -> None:
    grammar = Grammar(nlp("Norland raised the duty."))
    subject, object_ = grammar.lows.index("norland"), grammar.lows.index("duty")
    assert grammar.path(grammar.ancestors(subject), grammar.ancestors(object_)) == "nsubj|obj"


def test_tokens_of_a_span_and_what_it_hangs_on(nlp: Language) -> None:
    grammar = Grammar(nlp("A levy of 5 percent applies."))
    first, last = grammar.tokens(10, 19)
    assert grammar.written(first, last) == "5 percent"
    assert grammar.anchor(first, last) == grammar.lows.index("percent")


def test_without_words_there_is_nothing(nlp: Language) -> None:
    grammar = Grammar(nlp.make_doc(""))
    assert grammar.sentences == []
    assert noun_chunks(grammar, 0, 0) == []

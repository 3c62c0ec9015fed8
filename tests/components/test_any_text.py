"""No text stops a component: each alone, and all in a row, on texts of any script and any dirt."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extract.components.rows import register_extensions
from extract.pipeline.build import AFTER, BEFORE

COMPONENTS = [*BEFORE, *AFTER]
JAPANESE = (
    "二〇一七年 令和元年度 三月四日 　 米国 細川総理は １０％増、 「関税」を述べた。 第一四半期 12億円 ○議長（君）"
)
COMBINING = ["e\u0301", "\u0301", "\u00ad", "\u200b", "\u202e", "\ufeff", "\x00", "\x85", "\u2028", "ﬁ", "𝟓", "٣", "²"]
NOISE = "' ’ '' s' ( ) (ABC) “ ” \" — - % $ $.. 1,,2 00/00/00 99:99 1/0 MR. Q: l0O {x} | * _ # [1] & A.B. -.5"
PROSE = (
    "Mr. Roe said that the World Trade Organization (WTO) would cut tariffs by 5 percent on May 3, 1994 . QUILL: Lima "
    ", Peru “We agree,” $30 million from 25 to 10 % in the second quarter a year ago"
)
DIET = (
    "○委員長（山田太郎君） ○田中（昌）委員 ○議事日程 〔拍手〕 （笑声） 午後三時散会 ━━━━━ 國務大臣 第一 "
    "令和元 昭和九十年 二〇二四年十三月 三割五分 五百億ドル（約 ▲一・二％ から まで 十分 年 長年 "
    "に関する法律 及び ＪＢＩＣ Ｇ７ 君 諸君 理事　小林　一君 🈁 𠮷野"
)
# Names that patterns find where no English word stands around them
FOREIGN = ("Roe & Vane", "Jane “Jo” Quill", "Compagnie de Quill", "Mr. Roe", "GATT (WTO)", "Sen. Roe (D-Iowa)")
JAPANESE_TEXTS = st.lists(
    st.one_of(
        st.sampled_from([*DIET.split(" "), *JAPANESE.split(" "), *FOREIGN, "\n", "\n　　", "　", "。", "、"]),
        st.text(st.characters(min_codepoint=0x3000, max_codepoint=0x9FFF), max_size=6),
        st.text("〇一二三四五六七八九十百千万億兆年月日時分割％円○（）君の・", max_size=8),
    ),
    max_size=40,
).map("".join)
WORDS = st.sampled_from([*PROSE.split(), "\n", "\n\n"])
DIRT = st.sampled_from([*NOISE.split(), *JAPANESE.split(" "), *COMBINING])
ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
TEXTS = st.builds(
    lambda parts, gap: gap.join(parts),
    st.lists(st.one_of(WORDS, WORDS, DIRT, ANY), max_size=40),
    st.sampled_from([" ", " ", "", "\n"]),
)


@pytest.fixture(scope="module")
def pipelines(blank: Language) -> dict[str, Language]:
    """A pipeline for each component, and one of all."""
    register_extensions()
    built = {"all": blank}
    for name in COMPONENTS:
        built[name] = spacy.blank("en")
        built[name].add_pipe("sentencizer")
        built[name].add_pipe(name)
    return built


@pytest.mark.parametrize("component", [*COMPONENTS, "all"])
@given(text=TEXTS)
@settings(max_examples=60, deadline=None)
def test_no_text_raises(component: str, pipelines: dict[str, Language], text: str) -> None:
    doc = pipelines[component](text)
    assert all(0 <= row["start"] < row["end"] <= len(doc.text) for row in doc._.entities)


@given(text=JAPANESE_TEXTS)
@settings(max_examples=300, deadline=None)
def test_no_japanese_text_raises(pipelines: dict[str, Language], text: str) -> None:
    doc = pipelines["all"](text)
    rows = [*doc._.turns, *doc._.entities, *doc._.dates, *doc._.claims]
    assert all(0 <= row["start"] < row["end"] <= len(doc.text) for row in rows)

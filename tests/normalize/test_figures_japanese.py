"""Japanese figures: value, unit, qualifier and span."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.normalize.figures.japanese import japanese_figures, japanese_number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5500億", 5.5e11),
        ("三十九万六千", 396_000),
        ("二五", 25),
        ("１２３万４千", 1_234_000),
        ("四・九", 4.9),
        ("十", 10),
        ("千二百", 1200),
        ("１，５００", 1500),
        ("二〇二〇", 2020),
        ("1兆2000億", 1.2e12),
        ("−1.4", -1.4),
    ],
)
def test_numbers(written: str, value: float) -> None:
    assert japanese_number(written) == pytest.approx(value)


def found(text: str) -> list[tuple[str, str | None, float, float, str | None, str]]:
    figures = japanese_figures(text, [(0, len(text))])
    return [(text[f.start : f.end], f.kind, f.low, f.high, f.unit, f.qualifier) for f in figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("米国は自動車の関税を二五％に引き上げた。", [("二五％", "percent", 25, 25, "%", "exact")]),
        ("投資額は4200億ドル（約60兆円）に上る。",
         [("4200億ドル", "money", 4.2e11, 4.2e11, "USD", "exact"), ("60兆円", "money", 6e13, 6e13, "JPY", "about")]),
        ("全体の約七割を占める。", [("七割", "percent", 70, 70, "%", "about")]),
        ("三割五分にとどまる。", [("三割五分", "percent", 35, 35, "%", "exact")]),
        ("農家の三分の一が反対した。", [("三分の一", "ratio", 1 / 3, 1 / 3, "x", "exact")]),
        ("10％から15％までの関税", [("10％から15％", "percent", 10, 15, "%", "range")]),
        ("会員の二、三割が去る。", [("二、三割", "percent", 20, 30, "%", "range")]),
        ("手数料は四、五百円である。", [("四、五百円", "money", 400, 500, "JPY", "range")]),
        ("二、七割と答えた", [("七割", "percent", 70, 70, "%", "exact")]),
        ("数十億円を失う", [("数十億円", "money", 1e9, 1e9, "JPY", "at_least")]),
        ("マイナス三・五％", [("マイナス三・五％", "percent", -3.5, -3.5, "%", "exact")]),
        ("一ドル百五十円で換える", [("一ドル百五十円", "ratio", 150, 150, "JPY/USD", "exact")]),
        ("二十萬噸の米", [("二十萬噸", "quantity", 2e5, 2e5, "ton", "exact")]),
        ("三億弗を借りる", [("三億弗", "money", 3e8, 3e8, "USD", "exact")]),
        ("10～15％の関税", [("10～15％", "percent", 10, 15, "%", "range")]),
        ("15％から10％に引き下げた",
         [("15％", "percent", 15, 15, "%", "exact"), ("10％", "percent", 10, 10, "%", "exact")]),
        ("輸入米は八万トン以上とする。", [("八万トン", "quantity", 80_000, 80_000, "ton", "at_least")]),
        ("従業員は1,250人を超える。", [("1,250人", "quantity", 1250, 1250, "person", "more_than")]),
        ("輸出は三倍になった。", [("三倍", "ratio", 3, 3, "x", "exact")]),
        ("輸入は半減した。", [("半減", "ratio", 0.5, 0.5, "x", "exact")]),
        ("金利は0.5ポイント下がった。", [("0.5ポイント", "percent", 0.5, 0.5, "pp", "exact")]),
    ],
)  # fmt: skip
def test_figures_with_their_units(text: str, expected: list[tuple[object, ...]]) -> None:
    assert found(text) == [
        (words, kind, pytest.approx(low), pytest.approx(high), unit, qualifier)
        for words, kind, low, high, unit, qualifier in expected
    ]


@pytest.mark.parametrize(
    "text",
    [
        "令和五年十二月六日",
        "第三回会合",
        "四十八歳",
        "二点申し上げます。",
        "三ページ目",
        "三人の議員",
        "一部を改正する",
        "三つの案",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert found(text) == []


@given(
    st.text(alphabet=st.sampled_from("0５一十百千万億兆・．,，割分の％円ドル人から〜約以上半減▲- あ漢"), max_size=40)
)
def test_no_text_raises_and_spans_hold_the_words(text: str) -> None:
    for figure in japanese_figures(text, [(0, len(text))]):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.kind

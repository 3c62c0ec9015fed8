"""From bytes to text: encodings told apart, line ends, and bytes that are no text."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.ingest.decode import decode
from extract.ingest.errors import DecodeError

WESTERN = "The Minister said “no” – and the café in São Paulo closed; naïve hopes for £5 or €6…\nMr. Núñez agreed. "
JAPANESE = (
    "（総理）関税の引き下げについて、ご意見を伺いたい。\n数値目標は受け入れられない。わが国は、カナダとも協議する。"
)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (WESTERN.encode("utf-8"), WESTERN),
        (codecs.BOM_UTF8 + WESTERN.encode("utf-8"), WESTERN),
        (WESTERN.encode("utf-16"), WESTERN),
        (WESTERN.encode("utf-16-le"), WESTERN),
        (WESTERN.encode("utf-16-be"), WESTERN),
        (codecs.BOM_UTF16_BE + JAPANESE.encode("utf-16-be"), JAPANESE),
        (WESTERN.encode("utf-32"), WESTERN),
        (WESTERN.encode("cp1252"), WESTERN),
        (JAPANESE.encode("shift_jis"), JAPANESE),
        (JAPANESE.encode("euc_jp"), JAPANESE),
        (JAPANESE.encode("iso2022_jp"), JAPANESE),
        (
            "Министр сказал, что пошлина на зерно будет снижена.".encode("cp1251"),
            "Министр сказал, что пошлина на зерно будет снижена.",
        ),
        (b"plain ASCII", "plain ASCII"),
        ("\ufeffone mark, \ufeffone kept".encode(), "one mark, \ufeffone kept"),
    ],
    ids=[
        "utf8",
        "utf8-bom",
        "utf16",
        "utf16le",
        "utf16be",
        "utf16be-bom",
        "utf32",
        "cp1252",
        "sjis",
        "eucjp",
        "iso2022jp",
        "cp1251",
        "ascii",
        "marks",
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert decode(data, name="a.txt").text == text


@pytest.mark.parametrize(
    "text", ["Señor Ibáñez said “yes”.", "Prix : 5 € – c’est très élevé", "Zölle auf Fahrräder", "½ per cent of £3"]
)
def test_short_western_texts(text: str) -> None:
    assert decode(text.encode("cp1252"), name="a.txt").text == text


@pytest.mark.parametrize("text", ["会談の概要", "極秘\n外務大臣殿\n電報の写しを送る", "日米の貿易"])
def test_short_japanese_texts(text: str) -> None:
    assert decode(text.encode("shift_jis"), name="a.txt").text == text


def test_only_line_ends_change() -> None:
    decoded = decode(b"a\r\nb\rc\n\r\nd\t \x0c e", name="a.txt")
    assert decoded.text == "a\nb\nc\n\nd\t \x0c e"
    assert decoded.encoding == "utf-8"


def test_a_stray_nul_is_kept() -> None:
    assert (
        decode(b"The duty\0 was raised by a tenth in March.", name="a.txt").text
        == "The duty\0 was raised by a tenth in March."
    )


def test_an_empty_file() -> None:
    with pytest.raises(DecodeError, match=r"a\.txt: the file is empty \(0 bytes\)"):
        decode(b"", name="a.txt")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04...", "ZIP"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (bytes(range(256)) * 10, "binary file"),
        (b"\0\1\2\3" * 100, "binary file"),
    ],
)
def test_binary_files(data: bytes, kind: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(data, name="b/c.txt")
    message = str(caught.value)
    assert message.startswith("b/c.txt: offset ")
    assert kind in message
    assert "Save it as plain text in UTF-8" in message


def test_one_broken_byte_is_named_not_guessed_away() -> None:
    good = "Le ministre a été reçu.\nLa réunion a duré deux heures.\n".encode()
    with pytest.raises(DecodeError, match=r"offset 60 \(line 3\): byte 0x94 is not valid UTF-8"):
        decode(good + b"\x94 fin", name="a.txt")


def test_a_cut_utf_16_file() -> None:
    with pytest.raises(DecodeError, match="not valid utf-16-le"):
        decode(codecs.BOM_UTF16_LE + "Text".encode("utf-16-le") + b"\x41", name="a.txt")


def test_a_declared_encoding_is_tried() -> None:
    data = "<p>Příliš žluťoučký kůň</p>".encode("iso-8859-2")
    assert decode(data, name="a.html", declared="iso-8859-2").text == "<p>Příliš žluťoučký kůň</p>"
    assert decode(b"plain", name="a.html", declared="no-such-code").text == "plain"


def test_a_line_of_a_million_characters() -> None:
    assert len(decode("é".encode() * 1_000_000, name="a.txt").text) == 1_000_000


@settings(max_examples=100, deadline=None)
@given(st.text(min_size=1, alphabet=st.characters(min_codepoint=32, exclude_categories=("Cs", "Cc"))))
def test_utf8_round_trip(text: str) -> None:
    expected = text.replace("\ufeff", "", 1) if text.startswith("\ufeff") else text
    if expected and not any(text.encode().startswith(mark) for mark in (b"%PDF-", b"PK\x03", b"GIF8", b"{\\rtf")):
        assert decode(text.encode("utf-8"), name="a.txt").text == expected


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_decode_error(data: bytes) -> None:
    try:
        text = decode(data, name="a.txt").text
    except DecodeError:
        text = ""
    assert "\r" not in text

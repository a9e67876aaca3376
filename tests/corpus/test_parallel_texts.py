"""The same text in two ways of writing it matches as well as the same text twice: vowel marks, accents, u and v."""

from __future__ import annotations

import random
import unicodedata
from importlib.util import find_spec

import pytest

import reuse
from reuse.options import ReadOptions, ScanOptions

LETTERS = {
    "arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "hebrew": "אבגדהוזחטיכלמנסעפצקרשת",
    "greek": "αβγδεηθικλμνοπρστυφχψω",
    "latin": "abcdefghilmnopqrstuvx",
}
MARKS = {
    "arabic": "\u064b\u064e\u0650\u064f\u0651\u0652",
    "hebrew": "\u05b0\u05b4\u05b7\u05b8\u05bc",
    "greek": "\u0301\u0313\u0342",
}
TRADITIONAL = "東車馬鳥魚門問間聞開關國圖書學習語說話讀寫時會來過後電話機飛場個們對於發與業產無長頭髮麵"


def words(source: random.Random, script: str, count: int) -> list[str]:
    return ["".join(source.choices(LETTERS[script], k=source.randint(3, 8))) for _ in range(count)]


def marked(word: str, source: random.Random, script: str) -> str:
    """Each letter with a mark, or most of them."""
    whole = "".join(one + (source.choice(MARKS[script]) if source.random() < 0.7 else "") for one in word)
    return unicodedata.normalize("NFC", whole)


def matched(first: str, second: str, script: str, path, **read) -> int:
    """Words of the first text that match the second, with noise around."""
    source = random.Random(f"noise {script}")
    noise = [" ".join(words(source, script if script in LETTERS else "latin", 120)) for _ in range(2)]
    texts = {"a": f"{noise[0]} {first}", "b": f"{second} {noise[1]}"}
    with reuse.scan(texts=texts, out=path, options=ScanOptions(read=ReadOptions(**read))) as run:
        return sum(row["matched_tokens"] for row in run.matches if row["a"] != row["b"])


@pytest.mark.parametrize("script", list(MARKS))
def test_with_and_without_marks(script, tmp_path):
    source = random.Random(script)
    text = words(source, script, 200)
    plain = matched(" ".join(text), " ".join(text), script, tmp_path / "plain.reuse")
    other = matched(" ".join(text), " ".join(marked(one, source, script) for one in text), script, tmp_path / "m.reuse")
    none = matched(
        " ".join(text),
        " ".join(marked(one, source, script) for one in text),
        script,
        tmp_path / "n.reuse",
        same_letters="none",
    )
    assert plain >= 200
    assert other >= 0.95 * plain
    assert none < 0.5 * plain


def test_latin_of_two_printers(tmp_path):
    source = random.Random("latin")
    common = ["et", "in", "est", "non", "ut", "cum", "ad", "quod", "qui", "sed", "quae", "enim"]
    text = [source.choice(common) if source.random() < 0.3 else one for one in words(source, "latin", 300)]
    other = " ".join(
        one.replace("v", "u").replace("i", "j") if source.random() < 0.5 else one.replace("u", "v") for one in text
    )
    plain = matched(" ".join(text), " ".join(text), "latin", tmp_path / "plain.reuse")
    assert matched(" ".join(text), other, "latin", tmp_path / "l.reuse") >= 0.95 * plain


def test_what_else_is_read_does_not_take_the_letters_of_latin_away(tmp_path):
    source = random.Random("latin")
    common = ["et", "in", "est", "non", "ut", "cum", "ad", "quod", "qui", "sed", "quae", "enim"]
    text = [source.choice(common) if source.random() < 0.3 else one for one in words(source, "latin", 100)]
    latin = {"a": " ".join(text), "b": " ".join(one.replace("u", "v") for one in text)}
    english = " ".join(
        source.choices(["the", "of", "and", "to", "a", "in", "that", "is", *words(source, "latin", 90)], k=3_000)
    )
    found = []
    for name, texts in (("alone", latin), ("beside", {**latin, "c": english})):
        with reuse.scan(texts=texts, out=tmp_path / f"{name}.reuse") as run:
            assert run.options.read.same_letters == "all,latin"
            found.append([(match.a_start, match.a_end, match.matched_tokens) for match in run.matches])
    assert found[0] == found[1] != []


def test_french_is_no_latin(tmp_path):
    text = "le roi et la reine sont dans les jardins de la ville et il lit le livre dans une cave que nous avons vue"
    with reuse.scan(texts=[text, text], out=tmp_path / "f.reuse") as run:
        assert run.options.read.same_letters == "all"
        assert len(run.concordance("livre")) == 2
        assert len(run.concordance("liure")) == 0


@pytest.mark.skipif(not find_spec("opencc"), reason="needs OpenCC")
def test_traditional_and_simplified(tmp_path):
    from opencc import OpenCC

    source = random.Random("chinese")
    text = "".join(source.choices(TRADITIONAL, k=300))
    simple = OpenCC("t2s").convert(text)
    plain = matched(text, text, "chinese", tmp_path / "plain.reuse")
    assert matched(text, simple, "chinese", tmp_path / "c.reuse", same_letters="all,chinese") >= 0.95 * plain
    assert matched(text, simple, "chinese", tmp_path / "n.reuse") < 0.5 * plain

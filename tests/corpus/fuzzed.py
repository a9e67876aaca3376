"""Bytes that people's files may hold, and bytes that nobody would write: the same for the same seed."""

from __future__ import annotations

import os
import random

FUZZ = float(os.environ.get("TEXTREUSE_FUZZ", "1"))
"""How many times as many inputs are tried; `make fuzz` sets it, and CI a new part of them every day (`FUZZ_FROM`)."""
FUZZ_FROM = os.environ.get("TEXTREUSE_FUZZ_FROM", "")

ALPHABETS = (
    "etaoin shrdlu cmfwyp. ETAOIN, '-\n",
    "0123456789 ,.%$€-/:\n",
    "àéîœßſæñçøłđ ĞİıŞșț ΆάςσΩ ёйїЁ\n",
    "اآىي كک ة هٰ ـُ َ ۱٢ ؟،\n",
    "שׁלוֹם עליכםךןףץ ־׃\n",
    "汉字漢字仮名カタカナｶﾅ한국어각 、。\n",
    "\u0301\u0327\u0e01\u0e35\u0e4d\u0903\u200b\u200c\u200d\u2060\ufeff\u00ad a\n",
    "\u202e\u2066\u2069\x1b[2J\x00\x07\x85\u2028\u2029\ufffe\uffff\U0001f600\U000e0041 a\n",
    "--\u2010\u2011\u00ac\u2e17¬\n a b Page 12\n\f\n xii \n\n> |\r\n\r",
    "**_`#[]()<>&;=\"'“”«»‹› http://x.y/?q=1 @a\n",
)
WORDS = ("the", "of", "and", "report", "harvest", "committee", "dyke", "river", "stone", "Page", "12", "xii", "1848")
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "latin-1",
    "cp1252",
    "cp1251",
    "shift_jis",
    "gb18030",
)


def text(source: random.Random) -> str:
    """Letters of a few alphabets, words, and runs of one of them."""
    parts = []
    for _ in range(source.choice((0, 1, 2, 5, 20))):
        match source.randrange(4):
            case 0:
                parts.append(" ".join(source.choices(WORDS, k=source.randint(1, 30))))
            case 1:
                parts.append(source.choice("".join(ALPHABETS)) * source.choice((1, 2, 70, 300)))
            case 2:
                parts.append("".join(source.choices(source.choice(ALPHABETS), k=source.randint(1, 80))))
            case _:
                parts.append("".join(chr(source.choice((source.randrange(0x3000), source.randrange(0x110000))))))
        parts.append(source.choice(("", " ", "\n", "\n\n", "-\n", "\f")))
    return "".join(parts)


def data(source: random.Random) -> bytes:
    """A text in some encoding, whole or damaged, or bytes of no encoding."""
    kind = source.randrange(8)
    if kind == 0:
        return source.randbytes(source.choice((0, 1, 2, 3, 50, 400)))
    encoded = bytearray(text(source).encode(source.choice(ENCODINGS) if kind < 4 else "utf-8", "replace"))
    for _ in range(source.choice((0, 0, 1, 3)) if kind > 5 else 0):
        at = source.randrange(len(encoded) + 1)
        encoded[at : at + source.randint(0, 3)] = source.randbytes(source.randint(0, 3))
    return bytes(encoded)

"""Options of clusters, sources, relations, furniture: each changes something, is recorded, and is refused by name."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

import reuse
from reuse.errors import OptionsError
from reuse.options import ClusterOptions, FurnitureOptions, RelationOptions, ScanOptions, SourceOptions

PARTS = {
    "clusters": ClusterOptions,
    "sources": SourceOptions,
    "relations": RelationOptions,
    "furniture": FurnitureOptions,
}

TRIED = {
    "clusters": {"same": 0.95, "within": 0.3, "half": 0.2, "common": 1.0},
    "sources": {"word": 1.0, "far": 1, "carries": 1.0, "shared": 0.95, "compared": 1, "looked_at": 1},
    "relations": {"most": 0.3, "sentence": 2, "paragraph": 3},
    "furniture": {"enabled": False, "share": 0.5, "texts": 9, "returns": 9, "apart": 900},
}
"""Of each option a value that is far from its usual one."""

WRONG = {
    "clusters": {"same": 0.0, "within": 1.5, "half": -1.0, "common": 0.0},
    "sources": {"word": 0.0, "far": 0, "carries": 2.0, "shared": 0.0, "compared": 0, "looked_at": 0},
    "relations": {"most": 0.0, "sentence": 0, "paragraph": 0},
    "furniture": {"share": 0.0, "texts": 0, "returns": 0, "apart": 0},
}


def words(kind: str, count: int) -> list[str]:
    return [f"{kind}{number}" for number in range(count)]


def cut(kind: str, parts: list[slice]) -> list[str]:
    """Parts of one text, each between words of its own."""
    text = words(kind, 120)
    return [
        " ".join([*words(f"{kind}{number}before", 20), *text[part], *words(f"{kind}{number}behind", 20)])
        for number, part in enumerate(parts)
    ]


def reports() -> dict[str, dict[str, str]]:
    """A text that is handed on with changes, parts of others that overlap, and paragraphs beside other ones."""
    text = words("news", 120)
    handed = [text]
    for number in range(1, 24):
        former = handed[-1 - number % 3] if number > 3 else handed[-1]
        handed.append([f"new{number}x{place}" if place % 29 == number else word for place, word in enumerate(former)])
    texts = [" ".join(one) for one in handed]
    texts.append(f"{' '.join(words('plain', 30))}. News0 news1 news2 news3 news4. {' '.join(words('other', 30))}.")
    texts += cut("shift", [slice(0, 100), slice(0, 100), slice(20, 120), slice(20, 120)])
    texts += cut("apart", [slice(0, 75), slice(0, 75), slice(30, 105), slice(30, 105)])
    texts += cut("short", [slice(0, 45), slice(0, 45), slice(0, 120), slice(0, 120)])
    texts += cut("whole", [slice(0, 72), slice(48, 120), slice(0, 120), slice(0, 120)])
    said = " ".join(words("said", 40))
    texts.append(f"Said by many.\n\nA short word here.\n\n{said}. {' '.join(words('more', 20))}")
    texts.append(f"Said by many.\n\nA short word here.\n\n{said}. {' '.join(words('rest', 20))}")
    links = " ".join(words("links", 40))
    texts += [
        f"{links}\n\n{' '.join(words(f'Page{number}', 80))}.\n\n{' '.join(words('foot', 40))}" for number in range(4)
    ]
    led = f"{' '.join(words('led', 40))}\n\n{' '.join(words('Lead', 20))}"
    texts += [f"{led} {' '.join(words(f'story{number}', 90))}." for number in range(4)]
    head = " ".join(words("head", 40))
    texts.append("\n\n".join(f"{head}\n\n{' '.join(words(f'Chapter{number}', 150))}." for number in range(6)))
    return {f"{number:02}": {"text": one, "date": f"{1900 + number}"} for number, one in enumerate(texts)}


@pytest.fixture(scope="module")
def concluded():
    """What is concluded under given options: clusters, sources and relations."""
    documents = [{"id": name, **one} for name, one in reports().items()]

    def of(options: ScanOptions) -> dict[str, list[object]]:
        with reuse.scan(texts=documents, options=options) as run:
            assert run.options == options
            return {
                "clusters": [row.documents for row in run.clusters],
                "sources": [repr(row) for row in run.table("sources")],
                "relations": [row.relation for row in run.matches],
                "furniture": [row["furniture"] for row in run.table("matches", columns=["furniture"])],
            }

    return of


@pytest.fixture(scope="module")
def usual(concluded):
    return concluded(ScanOptions())


@pytest.mark.parametrize(("part", "name"), [(part, name) for part, tried in TRIED.items() for name in tried])
def test_an_option_makes_a_difference_and_is_recorded(concluded, usual, part, name):
    options = ScanOptions(**{part: replace(PARTS[part](), **{name: TRIED[part][name]})})
    assert concluded(options)[part] != usual[part]


def test_every_option_is_tried():
    named = {part: {field.name for field in fields(kind)} for part, kind in PARTS.items()}
    assert {part: set(tried) for part, tried in TRIED.items()} == named
    named["furniture"].remove("enabled")  # is so or is not
    assert {part: set(wrong) for part, wrong in WRONG.items()} == named


@pytest.mark.parametrize(("part", "name"), [(part, name) for part, wrong in WRONG.items() for name in wrong])
def test_what_is_out_of_range_is_refused_by_its_name(part, name):
    with pytest.raises(OptionsError, match=name):
        ScanOptions(**{part: PARTS[part](**{name: WRONG[part][name]})})

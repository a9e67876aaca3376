"""Keyness of single words, and against runs, texts and lists: counts and measures as plain loops give them."""

from __future__ import annotations

from collections import Counter
from math import log, log2

import numpy as np
import pytest

import reuse
from reuse.analysis.keyness import keyness_columns
from reuse.analysis.reference import reference_columns
from reuse.cli import main
from reuse.corpus.frequency_list import read_frequencies
from reuse.corpus.tokenise import hash_words, words_of
from reuse.errors import CorpusError, UsageError

HARBOUR = [f"The harbour {verb} ships on the {day} day, said the pilot of the harbour." for verb, day in [
    ("received", "first"), ("lost", "second"), ("counted", "third"), ("built", "fourth"), ("sold", "fifth"),
    ("burnt", "sixth"),
]]  # fmt: skip
MEADOW = [f"A meadow {verb} sheep in the {month} month, said the shepherd of a village." for verb, month in [
    ("fed", "first"), ("lost", "second"), ("hid", "third"), ("knew", "fourth"), ("saw", "fifth"), ("kept", "sixth"),
]]  # fmt: skip


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    rows = [{"id": f"h{n}", "text": text, "place": "harbour"} for n, text in enumerate(HARBOUR)]
    rows += [{"id": f"m{n}", "text": text, "place": "meadow"} for n, text in enumerate(MEADOW)]
    with reuse.scan(texts=rows, out=tmp_path_factory.mktemp("words") / "places.reuse") as run:
        yield run


@pytest.fixture(scope="module")
def meadow(tmp_path_factory):
    folder = tmp_path_factory.mktemp("meadow")
    for number, text in enumerate([*MEADOW, MEADOW[0]]):  # one of them twice
        (folder / f"{number}.txt").write_text(text, "utf-8")
    return folder


def counted(texts):
    return Counter(word for text in texts for word in words_of(text))


def test_words_of_groups_are_counted_and_measured(places):
    table = places.keyness("place", of="words", limit=None)
    assert table.columns == tuple(column.name for column in keyness_columns("words"))
    here, there = counted(HARBOUR), counted(MEADOW)
    rows = {row["word"].casefold(): row for row in table.to_dicts() if row["group"] == "harbour"}
    assert rows.keys() == here.keys()
    for word, row in rows.items():
        a, b, n_a, n_b = here[word], there[word], here.total(), there.total()
        assert (row["tf"], row["rest_tf"]) == (a, b)
        assert row["df"] == sum(word in words_of(text) for text in HARBOUR)
        rate = (a + b) / (n_a + n_b)
        g = 2 * sum(n * log(n / (size * rate)) for n, size in ((a, n_a), (b, n_b)) if n)
        assert row["log_likelihood"] == pytest.approx(g)
        assert row["log_ratio"] == pytest.approx(log2((a / n_a) / ((b or 0.5) / n_b)))
    first = next(table.to_dicts())
    assert (first["word"], first["rest_tf"]) == ("harbour", 0)
    assert first["q"] < 0.05
    both = places.keyness("place", of="words", between=("harbour", "meadow"), limit=None)
    assert both["word"][0] == "harbour"
    assert {word.casefold() for word in both["word"]} == here.keys() | there.keys()


def test_a_folder_a_run_and_a_list_give_the_same_counts(places, meadow, tmp_path):
    with reuse.scan(meadow, tmp_path / "meadow.reuse") as run:
        by_run = places.keyness(reference=run, of="words", limit=None)
        run.export("wordlist", tmp_path / "all.csv")
    by_folder = places.keyness(reference=meadow, of="words", limit=None)
    assert by_folder.columns == tuple(column.name for column in reference_columns("words"))
    assert by_folder.to_dict() == by_run.to_dict()  # the copy counts once in both
    here, there = counted(HARBOUR + MEADOW), counted(MEADOW)
    assert {row["word"].casefold(): row["rest_tf"] for row in by_folder.to_dicts()} == {
        word: there[word] for word in here
    }
    (tmp_path / "list.tsv").write_text("".join(f"{word}\t{times}\n" for word, times in there.items()), "utf-8")
    by_list = places.keyness(reference=tmp_path / "list.tsv", of="words", limit=None)
    assert by_list["rest_df"] == by_list["q"] == [None] * len(by_list)
    for name in ("word", "tf", "rest_tf", "log_likelihood", "z", "percent_difference"):
        assert by_list[name] == by_folder[name]
    # That all six texts with a word of the harbour are among twelve of eighteen happens once in twenty deals.
    assert 0.05 < min(value for value in by_folder["q"] if value is not None) < 0.2
    more = places.keyness(reference=tmp_path / "list.tsv", of="words", reference_words=10**6, limit=None)
    assert max(more["rest_per_million"]) == max(there.values())


def test_formulas_against_texts_have_a_q(seeds_run, meadow):
    table = seeds_run.keyness(reference=meadow, limit=20)
    assert table.columns == tuple(column.name for column in reference_columns("formulas"))
    assert set(table["rest_tf"]) == {0}
    assert 0 < min(value for value in table["q"] if value is not None) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "word,count\nthe,12\nship's,3\n",
        "Type\tRank\tFreq\nthe\t1\t12\nship's\t2\t3\n",
        "12;the\n3;ship's\n",
        '"the","12"\n"ship\'s","3"\n',
        "\ufeffword\tcount\nThe\t7\nthe\t5\nship's\t3\n",
        "word\tcount\nthe\t12.0\nship's\t3\n",
    ],
    ids=["csv", "antconc", "count-first", "quoted", "bom", "floats"],
)
def test_lists_are_read_as_programs_write_them(tmp_path, text):
    path = tmp_path / ("list.tsv" if "\t" in text else "list.csv")
    path.write_text(text, "utf-8")
    found = read_frequencies(path)
    expected = Counter(dict.fromkeys(words_of("ship's"), 3)) + Counter(the=12)
    assert dict(zip(found.hashes.tolist(), found.times.tolist(), strict=True)) == dict(
        zip(hash_words(list(expected)).tolist(), expected.values(), strict=True)
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("word,count\nthe,12.5\n", "line 2: '12.5' is no count of occurrences – rates per million"),
        ("word;count\nthe;12,5\n", "line 2: '12,5' is no count of occurrences – rates per million"),
        ("the;12,5\n", "no column of words with one of whole numbers"),
        ("word;count\nthe;12 34\n", "line 2: '12 34' is no count of occurrences"),
        ("id,text\na,the ship\n", "no column of words with one of whole numbers"),
        ("word,count\nthe\n", "line 2 has 1 columns"),
        ("word,count\n!,3\n", "has no words that occur"),
    ],
)
def test_what_is_no_list_is_refused_with_a_remedy(tmp_path, text, said):
    (tmp_path / "list.csv").write_text(text, "utf-8")
    with pytest.raises(CorpusError, match=said):
        read_frequencies(tmp_path / "list.csv")


def test_a_list_says_nothing_of_formulas_and_texts_count_their_own_words(places, meadow, tmp_path, capsys):
    (tmp_path / "list.csv").write_text("the,12\n", "utf-8")
    with pytest.raises(UsageError, match=r"compare words \(--words\)"):
        places.keyness(reference=tmp_path / "list.csv")
    with pytest.raises(UsageError, match="has 12 words already"):
        places.keyness(reference=tmp_path / "list.csv", of="words", reference_words=3)
    with pytest.raises(UsageError, match="is no list of words"):
        places.keyness(reference=meadow, of="words", reference_words=3)
    with pytest.raises(UsageError, match="formulas and words to count, no letters"):
        places.keyness("place", of="letters")
    assert main(["keyness", str(places.path), "--words", "--reference", str(tmp_path / "list.csv"), "--top", "1"]) == 0
    assert "harbour" in capsys.readouterr().out


def test_words_that_do_not_occur_are_no_rows(places, tmp_path):
    (tmp_path / "list.csv").write_text("nowhere,12\nthe,1\n", "utf-8")
    table = places.keyness(reference=tmp_path / "list.csv", of="words", limit=None)
    assert min(table["tf"]) > 0
    assert np.sum(table["rest_tf"]) == 1

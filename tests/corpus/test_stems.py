"""Inflected words that count as the same (`--stem`), in matching and searching and nowhere else."""

from __future__ import annotations

import random
import sys
import unicodedata

import pytest

import reuse
from reuse.corpus.languages import COMMON, stemmer_of
from reuse.corpus.letters import SameLetters, letters_of, rule_names
from reuse.corpus.tokenise import guess_languages, tokenise
from reuse.errors import MissingExtraError, UsageError
from reuse.options import ReadOptions, ScanOptions

pytest.importorskip("Stemmer", reason="needs PyStemmer")

WORDS = ("harvest", "village", "river", "dyke", "winter", "stone", "report", "committee", "market")
PASSAGE = "The {} of the {} and the {} in the {} was by the {} for the {} with a {} and the {} of the {}."


def texts() -> dict[str, str]:
    """A passage, the same with each noun in the plural, and unrelated ones."""
    source = random.Random(1)
    passage = PASSAGE.format(*WORDS)
    plural = PASSAGE.format(*(f"{word}s" for word in WORDS))
    noise = {f"n{at}": " ".join("".join(source.choices("abdegiklmnoprst", k=6)) for _ in range(80)) for at in range(6)}
    return {"one": passage, "many": plural, **noise}


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    path = tmp_path_factory.mktemp("stems")
    options = {name: ScanOptions(read=ReadOptions(stem=stem)) for name, stem in (("plain", None), ("stem", "guess"))}
    opened = {name: reuse.scan(texts=texts(), out=path / f"{name}.reuse", options=options[name]) for name in options}
    yield opened
    for run in opened.values():
        run.close()


def test_inflected_words_match(runs):
    found = {name: [row for row in run.matches if row["a"] != row["b"]] for name, run in runs.items()}
    assert [(row["a"], row["b"]) for row in found["stem"]] == [("many", "one")]
    assert found["stem"][0]["similarity"] > 0.95
    assert not found["plain"] or found["plain"][0]["similarity"] < 0.8


def test_inflected_words_are_found_and_stay_two_in_lists(runs):
    assert len(runs["stem"].concordance("villages")) == 2
    assert len(runs["plain"].concordance("villages")) == 1
    assert len(runs["stem"].concordance("==villages")) == 1
    assert len(runs["stem"].concordance("villag*")) == 2
    words = {name: list(run.table("wordlist")["word"]) for name, run in runs.items()}
    assert words["stem"] == words["plain"]
    assert {"village", "villages"} <= set(words["stem"])


def test_the_language_is_guessed_recorded_and_told(runs):
    run = runs["stem"]
    assert run.options.read.stem == "english"
    assert any("stem in english" in limit for limit in run.meta["limits"])
    (told,) = [entry for entry in run.meta["skipped"] if entry["path"] == "--stem guess"]
    assert told["reason"].endswith("unknown 6")


def test_a_query_goes_by_the_stems_of_the_run(runs):
    with runs["stem"].query(texts()["many"]) as found:
        assert {row["b"] for row in found.matches} | {row["a"] for row in found.matches} >= {"one", "many"}


def test_each_language_is_told_by_its_words():
    documents = list(COMMON.values())
    found = guess_languages(tokenise((text, None) for text in [*documents, "zyx wvu 12", ""]))
    assert found == [*COMMON, None, None]


def test_every_language_that_is_guessed_has_stems():
    for language in COMMON.keys() - {"latin"}:
        stemmer_of(language)


def test_an_unknown_language_is_refused():
    with pytest.raises(UsageError, match=r"'klingon'.*english.*guess"):
        letters_of(ReadOptions(stem="klingon"))


def test_without_a_known_language_there_is_nothing_to_guess(tmp_path):
    with pytest.raises(UsageError, match="--stem LANGUAGE"):
        reuse.scan(
            texts=["xyzzy plugh"] * 2, out=tmp_path / "r.reuse", options=ScanOptions(read=ReadOptions(stem="guess"))
        )


def test_without_the_package_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "Stemmer", None)
    with pytest.raises(MissingExtraError, match=r"textreuse\[stem\]"):
        SameLetters((), "english")


def test_letters_count_as_the_same_in_stems_too():
    letters = SameLetters(("accents",), "french")
    assert len(set(letters.keys(["continuées", "continué", "continuer"]))) == 1
    assert letters.unstemmed().keys(["continuées"]) == ["continuees"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("french", "continuées continuèrent décidé décidée arrêtées qualité élève année général présidés"),
        ("spanish", "canción canciones habló políticas pedían están decisión"),
        ("portuguese", "decisões eleição falará públicos você"),
        ("german", "häusern größe wählte müssen"),
        ("hungarian", "házakat kormányok"),
        ("swedish", "städerna frågor"),
        ("russian", "твёрдая ещё"),
    ],
)
def test_a_word_without_its_accents_has_the_same_stem(language, words):
    letters = SameLetters(rule_names("all"), language)
    bare = "".join(letter for letter in unicodedata.normalize("NFD", words) if not "\u0300" <= letter <= "\u036f")
    assert letters.keys(words.split()) == letters.keys(bare.replace("ß", "ss").split())


def test_a_copy_without_accents_is_a_whole_copy(tmp_path):
    words = "les élèves arrêtés ont présidé aux séances générales que la société avait décidées et continuées à l'été"
    text = f"{words} dans des qualités données par le comité, et le préfet a répété les mêmes vérités préparées là."
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not "\u0300" <= letter <= "\u036f")
    options = ScanOptions(read=ReadOptions(stem="french"))
    with reuse.scan(texts=[text + " Voilà.", bare + " Enfin."], out=tmp_path / "r.reuse", options=options) as run:
        assert [row["similarity"] for row in run.matches] == [1.0]

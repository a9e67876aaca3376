"""Languages that inflect: which one a text is in, told by its commonest words, and the stems of its words.

Stems are those of Snowball (M. Porter, 2001), of distinct words. They only tell which words count as the same in
matching and searching; nothing is shown, counted or listed by its stem.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from reuse.arrays.ragged import owners_of, slices_of
from reuse.corpus.tokens import Tokens
from reuse.errors import MissingExtraError, UsageError

GUESS = "guess"
"""What an option says that leaves the language to us."""

COMMON = {
    "arabic": "في من على إلى أن التي الذي هذا هذه عن مع كان لا ما بين قد",
    "catalan": "els les amb per una que dels del pel són va han més aquest",
    "czech": "se na je že jsem ale jako jeho byl podle však také pro až od",
    "danish": "og det er ikke til en af på med de han jeg var blev hun efter",
    "dutch": "de het een van en niet dat met zijn voor ook maar werd naar aan",
    "english": "the of and to in that is was for with as it his on be by which",
    "finnish": "ja on ei että se oli hän mutta kun myös joka niin ovat kuin",
    "french": "le la les des et du une est que dans qui pour par sur au pas ne",
    "german": "der die und das den von zu nicht mit dem sich des auf ist ein für",
    "greek": "και το να του της η με που την από για τα των είναι στην",
    "hungarian": "a az és hogy nem is egy meg volt de ezt csak már mint vagy",
    "italian": "di che il la e per non un del della sono con gli nel una è",
    "latin": "et in est non ut cum ad quod qui sed quae enim etiam ex ab esse sunt quam autem nec",
    "norwegian": "og det er ikke til en av på med de han jeg var ble hun etter",
    "polish": "w i na nie się że z do jest jak przez oraz po dla był jego",
    "portuguese": "o a de que e do da em um para não uma os com dos ao como",
    "romanian": "și de la în nu cu pe din că este mai pentru să sunt lui care",
    "russian": "и в не на что с он как это по но из его к у от был",
    "spanish": "de la que el en y los del las por con una no se para su es",
    "swedish": "och det är inte till en av på med de han jag var att som efter",
    "turkish": "ve bir bu için ile de da olarak olan daha gibi kadar çok ne",
}
"""Words that stand in any text of a language, and are not common in the others of them."""

_SLICE = 1 << 18  # tokens looked at at a time, so that temporaries stay in the cache
_LEAST = 0.05  # share of a text's words that are the language's common ones


class Stemmer(Protocol):
    """What a stemmer of PyStemmer does."""

    def stemWords(self, words: Sequence[str]) -> list[str]:  # noqa: N802 - its name there
        """The stem of each word."""


def stemmer_of(language: str) -> Stemmer:
    """The stemmer of a language, by its English name.

    Raises:
        MissingExtraError: PyStemmer is not installed.
        UsageError: It knows no such language.
    """
    try:
        import Stemmer as Snowball  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError("stems need PyStemmer: pip install 'textreuse[stem]'") from None
    known: list[str] = sorted(set(Snowball.algorithms()) - {"porter", "dutch_porter"})
    if language not in known:
        raise UsageError(f"there are no stems of {language!r}; there are of {', '.join(known)}; or {GUESS}")
    stemmer: Stemmer = Snowball.Stemmer(language)
    return stemmer


def languages_of(tokens: Tokens, hashes: Mapping[str, NDArray[np.uint64]]) -> list[str | None]:
    """The language of each document, as its commonest words tell it; None where too few of them are any language's.

    Args:
        tokens: Of the documents.
        hashes: Hashes (uint64) of the common words of each language.
    """
    names = sorted(hashes)
    # One bit a language: whose common word each word is.
    common = np.zeros(len(tokens.vocabulary), dtype=np.uint32)
    for row, name in enumerate(names):
        known = tokens.vocabulary.ids_of(hashes[name])
        common[known[known >= 0]] |= np.uint32(1 << row)
    said = common[tokens.ids]
    places = np.flatnonzero(said)
    said, owners = said[places], owners_of(tokens.bounds, places)
    shares = np.zeros((len(names), tokens.documents))
    for row in range(len(names)):
        shares[row] = np.bincount(owners[said >> np.uint32(row) & 1 == 1], minlength=tokens.documents)
    shares /= np.maximum(np.diff(tokens.bounds), 1)
    best = shares.argmax(axis=0)
    said = shares.max(axis=0) >= _LEAST
    return [names[row] if sure else None for row, sure in zip(best.tolist(), said.tolist(), strict=True)]


def any_in(language: str, tokens: Tokens, hashes: Mapping[str, NDArray[np.uint64]]) -> bool:
    """Whether `languages_of` takes any document for one in this language.

    Only documents with enough of the language's own common words are compared with all others; most corpora have none.
    """
    known = tokens.vocabulary.ids_of(hashes[language])
    common = np.zeros(len(tokens.vocabulary), dtype=bool)
    common[known[known >= 0]] = True
    said = np.zeros(tokens.documents, dtype=np.int64)
    for some in slices_of(np.diff(tokens.bounds), _SLICE):
        start, end = int(tokens.bounds[some.start]), int(tokens.bounds[some.stop])
        places = start + np.flatnonzero(common[tokens.ids[start:end]])
        owners = owners_of(tokens.bounds[some.start : some.stop + 1], places)
        said[some] = np.bincount(owners, minlength=some.stop - some.start)
    maybe = np.flatnonzero(said / np.maximum(np.diff(tokens.bounds), 1) >= _LEAST)
    return language in languages_of(tokens.of_documents(maybe), hashes)


def most_words(languages: Sequence[str | None], tokens: Tokens) -> str | None:
    """The language of the documents with most words; None if none is known."""
    words: dict[str, int] = {}
    for language, count in zip(languages, np.diff(tokens.bounds).tolist(), strict=True):
        if language is not None:
            words[language] = words.get(language, 0) + count
    return max(sorted(words), key=words.__getitem__, default=None)

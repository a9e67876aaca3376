"""The one language in which words are looked for: in concordances, lives, filters and the terminal.

`read.py` turns what is typed into a tree (`tree.py`), `lexicon.py` finds the word types that a word of it stands for,
`find.py` the places where it stands. LANGUAGE says what there is.
"""

LANGUAGE = """\
  closely knit           words that follow one another, in every spelling that counts as the same (case, accents,
                         hyphens, words broken at a line end), whatever stands between them
  knit* wom?n            * in a word stands for any letters or none, ? for any one
  the * of               * by itself stands for any one word
  the ..3 of             up to 3 words between; ..2-5: from 2 to 5
  union near/5 strong    up to 5 words between, in either order
  (freedom or liberty)   one or the other; also | and OR: peace|war, state of the union OR state of our union
  "free or fair"         as words, whatever signs there are
  /(un)?just(ly)?/       a regular expression for a whole word
  =où                    accents count; ==March: capitals too, as it is written; also =(a|b), ="a b", ==/[A-Z].*/"""
"""The language, by examples, for help and documentation."""

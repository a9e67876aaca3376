"""Three reports that share a title and a boast.

a.txt (2020-05-01)      Comrade Jo, first secretary, spoke.   The people are one in heart.
b.txt (2021-03)         … Comrade Jo, first secretary, …      … the people are one in mind …
c.txt (no date)                                               … the people are one in heart …
"""

from tests.synthetic import build_run

TEXTS = {
    "a.txt": "Comrade Jo, first secretary, spoke. The people are one in heart. A\0B",
    "b.txt": "Today Comrade Jo, first secretary, came. We say the people are one in mind. 한국 🙂 end",
    "c.txt": "Indeed the people are one in heart! Nothing else.",
}
MATCHES = [
    ("a.txt", "Comrade Jo, first secretary", "b.txt", "Comrade Jo, first secretary"),
    ("a.txt", "The people are one in heart.", "b.txt", "the people are one in mind."),
    ("a.txt", "The people are one in heart", "c.txt", "the people are one in heart"),
    ("b.txt", "the people are one in mind", "c.txt", "the people are one in heart"),
]
FORMULAS = ["the people are one in", "the people are one in heart", "comrade jo first secretary"]
DATES = {"a.txt": "2020-05-01", "b.txt": "2021-03"}


def write(path, texts=TEXTS, matches=MATCHES, formulas=FORMULAS, meta=None):
    return build_run(path, texts, matches, formulas, meta=meta or {"version": "0"}, dates=DATES)

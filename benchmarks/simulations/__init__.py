"""Simulations: whether what is inferred from formulas and passages is wrong as seldom as it says.

Each module deals corpora in which nothing is to be found, or in which the truth is known, and counts.
`python -m benchmarks.simulations` prints all their tables.
"""

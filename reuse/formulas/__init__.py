"""Formulas: the phrases that recur, their variants, their frames, and where they stand.

`phrases.py` finds the closed phrases; later stages group them into families and frames.
"""

"""Documents and groups of documents compared by what they repeat.

Pure functions over flat columns (`keyness`, `profile`, `matrix`, `timeline`, `edits`), and `tables`, which feeds them
from a stored run.
"""

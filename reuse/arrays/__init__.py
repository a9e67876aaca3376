"""Flat columns: packed keys, groups of equal rows, ragged columns, hashes, connected components."""

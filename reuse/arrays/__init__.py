"""Flat columns: packed keys, connected components."""

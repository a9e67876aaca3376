"""Matches become clusters: all passages that carry the same text."""
